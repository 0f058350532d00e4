/* SPDX-License-Identifier: MIT */
/* pipe-stat: counts and sums at the end of a pipe. */
#include <stdlib.h>
#include <unistd.h>

#include "cmd.h"
#include "i18n.h"
#include "query.h"
#include "stat.h"

enum { BAR_COLUMNS = 40 };
#define BAR "bar"  /* the option and the column */

static const struct gv_opt opts[] = {
	{ 'g', "group", "FIELDS", N_("group by these fields, e.g. tribunal,filed_on:month"), .complete = "field" },
	{ 'a', "aggregate", "LIST", N_("count, sum:FIELD, min:FIELD, max:FIELD (count)"), GV_OPT_MANY },
	{ 0, "where", "PREDICATE", N_("only records that match, e.g. 'claim_fen>=5000000 and state=closed'"), GV_OPT_MANY },
	{ 0, "sort", "COLUMN", N_("order rows by this aggregate, -COLUMN for largest first") },
	{ 0, "top", "N", N_("only the first N rows"), .check = "count" },
	{ 0, BAR, NULL, N_("draw a bar of the first aggregate behind each row of a table") },
	{ 0, "format", "FORMAT", N_("of the input: auto, ndjson, json, csv or tsv"), .complete = "auto|ndjson|json|csv|tsv" },
	{ 0 }
};

struct work {
	struct gv_stat *stat;
	struct gv_query **where;  /* all of them must match */
	size_t nwhere;
	struct gv_buf fields;     /* the columns, for tables */
};

/* ---- reading ---- */

static bool matches(const struct work *w, const struct gv_val *rec)
{
	for (size_t i = 0; i < w->nwhere; i++)
		if (!gv_query_match(w->where[i], rec))
			return false;
	return true;
}

static int read_rows(struct gv_cmd *c, struct gv_in *in)
{
	struct work *w = c->ctx;
	const char *unit = _("records"), *name = c->argc ? gv_in_name(in) : "";
	struct gv_doc doc = GV_DOC_INIT;
	size_t number;
	bool eof = false;
	int rc = 0;

	while (!rc) {
		struct gv_str raw = { 0 };

		rc = gv_in_row(in, &doc, 0, &raw, &number, &eof, &c->err);
		if (eof)
			break;
		if (rc == GV_EDATA && !gv_in_broken(in)) {
			struct gv_err bad = c->err;

			gv_err_clear(&c->err);
			gv_err_thing(&bad, name, strlen(name));
			rc = gv_cmd_bad_row(c, &bad, raw);
			continue;
		}
		if (rc)
			break;
		c->done++;
		gv_cmd_progress(c, c->done, 0, unit);
		if (matches(w, &doc.root))
			rc = gv_stat_add(w->stat, &doc.root, &c->err);
	}
	gv_doc_free(&doc);
	return rc;
}

static int read_file(struct gv_cmd *c, const char *path)
{
	enum gv_in_format format;
	struct gv_in *in;
	int rc = gv_in_format_parse(&format, gv_cmd_opt(c, "format"), &c->err);

	if (!rc)
		rc = gv_in_open(&in, path, format, NULL, &c->err);
	if (rc)
		return rc;
	rc = read_rows(c, in);
	if (rc && path)
		gv_err_thing(&c->err, path, strlen(path));
	gv_in_close(in);
	return rc;
}

static int read_all(struct gv_cmd *c)
{
	int rc = 0;

	if (c->argc == 0 && isatty(STDIN_FILENO))
		return gv_fail(&c->err, GV_EUSAGE, "%s", _("nothing to do: give files, or records on standard input"));
	if (c->argc == 0)
		rc = read_file(c, NULL);
	for (int i = 0; i < c->argc && !rc; i++)
		rc = read_file(c, c->argv[i]);
	for (size_t i = 0; i < ((struct work *)c->ctx)->nwhere && !rc; i++)
		rc = gv_query_trouble(((struct work *)c->ctx)->where[i], &c->err);
	return rc;
}

/* ---- bars ---- */

struct bars {
	struct gv_cmd *c;
	struct gv_stat *stat;
	int64_t largest;
};

/* What a bar shows: the first aggregate, which is text where it is too large for a number. */
static int64_t length_of(const struct bars *b, const struct gv_val *row)
{
	const struct gv_val *cell = gv_val_getn(row, gv_stat_first(b->stat));
	struct gv_str text = cell ? gv_val_str(cell) : (struct gv_str){ 0 };
	int64_t v = 0;

	if (cell && cell->type == GV_INT)
		v = cell->i;
	else if (text.n && !gv_str_int(text, &v))
		v = text.p[0] == '-' ? 0 : INT64_MAX;
	return v > 0 ? v : 0;
}

static int find_largest(void *ctx, const struct gv_val *row)
{
	struct bars *b = ctx;
	int64_t v = length_of(b, row);

	if (v > b->largest)
		b->largest = v;
	return 0;
}

/* Eighths of a column, so that small differences show. */
static void draw_bar(struct gv_buf *out, int64_t value, int64_t largest)
{
	static const char *const eighths[] = { "", "▏", "▎", "▍", "▌", "▋", "▊", "▉" };
	__extension__ __int128 wide = value;
	int64_t n = largest ? (int64_t)(wide * BAR_COLUMNS * 8 / largest) : 0;

	for (; n >= 8; n -= 8)
		gv_buf_adds(out, "█");
	gv_buf_adds(out, eighths[n]);
}

static int print_row(void *ctx, const struct gv_val *row)
{
	struct bars *b = ctx;
	int rc = gv_out_rec(b->c->out, row, &b->c->err);

	return rc ? rc : gv_cmd_closed(b->c) ? -1 : 0;
}

static int print_with_bar(void *ctx, const struct gv_val *row)
{
	struct bars *b = ctx;
	struct gv_doc d = GV_DOC_INIT;
	struct gv_buf bar = GV_BUF_INIT(BAR_COLUMNS * 4);
	int rc;

	if (gv_val_get(row, BAR))
		return gv_fail(&b->c->err, GV_EUSAGE, _("two columns would be named \"%s\""), BAR);
	rc = gv_val_copy(&d, &d.root, row, &b->c->err);
	draw_bar(&bar, length_of(b, row), b->largest);
	if (!rc)
		rc = gv_obj_set(&d, &d.root, GV_STR(BAR), gv_mkstr(&d, gv_buf_str(&bar)), &b->c->err);
	if (!rc)
		rc = print_row(b, &d.root);
	gv_buf_free(&bar);
	gv_doc_free(&d);
	return rc;
}

/* ---- the whole ---- */

static int print_rows(struct gv_cmd *c)
{
	struct bars b = { .c = c, .stat = ((struct work *)c->ctx)->stat };
	const char *top = gv_cmd_opt(c, "top");
	bool draw = gv_cmd_has(c, BAR);
	struct gv_str field;
	uint64_t misfits;
	int64_t n = 0;
	int rc = 0;

	if (top)
		gv_str_int(gv_str_of(top), &n);
	if (draw)
		rc = gv_stat_rows(b.stat, (size_t)n, find_largest, &b, &c->err);
	if (!rc)
		rc = gv_stat_rows(b.stat, (size_t)n, draw ? print_with_bar : print_row, &b, &c->err);
	for (size_t i = 0; rc <= 0 && (misfits = gv_stat_misfits(b.stat, &i, &field));)
		gv_cmd_warn(c, _("%.*s: values that are no whole numbers and are left out: %llu"), (int)field.n, field.p,
		            (unsigned long long)misfits);
	return rc < 0 ? 0 : rc; /* below zero: nobody reads on */
}

static int prepare_where(struct gv_cmd *c)
{
	struct work *w = c->ctx;
	const char *predicate;
	size_t n = 0;
	int rc = 0;

	while (gv_opts_nth(c->opts, "where", n))
		n++;
	w->where = calloc(n + 1, sizeof(struct gv_query *));
	if (!w->where)
		return gv_fail_nomem(&c->err);
	for (; !rc && (predicate = gv_opts_nth(c->opts, "where", w->nwhere)); w->nwhere += !rc)
		rc = gv_query_parse(&w->where[w->nwhere], predicate, NULL, NULL, NULL, &c->err);
	if (rc)
		gv_err_thing(&c->err, "--where", 7);
	return rc;
}

/* Everything that can be wrong on the command line is found before a long stream is read. */
static int prepare(struct gv_cmd *c)
{
	struct work *w = c->ctx;
	struct gv_buf list = GV_BUF_INIT(65536);
	const char *a, *sort = gv_cmd_opt(c, "sort");
	int rc;

	for (size_t i = 0; (a = gv_opts_nth(c->opts, "aggregate", i)); i++)
		gv_buf_addf(&list, "%s%s", i ? "," : "", a);
	rc = gv_buf_check(&list, &c->err);
	if (!rc)
		rc = gv_stat_new(&w->stat, gv_cmd_opt(c, "group"), list.p ? list.p : "count", &c->err);
	gv_buf_free(&list);
	if (!rc && sort)
		rc = gv_stat_order(w->stat, sort, &c->err);
	if (!rc)
		rc = prepare_where(c);
	if (rc)
		return rc;
	gv_buf_adds(&w->fields, gv_stat_columns(w->stat));
	if (gv_cmd_has(c, BAR))
		gv_buf_adds(&w->fields, "," BAR);
	rc = gv_buf_check(&w->fields, &c->err);
	c->fields = w->fields.p;
	return rc ? rc : gv_cmd_out(c) ? 0 : c->err.code;
}

static int run(struct gv_cmd *c)
{
	struct work w = { .fields = GV_BUF_INIT(65536) };
	int rc;

	c->ctx = &w;
	rc = prepare(c);
	if (!rc)
		rc = read_all(c);
	if (!rc)
		rc = print_rows(c);
	gv_stat_free(w.stat);
	for (size_t i = 0; i < w.nwhere; i++)
		gv_query_free(w.where[i]);
	free(w.where);
	gv_buf_free(&w.fields);
	return rc;
}

int main(int argc, char **argv)
{
	return gv_cmd_main(argc, argv, &(struct gv_cmd_spec){
		.name = "pipe-stat",
		.summary = N_("count and add up records by group, at the end of any pipe"),
		.usage = N_("[FILE...]"), .operands = "file",
		.opts = opts, .common = GV_C_BULK | GV_C_OUTPUT, .run = run,
	});
}
