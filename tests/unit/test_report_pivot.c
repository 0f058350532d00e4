/* SPDX-License-Identifier: MIT */
/* Rows whose columns are values of the last group, and sparklines. */
#include "stat_unit.h"

#define ROUND(places, ...) (&(struct gv_report_ask){ .decimals = (places), __VA_ARGS__ })
#define ASK(...) ROUND(-1, __VA_ARGS__)

static void report(const char *groups, const char *aggregates, const struct gv_report_ask *how, const char *records, const char *want)
{
	struct gv_stat_spec *spec = spec_of(groups, aggregates, NULL, 0);

	check_report(spec, how, records, want);
	gv_stat_spec_free(spec);
}

/* Refused when it is made, or once the groups are known. */
static void refused(const char *groups, const char *aggregates, const struct gv_report_ask *how, const char *records, const char *want)
{
	struct gv_stat_spec *spec = spec_of(groups, aggregates, NULL, 0);
	struct gv_stat *s = stat_of(spec, 0);
	struct gv_buf rows = GV_BUF_INIT(GV_MIB);

	add_lines(s, records);
	CHECK_ERR(print_rows(&rows, spec, &s, 1, how, &err), &err, GV_EUSAGE, want);
	CHECK_INT(rows.n, 0);
	gv_buf_free(&rows);
	gv_stat_free(s);
	gv_stat_spec_free(spec);
}

/* ---- pivot ---- */

static const char cases[] =
	"{\"t\":\"one\",\"s\":\"open\",\"n\":1}\n{\"t\":\"one\",\"s\":\"closed\",\"n\":2}\n{\"t\":\"two\",\"s\":\"open\",\"n\":4}\n{\"t\":\"one\",\"s\":\"open\"}\n"
	"{\"t\":\"three\",\"n\":8}\n{\"s\":true,\"n\":16}\n{\"t\":\"two\",\"s\":1.50}";

static void pivots(void)
{
	report("t,s", "count", ASK(.pivot = true), cases,
	       "{\"count_1.5\":0,\"count_closed\":0,\"count_none\":0,\"count_open\":0,\"count_true\":1}\n"
	       "{\"count_1.5\":0,\"count_closed\":1,\"count_none\":0,\"count_open\":2,\"count_true\":0,\"t\":\"one\"}\n"
	       "{\"count_1.5\":0,\"count_closed\":0,\"count_none\":1,\"count_open\":0,\"count_true\":0,\"t\":\"three\"}\n"
	       "{\"count_1.5\":1,\"count_closed\":0,\"count_none\":0,\"count_open\":1,\"count_true\":0,\"t\":\"two\"}\n");
	/* Gaps: a sum of nothing is 0, a mean of nothing is absent. */
	report("t,s", "x=sum:n,m=mean:n", ASK(.pivot = true, .total = true, .having = "exists m_open"), cases,
	       "{\"m_closed\":2,\"m_open\":1,\"t\":\"one\",\"x_1.5\":0,\"x_closed\":2,\"x_none\":0,\"x_open\":1,\"x_true\":0}\n"
	       "{\"m_open\":4,\"t\":\"two\",\"x_1.5\":0,\"x_closed\":0,\"x_none\":0,\"x_open\":4,\"x_true\":0}\n"
	       "total {\"m_closed\":2,\"m_none\":8,\"m_open\":2.5,\"m_true\":16,\"x_1.5\":0,\"x_closed\":2,\"x_none\":8,\"x_open\":5,\"x_true\":16}\n");
	report("s", "count", ASK(.pivot = true), "{\"s\":\"b\"}\n{\"s\":\"a\"}\n{\"s\":\"b\"}", "{\"count_a\":1,\"count_b\":2}\n");
	report("s", "count", ASK(.pivot = true, .total = true), "", "total {}\n");
	report("t,d:month", "count", ASK(.pivot = true, .sort = "-count_2022-02,t", .top = 1),
	       "{\"t\":1,\"d\":\"2022-01-01\"}\n{\"t\":2,\"d\":\"2022-02-01\"}\n{\"t\":3,\"d\":\"2022-02-01\"}", "{\"count_2022-01\":0,\"count_2022-02\":1,\"t\":2}\n");
	report("t,s", "mean:n", ASK(.pivot = true, .verbose = true), "{\"t\":1,\"s\":\"a\",\"n\":5}\n{\"t\":2,\"s\":\"b\",\"n\":6}",
	       "{\"mean_n_a\":5,\"mean_n_n_a\":1,\"mean_n_n_b\":0,\"t\":1}\n{\"mean_n_b\":6,\"mean_n_n_a\":0,\"mean_n_n_b\":1,\"t\":2}\n");
	/* 1 and "1", none and the text none are different columns. */
	report("s", "n=count", ASK(.pivot = true),
	       "{\"s\":1}\n{\"s\":\"1\"}\n{\"s\":\"1\"}\n{\"s\":\"none\"}\n{}\n{\"s\":true}\n{\"s\":\"true\"}",
	       "{\"n_\\\"1\\\"\":2,\"n_\\\"none\\\"\":1,\"n_\\\"true\\\"\":1,\"n_1\":1,\"n_none\":1,\"n_true\":1}\n");
	report("s", "n=count", ASK(.pivot = true), "{\"s\":1}\n{\"s\":\"1\"}\n{\"s\":\"\\\"1\\\"\"}\n{\"s\":[1]}\n{\"s\":\"[1]\"}",
	       "{\"n_\\\"1\\\"\":1,\"n_\\\"[1]\\\"\":1,\"n_\\\"\\\\\\\"1\\\\\\\"\\\"\":1,\"n_1\":1,\"n_[1]\":1}\n");
	/* Nothing came: there are no columns that could be wrong. */
	report("s", "n=count", ASK(.pivot = true, .sort = "n_x"), "", "");
	report("t,s", "r=rate:n=5", ROUND(1, .pivot = true), "{\"t\":1,\"s\":\"a\",\"n\":5}\n{\"t\":1,\"s\":[1]}", "{\"r_[1]\":0.000,\"r_a\":1.000,\"t\":1}\n");
}

static void bad_pivots(void)
{
	refused(NULL, "count", ASK(.pivot = true), "", "--pivot: there are no groups");
	refused("t,s", "count", ASK(.pivot = true, .sort = "count"), cases,
	        "--sort: there is no column \"count\"; those are: t, count_none, count_true, count_1.5, count_closed, count_open");
	refused("t,s", "count", ASK(.pivot = true, .having = "s=open"), cases,
	        "--having: there is no column \"s\"; those are: t, count_none, count_true, count_1.5, count_closed, count_open");
	/* A value that makes the name of another column. */
	refused("count_x,s", "count", ASK(.pivot = true), "{\"s\":\"x\"}", "two columns would be named \"count_x\"");
	refused("t,s", "a=count,a_b=count:n", ASK(.pivot = true), "{\"s\":\"b_c\"}\n{\"s\":\"c\"}", "two columns would be named \"a_b_c\"");
}

static void many_values(void)
{
	struct gv_stat_spec *spec = spec_of("t,s", "count,mean:n", NULL, 0);
	struct gv_stat *s = stat_of(spec, 0);
	struct gv_report *r;
	struct gv_buf rows = GV_BUF_INIT(64 * GV_MIB);
	char record[64];
	size_t n;

	CHECK_OK(gv_report_new(&r, spec, ASK(.pivot = true, .total = true), &err), &err);
	gv_report_columns(r, &n);
	CHECK_INT(n, 0); /* not known yet */
	for (int i = 0; i < 1000; i++) {
		snprintf(record, sizeof record, "{\"t\":%d,\"s\":\"v%04d\",\"n\":%d}", i % 7, (i * 77) % 1000, i);
		add_lines(s, record);
	}
	CHECK_OK(gv_report_prepare(r, &s, 1, &err), &err);
	CHECK_INT((gv_report_columns(r, &n), n), 1 + 2 * 1000);
	CHECK_BYTES(gv_report_columns(r, &n)[1], GV_STR("count_v0000"));
	CHECK_BYTES(gv_report_columns(r, &n)[2000], GV_STR("mean_n_v0999"));
	CHECK_OK(gv_report_rows(r, &s, 1, append_row, &rows, &err), &err);
	add_lines(s, "{\"s\":\"w\"}");
	CHECK_ERR(gv_report_prepare(r, &s, 1, &err), &err, GV_EUSAGE, "--pivot: more than 1000 values, each of which would be columns: s");
	gv_report_free(r);
	gv_buf_free(&rows);
	gv_stat_free(s);
	gv_stat_spec_free(spec);
}

/* ---- sparklines ---- */

static void sparks(void)
{
	/* Eight heights from 0 to the most; the time is the same for all rows. */
	report("t,d:month", "count", ASK(.spark = true),
	       "{\"t\":1,\"d\":\"2022-01-01\"}\n{\"t\":1,\"d\":\"2022-02-01\"}\n{\"t\":1,\"d\":\"2022-02-02\"}\n{\"t\":2,\"d\":\"2021-12-31\"}\n{\"t\":2,\"d\":\"2022-04-01\"}",
	       "{\"count\":3,\"spark\":\" ▄█  \",\"t\":1}\n{\"count\":2,\"spark\":\"█   █\",\"t\":2}\n");
	report("d:year", "sum:n", ASK(.spark = true),
	       "{\"d\":\"2015-01-01\",\"n\":0}\n{\"d\":\"2016-01-01\",\"n\":1}\n{\"d\":\"2017-01-01\",\"n\":2}\n{\"d\":\"2018-01-01\",\"n\":3}\n"
	       "{\"d\":\"2019-01-01\",\"n\":4}\n{\"d\":\"2020-01-01\",\"n\":5}\n{\"d\":\"2021-01-01\",\"n\":6}\n{\"d\":\"2022-01-01\",\"n\":7}",
	       "{\"spark\":\"▁▂▃▄▅▆▇█\",\"sum_n\":28}\n");
	/* Below zero: from the least. */
	report("d:year", "sum:n", ASK(.spark = true, .share = true, .total = true), "{\"d\":\"2020-01-01\",\"n\":-7}\n{\"d\":\"2021-01-01\",\"n\":0}\n{\"d\":\"2022-01-01\",\"n\":7}",
	       "{\"spark\":\"▁▄█\",\"sum_n\":0}\ntotal {\"sum_n\":0}\n");
	report("d:year", "sum:n", ASK(.spark = true), "{\"d\":\"2020-01-01\",\"n\":-7}\n{\"d\":\"2021-01-01\",\"n\":-1}", "{\"spark\":\"▁▇\",\"sum_n\":-8}\n");
	report("d:year", "sum:n", ASK(.spark = true), "{\"d\":\"2020-01-01\",\"n\":0}\n{\"d\":\"2022-01-01\"}", "{\"spark\":\"▁ ▁\",\"sum_n\":0}\n");
	/* As large as doubles are. */
	report("d:year", "mean:n", ASK(.spark = true), "{\"d\":\"2020-01-01\",\"n\":-9e307}\n{\"d\":\"2021-01-01\",\"n\":9e307}\n{\"d\":\"2022-01-01\",\"n\":0}",
	       "{\"mean_n\":0,\"spark\":\"▁█▄\"}\n");
	report("d:year", "mean:n", ASK(.spark = true), "{\"d\":\"2020-01-01\",\"n\":1e-20}\n{\"d\":\"2021-01-01\",\"n\":2e-20}", "{\"mean_n\":0.000000000000000000015,\"spark\":\"▄█\"}\n");
	/* No mean, no point. */
	report("t,d:day", "mean:n", ASK(.spark = true, .having = "t=1"), "{\"t\":1,\"d\":\"2022-02-28\",\"n\":5}\n{\"t\":1,\"d\":\"2022-03-01\"}\n{\"t\":2,\"d\":\"2022-03-02\",\"n\":9}",
	       "{\"mean_n\":5,\"spark\":\"█  \",\"t\":1}\n");
	report("d:year", "min:d", ASK(.spark = true), "{\"d\":\"2022-01-01\"}", "{\"min_d\":\"2022-01-01\",\"spark\":\" \"}\n");
	report("d:year", "count", ASK(.spark = true), "{\"d\":5}\n{}", "{\"count\":2,\"spark\":\"\"}\n");
	report("d:year", "count", ASK(.spark = true), "", "");
}

/* Where a line begins and ends, and how long it is. */
static void spans(void)
{
	static const struct { const char *part, *records, *from, *until; size_t points; } row[] = {
		{ "year", "{\"d\":\"2020-06-01\"}\n{\"d\":\"2022-06-01\"}", "2020", "2022", 3 },
		{ "quarter", "{\"d\":\"2020-12-31\"}\n{\"d\":\"2022-01-01\"}", "2020-Q4", "2022-Q1", 6 },
		{ "month", "{\"d\":\"2021-11-30\"}\n{\"d\":\"2022-03-01\"}", "2021-11", "2022-03", 5 },
		{ "week", "{\"d\":\"2020-12-27\"}\n{\"d\":\"2021-01-04\"}", "2020-W52", "2021-W01", 3 },  /* there is a week 53 */
		{ "week", "{\"d\":\"2022-01-02\"}\n{\"d\":\"2022-01-03\"}", "2021-W52", "2022-W01", 2 },
		{ "week", "{\"d\":\"1900-01-01\"}\n{\"d\":\"1900-01-08\"}", "1900-W01", "1900-W02", 2 },
		{ "day", "{\"d\":\"2020-02-28\"}\n{\"d\":\"2020-03-01\"}", "2020-02-28", "2020-03-01", 3 },
		{ "day", "{\"d\":\"1969-12-31\"}\n{\"d\":\"1970-01-02\"}", "1969-12-31", "1970-01-02", 3 },
		{ "week", "{\"d\":\"1969-12-28\"}\n{\"d\":\"1970-01-01\"}", "1969-W52", "1970-W01", 2 },
		{ "week", "{\"d\":\"1970-01-04\"}\n{\"d\":\"1970-01-05\"}", "1970-W01", "1970-W02", 2 },
		{ "month", "{\"d\":\"0999-12-31\"}\n{\"d\":\"1000-01-01\"}", "0999-12", "1000-01", 2 },
		/* What is no date is counted, but has no place. */
		{ "year", "{\"d\":\"2020-06-01\"}\n{\"d\":\"soon\"}\n{\"d\":2022}\n{}\n{\"d\":\"-123\"}\n{\"d\":\"0000\"}", "2020", "2020", 1 },
		{ "month", "{\"d\":\"2020-06-01\"}\n{\"d\":\"2020-13\"}\n{\"d\":\"2020-00\"}\n{\"d\":\"-123-01\"}\n{\"d\":\"2020+07\"}\n{\"d\":\"2020-Q1\"}", "2020-06", "2020-06", 1 },
		{ "quarter", "{\"d\":\"2020-06-01\"}\n{\"d\":\"2020-Q5\"}\n{\"d\":\"2020-Q0\"}\n{\"d\":\"2021-W1\"}\n{\"d\":\"2021-01\"}", "2020-Q2", "2020-Q2", 1 },
		{ "week", "{\"d\":\"2020-06-01\"}\n{\"d\":\"2020-W54\"}\n{\"d\":\"2020-W00\"}\n{\"d\":\"2020-Q01\"}\n{\"d\":\"0000-W01\"}\n{\"d\":\"-001-W01\"}", "2020-W23", "2020-W23", 1 },
		{ "day", "{\"d\":\"2020-06-01\"}\n{\"d\":\"2020-06-31\"}\n{\"d\":\"\"}", "2020-06-01", "2020-06-01", 1 },
	};

	for (size_t i = 0; i < COUNT(row); i++) {
		char group[16];
		struct gv_stat_spec *spec;
		struct gv_stat *s;
		struct gv_report *r;
		struct gv_buf rows = GV_BUF_INIT(GV_MIB);
		size_t points = 0;

		snprintf(group, sizeof group, "d:%s", row[i].part);
		spec = spec_of(group, "count", NULL, 0);
		s = stat_of(spec, 0);
		add_lines(s, row[i].records);
		CHECK_OK(gv_report_new(&r, spec, ASK(.spark = true), &err), &err);
		CHECK_INT(gv_report_from(r).n, 0);
		CHECK_OK(gv_report_prepare(r, &s, 1, &err), &err);
		CHECK_BYTES(gv_report_from(r), gv_str_of(row[i].from));
		CHECK_BYTES(gv_report_until(r), gv_str_of(row[i].until));
		CHECK_OK(gv_report_rows(r, &s, 1, append_row, &rows, &err), &err);
		for (const char *p = rows.p ? strstr(rows.p, "\"spark\":\"") + 9 : "\""; *p != '"'; p++)
			points += ((unsigned char)*p & 0xC0) != 0x80;
		CHECK_INT(points, row[i].points);
		gv_buf_free(&rows);
		gv_report_free(r);
		gv_stat_free(s);
		gv_stat_spec_free(spec);
	}
}

static void bad_sparks(void)
{
	refused(NULL, "count", ASK(.spark = true), "", "--spark: no group is a part of a date, as filed_on:month");
	refused("d", "count", ASK(.spark = true), "", "--spark: the last group is no part of a date, as filed_on:month");
	refused("d:month,t", "count", ASK(.spark = true), "", "--spark: the last group is no part of a date, as filed_on:month");
	refused("spark,d:month", "count", ASK(.spark = true), "", "two columns would be named \"spark\"");
	refused("d:day", "count", ASK(.spark = true), "{\"d\":\"2021-01-01\"}\n{\"d\":\"2022-02-05\"}",
	        "--spark: 2021-01-01 to 2022-02-05 are more than 400 points: use a larger part of the date");
	refused("d:month", "count", ASK(.spark = true, .sort = "-d_month"), "", "--sort: there is no column \"d_month\"; those are: count, spark");
}

/* Exactly 400 points are drawn. */
static void longest_spark(void)
{
	struct gv_stat_spec *spec = spec_of("d:day", "count", NULL, 0);
	struct gv_stat *s = stat_of(spec, 0);
	struct gv_buf rows = GV_BUF_INIT(GV_MIB);

	add_lines(s, "{\"d\":\"2021-01-01\"}\n{\"d\":\"2022-02-04\"}");
	CHECK_OK(print_rows(&rows, spec, &s, 1, ASK(.spark = true), &err), &err);
	CHECK_INT(rows.n, strlen("{\"count\":2,\"spark\":\"\"}\n") + 398 + 2 * 3);
	gv_buf_free(&rows);
	gv_stat_free(s);
	gv_stat_spec_free(spec);
}

static void told_about(void)
{
	static const struct { const char *groups, *aggregates; bool pivot, time; size_t ngroups; const char *first; } row[] = {
		{ NULL, "count", false, false, 0, "count" }, { "d:month", "n=sum:x,count", false, true, 1, "n" },
		{ "d", "count", false, false, 1, "count" }, { "d:month,t", "count", true, true, 1, "count" },
		{ "d:month,t", "count", false, false, 2, "count" }, { "t,d:month", "count", true, false, 1, "count" },
	};

	for (size_t i = 0; i < COUNT(row); i++) {
		struct gv_stat_spec *spec = spec_of(row[i].groups, row[i].aggregates, NULL, 0);
		struct gv_report *r;

		CHECK_OK(gv_report_new(&r, spec, ASK(.pivot = row[i].pivot), &err), &err);
		CHECK_INT(gv_report_is_time(r), row[i].time);
		CHECK_INT(gv_report_groups(r), row[i].ngroups);
		CHECK_BYTES(gv_report_first(r), gv_str_of(row[i].first));
		gv_report_free(r);
		gv_stat_spec_free(spec);
	}
}

UNIT_MAIN("report_pivot",
	{ "values as columns", pivots },
	{ "values that cannot be columns", bad_pivots },
	{ "as many values as there may be", many_values },
	{ "sparklines", sparks },
	{ "what they span", spans },
	{ "sparklines that cannot be", bad_sparks },
	{ "the longest of them", longest_spark },
	{ "what a report tells of itself", told_about })
