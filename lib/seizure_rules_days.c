/* SPDX-License-Identifier: MIT */
#include "seizure_rules_days.h"

int gv_limit_of(struct gv_limit *out, struct gv_check *c, const void *subject, gv_day start, int n, enum gv_unit unit)
{
	gv_day nominal;
	int rc = gv_date_period(gv_calendar_of(subject), start, (struct gv_term){ n, unit }, &out->day, &nominal, &out->known, c->err);

	gv_day_format(out->day, out->text);
	return rc;
}

int gv_fact_int(struct gv_check *c, struct gv_val *facts, const char *name, int64_t v)
{
	return gv_obj_set(&c->scratch, facts, gv_str_of(name), gv_mkint(v), c->err);
}

int gv_fact_id(struct gv_check *c, struct gv_val *facts, const char *name, struct gv_str id)
{
	return id.n ? gv_obj_set(&c->scratch, facts, gv_str_of(name), gv_mkstr(&c->scratch, id), c->err) : 0;
}

int gv_fact_day(struct gv_check *c, struct gv_val *facts, const char *name, gv_day d)
{
	gv_day_text text;

	gv_day_format(d, text);
	return gv_fact_id(c, facts, name, gv_str_of(text));
}

int gv_seizure_day(struct gv_check *c, const struct gv_val *rec, const char *field, gv_day *out)
{
	struct gv_moment m;
	int rc = gv_seizure_moment(c, rec, field, &m);

	*out = m.day;
	return rc;
}

int gv_seizure_by(struct gv_check *c, struct gv_str of, const struct gv_limit *limit, gv_day done, const struct gv_step *step)
{
	const char *colon = of.n ? ": " : "", *doubt = limit->known ? "" : _(" (no calendar for that year)");
	struct gv_val facts = gv_mkobj();
	gv_day_text on;
	int rc;

	if (done == GV_DAY_NONE ? c->as_of <= limit->day : done <= limit->day)
		return 0;
	gv_day_format(done, on);
	rc = gv_fact_day(c, &facts, "limit", limit->day);
	if (!rc)
		rc = gv_fact_day(c, &facts, "done", done);
	if (rc)
		return rc;
	if (done == GV_DAY_NONE)
		return gv_finding(c, GV_REVIEW, &facts, _("%.*s%s%s by %s at the latest, %s missing%s"), GV_TEXT(of), colon, _(step->what), limit->text,
		                  step->to, doubt);
	return gv_finding(c, limit->known ? step->late : GV_REVIEW, &facts, _("%.*s%s%s by %s at the latest, %s is %s%s"), GV_TEXT(of), colon, _(step->what),
	                  limit->text, step->to, on, doubt);
}

int gv_seizure_step(struct gv_check *c, const void *subject, struct gv_str of, const struct gv_val *rec, const struct gv_step *step)
{
	struct gv_limit limit;
	gv_day start, done;
	int rc = gv_seizure_day(c, rec, step->from, &start);

	if (!rc)
		rc = gv_seizure_day(c, rec, step->to, &done);
	if (rc || start == GV_DAY_NONE)
		return rc;
	rc = gv_limit_of(&limit, c, subject, start, step->days, GV_UNIT_DAY);
	return rc ? rc : gv_seizure_by(c, of, &limit, done, step);
}

const struct gv_val *gv_seizure_first_event(const struct gv_val *rec, const char *name, gv_day after, gv_day *on)
{
	const struct gv_val *events = gv_val_items(rec, "events"), *first = NULL;

	*on = GV_DAY_NONE;
	for (uint32_t i = 0; i < events->n; i++) {
		const struct gv_val *e = &events->items[i];
		struct gv_moment m;

		if (!gv_str_is(gv_val_getstr(e, "event"), name) || gv_moment_parse(&m, gv_val_getstr(e, "on"), NULL))
			continue;
		if ((after == GV_DAY_NONE || m.day > after) && (!first || m.day < *on)) {
			first = e;
			*on = m.day;
		}
	}
	return first;
}

const struct gv_val *gv_seizure_first_taking(const struct gv_val *seizure, gv_day after, gv_day *on)
{
	static const char *const names[] = { "auction", "dispose", "dispose-part", "transfer" };
	const struct gv_val *first = NULL;

	*on = GV_DAY_NONE;
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		gv_day day;
		const struct gv_val *e = gv_seizure_first_event(seizure, names[i], after, &day);

		if (e && (!first || day < *on)) {
			first = e;
			*on = day;
		}
	}
	return first;
}

const struct gv_holding *gv_seizure_for_asset(const struct gv_estate *e, const struct gv_holding *h, size_t *n)
{
	const struct gv_holding *all = gv_estate_on_asset(e, h, n), *first = NULL;

	for (size_t i = 0; i < *n; i++) {
		if (all[i].counts)
			return &all[i];
		first = first ? first : all[i].ours ? &all[i] : NULL;
	}
	return first;
}

int gv_seizure_order(struct gv_rank **out, size_t *n, struct gv_check *c, const struct gv_estate *e, const struct gv_holding *h)
{
	const struct gv_holding *all = gv_estate_on_asset(e, h, n);

	*out = gv_arena_alloc(&c->scratch.arena, *n * sizeof **out);
	return *out ? gv_rank_of(*out, all, *n, c->as_of, c->err) : gv_fail_nomem(c->err);
}
