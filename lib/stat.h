/* SPDX-License-Identifier: MIT */
/*
 * stat: statistics by group, as states that can be joined.
 *
 *   stat_spec.c    the question: groups, aggregates, conditions
 *   stat_cell.c    what is kept for an aggregate: adding, joining
 *   stat.c         records into groups, groups into joined groups; groups that have no room go to disk
 *   stat_quick.c   the same for plain records of groups that are known
 *   stat_state.c   a group as a line of JSON and back
 *   stat_row.c     a group as a row of numbers
 *   report.h       rows as a person wants them: order, shares, totals, pivots
 *
 * Sums, means and deviations follow from exact sums; quantiles and counts of different values are exact up to a limit.
 * Nothing depends on the order of the records, or on how they were split and joined again.
 */
#ifndef GAVEL_STAT_H
#define GAVEL_STAT_H

#include "json.h"

/* ---- the question ---- */

/*
 * groups      comma list of dotted paths, each with an optional part of a date: tribunal,filed_on:month
 *             (year, quarter, month, week, day; what is no date stays as it is).  Columns: tribunal, filed_on_month.
 *             NULL = everything is one group, which is there even if no record comes.
 * aggregates  comma lists of [NAME=]FUNCTION; commas in brackets and quotes do not count:
 *                 count                  records                              count
 *                 count:V                that have V                          count_V
 *                 sum:V mean:V sd:V      exact; of a sample (n - 1)           sum_V ...
 *                 min:V max:V            of numbers, or of dates              min_V ...
 *                 pNN:V                  quantile, p0 to p100, p99.9          p90_V
 *                 distinct:V             different values                     distinct_V
 *                 rate:PREDICATE         share of the records that match      rate_state_closed
 *                 first:F[@BY] last:F[@BY]  F of the first record, in the order of BY or of the input    first_F
 *             V is a field, or days:F1..F2, the days from one date to another.
 * where       predicates (query.h) that all must match.
 * exact       different numbers or values of a group up to which pNN and distinct are exact.
 */
struct gv_stat_ask {
	const char *groups;
	const char *const *aggregates;  /* NULL-terminated; none = count */
	const char *const *where;       /* NULL-terminated */
	uint32_t exact;                 /* 0 = GV_STAT_EXACT */
};
enum { GV_STAT_EXACT = 131072, GV_STAT_COLUMNS_MAX = 64 };

struct gv_stat_spec;  /* constant, for any number of threads */

/* GV_EUSAGE names the part that is not understood, or a name that two columns would have. */
int gv_stat_spec_new(struct gv_stat_spec **out, const struct gv_stat_ask *ask, struct gv_err *err);
/* The question that a state answers.  GV_EDATA: this is none, or one of a later version. */
int gv_stat_spec_of_state(struct gv_stat_spec **out, const struct gv_val *state, struct gv_err *err);
void gv_stat_spec_free(struct gv_stat_spec *spec);

/* Members of a record that are looked at, sorted; all that are not named may be left out of a record. */
struct gv_json_only;
const struct gv_json_only *gv_stat_spec_members(const struct gv_stat_spec *spec);
/* An aggregate whose answer depends on the order of the input, as text; {0} if there is none. */
struct gv_str gv_stat_spec_ordered(const struct gv_stat_spec *spec);
/* Is this how the last group was asked for, or how its column is named? */
bool gv_stat_spec_ends_with(const struct gv_stat_spec *spec, struct gv_str group);

/* ---- records into groups ---- */

struct gv_stat;

/* memory: bytes; beyond that the groups are written to a temporary file.  0 = no bound. */
int gv_stat_new(struct gv_stat **out, const struct gv_stat_spec *spec, size_t memory, struct gv_err *err);
void gv_stat_free(struct gv_stat *s);

/* Where a record stands in the input, for first and last. */
struct gv_stat_place { uint32_t shard, file; uint64_t line, index; };  /* index: among the rows of one line */

/*
 * A record without a group's field belongs to the group where it is absent; it is never dropped.  Numbers are
 * integers, decimals, and text that is one (a cell of a table); other values of a field that should hold numbers are
 * left out and counted.
 */
int gv_stat_add(struct gv_stat *s, const struct gv_val *rec, struct gv_stat_place at, struct gv_err *err);
/* GV_EDATA: no state, or one that answers another question. */
int gv_stat_add_state(struct gv_stat *s, const struct gv_val *state, struct gv_err *err);
/* Once at the end, if one likes: what a walk would put in order, which can thus be done for several at once. */
int gv_stat_settle(struct gv_stat *s, struct gv_err *err);
/* Once at the end: a pattern of a condition that gave up on a text (GV_EDATA). */
int gv_stat_trouble(const struct gv_stat *s, struct gv_err *err);
/* Fields that no record had, though there were records: *i begins with 0; false = no more.  States do not tell. */
bool gv_stat_never_had(struct gv_stat *const *stats, size_t n, size_t *i, struct gv_str *field);
/* How often groups were written to disk. */
size_t gv_stat_spills(const struct gv_stat *s);

/* ---- groups out again ---- */

struct gv_group;

/* All groups of several gv_stat of one spec in the order of their values; each as long as the next call. */
struct gv_stat_walk;
int gv_stat_walk_open(struct gv_stat_walk **out, struct gv_stat *const *stats, size_t n, struct gv_err *err);
int gv_stat_walk_next(struct gv_stat_walk *w, struct gv_group **group, struct gv_err *err);  /* NULL at the end */
void gv_stat_walk_close(struct gv_stat_walk *w);

/* A state as a line with its newline.  group NULL: no group at all, which still tells the question. */
int gv_stat_state(struct gv_buf *out, const struct gv_stat_spec *spec, struct gv_group *group, struct gv_err *err);

#endif
