/* SPDX-License-Identifier: MIT */
/* roster: who is who in a docket: its people, the file signers and policy/duties.json, of the store's snapshot. */
#ifndef GAVEL_CASE_AUDIT_ROSTER_H
#define GAVEL_CASE_AUDIT_ROSTER_H

#include "approval.h"
#include "case-audit.h"

#define SIGNERS_PATH "signers"
#define DUTIES_PATH "policy/duties.json"

struct roster {
	struct gv_people *people;
	struct gv_signers *signers;
	struct gv_duties *duties;       /* NULL: the docket has none */
	struct gv_buf signers_text, duties_text;
	struct gv_oid signers_oid, duties_oid;  /* zero: there is no such file */
};

/* What was read before is forgotten. */
int roster_read(struct roster *r, struct gv_store *s, struct gv_err *err);
void roster_free(struct roster *r);

/* "沪0114-P000001", "person:沪0114-P000001" or an e-mail.  GV_ENOTFOUND. */
int roster_find(const struct roster *r, const char *who, const struct gv_actor **out, struct gv_err *err);

/* Who would sign here and now: by the signing key that git is configured to, else by the committer's e-mail. */
int roster_me(const struct roster *r, struct gv_cmd *c, const struct gv_actor **out, struct gv_err *err);

/* Noon of a day, for keys that are good from day to day. */
int64_t roster_noon(gv_day day);

struct gv_str roster_name(const struct gv_actor *a);

/* The options and the reason that every change of the roster needs. */
int roster_reason(struct gv_cmd *c);
/* --from, --on: a day, today if it is not given. */
int roster_day(struct gv_cmd *c, const char *option, gv_day *out);

/*
 * One commit, about `what`, which under_lock makes anew (it must not grow beyond its maximum: the subject points into it).
 * What was done is the caller's to tell.
 */
int roster_commit(struct gv_cmd *c, struct gv_buf *what, int (*under_lock)(void *ctx, struct gv_plan *p, struct gv_err *err),
                  void *ctx, struct gv_commit_result *r);

/* ---- lines of signers: signers_file.c ---- */

/* A line for that key ("ssh-ed25519 AAAA...") appended, good from the beginning of `from`. */
void signers_add(struct gv_buf *text, struct gv_str person, struct gv_str key, gv_day from);
/* The text with valid-before on line `number` (from 1): the key is good until `end` begins. */
int signers_end(struct gv_buf *out, struct gv_str text, size_t number, gv_day end, struct gv_err *err);

#endif
