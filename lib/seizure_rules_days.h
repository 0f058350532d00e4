/* SPDX-License-Identifier: MIT */
/* seizure_rules_days: what the rules on seizures do with days: periods and their last day, what was done in time, what is missing. */
#ifndef GAVEL_SEIZURE_RULES_DAYS_H
#define GAVEL_SEIZURE_RULES_DAYS_H

#include "rank.h"
#include "seizure_rules_impl.h"

typedef char gv_day_text[GV_DATE_LEN + 1];

/* The last day of a period, moved as periods of procedure are; a negative n: a limit before a day, not moved. */
struct gv_limit {
	gv_day day;
	gv_day_text text;
	bool known;        /* false: of a year without a calendar, so it may move */
};
int gv_limit_of(struct gv_limit *out, struct gv_check *c, const void *subject, gv_day start, int n, enum gv_unit unit);

/* Who does what by when: counted from one field, done in another. */
struct gv_step {
	const char *from, *to;
	int days;
	const char *what;      /* N_(): "the report is to be sent" */
	enum gv_level late;
};

/* Numbers, days and ids behind a finding; a day or an id that is none is left out.  `facts` begins as gv_mkobj(). */
int gv_fact_int(struct gv_check *c, struct gv_val *facts, const char *name, int64_t v);
int gv_fact_day(struct gv_check *c, struct gv_val *facts, const char *name, gv_day d);
int gv_fact_id(struct gv_check *c, struct gv_val *facts, const char *name, struct gv_str id);

/* A day of a record; GV_DAY_NONE: not there. */
int gv_seizure_day(struct gv_check *c, const struct gv_val *rec, const char *field, gv_day *out);

/* A finding if it was done late, a review if it is due and not recorded; nothing where the period never began.  `of`: whose. */
int gv_seizure_step(struct gv_check *c, const void *subject, struct gv_str of, const struct gv_val *rec, const struct gv_step *step);

/* The same with days that are known: `done` GV_DAY_NONE: not recorded. */
int gv_seizure_by(struct gv_check *c, struct gv_str of, const struct gv_limit *limit, gv_day done, const struct gv_step *step);

/* The first event of a name after a day (GV_DAY_NONE: any), NULL if there is none; its day. */
const struct gv_val *gv_seizure_first_event(const struct gv_val *rec, const char *name, gv_day after, gv_day *on);

/* A thing of the debtor is turned into money: an auction, a sale, a transfer of money; the first after a day. */
const struct gv_val *gv_seizure_first_taking(const struct gv_val *seizure, gv_day after, gv_day *on);

/*
 * The one of ours that stands for the asset of that holding, where each asset is looked at once: the one that counts, or else
 * the first; NULL: none is ours.  `n`: holdings on the asset, of which h is the first.
 */
const struct gv_holding *gv_seizure_for_asset(const struct gv_estate *e, const struct gv_holding *h, size_t *n);

/* Their order; it lives until the rule returns. */
int gv_seizure_order(struct gv_rank **out, size_t *n, struct gv_check *c, const struct gv_estate *e, const struct gv_holding *h);

static inline const struct gv_calendar *gv_calendar_of(const void *subject)
{
	return ((const struct gv_seizure_subject *)subject)->calendar;
}

#endif
