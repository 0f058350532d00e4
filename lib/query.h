/* SPDX-License-Identifier: MIT */
/*
 * query: plain predicates, compiled once and evaluated without libjq.
 *
 *   claim_fen>=5000000 and cause=民间借贷纠纷
 *   state in (open, suspended) and not exists closed_on
 *   parties[].name ~ '^上海' or (judge != 王法官 and filed_on < 2022-06-30)
 *
 * Operators: = != < <= > >= ~ (PCRE2, UTF), in (a, b), not in (a, b), exists PATH;
 * not binds tighter than and, and tighter than or; round brackets group.  The words
 * and, or, not, in, exists are lower case; in quotes they are ordinary text.
 *
 * Paths are dotted (a member whose whole name is the path goes first): a.b, a.0 is one item, a[] is "any item": a[].b = x is true when
 * some item has it.  A value with round brackets of ASCII, commas, blanks or
 * operators goes in '...' or "..."; inside, \\ \' \" \n \r \t are escapes and any other
 * backslash stays (so that '\d+' is a pattern).  A bare word reaches to the next
 * blank (U+3000 too), round bracket, comma or operator.
 *
 * Numbers compare with numbers, text with text in byte order (so dates work).  A
 * missing field (or a null) makes every comparison false; a != x and a not in (x)
 * are exactly not (a = x) and not (a in (x)), also on paths with [].  A time compared
 * with a day is compared by its day in UTC+8.
 *
 * Without a schema, or on a field that the schema does not know, a bare word that is
 * written like a JSON number (5, -12.50, 1e3; not 007, +1 or .5) compares with numbers by
 * its exact value, however they are written (5 is 5.0, and less than 12345678901234567890.5),
 * and with text as text: a = 5.0 is true for the number 5 and the text 5.0, not for the text 5.
 * Bare true and false equal booleans and text.  In quotes all of these are text.  A foreign
 * number (GV_NUMBER) compares with what is no number as the text that it is written in; so does
 * every number beyond the limits of num.h, whatever it is compared with.
 */
#ifndef GAVEL_QUERY_H
#define GAVEL_QUERY_H

#include "schema.h"

#define GV_QUERY_MAX ((size_t)64 * 1024)  /* bytes */
#define GV_QUERY_NESTING 64               /* brackets, and steps of a path */

struct gv_query;

/*
 * GV_EUSAGE with the column of the mistake (in characters, from 1): column 12: "and" needs
 * something on its right.  `schema` may be NULL; with it, a literal takes the field's type
 * (a wrong date, a word that no record can hold are mistakes; a case number may have
 * any form) and `unknown` (may be NULL) is called for paths that the schema does not know.
 */
int gv_query_parse(struct gv_query **out, const char *text, const struct gv_schema *schema,
                   void (*unknown)(void *ctx, struct gv_str path), void *ctx, struct gv_err *err);

/* `rec` comes from a parser (its text is UTF-8).  One query, one thread. */
bool gv_query_match(const struct gv_query *q, const struct gv_val *rec);

/*
 * 0, or GV_EDATA once a pattern has given up on a text because it backtracks without end: that
 * match counted as false, so the answer since then cannot be trusted.  Ask it after
 * every match, or at least at the end.
 */
int gv_query_trouble(const struct gv_query *q, struct gv_err *err);

/*
 * The first steps of all its paths, and the whole of those with dots, each once, in byte order: of a record only the members of
 * these names make a difference.  A derived field counts by its own name, not by what it derives
 * from.  How many there are, even if `names` has not room for all of them; the names live as long
 * as the query.
 */
size_t gv_query_roots(const struct gv_query *q, struct gv_str *names, size_t room);

/*
 * Can a record with this canonical text not match?  Told by the lines of its top-level scalars, unparsed; where any doubt is
 * left (nested paths, derived fields, escapes, values that are sealed), false.  Like gv_json_canon_to_line() it
 * takes the text for canonical where it begins and ends so.
 */
bool gv_query_rules_out(const struct gv_query *q, struct gv_str text);

/* The derived fields it uses, as a list for gv_rec_derive() ("court,year"); "" if none. */
const char *gv_query_derived(const struct gv_query *q);

void gv_query_free(struct gv_query *q);

#endif
