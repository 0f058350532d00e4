/* SPDX-License-Identifier: MIT */
/* credit-repair: the list of dishonest debtors, restrictions of consumption, grace and repair. */
#include "credit-repair.h"

#define SUB(name) &credit_##name,

int main(int argc, char **argv)
{
	static const struct gv_cmd_spec *const subs[] = { CREDIT_SUBCOMMANDS(SUB) NULL };

	return gv_cmd_main(argc, argv, &(struct gv_cmd_spec){
		.name = "credit-repair",
		.summary = N_("list, restrict, give grace, remove and repair, as the law lets"),
		.usage = "SUBCOMMAND",
		.subs = subs,
	});
}
