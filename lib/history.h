/* SPDX-License-Identifier: MIT */
/* history: how a record came to be what it is; for log, blame, changes and the judging of pushes. */
#ifndef GAVEL_HISTORY_H
#define GAVEL_HISTORY_H

#include "merge.h"
#include "store.h"

/* A record in one commit and in its parents; NULL where it does not exist. */
struct gv_step {
	const struct gv_commit *commit;
	const struct gv_val *after;
	const struct gv_val *before[2];
	size_t parents;                  /* 1, or 2 for a commit that joins; a first commit has one, without the record */
};

/*
 * Every commit that changed what lies at `path`, newest first.  A commit that joins two lines of history counts if
 * it made of the record what neither line had; else the line is followed that it took the record from.  `each` returns
 * non-zero to stop.
 */
int gv_history_walk(struct gv_store *s, const char *path, int (*each)(void *ctx, const struct gv_step *s), void *ctx,
                    struct gv_err *err);

/* Names of the fields that the commit changed, as an array of strings: of one that joins, those that neither line had so. */
int gv_history_fields(struct gv_doc *d, struct gv_val *list, const struct gv_step *s, struct gv_err *err);

#endif
