/* SPDX-License-Identifier: MIT */
/*
 * gitconf: the few settings of git that we need at every write: who commits, and whether to
 * sign.  Reads the environment, the repository's config and the user's, as git does; a
 * config with include sections is asked through the helper gavel-git (libgit2) instead, which is the slow twin.
 */
#ifndef GAVEL_GITCONF_H
#define GAVEL_GITCONF_H

#include "buf.h"
#include "err.h"

/* "Name <mail> SECONDS +ZONE" for author and committer (GIT_AUTHOR_*, GIT_COMMITTER_*, EMAIL, user.name ...).
 * GV_EUSAGE "git does not know who you are: git config --global user.name ..." */
int gv_gitconf_person(const char *gitdir, bool committer, struct gv_buf *out, struct gv_err *err);
/* One value, "section.key" or "section.sub.key"; GV_ENOTFOUND. Last one wins. */
int gv_gitconf_get(const char *gitdir, const char *key, struct gv_buf *out, struct gv_err *err);
/* Every value of safe.directory in the user's and system's config (never the repository's own). */
int gv_gitconf_safe_directory(const char *dir, bool *safe, struct gv_err *err);

#endif
