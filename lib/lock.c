/* SPDX-License-Identifier: MIT */
#include "lock.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <time.h>
#include <unistd.h>

#include "buf.h"
#include "gitref.h"
#include "i18n.h"
#include "objw.h"
#include "utf8.h"

#define LOCK_FILE "/gavel.lock"
#define REF_LOCK  "/refs/heads/main.lock"
#define UTC8      ((time_t)8 * 3600)

struct gv_lock {
	int fd;
	char *path;
	size_t n;  /* bytes of text in it */
};

/* What the text of a lock file says; fields borrow from it. */
struct holder {
	struct gv_str command, process, person, since, inode;
};

static struct holder parse(struct gv_str text)
{
	struct holder h = { .person = { 0 } };
	struct { const char *name; struct gv_str *to; } fields[] = {
		{ "command: ", &h.command }, { "process: ", &h.process }, { "person: ", &h.person },
		{ "since: ", &h.since }, { "inode: ", &h.inode },
	};

	while (text.n) {
		const char *end = memchr(text.p, '\n', text.n);
		struct gv_str line = { text.p, end ? (size_t)(end - text.p) : text.n };

		for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) {
			struct gv_str name = gv_str_of(fields[i].name);

			if (gv_str_starts(line, name))
				*fields[i].to = (struct gv_str){ line.p + name.n, line.n - name.n };
		}
		text.p += line.n + (end != NULL);
		text.n -= line.n + (end != NULL);
	}
	return h;
}

static void read_text(int fd, struct gv_buf *text)
{
	char part[1024];
	ssize_t got = pread(fd, part, sizeof part, 0);

	if (got > 0)
		gv_buf_add(text, part, (size_t)got);
}

static void now_text(char out[20])
{
	time_t t = time(NULL) + UTC8;
	struct tm tm;

	gmtime_r(&t, &tm);
	strftime(out, 20, "%Y-%m-%d %H:%M:%S", &tm);
}

/* ---- waiting ---- */

static int64_t now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* True once `fd` is ours; false at the deadline, or with errno where locks do not work. */
static bool wait_for(int fd, int64_t deadline, long first_us, long last_us)
{
	long pause = first_us;

	while (flock(fd, LOCK_EX | LOCK_NB)) {
		struct timespec t = { .tv_nsec = pause * 1000 };

		if (errno == EINTR)
			continue;
		if (errno != EWOULDBLOCK)
			return false;
		if (now_ms() >= deadline)
			return false;
		nanosleep(&t, NULL);
		pause = pause * 5 / 4 < last_us ? pause * 5 / 4 : last_us;
		errno = EWOULDBLOCK;
	}
	return true;
}

static int fail_busy(const char *gitdir, int fd, struct gv_err *err)
{
	struct gv_buf text = GV_BUF_INIT(4096);
	struct holder h;
	char now[20];
	int rc;

	read_text(fd, &text);
	h = parse(gv_buf_str(&text));
	now_text(now);
	if (h.since.n > 11 && memcmp(h.since.p, now, 11) == 0) /* today: the time will do */
		h.since = (struct gv_str){ h.since.p + 11, h.since.n - 11 };
	if (!h.command.n || !h.process.n)
		rc = gv_fail(err, GV_EBUSY, "%s", _("locked by another process"));
	else if (h.person.n)
		rc = gv_fail(err, GV_EBUSY, _("locked by %.*s (process %.*s, %.*s, since %.*s)"),
		             (int)h.command.n, h.command.p, (int)h.process.n, h.process.p,
		             (int)h.person.n, h.person.p, (int)h.since.n, h.since.p);
	else
		rc = gv_fail(err, GV_EBUSY, _("locked by %.*s (process %.*s, since %.*s)"),
		             (int)h.command.n, h.command.p, (int)h.process.n, h.process.p,
		             (int)h.since.n, h.since.p);
	gv_err_thing(err, gitdir, strlen(gitdir));
	gv_buf_free(&text);
	return rc;
}

static int fail_open(const char *path, struct gv_err *err)
{
	if (errno == EROFS || errno == EACCES || errno == EPERM)
		return gv_fail_sys(err, path,
		                   _("the docket is read-only here: cannot write the lock"));
	return gv_fail_sys(err, path, _("cannot write the lock"));
}

/* The seat first, then the lock; the seat is free again as soon as its holder has the lock. */
static int queue(const char *gitdir, int fd, int64_t deadline, struct gv_err *err)
{
	int seat = open(gitdir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool seated = seat >= 0 && wait_for(seat, deadline, 500, 8000);
	int rc = 0;

	/* Where folders cannot be locked (some network file systems) there is only the lock. */
	if ((!seated && seat >= 0 && errno == EWOULDBLOCK) || !wait_for(fd, deadline, 250, 4000))
		rc = errno == EWOULDBLOCK
			? fail_busy(gitdir, fd, err)
			: gv_fail_sys(err, gitdir, _("this file system cannot lock files"));
	if (seat >= 0)
		close(seat);
	return rc;
}

/* A group's docket has a lock file that the group can write. */
static int open_file(const char *gitdir, const char *path, int *fd, struct gv_err *err)
{
	struct stat dir, st;
	mode_t mode;

	if (stat(gitdir, &dir))
		return gv_fail_sys(err, gitdir, _("cannot read"));
	mode = 0600 | (dir.st_mode & 0066);
	*fd = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, mode);
	if (*fd < 0)
		return fail_open(path, err);
	if (fstat(*fd, &st) == 0 && st.st_uid == geteuid() && (st.st_mode & 0777) != mode)
		fchmod(*fd, mode);
	return 0;
}

/* Opened and locked, and still the file of that name: somebody may have removed it meanwhile. */
static int open_and_queue(const char *gitdir, const char *path, int64_t deadline, int *fd,
                          struct gv_err *err)
{
	struct stat mine, there;

	for (;;) {
		int rc = open_file(gitdir, path, fd, err);

		if (rc)
			return rc;
		rc = queue(gitdir, *fd, deadline, err);
		if (rc) {
			close(*fd);
			*fd = -1;
			return rc;
		}
		if (fstat(*fd, &mine) == 0 && stat(path, &there) == 0 &&
		    mine.st_ino == there.st_ino && mine.st_dev == there.st_dev)
			return 0;
		close(*fd);
	}
}

/* ---- what dead holders left ---- */

/* Older than this boot?  On a network file system another machine may hold it. */
static bool is_from_before_boot(const char *path, const struct stat *st)
{
	static const unsigned long network[] = {
		0x6969 /* NFS */,      0x517B /* SMB */,
		0xFF534D42 /* CIFS */, 0xFE534D42 /* SMB2 */,
		0x65735546 /* FUSE */, 0x00C36400 /* Ceph */,
		0x01021997 /* 9P */,   0x5346414F /* AFS */
	};
	struct timespec now, up;
	struct statfs fs;

	if (statfs(path, &fs) || clock_gettime(CLOCK_REALTIME, &now) ||
	    clock_gettime(CLOCK_BOOTTIME, &up))
		return false;
	for (size_t i = 0; i < sizeof network / sizeof network[0]; i++)
		if (((unsigned long)fs.f_type & 0xFFFFFFFF) == network[i])
			return false;
	return st->st_mtime < now.tv_sec - up.tv_sec - 1;
}

/*
 * The ref lock of the holder before us, who died: it has the inode that he noted before he put it
 * in place.  A later lock of git's may have been given the same inode, but was written after that
 * note.
 */
static bool is_dead_holders(const struct holder *h, const struct stat *note,
                            const struct stat *lock)
{
	int64_t inode;

	return gv_str_int(h->inode, &inode) && (uint64_t)inode == lock->st_ino &&
	       (lock->st_mtim.tv_sec < note->st_mtim.tv_sec ||
	        (lock->st_mtim.tv_sec == note->st_mtim.tv_sec &&
	         lock->st_mtim.tv_nsec <= note->st_mtim.tv_nsec));
}

static void recover(const char *gitdir, int fd, struct gv_buf *path)
{
	struct gv_buf text = GV_BUF_INIT(4096);
	struct stat note, lock;
	struct holder h;
	bool died;

	read_text(fd, &text);
	died = text.n > 0; /* who leaves alive empties it */
	h = parse(gv_buf_str(&text));
	gv_buf_reset(path);
	gv_buf_addf(path, "%s" REF_LOCK, gitdir);
	if (!path->failed && lstat(path->p, &lock) == 0 && fstat(fd, &note) == 0 &&
	    ((died && is_dead_holders(&h, &note, &lock)) || is_from_before_boot(path->p, &lock)))
		unlink(path->p);
	if (died)
		gv_gitref_sweep(gitdir);
	gv_buf_reset(path);
	gv_buf_addf(path, "%s/objects", gitdir);
	if (!path->failed)
		gv_objw_sweep(path->p, died);
	gv_buf_free(&text);
}

/* ---- taking, noting, giving back ---- */

static int write_text(struct gv_lock *l, const char *command, const char *who, struct gv_err *err)
{
	struct gv_buf text = GV_BUF_INIT(4096);
	char now[20];
	int rc;

	now_text(now);
	gv_buf_adds(&text, "command: ");
	gv_utf8_safe(gv_str_of(command), &text);
	gv_buf_addf(&text, "\nprocess: %ld\nperson: ", (long)getpid());
	gv_utf8_safe(gv_str_of(who ? who : ""), &text);
	gv_buf_addf(&text, "\nsince: %s\n", now);
	rc = gv_buf_check(&text, err);
	if (!rc && (ftruncate(l->fd, 0) || pwrite(l->fd, text.p, text.n, 0) != (ssize_t)text.n))
		rc = fail_open(l->path, err);
	l->n = text.n;
	gv_buf_free(&text);
	return rc;
}

int gv_lock_take(struct gv_lock **out, const char *gitdir, const char *command, const char *who,
                 unsigned seconds, struct gv_err *err)
{
	struct gv_buf path = GV_BUF_INIT(8192), scratch = GV_BUF_INIT(8192);
	struct gv_lock *l = calloc(1, sizeof *l);
	int rc;

	*out = NULL;
	if (!l)
		return gv_fail_nomem(err);
	l->fd = -1;
	gv_buf_addf(&path, "%s" LOCK_FILE, gitdir);
	rc = gv_buf_check(&path, err);
	l->path = path.p;
	if (!rc)
		rc = open_and_queue(gitdir, l->path, now_ms() + (int64_t)seconds * 1000, &l->fd,
		                    err);
	if (!rc) {
		recover(gitdir, l->fd, &scratch);
		rc = write_text(l, command, who, err);
	}
	gv_buf_free(&scratch);
	if (rc)
		gv_lock_free(l);
	else
		*out = l;
	return rc;
}

int gv_lock_note_inode(struct gv_lock *l, uint64_t inode, struct gv_err *err)
{
	char line[40];
	int n = snprintf(line, sizeof line, "inode: %llu\n", (unsigned long long)inode);

	if (pwrite(l->fd, line, (size_t)n, (off_t)l->n) != n)
		return gv_fail_sys(err, l->path, _("cannot write the lock"));
	return 0;
}

void gv_lock_free(struct gv_lock *l)
{
	if (!l)
		return;
	if (l->fd >= 0) {
		if (ftruncate(l->fd, 0))
			errno = 0; /* the next holder then looks for what is not there */
		close(l->fd);
	}
	free(l->path);
	free(l);
}
