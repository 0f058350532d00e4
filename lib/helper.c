/* SPDX-License-Identifier: MIT */
#include "helper.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "home.h"
#include "i18n.h"

enum { ARGS_MAX = 16, SAID_MAX = 1024 };

extern char **environ;

struct child {
	pid_t pid;
	int out[2], said[2];   /* pipes: stdout, stderr */
};

static void close_fd(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

/* spawn returns an errno, and not in errno. */
static int spawn(struct child *c, const char *path, const char *const *args)
{
	char *argv[ARGS_MAX + 2];
	posix_spawn_file_actions_t actions;
	size_t n = 0;
	int rc;

	argv[n++] = (char *)path;
	for (; args[n - 1]; n++) {
		if (n > ARGS_MAX)
			return E2BIG;
		argv[n] = (char *)args[n - 1];
	}
	argv[n] = NULL;
	rc = posix_spawn_file_actions_init(&actions);
	if (rc)
		return rc;
	rc = posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
	if (!rc)
		rc = posix_spawn_file_actions_adddup2(&actions, c->out[1], 1);
	if (!rc)
		rc = posix_spawn_file_actions_adddup2(&actions, c->said[1], 2);
	if (!rc)
		rc = posix_spawn(&c->pid, path, &actions, NULL, argv, environ);
	posix_spawn_file_actions_destroy(&actions);
	return rc;
}

/* One read into b, closing the pipe at its end.  What is beyond b's maximum is read and dropped, so
 * that the child is not left hanging, and marks b as failed. */
static void drain(int *fd, struct gv_buf *b)
{
	char chunk[4096];
	ssize_t n = read(*fd, chunk, sizeof chunk);

	if (n > 0)
		gv_buf_add(b, chunk, (size_t)n);
	else if (n == 0 || errno != EINTR)
		close_fd(fd);
}

static void listen_to(struct child *c, struct gv_buf *out, struct gv_buf *said)
{
	while (c->out[0] >= 0 || c->said[0] >= 0) {
		struct pollfd fds[2] = {
			{ .fd = c->out[0], .events = POLLIN },
			{ .fd = c->said[0], .events = POLLIN },
		};

		if (poll(fds, 2, -1) < 0 && errno != EINTR)
			return;
		if (fds[0].revents)
			drain(&c->out[0], out);
		if (fds[1].revents)
			drain(&c->said[0], said);
	}
}

static int verdict(const char *name, pid_t pid, const struct gv_buf *out, const struct gv_buf *said,
                   struct gv_err *err)
{
	struct gv_str text = gv_str_trim(gv_buf_str(said));
	int status, code;

	while (waitpid(pid, &status, 0) < 0) {
		if (errno != EINTR)
			return gv_fail_sys(err, name, _("cannot wait for the helper"));
	}
	if (WIFSIGNALED(status)) {
		code = gv_fail(err, GV_EIO, _("the helper was killed by signal %d"),
		               WTERMSIG(status));
		gv_err_thing(err, name, strlen(name));
		return code;
	}
	code = WEXITSTATUS(status);
	if (code == 0)
		return gv_buf_check(out, err);
	if (code > GV_EIO)
		code = GV_EIO;
	if (text.n)
		return gv_fail(err, code, "%.*s", (int)text.n, text.p);
	gv_fail(err, code, _("the helper failed with exit code %d"), WEXITSTATUS(status));
	gv_err_thing(err, name, strlen(name));
	return code;
}

int gv_helper_ask(const char *name, const char *const *args, struct gv_buf *out, struct gv_err *err)
{
	struct gv_buf path = GV_BUF_INIT(8192), said = GV_BUF_INIT(SAID_MAX);
	struct child c = { .out = { -1, -1 }, .said = { -1, -1 } };
	int rc = gv_home_libexec(&path, name, err);

	if (rc)
		goto out;
	if (pipe2(c.out, O_CLOEXEC) != 0 || pipe2(c.said, O_CLOEXEC) != 0) {
		rc = gv_fail_sys(err, name, _("cannot make a pipe"));
		goto out;
	}
	rc = spawn(&c, path.p, args);
	if (rc) {
		errno = rc;
		rc = gv_fail_sys(err, path.p, _("cannot run the helper"));
		goto out;
	}
	close_fd(&c.out[1]);
	close_fd(&c.said[1]);
	listen_to(&c, out, &said);
	close_fd(&c.out[0]);
	close_fd(&c.said[0]);
	rc = verdict(name, c.pid, out, &said, err);
out:
	for (int i = 0; i < 2; i++) {
		close_fd(&c.out[i]);
		close_fd(&c.said[i]);
	}
	gv_buf_free(&path);
	gv_buf_free(&said);
	return rc;
}
