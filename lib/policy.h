/* SPDX-License-Identifier: MIT */
/*
 * policy: parameters that a court decides, in its docket's gavel.json, each a list of values with their days
 * (gavel-docket(5)):
 *
 *   "policy": { "signed_commits": [ { "from": "2022-07-01", "until": "...", "value": true, "source": "..." } ] }
 */
#ifndef GAVEL_POLICY_H
#define GAVEL_POLICY_H

#include "date.h"
#include "json.h"

/*
 * The value of `name` on that day (both ends inclusive), borrowed from `config`; NULL if the court has decided none.
 * Where days overlap, the item that began last counts, and of two that began together the later in the list.
 * GV_EDATA naming the field if it is no such list: a policy misspelt must not pass for none.
 */
int gv_policy_get(const struct gv_val **out, const struct gv_val *config, const char *name, gv_day on,
                  struct gv_err *err);

/* The same for a value that is true or false; false if none is decided. */
int gv_policy_bool(bool *out, const struct gv_val *config, const char *name, gv_day on, struct gv_err *err);

#endif
