/* SPDX-License-Identifier: MIT */
/* seizure serve, renew, release, convert, value: one event of a seizure or an asset, judged before it is written. */
#include <string.h>

#include "seizure.h"

static const struct gv_opt opts[] = {
	{ 0, "on", "DATE", N_("the day, or the time as 2022-06-30T09:30, if not today") },
	{ 0 }
};

struct act {
	const char *event;
	const char *field;         /* of the record, that takes the time; NULL: none */
	bool mends;                /* a release: what was wrong before is no reason to refuse it */
	bool effect;               /* the field depends on what is seized: served_at, or published_at of equity */
};

struct work {
	const struct act *act;
	char on[GV_ON_MAX];
	struct gv_assignments all, event, record;
};

static int is_equity(struct gv_amend *a, bool *yes)
{
	struct gv_doc doc = GV_DOC_INIT;
	const struct gv_val *asset;
	int rc = seizure_fetch_asset(a->c, gv_val_getstr(&a->doc.root, "asset"), &doc, &asset);

	*yes = !rc && gv_str_is(gv_val_getstr(asset, "type"), "equity");
	gv_doc_free(&doc);
	return rc;
}

static int set_time(struct gv_amend *a, const struct work *w)
{
	const char *field = w->act->field;
	bool equity = false;
	int rc = w->act->effect ? is_equity(a, &equity) : 0;

	if (equity)
		field = "published_at";
	if (rc || !field || gv_assignments_find(&w->record, field))
		return rc;
	return gv_obj_set(&a->doc, &a->doc.root, gv_str_of(field), gv_mkstr(&a->doc, gv_str_of(w->on)), &a->c->err);
}

static int alter(struct gv_amend *a)
{
	struct work *w = a->work;
	const struct gv_schema *s = gv_cmd_schema(a->c);
	int rc;

	if (a->rec.id.schema != s)
		return gv_fail(&a->c->err, GV_EDATA, _("is a %s, not a %s"), a->rec.id.schema->kind, s->kind);
	rc = gv_amend_event(a, w->act->event, w->on, &w->event);
	if (!rc)
		rc = set_time(a, w);
	if (!rc)
		rc = gv_assignments_apply(&w->record, a->c, s, &a->doc, &a->doc.root);
	return rc || strcmp(s->kind, "seizure") != 0 ? rc : seizure_judge_ranked(a->c, &a->doc, &a->doc.root, w->act->mends);
}

/* Of a renewal `until` is the event's; else it is the term that begins. */
static void term_to_record(struct work *w)
{
	for (size_t i = 0; i < w->event.n && strcmp(w->act->event, "renew") != 0; i++) {
		struct gv_assignment one = w->event.list[i];

		if (strcmp(one.field.p, "until") != 0)
			continue;
		memmove(&w->event.list[i], &w->event.list[i + 1], (w->event.n - i - 1) * sizeof one);
		w->event.list[w->event.n - 1] = one;
		w->record = (struct gv_assignments){ w->record.list - 1, w->record.n + 1 };
		w->event.n--;
		return;
	}
}

static int run_act(struct gv_cmd *c, const struct act *act)
{
	struct work w = { .act = act };
	int rc;

	if (c->argc < 1)
		return gv_fail(&c->err, GV_EUSAGE, _("which one?  %s ID [FIELD=VALUE...]"), c->name);
	rc = gv_cmd_on(c, w.on);
	if (!rc)
		rc = gv_assignments_read(&w.all, c, c->argv + 1, c->argc - 1);
	if (!rc) {
		gv_assignments_split(&w.all, gv_cmd_schema(c), act->event, &w.event, &w.record);
		term_to_record(&w);
		rc = gv_amend_needs(c, gv_cmd_schema(c), act->event, &w.event, c->spec->name);
	}
	if (!rc)
		rc = gv_amend_run(c, alter, &w, act->event);
	gv_assignments_free(&w.all);
	return rc;
}

#define ACT(symbol, of, text, words, ...) \
	static int run_##symbol(struct gv_cmd *c) \
	{ \
		static const struct act act = { __VA_ARGS__ }; \
\
		return run_act(c, &act); \
	} \
	const struct gv_cmd_spec seizure_##symbol = { \
		.name = #symbol, .summary = (text), .usage = (words), .operands = "id", .opts = opts, .kind = (of), \
		.common = GV_C_WRITE | GV_C_ASOF | GV_C_RECORDS, .records = &gv_cmd_records, .run = run_##symbol, \
	};

ACT(serve, "seizure", N_("the notice was served, or equity published: the effect begins"), N_("ID|- [until=DATE] [FIELD=VALUE...]"),
    .event = "take-effect", .field = "served_at", .effect = true)
ACT(renew, "seizure", N_("renew a seizure before it ends"), N_("ID|- until=DATE"), .event = "renew")
ACT(release, "seizure", N_("release a seizure, with the ground"), N_("ID|- release_ground=GROUND"), .event = "release", .field = "released_at", .mends = true)
ACT(convert, "seizure", N_("a waiting seizure takes effect"), N_("ID|- [until=DATE]"), .event = "convert", .field = "converted_at")
ACT(value, "asset", N_("the value of an asset, or its reference price"), N_("ID|- price.fen=FEN price.method=METHOD price.valid_until=DATE"), .event = "value")
