/* SPDX-License-Identifier: MIT */
#include "worth.h"

#include "fee.h"
#include "i18n.h"

enum { WHOLE = 100, SHARES_LOWEST = 80 /* the price may be set up to 20 % lower: 法发〔2019〕35号 item 7 (SZ-16) */ };

int gv_bundle_blame(struct gv_err *err, int rc, const char *kind, struct gv_str id)
{
	struct gv_buf thing = GV_BUF_INIT(1024);

	if (!rc || err->thing[0])
		return rc;
	gv_buf_addf(&thing, "%s%s%.*s", kind, id.n ? " " : "", (int)id.n, id.n ? id.p : "");
	if (thing.p)
		gv_err_thing(err, thing.p, thing.n);
	gv_buf_free(&thing);
	return rc;
}

static int64_t left(int64_t value, int64_t prior)
{
	return value > prior ? value - prior : 0;
}

/* Saturated: an amount that is too large is refused where amounts are added up. */
static int64_t plus(int64_t a, int64_t b)
{
	return a > INT64_MAX - b ? INT64_MAX : a + b;
}

/* ---- what has gone, and what was released ---- */

static bool is_by(const struct gv_val *event, gv_instant until)
{
	gv_instant on;

	return gv_instant_begin(event, "on", &on, NULL) == 0 && (on == GV_INSTANT_NONE || on <= until);
}

static void add_sale(struct gv_gone *gone, const struct gv_val *sale)
{
	bool part = gv_str_is(gv_val_getstr(sale, "event"), "dispose-part");
	int64_t units;

	if (gv_val_getint(sale, "units", &units) && units > 0)
		gone->units = plus(gone->units, units);
	else if (part)
		gone->units_missing = true;
	else
		gone->all = true;
}

int gv_gone_add(struct gv_gone *gone, const struct gv_val *seizure, gv_instant until, struct gv_err *err)
{
	const struct gv_val *events = gv_val_items(seizure, "events"), *sale;
	uint32_t at = 0;

	if (!events->n)
		return 0;
	while ((sale = gv_hold_sale(seizure, &at)))
		if (is_by(sale, until))
			add_sale(gone, sale);
	for (uint32_t i = 0; i < events->n; i++) {
		int64_t fen;
		bool there;
		int rc;

		if (!gv_str_is(gv_val_getstr(&events->items[i], "event"), "transfer") || !is_by(&events->items[i], until))
			continue;
		rc = gv_fen_read(&events->items[i], "fen", &fen, &there, err);
		if (rc) {
			gv_err_field_prefix(err, "events");
			return rc;
		}
		gone->fen = plus(gone->fen, fen);
		gone->fen_missing = gone->fen_missing || !there;
	}
	return 0;
}

/* Released of it since, by that field. */
static int64_t freed(const struct gv_hold *hold, const char *field)
{
	const struct gv_val *events = gv_val_items(hold->val, "events");
	int64_t sum = 0;

	for (uint32_t i = 0; i < events->n; i++) {
		int64_t n;

		if (gv_str_is(gv_val_getstr(&events->items[i], "event"), "release-part") && is_by(&events->items[i], hold->at) &&
		    gv_val_getint(&events->items[i], field, &n) && n > 0)
			sum = plus(sum, n);
	}
	return sum;
}

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

/* No more is seized, and was taken, than what was recognised as more than the wages need: what was released is not. */
static bool is_excess(const struct gv_val *asset, const struct gv_hold *hold)
{
	int64_t excess, sum;

	return hold && gv_val_getint(asset, "excess_fen", &excess) && gv_val_getint(hold->val, "sum_fen", &sum) &&
	       left(sum, freed(hold, "sum_fen")) <= excess;
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

static int blame_seizure(struct gv_err *err, int rc, const struct gv_hold *hold)
{
	return gv_bundle_blame(err, rc, "seizure", gv_val_getstr(hold->val, "id"));
}

static int read_fraction(const struct gv_val *rec, const char *field, int64_t *num, int64_t *den, bool *there, struct gv_err *err)
{
	const struct gv_val *v = gv_val_get(rec, field);

	*num = *den = 1;
	*there = v != NULL;
	if (!v || (gv_val_getint(v, "num", num) && gv_val_getint(v, "den", den) && *num >= 0 && *den >= 1 && *num <= *den && *den <= GV_FEN_MAX))
		return 0;
	*num = 0;
	*den = 1;
	return gv_fail_field(err, GV_EDATA, field, "%s", _("is no share: 0 to 1, as {\"num\":1,\"den\":2}"));
}

static int read_share(struct gv_worth *w, struct gv_err *err)
{
	bool there;
	int rc = read_fraction(w->val, "share", &w->num, &w->den, &there, err);

	if (!rc && !there && gv_val_items(w->val, "co_owners")->n)
		w->missing = "share";
	return rc;
}

static bool is_stock(const struct gv_worth *w)
{
	return gv_str_is(w->type, "listed-shares") || gv_str_is(w->type, "equity");
}

/* Frozen by an amount. */
static bool is_sum(const struct gv_worth *w)
{
	return w->is_money || gv_str_is(w->type, "income") || gv_str_is(w->type, "right");
}

/* Shares by the closing price of the day before (SZ-16); where nobody knows how many there are, as many as are frozen. */
static int of_shares(struct gv_worth *w, const struct gv_hold *hold, bool *there, struct gv_err *err)
{
	int64_t n, price;
	bool has_price;
	int rc = gv_fen_read(w->val, "shares", &n, there, err);

	if (!rc && !*there && hold && is_stock(w)) {
		rc = blame_seizure(err, gv_fen_read(hold->val, "shares", &n, there, err), hold);
		w->open = *there;
	}
	if (!rc)
		rc = gv_fen_read(w->val, "close_fen", &price, &has_price, err);
	if (rc || !*there || !has_price) {
		*there = w->open = false;
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
		w->missing = w->is_money ? "balance_fen" : gv_str_is(w->type, "income") ? "value_fen" : "price.fen"; /* what comes in by the month is estimated */
	return rc;
}

/* ---- what ranks before ---- */

/* What it secures: of a mortgage for a maximum no more than on the day of the notice (SZ-53). */
static int64_t secured(const struct gv_val *right, int64_t fen)
{
	int64_t fixed;

	return gv_val_getint(right, "fixed_fen", &fixed) && fixed >= 0 && fixed < fen ? fixed : fen;
}

int gv_worth_prior(enum gv_ranks *ranks, int64_t *fen, bool *known, const struct gv_val *right, const struct gv_hold *hold, struct gv_err *err)
{
	bool tax = gv_str_is(gv_val_getstr(right, "kind"), "tax");
	gv_instant on;
	int rc = gv_fen_read(right, "fen", fen, known, err);

	if (!rc)
		rc = gv_instant_begin(right, "on", &on, err);
	if (rc) {
		gv_err_field_prefix(err, "encumbrances");
		return rc;
	}
	*fen = secured(right, *fen);
	*ranks = gv_val_is_true(right, "own") ? GV_RANKS_OWN : GV_RANKS_BEFORE;
	if (*ranks == GV_RANKS_BEFORE && !tax && hold && hold->since != GV_INSTANT_NONE && on != GV_INSTANT_NONE && on > hold->since)
		*ranks = GV_RANKS_BEHIND;
	return 0;
}

/* All that is registered before our seizure took effect, all of which nobody knows when, and tax (SZ-34). */
static int read_prior(struct gv_worth *w, const struct gv_hold *hold, struct gv_err *err)
{
	const struct gv_val *list = gv_val_items(w->val, "encumbrances");

	for (uint32_t i = 0; i < list->n; i++) {
		enum gv_ranks ranks;
		int64_t fen;
		bool known;
		int rc = gv_worth_prior(&ranks, &fen, &known, &list->items[i], hold, err);

		if (rc)
			return rc;
		if (ranks != GV_RANKS_BEFORE)
			continue;
		if (!known)
			w->missing = "encumbrances.fen";
		if (w->prior > GV_FEN_MAX - fen)
			return gv_fail_field(err, GV_EDATA, "encumbrances", "%s", _("the sum is too large"));
		w->prior += fen;
	}
	return 0;
}

/* ---- how much of it is seized ---- */

/* Shares, or a ratio; neither: all of it (SZ-17). */
static int hold_shares(struct gv_worth *w, const struct gv_hold *hold, struct gv_err *err)
{
	int64_t total, frozen, close, num, den;
	bool has_total, has_frozen, there;
	int rc = gv_fen_read(w->val, "shares", &total, &has_total, err);

	if (rc)
		return rc;
	rc = gv_fen_read(hold->val, "shares", &frozen, &has_frozen, err);
	if (!rc)
		rc = read_fraction(hold->val, "ratio", &num, &den, &there, err);
	if (rc)
		return blame_seizure(err, rc, hold);
	if (has_total && !there)
		w->pieces = w->of_pieces = total;
	if (has_frozen && (has_total || w->open)) {
		w->of_pieces = w->open ? frozen : total;
		w->pieces = frozen < w->of_pieces ? frozen : w->of_pieces;
		w->held = w->of_pieces ? gv_fen_share(w->rest, w->pieces, w->of_pieces) : 0;
		w->held_by = "shares";
	} else if (there) {
		w->held = gv_fen_share(w->rest, num, den);
		w->held_by = "ratio";
	} else if (has_frozen) {
		rc = gv_fen_read(w->val, "close_fen", &close, &there, err);
		w->missing = there || w->missing ? w->missing : "shares";
		w->held = there ? gv_fen_share(frozen, close, 1) : 0;
		w->held = w->held < 0 || w->held > w->rest ? w->rest : w->held;
		w->held_by = "shares*close_fen";
	}
	return rc;
}

/* Of equal units those that are neither sold nor released (SZ-13, SZ-44). */
static int hold_units(struct gv_worth *w, const struct gv_hold *hold, const struct gv_gone *gone, struct gv_err *err)
{
	bool there;
	int rc = gv_fen_read(w->val, "units", &w->of_pieces, &there, err);

	w->freed = freed(hold, "units");
	if (rc || (there && w->of_pieces))
		w->gone_pieces = gone->units < w->of_pieces ? gone->units : w->of_pieces;
	else if ((w->freed || gone->units) && !w->missing)
		w->missing = "units";
	if (rc || !w->of_pieces)
		return rc;
	w->pieces = left(w->of_pieces - w->gone_pieces, w->freed);
	w->rest = gv_fen_share(w->ref, w->of_pieces - w->gone_pieces, w->of_pieces);
	w->held = gv_fen_share(w->ref, w->pieces, w->of_pieces);
	w->held_by = w->freed ? "events.units" : NULL;
	return 0;
}

/* As far as it is frozen, less what was released and what this very seizure brought. */
static int hold_sum(struct gv_worth *w, const struct gv_hold *hold, const struct gv_gone *gone, struct gv_err *err)
{
	struct gv_gone own = { 0 };
	int64_t sum;
	bool there;
	int rc = gv_fen_read(hold->val, "sum_fen", &sum, &there, err);

	if (!rc)
		rc = gv_gone_add(&own, hold->val, hold->at, err);
	w->freed = freed(hold, "sum_fen");
	w->rest = left(w->ref, gone->fen);
	w->held = there ? left(sum, plus(w->freed, own.fen)) : left(w->rest, w->freed);
	w->held = w->held < w->rest ? w->held : w->rest;
	w->held_by = there ? "sum_fen" : NULL;
	return blame_seizure(err, rc, hold);
}

static int read_held(struct gv_worth *w, const struct gv_hold *hold, const struct gv_gone *gone, struct gv_err *err)
{
	static const struct gv_gone nothing = { 0 };
	bool there;
	int rc = w->use == GV_USE_HOLD && !strcmp(w->use_rule, "SZ-27") ? gv_fen_read(w->val, "quota_fen", &w->quota, &there, err) : 0;

	gone = gone ? gone : &nothing;
	w->rest = w->held = w->ref;
	if (rc || !hold)
		return rc;
	rc = is_sum(w) ? hold_sum(w, hold, gone, err) : is_stock(w) ? hold_shares(w, hold, err) : hold_units(w, hold, gone, err);
	if (gone->all)
		w->rest = w->held = w->pieces = 0;
	else if (!w->missing && (is_sum(w) ? gone->fen_missing : gone->units_missing))
		w->missing = is_sum(w) ? "events.fen" : "events.units";
	return rc;
}

/* ---- values ---- */

/* At that many percent: of what is held the debtor's share, less what ranks before. */
static int64_t at_percent(const struct gv_worth *w, int64_t held, int percent)
{
	return left(gv_fen_share(held, w->num * percent, w->den * WHOLE), w->prior);
}

/* Of a presale account what is above the supervised quota may be taken; of what may only be held nothing. */
static int64_t at_least(const struct gv_worth *w, int64_t held)
{
	bool none = w->use == GV_USE_HOLD && !w->quota;

	return none ? 0 : left(at_percent(w, held, w->percent), w->quota);
}

static void count(struct gv_worth *w)
{
	w->nominal = at_percent(w, w->held, WHOLE);
	w->least = at_least(w, w->held);
}

/* What was registered between the two ranks before the later one: never less than one of them alone. */
void gv_worth_join(struct gv_worth *w, const struct gv_worth *more)
{
	int64_t nominal = w->nominal, least = w->least;

	w->held = plus(w->held, more->held);
	w->pieces = plus(w->pieces, more->pieces);
	if (w->open) {
		w->ref = w->rest = w->held;
		w->of_pieces = w->pieces;
	}
	w->held = w->held < w->rest ? w->held : w->rest;
	w->pieces = w->pieces < w->of_pieces - w->gone_pieces ? w->pieces : w->of_pieces - w->gone_pieces;
	w->freed = plus(w->freed, more->freed);
	w->prior = more->prior > w->prior ? more->prior : w->prior;
	count(w);
	w->nominal = w->nominal > nominal ? w->nominal : nominal;
	w->least = w->least > least ? w->least : least;
}

/* ---- what may go of it ---- */

/* Many units under one certificate are seized whole until it is split (SZ-13). */
enum gv_divides gv_worth_divides(const struct gv_worth *w)
{
	bool one = gv_val_is_true(w->val, "one_certificate") && !gv_val_getstr(w->val, "split_on").n;

	if (w->missing || w->in_dispute || w->use == GV_USE_NONE || one)
		return GV_DIVIDES_NOT;
	if (w->is_money)
		return GV_DIVIDES_FEN;
	if (w->use != GV_USE_PAY || w->indivisible || (!w->may_divide && !is_stock(w)))
		return GV_DIVIDES_NOT;
	if (w->pieces)
		return GV_DIVIDES_PIECES;
	return is_stock(w) || is_sum(w) ? GV_DIVIDES_FEN : GV_DIVIDES_UNKNOWN;
}

/* The least of it that is worth so much at the lowest price; -1: no part is. */
static int64_t stays_for(const struct gv_worth *w, int64_t need)
{
	if (need <= 0)
		return 0;
	return w->num ? gv_fen_share_up(plus(plus(need, w->prior), w->quota), w->den * WHOLE, w->num * w->percent) : -1;
}

bool gv_worth_part(struct gv_part *out, const struct gv_worth *w, int64_t need)
{
	enum gv_divides how = gv_worth_divides(w);
	int64_t stays = stays_for(w, need);

	*out = (struct gv_part){ 0 };
	if ((how != GV_DIVIDES_FEN && how != GV_DIVIDES_PIECES) || stays < 0 || stays >= w->held)
		return false;
	if (how == GV_DIVIDES_PIECES) {
		int64_t n = gv_fen_share_up(stays, w->pieces, w->held);

		if (n == w->pieces)
			return false;
		out->pieces = w->pieces - n;
		stays = gv_fen_share(w->held, n, w->pieces);
	}
	out->fen = w->held - stays;
	out->least = at_least(w, stays);
	return true;
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

int gv_worth_read(struct gv_worth *out, const struct gv_val *asset, const struct gv_hold *hold, const struct gv_gone *gone,
                  const struct gv_val *claim, int lowest, struct gv_err *err)
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
	if (!rc)
		rc = read_held(out, hold, gone, err);
	if (!rc && !out->missing && out->use != GV_USE_NONE && (!hold || hold->is == GV_HOLD_ON))
		count(out);
	return rc;
}
