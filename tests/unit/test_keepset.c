/* SPDX-License-Identifier: MIT */
/* What may be released: against every set that there is, ten thousand times. */
#include "fee.h"
#include "keepset.h"
#include "roll.h"
#include "unit.h"

static struct gv_err err;

enum { MANY = 10000, THINGS = 10 };

/* Is the set a better than the set b?  By the header, word for word. */
static bool is_better(const struct gv_keep *t, size_t n, unsigned a, unsigned b)
{
	int64_t worth_a = 0, worth_b = 0;

	for (int e = GV_KEEP_EFFECTS; e-- > 0;) {
		int count_a = 0, count_b = 0;

		for (size_t i = 0; i < n; i++) {
			count_a += (a >> i & 1) && !t[i].always && t[i].effect == e;
			count_b += (b >> i & 1) && !t[i].always && t[i].effect == e;
		}
		if (count_a != count_b)
			return count_a < count_b;
	}
	for (size_t i = 0; i < n; i++) {
		worth_a += (a >> i & 1) ? t[i].least : 0;
		worth_b += (b >> i & 1) ? t[i].least : 0;
	}
	if (worth_a != worth_b)
		return worth_a < worth_b;
	for (size_t i = 0; i < n; i++)
		if ((a >> i & 1) != (b >> i & 1))
			return a >> i & 1;
	return false;
}

static bool covers(const struct gv_keep *t, size_t n, unsigned set, int64_t claim)
{
	int64_t sum = 0;

	for (size_t i = 0; i < n; i++) {
		if (t[i].always && !(set >> i & 1))
			return false;
		sum += (set >> i & 1) ? t[i].least : 0;
	}
	return sum >= claim;
}

static unsigned best_of_all(const struct gv_keep *t, size_t n, int64_t claim)
{
	unsigned all = (1u << n) - 1, best = all;

	for (unsigned set = 0; set < all; set++)
		if (covers(t, n, set, claim) && is_better(t, n, set, best))
			best = set;
	return best;
}

static void test_against_all(void)
{
	int uncovered = 0, smaller = 0;

	for (int round = 0; round < MANY; round++) {
		struct gv_keep t[THINGS];
		size_t n = roll(THINGS + 1);
		int64_t claim = roll_int(60);
		unsigned got = 0, want;
		bool covered, exact;

		for (size_t i = 0; i < n; i++)
			t[i] = (struct gv_keep){ .least = roll_int(20), .effect = roll_int(4), .always = roll_int(6) == 0 };
		CHECK_OK(gv_keep_choose(t, n, claim, &covered, &exact, &err), &err);
		for (size_t i = 0; i < n; i++)
			got |= (unsigned)t[i].kept << i;
		want = best_of_all(t, n, claim);
		CHECK(exact);
		CHECK_INT(covered, covers(t, n, (1u << n) - 1, claim));
		CHECK_INT(got, want);
		uncovered += !covered;
		smaller += want != (1u << n) - 1;
	}
	CHECK(uncovered > MANY / 20);
	CHECK(smaller > MANY / 5);
}

/* More things than anybody can try: the numbers of each effect are right, and it ends. */
static void test_many(void)
{
	enum { N = 400 };
	struct gv_keep t[N];
	bool covered, exact;
	int64_t sum = 0;
	int kept = 0;

	for (int i = 0; i < N; i++)
		t[i] = (struct gv_keep){ .least = 1000 + roll_int(1000), .effect = 3 };
	CHECK_OK(gv_keep_choose(t, N, 100 * 1000, &covered, &exact, &err), &err);
	for (int i = 0; i < N; i++) {
		kept += t[i].kept;
		sum += t[i].kept ? t[i].least : 0;
	}
	CHECK(covered && sum >= 100 * 1000);
	CHECK(kept >= 50 && kept <= 53);
}

static void test_fee(void)
{
	static const struct { int64_t yuan, fee; } rows[] = {
		{ 0, 50 }, { 10000, 50 }, { 100000, 1400 }, { 500000, 7400 }, { 1000000, 12400 }, { 5000000, 52400 }, { 10000000, 77400 },
		{ 20000000, 87400 },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		CHECK_INT(gv_enforcement_fee(rows[i].yuan * 100), rows[i].fee * 100);
	CHECK_INT(gv_enforcement_fee(1000033), 5000 + 0);   /* 33 fen above: 0.495 fen */
	CHECK_INT(gv_enforcement_fee(1000034), 5000 + 1);   /* 0.51 fen */
	CHECK(gv_enforcement_fee(GV_FEN_MAX) > 0);
	CHECK_INT(gv_delay_interest(100000000, 100), 1750000);
	CHECK_INT(gv_delay_interest(2857, 1), 0);           /* 0.499975 fen */
	CHECK_INT(gv_delay_interest(2858, 1), 1);           /* 0.50015 fen */
	CHECK_INT(gv_delay_interest(100, 0), 0);
	CHECK_INT(gv_delay_interest(GV_FEN_MAX, 10000), 15762598695796736);
	CHECK_INT(gv_delay_interest(GV_FEN_MAX, INT32_MAX), -1);
	CHECK_INT(gv_fen_share(100, 1, 3), 33);
	CHECK_INT(gv_fen_share(GV_FEN_MAX, GV_FEN_MAX, 1), -1);
}

UNIT_MAIN("keepset",
	{ "against every set", test_against_all },
	{ "very many things", test_many },
	{ "fees that the law computes", test_fee })
