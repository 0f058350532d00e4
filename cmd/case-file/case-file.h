/* SPDX-License-Identifier: MIT */
/* case-file: what its subcommands share. */
#ifndef GAVEL_CASE_FILE_H
#define GAVEL_CASE_FILE_H

#include <limits.h>

#include "cmd_docket.h"
#include "i18n.h"

#define CASE_FILE_SUBCOMMANDS(X) \
	X(init) X(import) X(open) X(get) X(list) X(set) X(event) X(close) X(link) X(edit) X(due) \
	X(log) X(blame) X(changes) X(check) X(apply) X(export) X(checkout) X(migrate) X(join) \
	X(pull) X(push) X(diff_file) X(merge_file) X(maintain) X(attach) X(files) X(seal) \
	X(unseal) X(destroy_key) X(keys) X(merge) X(conflicts) X(resolve) X(complete)

#define CASE_FILE_DECLARE(name) extern const struct gv_cmd_spec case_file_##name;
CASE_FILE_SUBCOMMANDS(CASE_FILE_DECLARE)
#undef CASE_FILE_DECLARE

/* Columns of tables and CSV. */
#define CASE_FIELDS "id,state,cause,tribunal,judge,filed_on,closed_on,claim_fen"

/*
 * change: read some cases, alter them, write them back in one commit.  What set, event, close, link and edit do.
 */
struct change {
	struct gv_cmd *c;
	struct gv_store *store;
	struct gv_plan *plan;
	struct gv_doc doc;       /* the case at hand: doc.root is altered in place */
	struct gv_rec rec;       /* its id */
	struct gv_oid base;      /* the blob it was read from */
	char key[GV_KEY_MAX];    /* of the last case that changed, for the commit's subject */
	size_t changed;          /* cases */
	void *work;              /* the subcommand's own */
};

int change_begin(struct change *ch, struct gv_cmd *c);
int change_load(struct change *ch, struct gv_str id_text);
/* Checks the whole record and puts it into the plan.  Errors name the case. */
int change_put(struct change *ch);
void change_end(struct change *ch);

/*
 * All of it for every case that the first operand names ("-": ids on stdin): load, alter, put, then one commit about
 * "CASE" or "12 cases", with the event's name ("" = none) in front.  A case that cannot be altered is complained about
 * and the rest goes on; GV_EUSAGE from `alter` is about the command line and ends the run.
 */
int change_run(struct gv_cmd *c, int (*alter)(struct change *ch), void *work, const char *event);

/*
 * FIELD=VALUE as typed: "field=value", "field=@FILE", "field=@-", "field=" (remove).  Read once, because standard
 * input gives its text once, then applied to as many records as there are, typed by the schema.
 */
struct assignment {
	struct gv_buf field;     /* with dots alone: "parties.0.name" */
	struct gv_buf value;
	bool remove, warned;
};
struct assignments { struct assignment *list; size_t n; };

int assignments_read(struct assignments *a, struct gv_cmd *c, char **texts, int n);
int assignments_apply(struct assignments *a, struct gv_cmd *c, const struct gv_schema *s, struct gv_doc *d,
                      struct gv_val *root);
/* NULL if the field is not among them. */
const struct assignment *assignments_find(const struct assignments *a, const char *field);
void assignments_free(struct assignments *a);

/* Is `word` one of the values that the schema lists for `field`?  GV_EUSAGE lists them; `what` is what was typed: "--by". */
int check_word(struct gv_cmd *c, const char *what, const char *word, const char *field);

/*
 * Append an event with a new eid and the given fields of its own.  An event that moves the state does so, or is refused
 * with the law's basis; some set fields of the case too: file filed_on, receive received_on, convert
 * procedure, assign judge and tribunal; reopen takes closed_on and closed_by away.
 */
int add_event(struct change *ch, const char *name, const char *on, const struct assignments *fields);

/* --on DATE or moment, else today: as text, a time with the zone of the docket. */
enum { ON_MAX = 40 };
int on_option(struct gv_cmd *c, char out[ON_MAX]);

/* This very program, for hooks and settings that run it where PATH has no case-file; NULL if the system does not tell. */
const char *own_program(char path[PATH_MAX]);

#endif
