/* SPDX-License-Identifier: MIT */
/* Reading JSON: every row goes through both readers, which must agree. */
#include <fnmatch.h>

#include "json_unit.h"

struct row { const char *text, *want; };

#define FOR_ROWS(rows) for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)

static void module_is_optional(void)
{
	struct gv_doc d = GV_DOC_INIT;
	char home[4096];

	find_module();
	CHECK(simd != NULL);
	snprintf(home, sizeof home, "%s", getenv("GAVEL_LIBEXEC") ? getenv("GAVEL_LIBEXEC") : "");
	setenv("GAVEL_LIBEXEC", "/nonexistent", 1);
	gv_json_want_fast();
	CHECK(!gv_json_is_fast());
	CHECK(gv_json_parse(&d, GV_STR("[1]"), 0, NULL) == 0);
	setenv("GAVEL_LIBEXEC", home, 1);
	gv_json_want_fast();
	gv_json_want_fast();
	CHECK(gv_json_is_fast());
	CHECK(gv_json_parse(&d, GV_STR("[1]"), 0, NULL) == 0);
	gv_doc_free(&d);
}

static void check_line(struct gv_str text, unsigned flags, const char *want, bool module)
{
	struct gv_doc d = GV_DOC_INIT;
	struct gv_err err = { 0 };
	struct gv_buf line = GV_BUF_INIT(GV_MIB);
	bool fast;

	CHECK_OK(both(&d, text, flags, &err, &fast), &err);
	gv_json_line(&line, &d.root);
	CHECK_STR(line.p, want);
	CHECK_ROW(fast == module, want);
	gv_buf_free(&line);
	gv_doc_free(&d);
}

static void check_error(struct gv_str text, unsigned flags, const char *want)
{
	struct gv_doc d = GV_DOC_INIT;
	struct gv_err err = { 0 };

	CHECK_ERR(both(&d, text, flags, &err, NULL), &err, GV_EDATA, want);
	CHECK(gv_json_parse(&d, text, flags, NULL) == GV_EDATA);
	gv_doc_free(&d);
}

/* ---- rows ---- */

static void reads(void)
{
	static const struct row rows[] = {
		{ "null", "null" }, { "true", "true" }, { " \t\r\nfalse\n", "false" },
		{ "7", "7" }, { "\"\"", "\"\"" }, { "[]", "[]" }, { "{}", "{}" }, { "[ ]", "[]" }, { "{\n}", "{}" },
		{ "{\"b\":1,\"a\":2}", "{\"a\":2,\"b\":1}" },
		{ "{ \"b\" : [ 1 , 2 ] , \"a\" : { } }", "{\"a\":{},\"b\":[1,2]}" },
		{ "{\"\":1}", "{\"\":1}" },
		{ "{\"a\":1,\"\":2,\"aa\":3,\"B\":4}", "{\"\":2,\"B\":4,\"a\":1,\"aa\":3}" },
		{ "{\"\360\237\230\200\":1,\"\357\275\201\":2}", "{\"\357\275\201\":2,\"\360\237\230\200\":1}" },
		{ "{\"\\u0062\":1,\"\\u0061\":2}", "{\"a\":2,\"b\":1}" },
		{ "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\\\"\\\\/\\b\\f\\n\\r\\t\"" },
		{ "\"\\u0001\\u001f\\u007f\"", "\"\\u0001\\u001f\\u007f\"" },
		{ "\"\177\"", "\"\\u007f\"" },
		{ "\"\\u6caa\\uD83D\\uDE00\\ud83d\\ude00\"", "\"沪😀😀\"" },
		{ "\"\\u00e9\\u07ff\\u0800\\uffff\\udbff\\udfff\"", "\"é\337\277\340\240\200\357\277\277\364\217\277\277\"" },
		{ "\"沪0114民初12号\"", "\"沪0114民初12号\"" },
		{ "\"one \\\"quoted\\\" and \\\\ bent, a\\nlong one with 汉字 behind\"",
		  "\"one \\\"quoted\\\" and \\\\ bent, a\\nlong one with 汉字 behind\"" },
		{ "[[[[]]],{\"a\":[{}]}]", "[[[[]]],{\"a\":[{}]}]" },
		{ "[null,{\"a\":null}]", "[null,{\"a\":null}]" },
		{ "{\"q\":1,\"p\":1,\"o\":1,\"n\":1,\"m\":1,\"l\":1,\"k\":1,\"j\":1,\"i\":1,\"h\":1,\"g\":1,\"f\":1,"
		  "\"e\":1,\"d\":1,\"c\":1,\"b\":1,\"a\":1}",
		  "{\"a\":1,\"b\":1,\"c\":1,\"d\":1,\"e\":1,\"f\":1,\"g\":1,\"h\":1,\"i\":1,\"j\":1,\"k\":1,\"l\":1,"
		  "\"m\":1,\"n\":1,\"o\":1,\"p\":1,\"q\":1}" },
	};

	FOR_ROWS(rows)
		check_line(gv_str_of(rows[i].text), 0, rows[i].want, true);
	/* Only the bytes given count. */
	check_line((struct gv_str){ "[12]34", 4 }, 0, "[12]", true);
	check_line((struct gv_str){ "1234", 2 }, 0, "12", true);
}

static void refuses(void)
{
	static const struct row rows[] = {
		{ "", "line 1, byte 1: no value: the text is empty" },
		{ " \n ", "line 2, byte 2: no value: the text is empty" },
		{ "\xEF\xBB\xBF{}", "line 1, byte 1: byte order mark: save the text without it" },
		{ "{} x", "line 1, byte 4: unexpected character \"x\": want the end of the text" },
		{ "[1]]", "line 1, byte 4: unexpected character \"]\": want the end of the text" },
		{ "[", "line 1, byte 2: text ends inside an array" },
		{ "[1", "line 1, byte 3: text ends inside an array" },
		{ "[1,", "line 1, byte 4: text ends inside an array" },
		{ "[{}", "line 1, byte 4: text ends inside an array" },
		{ "{", "line 1, byte 2: text ends inside an object" },
		{ "{\"a\"", "line 1, byte 5: text ends inside an object" },
		{ "{\"a\":", "line 1, byte 6: text ends inside an object" },
		{ "{\"a\":1", "line 1, byte 7: text ends inside an object" },
		{ "{\"a\":1,", "line 1, byte 8: text ends inside an object" },
		{ "{\"a", "line 1, byte 4: text ends inside a string" },
		{ "\"a\\", "line 1, byte 4: text ends inside a string" },
		{ "\"a\\\"", "line 1, byte 5: text ends inside a string" },
		{ "\"a\\n", "line 1, byte 5: text ends inside a string" },
		{ "[1,]", "line 1, byte 4: unexpected character \"]\": want a value" },
		{ "[,1]", "line 1, byte 2: unexpected character \",\": want a value" },
		{ "[1 2]", "line 1, byte 4: unexpected character \"2\": want \",\" or \"]\"" },
		{ "[1:2]", "line 1, byte 3: unexpected character \":\": want \",\" or \"]\"" },
		{ "[1}", "line 1, byte 3: unexpected character \"}\": want \",\" or \"]\"" },
		{ "{\n\t\"a\": 1,\n\t\"b\": 2,\n}", "line 4, byte 1: unexpected character \"}\": want a member name in double quotes" },
		{ "{\"a\":1,,\"b\":2}", "line 1, byte 8: unexpected character \",\": want a member name in double quotes" },
		{ "{a:1}", "line 1, byte 2: unexpected character \"a\": want a member name in double quotes" },
		{ "{'a':1}", "line 1, byte 2: unexpected character \"'\": want a member name in double quotes" },
		{ "{1:1}", "line 1, byte 2: unexpected character \"1\": want a member name in double quotes" },
		{ "{\"a\" 1}", "line 1, byte 6: unexpected character \"1\": want \":\"" },
		{ "{\"a\",1}", "line 1, byte 5: unexpected character \",\": want \":\"" },
		{ "{\"a\":1 \"b\":2}", "line 1, byte 8: unexpected character \"\"\": want \",\" or \"}\"" },
		{ "{\"a\":}", "line 1, byte 6: unexpected character \"}\": want a value" },
		{ "[“a”]", "line 1, byte 2: unexpected character \"“\": want a value" },
		{ "[1，2]", "line 1, byte 3: unexpected character \"，\": want \",\" or \"]\"" },
		{ "[1\x0C]", "line 1, byte 3: unexpected byte 0x0c: want \",\" or \"]\"" },
		{ "\177", "line 1, byte 1: unexpected byte 0x7f: want a value" },
		{ "[\xFF]", "line 1, byte 2: byte 0xff is not UTF-8" },
		{ "/* c */ 1", "line 1, byte 1: unexpected character \"/\": want a value" },
		{ "[True]", "line 1, byte 2: True is no value: strings need double quotes" },
		{ "nul", "line 1, byte 1: nul is no value: strings need double quotes" },
		{ "truefalse", "line 1, byte 1: truefalse is no value: strings need double quotes" },
		{ "[NaN,1]", "line 1, byte 2: NaN is no value: strings need double quotes" },
		{ "\"a\nb\"", "line 1, byte 3: control character 0x0a in a string: write \\u000a" },
		{ "\"a\x1F\"", "line 1, byte 3: control character 0x1f in a string: write \\u001f" },
		{ "\"a\\x41\"", "line 1, byte 3: unknown escape: after \\ comes one of \" \\ / b f n r t u" },
		{ "\"\\U0041\"", "line 1, byte 2: unknown escape: after \\ comes one of \" \\ / b f n r t u" },
		{ "\"\\u12g4\"", "line 1, byte 2: four hexadecimal digits must follow \\u" },
		{ "\"\\u12", "line 1, byte 2: four hexadecimal digits must follow \\u" },
		{ "\"\\u0000\"", "line 1, byte 2: \\u0000 is not allowed" },
		{ "{\"a\\u0000b\":1}", "line 1, byte 4: \\u0000 is not allowed" },
		{ "\"\\ud800\"", "line 1, byte 2: half a surrogate pair: \\ud800" },
		{ "\"\\ud800x\"", "line 1, byte 2: half a surrogate pair: \\ud800" },
		{ "\"\\ud800\\n\"", "line 1, byte 2: half a surrogate pair: \\ud800" },
		{ "\"\\ud800\\ud800\"", "line 1, byte 2: half a surrogate pair: \\ud800" },
		{ "\"\\uD83D\\u0041\"", "line 1, byte 2: half a surrogate pair: \\uD83D" },
		{ "\"\\ud83d\\ude0", "line 1, byte 2: half a surrogate pair: \\ud83d" },
		{ "\"\\udc00\"", "line 1, byte 2: half a surrogate pair: \\udc00" },
		{ "\"\\udc00\\ud800\"", "line 1, byte 2: half a surrogate pair: \\udc00" },
		{ "\"a\x80\"", "line 1, byte 3: byte 0x80 is not UTF-8" },
		{ "\"\xC0\xAF\"", "line 1, byte 2: byte 0xc0 is not UTF-8" },
		{ "\"\xED\xA0\x80\"", "line 1, byte 2: byte 0xed is not UTF-8" },
		{ "\"\xF4\x90\x80\x80\"", "line 1, byte 2: byte 0xf4 is not UTF-8" },
		{ "\"汉\xE6\xB1\"", "line 1, byte 5: byte 0xe6 is not UTF-8" },
		{ "\"eight letters, then \xE6\"", "line 1, byte 22: byte 0xe6 is not UTF-8" },
		{ "{\"id\":1,\"kind\":2,\"id\":3}", "line 1, byte 18: duplicate member \"id\"" },
		{ "{\n\"b\":{\"x\":1,\n\"x\":1}}", "line 3, byte 1: duplicate member \"x\"" },
		{ "{\"a\":1,\"\\u0061\":1}", "line 1, byte 8: duplicate member \"a\"" },
		{ "{\"a\":null,\"a\":1}", "line 1, byte 11: duplicate member \"a\"" },
		{ "{\"b\":1,\"a\":1,\"b\":1,\"a\":1,\"b\":1}", "line 1, byte 14: duplicate member \"b\"" },
		{ "{\"\":1,\"\":2}", "line 1, byte 7: duplicate member \"\"" },
	};

	FOR_ROWS(rows) {
		check_error(gv_str_of(rows[i].text), 0, rows[i].want);
		check_error(gv_str_of(rows[i].text), GV_JSON_FOREIGN | GV_JSON_DROP_NULL, rows[i].want);
	}
	check_error(GV_STR("[\0]"), 0, "line 1, byte 2: unexpected byte 0x00: want a value");
	check_error(GV_STR("{}\0"), 0, "line 1, byte 3: unexpected byte 0x00: want the end of the text");
	check_error(GV_STR("\"a\0b\""), 0, "line 1, byte 3: control character 0x00 in a string: write \\u0000");
	check_error(GV_STR("\"\\\0\""), 0, "line 1, byte 2: unknown escape: after \\ comes one of \" \\ / b f n r t u");
}

/* ---- numbers ---- */

static void numbers(void)
{
	static const char *const good[] = {
		"0", "1", "-1", "10", "9007199254740991", "9007199254740992", "-9007199254740992", "[0,-1,0]",
		"{\"-0\":0}",
	};
	static const struct row bad[] = {
		{ "9007199254740993", "number 9007199254740993 is beyond 2^53: write it as a string" },
		{ "-9007199254740993", "number -9007199254740993 is beyond 2^53: write it as a string" },
		{ "18446744073709551616", "number 18446744073709551616 is beyond 2^53: write it as a string" },
		{ "100000000000000000000000000000000000000000000000000",
		  "number 1000000000000000000000000000000000000000 is beyond 2^53: write it as a string" },
		{ "-0", "number -0 has a sign: write 0, or a string" },
		{ "1.5", "number 1.5 is no integer: write it as a string" },
		{ "1.0", "number 1.0 is no integer: write it as a string" },
		{ "-0.0", "number -0.0 is no integer: write it as a string" },
		{ "1e3", "number 1e3 is no integer: write it as a string" },
		{ "0E-2", "number 0E-2 is no integer: write it as a string" },
		{ "1e999", "number 1e999 is no integer: write it as a string" },
		{ "-1.25E+10", "number -1.25E+10 is no integer: write it as a string" },
	};
	static const char *const none[] = {
		"-", "01", "-01", "00", "1.", "1.e1", "1e", "1e+", "1.5e", "0x10", "1_000", "-NaN", "1.2.3", "1-2", "--1",
		"1a", "0.3e+x", "2.", "1ee2", "-e1",
	};
	char text[128], want[256];

	FOR_ROWS(good) {
		check_line(gv_str_of(good[i]), 0, good[i], true);
		check_line(gv_str_of(good[i]), GV_JSON_FOREIGN, good[i], true);
	}
	FOR_ROWS(bad) {
		snprintf(text, sizeof text, "[0,%s]", bad[i].text);
		snprintf(want, sizeof want, "line 1, byte 4: %s", bad[i].want);
		check_error(gv_str_of(text), 0, want);
		check_line(gv_str_of(text), GV_JSON_FOREIGN, text, true);
		check_line(gv_str_of(bad[i].text), GV_JSON_FOREIGN, bad[i].text, true);
	}
	FOR_ROWS(none) {
		snprintf(text, sizeof text, "{\"a\": %s}", none[i]);
		snprintf(want, sizeof want, "line 1, byte 7: %s is not a number", none[i]);
		check_error(gv_str_of(text), 0, want);
		check_error(gv_str_of(text), GV_JSON_FOREIGN, want);
	}
	check_error(GV_STR(".5"), 0, "line 1, byte 1: unexpected character \".\": want a value");
	check_error(GV_STR("+1"), 0, "line 1, byte 1: unexpected character \"+\": want a value");
	check_error(GV_STR("[1 000]"), 0, "line 1, byte 4: unexpected character \"0\": want \",\" or \"]\"");
}

static void drops_nulls(void)
{
	static const struct row rows[] = {
		{ "null", "null" }, { "[null]", "[null]" }, { "{\"a\":null}", "{}" },
		{ "{\"b\":null,\"a\":1,\"c\":null}", "{\"a\":1}" },
		{ "[{\"a\":{\"b\":null}},null]", "[{\"a\":{}},null]" },
	};

	FOR_ROWS(rows)
		check_line(gv_str_of(rows[i].text), GV_JSON_DROP_NULL, rows[i].want, true);
}

/* ---- limits ---- */

static void names(void)
{
	char text[2 * GV_JSON_NAME_MAX], want[2 * GV_JSON_NAME_MAX];

	for (int n = GV_JSON_NAME_MAX - 1; n <= GV_JSON_NAME_MAX; n++) {
		snprintf(text, sizeof text, "{\"%0*d\":1}", n, 0);
		check_line(gv_str_of(text), 0, text, true);
	}
	snprintf(text, sizeof text, "{\"%0*d\":1}", GV_JSON_NAME_MAX + 1, 0);
	check_error(gv_str_of(text), 0, "line 1, byte 2: member name is longer than 1024 bytes");

	/* U+00E9 whole is NFC; as e and U+0301 it is not, however it is written. */
	check_line(GV_STR("{\"caf\xC3\xA9\":1}"), 0, "{\"caf\xC3\xA9\":1}", true);
	check_line(GV_STR("{\"\xCC\x81\":\"e\xCC\x81\"}"), 0, "{\"\xCC\x81\":\"e\xCC\x81\"}", true);
	snprintf(want, sizeof want, "line 1, byte 2: member name \"cafe\xCC\x81\" is not in Unicode form NFC");
	check_error(GV_STR("{\"cafe\xCC\x81\":1}"), 0, want);
	check_error(GV_STR("{\"cafe\\u0301\":1}"), GV_JSON_FOREIGN, want);
	/* A compatibility ideograph has another canonical form. */
	check_error(GV_STR("{\"\xEF\xA4\x80\":1}"), 0,
	            "line 1, byte 2: member name \"\xEF\xA4\x80\" is not in Unicode form NFC");
}

static void depth(void)
{
	static const struct row kinds[] = { { "[", "]" }, { "{\"a\":", "}" } };
	char text[1024], want[64];

	FOR_ROWS(kinds) {
		for (int n = GV_JSON_DEPTH_MAX - 1; n <= GV_JSON_DEPTH_MAX + 1; n++) {
			struct gv_buf b = GV_BUF_INIT(sizeof text);

			for (int k = 1; k < n; k++)
				gv_buf_adds(&b, kinds[i].text);
			gv_buf_adds(&b, i ? "{}" : "[]");
			for (int k = 1; k < n; k++)
				gv_buf_adds(&b, kinds[i].want);
			snprintf(want, sizeof want, "line 1, byte %zu: nested deeper than 64", 64 * strlen(kinds[i].text) + 1);
			if (n <= GV_JSON_DEPTH_MAX)
				check_line(gv_buf_str(&b), 0, b.p, true);
			else
				check_error(gv_buf_str(&b), 0, want);
			gv_buf_free(&b);
		}
	}
	memset(text, '[', sizeof text);
	check_error((struct gv_str){ text, sizeof text }, 0, "line 1, byte 65: nested deeper than 64");
}

static void size(void)
{
	struct gv_doc d = GV_DOC_INIT;
	struct gv_err err = { 0 };
	size_t n = GV_JSON_TEXT_MAX;
	char *text = malloc(n + 1);

	CHECK(text != NULL);
	memset(text, 'x', n + 1);
	text[0] = text[n - 1] = '"';
	CHECK_OK(gv_json_parse(&d, (struct gv_str){ text, n }, 0, &err), &err);
	CHECK_INT(d.root.n, n - 2);
	text[n - 1] = 'x';
	text[n] = '"';
	CHECK_ERR(gv_json_parse(&d, (struct gv_str){ text, n + 1 }, 0, &err), &err, GV_EDATA,
	          "text is longer than 16777216 bytes");

	/* Nothing but items: [1,1,...1,] */
	for (size_t i = 0; i < n; i++)
		text[i] = i % 2 ? '1' : ',';
	text[0] = '[';
	text[n - 1] = ']';
	CHECK_ERR(gv_json_parse(&d, (struct gv_str){ text, n }, 0, &err), &err, GV_EDATA,
	          "line 1, byte 16777216: unexpected character \"]\": want a value");
	text[n - 2] = ' ';
	CHECK_OK(gv_json_parse(&d, (struct gv_str){ text, n }, 0, &err), &err);
	CHECK_INT(d.root.n, n / 2 - 1);
	gv_doc_free(&d);
	free(text);
}

/* ---- random text ---- */

static uint64_t seed = 1;

static unsigned any(unsigned n)
{
	seed = seed * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)(seed >> 33) % n;
}

static void any_text(struct gv_buf *b, unsigned deep)
{
	static const char *const leaves[] = {
		"null", "true", "false", "0", "-1", "12345678", "9007199254740992", "\"\"", "\"a\"", "\"沪0114\"",
		"\"\\n\\u6caa\\ud83d\\ude00\\\"\"", "\"a rather long string, for whole words at a time\"", "[]", "{}",
		"1.5", "-0", "\"汉字汉字汉字汉字汉字汉字汉字\"", "\"-0\"",
	};
	static const char *const names[] = {
		"id", "kind", "a", "", "案号", "\\u0061", "longer_than_eight", "x\\ty", "filed_on", "😀", "b", "c", "d",
	};
	static const char *const spaces[] = { "", "", "", " ", "\n", "\r\n\t" };
	unsigned n = any(6), kind = deep > 6 ? 2 : any(4);

	gv_buf_adds(b, spaces[any(6)]);
	if (kind > 1) {
		gv_buf_adds(b, leaves[any(any(8) ? 14 : 18)]);
	} else {
		gv_buf_addc(b, kind ? '[' : '{');
		for (unsigned i = 0; i < n; i++) {
			if (i)
				gv_buf_addc(b, ',');
			if (!kind)
				gv_buf_addf(b, "%s\"%s%u\"%s:", spaces[any(6)], names[any(13)], any(8) ? i : 0, spaces[any(6)]);
			any_text(b, deep + 1);
		}
		gv_buf_addc(b, kind ? ']' : '}');
	}
	gv_buf_adds(b, spaces[any(6)]);
}

static void random_text(void)
{
	static const char noise[] = "\"\\{}[],:0-1e.\n\x00\x80\xE6\x7F u";
	struct gv_doc d = GV_DOC_INIT;
	size_t taken = 0, good = 0;

	for (int i = 0; i < 6000; i++) {
		struct gv_buf b = GV_BUF_INIT(GV_MIB);
		struct gv_err err = { 0 };
		bool fast;

		any_text(&b, 0);
		for (unsigned n = any(4) ? 0 : any(3); n; n--)
			b.p[any((unsigned)b.n)] = noise[any(sizeof noise - 1)];
		good += both(&d, gv_buf_str(&b), any(4), &err, &fast) == 0;
		taken += fast;
		gv_buf_free(&b);
	}
	CHECK(good > 3000);
	CHECK(taken > good * 3 / 4);
	gv_doc_free(&d);
}

/* ---- real files ---- */

static bool real_file(struct gv_buf *b, const char *name)
{
	char path[1024];
	struct gv_err err = { 0 };

	gv_buf_reset(b);
	snprintf(path, sizeof path, "%s/%s", unit_real(), name);
	CHECK_OK(gv_buf_read_file(b, path, &err), &err);
	return err.code == 0;
}

/* Cut the next field off: up to `end`, or the whole rest. */
static struct gv_str cut(struct gv_str *rest, char end)
{
	const char *p = rest->n ? memchr(rest->p, end, rest->n) : NULL;
	struct gv_str field = { rest->p, p ? (size_t)(p - rest->p) : rest->n };

	rest->p += field.n + (p != NULL);
	rest->n -= field.n + (p != NULL);
	return field;
}

/* Where RFC 8259 says yes, or leaves it open, and we say no, and why.  First match. */
static const char *narrower(const char *file, bool *foreign)
{
	static const struct { const char *glob, *why; bool foreign; } rows[] = {
		{ "*/y_number_negative_*[te].json", NULL, true },  /* _int, _one */
		{ "*/number_1000000000000000.json", NULL, true },
		{ "*minus_zero*", "has a sign", true },
		{ "*negative_zero*", "has a sign", true },
		{ "*too_big_???_int.json", "is beyond 2^53", true },
		{ "*/number_-9*", "is beyond 2^53", true },
		{ "*/number_1*0999.json", "is beyond 2^53", true },
		{ "*number*", "is no integer", true },
		{ "*lonely_negative_real*", "is no integer", true },
		{ "*/y_structure_lonely_int.json", NULL, true },
		{ "*null_escape*", "\\u0000 is not allowed", false },
		{ "*escaped_null*", "\\u0000 is not allowed", false },
		{ "*duplicated_key*", "duplicate member", false },
		{ "*same_key_unclear*", "has a sign", false },  /* a duplicate as well */
		{ "*same_key*", "duplicate member", false },
		{ "*nfc_nfd*", "is not in Unicode form NFC", false },
		{ "*escaped_invalid_codepoint*", "half a surrogate pair", false },
		{ "*/i_string_1st*", "half a surrogate pair", false },
		{ "*/i_string_inc*", "half a surrogate pair", false },
		{ "*/i_string_invalid*", "half a surrogate pair", false },
		{ "*/i_string_*", "is not UTF-8", false },
		{ "*/string_1_invalid*", "is not UTF-8", false },
	};

	FOR_ROWS(rows) {
		if (fnmatch(rows[i].glob, file, 0) == 0) {
			*foreign = rows[i].foreign;
			return rows[i].why;
		}
	}
	*foreign = true;
	return NULL;
}

static void check_verdict(struct gv_str text, const char *file, bool must_fail)
{
	struct gv_doc d = GV_DOC_INIT;
	struct gv_err err = { 0 };
	bool foreign;
	const char *why = narrower(file, &foreign);
	int rc = both(&d, text, 0, &err, NULL);

	if (must_fail)
		CHECK_ROW(rc == GV_EDATA && err.line && err.byte, file);
	else if (why)
		CHECK_ROW(rc == GV_EDATA && strstr(err.msg, why), file);
	else
		CHECK_ROW(rc == 0, file);
	rc = both(&d, text, GV_JSON_FOREIGN | GV_JSON_DROP_NULL, &err, NULL);
	CHECK_ROW(rc == (must_fail || !foreign ? GV_EDATA : 0), file);
	gv_doc_free(&d);
}

static void conformance(void)
{
	struct gv_buf list = GV_BUF_INIT(GV_MIB), text = GV_BUF_INIT(GV_MIB);
	struct gv_str rest;
	size_t files = 0;

	if (!unit_real())
		SKIP("real data: set GAVEL_REAL_DATA to run");
	if (real_file(&list, "json-robustness/expected.tsv")) {
		rest = gv_buf_str(&list);
		cut(&rest, '\n');
		while (rest.n) {
			struct gv_str row = cut(&rest, '\n'), name = cut(&row, '\t'), verdict;
			char file[512];

			cut(&row, '\t');
			verdict = cut(&row, '\t');
			snprintf(file, sizeof file, "json-robustness/%.*s", (int)name.n, name.p);
			if (real_file(&text, file))
				check_verdict(gv_buf_str(&text), file, gv_str_is(verdict, "reject"));
			files++;
		}
	}
	CHECK(files > 100);
	gv_buf_free(&list);
	gv_buf_free(&text);
}

static void real_documents(void)
{
	static const char *const files[] = {
		"json-robustness/jsonexamples/apache_builds.json", "json-robustness/jsonexamples/canada.json",
		"json-robustness/jsonexamples/github_events.json", "json-robustness/jsonexamples/twitter.json",
	};
	struct gv_buf text = GV_BUF_INIT(64 * GV_MIB);
	struct gv_doc d = GV_DOC_INIT;
	struct gv_err err = { 0 };

	if (!unit_real())
		SKIP("real data: set GAVEL_REAL_DATA to run");
	FOR_ROWS(files)
		if (real_file(&text, files[i]))
			CHECK_OK(both(&d, gv_buf_str(&text), GV_JSON_FOREIGN, &err, NULL), &err);
	gv_buf_free(&text);
	gv_doc_free(&d);
}

static void real_lines(void)
{
	static const char *const files[] = {
		"judgments-real.ndjson", "court-lists-cn/case-notices.ndjson", "us-opinion-rows/opinions.ndjson",
		"naughty-strings/blns.ndjson",
	};
	struct gv_buf text = GV_BUF_INIT(64 * GV_MIB);
	struct gv_doc d = GV_DOC_INIT;
	struct gv_err err = { 0 };
	struct gv_str rest;

	if (!unit_real())
		SKIP("real data: set GAVEL_REAL_DATA to run");
	FOR_ROWS(files) {
		if (!real_file(&text, files[i]))
			continue;
		for (rest = gv_buf_str(&text); rest.n;)
			CHECK_OK(both(&d, cut(&rest, '\n'), GV_JSON_FOREIGN, &err, NULL), &err);
	}
	gv_buf_free(&text);
	gv_doc_free(&d);
}

/* Byte sequences, valid and not, inside a string. */
static void real_utf8(void)
{
	struct gv_buf list = GV_BUF_INIT(GV_MIB);
	struct gv_doc d = GV_DOC_INIT;
	struct gv_err err = { 0 };
	struct gv_str rest;

	if (!unit_real())
		SKIP("real data: set GAVEL_REAL_DATA to run");
	if (real_file(&list, "utf8-robustness/sequences.tsv")) {
		rest = gv_buf_str(&list);
		cut(&rest, '\n');
		while (rest.n) {
			struct gv_str row = cut(&rest, '\n'), id = cut(&row, '\t'), hex = cut(&row, '\t');
			bool valid = gv_str_is(cut(&row, '\t'), "valid"), plain = true;
			struct gv_buf text = GV_BUF_INIT(GV_MIB);
			char name[64];

			snprintf(name, sizeof name, "sequence %.*s", (int)id.n, id.p);
			gv_buf_addc(&text, '"');
			for (size_t i = 0; i + 1 < hex.n; i += 2) {
				char digits[3] = { hex.p[i], hex.p[i + 1], 0 };
				char c = (char)strtol(digits, NULL, 16);

				plain = plain && (unsigned char)c >= 0x20 && c != '"' && c != '\\';
				gv_buf_addc(&text, c);
			}
			gv_buf_addc(&text, '"');
			CHECK_ROW((both(&d, gv_buf_str(&text), 0, &err, NULL) == 0) == valid || !plain, name);
			gv_buf_free(&text);
		}
	}
	gv_buf_free(&list);
	gv_doc_free(&d);
}

UNIT_MAIN("json",
	{ "the module is optional", module_is_optional },
	{ "reads", reads },
	{ "refuses, with line and byte", refuses },
	{ "numbers", numbers },
	{ "drops nulls", drops_nulls },
	{ "names", names },
	{ "depth", depth },
	{ "size", size },
	{ "random text", random_text },
	{ "RFC 8259 verdicts", conformance },
	{ "real documents", real_documents },
	{ "real lines", real_lines },
	{ "byte sequences in strings", real_utf8 })
