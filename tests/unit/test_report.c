/* SPDX-License-Identifier: MIT */
/* Rows of a statistic: order, conditions, totals, shares, details, rounding. */
#include "stat_unit.h"

#define ROUND(places, ...) (&(struct gv_report_ask){ .decimals = (places), __VA_ARGS__ })
#define ASK(...) ROUND(-1, __VA_ARGS__)

static void report(const char *groups, const char *aggregates, const struct gv_report_ask *how, const char *records, const char *want)
{
	struct gv_stat_spec *spec = spec_of(groups, aggregates, NULL, 0);

	check_report(spec, how, records, want);
	gv_stat_spec_free(spec);
}

static void refused(const char *groups, const char *aggregates, const struct gv_report_ask *how, const char *want)
{
	struct gv_stat_spec *spec = spec_of(groups, aggregates, NULL, 0);
	struct gv_report *r;

	CHECK_ERR(gv_report_new(&r, spec, how, &err), &err, GV_EUSAGE, want);
	CHECK(!r);
	gv_stat_spec_free(spec);
}

/* ---- order ---- */

static const char letters[] = "{\"a\":\"x\",\"n\":5}\n{\"a\":\"y\",\"n\":-5}\n{\"a\":\"z\"}\n{\"a\":\"w\",\"n\":5}\n{\"n\":1}";

static void order(void)
{
	report("a", "sum:n", ASK(.sort = "sum_n"), letters,
	       "{\"a\":\"y\",\"sum_n\":-5}\n{\"a\":\"z\",\"sum_n\":0}\n{\"sum_n\":1}\n{\"a\":\"w\",\"sum_n\":5}\n{\"a\":\"x\",\"sum_n\":5}\n");
	report("a", "sum:n", ASK(.sort = "-sum_n", .top = 3), letters,
	       "{\"a\":\"w\",\"sum_n\":5}\n{\"a\":\"x\",\"sum_n\":5}\n{\"sum_n\":1}\n");
	/* No least of nothing: it comes before all, and behind all. */
	report("a", "min:n", ASK(.sort = "min_n"), letters,
	       "{\"a\":\"z\"}\n{\"a\":\"y\",\"min_n\":-5}\n{\"min_n\":1}\n{\"a\":\"w\",\"min_n\":5}\n{\"a\":\"x\",\"min_n\":5}\n");
	report("a", "min:n", ASK(.sort = "-min_n"), letters,
	       "{\"a\":\"w\",\"min_n\":5}\n{\"a\":\"x\",\"min_n\":5}\n{\"min_n\":1}\n{\"a\":\"y\",\"min_n\":-5}\n{\"a\":\"z\"}\n");
	report("a", "count", ASK(.top = 2), letters, "{\"count\":1}\n{\"a\":\"w\",\"count\":1}\n");
	report("a", "count", ASK(.sort = "-a", .top = 2), letters, "{\"a\":\"z\",\"count\":1}\n{\"a\":\"y\",\"count\":1}\n");
	report("a", "count", ASK(.sort = "-count", .top = 99), "{\"a\":1}\n{\"a\":2}\n{\"a\":2}", "{\"a\":2,\"count\":2}\n{\"a\":1,\"count\":1}\n");
	/* Several columns, each in its own direction. */
	report("a,b", "count,sum:n", ASK(.sort = "-count,b,-sum_n"),
	       "{\"a\":1,\"b\":\"q\",\"n\":7}\n{\"a\":2,\"b\":\"q\",\"n\":8.5}\n{\"a\":3,\"b\":\"p\"}\n{\"a\":4,\"b\":\"q\",\"n\":8.50}\n{\"a\":5,\"b\":\"z\"}\n{\"a\":5,\"b\":\"z\"}",
	       "{\"a\":5,\"b\":\"z\",\"count\":2,\"sum_n\":0}\n{\"a\":3,\"b\":\"p\",\"count\":1,\"sum_n\":0}\n{\"a\":2,\"b\":\"q\",\"count\":1,\"sum_n\":8.5}\n"
	       "{\"a\":4,\"b\":\"q\",\"count\":1,\"sum_n\":8.5}\n{\"a\":1,\"b\":\"q\",\"count\":1,\"sum_n\":7}\n");
	/* By text, where one is the beginning of the other, and by numbers as they are worth. */
	report("a", "v=max:n", ASK(.sort = "-a"), "{\"a\":\"a\"}\n{\"a\":\"ab\"}\n{\"a\":\"a\\u0001\"}\n{\"a\":\"\"}\n{\"a\":5}",
	       "{\"a\":\"ab\"}\n{\"a\":\"a\\u0001\"}\n{\"a\":\"a\"}\n{\"a\":\"\"}\n{\"a\":5}\n");
	report("a", "v=sum:n", ASK(.sort = "v"),
	       "{\"a\":1,\"n\":10}\n{\"a\":2,\"n\":9.5}\n{\"a\":3,\"n\":-1e20}\n{\"a\":4,\"n\":12345678901234567890}\n{\"a\":5,\"n\":-0.5}\n{\"a\":6,\"n\":1e-9}",
	       "{\"a\":3,\"v\":-100000000000000000000}\n{\"a\":5,\"v\":-0.5}\n{\"a\":6,\"v\":0.000000001}\n{\"a\":2,\"v\":9.5}\n{\"a\":1,\"v\":10}\n"
	       "{\"a\":4,\"v\":12345678901234567890}\n");
	report("a", "v=mean:n", ASK(.sort = "-v"), "{\"a\":1,\"n\":1e25}\n{\"a\":2,\"n\":1e-7}\n{\"a\":3,\"n\":7}",
	       "{\"a\":1,\"v\":10000000000000000000000000}\n{\"a\":3,\"v\":7}\n{\"a\":2,\"v\":0.0000001}\n");
}

static void bad_columns(void)
{
	refused("a", "count,sum:n", ASK(.sort = "b"), "--sort: there is no column \"b\"; those are: a, count, sum_n");
	refused("a", "count,sum:n", ASK(.sort = "count,-b"), "--sort: there is no column \"b\"; those are: a, count, sum_n");
	refused("a", "count,sum:n", ASK(.sort = "-"), "--sort: there is no column \"\"; those are: a, count, sum_n");
	refused("a", "count,sum:n", ASK(.sort = ""), "--sort: there is no column \"\"; those are: a, count, sum_n");
	refused("a", "count,sum:n", ASK(.sort = "count,"), "--sort: there is no column \"\"; those are: a, count, sum_n");
	refused("a", "count", ASK(.sort = "share"), "--sort: there is no column \"share\"; those are: a, count");
	refused("a", "count", ASK(.having = "n>1"), "--having: there is no column \"n\"; those are: a, count");
	refused("a", "count", ASK(.having = "count>1 and sum_n<5"), "--having: there is no column \"sum_n\"; those are: a, count");
	refused("a", "count", ASK(.share = true, .pivot = true), "--share does not go with --pivot: a row has many columns to share out");
	refused("a", "count", ASK(.having = "count>"), "--having: column 6: \">\" needs a value on its right");
	refused("a", "sum:n", ASK(.sort = "-sum_n_n"), "--sort: there is no column \"sum_n_n\"; those are: a, sum_n");
	refused("share", "count", ASK(.share = true), "two columns would be named \"share\"");
	refused(NULL, "mean:n,mean_n_n=count", ASK(.verbose = true), "two columns would be named \"mean_n_n\"");
	refused(NULL, "mean:n", ASK(.share = true), "--share: the first aggregate must be a count or a sum, this is mean:n");
	refused(NULL, "x=rate:a=1,count", ASK(.share = true), "--share: the first aggregate must be a count or a sum, this is x=rate:a=1");
}

/* ---- conditions ---- */

static void having(void)
{
	static const char records[] =
		"{\"a\":\"x\",\"n\":2}\n{\"a\":\"x\",\"n\":3}\n{\"a\":\"y\",\"n\":2}\n{\"a\":\"y\",\"n\":3.001}\n{\"a\":\"z\",\"n\":12345678901234567890}\n{\"a\":\"w\"}";
	static const struct { const char *having, *groups; } row[] = {
		{ "mean_n>2.5", "y,z" }, { "mean_n>=2.5", "x,y,z" }, { "mean_n=2.50", "x" }, { "mean_n<2.5005", "x" }, { "mean_n!=2.5", "w,y,z" },
		{ "exists mean_n", "x,y,z" }, { "not exists mean_n", "w" }, { "count>=2", "x,y" }, { "a=x or a=w", "w,x" }, { "a ~ '^[yz]'", "y,z" },
		{ "sum_n>12345678901234567889.5", "z" }, { "sum_n=12345678901234567890", "z" }, { "sum_n<5.001", "w,x" }, { "sum_n in (5, 5.001)", "x,y" },
		{ "count>5", "" }, { "a=x and mean_n<3", "x" },
	};
	struct gv_stat_spec *spec = spec_of("a", "count,mean:n,sum:n", NULL, 0);
	struct gv_stat *s = stat_of(spec, 0);

	add_lines(s, records);
	for (size_t i = 0; i < COUNT(row); i++) {
		struct gv_buf rows = GV_BUF_INIT(4096), got = GV_BUF_INIT(64);

		CHECK_OK(print_rows(&rows, spec, &s, 1, ASK(.having = row[i].having), &err), &err);
		for (const char *p = rows.p; p && (p = strstr(p, "\"a\":\"")); p++)
			gv_buf_addf(&got, "%s%c", got.n ? "," : "", p[5]);
		CHECK_STR(got.p ? got.p : "", row[i].groups);
		if (strcmp(got.p ? got.p : "", row[i].groups) != 0)
			printf("# %s\n", row[i].having);
		gv_buf_free(&rows);
		gv_buf_free(&got);
	}
	gv_stat_free(s);
	gv_stat_spec_free(spec);
	/* The first two of those that match. */
	report("a", "count", ASK(.having = "a!=x", .sort = "-a", .top = 2), letters, "{\"a\":\"z\",\"count\":1}\n{\"a\":\"y\",\"count\":1}\n");
	/* Unrounded. */
	report("a", "mean:n", ROUND(1, .having = "mean_n>2.5"), "{\"a\":1,\"n\":2.5}\n{\"a\":2,\"n\":2.5}\n{\"a\":2,\"n\":2.51}",
	       "{\"a\":2,\"mean_n\":2.5}\n");
}

static int ignore_row(void *ctx, struct gv_doc *doc, bool is_total)
{
	(void)ctx;
	(void)doc;
	(void)is_total;
	return 0;
}

static void having_gives_up(void)
{
	struct gv_stat_spec *spec = spec_of("a", "count", NULL, 0);
	struct gv_stat *s = stat_of(spec, 0);
	struct gv_report *r;

	add_lines(s, "{\"a\":\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!\"}");
	CHECK_OK(gv_report_new(&r, spec, ASK(.having = "a ~ '^(a|a?)+$'"), &err), &err);
	CHECK_INT(gv_report_rows(r, &s, 1, ignore_row, NULL, &err), GV_EDATA);
	gv_report_free(r);
	gv_stat_free(s);
	gv_stat_spec_free(spec);
}

/* ---- totals and shares ---- */

static void totals(void)
{
	report("a", "count,sum:n,max:n,p50:n", ASK(.total = true), letters,
	       "{\"count\":1,\"max_n\":1,\"p50_n\":1,\"sum_n\":1}\n{\"a\":\"w\",\"count\":1,\"max_n\":5,\"p50_n\":5,\"sum_n\":5}\n"
	       "{\"a\":\"x\",\"count\":1,\"max_n\":5,\"p50_n\":5,\"sum_n\":5}\n{\"a\":\"y\",\"count\":1,\"max_n\":-5,\"p50_n\":-5,\"sum_n\":-5}\n"
	       "{\"a\":\"z\",\"count\":1,\"sum_n\":0}\ntotal {\"count\":5,\"max_n\":5,\"p50_n\":1,\"sum_n\":6}\n");
	/* Whatever having and top leave out. */
	report("a", "count", ASK(.total = true, .having = "a=x"), letters, "{\"a\":\"x\",\"count\":1}\ntotal {\"count\":5}\n");
	report("a", "count", ASK(.total = true, .top = 1, .sort = "-a"), letters, "{\"a\":\"z\",\"count\":1}\ntotal {\"count\":5}\n");
	report("a", "count,mean:n", ASK(.total = true), "", "total {\"count\":0}\n");
	report(NULL, "count", ASK(.total = true), "{}", "{\"count\":1}\ntotal {\"count\":1}\n");
	report("a", "mean:n,rate:n=1", ROUND(1, .total = true), "{\"a\":1,\"n\":1}\n{\"a\":2,\"n\":2}\n{\"a\":2,\"n\":2}",
	       "{\"a\":1,\"mean_n\":1.0,\"rate_n_1\":1.000}\n{\"a\":2,\"mean_n\":2.0,\"rate_n_1\":0.000}\ntotal {\"mean_n\":1.7,\"rate_n_1\":0.333}\n");
}

static void shares(void)
{
	report("a", "count", ASK(.share = true), "{\"a\":1}\n{\"a\":2}\n{\"a\":2}", "{\"a\":1,\"count\":1,\"share\":0.3333333333333333}\n{\"a\":2,\"count\":2,\"share\":0.6666666666666666}\n");
	report("a", "count:n,sum:n", ASK(.share = true, .total = true), "{\"a\":1,\"n\":1}\n{\"a\":2}\n{\"a\":3,\"n\":1}",
	       "{\"a\":1,\"count_n\":1,\"share\":0.5,\"sum_n\":1}\n{\"a\":2,\"count_n\":0,\"share\":0,\"sum_n\":0}\n{\"a\":3,\"count_n\":1,\"share\":0.5,\"sum_n\":1}\n"
	       "total {\"count_n\":2,\"share\":1,\"sum_n\":2}\n");
	report("a", "sum:n", ASK(.share = true), "{\"a\":1,\"n\":0.1}\n{\"a\":2,\"n\":0.2}",
	       "{\"a\":1,\"share\":0.3333333333333333,\"sum_n\":0.1}\n{\"a\":2,\"share\":0.6666666666666666,\"sum_n\":0.2}\n");
	/* Of nothing there is no part. */
	report("a", "sum:n", ASK(.share = true, .total = true), "{\"a\":1,\"n\":5}\n{\"a\":2,\"n\":-5}", "{\"a\":1,\"sum_n\":5}\n{\"a\":2,\"sum_n\":-5}\ntotal {\"sum_n\":0}\n");
	report("a", "sum:n", ASK(.share = true), "{\"a\":1,\"n\":5}\n{\"a\":2,\"n\":-1}", "{\"a\":1,\"share\":1.25,\"sum_n\":5}\n{\"a\":2,\"share\":-0.25,\"sum_n\":-1}\n");
	report("a", "sum:n", ASK(.share = true), "{\"a\":1,\"n\":-5}\n{\"a\":2,\"n\":1}", "{\"a\":1,\"share\":1.25,\"sum_n\":-5}\n{\"a\":2,\"share\":-0.25,\"sum_n\":1}\n");
	report("a", "sum:n", ASK(.share = true), "{\"a\":1,\"n\":123456789012345678901234567890}\n{\"a\":2,\"n\":123456789012345678901234567890}",
	       "{\"a\":1,\"share\":0.5,\"sum_n\":123456789012345678901234567890}\n{\"a\":2,\"share\":0.5,\"sum_n\":123456789012345678901234567890}\n");
	/* Of all, not of what having leaves; to sort by, and to ask for. */
	report("a", "count", ROUND(1, .share = true, .having = "share<0.6"), "{\"a\":1}\n{\"a\":2}\n{\"a\":2}", "{\"a\":1,\"count\":1,\"share\":0.333}\n");
	report("a", "count", ASK(.share = true, .sort = "-share", .top = 1), "{\"a\":1}\n{\"a\":2}\n{\"a\":2}", "{\"a\":2,\"count\":2,\"share\":0.6666666666666666}\n");
}

/* ---- details, rounding ---- */

static void details(void)
{
	report(NULL, "count,rate:n=2,mean:n,p50:n,distinct:n,min:n,sum:n,sd:n,count:n,first:n", ASK(.verbose = true), "{\"n\":2}\n{\"n\":4}\n{\"n\":\"x\"}\n{}",
	       "{\"count\":4,\"count_n\":3,\"distinct_n\":3,\"distinct_n_error\":0,\"first_n\":2,\"mean_n\":3,\"mean_n_n\":2,\"min_n\":2,\"p50_n\":2,"
	       "\"p50_n_error\":0,\"p50_n_n\":2,\"rate_n_2\":0.25,\"rate_n_2_den\":4,\"rate_n_2_num\":1,\"sd_n\":1.4142135623730951,\"sd_n_n\":2,"
	       "\"sum_n\":6,\"sum_n_n\":2}\n");
	/* Nothing is no error, but a number of values. */
	report(NULL, "rate:n=2,mean:n,p50:n,distinct:n", ASK(.verbose = true), "",
	       "{\"distinct_n\":0,\"distinct_n_error\":0,\"mean_n_n\":0,\"p50_n_n\":0,\"rate_n_2_den\":0,\"rate_n_2_num\":0}\n");
	report("a", "mean:n", ASK(.verbose = true, .sort = "-mean_n_n", .having = "mean_n_n>=1"), "{\"a\":1,\"n\":1}\n{\"a\":2,\"n\":1}\n{\"a\":2,\"n\":1}\n{}",
	       "{\"a\":2,\"mean_n\":1,\"mean_n_n\":2}\n{\"a\":1,\"mean_n\":1,\"mean_n_n\":1}\n");
}

static void inexact_details(void)
{
	struct gv_stat_spec *spec = spec_of("a", "p50:n,distinct:n", NULL, 2);
	static const char records[] = "{\"a\":1,\"n\":123456}\n{\"a\":1,\"n\":123457}\n{\"a\":1,\"n\":123499}\n{\"a\":2,\"n\":123456}";

	check_report(spec, ASK(.verbose = true), records,
	             "{\"a\":1,\"distinct_n\":3,\"distinct_n_error\":0.0081,\"p50_n\":123400,\"p50_n_error\":0.001,\"p50_n_n\":3}\n"
	             "{\"a\":2,\"distinct_n\":1,\"distinct_n_error\":0,\"p50_n\":123456,\"p50_n_error\":0,\"p50_n_n\":1}\n");
	check_report(spec, ASK(.sort = "-a"), records,
	             "{\"a\":2,\"distinct_n\":1,\"p50_n\":123456}\n"
	             "{\"a\":1,\"distinct_n\":3,\"distinct_n_error\":0.0081,\"p50_n\":123400,\"p50_n_error\":0.001}\n");
	gv_stat_spec_free(spec);
}

static void rounding(void)
{
	static const char records[] = "{\"n\":0.125}\n{\"n\":0.25}\n{\"n\":0.375}\n{\"n\":0.75}";  /* mean 0.375, median 0.3125 */
	static const struct { int decimals; bool interpolate; const char *want; } row[] = {
		{ -1, false, "{\"mean_n\":0.375,\"p50_n\":0.25,\"r\":0.25,\"sum_n\":1.5}\n" },
		{ 2, false, "{\"mean_n\":0.38,\"p50_n\":0.25,\"r\":0.2500,\"sum_n\":1.5}\n" },
		{ 1, false, "{\"mean_n\":0.4,\"p50_n\":0.25,\"r\":0.250,\"sum_n\":1.5}\n" },
		{ 0, false, "{\"mean_n\":0,\"p50_n\":0.25,\"r\":0.25,\"sum_n\":1.5}\n" },
		{ 3, true, "{\"mean_n\":0.375,\"p50_n\":0.312,\"r\":0.25000,\"sum_n\":1.5}\n" },
		{ -1, true, "{\"mean_n\":0.375,\"p50_n\":0.3125,\"r\":0.25,\"sum_n\":1.5}\n" },
		{ 12, true, "{\"mean_n\":0.375000000000,\"p50_n\":0.312500000000,\"r\":0.25000000000000,\"sum_n\":1.5}\n" },
	};

	for (size_t i = 0; i < COUNT(row); i++)
		report(NULL, "mean:n,p50:n,sum:n,r=rate:n=0.75", ROUND(row[i].decimals, .interpolate = row[i].interpolate), records, row[i].want);
	report("a", "mean:n", ROUND(1, .sort = NULL), "{\"a\":1,\"n\":2.25}\n{\"a\":2,\"n\":2.75}\n{\"a\":3,\"n\":-0.04}\n{\"a\":4,\"n\":99.95}\n{\"a\":5}\n{\"a\":6,\"n\":1e20}",
	       "{\"a\":1,\"mean_n\":2.2}\n{\"a\":2,\"mean_n\":2.8}\n{\"a\":3,\"mean_n\":0.0}\n{\"a\":4,\"mean_n\":100.0}\n{\"a\":5}\n{\"a\":6,\"mean_n\":100000000000000000000.0}\n");
}

static int only_integers(void *ctx, struct gv_doc *doc, bool is_total)
{
	(void)ctx;
	(void)is_total;
	CHECK_INT(gv_val_get(&doc->root, "mean_n")->type, GV_INT);
	CHECK_INT(gv_val_get(&doc->root, "sum_n")->type, GV_INT);
	return 0;
}

/* A number without a fraction is an integer, rounded or not. */
static void integers(void)
{
	static const int decimals[] = { -1, 0 };

	for (size_t i = 0; i < COUNT(decimals); i++) {
		struct gv_stat_spec *spec = spec_of(NULL, "mean:n,sum:n", NULL, 0);
		struct gv_stat *s = stat_of(spec, 0);
		struct gv_report *r;

		add_lines(s, "{\"n\":3}\n{\"n\":5}");
		CHECK_OK(gv_report_new(&r, spec, ROUND(decimals[i], .sort = NULL), &err), &err);
		CHECK_OK(gv_report_rows(r, &s, 1, only_integers, NULL, &err), &err);
		gv_report_free(r);
		gv_stat_free(s);
		gv_stat_spec_free(spec);
	}
}

/* ---- private values ---- */

static bool phone_is_sensitive(struct gv_str path)
{
	return gv_str_is(path, "phone");
}

static bool phone_is_sensitive_anywhere(struct gv_str path)
{
	return gv_str_is(path, "p[].phone");
}

/* A group, and what first, last, min and max show of a field; numbers about it stay. */
static void masked(void)
{
	static const char open_row[] = "{\"count\":1,\"distinct_phone\":1,\"first_n\":5,\"first_phone\":\"13812345678\",\"max_phone\":13812345678,"
	                               "\"phone\":\"13812345678\"}\n";
	static const struct { bool (*is_sensitive)(struct gv_str path); bool mask; const char *want; int open; } row[] = {
		{ NULL, true, open_row, 0 },
		{ phone_is_sensitive, false, open_row, 3 },
		{ phone_is_sensitive, true, "{\"count\":1,\"distinct_phone\":1,\"first_n\":5,\"first_phone\":\"138****5678\",\"max_phone\":\"138****5678\","
		                            "\"phone\":\"138****5678\"}\n", 0 },
	};

	for (size_t i = 0; i < 2 * COUNT(row); i++) {
		struct gv_report_ask how = { .decimals = -1, .is_sensitive = row[i / 2].is_sensitive, .mask = row[i / 2].mask, .sort = i % 2 ? "-phone" : NULL };
		struct gv_stat_spec *spec = spec_of("phone", "count,distinct:phone,first:phone,max:phone,first:n", NULL, 0);
		struct gv_report *r;
		size_t n;
		int open = 0;

		check_report(spec, &how, "{\"phone\":\"13812345678\",\"n\":5}", row[i / 2].want);
		CHECK_OK(gv_report_new(&r, spec, &how, &err), &err);
		gv_report_columns(r, &n);
		for (size_t k = 0; k < n; k++) { /* what a chart has to mask by itself */
			struct gv_doc d = GV_DOC_INIT;
			struct gv_val v = gv_mklit("13812345678"), seen;

			CHECK_OK(gv_report_mask(r, &d, k, &v, &seen, &err), &err);
			open += !gv_val_eq(&v, &seen);
			gv_doc_free(&d);
		}
		CHECK_INT(open, row[i / 2].open);
		gv_report_free(r);
		gv_stat_spec_free(spec);
	}
	/* In objects and arrays, too. */
	report("p", "last:p", ASK(.is_sensitive = phone_is_sensitive_anywhere, .mask = true), "{\"p\":[{\"phone\":13812345678,\"name\":\"x\"}]}",
	       "{\"last_p\":[{\"name\":\"x\",\"phone\":\"138****5678\"}],\"p\":[{\"name\":\"x\",\"phone\":\"138****5678\"}]}\n");
	/* Sorted and asked for as they are, shown masked. */
	report("phone", "count", ASK(.is_sensitive = phone_is_sensitive, .mask = true, .sort = "-phone", .having = "phone!='13812340000'"),
	       "{\"phone\":\"13812345678\"}\n{\"phone\":\"13812340000\"}\n{\"phone\":\"13912345678\"}",
	       "{\"count\":1,\"phone\":\"139****5678\"}\n{\"count\":1,\"phone\":\"138****5678\"}\n");
	refused("a,phone", "count", ASK(.is_sensitive = phone_is_sensitive, .mask = true, .pivot = true),
	        "--pivot: the values of phone are sensitive and would be the names of columns: give --sensitive");
}

/* ---- on disk, and again ---- */

/* With almost no memory, and with enough: the rows are the same. */
static void on_disk(void)
{
	struct gv_stat_spec *spec = spec_of("a,d:month", "count,sum:n,mean:n,first:t", NULL, 0);
	struct gv_stat *s = stat_of(spec, 20000);
	static const char *const sorts[] = { "-count,a", "-sum_n,-d_month", "first_t", "-mean_n,count" };
	char record[256];

	for (int i = 0; i < 20000; i++) {
		snprintf(record, sizeof record, "{\"a\":\"g%d\",\"d\":\"2022-%02d-01\",\"n\":%d.%d,\"t\":\"%.*s\"}", (int)roll(400), (int)roll(12) + 1,
		         (int)roll(40) - 20, (int)roll(10), (int)roll(60), "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx");
		CHECK_OK(add_text(s, gv_str_of(record), (struct gv_stat_place){ .line = (uint64_t)i }, &err), &err);
	}
	CHECK(gv_stat_spills(s) > 3);
	for (size_t i = 0; i < COUNT(sorts); i++) {
		struct gv_buf small = GV_BUF_INIT(16 * GV_MIB), large = GV_BUF_INIT(16 * GV_MIB);

		CHECK_OK(print_rows(&small, spec, &s, 1, ASK(.sort = sorts[i], .memory = 1, .total = true), &err), &err);
		CHECK_OK(print_rows(&large, spec, &s, 1, ASK(.sort = sorts[i], .total = true), &err), &err);
		CHECK(large.n > 4000 * 30);
		CHECK(gv_str_eq(gv_buf_str(&small), gv_buf_str(&large)));
		gv_buf_free(&small);
		gv_buf_free(&large);
	}
	gv_stat_free(s);
	gv_stat_spec_free(spec);
}

/* --live: the same report again and again while records come; each time as if it were new. */
static void live(void)
{
	static const struct { const char *aggregates; struct gv_report_ask how; } row[] = {
		{ "count,mean:n", { .decimals = 2, .total = true, .share = true, .sort = "-count" } },
		{ "count,p50:n", { .decimals = -1, .pivot = true, .total = true, .verbose = true } },
		{ "sum:n", { .decimals = -1, .pivot = true, .sort = "-a" } },
		{ "count", { .decimals = -1, .spark = true, .share = true, .total = true } },
	};

	for (size_t i = 0; i < COUNT(row); i++) {
		struct gv_stat_spec *spec = spec_of("a,d:month", row[i].aggregates, NULL, 0);
		struct gv_stat *s = stat_of(spec, 0);
		struct gv_report *r;
		char record[128];

		CHECK_OK(gv_report_new(&r, spec, &row[i].how, &err), &err);
		for (int round = 0; round < 8; round++) {
			struct gv_buf again = GV_BUF_INIT(GV_MIB), fresh = GV_BUF_INIT(GV_MIB);

			CHECK_OK(gv_report_prepare(r, &s, 1, &err), &err);
			CHECK_OK(gv_report_rows(r, &s, 1, append_row, &again, &err), &err);
			CHECK_OK(print_rows(&fresh, spec, &s, 1, &row[i].how, &err), &err);
			CHECK_STR(again.p ? again.p : "", fresh.p ? fresh.p : "");
			gv_buf_free(&again);
			gv_buf_free(&fresh);
			for (int k = 0; k < 5; k++) {
				snprintf(record, sizeof record, "{\"a\":%d,\"d\":\"20%02d-%02d-01\",\"n\":%d}", (int)roll(3), (int)roll(5) + 20, (int)roll(12) + 1, (int)roll(9));
				add_lines(s, record);
			}
		}
		gv_report_free(r);
		gv_stat_free(s);
		gv_stat_spec_free(spec);
	}
}

UNIT_MAIN("report",
	{ "order", order },
	{ "columns that are not there", bad_columns },
	{ "conditions on rows", having },
	{ "a pattern on rows that gives up", having_gives_up },
	{ "totals", totals },
	{ "shares", shares },
	{ "columns about columns", details },
	{ "columns about what is not exact", inexact_details },
	{ "rounding", rounding },
	{ "integers stay integers", integers },
	{ "private values", masked },
	{ "sorted on disk", on_disk },
	{ "the same report again and again", live })
