/* SPDX-License-Identifier: MIT */
/*
 * out: one writer behind all formats.  Commands hand over records; this module
 * knows NDJSON, JSON, tables, CSV, TSV and ids, masks what is sensitive where
 * people read, and reports a full disk.  EPIPE is not an error: the writer goes
 * quiet and gv_out_closed() turns true, so loops can stop early.  (SIGPIPE must be ignored.)
 *
 * ndjson  one object a line.
 * json    an array with one such line for each element; "[]" when empty.
 * csv     RFC 4180 with a header, but lines end in LF.  Cells are exact: text that a
 *         spreadsheet would take for a formula (= + - @ in front) is not changed, so import
 *         such a file as text.  A missing value is an empty cell, an empty text is "".
 *         With `guard` such text gets a ' in front of it, and control characters are made
 *         visible, line ends too: a row is a line.
 * tsv     text/tab-separated-values with a header; TAB, LF, CR and backslash in a value are
 *         written \t \n \r \\, so that a row is a line.
 * table   for people: aligned, control characters made visible, integers on the right, cut to
 *         the width of a terminal (nowhere else).  Nothing when empty.  The widths are those
 *         of the first 1000 rows, or 4 MiB; what comes behind them is not held back.
 * ids     one id a line, or with a NUL behind each.
 *
 * In cells of csv and tsv arrays and objects are compact JSON; in tables an array of plain
 * values is joined with ", ".
 *
 * Fields are dotted paths: a.b, parties.0.name one item, parties[].name all of them.  Columns come
 * in the order the user named them.  ndjson and json keep the shape of the record
 * with nothing else in it: parties[].name gives {"parties":[{"name":...},...]}, parties.1.name
 * an array with that one item.  What a record does not have leaves no trace.
 */
#ifndef GAVEL_OUT_H
#define GAVEL_OUT_H

#include "json.h"

enum gv_format { GV_OUT_AUTO, GV_OUT_NDJSON, GV_OUT_JSON, GV_OUT_TABLE, GV_OUT_CSV, GV_OUT_TSV,
                 GV_OUT_IDS };

struct gv_out;

struct gv_out_opts {
	enum gv_format format;   /* AUTO: table on a terminal, else NDJSON */
	const char *fields;      /* "id,cause,parties.0.name"; NULL = default_fields */
	const char *default_fields;  /* for columns; NULL = scalars of the first record, id first */
	const struct gv_str *columns; size_t ncolumns;  /* instead: members of these very names, dots and all */
	bool guard;              /* csv for a spreadsheet, see above */
	bool nul;                /* -0: end ids with NUL */
	bool sensitive;          /* do not mask in table, csv, tsv */
	/* Is this dotted path (items as the user wrote them, or []) sensitive for this record's
	 * kind?  NULL = nothing is.  What lies inside a sensitive value is sensitive.  The "value" of
	 * a row of kind "blame" is asked about as its "field" of its "record_kind", and so are "base", "now", "ours",
	 * "theirs" and "others" of a row of kind "conflict". */
	bool (*is_sensitive)(struct gv_str kind, struct gv_str path);
	/* The id as a user would type it back; NULL = member "id". Appends. */
	void (*full_id)(const struct gv_val *rec, struct gv_buf *out);
	int color;               /* 0 never, 1 always, -1 auto (NO_COLOR, terminal) */
	int ambiguous;           /* width of ambiguous characters, 1 or 2; 0 = 1 */
	bool header;             /* csv, tsv, table: print a header */
};

/* fd is not closed by gv_out_close().  GV_EUSAGE: fields that are none, named twice, or with ids;
 * nul without ids.  The strings of `o` need not live on. */
int gv_out_open(struct gv_out **out, int fd, const struct gv_out_opts *o, struct gv_err *err);

/* One record.  GV_EDATA: this record cannot be printed (no id for ids) and nothing of it was.
 * GV_EIO: nothing more can be; the same error comes back from every later call. */
int gv_out_rec(struct gv_out *out, const struct gv_val *rec, struct gv_err *err);

/* A record given as canonical text; formats that need no tree never parse it.
 * `id` is its full id for GV_OUT_IDS; {0} = find it in the text. */
int gv_out_canon(struct gv_out *out, struct gv_str text, struct gv_str id, struct gv_err *err);

/* A line that is already in stream form (pass-through).  Taken as it is for ndjson and
 * json without fields, else parsed. */
int gv_out_raw_line(struct gv_out *out, struct gv_str line, struct gv_err *err);

/* True if the format wants records as trees (table, csv, tsv, or --fields). */
bool gv_out_needs_tree(const struct gv_out *out);
bool gv_out_closed(const struct gv_out *out);   /* the reader went away */
enum gv_format gv_out_format(const struct gv_out *out);

/* Everything that was handed over is with the system when this returns; a table that is
 * held back is printed with the widths it has so far. */
int gv_out_flush(struct gv_out *out, struct gv_err *err);
/* Ends the document ("]"), prints a held-back table, flushes, frees.  Returns an earlier GV_EIO
 * too, so that its result is all a command needs to look at. */
int gv_out_close(struct gv_out *out, struct gv_err *err);

/* Instead, where nothing was handed over yet and nothing shall be printed, not even "[]" or a header.  NULL is fine. */
void gv_out_drop(struct gv_out *out);

int gv_format_parse(enum gv_format *f, const char *name, struct gv_err *err);

/*
 * Masking, as tables do it: keeps enough to tell two apart, never the value.
 * Resident ID: first 6 and last 1; mobile phone: first 3 and last 4; longer numbers
 * (accounts): last 4; a date: the year; other text: a third of it, at most 6 characters.
 */
void gv_mask(struct gv_str s, struct gv_buf *out);

/* ---- table: aligned columns for people, CJK aware (also used by pipe-stat) ---- */

struct gv_table;
enum gv_align { GV_LEFT, GV_RIGHT };
int gv_table_new(struct gv_table **out, size_t columns, int ambiguous, struct gv_err *err);
void gv_table_free(struct gv_table *t);
void gv_table_align(struct gv_table *t, size_t column, enum gv_align a);
/* Others are cut first, as long as eight columns are left to each of them. */
void gv_table_keep(struct gv_table *t, size_t column);
/* `cells` has as many entries as columns; the first row may be the header.  Copies, and makes
 * control characters visible. */
int gv_table_row(struct gv_table *t, const struct gv_str *cells, struct gv_err *err);
/* Print what is held. Two spaces between columns, no trailing blanks; `bold_first` sets
 * the first row in bold. max_width 0 = as wide as it gets, else the widest
 * columns are cut with "…", each to 4 columns at least. */
int gv_table_print(struct gv_table *t, struct gv_buf *out, bool bold_first, size_t max_width,
                   struct gv_err *err);

#endif
