/* SPDX-License-Identifier: MIT */
/* in_range: a file in ranges, which threads fetch side by side: nobody waits while another one reads. */
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "i18n.h"
#include "in_impl.h"

/* Fetched behind a range at once: the line that begins in it and ends behind it seldom needs more. */
enum { TAIL = 4096 };

/* As many bytes as the file has there, up to n. */
static int read_at(const struct gv_in *in, uint64_t from, char *to, size_t n, size_t *got, struct gv_err *err)
{
	*got = 0;
	while (*got < n) {
		ssize_t k = pread(in->fd, to + *got, n - *got, (off_t)(from + *got));

		if (k < 0 && errno == EINTR)
			continue;
		if (k < 0)
			return gv_fail_sys(err, in->name, _("cannot read"));
		if (!k)
			break;
		*got += (size_t)k;
	}
	return 0;
}

int gv_in_ranges(bool *yes, struct gv_in *in, struct gv_err *err)
{
	int rc = gv_in_begin(in, err);
	struct stat st;
	off_t at;

	*yes = false;
	if (rc || in->broken || !in->regular || in->encoding || in->format != GV_IN_NDJSON)
		return rc;
	at = lseek(in->fd, 0, SEEK_CUR);
	if (at < 0 || fstat(in->fd, &st))
		return 0;
	in->ranges_at = (uint64_t)at - (in->end - in->at);
	in->ranges_end = (uint64_t)st.st_size;
	if (in->ranges_end <= in->ranges_at + GV_IN_BLOCK)
		return 0;
	if (!gv_in_pool_make(in))
		return gv_fail_nomem(err);
	gv_in_ask_fast(in);
	*yes = true;
	return 0;
}

/*
 * The lines that begin in from..next-1.  Whether one begins at `from` is seen from the byte before it; the last one goes
 * on to its end, or until it is certainly too long: its reader will see that.
 */
static int fetch(struct gv_in *b, const struct gv_in *in, uint64_t from, uint64_t next, struct gv_err *err)
{
	size_t before = from > in->ranges_at, last = (size_t)(next - from) + before - 1, got, want = last + 1 + TAIL, searched = last;
	const char *newline;
	int rc = read_at(in, from - before, b->buf, want, &got, err);

	if (rc || !got)
		return rc;
	if (got <= last) /* the file has become shorter meanwhile */
		last = searched = got - 1;
	newline = before ? memchr(b->buf, '\n', last) : NULL;
	b->at = newline ? (size_t)(newline - b->buf) + 1 : 0;
	b->end = b->at;
	if (before && !newline)
		return 0;
	while (!(newline = memchr(b->buf + searched, '\n', got - searched)) && got == want && got < last + GV_IN_UNIT_MAX + 2) {
		char *more = realloc(b->buf, want * 2);
		size_t n = 0;

		if (!more)
			return gv_fail_nomem(err);
		b->buf = more;
		b->cap = want * 2;
		rc = read_at(in, from - before + got, b->buf + got, want, &n, err);
		if (rc)
			return rc;
		searched = got;
		got += n;
		want *= 2;
	}
	b->end = newline ? (size_t)(newline - b->buf) + 1 : got;
	b->goes_on = !newline;
	return 0;
}

int gv_in_range(struct gv_in **block, const struct gv_in *in, uint64_t i, struct gv_err *err)
{
	uint64_t from = in->ranges_at + i * GV_IN_BLOCK, next = from + GV_IN_BLOCK;
	struct gv_in *b;
	int rc;

	*block = NULL;
	if (from >= in->ranges_end)
		return 0;
	b = gv_in_new_block(in);
	if (!b)
		return gv_fail_nomem(err);
	if (i) {
		b->line = 1;
		b->column = 0;
	}
	b->buf = gv_in_pool_buffer(b->pool, GV_IN_CAPACITY);
	b->cap = b->buf ? GV_IN_CAPACITY : 0;
	rc = b->buf ? fetch(b, in, from, next < in->ranges_end ? next : in->ranges_end, err) : gv_fail_nomem(err);
	if (rc) {
		gv_in_close(b);
		return rc;
	}
	b->bytes = b->end - b->at;
	*block = b;
	return 0;
}

uint64_t gv_in_lines(const struct gv_in *block)
{
	return block->line - 1 + block->goes_on;
}

/* Where the last line of the ranges ends. */
static int find_end(const struct gv_in *in, uint64_t *end, struct gv_err *err)
{
	uint64_t at = in->ranges_end - 1;
	char some[4096];
	size_t got;

	for (;;) {
		int rc = read_at(in, at, some, sizeof some, &got, err);
		const char *newline = rc ? NULL : memchr(some, '\n', got);

		at += newline ? (size_t)(newline - some) + 1 : got;
		*end = at;
		if (rc || newline || !got)
			return rc;
	}
}

int gv_in_ranges_done(struct gv_in *in, uint64_t lines, struct gv_err *err)
{
	uint64_t end;
	int rc = find_end(in, &end, err);

	if (!rc && lseek(in->fd, (off_t)end, SEEK_SET) < 0)
		rc = gv_fail_sys(err, in->name, _("cannot read"));
	in->at = in->end = 0;
	in->eof = false;
	in->line = (size_t)lines + 1;
	in->column = 0;
	return rc;
}
