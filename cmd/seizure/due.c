/* SPDX-License-Identifier: MIT */
/* seizure due: which seizures end when, and what is the last safe day to renew them? */
#include <string.h>

#include "due.h"
#include "hold.h"
#include "seizure.h"
#include "walk.h"

#define CLOCKS "expiry|renewal-request"
enum { DAYS_BEFORE = 7 };  /* the applicant asks before the end of a preservation: 法释〔2016〕22号 art. 18 (SZ-38) */

static const struct gv_opt opts[] = {
	GV_DUE_OPTS(CLOCKS)
	{ 0, "state", "STATES", N_("states, comma list: effective,waiting"), .complete = "state" },
	{ 0 }
};

struct work {
	struct gv_cmd *c;
	struct gv_due due;
	struct gv_doc asset;
};

/* What the asset is decides where the effect begins; one that is not in the docket is served as most are. */
static struct gv_str type_of(struct work *w, const struct gv_val *seizure)
{
	const struct gv_val *asset;

	if (gv_cmd_get(w->c, gv_val_getstr(seizure, "asset"), "asset", &w->asset, &asset))
		gv_err_clear(&w->c->err);
	return gv_val_getstr(asset, "type");
}

/* One of the two days that are told of a seizure. */
struct end {
	const char *name, *rule, *doc, *no, *art;
	bool asks;                 /* the applicant, for the renewal */
	gv_day last;
};

/* The last working day on or before it, in words; a calendar that does not know that year says so. */
static void last_safe(struct work *w, const struct end *end, struct gv_buf *note, struct gv_buf *lines)
{
	char text[GV_DATE_LEN + 1];
	struct gv_err none;
	gv_day day;

	if (gv_calendar_prev_working(w->due.calendar, end->last, &day, &none)) {
		gv_buf_addf(note, _("last safe working day not known: %s"), none.msg);
		gv_buf_addf(lines, _("last safe working day not known: %s"), none.msg);
		return;
	}
	gv_day_format(day, text);
	gv_buf_addf(note, _("last safe working day %s"), text);
	if (day != end->last) {
		char last[GV_DATE_LEN + 1];

		gv_day_format(end->last, last);
		gv_buf_addf(lines, _("%s is not worked (%s): it does not move to a working day\n"), last,
		            *gv_calendar_name(w->due.calendar, end->last) ? gv_calendar_name(w->due.calendar, end->last) : _("weekend"));
	}
	gv_buf_addf(lines, _("%s last safe working day"), text);
}

static void add_step(struct gv_buf *lines, gv_day day, const char *what)
{
	char text[GV_DATE_LEN + 1];

	gv_day_format(day, text);
	gv_buf_addf(lines, "%s %s\n", text, what);
}

/* How the day is found, as a person would count it. */
static void explain(struct work *w, const struct gv_hold *h, const struct end *end, struct gv_buf *lines)
{
	gv_day until = gv_instant_day(h->until), first = gv_day_read((struct gv_str){ gv_val_getstr(h->val, "until").p, GV_DATE_LEN });
	char from[GV_DATE_LEN + 1], last[GV_DATE_LEN + 1];

	if (h->from != GV_INSTANT_NONE)
		add_step(lines, gv_instant_day(h->from), _("the effect begins"));
	if (h->renewals && first != GV_DAY_NONE)
		add_step(lines, first, _("end of the first term"));
	add_step(lines, until, h->renewals ? _("end of the last renewal") : _("end of the term"));
	if (end->asks)
		add_step(lines, end->last, _("7 days before: last day to ask for the renewal"));
	if (end->last < w->c->today)
		return;
	gv_day_format(w->c->today, from);
	gv_day_format(end->last, last);
	gv_buf_addf(lines, end->asks ? _("%s to %s to ask for it: %d days\n") : _("%s to %s to renew it: %d days\n"), from, last, (int)(end->last - w->c->today) + 1);
}

static int put_clock(struct work *w, const struct gv_hold *h, const struct end *end)
{
	struct gv_buf note = GV_BUF_INIT(1024), lines = GV_BUF_INIT(4096);
	struct gv_clock clock = { .name = end->name, .rule = gv_str_of(end->rule), .from = gv_instant_day(h->from), .until = end->last,
	                          .days_left = end->last - w->c->today, .doc = gv_str_of(end->doc), .no = gv_str_of(end->no), .art = gv_str_of(end->art) };
	int rc;

	clock.state = end->last < w->c->today ? GV_CLOCK_OVERDUE : GV_CLOCK_RUNNING;
	explain(w, h, end, &lines);
	last_safe(w, end, &note, &lines);
	clock.note = gv_buf_str(&note);
	clock.work = gv_buf_str(&lines);
	rc = gv_buf_check(&lines, &w->c->err);
	if (!rc)
		rc = gv_due_take(&w->due, &clock);
	gv_buf_free(&note);
	gv_buf_free(&lines);
	return rc;
}

static int one_rec(struct gv_cmd *c, const struct gv_rec *rec)
{
	struct work *w = c->ctx;
	struct gv_hold h;
	gv_day until;
	int rc;

	if (strcmp(rec->id.schema->kind, "seizure") != 0)
		return gv_fail(&c->err, GV_EDATA, _("is a %s, not a %s"), rec->id.schema->kind, "seizure");
	rc = gv_hold_read(&h, rec->val, type_of(w, rec->val), c->today, &c->err);
	if (rc) {
		gv_err_thing(&c->err, rec->id.key, strlen(rec->id.key));
		return rc;
	}
	until = gv_instant_day(h.until);
	if ((h.is != GV_HOLD_ON && h.is != GV_HOLD_LAPSED) || until == GV_DAY_NONE ||
	    gv_rule_listed(GV_STR("released,disposed,lapsed"), gv_val_getstr(rec->val, "state")))
		return 0;
	w->due.rec = rec;
	rc = put_clock(w, &h, &(struct end){ .name = "expiry", .rule = "SZ-36", .doc = "最高人民法院关于适用《中华人民共和国民事诉讼法》的解释",
	                                     .no = "法释〔2022〕11号", .art = "485", .last = until });
	if (!rc && gv_str_is(gv_val_getstr(rec->val, "stage"), "preservation"))
		rc = put_clock(w, &h, &(struct end){ .name = "renewal-request", .rule = "SZ-38", .doc = "最高人民法院关于人民法院办理财产保全案件若干问题的规定",
		                                     .no = "法释〔2016〕22号", .art = "18", .asks = true, .last = until - DAYS_BEFORE });
	return rc;
}

static int selected(void *ctx, const struct gv_rec *rec)
{
	struct work *w = ctx;

	return one_rec(w->c, rec);
}

static int run(struct gv_cmd *c)
{
	struct work w = { .c = c };
	int rc = gv_due_begin(&w.due, c, CLOCKS);

	c->ctx = &w;
	if (!rc && c->argc > 0)
		rc = gv_cmd_each_rec(c, one_rec);
	else if (!rc)
		rc = gv_walk_selected(c, selected, &w);
	if (!rc)
		rc = gv_due_print(&w.due);
	gv_due_end(&w.due);
	gv_doc_free(&w.asset);
	c->ctx = NULL;
	return rc;
}

const struct gv_cmd_spec seizure_due = {
	.name = "due", .summary = N_("list which seizures end when, with the last safe working day to renew them"),
	.usage = N_("[ID...|-]   (- takes ids or records from standard input)"), .operands = "id",
	.opts = opts, .kind = "seizure", .fields = "until,days_left,state,clock,rule,id,note",
	.common = GV_C_DOCKET | GV_C_SELECT | GV_C_OUTPUT | GV_C_ASOF,
	.records = &gv_cmd_records, .run = run,
};
