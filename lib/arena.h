/* SPDX-License-Identifier: MIT */
/*
 * arena: memory that is freed all at once.  A document, a plan or a parsed
 * query lives in one.  Reset keeps the first block, so that a loop over
 * records allocates nothing after the first few.
 */
#ifndef GAVEL_ARENA_H
#define GAVEL_ARENA_H

#include "buf.h"

struct gv_arena_block;

struct gv_arena {
	struct gv_arena_block *head;
	char *next, *end;
	size_t total;  /* bytes handed out since the last reset */
};

#define GV_ARENA_INIT ((struct gv_arena){ 0 })

/* NULL when memory is short.  Aligned for any object; not cleared. */
void *gv_arena_alloc(struct gv_arena *a, size_t n);
/* Same, but unaligned: for bytes. */
char *gv_arena_bytes(struct gv_arena *a, size_t n);
/* Copy with a NUL behind it (not counted). p is NULL when memory is short. */
struct gv_str gv_arena_copy(struct gv_arena *a, struct gv_str s);
char *gv_arena_printf(struct gv_arena *a, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
void gv_arena_reset(struct gv_arena *a);
void gv_arena_free(struct gv_arena *a);

#endif
