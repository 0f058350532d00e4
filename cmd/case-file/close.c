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
	char on[GV_ON_MAX];
	struct gv_assignments fields;
};

static int alter(struct gv_amend *ch)
{
	struct work *w = ch->work;
	struct gv_doc *d = &ch->doc;
	int rc = gv_amend_event(ch, "close", w->on, NULL);

	if (!rc)
		rc = gv_obj_set(d, &d->root, GV_STR("closed_by"), gv_mkstr(d, gv_str_of(w->by)), &ch->c->err);
	if (!rc)
		rc = gv_obj_set(d, &d->root, GV_STR("closed_on"), gv_mkstr(d, gv_str_of(w->on)), &ch->c->err);
	return rc ? rc : gv_assignments_apply(&w->fields, ch->c, ch->rec.id.schema, d, &d->root);
}

static int check_fields(struct gv_cmd *c, const struct gv_assignments *fields)
{
	if (gv_assignments_find(fields, "closed_by"))
		return gv_fail_field(&c->err, GV_EUSAGE, "closed_by", "%s", _("is given by --by"));
	if (gv_assignments_find(fields, "closed_on"))
		return gv_fail_field(&c->err, GV_EUSAGE, "closed_on", "%s", _("is given by --on"));
	return 0;
}

static int run(struct gv_cmd *c)
{
	struct work w = { .by = gv_cmd_opt(c, "by") };
	int rc;

	if (c->argc < 1 || !w.by)
		return gv_fail(&c->err, GV_EUSAGE, "%s", _("which case, and how did it end?  case-file close ID --by HOW"));
	rc = gv_cmd_check_word(c, "--by", w.by, "closed_by");
	if (!rc)
		rc = gv_cmd_on(c, w.on);
	if (!rc)
		rc = gv_assignments_read(&w.fields, c, c->argv + 1, c->argc - 1);
	if (!rc)
		rc = check_fields(c, &w.fields);
	if (!rc)
		rc = gv_amend_run(c, alter, &w, "");
	gv_assignments_free(&w.fields);
	return rc;
}

const struct gv_cmd_spec case_file_close = {
	.name = "close", .summary = N_("close cases"),
	.usage = N_("ID|- --by HOW [--on DATE] [FIELD=VALUE...]"), .operands = "id", .opts = opts,
	.kind = "case", .common = GV_C_WRITE | GV_C_ASOF | GV_C_RECORDS, .records = &gv_cmd_records, .run = run,
};
