/* SPDX-License-Identifier: MIT */
#include "mediation.h"

#include <string.h>

/* The item whose `field` is `text`; NULL if none is. */
static const struct gv_val *item_with(const struct gv_val *list, const char *field, struct gv_str text)
{
	for (uint32_t i = 0; i < list->n; i++)
		if (gv_str_eq(gv_val_getstr(&list->items[i], field), text))
			return &list->items[i];
	return NULL;
}

const struct gv_val *gv_mediation_party(const struct gv_val *rec, struct gv_str name)
{
	return name.n ? item_with(gv_val_items(rec, "parties"), "name", name) : NULL;
}

const struct gv_val *gv_mediation_appointment(const struct gv_val *rec, struct gv_str mediator)
{
	return mediator.n ? item_with(gv_val_items(rec, "mediators"), "mediator", mediator) : NULL;
}

const struct gv_val *gv_mediation_event(const struct gv_val *rec, const char *name)
{
	const struct gv_val *log = gv_val_items(rec, "events");

	for (uint32_t i = log->n; i-- > 0;)
		if (gv_str_is(gv_val_getstr(&log->items[i], "event"), name))
			return &log->items[i];
	return NULL;
}

const struct gv_val *gv_mediation_overridden(const struct gv_val *rec, const char *rule)
{
	const struct gv_val *log = gv_val_items(rec, "events");

	for (uint32_t i = log->n; i-- > 0;)
		if (gv_str_is(gv_val_getstr(&log->items[i], "event"), "override") &&
		    gv_str_is(gv_val_getstr(&log->items[i], "rule"), rule))
			return &log->items[i];
	return NULL;
}

/* ---- consent ---- */

static enum gv_stance stance_of(struct gv_str event)
{
	static const struct { const char *event; enum gv_stance stance; } table[] = {
		{ "consent", GV_STANCE_AGREES }, { "refuse", GV_STANCE_REFUSES },
		{ "revoke-consent", GV_STANCE_REFUSES }, { "withdraw", GV_STANCE_REFUSES },
	};

	for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
		if (gv_str_is(event, table[i].event))
			return table[i].stance;
	return GV_STANCE_UNKNOWN;
}

enum gv_stance gv_mediation_stance_before(const struct gv_val *rec, struct gv_str party, uint32_t n)
{
	const struct gv_val *log = gv_val_items(rec, "events"), *self = gv_mediation_party(rec, party);

	for (uint32_t i = n < log->n ? n : log->n; i-- > 0;) {
		enum gv_stance s = stance_of(gv_val_getstr(&log->items[i], "event"));

		if (s != GV_STANCE_UNKNOWN && gv_str_eq(gv_val_getstr(&log->items[i], "party"), party))
			return s;
	}
	return self && gv_str_is(gv_val_getstr(self, "role"), "申请人") ? GV_STANCE_AGREES : GV_STANCE_UNKNOWN;
}

enum gv_stance gv_mediation_stance(const struct gv_val *rec, struct gv_str party)
{
	return gv_mediation_stance_before(rec, party, UINT32_MAX);
}

/* ---- fairness ---- */

static bool waived_by(const struct gv_val *rec, struct gv_str party, struct gv_str mediator)
{
	const struct gv_val *log = gv_val_items(rec, "events");

	for (uint32_t i = 0; i < log->n; i++) {
		const struct gv_val *e = &log->items[i];
		struct gv_str whom = gv_val_getstr(e, "mediator");

		if (gv_str_is(gv_val_getstr(e, "event"), "waive") && gv_str_eq(gv_val_getstr(e, "party"), party) &&
		    gv_str_is(gv_val_getstr(e, "form"), "written") && (!whom.n || gv_str_eq(whom, mediator)))
			return true;
	}
	return false;
}

bool gv_mediation_waived(const struct gv_val *rec, struct gv_str mediator)
{
	const struct gv_val *parties = gv_val_items(rec, "parties");

	for (uint32_t i = 0; i < parties->n; i++)
		if (!waived_by(rec, gv_val_getstr(&parties->items[i], "name"), mediator))
			return false;
	return parties->n > 0;
}

/* Is that somebody the mediator, or one of the mediator's relations? */
static bool is_near(const struct gv_val *mediator, struct gv_str name, struct gv_conflict_of *out)
{
	const struct gv_val *rel;

	if (!name.n)
		return false;
	out->who = name;
	if (gv_str_eq(gv_val_getstr(mediator, "name"), name)) {
		out->rel = GV_STR("本人");
		return true;
	}
	rel = item_with(gv_val_items(mediator, "relations"), "name", name);
	if (rel)
		out->rel = gv_val_getstr(rel, "rel");
	return rel != NULL;
}

bool gv_mediation_conflict(const struct gv_val *rec, const struct gv_val *mediator, struct gv_conflict_of *out)
{
	const struct gv_val *parties = gv_val_items(rec, "parties");

	for (uint32_t i = 0; i < parties->n; i++) {
		const struct gv_val *p = &parties->items[i], *agents = gv_val_items(p, "agents");

		if (is_near(mediator, gv_val_getstr(p, "name"), out) || is_near(mediator, gv_val_getstr(p, "real_name"), out) ||
		    is_near(mediator, gv_val_getstr(p, "employer"), out) ||
		    is_near(mediator, gv_val_getstr(p, "legal_representative"), out))
			return true;
		for (uint32_t k = 0; k < agents->n; k++)
			if (is_near(mediator, gv_val_getstr(&agents->items[k], "name"), out) ||
			    is_near(mediator, gv_val_getstr(&agents->items[k], "firm"), out))
				return true;
	}
	return false;
}

/* ---- the agreement ---- */

/* The day of a signature by `name` (n = 0: by anybody) in one of two roles; GV_DAY_NONE if there is none. */
static gv_day signed_on(const struct gv_val *agreement, struct gv_str name, const char *role, const char *other)
{
	const struct gv_val *list = gv_val_items(agreement, "signatures");

	for (uint32_t i = 0; i < list->n; i++) {
		const struct gv_val *s = &list->items[i];
		struct gv_str as = gv_val_getstr(s, "role");

		if ((!name.n || gv_str_eq(gv_val_getstr(s, "name"), name)) && (gv_str_is(as, role) || gv_str_is(as, other)))
			return gv_day_read(gv_val_getstr(s, "on"));
	}
	return GV_DAY_NONE;
}

/* By the party, or by one of its agents. */
static gv_day party_signed(const struct gv_val *agreement, const struct gv_val *party)
{
	gv_day day = signed_on(agreement, gv_val_getstr(party, "name"), "party", "agent");
	const struct gv_val *agents = gv_val_items(party, "agents");

	for (uint32_t i = 0; day == GV_DAY_NONE && i < agents->n; i++)
		day = signed_on(agreement, gv_val_getstr(&agents->items[i], "name"), "agent", "agent");
	return day;
}

static bool take_later(gv_day *last, gv_day day, struct gv_str who, struct gv_str *missing)
{
	if (day == GV_DAY_NONE) {
		if (missing)
			*missing = who;
		return false;
	}
	if (*last == GV_DAY_NONE || day > *last)
		*last = day;
	return true;
}

gv_day gv_mediation_effective(const struct gv_val *rec, struct gv_str *missing)
{
	const struct gv_val *agreement = gv_val_get(rec, "agreement"), *parties = gv_val_items(rec, "parties");
	struct gv_str anybody = { 0 };
	gv_day last = GV_DAY_NONE;

	if (missing)
		*missing = anybody;
	if (!agreement || agreement->type != GV_OBJECT)
		return GV_DAY_NONE;
	if (gv_str_is(gv_val_getstr(agreement, "form"), "oral"))
		return gv_day_read(gv_val_getstr(agreement, "made_on"));
	for (uint32_t i = 0; i < parties->n; i++)
		if (!take_later(&last, party_signed(agreement, &parties->items[i]), gv_val_getstr(&parties->items[i], "name"),
		                missing))
			return GV_DAY_NONE;
	if (!gv_str_is(gv_val_getstr(rec, "mechanism"), "people"))
		return last;
	if (!take_later(&last, signed_on(agreement, anybody, "mediator", "mediator"), GV_STR("调解员"), missing) ||
	    !take_later(&last, signed_on(agreement, anybody, "organisation", "organisation"), GV_STR("调解组织"), missing))
		return GV_DAY_NONE;
	return last;
}
