/* SPDX-License-Identifier: MIT */
/*
 * ident: the identifiers that court papers carry, checked as rules ID-01 to
 * ID-18 say (GB 11643, GB 32100, GB 11714, Luhn).  A region is never refused for
 * being unknown today (ID-04, ID-13).
 */
#ifndef GAVEL_IDENT_H
#define GAVEL_IDENT_H

#include "date.h"

enum gv_ident_kind {
	GV_ID_NONE,
	GV_ID_RESIDENT,  /* 公民身份号码, 18 or old 15 digits */
	GV_ID_CREDIT,    /* 统一社会信用代码 */
	GV_ID_PHONE,     /* mobile or landline */
	GV_ID_PLATE,     /* 号牌号码 */
	GV_ID_BANKCARD
};

struct gv_ident {
	enum gv_ident_kind kind;
	bool valid;
	char normal[64];     /* official form: upper case, half width, no spaces */
	char reason[192];    /* translated; why not, or a warning when valid */
	/* parts; empty or GV_DAY_NONE where they do not apply */
	char region[8];      /* six digits, as found: resident ID and credit code */
	gv_day birth;
	char sex[8];         /* 男, 女 */
	char form[32];       /* "resident-15", "mobile", "landline", "new-energy", "unionpay"... */
	char body[16];       /* credit code: the organisation code (GB 11714) */
	char registrar[8];   /* credit code: first two characters */
};

/* Check as this kind.  Returns nothing: *out says it all. */
void gv_ident_check(struct gv_ident *out, enum gv_ident_kind kind, struct gv_str text);

/* What could it be?  Tries all kinds; valid ones first, then the nearest by
 * shape, GV_ID_NONE if it looks like nothing. */
void gv_ident_guess(struct gv_ident *out, struct gv_str text);

const char *gv_ident_kind_name(enum gv_ident_kind k);  /* "resident-id" ... */
bool gv_ident_kind_parse(enum gv_ident_kind *k, const char *name);

#endif
