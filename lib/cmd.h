/* SPDX-License-Identifier: MIT */
/*
 * cmd: the loop every command runs in: options, language, output, errors, exit
 * code.  cmd_docket.h adds what commands that open a docket need; a command
 * that does not include it does not link the store.
 */
#ifndef GAVEL_CMD_H
#define GAVEL_CMD_H

#include "date.h"
#include "opt.h"
#include "out.h"
#include "in.h"

struct gv_cmd;
struct gv_rule;
struct gv_rec;
struct gv_schema;

struct gv_cmd_spec {
	const char *name;           /* "court-date"; of a subcommand: "import" */
	const char *summary;        /* N_("...") one line for --help, man NAME line, completions */
	const char *usage;          /* operands: "[DATE] [TERM...]" */
	const char *operands;       /* completion of operands: as gv_opt.complete, NULL = none */
	const struct gv_opt *opts;
	unsigned common;            /* enum gv_common */
	const char *kind;           /* home kind, "case" */
	const char *fields;         /* default columns of tables and CSV */
	const struct gv_rule *rules;
	const struct gv_cmd_spec *const *subs;  /* NULL-terminated; then run is not used */
	int (*run)(struct gv_cmd *cmd);         /* the whole work; returns an exit code */
	int (*each)(struct gv_cmd *cmd, const struct gv_rec *rec);  /* with .run = gv_cmd_run_each */
};

struct gv_cmd {
	const struct gv_cmd_spec *spec;   /* of the subcommand, if there is one */
	const char *name;                 /* "case-file import": for messages */
	struct gv_opts *opts;
	int argc; char **argv;            /* operands */
	gv_day today;                     /* --as-of, GAVEL_TODAY, clock */
	struct gv_out *out;               /* opened on first gv_cmd_out() */
	struct gv_err err;                /* scratch for run and each */
	size_t done, failed;              /* records */
	void *ctx;                        /* the command's own */
	struct gv_cmd_docket *docket;     /* cmd_docket.c */
};

/*
 * Sets up language and signals (SIGPIPE ignored), finds the subcommand, parses, serves --help, --version,
 * --list-fields, --rules, --explain and the hidden --dump-spec, runs, closes stdout (a full
 * disk there is exit 9), prints a pending error and returns the exit code.
 * A command with subcommands runs NAME-SUB from PATH when SUB is not built in (add-ons), and lists add-ons in --help.
 */
int gv_cmd_main(int argc, char **argv, const struct gv_cmd_spec *spec);

static inline const char *gv_cmd_opt(const struct gv_cmd *c, const char *name)
{
	return gv_opts_get(c->opts, name);
}
static inline bool gv_cmd_has(const struct gv_cmd *c, const char *name)
{
	return gv_opts_has(c->opts, name);
}

/* The writer for -o and friends on stdout; NULL with cmd->err set if it cannot be opened. */
struct gv_out *gv_cmd_out(struct gv_cmd *c);

/* "case-file import: line 3: （2022）沪0114民初12号: closed_on: ..." to stderr; counts as failed. */
void gv_cmd_complain(struct gv_cmd *c, const struct gv_err *err);
/* "case-file import: warning: ..." / note without prefix word; not with --quiet terminals' stdout. */
void gv_cmd_warn(struct gv_cmd *c, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void gv_cmd_note(struct gv_cmd *c, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* One bad row of a stream: to --errors FILE as {"kind":"error","line","field","reason","input"}
 * if given, else to stderr; counts as failed, so the exit code becomes 8. */
int gv_cmd_bad_row(struct gv_cmd *c, const struct gv_err *err, struct gv_str input);

/* Operands if any, else stdin's lines if it is no terminal ("-" is stdin); each returns non-zero to stop. */
int gv_cmd_each_text(struct gv_cmd *c, int (*each)(struct gv_cmd *c, struct gv_str text, size_t line), struct gv_err *err);

/* Progress on stderr: records, rate, time left.  total 0 = unknown. */
void gv_cmd_progress(struct gv_cmd *c, uint64_t done, uint64_t total, const char *unit);

#endif
