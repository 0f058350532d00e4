/* SPDX-License-Identifier: MIT */
/* stat_cell: what is kept for an aggregate in a group. */
#include <stdlib.h>

#include "i18n.h"
#include "stat_impl.h"

size_t gv_cell_size(enum gv_cell_kind kind)
{
	static const size_t sizes[] = {
		[GV_CELL_HAS] = sizeof(uint64_t), [GV_CELL_RATE] = sizeof(uint64_t), [GV_CELL_SUM] = sizeof(struct gv_sum),
		[GV_CELL_RANGE] = sizeof(struct gv_range), [GV_CELL_DIST] = sizeof(struct gv_dist),
		[GV_CELL_UNIQ] = sizeof(struct gv_uniq), [GV_CELL_FIRST] = sizeof(struct gv_pick), [GV_CELL_LAST] = sizeof(struct gv_pick),
	};

	return sizes[kind];
}

/* ---- keys in memory of their own ---- */

struct gv_str gv_blob(const char *blob)
{
	size_t n;

	memcpy(&n, blob, sizeof n);
	return (struct gv_str){ blob + sizeof n, n };
}

static int compare_keys(struct gv_str a, struct gv_str b)
{
	int diff = memcmp(a.p, b.p, a.n < b.n ? a.n : b.n);

	return diff ? diff : (a.n > b.n) - (a.n < b.n);
}

int gv_blob_keep(char **blob, struct gv_str key, bool least, struct gv_err *err)
{
	char *more;
	int diff = *blob ? compare_keys(key, gv_blob(*blob)) : least ? -1 : 1;

	if (least ? diff >= 0 : diff <= 0)
		return 0;
	more = realloc(*blob, sizeof key.n + key.n);
	if (!more)
		return gv_fail_nomem(err);
	memcpy(more, &key.n, sizeof key.n);
	memcpy(more + sizeof key.n, key.p, key.n);
	*blob = more;
	return 0;
}

static size_t blob_bytes(const char *blob)
{
	return blob ? gv_blob(blob).n + sizeof(size_t) : 0;
}

/* ---- birth and death ---- */

void gv_cells_begin(const struct gv_stat_spec *spec, struct gv_group *g)
{
	memset((char *)g + sizeof *g, 0, spec->group_size - sizeof *g);
	g->count = 0;
	for (size_t i = 0; i < spec->ncells; i++) {
		const struct gv_stat_cell *c = &spec->cells[i];

		if (c->kind == GV_CELL_SUM)
			((struct gv_sum *)gv_cell_of(g, c))->squares = c->squares;
		else if (c->kind == GV_CELL_DIST)
			((struct gv_dist *)gv_cell_of(g, c))->limit = spec->exact;
		else if (c->kind == GV_CELL_UNIQ)
			((struct gv_uniq *)gv_cell_of(g, c))->limit = spec->exact;
	}
}

void gv_cells_free(const struct gv_stat_spec *spec, struct gv_group *g)
{
	for (size_t i = 0; i < spec->ncells; i++) {
		void *at = gv_cell_of(g, &spec->cells[i]);

		switch (spec->cells[i].kind) {
		case GV_CELL_SUM:
			gv_sum_free(at);
			break;
		case GV_CELL_RANGE:
			free(((struct gv_range *)at)->least);
			free(((struct gv_range *)at)->most);
			break;
		case GV_CELL_DIST:
			gv_dist_free(at);
			break;
		case GV_CELL_UNIQ:
			gv_uniq_free(at);
			break;
		case GV_CELL_FIRST:
		case GV_CELL_LAST:
			free(((struct gv_pick *)at)->key);
			break;
		default:
			break;
		}
	}
}

size_t gv_cells_bytes(const struct gv_stat_spec *spec, const struct gv_group *g)
{
	size_t bytes = 0;

	for (size_t i = 0; i < spec->ncells; i++) {
		const void *at = gv_cell_of(g, &spec->cells[i]);

		switch (spec->cells[i].kind) {
		case GV_CELL_SUM:
			bytes += ((const struct gv_sum *)at)->big ? 2 * sizeof(struct gv_big) : 0;
			break;
		case GV_CELL_RANGE:
			bytes += blob_bytes(((const struct gv_range *)at)->least) + blob_bytes(((const struct gv_range *)at)->most);
			break;
		case GV_CELL_DIST:
			bytes += gv_dist_bytes(at);
			break;
		case GV_CELL_UNIQ:
			bytes += gv_uniq_bytes(at);
			break;
		case GV_CELL_FIRST:
		case GV_CELL_LAST:
			bytes += blob_bytes(((const struct gv_pick *)at)->key);
			break;
		default:
			break;
		}
	}
	return bytes;
}

/* ---- adding ---- */

/* A time is the same in every zone: it is kept as that of UTC+8. */
static void moment_key(struct gv_buf *key, const struct gv_moment *m)
{
	char day[GV_DATE_LEN + 1];
	struct gv_buf text = GV_BUF_INIT(64);

	gv_any_day_format(m->day, day);
	gv_buf_adds(&text, day);
	if (m->has_time)
		gv_buf_addf(&text, "T%02d:%02d:%02d+08:00", m->second / 3600, m->second / 60 % 60, m->second % 60);
	gv_key_add_text(key, gv_buf_str(&text));
	key->failed |= text.failed;
	key->nomem |= text.nomem;
	gv_buf_free(&text);
}

void gv_seen_key(struct gv_buf *key, const struct gv_seen *seen)
{
	if (seen->what == GV_SEEN_NUMBER)
		gv_key_add_num(key, &seen->num);
	else if (seen->what == GV_SEEN_DATE)
		moment_key(key, &seen->moment);
	else
		gv_key_add(key, seen->val);
}

/* As it stands in the record, whatever it was taken for. */
void gv_value_key(struct gv_buf *key, const struct gv_seen *seen)
{
	if (seen->val)
		gv_key_add(key, seen->val);
	else
		gv_seen_key(key, seen);
}

static int keep_in_range(struct gv_range *r, struct gv_str key, struct gv_err *err)
{
	int rc = gv_blob_keep(&r->least, key, true, err);

	return rc ? rc : gv_blob_keep(&r->most, key, false, err);
}

static int range_add(struct gv_range *r, const struct gv_seen *seen, struct gv_buf *scratch, struct gv_err *err)
{
	int64_t m = seen->num.m;
	int rc;

	if (seen->what != GV_SEEN_NUMBER && seen->what != GV_SEEN_DATE)
		return 0;
	if (seen->what == GV_SEEN_NUMBER && !seen->num.digits.p && !seen->num.scale) {
		r->low = !r->has_small || m < r->low ? m : r->low;
		r->high = !r->has_small || m > r->high ? m : r->high;
		r->has_small = true;
		return 0;
	}
	gv_buf_reset(scratch);
	gv_seen_key(scratch, seen);
	rc = gv_buf_check(scratch, err);
	return rc ? rc : keep_in_range(r, gv_buf_str(scratch), err);
}

static int uniq_add(struct gv_uniq *u, const struct gv_seen *seen, struct gv_buf *scratch, struct gv_err *err)
{
	int rc;

	gv_buf_reset(scratch);
	gv_value_key(scratch, seen);
	rc = gv_buf_check(scratch, err);
	return rc ? rc : gv_uniq_add(u, gv_buf_str(scratch), err);
}

int gv_cell_add(const struct gv_stat_cell *cell, void *at, struct gv_seen *seen, struct gv_buf *scratch, struct gv_err *err)
{
	switch (cell->kind) {
	case GV_CELL_HAS:
		++*(uint64_t *)at;
		return 0;
	case GV_CELL_SUM:
		return seen->what == GV_SEEN_NUMBER ? gv_sum_add(at, &seen->num, err) : 0;
	case GV_CELL_DIST:
		return seen->what == GV_SEEN_NUMBER ? gv_dist_add(at, &seen->num, err) : 0;
	case GV_CELL_RANGE:
		return range_add(at, seen, scratch, err);
	default:
		return uniq_add(at, seen, scratch, err);
	}
}

/* ---- joining ---- */

static int range_join(struct gv_range *r, const struct gv_range *other, struct gv_err *err)
{
	int rc = 0;

	if (other->has_small) {
		r->low = !r->has_small || other->low < r->low ? other->low : r->low;
		r->high = !r->has_small || other->high > r->high ? other->high : r->high;
		r->has_small = true;
	}
	if (other->least)
		rc = gv_blob_keep(&r->least, gv_blob(other->least), true, err);
	if (other->most && !rc)
		rc = gv_blob_keep(&r->most, gv_blob(other->most), false, err);
	return rc;
}

static int join_cell(const struct gv_stat_cell *cell, void *into, void *from, struct gv_err *err)
{
	const struct gv_pick *pick = from;

	switch (cell->kind) {
	case GV_CELL_HAS:
	case GV_CELL_RATE:
		*(uint64_t *)into += *(uint64_t *)from;
		return 0;
	case GV_CELL_SUM:
		return gv_sum_join(into, from, err);
	case GV_CELL_RANGE:
		return range_join(into, from, err);
	case GV_CELL_DIST:
		return gv_dist_join(into, from, err);
	case GV_CELL_UNIQ:
		return gv_uniq_join(into, from, err);
	default:
		return pick->key ? gv_blob_keep(&((struct gv_pick *)into)->key, gv_blob(pick->key), cell->kind == GV_CELL_FIRST, err) : 0;
	}
}

int gv_cells_join(const struct gv_stat_spec *spec, struct gv_group *into, struct gv_group *from, struct gv_err *err)
{
	int rc = 0;

	if (from->count > GV_STAT_RECORDS_MAX - into->count)
		return gv_fail(err, GV_EDATA, "%s", _("more than 2^53 records"));
	into->count += from->count;
	for (size_t i = 0; i < spec->nvalues; i++)
		into->misfits[i] += from->misfits[i];
	for (size_t i = 0; i < spec->ncells && !rc; i++)
		rc = join_cell(&spec->cells[i], gv_cell_of(into, &spec->cells[i]), gv_cell_of(from, &spec->cells[i]), err);
	return rc;
}
