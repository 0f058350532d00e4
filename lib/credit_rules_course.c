/* SPDX-License-Identifier: MIT */
/*
 * credit_rules_course: is what was done in the order in which it may be?  credit-repair refuses what is not; whatever else writes
 * events is found out here.
 */
#include "credit_rules_impl.h"

static const char *day_of(const struct gv_val *event)
{
	return gv_val_getstr(event, "on").p;
}

/* ---- CR-03: a term that runs is made longer, no other ---- */

int gv_credit_check_extensions(struct gv_check *c, const struct gv_val *rec)
{
	gv_day since = gv_credit_begun(rec), signed_on = gv_credit_day(rec, "decision.signed_on"), until = gv_credit_day(rec, "term.until");
	gv_day end = until == GV_DAY_NONE ? gv_credit_term_stated(rec) : until;
	const struct gv_val *event;
	int64_t years;

	for (uint32_t at = 0; (event = gv_credit_next(rec, "extend", &at));) {
		gv_day on = gv_credit_event_day(event);

		if (on < since || on < signed_on || !gv_val_getint(event, "years", &years) || years < 1 || years > 10)
			continue;
		if (!gv_credit_has_term(rec))
			return gv_finding(c, GV_VIOLATION, NULL, _("extended on %s: ground G1 has no term"), gv_credit_date(on).s);
		if (end != GV_DAY_NONE && on > end)
			return gv_finding(c, GV_VIOLATION, NULL, _("extended on %s, and the term had ended on %s"), gv_credit_date(on).s, gv_credit_date(end).s);
		end = end == GV_DAY_NONE ? end : gv_day_add_months(end, (int)(12 * years));
	}
	return 0;
}

/* ---- CR-07: whose decision, and which is served ---- */

#define ACTS "qualify,decide,serve,grace,clear,publish,restrict,lift,lift-temporarily,restore,remove,delete-early,expire,revoke,correct"

int gv_credit_check_own(struct gv_check *c, const struct gv_val *rec)
{
	struct gv_str court = gv_credit_text(rec, "source.court");
	uint32_t at = 0;
	const struct gv_val *event = gv_credit_next(rec, ACTS, &at);
	struct gv_str name = gv_val_getstr(event, "event");

	return event ? gv_finding(c, GV_REVIEW, NULL, _("%.*s on %.10s, and %.*s alone decides on its entry"), (int)name.n, name.p, day_of(event), (int)court.n,
	                          court.n ? court.p : "") : 0;
}

int gv_credit_check_served(struct gv_check *c, const struct gv_val *rec)
{
	gv_day decided = gv_credit_day(rec, "decision.signed_on"), first = gv_credit_first(rec, "decide", GV_DAY_NONE), served = gv_credit_first(rec, "serve", GV_DAY_NONE);

	if (first == GV_DAY_NONE || (decided != GV_DAY_NONE && decided < first))
		first = decided;
	if (served == GV_DAY_NONE || (first != GV_DAY_NONE && first <= served))
		return 0;
	return gv_finding(c, GV_REVIEW, NULL, _("served on %s, and nothing was decided by then"), gv_credit_date(served).s);
}

/* ---- CR-11, CR-12: what has its end there already is not published ---- */

int gv_credit_check_published(struct gv_check *c, const struct gv_val *rec)
{
	gv_day published = gv_credit_day(rec, "published_on");

	/* What was performed is CR-01's to say; and the creditor's wish ends no entry with a term. */
	for (int i = gv_credit_has_term(rec) ? 4 : 3; published != GV_DAY_NONE && i <= GV_CREDIT_REMOVALS; i++) {
		const char *lacks;
		gv_day since = gv_credit_removal_ground(rec, i, published - 1, &lacks);

		if (since != GV_DAY_NONE && gv_credit_in_force(c, published))
			return gv_finding(c, GV_VIOLATION, NULL, _("published on %s, and R%d was there since %s"), gv_credit_date(published).s, i, gv_credit_date(since).s);
	}
	return 0;
}

/* ---- CR-14, CR-15 ---- */

static bool was_published_by(const struct gv_val *rec, gv_day day)
{
	const struct gv_val *earlier = gv_val_items(rec, "earlier");
	gv_day first = gv_credit_first(rec, "publish", GV_DAY_NONE), published = gv_credit_day(rec, "published_on");

	if ((first != GV_DAY_NONE && first <= day) || (published != GV_DAY_NONE && published <= day))
		return true;
	for (uint32_t i = 0; i < earlier->n; i++)
		if (gv_credit_day(&earlier->items[i], "published_on") <= day)
			return true;
	return false;
}

int gv_credit_check_mended(struct gv_check *c, const struct gv_val *rec)
{
	gv_day revoked = gv_credit_day(rec, "removal.on");
	const struct gv_val *event;
	int rc = 0;

	if (gv_credit_is(rec, "removal.reason", "RV") && gv_credit_in_force(c, revoked) && !gv_credit_found_wrong(rec, "listing", revoked == GV_DAY_NONE ? c->as_of : revoked))
		rc = gv_finding(c, GV_REVIEW, NULL, "%s", _("revoked, and no event find-wrong and no granted request shows that it was wrong"));
	for (uint32_t at = 0; !rc && (event = gv_credit_next(rec, "correct", &at));)
		if (!was_published_by(rec, gv_credit_event_day(event)))
			return gv_finding(c, GV_REVIEW, NULL, _("corrected on %.10s, and nothing was published by then"), day_of(event));
	return rc;
}

static size_t count(const struct gv_val *rec, const char *name, const char *result, gv_day until)
{
	const struct gv_val *event;
	size_t n = 0;

	for (uint32_t at = 0; (event = gv_credit_next(rec, name, &at));)
		n += gv_credit_event_day(event) <= until && (!result || gv_str_is(gv_val_getstr(event, "result"), result));
	return n;
}

/* Each answers one that was there by then. */
static int check_answers(struct gv_check *c, const struct gv_val *rec, const char *name, const char *to, const char *result)
{
	const struct gv_val *event;

	for (uint32_t at = 0; (event = gv_credit_next(rec, name, &at));) {
		gv_day on = gv_credit_event_day(event);

		if (count(rec, name, NULL, on) > count(rec, to, result, on))
			return gv_finding(c, GV_REVIEW, NULL, _("%s on %s without %s%s before it"), name, gv_credit_date(on).s, result ? _("a refused ") : "", to);
	}
	return 0;
}

int gv_credit_check_requests(struct gv_check *c, const struct gv_val *rec)
{
	gv_day asked = gv_credit_first(rec, "object", GV_DAY_NONE), restricted = gv_credit_first(rec, "restrict", GV_DAY_NONE);
	int rc = check_answers(c, rec, "answer", "object", NULL);

	if (!rc)
		rc = check_answers(c, rec, "appeal", "answer", "refused");
	if (!rc)
		rc = check_answers(c, rec, "decide-appeal", "appeal", NULL);
	if (rc || asked == GV_DAY_NONE || was_published_by(rec, asked) || (restricted != GV_DAY_NONE && restricted <= asked))
		return rc;
	if (gv_credit_was_published(rec) || !gv_credit_is(rec, "restriction", "none")) /* on a day that is not known */
		return 0;
	return gv_finding(c, GV_REVIEW, NULL, _("object on %s, and nothing was published or restricted by then"), gv_credit_date(asked).s);
}

/* ---- CR-25: the restriction moves by its own acts alone ---- */

int gv_credit_check_moves(struct gv_check *c, const struct gv_val *rec)
{
	static const struct { const char *event, *from, *to; } moves[] = {
		{ "restrict", "none,lifted", "ordered" }, { "lift", "ordered,lifted-temporarily", "lifted" },
		{ "lift-temporarily", "ordered", "lifted-temporarily" }, { "restore", "lifted-temporarily", "ordered" },
	};
	struct gv_str now = gv_val_getstr(rec, "restriction");
	const struct gv_val *event;
	const char *at_last = NULL; /* what an entry that came from elsewhere begins with is not known */

	for (uint32_t at = 0; (event = gv_credit_next(rec, "restrict,lift,lift-temporarily,restore", &at));)
		for (size_t i = 0; i < sizeof moves / sizeof moves[0]; i++) {
			if (!gv_str_is(gv_val_getstr(event, "event"), moves[i].event))
				continue;
			if (at_last && !gv_rule_listed(gv_str_of(moves[i].from), gv_str_of(at_last)))
				return gv_finding(c, GV_REVIEW, NULL, _("%s on %.10s, where the restriction was %s"), moves[i].event, day_of(event), at_last);
			at_last = moves[i].to;
		}
	if (!at_last || !now.n || gv_str_is(now, at_last))
		return 0;
	return gv_finding(c, GV_REVIEW, NULL, _("the restriction is %.*s, and its events lead to %s"), (int)now.n, now.p, at_last);
}

/* ---- CR-27: what was decided ends without a publication by a ground of its own ---- */

int gv_credit_check_cleared(struct gv_check *c, const struct gv_val *rec)
{
	const struct gv_val *event;
	gv_day on = GV_DAY_NONE;
	int number;

	for (uint32_t at = 0; (event = gv_credit_next(rec, "clear", &at));)
		on = gv_credit_event_day(event);
	if (on == GV_DAY_NONE || !gv_credit_in_state(rec, "none") || !gv_val_path(rec, GV_STR("decision.signed_on")) || !gv_credit_in_force(c, on) ||
	    gv_credit_removal_first(rec, on, &number) != GV_DAY_NONE || gv_credit_first(rec, "creditor-consent", gv_credit_begun(rec)) != GV_DAY_NONE)
		return 0;
	return gv_finding(c, GV_VIOLATION, NULL, _("cleared on %s, and no event shows that it is performed or agreed to"), gv_credit_date(on).s);
}
