/* SPDX-License-Identifier: MIT */
/* runs_impl: what runs*.c share.  A record in the file is its two lengths, its key, its payload. */
#ifndef GAVEL_RUNS_IMPL_H
#define GAVEL_RUNS_IMPL_H

#include "runs.h"

/* In the byte order of this machine: nobody else reads it. */
struct gv_run_head { uint32_t key, payload; };

struct gv_run { uint64_t from, to; };  /* bytes in the file */

struct gv_runs {
	char *folder;
	int fd;             /* -1: no file yet */
	struct gv_run *runs;
	size_t n, room;
	uint64_t end;       /* of the last run that was ended */
	uint64_t flushed;   /* bytes in the file; those of `buf` follow */
	char *buf;
	size_t used;
	struct gv_buf last; /* the key before */
	bool any;           /* is there one? */
};

#endif
