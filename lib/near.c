/* SPDX-License-Identifier: MIT */
#include "near.h"

enum {
	NEAR_MAX = 64,   /* bytes of a word; longer ones are near nothing */
	PREFIX_MIN = 3   /* bytes that say which word was cut short: "out" for output */
};

struct gv_near gv_near_start(struct gv_str typed)
{
	/* A third of the letters may differ: more is another word. */
	return (struct gv_near){ .typed = typed, .distance = (typed.n + 1) / 3 + 1 };
}

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* Edits between two words; two letters that changed places are one. */
static size_t edits(struct gv_str a, struct gv_str b)
{
	size_t rows[3][NEAR_MAX + 1];
	size_t *before = rows[0], *last = rows[1], *now = rows[2];

	for (size_t j = 0; j <= b.n; j++)
		last[j] = j;
	for (size_t i = 1; i <= a.n; i++) {
		size_t *recycled = before;

		now[0] = i;
		for (size_t j = 1; j <= b.n; j++) {
			size_t d = last[j - 1] + (a.p[i - 1] != b.p[j - 1]);

			d = least(d, least(last[j], now[j - 1]) + 1);
			if (i > 1 && j > 1 && a.p[i - 1] == b.p[j - 2] && a.p[i - 2] == b.p[j - 1])
				d = least(d, before[j - 2] + 1);
			now[j] = d;
		}
		before = last;
		last = now;
		now = recycled;
	}
	return last[b.n];
}

void gv_near_try(struct gv_near *near, const char *word)
{
	struct gv_str w = gv_str_of(word);
	size_t d;

	if (near->typed.n == 0 || near->typed.n > NEAR_MAX || w.n > NEAR_MAX)
		return;
	d = near->typed.n >= PREFIX_MIN && gv_str_starts(w, near->typed) ? least(1, w.n - near->typed.n)
	                                                                : edits(near->typed, w);
	if (d < near->distance) {
		near->distance = d;
		near->best = word;
	}
}
