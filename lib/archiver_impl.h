/* SPDX-License-Identifier: MIT */
/* archiver_impl: the child behind archiver.h.  Not for anybody else. */
#ifndef GAVEL_ARCHIVER_IMPL_H
#define GAVEL_ARCHIVER_IMPL_H

#include <sys/types.h>

#include "archiver.h"

struct gv_archive_child {
	pid_t pid;             /* 0: none */
	int in, out, said;     /* our ends: its stdin, stdout, stderr; -1 */
};

/* fd 0 and 1 of the child: `from` or `to` if given (>= 0), else a pipe of ours.  args end with NULL. */
int gv_archive_spawn(struct gv_archive_child *c, const char *const *args, int from, int to, struct gv_err *err);
/* Closes the pipes and waits.  What went wrong with it, in its own words, else 0. */
int gv_archive_reap(struct gv_archive_child *c, struct gv_err *err);
/* Kills it, if it is there. */
void gv_archive_end(struct gv_archive_child *c);

#endif
