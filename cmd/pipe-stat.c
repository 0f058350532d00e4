/* SPDX-License-Identifier: MIT */
/* pipe-stat: counts and sums at the end of a pipe. */
#include <unistd.h>

#include "cmd.h"
#include "i18n.h"
#include "query.h"
#include "stat.h"

enum { BAR_COLUMNS = 40 };

static const struct gv_opt opts[] = {
	{ 'g', "group", "FIELDS", N_("group by these fields, e.g. tribunal,filed_on:month"), .complete = "field" },
	{ 'a', "aggregate", "LIST", N_("count, sum:FIELD, min:FIELD, max:FIELD (count)"), GV_OPT_MANY },
	{ 0, "where", "PREDICATE", N_("only records that match, e.g. 'claim_fen>=5000000 and state=closed'"), GV_OPT_MANY },
	{ 0, "sort", "COLUMN", N_("order rows by this aggregate, -COLUMN for largest first") },
	{ 0, "top", "N", N_("only the first N rows"), .check = "count" },
	{ 0, "bar", NULL, N_("draw a bar of the first aggregate behind each row of a table") },
	{ 0, "format", "FORMAT", N_("of the input: auto, ndjson, json, csv or tsv"), .complete = "auto|ndjson|json|csv|tsv" },
	{ 0 }
};

struct work {
	struct gv_stat *stat;
	struct gv_query *where;
	uint64_t rows;
};

/* ---- reading ---- */

static enum gv_in_format input_format(const struct gv_cmd *c)
{
	static const struct { const char *name; enum gv_in_format format; } formats[] = {
		{ "ndjson", GV_IN_NDJSON }, { "json", GV_IN_JSON }, { "csv", GV_IN_CSV }, { "tsv", GV_IN_TSV },
	};
	const char *name = gv_cmd_opt(c, "format");

	for (size_t i = 0; name && i < sizeof formats / sizeof formats[0]; i++)
		if (strcmp(name, formats[i].name) == 0)
			return formats[i].format;
	return GV_IN_AUTO;
}

static int read_rows(struct gv_cmd *c, struct gv_in *in)
{
	struct work *w = c->ctx;
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
			rc = gv_cmd_bad_row(c, &bad, raw);
			continue;
		}
		if (rc)
			break;
		c->done++;
		gv_cmd_progress(c, ++w->rows, 0, _("records"));
		if (!w->where || gv_query_match(w->where, &doc.root))
			rc = gv_stat_add(w->stat, &doc.root, &c->err);
	}
	gv_doc_free(&doc);
	return rc;
}

static int read_file(struct gv_cmd *c, const char *path)
{
	struct gv_in *in;
	int rc = gv_in_open(&in, path, input_format(c), NULL, &c->err);

	if (rc)
		return rc;
	rc = read_rows(c, in);
	gv_in_close(in);
	return rc;
}

/* ---- bars ---- */

struct bars {
	struct gv_cmd *c;
	struct gv_out *out;
	int64_t largest;
};

static int find_largest(void *ctx, const struct gv_val *row)
{
	struct bars *b = ctx;
	int64_t v;
	struct gv_str first = gv_stat_first(((struct work *)b->c->ctx)->stat);
	const struct gv_val *cell = gv_val_getn(row, first);

	v = cell && cell->type == GV_INT ? cell->i : 0;
	if (v > b->largest)
		b->largest = v;
	return 0;
}

/* Eighths of a column, so that small differences show. */
static void draw_bar(struct gv_buf *out, int64_t value, int64_t largest)
{
	static const char *const eighths[] = { "", "▏", "▎", "▍", "▌", "▋", "▊", "▉" };
	__extension__ __int128 wide = value;
	int64_t n = value <= 0 || largest <= 0 ? 0 : (int64_t)(wide * BAR_COLUMNS * 8 / largest);

	for (; n >= 8; n -= 8)
		gv_buf_adds(out, "█");
	gv_buf_adds(out, eighths[n]);
}

static int print_row(void *ctx, const struct gv_val *row)
{
	struct bars *b = ctx;
	struct gv_doc d = { .root = *row };
	struct gv_buf bar = GV_BUF_INIT(BAR_COLUMNS * 4);
	const struct gv_val *cell = gv_val_getn(row, gv_stat_first(((struct work *)b->c->ctx)->stat));
	int rc = 0;

	if (b->largest) {
		draw_bar(&bar, cell && cell->type == GV_INT ? cell->i : 0, b->largest);
		rc = gv_val_copy(&d, &d.root, row, &b->c->err);
		if (!rc)
			rc = gv_obj_set(&d, &d.root, GV_STR("bar"), gv_mkstr(&d, gv_buf_str(&bar)), &b->c->err);
	}
	if (!rc)
		rc = gv_out_rec(b->out, &d.root, &b->c->err);
	gv_buf_free(&bar);
	gv_doc_free(&d);
	return rc;
}

static int print_rows(struct gv_cmd *c)
{
	struct work *w = c->ctx;
	struct bars b = { .c = c };
	struct gv_buf fields = GV_BUF_INIT(65536);
	const char *top = gv_cmd_opt(c, "top"), *sort = gv_cmd_opt(c, "sort");
	int64_t n = 0;
	int rc = 0;

	gv_buf_adds(&fields, gv_stat_columns(w->stat));
	if (top)
		gv_str_int(gv_str_of(top), &n);
	if (gv_cmd_has(c, "bar"))
		gv_buf_adds(&fields, ",bar");
	rc = gv_buf_check(&fields, &c->err);
	c->fields = fields.p;
	if (!rc && !(b.out = gv_cmd_out(c)))
		rc = c->err.code;
	if (!rc && gv_cmd_has(c, "bar"))
		rc = gv_stat_rows(w->stat, sort, (size_t)n, find_largest, &b, &c->err);
	if (!rc)
		rc = gv_stat_rows(w->stat, sort, (size_t)n, print_row, &b, &c->err);
	if (!rc && gv_stat_misfits(w->stat))
		gv_cmd_warn(c, _("%llu values were no numbers and are not in the sums"),
		            (unsigned long long)gv_stat_misfits(w->stat));
	gv_buf_free(&fields);
	return rc;
}

/* -a may be given more than once: one list. */
static int aggregates(const struct gv_cmd *c, struct gv_buf *list, struct gv_err *err)
{
	const char *a;

	for (size_t i = 0; (a = gv_opts_nth(c->opts, "aggregate", i)); i++)
		gv_buf_addf(list, "%s%s", i ? "," : "", a);
	if (!list->n)
		gv_buf_adds(list, "count");
	return gv_buf_check(list, err);
}

static int run(struct gv_cmd *c)
{
	struct work w = { 0 };
	struct gv_buf list = GV_BUF_INIT(65536), where = GV_BUF_INIT(65536);
	int rc = aggregates(c, &list, &c->err);
	const char *predicate;

	c->ctx = &w;
	for (size_t i = 0; (predicate = gv_opts_nth(c->opts, "where", i)); i++)
		gv_buf_addf(&where, "%s(%s)", i ? " and " : "", predicate);
	if (!rc)
		rc = gv_buf_check(&where, &c->err);
	if (!rc && where.n)
		rc = gv_query_parse(&w.where, where.p, NULL, NULL, NULL, &c->err);
	if (!rc)
		rc = gv_stat_new(&w.stat, gv_cmd_opt(c, "group"), list.p, &c->err);
	if (!rc && c->argc == 0) {
		if (isatty(STDIN_FILENO))
			rc = gv_fail(&c->err, GV_EUSAGE, "%s", _("nothing to do: give files, or records on standard input"));
		else
			rc = read_file(c, NULL);
	}
	for (int i = 0; i < c->argc && !rc; i++)
		rc = read_file(c, c->argv[i]);
	if (!rc && w.where)
		rc = gv_query_trouble(w.where, &c->err);
	if (!rc)
		rc = print_rows(c);
	gv_stat_free(w.stat);
	gv_query_free(w.where);
	gv_buf_free(&list);
	gv_buf_free(&where);
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
