/* SPDX-License-Identifier: MIT */
/*
 * The edit of a few paths: a walk over the sorted edits and the old trees side by side, one
 * folder at a time.  Only trees on the way to an edit are read, only those that change are written.
 */
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>

#include "gittree.h"
#include "i18n.h"

enum {
	DEPTH_MAX = 64,
	PIECE = 1 << 16,  /* keys that qsort() sorts at a time */
	CUTS_MAX = 40     /* one in the other */
};

/* ---- sorting: eight bytes of the path at a time ---- */

struct key {
	uint64_t word;  /* the next eight bytes, first byte highest, zeroes behind the end */
	uint32_t edit;
};

static uint64_t word_at(struct gv_str path, size_t at)
{
	uint64_t word = 0;

	for (size_t i = 0; i < 8; i++)
		word = word << 8 | (at + i < path.n ? (unsigned char)path.p[at + i] : 0);
	return word;
}

static int by_word(const void *a, const void *b)
{
	const struct key *x = a, *y = b;

	return x->word < y->word ? -1 : x->word > y->word;
}

/*
 * qsort() makes a copy of what it sorts, 16 MiB for a million: a quicksort around the middle one cuts
 * it into pieces whose copy is nothing to speak of, unless it was cut badly too often.
 */
static void sort_words(struct key *k, size_t n, unsigned cuts)
{
	uint64_t pivot = k[n / 2].word;
	size_t low = 0, high = n;

	if (n <= PIECE || !cuts) {
		qsort(k, n, sizeof *k, by_word);
		return;
	}
	for (size_t i = 0; i < high;) {
		struct key x = k[i];

		if (x.word < pivot) {
			k[i++] = k[low];
			k[low++] = x;
		} else if (x.word > pivot) {
			k[i] = k[--high];
			k[high] = x;
		} else {
			i++;
		}
	}
	if (low)
		sort_words(k, low, cuts - 1);
	if (high < n)
		sort_words(k + high, n - high, cuts - 1);
}

static void sort_keys(struct key *k, size_t n, const struct gv_tree_edit *edits, size_t at)
{
	bool in_order = true, ended = true;
	size_t run;

	for (size_t i = 0; i < n; i++) {
		struct gv_str path = edits[k[i].edit].path;

		k[i].word = word_at(path, at);
		ended = ended && path.n <= at;
		in_order = in_order && (i == 0 || k[i - 1].word <= k[i].word);
	}
	if (ended) /* the same path more than once: found later */
		return;
	if (!in_order)
		sort_words(k, n, CUTS_MAX);
	for (size_t i = 0; i < n; i += run) {
		for (run = 1; i + run < n && k[i + run].word == k[i].word; run++)
			;
		if (run > 1)
			sort_keys(k + i, run, edits, at + 8);
	}
}

static bool is_sorted(const struct gv_tree_edit *edits, size_t n)
{
	for (size_t i = 1; i < n; i++)
		if (gv_str_cmp(edits[i - 1].path, edits[i].path) > 0)
			return false;
	return true;
}

/* By the bytes of the paths, which brings each folder together and is git's order within it. */
static int sort_edits(struct gv_tree_edit *edits, size_t n, struct gv_err *err)
{
	struct key *k;

	if (is_sorted(edits, n))
		return 0;
	if (n > UINT32_MAX)
		return gv_fail(err, GV_EUSAGE, _("more than %u objects in one commit: use --batch"),
		               UINT32_MAX);
	k = malloc(n * sizeof *k);
	if (!k)
		return gv_fail_nomem(err);
	for (size_t i = 0; i < n; i++)
		k[i].edit = (uint32_t)i;
	sort_keys(k, n, edits, 0);
	/* Put them in place along the cycles of the permutation. */
	for (size_t i = 0; i < n; i++) {
		struct gv_tree_edit first = edits[i];
		size_t to = i, from = k[i].edit;

		while (from != i) {
			edits[to] = edits[from];
			k[to].edit = (uint32_t)to;
			to = from;
			from = k[to].edit;
		}
		edits[to] = first;
		k[to].edit = (uint32_t)to;
	}
	free(k);
	return 0;
}

/* ---- one folder ---- */

struct level {
	struct gv_object old;   /* the tree as it was */
	struct gv_buf out;      /* as it will be */
	struct gv_str *files;   /* names of files that a folder still to come might have, too */
	size_t nfiles, room;
};

struct edit {
	struct gv_odb *odb;
	struct gv_objw *w;
	gv_tree_meet *meet;
	void *ctx;
	struct level levels[DEPTH_MAX];
	struct gv_err *err;
};

static int fail_path(struct edit *e, struct gv_str folder, struct gv_str name, const char *what)
{
	struct gv_buf path = GV_BUF_INIT(8192);
	int rc = gv_fail(e->err, GV_EDATA, "%s", what);

	gv_buf_addstr(&path, folder);
	gv_buf_addstr(&path, name);
	gv_err_thing(e->err, path.p ? path.p : "", path.n);
	gv_buf_free(&path);
	return rc;
}

static bool is_name(struct gv_str s)
{
	if (s.n == 0 || s.n > 255 || memchr(s.p, '\0', s.n))
		return false;
	if (s.p[0] != '.')
		return true;
	return !gv_str_is(s, ".") && !gv_str_is(s, "..") &&
	       !(s.n == 4 && strncasecmp(s.p, ".git", 4) == 0);
}

static int read_tree(struct edit *e, struct level *lv, const struct gv_oid *oid)
{
	int rc;

	lv->old.data = (struct gv_str){ "", 0 };
	if (gv_oid_is_zero(oid))
		return 0;
	rc = gv_objw_read(e->w, oid, &lv->old, e->err);
	if (rc == GV_ENOTFOUND)
		return gv_odb_read(e->odb, oid, GV_OBJ_TREE, &lv->old, e->err);
	return rc;
}

/*
 * Is there a file and a folder of this name?  git sorts a folder as if it ended with '/', so
 * between the file "a" and the folder "a" come only names that begin with "a": keeping the chain of
 * file names that are each a prefix of the next is enough.
 */
static int note_name(struct edit *e, struct level *lv, struct gv_str folder, struct gv_str name,
                     bool is_tree)
{
	while (lv->nfiles && !gv_str_starts(name, lv->files[lv->nfiles - 1]))
		lv->nfiles--;
	if (is_tree) {
		if (lv->nfiles && lv->files[lv->nfiles - 1].n == name.n)
			return fail_path(e, folder, name,
			                 _("cannot be a file and a folder at once"));
		return 0;
	}
	if (lv->nfiles == lv->room) {
		size_t room = lv->room ? lv->room * 2 : 8;
		struct gv_str *files = realloc(lv->files, room * sizeof *files);

		if (!files)
			return gv_fail_nomem(e->err);
		lv->files = files;
		lv->room = room;
	}
	lv->files[lv->nfiles++] = name;
	return 0;
}

static int emit(struct edit *e, struct level *lv, struct gv_str folder, unsigned mode,
                struct gv_str name, const struct gv_oid *oid)
{
	int rc;

	if (gv_oid_is_zero(oid))
		return 0;
	rc = note_name(e, lv, folder, name, mode == GV_MODE_TREE);
	if (rc)
		return rc;
	if (mode == GV_MODE_FILE) /* nearly all: spare them the formatting */
		gv_buf_addstr(&lv->out, GV_STR("100644 "));
	else
		gv_buf_addf(&lv->out, "%o ", mode);
	gv_buf_addstr(&lv->out, name);
	gv_buf_add(&lv->out, "", 1);
	gv_buf_add(&lv->out, oid->b, sizeof oid->b);
	return gv_buf_check(&lv->out, e->err);
}

static int write_tree(struct edit *e, struct level *lv, const struct gv_oid *old,
                      struct gv_oid *out)
{
	if (lv->out.n == 0) {
		*out = (struct gv_oid){ 0 };
		return 0;
	}
	if (gv_str_eq(gv_buf_str(&lv->out), lv->old.data)) {
		*out = *old;
		return 0;
	}
	return gv_objw_add(e->w, GV_OBJ_TREE, gv_buf_str(&lv->out), NULL, out, e->err);
}

/* ---- the walk ---- */

/* The edits at the head of `edits` that go to the same name in this folder. */
struct group {
	struct gv_str name;
	bool is_tree;
	size_t n;
};

static struct group next_group(const struct gv_tree_edit *edits, size_t n, size_t skip)
{
	struct gv_str path = edits[0].path;
	struct gv_str rest = { path.p + skip, path.n - skip };
	const char *slash = memchr(rest.p, '/', rest.n);
	struct group g = { rest, slash != NULL, 1 };
	size_t head;

	if (slash)
		g.name.n = (size_t)(slash - rest.p);
	head = skip + g.name.n + g.is_tree;
	while (g.n < n && (g.is_tree ? edits[g.n].path.n > head : edits[g.n].path.n == head) &&
	       memcmp(edits[g.n].path.p + skip, rest.p, head - skip) == 0)
		g.n++;
	return g;
}

static int edit_tree(struct edit *e, unsigned depth, const struct gv_oid *old,
                     struct gv_tree_edit *edits, size_t n, size_t skip, struct gv_oid *out);

/* One name of the folder: `now` is what is there, if anything. */
static int edit_name(struct edit *e, unsigned depth, const struct group *g,
                     struct gv_tree_edit *edits, size_t skip, const struct gv_tree_entry *now)
{
	static const struct gv_oid nothing;
	const struct gv_oid *old = now ? &now->oid : &nothing;
	struct gv_str folder = { edits[0].path.p, skip };
	struct gv_oid oid;
	unsigned mode = now ? now->mode : g->is_tree ? GV_MODE_TREE : GV_MODE_FILE;
	int rc = 0;

	if (!is_name(g->name))
		return fail_path(e, edits[0].path, GV_STR(""), _("is no path that git can keep"));
	if (!g->is_tree && g->n > 1)
		return fail_path(e, edits[0].path, GV_STR(""), _("is there twice"));
	if (g->is_tree) {
		rc = edit_tree(e, depth + 1, old, edits, g->n, skip + g->name.n + 1, &oid);
	} else {
		if (e->meet)
			rc = e->meet(e->ctx, &edits[0], old, e->err);
		oid = edits[0].oid;
	}
	if (rc)
		return rc;
	if (!g->is_tree && edits[0].mode)
		mode = edits[0].mode;
	else if (!g->is_tree && !gv_oid_eq(&oid, old) && mode != 0100755)
		mode = GV_MODE_FILE; /* a symbolic link that is written to is one no more */
	return emit(e, &e->levels[depth], folder, mode, g->name, &oid);
}

/* The old entries from *from up to `end` stay, those up to `next` do not. */
static void keep(struct level *lv, size_t *from, size_t end, size_t next)
{
	gv_buf_add(&lv->out, lv->old.data.p + *from, end - *from);
	*from = next;
}

static int edit_tree(struct edit *e, unsigned depth, const struct gv_oid *old,
                     struct gv_tree_edit *edits, size_t n, size_t skip, struct gv_oid *out)
{
	struct level *lv = &e->levels[depth];
	struct gv_str folder = { edits[0].path.p, skip };
	struct gv_tree_entry entry = { 0 };
	struct group g = { 0 };
	size_t from = 0, start = 0, pos = 0; /* in the old tree: not copied yet, the entry, behind it */
	int rc;

	if (depth >= DEPTH_MAX)
		return fail_path(e, edits[0].path, GV_STR(""), _("is too many folders deep"));
	gv_buf_reset(&lv->out);
	lv->nfiles = 0;
	rc = read_tree(e, lv, old);
	if (!rc)
		rc = gv_tree_next(lv->old.data, &pos, &entry, e->err);
	while (!rc && (entry.name.p || n)) {
		bool is_tree = entry.name.p && entry.mode == GV_MODE_TREE;
		int order = n ? 1 : -1; /* which comes first; 0 = both */

		if (n && !g.n)
			g = next_group(edits, n, skip);
		if (n && entry.name.p)
			order = gv_tree_order(entry.name, is_tree, g.name, g.is_tree);
		if (order >= 0) {
			keep(lv, &from, start, order == 0 ? pos : start);
			rc = edit_name(e, depth, &g, edits, skip, order == 0 ? &entry : NULL);
			edits += g.n;
			n -= g.n;
			g.n = 0;
		} else if (gv_oid_is_zero(&entry.oid)) {
			keep(lv, &from, start, pos);
		} else {
			rc = note_name(e, lv, folder, entry.name, is_tree);
		}
		if (order <= 0 && !rc) {
			start = pos;
			rc = gv_tree_next(lv->old.data, &pos, &entry, e->err);
		}
	}
	keep(lv, &from, start, start);
	if (!rc)
		rc = gv_buf_check(&lv->out, e->err);
	return rc ? rc : write_tree(e, lv, old, out);
}

int gv_tree_edit(struct gv_odb *o, struct gv_objw *w, const struct gv_oid *root,
                 struct gv_tree_edit *edits, size_t n, gv_tree_meet *meet, void *ctx,
                 struct gv_oid *out, struct gv_err *err)
{
	struct edit *e;
	int rc = sort_edits(edits, n, err);

	if (rc)
		return rc;
	*out = *root;
	if (n) {
		e = calloc(1, sizeof *e);
		if (!e)
			return gv_fail_nomem(err);
		*e = (struct edit){ .odb = o, .w = w, .meet = meet, .ctx = ctx, .err = err };
		for (size_t i = 0; i < DEPTH_MAX; i++) {
			e->levels[i].old = GV_OBJECT_INIT;
			gv_buf_init(&e->levels[i].out, (size_t)1 << 31);
		}
		rc = edit_tree(e, 0, root, edits, n, 0, out);
		for (size_t i = 0; i < DEPTH_MAX; i++) {
			gv_object_free(&e->levels[i].old);
			gv_buf_free(&e->levels[i].out);
			free(e->levels[i].files);
		}
		free(e);
	}
	if (!rc && gv_oid_is_zero(out))
		rc = gv_objw_add(w, GV_OBJ_TREE, GV_STR(""), NULL, out, err);
	return rc;
}
