/* SPDX-License-Identifier: MIT */
/* stat: records into groups. */
#include "stat_table.h"

#include <stdio.h>
#include <stdlib.h>

#include "i18n.h"

enum { SLOTS_FEWEST = 256, KEY_MAX = 2 * GV_JSON_TEXT_MAX, SPILL_FEWEST = 64 };

/* ---- birth and death ---- */

static int parse_query(struct gv_query **q, struct gv_str text, struct gv_err *err)
{
	struct gv_buf copy = GV_BUF_INIT(GV_QUERY_MAX + 1);
	int rc;

	gv_buf_addstr(&copy, text);
	rc = gv_buf_check(&copy, err);
	if (!rc)
		rc = gv_query_parse(q, copy.p ? copy.p : "", NULL, NULL, NULL, err);
	gv_buf_free(&copy);
	return rc;
}

/* Queries write to themselves as they match: each gv_stat has its own. */
static int make_queries(struct gv_stat *s, struct gv_err *err)
{
	const struct gv_stat_spec *spec = s->spec;
	int rc = 0;

	s->where = calloc(spec->nwhere + 1, sizeof(struct gv_query *));
	s->rates = calloc(spec->ncells + 1, sizeof(struct gv_query *));
	s->seen = calloc(spec->nvalues + 1, sizeof *s->seen);
	s->had = calloc(spec->ngroups + spec->nvalues + 1, sizeof *s->had);
	if (!s->where || !s->rates || !s->seen || !s->had)
		return gv_fail_nomem(err);
	for (size_t i = 0; i < spec->nwhere && !rc; i++)
		rc = parse_query(&s->where[i], spec->where[i], err);
	for (size_t i = 0; i < spec->ncells && !rc; i++)
		if (spec->cells[i].kind == GV_CELL_RATE)
			rc = parse_query(&s->rates[i], spec->cells[i].text, err);
	return rc;
}

int gv_stat_new(struct gv_stat **out, const struct gv_stat_spec *spec, size_t memory, struct gv_err *err)
{
	struct gv_stat *s = calloc(1, sizeof *s);
	struct gv_group *all;
	int rc;

	*out = NULL;
	if (!s)
		return gv_fail_nomem(err);
	s->spec = spec;
	s->memory = memory;
	gv_buf_init(&s->key, KEY_MAX);
	gv_buf_init(&s->scratch, KEY_MAX);
	rc = make_queries(s, err);
	if (!rc)
		rc = gv_quick_new(&s->quick, spec, err);
	if (!rc && !spec->ngroups)
		rc = gv_stat_find(s, &all, err);
	if (rc) {
		gv_stat_free(s);
		return rc;
	}
	*out = s;
	return 0;
}

/* Forget the groups, which are on disk now or not wanted any more. */
static void drop_groups(struct gv_stat *s)
{
	for (size_t i = 0; i < s->nslots; i++)
		if (s->slots[i]) {
			gv_cells_free(s->spec, s->slots[i]);
			s->slots[i] = NULL;
		}
	gv_quick_forget(s->quick);
	s->used = 0;
	s->bytes = 0;
	free(s->sorted);
	s->sorted = NULL;
	gv_arena_free(&s->arena);
}

void gv_stat_free(struct gv_stat *s)
{
	if (!s)
		return;
	drop_groups(s);
	free(s->slots);
	for (size_t i = 0; s->where && i < s->spec->nwhere; i++)
		gv_query_free(s->where[i]);
	for (size_t i = 0; s->rates && i < s->spec->ncells; i++)
		gv_query_free(s->rates[i]);
	free(s->where);
	free(s->rates);
	free(s->seen);
	free(s->had);
	free(s->quick);
	gv_runs_free(s->runs);
	gv_buf_free(&s->key);
	gv_buf_free(&s->scratch);
	free(s);
}

int gv_stat_trouble(const struct gv_stat *s, struct gv_err *err)
{
	int rc = 0;

	for (size_t i = 0; i < s->spec->nwhere && !rc; i++)
		rc = gv_query_trouble(s->where[i], err);
	for (size_t i = 0; i < s->spec->ncells && !rc; i++)
		rc = s->rates[i] ? gv_query_trouble(s->rates[i], err) : 0;
	return rc;
}

/* ---- the table ---- */

/* Eight bytes a step. */
static uint64_t hash(struct gv_str s)
{
	uint64_t h = 0x9E3779B97F4A7C15u ^ s.n;
	size_t at = 0;

	for (; at + sizeof h <= s.n; at += sizeof h) {
		uint64_t word;

		memcpy(&word, s.p + at, sizeof word);
		h = (h ^ word) * 0xFF51AFD7ED558CCDu;
		h ^= h >> 32;
	}
	if (at < s.n) {
		uint64_t word = 0;

		memcpy(&word, s.p + at, s.n - at);
		h = (h ^ word) * 0xFF51AFD7ED558CCDu;
		h ^= h >> 32;
	}
	return h;
}

static size_t slot_of(const struct gv_stat *s, struct gv_str key, uint64_t h)
{
	size_t i = (size_t)h & (s->nslots - 1);

	while (s->slots[i] && (s->slots[i]->hash != h || !gv_str_eq(s->slots[i]->key, key)))
		i = (i + 1) & (s->nslots - 1);
	return i;
}

static int grow(struct gv_stat *s, struct gv_err *err)
{
	struct gv_group **old = s->slots;
	size_t n = s->nslots;

	s->slots = calloc(n ? n * 2 : SLOTS_FEWEST, sizeof(struct gv_group *));
	if (!s->slots) {
		s->slots = old;
		return gv_fail_nomem(err);
	}
	s->nslots = n ? n * 2 : SLOTS_FEWEST;
	for (size_t i = 0; i < n; i++)
		if (old[i])
			s->slots[slot_of(s, old[i]->key, old[i]->hash)] = old[i];
	free(old);
	return 0;
}

static int new_group(struct gv_stat *s, uint64_t h, struct gv_group **out, struct gv_err *err)
{
	struct gv_str key = gv_buf_str(&s->key);
	size_t size = s->spec->group_size + key.n;
	struct gv_group *g = gv_arena_alloc(&s->arena, size);
	char *at;

	if (!g)
		return gv_fail_nomem(err);
	at = (char *)g + s->spec->group_size;
	memcpy(at, key.p, key.n);
	g->hash = h;
	g->key = (struct gv_str){ at, key.n };
	gv_cells_begin(s->spec, g);
	s->bytes += size + 2 * sizeof(struct gv_group *);
	free(s->sorted);
	s->sorted = NULL;
	*out = g;
	return 0;
}

int gv_stat_find(struct gv_stat *s, struct gv_group **out, struct gv_err *err)
{
	struct gv_str key = gv_buf_str(&s->key);
	int rc = gv_buf_check(&s->key, err);
	size_t slot;
	uint64_t h;

	if (!rc && (s->used + 1) * 2 > s->nslots)
		rc = grow(s, err);
	if (rc)
		return rc;
	h = hash(key);
	slot = slot_of(s, key, h);
	if (!s->slots[slot]) {
		rc = new_group(s, h, &s->slots[slot], err);
		if (rc)
			return rc;
		s->used++;
	}
	*out = s->slots[slot];
	return 0;
}

/* ---- to disk ---- */

static int compare_groups(const void *a, const void *b)
{
	const struct gv_group *x = *(struct gv_group *const *)a, *y = *(struct gv_group *const *)b;
	size_t n = x->key.n < y->key.n ? x->key.n : y->key.n;
	int diff = n ? memcmp(x->key.p, y->key.p, n) : 0;

	return diff ? diff : (x->key.n > y->key.n) - (x->key.n < y->key.n);
}

int gv_stat_sort(struct gv_stat *s, struct gv_err *err)
{
	size_t n = 0;

	if (s->sorted)
		return 0;
	s->sorted = calloc(s->used + 1, sizeof(struct gv_group *));
	if (!s->sorted)
		return gv_fail_nomem(err);
	for (size_t i = 0; i < s->nslots; i++)
		if (s->slots[i])
			s->sorted[n++] = s->slots[i];
	qsort(s->sorted, n, sizeof(struct gv_group *), compare_groups);
	return 0;
}

int gv_stat_settle(struct gv_stat *s, struct gv_err *err)
{
	int rc = gv_stat_sort(s, err);

	for (size_t i = 0; i < s->used && !rc; i++)
		for (size_t k = 0; k < s->spec->ncells && !rc; k++)
			if (s->spec->cells[k].kind == GV_CELL_DIST)
				rc = gv_dist_settle(gv_cell_of(s->sorted[i], &s->spec->cells[k]), err);
	return rc;
}

/* All groups in order as a run of states. */
static int spill(struct gv_stat *s, struct gv_err *err)
{
	struct gv_buf text = GV_BUF_INIT(GV_STATE_MAX);
	int rc = s->runs ? 0 : gv_runs_new(&s->runs, err);

	if (!rc)
		rc = gv_stat_sort(s, err);
	if (!rc)
		gv_runs_begin(s->runs);
	for (size_t i = 0; i < s->used && !rc; i++) {
		gv_buf_reset(&text);
		rc = gv_cells_write(&text, s->spec, s->sorted[i], err);
		if (!rc)
			rc = gv_runs_put(s->runs, s->sorted[i]->key, gv_buf_str(&text), err);
	}
	if (!rc)
		rc = gv_runs_end(s->runs, err);
	gv_buf_free(&text);
	if (rc)
		return rc;
	drop_groups(s);
	s->spills++;
	return 0;
}

/* A few groups that are large by themselves stay: writing them again and again would not make them smaller. */
int gv_stat_make_room(struct gv_stat *s, struct gv_err *err)
{
	return s->memory && s->bytes > s->memory && s->used >= SPILL_FEWEST ? spill(s, err) : 0;
}

bool gv_stat_never_had(struct gv_stat *const *stats, size_t n, size_t *i, struct gv_str *field)
{
	const struct gv_stat_spec *spec = n ? stats[0]->spec : NULL;
	bool any = false;

	for (size_t k = 0; k < n; k++)
		any |= stats[k]->any;
	while (any && *i < spec->ngroups + spec->nvalues) {
		size_t at = (*i)++;
		bool had = false;

		for (size_t k = 0; k < n; k++)
			had |= stats[k]->had[at];
		*field = at < spec->ngroups ? spec->groups[at].path : spec->values[at - spec->ngroups].text;
		if (!had)
			return true;
	}
	return false;
}

size_t gv_stat_spills(const struct gv_stat *s)
{
	return s->spills;
}

/* ---- a record ---- */

static bool matches(const struct gv_stat *s, const struct gv_val *rec)
{
	for (size_t i = 0; i < s->spec->nwhere; i++)
		if (!gv_query_match(s->where[i], rec))
			return false;
	return true;
}

/* The year and the number of a week that begins on Monday; its Thursday says which year it is of. */
static void cut_week(gv_day day, char text[16])
{
	gv_day thursday = day - gv_any_day_weekday(day) + 4;
	int year = gv_any_day_ymd(thursday).year, week = (thursday - gv_any_day_of(year, 1, 1)) / 7 + 1;

	gv_any_day_format(gv_any_day_of(year, 1, 1), text);
	text[4] = '-';
	text[5] = 'W';
	text[6] = (char)('0' + week / 10);
	text[7] = (char)('0' + week % 10);
	text[8] = '\0';
}

static void cut_date(enum gv_date_part part, gv_day day, char text[16])
{
	static const size_t length[] = { [GV_PART_YEAR] = 4, [GV_PART_MONTH] = 7, [GV_PART_DAY] = 10 };

	gv_any_day_format(day, text);
	if (part == GV_PART_WEEK) {
		cut_week(day, text);
	} else if (part == GV_PART_QUARTER) {
		text[4] = '-';
		text[5] = 'Q';
		text[6] = (char)('1' + (gv_any_day_ymd(day).month - 1) / 3);
		text[7] = '\0';
	} else {
		text[length[part]] = '\0';
	}
}

static bool is_there(const struct gv_val *v)
{
	return v && v->type != GV_NULL;
}

static void make_key(struct gv_stat *s, const struct gv_val *rec)
{
	gv_buf_reset(&s->key);
	for (size_t i = 0; i < s->spec->ngroups; i++) {
		const struct gv_stat_group *g = &s->spec->groups[i];
		const struct gv_val *v = gv_val_path(rec, g->path);
		struct gv_moment m;
		char text[16];

		s->had[i] |= is_there(v);
		if (v && v->type == GV_STRING && g->part && gv_any_moment_read(&m, gv_val_str(v))) {
			cut_date(g->part, m.day, text);
			gv_key_add_text(&s->key, gv_str_of(text));
		} else {
			gv_key_add(&s->key, v);
		}
	}
}

/* The days from one date to another, where both are there. */
static void look_at_days(const struct gv_val *from, const struct gv_val *until, struct gv_seen *out)
{
	struct gv_moment a, b;

	if (!is_there(from) || !is_there(until))
		return;
	out->what = GV_SEEN_OTHER;
	if (!gv_any_moment_read(&a, gv_val_str(from)) || !gv_any_moment_read(&b, gv_val_str(until)))
		return;
	out->what = GV_SEEN_NUMBER;
	out->num = (struct gv_num){ .m = b.day - a.day };
}

static void look(const struct gv_stat_value *value, const struct gv_val *rec, struct gv_seen *out)
{
	const struct gv_val *v = gv_val_path(rec, value->path);

	out->what = GV_SEEN_NOTHING;
	out->val = NULL;
	if (value->until.p) {
		look_at_days(v, gv_val_path(rec, value->until), out);
		return;
	}
	if (!is_there(v))
		return;
	out->val = v;
	out->what = GV_SEEN_OTHER;
	if ((value->wants_number || value->wants_order) && gv_num_of(&out->num, v, &out->room))
		out->what = GV_SEEN_NUMBER;
	else if (value->wants_order && v->type == GV_STRING && gv_any_moment_read(&out->moment, gv_val_str(v)))
		out->what = GV_SEEN_DATE;
}

static bool is_misfit(const struct gv_stat_value *value, const struct gv_seen *seen)
{
	if (seen->what == GV_SEEN_DATE)
		return value->wants_number;
	return seen->what == GV_SEEN_OTHER && (value->wants_number || value->wants_order || value->until.p);
}

static void put_number(char *p, uint64_t n, int bytes)
{
	for (int i = bytes - 1; i >= 0; i--, n >>= 8)
		p[i] = (char)n;
}

void gv_place_key(struct gv_buf *key, struct gv_stat_place at)
{
	char bytes[GV_PLACE_KEY];

	put_number(bytes, at.shard, 4);
	put_number(bytes + 4, at.file, 4);
	put_number(bytes + 8, at.line, 8);
	put_number(bytes + 16, at.index, 8);
	gv_buf_add(key, bytes, sizeof bytes);
}

/* An order is that of numbers, also of those in a table's cells, then of dates and times, then of all else. */
static void order_key(struct gv_buf *key, const struct gv_val *by)
{
	struct gv_seen seen;

	seen.what = GV_SEEN_OTHER;
	seen.val = by;
	if (gv_num_of(&seen.num, by, &seen.room))
		seen.what = GV_SEEN_NUMBER;
	else if (gv_any_moment_read(&seen.moment, gv_val_str(by)))
		seen.what = GV_SEEN_DATE;
	gv_seen_key(key, &seen);
}

/* The first or last value: what has no place in the order is left out. */
static int pick(struct gv_stat *s, const struct gv_stat_cell *cell, struct gv_pick *to, const struct gv_val *rec, struct gv_stat_place at,
                struct gv_err *err)
{
	const struct gv_val *by = cell->text.p ? gv_val_path(rec, cell->text) : NULL;
	int rc;

	if (cell->text.p && !is_there(by))
		return 0;
	gv_buf_reset(&s->scratch);
	if (cell->text.p)
		order_key(&s->scratch, by);
	else
		gv_place_key(&s->scratch, at);
	gv_value_key(&s->scratch, &s->seen[cell->value]);
	rc = gv_buf_check(&s->scratch, err);
	return rc ? rc : gv_blob_keep(&to->key, gv_buf_str(&s->scratch), cell->kind == GV_CELL_FIRST, err);
}

static int add_cell(struct gv_stat *s, struct gv_group *g, size_t i, const struct gv_val *rec, struct gv_stat_place at, struct gv_err *err)
{
	const struct gv_stat_cell *cell = &s->spec->cells[i];
	void *memory = gv_cell_of(g, cell);
	struct gv_seen *seen = &s->seen[cell->value];

	if (cell->kind == GV_CELL_RATE) {
		*(uint64_t *)memory += gv_query_match(s->rates[i], rec);
		return 0;
	}
	if (seen->what == GV_SEEN_NOTHING || (seen->what == GV_SEEN_OTHER && s->spec->values[cell->value].until.p))
		return 0;
	if (cell->kind == GV_CELL_FIRST || cell->kind == GV_CELL_LAST)
		return pick(s, cell, memory, rec, at, err);
	return gv_cell_add(cell, memory, seen, &s->scratch, err);
}

int gv_stat_add(struct gv_stat *s, const struct gv_val *rec, struct gv_stat_place at, struct gv_err *err)
{
	const struct gv_stat_spec *spec = s->spec;
	struct gv_group *g, **place = s->quick ? gv_quick_look(s->quick, rec) : NULL;
	size_t before;
	int rc;

	if (place && *place)
		return gv_quick_add(s, *place, err);
	if (!matches(s, rec))
		return 0;
	make_key(s, rec);
	rc = gv_stat_find(s, &g, err);
	if (rc)
		return rc;
	if (place)
		*place = g;
	s->any = true;
	g->count++;
	before = s->memory ? gv_cells_bytes(spec, g) : 0;
	for (size_t i = 0; i < spec->nvalues; i++) {
		look(&spec->values[i], rec, &s->seen[i]);
		s->had[spec->ngroups + i] |= s->seen[i].what != GV_SEEN_NOTHING;
		g->misfits[i] += is_misfit(&spec->values[i], &s->seen[i]);
	}
	for (size_t i = 0; i < spec->ncells && !rc; i++)
		rc = add_cell(s, g, i, rec, at, err);
	if (rc || !s->memory)
		return rc;
	s->bytes += gv_cells_bytes(spec, g) - before;
	return gv_stat_make_room(s, err);
}

/* ---- a state ---- */

/* A group outside of the table. */
int gv_group_alone(struct gv_group **out, const struct gv_stat_spec *spec, struct gv_err *err)
{
	*out = malloc(spec->group_size);
	if (!*out)
		return gv_fail_nomem(err);
	(*out)->key = (struct gv_str){ 0 };
	gv_cells_begin(spec, *out);
	return 0;
}

void gv_group_free(const struct gv_stat_spec *spec, struct gv_group *g)
{
	if (g)
		gv_cells_free(spec, g);
	free(g);
}

int gv_stat_add_state(struct gv_stat *s, const struct gv_val *state, struct gv_err *err)
{
	struct gv_group *g = NULL, *part = NULL;
	size_t before;
	int rc = gv_state_check(s->spec, state, err);

	if (rc || !gv_state_has_group(state))
		return rc;
	gv_buf_reset(&s->key);
	rc = gv_state_key(&s->key, s->spec, state, err);
	if (!rc)
		rc = gv_group_alone(&part, s->spec, err);
	if (!rc)
		rc = gv_cells_read(s->spec, part, state, err);
	if (!rc)
		rc = gv_stat_find(s, &g, err);
	if (!rc) {
		before = gv_cells_bytes(s->spec, g);
		rc = gv_cells_join(s->spec, g, part, err);
		s->bytes += gv_cells_bytes(s->spec, g) - before;
	}
	gv_group_free(s->spec, part);
	return rc ? rc : gv_stat_make_room(s, err);
}
