/* SPDX-License-Identifier: MIT */
/*
 * credit_rules: what can be said about an entry on the list of dishonest debtors, a restriction of consumption and a repair:
 * rules CR.  Each act is judged by the rules of its day.  A fact that is missing is a review, never a pass.
 */
#ifndef GAVEL_CREDIT_RULES_H
#define GAVEL_CREDIT_RULES_H

#include "credit.h"
#include "rule.h"

struct gv_credit_subject {
	const struct gv_rec *rec;        /* an entry or a repair */
	const struct gv_val *debtor;     /* of it; NULL: not known here */
	const struct gv_val *entry;      /* of a repair; NULL: not known here */
	const struct gv_calendar *calendar;
	const struct gv_credit_aside *aside;  /* what other records show; NULL: not known here */
	const struct gv_val *config;     /* of the docket, for its policies; NULL: none is known */
	const struct gv_val *promise;    /* of a repair; NULL: not known here */
};

/* Ends with a NULL id; subject is a struct gv_credit_subject. */
extern const struct gv_rule gv_credit_rules[];

/* How the entry stands, computed as a person would check it by hand: each line with its field and its rule. */
void gv_credit_work(struct gv_buf *out, const struct gv_credit_subject *s, gv_day as_of);

#endif
