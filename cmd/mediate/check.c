/* SPDX-License-Identifier: MIT */
/* mediate check: what does the law say about mediations, mediators and confirmations? */
#include <string.h>

#include "due.h"
#include "mediate.h"
#include "mediation_load.h"
#include "mediation_rules.h"
#include "walk.h"

static const struct gv_opt opts[] = {
	{ 0, "calendar", "FILE", N_("years of its own, in the format of holidays.tsv (also GAVEL_CALENDAR)"), .complete = "file" },
	MEDIATE_WALK_OPTS
	{ 0 }
};

struct work {
	struct gv_cmd *c;
	struct gv_calendar *calendar;
	struct gv_mediation_clocks *clocks;
	struct gv_causes *causes;
	struct gv_store *store;    /* NULL: records from a stream, and no docket here */
	struct gv_doc other;       /* the record that a rule asked for */
	bool counted;              /* who mediates how much */
	struct gv_doc loads;
	struct gv_val running;
};

static int fetch(void *ctx, struct gv_str text, const struct gv_val **out, struct gv_err *err)
{
	struct work *w = ctx;

	(void)err; /* the command's own */
	return gv_cmd_look_up(w->c, text, &w->other, out);
}

/* Read once for all mediators. */
static int load(void *ctx, struct gv_str mediator, int64_t *out, struct gv_err *err)
{
	struct work *w = ctx;
	int rc = w->counted ? 0 : gv_mediation_running(w->store, &w->loads, &w->running, err);

	w->counted = !rc;
	*out = rc ? 0 : gv_mediation_load(&w->running, mediator);
	return rc;
}

static int one_rec(struct gv_cmd *c, const struct gv_rec *rec)
{
	struct work *w = c->ctx;
	struct gv_mediation_subject s = { .rec = rec, .clocks = w->clocks, .calendar = w->calendar,
	                                  .causes = w->causes, .ctx = w, .fetch = w->store ? fetch : NULL,
	                                  .load = w->store ? load : NULL };

	return gv_cmd_check(c, gv_mediation_rules, rec, &s);
}

/* Records from a stream need no docket; where there is one, it knows the mediators. */
static void open_store(struct work *w)
{
	w->store = gv_cmd_store(w->c);
	if (!w->store)
		gv_err_clear(&w->c->err);
}

static int run(struct gv_cmd *c)
{
	static const char *const kinds[] = { "mediation", "mediator", "agreement-confirmation", NULL };
	struct work w = { .c = c };
	int rc = gv_cmd_check_lists(c, gv_mediation_rules);

	c->ctx = &w;
	if (!rc)
		rc = gv_calendar_load(&w.calendar, gv_cmd_calendar(c), &c->err);
	if (!rc)
		rc = gv_mediation_clocks_load(&w.clocks, w.calendar, &c->err);
	if (!rc)
		rc = gv_causes_open(&w.causes, c->today, &c->err);
	if (!rc)
		open_store(&w);
	if (!rc)
		rc = gv_walk_records(c, kinds, one_rec);
	gv_causes_free(w.causes);
	gv_mediation_clocks_free(w.clocks);
	gv_calendar_free(w.calendar);
	gv_doc_free(&w.other);
	gv_doc_free(&w.loads);
	c->ctx = NULL;
	return rc ? rc : gv_cmd_findings(c) ? GV_FOUND : 0;
}

const struct gv_cmd_spec mediate_check = {
	.name = "check", .summary = N_("check mediations, mediators and confirmations against the law; findings are records"),
	.usage = N_("[ID...|-]   (- takes ids or records from standard input)"), .operands = "id", .opts = opts,
	.kind = "mediation", .rules = gv_mediation_rules,
	.common = GV_C_DOCKET | GV_C_SELECT | GV_C_RULES | GV_C_ANNOTATE | GV_C_OUTPUT | GV_C_RECORDS | GV_C_ASOF,
	.records = &gv_cmd_records, .run = run,
};
