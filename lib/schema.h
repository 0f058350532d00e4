/* SPDX-License-Identifier: MIT */
/*
 * schema: what a record of a kind may look like.  share/schema/KIND.json (JSON
 * Schema 2020-12 with the closed keyword list of gavel-docket(5)) is compiled
 * into the constant tables below by build/schemac; the build fails on a keyword
 * it does not know.  Validation gives the exact field and value.
 *
 * $defs whose names are listed here carry a check in C beyond their keywords:
 *   date (a real day), moment (date or time), fen (integer >= 0), case-number
 *   (official form of a number that caseno.h reads), record-id (KIND:KEY or case number,
 *   official form), eid (16 of base32), court (a court code), person-id (resident ID with
 *   check digit).
 *
 * Also refused, everywhere in a record and in unknown members too: null (absent is
 * absent) and numbers that are no integers.  A sensitive field may hold a sealed value
 * ({"key","sealed","tag"}) in place of its own type.
 */
#ifndef GAVEL_SCHEMA_H
#define GAVEL_SCHEMA_H

#include "json.h"

struct gv_caseno_reader;
struct gv_cross;   /* cross.h */
struct gv_node;

enum gv_check_type {
	GV_CHECK_NONE, GV_CHECK_DATE, GV_CHECK_MOMENT, GV_CHECK_FEN, GV_CHECK_CASENO,
	GV_CHECK_RECID, GV_CHECK_EID, GV_CHECK_COURT, GV_CHECK_PERSONID
};

/* Compiled on first use and kept for the process: the one table entry that changes. */
struct gv_pattern {
	const char *text;              /* PCRE2, starts with ^ and ends with $ */
	struct pcre2_real_code_8 *code;
};

struct gv_prop {
	const char *name;
	uint32_t len;                  /* bytes of name */
	bool required;
	const struct gv_node *node;
};

struct gv_node {
	uint8_t types;                 /* bit (1 << enum gv_type); 0 = any */
	uint8_t check;                 /* enum gv_check_type */
	bool sensitive;                /* x-gavel-sensitive */
	bool closed;                   /* additionalProperties: false */
	bool has_min, has_max;
	const char *title, *zh, *description;
	const struct gv_prop *props;   /* sorted by name */
	size_t nprops;
	const struct gv_node *rest;    /* additionalProperties as a schema */
	const struct gv_node *items;
	const char *const *words;      /* enum or const, strings only; NULL-terminated */
	struct gv_pattern *pattern;
	int64_t min, max;              /* minimum, maximum; equal for a constant integer */
	uint32_t min_len, max_len;     /* code points or items; max 0 = no limit */
};

struct gv_basis { const char *doc, *no, *art; };

struct gv_transition {
	const char *event;             /* "close" */
	const char *from, *to;         /* states */
	const char *const *guards;     /* rule ids that must hold; NULL-terminated, or NULL */
	struct gv_basis basis;         /* doc NULL: an act of the court's own office */
};

struct gv_state { const char *name, *zh; bool initial, final; };

struct gv_event_type {
	const char *name, *zh;
	const struct gv_node *body;    /* fields besides those of $defs/event; NULL = none */
};

struct gv_derived { const char *name, *type, *meaning; };

struct gv_schema {
	const char *kind;              /* "case" */
	const char *folder;            /* "cases"; NULL: the kind is not stored as records */
	char letter;                   /* 'D' for COURT-D000123; 0 = key is a number of a case or register */
	bool in_register;              /* key is a number of a mediation register (CN-14) */
	const char *date_field;        /* the kind's first date: filed_on */
	const char *title, *zh;
	const struct gv_node *root;
	const char *state_field;       /* NULL if the kind has no states */
	const struct gv_state *states; size_t nstates;
	const struct gv_transition *transitions; size_t ntransitions;
	const struct gv_event_type *events; size_t nevents;  /* of "events"; sorted by name */
	const struct gv_derived *derived; size_t nderived;
	const struct gv_cross *const *cross;  /* cross-field checks, NULL-terminated */
	const char *const *together;   /* fields, and events as "events.NAME", that a person chooses among when both sides of a join moved any: NULL, or ends so */
};

/* NULL if there is no such kind / folder. */
const struct gv_schema *gv_schema_find(struct gv_str kind);
const struct gv_schema *gv_schema_by_folder(struct gv_str folder);
const struct gv_schema *const *gv_schema_all(size_t *n);

/*
 * The node behind a path ("parties.0.name", "parties[0].name", "parties[].name"); NULL if
 * the schema does not know it.  A field of an event ("events[].method") is the first
 * event type's that has it.
 */
const struct gv_node *gv_schema_at(const struct gv_schema *s, struct gv_str path);
/* Is this field, or one that it lies in, flagged sensitive? */
bool gv_schema_is_sensitive(struct gv_str kind, struct gv_str path);

/* NULL if the kind has no event / state of that name. */
const struct gv_event_type *gv_schema_event(const struct gv_schema *s, struct gv_str name);
const struct gv_state *gv_schema_state(const struct gv_schema *s, struct gv_str name);

/* More problems than this in one record are not reported. */
#define GV_PROBLEMS_MAX 100

/*
 * Every problem, in canonical order of the fields: err has field ("parties[2].name") and
 * message, code GV_EDATA.  `each` returns non-zero to stop.  `cn` may be NULL: then only
 * the shape of official case numbers is checked (a docket's own gavel.json, tests).
 * Returns 0 when there was none, GV_EDATA when there were, GV_EIO when memory ran out.
 * Does not run cross-field checks: gv_rec_check() and gv_rec_problems() do both.
 */
int gv_schema_validate(const struct gv_schema *s, const struct gv_val *rec,
                       struct gv_caseno_reader *cn,
                       int (*each)(void *ctx, const struct gv_err *problem), void *ctx);
/*
 * A part of a record, written down elsewhere than in a docket: what is there must be as the schema has it.  Fields that a
 * record must have may be missing, but not "on" and the like of its events; names that a docket gives (ids, eids, case
 * numbers) have any form; events and members that the schema does not know are refused, save members that begin with "x-".
 * The first problem only.
 */
int gv_schema_check_part(const struct gv_schema *s, const struct gv_val *rec, struct gv_err *err);
/* The first problem only. */
int gv_schema_check(const struct gv_schema *s, const struct gv_val *rec,
                    struct gv_caseno_reader *cn, struct gv_err *err);

/*
 * One value for one field, as typed on a command line: "claim_fen=500000" makes
 * an integer where the schema says integer, a date stays a string, true/false (是/否)
 * where it says boolean, JSON text where it says array or object.  A field that the schema does not
 * know takes the text as a string (gv_schema_suggest() tells what may have been meant).
 * GV_EDATA names field and value.  The value's own rules are those of gv_rec_check().
 */
int gv_schema_value(const struct gv_schema *s, struct gv_doc *d, struct gv_str path,
                    struct gv_str text, struct gv_val *out, struct gv_err *err);

/* Any transition of that event; NULL if it moves nothing. */
const struct gv_transition *gv_schema_moves(const struct gv_schema *s, struct gv_str event);
/* The transition for `event` from `state`; NULL if the law knows none. */
const struct gv_transition *gv_schema_transition(const struct gv_schema *s, struct gv_str event,
                                                 struct gv_str state);

/*
 * --list-fields: one object per field, with those of events and derived ones:
 * {"field","type","title","zh","required","sensitive","derived"}, "values" where they are
 * enumerated, "event" where only events of that name have it.  The type is the name of the
 * check (date, fen, case-number ...) where there is one, else the JSON type.
 */
int gv_schema_fields(const struct gv_schema *s, int (*each)(void *ctx, const struct gv_val *row),
                     void *ctx, struct gv_err *err);

/* Nearest known field name for "did you mean", or NULL.  For a path whose parent is known: the
 * nearest name of the last step. */
const char *gv_schema_suggest(const struct gv_schema *s, struct gv_str field);

#endif
