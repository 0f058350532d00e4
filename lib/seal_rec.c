/* SPDX-License-Identifier: MIT */
/* The values of a record that may be sealed, and their opening. */
#include <stdio.h>

#include "schema.h"
#include "seal.h"

/* A path in a record of at most 64 levels; a name is at most 1 KiB. */
enum { PATH_MAX_BYTES = (GV_JSON_DEPTH_MAX + 1) * (GV_JSON_NAME_MAX + 2) };

bool gv_text_may_be_sealed(struct gv_str text)
{
	return gv_str_find(text, GV_STR("\"sealed\":"));
}

struct walk {
	const struct gv_schema *s;
	struct gv_buf field, shape, place;
	int (*each)(void *ctx, const struct gv_sealable *v);
	void *ctx;
	struct gv_err *err;
};

static int visit(struct walk *w, struct gv_val *v);

static void cut(struct gv_buf *b, size_t n)
{
	if (b->p && !b->failed)
		b->p[b->n = n] = '\0';
}

static int visit_member(struct walk *w, struct gv_str name, struct gv_val *v)
{
	struct gv_buf *all[] = { &w->field, &w->shape, &w->place };
	size_t was[] = { w->field.n, w->shape.n, w->place.n };
	int rc;

	for (size_t i = 0; i < 3; i++) {
		if (was[i])
			gv_buf_addc(all[i], '.');
		gv_buf_addstr(all[i], name);
	}
	rc = visit(w, v);
	for (size_t i = 0; i < 3; i++)
		cut(all[i], was[i]);
	return rc;
}

static int visit_item(struct walk *w, uint32_t index, struct gv_val *v)
{
	size_t field = w->field.n, shape = w->shape.n, place = w->place.n;
	struct gv_str eid = gv_val_getstr(v, "eid");
	int rc;

	gv_buf_addf(&w->field, "[%.*s]", (int)eid.n, eid.n ? eid.p : "");
	gv_buf_adds(&w->shape, "[]");
	gv_buf_addf(&w->place, "[%u]", (unsigned)index);
	rc = visit(w, v);
	cut(&w->field, field);
	cut(&w->shape, shape);
	cut(&w->place, place);
	return rc;
}

static int visit(struct walk *w, struct gv_val *v)
{
	const struct gv_node *n = gv_schema_at(w->s, gv_buf_str(&w->shape));
	int rc = gv_buf_check(&w->shape, w->err);

	if (!rc)
		rc = gv_buf_check(&w->field, w->err);
	if (!rc)
		rc = gv_buf_check(&w->place, w->err);
	if (rc || !n)
		return rc; /* what the schema does not know is nowhere sensitive */
	if (n->sensitive)
		return w->each(w->ctx, &(struct gv_sealable){ v, gv_buf_str(&w->field), gv_buf_str(&w->shape),
		                                              gv_buf_str(&w->place) });
	for (uint32_t i = 0; v->type == GV_OBJECT && i < v->n && !rc; i++)
		rc = visit_member(w, v->members[i].name, &v->members[i].val);
	for (uint32_t i = 0; v->type == GV_ARRAY && i < v->n && !rc; i++)
		rc = visit_item(w, i, &v->items[i]);
	return rc;
}

int gv_sealable_each(const struct gv_schema *s, struct gv_val *rec,
                     int (*each)(void *ctx, const struct gv_sealable *v), void *ctx, struct gv_err *err)
{
	struct walk w = { .s = s, .field = GV_BUF_INIT(PATH_MAX_BYTES), .shape = GV_BUF_INIT(PATH_MAX_BYTES),
		          .place = GV_BUF_INIT(PATH_MAX_BYTES), .each = each, .ctx = ctx, .err = err };
	int rc = 0;

	for (uint32_t i = 0; rec->type == GV_OBJECT && i < rec->n && !rc; i++)
		rc = visit_member(&w, rec->members[i].name, &rec->members[i].val);
	gv_buf_free(&w.field);
	gv_buf_free(&w.shape);
	gv_buf_free(&w.place);
	return rc;
}

/* ---- opening ---- */

struct opening {
	struct gv_keys *k;
	struct gv_doc *d;
	struct gv_str kind, id;
	size_t n;
	struct gv_err *err;
};

static int open_one(void *ctx, const struct gv_sealable *v)
{
	struct opening *o = ctx;
	struct gv_seal_at at = { o->kind, o->id, v->field };
	bool opened;
	int rc;

	if (!gv_val_is_sealed(v->val))
		return 0;
	rc = gv_unseal(o->k, &at, v->val, o->d, v->val, &opened, o->err);
	o->n += opened;
	if (rc == GV_EINTEGRITY && !o->err->thing[0]) /* else it is about the file of the key */
		gv_err_field_prefix(o->err, v->place.p);
	return rc;
}

int gv_unseal_rec(struct gv_keys *k, struct gv_doc *d, size_t *opened, struct gv_err *err)
{
	struct gv_err own;
	struct opening o = { k, d, gv_val_getstr(&d->root, "kind"), gv_val_getstr(&d->root, "id"), 0, err ? err : &own };
	const struct gv_schema *s = gv_schema_find(o.kind);
	int rc = s ? gv_sealable_each(s, &d->root, open_one, &o, o.err) : 0;

	*opened = o.n;
	return rc;
}

int gv_unseal_text(struct gv_keys *k, struct gv_str *text, struct gv_doc *scratch, struct gv_buf *out,
                   struct gv_err *err)
{
	size_t opened = 0;
	int rc;

	if (!gv_text_may_be_sealed(*text))
		return 0;
	if (gv_json_parse(scratch, *text, 0, NULL))
		return 0; /* whoever reads it says so */
	rc = gv_unseal_rec(k, scratch, &opened, err);
	if (rc || !opened)
		return rc;
	gv_buf_reset(out);
	gv_json_canon(out, &scratch->root);
	rc = gv_buf_check(out, err);
	if (!rc)
		*text = gv_buf_str(out);
	return rc;
}
