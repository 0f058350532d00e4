/* SPDX-License-Identifier: MIT */
/* seizure: what is seized, for what claim, since when and until when. */
#include "seizure.h"

#define SUB(name) &seizure_##name,

int main(int argc, char **argv)
{
	static const struct gv_cmd_spec *const subs[] = { SEIZURE_SUBCOMMANDS(SUB) NULL };

	return gv_cmd_main(argc, argv, &(struct gv_cmd_spec){
		.name = "seizure",
		.summary = N_("record claims, assets and seizures, and keep their terms"),
		.usage = "SUBCOMMAND",
		.subs = subs,
	});
}
