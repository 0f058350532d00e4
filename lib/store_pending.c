/* SPDX-License-Identifier: MIT */
/*
 * Texts of a plan that are not in its batch yet.  They go there some MiB at a time, in the order of their paths: who
 * walks over the records later finds them behind each other in the pack.
 */
#include <stdlib.h>

#include "store_plan.h"

#define PENDING_MAX (12 * GV_MIB)

struct gv_pending_text {
	struct gv_str path;    /* in the plan's arena */
	size_t at, n;          /* in the texts */
	struct gv_oid oid;
};

void gv_pending_clear(struct gv_pending *b)
{
	gv_buf_reset(&b->texts);
	gv_buf_reset(&b->list);
}

void gv_pending_free(struct gv_pending *b)
{
	gv_buf_free(&b->texts);
	gv_buf_free(&b->list);
}

static int by_path(const void *a, const void *b)
{
	return gv_str_cmp(((const struct gv_pending_text *)a)->path, ((const struct gv_pending_text *)b)->path);
}

int gv_plan_settle(struct gv_plan *p, struct gv_err *err)
{
	struct gv_pending *b = &p->pending;
	struct gv_pending_text *list = (struct gv_pending_text *)(void *)b->list.p;
	size_t n = b->list.n / sizeof *list;
	int rc = 0;

	if (n)
		qsort(list, n, sizeof *list, by_path);
	for (size_t i = 0; i < n && !rc; i++)
		rc = gv_objw_add_as(p->w, GV_OBJ_BLOB, (struct gv_str){ b->texts.p + list[i].at, list[i].n },
		                    &list[i].oid, err);
	gv_pending_clear(b);
	return rc;
}

int gv_plan_keep(struct gv_plan *p, struct gv_str path, struct gv_str text, const struct gv_oid *oid,
                 struct gv_err *err)
{
	struct gv_pending *b = &p->pending;
	struct gv_pending_text x = { path, b->texts.n, text.n, *oid };
	int rc = 0;

	if (text.n > PENDING_MAX - b->texts.n) {
		rc = gv_plan_settle(p, err);
		x.at = 0;
	}
	if (rc || text.n > PENDING_MAX)
		return rc ? rc : gv_objw_add_as(p->w, GV_OBJ_BLOB, text, oid, err);
	b->texts.max = PENDING_MAX;
	b->list.max = SIZE_MAX / 4;
	gv_buf_addstr(&b->texts, text);
	gv_buf_add(&b->list, &x, sizeof x);
	rc = gv_buf_check(&b->texts, err);
	return rc ? rc : gv_buf_check(&b->list, err);
}
