/* SPDX-License-Identifier: MIT */
#include "run.h"

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

#include "i18n.h"

enum { ARGS_MAX = 64, NEVER = -1 };

extern char **environ;

/* ---- finding ---- */

static bool is_program(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISREG(st.st_mode) && access(path, X_OK) == 0;
}

int gv_run_find(const char *name, struct gv_buf *path, struct gv_err *err)
{
	const char *p = getenv("PATH");

	if (!p)
		p = "/usr/local/bin:/usr/bin:/bin";
	for (size_t n; *p; p += n + (p[n] == ':')) {
		n = strcspn(p, ":");
		if (*p != '/')
			continue;
		gv_buf_reset(path);
		gv_buf_add(path, p, n);
		gv_buf_addc(path, '/');
		gv_buf_adds(path, name);
		if (path->nomem)
			return gv_fail_nomem(err);
		if (!path->failed && is_program(path->p))
			return 0;
		path->failed = false; /* a folder whose name is too long */
	}
	return gv_fail(err, GV_ENOTFOUND, _("%s is not installed"), name);
}

/* What messages call it. */
static const char *name_of(const struct gv_run *r)
{
	const char *slash = strrchr(r->program, '/');

	return slash ? slash + 1 : r->program;
}

void gv_run_quote(struct gv_buf *out, const char *word)
{
	gv_buf_addc(out, '\'');
	for (; *word; word++) {
		if (*word == '\'')
			gv_buf_adds(out, "'\\''");
		else
			gv_buf_addc(out, *word);
	}
	gv_buf_addc(out, '\'');
}

/* ---- the child ---- */

struct child {
	const struct gv_run *r;
	pid_t pid;
	int in;                /* a file in memory, as a pipe could be full on both sides; -1 = none */
	int out[2], said[2];   /* pipes: stdout, stderr */
	int64_t deadline;      /* NEVER */
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

static int open_all(struct child *c, struct gv_err *err)
{
	const char *name = name_of(c->r);
	int rc = 0;

	if (c->r->input.p) {
		c->in = memfd_create("gavel-input", MFD_CLOEXEC);
		if (c->in < 0)
			return gv_fail_sys(err, name, _("cannot make a file in memory"));
		rc = gv_write_all(c->in, c->r->input.p, c->r->input.n, name, err);
		if (!rc && lseek(c->in, 0, SEEK_SET) != 0)
			rc = gv_fail_sys(err, name, _("cannot make a file in memory"));
	}
	if (!rc && (pipe2(c->out, O_CLOEXEC) || (!c->r->errors_through && pipe2(c->said, O_CLOEXEC))))
		rc = gv_fail_sys(err, name, _("cannot make a pipe"));
	return rc;
}

/* Our way to treat these signals is not the child's. */
static int attributes(const struct gv_run *r, posix_spawnattr_t *attr)
{
	short flags = POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK;
	sigset_t set;
	int rc;

	sigemptyset(&set);
	rc = posix_spawnattr_setsigmask(attr, &set);
	sigaddset(&set, SIGPIPE);
	sigaddset(&set, SIGXFSZ);
	if (!rc)
		rc = posix_spawnattr_setsigdefault(attr, &set);
	if (r->own_group)
		flags |= POSIX_SPAWN_SETPGROUP;
	return rc ? rc : posix_spawnattr_setflags(attr, flags);
}

static int file_actions(const struct child *c, posix_spawn_file_actions_t *a)
{
	int rc = c->in >= 0 ? posix_spawn_file_actions_adddup2(a, c->in, 0)
	                    : posix_spawn_file_actions_addopen(a, 0, "/dev/null", O_RDONLY, 0);

	if (!rc)
		rc = posix_spawn_file_actions_adddup2(a, c->out[1], 1);
	if (!rc && !c->r->errors_through)
		rc = posix_spawn_file_actions_adddup2(a, c->said[1], 2);
	if (!rc && c->r->dir)
		rc = posix_spawn_file_actions_addchdir_np(a, c->r->dir);
	return rc;
}

/* posix_spawn returns an errno, and not in errno. */
static int spawn(struct child *c, const char *path)
{
	char *const *env = c->r->env ? (char *const *)c->r->env : environ;
	char *argv[ARGS_MAX + 2];
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attr;
	size_t n = 0;
	int rc;

	argv[n++] = (char *)path;
	for (; c->r->args[n - 1]; n++) {
		if (n > ARGS_MAX)
			return E2BIG;
		argv[n] = (char *)c->r->args[n - 1];
	}
	argv[n] = NULL;
	rc = posix_spawn_file_actions_init(&actions);
	if (rc)
		return rc;
	rc = posix_spawnattr_init(&attr);
	if (!rc) {
		rc = attributes(c->r, &attr);
		if (!rc)
			rc = file_actions(c, &actions);
		if (!rc)
			rc = posix_spawn(&c->pid, path, &actions, &attr, argv, env);
		posix_spawnattr_destroy(&attr);
	}
	posix_spawn_file_actions_destroy(&actions);
	return rc;
}

/* ---- its end ---- */

/* One read into b, closing the pipe at its end. */
static void drain(int *fd, struct gv_buf *b)
{
	char chunk[8192];
	ssize_t n = read(*fd, chunk, sizeof chunk);

	if (n > 0 && b)
		gv_buf_add(b, chunk, (size_t)n);
	else if (n == 0 || (n < 0 && errno != EINTR))
		close_fd(fd);
}

/* Milliseconds left for poll(); 0 when the time is up. */
static int left(const struct child *c)
{
	int64_t ms = c->deadline - now_ms();

	if (c->deadline == NEVER)
		return -1;
	return ms <= 0 ? 0 : ms < INT32_MAX ? (int)ms : INT32_MAX;
}

/* False when the time is up. */
static bool listen_to(struct child *c, struct gv_buf *out, struct gv_buf *said)
{
	while (c->out[0] >= 0 || c->said[0] >= 0) {
		struct pollfd fds[2] = {
			{ .fd = c->out[0], .events = POLLIN },
			{ .fd = c->said[0], .events = POLLIN },
		};
		int ms = left(c);

		if (ms == 0)
			return false;
		if (poll(fds, 2, ms) <= 0)
			continue;
		if (fds[0].revents)
			drain(&c->out[0], out);
		if (fds[1].revents)
			drain(&c->said[0], said);
	}
	return true;
}

/* It may have closed its pipes and go on.  False when the time is up. */
static bool wait_for(struct child *c, int *status)
{
	struct timespec pause = { .tv_nsec = 5000000 };
	int flags = c->deadline == NEVER ? 0 : WNOHANG;
	pid_t got;

	while ((got = waitpid(c->pid, status, flags)) != c->pid) {
		if (got < 0 && errno != EINTR)
			return false;
		if (left(c) == 0)
			return false;
		if (flags)
			nanosleep(&pause, NULL);
	}
	return true;
}

static void end_it(struct child *c)
{
	if (c->r->own_group)
		kill(-c->pid, SIGKILL);
	kill(c->pid, SIGKILL); /* before it has its group */
	while (waitpid(c->pid, NULL, 0) < 0 && errno == EINTR)
		;
}

static int run_at(struct child *c, const char *path, struct gv_buf *out, struct gv_buf *said, int *code,
                  struct gv_err *err)
{
	int status = 0, rc;

	rc = spawn(c, path);
	if (rc) {
		errno = rc;
		return rc == ENOMEM ? gv_fail_nomem(err) : gv_fail_sys(err, path, _("cannot run it"));
	}
	close_fd(&c->out[1]);
	close_fd(&c->said[1]);
	if (!listen_to(c, out, said) || !wait_for(c, &status)) {
		end_it(c);
		return gv_fail(err, GV_EIO, gv_trn("%s did not end within %u second", "%s did not end within %u seconds",
		                                   c->r->seconds), name_of(c->r), c->r->seconds);
	}
	*code = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
	return 0;
}

int gv_run(const struct gv_run *r, struct gv_buf *out, struct gv_buf *said, int *code, struct gv_err *err)
{
	struct child c = { .r = r, .in = -1, .out = { -1, -1 }, .said = { -1, -1 }, .deadline = NEVER };
	struct gv_buf path = GV_BUF_INIT(8192);
	int rc = 0;

	if (strchr(r->program, '/'))
		gv_buf_adds(&path, r->program);
	else
		rc = gv_run_find(r->program, &path, err);
	if (!rc)
		rc = gv_buf_check(&path, err);
	if (!rc)
		rc = open_all(&c, err);
	if (!rc && r->seconds)
		c.deadline = now_ms() + (int64_t)r->seconds * 1000;
	if (!rc)
		rc = run_at(&c, path.p, out, said, code, err);
	close_fd(&c.in);
	for (int i = 0; i < 2; i++) {
		close_fd(&c.out[i]);
		close_fd(&c.said[i]);
	}
	gv_buf_free(&path);
	return rc;
}
