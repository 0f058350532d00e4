/* SPDX-License-Identifier: MIT */
/* credit-repair check: what does the law say about entries and repairs? */
#include <string.h>

#include "credit-repair.h"
#include "walk.h"

static const struct gv_opt opts[] = {
	{ 0, "show-work", NULL, N_("print the computation as a person would check it by hand, instead of findings") },
	{ 0, "calendar", "FILE", N_("years of its own, in the format of holidays.tsv (also GAVEL_CALENDAR)"), .complete = "file" },
	{ 0, "kind", "KIND", N_("only records of this kind: credit or repair"), .complete = "credit|repair" },
	{ 0, "state", "STATES", N_("states, comma list: listed,grace"), .complete = "state" },
	{ 0 }
};

static int one_target(void *work, const struct gv_rec *rec)
{
	struct credit_judge *j = work;
	struct gv_credit_subject subject;
	int rc = credit_judge_subject(j, rec, &subject);

	if (!rc && gv_cmd_has(j->c, "show-work") && strcmp(rec->id.schema->kind, "credit") == 0)
		return credit_show_work(j->c, &subject);
	return rc ? rc : gv_cmd_check(j->c, gv_credit_rules, rec, &subject);
}

static int one_rec(struct gv_cmd *c, const struct gv_rec *rec)
{
	return one_target(c->ctx, rec);
}

static int run(struct gv_cmd *c)
{
	static const char *const kinds[] = { "credit", "repair", NULL };
	struct credit_judge judge;
	int rc = gv_cmd_check_lists(c, gv_credit_rules);

	if (rc)
		return rc;
	rc = credit_judge_open(&judge, c);
	c->ctx = &judge;
	if (!rc)
		rc = c->argc > 0 ? credit_each_target(c, one_target, &judge) : gv_walk_records(c, kinds, one_rec);
	credit_judge_close(&judge);
	c->ctx = NULL;
	return rc ? rc : gv_cmd_findings(c) ? GV_FOUND : 0;
}

const struct gv_cmd_spec credit_check = {
	.name = "check", .summary = N_("check entries and repairs against the law; findings are records"),
	.usage = N_("[ID|CASE...|-]   (- takes ids or records from standard input; of a case all entries)"), .operands = "id", .opts = opts,
	.kind = "credit", .rules = gv_credit_rules,
	.common = GV_C_DOCKET | GV_C_SELECT | GV_C_RULES | GV_C_OUTPUT | GV_C_RECORDS | GV_C_ASOF,
	.records = &gv_cmd_records, .run = run,
};
