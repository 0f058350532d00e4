/* SPDX-License-Identifier: MIT */
/* What holds objects: every id that a repository's files mention, outside of its objects. */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "i18n.h"
#include "maintain_impl.h"

enum { DEPTH_MAX = 64 };

struct roots {
	const char *gitdir;
	gv_root *each;
	void *ctx;
	struct gv_err *err;
};

static bool ends_with(const char *name, const char *end)
{
	size_t n = strlen(name), m = strlen(end);

	return n >= m && strcmp(name + n - m, end) == 0;
}

/* ---- lines ---- */

static int give(struct roots *r, const struct gv_oid *id, bool strict)
{
	return gv_oid_is_zero(id) ? 0 : r->each(r->ctx, id, strict, r->err);
}

/* "ID", "ID NAME", "OLD NEW WHO": the ids. */
static int mention(struct roots *r, struct gv_str line)
{
	struct gv_oid id;
	int rc = 0;

	for (int words = 0; words < 2 && !rc; words++) {
		if (line.n < GV_HEX || !gv_oid_read(&id, (struct gv_str){ line.p, GV_HEX }))
			return 0;
		rc = give(r, &id, false);
		line.p += GV_HEX;
		line.n -= GV_HEX;
		if (line.n && *line.p == ' ') {
			line.p++;
			line.n--;
		}
	}
	return rc;
}

/* "ID NAME", and "^PEELED" lines, which the tag before them reaches.  A loose ref of that name is the true one. */
static int packed(struct roots *r, struct gv_str line)
{
	struct gv_buf path = GV_BUF_INIT(8192);
	struct gv_oid id;
	int rc;

	if (line.n < GV_HEX + 2 || line.p[GV_HEX] != ' ' || !gv_oid_read(&id, (struct gv_str){ line.p, GV_HEX }))
		return 0;
	gv_buf_addf(&path, "%s/", r->gitdir);
	gv_buf_add(&path, line.p + GV_HEX + 1, line.n - GV_HEX - 1);
	rc = gv_buf_check(&path, r->err);
	if (!rc && access(path.p, F_OK) != 0)
		rc = give(r, &id, true);
	gv_buf_free(&path);
	return rc;
}

static int ref(struct roots *r, const char *path, struct gv_str line)
{
	struct gv_oid id;

	if (gv_str_starts(line, GV_STR("ref:"))) /* what it points to is met by itself */
		return 0;
	if (gv_oid_read(&id, gv_str_trim(line)))
		return give(r, &id, true);
	return gv_fail(r->err, GV_EINTEGRITY, _("ref %s does not hold an object id"), path + strlen(r->gitdir) + 1);
}

/* ---- files ---- */

enum sort { REF, PACKED, MENTIONS };

static int one_line(struct roots *r, enum sort sort, const char *path, struct gv_str line)
{
	while (line.n && (line.p[line.n - 1] == '\n' || line.p[line.n - 1] == '\r'))
		line.n--;
	switch (sort) {
	case REF:
		return ref(r, path, line);
	case PACKED:
		return packed(r, line);
	case MENTIONS:
		break;
	}
	return mention(r, line);
}

/* Line by line, as reflogs grow for ever.  A file that is gone (git pack-refs) is in packed-refs, which comes later. */
static int file(struct roots *r, enum sort sort, const char *path)
{
	FILE *f = fopen(path, "re");
	char *text = NULL;
	size_t room = 0, lines = 0;
	ssize_t n;
	int rc = 0;

	if (!f)
		return errno == ENOENT || errno == ENOTDIR ? 0 : gv_fail_sys(r->err, path, _("cannot open"));
	errno = 0;
	while (!rc && (n = getline(&text, &room, f)) > 0) {
		rc = one_line(r, sort, path, (struct gv_str){ text, (size_t)n });
		lines++;
		errno = 0;
		if (sort == REF)
			break;
	}
	if (!rc && errno == ENOMEM)
		rc = gv_fail_nomem(r->err);
	else if (!rc && ferror(f))
		rc = gv_fail_sys(r->err, path, _("cannot read"));
	else if (!rc && sort == REF && !lines)
		rc = ref(r, path, (struct gv_str){ "", 0 });
	free(text);
	fclose(f);
	return rc;
}

/* Everything below a folder; locks are not refs yet. */
static int folder(struct roots *r, enum sort sort, const char *path, unsigned depth)
{
	struct gv_buf name = GV_BUF_INIT(8192);
	DIR *d = opendir(path);
	struct dirent *e;
	struct stat st;
	int rc = 0;

	if (!d)
		return errno == ENOENT ? 0 : gv_fail_sys(r->err, path, _("cannot read"));
	while (!rc && (errno = 0, e = readdir(d))) {
		if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0 || ends_with(e->d_name, ".lock"))
			continue;
		gv_buf_reset(&name);
		gv_buf_addf(&name, "%s/%s", path, e->d_name);
		rc = gv_buf_check(&name, r->err);
		if (!rc && stat(name.p, &st) != 0)
			rc = errno == ENOENT ? 0 : gv_fail_sys(r->err, name.p, _("cannot read"));
		else if (!rc && S_ISDIR(st.st_mode) && depth < DEPTH_MAX)
			rc = folder(r, sort, name.p, depth + 1);
		else if (!rc && S_ISREG(st.st_mode))
			rc = file(r, sort, name.p);
	}
	if (!rc && errno)
		rc = gv_fail_sys(r->err, path, _("cannot read"));
	closedir(d);
	gv_buf_free(&name);
	return rc;
}

/* HEAD is a ref; FETCH_HEAD, ORIG_HEAD, MERGE_HEAD only remember. */
static int heads(struct roots *r, enum sort sort)
{
	struct gv_buf path = GV_BUF_INIT(8192);
	DIR *d = opendir(r->gitdir);
	struct dirent *e;
	int rc = 0;

	if (!d)
		return gv_fail_sys(r->err, r->gitdir, _("cannot read"));
	while (!rc && (e = readdir(d))) {
		bool head = strcmp(e->d_name, "HEAD") == 0;

		if (sort == REF ? !head : !ends_with(e->d_name, "_HEAD"))
			continue;
		gv_buf_reset(&path);
		gv_buf_addf(&path, "%s/%s", r->gitdir, e->d_name);
		rc = gv_buf_check(&path, r->err);
		if (!rc)
			rc = file(r, sort, path.p);
	}
	closedir(d);
	gv_buf_free(&path);
	return rc;
}

int gv_maintain_roots(const char *gitdir, gv_root *each, void *ctx, struct gv_err *err)
{
	/* In the order in which git moves a ref from the one place to the other. */
	static const struct { const char *name; enum sort sort; bool folder; } places[] = {
		{ "refs", REF, true }, { "packed-refs", PACKED, false }, { "logs", MENTIONS, true },
		{ "worktrees", MENTIONS, true },
	};
	struct roots r = { gitdir, each, ctx, err };
	struct gv_buf path = GV_BUF_INIT(8192);
	int rc = heads(&r, REF);

	for (size_t i = 0; i < sizeof places / sizeof places[0] && !rc; i++) {
		gv_buf_reset(&path);
		gv_buf_addf(&path, "%s/%s", gitdir, places[i].name);
		rc = gv_buf_check(&path, err);
		if (!rc)
			rc = places[i].folder ? folder(&r, places[i].sort, path.p, 0)
			                      : file(&r, places[i].sort, path.p);
	}
	if (!rc)
		rc = heads(&r, MENTIONS);
	gv_buf_free(&path);
	return rc;
}

static bool exists(const char *dir, const char *name, const char *more)
{
	struct gv_buf path = GV_BUF_INIT(8192);
	bool yes;

	gv_buf_addf(&path, "%s/%s%s", dir, name, more);
	yes = path.failed || access(path.p, F_OK) == 0;
	gv_buf_free(&path);
	return yes;
}

bool gv_maintain_has_index(const char *gitdir)
{
	struct gv_buf path = GV_BUF_INIT(8192);
	bool found = exists(gitdir, "index", "");
	struct dirent *e;
	DIR *d = NULL;

	gv_buf_addf(&path, "%s/worktrees", gitdir);
	if (!path.failed)
		d = opendir(path.p);
	while (d && !found && (e = readdir(d)))
		found = e->d_name[0] != '.' && exists(path.p, e->d_name, "/index");
	if (d)
		closedir(d);
	found = found || path.failed;
	gv_buf_free(&path);
	return found;
}
