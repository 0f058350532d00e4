/* SPDX-License-Identifier: MIT */
/* out_row: formats that are columns. */
#include <stdlib.h>

#include "i18n.h"
#include "num.h"
#include "out_impl.h"
#include "utf8.h"

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

/* Would a spreadsheet take it for a formula?  Chinese and Japanese ones know the wide signs, too. */
static bool is_formula(struct gv_str s)
{
	static const char *const signs[] = { "=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠" };
	struct gv_num_parts number;

	for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++)
		if (gv_str_starts(s, gv_str_of(signs[i])))
			return !gv_num_parts(&number, s);
	return false;
}

/* What stands in `text` from `from` on, made harmless for a spreadsheet. */
static int guard_cell(struct gv_buf *text, size_t from, struct gv_err *err)
{
	struct gv_str cell = { text->p + from, text->n - from };
	struct gv_buf safe = GV_BUF_INIT(CELLS_MAX);
	int rc;

	if (!cell.n || text->failed || (!is_formula(cell) && gv_utf8_is_safe(cell)))
		return 0;
	if (is_formula(cell))
		gv_buf_addc(&safe, '\'');
	gv_utf8_safe(cell, &safe);
	rc = gv_buf_check(&safe, err);
	text->n = from;
	gv_buf_addstr(text, gv_buf_str(&safe));
	gv_buf_free(&safe);
	return rc;
}

static bool is_guarded(const struct gv_out *out)
{
	return out->opts.guard && out->format == GV_OUT_CSV;
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

/* A growing buffer moves: only when all is there do cells point into it. */
static void point_cells(struct gv_out *out)
{
	const char *p = gv_buf_str(&out->rows.text).p;

	for (size_t i = 0; i < out->fields.n; i++) {
		if (out->rows.cells[i].n)
			out->rows.cells[i].p = p;
		p += out->rows.cells[i].n;
	}
}

static int put_header(struct gv_out *out, struct gv_err *err)
{
	struct gv_out_rows *r = &out->rows;
	int rc = 0;

	for (size_t i = 0; i < out->fields.n && !rc; i++) {
		size_t from = r->text.n;

		gv_buf_addstr(&r->text, out->fields.list[i].name);
		if (is_guarded(out))
			rc = guard_cell(&r->text, from, err);
		r->cells[i] = (struct gv_str){ "", r->text.n - from };
	}
	if (!rc)
		rc = gv_buf_check(&r->text, err);
	if (rc)
		return rc;
	point_cells(out);
	if (r->table)
		return gv_table_row(r->table, r->cells, err);
	put_line(out, r->cells);
	return 0;
}

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
	return put_header(out, err);
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

	gv_buf_reset(&r->text);
	for (size_t i = 0; i < out->fields.n; i++) {
		const struct gv_val *v;
		size_t before = r->text.n;
		int rc = gv_out_cell(out, rec, &out->fields.list[i], &v, &r->text, err);

		if (!rc && v && is_guarded(out) && v->type != GV_INT && v->type != GV_NUMBER)
			rc = guard_cell(&r->text, before, err);
		if (rc)
			return rc;
		/* Until all is there, p only says whether there is a value. */
		r->cells[i] = (struct gv_str){ v ? "" : NULL, r->text.n - before };
		if (v && (v->type == GV_INT || v->type == GV_NUMBER))
			r->columns[i].integers = true;
		else if (v)
			r->columns[i].others = true;
	}
	point_cells(out);
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
	for (size_t i = 0; i < out->fields.n; i++)
		if (gv_str_is(out->fields.list[i].name, "id") || gv_str_ends(out->fields.list[i].name, GV_STR(".id")))
			gv_table_keep(r->table, i);
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
