/* SPDX-License-Identifier: MIT */
/* Texts as they are searched: the fold, and the way back into the original. */
#include "fold.h"
#include "unit.h"

static void folds(void)
{
	static const struct { const char *in, *out; } rows[] = {
		{ "", "" },
		{ "原告：张 三，男。", "原告:张三,男。" },
		{ "王　　伟", "王伟" },
		{ "３１０１１４", "310114" },
		{ "138 0000 1234", "138 0000 1234" },
		{ "138 0000\n 1234", "138 0000\n1234" },
		{ "1 2　3\t4", "1 2 3 4" },
		{ "John  Smith", "John Smith" },
		{ "共 5 元", "共5元" },
		{ "买买提•依明 买买提・依明 买买提‧依明", "买买提·依明买买提·依明买买提·依明" },
		{ "买买提.依明 a.b 3.5 甲.乙.丙", "买买提·依明a.b 3.5甲·乙·丙" },
		{ "张\r\n三", "张三" },
		{ "张\xE2\x80\x8B三\xEF\xBB\xBF", "张三" },
		{ "a\xE9z", "a?z" },
		{ " 甲", "甲" },
		{ "𠮷野", "𠮷野" },
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct gv_fold f = { 0 };
		struct gv_err err = { 0 };

		CHECK_OK(gv_fold(&f, gv_str_of(rows[i].in), &err), &err);
		CHECK_BYTES(gv_buf_str(&f.text), gv_str_of(rows[i].out));
		gv_fold_free(&f);
	}
}

static void leads_back(void)
{
	const char *text = "甲 ３８ 0\n0乙";  /* folded: 甲38 0\n0乙 */
	struct gv_fold f = { 0 };
	struct gv_err err = { 0 };

	CHECK_OK(gv_fold(&f, gv_str_of(text), &err), &err);
	CHECK_INT(gv_fold_from(&f, 0), 0);
	CHECK_INT(gv_fold_to(&f, 3), 3);
	CHECK_INT(gv_fold_from(&f, 3), 4);   /* ３ */
	CHECK_INT(gv_fold_to(&f, 4), 7);
	CHECK_INT(gv_fold_from(&f, 6), 11);  /* 0 */
	CHECK_INT(gv_fold_from(&f, f.text.n), strlen(text));
	CHECK_INT(gv_fold_to(&f, f.text.n), strlen(text));
	gv_fold_free(&f);
}

static void refuses(void)
{
	struct gv_fold f = { 0 };
	struct gv_err err = { 0 };

	CHECK_ERR(gv_fold(&f, (struct gv_str){ "", GV_FOLD_MAX + 1 }, &err), &err, GV_EDATA, "is longer than 16777216 bytes");
	gv_fold_free(&f);
}

UNIT_MAIN("fold", { "folds", folds }, { "leads back", leads_back }, { "refuses", refuses })
