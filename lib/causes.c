/* SPDX-License-Identifier: MIT */
#include "causes.h"

#include <stdlib.h>

#include "ref.h"
#include "utf8.h"

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

static bool is_listed(struct gv_causes *c, struct gv_str cause)
{
	for (int i = 0; i < LISTS; i++)
		if (gv_ref_find(c->list[i], c->name[i], cause, 0) != GV_REF_NONE)
			return true;
	return false;
}

/* As the lists have it: without blanks, with 纠纷 at its end where it stands there so; {0}: they have it not.  The buffer is the
 * caller's. */
static struct gv_str listed_name(struct gv_causes *c, struct gv_str cause, struct gv_buf *buf)
{
	static const char *const ends[] = { "", "纠纷" };

	if (is_listed(c, cause))
		return cause;
	for (size_t e = 0; e < sizeof ends / sizeof ends[0]; e++) {
		gv_buf_reset(buf);
		for (size_t at = 0, from; at < cause.n;) {
			from = at;
			if (!gv_utf8_is_space(gv_utf8_next(cause, &at)))
				gv_buf_add(buf, cause.p + from, at - from);
		}
		gv_buf_adds(buf, ends[e]);
		if (is_listed(c, gv_buf_str(buf)))
			return gv_buf_str(buf);
	}
	return (struct gv_str){ 0 };
}

bool gv_causes_hints(struct gv_causes *c, struct gv_str cause, const char *const *words)
{
	struct gv_buf buf = GV_BUF_INIT(65536);
	bool found = false;

	if (cause.n && !listed_name(c, cause, &buf).n)
		for (; *words && !found; words++)
			found = gv_str_find(cause, gv_str_of(*words)) != NULL;
	gv_buf_free(&buf);
	return found;
}

static int steps_to(struct gv_causes *c, struct gv_str general, struct gv_str cause)
{
	int best = -1;

	/* Some names stand on two levels: each of their places counts. */
	for (int i = 0; i < LISTS && best && general.n; i++) {
		size_t row = gv_ref_find(c->list[i], c->name[i], cause, 0);

		for (; row != GV_REF_NONE; row = gv_ref_find(c->list[i], c->name[i], cause, row + 1)) {
			int n = climb(c, i, row, general);

			if (n >= 0 && (best < 0 || n < best))
				best = n;
		}
	}
	return best;
}

bool gv_causes_covers(struct gv_causes *c, struct gv_str general, struct gv_str cause, int *steps)
{
	struct gv_buf buf = GV_BUF_INIT(65536);
	struct gv_str listed = cause.n ? listed_name(c, cause, &buf) : (struct gv_str){ 0 };
	int best = !cause.n ? -1 : gv_str_eq(general, cause) ? 0 : listed.n ? steps_to(c, general, listed) : -1;

	if (steps)
		*steps = best;
	gv_buf_free(&buf);
	return best >= 0;
}
