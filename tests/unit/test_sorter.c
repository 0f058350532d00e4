/* SPDX-License-Identifier: MIT */
#include "runs_unit.h"
#include "sorter.h"

static void add_all(struct gv_sorter *s, const struct record *all, size_t n)
{
	struct gv_err err = { 0 };

	for (size_t i = 0; i < n; i++)
		CHECK_OK(gv_sorter_add(s, all[i].key, all[i].payload, &err), &err);
}

static void compare(struct gv_sorter *s, const struct record *want, size_t n)
{
	struct gv_err err = { 0 };
	struct gv_str key = { 0 }, payload = { 0 };
	size_t same = 0;

	CHECK_OK(gv_sorter_done(s, &err), &err);
	for (size_t i = 0; i < n; i++) {
		int rc = gv_sorter_next(s, &key, &payload, &err);

		same += !rc && key.p && gv_str_eq(key, want[i].key) && gv_str_eq(payload, want[i].payload);
	}
	CHECK_INT(same, n);
	for (int i = 0; i < 2; i++) {
		CHECK_OK(gv_sorter_next(s, &key, &payload, &err), &err);
		CHECK(key.p == NULL && payload.p == NULL);
	}
}

static struct gv_sorter *new_sorter(size_t budget)
{
	struct gv_sorter *s = NULL;
	struct gv_err err = { 0 };

	CHECK_OK(gv_sorter_new(&s, budget, &err), &err);
	return s;
}

/* Sorted, once more from the start, and with more added after that. */
static void sort_round(size_t n, size_t budget)
{
	struct record *all = random_records(n), *sorted = calloc(n + 1, sizeof *sorted);
	struct gv_sorter *s = new_sorter(budget);
	size_t first = n - n / 4;

	memcpy(sorted, all, n * sizeof *all);
	qsort(sorted, first, sizeof *sorted, by_key);
	add_all(s, all, first);
	compare(s, sorted, first);
	compare(s, sorted, first);
	qsort(sorted, n, sizeof *sorted, by_key);
	add_all(s, all + first, n - first);
	compare(s, sorted, n);
	gv_sorter_free(s);
	free(sorted);
	free_records(all, n);
}

static void sorts(void)
{
	static const size_t budgets[] = { 0, 1, 600, 2000, 20000, GV_MIB, 64 * GV_MIB };

	for (size_t i = 0; i < sizeof budgets / sizeof budgets[0]; i++)
		for (unsigned n = 0; n < 40; n++)
			sort_round(n < 16 ? n : pick(400), budgets[i]);
	sort_round(5000, 0);
	sort_round(5000, 30000);
	sort_round(5000, 64 * GV_MIB);
}

/* What is in order already, or the other way round, and where all keys are equal. */
static void keeps_order(void)
{
	for (int kind = 0; kind < 3; kind++) {
		for (size_t budget = 3000; budget <= GV_MIB; budget *= 300) {
			struct gv_sorter *s = new_sorter(budget);
			struct gv_err err = { 0 };
			struct gv_str key, payload;

			for (int i = 0; i < 2000; i++) {
				char k[32], p[16];

				snprintf(k, sizeof k, "same0000%04d", kind == 0 ? i : kind == 1 ? 1999 - i : 0);
				snprintf(p, sizeof p, "%d", kind == 1 ? 1999 - i : i);
				CHECK_OK(gv_sorter_add(s, gv_str_of(k), gv_str_of(p), &err), &err);
			}
			CHECK_OK(gv_sorter_done(s, &err), &err);
			for (int i = 0; i < 2000; i++) {
				char want[16];

				snprintf(want, sizeof want, "%d", i);
				CHECK_OK(gv_sorter_next(s, &key, &payload, &err), &err);
				CHECK_BYTES(payload, gv_str_of(want));
			}
			gv_sorter_free(s);
		}
	}
}

UNIT_MAIN("sorter",
	{ "sorts as the slow twin does", sorts },
	{ "keeps the order of equal keys", keeps_order })
