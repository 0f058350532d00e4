/* SPDX-License-Identifier: MIT */
#include "limit.h"

#include <stdlib.h>

#include "i18n.h"
#include "limit_impl.h"

enum {
	NOTE_MAX = 4096,                /* bytes; what comes behind is left out */
	WORK_MAX = 32 * 1024 * 1024     /* a record is 16 MiB at most, a step is longer than its event at times */
};

int gv_limits_load(struct gv_limits **out, const struct gv_calendar *cal, struct gv_err *err)
{
	struct gv_limits *l = calloc(1, sizeof *l);
	int rc;

	*out = NULL;
	if (!l)
		return gv_fail_nomem(err);
	l->cal = cal;
	rc = gv_limit_tables_load(l, err);
	if (rc) {
		gv_limits_free(l);
		return rc;
	}
	*out = l;
	return 0;
}

void gv_limits_free(struct gv_limits *l)
{
	if (!l)
		return;
	gv_limit_table_free(&l->filing);
	gv_limit_table_free(&l->trial);
	gv_limit_table_free(&l->exclusions);
	gv_limit_table_free(&l->extensions);
	free(l->items);
	free(l->gaps);
	free(l);
}

/* ---- steps and notes ---- */

void gv_limit_step(struct gv_limit_job *j, gv_day day, const char *what)
{
	char text[GV_DATE_LEN + 1];

	gv_day_format(day, text);
	gv_buf_addf(&j->work, "%s %s\n", text, what);
}

/* The same is said once. */
void gv_limit_note(struct gv_limit_job *j, const char *fmt, ...)
{
	struct gv_buf text = GV_BUF_INIT(NOTE_MAX);
	va_list ap;

	va_start(ap, fmt);
	gv_buf_addv(&text, fmt, ap);
	va_end(ap);
	if (text.failed)
		j->note.failed = j->note.nomem = j->note.nomem || text.nomem;
	else if (j->note.n + text.n + 2 <= NOTE_MAX && !(j->note.n && strstr(j->note.p, text.p)))
		gv_buf_addf(&j->note, "%s%s", j->note.n ? "; " : "", text.p);
	gv_buf_free(&text);
}

static void take_basis(struct gv_clock *c, const struct gv_limit_table *t, size_t row)
{
	c->rule = gv_ref_cell(t->ref, row, t->rule);
	c->doc = gv_ref_cell(t->ref, row, t->doc);
	c->no = gv_ref_cell(t->ref, row, t->no);
	c->art = gv_ref_cell(t->ref, row, t->art);
	c->note = gv_ref_cell(t->ref, row, t->note);
}

static int tell(struct gv_limit_job *j, struct gv_clock *c)
{
	int rc;

	if (c->note.n) /* the table's own, behind ours */
		gv_limit_note(j, "%.*s", (int)c->note.n, c->note.p);
	rc = gv_buf_check(&j->note, j->err);
	if (!rc)
		rc = gv_buf_check(&j->work, j->err);
	if (rc)
		return rc;
	c->note = gv_buf_str(&j->note);
	c->work = gv_buf_str(&j->work);
	if (c->until != GV_DAY_NONE) {
		c->days_left = c->until - j->as_of;
		if (c->state == GV_CLOCK_RUNNING && c->days_left < 0)
			c->state = GV_CLOCK_OVERDUE;
	}
	rc = j->each(j->ctx, c);
	gv_buf_reset(&j->note);
	gv_buf_reset(&j->work);
	return rc;
}

static gv_day field_day(const struct gv_limit_job *j, const char *name)
{
	return gv_day_read(gv_val_getstr(j->rec->val, name));
}

static int no_start(struct gv_limit_job *j, struct gv_clock *c, struct gv_str field)
{
	gv_limit_note(j, _("%.*s missing"), (int)field.n, field.p);
	return tell(j, c);
}

/* ---- filing ---- */

/* A last day that is not worked moves to the next that is (SV-01), if the calendar knows. */
static void filing_end(struct gv_limit_job *j, struct gv_clock *c, struct gv_term term)
{
	struct gv_err err = { 0 };
	gv_day nominal, until;
	char day[GV_DATE_LEN + 1];
	bool known;
	int year;

	if (gv_date_period(j->l->cal, c->from, term, &until, &nominal, &known, &err)) {
		gv_limit_note(j, "%s", err.msg);
		return;
	}
	gv_limit_step(j, nominal, _("last day"));
	if (!known) {
		year = gv_day_ymd(nominal).year;
		gv_day_format(nominal, day);
		gv_limit_note(j, _("%s or the next working day: no calendar for %d, add it with --calendar FILE"), day,
		              year + gv_calendar_has(j->l->cal, year));
		return;
	}
	c->until = until;
	if (until != nominal)
		gv_limit_step(j, until, _("moved to the next working day"));
}

static int filing_clock(struct gv_limit_job *j)
{
	struct gv_clock c = { .name = "filing-decision", .from = field_day(j, "received_on"), .until = GV_DAY_NONE };
	const struct gv_limit_table *t = &j->l->filing;
	size_t row;

	if (c.from == GV_DAY_NONE)
		return no_start(j, &c, GV_STR("received_on"));
	gv_limit_step(j, c.from, _("papers received"));
	row = gv_limit_choose(t, j, (struct gv_str){ 0 }, c.from, 0);
	if (row == GV_NO_ROW) {
		gv_limit_note(j, "%s", _("no filing clock in the tables for this type and day"));
		return tell(j, &c);
	}
	if (j->corrected_on != GV_DAY_NONE && j->corrected_on >= c.from) {
		c.from = j->corrected_on; /* LA-06: restart, not resume */
		gv_limit_step(j, c.from, _("corrected papers received: the clock starts again"));
	}
	take_basis(&c, t, row);
	filing_end(j, &c, t->rows[row].term);
	return tell(j, &c);
}

static int correction_clock(struct gv_limit_job *j)
{
	struct gv_clock c = { .name = "correction", .from = j->asked_on, .until = j->correct_until,
	                      .rule = GV_STR("LA-05"), .no = GV_STR("法释〔2015〕8号"), .art = GV_STR("7"),
	                      .doc = GV_STR("最高人民法院关于人民法院登记立案若干问题的规定") };

	if (c.until == GV_DAY_NONE)
		gv_limit_note(j, "%s", _("the period set for correction is not recorded"));
	else
		gv_limit_step(j, c.until, _("last day for correction, as set by the court"));
	return tell(j, &c);
}

/* No text says whether consent to mediation before filing stops the filing clock: both run. */
static int mediation_clocks(struct gv_limit_job *j)
{
	struct gv_clock c = { .name = "pre-mediation", .from = j->mediated_on, .until = j->mediate_until,
	                      .rule = GV_STR("ME-09"), .no = GV_STR("法释〔2016〕14号"), .art = GV_STR("27"),
	                      .doc = GV_STR("最高人民法院关于人民法院特邀调解的规定") };
	int rc;

	gv_limit_note(j, "%s", _("no text says that mediation before filing stops this clock"));
	rc = filing_clock(j);
	if (rc)
		return rc;
	if (c.until == GV_DAY_NONE)
		gv_limit_note(j, "%s", _("the end of the mediation is not recorded"));
	else
		gv_limit_step(j, c.until, _("last day for mediation"));
	return tell(j, &c);
}

/* ---- trial ---- */

static int extension_clocks(struct gv_limit_job *j, gv_day filed, gv_day end, enum gv_clock_state state)
{
	static const char *const names[] = { "extension-request", "extension-decision" };
	const struct gv_limit_table *t = &j->l->extensions;
	int rc = 0;

	for (size_t i = 0; i < sizeof names / sizeof names[0] && !rc; i++) {
		struct gv_clock c = { .name = names[i], .from = GV_DAY_NONE, .state = state };
		size_t row = gv_limit_choose(t, j, (struct gv_str){ 0 }, filed, 0);

		while (row != GV_NO_ROW && !gv_str_is(gv_ref_cell(t->ref, row, t->clock), names[i]))
			row = gv_limit_choose(t, j, (struct gv_str){ 0 }, filed, row + 1);
		if (row == GV_NO_ROW)
			continue;
		take_basis(&c, t, row);
		c.until = gv_span_add(end, t->rows[row].span, false);
		gv_limit_step(j, end, _("end of the trial limit"));
		rc = tell(j, &c);
	}
	return rc;
}

static struct gv_str trial_procedure(struct gv_limit_job *j)
{
	if (j->forced)
		return gv_str_of(j->forced);
	if (j->procedure.n)
		return j->procedure;
	if (gv_str_is(j->type, "民初") || gv_str_is(j->type, "行初") || gv_str_is(j->type, "刑初"))
		gv_limit_note(j, "%s", _("procedure missing: taken as ordinary"));
	return GV_STR("ordinary");
}

static void step_gaps(struct gv_limit_job *j, gv_day before, gv_day after)
{
	const struct gv_limit_table *t = &j->l->exclusions;
	char from[GV_DATE_LEN + 1], to[GV_DATE_LEN + 1];

	for (size_t i = 0; i < j->ngaps; i++) {
		const struct gv_gap *g = &j->l->gaps[i];
		struct gv_str what = gv_ref_cell(t->ref, g->row, t->opens), no = gv_ref_cell(t->ref, g->row, t->no);
		struct gv_str art = gv_ref_cell(t->ref, g->row, t->art);

		gv_day_format(g->from, from);
		gv_day_format(g->to - 1, to);
		gv_buf_addf(&j->work, _("%s to %s not counted (%.*s, %.*s art. %.*s)\n"), from, to, (int)what.n, what.p,
		            (int)no.n, no.p, (int)art.n, art.p);
	}
	if (after != before)
		gv_limit_step(j, after, _("after the time that is not counted"));
}

/* SL-16, SL-17, SL-05: the day it runs from now. */
static gv_day restart(struct gv_limit_job *j, const struct gv_limit_row *r, gv_day from)
{
	if (r->restart == GV_RESTART_DECISION && j->converted_on != GV_DAY_NONE && j->converted_on >= from) {
		from = j->converted_on;
		gv_limit_step(j, from, _("procedure changed: the limit starts again"));
	}
	if (r->restart == GV_RESTART_NOTICE && j->notice_end != GV_DAY_NONE && j->notice_end >= from) {
		from = j->notice_end;
		gv_limit_step(j, from, _("end of the public notice: the limit starts again"));
	}
	return from;
}

/* GV_DAY_NONE, with a note, if it is beyond the years there are. */
static gv_day trial_end(struct gv_limit_job *j, const struct gv_limit_row *r, gv_day from, bool *more)
{
	gv_day plain = gv_span_add(from, r->span, r->last_day), latest, end, out;

	*more = false;
	if (plain != GV_DAY_NONE) {
		gv_limit_step(j, plain, _("end of the limit"));
		end = gv_limit_shift(j, from, plain);
		step_gaps(j, plain, end);
		latest = r->has_latest ? gv_span_add(from, r->latest, r->last_day) : plain;
		latest = latest == GV_DAY_NONE ? end : gv_limit_shift(j, from, latest);
		out = gv_limit_extend(j, r, from, latest, more);
		if (out == latest && j->as_of <= end)
			out = end;
		else if (out == latest && latest != end)
			gv_limit_step(j, latest, _("at the latest"));
		else if (out != latest && out != GV_DAY_NONE && out <= GV_DAY_LAST)
			gv_limit_step(j, out, _("after extension"));
		if (out != GV_DAY_NONE && out <= GV_DAY_LAST)
			return out;
	}
	gv_limit_note(j, _("the end is behind the year %d"), GV_YEAR_LAST);
	return GV_DAY_NONE;
}

static void note_state(struct gv_limit_job *j)
{
	char day[GV_DATE_LEN + 1];

	if (j->stopped) {
		gv_day_format(j->stopped_on, day);
		gv_limit_note(j, _("the clock stands still since %s (%.*s)"), day, (int)j->stopped_by.n, j->stopped_by.p);
	} else if (gv_str_is(gv_val_getstr(j->rec->val, "state"), "suspended")) {
		gv_limit_note(j, "%s", _("state suspended, but no event says since when: all days are counted"));
	}
	if (j->reopened_on != GV_DAY_NONE) {
		gv_day_format(j->reopened_on, day);
		gv_limit_note(j, _("reopened on %s: the days that it was closed are counted"), day);
	}
}

/* What had ended before the clock was stopped is not brought back by that. */
static enum gv_clock_state standing(const struct gv_limit_job *j, gv_day until)
{
	return j->stopped && until >= j->stopped_on ? GV_CLOCK_STOPPED : GV_CLOCK_RUNNING;
}

/* With the clocks of an extension behind it, if there may be one. */
static int trial_clock(struct gv_limit_job *j, bool with_extension)
{
	struct gv_clock c = { .name = "trial-limit", .from = GV_DAY_NONE, .until = GV_DAY_NONE };
	const struct gv_limit_table *t = &j->l->trial;
	gv_day filed = field_day(j, "filed_on"), until;
	bool by_receipt, more = false;
	size_t row;
	int rc;

	if (filed == GV_DAY_NONE)
		return no_start(j, &c, GV_STR("filed_on"));
	row = gv_limit_choose(t, j, trial_procedure(j), filed, 0);
	by_receipt = row != GV_NO_ROW && gv_str_is(gv_ref_cell(t->ref, row, t->start), "received_on");
	c.from = by_receipt ? field_day(j, "received_on") : filed;
	if (c.from == GV_DAY_NONE)
		return no_start(j, &c, GV_STR("received_on"));
	gv_limit_step(j, c.from, by_receipt ? _("papers received") : _("filed"));
	if (row == GV_NO_ROW) {
		gv_limit_note(j, "%s", _("no trial limit in the tables for this type, procedure and day"));
		return tell(j, &c);
	}
	take_basis(&c, t, row);
	if (t->rows[row].has_span) { /* else the law gives no number of days, and the table's note says what it gives */
		c.from = restart(j, &t->rows[row], c.from);
		c.until = trial_end(j, &t->rows[row], c.from, &more);
		c.state = standing(j, c.until);
		note_state(j);
	}
	until = c.until;
	rc = tell(j, &c);
	if (rc || !with_extension || !more || until == GV_DAY_NONE)
		return rc;
	return extension_clocks(j, filed, until, standing(j, until));
}

/* ---- one case ---- */

static int start_job(struct gv_limit_job *j, struct gv_caseno_reader *cn, struct gv_caseno *number)
{
	int rc;

	/* A legacy number tells no type; no row fits and the clock says so. */
	if (gv_caseno_parse(cn, number, gv_str_of(j->rec->id.key), NULL) == 0)
		j->type = gv_str_of(number->type);
	rc = gv_limit_read_events(j);
	return rc ? rc : gv_limit_read_gaps(j);
}

/* What the events said of the trial is not said of the filing. */
static void forget_notes(struct gv_limit_job *j)
{
	if (!j->note.failed)
		gv_buf_reset(&j->note);
}

static void end_job(struct gv_limit_job *j)
{
	gv_buf_free(&j->work);
	gv_buf_free(&j->note);
}

#define JOB(limits, record, day, take, context, error) { \
		.l = (limits), .rec = (record), .as_of = (day), .each = (take), .ctx = (context), .err = (error), \
		.work = GV_BUF_INIT(WORK_MAX), .note = GV_BUF_INIT(NOTE_MAX) }

int gv_limit_clocks(struct gv_limits *l, const struct gv_rec *rec, struct gv_caseno_reader *cn,
                    gv_day as_of, gv_clock_fn *each, void *ctx, struct gv_err *err)
{
	static const char *const states[] = { "received", "reviewing", "correcting", "premediation", "open", "suspended" };
	struct gv_limit_job j = JOB(l, rec, as_of, each, ctx, err);
	struct gv_str state = gv_val_getstr(rec->val, "state");
	struct gv_caseno number;
	size_t s = 0, n = sizeof states / sizeof states[0];
	int rc;

	while (s < n && !gv_str_is(state, states[s]))
		s++;
	if (s == n)
		return 0;
	rc = start_job(&j, cn, &number);
	if (!rc && s < 4)
		forget_notes(&j);
	if (!rc)
		rc = s < 2 ? filing_clock(&j) : s == 2 ? correction_clock(&j) : s == 3 ? mediation_clocks(&j) : trial_clock(&j, true);
	end_job(&j);
	return rc;
}

int gv_limit_filing(struct gv_limits *l, const struct gv_rec *rec, struct gv_caseno_reader *cn,
                    gv_day as_of, gv_clock_fn *each, void *ctx, struct gv_err *err)
{
	struct gv_limit_job j = JOB(l, rec, as_of, each, ctx, err);
	struct gv_caseno number;
	int rc = start_job(&j, cn, &number);

	if (!rc) {
		forget_notes(&j);
		rc = filing_clock(&j);
	}
	end_job(&j);
	return rc;
}

int gv_limit_trial(struct gv_limits *l, const struct gv_rec *rec, struct gv_caseno_reader *cn, gv_day as_of,
                   const char *procedure, gv_clock_fn *each, void *ctx, struct gv_err *err)
{
	struct gv_limit_job j = JOB(l, rec, as_of, each, ctx, err);
	struct gv_caseno number;
	int rc;

	j.forced = procedure;
	rc = start_job(&j, cn, &number);
	if (!rc)
		rc = trial_clock(&j, false);
	end_job(&j);
	return rc;
}
