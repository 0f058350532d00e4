/* SPDX-License-Identifier: MIT */
/* walk: the records that due and check look at. */
#ifndef GAVEL_MEDIATE_WALK_H
#define GAVEL_MEDIATE_WALK_H

#include "mediate.h"

#define WALK_OPTS \
	{ 0, "kind", "KIND", N_("only records of this kind: agreement-confirmation") }, \
	{ 0, "year", "YEARS", N_("years of the number, comma list") }, \
	{ 0, "state", "STATES", N_("states, comma list: open,suspended"), .complete = "state" }, \
	{ 0, "tribunal", "NAMES", N_("divisions or tribunals, comma list") }, \
	{ 0, "judge", "NAMES", N_("judges in charge, comma list") }, \
	{ 0, "cause", "NAMES", N_("causes, comma list: 民间借贷纠纷"), .complete = "cause" }, \
	{ 0, "party", "TEXT", N_("cases with a party whose name contains this") },

/*
 * Those that the operands name, or else those of the docket that are selected: of the kind of --kind, of mediations where
 * anything else selects, of all `kinds` (ends with NULL; the first is that of mediations) where nothing does.
 */
int walk_records(struct gv_cmd *c, const char *const *kinds, int (*each)(struct gv_cmd *c, const struct gv_rec *rec));

#endif
