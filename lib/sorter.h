/* SPDX-License-Identifier: MIT */
/*
 * sorter: (key, payload) records in any order come out sorted, stably: by key (see runs.h for the
 * order), those with equal keys as they were added.  What has no room within a budget of memory
 * goes to a temporary file in sorted runs; where all has room no file is made.
 */
#ifndef GAVEL_SORTER_H
#define GAVEL_SORTER_H

#include "runs.h"

struct gv_sorter;

/*
 * `budget`: bytes for the records in memory, with 24 to 48 more for each of them; one is always
 * held.  What a merge of the runs takes comes after that (see gv_runs_open).
 */
int gv_sorter_new(struct gv_sorter **out, size_t budget, struct gv_err *err);

/*
 * Copies both.  GV_EDATA where one is longer than GV_RUNS_MAX: then nothing is added.  After any
 * other error there is nothing left to do but free it.
 */
int gv_sorter_add(struct gv_sorter *s, struct gv_str key, struct gv_str payload,
                  struct gv_err *err);

/*
 * All that has been added is sorted and gv_sorter_next() begins at its start.  It may be called
 * again: from the start once more, with what has been added since.
 */
int gv_sorter_done(struct gv_sorter *s, struct gv_err *err);

/*
 * Between gv_sorter_done() and the next add.  key->p is NULL behind the last record.  The slices
 * are valid until the next call.
 */
int gv_sorter_next(struct gv_sorter *s, struct gv_str *key, struct gv_str *payload,
                   struct gv_err *err);

/* NULL is fine. */
void gv_sorter_free(struct gv_sorter *s);

#endif
