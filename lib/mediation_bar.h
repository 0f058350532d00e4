/* SPDX-License-Identifier: MIT */
/* mediation_bar: what the subject of a dispute keeps from mediation (CM-01, JM-08). */
#ifndef GAVEL_MEDIATION_BAR_H
#define GAVEL_MEDIATION_BAR_H

#include "causes.h"
#include "json.h"
#include "schema.h"

enum gv_bar {
	GV_BAR_NONE,
	GV_BAR_STATUS,    /* whether marriage, parentage or adoption holds; divorce and the end of an adoption are mediated */
	GV_BAR_SPECIAL    /* special procedure, payment order, public notice */
};

/* The text behind both; ends with { NULL }. */
extern const struct gv_basis gv_mediation_bar_basis[];

/* By a cause as the lists name it, or one below it; an unknown or empty one is barred by nothing. */
enum gv_bar gv_mediation_bar(struct gv_causes *causes, struct gv_str cause);

/* Is an administrative dispute about compensation, by its cause, or about discretion, by the record's own field? */
bool gv_mediation_bar_lifted(const struct gv_val *rec);

#endif
