/* SPDX-License-Identifier: MIT */
/* cmd_docket: what commands that deal in records and dockets share. */
#ifndef GAVEL_CMD_DOCKET_H
#define GAVEL_CMD_DOCKET_H

#include "cmd.h"
#include "rule.h"
#include "store.h"

/* For gv_cmd_spec.records: --list-fields, --rules, --explain, masking, ids. */
extern const struct gv_cmd_records gv_cmd_records;

/* -C, GAVEL_DOCKET, upwards; --at applied.  NULL with cmd->err set. */
struct gv_store *gv_cmd_store(struct gv_cmd *c);
/* A case number reader: with the docket's home court if one is open, else without.  NULL with cmd->err set. */
struct gv_caseno_reader *gv_cmd_caseno(struct gv_cmd *c);
/* Of spec->kind, or of the option --kind of a command that has one (NULL if there is no such kind). */
const struct gv_schema *gv_cmd_schema(const struct gv_cmd *c);

/* A typed id, completed with the home kind and court; or a record on its way, of which the id is all that counts. */
int gv_cmd_id(struct gv_cmd *c, struct gv_str text, struct gv_id *out);
/* One that has to be of that kind, as what a field of another record names; in the open docket. */
int gv_cmd_id_of(struct gv_cmd *c, struct gv_str text, const struct gv_schema *s, struct gv_id *out);
/* The record of that kind of which the text is the id, as it is stored.  GV_EDATA: no such id; GV_ENOTFOUND; *out NULL then. */
int gv_cmd_get(struct gv_cmd *c, struct gv_str text, const char *kind, struct gv_doc *d, const struct gv_val **out);
/* What another record names, for whoever only looks at it: sealed values are opened, and *out is NULL where the text is no id
 * or there is no such record; without a docket, too. */
int gv_cmd_look_up(struct gv_cmd *c, struct gv_str text, struct gv_doc *d, const struct gv_val **out);
/* Do two lines of history disagree about that record: does its conflict file lie in the docket? */
int gv_cmd_is_disputed(struct gv_cmd *c, const char *kind, struct gv_str key, bool *yes);
/* The thing of c->err: the id as it was typed; what a record holds is not repeated, it is known by its id. */
void gv_cmd_name_id(struct gv_cmd *c, struct gv_str text, const struct gv_id *id);

/*
 * Records from arguments or stdin: ids or NDJSON told apart by the first byte.  Ids are read from the docket;
 * records are used as they come and need no docket.  A bad line is reported and the rest goes on (exit 8).
 * `each` returns non-zero to stop; negative stops without an error (the reader of our output has seen enough).
 * gv_cmd_run_each() is the .run of commands with .each.
 */
int gv_cmd_each_rec(struct gv_cmd *c, int (*each)(struct gv_cmd *c, const struct gv_rec *rec));
int gv_cmd_run_each(struct gv_cmd *c);

/*
 * Opens the sealed values in a canonical text of the docket, where their keys are here: *text stays good until the next
 * call.  One that does not open is complained about, naming the record, and the record stays as it is.  Who prints or
 * selects records calls it; what checks and histories tell stays sealed.  gv_cmd_unseal_doc() is the same for what
 * was read into d, without complaints.
 */
int gv_cmd_unseal(struct gv_cmd *c, struct gv_str *text, struct gv_str name);
int gv_cmd_unseal_doc(struct gv_cmd *c, struct gv_doc *d);

/* The derived fields to print: --with, or the command's own; NULL: none. */
const char *gv_cmd_with(const struct gv_cmd *c);
/* Print a record with the derived fields of --with. Returns -1 once nobody reads any more. */
int gv_cmd_print_rec(struct gv_cmd *c, const struct gv_rec *rec);

/*
 * Rules over a record with --only/--skip as of c->today; findings go to stdout, or with --annotate into the record, which is
 * then printed.  gv_cmd_findings() counts those above info: a check ends with GV_FOUND if there were any.
 */
int gv_cmd_check(struct gv_cmd *c, const struct gv_rule *rules, const struct gv_rec *rec, const void *subject);
/* Findings from here on belong to that case where their own record names none; borrowed. */
void gv_cmd_findings_of(struct gv_cmd *c, struct gv_str kase);
/* Do --only and --skip name rules of the table?  Before the first record. */
int gv_cmd_check_lists(struct gv_cmd *c, const struct gv_rule *rules);
size_t gv_cmd_findings(const struct gv_cmd *c);
/* One finding that the command itself makes, where there is no record to run rules over. */
int gv_cmd_finding(struct gv_cmd *c, const struct gv_rule *rule, const struct gv_rec *rec, enum gv_level level,
                   const char *message);

/*
 * Print the plan (--dry-run) or commit it with -m and --lock-wait.  `what` is the second half of the commit's subject, read
 * again after under_lock.  With --dry-run, under_lock runs on the snapshot without a lock.  What was done is noted on stderr
 * ("3 written, 1 unchanged: commit 1a2b3c4d5e"), or, if `result` is given, left to the caller to tell.
 */
int gv_cmd_commit(struct gv_cmd *c, struct gv_plan *p, const char *what,
                  int (*under_lock)(void *ctx, struct gv_plan *p, struct gv_err *err), void *ctx,
                  struct gv_commit_result *result);

#endif
