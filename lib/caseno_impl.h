/* SPDX-License-Identifier: MIT */
/* caseno_impl: shared by the files of caseno only. */
#ifndef GAVEL_CASENO_IMPL_H
#define GAVEL_CASENO_IMPL_H

#include <stdint.h>
#include <stdio.h>
#include <wchar.h>

#include "caseno.h"
#include "i18n.h"
#include "utf8.h"

#define CN_MAX 1024  /* characters of one string, spaces not counted */

/*
 * A string after normalisation: no white space, half width, every round, square,
 * corner or tortoise-shell bracket is ( or ), every dash is -.  cp[n] is 0.
 */
struct cn_text {
	size_t n;
	int32_t cp[CN_MAX + 1];
	uint16_t at[CN_MAX + 1];       /* where each character starts in bytes[] */
	char bytes[CN_MAX * 4];
};

struct gv_caseno_reader {
	struct gv_ref *courts, *types;
	int court_code, court_name;
	int type_code, type_name, type_group, type_level1;
	char home[sizeof ((struct gv_caseno *)0)->court];
	int year;
};

/* How much was read of a string that is refused in the end. */
enum cn_evidence {
	CN_NOTHING,
	CN_LIKELY,  /* a year and a court code: other offices have the like */
	CN_SURE     /* the words of a court too: it is meant as a case number */
};

/* One number being read from a text. */
struct cn_read {
	struct gv_caseno_reader *r;
	const struct cn_text *t;
	struct gv_caseno *out;
	size_t pos;
	size_t prefix;        /* bytes of out->id in front of the serial */
	bool listed;          /* not the first of a list: no home court for it */
	enum cn_evidence evidence;
};

enum cn_found {
	CN_NO,   /* nothing of this grammar here */
	CN_BAD,  /* this grammar, but damaged; out->reason says how */
	CN_YES   /* read, c->pos is behind it */
};

/* The unit of a court: what may stand at the start of a court code (CN-04). */
#define CN_PROVINCES L"京津冀晋内辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川黔云藏陕甘青宁新军兵"
#define CN_NUMERALS  L"一二三四五六七八九十百"
#define CN_SPECIAL    "知"  /* special-trial characters (CN-12): only this one so far */
#define CN_FIRST_YEAR 2016  /* of the grammar of 法〔2015〕137号 (CN-02) */
#define CN_LAST_YEAR  2099  /* beyond is nonsense, not the future */

static inline bool cn_in(const wchar_t *set, int32_t cp)
{
	return cp && wcschr(set, cp);
}

static inline bool cn_han(int32_t cp)
{
	return (cp >= 0x4E00 && cp <= 0x9FFF) || (cp >= 0x3400 && gv_utf8_is_han(cp));
}

static inline bool cn_digit(int32_t cp)
{
	return cp >= '0' && cp <= '9';
}

static inline size_t cn_digits(const struct cn_text *t, size_t at)
{
	size_t i = at;

	while (cn_digit(t->cp[i]))
		i++;
	return i - at;
}

static inline struct gv_str cn_slice(const struct cn_text *t, size_t from, size_t to)
{
	return (struct gv_str){ t->bytes + t->at[from], (size_t)(t->at[to] - t->at[from]) };
}

/* The same for a message: at most 20 characters, as arguments of %.*s. */
static inline struct gv_str cn_shown(const struct cn_text *t, size_t from, size_t to)
{
	return cn_slice(t, from, to - from > 20 ? from + 20 : to);
}
#define CN_ARGS(str) (int)(str).n, (str).p

/* caseno.c */
enum cn_found cn_one(struct cn_read *c);
/* Serial, suffix and 号 at c->pos, into out->serial, ->suffix and behind ->id. */
enum cn_found cn_serial(struct cn_read *c);
/* Zeros in front are part of the number: old numbers, 刑核 (CN-11). */
bool cn_keeps_zeros(const struct gv_caseno *cn);
/* Why it is refused; always CN_BAD.  Only the first reason is kept. */
enum cn_found cn_bad(struct cn_read *c, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* What to look at although it is accepted; the first one is kept. */
void cn_warn(struct cn_read *c, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* Append to a field of struct gv_caseno; false if it does not fit. */
bool cn_put(char *to, size_t size, struct gv_str s);

/* caseno_text.c */
/* False with a reason: empty, too long, not UTF-8. */
bool cn_text_read(struct cn_text *t, struct gv_str s, struct gv_caseno *out);

/* caseno_new.c */
enum cn_found cn_new(struct cn_read *c, int year);
/* The court code at c->pos into out->court; c->pos behind it. */
enum cn_found cn_court(struct cn_read *c);
bool cn_type_known(struct gv_caseno_reader *r, struct gv_str type);

/* caseno_legacy.c */
enum cn_found cn_legacy(struct cn_read *c, int year);
/* Do these characters end in the words that courts put before 字第: 民一终, 执, 商清（算）? */
bool cn_legacy_words(const struct cn_text *t, size_t from, size_t to);

/* caseno_split.c */
/* The whole text: one number or a list of them.  CN_YES with *count parts. */
enum cn_found cn_list(struct cn_read *c, size_t *count,
                      int (*each)(void *ctx, const struct gv_caseno *one), void *ctx, int *stop);

/* caseno_other.c */
/* Class and reason of a string that is no number: `found` is what the parser said. */
void cn_refuse(struct cn_read *c, enum cn_found found);

#endif
