/* SPDX-License-Identifier: MIT */
/*
 * mediation_clock_impl: what the files of mediation_clock share: mediation_clock_table.c (rows), mediation_clock_days.c (what
 * the record says starts and ends a clock), mediation_clock.c (counting).
 */
#ifndef GAVEL_MEDIATION_CLOCK_IMPL_H
#define GAVEL_MEDIATION_CLOCK_IMPL_H

#include "mediation_clock.h"
#include "query.h"
#include "ref.h"
#include "rule.h"

enum gv_starts {
	GV_STARTS_NOWHERE, GV_STARTS_FIELD, GV_STARTS_EVENT, GV_STARTS_CONSENT, GV_STARTS_MEDIATOR, GV_STARTS_EFFECTIVE,
	GV_STARTS_APPOINTMENTS, GV_STARTS_SERVICES
};

struct gv_clock_row {
	const char *name;               /* in the table's arena, as all that is a const char * */
	struct gv_str rule, states, ends, doc, no, art, note;
	const struct gv_schema *schema;
	struct gv_query *when;          /* NULL: always */
	enum gv_starts starts;
	const char *start;              /* the field, or the name of the event */
	bool may_wait;                  /* without a start there is no clock */
	struct gv_term term, most;
	bool has_term, has_most, consult, moves, lapses;
	const char *extended;           /* NULL: nothing extends it */
	gv_day from, until;             /* GV_DAY_NONE: open */
};

struct gv_mediation_clocks {
	const struct gv_calendar *cal;
	struct gv_ref *ref;
	struct gv_arena arena;
	struct gv_clock_row *rows;
	size_t n;
};

struct gv_interval { gv_day from, to; };  /* to: exclusive; GV_DAY_NONE: still open */

/* One record, and the row at hand. */
struct gv_turn {
	struct gv_mediation_clocks *l;
	const struct gv_rec *rec;
	const struct gv_clock_row *row;
	gv_day as_of;
	bool silent;                    /* another rule's */
	struct gv_buf work, note;
	gv_mediation_clock_fn *each;
	void *ctx;
	struct gv_err *err;
};

struct gv_start {
	gv_day day;                     /* GV_DAY_NONE: not known */
	const char *what;               /* that started it, or that is missing; NULL: nothing starts this clock */
	struct gv_str who;
	struct gv_str unsigned_by;      /* whose signature an agreement waits for */
	gv_day done;                    /* where it ends for this one alone */
};

/* mediation_clock_days.c */

/* GV_DAY_NONE if the event is behind as_of. */
gv_day gv_mediation_event_day(const struct gv_turn *t, const struct gv_val *event);
/* A field's day, whenever it is. */
gv_day gv_mediation_field_day(const struct gv_turn *t, const char *path);
/* The next start of the row at hand; *at counts them, from 0.  False if there is none (any more). */
bool gv_mediation_start(const struct gv_turn *t, uint32_t *at, struct gv_start *s);
/* The first day of those that the row says end the clock; GV_DAY_NONE if none has come. */
gv_day gv_mediation_done(const struct gv_turn *t);

#endif
