/* SPDX-License-Identifier: MIT */
/* remote: the other docket of a pull or a push, as git knows it. */
#ifndef GAVEL_CASE_FILE_REMOTE_H
#define GAVEL_CASE_FILE_REMOTE_H

#include "case-file.h"
#include "git.h"

struct remote {
	struct gv_git git;      /* the docket's own git */
	const char *given;      /* as typed: for messages */
	struct gv_buf url;      /* what git gets: a remote's name, a URL, an absolute path */
	struct gv_buf ref;      /* refs/gavel/pull/...: where what was fetched from there is kept */
};

/*
 * The docket that is open, which must not be a clone, and the first operand, or "origin": a remote of git's (git remote
 * add), a URL, or a folder or bundle on this machine.  GV_ENOTFOUND if it is none of these.
 */
int remote_open(struct remote *r, struct gv_cmd *c);
void remote_close(struct remote *r);

#endif
