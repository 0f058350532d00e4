/* SPDX-License-Identifier: MIT */
/* mediate open: take an application and give it its number in the register. */
#include <stdio.h>
#include <string.h>

#include "mediate.h"
#include "opening.h"

/* CN-14: courts number their registers by themselves; this is the most common name. */
#define REGISTER "诉前调"

static const struct gv_opt opts[] = {
	{ 0, "type", "CODE", N_("name of the register in the number, if not 诉前调") },
	{ 0, "on", "DATE", N_("day of the application, if not today"), .check = "date" },
	{ 0, "received", NULL, N_("only received, not yet accepted") },
	{ 0, "party", "ROLE=NAME", N_("a party, 申请人=张三 or 被申请人=李四; as often as needed"), GV_OPT_MANY },
	{ 0 }
};

/* OM-01; and an accused in custody is not mediated online. */
static int check_scope(struct gv_opening *o, const struct gv_val *rec)
{
	if (gv_str_is(gv_val_getstr(rec, "intake"), "online") && gv_val_is_true(rec, "custody"))
		return gv_fail_field(&o->c->err, GV_EDATA, "custody", _("an accused in custody is not mediated online (%s %s, art. %s)"),
		                     "人民法院在线调解规则", "法释〔2021〕23号", "3");
	return 0;
}

static int check_state(struct gv_opening *o, const struct gv_val *rec)
{
	struct gv_str state = gv_val_getstr(rec, "state");

	if (gv_str_is(state, "received") || gv_str_is(state, "accepted"))
		return 0;
	return gv_fail_field(&o->c->err, GV_EDATA, "state", "%s",
	                     _("a mediation begins as received or accepted; case-file import takes those that are further on"));
}

static int prepare(struct gv_opening *o, struct gv_val *rec, char number[GV_NUMBER_MAX])
{
	const char *type = gv_cmd_opt(o->c, "type");
	const struct { const char *field, *text; } defaults[] = {
		{ "kind", "mediation" }, { "state", gv_cmd_has(o->c, "received") ? "received" : "accepted" },
		{ "received_on", o->on }, { "referral", "before-filing" }, { "intake", "counter" },
		{ "mechanism", "court-invited" }, { "dispute_type", "civil" },
	};
	int rc = 0;

	for (size_t i = 0; i < sizeof defaults / sizeof defaults[0] && !rc; i++)
		rc = gv_opening_default(o, rec, defaults[i].field, defaults[i].text);
	if (!rc)
		rc = check_state(o, rec);
	if (!rc)
		rc = check_scope(o, rec);
	if (!rc)
		rc = gv_opening_event(o, rec, "receive", "received_on");
	if (!rc && gv_str_is(gv_val_getstr(rec, "state"), "accepted"))
		rc = gv_opening_default(o, rec, "accepted_on", o->on);
	if (!rc && gv_str_is(gv_val_getstr(rec, "state"), "accepted"))
		rc = gv_opening_event(o, rec, "admit", "accepted_on");
	if (!rc)
		snprintf(number, GV_NUMBER_MAX, "（%.4s）%s%s", gv_val_getstr(rec, "received_on").p, gv_store_court(gv_cmd_store(o->c)),
		         type ? type : REGISTER);
	return rc;
}

static int run(struct gv_cmd *c)
{
	return gv_opening_run(c, prepare, NULL);
}

const struct gv_cmd_spec mediate_open = {
	.name = "open", .summary = N_("take an application for mediation and give it the next number; prints it"),
	.usage = N_("[--party ROLE=NAME...] [FIELD=VALUE...]   (or NDJSON without ids on standard input)"),
	.opts = opts, .kind = "mediation", .fields = MEDIATE_FIELDS,
	.common = GV_C_WRITE | GV_C_BULK | GV_C_OUTPUT | GV_C_RECORDS | GV_C_ASOF,
	.records = &gv_cmd_records, .run = run,
};
