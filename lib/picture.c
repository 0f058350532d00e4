/* SPDX-License-Identifier: MIT */
#include "picture.h"

#include <float.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "chart.h"
#include "i18n.h"
#include "num.h"
#include "out.h"

enum { BAR_COLUMNS = 40, BAR_LEAST = 8, LABEL_MAX = 4096, ROWS_UNKNOWN = 24, GAP = 2, NARROWEST = 4 /* of a table's columns */ };

struct gv_picture {
	const struct gv_report *report;
	const char *bar;
	size_t bar_columns;         /* of the longest bar */
	struct gv_err *err;         /* of gv_picture_look() */
	double largest;             /* what the longest bar shows */
	struct gv_chart *chart;
	size_t first, series;       /* columns of the chart */
	size_t left_out;            /* rows without a place in it */
};

int gv_picture_possible(struct gv_err *err)
{
	return gv_chart_possible(err);
}

/* ---- charts ---- */

static int begin_chart(struct gv_picture *p, const char *path, struct gv_err *err)
{
	const char *names[GV_CHART_SERIES];
	struct gv_chart_spec spec = { .names = names, .time = gv_report_is_time(p->report) };
	struct gv_buf text = GV_BUF_INIT(GV_MIB);
	size_t at[GV_CHART_SERIES], n;
	const struct gv_str *columns = gv_report_columns(p->report, &n);
	int rc;

	p->first = gv_report_groups(p->report);
	p->series = n - p->first;
	if (p->series > GV_CHART_SERIES)
		return gv_fail(err, GV_EUSAGE, _("--svg: %zu columns are too many for a chart, which shows %d"), p->series, GV_CHART_SERIES);
	for (size_t i = 0; i < p->series; i++) {
		at[i] = text.n;
		gv_buf_addstr(&text, columns[p->first + i]);
		gv_buf_addc(&text, '\0');
	}
	rc = gv_buf_check(&text, err);
	for (size_t i = 0; i < p->series && !rc; i++)
		names[i] = text.p + at[i];
	spec.series = p->series;
	if (!rc)
		rc = gv_chart_begin(&p->chart, path, &spec, err);
	gv_buf_free(&text);
	return rc;
}

/* The groups of a row as one text, as people may see it: 民事审判庭 / 2022-06. */
static int label(const struct gv_picture *p, struct gv_doc *row, struct gv_buf *out, struct gv_err *err)
{
	size_t n;
	const struct gv_str *columns = gv_report_columns(p->report, &n);

	for (size_t i = 0; i < p->first; i++) {
		const struct gv_val *v = gv_val_getn(&row->root, columns[i]);
		struct gv_val seen;
		int rc = v ? gv_report_mask(p->report, row, i, v, &seen, err) : 0;

		if (rc)
			return rc;
		gv_buf_adds(out, i ? " / " : "");
		if (v && (seen.type == GV_STRING || seen.type == GV_NUMBER))
			gv_buf_add(out, seen.s, seen.n < LABEL_MAX ? seen.n : LABEL_MAX); /* a cut inside a character is shown as such */
		else if (v)
			gv_json_line(out, &seen);
		else
			gv_buf_adds(out, "–");
	}
	return gv_buf_check(out, err);
}

/* A line over time has no place for what is no time. */
static bool has_place(const struct gv_picture *p, const struct gv_val *row)
{
	size_t n;
	const struct gv_val *v = gv_val_getn(row, gv_report_columns(p->report, &n)[0]);
	struct gv_str text = v ? gv_val_str(v) : (struct gv_str){ 0 };
	bool year = text.n >= 4;

	if (!gv_report_is_time(p->report))
		return true;
	for (size_t i = 0; i < 4 && year; i++)
		year = text.p[i] >= '0' && text.p[i] <= '9';
	return year && (text.n == 4 || text.p[4] == '-');
}

static int add_to_chart(struct gv_picture *p, struct gv_doc *row, struct gv_err *err)
{
	struct gv_str values[GV_CHART_SERIES] = { 0 };
	struct gv_buf text = GV_BUF_INIT(4 * GV_JSON_TEXT_MAX), digits = GV_BUF_INIT(4096);
	size_t n, at[GV_CHART_SERIES + 1] = { 0 };
	const struct gv_str *columns = gv_report_columns(p->report, &n);
	int rc;

	if (!has_place(p, &row->root)) {
		p->left_out++;
		return 0;
	}
	for (size_t i = 0; i < p->series; i++) {
		const struct gv_val *v = gv_val_getn(&row->root, columns[p->first + i]);

		if (v && v->type == GV_INT)
			gv_buf_addint(&digits, v->i);
		else if (v && v->type == GV_NUMBER)
			gv_buf_add(&digits, v->s, v->n);
		at[i + 1] = digits.n;
	}
	rc = gv_buf_check(&digits, err);
	for (size_t i = 0; i < p->series && !rc; i++)
		if (at[i + 1] > at[i])
			values[i] = (struct gv_str){ digits.p + at[i], at[i + 1] - at[i] };
	if (!rc)
		rc = label(p, row, &text, err);
	if (!rc)
		rc = gv_chart_row(p->chart, gv_buf_str(&text), values, err);
	gv_buf_free(&text);
	gv_buf_free(&digits);
	return rc;
}

/* ---- bars ---- */

/* A third of a narrow terminal, which would cut longer ones so that they look alike. */
static size_t bar_columns(void)
{
	struct winsize size;

	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) || !size.ws_col || size.ws_col / 3 > BAR_COLUMNS)
		return BAR_COLUMNS;
	return size.ws_col > 3 * BAR_LEAST ? size.ws_col / 3 : BAR_LEAST;
}

/* Only to draw: how long the bar of a row is. */
static double length_of(const struct gv_picture *p, const struct gv_val *row)
{
	size_t n;
	const struct gv_str *columns = gv_report_columns(p->report, &n);
	const struct gv_val *v = gv_val_getn(row, columns[gv_report_groups(p->report)]);
	double d = 0;

	if (v && v->type == GV_INT)
		d = (double)v->i;
	else if (v && v->type == GV_NUMBER)
		d = strtod(v->s, NULL);
	return d > DBL_MAX ? DBL_MAX : d > 0 ? d : 0; /* a sum may be larger than any double */
}

int gv_picture_look(void *ctx, struct gv_doc *row, bool is_total)
{
	struct gv_picture *p = ctx;
	double d = is_total ? 0 : length_of(p, &row->root);

	if (d > p->largest)
		p->largest = d;
	return p->chart && !is_total ? add_to_chart(p, row, p->err) : 0;
}

/* Eighths of a column, so that small differences show. */
static int add_bar(struct gv_picture *p, struct gv_doc *row, struct gv_err *err)
{
	static const char *const eighths[] = { "", "▏", "▎", "▍", "▌", "▋", "▊", "▉" };
	struct gv_buf bar = GV_BUF_INIT(BAR_COLUMNS * 4);
	size_t n = p->largest > 0 ? (size_t)(length_of(p, &row->root) / p->largest * (double)p->bar_columns * 8) : 0;
	struct gv_val v;

	for (; n >= 8; n -= 8)
		gv_buf_adds(&bar, "█");
	gv_buf_adds(&bar, eighths[n]);
	v = gv_mkstr(row, gv_buf_str(&bar));
	gv_buf_free(&bar);
	return gv_obj_set(row, &row->root, gv_str_of(p->bar), v, err);
}

/* ---- the whole ---- */

int gv_picture_new(struct gv_picture **out, const struct gv_report *report, const char *bar, const char *svg, struct gv_err *err)
{
	struct gv_picture *p = calloc(1, sizeof *p);
	int rc;

	*out = NULL;
	if (!p)
		return gv_fail_nomem(err);
	p->report = report;
	p->bar = bar;
	p->err = err;
	p->bar_columns = bar_columns();
	rc = svg ? begin_chart(p, svg, err) : 0;
	if (rc) {
		gv_picture_free(p);
		return rc;
	}
	*out = p;
	return 0;
}

void gv_picture_free(struct gv_picture *p)
{
	if (!p)
		return;
	gv_chart_free(p->chart);
	free(p);
}

size_t gv_picture_left_out(const struct gv_picture *p)
{
	return p->left_out;
}

int gv_picture_row(struct gv_picture *p, struct gv_doc *row, struct gv_err *err)
{
	return p->bar ? add_bar(p, row, err) : 0;
}

int gv_picture_draw(struct gv_picture *p, struct gv_err *err)
{
	return p->chart ? gv_chart_end(p->chart, err) : 0;
}

/* ---- live ---- */

struct drawing {
	const struct gv_report *report;
	struct gv_out *out;
	size_t lines, room, hidden;
	struct gv_err *err;
};

static int draw_row(void *ctx, struct gv_doc *row, bool is_total)
{
	struct drawing *d = ctx;
	int rc;

	if (is_total || d->lines == d->room) {
		d->hidden += !is_total;
		return 0;
	}
	d->lines++;
	rc = gv_report_dash(d->report, row, d->err);
	return rc ? rc : gv_out_rec(d->out, &row->root, d->err);
}

void gv_live_end(struct gv_live *live)
{
	if (live->lines)
		fprintf(stderr, "\033[%zuA\033[J", live->lines);
	live->lines = 0;
}

int gv_live_draw(struct gv_live *live, struct gv_report *report, struct gv_stat *const *stats, size_t n, struct gv_err *err)
{
	struct winsize size = { 0 };
	struct gv_out_opts opts = { .format = GV_OUT_TABLE, .header = true, .color = -1 };
	struct drawing d = { .report = report, .err = err };
	int rc, closed;

	rc = gv_report_prepare(report, stats, n, err);
	if (rc)
		return rc;
	if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) || !size.ws_row)
		size.ws_row = ROWS_UNKNOWN;
	d.room = size.ws_row > 4 ? size.ws_row - 3 : 1; /* the header, what is hidden, and the cursor's line */
	opts.columns = gv_report_columns(report, &opts.ncolumns);
	if (size.ws_col && opts.ncolumns > ((size_t)size.ws_col + GAP) / (NARROWEST + GAP)) /* a line that wraps is two */
		opts.ncolumns = ((size_t)size.ws_col + GAP) / (NARROWEST + GAP);
	rc = gv_out_open(&d.out, STDERR_FILENO, &opts, err);
	if (rc)
		return rc;
	gv_live_end(live);
	rc = gv_report_rows(report, stats, n, draw_row, &d, err);
	closed = gv_out_close(d.out, rc ? NULL : err);
	live->lines = d.lines ? d.lines + 1 : 0;
	if (d.hidden) {
		fprintf(stderr, _("... and %zu rows more\n"), d.hidden);
		live->lines++;
	}
	return rc ? rc : closed;
}
