/* SPDX-License-Identifier: MIT */
#include "due.h"

#include <stdlib.h>
#include <string.h>

#include "i18n.h"

/* A clock found, kept until all are known and can be put in order. */
struct gv_due_row {
	gv_day until;
	size_t place;          /* order of finding: by number, then by clock */
	struct gv_val val;
};

/* ---- one clock -> one row ---- */

static int set_text(struct gv_due *w, struct gv_val *obj, const char *name, struct gv_str s)
{
	return s.n ? gv_obj_set(&w->doc, obj, gv_str_of(name), gv_mkstr(&w->doc, s), &w->c->err) : 0;
}

static int set_day(struct gv_due *w, struct gv_val *obj, const char *name, gv_day day)
{
	char text[GV_DATE_LEN + 1];

	if (day == GV_DAY_NONE)
		return 0;
	gv_day_format(day, text);
	return set_text(w, obj, name, gv_str_of(text));
}

static int set_basis(struct gv_due *w, struct gv_val *row, const struct gv_clock *k)
{
	struct gv_val one = gv_mkobj(), list = gv_mkarr();
	int rc = set_text(w, &one, "doc", k->doc);

	if (!rc)
		rc = set_text(w, &one, "no", k->no);
	if (!rc)
		rc = set_text(w, &one, "art", k->art);
	if (!rc)
		rc = gv_arr_add(&w->doc, &list, one, &w->c->err);
	return rc || !k->doc.n ? rc : gv_obj_set(&w->doc, row, GV_STR("basis"), list, &w->c->err);
}

static int set_work(struct gv_due *w, struct gv_val *row, const struct gv_clock *k)
{
	struct gv_val list = gv_mkarr();
	struct gv_str rest = k->work;
	int rc = 0;

	while (rest.n && !rc) {
		const char *end = memchr(rest.p, '\n', rest.n);
		size_t n = end ? (size_t)(end - rest.p) : rest.n;

		rc = gv_arr_add(&w->doc, &list, gv_mkstr(&w->doc, (struct gv_str){ rest.p, n }), &w->c->err);
		rest.p += n + (end != NULL);
		rest.n -= n + (end != NULL);
	}
	return rc || !list.n ? rc : gv_obj_set(&w->doc, row, GV_STR("work"), list, &w->c->err);
}

static int set_id(struct gv_due *w, struct gv_val *row)
{
	struct gv_buf id = GV_BUF_INIT(2 * (size_t)GV_KEY_MAX);
	int rc;

	gv_id_format(&w->rec->id, true, &id);
	rc = gv_buf_check(&id, &w->c->err);
	if (!rc)
		rc = set_text(w, row, "id", gv_buf_str(&id));
	gv_buf_free(&id);
	return rc;
}

static int build_row(struct gv_due *w, struct gv_val *row, const struct gv_clock *k)
{
	static const char *const states[] = { "running", "stopped", "overdue" };
	struct gv_doc *d = &w->doc;
	struct gv_err *err = &w->c->err;
	int rc = gv_obj_set(d, row, GV_STR("kind"), gv_mklit("due"), err);

	if (!rc)
		rc = set_id(w, row);
	if (!rc)
		rc = set_text(w, row, "clock", gv_str_of(k->name));
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

int gv_due_take(void *ctx, const struct gv_clock *k)
{
	struct gv_due *w = ctx;
	const char *only = gv_cmd_opt(w->c, "clock");
	struct gv_due_row *r;
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
	*r = (struct gv_due_row){ .until = k->until == GV_DAY_NONE ? INT32_MAX : k->until, .place = w->n, .val = gv_mkobj() };
	rc = build_row(w, &r->val, k);
	if (!rc)
		w->n++;
	return rc;
}

/* ---- all of them ---- */

static int by_day(const void *a, const void *b)
{
	const struct gv_due_row *x = a, *y = b;

	if (x->until != y->until)
		return x->until < y->until ? -1 : 1;
	return x->place < y->place ? -1 : x->place > y->place;
}

int gv_due_print(struct gv_due *w)
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

/* ---- options ---- */

static int set_horizon(struct gv_due *w)
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
	if (term.n < 0)
		return gv_fail(&w->c->err, GV_EUSAGE, _("--within: \"%s\" ends before today: --overdue lists what is over"), within);
	return gv_date_add(w->calendar, w->c->today, term, &w->horizon, &w->c->err);
}

/* A name misspelt must not pass for a clock that runs nowhere. */
static int check_clock(struct gv_cmd *c, const char *clocks)
{
	const char *only = gv_cmd_opt(c, "clock"), *at;
	size_t n = only ? strlen(only) : 0;

	if (!only)
		return 0;
	for (at = clocks; at; at = strchr(at, '|')) {
		at += *at == '|';
		if (strncmp(at, only, n) == 0 && n == strcspn(at, "|"))
			return 0;
	}
	return gv_fail(&c->err, GV_EUSAGE, _("--clock: \"%s\" is not one of %s"), only, clocks);
}

const char *gv_cmd_calendar(const struct gv_cmd *c)
{
	return gv_cmd_opt(c, "calendar") ? gv_cmd_opt(c, "calendar") : getenv("GAVEL_CALENDAR");
}

int gv_due_begin(struct gv_due *w, struct gv_cmd *c, const char *clocks)
{
	int rc;

	*w = (struct gv_due){ .c = c, .horizon = GV_DAY_NONE };
	rc = gv_calendar_load(&w->calendar, gv_cmd_calendar(c), &c->err);
	if (!rc)
		rc = check_clock(c, clocks);
	return rc ? rc : set_horizon(w);
}

void gv_due_end(struct gv_due *w)
{
	free(w->rows);
	gv_doc_free(&w->doc);
	gv_calendar_free(w->calendar);
}
