/* SPDX-License-Identifier: MIT */
/* mediator add: a mediator, a channel or a post gets its number. */
#include <string.h>

#include "mediator.h"
#include "opening.h"

static const struct gv_opt opts[] = {
	{ 0, "kind", "KIND", N_("what is added, if not a mediator: channel, post"), .complete = "mediator|channel|post" },
	{ 0, "on", "DATE", N_("entered, or works, since this day, if not today"), .check = "date" },
	{ 0 }
};

static int prepare(struct gv_opening *o, struct gv_val *rec, char number[GV_NUMBER_MAX])
{
	const struct gv_schema *s = gv_cmd_schema(o->c);
	bool person = s->letter == 'M';
	int rc = gv_opening_default(o, rec, "kind", s->kind);

	if (!rc)
		rc = gv_opening_default(o, rec, "state", "active");
	if (!rc)
		rc = gv_opening_default(o, rec, s->date_field, o->on);
	if (!rc && person)
		rc = gv_opening_default(o, rec, "type", "person");
	if (!rc && person)
		rc = gv_opening_event(o, rec, "list", s->date_field);
	return rc ? rc : gv_opening_serial(o, number);
}

static int run(struct gv_cmd *c)
{
	return gv_opening_run(c, prepare, NULL);
}

const struct gv_cmd_spec mediator_add = {
	.name = "add", .summary = N_("enter a mediator in the register, or a channel or post, with the next number; prints it"),
	.usage = N_("FIELD=VALUE...   (or NDJSON without ids on standard input)"), .opts = opts, .kind = "mediator",
	.fields = "id,name,state", .common = GV_C_WRITE | GV_C_BULK | GV_C_OUTPUT | GV_C_RECORDS | GV_C_ASOF,
	.records = &gv_cmd_records, .run = run,
};
