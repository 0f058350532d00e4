/* SPDX-License-Identifier: MIT */
#include "buf.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "err.h"
#include "i18n.h"

int gv_str_cmp(struct gv_str a, struct gv_str b)
{
	size_t n = a.n < b.n ? a.n : b.n;
	int d = n ? memcmp(a.p, b.p, n) : 0;

	if (d)
		return d;
	return a.n < b.n ? -1 : a.n > b.n;
}

bool gv_str_starts(struct gv_str s, struct gv_str prefix)
{
	return s.n >= prefix.n && (prefix.n == 0 || memcmp(s.p, prefix.p, prefix.n) == 0);
}

bool gv_str_ends(struct gv_str s, struct gv_str suffix)
{
	return s.n >= suffix.n && (suffix.n == 0 || memcmp(s.p + s.n - suffix.n, suffix.p, suffix.n) == 0);
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

struct gv_str gv_str_trim(struct gv_str s)
{
	while (s.n && is_blank(s.p[0])) {
		s.p++;
		s.n--;
	}
	while (s.n && is_blank(s.p[s.n - 1]))
		s.n--;
	return s;
}

bool gv_str_int(struct gv_str s, int64_t *out)
{
	size_t i = 0;
	bool negative = s.n && s.p[0] == '-';
	int64_t v = 0;

	if (negative)
		i = 1;
	if (i == s.n)
		return false;
	for (; i < s.n; i++) {
		int digit = s.p[i] - '0';

		if (digit < 0 || digit > 9 || v < (INT64_MIN + digit) / 10)
			return false;
		v = v * 10 - digit; /* downwards: INT64_MIN has no positive twin */
	}
	if (!negative && v == INT64_MIN)
		return false;
	*out = negative ? v : -v;
	return true;
}

void gv_buf_init(struct gv_buf *b, size_t max)
{
	*b = GV_BUF_INIT(max);
}

void gv_buf_free(struct gv_buf *b)
{
	if (!b)
		return;
	free(b->p);
	*b = GV_BUF_INIT(b->max);
}

void gv_buf_reset(struct gv_buf *b)
{
	b->n = 0;
	b->failed = b->nomem = false;
	if (b->p)
		b->p[0] = '\0';
}

static bool out_of_memory(struct gv_buf *b)
{
	b->failed = b->nomem = true;
	return false;
}

bool gv_buf_reserve(struct gv_buf *b, size_t extra)
{
	size_t want, cap;
	char *p;

	if (b->failed)
		return false;
	if (extra > b->max || b->n > b->max - extra) {
		b->failed = true;
		return false;
	}
	if (b->n + extra < b->cap)
		return true;
	/* No object is larger than PTRDIFF_MAX: below that the sums cannot overflow. */
	if (b->n + extra > PTRDIFF_MAX / 2)
		return out_of_memory(b);
	want = b->n + extra + 1;
	cap = b->cap ? b->cap : 64;
	while (cap < want)
		cap += cap / 2 + 64;
	if (cap - 1 > b->max)
		cap = b->max + 1;
	p = realloc(b->p, cap);
	if (!p)
		return out_of_memory(b);
	b->p = p;
	b->p[b->n] = '\0';
	b->cap = cap;
	return true;
}

void gv_buf_add(struct gv_buf *b, const void *p, size_t n)
{
	if (n == 0 || !gv_buf_reserve(b, n))
		return;
	memcpy(b->p + b->n, p, n);
	b->n += n;
	b->p[b->n] = '\0';
}

void gv_buf_adds(struct gv_buf *b, const char *s)
{
	gv_buf_add(b, s, strlen(s));
}

void gv_buf_addstr(struct gv_buf *b, struct gv_str s)
{
	gv_buf_add(b, s.p, s.n);
}

void gv_buf_addc(struct gv_buf *b, char c)
{
	gv_buf_add(b, &c, 1);
}

void gv_buf_addv(struct gv_buf *b, const char *fmt, va_list ap)
{
	va_list again;
	int n;

	va_copy(again, ap);
	n = vsnprintf(NULL, 0, fmt, ap);
	if (n < 0)
		b->failed = true;  /* longer than INT_MAX */
	else if (gv_buf_reserve(b, (size_t)n)) {
		vsnprintf(b->p + b->n, (size_t)n + 1, fmt, again);
		b->n += (size_t)n;
	}
	va_end(again);
}

void gv_buf_addf(struct gv_buf *b, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	gv_buf_addv(b, fmt, ap);
	va_end(ap);
}

void gv_buf_addint(struct gv_buf *b, int64_t v)
{
	char digits[24];
	size_t i = sizeof digits;
	uint64_t u = v < 0 ? 0 - (uint64_t)v : (uint64_t)v;

	do {
		digits[--i] = (char)('0' + u % 10);
		u /= 10;
	} while (u);
	if (v < 0)
		digits[--i] = '-';
	gv_buf_add(b, digits + i, sizeof digits - i);
}

int gv_buf_check(const struct gv_buf *b, struct gv_err *err)
{
	if (!b->failed)
		return 0;
	if (b->nomem)
		return gv_fail_nomem(err);
	return gv_fail(err, GV_EDATA, _("longer than %zu bytes"), b->max);
}

/* The descriptor may be non-blocking: somebody at the other end of a shared
 * terminal or pipe set it so.  Is it worth another try? */
static bool try_again(int fd, short events)
{
	struct pollfd p = { .fd = fd, .events = events };

	if (errno == EINTR)
		return true;
	if (errno != EAGAIN && errno != EWOULDBLOCK)
		return false;
	return poll(&p, 1, -1) >= 0 || errno == EINTR;
}

/* A regular file says how much is to come: one allocation, one read. */
static void expect_file(struct gv_buf *b, int fd)
{
	struct stat st;
	size_t room = b->max - b->n;

	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_size > 0 && (uintmax_t)st.st_size < room)
		gv_buf_reserve(b, (size_t)st.st_size + 1);
}

int gv_buf_read_fd(struct gv_buf *b, int fd, const char *name, struct gv_err *err)
{
	expect_file(b, fd);
	for (;;) {
		size_t room;
		ssize_t got;

		if (b->n == b->max) { /* full: only the end of input is welcome now */
			char one;

			got = read(fd, &one, 1);
			if (got > 0) {
				int rc = gv_fail(err, GV_EDATA, _("longer than %zu bytes"), b->max);

				gv_err_thing(err, name, strlen(name));
				return rc;
			}
		} else {
			if (b->cap <= b->n + 1)
				gv_buf_reserve(b, b->max - b->n < 4096 ? b->max - b->n : 4096);
			if (b->failed)
				return gv_buf_check(b, err);
			room = b->cap - 1 - b->n;
			got = read(fd, b->p + b->n, room);
		}
		if (got < 0 && try_again(fd, POLLIN))
			continue;
		if (got < 0)
			return gv_fail_sys(err, name, _("cannot read"));
		if (got == 0)
			return 0;
		b->n += (size_t)got;
		b->p[b->n] = '\0';
	}
}

int gv_buf_read_file(struct gv_buf *b, const char *path, struct gv_err *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	int rc;

	if (fd < 0)
		return gv_fail_sys(err, path, _("cannot open"));
	rc = gv_buf_read_fd(b, fd, path, err);
	close(fd);
	return rc;
}

int gv_write_all(int fd, const void *p, size_t n, const char *name, struct gv_err *err)
{
	const char *at = p;

	while (n) {
		ssize_t put = write(fd, at, n);

		if (put < 0 && try_again(fd, POLLOUT))
			continue;
		if (put == 0)
			errno = ENOSPC;
		if (put <= 0)
			return gv_fail_sys(err, name, _("cannot write"));
		at += put;
		n -= (size_t)put;
	}
	return 0;
}
