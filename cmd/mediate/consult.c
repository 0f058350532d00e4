/* SPDX-License-Identifier: MIT */
/* mediate consult: an expert is asked before suit. */
#include "mediate.h"

static const struct gv_opt opts[] = {
	{ 0, "on", "DATE", N_("the day, or the time as 2022-06-30T09:30, if not today") },
	{ 0, "end", NULL, N_("the opinion is there, or will not come") },
	{ 0 }
};

/* JM-02 is known from excerpts alone: a word, not a refusal. */
static int guard(struct step_run *r)
{
	if (!gv_str_is(step_field(r, "agreed"), "true") && !gv_str_is(step_field(r, "agreed"), "是"))
		gv_cmd_warn(r->a->c, _("%s: what one side asks for needs the consent of the other (法办〔2023〕275号): agreed=true"),
		            r->a->rec.id.key);
	return step_all_agree(r);
}

static int is_open(struct step_run *r)
{
	const struct gv_val *log = gv_val_items(&r->a->doc.root, "events");
	int open = 0;

	for (uint32_t i = 0; i < log->n; i++)
		open += gv_str_is(gv_val_getstr(&log->items[i], "event"), "ask-consult") -
		        gv_str_is(gv_val_getstr(&log->items[i], "event"), "consult-end");
	return open > 0 ? 0 : gv_fail(&r->a->c->err, GV_EDATA, "%s", _("no expert is being asked"));
}

static int run(struct gv_cmd *c)
{
	if (gv_cmd_has(c, "end"))
		return step_run(c, &(struct step){ .event = "consult-end", .guard = is_open });
	return step_run(c, &(struct step){ .event = "ask-consult", .guard = guard });
}

const struct gv_cmd_spec mediate_consult = {
	.name = "consult", .summary = N_("ask for an expert opinion before suit; --end when it is there"),
	.usage = N_("ID|- matter=MATTER [asked_by=NAME] [agreed=true]   (or --end)"), .operands = "id", .opts = opts,
	.kind = "mediation", .common = GV_C_WRITE | GV_C_ASOF | GV_C_RECORDS, .records = &gv_cmd_records, .run = run,
};
