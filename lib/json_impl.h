/* SPDX-License-Identifier: MIT */
/*
 * json_impl: what json_*.c and json_simd.cc share; nobody else includes it.
 */
#ifndef GAVEL_JSON_IMPL_H
#define GAVEL_JSON_IMPL_H

#include <endian.h>

#include "json.h"

/* ---- eight bytes at a time ---- */

static inline uint64_t gv_load8(const char *p)
{
	uint64_t w;

	memcpy(&w, p, 8);
	return le64toh(w);
}

/* The high bit of every byte below `limit`.  The lowest mark is right; one above it may not be. */
static inline uint64_t gv_mark_below(uint64_t w, unsigned char limit)
{
	return (w - 0x0101010101010101u * limit) & ~w & 0x8080808080808080u;
}

static inline uint64_t gv_mark_byte(uint64_t w, unsigned char byte)
{
	return gv_mark_below(w ^ 0x0101010101010101u * byte, 1);
}

/* What ends or bends a string: a quote, a backslash, a control. */
static inline uint64_t gv_mark_special(uint64_t w)
{
	return gv_mark_below(w, 0x20) | gv_mark_byte(w, '"') | gv_mark_byte(w, '\\');
}

static inline unsigned gv_first_mark(uint64_t marks)
{
	return (unsigned)__builtin_ctzll(marks) / 8;
}

/* ---- canonical text to a line, without vectors ---- */

void gv_json_canon_to_line_scalar(struct gv_buf *out, struct gv_str text);

/* ---- readers ---- */

/*
 * Put the members that a reader collected in order and drop nulls where the
 * flags say so.  Names must have a NUL behind them.  NULL, or the first name in
 * memory that repeats an earlier one.
 */
const struct gv_str *gv_members_close(struct gv_member *m, uint32_t *n, unsigned flags);

/* Line and byte of an offset, into err; returns rc. */
int gv_json_locate(struct gv_err *err, struct gv_str text, size_t offset, int rc);

/* A gv_mkstr() that found no memory is a null with this in n. */
enum { GV_NO_MEMORY = 1 };

static inline bool gv_val_lacks_memory(const struct gv_val *v)
{
	return v->type == GV_NULL && v->n == GV_NO_MEMORY;
}

/*
 * The simdjson module.  It links nothing of the program: what it needs comes in
 * the job.  It answers true only for text that the scalar reader would take, with the
 * same tree at *root; on false, whatever the cause, the scalar reader decides.
 */
struct gv_simd_job {
	struct gv_str text;
	unsigned flags;
	const struct gv_json_only *only;                    /* NULL: everything */
	struct gv_val *root;
	struct gv_arena *arena;
	void *(*alloc)(struct gv_arena *arena, size_t n);   /* aligned; NULL when memory is short */
	bool (*name_ok)(struct gv_str name);                /* asked only about names beyond ASCII */
	/* gv_members_close(), asked only about members out of order. */
	const struct gv_str *(*close)(struct gv_member *m, uint32_t *n, unsigned flags);
};
typedef bool gv_simd_fn(const struct gv_simd_job *job);

/* Rename the symbol whenever gv_simd_job or gv_val changes: an old module is then left alone. */
#define GV_SIMD_SYMBOL "gv_json_simd_2"

#define GV_SIMD_MODULE "gavel-simdjson.so"

#endif
