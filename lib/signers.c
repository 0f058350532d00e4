/* SPDX-License-Identifier: MIT */
#include "signers.h"

#include <stdlib.h>
#include <strings.h>

#include "date.h"
#include "i18n.h"
#include "utf8.h"

#define TEXT_MAX (16 * GV_MIB)
#define ZONE INT64_C(28800)  /* UTC+8: times without a Z */

struct gv_signers {
	struct gv_buf text;
	struct gv_signer *items;
	size_t n, room;
};

/* ---- words ---- */

static void skip_blanks(struct gv_str *s)
{
	while (s->n && (s->p[0] == ' ' || s->p[0] == '\t')) {
		s->p++;
		s->n--;
	}
}

/* Up to a blank that is not in double quotes, as OpenSSH reads options; false if a quote stays open. */
static bool take_word(struct gv_str *rest, struct gv_str *word)
{
	bool quoted = false;
	size_t n = 0;

	skip_blanks(rest);
	for (; n < rest->n && (quoted || (rest->p[n] != ' ' && rest->p[n] != '\t')); n++)
		quoted ^= rest->p[n] == '"';
	*word = (struct gv_str){ rest->p, n };
	rest->p += n;
	rest->n -= n;
	return !quoted;
}

/* The next item of a comma list; commas in quotes do not part it. */
static struct gv_str take_item(struct gv_str *list)
{
	struct gv_str item;
	bool quoted = false;
	size_t n = 0;

	for (; n < list->n && (quoted || list->p[n] != ','); n++)
		quoted ^= list->p[n] == '"';
	item = (struct gv_str){ list->p, n };
	n += n < list->n;
	list->p += n;
	list->n -= n;
	return item;
}

/* ---- options ---- */

static bool digits(struct gv_str s, size_t at, size_t n, int64_t *out)
{
	for (size_t i = at; i < at + n; i++)
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
	return gv_str_int((struct gv_str){ s.p + at, n }, out);
}

/* YYYYMMDD, YYYYMMDDHHMM or YYYYMMDDHHMMSS, with or without Z. */
static bool read_time(struct gv_str s, int64_t *out)
{
	bool utc = s.n && s.p[s.n - 1] == 'Z';
	int64_t year, month, date, part[3] = { 0 };
	gv_day day;

	s.n -= utc;
	if ((s.n != 8 && s.n != 12 && s.n != 14) || !digits(s, 0, 4, &year) || !digits(s, 4, 2, &month) ||
	    !digits(s, 6, 2, &date))
		return false;
	for (size_t i = 0; 8 + 2 * i < s.n; i++)
		if (!digits(s, 8 + 2 * i, 2, &part[i]))
			return false;
	day = gv_day_of((int)year, (int)month, (int)date);
	if (day == GV_DAY_NONE || part[0] > 23 || part[1] > 59 || part[2] > 59)
		return false;
	*out = day * INT64_C(86400) + part[0] * 3600 + part[1] * 60 + part[2] - (utc ? 0 : ZONE);
	return *out > 0; /* 0 is "no limit", as OpenSSH has it */
}

/* NAME="...": its value, and that the item was this option at all. */
static bool option(struct gv_str item, const char *name, struct gv_str *value)
{
	size_t n = strlen(name);

	if (item.n < n + 3 || strncasecmp(item.p, name, n) != 0 || item.p[n] != '=' || item.p[n + 1] != '"' ||
	    item.p[item.n - 1] != '"')
		return false;
	*value = (struct gv_str){ item.p + n + 2, item.n - n - 3 };
	return value->n && !memchr(value->p, '"', value->n) && !memchr(value->p, '\\', value->n);
}

static int wrong_time(struct gv_str value, struct gv_err *err)
{
	return gv_fail(err, GV_EDATA, _("\"%.*s\" is not a time: write YYYYMMDDZ or YYYYMMDDHHMM[SS]Z"),
	               (int)(value.n < 64 ? value.n : 64), value.p);
}

static int read_option(struct gv_signer *s, struct gv_str item, struct gv_err *err)
{
	struct gv_str value;

	if (item.n == 14 && strncasecmp(item.p, "cert-authority", item.n) == 0)
		return gv_fail(err, GV_EDATA, "%s", _("certificates are not supported: name each person's key"));
	if (!s->spaces.n && option(item, "namespaces", &value))
		s->spaces = value;
	else if (!s->after && option(item, "valid-after", &value))
		return read_time(value, &s->after) ? 0 : wrong_time(value, err);
	else if (!s->before && option(item, "valid-before", &value))
		return read_time(value, &s->before) ? 0 : wrong_time(value, err);
	else
		return gv_fail(err, GV_EDATA, _("\"%.*s\" is no option, or stands there twice"),
		               (int)(item.n < 64 ? item.n : 64), item.p);
	return 0;
}

static int read_options(struct gv_signer *s, struct gv_str list, struct gv_err *err)
{
	int rc = 0;

	while (list.n && !rc)
		rc = read_option(s, take_item(&list), err);
	if (!rc && s->before && s->before <= s->after)
		rc = gv_fail(err, GV_EDATA, "%s", _("valid-before is not after valid-after"));
	return rc;
}

/* ---- lines ---- */

/* Persons, by their names: who "*@court" is cannot be told from a record. */
static int read_principals(struct gv_signer *s, struct gv_str word, struct gv_err *err)
{
	struct gv_str list;

	if (word.n >= 2 && word.p[0] == '"' && word.p[word.n - 1] == '"')
		word = (struct gv_str){ word.p + 1, word.n - 2 };
	s->principals = list = word;
	s->principal = take_item(&list);
	for (list = word; list.n || !word.n;) {
		struct gv_str one = take_item(&list);

		if (!one.n || memchr(one.p, '"', one.n))
			return gv_fail(err, GV_EDATA, "%s", _("a principal is empty, or has quotes inside"));
		if (memchr(one.p, '*', one.n) || memchr(one.p, '?', one.n) || one.p[0] == '!')
			return gv_fail(err, GV_EDATA, _("\"%.*s\" is a pattern: name each person"),
			               (int)(one.n < 64 ? one.n : 64), one.p);
	}
	return word.p[word.n - 1] == ',' ? gv_fail(err, GV_EDATA, "%s", _("a principal is empty, or has quotes inside")) : 0;
}

static int read_line(struct gv_signer *s, struct gv_str line, struct gv_err *err)
{
	struct gv_str word, rest = line;
	int rc;

	if (gv_utf8_valid(line) != line.n || memchr(line.p, '\0', line.n))
		return gv_fail(err, GV_EDATA, "%s", _("is not UTF-8"));
	if (!take_word(&rest, &word))
		return gv_fail(err, GV_EDATA, "%s", _("a double quote is left open"));
	rc = read_principals(s, word, err);
	if (rc)
		return rc;
	line = rest;
	if (!take_word(&rest, &word))
		return gv_fail(err, GV_EDATA, "%s", _("a double quote is left open"));
	if (memchr(word.p, '=', word.n) || (word.n >= 14 && strncasecmp(word.p, "cert-authority", 14) == 0)) {
		rc = read_options(s, word, err);
		line = rest;
	}
	return rc ? rc : gv_sshkey_read(&s->key, line, err);
}

static int add(struct gv_signers *s, const struct gv_signer *one, struct gv_err *err)
{
	if (s->n == s->room) {
		size_t room = s->room ? 2 * s->room : 16;
		struct gv_signer *items = realloc(s->items, room * sizeof *items);

		if (!items)
			return gv_fail_nomem(err);
		s->items = items;
		s->room = room;
	}
	s->items[s->n++] = *one;
	return 0;
}

static int read_all(struct gv_signers *s, struct gv_err *err)
{
	struct gv_str rest = gv_buf_str(&s->text);
	int rc = 0;

	for (size_t no = 1; rest.n && !rc; no++) {
		const char *eol = memchr(rest.p, '\n', rest.n);
		size_t n = eol ? (size_t)(eol - rest.p) : rest.n;
		struct gv_str line = gv_str_trim((struct gv_str){ rest.p, n });
		struct gv_signer one = { .line = no };

		rest.p += n + (eol != NULL);
		rest.n -= n + (eol != NULL);
		if (!line.n || line.p[0] == '#')
			continue;
		rc = read_line(&one, line, err);
		if (rc && err)
			err->line = no;
		if (!rc)
			rc = add(s, &one, err);
	}
	if (rc)
		gv_err_thing(err, "signers", strlen("signers"));
	return rc;
}

int gv_signers_read(struct gv_signers **out, struct gv_str text, struct gv_err *err)
{
	struct gv_signers *s = calloc(1, sizeof *s);
	int rc;

	*out = NULL;
	if (!s)
		return gv_fail_nomem(err);
	gv_buf_init(&s->text, TEXT_MAX);
	gv_buf_addstr(&s->text, text);
	rc = gv_buf_check(&s->text, err);
	if (!rc)
		rc = read_all(s, err);
	if (rc)
		gv_signers_free(s);
	else
		*out = s;
	return rc;
}

void gv_signers_free(struct gv_signers *s)
{
	if (!s)
		return;
	gv_buf_free(&s->text);
	free(s->items);
	free(s);
}

size_t gv_signers_count(const struct gv_signers *s)
{
	return s->n;
}

const struct gv_signer *gv_signers_at(const struct gv_signers *s, size_t i)
{
	return i < s->n ? &s->items[i] : NULL;
}

/* ---- finding ---- */

/* "*" and "?": after a mismatch only the last star can take more. */
static bool matches(struct gv_str pattern, struct gv_str s)
{
	size_t p = 0, i = 0, star = SIZE_MAX, from = 0;

	while (i < s.n) {
		if (p < pattern.n && pattern.p[p] == '*') {
			star = p++;
			from = i;
		} else if (p < pattern.n && (pattern.p[p] == '?' || pattern.p[p] == s.p[i])) {
			p++;
			i++;
		} else if (star != SIZE_MAX) {
			p = star + 1;
			i = ++from;
		} else {
			return false;
		}
	}
	while (p < pattern.n && pattern.p[p] == '*')
		p++;
	return p == pattern.n;
}

/* A list of patterns; one with "!" that matches decides. */
static bool allows(struct gv_str list, struct gv_str space)
{
	bool found = false;

	if (!list.n)
		return true;
	while (list.n) {
		struct gv_str one = take_item(&list);
		bool negated = one.n && one.p[0] == '!';

		one.p += negated;
		one.n -= negated;
		if (!matches(one, space))
			continue;
		if (negated)
			return false;
		found = true;
	}
	return found;
}

static enum gv_signer_why judge(const struct gv_signer *s, struct gv_str space, int64_t time)
{
	if (!allows(s->spaces, space))
		return GV_SIGNER_SPACE;
	if (s->after && time < s->after)
		return GV_SIGNER_EARLY;
	return s->before && time > s->before ? GV_SIGNER_LATE : GV_SIGNER_OK;
}

const struct gv_signer *gv_signers_find(const struct gv_signers *s, const struct gv_sshkey *key, const char *space,
                                        int64_t time, enum gv_signer_why *why)
{
	*why = GV_SIGNER_UNKNOWN;
	for (size_t i = 0; i < s->n; i++) {
		enum gv_signer_why found;

		if (strcmp(s->items[i].key.print, key->print) != 0)
			continue;
		found = judge(&s->items[i], gv_str_of(space), time);
		if (found == GV_SIGNER_OK) {
			*why = found;
			return &s->items[i];
		}
		if (*why == GV_SIGNER_UNKNOWN)
			*why = found;
	}
	return NULL;
}
