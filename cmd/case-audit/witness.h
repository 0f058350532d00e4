/* SPDX-License-Identifier: MIT */
/* witness: who made a commit, as far as that is known; for who, timeline and report. */
#ifndef GAVEL_CASE_AUDIT_WITNESS_H
#define GAVEL_CASE_AUDIT_WITNESS_H

#include "case-audit.h"
#include "history.h"

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

/* ---- the history of one record: who, timeline ---- */

struct testimony {
	struct gv_store *store;
	struct gv_regimes *regimes;
	struct gv_id id;
};

/* Of the record that the only operand names; from here on every object is hashed as it is read.  `regimes` is the caller's to free. */
int witness_open(struct testimony *t, struct gv_cmd *c);
/* Every commit that changed it, newest first; GV_ENOTFOUND if none did. */
int witness_walk(struct testimony *t, struct gv_cmd *c, int (*each)(void *ctx, const struct gv_step *s), void *ctx);

#endif
