/* SPDX-License-Identifier: MIT */
/* runs_unit: random records, and qsort() as the slow twin of runs and sorters. */
#ifndef GAVEL_RUNS_UNIT_H
#define GAVEL_RUNS_UNIT_H

#include "runs.h"
#include "unit.h"

static uint64_t seed = 7;

static inline unsigned pick(unsigned n)
{
	seed = seed * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)(seed >> 33) % n;
}

struct record {
	struct gv_str key, payload;
	size_t place;  /* tells equal keys apart */
};

static inline int by_key(const void *a, const void *b)
{
	const struct record *x = a, *y = b;
	size_t n = x->key.n < y->key.n ? x->key.n : y->key.n;

	for (size_t i = 0; i < n; i++)
		if (x->key.p[i] != y->key.p[i])
			return (unsigned char)x->key.p[i] < (unsigned char)y->key.p[i] ? -1 : 1;
	if (x->key.n != y->key.n)
		return x->key.n < y->key.n ? -1 : 1;
	return x->place < y->place ? -1 : 1;
}

static inline struct gv_str random_bytes(unsigned max)
{
	static const char few[] = { 'a', '\0', '\xff', 'b' };
	unsigned n = pick(max + 1);
	char *p = malloc(n + 1);

	for (unsigned i = 0; i < n; i++)
		p[i] = few[pick(4)];
	return (struct gv_str){ p, n };
}

/* Short keys (many are equal, many empty), longer ones with a common start, and payloads of all sizes. */
static inline struct record *random_records(size_t n)
{
	struct record *all = calloc(n + 1, sizeof *all);
	unsigned most = pick(3) ? 3 : 14, payload = pick(4) ? 12 : 9000;

	for (size_t i = 0; i < n; i++)
		all[i] = (struct record){ random_bytes(most), random_bytes(payload), i };
	return all;
}

static inline void free_records(struct record *all, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		free((void *)(uintptr_t)all[i].key.p);
		free((void *)(uintptr_t)all[i].payload.p);
	}
	free(all);
}

#endif
