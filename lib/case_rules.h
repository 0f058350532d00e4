/* SPDX-License-Identifier: MIT */
/*
 * case_rules: what can be said about one case record.
 *
 * - DK-01 to DK-14, the docket's own rules (gavel-docket(5)): text, path, schema, links, states, events; in docket_rules.c
 *   and docket_rules_shown.c.
 * - CN, CA, LA, SL, ID: the law of filing and trial.  Such a rule judges by the day of filing; a fact that is missing is
 *   a review, never a pass, where the law needs it.
 */
#ifndef GAVEL_CASE_RULES_H
#define GAVEL_CASE_RULES_H

#include "redact.h"
#include "rule.h"

/* What the rules look at; the tables are loaded once per command. */
struct gv_case_law;

int gv_case_law_load(struct gv_case_law **out, struct gv_err *err);
void gv_case_law_free(struct gv_case_law *law);
/* Opened when it is first asked for; the law's own. */
int gv_case_law_redactor(struct gv_case_law *law, struct gv_redactor **out, gv_day on, struct gv_err *err);

struct gv_case_subject {
	const struct gv_rec *rec;
	struct gv_case_law *law;
	struct gv_caseno_reader *cn;
	struct gv_caseno number;      /* of rec, parsed; class GV_CN_OTHER if it cannot be */
	/* The rest is for the docket's own rules, which stay silent where it is not given. */
	bool strict;                  /* DK-02 to DK-06 too */
	struct gv_str text, path;     /* as it lies in the docket; {0} for a record from a stream */
	const struct gv_val *before;  /* the record it replaces, of a push */
	bool incoming;                /* before is known (NULL = the record is new) */
	const struct gv_val *sealed_fields;  /* gavel.json's policy today, or NULL */
	bool pulled;                  /* DK-12 warns only */
	/* Is there such a record (id in official form) / an open conflict about this one?  May be NULL. */
	int (*exists)(void *ctx, struct gv_str id, bool *yes, struct gv_err *err);
	int (*conflict)(void *ctx, const struct gv_id *id, bool *yes, struct gv_err *err);
	/* Of an item of "files": 0 if its content is here and right, GV_ENOTFOUND, GV_EINTEGRITY ...  May be NULL. */
	int (*file)(void *ctx, const struct gv_val *item, struct gv_err *err);
	void *ctx;
	/* Of a push: is this event (NULL: the state) what a conflict keeps that the commit, or what it was made from, has open?
	 * Then a join has left it out, or somebody has chosen.  May be NULL. */
	int (*disputed)(void *judge, const struct gv_rec *rec, const struct gv_val *event, bool *yes, struct gv_err *err);
	void *judge;
};

/* Fills rec, law, cn and number; the rest is zero. */
void gv_case_subject_of(struct gv_case_subject *s, const struct gv_rec *rec, struct gv_case_law *law,
                        struct gv_caseno_reader *cn);

/* Ends with a NULL id; subject is a struct gv_case_subject. */
extern const struct gv_rule gv_case_rules[];

/* docket_rules.c, docket_rules_shown.c */
#define GV_DOCKET_RULES(X) \
	X(canonical) X(path) X(valid) X(links) X(state) X(conflict) X(moves) X(events) X(files) X(sealed) X(shown)
#define GV_DOCKET_RULE_DECLARE(name) int gv_docket_rule_##name(struct gv_check *c, const void *subject);
GV_DOCKET_RULES(GV_DOCKET_RULE_DECLARE)
#undef GV_DOCKET_RULE_DECLARE

#endif
