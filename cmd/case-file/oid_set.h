/* SPDX-License-Identifier: MIT */
/* oid_set: commits that were met. */
#ifndef GAVEL_CASE_FILE_OID_SET_H
#define GAVEL_CASE_FILE_OID_SET_H

#include "err.h"
#include "sha.h"

struct oid_set {
	void *root;   /* of tsearch(3) */
	size_t n;
};

/* *is_new (may be NULL): it was not in it. */
int oid_set_add(struct oid_set *s, const struct gv_oid *id, bool *is_new, struct gv_err *err);
bool oid_set_has(const struct oid_set *s, const struct gv_oid *id);
void oid_set_del(struct oid_set *s, const struct gv_oid *id);
void oid_set_free(struct oid_set *s);

#endif
