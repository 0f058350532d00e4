/* SPDX-License-Identifier: MIT */
/*
 * date: calendar days and legal terms.  A day is a number of days since
 * 1970-01-01 (proleptic Gregorian); nothing here goes through time_t or a time
 * zone.  The docket's zone is fixed at UTC+8 (Asia/Shanghai has had no summer
 * time since 1991).
 */
#ifndef GAVEL_DATE_H
#define GAVEL_DATE_H

#include "err.h"
#include "buf.h"

typedef int32_t gv_day;
#define GV_DAY_NONE INT32_MIN
#define GV_DATE_LEN 10  /* "2022-06-30" */

/* The days that exist here; everything outside is refused, nothing overflows. */
#define GV_YEAR_FIRST 1900
#define GV_YEAR_LAST  2199
#define GV_DAY_FIRST ((gv_day)-25567)  /* 1900-01-01 */
#define GV_DAY_LAST  ((gv_day)84005)   /* 2199-12-31 */

struct gv_ymd { int year, month, day; };

/* GV_DAY_NONE for a date that is not; of GV_DAY_NONE: zeros, 0 and "". */
gv_day gv_day_of(int year, int month, int day);
struct gv_ymd gv_day_ymd(gv_day d);
int gv_day_weekday(gv_day d);              /* 1 = Monday ... 7 = Sunday */
void gv_day_format(gv_day d, char out[GV_DATE_LEN + 1]);

/* Strict "YYYY-MM-DD".  GV_EDATA "2022-02-30 is not a date", *out = GV_DAY_NONE. */
int gv_day_parse(gv_day *out, struct gv_str s, struct gv_err *err);
/* Quiet twin for hot paths: GV_DAY_NONE if it is not a date. */
gv_day gv_day_read(struct gv_str s);

/* A date, or "YYYY-MM-DDTHH:MM[:SS](Z|+08:00)"; day, and second of the day, in UTC+8. */
struct gv_moment { gv_day day; int32_t second; bool has_time; };
int gv_moment_parse(struct gv_moment *out, struct gv_str s, struct gv_err *err);

/*
 * Dates that others keep, for counting: any day of the Gregorian calendar from 0001-01-01 to 9999-12-31, also with a
 * time behind T or a blank, in any zone (+05:30); without one it is that of UTC+8.  Fractions of a second are dropped.
 * The functions below know these days.
 */
bool gv_any_moment_read(struct gv_moment *out, struct gv_str s);
gv_day gv_any_day_of(int year, int month, int day);
struct gv_ymd gv_any_day_ymd(gv_day d);
int gv_any_day_weekday(gv_day d);
void gv_any_day_format(gv_day d, char out[GV_DATE_LEN + 1]);

gv_day gv_day_from_unix(int64_t seconds);  /* day in UTC+8 */
gv_day gv_today(void);                     /* the clock, in UTC+8 */

/* Same day of the month; the last day of the month where it does not exist
 * (2022-01-31 + 1 month = 2022-02-28).  Basis: CPL art. 85, civil code 202.
 * GV_DAY_NONE where that leaves the years above. */
gv_day gv_day_add_months(gv_day d, int months);

/*
 * Terms: "+30d" days, "+3wd" working days, "+2w", "+6m", "+1y", and the same
 * with "-".  A missing sign is "+" where `sign_required` is false.  At most six
 * digits.  GV_EDATA "3x is not a term (as +30d, +3wd, -2w, +6m, +1y)".
 */
enum gv_unit { GV_UNIT_DAY, GV_UNIT_WORKDAY, GV_UNIT_WEEK, GV_UNIT_MONTH, GV_UNIT_YEAR };
struct gv_term { int n; enum gv_unit unit; };
int gv_term_parse(struct gv_term *out, struct gv_str s, bool sign_required, struct gv_err *err);

/*
 * calendar: which days are worked in China: the State Council's yearly notices
 * (holidays and make-up working days).  A year without a notice is unknown
 * and every question about it is refused, never guessed.
 */
struct gv_calendar;

/*
 * share/ref/holidays.tsv plus the files of `extra`: the option --calendar and
 * GAVEL_CALENDAR, NULL or a colon-separated list.  A file is a table (ref.h) with
 * the columns date, kind, name:
 *
 *     date        kind     name
 *     2027        year     -        this file holds all of 2027
 *     2027-01-01  holiday  元旦     not worked
 *     2027-01-03  workday  元旦     worked, though a Sunday
 *
 * A `year` row starts that year afresh: what earlier files said of it is gone.
 * A day without its year row corrects one day of a year that an earlier
 * file holds (a notice may move a day of the year before); if none does, the
 * file is refused: one day never makes a year known.
 */
int gv_calendar_load(struct gv_calendar **out, const char *extra, struct gv_err *err);
void gv_calendar_free(struct gv_calendar *c);
bool gv_calendar_has(const struct gv_calendar *c, int year);
/* First and last known year, 0 if there is none; ask _has() for gaps. */
void gv_calendar_span(const struct gv_calendar *c, int *first, int *last);

/* GV_EDATA "no calendar for 2031: add it with --calendar FILE", as all below that
 * would have to look at a day of an unknown year.  NULL knows no year. */
int gv_calendar_is_working(const struct gv_calendar *c, gv_day d, bool *out, struct gv_err *err);
/* Name of the holiday or make-up day ("国庆节"), "" on ordinary days. */
const char *gv_calendar_name(const struct gv_calendar *c, gv_day d);
/* d itself if it is worked. */
int gv_calendar_next_working(const struct gv_calendar *c, gv_day d, gv_day *out,
                             struct gv_err *err);
int gv_calendar_prev_working(const struct gv_calendar *c, gv_day d, gv_day *out,
                             struct gv_err *err);

/* d + term; the calendar is only asked for working days (may be NULL for the
 * rest).  The start day is not counted: n-th working day after d (before d, with
 * "-").  A term of zero is d itself, worked or not.  GV_EDATA "the term leaves the
 * years 1900 to 2199". */
int gv_date_add(const struct gv_calendar *c, gv_day d, struct gv_term t, gv_day *out,
                struct gv_err *err);

/*
 * The end of a legal period: the start day is not counted, and a last day that
 * is not worked moves to the next working day (CPL art. 85).  `nominal`
 * receives the day before that move.  If the calendar does not know the
 * year of the last day (or of the day it moves to), *out = the nominal day and
 * *known = false: the caller must say so to the user.  A term with "-" is a limit
 * before a day ("15 days before the end"): the law has no move for it, *out =
 * the nominal day.
 */
int gv_date_period(const struct gv_calendar *c, gv_day start, struct gv_term t,
                   gv_day *out, gv_day *nominal, bool *known, struct gv_err *err);

#endif
