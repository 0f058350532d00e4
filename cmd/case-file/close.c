/* SPDX-License-Identifier: MIT */
/* case-file close: a case ends. */
#include <string.h>

#include "case-file.h"

static const struct gv_opt opts[] = {
	{ 0, "by", "HOW", N_("judgment, ruling, mediation, withdrawal, transfer ... (see --list-fields)"), .complete = "closed_by" },
	{ 0, "on", "DATE", N_("the day, if not today"), .check = "date" },
	{ 0 }
};

struct work {
	const char *by;
	char on[32];
	struct assignments fields;
};

static int alter(struct change *ch)
{
	struct work *w = ch->work;
	struct gv_doc *d = &ch->doc;
	struct gv_val how;
	int rc = gv_schema_value(ch->rec.id.schema, d, GV_STR("closed_by"), gv_str_of(w->by), &how, &ch->c->err);

	if (!rc)
		rc = add_event(ch, "close", w->on, NULL);
	if (!rc)
		rc = gv_obj_set(d, &d->root, GV_STR("closed_by"), how, &ch->c->err);
	if (!rc)
		rc = gv_obj_set(d, &d->root, GV_STR("closed_on"), gv_mkstr(d, gv_str_of(w->on)), &ch->c->err);
	return rc ? rc : assignments_apply(&w->fields, ch->c, ch->rec.id.schema, d, &d->root);
}

static int run(struct gv_cmd *c)
{
	struct change ch = { .c = c };
	struct work w = { .by = gv_cmd_opt(c, "by") };
	int rc;

	if (c->argc < 1 || !w.by)
		return gv_fail(&c->err, GV_EUSAGE, "%s", _("which case, and how did it end?  case-file close ID --by HOW"));
	rc = on_option(c, w.on);
	if (!rc)
		rc = assignments_read(&w.fields, c, c->argv + 1, c->argc - 1);
	if (!rc)
		rc = change_begin(&ch, c);
	ch.work = &w;
	if (!rc)
		rc = change_each(&ch, c->argv[0], alter);
	if (!rc && ch.cases)
		rc = change_commit(&ch, NULL);
	change_end(&ch);
	assignments_free(&w.fields);
	return rc;
}

const struct gv_cmd_spec case_file_close = {
	.name = "close", .summary = N_("close cases"),
	.usage = N_("ID|- --by HOW [--on DATE] [FIELD=VALUE...]"), .operands = "id", .opts = opts,
	.kind = "case", .common = GV_C_WRITE | GV_C_ASOF | GV_C_RECORDS, .records = &gv_cmd_records, .run = run,
};
