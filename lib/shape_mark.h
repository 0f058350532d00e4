/* SPDX-License-Identifier: MIT */
/* shape_mark: where the quotes of a line are, and whether it is UTF-8; for shape.c. */
#ifndef GAVEL_SHAPE_MARK_H
#define GAVEL_SHAPE_MARK_H

#include "buf.h"

enum { GV_MARK_WORD = 64, GV_MARK_LINE = 1 << 15 };

struct gv_marks {
	size_t count;
	bool doubtful;            /* it may be no UTF-8; there are few good characters that are doubted */
	uint16_t quotes[GV_MARK_LINE + GV_MARK_WORD];  /* so many; behind them anything may be written */
};

/*
 * The line at p is looked at word by word: there are n bytes, of which the last may be left out.
 * Returns the length of the line; 0: it is empty, too long, does not end in n bytes, or has an escape or a control character.
 */
typedef size_t gv_mark_fn(const char *p, size_t n, struct gv_marks *m);

gv_mark_fn gv_mark_plain;  /* the slow twin */
/* The fastest that this processor has. */
gv_mark_fn *gv_mark_best(void);

#endif
