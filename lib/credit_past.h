/* SPDX-License-Identifier: MIT */
/*
 * credit_past: an entry as it was at the end of a day, out of what it says of itself: its events up to then, and the days in its
 * fields.  What it did not write down is not guessed.
 */
#ifndef GAVEL_CREDIT_PAST_H
#define GAVEL_CREDIT_PAST_H

#include "credit.h"

/* What is not kept of that day, though the states are. */
enum gv_credit_lost {
	GV_CREDIT_LOST_DECISION = 1,   /* what was decided, as another decision came since: there are ground and days alone */
	GV_CREDIT_LOST_CONTENT = 2,    /* what was published: of such a listing, or of one that was corrected since */
	GV_CREDIT_LOST_ORDER = 4       /* but for its day, as another order came since */
};

/*
 * rec, whose parts are in d, becomes what it was.  *there: it was begun by then; else rec is of no use.  What was typed without a
 * day (notes, the case) stays as it is.  GV_EDATA, with the field: its state then is not known, as nothing says when it became
 * what it is.
 */
int gv_credit_past(struct gv_doc *d, struct gv_val *rec, gv_day day, bool *there, unsigned *lost, struct gv_err *err);

#endif
