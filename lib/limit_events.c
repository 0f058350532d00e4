/* SPDX-License-Identifier: MIT */
#include "limit_impl.h"

static gv_day event_day(const struct gv_val *event, const char *field)
{
	struct gv_moment m;

	if (gv_moment_parse(&m, gv_val_getstr(event, field), NULL))
		return GV_DAY_NONE;
	return m.day;
}

/* Opening events and what closes them (SL-13). */
static const struct { const char *opens, *closes; } pairs[] = {
	{ "suspend", "resume" }, { "appraise", "appraise-end" }, { "announce", "announce-end" },
	{ "negotiate", "negotiate-end" }, { "object", "object-end" }, { "mediate", "mediate-end" },
};

/* The first closing event at or behind item i; GV_DAY_NONE if there is none by as_of. */
static gv_day closing_day(const struct gv_val *events, size_t i, const char *closes, gv_day as_of)
{
	for (; i < events->n; i++) {
		gv_day on = event_day(&events->items[i], "on");

		if (gv_str_is(gv_val_getstr(&events->items[i], "event"), closes) && on != GV_DAY_NONE && on <= as_of)
			return on;
	}
	return GV_DAY_NONE;
}

static void add_gap(struct gv_limit_events *e, gv_day from, gv_day to)
{
	size_t i = 0, j;
	size_t most = sizeof e->gaps / sizeof e->gaps[0];

	if (to <= from)
		return;
	/* Join with every gap that it touches, keep the rest in order. */
	while (i < e->ngaps && e->gaps[i].to < from)
		i++;
	for (j = i; j < e->ngaps && e->gaps[j].from <= to; j++) {
		if (e->gaps[j].from < from)
			from = e->gaps[j].from;
		if (e->gaps[j].to > to)
			to = e->gaps[j].to;
	}
	if (j == i) {
		if (e->ngaps == most)
			return;
		memmove(&e->gaps[i + 1], &e->gaps[i], (e->ngaps - i) * sizeof e->gaps[0]);
		e->ngaps++;
	} else {
		memmove(&e->gaps[i + 1], &e->gaps[j], (e->ngaps - j) * sizeof e->gaps[0]);
		e->ngaps -= j - i - 1;
	}
	e->gaps[i].from = from;
	e->gaps[i].to = to;
}

static void read_gap(struct gv_limit_events *e, const struct gv_val *events, size_t i, gv_day on, gv_day as_of)
{
	struct gv_str name = gv_val_getstr(&events->items[i], "event");

	for (size_t k = 0; k < sizeof pairs / sizeof pairs[0]; k++) {
		gv_day closed, until;

		if (!gv_str_is(name, pairs[k].opens))
			continue;
		closed = closing_day(events, i + 1, pairs[k].closes, as_of);
		until = event_day(&events->items[i], "until");
		if (closed != GV_DAY_NONE) {
			add_gap(e, on, closed);
		} else if (until != GV_DAY_NONE) {
			/* A period that was fixed beforehand is not counted whole, also while it runs. */
			add_gap(e, on, until + 1);
			if (until >= as_of)
				e->stopped = true;
		} else {
			add_gap(e, on, as_of + 1);
			e->stopped = true;
		}
	}
}

static void read_extension(struct gv_limit_events *e, const struct gv_val *event)
{
	int64_t n;
	gv_day until = event_day(event, "until");

	e->extended = true;
	if (gv_val_getint(event, "months", &n))
		e->extend_months += (int)n;
	if (gv_val_getint(event, "days", &n))
		e->extend_days += (int)n;
	if (until != GV_DAY_NONE && (e->extend_until == GV_DAY_NONE || until > e->extend_until))
		e->extend_until = until;
}

void gv_limit_read_events(struct gv_limit_events *out, const struct gv_val *rec, gv_day as_of)
{
	const struct gv_val *events = gv_val_get(rec, "events");

	*out = (struct gv_limit_events){ .converted_on = GV_DAY_NONE, .corrected_on = GV_DAY_NONE,
	                                 .correct_until = GV_DAY_NONE, .extend_until = GV_DAY_NONE };
	if (!events || events->type != GV_ARRAY)
		return;
	for (size_t i = 0; i < events->n; i++) {
		const struct gv_val *event = &events->items[i];
		struct gv_str name = gv_val_getstr(event, "event");
		gv_day on = event_day(event, "on");

		if (on == GV_DAY_NONE || on > as_of)
			continue;
		if (gv_str_is(name, "convert")) {
			/* What was granted to the old procedure ends with it. */
			out->converted_on = on;
			out->procedure = gv_val_getstr(event, "to");
			out->extended = false;
			out->extend_months = out->extend_days = 0;
			out->extend_until = GV_DAY_NONE;
		} else if (gv_str_is(name, "extend")) {
			read_extension(out, event);
		} else if (gv_str_is(name, "correct")) {
			out->corrected_on = on;
		} else if (gv_str_is(name, "ask-correction")) {
			out->correct_until = event_day(event, "until");
		} else {
			read_gap(out, events, i, on, as_of);
		}
	}
}

gv_day gv_limit_shift(const struct gv_limit_events *e, gv_day from, gv_day end)
{
	for (size_t i = 0; i < e->ngaps; i++) {
		gv_day start = e->gaps[i].from > from ? e->gaps[i].from : from + 1;

		if (start > end) /* the limit was over before */
			break;
		if (e->gaps[i].to > start)
			end += e->gaps[i].to - start;
	}
	return end;
}
