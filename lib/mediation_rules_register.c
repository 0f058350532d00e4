/* SPDX-License-Identifier: MIT */
/* mediation_rules_register: entries of the register of mediators. */
#include "mediation_rules_impl.h"

static int each_missing(struct gv_check *c, const void *subject, const char *const *fields)
{
	const struct gv_mediation_subject *s = subject;
	int rc = 0;

	for (; *fields && !rc; fields++)
		if (!gv_val_path(s->rec->val, gv_str_of(*fields)))
			rc = gv_mediation_missing(c, *fields);
	return rc;
}

int gv_mediation_rule_listed(struct gv_check *c, const void *subject)
{
	static const char *const fields[] = { "certificate", "listed_on", NULL };
	struct gv_str until = gv_text_of(subject, "listed_until");
	gv_day last = gv_day_read(until);

	if (!gv_text_is(subject, "state", "active"))
		return 0;
	if (last != GV_DAY_NONE && last < c->as_of)
		return gv_finding(c, GV_WARN, NULL, _("in the register until %.*s, and still active"), (int)until.n, until.p);
	return each_missing(c, subject, fields);
}

int gv_mediation_rule_trained(struct gv_check *c, const void *subject)
{
	const struct gv_mediation_subject *s = subject;
	struct gv_str listed = gv_text_of(s, "listed_on");
	const struct gv_val *t;

	if (!gv_text_is(s, "state", "active") || !gv_text_is(s, "type", "person"))
		return 0;
	for (uint32_t i = 0; (t = gv_item_of(s->rec->val, "trainings", i)); i++)
		if (!listed.n || gv_str_cmp(gv_val_getstr(t, "on"), listed) <= 0)
			return 0;
	return gv_finding(c, GV_REVIEW, NULL, "%s", _("no training before the entry in the register is recorded"));
}

int gv_mediation_rule_published(struct gv_check *c, const void *subject)
{
	static const char *const fields[] = { "profile", "scope", "fields", "paid", NULL };

	return gv_text_is(subject, "state", "active") ? each_missing(c, subject, fields) : 0;
}

/* An organisation that says something of members, a woman or a term is a committee. */
int gv_mediation_rule_committee(struct gv_check *c, const void *subject)
{
	static const char *const fields[] = { "members", "has_woman", "term_until", NULL };
	const struct gv_mediation_subject *s = subject;
	const struct gv_val *rec = s->rec->val, *woman = gv_val_get(rec, "has_woman");
	gv_day term = gv_day_read(gv_text_of(s, "term_until"));
	int64_t members = 0;
	bool known = gv_val_getint(rec, "members", &members);
	int rc = 0;

	if (!gv_text_is(s, "type", "organisation") || !gv_text_is(s, "state", "active") || (!known && !woman && term == GV_DAY_NONE))
		return 0;
	if (known && (members < 3 || members > 9))
		rc = gv_finding(c, GV_VIOLATION, NULL, _("%lld members, it should be 3 to 9"), (long long)members);
	if (!rc && gv_val_is_false(rec, "has_woman"))
		rc = gv_finding(c, GV_VIOLATION, NULL, "%s", _("no woman is among the members"));
	if (!rc && term != GV_DAY_NONE && term < c->as_of)
		rc = gv_finding(c, GV_WARN, NULL, _("the term ended on %.*s"), GV_DATE_LEN, gv_text_of(s, "term_until").p);
	if (!rc && term != GV_DAY_NONE && term > gv_day_add_months(c->as_of, 36))
		rc = gv_finding(c, GV_VIOLATION, NULL, _("the term lasts until %.*s, more than three years from now"), GV_DATE_LEN,
		                gv_text_of(s, "term_until").p);
	return rc ? rc : each_missing(c, s, fields);
}

/* A mediator without a capacity takes what comes. */
int gv_mediation_rule_load(struct gv_check *c, const void *subject)
{
	const struct gv_mediation_subject *s = subject;
	struct gv_buf id = GV_BUF_INIT(GV_KEY_MAX + 64);
	int64_t capacity, has = 0;
	int rc;

	if (!gv_text_is(s, "state", "active") || !gv_val_getint(s->rec->val, "capacity", &capacity))
		return 0;
	if (!s->load)
		return gv_finding(c, GV_REVIEW, NULL, "%s", _("how many mediations are under way is not known here"));
	gv_id_format(&s->rec->id, false, &id);
	rc = gv_buf_check(&id, c->err);
	if (!rc)
		rc = s->load(s->ctx, gv_buf_str(&id), &has, c->err);
	gv_buf_free(&id);
	if (rc || has <= capacity)
		return rc;
	return gv_finding(c, GV_REVIEW, NULL, _("%lld mediations under way, capacity is %lld"), (long long)has, (long long)capacity);
}

/* ---- sanctions and pay ---- */

static bool is_sanction(const struct gv_val *event)
{
	return gv_rule_listed(GV_STR("warn,censure,remove"), gv_val_getstr(event, "event"));
}

static bool says_why(const struct gv_val *event)
{
	return gv_val_getstr(event, "doc").n || gv_val_getstr(event, "note").n;
}

/* A sanction follows an examination that found the ground to be true: doc or note tells of it. */
static int check_sanction(struct gv_check *c, const struct gv_val *e)
{
	struct gv_str name = gv_val_getstr(e, "event"), ground = gv_val_getstr(e, "ground"), on = gv_val_getstr(e, "on");

	if (!ground.n)
		return gv_finding(c, GV_REVIEW, NULL, _("%.*s on %.*s: ground missing"), (int)name.n, name.p, (int)on.n, on.p);
	if (says_why(e))
		return 0;
	return gv_finding(c, GV_REVIEW, NULL, _("%.*s on %.*s: neither doc nor note says what was found to be true"), (int)name.n, name.p,
	                  (int)on.n, on.p);
}

int gv_mediation_rule_sanctioned(struct gv_check *c, const void *subject)
{
	const struct gv_mediation_subject *s = subject;
	const struct gv_val *e;
	int rc = 0;

	for (uint32_t i = 0; !rc && (e = gv_item_of(s->rec->val, "events", i)); i++)
		if (is_sanction(e) && gv_rule_in_force(c->rule, gv_event_day(e)) &&
		    !gv_str_is(gv_val_getstr(e, "ground"), "unjustified-refusals"))
			rc = check_sanction(c, e);
	if (!rc && gv_text_is(s, "state", "removed") && !gv_mediation_event(s->rec->val, "remove"))
		rc = gv_finding(c, GV_REVIEW, NULL, "%s", _("removed from the register, but no event says since when and why"));
	return rc;
}

/* That a mediator refuses again and again is a ground since the rules on mediation online, and no earlier text has it. */
int gv_mediation_rule_refusals(struct gv_check *c, const void *subject)
{
	const struct gv_mediation_subject *s = subject;
	const struct gv_val *e;
	int rc = 0;

	for (uint32_t i = 0; !rc && (e = gv_item_of(s->rec->val, "events", i)); i++) {
		struct gv_str name = gv_val_getstr(e, "event"), on = gv_val_getstr(e, "on");

		if (!is_sanction(e) || !gv_str_is(gv_val_getstr(e, "ground"), "unjustified-refusals"))
			continue;
		if (!gv_rule_in_force(c->rule, gv_event_day(e)))
			rc = gv_finding(c, GV_VIOLATION, NULL, _("%.*s on %.*s for unjustified-refusals: no ground before %s"), (int)name.n,
			                name.p, (int)on.n, on.p, c->rule->from);
		else
			rc = check_sanction(c, e);
	}
	return rc;
}

static bool paid_before(const struct gv_val *rec, const struct gv_val *payment, uint32_t end)
{
	const struct gv_val *p;

	for (uint32_t i = 0; i < end && (p = gv_item_of(rec, "payments", i)); i++)
		if (gv_str_eq(gv_val_getstr(p, "mediation"), gv_val_getstr(payment, "mediation")) &&
		    gv_str_eq(gv_val_getstr(p, "line"), gv_val_getstr(payment, "line")))
			return true;
	return false;
}

/* No text sets an amount, or says who approves it: these are what an auditor asks. */
int gv_mediation_rule_paid(struct gv_check *c, const void *subject)
{
	const struct gv_mediation_subject *s = subject;
	const struct gv_val *rec = s->rec->val, *p;
	int rc = 0;

	if (gv_val_is_true(rec, "public_servant") && gv_item_of(rec, "payments", 0))
		rc = gv_finding(c, GV_REVIEW, NULL, "%s", _("draws a salary of the state, and was paid"));
	for (uint32_t i = 0; !rc && (p = gv_item_of(rec, "payments", i)); i++) {
		struct gv_str what = gv_val_getstr(p, "mediation"), line = gv_val_getstr(p, "line");

		if (paid_before(rec, p, i))
			rc = gv_finding(c, GV_REVIEW, NULL, _("%.*s: %.*s paid twice"), (int)what.n, what.p, (int)line.n, line.p);
		if (!rc && !gv_val_getstr(p, "approved_by").n)
			rc = gv_finding(c, GV_REVIEW, NULL, _("%.*s: %.*s paid, approved_by missing"), (int)what.n, what.p, (int)line.n,
			                line.p);
	}
	return rc;
}
