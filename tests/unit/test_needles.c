/* SPDX-License-Identifier: MIT */
/* Needles in one pass, beside a twin that looks for one after the other. */
#include <stdlib.h>

#include "needles.h"
#include "unit.h"

static void finds(void)
{
	static const struct { const char *needle; bool loose; uint32_t from, to; } rows[] = {
		{ "李四", false, 0, 6 }, { "13800001234", true, 9, 23 }, { "A7b", true, 24, 27 }, { "四", false, 3, 6 }, { "𠮷野", false, 28, 35 }, { "é", false, 35, 37 },
	};
	const char *text = "李四、138-0000 \n1234;a7B;𠮷野é";
	struct gv_needles s = { 0 };
	struct gv_err err = { 0 };

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		CHECK_OK(gv_needles_add(&s, gv_str_of(rows[i].needle), rows[i].loose, &err), &err);
	CHECK_OK(gv_needles_find(&s, gv_str_of(text), &err), &err);
	CHECK_INT(s.nhits, sizeof rows / sizeof *rows);
	for (size_t i = 0; i < s.nhits; i++) {
		CHECK_INT(s.hits[i].needle, i);
		CHECK_INT(s.hits[i].from, rows[i].from);
		CHECK_INT(s.hits[i].to, rows[i].to);
	}
	/* Exactly as it stands, unless it is loose. */
	gv_needles_clear(&s);
	CHECK_OK(gv_needles_add(&s, GV_STR("13800001234"), false, &err), &err);
	CHECK_OK(gv_needles_add(&s, GV_STR("a7b"), false, &err), &err);
	CHECK_OK(gv_needles_find(&s, gv_str_of(text), &err), &err);
	CHECK_INT(s.nhits, 0);
	gv_needles_free(&s);
}

static void overlaps(void)
{
	struct gv_needles s = { 0 };
	struct gv_err err = { 0 };

	CHECK_OK(gv_needles_find(&s, GV_STR("空"), &err), &err);
	CHECK_INT(s.nhits, 0);
	CHECK_OK(gv_needles_add(&s, GV_STR("小小"), false, &err), &err);
	CHECK_OK(gv_needles_add(&s, GV_STR("小明"), false, &err), &err);
	CHECK_OK(gv_needles_find(&s, GV_STR("小小小明小"), &err), &err);
	CHECK_INT(s.nhits, 2);
	CHECK_INT(s.hits[0].from, 0);
	CHECK_INT(s.hits[1].from, 6);
	CHECK_OK(gv_needles_find(&s, GV_STR(""), &err), &err);
	CHECK_INT(s.nhits, 0);
	gv_needles_free(&s);
}

/* A text of few characters, so that much is found; of one, two, three and four bytes. */
static size_t invent(char *out, size_t n, uint64_t *seed)
{
	static const char *const alphabet[] = { "a", "B", "1", "-", " ", "é", "张", "伟", "强", "小", "𠮷" };
	size_t used = 0;

	for (size_t i = 0; i < n; i++) {
		const char *c;

		*seed = *seed * 6364136223846793005u + 1442695040888963407u;
		c = alphabet[(*seed >> 33) % (sizeof alphabet / sizeof *alphabet)];
		used = (size_t)(stpcpy(out + used, c) - out);
	}
	return used;
}

static void as_its_twin(void)
{
	struct gv_needles s = { 0 };
	struct gv_err err = { 0 };
	uint64_t seed = 9;
	size_t found = 0;

	for (int round = 0; round < 300; round++) {
		char text[800], needles[20][16];
		size_t n = invent(text, 150, &seed), lengths[20], k = 0;

		gv_needles_clear(&s);
		for (int i = 0; i < 20; i++) {
			lengths[i] = invent(needles[i], 1 + (size_t)(i % 3), &seed);
			CHECK_OK(gv_needles_add(&s, (struct gv_str){ needles[i], lengths[i] }, false, &err), &err);
		}
		CHECK_OK(gv_needles_find(&s, (struct gv_str){ text, n }, &err), &err);
		for (uint32_t i = 0; i < 20; i++)
			for (const char *p = text; (p = memmem(p, (size_t)(text + n - p), needles[i], lengths[i])); p += lengths[i], k++) {
				CHECK(k < s.nhits && s.hits[k].needle == i && s.hits[k].from == (uint32_t)(p - text) && s.hits[k].to == s.hits[k].from + lengths[i]);
				found++;
			}
		CHECK_INT(k, s.nhits);
	}
	CHECK(found > 10000);
	gv_needles_free(&s);
}

UNIT_MAIN("needles", { "finds", finds }, { "overlaps", overlaps }, { "as its twin", as_its_twin })
