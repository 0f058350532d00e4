/* SPDX-License-Identifier: MIT */
#include "recjoin.h"

#include <stdlib.h>

enum { WIDEN_MAX = 16 };  /* fields that the check of the whole may name, one after the other */

struct join {
	const struct gv_rec_join *in;
	struct gv_doc *out;
	struct gv_conflict *list;
	size_t n, room;
	struct gv_err *err;
};

/* ---- the list ---- */

static bool is_noted(const struct join *j, struct gv_str path)
{
	for (size_t i = 0; i < j->n; i++)
		if (gv_str_eq(j->list[i].path, path))
			return true;
	return false;
}

static int note(void *ctx, const struct gv_conflict *c)
{
	struct join *j = ctx;

	if (j->n == j->room) {
		size_t room = j->room ? 2 * j->room : 16;
		struct gv_conflict *list = reallocarray(j->list, room, sizeof *list);

		if (!list)
			return gv_fail_nomem(j->err);
		j->list = list;
		j->room = room;
	}
	j->list[j->n] = *c;
	j->list[j->n].path = gv_arena_copy(&j->out->arena, c->path);
	if (!j->list[j->n].path.p)
		return gv_fail_nomem(j->err);
	j->n++;
	return 0;
}

/* Back to the base value, and a conflict. */
static int give_up_field(struct join *j, struct gv_str path)
{
	struct gv_conflict c = {
		path, gv_field_get(j->in->base, path), gv_field_get(j->in->ours, path), gv_field_get(j->in->theirs, path)
	};
	int rc = note(j, &c);

	return rc ? rc : gv_field_set(j->out, &j->out->root, path, c.base, j->err);
}

/* The whole record, and nothing else. */
static int give_up_record(struct join *j, const struct gv_val *kept)
{
	struct gv_conflict whole = { GV_STR(""), j->in->base, j->in->ours, j->in->theirs };

	j->n = 0;
	return gv_val_copy(j->out, &j->out->root, kept, j->err) ? GV_EIO : note(j, &whole);
}

/* ---- moves of the state ---- */

static const struct gv_val *log_of(const struct gv_val *rec)
{
	const struct gv_val *log = gv_val_get(rec, "events");

	return log && log->type == GV_ARRAY ? log : NULL;
}

static bool has_event(const struct gv_val *rec, struct gv_str eid)
{
	const struct gv_val *log = log_of(rec);

	for (uint32_t i = 0; log && i < log->n; i++)
		if (gv_str_eq(gv_val_getstr(&log->items[i], "eid"), eid))
			return true;
	return false;
}

/* The side's next event, from *at on, that moves the state and is new; NULL behind the last. */
static const struct gv_val *next_move(const struct join *j, const struct gv_val *side, uint32_t *at)
{
	const struct gv_val *log = log_of(side), *other = side == j->in->ours ? j->in->theirs : j->in->ours;

	for (; log && *at < log->n; ++*at) {
		const struct gv_val *event = &log->items[*at];
		struct gv_str eid = gv_val_getstr(event, "eid");

		if (gv_schema_moves(j->in->schema, gv_val_getstr(event, "event")) && !has_event(j->in->base, eid) &&
		    !has_event(other, eid))
			return event;
	}
	return NULL;
}

/* Which happened first; within a day whose hours are not known, either may have. */
static bool is_first(const struct gv_val *a, const struct gv_val *b, bool if_equal)
{
	enum { DAY = 10 };
	struct gv_str x = gv_val_getstr(a, "on"), y = gv_val_getstr(b, "on");
	int d;

	if (x.n <= DAY || y.n <= DAY) {
		x.n = x.n < DAY ? x.n : DAY;
		y.n = y.n < DAY ? y.n : DAY;
	}
	d = gv_str_cmp(x, y);
	return d ? d < 0 : if_equal;
}

/* Do the moves of both, in the order of their days, lead from the base state to the joined one? */
static bool is_reachable(const struct join *j, bool ours_first)
{
	const struct gv_schema *s = j->in->schema;
	struct gv_str state = gv_val_getstr(j->in->base, s->state_field);
	uint32_t at[2] = { 0, 0 };

	for (;;) {
		const struct gv_val *a = next_move(j, j->in->ours, &at[0]), *b = next_move(j, j->in->theirs, &at[1]);
		bool take_a = a && (!b || is_first(a, b, ours_first));
		const struct gv_transition *t;

		if (!a && !b)
			return gv_str_eq(state, gv_val_getstr(&j->out->root, s->state_field));
		t = gv_schema_transition(s, gv_val_getstr(take_a ? a : b, "event"), state);
		if (!t)
			return false;
		state = gv_str_of(t->to);
		at[take_a ? 0 : 1]++;
	}
}

/* A state that is left open leaves open what its moves have set: a date of closing explains nothing without the closing. */
static int give_up_state(struct join *j)
{
	static const char *const set_by_moves[] = { "closed_by", "closed_on", "filed_on", "received_on" };
	struct gv_str state = gv_str_of(j->in->schema->state_field);
	int rc = is_noted(j, state) ? 0 : give_up_field(j, state);

	for (size_t i = 0; !rc && i < sizeof set_by_moves / sizeof set_by_moves[0]; i++) {
		struct gv_str path = gv_str_of(set_by_moves[i]);
		const struct gv_val *was = gv_field_get(j->in->base, path), *is = gv_field_get(&j->out->root, path);

		if (!is_noted(j, path) && (was && is ? !gv_val_eq(was, is) : was != is))
			rc = give_up_field(j, path);
	}
	return rc;
}

static int check_moves(struct join *j)
{
	uint32_t at[2] = { 0, 0 };
	bool both;

	if (!j->in->schema->state_field)
		return 0;
	both = next_move(j, j->in->ours, &at[0]) && next_move(j, j->in->theirs, &at[1]);
	if (is_noted(j, gv_str_of(j->in->schema->state_field)) || (both && !is_reachable(j, true) && !is_reachable(j, false)))
		return give_up_state(j);
	return 0;
}

/* ---- what rests on one another ---- */

/* Does that side have an event of that name that the base has not, nor the other side? */
static bool has_new(const struct join *j, const struct gv_val *side, struct gv_str name)
{
	const struct gv_val *log = log_of(side), *other = side == j->in->ours ? j->in->theirs : j->in->ours;

	for (uint32_t i = 0; log && i < log->n; i++) {
		struct gv_str eid = gv_val_getstr(&log->items[i], "eid");

		if (gv_str_eq(gv_val_getstr(&log->items[i], "event"), name) && !has_event(j->in->base, eid) && !has_event(other, eid))
			return true;
	}
	return false;
}

static bool differs(const struct gv_val *a, const struct gv_val *b, struct gv_str field)
{
	const struct gv_val *x = gv_field_get(a, field), *y = gv_field_get(b, field);

	return x && y ? !gv_val_same(x, y) : x != y;
}

/* Did the side move any of them, and not as the other side did? */
static bool moved(const struct join *j, const struct gv_val *side)
{
	const struct gv_val *other = side == j->in->ours ? j->in->theirs : j->in->ours;
	struct gv_str events = GV_STR("events.");

	for (const char *const *name = j->in->schema->together; *name; name++) {
		struct gv_str field = gv_str_of(*name);

		if (gv_str_starts(field, events) ? has_new(j, side, (struct gv_str){ field.p + events.n, field.n - events.n })
		                                 : differs(j->in->base, side, field) && differs(other, side, field))
			return true;
	}
	return false;
}

bool gv_rec_both_moved(const struct gv_rec_join *in)
{
	const struct join j = { .in = in };

	return in->schema && in->schema->together && in->base && in->ours && in->theirs && moved(&j, in->ours) && moved(&j, in->theirs);
}

static bool has_noted_within(const struct join *j, struct gv_str field)
{
	for (size_t i = 0; i < j->n; i++)
		if (gv_str_starts(j->list[i].path, field) && (j->list[i].path.n == field.n || j->list[i].path.p[field.n] == '.'))
			return true;
	return false;
}

/* Each side was judged by what it knew: published here, set free there.  Nobody has judged the two together. */
static int check_together(struct join *j)
{
	int rc = 0;

	if (!gv_rec_both_moved(j->in))
		return 0;
	for (const char *const *name = j->in->schema->together; *name && !rc; name++) {
		struct gv_str field = gv_str_of(*name);

		if (!gv_str_starts(field, GV_STR("events.")) && !has_noted_within(j, field) && differs(j->in->base, &j->out->root, field))
			rc = give_up_field(j, field);
	}
	return rc;
}

/* ---- the whole ---- */

/* Fields that the join changed and that may go back: those that `field` names, lies in or holds; p NULL: all but events. */
struct suspects {
	struct join *j;
	struct gv_str field;
	struct gv_str *paths;
	size_t n, room;
};

static bool lies_in(struct gv_str path, struct gv_str outer)
{
	return gv_str_starts(path, outer) &&
	       (path.n == outer.n || path.p[outer.n] == '.' || path.p[outer.n] == '[');
}

static int suspect(void *ctx, struct gv_str path, const struct gv_val *before, const struct gv_val *after)
{
	struct suspects *s = ctx;
	bool is_event = path.p[path.n - 1] == ']';

	(void)before;
	(void)after;
	if (is_noted(s->j, path) ||
	    (s->field.p ? !lies_in(path, s->field) && !lies_in(s->field, path) : is_event))
		return 0;
	if (s->n == s->room) {
		size_t room = s->room ? 2 * s->room : 16;
		struct gv_str *paths = reallocarray(s->paths, room, sizeof *paths);

		if (!paths)
			return gv_fail_nomem(s->j->err);
		s->paths = paths;
		s->room = room;
	}
	s->paths[s->n] = gv_arena_copy(&s->j->out->arena, path);
	return s->paths[s->n++].p ? 0 : gv_fail_nomem(s->j->err);
}

/* *some: there was something to give up. */
static int give_up_suspects(struct join *j, struct gv_str field, bool *some)
{
	struct suspects s = { .j = j, .field = field };
	int rc = gv_fields_diff(j->in->base, &j->out->root, suspect, &s, j->err);

	*some = s.n > 0;
	for (size_t i = 0; !rc && i < s.n; i++)
		rc = give_up_field(j, s.paths[i]);
	free(s.paths);
	return rc;
}

static int check_alone(const struct join *j, const struct gv_val *rec, struct gv_err *why)
{
	return gv_rec_check(j->in->schema, rec, j->in->cn, why);
}

/* A record that was not legal to begin with need not become so. */
static int were_legal(const struct join *j, bool *yes)
{
	struct gv_err why = { 0 };
	int rc = check_alone(j, j->in->ours, &why);

	if (!rc)
		rc = check_alone(j, j->in->theirs, &why);
	*yes = rc == 0;
	if (rc && rc != GV_EDATA && j->err)
		*j->err = why;
	return rc == GV_EDATA ? 0 : rc;
}

static int check_whole(struct join *j)
{
	struct gv_err why = { 0 };
	int rc = check_alone(j, &j->out->root, &why), failed;
	bool legal = true;

	failed = rc == GV_EDATA ? were_legal(j, &legal) : 0;
	if (failed || !legal)
		return failed;
	for (int i = 0; rc == GV_EDATA && i <= WIDEN_MAX; i++) {
		bool some = false;

		if (i < WIDEN_MAX && why.field[0])
			failed = give_up_suspects(j, gv_str_of(why.field), &some);
		if (!failed && !some) {
			i = WIDEN_MAX;
			failed = give_up_suspects(j, (struct gv_str){ 0 }, &some);
		}
		if (failed)
			return failed;
		rc = check_alone(j, &j->out->root, &why);
	}
	if (rc == GV_EDATA)
		return give_up_record(j, j->in->base);
	if (rc && j->err)
		*j->err = why;
	return rc;
}

static int by_path(const void *a, const void *b)
{
	return gv_str_cmp(((const struct gv_conflict *)a)->path, ((const struct gv_conflict *)b)->path);
}

int gv_rec_join(struct gv_doc *out, const struct gv_rec_join *in, struct gv_err *err)
{
	struct join j = { .in = in, .out = out, .err = err };
	int rc;

	if (!in->ours || !in->theirs)
		rc = give_up_record(&j, in->ours ? in->ours : in->theirs);
	else if (!in->base)
		rc = gv_val_eq(in->ours, in->theirs) ? gv_val_copy(out, &out->root, in->ours, err)
		                                     : give_up_record(&j, in->ours);
	else {
		rc = gv_merge(out, in->base, in->ours, in->theirs, note, &j, err);
		if (!rc && in->schema)
			rc = check_moves(&j);
		if (!rc && in->schema)
			rc = check_together(&j);
		if (!rc && in->schema)
			rc = check_whole(&j);
	}
	if (j.n > 1)
		qsort(j.list, j.n, sizeof *j.list, by_path);
	for (size_t i = 0; !rc && i < j.n; i++)
		rc = in->each ? in->each(in->ctx, &j.list[i]) : 0;
	free(j.list);
	return rc;
}
