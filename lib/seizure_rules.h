/* SPDX-License-Identifier: MIT */
/*
 * seizure_rules: what can be said about the seizures for one claim: rules SZ and RP.  A finding is about the seizure, the asset
 * or the claim that it names.  A fact that is missing is a review, never a pass.
 */
#ifndef GAVEL_SEIZURE_RULES_H
#define GAVEL_SEIZURE_RULES_H

#include "estate.h"
#include "rule.h"

/*
 * The percents of gavel.json's policy on that day: seizure_lowest_percent (1 to 100), seizure_obvious_percent (1 to 1000).
 * Those of GV_SEIZURE_POLICY where the court has set none; config may be NULL.  GV_EDATA names the field.
 */
int gv_seizure_policy_read(struct gv_seizure_policy *out, const struct gv_val *config, gv_day on, struct gv_err *err);

struct gv_seizure_subject {
	const struct gv_estate *estate;
	const struct gv_calendar *calendar;
};

/* Ends with a NULL id; subject is a struct gv_seizure_subject.  The check's rec is NULL: rules say what they are about. */
extern const struct gv_rule gv_seizure_rules[];

#endif
