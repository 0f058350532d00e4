/* SPDX-License-Identifier: MIT */
/* anon_rules: what is left in a text, as findings.  None of the sources was read as law in full (the notes mark them [P], [K]), so that no rule says more than review. */
#ifndef GAVEL_ANON_RULES_H
#define GAVEL_ANON_RULES_H

#include "residue.h"
#include "rule.h"

struct gv_leftovers {
	struct gv_residue *list;   /* texts are borrowed */
	size_t n, cap;
	struct gv_str text;        /* all of it: for the numbers of lines */
	struct gv_str id;          /* of the row it is of, where that is no record of ours; {0} */
	size_t line;               /* of the input; 0: none */
};
/* For gv_residue(). */
int gv_leftovers_add(void *ctx, const struct gv_residue *hit);
void gv_leftovers_free(struct gv_leftovers *l);

/* Over struct gv_leftovers.  Ends with a NULL id. */
extern const struct gv_rule gv_anon_rules[];

#endif
