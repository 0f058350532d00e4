/* SPDX-License-Identifier: MIT */
/* sift_word: what a word announces. */
#include "sift_impl.h"
#include "utf8.h"

enum { BACK = 60 };  /* bytes that a date or a certificate may begin before its word */

/* Where what was found last ends: nothing is looked for before it. */
static size_t free_from(const struct gv_sift_run *r, size_t at)
{
	size_t end = r->hits->n ? r->hits->list[r->hits->n - 1].to : 0, from = at > BACK ? at - BACK : 0;

	return from > end ? from : end;
}

static size_t on_birth(struct gv_sift_run *r, size_t at, size_t after)
{
	size_t span[2];

	for (size_t from = free_from(r, at); from < at && gv_sift_search(r, GV_PAT_BIRTH_BEFORE, from, after + 3, span); from = span[1])
		if (span[1] == at || span[1] == at + 3)  /* …日 | 出生, …| 日生 */
			return gv_sift_hit(r, GV_TRAIT_BIRTH, span[0], span[1], GV_NOBODY) > after ? span[1] : after;
	if (gv_sift_at(r, GV_PAT_BIRTH_AFTER, after, span))
		return gv_sift_hit(r, GV_TRAIT_BIRTH, span[0], span[1], GV_NOBODY);
	return at;
}

/* 住江苏省并以务工为生: what is behind the county is no address. */
static bool goes_on(struct gv_str rest)
{
	static const char *const words[] = { "并", "被", "及", "所在" };

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (gv_str_starts(rest, gv_str_of(words[i])))
			return true;
	return false;
}

/* 居住在上海某汽车有限公司内: what stands for a unit already. */
static bool is_masked_unit(struct gv_str address)
{
	if (gv_str_ends(address, GV_STR("内")) || gv_str_ends(address, GV_STR("里")))
		address.n -= 3;
	return gv_str_find(address, GV_STR("某")) && gv_name_is_unit(address);
}

/* An address, from behind its word.  What may be told of it ends at the cut. */
static size_t on_address(struct gv_sift_run *r, size_t at, bool lives)
{
	static const char *const fillers[] = { "地址", "地", "址", "于", "在", "为", "是", ":" };
	size_t span[2], cut;

	for (size_t i = 0; i < sizeof fillers / sizeof *fillers; i++)
		if (gv_str_starts(gv_sift_rest(r, at), gv_str_of(fillers[i])))
			at += strlen(fillers[i]);
	if (gv_str_starts(gv_sift_rest(r, at), GV_STR("的")) || !gv_sift_at(r, GV_PAT_ADDRESS_END, at, span))  /* 经常居住地在的: none follows */
		return 0;
	cut = gv_divisions_cut(r->s->divisions, (struct gv_str){ r->text.p + at, span[1] - at });
	if (!cut && gv_str_starts(gv_sift_rest(r, at), GV_STR("本")))  /* 本市, 本区 */
		cut = 2 * 3 < span[1] - at ? 2 * 3 : span[1] - at;
	if (!cut && !gv_sift_at(r, GV_PAT_STREET, at, (size_t[2]){ 0 }))
		return 0;
	if (is_masked_unit((struct gv_str){ r->text.p + at, span[1] - at }))
		return 0;
	if (cut && goes_on(gv_sift_rest(r, at + cut)))
		span[1] = at + cut;
	gv_sift_hit(r, GV_TRAIT_ADDRESS, at, span[1], GV_NOBODY);
	if (!r->rc && r->hits->n) {
		r->hits->list[r->hits->n - 1].cut = (uint32_t)(at + cut);
		r->hits->list[r->hits->n - 1].lives = lives;
	}
	return span[1];
}

/* 住院, 居住, 住房 are none of it; 住 behind a comma, a full stop or a bracket is, where a place follows. */
static size_t on_lives(struct gv_sift_run *r, size_t at, size_t after)
{
	static const char *const others[] = { "院", "房", "宅", "宿", "户", "建", "持", "进", "了", "处", "所" };
	size_t end;

	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		if (gv_str_starts(gv_sift_rest(r, after), gv_str_of(others[i])))
			return at;
	if (at > 0 && r->text.p[at - 1] != ',' && r->text.p[at - 1] != ')' && r->text.p[at - 1] != ':' && !(at >= 3 && memcmp(r->text.p + at - 3, "。", 3) == 0))
		return at;
	end = on_address(r, after, true);
	return end ? end : at;
}

/* 户籍地, 现住, 家庭住址 are a person's; 住所地, 地址 may be anything's. */
static size_t on_label(struct gv_sift_run *r, size_t at, size_t after, struct gv_str label)
{
	bool lives = !gv_str_is(label, "住所地") && !gv_str_is(label, "住所") && !gv_str_ends(label, GV_STR("地址"));
	size_t end = on_address(r, after, lives);

	return end ? end : at;
}

static size_t on_paper(struct gv_sift_run *r, size_t at, size_t after, enum gv_trait trait)
{
	size_t span[2];

	if (!gv_sift_at(r, GV_PAT_PAPER, after, span) || span[1] - span[0] < 6)
		return at;
	return gv_sift_hit(r, trait, span[0], span[1], GV_NOBODY);
}

static size_t on_title(struct gv_sift_run *r, size_t at, size_t after)
{
	size_t span[2];

	for (size_t from = free_from(r, at); from <= at && gv_sift_search(r, GV_PAT_TITLE, from, after + 120, span); from = span[1])
		if (span[0] <= at && span[1] > at)
			return gv_sift_hit(r, GV_TRAIT_TITLE_NO, span[0], span[1], GV_NOBODY);
		else if (span[0] > at)
			break;
	return at;
}

/* 就读于…小学, …小学学生. */
static bool is_attended(const struct gv_sift_run *r, size_t from, size_t after)
{
	static const char *const words[] = { "就读", "入读", "就学", "上学", "在读", "在校", "学生", "读书" };
	enum { NEAR = 8 * 3 };
	size_t begin = from > NEAR ? from - NEAR : 0, end = r->text.n - after > NEAR ? after + NEAR : r->text.n;

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (gv_str_find((struct gv_str){ r->text.p + begin, end - begin }, gv_str_of(words[i])))
			return true;
	return false;
}

/* The whole name of the school: back to where its clause begins, no further than twelve characters. */
static size_t on_school(struct gv_sift_run *r, size_t at, size_t after)
{
	size_t from = at, end = free_from(r, at);

	for (int i = 0; i < 12 && from >= end + 3; i++) {
		size_t next;

		if (!gv_utf8_is_han(gv_sift_cp(r->text, from - 3, &next)) || next != from || memcmp(r->text.p + from - 3, "系", 3) == 0 ||
		    memcmp(r->text.p + from - 3, "在", 3) == 0)
			break;
		from -= 3;
	}
	return (r->s->minors || (r->strangers && is_attended(r, from, after))) && from < at ? gv_sift_hit(r, GV_TRAIT_SCHOOL, from, after, GV_NOBODY) : at;
}

static size_t on_handle(struct gv_sift_run *r, size_t at, size_t after)
{
	size_t span[2];

	return gv_sift_at(r, GV_PAT_HANDLE, after, span) ? gv_sift_hit(r, GV_TRAIT_HANDLE, span[0], span[1], GV_NOBODY) : at;
}

/* Of a car: letters and digits of the maker's. */
static size_t on_engine(struct gv_sift_run *r, size_t at, size_t after)
{
	size_t span[2];

	return gv_sift_at(r, GV_PAT_HANDLE, after, span) ? gv_sift_hit(r, GV_TRAIT_PAPER_NO, span[0], span[1], GV_NOBODY) : at;
}

/* (院印) goes with its brackets. */
static size_t on_seal(struct gv_sift_run *r, size_t at, size_t after)
{
	bool brackets = at > 0 && r->text.p[at - 1] == '(' && after < r->text.n && r->text.p[after] == ')';

	if (after - at == 2 * 3 && !brackets)
		return at;
	return gv_sift_hit(r, GV_TRAIT_SEAL, at - brackets, after + brackets, GV_NOBODY);
}

/* ---- what was hidden and must be seen: judges, clerks, the number of the case (T-AN-21 of the notes) ---- */

/* Of prosecutors the sources do not say it. */
static bool is_seen(struct gv_str role)
{
	return !gv_str_find(role, GV_STR("检察")) && !gv_str_find(role, GV_STR("公诉")) && !gv_str_find(role, GV_STR("院长")) && !gv_str_find(role, GV_STR("庭长"));
}

static size_t mask_at(const struct gv_sift_run *r, size_t at)
{
	static const char *const masks[] = { "×", "某", "*", "X", "\xE2\x97\x8B" };  /* ○ */

	for (size_t i = 0; i < sizeof masks / sizeof *masks; i++)
		if (gv_str_starts(gv_sift_rest(r, at), gv_str_of(masks[i])))
			return at + strlen(masks[i]);
	return 0;
}

/* Of a name behind the role of a judge or clerk: at once, or behind one or two characters: 钱某, ×××.  Where the mask ends; 0: there is none. */
static size_t hidden_to(const struct gv_sift_run *r, size_t at)
{
	at += at < r->text.n && r->text.p[at] == ':';
	for (int i = 0; i < 2 && at < r->text.n; i++) {
		size_t end = mask_at(r, at);

		if (end)
			return end;
		if (!gv_utf8_is_han(gv_sift_cp(r->text, at, &at)))
			return 0;
	}
	return 0;
}

size_t gv_sift_on_bracket(struct gv_sift_run *r, size_t at)
{
	size_t span[2], after, mask;
	const char *end;

	if (gv_sift_at(r, GV_PAT_CASE_NO, at, span))
		return gv_sift_hit(r, GV_TRAIT_CASE_NO, span[0], span[1], GV_NOBODY);
	gv_sift_cp(r->text, at, &after);
	mask = r->strangers ? mask_at(r, after) : 0;
	if (!mask)
		return at;
	end = gv_str_find((struct gv_str){ r->text.p + mask, r->text.n - mask < 90 ? r->text.n - mask : 90 }, GV_STR("号"));
	return end ? gv_sift_hit(r, GV_TRAIT_OVERDONE, at, (size_t)(end - r->text.p) + strlen("号"), GV_NOBODY) : at;
}

static size_t on_one(struct gv_sift_run *r, const struct gv_sift_word *w, size_t at, size_t after)
{
	switch (w->kind) {
	case GV_WORD_STAFF:
		if (r->strangers && is_seen(w->text) && hidden_to(r, after))
			return gv_sift_hit(r, GV_TRAIT_OVERDONE, at, hidden_to(r, after), GV_NOBODY);
		return r->strangers ? gv_sift_role(r, after, w->kind) : at;
	case GV_WORD_PARTY: case GV_WORD_ROLE: return r->strangers ? gv_sift_role(r, after, w->kind) : at;
	case GV_WORD_LABEL: return on_label(r, at, after, w->text);
	case GV_WORD_LIVES: return on_lives(r, at, after);
	case GV_WORD_BIRTH: return on_birth(r, at, after);
	case GV_WORD_PAPER: return on_paper(r, at, after, GV_TRAIT_PAPER_NO);
	case GV_WORD_ID: return on_paper(r, at, after, GV_TRAIT_RESIDENT_ID);
	case GV_WORD_TITLE: return on_title(r, at, after);
	case GV_WORD_HANDLE: return on_handle(r, at, after);
	case GV_WORD_SCHOOL: return on_school(r, at, after);
	case GV_WORD_HEALTH: return gv_sift_hit(r, GV_TRAIT_HEALTH, at, after, GV_NOBODY);
	case GV_WORD_SEAL: return on_seal(r, at, after);
	case GV_WORD_ALIAS: return r->strangers ? gv_sift_alias(r, after) : at;
	case GV_WORD_ENGINE: return on_engine(r, at, after);
	case GV_WORD_MEASURE: return gv_sift_hit(r, GV_TRAIT_MEASURE, at, after, GV_NOBODY);
	case GV_WORD_MINOR: r->hits->says_minor = true; return at;
	case GV_WORD_SEX: return r->strangers ? gv_sift_before_sex(r, at, after) : at;
	}
	return at;
}

size_t gv_sift_on_word(struct gv_sift_run *r, size_t at, int32_t cp)
{
	struct gv_str rest = gv_sift_rest(r, at);
	size_t first = gv_sift_index(cp), next;

	for (size_t i = r->s->words_at[first], to = r->s->words_to[first]; i < to; i++) {
		struct gv_str word = gv_sift_words[i].text;

		/* The last byte first: it is seldom the same. */
		if (word.n > rest.n || word.p[word.n - 1] != rest.p[word.n - 1] || memcmp(word.p, rest.p, word.n) != 0)
			continue;
		next = on_one(r, &gv_sift_words[i], at, at + word.n);
		if (next > at)
			return next;
	}
	return at;
}
