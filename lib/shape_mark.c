/* SPDX-License-Identifier: MIT */
#include "shape_mark.h"

#ifdef __SSE2__
#include <immintrin.h>
#endif

/* Bits of a word, one a byte: the quotes, what ends a line or is too much for one, and what is not ASCII. */
struct bits { uint64_t quotes, stops, high; };
/* What is not ASCII: bytes that go on with a character, and those that begin one of two or of three with any next byte. */
struct high { uint64_t on, two, three; };

#ifdef __SSE2__
static __m128i load(const char *p)
{
	__m128i v;

	memcpy(&v, p, sizeof v);
	return v;
}

static uint64_t mask(__m128i v)
{
	return (uint64_t)_mm_movemask_epi8(v);
}

static struct bits look(const char *p)
{
	const __m128i quote = _mm_set1_epi8('"'), escape = _mm_set1_epi8('\\'), control = _mm_set1_epi8(0x1F);
	struct bits b = { 0 };

	for (int i = 0; i < GV_MARK_WORD; i += 16) {
		__m128i v = load(p + i);

		b.quotes |= mask(_mm_cmpeq_epi8(v, quote)) << i;
		b.stops |= mask(_mm_or_si128(_mm_cmpeq_epi8(_mm_min_epu8(v, control), v), _mm_cmpeq_epi8(v, escape))) << i;
		b.high |= mask(v) << i;
	}
	return b;
}

/* From `from` on, so many. */
static uint64_t range(__m128i v, int from, int n)
{
	v = _mm_sub_epi8(v, _mm_set1_epi8((char)from));
	return mask(_mm_cmpeq_epi8(_mm_min_epu8(v, _mm_set1_epi8((char)(n - 1))), v));
}

static struct high look_high(const char *p)
{
	struct high h = { 0 };

	for (int i = 0; i < GV_MARK_WORD; i += 16) {
		__m128i v = load(p + i);

		h.on |= range(v, 0x80, 0x40) << i;
		h.two |= range(v, 0xC2, 0x1E) << i;
		h.three |= (range(v, 0xE1, 0x0F) & ~range(v, 0xED, 1)) << i;
	}
	return h;
}
#else
static struct bits look(const char *p)
{
	struct bits b = { 0 };

	for (int i = 0; i < GV_MARK_WORD; i++) {
		b.quotes |= (uint64_t)(p[i] == '"') << i;
		b.stops |= (uint64_t)((unsigned char)p[i] < 0x20 || p[i] == '\\') << i;
		b.high |= (uint64_t)((unsigned char)p[i] >= 0x80) << i;
	}
	return b;
}

static struct high look_high(const char *p)
{
	struct high h = { 0 };

	for (int i = 0; i < GV_MARK_WORD; i++) {
		unsigned char c = (unsigned char)p[i];

		h.on |= (uint64_t)(c >= 0x80 && c < 0xC0) << i;
		h.two |= (uint64_t)(c >= 0xC2 && c < 0xE0) << i;
		h.three |= (uint64_t)(c > 0xE0 && c < 0xF0 && c != 0xED) << i;
	}
	return h;
}
#endif

/* Bytes of the word that are wrong or not seen through; bit k of *due: byte k has to go on, then that of the next word. */
static inline uint64_t doubts(struct high h, uint64_t high, uint64_t *due)
{
	uint64_t lead = h.two | h.three, on = *due | lead << 1 | h.three << 2;

	*due = lead >> 63 | h.three >> 62;
	return (on ^ h.on) | (high ^ (h.on | lead));
}

/* What comes before a stop, and it. */
static inline uint64_t up_to(uint64_t stops)
{
	return stops ^ (stops - 1);
}

size_t gv_mark_plain(const char *p, size_t n, struct gv_marks *m)
{
	uint16_t *to = m->quotes;
	uint64_t due = 0, doubt = 0;

	n = n < GV_MARK_LINE ? n : GV_MARK_LINE;
	for (size_t at = 0; at + GV_MARK_WORD <= n; at += GV_MARK_WORD) {
		struct bits b = look(p + at);
		uint64_t line = up_to(b.stops); /* all, if there is none */

		if (b.high | due)
			doubt |= doubts(look_high(p + at), b.high, &due) & line;
		for (b.quotes &= line; b.quotes; b.quotes &= b.quotes - 1)
			*to++ = (uint16_t)(at + (unsigned)__builtin_ctzll(b.quotes));
		if (b.stops) {
			at += (unsigned)__builtin_ctzll(b.stops);
			m->count = (size_t)(to - m->quotes);
			m->doubtful = doubt;
			return p[at] == '\n' ? at : 0;
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

/* In a register for all words: the compiler would else make it anew for each. */
WIDE static inline __m512i every(int byte)
{
	__m512i v = _mm512_set1_epi8((char)byte);

	__asm__("" : "+v"(v));
	return v;
}

/* The places of the quotes are pushed together by one instruction. */
WIDE static inline uint16_t *wide_quotes(uint16_t *to, uint64_t bits, size_t at)
{
	__m512i found = _mm512_maskz_compress_epi8(bits, _mm512_loadu_si512(places)), from = _mm512_set1_epi16((short)at);
	unsigned n = (unsigned)__builtin_popcountll(bits);

	_mm512_storeu_si512(to, _mm512_add_epi16(_mm512_cvtepu8_epi16(_mm512_castsi512_si256(found)), from));
	if (n > GV_MARK_WORD / 2)
		_mm512_storeu_si512(to + GV_MARK_WORD / 2, _mm512_add_epi16(_mm512_cvtepu8_epi16(_mm512_extracti64x4_epi64(found, 1)), from));
	return to + n;
}

WIDE static size_t mark_wide(const char *p, size_t n, struct gv_marks *m)
{
	const __m512i quote = every('"'), escape = every('\\'), space = every(' '), lead = every(0xC0);
	const __m512i two = every(0xC2), twos = every(0x1E), three = every(0xE1), threes = every(0x0F), odd = every(0xED);
	uint16_t *to = m->quotes;
	uint64_t due = 0, doubt = 0;

	n = n < GV_MARK_LINE ? n : GV_MARK_LINE;
	for (size_t at = 0; at + GV_MARK_WORD <= n; at += GV_MARK_WORD) {
		__m512i v = _mm512_loadu_si512(p + at);
		uint64_t stops = _mm512_cmplt_epu8_mask(v, space) | _mm512_cmpeq_epi8_mask(v, escape), line = up_to(stops);
		struct high h = {
			.on = _mm512_cmplt_epi8_mask(v, lead),
			.two = _mm512_cmplt_epu8_mask(_mm512_sub_epi8(v, two), twos),
			.three = _mm512_mask_cmpneq_epi8_mask(_mm512_cmplt_epu8_mask(_mm512_sub_epi8(v, three), threes), v, odd),
		};

		/* Always: that there are some is hard to foretell. */
		doubt |= doubts(h, _mm512_movepi8_mask(v), &due) & line;
		to = wide_quotes(to, _mm512_cmpeq_epi8_mask(v, quote) & line, at);
		if (stops) {
			at += (unsigned)__builtin_ctzll(stops);
			m->count = (size_t)(to - m->quotes);
			m->doubtful = doubt;
			return p[at] == '\n' ? at : 0;
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
