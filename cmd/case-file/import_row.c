/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "import.h"

/* ---- typed values from a table ---- */

/* "parties.0.name": the array and its items are made in the order of the columns. */
static int make_items(struct import *imp, struct gv_str path)
{
	struct gv_doc *d = &imp->record;

	for (size_t i = 0; i < path.n; i++) {
		struct gv_str head = { path.p, i }, rest = { path.p + i + 1, path.n - i - 1 };
		const struct gv_val *array;
		size_t digits = 0;
		int64_t index;
		int rc;

		if (path.p[i] != '.')
			continue;
		while (digits < rest.n && rest.p[digits] >= '0' && rest.p[digits] <= '9')
			digits++;
		if (!digits || (digits < rest.n && rest.p[digits] != '.') ||
		    !gv_str_int((struct gv_str){ rest.p, digits }, &index))
			continue;
		array = gv_val_path(&d->root, head);
		if (index == (array ? (int64_t)array->n : 0)) {
			struct gv_str append = gv_str_of(gv_arena_printf(&d->arena, "%.*s.-", (int)head.n, head.p));

			if (!append.p)
				return gv_fail_nomem(&imp->c->err);
			rc = gv_val_set_path(d, &d->root, append, gv_mkobj(), &imp->c->err);
			if (rc)
				return rc;
		}
	}
	return 0;
}

static int type_cell(struct import *imp, const struct gv_schema *s, struct gv_str name, struct gv_str text)
{
	struct gv_doc *d = &imp->record;
	struct gv_val v;
	int rc = make_items(imp, name);

	if (!rc)
		rc = gv_schema_value(s, d, name, text, &v, &imp->c->err);
	return rc ? rc : gv_val_set_path(d, &d->root, name, v, &imp->c->err);
}

static int as_text(struct import *imp, struct gv_str name, struct gv_str text)
{
	struct gv_doc *d = &imp->record;

	gv_err_clear(&imp->c->err);
	return gv_val_set_path(d, &d->root, name, gv_mkstr(d, text), &imp->c->err);
}

static int type_row(struct import *imp, const struct gv_val *row, bool keep_bad)
{
	const struct gv_schema *s = gv_schema_find(gv_val_getstr(row, "kind"));
	struct gv_doc *d = &imp->record;
	int rc = 0;

	if (!s)
		s = gv_cmd_schema(imp->c);
	gv_doc_reset(d);
	d->root = gv_mkobj();
	for (size_t i = 0; i < row->n && !rc; i++) {
		struct gv_str name = gv_arena_copy(&d->arena, row->members[i].name);

		struct gv_str text = gv_val_str(&row->members[i].val);

		rc = name.p ? type_cell(imp, s, name, text) : gv_fail_nomem(&imp->c->err);
		if (rc == GV_EDATA && keep_bad)
			rc = as_text(imp, name, text);
	}
	return rc;
}

int import_type_row(struct import *imp, const struct gv_val *row)
{
	return type_row(imp, row, false);
}

int import_show_row(struct import *imp, const struct gv_val *row)
{
	return type_row(imp, row, true);
}

/* ---- what a row may leave out ---- */

static int fill_in(struct import *imp)
{
	struct gv_doc *d = &imp->record;
	struct gv_err *err = &imp->c->err;
	int rc = 0;

	if (d->root.type != GV_OBJECT)
		return gv_fail(err, GV_EDATA, _("a row must be an object, this is: %s"), gv_type_name(d->root.type));
	if (!gv_val_get(&d->root, "kind"))
		rc = gv_obj_set(d, &d->root, GV_STR("kind"), gv_mklit("case"), err);
	return rc;
}

/* A new case without a state: closed if it has a day of closing, else open.  Any other record begins where its kind does. */
static int fill_state(struct import *imp, const struct gv_schema *s)
{
	struct gv_doc *d = &imp->record;
	const char *state = gv_val_get(&d->root, "closed_on") ? "closed" : "open";

	if (!s->state_field || gv_val_get(&d->root, s->state_field))
		return 0;
	for (size_t i = 0; strcmp(s->kind, "case") != 0 && i < s->nstates; i++)
		if (s->states[i].initial)
			state = s->states[i].name;
	return gv_obj_set(d, &d->root, gv_str_of(s->state_field), gv_mklit(state), &imp->c->err);
}

/* ---- joining with what is there ---- */

static bool has_eid(const struct gv_val *events, struct gv_str eid)
{
	for (size_t i = 0; events && events->type == GV_ARRAY && i < events->n; i++)
		if (gv_str_eq(gv_val_getstr(&events->items[i], "eid"), eid))
			return true;
	return false;
}

/* Events are a set: those of the docket stay. */
static int keep_events(struct import *imp, const struct gv_val *old)
{
	struct gv_doc *d = &imp->record;
	const struct gv_val *events = gv_val_get(old, "events"), *mine = gv_val_get(&d->root, "events");
	int rc = 0;

	for (size_t i = 0; events && events->type == GV_ARRAY && i < events->n && !rc; i++) {
		struct gv_val copy;

		if (has_eid(mine, gv_val_getstr(&events->items[i], "eid")))
			continue;
		rc = gv_val_copy(d, &copy, &events->items[i], &imp->c->err);
		if (!rc)
			rc = gv_event_add(d, &d->root, copy, &imp->c->err);
		mine = gv_val_get(&d->root, "events");
	}
	return rc;
}

/* The row wins where it says something; what it does not mention stays. */
static int overlay(struct import *imp, const struct gv_val *old)
{
	struct gv_doc *d = &imp->record;
	int rc = keep_events(imp, old);

	for (size_t i = 0; i < old->n && !rc; i++) {
		struct gv_val copy;
		struct gv_str name;

		if (gv_val_getn(&d->root, old->members[i].name))
			continue;
		name = gv_arena_copy(&d->arena, old->members[i].name);
		if (!name.p)
			return gv_fail_nomem(&imp->c->err);
		rc = gv_val_copy(d, &copy, &old->members[i].val, &imp->c->err);
		if (!rc)
			rc = gv_obj_set(d, &d->root, name, copy, &imp->c->err);
	}
	return rc;
}

enum where { NOWHERE, IN_DOCKET, IN_PLAN };

/* What this run has put at the path already, else what the docket has. */
static int read_old(struct import *imp, struct gv_oid *base, enum where *where)
{
	struct gv_str text;
	struct gv_err *err = &imp->c->err;
	int rc = gv_plan_read(imp->plan, imp->path.p, &text, base, err);

	*where = IN_PLAN;
	if (rc == GV_ENOTFOUND) {
		*where = IN_DOCKET;
		rc = gv_store_read(imp->store, imp->path.p, &text, base, err);
	}
	if (rc == GV_ENOTFOUND) {
		*where = NOWHERE;
		gv_err_clear(err);
		return 0;
	}
	return rc ? rc : gv_json_parse(&imp->old, text, 0, err);
}

/* "(sealed)" is what a table shows of a value that its reader had no key for. */
static bool has_mask(const struct gv_val *v)
{
	bool yes = v->type == GV_STRING && (memchr(v->s, '*', v->n) || gv_str_is(gv_val_str(v), "(sealed)"));

	for (size_t i = 0; v->type == GV_OBJECT && i < v->n && !yes; i++)
		yes = has_mask(&v->members[i].val);
	for (size_t i = 0; v->type == GV_ARRAY && i < v->n && !yes; i++)
		yes = has_mask(&v->items[i]);
	return yes;
}

static int check_masks(struct import *imp, const struct gv_val *v, struct gv_buf *path);

static int check_step(struct import *imp, const struct gv_val *v, struct gv_buf *path, struct gv_str step)
{
	size_t before = path->n;
	int rc;

	gv_buf_addf(path, "%s%.*s", before ? "." : "", (int)step.n, step.p);
	rc = check_masks(imp, v, path);
	if (before < path->n)
		path->p[path->n = before] = '\0';
	return rc;
}

/*
 * Tables mask identity numbers, phones and the like unless --sensitive was given.  Such a table that comes back after
 * somebody worked on it must not replace the numbers by their masks.
 */
static int check_masks(struct import *imp, const struct gv_val *v, struct gv_buf *path)
{
	struct gv_str kind = gv_val_getstr(&imp->old.root, "kind");
	const struct gv_val *old;
	char index[24];
	int rc = 0;

	if (!has_mask(v))
		return 0;
	for (size_t i = 0; v->type == GV_OBJECT && i < v->n && !rc; i++)
		rc = check_step(imp, &v->members[i].val, path, v->members[i].name);
	for (size_t i = 0; v->type == GV_ARRAY && i < v->n && !rc; i++) {
		snprintf(index, sizeof index, "%zu", i);
		rc = check_step(imp, &v->items[i], path, gv_str_of(index));
	}
	if (v->type != GV_STRING || path->failed || !gv_schema_is_sensitive(kind, gv_buf_str(path)))
		return rc;
	old = gv_val_path(&imp->old.root, gv_buf_str(path));
	if (!old || (!gv_val_is_sealed(old) && (old->type != GV_STRING || has_mask(old))))
		return 0;
	return gv_fail_field(&imp->c->err, GV_EDATA, path->p, _("\"%.*s\" is only a mask of what the docket has"),
	                     (int)v->n, v->s);
}

static int refuse_masks(struct import *imp)
{
	struct gv_buf path = GV_BUF_INIT(4096);
	int rc = check_masks(imp, &imp->record.root, &path);

	gv_buf_free(&path);
	return rc;
}

static int join(struct import *imp, enum where where, bool *skip)
{
	switch (imp->existing) {
	case EXISTING_MERGE:
		return overlay(imp, &imp->old.root);
	case EXISTING_REPLACE:
		return 0;
	case EXISTING_SKIP:
		imp->skipped++;
		*skip = true;
		return 0;
	case EXISTING_FAIL:
	default:
		return gv_fail(&imp->c->err, GV_EDATA, "%s",
		               where == IN_PLAN ? _("an earlier row has it already") : _("the docket has it already"));
	}
}

static int put(struct import *imp, const struct gv_rec *rec, const struct gv_oid *base, enum where where)
{
	struct gv_plan *p = imp->plan;
	size_t paths = gv_plan_count(p), unchanged = gv_plan_unchanged(p);
	int rc = gv_plan_put(p, &rec->id, base, &imp->record.root, &imp->c->err);

	if (!rc && where == IN_PLAN) {
		imp->joined++;
		imp->joined_same += gv_plan_unchanged(p) > unchanged && gv_plan_count(p) == paths;
	}
	return rc;
}

static int join_and_put(struct import *imp, const struct gv_rec *rec)
{
	struct gv_doc *d = &imp->record;
	struct gv_oid base;
	enum where where;
	bool skip = false;
	int rc = read_old(imp, &base, &where);

	if (!rc && where != NOWHERE)
		rc = refuse_masks(imp);
	if (!rc && where != NOWHERE)
		rc = join(imp, where, &skip);
	if (rc || skip)
		return rc;
	rc = fill_state(imp, rec->id.schema);
	if (!rc)
		rc = gv_rec_check(rec->id.schema, &d->root, gv_store_caseno(imp->store), &imp->c->err);
	return rc ? rc : put(imp, rec, where == NOWHERE ? NULL : &base, where);
}

int import_record(struct import *imp)
{
	struct gv_doc *d = &imp->record;
	struct gv_err *err = &imp->c->err;
	struct gv_rec rec;
	int rc = fill_in(imp);

	if (!rc)
		rc = gv_rec_of(&rec, d, gv_cmd_schema(imp->c), gv_store_caseno(imp->store), err);
	if (rc)
		return rc;
	/* Same number, same record, whatever form was written. */
	rc = gv_obj_set(d, &d->root, GV_STR("id"), gv_mkstr(d, gv_str_of(rec.id.key)), err);
	gv_buf_reset(&imp->path);
	if (!rc)
		rc = gv_id_path(&rec.id, &imp->path, err);
	if (!rc)
		rc = join_and_put(imp, &rec);
	if (rc)
		gv_err_thing(err, rec.id.key, strlen(rec.id.key));
	return rc;
}
