/* SPDX-License-Identifier: MIT */
/* duties_impl: what duties_read.c makes of the file and duties.c judges by.  Not for anybody else. */
#ifndef GAVEL_DUTIES_IMPL_H
#define GAVEL_DUTIES_IMPL_H

#include "duties.h"
#include "query.h"

#define GV_DUTIES_COUNT 1000  /* of each: duties, delegations */

/* A step of a field: a member, an item by its number, or every item. */
struct gv_duty_step {
	struct gv_str name;
	bool any;
};
struct gv_duty_field {
	struct gv_duty_step *steps;
	size_t n;
};

struct gv_duty_need {
	const struct gv_val *roles, *units;  /* units NULL: any */
	int64_t signatures;
};

struct gv_duty {
	struct gv_str id, title;
	const struct gv_schema *schema;      /* NULL: any kind, or files */
	const struct gv_val *files, *events, *states, *not_by, *basis, *needs_val;  /* NULL: none */
	bool any_field;
	struct gv_duty_field *fields;
	size_t nfields;
	struct gv_query *where;
	struct gv_duty_need *needs;
	size_t nneeds;
	gv_day from, until;                  /* GV_DAY_FIRST, GV_DAY_LAST where not said */
	enum gv_level level;
};

struct gv_delegation {
	const struct gv_duty *duty;          /* NULL: any */
	const struct gv_val *roles;          /* NULL: whatever the duty needs */
	struct gv_str unit, to, by;
	gv_day from, until;
};

struct gv_duties {
	struct gv_doc doc;                   /* all texts live here */
	struct gv_duty *list;
	size_t n;
	struct gv_delegation *delegations;
	size_t ndelegations;
	bool refuse;                         /* otherwise */
};

static inline bool gv_list_has(const struct gv_val *list, struct gv_str s)
{
	for (uint32_t i = 0; list && i < list->n; i++)
		if (gv_str_eq(gv_val_str(&list->items[i]), s))
			return true;
	return false;
}

#endif
