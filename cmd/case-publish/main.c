/* SPDX-License-Identifier: MIT */
/* case-publish: what of a court's work the public may see, and how it is shown. */
#include "case-publish.h"

#define SUB(name) &publish_##name,

int main(int argc, char **argv)
{
	static const struct gv_cmd_spec *const subs[] = { PUBLISH_SUBCOMMANDS(SUB) NULL };

	return gv_cmd_main(argc, argv, &(struct gv_cmd_spec){
		.name = "case-publish",
		.summary = N_("publish judgments, typical cases and reports, as the law lets"),
		.usage = "SUBCOMMAND",
		.subs = subs,
	});
}
