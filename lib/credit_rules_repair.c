/* SPDX-License-Identifier: MIT */
/* credit_rules_repair: repair, and the platforms that were told. */
#include "credit_partner.h"
#include "credit_rules_impl.h"

#include <string.h>

static bool is_granted(const struct gv_val *rec)
{
	return gv_credit_in_state(rec, "granted");
}

/*
 * What shows a condition: of R1 to R7 what shows those, of corrected conduct what early deletion asks for; the last three are
 * of local schemes alone.
 */
static const struct condition { const char *ground, *events; int removal; enum gv_level level; } conditions[] = {
	{ "performed", "perform", 1, GV_VIOLATION }, { "settlement-performed", "settlement-performed", 2, GV_VIOLATION },
	{ "creditor-consent", "creditor-consent", 3, GV_VIOLATION }, { "stay", "stay", 5, GV_VIOLATION },
	{ "not-enforced", "refuse-enforcement", 6, GV_VIOLATION }, { "terminated", "terminate", 7, GV_VIOLATION },
	{ "corrected", "correct-conduct", 0, GV_VIOLATION }, { "part-performed-and-plan", "perform-part", 0, GV_REVIEW },
	{ "public-interest", "creditor-consent", 0, GV_REVIEW }, { "force-majeure", "creditor-consent", 0, GV_REVIEW },
};

/* By the day of the decision, in the events of the entry. */
static int check_shown(struct gv_check *c, const struct gv_val *rec, const struct gv_val *entry)
{
	gv_day decided = gv_credit_day(rec, "decided_on"), by = decided == GV_DAY_NONE ? c->as_of : decided, day;
	const char *lacks = NULL;

	for (size_t i = 0; i < sizeof conditions / sizeof conditions[0]; i++) {
		const struct condition *k = &conditions[i];

		if (!gv_credit_is(rec, "ground", k->ground))
			continue;
		day = k->removal ? gv_credit_removal_ground(entry, k->removal, by, &lacks) : gv_credit_first(entry, k->events, gv_credit_begun(entry));
		if (day != GV_DAY_NONE && day <= by)
			return 0;
		if (lacks && strncmp(lacks, "event ", 6) != 0)
			return gv_finding(c, k->level, NULL, _("granted as %s, but %s is wanting in the entry"), k->ground, lacks);
		return gv_finding(c, k->level, NULL, _("granted as %s, and no event %s of the entry shows it by %s"), k->ground, k->events, gv_credit_date(by).s);
	}
	return 0;
}

int gv_credit_rule_condition(struct gv_check *c, const void *subject)
{
	static const char *const fields[] = { "ground", "evidence", NULL };
	const struct gv_credit_subject *s = subject;
	const struct gv_val *rec = s->rec->val;
	int rc;

	if (gv_credit_in_state(rec, "refused"))
		return gv_credit_text(rec, "refuse_reason").n ? 0 : gv_credit_missing(c, "refuse_reason");
	if (!is_granted(rec))
		return 0;
	rc = gv_credit_need(c, rec, fields);
	if (!rc && s->entry)
		rc = check_shown(c, rec, s->entry);
	if (rc || !s->entry || gv_credit_in_state(s->entry, "removed,revoked,none"))
		return rc;
	return gv_finding(c, GV_REVIEW, NULL, "%s", _("repair was granted, and the entry stands: of a court's list repair is the removal"));
}

/* Platforms delete within three working days of the proof. */
static int check_platform(struct gv_check *c, const struct gv_credit_subject *s, const struct gv_val *platform)
{
	struct gv_str name = gv_val_getstr(platform, "name");
	gv_day told = gv_credit_day(platform, "told_on"), deleted = gv_credit_day(platform, "deleted_on"), due;
	struct gv_err none;

	if (told == GV_DAY_NONE)
		return gv_finding(c, GV_REVIEW, NULL, _("%.*s: told_on missing"), (int)name.n, name.n ? name.p : "");
	if (gv_date_add(s->calendar, told, (struct gv_term){ 3, GV_UNIT_WORKDAY }, &due, &none))
		return gv_finding(c, GV_REVIEW, NULL, _("%.*s: no calendar for the last day to delete"), (int)name.n, name.n ? name.p : "");
	if (deleted != GV_DAY_NONE ? deleted <= due : c->as_of <= due)
		return 0;
	return gv_finding(c, GV_WARN, NULL, _("%.*s was told on %s, and had to delete by %s"), (int)name.n, name.n ? name.p : "", gv_credit_date(told).s, gv_credit_date(due).s);
}

int gv_credit_rule_proof(struct gv_check *c, const void *subject)
{
	static const char *const fields[] = { "proof_on", "proof_no", NULL };
	const struct gv_credit_subject *s = subject;
	const struct gv_val *rec = s->rec->val, *platforms = gv_val_items(rec, "platforms");
	int rc;

	if (!is_granted(rec) || !gv_credit_in_force(c, gv_credit_day(rec, "decided_on")))
		return 0;
	rc = gv_credit_need(c, rec, fields);
	for (uint32_t i = 0; i < platforms->n && !rc; i++)
		rc = check_platform(c, s, &platforms->items[i]);
	return rc;
}

/* Is it a promise of this debtor, made by then and kept so far? */
static int check_promise(struct gv_check *c, const struct gv_credit_subject *s)
{
	const struct gv_val *rec = s->rec->val, *promise = s->promise;
	gv_day decided = gv_credit_day(rec, "decided_on"), then = decided == GV_DAY_NONE ? c->as_of : decided;
	gv_day made = gv_credit_day(promise, "made_on"), broken = gv_credit_day(promise, "broken_on");

	if (!promise)
		return 0;
	if (!gv_str_eq(gv_val_getstr(promise, "debtor"), gv_val_getstr(rec, "debtor")))
		return gv_finding(c, GV_VIOLATION, NULL, "%s", _("the promise is another debtor's"));
	if (made != GV_DAY_NONE && made > then)
		return gv_finding(c, GV_VIOLATION, NULL, _("the promise was made on %s, after %s"), gv_credit_date(made).s, gv_credit_date(then).s);
	if (broken != GV_DAY_NONE && broken <= then)
		return gv_finding(c, GV_VIOLATION, NULL, _("the promise was broken on %s"), gv_credit_date(broken).s);
	return gv_val_is_false(promise, "public") ? gv_finding(c, GV_REVIEW, NULL, "%s", _("the promise is not public")) : 0;
}

int gv_credit_rule_public_data(struct gv_check *c, const void *subject)
{
	static const char *const fields[] = { "publicity_from", "promise", NULL };
	const struct gv_val *rec = gv_credit_of(subject);
	bool serious = gv_credit_is(rec, "severity", "serious");
	gv_day from = gv_credit_day(rec, "publicity_from"), applied = gv_credit_day(rec, "applied_on"), earliest;
	int rc;

	if (!gv_credit_text(rec, "severity").n || gv_credit_is(rec, "severity", "minor") || gv_credit_in_state(rec, "refused,withdrawn") || !gv_credit_in_force(c, applied))
		return 0;
	rc = gv_credit_need(c, rec, fields);
	if (!rc)
		rc = check_promise(c, subject);
	if (rc || from == GV_DAY_NONE || applied == GV_DAY_NONE)
		return rc;
	earliest = gv_day_add_months(from, serious ? 12 : 3);
	if (applied >= earliest)
		return 0;
	/* Who applies too early is refused; to grant it is the court's own breach, and another finding. */
	return gv_finding(c, GV_VIOLATION, NULL,
	                  is_granted(rec) ? _("granted, and applied for on %s: it is shown until %s at least")
	                                  : _("applied for on %s, and it is shown until %s at least"),
	                  gv_credit_date(applied).s, gv_credit_date(earliest).s);
}

/* ---- CR-33 ---- */

static int set_day(struct gv_check *c, struct gv_val *facts, const char *name, gv_day day)
{
	return day == GV_DAY_NONE ? 0 : gv_obj_set(&c->scratch, facts, gv_str_of(name), gv_mkstr(&c->scratch, gv_str_of(gv_credit_date(day).s)), c->err);
}

/* Of this listing, which ended: whoever confirmed its end need not have been told in writing. */
static int check_partner(struct gv_check *c, const struct gv_val *rec, uint32_t nth, struct gv_str platform)
{
	struct gv_credit_listing listing = gv_credit_listing(rec, nth);
	struct gv_credit_told told = { platform, "removed", nth, GV_DAY_NONE, c->as_of };
	struct gv_val facts = gv_mkobj();
	int rc;

	if (gv_credit_is_told(rec, "acknowledge", &told))
		return 0;
	rc = gv_obj_set(&c->scratch, &facts, GV_STR("platform"), gv_mkstr(&c->scratch, platform), c->err);
	if (!rc)
		rc = set_day(c, &facts, "published_on", listing.published);
	if (!rc)
		rc = set_day(c, &facts, "removed_on", listing.ended);
	if (rc)
		return rc;
	/* Before the rules of 2026 nothing says that partners must confirm; that a removal reached nobody is worth a look all the same. */
	return gv_finding(c, gv_credit_in_force(c, listing.ended) ? GV_WARN : GV_REVIEW, &facts,
	                  gv_credit_is_told(rec, "notify-platform", &told) ? _("%.*s was told that the listing of %s ended on %s, and has not confirmed it")
	                                                                   : _("%.*s was told of the listing of %s, and not that it ended on %s"),
	                  (int)platform.n, platform.n ? platform.p : "", gv_credit_date(listing.published).s, gv_credit_date(listing.ended).s);
}

static int check_partners(struct gv_check *c, const struct gv_val *rec, uint32_t nth)
{
	const struct gv_val *event;
	int rc = 0;

	for (uint32_t at = 0; !rc && (event = gv_credit_next_partner(rec, nth, c->as_of, &at));)
		rc = check_partner(c, rec, nth, gv_val_getstr(event, "platform"));
	return rc;
}

int gv_credit_rule_in_step(struct gv_check *c, const void *subject)
{
	const struct gv_val *rec = gv_credit_of(subject);
	int rc = 0;

	if (gv_credit_is_theirs(subject))
		return 0;
	for (uint32_t i = 0; i < gv_credit_listings(rec) && !rc; i++) {
		struct gv_credit_listing listing = gv_credit_listing(rec, i);

		if (!listing.stands && listing.ended <= c->as_of)
			rc = check_partners(c, rec, i);
	}
	return rc;
}
