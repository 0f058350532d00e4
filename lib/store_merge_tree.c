/* SPDX-License-Identifier: MIT */
/* Three trees walked side by side: what only the other side changed is taken, what both changed is joined. */
#include <stdlib.h>

#include "i18n.h"
#include "store_merge.h"

enum { DEPTH_MAX = 64, SIDES = 3, BASE = 0, OURS = 1, THEIRS = 2 };

/* ---- reading ---- */

int gv_merge_read(struct gv_merge_tree *m, const struct gv_oid *oid, enum gv_otype want)
{
	int rc = m->scratch ? gv_objw_read(m->scratch, oid, &m->obj, m->err) : GV_ENOTFOUND;

	if (rc == GV_ENOTFOUND)
		rc = gv_objw_read(m->w, oid, &m->obj, m->err);
	if (rc != GV_ENOTFOUND)
		return rc;
	gv_err_clear(m->err);
	return gv_odb_need(m->s->odb, oid, want, &m->obj, m->err);
}

/* A folder that is open: its text is its own, since the ones below are read meanwhile. */
struct folder {
	struct gv_object obj;
	size_t pos;
	struct gv_tree_entry e;  /* the entry at hand; name.p NULL at the end */
};

static int folder_next(struct gv_merge_tree *m, struct folder *f)
{
	return gv_tree_next(f->obj.data, &f->pos, &f->e, m->err);
}

static int folder_open(struct gv_merge_tree *m, struct folder *f, const struct gv_oid *tree)
{
	struct gv_object kept = m->obj;
	int rc;

	*f = (struct folder){ .obj = GV_OBJECT_INIT };
	if (gv_oid_is_zero(tree))
		return 0;
	m->obj = f->obj;
	rc = gv_merge_read(m, tree, GV_OBJ_TREE);
	f->obj = m->obj;
	m->obj = kept;
	return rc ? rc : folder_next(m, f);
}

int gv_merge_find(struct gv_merge_tree *m, const struct gv_oid *root, struct gv_str path, struct gv_merge_entry *e)
{
	struct gv_str rest = path;
	int rc = 0;

	*e = (struct gv_merge_entry){ gv_oid_is_zero(root) ? 0 : GV_MODE_TREE, *root };
	while (!rc && rest.n && e->mode) {
		const char *slash = memchr(rest.p, '/', rest.n);
		struct gv_str part = { rest.p, slash ? (size_t)(slash - rest.p) : rest.n };
		bool is_tree = e->mode == GV_MODE_TREE;
		struct folder f = { .obj = GV_OBJECT_INIT };

		rest.p += part.n + (slash != NULL);
		rest.n -= part.n + (slash != NULL);
		rc = is_tree ? folder_open(m, &f, &e->oid) : 0;
		while (!rc && f.e.name.p && !gv_str_eq(f.e.name, part))
			rc = folder_next(m, &f);
		*e = (struct gv_merge_entry){ f.e.name.p ? f.e.mode : 0, f.e.oid };
		gv_object_free(&f.obj);
	}
	return rc;
}

/* ---- edits ---- */

int gv_merge_edit(struct gv_merge_tree *m, struct gv_str path, const struct gv_merge_entry *to)
{
	struct gv_str copy = gv_arena_copy(&m->arena, path);

	if (!copy.p)
		return gv_fail_nomem(m->err);
	if (m->n == m->room) {
		size_t room = m->room ? 2 * m->room : 64;
		struct gv_tree_edit *edits = reallocarray(m->edits, room, sizeof *edits);

		if (!edits)
			return gv_fail_nomem(m->err);
		m->edits = edits;
		m->room = room;
	}
	m->edits[m->n] = (struct gv_tree_edit){ .path = copy, .mode = to->mode };
	if (to->mode)
		m->edits[m->n].oid = to->oid;
	m->n++;
	return 0;
}

int gv_merge_put(struct gv_merge_tree *m, const struct gv_val *root, struct gv_oid *oid)
{
	struct gv_buf text = GV_BUF_INIT(2 * GV_JSON_TEXT_MAX);
	int rc;

	gv_json_canon(&text, root);
	rc = gv_buf_check(&text, m->err);
	if (!rc)
		rc = gv_objw_add(m->w, GV_OBJ_BLOB, gv_buf_str(&text), m->s->odb, oid, m->err);
	gv_buf_free(&text);
	return rc;
}

/* ---- one name ---- */

static bool same(const struct gv_merge_entry *a, const struct gv_merge_entry *b)
{
	return a->mode == b->mode && (!a->mode || gv_oid_eq(&a->oid, &b->oid));
}

static int take(struct gv_merge_tree *m, const struct gv_merge_entry *other)
{
	struct gv_merge_row row = { .op = other->mode ? "taken" : "removed", .path = gv_buf_str(&m->path) };
	int rc = gv_merge_edit(m, row.path, other);

	m->r->taken += !gv_str_starts(row.path, GV_STR(GV_CONFLICT_FOLDER));
	return rc || !m->o->each ? rc : m->o->each(m->o->ctx, &row);
}

static int at_file(struct gv_merge_tree *m, const struct gv_merge_three *f)
{
	const struct gv_merge_entry *mine = m->main_is_theirs ? &f->theirs : &f->ours;
	const struct gv_merge_entry *other = m->main_is_theirs ? &f->ours : &f->theirs;
	struct gv_merge_entry to;
	int rc;

	if (same(&f->base, mine))
		return take(m, other);
	rc = gv_merge_file(m, gv_buf_str(&m->path), f, &to);
	return rc || same(&to, mine) ? rc : gv_merge_edit(m, gv_buf_str(&m->path), &to);
}

static int walk(struct gv_merge_tree *m, const struct gv_merge_three *trees, unsigned depth);

static int at_name(struct gv_merge_tree *m, const struct gv_merge_three *f, struct gv_str name, unsigned depth)
{
	const struct gv_merge_entry *other = m->main_is_theirs ? &f->ours : &f->theirs;
	bool is_tree = f->base.mode == GV_MODE_TREE || f->ours.mode == GV_MODE_TREE || f->theirs.mode == GV_MODE_TREE;
	bool is_conflicts = depth == 0 && is_tree && gv_str_is(name, "conflicts");
	size_t keep = m->path.n;
	int rc;

	if (same(&f->ours, &f->theirs) || same(&f->base, other)) /* alike, or only main changed it */
		return 0;
	if (keep)
		gv_buf_addc(&m->path, '/');
	gv_buf_addstr(&m->path, name);
	rc = gv_buf_check(&m->path, m->err);
	if (is_conflicts)
		m->first_conflict = m->n;
	if (!rc)
		rc = is_tree ? walk(m, f, depth + 1) : at_file(m, f);
	if (is_conflicts)
		m->end_conflict = m->n;
	if (m->path.p)
		m->path.p[m->path.n = keep] = '\0';
	return rc;
}

/* ---- a folder ---- */

/* The side whose next entry comes first; -1 at the end.  A file and a folder of one name are two entries. */
static int first_of(const struct folder *f)
{
	int first = -1;

	for (int i = 0; i < SIDES; i++)
		if (f[i].e.name.p &&
		    (first < 0 || gv_tree_order(f[i].e.name, f[i].e.mode == GV_MODE_TREE, f[first].e.name,
		                                f[first].e.mode == GV_MODE_TREE) < 0))
			first = i;
	return first;
}

static int walk_open(struct gv_merge_tree *m, struct folder *f, unsigned depth)
{
	int first, rc = 0;

	while (!rc && (first = first_of(f)) >= 0) {
		struct gv_merge_entry e[SIDES] = { { 0 }, { 0 }, { 0 } };
		struct gv_tree_entry at = f[first].e;

		for (int i = 0; i < SIDES; i++)
			if (f[i].e.name.p && gv_tree_order(f[i].e.name, f[i].e.mode == GV_MODE_TREE, at.name,
			                                   at.mode == GV_MODE_TREE) == 0)
				e[i] = (struct gv_merge_entry){ f[i].e.mode, f[i].e.oid };
		rc = at_name(m, &(struct gv_merge_three){ e[BASE], e[OURS], e[THEIRS] }, at.name, depth);
		for (int i = 0; !rc && i < SIDES; i++)
			rc = e[i].mode ? folder_next(m, &f[i]) : 0;
	}
	return rc;
}

static int walk(struct gv_merge_tree *m, const struct gv_merge_three *trees, unsigned depth)
{
	struct folder f[SIDES] = { { .obj = GV_OBJECT_INIT }, { .obj = GV_OBJECT_INIT }, { .obj = GV_OBJECT_INIT } };
	int rc;

	if (depth >= DEPTH_MAX)
		return gv_fail(m->err, GV_EINTEGRITY, _("folders more than %d deep"), DEPTH_MAX);
	rc = folder_open(m, &f[BASE], &trees->base.oid);
	if (!rc)
		rc = folder_open(m, &f[OURS], &trees->ours.oid);
	if (!rc)
		rc = folder_open(m, &f[THEIRS], &trees->theirs.oid);
	if (!rc)
		rc = walk_open(m, f, depth);
	for (int i = 0; i < SIDES; i++)
		gv_object_free(&f[i].obj);
	return rc;
}

/* All names were in one tree or the other, so it can be nothing else. */
static int fail_both(struct gv_merge_tree *m)
{
	char path[sizeof m->err->thing];

	if (!m->err)
		return GV_EDATA;
	memcpy(path, m->err->thing, sizeof path);
	gv_fail(m->err, GV_EDATA, "%s", _("is a file on one side and a folder on the other: rename or remove it on one of them, "
	                                  "then join again; nothing was taken"));
	gv_err_thing(m->err, path, strlen(path));
	return GV_EDATA;
}

int gv_merge_trees(struct gv_merge_tree *m, struct gv_oid *tree)
{
	struct gv_merge_three roots = {
		{ GV_MODE_TREE, m->base }, { GV_MODE_TREE, m->ours.tree }, { GV_MODE_TREE, m->theirs.tree }
	};
	int rc = gv_oid_eq(&m->ours.tree, &m->theirs.tree) ? 0 : walk(m, &roots, 0);

	if (!rc)
		rc = gv_merge_write_open(m);
	if (rc)
		return rc;
	rc = gv_tree_edit(m->s->odb, m->w, m->main_is_theirs ? &m->theirs.tree : &m->ours.tree, m->edits, m->n, NULL, NULL, tree,
	                  m->err);
	return rc == GV_EDATA ? fail_both(m) : rc;
}
