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

/* The error is about that record of a bundle, unless it names one already.  Returns rc. */
int gv_bundle_blame(struct gv_err *err, int rc, const char *kind, struct gv_str id);

/* What has gone of an asset for good by the end of a day, by whatever seizure. */
struct gv_gone {
	bool all;
	int64_t units, fen;        /* sold; transferred */
	bool units_missing, fen_missing;  /* an event does not say how much */
};

/* Can a part of it be released? */
enum gv_divides {
	GV_DIVIDES_NOT,
	GV_DIVIDES_FEN,            /* any amount */
	GV_DIVIDES_PIECES,         /* shares, or units: whole ones */
	GV_DIVIDES_UNKNOWN         /* it can, and nobody recorded its units */
};

struct gv_worth {
	const struct gv_val *val;
	struct gv_str id, type;
	enum gv_use use;
	const char *use_rule;      /* why not GV_USE_PAY: "SZ-23" */
	const char *missing;       /* the field without which nobody knows the value; NULL: known */
	const char *field;         /* that the reference value was read from */
	int64_t ref;               /* reference value of all of it, in fen */
	int64_t rest;              /* of that, what is not sold or transferred */
	int64_t held;              /* of that, what is seized; of several seizures together, no more than the rest */
	const char *held_by;       /* the field of the seizure that says how much; NULL: all of it */
	int64_t pieces, of_pieces; /* shares or units that are held, of so many; 0: it is not counted in any */
	int64_t gone_pieces;       /* units sold */
	int64_t freed;             /* released in part: fen of money, units of what has units */
	int64_t quota;             /* of a presale account: must stay */
	bool open;                 /* of shares nobody knows how many there are: those of each seizure come on top */
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

/* Adds what is sold and transferred under that seizure.  GV_EDATA: a date that is none. */
int gv_gone_add(struct gv_gone *gone, const struct gv_val *seizure, gv_instant until, struct gv_err *err);

/*
 * `hold` is the seizure of the case that is judged (NULL: none, all of it is looked at): a waiting one counts 0, one on a part
 * counts with that part: money as far as it is frozen, shares and units as many as are.  `gone` (may be NULL) is what all
 * seizures took of the asset.  `claim` (may be NULL) tells whose money and which project.  `lowest`: percent of the reference
 * value that a sale may bring at least.  GV_EDATA, naming the field, and the seizure where it is one of its fields: a share, a
 * value or a date that is none.
 */
int gv_worth_read(struct gv_worth *out, const struct gv_val *asset, const struct gv_hold *hold, const struct gv_gone *gone,
                  const struct gv_val *claim, int lowest, struct gv_err *err);

/* Another seizure of the same asset for the same claim, both with a value that is known: together no more than there is. */
void gv_worth_join(struct gv_worth *w, const struct gv_worth *more);

/* What ranks before a seizure (NULL: all does), of one of the asset's encumbrances; own: it secures the claim itself. */
enum gv_ranks { GV_RANKS_BEFORE, GV_RANKS_OWN, GV_RANKS_BEHIND };
int gv_worth_prior(enum gv_ranks *ranks, int64_t *fen, bool *known, const struct gv_val *right, const struct gv_hold *hold, struct gv_err *err);

enum gv_divides gv_worth_divides(const struct gv_worth *w);

/* The most that may go of it so that `need` stays at the lowest price; by amounts or pieces, as it divides. */
struct gv_part {
	int64_t pieces;    /* of w.pieces; 0: it goes by amounts */
	int64_t fen;       /* of w.held */
	int64_t least;     /* that what stays is worth at the lowest price */
};
/* false: nothing, and *out is {0}. */
bool gv_worth_part(struct gv_part *out, const struct gv_worth *w, int64_t need);

#endif
