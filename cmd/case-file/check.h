/* SPDX-License-Identifier: MIT */
/* check: check.c judges records of a docket or a stream, check_incoming.c a push. */
#ifndef GAVEL_CASE_FILE_CHECK_H
#define GAVEL_CASE_FILE_CHECK_H

#include "case-file.h"
#include "case_rules.h"

struct gv_selection;
struct gv_sorter;

struct checker {
	struct gv_cmd *c;
	struct gv_store *store;      /* NULL: records from a stream, no docket needed */
	struct gv_case_law *law;
	const struct gv_val *sealed_fields;  /* policy, or NULL */
	struct gv_doc doc;
	struct gv_selection *selection;
	struct gv_sorter *claims;    /* NULL, or those of the docket by their cases */
	bool strict;
};

/* What the rules ask about other records, with the checker as ctx. */
void check_ask(const struct checker *k, int (**exists)(void *ctx, struct gv_str id, bool *yes, struct gv_err *err),
               int (**conflict)(void *ctx, const struct gv_id *id, bool *yes, struct gv_err *err));
void check_subject(struct checker *k, struct gv_case_subject *s, const struct gv_rec *rec);

/* Judge the lines OLD NEW REF on standard input.  GV_FOUND: what is new on main may not be taken. */
int check_incoming(struct checker *k);

/*
 * Judge what `theirs` has and `main` has not, as a push of it would be, before the two are joined.  GV_FOUND: it may not be
 * taken.  Afterwards the store stands on `theirs`.
 */
int check_pulled(struct checker *k, const struct gv_oid *main, const struct gv_oid *theirs);

#endif
