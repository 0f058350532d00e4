/* SPDX-License-Identifier: MIT */
/*
 * credit_rules_impl: what the files of credit_rules share: credit_rules_list.c (who may be listed, and how), credit_rules_end.c
 * (removal, correction), credit_rules_limit.c (restriction of consumption, grace), credit_rules_repair.c (repair, platforms),
 * credit_rules_course.c (what the log says about the order of acts), credit_rules.c (the table); and credit_work.c.
 */
#ifndef GAVEL_CREDIT_RULES_IMPL_H
#define GAVEL_CREDIT_RULES_IMPL_H

#include "credit_rules.h"
#include "i18n.h"

#define GV_CREDIT_RULES(X) \
	X(ground) X(able) X(term) X(excluded) X(minor) X(officer) X(decided) X(must_list) X(content) X(office) \
	X(removed) X(term_removed) X(relisted) X(mended) X(objected) X(partial) X(compensation) \
	X(restricted) X(items) X(unit) X(ordered) X(lifted) X(travel) X(former) X(stands) X(breached) X(grace) X(grace_follows) \
	X(condition) X(proof) X(public_data) X(in_step)
#define GV_CREDIT_RULE_DECLARE(name) int gv_credit_rule_##name(struct gv_check *c, const void *subject);
GV_CREDIT_RULES(GV_CREDIT_RULE_DECLARE)
#undef GV_CREDIT_RULE_DECLARE

static inline const struct gv_val *gv_credit_of(const void *subject)
{
	return ((const struct gv_credit_subject *)subject)->rec->val;
}

/*
 * Of an entry that another court lists there is here what that court publishes: its decision, notice, evidence and order are
 * not missing, and whether they are right is not ours to judge.  What applies is what the public part shows: ground and term
 * (CR-01, CR-03), a minor (CR-05), the content (CR-09), offices (CR-10), a listing whose term is over (CR-12).
 */
static inline bool gv_credit_is_theirs(const void *subject)
{
	return gv_credit_is_foreign(gv_credit_of(subject));
}

static inline bool gv_credit_is(const struct gv_val *rec, const char *path, const char *word)
{
	return gv_str_is(gv_credit_text(rec, path), word);
}

/* What the log shows that is not in the order of the law; each is a part of the rule in brackets. */
int gv_credit_check_extensions(struct gv_check *c, const struct gv_val *rec);  /* CR-03 */
int gv_credit_check_own(struct gv_check *c, const struct gv_val *rec);         /* CR-07, of another court's entry */
int gv_credit_check_served(struct gv_check *c, const struct gv_val *rec);      /* CR-07 */
int gv_credit_check_published(struct gv_check *c, const struct gv_val *rec);   /* CR-11, CR-12 */
int gv_credit_check_mended(struct gv_check *c, const struct gv_val *rec);      /* CR-14 */
int gv_credit_check_requests(struct gv_check *c, const struct gv_val *rec);    /* CR-15 */
int gv_credit_check_moves(struct gv_check *c, const struct gv_val *rec);       /* CR-25 */
int gv_credit_check_cleared(struct gv_check *c, const struct gv_val *rec);     /* CR-27 */

/* Was the rule in force on that day?  Where nobody knows the day, as of today. */
bool gv_credit_in_force(const struct gv_check *c, gv_day act);
/* A review: a fact that the rule needs is not there. */
int gv_credit_missing(struct gv_check *c, const char *field);
/* The same for those of the fields that rec has not; ends with NULL. */
int gv_credit_need(struct gv_check *c, const struct gv_val *rec, const char *const fields[]);
/* Findings about the clocks of these names ("removal,term-removal") that ended undone, or were done too late. */
int gv_credit_late(struct gv_check *c, const void *subject, const char *names, enum gv_level level);
/* Only what was done, and too late. */
int gv_credit_done_late(struct gv_check *c, const void *subject, const char *names, enum gv_level level);

#endif
