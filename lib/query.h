/* SPDX-License-Identifier: MIT */
/*
 * query: plain predicates, compiled once and evaluated without libjq.
 *
 *   claim_fen>=5000000 and cause=民间借贷纠纷
 *   state in (open, suspended) and not exists closed_on
 *   parties[].name ~ '^上海' or (judge != 王法官 and filed_on < 2022-06-30)
 *
 * Operators: = != < <= > >= ~ (PCRE2, UTF) in exists and or not, brackets.
 * Paths are dotted; [] is "any item"; a.0 is one item.  A bare word reaches
 * to the next blank, bracket, comma or operator; quotes '...' or "..." with \ escapes for the rest.
 * Numbers compare with numbers, text with text in byte order (so dates
 * work); a missing field makes every comparison false except != and "not exists".
 */
#ifndef GAVEL_QUERY_H
#define GAVEL_QUERY_H

#include "schema.h"

struct gv_query;

/* GV_EUSAGE with the column of the mistake.  `schema` may be NULL; with it, a
 * literal takes the field's type and `unknown` (may be NULL) is called for paths that
 * the schema does not know. */
int gv_query_parse(struct gv_query **out, const char *text, const struct gv_schema *schema,
                   void (*unknown)(void *ctx, struct gv_str path), void *ctx, struct gv_err *err);
bool gv_query_match(const struct gv_query *q, const struct gv_val *rec);
void gv_query_free(struct gv_query *q);

#endif
