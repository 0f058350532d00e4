/* SPDX-License-Identifier: MIT */
/* judge: what the rules say about an entry as it would be. */
#include <string.h>

#include "credit-repair.h"
#include "due.h"
#include "policy.h"

int credit_judge_open(struct credit_judge *j, struct gv_cmd *c)
{
	int rc;

	*j = (struct credit_judge){ .c = c };
	j->store = gv_cmd_store(c);
	if (!j->store)
		gv_err_clear(&c->err);
	rc = gv_calendar_load(&j->calendar, gv_cmd_calendar(c), &c->err);
	if (!rc && j->store)
		rc = gv_policy_bool(&j->prelisting, gv_store_config(j->store), "credit_prelisting_notice", c->today, &c->err);
	return rc;
}

void credit_judge_close(struct credit_judge *j)
{
	gv_calendar_free(j->calendar);
	gv_doc_free(&j->debtor);
	gv_doc_free(&j->entry);
}

/* *out NULL: not known here. */
static int fetch(struct credit_judge *j, struct gv_str text, struct gv_doc *d, const struct gv_val **out)
{
	struct gv_err *err = &j->c->err;
	struct gv_id id;
	struct gv_rec rec;
	int rc;

	*out = NULL;
	if (!j->store || !text.n || gv_id_parse(&id, text, NULL, gv_cmd_caseno(j->c), NULL))
		return 0;
	rc = gv_store_get(j->store, &id, d, &rec, err);
	if (rc == GV_ENOTFOUND) {
		gv_err_clear(err);
		return 0;
	}
	if (!rc)
		rc = gv_cmd_unseal_doc(j->c, d);
	*out = rc ? NULL : &d->root;
	return rc;
}

int credit_judge_subject(struct credit_judge *j, const struct gv_rec *rec, struct gv_credit_subject *out)
{
	bool repair = gv_str_is(gv_val_getstr(rec->val, "kind"), "repair");
	int rc;

	*out = (struct gv_credit_subject){ .rec = rec, .calendar = j->calendar, .prelisting = j->prelisting };
	rc = fetch(j, gv_val_getstr(rec->val, "debtor"), &j->debtor, &out->debtor);
	return rc || !repair ? rc : fetch(j, gv_val_getstr(rec->val, "credit"), &j->entry, &out->entry);
}

int credit_judge_change(struct credit_judge *j, const struct gv_credit_act *act, const struct gv_rec *before, const struct gv_rec *after, bool happens)
{
	struct gv_buf said = GV_BUF_INIT(65536);
	struct gv_credit_subject now, then = { 0 };
	int rc = credit_judge_subject(j, after, &now);

	if (!rc) {
		then = now; /* of the same debtor and entry */
		then.rec = before;
		rc = gv_credit_refusal(act->lists, &then, &now, j->c->today, &said, &j->c->err);
	}
	if (!rc && said.n && happens)
		gv_cmd_warn(j->c, "%s: %.*s", after->id.key, (int)said.n, said.p);
	else if (!rc && said.n)
		rc = gv_fail(&j->c->err, GV_EDATA, "%.*s", (int)said.n, said.p);
	gv_buf_free(&said);
	return rc;
}

int credit_show_work(struct credit_judge *j, const struct gv_rec *rec)
{
	struct gv_buf text = GV_BUF_INIT(GV_MIB);
	struct gv_credit_subject subject;
	int rc = credit_judge_subject(j, rec, &subject);

	if (!rc) {
		gv_buf_addf(&text, "%s\n", rec->id.key);
		gv_credit_work(&text, &subject, j->c->today);
		rc = gv_buf_check(&text, &j->c->err);
	}
	if (!rc)
		rc = gv_cmd_put(j->c, gv_buf_str(&text));
	gv_buf_free(&text);
	return rc;
}
