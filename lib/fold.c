/* SPDX-License-Identifier: MIT */
#include "fold.h"

#include <stdlib.h>

#include "i18n.h"
#include "utf8.h"

#define DOT 0xB7

/* Between the parts of a foreign name (ANON-04, notes on the record). */
static bool is_dot(int32_t cp)
{
	return cp == 0xB7 || cp == 0x2022 || cp == 0x2027 || cp == 0x30FB || cp == 0xFF65 || cp == 0x2219 || cp == 0x22C5;
}

int32_t gv_fold_cp(int32_t cp)
{
	if (is_dot(cp))
		return DOT;
	if (cp < ' ' || cp == 0xAD || gv_utf8_is_space(cp))
		return 0;
	return gv_utf8_half(cp);
}

static bool is_word(unsigned char c)
{
	return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

static int make_room(struct gv_fold *f, size_t n, struct gv_err *err)
{
	uint32_t *from, *to;

	if (n > GV_FOLD_MAX)
		return gv_fail(err, GV_EDATA, _("is longer than %d bytes"), GV_FOLD_MAX);
	if (f->text.max == 0)
		gv_buf_init(&f->text, 2 * GV_FOLD_MAX);
	n += n / 4 + 1;  /* only "." between two Han characters becomes longer */
	gv_buf_reset(&f->text);
	if (!gv_buf_reserve(&f->text, n))
		return gv_fail_nomem(err);
	if (n <= f->cap)
		return 0;
	from = reallocarray(f->from, n, sizeof *from);
	if (from)
		f->from = from;
	to = reallocarray(f->to, n, sizeof *to);
	if (to)
		f->to = to;
	if (!from || !to)
		return gv_fail_nomem(err);
	f->cap = n;
	return 0;
}

static void put(struct gv_fold *f, const char *bytes, size_t n, size_t from, size_t to)
{
	for (size_t i = 0; i < n; i++) {
		f->from[f->text.n] = (uint32_t)from;
		f->to[f->text.n] = (uint32_t)to;
		f->text.p[f->text.n++] = bytes[i];
	}
}

/* Three bytes of a Han character or of Chinese punctuation that stays as it is: nearly all of a judgment. */
static bool stays(const unsigned char *s, size_t left)
{
	return left >= 3 && s[0] >= 0xE3 && s[0] <= 0xEE && !(s[0] == 0xE3 && s[1] <= 0x83) && (s[1] & 0xC0) == 0x80 && (s[2] & 0xC0) == 0x80;
}

/* "." between two Han characters is the dot of a name: 买买提.依明.  A Han character's bytes are the only ones from E4 to E9. */
static bool is_name_dot(const struct gv_fold *f, struct gv_str text, size_t after)
{
	const unsigned char *before = f->text.n >= 3 ? (const unsigned char *)f->text.p + f->text.n - 3 : NULL;

	return before && before[0] >= 0xE4 && before[0] <= 0xE9 && after < text.n && (unsigned char)text.p[after] >= 0xE4 && (unsigned char)text.p[after] <= 0xE9;
}

/* The character at *at, of which the fold is known to be another one or nothing at all; `blank` is what was left out before it. */
static void put_other(struct gv_fold *f, struct gv_str text, size_t *at, char *blank)
{
	size_t begin = *at, n;
	int32_t cp = gv_fold_cp(gv_utf8_next(text, at));
	char bytes[4];

	if (!cp || cp == ' ' || cp == 0x7F) {
		*blank = memchr(text.p + begin, '\n', *at - begin) || *blank == '\n' ? '\n' : ' ';
		return;
	}
	if (*blank && f->text.n && cp < 0x80 && is_word((unsigned char)cp) && is_word((unsigned char)f->text.p[f->text.n - 1]))
		put(f, blank, 1, begin - 1, begin);
	*blank = 0;
	if (cp == '.' && is_name_dot(f, text, *at))
		cp = DOT;
	n = gv_utf8_put(bytes, cp);
	if (cp == 0xFFFD && *at - begin == 1) {  /* a byte that is no UTF-8 must not become three */
		bytes[0] = '?';
		n = 1;
	}
	put(f, bytes, n, begin, *at);
}

int gv_fold(struct gv_fold *f, struct gv_str text, struct gv_err *err)
{
	char blank = 0;
	int rc = make_room(f, text.n, err);

	if (rc)
		return rc;
	f->length = text.n;
	for (size_t at = 0; at < text.n;) {
		if (stays((const unsigned char *)text.p + at, text.n - at)) {
			put(f, text.p + at, 3, at, at + 3);
			at += 3;
			blank = 0;
		} else {
			put_other(f, text, &at, &blank);
		}
	}
	f->text.p[f->text.n] = 0;
	return 0;
}

void gv_fold_free(struct gv_fold *f)
{
	gv_buf_free(&f->text);
	free(f->from);
	free(f->to);
	*f = (struct gv_fold){ 0 };
}
