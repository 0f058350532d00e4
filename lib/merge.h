/* SPDX-License-Identifier: MIT */
/*
 * merge: field-level three-way join of one record.  Objects merge member by
 * member at every depth; arrays of events merge as sets by "eid"; any other
 * array is one field.  A field that one side changed takes that side; the same change
 * on both sides is no conflict; different changes are.
 */
#ifndef GAVEL_MERGE_H
#define GAVEL_MERGE_H

#include "json.h"

struct gv_conflict {
	struct gv_str path;                 /* dotted */
	const struct gv_val *base, *ours, *theirs;  /* NULL = absent on that side */
};

/*
 * `base` may be NULL (both sides added the record).  The result is built in
 * `out`; where a field conflicts, it keeps the base value and `each` is called.  Returns
 * 0 (also with conflicts: the caller counts them), or an error.
 * Independent of which side is called ours, but for the naming in gv_conflict.
 */
int gv_merge(struct gv_doc *out, const struct gv_val *base, const struct gv_val *ours,
             const struct gv_val *theirs, int (*each)(void *ctx, const struct gv_conflict *c), void *ctx,
             struct gv_err *err);

/* Which fields differ between two versions, dotted, deepest changed objects; events by
 * eid ("events[ab12...]").  For log, blame and changes. */
int gv_fields_diff(const struct gv_val *before, const struct gv_val *after,
                   int (*each)(void *ctx, struct gv_str path, const struct gv_val *before, const struct gv_val *after),
                   void *ctx, struct gv_err *err);

#endif
