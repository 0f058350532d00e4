/* SPDX-License-Identifier: MIT */
/*
 * due: the clocks that run, as rows in the order of their last days; for case-file due, mediate due.  A row is
 * {"kind":"due","id","clock","rule","from","until","days_left","state","as_of","judge","tribunal","note","basis","work"}.
 */
#ifndef GAVEL_DUE_H
#define GAVEL_DUE_H

#include "cmd_docket.h"
#include "limit.h"

#define GV_DUE_OPTS(clocks) \
	{ 0, "within", "TERM", N_("only what ends within this time or is overdue, e.g. 7d, 5wd, 1m") }, \
	{ 0, "overdue", NULL, N_("only what ended before today") }, \
	{ 0, "clock", "NAME", N_("only this clock"), .complete = (clocks) }, \
	{ 0, "show-work", NULL, N_("with the computation, line by line") }, \
	{ 0, "calendar", "FILE", N_("years of its own, in the format of holidays.tsv (also GAVEL_CALENDAR)"), \
	  .complete = "file" },

#define GV_DUE_FIELDS "until,days_left,state,clock,rule,id,judge,note"

struct gv_due_row;

struct gv_due {
	struct gv_cmd *c;
	struct gv_calendar *calendar;
	const struct gv_rec *rec;    /* whose clocks gv_due_take() gets; the caller's to set */
	gv_day horizon;              /* GV_DAY_NONE: everything */
	struct gv_doc doc;
	struct gv_due_row *rows;
	size_t n, cap, unknown;
};

/* --calendar or GAVEL_CALENDAR; NULL if there is neither. */
const char *gv_cmd_calendar(const struct gv_cmd *c);

/* Reads the options and the calendar.  `clocks` are the names there are, divided by '|'. */
int gv_due_begin(struct gv_due *d, struct gv_cmd *c, const char *clocks);
/* A gv_clock_fn with the gv_due as ctx. */
int gv_due_take(void *ctx, const struct gv_clock *clock);
/* All rows to the command's output; a warning counts those that could not be placed. */
int gv_due_print(struct gv_due *d);
void gv_due_end(struct gv_due *d);

#endif
