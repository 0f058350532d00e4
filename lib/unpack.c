/* SPDX-License-Identifier: MIT */
#include "unpack.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "i18n.h"

enum { FOLDER = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC };

struct gv_unpack {
	char *dir;             /* where it shall appear */
	struct gv_buf temp;    /* PARENT/.gavel-unpack-XXXXXX */
	int root, file;        /* descriptors; -1 */
	char *name;            /* of the file at hand, for messages */
};

static int sys(const struct gv_unpack *u, const char *what, const char *path, struct gv_err *err)
{
	gv_fail_sys(err, path, "%s", what);
	gv_err_thing(err, u->dir, strlen(u->dir));
	return GV_EIO;
}

/* ---- folders ---- */

/* The folder that `path` lies in, made where it is missing; its last part is at *name. */
static int enter(struct gv_unpack *u, const char *path, const char **name, struct gv_err *err)
{
	int at = u->root;
	const char *slash;

	while ((slash = strchr(path, '/'))) {
		char part[256];
		int next;

		if ((size_t)(slash - path) >= sizeof part)
			errno = ENAMETOOLONG;
		else
			snprintf(part, sizeof part, "%.*s", (int)(slash - path), path);
		next = (size_t)(slash - path) >= sizeof part ? -1 : openat(at, part, FOLDER);
		if (next < 0 && errno == ENOENT && mkdirat(at, part, 0750) == 0)
			next = openat(at, part, FOLDER);
		if (at != u->root)
			close(at);
		if (next < 0) {
			sys(u, _("cannot make the folder"), path, err);
			return -1;
		}
		at = next;
		path = slash + 1;
	}
	*name = path;
	return at;
}

static void leave(const struct gv_unpack *u, int at)
{
	if (at >= 0 && at != u->root)
		close(at);
}

static int close_file(struct gv_unpack *u, struct gv_err *err)
{
	int fd = u->file, rc = 0;

	u->file = -1;
	if (fd >= 0 && close(fd) != 0)
		rc = sys(u, _("cannot write"), u->name, err);
	free(u->name);
	u->name = NULL;
	return rc;
}

static int set_name(struct gv_unpack *u, struct gv_str path, struct gv_err *err)
{
	int rc = close_file(u, err);

	if (rc)
		return rc;
	u->name = strndup(path.p, path.n);
	return u->name ? 0 : gv_fail_nomem(err);
}

/* ---- the interface ---- */

int gv_unpack_begin(struct gv_unpack **out, const char *dir, struct gv_err *err)
{
	struct gv_unpack *u = calloc(1, sizeof *u);
	size_t n = strlen(dir);
	struct stat st;
	int rc = 0;

	*out = NULL;
	if (!u)
		return gv_fail_nomem(err);
	while (n > 1 && dir[n - 1] == '/')
		n--;
	u->root = u->file = -1;
	u->dir = strndup(dir, n);
	gv_buf_init(&u->temp, 8192);
	if (!u->dir) {
		gv_unpack_free(u);
		return gv_fail_nomem(err);
	}
	if (lstat(u->dir, &st) == 0) {
		rc = gv_fail(err, GV_ECONFLICT, "%s", _("is there already: files are unpacked into a new folder"));
		gv_err_thing(err, u->dir, n);
	}
	gv_buf_add(&u->temp, u->dir, strrchr(u->dir, '/') ? (size_t)(strrchr(u->dir, '/') + 1 - u->dir) : 0);
	gv_buf_adds(&u->temp, ".gavel-unpack-XXXXXX");
	if (!rc)
		rc = gv_buf_check(&u->temp, err);
	if (!rc && !mkdtemp(u->temp.p)) {
		rc = gv_fail_sys(err, u->dir, "%s", _("cannot make the folder"));
		gv_buf_reset(&u->temp);
	}
	if (!rc && (u->root = open(u->temp.p, FOLDER)) < 0)
		rc = gv_fail_sys(err, u->dir, "%s", _("cannot make the folder"));
	if (rc) {
		if (u->root < 0)
			gv_buf_reset(&u->temp);
		gv_unpack_free(u);
		u = NULL;
	}
	*out = u;
	return rc;
}

int gv_unpack_folder(struct gv_unpack *u, struct gv_str path, struct gv_err *err)
{
	const char *name;
	int at, rc;

	if (!path.n)
		return 0;
	rc = set_name(u, path, err);
	if (rc)
		return rc;
	at = enter(u, u->name, &name, err);
	if (at < 0)
		return GV_EIO;
	if (mkdirat(at, name, 0750) != 0 && errno != EEXIST)
		rc = sys(u, _("cannot make the folder"), u->name, err);
	leave(u, at);
	return rc;
}

int gv_unpack_file(struct gv_unpack *u, struct gv_str path, struct gv_err *err)
{
	const char *name;
	int at, rc = set_name(u, path, err);

	if (rc)
		return rc;
	at = enter(u, u->name, &name, err);
	if (at < 0)
		return GV_EIO;
	u->file = openat(at, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0640);
	if (u->file < 0)
		rc = sys(u, _("cannot write"), u->name, err);
	leave(u, at);
	return rc;
}

int gv_unpack_add(struct gv_unpack *u, struct gv_str bytes, struct gv_err *err)
{
	return gv_write_all(u->file, bytes.p, bytes.n, u->name, err);
}

int gv_unpack_finish(struct gv_unpack *u, struct gv_err *err)
{
	mode_t mask = umask(0);
	int rc = close_file(u, err);

	umask(mask);
	if (!rc && fchmod(u->root, 0750 & ~mask) != 0)
		rc = gv_fail_sys(err, u->dir, "%s", _("cannot make the folder"));
	if (rc)
		return rc;
	if (renameat2(AT_FDCWD, u->temp.p, AT_FDCWD, u->dir, RENAME_NOREPLACE) != 0) {
		if (errno != EEXIST)
			return gv_fail_sys(err, u->dir, "%s", _("cannot make the folder"));
		rc = gv_fail(err, GV_ECONFLICT, "%s", _("is there already: files are unpacked into a new folder"));
		gv_err_thing(err, u->dir, strlen(u->dir));
		return rc;
	}
	gv_buf_reset(&u->temp);
	return 0;
}

/* ---- taking it away again ---- */

/* What is below, depth by depth; only our own files are there.  Not by opendir(3), which wants memory: there may be none. */
static void empty(int at)
{
	_Alignas(struct dirent64) char names[4096];
	int dir = openat(at, ".", FOLDER);
	ssize_t n;

	while (dir >= 0 && (n = getdents64(dir, names, sizeof names)) > 0) {
		const struct dirent64 *e;

		for (ssize_t pos = 0; pos < n; pos += e->d_reclen) {
			int below;

			e = (const void *)(names + pos);
			if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0 || unlinkat(at, e->d_name, 0) == 0)
				continue;
			below = openat(at, e->d_name, FOLDER);
			if (below >= 0) {
				empty(below);
				close(below);
			}
			unlinkat(at, e->d_name, AT_REMOVEDIR);
		}
	}
	if (dir >= 0)
		close(dir);
}

void gv_unpack_free(struct gv_unpack *u)
{
	if (!u)
		return;
	close_file(u, NULL);
	if (u->root >= 0) {
		if (u->temp.n) {
			empty(u->root);
			rmdir(u->temp.p);
		}
		close(u->root);
	}
	gv_buf_free(&u->temp);
	free(u->dir);
	free(u);
}
