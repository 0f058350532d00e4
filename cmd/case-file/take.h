/* SPDX-License-Identifier: MIT */
/* take: another line of history, whose objects are here already, is judged and joined into main.  What pull and merge do. */
#ifndef GAVEL_CASE_FILE_TAKE_H
#define GAVEL_CASE_FILE_TAKE_H

#include "case-file.h"

/*
 * `name` is where it came from: for the commit and for messages.  -m, --lock-wait and --dry-run are those of the command; a
 * dry run prints a row of NDJSON for every file.  What was done is noted on stderr.  0; GV_FOUND: it may not be taken (the
 * findings are printed, main is as it was), or it was joined with conflicts.
 */
int take_line(struct gv_cmd *c, const struct gv_oid *theirs, const char *name);

#endif
