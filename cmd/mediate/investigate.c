/* SPDX-License-Identifier: MIT */
/* mediate investigate: a youth social worker looks at how a child lives, and after the end how it is. */
#include "mediate.h"
#include "mediation_child.h"

static const struct gv_opt opts[] = {
	{ 0, "on", "DATE", N_("the day, or the time as 2022-06-30T09:30, if not today") },
	{ 0, "report", NULL, N_("the report is there, or more of it: investigation.living=@FILE"), .excl = "act" },
	{ 0, "follow-up", NULL, N_("after the end somebody looked how the child is"), .excl = "act" },
	{ 0 }
};

static struct gv_str of_investigation(const struct step_run *r, const char *field)
{
	return gv_val_getstr(gv_val_get(&r->a->doc.root, "investigation"), field);
}

static int set_day(struct step_run *r, const char *path)
{
	struct gv_doc *d = &r->a->doc;

	return gv_val_set_path(d, &d->root, gv_str_of(path), gv_mkstr(d, (struct gv_str){ r->on, GV_DATE_LEN }), &r->a->c->err);
}

/* Whoever looks into a family needs a child to do it for. */
static int needs_minor(struct step_run *r)
{
	if (gv_mediation_has_minor(&r->a->doc.root))
		return 0;
	return gv_fail_field(&r->a->c->err, GV_EDATA, "involves_minor", "%s",
	                     _("no minor is concerned; if one is, say so: involves_minor=true"));
}

/* ---- asked for ---- */

static int may_ask(struct step_run *r)
{
	struct gv_str reported = of_investigation(r, "reported_on");
	int rc = step_in_state(r, "accepted, assigned, mediating, suspended");

	if (!rc && reported.n)
		rc = gv_fail_field(&r->a->c->err, GV_EDATA, "investigation",
		                   _("the report came on %.*s; what is to be added to it comes with --report"), (int)reported.n, reported.p);
	return rc ? rc : step_social_worker(r);
}

static int ask(struct step_run *r)
{
	struct gv_doc *d = &r->a->doc;
	int rc = needs_minor(r);

	if (!rc)
		rc = set_day(r, "investigation.asked_on");
	return rc ? rc
	          : gv_val_set_path(d, &d->root, GV_STR("investigation.investigator"), gv_mkstr(d, step_field(r, "investigator")),
	                            &r->a->c->err);
}

/* ---- reported ---- */

static int may_report(struct step_run *r)
{
	struct gv_str asked = of_investigation(r, "asked_on");

	if (!asked.n)
		return gv_fail_field(&r->a->c->err, GV_EDATA, "investigation", "%s", _("nobody was asked to investigate"));
	if (gv_str_cmp((struct gv_str){ r->on, GV_DATE_LEN }, asked) >= 0)
		return 0;
	return gv_fail_field(&r->a->c->err, GV_EDATA, "investigation", _("the report is of %.*s, before it was asked for on %.*s"),
	                     GV_DATE_LEN, r->on, (int)asked.n, asked.p);
}

static bool says(const struct step_run *r, const char *field)
{
	return gv_val_get(gv_val_get(&r->a->doc.root, "investigation"), field) != NULL;
}

/* A report may lie in the file as a paper alone. */
static int report(struct step_run *r)
{
	const struct gv_val *scope = gv_val_path(&r->a->doc.root, GV_STR("investigation.scope"));
	bool any = step_field(r, "doc").n > 0;

	for (size_t i = 0; gv_social_report_fields[i] && !any; i++)
		any = says(r, gv_social_report_fields[i]);
	if (!any)
		return gv_fail_field(&r->a->c->err, GV_EUSAGE, "investigation", "%s",
		                     _("what does the report say?  investigation.living=@FILE and so on, or doc=TEXT"));
	for (uint32_t i = 0; !step_field(r, "doc").n && scope && scope->type == GV_ARRAY && i < scope->n; i++)
		if (scope->items[i].type == GV_STRING && !says(r, scope->items[i].s))
			gv_cmd_warn(r->a->c, _("%s: the report says nothing about %s"), r->a->rec.id.key, scope->items[i].s);
	return of_investigation(r, "reported_on").n ? 0 : set_day(r, "investigation.reported_on");
}

/* ---- afterwards ---- */

static int may_follow_up(struct step_run *r)
{
	struct gv_str ended = gv_val_getstr(&r->a->doc.root, "ended_on");
	int rc = step_in_state(r, "agreed, confirming, confirmed, failed, refused, withdrawn, filed");

	if (!rc && ended.n && gv_str_cmp((struct gv_str){ r->on, GV_DATE_LEN }, ended) < 0)
		rc = gv_fail_field(&r->a->c->err, GV_EDATA, "ended_on", _("a follow-up on %.*s is before the end on %.*s"), GV_DATE_LEN, r->on,
		                   (int)ended.n, ended.p);
	return rc ? rc : step_social_worker(r);
}

static int run(struct gv_cmd *c)
{
	if (gv_cmd_has(c, "report"))
		return step_run(c, &(struct step){ .event = "investigation-end", .guard = may_report, .carry = report });
	if (gv_cmd_has(c, "follow-up"))
		return step_run(c, &(struct step){ .event = "follow-up", .guard = may_follow_up, .carry = needs_minor });
	return step_run(c, &(struct step){ .event = "investigate", .guard = may_ask, .carry = ask });
}

const struct gv_cmd_spec mediate_investigate = {
	.name = "investigate", .summary = N_("ask a youth social worker to look at how a child lives; --report, --follow-up"),
	.usage = N_("ID|- investigator=ID [FIELD=VALUE...]   (or --report, --follow-up)"), .operands = "id", .opts = opts,
	.kind = "mediation", .common = GV_C_WRITE | GV_C_ASOF | GV_C_RECORDS, .records = &gv_cmd_records, .run = run,
};
