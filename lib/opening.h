/* SPDX-License-Identifier: MIT */
/*
 * opening: new records, from FIELD=VALUE and --party or as NDJSON without ids on standard input; they get their numbers in
 * one commit and are printed.  What case-file open, mediate open and the like do.
 */
#ifndef GAVEL_OPENING_H
#define GAVEL_OPENING_H

#include "numbering.h"

enum { GV_NUMBER_MAX = 128 };  /* bytes of a number up to its serial, with NUL */

struct gv_opening;
struct gv_opening_once;
/* Completes a record (in o->doc) and names its number up to the serial.  GV_EDATA: this row is bad, the others go on. */
typedef int gv_opening_fn(struct gv_opening *o, struct gv_val *rec, char number[GV_NUMBER_MAX]);

struct gv_opening {
	struct gv_cmd *c;
	struct gv_doc doc;
	struct gv_numbering new;
	char on[32];             /* --on, else today */
	char what[GV_KEY_MAX];   /* the commit's subject: the number, once it is known */
	gv_opening_fn *prepare;
	const struct gv_opening_once *once;  /* NULL: there may be several of a kind */
	struct gv_oid read_at;   /* the commit that `prepare` saw */
	void *ctx;               /* of prepare */
};

/* The spec of the command has --on, and may have --type and --party ROLE=NAME. */
int gv_opening_run(struct gv_cmd *c, gv_opening_fn *prepare, void *ctx);
/* The same of records of which there is one each.  `renew` reads the docket anew, before `again` is asked of each record: what it
 * refuses ends all with GV_ECONFLICT. */
struct gv_opening_once { gv_opening_fn *prepare; int (*renew)(struct gv_opening *o); int (*again)(struct gv_opening *o, const struct gv_val *rec); void *ctx; };
int gv_opening_run_once(struct gv_cmd *c, const struct gv_opening_once *what);

/* A member, where the record does not have it yet. */
int gv_opening_default(struct gv_opening *o, struct gv_val *rec, const char *field, const char *text);
/*
 * A field that names a record of that kind: whatever was typed, records name others in full and cases by their numbers.
 * `there` (NULL: it need not be in the docket) gets it.  GV_EUSAGE: nothing was typed; GV_EDATA: no such id, or not there.
 */
int gv_opening_names(struct gv_opening *o, struct gv_val *rec, const char *field, const char *kind, struct gv_doc *there);
/* The number of kinds with serials of their own: the court and the kind's letter. */
int gv_opening_serial(struct gv_opening *o, char number[GV_NUMBER_MAX]);
/* An event on the day that the record has in `date_field`; none if it has none. */
int gv_opening_event(struct gv_opening *o, struct gv_val *rec, const char *name, const char *date_field);

#endif
