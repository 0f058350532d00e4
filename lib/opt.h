/* SPDX-License-Identifier: MIT */
/*
 * opt: one table of options per command.  Parsing, --help, the man page, the three
 * completions and the check that all of it is translated read the same table.
 */
#ifndef GAVEL_OPT_H
#define GAVEL_OPT_H

#include "err.h"
#include "buf.h"

enum { GV_OPT_MANY = 1 << 0 };  /* may be given more than once, all values kept */

struct gv_opt {
	char letter;           /* 'o' or 0 */
	const char *name;      /* "as-of"; NULL ends the table */
	const char *arg;       /* "DATE"; NULL = a flag */
	const char *help;      /* N_("...") one line */
	unsigned flags;
	const char *complete;  /* what the shells offer, see below */
	const char *excl;      /* options with the same group exclude each other */
	const char *check;     /* checked while parsing: "date", "count" (>= 1); NULL */
};

/*
 * complete: "file", "dir", "id", "state", "event", "field", "derived", "cause", "rule", "rev"; "one|of|these", which
 * parsing checks too; or the name of a field ("closed_by"), whose values are offered.  NULL = nothing is known.
 * An arg that is a plural (STATES) or LIST says that the value is a comma list.
 */

/* Options with fixed meanings (gavel(7)); a command lists the sets it takes. */
enum gv_common {
	GV_C_DOCKET = 1 << 0,  /* -C DIR, --at REV */
	GV_C_ASOF   = 1 << 1,  /* --as-of DATE */
	GV_C_OUTPUT = 1 << 2,  /* -o, -0, --fields, --color, --ambiguous */
	GV_C_WRITE  = 1 << 3,  /* -C DIR, -m REASON, --dry-run, --lock-wait SECONDS */
	GV_C_BULK   = 1 << 4,  /* --errors FILE, --progress MODE */
	GV_C_RULES  = 1 << 5,  /* --rules, --explain, --only, --skip */
	GV_C_SELECT = 1 << 6,  /* --where, --jq, --since, --until, --date-field */
	GV_C_RECORDS = 1 << 7, /* --list-fields, --with, --sensitive: for commands with .records */
	GV_C_ANNOTATE = 1 << 8 /* --annotate: for those that check one record after the other */
};

/* Always there: --help, --version. */

struct gv_opts;  /* what was given */

/*
 * GNU style: -x, -xyz, -xVALUE, -x VALUE, --name=VALUE, --name VALUE; unambiguous prefixes are refused (scripts must
 * not depend on them), "--" ends the options.  Operands may stand between options; "-" is one, and "-7d"
 * unless there is an option -7.  Of an option that is given again the last value counts, unless it is GV_OPT_MANY.
 * GV_EUSAGE: unknown option (with the nearest one), missing value, exclusive options, bad value.
 * argv[0] is skipped; pointers into argv are kept.
 */
int gv_opts_parse(struct gv_opts **out, int argc, char **argv, const struct gv_opt *own, unsigned common, struct gv_err *err);
void gv_opts_free(struct gv_opts *o);

bool gv_opts_has(const struct gv_opts *o, const char *name);
const char *gv_opts_get(const struct gv_opts *o, const char *name);              /* last value or NULL */
const char *gv_opts_nth(const struct gv_opts *o, const char *name, size_t i);    /* i-th value or NULL */
int gv_opts_operands(const struct gv_opts *o, char ***operands);                 /* count */

/* Walk own + common options in the order help shows them. */
const struct gv_opt *gv_opt_next(const struct gv_opt *own, unsigned common, size_t *cursor);
/* The set of the option that gv_opt_next() has just given: "own", "docket", "output" ... "always". */
const char *gv_opt_set(size_t cursor);

#endif
