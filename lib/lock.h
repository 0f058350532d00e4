/* SPDX-License-Identifier: MIT */
/*
 * lock: one writer at a time, the others queue.  flock(2) on GITDIR/gavel.lock, whose text names
 * the holder (command, process, person, since when), so a waiting user learns whom he waits for.
 * The kernel releases it when a process dies; what such a process left half done (its
 * refs/heads/main.lock, temporary packs and objects) the next holder clears away, told apart from
 * git's own files by inode and name.
 *
 * flock(2) has no time limit and wakes waiters in no order, so waiting is polling; but only one
 * waiter at a time polls the lock: the one who holds the seat, a flock on the folder GITDIR itself.
 * A writer that comes back at once finds the seat taken, so nobody starves.
 */
#ifndef GAVEL_LOCK_H
#define GAVEL_LOCK_H

#include "err.h"
#include <stdint.h>

struct gv_lock;

/* `who`: the person's name, NULL = unknown.  GV_EBUSY after `seconds` (0: at once): "locked by
 * case-file import (process 4242, 张三, since 09:30:12)", UTC+8. GV_EIO on a read-only docket. */
int gv_lock_take(struct gv_lock **out, const char *gitdir, const char *command, const char *who,
                 unsigned seconds, struct gv_err *err);
/* Remember the inode of a ref lock file that this holder is about to put in place. */
int gv_lock_note_inode(struct gv_lock *l, uint64_t inode, struct gv_err *err);
void gv_lock_free(struct gv_lock *l);

#endif
