/* SPDX-License-Identifier: MIT */
/* case-publish due: what must be out by when? */
#include <string.h>

#include "case-publish.h"
#include "due.h"
#include "walk.h"

static const struct gv_opt opts[] = {
	GV_DUE_OPTS(GV_PUBLICATION_CLOCKS)
	{ 0, "state", "STATES", N_("states, comma list: proposed,decided,withheld"), .complete = "state" },
	{ 0 }
};

struct work {
	struct gv_cmd *c;
	struct publish_judge judge;
	struct gv_publication p;     /* at hand */
	struct gv_due due;
};

#define ONLINE "最高人民法院关于人民法院在互联网公布裁判文书的规定"

static const char *article_of(const struct gv_publication_clock *k)
{
	return strcmp(k->name, "stub") == 0 ? "6" : strcmp(k->name, "correction") == 0 ? "15" : "7";
}

static int put(void *ctx, const struct gv_publication_clock *k)
{
	struct work *w = ctx;
	struct gv_buf work = GV_BUF_INIT(GV_MIB);
	struct gv_clock clock = { .name = k->name, .rule = gv_str_of(k->rule), .from = k->from, .until = k->until, .doc = GV_STR(ONLINE),
	                          .no = GV_STR("法释〔2016〕19号"), .art = gv_str_of(article_of(k)), .note = gv_str_of(k->what) };
	int rc;

	if (k->done != GV_DAY_NONE)
		return 0;
	clock.state = k->until != GV_DAY_NONE && k->until < w->c->today ? GV_CLOCK_OVERDUE : GV_CLOCK_RUNNING;
	if (k->until != GV_DAY_NONE)
		clock.days_left = k->until - w->c->today;
	if (gv_cmd_has(w->c, "show-work"))
		gv_publication_work(&work, &w->p, w->c->today);
	clock.work = gv_str_trim(gv_buf_str(&work));
	rc = gv_buf_check(&work, &w->c->err);
	if (!rc)
		rc = gv_due_take(&w->due, &clock);
	gv_buf_free(&work);
	return rc;
}

static int one_target(void *ctx, const struct gv_rec *rec)
{
	struct work *w = ctx;
	int rc = publish_judge_subject(&w->judge, rec->val, NULL, &w->p);

	w->due.rec = rec;
	if (!rc)
		rc = gv_publication_clocks(&w->p, w->c->today, put, w);
	w->due.rec = NULL;
	return rc;
}

static int run(struct gv_cmd *c)
{
	struct work w = { .c = c };
	int rc = gv_due_begin(&w.due, c, GV_PUBLICATION_CLOCKS);

	if (!rc)
		rc = publish_judge_open(&w.judge, c);
	if (!rc)
		rc = c->argc > 0 ? publish_each_target(c, NULL, one_target, &w) : gv_walk_selected(c, one_target, &w);
	if (!rc)
		rc = gv_due_print(&w.due);
	publish_judge_close(&w.judge);
	gv_due_end(&w.due);
	return rc;
}

const struct gv_cmd_spec publish_due = {
	.name = "due", .summary = N_("list what must be out by when: documents, stubs, corrections"),
	.usage = N_("[ID|CASE...|-]   (- takes ids or records from standard input; of a case all publications)"), .operands = "id",
	.opts = opts, .kind = "publication", .fields = "until,days_left,state,clock,rule,id,note",
	.common = GV_C_DOCKET | GV_C_SELECT | GV_C_OUTPUT | GV_C_ASOF,
	.records = &gv_cmd_records, .run = run,
};
