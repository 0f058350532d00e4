/* SPDX-License-Identifier: MIT */
/* case-file set: change fields of cases. */
#include "case-file.h"

static int alter(struct gv_amend *ch)
{
	return gv_assignments_apply(ch->work, ch->c, ch->rec.id.schema, &ch->doc, &ch->doc.root);
}

static int run(struct gv_cmd *c)
{
	struct gv_assignments fields = { 0 };
	int rc;

	if (c->argc < 2)
		return gv_fail(&c->err, GV_EUSAGE, "%s", _("which case and which fields?  case-file set ID FIELD=VALUE..."));
	rc = gv_assignments_read(&fields, c, c->argv + 1, c->argc - 1);
	if (!rc)
		rc = gv_amend_run(c, alter, &fields, "");
	gv_assignments_free(&fields);
	return rc;
}

const struct gv_cmd_spec case_file_set = {
	.name = "set", .summary = N_("change fields of cases; FIELD= removes one"),
	.usage = N_("ID|- FIELD=VALUE...   (FIELD=@FILE reads the value, - takes ids from standard input)"),
	.operands = "id", .kind = "case", .common = GV_C_WRITE | GV_C_ASOF, .records = &gv_cmd_records, .run = run,
};
