/* SPDX-License-Identifier: MIT */
/* past: who did which duty on one record before, as verify would find it; for duties that not everybody may do after another. */
#ifndef GAVEL_CASE_AUDIT_PAST_H
#define GAVEL_CASE_AUDIT_PAST_H

#include "case-audit.h"

struct deed { struct gv_str duty, person; };

struct past {
	struct gv_cmd *c;
	struct gv_store *store;
	struct gv_regimes *regimes;
	struct gv_str path;          /* of the record asked about */
	bool known;                  /* its history was read */
	struct gv_arena arena;
	struct deed *list;
	size_t n, room;
};

int past_open(struct past *p, struct gv_cmd *c);
void past_close(struct past *p);
/* From now on of this file; its history is read when it is asked for. */
void past_of(struct past *p, struct gv_str path);
/* gv_act.earlier, with the past as context. */
int past_did(void *ctx, struct gv_str duty, bool (*is)(void *, struct gv_str person), void *arg, bool *yes,
             struct gv_err *err);

/* The root tree of a commit. */
int commit_tree(struct gv_store *s, const struct gv_oid *commit, struct gv_oid *tree, struct gv_err *err);

#endif
