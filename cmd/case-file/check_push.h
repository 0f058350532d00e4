/* SPDX-License-Identifier: MIT */
/* check_push: one commit of a push against its parents.  check_incoming.c finds the commits. */
#ifndef GAVEL_CASE_FILE_CHECK_PUSH_H
#define GAVEL_CASE_FILE_CHECK_PUSH_H

#include "check.h"

struct push {
	struct checker *k;
	struct gv_check check;      /* of the docket's own rules: what is found wears the commit's id */
	struct gv_oid commit;       /* being judged */
	struct gv_doc parent[2];    /* the record as its parents have it */
	struct gv_doc joined;       /* what a commit that joins has to start from */
};

void push_begin(struct push *p, struct checker *k);
void push_end(struct push *p);

/*
 * Everything that the commit changed.  Of a commit that joins two lines, what it made of a record that neither line had so:
 * it may keep either side, and between two sides it keeps the events of both.
 */
int push_judge(struct push *p, const struct gv_commit *commit);

/* What was in the docket is still there after lines were joined: no record and no event fell out. */
int push_judge_kept(struct push *p, const struct gv_oid *old, const struct gv_oid *tip);

#endif
