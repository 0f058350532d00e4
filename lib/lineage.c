/* SPDX-License-Identifier: MIT */
/*
 * From the tip and from the baseline at once, by time, so that a short way costs little however long the history is.
 * Times only order the work: a commit whose clock was wrong may be listed although the baseline has it, never left out
 * although it has not.
 */
#include "lineage.h"

#include <stdlib.h>

#include "i18n.h"
#include "ids.h"
#include "odb.h"

struct node {
	int64_t time;
	uint32_t parent[2];
	bool old;            /* the baseline has it */
	bool read;
};

struct gv_lineage {
	struct gv_ids ids;   /* of the nodes */
	struct node *nodes;  /* in order of being met */
	uint32_t n, room;
	uint32_t *order;     /* nodes that are listed, the oldest first */
	uint32_t *place;     /* the inverse */
	uint32_t count;
	bool met;
};

struct reading {
	struct gv_lineage *l;
	struct gv_store *store;
	struct gv_object obj;
	uint32_t *heap;      /* nodes to read, the newest first */
	uint32_t n, room;
	uint32_t young;      /* of them not old */
	uint32_t from;       /* its node, GV_LINE_NONE without one */
	int (*look)(void *ctx, const struct gv_commit *c);
	void *ctx;
	struct gv_err *err;
};

enum { NODES_MAX = UINT32_MAX / 2 };

/* ---- nodes by id ---- */

static int grow(struct gv_lineage *l, struct gv_err *err)
{
	uint32_t room = l->room ? 2 * l->room : 256;
	struct node *nodes;

	if (l->room > NODES_MAX / 2)
		return gv_fail(err, GV_EDATA, "%s", _("more commits than can be counted"));
	nodes = reallocarray(l->nodes, room, sizeof *nodes);
	if (!nodes)
		return gv_fail_nomem(err);
	l->nodes = nodes;
	l->room = room;
	return 0;
}

/* The node of an id, made if it is new. */
static int node_of(struct gv_lineage *l, const struct gv_oid *id, uint32_t *out, bool *is_new, struct gv_err *err)
{
	int rc = l->n == l->room ? grow(l, err) : 0;

	if (!rc)
		rc = gv_ids_add(&l->ids, id, is_new, err);
	if (rc)
		return rc;
	if (*is_new)
		l->nodes[l->n++] = (struct node){ .parent = { GV_LINE_NONE, GV_LINE_NONE } };
	*out = gv_ids_find(&l->ids, id);
	return 0;
}

/* ---- what is to be read, newest first ---- */

static bool is_newer(const struct reading *r, uint32_t a, uint32_t b)
{
	const struct node *x = &r->l->nodes[r->heap[a]], *y = &r->l->nodes[r->heap[b]];

	return x->time != y->time ? x->time > y->time : r->heap[a] < r->heap[b];
}

static void swap(struct reading *r, uint32_t a, uint32_t b)
{
	uint32_t x = r->heap[a];

	r->heap[a] = r->heap[b];
	r->heap[b] = x;
}

static int push(struct reading *r, uint32_t node)
{
	uint32_t at = r->n;

	if (r->n == r->room) {
		uint32_t room = r->room ? 2 * r->room : 64, *heap = reallocarray(r->heap, room, sizeof *heap);

		if (!heap)
			return gv_fail_nomem(r->err);
		r->heap = heap;
		r->room = room;
	}
	r->heap[r->n++] = node;
	r->young += !r->l->nodes[node].old;
	for (; at && is_newer(r, at, (at - 1) / 2); at = (at - 1) / 2)
		swap(r, at, (at - 1) / 2);
	return 0;
}

static uint32_t pop(struct reading *r)
{
	uint32_t top = r->heap[0], at = 0, child;

	r->heap[0] = r->heap[--r->n];
	while ((child = 2 * at + 1) < r->n) {
		if (child + 1 < r->n && is_newer(r, child + 1, child))
			child++;
		if (!is_newer(r, child, at))
			break;
		swap(r, at, child);
		at = child;
	}
	r->young -= !r->l->nodes[top].old;
	return top;
}

/* ---- reading ---- */

/* History may end here by intent: `child` is where a shallow clone was cut. */
static int read_node(struct reading *r, const struct gv_oid *child, uint32_t node, struct gv_commit *c, bool *there)
{
	struct gv_oid id = r->l->ids.list[node];
	int rc = gv_commit_read(r->store, &id, &r->obj, c, r->err);

	*there = rc == 0;
	if (rc != GV_EINTEGRITY || !child || !gv_store_is_shallow(r->store, child))
		return rc;
	gv_err_clear(r->err);
	return 0;
}

/* What the baseline has, its ancestors have, too: those that were met already as well.  The second parents of those are
 * read once more rather than followed from here: a history could be made that is deeper than our stack. */
static int mark_old(struct reading *r, uint32_t node)
{
	struct node *n = &r->l->nodes[node];
	int rc = 0;

	while (!n->old && !rc) {
		n->old = true;
		if (!n->read)
			r->young--; /* it is in the heap */
		if (n->parent[1] != GV_LINE_NONE)
			rc = push(r, (uint32_t)(n - r->l->nodes));
		if (n->parent[0] == GV_LINE_NONE)
			break;
		n = &r->l->nodes[n->parent[0]];
	}
	return rc;
}

static int meet(struct reading *r, uint32_t child, unsigned which, const struct gv_oid *id)
{
	struct gv_lineage *l = r->l;
	struct gv_commit c;
	bool is_new, there;
	uint32_t node;
	int rc = node_of(l, id, &node, &is_new, r->err);

	if (rc)
		return rc;
	if (which < 2)
		l->nodes[child].parent[which] = node;
	l->met = l->met || (node == r->from && !l->nodes[child].old);
	if (!is_new)
		return l->nodes[child].old ? mark_old(r, node) : 0;
	rc = read_node(r, &l->ids.list[child], node, &c, &there);
	if (rc)
		return rc;
	l->nodes[node].old = l->nodes[child].old;
	if (!there) {
		l->nodes[child].parent[which] = GV_LINE_NONE;
		l->nodes[node].read = l->nodes[node].old = true; /* never listed */
		return 0;
	}
	l->nodes[node].time = c.time;
	return push(r, node);
}

static int read_parents(struct reading *r, uint32_t node)
{
	char hex[GV_HEX + 1];
	struct gv_commit c;
	bool there;
	int rc = read_node(r, NULL, node, &c, &there);

	r->l->nodes[node].read = true;
	if (rc)
		return rc;
	if (c.parents > 2) {
		gv_oid_hex(&c.id, hex);
		return gv_fail(r->err, GV_EDATA, _("commit %.10s joins %u lines of history at once: join two at a time"), hex,
		               c.parents);
	}
	if (r->look && !r->l->nodes[node].old)
		rc = r->look(r->ctx, &c);
	for (unsigned i = 0; i < c.parents && !rc; i++)
		rc = meet(r, node, i, &c.parent[i]);
	return rc;
}

static int begin(struct reading *r, const struct gv_oid *id, bool old, uint32_t *node)
{
	struct gv_commit c;
	bool is_new, there;
	int rc = node_of(r->l, id, node, &is_new, r->err);

	if (rc || !is_new)
		return rc;
	rc = read_node(r, NULL, *node, &c, &there);
	if (rc)
		return rc;
	r->l->nodes[*node].old = old;
	r->l->nodes[*node].time = c.time;
	return push(r, *node);
}

static int read_all(struct reading *r, const struct gv_oid *from, const struct gv_oid *tip)
{
	uint32_t node;
	int rc = 0;

	r->l->met = gv_oid_is_zero(from) || gv_oid_eq(from, tip);
	if (!gv_oid_is_zero(from))
		rc = begin(r, from, true, &r->from);
	if (!rc)
		rc = begin(r, tip, false, &node);
	while (!rc && r->young)
		rc = read_parents(r, pop(r));
	return rc;
}

/* ---- parents before children ---- */

static int sort(struct gv_lineage *l, const struct gv_oid *tip, struct gv_err *err)
{
	uint32_t *stack = calloc((size_t)l->n + 1, sizeof *stack), n = 0;

	l->order = calloc((size_t)l->n + 1, sizeof *l->order);
	l->place = malloc(((size_t)l->n + 1) * sizeof *l->place);
	if (!stack || !l->order || !l->place) {
		free(stack);
		return gv_fail_nomem(err);
	}
	memset(l->place, 0xFF, ((size_t)l->n + 1) * sizeof *l->place);
	stack[n++] = gv_ids_find(&l->ids, tip);
	while (n) {
		const struct node *x = &l->nodes[stack[n - 1]];
		uint32_t next = GV_LINE_NONE;

		for (unsigned i = 0; i < 2 && next == GV_LINE_NONE; i++)
			if (x->parent[i] != GV_LINE_NONE && !l->nodes[x->parent[i]].old &&
			    l->place[x->parent[i]] == GV_LINE_NONE)
				next = x->parent[i];
		if (next != GV_LINE_NONE) {
			stack[n++] = next; /* a commit cannot be its own ancestor: no loops */
			continue;
		}
		n--;
		if (!x->old && l->place[x - l->nodes] == GV_LINE_NONE) {
			l->place[x - l->nodes] = l->count;
			l->order[l->count++] = (uint32_t)(x - l->nodes);
		}
	}
	free(stack);
	return 0;
}

int gv_lineage_read(struct gv_lineage **out, struct gv_store *s, const struct gv_oid *from, const struct gv_oid *tip,
                    int (*look)(void *ctx, const struct gv_commit *c), void *ctx, struct gv_err *err)
{
	struct gv_lineage *l = calloc(1, sizeof *l);
	struct reading r = {
		.l = l, .store = s, .obj = GV_OBJECT_INIT, .from = GV_LINE_NONE, .look = look, .ctx = ctx, .err = err
	};
	int rc;

	*out = NULL;
	if (!l)
		return gv_fail_nomem(err);
	rc = read_all(&r, from, tip);
	if (!rc)
		rc = sort(l, tip, err);
	free(r.heap);
	gv_object_free(&r.obj);
	if (rc)
		gv_lineage_free(l);
	else
		*out = l;
	return rc;
}

void gv_lineage_free(struct gv_lineage *l)
{
	if (!l)
		return;
	free(l->nodes);
	gv_ids_free(&l->ids);
	free(l->order);
	free(l->place);
	free(l);
}

bool gv_lineage_met(const struct gv_lineage *l)
{
	return l->met;
}

uint32_t gv_lineage_count(const struct gv_lineage *l)
{
	return l->count;
}

const struct gv_oid *gv_lineage_at(const struct gv_lineage *l, uint32_t pos)
{
	return &l->ids.list[l->order[pos]];
}

uint32_t gv_lineage_parent(const struct gv_lineage *l, uint32_t pos, unsigned which)
{
	uint32_t node = l->nodes[l->order[pos]].parent[which];

	return node == GV_LINE_NONE ? GV_LINE_NONE : l->place[node];
}

bool gv_lineage_joins(const struct gv_lineage *l, uint32_t pos)
{
	return l->nodes[l->order[pos]].parent[1] != GV_LINE_NONE;
}

uint32_t gv_lineage_find(const struct gv_lineage *l, const struct gv_oid *id)
{
	uint32_t node = gv_ids_find(&l->ids, id);

	return node != GV_IDS_NONE ? l->place[node] : GV_LINE_NONE;
}
