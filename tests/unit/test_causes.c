/* SPDX-License-Identifier: MIT */
#include "causes.h"
#include "unit.h"

/* How far below; -1 if not. */
static int below(gv_day on, const char *general, const char *cause)
{
	struct gv_causes *c = NULL;
	struct gv_err err;
	int steps = -1;

	CHECK_OK(gv_causes_open(&c, on, &err), &err);
	gv_causes_covers(c, gv_str_of(general), gv_str_of(cause), &steps);
	gv_causes_free(c);
	return steps;
}

static void levels(void)
{
	static const struct { const char *general, *cause; int want; } rows[] = {
		{ "民间借贷纠纷", "民间借贷纠纷", 0 },
		{ "合同纠纷", "民间借贷纠纷", 2 },
		{ "民间借贷纠纷", "合同纠纷", -1 },
		{ "侵权责任纠纷", "民间借贷纠纷", -1 },
		{ "非讼程序案件案由", "申请支付令", 2 },
		/* a name on two levels is itself first */
		{ "人格权纠纷", "人格权纠纷", 0 },
		{ "行政补偿", "房屋征收或者征用补偿", 1 },
		/* what no list has is only itself */
		{ "车位", "车位", 0 },
		{ "合同纠纷", "车位", -1 },
		{ "", "", -1 },
		/* a name as people write it */
		{ "离婚纠纷", "离婚", 0 },
		{ "婚姻家庭纠纷", "变更抚养关系", 2 },
		{ "离婚纠纷", "离婚　纠 纷", 0 },
		{ "离婚纠纷", "涉外离婚纠纷", -1 },
		{ "合同纠纷", "", -1 },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		CHECK_INT(below(gv_day_of(2022, 6, 30), rows[i].general, rows[i].cause), rows[i].want);
}

static void hints(void)
{
	static const char *const words[] = { "离婚", "抚养", NULL };
	static const struct { const char *cause; bool want; } rows[] = {
		{ "涉外离婚纠纷", true }, { "离婚、子女抚养纠纷", true }, { "合同", false },
		/* these the lists tell of */
		{ "离婚纠纷", false }, { "离婚", false }, { "征缴社会抚养费", false }, { "", false },
	};
	struct gv_causes *c = NULL;
	struct gv_err err;

	CHECK_OK(gv_causes_open(&c, gv_day_of(2022, 6, 30), &err), &err);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		CHECK_ROW(gv_causes_hints(c, gv_str_of(rows[i].cause), words) == rows[i].want, rows[i].cause);
	gv_causes_free(c);
}

/* Both sides of the day on which the civil list changed. */
static void lists(void)
{
	CHECK_INT(below(gv_day_of(2025, 12, 31), "数据、网络虚拟财产纠纷", "数据权属纠纷"), -1);
	CHECK_INT(below(gv_day_of(2026, 1, 1), "数据、网络虚拟财产纠纷", "数据权属纠纷"), 2);
}

UNIT_MAIN("causes", { "levels", levels }, { "hints", hints }, { "lists of 2020 and 2025", lists })
