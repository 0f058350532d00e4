/* SPDX-License-Identifier: MIT */
/*
 * limit_impl: what the files of limit share: limit_table.c (rows and which one fits), limit_events.c (what the
 * events say), limit_gaps.c (time that is not counted), limit_extend.c (extensions), limit.c (the clocks).
 */
#ifndef GAVEL_LIMIT_IMPL_H
#define GAVEL_LIMIT_IMPL_H

#include "limit.h"
#include "query.h"
#include "ref.h"

/* A term without working days: "+1m+15d" is one month and then 15 days. */
struct gv_span { int months, days; };

enum gv_authority { GV_BY_PRESIDENT, GV_BY_SUPERIOR_COURT, GV_BY_HIGH_COURT, GV_BY_UNSAID, GV_AUTHORITIES };
extern const char *const gv_authority_names[GV_AUTHORITIES];

enum gv_restart { GV_RESTART_FILING, GV_RESTART_DECISION, GV_RESTART_NOTICE };

/* What of a row is needed as more than text. */
struct gv_limit_row {
	struct gv_query *when;          /* NULL: always */
	gv_day from, until;             /* GV_DAY_NONE: open */
	struct gv_term term;            /* filing-clocks */
	struct gv_span span;            /* of `term` elsewhere; of `counted` in trial-exclusions */
	struct gv_span latest, extend, most;
	bool has_span, has_latest, has_extend, has_most, last_day;
	enum gv_restart restart;
	enum gv_authority by[GV_AUTHORITIES];
	size_t nby;
	size_t pair;                    /* trial-exclusions: which pair of events */
};

struct gv_limit_table {
	struct gv_ref *ref;
	struct gv_limit_row *rows;
	size_t n;
	int rule, type, procedure, start, opens, clock, doc, no, art, note; /* columns, -1 if it has none */
};

/* Pairs of events that open and close time that is not counted. */
#define GV_PAIRS_MAX 16
struct gv_pair { struct gv_str opens, closes; };

/* What an event means to a limit. */
enum gv_act { GV_ACT_OPEN, GV_ACT_CLOSE, GV_ACT_CONVERT, GV_ACT_EXTEND, GV_ACT_OTHER };

struct gv_item {
	gv_day on;
	enum gv_act act;
	size_t pair;                    /* of GV_ACT_OPEN and GV_ACT_CLOSE */
	const struct gv_val *event;
	struct gv_str procedure;        /* of GV_ACT_OPEN: the one of its day */
	size_t next;                    /* of GV_ACT_OPEN: what waits behind it to be closed */
};

struct gv_gap {
	gv_day from, to;                /* not counted: from inclusive, to exclusive */
	size_t row;                     /* of trial-exclusions */
};

struct gv_limits {
	const struct gv_calendar *cal;
	struct gv_limit_table filing, trial, exclusions, extensions;
	struct gv_pair pairs[GV_PAIRS_MAX];
	size_t npairs;
	/* Room that is used again from case to case. */
	struct gv_item *items;
	struct gv_gap *gaps;
	size_t items_cap, gaps_cap;
};

/* What one authority gave. */
struct gv_grant {
	int64_t months, days;
	gv_day until, until_on;         /* the latest end that was named, and the day it was; GV_DAY_NONE */
	bool given;
};

/* One case. */
struct gv_limit_job {
	struct gv_limits *l;
	const struct gv_rec *rec;
	gv_day as_of;
	struct gv_str type;             /* {0} of a legacy number: no row fits */
	const char *forced;             /* procedure to judge by, or NULL */
	struct gv_str procedure;        /* of as_of; {0} if nothing says */
	struct gv_buf work, note;
	gv_clock_fn *each;
	void *ctx;
	struct gv_err *err;
	/* from the events */
	gv_day converted_on, corrected_on, asked_on, correct_until, reopened_on, notice_end;
	gv_day mediated_on, mediate_until;
	struct gv_grant grants[GV_AUTHORITIES];
	size_t nitems, ngaps;           /* in l */
	bool stopped;
	gv_day stopped_on;
	struct gv_str stopped_by;
};

/* ---- limit_table.c ---- */

int gv_limit_tables_load(struct gv_limits *l, struct gv_err *err);
void gv_limit_table_free(struct gv_limit_table *t);

#define GV_NO_ROW ((size_t)-1)
/* The first row for this record, procedure and day; `from` where to begin to look. */
size_t gv_limit_choose(const struct gv_limit_table *t, const struct gv_limit_job *j, struct gv_str procedure,
                       gv_day on, size_t from);

/* `day` + `span`; GV_DAY_NONE outside the years that exist.  `last_day`: a month that is counted from the last day of
 * a month ends on the last day of one. */
gv_day gv_span_add(gv_day day, struct gv_span span, bool last_day);

/* ---- limit_events.c ---- */

/* Fills the job's part "from the events". */
int gv_limit_read_events(struct gv_limit_job *j);
gv_day gv_limit_event_day(const struct gv_val *event, const char *field);

/* ---- limit_gaps.c ---- */

/* The events' gaps, sorted by their first day, into l->gaps; notes about what is odd. */
int gv_limit_read_gaps(struct gv_limit_job *j);
/* The day a limit ends once the gaps behind `from` are taken out. */
gv_day gv_limit_shift(const struct gv_limit_job *j, gv_day from, gv_day end);

/* ---- limit_extend.c ---- */

/* The end of a limit with what was granted, gaps taken out; `base` is the end without (gaps taken out as well).
 * *more: may it be extended (again)? */
gv_day gv_limit_extend(struct gv_limit_job *j, const struct gv_limit_row *r, gv_day from, gv_day base, bool *more);

/* ---- limit.c ---- */

void gv_limit_step(struct gv_limit_job *j, gv_day day, const char *what);
void gv_limit_note(struct gv_limit_job *j, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

#endif
