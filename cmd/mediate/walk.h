/* SPDX-License-Identifier: MIT */
/* walk: the records that due and check look at. */
#ifndef GAVEL_MEDIATE_WALK_H
#define GAVEL_MEDIATE_WALK_H

#include "mediate.h"
#include "selection.h"

#define WALK_OPTS \
	{ 0, "kind", "KIND", N_("only records of this kind: agreement-confirmation") }, \
	{ 0, "year", "YEARS", N_("years of the number, comma list") }, \
	GV_SELECT_FIELD_OPTS

/*
 * Those that the operands name, or else those of the docket that are selected: of the kind of --kind, of mediations where
 * anything else selects, of all `kinds` (ends with NULL; the first is that of mediations) where nothing does.
 */
int walk_records(struct gv_cmd *c, const char *const *kinds, int (*each)(struct gv_cmd *c, const struct gv_rec *rec));

#endif
