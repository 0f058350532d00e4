/* SPDX-License-Identifier: MIT */
/*
 * The writers.  Room is asked for once per piece and never for more than the
 * piece takes, so that a buffer's maximum is met to the byte.
 */
#include "i18n.h"
#include "json_impl.h"

#define LINE (-1)  /* as a depth: everything on one line */

/* Like gv_buf_add, but inline and without the NUL, which end() puts behind the whole. */
static inline bool room(struct gv_buf *b, size_t n)
{
	return (!b->failed && b->cap - b->n > n) || gv_buf_reserve(b, n);
}

static inline void put(struct gv_buf *b, const char *p, size_t n)
{
	if (room(b, n)) {
		memcpy(b->p + b->n, p, n);
		b->n += n;
	}
}

static void end(struct gv_buf *b)
{
	if (b->p)
		b->p[b->n] = '\0';
}

/* ---- strings ---- */

static uint64_t escapes_at(const char *p)
{
	uint64_t w = gv_load8(p);

	return gv_mark_special(w) | gv_mark_byte(w, 0x7F);
}

static bool needs_escape(char c)
{
	return (unsigned char)c < 0x20 || c == '"' || c == '\\' || c == 0x7F;
}

/* How many bytes can go out as they are. */
static size_t plain(const char *s, size_t n)
{
	size_t i = 0;
	uint64_t found;

	while (i + 8 <= n) {
		found = escapes_at(s + i);
		if (found)
			return i + gv_first_mark(found);
		i += 8;
	}
	if (n >= 8) {  /* the tail, with bytes in front that are known */
		found = escapes_at(s + n - 8);
		return found ? n - 8 + gv_first_mark(found) : n;
	}
	while (i < n && !needs_escape(s[i]))
		i++;
	return i;
}

static void put_escape(struct gv_buf *b, char c)
{
	static const char names[] = "\"\\\b\f\n\r\t", letters[] = "\"\\bfnrt";
	static const char hex[] = "0123456789abcdef";
	const char *name = c ? strchr(names, c) : NULL;
	char out[6] = { '\\', 'u', '0', '0', hex[c >> 4 & 15], hex[c & 15] };

	if (name)
		out[1] = letters[name - names];
	put(b, out, name ? 2 : 6);
}

static void put_string(struct gv_buf *b, const char *s, size_t n)
{
	size_t clean = plain(s, n);
	char *to;

	if (!room(b, n + 2))
		return;
	to = b->p + b->n;
	to[0] = '"';
	if (clean)
		memcpy(to + 1, s, clean);
	b->n += clean + 1;
	while (clean < n) {
		put_escape(b, s[clean]);
		s += clean + 1;
		n -= clean + 1;
		clean = plain(s, n);
		put(b, s, clean);
	}
	put(b, "\"", 1);
}

void gv_json_quote(struct gv_buf *out, struct gv_str s)
{
	put_string(out, s.p, s.n);
	end(out);
}

/* ---- values ---- */

static void put_value(struct gv_buf *b, const struct gv_val *v, int depth);

static void new_line(struct gv_buf *b, int depth)
{
	static const char indent[] =
		"\n                                                                "
		"                                                                ";
	size_t n = depth == LINE ? 0 : 1 + 2 * (size_t)depth;

	put(b, indent, n < sizeof indent ? n : sizeof indent - 1);
	for (size_t i = sizeof indent - 1; i < n; i++)  /* deeper than a record may be */
		put(b, " ", 1);
}

static void put_array(struct gv_buf *b, const struct gv_val *v, int depth)
{
	int inner = depth == LINE ? LINE : depth + 1;

	for (uint32_t i = 0; i < v->n; i++) {
		put(b, i ? "," : "[", 1);
		new_line(b, inner);
		put_value(b, &v->items[i], inner);
	}
	new_line(b, depth);
	put(b, "]", 1);
}

static void put_object(struct gv_buf *b, const struct gv_val *v, int depth)
{
	int inner = depth == LINE ? LINE : depth + 1;

	for (uint32_t i = 0; i < v->n; i++) {
		const struct gv_member *m = &v->members[i];

		put(b, i ? "," : "{", 1);
		new_line(b, inner);
		put_string(b, m->name.p, m->name.n);
		put(b, ": ", depth == LINE ? 1 : 2);
		put_value(b, &m->val, inner);
	}
	new_line(b, depth);
	put(b, "}", 1);
}

static void put_value(struct gv_buf *b, const struct gv_val *v, int depth)
{
	switch (v->type) {
	case GV_BOOL:
		put(b, v->truth ? "true" : "false", v->truth ? 4 : 5);
		break;
	case GV_INT:
		gv_buf_addint(b, v->i);
		break;
	case GV_STRING:
		put_string(b, v->s, v->n);
		break;
	case GV_NUMBER:
		put(b, v->s, v->n);
		break;
	case GV_ARRAY:
		if (v->n)
			put_array(b, v, depth);
		else
			put(b, "[]", 2);
		break;
	case GV_OBJECT:
		if (v->n)
			put_object(b, v, depth);
		else
			put(b, "{}", 2);
		break;
	default:
		put(b, "null", 4);
	}
}

void gv_json_canon(struct gv_buf *out, const struct gv_val *v)
{
	put_value(out, v, 0);
	put(out, "\n", 1);
	end(out);
}

void gv_json_line(struct gv_buf *out, const struct gv_val *v)
{
	put_value(out, v, LINE);
	end(out);
}

/* ---- is it canonical? ---- */

bool gv_json_is_canon(struct gv_str text, const struct gv_val *v)
{
	struct gv_buf canon = GV_BUF_INIT(text.n);
	bool is;

	gv_buf_reserve(&canon, text.n);
	gv_json_canon(&canon, v);
	is = !canon.failed && gv_str_eq(gv_buf_str(&canon), text);
	gv_buf_free(&canon);
	return is;
}

int gv_json_check_canon(struct gv_str text, struct gv_doc *scratch, struct gv_err *err)
{
	struct gv_buf canon = GV_BUF_INIT(text.n);
	size_t same = 0;
	int rc = gv_json_parse(scratch, text, 0, err);

	if (rc)
		return rc;
	/* All of it now, so that failing later means "longer" and not "no memory". */
	if (!gv_buf_reserve(&canon, text.n))
		return gv_fail_nomem(err);
	gv_json_canon(&canon, &scratch->root);
	if (canon.failed || !gv_str_eq(gv_buf_str(&canon), text)) {
		while (same < canon.n && canon.p[same] == text.p[same])
			same++;
		rc = gv_fail(err, GV_EDATA, _("text is not in canonical form"));
		gv_json_locate(err, text, same, rc);
	}
	gv_buf_free(&canon);
	return rc;
}
