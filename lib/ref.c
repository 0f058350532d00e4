/* SPDX-License-Identifier: MIT */
#include "ref.h"

#include <stdlib.h>

#include "home.h"
#include "i18n.h"
#include "utf8.h"

enum { COLUMNS_MAX = 64 };

#define TEXT_MAX (64 * GV_MIB)
#define NO_ROW UINT32_MAX

struct span { uint32_t at, n; };

/* Rows with the same hash hang on one chain, lowest row first. */
struct index {
	uint32_t *head;  /* mask + 1 of them */
	uint32_t *next;  /* one a row */
	uint32_t mask;
};

/* Only the starts of rows are kept: a command looks at a few rows of thousands,
 * so rows are counted out when the table is opened and cut into cells when asked. */
struct gv_ref {
	struct gv_buf text;
	struct span name[COLUMNS_MAX];
	int columns;
	uint32_t *start;
	size_t rows, room;
	struct index index[COLUMNS_MAX];
};

/* ---- reading ---- */

/* Tabs in a line, 16 bytes at a time; no byte of `found` gets above 15, nor the sum of eight above 255. */
static size_t count_tabs(const char *p, size_t n)
{
	typedef char block __attribute__((vector_size(16)));
	size_t count = 0;

	while (n >= 16) {
		block found = { 0 }, x;
		uint64_t half[2];

		for (int i = 0; i < 15 && n >= 16; i++, p += 16, n -= 16) {
			memcpy(&x, p, 16);
			found -= (block)(x == '\t'); /* -1 where it is so */
		}
		memcpy(half, &found, 16);
		count += (half[0] * 0x0101010101010101u >> 56) + (half[1] * 0x0101010101010101u >> 56);
	}
	while (n--)
		count += *p++ == '\t';
	return count;
}

static struct gv_str text_of(const struct gv_ref *r, struct span s)
{
	return (struct gv_str){ r->text.p + s.at, s.n };
}

static int check_name(const struct gv_ref *r, int column, struct gv_err *err)
{
	struct gv_str name = text_of(r, r->name[column]);

	if (name.n == 0)
		return gv_fail(err, GV_EDATA, _("column %d has no name"), column + 1);
	for (int i = 0; i < column; i++)
		if (gv_str_eq(name, text_of(r, r->name[i])))
			return gv_fail(err, GV_EDATA, _("column %.*s is there twice"), (int)name.n,
			               name.p);
	return 0;
}

static int read_header(struct gv_ref *r, struct gv_str line, struct gv_err *err)
{
	size_t n = count_tabs(line.p, line.n) + 1;
	const char *at = line.p, *end = line.p + line.n;

	if (n > COLUMNS_MAX)
		return gv_fail(err, GV_EDATA, _("%zu columns, at most %d"), n, COLUMNS_MAX);
	for (int i = 0; i < (int)n; i++) {
		const char *tab = memchr(at, '\t', (size_t)(end - at));
		const char *stop = tab ? tab : end;
		int rc;

		r->name[i] = (struct span){ (uint32_t)(at - r->text.p), (uint32_t)(stop - at) };
		rc = check_name(r, i, err);
		if (rc)
			return rc;
		at = stop + 1;
	}
	r->columns = (int)n;
	return 0;
}

static int read_row(struct gv_ref *r, struct gv_str line, struct gv_err *err)
{
	size_t n = count_tabs(line.p, line.n) + 1;

	if (n != (size_t)r->columns)
		return gv_fail(err, GV_EDATA, _("%zu cells, should be %d"), n, r->columns);
	if (r->rows == r->room) {
		size_t room = r->room ? r->room * 2 : r->text.n / 32 + 16;
		uint32_t *start = reallocarray(r->start, room, sizeof *start);

		if (!start)
			return gv_fail_nomem(err);
		r->start = start;
		r->room = room;
	}
	r->start[r->rows++] = (uint32_t)(line.p - r->text.p);
	return 0;
}

/* The line at `at` without its end, which may be CRLF. */
static struct gv_str line_at(const struct gv_ref *r, size_t at)
{
	const char *p = r->text.p + at;
	const char *nl = memchr(p, '\n', r->text.n - at);
	size_t n = nl ? (size_t)(nl - p) : r->text.n - at;

	return (struct gv_str){ p, n && p[n - 1] == '\r' ? n - 1 : n };
}

static int read_lines(struct gv_ref *r, struct gv_err *err)
{
	struct gv_str bom = GV_STR("\xEF\xBB\xBF");
	size_t at = gv_str_starts(gv_buf_str(&r->text), bom) ? bom.n : 0;

	for (size_t number = 1; at < r->text.n; number++) {
		struct gv_str line = line_at(r, at);
		int rc = 0;

		if (line.n && line.p[0] != '#')
			rc = r->columns ? read_row(r, line, err) : read_header(r, line, err);
		if (rc) {
			if (err)
				err->line = number;
			return rc;
		}
		at += line.n;
		at += r->text.p[at] == '\r';
		at++;
	}
	return r->columns ? 0 : gv_fail(err, GV_EDATA, "%s", _("no header line"));
}

/* The number of the line with the byte at `at`, and where it starts. */
static size_t line_number(const struct gv_ref *r, size_t at, size_t *start)
{
	const char *p = r->text.p, *end = r->text.p + at, *nl;
	size_t line = 1;

	while ((nl = memchr(p, '\n', (size_t)(end - p)))) {
		p = nl + 1;
		line++;
	}
	*start = (size_t)(p - r->text.p);
	return line;
}

static int check_bytes(const struct gv_ref *r, struct gv_err *err)
{
	struct gv_str text = gv_buf_str(&r->text);
	size_t good = gv_utf8_valid(text), start;
	const char *nul = memchr(text.p, '\0', good);
	int rc;

	if (nul)
		good = (size_t)(nul - text.p);
	if (good == text.n)
		return 0;
	rc = gv_fail(err, GV_EDATA, "%s", nul ? _("there is a NUL byte") : _("not UTF-8"));
	if (err) {
		err->line = line_number(r, good, &start);
		err->byte = good - start + 1;
	}
	return rc;
}

int gv_ref_open_file(struct gv_ref **out, const char *path, struct gv_err *err)
{
	struct gv_ref *r = calloc(1, sizeof *r);
	int rc;

	*out = NULL;
	if (!r)
		return gv_fail_nomem(err);
	gv_buf_init(&r->text, TEXT_MAX);
	rc = gv_buf_read_file(&r->text, path, err);
	if (!rc)
		rc = check_bytes(r, err);
	if (!rc)
		rc = read_lines(r, err);
	if (rc) {
		gv_err_thing(err, path, strlen(path));
		gv_ref_free(r);
		return rc;
	}
	*out = r;
	return 0;
}

int gv_ref_open(struct gv_ref **out, const char *name, struct gv_err *err)
{
	struct gv_buf file = GV_BUF_INIT(256), path = GV_BUF_INIT(4096);
	int rc;

	*out = NULL;
	gv_buf_addf(&file, "ref/%s.tsv", name);
	rc = gv_buf_check(&file, err);
	if (!rc)
		rc = gv_home_share(&path, file.p, err);
	if (!rc)
		rc = gv_ref_open_file(out, path.p, err);
	gv_buf_free(&file);
	gv_buf_free(&path);
	return rc;
}

void gv_ref_free(struct gv_ref *r)
{
	if (!r)
		return;
	for (int i = 0; i < r->columns; i++) {
		free(r->index[i].head);
		free(r->index[i].next);
	}
	free(r->start);
	gv_buf_free(&r->text);
	free(r);
}

/* ---- asking ---- */

size_t gv_ref_rows(const struct gv_ref *r)
{
	return r->rows;
}

size_t gv_ref_line(const struct gv_ref *r, size_t row)
{
	size_t start;

	return row < r->rows ? line_number(r, r->start[row], &start) : 0;
}

int gv_ref_column(const struct gv_ref *r, const char *name)
{
	for (int i = 0; i < r->columns; i++)
		if (gv_str_is(text_of(r, r->name[i]), name))
			return i;
	return -1;
}

struct gv_str gv_ref_cell(const struct gv_ref *r, size_t row, int column)
{
	const char *at, *end;
	struct gv_str cell;

	if (row >= r->rows || column < 0 || column >= r->columns)
		return (struct gv_str){ 0 };
	at = r->text.p + r->start[row];
	for (int i = 0; i < column; i++) /* the tabs were counted: they are there */
		at = (const char *)rawmemchr(at, '\t') + 1;
	if (column < r->columns - 1) {
		end = rawmemchr(at, '\t');
		cell = (struct gv_str){ at, (size_t)(end - at) };
	} else {
		cell = line_at(r, (size_t)(at - r->text.p));
	}
	if (cell.n == 0 || gv_str_is(cell, "-"))
		return (struct gv_str){ 0 };
	return cell;
}

static uint32_t hash(struct gv_str s)
{
	uint64_t h = 0xCBF29CE484222325u;

	for (size_t i = 0; i < s.n; i++)
		h = (h ^ (unsigned char)s.p[i]) * 0x100000001B3u;
	return (uint32_t)(h ^ h >> 32);
}

static bool build(struct gv_ref *r, int column)
{
	struct index *x = &r->index[column];
	uint32_t heads = 16;

	while (heads < r->rows)
		heads *= 2;
	x->head = malloc(heads * sizeof *x->head);
	x->next = malloc((r->rows + 1) * sizeof *x->next);
	if (!x->head || !x->next) {
		free(x->head);
		free(x->next);
		*x = (struct index){ 0 };
		return false;
	}
	x->mask = heads - 1;
	memset(x->head, 0xFF, heads * sizeof *x->head);
	for (size_t row = r->rows; row-- > 0;) { /* from the end: chains then run upwards */
		uint32_t *head = &x->head[hash(gv_ref_cell(r, row, column)) & x->mask];

		x->next[row] = *head;
		*head = (uint32_t)row;
	}
	return true;
}

size_t gv_ref_find(struct gv_ref *r, int column, struct gv_str key, size_t from)
{
	struct index *x;
	uint32_t row;

	if (column < 0 || column >= r->columns || from >= r->rows)
		return GV_REF_NONE;
	x = &r->index[column];
	if (!x->head && !build(r, column)) { /* no memory for speed: the slow way is as right */
		for (size_t i = from; i < r->rows; i++)
			if (gv_str_eq(gv_ref_cell(r, i, column), key))
				return i;
		return GV_REF_NONE;
	}
	/* Going on from the last hit must not walk its whole chain again. */
	if (from && gv_str_eq(gv_ref_cell(r, from - 1, column), key))
		row = x->next[from - 1];
	else
		row = x->head[hash(key) & x->mask];
	while (row != NO_ROW && (row < from || !gv_str_eq(gv_ref_cell(r, row, column), key)))
		row = x->next[row];
	return row == NO_ROW ? GV_REF_NONE : row;
}
