/* SPDX-License-Identifier: MIT */
#include "opt.h"

#include <stdlib.h>

#include "date.h"
#include "i18n.h"
#include "near.h"
#include "utf8.h"

static const struct gv_opt docket_opts[] = {
	{ 'C', "docket", "DIR", N_("the docket; else GAVEL_DOCKET, else upwards from here"), .complete = "dir" },
	{ 0, "at", "REV", N_("read the docket as of this commit, or the end of this day"), .complete = "rev" },
	{ 0 }
};
static const struct gv_opt write_opts[] = {
	{ 'C', "docket", "DIR", N_("the docket; else GAVEL_DOCKET, else upwards from here"), .complete = "dir" },
	{ 'm', "reason", "TEXT", N_("why: kept in the commit") },
	{ 0, "dry-run", NULL, N_("print the plan as NDJSON instead of writing it") },
	{ 0, "lock-wait", "SECONDS", N_("how long to queue for the docket's lock (30)"), .check = "count" },
	{ 0 }
};
static const struct gv_opt asof_opts[] = {
	{ 0, "as-of", "DATE", N_("take this day for today; else GAVEL_TODAY, else the clock"), .check = "date" },
	{ 0 }
};
static const struct gv_opt select_opts[] = {
	{ 0, "where", "PREDICATE", N_("only records that match, e.g. 'claim_fen>=5000000 and cause=民间借贷纠纷'"), GV_OPT_MANY },
	{ 0, "jq", "PROGRAM", N_("only records for which this jq program says true (@FILE reads it)") },
	{ 0, "since", "DATE", N_("only records from this day on (see --date-field)"), .check = "date" },
	{ 0, "until", "DATE", N_("only records up to this day, inclusive"), .check = "date" },
	{ 0, "date-field", "FIELD", N_("the date that --since and --until look at"), .complete = "field" },
	{ 0 }
};
static const struct gv_opt rules_opts[] = {
	{ 0, "rules", NULL, N_("list the rules and stop") },
	{ 0, "explain", "RULE", N_("say what a rule needs and why, and stop"), .complete = "rule" },
	{ 0, "only", "RULES", N_("only these rules (comma list; SL-* takes all of a group)"), .complete = "rule" },
	{ 0, "skip", "RULES", N_("without these rules"), .complete = "rule" },
	{ 0 }
};
static const struct gv_opt annotate_opts[] = {
	{ 0, "annotate", NULL, N_("pass the records through with their findings added") },
	{ 0 }
};
static const struct gv_opt bulk_opts[] = {
	{ 0, "errors", "FILE", N_("bad rows go here as NDJSON; feed it back to resume"), .complete = "file" },
	{ 0, "progress", "MODE", N_("never, auto (on a terminal) or json"), .complete = "never|auto|json" },
	{ 0 }
};
static const struct gv_opt output_opts[] = {
	{ 'o', "output", "FORMAT", N_("ndjson, json, table, csv, tsv or ids (table on a terminal, else ndjson)"),
	  .complete = "ndjson|json|table|csv|tsv|ids" },
	{ '0', "null", NULL, N_("with -o ids: end each id with NUL, not newline") },
	{ 0, "fields", "LIST", N_("only these fields, e.g. id,cause,parties.0.name"), .complete = "field" },
	{ 0, "color", "WHEN", N_("never, auto or always"), .complete = "never|auto|always" },
	{ 0, "ambiguous", "N", N_("width of ambiguous characters on this terminal, 1 or 2"), .complete = "1|2" },
	{ 0 }
};
static const struct gv_opt records_opts[] = {
	{ 0, "with", "LIST", N_("add derived fields (comma list, or all)"), .complete = "derived" },
	{ 0, "list-fields", NULL, N_("list the fields of a record with their types and stop") },
	{ 0, "sensitive", NULL, N_("do not mask identity numbers, phones, accounts and addresses") },
	{ 0 }
};
static const struct gv_opt always_opts[] = {
	{ 'h', "help", NULL, N_("show this help") },
	{ 0, "version", NULL, N_("show the version") },
	{ 0 }
};

static const struct { unsigned bit; const char *name; const struct gv_opt *table; } common_sets[] = {
	{ GV_C_DOCKET, "docket", docket_opts }, { GV_C_WRITE, "write", write_opts },
	{ GV_C_ASOF, "today", asof_opts }, { GV_C_SELECT, "select", select_opts },
	{ GV_C_RULES, "rules", rules_opts }, { GV_C_ANNOTATE, "rules", annotate_opts }, { GV_C_BULK, "bulk", bulk_opts },
	{ GV_C_OUTPUT, "output", output_opts }, { GV_C_RECORDS, "records", records_opts },
	{ 0, "always", always_opts },
};
enum { NSETS = sizeof common_sets / sizeof common_sets[0], SET_SHIFT = 16 };

struct given {
	const struct gv_opt *opt;
	const char *value;
};

struct gv_opts {
	struct given *given;
	size_t ngiven;
	char **operands;
	int noperands;
};

struct parse {
	struct gv_opts *opts;
	const struct gv_opt *own;
	unsigned common;
	int argc, i;
	char **argv;
};

/* The cursor is (set << SET_SHIFT | index); set 0 is the command's own table. */
const struct gv_opt *gv_opt_next(const struct gv_opt *own, unsigned common, size_t *cursor)
{
	for (;;) {
		size_t set = *cursor >> SET_SHIFT, i = *cursor & ((1u << SET_SHIFT) - 1);
		const struct gv_opt *table;

		if (set > NSETS)
			return NULL;
		table = set == 0 ? own : common_sets[set - 1].table;
		if (set > 0 && common_sets[set - 1].bit && !(common & common_sets[set - 1].bit))
			table = NULL;
		/* -C belongs to two sets. */
		if (table == write_opts && i == 0 && (common & GV_C_DOCKET))
			i = 1;
		if (!table || !table[i].name) {
			*cursor = (set + 1) << SET_SHIFT;
			continue;
		}
		*cursor = set << SET_SHIFT | (i + 1);
		return &table[i];
	}
}

const char *gv_opt_set(size_t cursor)
{
	size_t set = cursor >> SET_SHIFT;

	return set == 0 || set > NSETS ? "own" : common_sets[set - 1].name;
}

static const struct gv_opt *find(const struct gv_opt *own, unsigned common, const char *name, size_t n, char letter)
{
	const struct gv_opt *o;
	size_t cursor = 0;

	while ((o = gv_opt_next(own, common, &cursor)))
		/* cppcheck-suppress nullPointer ; there is a letter or a name */
		if (letter ? o->letter == letter : strlen(o->name) == n && memcmp(o->name, name, n) == 0)
			return o;
	return NULL;
}

static int unknown(const struct gv_opt *own, unsigned common, struct gv_str name, struct gv_err *err)
{
	struct gv_near near = gv_near_start(name);
	const struct gv_opt *o;
	size_t cursor = 0;

	while ((o = gv_opt_next(own, common, &cursor)))
		gv_near_try(&near, o->name);
	if (near.best)
		return gv_fail(err, GV_EUSAGE, _("unknown option --%.*s (did you mean --%s?)"), (int)name.n, name.p,
		               near.best);
	return gv_fail(err, GV_EUSAGE, _("unknown option --%.*s"), (int)name.n, name.p);
}

/* -kind was meant as --kind; else the whole character is named, which may be more than a byte. */
static int unknown_letter(const struct parse *p, const char *arg, size_t at, struct gv_err *err)
{
	struct gv_str rest = gv_str_of(arg + at);
	const struct gv_opt *o = at == 0 ? find(p->own, p->common, arg, strcspn(arg, "="), 0) : NULL;
	size_t n = 0;

	if (o)
		return gv_fail(err, GV_EUSAGE, _("unknown option -%s (did you mean --%s?)"), arg, o->name);
	gv_utf8_next(rest, &n);
	return gv_fail(err, GV_EUSAGE, _("unknown option -%.*s"), (int)n, rest.p);
}

static int check_value(const struct gv_opt *o, const char *value, struct gv_err *err)
{
	struct gv_err inner;
	int64_t n;
	gv_day d;

	if (!o->check)
		return 0;
	if (strcmp(o->check, "date") == 0 && gv_day_parse(&d, gv_str_of(value), &inner))
		return gv_fail(err, GV_EUSAGE, "--%s: %s", o->name, inner.msg);
	if (strcmp(o->check, "count") == 0 && (!gv_str_int(gv_str_of(value), &n) || n < 1 || n > INT32_MAX))
		return gv_fail(err, GV_EUSAGE, _("--%s: \"%s\" is no number from 1 to %d"), o->name, value, INT32_MAX);
	return 0;
}

/* Fixed words ("never|auto|json") are checked by the same text that completes them. */
static int check_words(const struct gv_opt *o, const char *value, struct gv_err *err)
{
	struct gv_str words = gv_str_of(o->complete ? o->complete : "");
	struct gv_str v = gv_str_of(value);

	if (!words.n || !strchr(words.p, '|'))
		return 0;
	for (size_t start = 0, i = 0; i <= words.n; i++) {
		if (i < words.n && words.p[i] != '|')
			continue;
		if (gv_str_eq((struct gv_str){ words.p + start, i - start }, v))
			return 0;
		start = i + 1;
	}
	return gv_fail(err, GV_EUSAGE, _("--%s: \"%s\" is not one of %s"), o->name, value, o->complete);
}

static int keep(struct gv_opts *opts, const struct gv_opt *o, const char *value, struct gv_err *err)
{
	int rc = 0;

	for (size_t i = 0; i < opts->ngiven; i++) {
		const struct gv_opt *other = opts->given[i].opt;

		if (o->excl && other != o && other->excl && strcmp(o->excl, other->excl) == 0)
			return gv_fail(err, GV_EUSAGE, _("--%s and --%s exclude each other"), other->name, o->name);
	}
	if (value) {
		rc = check_value(o, value, err);
		if (!rc)
			rc = check_words(o, value, err);
	}
	opts->given[opts->ngiven++] = (struct given){ o, value };
	return rc;
}

static int parse_long(struct parse *p, const char *arg, struct gv_err *err)
{
	const char *eq = strchr(arg, '=');
	size_t n = eq ? (size_t)(eq - arg) : strlen(arg);
	const struct gv_opt *o = find(p->own, p->common, arg, n, 0);

	if (!o)
		return unknown(p->own, p->common, (struct gv_str){ arg, n }, err);
	if (!o->arg) {
		if (eq)
			return gv_fail(err, GV_EUSAGE, _("--%s takes no value"), o->name);
		return keep(p->opts, o, NULL, err);
	}
	if (eq)
		return keep(p->opts, o, eq + 1, err);
	if (p->i + 1 >= p->argc)
		return gv_fail(err, GV_EUSAGE, _("--%s needs a value: %s"), o->name, o->arg);
	return keep(p->opts, o, p->argv[++p->i], err);
}

static int parse_letters(struct parse *p, const char *arg, struct gv_err *err)
{
	for (size_t i = 0; arg[i]; i++) {
		const struct gv_opt *o = find(p->own, p->common, NULL, 0, arg[i]);
		int rc;

		if (!o)
			return unknown_letter(p, arg, i, err);
		if (o->arg) {
			if (arg[i + 1])
				return keep(p->opts, o, arg + i + 1, err);
			if (p->i + 1 >= p->argc)
				return gv_fail(err, GV_EUSAGE, _("-%c needs a value: %s"), arg[i], o->arg);
			return keep(p->opts, o, p->argv[++p->i], err);
		}
		rc = keep(p->opts, o, NULL, err);
		if (rc)
			return rc;
	}
	return 0;
}

/* "-7d" and "-3" are operands (terms), not letters. */
static bool looks_like_option(const struct parse *p, const char *arg)
{
	if (arg[0] != '-' || !arg[1])
		return false;
	return !(arg[1] >= '0' && arg[1] <= '9') || find(p->own, p->common, NULL, 0, arg[1]);
}

int gv_opts_parse(struct gv_opts **out, int argc, char **argv, const struct gv_opt *own, unsigned common,
                  struct gv_err *err)
{
	struct gv_opts *opts = calloc(1, sizeof *opts);
	struct parse p = { opts, own, common, argc, 1, argv };
	size_t letters = 1;
	int rc = 0;

	*out = NULL;
	for (int i = 0; i < argc; i++)
		letters += strlen(argv[i]);
	if (opts) {
		opts->given = calloc(letters, sizeof *opts->given);
		opts->operands = calloc((size_t)argc + 1, sizeof *opts->operands);
	}
	if (!opts || !opts->given || !opts->operands) {
		gv_opts_free(opts);
		return gv_fail_nomem(err);
	}
	for (; p.i < argc && !rc; p.i++) {
		char *arg = argv[p.i];

		if (strcmp(arg, "--") == 0) {
			while (++p.i < argc)
				opts->operands[opts->noperands++] = argv[p.i];
		} else if (arg[0] == '-' && arg[1] == '-') {
			rc = parse_long(&p, arg + 2, err);
		} else if (looks_like_option(&p, arg)) {
			rc = parse_letters(&p, arg + 1, err);
		} else {
			opts->operands[opts->noperands++] = arg;
		}
	}
	if (rc) {
		gv_opts_free(opts);
		return rc;
	}
	*out = opts;
	return 0;
}

void gv_opts_free(struct gv_opts *o)
{
	if (!o)
		return;
	free(o->given);
	free(o->operands);
	free(o);
}

bool gv_opts_has(const struct gv_opts *o, const char *name)
{
	for (size_t i = 0; i < o->ngiven; i++)
		if (strcmp(o->given[i].opt->name, name) == 0)
			return true;
	return false;
}

const char *gv_opts_get(const struct gv_opts *o, const char *name)
{
	for (size_t i = o->ngiven; i-- > 0;)
		if (strcmp(o->given[i].opt->name, name) == 0)
			return o->given[i].value;
	return NULL;
}

const char *gv_opts_nth(const struct gv_opts *o, const char *name, size_t nth)
{
	for (size_t i = 0; i < o->ngiven; i++)
		if (strcmp(o->given[i].opt->name, name) == 0 && nth-- == 0)
			return o->given[i].value;
	return NULL;
}

int gv_opts_operands(const struct gv_opts *o, char ***operands)
{
	*operands = o->operands;
	return o->noperands;
}
