/* SPDX-License-Identifier: MIT */
#include "sha.h"

#include <openssl/sha.h>

_Static_assert(sizeof(SHA_CTX) <= sizeof(struct gv_sha1), "room for libcrypto's state");
_Static_assert(sizeof(SHA256_CTX) <= sizeof(struct gv_sha256), "room for libcrypto's state");
_Static_assert(_Alignof(SHA256_CTX) <= _Alignof(struct gv_sha256), "aligned for libcrypto's state");
_Static_assert(_Alignof(SHA_CTX) <= _Alignof(struct gv_sha1), "aligned for libcrypto's state");

static void to_hex(const unsigned char *p, size_t n, char *out)
{
	static const char digits[] = "0123456789abcdef";

	for (size_t i = 0; i < n; i++) {
		out[2 * i] = digits[p[i] >> 4];
		out[2 * i + 1] = digits[p[i] & 15];
	}
	out[2 * n] = '\0';
}

void gv_oid_hex(const struct gv_oid *o, char out[GV_HEX + 1])
{
	to_hex(o->b, sizeof o->b, out);
}

static int hex_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

bool gv_oid_read(struct gv_oid *o, struct gv_str hex)
{
	if (hex.n != GV_HEX)
		return false;
	for (size_t i = 0; i < sizeof o->b; i++) {
		int high = hex_value(hex.p[2 * i]), low = hex_value(hex.p[2 * i + 1]);

		if (high < 0 || low < 0)
			return false;
		o->b[i] = (unsigned char)(high << 4 | low);
	}
	return true;
}

bool gv_oid_eq(const struct gv_oid *a, const struct gv_oid *b)
{
	return memcmp(a->b, b->b, sizeof a->b) == 0;
}

bool gv_oid_is_zero(const struct gv_oid *o)
{
	static const struct gv_oid zero;

	return gv_oid_eq(o, &zero);
}

void gv_oid_of(struct gv_oid *out, const char *type, struct gv_str data)
{
	char text[40]; /* filled from its end */
	size_t n = strlen(type), at = sizeof text, size = data.n;
	struct gv_sha1 s;

	text[--at] = '\0';
	do {
		text[--at] = (char)('0' + size % 10);
		size /= 10;
	} while (size);
	text[--at] = ' ';
	at -= n;
	memcpy(text + at, type, n);
	gv_sha1_init(&s);
	gv_sha1_add(&s, text + at, sizeof text - at);
	gv_sha1_add(&s, data.p, data.n);
	gv_sha1_done(&s, out);
}

void gv_sha1_init(struct gv_sha1 *s)
{
	SHA1_Init((SHA_CTX *)(void *)s);
}

void gv_sha1_add(struct gv_sha1 *s, const void *p, size_t n)
{
	SHA1_Update((SHA_CTX *)(void *)s, p, n);
}

void gv_sha1_done(struct gv_sha1 *s, struct gv_oid *out)
{
	SHA1_Final(out->b, (SHA_CTX *)(void *)s);
}

void gv_sha256(struct gv_str data, unsigned char out[32])
{
	SHA256_CTX s;

	/* Not SHA256(): that goes through the providers, and would link all of them. */
	SHA256_Init(&s);
	SHA256_Update(&s, data.p, data.n);
	SHA256_Final(out, &s);
}

void gv_sha256_init(struct gv_sha256 *s)
{
	SHA256_Init((SHA256_CTX *)(void *)s);
}

void gv_sha256_add(struct gv_sha256 *s, const void *p, size_t n)
{
	SHA256_Update((SHA256_CTX *)(void *)s, p, n);
}

void gv_sha256_done(struct gv_sha256 *s, unsigned char out[32])
{
	SHA256_Final(out, (SHA256_CTX *)(void *)s);
}

void gv_sha256_hex(const unsigned char hash[32], char out[GV_HEX256 + 1])
{
	to_hex(hash, 32, out);
}

bool gv_sha256_is_hex(struct gv_str hex)
{
	for (size_t i = 0; i < hex.n; i++)
		if (!(hex.p[i] >= '0' && hex.p[i] <= '9') && !(hex.p[i] >= 'a' && hex.p[i] <= 'f'))
			return false;
	return hex.n == GV_HEX256;
}
