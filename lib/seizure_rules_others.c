/* SPDX-License-Identifier: MIT */
/* seizure_rules_others: those who have a right beside the debtor: co-owners, buyers, mortgagees: SZ-49 to SZ-53. */
#include "seizure_rules_impl.h"

/* The moment that a right must be older than: of effect, or of the service while it waits. */
static int effect_of(struct gv_check *c, const struct gv_holding *h, struct gv_moment *out, const char **field)
{
	*field = gv_hold_effect_field(h->seizure, gv_val_getstr(h->asset, "type"));
	if (h->hold.waited && gv_val_getstr(h->seizure, "converted_at").n)
		*field = "converted_at";
	return gv_seizure_moment(c, h->seizure, *field, out);
}

static bool has_begun(const struct gv_check *c, const struct gv_holding *h)
{
	return h->hold.from != GV_INSTANT_NONE && gv_instant_day(h->hold.from) <= c->as_of;
}

/* ---- SZ-49: co-owners ---- */

static int tell_co_owners(struct gv_check *c, const struct gv_holding *h)
{
	const struct gv_val *list = gv_val_items(h->asset, "co_owners");
	int rc = 0;

	if (!list->n && h->worth.num < h->worth.den)
		return gv_seizure_missing(c, h, "co_owners");
	for (uint32_t i = 0; i < list->n && !rc; i++) {
		struct gv_str name = gv_val_getstr(&list->items[i], "name");

		if (!gv_val_getstr(&list->items[i], "notified_on").n)
			rc = gv_finding(c, GV_WARN, NULL, _("%.*s: that the co-owner %.*s was notified is not recorded (notified_on)"), GV_TEXT(h->asset_id), GV_TEXT(name));
	}
	return rc;
}

/* They divided it, and the creditor accepted: the shares of the others go. */
static int check_division(struct gv_check *c, const struct gv_holding *h)
{
	static const char *const names[] = { "release-part", NULL };
	struct gv_str accepted = gv_val_getstr(h->asset, "partition_accepted_on");
	uint32_t at = 0;

	if (!accepted.n || gv_seizure_event(h, names, &at))
		return 0;
	return gv_finding(c, GV_VIOLATION, NULL, _("%.*s: the co-owners divided it and the creditor accepted that on %.*s: the shares of the others must be released"),
	                  GV_TEXT(h->asset_id), GV_TEXT(accepted));
}

static int tell_stayed(struct gv_check *c, const struct gv_holding *h, const struct gv_val *event, bool sure)
{
	struct gv_str name = gv_val_getstr(event, "event"), on = gv_val_getstr(event, "on"), suit = gv_val_getstr(h->asset, "partition_suit_on");

	if (!sure)
		return gv_finding(c, GV_REVIEW, NULL, _("%.*s: %.*s on %.*s, the very day that the suit for partition began or ended: was it stayed?"), GV_TEXT(h->asset_id),
		                  GV_TEXT(name), GV_TEXT(on));
	return gv_finding(c, GV_VIOLATION, NULL, _("%.*s: %.*s on %.*s, though a suit for partition of %.*s stays its enforcement"), GV_TEXT(h->asset_id), GV_TEXT(name), GV_TEXT(on),
	                  GV_TEXT(suit));
}

/* From the suit to its end nothing may be disposed of. */
static int check_suit(struct gv_check *c, const struct gv_holding *h)
{
	struct gv_moment from, until, act;
	const struct gv_val *event;
	bool told = false;
	uint32_t at = 0;
	int rc = gv_seizure_moment(c, h->asset, "partition_suit_on", &from);

	if (!rc)
		rc = gv_seizure_moment(c, h->asset, "partition_ended_on", &until);
	if (rc || from.day == GV_DAY_NONE || from.day > c->as_of)
		return rc;
	while (!rc && (event = gv_seizure_event(h, gv_seizure_disposals, &at))) {
		rc = gv_seizure_moment(c, event, "on", &act);
		if (rc || act.day == GV_DAY_NONE || act.day < from.day || (until.day != GV_DAY_NONE && act.day > until.day))
			continue;
		rc = tell_stayed(c, h, event, act.day != from.day && act.day != until.day);
		told = true;
	}
	if (rc || told || gv_seizure_ended(h) || (until.day != GV_DAY_NONE && until.day <= c->as_of))
		return rc;
	return gv_finding(c, GV_INFO, NULL, _("%.*s: a suit for partition is pending: enforcement of it is stayed"), GV_TEXT(h->asset_id));
}

static int co_owned(struct gv_check *c, const void *subject, const struct gv_holding *h)
{
	int rc = 0;

	(void)subject;
	if (has_begun(c, h) && !gv_seizure_ended(h)) {
		rc = tell_co_owners(c, h);
		if (!rc)
			rc = check_division(c, h);
	}
	return rc ? rc : check_suit(c, h);
}

int gv_seizure_rule_co_owned(struct gv_check *c, const void *subject)
{
	return gv_seizure_each_ever(c, subject, co_owned);
}

/* ---- conditions of buyers ---- */

enum answer { YES, NO, UNKNOWN };

/* A condition, and the field that answers it. */
struct limb { enum answer is; const char *field; };

struct sale {
	const struct gv_val *buyer;
	struct gv_str name;
	struct gv_moment seized, contract, possession, paid, balance, debate;
	const char *seized_field;
};

static int read_sale(struct gv_check *c, const struct gv_holding *h, const struct gv_val *buyer, struct sale *s)
{
	const struct { const char *field; struct gv_moment *out; } dates[] = {
		{ "contract_on", &s->contract }, { "possession_on", &s->possession }, { "paid_on", &s->paid },
		{ "balance_on", &s->balance }, { "debate_ended_on", &s->debate },
	};
	int rc = effect_of(c, h, &s->seized, &s->seized_field);

	s->buyer = buyer;
	s->name = gv_val_getstr(buyer, "name");
	for (size_t i = 0; i < sizeof dates / sizeof dates[0] && !rc; i++)
		if ((rc = gv_seizure_moment(c, buyer, dates[i].field, dates[i].out)))
			gv_err_field_prefix(c->err, "buyers");
	return rc;
}

static struct limb before_seizure(const struct sale *s, struct gv_moment m, const char *field)
{
	enum gv_order order = gv_moment_order(m, s->seized);

	if (m.day != GV_DAY_NONE && s->seized.day == GV_DAY_NONE)
		field = s->seized_field;
	return (struct limb){ order == GV_ORDER_BEFORE ? YES : order == GV_ORDER_MISSING || order == GV_ORDER_UNCLEAR ? UNKNOWN : NO, field };
}

static struct limb is_so(const struct sale *s, const char *field, bool wanted)
{
	const struct gv_val *v = gv_val_get(s->buyer, field);

	return (struct limb){ !v || v->type != GV_BOOL ? UNKNOWN : v->truth == wanted ? YES : NO, field };
}

/* `percent` of the price, or more than that, if `more`. */
static struct limb has_paid(const struct sale *s, int percent, bool more)
{
	int64_t price, paid;

	if (!gv_val_getint(s->buyer, "price_fen", &price) || price < 0 || price > GV_FEN_MAX)
		return (struct limb){ UNKNOWN, "price_fen" };
	if (!gv_val_getint(s->buyer, "paid_fen", &paid) || paid < 0 || paid > GV_FEN_MAX)
		return (struct limb){ UNKNOWN, "paid_fen" };
	return (struct limb){ more ? (paid * 100 > price * percent ? YES : NO) : paid * 100 >= price * percent ? YES : NO, "paid_fen" };
}

/* All of it, unless it is known that the last of it was paid after the seizure. */
static struct limb paid_all(const struct sale *s)
{
	struct limb all = has_paid(s, 100, false);

	return all.is == YES && gv_moment_order(s->paid, s->seized) == GV_ORDER_AFTER ? (struct limb){ NO, "paid_on" } : all;
}

static struct limb paid_or_handed(const struct sale *s)
{
	struct limb all = paid_all(s), handed = is_so(s, "balance_to_court", true);

	return all.is == YES || handed.is == YES ? (struct limb){ YES, "paid_fen" } : all.is == UNKNOWN ? all : handed;
}

/* What is wrong first; else what is missing first; NULL: all conditions are met. */
static const struct limb *worst(const struct limb limbs[], size_t n)
{
	const struct limb *found = NULL;

	for (size_t i = 0; i < n; i++)
		if (limbs[i].is == NO)
			return &limbs[i];
	for (size_t i = n; i-- > 0;)
		if (limbs[i].is == UNKNOWN)
			found = &limbs[i];
	return found;
}

static int tell_unknown(struct gv_check *c, const struct gv_holding *h, const struct sale *s, const struct limb *limb)
{
	return gv_finding(c, GV_REVIEW, NULL, _("%.*s, buyer %.*s: %s missing or of the day of the seizure"), GV_TEXT(h->asset_id), GV_TEXT(s->name), limb->field);
}

typedef int buyer_fn(struct gv_check *c, const struct gv_holding *h, const struct sale *s);

static int each_buyer(struct gv_check *c, const struct gv_holding *h, buyer_fn *fn)
{
	const struct gv_val *list = gv_val_items(h->asset, "buyers");
	int rc = 0;

	for (uint32_t i = 0; i < list->n && !rc; i++) {
		struct sale s;

		rc = read_sale(c, h, &list->items[i], &s);
		if (!rc)
			rc = fn(c, h, &s);
	}
	return rc;
}

/* ---- SZ-50: paid for and possessed ---- */

static bool is_transferred_by_entry(const struct gv_holding *h)
{
	struct gv_str type = gv_val_getstr(h->asset, "type");

	return !gv_str_is(type, "deposit") && !gv_str_is(type, "income") && (!gv_str_is(type, "movable") || gv_val_getstr(h->asset, "registry").n > 0);
}

static int one_sold(struct gv_check *c, const struct gv_holding *h, const struct sale *s)
{
	const struct limb limbs[] = { paid_all(s), before_seizure(s, s->possession, "possession_on"), is_so(s, "fault", false) };
	const struct limb *limb = worst(limbs, sizeof limbs / sizeof limbs[0]);

	if (limb)
		return limb->is == NO ? 0 : tell_unknown(c, h, s, limb);
	return gv_finding(c, GV_VIOLATION, NULL, _("%.*s must not be seized: %.*s has paid for it and possesses it, and is not at fault that it is not registered"), GV_TEXT(h->asset_id), GV_TEXT(s->name));
}

static int sold(struct gv_check *c, const void *subject, const struct gv_holding *h)
{
	(void)subject;
	return is_transferred_by_entry(h) ? each_buyer(c, h, one_sold) : 0;
}

int gv_seizure_rule_sold(struct gv_check *c, const void *subject)
{
	return gv_seizure_each(c, subject, sold);
}

/* ---- SZ-51, SZ-52: buyers whose objection is good ---- */

static bool was_rejected(const struct gv_holding *h, struct gv_str name)
{
	const struct gv_val *list = gv_val_items(h->asset, "third_parties");

	for (uint32_t i = 0; i < list->n; i++)
		if (gv_str_eq(gv_val_getstr(&list->items[i], "by"), name) && gv_str_is(gv_val_getstr(&list->items[i], "result"), "rejected"))
			return true;
	return false;
}

static int tell_buyer(struct gv_check *c, const struct gv_holding *h, const struct sale *s, const struct limb *limb, enum gv_level most)
{
	if (limb && limb->is == NO)
		return gv_finding(c, GV_INFO, NULL, _("%.*s: the buyer %.*s does not keep enforcement off (%s)"), GV_TEXT(h->asset_id), GV_TEXT(s->name), limb->field);
	if (limb)
		return tell_unknown(c, h, s, limb);
	if (was_rejected(h, s->name))
		return gv_finding(c, most, NULL, _("%.*s: the objection of the buyer %.*s was rejected, though all conditions are met"), GV_TEXT(h->asset_id), GV_TEXT(s->name));
	return gv_finding(c, GV_WARN, NULL, _("%.*s: the buyer %.*s meets all conditions to keep enforcement off"), GV_TEXT(h->asset_id), GV_TEXT(s->name));
}

/* A buyer from a developer has SZ-52 beside it: what fails here is told there. */
static int one_buyer(struct gv_check *c, const struct gv_holding *h, const struct sale *s)
{
	const struct limb limbs[] = { before_seizure(s, s->contract, "contract_on"), before_seizure(s, s->possession, "possession_on"), paid_or_handed(s),
	                              is_so(s, "fault", false) };
	const struct limb *limb = worst(limbs, sizeof limbs / sizeof limbs[0]);

	return limb && gv_val_is_true(s->buyer, "from_developer") ? 0 : tell_buyer(c, h, s, limb, GV_VIOLATION);
}

static int buyers(struct gv_check *c, const void *subject, const struct gv_holding *h)
{
	(void)subject;
	return gv_str_is(gv_val_getstr(h->asset, "type"), "immovable") ? each_buyer(c, h, one_buyer) : 0;
}

int gv_seizure_rule_buyers(struct gv_check *c, const void *subject)
{
	return gv_seizure_each(c, subject, buyers);
}

/* Of suits from 2025-07-24: all paid before the seizure, or a part, and the balance at the court before the debate ended. */
static struct limb paid_in_time(const struct sale *s)
{
	struct limb all = has_paid(s, 100, false), part = has_paid(s, 0, true), handed = is_so(s, "balance_to_court", true);

	if (all.is == UNKNOWN || part.is == NO)
		return part;
	if (handed.is != YES)
		return all.is == YES ? before_seizure(s, s->paid, "paid_on") : handed;
	if (s->balance.day == GV_DAY_NONE)
		return (struct limb){ UNKNOWN, "balance_on" };
	return (struct limb){ s->debate.day == GV_DAY_NONE || s->balance.day <= s->debate.day ? YES : NO, "balance_on" };
}

static struct limb lives_there(const struct sale *s)
{
	return gv_val_is_true(s->buyer, "for_living") ? (struct limb){ YES, "for_living" } : is_so(s, "family_home", true);
}

static int one_home(struct gv_check *c, const struct gv_holding *h, const struct sale *s)
{
	struct gv_moment suit;
	int rc = gv_seizure_moment(c, s->buyer, "suit_on", &suit);

	if (rc || !gv_val_is_true(s->buyer, "from_developer"))
		return rc;
	if (suit.day >= gv_day_of(2025, 7, 24)) {
		const struct limb limbs[] = { before_seizure(s, s->contract, "contract_on"), paid_in_time(s), lives_there(s) };

		return tell_buyer(c, h, s, worst(limbs, sizeof limbs / sizeof limbs[0]), GV_WARN);
	}
	{
		const struct limb limbs[] = { before_seizure(s, s->contract, "contract_on"), is_so(s, "for_living", true), has_paid(s, 50, true) };

		return tell_buyer(c, h, s, worst(limbs, sizeof limbs / sizeof limbs[0]), GV_VIOLATION);
	}
}

static int homes(struct gv_check *c, const void *subject, const struct gv_holding *h)
{
	(void)subject;
	return gv_str_is(gv_val_getstr(h->asset, "type"), "immovable") ? each_buyer(c, h, one_home) : 0;
}

int gv_seizure_rule_homes(struct gv_check *c, const void *subject)
{
	return gv_seizure_each(c, subject, homes);
}

/* ---- SZ-53: mortgages for a maximum ---- */

static int one_maximum(struct gv_check *c, const struct gv_holding *h, const struct gv_val *right)
{
	struct gv_str holder = gv_val_getstr(right, "holder");
	char now[GV_YUAN], then[GV_YUAN];
	int64_t fen, fixed;

	if (!gv_val_getstr(right, "notified_on").n && !gv_val_getstr(right, "known_on").n)
		return gv_finding(c, GV_WARN, NULL, _("%.*s: that %.*s was notified is not recorded (notified_on): what the mortgage secures goes on growing"), GV_TEXT(h->asset_id), GV_TEXT(holder));
	if (!gv_val_getint(right, "fen", &fen) || !gv_val_getint(right, "fixed_fen", &fixed) || fen == fixed)
		return 0;
	if (fixed > fen)
		return gv_finding(c, GV_REVIEW, NULL, _("%.*s: the mortgage of %.*s is for %s at most, and %s is recorded as of the day of the notice (fixed_fen)"), GV_TEXT(h->asset_id),
		                  GV_TEXT(holder), gv_yuan(fen, now), gv_yuan(fixed, then));
	return gv_finding(c, GV_INFO, NULL, _("%.*s: the mortgage of %.*s secures %s, as on the day of the notice, and not %s"), GV_TEXT(h->asset_id), GV_TEXT(holder), gv_yuan(fixed, then),
	                  gv_yuan(fen, now));
}

static int maximum(struct gv_check *c, const void *subject, const struct gv_holding *h)
{
	const struct gv_val *list = gv_val_items(h->asset, "encumbrances");
	int rc = 0;

	(void)subject;
	for (uint32_t i = 0; i < list->n && !rc && has_begun(c, h); i++)
		if (gv_str_is(gv_val_getstr(&list->items[i], "kind"), "maximum-mortgage") && !gv_val_is_true(&list->items[i], "own"))
			rc = one_maximum(c, h, &list->items[i]);
	return rc;
}

int gv_seizure_rule_maximum(struct gv_check *c, const void *subject)
{
	return gv_seizure_each(c, subject, maximum);
}
