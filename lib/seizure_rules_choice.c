/* SPDX-License-Identifier: MIT */
/* seizure_rules_choice: which of several things are seized, how many shares, and who decides what is obvious. */
#include "seizure_rules_impl.h"

/* ---- SZ-15: least effect on production and life ---- */

static bool is_needed(const struct gv_val *asset)
{
	return gv_val_is_true(asset, "production") || gv_val_is_true(asset, "dwelling");
}

/* What neither production nor life depend on, seized and not seized, at the lowest prices. */
static void harmless(const struct gv_estate *e, int64_t *seized, int64_t *unseized)
{
	*seized = *unseized = 0;
	for (size_t i = 0; i < e->n; i++)
		if (e->holdings[i].counts && !is_needed(e->holdings[i].asset))
			*seized += e->holdings[i].worth.least;
	for (size_t i = 0; i < e->nfree; i++)
		if (!e->free[i].elsewhere && !is_needed(e->free[i].worth.val))
			*unseized += e->free[i].worth.least; /* the sum of all was bounded when the estate was read */
}

static int tell_harm(struct gv_check *c, const struct gv_estate *e)
{
	char all[GV_YUAN], claim[GV_YUAN];
	int64_t seized, unseized;
	struct gv_rec rec;
	int rc = 0;

	harmless(e, &seized, &unseized);
	for (size_t i = 0; i < e->n && !rc && unseized && seized + unseized >= e->claim.total; i++) {
		const struct gv_holding *h = &e->holdings[i];

		if (!h->counts || h->worth.in_dispute || h->worth.asked_first || !is_needed(h->asset))
			continue;
		gv_seizure_about(c, &rec, "seizure", h->seizure);
		rc = gv_finding(c, GV_WARN, NULL, _("production or life depends on %.*s, and property that they do not depend on suffices: %s at the lowest price, the claim is %s"),
		                GV_TEXT(h->asset_id), gv_yuan(seized + unseized, all), gv_yuan(e->claim.total, claim));
	}
	return rc;
}

/* The debtor asks to begin with a thing that is not seized, while others are. */
static int tell_asked(struct gv_check *c, const struct gv_estate *e)
{
	bool any = false;
	struct gv_rec rec;
	int rc = 0;

	for (size_t i = 0; i < e->n; i++)
		any = any || (e->holdings[i].counts && !e->holdings[i].worth.asked_first);
	for (size_t i = 0; i < e->nassets && !rc && any; i++) {
		struct gv_str id = gv_val_getstr(e->assets[i], "id");

		if (!gv_val_is_true(e->assets[i], "asked_first") || gv_estate_seizes(e, id))
			continue;
		gv_seizure_about(c, &rec, "asset", e->assets[i]);
		rc = gv_finding(c, GV_REVIEW, NULL, _("the debtor asks to begin with %.*s, which is not seized, though others are: it is to be allowed unless it delays"),
		                GV_TEXT(id));
	}
	return rc;
}

int gv_seizure_rule_least_harm(struct gv_check *c, const void *subject)
{
	const struct gv_estate *e = gv_estate_of(subject);
	int rc = gv_estate_has_claim(e) && e->claim.total ? tell_harm(c, e) : 0;

	return rc ? rc : tell_asked(c, e);
}

/* ---- SZ-16: listed shares ---- */

enum { DOWN = 80, WHOLE = 100 };

/* Of the asset, by all seizures of ours that have effect or may have; those without a number are told by the seizure itself. */
static int64_t frozen_of(const struct gv_estate *e, const struct gv_holding *h, const struct gv_holding **first)
{
	size_t n;
	const struct gv_holding *all = gv_estate_on_asset(e, h, &n);
	int64_t sum = 0, shares;

	*first = NULL;
	for (size_t i = 0; i < n; i++) {
		if (!all[i].ours || gv_seizure_ended(&all[i]) || all[i].hold.is == GV_HOLD_WAITING || !gv_val_getint(all[i].seizure, "shares", &shares) || shares < 0)
			continue;
		*first = *first ? *first : &all[i];
		sum = shares > GV_FEN_MAX - sum ? GV_FEN_MAX : sum + shares;
	}
	return sum;
}

/* As many as pay the claim, and what ranks before, at the closing price; at most 20 % lower.  Told of the first of them. */
static int shares_fit(struct gv_check *c, const void *subject, const struct gv_holding *h)
{
	const struct gv_estate *e = gv_estate_of(subject);
	static const char *const of_asset[] = { "close_fen", NULL }, *const of_seizure[] = { "shares", NULL };
	const struct gv_holding *first;
	int64_t frozen, close, need, most;
	int rc;

	if (!gv_str_is(gv_val_getstr(h->asset, "type"), "listed-shares") || h->hold.is == GV_HOLD_WAITING || !gv_estate_has_claim(e) || gv_seizure_is_of_old(c, h))
		return 0;
	rc = gv_seizure_need(c, h, h->asset, of_asset);
	if (!rc)
		rc = gv_seizure_need(c, h, h->seizure, of_seizure);
	if (rc || !gv_val_getint(h->asset, "close_fen", &close) || close < 1)
		return rc;
	if (e->claim.total > GV_FEN_MAX - h->worth.prior || close > GV_FEN_MAX / WHOLE)
		return gv_seizure_fail(c, "close_fen", _("the sum is too large"));
	frozen = frozen_of(e, h, &first);
	need = e->claim.total + h->worth.prior;
	most = (need * WHOLE + close * DOWN - 1) / (close * DOWN);
	if (first != h || frozen <= most)
		return 0;
	return gv_finding(c, GV_WARN, NULL, _("%.*s: %lld shares are frozen; at the closing price %lld pay the claim, at a price 20 %% lower %lld"), GV_TEXT(h->asset_id),
	                  (long long)frozen, (long long)((need + close - 1) / close), (long long)most);
}

int gv_seizure_rule_shares_fit(struct gv_check *c, const void *subject)
{
	return gv_seizure_each(c, subject, shares_fit);
}

/* ---- SZ-17, SZ-18: equity of unknown value, and disputes about the value ---- */

enum { RELEASE_DAYS = 7 };

/* The objection was upheld: the excess goes within seven days of the ruling taking effect. */
static int check_upheld(struct gv_check *c, const struct gv_holding *h, const struct gv_calendar *calendar)
{
	struct gv_moment effect, released;
	char text[GV_DATE_LEN + 1];
	gv_day due, nominal;
	bool known;
	int rc = gv_seizure_moment(c, h->seizure, "value_objection.effective_on", &effect);

	if (!rc)
		rc = gv_seizure_moment(c, h->seizure, "value_objection.excess_released_on", &released);
	if (rc)
		return rc;
	if (effect.day == GV_DAY_NONE)
		return gv_seizure_missing(c, h, "value_objection.effective_on");
	rc = gv_date_period(calendar, effect.day, (struct gv_term){ RELEASE_DAYS, GV_UNIT_DAY }, &due, &nominal, &known, c->err);
	if (rc)
		return rc;
	gv_day_format(due, text);
	if (released.day != GV_DAY_NONE)
		return released.day <= due ? 0 : gv_finding(c, GV_VIOLATION, NULL, _("%.*s: the objection to the value was upheld, and the excess was released after %s"), GV_TEXT(h->asset_id), text);
	return c->as_of <= due ? gv_finding(c, GV_INFO, NULL, _("%.*s: the objection to the value was upheld: the excess is to be released until %s"), GV_TEXT(h->asset_id), text)
	                       : gv_finding(c, GV_VIOLATION, NULL, _("%.*s: the objection to the value was upheld, and the excess was not released until %s"), GV_TEXT(h->asset_id), text);
}

/* No more than the creditor asked for; by number, or by ratio. */
static int check_asked(struct gv_check *c, const struct gv_holding *h)
{
	int64_t frozen, asked, num[2] = { 0 }, den[2] = { 0 };
	const struct gv_val *ratio = gv_val_get(h->seizure, "ratio"), *wanted = gv_val_get(h->seizure, "asked_ratio");
	bool more = false;

	if (gv_val_getint(h->seizure, "asked_shares", &asked) && gv_val_getint(h->seizure, "shares", &frozen)) {
		more = frozen > asked;
	} else if (ratio && wanted) {
		if (!gv_val_getint(ratio, "num", &num[0]) || !gv_val_getint(ratio, "den", &den[0]) || !gv_val_getint(wanted, "num", &num[1]) ||
		    !gv_val_getint(wanted, "den", &den[1]) || num[0] < 0 || num[1] < 0 || den[0] < 1 || den[1] < 1 || num[0] > den[0] || num[1] > den[1] ||
		    den[0] > INT32_MAX || den[1] > INT32_MAX)
			return gv_seizure_fail(c, "ratio", _("is no share: 0 to 1, as {\"num\":1,\"den\":2}"));
		more = num[0] * den[1] > num[1] * den[0];
	} else if (h->worth.missing) {
		return gv_seizure_missing(c, h, "asked_shares");
	}
	return !more ? 0 : gv_finding(c, GV_VIOLATION, NULL, _("%.*s: more is frozen than the creditor asked for"), GV_TEXT(h->asset_id));
}

static int equity_asked(struct gv_check *c, const void *subject, const struct gv_holding *h)
{
	const struct gv_seizure_subject *s = subject;
	int rc;

	if (!gv_str_is(gv_val_getstr(h->asset, "type"), "equity") || gv_seizure_is_of_old(c, h))
		return 0;
	rc = check_asked(c, h);
	if (!rc && gv_str_is(gv_val_str(gv_val_path(h->seizure, GV_STR("value_objection.result"))), "upheld"))
		rc = check_upheld(c, h, s->calendar);
	return rc;
}

int gv_seizure_rule_equity_asked(struct gv_check *c, const void *subject)
{
	return gv_seizure_each(c, subject, equity_asked);
}

/* While the value is disputed the seizure goes on; the court may have it appraised. */
int gv_seizure_rule_disputed(struct gv_check *c, const void *subject)
{
	const struct gv_estate *e = gv_estate_of(subject);
	struct gv_rec rec;
	int rc = 0;

	for (size_t i = 0; i < e->n && !rc; i++) {
		const struct gv_holding *h = &e->holdings[i];
		const struct gv_val *objection = gv_val_get(h->seizure, "value_objection");

		if (!h->ours || !objection || gv_val_getstr(objection, "result").n || h->hold.is == GV_HOLD_LAPSED)
			continue;
		gv_seizure_about(c, &rec, "seizure", h->seizure);
		rc = h->hold.is == GV_HOLD_RELEASED
		         ? gv_finding(c, GV_WARN, NULL, _("%.*s was released while its value is disputed (value_objection.result missing)"), GV_TEXT(h->asset_id))
		         : gv_finding(c, GV_INFO, NULL, _("%.*s: its value is disputed: on request it may be appraised, and the seizure goes on meanwhile"), GV_TEXT(h->asset_id));
	}
	return rc;
}

/* ---- SZ-20: no percentage in law ---- */

int gv_seizure_rule_no_percentage(struct gv_check *c, const void *subject)
{
	const struct gv_estate *e = gv_estate_of(subject);
	struct gv_rec rec;

	if (!gv_estate_has_claim(e) || e->nominal <= e->claim.total)
		return 0;
	gv_seizure_about(c, &rec, "claim", e->claim.val);
	return gv_finding(c, GV_INFO, NULL, _("the law has no percentage that is obvious; this court's: from %d %% of the claim, at %d %% of the reference price"), e->policy.obvious,
	                  e->policy.lowest);
}
