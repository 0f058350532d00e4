/* SPDX-License-Identifier: MIT */
/*
 * story: records and their changes as lines for people who read history: one line a field, with the Chinese names of
 * states and events, and sums in yuan.  What the schema flags sensitive is masked (out.h).
 *
 * Any object will do: where it is no record of a known kind, nothing is named and nothing is masked.
 */
#ifndef GAVEL_STORY_H
#define GAVEL_STORY_H

#include "schema.h"

enum { GV_STORY_COLOUR = 1 << 0 };  /* as git colours a diff */

/*
 * Appended to `out`, a line each:
 *   id: case:（2022）沪0114民初1号       always the first
 *   claim_fen: 500000 (5,000.00 yuan)
 *   events: 2022-06-30 close (结案); by: 王法官 [eid]
 *   parties: 原告 张三; phone: 138****1234
 *   source.system: 旧系统                objects by their members
 *   state: closed (结案)
 *   hidden: 2 #3f2a                      how many values are masked or sealed, and a short sum over them
 * Items of arrays have a line each.  GV_EIO when memory is short, GV_EDATA if out->max is not enough.
 */
int gv_story_text(struct gv_buf *out, const struct gv_val *rec, struct gv_err *err);

/*
 * What differs between two versions (NULL: there is none), a line each, as gv_fields_diff() finds it:
 *     state: open → closed (结案)
 *   + closed_on: 2022-06-30
 *   - judge: 王法官
 *   + 2022-06-30 close (结案); by: 王法官
 *     events: 2022-06-30 close (结案): by: 王法官 → 李法官
 *     parties: 原告 张三: phone: 138****1234 → (another, hidden)
 * Two spaces, "+ " or "- " stand before each.  Nothing is appended where nothing differs.
 */
int gv_story_changes(struct gv_buf *out, const struct gv_val *before, const struct gv_val *after, unsigned flags,
                     struct gv_err *err);

/* One of these: field `path` of a record of kind `s` (may be NULL), one of the values may be NULL.  Errors of `out` are
 * the caller's to ask for (gv_buf_check). */
void gv_story_change(struct gv_buf *out, const struct gv_schema *s, struct gv_str path, const struct gv_val *before,
                     const struct gv_val *after, unsigned flags);

/* A value as it stands in such a line; `named` adds names of states and yuan in brackets. */
void gv_story_value(struct gv_buf *out, const struct gv_schema *s, struct gv_str path, const struct gv_val *v,
                    bool named);

#endif
