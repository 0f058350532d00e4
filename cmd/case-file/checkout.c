/* SPDX-License-Identifier: MIT */
/* case-file checkout: the docket as text files, to look at and to grep. */
#include "case-file.h"

static int run(struct gv_cmd *c)
{
	struct gv_store *s = gv_cmd_store(c);
	struct gv_view_result r;
	int rc;

	if (!s)
		return c->err.code;
	if (c->argc != 1)
		return gv_fail(&c->err, GV_EUSAGE, "%s", _("where to?  case-file checkout DIR"));
	rc = gv_store_checkout(s, c->argv[0], &r, &c->err);
	if (!rc)
		gv_cmd_note(c, _("%s: %zu files written, %zu removed, %zu unchanged"), c->argv[0], r.written, r.removed,
		            r.unchanged);
	return rc;
}

const struct gv_cmd_spec case_file_checkout = {
	.name = "checkout", .summary = N_("write a read-only view of the docket into a folder, or refresh it"),
	.usage = "DIR", .operands = "dir", .kind = "case",
	.common = GV_C_DOCKET, .records = &gv_cmd_records, .run = run,
};
