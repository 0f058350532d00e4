/* SPDX-License-Identifier: MIT */
/* Looking into trees, building and changing them, and writing them out. */
#include "json_unit.h"

#define FOR_ROWS(rows) for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)

static void parse(struct gv_doc *d, const char *text)
{
	struct gv_err err = { 0 };

	CHECK_OK(gv_json_parse(d, gv_str_of(text), GV_JSON_FOREIGN, &err), &err);
}

static void check_text(const struct gv_val *v, const char *want)
{
	struct gv_buf b = GV_BUF_INIT(GV_MIB);

	gv_json_line(&b, v);
	CHECK_STR(b.p, want);
	gv_buf_free(&b);
}

/* ---- looking ---- */

static void looks(void)
{
	struct gv_doc d = GV_DOC_INIT;
	int64_t i = 7;

	parse(&d, "{\"kind\":\"case\",\"n\":12,\"yes\":true,\"none\":null,\"\":0,\"a\":[1]}");
	CHECK(gv_str_is(gv_val_getstr(&d.root, "kind"), "case"));
	CHECK(gv_str_is(gv_val_str(gv_val_get(&d.root, "kind")), "case"));
	CHECK(gv_val_getstr(&d.root, "n").p == NULL);
	CHECK(gv_val_getstr(&d.root, "missing").p == NULL);
	CHECK(gv_val_getstr(NULL, "kind").p == NULL);
	CHECK(gv_val_get(&d.root, "kin") == NULL);
	CHECK(gv_val_get(&d.root, "kinds") == NULL);
	CHECK(gv_val_get(gv_val_get(&d.root, "a"), "a") == NULL);
	CHECK(gv_val_getn(&d.root, (struct gv_str){ "kindness", 4 }) == gv_val_get(&d.root, "kind"));
	CHECK_INT(gv_val_get(&d.root, "")->i, 0);
	CHECK(gv_val_get(&d.root, "none")->type == GV_NULL);
	CHECK(gv_val_get(&d.root, "yes")->truth);
	CHECK(gv_val_getint(&d.root, "n", &i) && i == 12);
	CHECK(!gv_val_getint(&d.root, "kind", &i) && !gv_val_getint(&d.root, "x", &i) && i == 12);
	CHECK_STR(gv_type_name(GV_NULL), "null");
	CHECK_STR(gv_type_name(GV_OBJECT), "object");
	CHECK_STR(gv_type_name(GV_NUMBER), "number");
	gv_doc_free(&d);
	gv_doc_free(&d);
	gv_doc_free(NULL);
}

static void looks_in_large(void)
{
	struct gv_doc d = GV_DOC_INIT;
	struct gv_val obj = gv_mkobj();
	struct gv_err err = { 0 };
	char name[16];

	for (unsigned i = 0; i < 500; i++) {
		snprintf(name, sizeof name, "m%u", i * 7919 % 500);
		CHECK_OK(gv_obj_set(&d, &obj, gv_arena_copy(&d.arena, gv_str_of(name)), gv_mkint(i), &err), &err);
	}
	CHECK_INT(obj.n, 500);
	CHECK(well_made(&obj));
	for (unsigned i = 0; i < 500; i++) {
		snprintf(name, sizeof name, "m%u", i * 7919 % 500);
		CHECK(gv_val_get(&obj, name) && gv_val_get(&obj, name)->i == i);
	}
	CHECK(gv_val_get(&obj, "m") == NULL && gv_val_get(&obj, "m500") == NULL && gv_val_get(&obj, "z") == NULL);
	gv_doc_free(&d);
}

static void follows_paths(void)
{
	static const struct { const char *path, *want; } rows[] = {
		{ "a.b.c", "3" }, { "a.b", "{\"c\":3}" }, { "list.0", "\"x\"" }, { "list.2.n", "1" }, { "", NULL },
		{ "list.3", NULL }, { "list.-", NULL }, { "list.00", NULL }, { "list.+1", NULL }, { "list.", NULL },
		{ "list.18446744073709551616", NULL }, { "list.-1", NULL }, { "a.b.c.d", NULL }, { "a..b", NULL },
		{ ".", NULL }, { "missing.a", NULL }, { "a.", NULL },
	};
	struct gv_doc d = GV_DOC_INIT;

	parse(&d, "{\"a\":{\"b\":{\"c\":3}},\"list\":[\"x\",\"y\",{\"n\":1}]}");
	CHECK(gv_val_path(&d.root, GV_STR("")) == &d.root);
	CHECK(gv_val_path(NULL, GV_STR("a")) == NULL);
	FOR_ROWS(rows) {
		const struct gv_val *v = gv_val_path(&d.root, gv_str_of(rows[i].path));

		if (rows[i].path[0] == '\0')
			continue;
		CHECK_ROW((v != NULL) == (rows[i].want != NULL), rows[i].path);
		if (v && rows[i].want)
			check_text(v, rows[i].want);
	}
	gv_doc_free(&d);
}

static void compares(void)
{
	static const char *const different[] = {
		"null", "true", "false", "0", "1", "1.0", "1.00", "\"1\"", "\"\"", "[]", "{}", "[1]", "[2]", "[1,1]",
		"{\"a\":1}", "{\"a\":2}", "{\"b\":1}", "{\"a\":1,\"b\":1}", "[[]]", "[{}]",
	};
	struct gv_doc a = GV_DOC_INIT, b = GV_DOC_INIT;
	struct gv_val copy;
	struct gv_err err = { 0 };

	FOR_ROWS(different) {
		parse(&a, different[i]);
		for (size_t k = 0; k < sizeof different / sizeof different[0]; k++) {
			parse(&b, different[k]);
			CHECK_ROW(gv_val_eq(&a.root, &b.root) == (i == k), different[i]);
		}
		gv_doc_reset(&b);
		CHECK_OK(gv_val_copy(&b, &copy, &a.root, &err), &err);
		gv_doc_reset(&a);
		check_text(&copy, different[i]);
	}
	gv_doc_free(&a);
	gv_doc_free(&b);
}

/* ---- building ---- */

static void builds(void)
{
	struct gv_doc d = GV_DOC_INIT;
	struct gv_val obj = gv_mkobj(), list = gv_mkarr();
	struct gv_err err = { 0 };
	char gone[] = "copied";

	for (int i = 0; i < 9; i++)
		CHECK_OK(gv_arr_add(&d, &list, gv_mkint(i), &err), &err);
	CHECK_OK(gv_obj_set(&d, &obj, GV_STR("list"), list, &err), &err);
	CHECK_OK(gv_obj_set(&d, &obj, GV_STR("b"), gv_mkbool(true), &err), &err);
	CHECK_OK(gv_obj_set(&d, &obj, GV_STR("s"), gv_mkstr(&d, gv_str_of(gone)), &err), &err);
	CHECK_OK(gv_obj_set(&d, &obj, GV_STR("a"), gv_mklit("literal"), &err), &err);
	CHECK_OK(gv_obj_set(&d, &obj, GV_STR("b"), gv_mkbool(false), &err), &err);
	CHECK_OK(gv_obj_set(&d, &obj, GV_STR("e"), gv_mkstr(&d, (struct gv_str){ 0 }), &err), &err);
	memset(gone, '#', sizeof gone);
	check_text(&obj, "{\"a\":\"literal\",\"b\":false,\"e\":\"\",\"list\":[0,1,2,3,4,5,6,7,8],\"s\":\"copied\"}");
	CHECK(gv_obj_del(&obj, GV_STR("b")) && !gv_obj_del(&obj, GV_STR("b")) && !gv_obj_del(&obj, GV_STR("")));
	CHECK(gv_obj_del(&obj, GV_STR("a")) && gv_obj_del(&obj, GV_STR("s")) && gv_obj_del(&obj, GV_STR("list")));
	check_text(&obj, "{\"e\":\"\"}");
	CHECK(gv_obj_del(&obj, GV_STR("e")) && !gv_obj_del(&list, GV_STR("a")));
	check_text(&obj, "{}");
	CHECK_ERR(gv_obj_set(&d, &list, GV_STR("a"), gv_mkint(1), &err), &err, GV_EDATA,
	          "no item \"a\": there are 9, counted from 0, and - adds one");
	CHECK_ERR(gv_arr_add(&d, &obj, gv_mkint(1), &err), &err, GV_EDATA,
	          "a value of type object has no member \"-\"");
	gv_doc_free(&d);
}

/* What a reader made has no room to spare: adding must not run over its end. */
static void extends_what_was_read(void)
{
	struct gv_doc d = GV_DOC_INIT;
	struct gv_err err = { 0 };

	for (int n = 0; n < 20; n++) {
		struct gv_buf text = GV_BUF_INIT(GV_MIB), want = GV_BUF_INIT(GV_MIB);

		for (int i = 0; i < n; i++) {
			gv_buf_addf(&text, "%s%d", i ? "," : "[", i);
			gv_buf_addf(&want, "%s%d", i ? "," : "[", i);
		}
		gv_buf_adds(&text, n ? "]" : "[]");
		parse(&d, text.p);
		for (int i = n; i < n + 20; i++) {
			CHECK_OK(gv_arr_add(&d, &d.root, gv_mkint(i), &err), &err);
			gv_buf_addf(&want, "%s%d", i ? "," : "[", i);
		}
		gv_buf_adds(&want, "]");
		check_text(&d.root, want.p);
		gv_buf_free(&text);
		gv_buf_free(&want);
	}
	gv_doc_free(&d);
}

/* ---- paths that change ---- */

static void sets_paths(void)
{
	static const struct { const char *text, *path, *want, *error; } rows[] = {
		{ "{}", "a", "{\"a\":1}", NULL },
		{ "{}", "a.b.c", "{\"a\":{\"b\":{\"c\":1}}}", NULL },
		{ "{\"a\":{\"x\":0}}", "a.b", "{\"a\":{\"b\":1,\"x\":0}}", NULL },
		{ "{\"a\":{\"b\":0}}", "a.b", "{\"a\":{\"b\":1}}", NULL },
		{ "{\"a\":\"s\"}", "a", "{\"a\":1}", NULL },
		{ "{\"a\":null}", "a.b", "{\"a\":{\"b\":1}}", NULL },
		{ "{\"a\":[5,6]}", "a.1", "{\"a\":[5,1]}", NULL },
		{ "{\"a\":[5,6]}", "a.-", "{\"a\":[5,6,1]}", NULL },
		{ "{\"a\":[{}]}", "a.0.b", "{\"a\":[{\"b\":1}]}", NULL },
		{ "{\"a\":[]}", "a.-.b", "{\"a\":[{\"b\":1}]}", NULL },
		{ "{}", "a.-", "{\"a\":[1]}", NULL },
		{ "{}", "a.-.b.-", "{\"a\":[{\"b\":[1]}]}", NULL },
		{ "[]", "-", "[1]", NULL },
		{ "{\"a\":{}}", "a.0", "{\"a\":{\"0\":1}}", NULL },
		{ "{\"a\":{}}", "a.案号", "{\"a\":{\"案号\":1}}", NULL },
		{ "{\"a\":\"s\"}", "a.b", NULL, "a.b: a value of type string has no member \"b\"" },
		{ "{\"a\":\"s\"}", "a.b.c.d", NULL, "a.b: a value of type string has no member \"b\"" },
		{ "{\"a\":{\"b\":true}}", "a.b.-", NULL, "a.b.-: a value of type boolean has no member \"-\"" },
		{ "{\"a\":[5,6]}", "a.2", NULL, "a.2: no item \"2\": there are 2, counted from 0, and - adds one" },
		{ "{\"a\":[5,6]}", "a.2.b", NULL, "a.2: no item \"2\": there are 2, counted from 0, and - adds one" },
		{ "{\"a\":[5,6]}", "a.name", NULL, "a.name: no item \"name\": there are 2, counted from 0, and - adds one" },
		{ "{}", "a.0", NULL, "a.0: no item \"0\": there are 0, counted from 0, and - adds one" },
		{ "{}", "x.a.0.b", NULL, "x.a.0: no item \"0\": there are 0, counted from 0, and - adds one" },
		{ "{}", "a..b", NULL, "a.: a step of the path is empty" },
		{ "{}", "a.", NULL, "a.: a step of the path is empty" },
		{ "{}", ".", NULL, ".: a step of the path is empty" },
		{ "{}", "", NULL, "the path is empty" },
		{ "7", "a", NULL, "a: a value of type integer has no member \"a\"" },
		{ "{}", "a.cafe\xCC\x81", NULL, "a.cafe\xCC\x81: member name \"cafe\xCC\x81\" is not in Unicode form NFC" },
		{ "{}", "a.b\xFF", NULL, "a.b\\xff: byte 0xff is not UTF-8" },
	};
	struct gv_doc d = GV_DOC_INIT;
	struct gv_err err = { 0 };

	FOR_ROWS(rows) {
		struct gv_str path = gv_str_of(rows[i].path);
		int rc;

		parse(&d, rows[i].text);
		rc = gv_val_set_path(&d, &d.root, path, gv_mkint(1), &err);
		if (rows[i].error)
			CHECK_ERR(rc, &err, GV_EDATA, rows[i].error);
		else
			CHECK_OK(rc, &err);
		check_text(&d.root, rows[i].want ? rows[i].want : rows[i].text);
		CHECK(gv_val_set_path(&d, &d.root, path, gv_mkint(1), NULL) == rc);
	}
	gv_doc_free(&d);
}

static void sets_paths_so_deep(void)
{
	struct gv_doc d = GV_DOC_INIT;
	struct gv_err err = { 0 };
	char path[2 * GV_JSON_DEPTH_MAX + 2];

	for (size_t i = 0; i < sizeof path; i++)
		path[i] = i % 2 ? '.' : 'a';
	parse(&d, "{}");
	CHECK_OK(gv_val_set_path(&d, &d.root, (struct gv_str){ path, 2 * GV_JSON_DEPTH_MAX - 1 }, gv_mkint(1), &err), &err);
	round_trip(&d.root, 0);
	CHECK_ERR(gv_val_set_path(&d, &d.root, (struct gv_str){ path, 2 * GV_JSON_DEPTH_MAX + 1 }, gv_mkint(1), &err),
	          &err, GV_EDATA, "nested deeper than 64");
	gv_doc_free(&d);
}

static void deletes_paths(void)
{
	static const struct { const char *path, *want; } rows[] = {
		{ "a", "{\"list\":[1,2,3]}" }, { "a.b", "{\"a\":{},\"list\":[1,2,3]}" },
		{ "list.0", "{\"a\":{\"b\":1},\"list\":[2,3]}" }, { "list.2", "{\"a\":{\"b\":1},\"list\":[1,2]}" },
		{ "list.3", NULL }, { "list.-", NULL }, { "a.b.c", NULL }, { "x.y", NULL }, { "", NULL }, { "a.", NULL },
	};
	const char *whole = "{\"a\":{\"b\":1},\"list\":[1,2,3]}";
	struct gv_doc d = GV_DOC_INIT;

	FOR_ROWS(rows) {
		bool was = !rows[i].want;

		parse(&d, whole);
		CHECK_INT(gv_val_del_path(&d.root, gv_str_of(rows[i].path), &was), 0);
		CHECK_ROW(was == (rows[i].want != NULL), rows[i].path);
		check_text(&d.root, rows[i].want ? rows[i].want : whole);
		CHECK_INT(gv_val_del_path(&d.root, gv_str_of(rows[i].path), NULL), 0);
	}
	gv_doc_free(&d);
}

static void checks_names_and_strings(void)
{
	static char long_name[GV_JSON_NAME_MAX + 1];
	struct gv_err err = { 0 };

	memset(long_name, 'n', sizeof long_name);
	CHECK_OK(gv_json_check_name(GV_STR(""), &err), &err);
	CHECK_OK(gv_json_check_name((struct gv_str){ long_name, GV_JSON_NAME_MAX }, &err), &err);
	CHECK_ERR(gv_json_check_name((struct gv_str){ long_name, GV_JSON_NAME_MAX + 1 }, &err), &err, GV_EDATA,
	          "member name is longer than 1024 bytes");
	CHECK_ERR(gv_json_check_name(GV_STR("a\0b"), &err), &err, GV_EDATA, "a NUL character is not allowed");
	CHECK_OK(gv_json_check_string(GV_STR("e\xCC\x81\n沪"), &err), &err);
	CHECK_OK(gv_json_check_string((struct gv_str){ 0 }, &err), &err);
	CHECK_ERR(gv_json_check_string(GV_STR("a\xED\xA0\x80"), &err), &err, GV_EDATA, "byte 0xed is not UTF-8");
	CHECK(gv_json_check_name(GV_STR("\0"), NULL) == GV_EDATA);
}

/* ---- writing ---- */

static void writes(void)
{
	static const struct { const char *text, *canon; } rows[] = {
		{ "[]", "[]\n" }, { "{}", "{}\n" }, { "0", "0\n" }, { "\"\"", "\"\"\n" }, { "null", "null\n" },
		{ "[1,[],{},[2]]", "[\n  1,\n  [],\n  {},\n  [\n    2\n  ]\n]\n" },
		{ "{\"b\":{\"c\":true},\"a\":null}", "{\n  \"a\": null,\n  \"b\": {\n    \"c\": true\n  }\n}\n" },
		{ "[1.50,1E5,-0]", "[\n  1.50,\n  1E5,\n  -0\n]\n" },
		{ "{\"a\\n\\\"\": \"\\/\"}", "{\n  \"a\\n\\\"\": \"/\"\n}\n" },
	};
	struct gv_doc d = GV_DOC_INIT;

	FOR_ROWS(rows) {
		struct gv_buf b = GV_BUF_INIT(GV_MIB);

		parse(&d, rows[i].text);
		gv_json_canon(&b, &d.root);
		CHECK_STR(b.p, rows[i].canon);
		gv_buf_free(&b);
		round_trip(&d.root, GV_JSON_FOREIGN);
	}
	gv_doc_free(&d);
	check_text(&(struct gv_val){ .type = GV_STRING }, "\"\"");
}

/* Every byte below U+0080 at every place of strings of every length around a word. */
static void escapes(void)
{
	static const char *const named[128] = {
		['"'] = "\\\"", ['\\'] = "\\\\", ['\b'] = "\\b", ['\f'] = "\\f", ['\n'] = "\\n", ['\r'] = "\\r", ['\t'] = "\\t",
	};

	for (int c = 1; c < 128; c++) {
		for (size_t n = 1; n < 20; n++) {
			for (size_t at = 0; at < n; at++) {
				struct gv_buf got = GV_BUF_INIT(256), want = GV_BUF_INIT(256);
				char s[20];

				memset(s, 'x', n);
				s[at] = (char)c;
				gv_buf_addf(&want, "\"%.*s", (int)at, s);
				if (named[c])
					gv_buf_adds(&want, named[c]);
				else if (c < 0x20 || c == 0x7F)
					gv_buf_addf(&want, "\\u%04x", (unsigned)c);
				else
					gv_buf_addc(&want, (char)c);
				gv_buf_addf(&want, "%.*s\"", (int)(n - at - 1), s + at + 1);
				gv_json_quote(&got, (struct gv_str){ s, n });
				CHECK_BYTES(gv_buf_str(&got), gv_buf_str(&want));
				gv_buf_free(&got);
				gv_buf_free(&want);
			}
		}
	}
}

/* The writers take a buffer to its last byte, and stop there. */
static void keeps_to_the_maximum(void)
{
	static const char text[] = "{\"a\\n\":[1,\"x\\ty\",true],\"b\":\"a longer one here\"}";
	struct gv_doc d = GV_DOC_INIT;
	struct gv_buf whole = GV_BUF_INIT(GV_MIB), line = GV_BUF_INIT(GV_MIB);

	parse(&d, text);
	gv_json_canon(&whole, &d.root);
	gv_json_line(&line, &d.root);
	for (size_t max = 0; max <= whole.n + 1; max++) {
		struct gv_buf a = GV_BUF_INIT(max), b = GV_BUF_INIT(max), c = GV_BUF_INIT(max);

		gv_json_canon(&a, &d.root);
		gv_json_line(&b, &d.root);
		gv_json_canon_to_line(&c, gv_buf_str(&whole));
		CHECK(a.failed == (max < whole.n) && a.n <= max && (!a.p || a.p[a.n] == '\0'));
		CHECK(b.failed == (max < line.n) && b.n <= max && (!b.p || b.p[b.n] == '\0'));
		CHECK(c.failed == (max < whole.n) && c.n <= max && (!c.p || c.p[c.n] == '\0'));
		CHECK(memcmp(gv_buf_str(&a).p, whole.p, a.n) == 0 && memcmp(gv_buf_str(&b).p, line.p, b.n) == 0);
		gv_buf_free(&a);
		gv_buf_free(&b);
		gv_buf_free(&c);
	}
	gv_buf_free(&whole);
	gv_buf_free(&line);
	gv_doc_free(&d);
}

static void text_to_line(void)
{
	static const char *const rows[] = {
		"{\"a\\\": b\":1}", "{\"a\\\\\":1}", "{\"a\\\\\\\": \":\"x\\\": y\"}", "[\"x\\\": y\",\"z\\\\\"]", "[\"a\\\\\",\"\\\": \"]",
		"{\"\":{\"\":[{\"\":\"\"}]}}", "\": \"", "\"a\\n  b\"", "[[],{},[[]],\"  \",\"a: b\"]", "{\"a:\":\" : \"}", "7", "{}",
		"[\"\\\\\\\\\\\\\\\"\",\"\\\"\"]", "{\"\\\"\":\"\\\"\",\"\\\\\":\"\\\\\"}",
	};
	static const char *const nonsense[] = {
		"", "\n", "\n\n", "  ", "\"", "\"\\", "\"a", "\"a\"", "\"a\":", "\"a\":\n", "\"a\": ", "\\\"", "  \"\n\"", "{\n", "\"\\\"",
	};
	struct gv_doc d = GV_DOC_INIT;

	FOR_ROWS(rows) {
		parse(&d, rows[i]);
		round_trip(&d.root, 0);
	}
	FOR_ROWS(nonsense) {
		/* An exact copy: a byte too far is an error under the sanitizer. */
		size_t n = strlen(nonsense[i]);
		char *text = malloc(n + 1);
		struct gv_buf b = GV_BUF_INIT(n);

		memcpy(text, nonsense[i], n);
		text = realloc(text, n ? n : 1);
		gv_json_canon_to_line(&b, (struct gv_str){ text, n });
		CHECK(!b.failed && b.n <= n);
		gv_buf_free(&b);
		free(text);
	}
	gv_doc_free(&d);
}

static void knows_canonical(void)
{
	static const struct { const char *text, *error; } rows[] = {
		{ "{}\n", NULL }, { "{\n  \"a\": [\n    1\n  ]\n}\n", NULL }, { "\"\\u007f/\"\n", NULL },
		{ "{}", "line 1, byte 3: text is not in canonical form" },
		{ "{}\n\n", "line 2, byte 1: text is not in canonical form" },
		{ " {}\n", "line 1, byte 1: text is not in canonical form" },
		{ "{ }\n", "line 1, byte 2: text is not in canonical form" },
		{ "{\n  \"a\":1\n}\n", "line 2, byte 7: text is not in canonical form" },
		{ "{\n  \"b\": 1,\n  \"a\": 2\n}\n", "line 2, byte 4: text is not in canonical form" },
		{ "{\n  \"a\": \"\\u0041\"\n}\n", "line 2, byte 9: text is not in canonical form" },
		{ "[\"\\/\"]\n", "line 1, byte 2: text is not in canonical form" },
		{ "\"\177\"\n", "line 1, byte 2: text is not in canonical form" },
		{ "[\r\n  1\r\n]\n", "line 1, byte 2: text is not in canonical form" },
		{ "{\n  \"a\": 1.5\n}\n", "line 2, byte 8: number 1.5 is no integer: write it as a string" },
		{ "", "line 1, byte 1: no value: the text is empty" },
	};
	struct gv_doc d = GV_DOC_INIT;
	struct gv_err err = { 0 };

	FOR_ROWS(rows) {
		int rc = gv_json_check_canon(gv_str_of(rows[i].text), &d, &err);

		if (rows[i].error)
			CHECK_ERR(rc, &err, GV_EDATA, rows[i].error);
		else
			CHECK_OK(rc, &err);
	}
	gv_doc_free(&d);
}

/* ---- jq as the oracle ---- */

static void add_tricky(struct gv_buf *texts)
{
	static const char *const rows[] = {
		"{}", "[]", "\"\"", "null", "true", "[{},[],[{}],{\"a\":{}}]", "{\"\":0,\" \":1}",
		"[9007199254740992,-9007199254740992,9007199254740991,1000000000000000,123456789012345]",
		"{\"\360\237\230\200\":1,\"\357\275\201\":2,\"z\":3,\"沪\":4,\"Z\":5,\"é\":6,\"~\":7,\"\177\":8}",
		"\"\\u2028\\u2029\\ufeff\\u00a0\\u0085\\ufffe\\uffff\\ud83d\\ude00\\udbff\\udfff\"",
		"{\"a\":1,\"aa\":2,\"a \":3,\"a\\u0001\":4,\"a\\\"\":5,\"a\\\\\":6}",
		"{\"case_id\":1,\"case\":2,\"case.id\":3,\"case-id\":4,\"Case\":5}",
		"[\"<script>&'</script>\",\"\\/\",\"\\\\\\\"\"]",
		"{\"b\":[{\"d\":1,\"c\":[null,false]}],\"a\":\"（2022）沪0114民初12号\"}",
	};

	FOR_ROWS(rows)
		gv_buf_addf(texts, "%s\n", rows[i]);
	gv_buf_addc(texts, '"');
	for (int c = 1; c < 128; c++)
		gv_buf_addf(texts, "\\u%04x", (unsigned)c);
	gv_buf_adds(texts, "\"\n");
	for (int i = 0; i < GV_JSON_DEPTH_MAX; i++)
		gv_buf_adds(texts, i % 2 ? "[" : "{\"deep\":");
	gv_buf_adds(texts, "1");
	for (int i = GV_JSON_DEPTH_MAX; i-- > 0;)
		gv_buf_adds(texts, i % 2 ? "]" : "}");
	gv_buf_adds(texts, "\n");
}

/* What jq prints for the texts, one a line. */
static bool jq(struct gv_buf *out, const char *options, const struct gv_buf *texts)
{
	FILE *file = tmpfile(), *pipe = NULL;
	struct gv_err err = { 0 };
	char command[64];
	bool ok = file && fwrite(texts->p, 1, texts->n, file) == texts->n && fseek(file, 0, SEEK_SET) == 0;

	if (ok) {
		snprintf(command, sizeof command, "jq %s . <&%d", options, fileno(file));
		pipe = popen(command, "r");
	}
	ok = pipe && gv_buf_read_fd(out, fileno(pipe), "jq", &err) == 0;
	ok = pipe && pclose(pipe) == 0 && ok;
	if (file)
		fclose(file);
	return ok;
}

static void jq_agrees(void)
{
	struct gv_buf texts = GV_BUF_INIT(GV_MIB), canon = GV_BUF_INIT(GV_MIB), line = GV_BUF_INIT(GV_MIB);
	struct gv_buf jq_canon = GV_BUF_INIT(GV_MIB), jq_line = GV_BUF_INIT(GV_MIB);
	struct gv_doc d = GV_DOC_INIT;
	struct gv_err err = { 0 };

	add_tricky(&texts);
	for (char *p = texts.p, *end; (end = strchr(p, '\n')); p = end + 1) {
		CHECK_OK(gv_json_parse(&d, (struct gv_str){ p, (size_t)(end - p) }, 0, &err), &err);
		gv_json_canon(&canon, &d.root);
		gv_json_line(&line, &d.root);
		gv_buf_addc(&line, '\n');
	}
	CHECK(jq(&jq_canon, "-S", &texts));
	CHECK(jq(&jq_line, "-Sc", &texts));
	CHECK_BYTES(gv_buf_str(&canon), gv_buf_str(&jq_canon));
	CHECK_BYTES(gv_buf_str(&line), gv_buf_str(&jq_line));
	gv_buf_free(&texts);
	gv_buf_free(&canon);
	gv_buf_free(&line);
	gv_buf_free(&jq_canon);
	gv_buf_free(&jq_line);
	gv_doc_free(&d);
}

UNIT_MAIN("json tree",
	{ "looks", looks },
	{ "looks into a large object", looks_in_large },
	{ "follows paths", follows_paths },
	{ "compares and copies", compares },
	{ "builds", builds },
	{ "extends what was read", extends_what_was_read },
	{ "sets paths", sets_paths },
	{ "sets paths only so deep", sets_paths_so_deep },
	{ "deletes paths", deletes_paths },
	{ "checks names and strings", checks_names_and_strings },
	{ "writes", writes },
	{ "escapes", escapes },
	{ "keeps to a buffer's maximum", keeps_to_the_maximum },
	{ "canonical text to a line", text_to_line },
	{ "knows canonical text", knows_canonical },
	{ "jq agrees", jq_agrees })
