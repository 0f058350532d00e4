/* SPDX-License-Identifier: MIT */
/* What is reachable, in the order in which it is read: history, folders, records as they are listed. */
#include <stdio.h>
#include <stdlib.h>

#include "i18n.h"
#include "maintain_impl.h"

enum { REPORT_EVERY = 4096, GITLINK = 0160000, MODE_KIND = 0170000 };

static void report(const struct gv_walk *w)
{
	if (w->progress && w->seen.n % REPORT_EVERY == 0)
		w->progress(w->ctx, w->seen.n, 0);
}

static int meet(struct gv_walk *w, const struct gv_oid *id, struct gv_err *err)
{
	uint32_t pos;

	if (w->known && gv_pack_find(w->known, id, &pos))
		return 0;
	report(w);
	return gv_ids_add(&w->seen, id, NULL, err);
}

/* ---- commits and tags ---- */

/* "WORD ID\n" at the head of `rest`, taken off. */
static bool take_line(struct gv_str *rest, struct gv_str word, struct gv_oid *id)
{
	size_t n = word.n + GV_HEX + 1;

	if (rest->n < n || !gv_str_starts(*rest, word) || rest->p[n - 1] != '\n' ||
	    !gv_oid_read(id, (struct gv_str){ rest->p + word.n, GV_HEX }))
		return false;
	rest->p += n;
	rest->n -= n;
	return true;
}

static int broken(const struct gv_oid *id, const char *what, struct gv_err *err)
{
	char hex[GV_HEX + 1];

	gv_oid_hex(id, hex);
	return gv_odb_broken(err, hex, "%s", what);
}

static int root(void *ctx, const struct gv_oid *id, bool strict, struct gv_err *err);

/* All parents: an octopus has more than two. */
static int look_into(struct gv_walk *w, const struct gv_oid *id, struct gv_err *err)
{
	struct gv_oid tree, other;
	struct gv_str rest;
	int rc = gv_odb_need(w->store->odb, id, 0, &w->obj, err);

	if (rc)
		return rc;
	rest = w->obj.data;
	if (w->obj.type == GV_OBJ_TAG) {
		if (!take_line(&rest, GV_STR("object "), &other))
			return broken(id, _("broken tag"), err);
		return root(w, &other, true, err);
	}
	if (w->obj.type != GV_OBJ_COMMIT || !take_line(&rest, GV_STR("tree "), &tree))
		return broken(id, _("broken commit"), err);
	while (!rc && take_line(&rest, GV_STR("parent "), &other))
		if (!gv_ids_has(&w->shallow, id))
			rc = meet(w, &other, err);
	return rc;
}

/* What a ref names; a reflog may remember what is gone. */
static int root(void *ctx, const struct gv_oid *id, bool strict, struct gv_err *err)
{
	struct gv_walk *w = ctx;
	struct gv_object obj = GV_OBJECT_INIT;
	uint32_t pos;
	int rc;

	if (gv_ids_has(&w->seen, id) || (w->known && gv_pack_find(w->known, id, &pos)))
		return 0;
	rc = (strict ? gv_odb_need : gv_odb_read)(w->store->odb, id, 0, &obj, err);
	if (rc == GV_ENOTFOUND) {
		gv_err_clear(err);
		return 0;
	}
	if (!rc && (obj.type == GV_OBJ_TREE || obj.type == GV_OBJ_BLOB))
		rc = gv_ids_add(&w->others, id, NULL, err);
	else if (!rc)
		rc = meet(w, id, err);
	gv_object_free(&obj);
	return rc;
}

/* Each root's history before the next root: of main, newest first. */
static int history(void *ctx, const struct gv_oid *id, bool strict, struct gv_err *err)
{
	struct gv_walk *w = ctx;
	int rc = root(w, id, strict, err);

	while (!rc && w->next < w->seen.n) {
		struct gv_oid at = w->seen.list[w->next++]; /* the list may move as it grows */

		rc = look_into(w, &at, err);
	}
	return rc;
}

static int read_shallow(struct gv_walk *w, struct gv_err *err)
{
	struct gv_buf path = GV_BUF_INIT(8192), text = GV_BUF_INIT(64 * GV_MIB);
	struct gv_str rest;
	struct gv_oid id;
	int rc;

	gv_buf_addf(&path, "%s/shallow", w->store->commondir);
	rc = gv_buf_check(&path, err);
	if (!rc && gv_buf_read_file(&text, path.p, NULL) == 0) {
		rest = gv_buf_str(&text);
		while (!rc && take_line(&rest, GV_STR(""), &id))
			rc = gv_ids_add(&w->shallow, &id, NULL, err);
	}
	gv_buf_free(&path);
	gv_buf_free(&text);
	return rc;
}

/* ---- trees ---- */

/* Each entry of a tree: folders or files; the commits of submodules lie elsewhere. */
static int entries(struct gv_walk *w, const struct gv_oid *tree, bool folders, struct gv_err *err)
{
	struct gv_tree_entry e = { 0 };
	size_t pos = 0;
	int rc = gv_odb_need(w->store->odb, tree, GV_OBJ_TREE, &w->obj, err);

	while (!rc) {
		rc = gv_tree_next(w->obj.data, &pos, &e, err);
		if (rc)
			return broken(tree, _("broken tree"), err);
		if (!e.name.p)
			break;
		if ((e.mode & MODE_KIND) != GITLINK && (e.mode == GV_MODE_TREE) == folders)
			rc = meet(w, &e.oid, err);
	}
	return rc;
}

static int below(struct gv_walk *w, const struct gv_oid *tree, struct gv_err *err)
{
	int rc = meet(w, tree, err);

	while (!rc && w->next < w->seen.n) {
		struct gv_oid at = w->seen.list[w->next++];

		rc = entries(w, &at, true, err);
	}
	return rc;
}

/* The folders of the newest commit, then what is different in the one before it, and so on. */
static int trees(struct gv_walk *w, struct gv_err *err)
{
	int rc = 0;

	for (size_t i = 0; i < w->commits && !rc; i++) {
		struct gv_oid id = w->seen.list[i], tree;
		struct gv_str rest;

		rc = gv_odb_need(w->store->odb, &id, 0, &w->obj, err);
		rest = w->obj.data;
		if (!rc && w->obj.type == GV_OBJ_COMMIT)
			rc = take_line(&rest, GV_STR("tree "), &tree) ? below(w, &tree, err)
			                                              : broken(&id, _("broken commit"), err);
	}
	for (size_t i = 0; i < w->others.n && !rc; i++) {
		rc = gv_odb_need(w->store->odb, &w->others.list[i], 0, &w->obj, err);
		if (!rc && w->obj.type == GV_OBJ_TREE)
			rc = below(w, &w->others.list[i], err);
	}
	return rc;
}

/* ---- blobs ---- */

struct scanned { struct gv_walk *w; struct gv_err *err; };

static int record(void *ctx, const struct gv_item *item)
{
	struct scanned *s = ctx;

	return meet(s->w, &item->oid, s->err);
}

static int blobs(struct gv_walk *w, struct gv_err *err)
{
	struct gv_scan all = { .ids_only = true };
	struct scanned s = { w, err };
	int rc = w->known ? 0 : gv_store_scan(w->store, &all, record, &s, err);

	for (size_t i = w->commits; i < w->trees && !rc; i++) {
		struct gv_oid tree = w->seen.list[i];

		rc = entries(w, &tree, false, err);
	}
	for (size_t i = 0; i < w->others.n && !rc; i++) {
		if (!gv_ids_has(&w->seen, &w->others.list[i]))
			rc = meet(w, &w->others.list[i], err);
	}
	return rc;
}

int gv_walk_all(struct gv_walk *w, struct gv_err *err)
{
	int rc;

	w->obj = GV_OBJECT_INIT;
	rc = read_shallow(w, err);
	if (!rc)
		rc = history(w, &w->store->commit, true, err);
	if (!rc)
		rc = gv_maintain_roots(w->store->commondir, history, w, err);
	w->commits = w->next = w->seen.n;
	if (!rc)
		rc = trees(w, err);
	w->trees = w->seen.n;
	if (!rc)
		rc = blobs(w, err);
	return rc;
}

void gv_walk_free(struct gv_walk *w)
{
	gv_ids_free(&w->seen);
	gv_ids_free(&w->shallow);
	gv_ids_free(&w->others);
	gv_object_free(&w->obj);
}
