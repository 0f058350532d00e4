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

struct gv_ymd { int year, month, day; };

/* Days of years 1900 to 2199 only; GV_DAY_NONE for a date that is not. */
gv_day gv_day_of(int year, int month, int day);
struct gv_ymd gv_day_ymd(gv_day d);
int gv_day_weekday(gv_day d);              /* 1 = Monday ... 7 = Sunday */
void gv_day_format(gv_day d, char out[GV_DATE_LEN + 1]);

/* Strict "YYYY-MM-DD".  GV_EDATA "2022-02-30 is not a date". */
int gv_day_parse(gv_day *out, struct gv_str s, struct gv_err *err);
/* Quiet twin for hot paths: GV_DAY_NONE if it is not a date. */
gv_day gv_day_read(struct gv_str s);

/* A date, or "YYYY-MM-DDTHH:MM[:SS](Z|+08:00)"; the day in UTC+8. */
struct gv_moment { gv_day day; int32_t second; bool has_time; };
int gv_moment_parse(struct gv_moment *out, struct gv_str s, struct gv_err *err);

gv_day gv_day_from_unix(int64_t seconds);  /* day in UTC+8 */
gv_day gv_today(void);                     /* the clock, in UTC+8 */

/* Same day of the month; the last day of the month where it does not exist
 * (2022-01-31 + 1 month = 2022-02-28).  Basis: CPL art. 85, civil code 202. */
gv_day gv_day_add_months(gv_day d, int months);

/*
 * Terms: "+30d" days, "+3wd" working days, "+2w", "+6m", "+1y", and the same
 * with "-".  A missing sign is "+" where `sign_required` is false.
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

/* share/ref/holidays.tsv plus the files of `extra` (same format, later files
 * win for the years they hold; NULL or a NUL-terminated, colon-separated
 * list: the option --calendar and GAVEL_CALENDAR). */
int gv_calendar_load(struct gv_calendar **out, const char *extra, struct gv_err *err);
void gv_calendar_free(struct gv_calendar *c);
bool gv_calendar_has(const struct gv_calendar *c, int year);
void gv_calendar_span(const struct gv_calendar *c, int *first, int *last);

/* GV_EDATA "no calendar for 2031: add it with --calendar FILE". */
int gv_calendar_is_working(const struct gv_calendar *c, gv_day d, bool *out, struct gv_err *err);
/* Name of the holiday or make-up day ("国庆节"), "" on ordinary days. */
const char *gv_calendar_name(const struct gv_calendar *c, gv_day d);
int gv_calendar_next_working(const struct gv_calendar *c, gv_day d, gv_day *out, struct gv_err *err);  /* d itself if worked */
int gv_calendar_prev_working(const struct gv_calendar *c, gv_day d, gv_day *out, struct gv_err *err);

/* d + term; the calendar is only asked for working days (may be NULL for the
 * rest).  The start day is not counted: n-th working day after d. */
int gv_date_add(const struct gv_calendar *c, gv_day d, struct gv_term t, gv_day *out, struct gv_err *err);

/*
 * The end of a legal period: the start day is not counted, and a last day that
 * is not worked moves to the next working day (CPL art. 85).  `nominal`
 * receives the day before that move.  If the calendar does not know the
 * year of the last day, *out = the nominal day and *known = false: the
 * caller must say so to the user.
 */
int gv_date_period(const struct gv_calendar *c, gv_day start, struct gv_term t,
                   gv_day *out, gv_day *nominal, bool *known, struct gv_err *err);

#endif
