/* SPDX-License-Identifier: MIT */
/*
 * caseno: case numbers (案号).  Grammar and tables: 法〔2015〕137号 as changed by
 * 法〔2016〕237号 and 法〔2018〕335号, rules CN-01 to CN-18 (gavel-docket(5)).
 * Reads every form that people write and gives the one official form; says what a
 * string is when it is not one number.
 *
 * What is folded away before reading: white space of all kinds (also zero-width, NBSP,
 * BOM), full width, the kind of bracket, dashes, 號, the look-alike characters that PDF
 * text has (Kangxi radicals, compatibility ideographs).
 *
 * Today's numbers (NEW, REGISTER): `（YYYY）` court special type serial `号`, serial
 * without leading zeros (刑核 keeps its eight digits).  Also read: a missing, doubled or
 * mixed bracket, 年, 第, 字, a missing 号, brackets inside the court code (辽（01）), 贵 for
 * 黔, and with a home court and a year the short forms 民初1234, 沪0114民初1234,
 * （2022）民初1234.  A year before 2015 is refused; 2015 (numbers with the new codes are
 * found in judgments) and years after the reader's are accepted with a warning.  A type code that
 * is not in the table is accepted with a warning if it is made of the characters of the table's
 * codes and starts like one (执费): no record is lost for a local code.  Others are
 * refused (执议, 工认).
 *
 * Old numbers (LEGACY): anything that ends in words of a court (民一终, 执, 商清（算）) and
 * 字第.  The canonical form is
 *     （YYYY）WORDS字第SERIAL号
 * - WORDS as written, after the folding above; brackets inside are `（` and `）`, other
 *   characters are Chinese (with one or two Arabic digits among them: a warning);
 * - 字第 always, also where 字, 第 or (before 2016) both were left out;
 * - SERIAL as written, with its leading zeros: 第00091号 and 第91号 are two keys, as nothing
 *   says that every court meant the same by them;
 * - a suffix is cut off (below).
 * So is every number with 字第 that has no court code with digits, whatever its year: 新民初字第1号
 * of 2016 is of a county, not of Xinjiang's high court.  With such a code it is a NEW number
 * (hybrid): （2016）豫1624执字第00045号 is （2016）豫1624执45号.
 *
 * The suffix of a further ruling (CN-17) stands before or behind 号, as 之一, 之1 or -1; all are
 * 之一 in `suffix` and none is in the key.
 */
#ifndef GAVEL_CASENO_H
#define GAVEL_CASENO_H

#include "ref.h"

enum gv_caseno_class {
	GV_CN_NEW,       /* grammar of 2016: （2022）沪0114民初1234号 */
	GV_CN_REGISTER,  /* register outside the standard: （2022）沪0114诉前调123号 (CN-14) */
	GV_CN_LEGACY,    /* before 2016: 字第 numbers, kept verbatim after normalisation (CN-18) */
	GV_CN_MULTI,     /* several numbers in one string: refused, see gv_caseno_split() */
	GV_CN_MASKED,    /* XXX, ××, *, 某 in place of characters: refused */
	GV_CN_CORRUPT,   /* a case number that lost or gained characters: refused */
	GV_CN_OTHER      /* something else: a letter, a certificate, prose: refused */
};

#define GV_CN_TEXT 256

/* Refused strings have only class and reason. */
struct gv_caseno {
	enum gv_caseno_class class;
	int year;
	char court[24];         /* 沪0114, 最高法; empty for legacy */
	char special[8];        /* 知, or empty */
	char type[16];          /* 民初 (without the special character); empty for legacy */
	char serial[24];        /* digits as in the official form */
	char suffix[24];        /* 之一 ...; not part of the key (CN-17) */
	char id[GV_CN_TEXT];    /* key: official form without suffix, or normalised legacy text */
	bool changed;           /* the input was not already the official form (with its suffix) */
	bool hybrid;            /* new court code with 字第 or the like: accepted with a warning */
	bool court_known;       /* the code is in courts.tsv */
	char reason[256];       /* translated; why it is refused, or what to warn about */
};

struct gv_caseno_reader;

/* Loads courts.tsv and case-types.tsv.  `home_court` ("沪0114", may be NULL)
 * and `year` (0 = none) complete short forms such as 民初1234; `year` is also
 * the one after which a year is in the future.  GV_EDATA if home_court is no code. */
int gv_caseno_reader_new(struct gv_caseno_reader **out, const char *home_court, int year,
                         struct gv_err *err);
void gv_caseno_reader_free(struct gv_caseno_reader *r);

/* Always fills *out.  Returns 0 for NEW, REGISTER and LEGACY, GV_EDATA with the
 * reason in err for the others.  Allocates nothing. */
int gv_caseno_parse(struct gv_caseno_reader *r, struct gv_caseno *out, struct gv_str text,
                    struct gv_err *err);

/* The single numbers that a string stands for, via callback in order: one, or those of
 * GV_CN_MULTI (a list: 民初7304、7305号; a range: 民初7304-7306号, of at most 1000).  Nothing is
 * called if any of them is refused (GV_EDATA); what the callback returns stops it and
 * is returned.
 *
 * A dash is a suffix if 1 to 99 follows, but a range if that is greater than the serial and has
 * as many digits, two or more, or the number is not the first of a list: 破42-2号 is ruling 2
 * of case 42, 破42-44号 are three cases. */
int gv_caseno_split(struct gv_caseno_reader *r, struct gv_str text,
                    int (*each)(void *ctx, const struct gv_caseno *one), void *ctx, struct gv_err *err);

const char *gv_caseno_class_name(enum gv_caseno_class c);  /* "new" "register" "legacy" ... */

/* The tables behind it, for those who need names: court name by code, the name of
 * a type code (of its group, where one code stands for several types).  {0} if unknown. */
struct gv_str gv_caseno_court_name(struct gv_caseno_reader *r, const char *code);
struct gv_str gv_caseno_type_name(struct gv_caseno_reader *r, const char *special_and_type);
/* Group of a type code as in case-types.tsv level 1: 民事案件, 执行类案件, ... */
struct gv_str gv_caseno_type_group(struct gv_caseno_reader *r, const char *special_and_type);
/* Court code by full name (the reverse), {0} if unknown or not unique. */
struct gv_str gv_caseno_court_code(struct gv_caseno_reader *r, struct gv_str name);

#endif
