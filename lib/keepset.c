/* SPDX-License-Identifier: MIT */
#include "keepset.h"

#include <stdlib.h>
#include <string.h>

struct search {
	struct gv_keep *things;
	size_t n;
	int64_t need;                     /* to be covered by what does not stay anyway */
	size_t count[GV_KEEP_EFFECTS];    /* of each effect, how many are still to be chosen */
	const struct gv_keep **by_worth;  /* things that are to be chosen from, the most first */
	size_t nchoice;
	bool *now, *best;
	int64_t best_sum;                 /* what is worth as much or more is no better */
	size_t steps;                     /* things looked at */
};

/* All are of one array: the one that comes first there first. */
static int by_most(const void *a, const void *b)
{
	const struct gv_keep *x = *(const struct gv_keep *const *)a, *y = *(const struct gv_keep *const *)b;

	if (x->least != y->least)
		return x->least < y->least ? 1 : -1;
	return (x > y) - (x < y);
}

/* Saturated: what is enough is enough. */
static int64_t add(int64_t a, int64_t b)
{
	return a > INT64_MAX - b ? INT64_MAX : a + b;
}

/* The most that so many of each effect bring. */
static int64_t most(const struct search *s, const size_t count[])
{
	size_t left[GV_KEEP_EFFECTS];
	int64_t sum = 0;

	memcpy(left, count, sizeof left);
	for (size_t i = 0; i < s->nchoice; i++) {
		const struct gv_keep *t = s->by_worth[i];

		if (left[t->effect]) {
			left[t->effect]--;
			sum = add(sum, t->least);
		}
	}
	return sum;
}

/* As few as possible of the greatest effect, then of the next: nobody can do with fewer, as the most of each are counted. */
static void choose_counts(struct search *s)
{
	for (int e = GV_KEEP_EFFECTS; e-- > 0;) {
		size_t all = s->count[e];

		for (s->count[e] = 0; s->count[e] < all && most(s, s->count) < s->need;)
			s->count[e]++;
	}
}

/* What those from `at` on can bring at least and at most, if the counts are to be reached. */
static void bounds(const struct search *s, size_t at, int64_t *low, int64_t *high)
{
	size_t left[GV_KEEP_EFFECTS];

	*low = *high = 0;
	memcpy(left, s->count, sizeof left);
	for (size_t i = 0; i < s->nchoice; i++) {
		const struct gv_keep *t = s->by_worth[i];

		if (t >= s->things + at && left[t->effect]) {
			left[t->effect]--;
			*high = add(*high, t->least);
		}
	}
	memcpy(left, s->count, sizeof left);
	for (size_t i = s->nchoice; i-- > 0;) {
		const struct gv_keep *t = s->by_worth[i];

		if (t >= s->things + at && left[t->effect]) {
			left[t->effect]--;
			*low = add(*low, t->least);
		}
	}
}

static size_t behind(const struct search *s, size_t at, int effect)
{
	size_t n = 0;

	for (size_t i = at; i < s->n; i++)
		n += !s->things[i].always && s->things[i].effect == effect;
	return n;
}

/* In the order given, with a thing before without it: of several sets that are worth the same the first is found first. */
static void search(struct search *s, size_t at, int64_t sum)
{
	int64_t low, high;
	int e;

	while (at < s->n && s->things[at].always)
		at++;
	bounds(s, at, &low, &high);
	if (s->steps >= GV_KEEP_STEPS || add(sum, high) < s->need || add(sum, low) >= s->best_sum)
		return;
	s->steps += s->nchoice + 1;
	if (at == s->n) {
		s->best_sum = sum;
		memcpy(s->best, s->now, s->n * sizeof *s->now);
		return;
	}
	e = s->things[at].effect;
	if (s->count[e]) {
		s->count[e]--;
		s->now[at] = true;
		search(s, at + 1, add(sum, s->things[at].least));
		s->now[at] = false;
		s->count[e]++;
	}
	if (behind(s, at + 1, e) >= s->count[e])
		search(s, at + 1, sum);
}

static int prepare(struct search *s, int64_t claim, struct gv_err *err)
{
	s->by_worth = malloc((s->n + 1) * sizeof *s->by_worth);
	s->now = calloc(s->n + 1, sizeof *s->now);
	s->best = calloc(s->n + 1, sizeof *s->best);
	if (!s->by_worth || !s->now || !s->best)
		return gv_fail_nomem(err);
	s->need = claim;
	for (size_t i = 0; i < s->n; i++) {
		if (s->things[i].always) {
			s->need = s->need > s->things[i].least ? s->need - s->things[i].least : 0;
		} else {
			s->by_worth[s->nchoice++] = &s->things[i];
			s->count[s->things[i].effect]++;
		}
	}
	qsort(s->by_worth, s->nchoice, sizeof *s->by_worth, by_most);
	return 0;
}

/* The most of each effect: what the search must better, or find as good and earlier in the order. */
static void begin(struct search *s)
{
	size_t left[GV_KEEP_EFFECTS];

	memcpy(left, s->count, sizeof left);
	for (size_t i = 0; i < s->nchoice; i++) {
		const struct gv_keep *t = s->by_worth[i];

		if (left[t->effect]) {
			left[t->effect]--;
			s->best[t - s->things] = true;
		}
	}
	s->best_sum = add(most(s, s->count), 1);
}

int gv_keep_choose(struct gv_keep *things, size_t n, int64_t claim, bool *covered, bool *exact, struct gv_err *err)
{
	struct search s = { .things = things, .n = n };
	int rc = prepare(&s, claim, err);

	*exact = true;
	*covered = !rc && most(&s, s.count) >= s.need;
	for (size_t i = 0; i < n; i++)
		things[i].kept = true;
	if (*covered) {
		choose_counts(&s);
		begin(&s);
		search(&s, 0, 0);
		*exact = s.steps < GV_KEEP_STEPS;
		for (size_t i = 0; i < n; i++)
			things[i].kept = things[i].always || s.best[i];
	}
	free(s.by_worth);
	free(s.now);
	free(s.best);
	return rc;
}
