/* SPDX-License-Identifier: MIT */
#include "labels.h"

#include <search.h>
#include <stdlib.h>

struct given {
	struct gv_str kase;
	struct gv_val labels;
	size_t n;              /* members that had one */
};

struct gv_labels {
	struct gv_doc doc;     /* entries and what they hold */
	void *tree;
};

static int by_case(const void *x, const void *y)
{
	const struct given *a = x, *b = y;

	return gv_str_cmp(a->kase, b->kase);
}

int gv_labels_new(struct gv_labels **out, struct gv_err *err)
{
	*out = calloc(1, sizeof **out);
	return *out ? 0 : gv_fail_nomem(err);
}

static void keep_node(void *node)
{
	(void)node;  /* it lies in the arena */
}

void gv_labels_free(struct gv_labels *l)
{
	if (!l)
		return;
	tdestroy(l->tree, keep_node);
	gv_doc_free(&l->doc);
	free(l);
}

static struct given *find(const struct gv_labels *l, struct gv_str kase)
{
	struct given key = { .kase = kase };
	void *found = tfind(&key, &l->tree, by_case);

	return found ? *(struct given **)found : NULL;
}

const struct gv_val *gv_labels_of(const struct gv_labels *l, struct gv_str kase)
{
	const struct given *e = find(l, kase);

	return e ? &e->labels : NULL;
}

static size_t count(const struct gv_redacted *redacted)
{
	size_t n = 0;

	for (size_t i = 0; i < redacted->cast->n; i++)
		n += redacted->cast->list[i].label.n > 0;
	return n;
}

int gv_labels_keep(struct gv_labels *l, struct gv_str kase, const struct gv_redacted *redacted, struct gv_err *err)
{
	struct given *e = find(l, kase);
	size_t n = count(redacted);

	if (n == 0 || (e && e->n >= n))
		return 0;
	if (!e) {
		e = gv_arena_alloc(&l->doc.arena, sizeof *e);
		if (!e)
			return gv_fail_nomem(err);
		e->kase = gv_arena_copy(&l->doc.arena, kase);
		if (!e->kase.p || !tsearch(e, &l->tree, by_case))
			return gv_fail_nomem(err);
	}
	e->n = n;
	return gv_redacted_labels(&l->doc, &e->labels, redacted, err);
}
