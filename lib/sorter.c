/* SPDX-License-Identifier: MIT */
#include "sorter.h"

#include <stdlib.h>

#include "arena.h"
#include "err.h"

enum {
	SMALL = 12,      /* so few are sorted by insertion */
	ROOM_FIRST = 16
};

struct head { uint32_t key, payload; };

/* A record in memory: a head, the key, the payload. */
struct item {
	uint64_t prefix;  /* of the key */
	const char *at;
};

struct gv_sorter {
	size_t budget;
	struct gv_arena arena;
	struct item *items;            /* room for half as many more behind them: merging needs it */
	size_t n, room;
	struct gv_runs *runs;          /* NULL as long as all has room */
	struct gv_runs_reader *reader;
	size_t next;                   /* item, where there is no reader */
};

int gv_sorter_new(struct gv_sorter **out, size_t budget, struct gv_err *err)
{
	*out = calloc(1, sizeof **out);
	if (!*out)
		return gv_fail_nomem(err);
	(*out)->budget = budget;
	return 0;
}

static void drop_memory(struct gv_sorter *s)
{
	gv_arena_free(&s->arena);
	free(s->items);
	s->items = NULL;
	s->n = s->room = 0;
}

void gv_sorter_free(struct gv_sorter *s)
{
	if (!s)
		return;
	gv_runs_reader_close(s->reader);
	gv_runs_free(s->runs);
	drop_memory(s);
	free(s);
}

/* ---- sorting what is in memory ---- */

static void look(const struct item *item, struct gv_str *key, struct gv_str *payload)
{
	struct head head;

	memcpy(&head, item->at, sizeof head);
	*key = (struct gv_str){ item->at + sizeof head, head.key };
	*payload = (struct gv_str){ key->p + head.key, head.payload };
}

static bool above(const struct item *a, const struct item *b)
{
	struct gv_str x, y, ignored;

	if (a->prefix != b->prefix)
		return a->prefix > b->prefix;
	look(a, &x, &ignored);
	look(b, &y, &ignored);
	return gv_str_cmp(x, y) > 0;
}

static void insert(struct item *v, size_t n)
{
	for (size_t i = 1; i < n; i++) {
		struct item one = v[i];
		size_t k = i;

		for (; k && above(&v[k - 1], &one); k--)
			v[k] = v[k - 1];
		v[k] = one;
	}
}

/* Stable, as qsort() is not, and quick where the order is right.  `spare` has room for n / 2. */
static void sort(struct item *v, size_t n, struct item *spare)
{
	size_t half = n / 2, left = 0, right = half, to = 0;

	if (n <= SMALL) {
		insert(v, n);
		return;
	}
	sort(v, half, spare);
	sort(v + half, n - half, spare);
	if (!above(&v[half - 1], &v[half]))
		return;
	memcpy(spare, v, half * sizeof *v);
	while (left < half && right < n)
		v[to++] = above(&spare[left], &v[right]) ? v[right++] : spare[left++];
	memcpy(v + to, spare + left, (half - left) * sizeof *v);
}

static void sort_all(struct gv_sorter *s)
{
	if (s->n)
		sort(s->items, s->n, s->items + s->room);
}

/* ---- adding ---- */

/* All that is in memory becomes a run. */
static int spill(struct gv_sorter *s, struct gv_err *err)
{
	struct gv_str key, payload;
	int rc = s->runs ? 0 : gv_runs_new(&s->runs, err);

	if (rc)
		return rc;
	sort_all(s);
	gv_runs_begin(s->runs);
	for (size_t i = 0; !rc && i < s->n; i++) {
		look(&s->items[i], &key, &payload);
		rc = gv_runs_put(s->runs, key, payload, err);
	}
	if (!rc)
		rc = gv_runs_end(s->runs, err);
	if (rc)
		return rc;
	s->n = 0;
	gv_arena_reset(&s->arena);
	return 0;
}

/* Of the items, with one more. */
static size_t next_room(const struct gv_sorter *s)
{
	return s->n < s->room ? s->room : s->room ? s->room * 2 : ROOM_FIRST;
}

static size_t items_size(size_t room)
{
	return (room + room / 2) * sizeof(struct item);
}

static bool grow(struct gv_sorter *s)
{
	size_t room = next_room(s);
	struct item *more = realloc(s->items, items_size(room));

	if (!more)
		return false;
	s->items = more;
	s->room = room;
	return true;
}

int gv_sorter_add(struct gv_sorter *s, struct gv_str key, struct gv_str payload,
                  struct gv_err *err)
{
	struct head head = { (uint32_t)key.n, (uint32_t)payload.n };
	size_t size = sizeof head + key.n + payload.n;
	char *p;
	int rc = gv_runs_fits(key, payload, err);

	if (!rc && s->n && s->arena.total + size + items_size(next_room(s)) > s->budget)
		rc = spill(s, err);
	if (rc)
		return rc;
	p = s->n < s->room || grow(s) ? gv_arena_bytes(&s->arena, size) : NULL;
	if (!p)
		return gv_fail_nomem(err);
	s->items[s->n++] = (struct item){ gv_runs_prefix(key), p };
	memcpy(p, &head, sizeof head);
	if (key.n)
		memcpy(p + sizeof head, key.p, key.n);
	if (payload.n)
		memcpy(p + sizeof head + key.n, payload.p, payload.n);
	return 0;
}

/* ---- reading ---- */

int gv_sorter_done(struct gv_sorter *s, struct gv_err *err)
{
	int rc;

	gv_runs_reader_close(s->reader);
	s->reader = NULL;
	s->next = 0;
	if (!s->runs) {
		sort_all(s);
		return 0;
	}
	rc = spill(s, err);
	if (rc)
		return rc;
	drop_memory(s); /* the buffers of the merge take its place */
	return gv_runs_open(&s->reader, &s->runs, 1, err);
}

int gv_sorter_next(struct gv_sorter *s, struct gv_str *key, struct gv_str *payload,
                   struct gv_err *err)
{
	if (s->reader)
		return gv_runs_next(s->reader, key, payload, err);
	*key = *payload = (struct gv_str){ 0 };
	if (s->next < s->n)
		look(&s->items[s->next++], key, payload);
	return 0;
}
