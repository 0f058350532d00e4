/* SPDX-License-Identifier: MIT */
/*
 * assignment: FIELD=VALUE as typed: "field=value", "field=@FILE", "field=@-", "field=" (remove).  Read once, because
 * standard input gives its text once, then applied to as many records as there are, typed by the schema.
 */
#ifndef GAVEL_ASSIGNMENT_H
#define GAVEL_ASSIGNMENT_H

#include "cmd_docket.h"

struct gv_assignment {
	struct gv_buf field;     /* with dots alone: "parties.0.name" */
	struct gv_buf value;
	bool remove, warned;
};
struct gv_assignments { struct gv_assignment *list; size_t n; };

int gv_assignments_read(struct gv_assignments *a, struct gv_cmd *c, char **texts, int n);
int gv_assignments_apply(struct gv_assignments *a, struct gv_cmd *c, const struct gv_schema *s, struct gv_doc *d,
                      struct gv_val *root);
/* Those of an event of that kind, and the rest: both halves share the list, which is put in another order and stays the owner. */
void gv_assignments_split(struct gv_assignments *all, const struct gv_schema *s, const char *event, struct gv_assignments *of_event,
                          struct gv_assignments *rest);
/* NULL if the field is not among them. */
const struct gv_assignment *gv_assignments_find(const struct gv_assignments *a, const char *field);
void gv_assignments_free(struct gv_assignments *a);

/* Is `word` one of the values that the schema lists for `field`?  GV_EUSAGE lists them; `what` is what was typed: "--by". */
int gv_cmd_check_word(struct gv_cmd *c, const char *what, const char *word, const char *field);

#endif
