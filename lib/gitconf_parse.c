/* SPDX-License-Identifier: MIT */
/* The syntax of git's config files (git-config(1), "Syntax"). */
#include "gitconf.h"

#include <strings.h>

#include "i18n.h"

enum { EOF_ = -1 };
#define KEY_MAX ((size_t)4096)

struct reader {
	const char *p, *end;
	size_t line;
	struct gv_buf key;    /* "section.sub." and then the name */
	size_t section;       /* bytes of it that stay */
	struct gv_buf value;
};

/* The next byte; CR LF is one LF, and the end of the text ends the line. */
static int next(struct reader *r)
{
	int c;

	if (r->p == r->end)
		return EOF_;
	c = (unsigned char)*r->p++;
	if (c == '\r' && r->p < r->end && *r->p == '\n')
		c = (unsigned char)*r->p++;
	if (c == '\n')
		r->line++;
	return c;
}

static bool is_space(int c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool is_alpha(int c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_alnum(int c)
{
	return is_alpha(c) || (c >= '0' && c <= '9');
}

static char lower(int c)
{
	return (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
}

/* After the blank in [section "sub"]: the quotes and the bracket. */
static bool read_subsection(struct reader *r)
{
	int c;

	do {
		c = next(r);
	} while (c == ' ' || c == '\t');
	if (c != '"')
		return false;
	gv_buf_addc(&r->key, '.');
	while ((c = next(r)) != '"') {
		if (c == '\\')
			c = next(r);
		if (c == '\n' || c == EOF_)
			return false;
		gv_buf_addc(&r->key, (char)c);
	}
	return next(r) == ']';
}

/* After '['. */
static bool read_section(struct reader *r)
{
	int c;

	gv_buf_reset(&r->key);
	while ((c = next(r)) != ']') {
		if (c == ' ' || c == '\t') {
			if (!read_subsection(r))
				return false;
			break;
		}
		if (!is_alnum(c) && c != '.' && c != '-')
			return false;
		gv_buf_addc(&r->key, lower(c));
	}
	gv_buf_addc(&r->key, '.');
	r->section = r->key.n;
	return !r->key.failed;
}

static bool read_escape(struct reader *r)
{
	switch (next(r)) {
	case '\n':
	case EOF_: return true; /* goes on in the next line */
	case 't': gv_buf_addc(&r->value, '\t'); return true;
	case 'b': gv_buf_addc(&r->value, '\b'); return true;
	case 'n': gv_buf_addc(&r->value, '\n'); return true;
	case '\\': gv_buf_addc(&r->value, '\\'); return true;
	case '"': gv_buf_addc(&r->value, '"'); return true;
	}
	return false;
}

/* After '=', to the end of the line.  Blanks at both ends go, blanks within quotes stay. */
static bool read_value(struct reader *r)
{
	bool quoted = false;
	size_t keep = 0; /* up to here nothing is a blank at the end */
	int c;

	gv_buf_reset(&r->value);
	for (;;) {
		c = next(r);
		if (c == '\n' || c == EOF_)
			break;
		if (is_space(c) && !quoted) {
			if (r->value.n)
				gv_buf_addc(&r->value, (char)c);
			continue;
		}
		if ((c == '#' || c == ';') && !quoted) {
			do {
				c = next(r);
			} while (c != '\n' && c != EOF_);
			break;
		}
		if (c == '"') {
			quoted = !quoted;
		} else if (c == '\\') {
			if (!read_escape(r))
				return false;
		} else {
			gv_buf_addc(&r->value, (char)c);
		}
		keep = r->value.n;
	}
	if (r->value.failed)
		return false;
	r->value.n = keep;
	if (r->value.p)
		r->value.p[keep] = '\0';
	return !quoted;
}

/* A line that begins with a letter: "name", or "name = value". */
static bool read_item(struct reader *r, int first, struct gv_gitconf_item *item)
{
	int c = first;

	r->key.n = r->section;
	while (is_alnum(c) || c == '-') {
		gv_buf_addc(&r->key, lower(c));
		c = next(r);
	}
	while (c == ' ' || c == '\t')
		c = next(r);
	if (r->key.failed)
		return false;
	*item = (struct gv_gitconf_item){ .key = r->key.p };
	if (c == '\n' || c == EOF_)
		return true;
	if (c != '=' || !read_value(r))
		return false;
	item->value = r->value.p ? r->value.p : "";
	return true;
}

static int parse(struct reader *r, int (*each)(void *ctx, const struct gv_gitconf_item *item),
                 void *ctx, struct gv_err *err)
{
	struct gv_gitconf_item item;
	size_t line = 1;
	int c, rc = 0;

	while (!rc && (line = r->line, c = next(r)) != EOF_) {
		bool good = true;

		if (is_space(c))
			continue;
		if (c == '#' || c == ';') {
			while (c != '\n' && c != EOF_)
				c = next(r);
		} else if (c == '[') {
			good = read_section(r);
		} else {
			good = is_alpha(c) && read_item(r, c, &item);
			if (good)
				rc = each(ctx, &item);
		}
		if (!good) {
			rc = gv_buf_check(r->key.failed ? &r->key : &r->value, err);
			if (!rc)
				rc = gv_fail(err, GV_EDATA, "%s", _("not a git config line"));
			if (err)
				err->line = line;
		}
	}
	return rc;
}

int gv_gitconf_parse(struct gv_str text, int (*each)(void *ctx, const struct gv_gitconf_item *item),
                     void *ctx, struct gv_err *err)
{
	struct gv_str mark = GV_STR("\xEF\xBB\xBF");
	struct reader r = { .line = 1, .key = GV_BUF_INIT(KEY_MAX), .value = GV_BUF_INIT(GV_MIB) };
	int rc;

	if (gv_str_starts(text, mark)) {
		text.p += mark.n;
		text.n -= mark.n;
	}
	r.p = text.p;
	r.end = text.p + text.n;
	if (text.n && memchr(text.p, '\0', text.n))
		rc = gv_fail(err, GV_EDATA, "%s", _("not a git config: it holds a NUL"));
	else
		rc = parse(&r, each, ctx, err);
	gv_buf_free(&r.key);
	gv_buf_free(&r.value);
	return rc;
}

bool gv_gitconf_bool(const char *value, bool *out)
{
	static const char *const yes[] = { "true", "yes", "on" };
	static const char *const no[] = { "false", "no", "off", "" };
	int64_t number;

	*out = true;
	if (!value)
		return true;
	for (size_t i = 0; i < sizeof yes / sizeof yes[0]; i++) {
		if (strcasecmp(value, yes[i]) == 0)
			return true;
	}
	*out = false;
	for (size_t i = 0; i < sizeof no / sizeof no[0]; i++) {
		if (strcasecmp(value, no[i]) == 0)
			return true;
	}
	if (!gv_str_int(gv_str_of(value), &number))
		return false;
	*out = number != 0;
	return true;
}
