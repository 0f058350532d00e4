/* SPDX-License-Identifier: MIT */
/* Rows: NDJSON, JSON, CSV and TSV, invented and real. */
#include <dirent.h>
#include <fcntl.h>

#include "in_say.h"

/* ---- JSON ---- */

static void ndjson(void)
{
	static const struct row rows[] = {
		{ "nothing", GV_IN_NDJSON, NULL, IN(""), "" },
		{ "rows", GV_IN_NDJSON, NULL, IN("{\"a\":1}\n\n{\"b\":\"一\"}"), "1 {\"a\":1}\n3 {\"b\":\"一\"}\n" },
		{ "marks and CRLF", GV_IN_NDJSON, NULL, IN(BOM "{}\r\n" BOM "{ }\r\n"), "1 {}\n2 {}\n" },
		{ "a bad one between good ones", GV_IN_NDJSON, NULL, IN("{}\n{\"a\":01}\n{}\n"),
		  "1 {}\n2! line 2, byte 6: 01 is not a number\n3 {}\n" },
		{ "truncated", GV_IN_NDJSON, NULL, IN("{}\n{\"a\":\"b"), "1 {}\n2! line 2, byte 8: text ends inside a string\n" },
		{ "no object", GV_IN_NDJSON, NULL, IN("[1]\n\"x\"\n7\nnull\n"),
		  "1! line 1, byte 1: a row must be an object, this is: array\n"
		  "2! line 2, byte 1: a row must be an object, this is: string\n"
		  "3! line 3, byte 1: a row must be an object, this is: integer\n"
		  "4! line 4, byte 1: a row must be an object, this is: null\n" },
		{ "NUL", GV_IN_NDJSON, NULL, IN("{}\n{\"a\":\"\0\"}\n{}"), "1 {}\n2! line 2, byte 7: control character 0x00 in a string: write \\u0000\n3 {}\n" },
		{ "broken UTF-8", GV_IN_NDJSON, NULL, IN("{\"a\":\"\xFF\"}\n{}"), "1! line 1, byte 7: byte 0xff is not UTF-8\n2 {}\n" },
		{ "byte counted behind a mark", GV_IN_NDJSON, NULL, IN("{}\n" BOM "{\"a\":01}\n"), "1 {}\n2! line 2, byte 9: 01 is not a number\n" },
		{ "AUTO", GV_IN_AUTO, NULL, IN(" \n{\"a\":1}\n{\"b\":2}\n"), "2 {\"a\":1}\n3 {\"b\":2}\n" },
		{ "AUTO, a broken first line takes nothing with it", GV_IN_AUTO, NULL, IN("{\"a\":1,\n{\"b\":2}\n"), "1! line 1, byte 8: text ends inside an object\n2 {\"b\":2}\n" },
		{ "AUTO, the same in a string", GV_IN_AUTO, NULL, IN("{\"a\":\"x\n{\"b\":2}\n"), "1! line 1, byte 8: text ends inside a string\n2 {\"b\":2}\n" },
		{ "AUTO, one truncated line", GV_IN_AUTO, NULL, IN("{\"a\":1"), "1! line 1, byte 7: text ends inside an object\n" },
		{ "lines as a format", GV_IN_LINES, NULL, IN("{\"a\":1}\n"), "1 {\"a\":1}\n" },
	};
	CHECK_ROWS(rows);
}

static void json(void)
{
	static const struct row rows[] = {
		{ "nothing", GV_IN_JSON, NULL, IN(" \n"), "" },
		{ "empty array", GV_IN_AUTO, NULL, IN("[]"), "" },
		{ "array in one line", GV_IN_AUTO, NULL, IN("[{\"a\":1},{\"b\":[{}]} , {}]"), "1 {\"a\":1}\n1 {\"b\":[{}]}\n1 {}\n" },
		{ "array over lines", GV_IN_AUTO, NULL, IN(BOM "[\r\n  {\r\n    \"a\": 1\r\n  },\r\n  {\"b\": \"]},{\\\"\"}\r\n]\r\n"),
		  "2 {\"a\":1}\n5 {\"b\":\"]},{\\\"\"}\n" },
		{ "one object", GV_IN_JSON, NULL, IN("{\"a\":1}"), "1 {\"a\":1}\n" },
		{ "objects printed over lines", GV_IN_AUTO, NULL, IN("{\n  \"a\": 1\n}\n{\n  \"b\": {\n    \"c\": 2\n  }\n}\n"),
		  "1 {\"a\":1}\n4 {\"b\":{\"c\":2}}\n" },
		{ "the first member beside the bracket", GV_IN_AUTO, NULL, IN("{\"a\": 1,\n \"b\": 2}\n"), "1 {\"a\":1,\"b\":2}\n" },
		{ "comma first", GV_IN_AUTO, NULL, IN("{\"a\": 1\n,\"b\": 2}\n"), "1 {\"a\":1,\"b\":2}\n" },
		{ "an object as a value in the next line", GV_IN_AUTO, NULL, IN("{\"a\":\n{\"b\":2}}\n"), "1 {\"a\":{\"b\":2}}\n" },
		{ "objects in an array in the next line", GV_IN_AUTO, NULL, IN("{\"a\": [\n{\"b\":2}]}\n"), "1 {\"a\":[{\"b\":2}]}\n" },
		{ "objects side by side", GV_IN_AUTO, NULL, IN("{\"a\":1}{\"b\":2} {}\n"), "1 {\"a\":1}\n1 {\"b\":2}\n1 {}\n" },
		{ "arrays one after the other", GV_IN_AUTO, NULL, IN("[{\"a\":1}]\n" BOM "[{\"b\":2}]\n"), "1 {\"a\":1}\n2 {\"b\":2}\n" },
		{ "elements that are no objects", GV_IN_AUTO, NULL, IN("[1,\"a,]\",null,[{}],{}]"),
		  "1! line 1, byte 2: a row must be an object, this is: integer\n"
		  "1! line 1, byte 4: a row must be an object, this is: string\n"
		  "1! line 1, byte 10: a row must be an object, this is: null\n"
		  "1! line 1, byte 15: a row must be an object, this is: array\n1 {}\n" },
		{ "a bad element between good ones", GV_IN_AUTO, NULL, IN("[{},\n {\"a\":\n 01},\n{\"c\":3}]"),
		  "1 {}\n2! line 3, byte 2: 01 is not a number\n4 {\"c\":3}\n" },
		{ "bytes count from the line's beginning", GV_IN_AUTO, NULL, IN("[{}, {\"a\":01}]"), "1 {}\n1! line 1, byte 11: 01 is not a number\n" },
		{ "a missing quote costs one element", GV_IN_AUTO, NULL, IN("[\n{\"a\":\"x},\n{\"b\":2},\n{\"c\":3}\n]"), 
		  "2! line 2, byte 10: text ends inside a string\n3 {\"b\":2}\n4 {\"c\":3}\n" },
		{ "of the last element too", GV_IN_AUTO, NULL, IN("[{},\n{\"a\":\"x}\n]"),
		  "1 {}\n2! line 2, byte 9: text ends inside a string\n" },
		{ "a missing quote in an element over lines", GV_IN_AUTO, NULL, IN("[{\n\"a\":\"x,\n\"b\":2\n},\n{\"c\":3}\n]"),
		  "1! line 2, byte 8: control character 0x0a in a string: write \\u000a\n5 {\"c\":3}\n" },
		{ "wrong brackets", GV_IN_AUTO, NULL, IN("[{\"a\":1],{\"b\":2}]"), "1! line 1, byte 8: unexpected character \"]\": want \",\" or \"}\"\n1 {\"b\":2}\n" },
		{ "a bracket alone", GV_IN_AUTO, NULL, IN("[}]"), "1! line 1, byte 2: unexpected character \"}\": want a value\n" },
		{ "a comma is missing", GV_IN_AUTO, NULL, IN("[{}\n {\"b\":2}]"),
		  "1 {}\n2! line 2, byte 2: a comma is missing before this\n2 {\"b\":2}\n" },
		{ "commas too many", GV_IN_AUTO, NULL, IN("[,{},,{},]"),
		  "1! line 1, byte 2: a comma with nothing before it\n1 {}\n1! line 1, byte 6: a comma with nothing before it\n"
		  "1 {}\n1! line 1, byte 10: a comma with nothing behind it\n" },
		{ "not closed", GV_IN_AUTO, NULL, IN("\n [{},\n{}"), "2 {}\n3 {}\n2! line 2, byte 2: @: the input ends inside an array (broken)\n" },
		{ "not closed behind a comma", GV_IN_AUTO, NULL, IN("[{},"), "1 {}\n1! line 1, byte 1: @: the input ends inside an array (broken)\n" },
		{ "truncated element", GV_IN_AUTO, NULL, IN("[{},\n {\"a\":\"x"),
		  "1 {}\n2! line 2, byte 2: @: the input ends inside a value that begins here (broken)\n" },
		{ "truncated object", GV_IN_JSON, NULL, IN("{}\n{\n"), "1 {}\n2! line 2, byte 1: @: the input ends inside a value that begins here (broken)\n" },
		{ "something behind", GV_IN_AUTO, NULL, IN("[{}]]"), "1 {}\n1! line 1, byte 5: @: neither an array nor an object (broken)\n" },
		{ "no JSON", GV_IN_JSON, NULL, IN("a,b\n"), "1! line 1, byte 1: @: neither an array nor an object (broken)\n" },
		{ "NUL between", GV_IN_AUTO, NULL, IN("[{},\0{}]"), "1 {}\n1! line 1, byte 5: unexpected byte 0x00: want a value\n"
		  "1! line 1, byte 7: a comma is missing before this\n1! line 1, byte 7: unexpected character \"}\": want a value\n" },
	};
	CHECK_ROWS(rows);
}

/* ---- CSV ---- */

static void csv(void)
{
	static const struct row rows[] = {
		{ "nothing", GV_IN_CSV, NULL, IN("\n\r\n"), "" },
		{ "only a header", GV_IN_CSV, NULL, IN("a,b"), "" },
		{ "rows", GV_IN_CSV, NULL, IN("b,a\n1,2\n\n3,4"), "2 {\"a\":\"2\",\"b\":\"1\"}\n4 {\"a\":\"4\",\"b\":\"3\"}\n" },
		{ "empty cells are left out", GV_IN_CSV, NULL, IN("a,b,c\n1,,\n,2,\n,\"\",3\n"), "2 {\"a\":\"1\"}\n3 {\"b\":\"2\"}\n4 {\"c\":\"3\"}\n" },
		{ "rows of nothing are skipped", GV_IN_CSV, NULL, IN("a,b\n,\n\"\",\n1,2\n,\n"), "4 {\"a\":\"1\",\"b\":\"2\"}\n" },
		{ "quotes", GV_IN_CSV, NULL, IN("a,b\n\"x,y\",\"say \"\"hi\"\"\"\n\"\"\"\",\"\"\"a\"\"\"\n"),
		  "2 {\"a\":\"x,y\",\"b\":\"say \\\"hi\\\"\"}\n3 {\"a\":\"\\\"\",\"b\":\"\\\"a\\\"\"}\n" },
		{ "line breaks in quotes", GV_IN_CSV, NULL, IN("a,b\r\n\"x\r\ny\n\",1\r\nz,2\r\n"),
		  "2 {\"a\":\"x\\r\\ny\\n\",\"b\":\"1\"}\n5 {\"a\":\"z\",\"b\":\"2\"}\n" },
		{ "a quote inside a cell is itself", GV_IN_CSV, NULL, IN("a,b\n5\" disk, \"x\"\n"), "2 {\"a\":\"5\\\" disk\",\"b\":\" \\\"x\\\"\"}\n" },
		{ "blanks are kept", GV_IN_CSV, NULL, IN("a,b\n x , \n"), "2 {\"a\":\" x \",\"b\":\" \"}\n" },
		{ "semicolons", GV_IN_AUTO, NULL, IN("a;b, c;d\n1,5;2;3\n"), "2 {\"a\":\"1,5\",\"b, c\":\"2\",\"d\":\"3\"}\n" },
		{ "delimiters in quotes do not count", GV_IN_AUTO, NULL, IN("\"a;b;c\",d\n1,2\n"), "2 {\"a;b;c\":\"1\",\"d\":\"2\"}\n" },
		{ "one column", GV_IN_AUTO, NULL, IN("id\n1\n\n\"x\"\n"), "2 {\"id\":\"1\"}\n4 {\"id\":\"x\"}\n" },
		{ "quoted with TABs", GV_IN_AUTO, NULL, IN("\"a\"\t\"b\"\n\"1\t\n\"\t2\n"), "2 {\"a\":\"1\\t\\n\",\"b\":\"2\"}\n" },
		{ "Chinese names", GV_IN_AUTO, NULL, IN("案号,案由\n一,二\n"), "2 {\"案号\":\"一\",\"案由\":\"二\"}\n" },
		{ "names are trimmed", GV_IN_CSV, NULL, IN(" a ,\t b,　c　,\" d \"\n1,2,3,4\n"), "2 {\"a\":\"1\",\"b\":\"2\",\"c\":\"3\",\"d\":\"4\"}\n" },
		{ "marks in names", GV_IN_CSV, NULL, IN(BOM "\"" BOM "\"\"a\"\"\",\"\"\"b\"\"\"," BOM "c\n1,2,3\n"), "2 {\"a\":\"1\",\"b\":\"2\",\"c\":\"3\"}\n" },
		{ "quotes around names, as often as it happened", GV_IN_CSV, NULL, IN("\"\"\"\"\"a\"\"\"\"\",\"\"\" b \"\"\"\n1,2\n"), "2 {\"a\":\"1\",\"b\":\"2\"}\n" },
		{ "a mark before a row", GV_IN_CSV, NULL, IN("a,b\n" BOM "\"1\n\",2\n"), "2 {\"a\":\"1\\n\",\"b\":\"2\"}\n" },
		{ "names become NFC", GV_IN_CSV, NULL, IN("e\xCC\x81\n1\n"), "2 {\"é\":\"1\"}\n" },
		{ "a header of two lines", GV_IN_CSV, NULL, IN("\"a\nb\",c\n1,2\n"), "3 {\"a\\nb\":\"1\",\"c\":\"2\"}\n" },
	};
	CHECK_ROWS(rows);
}

static void bad_csv(void)
{
	static const struct row rows[] = {
		{ "cells too few, too many", GV_IN_CSV, NULL, IN("a,b,c\n1,2\n1,2,3,4\n1,2,3\n,\n"),
		  "2! line 2: 2 cells, but the header has 3\n3! line 3: 4 cells, but the header has 3\n"
		  "4 {\"a\":\"1\",\"b\":\"2\",\"c\":\"3\"}\n5! line 5: 2 cells, but the header has 3\n" },
		{ "truncated", GV_IN_CSV, NULL, IN("a,b\n1,2\n3"), "2 {\"a\":\"1\",\"b\":\"2\"}\n3! line 3: 1 cells, but the header has 2\n" },
		{ "text behind a quote", GV_IN_CSV, NULL, IN("a,b\n1,\"x\"y\n3,4\n"),
		  "2! line 2, byte 6: b: text behind a closing quote\n3 {\"a\":\"3\",\"b\":\"4\"}\n" },
		{ "the same lines later", GV_IN_CSV, NULL, IN("a,b\n\"x\n1,\"y\",2\n3,4\n"),
		  "2! line 3, byte 4: a: text behind a closing quote\n4 {\"a\":\"3\",\"b\":\"4\"}\n" },
		{ "a quote that is never closed", GV_IN_CSV, NULL, IN("a,b\n1,2\n3,\"x\n4,5\n"),
		  "2 {\"a\":\"1\",\"b\":\"2\"}\n3! line 3, byte 3: @: b: this quote is never closed (broken)\n" },
		{ "never closed, in a later line of its row", GV_IN_CSV, NULL, IN("a,b\n\"1\n\",\"x\n"),
		  "2! line 3, byte 3: @: b: this quote is never closed (broken)\n" },
		{ "never closed beyond the header", GV_IN_CSV, NULL, IN("a\n1,\"x\n"), "2! line 2, byte 3: @: this quote is never closed (broken)\n" },
		{ "NUL and broken UTF-8", GV_IN_CSV, NULL, IN("a,b\n1,\0\n\"2\n\xFF\",3\n4,5\n"),
		  "2! line 2, byte 3: NUL byte\n3! line 4, byte 1: not UTF-8 (byte 0xff)\n5 {\"a\":\"4\",\"b\":\"5\"}\n" },
		{ "a column without a name", GV_IN_CSV, NULL, IN("a, ,b\n1,2,3\n"), "1! line 1: @: column 2 of the header has no name (broken)\n" },
		{ "the last column without a name", GV_IN_CSV, NULL, IN(BOM "\na,\n1,2\n"), "2! line 2: @: column 2 of the header has no name (broken)\n" },
		{ "equal names", GV_IN_CSV, NULL, IN("b,a,c, a\n"), "1! line 1: @: columns 2 and 4 of the header are both named \"a\" (broken)\n" },
		{ "equal in NFC", GV_IN_CSV, NULL, IN("é,e\xCC\x81\n"), "1! line 1: @: columns 1 and 2 of the header are both named \"é\" (broken)\n" },
		{ "a header with an open quote", GV_IN_CSV, NULL, IN("a,\"b\n1,2\n"), "1! line 1, byte 3: @: this quote is never closed (broken)\n" },
		{ "a header with text behind a quote", GV_IN_CSV, NULL, IN("a,\"b\"c\n1,2\n"), "1! line 1, byte 6: @: text behind a closing quote (broken)\n" },
		{ "a header with a NUL", GV_IN_CSV, NULL, IN("a\0\n1\n"), "1! line 1, byte 2: @: NUL byte (broken)\n" },
		{ "CR alone ends no line", GV_IN_CSV, NULL, IN("a,b\r1,2\r"), "" },
	};
	CHECK_ROWS(rows);
}

static void tsv(void)
{
	static const struct row rows[] = {
		{ "rows", GV_IN_AUTO, NULL, IN("a\tb, c\n1\t2\r\n\t3\n"), "2 {\"a\":\"1\",\"b, c\":\"2\"}\n3 {\"b, c\":\"3\"}\n" },
		{ "quotes and escapes are themselves", GV_IN_AUTO, NULL, IN("a\tb\n\"x\t\\n\\\n"), "2 {\"a\":\"\\\"x\",\"b\":\"\\\\n\\\\\"}\n" },
		{ "by name", GV_IN_TSV, NULL, IN("\"a\"\tb,c;d\n1\t2\n"), "2 {\"\\\"a\\\"\":\"1\",\"b,c;d\":\"2\"}\n" },
		{ "cells", GV_IN_TSV, NULL, IN("a\tb\n1\n1\t2\t3\n"),
		  "2! line 2: 1 cells, but the header has 2\n3! line 3: 3 cells, but the header has 2\n" },
		{ "no names", GV_IN_TSV, NULL, IN("\ta\n"), "1! line 1: @: column 1 of the header has no name (broken)\n" },
	};
	CHECK_ROWS(rows);
}

/* ---- what is handed out ---- */

static void raw_text(void)
{
	static const struct { struct gv_str input; int format; const char *raw[4]; } rows[] = {
		{ IN("{}\r\n{\"a\":01}\n"), GV_IN_NDJSON, { "{}", "{\"a\":01}" } },
		{ IN("[ {} ,\n {\"a\":\n01}]"), GV_IN_JSON, { "{}", "{\"a\":\n01}" } },
		{ IN("a,b\r\n1,\"x\r\n\"\r\n2\n3,4"), GV_IN_CSV, { "1,\"x\r\n\"", "2", "3,4" } },
		{ IN("a,b\n1,\"x\n"), GV_IN_CSV, { "1,\"x" } },
		{ IN("a,\n"), GV_IN_CSV, { "a," } },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct gv_doc doc = GV_DOC_INIT;
		struct gv_err err = { 0 };
		struct gv_in *in;
		struct gv_str raw;
		size_t number, k = 0;
		bool end = false;
		char path[64];
		int fd = memory_file(rows[i].input, path);

		CHECK_OK(gv_in_open(&in, path, (enum gv_in_format)rows[i].format, NULL, &err), &err);
		while (gv_in_row(in, &doc, 0, &raw, &number, &end, &err) == GV_EDATA || !end) {
			const char *want = rows[i].raw[k];

			if (!want)
				break;
			CHECK_BYTES(raw, gv_str_of(want));
			k++;
		}
		CHECK(end && !rows[i].raw[k]);
		CHECK(!raw.p);
		gv_in_close(in);
		close(fd);
		gv_doc_free(&doc);
	}
}

/* A tree made from CSV is one like any other: edited, and alive when the stream is gone. */
static void csv_tree(void)
{
	struct gv_doc doc = GV_DOC_INIT;
	struct gv_buf got = GV_BUF_INIT(4096);
	struct gv_err err = { 0 };
	struct gv_in *in;
	size_t number;
	bool end;
	char path[64];
	int fd = memory_file(GV_STR("d,b,a\n1,2,3\n"), path);

	CHECK_OK(gv_in_open(&in, path, GV_IN_CSV, NULL, &err), &err);
	CHECK_OK(gv_in_row(in, &doc, 0, NULL, &number, &end, &err), &err);
	gv_in_close(in);
	CHECK_OK(gv_obj_set(&doc, &doc.root, GV_STR("c"), gv_mkint(7), &err), &err);
	CHECK(gv_obj_del(&doc.root, GV_STR("a")));
	gv_json_line(&got, &doc.root);
	CHECK_STR(got.p, "{\"b\":\"2\",\"c\":7,\"d\":\"1\"}");
	CHECK_STR(gv_val_getstr(&doc.root, "d").p, "1");
	close(fd);
	gv_buf_free(&got);
	gv_doc_free(&doc);
}

static void flags(void)
{
	struct gv_doc doc = GV_DOC_INIT;
	struct gv_buf got = GV_BUF_INIT(4096);
	struct gv_err err = { 0 };
	struct gv_in *in;
	size_t number;
	bool end;
	char path[64];
	int fd = memory_file(GV_STR("{\"a\":null,\"b\":1.5}\n"), path);

	CHECK_OK(gv_in_open(&in, path, GV_IN_AUTO, NULL, &err), &err);
	CHECK_OK(gv_in_row(in, &doc, GV_JSON_FOREIGN | GV_JSON_DROP_NULL, NULL, &number, &end, &err), &err);
	gv_json_line(&got, &doc.root);
	CHECK_STR(got.p, "{\"b\":1.5}");
	gv_in_close(in);
	close(fd);
	gv_buf_free(&got);
	gv_doc_free(&doc);
}

static void wide_header(void)
{
	struct gv_buf text = GV_BUF_INIT(GV_MIB), got = GV_BUF_INIT(4 * GV_MIB);

	for (int row = 0; row < 3; row++)
		for (int i = 0; i < 16384; i++)
			gv_buf_addf(&text, "%d%c", i, i < 16383 ? ',' : '\n');
	stream(gv_buf_str(&text), GV_IN_CSV, NULL, 0, &got);
	CHECK(got.n > 300000 && strncmp(got.p, "2 {\"0\":\"0\",\"1\":\"1\",\"10\":\"10\",", 29) == 0);
	gv_buf_reset(&text);
	gv_buf_reset(&got);
	for (int i = 0; i < 16385; i++)
		gv_buf_addf(&text, "%d%c", i, i < 16384 ? ',' : '\n');
	stream(gv_buf_str(&text), GV_IN_CSV, NULL, 0, &got);
	CHECK_STR(got.p, "1! line 1: @: the header has more than 16384 columns (broken)\n");
	gv_buf_free(&text);
	gv_buf_free(&got);
}

/* ---- real data ---- */

/* Members of `want` that are not empty are all that `got` has. */
static bool same_row(const struct gv_val *got, const struct gv_val *want)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < want->n; i++) {
		const struct gv_val *v = &want->members[i].val;

		if (gv_val_str(v).n == 0)
			continue;
		n++;
		if (!gv_str_eq(gv_val_str(v), gv_val_str(gv_val_getn(got, want->members[i].name))))
			return false;
	}
	return n == got->n;
}

static void compare_with_expected(const char *csv_path, const char *json_path)
{
	struct gv_doc a = GV_DOC_INIT, b = GV_DOC_INIT;
	struct gv_err err = { 0 };
	struct gv_in *x, *y;
	size_t number;
	bool end_a = false, end_b = false;

	CHECK_OK(gv_in_open(&x, csv_path, GV_IN_AUTO, NULL, &err), &err);
	CHECK_OK(gv_in_open(&y, json_path, GV_IN_AUTO, NULL, &err), &err);
	while (!end_a && !end_b) {
		CHECK_OK(gv_in_row(x, &a, 0, NULL, &number, &end_a, &err), &err);
		CHECK_OK(gv_in_row(y, &b, 0, NULL, &number, &end_b, &err), &err);
		CHECK_ROW(end_a == end_b && (end_a || same_row(&a.root, &b.root)), csv_path);
	}
	gv_in_close(x);
	gv_in_close(y);
	gv_doc_free(&a);
	gv_doc_free(&b);
}

/* The wild headers: a usable one gives its row, with the first column called docId. */
static void look_at_wild(const char *path, size_t *usable, size_t *refused)
{
	struct gv_doc doc = GV_DOC_INIT;
	struct gv_err err = { 0 };
	struct gv_in *in;
	size_t number, rows = 0;
	bool end = false, first = false;
	int rc;

	CHECK_OK(gv_in_open(&in, path, GV_IN_AUTO, NULL, &err), &err);
	do {
		rc = gv_in_row(in, &doc, 0, NULL, &number, &end, &err);
		if (!rc && !end) {
			rows++;
			first = gv_str_is(gv_val_getstr(&doc.root, "docId"), "v0");
		}
	} while (!end && !gv_in_broken(in));
	CHECK_ROW(gv_in_broken(in) ? strstr(err.msg, "has no name") != NULL : rows == 1, path);
	*usable += first;
	*refused += gv_in_broken(in);
	gv_in_close(in);
	gv_doc_free(&doc);
}

/* How many rows a file has, none of them bad. */
static size_t good_rows(const char *path)
{
	struct gv_doc doc = GV_DOC_INIT;
	struct gv_err err = { 0 };
	size_t number, rows = 0;
	struct gv_in *in;
	bool end = false;

	CHECK_OK(gv_in_open(&in, path, GV_IN_AUTO, NULL, &err), &err);
	for (; !end; rows += !end) {
		int rc = gv_in_row(in, &doc, GV_JSON_FOREIGN, NULL, &number, &end, &err);

		CHECK_OK(rc, &err);
		if (rc)
			break;
	}
	gv_in_close(in);
	gv_doc_free(&doc);
	return rows;
}

static void real_csv(void)
{
	const char *real = unit_real();
	char folder[512], path[1024], json_path[1024];
	size_t compared = 0, usable = 0, refused = 0;
	struct dirent *e;
	DIR *dir;

	if (!real)
		SKIP("real data: set GAVEL_REAL_DATA to run");
	snprintf(folder, sizeof folder, "%s/csv-robustness", real);
	dir = opendir(folder);
	CHECK(dir != NULL);
	while (dir && (e = readdir(dir))) {
		size_t n = strlen(e->d_name);

		if (n < 4 || strcmp(e->d_name + n - 4, ".csv") != 0)
			continue;
		snprintf(path, sizeof path, "%s/%s", folder, e->d_name);
		snprintf(json_path, sizeof json_path, "%s/%.*s.expected.json", folder, (int)(n - 4), e->d_name);
		if (access(json_path, R_OK) == 0) {
			compare_with_expected(path, json_path);
			compared++;
		} else {
			look_at_wild(path, &usable, &refused);
		}
	}
	if (dir)
		closedir(dir);
	snprintf(path, sizeof path, "%s/judgment-meta.csv", real);
	CHECK_INT(good_rows(path), 511);
	snprintf(path, sizeof path, "%s/us-opinion-rows/opinions.ndjson", real);
	CHECK_INT(good_rows(path), 6736);
	CHECK_INT(compared, 6);
	CHECK(usable >= 6 && refused >= 2);
}

/* JSONTestSuite as streams: none may crash or hang; what must not be read gives an error or no row. */
static void real_json(void)
{
	const char *real = unit_real();
	char folder[512], path[1024];
	size_t files = 0;
	struct dirent *e;
	DIR *dir;

	if (!real)
		SKIP("real data: set GAVEL_REAL_DATA to run");
	snprintf(folder, sizeof folder, "%s/json-robustness/test_parsing", real);
	dir = opendir(folder);
	CHECK(dir != NULL);
	while (dir && (e = readdir(dir))) {
		struct gv_buf got = GV_BUF_INIT(4 * GV_MIB);

		if (e->d_name[0] == '.')
			continue;
		snprintf(path, sizeof path, "%s/%s", folder, e->d_name);
		say_all(path, GV_IN_JSON, NULL, &got);
		if (strncmp(e->d_name, "n_", 2) == 0)
			CHECK_ROW(!got.n || strstr(got.p, "! "), e->d_name);
		if (strncmp(e->d_name, "y_object", 8) == 0 && !strstr(e->d_name, "duplicated") &&
		    !strstr(e->d_name, "null_in_key") && !strstr(e->d_name, "extreme"))
			CHECK_ROW(got.n && !strstr(got.p, "! "), e->d_name);
		gv_buf_reset(&got);
		say_all(path, GV_IN_AUTO, NULL, &got);
		gv_buf_free(&got);
		files++;
	}
	if (dir)
		closedir(dir);
	CHECK(files > 50);
}

UNIT_MAIN("in_rows",
	{ "NDJSON", ndjson },
	{ "JSON arrays and objects over lines", json },
	{ "CSV", csv },
	{ "bad CSV", bad_csv },
	{ "TSV", tsv },
	{ "raw text of rows", raw_text },
	{ "a tree from CSV", csv_tree },
	{ "flags of the parser", flags },
	{ "a header as wide as a spreadsheet", wide_header },
	{ "real CSV", real_csv },
	{ "real JSON files", real_json })
