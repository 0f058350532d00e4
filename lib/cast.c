/* SPDX-License-Identifier: MIT */
#include "cast.h"

#include "fold.h"
#include "utf8.h"

bool gv_profile_parse(enum gv_profile *out, struct gv_str text)
{
	*out = gv_str_is(text, "2024") ? GV_PROFILE_2024 : GV_PROFILE_2016;
	return gv_str_is(text, "2016") || gv_str_is(text, "2024");
}

enum gv_part gv_part_of_role(struct gv_str role)
{
	/* The first that the role contains: 被告人的法定代理人 is a guardian, 附带民事诉讼原告人 as a victim is. */
	static const struct { const char *word; enum gv_part part; } table[] = {
		{ "法定代理人", GV_PART_GUARDIAN }, { "监护人", GV_PART_GUARDIAN }, { "guardian", GV_PART_GUARDIAN },
		{ "法定代表人", GV_PART_HEAD }, { "负责人", GV_PART_HEAD }, { "经营者", GV_PART_HEAD },
		{ "附带民事诉讼原告", GV_PART_VICTIM }, { "被害人", GV_PART_VICTIM }, { "victim", GV_PART_VICTIM },
		{ "证人", GV_PART_WITNESS }, { "witness", GV_PART_WITNESS },
		{ "鉴定人", GV_PART_APPRAISER }, { "appraiser", GV_PART_APPRAISER },
		{ "审判", GV_PART_OFFICIAL }, { "陪审", GV_PART_OFFICIAL }, { "法官", GV_PART_OFFICIAL }, { "书记员", GV_PART_OFFICIAL },
		{ "检察", GV_PART_OFFICIAL }, { "公诉人", GV_PART_OFFICIAL }, { "执行员", GV_PART_OFFICIAL }, { "院长", GV_PART_OFFICIAL },
		{ "庭长", GV_PART_OFFICIAL }, { "official", GV_PART_OFFICIAL }, { "judge", GV_PART_OFFICIAL }, { "clerk", GV_PART_OFFICIAL },
		{ "律师", GV_PART_LAWYER }, { "辩护人", GV_PART_LAWYER }, { "法律工作者", GV_PART_LAWYER }, { "lawyer", GV_PART_LAWYER },
		{ "代理人", GV_PART_AGENT }, { "agent", GV_PART_AGENT },
		{ "原告", GV_PART_PARTY }, { "被告", GV_PART_PARTY }, { "第三人", GV_PART_PARTY }, { "上诉", GV_PART_PARTY }, { "申请", GV_PART_PARTY },
		{ "执行", GV_PART_PARTY }, { "party", GV_PART_PARTY },
	};

	for (size_t i = 0; i < sizeof table / sizeof *table; i++)
		if (gv_str_find(role, gv_str_of(table[i].word)))
			return table[i].part;
	return GV_PART_OTHER;
}

static struct gv_cast_member *add_member(struct gv_cast *c, struct gv_str name, enum gv_part part, struct gv_err *err)
{
	struct gv_cast_member *m;

	if (c->n == c->cap) {
		size_t cap = c->cap ? c->cap * 2 : 16;
		struct gv_cast_member *list = gv_arena_alloc(&c->arena, cap * sizeof *list);

		if (!list) {
			gv_fail_nomem(err);
			return NULL;
		}
		if (c->n)
			memcpy(list, c->list, c->n * sizeof *list);
		c->list = list;
		c->cap = cap;
	}
	m = &c->list[c->n++];
	*m = (struct gv_cast_member){ .name = gv_arena_copy(&c->arena, name), .part = part };
	m->unit = gv_name_is_unit(name);
	m->organ = m->unit && gv_name_is_organ(name);
	m->by_first = gv_str_find(name, GV_STR("·")) != NULL;
	if (!m->name.p) {
		gv_fail_nomem(err);
		return NULL;
	}
	return m;
}

static struct gv_str copy_str(struct gv_cast *c, struct gv_str s)
{
	return s.n ? gv_arena_copy(&c->arena, s) : (struct gv_str){ 0 };
}

/* 汉马 of 汉马站, if the whole name has it behind its beginning: two characters, and none that say what is done there.  What both begin
 * with may be a place: 河南电小二 of 河南电小二网络科技有限公司. */
static struct gv_str hint_in(struct gv_str alias, struct gv_str name)
{
	size_t at = 0;
	struct gv_str two = { alias.p, 0 };

	gv_utf8_next(alias, &at);
	gv_utf8_next(alias, &at);
	two.n = at;
	return alias.n > at && !gv_str_starts(name, two) && gv_str_find(name, two) && !gv_name_says_trade(two) ? two : (struct gv_str){ 0 };
}

/* A form is kept folded, as it is searched; what is too short to be told apart, or masked already, is none. */
static int add_form(struct gv_cast *c, struct gv_cast_member *m, struct gv_str name, struct gv_err *err)
{
	struct gv_fold f = { 0 };
	struct gv_str *forms;
	int rc = gv_fold(&f, name, err);

	if (!rc && f.text.n > 3 && !gv_str_find(gv_buf_str(&f.text), GV_STR("某"))) {
		forms = gv_arena_alloc(&c->arena, (m->nforms + 1) * sizeof *forms);
		if (forms && m->nforms)
			memcpy(forms, m->forms, m->nforms * sizeof *forms);
		if (forms)
			forms[m->nforms] = gv_arena_copy(&c->arena, gv_buf_str(&f.text));
		if (!forms || !forms[m->nforms].p) {
			rc = gv_fail_nomem(err);
		} else {
			m->forms = forms;
			m->nforms++;
		}
	}
	gv_fold_free(&f);
	return rc;
}

int gv_cast_alias(struct gv_cast *c, struct gv_cast_member *m, struct gv_str name, struct gv_err *err)
{
	if (m->unit && !m->hint.n)
		m->hint = copy_str(c, hint_in(name, m->name));
	return add_form(c, m, name, err);
}

bool gv_cast_next_part(struct gv_str *rest, struct gv_str *part)
{
	struct gv_str dot = GV_STR("·");
	const char *at = gv_str_find(*rest, dot);
	size_t n = at ? (size_t)(at - rest->p) : rest->n;

	*part = (struct gv_str){ rest->p, n };
	if (!rest->n)
		return false;
	*rest = at ? (struct gv_str){ at + dot.n, rest->n - n - dot.n } : (struct gv_str){ 0 };
	return true;
}

/* 古丽娜尔买买提: written without its dots. */
static int add_undotted(struct gv_cast *c, struct gv_cast_member *m, struct gv_err *err)
{
	struct gv_str rest = m->forms[0], part;
	struct gv_buf whole = GV_BUF_INIT(4096);
	int rc;

	while (gv_cast_next_part(&rest, &part))
		gv_buf_addstr(&whole, part);
	rc = gv_buf_check(&whole, err);
	if (!rc)
		rc = add_form(c, m, gv_buf_str(&whole), err);
	gv_buf_free(&whole);
	return rc;
}

/* 古丽娜尔 of 古丽娜尔·买买提, 史密斯 of 约翰·史密斯: people are called by one part of such a name.  Two characters may be of another word. */
static int add_parts(struct gv_cast *c, struct gv_cast_member *m, struct gv_err *err)
{
	struct gv_str rest = m->nforms ? m->forms[0] : (struct gv_str){ 0 }, part;
	int rc;

	if (!gv_str_find(rest, GV_STR("·")))
		return 0;
	rc = add_undotted(c, m, err);
	while (!rc && gv_cast_next_part(&rest, &part))
		if (part.n >= GV_PART_SURE)
			rc = add_form(c, m, part, err);
	return rc;
}

static int add_forms(struct gv_cast *c, struct gv_cast_member *m, const struct gv_val *v, struct gv_err *err)
{
	const struct gv_val *aliases = gv_val_items(v, "aliases");
	int rc = add_form(c, m, m->name, err);

	if (!rc && !m->unit)
		rc = add_parts(c, m, err);
	if (!rc && gv_val_getstr(v, "real_name").n)
		rc = add_form(c, m, gv_val_getstr(v, "real_name"), err);
	for (uint32_t i = 0; i < aliases->n && !rc; i++)
		rc = gv_cast_alias(c, m, gv_val_str(&aliases->items[i]), err);
	return rc;
}

static bool is_under_18(gv_day born, gv_day on)
{
	return born != GV_DAY_NONE && on != GV_DAY_NONE && on < gv_day_add_months(born, 18 * 12);
}

/* 0 to 9 of a digit, ASCII or Chinese, 10 of 十; -1: it is none. */
static int digit_of(int32_t cp)
{
	static const int32_t chinese[] = { 0x3007, 0x4E00, 0x4E8C, 0x4E09, 0x56DB, 0x4E94, 0x516D, 0x4E03, 0x516B, 0x4E5D, 0x5341 };  /* 〇一二…九十 */

	if (cp >= '0' && cp <= '9')
		return cp - '0';
	if (cp == 0x25CB || cp == 0x96F6)  /* ○ 零 */
		return 0;
	for (int i = 0; i <= 10; i++)
		if (cp == chinese[i])
			return i;
	return -1;
}

/* The next number of a date, 1985, 一九八五, 十二 or 三十一, from *at on; -1: there is none. */
static int next_number(struct gv_str s, size_t *at)
{
	int n = -1, digit;
	bool tens = false;

	while (*at < s.n) {
		digit = digit_of(gv_utf8_next(s, at));
		if (digit < 0 && n >= 0)
			break;
		if (digit == 10) {
			n = n > 0 ? n * 10 : 10;
			tens = true;
		} else if (digit >= 0) {
			n = n < 0 ? digit : tens ? n + digit : n > 9999999 ? n : n * 10 + digit;
		}
	}
	return n;
}

bool gv_cast_is_minor(struct gv_str born, gv_day on)
{
	size_t at = 0;
	int year = next_number(born, &at), month = next_number(born, &at), day = next_number(born, &at);

	if (year > 9999) {  /* 19850312 */
		month = year / 100 % 100;
		day = year % 100;
		year /= 10000;
	}
	return is_under_18(gv_day_of(year, month < 0 ? 1 : month, day < 0 ? 1 : day), on);
}

/* Whom the texts of a profile hide, of those about whom the record does not say it. */
static bool hides(const struct gv_cast *c, const struct gv_cast_member *m, const struct gv_cast_member *of)
{
	if (m->part == GV_PART_OFFICIAL || m->organ)
		return false;
	if (c->profile == GV_PROFILE_2024)
		return m->unit || m->part != GV_PART_LAWYER || m->minor;
	if (m->unit)
		return false;
	if (m->minor)
		return true;
	switch (m->part) {
	case GV_PART_PARTY: return c->family;
	case GV_PART_GUARDIAN: return c->family || (of && of->hide);
	case GV_PART_VICTIM: case GV_PART_WITNESS: case GV_PART_APPRAISER: return c->criminal;
	default: return false;
	}
}

/* What the record says of one, over what the name tells. */
static int describe(struct gv_cast *c, struct gv_cast_member *m, const struct gv_cast_source *s, const struct gv_val *v, const struct gv_cast_member *of,
                    struct gv_err *err)
{
	struct gv_str type = gv_val_getstr(v, "type"), form = gv_val_getstr(v, "name_form");

	if (type.n)
		m->unit = gv_str_is(type, "unit");
	m->organ = m->organ && m->unit;
	m->minor = gv_val_is_true(v, "minor") || is_under_18(gv_day_read(gv_val_getstr(v, "born_on")), s->as_of);
	m->by_first = m->by_first || gv_str_is(form, "minority") || gv_str_is(form, "foreign");
	m->surname = copy_str(c, gv_val_getstr(v, "surname"));
	m->trade_name = copy_str(c, gv_val_getstr(v, "trade_name"));
	m->hide = hides(c, m, of);
	if (gv_val_is_true(v, "hide"))
		m->hide = true;
	if (gv_val_is_true(v, "keep"))
		m->hide = false;
	return add_forms(c, m, v, err);
}

static int add_head(struct gv_cast *c, const struct gv_cast_source *s, struct gv_str name, struct gv_err *err)
{
	struct gv_cast_member *m = name.n ? add_member(c, name, GV_PART_HEAD, err) : NULL;

	if (!name.n)
		return 0;
	return m ? describe(c, m, s, NULL, NULL, err) : err->code;
}

static int add_agents(struct gv_cast *c, const struct gv_cast_source *s, const struct gv_val *party, size_t of, struct gv_err *err)
{
	const struct gv_val *agents = gv_val_items(party, "agents");
	int rc = 0;

	for (uint32_t i = 0; i < agents->n && !rc; i++) {
		const struct gv_val *a = &agents->items[i];
		struct gv_str kind = gv_val_getstr(a, "kind"), name = gv_val_getstr(a, "name");
		enum gv_part part = gv_str_is(kind, "lawyer") || gv_str_is(kind, "legal-worker") ? GV_PART_LAWYER
		                    : gv_str_is(kind, "statutory") ? GV_PART_GUARDIAN : GV_PART_AGENT;
		struct gv_cast_member *m;

		if (!name.n)
			continue;
		m = add_member(c, name, part, err);
		rc = m ? describe(c, m, s, a, &c->list[of], err) : err->code;
	}
	return rc;
}

/* A party or one of the publication's people: an object, or a name alone. */
static int add_one(struct gv_cast *c, const struct gv_cast_source *s, const struct gv_val *v, struct gv_str role_otherwise, struct gv_err *err)
{
	struct gv_str name = v->type == GV_STRING ? gv_val_str(v) : gv_val_getstr(v, "name");
	struct gv_str role = gv_val_getstr(v, "class");
	const struct gv_cast_member *of = NULL;
	struct gv_cast_member *m;
	size_t at = c->n;
	int rc;

	if (!role.n)
		role = gv_val_getstr(v, "role");
	if (!name.n)
		return 0;
	m = add_member(c, name, gv_part_of_role(role.n ? role : role_otherwise), err);
	if (!m)
		return err->code;
	/* Whose guardian?  Of a minor or a victim named before, if there is one that is hidden. */
	for (size_t i = 0; i < at; i++)
		if (c->list[i].hide && (!of || c->list[i].minor))
			of = &c->list[i];
	if (gv_str_is(role, "minor"))
		m->minor = true;
	rc = describe(c, m, s, v, of, err);
	if (!rc)
		rc = add_head(c, s, gv_val_getstr(v, "legal_representative"), err);
	if (!rc)
		rc = add_agents(c, s, v, at, err);
	return rc;
}

static int add_official(struct gv_cast *c, const struct gv_cast_source *s, struct gv_str name, struct gv_err *err)
{
	struct gv_cast_member *m;

	if (!name.n)
		return 0;
	m = add_member(c, name, GV_PART_OFFICIAL, err);
	return m ? describe(c, m, s, NULL, NULL, err) : err->code;
}

bool gv_cast_has_minor(const struct gv_cast *c)
{
	for (size_t i = 0; i < c->n; i++)
		if (c->list[i].minor)
			return true;
	return false;
}

void gv_cast_case_is(struct gv_causes *causes, const struct gv_val *kase, bool *family, bool *criminal)
{
	/* In names of causes that stand in no list. */
	static const char *const words[] = { "婚", "继承", "抚养", "抚育", "扶养", "赡养", "收养", "监护", "探望", "家庭", "同居", "分家", NULL };
	struct gv_str cause = gv_val_getstr(kase, "cause"), number = gv_val_getstr(kase, "id");

	if (!gv_str_find(number, GV_STR("刑")))
		number = gv_val_getstr(kase, "case");
	*family = gv_causes_covers(causes, GV_STR("婚姻家庭、继承纠纷"), cause, NULL) || gv_causes_hints(causes, cause, words);
	*criminal = gv_str_ends(cause, GV_STR("罪")) || gv_str_find(number, GV_STR("刑")) != NULL || gv_str_find(gv_val_getstr(kase, "case_type"), GV_STR("刑事")) != NULL;
}

int gv_cast_make(struct gv_cast *c, const struct gv_cast_source *s, struct gv_err *err)
{
	const struct gv_val *parties = gv_val_items(s->kase, "parties"), *panel = gv_val_items(s->kase, "panel");
	int rc = 0;

	gv_arena_reset(&c->arena);
	c->list = NULL;
	c->n = c->cap = 0;
	c->profile = s->profile;
	c->family = s->family;
	c->criminal = s->criminal;
	c->by_length = s->by_length;
	c->by_letter = s->by_letter;
	for (uint32_t i = 0; i < parties->n && !rc; i++)
		rc = add_one(c, s, &parties->items[i], GV_STR("party"), err);
	for (uint32_t i = 0; s->people && s->people->type == GV_ARRAY && i < s->people->n && !rc; i++)
		rc = add_one(c, s, &s->people->items[i], GV_STR("other"), err);
	for (uint32_t i = 0; i < panel->n && !rc; i++)
		rc = add_official(c, s, gv_val_str(&panel->items[i]), err);
	if (!rc)
		rc = add_official(c, s, gv_val_getstr(s->kase, "judge"), err);
	if (!rc)
		rc = add_official(c, s, gv_val_getstr(s->kase, "clerk"), err);
	return rc;
}

void gv_cast_free(struct gv_cast *c)
{
	gv_arena_free(&c->arena);
	*c = (struct gv_cast){ 0 };
}
