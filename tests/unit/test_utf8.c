/* SPDX-License-Identifier: MIT */
#include "unit.h"
#include "utf8.h"

static struct gv_err err;

/* By the definition: decode, encode again, compare. */
static size_t slow_valid(struct gv_str s)
{
	size_t i = 0;

	while (i < s.n) {
		unsigned char c = (unsigned char)s.p[i];
		size_t n = c < 0x80   ? 1
		           : c < 0xC0 ? 0
		           : c < 0xE0 ? 2
		           : c < 0xF0 ? 3
		           : c < 0xF8 ? 4
		                      : 0;
		uint32_t cp = n == 1 ? c : n ? c & (0xFFu >> (n + 1)) : 0;

		if (!n || i + n > s.n)
			return i;
		for (size_t k = 1; k < n; k++) {
			if (((unsigned char)s.p[i + k] & 0xC0) != 0x80)
				return i;
			cp = cp << 6 | ((unsigned char)s.p[i + k] & 0x3F);
		}
		if ((n == 2 && cp < 0x80) || (n == 3 && cp < 0x800) || (n == 4 && cp < 0x10000) ||
		    cp > 0x10FFFF || (cp >= 0xD800 && cp <= 0xDFFF))
			return i;
		i += n;
	}
	return i;
}

static void utf8_valid(void)
{
	static const struct { const char *s; size_t n, valid; } rows[] = {
		{ "", 0, 0 }, { "abc", 3, 3 }, { "\0", 1, 1 }, { "沪0114民初", 13, 13 }, { "𠮷", 4, 4 },
		{ "\x80", 1, 0 }, { "a\xC3", 2, 1 }, { "\xC0\x80", 2, 0 }, { "\xC1\xBF", 2, 0 },
		{ "\xC2\x80", 2, 2 },
		{ "\xE0\x9F\xBF", 3, 0 }, { "\xE0\xA0\x80", 3, 3 }, { "\xED\x9F\xBF", 3, 3 },
		{ "\xED\xA0\x80", 3, 0 },
		{ "\xEF\xBF\xBF", 3, 3 }, { "\xF0\x8F\xBF\xBF", 4, 0 },
		{ "\xF0\x90\x80\x80", 4, 4 },
		{ "\xF4\x8F\xBF\xBF", 4, 4 }, { "\xF4\x90\x80\x80", 4, 0 },
		{ "\xF5\x80\x80\x80", 4, 0 },
		{ "\xFE", 1, 0 }, { "\xFF", 1, 0 }, { "abcdefgh\xE4\xB8", 10, 8 },
		{ "上海\xE4\xB8x", 9, 6 },
	};
	static const char pool[] = "\x00\x41\x7F\x80\xBF\xC0\xC1\xC2\xDF\xE0\x9F\xA0\xE4\xB8\xED\xEF\xF0\x90\xF4\x8F\xF5";
	uint32_t seed = 7;
	size_t wrong = 0;

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		CHECK_INT(gv_utf8_valid((struct gv_str){ rows[i].s, rows[i].n }), rows[i].valid);
	CHECK_INT(gv_utf8_valid((struct gv_str){ 0 }), 0);
	for (int round = 0; round < 200000; round++) {
		char s[104];
		size_t n = 0, want = (seed >> 24) % 96;
		unsigned whole_of = round % 2 ? 30 : 26; /* one in 4, in 64 is not */

		while (n < want) {
			seed = seed * 1664525u + 1013904223u;
			if (seed >> whole_of) { /* mostly whole characters */
				static const char *const whole[] = { "abcdefg", "沪", "é", "𠮷",
								     "初", "（", "（2022）" };
				const char *w = whole[(seed >> 8) % 7];

				memcpy(s + n, w, strlen(w));
				n += strlen(w);
			} else {
				s[n++] = pool[(seed >> 8) % (sizeof pool - 1)];
			}
		}
		seed = seed * 1664525u + 1013904223u;
		wrong +=
		    gv_utf8_valid((struct gv_str){ s, n }) != slow_valid((struct gv_str){ s, n });
	}
	CHECK_INT(wrong, 0);
}

/* Every code point there and back. */
static void utf8_points(void)
{
	size_t wrong = 0;
	char s[4];

	for (int32_t cp = 0; cp <= 0x10FFFF; cp++) {
		bool surrogate = cp >= 0xD800 && cp <= 0xDFFF;
		size_t n = gv_utf8_put(s, cp), pos = 0;

		wrong += gv_utf8_next((struct gv_str){ s, n }, &pos) != (surrogate ? 0xFFFD : cp) ||
		         pos != n;
		wrong += gv_utf8_valid((struct gv_str){ s, n }) != n;
		wrong += gv_utf8_next((struct gv_str){ s, n }, &pos) != -1;
	}
	CHECK_INT(wrong, 0);
	CHECK_INT(gv_utf8_put(s, -1), 3);
	CHECK_INT(gv_utf8_put(s, 0x110000), 3);
	CHECK_INT(memcmp(s, "\xEF\xBF\xBD", 3), 0);
	{
		struct gv_str broken = GV_STR("\xE4\xB8" "a");
		size_t pos = 0;

		CHECK_INT(gv_utf8_next((struct gv_str){ NULL, 0 }, &pos), -1);
		CHECK_INT(pos, 0);
		CHECK_INT(gv_utf8_next(broken, &pos), 0xFFFD);
		CHECK_INT(pos, 1);
		CHECK_INT(gv_utf8_next(broken, &pos), 0xFFFD);
		CHECK_INT(gv_utf8_next(broken, &pos), 'a');
		CHECK_INT(gv_utf8_next(broken, &pos), -1);
		CHECK_INT(gv_utf8_next(broken, &pos), -1);
	}
}

static void widths(void)
{
	static const struct { const char *s; size_t narrow, wide; } rows[] = {
		{ "", 0, 0 }, { "abc", 3, 3 }, { "沪0114", 6, 6 }, { "（2022）", 8, 8 },
		{ "ＡＢ", 4, 4 }, { "ｱ", 1, 1 },
		{ "é", 1, 1 }, { "e\xCC\x81", 1, 1 }, { "𠮷", 2, 2 }, { "𰻝", 2, 2 }, { "〇", 2, 2 },
		{ "，。", 4, 4 },
		{ "“”", 2, 4 }, { "…", 1, 2 }, { "①", 1, 2 }, { "·", 1, 2 }, { "\t", 0, 0 },
		{ "\xE2\x80\x8B", 0, 0 },
		{ "\xff", 1, 1 },
	};
	static const struct { const char *s; size_t columns, bytes; } fits[] = {
		{ "沪0114", 0, 0 }, { "沪0114", 1, 0 }, { "沪0114", 2, 3 }, { "沪0114", 3, 4 },
		{ "沪0114", 6, 7 },
		{ "沪0114", 99, 7 }, { "e\xCC\x81x", 1, 3 }, { "上海市", 5, 6 }, { "", 5, 0 },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		CHECK_ROW(gv_utf8_width(gv_str_of(rows[i].s), 1) == rows[i].narrow, rows[i].s);
		CHECK_ROW(gv_utf8_width(gv_str_of(rows[i].s), 2) == rows[i].wide, rows[i].s);
	}
	for (size_t i = 0; i < sizeof fits / sizeof fits[0]; i++)
		CHECK_INT(gv_utf8_fit(gv_str_of(fits[i].s), fits[i].columns, 1), fits[i].bytes);
}

static void normal_forms(void)
{
	static const struct { const char *in, *nfc; } rows[] = {
		{ "", "" }, { "abc", "abc" }, { "沪0114民初（知）", "沪0114民初（知）" }, { "e\xCC\x81", "é" },
		{ "\xE2\x84\xAB", "Å" }, { "\xEF\xA4\x80", "豈" }, { "é", "é" }, { "ａ", "ａ" },
		{ "\xE3\x81\x8B\xE3\x82\x99", "が" }, { "a\xCC\xA3\xCC\x82", "ậ" },
	};
	struct gv_buf b = GV_BUF_INIT(64);

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		gv_buf_reset(&b);
		CHECK_OK(gv_utf8_nfc(gv_str_of(rows[i].in), &b, &err), &err);
		CHECK_BYTES(gv_buf_str(&b), gv_str_of(rows[i].nfc));
		CHECK_ROW(gv_utf8_is_nfc(gv_str_of(rows[i].in)) ==
		              (strcmp(rows[i].in, rows[i].nfc) == 0),
		          rows[i].in);
		CHECK(gv_utf8_is_nfc(gv_str_of(rows[i].nfc)));
	}
	CHECK_INT(gv_utf8_nfc(GV_STR("\xff"), &b, &err), GV_EDATA);
	CHECK(!gv_utf8_is_nfc(GV_STR("\xCC\x81\xff")));
	gv_buf_free(&b);
	gv_buf_init(&b, 2);
	CHECK_ERR(gv_utf8_nfc(GV_STR("abc"), &b, &err), &err, GV_EDATA, "longer than 2 bytes");
	gv_buf_free(&b);
}

static void safety(void)
{
	static const struct { const char *in, *out; } rows[] = {
		{ "", "" }, { "沪0114 abc", "沪0114 abc" }, { "a\nb\tc", "a\\nb\\tc" },
		{ "\x1b[0m", "\\x1b[0m" },
		{ "\r", "\\x0d" }, { "\x7f", "\\x7f" }, { "\xC2\x9B", "\\u009b" },
		{ "\xE2\x80\xAE" "cba", "\\u202ecba" },
		{ "\xE2\x81\xA6", "\\u2066" }, { "\xD8\x9C", "\\u061c" },
		{ "\xE2\x80\x8B", "\\u200b" },
		{ "\xEF\xBB\xBF", "\\ufeff" }, { "\xE2\x80\xA8", "\\u2028" },
		{ "\xff\xfe", "\\xff\\xfe" },
		{ "\xE4\xB8", "\\xe4\\xb8" }, { "\xF3\xA0\x81\x81", "\\ue0041" }, { "𠮷", "𠮷" },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct gv_buf b = GV_BUF_INIT(256);

		gv_utf8_safe(gv_str_of(rows[i].in), &b);
		CHECK_BYTES(gv_buf_str(&b), gv_str_of(rows[i].out));
		CHECK_ROW(gv_utf8_is_safe(gv_str_of(rows[i].in)) ==
		              (strcmp(rows[i].in, rows[i].out) == 0),
		          rows[i].out);
		CHECK(gv_utf8_is_safe(gv_buf_str(&b)));
		gv_buf_free(&b);
	}
}

static void classes(void)
{
	CHECK(gv_utf8_is_han(0x4E00) && gv_utf8_is_han(0x3007) && gv_utf8_is_han(0x20BB7) &&
	      gv_utf8_is_han(0xF900));
	CHECK(!gv_utf8_is_han('A') && !gv_utf8_is_han(0x3001) && !gv_utf8_is_han(0x3042) &&
	      !gv_utf8_is_han(-1));
	CHECK_INT(gv_utf8_half(0xFF08), '(');
	CHECK_INT(gv_utf8_half(0xFF5E), '~');
	CHECK_INT(gv_utf8_half(0xFF5F), 0xFF5F);
	CHECK_INT(gv_utf8_half(0x3000), ' ');
	CHECK_INT(gv_utf8_half(0x4E00), 0x4E00);
	CHECK(gv_utf8_is_space(' ') && gv_utf8_is_space(0x3000) && gv_utf8_is_space(0xA0) &&
	      gv_utf8_is_space(0x200B) && gv_utf8_is_space(0xFEFF) && gv_utf8_is_space('\n'));
	CHECK(!gv_utf8_is_space('a') && !gv_utf8_is_space(0) && !gv_utf8_is_space(0x4E00) &&
	      !gv_utf8_is_space(-1));
	CHECK(gv_utf8_is_blank(GV_STR("")) && gv_utf8_is_blank(GV_STR(" 　\t")) && !gv_utf8_is_blank(GV_STR(" 　x")));
}

UNIT_MAIN("utf8",
	{ "valid UTF-8", utf8_valid },
	{ "code points", utf8_points },
	{ "widths", widths },
	{ "NFC", normal_forms },
	{ "what is safe to show", safety },
	{ "kinds of characters", classes })
