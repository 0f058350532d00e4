/* SPDX-License-Identifier: MIT */
/* index: the publications, or typical cases, of each case: a document is decided on once, and a case told once. */
#include <stdlib.h>
#include <string.h>

#include "case-publish.h"

enum { FIRST_HEADS = 1024 };
#define NONE SIZE_MAX

struct publish_index {
	struct gv_cmd *c;
	struct gv_arena names;
	struct publish_known *list;
	size_t n, cap;
	size_t *heads;             /* of chains, by a hash of the case: 2^k of them, never fewer than records */
	size_t nheads;
	struct gv_doc doc;
};

/* FNV-1a. */
static size_t hash(struct gv_str s)
{
	uint64_t h = 14695981039346656037U;

	for (size_t i = 0; i < s.n; i++)
		h = (h ^ (unsigned char)s.p[i]) * 1099511628211U;
	return (size_t)(h ^ (h >> 32));
}

/* In front of its chain: records come in the order of their numbers, and the first is looked for last. */
static void chain(struct publish_index *x, size_t i)
{
	size_t *head = &x->heads[hash(x->list[i].kase) & (x->nheads - 1)];

	x->list[i].next = *head;
	*head = i;
}

static int grow(struct publish_index *x)
{
	size_t cap = x->cap ? 2 * x->cap : FIRST_HEADS;
	struct publish_known *list = realloc(x->list, cap * sizeof *list);
	size_t *heads;

	if (!list)
		return gv_fail_nomem(&x->c->err);
	x->list = list;
	x->cap = cap;
	heads = realloc(x->heads, cap * sizeof *heads);
	if (!heads)
		return gv_fail_nomem(&x->c->err);
	x->heads = heads;
	x->nheads = cap;
	for (size_t i = 0; i < cap; i++)
		heads[i] = NONE;
	for (size_t i = 0; i < x->n; i++)
		chain(x, i);
	return 0;
}

int publish_index_add(struct publish_index *x, struct gv_str kase, struct gv_str id, struct gv_str doc_kind, struct gv_str file)
{
	struct publish_known *k;
	int rc = x->n < x->cap ? 0 : grow(x);

	if (rc)
		return rc;
	k = &x->list[x->n];
	*k = (struct publish_known){ .kase = gv_arena_copy(&x->names, kase), .id = gv_arena_copy(&x->names, id),
	                             .doc_kind = gv_arena_copy(&x->names, doc_kind), .file = gv_arena_copy(&x->names, file) };
	if (!k->kase.p || !k->id.p || !k->doc_kind.p || !k->file.p)
		return gv_fail_nomem(&x->c->err);
	chain(x, x->n++);
	return 0;
}

static int take_item(void *ctx, const struct gv_item *item)
{
	static const struct gv_str names[] = { { "case", 4 }, { "doc_kind", 8 }, { "file", 4 }, { "id", 2 } };
	static const struct gv_json_only only = { names, sizeof names / sizeof names[0] };
	struct publish_index *x = ctx;
	int rc = gv_json_parse_only(&x->doc, item->text, 0, &only, &x->c->err);
	const struct gv_val *rec = &x->doc.root;

	return rc ? rc : publish_index_add(x, gv_val_getstr(rec, "case"), gv_val_getstr(rec, "id"), gv_val_getstr(rec, "doc_kind"), gv_val_getstr(rec, "file"));
}

int publish_index_new(struct publish_index **out, struct gv_cmd *c)
{
	*out = calloc(1, sizeof **out);
	if (!*out)
		return gv_fail_nomem(&c->err);
	(*out)->c = c;
	return 0;
}

int publish_index_load(struct publish_index **out, struct gv_cmd *c, const char *kind)
{
	struct gv_scan what = { .kind = gv_schema_find(gv_str_of(kind)) };
	struct gv_store *store = gv_cmd_store(c);
	int rc = publish_index_new(out, c);

	if (rc)
		return rc;
	return store ? gv_store_scan(store, &what, take_item, *out, &c->err) : c->err.code;
}

const struct publish_known *publish_index_find(const struct publish_index *x, struct gv_str kase, struct gv_str doc_kind, struct gv_str file)
{
	const struct publish_known *found = NULL;

	if (!x->n)
		return NULL;
	for (size_t i = x->heads[hash(kase) & (x->nheads - 1)]; i != NONE; i = x->list[i].next) {
		const struct publish_known *k = &x->list[i];

		if (!gv_str_eq(k->kase, kase))
			continue;
		if (file.n && k->file.n ? gv_str_eq(k->file, file) : !doc_kind.n || gv_str_eq(k->doc_kind, doc_kind))
			found = k;
	}
	return found;
}

int publish_index_each(const struct publish_index *x, struct gv_str kase, int (*each)(void *ctx, struct gv_str id), void *ctx)
{
	int rc = 0;

	for (size_t i = x->n ? x->heads[hash(kase) & (x->nheads - 1)] : NONE; i != NONE && !rc; i = x->list[i].next)
		if (gv_str_eq(x->list[i].kase, kase))
			rc = each(ctx, x->list[i].id);
	return rc;
}

void publish_index_free(struct publish_index *x)
{
	if (!x)
		return;
	free(x->list);
	free(x->heads);
	gv_arena_free(&x->names);
	gv_doc_free(&x->doc);
	free(x);
}
