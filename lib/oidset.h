/* SPDX-License-Identifier: MIT */
/* gv_oidset: commits that were met. */
#ifndef GAVEL_OIDSET_H
#define GAVEL_OIDSET_H

#include "err.h"
#include "sha.h"

struct gv_oidset {
	void *root;   /* of tsearch(3) */
	size_t n;
};

/* *is_new (may be NULL): it was not in it. */
int gv_oidset_add(struct gv_oidset *s, const struct gv_oid *id, bool *is_new, struct gv_err *err);
bool gv_oidset_has(const struct gv_oidset *s, const struct gv_oid *id);
void gv_oidset_del(struct gv_oidset *s, const struct gv_oid *id);
void gv_oidset_free(struct gv_oidset *s);

#endif
