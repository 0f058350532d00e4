/* SPDX-License-Identifier: MIT */
/* surnames: where a Chinese name has its surname (share/ref/surnames.tsv), and whether a name is a person's at all. */
#ifndef GAVEL_SURNAMES_H
#define GAVEL_SURNAMES_H

#include "err.h"
#include "buf.h"

struct gv_surnames;

int gv_surnames_open(struct gv_surnames **out, struct gv_err *err);
void gv_surnames_free(struct gv_surnames *s);

/* Bytes of the surname that the text begins with, the longest that the table has; 0: it has none. */
size_t gv_surname_of(const struct gv_surnames *s, struct gv_str text);

/* Does the text begin with a word that only looks like a name: 陈述, 双方 (share/ref/no-names.tsv)? */
bool gv_surnames_is_word(struct gv_surnames *s, struct gv_str text);

/*
 * Is this the name of a unit: does it end as units do (公司, 厂, 委员会, 银行, 村民小组 ...)?  A name says less than the field
 * "type" of a party, which goes first.
 */
bool gv_name_is_unit(struct gv_str name);
/* One that keeps its name under every profile: a court, a procuratorate, an organ of state, a law firm. */
bool gv_name_is_organ(struct gv_str name);
/* Does it begin with a word for what a unit does, or is: 汽车零部件有限公司?  The trade name stands before it. */
bool gv_name_says_trade(struct gv_str name);

#endif
