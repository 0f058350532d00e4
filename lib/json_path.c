/* SPDX-License-Identifier: MIT */
/* json_path: dotted paths into a tree, for reading and for editing. */
#include <stdio.h>

#include "i18n.h"
#include "json_impl.h"

/* Cut the first step off; rest->p is NULL behind the last. */
static bool next_step(struct gv_str *rest, struct gv_str *step)
{
	const char *dot;

	if (!rest->p)
		return false;
	dot = memchr(rest->p, '.', rest->n);
	step->p = rest->p;
	step->n = dot ? (size_t)(dot - rest->p) : rest->n;
	rest->p = dot ? dot + 1 : NULL;
	rest->n -= dot ? step->n + 1 : step->n;
	return true;
}

static bool is_index(struct gv_str step, int64_t *out)
{
	return step.n && step.p[0] != '-' && (step.p[0] != '0' || step.n == 1) && gv_str_int(step, out);
}

/* What one step leads to: a member, or an item by its number. */
static struct gv_val *follow(const struct gv_val *v, struct gv_str step)
{
	int64_t i;

	/* The tree is the caller's to change; only the handle was const. */
	if (v->type == GV_OBJECT)
		return (struct gv_val *)gv_val_getn(v, step);
	if (v->type == GV_ARRAY && is_index(step, &i) && i < v->n)
		return &v->items[i];
	return NULL;
}

const struct gv_val *gv_val_path(const struct gv_val *v, struct gv_str path)
{
	struct gv_str step;
	const struct gv_val *whole;

	if (path.n == 0)
		return v;
	if (memchr(path.p, '.', path.n) && (whole = gv_val_getn(v, path)))
		return whole;
	while (v && next_step(&path, &step))
		v = follow(v, step);
	return v;
}

/* ---- editing ---- */

/* "FIELD: " in front of an error; FIELD is the path as far as the step. */
static int at_step(struct gv_err *err, struct gv_str path, struct gv_str step, int rc)
{
	char field[sizeof err->field];

	if (err && rc == GV_EDATA) {
		snprintf(field, sizeof field, "%.*s", (int)(step.p + step.n - path.p), path.p);
		gv_err_field_prefix(err, field);
	}
	return rc;
}

/* A new member of `v`, or with "-" a new item. */
static int add(struct gv_doc *d, struct gv_val *v, struct gv_str step, struct gv_val val,
               struct gv_err *err)
{
	int rc = 0;

	if (v->type == GV_ARRAY && gv_str_is(step, "-"))
		return gv_arr_add(d, v, val, err);
	if (v->type == GV_OBJECT) {
		if (step.n == 0)
			return gv_fail(err, GV_EDATA, _("a step of the path is empty"));
		rc = gv_json_check_name(step, err);
		if (rc)
			return rc;
		step = gv_arena_copy(&d->arena, step);
		if (!step.p)
			return gv_fail_nomem(err);
	}
	return gv_obj_set(d, v, step, val, err);
}

/* `val` wrapped into a container for every step of `rest`, from the inside out. */
static int wrap(struct gv_doc *d, struct gv_val *out, struct gv_str path, struct gv_str rest,
                struct gv_val val, struct gv_err *err)
{
	struct gv_str step;
	struct gv_val inner;
	int64_t index;
	int rc;

	*out = val;
	if (!next_step(&rest, &step))
		return 0;
	rc = wrap(d, &inner, path, rest, val, err);
	if (rc)
		return rc;
	*out = gv_str_is(step, "-") || is_index(step, &index) ? gv_mkarr() : gv_mkobj();
	return at_step(err, path, step, add(d, out, step, inner, err));
}

static bool too_deep(struct gv_str path)
{
	struct gv_str step = path;
	unsigned n = 0;

	while (n <= GV_JSON_DEPTH_MAX && next_step(&path, &step))
		n++;
	return n > GV_JSON_DEPTH_MAX;
}

int gv_val_set_path(struct gv_doc *d, struct gv_val *root, struct gv_str path, struct gv_val val,
                    struct gv_err *err)
{
	struct gv_str rest = path, step = path;
	struct gv_val *v = root, *next = NULL, made;
	int rc;

	if (path.n == 0)
		return gv_fail(err, GV_EDATA, _("the path is empty"));
	if (gv_val_lacks_memory(&val))
		return gv_fail_nomem(err);
	if (too_deep(path))
		return gv_fail(err, GV_EDATA, _("nested deeper than %d"), GV_JSON_DEPTH_MAX);
	while (next_step(&rest, &step)) {
		next = follow(v, step);
		if (!rest.p || !next || next->type == GV_NULL)
			break;
		v = next;
	}
	/* Everything new is made first: a failure must not leave half a path behind. */
	rc = wrap(d, &made, path, rest, val, err);
	if (rc)
		return rc;
	if (!next)
		return at_step(err, path, step, add(d, v, step, made, err));
	*next = made;
	return 0;
}

int gv_val_del_path(struct gv_val *root, struct gv_str path, bool *was_there)
{
	struct gv_str rest = path, step = path;
	struct gv_val *v = root, *gone;
	bool found = false;

	while (v && next_step(&rest, &step) && rest.p)
		v = follow(v, step);
	gone = v && path.n ? follow(v, step) : NULL;
	if (gone && v->type == GV_OBJECT) {
		found = gv_obj_del(v, step);
	} else if (gone) {
		struct gv_val *end = v->items + v->n--;

		memmove(gone, gone + 1, (size_t)(end - gone - 1) * sizeof *gone);
		found = true;
	}
	if (was_there)
		*was_there = found;
	return 0;
}
