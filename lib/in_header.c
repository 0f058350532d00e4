/* SPDX-License-Identifier: MIT */
/* in_header: the first row of CSV or TSV: delimiter, quotes, the names of the columns. */
#include <stdlib.h>

#include "i18n.h"
#include "in_impl.h"
#include "utf8.h"

static const char delimiters[] = { ',', ';', '\t' };

/* ---- delimiter ---- */

static void classify(struct gv_in_csv *csv, bool all)
{
	memset(csv->classes, GV_CSV_OTHER, sizeof csv->classes);
	csv->classes['\n'] = GV_CSV_END;
	if (csv->quotes)
		csv->classes['"'] = GV_CSV_QUOTE;
	if (!all)
		csv->classes[(unsigned char)csv->delimiter] = GV_CSV_DELIMITER;
	for (size_t i = 0; all && i < sizeof delimiters; i++)
		csv->classes[(unsigned char)delimiters[i]] = GV_CSV_DELIMITER;
}

/* What the header has most of outside quotes.  Nobody writes a TAB into a name: it wins a tie. */
static char most_frequent(struct gv_str text)
{
	size_t count[sizeof delimiters] = { 0 }, best = 0;
	bool quoted = false;

	for (size_t i = 0; i < text.n; i++) {
		const char *found = memchr(delimiters, text.p[i], sizeof delimiters);

		if (text.p[i] == '"')
			quoted = !quoted;
		else if (found && !quoted)
			count[found - delimiters]++;
	}
	for (size_t i = 1; i < sizeof delimiters; i++)
		if (count[i] > count[best] || (count[i] && count[i] == count[best] &&
		                               delimiters[i] == '\t'))
			best = i;
	return delimiters[best];
}

static void choose(struct gv_in *in, struct gv_str header)
{
	struct gv_in_csv *csv = &in->csv;

	csv->delimiter = in->format == GV_IN_TSV ? '\t' : most_frequent(header);
	if (csv->maybe_tsv && csv->delimiter == '\t' && !memchr(header.p, '"', header.n))
		csv->quotes = false;
	classify(csv, false);
}

/* ---- names ---- */

static struct gv_str trim(struct gv_str s)
{
	size_t pos = 0, first = s.n, last = 0, start = 0;
	int32_t cp;

	while ((cp = gv_utf8_next(s, &pos)) >= 0) {
		if (!gv_utf8_is_space(cp)) {
			if (first == s.n)
				first = start;
			last = pos;
		}
		start = pos;
	}
	return last ? (struct gv_str){ s.p + first, last - first } : (struct gv_str){ s.p, 0 };
}

static struct gv_str clean(const struct gv_in_csv *csv, struct gv_str name)
{
	name = trim(name);
	while (csv->quotes && name.n >= 2 && name.p[0] == '"' && name.p[name.n - 1] == '"')
		name = trim((struct gv_str){ name.p + 1, name.n - 2 });
	return name;
}

static int add_name(struct gv_in_csv *csv, struct gv_str name, struct gv_err *err)
{
	struct gv_in_column *c = &csv->columns[csv->n];
	struct gv_err why = { 0 };
	int rc;

	name = clean(csv, name);
	if (!name.n)
		return gv_fail(err, GV_EDATA, _("column %zu of the header has no name"), csv->n + 1);
	c->at = csv->names.n;
	rc = gv_utf8_nfc(name, &csv->names, &why);
	c->n = csv->names.n - c->at;
	gv_buf_addc(&csv->names, '\0');
	if (!rc)
		rc = gv_buf_check(&csv->names, &why);
	if (!rc)
		rc = gv_json_check_name((struct gv_str){ csv->names.p + c->at, c->n }, &why);
	csv->n++;
	if (rc != GV_EDATA)
		return rc ? gv_fail_nomem(err) : 0;
	return gv_fail(err, GV_EDATA, _("column %zu of the header: %s"), csv->n, why.msg);
}

struct entry {
	struct gv_str name;
	size_t column;
};

static int compare(const void *x, const void *y)
{
	const struct entry *a = x, *b = y;
	int d = gv_str_cmp(a->name, b->name);

	return d ? d : (a->column > b->column) - (a->column < b->column);
}

/* The place of each column in an object, whose members are sorted. */
static int sort_names(struct gv_in_csv *csv, struct gv_err *err)
{
	struct entry *sorted = malloc(csv->n * sizeof *sorted);
	int rc = 0;

	if (!sorted)
		return gv_fail_nomem(err);
	for (size_t i = 0; i < csv->n; i++)
		sorted[i] = (struct entry){ { csv->names.p + csv->columns[i].at, csv->columns[i].n }, i };
	qsort(sorted, csv->n, sizeof *sorted, compare);
	for (size_t i = 0; i < csv->n; i++) {
		csv->columns[sorted[i].column].place = (uint32_t)i;
		if (!rc && i && gv_str_eq(sorted[i - 1].name, sorted[i].name))
			rc = gv_fail(err, GV_EDATA,
			             _("columns %zu and %zu of the header are both named \"%s\""),
			             sorted[i - 1].column + 1, sorted[i].column + 1, sorted[i].name.p);
	}
	free(sorted);
	return rc;
}

/* ---- header ---- */

static int read_names(struct gv_in *in, const struct gv_in_unit *unit, char *text,
                      struct gv_err *err)
{
	struct gv_in_csv *csv = &in->csv;
	struct gv_in_cells cells = gv_in_cells_of(csv, text, unit->text.n);
	struct gv_str cell;
	int rc;

	csv->columns = calloc(GV_IN_COLUMNS_MAX, sizeof *csv->columns);
	if (!csv->columns)
		return gv_fail_nomem(err);
	while (gv_in_cell(&cells, &cell)) {
		if (csv->n == GV_IN_COLUMNS_MAX)
			rc = gv_fail(err, GV_EDATA, _("the header has more than %d columns"),
			             GV_IN_COLUMNS_MAX);
		else
			rc = add_name(csv, cell, err);
		if (rc)
			return gv_in_err_line(unit, rc, err);
	}
	if (cells.trouble)
		return gv_in_csv_trouble(in, unit, &cells, (size_t)(cells.trouble - text), csv->n, err);
	rc = sort_names(csv, err);
	return rc ? gv_in_err_line(unit, rc, err) : 0;
}

int gv_in_csv_header(struct gv_in *in, struct gv_in_unit *unit, struct gv_err *err)
{
	struct gv_in_csv *csv = &in->csv;
	char *text;
	int rc;

	csv->quotes = in->format == GV_IN_CSV;
	csv->delimiter = '\t';
	classify(csv, csv->quotes);
	rc = gv_in_csv_unit(in, unit, err);
	if (rc || unit->end)
		return rc == GV_EDATA ? gv_in_break(in, rc, err) : rc;
	choose(in, unit->text);
	text = malloc(unit->text.n + 1);
	if (!text)
		return gv_fail_nomem(err);
	memcpy(text, unit->text.p, unit->text.n);
	text[unit->text.n] = '\0';
	rc = read_names(in, unit, text, err);
	free(text);
	csv->ready = rc == 0;
	if (rc)
		gv_in_csv_free(csv);
	return rc == GV_EDATA ? gv_in_break(in, rc, err) : rc;
}
