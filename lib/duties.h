/* SPDX-License-Identifier: MIT */
/*
 * duties: who may do what, from the docket's file policy/duties.json (gavel-docket(5)):
 *
 *   {
 *     "format": 1,
 *     "otherwise": "allow" | "refuse",            a change that no duty is about, by any known signer
 *     "duties": [ {
 *       "id": "EX-37", "title": "...",
 *       "kind": "case",                           a kind, or "*"
 *       "where": "type = 执",                     optional: a predicate (query.h) that the record before or after meets
 *       "fields": ["judge", "parties[].name"],    optional: touched when one of these changes; "*" = any
 *       "events": ["close"],                      optional: touched when one of these is added
 *       "states": ["closed"],                     optional: touched when the record comes to one of these
 *       "files": ["policy/", "signers"],          instead of kind: other files of the docket, a folder ends with /
 *       "needs": [ { "roles": ["院长","副院长"], "signatures": 1 }, { "roles": ["审判员"], "units": ["执行裁判庭"], "signatures": 3 } ],
 *       "not_by": ["EX-34"],                      who did one of these duties on the same record may not do this one
 *       "from": "2022-01-01", "until": "2023-01-01",   inclusive, by the day of the commit
 *       "level": "violation" | "warn" | "review", default violation
 *       "basis": [ { "doc": "...", "no": "...", "art": "..." } ]
 *     } ],
 *     "delegations": [ { "duty": "EX-37" and/or "roles": ["院长"], "unit": "...", "to": "沪0114-P000007",
 *                        "by": "沪0114-P000001", "from": "...", "until": "...", "reason": "...", "source": "..." } ]
 *   }
 *
 * A duty of a kind without fields, events and states is touched by every change.  The predicate may look at the record
 * as it was, too: what leads out of a duty's reach is within it.  Every need of a duty wants that many different people;
 * one person's signature counts for each need that it fits, but signatures of one need are of different people.  Who did
 * another duty that "not_by" names does not count, nor whoever stands for him.
 *
 * A delegation always ends.  With "roles" its holder counts as one who has these roles ("unit": in that unit, for needs
 * that ask for one); with "duty" too, only for that duty.  "duty" alone stands for whatever that duty needs, so it is refused
 * for duties with several needs: one delegate would be both of two people.
 */
#ifndef GAVEL_DUTIES_H
#define GAVEL_DUTIES_H

#include "date.h"
#include "rule.h"

struct gv_duties;

#define GV_DUTIES_MAX ((size_t)4 * GV_MIB)  /* bytes of the file */

/* GV_EDATA names field and value; unknown members are refused: a rule misspelt must not pass for none. */
int gv_duties_read(struct gv_duties **out, struct gv_str text, struct gv_err *err);
void gv_duties_free(struct gv_duties *d);
/* The whole file as it was read: for those who print it. */
const struct gv_val *gv_duties_val(const struct gv_duties *d);

/* One person who signed a change: the record of kind person, and its key (沪0114-P000001). */
struct gv_actor {
	struct gv_str key;
	const struct gv_val *person;  /* NULL: a signer without a record */
};

/* At the court and not suspended (as the record says), and not after the day of leaving. */
bool gv_actor_is_active(const struct gv_actor *a, gv_day on);
/* Does the person, active, hold that role (in one of these units; NULL = any) on that day? */
bool gv_actor_has_role(const struct gv_actor *a, struct gv_str role, const struct gv_val *units, gv_day on);

/* One change of one file. */
struct gv_act {
	const struct gv_schema *schema;            /* NULL: no record */
	struct gv_str path;                        /* in the docket */
	const struct gv_val *before, *after;       /* NULL = absent; of a record both NULL: unreadable, touches all of its kind */
	gv_day on;                                 /* the commit's day, UTC+8 */
	struct gv_caseno_reader *cn;
	/* Who did a duty on this record earlier (for not_by): sets *yes if `is` holds for one of them; may be NULL. */
	int (*earlier)(void *ctx, struct gv_str duty, bool (*is)(void *, struct gv_str person), void *arg, bool *yes,
	               struct gv_err *err);
	void *ctx;
};

/* What a duty says of an act; borrowed during the call. */
struct gv_duty_told {
	struct gv_str id, title;
	enum gv_level level;
	const struct gv_val *basis;                /* the array, or NULL */
	bool met;
	struct gv_str missing;                     /* for people: "院长 or 副院长: 0 of 1; 张三 did EX-34 and does not count"; "" if met */
	const struct gv_val *needs;                /* the array; NULL for "otherwise" */
	size_t index;                              /* for gv_duty_fits(); SIZE_MAX for "otherwise" */
};

/*
 * Every duty that the act touches, with whether `who` (n people: the signer and those who approved; the same person twice
 * counts once) suffice.  Where none touches it and "otherwise" is "refuse", one with the id "otherwise".  What lies in
 * approvals/ proves itself: only a duty that names it is about it.  Non-zero from `each` stops and is returned.
 */
int gv_duties_judge(const struct gv_duties *d, const struct gv_act *act, const struct gv_actor *who, size_t n,
                    int (*each)(void *ctx, const struct gv_duty_told *told), void *ctx, struct gv_err *err);

/* Would that person's signature count for need number `need` of the duty on that day?  *by: the key of who delegated it to them,
 * {0} for a role of their own; by may be NULL. */
bool gv_duty_fits(const struct gv_duties *d, size_t duty, size_t need, const struct gv_actor *a, gv_day on,
                  struct gv_str *by);

#endif
