/* SPDX-License-Identifier: MIT */
/*
 * schema: what a record of a kind may look like.  share/schema/KIND.json (JSON
 * Schema 2020-12 with the closed keyword list of gavel-docket(5)) is compiled
 * into the constant tables below by build/schemac; the build fails on a keyword
 * it does not know.  Validation gives the exact field and value.
 *
 * $defs whose names are listed here carry a check in C beyond their keywords:
 *   date (a real day), moment (date or time), fen (integer >= 0), case-number
 *   (new or legacy grammar), record-id (KIND:KEY or case number), eid (16 of
 *   base32), court (a court code), person-id (resident ID with check digit).
 */
#ifndef GAVEL_SCHEMA_H
#define GAVEL_SCHEMA_H

#include "json.h"

enum gv_check_type {
	GV_CHECK_NONE, GV_CHECK_DATE, GV_CHECK_MOMENT, GV_CHECK_FEN, GV_CHECK_CASENO,
	GV_CHECK_RECID, GV_CHECK_EID, GV_CHECK_COURT, GV_CHECK_PERSONID
};

struct gv_node;

struct gv_prop {
	const char *name;
	const struct gv_node *node;
	bool required;
};

struct gv_node {
	uint8_t types;                 /* bit (1 << enum gv_type); 0 = any */
	uint8_t check;                 /* enum gv_check_type */
	bool sensitive;                /* x-gavel-sensitive */
	bool closed;                   /* additionalProperties: false */
	const char *title, *zh, *description;
	const struct gv_prop *props;   /* sorted by name */
	size_t nprops;
	const struct gv_node *rest;    /* additionalProperties as a schema */
	const struct gv_node *items;
	const char *const *words;      /* enum or const, strings only; NULL-terminated */
	const char *pattern;           /* PCRE2, whole value */
	bool has_min, has_max;
	int64_t min, max;              /* minimum, maximum */
	uint32_t min_len, max_len;     /* code points or items; max 0 = no limit */
};

struct gv_basis { const char *doc, *no, *art; };

struct gv_transition {
	const char *event;             /* "close" */
	const char *from, *to;         /* states */
	const char *const *guards;     /* rule ids that must not be violated */
	struct gv_basis basis;
};

struct gv_state { const char *name, *zh; bool initial, final; };

struct gv_event_type {
	const char *name, *zh;
	const struct gv_node *body;    /* fields besides eid, on, event */
};

struct gv_derived { const char *name, *type, *meaning; };

struct gv_schema {
	const char *kind;              /* "case" */
	const char *folder;            /* "cases" */
	char letter;                   /* 'D' for COURT-D000123; 0 = key is a case number */
	const char *date_field;        /* the kind's first date: filed_on */
	const char *title, *zh;
	const struct gv_node *root;
	const char *state_field;       /* NULL if the kind has no states */
	const struct gv_state *states; size_t nstates;
	const struct gv_transition *transitions; size_t ntransitions;
	const struct gv_event_type *events; size_t nevents;
	const struct gv_derived *derived; size_t nderived;
	const char *const *cross;      /* named cross-field checks, NULL-terminated */
};

/* NULL if there is no such kind / folder. */
const struct gv_schema *gv_schema_find(struct gv_str kind);
const struct gv_schema *gv_schema_by_folder(struct gv_str folder);
const struct gv_schema *const *gv_schema_all(size_t *n);

/* The node behind a dotted path ("parties.0.name", "parties[].name"); NULL if
 * the schema does not know it. */
const struct gv_node *gv_schema_at(const struct gv_schema *s, struct gv_str path);
bool gv_schema_is_sensitive(struct gv_str kind, struct gv_str path);

/* Every problem, in document order: err has field and message, code GV_EDATA.
 * `each` returns non-zero to stop.  Returns 0 when there was none. */
int gv_schema_validate(const struct gv_schema *s, const struct gv_val *rec,
                       int (*each)(void *ctx, const struct gv_err *problem), void *ctx);
/* The first problem only. */
int gv_schema_check(const struct gv_schema *s, const struct gv_val *rec, struct gv_err *err);

/* One value for one field, as typed on a command line: "claim_fen=500000" makes
 * an integer where the schema says integer, a date stays a string, true/false where
 * it says boolean.  GV_EDATA names field and value. */
int gv_schema_value(const struct gv_schema *s, struct gv_doc *d, struct gv_str path,
                    struct gv_str text, struct gv_val *out, struct gv_err *err);

/* The transition for `event` from `state`; NULL if the law knows none. */
const struct gv_transition *gv_schema_transition(const struct gv_schema *s, struct gv_str event, struct gv_str state);

/* --list-fields: one {"field","type","title","zh",...} object per field, with derived ones. */
int gv_schema_fields(const struct gv_schema *s, int (*each)(void *ctx, const struct gv_val *row), void *ctx, struct gv_err *err);

/* Nearest known field name for "did you mean", or NULL. */
const char *gv_schema_suggest(const struct gv_schema *s, struct gv_str field);

#endif
