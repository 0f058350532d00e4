/* SPDX-License-Identifier: MIT */
/* seizure_rules_exempt: what may not be seized, or only held: SZ-21 to SZ-33, and what ranks before, SZ-34. */
#include "seizure_rules_impl.h"

static bool is_account(const struct gv_holding *h, const char *word)
{
	return gv_str_is(gv_val_getstr(h->asset, "account"), word);
}

/* What worth.h says: barred by that rule, and nothing lifts the bar. */
static bool is_barred(const struct gv_holding *h, const char *rule)
{
	return h->worth.use != GV_USE_PAY && !strcmp(h->worth.use_rule, rule);
}

static int tell_barred(struct gv_check *c, const struct gv_holding *h, enum gv_level level, struct gv_str what)
{
	return gv_finding(c, level, NULL, _("%.*s must not be seized (%.*s)"), GV_TEXT(h->asset_id), GV_TEXT(what));
}

/* It is seized still, or it was taken while it was. */
static bool is_matter(const struct gv_holding *h)
{
	uint32_t at = 0;

	return !gv_seizure_ended(h) || gv_seizure_event(h, gv_seizure_takings, &at);
}

/* Each event that takes it, or prepares to. */
static int tell_events(struct gv_check *c, const struct gv_holding *h, enum gv_level level, const char *const names[])
{
	const struct gv_val *event;
	uint32_t at = 0;
	int rc = 0;

	while (!rc && (event = gv_seizure_event(h, names, &at))) {
		struct gv_str on = gv_val_getstr(event, "on"), name = gv_val_getstr(event, "event");

		rc = gv_finding(c, level, NULL, _("%.*s may be held, but not taken: %.*s on %.*s"), GV_TEXT(h->asset_id), GV_TEXT(name), GV_TEXT(on));
	}
	return rc;
}

/* The sum of a field over events of that name; *lacking: one of them has it not. */
static int64_t sum_of(const struct gv_holding *h, const char *name, const char *field, bool *lacking)
{
	const char *const names[] = { name, NULL };
	const struct gv_val *event;
	uint32_t at = 0;
	int64_t sum = 0;

	*lacking = false;
	while ((event = gv_seizure_event(h, names, &at))) {
		int64_t fen;

		if (!gv_val_getint(event, field, &fen) || fen < 0)
			*lacking = true;
		else if (sum <= GV_FEN_MAX - fen)
			sum += fen;
	}
	return sum;
}

/* ---- SZ-21: the list of what a debtor needs ---- */

static int exempt(struct gv_check *c, const void *subject, const struct gv_holding *h)
{
	(void)subject;
	return is_barred(h, "SZ-21") && is_matter(h) ? tell_barred(c, h, GV_VIOLATION, gv_val_getstr(h->asset, "exempt")) : 0;
}

int gv_seizure_rule_exempt(struct gv_check *c, const void *subject)
{
	return gv_seizure_each_ever(c, subject, exempt);
}

/* ---- SZ-22: income ---- */

static int income(struct gv_check *c, const void *subject, const struct gv_holding *h)
{
	static const char *const fields[] = { "kept_fen", "living_fen", NULL };
	char kept[GV_YUAN], need[GV_YUAN];
	int64_t left, living, all;

	(void)subject;
	if (!gv_str_is(gv_val_getstr(h->asset, "type"), "income"))
		return 0;
	if (gv_val_getint(h->asset, "kept_fen", &left) && !left && !gv_val_get(h->asset, "living_fen"))
		return gv_finding(c, GV_VIOLATION, NULL, _("%.*s: nothing is left to live on (kept_fen 0)"), GV_TEXT(h->asset_id));
	if (!gv_val_getint(h->asset, "kept_fen", &left) || !gv_val_getint(h->asset, "living_fen", &living))
		return gv_seizure_need(c, h, h->asset, fields);
	if (gv_val_getint(h->asset, "income_fen", &all) && all < living)
		living = all;
	return left >= living ? 0 : gv_finding(c, GV_VIOLATION, NULL, _("%.*s: %s a month is left to live on, and %s is necessary"), GV_TEXT(h->asset_id), gv_yuan(left, kept), gv_yuan(living, need));
}

int gv_seizure_rule_income(struct gv_check *c, const void *subject)
{
	return gv_seizure_each(c, subject, income);
}

/* ---- SZ-23, SZ-24: the home ---- */

static int dwelling(struct gv_check *c, const void *subject, const struct gv_holding *h)
{
	(void)subject;
	return is_barred(h, "SZ-23") ? tell_events(c, h, GV_VIOLATION, gv_seizure_disposals) : 0;
}

int gv_seizure_rule_dwelling(struct gv_check *c, const void *subject)
{
	return gv_seizure_each_ever(c, subject, dwelling);
}

enum { RENT_LEAST = 5, RENT_MOST = 8, GRACE_MONTHS = 3 };

static int check_rent(struct gv_check *c, const struct gv_holding *h)
{
	int64_t years;

	if (!gv_val_getint(h->asset, "rent_years", &years))
		return gv_seizure_missing(c, h, "rent_years");
	if (years >= RENT_LEAST && years <= RENT_MOST)
		return 0;
	return gv_finding(c, GV_VIOLATION, NULL, _("%.*s: %lld years of rent are deducted; the law says 5 to 8"), GV_TEXT(h->asset_id), (long long)years);
}

/* A house that is itself to be delivered: not before three months from the service of the notice to perform. */
static int check_grace(struct gv_check *c, const struct gv_estate *e, const struct gv_holding *h, const struct gv_calendar *calendar)
{
	struct gv_moment out, notice;
	char until[GV_DATE_LEN + 1];
	gv_day due, nominal;
	bool known;
	int rc = gv_seizure_moment(c, h->asset, "evicted_on", &out);

	if (!rc)
		rc = gv_seizure_moment(c, e->claim.val, "notice_served_on", &notice);
	if (rc)
		return rc;
	if (notice.day == GV_DAY_NONE)
		return gv_seizure_missing(c, h, "claim.notice_served_on");
	if (out.day == GV_DAY_NONE)
		return 0;
	rc = gv_date_period(calendar, notice.day, (struct gv_term){ GRACE_MONTHS, GV_UNIT_MONTH }, &due, &nominal, &known, c->err);
	if (rc || out.day > due)
		return rc;
	gv_day_format(due, until);
	return gv_finding(c, GV_VIOLATION, NULL, _("%.*s: the grace of three months runs until %s, and the house was cleared before"), GV_TEXT(h->asset_id), until);
}

static int dwelling_sale(struct gv_check *c, const void *subject, const struct gv_holding *h)
{
	const struct gv_seizure_subject *s = subject;
	int rc = 0;

	if (!gv_val_is_true(h->asset, "dwelling"))
		return 0;
	if (gv_str_is(gv_val_getstr(h->asset, "dwelling_sale"), "rent-deducted"))
		rc = check_rent(c, h);
	if (!rc && gv_val_is_true(h->asset, "to_deliver"))
		rc = check_grace(c, s->estate, h, s->calendar);
	return rc;
}

int gv_seizure_rule_dwelling_sale(struct gv_check *c, const void *subject)
{
	return gv_seizure_each_ever(c, subject, dwelling_sale);
}

/* ---- SZ-25: wages of workers ---- */

/* While the agency's objection is examined nothing may be done: neither frozen, nor renewed, nor taken. */
static int check_agency(struct gv_check *c, const struct gv_holding *h)
{
	static const char *const deeds[] = { "renew", "transfer", "dispose", "dispose-part", NULL };
	struct gv_moment from, until, act;
	const struct gv_val *event = h->seizure;
	uint32_t at = 0;
	int rc = gv_seizure_moment(c, h->asset, "agency_objected_on", &from);

	if (!rc)
		rc = gv_seizure_moment(c, h->asset, "agency_decided_on", &until);
	for (; !rc && from.day != GV_DAY_NONE && event; event = gv_seizure_event(h, deeds, &at)) {
		const char *field = event == h->seizure ? "served_at" : "on";
		struct gv_str on = gv_val_getstr(event, field);

		rc = gv_seizure_moment(c, event, field, &act);
		if (!rc && act.day != GV_DAY_NONE && act.day >= from.day && (until.day == GV_DAY_NONE || act.day < until.day))
			rc = gv_finding(c, GV_WARN, NULL, _("%.*s: a measure was taken on %.*s, while the agency's objection was examined"), GV_TEXT(h->asset_id), GV_TEXT(on));
	}
	return rc;
}

static int wages(struct gv_check *c, const void *subject, const struct gv_holding *h)
{
	const struct gv_estate *e = gv_estate_of(subject);
	const struct gv_val *claim = e->claim.val;
	struct gv_str nature = gv_val_getstr(claim, "nature"), project = gv_val_getstr(h->asset, "project"), of_claim = gv_val_getstr(claim, "project");
	int rc;

	if (!is_account(h, "wages") && !is_account(h, "wage-deposit"))
		return 0;
	rc = check_agency(c, h);
	if (rc || !is_matter(h) || !is_barred(h, "SZ-25"))
		return rc;
	if (!nature.n)
		return gv_seizure_missing(c, h, "claim.nature");
	if (!gv_str_is(nature, "wages"))
		return gv_finding(c, GV_VIOLATION, NULL, _("%.*s is kept for wages of workers, and the claim is not for wages (%.*s)"), GV_TEXT(h->asset_id), GV_TEXT(nature));
	if (!project.n || !of_claim.n)
		return gv_seizure_missing(c, h, project.n ? "claim.project" : "project");
	return gv_finding(c, GV_VIOLATION, NULL, _("%.*s is kept for wages of workers of %.*s, and the claim is of %.*s"), GV_TEXT(h->asset_id), GV_TEXT(project), GV_TEXT(of_claim));
}

int gv_seizure_rule_wages(struct gv_check *c, const void *subject)
{
	return gv_seizure_each_ever(c, subject, wages);
}

/* ---- SZ-27: money of buyers for a building ---- */

/* Taken before the first registration; after it the supervision is over. */
static int64_t taken_before(struct gv_check *c, const struct gv_holding *h, struct gv_moment registered, bool *lacking, int *rc)
{
	static const char *const names[] = { "transfer", NULL };
	const struct gv_val *event;
	uint32_t at = 0;
	int64_t sum = 0;

	*lacking = false;
	while (!*rc && (event = gv_seizure_event(h, names, &at))) {
		struct gv_moment on;
		int64_t fen;

		*rc = gv_seizure_moment(c, event, "on", &on);
		if (on.day != GV_DAY_NONE && (!gv_rule_in_force(c->rule, on.day) || (registered.day != GV_DAY_NONE && on.day >= registered.day)))
			continue;
		if (!gv_val_getint(event, "fen", &fen) || fen < 0)
			*lacking = true;
		else if (sum <= GV_FEN_MAX - fen)
			sum += fen;
	}
	return sum;
}

/* Claims of the very building may be paid from it: are they? */
static const char *unknown_claim(const struct gv_estate *e, const struct gv_holding *h)
{
	struct gv_str nature = gv_val_getstr(e->claim.val, "nature");

	if (!nature.n)
		return "claim.nature";
	if (!gv_str_is(nature, "progress") && !gv_str_is(nature, "material") && !gv_str_is(nature, "equipment"))
		return NULL;
	return !gv_val_getstr(h->asset, "project").n ? "project" : !gv_val_getstr(e->claim.val, "project").n ? "claim.project" : NULL;
}

static int check_quota(struct gv_check *c, const struct gv_estate *e, const struct gv_holding *h)
{
	static const char *const fields[] = { "balance_fen", "quota_fen", NULL };
	char quota_text[GV_YUAN], left[GV_YUAN];
	struct gv_moment registered;
	int64_t balance, quota, taken;
	bool lacking;
	int rc = gv_seizure_moment(c, h->asset, "first_registered_on", &registered);

	taken = taken_before(c, h, registered, &lacking, &rc);
	if (rc || (!taken && !lacking))
		return rc;
	if (lacking)
		return gv_seizure_missing(c, h, "events.fen");
	if (unknown_claim(e, h))
		return gv_seizure_missing(c, h, unknown_claim(e, h));
	if (!gv_val_getint(h->asset, "balance_fen", &balance) || !gv_val_getint(h->asset, "quota_fen", &quota))
		return gv_seizure_need(c, h, h->asset, fields);
	if (balance - taken >= quota)
		return 0;
	return gv_finding(c, GV_WARN, NULL, _("%.*s: money within the supervised quota was taken before the first registration: %s left, the quota is %s"), GV_TEXT(h->asset_id),
	                  gv_yuan(balance > taken ? balance - taken : 0, left), gv_yuan(quota, quota_text));
}

static int presale(struct gv_check *c, const void *subject, const struct gv_holding *h)
{
	const struct gv_estate *e = gv_estate_of(subject);
	int rc = 0;

	if (!is_account(h, "presale"))
		return 0;
	if (!gv_seizure_ended(h) && !gv_seizure_is_of_old(c, h) && !gv_val_getstr(h->seizure, "authority_told_on").n)
		rc = gv_finding(c, GV_WARN, NULL, _("%.*s: that the housing authority was told is not recorded (authority_told_on)"), GV_TEXT(h->asset_id));
	return rc || !is_barred(h, "SZ-27") ? rc : check_quota(c, e, h);
}

int gv_seizure_rule_presale(struct gv_check *c, const void *subject)
{
	return gv_seizure_each_ever(c, subject, presale);
}

/* ---- SZ-28, SZ-29, SZ-32: may be held, not taken ---- */

/* What the bank has paid abroad is to be released at once when it applies. */
static int check_paid(struct gv_check *c, const struct gv_holding *h)
{
	int64_t paid, frozen, released;
	char text[GV_YUAN];
	bool lacking;

	if (!gv_val_getint(h->asset, "bank_paid_fen", &paid) || paid < 1)
		return 0;
	if (gv_val_getint(h->seizure, "sum_fen", &frozen) && frozen < paid)
		paid = frozen;
	released = sum_of(h, "release-part", "sum_fen", &lacking);
	if (lacking)
		return gv_seizure_missing(c, h, "events.sum_fen");
	if (released >= paid)
		return 0;
	if (!gv_val_getstr(h->asset, "bank_applied_on").n)
		return gv_seizure_missing(c, h, "bank_applied_on");
	return gv_finding(c, GV_VIOLATION, NULL, _("%.*s: the bank has paid and applied: %s must be released at once"), GV_TEXT(h->asset_id), gv_yuan(paid - released, text));
}

static int credit(struct gv_check *c, const void *subject, const struct gv_holding *h)
{
	int rc = is_barred(h, "SZ-28") ? tell_events(c, h, GV_VIOLATION, gv_seizure_takings) : 0;

	(void)subject;
	return rc || gv_seizure_ended(h) || !is_barred(h, "SZ-28") ? rc : check_paid(c, h);
}

int gv_seizure_rule_credit(struct gv_check *c, const void *subject)
{
	return gv_seizure_each_ever(c, subject, credit);
}

static int acceptance(struct gv_check *c, const void *subject, const struct gv_holding *h)
{
	(void)subject;
	return is_barred(h, "SZ-29") ? tell_events(c, h, GV_WARN, gv_seizure_takings) : 0;
}

int gv_seizure_rule_acceptance(struct gv_check *c, const void *subject)
{
	return gv_seizure_each_ever(c, subject, acceptance);
}

static int provident(struct gv_check *c, const void *subject, const struct gv_holding *h)
{
	uint32_t at = 0;

	(void)subject;
	if (!is_barred(h, "SZ-32"))
		return 0;
	if (!gv_val_get(h->asset, "withdrawable") && gv_seizure_event(h, gv_seizure_takings, &at))
		return gv_seizure_missing(c, h, "withdrawable");
	return tell_events(c, h, GV_WARN, gv_seizure_takings);
}

int gv_seizure_rule_provident(struct gv_check *c, const void *subject)
{
	return gv_seizure_each_ever(c, subject, provident);
}

/* ---- SZ-26, SZ-30, SZ-31, SZ-33: may not be seized ---- */

static int account(struct gv_check *c, const struct gv_holding *h, const char *rule, enum gv_level level)
{
	struct gv_str what = gv_val_getstr(h->asset, "account");

	return is_barred(h, rule) && is_matter(h) ? tell_barred(c, h, level, what) : 0;
}

static int insurance(struct gv_check *c, const void *subject, const struct gv_holding *h)
{
	(void)subject;
	return account(c, h, "SZ-26", GV_WARN);
}

int gv_seizure_rule_insurance(struct gv_check *c, const void *subject)
{
	return gv_seizure_each_ever(c, subject, insurance);
}

/* Reserves by any measure; premises may not be sealed. */
static int bank(struct gv_check *c, const void *subject, const struct gv_holding *h)
{
	(void)subject;
	if (gv_val_is_true(h->asset, "bank_premises") && is_barred(h, "SZ-30") && is_matter(h))
		return tell_barred(c, h, GV_VIOLATION, GV_STR("bank_premises"));
	return account(c, h, "SZ-30", GV_VIOLATION);
}

int gv_seizure_rule_bank(struct gv_check *c, const void *subject)
{
	return gv_seizure_each_ever(c, subject, bank);
}

static int trust(struct gv_check *c, const void *subject, const struct gv_holding *h)
{
	(void)subject;
	return is_barred(h, "SZ-31") && is_matter(h) ? tell_barred(c, h, GV_VIOLATION, GV_STR("trust")) : 0;
}

int gv_seizure_rule_trust(struct gv_check *c, const void *subject)
{
	return gv_seizure_each_ever(c, subject, trust);
}

static int special(struct gv_check *c, const void *subject, const struct gv_holding *h)
{
	struct gv_str what = gv_val_getstr(h->asset, "account");

	(void)subject;
	return !is_barred(h, "SZ-33") || !is_matter(h) ? 0 : gv_finding(c, GV_REVIEW, NULL, _("%.*s is said to be no object of seizure (%.*s): the text on it is to be looked up"), GV_TEXT(h->asset_id), GV_TEXT(what));
}

int gv_seizure_rule_special(struct gv_check *c, const void *subject)
{
	return gv_seizure_each_ever(c, subject, special);
}

/* ---- SZ-34: tax ---- */

static bool is_security(const struct gv_val *right)
{
	struct gv_str kind = gv_val_getstr(right, "kind");

	return gv_str_is(kind, "mortgage") || gv_str_is(kind, "maximum-mortgage") || gv_str_is(kind, "pledge") || gv_str_is(kind, "lien");
}

static int tell_rank(struct gv_check *c, const struct gv_holding *h, struct gv_str holder, enum gv_level level, enum gv_order order)
{
	return gv_finding(c, level, NULL,
	                  order == GV_ORDER_BEFORE ? _("%.*s: the tax in arrears arose before the right of %.*s, and ranks before it")
	                                           : _("%.*s: the tax in arrears arose after the right of %.*s, and ranks behind it"),
	                  GV_TEXT(h->asset_id), GV_TEXT(holder));
}

/* Arrears that arose first go before the security; a rank that says otherwise is wrong, and so is the contrary. */
static int check_pair(struct gv_check *c, const struct gv_holding *h, const struct gv_val *tax, const struct gv_val *right)
{
	struct gv_str holder = gv_val_getstr(right, "holder");
	int64_t rank_tax, rank_right;
	struct gv_moment arose, secured;
	enum gv_order order;
	int rc = gv_seizure_moment(c, tax, "on", &arose);

	if (!rc)
		rc = gv_seizure_moment(c, right, "on", &secured);
	if (rc)
		return rc;
	order = gv_moment_order(arose, secured);
	if (order == GV_ORDER_MISSING)
		return gv_seizure_missing(c, h, "encumbrances.on");
	if (order == GV_ORDER_UNCLEAR || order == GV_ORDER_SAME)
		return gv_finding(c, GV_REVIEW, NULL, _("%.*s: the tax in arrears and the right of %.*s are of one day: which ranks first is to be judged"), GV_TEXT(h->asset_id), GV_TEXT(holder));
	if (!gv_val_getint(tax, "rank", &rank_tax) || !gv_val_getint(right, "rank", &rank_right))
		return tell_rank(c, h, holder, GV_INFO, order);
	if (order == GV_ORDER_BEFORE ? rank_tax > rank_right : rank_tax < rank_right)
		return tell_rank(c, h, holder, GV_VIOLATION, order);
	return 0;
}

static int tax(struct gv_check *c, const void *subject, const struct gv_holding *h)
{
	const struct gv_val *list = gv_val_items(h->asset, "encumbrances");
	int rc = 0;

	(void)subject;
	for (uint32_t i = 0; i < list->n; i++)
		for (uint32_t k = 0; k < list->n && !rc; k++)
			if (gv_str_is(gv_val_getstr(&list->items[i], "kind"), "tax") && is_security(&list->items[k]))
				rc = check_pair(c, h, &list->items[i], &list->items[k]);
	return rc;
}

int gv_seizure_rule_tax(struct gv_check *c, const void *subject)
{
	return gv_seizure_each(c, subject, tax);
}
