/* SPDX-License-Identifier: MIT */
#include "newfile.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "err.h"
#include "i18n.h"
#include "sync.h"

int gv_fsync_dir(int at, const char *name, const char *thing, struct gv_err *err)
{
	int fd = openat(at, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int rc = 0;

	if (fd < 0 || gv_sync_all(&fd, 1) != 1)
		rc = gv_fail_sys(err, thing, _("cannot write to disk"));
	if (fd >= 0)
		close(fd);
	return rc;
}

int gv_newfile_open(struct gv_newfile *f, const char *path, mode_t mode, struct gv_err *err)
{
	int rc;

	*f = (struct gv_newfile){ .fd = -1, .path = path, .part = GV_BUF_INIT(8192) };
	gv_buf_addf(&f->part, "%s.%ld.part", path, (long)getpid());
	rc = gv_buf_check(&f->part, err);
	if (rc)
		return rc;
	f->fd = open(f->part.p, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode);
	return f->fd < 0 ? gv_fail_sys(err, path, "%s", _("cannot create")) : 0;
}

static int sync_folder(struct gv_newfile *f, struct gv_err *err)
{
	char *slash = strrchr(f->part.p, '/');

	if (slash)
		slash[slash == f->part.p] = '\0';
	if (access(slash ? f->part.p : ".", R_OK)) /* one to put things into, and not to look at */
		return 0;
	return gv_fsync_dir(AT_FDCWD, slash ? f->part.p : ".", f->path, err);
}

int gv_newfile_close(struct gv_newfile *f, int rc, struct gv_err *err)
{
	bool made = f->fd >= 0;

	if (made && !rc && fsync(f->fd) && errno != EINVAL)
		rc = gv_fail_sys(err, f->path, "%s", _("cannot write"));
	if (made && close(f->fd) && !rc)
		rc = gv_fail_sys(err, f->path, "%s", _("cannot write"));
	if (!rc && rename(f->part.p, f->path))
		rc = gv_fail_sys(err, f->path, "%s", _("cannot create"));
	if (made && rc)
		unlink(f->part.p);
	if (!rc)
		rc = sync_folder(f, err);
	f->fd = -1;
	gv_buf_free(&f->part);
	return rc;
}

int gv_newfile_write(const char *path, mode_t mode, struct gv_str text, struct gv_err *err)
{
	struct gv_newfile f;
	int rc = gv_newfile_open(&f, path, mode, err);

	if (!rc)
		rc = gv_write_all(f.fd, text.p, text.n, path, err);
	return gv_newfile_close(&f, rc, err);
}
