/* SPDX-License-Identifier: MIT */
/* import: rows from elsewhere -> records of the docket.  import.c reads and commits, import_row.c makes records. */
#ifndef GAVEL_CASE_FILE_IMPORT_H
#define GAVEL_CASE_FILE_IMPORT_H

#include "case-file.h"

/* What happens to a record that the docket has already. */
enum existing { EXISTING_MERGE, EXISTING_REPLACE, EXISTING_SKIP, EXISTING_FAIL };

struct import {
	struct gv_cmd *c;
	struct gv_store *store;
	struct gv_plan *plan;
	enum existing existing;
	struct gv_doc record;    /* the record being made */
	struct gv_doc old;       /* what the docket has */
	struct gv_buf path;
	size_t skipped;          /* --existing skip */
	size_t joined;           /* rows about a record that an earlier row of this run is about */
	size_t joined_same;      /* of them, those that the plan counts as unchanged, though it writes the record */
};

/*
 * A row of a table (text by column name) becomes typed values: "claim_fen" an integer, "parties.0.name" a member of
 * the first party.  Works in imp->record, whose root receives the object.
 */
int import_type_row(struct import *imp, const struct gv_val *row);
/* The same for a row that was refused: a cell that its column does not take stays text, so that an --errors line can be
 * mended and fed back. */
int import_show_row(struct import *imp, const struct gv_val *row);

/*
 * imp->record.root -> the plan: kind and state filled in, the id in official form, joined with what the docket has,
 * checked.  GV_EDATA names record and field.
 */
int import_record(struct import *imp);

#endif
