/* SPDX-License-Identifier: MIT */
/* mediate back-out: a party does not stand by what was agreed, before it has any effect. */
#include "mediate.h"

static const struct gv_opt opts[] = {
	{ 0, "on", "DATE", N_("the day, or the time as 2022-06-30T09:30, if not today") },
	{ 0, "end", NULL, N_("with that the mediation has failed; else it goes on") },
	{ 0 }
};

/* By what text an agreement binds once all have signed (ME-11, OM-12, PM-02). */
static struct gv_basis binding(const struct gv_val *rec)
{
	if (gv_str_is(gv_val_getstr(rec, "mechanism"), "people"))
		return (struct gv_basis){ "中华人民共和国人民调解法", "2010", "29" };
	if (gv_str_is(gv_val_getstr(rec, "intake"), "online"))
		return (struct gv_basis){ "人民法院在线调解规则", "法释〔2021〕23号", "19" };
	return (struct gv_basis){ "最高人民法院关于人民法院特邀调解的规定", "法释〔2016〕14号", "19" };
}

/*
 * What was agreed after filing becomes a mediation paper of the court, and until that is served each may back out (CPL art.
 * 102): the record of the mediation does not know of it.
 */
static int not_in_effect(struct step_run *r)
{
	const struct gv_val *rec = &r->a->doc.root;
	gv_day effective = gv_mediation_effective(rec, NULL), on = gv_day_read((struct gv_str){ r->on, GV_DATE_LEN });
	struct gv_basis b = binding(rec);
	struct gv_str party = step_field(r, "party");
	char since[GV_DATE_LEN + 1];

	if (effective == GV_DAY_NONE || on < effective || !gv_str_is(gv_val_getstr(rec, "state"), "agreed") ||
	    gv_str_is(gv_val_getstr(rec, "referral"), "after-filing"))
		return 0;
	gv_day_format(effective, since);
	return gv_fail_field(&r->a->c->err, GV_EDATA, "agreement",
	                     _("in effect since %s: %.*s cannot back out of it any more (%s %s, art. %s)"), since, (int)party.n,
	                     party.p, b.doc, b.no, b.art);
}

static int guard(struct step_run *r)
{
	int rc;

	if (!step_field(r, "party").n)
		return gv_fail(&r->a->c->err, GV_EUSAGE, _("%s needs %s=%s"), r->a->c->spec->name, "party", _("VALUE"));
	rc = step_known_party(r);
	if (!rc)
		rc = not_in_effect(r);
	return rc || !gv_cmd_has(r->a->c, "end") ? rc : step_has_failure(r);
}

/* Signatures under what is not agreed any more must not count for what will be agreed next. */
static int carry(struct step_run *r)
{
	struct gv_val *rec = &r->a->doc.root;

	gv_obj_del(rec, GV_STR("agreement"));
	if (gv_cmd_has(r->a->c, "end"))
		return step_end(r, "not-signed");
	gv_obj_del(rec, GV_STR("ended_on"));
	gv_obj_del(rec, GV_STR("ended_by"));
	return 0;
}

static int run(struct gv_cmd *c)
{
	return step_run(c, &(struct step){ .event = gv_cmd_has(c, "end") ? "unsign" : "back-out", .guard = guard, .carry = carry });
}

const struct gv_cmd_spec mediate_back_out = {
	.name = "back-out", .summary = N_("a party backs out of what was agreed, before all have signed"),
	.usage = N_("ID|- party=NAME [FIELD=VALUE...]   (with --end also failure.reason=TEXT)"), .operands = "id", .opts = opts,
	.kind = "mediation", .common = GV_C_WRITE | GV_C_ASOF | GV_C_RECORDS, .records = &gv_cmd_records, .run = run,
};
