/* SPDX-License-Identifier: MIT */
/* case-audit: what its subcommands share. */
#ifndef GAVEL_CASE_AUDIT_H
#define GAVEL_CASE_AUDIT_H

#include "audit.h"
#include "cmd_docket.h"
#include "i18n.h"

#define CASE_AUDIT_SUBCOMMANDS(X) \
	X(verify) X(checkpoint) X(report) X(who) X(timeline) \
	X(enroll) X(revoke) X(people) X(adopt) X(approve) X(simulate)

#define CASE_AUDIT_DECLARE(name) extern const struct gv_cmd_spec case_audit_##name;
CASE_AUDIT_SUBCOMMANDS(CASE_AUDIT_DECLARE)
#undef CASE_AUDIT_DECLARE

/* ---- verify.c ---- */

/* GV_C_RULES in words of its own, and progress. */
#define VERIFY_RULE_OPTS \
	{ 0, "rules", NULL, N_("list the rules and stop") }, \
	{ 0, "explain", "RULE", N_("say what a rule needs and why, and stop") }, \
	{ 0, "only", "RULES", N_("only these rules (comma list; AU-* takes all of a group)") }, \
	{ 0, "skip", "RULES", N_("without these rules") }, \
	{ 0, "progress", "MODE", N_("never, auto (on a terminal) or json"), .complete = "never|auto|json" },

/* From where and to where, as options or a checkpoint say. */
struct verify_range {
	struct gv_oid from, tip;
	bool remembered;          /* from is that of a checkpoint */
};

/* Findings to standard output, sums to standard error. */
int verify_range_run(struct gv_cmd *c, const struct verify_range *r, struct gv_audit_sums *sums);
/* 0, GV_FOUND, or GV_EINTEGRITY with its message. */
int verify_result(struct gv_cmd *c, const struct gv_audit_sums *sums);

/* ---- remembered.c: checkpoints ---- */

struct remembered {
	struct gv_buf path;       /* of its file, whether that is there or not */
	bool there;
	struct gv_doc doc;        /* the checkpoint */
	struct gv_oid commit;
};
#define REMEMBERED_INIT ((struct remembered){ .path = GV_BUF_INIT(4096) })

/*
 * `file`, else what is remembered for this docket below $XDG_STATE_HOME/gavel/checkpoints: by its path, or by its first commit
 * where the docket that had it is gone from its own path.  GV_EINTEGRITY if it is signed and the signature does not
 * hold, or if it is no checkpoint.
 */
int remembered_find(struct remembered *m, struct gv_cmd *c, const char *file);
/* How many commits were judged up to it; 0 if it does not say. */
int64_t remembered_commits(const struct remembered *m);
/* Written whole or not at all; `sign`: a signature beside it. */
int remembered_write(const struct remembered *m, struct gv_cmd *c, const struct gv_val *checkpoint, bool sign);
void remembered_free(struct remembered *m);

/* The first commit of the docket's first-parent line. */
int first_commit(struct gv_store *s, const struct gv_oid *from, struct gv_oid *first, struct gv_err *err);

#endif
