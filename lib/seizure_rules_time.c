/* SPDX-License-Identifier: MIT */
/* seizure_rules_time: how long seizures last, whether they were renewed in time, and what lapsed. */
#include <stdio.h>

#include "seizure_rules_days.h"

enum { MONTH = 1, REQUEST_DAYS = 7 };

/* Ours, with an effect and an end that are known. */
static bool has_term(const struct gv_holding *h)
{
	return h->ours && h->hold.from != GV_INSTANT_NONE && h->hold.until != GV_INSTANT_NONE;
}

/* ---- terms, one after the other ---- */

/* A term of the effect; the first has no renewal. */
struct term {
	const struct gv_val *renewal;
	gv_day from, until;
	uint32_t next;     /* event to look at */
};

static gv_day event_day(const struct gv_val *e, const char *field)
{
	struct gv_moment m;

	return gv_moment_parse(&m, gv_val_getstr(e, field), NULL) ? GV_DAY_NONE : m.day;
}

/* The first, then each renewal that came in time; false: no more. */
static bool next_term(struct term *t, const struct gv_holding *h)
{
	const struct gv_val *events = gv_val_items(h->seizure, "events");

	if (!t->next) {
		t->next = 1;
		t->from = gv_instant_day(h->hold.from);
		t->until = event_day(h->seizure, "until");
		return t->until != GV_DAY_NONE;
	}
	for (; t->next <= events->n; t->next++) {
		const struct gv_val *e = &events->items[t->next - 1];
		gv_day on = event_day(e, "on"), until = event_day(e, "until");

		if (!gv_str_is(gv_val_getstr(e, "event"), "renew") || on == GV_DAY_NONE || until == GV_DAY_NONE || on > t->until)
			continue;
		t->renewal = e;
		t->from = t->until;
		t->until = until;
		t->next++;
		return true;
	}
	return false;
}

/* SZ-35: each term has the same maximum, the first from its effect, a renewal from the end before. */
static int check_terms(struct gv_check *c, const struct gv_holding *h)
{
	int months = gv_hold_months(gv_val_getstr(h->asset, "type")), rc = 0;
	struct term t = { 0 };

	while (!rc && next_term(&t, h)) {
		gv_day last = gv_day_add_months(t.from, months), act = t.renewal ? event_day(t.renewal, "on") : t.from;
		struct gv_val facts = gv_mkobj();
		gv_day_text from, until, most;

		if (t.until <= last || !gv_rule_in_force(c->rule, act))
			continue;
		gv_day_format(t.from, from);
		gv_day_format(t.until, until);
		gv_day_format(last, most);
		rc = gv_fact_day(c, &facts, "limit", last);
		if (!rc)
			rc = gv_finding(c, GV_VIOLATION, &facts, t.renewal ? _("%.*s: renewed from %s to %s, longer than %d months: until %s at most")
			                                                   : _("%.*s: from %s to %s, longer than %d months: until %s at most"),
			                GV_TEXT(h->asset_id), from, until, months, most);
	}
	return rc;
}

int gv_seizure_rule_longest(struct gv_check *c, const void *subject)
{
	const struct gv_estate *e = gv_estate_of(subject);
	struct gv_rec rec;
	int rc = 0;

	for (size_t i = 0; i < e->n && !rc; i++) {
		const struct gv_holding *h = &e->holdings[i];

		if (!h->ours || !h->asset || h->hold.is == GV_HOLD_WAITING || h->hold.is == GV_HOLD_RELEASED)
			continue;
		gv_seizure_about(c, &rec, "seizure", h->seizure);
		if (h->hold.until == GV_INSTANT_NONE)
			rc = gv_finding(c, GV_REVIEW, NULL, _("%.*s: until missing: how long it lasts is not known"), GV_TEXT(h->asset_id));
		else if (h->hold.from != GV_INSTANT_NONE)
			rc = check_terms(c, h);
	}
	return rc;
}

/* ---- renewal and lapse ---- */

/* The last day that is worked and not after that one; GV_DAY_NONE without a calendar for it. */
static gv_day last_worked(const void *subject, gv_day d)
{
	gv_day out;

	return gv_calendar_prev_working(gv_calendar_of(subject), d, &out, NULL) ? GV_DAY_NONE : out;
}

/* " (a day not worked, ...)" of an end on a holiday: whether that prolongs the effect no text settles (T-07). */
static const char *holiday_note(char out[256], const void *subject, gv_day end)
{
	gv_day worked = last_worked(subject, end);
	gv_day_text text;

	out[0] = '\0';
	if (worked == GV_DAY_NONE || worked == end)
		return out;
	gv_day_format(worked, text);
	snprintf(out, 256, _(" (not worked, which does not prolong it: holiday point unsettled; last working day before it %s)"), text);
	return out;
}

/* SZ-36: done before the end; from the last working day before it on, the end is near. */
static int check_renewal(struct gv_check *c, const void *subject, const struct gv_holding *h)
{
	gv_day end = gv_instant_day(h->hold.until), worked = last_worked(subject, end - 1);
	struct gv_val facts = gv_mkobj();
	gv_day_text on, until;
	char note[256];
	int rc = gv_fact_day(c, &facts, "until", end);

	if (!rc)
		rc = gv_fact_day(c, &facts, "last_worked", last_worked(subject, end));
	if (rc)
		return rc;
	gv_day_format(end, until);
	holiday_note(note, subject, end);
	if (h->hold.late) {
		gv_day_format(event_day(h->hold.late, "on"), on);
		return gv_finding(c, GV_VIOLATION, &facts, _("%.*s: renewed on %s, after its effect had ended on %s%s"), GV_TEXT(h->asset_id), on, until, note);
	}
	if (h->hold.unclear) {
		gv_day_format(event_day(h->hold.unclear, "on"), on);
		return gv_finding(c, GV_REVIEW, NULL, _("%.*s: renewed on %s, at no stated time, and its effect ended on that day at an hour: whether that was before is not known"),
		                  GV_TEXT(h->asset_id), on);
	}
	if (h->hold.is != GV_HOLD_ON || c->as_of < (worked == GV_DAY_NONE ? end - 1 : worked))
		return 0;
	return gv_finding(c, GV_WARN, &facts, _("%.*s: its effect ends on %s unless it is renewed before%s"), GV_TEXT(h->asset_id), until, note);
}

int gv_seizure_rule_renewed(struct gv_check *c, const void *subject)
{
	const struct gv_estate *e = gv_estate_of(subject);
	struct gv_rec rec;
	int rc = 0;

	for (size_t i = 0; i < e->n && !rc; i++) {
		if (!has_term(&e->holdings[i]) || e->holdings[i].hold.is == GV_HOLD_RELEASED)
			continue;
		gv_seizure_about(c, &rec, "seizure", e->holdings[i].seizure);
		rc = check_renewal(c, subject, &e->holdings[i]);
	}
	return rc;
}

/* The one that takes effect as that one ends; {0}: none. */
static int successor(struct gv_str *out, struct gv_check *c, const struct gv_estate *e, const struct gv_holding *h)
{
	struct gv_rank *ranks;
	size_t n;
	int rc = gv_seizure_order(&ranks, &n, c, e, h);

	*out = (struct gv_str){ 0 };
	for (size_t i = 0; i < n && !rc && !out->n; i++)
		if (ranks[i].is == GV_RANK_TAKES && ranks[i].before && ranks[i].before->holding == h)
			*out = ranks[i].holding->id;
	return rc;
}

static int tell_lapse(struct gv_check *c, const void *subject, const struct gv_holding *h)
{
	struct gv_str state = gv_val_getstr(h->seizure, "state"), next;
	enum gv_level level = gv_str_is(state, "lapsed") ? GV_INFO : h->hold.late || gv_str_is(state, "effective") ? GV_VIOLATION : GV_WARN;
	int rc = successor(&next, c, gv_estate_of(subject), h);
	gv_day end = gv_instant_day(h->hold.until);
	struct gv_val facts = gv_mkobj();
	gv_day_text until;
	char note[256];

	if (!rc)
		rc = gv_fact_day(c, &facts, "until", end);
	if (!rc)
		rc = gv_fact_id(c, &facts, "next", next);
	if (rc)
		return rc;
	gv_day_format(end, until);
	holiday_note(note, subject, end);
	if (next.n)
		return gv_finding(c, level, &facts, _("%.*s: its effect and its rank ended on %s%s; %.*s, which waited, took effect"), GV_TEXT(h->asset_id), until, note, GV_TEXT(next));
	return gv_finding(c, level, &facts, _("%.*s: its effect and its rank ended on %s%s"), GV_TEXT(h->asset_id), until, note);
}

/* SZ-37: what was not renewed in time is gone; and so is what was sold. */
int gv_seizure_rule_lapsed(struct gv_check *c, const void *subject)
{
	const struct gv_estate *e = gv_estate_of(subject);
	struct gv_rec rec;
	int rc = 0;

	for (size_t i = 0; i < e->n && !rc; i++) {
		const struct gv_holding *h = &e->holdings[i];
		struct gv_str state = gv_val_getstr(h->seizure, "state");
		gv_day_text text;
		gv_day sold;

		if (!h->ours || gv_str_is(state, "disposed"))
			continue;
		gv_seizure_about(c, &rec, "seizure", h->seizure);
		if (h->hold.is == GV_HOLD_LAPSED && h->hold.until >= h->hold.from) {
			rc = tell_lapse(c, subject, h);
		} else if (gv_str_is(state, "effective") && gv_seizure_first_event(h->seizure, "dispose", GV_DAY_NONE, &sold)) {
			gv_day_format(sold, text);
			rc = gv_finding(c, GV_REVIEW, NULL, _("%.*s: disposed of on %s, which ends the effect, but recorded as effective"), GV_TEXT(h->asset_id), text);
		}
	}
	return rc;
}

/* ---- preservation: the request for renewal ---- */

/* The end of the term in which a thing was done that day. */
static gv_day end_at(const struct gv_holding *h, gv_day on)
{
	struct term t = { 0 };
	gv_day end = GV_DAY_NONE;

	while (next_term(&t, h) && (!t.renewal || event_day(t.renewal, "on") < on))
		end = t.until;
	return end;
}

static int tell_request(struct gv_check *c, const void *subject, const struct gv_holding *h, gv_day end, gv_day asked)
{
	struct gv_limit limit;
	gv_day worked;
	gv_day_text on, until, advice;
	char note[128] = "";
	struct gv_val facts = gv_mkobj();
	int rc = gv_limit_of(&limit, c, subject, end, -REQUEST_DAYS, GV_UNIT_DAY);

	if (rc || (asked == GV_DAY_NONE ? c->as_of : asked) <= limit.day)
		return rc;
	worked = last_worked(subject, limit.day);
	rc = gv_fact_day(c, &facts, "limit", limit.day);
	if (!rc)
		rc = gv_fact_day(c, &facts, "last_worked", worked);
	if (!rc)
		rc = gv_fact_day(c, &facts, "until", end);
	if (rc)
		return rc;
	gv_day_format(asked, on);
	gv_day_format(end, until);
	gv_day_format(worked, advice);
	if (worked != GV_DAY_NONE && worked != limit.day)
		snprintf(note, sizeof note, _(" (not worked and not moved: better by %s)"), advice);
	if (asked == GV_DAY_NONE)
		return gv_finding(c, GV_WARN, &facts, _("%.*s: no request for renewal by %s%s; the court may renew of its own until %s"), GV_TEXT(h->asset_id),
		                  limit.text, note, until);
	return gv_finding(c, GV_WARN, &facts, _("%.*s: renewal asked for late, on %s: last day %s%s; the court may renew of its own until %s"),
	                  GV_TEXT(h->asset_id), on, limit.text, note, until);
}

static int check_requests(struct gv_check *c, const void *subject, const struct gv_holding *h)
{
	const struct gv_val *events = gv_val_items(h->seizure, "events");
	gv_day told, now = gv_instant_day(h->hold.until);
	bool asked_now = false;
	int rc = gv_seizure_day(c, h->seizure, "expiry_told_on", &told);

	if (!rc && told == GV_DAY_NONE)
		rc = gv_finding(c, GV_REVIEW, NULL, _("%.*s: expiry_told_on missing: the applicant is to be told in writing when it ends"), GV_TEXT(h->asset_id));
	for (uint32_t i = 0; i < events->n && !rc; i++) {
		gv_day on = event_day(&events->items[i], "on"), end;

		if (!gv_str_is(gv_val_getstr(&events->items[i], "event"), "ask-renewal") || on == GV_DAY_NONE)
			continue;
		end = end_at(h, on);
		asked_now = asked_now || end == now;
		rc = end == GV_DAY_NONE ? 0 : tell_request(c, subject, h, end, on);
	}
	return rc || asked_now || h->hold.is != GV_HOLD_ON ? rc : tell_request(c, subject, h, now, GV_DAY_NONE);
}

/* SZ-38: seven days before, counted backwards and not moved. */
int gv_seizure_rule_asked(struct gv_check *c, const void *subject)
{
	const struct gv_estate *e = gv_estate_of(subject);
	struct gv_rec rec;
	gv_day on;
	int rc = 0;

	for (size_t i = 0; i < e->n && !rc; i++) {
		const struct gv_holding *h = &e->holdings[i];

		if (!has_term(h) || h->hold.is == GV_HOLD_RELEASED)
			continue;
		gv_seizure_about(c, &rec, "seizure", h->seizure);
		if (gv_seizure_was_preservation(e, h) && !gv_str_is(gv_val_getstr(e->claim.val, "stage"), "enforcement"))
			rc = check_requests(c, subject, h);
		else if (!gv_seizure_stage(e, h).n && gv_seizure_first_event(h->seizure, "ask-renewal", GV_DAY_NONE, &on))
			rc = gv_finding(c, GV_REVIEW, NULL, _("%.*s: stage missing: whether the request for renewal had a limit is not known"), GV_TEXT(h->asset_id));
	}
	return rc;
}

/* ---- from preservation to enforcement, entrusted, investigators ---- */

/* A later seizure of the same case on the same thing. */
static const struct gv_holding *second_of_ours(const struct gv_estate *e, size_t i)
{
	for (size_t k = i + 1; k < e->n && gv_str_eq(e->holdings[k].asset_id, e->holdings[i].asset_id); k++)
		if (e->holdings[k].ours && gv_str_is(gv_val_getstr(e->holdings[k].seizure, "stage"), "enforcement") && has_term(&e->holdings[k]))
			return &e->holdings[k];
	return NULL;
}

static int check_continued(struct gv_check *c, const struct gv_estate *e, size_t i, gv_day enforced)
{
	const struct gv_holding *h = &e->holdings[i], *again = second_of_ours(e, i);
	gv_day end = gv_instant_day(h->hold.until);
	gv_day_text first, second;
	struct gv_rec rec;

	gv_day_format(end, first);
	gv_seizure_about(c, &rec, "seizure", h->seizure);
	if (h->hold.is == GV_HOLD_LAPSED && enforced == GV_DAY_NONE)
		return gv_finding(c, GV_REVIEW, NULL, _("%.*s: ended on %s, and enforced_on missing: whether it became a seizure of the enforcement is not known"),
		                  GV_TEXT(h->asset_id), first);
	if (h->hold.is == GV_HOLD_LAPSED && enforced > end) {
		gv_day_format(enforced, second);
		return gv_finding(c, GV_WARN, NULL, _("%.*s: ended on %s, before enforcement on %s: it did not become a seizure of the enforcement"),
		                  GV_TEXT(h->asset_id), first, second);
	}
	if (!again || again->hold.from > h->hold.until || gv_instant_day(again->hold.until) <= end)
		return 0;
	gv_day_format(gv_instant_day(again->hold.until), second);
	gv_seizure_about(c, &rec, "seizure", again->seizure);
	return gv_finding(c, GV_REVIEW, NULL, _("%.*s: the preservation goes on without a new ruling and its time runs on: to %s, not %s, unless it is renewed"),
	                  GV_TEXT(h->asset_id), first, second);
}

/* SZ-39: preservation becomes a seizure of the enforcement by itself, and its time runs on. */
int gv_seizure_rule_continued(struct gv_check *c, const void *subject)
{
	const struct gv_estate *e = gv_estate_of(subject);
	gv_day enforced = GV_DAY_NONE;
	int rc = 0;

	if (!gv_str_is(gv_val_getstr(e->claim.val, "stage"), "enforcement"))
		return 0;
	rc = gv_seizure_day(c, e->claim.val, "enforced_on", &enforced);
	if (!rc && enforced == GV_DAY_NONE)
		rc = gv_seizure_day(c, e->claim.val, "applied_on", &enforced);
	for (size_t i = 0; i < e->n && !rc; i++)
		if (has_term(&e->holdings[i]) && gv_seizure_was_preservation(e, &e->holdings[i]) && e->holdings[i].hold.is != GV_HOLD_RELEASED)
			rc = check_continued(c, e, i, enforced);
	return rc;
}

/* SZ-40: with less than a month left, who entrusts renews first. */
int gv_seizure_rule_entrusted(struct gv_check *c, const void *subject)
{
	const struct gv_estate *e = gv_estate_of(subject);
	struct gv_rec rec;
	int rc = 0;

	for (size_t i = 0; i < e->n && !rc; i++) {
		const struct gv_holding *h = &e->holdings[i];
		gv_day on, end;
		gv_day_text when, until;

		if (!has_term(h) || !gv_seizure_first_event(h->seizure, "entrust", GV_DAY_NONE, &on))
			continue;
		end = end_at(h, on + 1); /* a renewal of the same day is in time */
		if (end == GV_DAY_NONE || end >= gv_day_add_months(on, MONTH))
			continue;
		gv_day_format(on, when);
		gv_day_format(end, until);
		gv_seizure_about(c, &rec, "seizure", h->seizure);
		rc = gv_finding(c, GV_VIOLATION, NULL, _("%.*s: entrusted on %s with less than a month left, to %s: to be renewed first"), GV_TEXT(h->asset_id), when, until);
	}
	return rc;
}

static int check_investigators(struct gv_check *c, const struct gv_holding *h, gv_day end)
{
	gv_day from, ours = gv_instant_day(h->hold.from);
	gv_day_text last, on;
	int rc = gv_seizure_day(c, h->seizure, "investigators_from", &from);

	gv_day_format(end, last);
	gv_day_format(ours, on);
	if (rc || ours == GV_DAY_NONE)
		return rc;
	if (ours > end)
		return gv_finding(c, GV_WARN, NULL, _("%.*s: in effect since %s, after that of the investigators had ended on %s: without their rank"),
		                  GV_TEXT(h->asset_id), on, last);
	if (from == GV_DAY_NONE)
		return gv_finding(c, GV_REVIEW, NULL, _("%.*s: investigators_from missing: the rank that it keeps is not known"), GV_TEXT(h->asset_id));
	return 0;
}

/* SZ-41: what goes on in time with the investigators' seizure has their rank. */
int gv_seizure_rule_investigators(struct gv_check *c, const void *subject)
{
	const struct gv_estate *e = gv_estate_of(subject);
	struct gv_rec rec;
	int rc = 0;

	for (size_t i = 0; i < e->n && !rc; i++) {
		const struct gv_holding *h = &e->holdings[i];
		gv_day end;

		rc = gv_seizure_day(c, h->seizure, "investigators_until", &end);
		if (rc || !h->ours || end == GV_DAY_NONE)
			continue;
		gv_seizure_about(c, &rec, "seizure", h->seizure);
		rc = check_investigators(c, h, end);
	}
	return rc;
}

/* SZ-45: the time of a waiting seizure begins when it takes effect. */
int gv_seizure_rule_waiting_term(struct gv_check *c, const void *subject)
{
	const struct gv_estate *e = gv_estate_of(subject);
	struct gv_rec rec;
	int rc = 0;

	for (size_t i = 0; i < e->n && !rc; i++) {
		const struct gv_holding *h = &e->holdings[i];
		bool waits = h->hold.is == GV_HOLD_WAITING, lapsed = waits && gv_str_is(gv_val_getstr(h->seizure, "state"), "lapsed");
		gv_day_text until;

		if (!h->ours || !h->hold.waited || h->hold.is == GV_HOLD_RELEASED)
			continue;
		gv_day_format(gv_instant_day(h->hold.until), until);
		gv_seizure_about(c, &rec, "seizure", h->seizure);
		if (lapsed || (waits && h->hold.until != GV_INSTANT_NONE && gv_instant_day(h->hold.until) < c->as_of))
			rc = gv_finding(c, GV_REVIEW, NULL, _("%.*s: it waits, so its term has not begun and nothing has lapsed"), GV_TEXT(h->asset_id));
		else if (!waits && h->hold.until != GV_INSTANT_NONE && h->hold.until < h->hold.from)
			rc = gv_finding(c, GV_REVIEW, NULL, _("%.*s: ends on %s, before it took effect: its term begins when it does"), GV_TEXT(h->asset_id), until);
	}
	return rc;
}
