/* SPDX-License-Identifier: MIT */
/* Where objects lie: the repository's own folder, the quarantine of a push, alternates; and their
 * packs. */
#include "odb_impl.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>

static int add_folder(struct gv_odb *o, struct gv_str path, bool *added, struct gv_err *err)
{
	struct gv_folder *f = &o->folders[o->nfolders];
	struct stat st;

	*added = false;
	if (o->nfolders == GV_ODB_FOLDERS_MAX)
		return gv_fail(err, GV_EDATA, _("more than %d alternate object folders"),
		               GV_ODB_FOLDERS_MAX);
	f->path = strndup(path.p, path.n);
	if (!f->path)
		return gv_fail_nomem(err);
	if (stat(f->path, &st) != 0 || !S_ISDIR(st.st_mode)) /* git warns and goes on */
		goto leave;
	f->dev = st.st_dev;
	f->ino = st.st_ino;
	for (size_t i = 0; i < o->nfolders; i++) {
		if (o->folders[i].dev == f->dev && o->folders[i].ino == f->ino)
			goto leave;
	}
	o->nfolders++;
	*added = true;
	return 0;
leave:
	free(f->path);
	f->path = NULL;
	return 0;
}

/* A path in C quotes, as git writes one that holds a separator or a control character. */
static void unquote(struct gv_str *rest, struct gv_buf *out)
{
	static const char plain[] = "abtnvfr\"\\", meant[] = "\a\b\t\n\v\f\r\"\\";
	size_t i = 1;

	for (; i < rest->n && rest->p[i] != '"'; i++) {
		char c = rest->p[i];
		const char *at;

		if (c == '\\' && i + 1 < rest->n) {
			c = rest->p[++i];
			at = strchr(plain, c);
			if (at && *at) {
				c = meant[at - plain];
			} else if (c >= '0' && c <= '3' && i + 2 < rest->n) {
				c = (char)((c - '0') << 6 | (rest->p[i + 1] & 7) << 3 |
				           (rest->p[i + 2] & 7));
				i += 2;
			}
		}
		gv_buf_addc(out, c);
	}
	i += i < rest->n;
	rest->p += i;
	rest->n -= i;
}

static int add_list(struct gv_odb *o, struct gv_str list, char separator, const char *relative_to,
                    unsigned depth, struct gv_err *err);

/* A folder and its info/alternates. */
static int add_with_alternates(struct gv_odb *o, struct gv_str path, unsigned depth,
                               struct gv_err *err)
{
	struct gv_buf name = GV_BUF_INIT(8192), text = GV_BUF_INIT(GV_MIB);
	bool added;
	int rc = add_folder(o, path, &added, err);

	if (rc || !added)
		return rc;
	gv_buf_addf(&name, "%s/info/alternates", o->folders[o->nfolders - 1].path);
	rc = gv_buf_check(&name, err);
	if (!rc && gv_buf_read_file(&text, name.p, NULL) == 0) {
		if (depth == GV_ODB_ALTERNATES_DEPTH)
			rc = gv_fail(err, GV_EDATA, _("%s: alternates more than %d deep"), name.p,
			             GV_ODB_ALTERNATES_DEPTH);
		else
			rc = add_list(o, gv_buf_str(&text), '\n', o->folders[o->nfolders - 1].path,
			              depth + 1, err);
	}
	gv_buf_free(&name);
	gv_buf_free(&text);
	return rc;
}

static int add_list(struct gv_odb *o, struct gv_str list, char separator, const char *relative_to,
                    unsigned depth, struct gv_err *err)
{
	struct gv_buf path = GV_BUF_INIT(8192), item = GV_BUF_INIT(8192);
	int rc = 0;

	while (list.n && !rc) {
		gv_buf_reset(&item);
		gv_buf_reset(&path);
		if (list.p[0] == '"')
			unquote(&list, &item);
		while (list.n && list.p[0] != separator) {
			gv_buf_addc(&item, list.p[0]);
			list.p++;
			list.n--;
		}
		if (list.n) {
			list.p++;
			list.n--;
		}
		if (!item.n || (separator == '\n' && item.p[0] == '#'))
			continue;
		if (item.p[0] != '/' && relative_to)
			gv_buf_addf(&path, "%s/", relative_to);
		gv_buf_addstr(&path, gv_buf_str(&item));
		rc = gv_buf_check(&item, err);
		if (!rc)
			rc = gv_buf_check(&path, err);
		if (!rc)
			rc = add_with_alternates(o, gv_buf_str(&path), depth, err);
	}
	gv_buf_free(&path);
	gv_buf_free(&item);
	return rc;
}

int gv_odb_folders(struct gv_odb *o, const char *dir, struct gv_err *err)
{
	const char *quarantine = getenv("GIT_OBJECT_DIRECTORY");
	const char *alternates = getenv("GIT_ALTERNATE_OBJECT_DIRECTORIES");
	int rc = add_with_alternates(o, gv_str_of(dir), 0, err);

	if (!rc && !o->nfolders)
		rc = gv_fail(err, GV_ENOTFOUND, _("%s: no such folder"), dir);
	if (!rc && quarantine && *quarantine)
		rc = add_with_alternates(o, gv_str_of(quarantine), 0, err);
	if (!rc && alternates)
		rc = add_list(o, gv_str_of(alternates), ':', NULL, 1, err);
	return rc;
}

/* ---- packs ---- */

static struct gv_pack *known_pack(struct gv_odb *o, size_t folder, struct gv_str name)
{
	struct gv_pack *lists[] = { o->open, o->closed };

	for (size_t i = 0; i < 2; i++) {
		for (struct gv_pack *p = lists[i]; p; p = p->next) {
			const char *slash = strrchr(p->path, '/');

			if (p->folder == folder && slash && gv_str_is(name, slash + 1))
				return p;
		}
	}
	return NULL;
}

static int note_pack(struct gv_odb *o, size_t folder, int dirfd_, const char *file,
                     struct gv_err *err)
{
	struct gv_str name = { file, strlen(file) - 4 };
	struct gv_pack *p = known_pack(o, folder, name);
	struct gv_buf path = GV_BUF_INIT(8192);
	struct stat st;

	if (p) {
		p->listed = true;
		return 0;
	}
	if (fstatat(dirfd_, file, &st, 0) != 0)
		return 0; /* gone since */
	gv_buf_addf(&path, "%s/pack/%.*s", o->folders[folder].path, (int)name.n, name.p);
	p = calloc(1, sizeof *p);
	if (!p || path.failed) {
		free(p);
		gv_buf_free(&path);
		return gv_fail_nomem(err);
	}
	*p = (struct gv_pack){ .path = path.p, .folder = folder, .listed = true, .next = o->closed,
	                       .idx_size = st.st_size, .mtime = st.st_mtim.tv_sec };
	o->closed = p;
	return 0;
}

static int scan_folder(struct gv_odb *o, size_t folder, struct gv_err *err)
{
	struct gv_buf dir = GV_BUF_INIT(8192);
	struct dirent *e;
	DIR *d = NULL;
	int rc;

	gv_buf_addf(&dir, "%s/pack", o->folders[folder].path);
	rc = gv_buf_check(&dir, err);
	if (rc)
		goto out;
	d = opendir(dir.p);
	if (!d && errno != ENOENT)
		rc = gv_fail_sys(err, dir.p, _("cannot read"));
	while (d && !rc && (e = readdir(d))) {
		size_t n = strlen(e->d_name);

		if (n < 10 || memcmp(e->d_name, "pack-", 5) != 0)
			continue;
		if (memcmp(e->d_name + n - 4, ".idx", 4) == 0)
			rc = note_pack(o, folder, dirfd(d), e->d_name, err);
		else if (n > 14 && strcmp(e->d_name + n - 9, ".promisor") == 0)
			o->partial = true;
	}
out:
	if (d)
		closedir(d);
	gv_buf_free(&dir);
	return rc;
}

static bool comes_before(const struct gv_pack *a, const struct gv_pack *b,
                         const struct gv_pack *newest)
{
	if (a == newest || b == newest)
		return a == newest;
	return a->idx_size > b->idx_size;
}

/*
 * The newest pack has the commit and the upper folders, the largest most of the records: in that
 * order few packs are opened for one record.
 */
static void sort_closed(struct gv_odb *o)
{
	struct gv_pack *sorted = NULL, *p, *next, **at, *newest = o->closed;

	for (p = o->closed; p; p = p->next) {
		if (p->mtime > newest->mtime)
			newest = p;
	}
	for (p = o->closed; p; p = next) {
		next = p->next;
		for (at = &sorted; *at && !comes_before(p, *at, newest); at = &(*at)->next)
			;
		p->next = *at;
		*at = p;
	}
	o->closed = sorted;
}

int gv_odb_scan_packs(struct gv_odb *o, struct gv_err *err)
{
	struct gv_pack **at, *p;
	int rc = 0;

	for (p = o->closed; p; p = p->next)
		p->listed = false;
	for (size_t i = 0; i < o->nfolders && !rc; i++)
		rc = scan_folder(o, i, err);
	o->scanned = true;
	/* Mapped packs serve on after their files went; the others cannot. */
	for (at = &o->closed; (p = *at);) {
		if (p->listed || rc) {
			at = &p->next;
			continue;
		}
		*at = p->next;
		gv_pack_free(p);
	}
	sort_closed(o);
	return rc;
}
