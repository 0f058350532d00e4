/* SPDX-License-Identifier: MIT */
/*
 * buf: byte strings.  A gv_str is a borrowed slice, a gv_buf an owned growing
 * buffer that carries its maximum from birth and fails once: after the first
 * failed growth every further call is a no-op, so code appends freely and asks
 * gv_buf_check() once at the end.
 */
#ifndef GAVEL_BUF_H
#define GAVEL_BUF_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct gv_err;

struct gv_str {
	const char *p;  /* not NUL-terminated unless the owner says so */
	size_t n;
};

#define GV_STR(lit) ((struct gv_str){ (lit), sizeof(lit) - 1 })

static inline struct gv_str gv_str_of(const char *s)
{
	return (struct gv_str){ s, s ? strlen(s) : 0 };
}

static inline bool gv_str_eq(struct gv_str a, struct gv_str b)
{
	return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

static inline bool gv_str_is(struct gv_str a, const char *lit)
{
	return gv_str_eq(a, gv_str_of(lit));
}

/* Byte order, which is code point order for UTF-8. */
int gv_str_cmp(struct gv_str a, struct gv_str b);
bool gv_str_starts(struct gv_str s, struct gv_str prefix);
bool gv_str_ends(struct gv_str s, struct gv_str suffix);
struct gv_str gv_str_trim(struct gv_str s);  /* ASCII white space */
/* Where `what`, which is not empty, first stands in s; NULL if it does not.  As memmem(3), whose tables
 * cost more than to look through a record. */
const char *gv_str_find(struct gv_str s, struct gv_str what);

/* Decimal integer, the whole slice, optional leading '-'; false on anything
 * else and on overflow. */
bool gv_str_int(struct gv_str s, int64_t *out);

struct gv_buf {
	char *p;      /* NUL-terminated whenever p is not NULL */
	size_t n;     /* bytes in use, without the NUL */
	size_t cap;
	size_t max;   /* n never exceeds this */
	bool failed;  /* out of memory, or over max */
	bool nomem;   /* which of the two */
};

#define GV_BUF_INIT(maximum) ((struct gv_buf){ .max = (maximum) })
#define GV_MIB ((size_t)1 << 20)

void gv_buf_init(struct gv_buf *b, size_t max);
void gv_buf_free(struct gv_buf *b);
void gv_buf_reset(struct gv_buf *b);           /* empty it, keep the memory */
bool gv_buf_reserve(struct gv_buf *b, size_t extra); /* false once failed */
void gv_buf_add(struct gv_buf *b, const void *p, size_t n);
void gv_buf_adds(struct gv_buf *b, const char *s);
void gv_buf_addstr(struct gv_buf *b, struct gv_str s);
void gv_buf_addc(struct gv_buf *b, char c);
void gv_buf_addf(struct gv_buf *b, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
void gv_buf_addv(struct gv_buf *b, const char *fmt, va_list ap)
	__attribute__((format(printf, 2, 0)));
void gv_buf_addint(struct gv_buf *b, int64_t v);

/* 0, or GV_EIO "out of memory" / GV_EDATA "longer than N bytes". */
int gv_buf_check(const struct gv_buf *b, struct gv_err *err);

static inline struct gv_str gv_buf_str(const struct gv_buf *b)
{
	return (struct gv_str){ b->p ? b->p : "", b->n };
}

/* Read a whole file (or the rest of a descriptor) up to b->max. */
int gv_buf_read_file(struct gv_buf *b, const char *path, struct gv_err *err);
int gv_buf_read_fd(struct gv_buf *b, int fd, const char *name, struct gv_err *err);

/* Write all, retrying on EINTR and short writes.  GV_EIO, errno kept. */
int gv_write_all(int fd, const void *p, size_t n, const char *name, struct gv_err *err);

#endif
