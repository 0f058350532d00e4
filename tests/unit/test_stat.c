/* SPDX-License-Identifier: MIT */
/* Questions of statistics: what may be asked, what is refused, and groups. */
#include "stat_unit.h"

/* ---- questions ---- */

static void asked(void)
{
	static const struct { const char *groups, *aggregates, *columns; size_t ngroups; } row[] = {
		{ NULL, "count", "count", 0 },
		{ "a", "count", "a,count", 1 },
		{ "a.b.0,filed_on:month", "sum:x.y,max:n,count", "a.b.0,filed_on_month,sum_x.y,max_n,count", 2 },
		{ "d,d:year,d:quarter,d:month,d:week,d:day", "min:d", "d,d_year,d_quarter,d_month,d_week,d_day,min_d", 6 },
		{ "案由", "sum:标的", "案由,sum_标的", 1 },
		{ NULL, "count:x,sum:x,mean:x,sd:x,min:x,max:x,p50:x,p99.9:x,distinct:x,first:x,last:x",
		  "count_x,sum_x,mean_x,sd_x,min_x,max_x,p50_x,p99.9_x,distinct_x,first_x,last_x", 0 },
		{ NULL, "p0:x,p100:x,p007:x,p0.5:x,p99.999999:x", "p0_x,p100_x,p007_x,p0.5_x,p99.999999_x", 0 },
		{ NULL, "mean:days:filed_on..closed_on,count:days:a.b..c.d", "mean_days_filed_on_closed_on,count_days_a.b_c.d", 0 },
		{ NULL, "first:judge@filed_on,last:x.y@b.c", "first_judge,last_x.y", 0 },
		{ NULL, "n=count,总额=sum:x,r_2=rate:a=1,_=first:x@y", "n,总额,r_2,_", 0 },
		{ "m=filed_on:month,庭=tribunal", "count", "m,庭,count", 2 },
		{ NULL, "rate:state=closed", "rate_state_closed", 0 },
		{ NULL, "rate:state=closed and fen>=5", "rate_state_closed_and_fen_ge_5", 0 },
		{ NULL, "rate:a!=1,rate:a<1,rate:a<=1,rate:a>1,rate:b~'^x'", "rate_a_ne_1,rate_a_lt_1,rate_a_le_1,rate_a_gt_1,rate_b_like_^x", 0 },
		{ NULL, "rate:a in (x, y),count", "rate_a_in_x_y,count", 0 },
		{ NULL, "rate:(a = 'x,\\'y' or not exists b),count", "rate_a_x_\\_y_or_not_exists_b,count", 0 },
		{ NULL, "rate:a=\"x,)\",count", "rate_a_x,count", 0 },
	};

	for (size_t i = 0; i < COUNT(row); i++) {
		struct gv_stat_spec *spec = spec_of(row[i].groups, row[i].aggregates, NULL, 0);
		struct gv_buf names = GV_BUF_INIT(4096);
		struct gv_report *r;
		size_t n;

		CHECK_OK(gv_report_new(&r, spec, &PLAIN, &err), &err);
		for (size_t k = 0; k < (gv_report_columns(r, &n), n); k++) {
			gv_buf_adds(&names, k ? "," : "");
			gv_buf_addstr(&names, gv_report_columns(r, &n)[k]);
		}
		CHECK_STR(names.p, row[i].columns);
		CHECK_INT(gv_report_groups(r), row[i].ngroups);
		gv_buf_free(&names);
		gv_report_free(r);
		gv_stat_spec_free(spec);
	}
	gv_stat_spec_free(NULL);
}

#define NONE_OF(what) "-a \"" what "\" is none of count, count:F, sum:F, mean:F, sd:F, min:F, max:F, p50:F, " \
	"distinct:F, rate:PREDICATE, first:F, last:F"

#define QUANTILES(what) "-a \"" what "\": quantiles are p0 to p100, as p50 or p99.9"

static void refused(void)
{
	static const struct { const char *groups, *aggregates, *where, *text; } row[] = {
		{ "", "count", NULL, "-g \"\": the name of a field is empty" },
		{ "a,", "count", NULL, "-g \"\": the name of a field is empty" },
		{ ",a", "count", NULL, "-g \"\": the name of a field is empty" },
		{ ":month", "count", NULL, "-g \":month\": the name of a field is empty" },
		{ "n=", "count", NULL, "-g \"n=\": the name of a field is empty" },
		{ "parties[].name", "count", NULL, "-g \"parties[].name\": parties[].name may be several values; name one, as parties.0.name" },
		{ "d:weeks", "count", NULL, "-g \"d:weeks\": \"weeks\" is not one of year, quarter, month, week, day" },
		{ "d:", "count", NULL, "-g \"d:\": \"\" is not one of year, quarter, month, week, day" },
		{ "n=d:", "count", NULL, "-g \"n=d:\": \"\" is not one of year, quarter, month, week, day" },
		{ "d:month:day", "count", NULL, "-g \"d:month:day\": \"month:day\" is not one of year, quarter, month, week, day" },
		{ "a,a", "count", NULL, "two columns would be named \"a\"" },
		{ "a,a=b", "count", NULL, "two columns would be named \"a\"" },
		{ "a_month,a:month", "count", NULL, "two columns would be named \"a_month\"" },
		{ "count", "count", NULL, "two columns would be named \"count\"" },
		{ "x", "x=count", NULL, "two columns would be named \"x\"" },
		{ NULL, "", NULL, NONE_OF("") },
		{ NULL, "count,", NULL, NONE_OF("") },
		{ NULL, "n=", NULL, NONE_OF("n=") },
		{ NULL, "median:x", NULL, NONE_OF("median:x") },
		{ NULL, "Count", NULL, NONE_OF("Count") },
		{ NULL, "sum", NULL, NONE_OF("sum") },
		{ NULL, "p50", NULL, QUANTILES("p50") },
		{ NULL, "days:a..b", NULL, "-a \"days:a..b\": say what of the days, as mean:days:filed_on..closed_on" },
		{ "a..b", "count", NULL, "-g \"a..b\": a step of the path is empty" },
		{ ".a", "count", NULL, "-g \".a\": a step of the path is empty" },
		{ NULL, "state=closed", NULL, NONE_OF("state=closed") },
		{ NULL, "p101:x", NULL, QUANTILES("p101:x") },
		{ NULL, "p100.1:x", NULL, QUANTILES("p100.1:x") },
		{ NULL, "p100.000001:x", NULL, QUANTILES("p100.000001:x") },
		{ NULL, "p-1:x", NULL, NONE_OF("p-1:x") },
		{ NULL, "p1e1:x", NULL, QUANTILES("p1e1:x") },
		{ NULL, "p1E1:x", NULL, QUANTILES("p1E1:x") },
		{ NULL, "p0.0000001:x", NULL, QUANTILES("p0.0000001:x") },
		{ NULL, "p0001:x", NULL, QUANTILES("p0001:x") },
		{ NULL, "p.5:x", NULL, NONE_OF("p.5:x") },
		{ NULL, "p:x", NULL, NONE_OF("p:x") },
		{ NULL, "a.b=count", NULL, NONE_OF("a.b=count") },
		{ NULL, "sum:", NULL, "-a \"sum:\": the name of a field is empty" },
		{ NULL, "count:", NULL, "-a \"count:\": the name of a field is empty" },
		{ NULL, "n=sum:", NULL, "-a \"n=sum:\": the name of a field is empty" },
		{ NULL, "sum:p[].n", NULL, "-a \"sum:p[].n\": p[].n may be several values; name one, as parties.0.name" },
		{ NULL, "first:", NULL, "-a \"first:\": the name of a field is empty" },
		{ NULL, "first:@x", NULL, "-a \"first:@x\": the name of a field is empty" },
		{ NULL, "last:x@", NULL, "-a \"last:x@\": the name of a field is empty" },
		{ NULL, "last:x@p[].n", NULL, "-a \"last:x@p[].n\": p[].n may be several values; name one, as parties.0.name" },
		{ NULL, "sum:x,sum:x", NULL, "two columns would be named \"sum_x\"" },
		{ NULL, "first:x@a,first:x@b", NULL, "two columns would be named \"first_x\"" },
		{ NULL, "rate:a=1,rate:a='1'", NULL, "two columns would be named \"rate_a_1\"" },
		{ NULL, "sum:days:a", NULL, "-a \"sum:days:a\": days need two fields, as days:filed_on..closed_on" },
		{ NULL, "sum:days:", NULL, "-a \"sum:days:\": days need two fields, as days:filed_on..closed_on" },
		{ NULL, "sum:days:a.b", NULL, "-a \"sum:days:a.b\": days need two fields, as days:filed_on..closed_on" },
		{ NULL, "sum:days:a..", NULL, "-a \"sum:days:a..\": the name of a field is empty" },
		{ NULL, "sum:days:..b", NULL, "-a \"sum:days:..b\": the name of a field is empty" },
		{ NULL, "sum:days:a..b[]", NULL, "-a \"sum:days:a..b[]\": b[] may be several values; name one, as parties.0.name" },
		{ NULL, "sum:days:a[]..b", NULL, "-a \"sum:days:a[]..b\": a[] may be several values; name one, as parties.0.name" },
		{ NULL, "rate:a=", NULL, "-a rate: column 2: \"=\" needs a value on its right" },
		{ NULL, "rate:", NULL, "-a rate: column 1: a condition is missing" },
		{ NULL, "count", "a=1 and", "--where: column 5: \"and\" needs something on its right" },
	};
	struct gv_stat_spec *spec;

	for (size_t i = 0; i < COUNT(row); i++) {
		CHECK_ERR(ask(&spec, row[i].groups, row[i].aggregates, row[i].where, 0, &err), &err, GV_EUSAGE, row[i].text);
		CHECK(!spec);
	}
}

/* So many groups, aggregates and both are possible, and not one more. */
static void most_columns(void)
{
	struct gv_buf groups = GV_BUF_INIT(4096), aggregates = GV_BUF_INIT(4096);
	struct gv_stat_spec *spec;

	for (int i = 0; i < GV_STAT_COLUMNS_MAX; i++) {
		gv_buf_addf(&groups, "%sg%d", i ? "," : "", i);
		gv_buf_addf(&aggregates, "%ssd:days:f%d..u%d", i ? "," : "", i, i);
	}
	spec = spec_of(groups.p, aggregates.p, NULL, 0);
	CHECK_INT(gv_stat_spec_members(spec)->n, 3 * GV_STAT_COLUMNS_MAX);
	gv_stat_spec_free(spec);
	gv_buf_adds(&groups, ",z");
	gv_buf_adds(&aggregates, ",count");
	CHECK_ERR(ask(&spec, groups.p, "count", NULL, 0, &err), &err, GV_EUSAGE, "-g: at most 64 fields");
	CHECK_ERR(ask(&spec, NULL, aggregates.p, NULL, 0, &err), &err, GV_EUSAGE, "-a: at most 64 aggregates");
	gv_buf_free(&groups);
	gv_buf_free(&aggregates);
}

/* Several lists, and none at all. */
static void lists(void)
{
	const char *const several[] = { "n=count,sum:x", "max:x", NULL }, *const none[] = { NULL };
	const char *const where[] = { "a=1", "b=2", NULL };
	struct gv_stat_spec *spec;

	CHECK_OK(gv_stat_spec_new(&spec, &(struct gv_stat_ask){ .aggregates = several, .where = where }, &err), &err);
	check_report(spec, &PLAIN, "{\"a\":1,\"b\":2,\"x\":5}\n{\"a\":1,\"x\":7}\n{\"b\":2,\"x\":9}\n{\"a\":1,\"b\":2}",
	             "{\"max_x\":5,\"n\":2,\"sum_x\":5}\n");
	gv_stat_spec_free(spec);
	for (int i = 0; i < 2; i++) {
		CHECK_OK(gv_stat_spec_new(&spec, &(struct gv_stat_ask){ .aggregates = i ? none : NULL }, &err), &err);
		check_report(spec, &PLAIN, "{}\n{}", "{\"count\":2}\n");
		gv_stat_spec_free(spec);
	}
}

/* Which members of a record are looked at, and what depends on the order of records. */
static void told_about(void)
{
	static const struct { const char *groups, *aggregates, *where, *members, *ordered; } row[] = {
		{ NULL, "count", NULL, "", "" },
		{ "b.c.d,a:month", "sum:x.y", NULL, "a,b,b.c.d,x,x.y", "" },
		{ "n=b", "mean:days:filed_on..closed_on.0,count:filed_on", NULL, "b,closed_on,closed_on.0,filed_on", "" },
		{ NULL, "rate:parties[].name=x and not exists z.q,count", "a=1 or c.d ~ x", "a,c,c.d,parties,z,z.q", "" },
		{ NULL, "first:j@filed.on,last:k@z", NULL, "filed,filed.on,j,k,z", "" },
		{ NULL, "first:j@b,n=last:k.0,first:m", NULL, "b,j,k,k.0,m", "n=last:k.0" },
		{ "a,a:year,x=a", "count:a,min:a,max:a.b", "a=1", "a,a.b", "" },
	};

	for (size_t i = 0; i < COUNT(row); i++) {
		struct gv_stat_spec *spec = spec_of(row[i].groups, row[i].aggregates, row[i].where, 0);
		const struct gv_json_only *only = gv_stat_spec_members(spec);
		struct gv_buf names = GV_BUF_INIT(4096);

		for (size_t k = 0; k < only->n; k++) {
			gv_buf_adds(&names, k ? "," : "");
			gv_buf_addstr(&names, only->names[k]);
		}
		CHECK_STR(names.p ? names.p : "", row[i].members);
		CHECK_BYTES(gv_stat_spec_ordered(spec), gv_str_of(row[i].ordered));
		gv_buf_free(&names);
		gv_stat_spec_free(spec);
	}
}

static void last_group(void)
{
	static const struct { const char *groups, *name; bool is; } row[] = {
		{ NULL, "a", false }, { NULL, "", false }, { "a", "a", true }, { "b,a", "a", true }, { "a,b", "a", false },
		{ "d:month", "d:month", true }, { "d:month", "d_month", true }, { "d:month", "d", false },
		{ "x=d:month", "x", true }, { "x=d:month", "x=d:month", true }, { "x=d:month", "d:month", false },
	};

	for (size_t i = 0; i < COUNT(row); i++) {
		struct gv_stat_spec *spec = spec_of(row[i].groups, "count", NULL, 0);

		CHECK_ROW(gv_stat_spec_ends_with(spec, gv_str_of(row[i].name)) == row[i].is, row[i].name);
		gv_stat_spec_free(spec);
	}
}

/* ---- groups ---- */

static void groups(void)
{
	/* Nothing came: everything is still one group, but none by a field. */
	check_rows(NULL, "count,sum:n,mean:n,sd:n,min:n,p50:n,distinct:n,rate:n=1,first:n", "", "{\"count\":0,\"distinct_n\":0,\"sum_n\":0}\n");
	check_rows("a", "count", "", "");
	/* Absent and null are one group; the types are kept apart, and so is their order. */
	check_rows("a", "count",
	           "{\"a\":\"10\"}\n{\"a\":10}\n{\"a\":9}\n{\"a\":-5}\n{}\n{\"a\":null}\n{\"a\":true}\n{\"a\":false}\n{\"a\":\"\"}\n"
	           "{\"a\":[2]}\n{\"a\":[1]}\n{\"a\":{}}\n{\"a\":\"a b\"}\n{\"a\":\"a\"}\n{\"a\":\"中\"}\n{\"a\":\"a\\nb\"}",
	           "{\"count\":2}\n{\"a\":false,\"count\":1}\n{\"a\":true,\"count\":1}\n"
	           "{\"a\":-5,\"count\":1}\n{\"a\":9,\"count\":1}\n{\"a\":10,\"count\":1}\n"
	           "{\"a\":\"\",\"count\":1}\n{\"a\":\"10\",\"count\":1}\n{\"a\":\"a\",\"count\":1}\n{\"a\":\"a\\nb\",\"count\":1}\n"
	           "{\"a\":\"a b\",\"count\":1}\n{\"a\":\"中\",\"count\":1}\n{\"a\":[1],\"count\":1}\n{\"a\":[2],\"count\":1}\n"
	           "{\"a\":{},\"count\":1}\n");
	/* Numbers are what they are worth. */
	check_rows("a", "count",
	           "{\"a\":1.50}\n{\"a\":15e-1}\n{\"a\":\"1.5\"}\n{\"a\":1}\n{\"a\":1.0}\n{\"a\":-0}\n{\"a\":0}\n{\"a\":12345678901234567890}\n"
	           "{\"a\":1e400}\n{\"a\":-1e-3}",
	           "{\"a\":-0.001,\"count\":1}\n{\"a\":0,\"count\":2}\n{\"a\":1,\"count\":2}\n{\"a\":1.5,\"count\":2}\n"
	           "{\"a\":12345678901234567890,\"count\":1}\n{\"a\":\"1.5\",\"count\":1}\n{\"a\":\"1e400\",\"count\":1}\n");
	/* Two columns never run into each other. */
	check_rows("a,b", "count", "{\"a\":\"x\",\"b\":\"y\"}\n{\"a\":\"x\\ny\"}\n{\"b\":\"x\"}\n{\"a\":\"x\"}",
	           "{\"b\":\"x\",\"count\":1}\n{\"a\":\"x\",\"count\":1}\n{\"a\":\"x\",\"b\":\"y\",\"count\":1}\n"
	           "{\"a\":\"x\\ny\",\"count\":1}\n");
	check_rows("a,b", "count", "{\"a\":[2],\"b\":1}\n{\"a\":[1],\"b\":2}", "{\"a\":[1],\"b\":2,\"count\":1}\n{\"a\":[2],\"b\":1,\"count\":1}\n");
	check_rows("p.1.n", "count", "{\"p\":[{\"n\":1},{\"n\":2}]}\n{\"p\":[]}\n{\"p\":3}", "{\"count\":2}\n{\"count\":1,\"p.1.n\":2}\n");
	check_rows("x=a,y=a:year", "n=count", "{\"a\":\"2022-01-02\"}", "{\"n\":1,\"x\":\"2022-01-02\",\"y\":\"2022\"}\n");
}

static void date_parts(void)
{
	check_rows("d:year,d:quarter,d:month,d:week,d:day", "count", "{\"d\":\"2022-03-31\"}\n{\"d\":\"2022-12-01\"}",
	           "{\"count\":1,\"d_day\":\"2022-03-31\",\"d_month\":\"2022-03\",\"d_quarter\":\"2022-Q1\",\"d_week\":\"2022-W13\",\"d_year\":\"2022\"}\n"
	           "{\"count\":1,\"d_day\":\"2022-12-01\",\"d_month\":\"2022-12\",\"d_quarter\":\"2022-Q4\",\"d_week\":\"2022-W48\",\"d_year\":\"2022\"}\n");
	/* A time is of the day that it is in Shanghai. */
	check_rows("d:day", "count", "{\"d\":\"2022-03-31T16:00:00Z\"}\n{\"d\":\"2022-04-01T00:00:00+08:00\"}\n{\"d\":\"2022-04-01\"}",
	           "{\"count\":3,\"d_day\":\"2022-04-01\"}\n");
	check_rows("d:day", "count", "{\"d\":\"2022-03-31 21:30:00+05:30\"}\n{\"d\":\"2022-04-01 00:00:00\"}\n{\"d\":\"2022-04-01T23:59:59\"}",
	           "{\"count\":3,\"d_day\":\"2022-04-01\"}\n");
	/* There is no day after the last, and none before the first. */
	check_rows("d:year", "count", "{\"d\":\"9999-12-31T23:59:59Z\"}\n{\"d\":\"0001-01-01T00:00:00+14:00\"}\n{\"d\":\"9999-12-31\"}",
	           "{\"count\":1,\"d_year\":\"0001-01-01T00:00:00+14:00\"}\n{\"count\":1,\"d_year\":\"9999\"}\n{\"count\":1,\"d_year\":\"9999-12-31T23:59:59Z\"}\n");
	/* What is no date stays what it is: seen, not lost. */
	check_rows("d:month", "count", "{\"d\":\"2022-02-30\"}\n{\"d\":\"2022-02\"}\n{\"d\":202202}\n{\"d\":\"2022-02-28\"}\n{}",
	           "{\"count\":1}\n{\"count\":1,\"d_month\":202202}\n{\"count\":2,\"d_month\":\"2022-02\"}\n"
	           "{\"count\":1,\"d_month\":\"2022-02-30\"}\n");
}

/* ISO 8601: a week is of the year that its Thursday is in. */
static void weeks(void)
{
	static const struct { const char *day, *week; } row[] = {
		{ "2020-12-31", "2020-W53" }, { "2021-01-03", "2020-W53" }, { "2021-01-04", "2021-W01" }, { "2024-12-29", "2024-W52" },
		{ "2024-12-30", "2025-W01" }, { "2022-01-01", "2021-W52" }, { "2022-01-02", "2021-W52" }, { "2022-01-03", "2022-W01" },
		{ "2016-01-03", "2015-W53" }, { "2018-12-31", "2019-W01" }, { "2022-06-30", "2022-W26" }, { "1900-01-01", "1900-W01" },
		{ "2199-12-29", "2199-W52" }, { "2199-12-30", "2200-W01" }, { "2199-12-31", "2200-W01" },
		{ "0001-01-01", "0001-W01" }, { "0004-02-29", "0004-W09" }, { "9999-12-31", "9999-W52" },
	};

	for (size_t i = 0; i < COUNT(row); i++) {
		char record[64], want[64];

		snprintf(record, sizeof record, "{\"d\":\"%s\"}", row[i].day);
		snprintf(want, sizeof want, "{\"count\":1,\"d_week\":\"%s\"}\n", row[i].week);
		check_rows("d:week", "count", record, want);
	}
}

/* ---- rows ---- */

static int stop_at_two(void *ctx, struct gv_doc *doc, bool is_total)
{
	(void)doc;
	(void)is_total;
	return ++*(int *)ctx == 2 ? -1 : 0;
}

static void stopped(void)
{
	static const char *const sorts[] = { NULL, "-count" };

	for (size_t i = 0; i < COUNT(sorts); i++) {
		struct gv_stat_spec *spec = spec_of("a", "count", NULL, 0);
		struct gv_stat *s = stat_of(spec, 0);
		struct gv_report *r;
		int seen = 0;

		add_lines(s, "{\"a\":1}\n{\"a\":2}\n{\"a\":3}\n{\"a\":4}\n{}");
		CHECK_OK(gv_report_new(&r, spec, &(struct gv_report_ask){ .sort = sorts[i], .decimals = -1 }, &err), &err);
		CHECK_OK(gv_report_prepare(r, &s, 1, &err), &err);
		CHECK_INT(gv_report_rows(r, &s, 1, stop_at_two, &seen, &err), -1);
		CHECK_INT(seen, 2);
		/* Rows can be asked for again, and more added. */
		add_lines(s, "{\"a\":5}");
		seen = -100;
		CHECK_INT(gv_report_rows(r, &s, 1, stop_at_two, &seen, &err), 0);
		CHECK_INT(seen, -94);
		gv_report_free(r);
		gv_stat_free(s);
		gv_stat_spec_free(spec);
	}
	gv_stat_free(NULL);
	gv_report_free(NULL);
	gv_stat_walk_close(NULL);
}

/* A pattern that gives up spoils the answer, and says so. */
static void patterns_that_give_up(void)
{
	static const struct { const char *aggregates, *where; } row[] = { { "rate:t ~ '^(a|a?)+$'", NULL }, { "count", "t ~ '^(a|a?)+$'" } };
	char record[128];

	snprintf(record, sizeof record, "{\"t\":\"%.60s!\"}", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");
	for (size_t i = 0; i < COUNT(row); i++) {
		struct gv_stat_spec *spec = spec_of(NULL, row[i].aggregates, row[i].where, 0);
		struct gv_stat *s = stat_of(spec, 0);

		add_lines(s, "{\"t\":\"aa\"}");
		CHECK_OK(gv_stat_trouble(s, &err), &err);
		add_lines(s, record);
		CHECK_INT(gv_stat_trouble(s, &err), GV_EDATA);
		gv_stat_free(s);
		gv_stat_spec_free(spec);
	}
}

UNIT_MAIN("stat",
	{ "what can be asked for", asked },
	{ "what is refused", refused },
	{ "as many columns as are possible", most_columns },
	{ "several lists, and none", lists },
	{ "members that are looked at, and order", told_about },
	{ "how the last group is called", last_group },
	{ "groups, and their order", groups },
	{ "parts of dates", date_parts },
	{ "weeks", weeks },
	{ "a reader of rows that has seen enough", stopped },
	{ "patterns that give up", patterns_that_give_up })
