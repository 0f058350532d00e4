/* SPDX-License-Identifier: MIT */
/*
 * odb: reading git objects: loose files, packs (v2 index, offset and ref
 * deltas), alternates, and the quarantine of a push (GIT_OBJECT_DIRECTORY,
 * GIT_ALTERNATE_OBJECT_DIRECTORIES).  Packs are mapped; an object stored in
 * one uncompressed block, as our own writer does it, is read without a copy.
 * Hashes are not checked again on reading (the pack's own checksum was when it
 * was written), unless gv_odb_distrust() asks for it; sizes and formats always are.
 */
#ifndef GAVEL_ODB_H
#define GAVEL_ODB_H

#include "sha.h"

enum gv_otype { GV_OBJ_COMMIT = 1, GV_OBJ_TREE = 2, GV_OBJ_BLOB = 3, GV_OBJ_TAG = 4 };

struct gv_odb;

/* `dir` is an objects/ folder. */
int gv_odb_open(struct gv_odb **out, const char *dir, struct gv_err *err);
void gv_odb_close(struct gv_odb *o);

struct gv_object {
	enum gv_otype type;
	struct gv_str data;
	struct gv_buf own;     /* behind data that was inflated; reuse it from call to call */
};
#define GV_OBJECT_INIT ((struct gv_object){ .own = { .max = (size_t)1 << 31 } })
void gv_object_free(struct gv_object *obj);

/*
 * data is borrowed: from obj->own or from a mapped pack (valid until gv_odb_close()).  On a
 * miss the list of packs is read anew once (another process may have added one).
 * GV_ENOTFOUND if nobody has it, GV_EINTEGRITY if it is broken, GV_EIO.
 * `want` 0 = any type, else GV_EINTEGRITY if it is another.
 */
int gv_odb_read(struct gv_odb *o, const struct gv_oid *oid, enum gv_otype want,
                struct gv_object *obj, struct gv_err *err);
/* The same for an object that another one names: if it is missing, the repository is damaged
 * (GV_EINTEGRITY). */
int gv_odb_need(struct gv_odb *o, const struct gv_oid *oid, enum gv_otype want,
                struct gv_object *obj, struct gv_err *err);

/*
 * gv_odb_need() for many objects that lie behind each other, mostly.  What is read so is good until the next reading of the
 * same walk.  A walk ends before its odb.
 */
struct gv_odb_walk;
int gv_odb_walk_new(struct gv_odb_walk **out, struct gv_odb *o, struct gv_err *err);
void gv_odb_walk_free(struct gv_odb_walk *w);
int gv_odb_walk_need(struct gv_odb_walk *w, const struct gv_oid *oid, enum gv_otype want,
                     struct gv_object *obj, struct gv_err *err);
/* `next` will be read soon, and then `later`; either may be NULL.  Hints: what the index has of them is brought nearer to
 * the processor. */
void gv_odb_walk_soon(struct gv_odb_walk *w, const struct gv_oid *next, const struct gv_oid *later);

/* From now on what is read must have the hash that it is asked for by, else GV_EINTEGRITY.  Objects that
 * were found right lately are not hashed again. */
int gv_odb_distrust(struct gv_odb *o, struct gv_err *err);

/* From lists read once (since gv_odb_refresh()), without looking for packs that appeared meanwhile:
 * quick enough to ask for every object of a batch.  false may be wrong by that, true is not. */
bool gv_odb_has(struct gv_odb *o, const struct gv_oid *oid);

/* Objects whose id begins with this hex prefix (4 to 40 digits): their ids, sorted, each once, up
 * to `max` of them in out; returns how many there are (0 also when `hex` is no such prefix). */
size_t gv_odb_prefix(struct gv_odb *o, struct gv_str hex, struct gv_oid *out, size_t max);

/* Forget what was listed: the next question looks at the disk anew.  What was read stays. */
void gv_odb_refresh(struct gv_odb *o);

/* Take a pack that was just written into the list (objects are visible at once). */
int gv_odb_add_pack(struct gv_odb *o, const char *pack_path, struct gv_err *err);

#endif
