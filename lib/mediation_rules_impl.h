/* SPDX-License-Identifier: MIT */
/*
 * mediation_rules_impl: what the files of mediation_rules share: mediation_rules_course.c (consent, mediators, time),
 * mediation_rules_conduct.c (application, confidence, change of mediators, papers back), mediation_rules_end.c (agreement, end),
 * mediation_rules_court.c (what a court makes of an agreement after filing), mediation_rules_child.c (children),
 * mediation_rules_register.c (mediators), mediation_rules_confirm.c (confirmations), mediation_rules.c (the table).
 */
#ifndef GAVEL_MEDIATION_RULES_IMPL_H
#define GAVEL_MEDIATION_RULES_IMPL_H

#include "i18n.h"
#include "mediation.h"
#include "mediation_rules.h"

#define GV_MEDIATION_RULES(X) \
	X(consent) X(from_register) X(presiding) X(fairness) X(later_role) X(reported) X(in_time) X(ended) X(concessions) \
	X(agreement) X(online_scope) X(disclosed) X(identity) X(failure) X(foreign) X(visited) X(barred_cause) X(experts) \
	X(arbitration) X(administrative) \
	X(child_asked) X(investigated) X(reference) \
	X(listed) X(trained) X(published) X(committee) X(load) \
	X(wrong_way) X(applicants) X(venue) X(papers) X(subject) X(ground) X(verified) X(fee) \
	X(handed_back) X(confidential) X(medical) X(application) X(sent_back) X(change) \
	X(sanctioned) X(refusals) X(paid) X(organisation) X(again) \
	X(signed_for) X(no_paper) X(clauses) X(approved) X(fees)
#define GV_MEDIATION_RULE_DECLARE(name) int gv_mediation_rule_##name(struct gv_check *c, const void *subject);
GV_MEDIATION_RULES(GV_MEDIATION_RULE_DECLARE)
#undef GV_MEDIATION_RULE_DECLARE

static inline struct gv_str gv_text_of(const void *subject, const char *path)
{
	const struct gv_mediation_subject *s = subject;

	return gv_val_str(gv_val_path(s->rec->val, gv_str_of(path)));
}

static inline bool gv_text_is(const void *subject, const char *path, const char *word)
{
	return gv_str_is(gv_text_of(subject, path), word);
}

/* Item i of a list; NULL behind its end. */
static inline const struct gv_val *gv_item_of(const struct gv_val *rec, const char *path, uint32_t i)
{
	const struct gv_val *list = gv_val_path(rec, gv_str_of(path));

	return list && list->type == GV_ARRAY && i < list->n ? &list->items[i] : NULL;
}

/* Was the rule in force on the day of the application?  And is the way in (online or at the counter) the rule's, where a pair
 * of rules divides it: ME for the counter, OM online. */
bool gv_mediation_applies(const struct gv_check *c, const void *subject);
bool gv_mediation_way_is_mine(const struct gv_check *c, const void *subject);

/* A review: a fact that the rule needs is not there. */
int gv_mediation_missing(struct gv_check *c, const char *field);

/* GV_DAY_NONE for an event without a day that can be read. */
static inline gv_day gv_event_day(const struct gv_val *event)
{
	struct gv_moment m;

	return gv_moment_parse(&m, gv_val_getstr(event, "on"), NULL) ? GV_DAY_NONE : m.day;
}

/* The newest back-out that no other agreement follows; NULL if there is none. */
const struct gv_val *gv_mediation_backed_out(const struct gv_val *rec);

/* The first event of that name by that party, of those before `end`; NULL if there is none. */
const struct gv_val *gv_mediation_event_of(const struct gv_val *rec, const char *name, struct gv_str party, uint32_t end);

/* *out NULL: not known here. */
int gv_mediation_fetch(const void *subject, struct gv_str id, const struct gv_val **out, struct gv_err *err);

/* Was something agreed that stands? */
static inline bool gv_mediation_agreed(const void *subject)
{
	return gv_text_is(subject, "state", "agreed") || gv_text_is(subject, "state", "confirming") ||
	       gv_text_is(subject, "state", "confirmed");
}

#endif
