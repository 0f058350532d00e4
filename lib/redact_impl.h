/* SPDX-License-Identifier: MIT */
/*
 * Shared by
 *   redact.c        the work on one text, the map
 *   redact_plan.c   what is done about each hit
 *   redact_intro.c  the descriptions of parties, clause by clause
 *   residue.c       what is left
 */
#ifndef GAVEL_REDACT_IMPL_H
#define GAVEL_REDACT_IMPL_H

#include "causes.h"
#include "needles.h"
#include "redact.h"

struct gv_edit {
	uint32_t from, to;     /* of the folded text */
	enum gv_trait trait;
	bool clause;           /* all of a clause goes */
	uint32_t who;          /* the member whose label stands here instead; GV_NOBODY: nothing does */
};

/* What it means where a needle is found. */
struct gv_sought {
	const char *rule, *kind;
	bool sure;
	const char *field;     /* "phone", of party `party`; NULL: it is part of a name, and of no whole one */
	uint32_t party;
	bool word;             /* letters: no others stand before or behind */
};

struct gv_redactor {
	struct gv_sifter *sifter;
	struct gv_causes *causes;
	struct gv_writings *writings;  /* of residue.c, once a name is hidden */
	struct gv_cast cast;
	struct gv_fold fold;
	struct gv_hits hits;
	struct gv_edit *edits;
	size_t nedits, edits_cap;
	uint32_t *order;       /* members by first appearance */
	size_t order_cap;
	struct gv_needles needles;   /* of residue.c: what must not stand there */
	struct gv_sought *sought;    /* of each */
	size_t sought_cap;
	struct gv_buf text;
	struct gv_map_row *map;
	size_t nmap, map_cap;
	const struct gv_redact_job *job;
};

static inline struct gv_str gv_redactor_text(const struct gv_redactor *r)
{
	return gv_buf_str(&r->fold.text);
}

/* The cast of the job, its names in the text, and who of it is a minor by what the text says. */
int gv_redactor_read(struct gv_redactor *r, const struct gv_redact_job *job, enum gv_sift_for what, struct gv_err *err);

/* Where the sentence begins that `at` stands in, and where it ends, before its full stop. */
size_t gv_sentence_from(struct gv_str text, size_t at);
size_t gv_sentence_to(struct gv_str text, size_t at);
/* Is hit i the name that a description of a party begins with: 原告：张三，男，… */
bool gv_is_intro(const struct gv_redactor *r, size_t i);
/* Whoever hit i is about: the last name before it in its sentence; GV_NOBODY: it cannot be told. */
uint32_t gv_subject_of(const struct gv_redactor *r, size_t i);
/* Is what hit i is about somebody who is hidden, or (false) a unit?  Without a cast, what stands before tells units. */
bool gv_is_about_unit(const struct gv_redactor *r, size_t i);
bool gv_is_about_hidden(const struct gv_redactor *r, size_t i);
/* Must hit i not be seen?  *from and *to: how much of it. */
bool gv_hit_goes(const struct gv_redactor *r, size_t i, uint32_t *from, uint32_t *to);
/* Which rule asks for it. */
const char *gv_trait_rule(enum gv_trait trait, const struct gv_cast *cast);

/* Puts edits for the clauses behind hit i that go; *end: where the description ends. */
int gv_redact_intro(struct gv_redactor *r, size_t i, size_t *end, struct gv_err *err);
int gv_redact_edit(struct gv_redactor *r, const struct gv_edit *edit, struct gv_err *err);
int gv_redact_plan(struct gv_redactor *r, struct gv_err *err);

#endif
