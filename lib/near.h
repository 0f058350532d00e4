/* SPDX-License-Identifier: MIT */
/*
 * near: "did you mean": the known word that a mistyped one comes closest to.  A third of
 * its letters may be wrong, too many, missing or swapped; or it is the beginning of the word.
 * The first of several that are as near wins.
 */
#ifndef GAVEL_NEAR_H
#define GAVEL_NEAR_H

#include "buf.h"

/* Start with what was typed, feed it the known words, read `best` (NULL: nothing is near). */
struct gv_near {
	struct gv_str typed;
	const char *best;
	size_t distance;  /* of best; the next must be nearer */
};
struct gv_near gv_near_start(struct gv_str typed);
void gv_near_try(struct gv_near *near, const char *word);

#endif
