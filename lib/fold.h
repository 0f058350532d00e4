/* SPDX-License-Identifier: MIT */
/*
 * fold: a text as it is searched, with the way back.  Full-width ASCII becomes half-width, the many dots of foreign names
 * become "·", blanks go: those of a line break in a PDF, with the number of a page on a line of its own, between the two characters of a short name (王　伟), before a colon.
 * Between two ASCII letters or digits one blank stays (" ", or "\n" of a line break): 12 000 is not 12000 and John Smith two words.
 */
#ifndef GAVEL_FOLD_H
#define GAVEL_FOLD_H

#include "err.h"
#include "buf.h"

/* A character that changed, `width` bytes at folded[at], from original [from, to); behind it bytes are those of the original from `to` on. */
struct gv_fold_piece {
	uint32_t at, from, to, width;  /* width 0: none changed, but something before it was left out */
};

struct gv_fold {
	struct gv_buf text;   /* folded */
	struct gv_fold_piece *pieces;
	size_t n, cap;
	size_t length;        /* of the original, in bytes */
};

enum { GV_FOLD_MAX = 16 << 20 };  /* bytes of a text */

/* GV_EDATA: the text is longer than GV_FOLD_MAX.  The memory is used again from text to text: begin with { 0 }. */
int gv_fold(struct gv_fold *f, struct gv_str text, struct gv_err *err);
void gv_fold_free(struct gv_fold *f);

/* Where the character folded[at] begins in the original, and where the one that ends before folded[end] ends. */
size_t gv_fold_from(const struct gv_fold *f, size_t at);
size_t gv_fold_to(const struct gv_fold *f, size_t end);

/* The last folded place within [from, at] where a new line begins in the original, which is given again; SIZE_MAX: there is none. */
size_t gv_fold_line(const struct gv_fold *f, struct gv_str original, size_t from, size_t at);

/* What a single code point is folded to: itself, another one, or 0 where it goes. */
int32_t gv_fold_cp(int32_t cp);

#endif
