/* SPDX-License-Identifier: MIT */
/* case-publish check: what do the rules say about publications? */
#include "release.h"
#include "walk.h"

#include <stdio.h>

static const struct gv_opt opts[] = {
	{ 0, "to", "PUBLIC", N_("the docket for the public: is there what is said here to be, and nothing else? (PUB-13)"), .complete = "dir" },
	{ 0, "show-work", NULL, N_("print the computation as a person would check it by hand, instead of findings") },
	{ 0, "calendar", "FILE", N_("years of its own, in the format of holidays.tsv (also GAVEL_CALENDAR)"), .complete = "file" },
	{ 0, "state", "STATES", N_("states, comma list: proposed,decided,withheld"), .complete = "state" },
	{ 0 }
};

struct work {
	struct publish_judge judge;
	struct release_docket docket;    /* of --to; its command NULL: not asked for */
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
	struct work *w = work;
	struct gv_cmd *c = w->judge.c;
	struct gv_publication_subject s;
	char key[GV_KEY_MAX];
	int rc = publish_judge_rules(&w->judge, rec, &s);

	if (!rc && gv_cmd_has(c, "show-work"))
		return show_work(c, &s);
	if (!rc && w->docket.c) {
		const char *kind = release_docket_key(rec, key);

		rc = release_docket_get(&w->docket, kind, key, &s.shown);
		s.compared = true;
	}
	return rc ? rc : gv_cmd_check(c, gv_publication_rules, rec, &s);
}

static int one_rec(struct gv_cmd *c, const struct gv_rec *rec)
{
	return one_target(c->ctx, rec);
}

static int tell_stranger(void *ctx, const char *kind, const char *key, struct gv_str state)
{
	struct gv_cmd *c = ctx;
	struct gv_rec rec = { .id = { .schema = gv_schema_find(gv_str_of(kind)) } };
	char why[256];

	snprintf(rec.id.key, sizeof rec.id.key, "%s", key);
	snprintf(why, sizeof why, _("%.*s in the public docket, and no record here says so"), (int)state.n, state.n ? state.p : "");
	return gv_cmd_finding(c, gv_rule_find(gv_publication_rules, "PUB-13"), &rec, GV_REVIEW, why);
}

static bool is_asked(const struct gv_cmd *c, const char *rule)
{
	const char *only = gv_cmd_opt(c, "only"), *skip = gv_cmd_opt(c, "skip");

	return (!only || gv_rule_listed(gv_str_of(only), gv_str_of(rule))) && !gv_rule_listed(gv_str_of(skip ? skip : ""), gv_str_of(rule));
}

static int run(struct gv_cmd *c)
{
	/* There is nothing to compute of a typical case. */
	const char *const kinds[] = { "publication", gv_cmd_has(c, "show-work") ? NULL : "typical-case", NULL };
	struct work w = { .judge = { .c = c } };
	bool all = c->argc == 0 && !gv_walk_selects(c) && !gv_cmd_has(c, "show-work") && is_asked(c, "PUB-13");
	int rc = gv_cmd_check_lists(c, gv_publication_rules);

	if (!rc && gv_cmd_has(c, "to"))
		rc = release_docket_open(&w.docket, c, gv_cmd_opt(c, "to"));
	if (!rc)
		rc = publish_judge_open(&w.judge, c);
	c->ctx = &w;
	if (!rc)
		rc = c->argc > 0 ? publish_each_target(c, kinds[1], one_target, &w) : gv_walk_records(c, kinds, one_rec);
	if (!rc && all && w.docket.c)
		rc = release_docket_strangers(&w.docket, tell_stranger, c);
	publish_judge_close(&w.judge);
	release_docket_close(&w.docket);
	c->ctx = NULL;
	return rc ? rc : gv_cmd_findings(c) ? GV_FOUND : 0;
}

const struct gv_cmd_spec publish_check = {
	.name = "check", .summary = N_("check publications and typical cases against the rules; findings are records"),
	.usage = N_("[ID|CASE...|-]   (- takes ids or records from standard input; of a case all publications)"), .operands = "id", .opts = opts,
	.kind = "publication", .rules = gv_publication_rules,
	.common = GV_C_DOCKET | GV_C_SELECT | GV_C_RULES | GV_C_OUTPUT | GV_C_RECORDS | GV_C_ASOF,
	.records = &gv_cmd_records, .run = run,
};
