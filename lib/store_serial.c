/* SPDX-License-Identifier: MIT */
/* Allocating serials: the highest is found in the last folder, not by a walk over all records. */
#include <stdlib.h>

#include "store_plan.h"

#define SERIAL_MAX ((int64_t)1000000000000)

/* The number that a name ends with: 12 of "0012", 1234 of "1234.json", 123 of
 * "沪0114-D000123.json"; -1 if there is none. */
static int64_t number_of(struct gv_str name)
{
	struct gv_str json = GV_STR(".json");
	size_t digits = 0;
	int64_t v;

	if (name.n > json.n && memcmp(name.p + name.n - json.n, json.p, json.n) == 0)
		name.n -= json.n;
	while (digits < name.n && name.p[name.n - 1 - digits] >= '0' &&
	       name.p[name.n - 1 - digits] <= '9')
		digits++;
	if (!digits || !gv_str_int((struct gv_str){ name.p + name.n - digits, digits }, &v) ||
	    v >= SERIAL_MAX)
		return -1;
	return v;
}

/* The highest number below `limit` among a tree's folders or files. */
static int highest_in(struct gv_store *s, const struct gv_oid *tree, bool folders, int64_t limit,
                      int64_t *highest, struct gv_oid *oid, struct gv_err *err)
{
	struct gv_object obj = GV_OBJECT_INIT;
	struct gv_tree_entry e;
	size_t pos = 0;
	int rc = gv_odb_read(s->odb, tree, GV_OBJ_TREE, &obj, err);

	*highest = -1;
	if (!rc)
		rc = gv_tree_next(obj.data, &pos, &e, err);
	while (!rc && e.name.p) {
		int64_t v = number_of(e.name);

		if ((e.mode == GV_MODE_TREE) == folders && v > *highest && v < limit) {
			*highest = v;
			*oid = e.oid;
		}
		rc = gv_tree_next(obj.data, &pos, &e, err);
	}
	gv_object_free(&obj);
	return rc;
}

/* In main: the highest file of the highest FFFF folder that has any. */
static int highest_stored(struct gv_store *s, struct gv_str folder, int64_t *highest,
                          struct gv_err *err)
{
	struct gv_tree_entry e;
	struct gv_oid oid;
	int64_t limit = SERIAL_MAX;
	int rc = gv_tree_find(s->odb, &s->root, folder, &e, &s->name, err);

	*highest = 0;
	if (rc)
		return rc == GV_ENOTFOUND ? 0 : rc;
	for (;;) {
		int64_t found;

		rc = highest_in(s, &e.oid, true, limit, &limit, &oid, err);
		if (rc || limit < 0)
			return rc;
		rc = highest_in(s, &oid, false, SERIAL_MAX, &found, &oid, err);
		if (rc)
			return rc;
		if (found >= 0) {
			*highest = found;
			return 0;
		}
	}
}

/* "cases/2022/沪0114/民初/0012/1234.json" belongs to the folder "cases/2022/沪0114/民初". */
static bool is_below(struct gv_str path, struct gv_str folder, int64_t *number)
{
	struct gv_str rest;
	const char *slash;

	if (path.n <= folder.n || !gv_str_starts(path, folder) || path.p[folder.n] != '/')
		return false;
	rest = (struct gv_str){ path.p + folder.n + 1, path.n - folder.n - 1 };
	slash = memchr(rest.p, '/', rest.n);
	if (!slash)
		return false;
	rest = (struct gv_str){ slash + 1, rest.n - (size_t)(slash + 1 - rest.p) };
	if (memchr(rest.p, '/', rest.n))
		return false;
	*number = number_of(rest);
	return *number >= 0;
}

void gv_plan_serial_saw(struct gv_plan *p, struct gv_str path)
{
	int64_t number;

	for (size_t i = 0; i < p->nserials; i++)
		if (is_below(path, p->serials[i].folder, &number) && number > p->serials[i].highest)
			p->serials[i].highest = number;
}

static int find_highest(struct gv_plan *p, struct gv_str folder, struct gv_plan_serial *out,
                        struct gv_err *err)
{
	int64_t number;
	int rc = highest_stored(p->store, folder, &out->highest, err);

	if (rc)
		return rc;
	out->folder = gv_arena_copy(&p->arena, folder);
	if (!out->folder.p)
		return gv_fail_nomem(err);
	for (size_t i = 0; i < p->n; i++)
		if (is_below(gv_entry_path(&p->entries[i]), folder, &number) &&
		    number > out->highest)
			out->highest = number;
	return 0;
}

int gv_store_next_serial(struct gv_plan *p, const char *folder_path, int64_t *next,
                         struct gv_err *err)
{
	struct gv_str folder = gv_str_of(folder_path);
	struct gv_plan_serial *serials;
	size_t i;
	int rc;

	for (i = 0; i < p->nserials && !gv_str_eq(p->serials[i].folder, folder); i++)
		;
	if (i == p->nserials) {
		serials = realloc(p->serials, (i + 1) * sizeof *serials);
		if (!serials)
			return gv_fail_nomem(err);
		p->serials = serials;
		rc = find_highest(p, folder, &serials[i], err);
		if (rc)
			return rc;
		p->nserials++;
	}
	*next = p->serials[i].highest + 1;
	return 0;
}
