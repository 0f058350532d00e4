/* SPDX-License-Identifier: MIT */
/*
 * gittree: git trees as bytes: iterating, and the edit of a few paths that
 * touches only the trees on the way.
 */
#ifndef GAVEL_GITTREE_H
#define GAVEL_GITTREE_H

#include "odb.h"
#include "objw.h"

enum { GV_MODE_TREE = 040000, GV_MODE_FILE = 0100644 };

struct gv_tree_entry {
	unsigned mode;
	struct gv_str name;
	struct gv_oid oid;
};

/* Next entry of a tree object's data; 0 and e->name.p == NULL at the end, GV_EINTEGRITY if broken
 * (also: names "", ".", "..", ".git", with '/', out of order, twice).  Pass the same *e from call to call, zeroed at
 * first: the order is judged by what it held. */
int gv_tree_next(struct gv_str data, size_t *pos, struct gv_tree_entry *e, struct gv_err *err);

/* git's order: a folder sorts as if its name ended with '/'. */
int gv_tree_order(struct gv_str a, bool a_is_tree, struct gv_str b, bool b_is_tree);

/* The entry at a path ("cases/2022/..."); GV_ENOTFOUND. root zero = empty. */
int gv_tree_find(struct gv_odb *o, const struct gv_oid *root, struct gv_str path, struct gv_tree_entry *e,
                 struct gv_buf *name, struct gv_err *err);

/* One file to set (oid) or to remove (zero oid). */
struct gv_tree_edit {
	struct gv_str path;
	struct gv_oid oid;
	uint32_t tag;  /* the caller's own */
	unsigned mode; /* of the file; 0 = as it is, a new one or a symbolic link becomes GV_MODE_FILE */
};

/*
 * Asked at every edit, in order of the paths, with what is at its path now (zero = nothing); may
 * change edit->oid, for example to `now` so that nothing happens.  Not 0 ends the edit with that
 * code.
 */
typedef int gv_tree_meet(void *ctx, struct gv_tree_edit *edit, const struct gv_oid *now,
                         struct gv_err *err);

/*
 * New root from `root` (zero = empty) with `edits` (sorted here, unique paths; reordered in place).
 * Folders that become empty go; nothing left is the empty tree's id.  Cost follows the edits.  A
 * file where a folder is needed, or the reverse, is GV_EDATA naming the path; so is a path that git
 * would not take.  Trees are looked for in the batch `w`, too.  `meet` may be NULL.
 */
int gv_tree_edit(struct gv_odb *o, struct gv_objw *w, const struct gv_oid *root,
                 struct gv_tree_edit *edits, size_t n, gv_tree_meet *meet, void *ctx,
                 struct gv_oid *out, struct gv_err *err);

#endif
