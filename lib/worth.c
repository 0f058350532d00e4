/* SPDX-License-Identifier: MIT */
#include "worth.h"

#include "fee.h"
#include "i18n.h"

enum { WHOLE = 100, SHARES_LOWEST = 80 /* the price may be set up to 20 % lower: 法发〔2019〕35号 item 7 (SZ-16) */ };

/* ---- may it be seized, may it be sold? ---- */

struct class { const char *field, *word, *rule; enum gv_use use; };

static const struct class classes[] = {
	{ "exempt", NULL, "SZ-21", GV_USE_NONE },  /* any word */
	{ "account", "wages", "SZ-25", GV_USE_NONE },
	{ "account", "wage-deposit", "SZ-25", GV_USE_NONE },
	{ "account", "social-insurance", "SZ-26", GV_USE_NONE },
	{ "account", "presale", "SZ-27", GV_USE_HOLD },
	{ "account", "letter-of-credit", "SZ-28", GV_USE_HOLD },
	{ "account", "acceptance", "SZ-29", GV_USE_HOLD },
	{ "account", "reserve", "SZ-30", GV_USE_NONE },
	{ "account", "provident-fund", "SZ-32", GV_USE_HOLD },
	{ "account", "union", "SZ-33", GV_USE_NONE },
	{ "account", "party-dues", "SZ-33", GV_USE_NONE },
	{ "account", "laid-off-workers", "SZ-33", GV_USE_NONE },
	{ "account", "treasury", "SZ-33", GV_USE_NONE },
	{ "account", "settlement", "SZ-33", GV_USE_NONE },
	{ NULL, NULL, NULL, GV_USE_PAY }
};

/* No more is seized than what was recognised as more than the wages need. */
static bool is_excess(const struct gv_val *asset, const struct gv_hold *hold)
{
	int64_t excess, sum;

	return hold && gv_val_getint(asset, "excess_fen", &excess) && gv_val_getint(hold->val, "sum_fen", &sum) && sum <= excess;
}

/* What lifts the bar again: the very project's claims, a condition of withdrawal, a deposit that is none any more. */
static bool is_lifted(const struct gv_val *asset, const struct gv_hold *hold, const struct gv_val *claim, const char *rule)
{
	struct gv_str project = gv_val_getstr(asset, "project"), nature = gv_val_getstr(claim, "nature");
	bool same = project.n && gv_str_eq(project, gv_val_getstr(claim, "project"));

	if (!strcmp(rule, "SZ-25"))
		return (same && gv_str_is(nature, "wages")) || is_excess(asset, hold);
	if (!strcmp(rule, "SZ-27"))
		return same && (gv_str_is(nature, "progress") || gv_str_is(nature, "material") || gv_str_is(nature, "equipment"));
	if (!strcmp(rule, "SZ-28") || !strcmp(rule, "SZ-29"))
		return gv_val_is_true(asset, "deposit_ended");
	return !strcmp(rule, "SZ-32") && gv_val_is_true(asset, "withdrawable");
}

static void read_use(struct gv_worth *w, const struct gv_hold *hold, const struct gv_val *claim)
{
	const struct class *c = classes;

	while (c->field && !(c->word ? gv_str_is(gv_val_getstr(w->val, c->field), c->word) : gv_val_getstr(w->val, c->field).n > 0))
		c++;
	if (c->field && !is_lifted(w->val, hold, claim, c->rule)) {
		w->use = c->use;
		w->use_rule = c->rule;
	} else if (gv_val_is_true(w->val, "bank_premises")) {
		w->use = GV_USE_NONE;
		w->use_rule = "SZ-30";
	} else if (gv_val_is_true(w->val, "trust") && !gv_val_getstr(w->val, "trust_exception").n) {
		w->use = GV_USE_NONE;
		w->use_rule = "SZ-31";
	} else if (gv_val_is_true(w->val, "dwelling") && !gv_val_getstr(w->val, "dwelling_sale").n) {
		w->use = GV_USE_HOLD;
		w->use_rule = "SZ-23";
	}
}

/* ---- values ---- */

static int read_share(struct gv_worth *w, struct gv_err *err)
{
	const struct gv_val *share = gv_val_get(w->val, "share");

	w->num = w->den = 1;
	if (!share) {
		if (gv_val_items(w->val, "co_owners")->n)
			w->missing = "share";
		return 0;
	}
	if (!gv_val_getint(share, "num", &w->num) || !gv_val_getint(share, "den", &w->den) || w->num < 0 || w->den < 1 || w->num > w->den) {
		w->num = 0;
		w->den = 1;
		return gv_fail_field(err, GV_EDATA, "share", "%s", _("is no share: 0 to 1, as {\"num\":1,\"den\":2}"));
	}
	return 0;
}

/* Shares by the closing price of the day before, as many as are frozen (SZ-16). */
static int of_shares(struct gv_worth *w, const struct gv_hold *hold, bool *there, struct gv_err *err)
{
	int64_t n, price, frozen = 0;
	bool has_price, has_frozen = false;
	int rc = gv_fen_read(w->val, "shares", &n, there, err);

	if (!rc && hold && gv_str_is(w->type, "listed-shares"))
		rc = gv_fen_read(hold->val, "shares", &frozen, &has_frozen, err);
	if (has_frozen && (!*there || frozen < n)) {
		n = frozen;
		*there = true;
	}
	if (!rc)
		rc = gv_fen_read(w->val, "close_fen", &price, &has_price, err);
	if (rc || !*there || !has_price) {
		*there = false;
		return rc;
	}
	w->field = "shares*close_fen";
	w->ref = gv_fen_share(n, price, 1);
	return w->ref < 0 ? gv_fail_field(err, GV_EDATA, "shares", "%s", _("the value is too large")) : 0;
}

static int read_ref(struct gv_worth *w, const struct gv_hold *hold, struct gv_err *err)
{
	static const char *const fields[] = { "price.fen", "value_fen", "balance_fen" };
	bool there = false;
	int rc = 0;

	for (size_t i = 0; i < sizeof fields / sizeof fields[0] && !rc && !there; i++) {
		w->field = fields[i];
		rc = gv_fen_read(w->val, fields[i], &w->ref, &there, err);
	}
	if (!rc && !there)
		rc = of_shares(w, hold, &there, err);
	if (!rc && !there)
		w->missing = w->is_money ? "balance_fen" : "price.fen";
	return rc;
}

/* What it secures: of a mortgage for a maximum no more than on the day of the notice (SZ-53). */
static int64_t secured(const struct gv_val *right, int64_t fen)
{
	int64_t fixed;

	return gv_val_getint(right, "fixed_fen", &fixed) && fixed >= 0 && fixed < fen ? fixed : fen;
}

/* All that is registered before our seizure took effect, all of which nobody knows when, and tax (SZ-34). */
static int read_prior(struct gv_worth *w, const struct gv_hold *hold, struct gv_err *err)
{
	const struct gv_val *list = gv_val_items(w->val, "encumbrances");

	for (uint32_t i = 0; i < list->n; i++) {
		gv_instant on;
		int64_t fen;
		bool there;
		int rc = gv_fen_read(&list->items[i], "fen", &fen, &there, err);

		if (!rc)
			rc = gv_instant_begin(&list->items[i], "on", &on, err);
		if (rc) {
			gv_err_field_prefix(err, "encumbrances");
			return rc;
		}
		if (!gv_str_is(gv_val_getstr(&list->items[i], "kind"), "tax") && hold && hold->from != GV_INSTANT_NONE && on != GV_INSTANT_NONE && on > hold->from)
			continue;
		if (!there)
			w->missing = "encumbrances.fen";
		fen = secured(&list->items[i], fen);
		if (w->prior > GV_FEN_MAX - fen)
			return gv_fail_field(err, GV_EDATA, "encumbrances", "%s", _("the sum is too large"));
		w->prior += fen;
	}
	return 0;
}

static int64_t left(int64_t value, int64_t prior)
{
	return value > prior ? value - prior : 0;
}

/* Less what was released of it since. */
static int64_t still_frozen(const struct gv_hold *hold, int64_t sum)
{
	const struct gv_val *events = gv_val_items(hold->val, "events");

	for (uint32_t i = 0; i < events->n; i++) {
		int64_t fen;

		if (gv_str_is(gv_val_getstr(&events->items[i], "event"), "release-part") && gv_val_getint(&events->items[i], "sum_fen", &fen) && fen > 0)
			sum = left(sum, fen);
	}
	return sum;
}

/* Money as far as it is frozen; of a presale account what is above the supervised quota may be taken. */
static int count(struct gv_worth *w, const struct gv_hold *hold, struct gv_err *err)
{
	int64_t ref = w->ref, sum, quota;
	bool has_sum = false, has_quota = false;
	int rc = 0;

	if (w->is_money && hold)
		rc = gv_fen_read(hold->val, "sum_fen", &sum, &has_sum, err);
	if (!rc)
		rc = gv_fen_read(w->val, "quota_fen", &quota, &has_quota, err);
	if (rc)
		return rc;
	if (has_sum && still_frozen(hold, sum) < ref)
		ref = still_frozen(hold, sum);
	w->nominal = left(gv_fen_share(ref, w->num, w->den), w->prior);
	w->least = left(gv_fen_share(ref, w->num * w->percent, w->den * WHOLE), w->prior);
	if (w->use == GV_USE_HOLD)
		w->least = !strcmp(w->use_rule, "SZ-27") && has_quota ? left(w->least, quota) : 0;
	return 0;
}

/* What is sold with less effect on production and life comes first. */
static int effect_of(const struct gv_worth *w)
{
	static const char *const order[] = { "deposit", "income", "listed-shares", "right", "vehicle", "movable", "equity", "immovable" };
	int n = sizeof order / sizeof order[0], i = 0;

	if (w->asked_first || w->is_money)
		return 0;
	if (gv_val_is_true(w->val, "dwelling"))
		return n + 1;
	if (gv_val_is_true(w->val, "production"))
		return n;
	while (i < n - 1 && !gv_str_is(w->type, order[i]))
		i++;
	return i;
}

int gv_worth_read(struct gv_worth *out, const struct gv_val *asset, const struct gv_hold *hold, const struct gv_val *claim,
                  int lowest, struct gv_err *err)
{
	int rc;

	*out = (struct gv_worth){ .val = asset, .id = gv_val_getstr(asset, "id"), .type = gv_val_getstr(asset, "type") };
	out->is_money = gv_str_is(out->type, "deposit");
	out->percent = out->is_money ? WHOLE : gv_str_is(out->type, "listed-shares") && lowest < SHARES_LOWEST ? SHARES_LOWEST : lowest;
	out->asked_first = gv_val_is_true(asset, "asked_first");
	out->in_dispute = gv_val_is_true(asset, "in_dispute");
	read_use(out, hold, claim);
	out->indivisible = gv_val_is_true(asset, "indivisible");
	out->may_divide = gv_val_is_false(asset, "indivisible");
	out->effect = effect_of(out);
	rc = read_share(out, err);
	if (!rc)
		rc = read_ref(out, hold, err);
	if (!rc)
		rc = read_prior(out, hold, err);
	if (!rc && !out->missing && out->use != GV_USE_NONE && (!hold || hold->is == GV_HOLD_ON))
		rc = count(out, hold, err);
	return rc;
}
