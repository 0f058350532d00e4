/* SPDX-License-Identifier: MIT */
/* A commit that joins two lines of history: only what neither had is its own. */
#include "judge_impl.h"

#include <stdlib.h>

#include "conflict.h"

/* What it has otherwise than its second parent: there it kept nothing of that side. */
struct differing {
	struct gv_str path;
	struct gv_oid before, after;
	bool met;                     /* the first parent has it otherwise, too */
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
	*d = (struct differing){ gv_arena_copy(&j->paths.arena, change->path), change->before, change->after, false };
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

/* ---- all of it ---- */

/* `before` for the rules and `was` for j->each, of a record that is still there. */
static int start_from(struct gv_judge *j, const struct gv_schema *schema, const struct gv_change *change,
                      const struct gv_val *const side[2], const struct gv_val **before, const struct gv_val **was)
{
	const struct gv_val *now = NULL;
	int rc = gv_store_value(j->store, &change->after, &j->doc, &now, j->check.err);

	if (rc) { /* gv_judge_file() says what is wrong with it */
		gv_err_clear(j->check.err);
		return rc == GV_EIO ? rc : 0;
	}
	if (side[0] && side[1]) {
		rc = join_sides(j, schema, side, now);
		*before = &j->joined.root;
	}
	return rc || !j->each ? rc : gv_judge_without_own(j, schema, change->path, side, now, was);
}

/* A file that is as neither side has it. */
static int judge_own(struct gv_judge *j, const struct gv_change *change, const struct gv_oid *other)
{
	const struct gv_val *side[2] = { NULL, NULL }, *before, *was;
	const struct gv_schema *schema = gv_path_kind(change->path);
	int rc = 0;

	if (gv_str_starts(change->path, GV_STR(GV_CONFLICT_FOLDER)))
		rc = gv_judge_joined_conflict(j, change->path, (struct gv_oid[]){ change->before, *other }, &change->after);
	if (!rc && schema && !gv_oid_is_zero(&change->after) && !j->names_only) {
		rc = gv_judge_parent(j, &change->before, 0, &side[0]);
		if (!rc)
			rc = gv_judge_parent(j, other, 1, &side[1]);
	}
	before = was = side[0] ? side[0] : side[1];
	if (!rc && before)
		rc = start_from(j, schema, change, side, &before, &was);
	return rc ? rc : gv_judge_file(j, change, before, was);
}

/*
 * As one parent has it, and the other has not.  It was taken from the side that changed it, unless both did, or that one is the
 * other: then somebody chose, and those who ask whose change it was are told.  As a record it was judged where it was made.
 */
static int judge_chosen(struct gv_judge *j, const struct gv_change *change, const struct gv_oid *lost, const struct gv_oid *other)
{
	struct gv_judged told = { .path = change->path, .schema = gv_path_kind(change->path), .before = change->before,
		                  .after = change->after };
	const struct gv_val *side[2] = { NULL, NULL };
	bool was_base = false;
	int rc = j->each ? gv_judge_is_base(j, change->path, lost, &was_base) : 0;

	if (rc || was_base || !j->each)
		return rc;
	if (told.schema && !j->names_only) {
		rc = gv_judge_parent(j, &change->before, 0, &side[0]);
		if (!rc)
			rc = gv_judge_parent(j, other, 1, &side[1]);
		told.now = gv_oid_eq(&change->after, &change->before) ? side[0] : side[1];
		told.was = side[0] ? side[0] : side[1];
		if (!rc && told.now)
			rc = gv_judge_without_own(j, told.schema, change->path, side, told.now, &told.was);
	}
	return rc ? rc : j->each(j->each_ctx, &told);
}

static int judge_joined(void *ctx, const struct gv_change *change)
{
	struct join *join = ctx;
	const struct differing key = { .path = change->path };
	struct differing *other = NULL;

	if (join->n)
		other = bsearch(&key, join->list, join->n, sizeof *join->list, by_path);
	if (!other)
		return judge_chosen(join->judge, change, &change->before, &change->after);
	other->met = true;
	return judge_own(join->judge, change, &other->before);
}

/* What is as the first parent has it, and not as the second. */
static int judge_left(struct join *join)
{
	int rc = 0;

	for (size_t i = 0; i < join->n && !rc; i++) {
		const struct differing *d = &join->list[i];

		if (!d->met)
			rc = judge_chosen(join->judge, &(struct gv_change){ .path = d->path, .before = d->after, .after = d->after },
			                  &d->before, &d->before);
	}
	return rc;
}

int gv_judge_join(struct gv_judge *judge, const struct gv_oid *tree, const struct gv_oid before[2])
{
	struct join j = { .judge = judge };
	int rc = gv_store_diff_trees(judge->store, &before[1], tree, "", note_differing, &j, judge->check.err);

	if (j.n)
		qsort(j.list, j.n, sizeof *j.list, by_path);
	if (!rc)
		rc = gv_store_diff_trees(judge->store, &before[0], tree, "", judge_joined, &j, judge->check.err);
	if (!rc)
		rc = judge_left(&j);
	free(j.list);
	gv_doc_free(&j.paths);
	return rc;
}
