/* SPDX-License-Identifier: MIT */
#include "seizure_rules_impl.h"

const char *const gv_seizure_disposals[] = { "auction-notice", "auction", "transfer", "dispose", "dispose-part", NULL };
const char *const gv_seizure_takings[] = { "transfer", "dispose", "dispose-part", NULL };

bool gv_seizure_ended(const struct gv_holding *h)
{
	return h->hold.is == GV_HOLD_RELEASED || h->hold.is == GV_HOLD_LAPSED;
}

static int each(struct gv_check *c, const void *subject, gv_seizure_fn *fn, bool ended)
{
	const struct gv_estate *e = gv_estate_of(subject);
	struct gv_rec rec;
	int rc = 0;

	for (size_t i = 0; i < e->n && !rc; i++) {
		const struct gv_holding *h = &e->holdings[i];

		if (!h->ours || !h->asset || (!ended && gv_seizure_ended(h)))
			continue;
		gv_seizure_about(c, &rec, "seizure", h->seizure);
		rc = fn(c, subject, h);
	}
	return rc;
}

int gv_seizure_each(struct gv_check *c, const void *subject, gv_seizure_fn *fn)
{
	return each(c, subject, fn, false);
}

int gv_seizure_each_ever(struct gv_check *c, const void *subject, gv_seizure_fn *fn)
{
	return each(c, subject, fn, true);
}

int gv_seizure_missing(struct gv_check *c, const struct gv_holding *h, const char *field)
{
	return gv_finding(c, GV_REVIEW, NULL, _("%.*s: %s missing"), GV_TEXT(h->asset_id), field);
}

int gv_seizure_need(struct gv_check *c, const struct gv_holding *h, const struct gv_val *rec, const char *const fields[])
{
	struct gv_buf list = GV_BUF_INIT(4096);
	int rc;

	for (; *fields; fields++)
		if (!gv_val_path(rec, gv_str_of(*fields)))
			gv_buf_addf(&list, "%s%s", list.n ? ", " : "", *fields);
	rc = gv_buf_check(&list, c->err);
	if (!rc && list.n)
		rc = gv_seizure_missing(c, h, list.p);
	gv_buf_free(&list);
	return rc;
}

static int name_thing(struct gv_check *c, struct gv_str id)
{
	if (id.n)
		gv_err_thing(c->err, id.p, id.n);
	return GV_EDATA;
}

int gv_seizure_fail(struct gv_check *c, const char *field, const char *message)
{
	gv_fail_field(c->err, GV_EDATA, field, "%s", message);
	return name_thing(c, gv_str_of(c->rec ? c->rec->id.key : ""));
}

/* What is part of a record has no id: the error is about what the findings are about. */
int gv_seizure_moment(struct gv_check *c, const struct gv_val *rec, const char *field, struct gv_moment *out)
{
	struct gv_str text = gv_val_str(gv_val_path(rec, gv_str_of(field))), id = gv_val_getstr(rec, "id");

	*out = (struct gv_moment){ .day = GV_DAY_NONE };
	if (!text.n || !gv_moment_parse(out, text, NULL))
		return 0;
	gv_fail_field(c->err, GV_EDATA, field, _("\"%.*s\" is not a date"), GV_TEXT(text));
	return name_thing(c, id.n ? id : gv_str_of(c->rec ? c->rec->id.key : ""));
}

enum gv_order gv_moment_order(struct gv_moment a, struct gv_moment b)
{
	if (a.day == GV_DAY_NONE || b.day == GV_DAY_NONE)
		return GV_ORDER_MISSING;
	if (a.day != b.day)
		return a.day < b.day ? GV_ORDER_BEFORE : GV_ORDER_AFTER;
	if (!a.has_time || !b.has_time)
		return GV_ORDER_UNCLEAR;
	return a.second < b.second ? GV_ORDER_BEFORE : a.second > b.second ? GV_ORDER_AFTER : GV_ORDER_SAME;
}

const struct gv_val *gv_seizure_event(const struct gv_holding *h, const char *const names[], uint32_t *at)
{
	const struct gv_val *events = gv_val_items(h->seizure, "events");

	while (*at < events->n) {
		const struct gv_val *event = &events->items[(*at)++];

		for (size_t i = 0; names[i]; i++)
			if (gv_str_is(gv_val_getstr(event, "event"), names[i]))
				return event;
	}
	return NULL;
}

struct gv_str gv_seizure_stage(const struct gv_estate *e, const struct gv_holding *h)
{
	struct gv_str stage = gv_val_getstr(h->seizure, "stage");

	return stage.n ? stage : gv_val_getstr(e->claim.val, "stage");
}

bool gv_seizure_was_preservation(const struct gv_estate *e, const struct gv_holding *h)
{
	return gv_str_is(gv_seizure_stage(e, h), "preservation");
}

bool gv_seizure_preserves(const struct gv_estate *e, const struct gv_holding *h)
{
	bool converted = h->ours && h->hold.is == GV_HOLD_ON && gv_str_is(gv_val_getstr(e->claim.val, "stage"), "enforcement");

	return gv_seizure_was_preservation(e, h) && !converted;
}

bool gv_seizure_is_of_old(const struct gv_check *c, const struct gv_holding *h)
{
	static const char *const fields[] = { "published_at", "served_at", "ruled_on" };

	for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) {
		struct gv_moment m;

		if (gv_moment_parse(&m, gv_val_getstr(h->seizure, fields[i]), NULL) == 0)
			return !gv_rule_in_force(c->rule, m.day);
	}
	return !gv_rule_in_force(c->rule, c->as_of);
}
