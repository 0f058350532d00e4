/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "out.h"
#include "unit.h"
#include "utf8.h"

/* ---- printing into a string ---- */

static bool is_private(struct gv_str kind, struct gv_str path)
{
	static const char *const names[] = { "id_no", "parties[].id_no", "parties.0.id_no", "parties[].agents[].phone",
	                                     "sealed", "born_on", "deep.er", "accounts" };

	for (size_t i = 0; gv_str_is(kind, "p") && i < sizeof names / sizeof names[0]; i++)
		if (gv_str_is(path, names[i]))
			return true;
	return false;
}

static void full_id(const struct gv_val *rec, struct gv_buf *out)
{
	gv_buf_addf(out, "p:%s", gv_val_getstr(rec, "id").n ? gv_val_getstr(rec, "id").p : "");
}

/* Lines of JSON through a writer; what came out, or the error. */
static void print(const struct gv_out_opts *o, const char *lines, struct gv_buf *got)
{
	int fd = memfd_create("output", MFD_CLOEXEC);
	struct gv_doc doc = GV_DOC_INIT;
	struct gv_err err = { 0 };
	struct gv_out *out;
	int rc = gv_out_open(&out, fd, o, &err);

	if (rc) {
		gv_buf_addf(got, "open %d: ", rc);
		gv_err_text(&err, got);
	}
	while (!rc && *lines) {
		size_t n = strcspn(lines, "\n");

		CHECK_OK(gv_json_parse(&doc, (struct gv_str){ lines, n }, 0, &err), &err);
		rc = gv_out_rec(out, &doc.root, &err);
		if (rc) {
			gv_buf_addf(got, "%d: ", rc);
			gv_err_text(&err, got);
			gv_buf_addc(got, '\n');
		}
		rc = rc == GV_EDATA ? 0 : rc;
		lines += n + (lines[n] == '\n');
	}
	if (out)
		CHECK_OK(gv_out_close(out, &err), &err);
	lseek(fd, 0, SEEK_SET);
	CHECK(gv_buf_read_fd(got, fd, "output", &err) == 0);
	close(fd);
	gv_doc_free(&doc);
}

struct row {
	const char *name;
	struct gv_out_opts o;
	const char *input;
	const char *want;
};

static void check_rows(const struct row *rows, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct gv_buf got = GV_BUF_INIT(GV_MIB);

		print(&rows[i].o, rows[i].input, &got);
		unit_checks++;
		if (strcmp(got.p ? got.p : "", rows[i].want) != 0)
			UNIT_FAIL("%s:\n#   got  [%s]\n#   want [%s]", rows[i].name, got.p ? got.p : "", rows[i].want);
		gv_buf_free(&got);
	}
}
#define CHECK_ROWS(rows) check_rows(rows, sizeof(rows) / sizeof(rows)[0])

#define AS(f) .format = GV_OUT_##f, .header = true

/* ---- formats ---- */

static void machine_formats(void)
{
	static const struct row rows[] = {
		{ "ndjson, empty", { AS(NDJSON) }, "", "" },
		{ "ndjson", { AS(NDJSON) }, "{\"b\":[1,{}],\"a\":\"一\\n\"}\n{}", "{\"a\":\"一\\n\",\"b\":[1,{}]}\n{}\n" },
		{ "auto is no table here", { .format = GV_OUT_AUTO }, "{\"a\":1}", "{\"a\":1}\n" },
		{ "json, empty", { AS(JSON) }, "", "[]\n" },
		{ "json", { AS(JSON) }, "{\"a\":1}\n{}\n{\"b\":2}", "[\n{\"a\":1},\n{},\n{\"b\":2}\n]\n" },
		{ "ids", { AS(IDS) }, "{\"id\":\"a\"}\n{\"id\":\"（2022）沪0114民初1号\"}", "a\n（2022）沪0114民初1号\n" },
		{ "ids as users type them", { AS(IDS), .full_id = full_id }, "{\"id\":\"a\"}", "p:a\n" },
		{ "a record without an id", { AS(IDS) }, "{\"id\":\"a\"}\n{}\n{\"id\":7}\n{\"id\":\"b\"}",
		  "3: a record without an id\n3: a record without an id\na\nb\n" },
		{ "one id is never two", { AS(IDS) }, "{\"id\":\"a\\nb\"}\n{\"id\":\"c\"}", "3: an id with a line break in it\nc\n" },
		{ "nul elsewhere", { AS(NDJSON), .nul = true }, "", "open 2: NUL can end ids only" },
		{ "fields with ids", { AS(IDS), .fields = "a" }, "", "open 2: ids have no fields to choose" },
		{ "default fields are for columns", { AS(NDJSON), .default_fields = "a" }, "{\"a\":1,\"b\":2}", "{\"a\":1,\"b\":2}\n" },
	};
	struct gv_buf got = GV_BUF_INIT(4096);

	CHECK_ROWS(rows);
	print(&(struct gv_out_opts){ AS(IDS), .nul = true }, "{\"id\":\"a\"}\n{\"id\":\"b\\nc\"}", &got);
	CHECK_BYTES(gv_buf_str(&got), GV_STR("a\0b\nc\0"));
	gv_buf_free(&got);
}

static void csv_and_tsv(void)
{
	static const struct row rows[] = {
		{ "csv, empty", { AS(CSV), .default_fields = "id,a" }, "", "id,a\n" },
		{ "csv, empty and unknown", { AS(CSV) }, "", "" },
		{ "csv, empty, no header", { .format = GV_OUT_CSV, .default_fields = "id" }, "", "" },
		{ "csv", { AS(CSV), .default_fields = "id,b,a" }, "{\"a\":1,\"b\":true,\"c\":0,\"id\":\"x\"}\n{\"id\":\"y\"}",
		  "id,b,a\nx,true,1\ny,,\n" },
		{ "no header", { .format = GV_OUT_CSV, .fields = "a" }, "{\"a\":1}", "1\n" },
		{ "columns of the first record", { AS(CSV) }, "{\"b\":\"x\",\"a\":[],\"id\":\"i\",\"c\":{},\"kind\":\"k\"}\n{\"a\":1,\"z\":2,\"b\":\"y\"}",
		  "id,b,kind\ni,x,k\n,y,\n" },
		{ "quotes", { AS(CSV), .fields = "a,b" },
		  "{\"a\":\"x,y\",\"b\":\"say \\\"hi\\\"\"}\n{\"a\":\"l1\\nl2\",\"b\":\"\\r\"}\n{\"a\":\" x\",\"b\":\"y \"}\n{\"a\":\"\\\"\",\"b\":\"\"}",
		  "a,b\n\"x,y\",\"say \"\"hi\"\"\"\n\"l1\nl2\",\"\r\"\n\" x\",\"y \"\n\"\"\"\",\"\"\n" },
		{ "what readers guess by is quoted", { AS(CSV), .fields = "a,b" }, "{\"a\":\"x;y\",\"b\":\"x\\ty\"}\n{\"a\":\"\xEF\xBB\xBFx\"}",
		  "a,b\n\"x;y\",\"x\ty\"\n\"\xEF\xBB\xBFx\",\n" },
		{ "what looks like a formula is exact", { AS(CSV), .fields = "a" }, "{\"a\":\"=1+1\"}\n{\"a\":\"@x\"}\n{\"a\":-5}", "a\n=1+1\n@x\n-5\n" },
		{ "one column never makes an empty line", { AS(CSV), .fields = "a" }, "{\"a\":\"\"}\n{}", "a\n\"\"\n\"\"\n" },
		{ "nested values", { AS(CSV), .fields = "p,p.0.n,p[].n,o" }, "{\"o\":{\"b\":1,\"a\":\"x\"},\"p\":[{\"n\":\"一\"},{\"n\":\"二\"},{}]}",
		  "p,p.0.n,p[].n,o\n\"[{\"\"n\"\":\"\"一\"\"},{\"\"n\"\":\"\"二\"\"},{}]\",一,\"[\"\"一\"\",\"\"二\"\"]\",\"{\"\"a\"\":\"\"x\"\",\"\"b\"\":1}\"\n" },
		{ "tsv", { AS(TSV), .fields = "a,b" }, "{\"a\":\"x\\ty\\nz\\r\",\"b\":\"C:\\\\new, \\\"q\\\"\"}\n{\"b\":[\"\\t\"]}",
		  "a\tb\nx\\ty\\nz\\r\tC:\\\\new, \"q\"\n\t[\"\\\\t\"]\n" },
		{ "null is nothing", { AS(CSV), .fields = "a,b" }, "{\"a\":null,\"b\":1}", "a,b\n,1\n" },
	};
	CHECK_ROWS(rows);
}

static void fields(void)
{
	static const struct row rows[] = {
		{ "order of canonical text", { AS(NDJSON), .fields = "id,a" }, "{\"a\":1,\"b\":2,\"id\":\"x\"}", "{\"a\":1,\"id\":\"x\"}\n" },
		{ "what is not there", { AS(NDJSON), .fields = "z,b.c,p[].x,p.7" }, "{\"b\":1,\"p\":[{\"y\":1}]}", "{}\n" },
		{ "nested", { AS(NDJSON), .fields = "a.b.c,a.d" }, "{\"a\":{\"b\":{\"c\":1,\"x\":2},\"d\":[3],\"e\":4},\"f\":5}",
		  "{\"a\":{\"b\":{\"c\":1},\"d\":[3]}}\n" },
		{ "all items", { AS(NDJSON), .fields = "p[].n,p[].r" }, "{\"p\":[{\"n\":1,\"x\":0},{\"r\":2},{\"x\":3},{\"n\":4,\"r\":5}]}",
		  "{\"p\":[{\"n\":1},{\"r\":2},{\"n\":4,\"r\":5}]}\n" },
		{ "one item", { AS(NDJSON), .fields = "p.1.n" }, "{\"p\":[{\"n\":1},{\"n\":2,\"x\":0}]}", "{\"p\":[{\"n\":2}]}\n" },
		{ "one item and all", { AS(NDJSON), .fields = "p.1,p[].n" }, "{\"p\":[{\"n\":1,\"x\":0},{\"n\":2,\"x\":0}]}", "{\"p\":[{\"n\":1},{\"n\":2,\"x\":0}]}\n" },
		{ "items that are scalars", { AS(NDJSON), .fields = "p[]" }, "{\"p\":[1,\"x\",[2]]}", "{\"p\":[1,\"x\",[2]]}\n" },
		{ "lists in lists", { AS(NDJSON), .fields = "p[][].a" }, "{\"p\":[[{\"a\":1,\"b\":2}],[],[{\"b\":1}]]}", "{\"p\":[[{\"a\":1}]]}\n" },
		{ "a whole and a part of it", { AS(NDJSON), .fields = "a.b,a" }, "{\"a\":{\"b\":1,\"c\":2}}", "{\"a\":{\"b\":1,\"c\":2}}\n" },
		{ "no leading zero, no sign", { AS(NDJSON), .fields = "p.01,p.-0,p.1" }, "{\"p\":[1,2]}", "{\"p\":[2]}\n" },
		{ "numbers as names", { AS(NDJSON), .fields = "p.0" }, "{\"p\":{\"0\":1,\"1\":2}}", "{\"p\":{\"0\":1}}\n" },
		{ "in json too", { AS(JSON), .fields = " a , b " }, "{\"a\":1,\"c\":2}", "[\n{\"a\":1}\n]\n" },
		{ "order of the user in columns", { AS(CSV), .fields = "b,a", .default_fields = "x" }, "{\"a\":1,\"b\":2}", "b,a\n2,1\n" },
		{ "[] across levels in a cell", { AS(TSV), .fields = "p[].q[].n" }, "{\"p\":[{\"q\":[{\"n\":1},{\"n\":2}]},{},{\"q\":[{\"n\":3}]}]}",
		  "p[].q[].n\n[1,2,3]\n" },
		{ "empty", { AS(CSV), .fields = "a,,b" }, "", "open 2: this is no field: a name is missing" },
		{ "empty text", { AS(CSV), .fields = "" }, "", "open 2: this is no field: a name is missing" },
		{ "a step without a name", { AS(CSV), .fields = "a,b..c" }, "", "open 2: b..c: this is no field: a name is missing" },
		{ "[] without a name", { AS(CSV), .fields = "[].a" }, "", "open 2: [].a: this is no field: a name is missing" },
		{ "a number in []", { AS(CSV), .fields = "a[0].b" }, "", "open 2: a[0].b: this is no field: write a[].b for all items and a.0.b for one" },
		{ "twice", { AS(NDJSON), .fields = "a,b, a" }, "", "open 2: a: this field is named twice" },
	};
	CHECK_ROWS(rows);
}

/* ---- masking ---- */

static void masks(void)
{
	static const struct { const char *in, *want; } rows[] = {
		{ "", "" },
		{ "310114199001011234", "310114***********4" },
		{ "31011419900101123X", "310114***********X" },
		{ "310114900101123", "310114********3" },
		{ "13800138000", "138****8000" },
		{ "6222021001012345678", "***************5678" },
		{ "123456789012", "********9012" },
		{ "1990-01-02", "1990-**-**" },
		{ "上海市嘉定区某某路100弄5号", "上海市嘉定***" },
		{ "上海市嘉定区某某路一百弄五号之一二三四", "上海市嘉定区***" },
		{ "021-59520000", "021-***" },
		{ "E12345678", "E12***" },
		{ "张三丰", "张***" },
		{ "张三", "***" },
		{ "7", "***" },
		{ "３１０１１４１９９００１０１１２３４", "３１０１１４***" },
		{ "310114 19900101 1234", "310114***" },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct gv_buf got = GV_BUF_INIT(4096);

		gv_mask(gv_str_of(rows[i].in), &got);
		CHECK_STR(got.p ? got.p : "", rows[i].want);
		gv_buf_free(&got);
	}
}

#define PARTY "{\"kind\":\"p\",\"id_no\":\"310114199001011234\",\"parties\":[{\"id_no\":\"13800138000\",\"name\":\"张\"," \
	"\"agents\":[{\"phone\":\"13900139000\",\"n\":1}]}],\"born_on\":\"1990-01-02\",\"deep\":{\"er\":{\"x\":[1234567,true,null,\"abcdef\"]}}}"

static void masking(void)
{
	static const struct row rows[] = {
		{ "a scalar", { AS(CSV), .fields = "id_no,born_on", .is_sensitive = is_private }, PARTY, "id_no,born_on\n310114***********4,1990-**-**\n" },
		{ "only of that kind", { AS(CSV), .fields = "id_no", .is_sensitive = is_private },
		  "{\"kind\":\"q\",\"id_no\":\"13800138000\"}\n{\"kind\":\"p\",\"id_no\":\"13800138000\"}\n{\"id_no\":\"13800138000\"}",
		  "id_no\n13800138000\n138****8000\n13800138000\n" },
		{ "one item", { AS(CSV), .fields = "parties.0.id_no", .is_sensitive = is_private }, PARTY, "parties.0.id_no\n138****8000\n" },
		{ "all items", { AS(TSV), .fields = "parties[].id_no", .is_sensitive = is_private }, PARTY, "parties[].id_no\n[\"138****8000\"]\n" },
		{ "leaves of a nested cell", { AS(TSV), .fields = "parties", .is_sensitive = is_private }, PARTY,
		  "parties\n[{\"agents\":[{\"n\":1,\"phone\":\"139****9000\"}],\"id_no\":\"138****8000\",\"name\":\"张\"}]\n" },
		{ "the same through []", { AS(TSV), .fields = "parties[],parties[].agents,parties[].agents[]", .is_sensitive = is_private }, PARTY,
		  "parties[]\tparties[].agents\tparties[].agents[]\n"
		  "[{\"agents\":[{\"n\":1,\"phone\":\"139****9000\"}],\"id_no\":\"138****8000\",\"name\":\"张\"}]\t"
		  "[[{\"n\":1,\"phone\":\"139****9000\"}]]\t[{\"n\":1,\"phone\":\"139****9000\"}]\n" },
		{ "a whole tree", { AS(TSV), .fields = "deep", .is_sensitive = is_private }, PARTY,
		  "deep\n{\"er\":{\"x\":[\"12***\",\"t***\",null,\"ab***\"]}}\n" },
		{ "inside what is sensitive", { AS(TSV), .fields = "deep.er.x.0,deep.er.x[]", .is_sensitive = is_private }, PARTY,
		  "deep.er.x.0\tdeep.er.x[]\n12***\t[\"12***\",\"t***\",null,\"ab***\"]\n" },
		{ "a list of numbers", { AS(TABLE), .fields = "accounts", .is_sensitive = is_private },
		  "{\"kind\":\"p\",\"accounts\":[\"6222021001012345678\",12]}", "accounts\n***************5678, ***\n" },
		{ "a row of blame", { AS(CSV), .fields = "field,value", .is_sensitive = is_private },
		  "{\"kind\":\"blame\",\"record_kind\":\"p\",\"field\":\"id_no\",\"value\":\"310114199001011234\"}\n"
		  "{\"kind\":\"blame\",\"record_kind\":\"p\",\"field\":\"parties[7f]\",\"value\":{\"id_no\":\"13800138000\",\"name\":\"张\"}}\n"
		  "{\"kind\":\"blame\",\"record_kind\":\"p\",\"field\":\"name\",\"value\":\"13800138000\"}\n"
		  "{\"kind\":\"blame\",\"record_kind\":\"q\",\"field\":\"id_no\",\"value\":\"13800138000\"}",
		  "field,value\nid_no,310114***********4\nparties[7f],\"{\"\"id_no\"\":\"\"138****8000\"\",\"\"name\"\":\"\"张\"\"}\"\n"
		  "name,13800138000\nid_no,13800138000\n" },
		{ "in tables", { AS(TABLE), .fields = "id_no", .is_sensitive = is_private }, PARTY, "id_no\n310114***********4\n" },
		{ "--sensitive", { AS(CSV), .fields = "id_no", .is_sensitive = is_private, .sensitive = true }, PARTY, "id_no\n310114199001011234\n" },
		{ "never between commands", { AS(NDJSON), .fields = "id_no", .is_sensitive = is_private }, PARTY, "{\"id_no\":\"310114199001011234\"}\n" },
	};
	CHECK_ROWS(rows);
}

/* ---- tables ---- */

static void tables(void)
{
	static const struct row rows[] = {
		{ "empty", { AS(TABLE), .fields = "a" }, "", "" },
		{ "aligned", { AS(TABLE), .fields = "id,name,n" },
		  "{\"id\":\"1\",\"name\":\"张三\",\"n\":5}\n{\"id\":\"1234\",\"name\":\"abc\",\"n\":12345}\n{\"id\":\"22\",\"n\":-7}",
		  "id    name      n\n1     张三      5\n1234  abc   12345\n22             -7\n" },
		{ "rare ideographs", { AS(TABLE), .fields = "a,b" }, "{\"a\":\"𠮷\",\"b\":\"x\"}\n{\"a\":\"\xF0\xB1\x8D\x90一\",\"b\":\"y\"}\n{\"a\":\"ab\",\"b\":\"z\"}",
		  "a     b\n𠮷    x\n\xF0\xB1\x8D\x90一  y\nab    z\n" },
		{ "no trailing blanks", { AS(TABLE), .fields = "a,b" }, "{\"a\":\"x\"}\n{\"b\":\"y\"}\n{}", "a  b\nx\n   y\n\n" },
		{ "controls are shown", { AS(TABLE), .fields = "a,b" }, "{\"a\":\"x\\u001b[31m\\n\\t\",\"b\":\"\u202e\"}", "a              b\nx\\x1b[31m\\n\\t  \\u202e\n" },
		{ "mixed columns stay left", { AS(TABLE), .fields = "a,b" }, "{\"a\":1,\"b\":1}\n{\"a\":\"x\",\"b\":1}\n{\"a\":1000}", "a     b\n1     1\nx     1\n1000\n" },
		{ "no header", { .format = GV_OUT_TABLE, .fields = "a,b" }, "{\"a\":\"x\",\"b\":\"y\"}", "x  y\n" },
		{ "lists are joined", { AS(TABLE), .fields = "p,q,p[].n,r" }, "{\"p\":[{\"n\":\"一\"},{\"n\":\"二\"}],\"q\":[1,true],\"r\":[]}",
		  "p                        q        p[].n   r\n[{\"n\":\"一\"},{\"n\":\"二\"}]  1, true  一, 二\n" },
		{ "bold", { AS(TABLE), .fields = "a,b", .color = 1 }, "{\"a\":\"xyz\",\"b\":\"x\"}", "\033[1ma    b\033[0m\nxyz  x\n" },
		{ "bold needs a header", { .format = GV_OUT_TABLE, .fields = "a", .color = 1 }, "{\"a\":\"x\"}", "x\n" },
		{ "ambiguous width", { AS(TABLE), .fields = "a,b", .ambiguous = 2 }, "{\"a\":\"①\",\"b\":1}\n{\"a\":\"xx\",\"b\":1}", "a   b\n①  1\nxx  1\n" },
	};
	CHECK_ROWS(rows);
}

static void long_tables(void)
{
	struct gv_buf lines = GV_BUF_INIT(GV_MIB), got = GV_BUF_INIT(GV_MIB), want = GV_BUF_INIT(GV_MIB);

	gv_buf_adds(&want, "a   b\n");
	for (int i = 0; i < 1500; i++) {
		gv_buf_addf(&lines, "{\"a\":\"%s\",\"b\":%d}\n", i == 1200 ? "wider than all" : i == 7 ? "一" : "x", i % 10);
		gv_buf_addf(&want, "%s%d\n", i == 1200 ? "wider than all  " : i == 7 ? "一  " : "x   ", i % 10);
	}
	print(&(struct gv_out_opts){ AS(TABLE), .fields = "a,b" }, lines.p, &got);
	CHECK_STR(got.p, want.p);
	gv_buf_free(&lines);
	gv_buf_free(&got);
	gv_buf_free(&want);
}

/* ---- canonical text and lines that pass through ---- */

static void without_trees(void)
{
	static const struct { struct gv_out_opts o; const char *want; bool tree; } rows[] = {
		{ { AS(NDJSON) }, "{\"a\":[1],\"id\":\"x\"}\n{\"b\":  1}\n", false },
		{ { AS(JSON) }, "[\n{\"a\":[1],\"id\":\"x\"},\n{\"b\":  1}\n]\n", false },
		{ { AS(IDS) }, "case:x\nEDATA\n", false },
		{ { AS(CSV), .fields = "id,b" }, "id,b\nx,\n,1\n", true },
		{ { AS(NDJSON), .fields = "b,id" }, "{\"id\":\"x\"}\n{\"b\":1}\n", true },
	};
	struct gv_str canon = GV_STR("{\n  \"a\": [\n    1\n  ],\n  \"id\": \"x\"\n}\n");

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		int fd = memfd_create("output", MFD_CLOEXEC);
		struct gv_buf got = GV_BUF_INIT(4096);
		struct gv_err err = { 0 };
		struct gv_out *out;
		int rc;

		CHECK_OK(gv_out_open(&out, fd, &rows[i].o, &err), &err);
		CHECK(gv_out_needs_tree(out) == rows[i].tree);
		CHECK_OK(gv_out_canon(out, canon, GV_STR("case:x"), &err), &err);
		rc = gv_out_raw_line(out, GV_STR("{\"b\":  1}"), &err);
		CHECK_OK(gv_out_close(out, &err), &err);
		lseek(fd, 0, SEEK_SET);
		CHECK(gv_buf_read_fd(&got, fd, "output", &err) == 0);
		if (rc == GV_EDATA)
			gv_buf_adds(&got, "EDATA\n");
		CHECK_STR(got.p, rows[i].want);
		gv_buf_free(&got);
		close(fd);
	}
}

static void bad_text(void)
{
	struct gv_err err = { 0 };
	struct gv_out *out;
	int fd = memfd_create("output", MFD_CLOEXEC);

	CHECK_OK(gv_out_open(&out, fd, &(struct gv_out_opts){ AS(CSV), .fields = "id" }, &err), &err);
	CHECK_ERR(gv_out_raw_line(out, GV_STR("{\"b\":}"), &err), &err, GV_EDATA,
	          "line 1, byte 6: unexpected character \"}\": want a value");
	CHECK_OK(gv_out_raw_line(out, GV_STR("{\"id\":1}"), &err), &err);
	CHECK_OK(gv_out_close(out, &err), &err);
	close(fd);
}

static void format_names(void)
{
	static const char *const names[] = { "ndjson", "json", "table", "csv", "tsv", "ids" };
	struct gv_err err = { 0 };
	enum gv_format f;

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		CHECK_OK(gv_format_parse(&f, names[i], &err), &err);
		CHECK_INT(f, GV_OUT_NDJSON + (int)i);
	}
	CHECK_ERR(gv_format_parse(&f, "xml", &err), &err, GV_EUSAGE,
	          "unknown format \"xml\": ndjson, json, table, csv, tsv or ids");
	CHECK(gv_format_parse(&f, "auto", &err) == GV_EUSAGE);
	CHECK(gv_format_parse(&f, "", &err) == GV_EUSAGE);
}

/* ---- pipes, disks, terminals ---- */

static void reader_goes_away(void)
{
	struct gv_str line = GV_STR("{\"a\":1}");
	struct gv_err err = { 0 };
	struct gv_out *out;
	int ends[2], i;

	signal(SIGPIPE, SIG_IGN);
	CHECK(pipe(ends) == 0);
	close(ends[0]);
	CHECK_OK(gv_out_open(&out, ends[1], &(struct gv_out_opts){ AS(NDJSON) }, &err), &err);
	for (i = 0; i < 1000000 && !gv_out_closed(out); i++)
		CHECK_OK(gv_out_raw_line(out, line, &err), &err);
	CHECK(gv_out_closed(out));
	CHECK(i < 100000);
	CHECK_OK(gv_out_raw_line(out, line, &err), &err);
	CHECK_OK(gv_out_flush(out, &err), &err);
	CHECK_OK(gv_out_close(out, &err), &err);
	close(ends[1]);
}

static void full_disk(void)
{
	static const enum gv_format formats[] = { GV_OUT_NDJSON, GV_OUT_JSON, GV_OUT_TABLE, GV_OUT_CSV };
	const char *want = "cannot write: No space left on device";

	for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++) {
		struct gv_out_opts o = { .format = formats[i], .fields = "a", .header = true };
		struct gv_doc doc = GV_DOC_INIT;
		struct gv_err err = { 0 };
		struct gv_out *out;
		int fd = open("/dev/full", O_WRONLY | O_CLOEXEC), rc = 0;

		CHECK_OK(gv_json_parse(&doc, GV_STR("{\"a\":\"0123456789012345678901234567890123456789\"}"), 0, &err), &err);
		CHECK_OK(gv_out_open(&out, fd, &o, &err), &err);
		CHECK_OK(gv_out_rec(out, &doc.root, &err), &err);
		CHECK(gv_out_flush(out, &err) == GV_EIO && strstr(err.msg, want));
		for (int k = 0; k < 2; k++) {
			gv_err_clear(&err);
			CHECK(gv_out_rec(out, &doc.root, &err) == GV_EIO && strstr(err.msg, want));
		}
		gv_err_clear(&err);
		CHECK(gv_out_close(out, &err) == GV_EIO && strstr(err.msg, want));

		/* only at the end */
		CHECK_OK(gv_out_open(&out, fd, &o, &err), &err);
		CHECK_OK(gv_out_rec(out, &doc.root, &err), &err);
		CHECK(gv_out_close(out, &err) == GV_EIO && strstr(err.msg, want));

		/* in the middle */
		CHECK_OK(gv_out_open(&out, fd, &o, &err), &err);
		for (int k = 0; k < 100000 && !rc; k++)
			rc = gv_out_rec(out, &doc.root, &err);
		CHECK_INT(rc, GV_EIO);
		CHECK(gv_out_close(out, NULL) == GV_EIO);
		close(fd);
		gv_doc_free(&doc);
	}
}

static void closed_descriptor(void)
{
	struct gv_err err = { 0 };
	struct gv_out *out;
	int fd = open("/dev/null", O_WRONLY | O_CLOEXEC);

	close(fd);
	CHECK_OK(gv_out_open(&out, fd, &(struct gv_out_opts){ AS(JSON) }, &err), &err);
	CHECK(gv_out_close(out, &err) == GV_EIO && strstr(err.msg, "cannot write: Bad file descriptor"));
	CHECK(gv_out_close(NULL, &err) == 0);
}

/* A pipe that is full and non-blocking is waited for, and nothing is lost. */
static void slow_reader(void)
{
	struct gv_buf got = GV_BUF_INIT(16 * GV_MIB), want = GV_BUF_INIT(16 * GV_MIB);
	struct gv_err err = { 0 };
	struct gv_out *out;
	int ends[2];
	pid_t child;

	CHECK(pipe(ends) == 0);
	child = fork();
	if (child == 0) {
		close(ends[0]);
		fcntl(ends[1], F_SETFL, O_NONBLOCK);
		if (gv_out_open(&out, ends[1], &(struct gv_out_opts){ AS(NDJSON) }, &err))
			_exit(1);
		for (int i = 0; i < 100000; i++) {
			char line[64];
			int n = snprintf(line, sizeof line, "{\"number\":%d}", i);

			if (gv_out_raw_line(out, (struct gv_str){ line, (size_t)n }, &err))
				_exit(2);
		}
		_exit(gv_out_close(out, &err));
	}
	close(ends[1]);
	usleep(30000);
	CHECK(gv_buf_read_fd(&got, ends[0], "pipe", &err) == 0);
	for (int i = 0; i < 100000; i++)
		gv_buf_addf(&want, "{\"number\":%d}\n", i);
	CHECK(gv_str_eq(gv_buf_str(&got), gv_buf_str(&want)));
	waitpid(child, NULL, 0);
	close(ends[0]);
	gv_buf_free(&got);
	gv_buf_free(&want);
}

/* What a terminal of `columns` shows. */
static void on_terminal(const struct gv_out_opts *o, unsigned short columns, const char *json, struct gv_buf *got)
{
	struct winsize size = { .ws_row = 24, .ws_col = columns };
	struct gv_doc doc = GV_DOC_INIT;
	struct gv_err err = { 0 };
	struct gv_out *out;
	int master = posix_openpt(O_RDWR | O_NOCTTY), slave;
	struct pollfd wait = { .fd = master, .events = POLLIN };
	char block[4096];
	ssize_t n;

	CHECK(master >= 0 && grantpt(master) == 0 && unlockpt(master) == 0);
	slave = open(ptsname(master), O_RDWR | O_NOCTTY);
	CHECK(slave >= 0 && ioctl(slave, TIOCSWINSZ, &size) == 0);
	CHECK_OK(gv_json_parse(&doc, gv_str_of(json), 0, &err), &err);
	CHECK_OK(gv_out_open(&out, slave, o, &err), &err);
	CHECK_OK(gv_out_rec(out, &doc.root, &err), &err);
	if (gv_out_format(out) == GV_OUT_NDJSON)  /* seen at once, not when the buffer is full */
		CHECK(poll(&wait, 1, 1000) == 1);
	CHECK_OK(gv_out_close(out, &err), &err);
	while (poll(&wait, 1, 50) == 1 && (n = read(master, block, sizeof block)) > 0)
		gv_buf_add(got, block, (size_t)n);
	close(slave);
	close(master);
	gv_doc_free(&doc);
}

static void terminals(void)
{
	static const struct { struct gv_out_opts o; const char *no_color, *term, *want; } rows[] = {
		{ { .fields = "id,a", .header = true, .color = -1 }, NULL, "xterm", "\033[1mid  a\033[0m\r\nx   abcdefgh…\r\n" },
		{ { .fields = "id,a", .header = true, .color = -1 }, "1", "xterm", "id  a\r\nx   abcdefgh…\r\n" },
		{ { .fields = "id,a", .header = true, .color = -1 }, "", "dumb", "id  a\r\nx   abcdefgh…\r\n" },
		{ { .fields = "id,a", .header = true, .color = 1 }, "1", "dumb", "\033[1mid  a\033[0m\r\nx   abcdefgh…\r\n" },
		{ { .fields = "id,a", .header = true, .color = 0 }, NULL, "xterm", "id  a\r\nx   abcdefgh…\r\n" },
		{ { .format = GV_OUT_NDJSON, .color = -1 }, NULL, "xterm", "{\"a\":\"abcdefghijklmnop\",\"id\":\"x\"}\r\n" },
		{ { .format = GV_OUT_CSV, .fields = "a", .color = -1 }, NULL, "xterm", "abcdefghijklmnop\r\n" },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct gv_buf got = GV_BUF_INIT(65536);

		unsetenv("NO_COLOR");
		if (rows[i].no_color)
			setenv("NO_COLOR", rows[i].no_color, 1);
		setenv("TERM", rows[i].term, 1);
		on_terminal(&rows[i].o, 13, "{\"a\":\"abcdefghijklmnop\",\"id\":\"x\"}", &got);
		CHECK_STR(got.p ? got.p : "", rows[i].want);
		gv_buf_free(&got);
	}
}

/* Held rows appear when they are asked for, with the widths they have. */
static void flushing(void)
{
	struct gv_buf got = GV_BUF_INIT(65536);
	struct gv_doc doc = GV_DOC_INIT;
	struct gv_err err = { 0 };
	struct gv_out *out;
	int fd = memfd_create("output", MFD_CLOEXEC);

	CHECK_OK(gv_out_open(&out, fd, &(struct gv_out_opts){ AS(TABLE), .fields = "a,b" }, &err), &err);
	CHECK_OK(gv_out_flush(out, &err), &err);
	CHECK_OK(gv_json_parse(&doc, GV_STR("{\"a\":\"xx\",\"b\":1}"), 0, &err), &err);
	CHECK_OK(gv_out_rec(out, &doc.root, &err), &err);
	CHECK_INT(lseek(fd, 0, SEEK_END), 0);
	CHECK_OK(gv_out_flush(out, &err), &err);
	CHECK_INT(lseek(fd, 0, SEEK_END), 12);
	CHECK_OK(gv_json_parse(&doc, GV_STR("{\"a\":\"yyyy\",\"b\":2}"), 0, &err), &err);
	CHECK_OK(gv_out_rec(out, &doc.root, &err), &err);
	CHECK_OK(gv_out_close(out, &err), &err);
	lseek(fd, 0, SEEK_SET);
	CHECK(gv_buf_read_fd(&got, fd, "output", &err) == 0);
	CHECK_STR(got.p, "a   b\nxx  1\nyyyy  2\n");
	close(fd);
	gv_buf_free(&got);
	gv_doc_free(&doc);
}

UNIT_MAIN("out",
	{ "ndjson, json, ids", machine_formats },
	{ "csv and tsv", csv_and_tsv },
	{ "fields", fields },
	{ "masks", masks },
	{ "masking", masking },
	{ "tables", tables },
	{ "tables longer than what is held", long_tables },
	{ "canonical text and lines as they are", without_trees },
	{ "text that is no record", bad_text },
	{ "names of formats", format_names },
	{ "the reader goes away", reader_goes_away },
	{ "a full disk", full_disk },
	{ "a closed descriptor", closed_descriptor },
	{ "a slow reader, non-blocking", slow_reader },
	{ "terminals", terminals },
	{ "flushing", flushing })
