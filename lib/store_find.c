/* SPDX-License-Identifier: MIT */
/*
 * Finding the repository of a docket, and every reason why that may not work, each with its own
 * words.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "gitconf.h"
#include "i18n.h"
#include "store_impl.h"

enum { CONFIG_MAX = 8 << 20 };

static int fail_here(struct gv_err *err, int code, const char *dir, const char *text)
{
	gv_fail(err, code, "%s", text);
	gv_err_thing(err, dir, strlen(dir));
	return code;
}

static char *join(const char *dir, const char *name)
{
	struct gv_buf path = GV_BUF_INIT(8192);

	if (name[0] != '/')
		gv_buf_addf(&path, "%s/", strcmp(dir, "/") == 0 ? "" : dir);
	gv_buf_adds(&path, name);
	if (path.failed)
		gv_buf_free(&path);
	return path.p;
}

/* ---- what a folder is ---- */

/* "DIR/NAME" in `out`; false if it is too long for any system call. */
static bool path_in(char out[PATH_MAX], const char *dir, const char *name)
{
	int n = snprintf(out, PATH_MAX, "%s/%s", dir, name);

	errno = ENAMETOOLONG;
	return n > 0 && n < PATH_MAX;
}

static bool is_dir(const char *dir, const char *name)
{
	char path[PATH_MAX];
	struct stat st;

	return path_in(path, dir, name) && stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

/* The trimmed text of a one-line file; p NULL if it cannot be read (errno: why) or is none. */
static struct gv_str read_line(const char *dir, const char *name, char text[PATH_MAX])
{
	char path[PATH_MAX];
	int fd = path_in(path, dir, name) ? open(path, O_RDONLY | O_CLOEXEC) : -1;
	ssize_t n = fd < 0 ? -1 : read(fd, text, PATH_MAX - 1);
	struct gv_str line;

	if (fd >= 0)
		close(fd);
	if (n < 0)
		return (struct gv_str){ 0 };
	errno = 0;
	line = gv_str_trim((struct gv_str){ text, (size_t)n });
	text[line.p + line.n - text] = '\0';
	if (memchr(line.p, '\0', line.n))
		line = (struct gv_str){ 0 };
	return line;
}

/* HEAD as git writes it; errno tells why it could not be read. */
static bool has_head(const char *dir)
{
	char text[PATH_MAX];
	struct gv_str line = read_line(dir, "HEAD", text);
	struct gv_oid oid;

	return line.p && (gv_str_starts(line, GV_STR("ref:")) || gv_oid_read(&oid, line));
}

/* The folder that refs and objects are in: `gitdir`, or where its file commondir points to. */
static int find_common(const char *gitdir, char **out, struct gv_err *err)
{
	char text[PATH_MAX];
	struct gv_str to;

	if (is_dir(gitdir, "objects")) {
		*out = strdup(gitdir);
	} else {
		to = read_line(gitdir, "commondir", text);
		if (!to.n)
			return GV_ENOTFOUND;
		*out = join(gitdir, to.p);
	}
	return *out ? 0 : gv_fail_nomem(err);
}

/* realpath(3), spared where it was done. */
static char *real(const struct gv_store *s, const char *path)
{
	return strcmp(path, s->dir) == 0 ? strdup(path) : realpath(path, NULL);
}

/* Is `gitdir` one?  GV_ENOTFOUND if not; takes it over into the store if so. */
static int try_gitdir(struct gv_store *s, const char *gitdir, struct gv_err *err)
{
	char *common = NULL;
	int rc;

	if (!has_head(gitdir)) {
		if (errno == EACCES)
			return gv_fail_sys(err, gitdir, _("cannot read the repository"));
		return GV_ENOTFOUND;
	}
	rc = find_common(gitdir, &common, err);
	if (!rc && !is_dir(common, "refs"))
		rc = GV_ENOTFOUND;
	if (!rc) {
		s->gitdir = real(s, gitdir);
		s->commondir = strcmp(common, gitdir) == 0 && s->gitdir ? strdup(s->gitdir)
		                                                        : real(s, common);
		if (!s->commondir || !s->gitdir)
			rc = gv_fail_sys(err, gitdir, _("cannot read the repository"));
	}
	free(common);
	return rc;
}

/* DIR/.git: a folder, or a file "gitdir: PATH" (worktrees, submodules). */
static int try_dot_git(struct gv_store *s, const char *dir, struct gv_err *err)
{
	char path[PATH_MAX], text[PATH_MAX], *target;
	struct gv_str line, word = GV_STR("gitdir:");
	struct stat st;
	int rc = GV_ENOTFOUND;

	if (!path_in(path, dir, ".git") || stat(path, &st) != 0) {
		if (errno == EACCES)
			rc = gv_fail_sys(err, dir, _("cannot read the folder"));
	} else if (S_ISDIR(st.st_mode)) {
		rc = try_gitdir(s, path, err);
	} else if ((line = read_line(dir, ".git", text)).p && gv_str_starts(line, word)) {
		target = join(dir, line.p + word.n + strspn(line.p + word.n, " \t"));
		rc = target ? try_gitdir(s, target, err) : gv_fail_nomem(err);
		free(target);
	}
	return rc;
}

static int try_here(struct gv_store *s, const char *dir, struct gv_err *err)
{
	int rc = try_dot_git(s, dir, err);

	s->bare = rc == GV_ENOTFOUND;
	return s->bare ? try_gitdir(s, dir, err) : rc;
}

/* ---- where to look ---- */

static int find_given(struct gv_store *s, const char *dir, struct gv_err *err)
{
	struct stat st;
	int rc;

	s->dir = realpath(dir, NULL);
	if (!s->dir && (errno == ENOENT || errno == ENOTDIR || errno == ENAMETOOLONG))
		return fail_here(err, GV_ENOTFOUND, dir, _("no such folder"));
	if (!s->dir)
		return gv_fail_sys(err, dir, _("cannot open the docket"));
	if (stat(s->dir, &st) == 0 && !S_ISDIR(st.st_mode))
		return fail_here(err, GV_ENOTFOUND, dir, _("not a folder"));
	rc = try_here(s, s->dir, err);
	if (rc == GV_ENOTFOUND)
		return fail_here(err, rc, dir,
		                 _("not a git repository, so no docket: case-file init makes one"));
	return rc;
}

static int find_upwards(struct gv_store *s, struct gv_err *err)
{
	char *slash;
	int rc;

	s->dir = realpath(".", NULL);
	if (!s->dir)
		return gv_fail_sys(err, ".", _("cannot find the working folder"));
	while ((rc = try_here(s, s->dir, err)) == GV_ENOTFOUND && strcmp(s->dir, "/") != 0) {
		slash = strrchr(s->dir, '/');
		slash[slash == s->dir] = '\0';
	}
	if (rc == GV_ENOTFOUND)
		return gv_fail(err, rc, "%s",
		               _("no docket here or above: name one with -C DIR or GAVEL_DOCKET, "
		                 "or make one with case-file init DIR"));
	return rc;
}

/* ---- may we? ---- */

/* As git since 2022: the configuration and the hooks of another user's repository are a trap. */
static int check_owner(const struct gv_store *s, struct gv_err *err)
{
	const char *sudo = getenv("SUDO_UID");
	bool safe = false;
	int64_t sudo_uid;
	struct stat st;
	int rc;

	if (stat(s->gitdir, &st) != 0)
		return gv_fail_sys(err, s->gitdir, _("cannot read the repository"));
	if (st.st_uid == geteuid() ||
	    (geteuid() == 0 && sudo && gv_str_int(gv_str_of(sudo), &sudo_uid) &&
	     sudo_uid == st.st_uid))
		return 0;
	rc = gv_gitconf_safe_directory(s->dir, &safe, err);
	if (!rc && !safe && strcmp(s->dir, s->gitdir) != 0)
		rc = gv_gitconf_safe_directory(s->gitdir, &safe, err);
	if (rc || safe)
		return rc;
	gv_fail(err, GV_EIO,
	        _("the docket belongs to another user (number %lu); if you trust it: "
	          "git config --global --add safe.directory %s"),
	        (unsigned long)st.st_uid, s->dir);
	gv_err_thing(err, s->dir, strlen(s->dir));
	return GV_EIO;
}

/* ---- can we? ---- */

struct format {
	bool bare;
	int64_t version;
	char trouble[256];  /* the first thing that we cannot read, translated */
};

static void judge_extension(struct format *f, const char *name, const char *value)
{
	static const char *const harmless[] = {
		"noop", "noop-v1", "worktreeconfig", "preciousobjects", "partialclone",
		"relativeworktrees",
	};

	if (f->trouble[0])
		return;
	if (strcmp(name, "objectformat") == 0) {
		if (strcmp(value, "sha1") != 0)
			snprintf(
				f->trouble, sizeof f->trouble,
				_("object format %.32s is not supported, only sha1: make a docket "
				  "with case-file init and take the history over with "
				  "git fast-export and git fast-import"),
				value);
		return;
	}
	if (strcmp(name, "refstorage") == 0) {
		if (strcmp(value, "files") != 0)
			snprintf(
				f->trouble, sizeof f->trouble,
				_("ref storage %.32s is not supported, only files: "
				  "convert it with git refs migrate --ref-format=files"),
				value);
		return;
	}
	for (size_t i = 0; i < sizeof harmless / sizeof harmless[0]; i++) {
		if (strcmp(name, harmless[i]) == 0)
			return;
	}
	if (f->version > 0)
		snprintf(f->trouble, sizeof f->trouble,
		         _("repository extension %.64s is not supported"), name);
}

static int take_format(void *ctx, const struct gv_gitconf_item *item)
{
	struct format *f = ctx;
	const char *value = item->value ? item->value : "";

	if (strcmp(item->key, "core.bare") == 0)
		gv_gitconf_bool(item->value, &f->bare);
	else if (strcmp(item->key, "core.repositoryformatversion") == 0)
		gv_str_int(gv_str_of(value), &f->version);
	else if (strncmp(item->key, "extensions.", 11) == 0)
		judge_extension(f, item->key + 11, value);
	return 0;
}

static int check_format(struct gv_store *s, struct gv_err *err)
{
	struct gv_buf text = GV_BUF_INIT(CONFIG_MAX);
	struct format f = { .bare = s->bare };
	char path[PATH_MAX];
	int fd = path_in(path, s->commondir, "config") ? open(path, O_RDONLY | O_CLOEXEC) : -1;
	int rc = 0;

	if (fd < 0 && errno != ENOENT) /* without one, git takes its defaults */
		rc = gv_fail_sys(err, path, _("cannot open"));
	if (fd >= 0) {
		rc = gv_buf_read_fd(&text, fd, path, err);
		close(fd);
	}
	if (!rc) {
		rc = gv_gitconf_parse(gv_buf_str(&text), take_format, &f, err);
		if (rc)
			gv_err_thing(err, path, strlen(path));
	}
	if (!rc && f.trouble[0])
		rc = fail_here(err, GV_EDATA, s->dir, f.trouble);
	if (!rc && f.version > 1) {
		rc = gv_fail(err, GV_EDATA,
		             _("repository format version %lld is newer than git's 1"),
		             (long long)f.version);
		gv_err_thing(err, s->dir, strlen(s->dir));
	}
	/* A worktree of the docket, named by its folder in there, is one for reading, too. */
	s->bare = s->bare && f.bare && strcmp(s->gitdir, s->commondir) == 0;
	gv_buf_free(&text);
	return rc;
}

int gv_store_find(struct gv_store *s, const char *dir, struct gv_err *err)
{
	const char *given = dir ? dir : getenv("GAVEL_DOCKET");
	int rc = given && *given ? find_given(s, given, err) : find_upwards(s, err);

	if (!rc)
		rc = check_owner(s, err);
	if (!rc)
		rc = check_format(s, err);
	return rc;
}
