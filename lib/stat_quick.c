/* SPDX-License-Identifier: MIT */
/*
 * stat_quick: records of nothing but text to group by and integers to count, into groups that are known.
 *
 * A record that was read with the members of the question has their very names: which member is which is seen without
 * comparing any, and what is to be done with each is found out once for all records.  Whatever is not so plain is left to
 * gv_stat_add(), which is the twin of this.
 */
#include <stdlib.h>

#include "stat_table.h"

enum { GROUPS_MAX = 8, VALUES_MAX = 16, RECENT = 2048, RECENT_BITS = 11 };

/* What a member is looked at for. */
struct use {
	int group, value;         /* index; -1: it is none */
	bool wants_integer;       /* as a value; else it only has to be there */
};

struct gv_quick {
	const struct gv_stat_spec *spec;
	struct gv_group *recent[RECENT];          /* each where the hash of its texts says, if no other came after it */
	struct gv_str texts[GROUPS_MAX];          /* of the record; .p NULL: it is not there */
	const struct gv_val *values[VALUES_MAX];  /* likewise */
	struct use uses[];                        /* of spec->only */
};

/* ---- the question ---- */

static int find_group(const struct gv_stat_spec *spec, struct gv_str name)
{
	for (size_t i = 0; i < spec->ngroups; i++)
		if (gv_str_eq(spec->groups[i].path, name))
			return (int)i;
	return -1;
}

static int find_value(const struct gv_stat_spec *spec, struct gv_str name)
{
	for (size_t i = 0; i < spec->nvalues; i++)
		if (gv_str_eq(spec->values[i].path, name))
			return (int)i;
	return -1;
}

static bool is_plain_path(struct gv_str path)
{
	return !memchr(path.p, '.', path.n);
}

static bool is_plain(const struct gv_stat_spec *spec)
{
	bool plain = !spec->nwhere && spec->ngroups <= GROUPS_MAX && spec->nvalues <= VALUES_MAX;

	for (size_t i = 0; plain && i < spec->ngroups; i++)
		plain = !spec->groups[i].part && is_plain_path(spec->groups[i].path) && find_group(spec, spec->groups[i].path) == (int)i;
	for (size_t i = 0; plain && i < spec->nvalues; i++)
		plain = !spec->values[i].until.p && is_plain_path(spec->values[i].path) && find_value(spec, spec->values[i].path) == (int)i;
	for (size_t i = 0; plain && i < spec->ncells; i++)
		plain = spec->cells[i].kind <= GV_CELL_DIST;
	return plain;
}

int gv_quick_new(struct gv_quick **out, const struct gv_stat_spec *spec, struct gv_err *err)
{
	struct gv_quick *q;

	*out = NULL;
	if (!is_plain(spec))
		return 0;
	q = calloc(1, sizeof *q + spec->only.n * sizeof q->uses[0]);
	if (!q)
		return gv_fail_nomem(err);
	q->spec = spec;
	for (size_t i = 0; i < spec->only.n; i++) {
		int value = find_value(spec, spec->only.names[i]);

		q->uses[i] = (struct use){ .group = find_group(spec, spec->only.names[i]), .value = value };
		q->uses[i].wants_integer = value >= 0 && (spec->values[value].wants_number || spec->values[value].wants_order);
	}
	*out = q;
	return 0;
}

void gv_quick_forget(struct gv_quick *q)
{
	if (q)
		memset(q->recent, 0, sizeof q->recent);
}

/* ---- a record ---- */

/* False: there is more to it. */
static bool gather(struct gv_quick *q, const struct gv_val *rec)
{
	const struct gv_json_only *only = &q->spec->only;
	uint32_t at = 0;

	if (rec->type != GV_OBJECT)
		return false;
	for (size_t i = 0; i < only->n; i++) {
		const struct use *use = &q->uses[i];
		const struct gv_val *v = NULL;

		if (at < rec->n && rec->members[at].name.p == only->names[i].p)
			v = &rec->members[at++].val;
		if (use->group >= 0) {
			if (v && v->type != GV_STRING)
				return false;
			q->texts[use->group] = v ? gv_val_str(v) : (struct gv_str){ 0 };
		}
		if (use->value >= 0) {
			if (v && v->type != GV_INT && (use->wants_integer || v->type == GV_NULL))
				return false;
			q->values[use->value] = v;
		}
	}
	return at == rec->n;
}

/* Both ends of a text; no more than a guess where its group may be. */
static uint64_t hash_ends(uint64_t h, struct gv_str s)
{
	uint64_t first = 0, last = 0;

	if (s.n >= sizeof first) {
		memcpy(&first, s.p, sizeof first);
		memcpy(&last, s.p + s.n - sizeof last, sizeof last);
	} else {
		for (size_t i = 0; i < s.n; i++)
			first = first << 8 | (unsigned char)s.p[i];
	}
	h = (h ^ first) * 0xFF51AFD7ED558CCDu + (last ^ s.n) * 0x9E3779B97F4A7C15u;
	return h ^ h >> 29;
}

static bool has_key(const struct gv_quick *q, struct gv_str key)
{
	for (size_t i = 0; i < q->spec->ngroups; i++)
		if (!gv_key_pass_text(&key, q->texts[i]))
			return false;
	return !key.n;
}

struct gv_group **gv_quick_look(struct gv_quick *q, const struct gv_val *rec)
{
	struct gv_group **place;
	uint64_t h = 0;

	if (!gather(q, rec))
		return NULL;
	for (size_t i = 0; i < q->spec->ngroups; i++)
		h = hash_ends(h, q->texts[i]);
	place = &q->recent[h * 0xFF51AFD7ED558CCDu >> (64 - RECENT_BITS)];
	if (*place && !has_key(q, (*place)->key))
		*place = NULL;
	return place;
}

/* What takes nothing but to be put down, as nearly all does. */
static bool put(const struct gv_stat_cell *cell, void *at, const struct gv_val *v)
{
	switch (cell->kind) {
	case GV_CELL_HAS:
		++*(uint64_t *)at;
		return true;
	case GV_CELL_SUM:
		return gv_sum_put(at, v->i);
	case GV_CELL_DIST:
		return gv_dist_put(at, v->i);
	default:
		return false;
	}
}

int gv_quick_add(struct gv_stat *s, struct gv_group *g, struct gv_err *err)
{
	const struct gv_quick *q = s->quick;
	const struct gv_stat_spec *spec = s->spec;
	int rc = 0;

	s->any = true;
	g->count++;
	for (size_t i = 0; i < spec->ngroups; i++)
		s->had[i] |= q->texts[i].p != NULL;
	for (size_t i = 0; i < spec->nvalues; i++)
		s->had[spec->ngroups + i] |= q->values[i] != NULL;
	for (size_t i = 0; i < spec->ncells && !rc; i++) {
		const struct gv_stat_cell *cell = &spec->cells[i];
		const struct gv_val *v = q->values[cell->value];
		struct gv_seen seen;
		size_t before;

		if (!v || put(cell, gv_cell_of(g, cell), v))
			continue;
		seen.what = GV_SEEN_NUMBER;
		seen.num = (struct gv_num){ .m = v->i };
		before = gv_cells_bytes(spec, g);
		rc = gv_cell_add(cell, gv_cell_of(g, cell), &seen, &s->scratch, err);
		s->bytes += gv_cells_bytes(spec, g) - before;
	}
	return rc ? rc : gv_stat_make_room(s, err);
}
