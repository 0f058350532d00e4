/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "archiver_impl.h"
#include "helper.h"
#include "home.h"
#include "i18n.h"

enum { PIPE_BYTES = 1 << 20 };

static void close_fd(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

int gv_archive_spawn(struct gv_archive_child *c, const char *const *args, int from, int to, struct gv_err *err)
{
	struct gv_buf path = GV_BUF_INIT(8192);
	int in[2] = { -1, -1 }, out[2] = { -1, -1 }, said[2] = { -1, -1 };
	int rc = gv_home_libexec(&path, "gavel-archive", err);

	*c = (struct gv_archive_child){ .in = -1, .out = -1, .said = -1 };
	if (!rc && (pipe2(said, O_CLOEXEC) || (from < 0 && pipe2(in, O_CLOEXEC)) ||
	            (to < 0 && pipe2(out, O_CLOEXEC))))
		rc = gv_fail_sys(err, "gavel-archive", _("cannot make a pipe"));
	if (!rc) {
		const int fds[3] = { from < 0 ? in[0] : from, to < 0 ? out[1] : to, said[1] };
		char *argv[8] = { (char *)(uintptr_t)"gavel-archive" };

		for (size_t i = 0; i < 6 && args[i]; i++)
			argv[i + 1] = (char *)(uintptr_t)args[i];
		errno = gv_helper_start(&c->pid, path.p, argv, fds);
		if (errno) {
			c->pid = 0;
			rc = errno == ENOMEM ? gv_fail_nomem(err) : gv_fail_sys(err, path.p, _("cannot run it"));
		}
	}
	close_fd(&in[0]);
	close_fd(&out[1]);
	close_fd(&said[1]);
	c->in = in[1];
	c->out = out[0];
	c->said = said[0];
	if (c->in >= 0)
		fcntl(c->in, F_SETPIPE_SZ, PIPE_BYTES); /* fewer changes from one to the other; no harm if it fails */
	if (c->out >= 0)
		fcntl(c->out, F_SETPIPE_SZ, PIPE_BYTES);
	if (rc)
		gv_archive_end(c);
	gv_buf_free(&path);
	return rc;
}

/* What it says on its way out is a line; it cannot fill a pipe before it is read. */
static int last_words(struct gv_archive_child *c, int status, struct gv_err *err)
{
	struct gv_buf said = GV_BUF_INIT(4096);
	struct gv_str words;
	int rc;

	gv_buf_read_fd(&said, c->said, "gavel-archive", NULL);
	words = gv_str_trim(gv_buf_str(&said));
	if (WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU)
		rc = gv_fail(err, GV_EDATA, "%s", _("reading it takes too long: raise --max-seconds if it may"));
	else if (WIFSIGNALED(status))
		rc = gv_fail(err, GV_EDATA, _("it broke its reader (signal %d)"), WTERMSIG(status));
	else if (words.n)
		rc = gv_fail(err, GV_EIO, "gavel-archive: %.*s", (int)words.n, words.p);
	else
		rc = gv_fail(err, GV_EIO, _("the helper failed with exit code %d"), WEXITSTATUS(status));
	gv_buf_free(&said);
	return rc;
}

int gv_archive_reap(struct gv_archive_child *c, struct gv_err *err)
{
	int status = 0, rc = 0;
	pid_t got;

	close_fd(&c->in);
	close_fd(&c->out);
	if (!c->pid)
		return 0;
	do
		got = waitpid(c->pid, &status, 0);
	while (got < 0 && errno == EINTR);
	if (got == c->pid && status != 0)
		rc = last_words(c, status, err);
	c->pid = 0;
	close_fd(&c->said);
	return rc;
}

void gv_archive_end(struct gv_archive_child *c)
{
	if (c->pid)
		kill(c->pid, SIGKILL);
	gv_archive_reap(c, NULL);
	close_fd(&c->said);
}
