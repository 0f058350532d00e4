/* SPDX-License-Identifier: MIT */
/*
 * persons: which records of debtors are one person or unit?  Those of one number, however it is written.  The list of another court
 * has numbers with a mask: who has the same name, and a number that the mask fits, is perhaps the same, and a person must look.
 */
#ifndef GAVEL_CREDIT_REPAIR_PERSONS_H
#define GAVEL_CREDIT_REPAIR_PERSONS_H

#include "credit-repair.h"

struct credit_persons;
/* Those of the docket. */
int credit_persons_load(struct credit_persons **out, struct gv_cmd *c);
void credit_persons_free(struct credit_persons *p);

/* The record ("debtor:沪0114-D000001") that stands for all of its person: the first of them; itself where none is known. */
struct gv_str credit_persons_first(const struct credit_persons *p, struct gv_str debtor);
/* The records of one person, one after the other: *at begins with 0; {0}: there are no more. */
struct gv_str credit_persons_next(const struct credit_persons *p, struct gv_str first, size_t *at);

/* Persons whose name and number the mask fits, as the above by their first records. */
struct gv_str credit_persons_masked(struct credit_persons *p, struct gv_str name, struct gv_str mask, size_t *at);

#endif
