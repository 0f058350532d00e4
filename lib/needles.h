/* SPDX-License-Identifier: MIT */
/*
 * needles: many short strings looked for in one pass over a text, where looking for one after the other would read it as often.
 * A needle does not overlap itself; two may overlap each other.
 */
#ifndef GAVEL_NEEDLES_H
#define GAVEL_NEEDLES_H

#include "buf.h"
#include "err.h"

enum { GV_NEEDLE_HEADS = 4096 };

struct gv_needle {
	size_t at;             /* its bytes, in `bytes` */
	uint32_t n;
	bool loose;            /* letters in both cases, over blanks, "-" and ends of lines */
	uint32_t next;         /* with the same head, + 1; 0: none */
	size_t free_from;      /* behind where it stood last */
};
struct gv_needle_hit { uint32_t needle, from, to; };

/* Begin with { 0 }; the memory is used again from text to text. */
struct gv_needles {
	struct gv_needle *list;
	size_t n, cap;
	struct gv_buf bytes;
	uint32_t head[GV_NEEDLE_HEADS];  /* by first character: the first with it, + 1 */
	struct gv_needle_hit *hits;      /* by needle, then by place */
	size_t nhits, hits_cap;
};

void gv_needles_clear(struct gv_needles *s);
void gv_needles_free(struct gv_needles *s);

/* They are numbered from 0 in the order they are added.  `text` is copied, and is not empty. */
int gv_needles_add(struct gv_needles *s, struct gv_str text, bool loose, struct gv_err *err);

/* Fills `hits`.  `text` is valid UTF-8. */
int gv_needles_find(struct gv_needles *s, struct gv_str text, struct gv_err *err);

#endif
