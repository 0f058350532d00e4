/* SPDX-License-Identifier: MIT */
/* pipe-stat: statistics at the end of any pipe. */
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "cmd.h"
#include "feed.h"
#include "i18n.h"
#include "picture.h"
#include "report.h"
#include "schema.h"

enum { MEMORY_MIB = 256, TABLE_DECIMALS = 2, DECIMALS_MAX = 12, SHARD_MAX = INT32_MAX };
#define BAR "bar"      /* the option and the column */
#define TOTAL "total"  /* likewise */

static const struct gv_opt opts[] = {
	{ 'g', "group", "FIELDS", N_("group by these fields, e.g. tribunal,filed_on:month"), .complete = "field" },
	{ 'a', "aggregate", "LIST", N_("count, sum:F, mean:F, sd:F, min:F, max:F, p50:F, distinct:F, rate:PREDICATE, first:F, last:F (count)"), GV_OPT_MANY },
	{ 0, "where", "PREDICATE", N_("only records that match, e.g. 'claim_fen>=5000000 and state=closed'"), GV_OPT_MANY },
	{ 0, "having", "PREDICATE", N_("only rows that match, e.g. 'count>=10'") },
	{ 0, "sort", "COLUMNS", N_("order rows by these columns, -COLUMN for largest first") },
	{ 0, "top", "N", N_("only the first N rows"), .check = "count" },
	{ 0, TOTAL, NULL, N_("one more row: everything together") },
	{ 0, "share", NULL, N_("a column more: which part of the total the first aggregate is") },
	{ 0, "pivot", "FIELD", N_("the values of this field become columns"), .complete = "field", .excl = "shape" },
	{ 0, "interpolate", NULL, N_("quantiles between two values where they fall between; else the nearest rank") },
	{ 0, "exact", "N", N_("so many different values of a group are kept for quantiles and distinct (131072)"), .check = "count" },
	{ 0, "decimals", "N", N_("round computed fractions to N places (tables: 2, all else: as they are)") },
	{ 'v', "verbose", NULL, N_("columns about the columns: number of values, parts of a rate, error of an estimate") },
	{ 0, BAR, NULL, N_("draw a bar of the first aggregate behind each row of a table") },
	{ 0, "spark", NULL, N_("draw the first aggregate over time, for the last group that is a part of a date"), .excl = "shape" },
	{ 0, "svg", "FILE", N_("draw a chart of the rows (needs gnuplot)"), .complete = "file" },
	{ 0, "live", NULL, N_("show the table on the terminal while the input comes") },
	{ 0, "sensitive", NULL, N_("do not mask identity numbers, phones, accounts and addresses") },
	{ 0, "map", NULL, N_("print states that can be joined instead of numbers"), .excl = "mode" },
	{ 0, "merge", NULL, N_("join states to fewer states"), .excl = "mode" },
	{ 0, "final", NULL, N_("join states and print the numbers"), .excl = "mode" },
	{ 0, "shard", "N", N_("with --map: which part of the whole input this is, for first:F and last:F") },
	{ 'j', "jobs", "N", N_("read NDJSON with N threads (1)"), .check = "count" },
	{ 0, "memory", "MIB", N_("so much memory for groups, then on disk (256)"), .check = "count" },
	{ 0, "format", "FORMAT", N_("of the input: auto, ndjson, json, csv or tsv"), .complete = "auto|ndjson|json|csv|tsv" },
	{ 0 }
};

struct work {
	struct gv_cmd *c;
	struct gv_stat_spec *spec;         /* from the command line */
	struct gv_feed *feed;
	struct gv_report *report;
	struct gv_report *live_report;     /* the same for --live, which is for people whatever -o says */
	const char **aggregates, **where;  /* as given, NULL-terminated */
	struct gv_buf groups;
	struct gv_str *columns;            /* of the output */
	struct gv_picture *picture;
	const char *unit;
	bool table, is_live;
	struct gv_live live;
	double drawn;                      /* --live: when, and how many records there were */
	size_t drawn_rows;
	const char *path;                  /* what is read; NULL: standard input */
};

static double seconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* ---- the command line ---- */

static int number_option(struct gv_cmd *c, const char *name, int64_t least, int64_t most, int64_t *out)
{
	const char *text = gv_cmd_opt(c, name);

	if (!text || (gv_str_int(gv_str_of(text), out) && *out >= least && *out <= most))
		return 0;
	return gv_fail(&c->err, GV_EUSAGE, _("--%s: \"%s\" is no number from %lld to %lld"), name, text, (long long)least,
	               (long long)most);
}

/* The option `name` is of no use in the mode of the command. */
static int refuse(struct gv_cmd *c, const char *name, const char *mode, const char *why)
{
	return gv_cmd_has(c, name) ? gv_fail(&c->err, GV_EUSAGE, _("--%s does not go with --%s: %s"), name, mode, why) : 0;
}

static int check_modes(struct gv_cmd *c)
{
	static const char *const question[] = { "group", "aggregate", "where", "exact" };
	static const char *const shapes[] = { "having", "sort", "top", TOTAL, "share", "interpolate", "decimals", "verbose", BAR, "svg", "live" };
	bool map = gv_cmd_has(c, "map"), merge = gv_cmd_has(c, "merge");
	const char *mode = map ? "map" : merge ? "merge" : "final";
	int rc = 0;

	for (size_t i = 0; i < sizeof question / sizeof question[0] && !rc && (merge || gv_cmd_has(c, "final")); i++)
		rc = refuse(c, question[i], mode, _("the states tell what they answer"));
	for (size_t i = 0; i < sizeof shapes / sizeof shapes[0] && !rc && (map || merge); i++)
		rc = refuse(c, shapes[i], mode, _("states have no rows yet, give it to --final"));
	if (!rc && merge)
		rc = refuse(c, "pivot", mode, _("give it to --map and --final"));
	if (!rc && merge)
		rc = refuse(c, "spark", mode, _("give it to --map and --final"));
	if (!rc && (map || merge))
		rc = refuse(c, "output", mode, _("states are NDJSON"));
	if (!rc && (map || merge))
		rc = refuse(c, "fields", mode, _("states are NDJSON"));
	if (!rc && gv_cmd_has(c, BAR) && gv_cmd_has(c, "pivot"))
		rc = refuse(c, BAR, "pivot", _("a row has many columns to draw"));
	if (!rc && gv_cmd_opt(c, "output") && strcmp(gv_cmd_opt(c, "output"), "ids") == 0)
		rc = gv_fail(&c->err, GV_EUSAGE, "%s", _("-o ids: rows of statistics have no ids"));
	if (!rc && gv_cmd_has(c, "shard") && !map)
		rc = gv_fail(&c->err, GV_EUSAGE, "%s", _("--shard goes with --map only"));
	if (!rc && gv_cmd_has(c, "live") && gv_cmd_has(c, "jobs") && strcmp(gv_cmd_opt(c, "jobs"), "1") != 0)
		rc = refuse(c, "live", "jobs", _("one thread reads and shows"));
	return rc;
}

/* All values of an option that may be given several times. */
static const char **all_of(struct gv_cmd *c, const char *name)
{
	const char **list;
	size_t n = 0;

	while (gv_opts_nth(c->opts, name, n))
		n++;
	list = calloc(n + 1, sizeof(const char *));
	for (size_t i = 0; list && i < n; i++)
		list[i] = gv_opts_nth(c->opts, name, i);
	return list;
}

/* The groups of -g but `last`, which is put behind them. */
static void groups_but(struct gv_buf *out, const char *groups, struct gv_str last)
{
	while (groups && *groups) {
		size_t n = strcspn(groups, ",");
		struct gv_str group = { groups, n };

		if (!gv_str_eq(group, last)) {
			gv_buf_addstr(out, group);
			gv_buf_addc(out, ',');
		}
		groups += n + (groups[n] == ',');
	}
	gv_buf_addstr(out, last);
}

/* A pivot and the time of a sparkline are the last group. */
static void arrange_groups(struct work *w)
{
	const char *groups = gv_cmd_opt(w->c, "group"), *pivot = gv_cmd_opt(w->c, "pivot");
	struct gv_str time = { 0 };

	if (pivot) {
		groups_but(&w->groups, groups, gv_str_of(pivot));
		return;
	}
	for (const char *p = groups; p && *p && gv_cmd_has(w->c, "spark");) {
		struct gv_str group = { p, strcspn(p, ",") };

		if (memchr(group.p, ':', group.n))
			time = group;
		p += group.n + (p[group.n] == ',');
	}
	if (time.p)
		groups_but(&w->groups, groups, time);
	else if (groups)
		gv_buf_adds(&w->groups, groups);
}

static int make_spec(struct work *w)
{
	struct gv_cmd *c = w->c;
	struct gv_stat_ask ask = { 0 };
	struct gv_str ordered;
	int64_t exact = 0;
	int rc;

	w->aggregates = all_of(c, "aggregate");
	w->where = all_of(c, "where");
	if (!w->aggregates || !w->where)
		return gv_fail_nomem(&c->err);
	arrange_groups(w);
	rc = gv_buf_check(&w->groups, &c->err);
	if (!rc)
		rc = number_option(c, "exact", 1, INT32_MAX, &exact);
	if (rc)
		return rc;
	ask.aggregates = w->aggregates;
	ask.where = w->where;
	ask.exact = (uint32_t)exact;
	ask.groups = gv_cmd_has(c, "group") || gv_cmd_has(c, "pivot") ? gv_buf_str(&w->groups).p : NULL;
	rc = gv_stat_spec_new(&w->spec, &ask, &c->err);
	ordered = rc ? (struct gv_str){ 0 } : gv_stat_spec_ordered(w->spec);
	if (ordered.p && gv_cmd_has(c, "map") && !gv_cmd_has(c, "shard"))
		rc = gv_fail(&c->err, GV_EUSAGE, _("-a %.*s depends on the order of the input: number its parts with --shard, or say %.*s@FIELD"),
		             (int)ordered.n, ordered.p, (int)ordered.n, ordered.p);
	return rc;
}

static bool is_table(struct gv_cmd *c)
{
	const char *format = gv_cmd_opt(c, "output");

	return format ? strcmp(format, "table") == 0 : isatty(STDOUT_FILENO);
}

static int64_t memory_bytes(struct gv_cmd *c)
{
	int64_t mib = MEMORY_MIB;

	number_option(c, "memory", 1, INT32_MAX, &mib);
	return mib * (int64_t)GV_MIB;
}

/* In a table of people, or of anything else that courts keep. */
static bool is_sensitive(struct gv_str path)
{
	size_t n;
	const struct gv_schema *const *all = gv_schema_all(&n);

	for (size_t i = 0; i < n; i++)
		if (gv_schema_is_sensitive(gv_str_of(all[i]->kind), path))
			return true;
	return false;
}

static bool is_for_people(struct gv_cmd *c)
{
	const char *format = gv_cmd_opt(c, "output");

	return is_table(c) || (format && (strcmp(format, "csv") == 0 || strcmp(format, "tsv") == 0));
}

static int make_report(struct work *w, const struct gv_stat_spec *spec, struct gv_report **out, bool table, bool people)
{
	struct gv_cmd *c = w->c;
	struct gv_report_ask ask = {
		.sort = gv_cmd_opt(c, "sort"), .having = gv_cmd_opt(c, "having"), .total = gv_cmd_has(c, TOTAL),
		.share = gv_cmd_has(c, "share"), .verbose = gv_cmd_has(c, "verbose"), .interpolate = gv_cmd_has(c, "interpolate"),
		.pivot = gv_cmd_has(c, "pivot"), .spark = gv_cmd_has(c, "spark"), .memory = (size_t)memory_bytes(c),
		.mask = people, .is_sensitive = gv_cmd_has(c, "sensitive") ? NULL : is_sensitive,
	};
	int64_t top = 0, decimals = table ? TABLE_DECIMALS : -1;
	const char *pivot = gv_cmd_opt(c, "pivot");
	int rc = number_option(c, "top", 1, INT32_MAX, &top);

	if (!rc)
		rc = number_option(c, "decimals", 0, DECIMALS_MAX, &decimals);
	if (rc)
		return rc;
	ask.top = (uint64_t)top;
	ask.decimals = (int)decimals;
	if (pivot && !gv_stat_spec_ends_with(spec, gv_str_of(pivot)))
		return gv_fail(&c->err, GV_EUSAGE, _("--pivot: \"%s\" is not the last group of the states"), pivot);
	return gv_report_new(out, spec, &ask, &c->err);
}

/* ---- rows ---- */

/* Our columns stand behind those of the report. */
static int list_columns(struct work *w)
{
	struct gv_cmd *c = w->c;
	size_t n;
	const struct gv_str *names = gv_report_columns(w->report, &n);
	bool total = gv_cmd_has(c, TOTAL), bar = gv_cmd_has(c, BAR);

	for (size_t i = 0; i < n; i++)
		if ((total && gv_str_is(names[i], TOTAL)) || (bar && gv_str_is(names[i], BAR)))
			return gv_fail(&c->err, GV_EUSAGE, _("two columns would be named \"%.*s\""), (int)names[i].n, names[i].p);
	free(w->columns);
	w->columns = calloc(n + 2, sizeof *w->columns);
	if (!w->columns)
		return gv_fail_nomem(&c->err);
	memcpy(w->columns, names, n * sizeof *names);
	if (bar)
		w->columns[n++] = GV_STR(BAR);
	if (total && !w->table)
		w->columns[n++] = GV_STR(TOTAL);
	c->columns = w->columns;
	c->ncolumns = n;
	return 0;
}

static int mark_total(struct work *w, struct gv_doc *row)
{
	size_t n;
	const struct gv_str *names = gv_report_columns(w->report, &n);

	if (!w->table)
		return gv_obj_set(row, &row->root, GV_STR(TOTAL), gv_mkbool(true), &w->c->err);
	if (!gv_report_groups(w->report))
		return 0;
	return gv_obj_set(row, &row->root, names[0], gv_mklit(_("total")), &w->c->err);
}

/* Records have no fractions: in a stream of them these are text, as in a docket. */
static void numbers_to_text(struct gv_val *row)
{
	for (uint32_t i = 0; i < row->n; i++)
		if (row->members[i].val.type == GV_NUMBER)
			row->members[i].val.type = GV_STRING;
}

static int print_row(void *ctx, struct gv_doc *row, bool is_total)
{
	struct work *w = ctx;
	struct gv_out *out = w->c->out;
	enum gv_format format = gv_out_format(out);
	int rc = is_total ? mark_total(w, row) : w->picture ? gv_picture_row(w->picture, row, &w->c->err) : 0;

	if (rc)
		return rc;
	if (format == GV_OUT_NDJSON || format == GV_OUT_JSON)
		numbers_to_text(&row->root);
	if (w->table)
		rc = gv_report_dash(w->report, row, &w->c->err);
	if (rc)
		return rc;
	rc = gv_out_rec(out, &row->root, &w->c->err);
	return rc ? rc : gv_cmd_closed(w->c) ? -1 : 0;
}

static int open_out(struct work *w)
{
	int rc = list_columns(w);

	if (rc)
		return rc;
	w->c->guard = true; /* its CSV is for spreadsheets */
	return gv_cmd_out(w->c) ? 0 : w->c->err.code;
}

static void tell(struct work *w)
{
	static const char *const misfits[] = {
		[GV_WANTS_NUMBERS] = N_("%.*s: values that are no numbers, or have too many digits, and are left out: %llu"),
		[GV_WANTS_ORDER] = N_("%.*s: values that are neither numbers nor dates and are left out: %llu"),
		[GV_WANTS_DATES] = N_("%.*s: values that are no dates and are left out: %llu"),
		[GV_WANTS_PART] = N_("%.*s: values that are no dates and stay as they are: %llu"),
	};
	enum gv_report_wants wants;
	struct gv_str name;
	const char *error;
	uint64_t n;
	size_t nstats;
	struct gv_stat *const *stats = gv_feed_stats(w->feed, &nstats);

	for (size_t i = 0; (n = gv_report_misfits(w->report, &i, &name, &wants));)
		gv_cmd_warn(w->c, _(misfits[wants]), (int)name.n, name.p, (unsigned long long)n);
	for (size_t i = 0; gv_stat_never_had(stats, nstats, &i, &name);)
		gv_cmd_note(w->c, _("no record has %.*s"), (int)name.n, name.p);
	if (w->picture && gv_picture_left_out(w->picture))
		gv_cmd_note(w->c, _("the chart lacks rows that are no dates: %zu"), gv_picture_left_out(w->picture));
	for (size_t i = 0; gv_report_approximate(w->report, &i, &name, &error);)
		gv_cmd_note(w->c, _("%.*s: too many different values to be exact (--exact): %s"), (int)name.n, name.p, _(error));
	if (w->table && gv_report_from(w->report).n)
		gv_cmd_note(w->c, _("spark: from %s to %s"), gv_report_from(w->report).p, gv_report_until(w->report).p);
}

/* The rows twice where they are drawn: a bar must know the longest, and a chart that fails ends it before any output. */
static int print_rows(struct work *w)
{
	struct gv_cmd *c = w->c;
	size_t n;
	struct gv_stat *const *stats = gv_feed_stats(w->feed, &n);
	int rc = gv_report_prepare(w->report, stats, n, &c->err);

	if (rc) {
		gv_out_drop(c->out);
		c->out = NULL;
	}
	if (!rc && (!c->out || gv_cmd_has(c, "pivot")))
		rc = open_out(w);
	if (!rc && (gv_cmd_has(c, BAR) || gv_cmd_has(c, "svg")))
		rc = gv_picture_new(&w->picture, w->report, gv_cmd_has(c, BAR) ? BAR : NULL, gv_cmd_opt(c, "svg"), &c->err);
	if (!rc && w->picture)
		rc = gv_report_rows(w->report, stats, n, gv_picture_look, w->picture, &c->err);
	if (!rc && w->picture)
		rc = gv_picture_draw(w->picture, &c->err);
	if (!rc)
		rc = gv_report_rows(w->report, stats, n, print_row, w, &c->err);
	if (rc < 0) /* nobody reads on */
		return 0;
	if (!rc)
		tell(w);
	return rc;
}

/* ---- states ---- */

static int print_states(struct work *w)
{
	struct gv_cmd *c = w->c;
	const struct gv_stat_spec *spec = gv_feed_spec(w->feed);
	struct gv_buf line = GV_BUF_INIT(2 * GV_JSON_TEXT_MAX);
	struct gv_stat_walk *walk = NULL;
	struct gv_group *g;
	size_t n, printed = 0;
	struct gv_stat *const *stats = gv_feed_stats(w->feed, &n);
	int rc = n ? gv_stat_walk_open(&walk, stats, n, &c->err) : 0;

	while (walk && !rc && !(rc = gv_stat_walk_next(walk, &g, &c->err)) && (g || !printed)) {
		gv_buf_reset(&line);
		rc = gv_stat_state(&line, spec, g, &c->err); /* no group at all still tells the question */
		if (!rc)
			rc = gv_cmd_put(c, gv_buf_str(&line));
		printed++;
		if (!g || gv_cmd_closed(c))
			break;
	}
	gv_stat_walk_close(walk);
	gv_buf_free(&line);
	return rc;
}

/* ---- reading ---- */

static int bad_row(void *ctx, const struct gv_err *bad, struct gv_str raw)
{
	struct work *w = ctx;
	struct gv_err named = *bad;

	if (w->path)
		gv_err_thing(&named, w->path, strlen(w->path));
	gv_live_end(&w->live); /* what is told stays above the next table */
	return gv_cmd_bad_row(w->c, &named, raw);
}

static void progress(void *ctx, uint64_t rows)
{
	struct work *w = ctx;

	w->c->done = rows;
	if (!w->is_live)
		gv_cmd_progress(w->c, rows, 0, w->unit);
}

/* --live: the table as it is now, twice a second, or when there is nothing else to do. */
static void look(void *ctx, bool waiting)
{
	struct work *w = ctx;
	struct gv_err passing;
	double since = seconds() - w->drawn;
	size_t n;
	struct gv_stat *const *stats = gv_feed_stats(w->feed, &n);

	if (!n || w->c->done == w->drawn_rows || since < (waiting ? 0.1 : 0.5))
		return;
	/* A picture that fails must not end the work. */
	(void)gv_live_draw(&w->live, w->live_report, stats, n, &passing);
	w->drawn = seconds();
	w->drawn_rows = w->c->done;
}

static int read_all(struct work *w)
{
	struct gv_cmd *c = w->c;
	int rc = 0;

	if (c->argc == 0 && isatty(STDIN_FILENO))
		return gv_fail(&c->err, GV_EUSAGE, "%s", _("nothing to do: give files, or records on standard input"));
	if (c->argc == 0)
		rc = gv_feed_file(w->feed, NULL, &c->err);
	for (int i = 0; i < c->argc && !rc; i++) {
		w->path = c->argv[i];
		rc = gv_feed_file(w->feed, c->argv[i], &c->err);
		if (rc)
			gv_err_thing(&c->err, c->argv[i], strlen(c->argv[i]));
	}
	return rc ? rc : gv_feed_settle(w->feed, &c->err);
}

static int make_feed(struct work *w)
{
	struct gv_cmd *c = w->c;
	struct gv_feed_ask ask = {
		.memory = (size_t)memory_bytes(c), .states = gv_cmd_has(c, "merge") || gv_cmd_has(c, "final"),
		.bad_row = bad_row, .progress = progress, .ctx = w,
	};
	int64_t jobs = 1, shard = 0;
	int rc = number_option(c, "jobs", 1, GV_FEED_JOBS_MAX, &jobs);

	if (!rc)
		rc = number_option(c, "shard", 0, SHARD_MAX, &shard);
	if (!rc)
		rc = gv_in_format_parse(&ask.format, gv_cmd_opt(c, "format"), &c->err);
	if (rc)
		return rc;
	ask.jobs = (unsigned)jobs;
	ask.shard = (uint32_t)shard;
	if (w->live_report)
		ask.look = look;
	return gv_feed_new(&w->feed, w->spec, &ask, &c->err);
}

/* ---- the whole ---- */

/* Everything that can be wrong on the command line is found before a long stream is read. */
static int prepare(struct work *w)
{
	struct gv_cmd *c = w->c;
	bool states = gv_cmd_has(c, "merge") || gv_cmd_has(c, "final");
	int rc = check_modes(c);

	w->table = is_table(c);
	w->is_live = gv_cmd_has(c, "live");
	if (!rc && gv_cmd_has(c, "svg"))
		rc = gv_picture_possible(&c->err);
	if (!rc && !states)
		rc = make_spec(w);
	if (!rc && !states && !gv_cmd_has(c, "map")) {
		rc = make_report(w, w->spec, &w->report, w->table, is_for_people(c));
		if (!rc && gv_cmd_has(c, "live") && isatty(STDERR_FILENO))
			rc = make_report(w, w->spec, &w->live_report, true, true);
		if (!rc && !gv_cmd_has(c, "pivot"))
			rc = open_out(w);
	}
	return rc ? rc : make_feed(w);
}

static int finish(struct work *w)
{
	const struct gv_stat_spec *spec = gv_feed_spec(w->feed);
	size_t n;
	struct gv_stat *const *stats = gv_feed_stats(w->feed, &n);
	int rc = 0;

	gv_live_end(&w->live);
	for (size_t i = 0; i < n && !rc; i++)
		rc = gv_stat_trouble(stats[i], &w->c->err);
	if (rc)
		return rc;
	if (gv_cmd_has(w->c, "map") || gv_cmd_has(w->c, "merge"))
		return print_states(w);
	if (!spec) /* no state came: no rows, and nobody knows the columns */
		return gv_cmd_out(w->c) ? 0 : w->c->err.code;
	if (!w->report)
		rc = make_report(w, spec, &w->report, w->table, is_for_people(w->c));
	return rc ? rc : print_rows(w);
}

static int run(struct gv_cmd *c)
{
	struct work w = { .c = c, .groups = GV_BUF_INIT(65536), .unit = _("records") };
	int rc;

	c->ctx = &w;
	rc = prepare(&w);
	if (!rc)
		rc = read_all(&w);
	if (!rc)
		rc = finish(&w);
	gv_live_end(&w.live);
	gv_picture_free(w.picture);
	gv_report_free(w.report);
	gv_report_free(w.live_report);
	gv_feed_free(w.feed);
	gv_stat_spec_free(w.spec);
	gv_buf_free(&w.groups);
	free(w.aggregates);
	free(w.where);
	/* The writer has its own copy of the names. */
	c->columns = NULL;
	free(w.columns);
	return rc;
}

int main(int argc, char **argv)
{
	return gv_cmd_main(argc, argv, &(struct gv_cmd_spec){
		.name = "pipe-stat",
		.summary = N_("statistics by group, at the end of any pipe"),
		.usage = N_("[FILE...]"), .operands = "file",
		.opts = opts, .common = GV_C_BULK | GV_C_OUTPUT, .run = run,
	});
}
