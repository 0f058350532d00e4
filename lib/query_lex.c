/* SPDX-License-Identifier: MIT */
/* query_lex: the words and signs of a query, and where they stand. */
#include <stdio.h>

#include "i18n.h"
#include "query_impl.h"
#include "utf8.h"

/* Bytes of the blank at s[i], 0 if there is none.  The ideographic space counts: an
 * input method writes it between words. */
static size_t blank(struct gv_str s, size_t i)
{
	unsigned char c = (unsigned char)s.p[i];

	if (c == ' ' || (c >= '\t' && c <= '\r'))
		return 1;
	return s.n - i >= 3 && memcmp(s.p + i, "\xE3\x80\x80", 3) == 0 ? 3 : 0;
}

/* Bytes of the operator at s[i], 0 if there is none. */
static size_t operator_at(struct gv_str s, size_t i, enum gv_q_token_kind *kind)
{
	bool equals = i + 1 < s.n && s.p[i + 1] == '=';

	switch (s.p[i]) {
	case '=':
		*kind = GV_Q_EQ;
		return 1;
	case '~':
		*kind = GV_Q_TILDE;
		return 1;
	case '!': /* alone it is an ordinary character */
		*kind = GV_Q_NE;
		return equals ? 2 : 0;
	case '<':
		*kind = equals ? GV_Q_LE : GV_Q_LT;
		return equals ? 2 : 1;
	case '>':
		*kind = equals ? GV_Q_GE : GV_Q_GT;
		return equals ? 2 : 1;
	default:
		return 0;
	}
}

/* The byte that `\c` stands for; 0 if the backslash stays. */
static char escape(char c)
{
	switch (c) {
	case '\\':
	case '\'':
	case '"':
		return c;
	case 'n':
		return '\n';
	case 'r':
		return '\r';
	case 't':
		return '\t';
	default:
		return 0;
	}
}

const char *gv_q_show(char buf[GV_Q_SHOWN], struct gv_str s)
{
	size_t n = 0, next = 0;
	bool cut;

	while (gv_utf8_next(s, &next) >= 0 && next < GV_Q_SHOWN - 4)
		n = next;
	cut = n < s.n;
	memcpy(buf, s.p, n);
	memcpy(buf + n, cut ? "…" : "", cut ? 4 : 1);
	return buf;
}

int gv_q_fail(struct gv_q_parser *p, size_t at, const char *fmt, ...)
{
	char what[512];
	size_t column = 1;
	va_list ap;

	for (size_t i = 0; i < at && i < p->text.n; i++)
		column += ((unsigned char)p->text.p[i] & 0xC0) != 0x80;
	va_start(ap, fmt);
	vsnprintf(what, sizeof what, fmt, ap);
	va_end(ap);
	return gv_fail(p->err, GV_EUSAGE, _("column %zu: %s"), column, what);
}

/* '...' or "...": the text without quotes and escapes goes into the arena. */
static int quoted(struct gv_q_parser *p, struct gv_q_token *t)
{
	struct gv_str s = { p->text.p + t->at, p->text.n - t->at };
	size_t end = 1, n = 0;
	char *to;

	while (end < s.n && s.p[end] != s.p[0])
		end += s.p[end] == '\\' && end + 1 < s.n && escape(s.p[end + 1]) ? 2 : 1;
	if (end >= s.n)
		return gv_q_fail(p, t->at, _("the quote %c is not closed"), s.p[0]);
	to = gv_arena_bytes(&p->q->arena, end);
	if (!to)
		return gv_fail_nomem(p->err);
	for (size_t i = 1; i < end; i++) {
		char c = s.p[i] == '\\' ? escape(s.p[i + 1]) : 0;

		i += c != 0;
		to[n++] = c ? c : s.p[i];
	}
	t->kind = GV_Q_QUOTED;
	t->raw = (struct gv_str){ s.p, end + 1 };
	t->text = (struct gv_str){ to, n };
	return 0;
}

size_t gv_q_offset_in(const struct gv_q_token *t, size_t n)
{
	size_t i = 1;

	if (t->kind != GV_Q_QUOTED)
		return t->at + n;
	for (; n && i + 1 < t->raw.n; n--)
		i += t->raw.p[i] == '\\' && escape(t->raw.p[i + 1]) ? 2 : 1;
	return t->at + i;
}

static void bare_word(struct gv_q_token *t, struct gv_str s)
{
	enum gv_q_token_kind ignored;
	size_t i = t->at;

	while (i < s.n && !blank(s, i) && !strchr("(),", s.p[i]) && !operator_at(s, i, &ignored))
		i++;
	t->kind = GV_Q_WORD;
	t->raw = t->text = (struct gv_str){ s.p + t->at, i - t->at };
}

int gv_q_advance(struct gv_q_parser *p)
{
	struct gv_str s = p->text;
	struct gv_q_token t = { .kind = GV_Q_END, .at = p->tok.at + p->tok.raw.n };
	size_t n;
	int rc = 0;

	while (t.at < s.n && (n = blank(s, t.at)) > 0)
		t.at += n;
	if (t.at < s.n) {
		t.raw = (struct gv_str){ s.p + t.at, 1 };
		switch (s.p[t.at]) {
		case '(':
			t.kind = GV_Q_OPEN;
			break;
		case ')':
			t.kind = GV_Q_CLOSE;
			break;
		case ',':
			t.kind = GV_Q_COMMA;
			break;
		case '\'':
		case '"':
			rc = quoted(p, &t);
			break;
		default:
			n = operator_at(s, t.at, &t.kind);
			if (n)
				t.raw.n = n;
			else
				bare_word(&t, s);
		}
	}
	p->prev = p->tok;
	p->tok = t;
	return rc;
}

bool gv_q_is_keyword(const struct gv_q_token *t, const char *word)
{
	static const char *const all[] = { "and", "or", "not", "in", "exists" };

	if (t->kind != GV_Q_WORD)
		return false;
	if (word)
		return gv_str_is(t->text, word);
	for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
		if (gv_str_is(t->text, all[i]))
			return true;
	return false;
}
