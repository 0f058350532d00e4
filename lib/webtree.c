/* SPDX-License-Identifier: MIT */
#include "webtree.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "i18n.h"

#define HEAD "gavel-site 1\n"
#define NEW_FILE ".gavel-site.new"

enum { LIST_MAX = 256 << 20, FILE_MAX = 64 << 20, PATH_MAX_HERE = 200 };

struct known { struct gv_str path; bool put; };

struct gv_webtree {
	char *dir;               /* for messages */
	int root, journal;
	struct gv_buf old;       /* the list as it was found */
	struct known *known;     /* its paths, sorted */
	size_t nknown;
	struct gv_buf paths;     /* what was put, each with a line feed */
	size_t nput;
	struct gv_buf found;     /* a file as it is */
	char folder[PATH_MAX_HERE + 1];
	int at;                  /* that folder, -1: none is open */
	struct gv_webtree_count count;
};

static int fail_at(const struct gv_webtree *t, struct gv_err *err, int code, const char *path, const char *what)
{
	char thing[256];

	snprintf(thing, sizeof thing, "%s%s%s", t->dir, *path ? "/" : "", path);
	if (code == GV_EIO)
		return gv_fail_sys(err, thing, "%s", what);
	gv_fail(err, code, "%s", what);
	gv_err_thing(err, thing, strlen(thing));
	return code;
}

/* ---- the list ---- */

static bool is_clean(struct gv_str path)
{
	bool first = true;

	if (!path.n || path.n > PATH_MAX_HERE)
		return false;
	for (size_t i = 0; i < path.n; i++) {
		char c = path.p[i];

		if (c == '/' ? first : first && c == '.')
			return false;
		if (c != '/' && c != '.' && c != '_' && c != '-' && !(c >= '0' && c <= '9') && !(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z'))
			return false;
		first = c == '/';
	}
	return !first;
}

static int by_path(const void *a, const void *b)
{
	return gv_str_cmp(((const struct known *)a)->path, ((const struct known *)b)->path);
}

/* Lines behind the head; a run that was killed leaves them unsorted, some twice, and the last one cut. */
static int read_list(struct gv_webtree *t, struct gv_err *err)
{
	struct gv_str rest = gv_buf_str(&t->old);
	size_t lines = 0, n = 0;

	if (gv_str_starts(GV_STR(HEAD), rest) && rest.n < strlen(HEAD)) { /* killed at the very beginning */
		gv_buf_reset(&t->old);
		return 0;
	}
	if (!gv_str_starts(rest, GV_STR(HEAD)))
		return fail_at(t, err, GV_EDATA, GV_WEBTREE_LIST, _("is no list of a site's files"));
	for (size_t i = 0; i < rest.n; i++)
		lines += rest.p[i] == '\n';
	t->known = calloc(lines + 1, sizeof *t->known);
	if (!t->known)
		return gv_fail_nomem(err);
	rest = (struct gv_str){ rest.p + strlen(HEAD), rest.n - strlen(HEAD) };
	for (const char *end; (end = memchr(rest.p, '\n', rest.n)) != NULL;) {
		struct gv_str path = { rest.p, (size_t)(end - rest.p) };

		if (!is_clean(path))
			return fail_at(t, err, GV_EDATA, GV_WEBTREE_LIST, _("names what is no file of a site"));
		t->known[t->nknown++].path = path;
		rest = (struct gv_str){ end + 1, rest.n - path.n - 1 };
	}
	qsort(t->known, t->nknown, sizeof *t->known, by_path);
	for (size_t i = 0; i < t->nknown; i++)
		if (!n || !gv_str_eq(t->known[n - 1].path, t->known[i].path))
			t->known[n++] = t->known[i];
	t->nknown = n;
	return 0;
}

static struct known *find_known(struct gv_webtree *t, const char *path)
{
	const struct known key = { .path = gv_str_of(path) };

	return t->nknown ? bsearch(&key, t->known, t->nknown, sizeof key, by_path) : NULL;
}

/* ---- opening ---- */

static bool lies_in(const char *path, const char *folder)
{
	size_t n = strlen(folder);

	while (n > 1 && folder[n - 1] == '/')
		n--;
	return strncmp(path, folder, n) == 0 && (path[n] == '/' || !path[n]);
}

/* The folder that it is, or will be in. */
static bool has(const char *folder, const char *name)
{
	char path[PATH_MAX];
	struct stat st;

	return (size_t)snprintf(path, sizeof path, "%s/%s", folder, name) < sizeof path && stat(path, &st) == 0;
}

/* Another docket's folder, or a clone of one, where originals are: never beside them.  A work tree of anything else is a place for a site. */
static bool lies_in_git(const char *dir)
{
	char at[PATH_MAX];
	bool found = false;

	if ((size_t)snprintf(at, sizeof at, "%s", dir) >= sizeof at)
		return false;
	for (char *slash; !found && *at; *slash = '\0') {
		found = (has(at, "HEAD") && has(at, "objects") && has(at, "refs")) || (has(at, ".git") && has(at, "gavel.json"));
		slash = strrchr(at, '/');
		if (!slash)
			break;
	}
	return found;
}

static int check_place(const char *dir, const char *const *outside, struct gv_err *err)
{
	char *copy = strdup(dir), *real = realpath(dir, NULL), *slash;
	int rc = 0;

	if (!copy) {
		free(real);
		return gv_fail_nomem(err);
	}
	for (size_t n = strlen(copy); n > 1 && copy[n - 1] == '/';)
		copy[--n] = '\0';
	slash = strrchr(copy, '/');
	if (slash)
		slash[slash == copy] = '\0';
	if (!real && errno == ENOENT)
		real = realpath(slash ? copy : ".", NULL);
	if (!real)
		rc = gv_fail_sys(err, dir, "%s", _("cannot open the folder"));
	for (; !rc && *outside; outside++) {
		char *other = realpath(*outside, NULL);

		if (other && lies_in(real, other)) {
			rc = gv_fail(err, GV_EUSAGE, "%s", _("lies in the docket: a site goes elsewhere"));
			gv_err_thing(err, dir, strlen(dir));
		}
		free(other);
	}
	if (!rc && lies_in_git(real)) {
		rc = gv_fail(err, GV_EUSAGE, "%s", _("lies in a git repository, or in a clone of a docket: a site goes elsewhere"));
		gv_err_thing(err, dir, strlen(dir));
	}
	free(real);
	free(copy);
	return rc;
}

static int check_empty(struct gv_webtree *t, struct gv_err *err)
{
	int fd = openat(t->root, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *d = fd < 0 ? NULL : fdopendir(fd);
	const struct dirent *e;
	bool empty = true;

	if (!d) {
		if (fd >= 0)
			close(fd);
		return fail_at(t, err, GV_EIO, "", _("cannot read"));
	}
	while (empty && (e = readdir(d)) != NULL)
		empty = strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0;
	closedir(d);
	return empty ? 0 : fail_at(t, err, GV_ECONFLICT, "", _("holds files and is no site: name an empty folder"));
}

static int open_root(struct gv_webtree *t, struct gv_err *err)
{
	int fd, rc = 0;

	if (mkdir(t->dir, 0777) && errno != EEXIST)
		return fail_at(t, err, GV_EIO, "", _("cannot make the folder"));
	t->root = open(t->dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (t->root < 0)
		return fail_at(t, err, GV_EIO, "", _("cannot open the folder"));
	if (flock(t->root, LOCK_EX | LOCK_NB))
		return fail_at(t, err, GV_EBUSY, "", _("another process is writing this site"));
	fd = openat(t->root, GV_WEBTREE_LIST, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0 && errno == ENOENT)
		return check_empty(t, err);
	if (fd < 0)
		return fail_at(t, err, GV_EIO, GV_WEBTREE_LIST, _("cannot read"));
	rc = gv_buf_read_fd(&t->old, fd, GV_WEBTREE_LIST, err);
	close(fd);
	return rc ? rc : read_list(t, err);
}

int gv_webtree_open(struct gv_webtree **out, const char *dir, const char *const *outside, struct gv_err *err)
{
	struct gv_webtree *t = calloc(1, sizeof *t);
	int rc;

	*out = NULL;
	if (!t)
		return gv_fail_nomem(err);
	t->root = t->journal = t->at = -1;
	gv_buf_init(&t->old, LIST_MAX);
	gv_buf_init(&t->paths, LIST_MAX);
	gv_buf_init(&t->found, FILE_MAX);
	t->dir = strdup(dir);
	rc = t->dir ? check_place(dir, outside, err) : gv_fail_nomem(err);
	if (!rc)
		rc = open_root(t, err);
	if (rc)
		gv_webtree_free(t);
	else
		*out = t;
	return rc;
}

void gv_webtree_free(struct gv_webtree *t)
{
	if (!t)
		return;
	if (t->at >= 0)
		close(t->at);
	if (t->journal >= 0)
		close(t->journal);
	if (t->root >= 0)
		close(t->root);
	gv_buf_free(&t->old);
	gv_buf_free(&t->paths);
	gv_buf_free(&t->found);
	free(t->known);
	free(t->dir);
	free(t);
}

/* ---- files ---- */

/* t->at becomes the folder of a path, its folders made; *name what is behind the last slash. */
static int enter(struct gv_webtree *t, const char *path, const char **name, bool make, struct gv_err *err)
{
	const char *slash = strrchr(path, '/');
	size_t n = slash ? (size_t)(slash - path) : 0;
	char part[PATH_MAX_HERE + 1];

	*name = slash ? slash + 1 : path;
	if (t->at >= 0 && strlen(t->folder) == n && strncmp(t->folder, path, n) == 0)
		return 0;
	if (t->at >= 0)
		close(t->at);
	memcpy(t->folder, path, n);
	t->folder[n] = '\0';
	t->at = fcntl(t->root, F_DUPFD_CLOEXEC, 0);
	for (size_t i = 0, len; t->at >= 0 && i < n; i += len + 1) {
		int up = t->at;

		len = strcspn(t->folder + i, "/");
		memcpy(part, t->folder + i, len);
		part[len] = '\0';
		if (make && mkdirat(up, part, 0777) && errno != EEXIST)
			t->at = -1;
		else
			t->at = openat(up, part, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
		close(up);
	}
	if (t->at >= 0 || (errno == ENOENT && !make))
		return 0;
	if (errno == ELOOP || errno == ENOTDIR)
		return fail_at(t, err, GV_ECONFLICT, t->folder, _("is no folder of this site: move it away"));
	return fail_at(t, err, GV_EIO, t->folder, _("cannot make the folder"));
}

static int check_same(struct gv_webtree *t, const char *path, const char *name, struct gv_str text, bool *same, struct gv_err *err)
{
	int fd = openat(t->at, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	struct stat st;
	int rc = 0;

	*same = false;
	if (fd < 0 && errno == ENOENT)
		return 0;
	if (fd < 0 && errno != ELOOP)
		return fail_at(t, err, GV_EIO, path, _("cannot read"));
	if (fd < 0 || fstat(fd, &st) || !S_ISREG(st.st_mode)) {
		rc = fail_at(t, err, GV_ECONFLICT, path, _("is no file of this site: move it away"));
	} else if (st.st_size == (off_t)text.n) {
		gv_buf_reset(&t->found);
		rc = gv_buf_read_fd(&t->found, fd, path, err);
		*same = !rc && gv_str_eq(gv_buf_str(&t->found), text);
	}
	if (fd >= 0)
		close(fd);
	return rc;
}

static int write_file(struct gv_webtree *t, int at, const char *path, const char *name, struct gv_str text, struct gv_err *err)
{
	int fd, rc = 0;

	if (unlinkat(at, NEW_FILE, 0) && errno != ENOENT)
		return fail_at(t, err, GV_EIO, path, _("cannot write"));
	fd = openat(at, NEW_FILE, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
	if (fd < 0)
		return fail_at(t, err, GV_EIO, path, _("cannot write"));
	rc = gv_write_all(fd, text.p, text.n, path, err);
	if (close(fd) && !rc)
		rc = fail_at(t, err, GV_EIO, path, _("cannot write"));
	if (!rc && renameat(at, NEW_FILE, at, name))
		rc = fail_at(t, err, GV_EIO, path, _("cannot write"));
	if (rc)
		unlinkat(at, NEW_FILE, 0);
	return rc;
}

/* A new path stands in the list before it stands in the folder: a run that is killed leaves nothing that nobody knows. */
static int note(struct gv_webtree *t, const char *path, struct gv_err *err)
{
	struct gv_buf line = GV_BUF_INIT(PATH_MAX_HERE + 32);
	int rc;

	if (t->journal < 0) {
		t->journal = openat(t->root, GV_WEBTREE_LIST,
		                    O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW | O_CLOEXEC | (t->old.n ? 0 : O_TRUNC), 0666);
		if (t->journal < 0)
			return fail_at(t, err, GV_EIO, GV_WEBTREE_LIST, _("cannot write"));
		/* A line that a killed run left cut is ended. */
		if (!t->old.n)
			gv_buf_adds(&line, HEAD);
		else if (t->old.p[t->old.n - 1] != '\n')
			gv_buf_addc(&line, '\n');
	}
	gv_buf_adds(&line, path);
	gv_buf_addc(&line, '\n');
	rc = gv_buf_check(&line, err);
	if (!rc)
		rc = gv_write_all(t->journal, line.p, line.n, GV_WEBTREE_LIST, err);
	gv_buf_free(&line);
	return rc;
}

int gv_webtree_put(struct gv_webtree *t, const char *path, struct gv_str text, struct gv_err *err)
{
	struct known *known = find_known(t, path);
	const char *name;
	struct stat st;
	bool same = false;
	int rc;

	if (!is_clean(gv_str_of(path)))
		return fail_at(t, err, GV_EDATA, path, _("is no path of a site"));
	if (known && known->put)
		return fail_at(t, err, GV_EDATA, path, _("would be written twice"));
	rc = enter(t, path, &name, true, err);
	if (!rc && known)
		rc = check_same(t, path, name, text, &same, err);
	else if (!rc && fstatat(t->at, name, &st, AT_SYMLINK_NOFOLLOW) == 0)
		rc = fail_at(t, err, GV_ECONFLICT, path, _("is no file of this site: move it away"));
	if (!rc && !known)
		rc = note(t, path, err);
	if (!rc && !same)
		rc = write_file(t, t->at, path, name, text, err);
	if (rc)
		return rc;
	if (known)
		known->put = true;
	gv_buf_adds(&t->paths, path);
	gv_buf_addc(&t->paths, '\n');
	t->nput++;
	t->count.written += !same;
	t->count.unchanged += same;
	return gv_buf_check(&t->paths, err);
}

/* ---- the end ---- */

static int take_away(struct gv_webtree *t, struct gv_str gone, struct gv_err *err)
{
	char path[PATH_MAX_HERE + 1], *slash;
	const char *name;
	int rc;

	memcpy(path, gone.p, gone.n);
	path[gone.n] = '\0';
	rc = enter(t, path, &name, false, err);
	if (rc || t->at < 0)
		return rc;
	if (unlinkat(t->at, name, 0) == 0)
		t->count.removed++;
	else if (errno != ENOENT)
		return fail_at(t, err, GV_EIO, path, _("cannot remove"));
	while ((slash = strrchr(path, '/')) != NULL) {
		*slash = '\0';
		if (unlinkat(t->root, path, AT_REMOVEDIR))
			break;
		close(t->at); /* it may be the one that is gone */
		t->at = -1;
	}
	return 0;
}

static int write_list(struct gv_webtree *t, struct gv_err *err)
{
	struct known *all = calloc(t->nput + 1, sizeof *all);
	struct gv_buf text = GV_BUF_INIT(LIST_MAX);
	struct gv_str rest = gv_buf_str(&t->paths);
	int rc;

	if (!all)
		return gv_fail_nomem(err);
	for (size_t i = 0; i < t->nput; i++) {
		all[i].path = (struct gv_str){ rest.p, (size_t)((const char *)memchr(rest.p, '\n', rest.n) - rest.p) };
		rest = (struct gv_str){ rest.p + all[i].path.n + 1, rest.n - all[i].path.n - 1 };
	}
	qsort(all, t->nput, sizeof *all, by_path);
	gv_buf_adds(&text, HEAD);
	for (size_t i = 0; i < t->nput; i++) {
		gv_buf_addstr(&text, all[i].path);
		gv_buf_addc(&text, '\n');
	}
	free(all);
	rc = gv_buf_check(&text, err);
	if (!rc && (t->journal >= 0 || !gv_str_eq(gv_buf_str(&text), gv_buf_str(&t->old))))
		rc = write_file(t, t->root, GV_WEBTREE_LIST, GV_WEBTREE_LIST, gv_buf_str(&text), err);
	gv_buf_free(&text);
	return rc;
}

int gv_webtree_finish(struct gv_webtree *t, struct gv_webtree_count *count, struct gv_err *err)
{
	int rc = 0;

	for (size_t i = 0; !rc && i < t->nknown; i++)
		if (!t->known[i].put)
			rc = take_away(t, t->known[i].path, err);
	if (!rc)
		rc = write_list(t, err);
	*count = t->count;
	return rc;
}
