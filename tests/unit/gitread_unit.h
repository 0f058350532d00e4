/* SPDX-License-Identifier: MIT */
/* What the tests of the reading half share: a docket in a fresh folder, git's answers as ids and texts. */
#ifndef GAVEL_GITREAD_UNIT_H
#define GAVEL_GITREAD_UNIT_H

#include "docket.h"

static char start_dir[PATH_MAX];

/* A new docket "r" in a new folder, whatever folder the last test left us in. */
static inline void start_docket(void)
{
	const char *bin = getenv("BIN");
	char path[PATH_MAX + 64];

	if (!start_dir[0] && getcwd(start_dir, sizeof start_dir)) {
		if (bin && bin[0] == '/')
			snprintf(path, sizeof path, "%s/../libexec/gavel", bin);
		else
			snprintf(path, sizeof path, "%s/%s/../libexec/gavel", start_dir, bin && *bin ? bin : "bin");
		setenv("GAVEL_LIBEXEC", path, 0);
	}
	if (chdir(start_dir))
		exit(1);
	docket_new();
}

static inline bool has_helper(void)
{
	char path[PATH_MAX + 64];

	snprintf(path, sizeof path, "%s/gavel-git", getenv("GAVEL_LIBEXEC"));
	return access(path, X_OK) == 0;
}

static inline struct gv_oid oid_of_rev(const char *rev)
{
	struct gv_oid oid = { { 0 } };

	CHECK_ROW(gv_oid_read(&oid, gv_str_of(sh_out("git -C r rev-parse '%s'", rev))), rev);
	return oid;
}

/* One more commit on main, with one file changed. */
static inline void add_file(const char *path, const char *text, const char *message)
{
	CHECK_ROW(sh("cd r && export GIT_INDEX_FILE=i && git read-tree main && cat >../text <<'E'\n%s\nE\n"
	             "head -c -1 ../text >../exact && git update-index --add --cacheinfo 100644,$(git hash-object -w ../exact),'%s' && "
	             "git update-ref refs/heads/main $(git commit-tree -m '%s' -p main $(git write-tree))", text, path, message) == 0, path);
}

#endif
