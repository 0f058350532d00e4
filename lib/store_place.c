/* SPDX-License-Identifier: MIT */
#include "store_place.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <fts.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "i18n.h"
#include "newfile.h"
#include "objw.h"

#define SCRATCH   ".gavel-init-"
#define HEAD_NEXT SCRATCH "head"  /* HEAD, when all else is in place */

/* What a bare repository consists of; HEAD goes last.  Nothing else is ever moved or removed. */
static const char *const parts[] = {
	"config", "description", "hooks", "info", "objects", "refs", "logs", "branches",
	"packed-refs", "gavel.lock", "HEAD",
};

enum { PARTS = sizeof parts / sizeof parts[0] };

/* Every file and folder below `path` (and itself), contents before their folder. */
static int walk(const char *path, int (*each)(const char *path, bool is_dir, struct gv_err *err),
                struct gv_err *err)
{
	char *roots[] = { (char *)path, NULL };
	FTS *fts = fts_open(roots, FTS_PHYSICAL | FTS_NOCHDIR | FTS_XDEV, NULL);
	FTSENT *e;
	int rc = 0;

	if (!fts)
		return gv_fail_sys(err, path, _("cannot read"));
	while (!rc && (e = fts_read(fts)) != NULL) {
		if (e->fts_info == FTS_D || e->fts_info == FTS_NS)
			continue;
		rc = each(e->fts_accpath, e->fts_info == FTS_DP, err);
	}
	fts_close(fts);
	return rc;
}

static int remove_one(const char *path, bool is_dir, struct gv_err *err)
{
	(void)err;
	if (is_dir)
		rmdir(path);
	else
		unlink(path);
	return 0;
}

static int sync_one(const char *path, bool is_dir, struct gv_err *err)
{
	int fd, rc = 0;

	if (is_dir)
		return gv_fsync_dir(AT_FDCWD, path, path, err);
	fd = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0)
		return errno == ELOOP ? 0 : gv_fail_sys(err, path, _("cannot read"));
	if (fsync(fd))
		rc = gv_fail_sys(err, path, _("cannot write to disk"));
	close(fd);
	return rc;
}

static bool join(struct gv_buf *out, const char *dir, const char *name)
{
	gv_buf_reset(out);
	gv_buf_addf(out, "%s/%s", dir, name);
	return !out->failed;
}

static bool exists(const char *dir, const char *name)
{
	struct gv_buf path = GV_BUF_INIT(8192);
	struct stat st;
	bool yes = join(&path, dir, name) && lstat(path.p, &st) == 0;

	gv_buf_free(&path);
	return yes;
}

/* ---- what is there ---- */

struct contents {
	bool scratch;    /* an init that did not finish */
	bool others;     /* files that no init makes */
	bool any;
};

static int look(const char *dir, struct contents *c, struct gv_err *err)
{
	DIR *d = opendir(dir);
	struct dirent *e;

	*c = (struct contents){ 0 };
	if (!d)
		return gv_fail_sys(err, dir, _("cannot read"));
	while ((e = readdir(d)) != NULL) {
		bool known = false;

		if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0)
			continue;
		c->any = true;
		for (size_t i = 0; i < PARTS; i++)
			known = known || strcmp(e->d_name, parts[i]) == 0;
		if (strncmp(e->d_name, SCRATCH, strlen(SCRATCH)) == 0)
			c->scratch = true;
		else if (!known)
			c->others = true;
	}
	closedir(d);
	return 0;
}

/* Without HEAD it never was a repository, so nobody but that init can have written into it. */
static void clear_remains(const char *dir)
{
	DIR *d = opendir(dir);
	struct gv_buf path = GV_BUF_INIT(8192);
	struct dirent *e;

	for (size_t i = 0; i < PARTS; i++)
		if (join(&path, dir, parts[i]) && access(path.p, F_OK) == 0)
			walk(path.p, remove_one, NULL);
	while (d && (e = readdir(d)) != NULL)
		if (strncmp(e->d_name, SCRATCH, strlen(SCRATCH)) == 0 &&
		    join(&path, dir, e->d_name))
			walk(path.p, remove_one, NULL);
	if (d)
		closedir(d);
	gv_buf_free(&path);
}

static int conflict(const char *dir, const char *what, struct gv_err *err)
{
	gv_fail(err, GV_ECONFLICT, "%s", what);
	gv_err_thing(err, dir, strlen(dir));
	return GV_ECONFLICT;
}

static int need_empty(const char *dir, struct gv_err *err)
{
	struct contents c;
	int rc = look(dir, &c, err);

	if (rc || !c.any)
		return rc;
	if (exists(dir, "HEAD") && exists(dir, "objects"))
		return conflict(dir, exists(dir, "gavel.lock") ?
		                _("there is a docket already") :
		                _("there is a git repository already"), err);
	if (exists(dir, ".git"))
		return conflict(dir, _("there is a git repository already"), err);
	if (!c.scratch || c.others || exists(dir, "HEAD"))
		return conflict(dir, _("the folder is not empty"), err);
	clear_remains(dir);
	return 0;
}

/* ---- opening, finishing, closing ---- */

static int make_dir(struct gv_place *p, struct gv_err *err)
{
	struct stat st;

	if (mkdir(p->dir, 0700) == 0) {
		p->made = true;
		return 0;
	}
	if (errno != EEXIST)
		return gv_fail_sys(err, p->dir, _("cannot make the folder"));
	if (stat(p->dir, &st))
		return gv_fail_sys(err, p->dir, _("cannot read"));
	return S_ISDIR(st.st_mode) ? 0 : conflict(p->dir, _("there is a file of that name"), err);
}

int gv_place_open(struct gv_place *p, const char *dir, struct gv_err *err)
{
	int rc;

	*p = (struct gv_place){
		.dir = dir, .lock = -1, .scratch = GV_BUF_INIT(8192), .build = GV_BUF_INIT(8192)
	};
	rc = make_dir(p, err);
	if (rc)
		return rc;
	p->lock = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (p->lock < 0)
		return gv_fail_sys(err, dir, _("cannot read"));
	if (flock(p->lock, LOCK_EX | LOCK_NB) && errno == EWOULDBLOCK) {
		rc = gv_fail(err, GV_EBUSY, "%s",
		             _("another process is making or writing a docket here"));
		gv_err_thing(err, dir, strlen(dir));
		return rc;
	}
	rc = need_empty(dir, err);
	if (rc)
		return rc;
	gv_buf_addf(&p->scratch, "%s/" SCRATCH "XXXXXX", dir);
	rc = gv_buf_check(&p->scratch, err);
	if (rc || !mkdtemp(p->scratch.p)) {
		rc = rc ? rc : gv_fail_sys(err, dir, _("cannot write"));
		gv_buf_reset(&p->scratch);
		return rc;
	}
	gv_buf_addf(&p->build, "%s/docket", p->scratch.p);
	return gv_buf_check(&p->build, err);
}

static int move(struct gv_place *p, const char *from_dir, const char *from, const char *to,
                struct gv_err *err)
{
	struct gv_buf old = GV_BUF_INIT(8192), new = GV_BUF_INIT(8192);
	int rc = 0;

	if (!join(&old, from_dir, from) || !join(&new, p->dir, to))
		rc = gv_fail_nomem(err);
	else if (rename(old.p, new.p))
		rc = gv_fail_sys(err, new.p, _("cannot write"));
	gv_buf_free(&old);
	gv_buf_free(&new);
	return rc;
}

static int remove_scratch(struct gv_place *p, struct gv_err *err)
{
	walk(p->scratch.p, remove_one, NULL);
	if (access(p->scratch.p, F_OK) == 0) {
		errno = ENOTEMPTY;
		return gv_fail_sys(err, p->scratch.p, _("cannot remove"));
	}
	return 0;
}

int gv_place_finish(struct gv_place *p, struct gv_err *err)
{
	struct stat st;
	int rc = walk(p->build.p, sync_one, err);

	/* A folder that somebody had made for us keeps his mode. */
	if (!rc && p->made && (stat(p->build.p, &st) || chmod(p->dir, st.st_mode & 07777)))
		rc = gv_fail_sys(err, p->dir, _("cannot write"));
	for (size_t i = 0; i < PARTS - 1 && !rc; i++)
		if (exists(p->build.p, parts[i]))
			rc = move(p, p->build.p, parts[i], parts[i], err);
	if (!rc)
		rc = move(p, p->build.p, "HEAD", HEAD_NEXT, err);
	if (!rc)
		rc = remove_scratch(p, err);
	if (!rc)
		rc = gv_fsync_dir(p->lock, ".", p->dir, err);
	if (!rc)
		rc = move(p, p->dir, HEAD_NEXT, "HEAD", err);
	if (rc)
		return rc;
	p->placed = true;
	rc = gv_fsync_dir(p->lock, ".", p->dir, err);
	if (!rc && p->made)
		rc = gv_fsync_dir(p->lock, "..", p->dir, err);
	return rc;
}

void gv_place_close(struct gv_place *p)
{
	if (p->scratch.n && !p->placed)
		clear_remains(p->dir);
	if (p->made && !p->placed)
		rmdir(p->dir);
	if (p->lock >= 0)
		close(p->lock);
	gv_buf_free(&p->scratch);
	gv_buf_free(&p->build);
}
