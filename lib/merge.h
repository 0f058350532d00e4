/* SPDX-License-Identifier: MIT */
/*
 * merge: field-level three-way join of one record.  Objects merge member by
 * member at every depth; arrays of events merge as sets by "eid"; any other
 * array is one field.  A field that one side changed takes that side; the same change
 * on both sides is no conflict; different changes are, and so is a deletion against a change.
 *
 * An array is a set of events if all its items are objects with different, non-empty strings
 * "eid".  An event is one field: two bodies of one eid are not mixed.  A joined set is sorted by
 * ("on", "eid").
 *
 * A sealed value (seal.h) is one field; two of one key and one tag hide the same value and are the same.
 */
#ifndef GAVEL_MERGE_H
#define GAVEL_MERGE_H

#include "json.h"

struct gv_conflict {
	struct gv_str path;  /* dotted; an event is "events[EID]"; empty: the record */
	const struct gv_val *base, *ours, *theirs;  /* NULL = absent on that side */
};

/*
 * `base` may be NULL (both sides added the record).  The result becomes out->root, copied: out
 * is not reset first, and the three may live in it.  Where a field conflicts, the result keeps
 * the base value (none where base has none, nor an object or set that would be empty for that
 * reason) and `each` is called, in path order; non-zero from it stops and is returned.  Returns
 * 0 (also with conflicts: the caller counts them), or GV_EIO when memory is short.
 *
 * Does not depend on which side is called ours, but for the naming in gv_conflict.
 */
int gv_merge(struct gv_doc *out, const struct gv_val *base, const struct gv_val *ours,
             const struct gv_val *theirs, int (*each)(void *ctx, const struct gv_conflict *c),
             void *ctx, struct gv_err *err);

/*
 * Which fields differ between two versions (NULL: there was, or is, no record), dotted: the deepest
 * objects that both have are gone into; events by eid ("events[ab12...]"), another array is one
 * field.  NULL = absent in that version.  Non-zero from `each` stops and is returned.
 */
int gv_fields_diff(const struct gv_val *before, const struct gv_val *after,
                   int (*each)(void *ctx, struct gv_str path, const struct gv_val *before,
                               const struct gv_val *after),
                   void *ctx, struct gv_err *err);

/*
 * Fields by the names that the two above give them: "judge", "source.system", "events[ab12...]", "" the record.  A member
 * whose name has dots of its own is found where there is one.  NULL if there is no such field.
 */
const struct gv_val *gv_field_get(const struct gv_val *rec, struct gv_str path);
/*
 * Set one to a copy of `val`, or take it away (NULL).  Objects on the way are made, those that become empty go; so does a
 * log that becomes empty.  An event takes its place by ("on", "eid").  GV_EDATA where a step meets what is no object.
 */
int gv_field_set(struct gv_doc *d, struct gv_val *rec, struct gv_str path, const struct gv_val *val,
                 struct gv_err *err);

#endif
