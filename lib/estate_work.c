/* SPDX-License-Identifier: MIT */
/* estate_work: the computation as a person would check it by hand. */
#include "estate.h"

#include <stdio.h>

#include "fee.h"
#include "i18n.h"

#define TEXT(s) (int)(s).n, (s).n ? (s).p : ""

/* ---- a line: amount, what it is, the field it is from, the rule ---- */

static void begin_with(struct gv_buf *out, const char *mark)
{
	gv_buf_addf(out, "  %20s  ", mark);
}

static void begin(struct gv_buf *out, int64_t fen)
{
	char yuan[GV_YUAN];

	begin_with(out, gv_yuan(fen, yuan));
}

static void from(struct gv_buf *out, const char *field, const char *rule)
{
	gv_buf_addc(out, ' ');
	if (field)
		gv_buf_addf(out, " [%s]", field);
	gv_buf_addf(out, " %s", rule);
}

static void end(struct gv_buf *out, const char *field, const char *rule)
{
	from(out, field, rule);
	gv_buf_addc(out, '\n');
}

static void put(struct gv_buf *out, int64_t fen, const char *what, const char *field, const char *rule)
{
	begin(out, fen);
	gv_buf_adds(out, what);
	end(out, field, rule);
}

static void put_missing(struct gv_buf *out, const char *field, const char *rule)
{
	begin_with(out, "?");
	gv_buf_addf(out, _("%s missing"), field);
	end(out, NULL, rule);
}

/* ---- the claim ---- */

enum { EXACT = GV_YUAN + 8 };

/* Thousandths of a fen: "0.00495"; without them where there are none. */
static const char *exact(int64_t thousandths, char out[EXACT])
{
	char yuan[GV_YUAN];

	gv_yuan(thousandths / 1000, yuan);
	if (thousandths % 1000)
		snprintf(out, EXACT, "%s%03d", yuan, (int)(thousandths % 1000));
	else
		snprintf(out, EXACT, "%s", yuan);
	return out;
}

static void put_fee(struct gv_buf *out, int64_t of)
{
	struct gv_fee_step steps[GV_FEE_STEPS];
	size_t n = gv_enforcement_fee_steps(of, steps);
	char fen[EXACT], part[GV_YUAN], above[GV_YUAN];

	for (size_t i = 0; i < n; i++) {
		const struct gv_fee_step *s = &steps[i];

		begin_with(out, "");
		exact(s->thousandths, fen);
		if (i)
			gv_buf_addf(out, _("  + %s: %d.%d %% of the %s above %s"), fen, s->rate / 10, s->rate % 10, gv_yuan(s->part, part), gv_yuan(s->from, above));
		else
			gv_buf_addf(out, _("  %s up to %s"), fen, gv_yuan(s->to, above));
		gv_buf_addc(out, '\n');
	}
}

static void put_delay(struct gv_buf *out, const struct gv_claim_line *l)
{
	char first[GV_DATE_LEN + 1], last[GV_DATE_LEN + 1], of[GV_YUAN];

	gv_day_format(l->from, first);
	gv_day_format(l->until, last);
	begin_with(out, "");
	gv_buf_addf(out, _("  %s × 0.0175 %% × %lld days, half a fen rounded up"), gv_yuan(l->of, of), (long long)l->days);
	end(out, "delay.unpaid_fen", l->rule);
	begin_with(out, "");
	gv_buf_addf(out, _("  after %s until %s: %lld days"), first, last, (long long)l->days + (long long)l->stay);
	if (l->stay)
		gv_buf_addf(out, _(", less %lld of a stay"), (long long)l->stay);
	end(out, "delay.due_on, delay.until, delay.stay_days", l->rule);
}

static void put_claim_line(struct gv_buf *out, const struct gv_claim_line *l)
{
	char of[GV_YUAN];

	begin(out, l->fen);
	gv_buf_adds(out, _(l->what));
	from(out, l->field, l->rule);
	if (l->of >= 0 && l->days >= 0)
		gv_buf_addf(out, _(": of %s, %lld days"), gv_yuan(l->of, of), (long long)l->days);
	else if (l->of >= 0)
		gv_buf_addf(out, _(": of %s"), gv_yuan(l->of, of));
	gv_buf_addc(out, '\n');
	if (l->of >= 0 && l->days >= 0)
		put_delay(out, l);
	else if (l->of >= 0)
		put_fee(out, l->of);
}

static void put_claim(struct gv_buf *out, const struct gv_claim *c)
{
	const char *rule = c->preservation ? "SZ-12" : "SZ-10";
	int64_t sum = 0;

	gv_buf_addf(out, "%s\n", c->preservation ? _("claim (preservation)") : _("claim (enforcement)"));
	for (size_t i = 0; i < c->nlines; i++) {
		put_claim_line(out, &c->lines[i]);
		sum += c->lines[i].fen;
	}
	if (c->missing)
		put_missing(out, c->missing, "SZ-12");
	put(out, c->total, sum < 0 ? _("sum: more is recovered than was claimed") : _("sum"), NULL, rule);
}

/* ---- what an asset is worth ---- */

static void put_ref(struct gv_buf *out, const struct gv_worth *w)
{
	int64_t shares = w->of_pieces, close;
	char price[GV_YUAN];

	if (!gv_val_getint(w->val, "close_fen", &close) || strcmp(w->field, "shares*close_fen") != 0) {
		put(out, w->ref, _("value"), w->field, "SZ-19");
		return;
	}
	if (!w->open)
		(void)gv_val_getint(w->val, "shares", &shares);
	begin(out, w->ref);
	gv_buf_addf(out, _("value: %lld × %s"), (long long)shares, gv_yuan(close, price));
	end(out, w->field, "SZ-16");
}

static void put_gone(struct gv_buf *out, const struct gv_worth *w, const struct gv_gone *gone)
{
	if (gone->all) {
		put(out, 0, _("sold: nothing is left"), "seizures.events", "SZ-37");
	} else if (w->gone_pieces) {
		begin(out, w->rest);
		gv_buf_addf(out, _("left: %lld of %lld units, the others are sold"), (long long)(w->of_pieces - w->gone_pieces), (long long)w->of_pieces);
		end(out, "seizures.events.units", "SZ-44");
	} else if (w->rest < w->ref) {
		put(out, w->rest - w->ref, _("transferred"), "seizures.events.fen", "SZ-10");
		put(out, w->rest, _("left"), NULL, "SZ-10");
	}
}

/* What one seizure says of how much: a sum, less what was released and transferred of it. */
static void put_sum(struct gv_buf *out, const struct gv_holding *h, const struct gv_worth *own)
{
	struct gv_gone taken = { 0 };
	int64_t sum = 0;

	(void)gv_val_getint(h->seizure, "sum_fen", &sum);
	(void)gv_gone_add(&taken, h->seizure, h->hold.at, NULL);
	begin(out, sum);
	gv_buf_addf(out, _("the ruling of %.*s states"), TEXT(h->id));
	end(out, "sum_fen", "SZ-14");
	if (own->freed)
		put(out, -own->freed, _("released"), "events.sum_fen", "SZ-10");
	if (taken.fen)
		put(out, -taken.fen, _("transferred"), "events.fen", "SZ-10");
	if (own->held == sum)
		return;
	begin(out, own->held);
	gv_buf_addf(out, _("frozen by %.*s, no more than there is"), TEXT(h->id));
	end(out, NULL, "SZ-14");
}

static void put_part(struct gv_buf *out, const struct gv_holding *h, const struct gv_worth *own)
{
	const struct gv_val *ratio = gv_val_get(h->seizure, "ratio");
	const char *field = own->held_by, *rule = gv_str_is(own->type, "listed-shares") ? "SZ-16" : "SZ-17";
	int64_t num = 1, den = 1;

	if (field && !strcmp(field, "sum_fen")) {
		put_sum(out, h, own);
		return;
	}
	begin(out, own->held);
	gv_buf_addf(out, _("seized by %.*s"), TEXT(h->id));
	if (field && !strcmp(field, "ratio")) {
		(void)gv_val_getint(ratio, "num", &num);
		(void)gv_val_getint(ratio, "den", &den);
		gv_buf_addf(out, _(": %lld of %lld"), (long long)num, (long long)den);
	} else if (own->of_pieces) {
		gv_buf_addf(out, _(": %lld of %lld"), (long long)own->pieces, (long long)own->of_pieces);
		rule = field && !strcmp(field, "events.units") ? "SZ-13" : rule;
	} else if (!field) {
		rule = "SZ-10";
	}
	end(out, field, rule);
}

static int own_worth(struct gv_worth *own, struct gv_gone *gone, const struct gv_estate *e, const struct gv_holding *h)
{
	size_t n;
	const struct gv_holding *all = gv_estate_on_asset(e, h, &n);
	int rc = 0;

	*gone = (struct gv_gone){ 0 };
	for (size_t i = 0; i < n && !rc; i++)
		rc = gv_gone_add(gone, all[i].seizure, all[i].hold.at, NULL);
	return rc ? rc : gv_worth_read(own, h->asset, &h->hold, gone, e->claim.val, e->policy.lowest, NULL);
}

/* Each seizure of ours with its part; *last: the one behind which most ranks before. */
static void put_parts(struct gv_buf *out, const struct gv_estate *e, const struct gv_holding *h, const struct gv_hold **last)
{
	size_t n, ours = 0;
	const struct gv_holding *all = gv_estate_on_asset(e, h, &n);
	struct gv_gone gone;
	struct gv_worth own;

	*last = &h->hold;
	for (size_t i = 0; i < n; i++)
		ours += all[i].counts || all[i].joins;
	for (size_t i = 0; i < n; i++) {
		if ((!all[i].counts && !all[i].joins) || own_worth(&own, &gone, e, &all[i]) || own.missing)
			continue;
		if (own.held_by || ours > 1)
			put_part(out, &all[i], &own);
		if (own.prior == h->worth.prior)
			*last = &all[i].hold;
	}
	if (ours > 1)
		put(out, h->worth.held, _("together, no more than there is"), NULL, "SZ-10");
}

/* Each right on it: what is deducted, and what is not and why. */
static void put_rights(struct gv_buf *out, const struct gv_worth *w, const struct gv_hold *hold)
{
	static const struct { const char *what, *field; } words[] = {
		[GV_RANKS_BEFORE] = { N_("ranks before"), "fen" }, [GV_RANKS_OWN] = { N_("secures this very claim: not deducted"), "own" },
		[GV_RANKS_BEHIND] = { N_("registered after the seizure: not deducted"), "on" },
	};
	const struct gv_val *list = gv_val_items(w->val, "encumbrances");

	for (uint32_t i = 0; i < list->n; i++) {
		const struct gv_val *right = &list->items[i];
		struct gv_str kind = gv_val_getstr(right, "kind"), holder = gv_val_getstr(right, "holder");
		enum gv_ranks ranks;
		int64_t fen, fixed;
		bool known, less;
		char field[64];

		if (gv_worth_prior(&ranks, &fen, &known, right, hold, NULL))
			continue;
		less = ranks == GV_RANKS_BEFORE && gv_val_getint(right, "fixed_fen", &fixed) && fixed == fen;
		snprintf(field, sizeof field, "encumbrances.%u.%s", (unsigned)i, less ? "fixed_fen" : words[ranks].field);
		begin(out, ranks == GV_RANKS_BEFORE ? -fen : 0);
		gv_buf_addf(out, "%s: %.*s %.*s", _(words[ranks].what), TEXT(kind), TEXT(holder));
		end(out, field, less ? "SZ-53" : gv_str_is(kind, "tax") ? "SZ-34" : "SZ-19");
	}
}

static void put_least(struct gv_buf *out, const struct gv_worth *w)
{
	int64_t share = gv_fen_share(w->held, w->num, w->den), low = gv_fen_share(w->held, w->num * w->percent, w->den * 100);
	char of[GV_YUAN];

	if (w->use == GV_USE_HOLD) {
		begin_with(out, "");
		gv_buf_adds(out, _("may not be turned into money as it is"));
		end(out, NULL, w->use_rule);
	}
	if (w->use == GV_USE_PAY || w->quota) {
		begin(out, low);
		gv_buf_addf(out, w->is_money ? _("money: %d %% of %s") : _("lowest price: %d %% of %s"), w->percent, gv_yuan(share, of));
		end(out, NULL, w->is_money ? "SZ-10" : gv_str_is(w->type, "listed-shares") ? "SZ-16" : "SZ-20");
		if (w->prior)
			put(out, -w->prior, _("ranks before"), "encumbrances", "SZ-19");
		if (w->quota)
			put(out, -w->quota, _("must stay in the account"), "quota_fen", "SZ-27");
	}
	put(out, w->least, _("counts at the lowest price"), NULL, "SZ-10");
}

/* From the share on, of a seizure or (hold NULL) of something free. */
static void put_worth(struct gv_buf *out, const struct gv_worth *w, const struct gv_hold *hold)
{
	int64_t share = gv_fen_share(w->held, w->num, w->den);

	if (w->num != w->den) {
		begin(out, share);
		gv_buf_addf(out, _("the debtor's share: %lld of %lld"), (long long)w->num, (long long)w->den);
		end(out, "share", "SZ-49");
	}
	put_rights(out, w, hold);
	put(out, w->nominal, w->nominal > (share > w->prior ? share - w->prior : 0) ? _("counts: not less than one of the seizures alone") : _("counts"), NULL, "SZ-10");
	put_least(out, w);
}

/* ---- what stays and why ---- */

static void put_kept(struct gv_buf *out, const struct gv_estate *e, const struct gv_holding *h)
{
	const struct gv_worth *w = &h->worth;
	char a[GV_YUAN], b[GV_YUAN];
	const char *rule = "SZ-15";

	gv_yuan(e->claim.total, b);
	begin_with(out, "");
	if (!h->kept) {
		gv_buf_addf(out, _("may be released: without it %s stay at the lowest price, and the claim is %s"), gv_yuan(e->kept_least, a), b);
		rule = "SZ-10";
	} else if (w->missing) {
		gv_buf_adds(out, _("stays: what it is worth is not known"));
		rule = "SZ-19";
	} else if (w->in_dispute) {
		gv_buf_adds(out, _("stays: the suit is about it"));
		rule = "SZ-55";
	} else if (!e->covered) {
		gv_buf_addf(out, _("stays: all together are %s at the lowest price, and the claim is %s"), gv_yuan(e->least, a), b);
		rule = "SZ-10";
	} else if (w->is_money && e->money < e->claim.total) {
		gv_buf_addf(out, _("stays: money is taken first, and all of it is %s, and the claim is %s"), gv_yuan(e->money, a), b);
	} else {
		gv_buf_addf(out, _("stays: without it %s would stay at the lowest price, and the claim is %s"), gv_yuan(e->kept_least - w->least, a), b);
	}
	end(out, NULL, rule);
	if (!h->part.fen)
		return;
	begin(out, h->part.fen);
	gv_buf_adds(out, _("of it may be released"));
	if (h->part.pieces)
		gv_buf_addf(out, _(": %lld of %lld"), (long long)h->part.pieces, (long long)w->pieces);
	gv_buf_addf(out, _("; what stays is worth %s at the lowest price"), gv_yuan(h->part.least, a));
	end(out, NULL, "SZ-10");
}

static void put_counting(struct gv_buf *out, const struct gv_estate *e, const struct gv_holding *h)
{
	const struct gv_worth *w = &h->worth;
	const struct gv_hold *last;
	struct gv_gone gone;
	struct gv_worth own;

	if (w->use == GV_USE_NONE) {
		begin_with(out, "-");
		gv_buf_adds(out, _("may not be seized: counts 0"));
		end(out, NULL, w->use_rule);
		return;
	}
	if (w->missing) {
		put_missing(out, w->missing, "SZ-19");
	} else if (!own_worth(&own, &gone, e, h)) {
		put_ref(out, w);
		put_gone(out, w, &gone);
		put_parts(out, e, h, &last);
		put_worth(out, w, last);
	}
	if (gv_estate_has_claim(e))
		put_kept(out, e, h);
}

static void put_not_counting(struct gv_buf *out, const struct gv_holding *h)
{
	static const struct { const char *why, *rule; } words[] = {
		[GV_HOLD_UNKNOWN] = { N_("since when it has effect is not known"), "SZ-01" }, [GV_HOLD_NOT_YET] = { N_("has no effect yet"), "SZ-01" },
		[GV_HOLD_WAITING] = { N_("waits: counts 0"), "SZ-19" }, [GV_HOLD_ON] = { N_("counts together with the other seizure of the asset"), "SZ-10" },
		[GV_HOLD_LAPSED] = { N_("has lapsed"), "SZ-37" }, [GV_HOLD_RELEASED] = { N_("is released"), "SZ-54" },
	};

	begin_with(out, "-");
	gv_buf_adds(out, h->ours ? _(words[h->hold.is].why) : _("of another case or court: counts for the rank alone"));
	end(out, h->ours && h->hold.is == GV_HOLD_UNKNOWN ? h->hold.missing : NULL, h->ours ? words[h->hold.is].rule : "SZ-43");
}

static void put_holding(struct gv_buf *out, const struct gv_estate *e, const struct gv_holding *h)
{
	char since[GV_DATE_LEN + 1];

	gv_buf_addf(out, "%.*s (%.*s)\n", TEXT(h->asset_id), TEXT(h->id));
	if (h->ours && h->hold.is == GV_HOLD_ON && h->hold.from == GV_INSTANT_NONE) {
		gv_day_format(gv_instant_day(h->hold.since), since);
		begin_with(out, "");
		gv_buf_addf(out, _("waited, and took effect by itself on %s"), since);
		end(out, NULL, "SZ-42");
	}
	if (!h->asset) {
		begin_with(out, "?");
		gv_buf_adds(out, _("the asset is not known"));
		end(out, NULL, "SZ-19");
	} else if (h->counts) {
		put_counting(out, e, h);
	} else {
		put_not_counting(out, h);
	}
}

static void put_free(struct gv_buf *out, const struct gv_free *f)
{
	gv_buf_addf(out, _("%.*s (not seized)\n"), TEXT(f->worth.id));
	if (f->elsewhere) {
		begin_with(out, "?");
		gv_buf_adds(out, _("seized for others: what it brings this claim is not known"));
		end(out, NULL, "SZ-11");
	} else if (f->worth.missing) {
		put_missing(out, f->worth.missing, "SZ-11");
	} else if (f->worth.use == GV_USE_NONE) {
		begin_with(out, "-");
		gv_buf_adds(out, _("may not be seized: counts 0"));
		end(out, NULL, f->worth.use_rule);
	} else {
		put_ref(out, &f->worth);
		put_worth(out, &f->worth, NULL);
	}
}

/* ---- the sums ---- */

static void put_sums(struct gv_buf *out, const struct gv_estate *e)
{
	char a[GV_YUAN], b[GV_YUAN];

	gv_buf_addf(out, _("seized: %s, at the lowest price %s"), gv_yuan(e->nominal, a), gv_yuan(e->least, b));
	if (e->claim.total)
		gv_buf_addf(out, _("; of the claim %lld %% and %lld %%"), (long long)(e->nominal * 100 / e->claim.total), (long long)(e->least * 100 / e->claim.total));
	gv_buf_addc(out, '\n');
	if (e->nfree)
		gv_buf_addf(out, _("not seized: %s at the lowest price\n"), gv_yuan(e->free_least, a));
	if (gv_estate_has_claim(e) && e->trimmed_least < e->kept_least)
		gv_buf_addf(out, _("stay: %s at the lowest price, %s without the parts that may go\n"), gv_yuan(e->kept_least, a), gv_yuan(e->trimmed_least, b));
	else if (gv_estate_has_claim(e))
		gv_buf_addf(out, _("stay: %s at the lowest price\n"), gv_yuan(e->kept_least, a));
	gv_buf_addf(out, _("obviously too much: from %d %% of the claim at the lowest price (SZ-20)\n"), e->policy.obvious);
	if (!e->exact)
		gv_buf_addf(out, "%s\n", _("so many assets that a smaller set may exist"));
}

void gv_estate_work(struct gv_buf *out, const struct gv_estate *e)
{
	if (e->claim.val)
		put_claim(out, &e->claim);
	for (size_t i = 0; i < e->n; i++)
		put_holding(out, e, &e->holdings[i]);
	for (size_t i = 0; i < e->nfree; i++)
		put_free(out, &e->free[i]);
	put_sums(out, e);
}
