/* SPDX-License-Identifier: MIT */
/* mediation_rules_register: entries of the register of mediators, and applications for confirmation. */
#include "mediation_rules_impl.h"

static int missing(struct gv_check *c, const char *field)
{
	return gv_finding(c, GV_REVIEW, NULL, _("%s missing"), field);
}

static int each_missing(struct gv_check *c, const void *subject, const char *const *fields)
{
	const struct gv_mediation_subject *s = subject;
	int rc = 0;

	for (; *fields && !rc; fields++)
		if (!gv_val_path(s->rec->val, gv_str_of(*fields)))
			rc = missing(c, *fields);
	return rc;
}

/* ---- mediators ---- */

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
	if (!rc && woman && woman->type == GV_BOOL && !woman->truth)
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

/* ---- confirmations ---- */

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
		return missing(c, "applied_on");
	if (effective == GV_DAY_NONE)
		return missing(c, "effective_on");
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
		return missing(c, "venue");
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
		return gv_text_is(subject, "state", "rejected") && !gv_text_of(subject, "reject_ground").n ? missing(c, "reject_ground") : 0;
	rc = mediation_of(c, subject, &m);
	if (!rc && m && !gv_item_of(m, "agreement.subject", 0))
		rc = missing(c, "agreement.subject");
	for (size_t i = 0; i < sizeof barred / sizeof barred[0] && m && !rc; i++)
		if (has_word(m, "agreement.subject", barred[i]))
			rc = gv_finding(c, GV_VIOLATION, NULL, _("the agreement is about %s, which is not confirmed"), barred[i]);
	return rc;
}

int gv_mediation_rule_ground(struct gv_check *c, const void *subject)
{
	return gv_text_is(subject, "state", "refused") && !gv_text_of(subject, "refuse_ground").n ? missing(c, "refuse_ground") : 0;
}

int gv_mediation_rule_verified(struct gv_check *c, const void *subject)
{
	return gv_text_is(subject, "state", "confirmed") && !gv_text_of(subject, "verified_on").n ? missing(c, "verified_on") : 0;
}

int gv_mediation_rule_fee(struct gv_check *c, const void *subject)
{
	const struct gv_mediation_subject *s = subject;
	int64_t fee = 0;

	return gv_val_getint(s->rec->val, "fee_fen", &fee) && fee ? gv_finding(c, GV_VIOLATION, NULL, _("a fee of %lld fen"), (long long)fee) : 0;
}
