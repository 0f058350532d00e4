/* SPDX-License-Identifier: MIT */
/* ident_impl: what the checks of ident share; nobody else includes it. */
#ifndef GAVEL_IDENT_IMPL_H
#define GAVEL_IDENT_IMPL_H

#include "ident.h"

enum { GV_IDENT_CHARS = 40 };

/* The text in half width and upper case, without spaces. */
struct gv_ident_text {
	int32_t cp[GV_IDENT_CHARS];
	size_t n;  /* characters of the text; only the first GV_IDENT_CHARS are in cp */
};

void gv_ident_clean(struct gv_ident_text *t, struct gv_str text);

/* *out is empty but for its kind when these are called. */
void gv_ident_resident(struct gv_ident *out, const struct gv_ident_text *t);
void gv_ident_credit(struct gv_ident *out, const struct gv_ident_text *t);
void gv_ident_phone(struct gv_ident *out, const struct gv_ident_text *t);
void gv_ident_plate(struct gv_ident *out, const struct gv_ident_text *t);
void gv_ident_bankcard(struct gv_ident *out, const struct gv_ident_text *t);

/* Set the reason.  False, so that a check can end with `return gv_ident_no(...)`. */
bool gv_ident_no(struct gv_ident *out, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* The same for the character at `i`: `character 3 is "K", SHOULD`. */
bool gv_ident_no_char(struct gv_ident *out, const struct gv_ident_text *t, size_t i,
                      const char *should);
/* Are characters from..to-1 digits? */
bool gv_ident_digits(struct gv_ident *out, const struct gv_ident_text *t, size_t from, size_t to);

/* A two-digit code of GB/T 2260 that stands for a province? */
bool gv_ident_province(int code);

/* The character of a province that a plate begins with? */
bool gv_ident_plate_province(int32_t cp);

static inline bool gv_ident_is_digit(int32_t cp)
{
	return cp >= '0' && cp <= '9';
}

static inline bool gv_ident_is_letter(int32_t cp)
{
	return cp >= 'A' && cp <= 'Z';
}

/* ASCII characters from..from+n-1 as a string. */
static inline void gv_ident_copy(char *to, const struct gv_ident_text *t, size_t from, size_t n)
{
	for (size_t i = 0; i < n; i++)
		to[i] = (char)t->cp[from + i];
	to[n] = '\0';
}

#endif
