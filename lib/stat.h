/* SPDX-License-Identifier: MIT */
/*
 * stat: counting and adding up by group.  Integers are exact at any size that records can
 * reach (2^53 a value, 2^63 values); nothing goes through floating point.
 */
#ifndef GAVEL_STAT_H
#define GAVEL_STAT_H

#include "json.h"

struct gv_stat;

/*
 * groups: comma list of dotted paths, each with an optional date part, "tribunal,filed_on:month"
 * (year, quarter, month, day).  Columns are named tribunal, filed_on_month.
 * aggregates: comma list of count, sum:F, min:F, max:F.  Columns: count, sum_F, min_F, max_F.
 * GV_EUSAGE names the part that is not understood.
 */
int gv_stat_new(struct gv_stat **out, const char *groups, const char *aggregates, struct gv_err *err);
void gv_stat_free(struct gv_stat *s);

/* A record without a group's field belongs to the group where it is absent; it is never dropped. */
int gv_stat_add(struct gv_stat *s, const struct gv_val *rec, struct gv_err *err);

/* Values that an aggregate could not use (text where a number is wanted), so far. */
uint64_t gv_stat_misfits(const struct gv_stat *s);

/*
 * One row per group, as an object with group columns and aggregates; absent group values are
 * absent.  Ordered by group values (absent first), or by `sort` ("count", "-sum_claim_fen"; GV_EUSAGE
 * if there is no such column), ties by group values.  top 0 = all rows.
 */
int gv_stat_rows(struct gv_stat *s, const char *sort, size_t top,
                 int (*each)(void *ctx, const struct gv_val *row), void *ctx, struct gv_err *err);

/* Column names in order, comma-separated: for tables. */
const char *gv_stat_columns(const struct gv_stat *s);
/* Name of the first aggregate: what a bar shows. */
struct gv_str gv_stat_first(const struct gv_stat *s);

#endif
