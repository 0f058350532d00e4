/* SPDX-License-Identifier: MIT */
#include "proof.h"

#include <stdio.h>
#include <stdlib.h>

#include "gittree.h"
#include "i18n.h"
#include "ids.h"

static int by_id(const void *a, const void *b)
{
	return memcmp(((const struct gv_oid *)a)->b, ((const struct gv_oid *)b)->b, sizeof((struct gv_oid *)0)->b);
}

static void sort_ids(struct gv_ids *ids)
{
	gv_ids_close(ids);
	if (ids->n)
		qsort(ids->list, ids->n, sizeof *ids->list, by_id);
}

/* "tree ID" is a commit's first line. */
static int tree_of(struct gv_str commit, struct gv_oid *tree, struct gv_err *err)
{
	if (commit.n > 5 + GV_HEX && memcmp(commit.p, "tree ", 5) == 0 && commit.p[5 + GV_HEX] == '\n' &&
	    gv_oid_read(tree, (struct gv_str){ commit.p + 5, GV_HEX }))
		return 0;
	return gv_fail(err, GV_EINTEGRITY, "%s", _("a commit names no tree"));
}

static int find_entry(struct gv_str tree, struct gv_str name, struct gv_tree_entry *found, struct gv_err *err)
{
	size_t pos = 0;
	int rc;

	*found = (struct gv_tree_entry){ 0 };
	do
		rc = gv_tree_next(tree, &pos, found, err);
	while (!rc && found->name.p && !gv_str_eq(found->name, name));
	return rc;
}

/* The part of a path at *at, which moves on; false behind the last one. */
static bool next_part(struct gv_str path, size_t *at, struct gv_str *part, bool *last)
{
	const char *slash;

	if (*at >= path.n)
		return false;
	slash = memchr(path.p + *at, '/', path.n - *at);
	*part = (struct gv_str){ path.p + *at, slash ? (size_t)(slash - path.p) - *at : path.n - *at };
	*last = !slash;
	*at += part->n + 1;
	return true;
}

/* ---- the way that was walked last ---- */

/* Paths come sorted: most share their folders with the one before, whose trees need not be searched
 * again. */
enum { WAY_MAX = 32 };

struct way {
	struct gv_oid commit;
	struct gv_buf path;
	struct { size_t end; struct gv_oid tree; } at[WAY_MAX];   /* end of the folder's name in path; its tree */
	size_t n;
};

/* How many folders, the root among them, are the same. */
static size_t shared(const struct way *w, const struct gv_oid *commit, struct gv_str path)
{
	size_t n = 0;

	if (!w->n || !gv_oid_eq(&w->commit, commit))
		return 0;
	while (n < w->n && w->at[n].end < path.n && (n == 0 || path.p[w->at[n].end] == '/') &&
	       memcmp(path.p, w->path.p, w->at[n].end) == 0)
		n++;
	return n;
}

/* ---- collecting ---- */

/* A folder that is read from its beginning to its end, once, if its names are asked for in order. */
struct cursor {
	struct gv_oid tree;
	struct gv_object obj;
	struct gv_tree_entry e;
	size_t pos;
};

struct gv_prover {
	struct gv_store *store;
	struct gv_ids commits, trees;
	struct gv_object obj;
	struct cursor cursors[WAY_MAX];   /* one for each depth */
	struct way way;
};

int gv_prover_new(struct gv_prover **out, struct gv_store *s, struct gv_err *err)
{
	struct gv_prover *p = calloc(1, sizeof *p);

	*out = p;
	if (!p)
		return gv_fail_nomem(err);
	p->store = s;
	p->obj = GV_OBJECT_INIT;
	for (size_t i = 0; i < WAY_MAX; i++)
		p->cursors[i].obj = GV_OBJECT_INIT;
	gv_buf_init(&p->way.path, 8192);
	return 0;
}

void gv_prover_free(struct gv_prover *p)
{
	if (!p)
		return;
	gv_ids_free(&p->commits);
	gv_ids_free(&p->trees);
	gv_object_free(&p->obj);
	for (size_t i = 0; i < WAY_MAX; i++)
		gv_object_free(&p->cursors[i].obj);
	gv_buf_free(&p->way.path);
	free(p);
}

static int enter_tree(struct gv_prover *p, size_t end, const struct gv_oid *tree, struct gv_err *err)
{
	struct way *w = &p->way;

	if (w->n == WAY_MAX)
		return gv_fail(err, GV_EDATA, _("the name is more than %d folders deep"), WAY_MAX);
	w->at[w->n].end = end;
	w->at[w->n++].tree = *tree;
	return gv_ids_add(&p->trees, tree, NULL, err);
}

static int start_commit(struct gv_prover *p, const struct gv_oid *commit, struct gv_err *err)
{
	struct gv_oid tree = { 0 };
	int rc = gv_odb_need(gv_store_odb(p->store), commit, GV_OBJ_COMMIT, &p->obj, err);

	if (!rc)
		rc = tree_of(p->obj.data, &tree, err);
	if (!rc)
		rc = gv_ids_add(&p->commits, commit, NULL, err);
	p->way.commit = *commit;
	p->way.n = 0;
	return rc ? rc : enter_tree(p, 0, &tree, err);
}

/* The entry of the folder that was entered last.  Few folders are asked for what is not there:
 * those are read to the end. */
static int look_up(struct gv_prover *p, struct gv_str part, bool is_folder, struct gv_oid *id, struct gv_err *err)
{
	const struct gv_oid *tree = &p->way.at[p->way.n - 1].tree;
	struct cursor *k = &p->cursors[p->way.n - 1];
	int rc = 0;

	if (!gv_oid_eq(&k->tree, tree) || !k->e.name.p ||
	    gv_tree_order(k->e.name, k->e.mode == GV_MODE_TREE, part, is_folder) > 0) {
		k->tree = (struct gv_oid){ 0 };
		rc = gv_odb_need(gv_store_odb(p->store), tree, GV_OBJ_TREE, &k->obj, err);
		k->pos = 0;
		k->e = (struct gv_tree_entry){ 0 };
		if (!rc)
			rc = gv_tree_next(k->obj.data, &k->pos, &k->e, err);
		if (!rc)
			k->tree = *tree;
	}
	while (!rc && k->e.name.p && !gv_str_eq(k->e.name, part))
		rc = gv_tree_next(k->obj.data, &k->pos, &k->e, err);
	if (!rc && (!k->e.name.p || (k->e.mode == GV_MODE_TREE) != is_folder))
		rc = gv_fail(err, GV_ENOTFOUND, "%s", _("not in the docket"));
	*id = k->e.oid;
	return rc;
}

int gv_prover_want(struct gv_prover *p, const struct gv_oid *commit, struct gv_str path, struct gv_oid *blob,
                   struct gv_err *err)
{
	struct way *w = &p->way;
	struct gv_oid id = { 0 };
	struct gv_str part;
	size_t at;
	bool last;
	int rc = 0;

	w->n = shared(w, commit, path);
	if (!w->n)
		rc = start_commit(p, commit, err);
	at = !rc && w->n > 1 ? w->at[w->n - 1].end + 1 : 0;
	gv_buf_reset(&w->path);
	gv_buf_addstr(&w->path, path);
	if (!rc)
		rc = gv_buf_check(&w->path, err);
	while (!rc && next_part(path, &at, &part, &last)) {
		rc = look_up(p, part, !last, &id, err);
		if (!rc && !last)
			rc = enter_tree(p, (size_t)(part.p + part.n - path.p), &id, err);
	}
	*blob = id;
	if (rc)
		w->n = 0;
	return rc;
}

static int give(struct gv_prover *p, const char *folder, enum gv_otype type, const struct gv_ids *ids,
                int (*each)(void *ctx, struct gv_str name, struct gv_str data), void *ctx, struct gv_err *err)
{
	char name[GV_PROOF_NAME + 1];
	size_t n = strlen(folder);
	int rc = 0;

	snprintf(name, sizeof name, "%s", folder);
	for (size_t i = 0; i < ids->n && !rc; i++) {
		gv_oid_hex(&ids->list[i], name + n);
		rc = gv_odb_need(gv_store_odb(p->store), &ids->list[i], type, &p->obj, err);
		if (!rc)
			rc = each(ctx, (struct gv_str){ name, n + GV_HEX }, p->obj.data);
	}
	return rc;
}

int gv_prover_each(struct gv_prover *p, int (*each)(void *ctx, struct gv_str name, struct gv_str data), void *ctx,
                   struct gv_err *err)
{
	int rc;

	sort_ids(&p->commits);
	sort_ids(&p->trees);
	rc = give(p, "commits/", GV_OBJ_COMMIT, &p->commits, each, ctx, err);
	return rc ? rc : give(p, "trees/", GV_OBJ_TREE, &p->trees, each, ctx, err);
}

/* ---- judging ---- */

struct object {
	struct gv_oid id;
	bool is_commit;
	struct gv_str data;
};

struct gv_proofs {
	struct gv_arena arena;
	struct object *list;
	size_t n, cap;
	bool sorted;
};

int gv_proofs_new(struct gv_proofs **out, struct gv_err *err)
{
	struct gv_proofs *p = calloc(1, sizeof *p);

	*out = p;
	return p ? 0 : gv_fail_nomem(err);
}

void gv_proofs_free(struct gv_proofs *p)
{
	if (!p)
		return;
	gv_arena_free(&p->arena);
	free(p->list);
	free(p);
}

static int add_object(struct gv_proofs *p, const struct object *o, struct gv_err *err)
{
	if (p->n == p->cap) {
		size_t cap = p->cap ? 2 * p->cap : 64;
		struct object *list = reallocarray(p->list, cap, sizeof *list);

		if (!list)
			return gv_fail_nomem(err);
		p->list = list;
		p->cap = cap;
	}
	p->list[p->n] = *o;
	if (o->data.n) {
		p->list[p->n].data = gv_arena_copy(&p->arena, o->data);
		if (!p->list[p->n].data.p)
			return gv_fail_nomem(err);
	}
	p->n++;
	p->sorted = false;
	return 0;
}

int gv_proofs_take(struct gv_proofs *p, struct gv_str name, struct gv_str data, struct gv_err *err)
{
	bool is_commit = gv_str_starts(name, GV_STR("commits/"));
	size_t skip = is_commit ? sizeof "commits/" - 1 : sizeof "trees/" - 1;
	struct object o = { .is_commit = is_commit, .data = data };
	struct gv_oid is;

	if ((!is_commit && !gv_str_starts(name, GV_STR("trees/"))) ||
	    !gv_oid_read(&o.id, (struct gv_str){ name.p + skip, name.n - skip }))
		return gv_fail(err, GV_EINTEGRITY, "%s", _("is no proof: commits/ID or trees/ID"));
	gv_oid_of(&is, is_commit ? "commit" : "tree", data);
	if (!gv_oid_eq(&is, &o.id))
		return gv_fail(err, GV_EINTEGRITY, "%s", _("its bytes do not have this id"));
	return add_object(p, &o, err);
}

static int by_object(const void *a, const void *b)
{
	return by_id(&((const struct object *)a)->id, &((const struct object *)b)->id);
}

static void sort_objects(struct gv_proofs *p)
{
	if (!p->sorted && p->n)
		qsort(p->list, p->n, sizeof *p->list, by_object);
	p->sorted = true;
}

static int need(struct gv_proofs *p, const struct gv_oid *id, bool is_commit, struct gv_str *data, struct gv_err *err)
{
	const struct object key = { .id = *id };
	const struct object *found;
	char hex[GV_HEX + 1];

	sort_objects(p);
	found = p->n ? bsearch(&key, p->list, p->n, sizeof *p->list, by_object) : NULL;
	if (found && found->is_commit == is_commit) {
		*data = found->data;
		return 0;
	}
	gv_oid_hex(id, hex);
	if (is_commit)
		return gv_fail(err, GV_EINTEGRITY, _("commit %.10s is not in the bundle"), hex);
	return gv_fail(err, GV_EINTEGRITY, _("tree %.10s is not in the bundle"), hex);
}

int gv_proofs_check(struct gv_proofs *p, const struct gv_oid *commit, struct gv_str path, const struct gv_oid *blob,
                    struct gv_err *err)
{
	struct gv_tree_entry e = { 0 };
	struct gv_oid id = { 0 };
	struct gv_str data = { 0 }, part;
	char hex[GV_HEX + 1];
	size_t at = 0;
	bool last;
	int rc = need(p, commit, true, &data, err);

	if (!rc)
		rc = tree_of(data, &id, err);
	gv_oid_hex(commit, hex);
	while (!rc && next_part(path, &at, &part, &last)) {
		rc = need(p, &id, false, &data, err);
		if (!rc)
			rc = find_entry(data, part, &e, err);
		if (!rc && (!e.name.p || (e.mode == GV_MODE_TREE) == last))
			rc = gv_fail(err, GV_EINTEGRITY, _("commit %.10s has nothing at this path"), hex);
		id = e.oid;
	}
	if (!rc && !gv_oid_eq(&id, blob))
		rc = gv_fail(err, GV_EINTEGRITY, _("commit %.10s has another version at this path"), hex);
	return rc;
}

int gv_proofs_commits(struct gv_proofs *p, int (*each)(void *ctx, const struct gv_oid *id, struct gv_str text),
                      void *ctx)
{
	int rc = 0;

	sort_objects(p);
	for (size_t i = 0; i < p->n && !rc; i++)
		if (p->list[i].is_commit)
			rc = each(ctx, &p->list[i].id, p->list[i].data);
	return rc;
}
