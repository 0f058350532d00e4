/* SPDX-License-Identifier: MIT */
/* case-publish check: what do the rules say about publications? */
#include "case-publish.h"
#include "walk.h"

static const struct gv_opt opts[] = {
	{ 0, "show-work", NULL, N_("print the computation as a person would check it by hand, instead of findings") },
	{ 0, "calendar", "FILE", N_("years of its own, in the format of holidays.tsv (also GAVEL_CALENDAR)"), .complete = "file" },
	{ 0, "state", "STATES", N_("states, comma list: proposed,decided,withheld"), .complete = "state" },
	{ 0 }
};

static int show_work(struct gv_cmd *c, const struct gv_publication_subject *s)
{
	struct gv_buf text = GV_BUF_INIT(GV_MIB);
	int rc;

	gv_buf_addf(&text, "%s\n", s->rec->id.key);
	gv_publication_work(&text, &s->p, c->today);
	rc = gv_buf_check(&text, &c->err);
	if (!rc)
		rc = gv_cmd_put(c, gv_buf_str(&text));
	gv_buf_free(&text);
	return rc;
}

static int one_target(void *work, const struct gv_rec *rec)
{
	struct publish_judge *j = work;
	struct gv_publication_subject s;
	int rc = publish_judge_rules(j, rec, &s);

	if (!rc && gv_cmd_has(j->c, "show-work"))
		return show_work(j->c, &s);
	return rc ? rc : gv_cmd_check(j->c, gv_publication_rules, rec, &s);
}

static int one_rec(struct gv_cmd *c, const struct gv_rec *rec)
{
	return one_target(c->ctx, rec);
}

static int run(struct gv_cmd *c)
{
	static const char *const kinds[] = { "publication", NULL };
	struct publish_judge judge = { 0 };
	int rc = gv_cmd_check_lists(c, gv_publication_rules);

	if (!rc)
		rc = publish_judge_open(&judge, c);
	c->ctx = &judge;
	if (!rc)
		rc = c->argc > 0 ? publish_each_target(c, one_target, &judge) : gv_walk_records(c, kinds, one_rec);
	publish_judge_close(&judge);
	c->ctx = NULL;
	return rc ? rc : gv_cmd_findings(c) ? GV_FOUND : 0;
}

const struct gv_cmd_spec publish_check = {
	.name = "check", .summary = N_("check publications against the rules; findings are records"),
	.usage = N_("[ID|CASE...|-]   (- takes ids or records from standard input; of a case all publications)"), .operands = "id", .opts = opts,
	.kind = "publication", .rules = gv_publication_rules,
	.common = GV_C_DOCKET | GV_C_SELECT | GV_C_RULES | GV_C_OUTPUT | GV_C_RECORDS | GV_C_ASOF,
	.records = &gv_cmd_records, .run = run,
};
