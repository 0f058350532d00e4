/* SPDX-License-Identifier: MIT */
/* The packs and loose objects that a docket has, and what becomes of them. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "i18n.h"
#include "maintain_impl.h"

int gv_maintain_guard(int *guard, const char *packs, struct gv_err *err)
{
	*guard = open(packs, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (*guard < 0)
		return gv_fail_sys(err, packs, _("cannot read"));
	if (flock(*guard, LOCK_EX | LOCK_NB) && errno == EWOULDBLOCK)
		return gv_fail(err, GV_EBUSY, "%s", _("another maintain is at work on this docket"));
	return 0;
}

/* ---- listing ---- */

/* Not to know is not the same as not to be there: what is removed depends on it. */
enum seen { ABSENT, PRESENT, UNKNOWN };

static enum seen look(const char *base, const char *end, struct stat *st)
{
	struct gv_buf path = GV_BUF_INIT(8192);
	enum seen seen = UNKNOWN;

	gv_buf_addf(&path, "%s%s", base, end);
	if (!path.failed)
		seen = stat(path.p, st) == 0 ? PRESENT : errno == ENOENT ? ABSENT : UNKNOWN;
	gv_buf_free(&path);
	return seen;
}

bool gv_old_pack_is_kept(const struct gv_old_pack *p)
{
	struct stat st;

	return look(p->p.path, ".keep", &st) != ABSENT;
}

bool gv_old_pack_is_same(const struct gv_old_pack *p)
{
	struct stat st;

	return look(p->p.path, ".pack", &st) == PRESENT && st.st_mtime == p->mtime;
}

static int partial(const char *base, struct gv_err *err)
{
	gv_fail(err, GV_EDATA, "%s", _("a partial clone (git clone --filter) lacks objects: maintain the docket itself"));
	gv_err_thing(err, base, strlen(base));
	return GV_EDATA;
}

/* One whose files are not both there (any more) is none. */
static int add(struct gv_old_packs *ps, struct gv_buf *base, struct gv_err *err)
{
	struct gv_old_pack *list = realloc(ps->list, (ps->n + 1) * sizeof *list), *p;
	struct stat idx, pack, promisor;
	int rc;

	if (!list)
		return gv_fail_nomem(err);
	ps->list = list;
	if (look(base->p, ".pack", &pack) != PRESENT || look(base->p, ".idx", &idx) != PRESENT)
		return 0;
	if (look(base->p, ".promisor", &promisor) == PRESENT)
		return partial(base->p, err);
	p = &list[ps->n];
	*p = (struct gv_old_pack){ .mtime = pack.st_mtime, .bytes = (uint64_t)pack.st_size + (uint64_t)idx.st_size };
	p->p.path = strdup(base->p);
	if (!p->p.path)
		return gv_fail_nomem(err);
	rc = gv_pack_open(&p->p, err);
	if (rc) {
		free(p->p.path);
		return rc == GV_ENOTFOUND ? 0 : rc;
	}
	ps->n++;
	return 0;
}

static bool is_pack_file(const char *name, const char *end)
{
	size_t n = strlen(name), m = strlen(end);

	return n > 5 + m && memcmp(name, "pack-", 5) == 0 && strcmp(name + n - m, end) == 0;
}

/* By name, so that nothing depends on the order of a folder. */
static int by_path(const void *a, const void *b)
{
	return strcmp(((const struct gv_old_pack *)a)->p.path, ((const struct gv_old_pack *)b)->p.path);
}

int gv_old_packs_list(struct gv_old_packs *ps, const char *objects, struct gv_err *err)
{
	struct gv_buf path = GV_BUF_INIT(8192);
	size_t folder;
	struct dirent *e;
	DIR *d = NULL;
	int rc;

	gv_buf_addf(&path, "%s/pack", objects);
	folder = path.n;
	rc = gv_buf_check(&path, err);
	if (!rc)
		d = opendir(path.p);
	if (!rc && !d && errno != ENOENT)
		rc = gv_fail_sys(err, path.p, _("cannot read"));
	while (!rc && d && (e = readdir(d))) {
		if (!is_pack_file(e->d_name, ".idx"))
			continue;
		path.n = folder;
		gv_buf_addc(&path, '/');
		gv_buf_add(&path, e->d_name, strlen(e->d_name) - 4);
		rc = gv_buf_check(&path, err);
		if (!rc)
			rc = add(ps, &path, err);
	}
	if (d)
		closedir(d);
	gv_buf_free(&path);
	if (ps->n)
		qsort(ps->list, ps->n, sizeof *ps->list, by_path);
	return rc;
}

void gv_old_packs_free(struct gv_old_packs *ps)
{
	for (size_t i = 0; i < ps->n; i++)
		gv_pack_close(&ps->list[i].p);
	free(ps->list);
	*ps = (struct gv_old_packs){ 0 };
}

/* ---- judging ---- */

/* All that is reachable, nothing else, in that order, and as our writer stores it. */
static bool is_the_one(const struct gv_pack *p, const struct gv_walk *w)
{
	uint64_t before = 0, at;
	uint32_t pos;

	if (p->count != w->seen.n)
		return false;
	for (size_t i = 0; i < w->seen.n; i++) {
		if (!gv_pack_find(p, &w->seen.list[i], &pos) || !gv_pack_is_stored(p, pos, &at) || at <= before)
			return false;
		before = at;
	}
	return true;
}

static void judge(struct gv_old_pack *p, const struct gv_walk *w, const struct gv_maintain *o)
{
	struct gv_oid id;
	bool young;

	for (uint32_t pos = 0; pos < p->p.count; pos++) {
		memcpy(id.b, gv_pack_id(&p->p, pos), sizeof id.b);
		p->unreachable += !gv_ids_has(&w->seen, &id);
	}
	young = o->keep_all || p->mtime >= o->older_than;
	if (gv_old_pack_is_kept(p) || (p->unreachable && young && p->unreachable == p->p.count))
		return;
	p->fate = GV_PACK_FOLDED;
	p->rescue = p->unreachable && young;
}

void gv_old_packs_judge(struct gv_old_packs *ps, const struct gv_walk *w, const struct gv_maintain *o)
{
	struct gv_old_pack *one = NULL;

	for (size_t i = 0; i < ps->n; i++) {
		struct gv_old_pack *p = &ps->list[i];

		judge(p, w, o);
		if (!one && p->fate == GV_PACK_FOLDED && !p->unreachable && is_the_one(&p->p, w))
			one = p;
	}
	if (one)
		one->fate = GV_PACK_MAIN;
}

/* ---- removing ---- */

static int remove_file(const char *base, const char *end, struct gv_err *err)
{
	struct gv_buf path = GV_BUF_INIT(8192);
	int rc;

	gv_buf_addf(&path, "%s%s", base, end);
	rc = gv_buf_check(&path, err);
	if (!rc && unlink(path.p) && errno != ENOENT)
		rc = gv_fail_sys(err, path.p, _("cannot remove"));
	gv_buf_free(&path);
	return rc;
}

static const char *const ends[] = { ".pack", ".bitmap", ".rev", ".mtimes", ".idx" };
enum { NENDS = sizeof ends / sizeof ends[0] };

int gv_old_pack_remove(const struct gv_old_pack *p, struct gv_err *err)
{
	int rc = 0;

	for (size_t i = 0; i < NENDS && !rc; i++)
		rc = remove_file(p->p.path, ends[i], err);
	return rc;
}

void gv_old_packs_sweep(const char *objects)
{
	struct gv_buf path = GV_BUF_INIT(8192);
	size_t folder;
	struct stat st;
	struct dirent *e;
	DIR *d = NULL;

	gv_buf_addf(&path, "%s/pack", objects);
	folder = path.n;
	if (!path.failed)
		d = opendir(path.p);
	while (d && (e = readdir(d)))
		for (size_t i = 1; i < NENDS; i++) {
			if (!is_pack_file(e->d_name, ends[i]))
				continue;
			path.n = folder;
			gv_buf_addc(&path, '/');
			gv_buf_add(&path, e->d_name, strlen(e->d_name) - strlen(ends[i]));
			if (!path.failed && look(path.p, ".pack", &st) == ABSENT)
				remove_file(path.p, ends[i], NULL);
		}
	if (d)
		closedir(d);
	gv_buf_free(&path);
}

/* ---- what git's dead processes left ---- */

static void remove_temporary(const char *dir, int64_t older_than)
{
	DIR *d = opendir(dir);
	struct dirent *e;
	struct stat st;

	while (d && (e = readdir(d)))
		if (strncmp(e->d_name, "tmp_", 4) == 0 &&
		    fstatat(dirfd(d), e->d_name, &st, AT_SYMLINK_NOFOLLOW) == 0 &&
		    S_ISREG(st.st_mode) && st.st_mtime < older_than)
			unlinkat(dirfd(d), e->d_name, 0);
	if (d)
		closedir(d);
}

void gv_old_temporary_remove(const char *objects, int64_t older_than)
{
	struct gv_buf path = GV_BUF_INIT(8192);

	gv_buf_addf(&path, "%s/pack", objects);
	if (!path.failed)
		remove_temporary(path.p, older_than);
	for (unsigned first = 0; first < 256; first++) {
		gv_buf_reset(&path);
		gv_buf_addf(&path, "%s/%02x", objects, first);
		if (!path.failed)
			remove_temporary(path.p, older_than);
	}
	gv_buf_free(&path);
}

/* ---- loose objects ---- */

static int each_of_folder(DIR *d, unsigned first,
                          int (*each)(void *ctx, const struct gv_oid *id, int dir, const char *name, struct gv_err *err),
                          void *ctx, struct gv_err *err)
{
	struct dirent *e;
	int rc = 0;

	while (!rc && (e = readdir(d))) {
		char hex[GV_HEX + 1];
		struct gv_oid id;

		if (strlen(e->d_name) != GV_HEX - 2)
			continue;
		snprintf(hex, sizeof hex, "%02x", first);
		memcpy(hex + 2, e->d_name, GV_HEX - 1); /* with the NUL */
		if (gv_oid_read(&id, gv_str_of(hex)))
			rc = each(ctx, &id, dirfd(d), e->d_name, err);
	}
	return rc;
}

int gv_loose_each(const char *objects,
                  int (*each)(void *ctx, const struct gv_oid *id, int dir, const char *name, struct gv_err *err),
                  void *ctx, struct gv_err *err)
{
	struct gv_buf path = GV_BUF_INIT(8192);
	int rc = 0;

	for (unsigned first = 0; first < 256 && !rc; first++) {
		DIR *d;

		gv_buf_reset(&path);
		gv_buf_addf(&path, "%s/%02x", objects, first);
		rc = gv_buf_check(&path, err);
		d = rc ? NULL : opendir(path.p);
		if (!rc && !d && errno != ENOENT)
			rc = gv_fail_sys(err, path.p, _("cannot read"));
		if (d) {
			rc = each_of_folder(d, first, each, ctx, err);
			closedir(d);
		}
	}
	gv_buf_free(&path);
	return rc;
}
