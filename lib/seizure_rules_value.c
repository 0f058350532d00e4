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
	size_t first = 0;
	int rc = 0;

	for (uint32_t i = 0; i < e->other_claims->n && !rc; i++) {
		const struct gv_val *other = &e->other_claims->items[i];

		gv_seizure_about(c, &rec, "claim", e->claim.val ? e->claim.val : other);
		rc = gv_finding(c, GV_REVIEW, NULL, _("the case has another claim, %.*s: which one holds?"), GV_TEXT(gv_val_getstr(other, "id")));
	}
	while (first < e->n && !e->holdings[first].ours)
		first++;
	if (rc || first == e->n || gv_estate_has_claim(e))
		return rc;
	if (e->claim.val)
		gv_seizure_about(c, &rec, "claim", e->claim.val);
	else
		gv_seizure_about(c, &rec, "seizure", e->holdings[first].seizure);
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
		else if ((h->counts || h->joins) && h->worth.missing && h->worth.use != GV_USE_NONE)
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

/* ---- a part of what stays ---- */

/* What stays is obviously too much still, if nothing of it may be divided. */
static bool has_excess(const struct gv_estate *e)
{
	return is_obvious(e) && e->kept_least > e->claim.total && percent(e->kept_least, e->claim.total) >= e->policy.obvious;
}

static int tell_part(struct gv_check *c, const struct gv_estate *e, const struct gv_holding *h)
{
	const struct gv_part *part = &h->part;
	char goes[GV_YUAN], least[GV_YUAN], claim[GV_YUAN];
	struct gv_val facts;
	struct gv_rec rec;
	int rc = numbers(c, &facts, e);

	gv_yuan(part->fen, goes);
	gv_yuan(e->trimmed_least, least);
	gv_yuan(e->claim.total, claim);
	gv_seizure_about(c, &rec, "seizure", h->seizure);
	if (!rc)
		rc = gv_fact_int(c, &facts, "excess_fen", part->fen);
	if (!rc && part->pieces)
		rc = gv_fact_int(c, &facts, "excess_units", part->pieces);
	if (rc)
		return rc;
	if (part->pieces)
		return gv_finding(c, GV_VIOLATION, &facts, _("of %.*s %lld of %lld may be released, worth %s: without them %s stay even at the lowest price, and the claim is %s"),
		                  GV_TEXT(h->asset_id), (long long)part->pieces, (long long)h->worth.pieces, goes, least, claim);
	return gv_finding(c, GV_VIOLATION, &facts, _("of %.*s %s may be released: without it %s stay even at the lowest price, and the claim is %s"), GV_TEXT(h->asset_id), goes,
	                  least, claim);
}

/* Of an immovable that is told by SZ-13. */
static int tell_no_units(struct gv_check *c, const struct gv_holding *h)
{
	struct gv_rec rec;

	gv_seizure_about(c, &rec, "seizure", h->seizure);
	return gv_finding(c, GV_REVIEW, NULL, _("%.*s can be divided and is worth more than is needed, and units missing"), GV_TEXT(h->asset_id));
}

/* What stays and could do with less. */
static int tell_parts(struct gv_check *c, const struct gv_estate *e, bool *told)
{
	int rc = 0;

	for (size_t i = 0; i < e->n && !rc && has_excess(e); i++) {
		const struct gv_holding *h = &e->holdings[i];

		if (h->part.fen)
			rc = tell_part(c, e, h);
		else if (h->counts && h->kept && e->trimmed_least > e->claim.total && gv_worth_divides(&h->worth) == GV_DIVIDES_UNKNOWN)
			rc = gv_str_is(h->worth.type, "immovable") ? 0 : tell_no_units(c, h);
		else
			continue;
		*told = true;
	}
	return rc;
}

/* A thing that stays, without which the claim is not covered, and that is worth more than is missing. */
static bool has_surplus(const struct gv_estate *e, const struct gv_holding *h)
{
	return h->counts && h->kept && !h->worth.is_money && h->worth.use == GV_USE_PAY && !h->worth.missing && is_obvious(e) &&
	       e->nominal > e->claim.total && e->kept_least - h->worth.least < e->claim.total;
}

/* The surplus lies in a thing of which SZ-11 or SZ-13 say why it is seized whole. */
static bool is_told_elsewhere(const struct gv_estate *e)
{
	for (size_t i = 0; i < e->n; i++)
		if (has_surplus(e, &e->holdings[i]) && gv_worth_divides(&e->holdings[i].worth) == GV_DIVIDES_NOT && !e->holdings[i].worth.in_dispute)
			return true;
	return false;
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

	if (!gv_estate_has_claim(e) || e->nominal <= e->claim.total || gv_claim_is_paid(&e->claim)) /* all of it goes then: SZ-54 */
		return 0;
	rc = numbers(c, &facts, e);
	for (size_t i = 0; i < e->n && !rc && is_obvious(e); i++) {
		if (!may_go(&e->holdings[i]))
			continue;
		rc = tell_release(c, e, &e->holdings[i], &facts);
		told = true;
	}
	if (!rc)
		rc = tell_parts(c, e, &told);
	if (rc || told || is_told_elsewhere(e))
		return rc;
	gv_yuan(e->nominal, nominal);
	gv_yuan(e->least, least);
	gv_yuan(e->claim.total, claim);
	gv_seizure_about(c, &rec, "claim", e->claim.val);
	if (is_obvious(e))
		return gv_finding(c, GV_INFO, &facts, _("seized is %s, at the lowest price %s, and the claim is %s: nothing of it can go, or less than the claim would stay"), nominal,
		                  least, claim);
	return gv_finding(c, GV_REVIEW, &facts, _("seized is %s, at the lowest price %s, and the claim is %s: whether that is obviously too much is to be judged"),
	                  nominal, least, claim);
}

/* ---- SZ-11: what cannot be divided ---- */

static bool has_money(const struct gv_estate *e)
{
	for (size_t i = 0; i < e->n; i++)
		if (e->holdings[i].counts && e->holdings[i].worth.is_money && e->holdings[i].worth.least)
			return true;
	return false;
}

/* Whether there is enough besides nobody can tell: of one thing the value is missing, or others come first. */
static int tell_unknown_rest(struct gv_check *c, const struct gv_estate *e, const struct gv_holding *h)
{
	const struct gv_worth *w = &e->free_unknown->worth;

	if (e->free_unknown->elsewhere)
		return gv_finding(c, GV_REVIEW, NULL, _("%.*s is indivisible, and whether the other property suffices is not known: %.*s is seized for others"), GV_TEXT(h->asset_id),
		                  GV_TEXT(w->id));
	return gv_finding(c, GV_REVIEW, NULL, _("%.*s is indivisible, and whether the other property suffices is not known: %.*s: %s missing"), GV_TEXT(h->asset_id), GV_TEXT(w->id),
	                  w->missing);
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
		                  GV_TEXT(h->asset_id), rest, claim);
	if (others + e->free_least >= e->claim.total)
		return gv_finding(c, GV_VIOLATION, NULL, _("%.*s is indivisible, but with property that is not seized the other suffices: %s and %s, the claim is %s"),
		                  GV_TEXT(h->asset_id), rest, free_least, claim);
	if (e->free_unknown)
		return tell_unknown_rest(c, e, h);
	return gv_finding(c, GV_INFO, NULL,
	                  has_money(e) ? _("%.*s is indivisible and the other property does not suffice: %s, the claim is %s; transfer the money first, then compute again")
	                               : _("%.*s is indivisible and the other property does not suffice: %s, the claim is %s"),
	                  GV_TEXT(h->asset_id), rest, claim);
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
		else if (!h->worth.may_divide && h->kept && gv_worth_divides(&h->worth) == GV_DIVIDES_NOT)
			rc = gv_finding(c, GV_REVIEW, NULL, _("%.*s is worth more than is needed, and indivisible missing"), (int)h->asset_id.n, h->asset_id.p);
	}
	return rc;
}

/* One certificate for many units: all may be seized at first; once the debtor asks, it is to be split and released. */
static int tell_certificate(struct gv_check *c, const struct gv_holding *h)
{
	struct gv_str asked = gv_val_getstr(h->asset, "split_asked_on");

	if (!asked.n || gv_val_getstr(h->asset, "split_refused_on").n)
		return 0;
	return gv_finding(c, GV_WARN, NULL, _("%.*s: the debtor asked on %.*s to split the registration, and neither a split nor a refusal is recorded"),
	                  (int)h->asset_id.n, h->asset_id.p, (int)asked.n, asked.p);
}

static int tell_divisible(struct gv_check *c, const struct gv_estate *e, const struct gv_holding *h)
{
	int64_t others = e->kept_least - h->worth.least;
	struct gv_part part;

	if (e->kept_least > e->claim.total && gv_worth_divides(&h->worth) == GV_DIVIDES_UNKNOWN)
		return tell_no_units(c, h);
	if (!gv_worth_part(&part, &h->worth, e->claim.total - others))
		return 0;
	return gv_finding(c, GV_VIOLATION, NULL, _("%.*s can be divided: of %lld units not all are needed"), GV_TEXT(h->asset_id), (long long)h->worth.pieces);
}

/* SZ-13: of what can be divided the corresponding part. */
int gv_seizure_rule_part(struct gv_check *c, const void *subject)
{
	const struct gv_estate *e = gv_estate_of(subject);
	struct gv_rec rec;
	int rc = 0;

	for (size_t i = 0; i < e->n && !rc; i++) {
		const struct gv_holding *h = &e->holdings[i];

		if (!h->counts || !gv_str_is(h->worth.type, "immovable"))
			continue;
		gv_seizure_about(c, &rec, "seizure", h->seizure);
		if (gv_val_is_true(h->asset, "one_certificate") && !gv_val_getstr(h->asset, "split_on").n)
			rc = tell_certificate(c, h);
		else if (gv_estate_has_claim(e) && has_surplus(e, h) && h->worth.may_divide)
			rc = tell_divisible(c, e, h);
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
