/* SPDX-License-Identifier: MIT */
#include "limit.h"

#include <stdio.h>
#include <stdlib.h>

#include "i18n.h"
#include "limit_impl.h"
#include "query.h"

struct row {
	struct gv_query *when;  /* NULL: always */
	gv_day from, until;     /* GV_DAY_NONE: open */
	bool has_most;
	struct gv_term term, most;
};

struct table {
	struct gv_ref *ref;
	struct row *rows;
	int rule, type, procedure, when, from, until, term, most, restart, doc, no, art, note;
};

struct gv_limits {
	const struct gv_calendar *cal;
	struct table filing, trial;
};

/* ---- loading ---- */

static int load_row(struct table *t, size_t i, struct gv_err *err)
{
	struct row *r = &t->rows[i];
	struct gv_str when = gv_ref_cell(t->ref, i, t->when);
	struct gv_buf text = GV_BUF_INIT(4096);
	struct gv_str most = gv_ref_cell(t->ref, i, t->most);
	int rc = gv_term_parse(&r->term, gv_ref_cell(t->ref, i, t->term), true, err);

	r->from = gv_day_read(gv_ref_cell(t->ref, i, t->from));
	r->until = gv_day_read(gv_ref_cell(t->ref, i, t->until));
	if (!rc && most.n) {
		r->has_most = true;
		rc = gv_term_parse(&r->most, most, true, err);
	}
	if (!rc && when.n) {
		gv_buf_addstr(&text, when);
		rc = gv_buf_check(&text, err);
		if (!rc)
			rc = gv_query_parse(&r->when, text.p, gv_schema_find(GV_STR("case")), NULL, NULL, err);
	}
	gv_buf_free(&text);
	return rc;
}

static int load_table(struct table *t, const char *name, struct gv_err *err)
{
	int rc = gv_ref_open(&t->ref, name, err);

	if (rc)
		return rc;
	t->rule = gv_ref_column(t->ref, "rule");
	t->type = gv_ref_column(t->ref, "type");
	t->procedure = gv_ref_column(t->ref, "procedure");
	t->when = gv_ref_column(t->ref, "when");
	t->from = gv_ref_column(t->ref, "from");
	t->until = gv_ref_column(t->ref, "until");
	t->term = gv_ref_column(t->ref, "term");
	t->most = gv_ref_column(t->ref, "most");
	t->restart = gv_ref_column(t->ref, "restart");
	t->doc = gv_ref_column(t->ref, "doc");
	t->no = gv_ref_column(t->ref, "no");
	t->art = gv_ref_column(t->ref, "art");
	t->note = gv_ref_column(t->ref, "note");
	t->rows = calloc(gv_ref_rows(t->ref) + 1, sizeof *t->rows);
	if (!t->rows)
		return gv_fail_nomem(err);
	for (size_t i = 0; i < gv_ref_rows(t->ref) && !rc; i++) {
		rc = load_row(t, i, err);
		if (rc)
			gv_err_thing(err, name, strlen(name));
	}
	return rc;
}

static void free_table(struct table *t)
{
	for (size_t i = 0; t->rows && i < gv_ref_rows(t->ref); i++)
		gv_query_free(t->rows[i].when);
	free(t->rows);
	gv_ref_free(t->ref);
}

int gv_limits_load(struct gv_limits **out, const struct gv_calendar *cal, struct gv_err *err)
{
	struct gv_limits *l = calloc(1, sizeof *l);
	int rc;

	*out = NULL;
	if (!l)
		return gv_fail_nomem(err);
	l->cal = cal;
	rc = load_table(&l->filing, "filing-clocks", err);
	if (!rc)
		rc = load_table(&l->trial, "trial-limits", err);
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
	free_table(&l->filing);
	free_table(&l->trial);
	free(l);
}

/* ---- choosing a row ---- */

static bool in_list(struct gv_str list, struct gv_str word)
{
	while (list.n) {
		const char *comma = memchr(list.p, ',', list.n);
		size_t n = comma ? (size_t)(comma - list.p) : list.n;

		if (gv_str_eq((struct gv_str){ list.p, n }, word))
			return true;
		list.p += n + (comma != NULL);
		list.n -= n + (comma != NULL);
	}
	return false;
}

#define NO_ROW ((size_t)-1)

static size_t choose(const struct table *t, const struct gv_val *rec, struct gv_str type, struct gv_str procedure,
                     gv_day on)
{
	for (size_t i = 0; i < gv_ref_rows(t->ref); i++) {
		const struct row *r = &t->rows[i];
		struct gv_str wants = t->procedure < 0 ? (struct gv_str){ 0 } : gv_ref_cell(t->ref, i, t->procedure);

		if (!in_list(gv_ref_cell(t->ref, i, t->type), type))
			continue;
		if (wants.n && !gv_str_eq(wants, procedure))
			continue;
		if ((r->from != GV_DAY_NONE && on < r->from) || (r->until != GV_DAY_NONE && on > r->until))
			continue;
		if (r->when && !gv_query_match(r->when, rec))
			continue;
		return i;
	}
	return NO_ROW;
}

/* ---- one case ---- */

struct job {
	struct gv_limits *l;
	const struct gv_rec *rec;
	gv_day as_of;
	struct gv_str type;
	struct gv_limit_events events;
	struct gv_buf work, note;
	int (*each)(void *ctx, const struct gv_clock *clock);
	void *ctx;
	struct gv_err *err;
};

static gv_day field_day(const struct job *j, const char *name)
{
	return gv_day_read(gv_val_getstr(j->rec->val, name));
}

static void step(struct job *j, gv_day day, const char *what)
{
	char text[GV_DATE_LEN + 1];

	gv_day_format(day, text);
	gv_buf_addf(&j->work, "%s %s\n", text, what);
}

static void take_basis(struct gv_clock *c, const struct table *t, size_t row)
{
	c->rule = gv_ref_cell(t->ref, row, t->rule);
	c->doc = gv_ref_cell(t->ref, row, t->doc);
	c->no = gv_ref_cell(t->ref, row, t->no);
	c->art = gv_ref_cell(t->ref, row, t->art);
	c->note = gv_ref_cell(t->ref, row, t->note);
}

static void add_note(struct job *j, const char *text)
{
	gv_buf_addf(&j->note, "%s%s", j->note.n ? "; " : "", text);
}

static int tell(struct job *j, struct gv_clock *c)
{
	int rc;

	if (c->note.n) { /* the table's own, behind ours */
		gv_buf_adds(&j->note, j->note.n ? "; " : "");
		gv_buf_addstr(&j->note, c->note);
	}
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

static int no_start(struct job *j, const char *name, const char *field)
{
	struct gv_clock c = { .name = name, .from = GV_DAY_NONE, .until = GV_DAY_NONE };

	gv_buf_addf(&j->note, _("%s missing"), field);
	return tell(j, &c);
}

/* A period of filing: last day moved to a working day, if the calendar knows. */
static int filing_end(struct job *j, struct gv_clock *c, struct gv_term term)
{
	bool known;
	gv_day nominal;
	int rc = gv_date_period(j->l->cal, c->from, term, &c->until, &nominal, &known, j->err);

	if (rc)
		return rc;
	if (!known) {
		char text[96];

		snprintf(text, sizeof text, _("no calendar for %d: not moved to a working day"),
		         gv_day_ymd(c->until).year);
		add_note(j, text);
	}
	step(j, nominal, _("last day"));
	if (c->until != nominal)
		step(j, c->until, _("moved to the next working day"));
	return 0;
}

static int filing_clock(struct job *j)
{
	struct gv_clock c = { .name = "filing-decision", .from = field_day(j, "received_on"), .until = GV_DAY_NONE };
	const struct table *t = &j->l->filing;
	size_t row;
	int rc;

	if (c.from == GV_DAY_NONE)
		return no_start(j, c.name, "received_on");
	step(j, c.from, _("papers received"));
	row = choose(t, j->rec->val, j->type, (struct gv_str){ 0 }, c.from);
	if (row == NO_ROW) {
		add_note(j, _("no filing clock in the tables for this type and day"));
		return tell(j, &c);
	}
	if (j->events.corrected_on != GV_DAY_NONE && j->events.corrected_on >= c.from) {
		c.from = j->events.corrected_on; /* LA-06: restart, not resume */
		step(j, c.from, _("corrected papers received: the clock starts again"));
	}
	take_basis(&c, t, row);
	rc = filing_end(j, &c, t->rows[row].term);
	return rc ? rc : tell(j, &c);
}

static int correction_clock(struct job *j)
{
	struct gv_clock c = { .name = "correction", .from = field_day(j, "received_on"), .until = j->events.correct_until,
	                      .rule = GV_STR("LA-05"), .no = GV_STR("法释〔2015〕8号"), .art = GV_STR("7"),
	                      .doc = GV_STR("最高人民法院关于人民法院登记立案若干问题的规定") };

	if (c.until == GV_DAY_NONE)
		add_note(j, _("the period set for correction is not recorded"));
	else
		step(j, c.until, _("last day for correction, as set by the court"));
	return tell(j, &c);
}

static int add_term(struct job *j, gv_day from, struct gv_term t, gv_day *out)
{
	return gv_date_add(j->l->cal, from, t, out, j->err);
}

/* Extension: from the base end, in calendar months or days, or up to a fixed day. */
static int extend(struct job *j, const struct row *r, gv_day from, gv_day *end)
{
	struct gv_limit_events *e = &j->events;
	gv_day most;
	int rc = 0;

	if (!e->extended)
		return 0;
	if (e->extend_months) {
		/* From the start, so that the day of the month is the start's (08-31 + 6m + 6m = 08-31). */
		struct gv_term whole = r->term;

		if (whole.unit == GV_UNIT_MONTH) {
			whole.n += e->extend_months;
			rc = add_term(j, from, whole, end);
		} else {
			*end = gv_day_add_months(*end, e->extend_months);
		}
	}
	if (rc)
		return rc;
	*end += e->extend_days;
	if (e->extend_until != GV_DAY_NONE && e->extend_until > *end)
		*end = e->extend_until;
	if (r->has_most) {
		rc = add_term(j, from, r->most, &most);
		if (!rc && *end > most) {
			*end = most;
			add_note(j, _("the extension goes beyond the most that the law allows and is cut"));
		}
	}
	if (!rc)
		step(j, *end, _("after extension"));
	return rc;
}

/* SL-14: asked 15 days before, decided 5 days before the end; civil cases only. */
static int extension_clocks(struct job *j, gv_day end, enum gv_clock_state state)
{
	static const struct { const char *name; int days; } clocks[] = {
		{ "extension-request", 15 }, { "extension-decision", 5 },
	};
	int rc = 0;

	if (j->events.extended || !gv_str_starts(j->type, GV_STR("民")))
		return 0;
	for (size_t i = 0; i < sizeof clocks / sizeof clocks[0] && !rc; i++) {
		struct gv_clock c = { .name = clocks[i].name, .from = GV_DAY_NONE, .until = end - clocks[i].days,
		                      .state = state, .rule = GV_STR("SL-14"), .no = GV_STR("法释〔2019〕4号"), .art = GV_STR("1"),
		                      .doc = GV_STR("最高人民法院关于严格规范民商事案件延长审限和延期开庭问题的规定") };

		step(j, end, _("end of the trial limit"));
		rc = tell(j, &c);
	}
	return rc;
}

static struct gv_str procedure_of(struct job *j)
{
	struct gv_str p = j->events.procedure.n ? j->events.procedure : gv_val_getstr(j->rec->val, "procedure");

	if (p.n)
		return p;
	if (gv_str_starts(j->type, GV_STR("民初")) || gv_str_starts(j->type, GV_STR("行初")) ||
	    gv_str_starts(j->type, GV_STR("刑初")))
		add_note(j, _("procedure missing: taken as ordinary"));
	return GV_STR("ordinary");
}

static void step_gaps(struct job *j, gv_day before, gv_day after)
{
	char from[GV_DATE_LEN + 1], to[GV_DATE_LEN + 1];

	for (size_t i = 0; i < j->events.ngaps; i++) {
		gv_day_format(j->events.gaps[i].from, from);
		gv_day_format(j->events.gaps[i].to - 1, to);
		gv_buf_addf(&j->work, _("%s to %s not counted\n"), from, to);
	}
	if (after != before)
		step(j, after, _("after the time that is not counted"));
}

static int trial_clock(struct job *j)
{
	struct gv_clock c = { .name = "trial-limit", .from = field_day(j, "filed_on"), .until = GV_DAY_NONE };
	const struct table *t = &j->l->trial;
	gv_day end = GV_DAY_NONE, shifted;
	size_t row;
	int rc;

	if (c.from == GV_DAY_NONE)
		return no_start(j, c.name, "filed_on");
	row = choose(t, j->rec->val, j->type, procedure_of(j), c.from);
	step(j, c.from, _("filed"));
	if (row == NO_ROW) {
		add_note(j, _("no trial limit in the tables for this type, procedure and day"));
		return tell(j, &c);
	}
	take_basis(&c, t, row);
	if (j->events.converted_on != GV_DAY_NONE && gv_str_is(gv_ref_cell(t->ref, row, t->restart), "decision")) {
		c.from = j->events.converted_on;
		step(j, c.from, _("procedure changed: the limit starts again"));
	}
	rc = add_term(j, c.from, t->rows[row].term, &end);
	if (rc)
		return rc;
	step(j, end, _("end of the limit"));
	rc = extend(j, &t->rows[row], c.from, &end);
	shifted = gv_limit_shift(&j->events, c.from, end);
	step_gaps(j, end, shifted);
	c.until = shifted;
	if (j->events.stopped) {
		c.state = GV_CLOCK_STOPPED;
		add_note(j, _("the clock stands still"));
	}
	if (!rc)
		rc = tell(j, &c);
	return rc ? rc : extension_clocks(j, shifted, j->events.stopped ? GV_CLOCK_STOPPED : GV_CLOCK_RUNNING);
}

int gv_limit_clocks(struct gv_limits *l, const struct gv_rec *rec, struct gv_caseno_reader *cn,
                    gv_day as_of, int (*each)(void *ctx, const struct gv_clock *clock), void *ctx, struct gv_err *err)
{
	struct job j = { .l = l, .rec = rec, .as_of = as_of, .work = GV_BUF_INIT(65536),
	                 .note = GV_BUF_INIT(65536), .each = each, .ctx = ctx, .err = err };
	struct gv_str state = gv_val_getstr(rec->val, "state");
	struct gv_caseno number;
	int rc = 0;

	/* A legacy number tells no type; no row fits and the clock says so. */
	if (gv_caseno_parse(cn, &number, gv_str_of(rec->id.key), NULL) == 0)
		j.type = gv_str_of(number.type);
	gv_limit_read_events(&j.events, rec->val, as_of);
	if (gv_str_is(state, "received") || gv_str_is(state, "reviewing"))
		rc = filing_clock(&j);
	else if (gv_str_is(state, "correcting"))
		rc = correction_clock(&j);
	else if (gv_str_is(state, "open") || gv_str_is(state, "suspended"))
		rc = trial_clock(&j);
	gv_buf_free(&j.work);
	gv_buf_free(&j.note);
	return rc;
}
