/* SPDX-License-Identifier: MIT */
/*
 * objw: writing git objects.  Small batches become loose objects, larger ones ONE undeltified
 * pack with stored (level 0) blocks: fastest to write, and read back without a copy
 * (measured: 0.63 s against 6.2 s `git fast-import` for 100k records).  Nothing is
 * visible to other processes before gv_objw_finish(), and everything is on disk when it returns.
 *
 * A batch of at most GV_OBJW_LOOSE objects and 1 MiB lives in memory and touches no folder until
 * it is finished; what is larger streams into objects/pack/tmp_gavel_XXXXXX at once, so that memory
 * stays at about 45 bytes an object.  The temporary file is held with flock(2): whoever finds one
 * that nobody holds may remove it (gv_objw_sweep).
 *
 * A batch may be published without the docket's lock, too: what is in the middle of it is held, and no
 * sweeper touches it.  Only the .keep file may then be taken away early.
 *
 * A pack that was published is kept from `git repack -ad` by a .keep file until gv_objw_forget() or
 * gv_objw_free(): before that, a ref should lead to it.  Loose objects need no such thing; only
 * `git prune --expire=now` takes those away, from git itself, too.
 */
#ifndef GAVEL_OBJW_H
#define GAVEL_OBJW_H

#include "odb.h"

#define GV_OBJW_LOOSE 100

struct gv_objw;

int gv_objw_new(struct gv_objw **out, const char *objects_dir, struct gv_err *err);
/* What is added from here to the next finish becomes a pack, however little it is. */
int gv_objw_as_pack(struct gv_objw *w, struct gv_err *err);
/* Add; same bytes twice are stored once within the batch.  Objects already in `known` (may be NULL)
 * are skipped. */
int gv_objw_add(struct gv_objw *w, enum gv_otype type, struct gv_str data, struct gv_odb *known,
                struct gv_oid *out, struct gv_err *err);
/* The same for one whose id is known already: `oid` must be right. */
int gv_objw_add_as(struct gv_objw *w, enum gv_otype type, struct gv_str data,
                   const struct gv_oid *oid, struct gv_err *err);
/* Read back something of this batch (before finish). GV_ENOTFOUND if it is not in it. */
int gv_objw_read(struct gv_objw *w, const struct gv_oid *oid, struct gv_object *obj,
                 struct gv_err *err);
size_t gv_objw_count(const struct gv_objw *w);
/*
 * Sync and publish: .pack first, .idx last, folder synced; or loose files.  May be called more than
 * once: each call publishes what was added since. `pack_path` (may be NULL) gets the pack's path or
 * stays empty. After a failure nothing of the batch can be reached, no temporary file is left, and
 * the only thing to do with `w` is to free it.
 */
int gv_objw_finish(struct gv_objw *w, struct gv_buf *pack_path, struct gv_err *err);
/* Drop what was added since the last finish, and the .keep files of the packs made until then. */
void gv_objw_forget(struct gv_objw *w);
/* Unpublished temporary files are removed. */
void gv_objw_free(struct gv_objw *w);

/* Remove what dead writers of ours left: temporary packs that nobody holds, .keep files, and, with `loose`,
 * temporary loose objects.  Only under the docket's lock, under which batches are published.  Never
 * git's own files.  Quiet: the next sweep will see what this one could not remove. */
void gv_objw_sweep(const char *objects_dir, bool loose);

#endif
