/* SPDX-License-Identifier: MIT */
/*
 * limit: the clocks of a case: the decision on filing (立案审查期限, LA-04, LA-06, LA-19, LA-21, LA-22), the
 * trial limit (审限, SL-01 to SL-17) and the last days to ask for and to decide an extension (SL-14).  All
 * lengths and what stops a clock come from tables in share/ref: filing-clocks, trial-limits, trial-exclusions and
 * extension-clocks, each row with the text of law it is from.  Nothing is decided, every step is told.
 *
 * How it counts
 * - The start day is not counted (CPL art. 85; SL-12: from the day after filing).
 * - A filing clock that ends on a day that is not worked moves to the next working day; if the calendar does not know
 *   that year, the clock has no end and says so.  A trial limit does not move (no text says that it does, and the
 *   earlier day is the safe one).
 * - Time that is not counted (SL-13) is the union of the intervals that pairs of events open and close, from the opening day
 *   up to the day before the closing one.  Within a pair the first opened is the first closed; on one day, what was open
 *   ends before anything new begins.  An opening event with `until` and no closing event ends with that day.  An interval
 *   that is still open stops the clock; `until` then is the end if it were closed tomorrow.
 * - convert: the new procedure's length from the original filing (SL-16), or where the table says so from the day of the
 *   decision (SL-17).  Extensions of the old procedure end with it.
 * - extend: months and days are added to the limit, `until` names its new end; by the authorities of the table only, and
 *   never more than they may give.  An extension that does not say by whom counts as the first authority's.
 */
#ifndef GAVEL_LIMIT_H
#define GAVEL_LIMIT_H

#include "date.h"
#include "rec.h"

/* The tables, the calendar and the compiled conditions; room to work in, so one thread each. */
struct gv_limits;

/* GV_EDATA names the table and what is wrong with its row.  `cal` is for filing clocks, NULL if only gv_limit_trial() is asked. */
int gv_limits_load(struct gv_limits **out, const struct gv_calendar *cal, struct gv_err *err);
void gv_limits_free(struct gv_limits *l);

/* Every name that a clock may have, for --clock. */
#define GV_LIMIT_CLOCKS "filing-decision|correction|pre-mediation|trial-limit|extension-request|extension-decision"

enum gv_clock_state { GV_CLOCK_RUNNING, GV_CLOCK_STOPPED, GV_CLOCK_OVERDUE };

struct gv_clock {
	const char *name;          /* one of the table's: GV_LIMIT_CLOCKS, GV_MEDIATION_CLOCKS */
	struct gv_str rule;        /* "SL-01"; empty: the text is law, but no rule of ours bears its number */
	gv_day from, until;        /* from = the day it starts from, not counted; GV_DAY_NONE if not known */
	enum gv_clock_state state;
	int days_left;             /* as_of to until; negative when overdue */
	struct gv_str doc, no, art;/* basis */
	struct gv_str note;        /* what was assumed or is not known; empty if nothing */
	struct gv_str work;        /* the steps, one a line: "2022-01-10 filed", "2022-07-10 end of the limit" */
};

typedef int gv_clock_fn(void *ctx, const struct gv_clock *clock);

/*
 * Every clock that runs for the case as of a day, through `each` (strings are borrowed during the
 * call).  What happened after that day does not count; the state is the record's own.  A case for which no
 * table has a row gets a clock without `until` and a note.  Closed cases have none.
 */
int gv_limit_clocks(struct gv_limits *l, const struct gv_rec *rec, struct gv_caseno_reader *cn,
                    gv_day as_of, gv_clock_fn *each, void *ctx, struct gv_err *err);

/*
 * One clock as it stood on a day, whatever state the case is in: for rules that look back.  `procedure` is the
 * one to judge by, NULL what the record says for that day.  `each` is called once.
 */
int gv_limit_filing(struct gv_limits *l, const struct gv_rec *rec, struct gv_caseno_reader *cn,
                    gv_day as_of, gv_clock_fn *each, void *ctx, struct gv_err *err);
int gv_limit_trial(struct gv_limits *l, const struct gv_rec *rec, struct gv_caseno_reader *cn, gv_day as_of,
                   const char *procedure, gv_clock_fn *each, void *ctx, struct gv_err *err);

#endif
