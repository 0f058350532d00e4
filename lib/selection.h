/* SPDX-License-Identifier: MIT */
/* selection: which records does the user want?  --type and friends, --where, --since, --jq; for list, export, due, check. */
#ifndef GAVEL_SELECTION_H
#define GAVEL_SELECTION_H

#include "cmd_docket.h"
#include "filter.h"
#include "i18n.h"
#include "query.h"

#define GV_SELECT_NUMBER_OPTS \
	{ 0, "type", "CODES", N_("type codes, comma list: 民初; one character takes its group: 执 = 执, 执恢, 执异 ...") }, \
	{ 0, "court", "CODES", N_("court codes, comma list: 沪0114") }, \
	{ 0, "year", "YEARS", N_("years of the number, comma list") },

#define GV_SELECT_KIND_OPTS \
	{ 0, "kind", "KIND", N_("records of this kind, not cases: person") },

#define GV_SELECT_FIELD_OPTS \
	{ 0, "state", "STATES", N_("states, comma list: open,suspended"), .complete = "state" }, \
	{ 0, "tribunal", "NAMES", N_("divisions or tribunals, comma list") }, \
	{ 0, "judge", "NAMES", N_("judges in charge, comma list") }, \
	{ 0, "cause", "NAMES", N_("causes, comma list: 民间借贷纠纷"), .complete = "cause" }, \
	{ 0, "party", "TEXT", N_("cases with a party whose name contains this") },

struct gv_selection {
	struct gv_cmd *c;
	struct gv_query *query;   /* NULL: everything */
	struct gv_filter *filter; /* NULL: no --jq */
	struct gv_doc doc;
	bool parses;              /* those who take do */
	size_t parsed;            /* records */
	struct gv_buf line;
	struct gv_buf waiting;    /* names and texts of the records that --jq has not answered yet */
	size_t next;              /* where the first of them begins */
	struct gv_str name;       /* of the record that `take` is called with, as it was offered */
	bool broken;              /* --jq ended for good: the error is about the run, not about one record */
};

/* Builds one predicate out of all the options.  GV_EUSAGE names the option. */
int gv_selection_open(struct gv_selection *s, struct gv_cmd *c);

/* Is the record not selected, whatever its sealed values are?  Worth asking first: it is not parsed for that. */
bool gv_selection_rules_out(const struct gv_selection *s, struct gv_str text);

/*
 * Offer one record as canonical text; `take` is called with the text of those that are selected, now or (behind --jq)
 * during a later call.  Returns what `take` returns.  `name` (an id or a path) is for messages.
 */
typedef int gv_selection_take(void *ctx, struct gv_str text, struct gv_err *err);
int gv_selection_offer(struct gv_selection *s, struct gv_str text, struct gv_str name, gv_selection_take *take, void *ctx,
                    struct gv_err *err);
int gv_selection_finish(struct gv_selection *s, gv_selection_take *take, void *ctx, struct gv_err *err);
void gv_selection_close(struct gv_selection *s);

/* --kind, before anything else asks for the schema: GV_EUSAGE if there is no such kind, or if what else was asked for is about cases. */
int gv_selection_kind(struct gv_cmd *c);

/* What of the docket has to be read at all, by GV_SELECT_NUMBER_OPTS. */
struct gv_scan gv_selection_scan(const struct gv_cmd *c);

/*
 * All of it, over the cases of the docket in list order, with GV_SELECT_NUMBER_OPTS too.  A record that cannot be read, or that
 * `take` refuses with GV_EDATA, is complained about and the rest goes on.  A negative answer of `take` ends the walk, and
 * that is no error.  `parses`: `take` will parse what it gets.
 */
int gv_selection_walk(struct gv_cmd *c, bool parses, gv_selection_take *take, void *ctx);

/* The same, each record to the command's output: the whole of a list. */
int gv_selection_print(struct gv_cmd *c);
/* The list of a command with --kind and no operands, with the columns of each kind (ends with a kind NULL). */
struct gv_kind_fields { const char *kind, *fields; };
int gv_selection_list(struct gv_cmd *c, const struct gv_kind_fields *columns);

#endif
