/* SPDX-License-Identifier: MIT */
/* case-file merge: join a branch or a commit that is in the docket already, but not in main. */
#include "take.h"

static int run(struct gv_cmd *c)
{
	struct gv_store *s = gv_cmd_store(c);
	struct gv_oid theirs;
	int rc;

	if (c->argc != 1)
		return gv_fail(&c->err, GV_EUSAGE, "%s", _("which line of history?  case-file merge REV"));
	if (!s)
		return c->err.code;
	rc = gv_store_resolve(s, c->argv[0], &theirs, &c->err);
	return rc ? rc : take_line(c, &theirs, c->argv[0]);
}

const struct gv_cmd_spec case_file_merge = {
	.name = "merge", .summary = N_("join another line of history into main, field by field"),
	.usage = "REV", .operands = "rev", .kind = "case",
	.common = GV_C_WRITE | GV_C_OUTPUT | GV_C_ASOF, .records = &gv_cmd_records, .run = run,
};
