/* SPDX-License-Identifier: MIT */
/*
 * json: strict reading, an editable tree, and the canonical writer.
 *
 * The domain (gavel-docket(5)): UTF-8, no NUL, no duplicate member, depth <= 64,
 * member names <= 1 KiB and NFC, text <= 16 MiB, numbers are integers within
 * +-2^53 without "-0", fraction or exponent.  Members are kept sorted by the
 * bytes of their names, so the tree is always in canonical order.
 *
 * Two readers build the same tree: a scalar one in C (json_read.c), which also
 * knows line and byte of every error, and one over simdjson (json_simd.cc, a
 * module that is loaded only when a stream is long enough to pay for it).
 * They agree byte for byte; tests prove it.
 */
#ifndef GAVEL_JSON_H
#define GAVEL_JSON_H

#include "arena.h"
#include "err.h"

#define GV_JSON_DEPTH_MAX 64
#define GV_JSON_NAME_MAX  1024
#define GV_JSON_TEXT_MAX  (16 * GV_MIB)
#define GV_JSON_INT_MAX   ((int64_t)1 << 53)

enum gv_type {
	GV_NULL, GV_BOOL, GV_INT, GV_STRING, GV_ARRAY, GV_OBJECT,
	GV_NUMBER  /* only with GV_JSON_FOREIGN: another JSON number, kept as text in .s */
};

struct gv_member;

struct gv_val {
	uint8_t type;       /* enum gv_type */
	bool truth;         /* GV_BOOL */
	uint8_t room;       /* private to editing: 0, or there is room for 1 << room */
	uint32_t n;         /* bytes, items or members */
	union {
		int64_t i;
		const char *s;              /* NUL behind it; may not hold a NUL inside */
		struct gv_val *items;
		struct gv_member *members;  /* sorted by name, unique */
	};
};

struct gv_member {
	struct gv_str name;
	struct gv_val val;
};

/* A tree and the memory it lives in.  Everything reachable from root lives
 * until the next parse into the same doc, gv_doc_reset() or gv_doc_free(); so text to
 * parse may not lie in the same doc.  After a failed parse root is null. */
struct gv_doc {
	struct gv_arena arena;
	struct gv_val root;
};

#define GV_DOC_INIT ((struct gv_doc){ 0 })
void gv_doc_reset(struct gv_doc *d);
void gv_doc_free(struct gv_doc *d);

/* ---- reading ---- */

enum {
	/* Any RFC 8259 number (kept as text): rows on their way to --map. */
	GV_JSON_FOREIGN = 1 << 0,
	/* Drop members whose value is null, at every depth of objects ("absent is
	 * absent"); without it null is read as GV_NULL. */
	GV_JSON_DROP_NULL = 1 << 1
};

/*
 * One JSON value with optional white space around it.  Errors: GV_EDATA with
 * line and byte ("line 3, byte 17: duplicate member \"id\"").  Empty input is an
 * error.  A byte order mark is an error here; streams strip it.  GV_EIO when memory
 * is short.  Any number of threads may parse, each into a doc of its own.
 */
int gv_json_parse(struct gv_doc *d, struct gv_str text, unsigned flags, struct gv_err *err);

/*
 * The same, but of the members of the root object only those named are built.  The others are
 * checked just as strictly, errors are the same, and left out.  A root that is no object is built
 * whole.  `only` NULL: everything.  For programs that look at a few members of many records.
 */
struct gv_json_only {
	const struct gv_str *names;  /* sorted by bytes, none twice */
	size_t n;
};
int gv_json_parse_only(struct gv_doc *d, struct gv_str text, unsigned flags,
                       const struct gv_json_only *only, struct gv_err *err);

/* The scalar reader alone: the slow twin of the tests. */
int gv_json_parse_scalar(struct gv_doc *d, struct gv_str text, unsigned flags, struct gv_err *err);

/* Load the simdjson module for the rest of the process; quiet and harmless if
 * it is not there.  Streams call it after their first 64 KiB.  Other threads may be parsing. */
void gv_json_want_fast(void);
bool gv_json_is_fast(void);

/* ---- looking ---- */

/* NULL if v is no object or has no such member. */
const struct gv_val *gv_val_get(const struct gv_val *v, const char *name);
const struct gv_val *gv_val_getn(const struct gv_val *v, struct gv_str name);
/* "parties.0.name"; array items by index. NULL if any step is missing.  A member whose whole name is the path, dots
 * and all (foreign rows, rows of statistics), goes first. */
const struct gv_val *gv_val_path(const struct gv_val *v, struct gv_str path);
static inline struct gv_str gv_val_str(const struct gv_val *v)
{
	struct gv_str s = { 0, 0 };

	if (v && v->type == GV_STRING) {
		s.p = v->s;
		s.n = v->n;
	}
	return s;
}
/* {0}, or false, if absent or of another type. */
struct gv_str gv_val_getstr(const struct gv_val *v, const char *name);
bool gv_val_getint(const struct gv_val *v, const char *name, int64_t *out);
/* The array of that name; an empty one if it is absent or of another type. */
const struct gv_val *gv_val_items(const struct gv_val *v, const char *name);
/* Is a boolean of that name there, and true?  And false?  Neither of what is absent or of another type. */
bool gv_val_is_true(const struct gv_val *v, const char *name);
bool gv_val_is_false(const struct gv_val *v, const char *name);
bool gv_val_eq(const struct gv_val *a, const struct gv_val *b);
/* Each string in it, however deep; a value of `each` that is not 0 ends it and is returned. */
int gv_val_each_string(const struct gv_val *v, int (*each)(void *ctx, struct gv_str text), void *ctx);
/* Has it the form of a sealed value (seal.h): {"key","sealed","tag"}, all strings, "v1:..."? */
bool gv_val_is_sealed(const struct gv_val *v);
/* gv_val_eq(), but two sealed values are equal if they have one key and one tag: what they hide is the same. */
bool gv_val_same(const struct gv_val *a, const struct gv_val *b);
const char *gv_type_name(enum gv_type t);  /* "string": for messages and JSON */

/* ---- building and editing (memory from the doc's arena) ---- */

/* A gv_val that is an array or object is a handle: copies of it share the items.  Edit the
 * one in the tree, or put the edited copy back, but not both. */

struct gv_val gv_mkint(int64_t i);
struct gv_val gv_mkbool(bool b);
/* Copies.  When memory is short (or s longer than a text may be) the result is a marked
 * GV_NULL: the functions below refuse to add it and return GV_EIO, so that
 * gv_obj_set(d, obj, name, gv_mkstr(d, s), err) needs no check in between. */
struct gv_val gv_mkstr(struct gv_doc *d, struct gv_str s);
struct gv_val gv_mklit(const char *s);                       /* borrows a literal */
struct gv_val gv_mkobj(void);
struct gv_val gv_mkarr(void);
/* Deep copy into d's arena. */
int gv_val_copy(struct gv_doc *d, struct gv_val *out, const struct gv_val *v, struct gv_err *err);

/* Add or replace a member / append an item.  `name` and `val` are borrowed by
 * the tree (copy first if they do not live long enough). */
int gv_obj_set(struct gv_doc *d, struct gv_val *obj, struct gv_str name, struct gv_val val,
               struct gv_err *err);
bool gv_obj_del(struct gv_val *obj, struct gv_str name);
int gv_arr_add(struct gv_doc *d, struct gv_val *arr, struct gv_val val, struct gv_err *err);

/*
 * Set a dotted path, making objects on the way ("a.b.c"; "a.0" an existing item; "a.-"
 * appends, and makes the array if there is none).  GV_EDATA, with the field, where a step
 * meets a scalar or an item that is not there, or where a new name is none that a record
 * may have.  Nothing is changed on failure.
 */
int gv_val_set_path(struct gv_doc *d, struct gv_val *root, struct gv_str path, struct gv_val val,
                    struct gv_err *err);
/* Remove a member or an item; always returns 0. */
int gv_val_del_path(struct gv_val *root, struct gv_str path, bool *was_there);

/* May this be a string, or a member name, of a record?  For text that comes from elsewhere
 * than a parser: cells of a CSV file, words of a command line.  GV_EDATA says why not. */
int gv_json_check_string(struct gv_str s, struct gv_err *err);
int gv_json_check_name(struct gv_str name, struct gv_err *err);

/* ---- writing ---- */

/* Canonical text: two-space indent, final newline. */
void gv_json_canon(struct gv_buf *out, const struct gv_val *v);
/* Stream form: the same on one line, no spaces, no newline. */
void gv_json_line(struct gv_buf *out, const struct gv_val *v);
/* One string with quotes and escapes as in canonical text. */
void gv_json_quote(struct gv_buf *out, struct gv_str s);

/*
 * Canonical text to stream form without parsing: `text` must be canonical (it
 * comes from the docket, where only canonical text is stored).  Other text gives
 * nonsense, but nothing worse.  About memory speed.  `out` needs room for text.n bytes.
 * Slow twin: parse + gv_json_line.
 */
void gv_json_canon_to_line(struct gv_buf *out, struct gv_str text);

/* Does it begin and end as a canonical record with members does?  Who reads stored text unparsed asks no more. */
bool gv_json_has_canon_frame(struct gv_str text);

/* Is it canonical, where the value was parsed from the text already?  False, or memory is short: ask the next one. */
bool gv_json_is_canon(struct gv_str text, const struct gv_val *v);
/* Is `text` exactly the canonical form of the value it holds?  Parses into `scratch`.
 * GV_EDATA with the line and byte of the first difference. */
int gv_json_check_canon(struct gv_str text, struct gv_doc *scratch, struct gv_err *err);

#endif
