/* SPDX-License-Identifier: MIT */
#include "maintain.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "gitconf.h"
#include "i18n.h"
#include "lock.h"
#include "maintain_impl.h"

enum { LOCK_SECONDS = 30, REPORT_EVERY = 1024 };

struct work {
	struct gv_store *s;
	struct gv_maintain o;          /* as asked; keep_all also where there are worktrees */
	struct gv_maintain_result *r;
	struct gv_buf objects;         /* path of objects/ */
	int guard;                     /* held by one maintain at a time */
	struct gv_old_packs packs;
	struct gv_walk walk;
	size_t loose;                  /* that go: reachable, so that they will be in the pack, or old */
	struct gv_pack one;            /* the pack that holds all that is reachable, mapped */
	struct gv_ids later;           /* what new commits reach that was unreachable before */
	struct gv_err *err;
};

/* ---- counting ---- */

static int count_loose(void *ctx, const struct gv_oid *id, int dir, const char *name, struct gv_err *err)
{
	struct gv_maintain_count *c = ctx;
	struct stat st;

	(void)id;
	(void)err;
	if (fstatat(dir, name, &st, AT_SYMLINK_NOFOLLOW) == 0) {
		c->loose++;
		c->bytes += (uint64_t)st.st_size;
	}
	return 0;
}

static int count(struct work *w, struct gv_maintain_count *c)
{
	struct gv_old_packs now = { 0 };
	int rc = gv_old_packs_list(&now, w->objects.p, w->err);

	*c = (struct gv_maintain_count){ .packs = now.n };
	for (size_t i = 0; i < now.n; i++)
		c->bytes += now.list[i].bytes;
	if (!rc)
		rc = gv_loose_each(w->objects.p, count_loose, c, w->err);
	gv_old_packs_free(&now);
	return rc;
}

/* ---- judging ---- */

static bool is_young(const struct work *w, const struct stat *st)
{
	return w->o.keep_all || st->st_mtime >= w->o.older_than;
}

static int judge_loose(void *ctx, const struct gv_oid *id, int dir, const char *name, struct gv_err *err)
{
	struct work *w = ctx;
	struct stat st;

	(void)err;
	if (gv_ids_has(&w->walk.seen, id)) {
		w->loose++;
	} else if (fstatat(dir, name, &st, AT_SYMLINK_NOFOLLOW) != 0) {
		return 0;
	} else if (is_young(w, &st)) {
		w->r->young++;
	} else {
		w->r->removed++;
		w->loose++;
	}
	return 0;
}

/* What is there to do?  *one: the pack that is as it should be already. */
static int judge(struct work *w, const struct gv_old_pack **one)
{
	size_t folded = 0, rescued = 0;
	int rc;

	*one = NULL;
	gv_old_packs_judge(&w->packs, &w->walk, &w->o);
	for (size_t i = 0; i < w->packs.n; i++) {
		const struct gv_old_pack *p = &w->packs.list[i];

		if (p->fate == GV_PACK_MAIN)
			*one = p;
		else if (gv_old_pack_is_kept(p))
			w->r->kept_packs++;
		else
			*(p->fate == GV_PACK_FOLDED && !p->rescue ? &w->r->removed : &w->r->young) += p->unreachable;
		folded += p->fate == GV_PACK_FOLDED;
		rescued += p->rescue;
	}
	rc = gv_loose_each(w->objects.p, judge_loose, w, w->err);
	w->r->objects = w->walk.seen.n;
	w->r->nothing = *one && !folded && !w->loose && !w->r->removed;
	w->r->after = (struct gv_maintain_count){
		.packs = w->packs.n - folded + !*one + (rescued > 0),
		.loose = w->r->before.loose < w->loose ? 0 : w->r->before.loose - w->loose,
	};
	return rc;
}

/* ---- folding ---- */

/* An object that is not what its id says must not be spread, nor its only good copy removed. */
static int verify(const struct gv_oid *id, const struct gv_object *obj, struct gv_err *err)
{
	struct gv_oid is;
	char hex[GV_HEX + 1], found[GV_HEX + 1];

	gv_oid_of(&is, gv_otype_name(obj->type), obj->data);
	if (gv_oid_eq(&is, id))
		return 0;
	gv_oid_hex(id, hex);
	gv_oid_hex(&is, found);
	return gv_odb_broken(err, hex, _("the object is damaged: its hash is %s"), found);
}

static int copy(struct work *w, struct gv_objw *out, const struct gv_oid *id, struct gv_object *obj)
{
	int rc = gv_odb_need(w->s->odb, id, 0, obj, w->err);

	if (!rc)
		rc = verify(id, obj, w->err);
	return rc ? rc : gv_objw_add_as(out, obj->type, obj->data, id, w->err);
}

static int copy_all(struct work *w, struct gv_objw *out)
{
	struct gv_object obj = GV_OBJECT_INIT;
	int rc = 0;

	gv_ids_close(&w->walk.seen); /* from here on the pack itself is asked */
	for (size_t i = 0; i < w->walk.seen.n && !rc; i++) {
		rc = copy(w, out, &w->walk.seen.list[i], &obj);
		if (w->o.progress && i % REPORT_EVERY == 0)
			w->o.progress(w->o.ctx, i, w->walk.seen.n);
	}
	gv_object_free(&obj);
	return rc;
}

static int open_pack(struct work *w, const char *path)
{
	struct gv_str base = gv_str_of(path), end = GV_STR(".pack");

	if (base.n > end.n && strcmp(path + base.n - end.n, end.p) == 0)
		base.n -= end.n;
	w->one.path = strndup(base.p, base.n);
	if (!w->one.path)
		return gv_fail_nomem(w->err);
	return gv_pack_open(&w->one, w->err);
}

static int write_pack(struct work *w)
{
	struct gv_buf path = GV_BUF_INIT(8192);
	struct gv_objw *out;
	int rc = gv_objw_new(&out, w->objects.p, w->err);

	if (!rc)
		rc = gv_objw_as_pack(out, w->err);
	if (!rc)
		rc = copy_all(w, out);
	if (!rc)
		rc = gv_objw_finish(out, &path, w->err);
	gv_objw_free(out);
	if (!rc)
		rc = open_pack(w, path.p);
	gv_ids_free(&w->walk.seen);
	gv_buf_free(&path);
	return rc;
}

static bool is_in_pack(const struct work *w, const struct gv_oid *id)
{
	uint32_t pos;

	return gv_pack_find(&w->one, id, &pos);
}

/* The young objects of mixed packs, as old as the youngest of these packs was. */
static int rescue(struct work *w, struct gv_objw *out, int64_t *mtime)
{
	struct gv_object obj = GV_OBJECT_INIT;
	struct gv_oid id;
	int rc = 0;

	for (size_t i = 0; i < w->packs.n && !rc; i++) {
		const struct gv_old_pack *p = &w->packs.list[i];

		if (!p->rescue)
			continue;
		*mtime = p->mtime > *mtime ? p->mtime : *mtime;
		for (uint32_t pos = 0; pos < p->p.count && !rc; pos++) {
			memcpy(id.b, gv_pack_id(&p->p, pos), sizeof id.b);
			if (!is_in_pack(w, &id))
				rc = copy(w, out, &id, &obj);
		}
	}
	gv_object_free(&obj);
	return rc;
}

static int write_rescued(struct work *w)
{
	struct gv_buf path = GV_BUF_INIT(8192);
	struct timespec times[2] = { { .tv_nsec = UTIME_OMIT }, { 0 } };
	int64_t mtime = INT64_MIN;
	struct gv_objw *out;
	int rc = gv_objw_new(&out, w->objects.p, w->err);

	if (!rc)
		rc = gv_objw_as_pack(out, w->err);
	if (!rc)
		rc = rescue(w, out, &mtime);
	if (!rc)
		rc = gv_objw_finish(out, &path, w->err);
	times[1].tv_sec = mtime;
	if (!rc && path.n && utimensat(AT_FDCWD, path.p, times, 0))
		rc = gv_fail_sys(w->err, path.p, _("cannot write"));
	gv_objw_free(out);
	gv_buf_free(&path);
	return rc;
}

static int fold(struct work *w, const struct gv_old_pack *one)
{
	bool any = false;
	int rc = one ? open_pack(w, one->p.path) : write_pack(w);

	for (size_t i = 0; i < w->packs.n; i++)
		any = any || w->packs.list[i].rescue;
	return rc || !any ? rc : write_rescued(w);
}

/* ---- removing, under the lock ---- */

/* A push may have made something reachable again since we looked. */
static int look_again(struct work *w)
{
	struct gv_walk again = { .store = w->s, .known = &w->one };
	int rc;

	if (!w->r->removed)
		return 0;
	gv_odb_refresh(w->s->odb);
	rc = gv_walk_all(&again, w->err);
	w->later = again.seen;
	again.seen = (struct gv_ids){ 0 };
	gv_walk_free(&again);
	return rc;
}

static bool is_needed(const struct work *w, const struct gv_old_pack *p)
{
	struct gv_oid id;

	for (size_t i = 0; i < w->later.n; i++) {
		uint32_t pos;

		id = w->later.list[i];
		if (gv_pack_find(&p->p, &id, &pos))
			return true;
	}
	return false;
}

/* git refuses packs that its index of many packs names and that are gone. */
static int remove_midx(struct work *w)
{
	struct gv_buf path = GV_BUF_INIT(8192);
	int rc;

	gv_buf_addf(&path, "%s/pack/multi-pack-index", w->objects.p);
	rc = gv_buf_check(&path, w->err);
	if (!rc && unlink(path.p) && errno != ENOENT)
		rc = gv_fail_sys(w->err, path.p, _("cannot remove"));
	gv_buf_free(&path);
	return rc;
}

static int remove_packs(struct work *w)
{
	bool first = true;
	int rc = 0;

	for (size_t i = 0; i < w->packs.n && !rc; i++) {
		const struct gv_old_pack *p = &w->packs.list[i];

		if (p->fate != GV_PACK_FOLDED || strcmp(p->p.path, w->one.path) == 0 || gv_old_pack_is_kept(p) ||
		    (p->unreachable && (!gv_old_pack_is_same(p) || is_needed(w, p))))
			continue;
		if (first)
			rc = remove_midx(w);
		first = false;
		if (!rc)
			rc = gv_old_pack_remove(p, w->err);
	}
	return rc;
}

static int remove_loose(void *ctx, const struct gv_oid *id, int dir, const char *name, struct gv_err *err)
{
	struct work *w = ctx;
	struct stat st;

	if (!is_in_pack(w, id) && (fstatat(dir, name, &st, AT_SYMLINK_NOFOLLOW) || is_young(w, &st) ||
	                           gv_ids_has(&w->later, id)))
		return 0;
	if (unlinkat(dir, name, 0) && errno != ENOENT)
		return gv_fail_sys(err, name, _("cannot remove"));
	return 0;
}

/* Writers make the folder anew if they have to. */
static void remove_empty_folders(const struct work *w)
{
	struct gv_buf path = GV_BUF_INIT(8192);

	for (unsigned first = 0; first < 256; first++) {
		gv_buf_reset(&path);
		gv_buf_addf(&path, "%s/%02x", w->objects.p, first);
		if (!path.failed && access(path.p, F_OK) == 0)
			rmdir(path.p);
	}
	gv_buf_free(&path);
}

static int take_lock(struct work *w, struct gv_lock **lock)
{
	struct gv_buf who = GV_BUF_INIT(4096);
	char *end;
	int rc;

	/* "Name <mail> ..."; who has no name may maintain, too. */
	if (gv_gitconf_person(w->s->gitdir, true, &who, NULL) == 0 && who.p && (end = strstr(who.p, " <")))
		*end = '\0';
	else
		gv_buf_free(&who);
	rc = gv_lock_take(lock, w->s->gitdir, w->o.command, who.p, w->o.lock_seconds ? w->o.lock_seconds : LOCK_SECONDS,
	                  w->err);
	gv_buf_free(&who);
	return rc;
}

static int remove_old(struct work *w)
{
	struct gv_lock *lock;
	int rc = take_lock(w, &lock);

	if (!rc)
		rc = look_again(w);
	if (!rc)
		rc = remove_packs(w);
	if (!rc)
		rc = gv_loose_each(w->objects.p, remove_loose, w, w->err);
	if (!rc && !w->o.keep_all)
		gv_old_temporary_remove(w->objects.p, w->o.older_than);
	if (!rc)
		remove_empty_folders(w);
	gv_lock_free(lock);
	return rc;
}

/* ---- the whole ---- */

static int refuse(const struct gv_store *s, struct gv_err *err)
{
	if (!s->bare)
		return gv_fail(err, GV_EUSAGE, _("%s is a clone: maintain the docket itself; here, git gc"), s->dir);
	if (getenv("GIT_QUARANTINE_PATH") || getenv("GIT_OBJECT_DIRECTORY"))
		return gv_fail(err, GV_EUSAGE, "%s", _("a hook cannot maintain the docket"));
	return 0;
}

static int begin(struct work *w)
{
	struct gv_buf path = GV_BUF_INIT(8192);
	int rc;

	gv_buf_addf(&w->objects, "%s/objects", w->s->commondir);
	gv_buf_addf(&path, "%s/pack", w->objects.p ? w->objects.p : "");
	rc = gv_buf_check(&w->objects, w->err);
	if (!rc)
		rc = gv_buf_check(&path, w->err);
	if (!rc && !w->o.dry_run)
		rc = gv_maintain_guard(&w->guard, path.p, w->err);
	if (!rc && !w->o.dry_run)
		gv_old_packs_sweep(w->objects.p);
	gv_buf_free(&path);
	return rc;
}

static bool is_needed_now(const struct work *w)
{
	return !w->o.if_needed || w->r->before.loose >= GV_MAINTAIN_LOOSE || w->r->before.packs >= GV_MAINTAIN_PACKS;
}

static int maintain(struct work *w)
{
	const struct gv_old_pack *one;
	int rc = gv_store_refresh(w->s, w->err);

	w->r->worktrees = gv_maintain_has_index(w->s->commondir);
	w->o.keep_all = w->o.keep_all || w->r->worktrees;
	w->walk = (struct gv_walk){ .store = w->s, .progress = w->o.progress, .ctx = w->o.ctx };
	/* The list first: what comes after it is not ours to judge. */
	if (!rc)
		rc = gv_old_packs_list(&w->packs, w->objects.p, w->err);
	if (!rc)
		rc = gv_walk_all(&w->walk, w->err);
	if (!rc)
		rc = judge(w, &one);
	if (rc || w->o.dry_run)
		return rc;
	if (w->r->nothing) {
		w->r->after = w->r->before;
		return 0;
	}
	rc = fold(w, one);
	if (!rc)
		rc = remove_old(w);
	return rc ? rc : count(w, &w->r->after);
}

int gv_maintain(struct gv_store *s, const struct gv_maintain *o, struct gv_maintain_result *r,
                struct gv_err *err)
{
	struct work w = { .s = s, .o = *o, .r = r, .objects = GV_BUF_INIT(8192), .guard = -1, .err = err };
	int rc = refuse(s, err);

	*r = (struct gv_maintain_result){ 0 };
	if (!rc)
		rc = begin(&w);
	if (!rc)
		rc = count(&w, &r->before);
	r->not_needed = !rc && !is_needed_now(&w);
	if (!rc && !r->not_needed)
		rc = maintain(&w);
	if (w.guard >= 0)
		close(w.guard);
	gv_pack_close(&w.one);
	gv_walk_free(&w.walk);
	gv_ids_free(&w.later);
	gv_old_packs_free(&w.packs);
	gv_buf_free(&w.objects);
	return rc;
}
