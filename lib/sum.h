/* SPDX-License-Identifier: MIT */
/*
 * sum: sums of numbers without any rounding, and the one double that is nearest to what follows from them.
 */
#ifndef GAVEL_SUM_H
#define GAVEL_SUM_H

#include "big.h"
#include "num.h"

/* n * 10^scale, scale not below n's own. */
void gv_num_big(const struct gv_num *n, int32_t scale, struct gv_big *out);
/* The shortest digits that read back as this double, which is no denormal one, without an exponent: 0.1, 0.0000005. */
enum { GV_DOUBLE_TEXT = GV_NUM_TEXT };
size_t gv_double_write(double d, char out[static GV_DOUBLE_TEXT]);

/*
 * n numbers, their sum and, if `squares`, the sum of their squares; exact.  Starts as {0} (with squares set), is
 * freed with gv_sum_free().  The order of adding and joining does not show.
 */
struct gv_sum {
	uint64_t n;
	bool squares;
	int32_t scale;          /* of everything below; that of squares is twice this */
	gv_wide sum;            /* what is not in big yet; after a change of scale below 2^91, so that 2^60 more values fit */
	gv_uwide low;           /* squares, 192 bits */
	uint64_t high;
	struct gv_big *big;     /* NULL until a number does not fit: [0] the sum, [1] the squares */
};

int gv_sum_add(struct gv_sum *s, const struct gv_num *n, struct gv_err *err);
/* The same for an integer, if it takes nothing but to be added; false: it was not. */
static inline bool gv_sum_put(struct gv_sum *s, int64_t value)
{
	if (s->scale || s->squares)
		return false;
	s->n++;
	s->sum += value;
	return true;
}
int gv_sum_join(struct gv_sum *s, const struct gv_sum *other, struct gv_err *err);
void gv_sum_free(struct gv_sum *s);

/* The sum (or the squares) as an exact decimal number; the length. */
enum { GV_SUM_TEXT = GV_BIG_TEXT + 4 };
size_t gv_sum_write(const struct gv_sum *s, bool squares, char out[static GV_SUM_TEXT]);
/* The same back, as a state tells it; squares {0} if there are none.  GV_EDATA without a text: no such numbers. */
int gv_sum_read(struct gv_sum *s, uint64_t n, struct gv_str sum, struct gv_str squares, struct gv_err *err);

/* Nearest doubles.  n is above 0, for the deviation (of a sample, n - 1) above 1. */
double gv_sum_mean(const struct gv_sum *s);
double gv_sum_deviation(const struct gv_sum *s);
/* Which part of the other this is; false if that is 0. */
bool gv_sum_share(const struct gv_sum *s, const struct gv_sum *of, double *out);

#endif
