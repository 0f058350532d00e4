/* SPDX-License-Identifier: MIT */
/*
 * home: where this installation keeps its data and its helper programs.  Found
 * from the running executable (X/bin/CMD -> X/share/gavel or, in a source
 * tree, X/share; X/libexec/gavel), so that a tree can be moved or used in
 * place.  GAVEL_SHARE and GAVEL_LIBEXEC override.
 */
#ifndef GAVEL_HOME_H
#define GAVEL_HOME_H

#include "buf.h"

/* "<share>/<name>" and "<libexec>/<name>" appended to `out`. */
int gv_home_share(struct gv_buf *out, const char *name, struct gv_err *err);
int gv_home_libexec(struct gv_buf *out, const char *name, struct gv_err *err);

#endif
