/* SPDX-License-Identifier: MIT */
/*
 * helper: asking a program of libexec/gavel, which holds a library that is slow to load.  Arguments
 * in argv, the answer on its stdout, an error as text on its stderr with an exit code of err.h.
 */
#ifndef GAVEL_HELPER_H
#define GAVEL_HELPER_H

#include "buf.h"
#include "err.h"

/*
 * args: NULL-terminated, without the program's name.  The answer is appended to `out` (more than
 * out->max is GV_EDATA).  What the helper says on stderr becomes err->msg, its exit code the code;
 * one that cannot be run or was killed is GV_EIO.
 */
int gv_helper_ask(const char *name, const char *const *args, struct gv_buf *out,
                  struct gv_err *err);

#endif
