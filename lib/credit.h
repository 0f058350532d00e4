/* SPDX-License-Identifier: MIT */
/*
 * credit: one entry of a debtor, on the list of dishonest debtors (region L: state) and under a restriction of consumption
 * (region C: restriction), read for rules and clocks.  Facts stand in the record's fields, what happened in its events.
 */
#ifndef GAVEL_CREDIT_H
#define GAVEL_CREDIT_H

#include "date.h"
#include "rec.h"

/* The day of a date or moment behind a path with dots; GV_DAY_NONE if it is not there, or none. */
gv_day gv_credit_day(const struct gv_val *rec, const char *path);
gv_day gv_credit_event_day(const struct gv_val *event);
struct gv_str gv_credit_text(const struct gv_val *rec, const char *path);

/* A day as text: "?" for none. */
struct gv_credit_date { char s[GV_DATE_LEN + 1]; };
static inline struct gv_credit_date gv_credit_date(gv_day day)
{
	struct gv_credit_date d = { "?" };

	if (day != GV_DAY_NONE)
		gv_day_format(day, d.s);
	return d;
}

/* What events call "name" or "published.name": the field without what it is in.  Is it in such a list ("name,sex")? */
struct gv_str gv_credit_published_name(struct gv_str field);
bool gv_credit_names_published(struct gv_str list, struct gv_str field);

/* The next event from *at on that has one of the names ("perform,settle"); NULL: there is none. */
const struct gv_val *gv_credit_next(const struct gv_val *rec, const char *names, uint32_t *at);
/* Since when an event can be about this listing: what ended an earlier one, or one that was cleared, is past.  GV_DAY_NONE: always. */
gv_day gv_credit_begun(const struct gv_val *rec);
/* The day of the first such event, of those not before `since` (GV_DAY_NONE: any). */
gv_day gv_credit_first(const struct gv_val *rec, const char *names, gv_day since);

/* G2 to G6 have a term, G1 none (CR-03). */
bool gv_credit_has_term(const struct gv_val *rec);
/* The day when the term ends, extensions counted; GV_DAY_NONE: not known. */
gv_day gv_credit_term_end(const struct gv_val *rec);
/* As computed from the first day and the years, extensions counted; GV_DAY_NONE: not known. */
gv_day gv_credit_term_computed(const struct gv_val *rec);
/* The day of birth: as recorded, or in the identity number. */
gv_day gv_credit_born(const struct gv_val *debtor);
/* The same without extensions: what term.until says. */
gv_day gv_credit_term_stated(const struct gv_val *rec);
/* Years that events extend add to the term of this listing; those of one before it are not its own. */
int64_t gv_credit_years_extended(const struct gv_val *rec);
/* The last day of grace: its own, or computed. */
gv_day gv_credit_grace_end(const struct gv_val *rec);

/* Was it decided to list the debtor, and is that decision not undone?  Has it been published? */
bool gv_credit_is_decided(const struct gv_val *rec);
bool gv_credit_was_published(const struct gv_val *rec);
bool gv_credit_in_state(const struct gv_val *rec, const char *states);
/* Did it come with another court's list?  That court decides on it; here is what it publishes. */
static inline bool gv_credit_is_foreign(const struct gv_val *rec)
{
	return gv_val_get(rec, "source") != NULL;
}

/*
 * R1 to R7 (CR-11): since when is that ground there?  GV_DAY_NONE: it is not; *lacks then says what the record has not
 * ("event settlement-performed"), or is NULL where nothing speaks for it.  What happened after as_of does not count.
 */
enum { GV_CREDIT_REMOVALS = 7 };
gv_day gv_credit_removal_ground(const struct gv_val *rec, int number, gv_day as_of, const char **lacks);
/* Had what removal.because says happened by that day (CR-12)?  What was performed counts whenever it was. */
bool gv_credit_early_shown(const struct gv_val *rec, gv_day day);
/* 1 to 7 if removal.reason is one of R1 to R7, else 0. */
int gv_credit_removal_number(const struct gv_val *rec);
/* The first of them that is there; *number 0 and GV_DAY_NONE if none is. */
gv_day gv_credit_removal_first(const struct gv_val *rec, gv_day as_of, int *number);

/* What other records of the docket show of the obligation: days, GV_DAY_NONE each where nothing is shown. */
struct gv_credit_aside {
	gv_day case_performed;     /* the case of enforcement was performed */
	gv_day unit_performed;     /* of an officer's entry: the unit in the same case performed, */
	gv_day unit_lifted;        /* or its own restriction was lifted */
	bool holds_office;         /* of an entry that is no officer's: the debtor holds an office in a unit that owes in the same case */
};
/* Since when is all performed: as the entry's own events say, or as the others do (NULL: nothing is known of them)? */
gv_day gv_credit_performed(const struct gv_val *rec, const struct gv_credit_aside *aside);
/* Is the entry that of an officer of a unit which owes (P1 to P4)? */
bool gv_credit_is_officer(const struct gv_val *rec);
bool gv_credit_is_restricted(const struct gv_val *rec);
/*
 * Grace may be for a restriction alone (CR-27): its order is signed, and is not imposed before the end of the grace.  Is there
 * an order that waits?  Is the grace of such an order, waiting or not, and of no decision to list?
 */
bool gv_credit_order_waits(const struct gv_val *rec);
bool gv_credit_grace_of_restriction(const struct gv_val *rec);
/* Was the restriction there at the end of that day?  For travel it is lifted, and stands. */
bool gv_credit_restricted_then(const struct gv_val *rec, gv_day day);
/* The day when the restriction was imposed the last time. */
gv_day gv_credit_restricted_on(const struct gv_val *rec);
/* Since when is the restriction to be lifted, because all is performed (CR-22), or that of the unit is lifted?  GV_DAY_NONE: it is not. */
gv_day gv_credit_lift_due(const struct gv_val *rec, const struct gv_credit_aside *aside);
/* Which request (event object) an answer means, and the answer to a request; NULL: none.  An answer that says what it is about means the
 * first request about that which is open, another the first that is open. */
const struct gv_val *gv_credit_request_of(const struct gv_val *rec, const struct gv_val *answer);
const struct gv_val *gv_credit_answer_to(const struct gv_val *rec, const struct gv_val *request);
/* Was the listing, or the restriction, that is there by that day found to be wrong since it began, or a request about it ("listing", "restriction") granted? */
bool gv_credit_found_wrong(const struct gv_val *rec, const char *about, gv_day day);

/*
 * Clocks: what must be done by when.  `done` GV_DAY_NONE: it is not.  `until` GV_DAY_NONE: the calendar does not know the year.
 */
#define GV_CREDIT_CLOCKS \
	"listing-decision|grace|removal|term|term-removal|revocation|correction|objection|objection-mend|appeal|appeal-decision|temporary-lift|lift|notice"

struct gv_credit_clock {
	const char *name, *rule;
	const char *what;          /* what began it: "R1", "find-wrong", "object" */
	gv_day from, until, done;
	struct gv_basis basis;
	const char *lacks;         /* a field of the record without which nobody knows when it ends; NULL: none */
};
typedef int gv_credit_clock_fn(void *ctx, const struct gv_credit_clock *clock);

struct gv_credit_ask {
	const char *names;         /* of the clocks, a comma list; NULL: all */
	const struct gv_calendar *calendar;
	gv_day as_of;
	const struct gv_credit_aside *aside;
};
/* Those that the record has, ended ones too; the first that is not 0 of `each` ends it. */
int gv_credit_clocks(const struct gv_val *rec, const struct gv_credit_ask *ask, gv_credit_clock_fn *each, void *ctx);

#endif
