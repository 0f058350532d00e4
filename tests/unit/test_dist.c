/* SPDX-License-Identifier: MIT */
/* Distributions against sorting all the numbers: the slow twin. */
#include <math.h>

#include "dist.h"

#include "oom.h"
#include "unit.h"

#define SEED 10
#include "roll.h"

enum { MOST = 3000, PARTS = 7 };

/* All numbers of a round, as text and read. */
struct pile {
	size_t n;
	struct gv_num_room room[MOST];
	struct gv_num num[MOST];
	char text[MOST][48];
};

static struct pile pile;

static void random_pile(uint64_t kind)
{
	pile.n = 1 + roll(roll(4) ? 100 : MOST);
	for (size_t i = 0; i < pile.n; i++) {
		char *t = pile.text[i];
		const char *sign = roll(2) ? "-" : "";
		unsigned a = (unsigned)roll(1u << 31), b = (unsigned)roll(1u << 31);

		switch (kind == 4 ? roll(4) : kind) {
		case 0: snprintf(t, 48, "%s%u", sign, a % 10); break;
		case 1: snprintf(t, 48, "%s%u", sign, a); break;
		case 2: snprintf(t, 48, "%s%u.%02u", sign, a % 5000, b % 100); break;
		default: snprintf(t, 48, "%s%u%09u%09u.%u", sign, a, b % 1000000000, a % 1000000000, b % 3);
		}
		CHECK_ROW(gv_num_read(&pile.num[i], gv_str_of(t), &pile.room[i]), t);
	}
}

static int compare(const void *a, const void *b)
{
	return gv_num_cmp(a, b);
}

/* The pile in one distribution, by way of several that are joined in any order. */
static void fill(struct gv_dist *d, uint32_t limit, size_t parts)
{
	struct gv_dist part[PARTS] = { 0 };
	struct gv_err err;

	for (size_t p = 0; p < parts; p++)
		part[p].limit = limit;
	for (size_t i = 0; i < pile.n; i++)
		CHECK_OK(gv_dist_add(&part[roll(parts)], &pile.num[i], &err), &err);
	for (; parts > 1; parts--) {
		size_t a = roll(parts - 1);

		if (roll(2))
			CHECK_OK(gv_dist_settle(&part[parts - 1], &err), &err);
		CHECK_OK(gv_dist_join(&part[a], &part[parts - 1], &err), &err);
		gv_dist_free(&part[parts - 1]);
	}
	*d = part[0];
	CHECK_OK(gv_dist_settle(d, &err), &err);
}

static void check_percent(const struct gv_dist *d, uint32_t num)
{
	struct gv_percent p = { num, 10 };
	size_t rank = (pile.n * num + 999) / 1000, low = (pile.n - 1) * num / 1000;
	double part = (double)((pile.n - 1) * num % 1000) / 1000, want, between;
	char got[GV_NUM_TEXT], text[GV_NUM_TEXT];

	gv_num_write(&pile.num[rank ? rank - 1 : 0], text);
	gv_dist_rank(d, p, got);
	if (d->coarse) {
		want = strtod(text, NULL);
		CHECK_ROW(fabs(strtod(got, NULL)) <= fabs(want) && fabs(strtod(got, NULL)) >= fabs(want) * 0.999, text);
		return;
	}
	CHECK_STR(got, text);
	gv_num_write(&pile.num[low], text);
	want = strtod(text, NULL);
	gv_num_write(&pile.num[low + 1 < pile.n ? low + 1 : low], text);
	between = want + part * (strtod(text, NULL) - want);
	CHECK_ROW(fabs(gv_dist_interpolate(d, p) - between) <= 1e-11 * (fabs(want) + fabs(strtod(text, NULL))), text);
}

static void twin(void)
{
	for (size_t round = 0; round < 400; round++) {
		struct gv_dist d;
		uint32_t limit = round % 3 ? 1u << 16 : 50;
		size_t different = 1;

		random_pile(roll(5));
		fill(&d, limit, 1 + roll(PARTS));
		qsort(pile.num, pile.n, sizeof pile.num[0], compare);
		for (size_t i = 1; i < pile.n; i++)
			different += gv_num_cmp(&pile.num[i - 1], &pile.num[i]) != 0;
		CHECK_INT(d.n, pile.n);
		CHECK_INT(d.coarse, different > limit);
		for (uint32_t p = 0; p <= 1000; p += 25)
			check_percent(&d, p);
		gv_dist_free(&d);
	}
}

static int tell(void *ctx, struct gv_str number, uint64_t count)
{
	struct gv_buf *out = ctx;

	gv_buf_addstr(out, number);
	gv_buf_addc(out, '*');
	gv_buf_addint(out, (int64_t)count);
	gv_buf_addc(out, ' ');
	return 0;
}

/* The same pile, however it is split: the same counts. */
static void splits(void)
{
	for (size_t round = 0; round < 200; round++) {
		struct gv_buf want = GV_BUF_INIT(GV_MIB), got = GV_BUF_INIT(GV_MIB);
		uint32_t limit = round % 2 ? 40 : 4000;
		struct gv_dist d;

		random_pile(roll(5));
		fill(&d, limit, 1);
		CHECK_INT(gv_dist_each(&d, tell, &want), 0);
		gv_dist_free(&d);
		fill(&d, limit, 1 + roll(PARTS));
		CHECK_INT(gv_dist_each(&d, tell, &got), 0);
		CHECK_STR(got.p, want.p);
		gv_dist_free(&d);
		gv_buf_free(&got);
		gv_buf_free(&want);
	}
}

struct copy { struct gv_dist *to; struct gv_err err; };

static int add_many(void *ctx, struct gv_str number, uint64_t count)
{
	struct copy *c = ctx;

	return gv_dist_add_many(c->to, number, count, &c->err);
}

/* What a state tells goes back in, and what is told again is the same. */
static void states(void)
{
	for (size_t round = 0; round < 100; round++) {
		struct gv_buf want = GV_BUF_INIT(GV_MIB), got = GV_BUF_INIT(GV_MIB);
		struct gv_dist d, back = { 0 };
		struct copy c = { &back, { 0 } };

		random_pile(roll(5));
		fill(&d, 100, 1);
		back.limit = 100;
		back.coarse = d.coarse;
		CHECK_OK(gv_dist_each(&d, add_many, &c), &c.err);
		CHECK_OK(gv_dist_settle(&back, &c.err), &c.err);
		CHECK_INT(back.n, d.n);
		CHECK_INT(gv_dist_each(&d, tell, &want), 0);
		CHECK_INT(gv_dist_each(&back, tell, &got), 0);
		CHECK_STR(got.p, want.p);
		gv_dist_free(&d);
		gv_dist_free(&back);
		gv_buf_free(&got);
		gv_buf_free(&want);
	}
}

/* A million different numbers take as much memory as their range has codes, not more. */
static void bounded(void)
{
	struct gv_dist d = { .limit = 1000 };
	struct gv_num_room room;
	struct gv_num n;
	struct gv_err err;
	char text[32];

	for (unsigned i = 0; i < 1000000; i++) {
		snprintf(text, sizeof text, "%u.%02u", i, i % 100);
		CHECK(gv_num_read(&n, gv_str_of(text), &room));
		CHECK_OK(gv_dist_add(&d, &n, &err), &err);
	}
	CHECK_OK(gv_dist_settle(&d, &err), &err);
	CHECK(d.coarse && gv_dist_bytes(&d) < 4 * GV_MIB);
	gv_dist_free(&d);
}

static int memory_job(struct gv_err *err)
{
	struct gv_dist d = { .limit = 50 }, e = { .limit = 50 };
	int rc = 0;

	for (size_t i = 0; i < pile.n && !rc; i++)
		rc = gv_dist_add(i % 2 ? &d : &e, &pile.num[i], err);
	if (!rc)
		rc = gv_dist_join(&d, &e, err);
	if (!rc)
		rc = gv_dist_settle(&d, err);
	gv_dist_free(&d);
	gv_dist_free(&e);
	return rc;
}

static void no_memory(void)
{
	OOM_NEEDED();
	random_pile(4);
	pile.n = 80;
	oom_run_both(memory_job);
}

UNIT_MAIN("dist",
	{ "agrees with sorting", twin },
	{ "does not see how it was split", splits },
	{ "goes through its state", states },
	{ "is bounded", bounded },
	{ "runs out of memory", no_memory })
