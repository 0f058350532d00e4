/* SPDX-License-Identifier: MIT */
/*
 * stat: counting and adding up by group.  Sums of whole numbers are exact, whatever they come to; nothing goes
 * through floating point.
 */
#ifndef GAVEL_STAT_H
#define GAVEL_STAT_H

#include "json.h"

struct gv_stat;

/*
 * groups: comma list of dotted paths, each with an optional date part, "tribunal,filed_on:month"
 * (year, quarter, month, day; what is no date stays as it is).  Columns are named tribunal, filed_on_month.
 * NULL = everything is one group, which is there even if no record comes.
 * aggregates: comma list of count, sum:F, min:F, max:F.  Columns: count, sum_F, min_F, max_F.
 * GV_EUSAGE names the part that is not understood, or a name that two columns would have.
 */
int gv_stat_new(struct gv_stat **out, const char *groups, const char *aggregates, struct gv_err *err);
void gv_stat_free(struct gv_stat *s);

/* A record without a group's field belongs to the group where it is absent; it is never dropped. */
int gv_stat_add(struct gv_stat *s, const struct gv_val *rec, struct gv_err *err);

/*
 * Numbers are integers, and text that is one (a cell of a table; a sum that was too large for a number): digits,
 * perhaps with "-" before them, at most 27.  What else is there is left out and counted: how many values of which
 * field, one field a call; *i begins with 0.  0 = no more.
 */
uint64_t gv_stat_misfits(const struct gv_stat *s, size_t *i, struct gv_str *field);

/* Order rows by an aggregate's column, "count", or "-sum_claim_fen" for the largest first; ties, and rows without
 * this, by group values.  GV_EUSAGE if there is no such column. */
int gv_stat_order(struct gv_stat *s, const char *sort, struct gv_err *err);

/*
 * One row per group, as an object with group columns and aggregates; absent group values are absent, as are min
 * and max of no values.  Group values are ordered: absent, false, true, numbers, text, the rest.  top 0 = all rows.
 * What `each` returns stops it and is returned.
 */
int gv_stat_rows(struct gv_stat *s, size_t top, int (*each)(void *ctx, const struct gv_val *row), void *ctx,
                 struct gv_err *err);

/* Column names in order, comma-separated: for tables. */
const char *gv_stat_columns(const struct gv_stat *s);
/* Name of the first aggregate: what a bar shows. */
struct gv_str gv_stat_first(const struct gv_stat *s);

#endif
