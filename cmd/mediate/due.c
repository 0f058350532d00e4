/* SPDX-License-Identifier: MIT */
/* mediate due: which clocks of mediations and confirmations run, until when, and why. */
#include <string.h>

#include "due.h"
#include "mediate.h"
#include "mediation_clock.h"
#include "walk.h"

static const struct gv_opt opts[] = {
	GV_DUE_OPTS(GV_MEDIATION_CLOCKS)
	MEDIATE_WALK_OPTS
	{ 0 }
};

struct work {
	struct gv_due due;
	struct gv_mediation_clocks *clocks;
};

static int one_rec(struct gv_cmd *c, const struct gv_rec *rec)
{
	struct work *w = c->ctx;
	int rc;

	w->due.rec = rec;
	rc = gv_mediation_due(w->clocks, rec, c->today, gv_due_take, &w->due, &c->err);
	if (rc)
		gv_err_thing(&c->err, rec->id.key, strlen(rec->id.key));
	return rc;
}

static int run(struct gv_cmd *c)
{
	static const char *const kinds[] = { "mediation", "agreement-confirmation", NULL };
	struct work w = { 0 };
	int rc = gv_due_begin(&w.due, c, GV_MEDIATION_CLOCKS);

	c->ctx = &w;
	if (!rc)
		rc = gv_mediation_clocks_load(&w.clocks, w.due.calendar, &c->err);
	if (!rc)
		rc = gv_walk_records(c, kinds, one_rec);
	if (!rc)
		rc = gv_due_print(&w.due);
	gv_mediation_clocks_free(w.clocks);
	gv_due_end(&w.due);
	c->ctx = NULL;
	return rc;
}

const struct gv_cmd_spec mediate_due = {
	.name = "due", .summary = N_("list the clocks that run: mediators, sessions, confirmation, objection"),
	.usage = N_("[ID...|-]   (- takes ids or records from standard input)"), .operands = "id",
	.opts = opts, .kind = "mediation", .fields = GV_DUE_FIELDS,
	.common = GV_C_DOCKET | GV_C_SELECT | GV_C_OUTPUT | GV_C_ASOF,
	.records = &gv_cmd_records, .run = run,
};
