/* SPDX-License-Identifier: MIT */
/*
 * webtree: a folder of generated files, to be served as they lie: made once, and then only what changed is written again.
 * A list of what is ours (.gavel-site) lies in it.  Nothing that the list does not name is written over or taken away, no
 * symbolic link is followed, and readers see a file as it was or as it should be.
 */
#ifndef GAVEL_WEBTREE_H
#define GAVEL_WEBTREE_H

#include "buf.h"
#include "err.h"

#define GV_WEBTREE_LIST ".gavel-site"

struct gv_webtree;
struct gv_webtree_count { size_t written, unchanged, removed; };

/*
 * `dir` is made if it is not there.  `outside`: folders that it may not lie in, NULL at the end.  GV_EUSAGE if it does;
 * GV_ECONFLICT if it holds files and no list; GV_EBUSY while another process writes it; GV_EDATA if the list is none.
 */
int gv_webtree_open(struct gv_webtree **out, const char *dir, const char *const *outside, struct gv_err *err);
/* Path: parts of a-z A-Z 0-9 . _ -, none of which begins with a dot; none twice.  GV_ECONFLICT where something of others is. */
int gv_webtree_put(struct gv_webtree *t, const char *path, struct gv_str text, struct gv_err *err);
/* All is put: what was there and was not put again is taken away. */
int gv_webtree_finish(struct gv_webtree *t, struct gv_webtree_count *count, struct gv_err *err);
/* Without gv_webtree_finish(): what was written stays, and the list names it. */
void gv_webtree_free(struct gv_webtree *t);

#endif
