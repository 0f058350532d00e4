/* SPDX-License-Identifier: MIT */
/* mediator: what its subcommands share. */
#ifndef GAVEL_MEDIATOR_H
#define GAVEL_MEDIATOR_H

#include <stdio.h>

#include "amend.h"
#include "i18n.h"
#include "mediation_load.h"

#define MEDIATOR_SUBCOMMANDS(X) X(add) X(list) X(show) X(assess) X(train) X(sanction) X(pay)

#define MEDIATOR_DECLARE(name) extern const struct gv_cmd_spec mediator_##name;
MEDIATOR_SUBCOMMANDS(MEDIATOR_DECLARE)
#undef MEDIATOR_DECLARE

/* Columns of tables and CSV. */
#define MEDIATOR_FIELDS "id,name,type,state,fields,capacity"

/* How many mediations a mediator (a record) has now, of those that gv_mediation_running() found. */
static inline int64_t mediator_load(const struct gv_val *running, const struct gv_val *rec)
{
	char id[GV_KEY_MAX + 16];
	struct gv_str key = gv_val_getstr(rec, "id");

	snprintf(id, sizeof id, "mediator:%.*s", (int)key.n, key.p ? key.p : "");
	return gv_mediation_load(running, gv_str_of(id));
}

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
