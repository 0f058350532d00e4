/* SPDX-License-Identifier: MIT */
#include "sum.h"

#include <stdio.h>
#include <stdlib.h>

#include "i18n.h"

void gv_num_big(const struct gv_num *n, int32_t scale, struct gv_big *out)
{
	if (n->digits.p)
		gv_big_read(out, n->digits, n->negative);
	else
		gv_big_set(out, n->m);
	gv_big_mul10(out, (unsigned)(scale - n->scale));
}

size_t gv_double_write(double d, char out[static GV_DOUBLE_TEXT])
{
	struct gv_num_room room;
	struct gv_num num;
	int precision = 15, n;

	do
		n = snprintf(out, GV_DOUBLE_TEXT, "%.*g", precision, d);
	while (precision++ < 17 && strtod(out, NULL) != d);
	if (gv_num_read_result(&num, (struct gv_str){ out, (size_t)n }, &room)) /* without an exponent */
		n = (int)gv_num_write(&num, out);
	return (size_t)n;
}

static int64_t power10(int32_t n)
{
	int64_t p = 1;

	while (n-- > 0)
		p *= 10;
	return p;
}

static void add_square(struct gv_sum *s, int64_t m)
{
	gv_uwide square = (gv_uwide)((gv_wide)m * m);

	s->low += square;
	s->high += s->low < square;
}

/* Move what lies in the small accumulators into the big ones. */
static int flush(struct gv_sum *s, struct gv_err *err)
{
	struct gv_big part, high;

	if (!s->big && !(s->big = calloc(2, sizeof *s->big)))
		return gv_fail_nomem(err);
	gv_big_set(&part, s->sum);
	gv_big_add(&s->big[0], &part);
	gv_big_setu(&part, s->low);
	gv_big_setu(&high, s->high);
	for (int i = 0; i < 2; i++) { /* high * 2^128 */
		struct gv_big shift;

		gv_big_setu(&shift, (gv_uwide)1 << 64);
		gv_big_mul(&high, &shift);
	}
	gv_big_add(&s->big[1], &part);
	gv_big_add(&s->big[1], &high);
	s->sum = 0;
	s->low = 0;
	s->high = 0;
	return 0;
}

/* In the small accumulators, if there is room. */
static bool rescale_small(struct gv_sum *s, int32_t by)
{
	gv_wide sum = s->sum;
	gv_uwide low = s->low;
	bool fits = !s->big && !s->high;

	for (int32_t i = 0; i < by && fits; i++)
		fits = !__builtin_mul_overflow(sum, (gv_wide)10, &sum) &&
		       !__builtin_mul_overflow(low, (gv_uwide)100, &low) && sum >> 90 == sum >> 126;
	if (!fits)
		return false;
	s->sum = sum;
	s->low = low;
	return true;
}

static int rescale(struct gv_sum *s, int32_t scale, struct gv_err *err)
{
	int rc;

	if (!rescale_small(s, scale - s->scale)) {
		rc = flush(s, err);
		if (rc)
			return rc;
		gv_big_mul10(&s->big[0], (unsigned)(scale - s->scale));
		gv_big_mul10(&s->big[1], 2 * (unsigned)(scale - s->scale));
	}
	s->scale = scale;
	return 0;
}

static int add_big(struct gv_sum *s, const struct gv_num *n, struct gv_err *err)
{
	struct gv_big big;
	int rc = s->big ? 0 : flush(s, err);

	if (rc)
		return rc;
	gv_num_big(n, s->scale, &big);
	gv_big_add(&s->big[0], &big);
	if (s->squares) {
		gv_big_mul(&big, &big);
		gv_big_add(&s->big[1], &big);
	}
	return 0;
}

int gv_sum_add(struct gv_sum *s, const struct gv_num *n, struct gv_err *err)
{
	int64_t m = n->m;
	int32_t by;
	int rc = n->scale > s->scale ? rescale(s, n->scale, err) : 0;

	if (rc)
		return rc;
	s->n++;
	by = s->scale - n->scale;
	if (n->digits.p || (by > 18 && m) || (by <= 18 && __builtin_mul_overflow(m, power10(by), &m)))
		return add_big(s, n, err);
	s->sum += m;
	if (s->squares)
		add_square(s, m);
	return 0;
}

int gv_sum_join(struct gv_sum *s, const struct gv_sum *other, struct gv_err *err)
{
	struct gv_sum copy = *other;
	struct gv_big room[2] = { 0 };
	uint64_t n;
	int rc;

	if (__builtin_add_overflow(s->n, other->n, &n))
		return gv_fail(err, GV_EDATA, "%s", _("more than 2^64 values"));
	rc = other->scale > s->scale ? rescale(s, other->scale, err) : 0;
	if (!rc && !other->big && other->scale == s->scale) {
		s->sum += other->sum;
		s->low += other->low;
		s->high += other->high + (s->low < other->low);
	} else if (!rc) {
		copy.big = room;
		if (other->big) {
			gv_big_copy(&room[0], &other->big[0]);
			gv_big_copy(&room[1], &other->big[1]);
		}
		rc = rescale(&copy, s->scale, err);
		if (!rc)
			rc = flush(s, err);
		if (!rc) {
			gv_big_add(&s->big[0], &room[0]);
			gv_big_add(&s->big[1], &room[1]);
		}
	}
	s->n = n;
	return rc;
}

void gv_sum_free(struct gv_sum *s)
{
	free(s->big);
	s->big = NULL;
}

/* All of it as big numbers. */
static void gather_sum(const struct gv_sum *s, struct gv_big out[2])
{
	struct gv_sum copy = *s;

	memset(out, 0, 2 * sizeof *out);
	copy.big = out;
	if (s->big) {
		gv_big_copy(&out[0], &s->big[0]);
		gv_big_copy(&out[1], &s->big[1]);
	}
	flush(&copy, NULL); /* cannot fail: the room is there */
}

size_t gv_sum_write(const struct gv_sum *s, bool squares, char out[static GV_SUM_TEXT])
{
	struct gv_big all[2];
	char digits[GV_BIG_TEXT];
	size_t n;

	gather_sum(s, all);
	n = gv_big_write(&all[squares], digits);
	return gv_num_place_point((struct gv_str){ digits, n }, s->scale * (squares ? 2 : 1), out);
}

/* [-]digits[.digits] times 10^scale as a whole number. */
static bool read_scaled(struct gv_big *b, const struct gv_num_parts *p, int32_t scale, size_t whole_max)
{
	struct gv_big fraction;

	if (p->exponent || p->fraction.n > (size_t)scale || p->whole.n > whole_max)
		return false;
	gv_big_read(b, p->whole, false);
	gv_big_mul10(b, (unsigned)p->fraction.n);
	gv_big_read(&fraction, p->fraction, false);
	gv_big_add(b, &fraction);
	gv_big_mul10(b, (unsigned)((size_t)scale - p->fraction.n));
	b->negative = p->negative && b->n;
	return true;
}

/* n * squares - sum^2, at twice the scale. */
static void spread(const struct gv_sum *s, struct gv_big *out)
{
	struct gv_big all[2], n;

	gather_sum(s, all);
	gv_big_setu(&n, s->n);
	gv_big_mul(&all[0], &all[0]);
	gv_big_copy(out, &all[1]);
	gv_big_mul(out, &n);
	gv_big_sub(out, &all[0]);
}

/* No numbers have a sum without squares, or a mean beyond their own mean square. */
static bool is_possible(const struct gv_sum *s)
{
	struct gv_big of;

	if (!s->squares)
		return s->n || !s->big[0].n;
	spread(s, &of);
	return !of.negative;
}

int gv_sum_read(struct gv_sum *s, uint64_t n, struct gv_str sum, struct gv_str squares, struct gv_err *err)
{
	struct gv_num_parts p, q = { .whole = GV_STR("0") };
	size_t fraction;
	int rc;

	*s = (struct gv_sum){ .n = n, .squares = squares.p != NULL };
	if (!gv_num_parts(&p, sum) || (squares.p && !gv_num_parts(&q, squares)) || q.negative)
		return GV_EDATA;
	fraction = p.fraction.n > (q.fraction.n + 1) / 2 ? p.fraction.n : (q.fraction.n + 1) / 2;
	if (fraction > GV_NUM_FRACTION)
		return GV_EDATA;
	s->scale = (int32_t)fraction;
	rc = flush(s, err);
	if (!rc && (!read_scaled(&s->big[0], &p, s->scale, GV_NUM_WHOLE + 20) ||
	            !read_scaled(&s->big[1], &q, 2 * s->scale, 2 * GV_NUM_WHOLE + 20) || !is_possible(s)))
		rc = GV_EDATA;
	if (rc)
		gv_sum_free(s);
	return rc;
}

/* n * 10^scale */
static void count_scaled(uint64_t n, int32_t scale, struct gv_big *out)
{
	gv_big_setu(out, n);
	gv_big_mul10(out, (unsigned)scale);
}

double gv_sum_mean(const struct gv_sum *s)
{
	struct gv_big all[2], n;

	gather_sum(s, all);
	count_scaled(s->n, s->scale, &n);
	return gv_big_ratio(&all[0], &n);
}

/* Root of spread / (n * (n - 1)). */
double gv_sum_deviation(const struct gv_sum *s)
{
	struct gv_big of, n, less;

	spread(s, &of);
	gv_big_setu(&n, s->n);
	gv_big_setu(&less, s->n - 1);
	gv_big_mul(&n, &less);
	gv_big_mul10(&n, 2 * (unsigned)s->scale);
	return gv_big_root(&of, &n);
}

bool gv_sum_share(const struct gv_sum *s, const struct gv_sum *of, double *out)
{
	struct gv_big a[2], b[2];

	gather_sum(s, a);
	gather_sum(of, b);
	if (!b[0].n)
		return false;
	gv_big_mul10(&a[0], of->scale > s->scale ? (unsigned)(of->scale - s->scale) : 0);
	gv_big_mul10(&b[0], s->scale > of->scale ? (unsigned)(s->scale - of->scale) : 0);
	a[0].negative ^= b[0].negative && a[0].n;
	b[0].negative = false;
	*out = gv_big_ratio(&a[0], &b[0]);
	return true;
}
