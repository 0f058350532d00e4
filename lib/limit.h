/* SPDX-License-Identifier: MIT */
/*
 * limit: the clocks of a case: the decision on filing (立案审查期限, LA-04, LA-06, LA-21,
 * LA-22), the trial limit (审限, SL-01 to SL-17) and the last days to ask for and to decide an
 * extension (SL-14).  Lengths come from share/ref/filing-clocks.tsv and trial-limits.tsv,
 * chosen by the day of filing; nothing is decided, every step is told.
 *
 * How it counts
 * - The start day is not counted (CPL art. 85; SL-12: from the day after filing).
 * - A filing clock that ends on a day that is not worked moves to the next working day; a trial limit does not
 *   (no text says that it moves, and the earlier day is the safe one).
 * - Time that is not counted (SL-13) is the union of the intervals that events open and close: suspend..resume,
 *   appraise..appraise-end, announce.., negotiate.., object.., mediate..; from the opening day up to the day before the
 *   closing event, or through `until` of the opening event if it has one and no closing event came.  An interval still open
 *   as of today stops the clock.
 * - convert: the new procedure's length from the original filing (SL-16), or for criminal cases from the day after the
 *   decision (SL-17), as the table says.
 * - extend: adds its months or days (or sets `until`); never beyond the table's `most`.
 */
#ifndef GAVEL_LIMIT_H
#define GAVEL_LIMIT_H

#include "date.h"
#include "rec.h"

struct gv_limits;  /* the tables, the calendar and the compiled conditions */

int gv_limits_load(struct gv_limits **out, const struct gv_calendar *cal, struct gv_err *err);
void gv_limits_free(struct gv_limits *l);

enum gv_clock_state { GV_CLOCK_RUNNING, GV_CLOCK_STOPPED, GV_CLOCK_OVERDUE };

struct gv_clock {
	const char *name;          /* "filing-decision", "correction", "trial-limit", "extension-request", "extension-decision" */
	struct gv_str rule;        /* "SL-01" */
	gv_day from, until;        /* from = the day it starts from, not counted */
	enum gv_clock_state state;
	int days_left;             /* as_of to until; negative when overdue */
	struct gv_str doc, no, art;/* basis */
	struct gv_str note;        /* translated; what was assumed or is not known; empty if nothing */
	struct gv_str work;        /* the steps, one a line: "2022-01-10 filed", "+6m = 2022-07-10 (SL-01 ...)" */
};

/*
 * Every clock that runs for the case as of a day, through `each` (strings are borrowed during the
 * call).  A case of a kind for which no table has a row gets a clock without `until` (GV_DAY_NONE) and a note.
 * Closed cases have none.
 */
int gv_limit_clocks(struct gv_limits *l, const struct gv_rec *rec, struct gv_caseno_reader *cn,
                    gv_day as_of, int (*each)(void *ctx, const struct gv_clock *clock), void *ctx, struct gv_err *err);

#endif
