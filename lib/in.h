/* SPDX-License-Identifier: MIT */
/*
 * in: streams of lines and of rows.  One reader for everything that comes from
 * a file or from stdin: NDJSON, a JSON array, CSV or TSV with a header.  Byte
 * order marks and CRLF are dealt with here; lines over 16 MiB, NUL bytes and
 * broken UTF-8 are reported with their number and skipped, never cut silently.
 *
 * Memory is constant: the longest line or row that is allowed and a block, whatever the
 * length of the input and of a line that is refused.  (Blocks that are given out are the caller's.)
 */
#ifndef GAVEL_IN_H
#define GAVEL_IN_H

#include "json.h"

struct gv_in;

/*
 * NDJSON  one value a line.
 * JSON    arrays, whose elements are the rows, and objects, each of them a row; one or several,
 *         over as many lines as they like.  Elements are read one by one.
 * CSV     RFC 4180 with a header; the delimiter is what the header has most of outside
 *         quotes: comma, semicolon or TAB.  Line breaks in quotes, CRLF too, are kept as they are.
 *         A quote that does not begin a cell is itself.
 * TSV     text/tab-separated-values: no quotes and no escapes, every byte is itself.
 *         (out.h writes \t, \n, \r and \\ in TSV; what is to be read back should be CSV.)
 * AUTO    '[' is JSON; '{' is NDJSON, or JSON if the first object goes on behind its line;
 *         anything else is CSV, or TSV if the delimiter is TAB and no name is in quotes.
 */
enum gv_in_format {
	GV_IN_AUTO,
	GV_IN_LINES,   /* plain lines (ids or NDJSON): gv_in_line() */
	GV_IN_NDJSON, GV_IN_JSON, GV_IN_CSV, GV_IN_TSV
};

/* "auto", "ndjson", "json", "csv" or "tsv", as --format takes them; NULL is AUTO.  GV_EUSAGE for another name. */
int gv_in_format_parse(enum gv_in_format *f, const char *name, struct gv_err *err);

/*
 * `path` NULL or "-" is stdin.  `encoding` NULL = UTF-8, else any name that iconv(3) knows, e.g.
 * "GB18030" (GV_EUSAGE if it does not).  The byte order mark of UTF-8 or UTF-16 says more
 * than `encoding`.  Nothing is read yet.
 */
int gv_in_open(struct gv_in **out, const char *path, enum gv_in_format format,
               const char *encoding, struct gv_err *err);
void gv_in_close(struct gv_in *in);
const char *gv_in_name(const struct gv_in *in);  /* file name or "<stdin>" */
uint64_t gv_in_bytes(const struct gv_in *in);    /* read so far */
uint64_t gv_in_size(const struct gv_in *in);     /* of what is left of a regular file, else 0 */

/*
 * The last error was about the stream as a whole: binary data, text of another encoding, a
 * header that cannot be used, an array or a quote that is never closed.  Nothing follows
 * but the end of input; a command should stop with that error instead of counting
 * one bad row.
 */
bool gv_in_broken(const struct gv_in *in);

/* Are the rows those of a table (CSV, TSV), all text?  Known once a row has been read. */
bool gv_in_is_table(const struct gv_in *in);

/*
 * The next line without its end.  Returns 0 and *line; *line.p == NULL at the end of
 * input.  GV_EDATA = this line is bad (err has the line number) and the next call
 * goes on behind it; GV_EIO = give up.  *line is valid until the next call.
 * Lines of nothing but blanks are skipped, a byte order mark before a line (files that were
 * put together) is dropped.
 */
int gv_in_line(struct gv_in *in, struct gv_str *line, size_t *number, struct gv_err *err);

/*
 * The next row as an object in `doc` (flags as gv_json_parse).  NDJSON: one line;
 * JSON: one element of the array (or the only object); CSV/TSV: strings named by
 * the header, empty cells left out, rows of nothing but empty cells skipped.  Returns as
 * gv_in_line(): *eof at the end.  A row that is no object, or that has more or fewer cells than
 * the header, is GV_EDATA.  *number is the line that the row begins in.
 * `raw` (may be NULL) receives the row's text as found, for error files: of a bad row too,
 * {0} if it was too long to keep.  Valid until the next call.
 *
 * Names of a CSV header are trimmed of white space and byte order marks, and of quotes that were
 * quoted again with the mark ("\xEF\xBB\xBF""name"""), and put into NFC; two equal names
 * or one without a name are an error.
 */
int gv_in_row(struct gv_in *in, struct gv_doc *doc, unsigned flags, struct gv_str *raw,
              size_t *number, bool *eof, struct gv_err *err);

/* From now on rows of NDJSON and JSON hold only these members (gv_json_parse_only()); `only` must
 * live as long as the stream and its blocks.  Rows of tables are left whole.  NULL: all members. */
void gv_in_only(struct gv_in *in, const struct gv_json_only *only);

/* Rows of NDJSON may be read by their shape, which was made for what gv_in_only() was given and learns from them; it must
 * live as long as the stream, and is not handed on to its blocks. */
struct gv_shape;
void gv_in_shape(struct gv_in *in, struct gv_shape *shape);

/*
 * The next stretch of whole NDJSON lines, for another thread: some hundred KiB of them, or what
 * there is where the next byte would have to be waited for; one line at least, however long.
 * *block is a stream of its own that owns its memory and knows its line numbers: read it with
 * gv_in_row() in any thread, close it with gv_in_close().  All blocks in order give the
 * rows and errors that gv_in_row() would give.  A call waits only if there is no whole line yet.
 *
 * *block is NULL when there is nothing for other threads: at the end, and at once if the rows are
 * not NDJSON.  Go on with gv_in_row(), which then has all of the rest, if there is any.
 * Errors are those of gv_in_row(); lines that are bad are left to the block's reader.
 */
int gv_in_block(struct gv_in **block, struct gv_in *in, struct gv_err *err);

/*
 * A regular file of NDJSON, a few hundred KiB of it at least, can also be read by its ranges: any thread may fetch any of
 * them at any time.  Range i has the lines that begin in it and counts its lines from 1; *block is NULL behind the last.
 * Afterwards gv_in_ranges_done() is told how many lines all of them had, and gv_in_row() goes on behind them.
 * All ranges in order give the rows and errors that gv_in_row() would give, but for the numbers of lines.
 */
int gv_in_ranges(bool *yes, struct gv_in *in, struct gv_err *err);
int gv_in_range(struct gv_in **block, const struct gv_in *in, uint64_t i, struct gv_err *err);
uint64_t gv_in_lines(const struct gv_in *block);  /* that it had, once it was read to its end */
int gv_in_ranges_done(struct gv_in *in, uint64_t lines, struct gv_err *err);

/* Call fn before each read that has to wait for input: the time to bring a display up to date.
 * Never for regular files. */
void gv_in_on_wait(struct gv_in *in, void (*fn)(void *ctx), void *ctx);

#endif
