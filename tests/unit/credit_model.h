/* SPDX-License-Identifier: MIT */
/*
 * credit_model: the state machine of an entry as the notes on enforcement tell it (§2.6), written again for a test: two regions,
 * their guards, and nothing of the library but days.  What it says about an act is why it is refused, or NULL.
 */
#ifndef GAVEL_CREDIT_MODEL_H
#define GAVEL_CREDIT_MODEL_H

#include "date.h"

enum region_l { NONE, NOTIFIED, ELIGIBLE, DECIDED, GRACE, LISTED, REMOVED, REVOKED };
enum region_c { C0, C1, C1T, C2 };
enum deed {
	/* of region L */
	QUALIFY, DECIDE, GIVE_GRACE, CLEAR, PUBLISH, REMOVE, DELETE_EARLY, EXPIRE, REVOKE,
	/* that move neither */
	SERVE, CORRECT, OBJECT, ANSWER, APPEAL, DECIDE_APPEAL,
	/* of region C */
	RESTRICT, LIFT, LIFT_TEMPORARILY, RESTORE,
	/* facts */
	PERFORM, PERFORM_PART, SETTLE, SETTLED, CONSENT, END_ROUND, CHECK_NETWORK, LEAD, STAY, REFUSE_ENFORCEMENT, TERMINATE, FIND_WRONG, REQUEST, EXTEND,
	CORRECT_CONDUCT,
	DEEDS
};
enum { X_SECURITY = 1, X_ASSETS = 2, X_ORDER = 4, X_WILLING = 8, X_MINOR = 16, X_OFFICER = 32, X_COVERED = 64, X_WAITS = 128, X_STUDENT = 256 };
enum { G1 = 1, G6 = 6, PRESIDENT = 0, BUREAU_HEAD, NOBODY };

/* yes: what the deed says of itself: in writing, valid, granted, found ... */
struct act {
	enum deed deed;
	gv_day on, day;          /* the other day: agreed, until, decided */
	int ground, number, years, signer;
	bool yes, reasons;
};
struct fact { enum deed deed; gv_day on, day; int number; bool yes; };

enum { FACTS = 128 };
struct model {
	/* the debtor, and the case */
	bool unit, officer, student, warned, covered;
	unsigned exclusions;
	gv_day born, due;
	/* the entry */
	enum region_l l;
	enum region_c c;
	int ground, extra;
	gv_day moved, moved_c, signed_on, served_on, grace_on, grace_end, published_on, term_from, removed_on, ordered_on, decided_once;
	int removed_by;          /* 1 to 7 of R1 to R7, 0 otherwise */
	int last_by;             /* of the listing before this one */
	gv_day last_on, cleared_on;
	bool false_evidence;
	bool of_order, waits;    /* the grace is of an order to restrict, which is not imposed yet */
	struct fact facts[FACTS]; /* by their days */
	int nfacts;
	struct { gv_day from, to; } listed[FACTS];   /* the days of each listing; to: INT32_MAX while it stands */
	struct { gv_day on; bool yes; } moves[FACTS]; /* of the restriction, in order: is it there since? */
	int nlisted, nmoves;
};

/* ---- what is known ---- */

static gv_day years_after(gv_day day, int years)
{
	return gv_day_add_months(day, 12 * years);
}

/* The first such fact from `since` on, up to `until`. */
static const struct fact *known(const struct model *m, enum deed deed, gv_day since, gv_day until)
{
	for (int i = 0; i < m->nfacts; i++)
		if (m->facts[i].deed == deed && m->facts[i].on >= since && m->facts[i].on <= until)
			return &m->facts[i];
	return NULL;
}

static bool whole_by(const struct model *m, gv_day until)
{
	return known(m, PERFORM, GV_DAY_NONE, until) || known(m, SETTLED, GV_DAY_NONE, until);
}

static int count_of(const struct model *m, enum deed deed, gv_day until, int yes)
{
	int n = 0;

	for (int i = 0; i < m->nfacts; i++)
		n += m->facts[i].deed == deed && m->facts[i].on <= until && (yes < 0 || m->facts[i].yes == yes);
	return n;
}

/* Behind what ended the one before: its removal, or that it came to nothing. */
static gv_day this_listing(const struct model *m)
{
	gv_day last = m->cleared_on > m->last_on ? m->cleared_on : m->last_on;

	return last == GV_DAY_NONE ? GV_DAY_NONE : last + 1;
}

/* The n-th request has the n-th answer; all of them are against what there is. */
static bool granted(const struct model *m, gv_day since, gv_day until)
{
	bool asked = false;

	for (int i = 0, answer = 0; i < m->nfacts; i++) {
		if (m->facts[i].deed != OBJECT)
			continue;
		while (answer < m->nfacts && m->facts[answer].deed != ANSWER)
			answer++;
		if (m->facts[i].on >= since) {
			asked = true;
			if (answer < m->nfacts && m->facts[answer].on <= until && m->facts[answer].yes)
				return true;
		}
		answer++;
	}
	return asked && count_of(m, DECIDE_APPEAL, until, 1) > 0;
}

static bool found_wrong(const struct model *m, gv_day since, gv_day until)
{
	return known(m, FIND_WRONG, since, until) || granted(m, since, until);
}

static int extended(const struct model *m)
{
	gv_day since = this_listing(m) > m->signed_on ? this_listing(m) : m->signed_on;
	int years = 0;

	for (int i = 0; i < m->nfacts; i++)
		if (m->facts[i].deed == EXTEND && m->facts[i].on >= since)
			years += m->facts[i].number;
	return years;
}

static gv_day term_end(const struct model *m)
{
	return years_after(m->term_from, 2 + m->extra + extended(m));
}

/* Behind the end of the round the last two network checks found nothing, and nobody has a lead that may be one (R4). */
static bool nothing_found(const struct model *m, gv_day until)
{
	const struct fact *end = known(m, END_ROUND, this_listing(m), until);
	gv_day last = GV_DAY_NONE;
	int empty = 0;           /* days */

	for (int i = 0; end && i < m->nfacts; i++) {
		const struct fact *f = &m->facts[i];

		if (f->deed == CHECK_NETWORK && f->on > end->on && f->on <= until) {
			empty = f->yes ? 0 : empty + (empty == 0 || f->on != last);
			last = f->on;
		}
		if (f->deed == LEAD && f->yes && f->on >= end->on && f->on <= until)
			return false;
	}
	return empty >= 2;
}

static bool removal_ground(const struct model *m, int number, gv_day until)
{
	gv_day since = this_listing(m);

	switch (number) {
	case 1: return known(m, PERFORM, GV_DAY_NONE, until);
	case 2: return known(m, SETTLED, since, until);
	case 4: return nothing_found(m, until);
	case 6: return known(m, REFUSE_ENFORCEMENT, since, until);
	case 7: return known(m, TERMINATE, since, until);
	case 3: case 5: break;
	default: return false;
	}
	for (int i = 0; i < m->nfacts; i++) {
		const struct fact *f = &m->facts[i];

		if (f->on < since || f->on > until)
			continue;
		if (number == 3 && f->deed == CONSENT && f->yes && f->day >= since && f->day <= until)
			return true;
		if (number == 5 && f->deed == STAY && f->yes)
			return true;
	}
	return false;
}

/* The creditor's wish alone ends no entry with a term. */
static bool any_ground(const struct model *m, gv_day until, bool but_wish)
{
	for (int i = 1; i <= 7; i++)
		if (removal_ground(m, i, until) && !(but_wish && i == 3))
			return true;
	return false;
}

static bool restricted_then(const struct model *m, gv_day day)
{
	bool yes = false;

	for (int i = 0; i < m->nmoves; i++)
		if (m->moves[i].on <= day)
			yes = m->moves[i].yes;
	return yes;
}

static bool listed_then(const struct model *m, gv_day day)
{
	for (int i = 0; i < m->nlisted; i++)
		if (day >= m->listed[i].from && day < m->listed[i].to)
			return true;
	return false;
}

/* ---- guards: why not ---- */

static const char *not_to_be_listed(const struct model *m, int ground, gv_day on)
{
	if (m->officer || m->exclusions & X_OFFICER)
		return "an officer of the unit";
	if (!m->unit && (on < years_after(m->born, 18) || m->exclusions & X_MINOR))
		return "a minor";
	if (ground == G1 && m->exclusions & (X_SECURITY | X_ASSETS | X_ORDER | X_WILLING))
		return "CR-04";
	if ((ground == G1 || ground == G6) && (m->covered || m->exclusions & (X_COVERED | X_WAITS)))
		return "CR-06";
	if (on != GV_DAY_NONE && whole_by(m, on - 1))
		return "performed";
	if ((ground == G1 || ground == G6) && on <= m->due)
		return "the period runs";
	return NULL;
}

static bool within_grace(const struct model *m, gv_day on)
{
	return m->grace_on != GV_DAY_NONE && on >= m->grace_on && on <= m->grace_end;
}

/* That of an order which was imposed already: another order has nothing of it. */
static bool grace_is_over(const struct model *m)
{
	return m->of_order && !m->waits;
}

/* Removed by R3: the creditor's request is not supported for six months (CR-13). */
static const char *not_again(const struct model *m, int by, gv_day removed, gv_day on)
{
	gv_day asked = GV_DAY_NONE;

	if (by != 3)
		return NULL;
	for (int i = 0; i < m->nfacts; i++)
		if (m->facts[i].deed == REQUEST && m->facts[i].on >= removed && m->facts[i].on <= on)
			asked = m->facts[i].yes ? m->facts[i].on : GV_DAY_NONE;
	return asked != GV_DAY_NONE && asked < gv_day_add_months(removed, 6) ? "the creditor asks too soon" : NULL;
}

static const char *list_again(const struct model *m, const struct act *a)
{
	bool ended = m->l == REMOVED || m->l == REVOKED;
	const char *why = not_again(m, ended ? m->removed_by : m->last_by, ended ? m->removed_on : m->last_on, a->on);

	if (!why)
		why = not_to_be_listed(m, a->ground, a->on);
	if (why || a->deed == QUALIFY)
		return why;
	if (m->l == GRACE && !m->of_order)
		return "the grace is of another decision, which was served";
	if (a->signer != PRESIDENT || !a->reasons)
		return "the president signs, with reasons";
	if (!m->warned)
		return "the notice did not warn";
	if (a->ground == G1 && a->day != GV_DAY_NONE)
		return "G1 has no term";
	if (a->ground != G1 && (a->day == GV_DAY_NONE || a->years > 3))
		return "a term of two years and at most three more";
	if (a->ground != G1 && a->day < a->on)
		return "the term begins before the decision";
	return NULL;
}

/* Who is neither listed nor restricted. */
static bool spared(const struct model *m)
{
	return m->ground <= G1 && (m->covered || m->exclusions & (X_COVERED | X_WAITS));
}

static const char *forward(const struct model *m, const struct act *a)
{
	const char *why = (a->deed == GIVE_GRACE && m->l == DECIDED) || a->deed == PUBLISH ? not_to_be_listed(m, m->ground, m->signed_on) : NULL;

	if (why)
		return why;
	switch (a->deed) {
	case QUALIFY: case DECIDE:
		return list_again(m, a);
	case GIVE_GRACE:
		if (a->number < 1 || a->number > 3)
			return "one to three months";
		if (m->l != DECIDED)
			return !a->yes ? "nothing is decided" : a->signer != PRESIDENT ? "the president signs" : spared(m) ? "CR-06" : NULL;
		if (m->ordered_on != GV_DAY_NONE && m->ordered_on >= a->on && m->ordered_on <= gv_day_add_months(a->on, a->number))
			return "restricted within it";
		return m->served_on == GV_DAY_NONE || m->served_on > a->on ? "not served" : NULL;
	case CLEAR:
		if (m->signed_on == GV_DAY_NONE && !m->waits) /* nothing is decided yet */
			return NULL;
		return any_ground(m, a->on, false) || known(m, CONSENT, this_listing(m), INT32_MAX) ? NULL : "nothing ends it";
	default: /* PUBLISH */
		if (m->served_on == GV_DAY_NONE || m->served_on > a->on)
			return "not served";
		if (within_grace(m, a->on))
			return "within the grace";
		return whole_by(m, a->on - 1) || any_ground(m, a->on, m->ground != G1) ? "ended before it began" : (m->c != C1 && m->c != C1T) || !restricted_then(m, a->on) ? "not restricted" : NULL;
	}
}

static const char *backward(const struct model *m, const struct act *a)
{
	bool term = m->ground != G1;

	switch (a->deed) {
	case REMOVE:
		return term ? "R1 to R7 end no term" : removal_ground(m, a->number, a->on) ? NULL : "the event is not there";
	case DELETE_EARLY:
		if (!term)
			return "no term";
		if (!a->yes)
			return known(m, CORRECT_CONDUCT, this_listing(m), a->on) ? NULL : "the conduct was not corrected";
		return whole_by(m, a->on) || known(m, PERFORM_PART, this_listing(m), a->on) ? NULL : "nothing is performed";
	case EXPIRE:
		return !term ? "no term" : a->on <= term_end(m) ? "the term runs" : NULL;
	default: /* REVOKE */
		return found_wrong(m, this_listing(m), a->on) ? NULL : "nobody found it wrong";
	}
}

static const char *beside(const struct model *m, const struct act *a)
{
	switch (a->deed) {
	case SERVE:
		if ((m->l != DECIDED && m->l != GRACE && m->l != LISTED) || m->signed_on == GV_DAY_NONE)
			return "no decision";
		if (m->grace_on != GV_DAY_NONE && !m->of_order && a->on > m->grace_on)
			return "grace was given on a service before it";
		return a->on < m->signed_on ? "not signed" : m->l == LISTED && a->on > m->published_on ? "published" : NULL;
	case CORRECT:
		return m->l == LISTED ? NULL : "not listed";
	case OBJECT:
		return m->published_on != GV_DAY_NONE || m->c != C0 ? NULL : "nothing to object to";
	case ANSWER:
		return count_of(m, ANSWER, a->on, -1) < count_of(m, OBJECT, a->on, -1) ? NULL : "nobody asked";
	case APPEAL:
		return count_of(m, APPEAL, a->on, -1) < count_of(m, ANSWER, a->on, 0) ? NULL : "nothing was refused";
	default: /* DECIDE_APPEAL */
		return count_of(m, DECIDE_APPEAL, a->on, -1) < count_of(m, APPEAL, a->on, -1) ? NULL : "nobody appealed";
	}
}

enum { BY_PERFORMANCE, FORMER_OFFICER, STILL_CONTROLS, BY_CONSENT, AS_WRONG, SHOWS_NOTHING, NOT_RESPONSIBLE, LIFTS };

static const char *not_lifted_as(const struct model *m, const struct act *a)
{
	switch (a->number) {
	case BY_PERFORMANCE: return whole_by(m, a->on) ? NULL : "not performed";
	case FORMER_OFFICER: case NOT_RESPONSIBLE: return m->officer ? NULL : "the debtor itself";
	case STILL_CONTROLS: return "still controls";
	case AS_WRONG: return found_wrong(m, m->ordered_on, a->on) ? NULL : "nobody found it wrong";
	case SHOWS_NOTHING: return "shows nothing";
	default: return NULL;
	}
}

static const char *restriction(const struct model *m, const struct act *a)
{
	if (a->on < m->moved_c)
		return "before the last";
	switch (a->deed) {
	case RESTRICT:
		if (m->c == C1 || m->c == C1T || a->signer != PRESIDENT)
			return "restricted already, or the president does not sign";
		if (known(m, PERFORM, GV_DAY_NONE, INT32_MAX) || whole_by(m, a->on - 1))
			return "performed";
		if (a->on <= m->due && (m->decided_once == GV_DAY_NONE || m->decided_once > a->on)) /* conduct of G2 to G5 waits for none */
			return "the period runs";
		if (m->waits && a->on <= m->grace_on)
			return "imposed before the grace";
		if ((m->l < ELIGIBLE || m->l == REVOKED || (m->l == GRACE && m->signed_on == GV_DAY_NONE)) && spared(m))
			return "CR-06";
		return within_grace(m, a->on) && !grace_is_over(m) ? "within the grace" : NULL;
	case LIFT:
		if ((m->c != C1 && m->c != C1T) || m->l == LISTED || listed_then(m, a->on))
			return "not restricted, or listed";
		return not_lifted_as(m, a);
	case LIFT_TEMPORARILY:
		if (m->c != C1 || a->signer != PRESIDENT || m->false_evidence)
			return "not restricted, not approved, or false evidence before";
		return a->day > gv_day_add_months(a->on, 1) ? "a month at most" : NULL;
	default: /* RESTORE */
		return m->c == C1T ? NULL : "not lifted for travel";
	}
}

/* Which states each deed of region L starts from. */
static const unsigned froms[] = {
	[QUALIFY] = 1u << NONE | 1u << NOTIFIED | 1u << REMOVED | 1u << REVOKED,
	[DECIDE] = 1u << NONE | 1u << NOTIFIED | 1u << ELIGIBLE | 1u << GRACE | 1u << REMOVED | 1u << REVOKED,
	[GIVE_GRACE] = 1u << NOTIFIED | 1u << ELIGIBLE | 1u << DECIDED, [CLEAR] = 1u << NOTIFIED | 1u << ELIGIBLE | 1u << DECIDED | 1u << GRACE,
	[PUBLISH] = 1u << DECIDED | 1u << GRACE, [REMOVE] = 1u << LISTED, [DELETE_EARLY] = 1u << LISTED, [EXPIRE] = 1u << LISTED,
	[REVOKE] = 1u << DECIDED | 1u << GRACE | 1u << LISTED,
};

static const char *model_refuses(const struct model *m, const struct act *a)
{
	if (a->deed <= REVOKE && (!(froms[a->deed] >> m->l & 1u) || a->on < m->moved))
		return "not from here, or before the last";
	if (a->deed <= PUBLISH)
		return forward(m, a);
	if (a->deed <= REVOKE)
		return backward(m, a);
	if (a->deed <= DECIDE_APPEAL)
		return beside(m, a);
	if (a->deed <= RESTORE)
		return restriction(m, a);
	/* Facts are what they are; an extension is decided. */
	if (a->deed != EXTEND)
		return NULL;
	if (m->l != LISTED || m->ground == G1 || a->on > term_end(m))
		return "no term runs";
	return a->on >= m->signed_on && m->extra + extended(m) + a->number > 3 ? "three years at most" : NULL;
}

/* ---- what follows ---- */

static void add_fact(struct model *m, const struct act *a)
{
	int i = m->nfacts++;

	for (; i > 0 && m->facts[i - 1].on > a->on; i--)
		m->facts[i] = m->facts[i - 1];
	m->facts[i] = (struct fact){ a->deed, a->on, a->day, a->number, a->yes };
}

static void no_grace(struct model *m)
{
	m->grace_on = m->grace_end = GV_DAY_NONE;
	m->of_order = m->waits = false;
}

static void clear(struct model *m, const struct act *a)
{
	m->cleared_on = a->on;
	if (m->waits && m->signed_on == GV_DAY_NONE)
		no_grace(m);
}

static void give_grace(struct model *m, const struct act *a)
{
	m->grace_end = gv_day_add_months(m->grace_on = a->on, a->number);
	m->of_order = m->waits = m->l != DECIDED;
}

static void restrict_again(struct model *m, const struct act *a)
{
	if (grace_is_over(m))
		no_grace(m);
	m->waits = false;
	m->ordered_on = a->on;
}

static void begin_listing(struct model *m, const struct act *a)
{
	if (m->l == REMOVED || m->l == REVOKED) {
		m->last_by = m->removed_by;
		m->last_on = m->removed_on > m->last_on ? m->removed_on : m->last_on;
	}
	m->ground = a->ground;
	m->signed_on = m->served_on = m->published_on = m->removed_on = GV_DAY_NONE;
	if (m->l != GRACE)
		no_grace(m);
	m->removed_by = 0;
	if (a->deed != DECIDE)
		return;
	m->signed_on = a->on;
	if (m->decided_once == GV_DAY_NONE)
		m->decided_once = a->on;
	m->extra = a->ground == G1 ? 0 : a->years;
	m->term_from = a->day;
}

static void end_listing(struct model *m, const struct act *a)
{
	if (m->l == LISTED)
		m->listed[m->nlisted - 1].to = a->on;
	m->removed_on = a->on;
	m->removed_by = a->deed == REMOVE ? a->number : 0;
}

static void publish(struct model *m, const struct act *a)
{
	m->published_on = a->on;
	m->listed[m->nlisted].from = a->on;
	m->listed[m->nlisted++].to = INT32_MAX;
}

static void model_does(struct model *m, const struct act *a)
{
	static const enum region_l to[] = { [QUALIFY] = ELIGIBLE, [DECIDE] = DECIDED, [GIVE_GRACE] = GRACE, [CLEAR] = NONE, [PUBLISH] = LISTED,
	                                    [REMOVE] = REMOVED, [DELETE_EARLY] = REMOVED, [EXPIRE] = REMOVED, [REVOKE] = REVOKED };
	static const enum region_c to_c[] = { [RESTRICT] = C1, [LIFT] = C2, [LIFT_TEMPORARILY] = C1T, [RESTORE] = C1 };

	if (a->deed == QUALIFY || a->deed == DECIDE)
		begin_listing(m, a);
	else if (a->deed >= REMOVE && a->deed <= REVOKE)
		end_listing(m, a);
	else if (a->deed == CLEAR)
		clear(m, a);
	else if (a->deed == GIVE_GRACE)
		give_grace(m, a);
	else if (a->deed == PUBLISH)
		publish(m, a);
	else if (a->deed == SERVE)
		m->served_on = a->on;
	else if (a->deed == RESTRICT)
		restrict_again(m, a);
	if (a->deed <= REVOKE) {
		m->l = to[a->deed];
		m->moved = a->on;
	} else if (a->deed >= RESTRICT && a->deed <= RESTORE) {
		m->c = to_c[a->deed];
		m->moved_c = a->on;
		m->moves[m->nmoves].on = a->on;
		m->moves[m->nmoves++].yes = a->deed != LIFT;
	} else {
		add_fact(m, a);
	}
}

#endif
