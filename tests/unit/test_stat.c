/* SPDX-License-Identifier: MIT */
/* Counts and sums by group: what is asked for, order, exactness, and a slow twin that counts by hand. */
#include "stat.h"
#include "oom.h"
#include "unit.h"

static struct gv_err err;

static int append(void *ctx, const struct gv_val *row)
{
	gv_json_line(ctx, row);
	gv_buf_addc(ctx, '\n');
	return 0;
}

static int add_text(struct gv_stat *s, const char *text, struct gv_err *e)
{
	struct gv_doc d = GV_DOC_INIT;
	int rc = gv_json_parse(&d, gv_str_of(text), 0, e);

	if (!rc)
		rc = gv_stat_add(s, &d.root, e);
	gv_doc_free(&d);
	return rc;
}

/* Records, one a line, to rows, one a line. */
static void counts(const char *groups, const char *aggregates, const char *sort, size_t top, const char *records,
                   const char *want)
{
	struct gv_buf rows = GV_BUF_INIT(GV_MIB);
	struct gv_stat *s;
	char line[1024];

	CHECK_OK(gv_stat_new(&s, groups, aggregates, &err), &err);
	if (!s)
		return;
	if (sort)
		CHECK_OK(gv_stat_order(s, sort, &err), &err);
	for (size_t n; *records; records += n + (records[n] == '\n')) {
		n = strcspn(records, "\n");
		snprintf(line, sizeof line, "%.*s", (int)n, records);
		CHECK_OK(add_text(s, line, &err), &err);
	}
	CHECK_OK(gv_stat_rows(s, top, append, &rows, &err), &err);
	CHECK_STR(rows.p ? rows.p : "", want);
	gv_buf_free(&rows);
	gv_stat_free(s);
}

static void asked(void)
{
	static const struct { const char *groups, *aggregates, *columns, *first; } good[] = {
		{ NULL, "count", "count", "count" },
		{ "a", "count", "a,count", "count" },
		{ "a.b.0,filed_on:month", "sum:x.y,max:n,count", "a.b.0,filed_on_month,sum_x.y,max_n,count", "sum_x.y" },
		{ "d,d:year,d:quarter,d:month,d:day", "min:d", "d,d_year,d_quarter,d_month,d_day,min_d", "min_d" },
		{ "案由", "sum:标的", "案由,sum_标的", "sum_标的" },
	};
	static const struct { const char *groups, *aggregates, *text; } bad[] = {
		{ "", "count", "-g: the name of a field is empty" },
		{ "a,", "count", "-g: the name of a field is empty" },
		{ ",a", "count", "-g: the name of a field is empty" },
		{ ":month", "count", "-g: the name of a field is empty" },
		{ "parties[].name", "count", "-g parties[].name: may be several values; name one, as parties.0.name" },
		{ "d:week", "count", "-g d:week: \"week\" is not one of year, quarter, month, day" },
		{ "d:", "count", "-g d:: \"\" is not one of year, quarter, month, day" },
		{ "d:month:day", "count", "-g d:month:day: \"month:day\" is not one of year, quarter, month, day" },
		{ "a,a", "count", "two columns would be named \"a\"" },
		{ "a_month,a:month", "count", "two columns would be named \"a_month\"" },
		{ "count", "count", "two columns would be named \"count\"" },
		{ "a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q", "count", "-g: at most 16 fields" },
		{ NULL, "", "-a: \"\" is not one of count, sum:FIELD, min:FIELD, max:FIELD" },
		{ NULL, "count,", "-a: \"\" is not one of count, sum:FIELD, min:FIELD, max:FIELD" },
		{ NULL, "mean:x", "-a: \"mean:x\" is not one of count, sum:FIELD, min:FIELD, max:FIELD" },
		{ NULL, "count:x", "-a: \"count:x\" is not one of count, sum:FIELD, min:FIELD, max:FIELD" },
		{ NULL, "sum", "-a: \"sum\" is not one of count, sum:FIELD, min:FIELD, max:FIELD" },
		{ NULL, "sum:", "-a: the name of a field is empty" },
		{ NULL, "sum:p[].n", "-a p[].n: may be several values; name one, as parties.0.name" },
		{ NULL, "sum:x,sum:x", "two columns would be named \"sum_x\"" },
	};
	struct gv_stat *s;

	for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
		CHECK_OK(gv_stat_new(&s, good[i].groups, good[i].aggregates, &err), &err);
		CHECK_STR(gv_stat_columns(s), good[i].columns);
		CHECK_BYTES(gv_stat_first(s), gv_str_of(good[i].first));
		gv_stat_free(s);
	}
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		CHECK_ERR(gv_stat_new(&s, bad[i].groups, bad[i].aggregates, &err), &err, GV_EUSAGE, bad[i].text);
		CHECK(!s);
	}
	CHECK_OK(gv_stat_new(&s, "a", "count,sum:n", &err), &err);
	CHECK_ERR(gv_stat_order(s, "a", &err), &err, GV_EUSAGE,
	          "--sort: \"a\" is no column to order by; those are: count, sum_n");
	CHECK_ERR(gv_stat_order(s, "-", &err), &err, GV_EUSAGE,
	          "--sort: \"-\" is no column to order by; those are: count, sum_n");
	CHECK_ERR(gv_stat_order(s, "", &err), &err, GV_EUSAGE,
	          "--sort: \"\" is no column to order by; those are: count, sum_n");
	CHECK_OK(gv_stat_order(s, "-sum_n", &err), &err);
	gv_stat_free(s);
	gv_stat_free(NULL);
}

static void groups(void)
{
	/* Nothing came: everything is still one group, but none by a field. */
	counts(NULL, "count,sum:n,min:n,max:n", NULL, 0, "", "{\"count\":0,\"sum_n\":0}\n");
	counts("a", "count", NULL, 0, "", "");
	/* Absent and null are one group; the types are kept apart, and so is their order. */
	counts("a", "count", NULL, 0,
	       "{\"a\":\"10\"}\n{\"a\":10}\n{\"a\":9}\n{\"a\":-5}\n{}\n{\"a\":null}\n{\"a\":true}\n{\"a\":false}\n{\"a\":\"\"}\n"
	       "{\"a\":[2]}\n{\"a\":[1]}\n{\"a\":{}}\n{\"a\":\"a b\"}\n{\"a\":\"a\"}\n{\"a\":\"中\"}\n{\"a\":\"a\\nb\"}",
	       "{\"count\":2}\n{\"a\":false,\"count\":1}\n{\"a\":true,\"count\":1}\n"
	       "{\"a\":-5,\"count\":1}\n{\"a\":9,\"count\":1}\n{\"a\":10,\"count\":1}\n"
	       "{\"a\":\"\",\"count\":1}\n{\"a\":\"10\",\"count\":1}\n{\"a\":\"a\",\"count\":1}\n{\"a\":\"a\\nb\",\"count\":1}\n"
	       "{\"a\":\"a b\",\"count\":1}\n{\"a\":\"中\",\"count\":1}\n{\"a\":[1],\"count\":1}\n{\"a\":[2],\"count\":1}\n"
	       "{\"a\":{},\"count\":1}\n");
	/* Two columns never run into each other. */
	counts("a,b", "count", NULL, 0, "{\"a\":\"x\",\"b\":\"y\"}\n{\"a\":\"x\\ny\"}\n{\"b\":\"x\"}\n{\"a\":\"x\"}",
	       "{\"b\":\"x\",\"count\":1}\n{\"a\":\"x\",\"count\":1}\n{\"a\":\"x\",\"b\":\"y\",\"count\":1}\n"
	       "{\"a\":\"x\\ny\",\"count\":1}\n");
	counts("a,b", "count", NULL, 0, "{\"a\":[2],\"b\":1}\n{\"a\":[1],\"b\":2}",
	       "{\"a\":[1],\"b\":2,\"count\":1}\n{\"a\":[2],\"b\":1,\"count\":1}\n");
	counts("p.1.n", "count", NULL, 0, "{\"p\":[{\"n\":1},{\"n\":2}]}\n{\"p\":[]}\n{\"p\":3}",
	       "{\"count\":2}\n{\"count\":1,\"p.1.n\":2}\n");
}

static void date_parts(void)
{
	counts("d:year,d:quarter,d:month,d:day", "count", NULL, 0, "{\"d\":\"2022-03-31\"}\n{\"d\":\"2022-12-01\"}",
	       "{\"count\":1,\"d_day\":\"2022-03-31\",\"d_month\":\"2022-03\",\"d_quarter\":\"2022-Q1\",\"d_year\":\"2022\"}\n"
	       "{\"count\":1,\"d_day\":\"2022-12-01\",\"d_month\":\"2022-12\",\"d_quarter\":\"2022-Q4\",\"d_year\":\"2022\"}\n");
	/* A time is of the day that it is in Shanghai. */
	counts("d:day", "count", NULL, 0, "{\"d\":\"2022-03-31T16:00:00Z\"}\n{\"d\":\"2022-04-01T00:00:00+08:00\"}\n{\"d\":\"2022-04-01\"}",
	       "{\"count\":3,\"d_day\":\"2022-04-01\"}\n");
	/* What is no date stays what it is: seen, not lost. */
	counts("d:month", "count", NULL, 0, "{\"d\":\"2022-02-30\"}\n{\"d\":\"2022-02\"}\n{\"d\":202202}\n{\"d\":\"2022-02-28\"}\n{}",
	       "{\"count\":1}\n{\"count\":1,\"d_month\":202202}\n{\"count\":2,\"d_month\":\"2022-02\"}\n"
	       "{\"count\":1,\"d_month\":\"2022-02-30\"}\n");
}

static void numbers(void)
{
	counts(NULL, "sum:n,min:n,max:n", NULL, 0, "{\"n\":5}\n{\"n\":-7}\n{}\n{\"n\":null}\n{\"n\":0}",
	       "{\"max_n\":5,\"min_n\":-7,\"sum_n\":-2}\n");
	/* At 2^53 a number ends and text begins. */
	counts(NULL, "sum:n,max:n", NULL, 0, "{\"n\":9007199254740992}", "{\"max_n\":9007199254740992,\"sum_n\":9007199254740992}\n");
	counts(NULL, "sum:n,max:n", NULL, 0, "{\"n\":9007199254740992}\n{\"n\":1}",
	       "{\"max_n\":9007199254740992,\"sum_n\":\"9007199254740993\"}\n");
	counts(NULL, "sum:n", NULL, 0, "{\"n\":-9007199254740992}\n{\"n\":-1}", "{\"sum_n\":\"-9007199254740993\"}\n");
	/* Text that is a whole number counts: so sums of sums, and tables, can be added up. */
	counts(NULL, "sum:n,min:n,max:n", NULL, 0, "{\"n\":\"9007199254740993\"}\n{\"n\":\"-3\"}\n{\"n\":\"0\"}\n{\"n\":10}",
	       "{\"max_n\":\"9007199254740993\",\"min_n\":-3,\"sum_n\":\"9007199254741000\"}\n");
	counts(NULL, "sum:n", NULL, 0, "{\"n\":\"999999999999999999999999999\"}\n{\"n\":\"1\"}\n{\"n\":\"-999999999999999999999999999\"}",
	       "{\"sum_n\":1}\n");
	counts(NULL, "max:n", NULL, 0, "{\"n\":\"999999999999999999999999999\"}", "{\"max_n\":\"999999999999999999999999999\"}\n");
}

static void misfits(void)
{
	static const char *const odd[] = {
		"\"\"", "\"-\"", "\"+1\"", "\"01\"", "\"-0\"", "\"1.5\"", "\"1e3\"", "\" 1\"", "\"1 \"", "\"1,000\"", "\"１\"",
		"\"一\"", "\"NaN\"", "\"0x10\"", "\"1000000000000000000000000000\"", "true", "[]", "[1]", "{}", "{\"n\":1}",
	};
	struct gv_str field = { 0 };
	struct gv_stat *s;
	char line[128];
	size_t i = 0;

	CHECK_OK(gv_stat_new(&s, "a", "count,sum:n,max:n,min:m", &err), &err);
	CHECK_INT(gv_stat_misfits(s, &i, &field), 0);
	for (size_t k = 0; k < sizeof odd / sizeof odd[0]; k++) {
		snprintf(line, sizeof line, "{\"m\":1,\"n\":%s}", odd[k]);
		CHECK_OK(add_text(s, line, &err), &err);
	}
	CHECK_OK(add_text(s, "{\"m\":\"x\",\"n\":\"7\"}", &err), &err);
	/* Each value once, though two aggregates left it out. */
	i = 0;
	CHECK_INT(gv_stat_misfits(s, &i, &field), sizeof odd / sizeof odd[0]);
	CHECK_BYTES(field, GV_STR("n"));
	CHECK_INT(gv_stat_misfits(s, &i, &field), 1);
	CHECK_BYTES(field, GV_STR("m"));
	CHECK_INT(gv_stat_misfits(s, &i, &field), 0);
	gv_stat_free(s);
}

static void order(void)
{
	static const char records[] = "{\"a\":\"x\",\"n\":5}\n{\"a\":\"y\",\"n\":-5}\n{\"a\":\"z\"}\n{\"a\":\"w\",\"n\":5}\n{\"n\":1}";

	counts("a", "sum:n", "sum_n", 0, records,
	       "{\"a\":\"y\",\"sum_n\":-5}\n{\"a\":\"z\",\"sum_n\":0}\n{\"sum_n\":1}\n{\"a\":\"w\",\"sum_n\":5}\n{\"a\":\"x\",\"sum_n\":5}\n");
	counts("a", "sum:n", "-sum_n", 3, records, "{\"a\":\"w\",\"sum_n\":5}\n{\"a\":\"x\",\"sum_n\":5}\n{\"sum_n\":1}\n");
	/* No least of nothing: it comes before all. */
	counts("a", "min:n", "min_n", 0, records,
	       "{\"a\":\"z\"}\n{\"a\":\"y\",\"min_n\":-5}\n{\"min_n\":1}\n{\"a\":\"w\",\"min_n\":5}\n{\"a\":\"x\",\"min_n\":5}\n");
	counts("a", "min:n", "-min_n", 1, records, "{\"a\":\"w\",\"min_n\":5}\n");
	counts("a", "count", NULL, 2, records, "{\"count\":1}\n{\"a\":\"w\",\"count\":1}\n");
	counts("a", "count", "-count", 99, "{\"a\":1}\n{\"a\":2}\n{\"a\":2}", "{\"a\":2,\"count\":2}\n{\"a\":1,\"count\":1}\n");
}

static int stop_at_two(void *ctx, const struct gv_val *row)
{
	(void)row;
	return ++*(int *)ctx == 2 ? -1 : 0;
}

static void stopped(void)
{
	struct gv_stat *s;
	int seen = 0;

	CHECK_OK(gv_stat_new(&s, "a", "count", &err), &err);
	for (int i = 0; i < 5; i++)
		CHECK_OK(add_text(s, (const char *const[]){ "{\"a\":1}", "{\"a\":2}", "{\"a\":3}", "{\"a\":4}", "{}" }[i], &err), &err);
	CHECK_INT(gv_stat_rows(s, 0, stop_at_two, &seen, &err), -1);
	CHECK_INT(seen, 2);
	/* Rows can be asked for again, and more added. */
	seen = -100;
	CHECK_INT(gv_stat_rows(s, 0, stop_at_two, &seen, &err), 0);
	CHECK_INT(seen, -95);
	gv_stat_free(s);
}

/* ---- the slow twin: one cell for each of a few groups, counted by hand ---- */

enum { KEYS = 3000, ROWS = 60000 };

struct twin { int64_t count, sum, min, max; };

static int compare_row(void *ctx, const struct gv_val *row)
{
	const struct twin **at = ctx;
	int64_t v;

	while (!(*at)->count)
		++*at;
	CHECK(gv_val_getint(row, "count", &v) && v == (*at)->count);
	CHECK(gv_val_getint(row, "sum_n", &v) && v == (*at)->sum);
	CHECK(gv_val_getint(row, "min_n", &v) && v == (*at)->min);
	CHECK(gv_val_getint(row, "max_n", &v) && v == (*at)->max);
	++*at;
	return 0;
}

static void slow_twin(void)
{
	struct twin *twins = calloc(KEYS + 1, sizeof *twins);
	const struct twin *at = twins;
	struct gv_doc d = GV_DOC_INIT;
	struct gv_stat *s;
	uint32_t random = 1;
	char key[32];

	CHECK_OK(gv_stat_new(&s, "k", "count,sum:n,min:n,max:n", &err), &err);
	for (size_t i = 0; i < ROWS; i++) {
		struct twin *t;
		int64_t n;

		random = random * 1664525 + 1013904223;
		t = &twins[(random >> 8) % KEYS];
		n = (int64_t)(random >> 4) - (1 << 27);
		gv_doc_reset(&d);
		d.root = gv_mkobj();
		snprintf(key, sizeof key, "键%06zu", (size_t)(t - twins));
		CHECK_OK(gv_obj_set(&d, &d.root, GV_STR("k"), gv_mkstr(&d, gv_str_of(key)), &err), &err);
		CHECK_OK(gv_obj_set(&d, &d.root, GV_STR("n"), gv_mkint(n), &err), &err);
		CHECK_OK(gv_stat_add(s, &d.root, &err), &err);
		t->min = !t->count || n < t->min ? n : t->min;
		t->max = !t->count || n > t->max ? n : t->max;
		t->sum += n;
		t->count++;
	}
	CHECK_OK(gv_stat_rows(s, 0, compare_row, &at, &err), &err);
	while (at < twins + KEYS && !at->count)
		at++;
	CHECK(at == twins + KEYS);
	gv_stat_free(s);
	gv_doc_free(&d);
	free(twins);
}

/* ---- memory ---- */

static int all_of_it(struct gv_err *e)
{
	struct gv_stat *s;
	struct gv_buf rows = GV_BUF_INIT(65536);
	char line[64];
	int rc = gv_stat_new(&s, "a,d:month", "count,sum:n", e);

	if (!rc)
		rc = gv_stat_order(s, "-sum_n", e);
	for (int i = 0; i < 300 && !rc; i++) { /* the table of groups grows once */
		snprintf(line, sizeof line, "{\"a\":\"%d\",\"d\":\"2022-01-02\",\"n\":%d}", i % 200, i);
		rc = add_text(s, line, e);
	}
	if (!rc)
		rc = gv_stat_rows(s, 10, append, &rows, e);
	if (!rc)
		rc = gv_buf_check(&rows, e);
	gv_buf_free(&rows);
	gv_stat_free(s);
	return rc;
}

static void memory(void)
{
	OOM_NEEDED();
	CHECK(oom_run_both(all_of_it) > 10);
}

UNIT_MAIN("stat",
	{ "what can be asked for, and what not", asked },
	{ "groups, and their order", groups },
	{ "parts of dates", date_parts },
	{ "numbers, exact at any size", numbers },
	{ "what is no number", misfits },
	{ "order by an aggregate", order },
	{ "a reader of rows that has seen enough", stopped },
	{ "the same as counting by hand", slow_twin },
	{ "memory that runs out", memory })
