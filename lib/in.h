/* SPDX-License-Identifier: MIT */
/*
 * in: streams of lines and of rows.  One reader for everything that comes from
 * a file or from stdin: NDJSON, a JSON array, CSV or TSV with a header.  Byte
 * order marks and CRLF are dealt with here; lines over 16 MiB, NUL bytes and
 * broken UTF-8 are reported with their number and skipped, never cut silently.
 */
#ifndef GAVEL_IN_H
#define GAVEL_IN_H

#include "json.h"

struct gv_in;

enum gv_in_format {
	GV_IN_AUTO,    /* by the first bytes: '[' array, '{' NDJSON, else CSV/TSV by the header */
	GV_IN_LINES,   /* plain lines (ids or NDJSON): gv_in_line() */
	GV_IN_NDJSON, GV_IN_JSON, GV_IN_CSV, GV_IN_TSV
};

/* `path` NULL or "-" is stdin.  `encoding` NULL = UTF-8 (UTF-16 is told by its
 * BOM), else any name iconv(3) knows, e.g. "GB18030". */
int gv_in_open(struct gv_in **out, const char *path, enum gv_in_format format,
               const char *encoding, struct gv_err *err);
void gv_in_close(struct gv_in *in);
const char *gv_in_name(const struct gv_in *in);  /* file name or "<stdin>" */
uint64_t gv_in_bytes(const struct gv_in *in);    /* read so far */
uint64_t gv_in_size(const struct gv_in *in);     /* of a regular file, else 0 */

/*
 * The next line without its end.  Returns 0 and *line; *line.p == NULL at the end of
 * input.  GV_EDATA = this line is bad (err has the line number) and the next call
 * goes on behind it; GV_EIO = give up.  *line is valid until the next call.
 * Empty lines are skipped.
 */
int gv_in_line(struct gv_in *in, struct gv_str *line, size_t *number, struct gv_err *err);

/*
 * The next row as an object in `doc` (flags as gv_json_parse).  NDJSON: one line;
 * JSON: one element of the array (or the only object); CSV/TSV: strings named by
 * the header, empty cells left out.  Returns as gv_in_line(): *eof at the end.
 * `raw` (may be NULL) receives the row's text as found, for error files.
 */
int gv_in_row(struct gv_in *in, struct gv_doc *doc, unsigned flags, struct gv_str *raw,
              size_t *number, bool *eof, struct gv_err *err);

#endif
