/* SPDX-License-Identifier: MIT */
/* The functions of share/jq/prelude.jq, and jq's own tests through the child. */
#include <math.h>

#include "filter_unit.h"

/* ---- prelude ---- */

static const struct { const char *fn, *in, *want; } calls[] = {
	{ "yuan_to_fen", "\"1234.5\"", "123450" },
	{ "yuan_to_fen", "\"1234.56\"", "123456" },
	{ "yuan_to_fen", "1234.56", "123456" },
	{ "yuan_to_fen", "0.29", "29" }, /* 0.29 * 100 is 28.999999999999996 */
	{ "yuan_to_fen", "1.15", "115" },
	{ "yuan_to_fen", "4.35", "435" },
	{ "yuan_to_fen", "\"0\"", "0" },
	{ "yuan_to_fen", "\"-0\"", "0" },
	{ "yuan_to_fen", "\"-12.30\"", "-1230" },
	{ "yuan_to_fen", "\"007\"", "700" },
	{ "yuan_to_fen", "\"1,234.50\"", "123450" },
	{ "yuan_to_fen", "\"1,234,567\"", "123456700" },
	{ "yuan_to_fen", "\"１２３４.５\"", "123450" },
	{ "yuan_to_fen", "\"１，２３４．５０元\"", "123450" },
	{ "yuan_to_fen", "\"1234.5元\"", "123450" },
	{ "yuan_to_fen", "\" ¥1234.5 \"", "123450" },
	{ "yuan_to_fen", "\"￥1,234.50\"", "123450" },
	{ "yuan_to_fen", "\"人民币5000元整\"", "500000" },
	{ "yuan_to_fen", "\"12.5万元\"", "12500000" },
	{ "yuan_to_fen", "\"12.345678万\"", "12345678" },
	{ "yuan_to_fen", "\"1.2亿\"", "12000000000" },
	{ "yuan_to_fen", "\"1.000\"", "100" },
	{ "yuan_to_fen", "\"9999999999999.99\"", "999999999999999" },
	{ "yuan_to_fen", "null", "null" },
	{ "yuan_to_fen", "\"1.005\"", "\"yuan_to_fen: \\\"1.005\\\" has parts of a fen\"" },
	{ "yuan_to_fen", "\"0.1234567万\"", "\"yuan_to_fen: \\\"0.1234567万\\\" has parts of a fen\"" },
	{ "yuan_to_fen", "\"0.12345678901元\"", "\"yuan_to_fen: \\\"0.12345678901元\\\" has parts of a fen\"" },
	{ "yuan_to_fen", "\"99999999999999.99\"", "\"yuan_to_fen: \\\"99999999999999.99\\\" is too much\"" },
	{ "yuan_to_fen", "\"1,23\"", "\"yuan_to_fen: \\\"1,23\\\" is no amount\"" },
	{ "yuan_to_fen", "\"12,34.5\"", "\"yuan_to_fen: \\\"12,34.5\\\" is no amount\"" },
	{ "yuan_to_fen", "\"\"", "\"yuan_to_fen: \\\"\\\" is no amount\"" },
	{ "yuan_to_fen", "\"1e5\"", "\"yuan_to_fen: \\\"1e5\\\" is no amount\"" },
	{ "yuan_to_fen", "\"1.2.3\"", "\"yuan_to_fen: \\\"1.2.3\\\" is no amount\"" },
	{ "yuan_to_fen", "\"壹佰元\"", "\"yuan_to_fen: \\\"壹佰元\\\" is no amount\"" },
	{ "yuan_to_fen", "\"5\\n6\"", "\"yuan_to_fen: \\\"5\\\\n6\\\" is no amount\"" },
	{ "yuan_to_fen", "true", "\"yuan_to_fen: true is no amount\"" },
	{ "yuan_to_fen", "[1]", "\"yuan_to_fen: [1] is no amount\"" },
	{ "yuan_to_fen", "1e300", "\"yuan_to_fen: 1e+300 is no amount\"" },
	{ "yuan_to_fen", "12345678901234567", "\"yuan_to_fen: \\\"12345678901234567\\\" is too much\"" },
	{ "date_iso", "\"2022-06-03\"", "\"2022-06-03\"" },
	{ "date_iso", "\"2022-6-3\"", "\"2022-06-03\"" },
	{ "date_iso", "\"2022/6/3\"", "\"2022-06-03\"" },
	{ "date_iso", "\"2022.06.03\"", "\"2022-06-03\"" },
	{ "date_iso", "\"2022年6月3日\"", "\"2022-06-03\"" },
	{ "date_iso", "\"２０２２年６月３日\"", "\"2022-06-03\"" },
	{ "date_iso", "\"2022 年 6 月 3 日\"", "\"2022-06-03\"" },
	{ "date_iso", "\"20220603\"", "\"2022-06-03\"" },
	{ "date_iso", "20220603", "\"2022-06-03\"" },
	{ "date_iso", "\" 2022/6/3 0:00:00\"", "\"2022-06-03\"" },
	{ "date_iso", "\"2022-06-03T00:00:00\"", "\"2022-06-03\"" },
	{ "date_iso", "\"2024-02-29\"", "\"2024-02-29\"" },
	{ "date_iso", "\"2000-02-29\"", "\"2000-02-29\"" },
	{ "date_iso", "null", "null" },
	{ "date_iso", "\"2022-02-29\"", "\"date_iso: \\\"2022-02-29\\\" is not a date\"" },
	{ "date_iso", "\"1900-02-29\"", "\"date_iso: \\\"1900-02-29\\\" is not a date\"" },
	{ "date_iso", "\"2022-04-31\"", "\"date_iso: \\\"2022-04-31\\\" is not a date\"" },
	{ "date_iso", "\"2022-13-01\"", "\"date_iso: \\\"2022-13-01\\\" is not a date\"" },
	{ "date_iso", "\"2022-00-01\"", "\"date_iso: \\\"2022-00-01\\\" is not a date\"" },
	{ "date_iso", "\"2022-6/3\"", "\"date_iso: \\\"2022-6/3\\\" is not a date\"" },
	{ "date_iso", "\"22-6-3\"", "\"date_iso: \\\"22-6-3\\\" is not a date\"" },
	{ "date_iso", "\"2022-06-03 10:00\"", "\"date_iso: \\\"2022-06-03 10:00\\\" is not a date\"" },
	{ "date_iso", "\"2022-06-03\\n\"", "\"2022-06-03\"" },
	{ "date_iso", "\"\"", "\"date_iso: \\\"\\\" is not a date\"" },
	{ "date_iso", "202206", "\"date_iso: 202206 is not a date\"" },
	{ "blank_to_null", "\"\"", "null" },
	{ "blank_to_null", "\" \\t\\n　\"", "null" },
	{ "blank_to_null", "\" x \"", "\" x \"" },
	{ "blank_to_null", "0", "0" },
	{ "blank_to_null", "null", "null" },
	{ "half_width", "\"　Ａ１，（x） 张\"", "\"A1,(x) 张\"" },
	{ "half_width", "5", "5" },
	{ "cell", "{\"日期\":\"2022/6/3\"}", "\"2022-06-03\"" },
	{ "cell", "{\"日期\":\" \"}", "null" },
	{ "cell", "{}", "null" },
	{ "cell", "{\"日期\":\"2022/6/31\"}", "\"日期: date_iso: \\\"2022/6/31\\\" is not a date\"" },
};

static void prelude(void)
{
	struct script s = SCRIPT;
	struct gv_buf lines = GV_BUF_INIT(GV_MIB);
	const char *at;

	for (size_t i = 0; i < sizeof calls / sizeof calls[0]; i++)
		gv_buf_addf(&lines, "%s{\"f\":\"%s\",\"v\":%s}", i ? "|" : "", calls[i].fn, calls[i].in);
	at = play(&s, GV_FILTER_MAP, ".f as $f | .v | try (if $f == \"yuan_to_fen\" then yuan_to_fen "
	          "elif $f == \"date_iso\" then date_iso elif $f == \"half_width\" then half_width "
	          "elif $f == \"cell\" then cell(\"日期\"; date_iso) else blank_to_null end) catch .", lines.p, 0);
	for (size_t i = 0; i < sizeof calls / sizeof calls[0]; i++) {
		const char *end = strstr(at, " /1 ");

		if (!end) {
			UNIT_FAIL("the answers end at row %zu: %s", i, at);
			break;
		}
		if ((size_t)(end - at) != strlen(calls[i].want) || strncmp(at, calls[i].want, (size_t)(end - at)) != 0)
			UNIT_FAIL("%s | %s: got %.*s, want %s", calls[i].in, calls[i].fn, (int)(end - at), at, calls[i].want);
		unit_checks++;
		at = end + 4;
	}
	gv_buf_free(&lines);
	gv_buf_free(&s.text);
}

/* ---- real data: jq's own tests ---- */

static bool same_json(const struct gv_val *a, const struct gv_val *b)
{
	bool numbers = (a->type == GV_INT || a->type == GV_NUMBER) && (b->type == GV_INT || b->type == GV_NUMBER);

	if (numbers) {
		double x = a->type == GV_INT ? (double)a->i : strtod(a->s, NULL);
		double y = b->type == GV_INT ? (double)b->i : strtod(b->s, NULL);

		return fabs(x - y) <= fabs(x) * 1e-15;
	}
	if (a->type != b->type || (a->type != GV_ARRAY && a->type != GV_OBJECT))
		return gv_val_eq(a, b);
	if (a->n != b->n)
		return false;
	for (uint32_t i = 0; i < a->n; i++) {
		if (a->type == GV_OBJECT ? !gv_str_eq(a->members[i].name, b->members[i].name) ||
		                           !same_json(&a->members[i].val, &b->members[i].val)
		                         : !same_json(&a->items[i], &b->items[i]))
			return false;
	}
	return true;
}

struct outputs { struct gv_doc docs[64]; size_t n; bool failed, bad; };

static int keep_output(void *ctx, uint64_t tag, size_t index, struct gv_str line, struct gv_err *err)
{
	struct outputs *o = ctx;

	(void)tag;
	(void)err;
	if (line.p && index < 64)
		o->bad |= gv_json_parse(&o->docs[o->n++], line, GV_JSON_FOREIGN, NULL) != 0;
	return 0;
}

static int keep_failure(void *ctx, uint64_t tag, const struct gv_err *why, struct gv_err *err)
{
	(void)tag;
	(void)why;
	(void)err;
	((struct outputs *)ctx)->failed = true;
	return 0;
}

/* What reaches outside one record, and what our numbers are stricter about. */
static bool is_ours(struct gv_str program, struct gv_str input)
{
	static const char *const other[] = {
		"import", "include", "modulemeta", "$__loc__", "$__prog", "env", "$ENV", "input", "debug", "nan", "infinite",
		"now", "localtime", "halt", "get_search_list"
	};
	char *text = strndup(program.p, program.n);
	bool ours = text && !memmem(input.p, input.n, "nan", 3) && !memmem(input.p, input.n, "NaN", 3);
	size_t digits = 0;

	for (size_t i = 0; ours && i < input.n; i++) { /* more than a double holds */
		digits = input.p[i] >= '0' && input.p[i] <= '9' ? digits + 1 : 0;
		ours = digits <= 17;
	}

	for (size_t i = 0; ours && i < sizeof other / sizeof other[0]; i++)
		ours = !strstr(text, other[i]);
	free(text);
	return ours;
}

/* 1 = agrees, 0 = does not, -1 = the reader refuses the input, as it should */
static int run_one(const char *program, struct gv_str input, const struct gv_val *want, struct outputs *o)
{
	struct gv_filter_opts opts = { .mode = GV_FILTER_MAP };
	struct gv_filter_sink sink = { o, keep_output, keep_failure };
	struct gv_filter *f = NULL;
	struct gv_doc doc = GV_DOC_INIT;
	bool same;

	if (gv_json_parse(&doc, input, GV_JSON_FOREIGN, NULL)) {
		gv_doc_free(&doc);
		return -1;
	}
	o->n = 0;
	o->failed = o->bad = false;
	same = gv_filter_open(&f, program, &opts, NULL) == 0 &&
	       gv_filter_push(f, input, NULL, 0, &sink, NULL) == 0 && gv_filter_finish(f, &sink, NULL) == 0;
	gv_filter_close(f);
	same = same && !o->bad && (o->n == want->n || (o->failed && o->n == 0));
	for (uint32_t i = 0; same && i < o->n; i++)
		same = gv_json_parse(&doc, gv_val_str(&want->items[i]), GV_JSON_FOREIGN, NULL) == 0 &&
		       same_json(&o->docs[i].root, &doc.root);
	gv_doc_free(&doc);
	return same;
}

static void real_jq_tests(void)
{
	static struct outputs o;
	struct gv_buf all = GV_BUF_INIT(64 * GV_MIB);
	struct gv_doc row = GV_DOC_INIT;
	char path[4096];
	size_t ran = 0, other = 0, refused = 0;

	if (!unit_real())
		SKIP("real data: set GAVEL_REAL_DATA to run");
	snprintf(path, sizeof path, "%s/jq-tests/jq-tests.ndjson", unit_real());
	CHECK_INT(gv_buf_read_file(&all, path, NULL), 0);
	for (const char *at = all.p; at && *at; at += strcspn(at, "\n") + 1) {
		struct gv_str line = { at, strcspn(at, "\n") };
		const struct gv_val *passes, *outputs;
		struct gv_str program, input;
		int rc;

		CHECK_INT(gv_json_parse(&row, line, GV_JSON_FOREIGN, NULL), 0);
		passes = gv_val_get(&row.root, "passes_jq_1.6");
		outputs = gv_val_get(&row.root, "outputs");
		program = gv_val_getstr(&row.root, "program");
		input = gv_val_getstr(&row.root, "input");
		if (!passes || !passes->truth)
			continue;
		if (!outputs || program.p[0] == '@' || !is_ours(program, input)) {
			other++;
			continue;
		}
		rc = run_one(program.p, input, outputs, &o);
		ran += rc == 1;
		refused += rc == -1;
		if (rc == 0)
			UNIT_FAIL("%s on %s", program.p, input.p);
		unit_checks++;
	}
	printf("# jq's own tests: %zu agree, %zu inputs refused by our reader, %zu of other things\n",
	       ran, refused, other);
	CHECK(ran > 300);
	for (size_t i = 0; i < 64; i++)
		gv_doc_free(&o.docs[i]);
	gv_doc_free(&row);
	gv_buf_free(&all);
}

int main(void)
{
	static const struct unit_test tests[] = {
		{ "prelude", prelude },
		{ "real: jq's own tests", real_jq_tests },
	};

	set_up();
	return unit_run("filter_jq", tests, sizeof tests / sizeof tests[0]);
}
