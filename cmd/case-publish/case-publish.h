/* SPDX-License-Identifier: MIT */
/* case-publish: what its subcommands share. */
#ifndef GAVEL_CASE_PUBLISH_H
#define GAVEL_CASE_PUBLISH_H

#include "cmd_docket.h"
#include "i18n.h"
#include "publication_rules.h"

#define PUBLISH_SUBCOMMANDS(X) \
	X(decide) X(name) X(waive) X(opinion) X(review) X(approve) X(happen) X(release) X(withdraw) X(due) X(list) X(check) X(redact) X(scan) X(candidate) X(propose) X(site) X(feed)

#define PUBLISH_DECLARE(name) extern const struct gv_cmd_spec publish_##name;
PUBLISH_SUBCOMMANDS(PUBLISH_DECLARE)
#undef PUBLISH_DECLARE

#define PUBLISH_FIELDS "id,state,case,doc_kind,decision,rule,ground,due_on"

/* What rules and decisions need beside the record. */
struct publish_judge {
	struct gv_cmd *c;
	struct gv_calendar *calendar;
	struct gv_causes *causes;
	struct gv_doc kase, second, publication;
	struct publish_index *published;  /* once a typical case is judged */
};
int publish_judge_open(struct publish_judge *j, struct gv_cmd *c);
void publish_judge_close(struct publish_judge *j);
/* The publication with what it names; `kase` (NULL: looked up) is its case.  Good until the next call. */
int publish_judge_subject(struct publish_judge *j, const struct gv_val *rec, const struct gv_val *kase, struct gv_publication *out);

/* What a typical case tells of: the publication of its case that has effect; where there is none, the case alone.  `ground`: why a
 * document of the case is kept from the public; {0}: none is. */
struct publish_told { struct gv_publication p; struct gv_str ground; };
int publish_judge_told(struct publish_judge *j, const struct gv_val *typical, struct publish_told *out);

/* The same for rules, of a publication or a typical case. */
int publish_judge_rules(struct publish_judge *j, const struct gv_rec *rec, struct gv_publication_subject *out);

/* profile=2016 or 2024 of the court's policy anon_profile on that day, or NULL. */
int publish_policy_profile(struct gv_cmd *c, const char **profile);

/* An event behind all others, which moves the state by the schema.  Members that are {0} are left out.  GV_EDATA: not from this state,
 * or not before what moved it last. */
struct publish_event { const char *name; struct gv_str on, by, rule, reason, public_id, sha256; };
int publish_add_event(struct gv_cmd *c, struct gv_doc *d, struct gv_val *rec, const struct publish_event *event);

/* index: the publications, or other records that name a case, that the docket has, by case. */
struct publish_index;
struct publish_known { struct gv_str kase, id, doc_kind, file; size_t next; };
int publish_index_load(struct publish_index **out, struct gv_cmd *c, const char *kind);
/* An empty one. */
int publish_index_new(struct publish_index **out, struct gv_cmd *c);
/* That of this case with that file, or that kind of document; where neither is asked for, the first of the case.  NULL: none. */
const struct publish_known *publish_index_find(const struct publish_index *x, struct gv_str kase, struct gv_str doc_kind, struct gv_str file);
/* Each of the case, the newest first; non-zero of `each` ends it and is returned. */
int publish_index_each(const struct publish_index *x, struct gv_str kase, int (*each)(void *ctx, struct gv_str id), void *ctx);
/* One that waits for its number: `id` is what the caller knows it by. */
int publish_index_add(struct publish_index *x, struct gv_str kase, struct gv_str id, struct gv_str doc_kind, struct gv_str file);
void publish_index_free(struct publish_index *x);

/* GV_EDATA while two lines of history disagree about the publication or its case. */
int publish_check_dispute(struct gv_cmd *c, const struct gv_val *rec);
/* What stands for whom in all publications of the case, the publication's own first: an array of {name, label} in d. */
int publish_labels_of_case(struct gv_cmd *c, struct gv_plan *plan, const struct publish_index *x, const struct gv_val *rec, struct gv_doc *d, struct gv_val *out);

/* Is somebody of that name among {name, label}? */
bool publish_has_label(const struct gv_val *labels, struct gv_str name);

/* Is it a typical case or a report: told of cases, and no document of one? */
bool publish_is_told(struct gv_str kind);
/* Each string in it, and once more without its escapes where it is a link that has them: %E8%B5%B5; as gv_val_each_string(). */
int publish_each_word(const struct gv_val *v, int (*each)(void *ctx, struct gv_str text), void *ctx, struct gv_err *err);

/* Of the case's files, the one of that name; NULL: none. */
const struct gv_val *publish_file_of(const struct gv_val *kase, struct gv_str name);
/* A paper as the text that is published: UTF-8, lines ending as records have them.  GV_EDATA: it is no such text. */
int publish_read_paper(struct gv_cmd *c, struct gv_str sha256, struct gv_buf *out);

/* The publications that the operands name: by ids, as records, or by cases, of which all are meant; and records of the kind `also`
 * (NULL: none), by ids or as records. */
typedef int publish_rec_fn(void *work, const struct gv_rec *rec);
int publish_each_target(struct gv_cmd *c, const char *also, publish_rec_fn *each, void *work);

#endif
