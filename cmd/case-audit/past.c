/* SPDX-License-Identifier: MIT */
#include "past.h"

#include <stdio.h>
#include <stdlib.h>

#include "approval.h"
#include "odb.h"

enum { WHO_MAX = 64 };

int past_open(struct past *p, struct gv_cmd *c)
{
	*p = (struct past){ .c = c, .store = gv_cmd_store(c) };
	return gv_regimes_new(&p->regimes, p->store, &c->err);
}

void past_close(struct past *p)
{
	gv_regimes_free(p->regimes);
	gv_arena_free(&p->arena);
	free(p->list);
}

void past_of(struct past *p, struct gv_str path)
{
	p->path = path;
	p->known = false;
	p->n = 0;
	gv_arena_reset(&p->arena);
}

int commit_tree(struct gv_store *s, const struct gv_oid *commit, struct gv_oid *tree, struct gv_err *err)
{
	struct gv_object obj = GV_OBJECT_INIT;
	struct gv_commit c;
	int rc = gv_commit_read(s, commit, &obj, &c, err);

	*tree = rc ? (struct gv_oid){ 0 } : c.tree;
	gv_object_free(&obj);
	return rc;
}

/* ---- one commit that changed the record ---- */

struct looking {
	struct past *p;
	struct gv_actor who[WHO_MAX];
	size_t n;
	struct gv_doc docs[2];
	char path[4096];
	struct gv_err *err;
};

static int add_deed(struct past *p, struct gv_str duty, struct gv_str person, struct gv_err *err)
{
	if (p->n == p->room) {
		size_t room = p->room ? p->room * 2 : 16;
		struct deed *list = realloc(p->list, room * sizeof *list);

		if (!list)
			return gv_fail_nomem(err);
		p->list = list;
		p->room = room;
	}
	p->list[p->n] = (struct deed){ gv_arena_copy(&p->arena, duty), gv_arena_copy(&p->arena, person) };
	if (!p->list[p->n].duty.p || !p->list[p->n].person.p)
		return gv_fail_nomem(err);
	p->n++;
	return 0;
}

/* Also what was done without the right to do it was done. */
static int note_deed(void *ctx, const struct gv_duty_told *told)
{
	struct looking *l = ctx;
	int rc = 0;

	for (size_t i = 0; i < l->n && !rc; i++)
		rc = add_deed(l->p, told->id, l->who[i].key, l->err);
	return rc;
}

static int add_who(void *ctx, const struct gv_actor *who, struct gv_str file, const struct gv_err *why)
{
	struct looking *l = ctx;

	(void)file;
	(void)why; /* one that does not count did nothing */
	if (who && l->n < WHO_MAX)
		l->who[l->n++] = *who;
	return 0;
}

static int judge(struct looking *l, const struct gv_commit *c, const struct gv_regime *at, const struct gv_oid *before,
                 const struct gv_oid *after)
{
	struct past *p = l->p;
	struct gv_act act = { .schema = gv_path_kind(p->path), .path = p->path, .on = gv_day_from_unix(c->time),
		              .cn = gv_cmd_caseno(p->c) };
	struct gv_verdict v;
	int rc = gv_verdict_of(&v, p->regimes, at, p->store, c, true, l->err);

	l->n = 0;
	if (!rc && v.is == GV_SIG_GOOD && v.actor)
		l->who[l->n++] = *v.actor;
	if (!rc && at->signers && at->people)
		rc = gv_approval_each(&(struct gv_approval_ask){
			.store = p->store, .tree = &c->tree, .path = p->path, .base = before, .now = after,
			.signers = at->signers, .people = at->people, .time = c->time,
		}, add_who, l, l->err);
	if (!rc && act.schema)
		rc = gv_store_value(p->store, before, &l->docs[0], &act.before, l->err);
	if (!rc && act.schema)
		rc = gv_store_value(p->store, after, &l->docs[1], &act.after, l->err);
	return rc ? rc : gv_duties_judge(at->duties, &act, l->who, l->n, note_deed, l, l->err);
}

static int one_commit(void *ctx, const struct gv_commit *c)
{
	struct looking *l = ctx;
	struct past *p = l->p;
	struct gv_oid parent = { 0 }, before = { 0 }, after;
	struct gv_regime at;
	int rc = gv_store_entry(p->store, &c->tree, l->path, &after, l->err);

	if (!rc && c->parents)
		rc = commit_tree(p->store, &c->parent[0], &parent, l->err);
	if (rc == GV_EINTEGRITY && gv_store_is_shallow(p->store, &c->id)) /* who did what before is not known */
		rc = gv_store_fail_cut(&c->id, l->err);
	if (!rc)
		rc = gv_store_entry(p->store, &parent, l->path, &before, l->err);
	/* What a merge brought is told of the commits that it brought. */
	if (rc || gv_oid_eq(&before, &after) || c->parents > 1)
		return rc;
	rc = gv_regime_at(p->regimes, &parent, &at, l->err);
	return rc || !at.duties ? rc : judge(l, c, &at, &before, &after);
}

static int read_history(struct past *p, struct gv_err *err)
{
	struct looking l = { .p = p, .err = err };
	int rc;

	snprintf(l.path, sizeof l.path, "%.*s", (int)p->path.n, p->path.p);
	rc = gv_store_log(p->store, gv_store_commit_id(p->store), false, one_commit, &l, err);
	gv_doc_free(&l.docs[0]);
	gv_doc_free(&l.docs[1]);
	p->known = !rc;
	return rc;
}

int past_did(void *ctx, struct gv_str duty, bool (*is)(void *, struct gv_str person), void *arg, bool *yes,
             struct gv_err *err)
{
	struct past *p = ctx;
	int rc = p->known ? 0 : read_history(p, err);

	for (size_t i = 0; i < p->n && !rc && !*yes; i++)
		*yes = gv_str_eq(p->list[i].duty, duty) && is(arg, p->list[i].person);
	return rc;
}
