/* SPDX-License-Identifier: MIT */
#include "helper.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>

#include "home.h"
#include "i18n.h"
#include "run.h"

enum { SAID_MAX = 1024 };

/* What the helper said about itself, by its exit code. */
static int verdict(const char *name, int code, struct gv_str said, struct gv_err *err)
{
	if (code > 128)
		gv_fail(err, GV_EIO, _("the helper was killed by signal %d"), code - 128);
	else if (said.n)
		return gv_fail(err, code > GV_EIO ? GV_EIO : code, "%.*s", (int)said.n, said.p);
	else
		gv_fail(err, code > GV_EIO ? GV_EIO : code, _("the helper failed with exit code %d"), code);
	gv_err_thing(err, name, strlen(name));
	return err ? err->code : code > GV_EIO ? GV_EIO : code;
}

int gv_helper_ask(const char *name, const char *const *args, struct gv_buf *out, struct gv_err *err)
{
	struct gv_buf path = GV_BUF_INIT(8192), said = GV_BUF_INIT(SAID_MAX);
	int code = 0, rc = gv_home_libexec(&path, name, err);

	if (!rc)
		rc = gv_run(&(struct gv_run){ .program = path.p, .args = args }, out, &said, &code, err);
	if (!rc)
		rc = code ? verdict(name, code, gv_str_trim(gv_buf_str(&said)), err) : gv_buf_check(out, err);
	gv_buf_free(&path);
	gv_buf_free(&said);
	return rc;
}

static int give(posix_spawn_file_actions_t *files, const int fds[3])
{
	int rc = 0;

	for (int i = 0; i < 3 && !rc; i++)
		rc = fds[i] >= 0 ? posix_spawn_file_actions_adddup2(files, fds[i], i)
		                 : posix_spawn_file_actions_addopen(files, i, "/dev/null", i ? O_WRONLY : O_RDONLY, 0);
	return rc ? rc : posix_spawn_file_actions_addclosefrom_np(files, 3);
}

int gv_helper_start(pid_t *pid, const char *path, char *const *argv, const int fds[3])
{
	posix_spawn_file_actions_t files;
	posix_spawnattr_t attr;
	char *env[] = { NULL };
	sigset_t all, none;
	int rc = posix_spawn_file_actions_init(&files);

	if (rc)
		return rc;
	rc = posix_spawnattr_init(&attr);
	if (!rc) {
		sigfillset(&all);
		sigemptyset(&none);
		posix_spawnattr_setsigdefault(&attr, &all);
		posix_spawnattr_setsigmask(&attr, &none);
		posix_spawnattr_setflags(&attr, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
		rc = give(&files, fds);
		if (!rc)
			rc = posix_spawn(pid, path, &files, &attr, argv, env);
		posix_spawnattr_destroy(&attr);
	}
	posix_spawn_file_actions_destroy(&files);
	return rc;
}
