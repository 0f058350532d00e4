/* SPDX-License-Identifier: MIT */
/* mediation_clock_days: what the record says starts a clock, and what ends it. */
#include "mediation.h"
#include "mediation_clock_impl.h"

static gv_day first_of(gv_day a, gv_day b)
{
	return a == GV_DAY_NONE || (b != GV_DAY_NONE && b < a) ? b : a;
}

static const struct gv_val *list_at(const struct gv_turn *t, const char *field, uint32_t i)
{
	const struct gv_val *list = gv_val_items(t->rec->val, field);

	return i < list->n ? &list->items[i] : NULL;
}

/* What is behind as_of has not happened yet. */
static gv_day happened(const struct gv_turn *t, gv_day day)
{
	return day != GV_DAY_NONE && day <= t->as_of ? day : GV_DAY_NONE;
}

gv_day gv_mediation_event_day(const struct gv_turn *t, const struct gv_val *event)
{
	struct gv_moment m;

	return gv_moment_parse(&m, gv_val_getstr(event, "on"), NULL) ? GV_DAY_NONE : happened(t, m.day);
}

gv_day gv_mediation_field_day(const struct gv_turn *t, const char *path)
{
	return gv_day_read(gv_val_str(gv_val_path(t->rec->val, gv_str_of(path))));
}

/* The first event of that name; with a party, of that party. */
static gv_day event_day(const struct gv_turn *t, struct gv_str name, const struct gv_str *party)
{
	const struct gv_val *e;

	for (uint32_t i = 0; (e = list_at(t, "events", i)); i++)
		if (gv_str_eq(gv_val_getstr(e, "event"), name) && (!party || gv_str_eq(gv_val_getstr(e, "party"), *party)))
			return gv_mediation_event_day(t, e);
	return GV_DAY_NONE;
}

/* ---- starts ---- */

/* When the last of all parties agreed; GV_DAY_NONE if one has not, or does not any more.  Those who applied agreed by it. */
static gv_day consent_day(const struct gv_turn *t)
{
	gv_day last = GV_DAY_NONE;
	const struct gv_val *p;

	for (uint32_t i = 0; (p = list_at(t, "parties", i)); i++) {
		struct gv_str name = gv_val_getstr(p, "name");
		gv_day day = event_day(t, GV_STR("consent"), &name);

		if (gv_mediation_stance(t->rec->val, name) != GV_STANCE_AGREES)
			return GV_DAY_NONE;
		if (day == GV_DAY_NONE && gv_str_is(gv_val_getstr(p, "role"), "申请人"))
			day = happened(t, gv_mediation_field_day(t, "received_on"));
		if (day == GV_DAY_NONE)
			return GV_DAY_NONE;
		last = day > last ? day : last;
	}
	return last;
}

static gv_day mediator_day(const struct gv_turn *t)
{
	gv_day first = GV_DAY_NONE;
	const struct gv_val *m;

	for (uint32_t i = 0; (m = list_at(t, "mediators", i)); i++)
		first = first_of(first, happened(t, gv_day_read(gv_val_getstr(m, "accepted_on"))));
	return first;
}

/* One clock for each item that has such a day. */
static bool next_appointment(const struct gv_turn *t, uint32_t *at, struct gv_start *s)
{
	const struct gv_val *m;

	while ((m = list_at(t, "mediators", (*at)++))) {
		s->day = happened(t, gv_day_read(gv_val_getstr(m, "appointed_on")));
		s->who = gv_val_getstr(m, "mediator");
		s->done = happened(t, gv_day_read(gv_val_getstr(m, "accepted_on")));
		s->what = "appointed_on";
		if (s->day != GV_DAY_NONE || s->done == GV_DAY_NONE)
			return true;
	}
	return false;
}

static bool next_service(const struct gv_turn *t, uint32_t *at, struct gv_start *s)
{
	const struct gv_val *e;

	while ((e = list_at(t, "events", (*at)++))) {
		s->who = gv_val_getstr(e, "party");
		s->day = gv_mediation_event_day(t, e);
		s->what = "serve";
		s->done = event_day(t, GV_STR("object"), &s->who);
		if (gv_str_is(gv_val_getstr(e, "event"), "serve") && s->day != GV_DAY_NONE)
			return true;
	}
	return false;
}

bool gv_mediation_start(const struct gv_turn *t, uint32_t *at, struct gv_start *s)
{
	const struct gv_clock_row *r = t->row;

	*s = (struct gv_start){ .day = GV_DAY_NONE, .done = GV_DAY_NONE, .what = r->start };
	if (r->starts == GV_STARTS_APPOINTMENTS)
		return next_appointment(t, at, s);
	if (r->starts == GV_STARTS_SERVICES)
		return next_service(t, at, s);
	if ((*at)++)
		return false;
	if (r->starts == GV_STARTS_FIELD)
		s->day = happened(t, gv_mediation_field_day(t, r->start));
	else if (r->starts == GV_STARTS_EVENT)
		s->day = event_day(t, gv_str_of(r->start), NULL);
	else if (r->starts == GV_STARTS_CONSENT)
		s->day = consent_day(t);
	else if (r->starts == GV_STARTS_MEDIATOR)
		s->day = mediator_day(t);
	else if (r->starts == GV_STARTS_EFFECTIVE)
		s->day = happened(t, gv_mediation_effective(t->rec->val, &s->unsigned_by));
	return s->day != GV_DAY_NONE || !r->may_wait;
}

/* ---- ends ---- */

/* When the last of the other side was told of the mediation, or answered. */
static gv_day answers_day(const struct gv_turn *t)
{
	static const char *const names[] = { "notify", "consent", "refuse" };
	gv_day last = GV_DAY_NONE;
	const struct gv_val *p;

	for (uint32_t i = 0; (p = list_at(t, "parties", i)); i++) {
		struct gv_str name = gv_val_getstr(p, "name");
		gv_day day = GV_DAY_NONE;

		if (gv_str_is(gv_val_getstr(p, "role"), "申请人"))
			continue;
		for (size_t k = 0; k < sizeof names / sizeof names[0]; k++)
			day = first_of(day, event_day(t, gv_str_of(names[k]), &name));
		if (day == GV_DAY_NONE)
			return GV_DAY_NONE;
		last = day > last ? day : last;
	}
	return last;
}

static gv_day end_day(const struct gv_turn *t, struct gv_str word)
{
	static const char events[] = "events.";

	if (gv_str_is(word, "answers"))
		return answers_day(t);
	if (gv_str_starts(word, GV_STR(events)))
		return event_day(t, (struct gv_str){ word.p + sizeof events - 1, word.n - (sizeof events - 1) }, NULL);
	return happened(t, gv_day_read(gv_val_str(gv_val_path(t->rec->val, word))));
}

gv_day gv_mediation_done(const struct gv_turn *t)
{
	struct gv_str rest = t->row->ends, word;
	gv_day first = GV_DAY_NONE;

	while (gv_rule_next(&rest, &word))
		first = first_of(first, end_day(t, word));
	return first;
}
