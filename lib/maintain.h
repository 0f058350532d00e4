/* SPDX-License-Identifier: MIT */
/*
 * maintain: the objects of a docket in one undeltified pack, in the order in which they are read
 * (commits, trees, blobs as `list` goes through them), which is what makes a docket fast again after
 * many small commits, pushes or a `git gc`.
 *
 * What is reachable (from refs, HEAD, reflogs and worktrees) is copied, each object checked against its id;
 * the new pack is published and on disk before anything is removed.  Then goes what is in the new
 * pack, and what nothing reaches if it is older than a limit.  Unreachable objects that are younger
 * may belong to a push or a commit under way: loose ones and packs of nothing else are left alone;
 * those in a mixed pack move to a pack of their own that keeps their age.  Never touched: packs with a .keep file, packs and loose objects that
 * came meanwhile, the quarantine of a push, alternates (objects that are borrowed are copied).
 */
#ifndef GAVEL_MAINTAIN_H
#define GAVEL_MAINTAIN_H

#include "store.h"

/* --if-needed: fewer loose objects and fewer packs than these slow nobody down. */
enum { GV_MAINTAIN_LOOSE = 2000, GV_MAINTAIN_PACKS = 20 };

struct gv_maintain {
	bool if_needed, dry_run;
	bool keep_all;                 /* unreachable objects stay, however old */
	int64_t older_than;            /* seconds since 1970: unreachable ones from before go */
	const char *command;           /* for the lock: "case-file maintain" */
	unsigned lock_seconds;         /* 0 = 30 */
	/* Objects found so far (total 0: how many is not known yet), then objects written. */
	void (*progress)(void *ctx, uint64_t done, uint64_t total);
	void *ctx;
};

struct gv_maintain_count { size_t loose, packs; uint64_t bytes; };

enum gv_graph { GV_GRAPH_CURRENT, GV_GRAPH_WRITTEN, GV_GRAPH_NO_GIT, GV_GRAPH_FAILED, GV_GRAPH_BUSY };

struct gv_maintain_result {
	bool not_needed;               /* --if-needed said so: only `before` is filled */
	bool nothing;                  /* everything was in its one pack already */
	size_t objects;                /* reachable */
	struct gv_maintain_count before, after;
	size_t removed;                /* unreachable and old; of a dry run: would be */
	size_t young;                  /* unreachable and kept */
	size_t kept_packs;             /* with a .keep file: left as they are */
	bool worktrees;                /* their index may name objects: nothing unreachable is removed */
};

/*
 * GV_EUSAGE in a clone or a hook, GV_EBUSY while another maintain is at work or if the lock cannot be
 * had, GV_EINTEGRITY naming the object if one is missing or not what its id says, GV_EDATA for a partial clone.
 * After any failure the docket is as good as before; what was published stays.
 */
int gv_maintain(struct gv_store *s, const struct gv_maintain *o, struct gv_maintain_result *r,
                struct gv_err *err);

/*
 * The commit-graph with changed paths, through `git commit-graph write`: makes git's history of a
 * path fast.
 * Nothing is done if main is in it, with paths, or (GV_GRAPH_BUSY) while another maintain is at work.  What git said goes to `said` when it failed.
 */
int gv_maintain_graph(struct gv_store *s, bool dry_run, enum gv_graph *state, struct gv_buf *said,
                      struct gv_err *err);

#endif
