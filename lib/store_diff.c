/* SPDX-License-Identifier: MIT */
/* What differs between two commits: two trees walked side by side, equal folders never opened. */
#include "i18n.h"
#include "store_impl.h"

enum { DEPTH_MAX = 64 };

struct diff {
	struct gv_store *store;
	struct gv_str prefix;  /* without slash at the end; p NULL: the folders of kinds */
	int (*each)(void *ctx, const struct gv_change *c);
	void *ctx;
	struct gv_err *err;
	struct gv_buf path;
	unsigned depth;
};

/* One side of a pair of folders. */
struct side {
	struct gv_oid tree;
	struct gv_object obj;
	size_t pos;
	struct gv_tree_entry e;  /* the entry at hand; name.p NULL at the end */
};

static const struct gv_oid none;

static bool is_tree(const struct gv_tree_entry *e)
{
	return e->mode == GV_MODE_TREE;
}

static int side_next(struct diff *d, struct side *x)
{
	int rc = gv_tree_next(x->obj.data, &x->pos, &x->e, d->err);
	char hex[GV_HEX + 1];

	if (rc) {
		gv_oid_hex(&x->tree, hex);
		gv_err_thing(d->err, hex, GV_HEX);
	}
	return rc;
}

static int side_open(struct diff *d, struct side *x, const struct gv_oid *tree)
{
	int rc;

	*x = (struct side){ .tree = *tree, .obj = GV_OBJECT_INIT };
	if (gv_oid_is_zero(tree))
		return 0;
	rc = gv_odb_need(d->store->odb, tree, GV_OBJ_TREE, &x->obj, d->err);
	return rc ? rc : side_next(d, x);
}

/* May there be something wanted at or below the path as it stands? */
static bool is_wanted(const struct diff *d)
{
	struct gv_str at = gv_buf_str(&d->path);
	const char *slash = at.n ? memchr(at.p, '/', at.n) : NULL;

	if (!d->prefix.p)
		return gv_schema_by_folder((struct gv_str){ at.p, slash ? (size_t)(slash - at.p)
		                                                        : at.n }) != NULL;
	if (at.n < d->prefix.n)
		return gv_str_starts(d->prefix, at) && d->prefix.p[at.n] == '/';
	return gv_str_starts(at, d->prefix) &&
	       (!d->prefix.n || at.n == d->prefix.n || at.p[d->prefix.n] == '/');
}

static int compare_trees(struct diff *d, const struct gv_oid *from, const struct gv_oid *to);

/* What is called the same in both (either may be missing): files to files, folders to folders. */
static int compare(struct diff *d, const struct gv_tree_entry *from, const struct gv_tree_entry *to)
{
	const struct gv_oid *before = from ? &from->oid : &none, *after = to ? &to->oid : &none;
	const struct gv_tree_entry *any = from ? from : to;
	size_t keep = d->path.n;
	int rc = 0;

	if (gv_oid_eq(before, after))
		return 0;
	if (keep)
		gv_buf_addc(&d->path, '/');
	gv_buf_addstr(&d->path, any->name);
	rc = gv_buf_check(&d->path, d->err);
	if (!rc && is_wanted(d)) {
		if (is_tree(any))
			rc = compare_trees(d, before, after);
		else if (d->path.n >= d->prefix.n) /* not a file where the prefix wants a folder */
			rc = d->each(d->ctx, &(struct gv_change){ .path = gv_buf_str(&d->path),
			                                          .before = *before,
			                                          .after = *after });
	}
	if (d->path.p)
		d->path.p[d->path.n = keep] = '\0';
	return rc;
}

/* Below 0: only in a comes next; above: in b.  A file and a folder of one name differ. */
static int order(const struct side *a, const struct side *b)
{
	if (!a->e.name.p || !b->e.name.p)
		return (a->e.name.p == NULL) - (b->e.name.p == NULL);
	return gv_tree_order(a->e.name, is_tree(&a->e), b->e.name, is_tree(&b->e));
}

/* Both at entries of one name: on in both.  Mostly the next entries are equal, byte by byte, and one look is enough. */
static int both_next(struct diff *d, struct side *a, struct side *b)
{
	size_t at = b->pos, n;
	int rc = side_next(d, b);

	n = b->pos - at;
	if (rc || !n || n > a->obj.data.n - a->pos || memcmp(a->obj.data.p + a->pos, b->obj.data.p + at, n) != 0)
		return rc ? rc : side_next(d, a);
	a->e = b->e;
	a->e.name.p = a->obj.data.p + a->pos + (b->e.name.p - (b->obj.data.p + at));
	a->pos += n;
	return 0;
}

static int compare_trees(struct diff *d, const struct gv_oid *from, const struct gv_oid *to)
{
	struct side a, b = { .obj = GV_OBJECT_INIT };
	int rc;

	if (d->depth == DEPTH_MAX)
		return gv_fail(d->err, GV_EINTEGRITY, _("folders more than %d deep"), DEPTH_MAX);
	d->depth++;
	rc = side_open(d, &a, from);
	if (!rc)
		rc = side_open(d, &b, to);
	while (!rc && (a.e.name.p || b.e.name.p)) {
		int first = order(&a, &b);

		rc = compare(d, first <= 0 ? &a.e : NULL, first >= 0 ? &b.e : NULL);
		if (!rc && first == 0)
			rc = both_next(d, &a, &b);
		else if (!rc)
			rc = side_next(d, first < 0 ? &a : &b);
	}
	gv_object_free(&a.obj);
	gv_object_free(&b.obj);
	d->depth--;
	return rc;
}

static int root_of(struct gv_store *s, const struct gv_oid *commit, struct gv_oid *tree,
                   struct gv_err *err)
{
	struct gv_object obj = GV_OBJECT_INIT;
	struct gv_commit c;
	int rc;

	*tree = none;
	if (gv_oid_is_zero(commit))
		return 0;
	if (gv_oid_eq(commit, &s->commit)) {
		*tree = s->root;
		return 0;
	}
	rc = gv_commit_read(s, commit, &obj, &c, err);
	if (!rc)
		*tree = c.tree;
	gv_object_free(&obj);
	return rc;
}

int gv_store_diff_trees(struct gv_store *s, const struct gv_oid *from, const struct gv_oid *to,
                        const char *prefix, int (*each)(void *ctx, const struct gv_change *c), void *ctx,
                        struct gv_err *err)
{
	struct diff d = {
		.store = s, .each = each, .ctx = ctx, .err = err, .path = GV_BUF_INIT(GV_MIB)
	};
	int rc = 0;

	if (prefix)
		d.prefix = gv_str_of(prefix);
	while (d.prefix.n && d.prefix.p[d.prefix.n - 1] == '/')
		d.prefix.n--;
	if (!gv_oid_eq(from, to))
		rc = compare_trees(&d, from, to);
	gv_buf_free(&d.path);
	return rc;
}

int gv_store_diff(struct gv_store *s, const struct gv_oid *from, const struct gv_oid *to,
                  const char *prefix, int (*each)(void *ctx, const struct gv_change *c), void *ctx,
                  struct gv_err *err)
{
	struct gv_oid a, b;
	int rc = root_of(s, from, &a, err);

	if (!rc)
		rc = root_of(s, to, &b, err);
	return rc ? rc : gv_store_diff_trees(s, &a, &b, prefix, each, ctx, err);
}
