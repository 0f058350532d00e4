/* SPDX-License-Identifier: MIT */
/* What a schema says about itself: the list of fields, and the nearest name. */
#include "i18n.h"
#include "schema_impl.h"

/* ---- did you mean ---- */


/* Where the last step of a path begins: "parties[0].nmae" -> 11. */
static size_t last_step(struct gv_str path)
{
	size_t at = path.n;

	while (at && path.p[at - 1] != '.' && path.p[at - 1] != ']')
		at--;
	return at;
}

const char *gv_schema_suggest(const struct gv_schema *s, struct gv_str field)
{
	size_t at = last_step(field);
	struct gv_near near = gv_near_start((struct gv_str){ field.p + at, field.n - at });
	struct gv_str parent = { field.p, at && field.p[at - 1] == '.' ? at - 1 : at };
	const struct gv_node *n = gv_schema_at(s, parent);

	for (size_t i = 0; n && i < n->nprops; i++)
		gv_near_try(&near, n->props[i].name);
	for (size_t i = 0; n == s->root && i < s->nderived; i++)
		gv_near_try(&near, s->derived[i].name);
	return near.best;
}

/* ---- --list-fields ---- */

struct list {
	struct gv_doc row;
	struct gv_buf path;       /* of the node in hand */
	const char *event;        /* name, inside the fields of one event */
	int (*each)(void *ctx, const struct gv_val *row);
	void *ctx;
	struct gv_err *err;
};

static int set(struct list *l, const char *name, struct gv_val v)
{
	return gv_obj_set(&l->row, &l->row.root, gv_str_of(name), v, l->err);
}

static int set_text(struct list *l, const char *name, const char *text)
{
	return text ? set(l, name, gv_mklit(text)) : 0;
}

static const char *type_name(const struct gv_node *n)
{
	static const char *const checks[] = {
		[GV_CHECK_DATE] = "date", [GV_CHECK_MOMENT] = "moment", [GV_CHECK_FEN] = "fen",
		[GV_CHECK_CASENO] = "case-number", [GV_CHECK_RECID] = "record-id",
		[GV_CHECK_EID] = "eid", [GV_CHECK_COURT] = "court",
		[GV_CHECK_PERSONID] = "person-id",
	};

	if (n->check)
		return checks[n->check];
	for (int t = GV_BOOL; t <= GV_OBJECT; t++)
		if (n->types == 1u << t)
			return gv_type_name((enum gv_type)t);
	return "any";
}

static int set_values(struct list *l, const char *const *words)
{
	struct gv_val values = gv_mkarr();
	int rc = 0;

	if (!words)
		return 0;
	for (; !rc && *words; words++)
		rc = gv_arr_add(&l->row, &values, gv_mklit(*words), l->err);
	return rc ? rc : set(l, "values", values);
}

static int row(struct list *l, const struct gv_node *n, bool required, bool sensitive)
{
	int rc;

	gv_doc_reset(&l->row);
	l->row.root = gv_mkobj();
	if ((rc = set(l, "field", gv_mkstr(&l->row, gv_buf_str(&l->path)))) ||
	    (rc = set_text(l, "type", type_name(n))) || (rc = set_text(l, "title", n->title)) ||
	    (rc = set_text(l, "zh", n->zh)) || (rc = set(l, "required", gv_mkbool(required))) ||
	    (rc = set(l, "sensitive", gv_mkbool(sensitive))) ||
	    (rc = set(l, "derived", gv_mkbool(false))) || (rc = set_text(l, "event", l->event)) ||
	    (rc = set_values(l, n->words)))
		return rc;
	return l->each(l->ctx, &l->row.root);
}

static int rows(struct list *l, const struct gv_node *n, bool sensitive)
{
	size_t mark = l->path.n;
	int rc = 0;

	while (n->items) {
		gv_buf_adds(&l->path, "[]");
		n = n->items;
		sensitive = sensitive || n->sensitive;
	}
	for (size_t i = 0; i < n->nprops && !rc; i++) {
		const struct gv_prop *p = &n->props[i];
		size_t here = l->path.n;

		gv_buf_addf(&l->path, "%s%s", here ? "." : "", p->name);
		rc = gv_buf_check(&l->path, l->err);
		if (!rc)
			rc = row(l, p->node, p->required, sensitive || p->node->sensitive);
		if (!rc)
			rc = rows(l, p->node, sensitive || p->node->sensitive);
		l->path.n = here;
	}
	l->path.n = mark;
	return rc;
}

static int event_rows(struct list *l, const struct gv_schema *s)
{
	int rc = 0;

	for (size_t i = 0; i < s->nevents && !rc; i++) {
		if (!s->events[i].body)
			continue;
		l->event = s->events[i].name;
		l->path.n = 0;
		gv_buf_adds(&l->path, "events[]");
		rc = rows(l, s->events[i].body, false);
	}
	l->event = NULL;
	return rc;
}

static int derived_row(struct list *l, const struct gv_derived *d)
{
	int rc;

	gv_doc_reset(&l->row);
	l->row.root = gv_mkobj();
	if ((rc = set_text(l, "field", d->name)) || (rc = set_text(l, "type", d->type)) ||
	    (rc = set_text(l, "title", d->meaning)) ||
	    (rc = set(l, "required", gv_mkbool(false))) ||
	    (rc = set(l, "sensitive", gv_mkbool(false))) ||
	    (rc = set(l, "derived", gv_mkbool(true))))
		return rc;
	return l->each(l->ctx, &l->row.root);
}

int gv_schema_fields(const struct gv_schema *s, int (*each)(void *ctx, const struct gv_val *row),
                     void *ctx, struct gv_err *err)
{
	struct list l = { .path = GV_BUF_INIT(4096), .each = each, .ctx = ctx, .err = err };
	int rc = rows(&l, s->root, false);

	if (!rc)
		rc = event_rows(&l, s);
	for (size_t i = 0; i < s->nderived && !rc; i++)
		rc = derived_row(&l, &s->derived[i]);
	gv_buf_free(&l.path);
	gv_doc_free(&l.row);
	return rc;
}
