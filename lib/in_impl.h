/* SPDX-License-Identifier: MIT */
/*
 * in_impl: what in*.c share; nobody else includes it.
 *
 *   in_source.c  bytes: reading, decoding, the first look at a stream
 *   in.c         units: a line, a row, an element, cut out of the bytes by a scanner
 *   in_json.c, in_csv.c, in_header.c   scanners and what their units mean
 *   in_block.c   whole lines cut off for other threads
 *   in_range.c   whole lines of a file fetched by other threads themselves
 *   in_check.c   is this text?
 */
#ifndef GAVEL_IN_IMPL_H
#define GAVEL_IN_IMPL_H

#include <iconv.h>

#include "err.h"
#include "in.h"

#define GV_IN_UNIT_MAX GV_JSON_TEXT_MAX
#define GV_IN_BLOCK ((size_t)256 * 1024)
#define GV_IN_CAPACITY (2 * GV_IN_BLOCK)  /* of the buffers that go round */
#define GV_IN_COLUMNS_MAX 16384  /* as many as a spreadsheet has */

/*
 * A scanner looks for the end of one unit in bytes that come piece by piece.  True: the unit
 * ends behind *used bytes of this piece.  False: all of it belongs to the unit.
 */
struct gv_in_scan {
	bool (*find)(struct gv_in_scan *scan, const char *p, size_t n, size_t *used);
	const uint8_t *classes;   /* CSV: what each byte is */
	unsigned state;
	size_t depth;
	bool lines;               /* JSON: the value goes over several */
};

struct gv_in_unit {
	struct gv_str text;   /* without its line end; p is NULL if too_long or end */
	size_t line, byte;    /* where it begins, from 1 */
	bool too_long;
	bool cut;             /* the input ended before the scanner was content */
	bool end;             /* there was nothing left */
};

/* One column of a CSV header. */
struct gv_in_column {
	size_t at, n;         /* name in gv_in_csv.names */
	uint32_t place;       /* among the names in byte order */
};

struct gv_in_csv {
	bool ready;                     /* the header has been read */
	bool quotes;
	bool maybe_tsv;                 /* nobody said that it is CSV */
	char delimiter;
	uint8_t classes[256];
	struct gv_in_column *columns;
	size_t n;
	struct gv_buf names;            /* each with a NUL behind it */
};

enum gv_in_where { GV_IN_AT_TOP, GV_IN_AT_FIRST, GV_IN_AT_ELEMENT, GV_IN_AT_COMMA };

struct gv_in {
	char *name;
	int fd;
	bool owns_fd, started, broken, fast_asked;
	bool regular;          /* a regular file: reading never waits */
	bool eof;              /* nothing will come behind buf[end] */
	enum gv_in_format format;
	uint64_t bytes, size;
	const struct gv_json_only *only;
	struct gv_shape *shape;    /* NULL: none */
	void (*on_wait)(void *ctx);
	void *wait_ctx;

	/* decoding */
	char *encoding;        /* NULL: UTF-8 */
	iconv_t decoder;       /* (iconv_t)-1: none */
	char *raw;             /* read, not yet decoded: raw[0..raw_n) */
	size_t raw_n;
	bool raw_eof;

	/* buf[at..end) is read and not yet used */
	struct gv_in_pool *pool;   /* where buf comes from, once there are blocks */
	char *buf;
	size_t cap, at, end;
	size_t line, column;   /* of buf[at]: line from 1, bytes of the line before it */

	uint64_t ranges_at, ranges_end;  /* of the file: where its ranges begin and where the last one ends */
	bool goes_on;              /* a block: its last line has no end in it */

	struct gv_in_csv csv;
	enum gv_in_where where;          /* in JSON */
	size_t array_line, array_byte;   /* where the open array begins */
};

/* ---- in_source.c ---- */

/* Opens the decoder that `encoding` names; none for UTF-8. */
int gv_in_source_encoding(struct gv_in *in, const char *encoding, struct gv_err *err);
void gv_in_source_free(struct gv_in *in);
/* The first bytes, the byte order mark, and whether this is text at all. */
int gv_in_start(struct gv_in *in, struct gv_err *err);
/* At least one byte more behind in->end, or in->eof.  Moves buf. */
int gv_in_fill(struct gv_in *in, struct gv_err *err);
/* Would a read find something, the end at least, without waiting? */
bool gv_in_ready(const struct gv_in *in);

/* ---- in.c ---- */

/* gv_in_start(), and no AUTO behind it. */
int gv_in_begin(struct gv_in *in, struct gv_err *err);
/* Load the fast reader of JSON if the stream is long enough to pay for it. */
void gv_in_ask_fast(struct gv_in *in);
int gv_in_next_unit(struct gv_in *in, struct gv_in_scan *scan, struct gv_in_unit *unit,
                    struct gv_err *err);
int gv_in_next_line(struct gv_in *in, struct gv_in_unit *unit, struct gv_err *err);
bool gv_in_scan_line(struct gv_in_scan *scan, const char *p, size_t n, size_t *used);
/* Count n bytes as used. */
void gv_in_advance(struct gv_in *in, size_t n);
/* Use up byte order marks. */
int gv_in_skip_marks(struct gv_in *in, struct gv_err *err);
/* Says where: in the line that the unit begins in.  Returns rc. */
int gv_in_err_line(const struct gv_in_unit *unit, int rc, struct gv_err *err);
/* Says where: at `offset` of the unit.  Returns rc. */
int gv_in_err_at(const struct gv_in *in, const struct gv_in_unit *unit, size_t offset, int rc,
                 struct gv_err *err);
/* The error is about the whole stream.  Returns rc. */
int gv_in_break(struct gv_in *in, int rc, struct gv_err *err);
/* GV_EDATA if the unit is too long, or has a NUL or what is no UTF-8 in it. */
int gv_in_check_unit(const struct gv_in *in, const struct gv_in_unit *unit, struct gv_err *err);

/* ---- in_json.c, in_csv.c, in_header.c: one row; unit->end at the end ---- */

int gv_in_row_ndjson(struct gv_in *in, struct gv_doc *doc, unsigned flags, struct gv_in_unit *unit,
                     struct gv_err *err);
int gv_in_row_json(struct gv_in *in, struct gv_doc *doc, unsigned flags, struct gv_in_unit *unit,
                   struct gv_err *err);
int gv_in_row_csv(struct gv_in *in, struct gv_doc *doc, struct gv_in_unit *unit,
                  struct gv_err *err);
/* NDJSON or JSON?  buf[at + offset] is the first '{' of the stream. */
int gv_in_guess_json(struct gv_in *in, size_t offset, enum gv_in_format *format,
                     struct gv_err *err);

/* Cells of one row, unquoted in place with a NUL behind each; text[n] must be writable. */
struct gv_in_cells {
	char *p, *end;
	char delimiter;
	bool quotes, done;
	char *trouble;          /* where a quote went wrong; unclosed or followed by text */
	bool unclosed;
};
struct gv_in_cells gv_in_cells_of(const struct gv_in_csv *csv, char *text, size_t n);
/* False at the end and in trouble. */
bool gv_in_cell(struct gv_in_cells *cells, struct gv_str *cell);

enum gv_in_csv_class { GV_CSV_OTHER, GV_CSV_DELIMITER, GV_CSV_QUOTE, GV_CSV_END };
int gv_in_csv_unit(struct gv_in *in, struct gv_in_unit *unit, struct gv_err *err);
/* What trouble is, as an error. */
int gv_in_csv_trouble(struct gv_in *in, const struct gv_in_unit *unit,
                      const struct gv_in_cells *cells,
                      size_t offset, size_t column, struct gv_err *err);
/* GV_EDATA breaks the stream; unit.end if there is no header because there is nothing. */
int gv_in_csv_header(struct gv_in *in, struct gv_in_unit *unit, struct gv_err *err);
void gv_in_csv_free(struct gv_in_csv *csv);

/* ---- in_block.c ---- */

/* A block over nothing yet; `in` has a pool.  NULL: no memory. */
struct gv_in *gv_in_new_block(const struct gv_in *in);
/* False: no memory. */
bool gv_in_pool_make(struct gv_in *in);
/* NULL: no memory.  Only those of GV_IN_CAPACITY go round. */
char *gv_in_pool_buffer(struct gv_in_pool *pool, size_t cap);
/* Before the buffer is freed: blocks and their stream hand buffers to each other. */
void gv_in_pool_leave(struct gv_in *in);

/* ---- in_check.c ---- */

/* Bytes before the first NUL or broken UTF-8: s.n if there is none. */
size_t gv_in_text_prefix(struct gv_str s);
/* GV_EDATA if `first`, the beginning of a stream, is no text but something else as a whole.
 * `decoded`: a decoder stands between, so only known file types count. */
int gv_in_check_start(struct gv_str first, bool decoded, struct gv_err *err);

#endif
