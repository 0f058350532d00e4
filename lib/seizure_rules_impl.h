/* SPDX-License-Identifier: MIT */
/*
 * seizure_rules_impl: what the files of seizure_rules share: seizure_rules_value.c (too much?), seizure_rules.c (the table).
 */
#ifndef GAVEL_SEIZURE_RULES_IMPL_H
#define GAVEL_SEIZURE_RULES_IMPL_H

#include "fee.h"
#include "i18n.h"
#include "seizure_rules.h"

#define GV_SEIZURE_RULES(X) \
	X(claim_known) X(too_much) X(indivisible) X(part) X(sum_stated) X(values_known)
#define GV_SEIZURE_RULE_DECLARE(name) int gv_seizure_rule_##name(struct gv_check *c, const void *subject);
GV_SEIZURE_RULES(GV_SEIZURE_RULE_DECLARE)
#undef GV_SEIZURE_RULE_DECLARE

static inline const struct gv_estate *gv_estate_of(const void *subject)
{
	return ((const struct gv_seizure_subject *)subject)->estate;
}

/* Findings from here on are about this record of that kind; records of a bundle need not say what they are. */
void gv_seizure_about(struct gv_check *c, struct gv_rec *rec, const char *kind, const struct gv_val *val);

/* Is it there and true? */
static inline bool gv_is_true(const struct gv_val *rec, const char *field)
{
	const struct gv_val *v = gv_val_get(rec, field);

	return v && v->type == GV_BOOL && v->truth;
}

#endif
