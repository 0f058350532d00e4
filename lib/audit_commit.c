/* SPDX-License-Identifier: MIT */
/* AU-01 to AU-05 and AU-09: who made the commit at hand, and may that be believed? */
#include "audit_impl.h"

#include <stdlib.h>

#include "i18n.h"
#include "policy.h"

enum { SKEW = 3600 };  /* clocks of different machines differ, but not by more */

/* ---- AU-01 ---- */

static int is_demanded(struct gv_audit *a, bool *yes)
{
	struct gv_err why = { 0 };
	int rc = 0;

	*yes = false;
	if (a->regime.config)
		rc = gv_policy_bool(yes, a->regime.config, "signed_commits", gv_day_from_unix(a->commit.time), &why);
	if (rc == GV_EDATA || a->regime.config_err.code) { /* what cannot be read demands it */
		*yes = true;
		return 0;
	}
	return rc;
}

static int unsigned_commit(struct gv_audit *a, bool demanded)
{
	if (demanded)
		return gv_audit_tell(a, AU_SIGNED, GV_VIOLATION, _("not signed, and the court's policy signed_commits demands it"));
	if (a->asked)
		return gv_audit_tell(a, AU_SIGNED, GV_WARN, _("not signed, though the docket knows signers"));
	if (a->o.strict)
		return gv_audit_tell(a, AU_SIGNED, GV_WARN, _("not signed (the docket knew no signers yet)"));
	return 0;
}

/* ---- AU-02 to AU-04 ---- */

static const char *key_of(const struct gv_audit *a)
{
	return a->verdict.print[0] ? a->verdict.print : _("a key that is no SSH key");
}

static int known(struct gv_audit *a)
{
	const struct gv_err *bad = &a->regime.signers_err;

	if (bad->code)
		return gv_audit_tell(a, AU_KNOWN, GV_VIOLATION, _("the file signers before it cannot be read, so nobody is trusted: "
		                     "line %zu: %s"), bad->line, bad->msg);
	if (!a->regime.has_signers)
		return gv_audit_tell(a, AU_KNOWN, GV_VIOLATION, _("signed with %s, but the docket had no file signers before it"),
		                     key_of(a));
	return gv_audit_tell(a, AU_KNOWN, GV_VIOLATION, _("signed with %s, which the file signers before it does not list"),
	                     key_of(a));
}

static int by_whom(struct gv_audit *a)
{
	const struct gv_err *bad = &a->regime.people_err;
	struct gv_str who = a->verdict.signer->principals;

	if (bad->code)
		return gv_audit_tell(a, AU_KNOWN, GV_VIOLATION, _("people/ before it cannot be read, so nobody is known: %s: %s"),
		                     bad->thing, bad->msg);
	if (!a->verdict.actor && a->regime.has_people)
		return gv_audit_tell(a, AU_KNOWN, GV_VIOLATION, _("signed by %.*s, of whom people/ before it has no record"),
		                     (int)who.n, who.p);
	if (gv_actor_is_named(a->verdict.actor, a->verdict.signer, a->commit.committer, a->commit.committer_email))
		return 0;
	return gv_audit_tell(a, AU_PERSON, GV_WARN, _("committed by %.*s <%.*s>, but signed by %.*s"), (int)a->commit.committer.n,
	                     a->commit.committer.p, (int)a->commit.committer_email.n, a->commit.committer_email.p, (int)who.n,
	                     who.p);
}

/* The key's line as it was: its days were known to whoever signed, and to whoever trusted it. */
static bool is_listed_so(const struct gv_signers *list, const struct gv_signer *line)
{
	for (size_t i = 0; i < gv_signers_count(list); i++) {
		const struct gv_signer *now = gv_signers_at(list, i);

		if (now->before == line->before && strcmp(now->key.print, line->key.print) == 0)
			return true;
	}
	return false;
}

/* Whoever builds on what was before a key was revoked, and dates it so, would be let in by the signers of then. */
static int not_revoked(struct gv_audit *a)
{
	const struct gv_signer *line = a->o.arriving ? a->verdict.signer : NULL;
	enum gv_signer_why why = GV_SIGNER_OK;
	struct gv_regime at;
	int rc = line ? gv_audit_baseline(a, &at) : 0;

	if (rc || !line || !at.signers || is_listed_so(at.signers, line))
		return rc;
	gv_signers_find(at.signers, &line->key, "git", a->o.now, &why);
	return why != GV_SIGNER_LATE ? 0 : gv_audit_tell(a, AU_IN_DAYS, GV_VIOLATION, _("the key %s was revoked in the meantime, and "
	                               "only the commit itself says that it is older: somebody else has to sign this"), key_of(a));
}

/* The commit that begins signers is taken on trust: a key that it brings itself is as good as they are. */
static int own_key(struct gv_audit *a)
{
	struct gv_verdict own = { .is = GV_SIG_UNJUDGED };
	int rc = 0;

	if (!a->asked && a->own.has_signers)
		rc = gv_verdict_of(&own, a->regimes, &a->own, a->o.store, &a->commit, a->quick, a->err);
	return rc || own.is == GV_SIG_GOOD ? rc : known(a);
}

static int signed_commit(struct gv_audit *a, bool demanded)
{
	int rc;

	switch (a->verdict.is) {
	case GV_SIG_BAD:
		return gv_audit_tell(a, AU_VALID, GV_VIOLATION, _("the signature does not hold: %s"), a->verdict.why.msg);
	case GV_SIG_UNJUDGED:
		return demanded || a->asked ? own_key(a) : 0;
	case GV_SIG_UNKNOWN:
		return known(a);
	case GV_SIG_EARLY:
		return gv_audit_tell(a, AU_IN_DAYS, GV_VIOLATION, _("the key %s was not valid yet"), key_of(a));
	case GV_SIG_LATE:
		return gv_audit_tell(a, AU_IN_DAYS, GV_VIOLATION, _("the key %s was not valid any more"), key_of(a));
	case GV_SIG_SPACE:
		return gv_audit_tell(a, AU_IN_DAYS, GV_VIOLATION, _("the key %s is not for commits (namespaces in signers)"),
		                     key_of(a));
	default:
		rc = not_revoked(a);
		return rc ? rc : by_whom(a);
	}
}

/* ---- what it did to signers ---- */

static int signers_before_and_after(struct gv_audit *a)
{
	bool of_parent = gv_oid_eq(&a->regime.tree, &a->before[0]) || gv_oid_eq(&a->regime.tree, &a->before[1]);
	char hex[GV_HEX + 1];

	if (a->asked && of_parent && a->regime.has_signers && !a->own.has_signers)
		return gv_audit_tell(a, AU_KNOWN, GV_VIOLATION, _("it takes the file signers away"));
	if (a->asked || !a->own.has_signers)
		return 0;
	if (a->adopted_at == GV_LINE_NONE) {
		a->adopted_at = a->pos;
		return gv_audit_tell(a, AU_KNOWN, GV_INFO, _("signers begin here, taken on trust: keys %zu"),
		                     a->own.signers ? gv_signers_count(a->own.signers) : 0);
	}
	gv_oid_hex(gv_lineage_at(a->line, a->adopted_at), hex);
	return gv_audit_tell(a, AU_KNOWN, GV_VIOLATION, _("signers begin a second time here, after commit %.10s began them on "
	                     "another line: neither was judged by the other"), hex);
}

/* ---- AU-09 ---- */

static int time_forward(struct gv_audit *a)
{
	int64_t back = a->commit.time - a->claimed, ahead = a->o.now ? a->claimed - a->o.now : 0;

	if (ahead > SKEW)
		return gv_audit_tell(a, AU_TIME, a->o.arriving ? GV_VIOLATION : GV_WARN, _("made %lld minutes in the future, by its "
		                     "own clock"), (long long)ahead / 60);
	if (back > SKEW)
		return gv_audit_tell(a, AU_TIME, GV_WARN, _("made %lld minutes before its parent, by its own clock: judged as of its "
		                     "parent's time"), (long long)back / 60);
	return 0;
}

/* ---- AU-07 ---- */

int gv_audit_whole(struct gv_audit *a)
{
	bool cut = false;

	for (unsigned i = 0; i < a->commit.parents && i < 2; i++)
		cut = cut || gv_oid_is_zero(&a->before[i]);
	return !cut ? 0 : gv_audit_tell(a, AU_WHOLE, GV_VIOLATION, _("history is cut off here, as in a shallow clone: what came "
	                                "before is not known (git fetch --unshallow)"));
}

int gv_audit_signature(struct gv_audit *a)
{
	bool demanded;
	int rc = is_demanded(a, &demanded);

	if (!rc)
		rc = a->verdict.is == GV_SIG_NONE ? unsigned_commit(a, demanded) : signed_commit(a, demanded);
	if (!rc)
		rc = signers_before_and_after(a);
	return rc ? rc : time_forward(a);
}

/* ---- lines that were not asked ---- */

static void mark_before(struct gv_audit *a)
{
	a->flags[a->adopted_at] |= FLAG_PRE;
	for (uint32_t i = a->adopted_at + 1; i-- > 0;)
		for (unsigned k = 0; k < 2 && a->flags[i] & FLAG_PRE; k++) {
			uint32_t parent = gv_lineage_parent(a->line, i, k);

			if (parent != GV_LINE_NONE)
				a->flags[parent] |= FLAG_PRE;
		}
}

static int late_line(struct gv_audit *a, uint32_t pos)
{
	char hex[GV_HEX + 1];
	int64_t latest;
	int rc;

	gv_oid_hex(gv_lineage_at(a->line, a->adopted_at), hex);
	a->pos = pos;
	a->id = *gv_lineage_at(a->line, pos);
	rc = gv_audit_load(a, gv_lineage_at(a->line, pos), &a->obj, &a->commit, a->before, &latest);
	a->verdict = (struct gv_verdict){ 0 };
	a->note = gv_notes_find(&a->notes, gv_lineage_at(a->line, pos));
	a->corrects = (struct gv_oid){ 0 };
	return rc ? rc : gv_audit_tell(a, AU_KNOWN, GV_VIOLATION, _("nobody's signature was asked for: its line of history knew no "
	                               "signers, and was joined after commit %.10s began them"), hex);
}

static int tell_before(struct gv_audit *a)
{
	bool never = a->adopted_at == GV_LINE_NONE;

	a->id = never ? a->o.tip : *gv_lineage_at(a->line, a->adopted_at);
	a->commit = (struct gv_commit){ 0 };
	a->verdict = (struct gv_verdict){ 0 };
	a->note = NULL;
	a->corrects = (struct gv_oid){ 0 };
	if (never)
		return gv_audit_tell(a, AU_SIGNED, GV_INFO, _("the docket knows no signers; commits not asked for signatures: %zu"),
		                     a->sums->before);
	return gv_audit_tell(a, AU_SIGNED, GV_INFO, _("commits from before the docket knew signers, not asked for "
	                     "signatures: %zu"), a->sums->before);
}

int gv_audit_unasked(struct gv_audit *a)
{
	uint32_t n = gv_lineage_count(a->line);
	int rc = 0;

	if (a->adopted_at != GV_LINE_NONE)
		mark_before(a);
	for (uint32_t i = 0; i < n && !rc; i++) {
		if (!(a->flags[i] & FLAG_UNASKED) || i == a->adopted_at)
			continue;
		if (a->adopted_at == GV_LINE_NONE || a->flags[i] & FLAG_PRE)
			a->sums->before++;
		else if (!(a->flags[i] & FLAG_ADOPTED))
			rc = late_line(a, i);
	}
	return rc || !a->sums->before || a->o.strict ? rc : tell_before(a);
}
