/* SPDX-License-Identifier: MIT */
#include "date.h"

#include <stdio.h>
#include <time.h>

#include "i18n.h"

enum { ZONE = 8 * 3600, DAY_SECONDS = 86400, ANY_YEAR_LAST = 9999 };
#define ANY_DAY_FIRST ((gv_day)-719162)  /* 0001-01-01 */
#define ANY_DAY_LAST ((gv_day)2932896)   /* 9999-12-31 */

static bool in_range(int64_t d)
{
	return d >= GV_DAY_FIRST && d <= GV_DAY_LAST;
}

static int month_length(int year, int month)
{
	static const int8_t length[12] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	return length[month - 1] + (month == 2 && leap);
}

/* Counting years from March puts the leap day at the end, so that the length of
 * the months before is a straight line: (153 * m + 2) / 5. */
gv_day gv_any_day_of(int year, int month, int day)
{
	int y, m;

	if (year < 1 || year > ANY_YEAR_LAST || month < 1 || month > 12 || day < 1 || day > month_length(year, month))
		return GV_DAY_NONE;
	y = month > 2 ? year : year - 1;
	m = month > 2 ? month - 3 : month + 9;
	return y * 365 + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 + day - 1 - 719468;
}

gv_day gv_day_of(int year, int month, int day)
{
	return year < GV_YEAR_FIRST || year > GV_YEAR_LAST ? GV_DAY_NONE : gv_any_day_of(year, month, day);
}

struct gv_ymd gv_any_day_ymd(gv_day d)
{
	struct gv_ymd out = { 0 };
	int n, century, in_century, y, in_year, m;

	if (d < ANY_DAY_FIRST || d > ANY_DAY_LAST)
		return out;
	n = d + 719468; /* days since 0000-03-01 */
	century = (4 * n + 3) / 146097;
	in_century = n - 146097 * century / 4;
	y = (4 * in_century + 3) / 1461;
	in_year = in_century - 1461 * y / 4;
	m = (5 * in_year + 2) / 153;
	out.day = in_year - (153 * m + 2) / 5 + 1;
	out.month = m < 10 ? m + 3 : m - 9;
	out.year = 100 * century + y + (m >= 10);
	return out;
}

struct gv_ymd gv_day_ymd(gv_day d)
{
	return in_range(d) ? gv_any_day_ymd(d) : (struct gv_ymd){ 0 };
}

int gv_any_day_weekday(gv_day d)
{
	/* The first day of all was a Monday. */
	return d < ANY_DAY_FIRST || d > ANY_DAY_LAST ? 0 : (d - ANY_DAY_FIRST) % 7 + 1;
}

int gv_day_weekday(gv_day d)
{
	return in_range(d) ? gv_any_day_weekday(d) : 0;
}

static void put_digits(char *to, int value, int n)
{
	while (n--) {
		to[n] = (char)('0' + value % 10);
		value /= 10;
	}
}

static void format(struct gv_ymd ymd, char out[GV_DATE_LEN + 1])
{
	if (!ymd.year) {
		out[0] = '\0';
		return;
	}
	memcpy(out, "0000-00-00", GV_DATE_LEN + 1);
	put_digits(out, ymd.year, 4);
	put_digits(out + 5, ymd.month, 2);
	put_digits(out + 8, ymd.day, 2);
}

void gv_day_format(gv_day d, char out[GV_DATE_LEN + 1])
{
	format(gv_day_ymd(d), out);
}

void gv_any_day_format(gv_day d, char out[GV_DATE_LEN + 1])
{
	format(gv_any_day_ymd(d), out);
}

/* The number in n digits, -1 if one of them is none. */
static int digits(const char *p, int n)
{
	int v = 0;

	while (n--) {
		if (*p < '0' || *p > '9')
			return -1;
		v = v * 10 + (*p++ - '0');
	}
	return v;
}

static bool read_ymd(struct gv_ymd *out, struct gv_str s)
{
	if (s.n != GV_DATE_LEN || s.p[4] != '-' || s.p[7] != '-')
		return false;
	out->year = digits(s.p, 4);
	out->month = digits(s.p + 5, 2);
	out->day = digits(s.p + 8, 2);
	return out->year >= 0 && out->month >= 0 && out->day >= 0;
}

gv_day gv_day_read(struct gv_str s)
{
	struct gv_ymd ymd;

	return read_ymd(&ymd, s) ? gv_day_of(ymd.year, ymd.month, ymd.day) : GV_DAY_NONE;
}

/* What the user wrote, short enough for a message. */
static const char *shown(char out[64], struct gv_str s)
{
	const char *more = "";
	size_t n = s.n;

	if (n > 48) {
		for (n = 48; n > 44 && ((unsigned char)s.p[n] & 0xC0) == 0x80; n--)
			;
		more = "…";
	}
	snprintf(out, 64, "%.*s%s", (int)n, n ? s.p : "\"\"", more);
	if (n == 0)
		memcpy(out, "\"\"", 3);
	return out;
}

static int outside(struct gv_str s, struct gv_err *err)
{
	char text[64];

	return gv_fail(err, GV_EDATA, _("%s is outside of the years %d to %d"), shown(text, s),
	               GV_YEAR_FIRST, GV_YEAR_LAST);
}

int gv_day_parse(gv_day *out, struct gv_str s, struct gv_err *err)
{
	struct gv_ymd ymd;
	char text[64];

	*out = gv_day_read(s);
	if (*out != GV_DAY_NONE)
		return 0;
	if (read_ymd(&ymd, s) && (ymd.year < GV_YEAR_FIRST || ymd.year > GV_YEAR_LAST))
		return outside(s, err);
	return gv_fail(err, GV_EDATA, _("%s is not a date"), shown(text, s));
}

/* Seconds since midnight of "THH:MM" or "THH:MM:SS" at p, -1 if it is not that. */
static int32_t clock_time(struct gv_str s)
{
	int hour, minute, second = 0;

	if ((s.n != 6 && s.n != 9) || s.p[0] != 'T' || s.p[3] != ':')
		return -1;
	hour = digits(s.p + 1, 2);
	minute = digits(s.p + 4, 2);
	if (s.n == 9)
		second = s.p[6] == ':' ? digits(s.p + 7, 2) : -1;
	if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59)
		return -1;
	return hour * 3600 + minute * 60 + second;
}

int gv_moment_parse(struct gv_moment *out, struct gv_str s, struct gv_err *err)
{
	struct gv_str head = { s.p, GV_DATE_LEN }, rest;
	char text[64];
	bool utc, local;

	*out = (struct gv_moment){ .day = GV_DAY_NONE };
	if (s.n <= GV_DATE_LEN || s.p[GV_DATE_LEN] != 'T')
		return gv_day_parse(&out->day, s, err);
	if (gv_day_parse(&out->day, head, err))
		return GV_EDATA;
	rest = (struct gv_str){ s.p + GV_DATE_LEN, s.n - GV_DATE_LEN };
	utc = rest.p[rest.n - 1] == 'Z';
	local = rest.n > 6 && memcmp(rest.p + rest.n - 6, "+08:00", 6) == 0;
	rest.n -= utc ? 1 : local ? 6 : 0;
	out->has_time = true;
	out->second = clock_time(rest);
	if (!utc && !local && out->second >= 0)
		return gv_fail(err, GV_EDATA, _("%s has no time zone: add +08:00 or Z"),
		               shown(text, s));
	if (out->second < 0)
		return gv_fail(err, GV_EDATA,
		               _("%s is not a time (as in 2022-06-30T14:05:00+08:00)"),
		               shown(text, s));
	if (utc) {
		int32_t second = out->second + ZONE;

		out->day += second / DAY_SECONDS;
		out->second = second % DAY_SECONDS;
	}
	return in_range(out->day) ? 0 : outside(s, err);
}

/* Take a zone off the end: seconds that it is ahead of UTC. */
static int32_t take_zone(struct gv_str *s)
{
	const char *p;
	int hours, minutes;

	if (s->n && s->p[s->n - 1] == 'Z') {
		s->n--;
		return 0;
	}
	p = s->p + s->n - 6;
	if (s->n < 12 || (*p != '+' && *p != '-') || p[3] != ':')
		return ZONE;
	hours = digits(p + 1, 2);
	minutes = digits(p + 4, 2);
	if (hours < 0 || hours > 14 || minutes < 0 || minutes > 59)
		return ZONE; /* what is left is no time then */
	s->n -= 6;
	return (*p == '-' ? -1 : 1) * (hours * 3600 + minutes * 60);
}

/* Of a second: 12:00:00.125 */
static void drop_fraction(struct gv_str *s)
{
	size_t n = s->n;

	while (n && s->p[n - 1] >= '0' && s->p[n - 1] <= '9')
		n--;
	if (n == 10 && s->p[9] == '.' && n < s->n)
		s->n = 9;
}

bool gv_any_moment_read(struct gv_moment *out, struct gv_str s)
{
	struct gv_ymd ymd;
	char clock[16] = "T";
	int32_t second;

	*out = (struct gv_moment){ .day = GV_DAY_NONE };
	if (!read_ymd(&ymd, (struct gv_str){ s.p, s.n < GV_DATE_LEN ? s.n : GV_DATE_LEN }))
		return false;
	out->day = gv_any_day_of(ymd.year, ymd.month, ymd.day);
	if (s.n == GV_DATE_LEN || out->day == GV_DAY_NONE)
		return out->day != GV_DAY_NONE;
	s = (struct gv_str){ s.p + GV_DATE_LEN, s.n - GV_DATE_LEN };
	if (s.p[0] != 'T' && s.p[0] != ' ')
		return false;
	second = ZONE - take_zone(&s);
	drop_fraction(&s);
	if (s.n > 9)
		return false;
	memcpy(clock + 1, s.p + 1, s.n - 1);
	out->second = clock_time((struct gv_str){ clock, s.n });
	if (out->second < 0)
		return false;
	second += out->second + DAY_SECONDS; /* above zero, a day late */
	out->has_time = true;
	out->day += second / DAY_SECONDS - 1;
	out->second = second % DAY_SECONDS;
	return out->day >= ANY_DAY_FIRST && out->day <= ANY_DAY_LAST;
}

gv_day gv_day_from_unix(int64_t seconds)
{
	int64_t d;

	if (seconds > INT64_MAX - ZONE)
		return GV_DAY_NONE;
	seconds += ZONE;
	d = seconds / DAY_SECONDS - (seconds % DAY_SECONDS < 0);
	return in_range(d) ? (gv_day)d : GV_DAY_NONE;
}

gv_day gv_today(void)
{
	return gv_day_from_unix(time(NULL));
}

gv_day gv_day_add_months(gv_day d, int months)
{
	struct gv_ymd ymd = gv_day_ymd(d);
	const int all = (GV_YEAR_LAST - GV_YEAR_FIRST + 1) * 12;
	int count, year, month, last;

	if (!ymd.year || months <= -all || months >= all)
		return GV_DAY_NONE;
	count = ymd.year * 12 + ymd.month - 1 + months;
	year = count / 12;
	month = count % 12 + 1;
	last = month_length(year, month);
	return gv_day_of(year, month, ymd.day < last ? ymd.day : last);
}

static bool read_unit(enum gv_unit *out, struct gv_str s)
{
	static const struct { const char *text; enum gv_unit unit; } units[] = {
		{ "d", GV_UNIT_DAY }, { "wd", GV_UNIT_WORKDAY }, { "w", GV_UNIT_WEEK },
		{ "m", GV_UNIT_MONTH }, { "y", GV_UNIT_YEAR },
	};

	for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
		if (gv_str_is(s, units[i].text)) {
			*out = units[i].unit;
			return true;
		}
	}
	return false;
}

int gv_term_parse(struct gv_term *out, struct gv_str s, bool sign_required, struct gv_err *err)
{
	struct gv_str rest = s;
	bool minus = s.n && s.p[0] == '-';
	bool sign = minus || (s.n && s.p[0] == '+');
	size_t n = 0;
	char text[64];

	*out = (struct gv_term){ 0 };
	if (sign) {
		rest.p++;
		rest.n--;
	}
	while (n < rest.n && rest.p[n] >= '0' && rest.p[n] <= '9')
		n++;
	if (n == 0 || (sign_required && !sign) ||
	    !read_unit(&out->unit, (struct gv_str){ rest.p + n, rest.n - n }))
		return gv_fail(err, GV_EDATA, _("%s is not a term (as +30d, +3wd, -2w, +6m, +1y)"),
		               shown(text, s));
	/* Six digits are 2,700 years of days: longer ones are slips, and never overflow here. */
	if (n > 6)
		return gv_fail(err, GV_EDATA, _("%s is too long a term"), shown(text, s));
	out->n = minus ? -digits(rest.p, (int)n) : digits(rest.p, (int)n);
	return 0;
}
