/* SPDX-License-Identifier: MIT */
/* judge_impl: what judge.c and judge_join.c share. */
#ifndef GAVEL_JUDGE_IMPL_H
#define GAVEL_JUDGE_IMPL_H

#include "judge.h"

/* The record as a parent has it; what cannot be read there is nothing that could be kept. */
int gv_judge_parent(struct gv_judge *j, const struct gv_oid *oid, size_t i, const struct gv_val **v);

/* One file: the rules with `before`, then j->each with `was`. */
int gv_judge_file(struct gv_judge *j, const struct gv_change *change, const struct gv_val *before, const struct gv_val *was);

/* A commit with two parents. */
int gv_judge_join(struct gv_judge *j, const struct gv_oid *tree, const struct gv_oid before[2]);

#endif
