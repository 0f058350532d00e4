/* SPDX-License-Identifier: MIT */
/* sift_name: the names of the cast, the longest first; and names behind roles that nobody told. */
#include <stdlib.h>

#include "sift_impl.h"
#include "utf8.h"

enum { HAN = 3 };  /* bytes of a common character */

static int by_first_then_longest(const void *x, const void *y)
{
	const struct gv_sift_name *a = x, *b = y;
	size_t ca = gv_sift_index(a->first), cb = gv_sift_index(b->first);

	if (ca != cb)
		return ca < cb ? -1 : 1;
	if (a->form.n != b->form.n)
		return a->form.n > b->form.n ? -1 : 1;
	return a->who < b->who ? -1 : a->who > b->who;
}

/* An ASCII name is found in both cases. */
static int32_t other_case(int32_t cp)
{
	return (cp | 0x20) >= 'a' && (cp | 0x20) <= 'z' ? cp ^ 0x20 : cp;
}

static void forget_names(struct gv_sifter *s)
{
	for (size_t i = 0; i < s->nnames; i++) {
		int32_t cp = s->names[i].first;

		s->flags[gv_sift_index(cp)] &= (uint8_t)~GV_SIFT_NAME;
		s->flags[gv_sift_index(other_case(cp))] &= (uint8_t)~GV_SIFT_NAME;
	}
	s->nnames = 0;
}

int gv_sifter_cast(struct gv_sifter *s, const struct gv_cast *cast, struct gv_err *err)
{
	size_t n = 0;

	forget_names(s);
	s->minors = false;
	for (size_t i = 0; i < cast->n; i++)
		n += cast->list[i].nforms;
	if (n > s->names_cap) {
		struct gv_sift_name *names = reallocarray(s->names, n, sizeof *names);

		if (!names)
			return gv_fail_nomem(err);
		s->names = names;
		s->names_cap = n;
	}
	for (uint32_t i = 0; i < cast->n; i++) {
		s->minors = s->minors || cast->list[i].minor;
		for (size_t k = 0; k < cast->list[i].nforms && s->nnames < UINT16_MAX - 1; k++) {
			size_t at = 0;

			s->names[s->nnames++] = (struct gv_sift_name){ cast->list[i].forms[k], gv_utf8_next(cast->list[i].forms[k], &at), i };
		}
	}
	if (s->nnames)
		qsort(s->names, s->nnames, sizeof *s->names, by_first_then_longest);
	for (size_t i = s->nnames; i-- > 0;) {
		int32_t cp = s->names[i].first;

		s->flags[gv_sift_index(cp)] |= GV_SIFT_NAME;
		s->flags[gv_sift_index(other_case(cp))] |= GV_SIFT_NAME;
		s->names_at[gv_sift_index(cp)] = s->names_at[gv_sift_index(other_case(cp))] = (uint16_t)(i + 1);
	}
	return 0;
}

static bool is_letter(char c)
{
	return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

/* A break of the line inside a Latin name is a blank; upper and lower case are one. */
static bool same(const char *text, struct gv_str form)
{
	for (size_t i = 0; i < form.n; i++) {
		char a = text[i] == '\n' ? ' ' : text[i], b = form.p[i];

		if (a != b && !(is_letter(a) && is_letter(b) && (a | 0x20) == (b | 0x20)))
			return false;
	}
	return true;
}

static bool is_whole_word(struct gv_str text, size_t at, size_t n)
{
	bool before = at > 0 && is_letter(text.p[at]) && is_letter(text.p[at - 1]);
	bool after = at + n < text.n && is_letter(text.p[at + n - 1]) && is_letter(text.p[at + n]);

	return !before && !after;
}

/*
 * Of a name of two characters: may its first be the end of another word, as in 主张平均 of 张平?  These are words of judgments that
 * end with a common surname.
 */
static bool may_be_torn(struct gv_str text, size_t at, struct gv_str form)
{
	static const char words[] = "主张 紧张 扩张 夸张 对方 双方 一方 我方 乙方 甲方 丙方 各方 官方 警方 现金 租金 资金 本金 基金 奖金 押金 定金 佣金 罚金 公安 治安 关于 由于 对于 "
	                            "属于 位于 等于 至于 基于 处于 低于 高于 过程 工程 课程 汽车 轿车 货车 机关 有关 相关 海关 已经 曾经 保管 主管 订单 清单 合计 共计 总计 平时 "
	                            "及时 同时 当时 方向 面向 和平 水平 公平 完成 造成 构成 达成 日常 正常 通常 经常 材料 万元 数万 明显 发展 保全 安全 完全 提高 最高 原来 历史";
	char pair[2 * HAN + 1];

	if (form.n != 2 * HAN || at < HAN)
		return false;
	memcpy(pair, text.p + at - HAN, 2 * HAN);
	pair[2 * HAN] = 0;
	return strstr(words, pair) != NULL;
}

/* ---- strangers ---- */

/* What may follow a name, and is no part of one. */
static bool ends_name(struct gv_str rest)
{
	static const char *const ends[] = {
		"系", "与", "和", "及", "诉", "因", "的", "向", "在", "于", "为", "是", "对", "辩", "称", "驾", "委托", "共同", "等", "之", "以", "未", "不", "应", "已", "经",
		"将", "被", "提", "偿", "支付", "返还", "承", "负", "给", "同意", "认为", "到庭", "均", "或", "男", "女", "从", "至", "由", "作为", "本人", "分别", "签", "出具",
		"陈述", "证言", "的证", "律师", "担任", "独任", "组成", "二", "书记", "审判", "人民", "法官", "原告", "被告", "上诉", "第三", "代理", "执行", "附", "本", "申请", "某"
	};
	size_t at = 0;
	int32_t cp;

	if (!rest.n)
		return true;
	cp = gv_utf8_next(rest, &at);
	if (!gv_utf8_is_han(cp))
		return true;
	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
		if (gv_str_starts(rest, gv_str_of(ends[i])))
			return true;
	return false;
}

/* Surnames that are common words, too: taken for a name only where nothing else can stand. */
static bool is_weak(struct gv_str surname)
{
	static const char words[] = "应于向和经时对方均被以从那常在就要是有还能可相连同成平边后查计过保来信门单干当支关家都才尚须原却";
	const char *at = surname.n == HAN ? gv_str_find(GV_STR(words), surname) : NULL;

	return at && (at - words) % HAN == 0;
}

/* Bytes of a name of a surname and one or two characters; 0: none. */
static size_t name_here(const struct gv_sifter *s, struct gv_str rest, bool surely)
{
	size_t surname = gv_surname_of(s->surnames, rest), ends[2], n = 0, at;

	if (!surname || (!surely && is_weak((struct gv_str){ rest.p, surname })) || gv_surnames_is_word(s->surnames, rest))
		return 0;
	at = surname;
	while (n < 2 && at < rest.n && gv_utf8_is_han(gv_utf8_next(rest, &at)))
		ends[n++] = at;
	if (n == 0 || gv_str_starts((struct gv_str){ rest.p + surname, rest.n - surname }, GV_STR("某")))  /* masked already */
		return 0;
	/* 王强和 of 王强和李明: where both may be the end, a second character that could be the next word is one. */
	if (ends_name((struct gv_str){ rest.p + ends[0], rest.n - ends[0] }))
		return ends[0];
	return n == 2 && ends_name((struct gv_str){ rest.p + ends[1], rest.n - ends[1] }) ? ends[1] : 0;
}

/* One name after the other, with 、 between them; how far they go. */
static size_t read_list(struct gv_sift_run *r, size_t from, enum gv_trait trait, bool surely)
{
	for (;;) {
		struct gv_str rest = { r->text.p + from, r->text.n - from };
		size_t after, n;
		int32_t cp = rest.n ? gv_sift_cp(r->text, from, &after) : -1;

		/* One that the cast knows goes on with the list itself. */
		if (cp >= 0 && r->s->flags[gv_sift_index(cp)] & GV_SIFT_NAME) {
			n = gv_sift_on_name(r, from, cp);
			if (n > from)
				return n;
		}
		n = cp >= 0 ? name_here(r->s, rest, surely) : 0;
		if (!n)
			return from;
		gv_sift_hit(r, trait, from, from + n, GV_NOBODY);
		from += n;
		surely = true;
		if (!gv_str_starts((struct gv_str){ r->text.p + from, r->text.n - from }, GV_STR("、")))
			return from;
		from += strlen("、");
	}
}

size_t gv_sift_on_name(struct gv_sift_run *r, size_t at, int32_t cp)
{
	const struct gv_sifter *s = r->s;
	size_t first = gv_sift_index(cp), i = s->names_at[first];

	for (i = i ? i - 1 : s->nnames; i < s->nnames; i++) {
		const struct gv_sift_name *n = &s->names[i];
		size_t index = gv_sift_index(n->first);

		if (index != first && index != gv_sift_index(other_case(cp)))
			break;
		if (n->form.n > r->text.n - at || !same(r->text.p + at, n->form) || !is_whole_word(r->text, at, n->form.n))
			continue;
		gv_sift_hit(r, may_be_torn(r->text, at, n->form) ? GV_TRAIT_UNSURE : GV_TRAIT_NAME, at, at + n->form.n, n->who);
		at += n->form.n;
		/* 张伟、李丽: the next on the list may be one that nobody told. */
		if (r->strangers && !gv_name_is_unit(n->form) && gv_str_starts((struct gv_str){ r->text.p + at, r->text.n - at }, GV_STR("、"))) {
			size_t next = at + strlen("、"), end = read_list(r, next, GV_TRAIT_STRANGER, false);

			return end > next ? end : at;
		}
		return at;
	}
	return at;
}

/* Behind the role, what is said in brackets, and a colon: 原告（反诉被告）： */
static size_t to_name(struct gv_str text, size_t at, bool *surely)
{
	if (at < text.n && text.p[at] == '(') {
		const char *close = memchr(text.p + at, ')', text.n - at < 90 ? text.n - at : 90);

		if (close)
			at = (size_t)(close - text.p) + 1;
	}
	*surely = at < text.n && text.p[at] == ':';
	return at + *surely;
}

size_t gv_sift_role(struct gv_sift_run *r, size_t at, enum gv_sift_kind kind)
{
	bool colon;
	size_t from = to_name(r->text, at, &colon);
	bool surely = colon || kind != GV_WORD_PARTY;  /* 原告应…, 被告方…: what follows a party may be the rest of a sentence */

	return read_list(r, from, kind == GV_WORD_STAFF ? GV_TRAIT_STAFF : GV_TRAIT_STRANGER, surely);
}

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

		if (!is_taken(h, n, at->from, at->to) && !may_be_torn(r->text, at->from, (struct gv_str){ r->text.p + at->from, at->to - at->from }))
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
