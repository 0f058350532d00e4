/* SPDX-License-Identifier: MIT */
#include "date.h"

#include <stdio.h>
#include <stdlib.h>

#include "arena.h"
#include "i18n.h"
#include "ref.h"
#include "utf8.h"

enum {
	YEARS = GV_YEAR_LAST - GV_YEAR_FIRST + 1,
	DAYS = GV_DAY_LAST - GV_DAY_FIRST + 1,
	WORD = 64,
	WORDS = (DAYS + WORD - 1) / WORD
};

/* The names of a year's days; that it is there says that the year is known. */
struct year { const char *name[366]; };

struct gv_calendar {
	uint64_t worked[WORDS];  /* a bit a day, only ever set in known years */
	struct year *year[YEARS];
	struct gv_arena names;
};

static struct year *year_of(const struct gv_calendar *c, int year)
{
	if (!c || year < GV_YEAR_FIRST || year > GV_YEAR_LAST)
		return NULL;
	return c->year[year - GV_YEAR_FIRST];
}

static bool is_worked(const struct gv_calendar *c, gv_day d)
{
	unsigned i = (unsigned)(d - GV_DAY_FIRST);

	return c->worked[i / WORD] >> i % WORD & 1;
}

static void set_worked(struct gv_calendar *c, gv_day d, bool worked)
{
	unsigned i = (unsigned)(d - GV_DAY_FIRST);
	uint64_t bit = (uint64_t)1 << i % WORD;

	if (worked)
		c->worked[i / WORD] |= bit;
	else
		c->worked[i / WORD] &= ~bit;
}

/* ---- loading ---- */

/* A year from scratch: weeks of five days, no names. */
static int begin_year(struct gv_calendar *c, int year, struct gv_err *err)
{
	struct year **slot = &c->year[year - GV_YEAR_FIRST];

	if (!*slot) {
		*slot = malloc(sizeof **slot);
		if (!*slot)
			return gv_fail_nomem(err);
	}
	memset(*slot, 0, sizeof **slot);
	for (gv_day d = gv_day_of(year, 1, 1), last = gv_day_of(year, 12, 31); d <= last; d++)
		set_worked(c, d, gv_day_weekday(d) <= 5);
	return 0;
}

struct table {
	struct gv_ref *ref;
	const char *path;
	int date, kind, name;
};

static int bad_row(const struct table *t, size_t row, int rc, struct gv_err *err)
{
	if (err) {
		err->line = gv_ref_line(t->ref, row);
		gv_err_thing(err, t->path, strlen(t->path));
	}
	return rc;
}

/* Bytes of a cell that a message shows. */
static int shown(struct gv_str cell)
{
	return (int)gv_utf8_fit(cell, 40, 1);
}

/* "2027  year  -": this file holds all of 2027. */
static int load_year(struct gv_calendar *c, const struct table *t, size_t row, struct gv_err *err)
{
	struct gv_str cell = gv_ref_cell(t->ref, row, t->date);
	int64_t year;

	if (cell.n != 4 || !gv_str_int(cell, &year) ||
	    year < GV_YEAR_FIRST || year > GV_YEAR_LAST)
		return gv_fail_field(err, GV_EDATA, "date",
		                     _("\"%.*s\" is not a year from %d to %d"), shown(cell),
		                     cell.p, GV_YEAR_FIRST, GV_YEAR_LAST);
	return begin_year(c, (int)year, err);
}

static int load_day(struct gv_calendar *c, const struct table *t, size_t row, struct gv_err *err)
{
	struct gv_str cell = gv_ref_cell(t->ref, row, t->date);
	struct gv_str kind = gv_ref_cell(t->ref, row, t->kind);
	struct gv_str name = gv_ref_cell(t->ref, row, t->name);
	bool worked = gv_str_is(kind, "workday");
	struct year *year;
	gv_day d;
	int rc = gv_day_parse(&d, cell, err);

	if (rc) {
		gv_err_field_prefix(err, "date");
		return rc;
	}
	if (!worked && !gv_str_is(kind, "holiday"))
		return gv_fail_field(err, GV_EDATA, "kind",
		                     _("\"%.*s\" is not year, holiday or workday"),
		                     shown(kind), kind.p);
	if (gv_ref_find(t->ref, t->date, cell, 0) != row)
		return gv_fail_field(err, GV_EDATA, "date", _("%.10s is there twice"), cell.p);
	year = year_of(c, gv_day_ymd(d).year);
	if (!year)
		return gv_fail_field(err, GV_EDATA, "date",
		                     _("%.10s is in a year that no file holds: "
		                       "add a row \"%.4s year -\""), cell.p, cell.p);
	if (name.n) {
		name = gv_arena_copy(&c->names, name);
		if (!name.p)
			return gv_fail_nomem(err);
	}
	set_worked(c, d, worked);
	year->name[d - gv_day_of(gv_day_ymd(d).year, 1, 1)] = name.n ? name.p : NULL;
	return 0;
}

/* Years first, so that the order of rows does not matter. */
static int load_rows(struct gv_calendar *c, const struct table *t, struct gv_err *err)
{
	for (int days = 0; days <= 1; days++) {
		for (size_t row = 0; row < gv_ref_rows(t->ref); row++) {
			bool is_year = gv_str_is(gv_ref_cell(t->ref, row, t->kind), "year");
			int rc = 0;

			if (days && !is_year)
				rc = load_day(c, t, row, err);
			else if (!days && is_year)
				rc = load_year(c, t, row, err);
			if (rc)
				return bad_row(t, row, rc, err);
		}
	}
	return 0;
}

/* Takes the table over. */
static int load_table(struct gv_calendar *c, struct gv_ref *ref, const char *path,
                      struct gv_err *err)
{
	static const char *const needed[] = { "date", "kind", "name" };
	struct table t = { .ref = ref, .path = path };
	int rc = 0;

	for (size_t i = 0; i < sizeof needed / sizeof needed[0] && !rc; i++) {
		if (gv_ref_column(ref, needed[i]) < 0) {
			rc = gv_fail(err, GV_EDATA, _("no column %s"), needed[i]);
			gv_err_thing(err, path, strlen(path));
		}
	}
	if (!rc) {
		t.date = gv_ref_column(ref, "date");
		t.kind = gv_ref_column(ref, "kind");
		t.name = gv_ref_column(ref, "name");
		rc = load_rows(c, &t, err);
	}
	gv_ref_free(ref);
	return rc;
}

static int load_extra(struct gv_calendar *c, const char *list, struct gv_err *err)
{
	struct gv_buf path = GV_BUF_INIT(4096);
	struct gv_ref *ref;
	int rc = 0;

	while (list && *list && !rc) {
		size_t n = strcspn(list, ":");

		if (n) {
			gv_buf_reset(&path);
			gv_buf_add(&path, list, n);
			rc = gv_buf_check(&path, err);
			if (!rc)
				rc = gv_ref_open_file(&ref, path.p, err);
			if (!rc)
				rc = load_table(c, ref, path.p, err);
		}
		list += n + (list[n] == ':');
	}
	gv_buf_free(&path);
	return rc;
}

int gv_calendar_load(struct gv_calendar **out, const char *extra, struct gv_err *err)
{
	struct gv_calendar *c = calloc(1, sizeof *c);
	struct gv_ref *ref;
	int rc;

	*out = NULL;
	if (!c)
		return gv_fail_nomem(err);
	rc = gv_ref_open(&ref, "holidays", err);
	if (!rc)
		rc = load_table(c, ref, "holidays.tsv", err);
	if (!rc)
		rc = load_extra(c, extra, err);
	if (rc) {
		gv_calendar_free(c);
		return rc;
	}
	*out = c;
	return 0;
}

void gv_calendar_free(struct gv_calendar *c)
{
	if (!c)
		return;
	for (int i = 0; i < YEARS; i++)
		free(c->year[i]);
	gv_arena_free(&c->names);
	free(c);
}

/* ---- questions ---- */

bool gv_calendar_has(const struct gv_calendar *c, int year)
{
	return year_of(c, year) != NULL;
}

void gv_calendar_span(const struct gv_calendar *c, int *first, int *last)
{
	*first = *last = 0;
	for (int year = GV_YEAR_FIRST; year <= GV_YEAR_LAST; year++) {
		if (!year_of(c, year))
			continue;
		if (!*first)
			*first = year;
		*last = year;
	}
}

static int not_a_day(struct gv_err *err)
{
	return gv_fail(err, GV_EDATA, "%s", _("there is no date to count from"));
}

static int out_of_range(struct gv_err *err)
{
	return gv_fail(err, GV_EDATA, _("the term leaves the years %d to %d"), GV_YEAR_FIRST,
	               GV_YEAR_LAST);
}

/* Every year from one to the other must be known. */
static int need_years(const struct gv_calendar *c, int from, int to, struct gv_err *err)
{
	int step = from <= to ? 1 : -1;

	for (int year = from;; year += step) {
		if (!year_of(c, year))
			return gv_fail(err, GV_EDATA,
			               _("no calendar for %d: add it with --calendar FILE"), year);
		if (year == to)
			return 0;
	}
}

int gv_calendar_is_working(const struct gv_calendar *c, gv_day d, bool *out, struct gv_err *err)
{
	int year = gv_day_ymd(d).year;
	int rc = year ? need_years(c, year, year, err) : not_a_day(err);

	*out = !rc && is_worked(c, d);
	return rc;
}

const char *gv_calendar_name(const struct gv_calendar *c, gv_day d)
{
	int number = gv_day_ymd(d).year;
	const struct year *year = year_of(c, number);
	const char *name = year ? year->name[d - gv_day_of(number, 1, 1)] : NULL;

	return name ? name : "";
}

/* The n-th set bit of word, counted from 0 at the low end; there are more than n. */
static int nth_bit(uint64_t word, int n)
{
	while (n--)
		word &= word - 1;
	return __builtin_ctzll(word);
}

/* Index of the n-th worked day at or after `from`; DAYS if the table ends before. */
static int forward(const struct gv_calendar *c, int from, int n)
{
	int at = from / WORD;
	uint64_t word = c->worked[at] & ~(uint64_t)0 << (unsigned)from % WORD;

	for (;;) {
		int here = __builtin_popcountll(word);

		if (n <= here)
			return at * WORD + nth_bit(word, n - 1);
		n -= here;
		if (++at == WORDS)
			return DAYS;
		word = c->worked[at];
	}
}

/* Index of the n-th worked day at or before `from`; -1 if the table begins after. */
static int backward(const struct gv_calendar *c, int from, int n)
{
	int at = from / WORD;
	uint64_t word = c->worked[at] & ~(uint64_t)0 >> (WORD - 1 - (unsigned)from % WORD);

	for (;;) {
		int here = __builtin_popcountll(word);

		if (n <= here)
			return at * WORD + nth_bit(word, here - n);
		n -= here;
		if (--at < 0)
			return -1;
		word = c->worked[at];
	}
}

/*
 * The n-th worked day from `from` (an index, itself included) in the direction
 * of n.  Unknown years have no bits, so the search may run across one: all
 * years it has seen are asked for before the answer counts.
 */
static int seek(const struct gv_calendar *c, int from, int n, gv_day *out, struct gv_err *err)
{
	int edge = n > 0 ? DAYS - 1 : 0;
	int year = gv_day_ymd(from + GV_DAY_FIRST).year;
	int found, stop, rc;

	*out = GV_DAY_NONE;
	if (!year)
		return out_of_range(err);
	if (!c)
		return need_years(NULL, year, year, err);
	found = n > 0 ? forward(c, from, n) : backward(c, from, -n);
	stop = found < 0 || found >= DAYS ? edge : found;
	rc = need_years(c, year, gv_day_ymd(stop + GV_DAY_FIRST).year, err);
	if (rc)
		return rc;
	if (stop != found)
		return out_of_range(err);
	*out = found + GV_DAY_FIRST;
	return 0;
}

int gv_calendar_next_working(const struct gv_calendar *c, gv_day d, gv_day *out,
                             struct gv_err *err)
{
	*out = GV_DAY_NONE;
	return gv_day_ymd(d).year ? seek(c, d - GV_DAY_FIRST, 1, out, err) : not_a_day(err);
}

int gv_calendar_prev_working(const struct gv_calendar *c, gv_day d, gv_day *out,
                             struct gv_err *err)
{
	*out = GV_DAY_NONE;
	return gv_day_ymd(d).year ? seek(c, d - GV_DAY_FIRST, -1, out, err) : not_a_day(err);
}

/* ---- terms ---- */

int gv_date_add(const struct gv_calendar *c, gv_day d, struct gv_term t, gv_day *out,
                struct gv_err *err)
{
	int64_t sum = d;
	int n = t.n > DAYS ? DAYS : t.n < -DAYS ? -DAYS : t.n;

	*out = GV_DAY_NONE;
	if (!gv_day_ymd(d).year)
		return not_a_day(err);
	switch (t.unit) {
	case GV_UNIT_WORKDAY:
		if (n)
			return seek(c, d - GV_DAY_FIRST + (n > 0 ? 1 : -1), n, out, err);
		break;
	case GV_UNIT_DAY:
		sum += n;
		break;
	case GV_UNIT_WEEK:
		sum += (int64_t)n * 7;
		break;
	case GV_UNIT_MONTH:
		sum = gv_day_add_months(d, n);
		break;
	case GV_UNIT_YEAR:
		sum = gv_day_add_months(d, n * 12);
		break;
	}
	if (sum < GV_DAY_FIRST || sum > GV_DAY_LAST)
		return out_of_range(err);
	*out = (gv_day)sum;
	return 0;
}

int gv_date_period(const struct gv_calendar *c, gv_day start, struct gv_term t,
                   gv_day *out, gv_day *nominal, bool *known, struct gv_err *err)
{
	gv_day day, moved;
	int rc = gv_date_add(c, start, t, &day, err);

	*known = !rc;
	*out = *nominal = day;
	if (rc || t.n < 0)
		return rc;
	*known = gv_calendar_next_working(c, day, &moved, NULL) == 0;
	if (*known)
		*out = moved;
	return 0;
}
