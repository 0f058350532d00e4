/* SPDX-License-Identifier: MIT */
/* limit_impl: what limit.c (which row, which clock) and limit_events.c (what the events change) share. */
#ifndef GAVEL_LIMIT_IMPL_H
#define GAVEL_LIMIT_IMPL_H

#include "limit.h"

/* What the events of a case do to its trial limit. */
struct gv_limit_events {
	gv_day converted_on;          /* of the last conversion, or GV_DAY_NONE */
	struct gv_str procedure;      /* it was converted to, or {0} */
	gv_day corrected_on;          /* last `correct`, or GV_DAY_NONE */
	gv_day correct_until;         /* period of the last `ask-correction`, or GV_DAY_NONE */
	struct { gv_day from, to; } gaps[64];  /* not counted: from inclusive, to exclusive; sorted, disjoint */
	size_t ngaps;
	bool stopped;                 /* an interval is still open as of the day */
	int extend_months, extend_days;
	gv_day extend_until;          /* the latest `until` of an extension, or GV_DAY_NONE */
	bool extended;
};

/* Events after `as_of` do not count: the past is judged as it stood. */
void gv_limit_read_events(struct gv_limit_events *out, const struct gv_val *rec, gv_day as_of);

/* The day a limit ends once the gaps are taken out. */
gv_day gv_limit_shift(const struct gv_limit_events *e, gv_day from, gv_day end);

#endif
