/* SPDX-License-Identifier: MIT */
/*
 * cross: what must hold between the fields of one record, by name.  A schema lists the
 * names in x-gavel-cross; the build fails on one that is not here.
 *
 * To add one: a line below, a function of that symbol in cross.c (or in a file of the
 * kind's own), a row that passes and a row that fails in tests/unit/test_schema.c.
 * A check here is for what can never be right whatever the law says today; what the law
 * of a day says is a rule (rule.h).  A missing field never fails a check: `required` does that.
 */
#ifndef GAVEL_CROSS_H
#define GAVEL_CROSS_H

#include "schema.h"

struct gv_problems;

struct gv_cross_run {
	const struct gv_schema *schema;
	const struct gv_val *rec;
	struct gv_caseno_reader *cn;   /* may be NULL */
	struct gv_problems *problems;
};

struct gv_cross {
	const char *name;
	void (*check)(const struct gv_cross_run *run);
};

/* X(name in the schema, symbol): defines gv_cross_SYMBOL. */
#define GV_CROSS_CHECKS(X) \
	X("case-number-of-a-case", case_number) /* the id is no number of a register */ \
	X("closed-when-ended", closed)          /* closed_on only in a state that has ended */ \
	X("dates-in-order", dates)              /* received, filed, decided, closed */ \
	X("mediation-dates", mediation_dates)   /* received, accepted, ended */ \
	X("events-in-order", event_order)       /* sorted by (on, eid), each eid once */ \
	X("events-known", event_names)          /* every event is one of x-gavel-events */ \
	X("number-of-a-register", register_number) /* the id is a number of a mediation register (CN-14) */ \
	X("roles-in-order", roles)              /* a role ends after it began, and nobody stays on after leaving */ \
	X("figures-of-a-period", figures)       /* the period ends where it begins or later; a figure is a whole number or text */ \
	X("shares-of-a-whole", shares)          /* no share is above one, nor are those of the co-owners together */

#define GV_CROSS_DECLARE(name, symbol) extern const struct gv_cross gv_cross_##symbol;
GV_CROSS_CHECKS(GV_CROSS_DECLARE)
#undef GV_CROSS_DECLARE

#endif
