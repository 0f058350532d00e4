/* SPDX-License-Identifier: MIT */
/* The repository of repo.h as a docket, made with git alone. */
#ifndef GAVEL_UNIT_DOCKET_H
#define GAVEL_UNIT_DOCKET_H

#include <limits.h>

#include "repo.h"
#include "store.h"

static char share_dir[PATH_MAX];

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
	if (sh("cd r && printf '{\\n  \"court\": \"沪0114\",\\n  \"fanout\": 100,\\n  \"format\": 1,\\n  \"policy\": {},\\n  "
	       "\"zone\": \"Asia/Shanghai\"\\n}\\n' >../gavel.json && "
	       "git update-index --add --cacheinfo 100644,$(git hash-object -w ../gavel.json),gavel.json && "
	       "git update-ref refs/heads/main $(git commit-tree -m init $(git write-tree)) && rm -f index")) {
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
