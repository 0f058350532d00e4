/* SPDX-License-Identifier: MIT */
/*
 * publication_rules: what can be said about a publication: rules PUB.  A fact that is missing is a review, never a pass.  What is
 * known from summaries or from memory alone is never a violation.
 */
#ifndef GAVEL_PUBLICATION_RULES_H
#define GAVEL_PUBLICATION_RULES_H

#include "publication.h"
#include "rule.h"

struct gv_publication_subject {
	const struct gv_rec *rec;
	struct gv_publication p;
	struct gv_str ground;            /* of a typical case: why a document of its case is kept from the public; {0}: none is */
	const char *court;               /* ours; NULL: not known here */
	bool compared;                   /* the public docket was looked at, and has this of it (NULL: nothing) */
	const struct gv_val *shown;
};

/* Ends with a NULL id; subject is a struct gv_publication_subject. */
extern const struct gv_rule gv_publication_rules[];

#endif
