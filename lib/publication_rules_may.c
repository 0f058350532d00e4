/* SPDX-License-Identifier: MIT */
/* publication_rules_may: whether it is published, under which name, and what stands in its place. */
#include <string.h>

#include "publication_rules_impl.h"

static bool is_out(const struct gv_val *rec)
{
	return gv_publication_in_state(rec, "released");
}

/* A person was asked, and has not decided yet. */
static int ask_person(struct gv_check *c, const struct gv_val *rec, const struct gv_publication_decision *d)
{
	bool decided = gv_val_getstr(rec, "decided_by").n && (gv_publication_is(rec, "decision", "publish") || gv_publication_is(rec, "decision", "withhold"));

	if (decided || d->answer != GV_BY_DECISION || strcmp(d->rule, c->rule->id) != 0)
		return 0;
	return gv_finding(c, GV_REVIEW, NULL, _("by decision: %s"), _(d->why));
}

int gv_publication_rule_must(struct gv_check *c, const void *subject)
{
	const struct gv_publication *p = gv_publication_of(subject);
	struct gv_publication_decision d = gv_publication_decide(p);
	struct gv_str decision = gv_val_getstr(p->rec, "decision"), kind = gv_val_getstr(p->rec, "doc_kind");

	if (d.answer != GV_PUBLISH)
		return ask_person(c, p->rec, &d);
	if (gv_str_is(decision, "publish"))
		return 0;
	if (!decision.n)
		return gv_publication_missing(c, "decision");
	return gv_finding(c, GV_WARN, NULL, _("%.*s must be published, and the decision is %.*s"), (int)kind.n, kind.n ? kind.p : "", (int)decision.n, decision.p);
}

/* Three tests that are easily taken for one. */
static int tell_minor(struct gv_check *c, const struct gv_val *rec)
{
	static const char *const hearing[] = { N_("open hearing possible"), N_("closed hearing"), N_("trial_age missing") };
	static const char *const seal[] = { N_("record not sealed"), N_("record sealed"), N_("sentence_months missing") };

	return gv_finding(c, GV_INFO, NULL, "%s; %s", _(hearing[gv_publication_closed_hearing(rec)]), _(seal[gv_publication_sealed(rec)]));
}

int gv_publication_rule_must_not(struct gv_check *c, const void *subject)
{
	const struct gv_publication *p = gv_publication_of(subject);
	struct gv_publication_decision d = gv_publication_decide(p);
	int rc = 0;

	if (d.answer != GV_WITHHOLD)
		return ask_person(c, p->rec, &d);
	if (is_out(p->rec))
		rc = gv_finding(c, GV_WARN, NULL, _("%s: it is published, and must be withdrawn"), d.reason);
	else if (gv_publication_is(p->rec, "decision", "publish"))
		rc = gv_finding(c, GV_WARN, NULL, _("%s: it must not be published, and the decision is publish"), d.reason);
	return rc || strcmp(d.ground, "minor-crime") != 0 ? rc : tell_minor(c, p->rec);
}

/* ---- PUB-04 ---- */

int gv_publication_rule_stub(struct gv_check *c, const void *subject)
{
	static const char *const fields[] = { "issued_on", "reason" };
	const struct gv_val *rec = gv_publication_of(subject)->rec;
	bool secret = gv_publication_is(rec, "ground", "state-secret");
	int rc = 0;

	if (!gv_publication_is(rec, "decision", "withhold") || !gv_val_get(rec, "ground"))
		return 0;
	if (secret)
		return gv_publication_in_state(rec, "stub") ? gv_finding(c, GV_REVIEW, NULL, "%s", _("a state secret: even a stub says too much")) : 0;
	for (size_t i = 0; i < sizeof fields / sizeof fields[0] && !rc; i++)
		if (!gv_val_get(rec, fields[i]))
			rc = gv_publication_missing(c, fields[i]);
	return rc ? rc : gv_publication_late(c, subject, "stub", GV_REVIEW);
}

/* ---- PUB-07 ---- */

int gv_publication_rule_steps(struct gv_check *c, const void *subject)
{
	const struct gv_val *rec = gv_publication_of(subject)->rec;
	const char *wanting;

	if (!gv_val_is_true(rec, "unsuitable") && !gv_publication_is(rec, "ground", "unsuitable"))
		return 0;
	wanting = gv_publication_steps(rec, c->as_of);
	return wanting ? gv_finding(c, GV_REVIEW, NULL, "%s", _(wanting)) : 0;
}

/* ---- PUB-11 ---- */

static bool contains(struct gv_str text, struct gv_str word)
{
	return !word.n || gv_str_find(text, word);
}

int gv_publication_rule_name(struct gv_check *c, const void *subject)
{
	static const struct { const char *instance, *word; } levels[] = { { "first", "一审" }, { "second", "二审" }, { "retrial", "再审" } };
	const struct gv_val *rec = gv_publication_of(subject)->rec;
	struct gv_str title = gv_val_getstr(rec, "title"), kind = gv_val_getstr(rec, "doc_kind"), cause = gv_val_getstr(rec, "cause");

	if (!gv_publication_is(rec, "decision", "publish"))
		return 0;
	if (!title.n)
		return gv_publication_missing(c, "title");
	if (!gv_str_ends(title, kind))
		return gv_finding(c, GV_WARN, NULL, _("the title does not end in %.*s"), (int)kind.n, kind.p);
	if (!contains(title, cause))
		return gv_finding(c, GV_WARN, NULL, _("the title does not name %.*s"), (int)cause.n, cause.p);
	for (size_t i = 0; i < sizeof levels / sizeof levels[0]; i++)
		if (gv_publication_is(rec, "instance", levels[i].instance) && !contains(title, gv_str_of(levels[i].word)))
			return gv_finding(c, GV_WARN, NULL, _("the title does not name %s"), levels[i].word);
	return 0;
}
