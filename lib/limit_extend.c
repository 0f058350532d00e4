/* SPDX-License-Identifier: MIT */
/* limit_extend: what was granted, measured by what the law lets an authority grant. */
#include "i18n.h"
#include "limit_impl.h"

/* What counts of it. */
struct total {
	struct gv_span first, higher;   /* of the first authority, of those above it */
	bool any, any_higher;
};

static void add_grant(struct gv_span *sum, const struct gv_grant *g)
{
	sum->months += (int)g->months;
	sum->days += (int)g->days;
}

static size_t rank(const struct gv_limit_row *r, size_t authority)
{
	size_t i = 0;

	while (i < r->nby && r->by[i] != authority)
		i++;
	return i;
}

static struct total add_up(struct gv_limit_job *j, const struct gv_limit_row *r)
{
	struct total t = { .any = false };

	for (size_t a = 0; a < GV_AUTHORITIES; a++) {
		const struct gv_grant *g = &j->grants[a];
		size_t place = a == GV_BY_UNSAID ? 0 : rank(r, a);

		if (!g->given)
			continue;
		if (!r->nby) {
			gv_limit_note(j, "%s", _("the extension is not counted: the law lets nobody extend this limit"));
			continue;
		}
		if (place == r->nby) {
			gv_limit_note(j, _("the extension by %s is not counted: only %s may extend this limit"),
			              gv_authority_names[a], gv_authority_names[r->by[0]]);
			continue;
		}
		if (a == GV_BY_UNSAID)
			gv_limit_note(j, _("who extended is not recorded: taken as %s"), gv_authority_names[r->by[0]]);
		add_grant(place ? &t.higher : &t.first, g);
		t.any = true;
		t.any_higher = t.any_higher || place;
	}
	return t;
}

/*
 * The end with `more`, before gaps.  Months are counted together from the start, so that the day of the month is the
 * start's (08-31 + 6m + 6m = 08-31).
 */
static gv_day plain_end(const struct gv_limit_row *r, gv_day from, struct gv_span more)
{
	struct gv_span limit = r->has_latest ? r->latest : r->span;
	gv_day end;

	if (!limit.days) {
		more.months += limit.months;
		return gv_span_add(from, more, r->last_day);
	}
	end = gv_span_add(from, limit, r->last_day);
	return end == GV_DAY_NONE ? end : gv_span_add(end, more, false);
}

/* A day beyond the years there are is later than all. */
static bool later(gv_day a, gv_day b)
{
	return b != GV_DAY_NONE && (a == GV_DAY_NONE || a > b);
}

/* The end that no grant goes beyond, gaps taken out; GV_DAY_NONE: the law names none. */
static gv_day ceiling(const struct gv_limit_job *j, const struct gv_limit_row *r, gv_day from, const struct total *t)
{
	gv_day end = GV_DAY_NONE;

	if (r->has_most)
		end = gv_span_add(from, r->most, r->last_day);
	else if (r->has_extend && !t->any_higher)
		end = plain_end(r, from, r->extend);
	return end == GV_DAY_NONE ? end : gv_limit_shift(j, from, end);
}

/* The latest end that somebody who may do so named; what stands still after that day moves it. */
static gv_day named_end(const struct gv_limit_job *j, const struct gv_limit_row *r)
{
	gv_day end = GV_DAY_NONE;

	for (size_t a = 0; a < GV_AUTHORITIES; a++) {
		const struct gv_grant *g = &j->grants[a];
		gv_day named;

		if (!g->given || g->until == GV_DAY_NONE || (a != GV_BY_UNSAID && rank(r, a) == r->nby))
			continue;
		named = gv_limit_shift(j, g->until_on, g->until);
		if (end == GV_DAY_NONE || named > end)
			end = named;
	}
	return end;
}

gv_day gv_limit_extend(struct gv_limit_job *j, const struct gv_limit_row *r, gv_day from, gv_day base, bool *more)
{
	struct total t = add_up(j, r);
	gv_day end, named, most = ceiling(j, r, from, &t);
	struct gv_span sum;
	bool cut = false;

	*more = r->nby > 0;
	if (!t.any)
		return base;
	if (r->has_extend && later(plain_end(r, from, t.first), plain_end(r, from, r->extend))) {
		t.first = r->extend;
		cut = true;
	}
	sum = (struct gv_span){ t.first.months + t.higher.months, t.first.days + t.higher.days };
	end = plain_end(r, from, sum);
	if (end != GV_DAY_NONE)
		end = gv_limit_shift(j, from, end);
	named = named_end(j, r);
	if (named != GV_DAY_NONE && end != GV_DAY_NONE && named > end)
		end = named;
	if (most != GV_DAY_NONE && later(end, most)) {
		end = most;
		cut = true;
	}
	if (cut)
		gv_limit_note(j, "%s", _("the extension goes beyond the most that the law allows and is cut"));
	if (most != GV_DAY_NONE && !later(most, end) && (r->has_most || r->nby == 1))
		*more = false;
	return end;
}
