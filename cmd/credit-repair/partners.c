/* SPDX-License-Identifier: MIT */
/* credit-repair tell, acknowledge: what partners were told of our list and what they confirm, many at once. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "credit-repair.h"
#include "credit_partner.h"
#include "utf8.h"

static const struct gv_opt opts[] = {
	{ 0, "platform", "NAME", N_("the partner, of rows that name none: as feed and export print them") },
	{ 0, "on", "DATE", N_("the day of those that say none, if not today") },
	{ 0 }
};

struct work {
	struct gv_amend a;
	const char *event;
	char on[GV_ON_MAX];
	size_t added, unchanged;
};

/* What a row says: its own fields, or those of a row of feed or export. */
struct said {
	struct gv_str key, platform, what, published_on, on;
};

/* ---- a row ---- */

static int check_fields(struct work *w, const struct gv_val *row)
{
	for (uint32_t i = 0; i < row->n; i++) {
		struct gv_str name = row->members[i].name;

		if (!gv_rule_listed(GV_STR("key,platform,what,published_on,on"), name))
			return gv_fail_field(&w->a.c->err, GV_EDATA, "", _("%.*s is no field of an acknowledgement"), (int)(name.n < 64 ? name.n : 64), name.p);
	}
	return 0;
}

static int check_said(struct work *w, const struct said *said)
{
	const struct { const char *name; struct gv_str text; } needed[] = { { "key", said->key }, { "platform", said->platform }, { "what", said->what } };
	struct gv_err *err = &w->a.c->err;

	for (size_t i = 0; i < sizeof needed / sizeof needed[0]; i++)
		if (gv_utf8_is_blank(needed[i].text))
			return gv_fail_field(err, GV_EDATA, needed[i].name, "%s", _("is missing"));
	if (said->published_on.n && gv_day_read(said->published_on) == GV_DAY_NONE)
		return gv_fail_field(err, GV_EDATA, "published_on", _("\"%.*s\" is not a date"), (int)(said->published_on.n < 64 ? said->published_on.n : 64),
		                     said->published_on.p);
	return 0;
}

/* The day in a public row is that of the removal, not of the message. */
static int read_row(struct work *w, const struct gv_val *row, struct said *said)
{
	bool public = gv_str_is(gv_val_getstr(row, "kind"), "credit-public");
	int rc = public ? 0 : check_fields(w, row);

	*said = (struct said){ gv_val_getstr(row, "key"), gv_val_getstr(row, "platform"), gv_val_getstr(row, public ? "change" : "what"),
	                       gv_val_getstr(row, "published_on"), public ? (struct gv_str){ 0 } : gv_val_getstr(row, "on") };
	if (public && !said->what.n) /* of export */
		said->what = gv_str_is(gv_val_getstr(row, "state"), "listed") ? GV_STR("added") : GV_STR("");
	if (!said->platform.n)
		said->platform = gv_str_of(gv_cmd_opt(w->a.c, "platform"));
	if (!said->on.n)
		said->on = gv_str_of(w->on);
	return rc ? rc : check_said(w, said);
}

/* ---- the entry ---- */

/* A correction stands since the last one: what was confirmed before is another. */
static gv_day corrected_on(const struct gv_val *rec)
{
	const struct gv_val *event;
	gv_day last = GV_DAY_NONE;

	for (uint32_t at = 0; (event = gv_credit_next(rec, "correct", &at));)
		last = gv_credit_event_day(event);
	return last;
}

static bool is_there(struct work *w, const struct said *said, uint32_t nth)
{
	static const char *const changes[] = { "added", "corrected", "removed" };
	const struct gv_val *rec = &w->a.doc.root;
	struct gv_credit_told told = { .platform = said->platform, .nth = nth, .since = GV_DAY_NONE, .until = GV_DAY_NONE };

	for (size_t i = 0; i < sizeof changes / sizeof changes[0]; i++)
		if (gv_str_is(said->what, changes[i]))
			told.what = changes[i];
	if (gv_str_is(said->what, "corrected"))
		told.since = corrected_on(rec);
	return told.what && gv_credit_is_told(rec, w->event, &told);
}

/* Nobody can have heard of what was in no feed of ours. */
static int check_entry(struct work *w)
{
	const struct gv_val *rec = &w->a.doc.root;
	struct gv_err *err = &w->a.c->err;

	if (strcmp(w->a.rec.id.schema->kind, "credit") != 0)
		return gv_fail(err, GV_EDATA, _("is a %s, not a %s"), w->a.rec.id.schema->kind, "credit");
	if (gv_credit_is_foreign(rec) || !gv_credit_listings(rec))
		return gv_fail(err, GV_EDATA, "%s", _("was in no feed: it is not published, or another court's"));
	return 0;
}

/* Nor of what was not there yet. */
static int find_listing(struct work *w, const struct said *said, uint32_t *nth)
{
	const struct gv_val *rec = &w->a.doc.root;
	struct gv_err *err = &w->a.c->err;
	gv_day named = gv_day_read(said->published_on), on = gv_day_read((struct gv_str){ said->on.p, said->on.n < GV_DATE_LEN ? 0 : GV_DATE_LEN });
	char today[GV_DATE_LEN + 1];

	gv_day_format(w->a.c->today, today);
	if (on == GV_DAY_NONE)
		return gv_fail_field(err, GV_EDATA, "on", _("\"%.*s\" is not a date"), (int)(said->on.n < 64 ? said->on.n : 64), said->on.p);
	if (on > w->a.c->today)
		return gv_fail_field(err, GV_EDATA, "on", _("%.10s is after today (%s)"), said->on.p, today);
	*nth = gv_credit_listing_meant(rec, said->what, named, on);
	if (*nth != GV_CREDIT_NO_LISTING)
		return 0;
	if (named != GV_DAY_NONE)
		return gv_fail_field(err, GV_EDATA, "published_on", gv_str_is(said->what, "removed") ? _("no listing of %s had ended by %s") : _("no listing of %s was there by %s"),
		                     gv_credit_date(named).s, gv_credit_date(on).s);
	return gv_fail_field(err, GV_EDATA, "what", _("no listing of it had ended by %s"), gv_credit_date(on).s);
}

/* ---- the event ---- */

static int add_event(struct work *w, const struct said *said, uint32_t nth)
{
	struct gv_credit_date published = gv_credit_date(gv_credit_listing(&w->a.doc.root, nth).published);
	const struct { const char *name; struct gv_str text; } fields[] = {
		{ "event", gv_str_of(w->event) }, { "on", said->on }, { "platform", said->platform }, { "what", said->what }, { "published_on", gv_str_of(published.s) },
	};
	struct gv_doc *d = &w->a.doc;
	struct gv_err *err = &w->a.c->err;
	struct gv_val event = gv_mkobj();
	int rc = 0;

	for (size_t i = 0; i < sizeof fields / sizeof fields[0] && !rc; i++)
		if (!gv_str_is(fields[i].text, "?")) /* no day of publication is known */
			rc = gv_obj_set(d, &event, gv_str_of(fields[i].name), gv_mkstr(d, fields[i].text), err);
	return rc ? rc : gv_event_add(d, &d->root, event, err);
}

static int take_row(void *ctx, struct gv_doc *doc, size_t line)
{
	struct work *w = ctx;
	struct said said;
	uint32_t nth = GV_CREDIT_NO_LISTING;
	int rc = read_row(w, &doc->root, &said);

	(void)line;
	if (!rc)
		rc = gv_amend_load(&w->a, said.key);
	if (!rc)
		rc = check_entry(w);
	if (!rc)
		rc = find_listing(w, &said, &nth);
	if (!rc && is_there(w, &said, nth)) {
		w->unchanged++;
		return 0;
	}
	if (!rc)
		rc = add_event(w, &said, nth);
	if (!rc)
		rc = gv_amend_put(&w->a);
	if (rc && said.key.n)
		gv_err_thing(&w->a.c->err, said.key.p, said.key.n < 64 ? said.key.n : 64);
	w->added += !rc;
	return rc;
}

static int run_rows(struct gv_cmd *c, const char *event)
{
	struct work w = { .event = event };
	struct credit_rows rows = { .c = c, .take = take_row, .ctx = &w };
	char what[64];
	int rc;

	if (c->argc > 1)
		return gv_fail(&c->err, GV_EUSAGE, _("\"%s\": one file of rows at a time"), c->argv[1]);
	if (c->argc == 0 && isatty(STDIN_FILENO))
		return gv_fail(&c->err, GV_EUSAGE, "%s", _("which file?  or rows on standard input"));
	rc = gv_cmd_on_done(c, w.on);
	if (!rc)
		rc = gv_amend_begin(&w.a, c);
	if (!rc)
		rc = credit_rows_read(&rows, c->argc ? c->argv[0] : NULL);
	snprintf(what, sizeof what, "%zu of partners", w.added);
	if (!rc && gv_plan_count(w.a.plan))
		rc = gv_cmd_commit(c, w.a.plan, what, NULL, NULL, NULL);
	else if (!rc)
		gv_cmd_note(c, _("%zu rows: nothing to do, %zu unchanged, %zu bad"), rows.n, w.unchanged, rows.bad);
	gv_amend_end(&w.a);
	return rc;
}

static int run_told(struct gv_cmd *c)
{
	return run_rows(c, "notify-platform");
}

static int run_confirmed(struct gv_cmd *c)
{
	return run_rows(c, "acknowledge");
}

#define ROWS(symbol, word, does, text) \
	const struct gv_cmd_spec credit_##symbol = { \
		.name = (word), .summary = (text), \
		.usage = N_("[FILE|-]   (rows {\"key\", \"platform\", \"what\": added|corrected|removed}, or those of feed and export with --platform)"), \
		.operands = "file", .opts = opts, .kind = "credit", \
		.common = GV_C_WRITE | GV_C_BULK | GV_C_ASOF, .records = &gv_cmd_records, .run = (does), \
	};

ROWS(tell, "tell", run_told, N_("record which partners were told what of the list; who was told of a listing has to confirm its end"))
ROWS(acknowledge, "acknowledge", run_confirmed, N_("record what partners confirm; a removal that is not confirmed is a finding"))
