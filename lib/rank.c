/* SPDX-License-Identifier: MIT */
#include "rank.h"

#include <stdlib.h>

enum { DAY = 86400 };

/* ---- the moment that decides ---- */

static bool is_recorded(const struct gv_val *rec, const char *field)
{
	return gv_val_getstr(rec, field).n != 0;
}

static bool of_type(const struct gv_holding *h, const char *type)
{
	return gv_str_is(gv_val_getstr(h->asset, "type"), type);
}

/* Money and equity are in no registry that could decide: equity is by publication. */
static bool is_registrable(const struct gv_holding *h)
{
	return !of_type(h, "equity") && !of_type(h, "deposit") && !of_type(h, "income");
}

static int take(struct gv_rank *r, const struct gv_val *rec, const char *field, struct gv_err *err)
{
	struct gv_str text = gv_val_getstr(rec, field);

	r->has_time = text.n > GV_DATE_LEN;
	return gv_instant_begin(rec, field, &r->moment, err);
}

static int take_event(struct gv_rank *r, const char *name, struct gv_err *err)
{
	const struct gv_val *events = gv_val_items(r->holding->seizure, "events");

	for (uint32_t i = 0; i < events->n; i++)
		if (gv_str_is(gv_val_getstr(&events->items[i], "event"), name))
			return take(r, &events->items[i], "on", err);
	return 0;
}

/* In time means: before that of the investigators ended (SZ-41). */
static int take_investigators(struct gv_rank *r, struct gv_err *err)
{
	const struct gv_val *s = r->holding->seizure;
	gv_instant end;
	int rc = gv_instant_end(s, "investigators_until", &end, err);

	if (rc || end == GV_INSTANT_NONE || r->moment > end || !is_recorded(s, "investigators_from"))
		return rc;
	return take(r, s, "investigators_from", err);
}

static int read_moment(struct gv_rank *r, const struct gv_holding *h, struct gv_err *err)
{
	const char *field = gv_hold_effect_field(h->seizure, gv_val_getstr(h->asset, "type"));
	int rc;

	*r = (struct gv_rank){ .holding = h, .kase = gv_val_getstr(h->seizure, "case"), .court = gv_val_getstr(h->seizure, "court"),
	                       .moment = GV_INSTANT_NONE, .since = GV_INSTANT_NONE, .end = GV_INSTANT_NONE };
	rc = take(r, h->seizure, field, err);
	if (!rc && r->moment == GV_INSTANT_NONE && h->hold.waited)
		rc = take_event(r, "wait", err);
	if (!rc && r->moment == GV_INSTANT_NONE && is_registrable(h))
		rc = take(r, h->seizure, "registered_at", err);
	if (rc)
		return rc;
	if (r->moment == GV_INSTANT_NONE) {
		r->missing = field;
		return 0;
	}
	return take_investigators(r, err);
}

/* ---- the order ---- */

/* Within one day the times decide, if both have one. */
static bool same_moment(const struct gv_rank *a, const struct gv_rank *b)
{
	if (a->has_time && b->has_time)
		return a->moment == b->moment;
	return gv_instant_day(a->moment) == gv_instant_day(b->moment);
}

static int by_rank(const void *a, const void *b)
{
	const struct gv_rank *x = a, *y = b;

	if (!x->missing != !y->missing)
		return x->missing ? 1 : -1;
	if (x->unregistered != y->unregistered)
		return x->unregistered ? 1 : -1;
	if (x->moment != y->moment)
		return x->moment < y->moment ? -1 : 1;
	return gv_str_cmp(x->holding->id, y->holding->id);
}

static void mark_unregistered(struct gv_rank *r, size_t n)
{
	bool any = false;

	/* One that was entered as waiting tells that the one before it was entered, too. */
	for (size_t i = 0; i < n; i++)
		any = any || (is_registrable(r[i].holding) && !r[i].holding->hold.waited && is_recorded(r[i].holding->seizure, "registered_at"));
	for (size_t i = 0; i < n && any; i++)
		r[i].unregistered = !is_recorded(r[i].holding->seizure, "registered_at");
}

/* ---- who has effect, and until when ---- */

bool gv_rank_same_case(const struct gv_rank *a, const struct gv_rank *b, bool *known)
{
	*known = a->kase.n || b->kase.n || a->court.n || b->court.n;
	return gv_str_eq(a->kase, b->kase) && gv_str_eq(a->court, b->court);
}

struct disposal {
	gv_instant at;     /* of the first part, or when all was gone; GV_INSTANT_NONE: nothing was disposed of */
	bool all;
	int64_t units;     /* -1: nobody knows how much */
};

static void add_disposal(struct disposal *d, const struct gv_val *event, gv_instant on, int64_t left)
{
	bool part = gv_str_is(gv_val_getstr(event, "event"), "dispose-part");
	int64_t units;

	if (!gv_val_getint(event, "units", &units)) {
		d->units = part ? -1 : d->units;
		d->all = !part;
	} else if (d->units >= 0) {
		d->units = units > INT64_MAX - d->units ? INT64_MAX : d->units + units;
		d->all = left > 0 && d->units >= left;
	}
	if (d->at == GV_INSTANT_NONE || d->all)
		d->at = on;
}

/* What its court disposed of until then, while it had effect. */
static int read_disposal(struct disposal *d, const struct gv_rank *r, gv_instant by, struct gv_err *err)
{
	const struct gv_val *sale;
	int64_t units = 0;
	uint32_t at = 0;

	*d = (struct disposal){ .at = GV_INSTANT_NONE };
	(void)gv_val_getint(r->holding->asset, "units", &units);
	while (!d->all && (sale = gv_hold_sale(r->holding->seizure, &at))) {
		gv_instant on;
		int rc = gv_instant_begin(sale, "on", &on, err);

		if (rc)
			return rc;
		if (on != GV_INSTANT_NONE && on >= r->since && on <= by)
			add_disposal(d, sale, on, r->gone > 0 ? units - r->gone : units);
	}
	return 0;
}

/* The first of the things that end the effect of one that has it: release, lapse, disposal. */
static int read_end(struct gv_rank *r, gv_instant by, struct gv_err *err)
{
	const struct gv_hold *h = &r->holding->hold;
	bool term_runs = !h->waited || h->from != GV_INSTANT_NONE;  /* that of one that waited begins when it converts (SZ-45) */
	struct disposal d;
	int rc = read_disposal(&d, r, by, err);

	r->end = h->released;
	if (term_runs && h->until != GV_INSTANT_NONE && h->until > r->since && (r->end == GV_INSTANT_NONE || h->until < r->end)) {
		r->end = h->until + 1;
		r->lapsed = true;
	}
	if (!rc && d.at != GV_INSTANT_NONE && (r->end == GV_INSTANT_NONE || d.at <= r->end)) {
		r->end = d.at;
		r->lapsed = false;
		r->sold_all = d.all;
		r->sold_part = !d.all;
		r->sold = d.units;
	}
	if (r->end != GV_INSTANT_NONE && r->end > by) {
		r->end = GV_INSTANT_NONE;
		r->lapsed = false;
	}
	return rc;
}

/* Those before it that had not ended when it was made: who stands, who ended last, what they left. */
struct front {
	const struct gv_rank *stands, *last, *sold_all, *sold_part;
	int64_t sold;
};

static void look_ahead(struct front *f, struct gv_rank *all, struct gv_rank *r)
{
	bool known;

	for (const struct gv_rank *g = all; g < r; g++) {
		if ((g->end != GV_INSTANT_NONE && g->end <= r->moment) || (gv_rank_same_case(g, r, &known) && known))
			continue;
		r->place++;
		if (g->end == GV_INSTANT_NONE) {
			f->stands = f->stands ? f->stands : g;
			continue;
		}
		f->last = f->last && f->last->end >= g->end ? f->last : g;
		f->sold_all = g->sold_all ? g : f->sold_all;
		if (g->sold_part) {
			f->sold_part = g;
			f->sold = f->sold < 0 || g->sold < 0 ? -1 : f->sold + g->sold;
		}
	}
}

static int settle(struct gv_rank *all, struct gv_rank *r, gv_instant by, struct gv_err *err)
{
	gv_instant released = r->holding->hold.released;
	struct front f = { 0 };

	r->place = 1;
	look_ahead(&f, all, r);
	if (f.sold_all) {
		r->is = GV_RANK_VOID;
		r->before = f.sold_all;
		r->end = f.sold_all->end;
		return 0;
	}
	r->before = f.stands ? f.stands : f.last;
	r->is = f.stands ? GV_RANK_WAITS : !f.last ? GV_RANK_FIRST : f.sold_part ? GV_RANK_TAKES_REST : GV_RANK_TAKES;
	r->gone = f.sold;
	if (r->is == GV_RANK_FIRST)
		r->since = r->holding->hold.waited ? r->holding->hold.from : r->moment;
	else if (f.last && !f.stands)
		r->since = f.last->end;
	if (r->is != GV_RANK_FIRST && released != GV_INSTANT_NONE && released <= by && (r->since == GV_INSTANT_NONE || released <= r->since)) {
		r->is = GV_RANK_VOID;
		r->since = GV_INSTANT_NONE;
		r->end = released;
		return 0;
	}
	return r->is == GV_RANK_WAITS ? 0 : read_end(r, by, err);
}

int gv_rank_of(struct gv_rank *out, const struct gv_holding *h, size_t n, gv_day as_of, struct gv_err *err)
{
	gv_instant by = ((gv_instant)as_of + 1) * DAY - 1;
	int rc = 0;

	for (size_t i = 0; i < n && !rc; i++)
		rc = read_moment(&out[i], &h[i], err);
	if (rc)
		return rc;
	mark_unregistered(out, n);
	qsort(out, n, sizeof *out, by_rank);
	for (size_t i = 0; i < n && !rc && !out[i].missing; i++) {
		out[i].tied = i && out[i - 1].unregistered == out[i].unregistered && same_moment(&out[i - 1], &out[i]);
		rc = settle(out, &out[i], by, err);
	}
	return rc;
}

gv_day gv_rank_end_day(const struct gv_rank *r)
{
	return gv_instant_day(r->lapsed ? r->end - 1 : r->end);
}
