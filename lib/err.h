/* SPDX-License-Identifier: MIT */
/*
 * err: what went wrong, for people and for programs.
 *
 * Every function of libgavel that can fail returns an int: 0, or one of the
 * codes below, which are also the exit codes of every command (never
 * renumbered; gavel(7) has the same list).  The details go into a caller-owned
 * struct gv_err; a NULL pointer is allowed where the caller does not care.
 * The library prints nothing and never exits.
 */
#ifndef GAVEL_ERR_H
#define GAVEL_ERR_H

#include <stddef.h>

struct gv_buf;

enum gv_code {
	GV_OK = 0,         /* done, nothing found */
	GV_FOUND = 1,      /* a check has findings; the answer is no */
	GV_EUSAGE = 2,     /* the command line is wrong */
	GV_EDATA = 3,      /* bad data: a record, a date, a case number, a rule */
	GV_ECONFLICT = 4,  /* another writer changed the same field */
	GV_EBUSY = 5,      /* the docket is locked by somebody else */
	GV_ENOTFOUND = 6,  /* no such docket, record, revision, field */
	GV_EINTEGRITY = 7, /* a signature, a hash or an object is not what it says */
	GV_EPARTIAL = 8,   /* part of a batch failed, the rest is done */
	GV_EIO = 9         /* input or output: disk, pipe, permission, memory */
};

struct gv_err {
	int code;          /* enum gv_code, 0 when nothing happened */
	size_t line;       /* input line, counted from 1; 0 = not from a line */
	size_t byte;       /* byte within that line, from 1; 0 = unknown */
	char thing[256];   /* what it is about: an id, a file, an option */
	char field[128];   /* dotted field path, or empty */
	char msg[768];     /* translated sentence fragment, no final full stop */
};

/* All of these return `code`, so that `return gv_fail(...)` reads well. */

/* Set code and message.  Clears thing, field, line and byte. */
int gv_fail(struct gv_err *err, int code, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/* The same for a field of a record: "FIELD: message". */
int gv_fail_field(struct gv_err *err, int code, const char *field,
                  const char *fmt, ...)
	__attribute__((format(printf, 4, 5)));

/* GV_EIO with strerror(errno) appended, or "out of memory" where errno says so; `thing` is usually a path. */
int gv_fail_sys(struct gv_err *err, const char *thing, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/* GV_EIO, "out of memory".  Uses no memory itself. */
int gv_fail_nomem(struct gv_err *err);

/* Name the thing (first caller wins, so the innermost name is kept). */
void gv_err_thing(struct gv_err *err, const char *thing, size_t len);

/* Put `prefix` and a dot (none before '[') in front of the field. */
void gv_err_field_prefix(struct gv_err *err, const char *prefix);

/*
 * "line 3, byte 17: THING: FIELD: message" with the parts that are there.
 * Control characters, bidi overrides and broken UTF-8 are made visible, so
 * that hostile input cannot drive a terminal.
 */
void gv_err_text(const struct gv_err *err, struct gv_buf *out);

void gv_err_clear(struct gv_err *err);

#endif
