/* SPDX-License-Identifier: MIT */
/*
 * utf8: code points, display width, NFC and what is safe to show.
 * Width follows utf8proc with our own answer for the ideographs of planes 2
 * and 3 that glibc and old tables do not know (always 2 columns).
 */
#ifndef GAVEL_UTF8_H
#define GAVEL_UTF8_H

#include "buf.h"

/* Length of the valid prefix: == s.n when all of it is strict UTF-8 (no
 * surrogates, nothing over U+10FFFF, no over-long forms). */
size_t gv_utf8_valid(struct gv_str s);

/* Next code point of valid UTF-8, or -1 at the end; *pos moves on.  On a
 * broken byte: returns 0xFFFD and moves one byte. */
int32_t gv_utf8_next(struct gv_str s, size_t *pos);
/* Bytes written; U+FFFD for what is no code point (surrogates, -1, over U+10FFFF). */
size_t gv_utf8_put(char out[4], int32_t cp);

/* A Chinese ideograph (unified blocks, extensions A to I, compatibility
 * ideographs and 〇). */
static inline bool gv_is_latin(char c)  /* A to Z, a to z */
{
	return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}
bool gv_utf8_is_han(int32_t cp);

/* Terminal columns. `ambiguous` is 1 or 2 (East Asian ambiguous width). */
int gv_utf8_cp_width(int32_t cp, int ambiguous);
size_t gv_utf8_width(struct gv_str s, int ambiguous);

/* Bytes of the longest prefix that fits into `columns`. */
size_t gv_utf8_fit(struct gv_str s, size_t columns, int ambiguous);

bool gv_utf8_is_nfc(struct gv_str s);            /* fast for ASCII and common han */
int gv_utf8_nfc(struct gv_str s, struct gv_buf *out, struct gv_err *err);
/* NFC without the difference of upper and lower case: two names that a file system which knows no
 * case takes for one give the same text. */
int gv_utf8_fold(struct gv_str s, struct gv_buf *out, struct gv_err *err);

/*
 * Append text made safe for terminals and messages: C0/C1 controls, DEL, bidi
 * controls (U+202A-202E, 2066-2069, 200E, 200F, 061C), line/paragraph
 * separators, zero-width and broken bytes become \n, \t, \x1b or \u202e forms.
 */
void gv_utf8_safe(struct gv_str s, struct gv_buf *out);
/* Is there anything in it that gv_utf8_safe() would change? */
bool gv_utf8_is_safe(struct gv_str s);

/* Full-width ASCII variants (U+FF01-FF5E) to ASCII, U+3000 to space. */
int32_t gv_utf8_half(int32_t cp);
bool gv_utf8_is_space(int32_t cp);  /* incl. U+3000, U+00A0, zero-width, BOM */
bool gv_utf8_is_blank(struct gv_str s);  /* nothing but these */

#endif
