/* SPDX-License-Identifier: MIT */
/*
 * publication: whether a document of a case is published (rules PUB-01, PUB-02), from which day it has effect (PUB-06) and by
 * when it must be out (PUB-05).  Facts stand in the record and its case; what happened, in the record's events.
 */
#ifndef GAVEL_PUBLICATION_H
#define GAVEL_PUBLICATION_H

#include "causes.h"
#include "rec.h"

struct gv_publication {
	const struct gv_val *rec;
	const struct gv_val *kase;       /* its case; NULL: not known here */
	const struct gv_val *second;     /* the case of second instance; NULL: not known here */
	const struct gv_calendar *calendar;
	struct gv_causes *causes;
	struct gv_caseno_reader *cn;
};

gv_day gv_publication_day(const struct gv_val *rec, const char *path);
struct gv_str gv_publication_text(const struct gv_val *rec, const char *path);
bool gv_publication_in_state(const struct gv_val *rec, const char *states);
/* The newest event of those names ("review,approve") up to that day; NULL: there is none. */
const struct gv_val *gv_publication_event(const struct gv_val *rec, const char *names, gv_day as_of);

/* A day as text: "?" for none. */
struct gv_publication_date { char s[GV_DATE_LEN + 1]; };
static inline struct gv_publication_date gv_publication_date(gv_day day)
{
	struct gv_publication_date d = { "?" };

	if (day != GV_DAY_NONE)
		gv_day_format(day, d.s);
	return d;
}

/* ---- documents ---- */

/* The kind that a name ends in, the longest there is: 调解书 of 民事调解书, 判决书 of a title; NULL: none. */
const char *gv_publication_kind(struct gv_str text);
/* J, R, PO, NR, SC, CM, EX, DF, AM (PUB-01); "" for what has to be looked at, NULL for 调解书, which is not on the list. */
const char *gv_publication_code(struct gv_str kind);
/* The kind of the document that ended the case, as far as the case tells; NULL: it does not. */
const char *gv_publication_kind_of_case(const struct gv_publication *p);
/* first, second, retrial, other: as the type in the number tells; NULL: it does not. */
const char *gv_publication_instance(const struct gv_publication *p);
/* 民事案件, 刑事案件 ...: of the number's type; {0}: not known. */
struct gv_str gv_publication_group(const struct gv_publication *p);
/* 民事 of 民事案件, 执行 of 执行类案件: what a document says of its case. */
struct gv_str gv_publication_type(const struct gv_publication *p);
/* Parties, cause, instance, kind (PUB-11): what the case tells of it.  False: it does not tell enough. */
bool gv_publication_title(const struct gv_publication *p, struct gv_buf *out);
/* Parties, cause and 案, as cases are called (CASE-08).  False: as above. */
bool gv_publication_case_name(const struct gv_publication *p, struct gv_buf *out);

/* ---- may it be published? ---- */

enum gv_publication_answer { GV_PUBLISH, GV_WITHHOLD, GV_BY_DECISION };

struct gv_publication_decision {
	enum gv_publication_answer answer;
	const char *rule;                /* "PUB-01" */
	const char *ground;              /* of the schema's words; NULL: published */
	const char *reason;              /* in official words, for the stub; NULL */
	const char *why;                 /* N_(): what a person has to look at; NULL */
};

struct gv_publication_decision gv_publication_decide(const struct gv_publication *p);
const char *gv_publication_answer_word(enum gv_publication_answer answer);
/* The official words of a ground; NULL: there is none of that name. */
const char *gv_publication_reason(struct gv_str ground);

/* PUB-07: opinion, review and approval, in that order, by three people.  What is wanting, N_(); NULL: nothing is. */
const char *gv_publication_steps(const struct gv_val *rec, gv_day as_of);

/* A typical case is edited, reviewed and let go by three people.  False: *field is missing (*as NULL), or is who *as is. */
bool gv_publication_three(const struct gv_val *rec, const char **field, const char **as);

/* Three tests by three facts. */
enum gv_publication_test { GV_TEST_NO, GV_TEST_YES, GV_TEST_UNKNOWN };
enum gv_publication_test gv_publication_minor_crime(const struct gv_val *rec);      /* under 18 at the offence */
enum gv_publication_test gv_publication_closed_hearing(const struct gv_val *rec);   /* under 18 at the trial */
enum gv_publication_test gv_publication_sealed(const struct gv_val *rec);           /* under 18 at the offence, five years at most */

/* ---- from which day, by when? ---- */

struct gv_publication_effect {
	gv_day day;                      /* GV_DAY_NONE: not known */
	bool stated;                     /* as the case says: no service is recorded */
	const char *lacks;               /* the field that is wanting; "calendar": a year without one; NULL */
	struct gv_str party;             /* who was not served, where that is wanting; {0} */
};

/* `work` (NULL: none) gets the computation, line by line. */
struct gv_publication_effect gv_publication_effective(const struct gv_publication *p, struct gv_buf *work);
/* The last day to publish what has effect from that day (PUB-05); GV_DAY_NONE: none, or the calendar does not know the year. */
gv_day gv_publication_due(const struct gv_calendar *calendar, gv_day effective);

#define GV_PUBLICATION_CLOCKS "publication|stub|correction"

struct gv_publication_clock {
	const char *name, *rule, *what;
	gv_day from, until, done;        /* until GV_DAY_NONE: the calendar does not know the year; done GV_DAY_NONE: it is not */
};
typedef int gv_publication_clock_fn(void *ctx, const struct gv_publication_clock *clock);

/* All that began by that day, ended ones too; what ended later is not ended.  Non-zero of `each` ends it and is returned. */
int gv_publication_clocks(const struct gv_publication *p, gv_day as_of, gv_publication_clock_fn *each, void *ctx);

/* How it stands, as a person would compute it by hand: each line with its rule. */
void gv_publication_work(struct gv_buf *out, const struct gv_publication *p, gv_day as_of);

#endif
