/* SPDX-License-Identifier: MIT */
/*
 * between: the records that differ between two commits of one line of history, as a command's --from and --to name them: for those
 * who follow a docket and must hear of what was taken back.
 */
#ifndef GAVEL_BETWEEN_H
#define GAVEL_BETWEEN_H

#include "cmd_docket.h"
#include "i18n.h"

#define GV_BETWEEN_OPTS \
	{ 0, "from", "REV", N_("since this commit, or the end of this day"), .complete = "rev" }, \
	{ 0, "to", "REV", N_("up to this one, if not the last"), .complete = "rev" },

/* Before and after, unsealed; NULL: not there.  Good until the next call.  Non-zero ends it; a negative value is no error. */
typedef int gv_between_fn(void *ctx, const struct gv_val *before, const struct gv_val *after);

/*
 * Of these kinds (ends with NULL), a kind after the other in git's order of paths.  Without --from: since the beginning, if the
 * command allows it.  GV_EINTEGRITY: --from does not come before --to, so that nobody can tell what changed.
 */
int gv_between(struct gv_cmd *c, const char *const *kinds, bool needs_from, gv_between_fn *each, void *ctx);

#endif
