/* SPDX-License-Identifier: MIT */
/*
 * sync: several files to disk at once.  Syncs that wait together share one commit of the file
 * system's journal and one flush of the disk; one after the other, each pays for its own.  The
 * promise is that of fsync(2) for each of them.  Some network file systems cannot sync folders
 * (EINVAL): there is nothing better to do there.
 */
#ifndef GAVEL_SYNC_H
#define GAVEL_SYNC_H

#include <stddef.h>

/* Returns n when all of fds[0..n-1] are on disk; else the number of one that is not, and errno. */
size_t gv_sync_all(const int *fds, size_t n);

#endif
