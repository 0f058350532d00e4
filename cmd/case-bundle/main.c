/* SPDX-License-Identifier: MIT */
/* case-bundle: cases with their history and papers as one file, for another court, an archive,
 * evidence. */
#include "case-bundle.h"

#define SUB(name) &case_bundle_##name,

int main(int argc, char **argv)
{
	static const struct gv_cmd_spec *const subs[] = { CASE_BUNDLE_SUBCOMMANDS(SUB) NULL };

	return gv_cmd_main(argc, argv, &(struct gv_cmd_spec){
		.name = "case-bundle",
		.summary = N_("hand over cases with their history and papers as one signed file"),
		.usage = "SUBCOMMAND",
		.subs = subs,
	});
}
