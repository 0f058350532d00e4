// SPDX-License-Identifier: MIT
/*
 * json_simd: names, escapes and bytes for json_simd.cc; nobody else includes it.
 */
#ifndef GAVEL_JSON_SIMD_H
#define GAVEL_JSON_SIMD_H

#include <cstring>

#include "json_impl.h"

namespace {

// ---- names ----

// The first eight bytes as a number that sorts like them: most names differ there.
uint64_t key_of(gv_str s)
{
	uint64_t word = 0;

	for (size_t i = 0; i < 8; i++)
		word = word << 8 | (i < s.n ? static_cast<unsigned char>(s.p[i]) : 0);
	return word;
}

// The same, where there are eight bytes to read whatever the length.
inline uint64_t key_in_text(const char *p, size_t n)
{
	uint64_t word;

	std::memcpy(&word, p, 8);
	word = be64toh(word);
	return n >= 8 ? word : n ? word >> (64 - 8 * n) << (64 - 8 * n) : 0;
}

// 12 bits of all of a name that is not long, or else of its ends.
inline unsigned hash_of(gv_str s)
{
	uint64_t h = key_in_text(s.p, s.n) + s.n, end;

	if (s.n > 8) {
		std::memcpy(&end, s.p + s.n - 8, 8);
		h ^= end * 0xC2B2AE3D27D4EB4Fu;
	}
	return static_cast<unsigned>(h * 0x9E3779B97F4A7C15u >> 52);
}

// Names of equal keys.  None has a NUL inside, so these are equal if they are that short.
int compare_rest(gv_str a, gv_str b)
{
	int d = 0;

	if (a.n > 8 && b.n > 8)
		d = std::memcmp(a.p + 8, b.p + 8, (a.n < b.n ? a.n : b.n) - 8);
	return d ? d : (a.n > b.n) - (a.n < b.n);
}

bool is_ascii(const char *p, size_t n)
{
	unsigned char seen = 0;

	for (size_t i = 0; i < n; i++)
		seen |= static_cast<unsigned char>(p[i]);
	return seen < 0x80;
}

// ---- escapes ----

int hex4(const char *p)
{
	int v = 0;

	for (int i = 0; i < 4; i++) {
		int c = p[i], low = c | 0x20;

		if (c >= '0' && c <= '9')
			v = v * 16 + (c - '0');
		else if (low >= 'a' && low <= 'f')
			v = v * 16 + (low - 'a' + 10);
		else
			return -1;
	}
	return v;
}

char *put_utf8(char *to, int cp)
{
	if (cp < 0x80) {
		*to++ = static_cast<char>(cp);
		return to;
	}
	if (cp < 0x800) {
		*to++ = static_cast<char>(0xC0 | cp >> 6);
	} else {
		if (cp < 0x10000) {
			*to++ = static_cast<char>(0xE0 | cp >> 12);
		} else {
			*to++ = static_cast<char>(0xF0 | cp >> 18);
			*to++ = static_cast<char>(0x80 | (cp >> 12 & 0x3F));
		}
		*to++ = static_cast<char>(0x80 | (cp >> 6 & 0x3F));
	}
	*to++ = static_cast<char>(0x80 | (cp & 0x3F));
	return to;
}

// The \uXXXX at *p, or two of them; -1 for what no string may have.
int unicode(const char **p)
{
	int cp = hex4(*p + 2), low;

	*p += 6;
	if (cp < 0xD800 || cp > 0xDFFF)
		return cp ? cp : -1;
	low = cp < 0xDC00 && (*p)[0] == '\\' && (*p)[1] == 'u' ? hex4(*p + 2) : -1;
	*p += 6;
	return low < 0xDC00 || low > 0xDFFF ? -1 : 0x10000 + ((cp - 0xD800) << 10) + (low - 0xDC00);
}

// In place, from the first backslash on.  Where the string ends now; null if it is wrong.
char *unescape(char *backslash, const char *end)
{
	static const char names[] = "\"\\/bfnrt", values[] = "\"\\/\b\f\n\r\t";
	char *to = backslash;
	const char *p = backslash;

	while (p < end) {
		if (p[1] == 'u') {
			int cp = unicode(&p);

			if (cp < 0)
				return nullptr;
			to = put_utf8(to, cp);
		} else {
			const void *name = std::memchr(names, p[1], sizeof names - 1);

			if (!name)
				return nullptr;
			*to++ = values[static_cast<const char *>(name) - names];
			p += 2;
		}
		if (p > end)
			return nullptr;
		const void *next = std::memchr(p, '\\', static_cast<size_t>(end - p));
		size_t run = static_cast<size_t>((next ? static_cast<const char *>(next) : end) - p);

		std::memmove(to, p, run);
		to += run;
		p += run;
	}
	return to;
}

// ---- bytes ----

bool is_space(char c)
{
	return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

// Digits, at least one: behind them, or null.
const char *digits(const char *p)
{
	if (!is_digit(*p))
		return nullptr;
	while (is_digit(*p))
		p++;
	return p;
}

}  // namespace

#endif
