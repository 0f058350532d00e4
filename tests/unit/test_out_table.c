/* SPDX-License-Identifier: MIT */
/* The table by itself. */
#include "out.h"
#include "unit.h"

static void table_alone(void)
{
	static const struct { size_t max; const char *want; } rows[] = {
		{ 0, "name                n  note\n一二三四五六七八  100  abcdefghij\nx                   7\n" },
		{ 80, "name                n  note\n一二三四五六七八  100  abcdefghij\nx                   7\n" },
		{ 33, "name                n  note\n一二三四五六七八  100  abcdefghij\nx                   7\n" },
		{ 32, "name               n  note\n一二三四五六七…  100  abcdefghij\nx                  7\n" },
		{ 31, "name              n  note\n一二三四五六…   100  abcdefghij\nx                 7\n" },
		{ 24, "name         n  note\n一二三四…  100  abcdefg…\nx            7\n" },
		{ 15, "name    n  note\n一…   100  abc…\nx       7\n" },
		{ 5, "name    n  note\n一…   100  abc…\nx       7\n" },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct gv_buf got = GV_BUF_INIT(4096);
		struct gv_err err = { 0 };
		struct gv_table *t;

		CHECK_OK(gv_table_new(&t, 3, 1, &err), &err);
		gv_table_align(t, 1, GV_RIGHT);
		CHECK_OK(gv_table_row(t, (struct gv_str[]){ GV_STR("name"), GV_STR("n"), GV_STR("note") }, &err), &err);
		CHECK_OK(gv_table_row(t, (struct gv_str[]){ GV_STR("一二三四五六七八"), GV_STR("100"), GV_STR("abcdefghij") }, &err), &err);
		CHECK_OK(gv_table_row(t, (struct gv_str[]){ GV_STR("x"), GV_STR("7"), { 0 } }, &err), &err);
		CHECK_OK(gv_table_print(t, &got, false, rows[i].max, &err), &err);
		CHECK_STR(got.p, rows[i].want);
		gv_table_free(t);
		gv_buf_free(&got);
	}
	gv_table_free(NULL);
}

/* A column that is kept gives way when the others would be too narrow to read. */
static void keeps(void)
{
	static const struct { size_t max; const char *want; } rows[] = {
		{ 35, "id          a             b\n0123456789  abcdefghijkl  abcdef\n" },
		{ 30, "id          a           b\n0123456789  abcdefghi…  abcdef\n" },
		{ 28, "id          a         b\n0123456789  abcdefg…  abcdef\n" },
		{ 27, "id         a         b\n01234567…  abcdefg…  abcdef\n" },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct gv_buf got = GV_BUF_INIT(4096);
		struct gv_err err = { 0 };
		struct gv_table *t;

		CHECK_OK(gv_table_new(&t, 3, 1, &err), &err);
		gv_table_keep(t, 0);
		CHECK_OK(gv_table_row(t, (struct gv_str[]){ GV_STR("id"), GV_STR("a"), GV_STR("b") }, &err), &err);
		CHECK_OK(gv_table_row(t, (struct gv_str[]){ GV_STR("0123456789"), GV_STR("abcdefghijkl"), GV_STR("abcdef") }, &err), &err);
		CHECK_OK(gv_table_print(t, &got, false, rows[i].max, &err), &err);
		CHECK_STR(got.p, rows[i].want);
		gv_table_free(t);
		gv_buf_free(&got);
	}
}

UNIT_MAIN("out_table", { "a table alone", table_alone }, { "a column that is kept", keeps })
