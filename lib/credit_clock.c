/* SPDX-License-Identifier: MIT */
/* credit_clock: the clocks of an entry. */
#include "credit.h"
#include "rule.h"

#define LIST "最高人民法院关于公布失信被执行人名单信息的若干规定", "法释〔2017〕7号"
#define CONSUMPTION "最高人民法院关于限制被执行人高消费及有关消费的若干规定", "法释〔2015〕17号"
#define GOOD_FAITH "最高人民法院关于在执行工作中进一步强化善意文明执行理念的意见", "法发〔2019〕35号"

enum { REQUEST_DAYS = 15, REMOVAL_DAYS = 3, APPEAL_DAYS = 10 };

struct run {
	const struct gv_val *rec;
	const struct gv_credit_ask *ask;
	gv_credit_clock_fn *each;
	void *ctx;
};

/* Is one of them asked for?  Before the calendar is: rules want one clock each. */
static bool wants(const struct run *r, const char *clocks)
{
	struct gv_str rest = gv_str_of(clocks), name;

	while (r->ask->names && gv_rule_next(&rest, &name))
		if (gv_rule_listed(gv_str_of(r->ask->names), name))
			return true;
	return !r->ask->names;
}

static int put(struct run *r, struct gv_credit_clock clock)
{
	if (clock.from == GV_DAY_NONE || clock.from > r->ask->as_of || !wants(r, clock.name))
		return 0;
	if (clock.done != GV_DAY_NONE && clock.done > r->ask->as_of)
		clock.done = GV_DAY_NONE;
	return r->each(r->ctx, &clock);
}

/* Working days: DIS says so.  A year without a calendar: the clock has no end. */
static gv_day workdays(struct run *r, gv_day from)
{
	struct gv_err none;
	gv_day out;

	if (from == GV_DAY_NONE || gv_date_add(r->ask->calendar, from, (struct gv_term){ REMOVAL_DAYS, GV_UNIT_WORKDAY }, &out, &none))
		return GV_DAY_NONE;
	return out;
}

/* A period of procedure: its last day moves behind days that are not worked. */
static gv_day period(struct run *r, gv_day from, int days)
{
	gv_day out, nominal;
	bool known;
	struct gv_err none;

	if (from == GV_DAY_NONE || gv_date_period(r->ask->calendar, from, (struct gv_term){ days, GV_UNIT_DAY }, &out, &nominal, &known, &none) || !known)
		return GV_DAY_NONE;
	return out;
}

static gv_day earlier(gv_day a, gv_day b)
{
	return a == GV_DAY_NONE || (b != GV_DAY_NONE && b < a) ? b : a;
}

/* ---- listing ---- */

/* The last request: in the record's field, or as an event. */
static gv_day requested_on(const struct gv_val *rec)
{
	gv_day on = gv_credit_day(rec, "request.on");
	const struct gv_val *event;

	for (uint32_t at = 0; on == GV_DAY_NONE && (event = gv_credit_next(rec, "request", &at));)
		on = gv_credit_event_day(event);
	return on;
}

static int listing(struct run *r)
{
	gv_day on = requested_on(r->rec), done = gv_credit_day(r->rec, "request.decided_on");

	if (done == GV_DAY_NONE)
		done = gv_credit_day(r->rec, "decision.signed_on");
	if (done < on) /* of a request before this one */
		done = GV_DAY_NONE;
	return put(r, (struct gv_credit_clock){ "listing-decision", "CR-07", "request", on, period(r, on, REQUEST_DAYS), done, { LIST, "5" } });
}

static int grace(struct run *r)
{
	gv_day done = earlier(gv_credit_day(r->rec, "published_on"), gv_credit_first(r->rec, "clear,revoke", gv_credit_day(r->rec, "grace.on")));

	if (gv_credit_grace_of_restriction(r->rec) && gv_credit_is_restricted(r->rec))
		done = earlier(done, gv_credit_restricted_on(r->rec));

	return put(r, (struct gv_credit_clock){ "grace", "CR-27", "grace", gv_credit_day(r->rec, "grace.on"), gv_credit_grace_end(r->rec), done, { GOOD_FAITH, "15" } });
}

/* ---- the end ---- */

static int removal(struct run *r)
{
	static const char *const names[] = { "", "R1", "R2", "R3", "R4", "R5", "R6", "R7" };
	int number;
	gv_day from = gv_credit_removal_first(r->rec, r->ask->as_of, &number), published = gv_credit_day(r->rec, "published_on");

	if (gv_credit_has_term(r->rec) || !gv_credit_was_published(r->rec))
		return 0;
	if (!number) { /* nobody recorded the event, but its day */
		from = gv_credit_day(r->rec, "removal.event_on");
		number = gv_credit_removal_number(r->rec);
	}
	if (!number && r->ask->aside) { /* nor that, but the case is over */
		from = r->ask->aside->case_performed;
		number = 1;
	}
	if (!number || from == GV_DAY_NONE)
		return 0;
	/* What was there before the publication forbids that; it is removed at once. */
	if (published != GV_DAY_NONE && from < published)
		from = published;
	return put(r, (struct gv_credit_clock){ "removal", "CR-11", names[number], from, workdays(r, from), gv_credit_day(r->rec, "removal.on"), { LIST, "10" } });
}

static int term(struct run *r)
{
	gv_day begin = gv_credit_day(r->rec, "term.from"), end = gv_credit_term_end(r->rec), done = gv_credit_day(r->rec, "removal.on");
	int rc;

	if (!gv_credit_has_term(r->rec) || !gv_credit_was_published(r->rec) || end == GV_DAY_NONE)
		return 0;
	rc = put(r, (struct gv_credit_clock){ "term", "CR-12", "term", begin == GV_DAY_NONE ? gv_credit_day(r->rec, "published_on") : begin, end,
	                                      end < r->ask->as_of ? end : done, { LIST, "2" } });
	return rc ? rc : put(r, (struct gv_credit_clock){ "term-removal", "CR-12", "term", end, workdays(r, end), done, { LIST, "10" } });
}

/* ---- the restriction, and the notice ---- */

/* "Promptly": the text has no number of days, so it is the day itself. */
static int lifting(struct run *r)
{
	gv_day performed = gv_credit_performed(r->rec, r->ask->aside), from = gv_credit_lift_due(r->rec, r->ask->aside);
	gv_day done = gv_credit_is_restricted(r->rec) ? GV_DAY_NONE : gv_credit_day(r->rec, "lift.on");

	return put(r, (struct gv_credit_clock){ "lift", "CR-22", performed != GV_DAY_NONE && performed <= from ? "perform" : "lift", from, from, done, { CONSUMPTION, "9" } });
}

/* G1 and G6 wait for the end of the period in the notice: of whom it is not known when that is, nobody can say that it was over. */
static int notice(struct run *r)
{
	gv_day from = gv_credit_day(r->rec, "notice.served_on");

	if (!gv_credit_in_state(r->rec, "eligible,decided,grace") || !gv_rule_listed(GV_STR("G1,G6"), gv_val_getstr(r->rec, "ground")) ||
	    gv_credit_day(r->rec, "notice.due_on") != GV_DAY_NONE)
		return 0;
	if (from == GV_DAY_NONE)
		from = gv_credit_first(r->rec, "qualify,decide", gv_credit_begun(r->rec));
	return put(r, (struct gv_credit_clock){ "notice", "CR-01", "notify", from, GV_DAY_NONE, GV_DAY_NONE, { LIST, "1" }, "notice.due_on" });
}

/* ---- corrections ---- */

/* An event, what answers it, and in how many days; 0: in three working days. */
struct pair { const char *name, *rule, *event, *answers; int days; struct gv_basis basis; };

static gv_day answered(const struct gv_val *rec, const char *answers, uint32_t behind)
{
	const struct gv_val *event = gv_credit_next(rec, answers, &behind);

	return event ? gv_credit_event_day(event) : GV_DAY_NONE;
}

/* What is inaccurate is corrected once a correction names each of it; where one says nothing it is taken as being about all. */
static gv_day corrected(const struct gv_val *rec, const struct gv_val *finding, uint32_t behind)
{
	struct gv_str rest = gv_val_getstr(finding, "field"), name;
	gv_day done = rest.n ? GV_DAY_NONE : answered(rec, "correct", behind);

	while (gv_rule_next(&rest, &name)) {
		const struct gv_val *event;
		struct gv_str of;

		for (uint32_t at = behind; (event = gv_credit_next(rec, "correct", &at));) {
			of = gv_val_getstr(event, "field");
			if (!of.n || gv_credit_names_published(of, name))
				break;
		}
		if (!event)
			return GV_DAY_NONE;
		if (gv_credit_event_day(event) > done)
			done = gv_credit_event_day(event);
	}
	return done;
}

/* Who is neither listed nor about to be is set free by the end of what is wrong: the restriction, or what was found before a decision. */
static const char *answers_to(const struct gv_val *rec, const struct pair *p)
{
	return gv_str_is(gv_str_of(p->answers), "revoke") && !gv_credit_is_decided(rec) ? "revoke,lift,clear" : p->answers;
}

/* A request (of days) has the answer that is left when those before it have theirs; a finding the first act behind it. */
static int each_pair(struct run *r, const struct pair *p)
{
	const struct gv_val *event;
	int rc = 0;

	for (uint32_t at = 0, to = 0; !rc && (event = gv_credit_next(r->rec, p->event, &at));) {
		bool corrects = gv_str_is(gv_str_of(p->answers), "correct");
		gv_day from = gv_credit_event_day(event), done = corrects ? corrected(r->rec, event, at) : answered(r->rec, answers_to(r->rec, p), p->days ? to : at);

		gv_credit_next(r->rec, p->answers, &to);
		if (gv_str_is(gv_val_getstr(event, "event"), "object")) {
			const struct gv_val *answer = gv_credit_answer_to(r->rec, event);

			done = answer ? gv_credit_event_day(answer) : GV_DAY_NONE;
		}
		rc = put(r, (struct gv_credit_clock){ p->name, p->rule, p->event, from, p->days ? period(r, from, p->days) : workdays(r, from), done, p->basis });
	}
	return rc;
}

/* What a request is about says which act mends it. */
static const char *mends(const struct gv_val *request)
{
	static const struct { const char *about, *acts; } all[] = {
		{ "listing", "revoke,remove,delete-early,expire,clear" }, { "removal", "revoke,remove,delete-early,expire" }, { "data", "correct" }, { "restriction", "lift" },
	};

	for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
		if (gv_str_is(gv_val_getstr(request, "about"), all[i].about))
			return all[i].acts;
	return "correct,revoke,remove,delete-early,expire,lift";
}

/* What the answer to a request begins: it is mended in three working days, or may be appealed against.  One on appeal may be any request's. */
static int answers(struct run *r)
{
	const struct gv_val *event, *request = NULL;
	int rc = 0;

	for (uint32_t at = 0; !rc && (event = gv_credit_next(r->rec, "answer,decide-appeal", &at));) {
		gv_day from = gv_credit_event_day(event);
		bool first = gv_str_is(gv_val_getstr(event, "event"), "answer");

		request = first ? gv_credit_request_of(r->rec, event) : NULL;
		if (gv_str_is(gv_val_getstr(event, "result"), "granted"))
			rc = put(r, (struct gv_credit_clock){ "objection-mend", "CR-15", "answer", from, workdays(r, from),
			                                      answered(r->rec, mends(request), at), { LIST, "12" } });
		else if (first)
			rc = put(r, (struct gv_credit_clock){ "appeal", "CR-15", "answer", from, period(r, from, APPEAL_DAYS),
			                                      answered(r->rec, "appeal", at), { LIST, "12" } });
	}
	return rc;
}

static int lifts(struct run *r)
{
	const struct gv_val *event;
	int rc = 0;

	for (uint32_t at = 0; !rc && (event = gv_credit_next(r->rec, "lift-temporarily", &at));)
		rc = put(r, (struct gv_credit_clock){ "temporary-lift", "CR-23", "lift-temporarily", gv_credit_event_day(event), gv_credit_day(event, "until"),
		                                      answered(r->rec, "restore,lift", at), { GOOD_FAITH, "17" } });
	return rc;
}

int gv_credit_clocks(const struct gv_val *rec, const struct gv_credit_ask *ask, gv_credit_clock_fn *each, void *ctx)
{
	static const struct pair pairs[] = {
		{ "revocation", "CR-14", "find-wrong", "revoke", 0, { LIST, "9" } },
		{ "correction", "CR-14", "find-inaccurate", "correct", 0, { LIST, "9" } },
		{ "objection", "CR-15", "object", "answer", REQUEST_DAYS, { LIST, "12" } },
		{ "appeal-decision", "CR-15", "appeal", "decide-appeal", REQUEST_DAYS, { LIST, "12" } },
	};
	static const struct { const char *clocks; int (*fn)(struct run *r); } before[] = {
		{ "listing-decision", listing }, { "grace", grace }, { "removal", removal }, { "term,term-removal", term },
	}, behind[] = { { "objection-mend,appeal", answers }, { "temporary-lift", lifts }, { "lift", lifting }, { "notice", notice } };
	struct run r = { rec, ask, each, ctx };
	int rc = 0;

	for (size_t i = 0; i < sizeof before / sizeof before[0] && !rc; i++)
		rc = wants(&r, before[i].clocks) ? before[i].fn(&r) : 0;
	for (size_t i = 0; i < sizeof pairs / sizeof pairs[0] && !rc; i++)
		rc = wants(&r, pairs[i].name) ? each_pair(&r, &pairs[i]) : 0;
	for (size_t i = 0; i < sizeof behind / sizeof behind[0] && !rc; i++)
		rc = wants(&r, behind[i].clocks) ? behind[i].fn(&r) : 0;
	return rc;
}
