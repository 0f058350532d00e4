/* SPDX-License-Identifier: MIT */
/* seizure: what its subcommands share. */
#ifndef GAVEL_SEIZURE_H
#define GAVEL_SEIZURE_H

#include "amend.h"
#include "estate.h"
#include "i18n.h"

#define SEIZURE_SUBCOMMANDS(X) X(claim) X(asset) X(seize) X(serve) X(renew) X(release) X(convert) X(value) X(list) X(due)

#define SEIZURE_DECLARE(name) extern const struct gv_cmd_spec seizure_##name;
SEIZURE_SUBCOMMANDS(SEIZURE_DECLARE)
#undef SEIZURE_DECLARE

#define SEIZURE_FIELDS "id,state,case,asset,measure,sum_fen,served_at,until,rank"

/*
 * judge: would the docket with this record (a claim, an asset or a seizure, as it is to be) have a violation that is about it, or
 * about what is seized with it?  GV_EDATA with the rule, the finding and its basis.  It reads all seizures of the docket; an asset
 * is judged by itself, and by the validity of its price alone: a period that is over is a fact to be written down.
 * *rank (rank may be NULL): the lawful place among all on the asset as of today, once the seizure has one; else 0.
 */
enum seizure_how {
	SEIZURE_BEGINS,    /* a new claim, a seizure ordered or served: it may not be there, nor be a second one of another case */
	SEIZURE_GOES_ON,
	SEIZURE_MENDS      /* is refused for what is new alone */
};
int seizure_judge(struct gv_cmd *c, const char *kind, const struct gv_val *rec, enum seizure_how how, uint32_t *rank);
/* The same of a seizure, whose rank is put into it. */
int seizure_judge_ranked(struct gv_cmd *c, struct gv_doc *d, struct gv_val *seizure, enum seizure_how how);

/*
 * guard: GV_EDATA naming field and value, where what is written cannot be so beside what is there.
 *
 * past: what was done was done by today; `typed` (NULL: all): the fields that are looked at.
 * after: `field`, which is `at`, is not before any of the others; the list ends with NULL.
 * log: nor is an event before what happened to the seizure till then.
 * state: "renew is not possible in state ..., only in `states`".
 * renewal: it ends after the end that the seizure has.
 * part: an event that releases less than is left.
 * new: no claim of the case is there, and no seizure that is_same(), whose ruling is of that day.
 */
int seizure_guard_past(struct gv_cmd *c, const struct gv_val *rec, const struct gv_assignments *typed);
int seizure_guard_after(struct gv_cmd *c, const struct gv_val *rec, const char *field, struct gv_str at, const char *const before[]);
int seizure_guard_log(struct gv_cmd *c, const struct gv_val *rec, const char *name, const char *on);
int seizure_guard_state(struct gv_cmd *c, const struct gv_val *rec, const char *event, const char *states, const struct gv_basis *basis);
int seizure_guard_renewal(struct gv_cmd *c, const struct gv_val *rec, struct gv_str until);
int seizure_guard_part(struct gv_cmd *c, const struct gv_val *rec, const struct gv_val *asset, const struct gv_val *event);
int seizure_guard_new(struct gv_cmd *c, const char *kind, const struct gv_val *bundle, const struct gv_val *rec);
bool seizure_is_same(const char *kind, const struct gv_val *a, const struct gv_val *b);

#endif
