/* SPDX-License-Identifier: MIT */
/* credit-repair due: removals, ends of grace and of terms, requests: what must be done by when? */
#include <string.h>

#include "due.h"
#include "past.h"
#include "walk.h"

static const struct gv_opt opts[] = {
	GV_DUE_OPTS(GV_CREDIT_CLOCKS)
	{ 0, "removals", NULL, N_("only what is to be removed from the list") },
	{ 0, "state", "STATES", N_("states, comma list: listed,grace"), .complete = "state" },
	{ 0 }
};

struct work {
	struct gv_cmd *c;
	struct credit_judge judge;
	struct gv_due due;
	struct credit_past past;
};

/* The lines of the computation, as a person would write them down. */
static void show(struct gv_buf *to, const struct gv_credit_clock *k)
{
	gv_buf_addf(to, "%s %s\n", gv_credit_date(k->from).s, k->what);
	if (k->lacks)
		gv_buf_addf(to, _("%s missing: nobody knows the last day"), k->lacks);
	else if (k->until == GV_DAY_NONE)
		gv_buf_addf(to, "%s", _("the calendar does not know that year"));
	else
		gv_buf_addf(to, _("%s last day (%s %s, art. %s)"), gv_credit_date(k->until).s, k->basis.doc, k->basis.no, k->basis.art);
}

static int put(void *ctx, const struct gv_credit_clock *k)
{
	struct work *w = ctx;
	struct gv_buf work = GV_BUF_INIT(4096);
	struct gv_clock clock = { .name = k->name, .rule = gv_str_of(k->rule), .from = k->from, .until = k->until,
	                          .doc = gv_str_of(k->basis.doc), .no = gv_str_of(k->basis.no), .art = gv_str_of(k->basis.art), .note = gv_str_of(k->lacks ? k->lacks : k->what) };
	int rc;

	if (k->done != GV_DAY_NONE)
		return 0;
	clock.state = k->until != GV_DAY_NONE && k->until < w->c->today ? GV_CLOCK_OVERDUE : GV_CLOCK_RUNNING;
	if (k->until != GV_DAY_NONE)
		clock.days_left = k->until - w->c->today;
	show(&work, k);
	clock.work = gv_buf_str(&work);
	rc = gv_due_take(&w->due, &clock);
	gv_buf_free(&work);
	return rc;
}

static int one_entry(void *ctx, const struct gv_rec *rec)
{
	struct work *w = ctx;
	struct gv_credit_ask ask = { gv_cmd_has(w->c, "removals") ? "removal,term-removal" : NULL, w->due.calendar, w->c->today, &w->judge.aside };
	struct gv_rec then = *rec;
	bool there;
	int rc;

	if (strcmp(rec->id.schema->kind, "credit") != 0)
		return gv_fail(&w->c->err, GV_EDATA, _("is a %s, not a %s"), rec->id.schema->kind, "credit");
	if (gv_credit_is_foreign(rec->val))
		return 0; /* what another court must do by when is on that court's list */
	rc = credit_past_rec(&w->past, &then, &there);
	if (rc || !there)
		return rc;
	w->due.rec = &then;
	rc = credit_aside(&w->judge, then.val);
	return rc ? rc : gv_credit_clocks(then.val, &ask, put, w);
}

static int run(struct gv_cmd *c)
{
	struct work w = { .c = c };
	int rc = gv_due_begin(&w.due, c, GV_CREDIT_CLOCKS);

	credit_past_begin(&w.past, c, GV_CREDIT_LOST_DECISION);
	if (!rc)
		rc = credit_judge_open(&w.judge, c);
	if (!rc)
		rc = c->argc > 0 ? credit_each_target(c, one_entry, &w) : gv_walk_selected(c, one_entry, &w);
	if (!rc)
		rc = gv_due_print(&w.due);
	gv_due_end(&w.due);
	credit_judge_close(&w.judge);
	credit_past_end(&w.past);
	return rc;
}

const struct gv_cmd_spec credit_due = {
	.name = "due", .summary = N_("list what must be done by when: removals, ends of grace and term, requests"),
	.usage = N_("[ID|CASE...|-]   (- takes ids or records from standard input; of a case all entries)"), .operands = "id",
	.opts = opts, .kind = "credit", .fields = "until,days_left,state,clock,rule,id,note",
	.common = GV_C_DOCKET | GV_C_SELECT | GV_C_OUTPUT | GV_C_ASOF,
	.records = &gv_cmd_records, .run = run,
};
