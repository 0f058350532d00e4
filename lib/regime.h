/* SPDX-License-Identifier: MIT */
/*
 * regime: what was in force at a commit, read from its tree: who signs with which key (signers), who is who (people/), who may do
 * what (policy/duties.json), what the court decided (gavel.json).  A commit is judged by the regime of its first parent: nobody
 * gives himself a key or a power.
 */
#ifndef GAVEL_REGIME_H
#define GAVEL_REGIME_H

#include "people.h"
#include "signers.h"
#include "store.h"

/* A file that is there but cannot be read has its error's code set and is NULL: it trusts nobody and allows nothing. */
struct gv_regime {
	struct gv_oid tree;
	struct gv_oid signers_blob;
	const struct gv_signers *signers;
	const struct gv_people *people;
	const struct gv_duties *duties;
	const struct gv_val *config;           /* gavel.json */
	bool has_signers, has_people, has_duties;
	struct gv_err signers_err, people_err, duties_err, config_err;
};

/* A cache: what did not change from tree to tree is parsed once. */
struct gv_regimes;
int gv_regimes_new(struct gv_regimes **out, struct gv_store *s, struct gv_err *err);
void gv_regimes_free(struct gv_regimes *r);

/* Of a root tree (zero: nothing is in force).  What it points to is good for the next four calls.  Fails only for
 * what is not about the tree's content (memory, disk), or if the tree itself cannot be read (GV_EINTEGRITY). */
int gv_regime_at(struct gv_regimes *r, const struct gv_oid *tree, struct gv_regime *out, struct gv_err *err);

/* The file signers on disk, for programs that want a name; removed by gv_regimes_free(). */
int gv_regime_signers_file(struct gv_regimes *r, const struct gv_regime *at, const char **path, struct gv_err *err);

#endif
