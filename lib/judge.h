/* SPDX-License-Identifier: MIT */
/*
 * judge: one commit against its parents, by the docket's own rules (DK, case_rules.h): records can be read, are canonical and
 * valid, lie where they belong, moved as the law lets them, kept their events; none was removed.  For pushes, before they are
 * taken, and for audits, long after.
 */
#ifndef GAVEL_JUDGE_H
#define GAVEL_JUDGE_H

#include "case_rules.h"
#include "store.h"

/* One file that a commit changed; of a commit that joins two lines of history, what it did not only take. */
struct gv_judged {
	struct gv_str path;
	const struct gv_schema *schema;    /* NULL: no record */
	struct gv_oid before, after;       /* blobs; zero = absent.  before: as the first parent has it */
	/* The record, where it can be read.  Of a commit that joins, `was` differs from `now` by what neither line had. */
	const struct gv_val *was, *now;
};

struct gv_judge {
	/* The caller's: zero, and then as wanted. */
	struct gv_store *store;
	struct gv_case_law *law;
	struct gv_caseno_reader *cn;
	const struct gv_schema *home;      /* the kind that a finding about a file that is no record refers to */
	struct gv_check check;             /* as_of, sink, ctx, only, skip, err; counts */
	const struct gv_val *sealed_fields;  /* gavel.json's policy, or NULL: DK-12 is not asked */
	bool pulled;                       /* who joins two lines on purpose is warned by DK-12, not stopped */
	int (*exists)(void *ctx, struct gv_str id, bool *yes, struct gv_err *err);     /* as in case_rules.h */
	int (*conflict)(void *ctx, const struct gv_id *id, bool *yes, struct gv_err *err);
	void *ctx;
	/* Called for every file, after its findings; may be NULL.  Non-zero stops. */
	int (*each)(void *ctx, const struct gv_judged *file);
	bool names_only;                   /* nothing is read, no rule is run: files are only named to `each` */
	void *each_ctx;
	/* judge's own */
	bool broken;                       /* the finding being told is about an object that is missing or not what it says */
	struct gv_doc doc;                 /* the record as the commit has it */
	struct gv_doc parent[2];           /* as its parents have it */
	struct gv_doc joined, mine;        /* what a commit that joins has to start from; the same, for `was` */
	struct gv_oid open_in[3];          /* trees whose conflicts excuse: those of the parents, of a join its own; or zero */
	struct gv_doc open, chosen;        /* a conflict; an array of those that were resolved */
	struct gv_oid parents[2];          /* of a commit that joins; zero */
	struct gv_oid bases[8];            /* trees of what both have in common, once asked for */
	size_t nbases;
	bool bases_known;
	struct gv_doc base;                /* the record there */
	bool all;                          /* gv_judge_kept() is at work: what was chosen on the way excuses, too */
};

void gv_judge_free(struct gv_judge *j);

/*
 * Everything that the commit changed.  `before`: the trees of its parents, zero if there is none.  Of a commit that joins two
 * lines of history, what it made of a record that neither line had so, or that one line had changed and it takes from the other:
 * it may keep either side of a field that both changed, and it keeps the events of both, or has them in a conflict.
 * What is in a conflict that a parent has open may be chosen either way.
 * Conflicts come from joins alone, and say what the sides and what they have in common say: a commit with one parent may only
 * take some of their fields away.
 */
int gv_judge_commit(struct gv_judge *j, const struct gv_commit *commit, const struct gv_oid before[2]);

/* What was in the docket is still there after lines were joined: no record and no event fell out (DK-10 alone). */
int gv_judge_kept(struct gv_judge *j, const struct gv_oid *old, const struct gv_oid *tip);

/* One finding of that rule about what lies at a path and is no record that can be judged. */
int gv_judge_tell(struct gv_judge *j, const char *rule, struct gv_str path, const char *why);

#endif
