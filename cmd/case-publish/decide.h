/* SPDX-License-Identifier: MIT */
/* decide: decide.c (records and their commit) asks decide_facts.c (what a publication is made of). */
#ifndef GAVEL_CASE_PUBLISH_DECIDE_H
#define GAVEL_CASE_PUBLISH_DECIDE_H

#include "amend.h"
#include "case-publish.h"

struct decide {
	struct gv_cmd *c;
	struct publish_judge judge;
	struct gv_assignments typed;
	const char *by;            /* --by: a person decides */
	const char *profile;       /* the court's policy; NULL: none */
	char on[GV_ON_MAX];
	struct gv_str doc_kind, file;  /* as typed; {0} */
	size_t counts[3];          /* of records, by enum gv_publication_answer */
};

/* May this be typed?  doc_kind=民事判决书 becomes 判决书.  GV_EUSAGE. */
int decide_check_typed(struct decide *w);

/*
 * What was typed, what the case (NULL: not known) says, and what follows from both: decision, effect, due day; with an event
 * where the decision is another than before.  GV_EUSAGE: nobody said which profile; GV_EDATA: the law does not let it.
 */
int decide_settle(struct decide *w, struct gv_doc *d, struct gv_val *rec, const struct gv_val *kase);

#endif
