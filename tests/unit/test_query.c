/* SPDX-License-Identifier: MIT */
#include "query_unit.h"

/* ---- without a schema ---- */

static void compares(void)
{
	static const struct row rows[] = {
		{ "a=1", "{\"a\":1}", true },
		{ "a=1", "{\"a\":2}", false },
		{ "a=1", "{\"a\":\"1\"}", true },
		{ "a='1'", "{\"a\":1}", false },
		{ "a='1'", "{\"a\":\"1\"}", true },
		{ "a=007", "{\"a\":7}", false },
		{ "a=007", "{\"a\":\"007\"}", true },
		{ "a=-5", "{\"a\":-5}", true },
		{ "a=-0", "{\"a\":0}", true },
		{ "a=-0", "{\"a\":\"0\"}", false },
		{ "a=0", "{\"a\":0}", true },
		{ "a=9007199254740992", "{\"a\":9007199254740992}", true },
		{ "a=99999999999999999999", "{\"a\":\"99999999999999999999\"}", true },
		{ "a=true", "{\"a\":true}", true },
		{ "a=true", "{\"a\":\"true\"}", true },
		{ "a='true'", "{\"a\":true}", false },
		{ "a=false", "{\"a\":true}", false },
		{ "a=x", "{\"a\":true}", false },
		{ "a=1.5", "{\"a\":1.5}", true },
		{ "a!=1", "{\"a\":2}", true },
		{ "a!=1", "{\"a\":1}", false },
		{ "a!=1", "{}", true },
		{ "a!=1", "{\"a\":null}", true },
		{ "a=1", "{}", false },
		{ "a=1", "[1]", false },
		{ "a=1", "7", false },
		{ "a=''", "{\"a\":\"\"}", true },
		{ "a=''", "{}", false },
		{ "a<2", "{\"a\":1}", true },
		{ "a<2", "{\"a\":2}", false },
		{ "a<=2", "{\"a\":2}", true },
		{ "a>2", "{\"a\":10}", true },
		{ "a>2", "{\"a\":\"10\"}", false }, /* text by its bytes */
		{ "a>=2", "{\"a\":2}", true },
		{ "a>=x", "{\"a\":2}", false },
		{ "a<2", "{}", false },
		{ "a<2", "{\"a\":null}", false },
		{ "a<2", "{\"a\":[1]}", false },
		{ "a<2", "{\"a\":true}", false },
		{ "not a<2", "{}", true },
		{ "d<2022-06-30", "{\"d\":\"2022-06-29\"}", true },
		{ "d<2022-06-30", "{\"d\":\"2022-06-30\"}", false },
		{ "d>2022-06", "{\"d\":\"2022-06-01\"}", true },
		{ "a=z", "{\"a\":\"张\"}", false },
		{ "a>z", "{\"a\":\"张\"}", true },
		{ "a>ａ", "{\"a\":\"😀\"}", true }, /* code points, not UTF-16 units */
	};

	RUN(rows, NULL);
}

static void paths(void)
{
	static const struct row rows[] = {
		{ "a.b=1", "{\"a\":{\"b\":1}}", true },
		{ "a.b=1", "{\"a\":1}", false },
		{ "a.b.c=1", "{\"a\":{\"b\":{\"c\":1}}}", true },
		{ "a.0=1", "{\"a\":[1,2]}", true },
		{ "a.1=1", "{\"a\":[1,2]}", false },
		{ "a.2=1", "{\"a\":[1,2]}", false },
		{ "a.0=1", "{\"a\":{\"0\":1}}", true },
		{ "a.0.b=x", "{\"a\":[{\"b\":\"x\"}]}", true },
		{ "a.999999999=1", "{\"a\":[1]}", false },
		{ "a.99999999999999999999=1", "{\"a\":[1]}", false },
		{ "a.-1=1", "{\"a\":[1]}", false },
		{ "a[]=1", "{\"a\":[2,1]}", true },
		{ "a[]=1", "{\"a\":[2,3]}", false },
		{ "a[]=1", "{\"a\":[]}", false },
		{ "a[]=1", "{\"a\":1}", false },
		{ "a[]=1", "{}", false },
		{ "a[]!=1", "{\"a\":[2,1]}", false }, /* not (a[] = 1) */
		{ "a[]!=1", "{\"a\":[2,3]}", true },
		{ "a[]!=1", "{\"a\":[]}", true },
		{ "a[]!=1", "{}", true },
		{ "not a[]=1", "{\"a\":[2,3]}", true },
		{ "a[].b=x", "{\"a\":[{\"b\":\"y\"},{\"b\":\"x\"}]}", true },
		{ "a[].b[].c=1", "{\"a\":[{\"b\":[]},{\"b\":[{\"c\":2},{\"c\":1}]}]}", true },
		{ "a[].b[].c=3", "{\"a\":[{\"b\":[]},{\"b\":[{\"c\":2},{\"c\":1}]}]}", false },
		{ "a[][]=4", "{\"a\":[[1,2],[3,4]]}", true },
		{ "a[].0=3", "{\"a\":[[1,2],[3,4]]}", true },
		{ "a[]>1", "{\"a\":[0,1,2]}", true },
		{ "a[].b in (x, y)", "{\"a\":[{\"b\":\"z\"},{\"b\":\"y\"}]}", true },
		{ "a[].b not in (x, y)", "{\"a\":[{\"b\":\"z\"},{\"b\":\"y\"}]}", false },
		{ "exists a", "{\"a\":0}", true },
		{ "exists a", "{\"a\":null}", false },
		{ "exists a", "{}", false },
		{ "not exists a", "{}", true },
		{ "exists a[].b", "{\"a\":[{},{\"b\":1}]}", true },
		{ "exists a[].b", "{\"a\":[{},{}]}", false },
		{ "exists a[]", "{\"a\":[]}", false },
		{ "exists a[]", "{\"a\":[null]}", false },
		{ "exists a", "{\"a\":[]}", true },
		{ "案号=1", "{\"案号\":1}", true },
		{ "'a b'=1", "{\"a b\":1}", true },
		{ "'in'=1", "{\"in\":1}", true },
		{ "exists 'exists'", "{\"exists\":1}", true },
	};

	RUN(rows, NULL);
}

static void words(void)
{
	static const struct row rows[] = {
		{ "id=（2022）沪0114民初1234号", "{\"id\":\"（2022）沪0114民初1234号\"}", true },
		{ "id = （2022）沪0114民初1234号 and a=1", "{\"id\":\"（2022）沪0114民初1234号\",\"a\":1}", true },
		{ "no=法释〔2015〕8号", "{\"no\":\"法释〔2015〕8号\"}", true },
		{ "no=法释[2015]8号", "{\"no\":\"法释[2015]8号\"}", true },
		{ "t=2022-06-30T09:00:00+08:00", "{\"t\":\"2022-06-30T09:00:00+08:00\"}", true },
		{ "u=https://example.org/a?b#c%20;d", "{\"u\":\"https://example.org/a?b#c%20;d\"}", true },
		{ "n=O'Brien", "{\"n\":\"O'Brien\"}", true },
		{ "n=a\"b", "{\"n\":\"a\\\"b\"}", true },
		{ "n=甲、乙，丙", "{\"n\":\"甲、乙，丙\"}", true },
		{ "n=what!", "{\"n\":\"what!\"}", true },
		{ "n=a\\b", "{\"n\":\"a\\\\b\"}", true },
		{ "n　=　x", "{\"n\":\"x\"}", true }, /* ideographic spaces */
		{ "\tn\n=\r\nx ", "{\"n\":\"x\"}", true },
		{ "n='a b'", "{\"n\":\"a b\"}", true },
		{ "n=\"(a, b)\"", "{\"n\":\"(a, b)\"}", true },
		{ "n='it\\'s'", "{\"n\":\"it's\"}", true },
		{ "n='\"'", "{\"n\":\"\\\"\"}", true },
		{ "n='a\\nb\\tc\\rd\\\\e'", "{\"n\":\"a\\nb\\tc\\rd\\\\e\"}", true },
		{ "n='\\d'", "{\"n\":\"\\\\d\"}", true },
		{ "n='and'", "{\"n\":\"and\"}", true },
		{ "n=And", "{\"n\":\"And\"}", true },
		{ "n=android", "{\"n\":\"android\"}", true },
		{ "n in (a,'b,c' , \"d\")", "{\"n\":\"b,c\"}", true },
		{ "n in(a)", "{\"n\":\"a\"}", true },
		{ "n in (（a）)", "{\"n\":\"（a）\"}", true },
		{ "n not in (a,b)", "{\"n\":\"c\"}", true },
		{ "n not in (a,b)", "{}", true },
		{ "n not in (a,b)", "{\"n\":\"b\"}", false },
		{ "n=x​", "{\"n\":\"x\"}", false }, /* a zero-width space is no blank */
	};

	RUN(rows, NULL);
}

static void logic(void)
{
	static const char none[] = "{}", a[] = "{\"a\":1}", b[] = "{\"b\":1}", c[] = "{\"c\":1}";
	static const char ab[] = "{\"a\":1,\"b\":1}", abc[] = "{\"a\":1,\"b\":1,\"c\":1}", bc[] = "{\"b\":1,\"c\":1}";
	static const struct row rows[] = {
		{ "a=1 and b=1", ab, true }, { "a=1 and b=1", a, false },
		{ "a=1 or b=1", b, true }, { "a=1 or b=1", none, false },
		{ "a=1 or b=1 and c=1", a, true }, { "a=1 or b=1 and c=1", b, false },
		{ "a=1 or b=1 and c=1", bc, true },
		{ "(a=1 or b=1) and c=1", a, false }, { "(a=1 or b=1) and c=1", bc, true },
		{ "a=1 and b=1 or c=1", c, true }, { "a=1 and (b=1 or c=1)", c, false },
		{ "not a=1 and b=1", b, true }, { "not a=1 and b=1", none, false },
		{ "not (a=1 and b=1)", none, true }, { "not (a=1 and b=1)", ab, false },
		{ "not a=1 or b=1", ab, true }, { "not (a=1 or b=1)", b, false },
		{ "not not a=1", a, true }, { "not not a=1", none, false }, { "not not not a=1", none, true },
		{ "not a!=1", a, true }, { "not a!=1", none, false },
		{ "not a not in (1)", a, true },
		{ "((((a=1))))", a, true }, { "not(a=1)", a, false }, { "(not(not(a=1)))", a, true },
		{ "a=1 and b=1 and c=1", abc, true }, { "a=1 and b=1 and c=1", ab, false },
		{ "a=1 or b=1 or c=1", c, true }, { "a=2 or b=2 or c=2", abc, false },
		{ "exists a and not exists b", a, true }, { "exists a and not exists b", ab, false },
	};

	RUN(rows, NULL);
}

static void patterns(void)
{
	static const struct row rows[] = {
		{ "n ~ ^上海", "{\"n\":\"上海某公司\"}", true },
		{ "n ~ ^上海", "{\"n\":\"在上海\"}", false },
		{ "n~'^\\d{4}$'", "{\"n\":\"2022\"}", true },
		{ "n~'^.$'", "{\"n\":\"张\"}", true },
		{ "n~'^.$'", "{\"n\":\"𠮷\"}", true },
		{ "n~'^\\w+$'", "{\"n\":\"张三\"}", true },
		{ "n~'(a|b)\\1'", "{\"n\":\"bb\"}", true },
		{ "n~'(?i)ABC'", "{\"n\":\"xabcx\"}", true },
		{ "n~'a\\.b'", "{\"n\":\"axb\"}", false },
		{ "n~'a\\\\.b'", "{\"n\":\"a.b\"}", true },
		{ "n~''", "{\"n\":\"\"}", true },
		{ "n~''", "{}", false },
		{ "not n~x", "{}", true },
		{ "n~1", "{\"n\":1}", false },
		{ "p[].n~二", "{\"p\":[{\"n\":\"一\"},{\"n\":\"二\"}]}", true },
		{ "n~a and m~b", "{\"n\":\"a\",\"m\":\"b\"}", true },
	};

	RUN(rows, NULL);
}

/* A list longer than a few is sorted: the same answers, whatever the types. */
static void long_lists(void)
{
	struct gv_buf text = GV_BUF_INIT(GV_QUERY_MAX);
	struct gv_doc doc = GV_DOC_INIT;
	struct gv_query *q;

	gv_buf_adds(&text, "a in (true, '5', 5, '-17', 案");
	for (int i = 0; i < 4000; i++)
		gv_buf_addf(&text, ", n%d, %d", 7919 * i % 4000, i * 3 - 6000);
	gv_buf_adds(&text, ")");
	q = must_parse(text.p, NULL);
	for (int i = -6100; q && i < 6100; i++) {
		char rec[64];
		bool want = i == 5 || (i >= -6000 && i < 6000 && i % 3 == 0);

		snprintf(rec, sizeof rec, "{\"a\":%d}", i);
		CHECK_INT(gv_json_parse(&doc, gv_str_of(rec), 0, NULL), 0);
		CHECK_ROW(gv_query_match(q, &doc.root) == want, rec);
		snprintf(rec, sizeof rec, "{\"a\":\"n%d\"}", i);
		CHECK_INT(gv_json_parse(&doc, gv_str_of(rec), 0, NULL), 0);
		CHECK_ROW(gv_query_match(q, &doc.root) == (i >= 0 && i < 4000), rec);
	}
	gv_query_free(q);
	gv_buf_free(&text);
	gv_doc_free(&doc);
	static const struct row rows[] = {
		{ "a in (1,2,3,4,5,6,7,8,9,true,x,-3,'12')", "{\"a\":true}", true },
		{ "a in (1,2,3,4,5,6,7,8,9,true,x,-3,'12')", "{\"a\":false}", false },
		{ "a in (1,2,3,4,5,6,7,8,9,true,x,-3,'12')", "{\"a\":-3}", true },
		{ "a in (1,2,3,4,5,6,7,8,9,true,x,-3,'12')", "{\"a\":\"-3\"}", true },
		{ "a in (1,2,3,4,5,6,7,8,9,true,x,-3,'12')", "{\"a\":12}", false },
		{ "a in (1,2,3,4,5,6,7,8,9,true,x,-3,'12',12)", "{\"a\":12}", true },
		{ "a in (1,2,3,4,5,6,7,8,9,true,x,-3,'12')", "{\"a\":\"12\"}", true },
		{ "a in (1,2,3,4,5,6,7,8,9,true,x,-3,'12')", "{\"a\":[1]}", false },
		{ "a in (1,1,1,1,1,1,1,1,1,1)", "{\"a\":1}", true },
	};
	RUN(rows, NULL);
}

/* ---- with a schema ---- */

static void by_schema(void)
{
	static const struct row rows[] = {
		{ "claim_fen>=5000000", "{\"claim_fen\":5000000}", true },
		{ "claim_fen>=5000000", "{\"claim_fen\":10}", false },
		{ "claim_fen>=5000000", "{\"claim_fen\":\"6000000\"}", false },
		{ "claim_fen='5'", "{\"claim_fen\":5}", true },
		{ "claim_fen=0005", "{\"claim_fen\":5}", true },
		{ "claim_fen in (1,2,3,4,5,6,7,8,9,010)", "{\"claim_fen\":10}", true },
		{ "custody=true", "{\"custody\":true}", true },
		{ "custody!=true", "{\"custody\":false}", true },
		{ "custody=true", "{\"custody\":\"true\"}", false },
		{ "cause=007", "{\"cause\":\"007\"}", true },
		{ "cause=7", "{\"cause\":7}", false },
		{ "state in (open, suspended) and not exists closed_on", "{\"state\":\"suspended\"}", true },
		{ "filed_on<2022-06-30", "{\"filed_on\":\"2022-06-29\"}", true },
		{ "filed_on ~ '^2022-06'", "{\"filed_on\":\"2022-06-29\"}", true },
		{ "parties[].name=某甲", "{\"parties\":[{\"name\":\"某乙\"},{\"name\":\"某甲\"}]}", true },
		{ "parties.0.name=某甲", "{\"parties\":[{\"name\":\"某乙\"},{\"name\":\"某甲\"}]}", false },
		{ "panel[]=某甲", "{\"panel\":[\"某乙\",\"某甲\"]}", true },
		{ "exists parties", "{\"parties\":[]}", true },
		{ "exists source", "{\"source\":{}}", true },
		{ "court=沪0114 and year=2022", "{\"court\":\"沪0114\",\"year\":2022}", true },
		{ "events[].on=2022-06-30", "{\"events\":[{\"on\":\"2022-06-30T23:00:00+08:00\"}]}", true },
		{ "events[].on=2022-06-30", "{\"events\":[{\"on\":\"2022-06-30T16:00:00Z\"}]}", false },
		{ "events[].on=2022-07-01", "{\"events\":[{\"on\":\"2022-06-30T16:00:00Z\"}]}", true },
		{ "events[].on<=2022-06-30", "{\"events\":[{\"on\":\"2022-06-30T09:00:00+08:00\"}]}", true },
		{ "events[].on>2022-06-30", "{\"events\":[{\"on\":\"2022-06-30T09:00:00+08:00\"}]}", false },
		{ "events[].on>2022-06-30T08:59+08:00", "{\"events\":[{\"on\":\"2022-06-30T09:00:00+08:00\"}]}", true },
		{ "events[].on>=2022-06-30T09:01+08:00", "{\"events\":[{\"on\":\"2022-06-30T09:00:00+08:00\"}]}", false },
		{ "events[].on>=2022-06-30", "{\"events\":[{\"on\":\"soon\"}]}", false },
		{ "events[].on in (2022-06-30, 2022-07-01)", "{\"events\":[{\"on\":\"2022-07-01\"}]}", true },
		{ "id='(2022)沪0114民初1234号'", "{\"id\":\"（2022）沪0114民初1234号\"}", true },
		{ "id=（2022）沪0114民初1234", "{\"id\":\"（2022）沪0114民初1234号\"}", true },
		{ "id in (（2022）沪0114民初1号, '〔2022〕沪0114民初2号')", "{\"id\":\"（2022）沪0114民初2号\"}", true },
		{ "links[].id='（2021） 沪0114 民初 7号'", "{\"links\":[{\"id\":\"（2021）沪0114民初7号\"}]}", true },
		{ "id='no number'", "{\"id\":\"no number\"}", true },
		{ "id ~ 民初", "{\"id\":\"（2022）沪0114民初2号\"}", true },
		{ "nonsense=5", "{\"nonsense\":5}", true },
	};

	setenv("GAVEL_SHARE", "share", 0);
	RUN(rows, cases());
}

static void note(void *ctx, struct gv_str path)
{
	gv_buf_addstr(ctx, path);
	gv_buf_addc(ctx, '|');
}

static void names(void)
{
	struct gv_buf seen = GV_BUF_INIT(256);
	struct gv_query *q = NULL;
	struct gv_err err = { 0 };

	CHECK_OK(gv_query_parse(&q, "coust=1 or parties[].nam ~ x and year>2020 and exists casue "
	                        "or court in (a) and year=2 and state=open", cases(), note, &seen, &err), &err);
	CHECK_STR(seen.p, "coust|parties[].nam|casue|");
	CHECK_STR(q ? gv_query_derived(q) : "", "year,court");
	gv_query_free(q);
	gv_buf_reset(&seen);
	CHECK_OK(gv_query_parse(&q, "claim_fen>1 and parties.0.agents[].name=x", cases(), note, &seen, &err), &err);
	CHECK_INT(seen.n, 0);
	CHECK_STR(q ? gv_query_derived(q) : "x", "");
	gv_query_free(q);
	gv_buf_free(&seen);
	gv_query_free(NULL);
}

/* ---- mistakes ---- */

static const struct { const char *query, *text; } wrong[] = {
	{ "", "column 1: a condition is missing" },
	{ " \t　", "column 1: a condition is missing" },
	{ "a=1 and", "column 5: \"and\" needs something on its right" },
	{ "案=1 and ", "column 5: \"and\" needs something on its right" },
	{ "a=1 and or b=2", "column 5: \"and\" needs something on its right" },
	{ "a=1 or )", "column 5: \"or\" needs something on its right" },
	{ "not", "column 1: \"not\" needs something on its right" },
	{ "not and a=1", "column 1: \"not\" needs something on its right" },
	{ "exists", "column 1: \"exists\" needs something on its right" },
	{ "exists (a)", "column 1: \"exists\" needs something on its right" },
	{ "and a=1", "column 1: \"and\" needs something on its left" },
	{ "=1", "column 1: \"=\" needs something on its left" },
	{ ", a", "column 1: \",\" needs something on its left" },
	{ "in (a)", "column 1: \"in\" needs something on its left" },
	{ "a", "column 1: \"a\" needs an operator on its right: = != < <= > >= ~ in" },
	{ "a b", "column 1: \"a\" needs an operator on its right: = != < <= > >= ~ in" },
	{ "a=1 and b", "column 9: \"b\" needs an operator on its right: = != < <= > >= ~ in" },
	{ "a not b", "column 1: \"a\" needs an operator on its right: = != < <= > >= ~ in" },
	{ "state＝open", "column 1: \"state＝open\" needs an operator on its right: = != < <= > >= ~ in" },
	{ "a=", "column 2: \"=\" needs a value on its right" },
	{ "a==1", "column 2: \"=\" needs a value on its right" },
	{ "a<>1", "column 2: \"<\" needs a value on its right" },
	{ "a >= , b", "column 3: \">=\" needs a value on its right" },
	{ "a=(2022)x", "column 2: \"=\" needs a value on its right; one with brackets goes in quotes" },
	{ "a ~", "column 3: \"~\" needs a value on its right" },
	{ "a=and b=1", "column 2: \"=\" needs a value on its right; if that is the word and, put it in quotes" },
	{ "a in b", "column 3: \"in\" needs a list in brackets on its right: in (a, b)" },
	{ "a in ()", "column 6: \"(\" needs a value on its right" },
	{ "a in (b,)", "column 8: \",\" needs a value on its right" },
	{ "a in (b c)", "column 9: a comma is missing between the values of the list" },
	{ "a in (b, c", "column 6: \"(\" is not closed" },
	{ "a in (b", "column 6: \"(\" is not closed" },
	{ "a in (", "column 6: \"(\" needs a value on its right" },
	{ "(a=1", "column 1: \"(\" is not closed" },
	{ "((a=1)", "column 1: \"(\" is not closed" },
	{ "()", "column 1: \"(\" needs something on its right" },
	{ "a=1)", "column 4: \")\" closes nothing" },
	{ ")", "column 1: \")\" closes nothing" },
	{ "a=1 b=2", "column 5: expected \"and\", \"or\" or the end, not \"b\"" },
	{ "a=1 && b=2", "column 5: expected \"and\", \"or\" or the end, not \"&&\"" },
	{ "a=1 AND b=2", "column 5: expected \"and\", \"or\" or the end, not \"AND\"" },
	{ "(a=1 b=2)", "column 6: expected \"and\", \"or\" or the end, not \"b\"" },
	{ "a=1 'x'", "column 5: expected \"and\", \"or\" or the end, not \"'x'\"" },
	{ "a='b", "column 3: the quote ' is not closed" },
	{ "a=\"b'", "column 3: the quote \" is not closed" },
	{ "a='b\\'", "column 3: the quote ' is not closed" },
	{ "a='", "column 3: the quote ' is not closed" },
	{ "a='\\", "column 3: the quote ' is not closed" },
	{ "a..b=1", "column 3: a step of the path is empty" },
	{ ".a=1", "column 1: a step of the path is empty" },
	{ "a.=1", "column 3: a step of the path is empty" },
	{ "''=1", "column 2: a step of the path is empty" },
	{ "[]=1", "column 1: a step of the path is empty" },
	{ "a.b[0]=1", "column 3: a path takes [] for any item and .0 for the first" },
	{ "a[=1", "column 1: a path takes [] for any item and .0 for the first" },
	{ "a[]b=1", "column 1: a path takes [] for any item and .0 for the first" },
	{ "a[]bc=1", "column 1: a path takes [] for any item and .0 for the first" },
	{ "a~'x('", "column 6: the pattern is wrong here: missing closing parenthesis" },
	{ "案 ~ '张\\'[z-a]'",
	  "column 12: the pattern is wrong here: range out of order in character class" },
	{ "a~[", "column 4: the pattern is wrong here: missing terminating ] for character class" },
	{ "a~'\\C'", "column 6: the pattern is wrong here: using \\C is disabled by the application" },
	{ "a=\xff", "column 3: broken UTF-8" },
	{ "a~'((a{99}b){999}){99}'", "column 23: the pattern is wrong here: regular expression is too large" },
};

static void mistakes(void)
{
	for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
		struct gv_query *q = NULL;
		struct gv_err err = { 0 };

		CHECK_ERR(gv_query_parse(&q, wrong[i].query, NULL, NULL, NULL, &err), &err,
		          GV_EUSAGE, wrong[i].text);
		CHECK_ROW(q == NULL, wrong[i].query);
		CHECK_ROW(gv_query_parse(&q, wrong[i].query, NULL, NULL, NULL, NULL) == GV_EUSAGE, wrong[i].query);
	}
}

static void mistakes_by_schema(void)
{
	static const struct { const char *query, *text; } rows[] = {
		{ "claim_fen=abc", "column 11: claim_fen: \"abc\" is not an integer" },
		{ "claim_fen>=1.5", "column 12: claim_fen: \"1.5\" is not an integer" },
		{ "claim_fen=''", "column 11: claim_fen: \"\" is not an integer" },
		{ "claim_fen in (1, x)", "column 18: claim_fen: \"x\" is not an integer" },
		{ "claim_fen=9007199254740993",
		  "column 11: claim_fen: \"9007199254740993\" is beyond 2^53, which no record can hold" },
		{ "claim_fen~5", "column 10: claim_fen: the field holds an integer, and ~ looks at text" },
		{ "year=x", "column 6: year: \"x\" is not an integer" },
		{ "filed_on >= 2022-02-30", "column 13: filed_on: \"2022-02-30\" is not a date (2022-06-30)" },
		{ "filed_on=2022/6/1", "column 10: filed_on: \"2022/6/1\" is not a date (2022-06-30)" },
		{ "parties[].born_on=x", "column 19: parties[].born_on: \"x\" is not a date (2022-06-30)" },
		{ "events[].on>x", "column 13: events[].on: \"x\" is neither a date (2022-06-30) nor a time"
		                   " (2022-06-30T09:00+08:00)" },
		{ "custody=yes", "column 9: custody: \"yes\" is neither true nor false" },
		{ "custody<true", "column 8: custody: the field is true or false, and only = and != fit" },
		{ "custody~true", "column 8: custody: the field is true or false, and only = and != fit" },
		{ "parties=x", "column 1: parties: the field holds a list; write parties[] for any item of it" },
		{ "panel in (x)", "column 1: panel: the field holds a list; write panel[] for any item of it" },
		{ "parties[]=x", "column 1: parties[]: the field holds an object; name a field in it" },
		{ "source=x", "column 1: source: the field holds an object; name a field in it" },
		{ "procedure=simple", "column 11: procedure: \"simple\" is none of"
		                      " ordinary, simplified, small-claim, special, fast-track" },
		{ "a=1 and custody!=1", "column 18: custody: \"1\" is neither true nor false" },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct gv_query *q = NULL;
		struct gv_err err = { 0 };

		CHECK_ERR(gv_query_parse(&q, rows[i].query, cases(), NULL, NULL, &err), &err,
		          GV_EUSAGE, rows[i].text);
	}
}

static void limits(void)
{
	struct gv_buf t = GV_BUF_INIT(2 * GV_QUERY_MAX);
	struct gv_doc doc = GV_DOC_INIT;
	struct gv_query *q = NULL;
	struct gv_err err = { 0 };

	CHECK_INT(gv_json_parse(&doc, GV_STR("{\"a\":1}"), 0, NULL), 0);
	for (int i = 0; i < 64; i++)
		gv_buf_adds(&t, "(");
	gv_buf_adds(&t, "a=1");
	for (int i = 0; i < 64; i++)
		gv_buf_adds(&t, ")");
	q = must_parse(t.p, NULL);
	CHECK(q && gv_query_match(q, &doc.root));
	gv_query_free(q);
	gv_buf_reset(&t);
	for (int i = 0; i < 60000; i++)
		gv_buf_adds(&t, "(");
	CHECK_ERR(gv_query_parse(&q, t.p, NULL, NULL, NULL, &err), &err, GV_EUSAGE,
	          "column 65: brackets are nested deeper than 64");

	gv_buf_reset(&t);
	for (int i = 0; i < 32; i++)
		gv_buf_adds(&t, "a[].");
	gv_buf_adds(&t, "b=1");
	CHECK_ERR(gv_query_parse(&q, t.p, NULL, NULL, NULL, &err), &err, GV_EUSAGE,
	          "column 1: a path has at most 64 steps");
	gv_buf_reset(&t);
	for (int i = 0; i < 200; i++)
		gv_buf_adds(&t, i ? "[]" : "a");
	gv_buf_adds(&t, "=1");
	CHECK_INT(gv_query_parse(&q, t.p, NULL, NULL, NULL, &err), GV_EUSAGE);
	gv_buf_free(&t);
	gv_doc_free(&doc);
}

static void long_ones(void)
{
	struct gv_buf t = GV_BUF_INIT(2 * GV_QUERY_MAX);
	struct gv_doc doc = GV_DOC_INIT;
	struct gv_query *q = NULL;
	struct gv_err err = { 0 };

	/* a chain is no nesting, and neither is "not not" */
	CHECK_INT(gv_json_parse(&doc, GV_STR("{\"a\":1}"), 0, NULL), 0);
	for (int i = 0; i < 8000; i++)
		gv_buf_adds(&t, "not ");
	gv_buf_adds(&t, "b=1");
	for (int i = 0; i < 4000; i++)
		gv_buf_adds(&t, " or b=2");
	q = must_parse(t.p, NULL);
	CHECK(q && !gv_query_match(q, &doc.root));
	gv_query_free(q);

	gv_buf_reset(&t);
	while (t.n < GV_QUERY_MAX - 2)
		gv_buf_addc(&t, 'x');
	gv_buf_adds(&t, "=1");
	q = must_parse(t.p, NULL);
	gv_query_free(q);
	gv_buf_addc(&t, '1');
	CHECK_ERR(gv_query_parse(&q, t.p, NULL, NULL, NULL, &err), &err, GV_EUSAGE,
	          "the query is longer than 65536 bytes");
	gv_buf_reset(&t); /* long names in messages are cut at a character */
	for (int i = 0; i < 1000; i++)
		gv_buf_adds(&t, "案");
	CHECK_ERR(gv_query_parse(&q, t.p, NULL, NULL, NULL, &err), &err, GV_EUSAGE,
	          "column 1: \"案案案案案案案案案案案案案案案案案案案案案案案案案案…\""
	          " needs an operator on its right: = != < <= > >= ~ in");
	gv_buf_free(&t);
	gv_doc_free(&doc);
}

/* Patterns that backtrack without end give up and say so; long ordinary texts do not. */
static void trouble(void)
{
	static const char *const bad[] = {
		"n~'^(a+)+$'", "n~'^(a|aa)+$'", "n~'^(?:(?:a?){40}a{40}|x)b'", "n~'(.*)*b\\1$'", "n~'^((a*)*)*$'",
	};
	struct gv_buf rec = GV_BUF_INIT(20 * GV_MIB);
	struct gv_doc doc = GV_DOC_INIT;
	struct gv_err err = { 0 };
	struct gv_query *q;

	gv_buf_adds(&rec, "{\"n\":\"");
	for (int i = 0; i < 60; i++)
		gv_buf_addc(&rec, 'a');
	gv_buf_adds(&rec, "!\"}");
	CHECK_OK(gv_json_parse(&doc, gv_buf_str(&rec), 0, &err), &err);
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		q = must_parse(bad[i], NULL);
		CHECK_INT(gv_query_trouble(q, &err), 0);
		CHECK(!gv_query_match(q, &doc.root));
		CHECK_ROW(gv_query_trouble(q, NULL) == 0 || gv_query_trouble(q, NULL) == GV_EDATA, bad[i]);
		gv_query_free(q);
	}
	q = must_parse(bad[0], NULL);
	gv_query_match(q, &doc.root);
	CHECK_ERR(gv_query_trouble(q, &err), &err, GV_EDATA, "a pattern of the query takes too long"
	          " on a text of 61 bytes: match limit exceeded");
	gv_query_free(q);

	gv_buf_reset(&rec);
	gv_buf_adds(&rec, "{\"n\":\"");
	while (rec.n < 2 * GV_MIB)
		gv_buf_adds(&rec, "经审理查明 a1 ");
	gv_buf_adds(&rec, "终\"}");
	CHECK_OK(gv_json_parse(&doc, gv_buf_str(&rec), 0, &err), &err);
	q = must_parse("n~'[a-z]\\d+[^ ]*终' or n~'(明|a) +终$' or n~'\\d.终'", NULL);
	CHECK(q && gv_query_match(q, &doc.root));
	CHECK_OK(gv_query_trouble(q, &err), &err);
	gv_query_free(q);
	gv_buf_free(&rec);
	gv_doc_free(&doc);
}

UNIT_MAIN("query",
	{ "compares numbers, text and what is missing", compares },
	{ "follows paths, items and any item", paths },
	{ "takes bare words and quotes", words },
	{ "not before and before or", logic },
	{ "matches patterns", patterns },
	{ "searches long lists by halves", long_lists },
	{ "takes types from the schema", by_schema },
	{ "reports unknown names and derived fields", names },
	{ "says where the mistake is", mistakes },
	{ "says what does not fit the schema", mistakes_by_schema },
	{ "keeps its limits", limits },
	{ "takes long queries", long_ones },
	{ "gives up on patterns without end", trouble })
