/* SPDX-License-Identifier: MIT */
#include "shape_mark.h"

#ifdef __SSE2__
#include <immintrin.h>
#endif

/* Bits of a word, one a byte: the quotes, and what ends a line or is too much for one. */
struct bits { uint64_t quotes, stops; };

#ifdef __SSE2__
static struct bits look(const char *p)
{
	const __m128i quote = _mm_set1_epi8('"'), escape = _mm_set1_epi8('\\'), control = _mm_set1_epi8(0x1F);
	struct bits b = { 0 };

	for (int i = 0; i < GV_MARK_WORD; i += 16) {
		__m128i v, stops;

		memcpy(&v, p + i, sizeof v);
		stops = _mm_or_si128(_mm_cmpeq_epi8(_mm_min_epu8(v, control), v), _mm_cmpeq_epi8(v, escape));
		b.quotes |= (uint64_t)_mm_movemask_epi8(_mm_cmpeq_epi8(v, quote)) << i;
		b.stops |= (uint64_t)_mm_movemask_epi8(stops) << i;
	}
	return b;
}
#else
static struct bits look(const char *p)
{
	struct bits b = { 0 };

	for (int i = 0; i < GV_MARK_WORD; i++) {
		b.quotes |= (uint64_t)(p[i] == '"') << i;
		b.stops |= (uint64_t)((unsigned char)p[i] < 0x20 || p[i] == '\\') << i;
	}
	return b;
}
#endif

size_t gv_mark_plain(const char *p, size_t n, uint16_t *quotes, size_t *count)
{
	uint16_t *to = quotes;

	n = n < GV_MARK_LINE ? n : GV_MARK_LINE;
	for (size_t at = 0; at + GV_MARK_WORD <= n; at += GV_MARK_WORD) {
		struct bits b = look(p + at);
		unsigned end = b.stops ? (unsigned)__builtin_ctzll(b.stops) : 0;

		if (b.stops)
			b.quotes &= ((uint64_t)1 << end) - 1;
		for (; b.quotes; b.quotes &= b.quotes - 1)
			*to++ = (uint16_t)(at + (unsigned)__builtin_ctzll(b.quotes));
		if (b.stops) {
			*count = (size_t)(to - quotes);
			return p[at + end] == '\n' ? at + end : 0;
		}
	}
	return 0;
}

#ifdef __x86_64__
#define WIDE __attribute__((target("avx512f,avx512bw,avx512vbmi2,popcnt")))

static const uint8_t places[GV_MARK_WORD] = {
	0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31,
	32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63
};

/* The places of the quotes are pushed together by one instruction. */
WIDE static size_t mark_wide(const char *p, size_t n, uint16_t *quotes, size_t *count)
{
	const __m512i quote = _mm512_set1_epi8('"'), escape = _mm512_set1_epi8('\\'), control = _mm512_set1_epi8(0x1F);
	const __m512i all = _mm512_loadu_si512(places);
	uint16_t *to = quotes;

	n = n < GV_MARK_LINE ? n : GV_MARK_LINE;
	for (size_t at = 0; at + GV_MARK_WORD <= n; at += GV_MARK_WORD) {
		__m512i v = _mm512_loadu_si512(p + at), found, from = _mm512_set1_epi16((short)at);
		uint64_t bits = _mm512_cmpeq_epi8_mask(v, quote);
		uint64_t stops = _mm512_cmple_epu8_mask(v, control) | _mm512_cmpeq_epi8_mask(v, escape);
		unsigned end = stops ? (unsigned)__builtin_ctzll(stops) : 0;

		if (stops)
			bits &= ((uint64_t)1 << end) - 1;
		found = _mm512_maskz_compress_epi8(bits, all);
		_mm512_storeu_si512(to, _mm512_add_epi16(_mm512_cvtepu8_epi16(_mm512_castsi512_si256(found)), from));
		if (__builtin_popcountll(bits) > GV_MARK_WORD / 2)
			_mm512_storeu_si512(to + GV_MARK_WORD / 2, _mm512_add_epi16(_mm512_cvtepu8_epi16(_mm512_extracti64x4_epi64(found, 1)), from));
		to += __builtin_popcountll(bits);
		if (stops) {
			*count = (size_t)(to - quotes);
			return p[at + end] == '\n' ? at + end : 0;
		}
	}
	return 0;
}

gv_mark_fn *gv_mark_best(void)
{
	return __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vbmi2") ? mark_wide : gv_mark_plain;
}
#else
gv_mark_fn *gv_mark_best(void)
{
	return gv_mark_plain;
}
#endif
