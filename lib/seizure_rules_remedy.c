/* SPDX-License-Identifier: MIT */
/* seizure_rules_remedy: when a seizure is to be released, and what parties and outsiders may do against it. */
#include "seizure_rules_days.h"

enum { HOUR = 3600, URGENT_HOURS = 48, DECIDE_DAYS = 5, SUE_DAYS = 30, APPLY_DAYS = 5, SUIT_DAYS = 15, LIFT_DAYS = 7, SECURITY_PERCENT = 30 };

static const struct gv_str nobody = { 0 };

static bool is_on(const struct gv_holding *h)
{
	return h->ours && h->hold.is == GV_HOLD_ON;
}

/* Each of ours, also on an asset that nobody knows; findings are about it. */
static int each_of_ours(struct gv_check *c, const void *subject, gv_seizure_fn *fn)
{
	const struct gv_estate *e = gv_estate_of(subject);
	struct gv_rec rec;
	int rc = 0;

	for (size_t i = 0; i < e->n && !rc; i++) {
		if (!e->holdings[i].ours)
			continue;
		gv_seizure_about(c, &rec, "seizure", e->holdings[i].seizure);
		rc = fn(c, subject, &e->holdings[i]);
	}
	return rc;
}

/* Each asset that is known, by the one of ours that stands for it; findings are about that one. */
static int each_asset(struct gv_check *c, const void *subject, gv_seizure_fn *fn)
{
	const struct gv_estate *e = gv_estate_of(subject);
	struct gv_rec rec;
	int rc = 0;

	for (size_t i = 0, n; i < e->n && !rc; i += n) {
		const struct gv_holding *h = gv_seizure_for_asset(e, &e->holdings[i], &n);

		if (!h || !h->asset)
			continue;
		gv_seizure_about(c, &rec, "seizure", h->seizure);
		rc = fn(c, subject, h);
	}
	return rc;
}

/* ---- SZ-54: release ---- */

static int tell_owed(struct gv_check *c, const struct gv_holding *h, const char *why)
{
	return gv_finding(c, GV_VIOLATION, NULL, _("%.*s: to be released: %s"), GV_TEXT(h->asset_id), why);
}

/* A field, or as the event tells it. */
static struct gv_str ground_of(const struct gv_holding *h)
{
	struct gv_str ground = gv_val_getstr(h->seizure, "release_ground");
	gv_day on;

	return ground.n ? ground : gv_val_getstr(gv_seizure_first_event(h->seizure, "release", GV_DAY_NONE, &on), "ground");
}

static int check_released(struct gv_check *c, const struct gv_estate *e, const struct gv_holding *h)
{
	struct gv_str ground = ground_of(h);
	int rc = 0;

	if (!ground.n)
		rc = gv_finding(c, GV_REVIEW, NULL, _("%.*s: released, and release_ground missing"), GV_TEXT(h->asset_id));
	else if (gv_str_is(ground, "security") && !gv_seizure_preserves(e, h) && !gv_val_is_true(h->seizure, "creditor_agreed"))
		rc = gv_val_is_false(h->seizure, "creditor_agreed")
		             ? gv_finding(c, GV_VIOLATION, NULL, _("%.*s: released for security, to which the creditor does not agree"), GV_TEXT(h->asset_id))
		             : gv_finding(c, GV_REVIEW, NULL, _("%.*s: released for security, and creditor_agreed missing"), GV_TEXT(h->asset_id));
	if (!rc && !gv_val_getstr(h->seizure, "release_ruled_on").n)
		rc = gv_finding(c, GV_REVIEW, NULL, _("%.*s: released, and release_ruled_on missing: a release is by ruling"), GV_TEXT(h->asset_id));
	if (!rc && gv_val_getstr(h->seizure, "registered_at").n && !gv_val_getstr(h->seizure, "release_notice_on").n)
		rc = gv_finding(c, GV_REVIEW, NULL, _("%.*s: released, and release_notice_on missing: the registry is to be told"), GV_TEXT(h->asset_id));
	return rc;
}

/* In enforcement security alone is not enough: the creditor has to agree; then it is for the two of them to say what suffices. */
static int check_secured(struct gv_check *c, const struct gv_holding *h)
{
	bool sufficient = gv_val_is_true(h->seizure, "security_sufficient");
	gv_day on;
	int rc = gv_seizure_day(c, h->seizure, "security_on", &on);

	if (rc || (on == GV_DAY_NONE ? !sufficient : on > c->as_of))
		return rc;
	if (gv_val_is_true(h->seizure, "creditor_agreed"))
		return gv_val_is_false(h->seizure, "security_sufficient") ? 0 : tell_owed(c, h, _("security is given and the creditor agrees"));
	if (gv_val_is_false(h->seizure, "creditor_agreed") || gv_val_is_false(h->seizure, "security_sufficient"))
		return 0;
	return gv_finding(c, GV_REVIEW, NULL, _("%.*s: security is given, and creditor_agreed missing"), GV_TEXT(h->asset_id));
}

static int check_release(struct gv_check *c, const void *subject, const struct gv_holding *h)
{
	const struct gv_estate *e = gv_estate_of(subject);
	struct gv_str withdrawn = gv_val_getstr(e->claim.val, "withdrawn_on");
	gv_day on;
	int rc;

	if (h->hold.is == GV_HOLD_RELEASED)
		return check_released(c, e, h);
	if (!is_on(h) || gv_seizure_preserves(e, h))
		return 0;
	rc = gv_seizure_day(c, e->claim.val, "withdrawn_on", &on);
	if (rc)
		return rc;
	if (withdrawn.n && on <= c->as_of)
		return tell_owed(c, h, _("the application is withdrawn, or the claim waived"));
	return gv_claim_is_paid(&e->claim) ? tell_owed(c, h, _("the debt is paid")) : check_secured(c, h);
}

int gv_seizure_rule_released(struct gv_check *c, const void *subject)
{
	return each_of_ours(c, subject, check_release);
}

/* ---- SZ-55: release of preservation ---- */

/* Forty-eight hours; the hour in which it begins is not counted. */
static int check_urgent(struct gv_check *c, const struct gv_val *rec, struct gv_str of, const char *asked_field, const char *done_field)
{
	bool times = gv_val_getstr(rec, asked_field).n > GV_DATE_LEN, day_alone = gv_val_getstr(rec, done_field).n == GV_DATE_LEN;
	gv_instant asked, done, limit;
	gv_day_text last;
	int rc = gv_instant_end(rec, asked_field, &asked, c->err);

	if (!rc)
		rc = gv_instant_begin(rec, done_field, &done, c->err);
	if (rc || asked == GV_INSTANT_NONE)
		return rc;
	limit = asked - asked % HOUR + HOUR + (gv_instant)URGENT_HOURS * HOUR;
	gv_day_format(gv_instant_day(limit - 1), last);
	if (done != GV_INSTANT_NONE && (done > limit || (day_alone && done > limit - 1)))
		return gv_finding(c, GV_VIOLATION, NULL, _("%.*s%surgent, to be ruled within 48 hours of %s, by %s: %s is later"), GV_TEXT(of), of.n ? ": " : "",
		                  asked_field, last, done_field);
	if (done == GV_INSTANT_NONE && (gv_instant)c->as_of * 86400 > limit)
		return gv_finding(c, GV_REVIEW, NULL, _("%.*s%surgent, to be ruled within 48 hours of %s, by %s: %s missing"), GV_TEXT(of), of.n ? ": " : "",
		                  asked_field, last, done_field);
	/* On the last day without times: nobody can tell. */
	if (done != GV_INSTANT_NONE && (!times || day_alone) && gv_instant_day(done) >= gv_instant_day(limit - 1))
		return gv_finding(c, GV_REVIEW, NULL, _("%.*s%surgent, to be ruled within 48 hours of %s: it has no time, or %s has none"), GV_TEXT(of),
		                  of.n ? ": " : "", asked_field, done_field);
	return 0;
}

static int check_asked(struct gv_check *c, const void *subject, const struct gv_holding *h)
{
	static const struct gv_step ruled = { "release_asked_on", "release_ruled_on", DECIDE_DAYS, N_("the release asked for is to be ruled on"), GV_VIOLATION };
	static const struct gv_step released = { "release_asked_on", "released_at", DECIDE_DAYS, N_("the release asked for is to be ruled on"), GV_VIOLATION };
	bool is_ruled = gv_val_getstr(h->seizure, "release_ruled_on").n || h->hold.is != GV_HOLD_RELEASED;

	if (gv_val_is_true(h->seizure, "release_urgent"))
		return check_urgent(c, h->seizure, h->asset_id, "release_asked_on", is_ruled ? "release_ruled_on" : "released_at");
	return gv_seizure_step(c, subject, h->asset_id, h->seizure, is_ruled ? &ruled : &released);
}

static int reason_to_release(struct gv_check *c, const struct gv_estate *e, const char **why)
{
	static const struct { const char *field, *why; } reasons[] = {
		{ "wrong_on", N_("the preservation was wrong") },
		{ "withdrawn_on", N_("the application or the suit is withdrawn") },
		{ "rejected_on", N_("the suit or the claims are finally rejected") },
	};

	*why = NULL;
	for (size_t i = 0; i < sizeof reasons / sizeof reasons[0]; i++) {
		gv_day on;
		int rc = gv_seizure_day(c, e->claim.val, reasons[i].field, &on);

		if (rc)
			return rc;
		if (!*why && on != GV_DAY_NONE && on <= c->as_of)
			*why = _(reasons[i].why);
	}
	return 0;
}

/* Enough security: released, unless it is what the suit is about; then the applicant has to agree. */
static int check_security(struct gv_check *c, const struct gv_holding *h)
{
	bool disputed = gv_val_is_true(h->asset, "in_dispute"), agreed = gv_val_is_true(h->seizure, "creditor_agreed");
	gv_day on;
	int rc = gv_seizure_day(c, h->seizure, "security_on", &on);

	if (rc)
		return rc;
	if (h->hold.is == GV_HOLD_RELEASED && gv_str_is(ground_of(h), "security") && disputed && !agreed)
		return gv_val_is_false(h->seizure, "creditor_agreed")
		               ? gv_finding(c, GV_VIOLATION, NULL, _("%.*s: released for security, but the suit is about it and the applicant does not agree"), GV_TEXT(h->asset_id))
		               : gv_finding(c, GV_REVIEW, NULL, _("%.*s: released for security, the suit is about it, and creditor_agreed missing"), GV_TEXT(h->asset_id));
	if (!is_on(h) || on == GV_DAY_NONE || on > c->as_of || (disputed && !agreed))
		return 0;
	if (gv_val_is_false(h->seizure, "security_sufficient"))
		return 0;
	if (!gv_val_is_true(h->seizure, "security_sufficient"))
		return gv_finding(c, GV_REVIEW, NULL, _("%.*s: security is given, and security_sufficient missing"), GV_TEXT(h->asset_id));
	return tell_owed(c, h, _("sufficient security is given"));
}

static int check_unlocked(struct gv_check *c, const void *subject, const struct gv_holding *h)
{
	const struct gv_estate *e = gv_estate_of(subject);
	const char *why;
	int rc;

	if (!gv_seizure_preserves(e, h))
		return 0;
	rc = reason_to_release(c, e, &why);
	if (!rc && why && is_on(h))
		rc = tell_owed(c, h, why);
	if (!rc)
		rc = check_security(c, h);
	return rc ? rc : check_asked(c, subject, h);
}

int gv_seizure_rule_unlocked(struct gv_check *c, const void *subject)
{
	return each_of_ours(c, subject, check_unlocked);
}

/* ---- SZ-56: preservation that nobody follows up ---- */

/* Done by then, or to be released. */
static int follow_up(struct gv_check *c, const struct gv_holding *h, const struct gv_limit *limit, gv_day done, const char *field, const char *what)
{
	const char *doubt = limit->known ? "" : _(" (no calendar for that year)");
	enum gv_level level = limit->known ? GV_VIOLATION : GV_REVIEW;
	struct gv_val facts = gv_mkobj();
	gv_day_text on;
	int rc;

	if (done == GV_DAY_NONE ? c->as_of <= limit->day : done <= limit->day)
		return 0;
	gv_day_format(done, on);
	rc = gv_fact_day(c, &facts, "limit", limit->day);
	if (rc)
		return rc;
	if (done == GV_DAY_NONE)
		return gv_finding(c, level, &facts, _("%.*s: to be released: %s by %s, and %s is not recorded%s"), GV_TEXT(h->asset_id), what, limit->text, field, doubt);
	return gv_finding(c, level, &facts, _("%.*s: to be released: %s by %s, and %s is %s%s"), GV_TEXT(h->asset_id), what, limit->text, field, on, doubt);
}

static int check_suit(struct gv_check *c, const void *subject, const struct gv_holding *h)
{
	const struct gv_val *claim = gv_estate_of(subject)->claim.val;
	struct gv_limit limit;
	gv_day sued;
	int rc = gv_seizure_day(c, claim, "sued_on", &sued);

	if (!rc && sued == GV_DAY_NONE && gv_str_is(gv_val_getstr(claim, "stage"), "enforcement"))
		return gv_finding(c, GV_REVIEW, NULL, _("%.*s: preserved before a suit, and sued_on missing"), GV_TEXT(h->asset_id));
	if (!rc)
		rc = gv_limit_of(&limit, c, subject, gv_instant_day(h->hold.from), SUE_DAYS, GV_UNIT_DAY);
	return rc ? rc : follow_up(c, h, &limit, sued, "sued_on", _("a suit or arbitration was to be begun"));
}

/* Preserved after the judgment and before enforcement: the period to perform, and five days. */
static int check_application(struct gv_check *c, const void *subject, const struct gv_holding *h, gv_day due)
{
	const struct gv_val *claim = gv_estate_of(subject)->claim.val;
	struct gv_limit limit;
	gv_day enforced;
	int rc = gv_seizure_day(c, claim, "enforced_on", &enforced);

	if (!rc)
		rc = gv_limit_of(&limit, c, subject, due, APPLY_DAYS, GV_UNIT_DAY);
	return rc ? rc : follow_up(c, h, &limit, enforced, "enforced_on", _("enforcement was to be applied for"));
}

static int check_followed(struct gv_check *c, const void *subject, const struct gv_holding *h)
{
	const struct gv_estate *e = gv_estate_of(subject);
	gv_day effective, begun, due;
	int rc;

	if (!is_on(h))
		return 0;
	if (gv_val_is_true(e->claim.val, "pre_suit"))
		return check_suit(c, subject, h);
	rc = gv_seizure_day(c, e->claim.val, "effective_on", &effective);
	if (!rc)
		rc = gv_seizure_day(c, e->claim.val, "ruled_on", &begun);
	if (!rc && begun == GV_DAY_NONE)
		begun = gv_instant_day(h->hold.from);
	if (rc || effective == GV_DAY_NONE || begun < effective || !gv_seizure_was_preservation(e, h))
		return rc;
	rc = gv_seizure_day(c, e->claim.val, "perform_by", &due);
	if (!rc && due == GV_DAY_NONE)
		return gv_finding(c, GV_REVIEW, NULL, _("%.*s: preserved after the judgment, and perform_by missing"), GV_TEXT(h->asset_id));
	return rc ? rc : check_application(c, subject, h, due);
}

int gv_seizure_rule_followed_up(struct gv_check *c, const void *subject)
{
	return each_of_ours(c, subject, check_followed);
}

/* ---- SZ-57: the ruling on preservation ---- */

static int check_applicant_security(struct gv_check *c, const struct gv_val *claim)
{
	bool pre_suit = gv_val_is_true(claim, "pre_suit");
	int64_t security, asked;

	if (!gv_val_getint(claim, "security_fen", &security))
		return 0;
	if (!gv_val_getint(claim, "preservation_fen", &asked))
		return gv_finding(c, GV_REVIEW, NULL, _("preservation_fen missing: the security cannot be compared"));
	if (pre_suit && security < asked)
		return gv_finding(c, GV_REVIEW, NULL, _("before a suit the security is normally equal to the amount preserved: security_fen is less"));
	if (!pre_suit && security > asked / 100 * SECURITY_PERCENT + asked % 100 * SECURITY_PERCENT / 100)
		return gv_finding(c, GV_VIOLATION, NULL, _("in a suit the security is 30%% of the amount preserved at most: security_fen is more"));
	return 0;
}

/* Urgent: at once, for which there is no number of days. */
static int check_at_once(struct gv_check *c, const struct gv_val *claim)
{
	gv_day ruled, executed;
	int rc = gv_seizure_day(c, claim, "ruled_on", &ruled);

	if (!rc)
		rc = gv_seizure_day(c, claim, "executed_on", &executed);
	if (rc || ruled == GV_DAY_NONE || executed == ruled || (executed == GV_DAY_NONE && c->as_of <= ruled))
		return rc;
	return gv_finding(c, GV_REVIEW, NULL, executed == GV_DAY_NONE ? _("urgent: the execution is to begin at once, and executed_on missing")
	                                                              : _("urgent: the execution is to begin at once, and executed_on is not the day of ruled_on"));
}

int gv_seizure_rule_ruled(struct gv_check *c, const void *subject)
{
	static const struct gv_step applied = { "applied_on", "ruled_on", DECIDE_DAYS, N_("preservation is to be ruled on"), GV_VIOLATION };
	static const struct gv_step secured = { "security_on", "ruled_on", DECIDE_DAYS, N_("preservation is to be ruled on after the security"), GV_VIOLATION };
	static const struct gv_step executed = { "ruled_on", "executed_on", DECIDE_DAYS, N_("the execution of the preservation is to begin"), GV_VIOLATION };
	static const struct gv_step asked = { "ruling_served_on", "reconsider_on", 5, N_("reconsideration of the preservation is to be asked for"), GV_WARN };
	static const struct gv_step reviewed = { "reconsider_on", "reconsider_decided_on", 10, N_("the reconsideration is to be decided"), GV_VIOLATION };
	const struct gv_val *claim = gv_estate_of(subject)->claim.val;
	bool urgent = gv_val_is_true(claim, "urgent") || gv_val_is_true(claim, "pre_suit");
	struct gv_rec rec;
	int rc;

	if (!gv_str_is(gv_val_getstr(claim, "stage"), "preservation"))
		return 0;
	gv_seizure_about(c, &rec, "claim", claim);
	if (urgent)
		rc = check_urgent(c, claim, nobody, "applied_on", "ruled_on");
	else
		rc = gv_seizure_step(c, subject, nobody, claim, gv_val_getstr(claim, "security_on").n ? &secured : &applied);
	if (!rc)
		rc = urgent ? check_at_once(c, claim) : gv_seizure_step(c, subject, nobody, claim, &executed);
	if (!rc)
		rc = check_applicant_security(c, claim);
	if (!rc && gv_val_getstr(claim, "reconsider_on").n)
		rc = gv_seizure_step(c, subject, nobody, claim, &asked);
	return rc ? rc : gv_seizure_step(c, subject, nobody, claim, &reviewed);
}

/* ---- SZ-58, SZ-60: objections of parties ---- */

static int check_upper(struct gv_check *c, const void *subject, struct gv_str who, const struct gv_val *o)
{
	struct gv_step step = { "reconsider_on", "reconsider_decided_on", gv_val_is_true(o, "extended") ? 60 : 30, N_("the reconsideration is to be decided"), GV_VIOLATION };

	return gv_seizure_step(c, subject, who, o, &step);
}

static int check_objections(struct gv_check *c, const void *subject, const struct gv_holding *h)
{
	static const struct gv_step decided = { "received_on", "decided_on", 15, N_("the objection is to be decided"), GV_VIOLATION };
	static const struct gv_step asked = { "served_on", "reconsider_on", 10, N_("reconsideration is to be asked for"), GV_WARN };
	const struct gv_val *list = gv_val_items(h->seizure, "objections");
	int rc = 0;

	for (uint32_t i = 0; i < list->n && !rc; i++) {
		const struct gv_val *o = &list->items[i];
		struct gv_str who = gv_val_getstr(o, "by");

		if (!gv_val_getstr(o, "received_on").n)
			rc = gv_finding(c, GV_REVIEW, NULL, _("%.*s: received_on of the objection missing"), GV_TEXT(who));
		if (!rc)
			rc = gv_seizure_step(c, subject, who, o, &decided);
		if (!rc && gv_val_getstr(o, "reconsider_on").n)
			rc = gv_seizure_step(c, subject, who, o, &asked);
		if (!rc)
			rc = check_upper(c, subject, who, o);
	}
	return rc;
}

int gv_seizure_rule_objected(struct gv_check *c, const void *subject)
{
	return each_of_ours(c, subject, check_objections);
}

/* Filed in three days, of papers that were not complete from when they were; then told in three. */
static int check_intake(struct gv_check *c, const void *subject, const struct gv_val *list)
{
	static const struct gv_step completed = { "incomplete_told_on", "completed_on", 3, N_("the papers of the objection are to be completed"), GV_WARN };
	static const struct gv_step filed = { "received_on", "accepted_on", 3, N_("the objection is to be filed"), GV_VIOLATION };
	static const struct gv_step filed_complete = { "completed_on", "accepted_on", 3, N_("the objection is to be filed"), GV_VIOLATION };
	static const struct gv_step told = { "accepted_on", "notified_on", 3, N_("the parties are to be notified of the objection"), GV_VIOLATION };
	int rc = 0;

	for (uint32_t i = 0; i < list->n && !rc; i++) {
		const struct gv_val *o = &list->items[i];
		struct gv_str who = gv_val_getstr(o, "by");
		bool incomplete = gv_val_getstr(o, "incomplete_told_on").n;

		if (incomplete)
			rc = gv_seizure_step(c, subject, who, o, &completed);
		if (!rc)
			rc = gv_seizure_step(c, subject, who, o, incomplete ? &filed_complete : &filed);
		if (!rc)
			rc = gv_seizure_step(c, subject, who, o, &told);
	}
	return rc;
}

static int intake_of_party(struct gv_check *c, const void *subject, const struct gv_holding *h)
{
	return check_intake(c, subject, gv_val_items(h->seizure, "objections"));
}

static int intake_of_outsider(struct gv_check *c, const void *subject, const struct gv_holding *h)
{
	return check_intake(c, subject, gv_val_items(h->asset, "third_parties"));
}

int gv_seizure_rule_intake(struct gv_check *c, const void *subject)
{
	int rc = each_of_ours(c, subject, intake_of_party);

	return rc ? rc : each_asset(c, subject, intake_of_outsider);
}

/* ---- SZ-59: outsiders ---- */

/* The day that the period to sue counts from; that of the ruling where nobody recorded the service. */
struct ruling {
	gv_day served;
	bool guessed;
	struct gv_limit suit;
};

static int read_ruling(struct ruling *r, struct gv_check *c, const void *subject, const struct gv_val *o)
{
	int rc = gv_seizure_day(c, o, "served_on", &r->served);

	r->guessed = r->served == GV_DAY_NONE;
	if (!rc && r->guessed)
		rc = gv_seizure_day(c, o, "decided_on", &r->served);
	return rc || r->served == GV_DAY_NONE ? rc : gv_limit_of(&r->suit, c, subject, r->served, SUIT_DAYS, GV_UNIT_DAY);
}

static const char *guess_note(const struct ruling *r)
{
	return r->guessed ? _(" (served_on missing: counted from decided_on)") : "";
}

/* Upheld, and the creditor does not sue: lifted within seven days after the period to sue. */
static int check_upheld(struct gv_check *c, const void *subject, const struct gv_holding *h, const struct gv_val *o, const struct ruling *r)
{
	struct gv_str who = gv_val_getstr(o, "by");
	enum gv_level level = r->guessed ? GV_REVIEW : GV_VIOLATION;
	struct gv_val facts = gv_mkobj();
	struct gv_limit lift;
	gv_day lifted, sued;
	gv_day_text on;
	int rc = gv_seizure_day(c, o, "lifted_on", &lifted);

	if (!rc)
		rc = gv_seizure_day(c, o, "sued_on", &sued);
	if (!rc)
		rc = gv_limit_of(&lift, c, subject, r->suit.day, LIFT_DAYS, GV_UNIT_DAY);
	if (rc || (sued != GV_DAY_NONE && sued <= r->suit.day && !gv_str_is(gv_val_getstr(o, "sued_by"), "outsider")))
		return rc;
	rc = gv_fact_day(c, &facts, "suit_until", r->suit.day);
	if (!rc)
		rc = gv_fact_day(c, &facts, "limit", lift.day);
	if (rc)
		return rc;
	if (lifted == GV_DAY_NONE && h->hold.released != GV_INSTANT_NONE)
		lifted = gv_instant_day(h->hold.released);
	gv_day_format(lifted, on);
	if (lifted != GV_DAY_NONE && lifted > lift.day)
		return gv_finding(c, level, &facts, _("%.*s: objection of %.*s upheld, suit period to %s: to be lifted by %s, lifted on %s%s"), GV_TEXT(h->asset_id), GV_TEXT(who),
		                  r->suit.text, lift.text, on, guess_note(r));
	if (lifted != GV_DAY_NONE || !is_on(h))
		return 0;
	return gv_finding(c, c->as_of > lift.day ? level : GV_INFO, &facts, _("%.*s: objection of %.*s upheld, suit period to %s: to be lifted by %s unless the creditor sues%s"),
	                  GV_TEXT(h->asset_id), GV_TEXT(who), r->suit.text, lift.text, guess_note(r));
}

/* Rejected: nothing is disposed of for fifteen days. */
static int check_rejected(struct gv_check *c, const struct gv_holding *h, const struct gv_val *o, const struct ruling *r)
{
	struct gv_str who = gv_val_getstr(o, "by");
	gv_day on;
	gv_day_text text;

	if (!gv_seizure_first_taking(h->seizure, r->served - 1, &on) || on > r->suit.day)
		return 0;
	gv_day_format(on, text);
	return gv_finding(c, r->guessed ? GV_REVIEW : GV_VIOLATION, NULL, _("%.*s: disposed of on %s, but after the rejection of the objection of %.*s nothing may be before %s has passed%s"),
	                  GV_TEXT(h->asset_id), text, GV_TEXT(who), r->suit.text, guess_note(r));
}

/* In writing, and before the enforcement of the thing has ended. */
static int check_form(struct gv_check *c, const struct gv_holding *h, const struct gv_val *o)
{
	struct gv_str who = gv_val_getstr(o, "by");
	gv_day received, sold;
	gv_day_text on, end;
	int rc = gv_seizure_day(c, o, "received_on", &received);

	if (rc)
		return rc;
	if (received == GV_DAY_NONE)
		return gv_finding(c, GV_REVIEW, NULL, _("%.*s: received_on of the objection missing"), GV_TEXT(who));
	if (gv_val_is_false(o, "written"))
		rc = gv_finding(c, GV_WARN, NULL, _("%.*s: the objection of %.*s is not in writing"), GV_TEXT(h->asset_id), GV_TEXT(who));
	if (rc || !gv_seizure_first_event(h->seizure, "dispose", GV_DAY_NONE, &sold) || received <= sold)
		return rc;
	gv_day_format(received, on);
	gv_day_format(sold, end);
	return gv_finding(c, GV_WARN, NULL, _("%.*s: the objection of %.*s came on %s, after the enforcement of it had ended on %s"), GV_TEXT(h->asset_id), GV_TEXT(who), on, end);
}

static int check_outsider(struct gv_check *c, const void *subject, const struct gv_holding *h, const struct gv_val *o)
{
	static const struct gv_step decided = { "received_on", "decided_on", 15, N_("the objection of an outsider is to be decided"), GV_VIOLATION };
	static const struct gv_step sued = { "served_on", "sued_on", SUIT_DAYS, N_("the suit about the objection is to be begun"), GV_WARN };
	struct gv_str result = gv_val_getstr(o, "result"), who = gv_val_getstr(o, "by");
	struct ruling r;
	int rc = check_form(c, h, o);

	if (!rc)
		rc = gv_seizure_step(c, subject, who, o, &decided);
	if (!rc && gv_val_getstr(o, "sued_on").n)
		rc = gv_seizure_step(c, subject, who, o, &sued);
	if (!rc)
		rc = read_ruling(&r, c, subject, o);
	if (rc || !result.n)
		return rc;
	if (r.served == GV_DAY_NONE)
		return gv_finding(c, GV_REVIEW, NULL, _("%.*s: served_on of the ruling on the objection missing"), GV_TEXT(who));
	return gv_str_is(result, "upheld") ? check_upheld(c, subject, h, o, &r) : check_rejected(c, h, o, &r);
}

static int check_outsiders(struct gv_check *c, const void *subject, const struct gv_holding *h)
{
	const struct gv_val *list = gv_val_items(h->asset, "third_parties");
	int rc = 0;

	for (uint32_t i = 0; i < list->n && !rc; i++)
		rc = check_outsider(c, subject, h, &list->items[i]);
	return rc;
}

int gv_seizure_rule_outsiders(struct gv_check *c, const void *subject)
{
	return each_asset(c, subject, check_outsiders);
}

/* ---- SZ-61: bankruptcy ---- */

static int check_bankrupt(struct gv_check *c, const void *subject, const struct gv_holding *h)
{
	const struct gv_estate *e = gv_estate_of(subject);
	gv_day since, sold;
	gv_day_text on, text;
	int rc = gv_seizure_day(c, e->claim.val, "bankruptcy_on", &since);

	if (rc || since == GV_DAY_NONE || since > c->as_of)
		return rc;
	gv_day_format(since, text);
	if (gv_seizure_first_taking(h->seizure, since, &sold)) {
		gv_day_format(sold, on);
		rc = gv_finding(c, GV_VIOLATION, NULL, _("%.*s: disposed of on %s, but bankruptcy was accepted on %s and enforcement is stayed"), GV_TEXT(h->asset_id), on, text);
	}
	if (rc || !is_on(h) || since == c->as_of)
		return rc;
	if (gv_instant_day(h->hold.from) > since)
		return gv_finding(c, GV_VIOLATION, NULL, _("%.*s: seized after bankruptcy was accepted on %s"), GV_TEXT(h->asset_id), text);
	if (gv_seizure_preserves(e, h))
		return gv_finding(c, GV_VIOLATION, NULL, _("%.*s: bankruptcy was accepted on %s: the preservation is to be lifted"), GV_TEXT(h->asset_id), text);
	return gv_finding(c, GV_REVIEW, NULL, _("%.*s: bankruptcy was accepted on %s: enforcement is stayed, and whether the measure is lifted is to be seen"), GV_TEXT(h->asset_id), text);
}

int gv_seizure_rule_bankrupt(struct gv_check *c, const void *subject)
{
	return each_of_ours(c, subject, check_bankrupt);
}
