/* SPDX-License-Identifier: MIT */
/* mediation_rules_conduct: the application, confidence, another mediator, and the way back to the court. */
#include "mediation_rules_impl.h"

enum { FILING_DAYS = 7 };  /* the court has them to decide on filing (LA-04) */

/* ---- the application ---- */

static int check_applicant(struct gv_check *c, const struct gv_val *p)
{
	static const char *const fields[] = { "phone", "electronic_address" };
	struct gv_str name = gv_val_getstr(p, "name");
	int rc = 0;

	if (!gv_val_get(p, "id_no") && !gv_val_get(p, "credit_code"))
		rc = gv_finding(c, GV_REVIEW, NULL, _("%.*s: %s missing"), (int)name.n, name.p, "id_no, credit_code");
	for (size_t i = 0; i < sizeof fields / sizeof fields[0] && !rc; i++)
		if (!gv_val_get(p, fields[i]))
			rc = gv_finding(c, GV_REVIEW, NULL, _("%.*s: %s missing"), (int)name.n, name.p, fields[i]);
	return rc;
}

int gv_mediation_rule_application(struct gv_check *c, const void *subject)
{
	const struct gv_mediation_subject *s = subject;
	const struct gv_val *p;
	int rc = 0;

	if (!gv_mediation_way_is_mine(c, s))
		return 0;
	if (!gv_text_of(s, "facts").n)
		rc = gv_mediation_missing(c, "facts");
	if (!rc && !gv_item_of(s->rec->val, "files", 0))
		rc = gv_mediation_missing(c, "files");
	for (uint32_t i = 0; !rc && (p = gv_item_of(s->rec->val, "parties", i)); i++)
		if (gv_str_is(gv_val_getstr(p, "role"), "申请人"))
			rc = check_applicant(c, p);
	return rc;
}

int gv_mediation_rule_sent_back(struct gv_check *c, const void *subject)
{
	const struct gv_mediation_subject *s = subject;
	const struct gv_val *e = gv_mediation_event(s->rec->val, "send-back");
	int rc = 0;

	if (!gv_mediation_way_is_mine(c, s) || !gv_text_is(s, "state", "returned"))
		return 0;
	if (gv_text_is(s, "referral", "after-filing"))
		rc = gv_finding(c, GV_WARN, NULL, "%s", _("sent back although the case is filed: that is for applications before filing"));
	if (rc || !e || !gv_val_getstr(e, "ground").n)
		return rc ? rc : gv_finding(c, GV_REVIEW, NULL, "%s", _("sent back, but no event send-back has the ground"));
	if (gv_val_getstr(e, "doc").n || gv_val_getstr(e, "note").n)
		return 0;
	return gv_finding(c, GV_REVIEW, NULL, _("sent back on %.*s: neither doc nor note says where the applicant was told to go"), GV_DATE_LEN,
	                  gv_val_getstr(e, "on").p);
}

/* ---- another mediator ---- */

static bool assigned_after(const struct gv_val *rec, uint32_t i)
{
	const struct gv_val *e;

	while ((e = gv_item_of(rec, "events", ++i)))
		if (gv_str_is(gv_val_getstr(e, "event"), "assign"))
			return true;
	return false;
}

int gv_mediation_rule_change(struct gv_check *c, const void *subject)
{
	const struct gv_mediation_subject *s = subject;
	const struct gv_val *e;
	int rc = 0;

	if (!gv_mediation_way_is_mine(c, s) || !gv_rule_listed(GV_STR("accepted,assigned,mediating,suspended"), gv_text_of(s, "state")))
		return 0;
	for (uint32_t i = 0; !rc && (e = gv_item_of(s->rec->val, "events", i)); i++) {
		struct gv_str party = gv_val_getstr(e, "party"), on = gv_val_getstr(e, "on");

		if (!gv_str_is(gv_val_getstr(e, "event"), "ask-change"))
			continue;
		if (gv_mediation_event_of(s->rec->val, "ask-change", party, i))
			rc = gv_finding(c, GV_REVIEW, NULL, _("%.*s asked for another mediator again on %.*s: unless %.*s chooses one, that is a refusal"),
			                (int)party.n, party.p, (int)on.n, on.p, (int)party.n, party.p);
		else if (!assigned_after(s->rec->val, i))
			rc = gv_finding(c, GV_REVIEW, NULL, _("%.*s asked for another mediator on %.*s, and none was appointed since"),
			                (int)party.n, party.p, (int)on.n, on.p);
	}
	return rc;
}

/* ---- confidence ---- */

/* The party that had not agreed before event `end`; n = 0 if all had. */
static struct gv_str not_agreed(const struct gv_val *rec, uint32_t end)
{
	const struct gv_val *p;

	for (uint32_t i = 0; (p = gv_item_of(rec, "parties", i)); i++) {
		struct gv_str name = gv_val_getstr(p, "name");

		if (!gv_mediation_event_of(rec, "agree-public", name, end))
			return name;
	}
	return (struct gv_str){ 0 };
}

static int check_public(struct gv_check *c, const struct gv_mediation_subject *s, bool consent_is_enough)
{
	const struct gv_val *e;
	int rc = 0;

	for (uint32_t i = 0; !rc && (e = gv_item_of(s->rec->val, "events", i)); i++) {
		struct gv_str who;

		if (!gv_str_is(gv_val_getstr(e, "event"), "session") || !gv_val_is_true(e, "public"))
			continue;
		who = not_agreed(s->rec->val, i);
		if (who.n)
			rc = gv_finding(c, GV_VIOLATION, NULL, _("session of %.*s was public, and %.*s had not agreed to that"), GV_DATE_LEN,
			                gv_val_getstr(e, "on").p, (int)who.n, who.p);
		else if (!consent_is_enough)
			rc = gv_finding(c, GV_REVIEW, NULL, _("session of %.*s was public: which law lets it be so?"), GV_DATE_LEN,
			                gv_val_getstr(e, "on").p);
	}
	return rc;
}

/* The police mediate in public (公安部令第146号 art. 87), and of medical disputes JM-03 speaks. */
int gv_mediation_rule_confidential(struct gv_check *c, const void *subject)
{
	if (!gv_mediation_applies(c, subject) || gv_rule_listed(GV_STR("medical,traffic"), gv_text_of(subject, "mechanism")))
		return 0;
	return check_public(c, subject, false);
}

int gv_mediation_rule_medical(struct gv_check *c, const void *subject)
{
	int rc = gv_mediation_rule_in_time(c, subject);

	return rc || !gv_mediation_applies(c, subject) || !gv_text_is(subject, "mechanism", "medical") ? rc : check_public(c, subject, true);
}

/* ---- back to the court ---- */

/* Did a mediator ever have the papers? */
static bool had_papers(const struct gv_mediation_subject *s)
{
	const struct gv_val *a;

	for (uint32_t i = 0; (a = gv_item_of(s->rec->val, "mediators", i)); i++)
		if (gv_val_getstr(a, "accepted_on").n)
			return true;
	return gv_text_of(s, "papers_on").n > 0;
}

static bool has_case(const struct gv_val *rec)
{
	const struct gv_val *link;

	for (uint32_t i = 0; (link = gv_item_of(rec, "links", i)); i++)
		if (gv_str_is(gv_val_getstr(link, "rel"), "case"))
			return true;
	return false;
}

static int check_insisting(struct gv_check *c, const struct gv_mediation_subject *s)
{
	const struct gv_val *e = gv_mediation_event(s->rec->val, "insist");
	gv_day on = e ? gv_event_day(e) : GV_DAY_NONE, last;
	struct gv_err err = { 0 };
	struct gv_str who;

	/* What lies within the days needs no calendar. */
	if (on == GV_DAY_NONE || on + FILING_DAYS >= c->as_of)
		return 0;
	if (gv_calendar_next_working(s->calendar, on + FILING_DAYS, &last, &err))
		return gv_finding(c, GV_REVIEW, NULL, "%s", err.msg);
	who = gv_val_getstr(e, "party");
	return last >= c->as_of ? 0 : gv_finding(c, GV_VIOLATION, NULL, _("%.*s insists on suit since %.*s, and no case is opened"), (int)who.n,
	                                         who.p, GV_DATE_LEN, gv_val_getstr(e, "on").p);
}

int gv_mediation_rule_handed_back(struct gv_check *c, const void *subject)
{
	const struct gv_mediation_subject *s = subject;
	int rc = 0;

	if (!gv_mediation_applies(c, s) || !gv_rule_listed(GV_STR("failed,refused"), gv_text_of(s, "state")))
		return 0;
	if (had_papers(s) && !gv_text_is(s, "mechanism", "judge") && !gv_mediation_event(s->rec->val, "papers-back"))
		rc = gv_finding(c, GV_REVIEW, NULL, "%s", _("no event papers-back says that the court has the papers back"));
	if (rc || !gv_text_is(s, "referral", "after-filing"))
		return rc ? rc : check_insisting(c, s);
	return has_case(s->rec->val) ? 0 : gv_finding(c, GV_REVIEW, NULL, "%s", _("entrusted after filing, but links names no case that is tried now"));
}
