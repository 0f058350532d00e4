/* SPDX-License-Identifier: MIT */
/*
 * sift_stranger: names that nobody told: behind roles and words for other names, and those with dots wherever they stand.  What is
 * found is a question to a person, so one too many is better than one too few; but nobody answers hundreds of them.
 */
#include <stdlib.h>
#include <strings.h>

#include "sift_impl.h"
#include "utf8.h"

enum { HAN = 3 };  /* bytes of a common character */

static bool starts_with_any(struct gv_str rest, const char *const *words)
{
	for (; *words; words++)
		if (gv_str_starts(rest, gv_str_of(*words)))
			return true;
	return false;
}

static bool begins_han(struct gv_str rest)
{
	size_t at = 0;

	return rest.n && gv_utf8_is_han(gv_utf8_next(rest, &at));
}

/* ---- where a name ends ---- */

/* What may follow a name, and is no part of one: these characters, and these words. */
static const char end_characters[] = "系与和及诉因的向在于为是对辩称驾等之以未不应已经将被提偿承负给均或男女从至由签附本某";
static const char *const end_words[] = {
	"委托", "共同", "支付", "返还", "同意", "认为", "到庭", "出庭", "作为", "分别", "出具", "陈述", "证言", "律师", "担任", "独任",
	"组成", "二〇", "二○", "二零", "书记", "审判", "人民", "法官", "原告", "上诉", "第三", "代理", "执行", "申请", NULL
};
/* What begins the rest of a sentence behind a name, and may all the same be the last character of a longer one: 说, 看, 走. */
static const char verb_characters[] = "说问答听看见走去来到还又也就都才便只可能会要想让叫请找打骂追跑开坐站住借欠付交收买卖签写用拿送取存有无没上下进出回过起死亡伤病老方家车房处所受得需须曾再仍"
	                           "并且但而则即既或若如所按依据经通转投参任当作做办理查报告知领带抱推拉撞倒摔砸刺砍杀抢偷骗赌吸喝吃睡醒醉怒哭笑生育婚离分合同时前后中内外间里左右等人乙丙丁某甲赔联虽述自另原亦尚仅占犯持属予负谎供关共继补入户位相基花哥了";

static void mark(struct gv_sifter *s, struct gv_str characters, uint8_t as)
{
	for (size_t at = 0; at < characters.n;)
		s->after[gv_sift_index(gv_utf8_next(characters, &at))] |= as;
}

void gv_sift_mark_ends(struct gv_sifter *s)
{
	mark(s, GV_STR(end_characters), GV_AFTER_ENDS);
	mark(s, GV_STR(verb_characters), GV_AFTER_VERB);
	for (const char *const *w = end_words; *w; w++)
		mark(s, (struct gv_str){ *w, HAN }, GV_AFTER_WORD);
}

/* It is asked behind each name: most answers are in the first character. */
bool gv_sift_ends_name(const struct gv_sifter *s, struct gv_str rest)
{
	size_t at = 0;
	int32_t cp = rest.n ? gv_utf8_next(rest, &at) : 0;
	uint8_t after;

	if (!gv_utf8_is_han(cp))
		return true;
	after = s->after[gv_sift_index(cp)];
	return after & GV_AFTER_ENDS || (after & GV_AFTER_WORD && starts_with_any(rest, end_words));
}

/* 骆世和，: a word that joins stands before no comma, so that it is the end of the name. */
static bool joins_nothing(struct gv_str rest)
{
	static const char *const joints[] = { "和", "与", "及", "因", "向", "在", "于", "为", "应", "将", "被", "由", "从", "至", NULL };
	static const char *const stops[] = { ",", ";", ":", ")", "、", "。", NULL };

	return starts_with_any(rest, joints) && starts_with_any((struct gv_str){ rest.p + HAN, rest.n - HAN }, stops);
}

/* Surnames that are common words, too: taken for a name only where nothing else can stand. */
static bool is_weak(struct gv_str surname)
{
	static const char common[] = "应于向和经时对方均被以从那常在就要是有还能可相连同成平边后查计过保来信门单干当支关家都才尚须原却暨年国";
	const char *at = surname.n == HAN ? gv_str_find(GV_STR(common), surname) : NULL;

	return at && (at - common) % HAN == 0;
}

/* 苏州 of 苏州某公司, 成都 of 成都市中级人民法院: a place. */
static bool is_place(const struct gv_sifter *s, struct gv_str rest, size_t n)
{
	static const char *const more[] = { "某", "市", "县", "区", "省", NULL };
	struct gv_str name = { rest.p, n };

	return (starts_with_any((struct gv_str){ rest.p + n, rest.n - n }, more) || gv_str_ends(name, GV_STR("市")) || gv_str_ends(name, GV_STR("县")) ||
	        gv_str_ends(name, GV_STR("区"))) && gv_divisions_prefix(s->divisions, rest) >= n;
}

/* 元隆公 of 元隆公司, 沈阳华 of 沈阳华某公司: the beginning of a unit's name. */
static bool is_unit_part(const struct gv_sifter *s, struct gv_str rest)
{
	struct gv_str run = { rest.p, 0 };
	size_t at = 0;

	while (at < rest.n && at < 16 * HAN && gv_utf8_is_han(gv_utf8_next(rest, &at)))
		run.n = at;
	return gv_name_is_unit(run) || gv_str_find(run, GV_STR("公司")) || gv_divisions_prefix(s->divisions, rest) >= 2 * HAN;
}

/* Bytes of a name of a surname and one or two characters; 0: none. */
static size_t name_here(const struct gv_sifter *s, struct gv_str rest, bool surely)
{
	size_t surname = gv_surname_of(s->surnames, rest), ends[2], n = 0, at, name;
	bool weak = surname && is_weak((struct gv_str){ rest.p, surname });

	if (!surname || (!surely && weak) || gv_surnames_is_word(s->surnames, rest))
		return 0;
	at = surname;
	while (n < 2 && at < rest.n && gv_utf8_is_han(gv_utf8_next(rest, &at)))
		ends[n++] = at;
	if (n == 0 || gv_str_starts((struct gv_str){ rest.p + surname, rest.n - surname }, GV_STR("某")))  /* masked already */
		return 0;
	/* 王强和 of 王强和李明: where both may be the end, a second character that could be the next word is one. */
	if (gv_sift_ends_name(s, (struct gv_str){ rest.p + ends[0], rest.n - ends[0] }) && !(n == 2 && joins_nothing((struct gv_str){ rest.p + ends[0], rest.n - ends[0] })))
		name = ends[0];
	/* Nearly all names have three characters: where one is sure to stand, what follows is not asked. */
	else if (n == 2 && (gv_sift_ends_name(s, (struct gv_str){ rest.p + ends[1], rest.n - ends[1] }) || (surely && !weak && !is_unit_part(s, rest))))
		name = ends[1];
	else
		return 0;
	return is_place(s, rest, name) ? 0 : name;
}

/* ---- other writings ---- */

static bool says_company(struct gv_str name)
{
	static const char *const words[] = { "LTD", "LIMITED", "INC", "LLC", "CORP", "COMPANY", "GMBH", "S.A.", "B.V.", "PLC", NULL };

	for (const char *const *w = words; *w; w++)
		for (size_t at = 0; at + strlen(*w) <= name.n; at++)
			if (strncasecmp(name.p + at, *w, strlen(*w)) == 0)
				return true;
	return false;
}

/* JOHN SMITH: words of letters.  Bytes; 0: none.  XXX is a mask, ABC公司 a unit. */
static size_t latin_here(const struct gv_sifter *s, struct gv_str rest)
{
	size_t n = 0, letters = 0, others = 0;

	while (n < rest.n && n < 64 && (gv_is_latin(rest.p[n]) || (n && strchr(" \n.'-", rest.p[n])))) {
		letters += gv_is_latin(rest.p[n]);
		others += gv_is_latin(rest.p[n]) && (rest.p[n] | 0x20) != 'x';
		n++;
	}
	while (n && !gv_is_latin(rest.p[n - 1]))
		n--;
	if (letters < 3 || !others || says_company((struct gv_str){ rest.p, n }))
		return 0;
	return gv_sift_ends_name(s, (struct gv_str){ rest.p + n, rest.n - n }) ? n : 0;
}

/* 上海某某有限公司 behind 被告：, up to the comma.  One that is masked, or keeps its name, is none. */
static size_t unit_here(struct gv_str rest)
{
	struct gv_str name = { rest.p, 0 };

	for (size_t at = 0; at < rest.n && at < 40 * HAN;) {
		int32_t cp = gv_utf8_next(rest, &at);

		if (!gv_utf8_is_han(cp) && cp != '(' && cp != ')')
			break;
		name.n = at;
	}
	return gv_name_is_unit(name) && !gv_name_is_organ(name) && !gv_str_find(name, GV_STR("某")) ? name.n : 0;
}

/* ---- behind roles ---- */

size_t gv_sift_list(struct gv_sift_run *r, size_t from, enum gv_trait trait, bool surely)
{
	for (;;) {
		size_t after, n;
		int32_t cp = from < r->text.n ? gv_sift_cp(r->text, from, &after) : -1;

		/* One that the cast knows goes on with the list itself. */
		if (cp >= 0 && r->s->flags[gv_sift_index(cp)] & GV_SIFT_NAME) {
			n = gv_sift_on_name(r, from, cp);
			if (n > from)
				return n;
		}
		n = cp >= 0 ? name_here(r->s, gv_sift_rest(r, from), surely) : 0;
		if (!n)
			return from;
		gv_sift_hit(r, trait, from, from + n, GV_NOBODY);
		from += n;
		surely = true;
		if (!gv_str_starts(gv_sift_rest(r, from), GV_STR("、")))
			return from;
		from += strlen("、");
	}
}

/* Behind the role, what is said in brackets, and a colon: 原告（反诉被告）： */
static size_t to_name(struct gv_str text, size_t at, bool *colon)
{
	if (at < text.n && text.p[at] == '(') {
		const char *close = memchr(text.p + at, ')', text.n - at < 90 ? text.n - at : 90);

		if (close)
			at = (size_t)(close - text.p) + 1;
	}
	*colon = at < text.n && text.p[at] == ':';
	return at + *colon;
}

static size_t add(struct gv_sift_run *r, size_t from, size_t n)
{
	return n ? gv_sift_hit(r, GV_TRAIT_STRANGER, from, from + n, GV_NOBODY) : from;
}

size_t gv_sift_role(struct gv_sift_run *r, size_t at, enum gv_sift_kind kind)
{
	bool colon;
	size_t from = to_name(r->text, at, &colon), end;  /* what the brackets say is read again where no name follows */
	bool surely = colon || kind != GV_WORD_PARTY;  /* 原告应…, 被告方…: what follows a party may be the rest of a sentence */

	end = colon && kind == GV_WORD_PARTY ? add(r, from, unit_here(gv_sift_rest(r, from))) : from;
	if (end == from)
		end = gv_sift_list(r, from, kind == GV_WORD_STAFF ? GV_TRAIT_STAFF : GV_TRAIT_STRANGER, surely);
	if (end == from)
		end = add(r, from, latin_here(r->s, gv_sift_rest(r, from)));
	return end > from ? end : at;
}

/* ---- other names ---- */

/* What is in quotes; else a name, or up to four characters that end as names do. */
static size_t alias_here(const struct gv_sift_run *r, size_t at, struct gv_str quote)
{
	struct gv_str rest = gv_sift_rest(r, at);
	static const char *const none[] = { "情况", "信息", "登记", NULL };  /* 其曾用名情况 */
	const char *end = quote.n ? gv_str_find((struct gv_str){ rest.p, rest.n < 10 * HAN ? rest.n : 10 * HAN }, quote) : NULL;
	size_t n = end ? (size_t)(end - rest.p) : name_here(r->s, rest, true);

	for (size_t to = 0, i = 0; !n && i < 4 && to < rest.n && gv_utf8_is_han(gv_utf8_next(rest, &to)); i++)
		if (i > 0 && !begins_han((struct gv_str){ rest.p + to, rest.n - to }))
			n = to;
	if (starts_with_any(rest, none) || unit_here(rest))
		return 0;
	return n && !gv_str_find((struct gv_str){ rest.p, n }, GV_STR("某")) ? n : latin_here(r->s, rest);
}

size_t gv_sift_alias(struct gv_sift_run *r, size_t at)
{
	static const struct { struct gv_str open, close; } quotes[] = { { { "“", 3 }, { "”", 3 } }, { { "\"", 1 }, { "\"", 1 } }, { { "‘", 3 }, { "’", 3 } }, { { "「", 3 }, { "」", 3 } } };
	static const char *const fillers[] = { ":", "叫", "为", "是", NULL };
	struct gv_str quote = { 0 };
	size_t after, end;
	int32_t cp;

	if (starts_with_any(gv_sift_rest(r, at), fillers))
		gv_sift_cp(r->text, at, &at);
	for (size_t i = 0; i < sizeof quotes / sizeof *quotes && !quote.n; i++)
		if (gv_str_starts(gv_sift_rest(r, at), quotes[i].open)) {
			at += quotes[i].open.n;
			quote = quotes[i].close;
		}
	cp = at < r->text.n ? gv_sift_cp(r->text, at, &after) : -1;
	end = cp >= 0 && r->s->flags[gv_sift_index(cp)] & GV_SIFT_NAME ? gv_sift_on_name(r, at, cp) : at;
	return end > at ? end : add(r, at, alias_here(r, at, quote));
}

/* ---- before the sex ---- */

/* 孙大明,男,1960年: the description of somebody, whatever stands before it. */
size_t gv_sift_before_sex(struct gv_sift_run *r, size_t at, size_t after)
{
	size_t end = r->hits->n ? r->hits->list[r->hits->n - 1].to : 0, from;

	if (at == 0 || r->text.p[at - 1] != ',' || begins_han(gv_sift_rest(r, after)) || end >= at)
		return at;
	for (size_t n = 4; n >= 2; n--) {
		from = at - 1 >= n * HAN ? at - 1 - n * HAN : 0;
		if (from < end || (from >= HAN && begins_han((struct gv_str){ r->text.p + from - HAN, HAN })) || name_here(r->s, gv_sift_rest(r, from), true) != n * HAN)
			continue;
		gv_sift_hit(r, GV_TRAIT_STRANGER, from, from + n * HAN, GV_NOBODY);
		return after;
	}
	return at;
}

/* ---- names with dots ---- */

static bool is_all_han(struct gv_str s)
{
	for (size_t at = 0; at < s.n;)
		if (!gv_utf8_is_han(gv_utf8_next(s, &at)))
			return false;
	return true;
}

/* Back to where the part before the dot begins: at a role or a little word, or after six characters. */
static size_t part_from(const struct gv_sift_run *r, size_t at)
{
	static const char *const before[] = { "告", "人", "与", "和", "及", "对", "向", "由", "称", "是", "系", "将", "把", "给", "为", "在", "名", "的", "被", "即", "诉", "子", "女",
		"妻", "夫", "父", "母", NULL };
	const struct gv_hit *last = r->hits->n ? &r->hits->list[r->hits->n - 1] : NULL;
	size_t end = last ? last->to : 0, from = at;

	/* 古丽苏 of 古丽苏木·热西提, which was taken for a name of three characters. */
	if (last && end + HAN >= at && last->trait == GV_TRAIT_STRANGER && is_all_han((struct gv_str){ r->text.p + end, at - end }))
		return last->from;
	while (from >= end + HAN && at - from < 6 * HAN) {
		struct gv_str one = { r->text.p + from - HAN, HAN };

		if (!begins_han(one) || starts_with_any(one, before))
			break;
		from -= HAN;
	}
	return from;
}

/* To what is no Chinese character, or to a word that may follow a name; but the last character of 艾合买提 is no such word.  One
 * character alone is a unit of measure: 元/平方米·月. */
static size_t part_to(const struct gv_sifter *s, struct gv_str rest)
{
	size_t n = 0, ends = 0;
	int i = 0;

	for (; i < 7 && begins_han((struct gv_str){ rest.p + n, rest.n - n }); i++) {
		if (i > 1 && !ends && gv_sift_ends_name(s, (struct gv_str){ rest.p + n, rest.n - n }))
			ends = n;
		gv_utf8_next(rest, &n);
	}
	return i < 2 ? 0 : i < 7 && (!ends || ends + HAN == n) ? n : ends;
}

size_t gv_sift_on_dot(struct gv_sift_run *r, size_t at)
{
	struct gv_str dot = GV_STR("·");
	size_t from = part_from(r, at), end = at, n;
	struct gv_str name, title = GV_STR("《");

	while (gv_str_starts(gv_sift_rest(r, end), dot) && (n = part_to(r->s, gv_sift_rest(r, end + dot.n))))
		end += dot.n + n;
	name = (struct gv_str){ r->text.p + from, end - from };
	if (from + HAN >= at || end == at || gv_str_find(name, GV_STR("某")) || gv_name_is_unit(name) || unit_here((struct gv_str){ r->text.p + at + dot.n, r->text.n - at - dot.n }) ||
	    (from >= title.n && gv_str_starts(gv_sift_rest(r, from - title.n), title)))
		return at;
	return gv_sift_hit(r, GV_TRAIT_STRANGER, from, end, GV_NOBODY);
}

/* ---- elsewhere ---- */

static int by_place(const void *x, const void *y)
{
	const struct gv_hit *a = x, *b = y;

	if (a->from != b->from)
		return a->from < b->from ? -1 : 1;
	return a->to > b->to ? -1 : a->to < b->to;
}

/* Is something found there already?  The first n hits are in order. */
static bool is_taken(const struct gv_hits *h, size_t n, size_t from, size_t to)
{
	size_t low = 0, high = n;

	while (low < high) {
		size_t mid = (low + high) / 2;

		if (h->list[mid].to <= from)
			low = mid + 1;
		else
			high = mid;
	}
	return low < n && h->list[low].from < to;
}

static bool met_before(const struct gv_sift_run *r, size_t i)
{
	const struct gv_hit *h = r->hits->list;

	for (size_t k = 0; k < i; k++)
		if (h[k].to - h[k].from == h[i].to - h[i].from && memcmp(r->text.p + h[k].from, r->text.p + h[i].from, h[i].to - h[i].from) == 0)
			return true;
	return false;
}

/* Where the strangers stand elsewhere, behind the list; `of` says whose hit each needle is. */
static int look_elsewhere(struct gv_sift_run *r, const uint32_t *of, struct gv_err *err)
{
	struct gv_needles *s = &r->s->needles;
	struct gv_hits *h = r->hits;
	size_t n = h->n;
	int rc = gv_needles_find(s, r->text, err);

	for (size_t i = 0; i < s->nhits && !rc; i++) {
		const struct gv_needle_hit *at = &s->hits[i];
		struct gv_hit hit = { .trait = h->list[of[at->needle]].trait, .from = at->from, .to = at->to, .who = GV_NOBODY };

		if (!is_taken(h, n, at->from, at->to) && !gv_sift_is_torn(r->text, at->from, (struct gv_str){ r->text.p + at->from, at->to - at->from }))
			rc = gv_hits_append(h, &hit, err);
	}
	return rc;
}

void gv_sift_more_strangers(struct gv_sift_run *r)
{
	struct gv_hits *h = r->hits;
	size_t n = h->n, kept = 0;
	uint32_t *of = reallocarray(NULL, n + 1, sizeof *of);

	if (!of) {
		r->rc = gv_fail_nomem(r->err);
		return;
	}
	gv_needles_clear(&r->s->needles);
	for (size_t i = 0; i < n && !r->rc; i++)
		if ((h->list[i].trait == GV_TRAIT_STRANGER || h->list[i].trait == GV_TRAIT_STAFF) && !met_before(r, i)) {
			of[r->s->needles.n] = (uint32_t)i;
			r->rc = gv_needles_add(&r->s->needles, (struct gv_str){ r->text.p + h->list[i].from, h->list[i].to - h->list[i].from }, false, r->err);
		}
	if (!r->rc)
		r->rc = look_elsewhere(r, of, r->err);
	free(of);
	if (r->rc || h->n == n)
		return;
	qsort(h->list, h->n, sizeof *h->list, by_place);
	for (size_t i = 0; i < h->n; i++)
		if (kept == 0 || h->list[kept - 1].to <= h->list[i].from)
			h->list[kept++] = h->list[i];
	h->n = kept;
}
