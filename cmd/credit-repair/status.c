/* SPDX-License-Identifier: MIT */
/* credit-repair status: how does a debtor stand, over all cases and courts?  One row a debtor: listed where one entry is. */
#include <stdlib.h>
#include <string.h>

#include "credit-repair.h"

struct entry { struct gv_str debtor, id; bool listed, restricted; };

struct work {
	struct gv_cmd *c;
	struct gv_doc doc, row;
	struct gv_arena names;
	struct entry *list;
	size_t n, cap;
	struct gv_buf only;        /* debtors asked for, divided by ','; empty: all */
};

static int add_entry(struct work *w, const struct gv_val *rec)
{
	struct gv_str debtor = gv_val_getstr(rec, "debtor"), restriction = gv_val_getstr(rec, "restriction"), id = gv_val_getstr(rec, "id");
	struct entry *e;

	if (w->only.n && !gv_rule_listed(gv_buf_str(&w->only), debtor))
		return 0;
	if (w->n == w->cap) {
		size_t cap = w->cap ? 2 * w->cap : 1024;
		struct entry *more = realloc(w->list, cap * sizeof *more);

		if (!more)
			return gv_fail_nomem(&w->c->err);
		w->list = more;
		w->cap = cap;
	}
	e = &w->list[w->n++];
	e->debtor = gv_arena_copy(&w->names, debtor);
	e->id = gv_arena_copy(&w->names, id);
	e->listed = gv_credit_in_state(rec, "listed");
	e->restricted = gv_str_is(restriction, "ordered") || gv_str_is(restriction, "lifted-temporarily");
	return e->debtor.p && e->id.p ? 0 : gv_fail_nomem(&w->c->err);
}

static int take_item(void *ctx, const struct gv_item *item)
{
	struct work *w = ctx;
	struct gv_str text = item->text;
	int rc = gv_cmd_unseal(w->c, &text, item->path);

	if (!rc)
		rc = gv_json_parse(&w->doc, text, 0, &w->c->err);
	return rc ? rc : add_entry(w, &w->doc.root);
}

/* ---- rows ---- */

static int by_debtor(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;
	int d = gv_str_cmp(x->debtor, y->debtor);

	return d ? d : gv_str_cmp(x->id, y->id);
}

static int add_ids(struct gv_doc *d, struct gv_val *row, const char *name, const struct entry *e, size_t n, bool listed, struct gv_err *err)
{
	struct gv_val list = gv_mkarr();
	int rc = 0;

	for (size_t i = 0; i < n && !rc; i++)
		if (listed ? e[i].listed : e[i].restricted)
			rc = gv_arr_add(d, &list, gv_mkstr(d, e[i].id), err);
	return rc || !list.n ? rc : gv_obj_set(d, row, gv_str_of(name), list, err);
}

static int put_row(struct work *w, const struct entry *e, size_t n)
{
	struct gv_val row = gv_mkobj();
	struct gv_err *err = &w->c->err;
	bool listed = false, restricted = false;
	struct gv_out *out = gv_cmd_out(w->c);
	int rc = out ? 0 : err->code;

	gv_doc_reset(&w->row);
	for (size_t i = 0; i < n; i++) {
		listed = listed || e[i].listed;
		restricted = restricted || e[i].restricted;
	}
	if (!rc)
		rc = gv_obj_set(&w->row, &row, GV_STR("kind"), gv_mklit("credit-status"), err);
	if (!rc)
		rc = gv_obj_set(&w->row, &row, GV_STR("debtor"), gv_mkstr(&w->row, e->debtor), err);
	if (!rc)
		rc = gv_obj_set(&w->row, &row, GV_STR("listed"), gv_mkbool(listed), err);
	if (!rc)
		rc = gv_obj_set(&w->row, &row, GV_STR("restricted"), gv_mkbool(restricted), err);
	if (!rc)
		rc = gv_obj_set(&w->row, &row, GV_STR("entries"), gv_mkint((int64_t)n), err);
	if (!rc)
		rc = add_ids(&w->row, &row, "listed_by", e, n, true, err);
	if (!rc)
		rc = add_ids(&w->row, &row, "restricted_by", e, n, false, err);
	return rc ? rc : gv_out_rec(out, &row, err);
}

static int put_rows(struct work *w)
{
	int rc = 0;

	if (w->n)
		qsort(w->list, w->n, sizeof *w->list, by_debtor);
	for (size_t i = 0, end; i < w->n && !rc && !gv_cmd_closed(w->c); i = end) {
		for (end = i + 1; end < w->n && gv_str_eq(w->list[end].debtor, w->list[i].debtor);)
			end++;
		rc = put_row(w, &w->list[i], end - i);
	}
	return rc;
}

/* Nobody of that id is not the same as one who is not listed. */
static int check_there(struct work *w, const struct gv_id *id)
{
	struct gv_rec rec;
	int rc = gv_store_get(gv_cmd_store(w->c), id, &w->doc, &rec, &w->c->err);

	if (rc)
		gv_err_thing(&w->c->err, id->key, strlen(id->key));
	return rc;
}

static int read_debtors(struct work *w)
{
	const struct gv_schema *s = gv_schema_find(GV_STR("debtor"));
	struct gv_id id;
	int rc = 0;

	for (int i = 0; i < w->c->argc && !rc; i++) {
		rc = gv_cmd_id_of(w->c, gv_str_of(w->c->argv[i]), s, &id);
		if (!rc)
			rc = check_there(w, &id);
		if (rc)
			return rc;
		if (w->only.n)
			gv_buf_addc(&w->only, ',');
		gv_id_format(&id, false, &w->only);
		rc = gv_buf_check(&w->only, &w->c->err);
	}
	return rc;
}

static int run(struct gv_cmd *c)
{
	struct work w = { .c = c, .only = GV_BUF_INIT(GV_MIB) };
	struct gv_scan what = { .kind = gv_schema_find(GV_STR("credit")) };
	struct gv_store *store = gv_cmd_store(c);
	int rc = store ? read_debtors(&w) : c->err.code;

	if (!rc)
		rc = gv_store_scan(store, &what, take_item, &w, &c->err);
	if (!rc)
		rc = put_rows(&w);
	free(w.list);
	gv_arena_free(&w.names);
	gv_buf_free(&w.only);
	gv_doc_free(&w.doc);
	gv_doc_free(&w.row);
	return rc;
}

const struct gv_cmd_spec credit_status = {
	.name = "status", .summary = N_("how debtors stand over all cases and courts: listed where one entry is"),
	.usage = N_("[DEBTOR...]"), .operands = "id", .kind = "credit", .fields = "debtor,listed,restricted,entries",
	.common = GV_C_DOCKET | GV_C_OUTPUT | GV_C_ASOF, .records = &gv_cmd_records, .run = run,
};
