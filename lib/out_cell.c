/* SPDX-License-Identifier: MIT */
/* out_cell: a value as the text of a cell, masked where it must be. */
#include "out_impl.h"

/* ---- masking ---- */

enum { PATH_MAX_BYTES = 64 * 1024 };

struct masker {
	struct gv_out *out;
	struct gv_doc *d;
	struct gv_str kind;
	struct gv_buf path;
};

static void scalar(const struct gv_val *v, struct gv_buf *text)
{
	if (v->type == GV_STRING || v->type == GV_NUMBER)
		gv_buf_add(text, v->s, v->n);
	else if (v->type == GV_INT)
		gv_buf_addint(text, v->i);
	else if (v->type == GV_BOOL)
		gv_buf_adds(text, v->truth ? "true" : "false");
}

static int mask_scalar(struct masker *m, struct gv_val *to, const struct gv_val *v,
                       struct gv_err *err)
{
	struct gv_buf plain = GV_BUF_INIT(2 * GV_JSON_TEXT_MAX);
	struct gv_buf masked = GV_BUF_INIT(2 * GV_JSON_TEXT_MAX);
	int rc;

	scalar(v, &plain);
	gv_mask(gv_buf_str(&plain), &masked);
	rc = plain.failed ? gv_fail_nomem(err) : gv_buf_check(&masked, err);
	*to = gv_mkstr(m->d, gv_buf_str(&masked));
	if (!rc && to->type != GV_STRING)
		rc = gv_fail_nomem(err);
	gv_buf_free(&plain);
	gv_buf_free(&masked);
	return rc;
}

/* What lies at the end of a path too long to ask about is not shown. */
static bool asks_yes(struct masker *m)
{
	return !m->out->opts.sensitive && (m->path.failed || m->out->opts.is_sensitive(m->kind, gv_buf_str(&m->path)));
}

/* A copy of v, which is what m->path says, with everything sensitive in it masked. */
static int mask_tree(struct masker *m, struct gv_val *to, const struct gv_val *v, bool all,
                     struct gv_err *err)
{
	size_t base = m->path.n;
	int rc = 0;

	if (gv_val_is_sealed(v)) {
		*to = gv_mklit("(sealed)");
		return 0;
	}
	if (v->type != GV_OBJECT && v->type != GV_ARRAY) {
		if (all && v->type != GV_NULL)
			return mask_scalar(m, to, v, err);
		*to = *v;
		return 0;
	}
	*to = v->type == GV_OBJECT ? gv_mkobj() : gv_mkarr();
	for (uint32_t i = 0; !rc && i < v->n; i++) {
		struct gv_val val;

		if (v->type == GV_OBJECT) {
			gv_buf_adds(&m->path, m->path.n ? "." : "");
			gv_buf_addstr(&m->path, v->members[i].name);
			rc = mask_tree(m, &val, &v->members[i].val, all || asks_yes(m), err);
			if (!rc)
				rc = gv_obj_set(m->d, to, v->members[i].name, val, err);
		} else {
			gv_buf_adds(&m->path, "[]");
			rc = mask_tree(m, &val, &v->items[i], all || asks_yes(m), err);
			if (!rc)
				rc = gv_arr_add(m->d, to, val, err);
		}
		if (!m->path.failed)
			m->path.n = base;
	}
	return rc;
}

/* What lies inside something sensitive is sensitive: every beginning of the path is asked about. */
static bool ask(const struct gv_out *out, struct gv_str kind, struct gv_str path)
{
	for (size_t i = 1; i <= path.n; i++)
		if ((i == path.n || path.p[i] == '.' || path.p[i] == '[') &&
		    out->opts.is_sensitive(kind, (struct gv_str){ path.p, i }))
			return true;
	return false;
}

/* Asked once for each kind and column, not once for each record. */
static bool whole_is_sensitive(struct gv_out *out, struct gv_str kind, struct gv_out_field *field)
{
	if (kind.n >= sizeof out->kind)
		return ask(out, kind, field->name);
	if (!gv_str_is(kind, out->kind)) {
		if (kind.n)
			memcpy(out->kind, kind.p, kind.n);
		out->kind[kind.n] = '\0';
		for (size_t i = 0; i < out->fields.n; i++)
			out->fields.list[i].mask = GV_MASK_ASK;
	}
	if (field->mask == GV_MASK_ASK)
		field->mask = ask(out, kind, field->name) ? GV_MASK_YES : GV_MASK_NO;
	return field->mask == GV_MASK_YES;
}

static bool gathers(const struct gv_out_field *field)
{
	size_t i = 0;

	while (i < field->n && !field->steps[i].all)
		i++;
	return i < field->n;
}

/* The column's first step. */
static struct gv_str head_of(const struct gv_out_field *field)
{
	size_t n = 0;

	while (n < field->name.n && field->name.p[n] != '.' && field->name.p[n] != '[')
		n++;
	return (struct gv_str){ field->name.p, n };
}

/*
 * A row of blame, or of conflicts, is about one field of a record: its values are as sensitive as that, and what lies
 * below them as what lies below it.  "events[ab12].note" is asked about as "events[].note".
 */
static bool is_about_field(struct masker *m, const struct gv_val *rec, const struct gv_out_field *field)
{
	static const struct { const char *kind, *column; } values[] = {
		{ "blame", "value" }, { "conflict", "base" }, { "conflict", "now" }, { "conflict", "ours" }, { "conflict", "theirs" },
		{ "conflict", "others" }
	};
	struct gv_str path = gv_val_getstr(rec, "field"), head = head_of(field);
	bool inside = false, about = false;

	for (size_t i = 0; i < sizeof values / sizeof values[0]; i++)
		about = about || (gv_str_is(m->kind, values[i].kind) && gv_str_is(head, values[i].column));
	if (!about)
		return false;
	for (size_t i = 0; i < path.n; i++) {
		inside = inside && path.p[i] != ']';
		if (!inside)
			gv_buf_addc(&m->path, path.p[i]);
		inside = inside || path.p[i] == '[';
	}
	if (path.n || field->name.n == head.n)
		gv_buf_add(&m->path, field->name.p + head.n, field->name.n - head.n);
	else /* below the record itself */
		gv_buf_add(&m->path, field->name.p + head.n + 1, field->name.n - head.n - 1);
	m->kind = gv_val_getstr(rec, "record_kind");
	return true;
}

/* Values of a whole record, each with who made it, are not told apart here. */
static bool is_too_deep(const struct gv_val *rec, const struct gv_out_field *field)
{
	return gv_str_is(head_of(field), "others") && !gv_val_getstr(rec, "field").n;
}

static int mask(struct gv_out *out, const struct gv_val *rec, struct gv_out_field *field,
                const struct gv_val **v, struct gv_err *err)
{
	struct masker m = { out, &out->scratch, gv_val_getstr(rec, "kind"),
	                    GV_BUF_INIT(PATH_MAX_BYTES) };
	bool about = is_about_field(&m, rec, field);
	bool all = !out->opts.sensitive &&
	           (about ? m.path.failed || ask(out, m.kind, gv_buf_str(&m.path)) || is_too_deep(rec, field)
	                  : whole_is_sensitive(out, m.kind, field));
	struct gv_val *copy;
	int rc = 0;

	if (!all && (*v)->type != GV_OBJECT && (*v)->type != GV_ARRAY) {
		gv_buf_free(&m.path);
		return 0;
	}
	copy = gv_arena_alloc(&m.d->arena, sizeof *copy);
	if (!copy) {
		gv_buf_free(&m.path);
		return gv_fail_nomem(err);
	}
	if (!about)
		gv_buf_addstr(&m.path, field->name);
	if (gathers(field)) {  /* the array is not in the record: its items are what the path names */
		*copy = gv_mkarr();
		for (uint32_t i = 0; !rc && i < (*v)->n; i++) {
			struct gv_val item;

			rc = mask_tree(&m, &item, &(*v)->items[i], all, err);
			if (!rc)
				rc = gv_arr_add(m.d, copy, item, err);
		}
	} else {
		rc = mask_tree(&m, copy, *v, all, err);
	}
	if (!rc && gv_buf_check(&m.path, NULL) == GV_EIO)
		rc = gv_fail_nomem(err);
	gv_buf_free(&m.path);
	*v = copy;
	return rc;
}

/* ---- text ---- */

static bool joins(const struct gv_val *v)
{
	for (uint32_t i = 0; i < v->n; i++)
		if (v->items[i].type == GV_ARRAY || v->items[i].type == GV_OBJECT)
			return false;
	return true;
}

static void put(const struct gv_out *out, const struct gv_val *v, struct gv_buf *text)
{
	if (v->type != GV_OBJECT && v->type != GV_ARRAY) {
		scalar(v, text);
	} else if (v->type == GV_ARRAY && out->format == GV_OUT_TABLE && joins(v)) {
		for (uint32_t i = 0; i < v->n; i++) {
			gv_buf_adds(text, i ? ", " : "");
			scalar(&v->items[i], text);
		}
	} else {
		gv_json_line(text, v);
	}
}

/* Shown as such to everybody: people read cells. */
static bool holds_sealed(const struct gv_val *v)
{
	bool yes = gv_val_is_sealed(v);

	for (uint32_t i = 0; v->type == GV_OBJECT && i < v->n && !yes; i++)
		yes = holds_sealed(&v->members[i].val);
	for (uint32_t i = 0; v->type == GV_ARRAY && i < v->n && !yes; i++)
		yes = holds_sealed(&v->items[i]);
	return yes;
}

int gv_out_cell(struct gv_out *out, const struct gv_val *rec, struct gv_out_field *field,
                const struct gv_val **v, struct gv_buf *text, struct gv_err *err)
{
	int rc = gv_out_find(&out->scratch, v, rec, field, err);

	if (!rc && *v && (*v)->type == GV_NULL)
		*v = NULL;
	if (!rc && *v && out->opts.is_sensitive && (!out->opts.sensitive || holds_sealed(*v)))
		rc = mask(out, rec, field, v, err);
	if (!rc && *v)
		put(out, *v, text);
	return rc;
}
