/* SPDX-License-Identifier: MIT */
/* The grammar of 2016: （2022）沪0114民初1234号 and its short forms. */
#include "caseno_impl.h"

/* Characters of local type codes that no national code has: 执费, 引调, 诉前调书. */
#define LOCAL_TYPE_CHARS L"费预管前书诉引公少附重裁立登限调确特委"

bool cn_type_known(struct gv_caseno_reader *r, struct gv_str type)
{
	return type.n && gv_ref_find(r->types, r->type_code, type, 0) != GV_REF_NONE;
}

/* Is there a type code in the table with this character in it, or at its start? */
static bool in_type_codes(struct gv_caseno_reader *r, struct gv_str ch, bool first)
{
	for (size_t i = 0; i < gv_ref_rows(r->types); i++) {
		struct gv_str code = gv_ref_cell(r->types, i, r->type_code);

		if (first ? gv_str_starts(code, ch) : code.n && memmem(code.p, code.n, ch.p, ch.n))
			return true;
	}
	return false;
}

/*
 * A code that is not in the table but made of the words that courts use: two or
 * three characters that start as a national code does.  Courts number local
 * registers so (执费, 执督); a record of one must not be lost.  Everything else is
 * unknown: 工认 is a work-injury decision although a court code precedes it.
 */
static bool is_local_type(const struct cn_read *c, size_t from, size_t to)
{
	if (to - from < 2 || to - from > 3 ||
	    !in_type_codes(c->r, cn_slice(c->t, from, from + 1), true))
		return false;
	for (size_t i = from; i < to; i++)
		if (!cn_in(LOCAL_TYPE_CHARS, c->t->cp[i]) &&
		    !in_type_codes(c->r, cn_slice(c->t, i, i + 1), false))
			return false;
	return true;
}

/* Mediation before filing, numbered outside the standard (CN-14): 诉前调, 引调, 调确. */
static bool is_register(const struct cn_text *t, size_t from, size_t to)
{
	bool mediation = false;

	if (to - from < 2 || to - from > 5)
		return false;
	for (size_t i = from; i < to; i++) {
		if (!cn_in(L"民行商执诉前引委特邀立先调解书确督", t->cp[i]))
			return false;
		mediation |= t->cp[i] == L'调' &&
		             (i == from || cn_in(L"民行商诉前引委特邀立先", t->cp[i - 1]));
	}
	return mediation;
}

/* ---- court ---- */

enum cn_found cn_court(struct cn_read *c)
{
	const struct cn_text *t = c->t;
	char *court = c->out->court;
	size_t from = c->pos, n, brackets;
	struct gv_str shown;
	bool guizhou = t->cp[from] == L'贵' && cn_digit(t->cp[from + 1]);

	court[0] = '\0';
	if (t->cp[from] == L'最' && t->cp[from + 1] == L'高' && t->cp[from + 2] == L'法') {
		c->pos = from + 3;
		cn_put(court, sizeof c->out->court, GV_STR("最高法"));
		return CN_YES;
	}
	if (!cn_in(CN_PROVINCES, t->cp[from]) && !guizhou)
		return CN_NO;
	brackets = t->cp[from + 1] == '(' && cn_digit(t->cp[from + 2]);
	n = cn_digits(t, from + 1 + brackets);
	shown = cn_shown(t, from, from + 1 + brackets + n);
	if (n != 0 && n != 2 && n != 4)
		return cn_bad(c, _("court code %.*s has neither two nor four digits"),
		              CN_ARGS(shown));
	cn_put(court, sizeof c->out->court, guizhou ? GV_STR("黔") : cn_slice(t, from, from + 1));
	if (guizhou)
		cn_warn(c, "%s", _("courts of Guizhou are numbered 黔, not 贵"));
	from += 1 + brackets;
	cn_put(court, sizeof c->out->court, cn_slice(t, from, from + n));
	c->pos = from + n;
	if (brackets && t->cp[c->pos] == ')')
		c->pos++;
	if (brackets)
		cn_warn(c, "%s", _("brackets in the court code"));
	return CN_YES;
}

/* ---- type ---- */

struct type_span {
	size_t from, to;  /* without 字, 第 and the special character */
	bool special;
	bool known;
	bool hybrid;      /* 字 or 字第 behind it */
};

/* The Chinese characters from c->pos up to the serial. */
static struct type_span type_span(struct cn_read *c)
{
	const struct cn_text *t = c->t;
	struct type_span s = { .from = c->pos };
	size_t to = c->pos;

	while (cn_han(t->cp[to]) && t->cp[to] != L'号')
		to++;
	c->pos = to;
	if (to > s.from && t->cp[to - 1] == L'第')
		to--;
	if (to > s.from && t->cp[to - 1] == L'字') {
		to--;
		s.hybrid = true;
	}
	s.to = to;
	s.known = cn_type_known(c->r, cn_slice(t, s.from, to));
	if (!s.known && to > s.from && gv_str_is(cn_slice(t, s.from, s.from + 1), CN_SPECIAL)) {
		s.special = true;
		s.from++;
		s.known = cn_type_known(c->r, cn_slice(t, s.from, to));
	}
	return s;
}

/* ---- the whole ---- */

static enum cn_found court_missing(struct cn_read *c, int year, const struct type_span *s)
{
	struct gv_str type = cn_shown(c->t, s->from, s->to);

	if (!s->known || (year && (s->hybrid || year < CN_FIRST_YEAR)))
		return CN_NO;
	c->evidence = CN_SURE;
	if (!c->r->home[0] || c->listed)
		return cn_bad(c, _("no court code before %.*s"), CN_ARGS(type));
	memcpy(c->out->court, c->r->home, sizeof c->out->court);
	return CN_YES;
}

static enum cn_found check_type(struct cn_read *c, const struct type_span *s)
{
	struct gv_str type = cn_slice(c->t, s->from, s->to);
	struct gv_str shown = cn_shown(c->t, s->from, s->to);

	if (!type.n)
		return cn_bad(c, _("no type code after court code %s"), c->out->court);
	c->out->class = GV_CN_NEW;
	if (is_register(c->t, s->from, s->to))
		c->out->class = GV_CN_REGISTER;
	else if (!s->known && is_local_type(c, s->from, s->to))
		cn_warn(c, _("type code %.*s is not in case-types.tsv"), CN_ARGS(shown));
	else if (!s->known)
		return cn_bad(c, _("unknown type code %.*s"), CN_ARGS(shown));
	if (!cn_put(c->out->type, sizeof c->out->type, type))
		return cn_bad(c, _("unknown type code %.*s"), CN_ARGS(shown));
	c->evidence = CN_SURE;
	if (s->special)
		cn_put(c->out->special, sizeof c->out->special, GV_STR(CN_SPECIAL));
	return CN_YES;
}

static enum cn_found check_year(struct cn_read *c, int year)
{
	if (!year)
		year = c->r->year;
	if (!year)
		return cn_bad(c, "%s", _("no year"));
	if (year == CN_FIRST_YEAR - 1)
		cn_warn(c, _("year %d, but court codes began in %d"), year, CN_FIRST_YEAR);
	if (year < CN_FIRST_YEAR - 1)
		return cn_bad(c, _("year %d, but court codes began in %d"), year, CN_FIRST_YEAR);
	if (year > CN_LAST_YEAR)
		return cn_bad(c, _("year %d is nonsense"), year);
	c->out->year = year;
	return CN_YES;
}

static void put_prefix(struct cn_read *c)
{
	struct gv_caseno *out = c->out;
	char digits[4];

	for (int i = 3, y = out->year; i >= 0; i--, y /= 10)
		digits[i] = (char)('0' + y % 10);
	cn_put(out->id, sizeof out->id, GV_STR("（"));
	cn_put(out->id, sizeof out->id, (struct gv_str){ digits, 4 });
	cn_put(out->id, sizeof out->id, GV_STR("）"));
	cn_put(out->id, sizeof out->id, gv_str_of(out->court));
	cn_put(out->id, sizeof out->id, gv_str_of(out->special));
	cn_put(out->id, sizeof out->id, gv_str_of(out->type));
	c->prefix = strlen(out->id);
}

/* Court and type code, or nothing of this grammar here. */
static enum cn_found court_and_type(struct cn_read *c, int year, struct type_span *s)
{
	bool old = year && year < CN_FIRST_YEAR;
	enum cn_found found = cn_court(c);

	if (found == CN_BAD)
		return found;
	*s = type_span(c);
	if (found == CN_NO)
		return court_missing(c, year, s);
	if (cn_digit((unsigned char)c->out->court[strlen(c->out->court) - 1]))
		return CN_YES;
	if (!old && gv_str_is(gv_str_of(c->out->court), "最高法"))
		return CN_YES;
	/* 川民终 with a year of the old grammar, or with 字第, are the words of an old
	 * number: 新民初字第1号 is of a county, not of Xinjiang's high court. */
	if (!old && s->known && !s->hybrid)
		return CN_YES;
	c->out->court[0] = '\0';
	return CN_NO;
}

enum cn_found cn_new(struct cn_read *c, int year)
{
	struct type_span s;
	size_t start = c->pos;
	enum cn_found found = court_and_type(c, year, &s);

	if (found == CN_NO)
		c->pos = start;
	if (found == CN_YES && year)
		c->evidence = CN_LIKELY;
	if (found == CN_YES)
		found = check_type(c, &s);
	if (found == CN_YES)
		found = check_year(c, year);
	if (found != CN_YES)
		return found;
	put_prefix(c);
	found = cn_serial(c);
	if (found != CN_YES)
		return found;
	c->out->hybrid = s.hybrid;
	if (s.hybrid)
		cn_warn(c, "%s", _("字 of the old grammar behind a court code"));
	c->out->court_known = gv_ref_find(c->r->courts, c->r->court_code,
	                                  gv_str_of(c->out->court), 0) != GV_REF_NONE;
	if (!c->out->court_known)
		cn_warn(c, _("court code %s is not in courts.tsv"), c->out->court);
	return CN_YES;
}
