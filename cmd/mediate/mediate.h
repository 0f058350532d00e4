/* SPDX-License-Identifier: MIT */
/* mediate: what its subcommands share. */
#ifndef GAVEL_MEDIATE_H
#define GAVEL_MEDIATE_H

#include "amend.h"
#include "i18n.h"
#include "mediation.h"

#define MEDIATE_SUBCOMMANDS(X) \
	X(open) X(send_back) X(consent) X(refuse) X(assign) X(accept) X(decline) X(session) X(consult) X(investigate) X(agree) X(sign) \
	X(back_out) X(fail) X(withdraw) X(suspend) X(resume) X(confirm) X(file) X(enforce) X(perform) X(divert) X(list) X(show) \
	X(due) X(check)

#define MEDIATE_DECLARE(name) extern const struct gv_cmd_spec mediate_##name;
MEDIATE_SUBCOMMANDS(MEDIATE_DECLARE)
#undef MEDIATE_DECLARE

/* What due and check select by. */
#define MEDIATE_WALK_OPTS \
	{ 0, "kind", "KIND", N_("only records of this kind: agreement-confirmation") }, \
	{ 0, "year", "YEARS", N_("years of the number, comma list") }, \
	GV_SELECT_FIELD_OPTS

/* Columns of tables and CSV: no more than 80 columns hold without cutting a number. */
#define MEDIATE_FIELDS "id,state,cause,received_on,ended_on"

/*
 * step: one event of a mediation, as most subcommands are.  FIELD=VALUE goes to the event where its kind of event has such
 * a field, else to the record.
 */
struct step_run {
	struct gv_amend *a;              /* the record at hand */
	const struct step *step;
	char on[GV_ON_MAX];
	struct gv_assignments event, record;
};
struct step {
	const char *event;
	/* May it happen?  Before the event is added; GV_EDATA with the basis if the law forbids it. */
	int (*guard)(struct step_run *r);
	/* What the event says about the record; after it is added and FIELD=VALUE is applied. */
	int (*carry)(struct step_run *r);
	void *ctx;                       /* of the two */
	const char *what;                /* for the commit's subject, read when it is made; NULL: the event's name */
};
int step_run(struct gv_cmd *c, const struct step *step);

/* The value of a field that was typed for the event; n = 0 if it was not. */
struct gv_str step_field(const struct step_run *r, const char *field);
/* The record's field becomes the step's day, or a word. */
int step_set_day(struct step_run *r, const char *field);
int step_set(struct step_run *r, const char *field, const char *word);

/* Guards: "party" is one of the parties; all of them agree to mediation (法释〔2016〕14号 art. 11), or none refuses. */
int step_known_party(struct step_run *r);
int step_all_agree(struct step_run *r);
int step_none_refuses(struct step_run *r);
/* For events that move no state: one of a comma list. */
int step_in_state(struct step_run *r, const char *states);
/* The "investigator" that was typed is a youth social worker of the court on that day. */
int step_social_worker(struct step_run *r);
/* For what fails: it says why, typed now or before (OM-16). */
int step_has_failure(struct step_run *r);
/* ended_on and ended_by. */
int step_end(struct step_run *r, const char *by);

#endif
