/* SPDX-License-Identifier: MIT */
/* case-publish list: which publications are there? */
#include "case-publish.h"
#include "selection.h"

static const struct gv_opt opts[] = {
	{ 0, "state", "STATES", N_("states, comma list: proposed,decided,withheld"), .complete = "state" },
	{ 0 }
};

static int run(struct gv_cmd *c)
{
	static const struct gv_kind_fields columns[] = { { NULL, NULL } };

	return gv_selection_list(c, columns);
}

const struct gv_cmd_spec publish_list = {
	.name = "list", .summary = N_("list publications that match"),
	.usage = "", .opts = opts, .kind = "publication", .fields = PUBLISH_FIELDS,
	.common = GV_C_DOCKET | GV_C_SELECT | GV_C_OUTPUT | GV_C_RECORDS | GV_C_ASOF,
	.records = &gv_cmd_records, .run = run,
};
