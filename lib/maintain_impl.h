/* SPDX-License-Identifier: MIT */
/* maintain_impl: what the parts of maintain share.  Not for anybody else. */
#ifndef GAVEL_MAINTAIN_IMPL_H
#define GAVEL_MAINTAIN_IMPL_H

#include "ids.h"
#include "maintain.h"
#include "odb_impl.h"
#include "store_impl.h"

/* ---- maintain_packs.c: one maintain at a time ---- */

/* *guard: to be closed.  `packs` is the folder of packs.  GV_EBUSY. */
int gv_maintain_guard(int *guard, const char *packs, struct gv_err *err);

/* ---- maintain_roots.c: what holds objects ---- */

/*
 * Refs and HEAD first (`strict`: what they name must be there), then all else that mentions ids at the
 * beginning of a line: reflogs, FETCH_HEAD and the like, worktrees.
 */
typedef int gv_root(void *ctx, const struct gv_oid *id, bool strict, struct gv_err *err);
int gv_maintain_roots(const char *gitdir, gv_root *each, void *ctx, struct gv_err *err);
/* Is there an index, which may name blobs that nothing else does? */
bool gv_maintain_has_index(const char *gitdir);

/* ---- maintain_walk.c: what they reach ---- */

struct gv_walk {
	struct gv_store *store;
	struct gv_ids seen;            /* commits and tags, then trees, then blobs */
	size_t commits, trees;         /* where the first and the second of these end */
	const struct gv_pack *known;   /* what is in it is passed over, with all that it reaches; NULL */
	void (*progress)(void *ctx, uint64_t done, uint64_t total);
	void *ctx;

	/* its own */
	struct gv_ids shallow;         /* commits whose parents are not here */
	struct gv_ids others;          /* trees and blobs that refs name themselves */
	struct gv_object obj;
	size_t next;                   /* of seen: not looked into yet */
};

/* Fills seen.  GV_EINTEGRITY if something is missing. */
int gv_walk_all(struct gv_walk *w, struct gv_err *err);
void gv_walk_free(struct gv_walk *w);

/* ---- maintain_packs.c: what there is ---- */

enum gv_pack_fate {
	GV_PACK_LEFT,      /* kept, or unreachable and young as a whole */
	GV_PACK_MAIN,      /* the one, in order: there is nothing to write */
	GV_PACK_FOLDED     /* all that matters of it will be elsewhere: it goes */
};

struct gv_old_pack {
	struct gv_pack p;
	int64_t mtime;          /* of the .pack, as st is */
	uint64_t bytes;
	size_t unreachable;
	bool rescue;            /* of these: they are young, and move to a pack of their own */
	enum gv_pack_fate fate;
};

struct gv_old_packs { struct gv_old_pack *list; size_t n; };

/* The docket's own packs, mapped.  GV_EDATA if one is of a partial clone. */
int gv_old_packs_list(struct gv_old_packs *ps, const char *objects, struct gv_err *err);
/* What becomes of each, when `w` is all that is reachable. */
void gv_old_packs_judge(struct gv_old_packs *ps, const struct gv_walk *w, const struct gv_maintain *o);
void gv_old_packs_free(struct gv_old_packs *ps);
bool gv_old_pack_is_kept(const struct gv_old_pack *p);
/* Is the .pack the very file that was listed, not touched since?  (git touches one to say: I need this.) */
bool gv_old_pack_is_same(const struct gv_old_pack *p);
/* The pack and what belongs to it, the .idx last: a writer makes it last, so one that stands alone is
 * rubbish, and nobody's. */
int gv_old_pack_remove(const struct gv_old_pack *p, struct gv_err *err);
/* .idx and the like without a .pack, as a removal that was cut short leaves them. */
void gv_old_packs_sweep(const char *objects);

/* Files tmp_* from before that time: nobody writes at them any more.  As `git prune` does it. */
void gv_old_temporary_remove(const char *objects, int64_t older_than);

/* Loose objects, one call each; `path` is a file's. */
int gv_loose_each(const char *objects,
                  int (*each)(void *ctx, const struct gv_oid *id, int dir, const char *name, struct gv_err *err),
                  void *ctx, struct gv_err *err);

#endif
