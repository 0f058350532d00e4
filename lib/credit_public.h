/* SPDX-License-Identifier: MIT */
/*
 * credit_public: what of an entry on the list of dishonest debtors everybody may see (CR-09), as a row on its way to others:
 *
 *   {"kind":"credit-public","key":"沪0114-C000001","court":"沪0114","state":"listed","case":"（2025）沪0114执1号","ground":"G1",
 *    "published_on":"2025-03-10","published":{"name":...}}
 *   {"kind":"credit-public","key":"沪0114-C000001","court":"沪0114","state":"removed","published_on":"2025-03-10","on":"2025-06-10",
 *    "reason":"R1"}
 *
 * An entry is listed, or it is nobody's business; that it was removed is told to those who had it, and nothing else of it.
 * The table is all there is: a field that it does not name gets into no row, and is let in by none.
 */
#ifndef GAVEL_CREDIT_PUBLIC_H
#define GAVEL_CREDIT_PUBLIC_H

#include "credit.h"

enum gv_credit_how {
	GV_CREDIT_WORD,        /* as it is: one line */
	GV_CREDIT_NAME,        /* of one line; long numbers in it are masked */
	GV_CREDIT_PROSE,       /* of several lines; likewise */
	GV_CREDIT_MASKED,      /* an identity number, masked in the middle */
	GV_CREDIT_TERM_END     /* of G2 to G6: computed, extensions counted */
};
enum { GV_CREDIT_LISTED = 1, GV_CREDIT_REMOVED = 2, GV_CREDIT_BOTH = 3 };  /* rows */

struct gv_credit_field {
	const char *name;      /* in the row: "published.name" */
	const char *field;     /* in the record; NULL: the row's own */
	enum gv_credit_how how;
	unsigned rows;         /* that may have it */
	unsigned needed;       /* rows that are nothing without it */
	const char *rule;      /* which lets it be published */
	const char *art;       /* "DIS 6(1)": of its text; NULL: it says nothing about the debtor */
};
/* Ends with a NULL name. */
extern const struct gv_credit_field gv_credit_fields[];

/* Is it published: listed, and our own?  What another court lists is that court's to publish. */
bool gv_credit_is_public(const struct gv_val *rec);

/*
 * The row of a listed entry into *out, in d; it borrows from rec.  `home` is the court of an entry that names none; `change`
 * (NULL: none) a literal.  What is of another type than the schema says, as a sealed value without its key, is left out.
 */
int gv_credit_public(struct gv_doc *d, struct gv_val *out, const struct gv_val *rec, const char *home, const char *change, struct gv_err *err);
/* Both are public: is it another listing that `after` has, so that the one of `before` was removed? */
bool gv_credit_public_is_new(const struct gv_val *before, const struct gv_val *after);
/* The row that the listing of an entry which was public (before) is so no more; `after` NULL: the record itself is gone. */
int gv_credit_public_removed(struct gv_doc *d, struct gv_val *out, const struct gv_val *before, const struct gv_val *after, const char *home,
                             struct gv_err *err);

/* Is it a row as the above make them, with a change or without?  GV_EDATA names the first field that is none, or that is not there. */
int gv_credit_public_check(const struct gv_val *row, bool *removed, struct gv_err *err);
/* The row's fields into a record in d, in place of what the record has in theirs; identity numbers are masked if they were not. */
int gv_credit_public_take(struct gv_doc *d, struct gv_val *rec, const struct gv_val *row, bool removed, struct gv_err *err);

/* Appends; a masked number stays as it is.  Of 15 characters and more the first six and the last four remain. */
void gv_credit_mask(struct gv_str number, struct gv_buf *out);

#endif
