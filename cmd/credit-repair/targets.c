/* SPDX-License-Identifier: MIT */
/* targets: the entries that operands name: their own ids, records on their way, or cases, whose entries are meant. */
#include <stdlib.h>
#include <string.h>

#include "credit-repair.h"

struct targets {
	struct gv_cmd *c;
	credit_rec_fn *each;
	void *work;
	struct gv_doc doc;
	struct gv_buf cases;       /* those asked for: each with a NUL behind it */
	size_t ncases;
	struct gv_str *wanted;
};

static int pass_on(struct targets *t, struct gv_rec *rec)
{
	const char *kind = rec->id.schema->kind;
	int rc;

	if (strcmp(kind, "credit") != 0 && strcmp(kind, "repair") != 0)
		return gv_fail(&t->c->err, GV_EDATA, _("is a %s, not a %s"), kind, "credit");
	rc = t->each(t->work, rec);
	t->c->done += !rc;
	return rc;
}

static int add_case(struct targets *t, const char *key)
{
	gv_buf_add(&t->cases, key, strlen(key) + 1);
	t->ncases++;
	return gv_buf_check(&t->cases, &t->c->err);
}

static int take_record(struct targets *t, struct gv_str text)
{
	struct gv_cmd *c = t->c;
	struct gv_rec rec;
	int rc = gv_json_parse(&t->doc, text, 0, &c->err);

	if (!rc)
		rc = gv_rec_of(&rec, &t->doc, gv_cmd_schema(c), gv_cmd_caseno(c), &c->err);
	if (rc)
		return rc;
	return strcmp(rec.id.schema->kind, "case") == 0 ? add_case(t, rec.id.key) : pass_on(t, &rec);
}

static int take_id(struct targets *t, struct gv_str text)
{
	struct gv_cmd *c = t->c;
	struct gv_store *store = gv_cmd_store(c);
	struct gv_id id = { 0 };
	struct gv_rec rec;
	int rc = store ? gv_cmd_id(c, text, &id) : c->err.code;

	if (rc)
		return rc;
	if (id.schema && strcmp(id.schema->kind, "case") == 0)
		return add_case(t, id.key);
	rc = gv_store_get(store, &id, &t->doc, &rec, &c->err);
	if (!rc)
		rc = gv_cmd_unseal_doc(c, &t->doc);
	if (rc)
		gv_err_thing(&c->err, text.p, text.n);
	return rc ? rc : pass_on(t, &rec);
}

static int one_text(struct gv_cmd *c, struct gv_str text, size_t line)
{
	struct targets *t = c->ctx;
	int rc = text.n && text.p[0] == '{' ? take_record(t, text) : take_id(t, text);

	if (rc != GV_EDATA && rc != GV_ENOTFOUND)
		return rc;
	gv_cmd_pass_over(c, line);
	return 0;
}

/* ---- the entries of cases, in one walk ---- */

static int by_bytes(const void *a, const void *b)
{
	return gv_str_cmp(*(const struct gv_str *)a, *(const struct gv_str *)b);
}

static int take_item(void *ctx, const struct gv_item *item)
{
	struct targets *t = ctx;
	struct gv_cmd *c = t->c;
	struct gv_str text = item->text, of_case;
	struct gv_rec rec;
	int rc = gv_cmd_unseal(c, &text, item->path);

	if (!rc)
		rc = gv_json_parse(&t->doc, text, 0, &c->err);
	if (!rc)
		rc = gv_rec_of(&rec, &t->doc, gv_schema_find(GV_STR("credit")), gv_cmd_caseno(c), &c->err);
	if (rc)
		return rc;
	of_case = gv_val_getstr(rec.val, "case");
	if (!of_case.n || !bsearch(&of_case, t->wanted, t->ncases, sizeof of_case, by_bytes))
		return 0;
	rc = t->each(t->work, &rec);
	t->c->done += !rc;
	if (rc != GV_EDATA)
		return rc;
	gv_err_thing(&c->err, rec.id.key, strlen(rec.id.key));
	gv_cmd_pass_over(c, 0);
	return 0;
}

static int walk_cases(struct targets *t)
{
	struct gv_scan what = { .kind = gv_schema_find(GV_STR("credit")) };
	struct gv_store *store = gv_cmd_store(t->c);
	const char *p = t->cases.p;
	int rc;

	if (!store)
		return t->c->err.code;
	t->wanted = calloc(t->ncases, sizeof *t->wanted);
	if (!t->wanted)
		return gv_fail_nomem(&t->c->err);
	for (size_t i = 0; i < t->ncases; i++, p += strlen(p) + 1)
		t->wanted[i] = gv_str_of(p);
	qsort(t->wanted, t->ncases, sizeof *t->wanted, by_bytes);
	rc = gv_store_scan(store, &what, take_item, t, &t->c->err);
	free(t->wanted);
	return rc;
}

int credit_each_target(struct gv_cmd *c, credit_rec_fn *each, void *work)
{
	struct targets t = { .c = c, .each = each, .work = work, .cases = GV_BUF_INIT(64 * GV_MIB) };
	void *ctx = c->ctx;
	int rc;

	c->ctx = &t;
	rc = gv_cmd_each_text(c, one_text, &c->err);
	if (!rc && t.ncases)
		rc = walk_cases(&t);
	c->ctx = ctx;
	gv_buf_free(&t.cases);
	gv_doc_free(&t.doc);
	return rc < 0 ? 0 : rc;
}
