/* SPDX-License-Identifier: MIT */
/* in_block: whole lines of NDJSON cut off a stream, for other threads to read. */
#include <stdatomic.h>
#include <stdlib.h>

#include "in_impl.h"

/* As much is cut off at once: one read of a file, small enough for a processor's cache, large enough
 * that handing it to another thread costs nothing beside parsing it.  More is not faster. */
#define CUT GV_IN_BLOCK
/* So much is rather copied than handed over in a buffer that is mostly empty. */
#define COPIED (GV_IN_BLOCK / 8)

/* ---- buffers ---- */

enum { IDLE_MAX = 8 };

/* Buffers that were read, for the stream to fill again: fresh memory is cleared by the system page
 * by page, which takes longer than parsing it.  Blocks are closed in any thread, before or after
 * their stream: the last one frees the pool. */
struct gv_in_pool {
	atomic_size_t users;
	_Atomic(char *) idle[IDLE_MAX];
};

bool gv_in_pool_make(struct gv_in *in)
{
	if (!in->pool && (in->pool = calloc(1, sizeof *in->pool)))
		in->pool->users = 1;
	return in->pool;
}

void gv_in_pool_leave(struct gv_in *in)
{
	struct gv_in_pool *pool = in->pool;

	for (int i = 0; pool && in->buf && in->cap == GV_IN_CAPACITY && i < IDLE_MAX; i++) {
		char *none = NULL;

		if (atomic_compare_exchange_strong(&pool->idle[i], &none, in->buf))
			in->buf = NULL;
	}
	in->pool = NULL;
	if (!pool || atomic_fetch_sub(&pool->users, 1) > 1)
		return;
	for (int i = 0; i < IDLE_MAX; i++)
		free(pool->idle[i]);
	free(pool);
}

char *gv_in_pool_buffer(struct gv_in_pool *pool, size_t cap)
{
	char *p = NULL;

	for (int i = 0; !p && cap == GV_IN_CAPACITY && i < IDLE_MAX; i++)
		p = atomic_exchange(&pool->idle[i], NULL);
	return p ? p : malloc(cap);
}

/* ---- cutting ---- */

/*
 * *n bytes of whole lines in the buffer, 0 at the end of input.  Where it would have to wait for
 * more, it is content with what it has.  A line that is too long to keep is cut off where that is
 * certain; its reader will see that it is too long.
 */
static int gather(struct gv_in *in, size_t *n, struct gv_err *err)
{
	size_t seen = 0;

	*n = 0;
	for (;;) {
		const char *p = in->buf + in->at, *last;
		size_t left = in->end - in->at;
		int rc;

		last = left > seen ? memrchr(p + seen, '\n', left - seen) : NULL;
		if (last)
			*n = (size_t)(last - p) + 1;
		seen = left;
		if (in->eof || (!*n && left > GV_IN_UNIT_MAX + 2))
			*n = left;
		if (in->eof || (*n && (left >= CUT || !gv_in_ready(in))))
			return 0;
		/* Lines before the trouble are given out first; it will be met again. */
		rc = gv_in_fill(in, *n ? NULL : err);
		if (rc)
			return *n ? 0 : rc;
	}
}

struct gv_in *gv_in_new_block(const struct gv_in *in)
{
	struct gv_in *b = calloc(1, sizeof *b);

	if (!b)
		return NULL;
	b->fd = -1;
	b->decoder = (iconv_t)-1;
	b->started = b->fast_asked = b->eof = true;
	b->format = GV_IN_NDJSON;
	b->only = in->only;
	b->line = in->line;
	b->column = in->column;
	b->name = strdup(in->name);
	b->encoding = in->encoding ? strdup(in->encoding) : NULL;
	atomic_fetch_add(&in->pool->users, 1);
	b->pool = in->pool;
	if (!b->name || (in->encoding && !b->encoding)) {
		gv_in_close(b);
		return NULL;
	}
	return b;
}

/* The next n bytes become a block: it gets the buffer, the stream a new one with the rest. */
static int cut(struct gv_in **block, struct gv_in *in, size_t n, struct gv_err *err)
{
	size_t at = in->at, rest = in->end - at - n;
	size_t cap = n < COPIED ? n : rest <= GV_IN_BLOCK ? GV_IN_CAPACITY : GV_IN_CAPACITY + rest;
	struct gv_in *b = gv_in_pool_make(in) ? gv_in_new_block(in) : NULL;
	char *fresh = b ? gv_in_pool_buffer(b->pool, cap) : NULL;

	if (!fresh) {
		gv_in_close(b);
		return gv_fail_nomem(err);
	}
	gv_in_advance(in, n);
	if (n < COPIED) {
		memcpy(fresh, in->buf + at, n);
		b->buf = fresh;
		b->cap = b->end = n;
	} else {
		memcpy(fresh, in->buf + in->at, rest);
		b->buf = in->buf;
		b->cap = in->cap;
		b->at = at;
		b->end = at + n;
		in->buf = fresh;
		in->cap = cap;
		in->at = 0;
		in->end = rest;
	}
	b->bytes = n;
	*block = b;
	return 0;
}

/* Of a line that is too long only the beginning went into the block. */
static int skip_line(struct gv_in *in, struct gv_err *err)
{
	while (in->column) {
		const char *p = in->buf + in->at, *end;
		size_t left = in->end - in->at;
		int rc;

		end = left ? memchr(p, '\n', left) : NULL;
		gv_in_advance(in, end ? (size_t)(end - p) + 1 : left);
		if (end || in->eof)
			break;
		rc = gv_in_fill(in, err);
		if (rc)
			return rc;
	}
	return 0;
}

int gv_in_block(struct gv_in **block, struct gv_in *in, struct gv_err *err)
{
	size_t n;
	int rc;

	*block = NULL;
	if (in->broken)
		return 0;
	rc = gv_in_begin(in, err);
	if (rc || (in->format != GV_IN_NDJSON && in->format != GV_IN_LINES))
		return rc;
	rc = gather(in, &n, err);
	if (rc || !n)
		return rc;
	gv_in_ask_fast(in);
	rc = cut(block, in, n, err);
	if (!rc)
		rc = skip_line(in, err);
	if (rc) {
		gv_in_close(*block);
		*block = NULL;
	}
	return rc;
}
