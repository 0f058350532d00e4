/* SPDX-License-Identifier: MIT */
/* judge: what the rules say about an entry as it would be. */
#include <string.h>

#include "credit-repair.h"
#include "due.h"

int credit_judge_open(struct credit_judge *j, struct gv_cmd *c)
{
	struct gv_store *store;
	int rc;

	*j = (struct credit_judge){ .c = c };
	store = gv_cmd_store(c);
	if (!store) /* records from a stream need none */
		gv_err_clear(&c->err);
	j->has_store = store != NULL;
	rc = gv_calendar_load(&j->calendar, gv_cmd_calendar(c), &c->err);
	return rc;
}

void credit_judge_close(struct credit_judge *j)
{
	gv_calendar_free(j->calendar);
	gv_doc_free(&j->debtor);
	gv_doc_free(&j->entry);
	gv_doc_free(&j->promise);
	gv_doc_free(&j->other);
	credit_units_free(j->units);
}

int credit_judge_subject(struct credit_judge *j, const struct gv_rec *rec, struct gv_credit_subject *out)
{
	bool repair = gv_str_is(gv_val_getstr(rec->val, "kind"), "repair");
	int rc;

	*out = (struct gv_credit_subject){ .rec = rec, .calendar = j->calendar, .aside = &j->aside };
	if (j->has_store)
		out->config = gv_store_config(gv_cmd_store(j->c));
	rc = credit_aside(j, rec->val);
	if (!rc)
		rc = gv_cmd_look_up(j->c, gv_val_getstr(rec->val, "debtor"), &j->debtor, &out->debtor);
	if (!rc && !repair)
		rc = credit_aside_offices(j, rec->val, out->debtor);
	if (!rc && repair)
		rc = gv_cmd_look_up(j->c, gv_val_getstr(rec->val, "credit"), &j->entry, &out->entry);
	return rc || !repair ? rc : gv_cmd_look_up(j->c, gv_val_getstr(rec->val, "promise"), &j->promise, &out->promise);
}

int credit_judge_change(struct credit_judge *j, const struct gv_credit_act *act, const struct gv_rec *before, const struct gv_credit_subject *after, bool happens)
{
	struct gv_buf said = GV_BUF_INIT(65536);
	struct gv_credit_subject then = *after; /* of the same debtor and entry */
	int rc;

	then.rec = before;
	rc = gv_credit_refusal(act->lists, &then, after, j->c->today, &said, &j->c->err);
	if (!rc && said.n && happens)
		gv_cmd_warn(j->c, "%s: %.*s", before->id.key, (int)said.n, said.p);
	else if (!rc && said.n)
		rc = gv_fail(&j->c->err, GV_EDATA, "%.*s", (int)said.n, said.p);
	gv_buf_free(&said);
	return rc;
}

int credit_show_work(struct gv_cmd *c, const struct gv_credit_subject *subject)
{
	struct gv_buf text = GV_BUF_INIT(GV_MIB);
	int rc;

	gv_buf_addf(&text, "%s\n", subject->rec->id.key);
	gv_credit_work(&text, subject, c->today);
	rc = gv_buf_check(&text, &c->err);
	if (!rc)
		rc = gv_cmd_put(c, gv_buf_str(&text));
	gv_buf_free(&text);
	return rc;
}
