/* SPDX-License-Identifier: MIT */
/* case-audit verify: every commit of the history judged. */
#include <stdlib.h>
#include <time.h>

#include "case-audit.h"

static const struct gv_opt opts[] = {
	{ 0, "from", "REV", N_("trust what this commit and those before it made; judge what came after"), .complete = "rev",
	  .excl = "from" },
	{ 0, "all", NULL, N_("from the very beginning, whatever was remembered"), .excl = "from" },
	{ 0, "checkpoint", "FILE", N_("what was remembered lies in this file"), .complete = "file", .excl = "from" },
	{ 0, "strict", NULL, N_("also tell unsigned commits from before the docket knew signers") },
	VERIFY_RULE_OPTS
	{ 0 }
};

/* ---- running ---- */

enum {
	GROUPS_MAX = 128,
	MANY = 20         /* findings, that are summed up by rule and duty */
};

/* What was found, by rule and duty: a long list tells nobody what to look at first. */
struct group {
	struct gv_str level, rule, duty;
	size_t n;
};

struct judging {
	struct gv_cmd *c;
	struct group list[GROUPS_MAX];
	size_t n, others;         /* findings of groups beyond that */
	struct gv_arena arena;
};

static int count(struct judging *j, const struct gv_val *finding, struct gv_err *err)
{
	struct gv_str level = gv_val_getstr(finding, "level"), rule = gv_val_getstr(finding, "rule");
	struct gv_str duty = gv_val_getstr(gv_val_get(finding, "facts"), "duty");
	struct group *g = j->list;

	while (g < j->list + j->n && !(gv_str_eq(g->level, level) && gv_str_eq(g->rule, rule) && gv_str_eq(g->duty, duty)))
		g++;
	if (g == j->list + GROUPS_MAX) {
		j->others++;
		return 0;
	}
	if (g == j->list + j->n) {
		*g = (struct group){ gv_arena_copy(&j->arena, level), gv_arena_copy(&j->arena, rule),
			             gv_arena_copy(&j->arena, duty), 0 };
		if (!g->level.p || !g->rule.p || (duty.n && !g->duty.p))
			return gv_fail_nomem(err);
		j->n++;
	}
	g->n++;
	return 0;
}

static int take_finding(void *ctx, const struct gv_val *finding, struct gv_err *err)
{
	struct judging *j = ctx;
	int rc = count(j, finding, err);

	if (!rc)
		rc = gv_out_rec(j->c->out, finding, err);
	return rc ? rc : gv_cmd_closed(j->c) ? -1 : 0;
}

static void show_progress(void *ctx, uint64_t done, uint64_t all)
{
	gv_cmd_progress(((struct judging *)ctx)->c, done, all, _("commits"));
}

static int by_number(const void *a, const void *b)
{
	const struct group *x = a, *y = b;
	int d = (x->n < y->n) - (x->n > y->n);

	d = d ? d : gv_str_cmp(x->rule, y->rule);
	d = d ? d : gv_str_cmp(x->duty, y->duty);
	return d ? d : gv_str_cmp(x->level, y->level);
}

static void sum_groups(struct judging *j)
{
	size_t all = j->others;

	for (size_t i = 0; i < j->n; i++)
		all += j->list[i].n;
	if (all < MANY)
		return;
	qsort(j->list, j->n, sizeof *j->list, by_number);
	for (size_t i = 0; i < j->n; i++) {
		const struct group *g = &j->list[i];

		gv_cmd_note(j->c, "%8zu  %.*s  %.*s%s%.*s", g->n, (int)g->level.n, g->level.p, (int)g->rule.n, g->rule.p,
		            g->duty.n ? "  " : "", (int)g->duty.n, g->duty.n ? g->duty.p : "");
	}
	if (j->others)
		gv_cmd_note(j->c, _("%8zu  of other rules and duties"), j->others);
}

static void sum_up(struct gv_cmd *c, const struct gv_audit_sums *s)
{
	size_t bad = s->verdicts[GV_SIG_BAD] + s->verdicts[GV_SIG_UNKNOWN] + s->verdicts[GV_SIG_EARLY] +
	             s->verdicts[GV_SIG_LATE] + s->verdicts[GV_SIG_SPACE];

	gv_cmd_note(c, _("commits judged: %zu (merges %zu, corrections %zu, annotations %zu)"), s->commits, s->merges,
	            s->corrections, s->annotations);
	gv_cmd_note(c, _("signatures: good %zu, none %zu, not to be trusted %zu, before signers were known %zu"),
	            s->verdicts[GV_SIG_GOOD], s->verdicts[GV_SIG_NONE], bad, s->verdicts[GV_SIG_UNJUDGED]);
	gv_cmd_note(c, _("findings: violations %zu, warnings %zu, to be reviewed %zu, notes %zu"), s->counts[GV_VIOLATION],
	            s->counts[GV_WARN], s->counts[GV_REVIEW], s->counts[GV_INFO]);
}

int verify_range_run(struct gv_cmd *c, const struct verify_range *r, struct gv_audit_sums *sums)
{
	const char *only = gv_cmd_opt(c, "only"), *skip = gv_cmd_opt(c, "skip");
	struct judging j = { .c = c };
	struct gv_audit_opts o = {
		.store = gv_cmd_store(c), .as_of = c->today, .only = gv_str_of(only ? only : ""),
		.skip = gv_str_of(skip ? skip : ""), .from = r->from, .tip = r->tip, .remembered = r->remembered,
		.now = (int64_t)time(NULL), .strict = gv_cmd_has(c, "strict"), .finding = take_finding, .progress = show_progress, .ctx = &j,
	};
	int rc = gv_audit_check_lists(only, skip, &c->err);

	c->fields = "level,rule,ref.id,message,facts.commit";
	if (!rc && !gv_cmd_out(c))
		rc = c->err.code;
	gv_json_want_fast();
	if (!rc && gv_audit_wants_records(only, skip))
		rc = gv_case_law_load(&o.law, &c->err);
	if (!rc)
		rc = gv_audit_run(&o, sums, &c->err);
	gv_case_law_free(o.law);
	if (!rc)
		rc = gv_out_flush(c->out, &c->err);
	if (!rc) {
		sum_up(c, sums);
		sum_groups(&j);
	}
	gv_arena_free(&j.arena);
	return rc;
}

int verify_result(struct gv_cmd *c, const struct gv_audit_sums *sums)
{
	const size_t *n = sums->counts;

	if (sums->untrue)
		return gv_fail(&c->err, GV_EINTEGRITY, "%s", _("this history is not to be trusted as it stands: a signature, a "
		               "signer or an object is not what it should be"));
	return n[GV_VIOLATION] + n[GV_WARN] + n[GV_REVIEW] ? GV_FOUND : 0;
}

/* ---- from where ---- */

static int recall(struct gv_cmd *c, struct verify_range *r)
{
	struct remembered m = REMEMBERED_INIT;
	char hex[GV_HEX + 1];
	int rc = remembered_find(&m, c, gv_cmd_opt(c, "checkpoint"));

	if (!rc && m.there) {
		r->from = m.commit;
		r->remembered = true;
		gv_oid_hex(&m.commit, hex);
		gv_cmd_note(c, _("from the remembered commit %.10s on (--all judges everything)"), hex);
	} else if (!rc && gv_cmd_opt(c, "checkpoint")) {
		rc = gv_fail(&c->err, GV_ENOTFOUND, _("--checkpoint: there is no file %s"), gv_cmd_opt(c, "checkpoint"));
	}
	remembered_free(&m);
	return rc;
}

static int range_of(struct gv_cmd *c, struct verify_range *r)
{
	struct gv_store *s = gv_cmd_store(c);
	const char *from = gv_cmd_opt(c, "from");
	int rc = s ? 0 : c->err.code;

	*r = (struct verify_range){ 0 };
	if (!rc)
		r->tip = *gv_store_commit_id(s);
	if (!rc && from)
		rc = gv_store_resolve(s, from, &r->from, &c->err);
	return rc || from || gv_cmd_has(c, "all") ? rc : recall(c, r);
}

static int run(struct gv_cmd *c)
{
	struct gv_audit_sums sums;
	struct verify_range range;
	int rc = c->argc ? gv_fail(&c->err, GV_EUSAGE, "%s", _("verify takes no operands")) : 0;

	if (!rc)
		rc = range_of(c, &range);
	if (!rc)
		rc = verify_range_run(c, &range, &sums);
	return rc < 0 ? 0 : rc ? rc : verify_result(c, &sums);
}

const struct gv_cmd_spec case_audit_verify = {
	.name = "verify", .summary = N_("judge every commit: signature, signer, duties, records; findings are records"),
	.usage = "", .opts = opts, .kind = "finding", .rules = gv_audit_rules,
	.common = GV_C_DOCKET | GV_C_OUTPUT | GV_C_ASOF, .records = &gv_cmd_records, .run = run,
};
