/* SPDX-License-Identifier: MIT */
/* inspect: reading a bundle and judging it, for verify and import. */
#ifndef GAVEL_CASE_BUNDLE_INSPECT_H
#define GAVEL_CASE_BUNDLE_INSPECT_H

#include "bundle.h"
#include "case-bundle.h"
#include "proof.h"
#include "signers.h"

/* Ends with a NULL id. */
extern const struct gv_rule bundle_rules[];

/* A record or version, and where it is said to have lain. */
struct claim {
	struct gv_str path, where;   /* in the docket; in the bundle */
	struct gv_oid commit, blob;  /* commit zero: that of the manifest */
};

struct inspect {
	struct gv_cmd *c;
	struct source source;
	struct gv_arena arena;
	struct gv_bundle_list found, said;
	struct gv_buf sums, text, signature;   /* text: of the manifest */
	struct gv_doc doc, manifest_doc;
	struct gv_bundle_manifest manifest;
	struct gv_proofs *proofs;
	struct claim *claims;
	size_t nclaims, claims_cap;
	struct gv_signers *signers;            /* NULL: nobody is known */
	char signer[160];                      /* who signed the manifest, once that is judged good */
	bool forged;                           /* its signature is wrong, not only by somebody unknown */
	size_t records, versions, papers, commits, signed_commits;
	size_t violations, doubts;             /* what was told */
	/* A finding: 0 to go on.  `where` is a name in the bundle. */
	int (*tell)(struct inspect *in, const char *rule, enum gv_level level, struct gv_str where,
	            const char *message);
	/* May be NULL.  A record's text at its path; a paper's bytes, piece by piece, n 0 at its end. */
	int (*record)(struct inspect *in, struct gv_str path, struct gv_str text, const struct gv_oid *blob);
	int (*paper)(struct inspect *in, struct gv_str hex, struct gv_str bytes);
	void *ctx;
};

/* The bundle that the operand names (or, once more, the one that `first` read), from its first byte
 * to its last judgement.  0: it was read; what is wrong was told. */
int inspect_run(struct inspect *in, const struct inspect *first);
void inspect_free(struct inspect *in);
/* --signers FILE, else "signers" of the docket, if there is one here. */
int inspect_signers(struct inspect *in);

/* inspect_sign.c */
int inspect_signature(struct inspect *in);
int inspect_commits(struct inspect *in);

#endif
