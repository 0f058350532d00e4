/* SPDX-License-Identifier: MIT */
/*
 * key: values as bytes whose order is the order of the values, so that one string serves to find a group, to sort
 * by it and to merge.  Keys are put behind each other: none is the beginning of another, so that memcmp() compares
 * them one by one.
 *
 * Order: absent, false, true, numbers, text in byte order, arrays and objects by their text.  Numbers are what they
 * are worth: 1.50 and 15e-1 have one key, 1 and "1" have two.
 */
#ifndef GAVEL_KEY_H
#define GAVEL_KEY_H

#include "num.h"

void gv_key_add(struct gv_buf *key, const struct gv_val *v);  /* NULL and null are absent */
void gv_key_add_num(struct gv_buf *key, const struct gv_num *n);
void gv_key_add_text(struct gv_buf *key, struct gv_str text);

/* Bytes of the first value of a key that was made here. */
size_t gv_key_length(struct gv_str key);
/* Is this text (.p NULL: nothing) the first value of the key?  Then it is passed over. */
bool gv_key_pass_text(struct gv_str *key, struct gv_str text);
/*
 * The first value of a key, made in d's arena: null for an absent one; a number that is no integer within 2^53 is
 * GV_NUMBER in plain digits.
 */
int gv_key_read(struct gv_doc *d, struct gv_val *out, struct gv_str key, struct gv_err *err);

#endif
