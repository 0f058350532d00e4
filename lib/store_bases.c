/* SPDX-License-Identifier: MIT */
/*
 * The best common ancestors of two lines of history, as git merge-base --all finds them: both lines are painted, newest
 * commit first; where the colours meet is a candidate, and what lies behind it is stale.  Once only stale commits wait,
 * nothing better can come.  Clocks that were wrong leave candidates that lie behind others: these are sorted out.
 */
#include <stdlib.h>

#include "i18n.h"
#include "ids.h"
#include "store_merge.h"

enum { OURS = 1, THEIRS = 2, BOTH = OURS | THEIRS, STALE = 4, RESULT = 8, QUEUED = 16 };

struct node {
	int64_t time;
	uint32_t parents, nparents;  /* in the pool */
	uint8_t flags;
};

struct paint {
	struct gv_store *s;
	struct gv_ids ids;           /* of the nodes */
	struct node *nodes;
	struct gv_oid *pool;         /* parents of all nodes */
	uint32_t *heap;              /* waiting nodes, the newest on top */
	uint32_t n, room, npool, pool_room, nheap;
	uint32_t fresh;              /* waiting nodes that are not stale */
	struct gv_object obj;
	struct gv_err *err;
};

/* ---- commits ---- */

/* Room for one more node, and for it in the queue. */
static bool grow(struct paint *p)
{
	uint32_t room = p->room ? 2 * p->room : 64;
	struct node *nodes;
	uint32_t *heap;

	if (p->n < p->room)
		return true;
	nodes = reallocarray(p->nodes, room, sizeof *nodes);
	if (!nodes)
		return false;
	p->nodes = nodes;
	heap = reallocarray(p->heap, room, sizeof *heap);
	if (!heap)
		return false;
	p->heap = heap;
	p->room = room;
	return true;
}

static bool add_parent(struct paint *p, const struct gv_oid *id)
{
	if (p->npool == p->pool_room) {
		uint32_t room = p->pool_room ? 2 * p->pool_room : 64;
		struct gv_oid *pool = reallocarray(p->pool, room, sizeof *pool);

		if (!pool)
			return false;
		p->pool = pool;
		p->pool_room = room;
	}
	p->pool[p->npool++] = *id;
	return true;
}

/* gv_commit keeps two parents; a commit that joins more lines has them in its text, behind "tree ID". */
static bool add_parents(struct paint *p, struct gv_str text)
{
	enum { TREE = sizeof "tree \n" - 1 + GV_HEX, WORD = sizeof "parent " - 1, LINE = WORD + GV_HEX + 1 };
	struct gv_oid id;

	for (size_t at = TREE; at + LINE <= text.n && memcmp(text.p + at, "parent ", WORD) == 0; at += LINE)
		if (gv_oid_read(&id, (struct gv_str){ text.p + at + WORD, GV_HEX }) && !add_parent(p, &id))
			return false;
	return true;
}

static int get(struct paint *p, const struct gv_oid *id, uint32_t *out)
{
	struct gv_commit c;
	uint32_t first = p->npool;
	int rc;

	if (!grow(p))
		return gv_fail_nomem(p->err);
	*out = gv_ids_find(&p->ids, id);
	if (*out != GV_IDS_NONE)
		return 0;
	rc = gv_commit_read(p->s, id, &p->obj, &c, p->err);
	if (rc)
		return rc;
	if (!add_parents(p, p->obj.data))
		return gv_fail_nomem(p->err);
	rc = gv_ids_add(&p->ids, id, NULL, p->err);
	if (rc)
		return rc;
	*out = p->n++;
	p->nodes[*out] = (struct node){ .time = c.time, .parents = first, .nparents = p->npool - first };
	return 0;
}

/* ---- the queue ---- */

static bool is_before(const struct paint *p, uint32_t a, uint32_t b)
{
	return p->nodes[a].time > p->nodes[b].time;
}

/* grow() made room for as many as there are nodes. */
static void push(struct paint *p, uint32_t x)
{
	uint32_t at;

	if (!p->heap || !p->nodes)
		return;
	at = p->nheap++;
	p->nodes[x].flags |= QUEUED;
	p->fresh += !(p->nodes[x].flags & STALE);
	for (; at && is_before(p, x, p->heap[(at - 1) / 2]); at = (at - 1) / 2)
		p->heap[at] = p->heap[(at - 1) / 2];
	p->heap[at] = x;
}

static uint32_t pop(struct paint *p)
{
	uint32_t top = p->heap[0], x = p->heap[--p->nheap], at = 0, child;

	while ((child = 2 * at + 1) < p->nheap) {
		if (child + 1 < p->nheap && is_before(p, p->heap[child + 1], p->heap[child]))
			child++;
		if (!is_before(p, p->heap[child], x))
			break;
		p->heap[at] = p->heap[child];
		at = child;
	}
	p->heap[at] = x;
	p->nodes[top].flags &= (uint8_t)~QUEUED;
	p->fresh -= !(p->nodes[top].flags & STALE);
	return top;
}

/* ---- painting ---- */

static void colour(struct paint *p, uint32_t x, unsigned flags)
{
	struct node *n = p->nodes ? &p->nodes[x] : NULL;
	unsigned had = n ? n->flags : flags;

	if (!n || (had & flags) == flags)
		return;
	n->flags = (uint8_t)(had | flags);
	if (!(had & QUEUED))
		push(p, x);
	else if (!(had & STALE) && (flags & STALE))
		p->fresh--;
}

static int colour_id(struct paint *p, const struct gv_oid *id, unsigned flags)
{
	uint32_t x = 0;
	int rc = get(p, id, &x);

	if (!rc)
		colour(p, x, flags);
	return rc;
}

static void wash(struct paint *p)
{
	p->nheap = p->fresh = 0;
	for (uint32_t i = 0; i < p->n; i++)
		p->nodes[i].flags = 0;
}

static int paint(struct paint *p)
{
	int rc = 0;

	while (!rc && p->fresh) {
		struct node *n = &p->nodes[pop(p)];
		unsigned flags = n->flags & (BOTH | STALE);
		uint32_t first = n->parents, end = first + n->nparents;

		if (flags == BOTH) {
			n->flags |= RESULT;
			flags |= STALE;
		}
		for (uint32_t i = first; !rc && i < end; i++) {
			struct gv_oid parent = p->pool[i]; /* the pool may move */

			rc = colour_id(p, &parent, flags);
		}
	}
	return rc;
}

/* ---- candidates ---- */

static int collect(struct paint *p, struct gv_oid **out, size_t *n)
{
	*n = 0;
	for (uint32_t i = 0; i < p->n; i++)
		*n += (p->nodes[i].flags & (RESULT | STALE)) == RESULT;
	*out = calloc(*n + 1, sizeof **out);
	if (!*out)
		return gv_fail_nomem(p->err);
	*n = 0;
	for (uint32_t i = 0; i < p->n; i++)
		if ((p->nodes[i].flags & (RESULT | STALE)) == RESULT)
			(*out)[(*n)++] = p->ids.list[i];
	return 0;
}

/* Out with what another candidate descends from. */
static int sort_out(struct paint *p, struct gv_oid *list, size_t *n)
{
	int rc = 0;

	for (size_t i = 0; !rc && list && *n > 1 && i < *n;) {
		uint32_t x = 0;

		wash(p);
		rc = get(p, &list[i], &x);
		if (!rc)
			colour(p, x, OURS);
		for (size_t k = 0; !rc && k < *n; k++)
			rc = k == i ? 0 : colour_id(p, &list[k], THEIRS);
		if (!rc)
			rc = paint(p);
		if (!rc && (p->nodes[x].flags & THEIRS))
			memmove(&list[i], &list[i + 1], (--*n - i) * sizeof *list);
		else
			i++;
	}
	return rc;
}

int gv_store_bases(struct gv_store *s, const struct gv_oid *ours, size_t nours, const struct gv_oid *theirs,
                   struct gv_oid **out, size_t *n, struct gv_err *err)
{
	struct paint p = { .s = s, .obj = GV_OBJECT_INIT, .err = err };
	int rc = colour_id(&p, theirs, THEIRS);

	*out = NULL;
	*n = 0;
	for (size_t i = 0; !rc && i < nours; i++)
		rc = colour_id(&p, &ours[i], OURS);
	if (!rc)
		rc = paint(&p);
	if (!rc)
		rc = collect(&p, out, n);
	if (!rc)
		rc = sort_out(&p, *out, n);
	if (rc) {
		free(*out);
		*out = NULL;
	}
	free(p.nodes);
	free(p.pool);
	gv_ids_free(&p.ids);
	free(p.heap);
	gv_object_free(&p.obj);
	return rc;
}
