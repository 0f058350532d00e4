/* SPDX-License-Identifier: MIT */
/* credit_rules_list: who may be listed, on what ground, by whom, and what is published of it. */
#include "credit_rules_impl.h"
#include "fee.h"

enum { GROWN_UP = 18 };

/* The day that a listing is judged by. */
static gv_day listing_day(const struct gv_val *rec)
{
	gv_day day = gv_credit_day(rec, "decision.signed_on");
	const struct gv_val *event;

	for (uint32_t at = 0; gv_credit_in_state(rec, "eligible") && (event = gv_credit_next(rec, "qualify", &at));)
		day = gv_credit_event_day(event);

	return day == GV_DAY_NONE ? gv_credit_day(rec, "published_on") : day;
}

static bool is_in_question(const struct gv_check *c, const struct gv_val *rec)
{
	return gv_credit_is_decided(rec) && gv_credit_in_force(c, listing_day(rec));
}

/* Found eligible is who could be listed: whom the law excludes is not. */
static bool may_be_listed(const struct gv_check *c, const struct gv_val *rec)
{
	return is_in_question(c, rec) || (gv_credit_in_state(rec, "eligible") && gv_credit_in_force(c, listing_day(rec)));
}

static bool excluded_by(const struct gv_val *rec, const char *code)
{
	const struct gv_val *list = gv_val_items(rec, "exclusions");

	for (uint32_t i = 0; i < list->n; i++)
		if (gv_str_is(gv_val_str(&list->items[i]), code))
			return true;
	return false;
}

/* Does the court control enough already, at the lowest price? */
static bool is_covered(const struct gv_val *rec, int64_t *controlled, int64_t *claim)
{
	return gv_val_getint(rec, "controlled_fen", controlled) && gv_val_getint(rec, "claim_fen", claim) && *controlled >= *claim;
}

static int say_covered(struct gv_check *c, const struct gv_val *rec)
{
	int64_t controlled, claim;
	char a[GV_YUAN], b[GV_YUAN];

	if (!is_covered(rec, &controlled, &claim))
		return 0;
	return gv_finding(c, GV_VIOLATION, NULL, _("the court controls %s at the lowest price, and the claim is %s"), gv_yuan(controlled, a), gv_yuan(claim, b));
}

int gv_credit_rule_ground(struct gv_check *c, const void *subject)
{
	const struct gv_val *rec = gv_credit_of(subject);
	gv_day decided = listing_day(rec), published = gv_credit_day(rec, "published_on"), due = gv_credit_day(rec, "notice.due_on");
	gv_day performed = gv_credit_first(rec, "perform,settlement-performed", GV_DAY_NONE);
	bool waits = gv_credit_is(rec, "ground", "G1") || gv_credit_is(rec, "ground", "G6"); /* for the end of the period; conduct does not */

	if (!may_be_listed(c, rec))
		return 0;
	if (performed != GV_DAY_NONE && decided != GV_DAY_NONE && performed < decided)
		return gv_finding(c, GV_VIOLATION, NULL, _("performed on %s, before the decision of %s"), gv_credit_date(performed).s, gv_credit_date(decided).s);
	if (performed != GV_DAY_NONE && published != GV_DAY_NONE && performed < published)
		return gv_finding(c, GV_VIOLATION, NULL, _("performed on %s, before the publication of %s"), gv_credit_date(performed).s, gv_credit_date(published).s);
	if (waits && due != GV_DAY_NONE && decided != GV_DAY_NONE && decided <= due)
		return gv_finding(c, GV_VIOLATION, NULL, _("decided on %s, within the period of the notice (to %s)"), gv_credit_date(decided).s, gv_credit_date(due).s);
	if (waits && due == GV_DAY_NONE && !gv_credit_is_theirs(subject))
		return gv_credit_missing(c, "notice.due_on");
	return gv_credit_text(rec, "ground").n ? 0 : gv_credit_missing(c, "ground");
}

int gv_credit_rule_able(struct gv_check *c, const void *subject)
{
	const struct gv_val *rec = gv_credit_of(subject);

	if (gv_credit_is_theirs(subject) || !is_in_question(c, rec) || !gv_credit_is(rec, "ground", "G1") || gv_str_trim(gv_credit_text(rec, "evidence")).n)
		return 0;
	return gv_finding(c, GV_REVIEW, NULL, "%s", _("ground G1, and no evidence of the ability to perform (evidence)"));
}

/* ---- CR-03 ---- */

static int check_years(struct gv_check *c, const struct gv_val *rec)
{
	int64_t years = 2, extra = 0;

	gv_val_getint(gv_val_get(rec, "term"), "years", &years);
	gv_val_getint(gv_val_get(rec, "term"), "extra_years", &extra);
	extra += gv_credit_years_extended(rec);
	if (years != 2)
		return gv_finding(c, GV_VIOLATION, NULL, _("term.years is %lld: the term is 2 years"), (long long)years);
	if (extra < 0 || extra > 3)
		return gv_finding(c, GV_VIOLATION, NULL, _("%lld years are added: 1 to 3 may be"), (long long)extra);
	if (extra && !gv_credit_text(rec, "term.serious").n && gv_credit_first(rec, "extend", GV_DAY_NONE) == GV_DAY_NONE)
		return gv_credit_missing(c, "term.serious");
	return 0;
}

static int check_end(struct gv_check *c, const struct gv_val *rec)
{
	gv_day computed = gv_credit_term_computed(rec), stated = gv_credit_term_end(rec), from = gv_credit_day(rec, "term.from");
	gv_day signed_on = gv_credit_day(rec, "decision.signed_on"), published = gv_credit_day(rec, "published_on");

	/* The texts do not say whether it runs from the decision or the publication: neither before the one nor behind the other. */
	if (from != GV_DAY_NONE && signed_on != GV_DAY_NONE && from < signed_on)
		return gv_finding(c, GV_VIOLATION, NULL, _("the term begins on %s (term.from), before the decision of %s"), gv_credit_date(from).s, gv_credit_date(signed_on).s);
	if (from != GV_DAY_NONE && published != GV_DAY_NONE && from > published)
		return gv_finding(c, GV_REVIEW, NULL, _("the term begins on %s (term.from), behind the publication of %s"), gv_credit_date(from).s, gv_credit_date(published).s);
	if (computed == GV_DAY_NONE || stated == computed)
		return 0;
	return gv_finding(c, stated == computed - 1 ? GV_REVIEW : GV_VIOLATION, NULL, _("the term ends on %s, not on %s (term.until)"), gv_credit_date(computed).s,
	                  gv_credit_date(stated).s);
}

int gv_credit_rule_term(struct gv_check *c, const void *subject)
{
	static const char *const fields[] = { "term.from", "term.until", NULL }, *const published[] = { "term.until", NULL };
	const struct gv_val *rec = gv_credit_of(subject);
	int rc;

	if (!is_in_question(c, rec) || !gv_credit_text(rec, "ground").n)
		return 0;
	rc = gv_credit_check_extensions(c, rec);
	if (rc)
		return rc;
	if (!gv_credit_has_term(rec))
		return gv_val_get(rec, "term") ? gv_finding(c, GV_VIOLATION, NULL, "%s", _("ground G1 has no term: only R1 to R7 end it")) : 0;
	rc = check_years(c, rec);
	if (!rc)
		rc = check_end(c, rec);
	return rc ? rc : gv_credit_term_end(rec) != GV_DAY_NONE ? 0 : gv_credit_need(c, rec, gv_credit_is_theirs(subject) ? published : fields);
}

/* ---- CR-04 to CR-06 ---- */

int gv_credit_rule_excluded(struct gv_check *c, const void *subject)
{
	static const struct { const char *code, *why; } codes[] = {
		{ "X1", N_("sufficient effective security is there") }, { "X2", N_("the seized assets suffice") },
		{ "X3", N_("others come before in the order of performance") }, { "X4", N_("the debtor does not refuse otherwise") },
	};
	const struct gv_val *rec = gv_credit_of(subject);
	int rc = 0;

	if (!may_be_listed(c, rec) || !gv_credit_is(rec, "ground", "G1"))
		return 0;
	for (size_t i = 0; i < sizeof codes / sizeof codes[0] && !rc; i++)
		if (excluded_by(rec, codes[i].code))
			rc = gv_finding(c, GV_VIOLATION, NULL, _("ground G1, but %s (%s)"), _(codes[i].why), codes[i].code);
	return rc ? rc : say_covered(c, rec);
}

/* Of another court's entry the age is known as it was published, not the day of birth. */
static int check_age(struct gv_check *c, const struct gv_val *rec)
{
	int64_t age;

	if (!gv_val_getint(gv_val_get(rec, "published"), "age", &age) || age >= GROWN_UP)
		return 0;
	return gv_finding(c, GV_VIOLATION, NULL, _("published.age is %lld: the debtor is a minor"), (long long)age);
}

int gv_credit_rule_minor(struct gv_check *c, const void *subject)
{
	const struct gv_credit_subject *s = subject;
	const struct gv_val *rec = s->rec->val;
	gv_day born = gv_credit_born(s->debtor), listed = listing_day(rec), grown;

	if (!may_be_listed(c, rec) || gv_credit_is(s->debtor, "type", "unit"))
		return 0;
	if (excluded_by(rec, "XM"))
		return gv_finding(c, GV_VIOLATION, NULL, "%s", _("the debtor is a minor (XM)"));
	if (born == GV_DAY_NONE && gv_credit_is_theirs(subject))
		return check_age(c, rec);
	if (born == GV_DAY_NONE)
		return s->debtor ? gv_credit_missing(c, "debtor.born_on") : 0;
	grown = gv_day_add_months(born, 12 * GROWN_UP);
	if ((listed == GV_DAY_NONE ? c->as_of : listed) >= grown)
		return 0;
	return gv_finding(c, GV_VIOLATION, NULL, _("the debtor is a minor until %s"), gv_credit_date(grown).s);
}

static bool has_role(const struct gv_val *rec)
{
	struct gv_str role = gv_credit_text(rec, "role");

	return role.n && !gv_str_is(role, "P0");
}

/* G1 and G6: the court controls enough, or the creditor wants to wait. */
static int check_waits(struct gv_check *c, const struct gv_val *rec)
{
	bool g6 = gv_credit_is(rec, "ground", "G6");

	if (!g6 && !gv_credit_is(rec, "ground", "G1"))
		return 0;
	if (excluded_by(rec, "XC"))
		return gv_finding(c, GV_VIOLATION, NULL, "%s", _("the court controls enough assets already (XC)"));
	if (excluded_by(rec, "XA"))
		return gv_finding(c, GV_VIOLATION, NULL, "%s", _("the creditor asks to wait (XA)"));
	return g6 ? say_covered(c, rec) : 0;
}

static bool is_student(const struct gv_credit_subject *s)
{
	return excluded_by(s->rec->val, "XS") || gv_val_is_true(s->debtor, "student") || gv_val_is_true(s->rec->val, "campus_loan");
}

static int say_student(struct gv_check *c)
{
	return gv_finding(c, GV_REVIEW, NULL, "%s", _("a full-time student or a loan to one: neither listed nor restricted as a rule (XS)"));
}

/* Nor restricted, where assets suffice or the creditor waits. */
static int check_restricted_alone(struct gv_check *c, const struct gv_credit_subject *s)
{
	const struct gv_val *rec = s->rec->val;
	bool waits = gv_credit_in_state(rec, "grace") && gv_credit_grace_of_restriction(rec) && gv_credit_order_waits(rec);
	int64_t controlled, claim;
	int rc = 0;

	if ((!gv_credit_is(rec, "restriction", "ordered") && !waits) || gv_credit_has_term(rec) || gv_credit_is_foreign(rec) || !gv_credit_in_force(c, gv_credit_day(rec, "order.signed_on")))
		return 0;
	/* In words of its own: that it was overlooked then is no reason to impose it. */
	if (waits && (excluded_by(rec, "XC") || excluded_by(rec, "XA") || is_covered(rec, &controlled, &claim)))
		rc = gv_finding(c, GV_VIOLATION, NULL, "%s", _("an order to restrict waits, and the court controls enough assets or the creditor asks to wait (XC, XA)"));
	else if (excluded_by(rec, "XC"))
		rc = gv_finding(c, GV_VIOLATION, NULL, "%s", _("the court controls enough assets already (XC)"));
	else if (excluded_by(rec, "XA"))
		rc = gv_finding(c, GV_VIOLATION, NULL, "%s", _("the creditor asks to wait (XA)"));
	else
		rc = say_covered(c, rec);
	return rc || !is_student(s) ? rc : say_student(c);
}

int gv_credit_rule_officer(struct gv_check *c, const void *subject)
{
	const struct gv_credit_subject *s = subject;
	const struct gv_val *rec = s->rec->val;
	struct gv_str role = gv_credit_text(rec, "role");
	int rc = 0;

	if (!may_be_listed(c, rec))
		return gv_credit_is_decided(rec) ? 0 : check_restricted_alone(c, s);
	if (has_role(rec) || excluded_by(rec, "XO"))
		rc = gv_finding(c, GV_VIOLATION, NULL, _("%.*s: an officer is not listed for the unit's debt, only restricted (CR-20)"), (int)(role.n ? role.n : 2),
		                role.n ? role.p : "XO");
	if (!rc && !has_role(rec) && s->aside && s->aside->holds_office)
		rc = gv_finding(c, GV_REVIEW, NULL, "%s", _("the debtor holds an office in a unit that owes in the same case: is it the unit's debt (role)?"));
	if (!rc)
		rc = check_waits(c, rec);
	return rc || !is_student(s) ? rc : say_student(c);
}

/* ---- CR-07, CR-08 ---- */

static int check_service(struct gv_check *c, const struct gv_val *rec)
{
	gv_day served = gv_credit_day(rec, "decision.served_on"), published = gv_credit_day(rec, "published_on"), signed_on = gv_credit_day(rec, "decision.signed_on");

	if (served != GV_DAY_NONE && signed_on != GV_DAY_NONE && served < signed_on)
		return gv_finding(c, GV_VIOLATION, NULL, _("the decision was served on %s, before it was signed on %s"), gv_credit_date(served).s, gv_credit_date(signed_on).s);
	if (!gv_credit_was_published(rec))
		return served == GV_DAY_NONE ? gv_finding(c, GV_INFO, NULL, "%s", _("the decision is to be served before it is published (decision.served_on)")) : 0;
	if (served == GV_DAY_NONE)
		return gv_finding(c, GV_VIOLATION, NULL, "%s", _("published, and the decision was never served (decision.served_on)"));
	if (published == GV_DAY_NONE || served <= published)
		return 0;
	return gv_finding(c, GV_VIOLATION, NULL, _("published on %s, before the decision was served on %s"), gv_credit_date(published).s, gv_credit_date(served).s);
}

static int check_signature(struct gv_check *c, const struct gv_val *rec)
{
	static const char *const fields[] = { "decision.signed_on", "decision.signed_by", "decision.reasons", NULL };
	struct gv_str by = gv_credit_text(rec, "decision.signed_by");
	gv_day published = gv_credit_day(rec, "published_on"), signed_on = gv_credit_day(rec, "decision.signed_on");

	if (by.n && !gv_str_is(by, "president"))
		return gv_finding(c, GV_VIOLATION, NULL, _("decision.signed_by is %.*s: the president signs"), (int)by.n, by.p);
	if (published != GV_DAY_NONE && signed_on != GV_DAY_NONE && published < signed_on)
		return gv_finding(c, GV_VIOLATION, NULL, _("published on %s, before the decision was signed on %s"), gv_credit_date(published).s, gv_credit_date(signed_on).s);
	return gv_credit_need(c, rec, fields);
}

static int check_warning(struct gv_check *c, const struct gv_val *rec)
{
	const struct gv_val *notice = gv_val_get(rec, "notice");

	if (gv_val_is_true(notice, "risk_warning"))
		return 0;
	if (gv_val_is_false(notice, "risk_warning"))
		return gv_finding(c, GV_VIOLATION, NULL, "%s", _("the enforcement notice does not warn of the list (notice.risk_warning)"));
	return gv_credit_missing(c, "notice.risk_warning");
}

int gv_credit_rule_decided(struct gv_check *c, const void *subject)
{
	const struct gv_val *rec = gv_credit_of(subject);
	int rc = gv_credit_late(c, subject, "listing-decision", GV_WARN); /* the days are told by summaries alone */

	if (!rc)
		rc = gv_credit_is_theirs(subject) ? gv_credit_check_own(c, rec) : gv_credit_check_served(c, rec);
	if (rc || !is_in_question(c, rec) || gv_credit_is_theirs(subject))
		return rc;
	rc = check_warning(c, rec);
	if (!rc)
		rc = check_signature(c, rec);
	return rc ? rc : check_service(c, rec);
}

int gv_credit_rule_must_list(struct gv_check *c, const void *subject)
{
	const struct gv_val *rec = gv_credit_of(subject);
	gv_day breach = gv_credit_first(rec, "report-breach", GV_DAY_NONE);

	if (breach == GV_DAY_NONE || breach > c->as_of || !gv_credit_in_force(c, breach) || !gv_credit_in_state(rec, "none,notified,eligible"))
		return 0;
	return gv_finding(c, GV_WARN, NULL, _("the duty to report was breached on %s: who does that is listed (G4)"), gv_credit_date(breach).s);
}

/* ---- CR-09, CR-10 ---- */

int gv_credit_rule_content(struct gv_check *c, const void *subject)
{
	static const char *const of_unit[] = { "published.name", "published.credit_code", "published.legal_representative", NULL };
	static const char *const of_person[] = { "published.name", "published.sex", "published.age", "published.id_no", NULL };
	static const char *const of_all[] = { "published.obligation", "published.performance", "published.conduct", "published.maker", "published.instrument_no",
	                                      "published.case", "published.filed_on", "published.court", NULL };
	const struct gv_credit_subject *s = subject;
	const struct gv_val *rec = s->rec->val;
	gv_day published = gv_credit_day(rec, "published_on");
	int rc = 0;

	if (!gv_credit_in_state(rec, "listed") || !gv_credit_in_force(c, published))
		return 0;
	if (published == GV_DAY_NONE)
		rc = gv_credit_missing(c, "published_on");
	if (!rc && s->debtor)
		rc = gv_credit_need(c, rec, gv_credit_is(s->debtor, "type", "unit") ? of_unit : of_person);
	return rc ? rc : gv_credit_need(c, rec, of_all);
}

int gv_credit_rule_office(struct gv_check *c, const void *subject)
{
	const struct gv_credit_subject *s = subject;
	const struct gv_val *offices = gv_val_items(s->debtor, "offices");
	int rc = 0;

	if (!gv_credit_in_state(s->rec->val, "listed") || has_role(s->rec->val) || !gv_rule_in_force(c->rule, c->as_of))
		return 0;
	for (uint32_t i = 0; i < offices->n && !rc; i++) {
		const struct gv_val *office = &offices->items[i];
		struct gv_str unit = gv_val_getstr(office, "unit");
		gv_day until = gv_credit_day(office, "until");

		if (gv_val_is_true(office, "manager") && (until == GV_DAY_NONE || until >= c->as_of))
			rc = gv_finding(c, GV_REVIEW, NULL, _("who is listed for a large debt cannot be director, supervisor or senior manager of %.*s: it must dismiss"),
			                (int)unit.n, unit.p);
	}
	return rc;
}
