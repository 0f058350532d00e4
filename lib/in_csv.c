/* SPDX-License-Identifier: MIT */
/* in_csv: where a row of CSV or TSV ends, what its cells are, and the object they make. */
#include <stdlib.h>

#include "i18n.h"
#include "in_impl.h"

/* ---- where a row ends ---- */

enum { AT_ROW, AT_CELL, PLAIN, QUOTED, QUOTE, ROW_END };

static const uint8_t next_state[][4] = {
	/*             other   delimiter  quote   line end */
	[AT_ROW]   = { PLAIN,  AT_CELL,   QUOTED, ROW_END },
	[AT_CELL]  = { PLAIN,  AT_CELL,   QUOTED, ROW_END },
	[PLAIN]    = { PLAIN,  AT_CELL,   PLAIN,  ROW_END },
	[QUOTED]   = { QUOTED, QUOTED,    QUOTE,  QUOTED },
	[QUOTE]    = { PLAIN,  AT_CELL,   QUOTED, ROW_END },  /* the end, or the first of two */
};

static bool find_row(struct gv_in_scan *scan, const char *p, size_t n, size_t *used)
{
	unsigned state = scan->state;

	if (state == AT_ROW) {  /* most rows have no quote */
		const char *end = memchr(p, '\n', n);

		if (end && !memchr(p, '"', (size_t)(end - p))) {
			*used = (size_t)(end - p) + 1;
			return true;
		}
	}
	for (size_t i = 0; i < n; i++) {
		state = next_state[state][scan->classes[(unsigned char)p[i]]];
		if (state == ROW_END) {
			*used = i + 1;
			return true;
		}
	}
	scan->state = state;
	return false;
}

int gv_in_csv_unit(struct gv_in *in, struct gv_in_unit *unit, struct gv_err *err)
{
	int rc;

	do {
		struct gv_in_scan scan = { .find = in->csv.quotes ? find_row : gv_in_scan_line,
		                           .classes = in->csv.classes };

		rc = gv_in_skip_marks(in, err);
		if (!rc)
			rc = gv_in_next_unit(in, &scan, unit, err);
		if (!rc && unit->too_long && unit->cut && scan.state == QUOTED)
			in->broken = true;
	} while (!rc && !unit->end && !unit->too_long && unit->text.n == 0);
	if (rc || unit->end || !unit->too_long || !in->csv.quotes)
		return rc || unit->end ? rc : gv_in_check_unit(in, unit, err);
	rc = gv_fail(err, GV_EDATA, _("longer than %zu MiB: is a quote not closed?"),
	             GV_IN_UNIT_MAX / GV_MIB);
	return gv_in_err_line(unit, rc, err);
}

/* ---- cells ---- */

struct gv_in_cells gv_in_cells_of(const struct gv_in_csv *csv, char *text, size_t n)
{
	return (struct gv_in_cells){ .p = text, .end = text + n, .delimiter = csv->delimiter,
	                             .quotes = csv->quotes };
}

/* The cell is finished and `next` is the delimiter behind it, or the end. */
static void pass(struct gv_in_cells *c, char *next)
{
	c->done = next == c->end;
	c->p = next + 1;
}

static bool quoted_cell(struct gv_in_cells *c, struct gv_str *cell)
{
	char *open = c->p, *from = open + 1, *to = from;

	for (;;) {
		char *quote = memchr(from, '"', (size_t)(c->end - from));
		size_t n = (size_t)((quote ? quote : c->end) - from);

		if (!quote) {
			c->trouble = open;
			c->unclosed = true;
			return false;
		}
		memmove(to, from, n);
		to += n;
		from = quote + 1;
		if (from == c->end || *from == c->delimiter)
			break;
		if (*from != '"') {
			c->trouble = from;
			return false;
		}
		*to++ = '"';
		from++;
	}
	pass(c, from);
	*to = '\0';
	*cell = (struct gv_str){ open + 1, (size_t)(to - open - 1) };
	return true;
}

bool gv_in_cell(struct gv_in_cells *c, struct gv_str *cell)
{
	char *end;

	if (c->done)
		return false;
	if (c->quotes && c->p < c->end && *c->p == '"')
		return quoted_cell(c, cell);
	end = memchr(c->p, c->delimiter, (size_t)(c->end - c->p));
	if (!end)
		end = c->end;
	*cell = (struct gv_str){ c->p, (size_t)(end - c->p) };
	pass(c, end);
	*end = '\0';
	return true;
}

int gv_in_csv_trouble(struct gv_in *in, const struct gv_in_unit *unit,
                      const struct gv_in_cells *cells,
                      size_t offset, size_t column, struct gv_err *err)
{
	const struct gv_in_csv *csv = &in->csv;
	const char *field = csv->ready && column < csv->n ? csv->names.p + csv->columns[column].at : "";
	int rc;

	if (!cells->unclosed) {
		rc = gv_fail_field(err, GV_EDATA, field, "%s", _("text behind a closing quote"));
		return gv_in_err_at(in, unit, offset, rc, err);
	}
	rc = gv_fail_field(err, GV_EDATA, field, "%s", _("this quote is never closed"));
	gv_in_err_at(in, unit, offset, rc, err);
	return gv_in_break(in, rc, err);
}

/* ---- rows ---- */

void gv_in_csv_free(struct gv_in_csv *csv)
{
	free(csv->columns);
	csv->columns = NULL;
	csv->n = 0;
	gv_buf_free(&csv->names);
}

/* The cells into `members`, which are in the order of names; *filled counts what is not empty. */
static int put_cells(struct gv_in *in, const struct gv_in_unit *unit, char *text,
                     struct gv_member *members, size_t *filled, struct gv_err *err)
{
	const struct gv_in_csv *csv = &in->csv;
	struct gv_in_cells cells = gv_in_cells_of(csv, text, unit->text.n);
	struct gv_str cell;
	size_t i = 0;
	int rc;

	*filled = 0;
	for (; gv_in_cell(&cells, &cell); i++) {
		if (i >= csv->n || !cell.n)
			continue;
		members[csv->columns[i].place].val =
			(struct gv_val){ .type = GV_STRING, .n = (uint32_t)cell.n, .s = cell.p };
		(*filled)++;
	}
	if (cells.trouble)
		return gv_in_csv_trouble(in, unit, &cells, (size_t)(cells.trouble - text), i, err);
	if (i == csv->n)
		return 0;
	rc = gv_fail(err, GV_EDATA, _("%zu cells, but the header has %zu"), i, csv->n);
	return gv_in_err_line(unit, rc, err);
}

/*
 * The tree is made by hand: names and text are copied into the document at one go each,
 * cells are cut out of the copy, and members are filled in the order of their names,
 * which the header has sorted once for all rows.
 */
static int make_row(struct gv_in *in, struct gv_doc *doc, const struct gv_in_unit *unit,
                    struct gv_err *err)
{
	const struct gv_in_csv *csv = &in->csv;
	struct gv_member *members;
	struct gv_str names, text;
	size_t filled;
	uint32_t n = 0;
	int rc;

	gv_doc_reset(doc);
	members = gv_arena_alloc(&doc->arena, csv->n * sizeof *members);
	names = gv_arena_copy(&doc->arena, gv_buf_str(&csv->names));
	text = gv_arena_copy(&doc->arena, unit->text);
	if (!members || !names.p || !text.p)
		return gv_fail_nomem(err);
	for (size_t i = 0; i < csv->n; i++) {
		const struct gv_in_column *c = &csv->columns[i];

		members[c->place] = (struct gv_member){ { names.p + c->at, c->n }, { .type = GV_NULL } };
	}
	rc = put_cells(in, unit, (char *)(uintptr_t)text.p, members, &filled, err);
	if (rc)
		return rc;
	for (size_t i = 0; filled < csv->n && i < csv->n; i++)
		if (members[i].val.type != GV_NULL)
			members[n++] = members[i];
	doc->root = gv_mkobj();
	doc->root.n = filled < csv->n ? n : (uint32_t)csv->n;
	doc->root.members = members;
	return 0;
}

int gv_in_row_csv(struct gv_in *in, struct gv_doc *doc, struct gv_in_unit *unit, struct gv_err *err)
{
	int rc;

	if (!in->csv.ready) {
		rc = gv_in_csv_header(in, unit, err);
		if (rc || unit->end)
			return rc;
	}
	do {
		rc = gv_in_csv_unit(in, unit, err);
		if (rc || unit->end)
			return rc;
		rc = make_row(in, doc, unit, err);
	} while (!rc && doc->root.n == 0);
	return rc;
}
