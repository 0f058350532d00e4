/* SPDX-License-Identifier: MIT */
/*
 * mediation_clock: the clocks of a mediation and of the confirmation of its agreement.  Lengths, what starts, stops and ends
 * them, and the text of law come from share/ref/mediation-clocks.tsv, whose head says how they are counted.
 */
#ifndef GAVEL_MEDIATION_CLOCK_H
#define GAVEL_MEDIATION_CLOCK_H

#include "limit.h"

/* As the table has them. */
#define GV_MEDIATION_CLOCKS "joint-choice|appointment|mediator-answer|other-side|mediation-limit|sector-limit|" \
	"confirmation-request|enforcement-request|investigation|follow-up|confirmation-acceptance|" \
	"confirmation-target|confirmation-limit|objection"

/* The table, the calendar and the compiled conditions. */
struct gv_mediation_clocks;

/* GV_EDATA names the table and what is wrong with its row. */
int gv_mediation_clocks_load(struct gv_mediation_clocks **out, const struct gv_calendar *cal, struct gv_err *err);
void gv_mediation_clocks_free(struct gv_mediation_clocks *l);

struct gv_mediation_clock {
	struct gv_clock clock;
	struct gv_str who;         /* the mediator or party whose clock it is; empty: everybody's */
	gv_day done;               /* what ended it; GV_DAY_NONE: nothing yet */
	bool lapses;               /* a right, which is lost after its last day */
};

/* Strings are borrowed during the call. */
typedef int gv_mediation_clock_fn(void *ctx, const struct gv_mediation_clock *clock);

/* Every clock that runs in the record's state as of a day; later events and days do not count.  A record of another kind has none. */
int gv_mediation_due(struct gv_mediation_clocks *l, const struct gv_rec *rec, gv_day as_of, gv_clock_fn *each, void *ctx,
                     struct gv_err *err);

/* The clocks of the record that belong to a rule, whatever its state is, and those that have ended: for rules that look back. */
int gv_mediation_clocks_of(struct gv_mediation_clocks *l, const struct gv_rec *rec, const char *rule, gv_day as_of,
                           gv_mediation_clock_fn *each, void *ctx, struct gv_err *err);

#endif
