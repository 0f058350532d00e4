/* SPDX-License-Identifier: MIT */
/* base64: RFC 4648 section 4, with padding; one value has one text. */
#ifndef GAVEL_BASE64_H
#define GAVEL_BASE64_H

#include "buf.h"

void gv_base64_add(struct gv_buf *out, const void *p, size_t n);
/* Appended to `out`; false if it is none (also: bits that are thrown away and are not zero), or `out` has no room. */
bool gv_base64_read(struct gv_buf *out, struct gv_str text);
/* The value of one digit, -1 if it is none. */
int gv_base64_digit(char c);

#endif
