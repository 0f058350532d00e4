/* SPDX-License-Identifier: MIT */
/* history: how a record came to be what it is; for log, blame and changes. */
#ifndef GAVEL_CASE_FILE_HISTORY_H
#define GAVEL_CASE_FILE_HISTORY_H

#include "case-file.h"
#include "merge.h"

/* A record before and after one commit; NULL where it did not exist. */
struct step {
	const struct gv_commit *commit;
	struct gv_str path;
	const struct gv_val *before, *after;
};

/* Every commit that changed what lies at `path`, newest first, first parents; `each` returns non-zero to stop. */
int history_walk(struct gv_cmd *c, const char *path, int (*each)(void *ctx, const struct step *s), void *ctx);

/* Names of the fields that differ, as an array of strings. */
int history_fields(struct gv_doc *d, struct gv_val *list, const struct gv_val *before, const struct gv_val *after,
                   struct gv_err *err);

/* "2022-06-30T09:30:00+08:00": in the docket's zone, wherever the commit was made. */
void history_time(const struct gv_commit *commit, char out[32]);

/* commit, time, author, reason and the like into an object. */
int history_who(struct gv_doc *d, struct gv_val *row, const struct gv_commit *commit, struct gv_err *err);

/* Text of a blob -> tree; v NULL for a zero id. */
int history_blob(struct gv_store *s, const struct gv_oid *oid, struct gv_doc *d, const struct gv_val **v,
                 struct gv_err *err);

#endif
