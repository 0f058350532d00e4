/* SPDX-License-Identifier: MIT */
#include "git.h"

#include <stdlib.h>

#include "i18n.h"
#include "run.h"

enum { ARGS_MAX = 48 };

extern char **environ;

/* `git rev-parse --local-env-vars`, without GIT_CONFIG_PARAMETERS and _COUNT: what `git -c` said holds for us, too. */
static const char *const local_vars[] = {
	"GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_CONFIG", "GIT_OBJECT_DIRECTORY", "GIT_DIR", "GIT_WORK_TREE",
	"GIT_IMPLICIT_WORK_TREE", "GIT_GRAFT_FILE", "GIT_INDEX_FILE", "GIT_NO_REPLACE_OBJECTS", "GIT_REPLACE_REF_BASE",
	"GIT_PREFIX", "GIT_SHALLOW_FILE", "GIT_COMMON_DIR", "GIT_QUARANTINE_PATH",
};

static bool is_local(const char *var)
{
	size_t n = strcspn(var, "=");

	for (size_t i = 0; i < sizeof local_vars / sizeof local_vars[0]; i++)
		if (strlen(local_vars[i]) == n && memcmp(local_vars[i], var, n) == 0)
			return true;
	return false;
}

/* The array is the caller's, the strings are not. */
static const char **clean_environment(void)
{
	size_t n = 0, kept = 0;
	const char **env;

	while (environ[n])
		n++;
	env = calloc(n + 1, sizeof *env);
	for (size_t i = 0; env && i < n; i++)
		if (!is_local(environ[i]))
			env[kept++] = environ[i];
	return env;
}

int gv_git(const struct gv_git *where, const char *const *args, struct gv_buf *out, struct gv_buf *said, int *code,
           struct gv_err *err)
{
	const char *all[ARGS_MAX + 3] = { "--git-dir", where->gitdir };
	const char **env = clean_environment();
	size_t n = where->gitdir ? 2 : 0;
	int rc;

	if (!env)
		return gv_fail_nomem(err);
	for (; *args && n < ARGS_MAX + 2; args++)
		all[n++] = *args;
	all[n] = NULL;
	rc = gv_run(&(struct gv_run){
		.program = "git", .args = all, .env = env, .dir = where->dir, .errors_through = !said,
	}, out, said, code, err);
	free(env);
	return rc;
}

int gv_git_fail(const char *what, int code, const struct gv_buf *said, struct gv_err *err)
{
	struct gv_str why = gv_str_trim(gv_buf_str(said));

	return gv_fail(err, GV_EIO, _("git %s failed (exit code %d): %.*s"), what, code, (int)why.n, why.p);
}

int gv_git_ask(const struct gv_git *where, const char *const *args, struct gv_buf *out, struct gv_err *err)
{
	struct gv_buf said = GV_BUF_INIT(4096);
	int code = 0, rc = gv_git(where, args, out, &said, &code, err);

	if (!rc && code)
		rc = gv_git_fail(args[0], code, &said, err);
	if (!rc)
		rc = gv_buf_check(out, err);
	while (!rc && out->n && out->p[out->n - 1] == '\n')
		out->p[--out->n] = '\0';
	gv_buf_free(&said);
	return rc;
}
