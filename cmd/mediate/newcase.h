/* SPDX-License-Identifier: MIT */
/* newcase: mediations that become cases: one commit opens the cases and ties both sides. */
#ifndef GAVEL_MEDIATE_NEWCASE_H
#define GAVEL_MEDIATE_NEWCASE_H

#include "mediate.h"

struct newcase {
	const char *type;            /* type code of the number, unless --type says another */
	const char *event;           /* of the mediation */
	const char *rel;             /* what the case is to the mediation */
	const char *first, *other;   /* roles of the two sides in the case */
	/* May this mediation become a case?  GV_EDATA says why not. */
	int (*guard)(struct gv_amend *a);
	/* What else the case takes from the mediation. */
	int (*fill)(struct gv_amend *a, struct gv_doc *d, struct gv_val *rec, struct gv_err *err);
};

/* Every mediation that the operands name ("-" or none: standard input).  Prints the cases. */
int newcase_run(struct gv_cmd *c, const struct newcase *spec);

#endif
