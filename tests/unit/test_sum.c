/* SPDX-License-Identifier: MIT */
/* Sums against GMP's rational numbers: the slow twin. */
#include <math.h>

#include "sum.h"

#include "unit.h"
#include "roll.h"

static size_t add_digits(char *out, size_t n, size_t digits)
{
	for (size_t i = 0; i < digits; i++)
		out[n++] = (char)('0' + roll(10));
	return n;
}

/* A number of a random shape; `kind` keeps the numbers of one set alike. */
static void random_number(uint64_t kind, char out[700])
{
	static const uint8_t whole[] = { 1, 3, 18, 30, 1, 9, 250, 1 }, fraction[] = { 0, 0, 0, 0, 2, 6, 0, 200 };
	uint64_t k = kind < 8 ? kind : roll(8);
	size_t n = 0;

	if (roll(2))
		out[n++] = '-';
	n = add_digits(out, n, 1 + roll(whole[k]));
	if (fraction[k]) {
		out[n++] = '.';
		n = add_digits(out, n, 1 + roll(fraction[k]));
	}
	out[n] = '\0';
	if (roll(8) == 0)
		snprintf(out + n, 16, "e%d", (int)roll(40) - 20);
}

static void to_mpq(mpq_t q, const struct gv_num *n)
{
	char text[GV_NUM_TEXT], *point;
	size_t len = gv_num_write(n, text), fraction = 0;

	point = strchr(text, '.');
	if (point) {
		fraction = len - (size_t)(point - text) - 1;
		memmove(point, point + 1, fraction + 1);
	}
	mpz_set_str(mpq_numref(q), text, 10);
	mpz_ui_pow_ui(mpq_denref(q), 10, fraction);
	mpq_canonicalize(q);
}

/* Whether d is the nearest double to q (or to its root): the halfway points on both sides lie outwards. */
static bool is_nearest(double d, const mpq_t q, bool root)
{
	mpq_t here, half;
	bool ok = true;

	mpq_inits(here, half, NULL);
	mpq_set_d(here, d);
	for (int side = -1; side <= 1; side += 2) {
		int cmp;

		mpq_set_d(half, nextafter(d, side < 0 ? -HUGE_VAL : HUGE_VAL));
		mpq_add(half, half, here);
		mpq_div_2exp(half, half, 1);
		if (root) {
			if (mpq_sgn(half) < 0)
				continue;
			mpq_mul(half, half, half);
		}
		cmp = mpq_cmp(q, half);
		ok = ok && (side < 0 ? cmp >= 0 : cmp <= 0);
	}
	mpq_clears(here, half, NULL);
	return ok;
}

static void check_text(const struct gv_sum *s, bool squares, const mpq_t want)
{
	char text[GV_SUM_TEXT], *point;
	mpq_t got;
	size_t n = gv_sum_write(s, squares, text), fraction = 0;

	point = strchr(text, '.');
	if (point) {
		fraction = n - (size_t)(point - text) - 1;
		CHECK(fraction > 0 && text[n - 1] != '0');
		memmove(point, point + 1, fraction + 1);
	}
	mpq_init(got);
	mpz_set_str(mpq_numref(got), text, 10);
	mpz_ui_pow_ui(mpq_denref(got), 10, fraction);
	mpq_canonicalize(got);
	CHECK_ROW(mpq_equal(got, want), text);
	mpq_clear(got);
}

static void check_results(const struct gv_sum *s, const mpq_t sum, const mpq_t squares)
{
	mpq_t mean, variance;
	struct gv_err err;
	struct gv_sum back;
	char a[GV_SUM_TEXT], b[GV_SUM_TEXT];

	check_text(s, false, sum);
	check_text(s, true, squares);
	mpq_inits(mean, variance, NULL);
	mpq_set_ui(mean, 1, s->n);
	mpq_mul(mean, mean, sum);
	CHECK(is_nearest(gv_sum_mean(s), mean, false));
	if (s->n > 1) {
		mpq_mul(mean, mean, sum);
		mpq_sub(variance, squares, mean);
		mpq_set_ui(mean, 1, s->n - 1);
		mpq_mul(variance, variance, mean);
		CHECK(is_nearest(gv_sum_deviation(s), variance, true));
	}
	gv_sum_write(s, false, a);
	gv_sum_write(s, true, b);
	CHECK_OK(gv_sum_read(&back, s->n, gv_str_of(a), gv_str_of(b), &err), &err);
	CHECK(gv_sum_mean(&back) == gv_sum_mean(s));
	check_text(&back, true, squares);
	gv_sum_free(&back);
	mpq_clears(mean, variance, NULL);
}

/* Random sets, added to two sums that are then joined. */
static void twin(void)
{
	for (size_t round = 0; round < 2000; round++) {
		struct gv_sum s = { .squares = true }, t = { .squares = true };
		uint64_t kind = roll(10), count = 1 + roll(30);
		mpq_t one, sum, squares;
		struct gv_err err;

		mpq_inits(one, sum, squares, NULL);
		for (uint64_t i = 0; i < count; i++) {
			struct gv_num_room room;
			struct gv_num n;
			char text[700];

			random_number(kind, text);
			CHECK_ROW(gv_num_read(&n, gv_str_of(text), &room), text);
			CHECK_OK(gv_sum_add(roll(2) ? &s : &t, &n, &err), &err);
			to_mpq(one, &n);
			mpq_add(sum, sum, one);
			mpq_mul(one, one, one);
			mpq_add(squares, squares, one);
		}
		CHECK_OK(gv_sum_join(&s, &t, &err), &err);
		CHECK_INT(s.n, count);
		check_results(&s, sum, squares);
		gv_sum_free(&s);
		gv_sum_free(&t);
		mpq_clears(one, sum, squares, NULL);
	}
}

/* The largest numbers there are, often: nothing overflows. */
static void largest(void)
{
	static char text[GV_NUM_TEXT];
	struct gv_sum s = { .squares = true }, t = { .squares = true };
	mpq_t one, sum, squares;
	struct gv_num_room room;
	struct gv_num n;
	struct gv_err err;

	memset(text, '9', sizeof text - 3);
	text[GV_NUM_WHOLE] = '.';
	CHECK(gv_num_read(&n, (struct gv_str){ text, GV_NUM_WHOLE + 1 + GV_NUM_FRACTION }, &room));
	mpq_inits(one, sum, squares, NULL);
	to_mpq(one, &n);
	CHECK_OK(gv_sum_add(&s, &n, &err), &err);
	for (unsigned i = 0; i < 50; i++) { /* 2^50 of them, by doubling */
		gv_sum_free(&t);
		t = (struct gv_sum){ .squares = true };
		CHECK_OK(gv_sum_join(&t, &s, &err), &err);
		CHECK_OK(gv_sum_join(&s, &t, &err), &err);
	}
	mpq_mul_2exp(sum, one, 50);
	mpq_mul(squares, one, sum);
	check_text(&s, false, sum);
	check_text(&s, true, squares);
	CHECK(is_nearest(gv_sum_mean(&s), one, false));
	CHECK(!signbit(gv_sum_deviation(&s)) && gv_sum_deviation(&s) == 0);
	gv_sum_free(&s);
	gv_sum_free(&t);
	mpq_clears(one, sum, squares, NULL);
}

static void shares(void)
{
	struct gv_sum part = { 0 }, all = { 0 }, none = { 0 };
	struct gv_num_room room;
	struct gv_num n;
	struct gv_err err;
	double d = -1;

	CHECK(gv_num_read(&n, GV_STR("0.1"), &room));
	CHECK_OK(gv_sum_add(&part, &n, &err), &err);
	for (int i = 0; i < 3; i++)
		CHECK_OK(gv_sum_add(&all, &n, &err), &err);
	CHECK(gv_sum_share(&part, &all, &d) && d == 1.0 / 3);
	CHECK(!gv_sum_share(&part, &none, &d));
	gv_sum_free(&part);
	gv_sum_free(&all);
}

static void no_sums(void)
{
	static const struct { const char *sum, *squares; } row[] = {
		{ "", NULL }, { "x", NULL }, { "1e400", NULL }, { "1", "-1" }, { "1", "x" }, { "3", "1" }, { "1.", NULL },
	};

	for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
		struct gv_sum s;
		struct gv_err err;
		struct gv_str squares = row[i].squares ? gv_str_of(row[i].squares) : (struct gv_str){ 0 };

		CHECK_ROW(gv_sum_read(&s, 2, gv_str_of(row[i].sum), squares, &err) == GV_EDATA, row[i].sum);
	}
}

#define Z20 "00000000000000000000"
#define Z100 Z20 Z20 Z20 Z20 Z20

static void doubles(void)
{
	static const struct { double d; const char *want; } row[] = {
		{ 0.1, "0.1" }, { 5e-7, "0.0000005" }, { 1.0 / 3, "0.3333333333333333" }, { 1e22, "10000000000000000000000" }, { 100, "100" },
		{ -2.5, "-2.5" }, { 0, "0" }, { 1.5e-300, "0." Z100 Z100 Z20 Z20 Z20 Z20 "0000000000000000000" "15" },
	};

	for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
		char out[GV_DOUBLE_TEXT];

		gv_double_write(row[i].d, out);
		CHECK_STR(out, row[i].want);
		CHECK(strtod(out, NULL) == row[i].d);
	}
}

UNIT_MAIN("sum",
	{ "agrees with rational arithmetic", twin },
	{ "has room for 2^50 of the largest numbers", largest },
	{ "shares", shares },
	{ "refuses texts that are no sums", no_sums },
	{ "writes the shortest double", doubles })
