/* SPDX-License-Identifier: MIT */
#include "entryname.h"
#include "oom.h"

/* want NULL: refused with these words. */
static void names(void)
{
	static const struct { const char *raw, *want, *why; } rows[] = {
		{ "../a", NULL, "leads to another folder" }, { "..", NULL, "leads to another folder" },
		{ "a/..", NULL, "leads to another folder" }, { "a/../b", NULL, "leads to another folder" },
		{ "a/.", NULL, "leads to another folder" }, { "a/./b", NULL, "leads to another folder" },
		{ "./../a", NULL, "leads to another folder" }, { "．．", NULL, "leads to another folder" },
		{ "．．／moo", NULL, "leads to another folder" }, { "a／．．", NULL, "leads to another folder" },
		{ ".．", NULL, "leads to another folder" }, { "．．＼x", NULL, "leads to another folder" },
		{ "/", NULL, "is absolute" }, { "/etc/passwd", NULL, "is absolute" }, { "//x", NULL, "is absolute" },
		{ "C:x", NULL, "drive letter" }, { "c:/x", NULL, "drive letter" }, { "C:", NULL, "drive letter" }, { "\xe2\x84\xaa:x", NULL, "drive letter" },
		{ "a\\b", NULL, "backslash" }, { "..\\x", NULL, "backslash" }, { "\\\\host\\x", NULL, "backslash" },
		{ "", NULL, "empty part" }, { "a//b", NULL, "empty part" }, { ".//a", NULL, "empty part" }, { "a//", NULL, "empty part" },
		{ ".git", NULL, "git keeps" }, { ".GIT/config", NULL, "git keeps" }, { "a/.Git", NULL, "git keeps" },
		{ "git~1", NULL, "git keeps" }, { "x/GIT~9/y", NULL, "git keeps" },
		{ "con", NULL, "Windows keeps" }, { "Con.txt", NULL, "Windows keeps" }, { "a/NUL", NULL, "Windows keeps" },
		{ "COM1", NULL, "Windows keeps" }, { "lpt9.pdf", NULL, "Windows keeps" }, { "aux.tar.gz", NULL, "Windows keeps" },
		{ "a ", NULL, "a blank" }, { "a.", NULL, "a dot" }, { " a", NULL, "a blank" }, { "a /b", NULL, "a blank" },
		{ "a./b", NULL, "a dot" }, { "...", NULL, "a dot" }, { "a\xe3\x80\x80", NULL, "a blank" }, { "a\xc2\xa0/b", NULL, "a blank" },
		{ "a\nb", NULL, "control" }, { "a\tb", NULL, "control" }, { "a\x1b[2Jb", NULL, "control" }, { "a\x7f", NULL, "control" },
		{ "txt.\xe2\x80\xae" "exe", NULL, "control" }, { "a\xe2\x80\x8b", NULL, "control" }, { ".g\xe2\x80\x8cit", NULL, "control" },
		{ "a\xc2\x85", NULL, "control" }, { "\xef\xbb\xbf" "a", NULL, "control" },
		{ "\xd6\xd0", NULL, "not UTF-8" }, { "a\xff", NULL, "not UTF-8" }, { "\xc0\xae\xc0\xae/a", NULL, "not UTF-8" },
		{ "\xed\xa0\x80", NULL, "not UTF-8" },
		{ "a", "a", NULL }, { "a/b/c.txt", "a/b/c.txt", NULL }, { "./a", "a", NULL }, { "././a", "a", NULL }, { "a/", "a", NULL },
		{ ".", "", NULL }, { "./", "", NULL }, { "民事起诉状.pdf", "民事起诉状.pdf", NULL }, { "原告／被告.pdf", "原告／被告.pdf", NULL },
		{ "e\xcc\x81.txt", "\xc3\xa9.txt", NULL }, { ".gitignore", ".gitignore", NULL }, { "git~", "git~", NULL },
		{ "git~10", "git~10", NULL }, { "console", "console", NULL }, { "com10", "com10", NULL }, { "com", "com", NULL },
		{ "a b", "a b", NULL }, { "a.b.c", "a.b.c", NULL }, { ".hidden", ".hidden", NULL }, { "..a", "..a", NULL }, { "a..b", "a..b", NULL },
		{ "10:30 笔录", "10:30 笔录", NULL }, { "𰻞.txt", "𰻞.txt", NULL },
	};
	struct gv_buf out = GV_BUF_INIT(8 * GV_ENTRY_NAME_MAX);

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct gv_err err = { 0 };
		int rc = gv_entryname(gv_str_of(rows[i].raw), &out, &err);

		CHECK_ROW(rc == (rows[i].want ? 0 : GV_EDATA), rows[i].raw);
		if (rows[i].want)
			CHECK_ROW(gv_str_is(gv_buf_str(&out), rows[i].want), rows[i].raw);
		else
			CHECK_ROW(strstr(err.msg, rows[i].why), rows[i].raw);
	}
	gv_buf_free(&out);
}

static void with_nul(void)
{
	struct gv_buf out = GV_BUF_INIT(64);
	struct gv_err err = { 0 };

	CHECK_INT(gv_entryname(GV_STR("a\0b"), &out, &err), GV_EDATA);
	CHECK(strstr(err.msg, "control"));
	gv_buf_free(&out);
}

static void long_ones(void)
{
	struct gv_buf raw = GV_BUF_INIT(1 << 16), out = GV_BUF_INIT(1 << 16);
	struct gv_err err = { 0 };

	for (int i = 0; i < GV_ENTRY_PART_MAX; i++)
		gv_buf_addc(&raw, 'x');
	CHECK_INT(gv_entryname(gv_buf_str(&raw), &out, &err), 0);
	gv_buf_addc(&raw, 'x');
	CHECK_INT(gv_entryname(gv_buf_str(&raw), &out, &err), GV_EDATA);
	CHECK(strstr(err.msg, "longer than 255 bytes"));
	gv_buf_reset(&raw);
	for (int i = 0; i < GV_ENTRY_DEPTH_MAX; i++)
		gv_buf_adds(&raw, "d/");
	CHECK_INT(gv_entryname(gv_buf_str(&raw), &out, &err), 0);
	gv_buf_adds(&raw, "f");
	CHECK_INT(gv_entryname(gv_buf_str(&raw), &out, &err), GV_EDATA);
	CHECK(strstr(err.msg, "64 folders deep"));
	while (raw.n <= GV_ENTRY_NAME_MAX)
		gv_buf_adds(&raw, "/x");
	CHECK_INT(gv_entryname(gv_buf_str(&raw), &out, &err), GV_EDATA);
	CHECK(strstr(err.msg, "longer than 2048 bytes"));
	gv_buf_free(&raw);
	gv_buf_free(&out);
}

static void single(void)
{
	struct gv_buf out = GV_BUF_INIT(1024);
	struct gv_err err = { 0 };

	CHECK_INT(gv_entryname_single(GV_STR("起诉状.pdf"), &out, &err), 0);
	CHECK_INT(gv_entryname_single(GV_STR("a/b"), &out, &err), GV_EDATA);
	CHECK(strstr(err.msg, "without folders"));
	CHECK_INT(gv_entryname_single(GV_STR("."), &out, &err), GV_EDATA);
	CHECK_INT(gv_entryname_single(GV_STR(".."), &out, &err), GV_EDATA);
	gv_buf_free(&out);
}

static void twice(void)
{
	static const struct { const char *first; bool first_folder; const char *second; bool second_folder, good; } rows[] = {
		{ "a", false, "a", false, false }, { "a", false, "A", false, false }, { "é", false, "É", false, false },
		{ "e\xcc\x81", false, "\xc3\xa9", false, false }, { "ß", false, "SS", false, false }, { "Ω", false, "ω", false, false },
		{ "a", false, "a/b", false, false }, { "a/b", false, "a", false, false }, { "a/b", false, "A", false, false },
		{ "a", true, "a", false, false }, { "a", false, "a", true, false }, { "a/b/c", false, "a/B", false, false },
		{ "a", false, "b", false, true }, { "a", true, "a", true, true }, { "a", true, "a/b", false, true },
		{ "a/b", false, "a/c", false, true }, { "A/b", false, "a/c", false, true }, { "a/b", false, "a", true, true },
		{ "张三", false, "张叁", false, true },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct gv_entrynames set = { 0 };
		struct gv_err err = { 0 };

		CHECK_ROW(gv_entrynames_add(&set, gv_str_of(rows[i].first), rows[i].first_folder, &err) == 0, rows[i].first);
		CHECK_ROW(gv_entrynames_add(&set, gv_str_of(rows[i].second), rows[i].second_folder, &err) ==
		          (rows[i].good ? 0 : GV_EDATA), rows[i].second);
		gv_entrynames_free(&set);
	}
}

static int many_names(struct gv_err *err)
{
	struct gv_entrynames set = { 0 };
	int rc = 0;

	for (int i = 0; i < 300 && !rc; i++) {
		char name[32];

		snprintf(name, sizeof name, "d%d/É%d", i % 7, i);
		rc = gv_entrynames_add(&set, gv_str_of(name), false, err);
		if (!rc && gv_entrynames_add(&set, gv_str_of(name), false, err) != GV_EDATA)
			rc = err->code == GV_EIO ? GV_EIO : -1;
	}
	gv_entrynames_free(&set);
	return rc;
}

static void many(void)
{
	struct gv_err err = { 0 };

	CHECK_INT(many_names(&err), 0);
}

static void memory(void)
{
	OOM_NEEDED();
	CHECK(oom_run(many_names) > 3);
	CHECK_INT(oom_leaks, 0);
}

UNIT_MAIN("entryname", { "names, each refused for its reason or taken", names }, { "NUL", with_nul }, { "lengths and depth", long_ones },
          { "names without folders", single }, { "names that come twice", twice }, { "many names", many }, { "memory", memory })
