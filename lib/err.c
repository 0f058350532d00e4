/* SPDX-License-Identifier: MIT */
#include "err.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "buf.h"
#include "i18n.h"
#include "utf8.h"

/* A cut text must not end inside a character. */
static void trim_broken_tail(char *s)
{
	struct gv_str all = gv_str_of(s);
	size_t tail = all.n < 3 ? all.n : 3;

	for (size_t back = 1; back <= tail; back++) {
		unsigned char c = (unsigned char)s[all.n - back];

		if (c < 0x80)
			return;
		if (c >= 0xC0) {
			if (gv_utf8_valid((struct gv_str){ s + all.n - back, back }) != back)
				s[all.n - back] = '\0';
			return;
		}
	}
}

static void put(char *to, size_t size, const char *s, size_t n)
{
	bool cut = n >= size;

	if (cut)
		n = size - 1;
	if (n)  /* of no text there may be no pointer either */
		memcpy(to, s, n);
	to[n] = '\0';
	if (cut)
		trim_broken_tail(to);
}

/* The arguments may well be parts of *err ("in X: " and the old message). */
static void set(struct gv_err *err, int code, const char *fmt, va_list ap)
{
	char msg[sizeof err->msg + 1] = "";

	vsnprintf(msg, sizeof msg, fmt, ap);
	gv_err_clear(err);
	err->code = code;
	put(err->msg, sizeof err->msg, msg, strlen(msg)); /* one byte more is a cut */
}

void gv_err_clear(struct gv_err *err)
{
	if (!err)
		return;
	err->code = 0;
	err->line = err->byte = 0;
	err->thing[0] = err->field[0] = err->msg[0] = '\0';
}

int gv_fail(struct gv_err *err, int code, const char *fmt, ...)
{
	va_list ap;

	if (!err)
		return code;
	va_start(ap, fmt);
	set(err, code, fmt, ap);
	va_end(ap);
	return code;
}

int gv_fail_field(struct gv_err *err, int code, const char *field, const char *fmt, ...)
{
	char name[sizeof err->field];
	va_list ap;

	if (!err)
		return code;
	put(name, sizeof name, field, strlen(field));
	va_start(ap, fmt);
	set(err, code, fmt, ap);
	va_end(ap);
	memcpy(err->field, name, sizeof name);
	return code;
}

int gv_fail_sys(struct gv_err *err, const char *thing, const char *fmt, ...)
{
	int saved = errno;
	va_list ap;
	size_t n;

	if (!err)
		return GV_EIO;
	if (saved == ENOMEM) {
		gv_fail_nomem(err); /* whatever needed it */
		gv_err_thing(err, thing, strlen(thing));
		errno = saved;
		return GV_EIO;
	}
	va_start(ap, fmt);
	set(err, GV_EIO, fmt, ap);
	va_end(ap);
	n = strlen(err->msg);
	snprintf(err->msg + n, sizeof err->msg - n, ": %s", strerror(saved));
	if (strlen(err->msg) == sizeof err->msg - 1)
		trim_broken_tail(err->msg);
	gv_err_thing(err, thing, strlen(thing));
	errno = saved;
	return GV_EIO;
}

int gv_fail_nomem(struct gv_err *err)
{
	return gv_fail(err, GV_EIO, "%s", _("out of memory"));
}

void gv_err_thing(struct gv_err *err, const char *thing, size_t len)
{
	if (err && !err->thing[0])
		put(err->thing, sizeof err->thing, thing, len);
}

void gv_err_field_prefix(struct gv_err *err, const char *prefix)
{
	char joined[2 * sizeof err->field + 2];

	if (!err || !prefix[0])
		return;
	snprintf(joined, sizeof joined, "%.*s%s%s", (int)sizeof err->field, prefix,
	         err->field[0] && err->field[0] != '[' ? "." : "", err->field);
	put(err->field, sizeof err->field, joined, strlen(joined));
}

void gv_err_text(const struct gv_err *err, struct gv_buf *out)
{
	if (err->line && err->byte)
		gv_buf_addf(out, _("line %zu, byte %zu: "), err->line, err->byte);
	else if (err->line)
		gv_buf_addf(out, _("line %zu: "), err->line);
	else if (err->byte)
		gv_buf_addf(out, _("byte %zu: "), err->byte);
	if (err->thing[0]) {
		gv_utf8_safe(gv_str_of(err->thing), out);
		gv_buf_adds(out, ": ");
	}
	if (err->field[0]) {
		gv_utf8_safe(gv_str_of(err->field), out);
		gv_buf_adds(out, ": ");
	}
	gv_utf8_safe(gv_str_of(err->msg), out);
}
