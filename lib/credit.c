/* SPDX-License-Identifier: MIT */
#include "credit.h"

#include <string.h>

/* ---- reading ---- */

static gv_day day_of(struct gv_str text)
{
	struct gv_moment m;

	return text.n && gv_moment_parse(&m, text, NULL) == 0 ? m.day : GV_DAY_NONE;
}

struct gv_str gv_credit_text(const struct gv_val *rec, const char *path)
{
	return gv_val_str(gv_val_path(rec, gv_str_of(path)));
}

gv_day gv_credit_day(const struct gv_val *rec, const char *path)
{
	return day_of(gv_credit_text(rec, path));
}

gv_day gv_credit_event_day(const struct gv_val *event)
{
	return day_of(gv_val_getstr(event, "on"));
}

static bool is_one_of(struct gv_str word, const char *words)
{
	for (const char *end; *words; words = *end ? end + 1 : end) {
		end = strchr(words, ',');
		if (!end)
			end = words + strlen(words);
		if (word.n == (size_t)(end - words) && memcmp(word.p, words, word.n) == 0)
			return true;
	}
	return false;
}

const struct gv_val *gv_credit_next(const struct gv_val *rec, const char *names, uint32_t *at)
{
	const struct gv_val *events = gv_val_items(rec, "events");

	while (*at < events->n) {
		const struct gv_val *event = &events->items[(*at)++];

		if (is_one_of(gv_val_getstr(event, "event"), names))
			return event;
	}
	return NULL;
}

gv_day gv_credit_first(const struct gv_val *rec, const char *names, gv_day since)
{
	const struct gv_val *event;
	gv_day day;

	for (uint32_t at = 0; (event = gv_credit_next(rec, names, &at));) {
		day = gv_credit_event_day(event);
		if (day != GV_DAY_NONE && (since == GV_DAY_NONE || day >= since))
			return day;
	}
	return GV_DAY_NONE;
}

bool gv_credit_in_state(const struct gv_val *rec, const char *states)
{
	struct gv_str state = gv_val_getstr(rec, "state");

	return state.n && is_one_of(state, states);
}

bool gv_credit_was_published(const struct gv_val *rec)
{
	return gv_credit_in_state(rec, "listed,removed") || gv_val_get(rec, "published_on");
}

bool gv_credit_is_decided(const struct gv_val *rec)
{
	return gv_credit_in_state(rec, "decided,grace,listed") || (gv_credit_in_state(rec, "removed") && gv_val_get(rec, "published_on"));
}

/* ---- term and grace ---- */

bool gv_credit_has_term(const struct gv_val *rec)
{
	return is_one_of(gv_val_getstr(rec, "ground"), "G2,G3,G4,G5,G6");
}

static int64_t years_extended(const struct gv_val *rec)
{
	const struct gv_val *event;
	int64_t sum = 0, years;

	for (uint32_t at = 0; (event = gv_credit_next(rec, "extend", &at));)
		if (gv_val_getint(event, "years", &years) && years > 0 && years <= 10)
			sum += years;
	return sum;
}

/* Months behind a day that may not be known. */
static gv_day months_after(gv_day day, int64_t months)
{
	return day == GV_DAY_NONE || months < 0 || months > 1200 ? GV_DAY_NONE : gv_day_add_months(day, (int)months);
}

gv_day gv_credit_term_computed(const struct gv_val *rec)
{
	const struct gv_val *term = gv_val_get(rec, "term");
	int64_t years, extra = 0;

	if (!gv_val_getint(term, "years", &years))
		return GV_DAY_NONE;
	gv_val_getint(term, "extra_years", &extra);
	return months_after(gv_credit_day(rec, "term.from"), 12 * (years + extra + years_extended(rec)));
}

gv_day gv_credit_term_end(const struct gv_val *rec)
{
	gv_day until = gv_credit_day(rec, "term.until");

	return until == GV_DAY_NONE ? gv_credit_term_computed(rec) : months_after(until, 12 * years_extended(rec));
}

gv_day gv_credit_grace_end(const struct gv_val *rec)
{
	gv_day until = gv_credit_day(rec, "grace.until");
	int64_t months;

	if (until != GV_DAY_NONE || !gv_val_getint(gv_val_get(rec, "grace"), "months", &months))
		return until;
	return months_after(gv_credit_day(rec, "grace.on"), months);
}

/* ---- grounds of removal ---- */

static gv_day until_then(gv_day day, gv_day as_of)
{
	return day <= as_of ? day : GV_DAY_NONE;
}

static gv_day simple_ground(const struct gv_val *rec, const char *event, gv_day as_of)
{
	return until_then(gv_credit_first(rec, event, GV_DAY_NONE), as_of);
}

/* R3: in writing, and the court agrees. */
static gv_day creditor_agrees(const struct gv_val *rec, gv_day as_of, const char **lacks)
{
	const struct gv_val *event;

	for (uint32_t at = 0; (event = gv_credit_next(rec, "creditor-consent", &at));) {
		gv_day agreed = gv_credit_day(event, "court_agreed_on");

		*lacks = gv_val_is_true(event, "written") ? "court_agreed_on" : "written";
		if (gv_val_is_true(event, "written") && agreed != GV_DAY_NONE)
			return until_then(agreed, as_of);
	}
	return GV_DAY_NONE;
}

static bool has_lead(const struct gv_val *rec, gv_day since, gv_day as_of)
{
	const struct gv_val *event;

	for (uint32_t at = 0; (event = gv_credit_next(rec, "lead", &at));) {
		gv_day day = gv_credit_event_day(event);

		if (day >= since && day <= as_of && gv_val_is_true(event, "valid"))
			return true;
	}
	return false;
}

/* R4: two checks behind the end of the round found nothing, and nobody has a lead. */
static gv_day nothing_found(const struct gv_val *rec, gv_day as_of, const char **lacks)
{
	gv_day ended = gv_credit_first(rec, "end-round", GV_DAY_NONE), last = GV_DAY_NONE;
	const struct gv_val *event;
	int empty = 0;

	if (ended == GV_DAY_NONE || ended > as_of)
		return GV_DAY_NONE;
	*lacks = "two events check with found=false";
	for (uint32_t at = 0; empty < 2 && (event = gv_credit_next(rec, "check", &at));) {
		gv_day day = gv_credit_event_day(event);

		if (day == GV_DAY_NONE || day <= ended || day > as_of)
			continue;
		empty = gv_val_is_false(event, "found") ? empty + 1 : 0;
		last = day;
	}
	if (empty < 2)
		return GV_DAY_NONE;
	*lacks = "no valid lead";
	return has_lead(rec, ended, as_of) ? GV_DAY_NONE : last;
}

/* R5: because of a retrial or of bankruptcy, nothing else. */
static gv_day stayed(const struct gv_val *rec, gv_day as_of, const char **lacks)
{
	const struct gv_val *event;

	for (uint32_t at = 0; (event = gv_credit_next(rec, "stay", &at));) {
		*lacks = "ground retrial or bankruptcy";
		if (is_one_of(gv_val_getstr(event, "ground"), "retrial,bankruptcy"))
			return until_then(gv_credit_event_day(event), as_of);
	}
	return GV_DAY_NONE;
}

gv_day gv_credit_removal_ground(const struct gv_val *rec, int number, gv_day as_of, const char **lacks)
{
	uint32_t at = 0;

	*lacks = NULL;
	switch (number) {
	case 1:
		*lacks = gv_credit_next(rec, "perform-part", &at) ? "event perform" : NULL;
		return simple_ground(rec, "perform", as_of);
	case 2:
		*lacks = gv_credit_next(rec, "settle", &at) ? "event settlement-performed" : NULL;
		return simple_ground(rec, "settlement-performed", as_of);
	case 3:
		return creditor_agrees(rec, as_of, lacks);
	case 4:
		return nothing_found(rec, as_of, lacks);
	case 5:
		return stayed(rec, as_of, lacks);
	case 6:
		return simple_ground(rec, "refuse-enforcement", as_of);
	default:
		return simple_ground(rec, "terminate", as_of);
	}
}

gv_day gv_credit_removal_first(const struct gv_val *rec, gv_day as_of, int *number)
{
	gv_day first = GV_DAY_NONE;

	*number = 0;
	for (int i = 1; i <= GV_CREDIT_REMOVALS; i++) {
		const char *lacks;
		gv_day day = gv_credit_removal_ground(rec, i, as_of, &lacks);

		if (day != GV_DAY_NONE && (first == GV_DAY_NONE || day < first)) {
			first = day;
			*number = i;
		}
	}
	return first;
}
