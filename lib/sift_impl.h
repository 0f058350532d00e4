/* SPDX-License-Identifier: MIT */
/*
 * Shared by
 *   sift.c           tables, the loop, the list of hits
 *   sift_name.c      names of the cast
 *   sift_stranger.c  names that nobody told
 *   sift_number.c    what begins with a digit or a letter
 *   sift_word.c      what a word announces: 住, 出生, 护照 ...
 *   sift_pattern.c   the patterns
 */
#ifndef GAVEL_SIFT_IMPL_H
#define GAVEL_SIFT_IMPL_H

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "needles.h"
#include "sift.h"

enum { GV_SIFT_CODES = 0x10000 };

enum gv_sift_flag { GV_SIFT_NAME = 1, GV_SIFT_WORD = 2, GV_SIFT_PLATE = 4, GV_SIFT_BRACKET = 8, GV_SIFT_ALNUM = 16, GV_SIFT_AT = 32, GV_SIFT_DOT = 64 };

enum gv_sift_after { GV_AFTER_ENDS = 1, GV_AFTER_WORD = 2, GV_AFTER_VERB = 4 };

enum gv_sift_pattern {
	GV_PAT_RESIDENT, GV_PAT_RESIDENT_OLD, GV_PAT_CREDIT, GV_PAT_MOBILE, GV_PAT_LANDLINE, GV_PAT_SERVICE, GV_PAT_PHONE_LOOSE,
	GV_PAT_ACCOUNT, GV_PAT_ACCOUNT_LOOSE, GV_PAT_PLATE, GV_PAT_CASE_NO, GV_PAT_TITLE, GV_PAT_BIRTH_BEFORE, GV_PAT_BIRTH_AFTER, GV_PAT_PAPER,
	GV_PAT_HANDLE, GV_PAT_ADDRESS_END, GV_PAT_STREET, GV_PAT_ROOM, GV_PAT_EMAIL, GV_PATTERNS
};

struct gv_sift_name {
	struct gv_str form;    /* the cast's: gone once that is made anew */
	int32_t first;         /* its first character */
	uint32_t who;
};

enum gv_sift_kind { GV_WORD_PARTY, GV_WORD_ROLE, GV_WORD_STAFF, GV_WORD_LABEL, GV_WORD_LIVES, GV_WORD_BIRTH, GV_WORD_PAPER, GV_WORD_ID, GV_WORD_TITLE, GV_WORD_HANDLE,
	GV_WORD_SCHOOL, GV_WORD_HEALTH, GV_WORD_SEAL, GV_WORD_ALIAS, GV_WORD_ENGINE, GV_WORD_MEASURE, GV_WORD_SEX, GV_WORD_MINOR };
struct gv_sift_word { struct gv_str text; enum gv_sift_kind kind; };
/* Sorted by bytes, which brings those of one first character together. */
extern const struct gv_sift_word gv_sift_words[];
extern const size_t gv_sift_nwords;

struct gv_sifter {
	struct gv_surnames *surnames;
	struct gv_divisions *divisions;
	pcre2_code *pattern[GV_PATTERNS];
	pcre2_match_data *match;
	uint8_t flags[GV_SIFT_CODES];      /* by code point, its lower 16 bits */
	uint8_t after[GV_SIFT_CODES];      /* enum gv_sift_after: what it is behind a name */
	uint16_t names_at[GV_SIFT_CODES];  /* the first of `names` with that character + 1 */
	uint16_t words_at[GV_SIFT_CODES];   /* those that begin with it: from here, */
	uint16_t words_to[GV_SIFT_CODES];   /* to before here */
	struct gv_sift_name *names;        /* by first character, the longest first */
	size_t nnames, names_cap;
	struct gv_needles needles;         /* strangers, to be found elsewhere */
	bool minors;                       /* of the cast: schools matter */
};

struct gv_sift_run {
	struct gv_sifter *s;
	struct gv_str text;                /* folded */
	struct gv_hits *hits;
	bool strangers;
	struct gv_err *err;
	int rc;
};

static inline size_t gv_sift_index(int32_t cp)
{
	return (size_t)cp & (GV_SIFT_CODES - 1);
}
/* The text from there on. */
static inline struct gv_str gv_sift_rest(const struct gv_sift_run *r, size_t at)
{
	return (struct gv_str){ r->text.p + at, r->text.n - at };
}
int32_t gv_sift_cp(struct gv_str text, size_t at, size_t *after);

int gv_hits_append(struct gv_hits *h, const struct gv_hit *hit, struct gv_err *err);
/* Adds a hit; those before it that begin inside it go, and one that reaches into it stays instead.  Returns `to`. */
size_t gv_sift_hit(struct gv_sift_run *r, enum gv_trait trait, size_t from, size_t to, uint32_t who);

int gv_sift_patterns_open(struct gv_sifter *s, struct gv_err *err);
/* Does the pattern match from `at` on exactly?  span[]: of the whole, or of its group 1 where it has one. */
bool gv_sift_at(struct gv_sift_run *r, enum gv_sift_pattern p, size_t at, size_t span[2]);
/* The first match at or behind `from`, looking no further than `limit`. */
bool gv_sift_search(struct gv_sift_run *r, enum gv_sift_pattern p, size_t from, size_t limit, size_t span[2]);

/* Each looks at what begins at `at`; the position to go on from, `at` itself where there is nothing of its kind. */
size_t gv_sift_on_name(struct gv_sift_run *r, size_t at, int32_t cp);
size_t gv_sift_on_alnum(struct gv_sift_run *r, size_t at);
size_t gv_sift_on_word(struct gv_sift_run *r, size_t at, int32_t cp);
size_t gv_sift_on_bracket(struct gv_sift_run *r, size_t at);
size_t gv_sift_on_email(struct gv_sift_run *r, size_t at);
/* A name behind a role, or behind 曾用名 and the like, from `at` on; how far it was read. */
size_t gv_sift_role(struct gv_sift_run *r, size_t at, enum gv_sift_kind kind);
size_t gv_sift_alias(struct gv_sift_run *r, size_t at);
/* A name before ,男, or ,女, ; how far it was read, `after` where it is one. */
size_t gv_sift_before_sex(struct gv_sift_run *r, size_t at, size_t after);
/* Names with 、 between them; `surely`: nothing but a name can stand there. */
size_t gv_sift_list(struct gv_sift_run *r, size_t from, enum gv_trait trait, bool surely);
/* Is what begins here no part of a name before it? */
bool gv_sift_ends_name(const struct gv_sifter *s, struct gv_str rest);
void gv_sift_mark_ends(struct gv_sifter *s);
size_t gv_sift_on_dot(struct gv_sift_run *r, size_t at);
/* Of a name of two characters: may its first be the end of another word, as in 主张平均 of 张平? */
bool gv_sift_is_torn(struct gv_str text, size_t at, struct gv_str form);
/* Where else do the strangers found stand? */
void gv_sift_more_strangers(struct gv_sift_run *r);

#endif
