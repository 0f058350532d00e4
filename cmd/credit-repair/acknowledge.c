/* SPDX-License-Identifier: MIT */
/* credit-repair acknowledge: what partners confirm of our feed, many at once: rows {"key", "platform", "what"}, perhaps with "on". */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "credit-repair.h"

static const struct gv_opt opts[] = {
	{ 0, "on", "DATE", N_("the day of those that say none, if not today") },
	{ 0 }
};

struct work {
	struct gv_amend a;
	char on[GV_ON_MAX];
	size_t added, unchanged;
};

/* Since when the change stands that is confirmed: what was confirmed before is another. */
static gv_day changed_on(const struct gv_val *rec, struct gv_str what)
{
	gv_day last = GV_DAY_NONE;
	const struct gv_val *event;

	if (gv_str_is(what, "removed"))
		return gv_credit_day(rec, "removal.on");
	if (gv_str_is(what, "added"))
		return gv_credit_day(rec, "published_on");
	for (uint32_t at = 0; (event = gv_credit_next(rec, "correct", &at));)
		last = gv_credit_event_day(event);
	return last;
}

static bool is_confirmed(const struct gv_val *rec, struct gv_str platform, struct gv_str what)
{
	gv_day since = changed_on(rec, what);
	const struct gv_val *event;

	for (uint32_t at = 0; (event = gv_credit_next(rec, "acknowledge", &at));)
		if (gv_str_eq(gv_val_getstr(event, "platform"), platform) && gv_str_eq(gv_val_getstr(event, "what"), what) &&
		    (since == GV_DAY_NONE || gv_credit_event_day(event) >= since))
			return true;
	return false;
}

static int check_row(struct work *w, const struct gv_val *row)
{
	static const char *const fields[] = { "key", "platform", "what" };
	struct gv_err *err = &w->a.c->err;

	for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++)
		if (!gv_val_getstr(row, fields[i]).n)
			return gv_fail_field(err, GV_EDATA, fields[i], "%s", _("is missing"));
	for (uint32_t i = 0; i < row->n; i++) {
		struct gv_str name = row->members[i].name;

		if (!gv_rule_listed(GV_STR("key,platform,what,on"), name))
			return gv_fail_field(err, GV_EDATA, "", _("%.*s is no field of an acknowledgement"), (int)(name.n < 64 ? name.n : 64), name.p);
	}
	return 0;
}

static int add_event(struct work *w, struct gv_str platform, struct gv_str what, struct gv_str on)
{
	struct gv_doc *d = &w->a.doc;
	struct gv_err *err = &w->a.c->err;
	struct gv_val event = gv_mkobj();
	int rc = gv_obj_set(d, &event, GV_STR("event"), gv_mklit("acknowledge"), err);

	if (!rc)
		rc = gv_obj_set(d, &event, GV_STR("on"), gv_mkstr(d, on), err);
	if (!rc)
		rc = gv_obj_set(d, &event, GV_STR("platform"), gv_mkstr(d, platform), err);
	if (!rc)
		rc = gv_obj_set(d, &event, GV_STR("what"), gv_mkstr(d, what), err);
	return rc ? rc : gv_event_add(d, &d->root, event, err);
}

/* Nobody can have heard of what was in no feed of ours. */
static int check_entry(struct work *w, struct gv_str on)
{
	const struct gv_val *rec = &w->a.doc.root;
	struct gv_err *err = &w->a.c->err;
	char today[GV_DATE_LEN + 1];

	gv_day_format(w->a.c->today, today);
	if (strcmp(w->a.rec.id.schema->kind, "credit") != 0)
		return gv_fail(err, GV_EDATA, _("is a %s, not a %s"), w->a.rec.id.schema->kind, "credit");
	if (gv_credit_is_foreign(rec) || (!gv_credit_was_published(rec) && !gv_val_get(rec, "earlier")))
		return gv_fail(err, GV_EDATA, "%s", _("was in no feed: it is not published, or another court's"));
	if (on.n < GV_DATE_LEN || gv_day_read((struct gv_str){ on.p, GV_DATE_LEN }) <= w->a.c->today)
		return 0;
	return gv_fail_field(err, GV_EDATA, "on", _("%.10s is after today (%s)"), on.p, today);
}

static int take_row(void *ctx, struct gv_doc *doc, size_t line)
{
	struct work *w = ctx;
	const struct gv_val *row = &doc->root;
	struct gv_str key = gv_val_getstr(row, "key"), platform = gv_val_getstr(row, "platform"), what = gv_val_getstr(row, "what"), on = gv_val_getstr(row, "on");
	int rc = check_row(w, row);

	(void)line;
	if (!rc)
		rc = gv_amend_load(&w->a, key);
	if (!rc)
		rc = check_entry(w, on);
	if (!rc && is_confirmed(&w->a.doc.root, platform, what)) {
		w->unchanged++;
		return 0;
	}
	if (!rc)
		rc = add_event(w, platform, what, on.n ? on : gv_str_of(w->on));
	if (!rc)
		rc = gv_amend_put(&w->a);
	if (rc && key.n)
		gv_err_thing(&w->a.c->err, key.p, key.n < 64 ? key.n : 64);
	w->added += !rc;
	return rc;
}

static int run(struct gv_cmd *c)
{
	struct work w = { 0 };
	struct credit_rows rows = { .c = c, .take = take_row, .ctx = &w };
	char what[64];
	int rc;

	if (c->argc > 1)
		return gv_fail(&c->err, GV_EUSAGE, _("\"%s\": one file of acknowledgements at a time"), c->argv[1]);
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

const struct gv_cmd_spec credit_acknowledge = {
	.name = "acknowledge", .summary = N_("record what partners confirm of the feed; an unconfirmed removal is a finding"),
	.usage = N_("[FILE|-]   (rows {\"key\", \"platform\", \"what\": added|corrected|removed})"), .operands = "file", .opts = opts, .kind = "credit",
	.common = GV_C_WRITE | GV_C_BULK | GV_C_ASOF, .records = &gv_cmd_records, .run = run,
};
