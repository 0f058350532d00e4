/* SPDX-License-Identifier: MIT */
/* chart_run: finding and running gnuplot. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "chart_impl.h"
#include "i18n.h"

enum { SAID_MAX = 4096 };

static bool is_program(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISREG(st.st_mode) && access(path, X_OK) == 0;
}

int gv_chart_find(struct gv_buf *path, struct gv_err *err)
{
	const char *p = getenv("PATH");

	if (!p)
		p = "/usr/local/bin:/usr/bin:/bin";
	for (size_t n; *p; p += n + (p[n] == ':')) {
		n = strcspn(p, ":");
		if (*p != '/') /* what lies in the folder of the data is not ours to run */
			continue;
		gv_buf_reset(path);
		gv_buf_add(path, p, n);
		gv_buf_adds(path, "/gnuplot");
		if (path->nomem)
			return gv_fail_nomem(err);
		if (!path->failed && is_program(path->p))
			return 0;
		path->failed = false; /* a folder whose name is too long */
	}
	return gv_fail(err, GV_ENOTFOUND, "%s",
	               _("--svg needs gnuplot, which is not installed (Debian: gnuplot-nox)"));
}

int gv_chart_possible(struct gv_err *err)
{
	struct gv_buf path = GV_BUF_INIT(8192);
	int rc = gv_chart_find(&path, err);

	gv_buf_free(&path);
	return rc;
}

/* ---- the child ---- */

struct child {
	pid_t pid;
	int script;
	int out[2], said[2];   /* pipes: stdout, stderr */
	int64_t deadline;
};

static int64_t now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void close_fd(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

/* A file without a name, as a pipe could be full on both sides. */
static int open_all(struct child *c, struct gv_str script, struct gv_err *err)
{
	int rc;

	c->script = memfd_create("gavel-chart", MFD_CLOEXEC);
	if (c->script < 0)
		return gv_fail_sys(err, "gnuplot", _("cannot make a file in memory"));
	rc = gv_write_all(c->script, script.p, script.n, "gnuplot", err);
	if (!rc && lseek(c->script, 0, SEEK_SET) != 0)
		rc = gv_fail_sys(err, "gnuplot", _("cannot make a file in memory"));
	if (!rc && (pipe2(c->out, O_CLOEXEC) || pipe2(c->said, O_CLOEXEC)))
		rc = gv_fail_sys(err, "gnuplot", _("cannot make a pipe"));
	return rc;
}

/* A group of its own, so that all of it can be ended; and not our way to treat SIGPIPE. */
static int attributes(posix_spawnattr_t *attr)
{
	sigset_t set;
	int rc;

	sigemptyset(&set);
	rc = posix_spawnattr_setsigmask(attr, &set);
	sigaddset(&set, SIGPIPE);
	if (!rc)
		rc = posix_spawnattr_setsigdefault(attr, &set);
	if (!rc)
		rc = posix_spawnattr_setflags(attr, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF |
		                                    POSIX_SPAWN_SETSIGMASK);
	return rc;
}

/* posix_spawn returns an errno, and not in errno. */
static int spawn(struct child *c, const char *gnuplot)
{
	/* -d and no HOME: a user's own settings are for his own pictures. */
	char *argv[] = { (char *)gnuplot, "-d", NULL };
	char *env[] = { "PATH=/usr/local/bin:/usr/bin:/bin", "LC_ALL=C.UTF-8", "HOME=/nonexistent", NULL };
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attr;
	int rc = posix_spawn_file_actions_init(&actions);

	if (rc)
		return rc;
	rc = posix_spawnattr_init(&attr);
	if (!rc) {
		rc = attributes(&attr);
		if (!rc)
			rc = posix_spawn_file_actions_adddup2(&actions, c->script, 0);
		if (!rc)
			rc = posix_spawn_file_actions_adddup2(&actions, c->out[1], 1);
		if (!rc)
			rc = posix_spawn_file_actions_adddup2(&actions, c->said[1], 2);
		if (!rc)
			rc = posix_spawn(&c->pid, gnuplot, &actions, &attr, argv, env);
		posix_spawnattr_destroy(&attr);
	}
	posix_spawn_file_actions_destroy(&actions);
	return rc;
}

/* One read into b, closing the pipe at its end; what b has no room for marks it as failed. */
static void drain(int *fd, struct gv_buf *b)
{
	char chunk[8192];
	ssize_t n = read(*fd, chunk, sizeof chunk);

	if (n > 0)
		gv_buf_add(b, chunk, (size_t)n);
	else if (n == 0 || errno != EINTR)
		close_fd(fd);
}

/* False when the time is up. */
static bool listen_to(struct child *c, struct gv_buf *out, struct gv_buf *said)
{
	while (c->out[0] >= 0 || c->said[0] >= 0) {
		struct pollfd fds[2] = {
			{ .fd = c->out[0], .events = POLLIN },
			{ .fd = c->said[0], .events = POLLIN },
		};
		int64_t left = c->deadline - now_ms();

		if (left <= 0)
			return false;
		if (poll(fds, 2, left < INT32_MAX ? (int)left : INT32_MAX) <= 0)
			continue;
		if (fds[0].revents)
			drain(&c->out[0], out);
		if (fds[1].revents)
			drain(&c->said[0], said);
	}
	return true;
}

/* It may have closed its pipes and go on. */
static bool wait_for(struct child *c, int *status)
{
	struct timespec pause = { .tv_nsec = 5000000 };
	pid_t got;

	while ((got = waitpid(c->pid, status, WNOHANG)) != c->pid) {
		if (got < 0 && errno != EINTR)
			return false;
		if (now_ms() >= c->deadline)
			return false;
		nanosleep(&pause, NULL);
	}
	return true;
}

static void end_it(struct child *c)
{
	kill(-c->pid, SIGKILL);
	kill(c->pid, SIGKILL); /* before it has its group */
	while (waitpid(c->pid, NULL, 0) < 0 && errno == EINTR)
		;
}

/* Its first line that says something: gnuplot repeats a bad command with a caret below. */
static struct gv_str first_words(const struct gv_buf *said)
{
	struct gv_str text = gv_str_trim(gv_buf_str(said));
	const char *end = text.n ? memchr(text.p, '\n', text.n) : NULL;

	if (end)
		text.n = (size_t)(end - text.p);
	return text.n > 300 ? (struct gv_str){ text.p, 300 } : gv_str_trim(text);
}

static int verdict(int status, const struct gv_buf *out, const struct gv_buf *said,
                   struct gv_err *err)
{
	struct gv_str words = first_words(said);

	if (WIFSIGNALED(status))
		return gv_fail(err, GV_EIO, _("gnuplot was killed by signal %d"), WTERMSIG(status));
	if (WEXITSTATUS(status) == 0 && out->failed && !out->nomem)
		return gv_fail(err, GV_EIO, _("gnuplot printed more than %zu bytes"), out->max);
	if (WEXITSTATUS(status) == 0)
		return gv_buf_check(out, err);
	if (!words.n)
		return gv_fail(err, GV_EIO, _("gnuplot failed with exit code %d"), WEXITSTATUS(status));
	return gv_fail(err, GV_EIO, _("gnuplot failed: %.*s"), (int)words.n, words.p);
}

int gv_chart_run(const char *gnuplot, struct gv_str script, unsigned seconds, struct gv_buf *out,
                 struct gv_err *err)
{
	struct child c = { .script = -1, .out = { -1, -1 }, .said = { -1, -1 } };
	struct gv_buf said = GV_BUF_INIT(SAID_MAX);
	int rc = open_all(&c, script, err), status = 0;

	if (rc)
		goto out;
	c.deadline = now_ms() + (int64_t)seconds * 1000;
	rc = spawn(&c, gnuplot);
	if (rc) {
		errno = rc;
		rc = errno == ENOMEM ? gv_fail_nomem(err)
		                     : gv_fail_sys(err, gnuplot, _("cannot run gnuplot"));
		goto out;
	}
	close_fd(&c.out[1]);
	close_fd(&c.said[1]);
	if (listen_to(&c, out, &said) && wait_for(&c, &status)) {
		rc = verdict(status, out, &said, err);
	} else {
		end_it(&c);
		rc = gv_fail(err, GV_EIO, gv_trn("gnuplot did not end within %u second",
		                                 "gnuplot did not end within %u seconds", seconds), seconds);
	}
out:
	close_fd(&c.script);
	for (int i = 0; i < 2; i++) {
		close_fd(&c.out[i]);
		close_fd(&c.said[i]);
	}
	gv_buf_free(&said);
	return rc;
}
