/* SPDX-License-Identifier: MIT */
/*
 * Canonical text to a line.  Newlines go, as those in strings are escaped, and so do blanks outside of
 * strings: there are none but the indent and the one behind a member's colon.
 */
#ifdef __x86_64__
#include <immintrin.h>
#endif

#include "json_impl.h"

struct place {
	bool in_string, escaped;
};

static char *squeeze(char *to, const char *p, size_t n, struct place *at)
{
	for (const char *stop = p + n; p < stop; p++) {
		*to = *p;
		to += *p != '\n' && (*p != ' ' || at->in_string);
		if (at->escaped || *p == '\\')
			at->escaped = !at->escaped;
		else if (*p == '"')
			at->in_string = !at->in_string;
	}
	return to;
}

enum { SLACK = 8 };  /* so much is written at once, whatever is needed of it */

static void by_bytes(struct gv_buf *out, struct gv_str text)
{
	struct place at = { 0 };

	out->n = (size_t)(squeeze(out->p + out->n, text.p, text.n, &at) - out->p);
}

#ifdef __x86_64__

#define WITH_PEXT __attribute__((target("avx2,bmi2,popcnt")))

enum { BLOCK = 64 };

struct block {
	__m256i low, high;
};

WITH_PEXT static inline uint64_t equal(struct block b, char c)
{
	__m256i all = _mm256_set1_epi8(c);
	uint32_t low = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(b.low, all));
	uint32_t high = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(b.high, all));

	return (uint64_t)high << 32 | low;
}

/* From each opening quote up to its closing one. */
static inline uint64_t between(uint64_t quotes)
{
	for (unsigned shift = 1; shift < 64; shift *= 2)
		quotes ^= quotes << shift;
	return quotes;
}

/* 64 bytes.  Where there is a backslash, a quote may not be one: then byte by byte. */
WITH_PEXT static inline char *squeeze_block(char *to, const char *p, struct place *at)
{
	struct block b = {
		_mm256_loadu_si256((const __m256i *)(const void *)p),
		_mm256_loadu_si256((const __m256i *)(const void *)(p + BLOCK / 2)),
	};
	uint64_t strings, keep, word;

	if (at->escaped || equal(b, '\\'))
		return squeeze(to, p, BLOCK, at);
	strings = between(equal(b, '"')) ^ (0 - (uint64_t)at->in_string);
	at->in_string = strings >> 63;
	keep = ~(equal(b, '\n') | (equal(b, ' ') & ~strings));
	for (unsigned i = 0; i < BLOCK; i += 8, keep >>= 8) {
		memcpy(&word, p + i, sizeof word);
		word = _pext_u64(word, _pdep_u64(keep, 0x0101010101010101) * 0xFF);
		memcpy(to, &word, sizeof word);
		to += __builtin_popcount(keep & 0xFF);
	}
	return to;
}

WITH_PEXT static void by_blocks(struct gv_buf *out, struct gv_str text)
{
	size_t whole = text.n / BLOCK * BLOCK;
	char tail[BLOCK], *to = out->p + out->n;
	struct place at = { 0 };

	for (size_t i = 0; i < whole; i += BLOCK)
		to = squeeze_block(to, text.p + i, &at);
	memset(tail, '\n', sizeof tail);
	if (text.n > whole)
		memcpy(tail, text.p + whole, text.n - whole);
	out->n = (size_t)(squeeze_block(to, tail, &at) - out->p);
}

/* The first Zens have pext in microcode, where it takes a hundred times as long. */
static bool has_pext(void)
{
	return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi2") && !__builtin_cpu_is("znver1") &&
	       !__builtin_cpu_is("znver2");
}

#endif

/* `fast`: with vectors, where the processor has them. */
static void to_line(struct gv_buf *out, struct gv_str text, bool fast)
{
	void (*convert)(struct gv_buf *out, struct gv_str text) = by_bytes;

	if (!gv_buf_reserve(out, text.n))
		return;
#ifdef __x86_64__
	if (fast && has_pext() && text.n + SLACK <= out->max - out->n && gv_buf_reserve(out, text.n + SLACK))
		convert = by_blocks;
#endif
	(void)fast;
	convert(out, text);
	out->p[out->n] = '\0';
}

bool gv_json_has_canon_frame(struct gv_str text)
{
	struct gv_str begin = GV_STR("{\n  \""), end = GV_STR("\n}\n");

	return text.n > begin.n + end.n && gv_str_starts(text, begin) && gv_str_ends(text, end);
}

void gv_json_canon_to_line(struct gv_buf *out, struct gv_str text)
{
	to_line(out, text, true);
}

void gv_json_canon_to_line_scalar(struct gv_buf *out, struct gv_str text)
{
	to_line(out, text, false);
}
