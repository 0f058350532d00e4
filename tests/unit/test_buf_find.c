/* SPDX-License-Identifier: MIT */
/* gv_str_find() against memmem(3), on texts in which nearly everything is nearly found. */
#include "unit.h"

static uint64_t seed = 7;

static unsigned pick(unsigned n)
{
	seed = seed * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)(seed >> 33) % n;
}

/* Of its very length: a byte too far is an error under the sanitizer. */
static char *random_text(size_t n)
{
	char *p = malloc(n ? n : 1);

	for (size_t i = 0; i < n; i++)
		p[i] = "ab\"\n"[pick(4)];
	return p;
}

static void like_memmem(void)
{
	size_t found = 0;

	for (int round = 0; round < 20000; round++) {
		size_t n = pick(120), k = 1 + pick(8);
		char *text = random_text(n), *what = random_text(k);
		const char *got, *want = memmem(text, n, what, k);

		if (n >= k && pick(2)) { /* at the very end, too */
			memcpy(text + n - k, what, k);
			want = memmem(text, n, what, k);
		}
		got = gv_str_find((struct gv_str){ text, n }, (struct gv_str){ what, k });
		CHECK(got == want);
		found += got != NULL;
		free(text);
		free(what);
	}
	CHECK(found > 5000 && found < 19000);
	CHECK(!gv_str_find((struct gv_str){ 0 }, GV_STR("a")));
}

UNIT_MAIN("buf_find", { "as memmem does", like_memmem })
