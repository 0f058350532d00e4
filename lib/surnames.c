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

bool gv_name_says_trade(struct gv_str name)
{
	static const char *const words[] = {
		"科技", "网络", "信息", "软件", "通信", "通讯", "电子", "电器", "电气", "机电", "电池", "电源", "电力", "供电", "新能源", "能源", "制冷", "空调", "物业", "物管", "物流", "运输", "货运", "货物", "客运",
		"快递", "仓储", "出租", "汽车", "汽配", "车业", "电动车", "农机", "叉车", "机械", "设备", "工业", "实业", "制造", "金属", "五金", "钢铁", "化工", "塑料", "橡胶", "建材", "建筑",
		"建设", "建工", "工程", "装饰", "装潢", "房地产", "置业", "投资", "贸易", "商贸", "进出口", "百货", "超市", "商行", "商店", "食品", "餐饮", "酒店", "饭店", "服装", "时装",
		"服饰", "纺织", "家具", "家居", "厨具", "灯饰", "照明", "医药", "药业", "医疗", "生物", "财产", "人寿", "保险", "银行", "信用", "小额", "担保", "租赁", "典当",
		"教育", "文化", "传媒", "广告", "旅游", "咨询", "人力", "劳务", "农业", "畜牧", "水产", "矿业", "煤业", "石油", "燃气", "泵业", "航空", "船舶", "环保", "印刷",
		"包装", "陶瓷", "玻璃", "水泥", "混凝土", "修理", "维修", "营销", "经营", "服务", "管理", "企业", "集团", "有限", "股份", "公司", "厂", "店", NULL
	};

	for (const char *const *w = words; *w; w++)
		if (gv_str_starts(name, gv_str_of(*w)))
			return true;
	return false;
}

bool gv_name_is_organ(struct gv_str name)
{
	static const char *const ends[] = {
		"法院", "检察院", "政府", "公安局", "分局", "总局", "局", "处", "委员会", "居委会", "村委会", "管委会", "办事处", "支队", "大队", "事务所",
		"小组", "厅", "部", NULL
	};

	return !gv_str_find(name, GV_STR("公司")) && ends_with_any(name, ends);
}
