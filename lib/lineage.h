/* SPDX-License-Identifier: MIT */
/*
 * lineage: the commits that lead from one commit to another, parents before children: for those who judge a history as
 * it grew.  About 60 bytes a commit.
 */
#ifndef GAVEL_LINEAGE_H
#define GAVEL_LINEAGE_H

#include "store.h"

struct gv_lineage;

#define GV_LINE_NONE UINT32_MAX

/*
 * Every commit that `tip` has behind it, itself included, and that `from` does not (zero: all); of two lines that were joined
 * the first parent's comes first.  `look` (may be NULL) sees each once, in no promised order.  A commit that is missing is
 * GV_EINTEGRITY, but where a shallow clone was cut.  GV_EDATA if one joins more than two lines.
 */
int gv_lineage_read(struct gv_lineage **out, struct gv_store *s, const struct gv_oid *from, const struct gv_oid *tip,
                    int (*look)(void *ctx, const struct gv_commit *c), void *ctx, struct gv_err *err);
void gv_lineage_free(struct gv_lineage *l);

/* Was `from` met: is it `tip`, or an ancestor of it?  Always true without one. */
bool gv_lineage_met(const struct gv_lineage *l);

/* Positions are 0 (the oldest) to count - 1 (the tip). */
uint32_t gv_lineage_count(const struct gv_lineage *l);
const struct gv_oid *gv_lineage_at(const struct gv_lineage *l, uint32_t pos);
/* Position of the first or second parent; GV_LINE_NONE if there is none, or it lies before `from`. */
uint32_t gv_lineage_parent(const struct gv_lineage *l, uint32_t pos, unsigned which);
/* Has it two parents, whether they are listed or not? */
bool gv_lineage_joins(const struct gv_lineage *l, uint32_t pos);
uint32_t gv_lineage_find(const struct gv_lineage *l, const struct gv_oid *id);

#endif
