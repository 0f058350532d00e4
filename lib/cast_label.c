/* SPDX-License-Identifier: MIT */
/* cast_label: what stands for a hidden name. */
#include <stdio.h>

#include "cast.h"
#include "utf8.h"

#define MOU "某"

static size_t first_char(struct gv_str s)
{
	size_t at = 0;

	gv_utf8_next(s, &at);
	return at;
}

static size_t characters(struct gv_str s)
{
	size_t n = 0;

	for (size_t at = 0; at < s.n && gv_utf8_next(s, &at) >= 0;)
		n++;
	return n;
}

static bool is_latin(struct gv_str name)
{
	return name.n && (((unsigned char)name.p[0] | 0x20) >= 'a' && ((unsigned char)name.p[0] | 0x20) <= 'z');
}

/* ANON-03 to ANON-05. */
static void person_base(const struct gv_cast *c, const struct gv_surnames *surnames, const struct gv_cast_member *m, struct gv_buf *out)
{
	struct gv_str name = m->name;
	size_t keep;

	if (is_latin(name)) {
		gv_buf_addc(out, (char)(name.p[0] & ~0x20));
		return;
	}
	keep = m->by_first ? 0 : m->surname.n && gv_str_starts(name, m->surname) ? m->surname.n : gv_surname_of(surnames, name);
	if (keep == 0 || keep >= name.n)
		keep = first_char(name);
	gv_buf_add(out, name.p, keep);
	for (size_t n = c->by_length && !m->by_first ? characters((struct gv_str){ name.p + keep, name.n - keep }) : 1; n > 0; n--)
		gv_buf_adds(out, MOU);
}

/* 胜山镇 of 慈溪市胜山镇美沁电器厂: where a town of up to four characters ends; 0: there is none. */
static size_t town(struct gv_str rest)
{
	static const char *const ends[] = { "镇", "乡", "街道" };
	size_t at = 0;

	for (int i = 0; i < 4 && gv_utf8_next(rest, &at) >= 0; i++)
		for (size_t k = 0; k < sizeof ends / sizeof *ends; k++)
			if (i > 0 && gv_str_starts((struct gv_str){ rest.p + at, rest.n - at }, gv_str_of(ends[k])))
				return at + strlen(ends[k]);
	return 0;
}

/* What stands before the word for what a unit does, of up to six characters; else two. */
static size_t trade_end(struct gv_str rest)
{
	size_t at = 0, two = 0;

	for (int i = 1; i <= 6 && gv_utf8_next(rest, &at) >= 0; i++) {
		struct gv_str behind = { rest.p + at, rest.n - at };

		if (i == 2)
			two = at;
		if (i >= 2 && (gv_name_says_trade(behind) || gv_str_starts(behind, GV_STR("(")) || gv_str_starts(behind, GV_STR("（"))))
			return at;
	}
	return two ? two : at;
}

/* Where the trade name of a unit stands in its name: as the record says, else what is behind the place, from where a short form
 * begins: 汉马 of 慈溪市附海汉马货运站, as 汉马站 has it. */
static struct gv_str trade_name(struct gv_divisions *d, const struct gv_cast_member *m)
{
	struct gv_str name = m->name, rest;
	const char *at = m->trade_name.n ? gv_str_find(name, m->trade_name) : NULL;
	size_t place, end;

	if (at)
		return (struct gv_str){ at, m->trade_name.n };
	place = gv_divisions_prefix(d, name);
	if (place)
		place += town((struct gv_str){ name.p + place, name.n - place });
	rest = (struct gv_str){ name.p + place, name.n - place };
	end = trade_end(rest);
	at = m->hint.n ? gv_str_find(rest, m->hint) : NULL;
	if (!at)
		return (struct gv_str){ rest.p, end };
	return (struct gv_str){ at, at + m->hint.n < rest.p + end ? (size_t)(rest.p + end - at) : m->hint.n };
}

/* As the 2024 practice has it: 上海某汽车有限公司. */
static void unit_base(struct gv_divisions *d, struct gv_cast_member *m, struct gv_buf *out)
{
	struct gv_str trade = trade_name(d, m);
	size_t before = (size_t)(trade.p - m->name.p);

	m->trade_name = trade;
	gv_buf_add(out, m->name.p, before);
	gv_buf_adds(out, MOU);
	gv_buf_add(out, trade.p + trade.n, m->name.n - before - trade.n);
}

int gv_cast_bases(struct gv_cast *c, const struct gv_surnames *surnames, struct gv_divisions *d, struct gv_err *err)
{
	struct gv_buf base = GV_BUF_INIT(8192);
	int rc = 0;

	for (size_t i = 0; i < c->n && !rc; i++) {
		struct gv_cast_member *m = &c->list[i];

		m->base = m->label = (struct gv_str){ 0 };
		/* A name that is masked already stays as it is: redacting twice changes nothing. */
		if (!m->hide || gv_str_find(m->name, GV_STR(MOU)))
			continue;
		gv_buf_reset(&base);
		if (m->unit)
			unit_base(d, m, &base);
		else
			person_base(c, surnames, m, &base);
		rc = gv_buf_check(&base, err);
		m->base = gv_arena_copy(&c->arena, gv_buf_str(&base));
		if (!rc && !m->base.p)
			rc = gv_fail_nomem(err);
	}
	gv_buf_free(&base);
	return rc;
}

/* Is it the same one, named twice: as a party and as the head of another?  Then one label is for both. */
static bool same_one(const struct gv_cast_member *a, const struct gv_cast_member *b)
{
	return gv_str_eq(a->name, b->name);
}

static bool is_alone(const struct gv_cast *c, const struct gv_cast_member *m)
{
	for (size_t i = 0; i < c->n; i++)
		if (gv_str_eq(c->list[i].base, m->base) && !same_one(&c->list[i], m))
			return false;
	return true;
}

static bool is_taken(const struct gv_cast *c, struct gv_str label)
{
	for (size_t i = 0; i < c->n; i++)
		if (gv_str_eq(c->list[i].label, label) || (!c->list[i].base.n && gv_str_eq(c->list[i].name, label)))
			return true;
	return false;
}

/* ANON-06: numbers behind names that would be the same, or 甲, 乙 as the older style has it. */
static char *numbered(struct gv_cast *c, const struct gv_cast_member *m, unsigned number)
{
	static const char letters[][4] = { "甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "壬", "癸" };
	size_t at = m->unit ? (size_t)(gv_str_find(m->base, GV_STR(MOU)) - m->base.p) + strlen(MOU) : m->base.n;
	const char *tail = m->base.p + at;

	if (c->by_letter && number <= 10)
		return gv_arena_printf(&c->arena, "%.*s%s%s", (int)at, m->base.p, letters[number - 1], tail);
	return gv_arena_printf(&c->arena, "%.*s%u%s", (int)at, m->base.p, number, tail);
}

static int give(struct gv_cast *c, struct gv_cast_member *m, struct gv_err *err)
{
	if (!m->base.n || m->label.n)
		return 0;
	for (size_t i = 0; i < c->n; i++)
		if (c->list[i].label.n && same_one(&c->list[i], m)) {
			m->label = c->list[i].label;
			m->number = c->list[i].number;
			return 0;
		}
	if (is_alone(c, m) && !is_taken(c, m->base)) {
		m->label = m->base;
		return 0;
	}
	for (unsigned number = 1; !m->label.n; number++) {
		struct gv_str label = gv_str_of(numbered(c, m, number));

		if (!label.p)
			return gv_fail_nomem(err);
		if (!is_taken(c, label)) {
			m->label = label;
			m->number = number;
		}
	}
	return 0;
}

/* What label `given` has behind its 某: the number of an earlier paper's. */
static unsigned number_in(struct gv_str label)
{
	const char *at = gv_str_find(label, GV_STR(MOU));
	unsigned n = 0;

	for (at = at ? at + strlen(MOU) : NULL; at && at < label.p + label.n && *at >= '0' && *at <= '9' && n < 100000; at++)
		n = n * 10 + (unsigned)(*at - '0');
	return n;
}

/* A short form of a unit's name without its trade name: what is before and behind. */
struct short_form { struct gv_str before, behind; unsigned number; };

static bool shorten(struct short_form *out, const struct gv_cast_member *m, struct gv_str form)
{
	const char *trade = m->unit && m->trade_name.n && m->nforms && !gv_str_eq(form, m->forms[0]) ? gv_str_find(form, m->trade_name) : NULL;
	size_t before = trade ? (size_t)(trade - form.p) : 0;

	if (trade)
		*out = (struct short_form){ { form.p, before }, { trade + m->trade_name.n, form.n - before - m->trade_name.n }, m->number };
	return trade != NULL;
}

/* Is another one of the cast called so, too?  某公司 for two would be nobody. */
static bool is_shared(const struct gv_cast *c, const struct gv_cast_member *m, const struct short_form *s)
{
	struct short_form other;

	for (size_t i = 0; i < c->n; i++)
		for (size_t k = 1; k < c->list[i].nforms && !gv_str_eq(c->list[i].label, m->label); k++)
			if (shorten(&other, &c->list[i], c->list[i].forms[k]) && other.number == s->number && gv_str_eq(other.before, s->before) && gv_str_eq(other.behind, s->behind))
				return true;
	return false;
}

struct gv_str gv_cast_label_of(struct gv_cast *c, const struct gv_cast_member *m, struct gv_str form)
{
	struct short_form s;
	char number[16] = "";

	if (c->by_letter || !shorten(&s, m, form) || is_shared(c, m, &s))
		return m->label;
	if (m->number)
		snprintf(number, sizeof number, "%u", m->number);
	return gv_str_of(gv_arena_printf(&c->arena, "%.*s" MOU "%s%.*s", (int)s.before.n, s.before.p, number, (int)s.behind.n, s.behind.p));
}

int gv_cast_label(struct gv_cast *c, const uint32_t *order, size_t norder, const struct gv_val *given, struct gv_err *err)
{
	int rc = 0;

	for (uint32_t i = 0; given && given->type == GV_ARRAY && i < given->n; i++)
		for (size_t k = 0; k < c->n; k++)
			if (c->list[k].base.n && gv_str_eq(c->list[k].name, gv_val_getstr(&given->items[i], "name")))
				c->list[k].number = number_in(c->list[k].label = gv_val_getstr(&given->items[i], "label"));
	for (size_t i = 0; i < norder && !rc; i++)
		rc = give(c, &c->list[order[i]], err);
	for (size_t i = 0; i < c->n && !rc; i++)
		rc = give(c, &c->list[i], err);
	return rc;
}
