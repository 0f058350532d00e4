/* SPDX-License-Identifier: MIT */
/*
 * Canonical text to a line.  Every newline ends a line of the layout, as those in strings are
 * escaped.  What goes is the indent, the newline, and the blank behind a member's colon.
 */
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "json_impl.h"

/* Is the quote at q, inside the string that starts at p, behind an odd number of backslashes? */
static bool is_escaped(const char *p, const char *q)
{
	size_t slashes = 0;

	while (q - 1 > p && q[-1] == '\\') {
		q--;
		slashes++;
	}
	return slashes % 2;
}

/* Behind the string that starts at p; NULL if it does not end before `stop`. */
static const char *string_end(const char *p, const char *stop)
{
	const char *q = p;

	do
		q = memchr(q + 1, '"', (size_t)(stop - q - 1));
	while (q && is_escaped(p, q));
	return q ? q + 1 : NULL;
}

static char *append(char *to, const char *from, const char *stop)
{
	memcpy(to, from, (size_t)(stop - from));
	return to + (stop - from);
}

void gv_json_canon_to_line_scalar(struct gv_buf *out, struct gv_str text)
{
	const char *p = text.p, *stop = p + text.n;
	char *to;

	if (!gv_buf_reserve(out, text.n))
		return;
	to = out->p + out->n;
	while (p < stop) {
		const char *newline = memchr(p, '\n', (size_t)(stop - p)), *colon;

		if (!newline)
			newline = stop;
		while (p < newline && *p == ' ')
			p++;
		colon = p < newline && *p == '"' ? string_end(p, newline) : NULL;
		if (colon && colon < newline && *colon == ':') {
			to = append(to, p, colon + 1);
			p = colon + 1;
			p += p < newline && *p == ' ';
		}
		to = append(to, p, newline);
		p = newline + (newline < stop);
	}
	out->n = (size_t)(to - out->p);
	if (out->p)
		out->p[out->n] = '\0';
}

#ifdef __SSE2__

enum {
	BLOCK = 64,
	BLOCKS = 256,  /* longer text is rare */
	SLACK = 32     /* so much is copied at once, whatever is needed of it */
};

/* A bit for every byte of the text. */
struct marks {
	uint64_t newlines[BLOCKS + 1], quotes[BLOCKS + 1];
};

static inline uint64_t equal(const __m128i block[4], char c)
{
	__m128i all = _mm_set1_epi8(c);
	uint64_t bits = 0;

	for (unsigned i = 0; i < 4; i++)
		bits |= (uint64_t)(unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(block[i], all)) << 16 * i;
	return bits;
}

/* False if there is a backslash: then a quote may not be one. */
static bool mark(struct marks *m, size_t i, const char *p)
{
	__m128i block[4], slashes;

	for (unsigned k = 0; k < 4; k++)
		block[k] = _mm_loadu_si128((const __m128i *)(const void *)(p + 16 * (size_t)k));
	m->newlines[i] = equal(block, '\n');
	m->quotes[i] = equal(block, '"');
	slashes = _mm_set1_epi8('\\');
	for (unsigned k = 0; k < 4; k++)
		block[k] = _mm_cmpeq_epi8(block[k], slashes);
	return !_mm_movemask_epi8(_mm_or_si128(_mm_or_si128(block[0], block[1]), _mm_or_si128(block[2], block[3])));
}

/* There is a newline and a quote right behind the text, so that every search ends. */
static bool mark_all(struct marks *m, struct gv_str text)
{
	size_t whole = text.n / BLOCK, rest = text.n % BLOCK;
	char tail[BLOCK] = { 0 };
	bool plain = true;

	for (size_t i = 0; i < whole; i++)
		plain &= mark(m, i, text.p + i * BLOCK);
	memcpy(tail, text.p + whole * BLOCK, rest);
	plain &= mark(m, whole, tail);
	m->newlines[whole] |= (uint64_t)1 << rest;
	m->quotes[whole] |= (uint64_t)1 << rest;
	return plain;
}

static inline size_t next_bit(const uint64_t *bits, size_t from)
{
	size_t i = from / BLOCK;
	uint64_t word = bits[i] & ~(uint64_t)0 << from % BLOCK;

	while (!word)
		word = bits[++i];
	return i * BLOCK + (size_t)__builtin_ctzll(word);
}

/* Most pieces are short: they are copied with what is behind them, which the next piece covers. */
static inline char *add(char *to, struct gv_str text, size_t from, size_t end)
{
	if (end - from <= SLACK && from + SLACK <= text.n)
		memcpy(to, text.p + from, SLACK);
	else
		memcpy(to, text.p + from, end - from);
	return to + (end - from);
}

static bool by_marks(struct gv_buf *out, struct gv_str text)
{
	struct marks m;
	size_t at = 0;
	char *to;

	if (text.n / BLOCK >= BLOCKS || text.n + SLACK > out->max - out->n || !mark_all(&m, text) ||
	    !gv_buf_reserve(out, text.n + SLACK))
		return false;
	to = out->p + out->n;
	while (at < text.n) {
		size_t newline = next_bit(m.newlines, at), quote;

		while (at < newline && text.p[at] == ' ')
			at++;
		if (at < newline && text.p[at] == '"') {
			quote = next_bit(m.quotes, at + 1);
			if (quote + 1 < newline && text.p[quote + 1] == ':') {
				to = add(to, text, at, quote + 2);
				at = quote + 2;
				at += at < newline && text.p[at] == ' ';
			}
		}
		to = add(to, text, at, newline);
		at = newline + 1;
	}
	out->n = (size_t)(to - out->p);
	*to = '\0';
	return true;
}

#endif

void gv_json_canon_to_line(struct gv_buf *out, struct gv_str text)
{
#ifdef __SSE2__
	if (by_marks(out, text))
		return;
#endif
	gv_json_canon_to_line_scalar(out, text);
}
