/* SPDX-License-Identifier: MIT */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "gitconf.h"
#include "gitref.h"
#include "i18n.h"
#include "newfile.h"
#include "objw.h"

/* In the repository's folder: in refs/ git would take it for a ref. */
#define TMP_REF "tmp_gavel_ref_"

struct reflog {
	int fd;
	off_t size;  /* before our line */
};

struct move {
	const char *gitdir;
	const struct gv_gitref_move *m;
	struct gv_buf ref, lock, tmp;
	bool has_tmp, has_lock, no_links;
	int fd;               /* the new ref file: first tmp, then lock, in the end ref */
	mode_t mode;          /* of the repository's folder */
	struct reflog logs[2];
	struct gv_err *err;
};

/* rw for the owner, for others as the repository's folder says (core.sharedRepository, umask). */
static mode_t file_mode(const struct move *v)
{
	return 0600 | (v->mode & 0066);
}

/* Folders on the way to a file below gitdir. */
static int make_parents(const struct move *v, const struct gv_buf *path)
{
	struct gv_buf part = GV_BUF_INIT(8192);
	int rc = 0;

	for (size_t i = strlen(v->gitdir) + 1; i < path->n && !rc; i++) {
		if (path->p[i] != '/')
			continue;
		gv_buf_reset(&part);
		gv_buf_add(&part, path->p, i);
		if (part.failed || (mkdir(part.p, v->mode & 0777) && errno != EEXIST))
			rc = -1;
		else if (v->mode & (S_ISGID | S_IWGRP)) /* another user's stays as he made it */
			chmod(part.p, v->mode & 07777);
	}
	gv_buf_free(&part);
	return rc;
}

/* ---- the lock file ---- */

static int write_id(struct move *v, const char *path)
{
	char text[GV_HEX + 2];

	gv_oid_hex(v->m->to, text);
	text[GV_HEX] = '\n';
	if (fchmod(v->fd, file_mode(v)))
		return gv_fail_sys(v->err, path, _("cannot write"));
	return gv_write_all(v->fd, text, GV_HEX + 1, path, v->err);
}

static int announce(struct move *v)
{
	struct stat st;

	if (!v->m->announce)
		return 0;
	if (fstat(v->fd, &st))
		return gv_fail_sys(v->err, v->ref.p, _("cannot read"));
	return v->m->announce(v->m->ctx, st.st_ino, v->err);
}

static int write_tmp(struct move *v)
{
	int rc;

	v->fd = mkostemp(v->tmp.p, O_CLOEXEC);
	if (v->fd < 0)
		return gv_fail_sys(v->err, v->tmp.p, _("cannot write"));
	v->has_tmp = true;
	rc = write_id(v, v->tmp.p);
	return rc ? rc : announce(v);
}

static int fail_locked(struct move *v)
{
	struct stat st;
	long long age = 0;
	int rc;

	if (stat(v->lock.p, &st) == 0)
		age = (long long)time(NULL) - st.st_mtime;
	rc = gv_fail(v->err, GV_EBUSY,
	             _("another git has held the branch for %lld s; if none is running on this "
	               "docket, remove this file"),
	             age < 0 ? 0 : age);
	gv_err_thing(v->err, v->lock.p, v->lock.n);
	return rc;
}

static void sleep_ms(unsigned ms)
{
	struct timespec t = { .tv_sec = ms / 1000, .tv_nsec = (long)(ms % 1000) * 1000000 };

	nanosleep(&t, NULL);
}

/*
 * tmp becomes NAME.lock by link(2): unlike open(O_EXCL) it leaves no moment in which the lock is
 * there and nobody knows whose it is.  A file system without hard links has to live with that
 * moment.
 */
static bool try_lock(struct move *v)
{
	int fd;

	if (!v->no_links && link(v->tmp.p, v->lock.p) == 0)
		return true;
	if (!v->no_links && errno != EPERM && errno != ENOTSUP && errno != ENOSYS)
		return false;
	v->no_links = true;
	fd = open(v->lock.p, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (fd < 0)
		return false;
	close(v->fd);
	v->fd = fd;
	return true;
}

static int take_lock(struct move *v)
{
	unsigned waited = 0, pause = 1;
	bool made_parents = false;
	int rc = 0;

	while (!try_lock(v)) {
		if (errno == ENOENT && !made_parents && make_parents(v, &v->lock) == 0) {
			made_parents = true;
			continue;
		}
		if (errno != EEXIST)
			return gv_fail_sys(v->err, v->lock.p, _("cannot write"));
		if (waited >= v->m->wait_ms)
			return fail_locked(v);
		sleep_ms(pause);
		waited += pause;
		pause = pause < 16 ? pause * 2 : 20;
	}
	v->has_lock = true;
	if (v->no_links) {
		rc = announce(v);
		if (!rc)
			rc = write_id(v, v->lock.p);
	}
	if (!rc && unlink(v->tmp.p))
		rc = gv_fail_sys(v->err, v->tmp.p, _("cannot remove"));
	v->has_tmp = rc != 0;
	return rc;
}

/* ---- under it ---- */

/* git would move the ref that this one points to; here it would come loose from it. */
static int refuse_symbolic(struct move *v)
{
	struct gv_buf text = GV_BUF_INIT(4096);
	struct gv_str to;
	int rc = 0;

	if (gv_buf_read_file(&text, v->ref.p, NULL) == 0 &&
	    gv_str_starts(gv_buf_str(&text), GV_STR("ref:"))) {
		to = gv_str_trim((struct gv_str){ text.p + 4, text.n - 4 });
		rc = gv_fail(v->err, GV_EDATA,
		             _("is a symbolic ref to %.*s: commands write to a branch only"),
		             (int)to.n, to.p);
		gv_err_thing(v->err, v->m->name, strlen(v->m->name));
	}
	gv_buf_free(&text);
	return rc;
}

static int compare(struct move *v, struct gv_oid *now)
{
	char is[GV_HEX + 1], was[GV_HEX + 1];
	int rc = gv_gitref_read(v->gitdir, v->m->name, now, v->err);
	bool absent = rc == GV_ENOTFOUND;

	if (absent) {
		*now = (struct gv_oid){ 0 };
		rc = 0;
	}
	if (rc || (v->m->from ? !absent && gv_oid_eq(now, v->m->from) : absent))
		return rc;
	gv_oid_hex(now, is);
	gv_oid_hex(v->m->from ? v->m->from : now, was);
	if (!v->m->from)
		rc = gv_fail(v->err, GV_ECONFLICT, _("is there already, at %.10s"), is);
	else if (absent)
		rc = gv_fail(v->err, GV_ECONFLICT,
		             _("is gone, it was at %.10s: somebody removed it meanwhile"), was);
	else
		rc = gv_fail(v->err, GV_ECONFLICT,
		             _("is at %.10s, not at %.10s: somebody else moved it meanwhile"), is,
		             was);
	gv_err_thing(v->err, v->m->name, strlen(v->m->name));
	return rc;
}

/* core.logAllRefUpdates: branches get a reflog if it is "true", everything if it is "always". */
static bool wants_reflog(const struct move *v)
{
	struct gv_buf value = GV_BUF_INIT(64);
	bool always = false, yes = false;

	if (gv_gitconf_get(v->gitdir, "core.logAllRefUpdates", &value, NULL) == 0) {
		always = strcasecmp(value.p ? value.p : "", "always") == 0;
		if (!always && !gv_gitconf_bool(value.p ? value.p : "", &yes))
			yes = false;
	}
	gv_buf_free(&value);
	return always || (yes && gv_str_starts(gv_str_of(v->m->name), GV_STR("refs/heads/")));
}

/* git writes HEAD's reflog too when HEAD is this branch. */
static bool head_is_here(const struct move *v)
{
	struct gv_buf path = GV_BUF_INIT(8192), text = GV_BUF_INIT(4096);
	struct gv_str want = gv_str_of(v->m->name);
	bool here = false;

	gv_buf_addf(&path, "%s/HEAD", v->gitdir);
	if (!path.failed && gv_buf_read_file(&text, path.p, NULL) == 0) {
		struct gv_str ref = gv_buf_str(&text);

		if (gv_str_starts(ref, GV_STR("ref:"))) {
			ref = gv_str_trim((struct gv_str){ ref.p + 4, ref.n - 4 });
			here = gv_str_eq(ref, want);
		}
	}
	gv_buf_free(&path);
	gv_buf_free(&text);
	return here;
}

static void add_one_line(struct gv_buf *line, const char *s)
{
	for (; *s; s++)
		gv_buf_addc(line, (unsigned char)*s < ' ' ? ' ' : *s);
}

static int append(struct move *v, struct reflog *log, const char *name, bool create,
                  struct gv_str line)
{
	struct gv_buf path = GV_BUF_INIT(8192);
	int flags = O_WRONLY | O_APPEND | O_CLOEXEC | (create ? O_CREAT : 0);
	struct stat st;
	int rc;

	gv_buf_addf(&path, "%s/logs/%s", v->gitdir, name);
	rc = gv_buf_check(&path, v->err);
	if (rc)
		return rc;
	log->fd = open(path.p, flags, file_mode(v));
	if (log->fd < 0 && errno == ENOENT && create && make_parents(v, &path) == 0)
		log->fd = open(path.p, flags, file_mode(v));
	if (log->fd < 0) {
		if (create || (errno != ENOENT && errno != EISDIR))
			rc = gv_fail_sys(v->err, path.p, _("cannot write"));
	} else if (fstat(log->fd, &st)) {
		rc = gv_fail_sys(v->err, path.p, _("cannot read"));
	} else {
		log->size = st.st_size;
		if (st.st_size == 0 && v->mode & S_IWGRP) /* new: the group must be able to go on */
			fchmod(log->fd, file_mode(v));
		rc = gv_write_all(log->fd, line.p, line.n, path.p, v->err);
	}
	gv_buf_free(&path);
	return rc;
}

static int write_reflogs(struct move *v, const struct gv_oid *now)
{
	struct gv_buf line = GV_BUF_INIT(65536);
	bool create = wants_reflog(v);
	char hex[GV_HEX + 1];
	int rc;

	gv_oid_hex(now, hex);
	gv_buf_addf(&line, "%s ", hex);
	gv_oid_hex(v->m->to, hex);
	gv_buf_addf(&line, "%s ", hex);
	add_one_line(&line, v->m->who);
	gv_buf_addc(&line, '\t');
	add_one_line(&line, v->m->why);
	gv_buf_addc(&line, '\n');
	rc = gv_buf_check(&line, v->err);
	if (!rc)
		rc = append(v, &v->logs[0], v->m->name, create, gv_buf_str(&line));
	if (!rc && head_is_here(v))
		rc = append(v, &v->logs[1], "HEAD", create, gv_buf_str(&line));
	gv_buf_free(&line);
	return rc;
}

static int put_in_place(struct move *v)
{
	const char *slash = strrchr(v->ref.p, '/');
	struct gv_buf folder = GV_BUF_INIT(8192);
	int rc;

	if (fsync(v->fd))
		return gv_fail_sys(v->err, v->lock.p, _("cannot write to disk"));
	gv_buf_add(&folder, v->ref.p, (size_t)(slash - v->ref.p));
	rc = gv_buf_check(&folder, v->err);
	if (!rc && rename(v->lock.p, v->ref.p))
		rc = gv_fail_sys(v->err, v->ref.p, _("cannot write"));
	if (!rc) {
		v->has_lock = false;
		v->logs[0].size = v->logs[1].size = -1; /* their lines are true now */
		rc = gv_fsync_dir(AT_FDCWD, folder.p, folder.p, NULL);
		if (rc)
			rc = gv_fail_sys(v->err, v->ref.p,
			                 _("written, but it may not survive a power failure"));
	}
	gv_buf_free(&folder);
	return rc;
}

static int check_name(const struct move *v)
{
	if (gv_str_starts(gv_str_of(v->m->name), GV_STR("refs/")) && !strstr(v->m->name, "..") &&
	    !strstr(v->m->name, "//") && v->m->name[strlen(v->m->name) - 1] != '/')
		return 0;
	return gv_fail(v->err, GV_EUSAGE, _("%s is no ref that can be moved"), v->m->name);
}

static void clean_up(struct move *v)
{
	for (size_t i = 0; i < 2; i++) {
		if (v->logs[i].fd < 0)
			continue;
		if (v->logs[i].size >= 0 && ftruncate(v->logs[i].fd, v->logs[i].size))
			v->logs[i].size = -1; /* a line too many in a reflog hurts nobody */
		close(v->logs[i].fd);
	}
	if (v->fd >= 0)
		close(v->fd);
	if (v->has_tmp)
		unlink(v->tmp.p);
	if (v->has_lock)
		unlink(v->lock.p);
	gv_buf_free(&v->ref);
	gv_buf_free(&v->lock);
	gv_buf_free(&v->tmp);
}

int gv_gitref_move(const char *gitdir, const struct gv_gitref_move *m, struct gv_err *err)
{
	struct move v = {
		.gitdir = gitdir, .m = m, .fd = -1, .logs = { { -1, -1 }, { -1, -1 } }, .err = err,
		.ref = GV_BUF_INIT(8192), .lock = GV_BUF_INIT(8192), .tmp = GV_BUF_INIT(8192)
	};
	struct gv_oid now;
	struct stat st;
	int rc = check_name(&v);

	if (rc)
		return rc;
	if (stat(gitdir, &st))
		return gv_fail_sys(err, gitdir, _("cannot read"));
	v.mode = st.st_mode;
	gv_buf_addf(&v.ref, "%s/%s", gitdir, m->name);
	gv_buf_addf(&v.lock, "%s.lock", v.ref.p ? v.ref.p : "");
	gv_buf_addf(&v.tmp, "%s/" TMP_REF "XXXXXX", gitdir);
	if (v.ref.failed || v.lock.failed || v.tmp.failed)
		rc = gv_buf_check(v.ref.failed ? &v.ref : v.lock.failed ? &v.lock : &v.tmp, err);
	if (!rc)
		rc = write_tmp(&v);
	if (!rc)
		rc = take_lock(&v);
	if (!rc)
		rc = refuse_symbolic(&v);
	if (!rc)
		rc = compare(&v, &now);
	if (!rc)
		rc = write_reflogs(&v, &now);
	if (!rc)
		rc = put_in_place(&v);
	clean_up(&v);
	return rc;
}

void gv_gitref_sweep(const char *gitdir)
{
	DIR *d = opendir(gitdir);
	struct dirent *e;

	if (!d)
		return;
	while ((e = readdir(d)) != NULL)
		if (gv_str_starts(gv_str_of(e->d_name), GV_STR(TMP_REF)))
			unlinkat(dirfd(d), e->d_name, 0);
	closedir(d);
}
