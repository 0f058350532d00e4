/* SPDX-License-Identifier: MIT */
/*
 * claim: what a seizure may be for (SZ-10, SZ-12): of an enforcement the sum of its lines, of a preservation the amount in
 * its ruling.  A claim is a record of the kind "claim", or the same object in a bundle.
 */
#ifndef GAVEL_CLAIM_H
#define GAVEL_CLAIM_H

#include "date.h"
#include "json.h"

enum { GV_CLAIM_LINES_MAX = 8 };

/* One line of the sum, as a person would write it down. */
struct gv_claim_line {
	const char *what;          /* N_() */
	const char *field;         /* that it was read or computed from */
	const char *rule;          /* by which it is a part: "SZ-10", or is computed: "EX-20" */
	int64_t fen;               /* below zero: taken off */
	int64_t of, days;          /* what a computed line was computed from; of -1: it is as recorded; days -1: no matter of days */
	gv_day from, until;        /* the days: after the first, with the last, without so many ... */
	int64_t stay;              /* ... of a stay */
};

struct gv_claim {
	const struct gv_val *val;
	bool preservation;         /* the amount is that of the ruling */
	struct gv_claim_line lines[GV_CLAIM_LINES_MAX];
	size_t nlines;
	int64_t total;             /* 0 at least */
	const char *missing;       /* the field without which there is no total; NULL: nothing */
};

/*
 * The sum as of that day: interest for delay runs until delay.until, or until then.  val borrowed.  GV_EDATA, naming the
 * field: an amount below zero or too large, a date that is none, days that end before they begin.
 */
int gv_claim_read(struct gv_claim *out, const struct gv_val *val, gv_day as_of, struct gv_err *err);

/* An enforcement whose sum has all been recovered. */
bool gv_claim_is_paid(const struct gv_claim *claim);

#endif
