/* SPDX-License-Identifier: MIT */
/* credit_act_guard: what an act rests on is recorded before it; else nobody could check it. */
#include "credit_act_impl.h"

#include <string.h>

#include "i18n.h"

enum { RELIST_MONTHS = 6 };

#define MOVES "restrict,lift,lift-temporarily,restore"   /* of the restriction */

static int unfounded(struct gv_amend *a, const char *field, const char *why)
{
	return gv_fail_field(&a->c->err, GV_EDATA, field, "%s", why);
}

/* ---- before the event ---- */

/* What another court decided is that court's to end and to change; what happens here (a breach, a request) is recorded all the same. */
static int check_own(struct gv_amend *a, const struct gv_credit_act *act)
{
	struct gv_str court = gv_credit_text(&a->doc.root, "source.court");

	if (!act->event || !gv_credit_is_foreign(&a->doc.root))
		return 0;
	return gv_fail_field(&a->c->err, GV_EDATA, "source", _("an entry of %.*s, which alone decides on it: its list will tell"), (int)court.n, court.n ? court.p : "");
}

static int check_state(struct gv_amend *a, const struct gv_credit_act *act)
{
	struct gv_str state = gv_val_getstr(&a->doc.root, "state");

	if (!act->states || gv_credit_in_state(&a->doc.root, act->states))
		return 0;
	return gv_fail_field(&a->c->err, GV_EDATA, "state", _("%s is not possible in state %.*s, only in %s"), act->name, (int)state.n, state.n ? state.p : "", act->states);
}

/* The term is made longer by decision, while it runs. */
static int check_extension(struct gv_amend *a, const char *on)
{
	const struct gv_val *rec = &a->doc.root;
	gv_day end = gv_credit_term_end(rec);

	if (!gv_credit_has_term(rec) || !gv_credit_in_state(rec, "listed"))
		return unfounded(a, "state", _("only the term of an entry that is listed by G2 to G6 is extended (CR-03)"));
	if (end == GV_DAY_NONE || gv_day_read((struct gv_str){ on, GV_DATE_LEN }) <= end)
		return 0;
	return gv_fail_field(&a->c->err, GV_EDATA, "term.until", _("the term ended on %s (CR-03): it is not extended any more"), gv_credit_date(end).s);
}

/* The log must lead to the restriction that the record says: nothing is put in front of what moved it last. */
static int check_order(struct gv_amend *a, const char *event, const char *on)
{
	const struct gv_val *last;

	for (uint32_t at = 0; (last = gv_credit_next(&a->doc.root, MOVES, &at));) {
		struct gv_str name = gv_val_getstr(last, "event"), day = gv_val_getstr(last, "on");

		if (gv_str_cmp(gv_str_of(on), day) < 0)
			return gv_fail(&a->c->err, GV_EDATA, _("%s on %s would stand before %.*s on %.*s: it needs a later day or time"), event, on,
			               (int)name.n, name.p, (int)day.n, day.p);
	}
	return 0;
}

int gv_credit_guard_before(struct gv_amend *a, const struct gv_credit_act *act, const char *event, const char *on)
{
	int rc = check_own(a, act);

	if (!rc)
		rc = check_state(a, act);
	if (!rc && act->from)
		rc = check_order(a, event, on);
	return rc || strcmp(event, "extend") != 0 ? rc : check_extension(a, on);
}

/* ---- behind it ---- */

/* Was there one of the events by that day? */
static bool by_then(const struct gv_val *rec, const char *events, gv_day day)
{
	const struct gv_val *event;

	for (uint32_t at = 0; (event = gv_credit_next(rec, events, &at));)
		if (gv_credit_event_day(event) <= day)
			return true;
	return false;
}

/* A part of it is CR-22's to say. */
static int guard_lift_performed(struct gv_amend *a, const struct gv_credit_aside *aside, gv_day day)
{
	const struct gv_val *rec = &a->doc.root;
	gv_day whole = gv_credit_performed(rec, aside);

	if ((whole != GV_DAY_NONE && whole <= day) || (whole == GV_DAY_NONE && by_then(rec, "perform-part", day)))
		return 0;
	return unfounded(a, "lift.ground", _("no event perform or settlement-performed shows it (CR-22): record it first"));
}

/* Who was an officer shows it; what speaks against it is CR-24's to say.  That the successor is restricted is the court's to do then. */
static int guard_lift_former(struct gv_amend *a)
{
	static const char *const fields[] = { "lift.changed_for_business", "lift.still_controls" };
	const struct gv_val *lift = gv_val_get(&a->doc.root, "lift");

	if (gv_val_is_true(lift, "still_controls") || gv_val_is_false(lift, "changed_for_business") || !gv_credit_is_officer(&a->doc.root))
		return 0;
	for (size_t i = 0; i < 2; i++)
		if (!gv_val_path(&a->doc.root, gv_str_of(fields[i])))
			return unfounded(a, fields[i], _("missing: who was a representative has to show it (CR-24)"));
	return 0;
}

static int guard_lift(struct gv_amend *a, const struct gv_credit_aside *aside, gv_day day)
{
	struct gv_str ground = gv_credit_text(&a->doc.root, "lift.ground");

	if (gv_str_is(ground, "performed"))
		return guard_lift_performed(a, aside, day);
	if (gv_str_is(ground, "former-officer"))
		return guard_lift_former(a);
	if (!gv_str_is(ground, "wrong") || gv_credit_found_wrong(&a->doc.root, "restriction", day))
		return 0;
	return unfounded(a, "lift.ground", _("no event find-wrong and no granted request shows that it was wrong (CR-15): record it first"));
}

/* The other reasons are those of other acts, of an entry with a term, too; and what R1 to R7 lack is CR-11's to say, or CR-12's. */
static int guard_remove(struct gv_amend *a, gv_day day)
{
	const struct gv_val *rec = &a->doc.root;
	struct gv_str reason = gv_credit_text(rec, "removal.reason");
	int number = gv_credit_removal_number(rec);
	const char *lacks;

	if (!number)
		return gv_fail_field(&a->c->err, GV_EUSAGE, "removal.reason", _("\"%.*s\" is not one of R1 to R7"), (int)reason.n, reason.n ? reason.p : "");
	if (gv_credit_has_term(rec) || gv_credit_removal_ground(rec, number, day, &lacks) != GV_DAY_NONE || lacks)
		return 0;
	return gv_fail_field(&a->c->err, GV_EDATA, "removal.reason", _("no event shows R%d on %s (CR-11): record it first"), number, gv_credit_date(day).s);
}

static int guard_clear(struct gv_amend *a, gv_day day)
{
	const struct gv_val *rec = &a->doc.root;
	int number;

	if ((!gv_val_path(rec, GV_STR("decision.signed_on")) && !gv_credit_order_waits(rec)) || gv_credit_removal_first(rec, day, &number) != GV_DAY_NONE ||
	    gv_credit_first(rec, "creditor-consent", gv_credit_begun(rec)) != GV_DAY_NONE)
		return 0;
	return unfounded(a, "state", _("no event shows that it is performed or agreed to (CR-27): record it first"));
}

static int guard_expire(struct gv_amend *a, gv_day day)
{
	gv_day end = gv_credit_term_end(&a->doc.root);

	if (!gv_credit_has_term(&a->doc.root) || (end != GV_DAY_NONE && day > end))
		return 0;
	return gv_fail_field(&a->c->err, GV_EDATA, "term.until", _("the term ends on %s (CR-12): not before is it removed, save by delete-early"), gv_credit_date(end).s);
}

/* What begins must not have its end there already. */
static int guard_publish(struct gv_amend *a, gv_day day)
{
	const struct gv_val *rec = &a->doc.root;

	for (int i = 1; i <= GV_CREDIT_REMOVALS; i++) {
		const char *lacks;
		gv_day since = gv_credit_removal_ground(rec, i, day, &lacks);

		if (since != GV_DAY_NONE && (i != 3 || !gv_credit_has_term(rec)))
			return gv_fail_field(&a->c->err, GV_EDATA, "state", _("R%d is there since %s (CR-11): it is not published, clear ends it"), i, gv_credit_date(since).s);
	}
	return 0;
}

static int guard_restrict(struct gv_amend *a, gv_day day)
{
	(void)day;
	if (gv_credit_first(&a->doc.root, "perform", GV_DAY_NONE) == GV_DAY_NONE)
		return 0;
	return unfounded(a, "restriction", _("all is performed (CR-22): there is nothing to restrict for"));
}

static int guard_revoke(struct gv_amend *a, gv_day day)
{
	if (gv_credit_found_wrong(&a->doc.root, "listing", day))
		return 0;
	return unfounded(a, "state", _("no event find-wrong and no granted request shows that it was wrong (CR-14): record it first"));
}

static int guard_delete_early(struct gv_amend *a, gv_day day)
{
	const struct gv_val *rec = &a->doc.root;

	if (gv_credit_early_shown(rec, day))
		return 0;
	return unfounded(a, "removal.because", gv_str_is(gv_credit_text(rec, "removal.because"), "corrected")
	                 ? _("no event correct-conduct shows it (CR-12): record it first")
	                 : _("no event perform, perform-part or settlement-performed shows it (CR-12): record it first"));
}

static int guard_serve(struct gv_amend *a, gv_day day)
{
	(void)day;
	if (gv_val_path(&a->doc.root, GV_STR("decision.signed_on")))
		return 0;
	return unfounded(a, "decision.signed_on", _("missing: nothing is decided that could be served (CR-07)"));
}

static int guard_grace(struct gv_amend *a, gv_day day)
{
	gv_day served = gv_credit_day(&a->doc.root, "decision.served_on");

	if (gv_credit_order_waits(&a->doc.root) && !gv_val_path(&a->doc.root, GV_STR("order.signed_by")))
		return gv_fail(&a->c->err, GV_EUSAGE, _("%s needs %s=%s"), "grace", "order.signed_by", _("VALUE"));
	if (!gv_val_path(&a->doc.root, GV_STR("decision.signed_on")) || (served != GV_DAY_NONE && served <= day))
		return 0;
	return unfounded(a, "decision.served_on", _("missing: grace follows a decision that was served (CR-27)"));
}

/*
 * After a removal at the creditor's wish (CR-13): does the creditor ask, and too soon?  Who asks ex officio, or asks again in
 * time, may have it.
 */
static int guard_again(struct gv_amend *a, gv_day day)
{
	const struct gv_val *rec = &a->doc.root, *list = gv_val_items(rec, "earlier"), *event, *last = list->n ? &list->items[list->n - 1] : NULL;
	gv_day removed = gv_str_is(gv_val_getstr(last, "reason"), "R3") ? gv_credit_day(last, "on") : GV_DAY_NONE, asked = GV_DAY_NONE, free_on;

	if (removed == GV_DAY_NONE)
		return 0;
	free_on = gv_day_add_months(removed, RELIST_MONTHS);
	for (uint32_t at = 0; (event = gv_credit_next(rec, "request", &at));) {
		gv_day on = gv_credit_event_day(event);

		if (on >= removed && on <= day)
			asked = gv_str_is(gv_val_getstr(event, "who"), "ex-officio") || gv_str_is(gv_val_getstr(event, "by"), "ex-officio") ? GV_DAY_NONE : on;
	}
	if (gv_str_is(gv_credit_text(rec, "request.by"), "creditor") && gv_credit_day(rec, "request.on") >= removed)
		asked = gv_credit_day(rec, "request.on");
	if (asked == GV_DAY_NONE || asked >= free_on)
		return 0;
	return gv_fail_field(&a->c->err, GV_EDATA, "state", _("the creditor asked on %s, and it was removed on %s at its wish: from %s on it may (CR-13)"),
	                     gv_credit_date(asked).s, gv_credit_date(removed).s, gv_credit_date(free_on).s);
}

static int guard_decide(struct gv_amend *a, gv_day day)
{
	static const char *const fields[] = { "term.years", "term.from" };
	const struct gv_val *rec = &a->doc.root;

	for (size_t i = 0; i < 2 && gv_credit_has_term(rec) && gv_credit_term_end(rec) == GV_DAY_NONE; i++)
		if (!gv_val_path(rec, gv_str_of(fields[i])))
			return gv_fail(&a->c->err, GV_EUSAGE, _("%s needs %s=%s"), "decide", fields[i], _("VALUE"));
	return guard_again(a, day);
}

/* ---- requests to correct ---- */

static size_t count(const struct gv_val *rec, const char *events, const char *result, gv_day until)
{
	const struct gv_val *event;
	size_t n = 0;

	for (uint32_t at = 0; (event = gv_credit_next(rec, events, &at));)
		n += gv_credit_event_day(event) <= until && (!result || gv_str_is(gv_val_getstr(event, "result"), result));
	return n;
}

/* Each of them answers one that was there by then. */
static int guard_answers(struct gv_amend *a, gv_day day, const char *event, const char *to, const char *result)
{
	if (count(&a->doc.root, event, NULL, day) <= count(&a->doc.root, to, result, day))
		return 0;
	return gv_fail(&a->c->err, GV_EDATA, _("%s without %s%s before it (CR-15)"), event, result ? _("a refused ") : "", to);
}

static int guard_object(struct gv_amend *a, gv_day day)
{
	const struct gv_val *rec = &a->doc.root;

	(void)day;
	if (gv_credit_was_published(rec) || !gv_str_is(gv_val_getstr(rec, "restriction"), "none"))
		return 0;
	return unfounded(a, "state", _("neither published nor restricted: there is nothing to correct (CR-15)"));
}

static int guard_answer(struct gv_amend *a, gv_day day)
{
	return guard_answers(a, day, "answer", "object", NULL);
}

static int guard_appeal(struct gv_amend *a, gv_day day)
{
	return guard_answers(a, day, "appeal", "answer", "refused");
}

static int guard_decide_appeal(struct gv_amend *a, gv_day day)
{
	return guard_answers(a, day, "decide-appeal", "appeal", NULL);
}

int gv_credit_guard(struct gv_amend *a, const struct gv_credit_act *act, const struct gv_credit_aside *aside, const char *on)
{
	static const struct { const char *event; int (*fn)(struct gv_amend *a, gv_day day); } guards[] = {
		{ "qualify", guard_again }, { "decide", guard_decide }, { "serve", guard_serve }, { "grace", guard_grace }, { "clear", guard_clear }, { "publish", guard_publish },
		{ "restrict", guard_restrict }, { "remove", guard_remove }, { "delete-early", guard_delete_early },
		{ "expire", guard_expire }, { "revoke", guard_revoke }, { "object", guard_object }, { "answer", guard_answer }, { "appeal", guard_appeal },
		{ "decide-appeal", guard_decide_appeal },
	};
	gv_day day = gv_day_read((struct gv_str){ on, GV_DATE_LEN });

	if (strcmp(act->kind, "repair") == 0 && day < gv_credit_day(&a->doc.root, "applied_on"))
		return gv_fail(&a->c->err, GV_EDATA, _("--on: %.10s is before applied_on, %.10s"), on, gv_credit_text(&a->doc.root, "applied_on").p);
	if (act->event && strcmp(act->event, "lift") == 0)
		return guard_lift(a, aside, day);
	for (size_t i = 0; act->event && i < sizeof guards / sizeof guards[0]; i++)
		if (strcmp(act->event, guards[i].event) == 0)
			return guards[i].fn(a, day);
	return 0;
}
