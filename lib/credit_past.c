/* SPDX-License-Identifier: MIT */
#include "credit_past.h"

#include <string.h>

#include "i18n.h"
#include "rule.h"

/* ---- the list: which state, since when ---- */

/* What the entry knows of its state: the last that it reached by the day, and whether it says any at all. */
struct known {
	gv_day day, since;         /* `since` GV_DAY_NONE: nothing by then */
	const char *state;
	gv_day last;               /* of all, */
	const char *in_the_end;    /* and what it led to */
};

static void learn(struct known *k, gv_day on, const char *state)
{
	if (on == GV_DAY_NONE)
		return;
	if (on <= k->day && on >= k->since) {
		k->since = on;
		k->state = state;
	}
	if (on >= k->last) {
		k->last = on;
		k->in_the_end = state;
	}
}

static const struct gv_transition *move_of(struct gv_str event)
{
	const struct gv_schema *s = gv_schema_find(GV_STR("credit"));

	for (size_t i = 0; i < s->ntransitions; i++)
		if (gv_str_is(event, s->transitions[i].event))
			return &s->transitions[i];
	return NULL;
}

/* Days in fields: for what stands in no log, or before it begins (GV_DAY_NONE: there is none). */
static void learn_fields(struct known *k, const struct gv_val *rec, gv_day before)
{
	static const struct { const char *field, *state; } fields[] = {
		{ "notice.served_on", "notified" }, { "decision.signed_on", "decided" }, { "grace.on", "grace" }, { "published_on", "listed" }, { "removal.on", NULL },
	};
	const struct gv_val *earlier = gv_val_items(rec, "earlier");
	const char *end = gv_credit_in_state(rec, "revoked") ? "revoked" : "removed";

	for (uint32_t i = 0; i < earlier->n; i++) {
		gv_day on = gv_credit_day(&earlier->items[i], "published_on"), ended = gv_credit_day(&earlier->items[i], "on");

		if (before == GV_DAY_NONE || on < before)
			learn(k, on, "listed");
		if (before == GV_DAY_NONE || ended < before)
			learn(k, ended, gv_str_is(gv_val_getstr(&earlier->items[i], "reason"), "RV") ? "revoked" : "removed");
	}
	for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) {
		gv_day on = gv_credit_day(rec, fields[i].field);

		if (before == GV_DAY_NONE || on < before)
			learn(k, on, fields[i].state ? fields[i].state : end);
	}
}

static void learn_all(struct known *k, const struct gv_val *rec)
{
	const struct gv_val *events = gv_val_items(rec, "events");
	gv_day first = GV_DAY_NONE;

	for (uint32_t i = 0; i < events->n && first == GV_DAY_NONE; i++)
		if (move_of(gv_val_getstr(&events->items[i], "event")))
			first = gv_credit_event_day(&events->items[i]);
	learn_fields(k, rec, first);
	for (uint32_t i = 0; i < events->n; i++) {
		const struct gv_transition *move = move_of(gv_val_getstr(&events->items[i], "event"));

		if (move)
			learn(k, gv_credit_event_day(&events->items[i]), move->to);
	}
}

/* Did anything happen to it by that day?  It may be there before it has a state that anybody wrote down. */
static bool has_begun(const struct gv_val *rec, gv_day day)
{
	static const char *const fields[] = { "order.signed_on", "request.on" };
	const struct gv_val *events = gv_val_items(rec, "events");

	for (uint32_t i = 0; i < events->n; i++)
		if (gv_credit_event_day(&events->items[i]) <= day)
			return true;
	for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++)
		if (gv_credit_day(rec, fields[i]) != GV_DAY_NONE && gv_credit_day(rec, fields[i]) <= day)
			return true;
	return false;
}

static int unknown(const struct gv_val *rec, gv_day day, struct gv_err *err)
{
	struct gv_str state = gv_val_getstr(rec, "state");

	return gv_fail_field(err, GV_EDATA, "state", _("what it was on %s is not known: nothing says when it became %.*s (--at DAY: what the docket had)"),
	                     gv_credit_date(day).s, (int)state.n, state.n ? state.p : "");
}

/* *state NULL: it was not there. */
static int find_state(const struct gv_val *rec, gv_day day, const char **state, struct gv_err *err)
{
	struct known k = { .day = day, .since = GV_DAY_NONE, .last = GV_DAY_NONE };
	struct gv_str now = gv_val_getstr(rec, "state");
	const struct gv_schema *s = gv_schema_find(GV_STR("credit"));

	learn_all(&k, rec);
	*state = k.state;
	if (!k.in_the_end) /* no day anywhere: it stands as it is */
		for (size_t i = 0; i < s->nstates; i++)
			if (gv_str_is(now, s->states[i].name))
				*state = s->states[i].name;
	if (!k.in_the_end)
		return 0;
	if (!k.state)
		return has_begun(rec, day) ? unknown(rec, day, err) : 0;
	/* The last that it says, and it is another by now. */
	return day >= k.last && !gv_str_is(now, k.in_the_end) ? unknown(rec, day, err) : 0;
}

/* ---- the restriction ---- */

static const char *find_restriction(const struct gv_val *rec, gv_day day)
{
	static const struct { const char *event, *before, *behind; } moves[] = {
		{ "restrict", "none", "ordered" }, { "lift", "ordered", "lifted" }, { "lift-temporarily", "ordered", "lifted-temporarily" },
		{ "restore", "lifted-temporarily", "ordered" },
	};
	gv_day ordered = gv_credit_day(rec, "order.signed_on"), lifted = gv_credit_day(rec, "lift.on");
	const struct gv_val *event;
	const char *state = NULL, *first = NULL;

	for (uint32_t at = 0; (event = gv_credit_next(rec, "restrict,lift,lift-temporarily,restore", &at));)
		for (size_t i = 0; i < sizeof moves / sizeof moves[0]; i++)
			if (gv_str_is(gv_val_getstr(event, "event"), moves[i].event)) {
				first = first ? first : moves[i].before;
				state = gv_credit_event_day(event) <= day ? moves[i].behind : state;
			}
	if (state)
		return state;
	if (ordered != GV_DAY_NONE && ordered > day)
		return "none";
	if (first)
		return first;
	return lifted != GV_DAY_NONE && lifted > day ? "ordered" : NULL;
}

/* ---- what goes, and what comes back ---- */

static bool is_later(const struct gv_val *rec, const char *path, gv_day day)
{
	gv_day on = gv_credit_day(rec, path);

	return on != GV_DAY_NONE && on > day;
}

static void drop(struct gv_val *rec, const char *names)
{
	struct gv_str rest = gv_str_of(names), name;

	while (gv_rule_next(&rest, &name))
		gv_obj_del(rec, name);
}

static int keep_until(struct gv_doc *d, struct gv_val *rec, const char *list, gv_day day, struct gv_err *err)
{
	const struct gv_val *items = gv_val_items(rec, list);
	struct gv_val kept = gv_mkarr();
	int rc = 0;

	for (uint32_t i = 0; i < items->n && !rc; i++)
		if (gv_credit_day(&items->items[i], "on") <= day)
			rc = gv_arr_add(d, &kept, items->items[i], err);
	if (rc || kept.n == items->n)
		return rc;
	if (!kept.n)
		gv_obj_del(rec, gv_str_of(list));
	return kept.n ? gv_obj_set(d, rec, gv_str_of(list), kept, err) : 0;
}

/* Of a listing that ended, what the list of earlier ones says: as far as it had come. */
static int bring_back(struct gv_doc *d, struct gv_val *rec, const struct gv_val *one, const char *state, gv_day day, struct gv_err *err)
{
	static const struct { const char *from, *to, *states, *day; } kept[] = {
		{ "ground", "ground", "eligible,decided,grace,listed,removed,revoked", NULL }, { "published_on", "published_on", "listed,removed,revoked", "published_on" },
		{ "reason", "removal.reason", "removed,revoked", "on" }, { "on", "removal.on", "removed,revoked", "on" },
	};
	int rc = 0;

	for (size_t i = 0; i < sizeof kept / sizeof kept[0] && !rc; i++) {
		const struct gv_val *v = gv_val_get(one, kept[i].from);

		if (v && gv_rule_listed(gv_str_of(kept[i].states), gv_str_of(state)) && !(kept[i].day && is_later(one, kept[i].day, day)))
			rc = gv_val_set_path(d, rec, gv_str_of(kept[i].to), *v, err);
	}
	return rc;
}

#define OF_LISTING "published_on,published,removal,grace,term,decision,ground,evidence,request"

/* The listing of that day, on its way or ended, if it is one of the earlier; NULL: it is the one that the entry has now. */
static const struct gv_val *earlier_then(const struct gv_val *rec, const char *state, gv_day day)
{
	const struct gv_val *earlier = gv_val_items(rec, "earlier"), *last = NULL;
	bool ended = gv_rule_listed(GV_STR("removed,revoked"), gv_str_of(state));
	gv_day removed = gv_credit_day(rec, "removal.on");

	if (ended && removed != GV_DAY_NONE && removed <= day)
		return NULL;
	for (uint32_t i = 0; i < earlier->n; i++) {
		if (is_later(&earlier->items[i], "on", day))
			return ended ? last : &earlier->items[i];
		last = &earlier->items[i];
	}
	return ended ? last : NULL;
}

/* Was it cleared since, and something else begun?  What came to nothing before it was published stands among no earlier ones. */
static bool begun_since(const struct gv_val *rec, gv_day day)
{
	const struct gv_val *event;
	bool cleared = false;

	for (uint32_t at = 0; (event = gv_credit_next(rec, "clear,qualify,decide", &at));) {
		if (gv_str_is(gv_val_getstr(event, "event"), "clear"))
			cleared = cleared || gv_credit_event_day(event) > day;
		else if (cleared)
			return true;
	}
	return false;
}

static void drop_later(struct gv_val *rec, const char *state, gv_day day)
{
	static const struct { const char *day, *fields; } days[] = {
		{ "removal.on", "removal" }, { "published_on", "published_on,published" }, { "grace.on", "grace" }, { "decision.signed_on", "decision,term" },
		{ "order.signed_on", "order,lift" }, { "lift.on", "lift" }, { "request.on", "request" },
	};
	static const struct { const char *states, *fields; } without[] = {
		{ "none,notified", "ground,evidence,decision,term,grace" }, { "eligible", "decision,term,grace" },
		{ "none,notified,eligible,decided,grace", "published_on,published,removal" }, { "listed", "removal" },
	};

	for (size_t i = 0; i < sizeof days / sizeof days[0]; i++)
		if (is_later(rec, days[i].day, day))
			drop(rec, days[i].fields);
	for (size_t i = 0; i < sizeof without / sizeof without[0]; i++)
		if (gv_rule_listed(gv_str_of(without[i].states), gv_str_of(state)))
			drop(rec, without[i].fields);
	if (is_later(rec, "decision.served_on", day))
		gv_val_del_path(rec, GV_STR("decision.served_on"), &(bool){ false });
}

/* Of an order that another one took the place of, or a lift that was followed by an order, the log has the day. */
static int bring_day(struct gv_doc *d, struct gv_val *rec, const char *name, const char *path, gv_day day, bool *brought, struct gv_err *err)
{
	const struct gv_val *event;
	gv_day last = GV_DAY_NONE;

	*brought = false;
	for (uint32_t at = 0; !gv_val_path(rec, gv_str_of(path)) && (event = gv_credit_next(rec, name, &at));)
		if (gv_credit_event_day(event) <= day)
			last = gv_credit_event_day(event);
	if (last == GV_DAY_NONE)
		return 0;
	*brought = true;
	return gv_val_set_path(d, rec, gv_str_of(path), gv_mkstr(d, gv_str_of(gv_credit_date(last).s)), err);
}

static int bring_order(struct gv_doc *d, struct gv_val *rec, gv_day day, unsigned *lost, struct gv_err *err)
{
	struct gv_str restriction = gv_val_getstr(rec, "restriction");
	bool ordered = false, lifted = false;
	int rc = gv_str_is(restriction, "none") ? 0 : bring_day(d, rec, "restrict", "order.signed_on", day, &ordered, err);

	if (!rc && gv_str_is(restriction, "lifted"))
		rc = bring_day(d, rec, "lift", "lift.on", day, &lifted, err);
	if (ordered || lifted)
		*lost |= GV_CREDIT_LOST_ORDER;
	return rc;
}

static bool corrected_since(const struct gv_val *rec, gv_day day)
{
	const struct gv_val *event;

	for (uint32_t at = 0; (event = gv_credit_next(rec, "correct", &at));)
		if (gv_credit_event_day(event) > day)
			return true;
	return false;
}

static int turn_back(struct gv_doc *d, struct gv_val *rec, const char *state, gv_day day, unsigned *lost, struct gv_err *err)
{
	bool decided = !gv_rule_listed(GV_STR("none,notified"), gv_str_of(state)), published = gv_rule_listed(GV_STR("listed,removed,revoked"), gv_str_of(state));
	const struct gv_val *one = earlier_then(rec, state, day);
	int rc = 0;

	if (one || (!published && begun_since(rec, day))) {
		drop(rec, OF_LISTING);
		*lost |= (decided ? GV_CREDIT_LOST_DECISION : 0) | (published ? GV_CREDIT_LOST_CONTENT : 0);
	} else if (published && corrected_since(rec, day)) {
		*lost |= GV_CREDIT_LOST_CONTENT;
	}
	if (one)
		rc = bring_back(d, rec, one, state, day, err);
	drop_later(rec, state, day);
	if (!rc)
		rc = bring_order(d, rec, day, lost, err);
	/* It stands among the earlier ones once another begins. */
	if (!rc && one && published)
		rc = keep_until(d, rec, "earlier", gv_credit_day(one, "on") - 1, err);
	else if (!rc)
		rc = keep_until(d, rec, "earlier", day, err);
	return rc ? rc : keep_until(d, rec, "events", day, err);
}

int gv_credit_past(struct gv_doc *d, struct gv_val *rec, gv_day day, bool *there, unsigned *lost, struct gv_err *err)
{
	const char *state, *restriction;
	int rc = find_state(rec, day, &state, err);

	*lost = 0;
	*there = !rc && state;
	if (!*there)
		return rc;
	restriction = find_restriction(rec, day);
	if (restriction)
		rc = gv_obj_set(d, rec, GV_STR("restriction"), gv_mklit(restriction), err);
	if (!rc)
		rc = turn_back(d, rec, state, day, lost, err);
	return rc ? rc : gv_obj_set(d, rec, GV_STR("state"), gv_mklit(state), err);
}
