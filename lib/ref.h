/* SPDX-License-Identifier: MIT */
/*
 * ref: reference tables (share/ref/NAME.tsv): courts, case types, causes,
 * holidays.  UTF-8, tab-separated, no quoting; lines that begin with '#' (where
 * the table comes from) and empty lines are skipped, the first other line is the
 * header; "-" is an empty cell; a byte order mark and CRLF do no harm.  Loaded
 * once, on first use; nothing in them is compiled in, so a court can correct a
 * table without a compiler.
 */
#ifndef GAVEL_REF_H
#define GAVEL_REF_H

#include "err.h"
#include "buf.h"

struct gv_ref;

/* Opens share/ref/NAME.tsv.  GV_EIO if it is missing, GV_EDATA with the line if
 * a row has the wrong number of cells, a byte is not UTF-8, a column name is empty
 * or there twice.  64 MiB at most.  *out is NULL after an error. */
int gv_ref_open(struct gv_ref **out, const char *name, struct gv_err *err);
int gv_ref_open_file(struct gv_ref **out, const char *path, struct gv_err *err);
void gv_ref_free(struct gv_ref *r);

size_t gv_ref_rows(const struct gv_ref *r);
size_t gv_ref_line(const struct gv_ref *r, size_t row);             /* of the file, from 1 */
int gv_ref_column(const struct gv_ref *r, const char *name);        /* -1 if absent */

/* {0} for "-", an empty cell, and a row or column that is not there.  Borrowed
 * from the table; cells are found by walking along the row. */
struct gv_str gv_ref_cell(const struct gv_ref *r, size_t row, int column);

#define GV_REF_NONE ((size_t)-1)

/* Rows whose `column` equals key: the first at or after `from`, or GV_REF_NONE.
 * Hashed on first use per column, so a scan over a million records stays cheap;
 * to see all of them, go on with from = row + 1.  An empty key finds "-". */
size_t gv_ref_find(struct gv_ref *r, int column, struct gv_str key, size_t from);

#endif
