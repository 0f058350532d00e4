/* SPDX-License-Identifier: MIT */
#include "surnames.h"

#include <stdlib.h>

#include "ref.h"
#include "utf8.h"

enum { CODES = 0x10000, WORD = 64 };

/* By first character, as a bit: is it a surname alone, is there a compound one that begins with it? */
struct gv_surnames {
	uint64_t single[CODES / WORD], compound[CODES / WORD];
	struct gv_ref *table, *words;
	int column;
};

static bool has(const uint64_t *bits, int32_t cp)
{
	return cp > 0 && cp < CODES && (bits[cp / WORD] >> (cp % WORD) & 1);
}

int gv_surnames_open(struct gv_surnames **out, struct gv_err *err)
{
	struct gv_surnames *s = calloc(1, sizeof *s);
	int form, rc;

	*out = NULL;
	if (!s)
		return gv_fail_nomem(err);
	rc = gv_ref_open(&s->table, "surnames", err);
	if (!rc)
		rc = gv_ref_open(&s->words, "no-names", err);
	if (rc) {
		gv_surnames_free(s);
		return rc;
	}
	s->column = gv_ref_column(s->table, "surname");
	form = gv_ref_column(s->table, "form");
	for (size_t row = 0; row < gv_ref_rows(s->table); row++) {
		size_t at = 0;
		int32_t cp = gv_utf8_next(gv_ref_cell(s->table, row, s->column), &at);
		uint64_t *bits = gv_str_is(gv_ref_cell(s->table, row, form), "compound") ? s->compound : s->single;

		if (cp > 0 && cp < CODES)
			bits[cp / WORD] |= (uint64_t)1 << (cp % WORD);
	}
	*out = s;
	return 0;
}

void gv_surnames_free(struct gv_surnames *s)
{
	if (!s)
		return;
	gv_ref_free(s->table);
	gv_ref_free(s->words);
	free(s);
}

size_t gv_surname_of(const struct gv_surnames *s, struct gv_str text)
{
	size_t at = 0, first, ends[4], n = 0;
	int32_t cp = gv_utf8_next(text, &at);

	first = at;
	if (has(s->compound, cp)) {
		while (n < 4 && at < text.n && gv_utf8_next(text, &at) >= 0)
			ends[n++] = at;
		while (n-- > 0)
			if (gv_ref_find(s->table, s->column, (struct gv_str){ text.p, ends[n] }, 0) != GV_REF_NONE)
				return ends[n];
	}
	return has(s->single, cp) ? first : 0;
}

bool gv_surnames_is_word(struct gv_surnames *s, struct gv_str text)
{
	size_t at = 0;

	for (int i = 0; i < 2; i++)
		if (gv_utf8_next(text, &at) < 0)
			return false;
	return gv_ref_find(s->words, 0, (struct gv_str){ text.p, at }, 0) != GV_REF_NONE;
}

static bool ends_with_any(struct gv_str name, const char *const *ends)
{
	for (; *ends; ends++)
		if (name.n > strlen(*ends) && gv_str_ends(name, gv_str_of(*ends)))
			return true;
	return false;
}

/* 公司 stands for its branches too, whatever they end with: 某公司上海分部. */
bool gv_name_is_unit(struct gv_str name)
{
	static const char *const ends[] = {
		"公司", "厂", "店", "中心", "集团", "银行", "支行", "分行", "医院", "学校", "小学", "中学", "大学", "学院", "幼儿园", "研究所", "事务所",
		"委员会", "居委会", "村委会", "管委会", "政府", "办事处", "合作社", "合作联社", "信用社", "经营部", "工作室", "分部", "门市部", "服务部", "商行", "商店",
		"饭店", "酒店", "宾馆", "旅馆", "超市", "市场", "协会", "学会", "商会", "工会", "基金会", "法院", "检察院", "公安局", "分局", "总局", "局", "处",
		"支队", "大队", "中队", "站", "社", "场", "加工场", "部", "行", "会", "所", "院", "庄", "矿", "馆", "队", "小组", "联合会", "合伙企业", "企业", "基地", "农场", "林场", "出版社", "报社",
		"(有限合伙)", "（有限合伙）", "(普通合伙)", "（普通合伙）", NULL
	};

	return gv_str_find(name, GV_STR("公司")) || (name.n > 3 * 3 && ends_with_any(name, ends));
}

bool gv_name_is_organ(struct gv_str name)
{
	static const char *const ends[] = {
		"法院", "检察院", "政府", "公安局", "分局", "总局", "局", "处", "委员会", "居委会", "村委会", "管委会", "办事处", "支队", "大队", "事务所",
		"小组", "厅", "部", NULL
	};

	return !gv_str_find(name, GV_STR("公司")) && ends_with_any(name, ends);
}
