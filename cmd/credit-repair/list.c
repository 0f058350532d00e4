/* SPDX-License-Identifier: MIT */
/* credit-repair list: which entries, debtors, repairs or promises? */
#include <string.h>

#include "past.h"
#include "selection.h"

static const struct gv_opt opts[] = {
	{ 0, "kind", "KIND", N_("not entries but debtors, repairs or promises"), .complete = "credit|debtor|repair|promise" },
	{ 0, "state", "STATES", N_("states, comma list: listed,grace"), .complete = "state" },
	{ 0 }
};

static int run(struct gv_cmd *c)
{
	static const struct gv_kind_fields columns[] = {
		{ "debtor", "id,type,name" }, { "repair", "id,state,credit,ground,applied_on,decided_on" }, { "promise", "id,debtor,made_on,kept_on,broken_on" },
		{ NULL, NULL },
	};
	const char *kind = gv_cmd_opt(c, "kind");
	bool entries = !kind || strcmp(kind, "credit") == 0;
	struct credit_past past;
	int rc;

	if (entries)
		c->with = "days_listed";
	credit_past_begin(&past, c, 0);
	if (past.on && !entries)
		rc = gv_fail(&c->err, GV_EUSAGE, _("--as-of: how a %s was on that day is not kept in it; --at DAY shows what the docket had"), kind);
	else
		rc = gv_selection_list(c, columns);
	credit_past_end(&past);
	return rc;
}

const struct gv_cmd_spec credit_list = {
	.name = "list", .summary = N_("list entries that match; --kind: debtor, repair, promise"),
	.usage = "", .opts = opts, .kind = "credit", .fields = CREDIT_FIELDS,
	.common = GV_C_DOCKET | GV_C_SELECT | GV_C_OUTPUT | GV_C_RECORDS | GV_C_ASOF,
	.records = &gv_cmd_records, .run = run,
};
