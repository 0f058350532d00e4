/* SPDX-License-Identifier: MIT */
/* past: --as-of a day before today shows entries as they were on that day; what that cannot be known of is told, and passed over. */
#ifndef GAVEL_CREDIT_REPAIR_PAST_H
#define GAVEL_CREDIT_REPAIR_PAST_H

#include "credit-repair.h"
#include "credit_past.h"

struct credit_past {
	struct gv_cmd *c;
	bool on;
	unsigned needs;            /* enum gv_credit_lost: what the command is nothing without */
	struct gv_doc doc;
	struct gv_buf text;
};
/* For what the command selects, too, if that is entries. */
void credit_past_begin(struct credit_past *p, struct gv_cmd *c, unsigned needs);
/* An entry that came otherwise, where it is one: good until the next call.  *there false: it was not there. */
int credit_past_rec(struct credit_past *p, struct gv_rec *rec, bool *there);
void credit_past_end(struct credit_past *p);

#endif
