/* SPDX-License-Identifier: MIT */
/* publication_rules_acts: days, services, what was done and said. */
#include <string.h>

#include "publication_rules_impl.h"

/* ---- clocks ---- */

struct late { struct gv_check *c; const char *names; enum gv_level level; };

/* {"from","until","done"}: for machines, which read no messages. */
static int facts_of(struct gv_doc *d, const struct gv_publication_clock *k, struct gv_val *out, struct gv_err *err)
{
	const struct { const char *name; gv_day day; } days[] = { { "from", k->from }, { "until", k->until }, { "done", k->done } };
	int rc = 0;

	*out = gv_mkobj();
	for (size_t i = 0; i < sizeof days / sizeof days[0] && !rc; i++)
		if (days[i].day != GV_DAY_NONE)
			rc = gv_obj_set(d, out, gv_str_of(days[i].name), gv_mkstr(d, gv_str_of(gv_publication_date(days[i].day).s)), err);
	return rc;
}

static int tell(void *ctx, const struct gv_publication_clock *k)
{
	struct late *l = ctx;
	struct gv_check *c = l->c;
	struct gv_val facts;
	int rc;

	if (!gv_rule_listed(gv_str_of(l->names), gv_str_of(k->name)))
		return 0;
	if (k->until == GV_DAY_NONE)
		return gv_finding(c, GV_REVIEW, NULL, _("%s of %s: no calendar for its last day"), k->what, gv_publication_date(k->from).s);
	rc = facts_of(&c->scratch, k, &facts, c->err);
	if (rc)
		return rc;
	if (k->done != GV_DAY_NONE)
		return k->done <= k->until ? 0 : gv_finding(c, l->level, &facts, _("%s of %s: was due by %s (%s), and done on %s"), k->what, gv_publication_date(k->from).s,
		                                            gv_publication_date(k->until).s, k->name, gv_publication_date(k->done).s);
	if (c->as_of > k->until)
		return gv_finding(c, l->level, &facts, _("%s of %s: was due by %s (%s), and is not done"), k->what, gv_publication_date(k->from).s,
		                  gv_publication_date(k->until).s, k->name);
	return gv_finding(c, GV_INFO, &facts, _("%s of %s: due by %s (%s)"), k->what, gv_publication_date(k->from).s, gv_publication_date(k->until).s, k->name);
}

int gv_publication_late(struct gv_check *c, const void *subject, const char *names, enum gv_level level)
{
	struct late l = { c, names, level };

	return gv_publication_clocks(gv_publication_of(subject), c->as_of, tell, &l);
}

int gv_publication_rule_in_time(struct gv_check *c, const void *subject)
{
	return gv_publication_late(c, subject, "publication", GV_WARN);
}

/* ---- PUB-03, PUB-06 ---- */

static bool was_told(const struct gv_val *rec, struct gv_str party)
{
	const struct gv_val *log = gv_val_items(rec, "events");

	for (uint32_t i = 0; i < log->n; i++)
		if (gv_publication_is(&log->items[i], "event", "notify-scope") && gv_str_eq(gv_val_getstr(&log->items[i], "party"), party))
			return true;
	return false;
}

int gv_publication_rule_told(struct gv_check *c, const void *subject)
{
	const struct gv_publication *p = gv_publication_of(subject);
	const struct gv_val *parties = gv_val_items(p->kase, "parties");
	uint32_t untold = 0, first = 0;

	if (!parties->n)
		return gv_publication_missing(c, "parties");
	for (uint32_t i = parties->n; i-- > 0;)
		if (!was_told(p->rec, gv_val_getstr(&parties->items[i], "name"))) {
			untold++;
			first = i;
		}
	return untold ? gv_finding(c, GV_REVIEW, NULL, _("%u of %u parties were not told what is published, the first parties[%u]"), untold, parties->n, first) : 0;
}

/* What the services say against what stands there. */
static int compare_effect(struct gv_check *c, const struct gv_val *rec, const struct gv_publication_effect *e)
{
	gv_day stated = gv_publication_day(rec, "effective_on"), released = gv_publication_day(rec, "released_on");

	if (stated != GV_DAY_NONE && stated != e->day)
		return gv_finding(c, GV_VIOLATION, NULL, _("effective_on is %s, and by the services it is %s"), gv_publication_date(stated).s, gv_publication_date(e->day).s);
	if (released != GV_DAY_NONE && released < e->day && gv_publication_in_state(rec, "released,withdrawn"))
		return gv_finding(c, GV_VIOLATION, NULL, _("released on %s, and it has effect from %s on"), gv_publication_date(released).s, gv_publication_date(e->day).s);
	return e->stated ? gv_finding(c, GV_REVIEW, NULL, "%s", _("effective_on rests on the case alone: served missing")) : 0;
}

int gv_publication_rule_effect(struct gv_check *c, const void *subject)
{
	const struct gv_publication *p = gv_publication_of(subject);
	struct gv_publication_effect e = gv_publication_effective(p, NULL);

	if (e.day != GV_DAY_NONE)
		return compare_effect(c, p->rec, &e);
	if (strcmp(e.lacks, "calendar") == 0)
		return gv_finding(c, GV_REVIEW, NULL, "%s", _("no calendar for the end of the time to appeal"));
	if (e.party.n)
		return gv_finding(c, GV_REVIEW, NULL, "%s", _("served: not every party of the case"));
	if (gv_publication_in_state(p->rec, "released"))
		return gv_finding(c, GV_VIOLATION, NULL, _("it is published, and nothing shows its effect: %s missing"), e.lacks);
	return gv_publication_missing(c, e.lacks);
}

/* ---- PUB-08 ---- */

/* The hash of the text among the files of the case; {0}: it is not there. */
static struct gv_str hash_in_case(const struct gv_publication *p)
{
	const struct gv_val *files = gv_val_items(p->kase, "files");
	struct gv_str name = gv_val_getstr(p->rec, "file");

	for (uint32_t i = 0; i < files->n; i++)
		if (name.n && gv_str_eq(gv_val_getstr(&files->items[i], "name"), name))
			return gv_val_getstr(&files->items[i], "sha256");
	return (struct gv_str){ 0 };
}

int gv_publication_rule_same(struct gv_check *c, const void *subject)
{
	static const char *const fields[] = { "issued_by", "profile" };
	const struct gv_publication *p = gv_publication_of(subject);
	struct gv_str hash = gv_val_getstr(p->rec, "text_sha256"), now = hash_in_case(p);
	int rc = 0;

	/* Who answers for it, and by which practice names are hidden. */
	for (size_t i = 0; i < sizeof fields / sizeof fields[0] && !rc; i++)
		if (gv_publication_is(p->rec, "decision", "publish") && !gv_val_get(p->rec, fields[i]))
			rc = gv_publication_missing(c, fields[i]);
	if (!rc && hash.n && p->kase && !gv_str_eq(hash, now))
		rc = gv_finding(c, GV_REVIEW, NULL, "%s", now.n ? _("the text in the case is another one now") : _("the text is not among the files of the case any more"));
	/* An event alone has put nothing where the public can see it. */
	if (!rc && gv_publication_in_state(p->rec, "released,stub") && !gv_val_get(p->rec, "public_id"))
		rc = gv_publication_missing(c, "public_id");
	if (!rc && gv_publication_in_state(p->rec, "released") && !gv_val_get(p->rec, "redacted_sha256"))
		rc = gv_publication_missing(c, "redacted_sha256");
	return rc ? rc : gv_publication_late(c, subject, "correction", GV_REVIEW);
}

/* ---- PUB-09, PUB-10 ---- */

int gv_publication_rule_withdrawn(struct gv_check *c, const void *subject)
{
	const struct gv_val *rec = gv_publication_of(subject)->rec;
	const struct gv_val *act = gv_publication_event(rec, "withdraw", c->as_of);

	if (!act && !gv_publication_in_state(rec, "withdrawn"))
		return 0;
	if (!gv_val_get(rec, "withdrawn_reason"))
		return gv_publication_missing(c, "withdrawn_reason");
	if (!gv_val_get(rec, "released_on"))
		return gv_finding(c, GV_REVIEW, NULL, "%s", _("withdrawn, and that it was published is not on record: released_on missing"));
	if (gv_publication_in_state(rec, "withdrawn"))
		return gv_finding(c, GV_REVIEW, NULL, _("withdrawn on %s, and neither published again nor shown as a stub"), gv_publication_date(gv_publication_day(rec, "withdrawn_on")).s);
	return 0;
}

int gv_publication_rule_complaints(struct gv_check *c, const void *subject)
{
	const struct gv_val *rec = gv_publication_of(subject)->rec;
	const struct gv_val *last = gv_publication_event(rec, "complain,answer", c->as_of);

	if (!last || !gv_publication_is(last, "event", "complain"))
		return 0;
	return gv_finding(c, GV_REVIEW, NULL, _("complaint of %s: not answered"), gv_publication_date(gv_publication_day(last, "on")).s);
}

/* ---- PUB-12 ---- */

static bool is_ours(const struct gv_publication_subject *s)
{
	struct gv_caseno number;
	struct gv_err none;

	return !s->court || gv_caseno_parse(s->p.cn, &number, gv_val_getstr(s->p.rec, "case"), &none) || !number.court[0] || strcmp(number.court, s->court) == 0;
}

/* What the applicant should have been told on that day, and why. */
static const char *answer_of(const struct gv_publication_subject *s, gv_day on, const char **why)
{
	gv_day released = gv_publication_day(s->p.rec, "released_on"), withdrawn = gv_publication_day(s->p.rec, "withdrawn_on");
	gv_day effective = gv_publication_effective(&s->p, NULL).day;

	*why = N_("another court made it");
	if (!is_ours(s))
		return "referred";
	*why = N_("it is about a state secret");
	if (gv_publication_is(s->p.rec, "ground", "state-secret"))
		return "refused";
	*why = N_("it had no effect yet");
	if (effective != GV_DAY_NONE && effective > on)
		return "refused";
	*why = N_("it was published");
	if (gv_publication_is(s->p.rec, "decision", "publish") && released != GV_DAY_NONE && released <= on && (withdrawn == GV_DAY_NONE || withdrawn > on || withdrawn < released))
		return "directed";
	*why = N_("it had effect and was not published");
	return effective == GV_DAY_NONE ? NULL : "given";
}

int gv_publication_rule_access(struct gv_check *c, const void *subject)
{
	const struct gv_publication_subject *s = subject;
	const struct gv_val *log = gv_val_items(s->p.rec, "events");
	int rc = 0;

	for (uint32_t i = 0; i < log->n && !rc; i++) {
		gv_day on = gv_publication_day(&log->items[i], "on");
		struct gv_str result = gv_val_getstr(&log->items[i], "result");
		const char *why, *right;

		if (!gv_publication_is(&log->items[i], "event", "ask-access") || on > c->as_of)
			continue;
		right = answer_of(s, on, &why);
		if (!right)
			rc = gv_publication_missing(c, "served");
		else if (!gv_str_is(result, right)) /* secrets of business and privacy are for a person to see */
			rc = gv_finding(c, gv_str_is(result, "refused") ? GV_REVIEW : GV_VIOLATION, NULL, _("asked on %s: %.*s, and %s: %s"), gv_publication_date(on).s,
			                (int)result.n, result.p, _(why), right);
	}
	return rc;
}
