/* SPDX-License-Identifier: MIT */
/*
 * The scalar reader: recursive descent over a copy of the text in the doc's
 * arena.  Strings stay where they are in that copy: escapes only ever shrink, and
 * the closing quote gives way to the NUL.  Errors are shown from the text as given.
 */
#include <stdalign.h>
#include <stdlib.h>

#include "i18n.h"
#include "json_impl.h"
#include "utf8.h"

enum {
	SLACK = 8,          /* bytes of zero behind the copy: loads are words */
	SCRATCH = 4096,     /* on the stack; more comes from the heap */
	SHOWN_MAX = 40      /* bytes of a bad token in a message */
};

struct reader {
	struct gv_doc *doc;
	struct gv_str text;
	char *base, *p;     /* the copy and the next byte of it */
	unsigned flags, depth;
	char inside;        /* the innermost open bracket or quote, 0 at the root */
	char *scratch;      /* items of the containers that are open */
	size_t used, room;
	bool on_heap;
	struct gv_err *err;
};

static int read_value(struct reader *r, struct gv_val *out);

/* ---- errors ---- */

int gv_json_locate(struct gv_err *err, struct gv_str text, size_t offset, int rc)
{
	size_t start = 0;

	if (!err)
		return rc;
	err->line = 1;
	for (size_t i = 0; i < offset; i++) {
		if (text.p[i] == '\n') {
			err->line++;
			start = i + 1;
		}
	}
	err->byte = offset - start + 1;
	return rc;
}

static int at(const struct reader *r, const char *where, int rc)
{
	return gv_json_locate(r->err, r->text, (size_t)(where - r->base), rc);
}

#define REFUSE(r, where, ...) at((r), (where), gv_fail((r)->err, GV_EDATA, __VA_ARGS__))

static int not_utf8(const struct reader *r, const char *where)
{
	unsigned char byte = (unsigned char)*where;

	return REFUSE(r, where, _("byte 0x%02x is not UTF-8"), byte);
}

static bool at_end(const struct reader *r, const char *p)
{
	return (size_t)(p - r->base) == r->text.n;
}

static int text_ends(const struct reader *r)
{
	const char *msg = _("no value: the text is empty");

	if (r->inside == '"')
		msg = _("text ends inside a string");
	else if (r->inside == '[')
		msg = _("text ends inside an array");
	else if (r->inside == '{')
		msg = _("text ends inside an object");
	return REFUSE(r, r->base + r->text.n, "%s", msg);
}

/* The next byte can't be here; `want` says what can. */
static int unexpected(const struct reader *r, const char *want)
{
	struct gv_str rest = { r->p, r->text.n - (size_t)(r->p - r->base) };
	unsigned char c = (unsigned char)*r->p;
	size_t n = 0;

	if (rest.n == 0)
		return text_ends(r);
	gv_utf8_next(rest, &n);
	if (c >= 0x80 && n == 1)
		return not_utf8(r, r->p);
	if (r->p == r->base && gv_str_starts(rest, GV_STR("\xEF\xBB\xBF")))
		return REFUSE(r, r->p, "%s", _("byte order mark: save the text without it"));
	if (c < 0x20 || c == 0x7F)
		return REFUSE(r, r->p, _("unexpected byte 0x%02x: want %s"), c, want);
	return REFUSE(r, r->p, _("unexpected character \"%.*s\": want %s"), (int)n, r->p, want);
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
	return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

static bool is_word(char c)
{
	return is_letter(c) || is_digit(c) || c == '+' || c == '-' || c == '.' || c == '_';
}

static size_t word_length(const char *p)
{
	size_t n = 0;

	while (is_word(p[n]))
		n++;
	return n;
}

/* gv_fail() about the word at the next byte, "%.*s" in fmt, cut if it is long. */
static int bad_word(const struct reader *r, const char *fmt)
{
	size_t n = word_length(r->p);

	return REFUSE(r, r->p, fmt, n < SHOWN_MAX ? (int)n : SHOWN_MAX, r->p);
}

/* ---- scratch ---- */

static bool push(struct reader *r, const void *item, size_t size)
{
	if (r->room - r->used < size) {
		char *p = r->on_heap ? realloc(r->scratch, r->room * 2) : malloc(r->room * 2);

		if (!p)
			return false;
		if (!r->on_heap)
			memcpy(p, r->scratch, r->used);
		r->scratch = p;
		r->room *= 2;
		r->on_heap = true;
	}
	memcpy(r->scratch + r->used, item, size);
	r->used += size;
	return true;
}

/* What was pushed since `mark`, moved to the arena. */
static void *pop(struct reader *r, size_t mark)
{
	size_t size = r->used - mark;
	void *p = gv_arena_alloc(&r->doc->arena, size);

	if (p)
		memcpy(p, r->scratch + mark, size);
	r->used = mark;
	return p;
}

/* ---- tokens ---- */

static void skip_space(struct reader *r)
{
	while (*r->p == ' ' || *r->p == '\n' || *r->p == '\r' || *r->p == '\t')
		r->p++;
}

/* Where the string that goes on at p ends or bends; the NUL behind the text does it at the
 * latest.  *wide: a byte beyond ASCII on the way. */
static char *plain(char *p, bool *wide)
{
	uint64_t seen = 0, w = gv_load8(p), marks = gv_mark_special(w);
	unsigned n;

	while (!marks) {
		seen |= w;
		p += 8;
		w = gv_load8(p);
		marks = gv_mark_special(w);
	}
	n = gv_first_mark(marks);
	seen |= w & (((uint64_t)1 << 8 * n) - 1);
	*wide = seen & 0x8080808080808080u;
	return p + n;
}

static int hex4(const char *p)
{
	int v = 0;

	for (int i = 0; i < 4; i++) {
		char c = p[i];

		if (c >= '0' && c <= '9')
			v = v * 16 + (c - '0');
		else if ((c | 0x20) >= 'a' && (c | 0x20) <= 'f')
			v = v * 16 + ((c | 0x20) - 'a' + 10);
		else
			return -1;
	}
	return v;
}

/* \uXXXX at *in, or two of them for a character beyond U+FFFF. */
static int read_unicode(struct reader *r, char **in, char **to)
{
	const char *p = *in;
	int32_t cp = hex4(p + 2), low;

	*in += 6;
	if (cp < 0)
		return REFUSE(r, p, "%s", _("four hexadecimal digits must follow \\u"));
	if (cp == 0)
		return REFUSE(r, p, "%s", _("\\u0000 is not allowed"));
	if (cp >= 0xD800 && cp <= 0xDFFF) {
		low = cp < 0xDC00 && p[6] == '\\' && p[7] == 'u' ? hex4(p + 8) : -1;
		if (low < 0xDC00 || low > 0xDFFF)
			return REFUSE(r, p, _("half a surrogate pair: %.6s"), p);
		cp = 0x10000 + ((cp - 0xD800) << 10) + (low - 0xDC00);
		*in += 6;
	}
	*to += gv_utf8_put(*to, cp);
	return 0;
}

static int read_escape(struct reader *r, char **in, char **to)
{
	static const char names[] = "\"\\/bfnrt", values[] = "\"\\/\b\f\n\r\t";
	const char *p = *in, *name = p[1] ? strchr(names, p[1]) : NULL;

	if (p[1] == 'u')
		return read_unicode(r, in, to);
	if (!name)
		return REFUSE(r, p, "%s", _("unknown escape: after \\ comes one of \" \\ / b f n r t u"));
	*(*to)++ = values[name - names];
	*in += 2;
	return 0;
}

/* *wide: there may be a character beyond ASCII in it. */
static int read_string(struct reader *r, struct gv_str *out, bool *wide)
{
	char *start = r->p + 1, *in = start, *to = start;
	int rc;

	*wide = false;
	for (;;) {
		bool here;
		char *stop = plain(in, &here);
		size_t n = (size_t)(stop - in);
		size_t valid = here ? gv_utf8_valid((struct gv_str){ in, n }) : n;

		if (valid < n)
			return not_utf8(r, in + valid);
		*wide |= here;
		if (to != in)
			memmove(to, in, n);
		to += n;
		in = stop;
		if (*in == '"' || at_end(r, in))
			break;
		if (*in != '\\')
			return REFUSE(r, in, _("control character 0x%02x in a string: write \\u%04x"), *in, *in);
		if (at_end(r, in + 1))
			break;
		*wide |= in[1] == 'u';
		rc = read_escape(r, &in, &to);
		if (rc)
			return rc;
	}
	if (*in != '"') {
		r->inside = '"';
		return text_ends(r);
	}
	*to = '\0';
	r->p = in + 1;
	*out = (struct gv_str){ start, (size_t)(to - start) };
	return 0;
}

static int read_name(struct reader *r, struct gv_str *out)
{
	char *quote = r->p;
	bool wide;
	int rc = read_string(r, out, &wide);

	if (rc || (!wide && out->n <= GV_JSON_NAME_MAX))
		return rc;
	rc = gv_json_check_name(*out, r->err);
	return rc == GV_EDATA ? at(r, quote, rc) : rc;
}

static const char *digits(const char *p)
{
	while (is_digit(*p))
		p++;
	return p;
}

/* A number by RFC 8259: where it ends, or NULL.  *whole: no fraction, no exponent. */
static const char *number_end(const char *p, bool *whole)
{
	const char *from;

	p += *p == '-';
	from = p;
	p = digits(p);
	if (p == from || (*from == '0' && p > from + 1))
		return NULL;
	*whole = *p != '.' && *p != 'e' && *p != 'E';
	if (*p == '.') {
		from = ++p;
		p = digits(p);
		if (p == from)
			return NULL;
	}
	if (*p == 'e' || *p == 'E') {
		p++;
		p += *p == '+' || *p == '-';
		from = p;
		p = digits(p);
		if (p == from)
			return NULL;
	}
	return p;
}

/* The integer between p and end, if it is one of the domain. */
static bool in_domain(const char *p, const char *end, int64_t *out)
{
	bool negative = *p == '-';
	int64_t v = 0;

	p += negative;
	if (end - p > 16 || (negative && *p == '0'))
		return false;
	while (p < end)
		v = v * 10 + (*p++ - '0');
	*out = negative ? -v : v;
	return v <= GV_JSON_INT_MAX;
}

static int refuse_number(const struct reader *r, bool whole)
{
	if (!whole)
		return bad_word(r, _("number %.*s is no integer: write it as a string"));
	if (gv_str_starts(gv_str_of(r->p), GV_STR("-0")))
		return bad_word(r, _("number %.*s has a sign: write 0, or a string"));
	return bad_word(r, _("number %.*s is beyond 2^53: write it as a string"));
}

static int read_number(struct reader *r, struct gv_val *out)
{
	bool whole;
	const char *p = r->p, *end = number_end(p, &whole);
	struct gv_str kept;

	if (!end || is_word(*end))
		return bad_word(r, _("%.*s is not a number"));
	*out = (struct gv_val){ .type = GV_INT };
	if (!whole || !in_domain(p, end, &out->i)) {
		if (!(r->flags & GV_JSON_FOREIGN))
			return refuse_number(r, whole);
		kept = gv_arena_copy(&r->doc->arena, (struct gv_str){ p, (size_t)(end - p) });
		if (!kept.p)
			return gv_fail_nomem(r->err);
		*out = (struct gv_val){ .type = GV_NUMBER, .n = (uint32_t)kept.n, .s = kept.p };
	}
	r->p += end - p;
	return 0;
}

static int read_word(struct reader *r, struct gv_val *out)
{
	static const struct { struct gv_str word; struct gv_val val; } words[] = {
		{ { "true", 4 }, { .type = GV_BOOL, .truth = true } },
		{ { "false", 5 }, { .type = GV_BOOL } },
		{ { "null", 4 }, { .type = GV_NULL } },
	};
	struct gv_str token = { r->p, word_length(r->p) };

	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
		if (gv_str_eq(token, words[i].word)) {
			*out = words[i].val;
			r->p += token.n;
			return 0;
		}
	}
	return bad_word(r, _("%.*s is no value: strings need double quotes"));
}

/* ---- containers ---- */

/* After an opening bracket.  True if the closing one follows; both are eaten then. */
static bool is_empty(struct reader *r, char close)
{
	r->p++;
	skip_space(r);
	if (*r->p != close)
		return false;
	r->p++;
	return true;
}

/* After an item: *more if a comma follows, else the bracket that closes.  Eaten. */
static int next_item(struct reader *r, char close, bool *more)
{
	skip_space(r);
	*more = *r->p == ',';
	if (*more || *r->p == close) {
		r->p++;
		return 0;
	}
	return unexpected(r, close == ']' ? _("\",\" or \"]\"") : _("\",\" or \"}\""));
}

static int read_array(struct reader *r, struct gv_val *out)
{
	size_t mark = r->used;
	bool more = true;

	*out = gv_mkarr();
	if (is_empty(r, ']'))
		return 0;
	while (more) {
		struct gv_val item;
		int rc = read_value(r, &item);

		if (rc)
			return rc;
		if (!push(r, &item, sizeof item))
			return gv_fail_nomem(r->err);
		out->n++;
		rc = next_item(r, ']', &more);
		if (rc)
			return rc;
	}
	out->items = pop(r, mark);
	return out->items ? 0 : gv_fail_nomem(r->err);
}

static int read_member(struct reader *r, struct gv_member *out)
{
	int rc;

	skip_space(r);
	if (*r->p != '"')
		return unexpected(r, _("a member name in double quotes"));
	rc = read_name(r, &out->name);
	if (rc)
		return rc;
	skip_space(r);
	if (*r->p != ':')
		return unexpected(r, "\":\"");
	r->p++;
	return read_value(r, &out->val);
}

static int read_object(struct reader *r, struct gv_val *out)
{
	size_t mark = r->used;
	const struct gv_str *twice;
	bool more = true;

	*out = gv_mkobj();
	if (is_empty(r, '}'))
		return 0;
	while (more) {
		struct gv_member member;
		int rc = read_member(r, &member);

		if (rc)
			return rc;
		if (!push(r, &member, sizeof member))
			return gv_fail_nomem(r->err);
		out->n++;
		rc = next_item(r, '}', &more);
		if (rc)
			return rc;
	}
	out->members = pop(r, mark);
	if (!out->members)
		return gv_fail_nomem(r->err);
	twice = gv_members_close(out->members, &out->n, r->flags);
	if (twice)
		return REFUSE(r, twice->p - 1, _("duplicate member \"%s\""), twice->p);
	return 0;
}

static int read_container(struct reader *r, struct gv_val *out)
{
	char outside = r->inside;
	int rc;

	if (r->depth == GV_JSON_DEPTH_MAX)
		return REFUSE(r, r->p, _("nested deeper than %d"), GV_JSON_DEPTH_MAX);
	r->depth++;
	r->inside = *r->p;
	rc = r->inside == '[' ? read_array(r, out) : read_object(r, out);
	r->inside = outside;
	r->depth--;
	return rc;
}

static int read_value(struct reader *r, struct gv_val *out)
{
	struct gv_str s;
	bool wide;
	int rc;

	skip_space(r);
	switch (*r->p) {
	case '"':
		rc = read_string(r, &s, &wide);
		if (!rc)
			*out = (struct gv_val){ .type = GV_STRING, .n = (uint32_t)s.n, .s = s.p };
		return rc;
	case '[':
	case '{':
		return read_container(r, out);
	case '-': case '0': case '1': case '2': case '3': case '4':
	case '5': case '6': case '7': case '8': case '9':
		return read_number(r, out);
	default:
		if (is_letter(*r->p))
			return read_word(r, out);
		return unexpected(r, _("a value"));
	}
}

int gv_json_parse_scalar(struct gv_doc *d, struct gv_str text, unsigned flags, struct gv_err *err)
{
	alignas(max_align_t) char scratch[SCRATCH];
	struct reader r = {
		.doc = d, .text = text, .flags = flags, .err = err,
		.scratch = scratch, .room = SCRATCH,
	};
	struct gv_val root;
	int rc;

	gv_doc_reset(d);
	if (text.n > GV_JSON_TEXT_MAX)
		return gv_fail(err, GV_EDATA, _("text is longer than %zu bytes"), GV_JSON_TEXT_MAX);
	r.base = r.p = gv_arena_bytes(&d->arena, text.n + SLACK);
	if (!r.base)
		return gv_fail_nomem(err);
	if (text.n)
		memcpy(r.base, text.p, text.n);
	memset(r.base + text.n, 0, SLACK);
	rc = read_value(&r, &root);
	if (!rc) {
		skip_space(&r);
		if (!at_end(&r, r.p))
			rc = unexpected(&r, _("the end of the text"));
	}
	if (!rc)
		d->root = root;
	if (r.on_heap)
		free(r.scratch);
	return rc;
}
