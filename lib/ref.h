/* SPDX-License-Identifier: MIT */
/*
 * ref: reference tables (share/ref/NAME.tsv): courts, case types, causes,
 * holidays.  UTF-8, tab-separated, '#' comment lines (provenance), then a header
 * line, no quoting; "-" is an empty cell.  Loaded once, on first use; nothing in
 * them is compiled in, so a court can correct a table without a compiler.
 */
#ifndef GAVEL_REF_H
#define GAVEL_REF_H

#include "err.h"
#include "buf.h"

struct gv_ref;

/* Opens share/ref/NAME.tsv.  GV_EIO if it is missing, GV_EDATA with the line if
 * a row has the wrong number of cells. */
int gv_ref_open(struct gv_ref **out, const char *name, struct gv_err *err);
int gv_ref_open_file(struct gv_ref **out, const char *path, struct gv_err *err);
void gv_ref_free(struct gv_ref *r);

size_t gv_ref_rows(const struct gv_ref *r);
int gv_ref_column(const struct gv_ref *r, const char *name);        /* -1 if absent */
struct gv_str gv_ref_cell(const struct gv_ref *r, size_t row, int column); /* {0} for "-" */

/* Rows whose `column` equals key: the first at or after `from`, or
 * (size_t)-1.  Hashed on first use per column, so a scan over a million records stays cheap. */
size_t gv_ref_find(struct gv_ref *r, int column, struct gv_str key, size_t from);

#endif
