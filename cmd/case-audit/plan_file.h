/* SPDX-License-Identifier: MIT */
/* plan_file: a plan that --dry-run printed, read to be approved or judged, as case-file apply would read it. */
#ifndef GAVEL_CASE_AUDIT_PLAN_FILE_H
#define GAVEL_CASE_AUDIT_PLAN_FILE_H

#include "case-audit.h"

struct planned {
	struct gv_str text;          /* the line */
	struct gv_str path;          /* {0}: the line is no change of a file */
	struct gv_oid base, now;     /* zero: absent */
	bool approval;               /* lies in approvals/ */
};

struct plan_file {
	struct gv_arena arena;
	struct planned *list;
	size_t n, room;
	struct gv_plan *checked;     /* what made sure of it */
};

/* From the operand, or standard input.  Refused as apply would: GV_EDATA, GV_ECONFLICT if the docket has moved. */
int plan_file_read(struct plan_file *p, struct gv_cmd *c);
void plan_file_free(struct plan_file *p);

/* A change, its records read.  `text` is what a file that is no record becomes. */
struct plan_change {
	const struct planned *line;
	const struct gv_schema *schema;          /* NULL: no record */
	const struct gv_val *before, *after;
	struct gv_str text;
	struct gv_doc docs[2];
};

int plan_change_load(struct plan_change *ch, const struct planned *line, struct gv_cmd *c);
void plan_change_free(struct plan_change *ch);
/* How people know it: the id of a record, else the path. */
struct gv_str plan_change_name(const struct plan_change *ch);

#endif
