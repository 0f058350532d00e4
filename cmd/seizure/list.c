/* SPDX-License-Identifier: MIT */
/* seizure list: which seizures, claims or assets? */
#include "seizure.h"
#include "selection.h"

static const struct gv_opt opts[] = {
	{ 0, "kind", "KIND", N_("not seizures but claims or assets"), .complete = "seizure|claim|asset" },
	{ 0, "state", "STATES", N_("states, comma list: effective,waiting"), .complete = "state" },
	{ 0 }
};

static int run(struct gv_cmd *c)
{
	static const struct gv_kind_fields columns[] = {
		{ "claim", "id,case,stage,principal_fen,preservation_fen" }, { "asset", "id,type,name,price.fen,value_fen,balance_fen" }, { NULL, NULL },
	};

	return gv_selection_list(c, columns);
}

const struct gv_cmd_spec seizure_list = {
	.name = "list", .summary = N_("list seizures that match; --kind claim or asset: those"),
	.usage = "", .opts = opts, .kind = "seizure", .fields = SEIZURE_FIELDS,
	.common = GV_C_DOCKET | GV_C_SELECT | GV_C_OUTPUT | GV_C_RECORDS | GV_C_ASOF,
	.records = &gv_cmd_records, .run = run,
};
