/* SPDX-License-Identifier: MIT */
/* A throw-away bare repository for unit tests, and git beside it as the judge. */
#ifndef GAVEL_UNIT_REPO_H
#define GAVEL_UNIT_REPO_H

#include <stdarg.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "unit.h"

static char repo_dir[256];  /* the folder of this test; git repository in it: "r" */

/* sh -c; the exit code.  Output goes where the command sends it. */
__attribute__((format(printf, 1, 2)))
static inline int sh(const char *fmt, ...)
{
	char cmd[4096];
	va_list ap;
	int rc;

	va_start(ap, fmt);
	vsnprintf(cmd, sizeof cmd, fmt, ap);
	va_end(ap);
	fflush(stdout);
	rc = system(cmd);
	return WIFEXITED(rc) ? WEXITSTATUS(rc) : 128 + WTERMSIG(rc);
}

/* What a command prints, without the last newline; valid until the next call but three. */
__attribute__((format(printf, 1, 2)))
static inline const char *sh_out(const char *fmt, ...)
{
	static char kept[4][8192];
	static unsigned next;
	char cmd[4096], *out = kept[next++ % 4];
	va_list ap;
	size_t n = 0;
	FILE *p;

	va_start(ap, fmt);
	vsnprintf(cmd, sizeof cmd, fmt, ap);
	va_end(ap);
	fflush(stdout);
	p = popen(cmd, "r");
	if (p) {
		n = fread(out, 1, sizeof kept[0] - 1, p);
		pclose(p);
	}
	while (n && out[n - 1] == '\n')
		n--;
	out[n] = '\0';
	return out;
}

/* A new folder, made the current one, with a bare repository "r" in it. */
static inline void repo_new(void)
{
	const char *tmp = getenv("TMPDIR");

	snprintf(repo_dir, sizeof repo_dir, "%s/gavel-unit-XXXXXX", tmp && *tmp ? tmp : P_tmpdir);
	setenv("GIT_CONFIG_GLOBAL", "/dev/null", 1);
	setenv("GIT_CONFIG_NOSYSTEM", "1", 1);
	setenv("GIT_AUTHOR_NAME", "书记员", 1);
	setenv("GIT_AUTHOR_EMAIL", "clerk@example.org", 1);
	setenv("GIT_COMMITTER_NAME", "书记员", 1);
	setenv("GIT_COMMITTER_EMAIL", "clerk@example.org", 1);
	unsetenv("GIT_DIR");
	unsetenv("GIT_OBJECT_DIRECTORY");
	umask(022);
	if (!mkdtemp(repo_dir) || chdir(repo_dir) || sh("git init -q --bare --template= -b main r && echo '[core] logAllRefUpdates = true' >>r/config")) {
		printf("Bail out! no temporary repository\n");
		exit(1);
	}
}

static inline void repo_done(void)
{
	if (chdir("/") == 0)
		sh("chmod -R u+w '%s'; rm -rf '%s'", repo_dir, repo_dir);
}

/* git finds nothing wrong. */
static inline void check_fsck(const char *dir)
{
	CHECK_STR(sh_out("git -C '%s' fsck --strict --no-dangling --no-progress 2>&1 | grep -v -e '^notice:' -e ^Checking", dir), "");
}

#endif
