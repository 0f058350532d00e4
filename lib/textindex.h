/* SPDX-License-Identifier: MIT */
/*
 * textindex: which documents have which words?  For a search that a browser does alone: the answer lies in small files,
 * of which it reads those of its question.
 *
 * A term is two Chinese characters (kana, hangul) side by side, or a word of Latin or other letters and digits.  Full
 * width counts as half, capitals of ASCII as small ones.  share/site/site.js cuts a question in the same way.
 */
#ifndef GAVEL_TEXTINDEX_H
#define GAVEL_TEXTINDEX_H

#include "buf.h"
#include "err.h"

enum { GV_TERM_MAX = 32 };  /* bytes of a word; what is longer is cut */

struct gv_textindex;

int gv_textindex_new(struct gv_textindex **out, struct gv_err *err);
void gv_textindex_free(struct gv_textindex *x);

/* Valid UTF-8.  Documents come in the order of their numbers, the texts of one in any; `title`: more than the text counts. */
int gv_textindex_add(struct gv_textindex *x, uint32_t doc, struct gv_str text, bool title, struct gv_err *err);

/*
 * A JSON object for each shard, {"TERM":"POSTINGS"}, terms in order; `shards` is a power of two that depends on the
 * index alone.  A term lies in the shard FNV-1a(term) mod shards.  POSTINGS is one list, or two with a full stop between
 * them: of all texts, of titles alone.  A list is a letter and base64: "d", the steps from number to number (the
 * first from -1), 7 bits a byte, low ones first; or "b", a bit a document, low ones first.
 */
unsigned gv_textindex_shards(const struct gv_textindex *x);
int gv_textindex_write(struct gv_textindex *x, int (*each)(void *ctx, unsigned shard, struct gv_str json, struct gv_err *err),
                       void *ctx, struct gv_err *err);

/* Terms of a text, for tests: each with a line feed. */
void gv_textindex_terms(struct gv_str text, struct gv_buf *out);

#endif
