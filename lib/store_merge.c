/* SPDX-License-Identifier: MIT */
/* Joining another line of history into main. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "i18n.h"
#include "store_merge.h"
#include "store_write.h"

enum {
	TRIES = 20,       /* times that a git push may come in between */
	JOINS_MAX = 200   /* of common ancestors; beyond that, one of them does */
};

struct merge {
	struct gv_store *s;
	struct gv_oid theirs;
	const struct gv_merge_opts *o;
	struct gv_merge_result *r;
	struct gv_objw *w, *scratch;
	struct gv_write wr;
	unsigned joins;
	bool overtaken;
	struct gv_err *err;
};

void gv_merge_time(int64_t seconds, char out[40])
{
	time_t t = (time_t)(seconds + 8 * 3600);
	struct tm tm;

	if (!gmtime_r(&t, &tm) || !strftime(out, 40, "%Y-%m-%dT%H:%M:%S+08:00", &tm))
		out[0] = '\0'; /* a year that no calendar has */
}

/* ---- sides ---- */

static int side_of(struct merge *m, const struct gv_oid *commit, struct gv_merge_side *side)
{
	struct gv_object obj = GV_OBJECT_INIT;
	struct gv_commit c;
	int rc = gv_commit_read(m->s, commit, &obj, &c, m->err);

	if (!rc)
		*side = (struct gv_merge_side){ .commit = *commit, .tree = c.tree, .time = c.time };
	gv_object_free(&obj);
	return rc;
}

static int by_age(const void *a, const void *b)
{
	const struct gv_merge_side *x = a, *y = b;

	if (x->time != y->time)
		return x->time < y->time ? -1 : 1;
	return memcmp(x->commit.b, y->commit.b, sizeof x->commit.b);
}

static struct gv_merge_tree tree_of(struct merge *m, const struct gv_merge_side *ours, const struct gv_merge_side *theirs,
                                    const struct gv_oid *base)
{
	struct gv_merge_tree t = {
		.s = m->s, .w = m->w, .scratch = m->scratch, .base = *base, .ours = *ours, .theirs = *theirs, .o = m->o, .r = m->r,
		.path = GV_BUF_INIT(GV_MIB), .obj = GV_OBJECT_INIT, .err = m->err
	};

	gv_merge_time(theirs->time, t.since);
	return t;
}

static int join_trees(struct gv_merge_tree *t, struct gv_oid *tree)
{
	int rc = gv_merge_trees(t, tree);

	free(t->edits);
	free(t->open);
	gv_arena_free(&t->arena);
	gv_buf_free(&t->path);
	gv_object_free(&t->obj);
	return rc;
}

/* ---- several common ancestors ---- */

static int join_bases(struct merge *m, const struct gv_oid *ids, size_t n, struct gv_oid *tree);

/* Objects of such joins are needed to go on, but nothing published leads to them. */
static int join_ancestors(struct merge *m, const struct gv_merge_side *ours, const struct gv_merge_side *theirs,
                          const struct gv_oid *base, struct gv_oid *tree)
{
	static const struct gv_merge_opts quiet;
	struct gv_merge_result uncounted = { 0 };
	struct gv_buf objects = GV_BUF_INIT(8192);
	struct gv_merge_tree t;
	int rc = 0;

	if (!m->scratch) {
		gv_buf_addf(&objects, "%s/objects", m->s->commondir);
		rc = gv_buf_check(&objects, m->err);
		if (!rc)
			rc = gv_objw_new(&m->scratch, objects.p, m->err);
		gv_buf_free(&objects);
	}
	if (rc)
		return rc;
	t = tree_of(m, ours, theirs, base);
	t.w = m->scratch;
	t.o = &quiet;
	t.r = &uncounted;
	return join_trees(&t, tree);
}

/* What the first few of the sides, joined, have in common with the next. */
static int base_of(struct merge *m, const struct gv_oid *tips, size_t n, const struct gv_oid *next, struct gv_oid *tree)
{
	struct gv_oid *ids;
	size_t nids;
	int rc = gv_store_bases(m->s, tips, n, next, &ids, &nids, m->err);

	if (!rc)
		rc = join_bases(m, ids, nids, tree);
	free(ids);
	return rc;
}

/* The tree that some commits (the oldest first) are when joined, each over what they have in common. */
static int join_all(struct merge *m, const struct gv_merge_side *sides, size_t n, struct gv_oid *tree)
{
	struct gv_oid *tips = calloc(n, sizeof *tips), base;
	struct gv_merge_side ours = sides[0];
	int rc = 0;

	if (!tips)
		return gv_fail_nomem(m->err);
	tips[0] = sides[0].commit;
	for (size_t i = 1; !rc && i < n; i++) {
		tips[i] = sides[i].commit;
		if (gv_oid_eq(&ours.tree, &sides[i].tree) || m->joins >= JOINS_MAX)
			continue;
		m->joins++;
		rc = base_of(m, tips, i, &tips[i], &base);
		if (!rc)
			rc = join_ancestors(m, &ours, &sides[i], &base, &ours.tree);
	}
	free(tips);
	*tree = ours.tree;
	return rc;
}

/* The tree to compare two lines with that have these best ancestors in common; zero if there are none. */
static int join_bases(struct merge *m, const struct gv_oid *ids, size_t n, struct gv_oid *tree)
{
	struct gv_merge_side *sides;
	int rc = 0;

	*tree = (struct gv_oid){ 0 };
	if (!n)
		return 0;
	sides = calloc(n, sizeof *sides);
	if (!sides)
		return gv_fail_nomem(m->err);
	for (size_t i = 0; !rc && i < n; i++)
		rc = side_of(m, &ids[i], &sides[i]);
	if (!rc) {
		qsort(sides, n, sizeof *sides, by_age);
		rc = join_all(m, sides, n, tree);
	}
	free(sides);
	return rc;
}

/* ---- the join itself ---- */

static int fail_strangers(struct merge *m)
{
	char hex[GV_HEX + 1];

	gv_oid_hex(&m->theirs, hex);
	return gv_fail(m->err, GV_ECONFLICT,
	               _("commit %.10s and this docket have no common ancestor: it is another docket "
	                 "(case-bundle import takes records from one)"),
	               hex);
}

/* Main and theirs joined. */
static int make_tree(struct merge *m, const struct gv_oid *ids, size_t n, struct gv_oid *tree)
{
	struct gv_merge_side sides[2];
	struct gv_merge_tree t;
	struct gv_oid base;
	int rc = n ? join_bases(m, ids, n, &base) : fail_strangers(m);

	if (!rc)
		rc = side_of(m, &m->s->commit, &sides[0]);
	if (!rc)
		rc = side_of(m, &m->theirs, &sides[1]);
	if (rc)
		return rc;
	qsort(sides, 2, sizeof *sides, by_age);
	t = tree_of(m, &sides[0], &sides[1], &base);
	t.main_is_theirs = !gv_oid_eq(&sides[0].commit, &m->s->commit);
	return join_trees(&t, tree);
}

static int make_commit(struct merge *m, const struct gv_oid *tree, struct gv_oid *id)
{
	const struct gv_merge_result *r = m->r;
	size_t records = r->taken + r->joined + r->conflicts;
	char count[96];

	snprintf(count, sizeof count, "(%zu record%s, %zu conflict%s)", records, records == 1 ? "" : "s", r->conflicts,
	         r->conflicts == 1 ? "" : "s");
	return gv_write_commit(&m->wr, tree, (struct gv_oid[]){ m->s->commit, m->theirs }, 2, count, id);
}

/* As gv_store_commit() does: the store stands on the new commit before main does. */
static int move(struct merge *m, const struct gv_oid *id)
{
	struct gv_oid was = m->s->commit;
	int rc = gv_store_take(m->s, id, m->err);

	if (rc)
		return rc;
	rc = gv_write_move(&m->wr, &was, id, &m->overtaken);
	if (rc)
		gv_store_take(m->s, &was, NULL);
	else
		m->r->id = *id;
	return rc;
}

static int count_taken(void *ctx, const struct gv_change *c)
{
	struct merge *m = ctx;
	struct gv_merge_row row = { .op = gv_oid_is_zero(&c->after) ? "removed" : "taken", .path = c->path };

	m->r->taken += !gv_str_starts(c->path, GV_STR(GV_CONFLICT_FOLDER));
	return m->o->each ? m->o->each(m->o->ctx, &row) : 0;
}

static int go_forward(struct merge *m)
{
	int rc = gv_store_diff(m->s, &m->s->commit, &m->theirs, "", count_taken, m, m->err);

	m->r->forward = true;
	return rc || m->o->dry_run ? rc : move(m, &m->theirs);
}

static int join_lines_of_history(struct merge *m, const struct gv_oid *ids, size_t n)
{
	struct gv_oid tree, id;
	int rc = make_tree(m, ids, n, &tree);

	if (rc || m->o->dry_run)
		return rc;
	rc = make_commit(m, &tree, &id);
	if (!rc)
		rc = gv_write_publish(&m->wr);
	return rc ? rc : move(m, &id);
}

static int merge_once(struct merge *m)
{
	struct gv_oid *ids;
	size_t n;
	int rc = gv_store_bases(m->s, &m->s->commit, 1, &m->theirs, &ids, &n, m->err);

	*m->r = (struct gv_merge_result){ .id = m->s->commit };
	if (!rc && n == 1 && gv_oid_eq(&ids[0], &m->theirs))
		m->r->same = true;
	else if (!rc && n == 1 && gv_oid_eq(&ids[0], &m->s->commit))
		rc = go_forward(m);
	else if (!rc)
		rc = join_lines_of_history(m, ids, n);
	free(ids);
	return rc;
}

static int merge_locked(struct merge *m)
{
	int rc = 0;

	for (int i = 0; i < TRIES; i++) {
		m->overtaken = false;
		m->joins = 0;
		rc = gv_store_refresh(m->s, m->err);
		if (!rc)
			rc = merge_once(m);
		if (!m->overtaken)
			break;
	}
	return rc;
}

static int merge_for_good(struct merge *m)
{
	const struct gv_merge_opts *o = m->o;
	int rc = gv_write_open(&m->wr, m->s, m->w, m->err);

	if (!rc)
		rc = gv_write_words(&m->wr, &(struct gv_words){ .command = o->command, .what = o->what, .reason = o->reason });
	if (!rc)
		rc = gv_write_lock(&m->wr, o->command, o->lock_seconds);
	if (!rc)
		rc = merge_locked(m);
	gv_write_close(&m->wr);
	return rc;
}

int gv_store_merge(struct gv_store *s, const struct gv_oid *theirs, const struct gv_merge_opts *o, struct gv_merge_result *r,
                   struct gv_err *err)
{
	struct merge m = { .s = s, .theirs = *theirs, .o = o, .r = r, .err = err };
	struct gv_buf objects = GV_BUF_INIT(8192);
	int rc;

	*r = (struct gv_merge_result){ 0 };
	gv_buf_addf(&objects, "%s/objects", s->commondir);
	rc = gv_buf_check(&objects, err);
	if (!rc)
		rc = gv_objw_new(&m.w, objects.p, err);
	if (!rc)
		rc = o->dry_run ? merge_once(&m) : merge_for_good(&m);
	gv_objw_free(m.w);
	gv_objw_free(m.scratch);
	gv_buf_free(&objects);
	return rc;
}
