/* SPDX-License-Identifier: MIT */
#include "mediation_bar.h"

const struct gv_basis gv_mediation_bar_basis[] = {
	{ "最高人民法院关于适用《中华人民共和国民事诉讼法》的解释", "法释〔2022〕11号", "143" }, { 0 }
};

/* The text names kinds of cases; these are the causes of such cases in the lists of 2020 and 2025. */
static const struct { const char *cause; enum gv_bar bar; } table[] = {
	{ "婚姻无效纠纷", GV_BAR_STATUS },
	{ "撤销婚姻纠纷", GV_BAR_STATUS },
	{ "亲子关系纠纷", GV_BAR_STATUS },
	{ "确认收养关系纠纷", GV_BAR_STATUS },
	{ "非讼程序案件案由", GV_BAR_SPECIAL },
};

enum gv_bar gv_mediation_bar(struct gv_causes *causes, struct gv_str cause)
{
	for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
		if (gv_causes_covers(causes, gv_str_of(table[i].cause), cause, NULL))
			return table[i].bar;
	return GV_BAR_NONE;
}

bool gv_mediation_bar_lifted(const struct gv_val *rec)
{
	struct gv_str cause = gv_val_getstr(rec, "cause");

	return gv_val_is_true(rec, "discretion") || gv_str_find(cause, GV_STR("赔偿")) ||
	       gv_str_ends(cause, GV_STR("补偿")) || gv_str_starts(cause, GV_STR("行政补偿"));
}
