/* SPDX-License-Identifier: MIT */
#include "merge.h"

#include <stdlib.h>

/* A path in a record of at most 64 levels; a name is at most 1 KiB. */
enum { PATH_MAX_BYTES = (GV_JSON_DEPTH_MAX + 1) * (GV_JSON_NAME_MAX + 2) };

struct merge {
	struct gv_doc *out;
	struct gv_buf path;
	struct gv_arena scratch;  /* indexes of sets */
	int (*each)(void *ctx, const struct gv_conflict *c);
	void *ctx;
	struct gv_err *err;
};

/* The same field of the three versions; NULL = absent. */
struct three { const struct gv_val *base, *ours, *theirs; };

/* ---- sets of events ---- */

struct set {
	const struct gv_val **items;  /* by eid */
	uint32_t n, at;
};

static struct gv_str eid_of(const struct gv_val *event)
{
	return gv_val_getstr(event, "eid");
}

static int by_eid(const void *a, const void *b)
{
	return gv_str_cmp(eid_of(*(const struct gv_val *const *)a),
	                  eid_of(*(const struct gv_val *const *)b));
}

static int by_day(const void *a, const void *b)
{
	const struct gv_val *x = *(const struct gv_val *const *)a;
	const struct gv_val *y = *(const struct gv_val *const *)b;
	int d = gv_str_cmp(gv_val_getstr(x, "on"), gv_val_getstr(y, "on"));

	return d ? d : by_eid(a, b);
}

/* 1: v (NULL = empty) is a set, indexed; 0: it is not; -1: memory is short. */
static int set_read(struct set *s, struct gv_arena *scratch, const struct gv_val *v)
{
	*s = (struct set){ 0 };
	if (!v)
		return 1;
	if (v->type != GV_ARRAY)
		return 0;
	for (uint32_t i = 0; i < v->n; i++)
		if (!eid_of(&v->items[i]).n)
			return 0;
	s->items = gv_arena_alloc(scratch, (v->n + (size_t)1) * sizeof *s->items);
	if (!s->items)
		return -1;
	for (; s->n < v->n; s->n++)
		s->items[s->n] = &v->items[s->n];
	qsort(s->items, s->n, sizeof *s->items, by_eid);
	for (uint32_t i = 1; i < s->n; i++)
		if (by_eid(&s->items[i - 1], &s->items[i]) == 0)
			return 0;
	return 1;
}

/* The event of that id if it is the next in s; s moves on. */
static const struct gv_val *set_take(struct set *s, struct gv_str eid)
{
	if (s->at < s->n && gv_str_eq(eid_of(s->items[s->at]), eid))
		return s->items[s->at++];
	return NULL;
}

/* The smallest id that one of the sets has next; p NULL at the end. */
static struct gv_str set_next(struct set *const *sets, size_t n)
{
	struct gv_str least = { NULL, 0 };

	for (size_t i = 0; i < n; i++) {
		struct gv_str eid;

		if (sets[i]->at == sets[i]->n)
			continue;
		eid = eid_of(sets[i]->items[sets[i]->at]);
		if (!least.p || gv_str_cmp(eid, least) < 0)
			least = eid;
	}
	return least;
}

/* ---- objects ---- */

/* The smallest member name that one of the objects (may be NULL) has at its place. */
static struct gv_str next_name(const struct gv_val *const *objects, const uint32_t *at, size_t n)
{
	struct gv_str least = { NULL, 0 };

	for (size_t i = 0; i < n; i++) {
		if (!objects[i] || at[i] == objects[i]->n)
			continue;
		if (!least.p || gv_str_cmp(objects[i]->members[at[i]].name, least) < 0)
			least = objects[i]->members[at[i]].name;
	}
	return least;
}

static const struct gv_val *take_member(const struct gv_val *object, uint32_t *at,
                                        struct gv_str name)
{
	if (object && *at < object->n && gv_str_eq(object->members[*at].name, name))
		return &object->members[(*at)++].val;
	return NULL;
}

static size_t enter(struct gv_buf *path, struct gv_str name)
{
	size_t mark = path->n;

	if (mark)
		gv_buf_addc(path, '.');
	gv_buf_addstr(path, name);
	return mark;
}

static size_t enter_event(struct gv_buf *path, struct gv_str eid)
{
	size_t mark = path->n;

	gv_buf_addc(path, '[');
	gv_buf_addstr(path, eid);
	gv_buf_addc(path, ']');
	return mark;
}

static void leave(struct gv_buf *path, size_t mark)
{
	path->n = mark;
	if (path->p)
		path->p[mark] = '\0';
}

/* ---- joining ---- */

static bool same(const struct gv_val *a, const struct gv_val *b)
{
	return a && b ? gv_val_same(a, b) : a == b;
}

/* Of two that are the same but for how their sealed values look, which comes first: so that the result does not depend
 * on the side. */
static int seal_order(const struct gv_val *a, const struct gv_val *b)
{
	int d = 0;

	if (gv_val_is_sealed(a))
		return gv_str_cmp(gv_val_getstr(a, "sealed"), gv_val_getstr(b, "sealed"));
	for (uint32_t i = 0; a->type == GV_OBJECT && i < a->n && !d; i++)
		d = seal_order(&a->members[i].val, &b->members[i].val);
	for (uint32_t i = 0; a->type == GV_ARRAY && i < a->n && !d; i++)
		d = seal_order(&a->items[i], &b->items[i]);
	return d;
}

/* One side changed the field, or both alike: which value it takes (NULL = none). */
static bool decided(const struct three *f, const struct gv_val **value)
{
	if (same(f->ours, f->theirs))
		*value = f->ours && seal_order(f->ours, f->theirs) > 0 ? f->theirs : f->ours;
	else if (same(f->base, f->theirs))
		*value = f->ours;
	else if (same(f->base, f->ours))
		*value = f->theirs;
	else
		return false;
	return true;
}

static int conflict(struct merge *m, const struct three *f)
{
	struct gv_conflict c = { gv_buf_str(&m->path), f->base, f->ours, f->theirs };
	int rc = gv_buf_check(&m->path, m->err);

	return rc || !m->each ? rc : m->each(m->ctx, &c);
}

/* `value` may be NULL: *present says so. */
static int give(struct merge *m, struct gv_val *out, bool *present, const struct gv_val *value)
{
	*present = value != NULL;
	return value ? gv_val_copy(m->out, out, value, m->err) : 0;
}

static int join(struct merge *m, struct gv_val *out, bool *present, const struct three *f);

static int join_objects(struct merge *m, struct gv_val *out, bool *present, const struct three *f)
{
	const struct gv_val *const objects[] = { f->base, f->ours, f->theirs };
	uint32_t at[3] = { 0 };
	struct gv_str name;
	int rc = 0;

	*out = gv_mkobj();
	while (!rc && (name = next_name(objects, at, 3)).p) {
		struct three below = {
			take_member(objects[0], &at[0], name),
			take_member(objects[1], &at[1], name),
			take_member(objects[2], &at[2], name),
		};
		size_t mark = enter(&m->path, name);
		struct gv_val value;
		bool there = false;

		rc = join(m, &value, &there, &below);
		if (!rc && there) {
			struct gv_str copy = gv_arena_copy(&m->out->arena, name);

			rc = copy.p ? gv_obj_set(m->out, out, copy, value, m->err)
			            : gv_fail_nomem(m->err);
		}
		leave(&m->path, mark);
	}
	*present = f->base || out->n;
	return rc;
}

static int join_event(struct merge *m, const struct gv_val **value, const struct three *f,
                      struct gv_str eid)
{
	size_t mark;
	int rc;

	if (decided(f, value))
		return 0;
	*value = f->base;
	mark = enter_event(&m->path, eid);
	rc = conflict(m, f);
	leave(&m->path, mark);
	return rc;
}

static int join_sets(struct merge *m, struct gv_val *out, bool *present, const struct three *f,
                     struct set *sets)
{
	struct set *const all[] = { &sets[0], &sets[1], &sets[2] };
	size_t most = (size_t)sets[0].n + sets[1].n + sets[2].n;
	const struct gv_val **kept = gv_arena_alloc(&m->scratch, (most + 1) * sizeof *kept);
	struct gv_str eid;
	size_t n = 0;
	int rc = 0;

	if (!kept)
		return gv_fail_nomem(m->err);
	while (!rc && (eid = set_next(all, 3)).p) {
		struct three event = {
			set_take(&sets[0], eid), set_take(&sets[1], eid), set_take(&sets[2], eid)
		};

		rc = join_event(m, &kept[n], &event, eid);
		n += !rc && kept[n];
	}
	*out = gv_mkarr();
	if (!rc)
		qsort(kept, n, sizeof *kept, by_day);
	for (size_t i = 0; !rc && i < n; i++) {
		struct gv_val copy;

		rc = gv_val_copy(m->out, &copy, kept[i], m->err);
		if (!rc)
			rc = gv_arr_add(m->out, out, copy, m->err);
	}
	*present = f->base || n;
	return rc;
}

/* A sealed value is one field, whatever it is made of. */
static bool is_object(const struct gv_val *v)
{
	return v && v->type == GV_OBJECT && !gv_val_is_sealed(v);
}

static int join(struct merge *m, struct gv_val *out, bool *present, const struct three *f)
{
	const struct gv_val *const versions[] = { f->base, f->ours, f->theirs };
	const struct gv_val *value = NULL;
	struct set sets[3] = { 0 };
	int rc = f->ours && f->theirs;

	if (decided(f, &value))
		return give(m, out, present, value);
	if (is_object(f->ours) && is_object(f->theirs) && (!f->base || is_object(f->base)))
		return join_objects(m, out, present, f);
	for (size_t i = 0; rc == 1 && i < 3; i++)
		rc = set_read(&sets[i], &m->scratch, versions[i]);
	if (rc < 0)
		return gv_fail_nomem(m->err);
	if (rc)
		return join_sets(m, out, present, f, sets);
	rc = conflict(m, f);
	return rc ? rc : give(m, out, present, f->base);
}

int gv_merge(struct gv_doc *out, const struct gv_val *base, const struct gv_val *ours,
             const struct gv_val *theirs, int (*each)(void *ctx, const struct gv_conflict *c),
             void *ctx, struct gv_err *err)
{
	struct merge m = {
		.out = out, .path = GV_BUF_INIT(PATH_MAX_BYTES),
		.each = each, .ctx = ctx, .err = err
	};
	struct three record = { base, ours, theirs };
	struct gv_val root;
	bool present = false;
	int rc = join(&m, &root, &present, &record);

	/* Two new records of one id are a record, whatever they disagree on. */
	if (!rc && !present && is_object(ours) && is_object(theirs)) {
		root = gv_mkobj();
		present = true;
	}
	if (!rc)
		out->root = present ? root : (struct gv_val){ .type = GV_NULL };
	gv_arena_free(&m.scratch);
	gv_buf_free(&m.path);
	return rc;
}

/* ---- differences ---- */

struct diff {
	struct gv_buf path;
	struct gv_arena scratch;
	int (*each)(void *ctx, struct gv_str path, const struct gv_val *before,
	            const struct gv_val *after);
	void *ctx;
	struct gv_err *err;
};

static int report(struct diff *d, const struct gv_val *before, const struct gv_val *after)
{
	int rc = gv_buf_check(&d->path, d->err);

	return rc ? rc : d->each(d->ctx, gv_buf_str(&d->path), before, after);
}

static int compare(struct diff *d, const struct gv_val *before, const struct gv_val *after);

/* NULL stands for an object without members. */
static int compare_objects(struct diff *d, const struct gv_val *before, const struct gv_val *after)
{
	const struct gv_val *const objects[] = { before, after };
	uint32_t at[2] = { 0 };
	struct gv_str name;
	int rc = 0;

	while (!rc && (name = next_name(objects, at, 2)).p) {
		const struct gv_val *was = take_member(before, &at[0], name);
		const struct gv_val *is = take_member(after, &at[1], name);
		size_t mark = enter(&d->path, name);

		rc = compare(d, was, is);
		leave(&d->path, mark);
	}
	return rc;
}

static int compare_sets(struct diff *d, struct set *sets)
{
	struct set *const all[] = { &sets[0], &sets[1] };
	struct gv_str eid;
	int rc = 0;

	while (!rc && (eid = set_next(all, 2)).p) {
		const struct gv_val *was = set_take(&sets[0], eid), *is = set_take(&sets[1], eid);
		size_t mark = enter_event(&d->path, eid);

		if (!same(was, is))
			rc = report(d, was, is);
		leave(&d->path, mark);
	}
	return rc;
}

static int compare(struct diff *d, const struct gv_val *before, const struct gv_val *after)
{
	struct set sets[2] = { 0 };
	int rc;

	if (same(before, after))
		return 0;
	if (is_object(before) && is_object(after))
		return compare_objects(d, before, after);
	rc = set_read(&sets[0], &d->scratch, before);
	if (rc == 1)
		rc = set_read(&sets[1], &d->scratch, after);
	if (rc < 0)
		return gv_fail_nomem(d->err);
	return rc && (sets[0].n || sets[1].n) ? compare_sets(d, sets) : report(d, before, after);
}

int gv_fields_diff(const struct gv_val *before, const struct gv_val *after,
                   int (*each)(void *ctx, struct gv_str path, const struct gv_val *before,
                               const struct gv_val *after),
                   void *ctx, struct gv_err *err)
{
	struct diff d = {
		.path = GV_BUF_INIT(PATH_MAX_BYTES), .each = each, .ctx = ctx, .err = err
	};
	bool objects = (!before || is_object(before)) && (!after || is_object(after));
	int rc = objects ? compare_objects(&d, before, after) : compare(&d, before, after);

	gv_arena_free(&d.scratch);
	gv_buf_free(&d.path);
	return rc;
}
