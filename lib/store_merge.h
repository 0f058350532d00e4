/* SPDX-License-Identifier: MIT */
/*
 * store_merge: what the parts of gv_store_merge() share: store_merge_tree.c walks
 * three trees, store_merge_file.c joins one file, store_merge_open.c writes the conflicts, store_merge.c commits.  Not for
 * anybody else.
 *
 * A join has two sides, and which is called what depends on the two commits alone: the older one (committer's time, then the
 * smaller id) is ours.  So whoever joins, the result is the same tree.
 */
#ifndef GAVEL_STORE_MERGE_H
#define GAVEL_STORE_MERGE_H

#include "conflict.h"
#include "objw.h"
#include "store_impl.h"

struct gv_merge_side {
	struct gv_oid commit, tree;
	int64_t time;                 /* the committer's */
};

/* A conflict that waits for the end of the walk. */
struct gv_merge_open { struct gv_str path; struct gv_oid blob; };

struct gv_merge_tree {
	struct gv_store *s;
	struct gv_objw *w;            /* new objects go there */
	struct gv_objw *scratch;      /* joins of common ancestors lie there: never published */
	struct gv_oid base;           /* tree; zero = empty */
	struct gv_merge_side ours, theirs;
	bool main_is_theirs;          /* which of them the edits start from */
	char since[40];               /* of conflicts: when the younger side was made */
	const struct gv_merge_opts *o;
	struct gv_merge_result *r;
	struct gv_tree_edit *edits;   /* of main's tree */
	size_t n, room;
	size_t first_conflict, end_conflict;  /* edits below conflicts/ */
	struct gv_merge_open *open;
	size_t nopen, open_room;
	struct gv_arena arena;        /* paths */
	struct gv_buf path;           /* where the walk is */
	struct gv_object obj;
	struct gv_err *err;
};

/* One file of the three trees: mode 0 = absent. */
struct gv_merge_entry { unsigned mode; struct gv_oid oid; };
struct gv_merge_three { struct gv_merge_entry base, ours, theirs; };

/* store_merge_tree.c: the tree of the join, into m->w. */
int gv_merge_trees(struct gv_merge_tree *m, struct gv_oid *tree);
/* An object of the docket, of this join, or of a join of common ancestors. */
int gv_merge_read(struct gv_merge_tree *m, const struct gv_oid *oid, enum gv_otype want);
/* What is at a path of a tree now; mode 0 if nothing is. */
int gv_merge_find(struct gv_merge_tree *m, const struct gv_oid *root, struct gv_str path, struct gv_merge_entry *e);
int gv_merge_edit(struct gv_merge_tree *m, struct gv_str path, const struct gv_merge_entry *to);
/* Canonical text of d's root as a blob of m->w. */
int gv_merge_put(struct gv_merge_tree *m, const struct gv_val *root, struct gv_oid *oid);

/* store_merge.c: "2022-06-30T09:30:00+08:00", wherever it was made. */
void gv_merge_time(int64_t seconds, char out[40]);

/* store_merge_file.c: both sides changed what is at the path. */
int gv_merge_file(struct gv_merge_tree *m, struct gv_str path, const struct gv_merge_three *f,
                  struct gv_merge_entry *out);

/* store_merge_open.c */
struct gv_conflict_list { struct gv_conflict *list; size_t n, room; };
int gv_conflict_list_add(struct gv_conflict_list *l, const struct gv_conflict *c, struct gv_err *err);
/* Conflicts of the file at `path`, to be kept at `at`. */
int gv_merge_open(struct gv_merge_tree *m, struct gv_str at, struct gv_str path, const struct gv_merge_three *f,
                  const struct gv_conflict_list *l);
/* At the end: each into its file, with what was open there already. */
int gv_merge_write_open(struct gv_merge_tree *m);

#endif
