/* SPDX-License-Identifier: MIT */
/*
 * estate: all that is seized for one claim, side by side: what the rules on seizures look at.  It is read from a bundle,
 *
 *     {"claim":{...},"assets":[{...}],"seizures":[{...}]}
 *
 * whose members are records of these kinds, or hold as many of their fields as are known; a seizure names its asset by the
 * asset's id.  The case is the claim's, or else the bundle's own member "case".  A seizure of another case, or of another court
 * than the claim's, is there for the order of rank alone, and for what was sold and transferred under it.
 *
 * One of ours that waits has effect when those before it have ended, whether or not anybody recorded that (SZ-42): it counts.
 */
#ifndef GAVEL_ESTATE_H
#define GAVEL_ESTATE_H

#include "claim.h"
#include "keepset.h"
#include "worth.h"

/* Percents that a court decides (gavel.json, policy seizure_lowest_percent and seizure_obvious_percent). */
struct gv_seizure_policy {
	int lowest;    /* of the reference price that a sale may bring at least */
	int obvious;   /* of the claim, from which on what is seized is obviously too much */
};
#define GV_SEIZURE_POLICY ((struct gv_seizure_policy){ .lowest = 56, .obvious = 100 })

/* A seizure and what it is on. */
struct gv_holding {
	const struct gv_val *seizure, *asset;  /* its events as they happened; asset NULL: not known here */
	struct gv_str id, asset_id;
	bool ours;
	bool counts;               /* the one of ours that stands for the asset: its worth is that of all ours on it together */
	bool joins;                /* one more of ours: its worth is added to that one's */
	struct gv_hold hold;
	struct gv_worth worth;     /* if the asset is known */
	bool kept;                 /* of those that count: stays, or may be released */
	struct gv_part part;       /* of one that stays: what may go of it all the same; fen 0: nothing */
};

/* An asset that is not seized for the claim. */
struct gv_free {
	struct gv_worth worth;
	bool elsewhere;            /* seized for others: what it brings this claim nobody can tell */
};

struct gv_estate {
	struct gv_claim claim;     /* val NULL: none */
	const struct gv_val *other_claims;  /* of the same case, which has one: none is looked at but to be told */
	struct gv_str kase;        /* that all of it is for; {0}: not known */
	const struct gv_val **assets;  /* by id */
	size_t nassets;
	struct gv_holding *holdings;  /* by asset, then effect, then id: the order of the input is no matter */
	size_t n;
	struct gv_free *free;      /* assets that are known and not seized for this claim, by id */
	size_t nfree;
	gv_day as_of;
	struct gv_seizure_policy policy;
	int64_t nominal, least;    /* of all that count */
	int64_t kept_least;        /* of those that stay */
	int64_t trimmed_least;     /* of those that stay, without the parts of them that may go */
	int64_t money;             /* of least, what is money */
	int64_t free_least;        /* of those that are free and not seized for others */
	const struct gv_free *free_unknown;  /* one of them of which nobody knows what it is worth for the claim; NULL: none */
	bool covered;              /* at the lowest prices */
	bool exact;                /* nothing better can stay (keepset.h) */
	bool unknown;              /* something that counts has no known value */
};

/*
 * All of it lives in d's arena and in the bundle.  GV_EDATA, naming thing and field: no bundle, no seizures, an amount, a
 * share or a date that is none, two assets of one id.
 */
int gv_estate_read(struct gv_estate *out, struct gv_doc *d, const struct gv_val *bundle, gv_day as_of,
                   const struct gv_seizure_policy *policy, struct gv_err *err);

/* The computation as a person would check it by hand: each line with its amount, the field it is from and the rule. */
void gv_estate_work(struct gv_buf *out, const struct gv_estate *e);

/* Is there a claim with a sum that is known? */
static inline bool gv_estate_has_claim(const struct gv_estate *e)
{
	return e->claim.val && !e->claim.missing;
}
/* Is there a seizure for the claim on the asset of that id, whatever became of it? */
bool gv_estate_seizes(const struct gv_estate *e, struct gv_str asset);
/* All holdings on the asset of that one. */
const struct gv_holding *gv_estate_on_asset(const struct gv_estate *e, const struct gv_holding *h, size_t *n);

/* The key of an asset's id: records name assets as "asset:KEY", bundles may leave the kind away. */
struct gv_str gv_asset_key(struct gv_str id);
/* The asset of that id; NULL if the bundle has none. */
const struct gv_val *gv_estate_asset(const struct gv_estate *e, struct gv_str id);

#endif
