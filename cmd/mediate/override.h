/* SPDX-License-Identifier: MIT */
/*
 * override: --override RULE -m REASON.  What a rule would have refused is done all the same, where the law or the court leaves
 * that to decide; the record keeps rule, reason and who in an event, and the commit's subject says so.
 */
#ifndef GAVEL_MEDIATE_OVERRIDE_H
#define GAVEL_MEDIATE_OVERRIDE_H

#include "mediate.h"

#define OVERRIDE_OPT { 0, "override", "RULE", N_("do it against this rule, where there is something to decide; -m says why") }

enum { OVERRIDE_WHAT_MAX = 128 };

struct override {
	struct gv_cmd *c;
	const char *rule;              /* NULL: none was asked for */
	bool used;                     /* by the record at hand */
	char what[OVERRIDE_WHAT_MAX];  /* for the commit's subject: "assign", "assign, overriding OM-17:" */
};

/*
 * Reads the option.  `rules` (a comma list) are those that leave something to decide here; GV_EDATA with its basis for any
 * other, GV_EUSAGE for what is no rule, and where no reason is given.
 */
int override_begin(struct override *o, struct gv_cmd *c, const char *what, const char *rules);
/* For each record first. */
void override_reset(struct override *o);
/* Called where the rule would refuse: is it overridden? */
bool override_takes(struct override *o, const char *rule);
/* The event, if it was; else a warning that the rule asked for had nothing against it.  n = 0 in `by`: the author of the commit.
 * `about` names the record in the warning. */
int override_keep(struct override *o, struct gv_doc *d, struct gv_val *rec, struct gv_str on, struct gv_str by,
                  const char *about);

#endif
