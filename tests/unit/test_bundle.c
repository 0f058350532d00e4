/* SPDX-License-Identifier: MIT */
#include "bundle.h"
#include "oom.h"

static const unsigned char one[32] = { 1 }, two[32] = { 0xab, 0xcd };

#define HEX_ONE "0100000000000000000000000000000000000000000000000000000000000000"
#define HEX_TWO "abcd000000000000000000000000000000000000000000000000000000000000"

static void sums(void)
{
	struct gv_bundle_list list = { 0 }, back = { 0 };
	struct gv_buf text = GV_BUF_INIT(4096);
	struct gv_err err = { 0 };

	CHECK_INT(gv_bundle_add(&list, GV_STR("b 案"), two, &err), 0);
	CHECK_INT(gv_bundle_add(&list, GV_STR("a"), one, &err), 0);
	gv_bundle_sums(&list, &text);
	CHECK_STR(text.p, HEX_ONE "  a\n" HEX_TWO "  b 案\n");
	CHECK_INT(gv_bundle_read_sums(&back, gv_buf_str(&text), &err), 0);
	CHECK_INT(back.n, 2);
	CHECK(gv_str_is(back.files[1].path, "b 案") && memcmp(back.files[1].sha256, two, 32) == 0);
	gv_bundle_list_free(&list);
	gv_bundle_list_free(&back);
	gv_buf_free(&text);
}

static void bad_sums(void)
{
	static const char *const rows[] = {
		"x\n", "\n", HEX_ONE, HEX_ONE "\n", HEX_ONE "  \n", HEX_ONE "  a", HEX_ONE " a\n", HEX_ONE " *a\n",
		"0" HEX_ONE "  a\n", "G" HEX_ONE "  a\n",
		"ABCD000000000000000000000000000000000000000000000000000000000000  a\n",
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct gv_bundle_list list = { 0 };
		struct gv_err err = { 0 };

		CHECK_ROW(gv_bundle_read_sums(&list, gv_str_of(rows[i]), &err) == GV_EDATA && err.line == 1, rows[i]);
		gv_bundle_list_free(&list);
	}
}

static int note(void *ctx, enum gv_bundle_diff how, struct gv_str path)
{
	gv_buf_addf(ctx, "%c%.*s ", "-+!"[how], (int)path.n, path.p);
	return 0;
}

static void compare(void)
{
	struct gv_bundle_list said = { 0 }, found = { 0 };
	struct gv_buf text = GV_BUF_INIT(4096);
	struct gv_err err = { 0 };
	static const char *const s[] = { "a", "c", "same", "z" }, *const f[] = { "same", "c", "b" };

	for (size_t i = 0; i < 4; i++)
		CHECK_INT(gv_bundle_add(&said, gv_str_of(s[i]), one, &err), 0);
	for (size_t i = 0; i < 3; i++)
		CHECK_INT(gv_bundle_add(&found, gv_str_of(f[i]), i == 1 ? two : one, &err), 0);
	CHECK_INT(gv_bundle_compare(&said, &found, note, &text), 0);
	CHECK_STR(text.p, "-a +b !c -z ");
	/* A file that comes twice is one too many. */
	CHECK_INT(gv_bundle_add(&found, GV_STR("same"), one, &err), 0);
	gv_buf_reset(&text);
	CHECK_INT(gv_bundle_compare(&said, &found, note, &text), 0);
	CHECK_STR(text.p, "-a +b !c +same -z ");
	gv_bundle_list_free(&said);
	gv_bundle_list_free(&found);
	gv_buf_free(&text);
}

static int write_and_read(struct gv_err *err)
{
	const struct gv_str cases[] = { GV_STR("（2022）沪0114民初1号") };
	struct gv_bundle_manifest m = {
		.court = GV_STR("沪0114"), .commit = { { 7 } }, .made_at = GV_STR("2022-06-30T09:30:00+08:00"),
		.reason = GV_STR("移送"), .cases = cases, .ncases = 1, .history = true, .files = 3,
	}, back;
	struct gv_doc d = GV_DOC_INIT;
	struct gv_buf text = GV_BUF_INIT(4096);
	int rc;

	memcpy(m.sums, two, 32);
	rc = gv_bundle_write(&m, &text, err);
	if (!rc)
		rc = gv_bundle_read(&back, &d, gv_buf_str(&text), err);
	if (!rc && (!gv_str_is(back.court, "沪0114") || back.commit.b[0] != 7 || back.files != 3 || !back.history ||
	            !gv_str_is(back.reason, "移送") || memcmp(back.sums, two, 32) != 0 || !gv_str_eq(back.made_at, m.made_at)))
		rc = -1;
	gv_doc_free(&d);
	gv_buf_free(&text);
	return rc;
}

static void manifest(void)
{
	static const struct { const char *from, *to, *why; } rows[] = {
		{ "\"format\": 1", "\"format\": 2", "is not known here" }, { "\"bundle\"", "\"bungle\"", "no manifest" },
		{ "\"court\"", "\"Court\"", "canonical" }, { "SHA256SUMS", "SHA256SUMZ", "no manifest" }, { "\"count\": 1", "\"count\": \"\"", "no manifest" },
		{ "\"count\": 1", "\"count\": -1", "no manifest" }, { "abcd", "ABCD", "no manifest" }, { "07000", "0700x", "no manifest" },
		{ "{", "", "" }, { "}\n", "}", "canonical" },
	};
	struct gv_bundle_manifest m = { .court = GV_STR("c"), .commit = { { 7 } }, .made_at = GV_STR("t"), .files = 1 }, back;
	struct gv_doc d = GV_DOC_INIT;
	struct gv_buf text = GV_BUF_INIT(4096), bad = GV_BUF_INIT(4096);
	struct gv_err err = { 0 };

	CHECK_INT(write_and_read(&err), 0);
	memcpy(m.sums, two, 32);
	CHECK_INT(gv_bundle_write(&m, &text, &err), 0);
	CHECK_INT(gv_bundle_read(&back, &d, gv_buf_str(&text), &err), 0);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		const char *at = strstr(text.p, rows[i].from);

		CHECK_ROW(at != NULL, rows[i].from);
		gv_buf_reset(&bad);
		gv_buf_add(&bad, text.p, (size_t)(at - text.p));
		gv_buf_adds(&bad, rows[i].to);
		gv_buf_adds(&bad, at + strlen(rows[i].from));
		CHECK_ROW(gv_bundle_read(&back, &d, gv_buf_str(&bad), &err) == GV_EDATA, rows[i].to);
		CHECK_ROW(strstr(err.msg, rows[i].why), err.msg);
	}
	gv_doc_free(&d);
	gv_buf_free(&text);
	gv_buf_free(&bad);
}

static void memory(void)
{
	OOM_NEEDED();
	CHECK(oom_run(write_and_read) > 3);
	CHECK_INT(oom_leaks, 0);
}

UNIT_MAIN("bundle", { "sums", sums }, { "bad sums", bad_sums }, { "what differs", compare }, { "manifests", manifest }, { "memory", memory })
