/* SPDX-License-Identifier: MIT */
/*
 * caseno: case numbers (案号).  Grammar and tables: 法〔2015〕137号 as changed by
 * 法〔2016〕237号 and 法〔2018〕335号, rules CN-01 to CN-18 (gavel-docket(5)).
 * Reads every form that people write and gives the one official form; says what a
 * string is when it is not one number of today's grammar.
 */
#ifndef GAVEL_CASENO_H
#define GAVEL_CASENO_H

#include "ref.h"

enum gv_caseno_class {
	GV_CN_NEW,       /* grammar of 2016: （2022）沪0114民初1234号 */
	GV_CN_REGISTER,  /* register outside the standard: （2022）沪0114诉前调123号 (CN-14) */
	GV_CN_LEGACY,    /* before 2016: 字第 numbers, kept verbatim after normalisation (CN-18) */
	GV_CN_MULTI,     /* several numbers in one string: refused, parts listed */
	GV_CN_MASKED,    /* XXX, ××, * in place of characters: refused */
	GV_CN_CORRUPT,   /* a case number that lost or gained characters: refused */
	GV_CN_OTHER      /* something else: a letter, a certificate, prose: refused */
};

#define GV_CN_TEXT 256

struct gv_caseno {
	enum gv_caseno_class class;
	int year;               /* 0 if unknown */
	char court[24];         /* 沪0114, 最高法; empty for legacy */
	char special[8];        /* 知, or empty */
	char type[16];          /* 民初 (without the special character) */
	char serial[24];        /* digits as in the official form */
	char suffix[24];        /* 之一 ...; not part of the key (CN-17) */
	char id[GV_CN_TEXT];    /* key: official form without suffix, or normalised legacy text */
	bool changed;           /* the input was not already the official form */
	bool hybrid;            /* new court code with 字第 or the like: accepted with a warning */
	bool court_known;       /* the code is in courts.tsv */
	char reason[256];       /* translated; why it is refused, or what to warn about */
};

struct gv_caseno_reader;

/* Loads courts.tsv and case-types.tsv.  `home_court` ("沪0114", may be NULL)
 * and `year` (0 = none) complete short forms such as 民初1234. */
int gv_caseno_reader_new(struct gv_caseno_reader **out, const char *home_court, int year, struct gv_err *err);
void gv_caseno_reader_free(struct gv_caseno_reader *r);

/* Always fills *out.  Returns 0 for NEW, REGISTER and LEGACY, GV_EDATA with the
 * reason in err for the others. */
int gv_caseno_parse(struct gv_caseno_reader *r, struct gv_caseno *out, struct gv_str text, struct gv_err *err);

/* For GV_CN_MULTI: the single numbers that the string stands for, official forms,
 * via callback in order. */
int gv_caseno_split(struct gv_caseno_reader *r, struct gv_str text,
                    int (*each)(void *ctx, const struct gv_caseno *one), void *ctx, struct gv_err *err);

const char *gv_caseno_class_name(enum gv_caseno_class c);  /* "new" "register" "legacy" ... */

/* The tables behind it, for those who need names: court name by code, the rows of
 * a type code.  {0} if unknown. */
struct gv_str gv_caseno_court_name(struct gv_caseno_reader *r, const char *code);
struct gv_str gv_caseno_type_name(struct gv_caseno_reader *r, const char *special_and_type);
/* Group of a type code as in case-types.tsv level 1: 民事案件, 执行类案件, ... */
struct gv_str gv_caseno_type_group(struct gv_caseno_reader *r, const char *special_and_type);
/* Court code by full name (the reverse), {0} if unknown or not unique. */
struct gv_str gv_caseno_court_code(struct gv_caseno_reader *r, struct gv_str name);

#endif
