/* SPDX-License-Identifier: MIT */
/*
 * mediation_rules_court: when an agreement takes effect, and what a court makes of one after filing: its paper, the record
 * alone, or a withdrawal.
 */
#include "mediation_rules_impl.h"

static bool is_form(const void *subject, const char *form)
{
	return gv_text_is(subject, "paper.form", form);
}

/* Agreed after filing; what was withdrawn needs no paper. */
static bool concerns(const struct gv_check *c, const void *subject)
{
	return gv_mediation_applies(c, subject) && gv_text_is(subject, "referral", "after-filing") && gv_mediation_agreed(subject) &&
	       !is_form(subject, "withdrawal");
}

/* ---- it takes effect (CM-03) ---- */

const struct gv_val *gv_mediation_backed_out(const struct gv_val *rec)
{
	const struct gv_val *e, *found = NULL;

	for (uint32_t i = 0; (e = gv_item_of(rec, "events", i)); i++) {
		if (gv_str_is(gv_val_getstr(e, "event"), "back-out"))
			found = e;
		else if (gv_str_is(gv_val_getstr(e, "event"), "agree"))
			found = NULL;
	}
	return found;
}

/* Before filing the agreement itself takes effect. */
static int check_agreement(struct gv_check *c, const struct gv_mediation_subject *s)
{
	const struct gv_val *e = gv_mediation_backed_out(s->rec->val);
	struct gv_str who = gv_val_getstr(e, "party"), state = gv_text_of(s, "state");
	gv_day effective = gv_mediation_effective(s->rec->val, NULL), day = e ? gv_event_day(e) : GV_DAY_NONE;
	char since[GV_DATE_LEN + 1];

	if (day == GV_DAY_NONE || !gv_mediation_applies(c, s) || !gv_mediation_agreed(s))
		return 0;
	if (effective == GV_DAY_NONE || day < effective)
		return gv_finding(c, GV_VIOLATION, NULL, _("%.*s backed out on %.*s, before it had effect, and yet the state is %.*s"),
		                  (int)who.n, who.p, GV_DATE_LEN, gv_val_getstr(e, "on").p, (int)state.n, state.p);
	gv_day_format(effective, since);
	return gv_finding(c, GV_REVIEW, NULL, _("%.*s backed out on %.*s, when the agreement had been in effect since %s"), (int)who.n,
	                  who.p, GV_DATE_LEN, gv_val_getstr(e, "on").p, since);
}

static bool is_third(const struct gv_val *party)
{
	return gv_str_find(gv_val_getstr(party, "role"), GV_STR("第三人")) != NULL;
}

/* A third party that it gives neither rights nor duties need not sign for it (民事调解规定 art. 12). */
static int check_unsigned(struct gv_check *c, const struct gv_val *party, bool in_effect)
{
	struct gv_str name = gv_val_getstr(party, "name");

	if (is_third(party))
		return gv_finding(c, GV_REVIEW, NULL, _("%.*s has not signed for the paper: has %.*s neither rights nor duties by it?"),
		                  (int)name.n, name.p, (int)name.n, name.p);
	if (in_effect)
		return gv_finding(c, GV_VIOLATION, NULL, _("paper.effective_on is set, but %.*s has not signed for the paper"), (int)name.n, name.p);
	return gv_finding(c, GV_REVIEW, NULL, _("%.*s has not signed for the paper: it is not in effect"), (int)name.n, name.p);
}

static int check_effect(struct gv_check *c, const struct gv_mediation_subject *s, gv_day last)
{
	const struct gv_val *back = gv_mediation_backed_out(s->rec->val);
	gv_day effective = gv_day_read(gv_text_of(s, "paper.effective_on")), backed = back ? gv_event_day(back) : GV_DAY_NONE;
	char text[GV_DATE_LEN + 1];

	if (backed != GV_DAY_NONE && (last == GV_DAY_NONE || backed < last))
		return gv_finding(c, GV_VIOLATION, NULL, _("%.*s backed out on %.*s, before all had signed for the paper: the case is to be tried"),
		                  (int)gv_val_getstr(back, "party").n, gv_val_getstr(back, "party").p, GV_DATE_LEN,
		                  gv_val_getstr(back, "on").p);
	if (last == GV_DAY_NONE || effective == last)
		return 0;
	gv_day_format(last, text);
	if (effective == GV_DAY_NONE)
		return gv_finding(c, GV_REVIEW, NULL, _("paper.effective_on missing: the last party signed for the paper on %s"), text);
	return gv_finding(c, GV_VIOLATION, NULL, _("paper.effective_on is %.*s, but the last party signed for the paper on %s"), GV_DATE_LEN,
	                  gv_text_of(s, "paper.effective_on").p, text);
}

int gv_mediation_rule_signed_for(struct gv_check *c, const void *subject)
{
	const struct gv_mediation_subject *s = subject;
	const struct gv_val *p, *e;
	gv_day last = GV_DAY_NONE;
	bool all = true;
	int rc = 0;

	if (!gv_text_is(s, "referral", "after-filing"))
		return check_agreement(c, s);
	if (!concerns(c, s))
		return 0;
	if (!gv_text_of(s, "paper.form").n)
		return gv_mediation_missing(c, "paper.form");
	if (!is_form(s, "mediation-paper"))
		return 0;
	for (uint32_t i = 0; !rc && (p = gv_item_of(s->rec->val, "parties", i)); i++) {
		gv_day day;

		e = gv_mediation_event_of(s->rec->val, "sign-for", gv_val_getstr(p, "name"), UINT32_MAX);
		day = e ? gv_event_day(e) : GV_DAY_NONE;
		last = day != GV_DAY_NONE && (last == GV_DAY_NONE || day > last) ? day : last;
		if (day != GV_DAY_NONE)
			continue;
		all = all && is_third(p);
		rc = check_unsigned(c, p, gv_text_of(s, "paper.effective_on").n > 0);
	}
	return rc ? rc : check_effect(c, s, all ? last : GV_DAY_NONE);
}

/* ---- no paper, clauses, approval, fees ---- */

int gv_mediation_rule_no_paper(struct gv_check *c, const void *subject)
{
	struct gv_str why = gv_text_of(subject, "paper.no_paper_because"), cause = gv_text_of(subject, "cause");

	if (!concerns(c, subject) || !is_form(subject, "record"))
		return 0;
	if (!why.n)
		return gv_mediation_missing(c, "paper.no_paper_because");
	if (gv_str_is(why, "performed") && !gv_text_of(subject, "performed_on").n)
		return gv_mediation_missing(c, "performed_on");
	if ((gv_str_is(why, "reconciled") && !gv_str_find(cause, GV_STR("离婚"))) ||
	    (gv_str_is(why, "adoption-kept") && !gv_str_find(cause, GV_STR("收养"))))
		return gv_finding(c, GV_WARN, NULL, _("paper.no_paper_because is %.*s, but the cause is %.*s"), (int)why.n, why.p, (int)cause.n,
		                  cause.p);
	return 0;
}

int gv_mediation_rule_clauses(struct gv_check *c, const void *subject)
{
	const struct gv_mediation_subject *s = subject;
	const struct gv_val *clause;

	if (!concerns(c, s))
		return 0;
	if (!gv_val_path(s->rec->val, GV_STR("agreement.clauses")))
		return gv_mediation_missing(c, "agreement.clauses");
	for (uint32_t i = 0; (clause = gv_item_of(s->rec->val, "agreement.clauses", i)); i++)
		if (gv_str_is(gv_val_str(clause), "judge-again"))
			return gv_finding(c, GV_VIOLATION, NULL, "%s", _("the agreement lets the court decide again if it is broken (judge-again)"));
	return 0;
}

/* The text has one exception, of divorce where a party cannot act for itself; and of a part the rest is judged. */
static int check_judgments(struct gv_check *c, const struct gv_mediation_subject *s)
{
	const struct gv_val *link, *later;
	int rc = 0;

	for (uint32_t i = 0; !rc && (link = gv_item_of(s->rec->val, "links", i)); i++) {
		struct gv_str id = gv_val_getstr(link, "id");

		if (!gv_str_is(gv_val_getstr(link, "rel"), "case"))
			continue;
		rc = gv_mediation_fetch(s, id, &later, c->err);
		if (!rc && later && gv_str_is(gv_val_getstr(later, "closed_by"), "judgment"))
			rc = gv_finding(c, GV_REVIEW, NULL, _("agreed, and %.*s was closed by judgment: none may be written from a settlement"),
			                (int)id.n, id.p);
	}
	return rc;
}

int gv_mediation_rule_approved(struct gv_check *c, const void *subject)
{
	const struct gv_mediation_subject *s = subject;
	const struct gv_val *refused = gv_mediation_event(s->rec->val, "refuse-paper"), *agreed = gv_mediation_event(s->rec->val, "agree");

	if (!concerns(c, s))
		return 0;
	/* What was agreed anew is another agreement. */
	if (refused && gv_text_of(s, "paper.form").n && (!agreed || gv_event_day(agreed) <= gv_event_day(refused)))
		return gv_finding(c, GV_VIOLATION, NULL, _("not approved on %.*s (%.*s), and yet paper.form is %.*s"), GV_DATE_LEN,
		                  gv_val_getstr(refused, "on").p, (int)gv_val_getstr(refused, "ground").n, gv_val_getstr(refused, "ground").p,
		                  (int)gv_text_of(s, "paper.form").n, gv_text_of(s, "paper.form").p);
	if (gv_val_is_true(gv_val_get(s->rec->val, "agreement"), "partial"))
		return 0;
	return check_judgments(c, s);
}

int gv_mediation_rule_fees(struct gv_check *c, const void *subject)
{
	return concerns(c, subject) && gv_text_of(subject, "paper.form").n && !gv_text_of(subject, "paper.fees").n
	               ? gv_mediation_missing(c, "paper.fees")
	               : 0;
}
