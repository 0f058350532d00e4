/* SPDX-License-Identifier: MIT */
/* What stands for whom: classes, labels, numbers, and labels of earlier papers. */
#include "cast.h"
#include "unit.h"

struct row { const char *name, *profile, *kase, *people, *given, *labels; uint32_t order[4]; size_t norder; bool by_length, by_letter; };

static const struct row rows[] = {
	{ "civil parties stay", "2016", "{\"parties\":[{\"role\":\"原告\",\"name\":\"张伟\"}]}", NULL, NULL, "", { 0 }, 0, false, false },
	{ "practice", "2024", "{\"parties\":[{\"role\":\"原告\",\"name\":\"张伟\",\"agents\":[{\"name\":\"李律\",\"kind\":\"lawyer\"},{\"name\":\"王亲\",\"kind\":\"relative\"}]}],"
	  "\"judge\":\"钱正\",\"clerk\":\"卫兰\",\"panel\":[\"赵甲\"]}", NULL, NULL, "张伟=张某 王亲=王某 ", { 0 }, 0, false, false },
	{ "first appearance", "2024", "{\"parties\":[{\"name\":\"张伟\"},{\"name\":\"张丽\"},{\"name\":\"张三\"}]}", NULL, NULL, "张伟=张某2 张丽=张某1 张三=张某3 ", { 1 }, 1, false, false },
	{ "earlier papers", "2024", "{\"parties\":[{\"name\":\"张伟\"},{\"name\":\"张丽\"}]}", NULL, "[{\"name\":\"张丽\",\"label\":\"张某1\"},{\"name\":\"张伟\",\"label\":\"张某2\"}]",
	  "张伟=张某2 张丽=张某1 ", { 0 }, 1, false, false },
	{ "one that is two", "2024", "{\"parties\":[{\"name\":\"上海甲乙有限公司\",\"legal_representative\":\"张伟\"},{\"name\":\"张伟\"}]}", NULL, NULL,
	  "上海甲乙有限公司=上海某有限公司 张伟=张某 张伟=张某 ", { 0 }, 0, false, false },
	{ "units alike", "2024", "{\"parties\":[{\"name\":\"上海甲乙汽车有限公司\"},{\"name\":\"上海丙丁汽车有限公司\"},{\"name\":\"上海市嘉定区人民政府\"}]}", NULL, NULL,
	  "上海甲乙汽车有限公司=上海某1汽车有限公司 上海丙丁汽车有限公司=上海某2汽车有限公司 ", { 0 }, 0, false, false },
	{ "trade name of the record", "2024", "{\"parties\":[{\"name\":\"上海嘉定金三角汽车有限公司\",\"trade_name\":\"金三角\"}]}", NULL, NULL, "上海嘉定金三角汽车有限公司=上海嘉定某汽车有限公司 ", { 0 }, 0, false, false },
	{ "by length", "2024", "{\"parties\":[{\"name\":\"张小伟\"},{\"name\":\"李丽\"}]}", NULL, NULL, "张小伟=张某某 李丽=李某 ", { 0 }, 0, true, false },
	{ "by letter", "2024", "{\"parties\":[{\"name\":\"张伟\"},{\"name\":\"张丽\"}]}", NULL, NULL, "张伟=张某甲 张丽=张某乙 ", { 0 }, 0, false, true },
	{ "family", "2016", "{\"cause\":\"抚养纠纷\",\"parties\":[{\"role\":\"原告\",\"name\":\"张伟\"},{\"role\":\"被告\",\"name\":\"上海甲乙有限公司\"}]}",
	  "[{\"name\":\"王证\",\"role\":\"证人\"}]", NULL, "张伟=张某 ", { 0 }, 0, false, false },
	{ "criminal", "2016", "{\"case\":\"（2024）沪0114刑初1号\",\"parties\":[{\"role\":\"被告人\",\"name\":\"张伟\"},{\"role\":\"附带民事诉讼原告人\",\"name\":\"李丽\"}]}", NULL, NULL,
	  "李丽=李某 ", { 0 }, 0, false, false },
	{ "witness of a civil case", "2016", "{\"cause\":\"买卖合同纠纷\"}", "[{\"name\":\"王证\",\"role\":\"证人\"}]", NULL, "", { 0 }, 0, false, false },
	{ "minor of eighteen", "2016", "{\"parties\":[{\"name\":\"张伟\",\"born_on\":\"2006-06-03\"},{\"name\":\"李丽\",\"born_on\":\"2006-06-04\"}]}", NULL, NULL, "李丽=李某 ", { 0 }, 0, false, false },
	{ "guardian of an adult", "2016", "{\"parties\":[{\"name\":\"张伟\",\"agents\":[{\"name\":\"张父\",\"kind\":\"statutory\"}]}]}", NULL, NULL, "", { 0 }, 0, false, false },
};

static void labels(void)
{
	struct gv_surnames *surnames;
	struct gv_divisions *divisions;
	struct gv_causes *causes;
	struct gv_err err = { 0 };

	CHECK_OK(gv_surnames_open(&surnames, &err), &err);
	CHECK_OK(gv_divisions_open(&divisions, &err), &err);
	CHECK_OK(gv_causes_open(&causes, gv_day_of(2024, 6, 3), &err), &err);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		const struct row *row = &rows[i];
		struct gv_doc kase = { 0 }, people = { 0 }, given = { 0 };
		struct gv_cast cast = { 0 };
		struct gv_cast_source s = { .as_of = gv_day_of(2024, 6, 3), .by_length = row->by_length, .by_letter = row->by_letter, .kase = &kase.root };
		struct gv_buf out = GV_BUF_INIT(4096);

		CHECK_OK(gv_json_parse(&kase, gv_str_of(row->kase), 0, &err), &err);
		if (row->people)
			CHECK_OK(gv_json_parse(&people, gv_str_of(row->people), 0, &err), &err);
		if (row->given)
			CHECK_OK(gv_json_parse(&given, gv_str_of(row->given), 0, &err), &err);
		s.people = row->people ? &people.root : NULL;
		CHECK(gv_profile_parse(&s.profile, gv_str_of(row->profile)));
		gv_cast_case_is(causes, s.kase, &s.family, &s.criminal);
		CHECK_OK(gv_cast_make(&cast, &s, &err), &err);
		CHECK_OK(gv_cast_bases(&cast, surnames, divisions, &err), &err);
		CHECK_OK(gv_cast_label(&cast, row->order, row->norder, row->given ? &given.root : NULL, &err), &err);
		for (size_t k = 0; k < cast.n; k++)
			if (cast.list[k].label.n)
				gv_buf_addf(&out, "%.*s=%.*s ", (int)cast.list[k].name.n, cast.list[k].name.p, (int)cast.list[k].label.n, cast.list[k].label.p);
		printf("# %s\n", row->name);
		CHECK_STR(out.p ? out.p : "", row->labels);
		gv_buf_free(&out);
		gv_cast_free(&cast);
		gv_doc_free(&kase);
		gv_doc_free(&people);
		gv_doc_free(&given);
	}
	gv_surnames_free(surnames);
	gv_divisions_free(divisions);
	gv_causes_free(causes);
}

static void minors(void)
{
	static const struct { const char *born; bool minor; } dates[] = {
		{ "2006年6月4日", true }, { "2006年6月3日", false }, { "二〇一六年五月一日", true }, { "一九八五年三月十二日", false }, { "二〇〇六年六月四日", true }, { "20060604", true },
		{ "2006-06-04", true }, { "2006-06-03", false }, { "2016年5月", true }, { "", false }, { "二〇一六年十二月三十一日", true }, { "2016年13月1日", false },
	};

	for (size_t i = 0; i < sizeof dates / sizeof *dates; i++)
		CHECK_ROW(gv_cast_is_minor(gv_str_of(dates[i].born), gv_day_of(2024, 6, 3)) == dates[i].minor, dates[i].born);
	CHECK(!gv_cast_is_minor(GV_STR("2016年5月1日"), GV_DAY_NONE));
}

UNIT_MAIN("cast", { "labels", labels }, { "minors", minors })
