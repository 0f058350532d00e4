/* SPDX-License-Identifier: MIT */
/* guard: what is written against what is there already and the day that it is: never twice, never too early, never too late. */
#include <string.h>

#include "seizure.h"

/* ---- days ---- */

/* A day without a time may be any time of it.  What is no date is told of the whole record. */
static bool is_before(struct gv_str a, struct gv_str b)
{
	struct gv_moment x, y;

	if (gv_moment_parse(&x, a, NULL) || gv_moment_parse(&y, b, NULL))
		return false;
	return x.day != y.day ? x.day < y.day : x.has_time && y.has_time && x.second < y.second;
}

static int check_past(struct gv_cmd *c, const struct gv_val *rec, const struct gv_assignments *typed)
{
	static const char *const done[] = {
		"ruled_on", "assistance_on", "served_at", "published_at", "company_told_on", "registered_at", "land_registered_at", "noticed_on", "effective_at",
		"parties_told_on", "authority_told_on", "expiry_told_on", "converted_at", "released_at", "release_asked_on", "release_ruled_on", "release_notice_on",
		/* of a price */
		"asked_on", "on", "report_on", "sent_on", "commissioned_on", "published_on", "sale_started_on"
	};
	char today[GV_DATE_LEN + 1];

	gv_day_format(c->today, today);
	for (size_t i = 0; i < sizeof done / sizeof done[0]; i++) {
		struct gv_str text = gv_val_getstr(rec, done[i]);

		if (text.n && is_before(gv_str_of(today), text) && (!typed || gv_assignments_find(typed, done[i])))
			return gv_fail_field(&c->err, GV_EDATA, done[i], _("%.*s is later than today, %s"), (int)text.n, text.p, today);
	}
	return 0;
}

int seizure_guard_past(struct gv_cmd *c, const struct gv_val *rec, const struct gv_assignments *typed)
{
	const struct gv_val *price = gv_val_get(rec, "price");
	int rc = check_past(c, rec, typed);

	if (rc || !price)
		return rc;
	rc = check_past(c, price, NULL);
	if (rc)
		gv_err_field_prefix(&c->err, "price");
	return rc;
}

int seizure_guard_after(struct gv_cmd *c, const struct gv_val *rec, const char *field, struct gv_str at, const char *const before[])
{
	for (size_t i = 0; before[i]; i++) {
		struct gv_str text = gv_val_getstr(rec, before[i]);

		if (text.n && strcmp(before[i], field) != 0 && is_before(at, text))
			return gv_fail_field(&c->err, GV_EDATA, field, _("%.*s is before %s, %.*s"), (int)at.n, at.p, before[i], (int)text.n, text.p);
	}
	return 0;
}

int seizure_guard_log(struct gv_cmd *c, const struct gv_val *rec, const char *name, const char *on)
{
	static const char course[] = "order,take-effect,wait,convert,renew,release-part";
	const struct gv_val *log = gv_val_items(rec, "events");

	for (uint32_t i = 0; i < log->n; i++) {
		struct gv_str event = gv_val_getstr(&log->items[i], "event"), day = gv_val_getstr(&log->items[i], "on");

		if (gv_rule_listed(GV_STR(course), event) && is_before(gv_str_of(on), day))
			return gv_fail(&c->err, GV_EDATA, _("%s on %s would stand before %.*s on %.*s: it needs a later day or time"), name, on, (int)event.n, event.p,
			               (int)day.n, day.p);
	}
	return 0;
}

/* ---- an act that moves no state ---- */

int seizure_guard_state(struct gv_cmd *c, const struct gv_val *rec, const char *event, const char *states, const struct gv_basis *b)
{
	struct gv_str state = gv_val_getstr(rec, "state");

	if (gv_rule_listed(gv_str_of(states), state))
		return 0;
	return gv_fail_field(&c->err, GV_EDATA, "state", _("%s is not possible in state %.*s, only in %s (%s %s, art. %s)"), event, (int)state.n, state.p, states,
	                     b->doc, b->no, b->art);
}

int seizure_guard_renewal(struct gv_cmd *c, const struct gv_val *rec, struct gv_str until)
{
	struct gv_hold h;
	struct gv_moment m;
	char now[GV_DATE_LEN + 1];
	gv_instant end;
	int rc = gv_hold_read(&h, rec, (struct gv_str){ 0 }, c->today, &c->err);

	if (rc || h.until == GV_INSTANT_NONE || gv_moment_parse(&m, until, NULL))
		return rc;
	end = ((gv_instant)m.day + 1) * 86400 - 1;
	if (m.has_time)
		end = (gv_instant)m.day * 86400 + m.second;
	gv_day_format(gv_instant_day(h.until), now);
	if (end == h.until)
		return gv_fail_field(&c->err, GV_EDATA, "until", _("it ends on %s already: a renewal ends later"), now);
	if (end < h.until)
		return gv_fail_field(&c->err, GV_EDATA, "until", _("%.*s is before the end that it has now, %s: a renewal ends later"), (int)until.n, until.p, now);
	return 0;
}

/* ---- a part of it ---- */

/* What an event takes away of a sum, or of units; NULL: nothing. */
static const char *taken_by(const struct gv_val *event, const char *field)
{
	bool money = strcmp(field, "sum_fen") == 0;
	struct gv_str name = gv_val_getstr(event, "event");

	if (money && gv_str_is(name, "transfer"))
		return "fen";
	return gv_str_is(name, "release-part") || (!money && gv_str_is(name, "dispose-part")) ? field : NULL;
}

/* -1: not known. */
static int64_t left_of(const struct gv_val *rec, const struct gv_val *whole, const char *field)
{
	const struct gv_val *log = gv_val_items(rec, "events");
	int64_t left, part;

	if (!gv_val_getint(whole, field, &left))
		return -1;
	for (uint32_t i = 0; i < log->n; i++) {
		const char *taken = taken_by(&log->items[i], field);

		if (taken && gv_val_getint(&log->items[i], taken, &part))
			left = part > left ? 0 : left - part;
	}
	return left;
}

int seizure_guard_part(struct gv_cmd *c, const struct gv_val *rec, const struct gv_val *asset, const struct gv_val *event)
{
	static const char *const fields[] = { "sum_fen", "units" };

	for (size_t i = 0; i < 2; i++) {
		int64_t part, left = left_of(rec, i ? asset : rec, fields[i]);

		if (!gv_val_getint(event, fields[i], &part))
			continue;
		if (part < 1)
			return gv_fail_field(&c->err, GV_EDATA, fields[i], _("%lld releases nothing"), (long long)part);
		if (left >= 0 && part >= left)
			return gv_fail_field(&c->err, GV_EDATA, fields[i], _("%lld is no part of what is left, %lld: all of it is released without --part"), (long long)part,
			                     (long long)left);
	}
	return 0;
}

/* ---- twice ---- */

static bool same_value(const struct gv_val *a, const struct gv_val *b, const char *field)
{
	const struct gv_val *x = gv_val_get(a, field), *y = gv_val_get(b, field);

	return x && y ? gv_val_eq(x, y) : x == y;
}

bool seizure_is_same(const char *kind, const struct gv_val *a, const struct gv_val *b)
{
	static const char *const fields[] = { "court", "measure", "ruled_on", "sum_fen", "shares", "ratio" };

	if (!gv_str_eq(gv_val_getstr(a, "case"), gv_val_getstr(b, "case")))
		return false;
	if (strcmp(kind, "claim") == 0)
		return true;
	for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++)
		if (!same_value(a, b, fields[i]))
			return false;
	return gv_str_eq(gv_asset_key(gv_val_getstr(a, "asset")), gv_asset_key(gv_val_getstr(b, "asset"))) &&
	       !gv_rule_listed(GV_STR("released,disposed,lapsed"), gv_val_getstr(a, "state"));
}

int seizure_guard_new(struct gv_cmd *c, const char *kind, const struct gv_val *bundle, const struct gv_val *rec)
{
	const struct gv_val *claim = gv_val_get(bundle, "claim"), *all = gv_val_items(bundle, "seizures");
	struct gv_str of_case = gv_val_getstr(rec, "case"), id;

	if (gv_val_get(rec, "id"))
		return 0;
	if (strcmp(kind, "claim") == 0) {
		id = gv_val_getstr(claim, "id");
		return !claim ? 0 : gv_fail_field(&c->err, GV_EDATA, "case", _("%.*s has a claim already, %.*s: case-file set changes it"), (int)of_case.n, of_case.p,
		                                  (int)id.n, id.p);
	}
	for (uint32_t i = 0; i < all->n; i++) {
		id = gv_val_getstr(&all->items[i], "id");
		if (seizure_is_same(kind, &all->items[i], rec))
			return gv_fail(&c->err, GV_EDATA, _("is there already as %.*s: the same case, asset, measure, day of the ruling and amount"), (int)id.n, id.p);
	}
	return 0;
}
