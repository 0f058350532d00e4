/* SPDX-License-Identifier: MIT */
/* past: --as-of a day before today shows entries as they were on that day. */
#include "past.h"

#include <stdlib.h>
#include <string.h>

/* --as-of aside. */
static gv_day today(void)
{
	const char *fixed = getenv("GAVEL_TODAY");
	gv_day day = fixed && *fixed ? gv_day_read(gv_str_of(fixed)) : gv_today();

	return day;
}

/* What is lost of a day is refused where it is needed; else it is only not shown. */
static int turn_back(struct credit_past *p, bool *there)
{
	struct gv_err *err = &p->c->err;
	char day[GV_DATE_LEN + 1];
	unsigned lost;
	int rc = gv_credit_past(&p->doc, &p->doc.root, p->c->today, there, &lost, err);

	gv_day_format(p->c->today, day);
	if (rc || !*there || !(lost & p->needs))
		return rc;
	if (lost & p->needs & (GV_CREDIT_LOST_DECISION | GV_CREDIT_LOST_ORDER))
		return gv_fail_field(err, GV_EDATA, "decision", _("what was decided by %s is not kept: another decision or order came since (--at DAY: what the docket had)"), day);
	return gv_fail_field(err, GV_EDATA, "published", _("corrected since %s: what was published then is not kept (--at DAY: what the docket had)"), day);
}

static int of_text(struct gv_cmd *c, struct gv_str *text)
{
	struct credit_past *p = c->past_ctx;
	bool there = false;
	int rc = gv_json_parse(&p->doc, *text, 0, &c->err);

	if (!rc)
		rc = turn_back(p, &there);
	*text = (struct gv_str){ 0 };
	if (rc || !there)
		return rc;
	gv_buf_reset(&p->text);
	gv_json_canon(&p->text, &p->doc.root);
	rc = gv_buf_check(&p->text, &c->err);
	*text = gv_buf_str(&p->text);
	return rc;
}

void credit_past_begin(struct credit_past *p, struct gv_cmd *c, unsigned needs)
{
	const struct gv_schema *s = gv_cmd_schema(c);

	*p = (struct credit_past){ .c = c, .needs = needs, .text = GV_BUF_INIT(2 * GV_JSON_TEXT_MAX) };
	p->on = gv_cmd_has(c, "as-of") && c->today < today();
	if (!p->on || !s || strcmp(s->kind, "credit") != 0)
		return;
	c->past = of_text;
	c->past_ctx = p;
}

int credit_past_rec(struct credit_past *p, struct gv_rec *rec, bool *there)
{
	int rc;

	*there = true;
	if (!p->on || strcmp(rec->id.schema->kind, "credit") != 0)
		return 0;
	gv_doc_reset(&p->doc);
	rc = gv_val_copy(&p->doc, &p->doc.root, rec->val, &p->c->err);
	if (!rc)
		rc = turn_back(p, there);
	if (rc)
		gv_err_thing(&p->c->err, rec->id.key, strlen(rec->id.key));
	rec->doc = &p->doc;
	rec->val = &p->doc.root;
	return rc;
}

void credit_past_end(struct credit_past *p)
{
	gv_doc_free(&p->doc);
	gv_buf_free(&p->text);
	p->c->past = NULL;
}
