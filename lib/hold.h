/* SPDX-License-Identifier: MIT */
/*
 * hold: a seizure in time: when it takes effect, how long it lasts, whether it holds on a day.  To the second where the record
 * has times; a day alone begins at 00:00 when something happens on it, and ends at 24:00 when something lasts until it.
 *
 * Effect: at the service on the body that assists (SZ-01), for equity at the publication (SZ-02) unless it was served before
 * 2022, for a waiting seizure when it converts (SZ-42).  It ends with the stated day, on holidays, too (T-07), unless it was renewed before (SZ-36, SZ-37).
 */
#ifndef GAVEL_HOLD_H
#define GAVEL_HOLD_H

#include "date.h"
#include "json.h"

/* Seconds since 1970-01-01T00:00 in UTC+8. */
typedef int64_t gv_instant;
#define GV_INSTANT_NONE INT64_MIN

enum gv_hold_is {
	GV_HOLD_UNKNOWN,   /* hold.missing says what nobody recorded */
	GV_HOLD_NOT_YET, GV_HOLD_WAITING, GV_HOLD_ON, GV_HOLD_LAPSED, GV_HOLD_RELEASED
};

struct gv_hold {
	const struct gv_val *val;
	enum gv_hold_is is;        /* at the end of the day that was asked for */
	const char *missing;       /* a field, or NULL */
	gv_instant from, until;    /* of the effect; GV_INSTANT_NONE: not, or nobody knows */
	gv_instant since;          /* as from; of one that waited and took effect by itself when that was (estate.h) */
	gv_instant at;             /* the end of the day that was asked for */
	gv_instant released;       /* likewise */
	bool waited;               /* it was a waiting seizure at first */
	const struct gv_val *late; /* the renewal that came when it had lapsed, or NULL */
	const struct gv_val *unclear; /* likewise: it is of the day on which the effect ended at an hour, and has none */
	size_t renewals;           /* in time */
};

/* `type`: of the asset.  GV_EDATA, naming the field: a date that is none. */
int gv_hold_read(struct gv_hold *out, const struct gv_val *seizure, struct gv_str type, gv_day as_of, struct gv_err *err);

/* The field that holds the moment of effect of one that does not wait: "served_at", or "published_at" of equity. */
const char *gv_hold_effect_field(const struct gv_val *seizure, struct gv_str type);

/* A moment of a record: where it begins, and where it ends.  GV_INSTANT_NONE: it is not there. */
int gv_instant_begin(const struct gv_val *rec, const char *field, gv_instant *out, struct gv_err *err);
int gv_instant_end(const struct gv_val *rec, const char *field, gv_instant *out, struct gv_err *err);
gv_day gv_instant_day(gv_instant t);

/*
 * The next event of a seizure from *at on that sells of the asset: "dispose", "dispose-part", or an auction that sold; where
 * disposals are recorded the auctions that they follow from are not looked at.  NULL: there is none.
 */
const struct gv_val *gv_hold_sale(const struct gv_val *seizure, uint32_t *at);

/* Most months of one term (SZ-35): 12 of deposits, 24 of movables, 36 of all else. */
int gv_hold_months(struct gv_str type);

#endif
