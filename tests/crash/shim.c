/* SPDX-License-Identifier: MIT */
/*
 * An LD_PRELOAD shim that counts the calls by which a program changes a file system, and lets the
 * n-th of them kill the whole process group, or fail.  One counter for all processes of a run: a
 * helper counts on.
 *
 *   CRASH_COUNT=FILE    the shared counter, 8 bytes, zero at the start; without it nothing is done
 *   CRASH_AT=N          the call to act at; 0 = count only
 *   CRASH_HOW=kill      SIGKILL to the process group, before the call is made
 *            =int       SIGINT instead: ^C
 *            =ENOSPC|EIO|EACCES   this call fails with that
 *            =full      from this call on, whatever takes room fails with ENOSPC
 *            =nolinks   from this call on, there are no hard links
 *            =short     a write stops half way, and fails with ENOSPC when it is tried again
 *   CRASH_TRACE=FILE    a line per call: "N CALL PATH [PATH]"
 */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>
#include <utime.h>

static _Atomic unsigned long *counter;
static unsigned long at;
static const char *how, *trace;

__attribute__((constructor)) static void start(void)
{
	const char *file = getenv("CRASH_COUNT"), *n = getenv("CRASH_AT");
	int fd = file ? (int)syscall(SYS_openat, AT_FDCWD, file, O_RDWR | O_CLOEXEC) : -1;
	void *p;

	if (fd < 0)
		return;
	p = mmap(NULL, sizeof *counter, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	syscall(SYS_close, fd);
	if (p == MAP_FAILED)
		return;
	at = n ? strtoul(n, NULL, 10) : 0;
	how = getenv("CRASH_HOW");
	trace = getenv("CRASH_TRACE");
	if (how && strcmp(how, "int") == 0)
		signal(SIGINT, SIG_DFL); /* a job in the background ignores it */
	counter = p;
}

/* ---- what a call is about, for the trace ---- */

static const char *name_fd(int fd, char out[PATH_MAX])
{
	char link[64];
	ssize_t n;

	snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
	n = readlink(link, out, PATH_MAX - 1);
	out[n < 0 ? 0 : n] = '\0';
	return out;
}

static const char *name_at(int dir, const char *path, char out[PATH_MAX])
{
	char base[PATH_MAX];

	int n;

	base[0] = '\0';
	if (path[0] != '/' && dir != AT_FDCWD)
		name_fd(dir, base);
	else if (path[0] != '/' && !getcwd(base, sizeof base))
		base[0] = '\0';
	n = snprintf(out, PATH_MAX, "%s%s%s", base, base[0] ? "/" : "", path);
	return n < PATH_MAX ? out : "(too long)";
}

static void note(unsigned long n, const char *call, const char *a, const char *b)
{
	char line[2 * PATH_MAX + 64];
	int fd, len;

	if (!trace)
		return;
	len = snprintf(line, sizeof line, "%lu %s %s %s\n", n, call, a, b);
	fd = (int)syscall(SYS_openat, AT_FDCWD, trace, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC,
	                  0600);
	if (fd >= 0) {
		syscall(SYS_write, fd, line, (size_t)len);
		syscall(SYS_close, fd);
	}
}

/* ---- the decision ---- */

enum verdict { GO, FAIL, HALF };

static bool takes_room(const char *call)
{
	static const char *const calls[] = { "create", "write", "mkdir", "link", "fsync" };

	for (size_t i = 0; i < sizeof calls / sizeof calls[0]; i++)
		if (strcmp(call, calls[i]) == 0)
			return true;
	return false;
}

static enum verdict act(const char *call, unsigned long n)
{
	bool first = n == at;

	if (first && strcmp(how, "kill") == 0) {
		kill(0, SIGKILL);
		for (;;)
			pause();
	}
	if (strcmp(how, "int") == 0) {
		if (first)
			kill(0, SIGINT);
		return GO;
	}
	errno = strcmp(how, "EIO") == 0 ? EIO : strcmp(how, "EACCES") == 0 ? EACCES : ENOSPC;
	if (strcmp(how, "full") == 0)
		return takes_room(call) ? FAIL : GO;
	if (strcmp(how, "nolinks") == 0) {
		errno = EPERM;
		return strcmp(call, "link") == 0 ? FAIL : GO;
	}
	if (strcmp(how, "short") == 0)
		return strcmp(call, "write") != 0 || n > at + 1 ? GO : first ? HALF : FAIL;
	return first ? FAIL : GO;
}

static enum verdict judge(const char *call, const char *a, const char *b)
{
	unsigned long n;

	if (!counter)
		return GO;
	n = atomic_fetch_add(counter, 1) + 1;
	note(n, call, a, b);
	return at && how && n >= at ? act(call, n) : GO;
}

static enum verdict judge_fd(const char *call, int fd)
{
	char name[PATH_MAX];
	struct stat st;

	/* Pipes and terminals are no file system, and what is printed comes after the deed. */
	if (!counter || fd == STDOUT_FILENO || fd == STDERR_FILENO || fstat(fd, &st) || (!S_ISREG(st.st_mode) && !S_ISDIR(st.st_mode)))
		return GO;
	return judge(call, name_fd(fd, name), "");
}

static enum verdict judge_at(const char *call, int dir, const char *path)
{
	char name[PATH_MAX];

	return counter ? judge(call, name_at(dir, path, name), "") : GO;
}

#define REAL(name) __extension__ ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

/* ---- files ---- */

static int do_open(const char *call, int dir, const char *path, int flags, mode_t mode)
{
	if (flags & O_CREAT && judge_at(call, dir, path) == FAIL)
		return -1;
	return (int)syscall(SYS_openat, dir, path, flags, mode);
}

#define OPEN(name) \
	int name(const char *path, int flags, ...) \
	{ \
		va_list ap; \
		mode_t mode; \
		va_start(ap, flags); \
		mode = flags & O_CREAT ? va_arg(ap, mode_t) : 0; \
		va_end(ap); \
		return do_open("create", AT_FDCWD, path, flags, mode); \
	}
OPEN(open)
OPEN(open64)

#define OPENAT(name) \
	int name(int dir, const char *path, int flags, ...) \
	{ \
		va_list ap; \
		mode_t mode; \
		va_start(ap, flags); \
		mode = flags & O_CREAT ? va_arg(ap, mode_t) : 0; \
		va_end(ap); \
		return do_open("create", dir, path, flags, mode); \
	}
OPENAT(openat)
OPENAT(openat64)

/* The C library makes these with calls of its own that nobody sees. */
#define TEMPORARY(name) \
	int name(char *path, int flags) \
	{ \
		return judge_at("create", AT_FDCWD, path) == FAIL ? -1 : REAL(name)(path, flags); \
	}
TEMPORARY(mkostemp)
TEMPORARY(mkostemp64)

int mkstemp(char *path)
{
	return judge_at("create", AT_FDCWD, path) == FAIL ? -1 : REAL(mkstemp)(path);
}

int mkstemp64(char *path)
{
	return judge_at("create", AT_FDCWD, path) == FAIL ? -1 : REAL(mkstemp64)(path);
}

char *mkdtemp(char *path)
{
	return judge_at("mkdir", AT_FDCWD, path) == FAIL ? NULL : REAL(mkdtemp)(path);
}

ssize_t write(int fd, const void *p, size_t n)
{
	enum verdict v = judge_fd("write", fd);

	if (v == FAIL)
		return -1;
	return syscall(SYS_write, fd, p, v == HALF ? n / 2 : n);
}

ssize_t pwrite(int fd, const void *p, size_t n, off_t where)
{
	enum verdict v = judge_fd("write", fd);

	if (v == FAIL)
		return -1;
	return syscall(SYS_pwrite64, fd, p, v == HALF ? n / 2 : n, where);
}

ssize_t pwrite64(int fd, const void *p, size_t n, off64_t where)
{
	return pwrite(fd, p, n, where);
}

ssize_t writev(int fd, const struct iovec *iov, int n)
{
	return judge_fd("write", fd) == FAIL ? -1 : REAL(writev)(fd, iov, n);
}

ssize_t pwritev(int fd, const struct iovec *iov, int n, off_t where)
{
	return judge_fd("write", fd) == FAIL ? -1 : REAL(pwritev)(fd, iov, n, where);
}

ssize_t copy_file_range(int in, off64_t *in_at, int fd, off64_t *at_, size_t n, unsigned flags)
{
	return judge_fd("write", fd) == FAIL ? -1 : REAL(copy_file_range)(in, in_at, fd, at_, n, flags);
}

ssize_t sendfile(int fd, int in, off_t *in_at, size_t n)
{
	return judge_fd("write", fd) == FAIL ? -1 : REAL(sendfile)(fd, in, in_at, n);
}

int fallocate(int fd, int mode, off_t where, off_t n)
{
	return judge_fd("write", fd) == FAIL ? -1 : REAL(fallocate)(fd, mode, where, n);
}

/* What is written through it is not seen, only that it is made. */
#define STDIO(name) \
	FILE *name(const char *path, const char *mode) \
	{ \
		if (mode[0] != 'r' && judge_at("create", AT_FDCWD, path) == FAIL) \
			return NULL; \
		return REAL(name)(path, mode); \
	}
STDIO(fopen)
STDIO(fopen64)

#define ON_FD(name, call) \
	int name(int fd) { return judge_fd(call, fd) == FAIL ? -1 : REAL(name)(fd); }
ON_FD(fsync, "fsync")
ON_FD(fdatasync, "fsync")
ON_FD(syncfs, "syncfs")

int ftruncate(int fd, off_t n)
{
	return judge_fd("truncate", fd) == FAIL ? -1 : REAL(ftruncate)(fd, n);
}

int ftruncate64(int fd, off64_t n)
{
	return judge_fd("truncate", fd) == FAIL ? -1 : REAL(ftruncate64)(fd, n);
}

int truncate(const char *path, off_t n)
{
	return judge_at("truncate", AT_FDCWD, path) == FAIL ? -1 : REAL(truncate)(path, n);
}

int truncate64(const char *path, off64_t n)
{
	return truncate(path, n);
}

int futimens(int fd, const struct timespec times[2])
{
	return judge_fd("times", fd) == FAIL ? -1 : REAL(futimens)(fd, times);
}

int utimensat(int dir, const char *path, const struct timespec times[2], int flags)
{
	return judge_at("times", dir, path) == FAIL ? -1 : REAL(utimensat)(dir, path, times, flags);
}

int utime(const char *path, const struct utimbuf *times)
{
	return judge_at("times", AT_FDCWD, path) == FAIL ? -1 : REAL(utime)(path, times);
}

int fchmod(int fd, mode_t mode)
{
	return judge_fd("chmod", fd) == FAIL ? -1 : REAL(fchmod)(fd, mode);
}

/* ---- names ---- */

static int two(const char *call, int a_dir, const char *a, int b_dir, const char *b)
{
	char from[PATH_MAX], to[PATH_MAX];

	return counter && judge(call, name_at(a_dir, a, from), name_at(b_dir, b, to)) == FAIL;
}

int rename(const char *a, const char *b)
{
	return two("rename", AT_FDCWD, a, AT_FDCWD, b) ? -1 : REAL(rename)(a, b);
}

int renameat(int a_dir, const char *a, int b_dir, const char *b)
{
	return two("rename", a_dir, a, b_dir, b) ? -1 : REAL(renameat)(a_dir, a, b_dir, b);
}

int renameat2(int a_dir, const char *a, int b_dir, const char *b, unsigned flags)
{
	return two("rename", a_dir, a, b_dir, b) ? -1 : REAL(renameat2)(a_dir, a, b_dir, b, flags);
}

int symlink(const char *to, const char *path)
{
	return judge_at("create", AT_FDCWD, path) == FAIL ? -1 : REAL(symlink)(to, path);
}

int symlinkat(const char *to, int dir, const char *path)
{
	return judge_at("create", dir, path) == FAIL ? -1 : REAL(symlinkat)(to, dir, path);
}

int link(const char *a, const char *b)
{
	return two("link", AT_FDCWD, a, AT_FDCWD, b) ? -1 : REAL(link)(a, b);
}

int linkat(int a_dir, const char *a, int b_dir, const char *b, int flags)
{
	return two("link", a_dir, a, b_dir, b) ? -1 : REAL(linkat)(a_dir, a, b_dir, b, flags);
}

#define ON_NAME(name, call)                                                            \
	int name(const char *path)                                                     \
	{                                                                              \
		return judge_at(call, AT_FDCWD, path) == FAIL ? -1 : REAL(name)(path); \
	}
ON_NAME(unlink, "unlink")
ON_NAME(rmdir, "unlink")

int unlinkat(int dir, const char *path, int flags)
{
	return judge_at("unlink", dir, path) == FAIL ? -1 : REAL(unlinkat)(dir, path, flags);
}

int mkdir(const char *path, mode_t mode)
{
	return judge_at("mkdir", AT_FDCWD, path) == FAIL ? -1 : REAL(mkdir)(path, mode);
}

int mkdirat(int dir, const char *path, mode_t mode)
{
	return judge_at("mkdir", dir, path) == FAIL ? -1 : REAL(mkdirat)(dir, path, mode);
}

int chmod(const char *path, mode_t mode)
{
	return judge_at("chmod", AT_FDCWD, path) == FAIL ? -1 : REAL(chmod)(path, mode);
}

int fchmodat(int dir, const char *path, mode_t mode, int flags)
{
	return judge_at("chmod", dir, path) == FAIL ? -1 : REAL(fchmodat)(dir, path, mode, flags);
}
