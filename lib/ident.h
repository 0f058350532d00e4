/* SPDX-License-Identifier: MIT */
/*
 * ident: the identifiers that court papers carry, checked as rules ID-01 to
 * ID-18 say (GB 11643, GB 32100, GB 11714, Luhn).  A region is never refused for
 * being unknown today (ID-04, ID-13); what is odd but possible is a warning.
 */
#ifndef GAVEL_IDENT_H
#define GAVEL_IDENT_H

#include "buf.h"
#include "date.h"

enum gv_ident_kind {
	GV_ID_NONE,
	GV_ID_RESIDENT,  /* 公民身份号码, 18 or old 15 digits */
	GV_ID_CREDIT,    /* 统一社会信用代码 */
	GV_ID_PHONE,     /* mobile, landline with its area code, 400/800 */
	GV_ID_PLATE,     /* 号牌号码 */
	GV_ID_BANKCARD
};

struct gv_ident {
	enum gv_ident_kind kind;
	bool valid;
	char normal[64];     /* official form: upper case, half width, no spaces; "" if not valid */
	char reason[192];    /* translated; why not, or a warning when valid */
	/* parts; empty or GV_DAY_NONE where they do not apply or are not valid */
	char region[8];      /* six digits, as found: resident ID and credit code */
	gv_day birth;        /* GV_DAY_NONE too for births before 1900 */
	char sex[8];         /* 男, 女 */
	char form[32];       /* see below */
	char body[16];       /* credit code: the organisation code (GB 11714), "60003734-1" */
	char registrar[8];   /* credit code: first two characters */
};

/*
 * form:
 *   resident ID  resident, resident-15 (normal has the 18), residence-hong-kong, residence-macao,
 *                residence-taiwan, foreign-permanent
 *   credit code  enterprise, individual-business, farmers-cooperative, law-firm, village ...:
 *                by the first two characters; "" with a warning if they stand for nothing
 *   phone        mobile, landline, service
 *   plate        ordinary, new-energy-small, new-energy-large, police, trainer, trailer, test,
 *                oversize, hong-kong, macao, consular, embassy, rescue
 *   bank card    unionpay, other
 */

/* Check as this kind.  Returns nothing: *out says it all. */
void gv_ident_check(struct gv_ident *out, enum gv_ident_kind kind, struct gv_str text);

/*
 * Appends the number as one form for all ways to write it, so that two of them can be compared: the official form of what is valid,
 * 18 characters of an old resident number, too; else as it is, in upper case and half width, without spaces.
 */
void gv_ident_add_form(struct gv_buf *out, enum gv_ident_kind kind, struct gv_str text);

/*
 * What could it be?  The first kind that finds it valid, in the order resident
 * ID, credit code, phone, plate, bank card, but
 * - of 18 characters from 9 on, the credit code comes first: companies are many,
 *   permanent residence cards of foreigners few;
 * - a 15-digit resident number has no check digit, so that with an unknown
 *   province it comes last (a card of 15 digits, or 0086 and a phone);
 * - 17 or 18 digits with a date of birth in its place are no bank card, even if
 *   they pass Luhn, as one in ten resident IDs does, right, mistyped or cut.
 * Found valid by none: the kind it looks most like, with the reason why it is
 * not; GV_ID_NONE if it looks like nothing.
 */
void gv_ident_guess(struct gv_ident *out, struct gv_str text);

const char *gv_ident_kind_name(enum gv_ident_kind k);  /* "resident-id" ...; "none" */
bool gv_ident_kind_parse(enum gv_ident_kind *k, const char *name);

#endif
