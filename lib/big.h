/* SPDX-License-Identifier: MIT */
/*
 * big: signed integers of a fixed room, for exact sums, over the mpn functions of GMP.  They take no memory, so that nothing
 * here can fail; the room is enough for everything that num.h's limits allow (its tests prove it).
 */
#ifndef GAVEL_BIG_H
#define GAVEL_BIG_H

#include <gmp.h>

#include "buf.h"

__extension__ typedef __int128 gv_wide;
__extension__ typedef unsigned __int128 gv_uwide;

enum {
	GV_BIG_LIMBS = 72,         /* 4608 bits, 1387 digits */
	GV_BIG_TEXT = 1390         /* digits, a sign and a NUL */
};

struct gv_big {
	bool negative;             /* never of zero */
	int32_t n;                 /* limbs, the highest not zero */
	mp_limb_t limb[GV_BIG_LIMBS];  /* the least significant first; those above n are not looked at */
};

void gv_big_set(struct gv_big *b, gv_wide value);
void gv_big_setu(struct gv_big *b, gv_uwide value);
/* Decimal digits only. */
void gv_big_read(struct gv_big *b, struct gv_str digits, bool negative);
/* Copies only what is used. */
void gv_big_copy(struct gv_big *to, const struct gv_big *from);
int gv_big_cmp(const struct gv_big *a, const struct gv_big *b);

/* to += a, to -= a */
void gv_big_add(struct gv_big *to, const struct gv_big *a);
void gv_big_sub(struct gv_big *to, const struct gv_big *a);
/* to *= a;  a may be `to` */
void gv_big_mul(struct gv_big *to, const struct gv_big *a);
void gv_big_mul10(struct gv_big *to, unsigned power);  /* to *= 10^power */

/* Digits with a sign; the length of the text. */
size_t gv_big_write(const struct gv_big *b, char out[static GV_BIG_TEXT]);

/*
 * The double nearest to a/b, and to the square root of a/b, ties to even: one rounding, whatever the sizes.
 * b is above 0, for the root a is not below 0.  The room must hold a * 2^130 or b * 2^66, whichever is larger.
 */
double gv_big_ratio(const struct gv_big *a, const struct gv_big *b);
double gv_big_root(const struct gv_big *a, const struct gv_big *b);

#endif
