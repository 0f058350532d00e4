/* SPDX-License-Identifier: MIT */
/* case-file due: which clocks run, until when, and why. */
#include <string.h>

#include "case-file.h"
#include "due.h"
#include "selection.h"

static const struct gv_opt opts[] = {
	GV_DUE_OPTS(GV_LIMIT_CLOCKS)
	GV_SELECT_NUMBER_OPTS
	GV_SELECT_FIELD_OPTS
	{ 0 }
};

struct work {
	struct gv_due due;
	struct gv_limits *limits;
	struct gv_doc record;
};

static int one_rec(struct gv_cmd *c, const struct gv_rec *rec)
{
	struct work *w = c->ctx;
	int rc;

	w->due.rec = rec;
	rc = gv_limit_clocks(w->limits, rec, gv_cmd_caseno(c), c->today, gv_due_take, &w->due, &c->err);
	if (rc)
		gv_err_thing(&c->err, rec->id.key, strlen(rec->id.key));
	return rc;
}

static int selected(void *ctx, struct gv_str text, struct gv_err *err)
{
	struct work *w = ctx;
	struct gv_cmd *c = w->due.c;
	struct gv_rec rec;
	int rc = gv_json_parse(&w->record, text, 0, err);

	if (!rc)
		rc = gv_rec_of(&rec, &w->record, gv_cmd_schema(c), gv_cmd_caseno(c), err);
	if (!rc)
		c->done++;
	return rc ? rc : one_rec(c, &rec);
}

static int run(struct gv_cmd *c)
{
	struct work w = { 0 };
	int rc = gv_due_begin(&w.due, c, GV_LIMIT_CLOCKS);

	c->ctx = &w;
	if (!rc)
		rc = gv_limits_load(&w.limits, w.due.calendar, &c->err);
	if (!rc && c->argc > 0)
		rc = gv_cmd_each_rec(c, one_rec);
	else if (!rc)
		rc = gv_cmd_store(c) ? gv_selection_walk(c, true, selected, &w) : c->err.code;
	if (!rc)
		rc = gv_due_print(&w.due);
	gv_doc_free(&w.record);
	gv_limits_free(w.limits);
	gv_due_end(&w.due);
	c->ctx = NULL;
	return rc;
}

const struct gv_cmd_spec case_file_due = {
	.name = "due", .summary = N_("list the clocks that run: filing, correction, mediation, trial limit, extensions"),
	.usage = N_("[ID...|-]   (- takes ids or records from standard input)"), .operands = "id",
	.opts = opts, .kind = "case", .fields = GV_DUE_FIELDS,
	.common = GV_C_DOCKET | GV_C_SELECT | GV_C_OUTPUT | GV_C_ASOF,
	.records = &gv_cmd_records, .run = run,
};
