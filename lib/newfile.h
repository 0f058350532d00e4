/* SPDX-License-Identifier: MIT */
/* newfile: a file that is whole or not there: written beside its place, brought to disk, and renamed. */
#ifndef GAVEL_NEWFILE_H
#define GAVEL_NEWFILE_H

#include <sys/types.h>

#include "buf.h"

struct gv_newfile {
	int fd;                /* to write to */
	const char *path;      /* borrowed: where it will appear, in place of what may be there */
	struct gv_buf part;
};

/* `mode` less the umask.  Whatever comes of it, gv_newfile_close() must follow. */
int gv_newfile_open(struct gv_newfile *f, const char *path, mode_t mode, struct gv_err *err);
/* rc: how opening and writing went.  0: there it is; else nothing is left, and what was there before stays. */
int gv_newfile_close(struct gv_newfile *f, int rc, struct gv_err *err);
/* All at once. */
int gv_newfile_write(const char *path, mode_t mode, struct gv_str text, struct gv_err *err);

/* A folder's names to disk; `name` from the folder `at`, `thing` for messages. */
int gv_fsync_dir(int at, const char *name, const char *thing, struct gv_err *err);

#endif
