/* SPDX-License-Identifier: MIT */
/*
 * public: what a docket for the public may hold, and what of its records everybody may see.  Of people who sign commits, everybody
 * may know; what is not named here is for nobody, whatever asks for it.
 */
#ifndef GAVEL_PUBLIC_H
#define GAVEL_PUBLIC_H

#include "store.h"

/* typical-case, report, document; ends with NULL. */
extern const char *const gv_public_kinds[];

/* The fields of such a record in that state, by name, ending with NULL; the first is NULL where nothing of it is shown. */
const char *const *gv_public_fields(struct gv_str kind, struct gv_str state);

/* Is it out: published, released? */
bool gv_public_is_out(struct gv_str state);

/* *folder: the first in the docket that holds records of another kind; NULL: there is none. */
int gv_public_alien(struct gv_store *s, const char **folder, struct gv_err *err);
/* GV_EDATA: the docket holds more than the public may see; GV_ECONFLICT: a conflict about such a record is open. */
int gv_public_check(struct gv_store *s, struct gv_err *err);

#endif
