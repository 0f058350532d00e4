/* SPDX-License-Identifier: MIT */
/* case-file list: which cases? */
#include <string.h>

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
	int rc;

	if (c->argc > 0)
		return gv_fail(&c->err, GV_EUSAGE, _("\"%s\": list takes no ids; case-file get does"), c->argv[0]);
	rc = gv_selection_kind(c);
	if (rc)
		return rc;
	if (strcmp(gv_cmd_schema(c)->kind, "person") == 0)
		c->fields = PERSON_FIELDS;
	return gv_selection_print(c);
}

const struct gv_cmd_spec case_file_list = {
	.name = "list", .summary = N_("list the cases that match, in the order of their numbers; --kind: other records"),
	.usage = "", .opts = opts, .kind = "case", .fields = CASE_FIELDS,
	.common = GV_C_DOCKET | GV_C_SELECT | GV_C_OUTPUT | GV_C_RECORDS | GV_C_ASOF,
	.records = &gv_cmd_records, .run = run,
};
