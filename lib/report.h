/* SPDX-License-Identifier: MIT */
/*
 * report: the groups of a statistic as rows: their order, conditions on them, totals, shares, pivots, sparklines.
 *
 *   report.c          from groups to rows
 *   report_columns.c  which columns there are
 *   report_make.c     one row
 *   report_pivot.c    columns that the last group's values make; sparklines
 */
#ifndef GAVEL_REPORT_H
#define GAVEL_REPORT_H

#include "stat.h"

struct gv_report_ask {
	const char *sort;        /* comma list of columns, each with "-" in front for the largest first */
	uint64_t top;            /* only the first rows; 0 = all */
	const char *having;      /* a predicate (query.h) on rows */
	bool total;              /* one row more: all groups as one, whatever having and top leave out */
	bool share;              /* a column: which part of the total the first aggregate is */
	bool verbose;            /* columns about the columns: numbers of values, parts of a rate, errors */
	bool interpolate;        /* quantiles between two numbers, else nearest rank */
	bool pivot;              /* the values of the last group as columns: count_judgment */
	bool spark;              /* the last group is a part of a date: one row for all of it, drawn */
	int decimals;            /* fractions that were rounded to a double are shown with so many; rates and shares with two more; -1 = as they are */
	bool (*is_sensitive)(struct gv_str path);  /* is this field to be hidden from people?  NULL: none is */
	bool mask;               /* values of such fields are masked as tables do it (out.h) */
	size_t memory;           /* for sorting, in bytes; then on disk */
};

struct gv_report;

/* GV_EUSAGE for a column that is not there or does not fit.  The spec must outlive it. */
int gv_report_new(struct gv_report **out, const struct gv_stat_spec *spec, const struct gv_report_ask *ask, struct gv_err *err);
void gv_report_free(struct gv_report *r);

/* Looks at all groups where the rows need to know them beforehand.  Before gv_report_rows(), again when there is more. */
int gv_report_prepare(struct gv_report *r, struct gv_stat *const *stats, size_t n, struct gv_err *err);

/* Names of the columns in order: n of them.  With a pivot they are known once it is prepared. */
const struct gv_str *gv_report_columns(const struct gv_report *r, size_t *n);
size_t gv_report_groups(const struct gv_report *r);  /* so many of the columns, the first ones, are groups */
bool gv_report_is_time(const struct gv_report *r);   /* the rows are parts of a date, in order unless sorted otherwise */
/* A value of a column as people may see it, in d; of rows that are masked already it is the same. */
int gv_report_mask(const struct gv_report *r, struct gv_doc *d, size_t column, const struct gv_val *v, struct gv_val *out, struct gv_err *err);
/* A fraction that the row does not have, as there is nothing to divide by, becomes "-": for the eye, after all else. */
int gv_report_dash(const struct gv_report *r, struct gv_doc *d, struct gv_err *err);
/* The first aggregate: what a bar shows. */
struct gv_str gv_report_first(const struct gv_report *r);
/* What the sparklines span: "2022-01", "2022-06"; empty without one. */
struct gv_str gv_report_from(const struct gv_report *r);
struct gv_str gv_report_until(const struct gv_report *r);

/*
 * One object a row; numbers that are no integers within 2^53 are GV_NUMBER.  What a group does not have is absent.
 * is_total: the row behind all others.  What `each` returns stops it and is returned.  May be called again.
 */
int gv_report_rows(struct gv_report *r, struct gv_stat *const *stats, size_t n,
                   int (*each)(void *ctx, struct gv_doc *doc, bool is_total), void *ctx, struct gv_err *err);

/* ---- after rows: what must be told with them ---- */

/* Values that cannot be counted with, field by field: *i begins with 0; 0 = no more.  *what is what they should be. */
enum gv_report_wants { GV_WANTS_NUMBERS, GV_WANTS_ORDER, GV_WANTS_DATES, GV_WANTS_PART /* of a date: those stay as they are */ };
uint64_t gv_report_misfits(const struct gv_report *r, size_t *i, struct gv_str *field, enum gv_report_wants *wants);
/* Columns of which some rows are not exact, with what that means, to be translated: *i begins with 0; false = no more. */
bool gv_report_approximate(const struct gv_report *r, size_t *i, struct gv_str *column, const char **error);

#endif
