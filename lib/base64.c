/* SPDX-License-Identifier: MIT */
#include "base64.h"

static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

void gv_base64_add(struct gv_buf *out, const void *p, size_t n)
{
	const unsigned char *b = p;

	for (size_t i = 0; i < n; i += 3) {
		size_t left = n - i;
		uint32_t w = (uint32_t)b[i] << 16 | (left > 1 ? (uint32_t)b[i + 1] << 8 : 0) | (left > 2 ? b[i + 2] : 0);
		char four[4] = { digits[w >> 18], digits[w >> 12 & 63], left > 1 ? digits[w >> 6 & 63] : '=',
			         left > 2 ? digits[w & 63] : '=' };

		gv_buf_add(out, four, sizeof four);
	}
}

int gv_base64_digit(char c)
{
	if (c >= 'A' && c <= 'Z')
		return c - 'A';
	if (c >= 'a' && c <= 'z')
		return c - 'a' + 26;
	if (c >= '0' && c <= '9')
		return c - '0' + 52;
	return c == '+' ? 62 : c == '/' ? 63 : -1;
}

bool gv_base64_read(struct gv_buf *out, struct gv_str text)
{
	if (text.n % 4)
		return false;
	for (size_t i = 0; i < text.n; i += 4) {
		size_t pad = i + 4 < text.n ? 0 : text.p[i + 3] != '=' ? 0 : text.p[i + 2] != '=' ? 1 : 2;
		uint32_t w = 0;

		for (size_t j = 0; j < 4; j++) {
			int v = j < 4 - pad ? gv_base64_digit(text.p[i + j]) : 0;

			if (v < 0)
				return false;
			w = w << 6 | (uint32_t)v;
		}
		/* Bits that are thrown away must be zero: one value, one text. */
		if ((pad == 1 && w & 0xff) || (pad == 2 && w & 0xffff))
			return false;
		for (size_t j = 0; j < 3 - pad; j++)
			gv_buf_addc(out, (char)(w >> (16 - 8 * j) & 0xff));
	}
	return !out->failed;
}
