/* SPDX-License-Identifier: MIT */
#include "utf8.h"

#include <endian.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif
#include <stdlib.h>
#include <utf8proc.h>

#include "err.h"

/* Length of the sequence at p (at most `left` bytes), 0 if it is not valid. */
static size_t sequence(const unsigned char *p, size_t left)
{
	unsigned char c = p[0];

	if (c < 0x80)
		return 1;
	if (c < 0xC2 || c > 0xF4)
		return 0;
	if (c < 0xE0)
		return left >= 2 && (p[1] & 0xC0) == 0x80 ? 2 : 0;
	if (c < 0xF0) {
		if (left < 3 || (p[1] & 0xC0) != 0x80 || (p[2] & 0xC0) != 0x80)
			return 0;
		if ((c == 0xE0 && p[1] < 0xA0) || (c == 0xED && p[1] > 0x9F))
			return 0;
		return 3;
	}
	if (left < 4 || (p[1] & 0xC0) != 0x80 || (p[2] & 0xC0) != 0x80 || (p[3] & 0xC0) != 0x80)
		return 0;
	if ((c == 0xF0 && p[1] < 0x90) || (c == 0xF4 && p[1] > 0x8F))
		return 0;
	return 4;
}

/* Bytes below 0x80 at p, eight at a time. */
static size_t ascii_run(const unsigned char *p, size_t left)
{
	const uint64_t high = 0x8080808080808080u;
	size_t i = 0;
	uint64_t word;

	for (; i + 8 <= left; i += 8) {
		memcpy(&word, p + i, 8);
		if (word & high) {
			word = htole64(word & high);
			return i + (size_t)__builtin_ctzll(word) / 8;
		}
	}
	while (i < left && p[i] < 0x80)
		i++;
	return i;
}

#ifdef __SSE2__
/*
 * From the start of a sequence on, blocks of 16 bytes in which every byte that has to go on with a
 * sequence does and no other; gives the start of the first sequence that is not seen through.  Stops
 * at the leading bytes whose next byte has other bounds (E0, ED, F0 on) and at those that none may be.
 */
static size_t plain_blocks(const unsigned char *p, size_t i, size_t n)
{
	unsigned due = 0; /* bit k: the byte at i + k has to go on */

	for (; i + 16 <= n; i += 16) {
		__m128i v = _mm_loadu_si128((const __m128i *)(const void *)(p + i));
		unsigned high = (unsigned)_mm_movemask_epi8(v), on, lead, three, all;
		__m128i odd;

		if (!(high | due))
			continue;
		/* Compared as signed: 80..BF are the least, then C0, C1. */
		on = (unsigned)_mm_movemask_epi8(_mm_cmplt_epi8(v, _mm_set1_epi8((char)0xC0)));
		lead = high & ~on;
		three = high & (unsigned)_mm_movemask_epi8(_mm_cmpgt_epi8(v, _mm_set1_epi8((char)0xDF)));
		odd = _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8((char)0xE0)),
		                   _mm_cmpeq_epi8(v, _mm_set1_epi8((char)0xED)));
		odd = _mm_or_si128(odd, _mm_cmpeq_epi8(_mm_and_si128(v, _mm_set1_epi8((char)0xF0)),
		                                       _mm_set1_epi8((char)0xF0)));
		odd = _mm_or_si128(odd, _mm_cmpeq_epi8(_mm_and_si128(v, _mm_set1_epi8((char)0xFE)),
		                                       _mm_set1_epi8((char)0xC0)));
		all = due | lead << 1 | three << 2;
		if (_mm_movemask_epi8(odd) || (all & 0xFFFF) != on)
			break;
		due = all >> 16;
	}
	if (due) /* the last sequence goes on behind the blocks */
		do
			i--;
		while ((p[i] & 0xC0) == 0x80);
	return i;
}
#else
static size_t plain_blocks(const unsigned char *p, size_t i, size_t n)
{
	(void)p;
	(void)n;
	return i;
}
#endif

size_t gv_utf8_valid(struct gv_str s)
{
	const unsigned char *p = (const unsigned char *)s.p;
	size_t i = 0;

	while (i < s.n) {
		size_t n;

		i = plain_blocks(p, i, s.n);
		i += ascii_run(p + i, s.n - i);
		/* Runs of ideographs: nothing but E1..EC and two continuation bytes. */
		while (i + 3 <= s.n && p[i] - 0xE1u <= 0xECu - 0xE1u &&
		       ((p[i + 1] ^ 0x80u) | (p[i + 2] ^ 0x80u)) < 0x40)
			i += 3;
		if (i == s.n)
			break;
		n = sequence(p + i, s.n - i);
		if (!n)
			return i;
		i += n;
	}
	return i;
}

int32_t gv_utf8_next(struct gv_str s, size_t *pos)
{
	const unsigned char *p;
	size_t n;

	if (*pos >= s.n) /* first: an empty string may have no address */
		return -1;
	p = (const unsigned char *)s.p + *pos;
	n = sequence(p, s.n - *pos);
	*pos += n ? n : 1;
	switch (n) {
	case 1:
		return p[0];
	case 2:
		return (p[0] & 0x1F) << 6 | (p[1] & 0x3F);
	case 3:
		return (p[0] & 0x0F) << 12 | (p[1] & 0x3F) << 6 | (p[2] & 0x3F);
	case 4:
		return (p[0] & 0x07) << 18 | (p[1] & 0x3F) << 12 | (p[2] & 0x3F) << 6 | (p[3] & 0x3F);
	default:
		return 0xFFFD;
	}
}

size_t gv_utf8_put(char out[4], int32_t cp)
{
	/* utf8proc would write surrogates too, and nothing for what is no code point. */
	if (cp < 0 || cp > 0x10FFFF || (cp >= 0xD800 && cp <= 0xDFFF))
		cp = 0xFFFD;
	return (size_t)utf8proc_encode_char(cp, (utf8proc_uint8_t *)out);
}

bool gv_utf8_is_han(int32_t cp)
{
	return (cp >= 0x4E00 && cp <= 0x9FFF) || (cp >= 0x3400 && cp <= 0x4DBF) || cp == 0x3007 ||
	       (cp >= 0xF900 && cp <= 0xFAFF) || (cp >= 0x20000 && cp <= 0x3FFFD);
}

/* East Asian "ambiguous" characters that court papers use; their width is a
 * choice of the terminal. */
static bool is_ambiguous(int32_t cp)
{
	return cp == 0xA7 || cp == 0xB0 || cp == 0xB1 || cp == 0xB7 || cp == 0xD7 || cp == 0xF7 ||
	       (cp >= 0x2010 && cp <= 0x2027 && cp != 0x2011) || cp == 0x2030 || cp == 0x203B ||
	       (cp >= 0x2160 && cp <= 0x217F) || (cp >= 0x2190 && cp <= 0x2199) ||
	       (cp >= 0x2460 && cp <= 0x24FF) || (cp >= 0x2500 && cp <= 0x257F) ||
	       (cp >= 0x25A0 && cp <= 0x25CF) || cp == 0x2605 || cp == 0x2606;
}

int gv_utf8_cp_width(int32_t cp, int ambiguous)
{
	if (cp < 0x20 || (cp >= 0x7F && cp < 0xA0))
		return 0;
	if (cp < 0x7F)
		return 1;
	if (gv_utf8_is_han(cp) || (cp >= 0x20000 && cp <= 0x3FFFF))
		return 2;
	if (ambiguous == 2 && is_ambiguous(cp))
		return 2;
	return utf8proc_charwidth(cp);
}

size_t gv_utf8_width(struct gv_str s, int ambiguous)
{
	size_t pos = 0, width = 0;
	int32_t cp;

	while ((cp = gv_utf8_next(s, &pos)) >= 0)
		width += (size_t)gv_utf8_cp_width(cp, ambiguous);
	return width;
}

size_t gv_utf8_fit(struct gv_str s, size_t columns, int ambiguous)
{
	size_t pos = 0, last = 0, width = 0;
	int32_t cp;

	while ((cp = gv_utf8_next(s, &pos)) >= 0) {
		width += (size_t)gv_utf8_cp_width(cp, ambiguous);
		if (width > columns)
			break;
		last = pos;
	}
	return last;
}

bool gv_utf8_is_nfc(struct gv_str s)
{
	size_t pos = 0;
	int32_t cp;
	struct gv_buf nfc;
	bool same;

	/* Below U+0300 everything is NFC; so are the unified ideographs, CJK punctuation
	 * and full-width forms.  Only the rest is worth the table look-up. */
	while ((cp = gv_utf8_next(s, &pos)) >= 0) {
		if (cp < 0x300 || (cp >= 0x2010 && cp <= 0x2027) || (cp >= 0x3000 && cp <= 0x3020) ||
		    (cp >= 0x3400 && cp <= 0x9FFF) || (cp >= 0xFF00 && cp <= 0xFFEF))
			continue;
		break;
	}
	if (cp < 0)
		return true;
	gv_buf_init(&nfc, s.n * 4 + 16);
	same = gv_utf8_nfc(s, &nfc, NULL) == 0 && gv_str_eq(gv_buf_str(&nfc), s);
	gv_buf_free(&nfc);
	return same;
}

static int map(struct gv_str s, utf8proc_option_t how, struct gv_buf *out, struct gv_err *err)
{
	utf8proc_uint8_t *done = NULL;
	utf8proc_ssize_t n = utf8proc_map((const utf8proc_uint8_t *)s.p, (utf8proc_ssize_t)s.n, &done, how);

	if (n < 0)
		return n == UTF8PROC_ERROR_NOMEM ? gv_fail_nomem(err)
		                                 : gv_fail(err, GV_EDATA, "%s", utf8proc_errmsg(n));
	gv_buf_add(out, done, (size_t)n);
	free(done);
	return gv_buf_check(out, err);
}

int gv_utf8_nfc(struct gv_str s, struct gv_buf *out, struct gv_err *err)
{
	return map(s, UTF8PROC_STABLE | UTF8PROC_COMPOSE, out, err);
}

int gv_utf8_fold(struct gv_str s, struct gv_buf *out, struct gv_err *err)
{
	return map(s, UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD, out, err);
}

static bool is_unsafe(int32_t cp)
{
	return cp < 0x20 || (cp >= 0x7F && cp < 0xA0) || cp == 0x61C || (cp >= 0x200B && cp <= 0x200F) ||
	       (cp >= 0x2028 && cp <= 0x202E) || (cp >= 0x2060 && cp <= 0x206F) || cp == 0xFEFF ||
	       (cp >= 0xFFF9 && cp <= 0xFFFB) || (cp >= 0xE0000 && cp <= 0xE007F);
}

bool gv_utf8_is_safe(struct gv_str s)
{
	size_t pos = 0;
	int32_t cp;

	if (gv_utf8_valid(s) != s.n)
		return false;
	while ((cp = gv_utf8_next(s, &pos)) >= 0)
		if (is_unsafe(cp))
			return false;
	return true;
}

void gv_utf8_safe(struct gv_str s, struct gv_buf *out)
{
	size_t pos = 0;

	while (pos < s.n) {
		size_t start = pos;
		size_t n = sequence((const unsigned char *)s.p + pos, s.n - pos);
		int32_t cp = gv_utf8_next(s, &pos);

		if (!n)
			gv_buf_addf(out, "\\x%02x", (unsigned char)s.p[start]);
		else if (cp == '\n')
			gv_buf_adds(out, "\\n");
		else if (cp == '\t')
			gv_buf_adds(out, "\\t");
		else if (is_unsafe(cp) && cp < 0x80)
			gv_buf_addf(out, "\\x%02x", (unsigned)cp);
		else if (is_unsafe(cp))
			gv_buf_addf(out, "\\u%04x", (unsigned)cp);
		else
			gv_buf_add(out, s.p + start, n);
	}
}

int32_t gv_utf8_half(int32_t cp)
{
	if (cp >= 0xFF01 && cp <= 0xFF5E)
		return cp - 0xFEE0;
	return cp == 0x3000 ? ' ' : cp;
}

bool gv_utf8_is_space(int32_t cp)
{
	return cp == ' ' || (cp >= 0x09 && cp <= 0x0D) || cp == 0x85 || cp == 0xA0 || cp == 0x1680 ||
	       (cp >= 0x2000 && cp <= 0x200F) || cp == 0x2028 || cp == 0x2029 || cp == 0x202F ||
	       cp == 0x205F || cp == 0x2060 || cp == 0x3000 || cp == 0xFEFF;
}

bool gv_utf8_is_blank(struct gv_str s)
{
	for (size_t at = 0; at < s.n;)
		if (!gv_utf8_is_space(gv_utf8_next(s, &at)))
			return false;
	return true;
}
