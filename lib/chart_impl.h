/* SPDX-License-Identifier: MIT */
/* chart_impl: what the files of chart share. */
#ifndef GAVEL_CHART_IMPL_H
#define GAVEL_CHART_IMPL_H

#include "arena.h"
#include "chart.h"

struct chart_row {
	struct gv_str label;
	const struct gv_str *values;  /* plain decimals; .p is NULL: missing */
	int64_t at;                   /* of a line: where in time */
};

struct gv_chart {
	struct gv_arena arena;
	char *path;
	struct gv_str title, names[GV_CHART_SERIES];
	size_t series;
	bool time;
	unsigned seconds;
	struct chart_row *rows;
	size_t n, cap;
	struct gv_str *texts;         /* of the place holders, by number */
	size_t texts_n, texts_cap;
};

#define CHART_HOLDER "gvt"     /* a place holder is this and a number of CHART_DIGITS digits */
enum { CHART_DIGITS = 5 };

/* A copy of s that is safe to show and at most `columns` wide; .p is NULL when memory is short. */
struct gv_str gv_chart_text(struct gv_chart *c, struct gv_str s, size_t columns);

/* The commands for gnuplot. */
int gv_chart_script(struct gv_chart *c, struct gv_buf *script, struct gv_err *err);

/* Path of gnuplot. */
int gv_chart_find(struct gv_buf *path, struct gv_err *err);
/* What gnuplot prints for a script. */
int gv_chart_run(const char *gnuplot, struct gv_str script, unsigned seconds, struct gv_buf *out,
                 struct gv_err *err);

#endif
