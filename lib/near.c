/* SPDX-License-Identifier: MIT */
#include "near.h"

#include "utf8.h"

enum {
	NEAR_MAX = 64,   /* letters of a word; longer ones are near nothing */
	PREFIX_MIN = 3   /* letters that say which word was cut short: "out" for output */
};

struct word {
	int32_t letters[NEAR_MAX];
	size_t n;
};

/* An ideograph is a letter.  False if there are too many. */
static bool spell(struct word *w, struct gv_str s)
{
	size_t pos = 0;
	int32_t cp;

	w->n = 0;
	while ((cp = gv_utf8_next(s, &pos)) >= 0) {
		if (w->n == NEAR_MAX)
			return false;
		w->letters[w->n++] = cp;
	}
	return true;
}

struct gv_near gv_near_start(struct gv_str typed)
{
	struct word w;

	/* A third of the letters may differ: more is another word. */
	return (struct gv_near){ .typed = typed, .distance = spell(&w, typed) ? (w.n + 1) / 3 + 1 : 0 };
}

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* Edits between two words; two letters that changed places are one. */
static size_t edits(const struct word *a, const struct word *b)
{
	size_t rows[3][NEAR_MAX + 1];
	size_t *before = rows[0], *last = rows[1], *now = rows[2];

	for (size_t j = 0; j <= b->n; j++)
		last[j] = j;
	for (size_t i = 1; i <= a->n; i++) {
		size_t *recycled = before;

		now[0] = i;
		for (size_t j = 1; j <= b->n; j++) {
			size_t d = last[j - 1] + (a->letters[i - 1] != b->letters[j - 1]);

			d = least(d, least(last[j], now[j - 1]) + 1);
			if (i > 1 && j > 1 && a->letters[i - 1] == b->letters[j - 2] && a->letters[i - 2] == b->letters[j - 1])
				d = least(d, before[j - 2] + 1);
			now[j] = d;
		}
		before = last;
		last = now;
		now = recycled;
	}
	return last[b->n];
}

void gv_near_try(struct gv_near *near, const char *known)
{
	struct gv_str whole = gv_str_of(known);
	struct word typed, word;
	size_t d;

	if (near->typed.n == 0 || near->distance == 0 || !spell(&typed, near->typed) || !spell(&word, whole))
		return;
	if (typed.n >= PREFIX_MIN && gv_str_starts(whole, near->typed))
		d = least(1, word.n - typed.n);
	else
		d = edits(&typed, &word);
	if (d < near->distance) {
		near->distance = d;
		near->best = known;
	}
}
