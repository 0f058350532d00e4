/* SPDX-License-Identifier: MIT */
/* estate_work: the computation as a person would check it by hand. */
#include "estate.h"

#include "fee.h"
#include "i18n.h"

static void put_claim(struct gv_buf *out, const struct gv_claim *c)
{
	char yuan[GV_YUAN], of[GV_YUAN];

	gv_buf_addf(out, "%s\n", c->preservation ? _("claim (preservation)") : _("claim (enforcement)"));
	for (size_t i = 0; i < c->nlines; i++) {
		const struct gv_claim_line *l = &c->lines[i];

		gv_buf_addf(out, "  %20s  %s  [%s]", gv_yuan(l->fen, yuan), _(l->what), l->field);
		if (l->rule)
			gv_buf_addf(out, " %s", l->rule);
		if (l->rule && l->days >= 0)
			gv_buf_addf(out, _(": of %s, %lld days"), gv_yuan(l->of, of), (long long)l->days);
		else if (l->rule)
			gv_buf_addf(out, _(": of %s"), gv_yuan(l->of, of));
		gv_buf_addc(out, '\n');
	}
	if (c->missing)
		gv_buf_addf(out, _("  %20s  %s missing\n"), "?", c->missing);
	gv_buf_addf(out, _("  %20s  sum\n"), gv_yuan(c->total, yuan));
}

static void put_value(struct gv_buf *out, const struct gv_worth *w)
{
	char a[GV_YUAN], b[GV_YUAN];

	if (w->missing) {
		gv_buf_addf(out, _("  %20s  %s missing\n"), "?", w->missing);
		return;
	}
	gv_buf_addf(out, _("  %20s  value  [%s]\n"), gv_yuan(w->ref, a), w->field);
	if (w->num != w->den)
		gv_buf_addf(out, _("  %20s  the debtor's share: %lld of %lld  [share]\n"), gv_yuan(gv_fen_share(w->ref, w->num, w->den), a),
		            (long long)w->num, (long long)w->den);
	if (w->prior)
		gv_buf_addf(out, _("  %20s  ranks before  [encumbrances] SZ-19\n"), gv_yuan(-w->prior, a));
	if (w->use != GV_USE_PAY)
		gv_buf_addf(out, "  %20s  %s  %s\n", "", w->use == GV_USE_NONE ? _("may not be seized: counts 0") : _("may not be turned into money as it is"), w->use_rule);
	gv_buf_addf(out, _("  %20s  counts; at the lowest price (%d %%) %s\n"), gv_yuan(w->nominal, a), w->percent, gv_yuan(w->least, b));
}

static const char *why_not(const struct gv_holding *h)
{
	static const char *const words[] = {
		[GV_HOLD_UNKNOWN] = N_("since when it has effect is not known"), [GV_HOLD_NOT_YET] = N_("has no effect yet"),
		[GV_HOLD_WAITING] = N_("waits: counts 0 (SZ-19)"), [GV_HOLD_ON] = N_("another seizure of this case stands for the asset"),
		[GV_HOLD_LAPSED] = N_("has lapsed (SZ-37)"), [GV_HOLD_RELEASED] = N_("is released"),
	};

	return _(h->ours ? words[h->hold.is] : N_("of another case or court: counts for the rank alone"));
}

static void put_holding(struct gv_buf *out, const struct gv_holding *h)
{
	gv_buf_addf(out, "%.*s (%.*s)\n", (int)h->asset_id.n, h->asset_id.n ? h->asset_id.p : "", (int)h->id.n, h->id.n ? h->id.p : "");
	if (!h->asset)
		gv_buf_addf(out, _("  %20s  the asset is not known\n"), "?");
	else if (h->counts)
		put_value(out, &h->worth);
	else
		gv_buf_addf(out, "  %20s  %s\n", "-", why_not(h));
	if (h->counts && h->worth.use != GV_USE_NONE)
		gv_buf_addf(out, "  %20s  %s\n", "", h->kept ? _("stays") : _("may be released"));
}

void gv_estate_work(struct gv_buf *out, const struct gv_estate *e)
{
	char a[GV_YUAN], b[GV_YUAN];

	if (e->claim.val)
		put_claim(out, &e->claim);
	for (size_t i = 0; i < e->n; i++)
		put_holding(out, &e->holdings[i]);
	gv_buf_addf(out, _("seized: %s, at the lowest price %s"), gv_yuan(e->nominal, a), gv_yuan(e->least, b));
	if (e->claim.total)
		gv_buf_addf(out, _("; of the claim %lld %% and %lld %%"), (long long)(e->nominal * 100 / e->claim.total), (long long)(e->least * 100 / e->claim.total));
	gv_buf_addf(out, "\n");
	if (!e->exact)
		gv_buf_addf(out, "%s\n", _("so many assets that a smaller set may exist"));
}
