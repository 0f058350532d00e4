/* SPDX-License-Identifier: MIT */
/* audit_impl: what the parts of audit share. */
#ifndef GAVEL_AUDIT_IMPL_H
#define GAVEL_AUDIT_IMPL_H

#include "audit.h"
#include "lineage.h"
#include "odb.h"

enum gv_audit_rule { AU_SIGNED, AU_VALID, AU_KNOWN, AU_IN_DAYS, AU_PERSON, AU_DUTY, AU_WHOLE, AU_NOTE, AU_TIME };

/* A commit that annotates another. */
struct gv_note {
	struct gv_oid on;
	bool counts;              /* by somebody else, who may */
	struct gv_annotation note;
};

/* Commits that say something about others, found while history was listed; lives in the arena. */
struct gv_notes {
	struct gv_doc doc;
	struct gv_note *list;     /* sorted by `on` when read */
	size_t n, cap;
	struct gv_err *err;
};

/* Who did which duty on which record (audit_deeds.c). */
struct gv_deeds {
	struct gv_deed *list;
	size_t n, cap;
	uint32_t *slots;
	size_t nslots;
};

/* What is remembered of a commit whose children come later. */
struct gv_seen {
	struct gv_oid id, tree;
	int64_t time;
};
enum { GV_SEEN = 1024 };

/* For every commit of the lineage. */
enum { FLAG_ADOPTED = 1, FLAG_UNASKED = 2, FLAG_PRE = 4 };

struct gv_audit {
	struct gv_audit_opts o;
	struct gv_audit_sums *sums;
	struct gv_lineage *line;
	struct gv_regimes *regimes;
	struct gv_notes notes;
	struct gv_deeds deeds;
	bool deeds_full;          /* what came before `from` is in it, too */
	bool quick;               /* only deeds are wanted: nothing is told, signatures are believed */
	uint8_t *flags;
	int64_t *times;           /* of every commit of the lineage: when it was, at the earliest */
	int64_t from_time;
	uint32_t adopted_at;      /* the commit that brought signers; GV_LINE_NONE */
	struct gv_seen *seen;     /* GV_SEEN of them */
	struct gv_object obj, other;
	struct gv_judge judge;
	struct gv_err *err;
	/* the commit at hand */
	uint32_t pos;
	struct gv_oid id;
	struct gv_commit commit;  /* with the time by which it is judged */
	int64_t claimed;          /* the time that it says itself */
	struct gv_oid before[2];  /* its parents' trees; zero where history is cut off */
	struct gv_regime regime;  /* that judges it */
	struct gv_verdict verdict;
	struct gv_regime own;     /* what is in force after it: only its signers are looked at */
	struct gv_oid corrects, annotates;
	const struct gv_note *note;
	bool asked;               /* a signature is wanted of it */
	bool duties_told;         /* that they cannot be read */
	bool broken;              /* the finding that is being told is about an object that is not what it says */
	size_t counts[4];
};

/* audit_tell.c: one finding about the commit at hand, or about one of its records. */
int gv_audit_tell(struct gv_audit *a, enum gv_audit_rule rule, enum gv_level level, const char *fmt, ...)
	__attribute__((format(printf, 4, 5)));
int gv_audit_tell_file(struct gv_audit *a, const struct gv_judged *file, enum gv_level level, const struct gv_val *facts,
                       const char *text);
int gv_audit_sink(struct gv_check *check, const struct gv_val *finding, struct gv_err *err);

/* audit_commit.c: the signature of the commit at hand, and what it did to signers and time. */
int gv_audit_signature(struct gv_audit *a);
/* Is what it was built on there? */
int gv_audit_whole(struct gv_audit *a);
/* Lines of history that never knew signers and joined a docket that did; and how many were from before. */
int gv_audit_unasked(struct gv_audit *a);

/* audit_duty.c: gv_judge.each, with the audit as context. */
int gv_audit_duties(void *ctx, const struct gv_judged *file);

/* audit_note.c */
int gv_notes_look(void *ctx, const struct gv_commit *c);
int gv_notes_read(struct gv_audit *a);
const struct gv_note *gv_notes_find(const struct gv_notes *n, const struct gv_oid *on);
int gv_notes_judge(struct gv_audit *a);
void gv_notes_free(struct gv_notes *n);

/* audit_deeds.c */
int gv_deeds_add(struct gv_deeds *d, struct gv_str path, struct gv_str duty, struct gv_str person, struct gv_err *err);
/* Somebody who did that duty on that record, for whom `is` holds. */
bool gv_deeds_any(const struct gv_deeds *d, struct gv_str path, struct gv_str duty, bool (*is)(void *, struct gv_str person),
                  void *arg);
void gv_deeds_free(struct gv_deeds *d);

/* audit.c: the whole history before `from`, for the deeds alone. */
int gv_audit_fill_deeds(struct gv_audit *a);
/* An audit with its caches and the list of its commits; gv_audit_end() also after a failure. */
int gv_audit_begin(struct gv_audit *a, const struct gv_audit_opts *o, struct gv_audit_sums *sums, struct gv_err *err);
void gv_audit_end(struct gv_audit *a);
/* A commit, its parents' trees, and what the younger of them says of its time. */
int gv_audit_load(struct gv_audit *a, const struct gv_oid *id, struct gv_object *obj, struct gv_commit *c, struct gv_oid before[2],
                  int64_t *latest);
/* What is in force at `from`. */
int gv_audit_baseline(struct gv_audit *a, struct gv_regime *out);

#endif
