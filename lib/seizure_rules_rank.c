/* SPDX-License-Identifier: MIT */
/* seizure_rules_rank: several seizures on one asset: which is first, which waits, which takes effect when one ends, who sells. */
#include <stdio.h>

#include "seizure_rules_days.h"

enum { PRIORITY_DAYS = 60, LETTER_DAYS = 15, IDLE_YEARS = 1, MOMENT = 48 };

/* ---- the order on each asset ---- */

struct order {
	struct gv_check *c;
	const void *subject;
	const struct gv_estate *e;
	struct gv_rank *ranks;
	size_t n;
};

typedef int order_fn(struct order *o);

static struct gv_str asset_of(const struct order *o)
{
	return o->ranks[0].holding->asset_id;
}

/* Each asset with its order. */
static int each_asset(struct gv_check *c, const void *subject, order_fn *fn)
{
	struct order o = { .c = c, .subject = subject, .e = gv_estate_of(subject) };
	int rc = 0;

	for (size_t i = 0; i < o.e->n && !rc; i += o.n) {
		rc = gv_seizure_order(&o.ranks, &o.n, c, o.e, &o.e->holdings[i]);
		if (!rc && asset_of(&o).n)
			rc = fn(&o);
	}
	return rc;
}

static void about(struct order *o, struct gv_rec *rec, const struct gv_rank *r)
{
	gv_seizure_about(o->c, rec, "seizure", r->holding->seizure);
}

/* "2025-03-01 09:10", without the time where there is none. */
static const char *moment_text(char out[MOMENT], const struct gv_rank *r)
{
	gv_day day = gv_instant_day(r->moment);
	int minute = (int)((r->moment - (gv_instant)day * 86400) / 60);
	gv_day_text text;

	gv_day_format(day, text);
	if (r->has_time)
		snprintf(out, MOMENT, "%s %02d:%02d", text, minute / 60, minute % 60);
	else
		snprintf(out, MOMENT, "%s", text);
	return out;
}

static void end_text(gv_day_text out, const struct gv_rank *r)
{
	gv_day_format(gv_rank_end_day(r), out);
}

/* ---- SZ-42: one seizes, the others wait ---- */

static bool is_frozen_by_sum(const struct gv_rank *r)
{
	struct gv_str type = gv_val_getstr(r->holding->asset, "type");

	return gv_str_is(type, "deposit") || gv_str_is(type, "listed-shares") || gv_str_is(type, "equity");
}

/* Sums and shares can be frozen side by side as long as there is enough; -1: not known. */
static int fits_beside(const struct order *o, const struct gv_rank *r)
{
	bool money = gv_str_is(gv_val_getstr(r->holding->asset, "type"), "deposit");
	const char *part = money ? "sum_fen" : "shares";
	int64_t left, own;

	if (!gv_val_getint(r->holding->asset, money ? "balance_fen" : "shares", &left))
		return -1;
	for (const struct gv_rank *g = o->ranks; g < r; g++) {
		if (g->end != GV_INSTANT_NONE && g->end <= r->moment)
			continue;
		if (!gv_val_getint(g->holding->seizure, part, &own))
			return -1;
		left = own > left ? 0 : left - own;
	}
	return gv_val_getint(r->holding->seizure, part, &own) ? own <= left : -1;
}

static int tell_second(struct order *o, const struct gv_rank *r, const struct gv_rank *before)
{
	struct gv_str id = before->holding->id;
	int fits = is_frozen_by_sum(r) ? fits_beside(o, r) : 0;
	char since[MOMENT];
	bool known;

	if (fits > 0)
		return 0;
	moment_text(since, before);
	if (gv_rank_same_case(r, before, &known) || !known)
		return known ? 0 : gv_finding(o->c, GV_REVIEW, NULL, _("%.*s: already seized by %.*s (%s); case and court missing: whether it is seized a second time is not known"),
		                              GV_TEXT(asset_of(o)), GV_TEXT(id), since);
	if (fits < 0)
		return gv_finding(o->c, GV_REVIEW, NULL, _("%.*s: already frozen by %.*s (%s); balance_fen and sum_fen, or shares, missing: whether enough is left is not known"),
		                  GV_TEXT(asset_of(o)), GV_TEXT(id), since);
	return gv_finding(o->c, gv_str_eq(r->court, before->court) ? GV_REVIEW : GV_VIOLATION, NULL,
	                  _("%.*s: already seized by %.*s (%s): it can only be a waiting seizure"), GV_TEXT(asset_of(o)), GV_TEXT(id), since);
}

/* The first of those before it that stood when it was made, and did not wait itself. */
static const struct gv_rank *stood_before(const struct order *o, const struct gv_rank *r)
{
	for (const struct gv_rank *g = o->ranks; g < r; g++)
		if (g->moment <= r->moment && (g->end == GV_INSTANT_NONE || g->end > r->moment) && g->is == GV_RANK_FIRST && g->since != GV_INSTANT_NONE)
			return g;
	return NULL;
}

/* What the record says of its taking effect, against what ended before it. */
static int check_conversion(struct order *o, const struct gv_rank *r)
{
	gv_instant from = r->holding->hold.from;
	struct gv_str state = gv_val_getstr(r->holding->seizure, "state");
	gv_day_text ended, since, told;

	if (!r->before)
		return 0;
	if (r->is == GV_RANK_WAITS && from != GV_INSTANT_NONE && gv_instant_day(from) <= o->c->as_of && !(is_frozen_by_sum(r) && fits_beside(o, r) != 0))
		return gv_finding(o->c, GV_VIOLATION, NULL, _("%.*s: %.*s still stands before it, so it has not taken effect"), GV_TEXT(asset_of(o)), GV_TEXT(r->before->holding->id));
	if (r->is != GV_RANK_TAKES || gv_str_is(state, "released") || gv_str_is(state, "lapsed") || gv_str_is(state, "disposed"))
		return 0;
	end_text(ended, r->before);
	gv_day_format(gv_instant_day(r->since), since);
	if (from == GV_INSTANT_NONE)
		return gv_finding(o->c, GV_WARN, NULL, _("%.*s: %.*s ended on %s, so it took effect by itself on %s, and converted_at missing"), GV_TEXT(asset_of(o)),
		                  GV_TEXT(r->before->holding->id), ended, since);
	gv_day_format(gv_instant_day(from), told);
	if (gv_instant_day(from) < gv_rank_end_day(r->before))
		return gv_finding(o->c, GV_VIOLATION, NULL, _("%.*s: recorded as in effect since %s, but %.*s stood until %s"), GV_TEXT(asset_of(o)), told,
		                  GV_TEXT(r->before->holding->id), ended);
	if (gv_instant_day(from) > gv_instant_day(r->since))
		return gv_finding(o->c, GV_REVIEW, NULL, _("%.*s: recorded as in effect since %s, but by itself since %s, when %.*s had ended"), GV_TEXT(asset_of(o)),
		                  told, since, GV_TEXT(r->before->holding->id));
	return 0;
}

static int one_seizes(struct order *o)
{
	struct gv_rec rec;
	int rc = 0;

	for (size_t i = 0; i < o->n && !rc && !o->ranks[i].missing; i++) {
		const struct gv_rank *r = &o->ranks[i], *before = stood_before(o, r);

		about(o, &rec, r);
		if (r->holding->hold.waited)
			rc = check_conversion(o, r);
		else if (before && !r->tied)
			rc = tell_second(o, r, before);
	}
	return rc;
}

int gv_seizure_rule_one_seizes(struct gv_check *c, const void *subject)
{
	return each_asset(c, subject, one_seizes);
}

/* ---- SZ-43: the rank that is written down ---- */

static int64_t place_now(const struct order *o, const struct gv_rank *r)
{
	int64_t place = 1;

	for (const struct gv_rank *g = o->ranks; g < r; g++)
		place += g->end == GV_INSTANT_NONE;
	return place;
}

static int check_place(struct order *o, const struct gv_rank *r)
{
	struct gv_str field = gv_str_of(r->missing ? r->missing : "");
	struct gv_val facts = gv_mkobj();
	char own[MOMENT], other[MOMENT];
	int64_t rank;
	int rc;

	if (r->missing)
		return gv_finding(o->c, GV_REVIEW, NULL, _("%.*s: %.*s missing: its rank is not known"), GV_TEXT(asset_of(o)), GV_TEXT(field));
	if (r->tied)
		return gv_finding(o->c, GV_REVIEW, NULL, _("%.*s: served on the same day as %.*s, and served_at does not tell which came first"), GV_TEXT(asset_of(o)),
		                  GV_TEXT(r[-1].holding->id));
	moment_text(own, r);
	if (r->unregistered && r->before && r->before->moment > r->moment)
		return gv_finding(o->c, GV_WARN, NULL, _("%.*s: not registered (registered_at missing), so %.*s, registered, goes before it though made later (%s, %s)"),
		                  GV_TEXT(asset_of(o)), GV_TEXT(r->before->holding->id), own, moment_text(other, r->before));
	if (!gv_val_getint(r->holding->seizure, "rank", &rank) || rank == (int64_t)r->place || rank == place_now(o, r))
		return 0;
	rc = gv_fact_int(o->c, &facts, "rank", (int64_t)r->place);
	return rc ? rc : gv_finding(o->c, GV_VIOLATION, &facts, _("%.*s: rank %lld is recorded, by the law it is %zu (%s)"), GV_TEXT(asset_of(o)), (long long)rank, r->place, own);
}

/* Several, of which not all have their rank on record: here it is. */
static int tell_order(struct order *o)
{
	struct gv_buf text = GV_BUF_INIT(65536);
	struct gv_val facts = gv_mkobj(), order = gv_mkarr();
	char own[MOMENT];
	bool told = true, several = false, known;
	struct gv_rec rec;
	int64_t rank;
	int rc = 0;

	for (size_t i = 0; i < o->n && !rc && text.n < 4096; i++) {
		const struct gv_rank *r = &o->ranks[i];

		if (r->missing)
			break;
		rc = gv_arr_add(&o->c->scratch, &order, gv_mkstr(&o->c->scratch, r->holding->id), o->c->err);
		several = several || !gv_rank_same_case(r, &o->ranks[0], &known) || (i && !known);
		told = told && gv_val_getint(r->holding->seizure, "rank", &rank);
		gv_buf_addf(&text, "%s%.*s (%s)", text.n ? ", " : "", GV_TEXT(r->holding->id), moment_text(own, r));
	}
	about(o, &rec, &o->ranks[0]);
	if (!rc)
		rc = gv_obj_set(&o->c->scratch, &facts, GV_STR("order"), order, o->c->err);
	if (!rc && !told && several)
		rc = gv_finding(o->c, GV_INFO, &facts, _("%.*s: order of rank: %.*s"), GV_TEXT(asset_of(o)), GV_TEXT(gv_buf_str(&text)));
	gv_buf_free(&text);
	return rc;
}

static int in_order(struct order *o)
{
	struct gv_rec rec;
	int rc = 0;

	if (o->n < 2)
		return 0;
	for (size_t i = 0; i < o->n && !rc; i++) {
		about(o, &rec, &o->ranks[i]);
		rc = check_place(o, &o->ranks[i]);
	}
	return rc ? rc : tell_order(o);
}

int gv_seizure_rule_in_order(struct gv_check *c, const void *subject)
{
	return each_asset(c, subject, in_order);
}

/* ---- SZ-44: what is left to those who wait ---- */

static int tell_rest(struct order *o, const struct gv_rank *r)
{
	struct gv_str first = r->before->holding->id;
	bool recorded = r->holding->hold.from != GV_INSTANT_NONE;
	const char *what = recorded ? "" : _(", and converted_at missing");
	struct gv_val facts = gv_mkobj();
	int64_t units = 0;
	gv_day_text on;
	int rc;

	end_text(on, r->before);
	(void)gv_val_getint(r->holding->asset, "units", &units);
	if (r->gone <= 0 || r->gone >= units)
		return gv_finding(o->c, GV_REVIEW, NULL, _("%.*s: %.*s disposed of a part on %s: it takes effect for the rest, and units missing, of the asset or of the disposal"),
		                  GV_TEXT(asset_of(o)), GV_TEXT(first), on);
	rc = gv_fact_int(o->c, &facts, "void_units", r->gone);
	if (!rc)
		rc = gv_fact_int(o->c, &facts, "effective_units", units - r->gone);
	return rc ? rc : gv_finding(o->c, recorded ? GV_INFO : GV_REVIEW, &facts, _("%.*s: %.*s disposed of %lld of %lld units by %s: void for these, in effect for %lld%s"),
	                  GV_TEXT(asset_of(o)), GV_TEXT(first), (long long)r->gone, (long long)units, on, (long long)(units - r->gone), what);
}

static int what_is_left(struct order *o)
{
	struct gv_rec rec;
	gv_day_text on;
	int rc = 0;

	for (size_t i = 0; i < o->n && !rc && !o->ranks[i].missing; i++) {
		const struct gv_rank *r = &o->ranks[i];
		struct gv_str state = gv_val_getstr(r->holding->seizure, "state");

		about(o, &rec, r);
		if (gv_str_is(state, "lapsed") || gv_str_is(state, "released"))
			continue;
		if (r->is == GV_RANK_TAKES_REST) {
			rc = tell_rest(o, r);
		} else if (r->is == GV_RANK_VOID && r->before && r->before->sold_all && r->end == r->before->end) {
			end_text(on, r->before);
			rc = gv_finding(o->c, GV_REVIEW, NULL, _("%.*s: %.*s disposed of all of it on %s: it never took effect and has lapsed"), GV_TEXT(asset_of(o)),
			                GV_TEXT(r->before->holding->id), on);
		}
	}
	return rc;
}

int gv_seizure_rule_what_is_left(struct gv_check *c, const void *subject)
{
	return each_asset(c, subject, what_is_left);
}

/* ---- SZ-46, SZ-47: who sells, if the first does not ---- */

/* The one whose court may sell now: in effect, and nobody before it stands. */
static const struct gv_rank *seller(const struct order *o)
{
	for (size_t i = 0; i < o->n; i++)
		if (!o->ranks[i].missing && o->ranks[i].end == GV_INSTANT_NONE && o->ranks[i].since != GV_INSTANT_NONE)
			return &o->ranks[i];
	return NULL;
}

/* Who asked for the hand-over, for a message. */
static struct gv_str asker(struct gv_str court)
{
	return court.n ? court : gv_str_of(_("another court"));
}

/* It was there before the seizure took effect, or nobody knows since when; tax goes before anyway (SZ-34). */
static bool is_prior(const struct gv_rank *r, const struct gv_val *right)
{
	gv_instant on;

	return gv_str_is(gv_val_getstr(right, "kind"), "tax") || gv_instant_begin(right, "on", &on, NULL) || on == GV_INSTANT_NONE || on <= r->since;
}

/* A secured claim, not the applicant's own, that is in enforcement at that court ({0}: any), and ranks before the seizure, or does not. */
static const struct gv_val *secured_at(const struct gv_rank *r, struct gv_str court, bool prior)
{
	const struct gv_val *list = gv_val_items(r->holding->asset, "encumbrances");

	for (uint32_t i = 0; i < list->n; i++) {
		const struct gv_val *right = &list->items[i];

		if (gv_val_is_true(right, "own") || !gv_val_is_true(right, "in_enforcement"))
			continue;
		if ((!court.n || gv_str_eq(gv_val_getstr(right, "court"), court)) && is_prior(r, right) == prior)
			return right;
	}
	return NULL;
}

/* The sale has begun: a notice of auction, or the sale itself. */
static gv_day sale_begun(const struct gv_rank *r)
{
	gv_day notice, sale;

	gv_seizure_first_event(r->holding->seizure, "auction-notice", GV_DAY_NONE, &notice);
	gv_seizure_first_taking(r->holding->seizure, GV_DAY_NONE, &sale);
	return notice == GV_DAY_NONE || (sale != GV_DAY_NONE && sale < notice) ? sale : notice;
}

static int check_letter(struct order *o, const struct gv_rank *r, gv_day asked)
{
	static const struct gv_step letter = { NULL, "hand-over", LETTER_DAYS, N_("the letter of hand-over is to be issued"), GV_WARN };
	struct gv_limit limit;
	gv_day done;
	int rc = gv_limit_of(&limit, o->c, o->subject, asked, LETTER_DAYS, GV_UNIT_DAY);

	gv_seizure_first_event(r->holding->seizure, "hand-over", asked - 1, &done);
	return rc ? rc : gv_seizure_by(o->c, asset_of(o), &limit, done, &letter);
}

/* The court of a secured claim asks: more than 60 days, no sale begun; then 15 days. */
static int check_priority(struct order *o, const struct gv_rank *r, struct gv_str court, gv_day asked)
{
	gv_day first = gv_instant_day(r->since), begun = sale_begun(r);
	gv_day_text on, since, from;

	gv_day_format(asked, on);
	gv_day_format(first, since);
	gv_day_format(first + PRIORITY_DAYS + 1, from);
	if (asked <= first + PRIORITY_DAYS)
		return gv_finding(o->c, GV_WARN, NULL, _("%.*s: %.*s asked for the hand-over on %s, but may only from %s on, more than 60 days after the first seizure on %s"),
		                  GV_TEXT(asset_of(o)), GV_TEXT(asker(court)), on, from, since);
	if (begun != GV_DAY_NONE && begun <= asked) {
		gv_day_format(begun, from);
		return gv_finding(o->c, GV_WARN, NULL, _("%.*s: %.*s asked for the hand-over on %s, but the sale had begun on %s"), GV_TEXT(asset_of(o)), GV_TEXT(asker(court)), on, from);
	}
	return check_letter(o, r, asked);
}

/* It asked, but its right is younger than the seizure. */
static int tell_later(struct order *o, const struct gv_val *claim, struct gv_str court, gv_day asked)
{
	struct gv_str since = gv_val_getstr(claim, "on");
	gv_day_text on;

	gv_day_format(asked, on);
	return gv_finding(o->c, GV_WARN, NULL, _("%.*s: %.*s asked for the hand-over on %s, but its secured claim is of %.*s, after the seizure: it does not rank before"),
	                  GV_TEXT(asset_of(o)), GV_TEXT(asker(court)), on, GV_TEXT(since));
}

/* Nobody asked: from what day may one? */
static int tell_may_ask(struct order *o, const struct gv_rank *r, struct gv_str court, gv_day since)
{
	gv_day_text on;

	if (o->c->as_of < since || sale_begun(r) != GV_DAY_NONE)
		return 0;
	gv_day_format(since, on);
	return gv_finding(o->c, GV_INFO, NULL, _("%.*s: %.*s may ask for the hand-over since %s"), GV_TEXT(asset_of(o)), GV_TEXT(asker(court)), on);
}

static int handed_to_secured(struct order *o)
{
	const struct gv_rank *r = seller(o);
	const struct gv_val *ask, *claim, *later;
	struct gv_str court;
	struct gv_rec rec;
	gv_day asked;
	gv_day_text on;

	if (!r)
		return 0;
	about(o, &rec, r);
	ask = gv_seizure_first_event(r->holding->seizure, "ask-hand-over", GV_DAY_NONE, &asked);
	court = gv_val_getstr(ask, "court");
	claim = secured_at(r, court, true);
	later = secured_at(r, court, false);
	if (ask && claim)
		return check_priority(o, r, court, asked);
	gv_day_format(asked, on);
	if (ask && !gv_seizure_preserves(o->e, r->holding)) /* else see SZ-47 */
		return later ? tell_later(o, later, court, asked) : gv_finding(o->c, GV_REVIEW, NULL, _("%.*s: %.*s asked for the hand-over on %s, and no secured claim in enforcement there is recorded (encumbrances: in_enforcement, court)"),
		                  GV_TEXT(asset_of(o)), GV_TEXT(asker(court)), on);
	if (ask || !claim || gv_str_eq(gv_val_getstr(claim, "court"), r->court))
		return 0;
	court = gv_val_getstr(claim, "court");
	return tell_may_ask(o, r, court.n ? court : gv_val_getstr(claim, "holder"), gv_instant_day(r->since) + PRIORITY_DAYS + 1);
}

int gv_seizure_rule_handed_to_secured(struct gv_check *c, const void *subject)
{
	return each_asset(c, subject, handed_to_secured);
}

/* The first of those behind it that waits for an enforcement. */
static const struct gv_rank *waiting_enforcement(const struct order *o, const struct gv_rank *r)
{
	for (const struct gv_rank *w = r + 1; w < o->ranks + o->n && !w->missing; w++)
		if (w->is == GV_RANK_WAITS && gv_str_is(gv_val_getstr(w->holding->seizure, "stage"), "enforcement"))
			return w;
	return NULL;
}

/* It stood behind the first on that day. */
static bool waited_on(const struct gv_rank *w, gv_day day)
{
	return gv_instant_day(w->moment) <= day && (w->end == GV_INSTANT_NONE || gv_instant_day(w->end) >= day);
}

/* Only the first of the courts that wait with an enforcement may ask. */
static int check_asker(struct order *o, const struct gv_rank *r, struct gv_str court, gv_day asked)
{
	const struct gv_rank *own = NULL, *first = NULL;
	struct gv_str stage;
	gv_day_text on;

	gv_day_format(asked, on);
	if (!court.n)
		return gv_finding(o->c, GV_REVIEW, NULL, _("%.*s: the hand-over was asked for on %s, and court missing: whether it is the first that waits is not known"), GV_TEXT(asset_of(o)), on);
	for (const struct gv_rank *w = r + 1; w < o->ranks + o->n && !w->missing && !own; w++) {
		if (!waited_on(w, asked))
			continue;
		own = gv_str_eq(w->court, court) ? w : NULL;
		first = first || own || !gv_str_is(gv_val_getstr(w->holding->seizure, "stage"), "enforcement") ? first : w;
	}
	if (!own)
		return gv_finding(o->c, GV_REVIEW, NULL, _("%.*s: %.*s asked for the hand-over on %s, and no waiting seizure of it is recorded"), GV_TEXT(asset_of(o)), GV_TEXT(court), on);
	stage = gv_val_getstr(own->holding->seizure, "stage");
	if (gv_str_is(stage, "preservation"))
		return gv_finding(o->c, GV_VIOLATION, NULL, _("%.*s: %.*s asked for the hand-over on %s, but it waits with a preservation, not with an enforcement"), GV_TEXT(asset_of(o)),
		                  GV_TEXT(court), on);
	if (!first && !stage.n)
		return gv_finding(o->c, GV_REVIEW, NULL, _("%.*s: %.*s asked for the hand-over on %s, and stage of %.*s missing: whether it waits with an enforcement is not known"),
		                  GV_TEXT(asset_of(o)), GV_TEXT(court), on, GV_TEXT(own->holding->id));
	if (first)
		return gv_finding(o->c, GV_VIOLATION, NULL, _("%.*s: %.*s asked for the hand-over on %s, but %.*s waits before it with an enforcement"), GV_TEXT(asset_of(o)), GV_TEXT(court), on,
		                  GV_TEXT(first->holding->id));
	return 0;
}

static int check_idle(struct order *o, const struct gv_rank *r, struct gv_str court, gv_day asked, gv_day idle)
{
	gv_day begun = sale_begun(r);
	gv_day_text on, from;

	gv_day_format(asked, on);
	gv_day_format(idle + 1, from);
	if (gv_val_is_true(r->holding->asset, "in_dispute"))
		return gv_finding(o->c, GV_VIOLATION, NULL, _("%.*s: %.*s asked for the hand-over on %s, but it is what the suit is about"), GV_TEXT(asset_of(o)), GV_TEXT(asker(court)), on);
	if (asked <= idle)
		return gv_finding(o->c, GV_VIOLATION, NULL, _("%.*s: %.*s asked for the hand-over on %s, but may only from %s on, more than a year after the first seizure"),
		                  GV_TEXT(asset_of(o)), GV_TEXT(asker(court)), on, from);
	if (begun == GV_DAY_NONE || begun > asked)
		return check_asker(o, r, court, asked);
	gv_day_format(begun, from);
	return gv_finding(o->c, GV_VIOLATION, NULL, _("%.*s: %.*s asked for the hand-over on %s, but the sale had begun on %s"), GV_TEXT(asset_of(o)), GV_TEXT(asker(court)), on, from);
}

static int handed_to_waiting(struct order *o)
{
	const struct gv_rank *r = seller(o), *w;
	const struct gv_val *ask;
	struct gv_str court;
	struct gv_rec rec;
	gv_day asked, idle;

	if (!r || !gv_seizure_preserves(o->e, r->holding))
		return 0;
	about(o, &rec, r);
	idle = gv_day_add_months(gv_instant_day(r->since), 12 * IDLE_YEARS);
	ask = gv_seizure_first_event(r->holding->seizure, "ask-hand-over", GV_DAY_NONE, &asked);
	court = gv_val_getstr(ask, "court");
	w = waiting_enforcement(o, r);
	if (ask && !secured_at(r, court, true))
		return check_idle(o, r, court, asked, idle);
	if (ask || !w || gv_val_is_true(r->holding->asset, "in_dispute"))
		return 0;
	return tell_may_ask(o, r, w->court.n ? w->court : w->holding->id, idle + 1);
}

int gv_seizure_rule_handed_to_waiting(struct gv_check *c, const void *subject)
{
	return each_asset(c, subject, handed_to_waiting);
}

/* ---- SZ-48: how the money is divided ---- */

static int check_method(struct gv_check *c, const struct gv_val *claim, const struct gv_val *plan)
{
	struct gv_str type = gv_val_getstr(claim, "debtor_type"), how = gv_val_getstr(plan, "method");

	if (!type.n)
		return gv_finding(c, GV_REVIEW, NULL, _("debtor_type missing: whether the money is divided pro rata or in the order of seizure is not known"));
	if (!how.n)
		return gv_finding(c, GV_REVIEW, NULL, _("distribution.method missing"));
	if (gv_str_is(type, "enterprise") && gv_str_is(how, "pro-rata") && !gv_val_getstr(claim, "bankruptcy_on").n)
		return gv_finding(c, GV_VIOLATION, NULL, _("the debtor is an enterprise that is not bankrupt: the money goes in the order of seizure, not pro rata"));
	if (!gv_str_is(type, "enterprise") && gv_str_is(how, "order") && gv_val_getstr(plan, "asked_on").n && gv_val_is_true(plan, "insufficient"))
		return gv_finding(c, GV_VIOLATION, NULL, _("the debtor is no enterprise and its assets do not suffice: who asked in time shares pro rata, not in the order of seizure"));
	return 0;
}

/* A request is in time until the assets are finished. */
static int check_request(struct gv_check *c, const struct gv_val *plan)
{
	gv_day asked, ended = GV_DAY_NONE;
	gv_day_text on, end;
	int rc = gv_seizure_day(c, plan, "asked_on", &asked);

	if (!rc)
		rc = gv_seizure_day(c, plan, "ended_on", &ended);
	if (rc || asked == GV_DAY_NONE || ended == GV_DAY_NONE || asked <= ended)
		return rc;
	gv_day_format(asked, on);
	gv_day_format(ended, end);
	return gv_finding(c, GV_WARN, NULL, _("a share was asked for on %s, after the assets were finished on %s"), on, end);
}

/* A right of others that they need not use: late, it is gone; not used, it is no matter. */
static int used_in_time(struct gv_check *c, const void *subject, const struct gv_val *plan, const struct gv_step *step)
{
	return gv_val_getstr(plan, step->to).n ? gv_seizure_step(c, subject, (struct gv_str){ 0 }, plan, step) : 0;
}

int gv_seizure_rule_divided(struct gv_check *c, const void *subject)
{
	static const struct gv_step steps[] = {
		{ "plan_served_on", "objection_on", 15, N_("the plan is to be objected to"), GV_WARN },
		{ "objection_told_on", "counter_on", 15, N_("the objection is to be opposed"), GV_WARN },
		{ "counter_told_on", "sued_on", 15, N_("the suit about the plan is to be begun"), GV_WARN },
	};
	const struct gv_val *claim = gv_estate_of(subject)->claim.val, *plan = gv_val_get(claim, "distribution");
	struct gv_rec rec;
	int rc;

	if (!plan || plan->type != GV_OBJECT)
		return 0;
	gv_seizure_about(c, &rec, "claim", claim);
	rc = check_method(c, claim, plan);
	if (!rc)
		rc = check_request(c, plan);
	for (size_t i = 0; i < sizeof steps / sizeof steps[0] && !rc; i++)
		rc = used_in_time(c, subject, plan, &steps[i]);
	return rc;
}
