/* SPDX-License-Identifier: MIT */
/* limit_events: what the events of a case say to its clocks. */
#include <stdlib.h>

#include "i18n.h"
#include "limit_impl.h"

gv_day gv_limit_event_day(const struct gv_val *event, const char *field)
{
	struct gv_moment m;

	return gv_moment_parse(&m, gv_val_getstr(event, field), NULL) ? GV_DAY_NONE : m.day;
}

/* ---- the events that matter, in order ---- */

static bool classify(const struct gv_limits *l, const struct gv_val *event, struct gv_item *item)
{
	static const char *const others[] = { "ask-correction", "correct", "reopen", "premediate" };
	struct gv_str name = gv_val_getstr(event, "event");

	*item = (struct gv_item){ .event = event, .next = (size_t)-1 };
	for (size_t p = 0; p < l->npairs; p++) {
		item->pair = p;
		item->act = GV_ACT_OPEN;
		if (gv_str_eq(name, l->pairs[p].opens))
			return true;
		item->act = GV_ACT_CLOSE;
		if (gv_str_eq(name, l->pairs[p].closes))
			return true;
	}
	item->act = gv_str_is(name, "convert") ? GV_ACT_CONVERT : gv_str_is(name, "extend") ? GV_ACT_EXTEND : GV_ACT_OTHER;
	if (item->act != GV_ACT_OTHER)
		return true;
	for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
		if (gv_str_is(name, others[i]))
			return true;
	return false;
}

/* By day; within a day as they stand in the record. */
static int by_day(const void *a, const void *b)
{
	const struct gv_item *x = a, *y = b;

	if (x->on != y->on)
		return x->on < y->on ? -1 : 1;
	return x->event < y->event ? -1 : x->event > y->event;
}

static int grow(struct gv_limits *l, struct gv_err *err)
{
	size_t cap = l->items_cap ? l->items_cap * 2 : 32;
	struct gv_item *items = realloc(l->items, cap * sizeof *items);

	if (!items)
		return gv_fail_nomem(err);
	l->items = items;
	l->items_cap = cap;
	return 0;
}

/* What was done after as_of is left out, but a change of procedure tells what the procedure was until then. */
static int collect(struct gv_limit_job *j, const struct gv_val **converted_later)
{
	const struct gv_val *events = gv_val_get(j->rec->val, "events");
	gv_day later_on = GV_DAY_NONE;
	bool sorted = true;

	*converted_later = NULL;
	for (size_t i = 0; events && events->type == GV_ARRAY && i < events->n; i++) {
		struct gv_item item;

		if (!classify(j->l, &events->items[i], &item))
			continue;
		item.on = gv_limit_event_day(item.event, "on");
		if (item.on == GV_DAY_NONE)
			continue;
		if (item.on > j->as_of) {
			if (item.act == GV_ACT_CONVERT && (later_on == GV_DAY_NONE || item.on < later_on)) {
				later_on = item.on;
				*converted_later = item.event;
			}
			continue;
		}
		if (j->nitems == j->l->items_cap && grow(j->l, j->err))
			return j->err ? j->err->code : GV_EIO;
		sorted = sorted && (!j->nitems || j->l->items[j->nitems - 1].on <= item.on);
		j->l->items[j->nitems++] = item;
	}
	if (!sorted)
		qsort(j->l->items, j->nitems, sizeof *j->l->items, by_day);
	return 0;
}

/* ---- what they say ---- */

static void read_grant(struct gv_limit_job *j, const struct gv_item *item)
{
	struct gv_str by = gv_val_getstr(item->event, "authority");
	gv_day until = gv_limit_event_day(item->event, "until");
	int64_t months = 0, days = 0;
	struct gv_grant *g;
	size_t a = 0;

	while (a < GV_BY_UNSAID && !gv_str_is(by, gv_authority_names[a]))
		a++;
	g = &j->grants[a];
	gv_val_getint(item->event, "months", &months);
	gv_val_getint(item->event, "days", &days);
	/* As the schema has it; streams may bring anything. */
	if (months < 0 || months > 12 || days < 0 || days > 366 || (!months && !days && until == GV_DAY_NONE)) {
		gv_limit_note(j, _("the extension of %.*s does not say by how much"), GV_DATE_LEN,
		              gv_val_getstr(item->event, "on").p);
		return;
	}
	g->given = true;
	g->months += months;
	g->days += days;
	if (until != GV_DAY_NONE && (g->until == GV_DAY_NONE || until > g->until)) {
		g->until = until;
		g->until_on = item->on;
	}
}

static void forget_grants(struct gv_limit_job *j)
{
	for (size_t a = 0; a < GV_AUTHORITIES; a++)
		j->grants[a] = (struct gv_grant){ .until = GV_DAY_NONE, .until_on = GV_DAY_NONE };
}

static void read_other(struct gv_limit_job *j, const struct gv_item *item)
{
	struct gv_str name = gv_val_getstr(item->event, "event");

	if (gv_str_is(name, "correct")) {
		j->corrected_on = item->on;
	} else if (gv_str_is(name, "ask-correction")) {
		j->asked_on = item->on;
		j->correct_until = gv_limit_event_day(item->event, "until");
	} else if (gv_str_is(name, "premediate")) {
		j->mediated_on = item->on;
		j->mediate_until = gv_limit_event_day(item->event, "until");
	} else {
		j->reopened_on = item->on;
	}
}

/* What a case was tried in before its first change of procedure, by what it was changed to. */
static struct gv_str before_change(const struct gv_limit_job *j, const struct gv_val *change)
{
	bool civil = gv_str_starts(j->type, GV_STR("民初")), criminal = gv_str_starts(j->type, GV_STR("刑初"));

	if (!gv_str_is(gv_val_getstr(change, "to"), "simplified"))
		return civil || criminal || gv_str_starts(j->type, GV_STR("行初")) ? GV_STR("simplified") : (struct gv_str){ 0 };
	return civil ? GV_STR("small-claim") : criminal ? GV_STR("fast-track") : (struct gv_str){ 0 };
}

/* `procedure` of the record is the one after the last change; what it was before is in no field. */
static void first_procedure(struct gv_limit_job *j, const struct gv_val *later)
{
	const struct gv_val *change = later;

	for (size_t i = j->nitems; i-- > 0;)
		if (j->l->items[i].act == GV_ACT_CONVERT)
			change = j->l->items[i].event;
	j->procedure = change ? before_change(j, change) : gv_val_getstr(j->rec->val, "procedure");
	if (change && change == later && j->procedure.n)
		gv_limit_note(j, _("procedure before the change of %.*s is not recorded: taken as %.*s"), GV_DATE_LEN,
		              gv_val_getstr(later, "on").p, (int)j->procedure.n, j->procedure.p);
}

int gv_limit_read_events(struct gv_limit_job *j)
{
	const struct gv_val *later;
	int rc;

	j->converted_on = j->corrected_on = j->asked_on = j->correct_until = j->reopened_on = j->notice_end = GV_DAY_NONE;
	j->mediated_on = j->mediate_until = j->stopped_on = GV_DAY_NONE;
	forget_grants(j);
	rc = collect(j, &later);
	if (rc)
		return rc;
	first_procedure(j, later);
	for (size_t i = 0; i < j->nitems; i++) {
		struct gv_item *item = &j->l->items[i];

		if (item->act == GV_ACT_CONVERT) {
			j->converted_on = item->on;
			j->procedure = gv_val_getstr(item->event, "to");
		}
		item->procedure = j->procedure;
		if (item->act == GV_ACT_OTHER)
			read_other(j, item);
	}
	/* What was granted to the old procedure ended with it; what is of that day is for the new one. */
	for (size_t i = 0; i < j->nitems; i++)
		if (j->l->items[i].act == GV_ACT_EXTEND &&
		    (j->converted_on == GV_DAY_NONE || j->l->items[i].on >= j->converted_on))
			read_grant(j, &j->l->items[i]);
	return 0;
}
