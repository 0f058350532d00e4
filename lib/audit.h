/* SPDX-License-Identifier: MIT */
/*
 * audit: a history judged commit by commit, each by what was in force before it (regime.h): was it signed by somebody known, was it
 * theirs to change, are the records what they must be (judge.h)?  Nothing is skipped: what cannot be read is a violation.
 */
#ifndef GAVEL_AUDIT_H
#define GAVEL_AUDIT_H

#include "judge.h"
#include "verdict.h"

/* AU-01 to AU-09; ends with a NULL id.  The DK rules that an audit knows besides are in gv_case_rules. */
extern const struct gv_rule gv_audit_rules[];
/* Does every entry of --only and --skip (may be NULL) name one of either?  GV_EUSAGE. */
int gv_audit_check_lists(const char *only, const char *skip, struct gv_err *err);
/* Do they leave any of the DK rules, so that records have to be looked into? */
bool gv_audit_wants_records(const char *only, const char *skip);

/* One commit, after it was judged. */
struct gv_audit_step {
	const struct gv_commit *commit;  /* its time is the one by which it was judged: not before that of its parents */
	const struct gv_verdict *verdict;
	bool before;              /* from before the docket knew signers */
	bool merge;
	struct gv_oid annotates, corrects;   /* zero = none */
	size_t counts[4];         /* of findings by level */
};

struct gv_audit_opts {
	struct gv_store *store;
	struct gv_case_law *law;   /* NULL: records are not judged (somebody else does it) */
	gv_day as_of;
	struct gv_str only, skip;
	struct gv_oid from, tip;   /* from zero: from the beginning */
	int64_t now;               /* seconds: no commit can be later; 0: the clock is not asked */
	bool arriving;             /* what comes after `from` is not in the docket yet: it must be good as of now */
	bool remembered;           /* `from` is a checkpoint: if it is not behind `tip`, AU-07, and all is judged */
	bool apart;                /* `tip` is another line of history, to be joined: what `from` has not is judged */
	bool strict;               /* unsigned commits from before the docket knew signers, too */
	/* Non-zero from any of these stops. */
	int (*finding)(void *ctx, const struct gv_val *finding, struct gv_err *err);
	int (*step)(void *ctx, const struct gv_audit_step *s, struct gv_err *err);  /* may be NULL */
	void (*progress)(void *ctx, uint64_t done, uint64_t all);                   /* may be NULL */
	void *ctx;
};

struct gv_audit_sums {
	size_t commits, merges, corrections, annotations;
	size_t verdicts[GV_SIG_SPACE + 1];
	size_t before;            /* commits that were not asked for a signature */
	size_t counts[4];         /* findings by level */
	bool untrue;              /* a signature or an object is not what it says, or history was replaced: exit 7 */
	bool replaced;            /* what was remembered does not lead to `tip`, and all was judged */
};

/*
 * Findings wear facts.commit, and facts.merge, facts.corrects, facts.annotated where that applies.  A finding that somebody else
 * annotated (trailer Gavel-Annotates: COMMIT, with Gavel-Reason; signed by a known signer who may) is told as info.
 * The store is put into distrust (gv_store_distrust).  GV_EDATA if `from` does not lead to `tip` (and is neither remembered nor apart).
 * GV_EINTEGRITY as a result, not as a finding, only where no walk is
 * possible: a commit is missing.
 */
int gv_audit_run(const struct gv_audit_opts *o, struct gv_audit_sums *sums, struct gv_err *err);

/* Annotations that count, of all the history behind a commit, by the commit that they are about. */
struct gv_annotations;
struct gv_annotation { struct gv_oid by; struct gv_str who, reason; };  /* who: key of the person, or principals */

int gv_annotations_read(struct gv_annotations **out, struct gv_store *s, const struct gv_oid *tip, struct gv_err *err);
const struct gv_annotation *gv_annotations_of(const struct gv_annotations *a, const struct gv_oid *commit);
void gv_annotations_free(struct gv_annotations *a);

#endif
