/* SPDX-License-Identifier: MIT */
#include "causes.h"

#include <stdlib.h>

#include "ref.h"

enum { LISTS = 2, LEVELS = 8 };

struct gv_causes {
	struct gv_ref *list[LISTS];
	int code[LISTS], name[LISTS], parent[LISTS];
};

int gv_causes_open(struct gv_causes **out, gv_day on, struct gv_err *err)
{
	/* 法〔2025〕226号 replaces the civil list for cases filed from 2026 on. */
	const char *const tables[LISTS] = { on < gv_day_of(2026, 1, 1) ? "causes-civil" : "causes-civil-2025", "causes-admin" };
	struct gv_causes *c = calloc(1, sizeof *c);
	int rc = 0;

	*out = NULL;
	if (!c)
		return gv_fail_nomem(err);
	for (int i = 0; i < LISTS && !rc; i++) {
		rc = gv_ref_open(&c->list[i], tables[i], err);
		if (rc)
			break;
		c->code[i] = gv_ref_column(c->list[i], "code");
		c->name[i] = gv_ref_column(c->list[i], "name");
		c->parent[i] = gv_ref_column(c->list[i], "parent");
	}
	if (rc) {
		gv_causes_free(c);
		c = NULL;
	}
	*out = c;
	return rc;
}

void gv_causes_free(struct gv_causes *c)
{
	for (int i = 0; c && i < LISTS; i++)
		gv_ref_free(c->list[i]);
	free(c);
}

/* From this row upwards; -1 if `general` is not met. */
static int climb(const struct gv_causes *c, int list, size_t row, struct gv_str general)
{
	for (int steps = 0; steps < LEVELS && row != GV_REF_NONE; steps++) {
		struct gv_str parent = gv_ref_cell(c->list[list], row, c->parent[list]);

		if (gv_str_eq(gv_ref_cell(c->list[list], row, c->name[list]), general))
			return steps;
		if (!parent.n)
			return -1;
		row = gv_ref_find(c->list[list], c->code[list], parent, 0);
	}
	return -1;
}

bool gv_causes_covers(struct gv_causes *c, struct gv_str general, struct gv_str cause, int *steps)
{
	int best = cause.n && gv_str_eq(general, cause) ? 0 : -1;

	/* Some names stand on two levels: each of their places counts. */
	for (int i = 0; i < LISTS && best && general.n && cause.n; i++) {
		size_t row = gv_ref_find(c->list[i], c->name[i], cause, 0);

		for (; row != GV_REF_NONE; row = gv_ref_find(c->list[i], c->name[i], cause, row + 1)) {
			int n = climb(c, i, row, general);

			if (n >= 0 && (best < 0 || n < best))
				best = n;
		}
	}
	if (steps)
		*steps = best;
	return best >= 0;
}
