/* SPDX-License-Identifier: MIT */
/* walk: the records that due and check of a command look at, where they are of several kinds. */
#ifndef GAVEL_WALK_H
#define GAVEL_WALK_H

#include "selection.h"

/*
 * Those that the operands name, or else those of the docket that are selected: of the kind of --kind, of the command's own
 * kind where anything else selects, of all `kinds` (ends with NULL) where nothing does.
 */
int gv_walk_records(struct gv_cmd *c, const char *const *kinds, int (*each)(struct gv_cmd *c, const struct gv_rec *rec));

#endif
