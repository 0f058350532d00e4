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

/* ---- before and after ---- */

struct comparison {
	struct gv_buf before;      /* violations that are there without the change, a line each */
	struct gv_buf said;        /* the first that is new */
	bool collects;
};

static const char *text_of(const struct gv_val *rec, const char *field)
{
	const struct gv_val *v = gv_val_get(rec, field);

	return v && v->type == GV_STRING ? v->s : "";
}

static void say(struct gv_buf *to, const struct gv_val *finding)
{
	const struct gv_val *basis = gv_val_items(finding, "basis");

	gv_buf_addf(to, "%s: %s", text_of(finding, "rule"), text_of(finding, "message"));
	if (basis->n)
		gv_buf_addf(to, _(" (%s %s, art. %s)"), text_of(&basis->items[0], "doc"), text_of(&basis->items[0], "no"), text_of(&basis->items[0], "art"));
}

static int compare(struct gv_check *check, const struct gv_val *finding, struct gv_err *err)
{
	struct comparison *w = check->ctx;
	struct gv_buf line = GV_BUF_INIT(65536);
	bool late = gv_val_get(gv_val_get(finding, "facts"), "until") != NULL;
	int rc;

	if (!gv_str_is(gv_val_getstr(finding, "level"), "violation") || late || w->said.n)
		return 0;
	say(&line, finding);
	rc = gv_buf_check(&line, err);
	if (!rc && w->collects)
		gv_buf_addf(&w->before, "\n%s\n", line.p);
	else if (!rc && !gv_str_find(gv_buf_str(&w->before), gv_buf_str(&line)))
		gv_buf_addstr(&w->said, gv_buf_str(&line));
	gv_buf_free(&line);
	return rc ? rc : w->collects ? gv_buf_check(&w->before, err) : gv_buf_check(&w->said, err);
}

static int run_rules(struct credit_judge *j, const struct gv_rec *rec, struct comparison *w)
{
	struct gv_credit_subject subject;
	struct gv_check check = { .rec = rec, .as_of = j->c->today, .ctx = w, .sink = compare, .err = &j->c->err, .only = GV_STR(""), .skip = GV_STR("") };
	int rc = credit_judge_subject(j, rec, &subject);

	if (!rc)
		rc = gv_rules_run(&check, gv_credit_rules, &subject);
	gv_doc_free(&check.scratch);
	return rc;
}

int credit_judge_change(struct credit_judge *j, const struct gv_rec *before, const struct gv_rec *after)
{
	struct comparison w = { .before = GV_BUF_INIT(GV_MIB), .said = GV_BUF_INIT(65536), .collects = true };
	int rc = before ? run_rules(j, before, &w) : 0;

	w.collects = false;
	if (!rc)
		rc = run_rules(j, after, &w);
	if (!rc && w.said.n)
		rc = gv_fail(&j->c->err, GV_EDATA, "%.*s", (int)w.said.n, w.said.p);
	gv_buf_free(&w.before);
	gv_buf_free(&w.said);
	return rc;
}

int credit_check_on(struct gv_cmd *c, const char *on)
{
	char today[GV_DATE_LEN + 1];

	gv_day_format(c->today, today);
	if (gv_day_read((struct gv_str){ on, GV_DATE_LEN }) <= c->today)
		return 0;
	return gv_fail(&c->err, GV_EUSAGE, _("--on: %.10s is after today (%s)"), on, today);
}
