/* SPDX-License-Identifier: MIT */
/*
 * credit_partner: who was told of the listings of an entry, and of their ends (CR-33).  An entry may be listed several times: each
 * listing is known by the day of its publication, and what a partner was told, or confirmed, is about one of them.
 */
#ifndef GAVEL_CREDIT_PARTNER_H
#define GAVEL_CREDIT_PARTNER_H

#include "credit.h"

struct gv_credit_listing {
	gv_day published, ended;   /* GV_DAY_NONE: nobody wrote it down, or it stands */
	bool stands;
};
/* Those of an entry, the first first. */
uint32_t gv_credit_listings(const struct gv_val *rec);
struct gv_credit_listing gv_credit_listing(const struct gv_val *rec, uint32_t nth);

/*
 * Which of them is meant, by the day of its publication (GV_DAY_NONE: none is named), where somebody hears on a day that it was
 * "added", "corrected" or "removed"?  Without a name it is the last that was there, or that had ended, by then.
 * GV_CREDIT_NO_LISTING: there is none; nobody heard of an end before it.
 */
#define GV_CREDIT_NO_LISTING UINT32_MAX
uint32_t gv_credit_listing_meant(const struct gv_val *rec, struct gv_str what, gv_day published, gv_day on);

struct gv_credit_told {
	struct gv_str platform;
	const char *what;
	uint32_t nth;              /* listing */
	gv_day since, until;       /* GV_DAY_NONE: ever */
};
/* Is there such an event "notify-platform" or "acknowledge"? */
bool gv_credit_is_told(const struct gv_val *rec, const char *event, const struct gv_credit_told *told);

/*
 * The partners of a listing, each once: those who were told of it by that day, or who confirmed that it began.  The event from
 * *at on that says so first; NULL: there are no more.
 */
const struct gv_val *gv_credit_next_partner(const struct gv_val *rec, uint32_t nth, gv_day until, uint32_t *at);

#endif
