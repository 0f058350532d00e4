/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "report.h"

/* Numbers and days as cells. */
struct cell { char text[32]; };

static struct gv_str number(struct cell *c, int64_t n)
{
	snprintf(c->text, sizeof c->text, "%lld", (long long)n);
	return gv_str_of(c->text);
}

static struct gv_str day(struct cell *c, gv_day on)
{
	c->text[0] = '\0';
	if (on != GV_DAY_NONE)
		gv_any_day_format(on, c->text);
	return gv_str_of(c->text);
}

static struct gv_str short_id(struct gv_str hex)
{
	return (struct gv_str){ hex.p, hex.n < 10 ? hex.n : 10 };
}

static void sums(const struct report *r, struct page *p)
{
	const struct gv_audit_sums *s = &r->sums;
	size_t bad = s->verdicts[GV_SIG_BAD] + s->verdicts[GV_SIG_UNKNOWN] + s->verdicts[GV_SIG_EARLY] +
	             s->verdicts[GV_SIG_LATE] + s->verdicts[GV_SIG_SPACE];

	page_line(p, _("commits judged: %zu (merges %zu, corrections %zu, annotations %zu)"), s->commits, s->merges,
	          s->corrections, s->annotations);
	page_line(p, _("signatures: good %zu, none %zu, not to be trusted %zu, before signers were known %zu"),
	          s->verdicts[GV_SIG_GOOD], s->verdicts[GV_SIG_NONE], bad, s->verdicts[GV_SIG_UNJUDGED]);
	page_line(p, _("findings: violations %zu, warnings %zu, to be reviewed %zu, notes %zu"), s->counts[GV_VIOLATION],
	          s->counts[GV_WARN], s->counts[GV_REVIEW], s->counts[GV_INFO]);
	page_line(p, "%s", s->untrue ? _("Result: not to be trusted as it stands") :
	          s->counts[GV_VIOLATION] + s->counts[GV_WARN] + s->counts[GV_REVIEW] ? _("Result: whole, with findings") :
	          _("Result: whole, nothing found"));
}

static const char *title_of(struct gv_str id)
{
	const struct gv_rule *tables[2] = { gv_audit_rules, gv_case_rules };

	for (size_t i = 0; i < 2; i++)
		for (const struct gv_rule *r = tables[i]; r->id; r++)
			if (gv_str_is(id, r->id))
				return gv_rule_title(r);
	return "";
}

static void by_rule(const struct report *r, struct page *p)
{
	const char *const names[] = { _("rule"), _("what it asks"), _("violations"), _("warnings"), _("to review"), _("notes"), NULL };
	struct cell c[4];

	page_heading(p, _("Findings by rule"));
	if (!r->nrules) {
		page_line(p, "%s", _("none"));
		return;
	}
	page_table(p, names);
	for (size_t i = 0; i < r->nrules; i++) {
		const size_t *n = r->rules[i].counts;
		const struct gv_str cells[] = { r->rules[i].id, gv_str_of(title_of(r->rules[i].id)), number(&c[0], (int64_t)n[GV_VIOLATION]),
			                        number(&c[1], (int64_t)n[GV_WARN]), number(&c[2], (int64_t)n[GV_REVIEW]),
			                        number(&c[3], (int64_t)n[GV_INFO]) };

		page_row(p, cells, n[GV_VIOLATION] ? "violation" : n[GV_WARN] + n[GV_REVIEW] ? "warn" : NULL);
	}
	page_table_end(p);
}

/* Findings are records, and name their level in one language; a page is for people. */
static struct gv_str level_of(struct gv_str name)
{
	static const char *const levels[] = { N_("info"), N_("review"), N_("warn"), N_("violation") };

	for (size_t i = 0; i < sizeof levels / sizeof levels[0]; i++)
		if (gv_str_is(name, levels[i]))
			return gv_str_of(_(levels[i]));
	return name;
}

static void findings(const struct report *r, struct page *p)
{
	const char *const names[] = { _("level"), _("rule"), _("about"), _("commit"), _("what"), _("annotated"), NULL };

	page_heading(p, _("Findings"));
	if (!r->findings.n) {
		page_line(p, "%s", _("none"));
		return;
	}
	page_table(p, names);
	for (size_t i = 0; i < r->findings.n; i++) {
		const struct report_line *l = &r->findings.list[i];
		const struct gv_str cells[] = { level_of(l->level), l->rule, l->ref, short_id(l->commit), l->message, l->note };

		page_row(p, cells, gv_str_is(l->level, "violation") ? "violation" : gv_str_is(l->level, "info") ? NULL : "warn");
	}
	page_table_end(p);
	if (r->findings.more)
		page_line(p, _("and %zu more (case-audit verify lists them all)"), r->findings.more);
}

static void people(const struct report *r, struct page *p)
{
	const char *const names[] = { _("who"), _("name"), _("roles"), _("commits"), _("signed"), _("unsigned"), _("first"),
		                      _("last"), NULL };
	struct cell c[5];

	page_heading(p, _("Who made the commits"));
	page_table(p, names);
	for (size_t i = 0; i < r->npeople; i++) {
		const struct report_person *o = &r->people[i];
		const struct gv_str cells[] = { o->who, o->name, o->roles, number(&c[0], o->commits), number(&c[1], o->good),
			                        number(&c[2], o->none), day(&c[3], o->first), day(&c[4], o->last) };

		page_row(p, cells, o->other ? "violation" : NULL);
	}
	page_table_end(p);
}

static void deeds(const struct report *r, struct page *p)
{
	const char *const names[] = { _("who"), _("name"), _("did"), _("commits"), NULL };
	struct cell c;

	page_heading(p, _("Who did what"));
	page_table(p, names);
	for (size_t k = 0; k < r->npeople; k++)
		for (size_t i = 0; i < r->ndeeds; i++) {
			const struct report_deed *d = &r->deeds[i];
			const struct gv_str cells[] = { r->people[k].who, r->people[k].name, d->command, number(&c, d->n) };

			if (d->person == k)
				page_row(p, cells, NULL);
		}
	page_table_end(p);
}

static void listed(const struct report *r, struct page *p, size_t kind, const char *heading)
{
	const char *const names[] = { _("day"), _("commit"), _("who"), _("what"), _("about"), NULL };
	const struct report_list *k = &r->kinds[kind];
	struct cell c;

	if (!k->n)
		return;
	page_heading(p, heading);
	page_table(p, names);
	for (size_t i = 0; i < k->n; i++) {
		const struct report_line *l = &k->list[i];
		const struct gv_str cells[] = { day(&c, l->on), short_id(l->commit), l->rule, l->message, short_id(l->ref) };

		page_row(p, cells, NULL);
	}
	page_table_end(p);
	if (k->more)
		page_line(p, _("and %zu more (case-audit verify lists them all)"), k->more);
}

void report_page(const struct report *r, struct page *p)
{
	struct gv_store *s = gv_cmd_store(r->c);
	char hex[GV_HEX + 1];
	struct cell c[2];

	gv_oid_hex(gv_store_commit_id(s), hex);
	page_line(p, _("docket: %s (%s), at commit %s"), gv_store_court(s), gv_store_dir(s), hex);
	page_line(p, _("period: %s to %s"), r->since == GV_DAY_NONE ? _("the beginning") : day(&c[0], r->since).p,
	          r->until == GV_DAY_NONE ? _("the end") : day(&c[1], r->until).p);
	sums(r, p);
	by_rule(r, p);
	findings(r, p);
	people(r, p);
	deeds(r, p);
	listed(r, p, 0, _("Merges"));
	listed(r, p, 1, _("Corrections"));
	listed(r, p, 2, _("Annotations"));
}
