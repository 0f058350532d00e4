/* SPDX-License-Identifier: MIT */
/* stat_read: a group from a state, which may come from anywhere. */
#include <stdio.h>

#include "stat_impl.h"
#include "stat_table.h"

/* A value of a key, appended.  GV_EDATA: no state holds it. */
static int take_key_value(struct gv_buf *key, const struct gv_val *v, struct gv_err *err)
{
	const struct gv_val *number = gv_val_get(v, "number"), *json = gv_val_get(v, "json");
	struct gv_num_room room;
	struct gv_doc d = GV_DOC_INIT;
	struct gv_num n;
	int rc = 0;

	if (v->type == GV_ARRAY || v->type == GV_NUMBER)
		return GV_EDATA;
	if (v->type != GV_OBJECT) {
		gv_key_add(key, v);
	} else if (number) {
		if (!gv_num_read_result(&n, gv_val_str(number), &room))
			return GV_EDATA;
		gv_key_add_num(key, &n);
	} else {
		rc = json && json->type == GV_STRING ? gv_json_parse(&d, gv_val_str(json), GV_JSON_FOREIGN, err) : GV_EDATA;
		if (!rc && d.root.type != GV_ARRAY && d.root.type != GV_OBJECT)
			rc = GV_EDATA;
		if (!rc)
			gv_key_add(key, &d.root);
		gv_doc_free(&d);
	}
	return rc ? rc : gv_buf_check(key, err);
}

int gv_state_key(struct gv_buf *key, const struct gv_stat_spec *spec, const struct gv_val *state, struct gv_err *err)
{
	const struct gv_val *list = gv_val_get(state, "key");
	int rc = list && list->type == GV_ARRAY && list->n == spec->ngroups ? 0 : GV_EDATA;

	for (uint32_t i = 0; !rc && i < list->n; i++)
		rc = take_key_value(key, &list->items[i], err);
	return rc == GV_EDATA ? gv_state_bad(err, "key") : rc;
}

/* A count, at most `most` of something. */
static bool take_count(const struct gv_val *v, uint64_t most, uint64_t *out)
{
	if (!v || v->type != GV_INT || v->i < 0 || (uint64_t)v->i > most)
		return false;
	*out = (uint64_t)v->i;
	return true;
}

/* "250" or "250*3" */
static int take_number(struct gv_dist *d, struct gv_str text, struct gv_err *err)
{
	const char *star = memchr(text.p, '*', text.n);
	int64_t count = 1;

	if (star && (!gv_str_int((struct gv_str){ star + 1, text.n - (size_t)(star - text.p) - 1 }, &count) || count < 1))
		return GV_EDATA;
	if (star)
		text.n = (size_t)(star - text.p);
	return gv_dist_add_many(d, text, (uint64_t)count, err);
}

static int take_dist(struct gv_dist *d, const struct gv_val *v, uint64_t records, struct gv_err *err)
{
	const struct gv_val *values = gv_val_get(v, "values");
	uint64_t n;
	int rc = 0;

	if (!take_count(gv_val_get(v, "n"), records, &n) || !values || values->type != GV_ARRAY)
		return GV_EDATA;
	d->coarse = gv_val_get(v, "digits") != NULL;
	for (uint32_t i = 0; i < values->n && !rc; i++)
		rc = values->items[i].type == GV_STRING ? take_number(d, gv_val_str(&values->items[i]), err) : GV_EDATA;
	if (!rc)
		rc = gv_dist_settle(d, err);
	return rc || d->n == n ? rc : GV_EDATA;
}

static int take_sum(struct gv_sum *s, const struct gv_val *v, uint64_t records, struct gv_err *err)
{
	struct gv_str sum = gv_val_getstr(v, "sum"), squares = gv_val_getstr(v, "squares");
	bool wants_squares = s->squares;
	uint64_t n;
	int rc;

	if (!take_count(gv_val_get(v, "n"), records, &n) || !sum.p || wants_squares != (squares.p != NULL))
		return GV_EDATA;
	rc = gv_sum_read(s, n, sum, squares, err);
	return !rc && !n && s->big[1].n ? GV_EDATA : rc; /* nothing has squares */
}

static int take_bound(char **blob, const struct gv_val *v, struct gv_err *err)
{
	struct gv_buf key = GV_BUF_INIT(GV_STATE_MAX);
	int rc = take_key_value(&key, v, err);

	if (!rc)
		rc = gv_blob_keep(blob, gv_buf_str(&key), true, err);
	gv_buf_free(&key);
	return rc;
}

static int take_range(struct gv_range *r, const struct gv_val *v, struct gv_err *err)
{
	const struct gv_val *min = gv_val_get(v, "min"), *max = gv_val_get(v, "max");
	int rc;

	if (v->type != GV_OBJECT || !min != !max)
		return GV_EDATA;
	if (!min)
		return 0;
	rc = take_bound(&r->least, min, err);
	return rc ? rc : take_bound(&r->most, max, err);
}

static int take_place(struct gv_buf *key, const struct gv_val *at)
{
	uint64_t n[4];

	if (!at || at->type != GV_ARRAY || at->n != 4)
		return GV_EDATA;
	for (uint32_t i = 0; i < 4; i++)
		if (!take_count(&at->items[i], GV_STAT_RECORDS_MAX, &n[i]) || (i < 2 && n[i] > UINT32_MAX))
			return GV_EDATA;
	gv_place_key(key, (struct gv_stat_place){ (uint32_t)n[0], (uint32_t)n[1], n[2], n[3] });
	return 0;
}

static int take_pick(const struct gv_stat_cell *cell, struct gv_pick *pick, const struct gv_val *v, struct gv_err *err)
{
	const struct gv_val *at = gv_val_get(v, "at"), *value = gv_val_get(v, "value");
	struct gv_buf key = GV_BUF_INIT(GV_STATE_MAX);
	int rc = 0;

	if (v->type != GV_OBJECT || !at != !value)
		return GV_EDATA;
	if (!at)
		return 0;
	rc = cell->text.p ? take_key_value(&key, at, err) : take_place(&key, at);
	if (!rc)
		rc = take_key_value(&key, value, err);
	if (!rc)
		rc = gv_blob_keep(&pick->key, gv_buf_str(&key), true, err);
	gv_buf_free(&key);
	return rc;
}

static int take_cell(const struct gv_stat_cell *cell, void *at, const struct gv_val *v, uint64_t records, struct gv_err *err)
{
	struct gv_str set = gv_val_getstr(v, "set"), registers = gv_val_getstr(v, "registers");

	switch (cell->kind) {
	case GV_CELL_HAS:
	case GV_CELL_RATE:
		return take_count(v, records, at) ? 0 : GV_EDATA;
	case GV_CELL_SUM:
		return take_sum(at, v, records, err);
	case GV_CELL_RANGE:
		return take_range(at, v, err);
	case GV_CELL_DIST:
		return take_dist(at, v, records, err);
	case GV_CELL_UNIQ:
		return set.p || registers.p ? gv_uniq_read(at, set.p != NULL, set.p ? set : registers, err) : GV_EDATA;
	default:
		return take_pick(cell, at, v, err);
	}
}

int gv_cells_read(const struct gv_stat_spec *spec, struct gv_group *g, const struct gv_val *state, struct gv_err *err)
{
	const struct gv_val *cells = gv_val_get(state, "cells"), *misfits = gv_val_get(state, "misfits");
	char field[32];

	if (!take_count(gv_val_get(state, "count"), GV_STAT_RECORDS_MAX, &g->count))
		return gv_state_bad(err, "count");
	if (!misfits || misfits->type != GV_ARRAY || misfits->n != spec->nvalues)
		return gv_state_bad(err, "misfits");
	for (uint32_t i = 0; i < misfits->n; i++)
		if (!take_count(&misfits->items[i], g->count, &g->misfits[i]))
			return gv_state_bad(err, "misfits");
	if (!cells || cells->type != GV_ARRAY || cells->n != spec->ncells)
		return gv_state_bad(err, "cells");
	for (uint32_t i = 0; i < cells->n; i++) {
		int rc = take_cell(&spec->cells[i], gv_cell_of(g, &spec->cells[i]), &cells->items[i], g->count, err);

		if (rc == GV_EDATA) {
			snprintf(field, sizeof field, "cells.%u", (unsigned)i);
			return gv_state_bad(err, field);
		}
		if (rc)
			return rc;
	}
	return 0;
}
