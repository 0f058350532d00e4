/* SPDX-License-Identifier: MIT */
/*
 * approval: a second person's signature under a change, kept in the docket as
 *
 *   approvals/HH/HASH/PERSON.sig       an SSHSIG in the namespace "gavel-approval"
 *
 * HASH is the SHA-256 of the statement, HH its first two digits.  The statement is text, made anew by whoever checks:
 *
 *   gavel-approval 1\nPATH\nBASE\nNEW\n       blob ids in hex, "-" for absent
 *
 * so it binds one file, what it was and what it becomes, and nothing else.  It counts for a commit whose own tree holds it.
 */
#ifndef GAVEL_APPROVAL_H
#define GAVEL_APPROVAL_H

#include "people.h"
#include "signers.h"

#define GV_APPROVAL_SPACE "gavel-approval"

/* The statement, and the folder of its approvals ("approvals/ab/ab12.../"), appended. */
void gv_approval_statement(struct gv_buf *out, struct gv_str path, const struct gv_oid *base, const struct gv_oid *now);
void gv_approval_folder(struct gv_buf *out, struct gv_str statement);

/*
 * Is `armour` an approval of the statement, in force at `time` (seconds), by a key that `signers` trusts for the namespace
 * GV_APPROVAL_SPACE and that belongs to one of `people`?  *who is that person.  GV_EINTEGRITY says why not; that is also so for
 * keys that are not Ed25519, which are not checked here.
 */
int gv_approval_check(struct gv_str armour, struct gv_str statement, const struct gv_signers *signers,
                      const struct gv_people *people, int64_t time, const struct gv_actor **who, struct gv_err *err);

/* What is asked of a tree: who approved this change of this file? */
struct gv_approval_ask {
	struct gv_store *store;
	const struct gv_oid *tree;           /* of the commit itself, which holds the approvals */
	struct gv_str path;                  /* the file, what it was and what it becomes; zero = absent */
	const struct gv_oid *base, *now;
	const struct gv_signers *signers;    /* as of the parent, and the people there */
	const struct gv_people *people;
	int64_t time;                        /* of the commit */
};

/* One file of the approvals' folder: `who` approves, or NULL and why it does not count. */
typedef int gv_approval_fn(void *ctx, const struct gv_actor *who, struct gv_str file, const struct gv_err *why);

/* Each approval of that change; none is no error.  Non-zero from `each` stops and is returned. */
int gv_approval_each(const struct gv_approval_ask *ask, gv_approval_fn *each, void *ctx, struct gv_err *err);

#endif
