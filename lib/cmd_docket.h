/* SPDX-License-Identifier: MIT */
/* cmd_docket: what commands that open a docket share. */
#ifndef GAVEL_CMD_DOCKET_H
#define GAVEL_CMD_DOCKET_H

#include "cmd.h"
#include "store.h"

/* -C, GAVEL_DOCKET, upwards; --at applied.  NULL with cmd->err set. */
struct gv_store *gv_cmd_store(struct gv_cmd *c);
/* A case number reader: with the docket's home court if one is open, else without. */
struct gv_caseno_reader *gv_cmd_caseno(struct gv_cmd *c);
const struct gv_schema *gv_cmd_schema(const struct gv_cmd *c);  /* of spec->kind */

/*
 * .run for commands with .each: arguments or stdin, ids or NDJSON records told apart by the first
 * byte; ids are read from the docket, records are used as they come (no docket needed).  A bad line is reported
 * and the rest goes on (exit 8).
 */
int gv_cmd_run_each(struct gv_cmd *c);

/* The same as a function, for commands that do more around it. */
int gv_cmd_each_rec(struct gv_cmd *c, int (*each)(struct gv_cmd *c, const struct gv_rec *rec), struct gv_err *err);

/* Rules over a record with --only/--skip; findings go to stdout, or into the record with --annotate. */
struct gv_rule;
int gv_cmd_check(struct gv_cmd *c, const struct gv_rule *rules, const struct gv_rec *rec, const void *subject);

/* Print the plan (--dry-run) or commit it; prints "N written, N unchanged" notes. `what` is the commit
 * subject's second half. */
int gv_cmd_commit(struct gv_cmd *c, struct gv_plan *p, const char *what,
                  int (*under_lock)(void *ctx, struct gv_plan *p, struct gv_err *err), void *ctx);

#endif
