/* SPDX-License-Identifier: MIT */
/* A commit that joins two lines of history: only what neither had is its own. */
#include "judge_impl.h"

#include <stdlib.h>

#include "merge.h"

/* What it has otherwise than its second parent: there it kept nothing of that side. */
struct differing {
	struct gv_str path;
	struct gv_oid before;
};

struct join {
	struct gv_judge *judge;
	struct gv_doc paths;
	struct differing *list;
	size_t n, cap;
};

static int note_differing(void *ctx, const struct gv_change *change)
{
	struct join *j = ctx;
	struct differing *d;

	if (j->n == j->cap) {
		size_t cap = j->cap ? j->cap * 2 : 64;

		d = reallocarray(j->list, cap, sizeof *d);
		if (!d)
			return gv_fail_nomem(j->judge->check.err);
		j->list = d;
		j->cap = cap;
	}
	d = &j->list[j->n];
	*d = (struct differing){ gv_arena_copy(&j->paths.arena, change->path), change->before };
	if (!d->path.p)
		return gv_fail_nomem(j->judge->check.err);
	j->n++;
	return 0;
}

static int by_path(const void *a, const void *b)
{
	return gv_str_cmp(((const struct differing *)a)->path, ((const struct differing *)b)->path);
}

/* ---- one record to start from, for the rules ---- */

static const struct gv_val *event_of(const struct gv_val *rec, struct gv_str eid)
{
	const struct gv_val *events = gv_val_get(rec, "events");

	for (uint32_t i = 0; events && events->type == GV_ARRAY && i < events->n; i++)
		if (gv_str_eq(gv_val_getstr(&events->items[i], "eid"), eid))
			return &events->items[i];
	return NULL;
}

/* Has an event of one side to be kept?  Where it has two bodies, the one that was kept, if either was. */
static bool is_owed(const struct gv_val *own, const struct gv_val *other, const struct gv_val *kept, bool first)
{
	if (!other)
		return true;
	if (gv_val_eq(own, other))
		return first;
	return first ? !kept || !gv_val_eq(other, kept) : kept && gv_val_eq(own, kept);
}

static int join_events(struct gv_judge *j, const struct gv_val *const side[2], const struct gv_val *after,
                       struct gv_val *out)
{
	int rc = 0;

	*out = gv_mkarr();
	for (size_t k = 0; k < 2; k++) {
		const struct gv_val *events = gv_val_get(side[k], "events");

		for (uint32_t i = 0; !rc && events && events->type == GV_ARRAY && i < events->n; i++) {
			const struct gv_val *own = &events->items[i];
			struct gv_str eid = gv_val_getstr(own, "eid");

			if (is_owed(own, event_of(side[!k], eid), event_of(after, eid), k == 0))
				rc = gv_arr_add(&j->joined, out, *own, j->check.err);
		}
	}
	return rc;
}

static bool may_move(const struct gv_schema *s, struct gv_str from, struct gv_str to)
{
	for (size_t i = 0; i < s->ntransitions; i++)
		if (gv_str_is(from, s->transitions[i].from) && gv_str_is(to, s->transitions[i].to))
			return true;
	return false;
}

/* The side that the state is judged against: the one it was taken from, else one that does not lead to it. */
static size_t side_of_state(const struct gv_schema *s, const struct gv_val *const side[2], const struct gv_val *after)
{
	struct gv_str to = gv_val_getstr(after, s->state_field), from[2];

	for (size_t i = 0; i < 2; i++) {
		from[i] = gv_val_getstr(side[i], s->state_field);
		if (gv_str_eq(from[i], to))
			return i;
	}
	return may_move(s, from[0], to);
}

/* One record that both sides have into one to start from: its state and events. */
static int join_sides(struct gv_judge *j, const struct gv_schema *schema, const struct gv_val *const side[2],
                      const struct gv_val *now)
{
	struct gv_err *err = j->check.err;
	struct gv_val events;
	int rc = 0;

	gv_doc_reset(&j->joined);
	j->joined.root = gv_mkobj();
	if (schema->state_field) {
		const struct gv_val *from = side[side_of_state(schema, side, now)];
		struct gv_str state = gv_val_getstr(from, schema->state_field);

		rc = gv_obj_set(&j->joined, &j->joined.root, gv_str_of(schema->state_field), gv_mkstr(&j->joined, state), err);
	}
	if (!rc)
		rc = join_events(j, side, now, &events);
	return rc ? rc : gv_obj_set(&j->joined, &j->joined.root, GV_STR("events"), events, err);
}

/* ---- what neither line had, for those who ask who changed it ---- */

struct own {
	struct gv_judge *j;
	struct gv_val paths;  /* of fields that differ from the second side */
};

static int note_path(void *ctx, struct gv_str path, const struct gv_val *before, const struct gv_val *after)
{
	struct own *o = ctx;

	(void)before;
	(void)after;
	return gv_arr_add(&o->j->mine, &o->paths, gv_mkstr(&o->j->mine, path), o->j->check.err);
}

/* "events[EID]": the event as the first side has it. */
static int put_event_back(struct own *o, struct gv_str path, const struct gv_val *before)
{
	const char *open = memchr(path.p, '[', path.n);
	struct gv_str name = { path.p, (size_t)(open - path.p) }, eid = { open + 1, path.n - name.n - 2 };
	struct gv_val *root = &o->j->mine.root, kept = gv_mkarr();
	const struct gv_val *events = gv_val_path(root, name);
	int rc = 0;

	for (uint32_t i = 0; events && events->type == GV_ARRAY && i < events->n && !rc; i++)
		if (!gv_str_eq(gv_val_getstr(&events->items[i], "eid"), eid))
			rc = gv_arr_add(&o->j->mine, &kept, events->items[i], o->j->check.err);
	if (!rc && before)
		rc = gv_arr_add(&o->j->mine, &kept, *before, o->j->check.err);
	return rc ? rc : gv_val_set_path(&o->j->mine, root, name, kept, o->j->check.err);
}

static int put_back(void *ctx, struct gv_str path, const struct gv_val *before, const struct gv_val *after)
{
	struct own *o = ctx;
	bool was_there, own = false;

	(void)after;
	for (uint32_t i = 0; i < o->paths.n && !own; i++)
		own = gv_str_eq(gv_val_str(&o->paths.items[i]), path);
	if (!own)
		return 0;
	if (path.n && path.p[path.n - 1] == ']' && memchr(path.p, '[', path.n))
		return put_event_back(o, path, before);
	return before ? gv_val_set_path(&o->j->mine, &o->j->mine.root, path, *before, o->j->check.err)
	              : gv_val_del_path(&o->j->mine.root, path, &was_there);
}

/* The record as it would be had the commit only taken from its sides: in j->mine. */
static int without_own(struct gv_judge *j, const struct gv_val *const side[2], const struct gv_val *now)
{
	struct own o = { j, gv_mkarr() };
	int rc;

	gv_doc_reset(&j->mine);
	rc = gv_val_copy(&j->mine, &j->mine.root, now, j->check.err);
	if (!rc)
		rc = gv_fields_diff(side[1], now, note_path, &o, j->check.err);
	return rc ? rc : gv_fields_diff(side[0], now, put_back, &o, j->check.err);
}

/* ---- all of it ---- */

/* `before` for the rules and `was` for j->each; both sides have the record. */
static int start_from(struct gv_judge *j, const struct gv_schema *schema, const struct gv_val *const side[2],
                      const struct gv_oid *after, const struct gv_val **before, const struct gv_val **was)
{
	const struct gv_val *now = NULL;
	int rc = gv_store_value(j->store, after, &j->doc, &now, j->check.err);

	if (rc) { /* gv_judge_file() says what is wrong with it */
		gv_err_clear(j->check.err);
		return rc == GV_EIO ? rc : 0;
	}
	rc = join_sides(j, schema, side, now);
	*before = &j->joined.root;
	if (!rc && j->each) {
		rc = without_own(j, side, now);
		*was = &j->mine.root;
	}
	return rc;
}

static int judge_joined(void *ctx, const struct gv_change *change)
{
	struct join *join = ctx;
	struct gv_judge *j = join->judge;
	const struct differing key = { .path = change->path }, *other = NULL;
	const struct gv_val *side[2] = { NULL, NULL }, *before, *was;
	const struct gv_schema *schema = gv_path_kind(change->path);
	int rc = 0;

	if (join->n)
		other = bsearch(&key, join->list, join->n, sizeof *join->list, by_path);
	if (!other) /* it is as the second parent has it */
		return 0;
	if (schema && !gv_oid_is_zero(&change->after) && !j->names_only) {
		rc = gv_judge_parent(j, &change->before, 0, &side[0]);
		if (!rc)
			rc = gv_judge_parent(j, &other->before, 1, &side[1]);
	}
	before = was = side[0] ? side[0] : side[1];
	if (!rc && side[0] && side[1])
		rc = start_from(j, schema, side, &change->after, &before, &was);
	return rc ? rc : gv_judge_file(j, change, before, was);
}

int gv_judge_join(struct gv_judge *judge, const struct gv_oid *tree, const struct gv_oid before[2])
{
	struct join j = { .judge = judge };
	int rc = gv_store_diff_trees(judge->store, &before[1], tree, "", note_differing, &j, judge->check.err);

	if (j.n)
		qsort(j.list, j.n, sizeof *j.list, by_path);
	if (!rc)
		rc = gv_store_diff_trees(judge->store, &before[0], tree, "", judge_joined, &j, judge->check.err);
	free(j.list);
	gv_doc_free(&j.paths);
	return rc;
}
