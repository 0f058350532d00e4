/* SPDX-License-Identifier: MIT */
/*
 * check --incoming: judge a push before it becomes the docket.  Every new commit is judged, on every line of history
 * that the push brings, not only the last: what is in the history stays there.
 */
#include <stdlib.h>
#include <string.h>

#include "check_push.h"
#include "oid_set.h"

enum { ONE = -2 };  /* ends gv_store_log() after a commit */

struct incoming {
	struct checker *k;
	struct gv_oid old, tip;
	struct oid_set known;     /* what is in the docket already, once two lines met; then also what was seen */
	struct gv_oid *list;      /* new commits, the newest first */
	size_t n, cap;
	bool met, joins;          /* the docket's commit; a commit that joins */
	struct push push;
};

/* ---- which commits are new ---- */

static int add(struct incoming *in, const struct gv_oid *id)
{
	if (in->n == in->cap) {
		size_t cap = in->cap ? in->cap * 2 : 64;
		struct gv_oid *list = reallocarray(in->list, cap, sizeof *list);

		if (!list)
			return gv_fail_nomem(&in->k->c->err);
		in->list = list;
		in->cap = cap;
	}
	in->list[in->n++] = *id;
	return 0;
}

/* As long as no commit joins, the docket's own commit ends the walk, however long its history is. */
static int straight(void *ctx, const struct gv_commit *commit)
{
	struct incoming *in = ctx;

	in->met = gv_oid_eq(&commit->id, &in->old);
	in->joins = !in->met && commit->parents > 1;
	return in->met || in->joins ? ONE : add(in, &commit->id);
}

static int know(void *ctx, const struct gv_commit *commit)
{
	struct incoming *in = ctx;

	return oid_set_add(&in->known, &commit->id, NULL, &in->k->c->err);
}

static int find(struct incoming *in, const struct gv_oid *id)
{
	bool is_new;
	int rc;

	in->met = in->met || gv_oid_eq(id, &in->old);
	rc = oid_set_add(&in->known, id, &is_new, &in->k->c->err);
	return rc || !is_new ? rc : add(in, id);
}

static int find_parents(void *ctx, const struct gv_commit *commit)
{
	struct incoming *in = ctx;
	int rc = 0;

	if (commit->parents > 2) {
		char hex[GV_HEX + 1];

		gv_oid_hex(&commit->id, hex);
		rc = gv_fail(&in->k->c->err, GV_EDATA, _("commit %.10s joins %u lines of history at once: join two at a time"),
		             hex, commit->parents);
	}
	for (unsigned i = 0; i < commit->parents && !rc; i++)
		rc = find(in, &commit->parent[i]);
	return rc ? rc : ONE;
}

static int find_new(struct incoming *in)
{
	struct gv_store *s = in->k->store;
	struct gv_err *err = &in->k->c->err;
	int rc = gv_store_log(s, &in->tip, true, straight, in, err);

	rc = rc == ONE ? 0 : rc;
	if (rc || !in->joins)
		return rc;
	in->n = 0;
	rc = gv_store_log(s, &in->old, false, know, in, err);
	if (!rc)
		rc = find(in, &in->tip);
	for (size_t i = 0; i < in->n && !rc; i++) {
		struct gv_oid id = in->list[i];

		rc = gv_store_log(s, &id, true, find_parents, in, err);
		rc = rc == ONE ? 0 : rc;
	}
	return rc;
}

/* ---- judging ---- */

static int judge(void *ctx, const struct gv_commit *commit)
{
	int rc = push_judge(ctx, commit);

	return rc ? rc : ONE;
}

/* In the order they were made, as far as there is one. */
static int judge_all(struct incoming *in)
{
	struct gv_err *err = &in->k->c->err;
	int rc = 0;

	for (size_t i = in->n; i-- > 0 && !rc;) {
		rc = gv_store_log(in->k->store, &in->list[i], true, judge, &in->push, err);
		rc = rc == ONE ? 0 : rc;
	}
	if (!rc && in->joins && !in->push.check.counts[GV_VIOLATION])
		rc = push_judge_kept(&in->push, &in->old, &in->tip);
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
	if (!in->met)
		return gv_fail(err, GV_EDATA, _("history may not be replaced: commit %.10s would be lost (git pull, then push again)"),
		               hex);
	return 0;
}

/* Behind the findings, which a table holds back until it knows its widths. */
static int sum_up(const struct incoming *in)
{
	struct gv_cmd *c = in->k->c;
	const size_t *counts = in->push.check.counts;
	int rc = gv_out_flush(c->out, &c->err);

	if (!rc && counts[GV_VIOLATION])
		gv_cmd_note(c, _("refused, the docket is as it was: violations %zu, warnings %zu, new commits %zu "
		                 "(case-file check --explain RULE tells what a rule wants)"),
		            counts[GV_VIOLATION], counts[GV_WARN], in->n);
	else if (!rc && counts[GV_WARN])
		gv_cmd_note(c, _("taken: warnings %zu, new commits %zu"), counts[GV_WARN], in->n);
	return rc;
}

static int judge_push(struct incoming *in)
{
	struct gv_err why = { 0 };
	int rc = gv_oid_is_zero(&in->tip) ? 0 : find_new(in);

	if (!rc)
		rc = check_allowed(in);
	if (!rc)
		rc = read_as_pushed(in, &why);
	if (!rc && !gv_cmd_out(in->k->c))
		rc = in->k->c->err.code;
	if (rc)
		return rc;
	push_begin(&in->push, in->k);
	rc = judge_all(in);
	if (!rc)
		rc = sum_up(in);
	if (!rc && in->push.check.counts[GV_VIOLATION])
		rc = GV_FOUND;
	else if (!rc && why.code)
		rc = (in->k->c->err = why).code;
	push_end(&in->push);
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
	oid_set_free(&in.known);
	free(in.list);
	return rc;
}

int check_incoming(struct checker *k)
{
	k->c->argc = 0;
	k->c->fields = "level,rule,ref.id,message,facts.commit";
	return gv_cmd_each_text(k->c, one_ref, &k->c->err);
}
