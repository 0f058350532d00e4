/* SPDX-License-Identifier: MIT */
/* in_check: is this text?  Asked of every line, and once of the first block of a stream. */
#include <stdlib.h>

#include "i18n.h"
#include "in_impl.h"
#include "utf8.h"

/*
 * Strict UTF-8 without NUL as an automaton whose whole step is one shift: the entry
 * of a byte holds, at the bit that is the number of a state, the number of the next
 * state.  4 GB/s whatever the script, where a decoder by cases has 1.3 GB/s on Chinese.
 */
enum {
	BAD = 0,
	START = 6,                      /* between characters */
	MORE1 = 12, MORE2 = 18, MORE3 = 24,  /* so many continuation bytes must follow */
	BEHIND_E0 = 30, BEHIND_ED = 36, BEHIND_F0 = 42, BEHIND_F4 = 48  /* not all of them may */
};

#define ON(state, next) ((uint64_t)(next) << (state))
#define ASCII ON(START, START)
#define TAIL (ON(MORE1, START) | ON(MORE2, MORE1) | ON(MORE3, MORE2))
#define T8 (TAIL | ON(BEHIND_ED, MORE1) | ON(BEHIND_F4, MORE2))
#define T9 (TAIL | ON(BEHIND_ED, MORE1) | ON(BEHIND_F0, MORE2))
#define TA (TAIL | ON(BEHIND_E0, MORE1) | ON(BEHIND_F0, MORE2))
#define LEAD2 ON(START, MORE1)
#define LEAD3 ON(START, MORE2)
#define LEAD4 ON(START, MORE3)
#define X4(v) v, v, v, v
#define X16(v) X4(v), X4(v), X4(v), X4(v)

static const uint64_t steps[256] = {
	BAD, ASCII, ASCII, ASCII, X4(ASCII), X4(ASCII), X4(ASCII),
	X16(ASCII), X16(ASCII), X16(ASCII), X16(ASCII), X16(ASCII), X16(ASCII), X16(ASCII),
	X16(T8), X16(T9), X16(TA), X16(TA),
	BAD, BAD, LEAD2, LEAD2, X4(LEAD2), X4(LEAD2), X4(LEAD2), X16(LEAD2),
	ON(START, BEHIND_E0), LEAD3, LEAD3, LEAD3, X4(LEAD3), X4(LEAD3),
	LEAD3, ON(START, BEHIND_ED), LEAD3, LEAD3,
	ON(START, BEHIND_F0), LEAD4, LEAD4, LEAD4, ON(START, BEHIND_F4), BAD, BAD, BAD, X4(BAD), X4(BAD)
};

#define STEP(k) state = steps[p[k]] >> (state & 63)

size_t gv_in_text_prefix(struct gv_str s)
{
	const unsigned char *p = (const unsigned char *)s.p, *end = p + s.n;
	uint64_t state = START, word;
	const char *nul;

	for (; end - p >= 8; p += 8) {  /* ASCII without NUL, as far as it goes */
		memcpy(&word, p, 8);
		if ((word | (word - 0x0101010101010101u)) & 0x8080808080808080u)
			break;
	}
	for (; end - p >= 8; p += 8) {
		STEP(0), STEP(1), STEP(2), STEP(3);
		STEP(4), STEP(5), STEP(6), STEP(7);
	}
	for (; p < end; p++)
		STEP(0);
	if ((state & 63) == START)
		return s.n;
	nul = memchr(s.p, '\0', s.n);
	if (nul)
		s.n = (size_t)(nul - s.p);
	return gv_utf8_valid(s);
}

/* ---- the first block ---- */

/* What people take for a text file, and what pipes bring by mistake. */
static const struct {
	const char *name;
	uint8_t n;
	unsigned char magic[8];
} known[] = {
	{ "gzip", 3, { 0x1F, 0x8B, 0x08 } },
	{ "zip, xlsx or docx", 4, { 'P', 'K', 3, 4 } },
	{ "xls or doc", 8, { 0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1 } },
	{ "zstd", 4, { 0x28, 0xB5, 0x2F, 0xFD } },
	{ "xz", 6, { 0xFD, '7', 'z', 'X', 'Z', 0 } },
	{ "bzip2", 8, { 'B', 'Z', 'h', '9', '1', 'A', 'Y', '&' } },
	{ "7z", 6, { '7', 'z', 0xBC, 0xAF, 0x27, 0x1C } },
	{ "PDF", 7, { '%', 'P', 'D', 'F', '-', '1', '.' } },
	{ "ELF", 4, { 0x7F, 'E', 'L', 'F' } },
	{ "SQLite", 8, { 'S', 'Q', 'L', 'i', 't', 'e', ' ', 'f' } },
};

struct look {
	size_t n;
	size_t controls;         /* C0 and DEL but for white space and ESC; NUL too */
	size_t broken;           /* bytes that are no UTF-8 */
	size_t even_nul, odd_nul;
};

static struct look look_at(struct gv_str s)
{
	struct look l = { .n = s.n };
	size_t i = 0;

	while (i < s.n) {
		size_t good = gv_utf8_valid((struct gv_str){ s.p + i, s.n - i });

		for (size_t end = i + good; i < end; i++) {
			unsigned char c = (unsigned char)s.p[i];

			if (c == 0)
				*(i % 2 ? &l.odd_nul : &l.even_nul) += 1;
			if (c == 0x7F || (c < 0x20 && !(c >= '\b' && c <= '\r') && c != 0x1B))
				l.controls++;
		}
		if (i < s.n) {
			l.broken++;
			i++;
		}
	}
	return l;
}

/* Could it be GB18030?  Decides only whether a message names it. */
static bool reads_as_gb18030(struct gv_str s)
{
	iconv_t cd = iconv_open("UTF-8", "GB18030");
	char sink[4096], *in = (char *)(uintptr_t)s.p;
	bool good = cd != (iconv_t)-1;

	while (good && s.n >= 4) {  /* the block may end inside a character */
		char *out = sink;
		size_t room = sizeof sink, before = s.n;

		if (iconv(cd, &in, &s.n, &out, &room) == (size_t)-1 && before == s.n)
			good = false;
	}
	if (cd != (iconv_t)-1)
		iconv_close(cd);
	return good;
}

int gv_in_check_start(struct gv_str first, bool decoded, struct gv_err *err)
{
	struct look l;

	for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
		if (first.n >= known[i].n && memcmp(first.p, known[i].magic, known[i].n) == 0)
			return gv_fail(err, GV_EDATA, _("binary data (%s)"), known[i].name);
	if (decoded)
		return 0;
	l = look_at(first);
	/* A few bad bytes are lines to report; a tenth of everything is another kind of file. */
	if (l.controls + l.broken < 32 || (l.controls + l.broken) * 10 < l.n)
		return 0;
	if (l.controls * 50 < l.n && reads_as_gb18030(first))
		return gv_fail(err, GV_EDATA, "%s",
		               _("not UTF-8, but it could be GB18030: convert it, or use import --encoding GB18030"));
	if ((l.even_nul + l.odd_nul) * 4 >= l.n && (l.even_nul < l.odd_nul / 16 ||
	                                            l.odd_nul < l.even_nul / 16))
		return gv_fail(err, GV_EDATA, "%s",
		               _("not UTF-8, but it could be UTF-16 without a mark: convert it, or use import --encoding UTF-16LE"));
	return gv_fail(err, GV_EDATA, "%s", _("binary data"));
}
