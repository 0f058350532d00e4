/* SPDX-License-Identifier: MIT */
/*
 * uniq: how many different values there are.
 *
 * Exact as long as there are at most `limit` of them: a value is known by the first 128 bits of its SHA-256, so that
 * the set is small, can be joined with others and tells nobody what is in it.  Beyond the limit the values are
 * estimated (HyperLogLog, 2^14 registers, the estimator of Ertl 2017).  Which of the two it is, and the estimate,
 * depend on the values only, not on their order or on how they were split and joined.
 */
#ifndef GAVEL_UNIQ_H
#define GAVEL_UNIQ_H

#include "buf.h"
#include "err.h"

#define GV_UNIQ_ERROR "0.0081"  /* standard relative error, once not exact */

struct gv_digest { uint64_t high, low; };

/* Starts as {0} with the limit set. */
struct gv_uniq {
	uint32_t limit;
	uint32_t used;                /* of slots */
	struct gv_digest *slots;      /* open addressing; {0, 0} is an empty one */
	size_t nslots;
	uint8_t *registers;           /* not NULL: an estimate */
};

void gv_uniq_free(struct gv_uniq *u);
int gv_uniq_add(struct gv_uniq *u, struct gv_str value, struct gv_err *err);
int gv_uniq_join(struct gv_uniq *u, const struct gv_uniq *other, struct gv_err *err);
static inline bool gv_uniq_is_exact(const struct gv_uniq *u)
{
	return !u->registers;
}
uint64_t gv_uniq_count(const struct gv_uniq *u);
size_t gv_uniq_bytes(const struct gv_uniq *u);

/* The set or the registers as base64; the same set has the same text. */
int gv_uniq_write(const struct gv_uniq *u, struct gv_buf *out, struct gv_err *err);
/* Into an empty one.  GV_EDATA without a text: that is none. */
int gv_uniq_read(struct gv_uniq *u, bool exact, struct gv_str text, struct gv_err *err);

#endif
