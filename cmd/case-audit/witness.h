/* SPDX-License-Identifier: MIT */
/* witness: who made a commit, as far as that is known; for who, timeline and report. */
#ifndef GAVEL_CASE_AUDIT_WITNESS_H
#define GAVEL_CASE_AUDIT_WITNESS_H

#include "case-audit.h"

struct witness {
	struct gv_verdict verdict;
	const struct gv_actor *actor;  /* of the signature; of an unsigned commit, whose e-mail it wears; NULL */
};

/* By what was in force at its first parent.  Borrowed from the cache: until the next call. */
int witness_of(struct witness *w, struct gv_regimes *r, struct gv_store *s, const struct gv_commit *c, struct gv_err *err);
/* The same where the verdict is known already. */
void witness_from(struct witness *w, const struct gv_verdict *v, const struct gv_regime *at, const struct gv_commit *c);

/* "person" (key), "name", "roles" (those held on the commit's day, with their units) and "signature" into a row. */
int witness_put(struct gv_doc *d, struct gv_val *row, const struct witness *w, const struct gv_commit *c, struct gv_err *err);

#endif
