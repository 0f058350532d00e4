/* SPDX-License-Identifier: MIT */
/*
 * residue: what in a text that is to be published may still say who somebody is, or was hidden that must be seen.  Found is not
 * the same as wrong: a name that nobody told is a question to a person, who adds it to the publication's people or waives it.
 */
#ifndef GAVEL_RESIDUE_H
#define GAVEL_RESIDUE_H

#include "redact.h"

struct gv_residue {
	const char *rule;      /* ANON-07 ... */
	const char *kind;      /* gv_trait_name(); "given-name", "trade-name", "protected-value" */
	bool sure;             /* it must not be there; else: look at it */
	struct gv_str text;    /* as it stands there */
	size_t from, to;       /* bytes of the job's text */
	const char *field;     /* of the case, whose value it is: "parties.0.phone"; NULL */
};

/* job->text is what is to be seen.  Waived ones are left out.  `each` ends it with another value than 0, which is returned. */
int gv_residue(struct gv_redactor *r, const struct gv_redact_job *job, int (*each)(void *ctx, const struct gv_residue *hit), void *ctx, struct gv_err *err);

#endif
