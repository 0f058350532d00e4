/* SPDX-License-Identifier: MIT */
#include "gitref.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "i18n.h"

enum { DEPTH_MAX = 5, LOOSE_MAX = 4096 };
#define PACKED_MAX (256 * GV_MIB)

/* What git check-ref-format would refuse could also lead out of the repository. */
static bool name_is_legal(struct gv_str name)
{
	char before = '/';

	if (name.n == 0 || name.n > 1024 || name.p[name.n - 1] == '/' || name.p[name.n - 1] == '.')
		return false;
	for (size_t i = 0; i < name.n; i++) {
		char c = name.p[i];

		if ((unsigned char)c <= ' ' || c == 0x7F || strchr("~^:?*[\\", c) ||
		    (c == '.' && (before == '/' || before == '.')) || (c == '/' && before == '/') ||
		    (c == '{' && before == '@'))
			return false;
		before = c;
	}
	return true;
}

/* The file's text; GV_ENOTFOUND also where a folder is in the way. */
static int read_text(const char *dir, const char *name, struct gv_buf *out, struct gv_err *err)
{
	struct gv_buf path = GV_BUF_INIT(8192);
	int rc, fd = -1;

	gv_buf_reset(out);
	gv_buf_addf(&path, "%s/%s", dir, name);
	rc = gv_buf_check(&path, err);
	if (rc)
		goto out;
	fd = open(path.p, O_RDONLY | O_CLOEXEC);
	if (fd < 0) {
		rc = errno == ENOENT || errno == ENOTDIR || errno == EISDIR || errno == ENAMETOOLONG
		             ? GV_ENOTFOUND
		             : gv_fail_sys(err, path.p, _("cannot open"));
		goto out;
	}
	errno = 0;
	rc = gv_buf_read_fd(out, fd, path.p, err);
	if (rc && errno == EISDIR)
		rc = GV_ENOTFOUND;
out:
	if (fd >= 0)
		close(fd);
	gv_buf_free(&path);
	return rc;
}

/* "ID NAME" lines, each perhaps followed by "^PEELED"; '#' comments. */
static struct gv_str find_packed(struct gv_str text, struct gv_str name)
{
	const char *at = text.p, *end = text.p + text.n;

	while (at < end) {
		const char *eol = memchr(at, '\n', (size_t)(end - at));
		size_t n = (size_t)((eol ? eol : end) - at);

		if (n == GV_HEX + 1 + name.n && at[GV_HEX] == ' ' &&
		    memcmp(at + GV_HEX + 1, name.p, name.n) == 0)
			return (struct gv_str){ at, GV_HEX };
		at += n + 1;
	}
	return (struct gv_str){ 0 };
}

static int read_packed(const char *dir, const char *name, struct gv_buf *out, struct gv_err *err)
{
	struct gv_buf text = GV_BUF_INIT(PACKED_MAX);
	int rc = read_text(dir, "packed-refs", &text, err);
	struct gv_str id = { 0 };

	if (!rc)
		id = find_packed(gv_buf_str(&text), gv_str_of(name));
	if (!rc && !id.p)
		rc = GV_ENOTFOUND;
	gv_buf_reset(out);
	gv_buf_addstr(out, id);
	if (!rc)
		rc = gv_buf_check(out, err);
	gv_buf_free(&text);
	return rc;
}

/* Loose, then packed: `git pack-refs` writes in that order too. */
static int read_here(const char *dir, const char *name, struct gv_buf *text, struct gv_err *err)
{
	int rc = read_text(dir, name, text, err);

	return rc == GV_ENOTFOUND ? read_packed(dir, name, text, err) : rc;
}

/* The repository that a linked worktree belongs to, into `out`; GV_ENOTFOUND if this is none. */
static int common_dir(const char *gitdir, struct gv_buf *out, struct gv_err *err)
{
	struct gv_buf text = GV_BUF_INIT(LOOSE_MAX);
	int rc = read_text(gitdir, "commondir", &text, err);
	struct gv_str to = gv_str_trim(gv_buf_str(&text));

	if (!rc && !to.n)
		rc = GV_ENOTFOUND;
	if (!rc) {
		if (to.p[0] != '/')
			gv_buf_addf(out, "%s/", gitdir);
		gv_buf_addstr(out, to);
		rc = gv_buf_check(out, err);
	}
	gv_buf_free(&text);
	return rc;
}

static int read_anywhere(const char *gitdir, const char *name, struct gv_buf *text,
                         struct gv_err *err)
{
	struct gv_buf common = GV_BUF_INIT(8192);
	int rc = read_here(gitdir, name, text, err);

	if (rc == GV_ENOTFOUND)
		rc = common_dir(gitdir, &common, err);
	if (!rc && common.n)
		rc = read_here(common.p, name, text, err);
	gv_buf_free(&common);
	return rc;
}

int gv_gitref_read(const char *gitdir, const char *name, struct gv_oid *out, struct gv_err *err)
{
	struct gv_buf text = GV_BUF_INIT(LOOSE_MAX), at = GV_BUF_INIT(LOOSE_MAX);
	struct gv_str symbolic = GV_STR("ref:"), value;
	int rc = 0;

	gv_buf_adds(&at, name);
	for (int depth = 0; !rc; depth++) {
		if (at.nomem) {
			rc = gv_fail_nomem(err);
			break;
		}
		if (at.failed || !name_is_legal(gv_buf_str(&at))) {
			rc = GV_ENOTFOUND;
			break;
		}
		rc = read_anywhere(gitdir, at.p, &text, err);
		value = gv_str_trim(gv_buf_str(&text));
		if (rc)
			break;
		if (!gv_str_starts(value, symbolic)) {
			if (!gv_oid_read(out, value))
				rc = gv_fail(err, GV_EINTEGRITY,
				             _("ref %s does not hold an object id"), at.p);
			break;
		}
		value = gv_str_trim((struct gv_str){ value.p + symbolic.n, value.n - symbolic.n });
		if (depth == DEPTH_MAX)
			rc = gv_fail(err, GV_EINTEGRITY, _("ref %s points on more than %d times"),
			             name, DEPTH_MAX);
		gv_buf_reset(&at);
		gv_buf_addstr(&at, value);
	}
	if (rc == GV_ENOTFOUND)
		rc = gv_fail(err, GV_ENOTFOUND, _("no ref %s"), name);
	gv_buf_free(&text);
	gv_buf_free(&at);
	return rc;
}
