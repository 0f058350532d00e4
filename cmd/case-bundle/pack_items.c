/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "conflict.h"
#include "pack.h"

/* ---- lists ---- */

static int grow(struct pack *p, void **list, size_t n, size_t *cap, size_t size)
{
	size_t more = *cap ? 2 * *cap : 64;
	void *bigger;

	if (n < *cap)
		return 0;
	bigger = reallocarray(*list, more, size);
	if (!bigger)
		return gv_fail_nomem(&p->c->err);
	*list = bigger;
	*cap = more;
	return 0;
}

static int add_text(struct pack *p, struct gv_str **list, size_t *n, size_t *cap, struct gv_str text)
{
	void *v = *list;
	int rc = grow(p, &v, *n, cap, sizeof **list);

	*list = v;
	if (rc)
		return rc;
	(*list)[*n] = gv_arena_copy(&p->arena, text);
	if (!(*list)[*n].p)
		return gv_fail_nomem(&p->c->err);
	(*n)++;
	return 0;
}

static int by_text(const void *a, const void *b)
{
	return gv_str_cmp(*(const struct gv_str *)a, *(const struct gv_str *)b);
}

static size_t sort_texts(struct gv_str *list, size_t n)
{
	size_t kept = 0;

	if (n)
		qsort(list, n, sizeof *list, by_text);
	for (size_t i = 0; i < n; i++)
		if (!kept || !gv_str_eq(list[kept - 1], list[i]))
			list[kept++] = list[i];
	return kept;
}

static int by_path(const void *a, const void *b)
{
	return gv_str_cmp(((const struct item *)a)->path, ((const struct item *)b)->path);
}

static int add_item(struct pack *p, const struct gv_id *id)
{
	struct gv_buf path = GV_BUF_INIT(4096);
	void *v = p->items;
	int rc = grow(p, &v, p->n, &p->cap, sizeof *p->items);

	p->items = v;
	if (!rc)
		rc = gv_id_path(id, &path, &p->c->err);
	if (!rc) {
		p->items[p->n] = (struct item){ .path = gv_arena_copy(&p->arena, gv_buf_str(&path)),
			                        .key = gv_arena_copy(&p->arena, gv_str_of(id->key)) };
		if (!p->items[p->n].path.p || !p->items[p->n].key.p)
			rc = gv_fail_nomem(&p->c->err);
		else
			p->n++;
	}
	gv_buf_free(&path);
	return rc;
}

/* ---- what was asked for ---- */

static int one_id(struct gv_cmd *c, struct gv_str text, size_t line)
{
	struct pack *p = c->ctx;
	struct gv_id id;
	int rc = gv_cmd_id(c, text, &id);

	if (!rc && id.schema != gv_cmd_schema(c))
		rc = gv_fail(&c->err, GV_EDATA, _("is the id of a %s: a bundle is of cases, and takes what belongs to them"),
		             id.schema->kind);
	if (!rc)
		rc = add_item(p, &id);
	if (!rc)
		rc = add_text(p, &p->cases, &p->ncases, &p->cases_cap, gv_str_of(id.key));
	if (rc == GV_EDATA) { /* half a bundle is none: not one by one */
		c->err.line = line;
		gv_cmd_name_id(c, text, &id);
	}
	return rc;
}

static bool is_asked_for(const struct pack *p, const struct gv_val *v)
{
	struct gv_str text = gv_val_str(v);

	return text.p && p->ncases && bsearch(&text, p->cases, p->ncases, sizeof *p->cases, by_text);
}

/* A record of another kind belongs to the case that it names in "case", or in "cases". */
static int look_related(void *ctx, const struct gv_item *found)
{
	struct pack *p = ctx;
	struct gv_cmd *c = p->c;
	const struct gv_val *cases;
	struct gv_rec rec;
	bool yes;
	int rc = gv_json_parse(&p->doc, found->text, 0, &c->err);

	if (rc) {
		gv_err_thing(&c->err, found->path.p, found->path.n);
		return rc;
	}
	yes = is_asked_for(p, gv_val_get(&p->doc.root, "case"));
	cases = gv_val_get(&p->doc.root, "cases");
	for (uint32_t i = 0; cases && cases->type == GV_ARRAY && i < cases->n && !yes; i++)
		yes = is_asked_for(p, &cases->items[i]);
	if (!yes)
		return 0;
	rc = gv_rec_of(&rec, &p->doc, NULL, gv_cmd_caseno(c), &c->err);
	return rc ? rc : add_item(p, &rec.id);
}

static int find_related(struct pack *p)
{
	size_t n;
	const struct gv_schema *const *all = gv_schema_all(&n);
	int rc = 0;

	for (size_t i = 0; i < n && !rc; i++)
		if (all[i]->folder && all[i]->letter)
			rc = gv_store_scan(p->store, &(struct gv_scan){ .kind = all[i] }, look_related, p,
			                   &p->c->err);
	return rc;
}

int pack_find(struct pack *p)
{
	struct gv_cmd *c = p->c;
	size_t kept = 0;
	int rc;

	c->ctx = p;
	rc = gv_cmd_each_text(c, one_id, &c->err);
	c->ctx = NULL;
	if (!rc && !p->n)
		rc = gv_fail(&c->err, GV_EUSAGE, "%s",
		             _("which cases? give their numbers, or one a line on standard input"));
	p->ncases = sort_texts(p->cases, p->ncases);
	if (!rc)
		rc = find_related(p);
	if (p->n)
		qsort(p->items, p->n, sizeof *p->items, by_path);
	for (size_t i = 0; i < p->n; i++)
		if (!kept || !gv_str_eq(p->items[kept - 1].path, p->items[i].path))
			p->items[kept++] = p->items[i];
	p->n = kept;
	return rc;
}

/* ---- what they hold ---- */

int pack_note_papers(struct pack *p, const struct item *item, struct gv_str text)
{
	static const char member[] = "\"files\": [";
	struct gv_err *err = &p->c->err;
	const struct gv_val *files;
	int rc;

	if (!memmem(text.p, text.n, member, sizeof member - 1))
		return 0;
	rc = gv_json_parse(&p->doc, text, 0, err);
	files = rc ? NULL : gv_val_get(&p->doc.root, "files");
	for (uint32_t i = 0; files && files->type == GV_ARRAY && i < files->n && !rc; i++) {
		struct gv_str hex = gv_val_getstr(&files->items[i], "sha256");

		if (hex.p)
			rc = add_text(p, &p->papers, &p->npapers, &p->papers_cap, hex);
	}
	if (rc)
		gv_err_thing(err, item->key.p, item->key.n);
	return rc;
}

/* A record in dispute has two truths; the bundle would carry one of them, and nobody could tell. */
static int check_agreed(struct pack *p, const struct item *item)
{
	struct gv_buf at = GV_BUF_INIT(4096);
	struct gv_str text;
	struct gv_oid blob;
	struct gv_err *err = &p->c->err;
	int rc;

	gv_conflict_path(&at, gv_path_kind(item->path), item->key);
	rc = gv_buf_check(&at, err);
	if (!rc)
		rc = gv_store_read(p->store, at.p, &text, &blob, err);
	if (rc == GV_ENOTFOUND) {
		gv_err_clear(err);
		rc = 0;
	} else if (!rc) {
		rc = gv_fail(err, GV_ECONFLICT, "%s", _("two sides differ about it: case-file conflicts shows, resolve decides"));
	}
	if (rc)
		gv_err_thing(err, item->key.p, item->key.n);
	gv_buf_free(&at);
	return rc;
}

int pack_look(struct pack *p)
{
	const struct gv_oid *commit = gv_store_commit_id(p->store);
	int rc = gv_prover_new(&p->prover, p->store, &p->c->err);

	for (size_t i = 0; i < p->n && !rc; i++) {
		rc = gv_prover_want(p->prover, commit, p->items[i].path, &p->items[i].blob, &p->c->err);
		if (rc == GV_ENOTFOUND)
			gv_err_thing(&p->c->err, p->items[i].key.p, p->items[i].key.n);
		if (!rc)
			rc = check_agreed(p, &p->items[i]);
	}
	return rc;
}

void pack_sort_papers(struct pack *p)
{
	p->npapers = sort_texts(p->papers, p->npapers);
}
