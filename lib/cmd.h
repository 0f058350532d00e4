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
	const struct gv_cmd_records *records;   /* &gv_cmd_records for commands whose output is records */
	const struct gv_cmd_spec *const *subs;  /* NULL-terminated; then run is not used */
	int (*run)(struct gv_cmd *cmd);         /* the whole work; returns an exit code */
	int (*each)(struct gv_cmd *cmd, const struct gv_rec *rec);  /* with .run = gv_cmd_run_each */
};

/*
 * What cmd.c needs to know about records, kept behind pointers so that a command without records
 * (court-date) does not link schemas, rules and the store.  cmd_docket.h has the one instance.
 */
struct gv_cmd_records {
	/* --list-fields, --rules, --explain: an exit code, or -1 if none was asked for. */
	int (*serve)(struct gv_cmd *cmd);
	bool (*is_sensitive)(struct gv_str kind, struct gv_str path);
	void (*full_id)(const struct gv_val *rec, struct gv_buf *out);
	void (*close)(struct gv_cmd *cmd);
};

struct gv_cmd {
	const struct gv_cmd_spec *spec;   /* of the subcommand, if there is one */
	const char *name;                 /* "case-file import": for messages */
	struct gv_opts *opts;
	int argc; char **argv;            /* operands */
	gv_day today;                     /* --as-of, GAVEL_TODAY, clock */
	const char *fields;               /* default columns, if they differ from spec->fields */
	const char *with;                 /* derived fields to print where --with says nothing; NULL: none */
	const struct gv_str *columns;     /* or by their very names (out.h): ncolumns of them */
	size_t ncolumns;
	bool guard;                       /* CSV is for a spreadsheet (out.h) */
	struct gv_out *out;               /* opened on first gv_cmd_out() */
	struct gv_err err;                /* scratch for run and each */
	struct gv_buf text;               /* gv_cmd_print() */
	bool closed;                      /* the reader of gv_cmd_print() went away */
	enum { GV_TERMINAL_UNASKED, GV_TERMINAL_NO, GV_TERMINAL_YES } terminal;  /* is stdout one? */
	size_t done, failed;              /* records */
	int first_code;                   /* exit code of the first failure */
	struct gv_cmd_errors *errors;     /* --errors FILE */
	struct gv_cmd_meter *meter;       /* --progress */
	/* A record's text as it was on the day of --as-of, before anything is asked of it: *text then, borrowed until the next call;
	 * {0}: it was not there.  NULL: as it is.  GV_EDATA: that is not known. */
	int (*past)(struct gv_cmd *c, struct gv_str *text);
	void *past_ctx;
	void *ctx;                        /* the command's own */
	struct gv_cmd_docket *docket;     /* cmd_docket.c */
	const char *bundle;               /* gv_cmd_commit(): see gv_commit_opts */
};

/*
 * Sets up language and signals (SIGPIPE and SIGXFSZ ignored), finds the subcommand, parses, serves --help, --version,
 * --list-fields, --rules, --explain and the hidden --dump-spec, runs, closes stdout (a full disk there is
 * exit 9), prints a pending error and returns the exit code.
 * A command with subcommands runs NAME-SUB from PATH when SUB is not built in (add-ons), and lists add-ons in
 * --help.
 *
 * `run` returns 0, GV_FOUND, or a GV_E code with cmd->err filled.  Failures that were reported one by one
 * (gv_cmd_complain, gv_cmd_bad_row) turn a 0 into GV_EPARTIAL, or into the failure's own code if it was the only
 * record there was.
 */
int gv_cmd_main(int argc, char **argv, const struct gv_cmd_spec *spec);

/* The option tables and summaries as lines for make/docs.sh (man pages, completions); cmd_help.c. */
void gv_cmd_dump_spec(const struct gv_cmd_spec *spec, struct gv_buf *out);
void gv_cmd_help(const struct gv_cmd_spec *spec, const char *name, struct gv_buf *out);

static inline const char *gv_cmd_opt(const struct gv_cmd *c, const char *name)
{
	return gv_opts_get(c->opts, name);
}
static inline bool gv_cmd_has(const struct gv_cmd *c, const char *name)
{
	return gv_opts_has(c->opts, name);
}
/* -m was given, and says something: for commands that do nothing without a reason. */
static inline bool gv_cmd_has_reason(const struct gv_cmd *c)
{
	return gv_str_trim(gv_str_of(gv_cmd_opt(c, "reason"))).n > 0;
}

/* The writer for -o and friends on stdout; NULL with cmd->err set if it cannot be opened. */
struct gv_out *gv_cmd_out(struct gv_cmd *c);

/* "case-file import: line 3: （2022）沪0114民初12号: closed_on: ..." to stderr; counts as failed. */
void gv_cmd_complain(struct gv_cmd *c, const struct gv_err *err);
/* The same of c->err, on that line of the input (0: none), and it is cleared: the rest goes on. */
void gv_cmd_pass_over(struct gv_cmd *c, size_t line);
/* "case-file import: warning: ..." and, without that word, a note; both to stderr. */
void gv_cmd_warn(struct gv_cmd *c, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void gv_cmd_note(struct gv_cmd *c, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/*
 * One bad row of a stream: to --errors FILE as {"field","input","kind":"error","line","reason"} if given, else to
 * stderr; counts as failed, so the exit code becomes 8.  `input` is the row as JSON text if it could be read, else
 * as found.  The file appears under its name when the command ends, so that it may be read as input meanwhile; with no
 * bad rows an older one is emptied.  A command that fails as a whole leaves an older one alone: its rows may be the
 * input that was not taken.  What is no regular file (/dev/null, a pipe) is written to at once.
 */
int gv_cmd_bad_row(struct gv_cmd *c, const struct gv_err *err, struct gv_str input);
/* A line of such a file, read as input again, becomes the row that was refused then; other rows stay as they are. */
int gv_cmd_row_again(struct gv_cmd *c, struct gv_doc *row, unsigned flags);

/* Operands if any, else stdin's lines if it is no terminal ("-" is stdin); `line` is 0 for operands.  `each`
 * returns non-zero to stop.  Bad lines (too long, not UTF-8) and operands are complained about and skipped. */
int gv_cmd_each_text(struct gv_cmd *c, int (*each)(struct gv_cmd *c, struct gv_str text, size_t line),
                     struct gv_err *err);

/* Progress on stderr: records, rate, time left (every 0.2 s on a terminal, every second as JSON).  total 0 =
 * unknown.  gv_cmd_main() ends it. */
void gv_cmd_progress(struct gv_cmd *c, uint64_t done, uint64_t total, const char *unit);

/* Plain text on stdout (dates, logs, help): buffered, but not for a terminal; quiet on EPIPE (gv_cmd_closed()), GV_EIO
 * on a full disk. */
int gv_cmd_put(struct gv_cmd *c, struct gv_str text);
int gv_cmd_print(struct gv_cmd *c, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
int gv_cmd_flush(struct gv_cmd *c, struct gv_err *err);

/* Nobody reads our output any more: loops end here, quietly. */
static inline bool gv_cmd_closed(const struct gv_cmd *c)
{
	return c->closed || (c->out && gv_out_closed(c->out));
}

/* Internal to cmd*.c: end the text, the error file and the progress line. */
int gv_cmd_io_close(struct gv_cmd *c, bool done, struct gv_err *err);

#endif
