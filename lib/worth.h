/* SPDX-License-Identifier: MIT */
/*
 * worth: what an asset is good for against a claim (SZ-10, SZ-19): its reference value, of which the debtor's share, less the
 * claims that rank before; and the same at the lowest price that a sale may lawfully bring.
 */
#ifndef GAVEL_WORTH_H
#define GAVEL_WORTH_H

#include "hold.h"

enum gv_use {
	GV_USE_PAY,        /* may be turned into money */
	GV_USE_HOLD,       /* may be seized, not turned into money as it is */
	GV_USE_NONE        /* may not be seized */
};

struct gv_worth {
	const struct gv_val *val;
	struct gv_str id, type;
	enum gv_use use;
	const char *use_rule;      /* why not GV_USE_PAY: "SZ-23" */
	const char *missing;       /* the field without which nobody knows the value; NULL: known */
	const char *field;         /* that the reference value was read from */
	int64_t ref;               /* reference value, in fen */
	int64_t num, den;          /* the debtor's share */
	int64_t prior;             /* claims that rank before */
	int percent;               /* of ref that the lowest price is */
	int64_t nominal, least;    /* what is left for the claim: at ref, and at the lowest price; 0 if not known */
	bool is_money;             /* taken as it is: no sale between */
	int effect;                /* on production and life, by the order of kinds: 0 is least (SZ-15) */
	bool asked_first;          /* the debtor asks to begin with it (SZ-15) */
	bool in_dispute;           /* it is what the suit is about: stays (SZ-55) */
	bool indivisible, may_divide;  /* neither: nobody recorded it */
};

/*
 * `hold` is the seizure of the case that is judged: a waiting one counts 0, money counts as far as it is frozen.  `claim`
 * (may be NULL) tells whose money and which project.  `lowest`: percent of the reference value that a sale may bring at
 * least.  GV_EDATA, naming the field: a share, a value or a date that is none.
 */
int gv_worth_read(struct gv_worth *out, const struct gv_val *asset, const struct gv_hold *hold, const struct gv_val *claim,
                  int lowest, struct gv_err *err);

#endif
