/* SPDX-License-Identifier: MIT */
/* divisions: provinces, cities and counties (share/ref/divisions.tsv): how much of an address may be told (ANON-10). */
#ifndef GAVEL_DIVISIONS_H
#define GAVEL_DIVISIONS_H

#include "err.h"
#include "buf.h"

struct gv_divisions;

int gv_divisions_open(struct gv_divisions **out, struct gv_err *err);
void gv_divisions_free(struct gv_divisions *d);

/*
 * Bytes at the beginning of an address that say province, city and county, and nothing finer; 0: it begins with none.
 * Every part may be missing (江苏省昆山市, 昆山市, 上海嘉定区), a province or city be written without its last character.  Names
 * that the table does not know count where they end in 市, 区, 县 or 旗 within six characters and follow one it knows.
 */
size_t gv_divisions_cut(struct gv_divisions *d, struct gv_str address);

/* Bytes of the place that the name of a unit begins with, its last character or not: 上海市, 上海, 中国; 0: none. */
size_t gv_divisions_prefix(struct gv_divisions *d, struct gv_str name);

#endif
