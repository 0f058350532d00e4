/* SPDX-License-Identifier: MIT */
#include "date.h"
#include "unit.h"

#include <time.h>

static struct gv_err err;

static gv_day day(const char *s)
{
	return gv_day_read(gv_str_of(s));
}

static const char *text(gv_day d)
{
	static char out[4][GV_DATE_LEN + 1];
	static int turn;

	turn = (turn + 1) % 4;
	gv_day_format(d, out[turn]);
	return out[turn];
}

/* ---- days: the slow twin walks the calendar day by day ---- */

static void walk(void)
{
	static const int length[2][12] = {
		{ 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 },
		{ 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 },
	};
	int year = 1900, month = 1, dom = 1, weekday = 1; /* a Monday */
	size_t wrong = 0;

	for (gv_day d = GV_DAY_FIRST; d <= GV_DAY_LAST; d++) {
		int leap = year % 400 == 0 || (year % 4 == 0 && year % 100 != 0);
		struct gv_ymd ymd = gv_day_ymd(d);
		char want[64];

		snprintf(want, sizeof want, "%04d-%02d-%02d", year, month, dom);
		wrong += ymd.year != year || ymd.month != month || ymd.day != dom;
		wrong += gv_day_of(year, month, dom) != d || day(want) != d;
		wrong += strcmp(text(d), want) != 0 || gv_day_weekday(d) != weekday;
		weekday = weekday % 7 + 1;
		if (++dom > length[leap][month - 1]) {
			wrong += gv_day_of(year, month, dom) != GV_DAY_NONE;
			dom = 1;
			if (++month > 12) {
				month = 1;
				year++;
			}
		}
	}
	CHECK_INT(wrong, 0);
	CHECK_INT(year, 2200);
}

static void edges(void)
{
	static const struct { int y, m, d; } none[] = {
		{ 1899, 12, 31 }, { 2200, 1, 1 }, { 2022, 0, 1 }, { 2022, 13, 1 }, { 2022, 1, 0 },
		{ 2022, 1, 32 },
		{ 2022, 2, 29 }, { 2100, 2, 29 }, { 2022, -1, 1 }, { INT32_MIN, 1, 1 },
		{ INT32_MAX, 1, 1 },
		{ 2022, INT32_MIN, 1 }, { 2022, 1, INT32_MAX },
	};

	for (size_t i = 0; i < sizeof none / sizeof none[0]; i++)
		CHECK_INT(gv_day_of(none[i].y, none[i].m, none[i].d), GV_DAY_NONE);
	CHECK_INT(gv_day_of(1970, 1, 1), 0);
	CHECK_INT(gv_day_of(1900, 1, 1), GV_DAY_FIRST);
	CHECK_INT(gv_day_of(2199, 12, 31), GV_DAY_LAST);
	CHECK_STR(text(GV_DAY_NONE), "");
	CHECK_STR(text(GV_DAY_FIRST - 1), "");
	CHECK_STR(text(GV_DAY_LAST + 1), "");
	CHECK_INT(gv_day_weekday(GV_DAY_NONE), 0);
	CHECK_INT(gv_day_weekday(INT32_MAX), 0);
	CHECK_INT(gv_day_ymd(INT32_MAX).year, 0);
	CHECK_INT(gv_day_weekday(day("2022-06-30")), 4);
}

static void parses(void)
{
	static const struct { const char *in, *error; } bad[] = {
		{ "2022-02-30", "2022-02-30 is not a date" },
		{ "2021-02-29", "2021-02-29 is not a date" },
		{ "2022-2-3", "2022-2-3 is not a date" },
		{ "2022/02/03", "2022/02/03 is not a date" },
		{ "20220203", "20220203 is not a date" },
		{ "2022-02-03 ", "2022-02-03  is not a date" },
		{ " 2022-02-03", " 2022-02-03 is not a date" },
		{ "2022-02-+3", "2022-02-+3 is not a date" },
		{ "2022-02-03T00:00Z", "2022-02-03T00:00Z is not a date" },
		{ "", "\"\" is not a date" },
		{ "2022年2月3日", "2022年2月3日 is not a date" },
		{ "２０２２-02-03", "２０２２-02-03 is not a date" },
		{ "1899-12-31", "1899-12-31 is outside of the years 1900 to 2199" },
		{ "2200-01-01", "2200-01-01 is outside of the years 1900 to 2199" },
		{ "0000-00-00", "0000-00-00 is outside of the years 1900 to 2199" },
		{ "2022-02-0\x1b", "2022-02-0\\x1b is not a date" },
		{ "2022-02-0\xff", "2022-02-0\\xff is not a date" },
		{ "一二三四五六七八九十一二三四五六七八九十", "一二三四五六七八九十一二三四五六… is not a date" },
	};
	gv_day d;

	CHECK_OK(gv_day_parse(&d, GV_STR("2022-06-30"), &err), &err);
	CHECK_INT(d, 19173);
	CHECK_OK(gv_day_parse(&d, GV_STR("2000-02-29"), &err), &err);
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		d = 5;
		CHECK_ERR(gv_day_parse(&d, gv_str_of(bad[i].in), &err), &err, GV_EDATA,
		          bad[i].error);
		CHECK_INT(d, GV_DAY_NONE);
		CHECK_INT(day(bad[i].in), GV_DAY_NONE);
	}
	CHECK_INT(gv_day_parse(&d, (struct gv_str){ "2022-02-03\0", 11 }, NULL), GV_EDATA);
	CHECK_INT(gv_day_read((struct gv_str){ 0 }), GV_DAY_NONE);
	CHECK_INT(gv_day_parse(&d, (struct gv_str){ 0 }, NULL), GV_EDATA);
}

static void moments(void)
{
	static const struct { const char *in, *day; int second; } good[] = {
		{ "2022-06-30", "2022-06-30", -1 },
		{ "2022-06-30T00:00+08:00", "2022-06-30", 0 },
		{ "2022-06-30T23:59:59+08:00", "2022-06-30", 86399 },
		{ "2022-06-30T00:00Z", "2022-06-30", 28800 },
		{ "2022-06-30T15:59:59Z", "2022-06-30", 86399 },
		{ "2022-06-30T16:00Z", "2022-07-01", 0 },
		{ "2021-12-31T23:00:01Z", "2022-01-01", 25201 },
	};
	static const struct { const char *in, *error; } bad[] = {
		{ "2022-06-30T10:00", "2022-06-30T10:00 has no time zone: add +08:00 or Z" },
		{ "2022-06-30T10:00:00", "2022-06-30T10:00:00 has no time zone: add +08:00 or Z" },
		{ "2022-06-30T10:00+09:00",
		  "2022-06-30T10:00+09:00 is not a time (as in 2022-06-30T14:05:00+08:00)" },
		{ "2022-06-30T10:00+0800",
		  "2022-06-30T10:00+0800 is not a time (as in 2022-06-30T14:05:00+08:00)" },
		{ "2022-06-30T24:00Z",
		  "2022-06-30T24:00Z is not a time (as in 2022-06-30T14:05:00+08:00)" },
		{ "2022-06-30T10:60Z",
		  "2022-06-30T10:60Z is not a time (as in 2022-06-30T14:05:00+08:00)" },
		{ "2022-06-30T10:00:60Z",
		  "2022-06-30T10:00:60Z is not a time (as in 2022-06-30T14:05:00+08:00)" },
		{ "2022-06-30T10:00:00.5Z",
		  "2022-06-30T10:00:00.5Z is not a time (as in 2022-06-30T14:05:00+08:00)" },
		{ "2022-06-30T1:00Z",
		  "2022-06-30T1:00Z is not a time (as in 2022-06-30T14:05:00+08:00)" },
		{ "2022-06-30TZ", "2022-06-30TZ is not a time (as in 2022-06-30T14:05:00+08:00)" },
		{ "2022-06-30T", "2022-06-30T is not a time (as in 2022-06-30T14:05:00+08:00)" },
		{ "2022-06-31T10:00Z", "2022-06-31 is not a date" },
		{ "2022-06-30 10:00Z", "2022-06-30 10:00Z is not a date" },
		{ "2199-12-31T16:00Z", "2199-12-31T16:00Z is outside of the years 1900 to 2199" },
		{ "T10:00Z", "T10:00Z is not a date" },
		{ "", "\"\" is not a date" },
	};
	struct gv_moment m;

	for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
		CHECK_OK(gv_moment_parse(&m, gv_str_of(good[i].in), &err), &err);
		CHECK_STR(text(m.day), good[i].day);
		CHECK_ROW(m.has_time == (good[i].second >= 0), good[i].in);
		CHECK_INT(m.second, good[i].second < 0 ? 0 : good[i].second);
	}
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
		CHECK_ERR(gv_moment_parse(&m, gv_str_of(bad[i].in), &err), &err, GV_EDATA,
		          bad[i].error);
}

static void clock_days(void)
{
	gv_day before = gv_day_from_unix(time(NULL)), today = gv_today(),
	       after = gv_day_from_unix(time(NULL));

	CHECK_STR(text(gv_day_from_unix(0)), "1970-01-01");
	CHECK_STR(text(gv_day_from_unix(57599)), "1970-01-01");
	CHECK_STR(text(gv_day_from_unix(57600)), "1970-01-02");
	CHECK_STR(text(gv_day_from_unix(-28800)), "1970-01-01");
	CHECK_STR(text(gv_day_from_unix(-28801)), "1969-12-31");
	CHECK_STR(text(gv_day_from_unix(1656604800)), "2022-07-01");
	CHECK_INT(gv_day_from_unix(INT64_MAX), GV_DAY_NONE);
	CHECK_INT(gv_day_from_unix(INT64_MIN), GV_DAY_NONE);
	CHECK_INT(gv_day_from_unix((int64_t)GV_DAY_LAST * 86400 + 57600), GV_DAY_NONE);
	CHECK(before <= today && today <= after);
}

/* ---- months ---- */

/* One month at a time, then the day of the month as far as the last one has it. */
static gv_day slow_months(gv_day d, int months)
{
	struct gv_ymd ymd = gv_day_ymd(d);
	int dom = ymd.day;
	gv_day out = GV_DAY_NONE;

	for (; months > 0; months--) {
		if (++ymd.month > 12) {
			ymd.month = 1;
			ymd.year++;
		}
	}
	for (; months < 0; months++) {
		if (--ymd.month < 1) {
			ymd.month = 12;
			ymd.year--;
		}
	}
	while (dom > 27 && (out = gv_day_of(ymd.year, ymd.month, dom)) == GV_DAY_NONE)
		dom--;
	return dom > 27 ? out : gv_day_of(ymd.year, ymd.month, dom);
}

static void months(void)
{
	static const struct { const char *from; int n; const char *to; } rows[] = {
		{ "2022-01-31", 1, "2022-02-28" }, { "2024-01-31", 1, "2024-02-29" },
		{ "2022-01-30", 1, "2022-02-28" },
		{ "2022-03-31", -1, "2022-02-28" }, { "2024-03-31", -1, "2024-02-29" },
		{ "2024-02-29", 12, "2025-02-28" },
		{ "2024-02-29", -12, "2023-02-28" }, { "2024-02-29", 48, "2028-02-29" },
		{ "2022-02-28", 1, "2022-03-28" },
		{ "2022-08-31", 6, "2023-02-28" }, { "2022-12-31", 2, "2023-02-28" },
		{ "2022-01-15", -1, "2021-12-15" },
		{ "2022-06-30", 0, "2022-06-30" }, { "1900-01-31", -1, "" },
		{ "2199-12-01", 1, "" },
		{ "2022-01-01", INT32_MAX, "" }, { "2022-01-01", INT32_MIN, "" },
		{ "2000-02-29", 1200, "2100-02-28" },
	};
	size_t wrong = 0;

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		CHECK_STR(text(gv_day_add_months(day(rows[i].from), rows[i].n)), rows[i].to);
	CHECK_INT(gv_day_add_months(GV_DAY_NONE, 1), GV_DAY_NONE);
	for (gv_day d = GV_DAY_FIRST; d <= GV_DAY_LAST; d++)
		for (int n = -13; n <= 13; n += (d & 3) + 1)
			wrong += gv_day_add_months(d, n) != slow_months(d, n);
	CHECK_INT(wrong, 0);
}

/* ---- terms ---- */

static void terms(void)
{
	static const struct { const char *in; int n; enum gv_unit unit; } good[] = {
		{ "+30d", 30, GV_UNIT_DAY }, { "+3wd", 3, GV_UNIT_WORKDAY },
		{ "-2w", -2, GV_UNIT_WEEK },
		{ "+6m", 6, GV_UNIT_MONTH }, { "-1y", -1, GV_UNIT_YEAR },
		{ "+0wd", 0, GV_UNIT_WORKDAY },
		{ "-0d", 0, GV_UNIT_DAY }, { "+007d", 7, GV_UNIT_DAY },
		{ "+999999d", 999999, GV_UNIT_DAY },
	};
	static const struct { const char *in, *error; } bad[] = {
		{ "", "\"\" is not a term (as +30d, +3wd, -2w, +6m, +1y)" },
		{ "+", "+ is not a term (as +30d, +3wd, -2w, +6m, +1y)" },
		{ "+d", "+d is not a term (as +30d, +3wd, -2w, +6m, +1y)" },
		{ "+3", "+3 is not a term (as +30d, +3wd, -2w, +6m, +1y)" },
		{ "+3x", "+3x is not a term (as +30d, +3wd, -2w, +6m, +1y)" },
		{ "+3D", "+3D is not a term (as +30d, +3wd, -2w, +6m, +1y)" },
		{ "+3 d", "+3 d is not a term (as +30d, +3wd, -2w, +6m, +1y)" },
		{ "+3dd", "+3dd is not a term (as +30d, +3wd, -2w, +6m, +1y)" },
		{ "+-3d", "+-3d is not a term (as +30d, +3wd, -2w, +6m, +1y)" },
		{ "+1.5y", "+1.5y is not a term (as +30d, +3wd, -2w, +6m, +1y)" },
		{ "30d", "30d is not a term (as +30d, +3wd, -2w, +6m, +1y)" },
		{ "三日", "三日 is not a term (as +30d, +3wd, -2w, +6m, +1y)" },
		{ "+1000000d", "+1000000d is too long a term" },
		{ "-99999999999999999999y", "-99999999999999999999y is too long a term" },
	};
	struct gv_term t;

	for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
		CHECK_OK(gv_term_parse(&t, gv_str_of(good[i].in), true, &err), &err);
		CHECK_INT(t.n, good[i].n);
		CHECK_INT(t.unit, good[i].unit);
	}
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
		CHECK_ERR(gv_term_parse(&t, gv_str_of(bad[i].in), true, &err), &err, GV_EDATA,
		          bad[i].error);
	CHECK_OK(gv_term_parse(&t, GV_STR("30d"), false, &err), &err);
	CHECK_INT(t.n, 30);
	CHECK_INT(gv_term_parse(&t, (struct gv_str){ 0 }, false, NULL), GV_EDATA);
}

UNIT_MAIN("date",
	{ "walks 300 years day by day", walk },
	{ "keeps within its years", edges },
	{ "reads dates strictly", parses },
	{ "reads moments", moments },
	{ "knows the day of a clock", clock_days },
	{ "adds months", months },
	{ "reads terms", terms })
