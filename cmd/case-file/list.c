/* SPDX-License-Identifier: MIT */
/* case-file list: which cases? */
#include "case-file.h"
#include "selection.h"

/* Columns of the kinds that are no cases; of others the scalars of the first record. */
#define PERSON_FIELDS "id,name,state,position,roles[].role,roles[].unit,emails"

static const struct gv_opt opts[] = {
	GV_SELECT_KIND_OPTS
	GV_SELECT_NUMBER_OPTS
	GV_SELECT_FIELD_OPTS
	{ 0 }
};

static int run(struct gv_cmd *c)
{
	static const struct gv_kind_fields columns[] = { { "person", PERSON_FIELDS }, { NULL, NULL } };

	return gv_selection_list(c, columns);
}

const struct gv_cmd_spec case_file_list = {
	.name = "list", .summary = N_("list the cases that match, in the order of their numbers; --kind: other records"),
	.usage = "", .opts = opts, .kind = "case", .fields = CASE_FIELDS,
	.common = GV_C_DOCKET | GV_C_SELECT | GV_C_OUTPUT | GV_C_RECORDS | GV_C_ASOF,
	.records = &gv_cmd_records, .run = run,
};
