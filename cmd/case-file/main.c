/* SPDX-License-Identifier: MIT */
/* case-file: register, move, find and check cases. */
#include "case-file.h"

#define SUB(name) &case_file_##name,

int main(int argc, char **argv)
{
	static const struct gv_cmd_spec *const subs[] = { CASE_FILE_SUBCOMMANDS(SUB) NULL };

	return gv_cmd_main(argc, argv, &(struct gv_cmd_spec){
		.name = "case-file",
		.summary = N_("register, move, find and check the cases of a docket"),
		.usage = "SUBCOMMAND",
		.subs = subs,
	});
}
