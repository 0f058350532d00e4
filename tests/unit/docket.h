/* SPDX-License-Identifier: MIT */
/* The repository of repo.h as a docket, made with git alone. */
#ifndef GAVEL_UNIT_DOCKET_H
#define GAVEL_UNIT_DOCKET_H

#include <limits.h>

#include "repo.h"
#include "store.h"

static char share_dir[PATH_MAX];

#define DOCKET_CONFIG "{\n  \"court\": \"沪0114\",\n  \"fanout\": 100,\n  \"format\": 1,\n  \"policy\": {},\n  \"zone\": \"Asia/Shanghai\"\n}\n"

static inline int docket_write(const char *path, const char *text)
{
	FILE *f = fopen(path, "w");

	return !f || fputs(text, f) < 0 || fclose(f);
}

static inline void docket_new(void)
{
	if (!share_dir[0] && !realpath("share", share_dir)) {
		printf("Bail out! run from the source tree\n");
		exit(1);
	}
	setenv("GAVEL_SHARE", share_dir, 1);
	setenv("GAVEL_TODAY", "2022-06-30", 1);
	unsetenv("GAVEL_DOCKET");
	repo_new();
	if (docket_write("gavel.json", DOCKET_CONFIG) || docket_write("import", "commit refs/heads/main\ncommitter A <a@b> now\n"
	    "data 4\ninit\nM 100644 inline gavel.json\ndata <<END\n" DOCKET_CONFIG "END\n") ||
	    sh("git -C r fast-import --quiet --date-format=now <import && rm import")) {
		printf("Bail out! no docket\n");
		exit(1);
	}
}

static inline struct gv_store *docket_open(void)
{
	struct gv_err err = { 0 };
	struct gv_store *s = NULL;

	CHECK_OK(gv_store_open(&s, "r", &err), &err);
	return s;
}

#endif
