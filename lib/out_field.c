/* SPDX-License-Identifier: MIT */
/* out_field: --fields, what they point at, and records with nothing else in them. */
#include "i18n.h"
#include "out_impl.h"

/* ---- reading the list ---- */

static int bad_field(struct gv_str name, const char *why, struct gv_err *err)
{
	int rc = gv_fail(err, GV_EUSAGE, "%s", why);

	gv_err_thing(err, name.p, name.n);
	return rc;
}

/* One dotted part: a name, and a step for each [] behind it. */
static int add_steps(struct gv_out_step *steps, size_t *n, struct gv_str part, struct gv_str field,
                     struct gv_err *err)
{
	size_t all = 0;

	while (part.n >= 2 && memcmp(part.p + part.n - 2, "[]", 2) == 0) {
		part.n -= 2;
		all++;
	}
	if (!part.n)
		return bad_field(field, _("this is no field: a name is missing"), err);
	if (memchr(part.p, '[', part.n) || memchr(part.p, ']', part.n))
		return bad_field(field, _("this is no field: write a[].b for all items and a.0.b for one"),
		                 err);
	steps[(*n)++] = (struct gv_out_step){ .name = part };
	while (all--)
		steps[(*n)++] = (struct gv_out_step){ .all = true };
	return 0;
}

static int parse_field(struct gv_out_fields *f, struct gv_str name, struct gv_err *err)
{
	struct gv_out_field *field = &f->list[f->n];
	const char *p = name.p, *end = name.p + name.n;
	struct gv_out_step *steps = gv_arena_alloc(&f->arena, (name.n + 1) * sizeof *steps);

	if (!steps)
		return gv_fail_nomem(err);
	*field = (struct gv_out_field){ .name = name, .steps = steps };
	for (size_t i = 0; i < f->n; i++)
		if (gv_str_eq(f->list[i].name, name))
			return bad_field(name, _("this field is named twice"), err);
	for (;;) {
		const char *dot = memchr(p, '.', (size_t)(end - p));
		struct gv_str part = { p, (size_t)((dot ? dot : end) - p) };
		int rc = add_steps(steps, &field->n, part, name, err);

		if (rc)
			return rc;
		if (!dot)
			break;
		p = dot + 1;
	}
	f->n++;
	return 0;
}

int gv_out_fields_parse(struct gv_out_fields *f, const char *text, struct gv_err *err)
{
	struct gv_str all = gv_arena_copy(&f->arena, gv_str_of(text));
	const char *p = all.p, *end = all.p + all.n;
	size_t most = 1;

	for (size_t i = 0; i < all.n; i++)
		most += all.p && all.p[i] == ',';
	f->list = all.p ? gv_arena_alloc(&f->arena, most * sizeof *f->list) : NULL;
	if (!f->list)
		return gv_fail_nomem(err);
	for (;;) {
		const char *comma = memchr(p, ',', (size_t)(end - p));
		struct gv_str name = gv_str_trim((struct gv_str){ p, (size_t)((comma ? comma : end) - p) });
		int rc = parse_field(f, name, err);

		if (rc || !comma)
			return rc;
		p = comma + 1;
	}
}

static int add_name(struct gv_out_fields *f, struct gv_str name, struct gv_err *err)
{
	struct gv_out_step *step = gv_arena_alloc(&f->arena, sizeof *step);
	struct gv_str copy = gv_arena_copy(&f->arena, name);

	if (!step || !copy.p)
		return gv_fail_nomem(err);
	*step = (struct gv_out_step){ .name = copy };
	f->list[f->n++] = (struct gv_out_field){ .name = copy, .steps = step, .n = 1 };
	return 0;
}

int gv_out_fields_named(struct gv_out_fields *f, const struct gv_str *names, size_t n, struct gv_err *err)
{
	int rc = 0;

	f->list = gv_arena_alloc(&f->arena, (n + 1) * sizeof *f->list);
	if (!f->list)
		return gv_fail_nomem(err);
	for (size_t i = 0; i < n && !rc; i++)
		rc = add_name(f, names[i], err);
	return rc;
}

int gv_out_fields_of(struct gv_out_fields *f, const struct gv_val *rec, struct gv_err *err)
{
	uint32_t n = rec->type == GV_OBJECT ? rec->n : 0;
	int rc = 0;

	f->list = gv_arena_alloc(&f->arena, (n + 1) * sizeof *f->list);
	if (!f->list)
		return gv_fail_nomem(err);
	if (gv_val_get(rec, "id"))
		rc = add_name(f, GV_STR("id"), err);
	for (uint32_t i = 0; !rc && i < n; i++) {
		const struct gv_member *m = &rec->members[i];

		if (m->val.type != GV_OBJECT && m->val.type != GV_ARRAY && !gv_str_is(m->name, "id"))
			rc = add_name(f, m->name, err);
	}
	return rc;
}

/* ---- finding ---- */

static bool is_index(struct gv_str name, uint32_t n, uint32_t *i)
{
	int64_t v;

	if (!gv_str_int(name, &v) || v < 0 || v >= n || (name.n > 1 && name.p[0] == '0') ||
	    name.p[0] == '-')
		return false;
	*i = (uint32_t)v;
	return true;
}

static const struct gv_val *walk(const struct gv_val *v, const struct gv_out_step *step)
{
	uint32_t i;

	if (v->type == GV_OBJECT)
		return gv_val_getn(v, step->name);
	return v->type == GV_ARRAY && is_index(step->name, v->n, &i) ? &v->items[i] : NULL;
}

static int gather(struct gv_doc *d, struct gv_val *to, const struct gv_val *v,
                  const struct gv_out_step *steps, size_t n, struct gv_err *err)
{
	for (; n && !steps->all; steps++, n--) {
		v = walk(v, steps);
		if (!v)
			return 0;
	}
	if (!n)
		return gv_arr_add(d, to, *v, err);
	for (uint32_t i = 0; v->type == GV_ARRAY && i < v->n; i++) {
		int rc = gather(d, to, &v->items[i], steps + 1, n - 1, err);

		if (rc)
			return rc;
	}
	return 0;
}

int gv_out_find(struct gv_doc *d, const struct gv_val **v, const struct gv_val *rec,
                const struct gv_out_field *field, struct gv_err *err)
{
	struct gv_val *all;
	size_t i = 0;
	int rc;

	/* A row of statistics may have a member whose name has dots: sum_x.y. */
	*v = field->n > 1 && rec->type == GV_OBJECT ? gv_val_getn(rec, field->name) : NULL;
	if (*v)
		return 0;
	*v = rec;
	for (; *v && i < field->n && !field->steps[i].all; i++)
		*v = walk(*v, &field->steps[i]);
	if (!*v || i == field->n)
		return 0;
	all = gv_arena_alloc(&d->arena, sizeof *all);
	if (!all)
		return gv_fail_nomem(err);
	*all = gv_mkarr();
	rc = gather(d, all, *v, field->steps + i, field->n - i, err);
	*v = all->n ? all : NULL;
	return rc;
}

/* ---- records with nothing else ---- */

/* The steps of a field that are still to go. */
struct rest {
	const struct gv_out_step *steps;
	size_t n;
};

static bool leads_to(const struct gv_out_step *step, const struct gv_val *parent, uint32_t i)
{
	uint32_t index;

	if (parent->type == GV_OBJECT)
		return !step->all && gv_str_eq(step->name, parent->members[i].name);
	return step->all || (is_index(step->name, parent->n, &index) && index == i);
}

/* *some stays false if none of the fields is in v. */
static int project(struct gv_doc *d, struct gv_val *to, bool *some, const struct gv_val *v,
                   const struct rest *fields, size_t n, struct gv_err *err)
{
	struct rest *next;

	for (size_t k = 0; k < n; k++) {
		if (!fields[k].n) {
			*to = *v;
			*some = true;
			return 0;
		}
	}
	if (v->type != GV_OBJECT && v->type != GV_ARRAY)
		return 0;
	next = gv_arena_alloc(&d->arena, n * sizeof *next);
	if (!next)
		return gv_fail_nomem(err);
	*to = v->type == GV_OBJECT ? gv_mkobj() : gv_mkarr();
	for (uint32_t i = 0; i < v->n; i++) {
		const struct gv_val *child = v->type == GV_OBJECT ? &v->members[i].val : &v->items[i];
		struct gv_val val;
		bool inside = false;
		size_t m = 0;
		int rc;

		for (size_t k = 0; k < n; k++)
			if (leads_to(fields[k].steps, v, i))
				next[m++] = (struct rest){ fields[k].steps + 1, fields[k].n - 1 };
		if (!m)
			continue;
		rc = project(d, &val, &inside, child, next, m, err);
		if (!rc && inside)
			rc = v->type == GV_OBJECT ? gv_obj_set(d, to, v->members[i].name, val, err)
			                          : gv_arr_add(d, to, val, err);
		if (rc)
			return rc;
		*some |= inside;
	}
	return 0;
}

int gv_out_project(struct gv_doc *d, struct gv_val *to, const struct gv_val *rec,
                   const struct gv_out_fields *fields, struct gv_err *err)
{
	struct rest *all = gv_arena_alloc(&d->arena, fields->n * sizeof *all);
	bool some = false;
	int rc;

	if (!all)
		return gv_fail_nomem(err);
	for (size_t k = 0; k < fields->n; k++) {
		const struct gv_out_field *f = &fields->list[k];
		struct gv_out_step *whole = NULL;

		if (f->n > 1 && gv_val_getn(rec, f->name)) {
			whole = gv_arena_alloc(&d->arena, sizeof *whole);
			if (!whole)
				return gv_fail_nomem(err);
			*whole = (struct gv_out_step){ .name = f->name };
		}
		all[k] = whole ? (struct rest){ whole, 1 } : (struct rest){ f->steps, f->n };
	}
	rc = project(d, to, &some, rec, all, fields->n, err);
	if (!some)
		*to = gv_mkobj();
	return rc;
}
