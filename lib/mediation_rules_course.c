/* SPDX-License-Identifier: MIT */
/* mediation_rules_course: consent, who mediates, and in what time. */
#include "mediation_rules_impl.h"

bool gv_mediation_applies(const struct gv_check *c, const void *subject)
{
	static const char *const days[] = { "received_on", "accepted_on", "applied_on" };
	gv_day day = GV_DAY_NONE;

	for (size_t i = 0; i < sizeof days / sizeof days[0] && day == GV_DAY_NONE; i++)
		day = gv_day_read(gv_text_of(subject, days[i]));
	return gv_rule_in_force(c->rule, day == GV_DAY_NONE ? c->as_of : day);
}

bool gv_mediation_way_is_mine(const struct gv_check *c, const void *subject)
{
	bool online = gv_text_is(subject, "intake", "online");

	return gv_mediation_applies(c, subject) && online == gv_str_starts(gv_str_of(c->rule->id), GV_STR("OM-"));
}

int gv_mediation_fetch(const void *subject, struct gv_str id, const struct gv_val **out, struct gv_err *err)
{
	const struct gv_mediation_subject *s = subject;

	*out = NULL;
	return s->fetch && id.n ? s->fetch(s->ctx, id, out, err) : 0;
}

int gv_mediation_missing(struct gv_check *c, const char *field)
{
	return gv_finding(c, GV_REVIEW, NULL, _("%s missing"), field);
}

const struct gv_val *gv_mediation_event_of(const struct gv_val *rec, const char *name, struct gv_str party, uint32_t end)
{
	const struct gv_val *e;

	for (uint32_t i = 0; i < end && (e = gv_item_of(rec, "events", i)); i++)
		if (gv_str_is(gv_val_getstr(e, "event"), name) && gv_str_eq(gv_val_getstr(e, "party"), party))
			return e;
	return NULL;
}

/* ---- consent ---- */

static int consent_of(struct gv_check *c, const struct gv_mediation_subject *s, struct gv_str party)
{
	const struct gv_val *e;

	for (uint32_t i = 0; (e = gv_item_of(s->rec->val, "events", i)); i++) {
		struct gv_str name = gv_val_getstr(e, "event"), on = gv_val_getstr(e, "on");
		enum gv_stance stance;

		if (!gv_str_is(name, "session") && !gv_str_is(name, "agree"))
			continue;
		stance = gv_mediation_stance_before(s->rec->val, party, i);
		if (stance == GV_STANCE_REFUSES)
			return gv_finding(c, GV_VIOLATION, NULL, _("%.*s did not agree to mediation (any more), and yet: %.*s on %.*s"),
			                  (int)party.n, party.p, (int)name.n, name.p, (int)on.n, on.p);
		if (stance == GV_STANCE_UNKNOWN)
			return gv_finding(c, GV_REVIEW, NULL, _("no consent of %.*s is recorded before: %.*s on %.*s"), (int)party.n,
			                  party.p, (int)name.n, name.p, (int)on.n, on.p);
	}
	return 0;
}

int gv_mediation_rule_consent(struct gv_check *c, const void *subject)
{
	const struct gv_mediation_subject *s = subject;
	const struct gv_val *p;
	int rc = 0;

	if (!gv_mediation_way_is_mine(c, s) || gv_text_is(s, "referral", "after-filing"))
		return 0;
	if (!gv_text_of(s, "referral").n)
		rc = gv_finding(c, GV_REVIEW, NULL, "%s", _("referral missing: before or after filing?"));
	for (uint32_t i = 0; !rc && (p = gv_item_of(s->rec->val, "parties", i)); i++)
		rc = consent_of(c, s, gv_val_getstr(p, "name"));
	return rc;
}

/* ---- who mediates ---- */

static int each_mediator(struct gv_check *c, const struct gv_mediation_subject *s,
                         int (*each)(struct gv_check *c, const struct gv_mediation_subject *s, const struct gv_val *appointment,
                                     const struct gv_val *mediator))
{
	const struct gv_val *a, *m;
	int rc = 0;

	for (uint32_t i = 0; !rc && (a = gv_item_of(s->rec->val, "mediators", i)); i++) {
		struct gv_str id = gv_val_getstr(a, "mediator");

		rc = gv_mediation_fetch(s, id, &m, c->err);
		if (!rc && !m)
			rc = gv_finding(c, GV_REVIEW, NULL, _("%.*s is not known here"), (int)id.n, id.p);
		else if (!rc)
			rc = each(c, s, a, m);
	}
	return rc;
}

/* Was the mediator out of the register on that day, by what happened until then? */
static struct gv_str out_by(const struct gv_val *mediator, gv_day day)
{
	struct gv_str out = { 0 };
	const struct gv_val *e;
	struct gv_moment m;

	for (uint32_t i = 0; (e = gv_item_of(mediator, "events", i)); i++) {
		struct gv_str name = gv_val_getstr(e, "event");

		if (gv_moment_parse(&m, gv_val_getstr(e, "on"), NULL) || m.day > day)
			continue;
		if (gv_str_is(name, "suspend") || gv_str_is(name, "remove") || gv_str_is(name, "leave"))
			out = name;
		else if (gv_str_is(name, "reinstate") || gv_str_is(name, "return"))
			out = (struct gv_str){ 0 };
	}
	return out;
}

static int check_register(struct gv_check *c, const struct gv_mediation_subject *s, const struct gv_val *a, const struct gv_val *m)
{
	struct gv_str id = gv_val_getstr(a, "mediator"), on = gv_val_getstr(a, "appointed_on"), out;
	gv_day day = gv_day_read(on), last = gv_day_read(gv_val_getstr(m, "listed_until"));

	(void)s;
	if (day == GV_DAY_NONE)
		return gv_finding(c, GV_REVIEW, NULL, _("%.*s: appointed_on missing"), (int)id.n, id.p);
	out = out_by(m, day);
	if (out.n)
		return gv_finding(c, GV_VIOLATION, NULL, _("%.*s was not in the register when appointed on %.*s: %.*s"), (int)id.n,
		                  id.p, (int)on.n, on.p, (int)out.n, out.p);
	if (last != GV_DAY_NONE && day > last)
		return gv_finding(c, GV_VIOLATION, NULL, _("%.*s was in the register until %.*s, and was appointed on %.*s"), (int)id.n,
		                  id.p, GV_DATE_LEN, gv_val_getstr(m, "listed_until").p, (int)on.n, on.p);
	return 0;
}

int gv_mediation_rule_from_register(struct gv_check *c, const void *subject)
{
	return gv_mediation_applies(c, subject) ? each_mediator(c, subject, check_register) : 0;
}

int gv_mediation_rule_presiding(struct gv_check *c, const void *subject)
{
	const struct gv_mediation_subject *s = subject;
	size_t n = 0, presiding = 0;
	const struct gv_val *a;

	for (uint32_t i = 0; (a = gv_item_of(s->rec->val, "mediators", i)); i++) {
		n++;
		presiding += gv_val_is_true(a, "presiding");
	}
	if (!gv_mediation_applies(c, s) || gv_text_is(s, "mechanism", "judge"))
		return 0;
	if (!n && (gv_text_is(s, "state", "mediating") || gv_mediation_agreed(s)))
		return gv_finding(c, GV_REVIEW, NULL, "%s", _("mediators missing: nobody mediates"));
	if (n > 1 && presiding != 1)
		return gv_finding(c, GV_VIOLATION, NULL, _("of %zu mediators %zu preside, it should be 1"), n, presiding);
	return 0;
}

static int check_fair(struct gv_check *c, const struct gv_mediation_subject *s, const struct gv_val *a, const struct gv_val *m)
{
	struct gv_str id = gv_val_getstr(a, "mediator");
	const struct gv_val *relations = gv_val_get(m, "relations");
	struct gv_conflict_of of = { 0 };

	if (relations && relations->type != GV_ARRAY)
		return gv_finding(c, GV_REVIEW, NULL, _("%.*s: the relations are sealed"), (int)id.n, id.p);
	if (!gv_mediation_conflict(s->rec->val, m, &of) || gv_mediation_waived(s->rec->val, id))
		return 0;
	return gv_finding(c, GV_VIOLATION, NULL, _("%.*s is near %.*s (%.*s), and not all parties have waived it in writing"), (int)id.n,
	                  id.p, (int)of.who.n, of.who.p, (int)of.rel.n, of.rel.p);
}

int gv_mediation_rule_fairness(struct gv_check *c, const void *subject)
{
	return gv_mediation_applies(c, subject) ? each_mediator(c, subject, check_fair) : 0;
}

static int check_disclosed(struct gv_check *c, const struct gv_mediation_subject *s, const struct gv_val *a, const struct gv_val *m)
{
	struct gv_str id = gv_val_getstr(a, "mediator");
	struct gv_conflict_of of = { 0 };

	if (!gv_mediation_conflict(s->rec->val, m, &of) || gv_mediation_event(s->rec->val, "disclose"))
		return 0;
	return gv_finding(c, GV_VIOLATION, NULL, _("%.*s is near %.*s (%.*s), and has not disclosed it"), (int)id.n, id.p,
	                  (int)of.who.n, of.who.p, (int)of.rel.n, of.rel.p);
}

int gv_mediation_rule_disclosed(struct gv_check *c, const void *subject)
{
	return gv_mediation_way_is_mine(c, subject) ? each_mediator(c, subject, check_disclosed) : 0;
}

/* One from Hong Kong, Macao or Taiwan may mediate what concerns a mainland firm with capital from there, too. */
static int check_foreign(struct gv_check *c, const struct gv_mediation_subject *s, const struct gv_val *a, const struct gv_val *m)
{
	struct gv_str id = gv_val_getstr(a, "mediator"), origin = gv_val_getstr(m, "origin");
	const struct gv_val *foreign = gv_val_get(s->rec->val, "foreign");

	const struct gv_val *over = gv_str_is(origin, "foreign") ? NULL : gv_mediation_overridden(s->rec->val, "OM-17");

	if (!origin.n || gv_str_is(origin, "mainland") || gv_val_is_true(s->rec->val, "foreign"))
		return 0;
	if (over)
		return gv_finding(c, GV_REVIEW, NULL, _("%.*s is from abroad (%.*s); overridden: %.*s"), (int)id.n, id.p, (int)origin.n,
		                  origin.p, (int)gv_val_getstr(over, "reason").n, gv_val_getstr(over, "reason").p);
	return gv_finding(c, foreign && gv_str_is(origin, "foreign") ? GV_VIOLATION : GV_REVIEW, NULL,
	                  _("%.*s is from abroad (%.*s), and no party is said to be"), (int)id.n, id.p, (int)origin.n, origin.p);
}

int gv_mediation_rule_foreign(struct gv_check *c, const void *subject)
{
	return gv_mediation_way_is_mine(c, subject) ? each_mediator(c, subject, check_foreign) : 0;
}

/* Is the name a party's agent, or a party or other person of the later case, or on its panel? */
static struct gv_str role_in(const struct gv_val *later, struct gv_str name)
{
	const struct gv_val *p, *a;

	for (uint32_t i = 0; (p = gv_item_of(later, "panel", i)); i++)
		if (gv_str_eq(gv_val_str(p), name))
			return GV_STR("合议庭");
	for (uint32_t i = 0; (p = gv_item_of(later, "parties", i)); i++) {
		if (gv_str_eq(gv_val_getstr(p, "name"), name))
			return gv_val_getstr(p, "role");
		for (uint32_t k = 0; (a = gv_item_of(p, "agents", k)); k++)
			if (gv_str_eq(gv_val_getstr(a, "name"), name))
				return GV_STR("诉讼代理人");
	}
	return (struct gv_str){ 0 };
}

static int check_later(struct gv_check *c, const struct gv_mediation_subject *s, const struct gv_val *a, const struct gv_val *m)
{
	struct gv_doc kept = GV_DOC_INIT;
	struct gv_val name; /* what is fetched next takes the mediator's place */
	const struct gv_val *link, *later;
	int rc;

	(void)a;
	name = gv_mkstr(&kept, gv_val_getstr(m, "name"));
	rc = name.type == GV_STRING ? 0 : gv_fail_nomem(c->err);
	for (uint32_t i = 0; !rc && (link = gv_item_of(s->rec->val, "links", i)); i++) {
		struct gv_str id = gv_val_getstr(link, "id"), role = { 0 };

		if (!gv_str_is(gv_val_getstr(link, "rel"), "case"))
			continue;
		rc = gv_mediation_fetch(s, id, &later, c->err);
		if (!rc && later)
			role = role_in(later, gv_val_str(&name));
		if (!rc && !later)
			rc = gv_finding(c, GV_REVIEW, NULL, _("%.*s is not known here"), (int)id.n, id.p);
		else if (!rc && role.n)
			rc = gv_finding(c, GV_VIOLATION, NULL, _("the mediator %s is %.*s in %.*s"), name.s, (int)role.n, role.p,
			                (int)id.n, id.p);
	}
	gv_doc_free(&kept);
	return rc;
}

int gv_mediation_rule_later_role(struct gv_check *c, const void *subject)
{
	return gv_mediation_applies(c, subject) ? each_mediator(c, subject, check_later) : 0;
}

int gv_mediation_rule_reported(struct gv_check *c, const void *subject)
{
	const struct gv_mediation_subject *s = subject;
	const struct gv_val *e = gv_mediation_event(s->rec->val, "suspend");

	if (!gv_mediation_applies(c, s) || (!e && !gv_text_is(s, "state", "suspended")))
		return 0;
	if (!e)
		return gv_finding(c, GV_REVIEW, NULL, "%s", _("suspended, but no event says since when and why"));
	if (gv_val_getstr(e, "doc").n || gv_val_getstr(e, "note").n)
		return 0;
	return gv_finding(c, GV_REVIEW, NULL, _("suspended on %.*s, and no report (doc or note) is recorded"), GV_DATE_LEN,
	                  gv_val_getstr(e, "on").p);
}

/* ---- time ---- */

struct timing {
	struct gv_check *c;
	const void *subject;
};

/* One side would not, before anybody was to mediate: that clock never ran. */
static bool never_began(const struct gv_mediation_subject *s, const char *clock)
{
	return strcmp(clock, "mediation-limit") == 0 && !gv_item_of(s->rec->val, "mediators", 0) &&
	       gv_rule_listed(GV_STR("refused,withdrawn,unreachable"), gv_text_of(s, "ended_by"));
}

/* Of a mediation that has ended one way or another, a clock that was never ended is told by other rules. */
static int judge_time(void *ctx, const struct gv_mediation_clock *m)
{
	struct timing *t = ctx;
	char until[GV_DATE_LEN + 1], done[GV_DATE_LEN + 1];
	bool open = m->done == GV_DAY_NONE, target = strcmp(m->clock.name, "confirmation-limit") != 0;
	enum gv_level level = gv_str_is(m->clock.rule, "CF-08") && target ? GV_REVIEW : GV_VIOLATION;
	/* One that is mediated by a sector's body has two terms, and no text says which of them goes first. */
	bool other = strcmp(m->clock.name, "mediation-limit") == 0 && gv_rule_listed(GV_STR("medical,consumer,traffic,labour"),
	                                                                             gv_text_of(t->subject, "mechanism"));

	if (m->clock.until == GV_DAY_NONE)
		return open || never_began(t->subject, m->clock.name) ? 0 : gv_finding(t->c, GV_REVIEW, NULL, "%s: %.*s", m->clock.name, (int)m->clock.note.n, m->clock.note.p);
	gv_day_format(m->clock.until, until);
	gv_day_format(m->done, done);
	if (other)
		level = GV_REVIEW;
	if (!open && m->done > m->clock.until)
		return gv_finding(t->c, level, NULL, _("%s: done on %s, the last day was %s"), m->clock.name, done, until);
	if (open && !m->lapses && m->clock.state == GV_CLOCK_OVERDUE)
		return gv_finding(t->c, level, NULL, _("%s: not done yet, the last day was %s"), m->clock.name, until);
	return 0;
}

int gv_mediation_rule_in_time(struct gv_check *c, const void *subject)
{
	const struct gv_mediation_subject *s = subject;
	struct timing t = { c, subject };

	/* An extension without the event that all agreed to it. */
	if (gv_str_is(gv_str_of(c->rule->id), gv_text_is(s, "intake", "online") ? "OM-14" : "ME-09") &&
	    gv_text_of(s, "extended_until").n && !gv_mediation_event(s->rec->val, "extend")) {
		int rc = gv_finding(c, GV_REVIEW, NULL, "%s", _("extended_until is set, but no event extend says that all agreed"));

		if (rc)
			return rc;
	}
	return gv_mediation_clocks_of(s->clocks, s->rec, c->rule->id, c->as_of, judge_time, &t, c->err);
}
