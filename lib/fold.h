/* SPDX-License-Identifier: MIT */
/*
 * fold: a text as it is searched, with the way back.  Full-width ASCII becomes half-width, the many dots of foreign names
 * become "·", blanks go: those of a line break in a PDF, between the two characters of a short name (王　伟), before a colon.
 * Between two ASCII letters or digits one blank stays (" ", or "\n" of a line break): 12 000 is not 12000 and John Smith two words.
 */
#ifndef GAVEL_FOLD_H
#define GAVEL_FOLD_H

#include "err.h"
#include "buf.h"

struct gv_fold {
	struct gv_buf text;   /* folded */
	uint32_t *from, *to;  /* of every byte of it: the bytes of the character it comes from, in the original */
	size_t cap;
	size_t length;        /* of the original, in bytes */
};

enum { GV_FOLD_MAX = 16 << 20 };  /* bytes of a text */

/* GV_EDATA: the text is longer than GV_FOLD_MAX.  The memory is used again from text to text: begin with { 0 }. */
int gv_fold(struct gv_fold *f, struct gv_str text, struct gv_err *err);
void gv_fold_free(struct gv_fold *f);

/* Where folded[at] begins in the original, and where folded[end - 1] ends. */
static inline size_t gv_fold_from(const struct gv_fold *f, size_t at)
{
	return at < f->text.n ? f->from[at] : f->length;
}
static inline size_t gv_fold_to(const struct gv_fold *f, size_t end)
{
	return end > 0 ? f->to[end - 1] : 0;
}

/* What a single code point is folded to: itself, another one, or 0 where it goes. */
int32_t gv_fold_cp(int32_t cp);

#endif
