/* SPDX-License-Identifier: MIT */
/*
 * mediation_rules: what can be said about a mediation, a mediator and the confirmation of an agreement: rules ME, OM, PM,
 * CF, CM and JM.  They judge by the day of the application.  A fact that is missing is a review, never a pass.
 */
#ifndef GAVEL_MEDIATION_RULES_H
#define GAVEL_MEDIATION_RULES_H

#include "causes.h"
#include "mediation_clock.h"
#include "rule.h"

struct gv_mediation_subject {
	const struct gv_rec *rec;
	struct gv_mediation_clocks *clocks;
	const struct gv_calendar *calendar;
	struct gv_causes *causes;
	/* Another record by its id in official form, good until the next call; *out NULL if there is none.  May be NULL: then nothing is known. */
	int (*fetch)(void *ctx, struct gv_str id, const struct gv_val **out, struct gv_err *err);
	/* How many mediations the mediator (full id) has now.  May be NULL, as above. */
	int (*load)(void *ctx, struct gv_str mediator, int64_t *out, struct gv_err *err);
	void *ctx;
};

/* Ends with a NULL id; subject is a struct gv_mediation_subject. */
extern const struct gv_rule gv_mediation_rules[];

#endif
