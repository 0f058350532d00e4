/* SPDX-License-Identifier: MIT */
/*
 * keepset: which of several things cover a claim with the least effect (SZ-15)?  Those that stay, so that the others may be
 * released (SZ-10).
 *
 * All things that are held anyway (money, what the suit is about) stay.  Of the others, among the sets that cover what is then
 * left of the claim: the one that has fewest things of the greatest effect, then fewest of the next, and so on; then the one
 * worth least; then the one whose things come first in the order given.  The numbers of each effect are always exact; which things
 * they are is as long as GV_KEEP_STEPS suffice, as for 20 things whatever they are; else it is the best that was found.
 */
#ifndef GAVEL_KEEPSET_H
#define GAVEL_KEEPSET_H

#include <stdbool.h>
#include <stdint.h>

#include "err.h"

enum { GV_KEEP_EFFECTS = 10, GV_KEEP_STEPS = 1 << 24 };

struct gv_keep {
	int64_t least;     /* covers so much, at least */
	int effect;        /* 0 .. GV_KEEP_EFFECTS - 1 */
	bool always;       /* stays whatever the others are */
	bool kept;         /* the answer */
};

/* *covered false: all together do not cover it, and all are kept.  *exact false: there may be a better set. */
int gv_keep_choose(struct gv_keep *things, size_t n, int64_t claim, bool *covered, bool *exact, struct gv_err *err);

#endif
