/* SPDX-License-Identifier: MIT */
/*
 * people: the records of kind person in one tree, by key and by e-mail: who stands behind a line of the file signers.
 * A court has hundreds of them, so they are read whole.
 */
#ifndef GAVEL_PEOPLE_H
#define GAVEL_PEOPLE_H

#include "duties.h"
#include "store.h"

struct gv_people;

/* Everybody below people/ of that root tree (as a commit names it; zero: nobody).  GV_EDATA, GV_EINTEGRITY naming the file
 * that is no record of a person: a signer who cannot be looked up must not pass for one without roles. */
int gv_people_read(struct gv_people **out, struct gv_store *s, const struct gv_oid *tree, struct gv_err *err);
/* Of the store's snapshot. */
int gv_people_of_store(struct gv_people **out, struct gv_store *s, struct gv_err *err);
void gv_people_free(struct gv_people *p);

size_t gv_people_count(const struct gv_people *p);
const struct gv_actor *gv_people_at(const struct gv_people *p, size_t i);  /* sorted by key */

/* By key (沪0114-P000001) or e-mail, whatever its case; NULL if nobody has it, or two people have the same e-mail. */
const struct gv_actor *gv_people_find(const struct gv_people *p, struct gv_str key_or_email);
/* The first of a comma list of principals (signers.h) that is a person. */
const struct gv_actor *gv_people_of_principals(const struct gv_people *p, struct gv_str principals);

#endif
