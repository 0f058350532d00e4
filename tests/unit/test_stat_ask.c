/* SPDX-License-Identifier: MIT */
/* Every aggregate: exact numbers, dates, misfits, and what is absent. */
#include "stat_unit.h"

/* Values of the field v, one record each, as "5|-7|\"x\""; nothing between two bars: absent. */
static void add_values(struct gv_stat *s, const char *values)
{
	char record[4096];

	for (uint64_t line = 1; *values; line++) {
		size_t n = strcspn(values, "|");

		if (n)
			snprintf(record, sizeof record, "{\"k\":%llu,\"v\":%.*s}", (unsigned long long)line, (int)n, values);
		else
			snprintf(record, sizeof record, "{\"k\":%llu}", (unsigned long long)line);
		CHECK_OK(add_text(s, gv_str_of(record), (struct gv_stat_place){ .line = line }, &err), &err);
		values += n + (values[n] == '|');
	}
}

/* The aggregate of the values as it stands in the row; "-": it is absent. */
static void check_value(const char *aggregate, const char *values, const char *want, bool interpolate)
{
	char text[256], expect[2048];
	struct gv_report_ask how = { .interpolate = interpolate, .decimals = -1 };
	struct gv_buf rows = GV_BUF_INIT(4096);
	struct gv_stat_spec *spec;
	struct gv_stat *s;

	snprintf(text, sizeof text, "x=%s", aggregate);
	spec = spec_of(NULL, text, NULL, 0);
	s = stat_of(spec, 0);
	add_values(s, values);
	CHECK_OK(print_rows(&rows, spec, &s, 1, &how, &err), &err);
	if (strcmp(want, "-") == 0)
		snprintf(expect, sizeof expect, "{}\n");
	else
		snprintf(expect, sizeof expect, "{\"x\":%s}\n", want);
	if (strcmp(rows.p ? rows.p : "", expect) != 0)
		UNIT_FAIL("%s of %s:\n#   got  %s#   want %s", aggregate, values, rows.p ? rows.p : "", expect);
	unit_checks++;
	gv_buf_free(&rows);
	gv_stat_free(s);
	gv_stat_spec_free(spec);
}

#define NINES "999999999999999999999999999"
#define NOON "\"2022-03-01T12:00:00+08:00\""

static void numbers(void)
{
	static const struct { const char *aggregate, *values, *want; } row[] = {
		{ "count", "1||null|\"x\"", "4" },
		{ "count:v", "1||null|\"x\"|\"\"|false|[]|{}", "6" },
		{ "sum:v", "5|-7||null|0", "-2" },
		{ "sum:v", "||", "0" },
		{ "sum:v", "0.1|0.2", "0.3" },
		{ "sum:v", "1.5|\"1.50\"|0.005e2|\"-3e0\"", "0.5" },
		{ "sum:v", "9007199254740992", "9007199254740992" },
		{ "sum:v", "9007199254740992|1", "9007199254740993" },
		{ "sum:v", "-9007199254740992|-1", "-9007199254740993" },
		{ "sum:v", "\"9007199254740993\"|\"-3\"|\"0\"|10", "9007199254741000" },
		{ "sum:v", "\"" NINES "\"|\"1\"|\"-" NINES "\"", "1" },
		{ "sum:v", NINES "|1", "1000000000000000000000000000" },
		{ "sum:v", "\"007\"|\"00.50\"", "7.5" },
		{ "sum:v", "true|\"NaN\"|\"nan\"|\"Infinity\"|\"+1\"|\" 1\"|\"1,000\"|\"0x10\"|\"１\"|\"\"|\"-\"|[1]|{\"v\":1}|2", "2" },
		{ "sum:v", "1e400|1e-400|1e5", "100000" },
		{ "mean:v", "1|2", "1.5" },
		{ "mean:v", "1|2|6|\"x\"|", "3" },
		{ "mean:v", "1|1|2", "1.3333333333333333" },
		{ "mean:v", "-5|5", "0" },
		{ "mean:v", "-1|0|0", "-0.3333333333333333" },
		{ "mean:v", "|\"x\"", "-" },
		{ "mean:v", "1e300", "1000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000" },
		{ "mean:v", "9007199254740993|9007199254740993", "9007199254740992" },
		{ "sd:v", "5", "-" },
		{ "sd:v", "|", "-" },
		{ "sd:v", "5|5|5", "0" },
		{ "sd:v", "2|4|4|4|5|5|7|9", "2.138089935299395" },
		{ "sd:v", "1000000000000000001|1000000000000000003", "1.4142135623730951" },
		{ "min:v", "5|-7|0|\"-6.5\"", "-7" },
		{ "max:v", "5|-7|0|\"6.5\"", "6.5" },
		{ "min:v", "0.25|1|0.5", "0.25" },
		{ "max:v", "-0.25|-1", "-0.25" },
		{ "min:v", "\"" NINES "\"|" NINES "1", NINES },
		{ "max:v", "9007199254740993|9007199254740992", "9007199254740993" },
		{ "max:v", "\"0010\"|\"9\"", "10" },
		{ "min:v", "\"x\"|true||null|[0]", "-" },
		{ "max:v", "-0.0", "0" },
		{ "min:v", "\"2022-03-01\"|\"2021-12-31\"|\"2022-02-30\"|\"x\"", "\"2021-12-31\"" },
		{ "max:v", "\"2022-03-01\"|" NOON "|\"2022-02-28T23:59:59Z\"", NOON },
		{ "min:v", NOON "|\"2022-03-01T03:59:59Z\"", "\"2022-03-01T11:59:59+08:00\"" },
		{ "min:v", "\"2022-03-01\"|2022", "2022" },
		{ "max:v", "\"2022-03-01\"|2022", "\"2022-03-01\"" },
		{ "distinct:v", "1|1.0|10e-1|\"1\"|true|\"true\"||null|[1]|[1]|{\"a\":1}|\"\"", "7" },
		{ "distinct:v", "|null", "0" },
		{ "rate:v=1", "1|2|3", "0.3333333333333333" },
		{ "rate:v=1", "1|1", "1" },
		{ "rate:v=1", "2|", "0" },
		{ "rate:v>=1.5 and k<3", "1.5|2|9", "0.6666666666666666" },
		{ "rate:not exists v", "||1", "0.6666666666666666" },
	};

	for (size_t i = 0; i < COUNT(row); i++)
		check_value(row[i].aggregate, row[i].values, row[i].want, false);
}

static void quantiles(void)
{
	static const struct { const char *aggregate, *values, *want, *interpolated; } row[] = {
		{ "p50:v", "3|1|2", "2", "2" },
		{ "p50:v", "4|1|3|2", "2", "2.5" },
		{ "p0:v", "4|1|3|2", "1", "1" },
		{ "p100:v", "4|1|3|2", "4", "4" },
		{ "p25:v", "4|1|3|2", "1", "1.75" },
		{ "p25.1:v", "4|1|3|2", "2", "1.753" },
		{ "p90:v", "10|20|30|40|50|60|70|80|90|100", "90", "91" },
		{ "p99.9:v", "10|20", "20", "19.99" },
		{ "p05:v", "10|20", "10", "10.5" },
		{ "p50:v", "7", "7", "7" },
		{ "p50:v", "0.1|0.3", "0.1", "0.2" },
		{ "p50:v", "-1|-2", "-2", "-1.5" },
		{ "p50:v", "\"1.5\"|\"x\"|true||[1]|null", "1.5", "1.5" },
		{ "p50:v", "\"" NINES "\"|1|" NINES "1", NINES, "1000000000000000000000000000" },
		{ "p100:v", "9007199254740993", "9007199254740993", "9007199254740992" },
		{ "p50:v", "\"x\"|", "-", "-" },
		{ "p50:v", "\"2022-03-01\"", "-", "-" },
		{ "p33.333333:v", "1|2|3", "1", "1.66666666" },
		{ "p33.333334:v", "1|2|3", "2", "1.66666668" },
	};

	for (size_t i = 0; i < COUNT(row); i++) {
		check_value(row[i].aggregate, row[i].values, row[i].want, false);
		check_value(row[i].aggregate, row[i].values, row[i].interpolated, true);
	}
}

/* Records with an order by `by`, else by the input; the field v is what is wanted. */
static void firsts(void)
{
	static const char records[] =
		"{\"by\":\"2022-02-01\",\"v\":\"b\"}\n{\"by\":\"2022-01-01\",\"v\":\"a\"}\n{\"v\":\"no order\"}\n"
		"{\"by\":\"2022-03-01\"}\n{\"by\":null,\"v\":\"nor this\"}\n{\"by\":\"2022-02-28\",\"v\":[1.50]}\n{\"by\":\"2022-02-01\",\"v\":7}";
	struct gv_stat_spec *spec;
	struct gv_stat *s;
	struct gv_buf rows = GV_BUF_INIT(4096);

	check_rows(NULL, "first:v,last:v", records, "{\"first_v\":\"b\",\"last_v\":7}\n");
	check_rows(NULL, "first:v@by,last:v@by", records, "{\"first_v\":\"a\",\"last_v\":[1.50]}\n");
	/* What is the same in the order is taken by its value, whichever came first. */
	check_rows(NULL, "first:v@by,last:v@by", "{\"by\":1,\"v\":\"x\"}\n{\"by\":1,\"v\":5}\n{\"by\":1.0,\"v\":true}",
	           "{\"first_v\":true,\"last_v\":\"x\"}\n");
	/* Numbers, in a table's cells too, then moments whatever their zone, then text. */
	check_rows(NULL, "first:v@by,last:v@by", "{\"by\":\"10\",\"v\":\"ten\"}\n{\"by\":\"9\",\"v\":\"nine\"}", "{\"first_v\":\"nine\",\"last_v\":\"ten\"}\n");
	check_rows(NULL, "first:v@by,last:v@by", "{\"by\":\"x\",\"v\":\"text\"}\n{\"by\":10,\"v\":\"ten\"}\n{\"by\":\"2022-01-01\",\"v\":\"day\"}",
	           "{\"first_v\":\"ten\",\"last_v\":\"text\"}\n");
	check_rows(NULL, "first:v@by,last:v@by", "{\"by\":\"2022-01-01T00:00:00Z\",\"v\":1}\n{\"by\":\"2022-01-01T00:30:00+08:00\",\"v\":2}",
	           "{\"first_v\":2,\"last_v\":1}\n");
	check_rows(NULL, "first:v@by,last:v", "{\"v\":null}\n{\"by\":1}", "{}\n");
	check_rows(NULL, "a=first:days:f..u,z=last:days:f..u@f", "{\"f\":\"2022-01-01\",\"u\":\"2022-01-31\"}\n{\"f\":\"2022-01-01\"}\n"
	           "{\"f\":\"2022-03-01\",\"u\":\"2022-02-28\"}", "{\"a\":30,\"z\":-1}\n");
	check_rows("a", "first:v.0", "{\"a\":1,\"v\":[5]}\n{\"a\":2,\"v\":[]}\n{\"a\":1,\"v\":[6]}", "{\"a\":1,\"first_v.0\":5}\n{\"a\":2}\n");

	/* The place in the input counts, not the time at which a record came. */
	spec = spec_of(NULL, "first:v,last:v", NULL, 0);
	s = stat_of(spec, 0);
	static const struct { struct gv_stat_place at; const char *record; } row[] = {
		{ { 1, 1, 1, 1 }, "{\"v\":\"m\"}" }, { { 1, 1, 1, 0 }, "{\"v\":\"l\"}" }, { { 1, 1, 1, 300 }, "{\"v\":\"o\"}" },
		{ { 1, 1, 300, 0 }, "{\"v\":\"p\"}" }, { { 1, 300, 0, 0 }, "{\"v\":\"q\"}" }, { { 300, 0, 0, 0 }, "{\"v\":\"z\"}" },
		{ { 0, 9, 9, 9 }, "{\"v\":\"a\"}" }, { { 1, 0, 999, 9 }, "{\"v\":\"k\"}" },
	};
	static const char *const first[] = { "m", "l", "l", "l", "l", "l", "a", "a" }, *const last[] = { "m", "m", "o", "p", "q", "z", "z", "z" };
	for (size_t i = 0; i < COUNT(row); i++) {
		char want[64];

		CHECK_OK(add_text(s, gv_str_of(row[i].record), row[i].at, &err), &err);
		gv_buf_reset(&rows);
		CHECK_OK(print_rows(&rows, spec, &s, 1, &PLAIN, &err), &err);
		snprintf(want, sizeof want, "{\"first_v\":\"%s\",\"last_v\":\"%s\"}\n", first[i], last[i]);
		CHECK_STR(rows.p, want);
	}
	gv_buf_free(&rows);
	gv_stat_free(s);
	gv_stat_spec_free(spec);
}

static void days(void)
{
	static const char records[] =
		"{\"f\":\"2022-01-01\",\"u\":\"2022-01-31\"}\n{\"f\":\"2022-01-31\",\"u\":\"2022-01-01\"}\n"
		"{\"f\":\"2020-02-28\",\"u\":\"2020-03-01\"}\n"
		"{\"f\":\"2022-01-01T20:00:00Z\",\"u\":\"2022-01-03T00:00:00+08:00\"}\n"  /* from the 2nd in Shanghai */
		"{\"f\":\"2022-01-01\"}\n{\"u\":\"2022-01-01\"}\n{}\n{\"f\":null,\"u\":\"2022-01-01\"}\n"
		"{\"f\":\"2022-01-01\",\"u\":\"soon\"}\n{\"f\":5,\"u\":\"2022-01-01\"}\n{\"f\":\"2022-13-01\",\"u\":\"2022-01-01\"}";

	check_rows(NULL, "count,n=count:days:f..u,sum:days:f..u,min:days:f..u,max:days:f..u,p50:days:f..u,d=distinct:days:f..u", records,
	           "{\"count\":11,\"d\":4,\"max_days_f_u\":30,\"min_days_f_u\":-30,\"n\":4,\"p50_days_f_u\":1,\"sum_days_f_u\":3}\n");
}

/* Values of the wrong type are counted, by field, each once however many aggregates left it out. */
static void misfits(void)
{
	static const char *const names[] = { [GV_WANTS_NUMBERS] = "numbers", [GV_WANTS_ORDER] = "order", [GV_WANTS_DATES] = "dates" };
	static const struct { const char *aggregates, *values, *want; } row[] = {
		{ "sum:v,max:v,p50:v", "1|\"\"|\"-\"|\"+1\"|\"1.5\"|\" 1\"|\"1,000\"|\"１\"|\"一\"|\"NaN\"|\"0x10\"|true|[]|[1]|{}|||null", "v:13 numbers" },
		{ "sum:v", "\"2022-01-01\"|1", "v:1 numbers" },
		{ "min:v", "\"2022-01-01\"|1|\"x\"|" NOON, "v:1 order" },
		{ "min:v,sum:v", "\"2022-01-01\"|1|\"x\"", "v:2 numbers" },
		{ "count:v,distinct:v,first:v,rate:v=1", "\"x\"|true", "" },
		{ "max:k,count:v", "\"x\"|true", "" },
		{ "sd:days:v..k,mean:v", "\"2022-01-01\"||5", "days:v..k:2 dates,v:1 numbers" },
		{ "count:days:v..k", "\"2022-01-01\"|", "days:v..k:1 dates" },
		{ "p50:v", "1e400|1e-300|1e308|1e307", "v:3 numbers" },
	};

	for (size_t i = 0; i < COUNT(row); i++) {
		struct gv_stat_spec *spec = spec_of(NULL, row[i].aggregates, NULL, 0);
		struct gv_stat *s = stat_of(spec, 0);
		struct gv_buf rows = GV_BUF_INIT(4096), got = GV_BUF_INIT(4096);
		struct gv_report *r;
		enum gv_report_wants wants;
		struct gv_str field;
		uint64_t n;

		add_values(s, row[i].values);
		CHECK_OK(gv_report_new(&r, spec, &PLAIN, &err), &err);
		for (int again = 0; again < 2; again++) { /* not twice as many the second time */
			gv_buf_reset(&rows);
			gv_buf_reset(&got);
			CHECK_OK(gv_report_rows(r, &s, 1, append_row, &rows, &err), &err);
			for (size_t k = 0; (n = gv_report_misfits(r, &k, &field, &wants));)
				gv_buf_addf(&got, "%s%.*s:%llu %s", got.n ? "," : "", (int)field.n, field.p, (unsigned long long)n, names[wants]);
			CHECK_STR(got.p ? got.p : "", row[i].want);
		}
		gv_report_free(r);
		gv_buf_free(&rows);
		gv_buf_free(&got);
		gv_stat_free(s);
		gv_stat_spec_free(spec);
	}
}

/* What another aggregate wants of a field does not change an answer. */
static void side_by_side(void)
{
	static const char *const all[] = {
		"count:v", "sum:v", "mean:v", "sd:v", "min:v", "max:v", "p50:v", "distinct:v", "rate:v=1", "first:v", "last:v@k",
	};
	static const char values[] = "\"007\"|7|7.0|\"2022-01-01\"|true|1||\"x\"";
	struct gv_buf together = GV_BUF_INIT(4096), list = GV_BUF_INIT(4096);
	struct gv_stat_spec *spec;
	struct gv_stat *s;

	for (size_t i = 0; i < COUNT(all); i++)
		gv_buf_addf(&list, "%sx%02zu=%s", i ? "," : "", i, all[i]);
	spec = spec_of(NULL, list.p, NULL, 0);
	s = stat_of(spec, 0);
	add_values(s, values);
	CHECK_OK(print_rows(&together, spec, &s, 1, &PLAIN, &err), &err);
	gv_stat_free(s);
	gv_stat_spec_free(spec);
	for (size_t i = 0; i < COUNT(all); i++) {
		struct gv_buf alone = GV_BUF_INIT(4096);
		char text[64];

		snprintf(text, sizeof text, "x%02zu=%s", i, all[i]);
		spec = spec_of(NULL, text, NULL, 0);
		s = stat_of(spec, 0);
		add_values(s, values);
		CHECK_OK(print_rows(&alone, spec, &s, 1, &PLAIN, &err), &err);
		if (alone.n > 3) {
			alone.p[alone.n - 2] = '\0';
			CHECK_ROW(strstr(together.p, alone.p + 1), alone.p);
		}
		CHECK_ROW(alone.n > 3, all[i]);
		gv_buf_free(&alone);
		gv_stat_free(s);
		gv_stat_spec_free(spec);
	}
	gv_buf_free(&together);
	gv_buf_free(&list);
}

/* Beyond `exact` values: counted by four digits, and estimated; both say so. */
static void inexact(void)
{
	struct gv_stat_spec *spec = spec_of(NULL, "p50:v,distinct:v,n=p0:w", NULL, 100);
	struct gv_stat *s = stat_of(spec, 0);
	struct gv_buf rows = GV_BUF_INIT(4096);
	struct gv_report *r;
	struct gv_str column;
	const char *error;
	char record[64];
	size_t k = 0;

	for (int i = 0; i < 1000; i++) {
		snprintf(record, sizeof record, "{\"v\":%d,\"w\":%d}", 1000000 + 7 * i, i % 100);
		CHECK_OK(add_text(s, gv_str_of(record), (struct gv_stat_place){ 0 }, &err), &err);
	}
	CHECK_OK(gv_report_new(&r, spec, &PLAIN, &err), &err);
	CHECK_OK(gv_report_rows(r, &s, 1, append_row, &rows, &err), &err);
	CHECK(strstr(rows.p, "\"n\":0,\"p50_v\":1003000,\"p50_v_error\":0.001}"));
	CHECK(strstr(rows.p, "\"distinct_v_error\":0.0081"));
	CHECK(!strstr(rows.p, "n_error"));
	CHECK(gv_report_approximate(r, &k, &column, &error));
	CHECK_BYTES(column, GV_STR("p50_v"));
	CHECK_STR(error, "too near to 0 by less than 0.1 %");
	CHECK(gv_report_approximate(r, &k, &column, &error));
	CHECK_BYTES(column, GV_STR("distinct_v"));
	CHECK_STR(error, "standard error 0.81 %");
	CHECK(!gv_report_approximate(r, &k, &column, &error));
	gv_buf_free(&rows);
	gv_report_free(r);
	gv_stat_free(s);
	gv_stat_spec_free(spec);
}

UNIT_MAIN("stat_ask",
	{ "numbers, dates, shares", numbers },
	{ "quantiles", quantiles },
	{ "the first and the last", firsts },
	{ "days between two dates", days },
	{ "what does not fit", misfits },
	{ "aggregates do not change one another", side_by_side },
	{ "too many values to be exact", inexact })
