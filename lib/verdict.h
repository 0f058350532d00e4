/* SPDX-License-Identifier: MIT */
/*
 * verdict: who signed a commit, and may that be believed?  Ed25519 keys of SSH are checked in process (0.1 ms), others by git
 * (a process each).
 */
#ifndef GAVEL_VERDICT_H
#define GAVEL_VERDICT_H

#include "regime.h"

enum gv_verdict_is {
	GV_SIG_NONE,      /* not signed */
	GV_SIG_UNJUDGED,  /* signed, but nobody says yet whose keys are whose */
	GV_SIG_GOOD,      /* by a known signer, in the key's days */
	GV_SIG_BAD,       /* not a signature of this commit */
	GV_SIG_UNKNOWN,   /* by a key that signers does not list */
	GV_SIG_EARLY, GV_SIG_LATE, GV_SIG_SPACE,  /* listed, but not for then, or not for commits */
};

struct gv_verdict {
	enum gv_verdict_is is;
	char print[GV_SSH_PRINT];            /* fingerprint of the key; "" if not known */
	const struct gv_signer *signer;      /* the line of signers; borrowed from the regime */
	const struct gv_actor *actor;        /* the person; NULL if there is no record */
	struct gv_err why;                   /* for people: what is wrong with a bad one */
};

/* "good", "bad", "unsigned" ...: in records. */
const char *gv_verdict_name(enum gv_verdict_is is);

/*
 * By the regime `at`.  quick: believe signatures without checking them, for a history that was audited before.
 * Fails only where nobody can tell (memory, git cannot be run).
 */
int gv_verdict_of(struct gv_verdict *out, struct gv_regimes *r, const struct gv_regime *at, struct gv_store *s,
                  const struct gv_commit *c, bool quick, struct gv_err *err);

/*
 * What was signed, and the signature, of a commit object: `payload` is appended to, `armour` too.  *sigs counts the headers that hold
 * a signature, of whatever hash.
 */
void gv_commit_split(struct gv_str text, struct gv_buf *payload, struct gv_buf *armour, unsigned *sigs);

/* Is that person one of those whom the commit names (by e-mail, or by name where the record has no e-mail)? */
bool gv_actor_is_named(const struct gv_actor *a, const struct gv_signer *signer, struct gv_str name, struct gv_str email);

#endif
