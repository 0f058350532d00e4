/* SPDX-License-Identifier: MIT */
/*
 * sha: object ids and digests, through libcrypto (0.7 us a record with SHA-NI).
 * Plain SHA-1 is sound for objects that we make ourselves.
 */
#ifndef GAVEL_SHA_H
#define GAVEL_SHA_H

#include "buf.h"
#include "err.h"

struct gv_oid { unsigned char b[20]; };
#define GV_HEX 40
void gv_oid_hex(const struct gv_oid *o, char out[GV_HEX + 1]);
bool gv_oid_read(struct gv_oid *o, struct gv_str hex);  /* exactly 40 digits */
bool gv_oid_eq(const struct gv_oid *a, const struct gv_oid *b);
bool gv_oid_is_zero(const struct gv_oid *o);

/* Id of a git object: SHA-1 of "TYPE SIZE\0" and the data.  type is "blob", "tree", "commit". */
void gv_oid_of(struct gv_oid *out, const char *type, struct gv_str data);

struct gv_sha1 { uint64_t state[16]; };  /* opaque room for libcrypto's SHA_CTX */
void gv_sha1_init(struct gv_sha1 *s);
void gv_sha1_add(struct gv_sha1 *s, const void *p, size_t n);
void gv_sha1_done(struct gv_sha1 *s, struct gv_oid *out);

void gv_sha256(struct gv_str data, unsigned char out[32]);
struct gv_sha256 { uint64_t state[15]; };  /* opaque room for libcrypto's SHA256_CTX */
void gv_sha256_init(struct gv_sha256 *s);
void gv_sha256_add(struct gv_sha256 *s, const void *p, size_t n);
void gv_sha256_done(struct gv_sha256 *s, unsigned char out[32]);
#define GV_HEX256 64
void gv_sha256_hex(const unsigned char hash[32], char out[GV_HEX256 + 1]);
bool gv_sha256_is_hex(struct gv_str hex);  /* exactly 64 lower-case digits */

#endif
