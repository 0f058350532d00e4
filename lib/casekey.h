/* SPDX-License-Identifier: MIT */
/*
 * casekey: the parts of a case number that is already in official form, without tables
 * and without copying: （2022）沪0114民初1234号.  The quick way for a million records; what it
 * does not know goes through gv_caseno_parse().
 */
#ifndef GAVEL_CASEKEY_H
#define GAVEL_CASEKEY_H

#include "caseno.h"

struct gv_casekey {
	struct gv_str year;     /* four digits */
	struct gv_str court;    /* 沪0114 */
	struct gv_str special;  /* 知, or empty */
	struct gv_str type;     /* 民初 */
	struct gv_str full;     /* special and type */
	struct gv_str serial;
};

/* False: not of today's grammar, or not its official form.  Does not ask whether court and
 * type exist. */
bool gv_casekey_split(struct gv_casekey *out, struct gv_str key);

/* Year of any official key, old grammar too: its four digits, "0000" if it has none. */
struct gv_str gv_casekey_year(struct gv_str key);

/*
 * Is `text` a case number in official form, without suffix?  GV_EDATA says what is wrong, with the
 * official form where there is one.  Quick for today's numbers whose type is in the table.
 * With `cn` NULL only the shape is looked at and old numbers pass.  *class may be NULL.
 */
int gv_casekey_check(struct gv_caseno_reader *cn, struct gv_str text, enum gv_caseno_class *class,
                     struct gv_err *err);

/* Keys of the other kinds: 沪0114-D000123. */
struct gv_serialkey {
	struct gv_str court;
	char letter;
	struct gv_str number;   /* digits, any count */
};
/* Looks so, perhaps with a small letter or too few digits. */
bool gv_serialkey_split(struct gv_serialkey *out, struct gv_str key);
/* Official: this letter, six digits, more only where six do not do, not zero. */
bool gv_serialkey_ok(struct gv_str key, char letter);

/* Name of the folder: the number div 100 in four digits or more, as text; of eight random
 * digits (刑核) the first four. */
#define GV_FOLDER_MAX 24
struct gv_str gv_casekey_folder(char out[GV_FOLDER_MAX], struct gv_str number, bool random8);

/* A court code by its shape: 最高法, 沪, 沪02, 沪0114. */
bool gv_court_code_ok(struct gv_str code);

#endif
