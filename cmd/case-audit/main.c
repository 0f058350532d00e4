/* SPDX-License-Identifier: MIT */
/* case-audit: who did what to a docket, and was it theirs to do? */
#include "case-audit.h"

#define SUB(name) &case_audit_##name,

int main(int argc, char **argv)
{
	static const struct gv_cmd_spec *const subs[] = { CASE_AUDIT_SUBCOMMANDS(SUB) NULL };

	return gv_cmd_main(argc, argv, &(struct gv_cmd_spec){
		.name = "case-audit",
		.summary = N_("prove who changed what in a docket, and whether it was theirs to change"),
		.usage = "SUBCOMMAND",
		.subs = subs,
	});
}
