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
		{ "张\n\n- 3 -\n\n伟 张\n第3页 共9页\f伟 张\n—12—\r\n伟", "张伟张伟张伟" },
		{ "一\n-3\n二\n3\n三\n-12345-\n四 - 3 - 五", "一-3二3三-12345-四-3-五" },
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

static void finds_lines(void)
{
	const char *text = "甲，\n 乙丙\n丁戊  己";  /* folded: 甲,乙丙丁戊己 */
	struct gv_fold f = { 0 };
	struct gv_err err = { 0 };

	CHECK_OK(gv_fold(&f, gv_str_of(text), &err), &err);
	CHECK_INT(gv_fold_line(&f, gv_str_of(text), 0, f.text.n - 1), 10);
	CHECK_INT(gv_fold_line(&f, gv_str_of(text), 0, 10), 10);
	CHECK_INT(gv_fold_line(&f, gv_str_of(text), 0, 9), 4);
	CHECK_INT(gv_fold_line(&f, gv_str_of(text), 4, 9), 4);
	CHECK(gv_fold_line(&f, gv_str_of(text), 5, 9) == SIZE_MAX);
	CHECK(gv_fold_line(&f, gv_str_of(text), 0, 3) == SIZE_MAX);
	CHECK(gv_fold_line(&f, gv_str_of(text), 13, f.text.n - 1) == SIZE_MAX);
	gv_fold_free(&f);
}

/* Every character of the folded text stands in the original where it is said to, whatever is around it. */
static void leads_back_from_anywhere(void)
{
	static const char *const alphabet[] = { "甲", "，", "３", " ", "\n", "a", ".", "・", "\n-3-\n", "　", "\xE2\x80\x8B", "𠮷", "\xFF" };
	uint64_t seed = 5;

	for (int round = 0; round < 500; round++) {
		struct gv_buf text = GV_BUF_INIT(4096);
		struct gv_fold f = { 0 };
		struct gv_err err = { 0 };
		size_t last = 0;

		for (int i = 0; i < 60; i++) {
			seed = seed * 6364136223846793005u + 1442695040888963407u;
			gv_buf_adds(&text, alphabet[(seed >> 33) % (sizeof alphabet / sizeof *alphabet)]);
		}
		CHECK_OK(gv_fold(&f, gv_buf_str(&text), &err), &err);
		for (size_t at = 0; at < f.text.n;) {
			unsigned char lead = (unsigned char)f.text.p[at];
			size_t end = at + (lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4), from = gv_fold_from(&f, at), to = gv_fold_to(&f, end);
			struct gv_fold one = { 0 };

			CHECK(from >= last && to > from);
			CHECK_OK(gv_fold(&one, (struct gv_str){ text.p + from, to - from }, &err), &err);
			if (f.text.p[at] != ' ' && f.text.p[at] != '\n' && lead != 0xC2)  /* a blank, and a "." between names, are what they are by what is around them */
				CHECK_BYTES(gv_buf_str(&one.text), ((struct gv_str){ f.text.p + at, end - at }));
			gv_fold_free(&one);
			last = to;
			at = end;
		}
		gv_fold_free(&f);
		gv_buf_free(&text);
	}
}

static void refuses(void)
{
	struct gv_fold f = { 0 };
	struct gv_err err = { 0 };

	CHECK_ERR(gv_fold(&f, (struct gv_str){ "", GV_FOLD_MAX + 1 }, &err), &err, GV_EDATA, "is longer than 16777216 bytes");
	gv_fold_free(&f);
}

UNIT_MAIN("fold", { "folds", folds }, { "leads back", leads_back }, { "leads back from anywhere", leads_back_from_anywhere }, { "finds lines", finds_lines }, { "refuses", refuses })
