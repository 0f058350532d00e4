/* SPDX-License-Identifier: MIT */
/*
 * helper: asking a program of libexec/gavel, which holds a library that is slow to load.  Arguments
 * in argv, the answer on its stdout, an error as text on its stderr with an exit code of err.h.
 */
#ifndef GAVEL_HELPER_H
#define GAVEL_HELPER_H

#include "buf.h"
#include "err.h"

#include <sys/types.h>

/*
 * args: NULL-terminated, without the program's name.  The answer is appended to `out` (more than
 * out->max is GV_EDATA).  What the helper says on stderr becomes err->msg, its exit code the code;
 * one that cannot be run or was killed is GV_EIO.
 */
int gv_helper_ask(const char *name, const char *const *args, struct gv_buf *out,
                  struct gv_err *err);

/*
 * Start one that goes on while we talk to it: `path` with an empty environment, descriptors 0 to 2 as given (-1: /dev/null), no
 * others, signals as they are by nature.  argv as execve(2) takes it.  Returns an errno, 0 with *pid set.
 */
int gv_helper_start(pid_t *pid, const char *path, char *const *argv, const int fds[3]);

#endif
