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

/* Does any option choose among the records? */
bool gv_walk_selects(const struct gv_cmd *c);

/* Those of the command's own kind that are selected; what `each` refuses with GV_EDATA is complained about and the rest goes on. */
int gv_walk_selected(struct gv_cmd *c, int (*each)(void *ctx, const struct gv_rec *rec), void *ctx);

#endif
