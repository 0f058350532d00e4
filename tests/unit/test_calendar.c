/* SPDX-License-Identifier: MIT */
/* Working days, terms and periods: the second half of date.h. */
#include "date.h"
#include "unit.h"

#include <unistd.h>

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

static struct gv_calendar *shipped(void)
{
	static struct gv_calendar *c;

	if (!c)
		CHECK_OK(gv_calendar_load(&c, NULL, &err), &err);
	return c;
}

static const char *add(const struct gv_calendar *c, const char *from, const char *term)
{
	struct gv_term t;
	gv_day d;

	if (gv_term_parse(&t, gv_str_of(term), true, &err) ||
	    gv_date_add(c, day(from), t, &d, &err))
		return err.msg;
	return text(d);
}

static void adds(void)
{
	static const struct { const char *from, *term, *to; } rows[] = {
		{ "2022-06-30", "+30d", "2022-07-30" }, { "2022-06-30", "-7d", "2022-06-23" },
		{ "2022-06-30", "+2w", "2022-07-14" }, { "2022-06-30", "+6m", "2022-12-30" },
		{ "2024-02-29", "+1y", "2025-02-28" }, { "2024-02-29", "-1y", "2023-02-28" },
		{ "2022-06-30", "+0d", "2022-06-30" },
		/* National Day 2025: 10-01 to 10-08 off, 09-28 and 10-11 worked. */
		{ "2025-09-26", "+1wd", "2025-09-28" }, { "2025-09-26", "+3wd", "2025-09-30" },
		{ "2025-09-26", "+4wd", "2025-10-09" }, { "2025-09-30", "+3wd", "2025-10-11" },
		{ "2025-10-09", "-1wd", "2025-09-30" }, { "2025-10-09", "-3wd", "2025-09-28" },
		{ "2025-10-05", "+1wd", "2025-10-09" }, { "2025-10-05", "-1wd", "2025-09-30" },
		/* zero is the day itself, worked or not, known or not */
		{ "2025-10-05", "+0wd", "2025-10-05" }, { "2040-01-01", "-0wd", "2040-01-01" },
		/* the start may lie in an unknown year, what is counted may not */
		{ "2014-12-31", "+1wd", "2015-01-04" }, { "2027-01-01", "-1wd", "2026-12-31" },
		{ "2014-12-30", "+1wd", "no calendar for 2014: add it with --calendar FILE" },
		{ "2026-12-31", "+1wd", "no calendar for 2027: add it with --calendar FILE" },
		{ "2026-12-01", "+30wd", "no calendar for 2027: add it with --calendar FILE" },
		{ "2015-01-05", "-3wd", "no calendar for 2014: add it with --calendar FILE" },
		{ "2031-05-05", "+3wd", "no calendar for 2031: add it with --calendar FILE" },
		{ "2022-01-01", "+999999wd", "no calendar for 2027: add it with --calendar FILE" },
		{ "2022-01-01", "-999999wd", "no calendar for 2014: add it with --calendar FILE" },
		{ "2199-12-31", "+1wd", "the term leaves the years 1900 to 2199" },
		{ "1900-01-01", "-1wd", "the term leaves the years 1900 to 2199" },
		{ "2199-12-31", "+1d", "the term leaves the years 1900 to 2199" },
		{ "1900-01-01", "-1d", "the term leaves the years 1900 to 2199" },
		{ "2022-01-01", "+999999d", "the term leaves the years 1900 to 2199" },
		{ "2022-01-01", "-999999w", "the term leaves the years 1900 to 2199" },
		{ "2022-01-01", "+999999m", "the term leaves the years 1900 to 2199" },
		{ "2022-01-01", "-999999y", "the term leaves the years 1900 to 2199" },
	};
	gv_day d;

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		CHECK_STR(add(shipped(), rows[i].from, rows[i].term), rows[i].to);
	CHECK_STR(add(NULL, "2022-06-30", "+1m"), "2022-07-30");
	CHECK_STR(add(NULL, "2022-06-30", "+1wd"), "no calendar for 2022: add it with --calendar FILE");
	for (int unit = GV_UNIT_DAY; unit <= GV_UNIT_YEAR; unit++) {
		CHECK_INT(gv_date_add(shipped(), 0,
		                      (struct gv_term){ INT32_MIN, (enum gv_unit)unit }, &d, NULL),
		          GV_EDATA);
		CHECK_INT(gv_date_add(shipped(), 0,
		                      (struct gv_term){ INT32_MAX, (enum gv_unit)unit }, &d, NULL),
		          GV_EDATA);
		CHECK_INT(d, GV_DAY_NONE);
	}
	CHECK_ERR(gv_date_add(NULL, GV_DAY_NONE, (struct gv_term){ 1, GV_UNIT_DAY }, &d, &err),
	          &err, GV_EDATA, "there is no date to count from");
}

static void asks(void)
{
	static const struct { const char *day; bool worked; const char *name; } rows[] = {
		{ "2025-10-01", false, "国庆节" }, { "2025-10-11", true, "国庆节" },
		{ "2025-10-12", false, "" },
		{ "2025-09-28", true, "国庆节" }, { "2022-06-30", true, "" },
		{ "2020-01-31", false, "春节" },
		{ "2022-04-05", false, "清明节" }, { "2016-02-29", true, "" },
		{ "2024-12-31", true, "" },
	};
	struct gv_calendar *c = shipped();
	int first, last;
	bool worked;
	gv_day d;

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		CHECK_OK(gv_calendar_is_working(c, day(rows[i].day), &worked, &err), &err);
		CHECK_ROW(worked == rows[i].worked, rows[i].day);
		CHECK_STR(gv_calendar_name(c, day(rows[i].day)), rows[i].name);
	}
	gv_calendar_span(c, &first, &last);
	CHECK_INT(first, 2015);
	CHECK_INT(last, 2026);
	gv_calendar_span(NULL, &first, &last);
	CHECK_INT(first, 0);
	CHECK(gv_calendar_has(c, 2026) && !gv_calendar_has(c, 2027) &&
	      !gv_calendar_has(c, INT32_MIN));
	CHECK_ERR(gv_calendar_is_working(c, day("2031-01-01"), &worked, &err), &err, GV_EDATA,
	          "no calendar for 2031: add it with --calendar FILE");
	CHECK_INT(gv_calendar_is_working(c, GV_DAY_NONE, &worked, NULL), GV_EDATA);
	CHECK_INT(gv_calendar_is_working(NULL, 0, &worked, NULL), GV_EDATA);
	CHECK_STR(gv_calendar_name(c, day("2031-01-01")), "");
	CHECK_STR(gv_calendar_name(c, GV_DAY_NONE), "");
	CHECK_STR(gv_calendar_name(NULL, 0), "");
	CHECK_OK(gv_calendar_next_working(c, day("2025-10-01"), &d, &err), &err);
	CHECK_STR(text(d), "2025-10-09");
	CHECK_OK(gv_calendar_next_working(c, day("2025-10-09"), &d, &err), &err);
	CHECK_STR(text(d), "2025-10-09");
	CHECK_OK(gv_calendar_prev_working(c, day("2025-10-08"), &d, &err), &err);
	CHECK_STR(text(d), "2025-09-30");
	CHECK_INT(gv_calendar_next_working(c, GV_DAY_NONE, &d, NULL), GV_EDATA);
	CHECK_INT(gv_calendar_prev_working(c, INT32_MAX, &d, NULL), GV_EDATA);
	CHECK_INT(d, GV_DAY_NONE);
}

/* n-th working day, one day at a time; GV_DAY_NONE where a year is unknown. */
static gv_day slow_working(const struct gv_calendar *c, gv_day d, int n)
{
	int step = n > 0 ? 1 : -1;
	bool worked;

	while (n != 0) {
		d += step;
		if (gv_calendar_is_working(c, d, &worked, NULL))
			return GV_DAY_NONE;
		if (worked)
			n -= step;
	}
	return d;
}

static void slow_twin(void)
{
	struct gv_calendar *c = shipped();
	size_t wrong = 0;
	gv_day fast;

	for (gv_day d = day("2014-06-01"); d < day("2027-07-01"); d++) {
		for (int n = -40; n <= 40; n += 1 + (d & 3)) {
			gv_date_add(c, d, (struct gv_term){ n, GV_UNIT_WORKDAY }, &fast, NULL);
			wrong += fast != slow_working(c, d, n);
		}
	}
	for (int n = -3100; n <= 3100; n += 97) {
		gv_date_add(c, day("2020-07-01"), (struct gv_term){ n, GV_UNIT_WORKDAY }, &fast,
		            NULL);
		wrong += fast != slow_working(c, day("2020-07-01"), n);
	}
	CHECK_INT(wrong, 0);
}

static void periods(void)
{
	static const struct { const char *start, *term, *out, *nominal; bool known;
	} rows[] = {
		{ "2025-09-16", "+15d", "2025-10-09", "2025-10-01", true },
		{ "2025-09-15", "+15d", "2025-09-30", "2025-09-30", true },
		{ "2022-06-30", "+6m", "2022-12-30", "2022-12-30", true },
		{ "2022-08-31", "+6m", "2023-02-28", "2023-02-28", true },
		{ "2024-08-31", "+6m", "2025-02-28", "2025-02-28", true },
		{ "2025-09-27", "+1d", "2025-09-28", "2025-09-28",
		  true }, /* a Sunday that is worked */
		{ "2025-09-26", "+4wd", "2025-10-09", "2025-10-09", true },
		{ "2026-12-30", "+1y", "2027-12-30", "2027-12-30", false }, /* nobody knows yet */
		{ "2026-12-31", "+2d", "2027-01-02", "2027-01-02", false },
		{ "2025-10-06", "-1d", "2025-10-05", "2025-10-05",
		  true }, /* no move before a day */
	};
	struct gv_term t;
	gv_day out, nominal;
	bool known;

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		gv_term_parse(&t, gv_str_of(rows[i].term), true, NULL);
		CHECK_OK(
		    gv_date_period(shipped(), day(rows[i].start), t, &out, &nominal, &known, &err),
		    &err);
		CHECK_STR(text(out), rows[i].out);
		CHECK_STR(text(nominal), rows[i].nominal);
		CHECK_ROW(known == rows[i].known, rows[i].start);
	}
	CHECK_OK(gv_date_period(NULL, 0, (struct gv_term){ 2, GV_UNIT_DAY }, &out, &nominal, &known,
	                        &err),
	         &err);
	CHECK(out == 2 && nominal == 2 && !known);
	CHECK_INT(gv_date_period(shipped(), day("2030-01-01"),
	                         (struct gv_term){ 2, GV_UNIT_WORKDAY }, &out, &nominal, &known,
	                         NULL),
	          GV_EDATA);
	CHECK(out == GV_DAY_NONE && nominal == GV_DAY_NONE && !known);
}

/* ---- calendar files of one's own ---- */

static char scratch[] = P_tmpdir "/gavel-date-XXXXXX";

static const char *file(const char *name, const char *body)
{
	static char path[4][64];
	static int turn;
	FILE *f;

	turn = (turn + 1) % 4;
	snprintf(path[turn], sizeof path[turn], "%s/%s", scratch, name);
	f = fopen(path[turn], "w");
	CHECK(f != NULL);
	if (f) {
		fputs(body, f);
		fclose(f);
	}
	return path[turn];
}

static void extensions(void)
{
	const char *next = file("2027.tsv", "# the order of rows does not matter\ndate\tkind\tname\n"
					    "2027-01-01\tholiday\t元旦\n2027\tyear\t-\n2027-01-"
					    "03\tworkday\t元旦\n"
					    "2026-12-27\tworkday\t元旦\n");
	const char *other;
	struct gv_calendar *c;
	char list[256];
	int first, last;

	CHECK_OK(gv_calendar_load(&c, next, &err), &err);
	CHECK_STR(add(c, "2026-12-31", "+1wd"), "2027-01-03");
	CHECK_STR(add(c, "2026-12-25", "+1wd"),
		  "2026-12-27"); /* a day of the year before, corrected */
	CHECK_STR(add(c, "2025-09-26", "+3wd"), "2025-09-30");
	CHECK_STR(gv_calendar_name(c, day("2026-10-01")), "国庆节"); /* and nothing else of it lost */
	gv_calendar_span(c, &first, &last);
	CHECK_INT(last, 2027);
	gv_calendar_free(c);

	/* The later file wins for the whole year. */
	other = file("b.tsv", "\xEF\xBB\xBFname\tdate\tkind\r\n-\t2027\tyear\r\n测试\t2027-01-04\tholiday\r\n");
	snprintf(list, sizeof list, ":%s::%s:", next, other);
	CHECK_OK(gv_calendar_load(&c, list, &err), &err);
	CHECK_STR(add(c, "2026-12-31", "+1wd"), "2027-01-01");
	CHECK_STR(add(c, "2027-01-01", "+1wd"), "2027-01-05");
	CHECK_STR(gv_calendar_name(c, day("2027-01-04")), "测试");
	CHECK_STR(gv_calendar_name(c, day("2027-01-03")), "");
	gv_calendar_free(c);

	/* A gap between known years is a gap. */
	other = file("c.tsv", "date\tkind\tname\n2030\tyear\t-\n1900\tyear\t-\n2199\tyear\t-\n");
	CHECK_OK(gv_calendar_load(&c, other, &err), &err);
	CHECK_STR(add(c, "2026-12-31", "+20wd"), "no calendar for 2027: add it with --calendar FILE");
	CHECK_STR(add(c, "2030-12-31", "+1wd"), "no calendar for 2031: add it with --calendar FILE");
	CHECK_STR(add(c, "2030-01-10", "-20wd"), "no calendar for 2029: add it with --calendar FILE");
	CHECK_STR(add(c, "2199-12-30", "+1wd"), "2199-12-31");
	CHECK_STR(add(c, "2199-12-30", "+2wd"), "the term leaves the years 1900 to 2199");
	CHECK_STR(add(c, "1900-01-02", "-1wd"), "1900-01-01");
	CHECK_STR(add(c, "1900-01-02", "-2wd"), "the term leaves the years 1900 to 2199");
	gv_calendar_span(c, &first, &last);
	CHECK(first == 1900 && last == 2199);
	gv_calendar_free(c);
}

static void bad_files(void)
{
	static const struct { const char *body, *error;
	} rows[] = {
		{ "", "no header line" },
		{ "# only this\n", "no header line" },
		{ "date\tkind\n2027\tyear\n", "no column name" },
		{ "date\tkind\tname\n2027\tyear\n", "line 2: %s: 2 cells, should be 3" },
		{ "date\tkind\tname\n2027-01-01\tholiday\t元旦\n", "line 2: %s: date: 2027-01-01 "
								   "is in a year that no file "
								   "holds: add a row \"2027 year "
								   "-\"" },
		{ "date\tkind\tname\n# x\n\n2027-02-30\tholiday\t-\n", "line 4: %s: date: "
								       "2027-02-30 is not a date" },
		{ "date\tkind\tname\n2027\tyear\t-\n2027-02-01\toff\t-\n", "line 3: %s: kind: "
									   "\"off\" is not year, "
									   "holiday or workday" },
		{ "date\tkind\tname\n2027\tyear\t-\n2027-02-01\t-\t-\n", "line 3: %s: kind: \"\" "
									 "is not year, holiday or "
									 "workday" },
		{ "date\tkind\tname\n2027-01\tyear\t-\n", "line 2: %s: date: \"2027-01\" is not a "
							  "year from 1900 to 2199" },
		{ "date\tkind\tname\n1899\tyear\t-\n", "line 2: %s: date: \"1899\" is not a year "
						       "from 1900 to 2199" },
		{ "date\tkind\tname\n-\tyear\t-\n", "line 2: %s: date: \"\" is not a year from "
						    "1900 to 2199" },
		{ "date\tkind\tname\n2027\tyear\t-\n2027-02-01\tholiday\t-\n2027-02-01\tworkday\t-"
		  "\n",
		  "line 4: %s: date: 2027-02-01 is there twice" },
		{ "date\tkind\tname\n2027\tyear\t\xff\n", "line 2, byte 11: %s: not UTF-8" },
	};
	struct gv_calendar *c;

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		const char *path = file("bad.tsv", rows[i].body);
		const char *gap = strstr(rows[i].error, "%s");
		char want[256];

		if (gap)
			snprintf(want, sizeof want, "%.*s%s%s", (int)(gap - rows[i].error),
			         rows[i].error, path, gap + 2);
		else
			snprintf(want, sizeof want, "%s: %s", path, rows[i].error);
		CHECK_ERR(gv_calendar_load(&c, path, &err), &err, GV_EDATA, want);
		CHECK(c == NULL);
	}
	CHECK_ERR(gv_calendar_load(&c, "/nonexistent.tsv", &err), &err, GV_EIO,
	          "/nonexistent.tsv: cannot open: No such file or directory");
	CHECK_INT(gv_calendar_load(&c, scratch, NULL), GV_EIO);
	gv_calendar_free(NULL);
}

/* ---- real data ---- */

static FILE *real(const char *name)
{
	char path[512];
	FILE *f;

	snprintf(path, sizeof path, "%s/%s", unit_real(), name);
	f = fopen(path, "r");
	CHECK_ROW(f != NULL, path);
	return f;
}

static void real_days(void)
{
	char line[256];
	size_t days = 0, wrong = 0;
	FILE *f;

	if (!unit_real())
		SKIP("real data: set GAVEL_REAL_DATA to run");
	f = real("holidays-cn.tsv");
	if (!f)
		return;
	while (fgets(line, sizeof line, f)) {
		char kind[32];
		bool worked;
		gv_day d = gv_day_read((struct gv_str){ line, GV_DATE_LEN });
		int off;

		if (d == GV_DAY_NONE || sscanf(line + GV_DATE_LEN, "%31s %d", kind, &off) != 2)
			continue;
		days++;
		wrong += gv_calendar_is_working(shipped(), d, &worked, NULL) || worked == off;
	}
	fclose(f);
	CHECK_INT(days, 4383);
	CHECK_INT(wrong, 0);
}

static void real_deadlines(void)
{
	char line[256];
	size_t rows = 0, wrong = 0;
	FILE *f;

	if (!unit_real())
		SKIP("real data: set GAVEL_REAL_DATA to run");
	f = real("holidays-cn/deadline-vectors.tsv");
	if (!f)
		return;
	while (fgets(line, sizeof line, f)) {
		char start[16], nth[16], rolled[16];
		gv_day working, end, nominal;
		bool known;
		int n;

		if (sscanf(line, "%15s %d %15s %15s", start, &n, nth, rolled) != 4)
			continue;
		rows++;
		wrong += gv_date_add(shipped(), day(start), (struct gv_term){ n, GV_UNIT_WORKDAY },
		                     &working, NULL) ||
		         working != day(nth);
		wrong += gv_date_period(shipped(), day(start), (struct gv_term){ n, GV_UNIT_DAY },
		                        &end, &nominal, &known, NULL) ||
		         !known || end != day(rolled) || nominal != day(start) + n;
	}
	fclose(f);
	CHECK(rows > 100);
	CHECK_INT(wrong, 0);
}

static void tidy(void)
{
	char command[96];

	snprintf(command, sizeof command, "rm -rf '%s'", scratch);
	CHECK_INT(system(command), 0);
	gv_calendar_free(shipped());
}

static void prepare(void)
{
	setenv("GAVEL_SHARE", "share", 0);
	CHECK(mkdtemp(scratch) != NULL);
}

UNIT_MAIN("calendar",
	{ "has a place for its files", prepare },
	{ "adds terms", adds },
	{ "answers from the calendar", asks },
	{ "counts working days as a slow twin does", slow_twin },
	{ "ends periods", periods },
	{ "takes calendar files", extensions },
	{ "refuses bad calendar files", bad_files },
	{ "agrees with a real calendar on every day", real_days },
	{ "agrees with real deadlines", real_deadlines },
	{ "leaves nothing behind", tidy })
