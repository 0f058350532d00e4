/* SPDX-License-Identifier: MIT */
/*
 * labels: what was given to whom in the papers of a case that went by before, so that one person is the same 某1 in all of them,
 * in whatever order they come.  For the length of a run; a publication's record keeps its own.
 */
#ifndef GAVEL_LABELS_H
#define GAVEL_LABELS_H

#include "redact.h"

struct gv_labels;

int gv_labels_new(struct gv_labels **out, struct gv_err *err);
void gv_labels_free(struct gv_labels *l);

/* {name, label} of that case so far, to be given to gv_redact(); NULL: none. */
const struct gv_val *gv_labels_of(struct gv_labels *l, struct gv_str kase);
/* Those that a paper of the case has given now. */
int gv_labels_keep(struct gv_labels *l, struct gv_str kase, const struct gv_redacted *redacted, struct gv_err *err);

#endif
