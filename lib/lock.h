/* SPDX-License-Identifier: MIT */
/*
 * lock: one writer at a time, the others queue.  flock(2) on GITDIR/gavel.lock, whose text names the holder
 * (command, process, person, since when), so a waiting user learns whom he waits for.  The kernel
 * releases it when a process dies; what such a process left half done (its refs/heads/main.lock, temporary packs) the next
 * holder clears away, told apart from git's own locks by inode.
 */
#ifndef GAVEL_LOCK_H
#define GAVEL_LOCK_H

#include "err.h"
#include <stdint.h>

struct gv_lock;

/* GV_EBUSY after `seconds`: "locked by case-file import (process 4242, 张三, since 09:30:12)". GV_EIO on a
 * read-only docket. */
int gv_lock_take(struct gv_lock **out, const char *gitdir, const char *command, unsigned seconds, struct gv_err *err);
/* Remember the inode of a ref lock file that this holder is about to put in place. */
int gv_lock_note_inode(struct gv_lock *l, uint64_t inode, struct gv_err *err);
void gv_lock_free(struct gv_lock *l);

#endif
