/* SPDX-License-Identifier: MIT */
/* publication_clock: from which day a document has effect (PUB-06), and by when it must be out (PUB-05). */
#include <string.h>

#include "i18n.h"
#include "publication_impl.h"

enum { WORKDAYS = 7, ABROAD_DAYS = 30, PAYMENT_DAYS = 15 };

static void say(struct gv_buf *work, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
static void say(struct gv_buf *work, const char *fmt, ...)
{
	va_list ap;

	if (!work)
		return;
	va_start(ap, fmt);
	gv_buf_addv(work, fmt, ap);
	va_end(ap);
	gv_buf_addc(work, '\n');
}

/* ---- how long an appeal is open ---- */

/* Has it effect by service alone, as far as the record or the case says so? */
static bool is_final(const struct gv_publication *p, bool judgment)
{
	struct gv_str end = gv_val_getstr(p->kase, "closed_by"), procedure = gv_val_getstr(p->kase, "procedure");

	if (gv_str_is(gv_val_getstr(p->rec, "instance"), "second") || gv_val_is_false(p->rec, "appealable"))
		return true;
	if (!judgment && !gv_str_is(gv_val_getstr(p->rec, "doc_kind"), "裁定书"))
		return true;
	if (gv_val_is_true(p->rec, "appealable"))
		return false;
	/* First instance is final; rulings of enforcement are not appealed. */
	if (gv_str_is(procedure, "small-claim") || gv_str_is(procedure, "special") || gv_publication_group_is(p, "执行类案件"))
		return true;
	return !judgment && (gv_str_is(end, "withdrawal") || gv_str_is(end, "deemed-withdrawn"));
}

/* Days in which it can be appealed; 0: it has effect by service.  -1: *lacks is not known. */
static int appeal_days(const struct gv_publication *p, const char **lacks)
{
	struct gv_str kind = gv_val_getstr(p->rec, "doc_kind"), instance = gv_val_getstr(p->rec, "instance");
	bool judgment = gv_str_is(kind, "判决书");

	if (gv_str_is(kind, "支付令"))
		return PAYMENT_DAYS; /* in which the debtor may object */
	*lacks = !kind.n ? "doc_kind" : !instance.n ? "instance" : NULL;
	if (*lacks)
		return -1;
	if (is_final(p, judgment))
		return 0;
	/* Which rulings can be appealed stands in no field of the case but this one. */
	if (!gv_val_is_true(p->rec, "appealable") && (judgment ? !gv_str_is(instance, "first") : !gv_str_is(gv_val_getstr(p->kase, "closed_by"), "dismissal"))) {
		*lacks = "appealable";
		return -1;
	}
	if (gv_publication_is_criminal(p))
		return judgment ? 10 : 5;
	return judgment ? 15 : 10;
}

/* ---- who was served ---- */

static bool is_served(const struct gv_val *list, struct gv_str name)
{
	for (uint32_t i = 0; i < list->n; i++)
		if (gv_str_eq(gv_val_getstr(&list->items[i], "party"), name))
			return true;
	return false;
}

/* The first party of the case that has no service; {0}: none. */
static struct gv_str unserved(const struct gv_publication *p, const struct gv_val *list)
{
	const struct gv_val *parties = gv_val_items(p->kase, "parties");

	for (uint32_t i = 0; i < parties->n; i++) {
		struct gv_str name = gv_val_getstr(&parties->items[i], "name");

		if (name.n && !is_served(list, name))
			return name;
	}
	return (struct gv_str){ 0 };
}

/* The day from which one service lets it have effect; GV_DAY_NONE: no calendar for it. */
static gv_day effect_of(const struct gv_publication *p, const struct gv_val *one, int days, struct gv_buf *work)
{
	gv_day on = gv_publication_day(one, "on"), end, nominal;
	struct gv_str party = gv_val_getstr(one, "party");
	struct gv_err none;
	bool known = false;

	if (!days) {
		say(work, _("%s served on %.*s: no appeal (PUB-06)"), gv_publication_date(on).s, (int)party.n, party.n ? party.p : "");
		return on;
	}
	if (gv_val_is_true(one, "abroad"))
		days = ABROAD_DAYS;
	if (gv_date_period(p->calendar, on, (struct gv_term){ days, GV_UNIT_DAY }, &end, &nominal, &known, &none) || !known) {
		say(work, _("%s served on %.*s: %d days, no calendar for their end"), gv_publication_date(on).s, (int)party.n, party.n ? party.p : "", days);
		return GV_DAY_NONE;
	}
	say(work, _("%s served on %.*s: %d days end on %s (PUB-06)"), gv_publication_date(on).s, (int)party.n, party.n ? party.p : "", days,
	    gv_publication_date(end).s);
	return end + 1;
}

static struct gv_publication_effect by_service(const struct gv_publication *p, const struct gv_val *list, struct gv_buf *work)
{
	struct gv_publication_effect e = { .day = GV_DAY_NONE };
	int days = appeal_days(p, &e.lacks);

	if (days < 0)
		return e;
	for (uint32_t i = 0; i < list->n; i++) {
		gv_day one = gv_publication_day(&list->items[i], "on") == GV_DAY_NONE ? GV_DAY_NONE : effect_of(p, &list->items[i], days, work);

		if (one == GV_DAY_NONE)
			return (struct gv_publication_effect){ .day = GV_DAY_NONE, .lacks = "calendar" };
		if (e.day == GV_DAY_NONE || one > e.day)
			e.day = one;
	}
	e.party = unserved(p, list);
	if (e.party.n) {
		say(work, _("%.*s: no service recorded"), (int)e.party.n, e.party.p);
		e.day = GV_DAY_NONE;
		e.lacks = "served";
	}
	return e;
}

/* A decision that was appealed has effect with that of second instance. */
static struct gv_publication_effect by_second(const struct gv_publication *p, struct gv_buf *work)
{
	struct gv_publication_effect e = { .day = gv_publication_day(p->rec, "second_instance.effective_on") };

	if (e.day == GV_DAY_NONE)
		e.day = gv_publication_day(p->second, "effective_on");
	if (e.day == GV_DAY_NONE)
		e.lacks = "second_instance.effective_on";
	else
		say(work, _("%s appealed: second instance has effect (PUB-05)"), gv_publication_date(e.day).s);
	return e;
}

/* As the case says, where no service is recorded. */
static struct gv_publication_effect by_case(const struct gv_publication *p, struct gv_buf *work)
{
	struct gv_publication_effect e = { .day = gv_publication_day(p->kase, "effective_on"), .stated = true, .lacks = "served" };

	if (e.day == GV_DAY_NONE && !p->kase)
		e.day = gv_publication_day(p->rec, "effective_on");
	if (e.day != GV_DAY_NONE)
		say(work, _("%s effective_on, as the case states it: no service is recorded (PUB-06)"), gv_publication_date(e.day).s);
	return e;
}

struct gv_publication_effect gv_publication_effective(const struct gv_publication *p, struct gv_buf *work)
{
	const struct gv_val *list = gv_val_items(p->rec, "served");
	struct gv_publication_effect e = { .day = gv_publication_day(p->rec, "pronounced_on") };
	const char *lacks = NULL;

	if (gv_val_is_true(p->rec, "appealed"))
		e = by_second(p, work);
	else if (e.day != GV_DAY_NONE && appeal_days(p, &lacks) == 0)
		say(work, _("%s pronounced: no appeal (PUB-06)"), gv_publication_date(e.day).s);
	else
		e = list->n ? by_service(p, list, work) : by_case(p, work);
	if (e.day != GV_DAY_NONE)
		say(work, _("%s has effect"), gv_publication_date(e.day).s);
	else
		say(work, _("%s missing: the day of effect is not known"), e.lacks);
	return e;
}

/* ---- by when ---- */

gv_day gv_publication_due(const struct gv_calendar *calendar, gv_day effective)
{
	struct gv_err none;
	gv_day out;

	if (effective == GV_DAY_NONE || gv_date_add(calendar, effective, (struct gv_term){ WORKDAYS, GV_UNIT_WORKDAY }, &out, &none))
		return GV_DAY_NONE;
	return out;
}

struct run {
	gv_day as_of;
	gv_publication_clock_fn *each;
	void *ctx;
};

static int put(const struct run *r, struct gv_publication_clock clock)
{
	if (clock.from == GV_DAY_NONE || clock.from > r->as_of)
		return 0;
	if (clock.done != GV_DAY_NONE && clock.done > r->as_of)
		clock.done = GV_DAY_NONE;
	return r->each(r->ctx, &clock);
}

/* A ruling that corrects what was published is published itself, as any ruling is. */
static int put_corrections(const struct gv_publication *p, const struct run *r)
{
	const struct gv_val *log = gv_val_items(p->rec, "events");
	int rc = 0;

	for (uint32_t i = 0; i < log->n && !rc; i++) {
		const struct gv_val *e = &log->items[i];
		gv_day on = gv_publication_day(e, "on");

		if (gv_str_is(gv_val_getstr(e, "event"), "correct"))
			rc = put(r, (struct gv_publication_clock){ "correction", "PUB-08", "correct", on, gv_publication_due(p->calendar, on),
			                                           gv_publication_day(e, "released_on") });
	}
	return rc;
}

/* The first time counts: what was withdrawn and published again was out in time, or was not. */
static gv_day first_out(const struct gv_val *rec, const char *event)
{
	const struct gv_val *log = gv_val_items(rec, "events");

	for (uint32_t i = 0; i < log->n; i++)
		if (gv_str_is(gv_val_getstr(&log->items[i], "event"), event))
			return gv_publication_day(&log->items[i], "on");
	return gv_publication_day(rec, "released_on");
}

int gv_publication_clocks(const struct gv_publication *p, gv_day as_of, gv_publication_clock_fn *each, void *ctx)
{
	struct run r = { as_of, each, ctx };
	gv_day from = gv_publication_effective(p, NULL).day, until = gv_publication_due(p->calendar, from);
	gv_day done = first_out(p->rec, "release");
	struct gv_str decision = gv_val_getstr(p->rec, "decision"), ground = gv_val_getstr(p->rec, "ground");
	int rc = 0;

	if (gv_str_is(decision, "withhold") && ground.n && !gv_str_is(ground, "state-secret"))
		rc = put(&r, (struct gv_publication_clock){ "stub", "PUB-04", "effect", from, until, first_out(p->rec, "stub") });
	else if (gv_str_is(decision, "publish"))
		rc = put(&r, (struct gv_publication_clock){ "publication", "PUB-05", "effect", from, until, done });
	else if (!gv_str_is(decision, "withhold")) /* nobody has decided yet, and the days run */
		rc = put(&r, (struct gv_publication_clock){ "publication", "PUB-05", "effect (not decided)", from, until, done });
	return rc ? rc : put_corrections(p, &r);
}

/* ---- by hand ---- */

static void show_tests(struct gv_buf *out, const struct gv_val *rec)
{
	static const char *const answers[] = { N_("no"), N_("yes"), N_("not known") };

	say(out, _("crime of a minor, by the age at the offence: %s (PUB-02)"), _(answers[gv_publication_minor_crime(rec)]));
	say(out, _("closed hearing, by the age at the trial: %s"), _(answers[gv_publication_closed_hearing(rec)]));
	say(out, _("record sealed, by the age at the offence and five years at most: %s"), _(answers[gv_publication_sealed(rec)]));
}

void gv_publication_work(struct gv_buf *out, const struct gv_publication *p, gv_day as_of)
{
	struct gv_publication_decision d = gv_publication_decide(p);
	struct gv_publication_effect e;
	gv_day due;

	say(out, "%s (%s)%s%s%s%s", gv_publication_answer_word(d.answer), d.rule, d.reason ? " " : "", d.reason ? d.reason : "", d.why ? ": " : "",
	    d.why ? _(d.why) : "");
	if (gv_publication_is_criminal(p))
		show_tests(out, p->rec);
	e = gv_publication_effective(p, out);
	due = gv_publication_due(p->calendar, e.day);
	if (due != GV_DAY_NONE && due >= as_of)
		say(out, _("%s last day: 7 working days (PUB-05); %d days left"), gv_publication_date(due).s, (int)(due - as_of));
	else if (due != GV_DAY_NONE)
		say(out, _("%s last day: 7 working days (PUB-05); %d days ago"), gv_publication_date(due).s, (int)(as_of - due));
	else if (e.day != GV_DAY_NONE)
		say(out, "%s", _("the calendar does not know that year"));
}
