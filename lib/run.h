/* SPDX-License-Identifier: MIT */
/*
 * run: another program, run to its end: what it is told, what it answers, what it complains about.
 * For helpers of libexec, git, ssh-keygen, gpg and gnuplot.
 */
#ifndef GAVEL_RUN_H
#define GAVEL_RUN_H

#include "buf.h"
#include "err.h"

struct gv_run {
	const char *program;        /* a path, or a name that is looked up in absolute folders of PATH */
	const char *const *args;    /* NULL-terminated, without the program's own name */
	const char *const *env;     /* the whole environment; NULL: ours */
	const char *dir;            /* where it runs; NULL: here */
	struct gv_str input;        /* its standard input; p NULL: /dev/null */
	unsigned seconds;           /* then it is killed; 0 = no limit */
	bool own_group;             /* ^C does not reach it, a kill reaches all of it */
	bool errors_through;        /* its stderr is ours (a passphrase prompt, git's progress) */
};

/*
 * The answer is appended to `out`, its stderr to `said` (NULL: dropped); what is beyond their maximum is read and
 * dropped and marks the buffer as failed.  0 with *code = its exit code, or 128 + the signal that killed it;
 * GV_ENOTFOUND if there is no such program, GV_EIO if it cannot be run or the time was up.
 */
int gv_run(const struct gv_run *r, struct gv_buf *out, struct gv_buf *said, int *code, struct gv_err *err);

/* Where PATH has the program (relative folders are passed over: what lies in the folder of the data is not
 * ours to run); GV_ENOTFOUND without a message of its own. */
int gv_run_find(const char *name, struct gv_buf *path, struct gv_err *err);

/* A word of the shell, in single quotes, appended: for settings and scripts that run something later. */
void gv_run_quote(struct gv_buf *out, const char *word);

#endif
