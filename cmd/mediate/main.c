/* SPDX-License-Identifier: MIT */
/* mediate: mediation before suit, from the application to its end. */
#include "mediate.h"

#define SUB(name) &mediate_##name,

int main(int argc, char **argv)
{
	static const struct gv_cmd_spec *const subs[] = { MEDIATE_SUBCOMMANDS(SUB) NULL };

	return gv_cmd_main(argc, argv, &(struct gv_cmd_spec){
		.name = "mediate",
		.summary = N_("mediation before suit, from application to agreement, confirmation or filing"),
		.usage = "SUBCOMMAND",
		.subs = subs,
	});
}
