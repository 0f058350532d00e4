/* SPDX-License-Identifier: MIT */
/* shape_mark: where the quotes of a line are; for shape.c. */
#ifndef GAVEL_SHAPE_MARK_H
#define GAVEL_SHAPE_MARK_H

#include "buf.h"

/*
 * `quotes` has room for one a byte of a line, GV_MARK_LINE at most, and GV_MARK_WORD more, which may be written to.  The
 * line at p is looked at word by word: there are n bytes, of which the last may be left out.
 * Returns the length of the line; 0: it is empty, too long, does not end in n bytes, or has an escape or a control character.
 */
enum { GV_MARK_WORD = 64, GV_MARK_LINE = 1 << 15 };
typedef size_t gv_mark_fn(const char *p, size_t n, uint16_t *quotes, size_t *count);

gv_mark_fn gv_mark_plain;  /* the slow twin */
/* The fastest that this processor has. */
gv_mark_fn *gv_mark_best(void);

#endif
