/* SPDX-License-Identifier: MIT */
/*
 * num: decimal numbers exactly as they are written.
 *
 * A number is a JSON number or the same as text (a cell of a table; leading zeros are allowed there).  Written without an
 * exponent it has at most 308 digits in front of the point and 280 behind it, so that everything that follows from it has a
 * nearest double.  NaN, Infinity, 0x10, "1,000", "+1" and " 1" are no numbers.  1.50 and 15e-1 are the same one, and so are
 * 0 and -0.
 */
#ifndef GAVEL_NUM_H
#define GAVEL_NUM_H

#include "json.h"

enum {
	GV_NUM_WHOLE = 308, GV_NUM_FRACTION = 280,
	GV_NUM_RESULT = 340,  /* digits on either side of the point of what was computed from such numbers */
	GV_NUM_TEXT = 2 * GV_NUM_RESULT + 4  /* sign, point, NUL */
};

/* m / 10^scale without a zero at the end of the fraction; where m has no room for it, `digits` instead of m. */
struct gv_num {
	int64_t m;             /* within +-GV_NUM_M_MAX */
	int32_t scale;         /* 0 to GV_NUM_FRACTION */
	bool negative;         /* of digits */
	struct gv_str digits;  /* .p is NULL: m counts.  No zeros in front.  Borrowed from `room` */
};
#define GV_NUM_M_MAX ((int64_t)999999999999999999)  /* 18 digits: any of them times 10 fits too */

/* `room` is for digits that do not fit into m: it must live as long as the number. */
struct gv_num_room { char text[GV_NUM_TEXT]; };

bool gv_num_read(struct gv_num *n, struct gv_str text, struct gv_num_room *room);
/* A number that was computed: a sum has more digits than its numbers. */
bool gv_num_read_result(struct gv_num *n, struct gv_str text, struct gv_num_room *room);
/* GV_INT, GV_NUMBER, GV_STRING; false for all else. */
bool gv_num_of(struct gv_num *n, const struct gv_val *v, struct gv_num_room *room);

int gv_num_cmp(const struct gv_num *a, const struct gv_num *b);  /* -1, 0, 1 */
/* As digits, never with an exponent: -12.5.  The length; NUL behind. */
size_t gv_num_write(const struct gv_num *n, char out[static GV_NUM_TEXT]);
/* The same with so many digits behind the point, rounded half to even: 2.5 is "2" with none, "2.50" with two. */
size_t gv_num_fixed(const struct gv_num *n, int decimals, char out[static GV_NUM_TEXT + 16]);  /* decimals: 0 to 15 */
/* Put a point into digits with a sign: -5 with scale 2 is -0.05.  Zeros at the end of the fraction are dropped.  out has room
 * for the digits, three more and scale zeros. */
size_t gv_num_place_point(struct gv_str digits, int32_t scale, char *out);
/* The parts of a number in plain or exponent form; false if it has not the shape of one. */
struct gv_num_parts {
	struct gv_str whole, fraction;  /* digits; fraction {0} if there is none */
	int64_t exponent;               /* 9999 for all that is larger */
	bool negative;
};
bool gv_num_parts(struct gv_num_parts *out, struct gv_str text);

#endif
