/* SPDX-License-Identifier: MIT */
/* stat_table: the groups of one thread; for stat.c, stat_quick.c and stat_walk.c. */
#ifndef GAVEL_STAT_TABLE_H
#define GAVEL_STAT_TABLE_H

#include "runs.h"
#include "stat_impl.h"

#define GV_STATE_MAX GV_JSON_TEXT_MAX  /* so that it can be read back as a line */

struct gv_stat {
	const struct gv_stat_spec *spec;
	struct gv_arena arena;        /* of the groups */
	struct gv_group **slots;      /* open addressing, size a power of two */
	size_t nslots, used;
	struct gv_group **sorted;     /* by key; NULL: not since a group came */
	size_t bytes, memory;         /* used by the groups, and how much they may use */
	struct gv_runs *runs;         /* groups that had no room */
	size_t spills;
	struct gv_query **where, **rates;
	struct gv_seen *seen;         /* one a value */
	bool *had;                    /* has any record had this group's, this value's field? */
	bool any;                     /* has there been a record? */
	struct gv_buf key, scratch;
	struct gv_quick *quick;       /* NULL: the question has more to it */
};

/* The group of s->key, made if it is not there. */
int gv_stat_find(struct gv_stat *s, struct gv_group **out, struct gv_err *err);
int gv_stat_sort(struct gv_stat *s, struct gv_err *err);
int gv_group_alone(struct gv_group **out, const struct gv_stat_spec *spec, struct gv_err *err);
void gv_group_free(const struct gv_stat_spec *spec, struct gv_group *g);
/* To disk, if the groups take more memory than they may. */
int gv_stat_make_room(struct gv_stat *s, struct gv_err *err);

/* ---- stat_quick.c ---- */

/* *out is NULL where nothing can be quick. */
int gv_quick_new(struct gv_quick **out, const struct gv_stat_spec *spec, struct gv_err *err);
/* The groups are going. */
void gv_quick_forget(struct gv_quick *q);
/* Where the group of this record is found next time: NULL there if it is not yet.  NULL: this is no record for gv_quick_add(). */
struct gv_group **gv_quick_look(struct gv_quick *q, const struct gv_val *rec);
/* The record that was looked at last, into its group. */
int gv_quick_add(struct gv_stat *s, struct gv_group *g, struct gv_err *err);

#endif
