/* SPDX-License-Identifier: MIT */
/* writings: how else a Chinese name is written: in pinyin, and in characters before they were simplified (share/ref/writings.tsv). */
#ifndef GAVEL_WRITINGS_H
#define GAVEL_WRITINGS_H

#include "buf.h"
#include "err.h"

struct gv_writings;

int gv_writings_open(struct gv_writings **out, struct gv_err *err);
void gv_writings_free(struct gv_writings *w);

/*
 * Of a name of two to four Chinese characters, whose first `surname` bytes are the surname: zhangwei and weizhang, in small letters
 * without blanks; 張偉, 張伟, 张偉; of each reading and form that the table has, thirty-two at most of each kind.  A name with a
 * character that it does not have has none in letters.  `each` ends it with another value than 0, which is returned.
 */
int gv_writings_each(struct gv_writings *w, struct gv_str name, size_t surname, int (*each)(void *ctx, struct gv_str writing, bool latin), void *ctx);

#endif
