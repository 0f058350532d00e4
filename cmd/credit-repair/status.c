/* SPDX-License-Identifier: MIT */
/* credit-repair status: how does a debtor stand, over all cases and courts?  One row a person or unit: listed where one entry is. */
#include <stdlib.h>
#include <string.h>

#include "past.h"
#include "persons.h"
#include "stored.h"

struct entry {
	struct gv_str debtor;      /* the first record of the person */
	struct gv_str id;
	bool listed, restricted;
	bool perhaps;              /* another court's, of who may be the same */
};

struct work {
	struct gv_cmd *c;
	struct gv_doc doc, row;
	struct gv_arena names;
	struct credit_persons *persons;
	struct credit_past past;
	struct entry *list;
	size_t n, cap;
	struct gv_buf only;        /* first records of the persons asked for, divided by ','; empty: all */
};

static bool is_asked(const struct work *w, struct gv_str debtor)
{
	return !w->only.n || gv_rule_listed(gv_buf_str(&w->only), debtor);
}

static int add(struct work *w, struct entry e)
{
	struct gv_err *err = &w->c->err;

	if (!is_asked(w, e.debtor))
		return 0;
	if (w->n == w->cap) {
		size_t cap = w->cap ? 2 * w->cap : 1024;
		struct entry *more = realloc(w->list, cap * sizeof *more);

		if (!more)
			return gv_fail_nomem(err);
		w->list = more;
		w->cap = cap;
	}
	e.debtor = gv_arena_copy(&w->names, e.debtor);
	e.id = gv_arena_copy(&w->names, e.id);
	if (!e.debtor.p || !e.id.p)
		return gv_fail_nomem(err);
	w->list[w->n++] = e;
	return 0;
}

/* What another court lists has a number with a mask alone: its entry stands by itself until somebody says whose it is. */
static int add_perhaps(struct work *w, const struct gv_val *rec, struct entry e)
{
	struct gv_str name = gv_credit_text(rec, "published.name"), mask = gv_credit_text(rec, "published.id_no"), own = e.debtor, first;
	int rc = 0;

	e.perhaps = true;
	for (size_t at = 0; !rc && name.n && mask.n && (first = credit_persons_masked(w->persons, name, mask, &at)).n;) {
		e.debtor = first;
		rc = gv_str_eq(first, own) ? 0 : add(w, e);
	}
	return rc;
}

static int add_entry(struct work *w, const struct gv_val *rec)
{
	struct gv_str restriction = gv_val_getstr(rec, "restriction");
	struct entry e = { credit_persons_first(w->persons, gv_val_getstr(rec, "debtor")), gv_val_getstr(rec, "id"), gv_credit_in_state(rec, "listed"),
	                   gv_str_is(restriction, "ordered") || gv_str_is(restriction, "lifted-temporarily"), false };
	int rc = add(w, e);

	return rc || !e.listed || !gv_credit_is_foreign(rec) ? rc : add_perhaps(w, rec, e);
}

static int take(struct work *w, struct gv_str text, struct gv_str path)
{
	struct gv_cmd *c = w->c;
	int rc = c->past ? c->past(c, &text) : 0;

	if (rc || !text.n)
		return rc;
	rc = gv_cmd_unseal(c, &text, path);
	if (!rc)
		rc = gv_json_parse(&w->doc, text, 0, &c->err);
	return rc ? rc : add_entry(w, &w->doc.root);
}

static int take_item(void *ctx, const struct gv_item *item)
{
	struct work *w = ctx;
	struct gv_str id = gv_stored_id(item->text);
	int rc = take(w, item->text, item->path);

	w->c->done += !rc;
	if (rc != GV_EDATA)
		return rc;
	gv_err_thing(&w->c->err, id.n ? id.p : item->path.p, id.n ? id.n : item->path.n);
	gv_cmd_pass_over(w->c, 0);
	return 0;
}

/* ---- rows ---- */

static int by_debtor(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;
	int d = gv_str_cmp(x->debtor, y->debtor);

	return d ? d : gv_str_cmp(x->id, y->id);
}

enum which { LISTED, RESTRICTED, PERHAPS };

static bool is_of(const struct entry *e, enum which which)
{
	return which == PERHAPS ? e->perhaps : !e->perhaps && (which == LISTED ? e->listed : e->restricted);
}

static int add_ids(struct work *w, struct gv_val *row, const char *name, const struct entry *e, size_t n, enum which which)
{
	struct gv_val list = gv_mkarr();
	int rc = 0;

	for (size_t i = 0; i < n && !rc; i++)
		if (is_of(&e[i], which) && (!i || !gv_str_eq(e[i].id, e[i - 1].id)))
			rc = gv_arr_add(&w->row, &list, gv_mkstr(&w->row, e[i].id), &w->c->err);
	return rc || !list.n ? rc : gv_obj_set(&w->row, row, gv_str_of(name), list, &w->c->err);
}

/* Where one person has several. */
static int add_records(struct work *w, struct gv_val *row, struct gv_str first)
{
	struct gv_val list = gv_mkarr();
	struct gv_str id;
	int rc = 0;

	for (size_t at = 0; !rc && (id = credit_persons_next(w->persons, first, &at)).n;)
		rc = gv_arr_add(&w->row, &list, gv_mkstr(&w->row, id), &w->c->err);
	return rc || list.n < 2 ? rc : gv_obj_set(&w->row, row, GV_STR("debtors"), list, &w->c->err);
}

static int put_row(struct work *w, const struct entry *e, size_t n)
{
	static const struct { const char *name; enum which which; } lists[] = { { "listed_by", LISTED }, { "restricted_by", RESTRICTED }, { "perhaps_listed_by", PERHAPS } };
	struct gv_val row = gv_mkobj();
	struct gv_err *err = &w->c->err;
	bool listed = false, restricted = false;
	int64_t own = 0;
	struct gv_out *out = gv_cmd_out(w->c);
	int rc = out ? 0 : err->code;

	gv_doc_reset(&w->row);
	for (size_t i = 0; i < n; i++) {
		listed = listed || is_of(&e[i], LISTED);
		restricted = restricted || is_of(&e[i], RESTRICTED);
		own += !e[i].perhaps;
	}
	if (!rc)
		rc = gv_obj_set(&w->row, &row, GV_STR("kind"), gv_mklit("credit-status"), err);
	if (!rc)
		rc = gv_obj_set(&w->row, &row, GV_STR("debtor"), gv_mkstr(&w->row, e->debtor), err);
	if (!rc)
		rc = add_records(w, &row, e->debtor);
	if (!rc)
		rc = gv_obj_set(&w->row, &row, GV_STR("listed"), gv_mkbool(listed), err);
	if (!rc)
		rc = gv_obj_set(&w->row, &row, GV_STR("restricted"), gv_mkbool(restricted), err);
	if (!rc)
		rc = gv_obj_set(&w->row, &row, GV_STR("entries"), gv_mkint(own), err);
	for (size_t i = 0; i < sizeof lists / sizeof lists[0] && !rc; i++)
		rc = add_ids(w, &row, lists[i].name, e, n, lists[i].which);
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

static int ask(struct work *w, const struct gv_id *id)
{
	struct gv_buf full = GV_BUF_INIT(2 * GV_KEY_MAX);
	int rc;

	gv_id_format(id, false, &full);
	rc = gv_buf_check(&full, &w->c->err);
	if (!rc && w->only.n)
		gv_buf_addc(&w->only, ',');
	if (!rc)
		gv_buf_addstr(&w->only, credit_persons_first(w->persons, gv_buf_str(&full)));
	gv_buf_free(&full);
	return rc ? rc : gv_buf_check(&w->only, &w->c->err);
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
		if (!rc)
			rc = ask(w, &id);
	}
	return rc;
}

static int run(struct gv_cmd *c)
{
	struct work w = { .c = c, .only = GV_BUF_INIT(GV_MIB) };
	struct gv_scan what = { .kind = gv_schema_find(GV_STR("credit")) };
	int rc = credit_persons_load(&w.persons, c);

	credit_past_begin(&w.past, c, 0);
	if (!rc)
		rc = read_debtors(&w);
	if (!rc)
		rc = gv_store_scan(gv_cmd_store(c), &what, take_item, &w, &c->err);
	if (!rc)
		rc = put_rows(&w);
	free(w.list);
	credit_persons_free(w.persons);
	credit_past_end(&w.past);
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
