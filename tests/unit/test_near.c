/* SPDX-License-Identifier: MIT */
/* "did you mean": which word a mistyped one comes closest to. */
#include "near.h"
#include "unit.h"

static const char *nearest(struct gv_str typed, const char *const *words)
{
	struct gv_near near = gv_near_start(typed);

	for (; *words; words++)
		gv_near_try(&near, *words);
	return near.best;
}

static void rows(void)
{
	static const char *const words[] = { "list", "log", "link", "output", "as-of", "open", "export", "审理", "执行", NULL };
	static const struct { const char *typed, *best; } table[] = {
		{ "list", "list" }, { "lst", "list" }, { "lists", "list" }, { "lsit", "list" }, { "lit", "list" },
		{ "liwt", "list" }, { "lgo", "log" }, { "lo", "log" }, { "linl", "link" },
		/* A beginning of three letters or more, however long the rest. */
		{ "out", "output" }, { "outp", "output" }, { "exp", "export" }, { "ou", NULL },
		{ "optput", "output" }, { "asof", "as-of" }, { "as_of", "as-of" }, { "oepn", "open" },
		/* Too far, or nothing at all. */
		{ "remove", NULL }, { "x", NULL }, { "", NULL }, { "LIST", NULL }, { "outwrong", NULL }, { "tuptuo", NULL },
		/* An ideograph is a letter, whatever its bytes. */
		{ "审里", "审理" }, { "审理长", "审理" }, { "理审", "审理" }, { "裁定", NULL }, { "审", NULL },
	};

	for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
		const char *best = nearest(gv_str_of(table[i].typed), words);

		CHECK_ROW(best == table[i].best || (best && table[i].best && strcmp(best, table[i].best) == 0),
		          table[i].typed);
	}
}

static void ties_and_order(void)
{
	static const char *const ties[] = { "since", "sinck", NULL }, *const better[] = { "sinck", "since", NULL };
	static const char *const prefix[] = { "format", "form", NULL };

	CHECK_STR(nearest(GV_STR("sincx"), ties), "since");
	CHECK_STR(nearest(GV_STR("sincx"), better), "sinck");
	CHECK_STR(nearest(GV_STR("since"), better), "since");
	CHECK_STR(nearest(GV_STR("form"), prefix), "form");
	CHECK_STR(nearest(GV_STR("forma"), prefix), "format");
}

static void long_words(void)
{
	char word[66], typed[66];
	const char *words[] = { word, NULL };

	memset(word, 'a', sizeof word);
	memset(typed, 'a', sizeof typed);
	typed[0] = 'b';
	word[64] = '\0';
	CHECK(nearest((struct gv_str){ typed, 64 }, words) == word);
	CHECK(!nearest((struct gv_str){ typed, 65 }, words));
	word[64] = 'a';
	word[65] = '\0';
	CHECK(!nearest((struct gv_str){ typed, 64 }, words));
	/* What was typed is a slice, not text with a NUL behind it; any bytes will do. */
	CHECK(nearest((struct gv_str){ "lis\0", 4 }, (const char *const[]){ "list", NULL }));
	CHECK(!nearest((struct gv_str){ "\xff\xfe\0\x80", 4 }, (const char *const[]){ "list", NULL }));
}

UNIT_MAIN("near",
	{ "what is near, and what is not", rows },
	{ "the nearest wins, of equals the first", ties_and_order },
	{ "long words and odd bytes", long_words })
