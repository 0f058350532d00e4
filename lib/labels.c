/* SPDX-License-Identifier: MIT */
#include "labels.h"

#include <search.h>
#include <stdlib.h>

#include "utf8.h"

struct given {
	struct gv_str kase;
	struct gv_val labels;
	size_t n;              /* members that had one */
};

struct gv_labels {
	struct gv_doc doc;     /* entries and what they hold */
	void *tree;
	struct gv_buf number;  /* folded, of the case that was looked for last */
};

static int by_case(const void *x, const void *y)
{
	const struct given *a = x, *b = y;

	return gv_str_cmp(a->kase, b->kase);
}

int gv_labels_new(struct gv_labels **out, struct gv_err *err)
{
	*out = calloc(1, sizeof **out);
	if (!*out)
		return gv_fail_nomem(err);
	gv_buf_init(&(*out)->number, 65536);
	return 0;
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
	gv_buf_free(&l->number);
	free(l);
}

/* （2024）沪0114民初1号 and (2024)沪0114民初1号 are one case. */
static struct given *find(struct gv_labels *l, struct gv_str kase)
{
	struct given key = { 0 };
	void *found;

	gv_buf_reset(&l->number);
	for (size_t at = 0; at < kase.n;) {
		int32_t cp = gv_fold_cp(gv_utf8_next(kase, &at));
		char bytes[4];

		if (cp > 0)
			gv_buf_add(&l->number, bytes, gv_utf8_put(bytes, cp));
	}
	key.kase = gv_buf_str(&l->number);
	found = tfind(&key, &l->tree, by_case);
	return found ? *(struct given **)found : NULL;
}

const struct gv_val *gv_labels_of(struct gv_labels *l, struct gv_str kase)
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
		e->kase = gv_arena_copy(&l->doc.arena, gv_buf_str(&l->number));
		if (!e->kase.p || !tsearch(e, &l->tree, by_case))
			return gv_fail_nomem(err);
	}
	e->n = n;
	return gv_redacted_labels(&l->doc, &e->labels, redacted, err);
}
