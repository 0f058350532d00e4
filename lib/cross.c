/* SPDX-License-Identifier: MIT */
#include "cross.h"

#include <stdlib.h>

#include "big.h"
#include "casekey.h"
#include "date.h"
#include "i18n.h"
#include "schema_impl.h"

static const struct gv_at root;

/* ---- case-number-of-a-case ---- */

static void case_number(const struct gv_cross_run *run)
{
	struct gv_str id = gv_val_getstr(run->rec, "id");
	struct gv_at at = { &root, GV_STR("id"), 0 };
	enum gv_caseno_class class = GV_CN_OTHER;

	/* Every register has 调 in its type code; most numbers have not. */
	if (!id.n || !memmem(id.p, id.n, "调", sizeof "调" - 1))
		return;
	if (!gv_casekey_check(run->cn, id, &class, NULL) && class == GV_CN_REGISTER)
		gv_problem(run->problems, &at,
		           _("%.*s is a number of a mediation register, not of a case"), gv_cut(id),
		           id.p);
}

/* ---- number-of-a-register ---- */

static void register_number(const struct gv_cross_run *run)
{
	struct gv_str id = gv_val_getstr(run->rec, "id");
	struct gv_at at = { &root, GV_STR("id"), 0 };
	enum gv_caseno_class class = GV_CN_OTHER;

	if (id.n && !gv_casekey_check(run->cn, id, &class, NULL) && class != GV_CN_REGISTER && run->cn)
		gv_problem(run->problems, &at, _("%.*s is a number of a case, not of a mediation register"), gv_cut(id),
		           id.p);
}

/* ---- closed-when-ended ---- */

static void closed(const struct gv_cross_run *run)
{
	static const char *const running[] = {
		"received", "reviewing", "correcting", "premediation", "open", "suspended"
	};
	struct gv_str on = gv_val_getstr(run->rec, "closed_on");
	struct gv_str state = gv_val_getstr(run->rec, "state");
	struct gv_at at = { &root, GV_STR("closed_on"), 0 };

	for (size_t i = 0; on.n && i < sizeof running / sizeof running[0]; i++)
		if (gv_str_is(state, running[i]))
			gv_problem(run->problems, &at, _("%.*s, but state is %s"), gv_cut(on), on.p,
			           running[i]);
}

/* ---- dates-in-order ---- */

static void in_order(const struct gv_cross_run *run, const char *before, const char *after)
{
	struct gv_str first = gv_val_getstr(run->rec, before), second = gv_val_getstr(run->rec, after);
	struct gv_at at = { &root, gv_str_of(after), 0 };

	if (!first.n || !second.n || gv_str_cmp(first, second) <= 0)
		return;
	/* What is no date is a problem of its own. */
	if (gv_day_read(first) != GV_DAY_NONE && gv_day_read(second) != GV_DAY_NONE)
		gv_problem(run->problems, &at, _("%.*s is before %s, %.*s"), gv_cut(second), second.p, before, gv_cut(first), first.p);
}

/*
 * Only what is so in every case: papers come in, the case is filed, then decided, then
 * closed or published.  Not: closing after deciding (a court closes on the last service or
 * earlier), effect after deciding (a settlement binds before its paper is written).
 */
static void dates(const struct gv_cross_run *run)
{
	enum { RECEIVED, FILED, DECIDED, CLOSED, PUBLISHED, COUNT };
	static const char *const names[] = {
		"received_on", "filed_on", "decided_on", "closed_on", "published_on"
	};
	static const struct { uint8_t first, second; } order[] = {
		{ RECEIVED, FILED }, { RECEIVED, DECIDED }, { RECEIVED, CLOSED },
		{ FILED, DECIDED }, { FILED, CLOSED }, { DECIDED, PUBLISHED },
	};

	for (size_t i = 0; i < sizeof order / sizeof order[0]; i++)
		in_order(run, names[order[i].first], names[order[i].second]);
}

/* A mediation is asked for, taken on, and over.  Not: performed after it ended (an oral agreement may be both at once). */
static void mediation_dates(const struct gv_cross_run *run)
{
	in_order(run, "received_on", "accepted_on");
	in_order(run, "received_on", "ended_on");
	in_order(run, "accepted_on", "ended_on");
}

/* ---- events ---- */

/* The field of an event, as a chain of places. */
struct event_at { struct gv_at log, item, field; };

static void event_at(struct event_at *at, size_t index, const char *field)
{
	at->log = (struct gv_at){ &root, GV_STR("events"), 0 };
	at->item = (struct gv_at){ &at->log, { NULL, 0 }, index };
	at->field = (struct gv_at){ &at->item, gv_str_of(field), 0 };
}

struct event_id { struct gv_str eid; size_t index; };

static int compare_eid(const void *a, const void *b)
{
	const struct event_id *x = a, *y = b;
	int d = gv_str_cmp(x->eid, y->eid);

	return d ? d : (x->index > y->index) - (x->index < y->index);
}

/* Two events of one id, wherever they stand; the later one is named. */
static void find_twins(const struct gv_cross_run *run, const struct gv_val *log)
{
	struct event_id few[32], *ids = few;
	struct event_at at;
	struct gv_err nomem;

	if (log->n > sizeof few / sizeof few[0])
		ids = malloc(log->n * sizeof *ids);
	event_at(&at, 0, "eid");
	if (!ids) {
		gv_fail_nomem(&nomem);
		gv_problem_err(run->problems, &at.field, &nomem);
		return;
	}
	for (uint32_t i = 0; i < log->n; i++)
		ids[i] = (struct event_id){ gv_val_getstr(&log->items[i], "eid"), i };
	qsort(ids, log->n, sizeof *ids, compare_eid);
	for (uint32_t i = 1; i < log->n; i++) {
		if (!ids[i].eid.n || !gv_str_eq(ids[i].eid, ids[i - 1].eid))
			continue;
		event_at(&at, ids[i].index, "eid");
		gv_problem(run->problems, &at.field, _("\"%.*s\" is the id of events[%zu] too"),
		           gv_cut(ids[i].eid), ids[i].eid.p, ids[i - 1].index);
	}
	if (ids != few)
		free(ids);
}

static void event_order(const struct gv_cross_run *run)
{
	const struct gv_val *log = gv_val_items(run->rec, "events");

	for (uint32_t i = 1; i < log->n; i++) {
		const struct gv_val *a = &log->items[i - 1], *b = &log->items[i];
		struct gv_str before = gv_val_getstr(a, "on"), on = gv_val_getstr(b, "on");
		int d = gv_str_cmp(before, on);
		struct event_at at;

		if (d == 0)
			d = gv_str_cmp(gv_val_getstr(a, "eid"), gv_val_getstr(b, "eid"));
		if (d <= 0)
			continue;
		event_at(&at, i, "on");
		gv_problem(run->problems, &at.field,
		           _("%.*s stands behind %.*s: events are sorted by on, then eid"),
		           gv_cut(on), on.p, gv_cut(before), before.p);
	}
	if (log->n > 1)
		find_twins(run, log);
}

void gv_problem_event(struct gv_problems *p, const struct gv_at *at, const struct gv_schema *s, struct gv_str name)
{
	struct gv_at field = { at, GV_STR("event"), 0 };
	struct gv_near near = gv_near_start(name);

	for (size_t i = 0; i < s->nevents; i++)
		gv_near_try(&near, s->events[i].name);
	if (near.best)
		gv_problem(p, &field, _("%s has no event \"%.*s\" (did you mean %s?)"), s->kind, gv_cut(name), name.p, near.best);
	else
		gv_problem(p, &field, _("%s has no event \"%.*s\""), s->kind, gv_cut(name), name.p);
}

static void event_names(const struct gv_cross_run *run)
{
	const struct gv_val *log = gv_val_items(run->rec, "events");

	for (uint32_t i = 0; i < log->n && !run->problems->stopped; i++) {
		struct gv_str name = gv_val_getstr(&log->items[i], "event");
		struct event_at at;

		if (!name.n || gv_schema_event(run->schema, name))
			continue;
		event_at(&at, i, "event");
		gv_problem_event(run->problems, at.field.up, run->schema, name);
	}
}

/* ---- roles-in-order ---- */

static void role_days(const struct gv_cross_run *run, const struct gv_val *role, size_t index)
{
	struct gv_at roles_at = { &root, GV_STR("roles"), 0 };
	struct gv_at item = { &roles_at, { NULL, 0 }, index }, at = { &item, GV_STR("until"), 0 };
	struct gv_str from = gv_val_getstr(role, "from"), until = gv_val_getstr(role, "until");

	/* What is no date is a problem of its own. */
	if (gv_day_read(from) != GV_DAY_NONE && gv_day_read(until) != GV_DAY_NONE && gv_str_cmp(until, from) < 0)
		gv_problem(run->problems, &at, _("%.*s is before %s, %.*s"), gv_cut(until), until.p, "from",
		           gv_cut(from), from.p);
}

static void roles(const struct gv_cross_run *run)
{
	const struct gv_val *list = gv_val_get(run->rec, "roles");
	struct gv_str left = gv_val_getstr(run->rec, "left_on"), state = gv_val_getstr(run->rec, "state");
	struct gv_at at = { &root, GV_STR("left_on"), 0 };

	for (uint32_t i = 0; list && list->type == GV_ARRAY && i < list->n && !run->problems->stopped; i++)
		role_days(run, &list->items[i], i);
	if (left.n && gv_str_is(state, "active"))
		gv_problem(run->problems, &at, _("%.*s, but state is %s"), gv_cut(left), left.p, "active");
}

/* ---- shares-of-a-whole ---- */

struct fraction { gv_wide num, den; };

static bool read_share(const struct gv_val *share, struct fraction *out)
{
	int64_t num, den;

	if (!gv_val_getint(share, "num", &num) || !gv_val_getint(share, "den", &den) || num < 0 || den < 1)
		return false;
	*out = (struct fraction){ num, den };
	return true;
}

static void one_share(const struct gv_cross_run *run, const struct gv_val *share, const struct gv_at *at)
{
	struct fraction f;

	if (read_share(share, &f) && f.num > f.den)
		gv_problem(run->problems, at, _("%lld/%lld is more than the whole"), (long long)f.num, (long long)f.den);
}

/* false: nobody can count that far. */
static bool add_share(struct fraction *sum, struct fraction f)
{
	gv_wide a, b, num, den;

	if (__builtin_mul_overflow(sum->num, f.den, &a) || __builtin_mul_overflow(f.num, sum->den, &b) || __builtin_add_overflow(a, b, &num) ||
	    __builtin_mul_overflow(sum->den, f.den, &den))
		return false;
	*sum = (struct fraction){ num, den };
	for (a = num, b = den; b; ) {
		gv_wide rest = a % b;

		a = b;
		b = rest;
	}
	sum->num /= a;
	sum->den /= a;
	return sum->num <= INT64_MAX && sum->den <= INT64_MAX;
}

static void shares(const struct gv_cross_run *run)
{
	static const char *const fields[] = { "share", "ratio", "asked_ratio" };
	struct gv_at list_at = { &root, GV_STR("co_owners"), 0 };
	const struct gv_val *owners = gv_val_items(run->rec, "co_owners");
	struct fraction sum = { 0, 1 }, f;
	bool counts = true;

	for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++)
		one_share(run, gv_val_get(run->rec, fields[i]), &(struct gv_at){ &root, gv_str_of(fields[i]), 0 });
	for (uint32_t i = 0; i < owners->n && !run->problems->stopped; i++) {
		struct gv_at item = { &list_at, { NULL, 0 }, i };
		const struct gv_val *share = gv_val_get(&owners->items[i], "share");

		one_share(run, share, &(struct gv_at){ &item, GV_STR("share"), 0 });
		if (read_share(share, &f))
			counts = counts && f.num <= f.den && add_share(&sum, f);
	}
	if (counts && sum.num > sum.den)
		gv_problem(run->problems, &list_at, _("their shares are %lld/%lld together, more than the whole"), (long long)sum.num, (long long)sum.den);
}

/* ---- figures-of-a-period ---- */

static void figures(const struct gv_cross_run *run)
{
	struct gv_at list_at = { &root, GV_STR("figures"), 0 };
	const struct gv_val *list = gv_val_items(run->rec, "figures");
	struct gv_str from = gv_val_getstr(run->rec, "period_from"), to = gv_val_getstr(run->rec, "period_to");

	if (from.n && to.n && gv_str_cmp(from, to) > 0)
		gv_problem(run->problems, &(struct gv_at){ &root, GV_STR("period_to"), 0 }, _("is before period_from, %.*s"), gv_cut(from), from.p);
	for (uint32_t i = 0; i < list->n && !run->problems->stopped; i++) {
		struct gv_at item = { &list_at, { NULL, 0 }, i };
		const struct gv_val *value = gv_val_get(&list->items[i], "value");

		if (value && value->type != GV_INT && value->type != GV_STRING)
			gv_problem(run->problems, &(struct gv_at){ &item, GV_STR("value"), 0 }, "%s", _("is neither a whole number nor text"));
	}
}

/* ---- the table ---- */

#define DEFINE(name, symbol) const struct gv_cross gv_cross_##symbol = { name, symbol };
GV_CROSS_CHECKS(DEFINE)
#undef DEFINE

void gv_cross_walk(struct gv_problems *p, const struct gv_schema *s, const struct gv_val *rec,
                   struct gv_caseno_reader *cn)
{
	struct gv_cross_run run = { s, rec, cn, p };

	if (rec->type != GV_OBJECT)
		return;
	for (const struct gv_cross *const *c = s->cross; c && *c && !p->stopped; c++)
		(*c)->check(&run);
}
