/* SPDX-License-Identifier: MIT */
/* out_row: formats that are columns. */
#include <stdlib.h>

#include "i18n.h"
#include "out_impl.h"

enum { CELLS_MAX = 1 << 30 };

void gv_out_rows_free(struct gv_out_rows *r)
{
	gv_table_free(r->table);
	free(r->columns);
	free(r->cells);
	gv_buf_free(&r->text);
	*r = (struct gv_out_rows){ 0 };
}

/* ---- CSV and TSV ---- */

/* More than RFC 4180 asks for: readers guess delimiters, trim blanks and drop byte order marks. */
static bool needs_quotes(struct gv_str s)
{
	if (s.p[0] == ' ' || s.p[s.n - 1] == ' ' || s.p[0] == '\xEF')
		return true;
	for (size_t i = 0; i < s.n; i++) {
		switch (s.p[i]) {
		case ',': case ';': case '\t': case '"': case '\n': case '\r':
			return true;
		default:
			break;
		}
	}
	return false;
}

static void put_csv(struct gv_buf *out, struct gv_str s)
{
	const char *end = s.p + s.n, *quote;

	if (s.n && !needs_quotes(s)) {
		gv_buf_addstr(out, s);
		return;
	}
	gv_buf_addc(out, '"');
	while ((quote = memchr(s.p, '"', (size_t)(end - s.p)))) {
		gv_buf_add(out, s.p, (size_t)(quote - s.p) + 1);
		gv_buf_addc(out, '"');
		s.p = quote + 1;
	}
	gv_buf_add(out, s.p, (size_t)(end - s.p));
	gv_buf_addc(out, '"');
}

static void put_tsv(struct gv_buf *out, struct gv_str s)
{
	static const char letter[256] = { ['\t'] = 't', ['\n'] = 'n', ['\r'] = 'r', ['\\'] = '\\' };
	size_t from = 0;

	for (size_t i = 0; i < s.n; i++) {
		char c = letter[(unsigned char)s.p[i]];

		if (!c)
			continue;
		gv_buf_add(out, s.p + from, i - from);
		gv_buf_addc(out, '\\');
		gv_buf_addc(out, c);
		from = i + 1;
	}
	gv_buf_add(out, s.p + from, s.n - from);
}

/* p == NULL: there is no value, and nothing to see of it, unless an empty line would be all. */
static void put_line(struct gv_out *out, const struct gv_str *cells)
{
	bool csv = out->format == GV_OUT_CSV;

	for (size_t i = 0; i < out->fields.n; i++) {
		if (i)
			gv_buf_addc(&out->buf, csv ? ',' : '\t');
		if (!csv)
			put_tsv(&out->buf, cells[i]);
		else if (cells[i].p || out->fields.n == 1)
			put_csv(&out->buf, cells[i].p ? cells[i] : GV_STR(""));
	}
	if (out->fields.n)
		gv_buf_addc(&out->buf, '\n');
}

/* ---- header ---- */

static int start(struct gv_out *out, struct gv_err *err)
{
	struct gv_out_rows *r = &out->rows;
	int rc = 0;

	gv_out_rows_free(r);
	gv_buf_init(&r->text, CELLS_MAX);
	r->cells = calloc(out->fields.n + 1, sizeof *r->cells);
	r->columns = calloc(out->fields.n + 1, sizeof *r->columns);
	if (!r->cells || !r->columns)
		return gv_fail_nomem(err);
	if (out->format == GV_OUT_TABLE)
		rc = gv_table_new(&r->table, out->fields.n, out->opts.ambiguous, err);
	r->begun = !rc;
	if (rc || !out->opts.header)
		return rc;
	for (size_t i = 0; i < out->fields.n; i++)
		r->cells[i] = out->fields.list[i].name;
	if (r->table)
		return gv_table_row(r->table, r->cells, err);
	put_line(out, r->cells);
	return 0;
}

int gv_out_rows_begin(struct gv_out *out, const struct gv_val *rec, struct gv_err *err)
{
	int rc = out->fields.list ? 0 : gv_out_fields_of(&out->fields, rec, err);

	return rc ? rc : start(out, err);
}

/* ---- rows ---- */

/* The cells of a record, in r->cells. */
static int fill(struct gv_out *out, const struct gv_val *rec, struct gv_err *err)
{
	struct gv_out_rows *r = &out->rows;
	const char *p;

	gv_buf_reset(&r->text);
	for (size_t i = 0; i < out->fields.n; i++) {
		const struct gv_val *v;
		size_t before = r->text.n;
		int rc = gv_out_cell(out, rec, &out->fields.list[i], &v, &r->text, err);

		if (rc)
			return rc;
		/* A growing buffer moves: until all is there, p only says whether there is a value. */
		r->cells[i] = (struct gv_str){ v ? "" : NULL, r->text.n - before };
		if (v && v->type == GV_INT)
			r->columns[i].integers = true;
		else if (v)
			r->columns[i].others = true;
	}
	p = gv_buf_str(&r->text).p;
	for (size_t i = 0; i < out->fields.n; i++) {
		if (r->cells[i].n)
			r->cells[i].p = p;
		p += r->cells[i].n;
	}
	return gv_buf_check(&r->text, err);
}

int gv_out_rows_release(struct gv_out *out, struct gv_err *err)
{
	struct gv_out_rows *r = &out->rows;
	int rc;

	if (!r->table || r->flowing)
		return 0;
	for (size_t i = 0; i < out->fields.n; i++)
		if (r->columns[i].integers && !r->columns[i].others)
			gv_table_align(r->table, i, GV_RIGHT);
	rc = gv_table_print(r->table, &out->buf, out->bold && out->opts.header, out->width, err);
	gv_table_fix(r->table);
	r->flowing = true;
	return rc;
}

static int table_row(struct gv_out *out, struct gv_err *err)
{
	struct gv_out_rows *r = &out->rows;
	int rc = gv_table_row(r->table, r->cells, err);

	if (rc)
		return rc;
	if (r->flowing) {
		rc = gv_table_print(r->table, &out->buf, false, out->width, err);
		gv_table_fix(r->table);
		return rc;
	}
	r->bytes += r->text.n;
	if (++r->held < GV_OUT_HOLD_ROWS && r->bytes < GV_OUT_HOLD_BYTES)
		return 0;
	return gv_out_rows_release(out, err);
}

int gv_out_row(struct gv_out *out, const struct gv_val *rec, struct gv_err *err)
{
	int rc = fill(out, rec, err);

	if (rc)
		return rc;
	if (out->rows.table)
		return table_row(out, err);
	put_line(out, out->rows.cells);
	return 0;
}

int gv_out_rows_end(struct gv_out *out, struct gv_err *err)
{
	if (out->rows.begun)
		return gv_out_rows_release(out, err);
	return out->format != GV_OUT_TABLE && out->fields.list ? start(out, err) : 0;
}
