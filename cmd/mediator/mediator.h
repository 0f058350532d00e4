/* SPDX-License-Identifier: MIT */
/* mediator: what its subcommands share. */
#ifndef GAVEL_MEDIATOR_H
#define GAVEL_MEDIATOR_H

#include "amend.h"
#include "i18n.h"

#define MEDIATOR_SUBCOMMANDS(X) X(add) X(list) X(show) X(assess) X(train) X(sanction) X(pay)

#define MEDIATOR_DECLARE(name) extern const struct gv_cmd_spec mediator_##name;
MEDIATOR_SUBCOMMANDS(MEDIATOR_DECLARE)
#undef MEDIATOR_DECLARE

/* Columns of tables and CSV. */
#define MEDIATOR_FIELDS "id,name,type,state,fields,languages,paid,capacity"

/* The member is a list; an empty one if it is not there. */
const struct gv_val *mediator_items(const struct gv_val *rec, const char *name);

/*
 * Who mediates what now: an object in d of the full ids of mediators, each with a list of the mediations that are assigned,
 * under way or suspended.  Read in one walk.
 */
int mediator_running(struct gv_cmd *c, struct gv_doc *d, struct gv_val *out);
/* How many of them a mediator (a record) has. */
uint32_t mediator_load(const struct gv_val *running, const struct gv_val *rec);

/* ---- the table of allowances (pay_table.c) ---- */

#define PAY_POLICY "mediator_pay"

struct pay_part {
	const char *line;      /* "allowance", "reward" */
	int64_t fen;
	struct gv_str why_not; /* fen is 0: why; in the doc */
	struct gv_val work;    /* the computation, line by line */
	struct gv_str table;   /* its name */
};
/*
 * What one of `n` mediators (a record; `presiding` or not) gets for a mediation that ended, by the table of its last day.
 * GV_EDATA if there is none, or if it is not what it should be.
 */
int pay_compute(struct gv_cmd *c, struct gv_doc *d, struct pay_part parts[2], const struct gv_val *mediation,
                const struct gv_val *mediator, bool presiding, uint32_t n);
/* What the table of that day allows a mediator in a month; GV_JSON_INT_MAX without a limit. */
int pay_cap(struct gv_cmd *c, gv_day on, int64_t *fen);

#endif
