/* SPDX-License-Identifier: MIT */
/*
 * rule: checks as tables.  A rule has an id, dates, a basis and a function; what
 * it finds is a finding, which is a record (share/schema/finding.json).  Levels:
 * a rule whose source is not the text of the law never says "violation".
 */
#ifndef GAVEL_RULE_H
#define GAVEL_RULE_H

#include "date.h"
#include "rec.h"

enum gv_level { GV_INFO, GV_REVIEW, GV_WARN, GV_VIOLATION };

struct gv_check;

struct gv_rule {
	const char *id;                  /* "SL-01" */
	const char *title, *zh;
	enum gv_level level;             /* the highest it may say */
	const struct gv_basis *basis;    /* ends with { NULL } */
	const char *from, *until;        /* "2022-01-01" or NULL; inclusive */
	bool own_dates;                  /* fn asks gv_rule_in_force() itself, by another day than
	                                  * as_of: the day of filing, of an act */
	const char *needs;               /* N_(): fields it reads and why, for --explain */
	/* Returns 0 (with or without findings) or an error.  NULL: a command itself reports it. */
	int (*fn)(struct gv_check *c, const void *subject);
	const char *kind;                /* for records of this kind alone; NULL: of any */
};

/* One run over one subject. */
struct gv_check {
	const struct gv_rule *rule;      /* the one that runs now */
	const struct gv_rec *rec;        /* what the finding will refer to */
	struct gv_str kase;              /* the case that it belongs to, where rec names none; {0}: none */
	gv_day as_of;
	void *ctx;                       /* the command's own */
	int (*sink)(struct gv_check *c, const struct gv_val *finding, struct gv_err *err);
	struct gv_doc scratch;           /* findings are built here */
	struct gv_str only, skip;        /* comma lists of ids or prefixes ending in '*' */
	size_t counts[4];                /* by level */
	struct gv_err *err;
};

/* Is `on` within from/until? */
bool gv_rule_in_force(const struct gv_rule *r, gv_day on);

/* Report the rule in c->rule.  `level` is lowered to the rule's own if it is higher.  `facts`
 * (may be NULL) is an object of numbers and dates behind the finding; it may live in
 * c->scratch and is borrowed.  Returns what the sink returns, or an error in c->err. */
int gv_finding(struct gv_check *c, enum gv_level level, const struct gv_val *facts, const char *fmt,
               ...) __attribute__((format(printf, 4, 5)));

/* For acts that are judged before they are written: the findings that were there without the act, and what a new one says:
 * "SZ-10: message (doc no, art. n)"; `message`: what stands for the finding's own. */
void gv_finding_remember(struct gv_buf *known, const struct gv_val *finding);
bool gv_finding_is_known(const struct gv_buf *known, const struct gv_val *finding);
void gv_finding_tell(struct gv_buf *out, const struct gv_val *finding, struct gv_str message);

/*
 * All rules of the table (ends with a NULL id) that --only/--skip leave and that are in force
 * as_of (or judge that themselves), in the order of the table.  c->scratch is emptied before each
 * rule.  The first error ends the run.
 */
int gv_rules_run(struct gv_check *c, const struct gv_rule *rules, const void *subject);

/* Does every entry of --only or --skip name a rule?  GV_EUSAGE, with the nearest: a rule
 * misspelt must not pass for one that found nothing.  Once per command, before the first run. */
int gv_rules_check_list(const struct gv_rule *rules, struct gv_str list, struct gv_err *err);

/* Is the rule on a comma list of ids or prefixes ending in '*'?  The next entry of such a list; false at its end. */
bool gv_rule_listed(struct gv_str list, struct gv_str id);
bool gv_rule_next(struct gv_str *list, struct gv_str *entry);

/* NULL if the table has none of that id. */
const struct gv_rule *gv_rule_find(const struct gv_rule *rules, const char *id);

/* --rules: {"id","title","level","basis","from","until"}, the title in the user's language.
 * --explain: text for people; GV_EUSAGE if there is no such rule. */
int gv_rule_row(struct gv_doc *d, struct gv_val *out, const struct gv_rule *r, struct gv_err *err);
int gv_rule_explain(struct gv_buf *out, const struct gv_rule *rules, const char *id,
                    struct gv_err *err);
const char *gv_rule_title(const struct gv_rule *r);  /* in the user's language */
const char *gv_level_name(enum gv_level l);

#endif
