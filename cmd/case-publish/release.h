/* SPDX-License-Identifier: MIT */
/*
 * release: release.c (the acts, and their order) asks release_text.c (the text as the public may see it), release_record.c (the
 * record of the public docket), release_told.c (the same of a typical case, a report) and release_docket.c (that docket).
 */
#ifndef GAVEL_CASE_PUBLISH_RELEASE_H
#define GAVEL_CASE_PUBLISH_RELEASE_H

#include "case-publish.h"
#include "residue.h"

/* ---- the text ---- */

struct release_text {
	struct gv_cmd *c;
	struct gv_redactor *redactor;
	struct gv_buf original;      /* as the case has it */
	struct gv_buf text, title;   /* as the public may see them */
	struct gv_doc d;
	struct gv_val map, labels;   /* in d */
	char sha256[GV_HEX256 + 1];  /* of text */
};

/*
 * The text of the publication without what may not be seen; `labels`: what stands for whom in other papers of the case.  GV_EDATA:
 * it has none, it is another one than was decided on, a value of the case is sealed and cannot be compared, or something is left
 * that is neither mended nor waived.
 */
int release_text_make(struct release_text *t, const struct gv_val *rec, const struct gv_val *kase, const struct gv_val *labels);
/* The same of other words on their way to the public: GV_EDATA names `field`. */
int release_text_check(struct release_text *t, const struct gv_val *rec, const struct gv_val *kase, struct gv_str text, const char *field);
void release_text_free(struct release_text *t);

/* GV_EDATA, naming `what`, if one of the names stands in the text, but for places where it is part of a word that is kept. */
struct release_names { struct gv_str *list; size_t n, cap; };
int release_names_add(struct release_names *to, struct gv_str name, struct gv_err *err);
/* Those that have a label, with the forms that people and parties have beside it; and all whom the case and the publication name. */
int release_names_of_labels(struct release_names *to, const struct gv_val *labels, const struct gv_val *rec, const struct gv_val *kase, struct gv_err *err);
int release_names_of_case(struct release_names *to, const struct gv_val *rec, const struct gv_val *kase, struct gv_err *err);
int release_check_names(const struct release_names *hidden, const struct release_names *kept, struct gv_str text, const char *what, struct gv_err *err);

/* ---- the record ---- */

/* What is published of a publication: `was` is what the public docket has already (NULL: nothing). */
struct release_record {
	struct gv_cmd *c;
	struct gv_doc *d;
	const struct gv_publication *p;
	const struct gv_val *was;
	const char *key;             /* in the public docket */
	const char *on;              /* today: a day, or a time */
};
int release_document(struct release_record *r, const struct release_text *t, struct gv_val *out);
int release_stub(struct release_record *r, struct gv_val *out);
int release_withdrawn(struct release_record *r, struct gv_str reason, struct gv_val *out);
/* For every kind of record: the events that are public already, and one more of that name (NULL: none); and that it was taken back. */
int release_add_event(struct gv_doc *d, const struct gv_val *was, struct gv_val *out, const char *name, const char *on, struct gv_err *err);
int release_set_withdrawn(struct gv_doc *d, const struct gv_val *was, struct gv_val *out, struct gv_str reason, const char *on, struct gv_err *err);
/* Does `out` say what `was` says, but for days and events? */
bool release_is_same(const struct gv_val *was, const struct gv_val *out);

/* ---- the public docket ---- */

struct release_docket {
	struct gv_cmd *c;
	struct gv_store *store;
	struct gv_plan *plan;
	struct gv_doc was;
	struct gv_oid base;          /* of was */
	struct gv_buf persons;       /* who commits there, as git will write it */
	struct gv_id id;             /* of the last that was put */
	size_t n;                    /* put */
	const char *folder;          /* of their kind; "records" of several */
	bool committed;
};

/* GV_EDATA: it is no docket for the public, or it is this one. */
int release_docket_open(struct release_docket *p, struct gv_cmd *c, const char *dir);
void release_docket_close(struct release_docket *p);
/* The kind and the key there of a publication's document, whose letter is another one, or of a typical case. */
const char *release_docket_key(const struct gv_rec *own, char out[GV_KEY_MAX]);
/* Each document there of which the court's own docket has no publication, and each typical case that it has not; non-zero of `each`
 * ends it and is returned. */
typedef int release_stranger_fn(void *ctx, const char *kind, const char *key, struct gv_str state);
int release_docket_strangers(struct release_docket *p, release_stranger_fn *each, void *ctx);
/* The record of that kind and key; *out NULL: there is none yet. */
int release_docket_get(struct release_docket *p, const char *kind, const char *key, const struct gv_val **out);
/* Of the record that was asked for last. */
int release_docket_put(struct release_docket *p, const struct gv_val *record);
/* One commit, once; its subject names no more than the key. */
int release_docket_commit(struct release_docket *p);

/* ---- typical cases and reports ---- */

struct release_told {
	struct gv_cmd *c;
	struct gv_doc *d;            /* of what will be public */
	struct release_text *text;
	struct release_docket *docket;
	const struct gv_val *rec, *kase, *was;  /* kase NULL: it names none; was NULL: the public docket has nothing of it */
	struct publish_told told;    /* for _check */
	const char *on;              /* today: a day, or a time */
};
/* Is a typical case the work of three people about what has effect and is kept from nobody, has each figure of a report its command,
 * and is what it names published?  Before the docket is asked for its own record. */
int release_told_check(struct release_told *r);
/* *out: what the public docket will have; *event: of the private record, NULL: it has it already. */
int release_told_make(struct release_told *r, struct gv_val *out, const char **event);
int release_told_withdraw(struct release_told *r, struct gv_str reason, struct gv_val *out, const char **event);

#endif
