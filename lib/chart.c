/* SPDX-License-Identifier: MIT */
#include "chart.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "chart_impl.h"
#include "i18n.h"
#include "newfile.h"
#include "num.h"
#include "utf8.h"

enum {
	LABEL_COLUMNS = 48, TIME_COLUMNS = 20, TITLE_COLUMNS = 80,
	TEXT_BYTES = 8192,    /* of a text that anybody could want to read */
	PICTURE_MAX = 32 << 20
};

/* Browsers take the first of these that they have; gnuplot can name only one. */
static const char style[] =
	"\n<style>text { font-family: 'Noto Sans CJK SC', 'Source Han Sans SC', 'Microsoft YaHei', "
	"'PingFang SC', 'WenQuanYi Micro Hei', 'WenQuanYi Zen Hei', sans-serif }</style>";

/* ---- texts ---- */

/* How much of s fits into `columns`, and is no tower of marks without width. */
static size_t fit(struct gv_str s, size_t columns)
{
	size_t n = gv_utf8_fit(s, columns, 1), most = columns * 8;

	if (n <= most)
		return n;
	while (most && ((unsigned char)s.p[most] & 0xC0) == 0x80)
		most--;
	return most;
}

struct gv_str gv_chart_text(struct gv_chart *c, struct gv_str s, size_t columns)
{
	struct gv_buf safe = GV_BUF_INIT(TEXT_BYTES * 8);
	struct gv_str out = { 0 }, all;

	if (s.n > TEXT_BYTES)
		s.n = TEXT_BYTES;
	gv_utf8_safe(s, &safe);
	if (safe.failed)
		goto out;
	all = gv_buf_str(&safe);
	if (fit(all, columns) < all.n) {
		safe.n = fit(all, columns - 1);
		gv_buf_adds(&safe, "…");
	}
	if (!safe.failed)
		out = gv_arena_copy(&c->arena, gv_buf_str(&safe));
out:
	gv_buf_free(&safe);
	return out;
}

/* ---- rows ---- */

int gv_chart_begin(struct gv_chart **out, const char *path, const struct gv_chart_spec *spec,
                   struct gv_err *err)
{
	struct gv_chart *c;
	bool ok;
	int rc;

	*out = NULL;
	if (spec->series < 1 || spec->series > GV_CHART_SERIES)
		return gv_fail(err, GV_EUSAGE, _("a chart shows 1 to %d columns of numbers, not %zu"),
		               GV_CHART_SERIES, spec->series);
	rc = gv_chart_possible(err);
	if (rc)
		return rc;
	c = calloc(1, sizeof *c);
	if (!c)
		return gv_fail_nomem(err);
	c->arena = GV_ARENA_INIT;
	c->series = spec->series;
	c->time = spec->time;
	c->seconds = spec->seconds ? spec->seconds : GV_CHART_SECONDS;
	c->path = strdup(path);
	c->title = gv_chart_text(c, gv_str_of(spec->title ? spec->title : ""), TITLE_COLUMNS);
	ok = c->path && c->title.p;
	for (size_t i = 0; i < c->series; i++) {
		const char *name = spec->names && spec->names[i] ? spec->names[i] : "";

		c->names[i] = gv_chart_text(c, gv_str_of(name), LABEL_COLUMNS);
		ok = ok && c->names[i].p;
	}
	if (!ok) {
		gv_chart_free(c);
		return gv_fail_nomem(err);
	}
	*out = c;
	return 0;
}

static int grow(struct gv_chart *c, struct gv_err *err)
{
	size_t cap = c->cap ? c->cap * 2 : 32;
	struct chart_row *rows;

	if (c->n < c->cap)
		return 0;
	rows = realloc(c->rows, cap * sizeof *rows);
	if (!rows)
		return gv_fail_nomem(err);
	c->rows = rows;
	c->cap = cap;
	return 0;
}

/* Zero is "0" in whatever way it was written. */
static int number(struct gv_chart *c, struct gv_str *out, struct gv_str text, struct gv_err *err)
{
	char plain[GV_NUM_TEXT];
	struct gv_num_room room;
	struct gv_num n;

	*out = (struct gv_str){ 0 };
	if (!text.p)
		return 0;
	if (!gv_num_read_result(&n, text, &room))
		return gv_fail(err, GV_EDATA, _("\"%.*s\" is no number"),
		               text.n < 100 ? (int)text.n : 100, text.p);
	*out = gv_arena_copy(&c->arena, (struct gv_str){ plain, gv_num_write(&n, plain) });
	return out->p ? 0 : gv_fail_nomem(err);
}

int gv_chart_row(struct gv_chart *c, struct gv_str label, const struct gv_str *values,
                 struct gv_err *err)
{
	struct gv_str *copy;
	struct chart_row row = { 0 };
	int rc;

	if (!c->time && c->n == GV_CHART_BARS)
		return gv_fail(err, GV_EUSAGE, _("a chart has at most %d rows: use --top"),
		               GV_CHART_BARS);
	if (c->time && c->n == GV_CHART_POINTS)
		return gv_fail(err, GV_EUSAGE,
		               _("a line has at most %d points: group by a larger part of the date"),
		               GV_CHART_POINTS);
	rc = grow(c, err);
	if (rc)
		return rc;
	row.label = gv_chart_text(c, label, c->time ? TIME_COLUMNS : LABEL_COLUMNS);
	row.values = copy = gv_arena_alloc(&c->arena, c->series * sizeof *copy);
	if (!row.label.p || !copy)
		return gv_fail_nomem(err);
	for (size_t i = 0; i < c->series; i++) {
		rc = number(c, &copy[i], values[i], err);
		if (rc)
			return rc;
	}
	c->rows[c->n++] = row;
	return 0;
}

void gv_chart_free(struct gv_chart *c)
{
	if (!c)
		return;
	gv_arena_free(&c->arena);
	free(c->path);
	free(c->rows);
	free(c->texts);
	free(c);
}

/* ---- the picture ---- */

static void add_escaped(struct gv_buf *out, struct gv_str s)
{
	size_t pos = 0, start = 0;
	int32_t cp;

	while ((cp = gv_utf8_next(s, &pos)) >= 0) {
		switch (cp) {
		case '&': gv_buf_adds(out, "&amp;"); break;
		case '<': gv_buf_adds(out, "&lt;"); break;
		case '>': gv_buf_adds(out, "&gt;"); break;
		case '"': gv_buf_adds(out, "&quot;"); break;
		case '\'': gv_buf_adds(out, "&#39;"); break;
		case 0xFFFE: case 0xFFFF: gv_buf_adds(out, "\xEF\xBF\xBD"); break; /* not allowed in XML */
		default: gv_buf_add(out, s.p + start, pos - start);
		}
		start = pos;
	}
}

/* The text of the place holder at p; NULL if it is none. */
static const struct gv_str *text_at(const struct gv_chart *c, const char *p, const char *end)
{
	size_t n = 0;

	p += strlen(CHART_HOLDER);
	if (end - p < CHART_DIGITS)
		return NULL;
	for (int i = 0; i < CHART_DIGITS; i++) {
		if (p[i] < '0' || p[i] > '9')
			return NULL;
		n = n * 10 + (size_t)(p[i] - '0');
	}
	return n < c->texts_n ? &c->texts[n] : NULL;
}

/* From the left to the right, once: a text that looks like a place holder stays a text. */
static size_t fill_in(const struct gv_chart *c, struct gv_str from, struct gv_buf *out)
{
	const char *end = from.p + from.n, *p;
	size_t filled = 0;

	while ((p = memmem(from.p, from.n, CHART_HOLDER, strlen(CHART_HOLDER)))) {
		const struct gv_str *text = text_at(c, p, end);
		size_t skip = strlen(CHART_HOLDER) + (text ? CHART_DIGITS : 0);

		gv_buf_add(out, from.p, (size_t)(p - from.p));
		if (text)
			add_escaped(out, *text);
		else
			gv_buf_adds(out, CHART_HOLDER);
		filled += text != NULL;
		from = (struct gv_str){ p + skip, (size_t)(end - p) - skip };
	}
	gv_buf_addstr(out, from);
	return filled;
}

/* Browsers would show gnuplot's names of things when the mouse stands still. */
static void drop_titles(struct gv_buf *drawn, size_t head)
{
	static const char begin[] = "<title>", end[] = "</title>";
	char *p = drawn->p + head, *last = drawn->p + drawn->n;

	while ((p = memmem(p, (size_t)(last - p), begin, strlen(begin)))) {
		char *q = memmem(p, (size_t)(last - p), end, strlen(end));

		if (!q)
			break;
		q += strlen(end);
		memmove(p, q, (size_t)(last - q));
		last -= q - p;
	}
	drawn->n = (size_t)(last - drawn->p);
}

static bool ends_whole(struct gv_str s)
{
	struct gv_str end = GV_STR("</svg>");

	s = gv_str_trim(s);
	return s.n > end.n && memcmp(s.p + s.n - end.n, end.p, end.n) == 0;
}

/* From what gnuplot drew to what a person looks at. */
static int finish(const struct gv_chart *c, struct gv_buf *drawn, struct gv_buf *out,
                  struct gv_err *err)
{
	const char *svg = drawn->n ? memmem(drawn->p, drawn->n, "<svg", 4) : NULL, *body;
	size_t head;

	body = svg ? memchr(svg, '>', drawn->n - (size_t)(svg - drawn->p)) : NULL;
	if (!body || !ends_whole(gv_buf_str(drawn)))
		return gv_fail(err, GV_EIO, "%s", _("gnuplot ended before the picture was whole"));
	head = (size_t)(body + 1 - drawn->p);
	drop_titles(drawn, head);
	gv_buf_add(out, drawn->p, head);
	if (c->title.n) {
		gv_buf_adds(out, "\n<title>");
		add_escaped(out, c->title);
		gv_buf_adds(out, "</title>");
	}
	gv_buf_adds(out, style);
	if (fill_in(c, (struct gv_str){ drawn->p + head, drawn->n - head }, out) < c->texts_n)
		return gv_fail(err, GV_EIO, "%s", _("gnuplot's picture lacks some of the texts"));
	return gv_buf_check(out, err);
}

static int draw(struct gv_chart *c, struct gv_buf *picture, struct gv_err *err)
{
	struct gv_buf script = GV_BUF_INIT(PICTURE_MAX), drawn = GV_BUF_INIT(PICTURE_MAX);
	struct gv_buf gnuplot = GV_BUF_INIT(8192);
	int rc = gv_chart_find(&gnuplot, err);

	if (!rc)
		rc = gv_chart_script(c, &script, err);
	if (!rc)
		rc = gv_chart_run(gnuplot.p, gv_buf_str(&script), c->seconds, &drawn, err);
	if (!rc)
		rc = finish(c, &drawn, picture, err);
	gv_buf_free(&gnuplot);
	gv_buf_free(&script);
	gv_buf_free(&drawn);
	return rc;
}

/* ---- the file ---- */

/* What is no file, as a pipe, is written to as it is; a file keeps its mode. */
static int write_file(const char *path, const struct gv_buf *picture, struct gv_err *err)
{
	struct gv_newfile f;
	struct stat st;
	bool there = stat(path, &st) == 0;
	int fd, rc;

	if (there && !S_ISREG(st.st_mode)) {
		fd = open(path, O_WRONLY | O_CLOEXEC);
		rc = fd < 0 ? gv_fail_sys(err, path, _("cannot create")) : gv_write_all(fd, picture->p, picture->n, path, err);
		if (fd >= 0 && close(fd) && !rc)
			rc = gv_fail_sys(err, path, _("cannot write"));
		return rc;
	}
	rc = gv_newfile_open(&f, path, 0666, err);
	if (!rc && there && fchmod(f.fd, st.st_mode & 0777))
		errno = 0; /* as a new file has it, then */
	if (!rc)
		rc = gv_write_all(f.fd, picture->p, picture->n, path, err);
	return gv_newfile_close(&f, rc, err);
}

int gv_chart_end(struct gv_chart *c, struct gv_err *err)
{
	struct gv_buf picture = GV_BUF_INIT(PICTURE_MAX);
	int rc = draw(c, &picture, err);

	if (!rc)
		rc = write_file(c->path, &picture, err);
	gv_buf_free(&picture);
	return rc;
}
