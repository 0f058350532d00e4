/* SPDX-License-Identifier: MIT */
/* publication_rules_impl: publication_rules.c (the table) and its rules: publication_rules_may.c, _acts.c, _shown.c, _typical.c. */
#ifndef GAVEL_PUBLICATION_RULES_IMPL_H
#define GAVEL_PUBLICATION_RULES_IMPL_H

#include "i18n.h"
#include "publication_rules.h"

#define GV_PUBLICATION_RULES(X) \
	X(must) X(must_not) X(told) X(stub) X(in_time) X(effect) X(steps) X(same) X(withdrawn) X(complaints) X(name) X(access) X(shown) \
	X(reference) X(in_effect) X(title) X(number) X(told_case)
#define GV_PUBLICATION_RULE_DECLARE(name) int gv_publication_rule_##name(struct gv_check *c, const void *subject);
GV_PUBLICATION_RULES(GV_PUBLICATION_RULE_DECLARE)
#undef GV_PUBLICATION_RULE_DECLARE

static inline const struct gv_publication *gv_publication_of(const void *subject)
{
	return &((const struct gv_publication_subject *)subject)->p;
}

static inline bool gv_publication_is(const struct gv_val *rec, const char *field, const char *word)
{
	return gv_str_is(gv_val_getstr(rec, field), word);
}

/* A review: a fact that the rule needs is not there. */
static inline int gv_publication_missing(struct gv_check *c, const char *field)
{
	return gv_finding(c, GV_REVIEW, NULL, _("%s missing"), field);
}

/* Findings about clocks of these names that ended undone, or were done too late; those that run are told. */
int gv_publication_late(struct gv_check *c, const void *subject, const char *names, enum gv_level level);

#endif
