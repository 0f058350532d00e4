/* SPDX-License-Identifier: MIT */
/*
 * sift: everything in a text that may say who somebody is, found in one pass: the names of a cast, numbers of papers, accounts and
 * phones, plates, certificates, dates of birth, addresses, and names that nobody told.  What to do about them is redact.h's.
 * A judgment is nearly all Chinese prose in which none of this begins: characters are looked up in one table, and only where one
 * could begin is anything compared, numbers and words by PCRE2 from there on.
 */
#ifndef GAVEL_SIFT_H
#define GAVEL_SIFT_H

#include "cast.h"
#include "fold.h"

enum gv_trait {
	GV_TRAIT_NAME,         /* of a member of the cast */
	GV_TRAIT_UNSURE,       /* the same, but it may be part of two other words: 主张平均 */
	GV_TRAIT_STRANGER,     /* behind a role, and nobody told it */
	GV_TRAIT_STAFF,        /* a stranger behind the role of a judge, an assistant, a clerk */
	GV_TRAIT_RESIDENT_ID, GV_TRAIT_PAPER_NO, GV_TRAIT_CREDIT_CODE,
	GV_TRAIT_PHONE, GV_TRAIT_ACCOUNT, GV_TRAIT_PLATE, GV_TRAIT_TITLE_NO, GV_TRAIT_EMAIL, GV_TRAIT_HANDLE,
	GV_TRAIT_BIRTH, GV_TRAIT_ADDRESS,
	GV_TRAIT_ROOM,         /* 1055弄12号601室, wherever it stands: somebody may live there; found where strangers are looked for */
	GV_TRAIT_SCHOOL, GV_TRAIT_HEALTH,
	GV_TRAIT_MEASURE,      /* technical investigation (ANON-07(5)) */
	GV_TRAIT_OVERDONE,     /* the name of a judge or clerk, or the number of the case, was hidden: found where strangers are looked for */
	GV_TRAIT_SEAL,         /* (院印), 本件与原本核对无异 */
	GV_TRAIT_CASE_NO,      /* found for nothing else to take a piece of it */
	GV_TRAITS
};
/* "name", "resident-id" ...: as findings and maps have it. */
const char *gv_trait_name(enum gv_trait t);

#define GV_NOBODY UINT32_MAX
struct gv_hit {
	enum gv_trait trait;
	uint32_t from, to;     /* bytes of the folded text */
	uint32_t cut;          /* of an address: where what may be told of it ends */
	bool lives;            /* of an address: it is said where somebody lives (住), not where something is (住所地, 地址) */
	uint32_t who;          /* of a name: the member, else GV_NOBODY */
};
struct gv_hits {
	struct gv_hit *list;   /* in order; no two overlap */
	size_t n, cap;
	bool says_minor;       /* 未成年 stands somewhere */
};

struct gv_sifter;
int gv_sifter_open(struct gv_sifter **out, struct gv_err *err);
void gv_sifter_free(struct gv_sifter *s);
/* The tables it has open, for casts. */
struct gv_surnames *gv_sifter_surnames(struct gv_sifter *s);
struct gv_divisions *gv_sifter_divisions(struct gv_sifter *s);

/* Names of this cast from now on; borrowed. */
int gv_sifter_cast(struct gv_sifter *s, const struct gv_cast *cast, struct gv_err *err);

enum gv_sift_for {
	GV_SIFT_KNOWN,      /* what the cast knows, and numbers and the like */
	GV_SIFT_STRANGERS,  /* names that nobody told, too, wherever they stand */
	GV_SIFT_TITLE       /* the same of 甲诉乙…案: where it begins and behind 诉, names stand */
};
/* `out` is emptied first; begin with { 0 }, and free its list. */
int gv_sift(struct gv_sifter *s, const struct gv_fold *text, enum gv_sift_for what, struct gv_hits *out, struct gv_err *err);
void gv_hits_free(struct gv_hits *h);

#endif
