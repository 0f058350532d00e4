/* SPDX-License-Identifier: MIT */
/*
 * out_impl: what out*.c share; nobody else includes it.
 *
 *   out.c         the writer: formats, buffer, descriptor
 *   out_field.c   --fields: reading them, finding values, records with nothing else
 *   out_cell.c    a value as the text of a cell, masked where it must be
 *   out_row.c     table, CSV and TSV
 *   out_table.c   gv_table
 */
#ifndef GAVEL_OUT_IMPL_H
#define GAVEL_OUT_IMPL_H

#include "err.h"
#include "out.h"

/* ---- out_field.c ---- */

struct gv_out_step {
	struct gv_str name;
	bool all;                /* [] */
};

struct gv_out_field {
	struct gv_str name;      /* as the user wrote it */
	const struct gv_out_step *steps;
	size_t n;
	enum { GV_MASK_ASK, GV_MASK_NO, GV_MASK_YES } mask;  /* for records of gv_out.kind */
};

struct gv_out_fields {
	struct gv_arena arena;
	struct gv_out_field *list;
	size_t n;
};

/* "id,cause,parties[].name" */
int gv_out_fields_parse(struct gv_out_fields *f, const char *text, struct gv_err *err);
/* Members of these very names. */
int gv_out_fields_named(struct gv_out_fields *f, const struct gv_str *names, size_t n, struct gv_err *err);
/* The scalars of a record, id first. */
int gv_out_fields_of(struct gv_out_fields *f, const struct gv_val *rec, struct gv_err *err);
/* *v is NULL if it is not there.  All items of a path with [] come as an array made in `d`. */
int gv_out_find(struct gv_doc *d, const struct gv_val **v, const struct gv_val *rec,
                const struct gv_out_field *field, struct gv_err *err);
/* A record with these fields only; borrows from rec, the rest is made in `d`. */
int gv_out_project(struct gv_doc *d, struct gv_val *to, const struct gv_val *rec,
                   const struct gv_out_fields *fields, struct gv_err *err);

/* ---- the writer ---- */

enum { GV_OUT_HOLD_ROWS = 1000, GV_OUT_HOLD_BYTES = 4 << 20 };

struct gv_out_column {
	bool integers, others;   /* among the rows held */
};

struct gv_out_rows {
	bool begun;              /* the columns are known and the header is out */
	bool flowing;            /* table: widths are fixed, rows go straight out */
	struct gv_table *table;
	struct gv_out_column *columns;
	struct gv_str *cells;    /* of one row */
	struct gv_buf text;      /* what they point into */
	size_t held, bytes;
};

struct gv_out {
	int fd;
	char name[32];
	enum gv_format format;
	struct gv_out_opts opts;     /* its strings are gone */
	bool projects;               /* --fields with ndjson, json */
	bool terminal, bold, closed;
	size_t width;                /* of the terminal; 0 = no limit */
	size_t count;                /* records */
	struct gv_err broken;        /* the first GV_EIO */
	struct gv_buf buf;
	struct gv_out_fields fields;
	struct gv_doc parsed, scratch;
	char kind[64];               /* that the answers in fields[].mask are for */
	struct gv_out_rows rows;
};

/* ---- out_cell.c ---- */

/* Appends the text of a field's value.  *v is NULL if there is none. */
int gv_out_cell(struct gv_out *out, const struct gv_val *rec, struct gv_out_field *field,
                const struct gv_val **v, struct gv_buf *text, struct gv_err *err);

/* ---- out_row.c ---- */

/* Learns the columns from the first record if need be, and prints the header. */
int gv_out_rows_begin(struct gv_out *out, const struct gv_val *rec, struct gv_err *err);
int gv_out_row(struct gv_out *out, const struct gv_val *rec, struct gv_err *err);
/* Print the rows of a table that are held. */
int gv_out_rows_release(struct gv_out *out, struct gv_err *err);
/* The header of an empty CSV, the rows of a short table. */
int gv_out_rows_end(struct gv_out *out, struct gv_err *err);
void gv_out_rows_free(struct gv_out_rows *r);

/* ---- out_table.c ---- */

/* Forget the rows; from now on the widths stay. */
void gv_table_fix(struct gv_table *t);

#endif
