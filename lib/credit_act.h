/* SPDX-License-Identifier: MIT */
/*
 * credit_act: what is done with an entry or a repair, one event at a time: the event moves region L by the schema's transitions
 * and region C by the act's own, and fields follow from it.  Whether the law lets it is then asked of the rules.
 */
#ifndef GAVEL_CREDIT_ACT_H
#define GAVEL_CREDIT_ACT_H

#include "amend.h"
#include "credit_rules.h"

struct gv_credit_set { const char *field, *word; };  /* word NULL: the day of the act */
enum { GV_CREDIT_SETS = 4 };

struct gv_credit_act {
	const char *name;                /* "delete-early": of the subcommand */
	const char *event;               /* NULL: one of GV_CREDIT_FACTS */
	const char *kind;                /* "credit", "repair" */
	struct gv_credit_set sets[GV_CREDIT_SETS];  /* what follows from it, and is not typed; ends with a field NULL */
	const char *from, *to;           /* of the restriction; from: a comma list, NULL: it stays */
	const char *rule;                /* of that move */
	bool lists;                      /* towards a listing: what was wrong before stands in its way */
	bool begins;                     /* a new listing: what the last one left goes to the list of earlier ones */
	const char *clears;              /* comma list of fields that are the act's alone: what an earlier one of its name left goes */
	const char *own;                 /* comma list of what may be typed for the record besides notes; NULL: nothing */
	const char *states;              /* for events that move no state: where they are possible; NULL: everywhere */
	const char *needs;               /* comma list of fields that the act is nothing without; NULL: none */
};

/* Ends with a NULL name. */
extern const struct gv_credit_act gv_credit_acts[];
const struct gv_credit_act *gv_credit_act_find(const char *name);

/* Events that happen to an entry and move nothing by themselves: what may be recorded as it comes. */
#define GV_CREDIT_FACTS \
	"request,extend,perform,perform-part,correct-conduct,settle,settlement-performed,creditor-consent,end-round,check,lead,stay,refuse-enforcement," \
	"terminate,find-wrong,find-inaccurate,find-false-evidence,breach,report-breach,ask-spending,allow-spending,notify-platform,acknowledge,note"

/* Is what was typed for the record the act's to say?  GV_EUSAGE names the field.  What correct changes is what its event says, all of it. */
int gv_credit_act_check_typed(struct gv_cmd *c, const struct gv_credit_act *act, const struct gv_assignments *fields, const struct gv_assignments *typed);
/* The event with its fields; before what was typed for the record is put in. */
int gv_credit_act_begin(struct gv_amend *a, const struct gv_credit_act *act, const char *event, const char *on, const struct gv_assignments *fields);
/*
 * What follows, behind it; aside: what other records show, or NULL.  GV_EUSAGE: a field that the act needs is not there; GV_EDATA
 * with the rule: no event shows its ground.
 */
int gv_credit_act_end(struct gv_amend *a, const struct gv_credit_act *act, const struct gv_credit_aside *aside, const char *on);

/* What the last listing was is put behind the list of earlier ones; the fields stay as they are. */
int gv_credit_keep_last(struct gv_doc *d, struct gv_val *rec, struct gv_err *err);

/*
 * The first violation that `after` has and `before` (its rec NULL: there was none) has not, with its basis, into `said`; empty
 * if there is none.  That something is late is none here: what is late is still done.
 * Of an act that lists, those of the rules about listing count, whether they were there before or not.
 */
int gv_credit_refusal(bool lists, const struct gv_credit_subject *before, const struct gv_credit_subject *after, gv_day as_of, struct gv_buf *said, struct gv_err *err);

#endif
