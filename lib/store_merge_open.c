/* SPDX-License-Identifier: MIT */
/* Conflicts of a join become files; one that is open about the same record already is added to. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "store_merge.h"

enum {
	LOOK_MAX = 1000,  /* commits to look through for who made a side what it is */
	STOP = -2         /* ends gv_store_log() */
};

int gv_conflict_list_add(struct gv_conflict_list *l, const struct gv_conflict *c, struct gv_err *err)
{
	if (l->n == l->room) {
		size_t room = l->room ? 2 * l->room : 8;
		struct gv_conflict *list = reallocarray(l->list, room, sizeof *list);

		if (!list)
			return gv_fail_nomem(err);
		l->list = list;
		l->room = room;
	}
	l->list[l->n++] = *c;
	return 0;
}

/* ---- who ---- */

/* The oldest of the newest commits of a side that have the file as it is there. */
struct search {
	struct gv_store *s;
	struct gv_str path;
	struct gv_merge_entry now;
	size_t looked;
	char author[256], commit[GV_HEX + 1], time[40];
	struct gv_err *err;
};

static int look(void *ctx, const struct gv_commit *c)
{
	struct search *s = ctx;
	struct gv_tree_entry e = { 0 };
	int rc = gv_tree_find(s->s->odb, &c->tree, s->path, &e, &s->s->name, s->err);
	bool same = rc ? !s->now.mode : s->now.mode && gv_oid_eq(&e.oid, &s->now.oid);

	if (rc && rc != GV_ENOTFOUND)
		return rc;
	gv_err_clear(s->err);
	if (!same || ++s->looked > LOOK_MAX)
		return STOP;
	gv_oid_hex(&c->id, s->commit);
	snprintf(s->author, sizeof s->author, "%.*s", (int)c->author.n, c->author.p);
	gv_merge_time(c->time, s->time);
	return 0;
}

/* A name that is cut, or was never UTF-8, is not for a JSON text. */
static int who(struct search *s, const struct gv_merge_side *side, struct gv_conflict_by *by)
{
	int rc = gv_store_log(s->s, &side->commit, true, look, s, s->err);

	*by = (struct gv_conflict_by){ 0 };
	if (rc && rc != STOP)
		return rc;
	if (s->looked && gv_json_check_string(gv_str_of(s->author), NULL) == 0)
		by->author = gv_str_of(s->author);
	if (s->looked) {
		by->commit = gv_str_of(s->commit);
		by->time = gv_str_of(s->time);
	}
	return 0;
}

/* ---- opening ---- */

static int wait_for_end(struct gv_merge_tree *m, struct gv_str at, const struct gv_oid *blob)
{
	if (m->nopen == m->open_room) {
		size_t room = m->open_room ? 2 * m->open_room : 16;
		struct gv_merge_open *open = reallocarray(m->open, room, sizeof *open);

		if (!open)
			return gv_fail_nomem(m->err);
		m->open = open;
		m->open_room = room;
	}
	m->open[m->nopen] = (struct gv_merge_open){ gv_arena_copy(&m->arena, at), *blob };
	return m->open[m->nopen++].path.p ? 0 : gv_fail_nomem(m->err);
}

int gv_merge_open(struct gv_merge_tree *m, struct gv_str at, struct gv_str path, const struct gv_merge_three *f,
                  const struct gv_conflict_list *l)
{
	struct search s[2] = { { .s = m->s, .path = path, .now = f->ours, .err = m->err },
		               { .s = m->s, .path = path, .now = f->theirs, .err = m->err } };
	struct gv_conflict_by ours, theirs;
	struct gv_doc d = GV_DOC_INIT;
	struct gv_oid blob;
	int rc = who(&s[0], &m->ours, &ours);

	if (!rc)
		rc = who(&s[1], &m->theirs, &theirs);
	if (!rc)
		rc = gv_conflict_new(&d, path, gv_str_of(m->since), m->err);
	for (size_t i = 0; !rc && i < l->n; i++)
		rc = gv_conflict_add(&d, &l->list[i], &ours, &theirs, m->err);
	if (!rc)
		rc = gv_merge_put(m, &d.root, &blob);
	if (!rc)
		rc = wait_for_end(m, at, &blob);
	gv_doc_free(&d);
	return rc;
}

/* ---- at the end ---- */

/* The walk's own edit of that conflict file, or NULL. */
static struct gv_tree_edit *edit_of(struct gv_merge_tree *m, struct gv_str path)
{
	for (size_t i = m->first_conflict; i < m->end_conflict; i++)
		if (gv_str_eq(m->edits[i].path, path))
			return &m->edits[i];
	return NULL;
}

static int load(struct gv_merge_tree *m, const struct gv_oid *blob, struct gv_doc *d)
{
	int rc = gv_merge_read(m, blob, GV_OBJ_BLOB);

	return rc ? rc : gv_json_parse(d, m->obj.data, 0, m->err);
}

/* `blob` becomes what is open at `old` with what it holds itself on top. */
static int add_to(struct gv_merge_tree *m, const struct gv_oid *old, struct gv_oid *blob)
{
	struct gv_doc there = GV_DOC_INIT, newer = GV_DOC_INIT;
	int rc = load(m, old, &there);

	if (!rc)
		rc = gv_conflict_check(&there.root, m->err);
	if (rc == GV_EDATA) { /* somebody put something else there: the conflict goes before */
		gv_err_clear(m->err);
		rc = 0;
		goto out;
	}
	if (!rc)
		rc = load(m, blob, &newer);
	if (!rc)
		rc = gv_conflict_add_all(&there, &newer.root, m->err);
	if (!rc)
		rc = gv_merge_put(m, &there.root, blob);
out:
	gv_doc_free(&there);
	gv_doc_free(&newer);
	return rc;
}

static int write_one(struct gv_merge_tree *m, struct gv_merge_open *open)
{
	struct gv_tree_edit *edit = edit_of(m, open->path);
	struct gv_merge_entry there = { 0 };
	int rc = 0;

	if (edit && edit->mode)
		there = (struct gv_merge_entry){ edit->mode, edit->oid };
	else if (!edit)
		rc = gv_merge_find(m, m->main_is_theirs ? &m->theirs.tree : &m->ours.tree, open->path, &there);
	if (!rc && there.mode && there.mode != GV_MODE_TREE)
		rc = add_to(m, &there.oid, &open->blob);
	if (rc)
		return rc;
	if (!edit)
		return gv_merge_edit(m, open->path, &(struct gv_merge_entry){ GV_MODE_FILE, open->blob });
	edit->mode = GV_MODE_FILE;
	edit->oid = open->blob;
	return 0;
}

int gv_merge_write_open(struct gv_merge_tree *m)
{
	int rc = 0;

	for (size_t i = 0; !rc && i < m->nopen; i++)
		rc = write_one(m, &m->open[i]);
	return rc;
}
