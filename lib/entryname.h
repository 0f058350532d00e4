/* SPDX-License-Identifier: MIT */
/*
 * entryname: names of files in archives that others made, before anything is done with them.  A
 * name that is taken is UTF-8 and NFC and means the same file below a folder on every system; one
 * that does not is refused, never repaired, but for two things that mean nothing: "./" in front,
 * and decomposed letters (as a Mac writes them).
 */
#ifndef GAVEL_ENTRYNAME_H
#define GAVEL_ENTRYNAME_H

#include "arena.h"
#include "err.h"

enum { GV_ENTRY_NAME_MAX = 2048, GV_ENTRY_PART_MAX = 255, GV_ENTRY_DEPTH_MAX = 64 };

/*
 * The name to use, in place of what `out` held: "./" and the last "/" taken away, composed.  "" for
 * the folder itself ("." or "./").  GV_EDATA says why it is refused: not UTF-8; control or
 * invisible characters; absolute; a drive letter; a backslash; an empty part; "." or "..", also in
 * full-width letters; ".git" in any case, or its short form; a blank or a dot at the end of a part,
 * or a blank in front; a name that Windows keeps for devices; over-long; too deep.
 */
int gv_entryname(struct gv_str raw, struct gv_buf *out, struct gv_err *err);
/* The same for a name without folders. */
int gv_entryname_single(struct gv_str raw, struct gv_buf *out, struct gv_err *err);

/* The names of one archive.  {0} is an empty set. */
struct gv_entrynames {
	struct gv_arena arena;
	struct gv_entryname_slot *slots;
	size_t nslots, used;
	struct gv_buf fold;
};

/*
 * GV_EDATA if a file system that knows no case, or no difference of composition, would take it for
 * one that was there before, or if one of the two is a file where the other needs a folder.  A
 * folder may come again.
 */
int gv_entrynames_add(struct gv_entrynames *set, struct gv_str name, bool is_folder, struct gv_err *err);
void gv_entrynames_free(struct gv_entrynames *set);

#endif
