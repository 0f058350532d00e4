/* SPDX-License-Identifier: MIT */
/* What queries do with numbers that are no integers of ours, and the names that they look at. */
#include "query_unit.h"

/* Foreign numbers, exactly. */
static void decimals(void)
{
	static const char huge[] = "{\"a\":123456789012345678901234567890.5}";
	static const struct row rows[] = {
		{ "a=1.5", "{\"a\":1.50}", true }, { "a=1.50", "{\"a\":15e-1}", true },
		{ "a=1.5", "{\"a\":1.5000000000000000000000001}", false },
		{ "a=5", "{\"a\":5.0}", true }, { "a=5.0", "{\"a\":5}", true },
		{ "a=5e0", "{\"a\":5}", true }, { "a=-5.00", "{\"a\":-5}", true },
		{ "a=1e3", "{\"a\":1000}", true }, { "a=1E+3", "{\"a\":1000}", true }, { "a=1000", "{\"a\":1e3}", true },
		{ "a=0", "{\"a\":-0}", true }, { "a=-0", "{\"a\":0.0}", true }, { "a=-0.0", "{\"a\":0}", true },
		{ "a=0", "{\"a\":0e999999}", true },
		{ "a!=5", "{\"a\":5.0}", false }, { "a!=5", "{\"a\":5.01}", true },
		/* order: 10.0 < 9 as text */
		{ "a>9", "{\"a\":10.0}", true }, { "a>9.5", "{\"a\":10}", true }, { "a>9.5", "{\"a\":1e1}", true },
		{ "a<0.5", "{\"a\":0.25}", true }, { "a<=0.25", "{\"a\":0.250}", true }, { "a<0.25", "{\"a\":0.250}", false },
		{ "a>=-12.50", "{\"a\":-12.5}", true }, { "a>-12.50", "{\"a\":-12.4}", true },
		{ "a<-12.50", "{\"a\":-13}", true }, { "a>-1", "{\"a\":-0.5}", true }, { "a<0", "{\"a\":-0.5}", true },
		{ "a>1", "{\"a\":1.5}", true }, { "a>2", "{\"a\":1e1}", true }, { "a<1e-7", "{\"a\":1e-8}", true },
		/* beyond 2^53, beyond 64 bits */
		{ "a=9007199254740993", "{\"a\":9007199254740993}", true },
		{ "a=9007199254740992", "{\"a\":9007199254740993}", false },
		{ "a>9007199254740992", "{\"a\":9007199254740993}", true },
		{ "a=9007199254740992.0", "{\"a\":9007199254740992}", true },
		{ "a=99999999999999999999", "{\"a\":99999999999999999999.0}", true },
		{ "a<99999999999999999999", "{\"a\":5}", true }, { "a>-99999999999999999999", "{\"a\":5}", true },
		{ "a=123456789012345678901234567890.50", huge, true }, { "a>123456789012345678901234567890", huge, true },
		{ "a>5", huge, true }, { "a<5", huge, false },
		{ "a=1e100", "{\"a\":10e99}", true }, { "a<1e100", "{\"a\":9}", true },
		/* text: the same bytes */
		{ "a=1.50", "{\"a\":\"1.50\"}", true }, { "a=1.50", "{\"a\":\"1.5\"}", false }, { "a=1e3", "{\"a\":\"1e3\"}", true },
		{ "a=1e3", "{\"a\":\"1000\"}", false }, { "a>9.5", "{\"a\":\"10\"}", false }, { "a>9.5", "{\"a\":\"9.6\"}", true },
		/* in quotes, and what is no number, look at the text of a foreign number */
		{ "a='1.5'", "{\"a\":1.5}", true }, { "a='1.5'", "{\"a\":1.50}", false }, { "a='5.0'", "{\"a\":5}", false },
		{ "a>'9'", "{\"a\":10.0}", false }, { "a<'9'", "{\"a\":10.0}", true }, { "a<x", "{\"a\":10.0}", true },
		{ "a=01.5", "{\"a\":1.5}", false }, { "a=01.5", "{\"a\":\"01.5\"}", true }, { "a=-01", "{\"a\":-1}", false },
		{ "a=+1.5", "{\"a\":1.5}", false }, { "a=.5", "{\"a\":0.5}", false }, { "a=5.", "{\"a\":5}", false },
		{ "a=1e", "{\"a\":1}", false }, { "a=0x10", "{\"a\":16}", false }, { "a=-", "{\"a\":0}", false },
		{ "a ~ '^1\\.5'", "{\"a\":1.50}", true }, { "a=true", "{\"a\":1.5}", false }, { "a=1.0", "{\"a\":true}", false },
		/* beyond the limits of num.h only text is left */
		{ "a=1e999", "{\"a\":1e999}", true }, { "a=1e999", "{\"a\":10e998}", false }, { "a>5", "{\"a\":1e999}", false },
		{ "a<5", "{\"a\":1e999}", true }, { "a<1e999", "{\"a\":5}", false }, { "a<2e999", "{\"a\":1.5}", true },
		{ "a=1e-999", "{\"a\":0}", false }, { "a=1e-999", "{\"a\":\"1e-999\"}", true },
		/* lists, short ones and sorted ones */
		{ "a in (1, 5.0)", "{\"a\":5}", true }, { "a in (1, 5)", "{\"a\":5.00}", true }, { "a in (1, '5')", "{\"a\":5.0}", false },
		{ "a in (1, '5.0')", "{\"a\":5.0}", true }, { "a not in (1, 5)", "{\"a\":5.0}", false },
#define LONG "a in (x, 7.50, 1e2, 3, '4.0', -2.5, true, 1e999, 12345678901234567890, 3.0, '3.000', 0.5, -0)"
		{ LONG, "{\"a\":7.5}", true }, { LONG, "{\"a\":75e-1}", true }, { LONG, "{\"a\":\"7.5\"}", false },
		{ LONG, "{\"a\":\"7.50\"}", true }, { LONG, "{\"a\":100}", true }, { LONG, "{\"a\":100.0}", true },
		{ LONG, "{\"a\":3}", true }, { LONG, "{\"a\":3.00}", true }, { LONG, "{\"a\":3.000}", true },
		{ LONG, "{\"a\":4.0}", true }, { LONG, "{\"a\":4}", false }, { LONG, "{\"a\":4.00}", false },
		{ LONG, "{\"a\":-2.50}", true }, { LONG, "{\"a\":2.5}", false }, { LONG, "{\"a\":0}", true },
		{ LONG, "{\"a\":1e999}", true }, { LONG, "{\"a\":10e998}", false }, { LONG, "{\"a\":true}", true },
		{ LONG, "{\"a\":12345678901234567890.0}", true }, { LONG, "{\"a\":12345678901234567891}", false },
		{ LONG, "{\"a\":5e-1}", true }, { LONG, "{\"a\":\"x\"}", true }, { LONG, "{\"a\":\"-0\"}", true },
		{ LONG, "{\"a\":\"0\"}", false }, { LONG, "{\"a\":[3]}", false },
	};

	RUN(rows, NULL);
}

static void by_schema(void)
{
	static const struct row rows[] = {
		{ "nonsense=5", "{\"nonsense\":5.0}", true }, /* unknown: as without a schema */
		{ "nonsense>9.5", "{\"nonsense\":10.0}", true },
		{ "claim_fen=5", "{\"claim_fen\":5.0}", false }, /* known: its type counts */
		{ "claim_fen in (1,2,3,4,5,6,7,8,9,10)", "{\"claim_fen\":5.0}", false },
		{ "cause=5.0", "{\"cause\":5.0}", true },
		{ "cause=5.0", "{\"cause\":5.00}", false },
		{ "cause>9", "{\"cause\":10.5}", false },
		{ "cause in (1,2,3,4,5.0,6,7,8,9,10)", "{\"cause\":5.00}", false },
	};

	RUN(rows, cases());
}

/* Sorted by value and searched by halves: more literals than m of a gv_num has room for, too. */
static void long_lists(void)
{
	struct gv_buf text = GV_BUF_INIT(GV_QUERY_MAX);
	struct gv_doc doc = GV_DOC_INIT;
	struct gv_query *q;

	gv_buf_adds(&text, "a in (x");
	for (int i = 0; i < 1000; i++)
		gv_buf_addf(&text, ", %s%d.%d0, %d12345678901234567890.5", i % 2 ? "-" : "", 7919 * i % 1000, i % 7, i + 1);
	gv_buf_adds(&text, ")");
	q = must_parse(text.p, NULL);
	for (int i = 0; q && i < 1000; i++) {
		char rec[64];

		snprintf(rec, sizeof rec, "{\"a\":%s%d.%de0}", i % 2 ? "-" : "", 7919 * i % 1000, i % 7);
		CHECK_INT(gv_json_parse(&doc, gv_str_of(rec), GV_JSON_FOREIGN, NULL), 0);
		CHECK_ROW(gv_query_match(q, &doc.root), rec);
		snprintf(rec, sizeof rec, "{\"a\":%d123456789012345678905e-1}", i + 1);
		CHECK_INT(gv_json_parse(&doc, gv_str_of(rec), GV_JSON_FOREIGN, NULL), 0);
		CHECK_ROW(gv_query_match(q, &doc.root), rec);
		snprintf(rec, sizeof rec, "{\"a\":%d.%d01}", i, i % 10);
		CHECK_INT(gv_json_parse(&doc, gv_str_of(rec), GV_JSON_FOREIGN, NULL), 0);
		CHECK_ROW(!gv_query_match(q, &doc.root), rec);
	}
	gv_query_free(q);
	gv_buf_free(&text);
	gv_doc_free(&doc);
}

static void roots(void)
{
	static const struct { const char *query, *want; } rows[] = {
		{ "a=1", "a|" },
		{ "a.b.c=1 and a.d=2 or exists a[] and not a in (1,2)", "a|a.b.c|a.d|" },
		{ "c ~ x or (b=1 and not exists a.b) or bb=2", "a|a.b|b|bb|c|" },
		{ "案号=1 and 'x y.z'=2 and \"b\"=3 and 'x.y'=4 and 0=5", "0|b|x|x y|x y.z|x.y|案号|" },
		{ "year=2022 and parties[].name=x", "parties|year|" },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct gv_query *q = must_parse(rows[i].query, strncmp(rows[i].query, "year", 4) == 0 ? cases() : NULL);
		struct gv_buf seen = GV_BUF_INIT(256);
		struct gv_str names[8] = { 0 };
		size_t n = q ? gv_query_roots(q, names, 8) : 0;

		for (size_t k = 0; k < n; k++)
			gv_buf_addf(&seen, "%.*s|", (int)names[k].n, names[k].p);
		CHECK_STR(seen.p, rows[i].want);
		names[0] = GV_STR("kept");
		CHECK_INT(q ? gv_query_roots(q, names, 0) : 0, n); /* without room only how many */
		CHECK_BYTES(names[0], GV_STR("kept"));
		gv_buf_free(&seen);
		gv_query_free(q);
	}
}

UNIT_MAIN("query_number",
	{ "compares decimals exactly", decimals },
	{ "leaves fields that the schema knows as they are", by_schema },
	{ "searches long lists of decimals", long_lists },
	{ "lists the first steps of all paths", roots })
