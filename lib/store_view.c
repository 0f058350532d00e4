/* SPDX-License-Identifier: MIT */
/*
 * A view: the docket as read-only text files, brought up to date by the difference of trees.
 * DIR/.gavel-view says which commit it shows, and, while it is being changed, which it is on the
 * way to; so a refresh that was killed is finished by the next.  Nothing is ever written through a
 * symbolic link or over a file that somebody changed.
 */
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
#include "store_impl.h"

#define STATE_FILE ".gavel-view"
#define TMP_FILE   ".gavel-tmp"

struct view {
	struct gv_store *s;
	const char *dir;
	bool made;               /* the folder is ours */
	int root;                /* it, open and locked */
	struct gv_oid shows, on_the_way;  /* from the state file; zero = none */
	struct gv_buf folder;    /* the folder that `at` is, "" = root */
	int at;
	struct gv_object text, old;
	struct gv_buf found;     /* what a file holds */
	size_t total;
	struct gv_view_result *r;
	struct gv_err *err;
};

static int fail_view(struct view *v, int code, struct gv_str path, const char *what)
{
	struct gv_buf name = GV_BUF_INIT(8192);

	gv_fail(v->err, code, "%s", what);
	gv_buf_addf(&name, "%s%s%.*s", v->dir, path.n ? "/" : "", (int)path.n,
	            path.p ? path.p : "");
	gv_err_thing(v->err, name.p ? name.p : v->dir, name.p ? name.n : strlen(v->dir));
	gv_buf_free(&name);
	return code;
}

static int fail_sys(struct view *v, struct gv_str path, const char *what)
{
	char text[256];

	snprintf(text, sizeof text, "%s: %s", what, strerror(errno));
	return fail_view(v, GV_EIO, path, text);
}

/* ---- folders ---- */

/* Make `at` the folder of a path.  `make`: missing folders are made; else `at` is -1 then. */
static int enter(struct view *v, struct gv_str path, bool make)
{
	const char *slash = memrchr(path.p, '/', path.n);
	struct gv_str folder = { path.p, slash ? (size_t)(slash - path.p) : 0 };
	char name[NAME_MAX + 1];
	size_t start = 0;

	if (v->at >= 0 && gv_str_eq(folder, gv_buf_str(&v->folder)))
		return 0;
	if (v->at >= 0)
		close(v->at);
	v->at = fcntl(v->root, F_DUPFD_CLOEXEC, 0);
	gv_buf_reset(&v->folder);
	gv_buf_addstr(&v->folder, folder);
	while (v->at >= 0 && start < folder.n) {
		const char *end = memchr(folder.p + start, '/', folder.n - start);
		size_t n = end ? (size_t)(end - folder.p) - start : folder.n - start;
		int up = v->at;

		snprintf(name, sizeof name, "%.*s", (int)(n < sizeof name ? n : sizeof name - 1),
		         folder.p + start);
		start += n + 1;
		if (make && mkdirat(up, name, 0777) && errno != EEXIST)
			v->at = -1;
		else
			v->at = openat(up, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
		close(up);
	}
	if (v->at >= 0 || (errno == ENOENT && !make))
		return gv_buf_check(&v->folder, v->err);
	if (errno == ELOOP || errno == ENOTDIR)
		return fail_view(v, GV_ECONFLICT, folder,
		                 _("is no folder of this view any more: move it away"));
	return fail_sys(v, folder, _("cannot make the folder"));
}

static const char *base_name(struct gv_str path, char out[NAME_MAX + 1])
{
	const char *slash = memrchr(path.p, '/', path.n);
	struct gv_str name = path;

	if (slash)
		name = (struct gv_str){ slash + 1, path.n - (size_t)(slash + 1 - path.p) };
	snprintf(out, NAME_MAX + 1, "%.*s", (int)(name.n < NAME_MAX ? name.n : NAME_MAX), name.p);
	return out;
}

/* Folders that became empty. */
static void leave_empty(struct view *v, struct gv_str path)
{
	struct gv_buf name = GV_BUF_INIT(8192);
	const char *slash;

	if (v->at >= 0)
		close(v->at);
	v->at = -1;
	gv_buf_addstr(&name, path);
	while (!name.failed && (slash = strrchr(name.p, '/')) != NULL) {
		name.n = (size_t)(slash - name.p);
		name.p[name.n] = '\0';
		if (unlinkat(v->root, name.p, AT_REMOVEDIR))
			break;
	}
	gv_buf_free(&name);
}

/* ---- files ---- */

/* The text of a blob; zero = no text. */
static int load(struct view *v, const struct gv_oid *oid, struct gv_object *obj)
{
	obj->data = (struct gv_str){ "", 0 };
	return gv_oid_is_zero(oid) ? 0 : gv_odb_read(v->s->odb, oid, GV_OBJ_BLOB, obj, v->err);
}

/*
 * May the file be written over?  It may if it holds what the view put there, or the beginning of
 * what it is about to (a refresh that was killed), or is gone.  `same`: it holds the new text
 * already.
 */
static int check_file(struct view *v, struct gv_str path, const char *name, bool *same)
{
	int fd = openat(v->at, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	struct gv_str found;
	struct stat st;
	bool ours;
	int rc = 0;

	*same = false;
	if (fd < 0 && errno == ENOENT)
		return 0;
	if (fd < 0 && errno != ELOOP)
		return fail_sys(v, path, _("cannot read"));
	gv_buf_reset(&v->found);
	ours = fd >= 0 && fstat(fd, &st) == 0 && S_ISREG(st.st_mode);
	if (ours)
		rc = gv_buf_read_fd(&v->found, fd, name, v->err);
	if (fd >= 0)
		close(fd);
	if (rc == GV_EIO)
		return rc;
	found = gv_buf_str(&v->found);
	ours = ours && !rc &&
		(gv_str_starts(v->old.data, found) || gv_str_starts(v->text.data, found));
	if (!ours)
		return fail_view(v, GV_ECONFLICT, path,
		                 _("was changed by hand, and views are for reading only: "
		                   "move it away"));
	*same = gv_str_eq(found, v->text.data);
	return 0;
}

/* Sets *there, and does nothing, if there is something of that name. */
static int write_new(struct view *v, struct gv_str path, const char *name, bool *there)
{
	int fd = openat(v->at, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0444);
	int rc = 0;

	*there = fd < 0 && errno == EEXIST;
	if (fd < 0)
		return *there ? 0 : fail_sys(v, path, _("cannot write"));
	if (gv_write_all(fd, v->text.data.p, v->text.data.n, name, NULL))
		rc = fail_sys(v, path, _("cannot write"));
	if (close(fd) && !rc)
		rc = fail_sys(v, path, _("cannot write"));
	if (rc)
		unlinkat(v->at, name, 0);
	return rc;
}

/* Readers see the old text or the new, nothing between. */
static int replace(struct view *v, struct gv_str path, const char *name)
{
	bool there;
	int rc;

	if (unlinkat(v->at, TMP_FILE, 0) && errno != ENOENT)
		return fail_sys(v, path, _("cannot write"));
	rc = write_new(v, path, TMP_FILE, &there);
	if (!rc && (there || renameat(v->at, TMP_FILE, v->at, name))) {
		rc = fail_sys(v, path, _("cannot write"));
		unlinkat(v->at, TMP_FILE, 0);
	}
	return rc;
}

static int write_file(struct view *v, const struct gv_change *c)
{
	char name[NAME_MAX + 1];
	bool there = true, same = false;
	int rc = enter(v, c->path, true);

	if (!rc)
		rc = load(v, &c->before, &v->old);
	if (!rc)
		rc = load(v, &c->after, &v->text);
	if (rc)
		return rc;
	base_name(c->path, name);
	if (gv_oid_is_zero(&c->before))
		rc = write_new(v, c->path, name, &there);
	if (rc || !there)
		return rc;
	rc = check_file(v, c->path, name, &same);
	return rc || same ? rc : replace(v, c->path, name);
}

static int on_write(void *ctx, const struct gv_change *c)
{
	struct view *v = ctx;
	char name[NAME_MAX + 1];
	int rc;

	if (gv_oid_is_zero(&c->after))
		return 0;
	base_name(c->path, name);
	if (gv_str_is(c->path, STATE_FILE) || strcmp(name, TMP_FILE) == 0)
		return fail_view(v, GV_EDATA, c->path,
		                 _("the docket holds a file of this name: "
		                   "it cannot be shown in a view"));
	rc = write_file(v, c);
	v->r->written += !rc;
	return rc;
}

static int on_remove(void *ctx, const struct gv_change *c)
{
	struct view *v = ctx;
	char name[NAME_MAX + 1];
	bool same;
	int rc;

	if (!gv_oid_is_zero(&c->after))
		return 0;
	rc = enter(v, c->path, false);
	if (rc || v->at < 0)
		return rc; /* the folder is gone already */
	v->text.data = (struct gv_str){ 0 };
	rc = load(v, &c->before, &v->old);
	if (!rc)
		rc = check_file(v, c->path, base_name(c->path, name), &same);
	if (rc)
		return rc;
	if (unlinkat(v->at, name, 0) && errno != ENOENT)
		return fail_sys(v, c->path, _("cannot remove"));
	leave_empty(v, c->path);
	v->r->removed++;
	return 0;
}

static int on_count(void *ctx, const struct gv_change *c)
{
	(void)c;
	((struct view *)ctx)->total++;
	return 0;
}

/* ---- the state file ---- */

static int read_oid(struct view *v, const struct gv_val *state, const char *name,
                    struct gv_oid *oid)
{
	struct gv_str hex = gv_val_getstr(state, name);
	int rc;

	if (hex.n == 0)
		return 0;
	if (!gv_oid_read(oid, hex))
		return fail_view(v, GV_EDATA, GV_STR(STATE_FILE),
		                 _("is damaged: remove the view and make it anew"));
	rc = gv_odb_read(v->s->odb, oid, GV_OBJ_COMMIT, &v->text, v->err);
	if (rc == GV_ENOTFOUND)
		rc = fail_view(v, GV_ECONFLICT, (struct gv_str){ 0 },
		               _("is a view of another docket"));
	return rc;
}

static int need_empty(struct view *v)
{
	int fd = openat(v->root, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC), rc = 0;
	DIR *d = fd >= 0 ? fdopendir(fd) : NULL;
	struct dirent *e;

	if (!d) {
		rc = fail_sys(v, (struct gv_str){ 0 }, _("cannot read"));
		if (fd >= 0)
			close(fd);
		return rc;
	}
	while (!rc && (e = readdir(d)) != NULL)
		if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0 &&
		    strcmp(e->d_name, TMP_FILE) != 0)
			rc = fail_view(v, GV_ECONFLICT, (struct gv_str){ 0 },
			               _("is not empty, and no view of a docket"));
	closedir(d);
	return rc;
}

static int read_state(struct view *v)
{
	struct gv_doc d = GV_DOC_INIT;
	int fd = openat(v->root, STATE_FILE, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	int rc;

	if (fd < 0 && errno == ENOENT)
		return need_empty(v);
	if (fd < 0)
		return fail_sys(v, GV_STR(STATE_FILE), _("cannot read"));
	gv_buf_reset(&v->found);
	rc = gv_buf_read_fd(&v->found, fd, STATE_FILE, v->err);
	close(fd);
	if (!rc)
		rc = gv_json_parse(&d, gv_buf_str(&v->found), 0, v->err);
	if (rc == GV_EDATA)
		rc = fail_view(v, rc, GV_STR(STATE_FILE),
		               _("is damaged: remove the view and make it anew"));
	if (!rc)
		rc = read_oid(v, &d.root, "commit", &v->shows);
	if (!rc)
		rc = read_oid(v, &d.root, "target", &v->on_the_way);
	gv_doc_free(&d);
	return rc;
}

static int set_oid(struct gv_doc *d, struct gv_val *state, const char *name,
                   const struct gv_oid *oid, struct gv_err *err)
{
	char hex[GV_HEX + 1];

	if (gv_oid_is_zero(oid))
		return 0;
	gv_oid_hex(oid, hex);
	return gv_obj_set(d, state, gv_str_of(name), gv_mkstr(d, gv_str_of(hex)), err);
}

static int write_state(struct view *v, const struct gv_oid *shows, const struct gv_oid *target)
{
	struct gv_doc d = GV_DOC_INIT;
	struct gv_val state = gv_mkobj();
	int rc = set_oid(&d, &state, "commit", shows, v->err);

	if (!rc)
		rc = set_oid(&d, &state, "target", target, v->err);
	if (!rc)
		rc = gv_obj_set(&d, &state, GV_STR("docket"),
		                gv_mkstr(&d, gv_str_of(gv_store_dir(v->s))), v->err);
	if (!rc)
		rc = enter(v, GV_STR(STATE_FILE), false);
	if (!rc) {
		gv_buf_reset(&v->found);
		gv_json_canon(&v->found, &state);
		v->text.data = gv_buf_str(&v->found);
		rc = gv_buf_check(&v->found, v->err);
	}
	if (!rc)
		rc = replace(v, GV_STR(STATE_FILE), STATE_FILE);
	gv_doc_free(&d);
	return rc;
}

/* ---- all of it ---- */

/* From what the view shows to a commit: removals first, so that a folder can take a file's place
 * and the reverse. */
static int refresh(struct view *v, const struct gv_oid *to)
{
	static const struct gv_oid none;
	int rc;

	if (gv_oid_eq(&v->shows, to))
		return gv_oid_is_zero(&v->on_the_way) ? 0 : write_state(v, to, &none);
	rc = write_state(v, &v->shows, to);
	if (!rc && !gv_oid_is_zero(&v->shows))
		rc = gv_store_diff(v->s, &v->shows, to, "", on_remove, v, v->err);
	if (!rc)
		rc = gv_store_diff(v->s, &v->shows, to, "", on_write, v, v->err);
	if (!rc)
		rc = write_state(v, to, &none);
	v->shows = *to;
	return rc;
}

static int check_place(struct view *v)
{
	char *docket = realpath(gv_store_dir(v->s), NULL), *view = realpath(v->dir, NULL);
	size_t n = docket ? strlen(docket) : 0;
	int rc = 0;

	if (!docket || !view)
		rc = fail_sys(v, (struct gv_str){ 0 }, _("cannot read"));
	else if (strncmp(view, docket, n) == 0 && (view[n] == '/' || view[n] == '\0'))
		rc = fail_view(v, GV_EUSAGE, (struct gv_str){ 0 },
		               _("lies in the docket itself: a view needs a folder outside"));
	free(docket);
	free(view);
	return rc;
}

static int open_view(struct view *v)
{
	int rc;

	v->made = mkdir(v->dir, 0777) == 0;
	if (!v->made && errno != EEXIST)
		return fail_sys(v, (struct gv_str){ 0 }, _("cannot make the folder"));
	rc = check_place(v);
	if (rc)
		return rc;
	v->root = open(v->dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (v->root < 0)
		return fail_sys(v, (struct gv_str){ 0 }, _("cannot read"));
	if (flock(v->root, LOCK_EX | LOCK_NB) && errno == EWOULDBLOCK)
		return fail_view(v, GV_EBUSY, (struct gv_str){ 0 },
		                 _("is being refreshed by another process"));
	return read_state(v);
}

int gv_store_checkout(struct gv_store *s, const char *dir, struct gv_view_result *r,
                      struct gv_err *err)
{
	struct view v = { .s = s,
		          .dir = dir,
		          .root = -1,
		          .at = -1,
		          .text = GV_OBJECT_INIT,
		          .old = GV_OBJECT_INIT,
		          .folder = GV_BUF_INIT(8192),
		          .found = GV_BUF_INIT(GV_JSON_TEXT_MAX),
		          .r = r,
		          .err = err };
	static const struct gv_oid none;
	struct gv_oid was;
	int rc = open_view(&v);

	*r = (struct gv_view_result){ 0 };
	was = v.shows;
	if (!rc && !gv_oid_is_zero(&v.on_the_way))
		rc = refresh(&v, &v.on_the_way);
	if (!rc)
		rc = refresh(&v, gv_store_commit_id(s));
	if (!rc && !gv_oid_is_zero(&was)) {
		rc = gv_store_diff(s, &none, gv_store_commit_id(s), "", on_count, &v, err);
		r->unchanged = v.total > r->written ? v.total - r->written : 0;
	}
	if (rc && v.made)
		rmdir(dir); /* only while it is empty */
	if (v.at >= 0)
		close(v.at);
	if (v.root >= 0)
		close(v.root);
	gv_object_free(&v.text);
	gv_object_free(&v.old);
	gv_buf_free(&v.folder);
	gv_buf_free(&v.found);
	return rc;
}
