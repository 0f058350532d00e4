/* SPDX-License-Identifier: MIT */
/* case-file due: which clocks run, until when, and why. */
#include <stdlib.h>
#include <string.h>

#include "case-file.h"
#include "limit.h"
#include "selection.h"

#define CLOCKS "filing-decision|correction|trial-limit|extension-request|extension-decision"

static const struct gv_opt opts[] = {
	{ 0, "within", "TERM", N_("only what ends within this time or is overdue, e.g. 7d, 5wd, 1m") },
	{ 0, "overdue", NULL, N_("only what ended before today") },
	{ 0, "clock", "NAME", N_("only this clock"), .complete = CLOCKS },
	{ 0, "show-work", NULL, N_("with the computation, line by line") },
	{ 0, "calendar", "FILE", N_("years of its own, in the format of holidays.tsv (also GAVEL_CALENDAR)"),
	  .complete = "file" },
	GV_SELECT_NUMBER_OPTS
	GV_SELECT_FIELD_OPTS
	{ 0 }
};

/* A clock found, kept until all are known and can be put in order. */
struct row {
	gv_day until;
	size_t place;          /* order of finding: by number, then by clock */
	struct gv_val val;
};

struct work {
	struct gv_cmd *c;
	struct gv_calendar *calendar;
	struct gv_limits *limits;
	gv_day horizon;        /* GV_DAY_NONE: everything */
	struct gv_doc record;
	struct gv_doc rows_doc;
	struct row *rows;
	size_t n, cap, unknown;
	const struct gv_rec *rec;
};

/* ---- one clock -> one row ---- */

static int set_text(struct work *w, struct gv_val *obj, const char *name, struct gv_str s)
{
	return s.n ? gv_obj_set(&w->rows_doc, obj, gv_str_of(name), gv_mkstr(&w->rows_doc, s), &w->c->err) : 0;
}

static int set_day(struct work *w, struct gv_val *obj, const char *name, gv_day day)
{
	char text[GV_DATE_LEN + 1];

	if (day == GV_DAY_NONE)
		return 0;
	gv_day_format(day, text);
	return set_text(w, obj, name, gv_str_of(text));
}

static int set_basis(struct work *w, struct gv_val *row, const struct gv_clock *k)
{
	struct gv_val one = gv_mkobj(), list = gv_mkarr();
	int rc = set_text(w, &one, "doc", k->doc);

	if (!rc)
		rc = set_text(w, &one, "no", k->no);
	if (!rc)
		rc = set_text(w, &one, "art", k->art);
	if (!rc)
		rc = gv_arr_add(&w->rows_doc, &list, one, &w->c->err);
	return rc || !k->doc.n ? rc : gv_obj_set(&w->rows_doc, row, GV_STR("basis"), list, &w->c->err);
}

static int set_work(struct work *w, struct gv_val *row, const struct gv_clock *k)
{
	struct gv_val list = gv_mkarr();
	struct gv_str rest = k->work;
	int rc = 0;

	while (rest.n && !rc) {
		const char *end = memchr(rest.p, '\n', rest.n);
		size_t n = end ? (size_t)(end - rest.p) : rest.n;

		rc = gv_arr_add(&w->rows_doc, &list, gv_mkstr(&w->rows_doc, (struct gv_str){ rest.p, n }), &w->c->err);
		rest.p += n + (end != NULL);
		rest.n -= n + (end != NULL);
	}
	return rc || !list.n ? rc : gv_obj_set(&w->rows_doc, row, GV_STR("work"), list, &w->c->err);
}

static int build_row(struct work *w, struct gv_val *row, const struct gv_clock *k)
{
	static const char *const states[] = { "running", "stopped", "overdue" };
	struct gv_doc *d = &w->rows_doc;
	struct gv_err *err = &w->c->err;
	int rc = gv_obj_set(d, row, GV_STR("kind"), gv_mklit("due"), err);

	if (!rc)
		rc = set_text(w, row, "id", gv_str_of(w->rec->id.key));
	if (!rc)
		rc = gv_obj_set(d, row, GV_STR("clock"), gv_mklit(k->name), err);
	if (!rc)
		rc = set_text(w, row, "rule", k->rule);
	if (!rc)
		rc = set_day(w, row, "from", k->from);
	if (!rc)
		rc = set_day(w, row, "until", k->until);
	if (!rc && k->until != GV_DAY_NONE)
		rc = gv_obj_set(d, row, GV_STR("days_left"), gv_mkint(k->days_left), err);
	if (!rc)
		rc = gv_obj_set(d, row, GV_STR("state"), gv_mklit(k->until == GV_DAY_NONE ? "unknown" : states[k->state]), err);
	if (!rc)
		rc = set_day(w, row, "as_of", w->c->today);
	if (!rc)
		rc = set_text(w, row, "judge", gv_val_getstr(w->rec->val, "judge"));
	if (!rc)
		rc = set_text(w, row, "tribunal", gv_val_getstr(w->rec->val, "tribunal"));
	if (!rc)
		rc = set_text(w, row, "note", k->note);
	if (!rc)
		rc = set_basis(w, row, k);
	return rc || !gv_cmd_has(w->c, "show-work") ? rc : set_work(w, row, k);
}

static int keep(void *ctx, const struct gv_clock *k)
{
	struct work *w = ctx;
	const char *only = gv_cmd_opt(w->c, "clock");
	struct row *r;
	int rc;

	if (only && strcmp(only, k->name) != 0)
		return 0;
	if (w->horizon != GV_DAY_NONE) {
		if (k->until == GV_DAY_NONE)
			w->unknown++;
		if (k->until == GV_DAY_NONE || k->until > w->horizon || k->state == GV_CLOCK_STOPPED)
			return 0;
	}
	if (w->n == w->cap) {
		size_t cap = w->cap ? w->cap * 2 : 256;

		r = realloc(w->rows, cap * sizeof *r);
		if (!r)
			return gv_fail_nomem(&w->c->err);
		w->rows = r;
		w->cap = cap;
	}
	r = &w->rows[w->n];
	*r = (struct row){ .until = k->until == GV_DAY_NONE ? INT32_MAX : k->until, .place = w->n, .val = gv_mkobj() };
	rc = build_row(w, &r->val, k);
	if (!rc)
		w->n++;
	return rc;
}

/* ---- cases ---- */

static int one_rec(struct gv_cmd *c, const struct gv_rec *rec)
{
	struct work *w = c->ctx;

	int rc;

	w->rec = rec;
	rc = gv_limit_clocks(w->limits, rec, gv_cmd_caseno(c), c->today, keep, w, &c->err);
	if (rc)
		gv_err_thing(&c->err, rec->id.key, strlen(rec->id.key));
	return rc;
}

static int selected(void *ctx, struct gv_str text, struct gv_err *err)
{
	struct work *w = ctx;
	struct gv_rec rec;
	int rc = gv_json_parse(&w->record, text, 0, err);

	if (!rc)
		rc = gv_rec_of(&rec, &w->record, gv_cmd_schema(w->c), gv_cmd_caseno(w->c), err);
	if (!rc)
		w->c->done++;
	return rc ? rc : one_rec(w->c, &rec);
}

static int by_day(const void *a, const void *b)
{
	const struct row *x = a, *y = b;

	if (x->until != y->until)
		return x->until < y->until ? -1 : 1;
	return x->place < y->place ? -1 : x->place > y->place;
}

static int print_rows(struct work *w)
{
	struct gv_out *out = gv_cmd_out(w->c);
	int rc = out ? 0 : w->c->err.code;

	if (w->n)
		qsort(w->rows, w->n, sizeof *w->rows, by_day);
	for (size_t i = 0; i < w->n && !rc && !gv_out_closed(out); i++)
		rc = gv_out_rec(out, &w->rows[i].val, &w->c->err);
	if (!rc && w->unknown)
		gv_cmd_warn(w->c, _("clocks without a known end, not shown: %zu (without --within or --overdue they are)"), w->unknown);
	return rc;
}

static int set_horizon(struct work *w)
{
	const char *within = gv_cmd_opt(w->c, "within");
	struct gv_term term;
	int rc;

	w->horizon = gv_cmd_has(w->c, "overdue") ? w->c->today - 1 : GV_DAY_NONE;
	if (!within)
		return 0;
	if (w->horizon != GV_DAY_NONE)
		return gv_fail(&w->c->err, GV_EUSAGE, "%s", _("--within and --overdue exclude each other"));
	rc = gv_term_parse(&term, gv_str_of(within), false, &w->c->err);
	if (rc)
		return gv_fail(&w->c->err, GV_EUSAGE, _("--within: \"%s\" is no term such as 7d, 5wd or 1m"), within);
	return gv_date_add(w->calendar, w->c->today, term, &w->horizon, &w->c->err);
}

/* A name misspelt must not pass for a clock that runs nowhere. */
static int check_clock(struct gv_cmd *c)
{
	const char *only = gv_cmd_opt(c, "clock"), *at;
	size_t n = only ? strlen(only) : 0;

	if (!only)
		return 0;
	for (at = CLOCKS; at; at = strchr(at, '|')) {
		at += *at == '|';
		if (strncmp(at, only, n) == 0 && n == strcspn(at, "|"))
			return 0;
	}
	return gv_fail(&c->err, GV_EUSAGE, _("--clock: \"%s\" is not one of %s"), only, CLOCKS);
}

static int run(struct gv_cmd *c)
{
	const char *extra = gv_cmd_opt(c, "calendar") ? gv_cmd_opt(c, "calendar") : getenv("GAVEL_CALENDAR");
	struct work w = { .c = c };
	int rc = gv_calendar_load(&w.calendar, extra, &c->err);

	c->ctx = &w;
	if (!rc)
		rc = check_clock(c);
	if (!rc)
		rc = gv_limits_load(&w.limits, w.calendar, &c->err);
	if (!rc)
		rc = set_horizon(&w);
	if (!rc && c->argc > 0)
		rc = gv_cmd_each_rec(c, one_rec);
	else if (!rc)
		rc = gv_cmd_store(c) ? gv_selection_walk(c, true, selected, &w) : c->err.code;
	if (!rc)
		rc = print_rows(&w);
	free(w.rows);
	gv_doc_free(&w.record);
	gv_doc_free(&w.rows_doc);
	gv_limits_free(w.limits);
	gv_calendar_free(w.calendar);
	c->ctx = NULL;
	return rc;
}

const struct gv_cmd_spec case_file_due = {
	.name = "due", .summary = N_("list the clocks that run: filing, correction, trial limit, extensions"),
	.usage = N_("[ID...|-]   (- takes ids or records from standard input)"), .operands = "id",
	.opts = opts, .kind = "case", .fields = "until,days_left,state,clock,rule,id,judge,note",
	.common = GV_C_DOCKET | GV_C_SELECT | GV_C_OUTPUT | GV_C_ASOF,
	.records = &gv_cmd_records, .run = run,
};
