/* SPDX-License-Identifier: MIT */
/*
 * conflict: what the join of two lines of history could not join of one file, as data: conflicts/KIND/KEY.json for a record,
 * conflicts/file/SHA256.json (of the path) for any other file.  gavel-docket(5) has the members: path, fields, base, ours,
 * theirs, ours_by, theirs_by, others, since.  A field is named as gv_merge() names it; "" is the whole.
 */
#ifndef GAVEL_CONFLICT_H
#define GAVEL_CONFLICT_H

#include "merge.h"
#include "rec.h"

#define GV_CONFLICT_FOLDER "conflicts/"

/* Where the conflict about a record lies; a key that can be no file name goes by its SHA-256. */
void gv_conflict_path(struct gv_buf *out, const struct gv_schema *kind, struct gv_str key);
void gv_conflict_path_of_file(struct gv_buf *out, struct gv_str path);

/* Who made one side of it what it is; all {0} where that is not known. */
struct gv_conflict_by { struct gv_str author, commit, time; };

/* d->root becomes a conflict about `path` without fields yet.  Texts are copied. */
int gv_conflict_new(struct gv_doc *d, struct gv_str path, struct gv_str since, struct gv_err *err);
/* A field more.  If the conflict has the field already, the values it had become others: nothing is lost. */
int gv_conflict_add(struct gv_doc *d, const struct gv_conflict *c, const struct gv_conflict_by *ours,
                    const struct gv_conflict_by *theirs, struct gv_err *err);
/* Every field of `newer` into d->root, as if added one by one. */
int gv_conflict_add_all(struct gv_doc *d, const struct gv_val *newer, struct gv_err *err);

/*
 * Two versions of one conflict file, made apart (NULL: there was, or is, none): a field that one side resolved is gone,
 * unless the other side changed it.  d->root; null if no field is left.
 */
int gv_conflict_join(struct gv_doc *d, const struct gv_val *base, const struct gv_val *ours, const struct gv_val *theirs,
                     struct gv_err *err);

/* ---- looking, resolving ---- */

/* Is it what such a file must be, its members about its own fields only?  GV_EDATA.  All below is for what is. */
int gv_conflict_check(const struct gv_val *k, struct gv_err *err);
size_t gv_conflict_count(const struct gv_val *k);                /* fields */
struct gv_str gv_conflict_field(const struct gv_val *k, size_t i);  /* in byte order */
bool gv_conflict_has(const struct gv_val *k, struct gv_str field);
/* side: "base", "ours" or "theirs"; NULL where the field is absent there. */
const struct gv_val *gv_conflict_value(const struct gv_val *k, const char *side, struct gv_str field);
struct gv_conflict_by gv_conflict_who(const struct gv_val *k, const char *side, struct gv_str field);
/* The values of earlier joins: an array of {author, commit, time, value}, or NULL. */
const struct gv_val *gv_conflict_others(const struct gv_val *k, struct gv_str field);
/* Does it keep this event, in one of its values?  Then a join has not lost it. */
bool gv_conflict_holds_event(const struct gv_val *k, const struct gv_val *event);
/* It is resolved: out of every member. */
int gv_conflict_drop(struct gv_doc *d, struct gv_val *k, struct gv_str field, struct gv_err *err);

#endif
