/* SPDX-License-Identifier: MIT */
/* credit_rules_end: removal, relisting, corrections. */
#include "credit_rules_impl.h"

enum { RELIST_MONTHS = 6 };

static gv_day removed_on(const struct gv_val *rec)
{
	return gv_credit_day(rec, "removal.on");
}

/* The reason that stands there, against what had happened by then: a lead that comes later makes no removal wrong. */
static int check_reason(struct gv_check *c, const struct gv_val *rec, int number)
{
	gv_day on = removed_on(rec), later;
	const char *lacks, *then;

	if (gv_credit_removal_ground(rec, number, on == GV_DAY_NONE ? c->as_of : on, &lacks) != GV_DAY_NONE)
		return 0;
	later = gv_credit_removal_ground(rec, number, c->as_of, &then);
	if (later != GV_DAY_NONE)
		return gv_finding(c, GV_VIOLATION, NULL, _("removed on %s by R%d, which was there on %s only"), gv_credit_date(on).s, number, gv_credit_date(later).s);
	if (lacks)
		return gv_finding(c, GV_VIOLATION, NULL, _("removed by R%d, but its conditions are not met: %s is wanting"), number, lacks);
	return gv_credit_day(rec, "removal.event_on") == GV_DAY_NONE ? gv_finding(c, GV_REVIEW, NULL, _("removed by R%d, and no event shows it"), number) : 0;
}

int gv_credit_rule_removed(struct gv_check *c, const void *subject)
{
	const struct gv_val *rec = gv_credit_of(subject);
	int number = gv_credit_removal_number(rec), rc = 0;

	if (gv_credit_has_term(rec) || (removed_on(rec) != GV_DAY_NONE && removed_on(rec) > c->as_of))
		return 0;
	if (gv_credit_is_theirs(subject))
		return gv_credit_late(c, subject, "removal", GV_WARN);
	rc = gv_credit_check_published(c, rec);
	if (rc)
		return rc;
	if (gv_credit_is(rec, "removal.reason", "RT") && !gv_credit_text(rec, "ground").n)
		return gv_credit_missing(c, "ground");
	if (gv_credit_in_state(rec, "removed") && gv_credit_is(rec, "ground", "G1") && !number && !gv_credit_is(rec, "removal.reason", "RV") &&
	    gv_credit_in_force(c, removed_on(rec)))
		rc = gv_credit_text(rec, "removal.reason").n ? gv_finding(c, GV_VIOLATION, NULL, "%s", _("ground G1 has no term: it does not expire, and is removed by R1 to R7 alone"))
		                                             : gv_credit_missing(c, "removal.reason");
	if (!rc && number && gv_credit_in_force(c, removed_on(rec)))
		rc = check_reason(c, rec, number);
	return rc ? rc : gv_credit_late(c, subject, "removal", GV_VIOLATION);
}

/* ---- CR-12 ---- */

static int check_early(struct gv_check *c, const struct gv_val *rec)
{
	static const char *const fields[] = { "removal.because", NULL };
	gv_day decided = gv_credit_day(rec, "removal.decided_on"), on = removed_on(rec);
	struct gv_str because = gv_credit_text(rec, "removal.because");

	if (decided == GV_DAY_NONE)
		return gv_finding(c, GV_VIOLATION, NULL, "%s", _("deleted early, and no decision says so (removal.decided_on)"));
	if (on != GV_DAY_NONE && decided > on)
		return gv_finding(c, GV_VIOLATION, NULL, _("deleted early on %s, and decided on %s only"), gv_credit_date(on).s, gv_credit_date(decided).s);
	if (!because.n || gv_credit_early_shown(rec, on == GV_DAY_NONE ? c->as_of : on))
		return gv_credit_need(c, rec, fields);
	return gv_finding(c, GV_REVIEW, NULL, _("deleted early as %.*s, and no event shows it"), (int)because.n, because.p);
}

static int check_removal_of_term(struct gv_check *c, const void *subject)
{
	const struct gv_val *rec = gv_credit_of(subject);
	struct gv_str reason = gv_credit_text(rec, "removal.reason");
	gv_day end = gv_credit_term_end(rec), on = removed_on(rec);

	if (gv_credit_removal_number(rec))
		return gv_finding(c, GV_VIOLATION, NULL, _("%.*s does not end an entry with a term (to %s): it needs a decision to delete it early"), (int)reason.n, reason.p,
		                  gv_credit_date(end).s);
	if (gv_str_is(reason, "RE"))
		return check_early(c, rec);
	if (!reason.n)
		return gv_credit_missing(c, "removal.reason");
	if (!gv_str_is(reason, "RT"))
		return 0;
	if (end == GV_DAY_NONE)
		return gv_credit_missing(c, "term.until");
	if (on == GV_DAY_NONE || on > end)
		return gv_credit_late(c, subject, "term-removal", GV_VIOLATION);
	return gv_finding(c, GV_VIOLATION, NULL, _("removed on %s as if the term had ended: it ends on %s"), gv_credit_date(on).s, gv_credit_date(end).s);
}

int gv_credit_rule_term_removed(struct gv_check *c, const void *subject)
{
	const struct gv_val *rec = gv_credit_of(subject);
	int number, rc;
	gv_day day;

	if (!gv_credit_has_term(rec))
		return 0;
	rc = gv_credit_is_theirs(subject) ? 0 : gv_credit_check_published(c, rec);
	if (rc)
		return rc;
	if (gv_credit_in_state(rec, "removed"))
		return gv_credit_in_force(c, removed_on(rec)) && !gv_credit_is_theirs(subject) && removed_on(rec) <= c->as_of ? check_removal_of_term(c, subject) : 0;
	day = gv_credit_removal_first(rec, c->as_of, &number);
	if (gv_credit_in_state(rec, "listed") && number && gv_credit_term_end(rec) >= c->as_of)
		return gv_finding(c, GV_INFO, NULL, _("R%d since %s does not end an entry with a term: consider to delete it early"), number, gv_credit_date(day).s);
	/* What another court does not remove is not our violation, but it is shared no longer (CR-33): ask for its list. */
	return gv_credit_late(c, subject, "term-removal", gv_credit_is_theirs(subject) ? GV_WARN : GV_VIOLATION);
}

/* ---- CR-13 ---- */

/* The day of the last removal by R3: of this listing, or of one before it. */
static gv_day removed_at_wish(const struct gv_val *rec)
{
	const struct gv_val *earlier = gv_val_items(rec, "earlier");

	if (gv_credit_is(rec, "removal.reason", "R3"))
		return removed_on(rec);
	for (uint32_t i = earlier->n; i-- > 0;)
		if (gv_str_is(gv_val_getstr(&earlier->items[i], "reason"), "R3"))
			return gv_credit_day(&earlier->items[i], "on");
	return GV_DAY_NONE;
}

static int check_request(struct gv_check *c, gv_day day, gv_day removed, gv_day free_on)
{
	if (day == GV_DAY_NONE || day < removed || day >= free_on)
		return 0;
	return gv_finding(c, GV_WARN, NULL, _("the creditor asks on %s to list again, and it was removed on %s at its wish (R3): refuse; from %s on it may"),
	                  gv_credit_date(day).s, gv_credit_date(removed).s, gv_credit_date(free_on).s);
}

int gv_credit_rule_relisted(struct gv_check *c, const void *subject)
{
	const struct gv_val *rec = gv_credit_of(subject), *event;
	gv_day removed = removed_at_wish(rec), decided = gv_credit_day(rec, "decision.signed_on"), free_on;
	int rc = 0;

	if (removed == GV_DAY_NONE || !gv_credit_in_force(c, removed))
		return 0;
	free_on = gv_day_add_months(removed, RELIST_MONTHS);
	if (gv_credit_is(rec, "request.by", "creditor"))
		rc = check_request(c, gv_credit_day(rec, "request.on"), removed, free_on);
	else if (decided != GV_DAY_NONE && decided >= removed && decided < free_on && !gv_credit_text(rec, "request.by").n &&
	         gv_credit_first(rec, "request", removed) == GV_DAY_NONE)
		rc = gv_finding(c, GV_REVIEW, NULL, _("listed again on %s, removed at the creditor's wish on %s (R3): who asked? (request.by)"), gv_credit_date(decided).s,
		                gv_credit_date(removed).s);
	for (uint32_t at = 0; !rc && (event = gv_credit_next(rec, "request", &at));) {
		if (!gv_str_is(gv_val_getstr(event, "who"), "ex-officio") && !gv_str_is(gv_val_getstr(event, "by"), "ex-officio"))
			rc = check_request(c, gv_credit_event_day(event), removed, free_on);
	}
	return rc;
}

/* ---- CR-14 to CR-17 ---- */

int gv_credit_rule_mended(struct gv_check *c, const void *subject)
{
	int rc = gv_credit_is_theirs(subject) ? 0 : gv_credit_check_mended(c, gv_credit_of(subject));

	return rc ? rc : gv_credit_late(c, subject, "revocation,correction", GV_WARN);
}

int gv_credit_rule_objected(struct gv_check *c, const void *subject)
{
	int rc = gv_credit_is_theirs(subject) ? 0 : gv_credit_check_requests(c, gv_credit_of(subject));

	/* That nobody appealed is nobody's fault; that it was taken up though it came late is for a person to look at. */
	if (!rc)
		rc = gv_credit_done_late(c, subject, "appeal", GV_REVIEW);
	return rc ? rc : gv_credit_late(c, subject, "objection,objection-mend,appeal-decision", GV_VIOLATION);
}

int gv_credit_rule_partial(struct gv_check *c, const void *subject)
{
	const struct gv_val *rec = gv_credit_of(subject);
	gv_day part = gv_credit_first(rec, "perform-part", GV_DAY_NONE);

	if (!gv_credit_is(rec, "removal.reason", "R1") || !gv_credit_in_force(c, removed_on(rec)) || part == GV_DAY_NONE ||
	    gv_credit_first(rec, "perform", GV_DAY_NONE) != GV_DAY_NONE)
		return 0;
	return gv_finding(c, GV_VIOLATION, NULL, _("removed by R1, but on %s only a part was performed: that can support R3, a settlement or an early deletion"),
	                  gv_credit_date(part).s);
}

int gv_credit_rule_compensation(struct gv_check *c, const void *subject)
{
	const struct gv_val *rec = gv_credit_of(subject);

	if (gv_credit_is_theirs(subject) || (!gv_credit_in_state(rec, "revoked") && !gv_credit_is(rec, "removal.reason", "RV")))
		return 0;
	return gv_finding(c, GV_INFO, NULL, "%s", _("listed wrongly: that can found state compensation"));
}
