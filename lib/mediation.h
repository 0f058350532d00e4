/* SPDX-License-Identifier: MIT */
/*
 * mediation: what a record of that kind says about its parties, their consent, who mediates, and when the agreement took
 * effect.  Nothing is decided here; commands refuse by it, rules report by it.
 */
#ifndef GAVEL_MEDIATION_H
#define GAVEL_MEDIATION_H

#include "date.h"
#include "rec.h"

/*
 * Does the party agree to mediation?  By its newest event of consent, refuse, revoke-consent, withdraw; without any, the side
 * that applied (申请人) does, and of the other one it is not known.
 */
enum gv_stance { GV_STANCE_UNKNOWN, GV_STANCE_AGREES, GV_STANCE_REFUSES };
enum gv_stance gv_mediation_stance(const struct gv_val *rec, struct gv_str party);
/* The same by the first `n` events alone. */
enum gv_stance gv_mediation_stance_before(const struct gv_val *rec, struct gv_str party, uint32_t n);

/* The party of that name; NULL if there is none. */
const struct gv_val *gv_mediation_party(const struct gv_val *rec, struct gv_str name);
/* Its entry in "mediators"; NULL if that mediator (full id) is not appointed. */
const struct gv_val *gv_mediation_appointment(const struct gv_val *rec, struct gv_str mediator);

/*
 * Did every party agree in writing that this mediator need not withdraw (ME-06)?  Events waive; one that names no mediator
 * is about all of them.
 */
bool gv_mediation_waived(const struct gv_val *rec, struct gv_str mediator);

/*
 * Why the mediator (a record) may not be fair (ME-06): a party, or a party's agent, that is among the mediator's relations
 * or is the mediator; or an earlier role in the matter.  True with `who` and `rel` borrowed from the records.
 */
struct gv_conflict_of { struct gv_str who, rel; };
bool gv_mediation_conflict(const struct gv_val *rec, const struct gv_val *mediator, struct gv_conflict_of *out);

/*
 * The day on which the agreement took effect: the last signature of those that the law asks for: every party (or its
 * agent), of people's mediation the mediator and the committee's seal too (PM-02); an oral one when it was made.  GV_DAY_NONE
 * if a signature is missing; `missing` (may be NULL) then names it.
 */
gv_day gv_mediation_effective(const struct gv_val *rec, struct gv_str *missing);

/* The newest event override of that rule (id), with its reason; NULL if there is none. */
const struct gv_val *gv_mediation_overridden(const struct gv_val *rec, const char *rule);

/* The newest event of that name; NULL if there is none. */
const struct gv_val *gv_mediation_event(const struct gv_val *rec, const char *name);

#endif
