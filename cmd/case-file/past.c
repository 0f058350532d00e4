/* SPDX-License-Identifier: MIT */
/* past: history is never rewritten, so what is sealed today may stand in plain in older commits. */
#include <stdlib.h>
#include <string.h>

#include "history.h"
#include "sealing.h"

struct value {
	struct gv_str path, field;
	struct gv_val val;
};

struct past {
	struct gv_cmd *c;
	struct gv_doc keep;        /* what the values live in */
	struct value *list;        /* by path, once it is sorted */
	size_t n, room;
	size_t commits;
	const struct value *first; /* of the version at hand */
	bool stands;
	struct gv_doc version;
};

int past_new(struct past **out, struct gv_cmd *c)
{
	*out = calloc(1, sizeof **out);
	if (!*out)
		return gv_fail_nomem(&c->err);
	(*out)->c = c;
	return 0;
}

void past_free(struct past *p)
{
	if (!p)
		return;
	gv_doc_free(&p->keep);
	gv_doc_free(&p->version);
	free(p->list);
	free(p);
}

int past_add(struct past *p, const struct gv_id *id, const struct gv_sealable *v)
{
	struct gv_buf path = GV_BUF_INIT(4096);
	struct gv_err *err = &p->c->err;
	struct value *add;
	int rc = gv_id_path(id, &path, err);

	if (!rc && p->n == p->room) {
		size_t room = p->room ? p->room * 2 : 16;
		void *list = realloc(p->list, room * sizeof *p->list);

		if (list) {
			p->list = list;
			p->room = room;
		}
		rc = list ? 0 : gv_fail_nomem(err);
	}
	if (!rc) {
		add = &p->list[p->n];
		add->path = gv_arena_copy(&p->keep.arena, gv_buf_str(&path));
		add->field = gv_arena_copy(&p->keep.arena, v->field);
		rc = add->path.p && add->field.p ? gv_val_copy(&p->keep, &add->val, v->val, err) : gv_fail_nomem(err);
		p->n += !rc;
	}
	gv_buf_free(&path);
	return rc;
}

static int by_path(const void *a, const void *b)
{
	return gv_str_cmp(((const struct value *)a)->path, ((const struct value *)b)->path);
}

/* ---- one version of one record ---- */

static int compare(void *ctx, const struct gv_sealable *v)
{
	struct past *p = ctx;

	for (const struct value *w = p->first; w < p->list + p->n && gv_str_eq(w->path, p->first->path); w++)
		if (gv_str_eq(w->field, v->field) && gv_val_eq(&w->val, v->val))
			p->stands = true;
	return p->stands;
}

static int look(struct past *p, const struct value *first, const struct gv_oid *blob)
{
	const struct gv_val *v;
	int rc = gv_store_value(gv_cmd_store(p->c), blob, &p->version, &v, &p->c->err);

	if (rc == GV_EDATA) { /* no record: then no value of one */
		gv_err_clear(&p->c->err);
		return 0;
	}
	p->first = first;
	if (!rc && v)
		rc = gv_sealable_each(gv_path_kind(first->path), &p->version.root, compare, p, &p->c->err);
	return rc > 1 ? rc : 0;
}

static int at_change(void *ctx, const struct gv_change *change)
{
	struct past *p = ctx;
	struct value key = { .path = change->path };
	const struct value *found = p->stands ? NULL : bsearch(&key, p->list, p->n, sizeof key, by_path);

	while (found && found > p->list && gv_str_eq(found[-1].path, found->path))
		found--;
	return found ? look(p, found, &change->after) : 0;
}

/* ---- all commits ---- */

/* The folder that all of them lie in. */
static size_t common_folder(const struct past *p)
{
	struct gv_str first = p->list[0].path, last = p->list[p->n - 1].path;
	size_t n = 0;

	if (gv_str_eq(first, last))
		return first.n;
	while (n < first.n && n < last.n && first.p[n] == last.p[n])
		n++;
	while (n && first.p[n - 1] != '/')
		n--;
	return n ? n - 1 : 0;
}

struct walk {
	struct past *p;
	const char *prefix;
};

static int at_commit(void *ctx, const struct gv_commit *commit)
{
	struct walk *w = ctx;
	struct gv_oid parent = commit->parents ? commit->parent[0] : (struct gv_oid){ { 0 } };
	int rc;

	w->p->stands = false;
	rc = gv_store_diff(gv_cmd_store(w->p->c), &parent, &commit->id, w->prefix, at_change, w->p, &w->p->c->err);
	w->p->commits += w->p->stands;
	return rc;
}

int past_count(struct past *p, size_t *commits)
{
	struct gv_buf prefix = GV_BUF_INIT(4096);
	struct gv_store *s = gv_cmd_store(p->c);
	struct walk w = { .p = p };
	int rc;

	*commits = 0;
	if (!p->n)
		return 0;
	qsort(p->list, p->n, sizeof *p->list, by_path);
	gv_buf_add(&prefix, p->list[0].path.p, common_folder(p));
	rc = gv_buf_check(&prefix, &p->c->err);
	w.prefix = prefix.n ? prefix.p : NULL;
	if (!rc)
		rc = gv_store_log(s, gv_store_commit_id(s), false, at_commit, &w, &p->c->err);
	*commits = p->commits;
	gv_buf_free(&prefix);
	return rc;
}
