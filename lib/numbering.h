/* SPDX-License-Identifier: MIT */
/*
 * numbering: new records that wait for their numbers.  They are checked at once, so that one bad row does not keep the
 * others from theirs; the numbers come under the lock, from gv_cmd_commit()'s under_lock.
 */
#ifndef GAVEL_NUMBERING_H
#define GAVEL_NUMBERING_H

#include "cmd_docket.h"

struct gv_waiting;

/* { .c = c, .doc = doc }: the records' values live in `doc`. */
struct gv_numbering {
	struct gv_cmd *c;
	struct gv_doc *doc;
	struct gv_waiting *list;
	size_t n, cap;
};

/*
 * `prefix` is the number up to its serial: "（2022）沪0114民初", or "沪0114-M" of a kind with a letter.  GV_EDATA if it
 * makes no number of that kind, or if the record (without "id") is not valid.
 */
int gv_numbering_add(struct gv_numbering *n, const struct gv_schema *s, struct gv_val rec, const char *prefix);
/* The next number for record i, which goes into the plan.  May run again, if a push moved main in between. */
int gv_numbering_give(struct gv_numbering *n, struct gv_plan *p, size_t i);
/* All of them as they are in the docket now, to the command's output.  After the commit. */
int gv_numbering_print(struct gv_numbering *n);
/* Of record i: id (its own after give()) and value. */
const struct gv_id *gv_numbering_id(const struct gv_numbering *n, size_t i);
struct gv_val *gv_numbering_rec(const struct gv_numbering *n, size_t i);
void gv_numbering_free(struct gv_numbering *n);

#endif
