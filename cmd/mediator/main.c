/* SPDX-License-Identifier: MIT */
/* mediator: the register of those who mediate for the court. */
#include "mediator.h"

#define SUB(name) &mediator_##name,

int main(int argc, char **argv)
{
	static const struct gv_cmd_spec *const subs[] = { MEDIATOR_SUBCOMMANDS(SUB) NULL };

	return gv_cmd_main(argc, argv, &(struct gv_cmd_spec){
		.name = "mediator",
		.summary = N_("the register of mediators: who may mediate what, their training, conduct and pay"),
		.usage = "SUBCOMMAND",
		.subs = subs,
	});
}
