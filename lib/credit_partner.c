/* SPDX-License-Identifier: MIT */
#include "credit_partner.h"

#define TOLD "notify-platform,acknowledge"

/* ---- listings ---- */

static bool has_current(const struct gv_val *rec)
{
	return gv_credit_in_state(rec, "listed,removed") || gv_val_get(rec, "published_on");
}

uint32_t gv_credit_listings(const struct gv_val *rec)
{
	return gv_val_items(rec, "earlier")->n + has_current(rec);
}

struct gv_credit_listing gv_credit_listing(const struct gv_val *rec, uint32_t nth)
{
	const struct gv_val *earlier = gv_val_items(rec, "earlier");

	if (nth < earlier->n)
		return (struct gv_credit_listing){ gv_credit_day(&earlier->items[nth], "published_on"), gv_credit_day(&earlier->items[nth], "on"), false };
	return (struct gv_credit_listing){ gv_credit_day(rec, "published_on"), gv_credit_day(rec, "removal.on"), !gv_credit_in_state(rec, "removed,revoked") };
}

/* Can it be heard of on that day?  What was revoked before it was published, among others that were, nobody heard of. */
static bool is_heard(const struct gv_credit_listing *l, uint32_t of, bool of_end, gv_day on)
{
	if (l->published == GV_DAY_NONE && of > 1)
		return false;
	return of_end ? !l->stands && l->ended <= on : l->published <= on;
}

uint32_t gv_credit_listing_meant(const struct gv_val *rec, struct gv_str what, gv_day published, gv_day on)
{
	bool of_end = gv_str_is(what, "removed");
	uint32_t n = gv_credit_listings(rec);

	for (uint32_t i = n; i-- > 0;) {
		struct gv_credit_listing l = gv_credit_listing(rec, i);

		if ((published == GV_DAY_NONE || l.published == published) && is_heard(&l, n, of_end, on))
			return i;
	}
	return of_end || published != GV_DAY_NONE || !n ? GV_CREDIT_NO_LISTING : 0;
}

/* ---- events ---- */

static uint32_t meant_by(const struct gv_val *rec, const struct gv_val *event)
{
	return gv_credit_listing_meant(rec, gv_val_getstr(event, "what"), gv_credit_day(event, "published_on"), gv_credit_event_day(event));
}

bool gv_credit_is_told(const struct gv_val *rec, const char *name, const struct gv_credit_told *told)
{
	const struct gv_val *event;

	for (uint32_t at = 0; (event = gv_credit_next(rec, name, &at));) {
		gv_day on = gv_credit_event_day(event);

		if ((told->until == GV_DAY_NONE || on <= told->until) && on >= told->since && gv_str_is(gv_val_getstr(event, "what"), told->what) &&
		    gv_str_eq(gv_val_getstr(event, "platform"), told->platform) && meant_by(rec, event) == told->nth)
			return true;
	}
	return false;
}

/* An event that does not say what is about the listing; a confirmation must say it. */
static bool makes_partner(const struct gv_val *rec, const struct gv_val *event, uint32_t nth, gv_day until)
{
	struct gv_str what = gv_val_getstr(event, "what");

	if (gv_str_is(what, "removed") || (!what.n && gv_str_is(gv_val_getstr(event, "event"), "acknowledge")))
		return false;
	return gv_credit_event_day(event) <= until && meant_by(rec, event) == nth;
}

const struct gv_val *gv_credit_next_partner(const struct gv_val *rec, uint32_t nth, gv_day until, uint32_t *at)
{
	const struct gv_val *event, *before;

	while ((event = gv_credit_next(rec, TOLD, at))) {
		if (!makes_partner(rec, event, nth, until))
			continue;
		for (uint32_t i = 0; (before = gv_credit_next(rec, TOLD, &i)) != event;)
			if (gv_str_eq(gv_val_getstr(before, "platform"), gv_val_getstr(event, "platform")) && makes_partner(rec, before, nth, until))
				break;
		if (before == event)
			return event;
	}
	return NULL;
}
