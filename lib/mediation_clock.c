/* SPDX-License-Identifier: MIT */
#include "mediation_clock.h"

#include <stdlib.h>

#include "i18n.h"
#include "mediation_clock_impl.h"

enum {
	NOTE_MAX = 4096,                /* bytes */
	WORK_MAX = 32 * 1024 * 1024     /* a record is 16 MiB at most, a step is longer than its event at times */
};

/* ---- steps and notes ---- */

static void add_step(struct gv_turn *t, gv_day day, const char *what)
{
	char text[GV_DATE_LEN + 1];

	gv_day_format(day, text);
	gv_buf_addf(&t->work, "%s %s\n", text, what);
}

static void add_note(struct gv_turn *t, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
static void add_note(struct gv_turn *t, const char *fmt, ...)
{
	va_list ap;

	if (t->note.n)
		gv_buf_adds(&t->note, "; ");
	va_start(ap, fmt);
	gv_buf_addv(&t->note, fmt, ap);
	va_end(ap);
}

/* ---- days that are not counted ---- */

/* The next interval that begins behind *at, an index of events; what opens twice is closed once. */
static bool next_gap(const struct gv_turn *t, uint32_t *at, struct gv_interval *gap)
{
	const struct gv_val *log = gv_val_items(t->rec->val, "events");

	*gap = (struct gv_interval){ GV_DAY_NONE, GV_DAY_NONE };
	for (; *at < log->n; ++*at) {
		struct gv_str name = gv_val_getstr(&log->items[*at], "event");
		gv_day on = gv_mediation_event_day(t, &log->items[*at]);

		if (on == GV_DAY_NONE)
			continue;
		if (gap->from == GV_DAY_NONE && gv_str_is(name, "ask-consult"))
			gap->from = on;
		else if (gap->from != GV_DAY_NONE && gv_str_is(name, "consult-end"))
			gap->to = on;
		if (gap->to != GV_DAY_NONE) {
			++*at;
			return true;
		}
	}
	return gap->from != GV_DAY_NONE;
}

static bool is_gap(const struct gv_turn *t, gv_day day)
{
	struct gv_interval gap;
	uint32_t at = 0;

	while (t->row->consult && next_gap(t, &at, &gap))
		if (day >= gap.from && day < (gap.to == GV_DAY_NONE ? t->as_of + 1 : gap.to))
			return true;
	return false;
}

/* Says which days were left out; an interval that is still open stops the clock, if it had not ended before. */
static void tell_gaps(struct gv_turn *t, struct gv_mediation_clock *m)
{
	char from[GV_DATE_LEN + 1], to[GV_DATE_LEN + 1];
	struct gv_interval gap;
	uint32_t at = 0;

	while (t->row->consult && next_gap(t, &at, &gap)) {
		bool open = gap.to == GV_DAY_NONE;
		gv_day last = open ? t->as_of : gap.to - 1;

		if (gap.from > m->clock.until || last <= m->clock.from || last < gap.from)
			continue;
		gv_day_format(gap.from, from);
		gv_day_format(last, to);
		gv_buf_addf(&t->work, _("%s to %s not counted (ask-consult)\n"), from, to);
		if (!open)
			continue;
		m->clock.state = GV_CLOCK_STOPPED;
		add_note(t, _("the clock stands still since %s (%.*s)"), from, (int)sizeof "ask-consult" - 1, "ask-consult");
	}
}

/* ---- the last day ---- */

static bool note_error(struct gv_turn *t, struct gv_err *err)
{
	add_note(t, "%s", err->msg);
	gv_err_clear(err);
	return false;
}

/* Day by day, because both kinds of days may lie in a gap. */
static bool count_days(struct gv_turn *t, gv_day from, struct gv_term term, gv_day *out)
{
	struct gv_err err = { 0 };
	gv_day day = from;

	for (int n = 0; n < term.n;) {
		bool counts = true;

		if (++day > GV_DAY_LAST) {
			add_note(t, _("the end is behind the year %d"), GV_YEAR_LAST);
			return false;
		}
		if (term.unit == GV_UNIT_WORKDAY && gv_calendar_is_working(t->l->cal, day, &counts, &err))
			return note_error(t, &err);
		n += counts && !is_gap(t, day);
	}
	*out = day;
	return true;
}

static bool add_term(struct gv_turn *t, gv_day from, struct gv_term term, gv_day *out)
{
	struct gv_err err = { 0 };

	if (term.unit == GV_UNIT_DAY || term.unit == GV_UNIT_WORKDAY)
		return count_days(t, from, term, out);
	return gv_date_add(t->l->cal, from, term, out, &err) ? note_error(t, &err) : true;
}

static bool move(struct gv_turn *t, gv_day *day)
{
	struct gv_err err = { 0 };
	char text[GV_DATE_LEN + 1];
	gv_day moved;

	if (gv_calendar_next_working(t->l->cal, *day, &moved, &err)) {
		int year = gv_day_ymd(*day).year;

		gv_day_format(*day, text);
		add_note(t, _("%s or the next working day: no calendar for %d, add it with --calendar FILE"), text,
		         year + gv_calendar_has(t->l->cal, year));
		return false;
	}
	if (moved != *day)
		add_step(t, moved, _("moved to the next working day"));
	*day = moved;
	return true;
}

static bool extend(struct gv_turn *t, gv_day from, gv_day *until)
{
	const struct gv_clock_row *r = t->row;
	gv_day to = r->extended ? gv_mediation_field_day(t, r->extended) : GV_DAY_NONE, most;
	char text[GV_DATE_LEN + 1];

	if (to == GV_DAY_NONE)
		return true;
	if (r->has_most) {
		if (!add_term(t, from, r->most, &most))
			return false;
		if (to > most) {
			to = most;
			gv_day_format(most, text);
			add_note(t, _("%s: not behind %s"), r->extended, text);
		}
	}
	if (*until == GV_DAY_NONE || to > *until) {
		*until = to;
		add_step(t, to, r->has_term ? _("extended") : _("last day, as set"));
	}
	return true;
}

static void find_end(struct gv_turn *t, struct gv_mediation_clock *m)
{
	const struct gv_clock_row *r = t->row;
	gv_day until = GV_DAY_NONE;

	if (r->has_term) {
		if (!add_term(t, m->clock.from, r->term, &until))
			return;
		m->clock.until = until;
		tell_gaps(t, m);
		add_step(t, until, _("last day"));
		if (r->moves && !move(t, &until)) {
			m->clock.until = GV_DAY_NONE;
			return;
		}
	}
	if (!extend(t, m->clock.from, &until))
		until = GV_DAY_NONE;
	else if (until == GV_DAY_NONE && r->extended)
		add_note(t, _("%s missing"), r->extended);
	m->clock.until = until;
}

/* ---- one clock ---- */

static int finish(struct gv_turn *t, struct gv_mediation_clock *m)
{
	const struct gv_clock_row *r = t->row;
	int rc;

	m->lapses = r->lapses;
	m->clock.name = r->name;
	m->clock.rule = r->rule;
	m->clock.doc = r->doc;
	m->clock.no = r->no;
	m->clock.art = r->art;
	if (m->who.n)
		add_note(t, "%.*s", (int)m->who.n, m->who.p);
	if (r->note.n)
		add_note(t, "%.*s", (int)r->note.n, r->note.p);
	rc = gv_buf_check(&t->note, t->err);
	if (!rc)
		rc = gv_buf_check(&t->work, t->err);
	if (rc)
		return rc;
	m->clock.note = gv_buf_str(&t->note);
	m->clock.work = gv_buf_str(&t->work);
	if (m->clock.until != GV_DAY_NONE) {
		m->clock.days_left = m->clock.until - t->as_of;
		if (m->clock.state == GV_CLOCK_RUNNING && m->clock.days_left < 0)
			m->clock.state = GV_CLOCK_OVERDUE;
	}
	rc = t->each(t->ctx, m);
	gv_buf_reset(&t->note);
	gv_buf_reset(&t->work);
	return rc;
}

static int tell(struct gv_turn *t, const struct gv_start *s)
{
	struct gv_mediation_clock m = { .who = s->who, .done = s->done, .clock = { .from = s->day, .until = GV_DAY_NONE } };
	gv_day done = gv_mediation_done(t);

	if (m.done == GV_DAY_NONE || (done != GV_DAY_NONE && done < m.done))
		m.done = done;
	if (s->day != GV_DAY_NONE) {
		add_step(t, s->day, s->what);
		find_end(t, &m);
	} else if (s->unsigned_by.n) {
		add_note(t, _("signature of %.*s missing"), (int)s->unsigned_by.n, s->unsigned_by.p);
	} else if (s->what) {
		add_note(t, _("%s missing"), s->what);
	}
	return finish(t, &m);
}

static bool in_force(const struct gv_turn *t, const struct gv_clock_row *r, gv_day start)
{
	gv_day on = start == GV_DAY_NONE ? t->as_of : start;

	return (r->from == GV_DAY_NONE || on >= r->from) && (r->until == GV_DAY_NONE || on <= r->until);
}

/* A clock for each of the row's starts. */
static int run_row(struct gv_turn *t, bool *fits)
{
	struct gv_start s = { .day = GV_DAY_NONE };
	uint32_t at = 0;
	int rc = 0;

	while (!rc && gv_mediation_start(t, &at, &s)) {
		if (!in_force(t, t->row, s.day))
			continue;
		*fits = true;
		rc = tell(t, &s);
	}
	return rc;
}

/* Of each clock the first row that fits. */
static int run_all(struct gv_turn *t, const char *rule)
{
	struct gv_mediation_clocks *l = t->l;
	const char *told = NULL;
	int rc = 0;

	for (size_t i = 0; i < l->n && !rc; i++) {
		const struct gv_clock_row *r = &l->rows[i];
		bool fits = false;

		if (told && strcmp(told, r->name) == 0)
			continue;
		if (r->schema != t->rec->id.schema || (r->when && !gv_query_match(r->when, t->rec->val)))
			continue;
		/* Another rule's row may be the one that fits, and then it is not this rule's clock. */
		t->row = r;
		t->silent = rule && !gv_str_is(r->rule, rule);
		rc = run_row(t, &fits);
		told = fits ? r->name : told;
	}
	return rc;
}

/* ---- for due, and for rules ---- */

struct taker {
	const struct gv_rec *rec;
	gv_clock_fn *each;
	gv_mediation_clock_fn *each_of;
	struct gv_turn *turn;
	void *ctx;
};

static int take_due(void *ctx, const struct gv_mediation_clock *m)
{
	struct taker *k = ctx;
	struct gv_str state = gv_val_getstr(k->rec->val, "state");
	bool over = m->done != GV_DAY_NONE || (m->lapses && m->clock.state == GV_CLOCK_OVERDUE);

	return over || !gv_rule_listed(k->turn->row->states, state) ? 0 : k->each(k->ctx, &m->clock);
}

static int take_of(void *ctx, const struct gv_mediation_clock *m)
{
	struct taker *k = ctx;

	return k->turn->silent ? 0 : k->each_of(k->ctx, m);
}

static int run(struct gv_turn *t, struct taker *k, const char *rule)
{
	int rc;

	t->note = GV_BUF_INIT(NOTE_MAX);
	t->work = GV_BUF_INIT(WORK_MAX);
	t->ctx = k;
	k->turn = t;
	rc = run_all(t, rule);
	gv_buf_free(&t->note);
	gv_buf_free(&t->work);
	return rc;
}

int gv_mediation_due(struct gv_mediation_clocks *l, const struct gv_rec *rec, gv_day as_of, gv_clock_fn *each, void *ctx,
                     struct gv_err *err)
{
	struct taker k = { .rec = rec, .each = each, .ctx = ctx };
	struct gv_turn t = { .l = l, .rec = rec, .as_of = as_of, .each = take_due, .err = err };

	return run(&t, &k, NULL);
}

int gv_mediation_clocks_of(struct gv_mediation_clocks *l, const struct gv_rec *rec, const char *rule, gv_day as_of,
                           gv_mediation_clock_fn *each, void *ctx, struct gv_err *err)
{
	struct taker k = { .rec = rec, .each_of = each, .ctx = ctx };
	struct gv_turn t = { .l = l, .rec = rec, .as_of = as_of, .each = take_of, .err = err };

	return run(&t, &k, rule);
}
