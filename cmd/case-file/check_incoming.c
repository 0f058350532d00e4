/* SPDX-License-Identifier: MIT */
/*
 * check --incoming: judge a push before it becomes the docket.  Every new commit is judged, on every line of history
 * that the push brings, not only the last: what is in the history stays there.
 */
#include <time.h>

#include "audit.h"
#include "check.h"
#include "judge.h"
#include "lineage.h"
#include "odb.h"

#define INCOMING_FIELDS "level,rule,ref.id,message,facts.commit"

struct incoming {
	struct checker *k;
	struct gv_oid old, tip;
	struct gv_lineage *line;  /* the new commits */
	struct gv_judge judge;
	struct gv_oid commit;     /* being judged: what is found wears its id */
	bool pulled;              /* fetched by case-file pull: main has commits of its own, and will be joined with it */
	struct gv_doc policy;     /* what main has sealed: a list, or nothing */
	struct gv_audit_sums sums;
};

/* ---- judging ---- */

static int take_finding(struct gv_check *check, const struct gv_val *finding, struct gv_err *err)
{
	struct incoming *in = check->ctx;
	struct gv_val told = *finding, facts = gv_mkobj();
	char hex[GV_HEX + 1];
	int rc;

	gv_oid_hex(&in->commit, hex);
	rc = gv_obj_set(&check->scratch, &facts, GV_STR("commit"), gv_mkstr(&check->scratch, gv_str_of(hex)), err);
	if (!rc)
		rc = gv_obj_set(&check->scratch, &told, GV_STR("facts"), facts, err);
	return rc ? rc : gv_out_rec(in->k->c->out, &told, err);
}

static void judge_begin(struct incoming *in)
{
	struct gv_cmd *c = in->k->c;
	const char *only = gv_cmd_opt(c, "only"), *skip = gv_cmd_opt(c, "skip");

	in->judge = (struct gv_judge){
		.store = in->k->store, .law = in->k->law, .cn = gv_cmd_caseno(c), .home = gv_cmd_schema(c),
		.check = { .as_of = c->today, .ctx = in, .sink = take_finding, .err = &c->err },
	};
	in->judge.sealed_fields = in->policy.root.type == GV_ARRAY ? &in->policy.root : NULL;
	in->judge.pulled = in->pulled;
	check_ask(in->k, &in->judge.exists, &in->judge.conflict);
	/* An open conflict travels between dockets as it is (DK-07 is for those who check a docket, or publish): a person
	 * closes it later, in one of them. */
	in->judge.conflict = NULL;
	in->judge.ctx = in->k;
	/* What happened may be written down even where the law did not want it; case-file check says so. */
	in->judge.check.only = gv_str_of(only ? only : "DK-*");
	in->judge.check.skip = gv_str_of(skip ? skip : "");
}

static int tree_of(struct incoming *in, const struct gv_oid *id, struct gv_oid *tree)
{
	struct gv_object obj = GV_OBJECT_INIT;
	struct gv_commit c;
	int rc = gv_commit_read(in->k->store, id, &obj, &c, &in->k->c->err);

	if (!rc)
		*tree = c.tree;
	gv_object_free(&obj);
	return rc;
}

static int judge_one(struct incoming *in, const struct gv_oid *id)
{
	struct gv_object obj = GV_OBJECT_INIT;
	struct gv_oid before[2] = { 0 };
	struct gv_commit c;
	int rc = gv_commit_read(in->k->store, id, &obj, &c, &in->k->c->err);

	in->commit = *id;
	for (unsigned i = 0; !rc && i < c.parents && i < 2; i++)
		rc = tree_of(in, &c.parent[i], &before[i]);
	if (!rc)
		rc = gv_judge_commit(&in->judge, &c, before);
	gv_object_free(&obj);
	return rc;
}

/* In the order they were made, as far as there is one. */
static int judge_all(struct incoming *in)
{
	bool joins = false;
	int rc = 0;

	for (uint32_t i = 0; i < gv_lineage_count(in->line) && !rc; i++) {
		joins = joins || gv_lineage_joins(in->line, i);
		rc = judge_one(in, gv_lineage_at(in->line, i));
	}
	in->commit = in->tip;
	/* Of two lines that are still apart, the join keeps what main has. */
	if (!rc && joins && gv_lineage_met(in->line) && !in->judge.check.counts[GV_VIOLATION])
		rc = gv_judge_kept(&in->judge, &in->old, &in->tip);
	return rc;
}

/* ---- who made it ---- */

static int take_audit_finding(void *ctx, const struct gv_val *finding, struct gv_err *err)
{
	struct incoming *in = ctx;

	return gv_str_is(gv_val_getstr(finding, "level"), "info") ? 0 : gv_out_rec(in->k->c->out, finding, err);
}

/* Does the docket, as it is, know signers or ask for signatures? */
static int is_audited(struct incoming *in, bool *yes)
{
	struct gv_store *s = in->k->store;
	struct gv_regimes *r = NULL;
	struct gv_regime at = { 0 };
	struct gv_oid tree = { 0 };
	int rc = gv_regimes_new(&r, s, &in->k->c->err);

	if (!rc && !gv_oid_is_zero(&in->old))
		rc = tree_of(in, &in->old, &tree);
	if (!rc)
		rc = gv_regime_at(r, &tree, &at, &in->k->c->err);
	*yes = at.has_signers || gv_val_get(gv_val_get(at.config, "policy"), "signed_commits");
	gv_regimes_free(r);
	return rc;
}

/* By the rules of case-audit, each commit by what was in force before it. */
static int audit(struct incoming *in)
{
	struct gv_cmd *c = in->k->c;
	const char *skip = gv_cmd_opt(c, "skip");
	struct gv_audit_opts o = {
		.store = in->k->store, .as_of = c->today, .skip = gv_str_of(skip ? skip : ""), .from = in->old, .tip = in->tip,
		.apart = in->pulled, .now = (int64_t)time(NULL), .arriving = true, .finding = take_audit_finding, .ctx = in,
	};
	bool yes = false;
	int rc = gv_cmd_opt(c, "only") ? 0 : is_audited(in, &yes);

	if (!rc && yes)
		rc = gv_audit_run(&o, &in->sums, &c->err);
	for (int i = GV_REVIEW; i <= GV_VIOLATION; i++)
		in->judge.check.counts[i] += in->sums.counts[i];
	return rc;
}

/* Links may lead to what the push brings itself.  If its gavel.json cannot be used, that is told when nothing else was. */
static int read_as_pushed(struct incoming *in, struct gv_err *why)
{
	char hex[GV_HEX + 1];
	struct gv_err *err = &in->k->c->err;
	int rc;

	gv_oid_hex(&in->tip, hex);
	rc = gv_store_at(in->k->store, hex, err);
	if (rc != GV_EDATA)
		return rc;
	*why = *err;
	gv_err_clear(err);
	return 0;
}

static int check_allowed(const struct incoming *in)
{
	char hex[GV_HEX + 1];
	struct gv_err *err = &in->k->c->err;

	gv_oid_hex(&in->old, hex);
	if (gv_oid_is_zero(&in->tip))
		return gv_fail(err, GV_EDATA, "%s", _("main may not be deleted: it is the docket"));
	if (!gv_lineage_met(in->line) && !in->pulled)
		return gv_fail(err, GV_EDATA, _("history may not be replaced: commit %.10s would be lost (git pull, then push again)"),
		               hex);
	return 0;
}

/* Behind the findings, which a table holds back until it knows its widths. */
static int sum_up(const struct incoming *in)
{
	struct gv_cmd *c = in->k->c;
	const size_t *counts = in->judge.check.counts;
	int rc = gv_out_flush(c->out, &c->err);

	if (!rc && counts[GV_VIOLATION])
		gv_cmd_note(c, _("refused, the docket is as it was: violations %zu, warnings %zu, new commits %zu "
		                 "(case-file check --explain RULE tells what a rule wants)"),
		            counts[GV_VIOLATION], counts[GV_WARN], (size_t)gv_lineage_count(in->line));
	if (!rc && in->sums.counts[GV_VIOLATION])
		gv_cmd_note(c, "%s", _("the AU rules are those of case-audit verify, which explains them (--explain AU-03)"));
	if (!rc && !counts[GV_VIOLATION] && counts[GV_WARN] && in->pulled)
		gv_cmd_note(c, _("judged: warnings %zu, new commits %zu"), counts[GV_WARN], (size_t)gv_lineage_count(in->line));
	else if (!rc && !counts[GV_VIOLATION] && counts[GV_WARN])
		gv_cmd_note(c, _("taken: warnings %zu, new commits %zu"), counts[GV_WARN], (size_t)gv_lineage_count(in->line));
	return rc;
}

/* The store's own goes with its gavel.json, once the pushed one is read. */
static int keep_policy(struct incoming *in)
{
	const struct gv_val *list = in->k->sealed_fields;

	return list ? gv_val_copy(&in->policy, &in->policy.root, list, &in->k->c->err) : 0;
}

static int judge_push(struct incoming *in)
{
	struct gv_err why = { 0 };
	int rc = gv_oid_is_zero(&in->tip) ? 0 : gv_lineage_read(&in->line, in->k->store, &in->old, &in->tip, NULL, NULL, &in->k->c->err);

	if (!rc)
		rc = check_allowed(in);
	if (!rc)
		rc = keep_policy(in);
	if (!rc)
		rc = read_as_pushed(in, &why);
	if (!rc && !gv_cmd_out(in->k->c))
		rc = in->k->c->err.code;
	if (rc)
		return rc;
	judge_begin(in);
	rc = judge_all(in);
	if (!rc)
		rc = audit(in);
	if (!rc)
		rc = sum_up(in);
	if (!rc && in->judge.check.counts[GV_VIOLATION])
		rc = GV_FOUND;
	else if (!rc && why.code)
		rc = (in->k->c->err = why).code;
	gv_judge_free(&in->judge);
	return rc;
}

int check_pulled(struct checker *k, const struct gv_oid *main, const struct gv_oid *theirs)
{
	struct incoming in = { .k = k, .old = *main, .tip = *theirs, .pulled = true };
	int rc;

	k->c->fields = INCOMING_FIELDS;
	rc = judge_push(&in);
	gv_lineage_free(in.line);
	gv_doc_free(&in.policy);
	return rc;
}

/* ---- what git says ---- */

/* "OLD NEW REF" */
static int one_ref(struct gv_cmd *c, struct gv_str line, size_t number)
{
	enum { REF = 2 * (GV_HEX + 1) };
	struct incoming in = { .k = c->ctx };
	int rc;

	if (line.n <= REF || !gv_oid_read(&in.old, (struct gv_str){ line.p, GV_HEX }) ||
	    !gv_oid_read(&in.tip, (struct gv_str){ line.p + GV_HEX + 1, GV_HEX })) {
		gv_fail(&c->err, GV_EUSAGE, "%s", _("--incoming reads lines OLD NEW REF, as git gives them to pre-receive"));
		c->err.line = number;
		return GV_EUSAGE;
	}
	/* The docket is main; other branches are anybody's own business. */
	if (!gv_str_is((struct gv_str){ line.p + REF, line.n - REF }, "refs/heads/main"))
		return 0;
	rc = judge_push(&in);
	gv_lineage_free(in.line);
	gv_doc_free(&in.policy);
	return rc;
}

int check_incoming(struct checker *k)
{
	k->c->argc = 0;
	k->c->fields = INCOMING_FIELDS;
	return gv_cmd_each_text(k->c, one_ref, &k->c->err);
}
