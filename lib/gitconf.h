/* SPDX-License-Identifier: MIT */
/*
 * gitconf: the few settings of git that we need at every write: who commits, and whether to
 * sign.  Reads the environment, the repository's config and the user's, as git does; a
 * config with include sections is asked through the helper gavel-git (libgit2) instead, which is
 * the slow twin.
 *
 * `gitdir` may be NULL: then only what is not the repository's own.
 */
#ifndef GAVEL_GITCONF_H
#define GAVEL_GITCONF_H

#include "buf.h"
#include "err.h"

/* "Name <mail> SECONDS +ZONE" for author and committer (GIT_AUTHOR_*, GIT_COMMITTER_*, EMAIL,
 * user.name ...).  GV_EUSAGE "git does not know who you are: git config --global user.name ..." */
int gv_gitconf_person(const char *gitdir, bool committer, struct gv_buf *out, struct gv_err *err);
/* All that a commit needs, with one look at the configs: both persons, and whether commit.gpgsign is
 * set (to anything but no). */
int gv_gitconf_commit(const char *gitdir, struct gv_buf *author, struct gv_buf *committer,
                      bool *sign, struct gv_err *err);
/* One value, "section.key" or "section.sub.key"; GV_ENOTFOUND. Last one wins.  A key without "=" is
 * "true".  GV_EDATA naming file and line if a config cannot be read. */
int gv_gitconf_get(const char *gitdir, const char *key, struct gv_buf *out, struct gv_err *err);
/* Every value of safe.directory in the user's and system's config (never the repository's own). */
int gv_gitconf_safe_directory(const char *dir, bool *safe, struct gv_err *err);

/* ---- what it is made of: for the store, the helper and tests ---- */

/* Several keys in one pass; values[i] is emptied first, found[i] says whether it was there. */
int gv_gitconf_lookup(const char *gitdir, const char *const *keys, size_t n, struct gv_buf *values,
                      bool *found, struct gv_err *err);

struct gv_gitconf_item {
	const char *key;    /* "section.sub.key": section and key in lower case */
	const char *value;  /* NULL for a key without "=" */
};

/* One file's text.  each returns non-zero to stop (then returned); GV_EDATA with the line. */
int gv_gitconf_parse(struct gv_str text, int (*each)(void *ctx, const struct gv_gitconf_item *item),
                     void *ctx, struct gv_err *err);

/* git's booleans: yes on true 1 / no off false 0 and "", any case; a number; NULL is true.  False
 * if it is none. */
bool gv_gitconf_bool(const char *value, bool *out);

enum gv_gitconf_level {
	GV_GITCONF_SYSTEM, GV_GITCONF_XDG, GV_GITCONF_USER, GV_GITCONF_LOCAL
};

/* The files that git reads, in its order, whether they are there or not (not config.worktree). */
int gv_gitconf_files(const char *gitdir,
                     int (*each)(void *ctx, enum gv_gitconf_level level, const char *path),
                     void *ctx, struct gv_err *err);

#endif
