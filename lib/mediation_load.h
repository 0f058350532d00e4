/* SPDX-License-Identifier: MIT */
/* mediation_load: who mediates what now. */
#ifndef GAVEL_MEDIATION_LOAD_H
#define GAVEL_MEDIATION_LOAD_H

#include "store.h"

/*
 * An object in d: of each mediator (full id) the number of mediations that are assigned, under way or suspended.  Read in
 * one walk.
 */
int gv_mediation_running(struct gv_store *s, struct gv_doc *d, struct gv_val *out, struct gv_err *err);
/* How many of them a mediator (full id) has. */
int64_t gv_mediation_load(const struct gv_val *running, struct gv_str mediator);

#endif
