/* SPDX-License-Identifier: MIT */
/* mediation_rules_confirm: applications for the confirmation of an agreement. */
#include "mediation_rules_impl.h"

static bool is_taken(const void *subject)
{
	return gv_text_is(subject, "state", "accepted") || gv_text_is(subject, "state", "confirmed");
}

static int mediation_of(struct gv_check *c, const void *subject, const struct gv_val **out)
{
	struct gv_str id = gv_text_of(subject, "mediation");
	int rc = gv_mediation_fetch(subject, id, out, c->err);

	return rc || *out ? rc : gv_finding(c, GV_REVIEW, NULL, _("%.*s is not known here"), (int)id.n, id.p);
}

int gv_mediation_rule_wrong_way(struct gv_check *c, const void *subject)
{
	const struct gv_val *m = NULL;
	int rc = gv_mediation_applies(c, subject) && is_taken(subject) ? mediation_of(c, subject, &m) : 0;

	if (rc || !m || !gv_str_is(gv_val_getstr(m, "referral"), "after-filing"))
		return rc;
	return gv_finding(c, GV_WARN, NULL, "%s", _("it was entrusted after filing: the court reviews it and writes a mediation paper"));
}

static bool applies_too(const struct gv_val *rec, struct gv_str name)
{
	const struct gv_val *a;

	for (uint32_t i = 0; (a = gv_item_of(rec, "applicants", i)); i++)
		if (gv_str_eq(gv_val_str(a), name))
			return true;
	return false;
}

static int check_applied(struct gv_check *c, const struct gv_mediation_subject *s, gv_day effective)
{
	gv_day applied = gv_day_read(gv_text_of(s, "applied_on")), last;
	const struct gv_val *over;
	struct gv_err err = { 0 };
	char text[GV_DATE_LEN + 1];

	if (applied == GV_DAY_NONE)
		return gv_mediation_missing(c, "applied_on");
	if (effective == GV_DAY_NONE)
		return gv_mediation_missing(c, "effective_on");
	/* What lies within 30 days needs no calendar. */
	last = effective + 30;
	if (applied <= last)
		return 0;
	if (gv_calendar_next_working(s->calendar, last, &last, &err))
		return gv_finding(c, GV_REVIEW, NULL, "%s", err.msg);
	gv_day_format(last, text);
	over = applied <= last ? NULL : gv_mediation_overridden(s->rec->val, "CF-01");
	if (over)
		return gv_finding(c, GV_REVIEW, NULL, _("applied for on %.*s, the last day was %s; overridden: %.*s"), GV_DATE_LEN,
		                  gv_text_of(s, "applied_on").p, text, (int)gv_val_getstr(over, "reason").n,
		                  gv_val_getstr(over, "reason").p);
	return applied <= last ? 0 : gv_finding(c, GV_VIOLATION, NULL, _("applied for on %.*s, the last day was %s"), GV_DATE_LEN,
	                                        gv_text_of(s, "applied_on").p, text);
}

int gv_mediation_rule_applicants(struct gv_check *c, const void *subject)
{
	const struct gv_mediation_subject *s = subject;
	const struct gv_val *m = NULL, *p;
	gv_day effective = gv_day_read(gv_text_of(s, "effective_on"));
	int rc = 0;

	if (!gv_mediation_applies(c, s) || gv_text_is(s, "state", "rejected"))
		return 0;
	rc = mediation_of(c, s, &m);
	if (!rc && m && effective == GV_DAY_NONE)
		effective = gv_mediation_effective(m, NULL);
	for (uint32_t i = 0; !rc && m && (p = gv_item_of(m, "parties", i)); i++) {
		struct gv_str name = gv_val_getstr(p, "name");

		if (!applies_too(s->rec->val, name))
			rc = gv_finding(c, GV_VIOLATION, NULL, _("%.*s is a party and does not apply"), (int)name.n, name.p);
	}
	return rc ? rc : check_applied(c, s, effective);
}

int gv_mediation_rule_venue(struct gv_check *c, const void *subject)
{
	struct gv_str venue = gv_text_of(subject, "venue");
	const struct gv_val *m = NULL;
	int rc = 0;

	if (!gv_mediation_applies(c, subject) || !is_taken(subject))
		return 0;
	if (!venue.n)
		return gv_mediation_missing(c, "venue");
	rc = gv_str_is(venue, "inviting-court") ? 0 : mediation_of(c, subject, &m);
	if (rc || !m || !gv_str_is(gv_val_getstr(m, "mechanism"), "court-invited"))
		return rc;
	return gv_finding(c, GV_VIOLATION, NULL, _("venue is %.*s, but a court invited the mediation: it is that court's"), (int)venue.n,
	                  venue.p);
}

static bool has_word(const struct gv_val *rec, const char *list, const char *word)
{
	const struct gv_val *v;

	for (uint32_t i = 0; (v = gv_item_of(rec, list, i)); i++)
		if (gv_str_is(gv_val_str(v), word))
			return true;
	return false;
}

int gv_mediation_rule_papers(struct gv_check *c, const void *subject)
{
	static const char *const words[] = { "agreement", "organisation-proof", "identity", "contacts", "application" };
	const struct gv_mediation_subject *s = subject;
	size_t n = gv_text_is(s, "form", "oral") ? 4 : 5; /* the last may be said */
	int rc = 0;

	if (!gv_mediation_applies(c, s) || !is_taken(s))
		return 0;
	for (size_t i = 0; i < n && !rc; i++)
		if (!has_word(s->rec->val, "papers", words[i]))
			rc = gv_finding(c, GV_REVIEW, NULL, _("papers: %s missing"), words[i]);
	return rc;
}

int gv_mediation_rule_subject(struct gv_check *c, const void *subject)
{
	static const char *const barred[] = { "status", "title", "intellectual-property" };
	const struct gv_val *m = NULL;
	int rc = 0;

	if (!gv_mediation_applies(c, subject) || !is_taken(subject))
		return gv_text_is(subject, "state", "rejected") && !gv_text_of(subject, "reject_ground").n ? gv_mediation_missing(c, "reject_ground") : 0;
	rc = mediation_of(c, subject, &m);
	if (!rc && m && !gv_item_of(m, "agreement.subject", 0))
		rc = gv_mediation_missing(c, "agreement.subject");
	for (size_t i = 0; i < sizeof barred / sizeof barred[0] && m && !rc; i++)
		if (has_word(m, "agreement.subject", barred[i]))
			rc = gv_finding(c, GV_VIOLATION, NULL, _("the agreement is about %s, which is not confirmed"), barred[i]);
	return rc;
}

int gv_mediation_rule_ground(struct gv_check *c, const void *subject)
{
	return gv_text_is(subject, "state", "refused") && !gv_text_of(subject, "refuse_ground").n ? gv_mediation_missing(c, "refuse_ground") : 0;
}

int gv_mediation_rule_verified(struct gv_check *c, const void *subject)
{
	return gv_text_is(subject, "state", "confirmed") && !gv_text_of(subject, "verified_on").n ? gv_mediation_missing(c, "verified_on") : 0;
}

int gv_mediation_rule_fee(struct gv_check *c, const void *subject)
{
	const struct gv_mediation_subject *s = subject;
	int64_t fee = 0;

	return gv_val_getint(s->rec->val, "fee_fen", &fee) && fee ? gv_finding(c, GV_VIOLATION, NULL, _("a fee of %lld fen"), (long long)fee) : 0;
}

/* A judge is no mediation organisation; whether another one was set up lawfully is for the court to see. */
int gv_mediation_rule_organisation(struct gv_check *c, const void *subject)
{
	const struct gv_val *m = NULL;
	int rc = gv_mediation_applies(c, subject) && is_taken(subject) ? mediation_of(c, subject, &m) : 0;
	struct gv_str mechanism;

	if (rc || !m)
		return rc;
	mechanism = gv_val_getstr(m, "mechanism");
	if (!mechanism.n)
		return gv_mediation_missing(c, "mechanism");
	if (gv_str_is(mechanism, "judge"))
		return gv_finding(c, GV_VIOLATION, NULL, "%s", _("a judge mediated: only what a mediation organisation brought about is confirmed"));
	if (gv_str_is(mechanism, "other"))
		return gv_finding(c, GV_REVIEW, NULL, "%s", _("mechanism is other: was it a lawfully established mediation organisation?"));
	return 0;
}

/* After a refusal: a changed agreement, or a new one, or suit; but not the same agreement again. */
int gv_mediation_rule_again(struct gv_check *c, const void *subject)
{
	gv_day applied = gv_day_read(gv_text_of(subject, "applied_on")), refused, made;
	const struct gv_val *m = NULL, *e;
	int rc = 0;

	if (!gv_mediation_applies(c, subject) || gv_text_is(subject, "state", "rejected") || gv_text_is(subject, "state", "refused"))
		return 0;
	rc = mediation_of(c, subject, &m);
	e = m ? gv_mediation_event(m, "refuse-confirmation") : NULL;
	refused = e ? gv_event_day(e) : GV_DAY_NONE;
	if (rc || refused == GV_DAY_NONE || applied == GV_DAY_NONE || applied < refused)
		return rc;
	made = gv_day_read(gv_val_str(gv_val_path(m, GV_STR("agreement.made_on"))));
	if (made == GV_DAY_NONE)
		return gv_mediation_missing(c, "agreement.made_on");
	return made > refused ? 0 : gv_finding(c, GV_REVIEW, NULL, _("confirmation was refused on %.*s, and the agreement is of before"),
	                                       GV_DATE_LEN, gv_val_getstr(e, "on").p);
}
