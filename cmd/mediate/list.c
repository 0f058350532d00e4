/* SPDX-License-Identifier: MIT */
/* mediate list: which mediations? */
#include "mediate.h"
#include "selection.h"

static const struct gv_opt opts[] = {
	{ 0, "year", "YEARS", N_("years of the number, comma list") },
	{ 0, "state", "STATES", N_("states, comma list: open,suspended"), .complete = "state" },
	{ 0, "tribunal", "NAMES", N_("divisions or tribunals, comma list") },
	{ 0, "cause", "NAMES", N_("causes, comma list: 民间借贷纠纷"), .complete = "cause" },
	{ 0, "party", "TEXT", N_("cases with a party whose name contains this") },
	{ 0 }
};

static int run(struct gv_cmd *c)
{
	if (c->argc > 0)
		return gv_fail(&c->err, GV_EUSAGE, _("\"%s\": list takes no ids; mediate show does"), c->argv[0]);
	return gv_selection_print(c);
}

const struct gv_cmd_spec mediate_list = {
	.name = "list", .summary = N_("list the mediations that match, in the order of their numbers"),
	.usage = "", .opts = opts, .kind = "mediation", .fields = MEDIATE_FIELDS,
	.common = GV_C_DOCKET | GV_C_SELECT | GV_C_OUTPUT | GV_C_RECORDS | GV_C_ASOF,
	.records = &gv_cmd_records, .run = run,
};
