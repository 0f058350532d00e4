/* SPDX-License-Identifier: MIT */
/*
 * gitref: refs of a files-backed repository, and moving one by compare-and-swap as git
 * does it (NAME.lock, rename), with the reflog written and the ref synced (the reflog is left to
 * the kernel, as git does: commits themselves say who did what).
 */
#ifndef GAVEL_GITREF_H
#define GAVEL_GITREF_H

#include "sha.h"

/* Loose file, then packed-refs; follows symbolic refs 5 deep.  GV_ENOTFOUND. */
int gv_gitref_read(const char *gitdir, const char *name, struct gv_oid *out, struct gv_err *err);

struct gv_gitref_move {
	const char *name;              /* "refs/heads/main" */
	const struct gv_oid *from;     /* NULL: must not exist yet */
	const struct gv_oid *to;
	const char *who;               /* "Name <mail> 1656547200 +0800": for the reflog */
	const char *why;               /* reflog message */
	unsigned wait_ms;              /* how long to wait for NAME.lock held by git itself */
	/* Called with the inode of the lock file before it becomes NAME.lock, so that a dead
	 * writer's lock can be told from git's; may be NULL. */
	int (*announce)(void *ctx, uint64_t inode, struct gv_err *err);
	void *ctx;
};
/*
 * GV_ECONFLICT if the ref is not at `from`, GV_EDATA if it is symbolic, GV_EBUSY if NAME.lock stays (names the file, its age and
 * what to do).  Nothing moved on any failure but one: if the folder cannot be synced after the ref
 * has moved, GV_EIO says so.
 */
int gv_gitref_move(const char *gitdir, const struct gv_gitref_move *m, struct gv_err *err);

/* Remove temporary files that a dead gv_gitref_move() left; only under the docket's lock. */
void gv_gitref_sweep(const char *gitdir);

#endif
