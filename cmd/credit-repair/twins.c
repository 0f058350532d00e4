/* SPDX-License-Identifier: MIT */
/* twins: one debtor has one record, and one entry for each case: what is there already is not recorded again. */
#include <stdlib.h>
#include <string.h>

#include "credit-repair.h"
#include "ident.h"

struct twin { struct gv_str key, id; };

struct credit_twins {
	struct gv_cmd *c;
	const struct gv_schema *schema;
	struct gv_arena names;
	struct twin *list;         /* the first `sorted` of the docket, by key; then those of this run */
	size_t n, cap, sorted;
	struct gv_doc doc;
};

/* However it is written. */
static struct gv_str number_of(struct credit_twins *t, const struct gv_val *rec)
{
	struct gv_str number = gv_val_getstr(rec, "id_no"), key;
	struct gv_buf form = GV_BUF_INIT(GV_JSON_TEXT_MAX);

	if (number.n)
		gv_ident_add_form(&form, GV_ID_RESIDENT, number);
	else
		gv_ident_add_form(&form, GV_ID_CREDIT, gv_val_getstr(rec, "credit_code"));
	key = gv_arena_copy(&t->names, gv_buf_str(&form));
	gv_buf_free(&form);
	return key;
}

/* What makes a record the same as another: the case and the debtor, or the number of the person or the unit; {0}: nothing. */
static struct gv_str key_of(struct credit_twins *t, const struct gv_val *rec)
{
	struct gv_str debtor = gv_val_getstr(rec, "debtor"), of_case = gv_val_getstr(rec, "case");
	const char *both;

	if (gv_val_get(rec, "source"))
		return (struct gv_str){ 0 };
	if (strcmp(t->schema->kind, "repair") == 0) /* one application at a time */
		return gv_credit_in_state(rec, "applied") ? gv_arena_copy(&t->names, gv_val_getstr(rec, "credit")) : (struct gv_str){ 0 };
	if (strcmp(t->schema->kind, "debtor") == 0)
		return number_of(t, rec);
	if (!debtor.n || !of_case.n)
		return (struct gv_str){ 0 };
	both = gv_arena_printf(&t->names, "%.*s %.*s", (int)of_case.n, of_case.p, (int)debtor.n, debtor.p);
	return both ? gv_str_of(both) : (struct gv_str){ 0 };
}

static int add(struct credit_twins *t, struct gv_str key, struct gv_str id)
{
	if (t->n == t->cap) {
		size_t cap = t->cap ? 2 * t->cap : 1024;
		struct twin *more = realloc(t->list, cap * sizeof *more);

		if (!more)
			return gv_fail_nomem(&t->c->err);
		t->list = more;
		t->cap = cap;
	}
	t->list[t->n++] = (struct twin){ key, gv_arena_copy(&t->names, id) };
	return 0;
}

static int take_item(void *ctx, const struct gv_item *item)
{
	struct credit_twins *t = ctx;
	struct gv_str text = item->text, key;
	int rc = gv_cmd_unseal(t->c, &text, item->path);

	if (!rc)
		rc = gv_json_parse(&t->doc, text, 0, &t->c->err);
	if (rc)
		return rc;
	key = key_of(t, &t->doc.root);
	return key.n ? add(t, key, gv_val_getstr(&t->doc.root, "id")) : 0;
}

static int by_key(const void *a, const void *b)
{
	return gv_str_cmp(((const struct twin *)a)->key, ((const struct twin *)b)->key);
}

int credit_twins_load(struct credit_twins **out, struct gv_cmd *c)
{
	struct credit_twins *t = calloc(1, sizeof *t);

	*out = t;
	if (!t)
		return gv_fail_nomem(&c->err);
	t->c = c;
	t->schema = gv_cmd_schema(c);
	return gv_cmd_store(c) ? credit_twins_renew(t) : c->err.code;
}

int credit_twins_renew(struct credit_twins *t)
{
	struct gv_scan what = { .kind = t->schema };
	int rc;

	t->n = 0;
	rc = gv_store_scan(gv_cmd_store(t->c), &what, take_item, t, &t->c->err);
	if (t->n)
		qsort(t->list, t->n, sizeof *t->list, by_key);
	t->sorted = t->n;
	return rc;
}

int credit_twins_check(struct credit_twins *t, const struct gv_val *rec)
{
	struct twin key = { .key = key_of(t, rec) };
	const struct twin *there;

	if (!key.key.n)
		return 0;
	there = t->sorted ? bsearch(&key, t->list, t->sorted, sizeof key, by_key) : NULL;
	for (size_t i = t->sorted; i < t->n && !there; i++)
		if (gv_str_eq(t->list[i].key, key.key))
			there = &t->list[i];
	if (!there)
		return add(t, key.key, GV_STR(""));
	if (!there->id.n)
		return gv_fail(&t->c->err, GV_EDATA, "%s", _("is there twice in the input"));
	if (strcmp(t->schema->kind, "repair") == 0)
		return gv_fail(&t->c->err, GV_EDATA, _("%.*s asks for it already, and is not decided"), (int)there->id.n, there->id.p);
	return gv_fail(&t->c->err, GV_EDATA, strcmp(t->schema->kind, "debtor") == 0 ? _("%.*s is the same person or unit") : _("%.*s is the entry of this debtor in this case"),
	               (int)there->id.n, there->id.p);
}

void credit_twins_free(struct credit_twins *t)
{
	if (!t)
		return;
	free(t->list);
	gv_arena_free(&t->names);
	gv_doc_free(&t->doc);
	free(t);
}
