/* SPDX-License-Identifier: MIT */
/* seizure_rules_form: was it done as it must be: ruling, service, publication, registry, record, custody? */
#include "seizure_rules_impl.h"

static struct gv_str type_of(const struct gv_holding *h)
{
	return gv_val_getstr(h->asset, "type");
}

static bool is_equity(const struct gv_holding *h)
{
	return gv_str_is(type_of(h), "equity");
}

/* Since 2022 that of equity is not. */
static bool is_by_service(const struct gv_holding *h)
{
	return strcmp(gv_hold_effect_field(h->seizure, type_of(h)), "served_at") == 0;
}

static bool is_thing(const struct gv_holding *h)
{
	return gv_str_is(type_of(h), "movable") || gv_str_is(type_of(h), "vehicle");
}

static bool has_registry(const struct gv_holding *h)
{
	return gv_val_getstr(h->asset, "registry").n > 0;
}

/* A bank, a registry, a company must assist; a thing that no registry knows is taken by the court itself. */
static bool is_assisted(const struct gv_holding *h)
{
	return !is_thing(h) || has_registry(h);
}

static bool is_on(const struct gv_holding *h)
{
	return h->hold.is == GV_HOLD_ON;
}

/* ---- SZ-01, SZ-02, SZ-06: ruling, service, publication ---- */

/* What is served or published must have been signed before. */
static int check_signed(struct gv_check *c, const struct gv_holding *h, const char *done, const char *field)
{
	struct gv_str done_text = gv_val_getstr(h->seizure, done), text = gv_val_getstr(h->seizure, field);
	struct gv_moment on, signed_on;
	int rc = gv_seizure_moment(c, h->seizure, done, &on);

	if (!rc)
		rc = gv_seizure_moment(c, h->seizure, field, &signed_on);
	if (rc || gv_moment_order(on, signed_on) != GV_ORDER_BEFORE)
		return rc;
	return gv_finding(c, GV_VIOLATION, NULL, _("%.*s: %s %.*s is before it was signed: %s %.*s"), GV_TEXT(h->asset_id), done, GV_TEXT(done_text), field, GV_TEXT(text));
}

/* The moment that somebody wrote down against the one that the law says. */
static int check_effect(struct gv_check *c, const struct gv_holding *h, const char *field)
{
	struct gv_str stated = gv_val_getstr(h->seizure, "effective_at"), lawful = gv_val_getstr(h->seizure, field);
	struct gv_moment a, b;
	enum gv_order order;
	int rc = gv_seizure_moment(c, h->seizure, "effective_at", &a);

	if (!rc)
		rc = gv_seizure_moment(c, h->seizure, field, &b);
	if (rc || h->hold.waited)
		return rc;
	order = gv_moment_order(a, b);
	if (order != GV_ORDER_BEFORE && order != GV_ORDER_AFTER)
		return 0;
	return gv_finding(c, GV_VIOLATION, NULL, _("%.*s: effect begins at %.*s (%s), not at %.*s (effective_at)"), GV_TEXT(h->asset_id),
	                  GV_TEXT(lawful), field, GV_TEXT(stated));
}

static int served(struct gv_check *c, const void *subject, const struct gv_holding *h)
{
	const struct gv_estate *e = gv_estate_of(subject);
	const char *fields[5] = { "ruled_on" };
	size_t n = 1;
	int rc;

	if (is_by_service(h))
		fields[n++] = "served_at";
	if (is_assisted(h))
		fields[n++] = "assistance_on";
	if (!gv_seizure_was_preservation(e, h))
		fields[n++] = "parties_told_on";
	rc = gv_seizure_need(c, h, h->seizure, fields);
	if (!rc)
		rc = check_signed(c, h, "served_at", "ruled_on");
	if (!rc)
		rc = check_signed(c, h, "served_at", "assistance_on");
	return rc || !is_by_service(h) ? rc : check_effect(c, h, "served_at");
}

int gv_seizure_rule_served(struct gv_check *c, const void *subject)
{
	return gv_seizure_each(c, subject, served);
}

static int published(struct gv_check *c, const void *subject, const struct gv_holding *h)
{
	static const char *const fields[] = { "published_at", "company_told_on", NULL };
	int rc;

	(void)subject;
	if (!is_equity(h) || is_by_service(h) || gv_seizure_is_of_old(c, h))
		return 0;
	rc = gv_seizure_need(c, h, h->seizure, fields);
	if (!rc)
		rc = check_signed(c, h, "published_at", "ruled_on");
	return rc ? rc : check_effect(c, h, "published_at");
}

int gv_seizure_rule_published(struct gv_check *c, const void *subject)
{
	return gv_seizure_each(c, subject, published);
}

/* Immediately: the law has no number of days. */
static int told(struct gv_check *c, const void *subject, const struct gv_holding *h)
{
	const struct gv_estate *e = gv_estate_of(subject);
	gv_day from = gv_instant_day(h->hold.from);
	struct gv_moment on;
	int rc = gv_seizure_moment(c, h->seizure, "parties_told_on", &on);

	if (rc || !gv_seizure_was_preservation(e, h) || from == GV_DAY_NONE || from > c->as_of)
		return rc;
	if (on.day == GV_DAY_NONE)
		return gv_finding(c, GV_WARN, NULL, _("%.*s: that the preserved party was told at once is not recorded (parties_told_on)"),
		                  GV_TEXT(h->asset_id));
	if (on.day <= from)
		return 0;
	return gv_finding(c, GV_REVIEW, NULL, _("%.*s: the preserved party was told %d days after the effect began: was that at once?"),
	                  GV_TEXT(h->asset_id), (int)(on.day - from));
}

int gv_seizure_rule_told(struct gv_check *c, const void *subject)
{
	return gv_seizure_each(c, subject, told);
}

/* ---- SZ-03, SZ-04, SZ-08, SZ-09: whose it is, and what the registry knows ---- */

static int debtors(struct gv_check *c, const void *subject, const struct gv_holding *h)
{
	struct gv_str title = gv_val_getstr(h->asset, "title_in");
	struct gv_moment confirmed, served;
	int rc = gv_seizure_moment(c, h->asset, "confirmed_on", &confirmed);

	(void)subject;
	if (!rc)
		rc = gv_seizure_moment(c, h->seizure, "served_at", &served);
	if (rc || gv_str_is(title, "debtor"))
		return rc;
	if (!title.n) /* an account is frozen, and income withheld, by the name of the debtor */
		return gv_str_is(type_of(h), "deposit") || gv_str_is(type_of(h), "income") ? 0 : gv_seizure_missing(c, h, "title_in");
	if (confirmed.day == GV_DAY_NONE)
		return gv_finding(c, GV_VIOLATION, NULL, _("%.*s is a third party's, which has not confirmed in writing that it is the debtor's (confirmed_on)"),
		                  GV_TEXT(h->asset_id));
	if (gv_moment_order(served, confirmed) == GV_ORDER_BEFORE)
		return gv_finding(c, GV_WARN, NULL, _("%.*s is a third party's, which confirmed that it is the debtor's only after the seizure"),
		                  GV_TEXT(h->asset_id));
	return 0;
}

int gv_seizure_rule_debtors(struct gv_check *c, const void *subject)
{
	return gv_seizure_each(c, subject, debtors);
}

static int registered(struct gv_check *c, const void *subject, const struct gv_holding *h)
{
	bool open = is_thing(h) || gv_str_is(type_of(h), "immovable");

	(void)subject;
	if (!is_on(h))
		return 0;
	if (has_registry(h) && !gv_val_getstr(h->seizure, "registered_at").n)
		return gv_finding(c, GV_REVIEW, NULL, _("%.*s: registered_at missing: what is not registered does not prevail over what is"),
		                  GV_TEXT(h->asset_id));
	if (open && !has_registry(h) && !gv_val_getstr(h->seizure, "noticed_on").n && !gv_str_is(gv_val_getstr(h->seizure, "custodian"), "court"))
		return gv_finding(c, GV_REVIEW, NULL, _("%.*s: noticed_on missing: without public notice it has no effect against a third party in good faith"),
		                  GV_TEXT(h->asset_id));
	return 0;
}

int gv_seizure_rule_registered(struct gv_check *c, const void *subject)
{
	return gv_seizure_each(c, subject, registered);
}

/* Building and land; and what comes in the place of what is lost. */
static int reaches(struct gv_check *c, const void *subject, const struct gv_holding *h)
{
	struct gv_str land = gv_val_getstr(h->asset, "land_registry"), lost = gv_val_getstr(h->asset, "lost_on");
	struct gv_moment at, loss;
	int rc = gv_seizure_moment(c, h->seizure, "land_registered_at", &at);

	(void)subject;
	if (!rc)
		rc = gv_seizure_moment(c, h->asset, "lost_on", &loss);
	if (rc || !is_on(h))
		return rc;
	if (gv_str_is(type_of(h), "immovable") && land.n && !gv_str_eq(land, gv_val_getstr(h->asset, "registry")) &&
	    !gv_val_is_true(h->asset, "land_of_other") && at.day == GV_DAY_NONE)
		rc = gv_finding(c, GV_WARN, NULL, _("%.*s: building and land have two registries, and the seizure is not recorded at %.*s (land_registered_at)"),
		                GV_TEXT(h->asset_id), GV_TEXT(land));
	if (!rc && loss.day != GV_DAY_NONE && loss.day >= gv_instant_day(h->hold.from) && !gv_val_getstr(h->seizure, "substitute_ruled_on").n)
		rc = gv_finding(c, GV_WARN, NULL, _("%.*s was lost on %.*s: a new ruling must take what replaces it (substitute_ruled_on)"),
		                GV_TEXT(h->asset_id), GV_TEXT(lost));
	return rc;
}

int gv_seizure_rule_reaches(struct gv_check *c, const void *subject)
{
	return gv_seizure_each(c, subject, reaches);
}

/* Completed before the service, or only accepted, or ordered by another court. */
static int tell_transfer(struct gv_check *c, const struct gv_holding *h, enum gv_order accepted, enum gv_order done, enum gv_order notice)
{
	if (done == GV_ORDER_BEFORE)
		return gv_finding(c, GV_VIOLATION, NULL, _("%.*s had passed to another before the seizure was served (transfer_done_on)"), GV_TEXT(h->asset_id));
	if (done == GV_ORDER_UNCLEAR || notice == GV_ORDER_UNCLEAR)
		return gv_finding(c, GV_REVIEW, NULL, _("%.*s: transfer and seizure are of one day, and the times are missing (%s, served_at)"), GV_TEXT(h->asset_id),
		                  done == GV_ORDER_UNCLEAR ? "transfer_done_on" : "transfer_notice_at");
	if (notice == GV_ORDER_BEFORE)
		return gv_finding(c, GV_WARN, NULL, _("%.*s: another court's notice to transfer was served earlier: the transfer goes first"), GV_TEXT(h->asset_id));
	if (done == GV_ORDER_AFTER)
		return gv_finding(c, GV_WARN, NULL, _("%.*s passed to another after the seizure took effect: the seizure wins"), GV_TEXT(h->asset_id));
	if (accepted == GV_ORDER_BEFORE)
		return gv_finding(c, GV_INFO, NULL, _("%.*s: the registry had accepted a transfer and not completed it: the seizure wins"), GV_TEXT(h->asset_id));
	return 0;
}

static int transfer_first(struct gv_check *c, const void *subject, const struct gv_holding *h)
{
	static const char *const fields[] = { "transfer_accepted_on", "transfer_done_on", "transfer_notice_at" };
	enum gv_order order[3];
	struct gv_moment served, m;
	int rc = gv_seizure_moment(c, h->seizure, "served_at", &served);

	(void)subject;
	for (size_t i = 0; i < 3 && !rc; i++) {
		rc = gv_seizure_moment(c, h->asset, fields[i], &m);
		order[i] = gv_moment_order(m, served);
	}
	return rc ? rc : tell_transfer(c, h, order[0], order[1], order[2]);
}

int gv_seizure_rule_transfer_first(struct gv_check *c, const void *subject)
{
	return gv_seizure_each(c, subject, transfer_first);
}

/* ---- SZ-05, SZ-07: record and custody ---- */

/* What the paper itself does not say is a fault of the paper. */
static int tell_record(struct gv_check *c, const struct gv_holding *h, const struct gv_val *record)
{
	static const char *const stated[] = { "started_at", "ended_at", "place", "items", "custodian" };
	struct gv_buf list = GV_BUF_INIT(256);
	int rc;

	for (size_t i = 0; i < sizeof stated / sizeof stated[0]; i++)
		if (!gv_val_getstr(record, stated[i]).n)
			gv_buf_addf(&list, "%s%s", list.n ? ", " : "", stated[i]);
	rc = gv_buf_check(&list, c->err);
	if (!rc && list.n)
		rc = gv_finding(c, GV_VIOLATION, NULL, _("%.*s: the record does not state: %s"), GV_TEXT(h->asset_id), list.p);
	gv_buf_free(&list);
	return rc;
}

static int check_hours(struct gv_check *c, const struct gv_holding *h, const struct gv_val *record)
{
	struct gv_moment a, b;
	int rc = gv_seizure_moment(c, record, "started_at", &a);

	if (!rc)
		rc = gv_seizure_moment(c, record, "ended_at", &b);
	if (rc || gv_moment_order(b, a) != GV_ORDER_BEFORE)
		return rc;
	return gv_finding(c, GV_VIOLATION, NULL, _("%.*s: the record ends before it begins (ended_at)"), GV_TEXT(h->asset_id));
}

static int recorded(struct gv_check *c, const void *subject, const struct gv_holding *h)
{
	static const char *const inventory[] = { "inventory", NULL }, *const parts[] = { "inventory.signed", "inventory.list_given_on", "inventory.debtor_called", NULL },
	                         *const of_freeze[] = { "inventory.signed", NULL };
	const struct gv_val *record = gv_val_get(h->seizure, "inventory");
	struct gv_str measure = gv_val_getstr(h->seizure, "measure");
	bool hands = gv_str_is(measure, "seal") || gv_str_is(measure, "seize");
	int rc;

	(void)subject;
	if (!record || record->type != GV_OBJECT)
		return hands ? gv_seizure_need(c, h, h->seizure, inventory) : 0;
	rc = tell_record(c, h, record);
	if (!rc)
		rc = check_hours(c, h, record);
	if (!rc)
		rc = gv_seizure_need(c, h, h->seizure, hands ? parts : of_freeze);
	if (!rc && gv_val_is_false(record, "signed"))
		rc = gv_finding(c, GV_VIOLATION, NULL, _("%.*s: the record is not signed by all who must"), GV_TEXT(h->asset_id));
	if (!rc && hands && gv_val_is_false(record, "debtor_called"))
		rc = gv_finding(c, GV_VIOLATION, NULL, _("%.*s: nobody of the debtor's was called to attend"), GV_TEXT(h->asset_id));
	return rc;
}

int gv_seizure_rule_recorded(struct gv_check *c, const void *subject)
{
	return gv_seizure_each(c, subject, recorded);
}

/* The debtor keeps it: use is the rule for means of production that are preserved, and allowed where it does little harm. */
static int kept_by_debtor(struct gv_check *c, const struct gv_estate *e, const struct gv_holding *h)
{
	bool must = gv_val_is_true(h->asset, "production") && gv_seizure_preserves(e, h);

	if (must && gv_val_is_false(h->seizure, "use_allowed"))
		return gv_finding(c, GV_VIOLATION, NULL, _("%.*s serves production and the debtor keeps it: its use must be allowed"), GV_TEXT(h->asset_id));
	if (must && !gv_val_get(h->seizure, "use_allowed"))
		return gv_seizure_missing(c, h, "use_allowed");
	if (!must && gv_val_is_true(h->seizure, "use_allowed") && gv_val_is_true(h->seizure, "use_lowers_value"))
		return gv_finding(c, GV_VIOLATION, NULL, _("%.*s: the debtor may use it, though that lowers its value much"), GV_TEXT(h->asset_id));
	return 0;
}

static int kept_by(struct gv_check *c, const void *subject, const struct gv_holding *h)
{
	const struct gv_estate *e = gv_estate_of(subject);
	struct gv_str custodian = gv_val_getstr(h->seizure, "custodian");

	if (!is_on(h))
		return 0;
	if (gv_str_is(custodian, "debtor"))
		return kept_by_debtor(c, e, h);
	if (custodian.n && gv_val_is_true(h->seizure, "use_allowed"))
		return gv_finding(c, GV_VIOLATION, NULL, _("%.*s: a custodian that is not the debtor (%.*s) may not use it"), GV_TEXT(h->asset_id), GV_TEXT(custodian));
	return !custodian.n && is_thing(h) ? gv_seizure_missing(c, h, "custodian") : 0;
}

int gv_seizure_rule_kept_by(struct gv_check *c, const void *subject)
{
	return gv_seizure_each(c, subject, kept_by);
}
