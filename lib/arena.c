/* SPDX-License-Identifier: MIT */
#include "arena.h"

#include <stdalign.h>
#include <stdio.h>
#include <stdlib.h>

enum { FIRST_BLOCK = 4096, BLOCK_MAX = 1 << 20 };

struct gv_arena_block {
	struct gv_arena_block *older;
	size_t size;
	alignas(max_align_t) char data[];
};

static size_t room(const struct gv_arena *a)
{
	return a->head ? (size_t)(a->end - a->next) : 0;
}

static bool grow(struct gv_arena *a, size_t n)
{
	size_t size = a->head ? a->head->size * 2 : FIRST_BLOCK;
	struct gv_arena_block *b;

	if (size > BLOCK_MAX)
		size = BLOCK_MAX;
	if (size < n)
		size = n;
	if (size > PTRDIFF_MAX / 2) /* no such object */
		return false;
	b = malloc(sizeof *b + size);
	if (!b)
		return false;
	b->older = a->head;
	b->size = size;
	a->head = b;
	a->next = b->data;
	a->end = b->data + size;
	return true;
}

char *gv_arena_bytes(struct gv_arena *a, size_t n)
{
	char *p;

	if (n == 0) /* NULL means no memory: nothing is something */
		n = 1;
	if (room(a) < n && !grow(a, n))
		return NULL;
	p = a->next;
	a->next += n;
	a->total += n;
	return p;
}

void *gv_arena_alloc(struct gv_arena *a, size_t n)
{
	size_t align = alignof(max_align_t);
	size_t pad = (align - (uintptr_t)a->next % align) % align;
	char *p;

	/* A fresh block is aligned already; asking for the padding then wastes a few bytes at most. */
	if (n > SIZE_MAX - align)
		return NULL;
	if (room(a) < n + pad) {
		if (!grow(a, n))
			return NULL;
		pad = 0;
	}
	p = gv_arena_bytes(a, n + pad);
	return p ? p + pad : NULL;
}

struct gv_str gv_arena_copy(struct gv_arena *a, struct gv_str s)
{
	char *p = s.n < SIZE_MAX ? gv_arena_bytes(a, s.n + 1) : NULL;

	if (!p)
		return (struct gv_str){ 0 };
	if (s.n)
		memcpy(p, s.p, s.n);
	p[s.n] = '\0';
	return (struct gv_str){ p, s.n };
}

char *gv_arena_printf(struct gv_arena *a, const char *fmt, ...)
{
	va_list ap, again;
	char *p = NULL;
	int n;

	va_start(ap, fmt);
	va_copy(again, ap);
	n = vsnprintf(NULL, 0, fmt, ap);
	if (n >= 0)
		p = gv_arena_bytes(a, (size_t)n + 1);
	if (p)
		vsnprintf(p, (size_t)n + 1, fmt, again);
	va_end(again);
	va_end(ap);
	return p;
}

void gv_arena_reset(struct gv_arena *a)
{
	struct gv_arena_block *b = a->head;

	/* Keep one block, the newest: it is the largest so far. */
	if (b) {
		struct gv_arena_block *old = b->older;

		while (old) {
			struct gv_arena_block *older = old->older;

			free(old);
			old = older;
		}
		b->older = NULL;
		a->next = b->data;
		a->end = b->data + b->size;
	}
	a->total = 0;
}

void gv_arena_free(struct gv_arena *a)
{
	struct gv_arena_block *b = a->head;

	while (b) {
		struct gv_arena_block *older = b->older;

		free(b);
		b = older;
	}
	*a = GV_ARENA_INIT;
}
