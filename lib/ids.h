/* SPDX-License-Identifier: MIT */
/*
 * ids: a set of object ids that remembers in which order they came, in 20 bytes each and 5 to 11 for
 * finding them.
 */
#ifndef GAVEL_IDS_H
#define GAVEL_IDS_H

#include "sha.h"

/* Starts as {0}. */
struct gv_ids {
	struct gv_oid *list;  /* n of them, as they came */
	size_t n, room;
	uint32_t *slots;      /* open addressing: index + 1, 0 = free */
	size_t nslots;        /* a power of two */
};

/* *is_new (may be NULL): it was not in it. */
int gv_ids_add(struct gv_ids *s, const struct gv_oid *id, bool *is_new, struct gv_err *err);
/* Its place in the list, GV_IDS_NONE if it is not there. */
#define GV_IDS_NONE UINT32_MAX
uint32_t gv_ids_find(const struct gv_ids *s, const struct gv_oid *id);
bool gv_ids_has(const struct gv_ids *s, const struct gv_oid *id);
/* What it takes to find them is given back: after that there is only the list. */
void gv_ids_close(struct gv_ids *s);
void gv_ids_free(struct gv_ids *s);

#endif
