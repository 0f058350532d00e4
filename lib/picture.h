/* SPDX-License-Identifier: MIT */
/*
 * picture: the rows of a report for people who look rather than read: bars in a table, a chart in a file, a table that
 * is kept up to date on a terminal.
 */
#ifndef GAVEL_PICTURE_H
#define GAVEL_PICTURE_H

#include "report.h"

struct gv_picture;

/* GV_ENOTFOUND: charts need gnuplot (chart.h). */
int gv_picture_possible(struct gv_err *err);

/* bar: name of the member that gv_picture_row() adds, NULL = none; svg: file of a chart, NULL = none.  err serves
 * gv_picture_look(), too, and must live as long as the picture. */
int gv_picture_new(struct gv_picture **out, const struct gv_report *report, const char *bar, const char *svg, struct gv_err *err);
void gv_picture_free(struct gv_picture *p);

/* For gv_report_rows(): all rows are looked at first.  ctx is the picture. */
int gv_picture_look(void *ctx, struct gv_doc *row, bool is_total);
/* Then the chart is drawn and written, */
int gv_picture_draw(struct gv_picture *p, struct gv_err *err);
/* without so many rows that have no place on a line over time, */
size_t gv_picture_left_out(const struct gv_picture *p);
/* and each row gets its bar. */
int gv_picture_row(struct gv_picture *p, struct gv_doc *row, struct gv_err *err);

/* A table on standard error, which is a terminal: drawn over the one before, as high as the window. */
struct gv_live { size_t lines; };  /* starts as {0} */
int gv_live_draw(struct gv_live *live, struct gv_report *report, struct gv_stat *const *stats, size_t n, struct gv_err *err);
void gv_live_end(struct gv_live *live);  /* take it away */

#endif
