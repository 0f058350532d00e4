/* SPDX-License-Identifier: MIT */
/* out_table: columns that line up whatever the script. */
#include <stdlib.h>

#include "i18n.h"
#include "out_impl.h"
#include "utf8.h"

enum { GAP = 2, NARROWEST = 4, READABLE = 8, TABLE_MAX = 1 << 30 };

#define ELLIPSIS "\xE2\x80\xA6"

struct cell {
	size_t at, n;    /* in text */
	size_t width;
};

struct column {
	enum gv_align align;
	bool whole;      /* is cut last */
	size_t width;    /* of the widest cell so far */
	size_t limit;    /* it is cut to this */
};

struct gv_table {
	size_t columns, rows, room;
	int ambiguous;
	bool fixed;      /* the widths stay */
	struct column *column;
	struct cell *cells;
	struct gv_buf text;
};

int gv_table_new(struct gv_table **out, size_t columns, int ambiguous, struct gv_err *err)
{
	struct gv_table *t = calloc(1, sizeof *t);

	*out = NULL;
	if (!t)
		return gv_fail_nomem(err);
	t->columns = columns;
	t->ambiguous = ambiguous == 2 ? 2 : 1;
	gv_buf_init(&t->text, TABLE_MAX);
	t->column = calloc(columns ? columns : 1, sizeof *t->column);
	if (!t->column) {
		gv_table_free(t);
		return gv_fail_nomem(err);
	}
	*out = t;
	return 0;
}

void gv_table_free(struct gv_table *t)
{
	if (!t)
		return;
	gv_buf_free(&t->text);
	free(t->column);
	free(t->cells);
	free(t);
}

void gv_table_align(struct gv_table *t, size_t column, enum gv_align a)
{
	t->column[column].align = a;
}

void gv_table_keep(struct gv_table *t, size_t column)
{
	t->column[column].whole = true;
}

void gv_table_fix(struct gv_table *t)
{
	t->fixed = true;
	t->rows = 0;
	gv_buf_reset(&t->text);
}

/* ---- filling ---- */

static bool make_room(struct gv_table *t)
{
	size_t room = t->room ? t->room * 2 : 32;
	struct cell *cells;

	if (t->rows < t->room)
		return true;
	if (t->columns > SIZE_MAX / sizeof *cells / room)
		return false;
	cells = realloc(t->cells, room * t->columns * sizeof *cells);
	if (!cells)
		return false;
	t->cells = cells;
	t->room = room;
	return true;
}

int gv_table_row(struct gv_table *t, const struct gv_str *cells, struct gv_err *err)
{
	size_t before = t->text.n;
	struct cell *row;

	if (!t->columns)
		return 0;
	if (!make_room(t))
		return gv_fail_nomem(err);
	row = t->cells + t->rows * t->columns;
	for (size_t i = 0; i < t->columns; i++) {
		row[i].at = t->text.n;
		gv_utf8_safe(cells[i], &t->text);
		row[i].n = t->text.n - row[i].at;
	}
	if (t->text.failed) {
		int rc = gv_buf_check(&t->text, err);

		t->text.failed = t->text.nomem = false;
		t->text.n = before;
		return rc;
	}
	for (size_t i = 0; i < t->columns; i++) {
		struct gv_str s = { t->text.p + row[i].at, row[i].n };

		row[i].width = s.n ? gv_utf8_width(s, t->ambiguous) : 0;
		if (!t->fixed && row[i].width > t->column[i].width)
			t->column[i].width = row[i].width;
	}
	t->rows++;
	return 0;
}

/* ---- printing ---- */

/* What the columns take when none is wider than `cap`. */
static size_t total(const struct gv_table *t, size_t cap)
{
	size_t sum = t->columns ? (t->columns - 1) * GAP : 0;

	for (size_t i = 0; i < t->columns; i++)
		sum += t->column[i].whole || t->column[i].width < cap ? t->column[i].width : cap;
	return sum;
}

/* The widest columns give way first, all to one width; what is left over goes to the leftmost
 * of them, one each. */
static void set_limits(struct gv_table *t, size_t max_width)
{
	size_t cap = NARROWEST, high = max_width, left;

	for (size_t i = 0; i < t->columns; i++)
		t->column[i].limit = max_width ? t->column[i].width : SIZE_MAX;
	if (!max_width)
		return;
	left = total(t, SIZE_MAX);
	if (left <= max_width) {
		/* Rows may still come that are wider: the last column may use the rest of the line. */
		t->column[t->columns - 1].limit += max_width - left;
		return;
	}
	/* Half a number names nothing, but the rest must be worth reading, too. */
	for (size_t i = 0; total(t, READABLE) > max_width && i < t->columns; i++)
		t->column[i].whole = false;
	while (cap < high) {
		size_t mid = cap + (high - cap + 1) / 2;

		if (total(t, mid) <= max_width)
			cap = mid;
		else
			high = mid - 1;
	}
	left = total(t, cap) < max_width ? max_width - total(t, cap) : 0;
	for (size_t i = 0; i < t->columns; i++) {
		struct column *c = &t->column[i];

		if (c->width > cap && !c->whole) {
			c->limit = cap + (left > 0);
			left -= left > 0;
		}
	}
}

static void pad(struct gv_buf *out, size_t n)
{
	static const char blanks[] = "                                ";

	for (; n > sizeof blanks - 1; n -= sizeof blanks - 1)
		gv_buf_add(out, blanks, sizeof blanks - 1);
	gv_buf_add(out, blanks, n);
}

/* As much of a cell as fits, in bytes; *taken is the columns with the dots of a cut. */
static size_t fit(const struct gv_table *t, const struct cell *cell, size_t limit, size_t *taken)
{
	struct gv_str s = { t->text.p + cell->at, cell->n };
	size_t dots;

	*taken = cell->width;
	if (cell->width <= limit)
		return cell->n;
	dots = (size_t)gv_utf8_cp_width(0x2026, t->ambiguous);
	s.n = gv_utf8_fit(s, limit - dots, t->ambiguous);
	*taken = gv_utf8_width(s, t->ambiguous) + dots;
	return s.n;
}

static void put_row(const struct gv_table *t, const struct cell *row, struct gv_buf *out)
{
	size_t blanks = 0;  /* owed: paid only if something follows */

	for (size_t i = 0; i < t->columns; i++) {
		const struct column *c = &t->column[i];
		size_t width = c->width < c->limit ? c->width : c->limit, taken;
		size_t n = fit(t, &row[i], c->limit, &taken);
		size_t spare = width > taken ? width - taken : 0;

		blanks += (i ? GAP : 0) + (c->align == GV_RIGHT ? spare : 0);
		if (row[i].n) {
			pad(out, blanks);
			blanks = 0;
			gv_buf_add(out, t->text.p + row[i].at, n);
			if (n < row[i].n)
				gv_buf_adds(out, ELLIPSIS);
		}
		blanks += c->align == GV_RIGHT ? 0 : spare;
	}
	gv_buf_addc(out, '\n');
}

int gv_table_print(struct gv_table *t, struct gv_buf *out, bool bold_first, size_t max_width,
                   struct gv_err *err)
{
	if (!t->columns)
		return 0;
	if (!t->fixed)
		set_limits(t, max_width);
	for (size_t i = 0; i < t->rows; i++) {
		size_t before = out->n;

		if (i == 0 && bold_first)
			gv_buf_adds(out, "\033[1m");
		put_row(t, t->cells + i * t->columns, out);
		if (i == 0 && bold_first && !out->failed && out->n > before) {
			out->n--;  /* the line end stays outside */
			gv_buf_adds(out, "\033[0m\n");
		}
	}
	return gv_buf_check(out, err);
}
