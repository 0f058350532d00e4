/* SPDX-License-Identifier: MIT */
/* What the parts of schema, cross and rec share: where a value is, and what is wrong with it. */
#ifndef GAVEL_SCHEMA_IMPL_H
#define GAVEL_SCHEMA_IMPL_H

#include <stdarg.h>

#include "near.h"
#include "schema.h"

/* For "%.*s": as many bytes of a text as messages show, no character cut in two. */
static inline int gv_cut(struct gv_str s)
{
	size_t n = s.n < 96 ? s.n : 96;

	while (n && n < s.n && ((unsigned char)s.p[n] & 0xC0) == 0x80)
		n--;
	return (int)n;
}

/* Made by build/schemac. */
extern const struct gv_schema *const gv_schemas[];
extern const size_t gv_nschemas;

/* A place in a record, as a chain on the stack: a path is only written when it is needed. */
struct gv_at {
	const struct gv_at *up;   /* NULL: the record itself */
	struct gv_str name;       /* p NULL: an item */
	size_t index;
};

struct gv_problems {
	int (*each)(void *ctx, const struct gv_err *problem);
	void *ctx;
	size_t count;
	int rc;        /* 0, GV_EDATA, or GV_EIO: memory is short */
	bool stopped;  /* nobody wants to hear more */
};

void gv_problem(struct gv_problems *p, const struct gv_at *at, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
/* For what other modules already put into words; keeps GV_EIO. */
void gv_problem_err(struct gv_problems *p, const struct gv_at *at, const struct gv_err *why);

/* The kind has no event of that name; `at` is the event. */
void gv_problem_event(struct gv_problems *p, const struct gv_at *at, const struct gv_schema *s, struct gv_str name);

/* An `each` that keeps the first problem in a struct gv_err (may be NULL) and stops. */
int gv_first_problem(void *ctx, const struct gv_err *problem);

/* "integer", "string or object": translated, for messages. */
void gv_types_text(char *out, size_t size, unsigned types);

/* Schema, then cross-field checks, into one list. */
void gv_schema_walk(struct gv_problems *p, const struct gv_schema *s, const struct gv_val *rec,
                    struct gv_caseno_reader *cn);
void gv_cross_walk(struct gv_problems *p, const struct gv_schema *s, const struct gv_val *rec,
                   struct gv_caseno_reader *cn);

#endif
