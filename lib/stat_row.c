/* SPDX-License-Identifier: MIT */
/* stat_row: numbers from what is kept of a group. */
#include <stdio.h>

#include "stat_impl.h"

int gv_stat_number(struct gv_doc *d, struct gv_val *out, struct gv_str digits, struct gv_err *err)
{
	int64_t i;

	if (gv_str_int(digits, &i) && i >= -GV_JSON_INT_MAX && i <= GV_JSON_INT_MAX) {
		*out = gv_mkint(i);
		return 0;
	}
	*out = gv_mkstr(d, digits);
	if (out->type != GV_STRING)
		return gv_fail_nomem(err);
	out->type = GV_NUMBER;
	return 0;
}

int gv_stat_count(struct gv_doc *d, struct gv_val *out, uint64_t n, struct gv_err *err)
{
	char digits[24];
	int len = snprintf(digits, sizeof digits, "%llu", (unsigned long long)n);

	return gv_stat_number(d, out, (struct gv_str){ digits, (size_t)len }, err);
}

static int count_result(struct gv_doc *d, struct gv_result *r, uint64_t n, struct gv_err *err)
{
	r->has = true;
	return gv_stat_count(d, &r->val, n, err);
}

static int double_result(struct gv_doc *d, struct gv_result *r, double value, struct gv_err *err)
{
	char text[GV_DOUBLE_TEXT];
	size_t n = gv_double_write(value, text);

	r->has = true;
	return gv_stat_number(d, &r->val, (struct gv_str){ text, n }, err);
}

static int sum_result(struct gv_doc *d, struct gv_result *r, enum gv_stat_fn fn, const struct gv_sum *s, struct gv_err *err)
{
	char text[GV_SUM_TEXT];
	size_t n;

	if (fn == GV_FN_MEAN)
		return s->n ? double_result(d, r, gv_sum_mean(s), err) : 0;
	if (fn == GV_FN_SD)
		return s->n > 1 ? double_result(d, r, gv_sum_deviation(s), err) : 0;
	n = gv_sum_write(s, false, text);
	r->has = true;
	return gv_stat_number(d, &r->val, (struct gv_str){ text, n }, err);
}

static int key_result(struct gv_doc *d, struct gv_result *r, struct gv_str key, struct gv_err *err)
{
	r->has = true;
	return gv_key_read(d, &r->val, key, err);
}

/* The lesser (greater) of the integers that were kept as such and all else, by the order of keys. */
static int range_result(struct gv_doc *d, struct gv_result *r, const struct gv_range *range, bool least, struct gv_err *err)
{
	const char *blob = least ? range->least : range->most;
	int64_t small = least ? range->low : range->high;
	struct gv_buf key = GV_BUF_INIT(256);
	int rc = 0, diff;

	if (!range->has_small)
		return blob ? key_result(d, r, gv_blob(blob), err) : 0;
	gv_key_add_num(&key, &(struct gv_num){ .m = small });
	rc = gv_buf_check(&key, err);
	diff = rc || !blob ? 0 : gv_str_cmp(gv_blob(blob), gv_buf_str(&key));
	if (!rc)
		rc = key_result(d, r, (least ? diff < 0 : diff > 0) ? gv_blob(blob) : gv_buf_str(&key), err);
	gv_buf_free(&key);
	return rc;
}

static int dist_result(struct gv_doc *d, struct gv_result *r, struct gv_dist *dist, struct gv_percent p, bool interpolate, struct gv_err *err)
{
	char text[GV_NUM_TEXT];
	size_t n;
	int rc = gv_dist_settle(dist, err);

	if (rc || !dist->n)
		return rc;
	if (interpolate)
		return double_result(d, r, gv_dist_interpolate(dist, p), err);
	n = gv_dist_rank(dist, p, text);
	r->has = true;
	return gv_stat_number(d, &r->val, (struct gv_str){ text, n }, err);
}

static int rate_result(struct gv_doc *d, struct gv_result *r, uint64_t hits, uint64_t of, struct gv_err *err)
{
	struct gv_big a, b;

	if (!of)
		return 0;
	gv_big_setu(&a, hits);
	gv_big_setu(&b, of);
	return double_result(d, r, gv_big_ratio(&a, &b), err);
}

static int pick_result(struct gv_doc *d, struct gv_result *r, const struct gv_stat_cell *cell, const struct gv_pick *pick, struct gv_err *err)
{
	struct gv_str key;
	size_t n;

	if (!pick->key)
		return 0;
	key = gv_blob(pick->key);
	n = cell->text.p ? gv_key_length(key) : GV_PLACE_KEY;
	return key_result(d, r, (struct gv_str){ key.p + n, key.n - n }, err);
}

int gv_stat_result(struct gv_doc *d, struct gv_result *out, const struct gv_stat_spec *spec, const struct gv_stat_column *c,
                   struct gv_group *g, bool interpolate, struct gv_err *err)
{
	const struct gv_stat_cell *cell = &spec->cells[c->cell];
	void *at = c->fn == GV_FN_COUNT ? NULL : gv_cell_of(g, cell);

	*out = (struct gv_result){ 0 };
	switch (c->fn) {
	case GV_FN_COUNT:
		return count_result(d, out, g->count, err);
	case GV_FN_HAS:
		return count_result(d, out, *(uint64_t *)at, err);
	case GV_FN_SUM:
	case GV_FN_MEAN:
	case GV_FN_SD:
		return sum_result(d, out, c->fn, at, err);
	case GV_FN_MIN:
	case GV_FN_MAX:
		return range_result(d, out, at, c->fn == GV_FN_MIN, err);
	case GV_FN_QUANTILE:
		return dist_result(d, out, at, c->percent, interpolate, err);
	case GV_FN_DISTINCT:
		return count_result(d, out, gv_uniq_count(at), err);
	case GV_FN_RATE:
		return rate_result(d, out, *(uint64_t *)at, g->count, err);
	default:
		return pick_result(d, out, cell, at, err);
	}
}

bool gv_stat_error(const struct gv_stat_spec *spec, const struct gv_stat_column *c, const struct gv_group *g, bool *approximate)
{
	const void *at = gv_cell_of(g, &spec->cells[c->cell]);
	const struct gv_dist *dist = at;

	if (c->fn == GV_FN_DISTINCT) {
		*approximate = !gv_uniq_is_exact(at);
		return true;
	}
	*approximate = dist->coarse;
	return dist->n > 0;
}
