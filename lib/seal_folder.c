/* SPDX-License-Identifier: MIT */
/* The folder of keys and the files in it: private, outside git, and whole or not there. */
#include "seal_impl.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "gitconf.h"
#include "i18n.h"

enum { RECENT = 3600 }; /* seconds */

/* ---- where ---- */

static int take_folder(struct gv_keys *k, const char *what, const char *path, struct gv_err *err)
{
	if (*path != '/')
		return gv_fail(err, GV_EUSAGE, _("%s: \"%s\" is no absolute path"), what, path);
	gv_buf_adds(&k->folder, path);
	return gv_buf_check(&k->folder, err);
}

static int by_setting(struct gv_keys *k, const char *gitdir, struct gv_err *err)
{
	struct gv_buf path = GV_BUF_INIT(4096);
	int rc = gv_gitconf_get(gitdir, "gavel.keys", &path, err);

	if (!rc)
		rc = take_folder(k, "gavel.keys", path.p ? path.p : "", err);
	gv_buf_free(&path);
	return rc;
}

static int by_home(struct gv_keys *k, struct gv_err *err)
{
	const char *data = getenv("XDG_DATA_HOME"), *home = getenv("HOME");

	if (data && *data == '/')
		gv_buf_addf(&k->folder, "%s/gavel/keys", data);
	else if (home && *home == '/')
		gv_buf_addf(&k->folder, "%s/.local/share/gavel/keys", home);
	/* else there is none: who only reads needs none */
	return gv_buf_check(&k->folder, err);
}

int gv_keys_open(struct gv_keys **out, const char *gitdir, struct gv_err *err)
{
	const char *named = getenv("GAVEL_KEYS");
	struct gv_keys *k = calloc(1, sizeof *k);
	int rc;

	*out = NULL;
	if (!k)
		return gv_fail_nomem(err);
	k->folder.max = 4096;
	k->fd = -1;
	if (named && *named) {
		rc = take_folder(k, "GAVEL_KEYS", named, err);
	} else {
		rc = gitdir ? by_setting(k, gitdir, err) : GV_ENOTFOUND;
		if (rc == GV_ENOTFOUND) {
			gv_err_clear(err);
			rc = by_home(k, err);
		}
	}
	if (rc) {
		gv_keys_free(k);
		return rc;
	}
	*out = k;
	return 0;
}

void gv_keys_free(struct gv_keys *k)
{
	if (!k)
		return;
	if (k->fd >= 0)
		close(k->fd);
	gv_buf_free(&k->folder);
	gv_wipe(k, sizeof *k);
	free(k);
}

const char *gv_keys_folder(const struct gv_keys *k)
{
	return k->folder.p ? k->folder.p : "";
}

/* ---- the folder ---- */

static bool is_there(const char *folder, size_t n, const char *name)
{
	char path[4096 + 32];

	snprintf(path, sizeof path, "%.*s/%s", (int)n, folder, name);
	return access(path, F_OK) == 0;
}

/* Keys that lie in a repository or its work tree are one `git add` away from every clone. */
static int check_outside(const char *folder, struct gv_err *err)
{
	char *real = realpath(folder, NULL);
	int rc = 0;

	if (!real)
		return errno == ENOMEM ? gv_fail_nomem(err) : gv_fail_sys(err, folder, "%s", _("cannot open"));
	for (size_t n = strlen(real); n && !rc; n--) {
		if (real[n] && real[n] != '/')
			continue;
		if (is_there(real, n, ".git") ||
		    (is_there(real, n, "HEAD") && is_there(real, n, "objects") && is_there(real, n, "refs"))) {
			rc = gv_fail(err, GV_EIO, _("lies in the git repository %.*s: keys are kept outside (GAVEL_KEYS)"), (int)n,
			             real);
			gv_err_thing(err, folder, strlen(folder));
		}
	}
	free(real);
	return rc;
}

static int check_private(const struct stat *st, const char *name, struct gv_err *err)
{
	int rc = 0;

	if (st->st_uid != geteuid())
		rc = gv_fail(err, GV_EIO, _("belongs to user %u, not to you: not used"), (unsigned)st->st_uid);
	else if (st->st_mode & 077)
		rc = gv_fail(err, GV_EIO, _("is open to others (mode %04o): not used until chmod go="),
		             (unsigned)st->st_mode & 07777);
	if (rc)
		gv_err_thing(err, name, strlen(name));
	return rc;
}

static int make_folder(const char *folder, struct gv_err *err)
{
	struct gv_buf path = GV_BUF_INIT(4096);
	int rc = 0;

	gv_buf_adds(&path, folder);
	rc = gv_buf_check(&path, err);
	for (size_t i = 1; !rc && i <= path.n; i++) {
		if (i < path.n && path.p[i] != '/')
			continue;
		path.p[i] = '\0';
		if (mkdir(path.p, 0700) && errno != EEXIST)
			rc = gv_fail_sys(err, path.p, "%s", _("cannot create"));
		path.p[i] = i < path.n ? '/' : '\0';
	}
	gv_buf_free(&path);
	return rc;
}

int gv_keys_folder_open(struct gv_keys *k, bool make, struct gv_err *err)
{
	struct stat st;
	int rc = 0;

	if (k->fd >= 0)
		return 0;
	if (!k->folder.n)
		return make ? gv_fail(err, GV_EUSAGE, "%s", _("where are the keys?  GAVEL_KEYS names the folder")) : GV_ENOTFOUND;
	if (make)
		rc = make_folder(k->folder.p, err);
	if (rc)
		return rc;
	k->fd = open(k->folder.p, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (k->fd < 0) /* another's folder, which a docket's setting may name, is no folder of ours */
		return (errno == ENOENT || errno == EACCES) && !make ? GV_ENOTFOUND
		                                                     : gv_fail_sys(err, k->folder.p, "%s", _("cannot open"));
	rc = fstat(k->fd, &st) ? gv_fail_sys(err, k->folder.p, "%s", _("cannot open")) : 0;
	if (!rc)
		rc = check_private(&st, k->folder.p, err);
	if (!rc)
		rc = check_outside(k->folder.p, err);
	if (rc) {
		close(k->fd);
		k->fd = -1;
	}
	return rc;
}

/* ---- files ---- */

/* An empty one was never finished before a power failure: nobody
 * has used it, because a commit waits for gv_keys_sync(). */
int gv_keys_file_read(struct gv_keys *k, const char *name, struct gv_buf *text, struct gv_err *err)
{
	int fd = openat(k->fd, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	struct stat st;
	int rc = 0;

	if (fd < 0)
		return errno == ENOENT ? GV_ENOTFOUND : gv_fail_sys(err, name, "%s", _("cannot open"));
	if (fstat(fd, &st))
		rc = gv_fail_sys(err, name, "%s", _("cannot open"));
	if (!rc)
		rc = check_private(&st, name, err);
	if (!rc)
		rc = gv_buf_read_fd(text, fd, name, err);
	if (!rc && !text->n)
		rc = GV_ENOTFOUND;
	k->recent = !rc && st.st_mtime > time(NULL) - RECENT;
	close(fd);
	return rc;
}

int gv_keys_file_part(struct gv_keys *k, char part[NAME_MAX_BYTES], struct gv_str text, bool durable,
                      struct gv_err *err)
{
	uint64_t random;
	int fd, rc = gv_random_bytes(&random, sizeof random, err);

	if (rc)
		return rc;
	snprintf(part, NAME_MAX_BYTES, ".new-%016llx", (unsigned long long)random);
	fd = openat(k->fd, part, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0)
		return gv_fail_sys(err, k->folder.p, "%s", _("cannot create"));
	rc = gv_write_all(fd, text.p, text.n, k->folder.p, err);
	if (!rc && durable && fsync(fd))
		rc = gv_fail_sys(err, k->folder.p, "%s", _("cannot write"));
	if (close(fd) && !rc)
		rc = gv_fail_sys(err, k->folder.p, "%s", _("cannot write"));
	if (rc)
		unlinkat(k->fd, part, 0);
	return rc;
}

/* Of two that find it empty the second one must see what the first one put there, and leave it. */
static int replace_empty(struct gv_keys *k, const char *part, const char *name)
{
	struct stat st;
	int rc = -1;

	if (flock(k->fd, LOCK_EX))
		return -1;
	if (fstatat(k->fd, name, &st, AT_SYMLINK_NOFOLLOW) == 0)
		rc = st.st_size ? 0 : renameat(k->fd, part, k->fd, name);
	flock(k->fd, LOCK_UN);
	return rc;
}

int gv_keys_file_add(struct gv_keys *k, const char *name, struct gv_str text, struct gv_err *err)
{
	char part[NAME_MAX_BYTES];
	int rc = gv_keys_file_part(k, part, text, false, err);

	if (rc)
		return rc;
	k->unsynced = true;
	if (linkat(k->fd, part, k->fd, name, 0) && (errno != EEXIST || replace_empty(k, part, name)))
		rc = gv_fail_sys(err, k->folder.p, "%s", _("cannot create"));
	unlinkat(k->fd, part, 0);
	return rc;
}

int gv_keys_sync(struct gv_keys *k, struct gv_err *err)
{
	/* A year of records brings a new key each: one call for all of them. */
	if (k && k->unsynced && syncfs(k->fd))
		return gv_fail_sys(err, k->folder.p, "%s", _("cannot write"));
	if (k)
		k->unsynced = false;
	return 0;
}
