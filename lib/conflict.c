/* SPDX-License-Identifier: MIT */
#include "conflict.h"

#include <stdio.h>

#include "i18n.h"
#include "sha.h"

enum { NAME_MAX_BYTES = 250 };  /* of a file, without ".json" */

/* Members that hold something for a field: all the rest of a conflict is about the file. */
static const char *const by_field[] = { "base", "ours", "ours_by", "others", "theirs", "theirs_by" };
enum { BY_FIELD = sizeof by_field / sizeof by_field[0] };

/* ---- paths ---- */

static void add_hash(struct gv_buf *out, struct gv_str text)
{
	unsigned char sha[32];

	gv_sha256(text, sha);
	for (size_t i = 0; i < sizeof sha; i++)
		gv_buf_addf(out, "%02x", sha[i]);
}

void gv_conflict_path(struct gv_buf *out, const struct gv_schema *kind, struct gv_str key)
{
	bool is_name = key.n && key.n <= NAME_MAX_BYTES && key.p[0] != '.' && !memchr(key.p, '/', key.n);

	gv_buf_addf(out, GV_CONFLICT_FOLDER "%s/", kind->kind);
	if (is_name)
		gv_buf_addstr(out, key);
	else
		add_hash(out, key);
	gv_buf_adds(out, ".json");
}

void gv_conflict_path_of_file(struct gv_buf *out, struct gv_str path)
{
	gv_buf_adds(out, GV_CONFLICT_FOLDER "file/");
	add_hash(out, path);
	gv_buf_adds(out, ".json");
}

/* ---- members ---- */

static const struct gv_val *part_of(const struct gv_val *k, const char *member, struct gv_str field)
{
	return gv_val_getn(gv_val_get(k, member), field);
}

size_t gv_conflict_count(const struct gv_val *k)
{
	const struct gv_val *fields = gv_val_get(k, "fields");

	return fields && fields->type == GV_ARRAY ? fields->n : 0;
}

struct gv_str gv_conflict_field(const struct gv_val *k, size_t i)
{
	return gv_val_str(&gv_val_get(k, "fields")->items[i]);
}

bool gv_conflict_has(const struct gv_val *k, struct gv_str field)
{
	size_t low = 0, high = gv_conflict_count(k);

	while (low < high) {
		size_t mid = low + (high - low) / 2;
		int d = gv_str_cmp(gv_conflict_field(k, mid), field);

		if (d == 0)
			return true;
		if (d < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return false;
}

const struct gv_val *gv_conflict_value(const struct gv_val *k, const char *side, struct gv_str field)
{
	return part_of(k, side, field);
}

const struct gv_val *gv_conflict_others(const struct gv_val *k, struct gv_str field)
{
	const struct gv_val *v = part_of(k, "others", field);

	return v && v->type == GV_ARRAY ? v : NULL;
}

struct gv_conflict_by gv_conflict_who(const struct gv_val *k, const char *side, struct gv_str field)
{
	char member[16];
	const struct gv_val *by;

	snprintf(member, sizeof member, "%s_by", side);
	by = part_of(k, member, field);
	return (struct gv_conflict_by){ gv_val_getstr(by, "author"), gv_val_getstr(by, "commit"), gv_val_getstr(by, "time") };
}

/* A value of a field that is not in conflict would become that of a later conflict. */
static bool is_member(const struct gv_val *k, const struct gv_val *member)
{
	bool good = !member || member->type == GV_OBJECT;

	for (uint32_t i = 0; good && member && i < member->n; i++)
		good = gv_conflict_has(k, member->members[i].name);
	return good;
}

int gv_conflict_check(const struct gv_val *k, struct gv_err *err)
{
	const struct gv_val *fields = gv_val_get(k, "fields");
	bool good = fields && fields->type == GV_ARRAY && fields->n && gv_val_getstr(k, "path").n;

	for (uint32_t i = 0; good && i < fields->n; i++)
		good = fields->items[i].type == GV_STRING &&
		       (!i || gv_str_cmp(gv_val_str(&fields->items[i - 1]), gv_val_str(&fields->items[i])) < 0);
	for (size_t i = 0; good && i < BY_FIELD; i++)
		good = is_member(k, gv_val_get(k, by_field[i]));
	return good ? 0 : gv_fail(err, GV_EDATA, "%s", _("is no conflict file: path, fields, base, ours, theirs, since"));
}

static bool array_holds(const struct gv_val *log, const struct gv_val *event)
{
	for (uint32_t i = 0; log && log->type == GV_ARRAY && i < log->n; i++)
		if (gv_val_eq(&log->items[i], event))
			return true;
	return false;
}

/* A value of a conflict is an event, a log, or a record. */
static bool value_holds(const struct gv_val *v, const struct gv_val *event)
{
	return v && (gv_val_eq(v, event) || array_holds(v, event) || array_holds(gv_val_get(v, "events"), event));
}

bool gv_conflict_holds_event(const struct gv_val *k, const struct gv_val *event)
{
	bool yes = false;

	for (size_t i = 0; !yes && i < gv_conflict_count(k); i++) {
		struct gv_str field = gv_conflict_field(k, i);
		const struct gv_val *others = gv_conflict_others(k, field);

		yes = value_holds(gv_conflict_value(k, "base", field), event) ||
		      value_holds(gv_conflict_value(k, "ours", field), event) ||
		      value_holds(gv_conflict_value(k, "theirs", field), event);
		for (uint32_t o = 0; !yes && others && o < others->n; o++)
			yes = value_holds(gv_val_get(&others->items[o], "value"), event);
	}
	return yes;
}

/* ---- building ---- */

static int set(struct gv_doc *d, struct gv_val *obj, struct gv_str name, struct gv_val val, struct gv_err *err)
{
	struct gv_str copy = gv_arena_copy(&d->arena, name);

	return copy.p ? gv_obj_set(d, obj, copy, val, err) : gv_fail_nomem(err);
}

/* What a member holds for a field: the member is made where there is none. */
static int set_part(struct gv_doc *d, const char *member, struct gv_str field, struct gv_val val, struct gv_err *err)
{
	int rc = 0;

	if (!gv_val_get(&d->root, member))
		rc = set(d, &d->root, gv_str_of(member), gv_mkobj(), err);
	/* The tree is ours; only the handle is const where it looks. */
	return rc ? rc : set(d, (struct gv_val *)gv_val_get(&d->root, member), field, val, err);
}

static int copy_part(struct gv_doc *d, const char *member, struct gv_str field, const struct gv_val *val,
                     struct gv_err *err)
{
	struct gv_val copy;
	int rc = val ? gv_val_copy(d, &copy, val, err) : 0;

	return rc || !val ? rc : set_part(d, member, field, copy, err);
}

/* These are always there, though empty. */
static bool is_side(const char *member)
{
	return strcmp(member, "base") == 0 || strcmp(member, "ours") == 0 || strcmp(member, "theirs") == 0;
}

int gv_conflict_new(struct gv_doc *d, struct gv_str path, struct gv_str since, struct gv_err *err)
{
	int rc;

	d->root = gv_mkobj();
	rc = gv_obj_set(d, &d->root, GV_STR("path"), gv_mkstr(d, path), err);
	if (!rc)
		rc = gv_obj_set(d, &d->root, GV_STR("since"), gv_mkstr(d, since), err);
	if (!rc)
		rc = gv_obj_set(d, &d->root, GV_STR("fields"), gv_mkarr(), err);
	for (size_t i = 0; !rc && i < BY_FIELD; i++)
		rc = is_side(by_field[i]) ? gv_obj_set(d, &d->root, gv_str_of(by_field[i]), gv_mkobj(), err) : 0;
	return rc;
}

/* Into the sorted list; nothing if it is there. */
static int add_name(struct gv_doc *d, struct gv_str field, struct gv_err *err)
{
	struct gv_val names = gv_mkarr();
	bool waits = true;
	int rc = 0;

	if (gv_conflict_has(&d->root, field))
		return 0;
	for (size_t i = 0; !rc && i < gv_conflict_count(&d->root); i++) {
		struct gv_str name = gv_conflict_field(&d->root, i);

		if (waits && gv_str_cmp(field, name) < 0) {
			rc = gv_arr_add(d, &names, gv_mkstr(d, field), err);
			waits = false;
		}
		if (!rc)
			rc = gv_arr_add(d, &names, gv_mkstr(d, name), err);
	}
	if (!rc && waits)
		rc = gv_arr_add(d, &names, gv_mkstr(d, field), err);
	return rc ? rc : gv_obj_set(d, &d->root, GV_STR("fields"), names, err);
}

/* ---- further values ---- */

static bool same(const struct gv_val *a, const struct gv_val *b)
{
	return a && b ? gv_val_eq(a, b) : a == b;
}

static int set_text(struct gv_doc *d, struct gv_val *obj, const char *name, struct gv_str text, struct gv_err *err)
{
	return text.n ? gv_obj_set(d, obj, gv_str_of(name), gv_mkstr(d, text), err) : 0;
}

static int make_by(struct gv_doc *d, struct gv_val *out, const struct gv_conflict_by *by, struct gv_err *err)
{
	int rc;

	*out = gv_mkobj();
	rc = set_text(d, out, "author", by->author, err);
	if (!rc)
		rc = set_text(d, out, "commit", by->commit, err);
	return rc ? rc : set_text(d, out, "time", by->time, err);
}

/* A value that d->root does not have yet for the field goes behind its others. */
static int add_other(struct gv_doc *d, struct gv_str field, const struct gv_val *value, const struct gv_conflict_by *by,
                     struct gv_err *err)
{
	const struct gv_val *others = gv_conflict_others(&d->root, field);
	struct gv_val list = gv_mkarr(), other, copy;
	int rc = 0;

	if (same(value, part_of(&d->root, "ours", field)) || same(value, part_of(&d->root, "theirs", field)))
		return 0;
	for (uint32_t i = 0; others && i < others->n; i++)
		if (same(value, gv_val_get(&others->items[i], "value")))
			return 0;
	for (uint32_t i = 0; !rc && others && i < others->n; i++)
		rc = gv_arr_add(d, &list, others->items[i], err);
	if (!rc)
		rc = make_by(d, &other, by, err);
	if (!rc && value) {
		rc = gv_val_copy(d, &copy, value, err);
		if (!rc)
			rc = gv_obj_set(d, &other, GV_STR("value"), copy, err);
	}
	if (!rc)
		rc = gv_arr_add(d, &list, other, err);
	return rc ? rc : set_part(d, "others", field, list, err);
}

/* All values that conflict k has for the field. */
static int add_values(struct gv_doc *d, const struct gv_val *k, struct gv_str field, struct gv_err *err)
{
	static const char *const sides[] = { "ours", "theirs" };
	const struct gv_val *others = gv_conflict_others(k, field);
	int rc = 0;

	for (size_t i = 0; !rc && i < sizeof sides / sizeof sides[0]; i++) {
		struct gv_conflict_by by = gv_conflict_who(k, sides[i], field);

		rc = add_other(d, field, gv_conflict_value(k, sides[i], field), &by, err);
	}
	for (uint32_t i = 0; !rc && others && i < others->n; i++) {
		const struct gv_val *other = &others->items[i];
		struct gv_conflict_by by = { gv_val_getstr(other, "author"), gv_val_getstr(other, "commit"),
			                     gv_val_getstr(other, "time") };

		rc = add_other(d, field, gv_val_get(other, "value"), &by, err);
	}
	return rc;
}

/* ---- adding ---- */

/* The field as k has it, into d->root, which may not have it. */
static int copy_field(struct gv_doc *d, const struct gv_val *k, struct gv_str field, struct gv_err *err)
{
	int rc = add_name(d, field, err);

	for (size_t i = 0; !rc && i < BY_FIELD; i++)
		rc = copy_part(d, by_field[i], field, part_of(k, by_field[i], field), err);
	return rc;
}

/* The field as `newer` has it; what it was in d->root becomes others. */
static int overlay_field(struct gv_doc *d, const struct gv_val *newer, struct gv_str field, struct gv_err *err)
{
	struct gv_doc before = GV_DOC_INIT;
	int rc = 0;

	if (!gv_conflict_has(&d->root, field))
		return copy_field(d, newer, field, err);
	rc = gv_val_copy(&before, &before.root, &d->root, err);
	if (!rc)
		rc = gv_conflict_drop(d, &d->root, field, err);
	if (!rc)
		rc = copy_field(d, newer, field, err);
	if (!rc)
		rc = add_values(d, &before.root, field, err);
	gv_doc_free(&before);
	return rc;
}

int gv_conflict_add_all(struct gv_doc *d, const struct gv_val *newer, struct gv_err *err)
{
	int rc = 0;

	for (size_t i = 0; !rc && i < gv_conflict_count(newer); i++)
		rc = overlay_field(d, newer, gv_conflict_field(newer, i), err);
	return rc;
}

static int add_by(struct gv_doc *d, const char *member, struct gv_str field, const struct gv_conflict_by *by,
                  struct gv_err *err)
{
	struct gv_val val;
	int rc = make_by(d, &val, by, err);

	return rc || !val.n ? rc : set_part(d, member, field, val, err);
}

int gv_conflict_add(struct gv_doc *d, const struct gv_conflict *c, const struct gv_conflict_by *ours,
                    const struct gv_conflict_by *theirs, struct gv_err *err)
{
	struct gv_doc one = GV_DOC_INIT;
	int rc = gv_conflict_new(&one, GV_STR(""), GV_STR(""), err);

	if (!rc)
		rc = add_name(&one, c->path, err);
	if (!rc)
		rc = copy_part(&one, "base", c->path, c->base, err);
	if (!rc)
		rc = copy_part(&one, "ours", c->path, c->ours, err);
	if (!rc)
		rc = copy_part(&one, "theirs", c->path, c->theirs, err);
	if (!rc)
		rc = add_by(&one, "ours_by", c->path, ours, err);
	if (!rc)
		rc = add_by(&one, "theirs_by", c->path, theirs, err);
	if (!rc)
		rc = gv_conflict_add_all(d, &one.root, err);
	gv_doc_free(&one);
	return rc;
}

int gv_conflict_drop(struct gv_doc *d, struct gv_val *k, struct gv_str field, struct gv_err *err)
{
	struct gv_val names = gv_mkarr();
	int rc = 0;

	for (size_t i = 0; !rc && i < gv_conflict_count(k); i++)
		if (!gv_str_eq(gv_conflict_field(k, i), field))
			rc = gv_arr_add(d, &names, gv_val_get(k, "fields")->items[i], err);
	for (size_t i = 0; i < BY_FIELD; i++) {
		struct gv_val *member = (struct gv_val *)gv_val_get(k, by_field[i]);

		if (member && member->type == GV_OBJECT && gv_obj_del(member, field) && !member->n && !is_side(by_field[i]))
			gv_obj_del(k, gv_str_of(by_field[i]));
	}
	return rc ? rc : gv_obj_set(d, k, GV_STR("fields"), names, err);
}

/* ---- two versions ---- */

static bool same_field(const struct gv_val *a, const struct gv_val *b, struct gv_str field)
{
	bool in_a = a && gv_conflict_has(a, field), in_b = b && gv_conflict_has(b, field);

	for (size_t i = 0; in_a && in_b && i < BY_FIELD; i++)
		if (!same(part_of(a, by_field[i], field), part_of(b, by_field[i], field)))
			return false;
	return in_a == in_b;
}

static int join_field(struct gv_doc *d, const struct gv_val *base, const struct gv_val *ours, const struct gv_val *theirs,
                      struct gv_str field, struct gv_err *err)
{
	bool in_ours = ours && gv_conflict_has(ours, field), in_theirs = theirs && gv_conflict_has(theirs, field);
	int rc;

	if (gv_conflict_has(&d->root, field)) /* both have it: done */
		return 0;
	if (same_field(base, ours, field))
		return in_theirs ? copy_field(d, theirs, field, err) : 0;
	if (same_field(base, theirs, field) || !in_theirs)
		return in_ours ? copy_field(d, ours, field, err) : 0;
	if (!in_ours)
		return copy_field(d, theirs, field, err);
	rc = copy_field(d, ours, field, err);
	return rc ? rc : add_values(d, theirs, field, err);
}

int gv_conflict_join(struct gv_doc *d, const struct gv_val *base, const struct gv_val *ours, const struct gv_val *theirs,
                     struct gv_err *err)
{
	const struct gv_val *sides[] = { ours, theirs }, *any = ours ? ours : theirs;
	struct gv_str since = gv_val_getstr(any, "since"), other = gv_val_getstr(theirs, "since");
	int rc = gv_conflict_new(d, gv_val_getstr(any, "path"), other.n && gv_str_cmp(other, since) < 0 ? other : since, err);

	for (size_t s = 0; s < 2; s++)
		for (size_t i = 0; !rc && sides[s] && i < gv_conflict_count(sides[s]); i++)
			rc = join_field(d, base, ours, theirs, gv_conflict_field(sides[s], i), err);
	if (!rc && !gv_conflict_count(&d->root))
		d->root = (struct gv_val){ .type = GV_NULL };
	return rc;
}
