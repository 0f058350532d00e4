/* SPDX-License-Identifier: MIT */
/* Ids and paths. */
#include "casekey.h"
#include "schema_unit.h"
#include "sha.h"

static const struct gv_schema *cases;

/* A kind with keys of the other form; its table is not among the compiled ones. */
static const struct gv_schema debtors = { .kind = "debtor", .folder = "debtors", .letter = 'D' };

/* ---- ids ---- */

static void parses(void)
{
	static const struct {
		const char *typed;
		bool debtor;
		const char *want;
	} rows[] = {
		{ "（2022）沪0114民初1234号", false, "case:（2022）沪0114民初1234号" },
		{ "case:（2022）沪0114民初1234号", false, "case:（2022）沪0114民初1234号" },
		{ "(2022)沪0114民初01234号", false, "case:（2022）沪0114民初1234号" },
		{ "case:(2022)沪0114民初1234", false, "case:（2022）沪0114民初1234号" },
		{ " 〔2022〕沪0114 民初 1234 号\n", false, "case:（2022）沪0114民初1234号" },
		{ "民初1234", false, "case:（2022）沪0114民初1234号" },
		{ "（2022）沪0114民初1234号之二", false, "case:（2022）沪0114民初1234号" },
		{ "（2022）最高法知民终1号", false, "case:（2022）最高法知民终1号" },
		{ "（2020）最高法刑核01234567号", false, "case:（2020）最高法刑核01234567号" },
		{ "（2014）嘉民一(民)初字第012号", false, "case:（2014）嘉民一（民）初字第012号" },
		/* a case number given to another kind's command is the case */
		{ "（2022）沪0114执1号", true, "case:（2022）沪0114执1号" },
		{ "沪0114-D000123", true, "debtor:沪0114-D000123" },
		{ "沪0114-D1234567", true, "debtor:沪0114-D1234567" },
		{ "最高法-D000001", true, "debtor:最高法-D000001" },
		{ "", false, "! the id is empty" },
		{ "  ", false, "! the id is empty" },
		{ "沪0114-D000000", true,
		  "! \"沪0114-D000000\" is no id of a debtor: it looks like COURT-D000123" },
		{ "沪0114-D123", true,
		  "! \"沪0114-D123\" is no id of a debtor: it looks like COURT-D000123" },
		{ "沪0114-D0001234", true,
		  "! \"沪0114-D0001234\" is no id of a debtor: it looks like COURT-D000123" },
		{ "沪0114-d000123", true,
		  "! \"沪0114-d000123\" is no id of a debtor: it looks like COURT-D000123" },
		{ "沪0114-D1234567890123", true,
		  "! \"沪0114-D1234567890123\" is no id of a debtor: it looks like COURT-D000123" },
		{ "cases:（2022）沪0114民初1234号", false,
		  "! there is no kind \"cases\" (did you mean case?)" },
		{ "widget:1", false, "! there is no kind \"widget\"" },
		{ "finding:1", false, "! a finding is no record with an id" },
		{ "docket:1", false, "! a docket is no record with an id" },
		{ "（2022）沪0114诉前调123号", false,
		  "mediation:（2022）沪0114诉前调123号" },
		{ "2022沪0114民诉前调123", false,
		  "mediation:（2022）沪0114民诉前调123号" },
		{ "mediation:2022沪0114诉前调123", false, "mediation:（2022）沪0114诉前调123号" },
		{ "case:（2022）沪0114诉前调123号", false,
		  "! （2022）沪0114诉前调123号 is a number of a mediation register, not of a case" },
		{ "mediation:（2022）沪0114民初1号", false,
		  "! （2022）沪0114民初1号 is a number of a case, not of a mediation register" },
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		struct gv_buf got = GV_BUF_INIT(4096);
		struct gv_id id;
		struct gv_err err;

		if (gv_id_parse(&id, gv_str_of(rows[i].typed), rows[i].debtor ? &debtors : cases,
		                cn, &err)) {
			CHECK_INT(err.code, GV_EDATA);
			gv_buf_adds(&got, "! ");
			gv_err_text(&err, &got);
		} else {
			gv_id_format(&id, false, &got);
		}
		CHECK_STR(got.p, rows[i].want);
		gv_buf_free(&got);
	}
}

static void short_forms(void)
{
	struct gv_buf got = GV_BUF_INIT(4096);
	struct gv_id id = { .schema = cases, .key = "（2022）沪0114民初1号" };

	gv_id_format(&id, true, &got);
	CHECK_STR(got.p, "（2022）沪0114民初1号");
	gv_buf_reset(&got);
	id = (struct gv_id){ .schema = &debtors, .key = "沪0114-D000123" };
	gv_id_format(&id, true, &got);
	CHECK_STR(got.p, "debtor:沪0114-D000123");
	gv_buf_free(&got);
}

/* Nothing of this may ever become an id; what is accepted must lead to a clean path. */
static void hostile(void)
{
	static const struct {
		const char *typed, *want;
	} rows[] = {
		{ "../../etc/passwd", NULL },
		{ "case:../x", NULL },
		{ "/", NULL },
		{ ".", NULL },
		{ "..", NULL },
		{ "case:", NULL },
		{ ":", NULL },
		{ "（2022）沪0114民初../号", NULL },
		{ "（2022）../沪0114民初1号", NULL },
		{ "沪0114-D000123/..", NULL },
		{ "（2022）沪0114../初1号", NULL },
		{ "C:\\x", NULL },
		{ "（2022）沪0114民初1号\x01", "the id has the character \\x01, which no id has" },
		{ "（2022）沪0114民初1\x1b[31m号",
		  "the id has the character \\x1b, which no id has" },
		{ "（2022）沪0114民初1\xe2\x80\xae号",
		  "the id has the character \\u202e, which no id has" },
		{ "（2022）沪0114民初1\xe2\x81\xa6号",
		  "the id has the character \\u2066, which no id has" },
		{ "（2022）沪0114民初1\x7f号", "the id has the character \\x7f, which no id has" },
		{ "（2022）沪0114民初\xff"
		  "1号",
		  "the id is not UTF-8" },
		{ "\xed\xa0\x80", "the id is not UTF-8" },
	};
	char longest[4096];
	struct gv_id id;
	struct gv_err err;

	for (size_t i = 0; i < COUNT(rows); i++) {
		int rc = gv_id_parse(&id, gv_str_of(rows[i].typed), cases, cn, &err);

		CHECK_ROW(rc == GV_EDATA && err.msg[0], rows[i].typed);
		if (rows[i].want)
			CHECK_STR(err.msg, rows[i].want);
	}
	memset(longest, '1', sizeof longest);
	CHECK_ERR(gv_id_parse(&id, (struct gv_str){ longest, sizeof longest }, cases, cn, &err),
	          &err, GV_EDATA, "an id of 4096 bytes is too long");
	CHECK_INT(gv_id_parse(&id, (struct gv_str){ longest, 1000 }, cases, cn, &err), GV_EDATA);
	CHECK_INT(gv_id_parse(&id, (struct gv_str){ "（2022）沪0114民初1\0号", 29 }, cases, cn,
	                      &err),
	          GV_EDATA);
	/* copies of numbers carry zero-width marks */
	CHECK_OK(gv_id_parse(&id,
	                     gv_str_of("\xef\xbb\xbf（2022）沪0114民初\xe2\x80\x8b"
	                               "1号"),
	                     cases, cn, &err),
	         &err);
	CHECK_STR(id.key, "（2022）沪0114民初1号");
}

static void stored_ids(void)
{
	static const struct {
		const char *text, *want;
	} rows[] = {
		{ "（2022）沪0114民初1号", NULL },
		{ "case:（2022）沪0114民初1号", NULL },
		{ "（2014）嘉民一（民）初字第012号", NULL },
		{ "case:(2022)沪0114民初1号",
		  "\"(2022)沪0114民初1号\" is not the official form, （2022）沪0114民初1号" },
		{ "（2022）沪0114民初1号之一",
		  "\"（2022）沪0114民初1号之一\" is not the official form, （2022）沪0114民初1号" },
		{ "（2022）沪0114诉前调1号", NULL },
		{ "mediation:（2022）沪0114诉前调1号", NULL },
		{ "mediation:（2022）沪0114民初1号", "（2022）沪0114民初1号 is a number of a case, not of a mediation register" },
		{ "case:（2022）沪0114诉前调1号",
		  "（2022）沪0114诉前调1号 is a number of a mediation register, not of a case" },
		{ "finding:x", "a finding is no record with an id" },
	};
	char longest[300];
	struct gv_err err;

	for (size_t i = 0; i < COUNT(rows); i++) {
		int rc = gv_id_check(gv_str_of(rows[i].text), cn, &err);

		if (rows[i].want)
			CHECK_ERR(rc, &err, GV_EDATA, rows[i].want);
		else
			CHECK_OK(rc, &err);
	}
	memset(longest, 'x', sizeof longest);
	CHECK_ERR(gv_id_check((struct gv_str){ longest, sizeof longest }, cn, &err), &err, GV_EDATA,
	          "an id of 300 bytes is too long");
}

/* ---- paths ---- */

static void paths(void)
{
	static const struct { const char *key, *want; } rows[] = {
		{ "（2022）沪0114民初1号", "cases/2022/沪0114/民初/0000/1.json" },
		{ "（2022）沪0114民初99号", "cases/2022/沪0114/民初/0000/99.json" },
		{ "（2022）沪0114民初100号", "cases/2022/沪0114/民初/0001/100.json" },
		{ "（2022）沪0114民初1234号", "cases/2022/沪0114/民初/0012/1234.json" },
		{ "（2022）沪0114民初1234567号", "cases/2022/沪0114/民初/12345/1234567.json" },
		{ "（2022）最高法知民终1号", "cases/2022/最高法/知-民终/0000/1.json" },
		{ "（2022）沪民终1号", "cases/2022/沪/民终/0000/1.json" },
		{ "（2020）最高法刑核12345678号", "cases/2020/最高法/刑核/1234/12345678.json" },
		{ "（2020）最高法刑核00345678号", "cases/2020/最高法/刑核/0034/00345678.json" },
		{ "（2017）最高法刑核123号", "cases/2017/最高法/刑核/0001/123.json" },
		{ "（2014）嘉民一（民）初字第12号", NULL },
		{ "（2014）沪民终字第12号", NULL },
		{ "../../x", NULL },
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		struct gv_id id = { .schema = cases };
		struct gv_buf path = GV_BUF_INIT(4096);
		struct gv_err err;

		memcpy(id.key, rows[i].key, strlen(rows[i].key));
		CHECK_OK(gv_id_path(&id, &path, &err), &err);
		if (rows[i].want) {
			CHECK_STR(path.p, rows[i].want);
		} else {
			unsigned char hash[32];
			char want[128];
			int n = snprintf(want, sizeof want, "cases/legacy/%s/",
			                 strstr(rows[i].key, "2014") ? "2014" : "0000");

			gv_sha256(gv_str_of(rows[i].key), hash);
			n += snprintf(want + n, sizeof want - (size_t)n, "%02x/", hash[0]);
			for (size_t b = 0; b < 32; b++)
				n += snprintf(want + n, sizeof want - (size_t)n, "%02x", hash[b]);
			snprintf(want + n, sizeof want - (size_t)n, ".json");
			CHECK_STR(path.p, want);
		}
		CHECK_ROW(gv_path_kind(gv_buf_str(&path)) == id.schema, path.p);
		CHECK_OK(gv_id_lies_at(&id, gv_buf_str(&path), &err), &err);
		gv_buf_free(&path);
	}
}

static void serial_paths(void)
{
	static const struct { const char *key, *want; } rows[] = {
		{ "沪0114-D000123", "debtors/沪0114/0001/沪0114-D000123.json" },
		{ "沪0114-D000001", "debtors/沪0114/0000/沪0114-D000001.json" },
		{ "沪0114-D999999", "debtors/沪0114/9999/沪0114-D999999.json" },
		{ "沪0114-D1234567", "debtors/沪0114/12345/沪0114-D1234567.json" },
		{ "最高法-D000100", "debtors/最高法/0001/最高法-D000100.json" },
	};
	struct gv_id id = { .schema = &debtors };
	struct gv_buf path = GV_BUF_INIT(4096);
	struct gv_err err;

	for (size_t i = 0; i < COUNT(rows); i++) {
		snprintf(id.key, sizeof id.key, "%s", rows[i].key);
		gv_buf_reset(&path);
		CHECK_OK(gv_id_path(&id, &path, &err), &err);
		CHECK_STR(path.p, rows[i].want);
		CHECK_ROW(gv_path_is(&debtors, gv_buf_str(&path)), path.p);
		CHECK_ROW(!gv_path_is(cases, gv_buf_str(&path)), path.p);
		CHECK_ROW(gv_path_kind(gv_buf_str(&path)) == gv_schema_find(GV_STR("debtor")), path.p);
	}
	snprintf(id.key, sizeof id.key, "../x");
	CHECK_ERR(gv_id_path(&id, &path, &err), &err, GV_EDATA,
	          "\"../x\" is no id of a debtor: it looks like COURT-D000123");
	gv_buf_free(&path);
}

static void no_paths(void)
{
	static const char *const case_rows[] = {
		"",
		"cases",
		"cases/",
		"case/2022/沪0114/民初/0012/1234.json",
		"gavel.json",
		"conflicts/case/x.json",
		"cases/2022/沪0114/民初/0012/1234",
		"cases/2022/沪0114/民初/0012/.json",
		"cases/2022/沪0114/民初/12/1234.json",
		"cases/2022/沪0114/民初/0013/1234.json",
		"cases/2022/沪0114/民初/0012/01234.json",
		"cases/2022/沪0114/民初/0012/1234.json/",
		"cases/2022/沪0114/民初/0012/x/1234.json",
		"/cases/2022/沪0114/民初/0012/1234.json",
		"cases//2022/沪0114/民初/0012/1234.json",
		"cases/22/沪0114/民初/0012/1234.json",
		"cases/2022/沪0114/../0012/1234.json",
		"cases/2022/沪0114/知民终/0000/1.json",
		"cases/2022/沪0114/知-/0000/1.json",
		"cases/2022/沪01/14民初/0000/1.json",
		"cases/2022/沪0114民/初/0000/1.json",
		"cases/2022/沪0114/民初/0000/1号.json",
		"cases/2014/沪0114/民初/0000/1.json",
		"cases/legacy/2014/ab/cd.json",
		"cases/legacy/2014/ab/"
		"ABcdefabcdefabcdefabcdefabcdefabcdefabcdefabcdefabcdefabcdefabcd.json",
		"cases/legacy/2014/ac/abcdefabcdefabcdefabcdefabcdefabcdefabcdefabcdefabcdefabcdefabcd.json",
		"cases/legacy/14/ab/abcdefabcdefabcdefabcdefabcdefabcdefabcdefabcdefabcdefabcdefabcd.json",
		"cases/legacy/2014/ab/abcdefabcdefabcdefabcdefabcdefabcdefabcdefabcdefabcdefabcdefabcd.json/x",
		"cases/legacy",
		"cases/legacy/",
	};
	static const char *const debtor_rows[] = {
		"debtors/沪0114/0001/沪0114-D000123",
		"debtors/沪0114/0002/沪0114-D000123.json",
		"debtors/沪0115/0001/沪0114-D000123.json",
		"debtors/沪0114/0001/沪0114-E000123.json",
		"debtors/沪0114/0001/沪0114-D00123.json",
		"debtors/沪0114/0001/x/沪0114-D000123.json",
		"debtors/沪0114/0001/.json",
	};
	struct gv_str nul = { "cases/2022/沪0114/民初/0012/1234.json\0x", 46 };
	struct gv_id id = { .schema = cases, .key = "（2022）沪0114民初1号" };
	struct gv_err err;

	for (size_t i = 0; i < COUNT(case_rows); i++)
		CHECK_ROW(!gv_path_kind(gv_str_of(case_rows[i])), case_rows[i]);
	for (size_t i = 0; i < COUNT(debtor_rows); i++)
		CHECK_ROW(!gv_path_is(&debtors, gv_str_of(debtor_rows[i])), debtor_rows[i]);
	CHECK(!gv_path_kind(nul));
	CHECK_ERR(
		gv_id_lies_at(&id, GV_STR("cases/2022/沪0114/民初/0000/2.json"), &err), &err,
		GV_EDATA,
		"cases/2022/沪0114/民初/0000/2.json: （2022）沪0114民初1号 belongs at cases/2022/沪0114/民初/0000/1.json");
}

/* ---- the quick reading of official numbers and its slow twin ---- */

static void compare_twins(struct gv_str text)
{
	struct gv_casekey k;
	struct gv_caseno slow;
	struct gv_err err;
	enum gv_caseno_class class;
	bool split = gv_casekey_split(&k, text);
	int rc = gv_caseno_parse(cn, &slow, text, NULL);
	bool official = rc == 0 && gv_str_is(text, slow.id);
	char shown[300], parts[300];

	snprintf(shown, sizeof shown, "%.*s", (int)(text.n < 290 ? text.n : 290), text.p);
	/* every official number of today is split, and into the same parts */
	if (official && slow.class == GV_CN_NEW) {
		CHECK_ROW(split, shown);
		snprintf(parts, sizeof parts, "%d|%s|%s|%s|%s", slow.year, slow.court, slow.special,
		         slow.type, slow.serial);
		if (split)
			snprintf(shown, sizeof shown, "%.*s|%.*s|%.*s|%.*s|%.*s", (int)k.year.n,
			         k.year.p, (int)k.court.n, k.court.p, (int)k.special.n, k.special.p,
			         (int)k.type.n, k.type.p, (int)k.serial.n, k.serial.p);
		CHECK_STR(shown, parts);
	}
	if (official && slow.class == GV_CN_LEGACY)
		CHECK_ROW(!split, shown);
	if (official && slow.year)
		CHECK_ROW(atol(gv_casekey_year(text).p) == slow.year, shown);
	/* the whole check agrees with the parser */
	rc = gv_casekey_check(cn, text, &class, &err);
	CHECK_ROW((rc == 0) == official, shown);
	CHECK_ROW(rc != 0 || class == slow.class, shown);
}

static void twins(void)
{
	static const char *const pieces[][8] = {
		{ "（", "(", "", "（（" },
		{ "2022", "2015", "2016", "2099", "2100", "0000", "202" },
		{ "）", ")", "" },
		{ "沪0114", "最高法", "沪", "沪02", "沪011", "上", "" },
		{ "民初", "知民终", "刑核", "诉前调", "执费", "民", "民初字第", "喵" },
		{ "1", "012", "12345678", "123456789", "00000000", "" },
		{ "号", "", "号之一", "号 " },
	};
	size_t at[7] = { 0 };
	char text[128];

	for (;;) {
		size_t i;

		snprintf(text, sizeof text, "%s%s%s%s%s%s%s", pieces[0][at[0]], pieces[1][at[1]],
		         pieces[2][at[2]], pieces[3][at[3]], pieces[4][at[4]], pieces[5][at[5]],
		         pieces[6][at[6]]);
		compare_twins(gv_str_of(text));
		for (i = 0; i < 7; i++) {
			at[i]++;
			if (at[i] < 8 && pieces[i][at[i]])
				break;
			at[i] = 0;
		}
		if (i == 7)
			break;
	}
}

/* The shape is looked at byte by byte: what is no character is no ideograph. */
static void broken_bytes(void)
{
	static const char *const rows[] = {
		"（2022）沪0114\xe6\xb0民初1号", "（2022）沪0114\xe6\x2f\x2e初1号", "（2022）沪0114\xe4\xb0\xb1初1号",
		"（2022）沪0114\xea\xb0\xb1初1号", "（2022）\xe6\xb2""0114民初1号", "（2022）沪0114民\xe5\x88", "（2022",
		"（2022）", "（2022）沪0114", "（2022）沪0114民初", "（2022）沪0114民初1",
	};
	struct gv_casekey k;

	for (size_t i = 0; i < COUNT(rows); i++)
		CHECK_ROW(!gv_casekey_split(&k, gv_str_of(rows[i])), rows[i]);
	CHECK(gv_casekey_check(NULL, gv_str_of(rows[1]), NULL, NULL) == GV_EDATA);
	CHECK(gv_casekey_check(NULL, GV_STR("（2022）沪0114民初1号"), NULL, NULL) == 0);
}

/* Each line of a file, its official form, and the path back and forth. */
static void real_file(const char *folder, const char *name)
{
	struct gv_buf text = GV_BUF_INIT(16 * GV_MIB), path = GV_BUF_INIT(4096);
	struct gv_err err;
	char file[4096];
	size_t ids = 0;

	snprintf(file, sizeof file, "%s/%s", folder, name);
	CHECK_OK(gv_buf_read_file(&text, file, &err), &err);
	for (char *line = text.p, *end; line && *line; line = end + 1) {
		struct gv_id id;

		end = strchr(line, '\n');
		if (!end)
			break;
		for (char *cell = line, *tab; cell < end; cell = tab + 1) {
			tab = memchr(cell, '\t', (size_t)(end - cell));
			if (!tab)
				tab = end;
			compare_twins((struct gv_str){ cell, (size_t)(tab - cell) });
			if (gv_id_parse(&id, (struct gv_str){ cell, (size_t)(tab - cell) }, cases,
			                cn, &err))
				continue;
			ids++;
			compare_twins(gv_str_of(id.key));
			CHECK_OK(gv_id_check(gv_str_of(id.key), cn, &err), &err);
			gv_buf_reset(&path);
			CHECK_OK(gv_id_path(&id, &path, &err), &err);
			CHECK_ROW(gv_path_kind(gv_buf_str(&path)) == id.schema, path.p);
		}
	}
	printf("# %zu ids in %s\n", ids, name);
	gv_buf_free(&text);
	gv_buf_free(&path);
}

static void real_numbers(void)
{
	if (!unit_real())
		SKIP("real data: set GAVEL_REAL_DATA to run");
	real_file(unit_real(), "case-numbers-wild.txt");
	real_file(unit_real(), "case-numbers-near-misses.txt");
}

static void find_cases(void)
{
	set_up();
	cases = find("case");
	CHECK(cases != NULL);
}

UNIT_MAIN("rec", { "tables are there", find_cases }, { "ids that users type", parses },
          { "short forms", short_forms }, { "hostile ids", hostile },
          { "ids that records hold", stored_ids }, { "paths of cases", paths },
          { "paths of other kinds", serial_paths }, { "what is no path", no_paths },
          { "quick and slow reading agree", twins },
          { "broken bytes", broken_bytes }, { "real numbers", real_numbers },
          { "tear down", tear_down })
