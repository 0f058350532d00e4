/* SPDX-License-Identifier: MIT */
/* store_plan: what the writing half of store shares (store_plan.c, store_join.c, store_commit.c).
 * Not for anybody else. */
#ifndef GAVEL_STORE_PLAN_H
#define GAVEL_STORE_PLAN_H

#include "objw.h"
#include "store_impl.h"

#define GV_PATH_MAX 1024  /* bytes of a path in a docket */

struct gv_plan_entry {
	const char *path;            /* in the plan's arena */
	const struct gv_oid *base;   /* there, too; of zeroes: there was none, as with most of a million */
	struct gv_oid oid;
	uint16_t n;                  /* bytes of the path */
	bool strict;                 /* from a plan file: a moved base is a conflict, never merged */
	bool replaced;               /* a later entry is for the same path */
};

/* A folder whose highest serial is known: what gv_store_next_serial() asks again and again. */
struct gv_plan_serial {
	struct gv_str folder;
	int64_t highest;
};

struct gv_pending {
	struct gv_buf texts, list;  /* list: struct gv_pending_text */
};

struct gv_plan {
	struct gv_store *store;
	struct gv_objw *w;
	struct gv_pending pending;
	struct gv_arena arena;
	struct gv_plan_entry *entries;  /* in the order of the puts; only ever appended to */
	size_t n, room, live;
	uint32_t *slots;                /* by path: index + 1 of the newest entry, 0 = free */
	size_t nslots;                  /* a power of two */
	size_t unchanged;
	struct gv_plan_serial *serials;
	size_t nserials;
	struct gv_buf path, text;       /* scratch of the puts */
	struct gv_doc sealed;           /* a record with values sealed on its way in */
	bool unsealing;                 /* gv_plan_unsealing() */
	struct gv_object object;        /* behind what gv_plan_read() lends */
};

static inline struct gv_str gv_entry_path(const struct gv_plan_entry *e)
{
	return (struct gv_str){ e->path, e->n };
}

/* store_plan.c: forget everything. */
void gv_plan_clear(struct gv_plan *p);
/* What `put` does, for an entry of a plan file. */
int gv_plan_put_strict(struct gv_plan *p, struct gv_str path, const struct gv_oid *base,
                       struct gv_str text, struct gv_err *err);
/* A blob of the plan, published already or not. */
int gv_plan_blob(struct gv_plan *p, const struct gv_oid *oid, struct gv_object *obj,
                 struct gv_err *err);

/* store_pending.c.  Keep a text whose `path` is in the arena; it is in the batch, and can be read there, from
 * gv_plan_settle() on at the latest. */
int gv_plan_keep(struct gv_plan *p, struct gv_str path, struct gv_str text, const struct gv_oid *oid,
                 struct gv_err *err);
int gv_plan_settle(struct gv_plan *p, struct gv_err *err);
void gv_pending_clear(struct gv_pending *b);
void gv_pending_free(struct gv_pending *b);

/* store_seal.c: p->text is the canonical text of `val`; what is to be sealed is sealed in it.  `base` may be NULL. */
int gv_plan_seal(struct gv_plan *p, const struct gv_id *id, const struct gv_oid *base, const struct gv_val *val,
                 struct gv_err *err);

/* store_serial.c: an entry was put. */
void gv_plan_serial_saw(struct gv_plan *p, struct gv_str path);

/* store_join.c: the gv_tree_meet of a commit. */
struct gv_join {
	struct gv_plan *plan;
	size_t written, merged, unchanged;
};
gv_tree_meet gv_join_meet;

#endif
