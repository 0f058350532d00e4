/* SPDX-License-Identifier: MIT */
#include "history.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ids.h"

/* ---- fields ---- */

struct names {
	struct gv_doc *d;
	struct gv_val *list;
	struct gv_err *err;
};

static int add_name(void *ctx, struct gv_str path, const struct gv_val *before, const struct gv_val *after)
{
	struct names *n = ctx;

	(void)before;
	(void)after;
	return gv_arr_add(n->d, n->list, gv_mkstr(n->d, path), n->err);
}

static bool holds(const struct gv_val *list, const struct gv_val *name)
{
	for (uint32_t i = 0; i < list->n; i++)
		if (gv_val_eq(&list->items[i], name))
			return true;
	return false;
}

int gv_history_fields(struct gv_doc *d, struct gv_val *list, const struct gv_step *s, struct gv_err *err)
{
	struct gv_val first = gv_mkarr(), second = gv_mkarr();
	struct names n = { d, &first, err };
	int rc = gv_fields_diff(s->before[0], s->after, add_name, &n, err);

	*list = first;
	if (rc || s->parents < 2)
		return rc;
	*list = gv_mkarr();
	n.list = &second;
	rc = gv_fields_diff(s->before[1], s->after, add_name, &n, err);
	for (uint32_t i = 0; i < first.n && !rc; i++)
		if (holds(&second, &first.items[i]))
			rc = gv_arr_add(d, list, first.items[i], err);
	return rc;
}

/* ---- walking ---- */

enum { ONE = -2 };  /* ends gv_store_log() after its first commit */

/* The next commit of a line of history that is followed. */
struct head {
	struct gv_oid id;
	int64_t time;
};

struct walk {
	struct gv_store *store;
	struct gv_err *err;
	const char *path;
	int (*each)(void *ctx, const struct gv_step *s);
	void *ctx;
	struct head *heads;
	size_t n, cap;
	struct gv_ids seen;         /* once there was more than one line: where two meet, one is enough */
	bool forked;
	struct gv_change change;  /* what at_change() found: its oids alone */
	bool changed;
	struct gv_doc before[2], after;
};

static int take_time(void *ctx, const struct gv_commit *commit)
{
	*(int64_t *)ctx = commit->time;
	return ONE;
}

static int follow(struct walk *w, const struct gv_oid *id)
{
	struct gv_err *err = w->err;
	struct head h = { .id = *id };
	bool is_new = true;
	int rc = w->forked ? gv_ids_add(&w->seen, id, &is_new, err) : 0;

	/* A line alone needs no order. */
	if (!rc && is_new && w->forked)
		rc = gv_store_log(w->store, id, true, take_time, &h.time, err);
	if ((rc && rc != ONE) || !is_new)
		return rc;
	if (w->n == w->cap) {
		size_t cap = w->cap ? w->cap * 2 : 8;
		struct head *p = realloc(w->heads, cap * sizeof *p);

		if (!p)
			return gv_fail_nomem(err);
		w->heads = p;
		w->cap = cap;
	}
	w->heads[w->n++] = h;
	return 0;
}

static int at_change(void *ctx, const struct gv_change *change)
{
	struct walk *w = ctx;

	w->changed = true;
	w->change.before = change->before;
	w->change.after = change->after;
	return 0;
}

static int tell(struct walk *w, const struct gv_commit *commit, const struct gv_oid *before, size_t parents)
{
	struct gv_store *s = w->store;
	struct gv_step st = { .commit = commit, .parents = parents };
	int rc = gv_store_value(s, &w->change.after, &w->after, &st.after, w->err);

	for (size_t i = 0; i < parents && !rc; i++)
		rc = gv_store_value(s, &before[i], &w->before[i], &st.before[i], w->err);
	return rc ? rc : w->each(w->ctx, &st);
}

static int at_commit(void *ctx, const struct gv_commit *commit)
{
	struct walk *w = ctx;
	size_t parents = commit->parents > 1 ? 2 : 1;
	struct gv_oid before[2];
	int rc = 0;

	for (size_t i = 0; i < parents; i++) {
		struct gv_oid parent = commit->parents ? commit->parent[i] : (struct gv_oid){ 0 };

		w->changed = false;
		rc = gv_store_diff(w->store, &parent, &commit->id, w->path, at_change, w, w->err);
		if (rc == GV_EINTEGRITY && gv_store_is_shallow(w->store, &commit->id))
			rc = gv_store_fail_cut(&commit->id, w->err);
		if (!rc && !w->changed && commit->parents) /* it came from there */
			rc = follow(w, &parent);
		if (rc || !w->changed)
			return rc ? rc : ONE;
		before[i] = w->change.before;
	}
	rc = tell(w, commit, before, parents);
	w->forked = w->forked || parents > 1;
	for (size_t i = 0; i < parents && commit->parents && !rc; i++)
		rc = follow(w, &commit->parent[i]);
	return rc ? rc : ONE;
}

static struct gv_oid take_newest(struct walk *w)
{
	struct gv_oid id;
	size_t best = 0;

	for (size_t i = 1; i < w->n; i++)
		if (w->heads[i].time > w->heads[best].time)
			best = i;
	id = w->heads[best].id;
	w->heads[best] = w->heads[--w->n];
	return id;
}

int gv_history_walk(struct gv_store *s, const char *path, int (*each)(void *ctx, const struct gv_step *s), void *ctx,
                    struct gv_err *err)
{
	struct walk w = { .store = s, .err = err, .path = path, .each = each, .ctx = ctx };
	int rc = follow(&w, gv_store_commit_id(s));

	while (!rc && w.n) {
		struct gv_oid id = take_newest(&w);

		rc = gv_store_log(s, &id, true, at_commit, &w, err);
		rc = rc == ONE ? 0 : rc;
	}
	gv_ids_free(&w.seen);
	free(w.heads);
	gv_doc_free(&w.before[0]);
	gv_doc_free(&w.before[1]);
	gv_doc_free(&w.after);
	return rc;
}
