/* SPDX-License-Identifier: MIT */
/* causes: which cause of action lies below which, in the lists of civil and administrative causes (share/ref). */
#ifndef GAVEL_CAUSES_H
#define GAVEL_CAUSES_H

#include "buf.h"
#include "date.h"
#include "err.h"

struct gv_causes;

/* The lists in force on that day. */
int gv_causes_open(struct gv_causes **out, gv_day on, struct gv_err *err);
void gv_causes_free(struct gv_causes *c);

/*
 * Is `cause` the same as `general`, or below it?  *steps (may be NULL) is how far below, 0 for the same.  A name that stands
 * in no list is only the same as itself; 离婚, 离婚 纠纷 are what stands there as 离婚纠纷.
 */
bool gv_causes_covers(struct gv_causes *c, struct gv_str general, struct gv_str cause, int *steps);

/* Does a name that stands in no list, as 涉外离婚案件, have one of these words (NULL at the end) in it?  Of one that does, the lists tell. */
bool gv_causes_hints(struct gv_causes *c, struct gv_str cause, const char *const *words);

#endif
