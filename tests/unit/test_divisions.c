/* SPDX-License-Identifier: MIT */
/* How much of an address may be told, and where a name has its surname. */
#include "divisions.h"
#include "surnames.h"
#include "unit.h"

static void cuts(void)
{
	static const struct { const char *in, *out; } rows[] = {
		{ "上海市嘉定区墨玉路88号201室", "上海市嘉定区" },
		{ "江苏省昆山市花桥镇某路9号", "江苏省昆山市" },
		{ "江苏省苏州市昆山市花桥镇", "江苏省苏州市昆山市" },
		{ "昆山市花桥镇", "昆山市" },
		{ "上海嘉定区墨玉路", "上海嘉定区" },
		{ "江苏昆山市花桥镇", "江苏昆山市" },
		{ "黑龙江省巴彦县", "黑龙江省巴彦县" },
		{ "内蒙古自治区赤峰市敖汉旗新惠镇", "内蒙古自治区赤峰市敖汉旗" },
		{ "新疆维吾尔自治区喀什地区莎车县", "新疆维吾尔自治区喀什地区莎车县" },
		{ "上海市闸北区共和新路", "上海市闸北区" },
		{ "上海市浦东开发区张江路", "上海市浦东开发区" },
		{ "上海市阳光小区3号", "上海市" },
		{ "上海市墨玉路88号", "上海市" },
		{ "嘉兴路88号", "" },
		{ "香港九龙弥敦道100号", "香港" },
		{ "台湾地区台北市信义路", "台湾地区" },
		{ "武汉市香港路8号", "武汉市" },
		{ "墨玉路88号", "" },
		{ "院治疗", "" },
		{ "", "" },
	};
	struct gv_divisions *d;
	struct gv_err err = { 0 };

	CHECK_OK(gv_divisions_open(&d, &err), &err);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct gv_str in = gv_str_of(rows[i].in);

		CHECK_BYTES(((struct gv_str){ in.p, gv_divisions_cut(d, in) }), gv_str_of(rows[i].out));
	}
	gv_divisions_free(d);
}

static void surnames(void)
{
	static const struct { const char *in, *out; } rows[] = {
		{ "张伟", "张" }, { "欧阳文", "欧阳" }, { "欧文", "欧" }, { "司马光明", "司马" }, { "司徒静", "司徒" }, { "爱新觉罗溥仪", "爱新觉罗" },
		{ "爱国", "爱" }, { "陈王某某", "陈" }, { "的确", "" }, { "John", "" }, { "", "" }, { "第五文", "第五" }, { "第三人", "" },
	};
	struct gv_surnames *s;
	struct gv_err err = { 0 };

	CHECK_OK(gv_surnames_open(&s, &err), &err);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct gv_str in = gv_str_of(rows[i].in);

		CHECK_BYTES(((struct gv_str){ in.p, gv_surname_of(s, in) }), gv_str_of(rows[i].out));
	}
	gv_surnames_free(s);
}

static void units(void)
{
	CHECK(gv_name_is_unit(GV_STR("上海嘉实汽车零部件有限公司")));
	CHECK(gv_name_is_unit(GV_STR("上海市嘉定区人民政府")));
	CHECK(gv_name_is_unit(GV_STR("某某公司深圳")));
	CHECK(!gv_name_is_unit(GV_STR("张伟")));
	CHECK(!gv_name_is_unit(GV_STR("王商社")));
	CHECK(gv_name_is_organ(GV_STR("上海市公安局嘉定分局")));
	CHECK(!gv_name_is_organ(GV_STR("上海某税务代理公司")));
}

UNIT_MAIN("divisions", { "cuts", cuts }, { "surnames", surnames }, { "units", units })
