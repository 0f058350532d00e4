/* SPDX-License-Identifier: MIT */
/*
 * dist: how often which number came, for quantiles.
 *
 * Exact as long as there are at most `limit` different numbers.  Beyond that every number is counted as its first four digits
 * with zeros behind them (123456 as 123400), so that a quantile is off towards zero by less than a thousandth of its size,
 * and memory is bounded by the range of the numbers.  Which of the two it is depends on the numbers only, not on the order
 * in which they came or on how they were split and joined again.
 */
#ifndef GAVEL_DIST_H
#define GAVEL_DIST_H

#include "sum.h"

#define GV_DIST_ERROR "0.001"  /* below which the relative error is, once not exact */

struct gv_run { int64_t value; uint64_t count; };
struct gv_odd { char *text; uint64_t count; };  /* a number with too many digits for a run */

/* Starts as {0} with the limit set. */
struct gv_dist {
	uint32_t limit;
	bool coarse;            /* runs hold codes of four digits and a power */
	int32_t scale;          /* of the values of runs */
	uint64_t n;             /* numbers */
	struct gv_run *runs;    /* sorted, different */
	size_t nruns, runs_room;
	int64_t *fresh;         /* to be sorted in: numbers that came once */
	size_t nfresh, fresh_room;
	struct gv_run *many;    /* to be sorted in: numbers with their counts */
	size_t nmany, many_room;
	struct gv_odd *odds;    /* sorted and different up to nodds_sorted */
	size_t nodds, nodds_sorted, odds_room;
};

void gv_dist_free(struct gv_dist *d);
int gv_dist_add(struct gv_dist *d, const struct gv_num *n, struct gv_err *err);
/* The same for an integer, if it takes nothing but to be put down; false: it was not. */
static inline bool gv_dist_put(struct gv_dist *d, int64_t value)
{
	if (d->nfresh == d->fresh_room || d->coarse || d->scale)
		return false;
	d->fresh[d->nfresh++] = value;
	d->n++;
	return true;
}
/* Settles the other, which else stays as it is. */
int gv_dist_join(struct gv_dist *d, struct gv_dist *other, struct gv_err *err);
/* Sort in what is new: the three functions below need it. */
int gv_dist_settle(struct gv_dist *d, struct gv_err *err);
/* What is counted here takes so much memory. */
size_t gv_dist_bytes(const struct gv_dist *d);

/*
 * percent = num / den of the way through all the numbers, which must be some.
 * Nearest rank: the smallest number that so many percent of all are not above; printed exactly.
 * Interpolated: between the two numbers around position (n - 1) * percent / 100, counted from 0; the nearest double.
 */
struct gv_percent { uint32_t num, den; };  /* 99.9 is 999 / 10; 0 to 100 */
size_t gv_dist_rank(const struct gv_dist *d, struct gv_percent p, char out[static GV_NUM_TEXT]);
double gv_dist_interpolate(const struct gv_dist *d, struct gv_percent p);

/* What a state tells: every different number (coarse ones as the number that stands for them), in order, with its count. */
int gv_dist_each(const struct gv_dist *d, int (*each)(void *ctx, struct gv_str number, uint64_t count), void *ctx);
/* count times this number, as gv_dist_each() told it of a distribution that was as coarse as d is. */
int gv_dist_add_many(struct gv_dist *d, struct gv_str number, uint64_t count, struct gv_err *err);

#endif
