/* SPDX-License-Identifier: MIT */
/* publication_rules_shown: whether what the public sees is what the record says it sees. */
#include <string.h>

#include "public.h"
#include "publication_rules_impl.h"
#include "sha.h"

/* What the public docket should have of it: a state of documents; NULL: nothing. */
static const char *wanted(const struct gv_val *rec, gv_day as_of)
{
	static const struct { const char *word, *state; } words[] = {
		{ "released", "published" }, { "stub", "withheld" }, { "withdrawn", "withdrawn" },
		{ "release", "published" }, { "republish", "published" }, { "withdraw", "withdrawn" },
	};
	const struct gv_val *act = gv_publication_event(rec, "release,republish,stub,withdraw", as_of);
	struct gv_str says = gv_val_getstr(rec, "state");

	if (!gv_publication_in_state(rec, "released,stub,withdrawn"))
		says = gv_val_getstr(act, "event"); /* it may have been decided anew since */
	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		if (gv_str_is(says, words[i].word))
			return words[i].state;
	return NULL;
}

/* Does the event say what release writes, and the record the same? */
static int facts_agree(struct gv_check *c, const struct gv_val *rec, const struct gv_val *act)
{
	static const struct { const char *of_event, *of_record; bool of_text; } facts[] = { { "public_id", "public_id", false }, { "sha256", "redacted_sha256", true } };
	bool text = gv_publication_in_state(rec, "released");
	int rc = 0;

	for (size_t i = 0; i < sizeof facts / sizeof facts[0] && !rc; i++) {
		struct gv_str told = gv_val_getstr(act, facts[i].of_event), stands = gv_val_getstr(rec, facts[i].of_record);

		if (facts[i].of_text && !text)
			continue;
		if (!told.n)
			rc = gv_finding(c, GV_REVIEW, NULL, _("%s of %s has no %s: it was not made by case-publish release, and nobody knows what is shown"),
			                gv_val_getstr(act, "event").p, gv_publication_date(gv_publication_day(act, "on")).s, facts[i].of_event);
		else if (!gv_str_eq(told, stands))
			rc = gv_finding(c, GV_REVIEW, NULL, _("%s is not what the event %s of %s says"), facts[i].of_record, gv_val_getstr(act, "event").p,
			                gv_publication_date(gv_publication_day(act, "on")).s);
	}
	return rc;
}

/* Is there what should be: `want` NULL: nothing?  *same: it is, and its words may be compared. */
static int same_state(struct gv_check *c, const struct gv_publication_subject *s, const char *want, bool *same)
{
	struct gv_str state = gv_val_getstr(s->rec->val, "state"), there = gv_val_getstr(s->shown, "state");

	*same = s->shown && want && gv_str_is(there, want);
	if (*same || (!s->shown && !want))
		return 0;
	if (!s->shown)
		return gv_finding(c, GV_REVIEW, NULL, _("%s here, and the public docket has nothing of it"), want);
	if (!want)
		return gv_finding(c, GV_REVIEW, NULL, _("%.*s here, and the public docket shows it: %.*s"), (int)state.n, state.p, (int)there.n, there.p);
	return gv_finding(c, GV_REVIEW, NULL, _("%s by what was done here, and in the public docket %.*s"), want, (int)there.n, there.p);
}

static int compare(struct gv_check *c, const struct gv_publication_subject *s)
{
	const struct gv_val *rec = s->p.rec;
	const char *want = wanted(rec, c->as_of);
	unsigned char hash[32];
	char hex[GV_HEX256 + 1];
	bool same;
	int rc = same_state(c, s, want, &same);

	if (!same || strcmp(want, "published") != 0)
		return rc;
	gv_sha256(gv_val_getstr(s->shown, "text"), hash);
	gv_sha256_hex(hash, hex);
	return gv_str_is(gv_val_getstr(rec, "redacted_sha256"), hex) ? 0 : gv_finding(c, GV_REVIEW, NULL, "%s", _("the text in the public docket is not the one that was released"));
}

/* ---- typical cases ---- */

/* Field by field: both sides have the same ones. */
static int same_words(struct gv_check *c, const struct gv_val *rec, const struct gv_val *shown)
{
	const char *const *field = gv_public_fields(GV_STR("typical-case"), GV_STR("released"));
	int rc = 0;

	for (; *field && !rc; field++) {
		const struct gv_val *here = gv_val_get(rec, *field), *there = gv_val_get(shown, *field);

		if (here || there)
			rc = here && there && gv_val_eq(here, there) ? 0 : gv_finding(c, GV_REVIEW, NULL, _("%s is another one in the public docket"), *field);
	}
	return rc;
}

static int compare_typical(struct gv_check *c, const struct gv_publication_subject *s)
{
	const struct gv_val *rec = s->rec->val, *act = gv_publication_event(rec, "release,withdraw", c->as_of);
	const char *want = !act ? NULL : gv_publication_is(act, "event", "release") ? "released" : "withdrawn";
	bool same;
	int rc = same_state(c, s, want, &same);

	return same && strcmp(want, "released") == 0 ? same_words(c, rec, s->shown) : rc;
}

int gv_publication_rule_shown(struct gv_check *c, const void *subject)
{
	const struct gv_publication_subject *s = subject;
	const struct gv_val *rec = s->p.rec, *act;
	int rc = 0;

	if (strcmp(s->rec->id.schema->kind, "typical-case") == 0)
		return s->compared ? compare_typical(c, s) : 0;
	if (gv_publication_in_state(rec, "released,stub")) {
		act = gv_publication_event(rec, gv_publication_in_state(rec, "stub") ? "stub" : "release,republish", c->as_of);
		rc = act ? facts_agree(c, rec, act) : gv_finding(c, GV_REVIEW, NULL, _("state %s, and no event says since when"), gv_val_getstr(rec, "state").p);
	}
	return rc || !s->compared ? rc : compare(c, s);
}
