/* SPDX-License-Identifier: MIT */
/*
 * generate: an invented register of a court, for the demo, the tests and the bench.
 *
 * Every case is a function of (seed, index) alone: memory stays constant whatever the count, and an
 * enforcement case can be tied to the judgment it enforces by making that case again.  Nothing
 * reads the clock.
 *
 *   generate_docket.c  which case has which type, number and day
 *   generate_people.c  persons, firms, their numbers and addresses
 *   generate_life.c    what happens in a case from its receipt on
 *   generate_file.c    filing and trial of civil cases, the bulk of a register
 *   generate_json.c    the case as a record
 *   generate.c         options and formats
 */
#ifndef GAVEL_GENERATE_H
#define GAVEL_GENERATE_H

#include "date.h"
#include "json.h"

/* ---- chance (splitmix64) ---- */

struct gen_random { uint64_t state; };

struct gen_random gen_random_of(uint64_t seed, uint64_t index);
uint64_t gen_next(struct gen_random *r);
uint32_t gen_below(struct gen_random *r, uint32_t n);                 /* 0 .. n-1 */
int gen_between(struct gen_random *r, int from, int to);              /* both included */
bool gen_chance(struct gen_random *r, unsigned per_mille);
/* An amount in fen around a median in yuan, spread like real claims; integers only. */
int64_t gen_amount(struct gen_random *r, int64_t median_yuan);

/* ---- the register ---- */

enum gen_type {
	GEN_CIVIL, GEN_ENFORCEMENT, GEN_RESUMED, GEN_OBJECTION, GEN_REVIEW, GEN_CRIMINAL,
	GEN_SPECIAL, GEN_TYPES
};

#define GEN_SLOTS 1000          /* the mix of types repeats after so many cases of a year */
#define GEN_YEARS 4

struct gen_register {
	uint64_t seed, n;
	gv_day first, as_of;             /* first day of receipt; the day the register was copied */
	gv_day known_from, known_to;     /* span of work_index */
	gv_day *workdays;
	size_t nworkdays;
	uint32_t *work_index;            /* by day - known_from: first working day from it on */
	size_t window, window_start;     /* working days from first to as_of */
	uint64_t year_start[GEN_YEARS];  /* first case of each year, from that of `first` on */
	uint8_t slot_type[GEN_SLOTS];
	uint16_t slot_rank[GEN_SLOTS];
	uint16_t per_round[GEN_TYPES];
};

/* year 0: from 2020-01-01 to 2022-06-30.  GV_EDATA if the calendar does not know the days. */
int gen_register_open(struct gen_register *g, uint64_t seed, uint64_t n, int year,
                      struct gv_err *err);
void gen_register_close(struct gen_register *g);

/* The working day n after (before) the first one at or after `day`. */
gv_day gen_workday(const struct gen_register *g, gv_day day, int n);
/* How many cases the court receives in that many working days. */
uint64_t gen_cases_in(const struct gen_register *g, unsigned workdays);

/* ---- people ---- */

enum gen_side {
	GEN_PERSON, GEN_FIRM, GEN_BANK, GEN_INSURER, GEN_PROPERTY_FIRM, GEN_AUTHORITY,
	GEN_MAN, GEN_WOMAN
};

struct gen_party {
	const char *role;
	enum gen_side side;
	bool is_male, has_phone, has_address, has_number, has_sex, has_agent, is_electronic;
	char name[96];
	char number[20];         /* resident ID or credit code */
	char representative[32];
	char phone[16];
	char address[96];
	char agent[32], law_firm[64];
};

/* GEN_MAN and GEN_WOMAN become GEN_PERSON. */
void gen_party(struct gen_random *r, struct gen_party *p, const char *role, enum gen_side side,
               int year);
void gen_person_name(struct gen_random *r, char *out, size_t size, bool male);
/* Judges and clerks: the same few in each tribunal. */
void gen_official(char *out, size_t size, const char *tribunal, unsigned which);

/* ---- cases ---- */

enum { GEN_PARTIES = 6, GEN_EVENTS = 24 };

struct gen_event {
	const char *event;
	gv_day on, until, asked_on;
	const char *name, *value;      /* one more field: "method", "post" */
	int months;
	char eid[17];
};

struct gen_case {
	const struct gen_register *g;
	struct gen_random rnd;
	enum gen_type type;
	int year;
	uint64_t index, serial;
	gv_day received, filed, decided, closed, effective, published;
	const char *state, *cause, *list, *procedure, *channel, *tribunal, *closed_by, *rel;
	char judge[32], clerk[32], link[64];
	int64_t claim, awarded, fee;   /* fen, -1 = none */
	int penalty_years;             /* -1 = not a criminal case */
	bool in_custody, forgot_receipt;
	struct gen_party parties[GEN_PARTIES];
	size_t nparties;
	struct gen_event events[GEN_EVENTS];
	size_t nevents;
	struct gen_event dropped;      /* where events behind the last day of the register go */
};

/* Fills the type, number and day of receipt of case `index` (from 0): all that needs no life. */
void gen_case_place(struct gen_case *c, const struct gen_register *g, uint64_t index);
void gen_case_make(struct gen_case *c, const struct gen_register *g, uint64_t index);
void gen_case_number(const struct gen_case *c, char *out, size_t size);

/* For the files that tell lives. */
/* Behind the last day of the register an event is dropped: it has not happened yet. */
struct gen_event *gen_event(struct gen_case *c, const char *event, gv_day on);
/* A working day that many after (before) `day`. */
gv_day gen_later(struct gen_case *c, gv_day day, int from, int to);
struct gen_party *gen_add_party(struct gen_case *c, const char *role, enum gen_side side);
void gen_take_charge(struct gen_case *c, const char *tribunal);
void gen_close(struct gen_case *c, const char *how, gv_day decided, gv_day closed);
void gen_civil_life(struct gen_case *c);

/* The fee of a civil case by the bands of 国务院令第481号 art. 13 (FE-01), in fen. */
int64_t gen_fee(int64_t claim_fen);

/* The record, in d (reset before). */
int gen_case_json(const struct gen_case *c, struct gv_doc *d, struct gv_err *err);

#endif
