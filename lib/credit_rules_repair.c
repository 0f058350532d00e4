/* SPDX-License-Identifier: MIT */
/* credit_rules_repair: repair, and the platforms that were told. */
#include "credit_rules_impl.h"

static bool is_granted(const struct gv_val *rec)
{
	return gv_credit_in_state(rec, "granted");
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

int gv_credit_rule_public_data(struct gv_check *c, const void *subject)
{
	static const char *const fields[] = { "publicity_from", "promise", NULL };
	const struct gv_val *rec = gv_credit_of(subject);
	bool serious = gv_credit_is(rec, "severity", "serious");
	gv_day from = gv_credit_day(rec, "publicity_from"), applied = gv_credit_day(rec, "applied_on"), earliest;

	if (!gv_credit_text(rec, "severity").n || gv_credit_is(rec, "severity", "minor") || gv_credit_in_state(rec, "refused,withdrawn") || !gv_credit_in_force(c, applied))
		return 0;
	if (from != GV_DAY_NONE && applied != GV_DAY_NONE) {
		earliest = gv_day_add_months(from, serious ? 12 : 3);
		if (applied < earliest)
			return gv_finding(c, GV_WARN, NULL, _("applied for on %s, and it is shown until %s at least"), gv_credit_date(applied).s, gv_credit_date(earliest).s);
	}
	return gv_credit_need(c, rec, fields);
}

/* ---- CR-33 ---- */

/* Did an event of that name tell the platform of the change, on or behind position `at`? */
static bool has(const struct gv_val *rec, const char *name, struct gv_str platform, const char *what)
{
	const struct gv_val *event;

	for (uint32_t at = 0; (event = gv_credit_next(rec, name, &at));)
		if (gv_str_eq(gv_val_getstr(event, "platform"), platform) && gv_str_is(gv_val_getstr(event, "what"), what))
			return true;
	return false;
}

int gv_credit_rule_in_step(struct gv_check *c, const void *subject)
{
	const struct gv_val *rec = gv_credit_of(subject), *event;
	gv_day removed = gv_credit_day(rec, "removal.on");
	int rc = 0;

	if (!gv_credit_in_state(rec, "removed,revoked") || !gv_credit_in_force(c, removed))
		return 0;
	for (uint32_t at = 0; !rc && (event = gv_credit_next(rec, "notify-platform", &at));) {
		struct gv_str platform = gv_val_getstr(event, "platform");

		if (!gv_str_is(gv_val_getstr(event, "what"), "added"))
			continue;
		if (!has(rec, "notify-platform", platform, "removed"))
			rc = gv_finding(c, GV_WARN, NULL, _("%.*s was told of the entry, and not of its end"), (int)platform.n, platform.n ? platform.p : "");
		else if (!has(rec, "acknowledge", platform, "removed"))
			rc = gv_finding(c, GV_WARN, NULL, _("%.*s was told of the end, and has not confirmed it"), (int)platform.n, platform.n ? platform.p : "");
	}
	return rc;
}
