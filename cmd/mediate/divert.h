/* SPDX-License-Identifier: MIT */
/* divert: where a dispute could be mediated.  What is asked of the record alone is in divert_bar.c. */
#ifndef GAVEL_DIVERT_H
#define GAVEL_DIVERT_H

#include "causes.h"
#include "mediate.h"

/* Why a dispute may not be mediated, and by which text; doc is NULL if nothing stands against it. */
struct divert_bar { const char *why; struct gv_basis basis; };
struct divert_bar divert_bar(struct gv_cmd *c, struct gv_causes *causes, const struct gv_rec *rec);

#endif
