/* SPDX-License-Identifier: MIT */
/* judge_impl: what the parts of judge share. */
#ifndef GAVEL_JUDGE_IMPL_H
#define GAVEL_JUDGE_IMPL_H

#include "judge.h"

/* The record as a parent has it; what cannot be read there is nothing that could be kept. */
int gv_judge_parent(struct gv_judge *j, const struct gv_oid *oid, size_t i, const struct gv_val **v);

/* One file: the rules with `before`, then j->each with `was`. */
int gv_judge_file(struct gv_judge *j, const struct gv_change *change, const struct gv_val *before, const struct gv_val *was);

/* judge_open.c: of case_rules.h, with the judge as ctx; has the record a conflict that excuses its removal? */
int gv_judge_disputed(void *judge, const struct gv_rec *rec, const struct gv_val *event, bool *yes, struct gv_err *err);
int gv_judge_removal(struct gv_judge *j, const struct gv_schema *kind, const struct gv_oid *before, bool *yes);
/* A conflict file that a commit with one parent changed. */
int gv_judge_conflict(struct gv_judge *j, const struct gv_change *change);
/* The conflict about a record in a tree; *k NULL if none is open there.  Lives in j->open. */
int gv_judge_open(struct gv_judge *j, const struct gv_oid *tree, const struct gv_schema *kind, struct gv_str key,
                  const struct gv_val **k);

/* judge_base.c: of a commit that joins. */
/* Does what both lines have in common (any of several) have that blob at the path? */
int gv_judge_is_base(struct gv_judge *j, struct gv_str path, const struct gv_oid *blob, bool *yes);
/* The record as it would be had the commit only taken from its sides (either may be NULL): in j->mine, *was NULL for none. */
int gv_judge_without_own(struct gv_judge *j, const struct gv_schema *kind, struct gv_str path, const struct gv_val *const side[2],
                         const struct gv_val *now, const struct gv_val **was);
/* A conflict file that neither side had so: is it one of theirs? */
int gv_judge_joined_conflict(struct gv_judge *j, struct gv_str path, const struct gv_oid side[2], const struct gv_oid *now);

/* A commit with two parents. */
int gv_judge_join(struct gv_judge *j, const struct gv_oid *tree, const struct gv_oid before[2]);

#endif
