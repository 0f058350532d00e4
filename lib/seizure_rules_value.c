/* SPDX-License-Identifier: MIT */
/* seizure_rules_value: is more seized than the claim needs, and what may be released? */
#include "seizure_rules_days.h"

void gv_seizure_about(struct gv_check *c, struct gv_rec *rec, const char *kind, const struct gv_val *val)
{
	struct gv_str id = gv_val_getstr(val, "id");
	size_t n = id.n < GV_KEY_MAX ? id.n : GV_KEY_MAX - 1;

	/* For every rule and seizure: only what is read is written. */
	rec->id.schema = gv_schema_find(gv_str_of(kind));
	rec->doc = NULL;
	rec->val = val;
	if (id.n)
		memcpy(rec->id.key, id.p, n);
	rec->id.key[n] = '\0';
	c->rec = rec;
}

/* ---- the numbers ---- */

static int64_t percent(int64_t part, int64_t whole)
{
	return whole ? part * 100 / whole : 0; /* below 2^53: no overflow */
}

static int put_ids(struct gv_check *c, struct gv_val *facts, const char *name, const struct gv_estate *e, bool kept)
{
	struct gv_val list = gv_mkarr();
	int rc = 0;

	for (size_t i = 0; i < e->n && !rc; i++)
		if (e->holdings[i].counts && e->holdings[i].worth.use != GV_USE_NONE && e->holdings[i].kept == kept)
			rc = gv_arr_add(&c->scratch, &list, gv_mkstr(&c->scratch, e->holdings[i].asset_id), c->err);
	return rc || !list.n ? rc : gv_obj_set(&c->scratch, facts, gv_str_of(name), list, c->err);
}

/* Claim, value and lowest value in fen, both in percent of the claim, and which assets stay and which may go. */
static int numbers(struct gv_check *c, struct gv_val *facts, const struct gv_estate *e)
{
	int rc;

	*facts = gv_mkobj();
	rc = gv_fact_int(c, facts, "claim_fen", e->claim.total);
	if (!rc)
		rc = gv_fact_int(c, facts, "nominal_fen", e->nominal);
	if (!rc)
		rc = gv_fact_int(c, facts, "least_fen", e->least);
	if (!rc && e->claim.total)
		rc = gv_fact_int(c, facts, "nominal_percent", percent(e->nominal, e->claim.total));
	if (!rc && e->claim.total)
		rc = gv_fact_int(c, facts, "least_percent", percent(e->least, e->claim.total));
	if (!rc)
		rc = put_ids(c, facts, "keep", e, true);
	return rc ? rc : put_ids(c, facts, "release", e, false);
}

static bool may_go(const struct gv_holding *h)
{
	return h->counts && !h->kept && h->worth.use != GV_USE_NONE;
}

/* Obviously too much, as the court counts. */
static bool is_obvious(const struct gv_estate *e)
{
	return e->covered && percent(e->least, e->claim.total) >= e->policy.obvious;
}

/* ---- rules ---- */

/* SZ-12: nothing can be compared with a claim that nobody recorded. */
int gv_seizure_rule_claim_known(struct gv_check *c, const void *subject)
{
	const struct gv_estate *e = gv_estate_of(subject);
	struct gv_rec rec;
	int rc = 0;

	for (uint32_t i = 0; i < e->other_claims->n && !rc; i++) {
		const struct gv_val *other = &e->other_claims->items[i];

		gv_seizure_about(c, &rec, "claim", e->claim.val ? e->claim.val : other);
		rc = gv_finding(c, GV_REVIEW, NULL, _("the case has another claim, %.*s: which one holds?"), GV_TEXT(gv_val_getstr(other, "id")));
	}
	if (rc || !e->n || gv_estate_has_claim(e))
		return rc;
	if (e->claim.val)
		gv_seizure_about(c, &rec, "claim", e->claim.val);
	else
		gv_seizure_about(c, &rec, "seizure", e->holdings[0].seizure);
	return gv_finding(c, GV_REVIEW, NULL, _("%s missing: what is seized cannot be compared"), e->claim.missing ? e->claim.missing : "claim");
}

/* SZ-19, SZ-20: what has no known value counts nothing. */
int gv_seizure_rule_values_known(struct gv_check *c, const void *subject)
{
	const struct gv_estate *e = gv_estate_of(subject);
	struct gv_rec rec;
	int rc = 0;

	for (size_t i = 0; i < e->n && !rc; i++) {
		const struct gv_holding *h = &e->holdings[i];

		if (!h->ours)
			continue;
		gv_seizure_about(c, &rec, "seizure", h->seizure);
		if (!h->asset)
			rc = gv_finding(c, GV_REVIEW, NULL, _("asset %.*s is not known: not counted"), (int)h->asset_id.n, h->asset_id.n ? h->asset_id.p : "");
		else if (h->hold.is == GV_HOLD_UNKNOWN)
			rc = gv_finding(c, GV_REVIEW, NULL, _("%s missing: since when it has effect is not known, not counted"), h->hold.missing);
		else if (h->counts && h->worth.missing && h->worth.use != GV_USE_NONE)
			rc = gv_finding(c, GV_REVIEW, NULL, _("%.*s: %s missing: not counted"), (int)h->asset_id.n, h->asset_id.p, h->worth.missing);
	}
	return rc;
}

static int tell_release(struct gv_check *c, const struct gv_estate *e, const struct gv_holding *h, const struct gv_val *facts)
{
	char claim[GV_YUAN], least[GV_YUAN];
	struct gv_rec rec;

	gv_seizure_about(c, &rec, "seizure", h->seizure);
	return gv_finding(c, GV_VIOLATION, facts, _("%.*s may be released: without it %s stay even at the lowest price, and the claim is %s"),
	                  (int)h->asset_id.n, h->asset_id.p, gv_yuan(e->kept_least, least), gv_yuan(e->claim.total, claim));
}

/* Where nothing may go the surplus lies in a thing that is needed: whether it can be divided is another rule's matter. */
static bool is_in_one_thing(const struct gv_estate *e)
{
	return is_obvious(e) && e->kept_least == e->least;
}

/* SZ-10: everything that need not stay is named; where the law does not say how much is obvious, a person decides. */
int gv_seizure_rule_too_much(struct gv_check *c, const void *subject)
{
	const struct gv_estate *e = gv_estate_of(subject);
	char claim[GV_YUAN], nominal[GV_YUAN], least[GV_YUAN];
	struct gv_val facts;
	bool told = false;
	struct gv_rec rec;
	int rc;

	if (!gv_estate_has_claim(e) || e->nominal <= e->claim.total)
		return 0;
	rc = numbers(c, &facts, e);
	for (size_t i = 0; i < e->n && !rc && is_obvious(e); i++) {
		if (!may_go(&e->holdings[i]))
			continue;
		rc = tell_release(c, e, &e->holdings[i], &facts);
		told = true;
	}
	if (rc || told || is_in_one_thing(e))
		return rc;
	gv_seizure_about(c, &rec, "claim", e->claim.val);
	return gv_finding(c, GV_REVIEW, &facts, _("seized is %s, at the lowest price %s, and the claim is %s: whether that is obviously too much is to be judged"),
	                  gv_yuan(e->nominal, nominal), gv_yuan(e->least, least), gv_yuan(e->claim.total, claim));
}

/* A thing that stays, without which the claim is not covered, and that covers more than is missing. */
static bool has_surplus(const struct gv_estate *e, const struct gv_holding *h)
{
	return h->counts && h->kept && !h->worth.is_money && h->worth.use == GV_USE_PAY && !h->worth.missing && is_obvious(e) &&
	       e->kept_least > e->claim.total && e->kept_least - h->worth.least < e->claim.total;
}

static bool has_money(const struct gv_estate *e)
{
	for (size_t i = 0; i < e->n; i++)
		if (e->holdings[i].counts && e->holdings[i].worth.is_money && e->holdings[i].worth.least)
			return true;
	return false;
}

/* Both limbs of the exception are shown. */
static int tell_indivisible(struct gv_check *c, const struct gv_estate *e, const struct gv_holding *h)
{
	int64_t others = e->least - h->worth.least;
	char rest[GV_YUAN], free_least[GV_YUAN], claim[GV_YUAN];

	gv_yuan(others, rest);
	gv_yuan(e->free_least, free_least);
	gv_yuan(e->claim.total, claim);
	if (!h->kept)
		return gv_finding(c, GV_VIOLATION, NULL, _("%.*s is indivisible, but the other property suffices: %s seized at the lowest price, the claim is %s"),
		                  (int)h->asset_id.n, h->asset_id.p, rest, claim);
	if (others + e->free_least >= e->claim.total)
		return gv_finding(c, GV_REVIEW, NULL, _("%.*s is indivisible, but with property that is not seized the other suffices: %s and %s, the claim is %s"),
		                  (int)h->asset_id.n, h->asset_id.p, rest, free_least, claim);
	return gv_finding(c, GV_INFO, NULL,
	                  has_money(e) ? _("%.*s is indivisible and the other property does not suffice: %s, the claim is %s; transfer the money first, then compute again")
	                               : _("%.*s is indivisible and the other property does not suffice: %s, the claim is %s"),
	                  (int)h->asset_id.n, h->asset_id.p, rest, claim);
}

/* SZ-11: indivisible alone is no excuse. */
int gv_seizure_rule_indivisible(struct gv_check *c, const void *subject)
{
	const struct gv_estate *e = gv_estate_of(subject);
	struct gv_rec rec;
	int rc = 0;

	for (size_t i = 0; i < e->n && !rc && gv_estate_has_claim(e); i++) {
		const struct gv_holding *h = &e->holdings[i];

		if (!has_surplus(e, h) && !(may_go(h) && is_obvious(e)))
			continue;
		gv_seizure_about(c, &rec, "seizure", h->seizure);
		if (h->worth.indivisible)
			rc = tell_indivisible(c, e, h);
		else if (!h->worth.may_divide && h->kept)
			rc = gv_finding(c, GV_REVIEW, NULL, _("%.*s is worth more than is needed, and indivisible missing"), (int)h->asset_id.n, h->asset_id.p);
	}
	return rc;
}

/* Could one of so many equal parts go? */
static bool part_may_go(const struct gv_estate *e, const struct gv_holding *h, int64_t units)
{
	return e->kept_least - h->worth.least + h->worth.least / units * (units - 1) >= e->claim.total;
}

/* One certificate for many units: all may be seized at first; once the debtor asks, it is to be split and released. */
static int tell_certificate(struct gv_check *c, const struct gv_holding *h)
{
	struct gv_str asked = gv_val_getstr(h->asset, "split_asked_on");

	if (!asked.n || gv_val_getstr(h->asset, "split_on").n || gv_val_getstr(h->asset, "split_refused_on").n)
		return 0;
	return gv_finding(c, GV_WARN, NULL, _("%.*s: the debtor asked on %.*s to split the registration, and neither a split nor a refusal is recorded"),
	                  (int)h->asset_id.n, h->asset_id.p, (int)asked.n, asked.p);
}

/* SZ-13: of what can be divided the corresponding part. */
int gv_seizure_rule_part(struct gv_check *c, const void *subject)
{
	const struct gv_estate *e = gv_estate_of(subject);
	struct gv_rec rec;
	int rc = 0;

	for (size_t i = 0; i < e->n && !rc; i++) {
		const struct gv_holding *h = &e->holdings[i];
		int64_t units = 0;

		if (!h->counts || !gv_str_is(h->worth.type, "immovable"))
			continue;
		gv_seizure_about(c, &rec, "seizure", h->seizure);
		if (gv_val_is_true(h->asset, "one_certificate")) {
			rc = tell_certificate(c, h);
		} else if (gv_estate_has_claim(e) && has_surplus(e, h) && h->worth.may_divide) {
			if (!gv_val_getint(h->asset, "units", &units) || units < 2)
				rc = gv_finding(c, GV_REVIEW, NULL, _("%.*s can be divided and is worth more than is needed, and units missing"), (int)h->asset_id.n, h->asset_id.p);
			else if (part_may_go(e, h, units))
				rc = gv_finding(c, GV_VIOLATION, NULL, _("%.*s can be divided: of %lld units not all are needed"), (int)h->asset_id.n, h->asset_id.p, (long long)units);
		}
	}
	return rc;
}

/* SZ-14: a ruling that freezes an account without an exact sum; and money beyond the claim. */
int gv_seizure_rule_sum_stated(struct gv_check *c, const void *subject)
{
	const struct gv_estate *e = gv_estate_of(subject);
	char over[GV_YUAN];
	struct gv_rec rec;
	int rc = 0;

	for (size_t i = 0; i < e->n && !rc; i++) {
		const struct gv_holding *h = &e->holdings[i];
		int64_t sum;

		if (!h->ours || !gv_str_is(gv_val_getstr(h->asset, "type"), "deposit"))
			continue;
		gv_seizure_about(c, &rec, "seizure", h->seizure);
		if (!gv_val_getint(h->seizure, "sum_fen", &sum))
			rc = gv_finding(c, GV_VIOLATION, NULL, _("%.*s: the ruling states no sum (sum_fen)"), (int)h->asset_id.n, h->asset_id.n ? h->asset_id.p : "");
		else if (h->counts && gv_estate_has_claim(e) && h->worth.nominal > e->claim.total)
			rc = gv_finding(c, GV_REVIEW, NULL, _("%.*s: %s is frozen beyond the claim and must stay usable"), (int)h->asset_id.n, h->asset_id.p,
			                gv_yuan(h->worth.nominal - e->claim.total, over));
	}
	return rc;
}
