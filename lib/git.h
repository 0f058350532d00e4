/* SPDX-License-Identifier: MIT */
/*
 * git: the executable git, for what only it does: moving objects between repositories (fetch, push), writing settings.
 */
#ifndef GAVEL_GIT_H
#define GAVEL_GIT_H

#include "buf.h"
#include "err.h"

/*
 * `git ARGS...` with `--git-dir=GITDIR` (gitdir), or run in a folder (dir), or both: gitdir is seen from dir then.  What the environment says
 * about other repositories (GIT_DIR and the like, as in a hook) does not count.  `said` NULL: its stderr is ours, so
 * that progress, questions and the other side's words are seen.  Else as gv_run(): 0 with git's exit code in *code.
 */
struct gv_git { const char *gitdir, *dir; };

int gv_git(const struct gv_git *where, const char *const *args, struct gv_buf *out, struct gv_buf *said, int *code,
           struct gv_err *err);

/* One answer without its line end, by a git that must succeed: else GV_EIO with what it said. */
int gv_git_ask(const struct gv_git *where, const char *const *args, struct gv_buf *out, struct gv_err *err);

/* GV_EIO "git WHAT failed (exit code N): what it said". */
int gv_git_fail(const char *what, int code, const struct gv_buf *said, struct gv_err *err);

#endif
