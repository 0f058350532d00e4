/* SPDX-License-Identifier: MIT */
/*
 * rank: the order of all seizures on one asset, as the law has it and not as anybody wrote it down, and which waiting seizure
 * takes effect when one before it ends.
 *
 * The order is that of service on the body that assists, of equity that of publication (SZ-02, SZ-43; hold.h); where one was entered
 * at a registry, those that were not come behind it (SZ-04); a seizure that goes on in time with that of the investigators has
 * their place (SZ-41).  Renewals do not change the order (SZ-40), a lapse does (SZ-37).
 */
#ifndef GAVEL_RANK_H
#define GAVEL_RANK_H

#include "estate.h"

enum gv_rank_is {
	GV_RANK_UNKNOWN,   /* rank.missing says why */
	GV_RANK_FIRST,     /* in effect since it was made: nobody stood before it then */
	GV_RANK_TAKES,     /* waited; in effect since those before it ended */
	GV_RANK_TAKES_REST,/* waited; in effect for what was not disposed of (SZ-44) */
	GV_RANK_WAITS,     /* behind rank.before, which stands */
	GV_RANK_VOID       /* never took effect: all was disposed of before (SZ-44), or it was released while it waited */
};

struct gv_rank {
	const struct gv_holding *holding;
	enum gv_rank_is is;
	const char *missing;       /* the field without which it has no place */
	struct gv_str kase, court; /* as recorded */
	gv_instant moment;         /* by which it is ranked */
	bool has_time;             /* the moment is more than a day */
	bool tied;                 /* with the one before it: the record does not tell which came first */
	bool unregistered;         /* and so behind one that is registered */
	size_t place;              /* from 1, among those that stood when it was made; 0: not known */
	gv_instant since;          /* in effect since then; GV_INSTANT_NONE: it has none, or nobody knows */
	gv_instant end;            /* of its effect or of its waiting; GV_INSTANT_NONE: it stands */
	bool lapsed;               /* it ended because its term did */
	bool sold_all, sold_part;  /* it ended, as against those behind it, with a disposal of all, or of a part ... */
	int64_t sold;              /* ... of so many units; -1: not known */
	const struct gv_rank *before;  /* for which it waits, or whose end gave it effect or made it void; NULL: nobody */
	int64_t gone;              /* units that were disposed of before it took effect; -1: not known how many */
};

/*
 * `h`: the holdings on one asset, n of them; `out` has place for as many and is in the order of rank; those without a moment
 * come last.  As of the end of that day.  Seizures of one case do not stand in each other's way.  GV_EDATA, naming the field:
 * a date that is none.
 */
int gv_rank_of(struct gv_rank *out, const struct gv_holding *h, size_t n, gv_day as_of, struct gv_err *err);

/* The last day on which one that ended stood. */
gv_day gv_rank_end_day(const struct gv_rank *r);

/* Are both of one case of one court?  `known`: false where neither names case or court. */
bool gv_rank_same_case(const struct gv_rank *a, const struct gv_rank *b, bool *known);

#endif
