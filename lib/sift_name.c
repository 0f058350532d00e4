/* SPDX-License-Identifier: MIT */
/* sift_name: the names of the cast, the longest first. */
#include <stdlib.h>

#include "sift_impl.h"
#include "utf8.h"

enum { HAN = 3, NEAR = 12 * HAN };  /* bytes of a common character; where the end of a unit's name is looked for */

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

/* A break of the line inside a Latin name is a blank; upper and lower case are one. */
static bool same(const char *text, struct gv_str form)
{
	for (size_t i = 0; i < form.n; i++) {
		char a = text[i] == '\n' ? ' ' : text[i], b = form.p[i];

		if (a != b && !(gv_is_latin(a) && gv_is_latin(b) && (a | 0x20) == (b | 0x20)))
			return false;
	}
	return true;
}

/* 买买提 of 买买提·吐尔逊 is not 买买提·艾力, whom the cast knows. */
static bool is_part(struct gv_str text, size_t at, size_t n)
{
	static const char dot[] = "·";    /* of two bytes, and nearly everywhere the first says no */

	return (at >= 2 && text.p[at - 1] == dot[1] && text.p[at - 2] == dot[0]) || (text.n - at - n >= 2 && text.p[at + n] == dot[0] && text.p[at + n + 1] == dot[1]);
}

static bool is_whole_name(struct gv_str text, size_t at, size_t n)
{
	bool before = at > 0 && gv_is_latin(text.p[at]) && gv_is_latin(text.p[at - 1]);
	bool after = at + n < text.n && gv_is_latin(text.p[at + n - 1]) && gv_is_latin(text.p[at + n]);

	return !before && !after && !is_part(text, at, n);
}

/* These are words of judgments that end with a common surname. */
bool gv_sift_is_torn(struct gv_str text, size_t at, struct gv_str form)
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

/* 张伟食品有限公司, 周婷律师事务所 where 张伟 and 周婷 are people of the case. */
static bool is_in_unit(const struct gv_sifter *s, struct gv_str behind)
{
	static const char *const ends[] = { "有限公司", "有限责任公司", "股份公司", "律师事务所", "合伙企业" };
	struct gv_str near = { behind.p, behind.n < NEAR ? behind.n : NEAR };
	size_t at = 0;

	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
		const char *end = gv_str_find(near, gv_str_of(ends[i]));

		/* 张伟与上海某有限公司: another word stands between. */
		for (at = 0; end && at < (size_t)(end - near.p);)
			if (gv_sift_ends_name(s, (struct gv_str){ near.p + at, near.n - at }) || gv_utf8_next(near, &at) < 0)
				break;
		if (end && at >= (size_t)(end - near.p))
			return true;
	}
	return false;
}

/*
 * Of a name of two characters: is it the beginning of a longer one, 张伟 of 张伟强到庭, 周婷 of 审判员周婷婷?  One more character, and then
 * what follows names; or of a unit's name.
 */
static bool may_go_on(const struct gv_sifter *s, struct gv_str text, size_t at, struct gv_str form)
{
	struct gv_str behind = { text.p + at + form.n, text.n - at - form.n };
	size_t next = 0;
	int32_t cp = behind.n ? gv_utf8_next(behind, &next) : 0;
	bool verb;

	if (form.n != 2 * HAN || !gv_utf8_is_han(cp))
		return false;
	verb = s->after[gv_sift_index(cp)] & GV_AFTER_VERB;
	if (gv_sift_ends_name(s, behind) && !gv_str_starts(behind, GV_STR("律师事务所")))
		return false;
	if ((!verb || gv_str_find((struct gv_str){ behind.p, behind.n < NEAR ? behind.n : NEAR }, GV_STR("公司"))) && is_in_unit(s, behind))
		return true;
	return !verb && gv_sift_ends_name(s, (struct gv_str){ behind.p + next, behind.n - next });
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
		if (n->form.n > r->text.n - at || !same(r->text.p + at, n->form) || !is_whole_name(r->text, at, n->form.n))
			continue;
		gv_sift_hit(r, gv_sift_is_torn(r->text, at, n->form) || may_go_on(s, r->text, at, n->form) ? GV_TRAIT_UNSURE : GV_TRAIT_NAME, at, at + n->form.n, n->who);
		at += n->form.n;
		/* 张伟、李丽: the next on the list may be one that nobody told. */
		if (r->strangers && !gv_name_is_unit(n->form) && gv_str_starts(gv_sift_rest(r, at), GV_STR("、"))) {
			size_t next = at + strlen("、"), end = gv_sift_list(r, next, GV_TRAIT_STRANGER, false);

			return end > next ? end : at;
		}
		return at;
	}
	return at;
}
