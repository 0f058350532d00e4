/* SPDX-License-Identifier: MIT */
/*
 * chart: rows of numbers as a picture, an SVG file that any browser shows.  Gnuplot draws it, and
 * need not be installed: gv_chart_possible() tells.
 *
 * Bars lie, so that long labels can be read, each with its value behind it; lines run over time.
 * Each series has a panel and a scale of its own: a count and a sum of money have none in common.
 *
 * No text that anybody wrote reaches gnuplot: its script holds numbers and place holders, which are
 * replaced in the picture by the texts, escaped for XML.  Controls, bidi overrides and broken bytes
 * are shown as \x1b, texts too long for the picture end with "…".
 */
#ifndef GAVEL_CHART_H
#define GAVEL_CHART_H

#include "buf.h"
#include "err.h"

enum {
	GV_CHART_SERIES = 8,    /* in a chart, at most */
	GV_CHART_BARS = 200,    /* rows of bars */
	GV_CHART_POINTS = 4000, /* rows of a line */
	GV_CHART_SECONDS = 60   /* for gnuplot, unless told otherwise */
};

struct gv_chart_spec {
	const char *title;         /* above all; NULL: none */
	const char *const *names;  /* above each panel; NULL: none, as may be each of them */
	size_t series;             /* 1 to GV_CHART_SERIES */
	bool time;                 /* lines from left to right instead of bars */
	unsigned seconds;          /* gnuplot's time limit; 0: GV_CHART_SECONDS */
};

struct gv_chart;

/* Is there a gnuplot on the PATH?  Runs nothing.  GV_ENOTFOUND "--svg needs gnuplot, which is not
 * installed (Debian: gnuplot-nox)". */
int gv_chart_possible(struct gv_err *err);

/*
 * Nothing is written before gv_chart_end().  What spec holds is copied.  GV_EUSAGE: more series
 * than GV_CHART_SERIES; GV_ENOTFOUND as above.
 */
int gv_chart_begin(struct gv_chart **out, const char *path, const struct gv_chart_spec *spec,
                   struct gv_err *err);

/*
 * `values`: spec->series decimal numbers as num.h reads them; {0} is a missing one.  They are
 * printed digit by digit, without an exponent, but for those of more than 32 columns, which begin
 * with "≈".  GV_EDATA: no number.  GV_EUSAGE: too many rows.
 *
 * Bars are in the order of the rows.  If the labels of a line are days, weeks (2022-W05), months,
 * quarters (2022-Q1) or years, all of the same kind, they are put in order, and a gap in time is one
 * in the picture; rows without a date ("" or "–") stand apart on the left.  With any other label
 * rows stand in their order, at equal distances.  A line is broken where a value is missing.
 */
int gv_chart_row(struct gv_chart *c, struct gv_str label, const struct gv_str *values,
                 struct gv_err *err);

/*
 * Draw and write.  A regular file is replaced by the whole picture and keeps its mode, or stays
 * what it was; to anything else (/dev/stdout) the picture is written.  GV_EIO: gnuplot's first
 * words if it failed, its time limit, the disk.  Afterwards only gv_chart_free() is left.
 */
int gv_chart_end(struct gv_chart *c, struct gv_err *err);
void gv_chart_free(struct gv_chart *c);

#endif
