/* SPDX-License-Identifier: MIT */
#include "caseno_impl.h"

#include <stdlib.h>

/* ---- the reader ---- */

static int open_tables(struct gv_caseno_reader *r, struct gv_err *err)
{
	const struct { struct gv_ref **ref; const char *table, *column; int *at; } columns[] = {
		{ &r->courts, "courts", "code", &r->court_code },
		{ &r->courts, "courts", "name", &r->court_name },
		{ &r->types, "case-types", "type_code", &r->type_code },
		{ &r->types, "case-types", "name", &r->type_name },
		{ &r->types, "case-types", "group", &r->type_group },
		{ &r->types, "case-types", "level1", &r->type_level1 },
	};

	for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++) {
		if (!*columns[i].ref) {
			int rc = gv_ref_open(columns[i].ref, columns[i].table, err);

			if (rc)
				return rc;
		}
		*columns[i].at = gv_ref_column(*columns[i].ref, columns[i].column);
		if (*columns[i].at < 0)
			return gv_fail(err, GV_EDATA, _("table %s has no column %s"),
			               columns[i].table, columns[i].column);
	}
	return 0;
}

/* The home court goes through the same grammar as any other. */
static int set_home(struct gv_caseno_reader *r, const char *home, struct gv_err *err)
{
	struct cn_text text;
	struct gv_caseno one = { 0 };
	struct cn_read c = { .r = r, .t = &text, .out = &one };

	if (!cn_text_read(&text, gv_str_of(home), &one) || cn_court(&c) != CN_YES ||
	    c.pos != text.n) {
		gv_fail(err, GV_EDATA, "%s", _("not a court code"));
		gv_err_thing(err, home, strlen(home));
		return GV_EDATA;
	}
	memcpy(r->home, one.court, sizeof r->home);
	return 0;
}

int gv_caseno_reader_new(struct gv_caseno_reader **out, const char *home_court, int year,
                         struct gv_err *err)
{
	struct gv_caseno_reader *r = calloc(1, sizeof *r);
	int rc;

	*out = NULL;
	if (!r)
		return gv_fail_nomem(err);
	r->year = year;
	rc = open_tables(r, err);
	if (!rc && home_court && *home_court)
		rc = set_home(r, home_court, err);
	if (rc)
		gv_caseno_reader_free(r);
	else
		*out = r;
	return rc;
}

void gv_caseno_reader_free(struct gv_caseno_reader *r)
{
	if (!r)
		return;
	gv_ref_free(r->courts);
	gv_ref_free(r->types);
	free(r);
}

/* ---- parts that both grammars share ---- */

enum cn_found cn_bad(struct cn_read *c, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(c->out->reason, sizeof c->out->reason, fmt, ap);
	va_end(ap);
	return CN_BAD;
}

void cn_warn(struct cn_read *c, const char *fmt, ...)
{
	va_list ap;

	if (c->out->reason[0])
		return;
	va_start(ap, fmt);
	vsnprintf(c->out->reason, sizeof c->out->reason, fmt, ap);
	va_end(ap);
}

bool cn_put(char *to, size_t size, struct gv_str s)
{
	size_t n = strlen(to);

	if (s.n >= size - n)
		return false;
	memcpy(to + n, s.p, s.n);
	to[n + s.n] = '\0';
	return true;
}

/* 12 -> 十二: the official way to write the number of a ruling. */
static void put_numeral(char *to, size_t size, unsigned n)
{
	static const char *const ones[] = {
		"", "一", "二", "三", "四", "五", "六", "七", "八", "九"
	};

	if (n >= 20)
		cn_put(to, size, gv_str_of(ones[n / 10]));
	if (n >= 10)
		cn_put(to, size, GV_STR("十"));
	cn_put(to, size, gv_str_of(ones[n % 10]));
}

/*
 * 之一, 之2, -3 (CN-17).  A dash is a suffix when 1 to 99 follows, unless that
 * reads as a range of serials, see caseno_split.c.
 */
static void suffix(struct cn_read *c, size_t serial_digits, unsigned serial)
{
	const struct cn_text *t = c->t;
	size_t from = c->pos + 1, to = from, digits;
	char *at = c->out->suffix;
	size_t size = sizeof c->out->suffix;
	unsigned n = 0;

	if (at[0] || (t->cp[c->pos] != L'之' && t->cp[c->pos] != '-'))
		return;
	digits = cn_digits(t, from);
	for (size_t i = 0; i < digits && i < 9; i++)
		n = n * 10 + (unsigned)(t->cp[from + i] - '0');
	if (digits && n >= 1 && n <= 99 && digits <= 9) {
		if (t->cp[c->pos] == '-' && n > serial &&
		    (c->listed || (digits >= 2 && digits == serial_digits)))
			return;
		cn_put(at, size, GV_STR("之"));
		put_numeral(at, size, n);
		c->pos = from + digits;
		return;
	}
	while (t->cp[c->pos] == L'之' && cn_in(CN_NUMERALS, t->cp[to]))
		to++;
	if (to > from && cn_put(at, size, cn_slice(t, from - 1, to)))
		c->pos = to;
}

bool cn_keeps_zeros(const struct gv_caseno *cn)
{
	return cn->class == GV_CN_LEGACY || gv_str_is(gv_str_of(cn->type), "刑核");
}

enum cn_found cn_serial(struct cn_read *c)
{
	struct gv_caseno *out = c->out;
	size_t n = cn_digits(c->t, c->pos), from = c->pos;
	struct gv_str shown;
	unsigned value = 0;

	if (!n)
		return cn_bad(c, "%s", _("no serial number"));
	shown = cn_shown(c->t, from, from + n);
	if (n > 8)
		return cn_bad(c, _("serial number %.*s is longer than 8 digits"), CN_ARGS(shown));
	for (size_t i = 0; i < n; i++)
		value = value * 10 + (unsigned)(c->t->cp[from + i] - '0');
	if (!value)
		return cn_bad(c, "%s", _("serial number 0"));
	c->pos += n;
	while (!cn_keeps_zeros(out) && c->t->cp[from] == '0')
		from++;
	out->serial[0] = '\0';
	cn_put(out->serial, sizeof out->serial, cn_slice(c->t, from, c->pos));
	suffix(c, n, value);
	if (c->t->cp[c->pos] == L'号') {
		c->pos++;
		suffix(c, n, value);
	}
	if (!cn_put(out->id, sizeof out->id, gv_str_of(out->serial)) ||
	    !cn_put(out->id, sizeof out->id, GV_STR("号")))
		return cn_bad(c, "%s", _("too long for a case number"));
	return CN_YES;
}

/*
 * （2022）, (2022], 2022年, 2022: *year is 0 where there is none.  A missing or
 * doubled bracket leaves one reading.
 */
static enum cn_found year(struct cn_read *c, int *year)
{
	const struct cn_text *t = c->t;
	size_t p = c->pos, n, opened = 0, closed = 0;
	struct gv_str shown;

	*year = 0;
	while (t->cp[p] == '(')
		p++, opened++;
	n = cn_digits(t, p);
	if (!n && !opened)
		return CN_YES;
	if (!n)
		return cn_bad(c, "%s", _("no year"));
	shown = cn_shown(t, p, p + n);
	if (n != 4)
		return cn_bad(c, _("year %.*s has not four digits"), CN_ARGS(shown));
	for (size_t i = 0; i < 4; i++)
		*year = *year * 10 + (int)(t->cp[p + i] - '0');
	p += 4;
	while (t->cp[p] == ')' || t->cp[p] == L'年')
		closed += t->cp[p++] == ')';
	if (opened != closed)
		cn_warn(c, "%s", _("a bracket is missing at the year"));
	c->pos = p;
	return CN_YES;
}

enum cn_found cn_one(struct cn_read *c)
{
	int y;
	enum cn_found found = year(c, &y);

	if (found != CN_YES)
		return found;
	found = cn_new(c, y);
	if (found == CN_NO)
		found = cn_legacy(c, y);
	if (found == CN_YES && c->r->year && c->out->year > c->r->year)
		cn_warn(c, _("year %d is after %d"), c->out->year, c->r->year);
	return found;
}

/* ---- the calls ---- */

static bool is_official(const struct gv_caseno *cn, struct gv_str text)
{
	size_t id = strlen(cn->id), extra = strlen(cn->suffix);

	return text.n == id + extra && memcmp(text.p, cn->id, id) == 0 &&
	       memcmp(text.p + id, cn->suffix, extra) == 0;
}

int gv_caseno_parse(struct gv_caseno_reader *r, struct gv_caseno *out, struct gv_str text,
                    struct gv_err *err)
{
	struct cn_text t;
	struct cn_read c = { .r = r, .t = &t, .out = out };
	size_t count = 0;

	memset(out, 0, sizeof *out);
	if (cn_text_read(&t, text, out)) {
		enum cn_found found = cn_list(&c, &count, NULL, NULL, NULL);

		if (found == CN_YES && count == 1) {
			out->changed = !is_official(out, text);
			return 0;
		}
		if (found == CN_YES) {
			memset(out, 0, sizeof *out);
			out->class = GV_CN_MULTI;
			cn_bad(&c, _("%zu case numbers in one"), count);
		} else {
			cn_refuse(&c, found);
		}
	}
	gv_fail(err, GV_EDATA, "%s", out->reason);
	gv_err_thing(err, text.p, text.n);
	return GV_EDATA;
}

const char *gv_caseno_class_name(enum gv_caseno_class class)
{
	static const char *const names[] = {
		[GV_CN_NEW] = "new", [GV_CN_REGISTER] = "register", [GV_CN_LEGACY] = "legacy",
		[GV_CN_MULTI] = "multi", [GV_CN_MASKED] = "masked", [GV_CN_CORRUPT] = "corrupt",
		[GV_CN_OTHER] = "other",
	};

	return names[class];
}

/* ---- the tables ---- */

static struct gv_str cell(struct gv_ref *ref, size_t row, int column)
{
	return row == GV_REF_NONE ? (struct gv_str){ 0 } : gv_ref_cell(ref, row, column);
}

struct gv_str gv_caseno_court_name(struct gv_caseno_reader *r, const char *code)
{
	size_t row = gv_ref_find(r->courts, r->court_code, gv_str_of(code), 0);

	return cell(r->courts, row, r->court_name);
}

struct gv_str gv_caseno_court_code(struct gv_caseno_reader *r, struct gv_str name)
{
	size_t row = gv_ref_find(r->courts, r->court_name, name, 0);

	if (row != GV_REF_NONE && gv_ref_find(r->courts, r->court_name, name, row + 1) != GV_REF_NONE)
		row = GV_REF_NONE;
	return cell(r->courts, row, r->court_code);
}

/* First row of a type code, with or without the special character. */
static size_t type_row(struct gv_caseno_reader *r, struct gv_str *type)
{
	size_t row = gv_ref_find(r->types, r->type_code, *type, 0);

	if (row == GV_REF_NONE && gv_str_starts(*type, GV_STR(CN_SPECIAL))) {
		type->p += strlen(CN_SPECIAL);
		type->n -= strlen(CN_SPECIAL);
		row = gv_ref_find(r->types, r->type_code, *type, 0);
	}
	return row;
}

struct gv_str gv_caseno_type_name(struct gv_caseno_reader *r, const char *special_and_type)
{
	struct gv_str type = gv_str_of(special_and_type);
	size_t row = type_row(r, &type), next;
	struct gv_str name = cell(r->types, row, r->type_name);

	if (row == GV_REF_NONE)
		return name;
	/* A code of several types has only the name of their group (CN-09). */
	next = gv_ref_find(r->types, r->type_code, type, row + 1);
	if (next != GV_REF_NONE && !gv_str_eq(cell(r->types, next, r->type_name), name))
		name = cell(r->types, row, r->type_group);
	return name;
}

struct gv_str gv_caseno_type_group(struct gv_caseno_reader *r, const char *special_and_type)
{
	struct gv_str type = gv_str_of(special_and_type);

	return cell(r->types, type_row(r, &type), r->type_level1);
}
