/* SPDX-License-Identifier: MIT */
/* credit-repair check: what does the law say about entries and repairs? */
#include <string.h>

#include "past.h"
#include "walk.h"

static const struct gv_opt opts[] = {
	{ 0, "show-work", NULL, N_("print the computation as a person would check it by hand, instead of findings") },
	{ 0, "calendar", "FILE", N_("years of its own, in the format of holidays.tsv (also GAVEL_CALENDAR)"), .complete = "file" },
	{ 0, "kind", "KIND", N_("only records of this kind: credit or repair"), .complete = "credit|repair" },
	{ 0, "state", "STATES", N_("states, comma list: listed,grace"), .complete = "state" },
	{ 0 }
};

struct work {
	struct credit_judge judge;
	struct credit_past past;
};

static int one_target(void *ctx, const struct gv_rec *rec)
{
	struct work *w = ctx;
	struct credit_judge *j = &w->judge;
	struct gv_credit_subject subject;
	struct gv_rec then = *rec;
	bool there;
	int rc = credit_past_rec(&w->past, &then, &there);

	if (rc || !there)
		return rc;
	rc = credit_judge_subject(j, &then, &subject);
	if (!rc && gv_cmd_has(j->c, "show-work") && strcmp(then.id.schema->kind, "credit") == 0)
		return credit_show_work(j->c, &subject);
	return rc ? rc : gv_cmd_check(j->c, gv_credit_rules, &then, &subject);
}

static int one_rec(struct gv_cmd *c, const struct gv_rec *rec)
{
	return one_target(c->ctx, rec);
}

static int run(struct gv_cmd *c)
{
	static const char *const kinds[] = { "credit", "repair", NULL };
	struct work w;
	int rc = gv_cmd_check_lists(c, gv_credit_rules);

	if (rc)
		return rc;
	rc = credit_judge_open(&w.judge, c);
	credit_past_begin(&w.past, c, GV_CREDIT_LOST_DECISION | GV_CREDIT_LOST_ORDER);
	c->ctx = &w;
	if (!rc)
		rc = c->argc > 0 ? credit_each_target(c, one_target, &w) : gv_walk_records(c, kinds, one_rec);
	credit_judge_close(&w.judge);
	credit_past_end(&w.past);
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
