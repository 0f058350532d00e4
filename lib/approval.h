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

#include "sha.h"

/* The statement, and the folder of its approvals ("approvals/ab/ab12.../"), appended. */
void gv_approval_statement(struct gv_buf *out, struct gv_str path, const struct gv_oid *base, const struct gv_oid *now);
void gv_approval_folder(struct gv_buf *out, struct gv_str statement);

#endif
