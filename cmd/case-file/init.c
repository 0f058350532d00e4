/* SPDX-License-Identifier: MIT */
/* case-file init: make a docket. */
#include <string.h>
#include <unistd.h>

#include "case-file.h"

static const struct gv_opt opts[] = {
	{ 0, "court", "CODE", N_("code of the home court, e.g. 沪0114") },
	{ 0, "shared", "WHO", N_("let others on this machine write too: group or all"), .complete = "group|all" },
	{ 0 }
};

const char *own_program(char path[PATH_MAX])
{
	ssize_t n = readlink("/proc/self/exe", path, PATH_MAX - 1);

	if (n <= 0)
		return NULL;
	path[n] = '\0';
	return path;
}

static int run(struct gv_cmd *c)
{
	const char *court = gv_cmd_opt(c, "court");
	char path[PATH_MAX];
	int rc;

	if (c->argc != 1 || !*c->argv[0])
		return gv_fail(&c->err, GV_EUSAGE, "%s", _("where?  case-file init --court CODE DIR"));
	if (!court)
		return gv_fail(&c->err, GV_EUSAGE, "%s", _("whose docket?  --court CODE, e.g. --court 沪0114"));
	rc = gv_store_init(c->argv[0], &(struct gv_init_opts){
		.court = court, .shared = gv_cmd_opt(c, "shared"), .hook_command = own_program(path),
	}, &c->err);
	if (!rc)
		gv_cmd_note(c, _("docket of %s made in %s"), court, c->argv[0]);
	return rc;
}

const struct gv_cmd_spec case_file_init = {
	.name = "init", .summary = N_("make a docket: a bare git repository with gavel.json and its hook"),
	.usage = N_("--court CODE DIR"), .operands = "dir", .opts = opts, .run = run,
};
