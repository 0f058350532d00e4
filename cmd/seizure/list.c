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
	if (c->argc > 0)
		return gv_fail(&c->err, GV_EUSAGE, _("\"%s\": list takes no ids; case-file get does"), c->argv[0]);
	if (gv_cmd_schema(c) && gv_str_is(gv_str_of(gv_cmd_schema(c)->kind), "claim"))
		c->fields = "id,case,stage,principal_fen,preservation_fen";
	else if (gv_cmd_schema(c) && gv_str_is(gv_str_of(gv_cmd_schema(c)->kind), "asset"))
		c->fields = "id,type,name,price.fen,value_fen,balance_fen";
	return gv_selection_print(c);
}

const struct gv_cmd_spec seizure_list = {
	.name = "list", .summary = N_("list seizures that match; --kind claim or asset: those"),
	.usage = "", .opts = opts, .kind = "seizure", .fields = SEIZURE_FIELDS,
	.common = GV_C_DOCKET | GV_C_SELECT | GV_C_OUTPUT | GV_C_RECORDS | GV_C_ASOF,
	.records = &gv_cmd_records, .run = run,
};
