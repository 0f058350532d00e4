/* SPDX-License-Identifier: MIT */
/*
 * shape: records read by what those before them looked like.
 *
 * Records of one source differ in their values and in which members they have; what stands between two values comes
 * again and again: the end of one, names, brackets.  A shape learns these pieces from records that the strict reader
 * (json.h) took, and at which place in a record each of them was.  A line of nothing but known pieces at their places,
 * with plain strings and short integers between them, is one that the strict reader would take too, and is read without
 * it.  Whatever else comes (white space, escapes, members out of order, a piece that is new) is left to the strict one.
 *
 * For one thread; memory is bounded, whatever comes.
 */
#ifndef GAVEL_SHAPE_H
#define GAVEL_SHAPE_H

#include "json.h"

struct gv_shape;

/* Of the members of a record only these are built.  `only` must live as long.  NULL when memory is short. */
struct gv_shape *gv_shape_new(const struct gv_json_only *only);
void gv_shape_free(struct gv_shape *s);

/*
 * The line that begins at text.p: what gv_json_parse_only() with GV_JSON_DROP_NULL would make of it, at *used its length
 * with its newline.  False: the strict reader must look at it, whatever is in *d.
 */
bool gv_shape_read(struct gv_shape *s, struct gv_doc *d, struct gv_str text, size_t *used);

/* A line, without its end, that gv_shape_read() left and the strict reader took. */
void gv_shape_learn(struct gv_shape *s, struct gv_str line);

#endif
