/* SPDX-License-Identifier: MIT */
/*
 * seizure_rules_impl: what the files of seizure_rules share: seizure_rules.c (the table), seizure_rules_value.c (too much?),
 * seizure_rules_form.c (how it was done), seizure_rules_choice.c (which things, how many shares), seizure_rules_exempt.c (what
 * may not be taken), seizure_rules_others.c (co-owners, buyers, mortgagees), seizure_rules_time.c (until when?),
 * seizure_rules_rank.c (who is first?), seizure_rules_remedy.c (what must be released?), seizure_rules_price.c (the reference
 * price).
 */
#ifndef GAVEL_SEIZURE_RULES_IMPL_H
#define GAVEL_SEIZURE_RULES_IMPL_H

#include "fee.h"
#include "i18n.h"
#include "seizure_rules.h"

#define GV_SEIZURE_RULES(X) \
	X(claim_known) X(too_much) X(indivisible) X(part) X(sum_stated) X(values_known) \
	X(served) X(published) X(debtors) X(registered) X(recorded) X(told) X(kept_by) X(reaches) X(transfer_first) \
	X(least_harm) X(shares_fit) X(equity_asked) X(disputed) X(no_percentage) \
	X(exempt) X(income) X(dwelling) X(dwelling_sale) X(wages) X(insurance) X(presale) X(credit) X(acceptance) X(bank) X(trust) \
	X(provident) X(special) X(tax) \
	X(co_owned) X(sold) X(buyers) X(homes) X(maximum) \
	X(longest) X(renewed) X(lapsed) X(asked) X(continued) X(entrusted) X(investigators) X(waiting_term) \
	X(one_seizes) X(in_order) X(what_is_left) X(handed_to_secured) X(handed_to_waiting) X(divided) \
	X(released) X(unlocked) X(followed_up) X(ruled) X(objected) X(outsiders) X(intake) X(bankrupt) \
	X(price_begun) X(price_ladder) X(price_online) X(price_appraisal) X(price_report) X(price_valid) X(sale_begun) X(price_system)
#define GV_SEIZURE_RULE_DECLARE(name) int gv_seizure_rule_##name(struct gv_check *c, const void *subject);
GV_SEIZURE_RULES(GV_SEIZURE_RULE_DECLARE)
#undef GV_SEIZURE_RULE_DECLARE

static inline const struct gv_estate *gv_estate_of(const void *subject)
{
	return ((const struct gv_seizure_subject *)subject)->estate;
}

/* Findings from here on are about this record of that kind; records of a bundle need not say what they are. */
void gv_seizure_about(struct gv_check *c, struct gv_rec *rec, const char *kind, const struct gv_val *val);

/* For "%.*s"; s is evaluated twice. */
#define GV_TEXT(s) (int)(s).n, (s).n ? (s).p : ""

/*
 * Runs fn on each seizure of the claim that may still hold (neither released nor lapsed) and whose asset is known; findings
 * are about the seizure.  The first error ends it.
 */
typedef int gv_seizure_fn(struct gv_check *c, const void *subject, const struct gv_holding *h);
int gv_seizure_each(struct gv_check *c, const void *subject, gv_seizure_fn *fn);
int gv_seizure_each_ever(struct gv_check *c, const void *subject, gv_seizure_fn *fn);  /* those that ended, too: for deeds */
bool gv_seizure_ended(const struct gv_holding *h);

/* A review that names those of the fields (they may be dotted) that rec lacks; nothing if it has all.  Ends with NULL. */
int gv_seizure_need(struct gv_check *c, const struct gv_holding *h, const struct gv_val *rec, const char *const fields[]);
int gv_seizure_missing(struct gv_check *c, const struct gv_holding *h, const char *field);

/* GV_EDATA about a field of what the findings are about. */
int gv_seizure_fail(struct gv_check *c, const char *field, const char *message);

/* A date of a record, with its time where it has one.  day GV_DAY_NONE: it is not there. */
int gv_seizure_moment(struct gv_check *c, const struct gv_val *rec, const char *field, struct gv_moment *out);

/* Where a stands to b.  On one day the times decide; where one has none nobody knows. */
enum gv_order { GV_ORDER_MISSING, GV_ORDER_BEFORE, GV_ORDER_UNCLEAR, GV_ORDER_SAME, GV_ORDER_AFTER };
enum gv_order gv_moment_order(struct gv_moment a, struct gv_moment b);

/* The next event of the seizure from *at on that has one of the names (ends with NULL); NULL: there is none. */
const struct gv_val *gv_seizure_event(const struct gv_holding *h, const char *const names[], uint32_t *at);
extern const char *const gv_seizure_disposals[];  /* a notice of auction, and all that takes the thing or money away */
extern const char *const gv_seizure_takings[];    /* the latter alone */

/* Preservation or enforcement: of the seizure, or else of the claim; {0}: nobody recorded it. */
struct gv_str gv_seizure_stage(const struct gv_estate *e, const struct gv_holding *h);
/* Made before there is a judgment to enforce; and such a one still: that of a claim that is enforced has become its seizure by itself (SZ-39). */
bool gv_seizure_was_preservation(const struct gv_estate *e, const struct gv_holding *h);
bool gv_seizure_preserves(const struct gv_estate *e, const struct gv_holding *h);

/* Seized before the rule was there, by the first day that is known: for rules with own_dates. */
bool gv_seizure_is_of_old(const struct gv_check *c, const struct gv_holding *h);

#endif
