/* SPDX-License-Identifier: MIT */
/* mediation_rules_end: the agreement, how it ended, and what may not be mediated. */
#include "mediation_bar.h"
#include "mediation_rules_impl.h"

static bool is_over(const void *subject)
{
	return gv_mediation_agreed(subject) || gv_rule_listed(GV_STR("failed,refused,withdrawn,filed"), gv_text_of(subject, "state"));
}

int gv_mediation_rule_ended(struct gv_check *c, const void *subject)
{
	struct gv_str by = gv_text_of(subject, "ended_by");
	bool agreed = gv_mediation_agreed(subject);
	int rc = 0;

	if (!gv_mediation_way_is_mine(c, subject) || !is_over(subject))
		return 0;
	if (!gv_text_of(subject, "ended_on").n)
		rc = gv_mediation_missing(c, "ended_on");
	if (rc || !by.n)
		return rc ? rc : gv_mediation_missing(c, "ended_by");
	if (!gv_text_is(subject, "state", "filed") && agreed != gv_str_is(by, "agreement"))
		return gv_finding(c, GV_WARN, NULL, _("ended_by is %.*s, but the state is %.*s"), (int)by.n, by.p,
		                  (int)gv_text_of(subject, "state").n, gv_text_of(subject, "state").p);
	return 0;
}

int gv_mediation_rule_failure(struct gv_check *c, const void *subject)
{
	static const char *const fields[] = { "failure.situation", "failure.reason" };
	int rc = 0;

	if (!gv_mediation_way_is_mine(c, subject) || !gv_text_is(subject, "state", "failed"))
		return 0;
	for (size_t i = 0; i < sizeof fields / sizeof fields[0] && !rc; i++)
		if (!gv_text_of(subject, fields[i]).n)
			rc = gv_mediation_missing(c, fields[i]);
	return rc;
}

/* The words themselves are not told: concessions are nobody else's business. */
int gv_mediation_rule_concessions(struct gv_check *c, const void *subject)
{
	const struct gv_mediation_subject *s = subject;
	const struct gv_val *list = gv_val_get(s->rec->val, "concessions"), *fact, *concession;

	if (!gv_mediation_way_is_mine(c, s) || !list)
		return 0;
	if (list->type != GV_ARRAY)
		return gv_finding(c, GV_REVIEW, NULL, "%s", _("the concessions are sealed: not compared"));
	for (uint32_t i = 0; (concession = gv_item_of(s->rec->val, "concessions", i)); i++)
		for (uint32_t k = 0; (fact = gv_item_of(s->rec->val, "undisputed", k)); k++) {
			struct gv_str what = gv_str_trim(gv_val_str(concession));

			if (!what.n || !gv_str_find(gv_val_str(fact), what))
				continue;
			return gv_finding(c, GV_WARN, NULL, _("undisputed[%u] repeats concessions[%u]"), k, i);
		}
	return 0;
}

/* ---- the agreement ---- */

static bool has_signature(const struct gv_val *rec, const char *role)
{
	const struct gv_val *sig;

	for (uint32_t i = 0; (sig = gv_item_of(rec, "agreement.signatures", i)); i++)
		if (gv_str_is(gv_val_getstr(sig, "role"), role))
			return true;
	return false;
}

static int check_signatures(struct gv_check *c, const struct gv_mediation_subject *s)
{
	bool used = gv_text_is(s, "state", "confirming") || gv_text_is(s, "state", "confirmed");
	struct gv_str who = { 0 };
	int rc = 0;

	if (gv_mediation_effective(s->rec->val, &who) == GV_DAY_NONE && who.n)
		rc = gv_finding(c, used ? GV_VIOLATION : GV_REVIEW, NULL, _("signature of %.*s missing"), (int)who.n, who.p);
	if (!rc && !gv_str_is(who, "调解员") && !has_signature(s->rec->val, "mediator"))
		rc = gv_finding(c, GV_REVIEW, NULL, "%s", _("signature of the mediator missing"));
	return rc;
}

/* ME-14 at the counter, OM-12 online, PM-02 of people's mediation, whichever way it came in. */
static bool is_form(const struct gv_check *c, const void *subject)
{
	bool people = gv_text_is(subject, "mechanism", "people");

	if (gv_str_is(gv_str_of(c->rule->id), "PM-02"))
		return people && gv_mediation_applies(c, subject);
	return !people && gv_mediation_way_is_mine(c, subject);
}

int gv_mediation_rule_agreement(struct gv_check *c, const void *subject)
{
	const struct gv_mediation_subject *s = subject;
	int rc = 0;

	if (!is_form(c, s) || !gv_mediation_agreed(s))
		return 0;
	if (!gv_val_get(s->rec->val, "agreement"))
		return gv_mediation_missing(c, "agreement");
	if (gv_text_is(s, "agreement.form", "oral"))
		return gv_text_of(s, "agreement.made_on").n ? 0 : gv_mediation_missing(c, "agreement.made_on");
	if (!gv_text_of(s, "agreement.facts").n)
		rc = gv_mediation_missing(c, "agreement.facts");
	if (!rc && !gv_item_of(s->rec->val, "agreement.terms", 0))
		rc = gv_mediation_missing(c, "agreement.terms");
	return rc ? rc : check_signatures(c, s);
}

/* ---- online ---- */

int gv_mediation_rule_online_scope(struct gv_check *c, const void *subject)
{
	const struct gv_mediation_subject *s = subject;
	const struct gv_val *custody = gv_val_get(s->rec->val, "custody");

	if (!gv_mediation_way_is_mine(c, s))
		return 0;
	if (!gv_text_of(s, "dispute_type").n)
		return gv_mediation_missing(c, "dispute_type");
	if (gv_text_is(s, "dispute_type", "incidental-civil") && !custody)
		return gv_mediation_missing(c, "custody");
	if (gv_text_is(s, "dispute_type", "incidental-civil") && gv_val_is_true(s->rec->val, "custody"))
		return gv_finding(c, GV_VIOLATION, NULL, "%s", _("the accused is in custody"));
	return 0;
}

int gv_mediation_rule_identity(struct gv_check *c, const void *subject)
{
	static const char *const fields[] = { "identity_checked", "warned_sham" };
	const struct gv_mediation_subject *s = subject;
	const struct gv_val *e = gv_mediation_event(s->rec->val, "session");
	int rc = 0;

	if (!e || !gv_mediation_way_is_mine(c, s))
		return 0;
	for (size_t i = 0; i < sizeof fields / sizeof fields[0] && !rc; i++) {
		const struct gv_val *done = gv_val_get(e, fields[i]);

		if (!done || done->type != GV_BOOL || !done->truth)
			rc = gv_finding(c, done ? GV_VIOLATION : GV_REVIEW, NULL, _("session of %.*s: %s is not said to be done"), GV_DATE_LEN,
			                gv_val_getstr(e, "on").p, fields[i]);
	}
	return rc;
}

/* ---- other texts ---- */

int gv_mediation_rule_visited(struct gv_check *c, const void *subject)
{
	const struct gv_mediation_subject *s = subject;
	gv_day by = gv_day_read(gv_text_of(s, "agreement.perform_by"));

	if (!gv_mediation_applies(c, s) || !gv_text_is(s, "mechanism", "people") || !gv_mediation_agreed(s))
		return 0;
	if (by == GV_DAY_NONE || by >= c->as_of || gv_text_of(s, "performed_on").n || gv_mediation_event(s->rec->val, "visit"))
		return 0;
	return gv_finding(c, GV_REVIEW, NULL, "%s", _("to be performed by now, and nobody has looked whether it was (event visit)"));
}

/* Some causes of the part on procedures without suit may yet be none of the three that the text names. */
int gv_mediation_rule_barred_cause(struct gv_check *c, const void *subject)
{
	const struct gv_mediation_subject *s = subject;
	struct gv_str cause = gv_text_of(s, "cause");
	enum gv_bar bar;

	if (!gv_mediation_applies(c, s))
		return 0;
	if (!cause.n)
		return gv_mediation_missing(c, "cause");
	bar = gv_mediation_bar(s->causes, cause);
	if (bar == GV_BAR_STATUS)
		return gv_finding(c, GV_VIOLATION, NULL, _("%.*s is about status and may not be mediated"), (int)cause.n, cause.p);
	if (bar == GV_BAR_SPECIAL)
		return gv_finding(c, GV_REVIEW, NULL, _("%.*s: a special procedure, which may not be mediated?"), (int)cause.n, cause.p);
	return 0;
}

int gv_mediation_rule_experts(struct gv_check *c, const void *subject)
{
	const struct gv_mediation_subject *s = subject;
	const struct gv_val *e = gv_mediation_event(s->rec->val, "ask-consult"), *agreed = e ? gv_val_get(e, "agreed") : NULL;
	struct gv_moment m;

	if (!e || gv_moment_parse(&m, gv_val_getstr(e, "on"), NULL) || !gv_rule_in_force(c->rule, m.day))
		return 0;
	if (gv_val_is_true(e, "agreed"))
		return 0;
	return gv_finding(c, agreed ? GV_WARN : GV_REVIEW, NULL, "%s",
	                  agreed ? _("experts were asked, and the other side did not agree")
	                         : _("experts were asked: whether the other side agreed is not recorded"));
}

/* Wages owed on a note alone go to court at once; the record does not tell them apart. */
int gv_mediation_rule_arbitration(struct gv_check *c, const void *subject)
{
	int rc = gv_mediation_rule_in_time(c, subject);

	if (rc || !gv_mediation_applies(c, subject) || !gv_text_is(subject, "mechanism", "labour") ||
	    !gv_text_is(subject, "state", "filed"))
		return rc;
	return gv_finding(c, GV_REVIEW, NULL, "%s", _("a labour dispute went to filing: was there an arbitration before?"));
}

int gv_mediation_rule_administrative(struct gv_check *c, const void *subject)
{
	const struct gv_mediation_subject *s = subject;

	if (!gv_mediation_applies(c, s) || !gv_text_is(s, "dispute_type", "administrative") || gv_mediation_bar_lifted(s->rec->val))
		return 0;
	return gv_finding(c, GV_REVIEW, NULL, "%s", _("an administrative dispute: only compensation and discretion may be mediated"));
}
