/* SPDX-License-Identifier: MIT */
#include "gittree.h"

#include "i18n.h"

enum { ID = sizeof(struct gv_oid), MODE_DIGITS_MAX = 6 };

/* Neighbours in a tree differ early: a loop is quicker than memcmp(). */
static inline int order(struct gv_str a, bool a_is_tree, struct gv_str b, bool b_is_tree)
{
	size_t n = a.n < b.n ? a.n : b.n, i = 0;
	int next_a, next_b;

	while (i < n && a.p[i] == b.p[i])
		i++;
	next_a = i < a.n ? (unsigned char)a.p[i] : a_is_tree ? '/' : -1;
	next_b = i < b.n ? (unsigned char)b.p[i] : b_is_tree ? '/' : -1;
	return (next_a > next_b) - (next_a < next_b);
}

int gv_tree_order(struct gv_str a, bool a_is_tree, struct gv_str b, bool b_is_tree)
{
	return order(a, a_is_tree, b, b_is_tree);
}

static int broken(struct gv_err *err, const char *why)
{
	return gv_fail(err, GV_EINTEGRITY, _("broken tree: %s"), why);
}

/* ".git" in any case, as file systems that do not tell the case apart would see it. */
static bool name_is_legal(struct gv_str s)
{
	if (s.n == 0 || memchr(s.p, '/', s.n))
		return false;
	if (s.p[0] != '.')
		return true;
	if (s.n == 1 || (s.n == 2 && s.p[1] == '.'))
		return false;
	return !(s.n == 4 && (s.p[1] | 0x20) == 'g' && (s.p[2] | 0x20) == 'i' &&
	         (s.p[3] | 0x20) == 't');
}

static bool mode_is_legal(unsigned mode)
{
	switch (mode) {
	case GV_MODE_TREE:
	case GV_MODE_FILE:
	case 0100755: /* executable */
	case 0100664: /* written by early gits */
	case 0120000: /* symbolic link */
	case 0160000: /* submodule */
		return true;
	}
	return false;
}

/* The digits and the blank at *pp; nearly all are one of two. */
static bool parse_mode(const char **pp, const char *end, unsigned *mode)
{
	static const char file[] = "100644 ", tree[] = "40000 ";
	const char *p = *pp;

	if (end - p > ID && memcmp(p, file, sizeof file - 1) == 0) {
		*mode = GV_MODE_FILE;
		*pp = p + sizeof file - 1;
		return true;
	}
	if (end - p > ID && memcmp(p, tree, sizeof tree - 1) == 0) {
		*mode = GV_MODE_TREE;
		*pp = p + sizeof tree - 1;
		return true;
	}
	if (*p == '0')
		return false;
	*mode = 0;
	for (int digits = 0; p < end && *p >= '0' && *p <= '7'; digits++) {
		if (digits == MODE_DIGITS_MAX)
			return false;
		*mode = *mode << 3 | (unsigned)(*p++ - '0');
	}
	if (p == end || *p++ != ' ' || !mode_is_legal(*mode))
		return false;
	*pp = p;
	return true;
}

/* One entry as it stands at *pos; false if it is cut short or ill-formed. */
static inline bool parse(struct gv_str data, size_t *pos, struct gv_tree_entry *e)
{
	const char *p = data.p + *pos, *end = data.p + data.n, *nul;

	if (!parse_mode(&p, end, &e->mode))
		return false;
	nul = memchr(p, '\0', (size_t)(end - p));
	if (!nul || end - nul <= ID)
		return false;
	e->name = (struct gv_str){ p, (size_t)(nul - p) };
	memcpy(e->oid.b, nul + 1, ID);
	*pos = (size_t)(nul + 1 + ID - data.p);
	return true;
}

/*
 * A file and a folder of one name need not stand side by side ("a", "a.b", "a/"); if they do not,
 * what stands before the folder begins with its name, so this is looked for only then.
 */
static bool was_file_before(struct gv_str data, struct gv_str before, const struct gv_tree_entry *e)
{
	struct gv_tree_entry other;
	size_t pos = 0;

	if (e->mode != GV_MODE_TREE || !gv_str_starts(before, e->name))
		return false;
	while (pos < data.n && parse(data, &pos, &other) && other.name.p != e->name.p) {
		if (gv_str_eq(other.name, e->name))
			return true;
	}
	return false;
}

int gv_tree_next(struct gv_str data, size_t *pos, struct gv_tree_entry *e, struct gv_err *err)
{
	struct gv_str before = e->name;
	bool before_is_tree = e->mode == GV_MODE_TREE;

	if (*pos >= data.n) {
		*e = (struct gv_tree_entry){ 0 };
		return 0;
	}
	if (!*pos || (before.p && before.p + before.n + 1 + ID != data.p + *pos))
		before.p = NULL;
	if (!parse(data, pos, e))
		return broken(err, _("an entry is cut short or ill-formed"));
	if (!name_is_legal(e->name))
		return broken(err, _("a name is not allowed"));
	if (!before.p)
		return 0;
	if (order(before, before_is_tree, e->name, e->mode == GV_MODE_TREE) >= 0)
		return broken(err, _("names are out of order"));
	if (was_file_before(data, before, e))
		return broken(err, _("a name is there twice"));
	return 0;
}

/* The entry called `name` in tree `oid`; its name is not filled. */
static int find_in(struct gv_odb *o, const struct gv_oid *oid, struct gv_str name,
                   struct gv_object *tree, struct gv_tree_entry *out, struct gv_err *err)
{
	struct gv_tree_entry e = { 0 };
	size_t pos = 0;
	int rc = gv_odb_need(o, oid, GV_OBJ_TREE, tree, err);
	char hex[GV_HEX + 1];

	while (!rc) {
		rc = gv_tree_next(tree->data, &pos, &e, err);
		if (rc) {
			gv_oid_hex(oid, hex);
			gv_err_thing(err, hex, GV_HEX);
		} else if (!e.name.p) {
			return GV_ENOTFOUND;
		} else if (gv_str_eq(e.name, name)) {
			out->mode = e.mode;
			out->oid = e.oid;
			return 0;
		}
	}
	return rc;
}

int gv_tree_find(struct gv_odb *o, const struct gv_oid *root, struct gv_str path,
                 struct gv_tree_entry *e, struct gv_buf *name, struct gv_err *err)
{
	struct gv_object tree = GV_OBJECT_INIT;
	struct gv_str rest = path, part = { "", 0 };
	int rc = gv_oid_is_zero(root) ? GV_ENOTFOUND : 0;

	*e = (struct gv_tree_entry){ .mode = GV_MODE_TREE, .oid = *root };
	while (!rc && rest.n) {
		const char *slash = memchr(rest.p, '/', rest.n);

		part = (struct gv_str){ rest.p, slash ? (size_t)(slash - rest.p) : rest.n };
		rest.p += part.n + (slash != NULL);
		rest.n -= part.n + (slash != NULL);
		if (e->mode != GV_MODE_TREE)
			rc = GV_ENOTFOUND;
		else
			rc = find_in(o, &e->oid, part, &tree, e, err);
	}
	if (rc == GV_ENOTFOUND)
		gv_fail(err, rc, _("no file %.*s"), (int)(path.n < 512 ? path.n : 512), path.p);
	gv_object_free(&tree);
	if (rc)
		return rc;
	gv_buf_reset(name);
	gv_buf_addstr(name, part);
	e->name = gv_buf_str(name);
	return gv_buf_check(name, err);
}
