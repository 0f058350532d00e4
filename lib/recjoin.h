/* SPDX-License-Identifier: MIT */
/*
 * recjoin: two versions of one record that were made apart, joined into one that is legal.  gv_merge() does the fields;
 * this adds what is true of a record as a whole: where both moved its state, the moves must be possible one after the other;
 * where both moved what the schema names together, a person chooses; and the whole must pass gv_rec_check().  What stands in the way of that is left at the base value, as a conflict, with
 * the fields that a move sets together with the state.
 */
#ifndef GAVEL_RECJOIN_H
#define GAVEL_RECJOIN_H

#include "merge.h"
#include "rec.h"

struct gv_rec_join {
	const struct gv_schema *schema;   /* NULL: JSON that is no record; then fields only */
	struct gv_caseno_reader *cn;      /* as for gv_rec_check() */
	const struct gv_val *base, *ours, *theirs;  /* NULL = absent; not both of ours and theirs */
	/* Every conflict, in byte order of the paths, when all is decided; non-zero stops and is returned. */
	int (*each)(void *ctx, const struct gv_conflict *c);
	void *ctx;
};

/*
 * The result becomes out->root, copied; out is not reset first.  A conflict about the record as a whole has an empty path
 * and is the only one: both added it differently (then ours stays), one took it away and the other changed it (what was
 * changed stays), or no mixture of the two is legal (base stays).  Returns 0 also with conflicts; GV_EIO when memory is
 * short.  Which is called ours matters only where both added the record.
 */
int gv_rec_join(struct gv_doc *out, const struct gv_rec_join *j, struct gv_err *err);

/* Did both sides move what the schema names together, each in its own way? */
bool gv_rec_both_moved(const struct gv_rec_join *j);

#endif
