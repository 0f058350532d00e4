/* SPDX-License-Identifier: MIT */
/* credit-repair: what its subcommands share. */
#ifndef GAVEL_CREDIT_REPAIR_H
#define GAVEL_CREDIT_REPAIR_H

#include "credit_act.h"
#include "i18n.h"

#define CREDIT_SUBCOMMANDS(X) \
	X(debtor) X(notify) X(qualify) X(decide) X(serve) X(grace) X(clear) X(publish) X(restrict) X(lift) X(restore) X(remove) X(delete_early) \
	X(expire) X(revoke) X(correct) X(happen) X(object) X(answer) X(appeal) X(decide_appeal) X(apply) X(grant) X(refuse) X(prove) \
	X(promise) X(status) X(list) X(due) X(check) X(export) X(feed) X(import) X(tell) X(acknowledge)

#define CREDIT_DECLARE(name) extern const struct gv_cmd_spec credit_##name;
CREDIT_SUBCOMMANDS(CREDIT_DECLARE)
#undef CREDIT_DECLARE

#define CREDIT_FIELDS "id,state,restriction,case,debtor,ground,published_on"

/* What rules need beside the record. */
struct credit_judge {
	struct gv_cmd *c;
	struct gv_calendar *calendar;
	struct gv_doc debtor, entry, promise, other;
	struct credit_units *units;          /* NULL: nobody asked about an officer yet */
	struct gv_credit_aside aside;        /* of the last record */
	bool has_store;
};
int credit_judge_open(struct credit_judge *j, struct gv_cmd *c);
void credit_judge_close(struct credit_judge *j);
/* The subject of the rules for a record; what it names is looked up.  Good until the next call. */
int credit_judge_subject(struct credit_judge *j, const struct gv_rec *rec, struct gv_credit_subject *out);

/* What other records show of an entry's obligation, into j->aside: where there is a docket. */
int credit_aside(struct credit_judge *j, const struct gv_val *rec);
/* Behind it: does the debtor of an entry that is no officer's hold an office in a unit that owes in the same case? */
int credit_aside_offices(struct credit_judge *j, const struct gv_val *rec, const struct gv_val *debtor);
void credit_units_free(struct credit_units *u);

/*
 * Would the record have a violation that it had not before?  GV_EDATA with the rule, the finding and its basis.  That
 * something is late is no reason to refuse it.  `happens`: a fact is recorded, and a violation that it shows is a warning.
 */
int credit_judge_change(struct credit_judge *j, const struct gv_credit_act *act, const struct gv_rec *before, const struct gv_credit_subject *after, bool happens);

/* The entries (and repairs) that the operands name: by ids, as records, or by cases, whose entries are meant: one walk for all. */
typedef int credit_rec_fn(void *work, const struct gv_rec *rec);
int credit_each_target(struct gv_cmd *c, credit_rec_fn *each, void *work);

/* claim_fen and controlled_fen, where nobody typed them and the docket has the claim and its seizures. */
int credit_fill_covered(struct gv_amend *a);

/* What is published of the debtor and the entry, where it was not typed. */
int credit_fill_published(struct gv_amend *a);

/* rows: of NDJSON, from a file or (path NULL, "-") standard input.  `take` answers with GV_EDATA or GV_ENOTFOUND where a row is bad. */
struct credit_rows {
	struct gv_cmd *c;
	int (*take)(void *ctx, struct gv_doc *row, size_t line);
	void *ctx;
	struct gv_doc row;
	size_t n, bad;
};
int credit_rows_read(struct credit_rows *r, const char *path);

/* twins: the records of the command's kind by what they are about.  GV_EDATA names the one that is there already. */
struct credit_twins;
int credit_twins_load(struct credit_twins **out, struct gv_cmd *c);
int credit_twins_check(struct credit_twins *t, const struct gv_val *rec);
/* As the docket is now; what was checked before is forgotten. */
int credit_twins_renew(struct credit_twins *t);
void credit_twins_free(struct credit_twins *t);

/* The computation behind an entry, to the output. */
int credit_show_work(struct gv_cmd *c, const struct gv_credit_subject *subject);

/* GV_EDATA while a conflict about the entry is open in the docket. */
int credit_check_dispute(struct gv_cmd *c, const struct gv_val *rec);

#endif
