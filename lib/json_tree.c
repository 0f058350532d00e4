/* SPDX-License-Identifier: MIT */
#include <stdlib.h>

#include "i18n.h"
#include "json_impl.h"
#include "utf8.h"

enum { FEW = 16 };  /* so many are sorted or searched one by one */

void gv_doc_reset(struct gv_doc *d)
{
	gv_arena_reset(&d->arena);
	d->root = (struct gv_val){ .type = GV_NULL };
}

void gv_doc_free(struct gv_doc *d)
{
	if (!d)
		return;
	gv_arena_free(&d->arena);
	*d = GV_DOC_INIT;
}

const char *gv_type_name(enum gv_type t)
{
	static const char *const names[] = {
		"null", "boolean", "integer", "string", "array", "object", "number"
	};

	return names[t];
}

/* ---- order ---- */

/* Most neighbours differ in the first byte; an empty name has its NUL there. */
static int compare(const struct gv_member *a, const struct gv_member *b)
{
	int d = (unsigned char)a->name.p[0] - (unsigned char)b->name.p[0];

	return d ? d : gv_str_cmp(a->name, b->name);
}

/* qsort() may swap equals; the text's order says which name came twice. */
static int compare_any(const void *x, const void *y)
{
	const struct gv_member *a = x, *b = y;
	int d = compare(a, b);

	return d ? d : (a->name.p > b->name.p) - (a->name.p < b->name.p);
}

static void sort(struct gv_member *m, uint32_t n)
{
	if (n > FEW) {
		qsort(m, n, sizeof *m, compare_any);
		return;
	}
	for (uint32_t i = 1; i < n; i++) {
		struct gv_member moving = m[i];
		uint32_t to = i;

		while (to && compare(&m[to - 1], &moving) > 0) {
			m[to] = m[to - 1];
			to--;
		}
		m[to] = moving;
	}
}

static void drop_nulls(struct gv_member *m, uint32_t *n)
{
	uint32_t kept = 0;

	for (uint32_t i = 0; i < *n; i++)
		if (m[i].val.type != GV_NULL)
			m[kept++] = m[i];
	*n = kept;
}

const struct gv_str *gv_members_close(struct gv_member *m, uint32_t *n, unsigned flags)
{
	const struct gv_str *twice = NULL;
	uint32_t i = 1;

	while (i < *n && compare(&m[i - 1], &m[i]) < 0)
		i++;
	if (i < *n) {
		sort(m, *n);
		for (i = 1; i < *n; i++) {
			const struct gv_str *a = &m[i - 1].name, *b = &m[i].name;
			const struct gv_str *later = a->p > b->p ? a : b;

			if (gv_str_eq(*a, *b) && (!twice || later->p < twice->p))
				twice = later;
		}
	}
	if (flags & GV_JSON_DROP_NULL)
		drop_nulls(m, n);
	return twice;
}

/* ---- looking ---- */

/* Where `name` is, or where it would go. */
static uint32_t place(const struct gv_val *obj, struct gv_str name, bool *found)
{
	uint32_t low = 0, high = obj->n;

	while (low < high) {
		uint32_t mid = low + (high - low) / 2;
		int d = gv_str_cmp(obj->members[mid].name, name);

		if (d == 0) {
			*found = true;
			return mid;
		}
		if (d < 0)
			low = mid + 1;
		else
			high = mid;
	}
	*found = false;
	return low;
}

static struct gv_val *member(const struct gv_val *v, struct gv_str name)
{
	bool found;
	uint32_t i;

	if (!v || v->type != GV_OBJECT)
		return NULL;
	if (v->n <= FEW) {
		for (i = 0; i < v->n; i++)
			if (gv_str_eq(v->members[i].name, name))
				return &v->members[i].val;
		return NULL;
	}
	i = place(v, name, &found);
	return found ? &v->members[i].val : NULL;
}

const struct gv_val *gv_val_getn(const struct gv_val *v, struct gv_str name)
{
	return member(v, name);
}

const struct gv_val *gv_val_get(const struct gv_val *v, const char *name)
{
	return member(v, gv_str_of(name));
}

const struct gv_val *gv_val_items(const struct gv_val *v, const char *name)
{
	static const struct gv_val none = { .type = GV_ARRAY };
	const struct gv_val *list = gv_val_get(v, name);

	return list && list->type == GV_ARRAY ? list : &none;
}

bool gv_val_is_true(const struct gv_val *v, const char *name)
{
	const struct gv_val *b = gv_val_get(v, name);

	return b && b->type == GV_BOOL && b->truth;
}

bool gv_val_is_false(const struct gv_val *v, const char *name)
{
	const struct gv_val *b = gv_val_get(v, name);

	return b && b->type == GV_BOOL && !b->truth;
}

struct gv_str gv_val_getstr(const struct gv_val *v, const char *name)
{
	return gv_val_str(gv_val_get(v, name));
}

bool gv_val_getint(const struct gv_val *v, const char *name, int64_t *out)
{
	const struct gv_val *found = gv_val_get(v, name);

	if (!found || found->type != GV_INT)
		return false;
	*out = found->i;
	return true;
}

int gv_val_each_string(const struct gv_val *v, int (*each)(void *ctx, struct gv_str text), void *ctx)
{
	int rc = v->type == GV_STRING ? each(ctx, gv_val_str(v)) : 0;

	for (uint32_t i = 0; v->type == GV_ARRAY && i < v->n && !rc; i++)
		rc = gv_val_each_string(&v->items[i], each, ctx);
	for (uint32_t i = 0; v->type == GV_OBJECT && i < v->n && !rc; i++)
		rc = gv_val_each_string(&v->members[i].val, each, ctx);
	return rc;
}

bool gv_val_is_sealed(const struct gv_val *v)
{
	static const char *const names[] = { "key", "sealed", "tag" };

	if (!v || v->type != GV_OBJECT || v->n != 3)
		return false;
	for (uint32_t i = 0; i < 3; i++)
		if (!gv_str_is(v->members[i].name, names[i]) || v->members[i].val.type != GV_STRING)
			return false;
	return gv_str_starts(gv_val_str(&v->members[1].val), GV_STR("v1:"));
}

static bool equal(const struct gv_val *a, const struct gv_val *b, bool sealed)
{
	if (a->type != b->type)
		return false;
	if (sealed && gv_val_is_sealed(a) && gv_val_is_sealed(b))
		return gv_str_eq(gv_val_getstr(a, "key"), gv_val_getstr(b, "key")) &&
		       gv_str_eq(gv_val_getstr(a, "tag"), gv_val_getstr(b, "tag"));
	switch (a->type) {
	case GV_BOOL:
		return a->truth == b->truth;
	case GV_INT:
		return a->i == b->i;
	case GV_STRING:
	case GV_NUMBER:
		return gv_str_eq((struct gv_str){ a->s, a->n }, (struct gv_str){ b->s, b->n });
	case GV_ARRAY:
	case GV_OBJECT:
		if (a->n != b->n)
			return false;
		break;
	default:
		return true;
	}
	for (uint32_t i = 0; i < a->n; i++) {
		if (a->type == GV_ARRAY ? !equal(&a->items[i], &b->items[i], sealed)
		                        : !gv_str_eq(a->members[i].name, b->members[i].name) ||
		                          !equal(&a->members[i].val, &b->members[i].val, sealed))
			return false;
	}
	return true;
}

bool gv_val_eq(const struct gv_val *a, const struct gv_val *b)
{
	return equal(a, b, false);
}

bool gv_val_same(const struct gv_val *a, const struct gv_val *b)
{
	return equal(a, b, true);
}

/* ---- building ---- */

struct gv_val gv_mkint(int64_t i)
{
	return (struct gv_val){ .type = GV_INT, .i = i };
}

struct gv_val gv_mkbool(bool b)
{
	return (struct gv_val){ .type = GV_BOOL, .truth = b };
}

struct gv_val gv_mkstr(struct gv_doc *d, struct gv_str s)
{
	struct gv_str copy = { 0 };

	if (s.n <= GV_JSON_TEXT_MAX)
		copy = gv_arena_copy(&d->arena, s);
	if (!copy.p)
		return (struct gv_val){ .type = GV_NULL, .n = GV_NO_MEMORY };
	return (struct gv_val){ .type = GV_STRING, .n = (uint32_t)copy.n, .s = copy.p };
}

struct gv_val gv_mklit(const char *s)
{
	return (struct gv_val){ .type = GV_STRING, .n = (uint32_t)strlen(s), .s = s };
}

struct gv_val gv_mkobj(void)
{
	return (struct gv_val){ .type = GV_OBJECT };
}

struct gv_val gv_mkarr(void)
{
	return (struct gv_val){ .type = GV_ARRAY };
}

static int copy_text(struct gv_doc *d, struct gv_val *out, const struct gv_val *v,
                     struct gv_err *err)
{
	struct gv_str copy = gv_arena_copy(&d->arena, (struct gv_str){ v->s, v->n });

	*out = *v;
	out->s = copy.p;
	return copy.p ? 0 : gv_fail_nomem(err);
}

static int copy_array(struct gv_doc *d, struct gv_val *out, const struct gv_val *v,
                      struct gv_err *err)
{
	struct gv_val *items = gv_arena_alloc(&d->arena, v->n * sizeof *items);
	int rc = 0;

	if (!items)
		return gv_fail_nomem(err);
	for (uint32_t i = 0; !rc && i < v->n; i++)
		rc = gv_val_copy(d, &items[i], &v->items[i], err);
	*out = (struct gv_val){ .type = GV_ARRAY, .n = v->n, .items = items };
	return rc;
}

static int copy_object(struct gv_doc *d, struct gv_val *out, const struct gv_val *v,
                       struct gv_err *err)
{
	struct gv_member *members = gv_arena_alloc(&d->arena, v->n * sizeof *members);
	int rc = 0;

	if (!members)
		return gv_fail_nomem(err);
	for (uint32_t i = 0; !rc && i < v->n; i++) {
		members[i].name = gv_arena_copy(&d->arena, v->members[i].name);
		rc = members[i].name.p ? gv_val_copy(d, &members[i].val, &v->members[i].val, err)
		                       : gv_fail_nomem(err);
	}
	*out = (struct gv_val){ .type = GV_OBJECT, .n = v->n, .members = members };
	return rc;
}

int gv_val_copy(struct gv_doc *d, struct gv_val *out, const struct gv_val *v,
                struct gv_err *err)
{
	switch (v->type) {
	case GV_STRING:
	case GV_NUMBER:
		return copy_text(d, out, v, err);
	case GV_ARRAY:
	case GV_OBJECT:
		if (v->n == 0)
			break;
		if (v->type == GV_ARRAY)
			return copy_array(d, out, v, err);
		return copy_object(d, out, v, err);
	default:
		break;
	}
	*out = *v;
	return 0;
}

/* ---- editing ---- */

/* The items of v with room for one more, or NULL.  Room doubles; what a reader made is exact. */
static void *widen(struct gv_doc *d, struct gv_val *v, void *items, size_t size)
{
	uint8_t room = 2;
	void *wider;

	if (v->room && v->n < (uint32_t)1 << v->room)
		return items;
	while (room < 31 && (uint32_t)1 << room <= v->n)
		room++;
	if (v->n >= (uint32_t)1 << room)
		return NULL;
	wider = gv_arena_alloc(&d->arena, ((size_t)1 << room) * size);
	if (!wider)
		return NULL;
	if (v->n)
		memcpy(wider, items, v->n * size);
	v->room = room;
	return wider;
}

static int no_member(const struct gv_val *v, struct gv_str step, struct gv_err *err)
{
	if (v->type == GV_ARRAY)
		return gv_fail(err, GV_EDATA,
		               _("no item \"%.*s\": there are %u, counted from 0, and - adds one"),
		               (int)step.n, step.p, v->n);
	return gv_fail(err, GV_EDATA, _("a value of type %s has no member \"%.*s\""),
	               gv_type_name(v->type), (int)step.n, step.p);
}

int gv_obj_set(struct gv_doc *d, struct gv_val *obj, struct gv_str name, struct gv_val val,
               struct gv_err *err)
{
	struct gv_member *m;
	bool found;
	uint32_t i;

	if (obj->type != GV_OBJECT)
		return no_member(obj, name, err);
	if (gv_val_lacks_memory(&val))
		return gv_fail_nomem(err);
	i = place(obj, name, &found);
	if (found) {
		obj->members[i].val = val;
		return 0;
	}
	m = widen(d, obj, obj->members, sizeof *m);
	if (!m)
		return gv_fail_nomem(err);
	memmove(m + i + 1, m + i, (obj->n - i) * sizeof *m);
	m[i] = (struct gv_member){ name, val };
	obj->members = m;
	obj->n++;
	return 0;
}

bool gv_obj_del(struct gv_val *obj, struct gv_str name)
{
	struct gv_member *m;
	bool found;
	uint32_t i;

	if (obj->type != GV_OBJECT)
		return false;
	i = place(obj, name, &found);
	if (found) {
		m = obj->members + i;
		obj->n--;
		memmove(m, m + 1, (obj->n - i) * sizeof *m);
	}
	return found;
}

int gv_arr_add(struct gv_doc *d, struct gv_val *arr, struct gv_val val, struct gv_err *err)
{
	struct gv_val *items;

	if (arr->type != GV_ARRAY)
		return no_member(arr, GV_STR("-"), err);
	if (gv_val_lacks_memory(&val))
		return gv_fail_nomem(err);
	items = widen(d, arr, arr->items, sizeof *items);
	if (!items)
		return gv_fail_nomem(err);
	items[arr->n++] = val;
	arr->items = items;
	return 0;
}

/* ---- what may be stored ---- */

int gv_json_check_string(struct gv_str s, struct gv_err *err)
{
	size_t valid = gv_utf8_valid(s);

	if (valid < s.n)
		return gv_fail(err, GV_EDATA, _("byte 0x%02x is not UTF-8"),
		               (unsigned char)s.p[valid]);
	if (s.n && memchr(s.p, '\0', s.n))
		return gv_fail(err, GV_EDATA, _("a NUL character is not allowed"));
	if (s.n > GV_JSON_TEXT_MAX)
		return gv_fail(err, GV_EDATA, _("text is longer than %zu bytes"), GV_JSON_TEXT_MAX);
	return 0;
}

int gv_json_check_name(struct gv_str name, struct gv_err *err)
{
	struct gv_buf nfc = GV_BUF_INIT(GV_JSON_NAME_MAX * 4);
	int rc;

	if (name.n > GV_JSON_NAME_MAX)
		return gv_fail(err, GV_EDATA, _("member name is longer than %d bytes"),
		               GV_JSON_NAME_MAX);
	rc = gv_json_check_string(name, err);
	if (rc || gv_utf8_is_nfc(name))
		return rc;
	/* Not NFC, or no memory to tell. */
	rc = gv_utf8_nfc(name, &nfc, err);
	if (!rc && !gv_str_eq(gv_buf_str(&nfc), name))
		rc = gv_fail(err, GV_EDATA, _("member name \"%.*s\" is not in Unicode form NFC"),
		             (int)name.n, name.p);
	gv_buf_free(&nfc);
	return rc;
}
