/* SPDX-License-Identifier: MIT */
/* credit_rules_limit: restriction of consumption, and grace. */
#include "credit_partner.h"
#include "credit_rules_impl.h"
#include "policy.h"

enum { GRACE_MOST = 3 };

/* Within the grace nothing is imposed, and nothing published: that is CR-27's to say. */
static bool in_grace(const struct gv_val *rec, gv_day day)
{
	gv_day granted = gv_credit_day(rec, "grace.on"), end = gv_credit_grace_end(rec);

	return granted != GV_DAY_NONE && day >= granted && day <= end;
}

/* Each listing stood under a restriction from its first day to its last. */
static int check_listings(struct gv_check *c, const struct gv_val *rec)
{
	const struct gv_val *event;
	int rc = 0;

	for (uint32_t i = 0; i < gv_credit_listings(rec) && !rc; i++) {
		struct gv_credit_listing l = gv_credit_listing(rec, i);

		if (l.published == GV_DAY_NONE || !gv_credit_in_force(c, l.published))
			continue;
		if (gv_credit_next(rec, "restrict", &(uint32_t){ 0 }) && !gv_credit_restricted_then(rec, l.published) && !in_grace(rec, l.published))
			rc = gv_finding(c, GV_VIOLATION, NULL, _("published on %s, and not restricted then: who is listed is restricted"), gv_credit_date(l.published).s);
		for (uint32_t at = 0; !rc && (event = gv_credit_next(rec, "lift", &at));) {
			gv_day on = gv_credit_event_day(event);

			if (on >= l.published && (l.stands || on < l.ended) && !gv_credit_restricted_then(rec, on))
				rc = gv_finding(c, GV_VIOLATION, NULL, _("lifted on %s, while it was listed: who is listed is restricted"), gv_credit_date(on).s);
		}
	}
	return rc;
}

int gv_credit_rule_restricted(struct gv_check *c, const void *subject)
{
	const struct gv_val *rec = gv_credit_of(subject);
	gv_day due = gv_credit_day(rec, "notice.due_on"), ordered = gv_credit_restricted_on(rec), decided = gv_credit_day(rec, "decision.signed_on");
	gv_day decided_once;
	int rc;

	if (gv_credit_is_theirs(subject))
		return 0;
	if (gv_credit_in_state(rec, "listed") && !gv_credit_is_restricted(rec) && gv_credit_in_force(c, gv_credit_day(rec, "published_on")))
		return gv_finding(c, GV_VIOLATION, NULL, "%s", _("listed, and not restricted: who is listed is restricted"));
	rc = check_listings(c, rec);
	if (rc)
		return rc;
	if (ordered == GV_DAY_NONE || (due != GV_DAY_NONE && ordered > due) || !gv_credit_in_force(c, ordered))
		return 0;
	decided_once = gv_credit_first(rec, "decide", GV_DAY_NONE);
	if (decided_once != GV_DAY_NONE && decided_once <= ordered) /* of a listing before this one; its own period was judged then */
		return 0;
	if (gv_credit_has_term(rec) && decided != GV_DAY_NONE && decided <= ordered) /* conduct of G2 to G5 waits for no period */
		return 0;
	if (due == GV_DAY_NONE)
		return gv_credit_is_restricted(rec) ? gv_credit_missing(c, "notice.due_on") : 0;
	return gv_finding(c, GV_VIOLATION, NULL, _("restricted on %s, within the period of the notice (to %s)"), gv_credit_date(ordered).s, gv_credit_date(due).s);
}

int gv_credit_rule_items(struct gv_check *c, const void *subject)
{
	const struct gv_val *rec = gv_credit_of(subject);

	if (gv_credit_is_theirs(subject))
		return 0;
	return gv_credit_is_restricted(rec) && gv_credit_in_force(c, gv_credit_restricted_on(rec)) && !gv_val_items(gv_val_get(rec, "order"), "items")->n ? gv_credit_missing(c, "order.items") : 0;
}

/* ---- CR-20 ---- */

static const struct gv_val *answer_to(const struct gv_val *rec, struct gv_str who, uint32_t at)
{
	const struct gv_val *event;

	while ((event = gv_credit_next(rec, "allow-spending", &at)))
		if (gv_str_eq(gv_val_getstr(event, "party"), who))
			return event;
	return NULL;
}

int gv_credit_rule_unit(struct gv_check *c, const void *subject)
{
	const struct gv_val *rec = gv_credit_of(subject), *event, *answer;
	int rc = 0;

	if (gv_credit_text(rec, "role").n && !gv_credit_is(rec, "role", "P0") && !gv_credit_text(rec, "unit").n)
		rc = gv_credit_missing(c, "unit");
	for (uint32_t at = 0; !rc && (event = gv_credit_next(rec, "ask-spending", &at));) {
		struct gv_str who = gv_val_getstr(event, "party");
		const char *on = gv_val_getstr(event, "on").p;

		if (!gv_val_is_true(event, "own_money") || !gv_credit_in_force(c, gv_credit_event_day(event)))
			continue;
		answer = answer_to(rec, who, at);
		if (answer && gv_val_is_false(answer, "granted"))
			rc = gv_finding(c, GV_VIOLATION, NULL, _("%.*s asked on %.10s to spend own money, and was refused: if that is true it is allowed"), (int)who.n, who.n ? who.p : "", on);
		else if (!answer)
			rc = gv_finding(c, GV_REVIEW, NULL, _("%.*s asked on %.10s to spend own money: no event allow-spending"), (int)who.n, who.n ? who.p : "", on);
	}
	return rc;
}

/* ---- CR-21, CR-22 ---- */

int gv_credit_rule_ordered(struct gv_check *c, const void *subject)
{
	static const char *const fields[] = { "order.signed_on", "order.signed_by", "order.consequences", NULL };
	const struct gv_val *rec = gv_credit_of(subject);
	struct gv_str by = gv_credit_text(rec, "order.signed_by");

	if (gv_credit_is_theirs(subject) || (!gv_credit_is_restricted(rec) && !gv_credit_order_waits(rec)) || !gv_credit_in_force(c, gv_credit_restricted_on(rec)))
		return 0;
	if (by.n && !gv_str_is(by, "president"))
		return gv_finding(c, GV_VIOLATION, NULL, _("order.signed_by is %.*s: the president signs"), (int)by.n, by.p);
	return gv_credit_need(c, rec, fields);
}

/* Lifted as performed: all of it, and by then. */
static int check_lifted_as_performed(struct gv_check *c, const struct gv_credit_subject *s)
{
	const struct gv_val *rec = s->rec->val;
	gv_day part = gv_credit_first(rec, "perform-part", GV_DAY_NONE), whole = gv_credit_performed(rec, s->aside), lifted = gv_credit_day(rec, "lift.on");

	if (whole != GV_DAY_NONE && lifted != GV_DAY_NONE && whole > lifted)
		return gv_finding(c, GV_VIOLATION, NULL, _("lifted on %s as performed, which was on %s only"), gv_credit_date(lifted).s, gv_credit_date(whole).s);
	if (whole != GV_DAY_NONE)
		return 0;
	return part != GV_DAY_NONE ? gv_finding(c, GV_VIOLATION, NULL, _("lifted as performed, but on %s only a part was"), gv_credit_date(part).s)
	                           : gv_finding(c, GV_REVIEW, NULL, "%s", _("lifted as performed, and no event perform shows it"));
}

static int check_lift(struct gv_check *c, const struct gv_credit_subject *s)
{
	const struct gv_val *rec = s->rec->val;
	gv_day lifted = gv_credit_day(rec, "lift.on"), day = lifted == GV_DAY_NONE ? c->as_of : lifted, consent;

	if (!gv_credit_text(rec, "lift.ground").n)
		return gv_credit_missing(c, "lift.ground");
	if (gv_credit_is(rec, "lift.ground", "performed"))
		return check_lifted_as_performed(c, s);
	if (gv_credit_is(rec, "lift.ground", "not-responsible") && gv_credit_is(rec, "role", "P0"))
		return gv_finding(c, GV_VIOLATION, NULL, "%s", _("lifted as of who is not responsible, and role P0 is the debtor itself"));
	if (gv_credit_is(rec, "lift.ground", "wrong") && !gv_credit_found_wrong(rec, "restriction", day))
		return gv_finding(c, GV_REVIEW, NULL, "%s", _("lifted as wrong, and no event find-wrong and no granted request shows it"));
	consent = gv_credit_first(rec, "creditor-consent", GV_DAY_NONE);
	if (gv_credit_is(rec, "lift.ground", "creditor-consent") && (consent == GV_DAY_NONE || consent > day))
		return gv_finding(c, GV_REVIEW, NULL, "%s", _("lifted by the creditor's consent, and no event creditor-consent shows it"));
	return 0;
}

/* "Promptly": the text has no number of days. */
static int say_stands(struct gv_check *c, const struct gv_credit_subject *s, gv_day whole)
{
	gv_day lifted = s->aside && gv_credit_is_officer(s->rec->val) ? s->aside->unit_lifted : GV_DAY_NONE;

	if (lifted != GV_DAY_NONE && (whole == GV_DAY_NONE || lifted < whole))
		return gv_finding(c, GV_WARN, NULL, _("the restriction of the unit was lifted on %s, and that of its officer stands: it is lifted with it"), gv_credit_date(lifted).s);
	if (gv_credit_first(s->rec->val, "perform,settlement-performed", GV_DAY_NONE) == whole)
		return gv_finding(c, GV_WARN, NULL, _("performed on %s, and the restriction stands: it is lifted at once"), gv_credit_date(whole).s);
	if (s->aside && s->aside->case_performed == whole)
		return gv_finding(c, GV_WARN, NULL, _("the case was performed on %s, and the restriction stands: it is lifted at once"), gv_credit_date(whole).s);
	return gv_finding(c, GV_WARN, NULL, _("the unit performed on %s, and the restriction of its officer stands: it is lifted at once"), gv_credit_date(whole).s);
}

/* Who was listed then is restricted, performed or not (CR-18). */
static bool was_listed_on(const struct gv_val *rec, gv_day day)
{
	gv_day published = gv_credit_day(rec, "published_on"), removed = gv_credit_day(rec, "removal.on");

	return published != GV_DAY_NONE && published <= day && (removed == GV_DAY_NONE || removed >= day);
}

int gv_credit_rule_lifted(struct gv_check *c, const void *subject)
{
	const struct gv_credit_subject *s = subject;
	const struct gv_val *rec = s->rec->val;
	gv_day whole = gv_credit_performed(rec, s->aside), ordered = gv_credit_restricted_on(rec), due = gv_credit_lift_due(rec, s->aside);

	if (gv_credit_is_theirs(subject))
		return 0;
	if (gv_credit_is(rec, "restriction", "lifted"))
		return gv_credit_in_force(c, gv_credit_day(rec, "lift.on")) ? check_lift(c, s) : 0;
	if (!gv_credit_is_restricted(rec))
		return 0;
	if (whole != GV_DAY_NONE && ordered > whole && !was_listed_on(rec, ordered) && gv_credit_in_force(c, whole))
		return gv_finding(c, GV_VIOLATION, NULL, _("restricted on %s, and all was performed on %s: there is nothing to restrict for"), gv_credit_date(ordered).s,
		                  gv_credit_date(whole).s);
	return due != GV_DAY_NONE && due < c->as_of && gv_credit_in_force(c, due) ? say_stands(c, s, whole) : 0;
}

/* ---- CR-23 ---- */

static int check_travel(struct gv_check *c, const struct gv_val *event, bool second)
{
	gv_day on = gv_credit_event_day(event), until = gv_credit_day(event, "until"), last = on == GV_DAY_NONE ? GV_DAY_NONE : gv_day_add_months(on, 1);
	struct gv_str by = gv_val_getstr(event, "approved_by");

	if (on == GV_DAY_NONE || !gv_credit_in_force(c, on))
		return 0;
	if (second)
		return gv_finding(c, GV_VIOLATION, NULL, _("lifted again on %s, after false evidence: that is not approved a second time"), gv_credit_date(on).s);
	if (until != GV_DAY_NONE && until < on)
		return gv_finding(c, GV_VIOLATION, NULL, _("lifted from %s to %s: it ends before it begins"), gv_credit_date(on).s, gv_credit_date(until).s);
	if (until != GV_DAY_NONE && until > last)
		return gv_finding(c, GV_VIOLATION, NULL, _("lifted from %s to %s: a month at most, to %s"), gv_credit_date(on).s, gv_credit_date(until).s, gv_credit_date(last).s);
	if (by.n && !gv_str_is(by, "president"))
		return gv_finding(c, GV_VIOLATION, NULL, _("lifted on %s, approved by %.*s: the president approves"), gv_credit_date(on).s, (int)by.n, by.p);
	if (gv_str_is(gv_val_getstr(event, "reason"), "other"))
		return gv_finding(c, GV_REVIEW, NULL, _("lifted on %s for none of the reasons: illness, funeral, official duty, diplomacy, exam"), gv_credit_date(on).s);
	return by.n ? 0 : gv_credit_missing(c, "events.lift-temporarily.approved_by");
}

int gv_credit_rule_travel(struct gv_check *c, const void *subject)
{
	const struct gv_val *rec = gv_credit_of(subject), *event;
	bool false_evidence = false;
	int rc = 0;

	for (uint32_t at = 0; !rc && (event = gv_credit_next(rec, "lift-temporarily,find-false-evidence", &at));) {
		if (gv_str_is(gv_val_getstr(event, "event"), "find-false-evidence")) {
			false_evidence = true;
			continue;
		}
		rc = check_travel(c, event, false_evidence);
		false_evidence = false_evidence || gv_val_is_true(event, "false_evidence");
	}
	if (!rc && false_evidence && gv_credit_is(rec, "restriction", "lifted-temporarily"))
		rc = gv_finding(c, GV_VIOLATION, NULL, "%s", _("the evidence for travel was false: the restriction is restored"));
	return rc ? rc : gv_credit_late(c, subject, "temporary-lift", GV_VIOLATION);
}

/* ---- CR-24 to CR-26 ---- */

int gv_credit_rule_former(struct gv_check *c, const void *subject)
{
	static const char *const fields[] = { "lift.changed_for_business", "lift.still_controls", "lift.successor_restricted", NULL };
	const struct gv_val *rec = gv_credit_of(subject), *lift = gv_val_get(rec, "lift");

	if (gv_credit_is_theirs(subject) || !gv_credit_is(rec, "lift.ground", "former-officer") || !gv_credit_in_force(c, gv_credit_day(rec, "lift.on")))
		return 0;
	if (gv_credit_is(rec, "role", "P0"))
		return gv_finding(c, GV_VIOLATION, NULL, "%s", _("lifted as of a former representative, and role P0 is the debtor itself"));
	if (gv_val_is_true(lift, "still_controls"))
		return gv_finding(c, GV_VIOLATION, NULL, "%s", _("a former representative who still controls the unit or is directly responsible stays restricted (lift.still_controls)"));
	if (gv_val_is_false(lift, "changed_for_business"))
		return gv_finding(c, GV_VIOLATION, NULL, "%s", _("a former representative stays restricted unless the change was genuine, for business (lift.changed_for_business)"));
	if (gv_val_is_false(lift, "successor_restricted"))
		return gv_finding(c, GV_REVIEW, NULL, "%s", _("lifted, and the successor is not restricted (lift.successor_restricted)"));
	return gv_credit_need(c, rec, fields);
}

int gv_credit_rule_stands(struct gv_check *c, const void *subject)
{
	const struct gv_val *rec = gv_credit_of(subject);
	gv_day lifted = gv_credit_day(rec, "lift.on"), round = gv_credit_first(rec, "end-round", GV_DAY_NONE);

	int rc = gv_credit_is_theirs(subject) ? 0 : gv_credit_check_moves(c, rec);

	if (rc)
		return rc;
	if (gv_credit_is_restricted(rec) && gv_credit_in_state(rec, "removed"))
		return gv_finding(c, GV_INFO, NULL, "%s", _("removed from the list; the restriction stands until it is lifted by itself"));
	if (gv_credit_is_theirs(subject) || !gv_credit_is(rec, "restriction", "lifted") || !gv_credit_is(rec, "lift.ground", "other") || !gv_credit_in_force(c, lifted))
		return 0;
	if (lifted != GV_DAY_NONE && (lifted == gv_credit_day(rec, "removal.on") || lifted == round))
		return gv_finding(c, GV_REVIEW, NULL, _("lifted on %s with the removal or the end of the round: neither is a ground"), gv_credit_date(lifted).s);
	return gv_finding(c, GV_REVIEW, NULL, "%s", _("lifted, and lift.ground is none that the text knows"));
}

int gv_credit_rule_breached(struct gv_check *c, const void *subject)
{
	const struct gv_val *rec = gv_credit_of(subject);
	gv_day breach = gv_credit_first(rec, "breach", GV_DAY_NONE);

	if (breach == GV_DAY_NONE || breach > c->as_of || gv_credit_in_state(rec, "listed") || !gv_credit_in_force(c, breach))
		return 0;
	return gv_finding(c, GV_INFO, NULL, _("the restriction was breached on %s: ground G5, detention or a fine"), gv_credit_date(breach).s);
}

/* ---- CR-27, CR-28 ---- */

static gv_day granted_on(const struct gv_val *rec)
{
	return gv_credit_day(rec, "grace.on");
}

static int check_months(struct gv_check *c, const struct gv_val *rec)
{
	gv_day on = granted_on(rec), until = gv_credit_day(rec, "grace.until");
	int64_t months = 0;

	if (gv_val_getint(gv_val_get(rec, "grace"), "months", &months) && (months < 1 || months > GRACE_MOST))
		return gv_finding(c, GV_VIOLATION, NULL, _("grace.months is %lld: 1 to 3"), (long long)months);
	if (months && on != GV_DAY_NONE && until != GV_DAY_NONE && until != gv_day_add_months(on, (int)months))
		return gv_finding(c, GV_VIOLATION, NULL, _("grace of %lld months from %s ends on %s, not on %s"), (long long)months, gv_credit_date(on).s,
		                  gv_credit_date(gv_day_add_months(on, (int)months)).s, gv_credit_date(until).s);
	if (on == GV_DAY_NONE || until == GV_DAY_NONE)
		return gv_credit_grace_end(rec) == GV_DAY_NONE ? gv_credit_missing(c, "grace.until") : 0;
	if (until < gv_day_add_months(on, 1) || until > gv_day_add_months(on, GRACE_MOST))
		return gv_finding(c, GV_VIOLATION, NULL, _("grace from %s to %s: one to three months, %s to %s"), gv_credit_date(on).s, gv_credit_date(until).s,
		                  gv_credit_date(gv_day_add_months(on, 1)).s, gv_credit_date(gv_day_add_months(on, GRACE_MOST)).s);
	return 0;
}

/* Nothing is done within it; and who performs within it is not listed. */
static int check_within(struct gv_check *c, const struct gv_val *rec, gv_day end, bool *performed_in_time)
{
	gv_day on = granted_on(rec), published = gv_credit_day(rec, "published_on"), ordered = gv_credit_restricted_on(rec), performed = gv_credit_first(rec, "perform", on);

	if (published != GV_DAY_NONE && published >= on && published <= end)
		return gv_finding(c, GV_VIOLATION, NULL, _("published on %s, within the grace (to %s 24:00)"), gv_credit_date(published).s, gv_credit_date(end).s);
	if (ordered != GV_DAY_NONE && ordered >= on && ordered <= end)
		return gv_finding(c, GV_VIOLATION, NULL, _("restricted on %s, within the grace (to %s 24:00)"), gv_credit_date(ordered).s, gv_credit_date(end).s);
	*performed_in_time = performed != GV_DAY_NONE && performed <= end;
	if (*performed_in_time && gv_credit_in_state(rec, "listed"))
		return gv_finding(c, GV_VIOLATION, NULL, _("performed on %s, within the grace (to %s 24:00): it is not listed"), gv_credit_date(performed).s, gv_credit_date(end).s);
	if (*performed_in_time && gv_credit_in_state(rec, "grace"))
		return gv_finding(c, GV_WARN, NULL, _("performed on %s, within the grace: the entry ends without a publication"), gv_credit_date(performed).s);
	return 0;
}

int gv_credit_rule_grace(struct gv_check *c, const void *subject)
{
	const struct gv_val *rec = gv_credit_of(subject);
	gv_day end = gv_credit_grace_end(rec);
	bool performed = false;
	int rc = gv_credit_is_theirs(subject) ? 0 : gv_credit_check_cleared(c, rec);

	if (rc)
		return rc;
	if (!gv_val_get(rec, "grace") || !gv_credit_in_force(c, granted_on(rec)))
		return 0;
	rc = check_months(c, rec);
	if (!rc && granted_on(rec) != GV_DAY_NONE && end != GV_DAY_NONE)
		rc = check_within(c, rec, end, &performed);
	if (rc || performed || !gv_credit_in_state(rec, "grace") || end == GV_DAY_NONE || (gv_credit_grace_of_restriction(rec) && gv_credit_is_restricted(rec)))
		return rc;
	if (c->as_of <= end)
		return gv_finding(c, GV_INFO, NULL, _("grace until %s 24:00"), gv_credit_date(end).s);
	/* "Then": the text has no number of days. */
	return gv_finding(c, GV_WARN, NULL, _("the grace ended on %s: it is published and imposed now"), gv_credit_date(end).s);
}

/* A restriction that was ordered, and not imposed before the grace. */
static bool follows_order(const struct gv_val *rec, gv_day granted)
{
	gv_day ordered = gv_credit_day(rec, "order.signed_on"), imposed = gv_credit_restricted_on(rec);

	return ordered != GV_DAY_NONE && (granted == GV_DAY_NONE || (ordered <= granted && (imposed == GV_DAY_NONE || imposed > granted)));
}

/* Where the court's policy of that day lets grace come before the decision. */
static int may_precede(struct gv_check *c, const struct gv_credit_subject *s, gv_day granted, bool *yes)
{
	*yes = false;
	return s->config ? gv_policy_bool(yes, s->config, "credit_prelisting_notice", granted == GV_DAY_NONE ? c->as_of : granted, c->err) : 0;
}

int gv_credit_rule_grace_follows(struct gv_check *c, const void *subject)
{
	const struct gv_credit_subject *s = subject;
	const struct gv_val *rec = s->rec->val;
	gv_day granted = granted_on(rec), decided = gv_credit_day(rec, "decision.signed_on"), served = gv_credit_day(rec, "decision.served_on"),
	       imposed = gv_credit_restricted_on(rec);
	bool precedes;
	int rc = may_precede(c, s, granted, &precedes);

	if (rc || precedes || gv_credit_is_theirs(subject) || !gv_val_get(rec, "grace") || !gv_credit_in_force(c, granted) || follows_order(rec, granted))
		return rc;
	if (decided != GV_DAY_NONE && served != GV_DAY_NONE && granted != GV_DAY_NONE && decided <= granted && served > granted)
		return gv_finding(c, GV_VIOLATION, NULL, _("grace was granted on %s, before the decision was served on %s"), gv_credit_date(granted).s, gv_credit_date(served).s);
	if (decided != GV_DAY_NONE && served == GV_DAY_NONE && granted != GV_DAY_NONE && decided <= granted)
		return gv_finding(c, GV_VIOLATION, NULL, _("grace was granted on %s, and the decision was never served (decision.served_on)"), gv_credit_date(granted).s);
	if (decided != GV_DAY_NONE && (granted == GV_DAY_NONE || decided <= granted))
		return 0;
	if (decided == GV_DAY_NONE && imposed != GV_DAY_NONE && imposed <= granted)
		return gv_finding(c, GV_VIOLATION, NULL, _("grace was granted on %s, and the restriction was imposed on %s: grace comes before it"), gv_credit_date(granted).s,
		                  gv_credit_date(imposed).s);
	if (decided == GV_DAY_NONE)
		decided = gv_credit_day(rec, "order.signed_on");
	if (decided == GV_DAY_NONE)
		return gv_finding(c, GV_VIOLATION, NULL, "%s", _("grace is recorded, and no decision: it follows one (decision.signed_on)"));
	return gv_finding(c, GV_VIOLATION, NULL, _("grace was granted on %s, before the decision of %s"), gv_credit_date(granted).s, gv_credit_date(decided).s);
}
