/* SPDX-License-Identifier: MIT */
/* amend: read some records, alter them, write them back in one commit.  What set, event, close, link and edit do. */
#ifndef GAVEL_AMEND_H
#define GAVEL_AMEND_H

#include "assignment.h"

struct gv_amend {
	struct gv_cmd *c;
	struct gv_store *store;
	struct gv_plan *plan;
	struct gv_doc doc;       /* the record at hand: doc.root is altered in place */
	struct gv_rec rec;       /* its id */
	struct gv_oid base;      /* the blob it was read from */
	char key[GV_KEY_MAX];    /* of the last record that changed, for the commit's subject, */
	const char *folder;      /* and its kind's: "cases", "mediations" */
	size_t changed;          /* records */
	void *work;              /* the subcommand's own */
};

int gv_amend_begin(struct gv_amend *ch, struct gv_cmd *c);
int gv_amend_load(struct gv_amend *ch, struct gv_str id_text);
/* Checks the whole record and puts it into the plan.  Errors name the record. */
int gv_amend_put(struct gv_amend *ch);
void gv_amend_end(struct gv_amend *ch);

/*
 * All of it for every record that the first operand names ("-": ids on stdin): load, alter, put, then one commit about
 * "CASE" or "12 cases", with the event's name ("" = none) in front.  A record that cannot be altered is complained about
 * and the rest goes on; GV_EUSAGE from `alter` is about the command line and ends the run.
 */
int gv_amend_run(struct gv_cmd *c, int (*alter)(struct gv_amend *ch), void *work, const char *event);

/*
 * Append an event with a new eid and the given fields of its own.  An event that moves the state does so, or is refused
 * with the law's basis; some set fields of the case too: file filed_on, receive received_on, convert
 * procedure, assign judge and tribunal; reopen takes closed_on and closed_by away.
 */
int gv_amend_event(struct gv_amend *ch, const char *name, const char *on, const struct gv_assignments *fields);

/* Are the fields there without which such an event says nothing?  GV_EUSAGE: "WHAT needs FIELD=VALUE". */
int gv_amend_needs(struct gv_cmd *c, const struct gv_schema *s, const char *event, const struct gv_assignments *fields,
                   const char *what);

/* "WHAT needs FIELD=one|of|its|words", or =VALUE: GV_EUSAGE. */
int gv_cmd_needs(struct gv_cmd *c, const char *what, const char *field, const struct gv_node *node);

/* --on DATE or moment, else today: as text, a time with the zone of the docket. */
enum { GV_ON_MAX = 40 };
int gv_cmd_on(struct gv_cmd *c, char out[GV_ON_MAX]);
/* The same of what is done: GV_EUSAGE for a day after today. */
int gv_cmd_on_done(struct gv_cmd *c, char out[GV_ON_MAX]);

#endif
