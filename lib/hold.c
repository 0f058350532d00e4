/* SPDX-License-Identifier: MIT */
#include "hold.h"

#include "i18n.h"

enum { DAY = 86400 };

/* 法释〔2021〕20号, of which art. 6 makes the publication decide, is in force from that day on. */
#define EQUITY_BY_PUBLICATION gv_day_of(2022, 1, 1)

static int read_moment(const struct gv_val *rec, const char *field, gv_instant of_day, gv_instant *out, struct gv_err *err)
{
	struct gv_str text = gv_val_getstr(rec, field);
	struct gv_moment m;
	int rc;

	*out = GV_INSTANT_NONE;
	if (!text.p)
		return 0;
	rc = gv_moment_parse(&m, text, NULL);
	if (rc)
		return gv_fail_field(err, GV_EDATA, field, _("\"%.*s\" is not a date"), (int)text.n, text.p);
	*out = (gv_instant)m.day * DAY + (m.has_time ? m.second : of_day);
	return 0;
}

int gv_instant_begin(const struct gv_val *rec, const char *field, gv_instant *out, struct gv_err *err)
{
	return read_moment(rec, field, 0, out, err);
}

int gv_instant_end(const struct gv_val *rec, const char *field, gv_instant *out, struct gv_err *err)
{
	return read_moment(rec, field, DAY - 1, out, err);
}

gv_day gv_instant_day(gv_instant t)
{
	gv_instant day = t / DAY;

	return t == GV_INSTANT_NONE ? GV_DAY_NONE : (gv_day)(t < 0 && t % DAY ? day - 1 : day);
}

static bool is_disposal(const struct gv_val *event)
{
	struct gv_str name = gv_val_getstr(event, "event");

	return gv_str_is(name, "dispose") || gv_str_is(name, "dispose-part");
}

static bool is_sold_auction(const struct gv_val *event)
{
	return gv_str_is(gv_val_getstr(event, "event"), "auction") && gv_str_is(gv_val_getstr(event, "result"), "sold");
}

const struct gv_val *gv_hold_sale(const struct gv_val *seizure, uint32_t *at)
{
	const struct gv_val *events = gv_val_items(seizure, "events");
	bool disposals = false;

	for (uint32_t i = 0; i < events->n && !disposals; i++)
		disposals = is_disposal(&events->items[i]);
	while (*at < events->n) {
		const struct gv_val *event = &events->items[(*at)++];

		if (disposals ? is_disposal(event) : is_sold_auction(event))
			return event;
	}
	return NULL;
}

int gv_hold_months(struct gv_str type)
{
	if (gv_str_is(type, "deposit"))
		return 12;
	return gv_str_is(type, "movable") || gv_str_is(type, "vehicle") ? 24 : 36;
}

/* The first event of that name, by its moment; for things that happen once. */
static int first_event(const struct gv_val *seizure, const char *name, gv_instant *out, struct gv_err *err)
{
	const struct gv_val *events = gv_val_items(seizure, "events");

	*out = GV_INSTANT_NONE;
	for (uint32_t i = 0; i < events->n; i++) {
		gv_instant on;
		int rc;

		if (!gv_str_is(gv_val_getstr(&events->items[i], "event"), name))
			continue;
		rc = gv_instant_begin(&events->items[i], "on", &on, err);
		if (rc)
			return rc;
		if (*out == GV_INSTANT_NONE || on < *out)
			*out = on;
	}
	return 0;
}

/* A field, or else the event that tells the same. */
static int field_or_event(const struct gv_val *seizure, const char *field, const char *event, gv_instant *out, struct gv_err *err)
{
	int rc = gv_instant_begin(seizure, field, out, err);

	return rc || *out != GV_INSTANT_NONE ? rc : first_event(seizure, event, out, err);
}

static bool is_before_publication(const struct gv_val *seizure, const char *field)
{
	struct gv_moment m;

	return gv_moment_parse(&m, gv_val_getstr(seizure, field), NULL) == 0 && m.day < EQUITY_BY_PUBLICATION;
}

const char *gv_hold_effect_field(const struct gv_val *seizure, struct gv_str type)
{
	bool served = gv_val_getstr(seizure, "served_at").n, published = gv_val_getstr(seizure, "published_at").n;

	if (!gv_str_is(type, "equity") || is_before_publication(seizure, "served_at"))
		return "served_at";
	return !served && !published && is_before_publication(seizure, "ruled_on") ? "served_at" : "published_at";
}

static int read_effect(struct gv_hold *h, struct gv_str type, struct gv_err *err)
{
	const char *field = gv_hold_effect_field(h->val, type);
	int rc;

	h->waited = gv_str_is(gv_val_getstr(h->val, "measure"), "waiting");
	if (h->waited)
		return field_or_event(h->val, "converted_at", "convert", &h->from, err);
	rc = gv_instant_begin(h->val, field, &h->from, err);
	if (!rc && h->from == GV_INSTANT_NONE)
		h->missing = field;
	return rc;
}

/* Renewals one after the other, as they were made: each must be there before the effect ends. */
static int read_renewals(struct gv_hold *h, struct gv_err *err)
{
	const struct gv_val *events = gv_val_items(h->val, "events");
	int rc = gv_instant_end(h->val, "until", &h->until, err);

	for (uint32_t i = 0; i < events->n && !rc; i++) {
		const struct gv_val *e = &events->items[i];
		gv_instant on, latest, until;

		if (!gv_str_is(gv_val_getstr(e, "event"), "renew"))
			continue;
		rc = gv_instant_begin(e, "on", &on, err);
		if (!rc)
			rc = gv_instant_end(e, "on", &latest, err);
		if (!rc)
			rc = gv_instant_end(e, "until", &until, err);
		if (rc || on == GV_INSTANT_NONE || until == GV_INSTANT_NONE)
			continue;
		if (h->until != GV_INSTANT_NONE && on > h->until) {
			h->late = h->late ? h->late : e;
			continue;
		}
		if (h->until != GV_INSTANT_NONE && latest > h->until)
			h->unclear = h->unclear ? h->unclear : e;
		h->until = until;
		h->renewals++;
	}
	return rc;
}

static enum gv_hold_is state_at(const struct gv_hold *h, gv_instant at)
{
	if (h->released != GV_INSTANT_NONE && h->released <= at)
		return GV_HOLD_RELEASED;
	if (h->missing)
		return GV_HOLD_UNKNOWN;
	if (h->from == GV_INSTANT_NONE)
		return GV_HOLD_WAITING;
	if (h->from > at)
		return h->waited ? GV_HOLD_WAITING : GV_HOLD_NOT_YET;
	return h->until != GV_INSTANT_NONE && h->until < at ? GV_HOLD_LAPSED : GV_HOLD_ON;
}

int gv_hold_read(struct gv_hold *out, const struct gv_val *seizure, struct gv_str type, gv_day as_of, struct gv_err *err)
{
	int rc;

	*out = (struct gv_hold){ .val = seizure, .from = GV_INSTANT_NONE, .until = GV_INSTANT_NONE, .released = GV_INSTANT_NONE,
	                         .at = ((gv_instant)as_of + 1) * DAY - 1 };
	rc = read_effect(out, type, err);
	if (!rc)
		rc = read_renewals(out, err);
	if (!rc)
		rc = field_or_event(seizure, "released_at", "release", &out->released, err);
	out->since = out->from;
	if (!rc)
		out->is = state_at(out, out->at);
	return rc;
}
