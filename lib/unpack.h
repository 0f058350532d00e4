/* SPDX-License-Identifier: MIT */
/*
 * unpack: files of an archive into a fresh folder.  They are written below a hidden folder beside
 * it, that only we can enter, through descriptors of folders that we made, without following links
 * and never over what is there; the whole appears under its name at the end, or nothing does.
 * Files get 0640, folders 0750, less the umask; no owner, no time.
 */
#ifndef GAVEL_UNPACK_H
#define GAVEL_UNPACK_H

#include "buf.h"
#include "err.h"

struct gv_unpack;

/* GV_ECONFLICT if something is at `dir` already. */
int gv_unpack_begin(struct gv_unpack **out, const char *dir, struct gv_err *err);
/* `path` is one that gv_entryname() gave.  A file is open for gv_unpack_add() until the next call
 * of another. */
int gv_unpack_folder(struct gv_unpack *u, struct gv_str path, struct gv_err *err);
int gv_unpack_file(struct gv_unpack *u, struct gv_str path, struct gv_err *err);
int gv_unpack_add(struct gv_unpack *u, struct gv_str bytes, struct gv_err *err);
int gv_unpack_finish(struct gv_unpack *u, struct gv_err *err);
/* Frees; what was not finished is removed. */
void gv_unpack_free(struct gv_unpack *u);

#endif
