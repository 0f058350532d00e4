/* SPDX-License-Identifier: MIT */
/*
 * Walking over the records in list order.  The folders say what lies in them, so years, courts and
 * types that are not wanted are never opened.
 */
#include <stdlib.h>

#include "i18n.h"
#include "store_impl.h"

/* What the names of one level mean. */
enum level { YEAR, COURT, TYPE, SERIALS, RECORD, LEGACY_YEAR, HASHES, HASH };

static const enum level case_levels[] = { YEAR, COURT, TYPE, SERIALS, RECORD };
static const enum level legacy_levels[] = { LEGACY_YEAR, HASHES, HASH };
static const enum level other_levels[] = { COURT, SERIALS, RECORD };

enum {
	DEPTH = 6,   /* of folders, with the root */
	AHEAD = 8    /* records: memory answers by the time that they are read */
};

struct entry {
	struct gv_tree_entry e;
	size_t prefix;    /* bytes of the name before its last digits */
	uint64_t number;  /* these digits; UINT64_MAX if they are too many */
};

struct scan {
	struct gv_store *store;
	struct gv_oid root;              /* as it was at the start */
	const struct gv_scan *what;
	bool is_case;                    /* the filters are about cases only */
	int (*each)(void *ctx, const struct gv_item *item);
	void *ctx;
	struct gv_err *err;
	struct gv_odb_walk *reader;      /* NULL: only ids are wanted */
	struct gv_object trees[DEPTH], blob;
	struct gv_buf entries[DEPTH];    /* struct entry */
	struct gv_buf path;
};

/* ---- names ---- */

static bool is_digits(struct gv_str s)
{
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
	}
	return s.n > 0;
}

static bool is_hex(struct gv_str s, size_t n)
{
	for (size_t i = 0; i < s.n; i++) {
		if (!((s.p[i] >= '0' && s.p[i] <= '9') || (s.p[i] >= 'a' && s.p[i] <= 'f')))
			return false;
	}
	return s.n == n;
}

/* The name of a record's file without ".json"; n = 0 if it is not one. */
static struct gv_str stem(struct gv_str name)
{
	struct gv_str end = GV_STR(".json");

	if (name.n <= end.n || memcmp(name.p + name.n - end.n, end.p, end.n) != 0)
		return (struct gv_str){ name.p, 0 };
	return (struct gv_str){ name.p, name.n - end.n };
}

/*
 * Does `name` stand in the comma list?  List NULL: everything does.  By group, 执 also means 执恢,
 * 执异 ...; and a folder 知-民终 may be called 知民终, as in case numbers.
 */
static bool in_list(const char *list, struct gv_str name, bool by_group)
{
	struct gv_str rest = gv_str_of(list), item;
	const char *dash = by_group ? memchr(name.p, '-', name.n) : NULL;
	size_t before = dash ? (size_t)(dash - name.p) : 0;

	while (rest.n) {
		const char *comma = memchr(rest.p, ',', rest.n);
		size_t n = comma ? (size_t)(comma - rest.p) : rest.n;

		item = gv_str_trim((struct gv_str){ rest.p, n });
		rest.p += n + (comma != NULL);
		rest.n -= n + (comma != NULL);
		if (gv_str_eq(item, name))
			return true;
		if (dash && item.n == name.n - 1 && memcmp(item.p, name.p, before) == 0 &&
		    memcmp(item.p + before, dash + 1, name.n - before - 1) == 0)
			return true;
		/* One ideograph is three bytes, of planes 2 and 3 four. */
		if (by_group && item.n && (unsigned char)item.p[0] >= 0xE0 &&
		    item.n == ((unsigned char)item.p[0] >= 0xF0 ? 4u : 3u) &&
		    gv_str_starts(name, item))
			return true;
	}
	return list == NULL;
}

static bool is_wanted(const struct scan *s, enum level level, const struct gv_tree_entry *e)
{
	static const struct gv_scan everything;
	const struct gv_scan *f = s->is_case ? s->what : &everything;
	bool folder = e->mode == GV_MODE_TREE, file = (e->mode & 0170000) == 0100000;

	switch (level) {
	case YEAR:
		if (gv_str_is(e->name, "legacy")) /* numbers that name no court and no type */
			return folder && !f->court && !f->type;
		return folder && e->name.n == 4 && is_digits(e->name) &&
		       in_list(f->year, e->name, false);
	case LEGACY_YEAR:
		return folder && e->name.n == 4 && is_digits(e->name) &&
		       in_list(f->year, e->name, false);
	case COURT:
		return folder && in_list(f->court, e->name, false);
	case TYPE:
		return folder && in_list(f->type, e->name, true);
	case SERIALS:
		return folder && is_digits(e->name);
	case RECORD:
		return file && stem(e->name).n && (!s->is_case || is_digits(stem(e->name)));
	case HASHES:
		return folder && is_hex(e->name, 2);
	case HASH:
		return file && is_hex(stem(e->name), 64);
	}
	return false;
}

/* ---- order ---- */

static void find_number(struct entry *x, enum level level)
{
	struct gv_str s = level == RECORD ? stem(x->e.name) : x->e.name;
	size_t at = s.n;

	if (level != RECORD && level != SERIALS) {
		x->prefix = x->e.name.n; /* by bytes */
		return;
	}
	while (at && s.p[at - 1] >= '0' && s.p[at - 1] <= '9')
		at--;
	x->prefix = at;
	for (; at < s.n; at++) {
		uint64_t digit = (uint64_t)(s.p[at] - '0');

		if (x->number > (UINT64_MAX - digit) / 10)
			x->number = UINT64_MAX; /* and stays there */
		else
			x->number = x->number * 10 + digit;
	}
}

/* By what stands before the number, then by the number, then by bytes. */
static int by_number(const void *pa, const void *pb)
{
	const struct entry *a = pa, *b = pb;
	int d = gv_str_cmp((struct gv_str){ a->e.name.p, a->prefix },
	                   (struct gv_str){ b->e.name.p, b->prefix });

	if (d)
		return d;
	if (a->number != b->number)
		return a->number < b->number ? -1 : 1;
	return gv_str_cmp(a->e.name, b->e.name);
}

/* The wanted entries of a tree, in order; valid until the next folder of the same depth. */
static int list_folder(struct scan *s, size_t depth, enum level level, const struct gv_oid *tree,
                       size_t *n)
{
	struct gv_buf *list = &s->entries[depth];
	struct entry x = { 0 };
	bool sorted = true;
	size_t pos = 0;
	int rc = gv_odb_need(s->store->odb, tree, GV_OBJ_TREE, &s->trees[depth], s->err);

	gv_buf_reset(list);
	while (!rc) {
		rc = gv_tree_next(s->trees[depth].data, &pos, &x.e, s->err);
		if (rc || !x.e.name.p)
			break;
		if (!is_wanted(s, level, &x.e))
			continue;
		x.number = 0;
		find_number(&x, level);
		if (list->n && sorted)
			sorted = by_number(list->p + list->n - sizeof x, &x) < 0;
		gv_buf_add(list, &x, sizeof x);
	}
	if (!rc)
		rc = gv_buf_check(list, s->err);
	*n = list->n / sizeof x;
	if (!rc && !sorted)
		qsort(list->p, *n, sizeof x, by_number);
	return rc;
}

/* ---- walking ---- */

static int give(struct scan *s, const struct gv_tree_entry *e)
{
	struct gv_str path = gv_buf_str(&s->path);
	int rc = 0;

	if (s->reader)
		rc = gv_odb_walk_need(s->reader, &e->oid, GV_OBJ_BLOB, &s->blob, s->err);
	if (!rc)
		return s->each(s->ctx, &(struct gv_item){
			.path = path, .oid = e->oid, .text = s->blob.data });
	gv_err_thing(s->err, path.p, path.n);
	return rc;
}

static int walk(struct scan *s, size_t depth, const enum level *level, const struct gv_oid *tree)
{
	size_t n, keep = s->path.n;
	int rc = list_folder(s, depth, *level, tree, &n);

	if (rc)
		gv_err_thing(s->err, gv_buf_str(&s->path).p, s->path.n);
	for (size_t i = 0; i < n && !rc; i++) {
		const struct entry *x = (const struct entry *)(const void *)s->entries[depth].p + i;

		if (s->reader)
			gv_odb_walk_soon(s->reader, i + AHEAD < n ? &x[AHEAD].e.oid : NULL,
			                 i + 2 * AHEAD < n ? &x[2 * AHEAD].e.oid : NULL);
		s->path.n = keep;
		gv_buf_addc(&s->path, '/');
		gv_buf_addstr(&s->path, x->e.name);
		rc = gv_buf_check(&s->path, s->err);
		if (rc)
			break;
		if (*level == RECORD || *level == HASH)
			rc = give(s, &x->e);
		else if (*level == YEAR && gv_str_is(x->e.name, "legacy"))
			rc = walk(s, depth + 1, legacy_levels, &x->e.oid);
		else
			rc = walk(s, depth + 1, level + 1, &x->e.oid);
	}
	s->path.n = keep;
	return rc;
}

static int scan_kind(struct scan *s, const struct gv_schema *kind)
{
	struct gv_tree_entry e;
	int rc = gv_tree_find(s->store->odb, &s->root, gv_str_of(kind->folder), &e,
	                      &s->store->name, s->err);

	if (rc == GV_ENOTFOUND || (!rc && e.mode != GV_MODE_TREE))
		return 0; /* none yet */
	s->is_case = kind->letter == 0;
	gv_buf_reset(&s->path);
	gv_buf_adds(&s->path, kind->folder);
	return rc ? rc : walk(s, 0, s->is_case ? case_levels : other_levels, &e.oid);
}

/* The stored kind whose folder comes next after `last` (NULL: the first); NULL at the end. */
static const struct gv_schema *next_kind(const struct gv_schema *last)
{
	const struct gv_schema *best = NULL, *const *all;
	size_t n;

	all = gv_schema_all(&n);
	for (size_t i = 0; i < n; i++) {
		if (all[i]->folder && (!last || strcmp(all[i]->folder, last->folder) > 0) &&
		    (!best || strcmp(all[i]->folder, best->folder) < 0))
			best = all[i];
	}
	return best;
}

int gv_store_scan(struct gv_store *store, const struct gv_scan *what,
                  int (*each)(void *ctx, const struct gv_item *item), void *ctx, struct gv_err *err)
{
	struct scan s = {
		.store = store, .root = store->root, .what = what, .each = each, .ctx = ctx, .err = err,
		.blob = GV_OBJECT_INIT, .path = GV_BUF_INIT(8192),
	};
	const struct gv_schema *kind = what->kind ? what->kind : next_kind(NULL);
	int rc = 0;

	for (size_t i = 0; i < DEPTH; i++) {
		s.trees[i] = GV_OBJECT_INIT;
		s.entries[i] = GV_BUF_INIT((size_t)1 << 31);
	}
	s.blob.own.max = GV_JSON_TEXT_MAX;
	if (what->kind && !kind->folder)
		return gv_fail(err, GV_EDATA, _("records of kind %s are not stored"), kind->kind);
	if (!what->ids_only)
		rc = gv_odb_walk_new(&s.reader, store->odb, err);
	for (; kind && !rc; kind = what->kind ? NULL : next_kind(kind))
		rc = scan_kind(&s, kind);
	gv_odb_walk_free(s.reader);
	for (size_t i = 0; i < DEPTH; i++) {
		gv_object_free(&s.trees[i]);
		gv_buf_free(&s.entries[i]);
	}
	gv_object_free(&s.blob);
	gv_buf_free(&s.path);
	return rc;
}
