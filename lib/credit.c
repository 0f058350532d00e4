/* SPDX-License-Identifier: MIT */
#include "credit.h"

#include "ident.h"
#include "rule.h"

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

struct gv_str gv_credit_published_name(struct gv_str field)
{
	struct gv_str in = GV_STR("published.");

	return gv_str_starts(field, in) ? (struct gv_str){ field.p + in.n, field.n - in.n } : field;
}

bool gv_credit_names_published(struct gv_str list, struct gv_str field)
{
	struct gv_str name;

	while (gv_rule_next(&list, &name))
		if (gv_str_eq(gv_credit_published_name(name), gv_credit_published_name(field)))
			return true;
	return false;
}

gv_day gv_credit_day(const struct gv_val *rec, const char *path)
{
	return day_of(gv_credit_text(rec, path));
}

gv_day gv_credit_event_day(const struct gv_val *event)
{
	return day_of(gv_val_getstr(event, "on"));
}

const struct gv_val *gv_credit_next(const struct gv_val *rec, const char *names, uint32_t *at)
{
	const struct gv_val *events = gv_val_items(rec, "events");

	while (*at < events->n) {
		const struct gv_val *event = &events->items[(*at)++];

		if (gv_rule_listed(gv_str_of(names), gv_val_getstr(event, "event")))
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

	return state.n && gv_rule_listed(gv_str_of(states), state);
}

bool gv_credit_is_officer(const struct gv_val *rec)
{
	return gv_rule_listed(GV_STR("P1,P2,P3,P4"), gv_val_getstr(rec, "role"));
}

bool gv_credit_is_restricted(const struct gv_val *rec)
{
	return gv_rule_listed(GV_STR("ordered,lifted-temporarily"), gv_val_getstr(rec, "restriction"));
}

static gv_day last_imposed(const struct gv_val *rec)
{
	const struct gv_val *event;
	gv_day on = GV_DAY_NONE;

	for (uint32_t at = 0; (event = gv_credit_next(rec, "restrict", &at));)
		on = gv_credit_event_day(event);
	return on;
}

bool gv_credit_order_waits(const struct gv_val *rec)
{
	gv_day signed_on = gv_credit_day(rec, "order.signed_on");
	bool lifted = gv_str_is(gv_val_getstr(rec, "restriction"), "lifted");

	if (signed_on == GV_DAY_NONE || gv_credit_day(rec, "grace.on") == GV_DAY_NONE || gv_credit_is_restricted(rec))
		return false;
	return last_imposed(rec) < signed_on && (!lifted || gv_credit_day(rec, "lift.on") <= signed_on);
}

bool gv_credit_grace_of_restriction(const struct gv_val *rec)
{
	gv_day signed_on = gv_credit_day(rec, "order.signed_on"), granted = gv_credit_day(rec, "grace.on");

	return granted != GV_DAY_NONE && signed_on != GV_DAY_NONE && signed_on <= granted && gv_credit_day(rec, "decision.signed_on") == GV_DAY_NONE;
}

bool gv_credit_restricted_then(const struct gv_val *rec, gv_day day)
{
	const struct gv_val *event;
	bool any = false, restricted = false;

	for (uint32_t at = 0; (event = gv_credit_next(rec, "restrict,lift,lift-temporarily,restore", &at));) {
		any = true;
		if (gv_credit_event_day(event) <= day)
			restricted = !gv_str_is(gv_val_getstr(event, "event"), "lift");
	}
	return any ? restricted : gv_credit_is_restricted(rec); /* brought in without its events */
}

gv_day gv_credit_restricted_on(const struct gv_val *rec)
{
	gv_day on = last_imposed(rec);
	bool was = gv_rule_listed(GV_STR("ordered,lifted-temporarily,lifted"), gv_val_getstr(rec, "restriction"));

	return on == GV_DAY_NONE && was && !gv_credit_order_waits(rec) ? gv_credit_day(rec, "order.signed_on") : on;
}

gv_day gv_credit_lift_due(const struct gv_val *rec, const struct gv_credit_aside *aside)
{
	gv_day from = gv_credit_performed(rec, aside), removed = gv_credit_day(rec, "removal.on"), ordered = gv_credit_restricted_on(rec);
	gv_day lifted = aside && gv_credit_is_officer(rec) ? aside->unit_lifted : GV_DAY_NONE;

	if (lifted != GV_DAY_NONE && (from == GV_DAY_NONE || lifted < from))
		from = lifted;
	/* Who is listed stays restricted: an entry with a term outlives the debt. */
	if (from == GV_DAY_NONE || gv_credit_in_state(rec, "listed") || (!gv_credit_is_restricted(rec) && !gv_val_get(rec, "lift")))
		return GV_DAY_NONE;
	if (gv_credit_in_state(rec, "removed,revoked") && removed > from)
		from = removed;
	return ordered > from ? ordered : from;
}

/* ---- requests to correct ---- */

enum { OPEN_MOST = 64 };  /* requests that are told apart; those behind them are answered in their order */

/* Which request an answer means: the first one open about that, where it says so; else the first open. */
static const struct gv_val *take_request(const struct gv_val *rec, struct gv_str about, uint64_t *taken)
{
	const struct gv_val *request, *first = NULL;
	unsigned n = 0, index = 0;

	for (uint32_t at = 0; (request = gv_credit_next(rec, "object", &at)) && n < OPEN_MOST; n++) {
		bool means = about.n && gv_str_eq(gv_val_getstr(request, "about"), about);

		if (*taken >> n & 1 || (first && !means))
			continue;
		first = request;
		index = n;
		if (!about.n || means)
			break;
	}
	*taken |= first ? (uint64_t)1 << index : 0;
	return first;
}

/* Goes over the answers in their order; one of `request` and `answer` is given, and the other is found. */
static const struct gv_val *pair_of(const struct gv_val *rec, const struct gv_val *request, const struct gv_val *answer)
{
	const struct gv_val *one, *to;
	uint64_t taken = 0;

	for (uint32_t at = 0; (one = gv_credit_next(rec, "answer", &at));) {
		to = take_request(rec, gv_val_getstr(one, "about"), &taken);
		if (one == answer)
			return to;
		if (to && to == request)
			return one;
	}
	return NULL;
}

const struct gv_val *gv_credit_request_of(const struct gv_val *rec, const struct gv_val *answer)
{
	return pair_of(rec, NULL, answer);
}

const struct gv_val *gv_credit_answer_to(const struct gv_val *rec, const struct gv_val *request)
{
	return pair_of(rec, request, NULL);
}

bool gv_credit_found_wrong(const struct gv_val *rec, const char *about, gv_day day)
{
	const struct gv_val *request, *answer;
	gv_day since = gv_str_is(gv_str_of(about), "restriction") ? gv_credit_restricted_on(rec) : gv_credit_begun(rec);
	gv_day found = gv_credit_first(rec, "find-wrong", since);
	bool against = false;

	if (found != GV_DAY_NONE && found <= day)
		return true;
	/* Each request has its answer; one on appeal may be any's. */
	for (uint32_t at = 0; (request = gv_credit_next(rec, "object", &at));) {
		struct gv_str of = gv_val_getstr(request, "about");

		if ((of.n && !gv_str_is(of, about)) || gv_credit_event_day(request) < since)
			continue;
		against = true;
		answer = gv_credit_answer_to(rec, request);
		if (answer && gv_credit_event_day(answer) <= day && gv_str_is(gv_val_getstr(answer, "result"), "granted"))
			return true;
	}
	for (uint32_t at = 0; against && (answer = gv_credit_next(rec, "decide-appeal", &at));)
		if (gv_credit_event_day(answer) <= day && gv_str_is(gv_val_getstr(answer, "result"), "granted"))
			return true;
	return false;
}

gv_day gv_credit_performed(const struct gv_val *rec, const struct gv_credit_aside *aside)
{
	gv_day days[] = { gv_credit_first(rec, "perform,settlement-performed", GV_DAY_NONE), aside ? aside->case_performed : GV_DAY_NONE,
	                  aside && gv_credit_is_officer(rec) ? aside->unit_performed : GV_DAY_NONE }, first = days[0];

	for (size_t i = 1; i < sizeof days / sizeof days[0]; i++)
		if (days[i] != GV_DAY_NONE && (first == GV_DAY_NONE || days[i] < first))
			first = days[i];
	return first;
}

bool gv_credit_was_published(const struct gv_val *rec)
{
	return gv_credit_in_state(rec, "listed,removed") || gv_val_get(rec, "published_on");
}

bool gv_credit_is_decided(const struct gv_val *rec)
{
	return gv_credit_in_state(rec, "decided,listed") || (gv_credit_in_state(rec, "grace") && gv_val_get(rec, "grace") && !gv_credit_grace_of_restriction(rec)) ||
	       (gv_credit_in_state(rec, "removed") && gv_val_get(rec, "published_on"));
}

gv_day gv_credit_born(const struct gv_val *debtor)
{
	gv_day born = gv_credit_day(debtor, "born_on");
	struct gv_str number = gv_val_getstr(debtor, "id_no");
	struct gv_ident ident;

	if (born != GV_DAY_NONE || !number.n)
		return born;
	gv_ident_check(&ident, GV_ID_RESIDENT, number);
	return ident.valid ? ident.birth : GV_DAY_NONE;
}

/* ---- term and grace ---- */

bool gv_credit_has_term(const struct gv_val *rec)
{
	return gv_rule_listed(GV_STR("G2,G3,G4,G5,G6"), gv_val_getstr(rec, "ground"));
}

gv_day gv_credit_begun(const struct gv_val *rec)
{
	const struct gv_val *earlier = gv_val_items(rec, "earlier"), *event;
	gv_day last = GV_DAY_NONE, before = GV_DAY_NONE;

	for (uint32_t at = 0; (event = gv_credit_next(rec, "clear", &at));) {
		before = last;
		last = gv_credit_event_day(event);
	}
	if (gv_credit_in_state(rec, "none")) /* the last one ended this */
		last = before;
	for (uint32_t i = 0; i < earlier->n; i++) {
		gv_day on = gv_credit_day(&earlier->items[i], "on");

		if (on != GV_DAY_NONE && on > last)
			last = on;
	}
	return last == GV_DAY_NONE ? last : last + 1;
}

int64_t gv_credit_years_extended(const struct gv_val *rec)
{
	gv_day since = gv_credit_begun(rec), decided = gv_credit_day(rec, "decision.signed_on");
	const struct gv_val *event;
	int64_t sum = 0, years;

	if (decided > since)
		since = decided;
	for (uint32_t at = 0; (event = gv_credit_next(rec, "extend", &at));)
		if ((since == GV_DAY_NONE || gv_credit_event_day(event) >= since) && gv_val_getint(event, "years", &years) && years > 0 && years <= 10)
			sum += years;
	return sum;
}

/* Months behind a day that may not be known. */
static gv_day months_after(gv_day day, int64_t months)
{
	return day == GV_DAY_NONE || months < 0 || months > 1200 ? GV_DAY_NONE : gv_day_add_months(day, (int)months);
}

static gv_day term_of(const struct gv_val *rec, int64_t more)
{
	const struct gv_val *term = gv_val_get(rec, "term");
	int64_t years, extra = 0;

	if (!gv_val_getint(term, "years", &years))
		return GV_DAY_NONE;
	gv_val_getint(term, "extra_years", &extra);
	return months_after(gv_credit_day(rec, "term.from"), 12 * (years + extra + more));
}

gv_day gv_credit_term_stated(const struct gv_val *rec)
{
	return term_of(rec, 0);
}

gv_day gv_credit_term_computed(const struct gv_val *rec)
{
	return term_of(rec, gv_credit_years_extended(rec));
}

/* Extensions behind the stated end, or behind another one that the decision says. */
gv_day gv_credit_term_end(const struct gv_val *rec)
{
	gv_day until = gv_credit_day(rec, "term.until");

	return until == GV_DAY_NONE || until == gv_credit_term_stated(rec) ? gv_credit_term_computed(rec) : months_after(until, 12 * gv_credit_years_extended(rec));
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

struct scope { const struct gv_val *rec; gv_day since, as_of; };

static bool is_within(const struct scope *s, gv_day day)
{
	return day != GV_DAY_NONE && (s->since == GV_DAY_NONE || day >= s->since) && day <= s->as_of;
}

static gv_day simple_ground(const struct scope *s, const char *event)
{
	gv_day day = gv_credit_first(s->rec, event, s->since);

	return is_within(s, day) ? day : GV_DAY_NONE;
}

/* R3: in writing, and the court agrees. */
static gv_day creditor_agrees(const struct scope *s, const char **lacks)
{
	const struct gv_val *event;

	for (uint32_t at = 0; (event = gv_credit_next(s->rec, "creditor-consent", &at));) {
		gv_day agreed = gv_credit_day(event, "court_agreed_on");

		if (!is_within(s, gv_credit_event_day(event)))
			continue;
		*lacks = gv_val_is_true(event, "written") ? "court_agreed_on" : "written";
		if (gv_val_is_true(event, "written") && is_within(s, agreed))
			return agreed;
	}
	return GV_DAY_NONE;
}

/* A lead of which nobody says that it is none speaks against R4, too. */
static bool has_lead(const struct scope *s, gv_day since)
{
	const struct gv_val *event;

	for (uint32_t at = 0; (event = gv_credit_next(s->rec, "lead", &at));) {
		gv_day day = gv_credit_event_day(event);

		if (day >= since && is_within(s, day) && !gv_val_is_false(event, "valid"))
			return true;
	}
	return false;
}

/* R4: behind the end of the round the last two checks found nothing, and nobody has a lead.  One day's answers are one check. */
static gv_day nothing_found(const struct scope *s, const char **lacks)
{
	gv_day ended = simple_ground(s, "end-round"), since = GV_DAY_NONE, last = GV_DAY_NONE;
	const struct gv_val *event;
	int empty = 0;

	if (ended == GV_DAY_NONE)
		return GV_DAY_NONE;
	*lacks = "two events check with found=false on different days";
	for (uint32_t at = 0; (event = gv_credit_next(s->rec, "check", &at));) {
		gv_day day = gv_credit_event_day(event);

		if (!is_within(s, day) || day <= ended)
			continue;
		if (!gv_val_is_false(event, "found"))
			empty = 0;
		else if ((empty == 0 || day > last) && ++empty == 2)
			since = day;
		last = day;
	}
	if (empty < 2)
		return GV_DAY_NONE;
	*lacks = "no valid lead";
	return has_lead(s, ended) ? GV_DAY_NONE : since;
}

/* R5: because of a retrial or of bankruptcy, nothing else. */
static gv_day stayed(const struct scope *s, const char **lacks)
{
	const struct gv_val *event;

	for (uint32_t at = 0; (event = gv_credit_next(s->rec, "stay", &at));) {
		gv_day day = gv_credit_event_day(event);

		if (!is_within(s, day))
			continue;
		*lacks = "ground retrial or bankruptcy";
		if (gv_rule_listed(GV_STR("retrial,bankruptcy"), gv_val_getstr(event, "ground")))
			return day;
	}
	return GV_DAY_NONE;
}

gv_day gv_credit_removal_ground(const struct gv_val *rec, int number, gv_day as_of, const char **lacks)
{
	struct scope s = { rec, gv_credit_begun(rec), as_of };

	*lacks = NULL;
	switch (number) {
	case 1: /* what is performed is performed, whenever it was */
		*lacks = gv_credit_first(rec, "perform-part", GV_DAY_NONE) != GV_DAY_NONE ? "event perform" : NULL;
		s.since = GV_DAY_NONE;
		return simple_ground(&s, "perform");
	case 2:
		*lacks = gv_credit_first(rec, "settle", s.since) != GV_DAY_NONE ? "event settlement-performed" : NULL;
		return simple_ground(&s, "settlement-performed");
	case 3:
		return creditor_agrees(&s, lacks);
	case 4:
		return nothing_found(&s, lacks);
	case 5:
		return stayed(&s, lacks);
	case 6:
		return simple_ground(&s, "refuse-enforcement");
	default:
		return simple_ground(&s, "terminate");
	}
}

bool gv_credit_early_shown(const struct gv_val *rec, gv_day day)
{
	struct scope anew = { rec, gv_credit_begun(rec), day }, ever = { rec, GV_DAY_NONE, day };

	if (gv_str_is(gv_credit_text(rec, "removal.because"), "corrected"))
		return simple_ground(&anew, "correct-conduct") != GV_DAY_NONE;
	return simple_ground(&ever, "perform,settlement-performed") != GV_DAY_NONE || simple_ground(&anew, "perform-part") != GV_DAY_NONE;
}

int gv_credit_removal_number(const struct gv_val *rec)
{
	struct gv_str reason = gv_credit_text(rec, "removal.reason");

	return reason.n == 2 && reason.p[0] == 'R' && reason.p[1] >= '1' && reason.p[1] <= '0' + GV_CREDIT_REMOVALS ? reason.p[1] - '0' : 0;
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
