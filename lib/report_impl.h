/* SPDX-License-Identifier: MIT */
/* report_impl: what report*.c share; nobody else includes it. */
#ifndef GAVEL_REPORT_IMPL_H
#define GAVEL_REPORT_IMPL_H

#include "report.h"
#include "stat_impl.h"
#include "stat_table.h"

enum { GV_PIVOT_MAX = 1000, GV_SPARK_MAX = 400 };

#define GV_SHARE "share"
#define GV_SPARK "spark"

/* What a column of a row holds. */
struct gv_report_column {
	struct gv_str name;
	const struct gv_stat_column *of;  /* NULL: a group, the share, a sparkline */
	enum {
		GV_SHOW_GROUP, GV_SHOW_RESULT, GV_SHOW_VALUES, GV_SHOW_HITS, GV_SHOW_OF, GV_SHOW_ERROR, GV_SHOW_SHARE, GV_SHOW_SPARK
	} shows;
	bool fraction;                    /* rounded to a double */
	struct gv_str source;             /* the field whose values it shows as they are; {0}: a number that was computed */
	bool hidden;                      /* no column of a table; in a row only where there is something to tell */
	int more_decimals;
};

struct gv_report {
	const struct gv_stat_spec *spec;
	struct gv_report_ask ask;
	struct gv_arena arena;            /* names of columns, values of the pivot; emptied by prepare */
	struct gv_query *having;
	struct gv_report_column *columns;
	struct gv_str *names;             /* of the columns that are not hidden */
	size_t nnames;
	size_t ncolumns, columns_room, ngroups;  /* of the columns, how many are groups: the first ones */
	size_t nresults;                  /* columns of aggregates that follow, for each value of a pivot */
	struct gv_group *total;           /* NULL: nobody asked */
	struct gv_group **pivot_total;    /* one a value */
	struct gv_group *none;            /* a group without records, for gaps of a pivot */
	struct gv_str *pivot;             /* values of the last group as keys, in order */
	size_t npivot, pivot_room;
	long spark_from, spark_until;     /* numbers of the parts of the date; from > until: none */
	char from[16], until[16];
	uint64_t misfits[GV_STAT_COLUMNS_MAX], strays[GV_STAT_COLUMNS_MAX];  /* by value, by group */
	bool approximate[GV_STAT_COLUMNS_MAX];
};

/* ---- report_columns.c ---- */

/* All columns; with a pivot its values must be known.  GV_EUSAGE: two of one name. */
int gv_report_list_columns(struct gv_report *r, struct gv_err *err);
/* Appends the columns of aggregates, for the next value of a pivot; suffix {0} without one. */
int gv_report_add_columns(struct gv_report *r, struct gv_str suffix, struct gv_err *err);
/* GV_EUSAGE: --sort or --having name a column that is not there. */
int gv_report_check_names(struct gv_report *r, struct gv_err *err);
/* The next of "-count,cause"; list->p is NULL behind the last. */
bool gv_report_next_sort(struct gv_str *list, struct gv_str *name, bool *down);

/* ---- report_make.c ---- */

/* Groups by their key, which may lack the last value. */
int gv_report_put_groups(struct gv_report *r, struct gv_doc *d, struct gv_str key, struct gv_err *err);
/* Results of a group in the columns of one value of the pivot. */
int gv_report_put_results(struct gv_report *r, struct gv_doc *d, struct gv_group *g, size_t pivot, struct gv_err *err);
int gv_report_put_share(struct gv_report *r, struct gv_doc *d, const struct gv_group *g, struct gv_err *err);
/* Rounds fractions and masks what is sensitive, as asked. */
int gv_report_dress(const struct gv_report *r, struct gv_doc *d, struct gv_err *err);

/* ---- report_pivot.c ---- */

/* The last value of a key; *before is what comes before it. */
struct gv_str gv_report_last(const struct gv_report *r, struct gv_str key, struct gv_str *before);
int gv_report_see_pivot(struct gv_report *r, struct gv_group *g, struct gv_err *err);
int gv_report_pivot_columns(struct gv_report *r, struct gv_err *err);
size_t gv_report_pivot_of(const struct gv_report *r, struct gv_str value);
/* Count the records of g where a group that should be a part of a date is none. */
void gv_report_count_strays(struct gv_report *r, const struct gv_group *g);
void gv_report_see_time(struct gv_report *r, const struct gv_group *g);
int gv_report_check_time(struct gv_report *r, struct gv_err *err);

/* The values of one sparkline. */
struct gv_spark { double value[GV_SPARK_MAX]; bool has[GV_SPARK_MAX]; };
void gv_spark_add(const struct gv_report *r, struct gv_spark *spark, struct gv_str value, const struct gv_val *result);
int gv_spark_put(const struct gv_report *r, struct gv_doc *d, const struct gv_spark *spark, struct gv_err *err);

#endif
