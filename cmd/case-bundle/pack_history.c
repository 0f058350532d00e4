/* SPDX-License-Identifier: MIT */
/* Every version that the records had, and who made it. */
#include <stdlib.h>
#include <string.h>

#include "pack.h"

/* ---- finding ---- */

struct walk {
	struct pack *p;
	char *prefix;            /* all records lie below it */
	size_t nth;              /* of the commit at hand, from 1 */
	size_t *touched;         /* items that it changed */
	size_t ntouched, cap;
};

static struct item *find_item(struct pack *p, struct gv_str path)
{
	size_t low = 0, high = p->n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int d = gv_str_cmp(p->items[middle].path, path);

		if (d == 0)
			return &p->items[middle];
		if (d < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

static int at_change(void *ctx, const struct gv_change *change)
{
	struct walk *w = ctx;
	struct item *item = find_item(w->p, change->path);

	if (!item)
		return 0;
	if (item->stamp != w->nth) {
		item->stamp = w->nth;
		item->hits = 0;
		if (w->ntouched == w->cap) {
			size_t cap = w->cap ? 2 * w->cap : 64, *list = reallocarray(w->touched, cap, sizeof *list);

			if (!list)
				return gv_fail_nomem(&w->p->c->err);
			w->touched = list;
			w->cap = cap;
		}
		w->touched[w->ntouched++] = (size_t)(item - w->p->items);
	}
	item->hits++;
	item->after = change->after;
	return 0;
}

static int add_version(struct walk *w, size_t item, const struct gv_oid *commit)
{
	struct pack *p = w->p;

	if (p->nversions == p->versions_cap) {
		size_t cap = p->versions_cap ? 2 * p->versions_cap : 64;
		struct version *list = reallocarray(p->versions, cap, sizeof *list);

		if (!list)
			return gv_fail_nomem(&p->c->err);
		p->versions = list;
		p->versions_cap = cap;
	}
	p->versions[p->nversions++] = (struct version){ item, w->nth, *commit, p->items[item].after };
	return 0;
}

/* A version is made where a record differs from what each parent has: else it came from that parent. */
static int at_commit(void *ctx, const struct gv_commit *commit)
{
	struct walk *w = ctx;
	struct pack *p = w->p;
	size_t parents = commit->parents > 1 ? 2 : 1;
	int rc = 0;

	w->nth++;
	w->ntouched = 0;
	for (size_t i = 0; i < parents && !rc; i++) {
		struct gv_oid before = commit->parents ? commit->parent[i] : (struct gv_oid){ 0 };

		rc = gv_store_diff(p->store, &before, &commit->id, w->prefix, at_change, w, &p->c->err);
	}
	for (size_t i = 0; i < w->ntouched && !rc; i++)
		if (p->items[w->touched[i]].hits == parents && !gv_oid_is_zero(&p->items[w->touched[i]].after))
			rc = add_version(w, w->touched[i], &commit->id);
	return rc;
}

/* The folder that holds all of them, or the one path there is. */
static char *common_prefix(const struct pack *p)
{
	struct gv_str first = p->items[0].path, last = p->items[p->n - 1].path;
	size_t n = 0;

	if (p->n == 1)
		return strndup(first.p, first.n);
	while (n < first.n && n < last.n && first.p[n] == last.p[n])
		n++;
	while (n && first.p[n - 1] != '/')
		n--;
	return strndup(first.p, n ? n - 1 : 0);
}

static int by_item(const void *a, const void *b)
{
	const struct version *x = a, *y = b;

	if (x->item != y->item)
		return x->item < y->item ? -1 : 1;
	return x->nth > y->nth ? -1 : x->nth < y->nth;
}

static int by_commit(const void *a, const void *b)
{
	const struct version *x = a, *y = b;

	if (x->nth != y->nth)
		return x->nth < y->nth ? -1 : 1;
	return x->item < y->item ? -1 : x->item > y->item;
}

int pack_find_versions(struct pack *p)
{
	struct walk w = { .p = p, .prefix = common_prefix(p) };
	struct gv_oid blob;
	int rc = w.prefix ? 0 : gv_fail_nomem(&p->c->err);

	if (!rc)
		rc = gv_store_log(p->store, gv_store_commit_id(p->store), false, at_commit, &w, &p->c->err);
	free(w.prefix);
	free(w.touched);
	if (rc || !p->nversions)
		return rc;
	qsort(p->versions, p->nversions, sizeof *p->versions, by_commit);
	for (size_t i = 0; i < p->nversions && !rc; i++)
		rc = gv_prover_want(p->prover, &p->versions[i].commit, p->items[p->versions[i].item].path,
		                    &blob, &p->c->err);
	qsort(p->versions, p->nversions, sizeof *p->versions, by_item);
	return rc;
}

/* ---- telling ---- */

enum { ONE = -2 };

static int take_row(void *ctx, const struct gv_commit *commit)
{
	struct pack *p = ctx;
	int rc = gv_commit_row(&p->doc, &p->doc.root, commit, &p->c->err);

	return rc ? rc : ONE;
}

/* A version that is no canonical JSON (other tools wrote it) is kept as text, byte for byte. */
static int add_record(struct pack *p, struct gv_str text)
{
	struct gv_doc record = GV_DOC_INIT;
	struct gv_val copy;
	struct gv_err *err = &p->c->err;
	int rc = gv_json_check_canon(text, &record, err);

	if (!rc)
		rc = gv_val_copy(&p->doc, &copy, &record.root, err);
	if (!rc)
		rc = gv_obj_set(&p->doc, &p->doc.root, GV_STR("record"), copy, err);
	else if (rc == GV_EDATA && gv_json_check_string(text, NULL) == 0) {
		gv_err_clear(err);
		rc = gv_obj_set(&p->doc, &p->doc.root, GV_STR("text"), gv_mkstr(&p->doc, text), err);
	}
	gv_doc_free(&record);
	return rc;
}

static int tell(struct pack *p, const struct version *v)
{
	struct gv_err *err = &p->c->err;
	char hex[GV_HEX + 1];
	int rc;

	gv_doc_reset(&p->doc);
	p->doc.root = gv_mkobj();
	rc = gv_store_log(p->store, &v->commit, true, take_row, p, err);
	rc = rc == ONE ? 0 : rc;
	gv_obj_del(&p->doc.root, GV_STR("email")); /* nobody's business in another court */
	gv_oid_hex(&v->blob, hex);
	if (!rc)
		rc = gv_obj_set(&p->doc, &p->doc.root, GV_STR("oid"), gv_mkstr(&p->doc, gv_str_of(hex)), err);
	if (!rc)
		rc = gv_odb_need(gv_store_odb(p->store), &v->blob, GV_OBJ_BLOB, &p->obj, err);
	if (!rc)
		rc = add_record(p, p->obj.data);
	if (rc)
		return rc;
	gv_json_line(&p->text, &p->doc.root);
	gv_buf_addc(&p->text, '\n');
	return gv_buf_check(&p->text, err);
}

int pack_history_of(struct pack *p, size_t item, size_t *at)
{
	struct gv_str path = p->items[item].path;
	struct gv_buf name = GV_BUF_INIT(4096);
	int rc = 0;

	gv_buf_reset(&p->text);
	for (; *at < p->nversions && p->versions[*at].item == item && !rc; (*at)++)
		rc = tell(p, &p->versions[*at]);
	gv_buf_add(&name, path.p, path.n - (sizeof ".json" - 1));
	gv_buf_adds(&name, ".ndjson");
	if (!rc)
		rc = gv_buf_check(&name, &p->c->err);
	if (!rc)
		rc = pack_put(p, "history/", gv_buf_str(&name), gv_buf_str(&p->text));
	gv_buf_free(&name);
	return rc;
}
