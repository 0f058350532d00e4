/* SPDX-License-Identifier: MIT */
/*
 * proof: that a file lay at a path in a commit, for those who do not have the docket: the commit's
 * text and the trees on the way, as git hashes them.  The commit's id names its tree, each tree
 * names the next by its hash, the last one the file: nothing of it can be changed without another
 * commit id, which the court has signed.
 */
#ifndef GAVEL_PROOF_H
#define GAVEL_PROOF_H

#include "store.h"

/* "commits/" or "trees/" and 40 digits. */
#define GV_PROOF_NAME 48

/* ---- collecting, from a docket ---- */

struct gv_prover;

int gv_prover_new(struct gv_prover **out, struct gv_store *s, struct gv_err *err);
void gv_prover_free(struct gv_prover *p);
/* The blob at that path; GV_ENOTFOUND if it is not there.  Quickest when paths come sorted, commit
 * by commit. */
int gv_prover_want(struct gv_prover *p, const struct gv_oid *commit, struct gv_str path, struct gv_oid *blob,
                   struct gv_err *err);
/* Each object once, in order of names. */
int gv_prover_each(struct gv_prover *p, int (*each)(void *ctx, struct gv_str name, struct gv_str data), void *ctx,
                   struct gv_err *err);

/* ---- judging ---- */

struct gv_proofs;

int gv_proofs_new(struct gv_proofs **out, struct gv_err *err);
void gv_proofs_free(struct gv_proofs *p);
/* One object; the data is copied.  GV_EINTEGRITY: it is not what its name says. */
int gv_proofs_take(struct gv_proofs *p, struct gv_str name, struct gv_str data, struct gv_err *err);
/* Did the blob lie at that path in that commit?  GV_EINTEGRITY says where the chain breaks. */
int gv_proofs_check(struct gv_proofs *p, const struct gv_oid *commit, struct gv_str path, const struct gv_oid *blob,
                    struct gv_err *err);
/* The commits' texts, in order of their ids. */
int gv_proofs_commits(struct gv_proofs *p, int (*each)(void *ctx, const struct gv_oid *id, struct gv_str text),
                      void *ctx);

#endif
