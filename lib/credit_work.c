/* SPDX-License-Identifier: MIT */
/* credit_work: how an entry stands, computed as a person would check it by hand. */
#include "credit_rules_impl.h"

struct work { struct gv_buf *out; gv_day as_of; };

static void add_fact(struct gv_buf *out, const struct gv_val *rec, const char *label, const char *field)
{
	struct gv_str text = gv_credit_text(rec, field);

	if (text.n)
		gv_buf_addf(out, "  %-14.*s %s (%s)\n", (int)text.n, text.p, label, field);
}

static void add_facts(struct gv_buf *out, const struct gv_val *rec)
{
	static const struct { const char *field, *label; } facts[] = {
		{ "notice.served_on", N_("notice served") }, { "notice.due_on", N_("last day to perform") }, { "ground", N_("ground") },
		{ "decision.signed_on", N_("decision signed") }, { "decision.served_on", N_("decision served") }, { "grace.on", N_("grace granted") },
		{ "order.signed_on", N_("restriction ordered") }, { "published_on", N_("published") }, { "removal.reason", N_("removed because") },
		{ "removal.on", N_("removed") }, { "lift.ground", N_("restriction lifted because") }, { "lift.on", N_("restriction lifted") },
	};
	struct gv_str state = gv_val_getstr(rec, "state"), restriction = gv_val_getstr(rec, "restriction");

	gv_buf_addf(out, _("list: %.*s; restriction: %.*s\n"), (int)state.n, state.n ? state.p : "", (int)restriction.n, restriction.n ? restriction.p : "");
	for (size_t i = 0; i < sizeof facts / sizeof facts[0]; i++)
		add_fact(out, rec, _(facts[i].label), facts[i].field);
}

/* Term and grace: from which day, how long, and what comes out. */
static void add_periods(struct gv_buf *out, const struct gv_val *rec)
{
	const struct gv_val *term = gv_val_get(rec, "term"), *grace = gv_val_get(rec, "grace");
	int64_t years = 0, extra = 0, months = 0;

	if (term && gv_val_getint(term, "years", &years)) {
		gv_val_getint(term, "extra_years", &extra);
		gv_buf_addf(out, _("  %-14s end of the term: %s + %lld years + %lld more (term.from, term.years, term.extra_years, events extend; CR-03)\n"),
		            gv_credit_date(gv_credit_term_computed(rec)).s, gv_credit_date(gv_credit_day(rec, "term.from")).s, (long long)years, (long long)extra);
	}
	if (grace && gv_val_getint(grace, "months", &months))
		gv_buf_addf(out, _("  %-14s end of the grace: %s + %lld months (grace.on, grace.months; CR-27)\n"), gv_credit_date(gv_credit_grace_end(rec)).s,
		            gv_credit_date(gv_credit_day(rec, "grace.on")).s, (long long)months);
}

static void add_grounds(struct work *w, const struct gv_val *rec)
{
	if (!gv_credit_was_published(rec))
		return;
	gv_buf_addf(w->out, "%s\n", gv_credit_has_term(rec) ? _("grounds of removal (CR-11); they do not end an entry with a term (CR-12):") : _("grounds of removal (CR-11):"));
	for (int i = 1; i <= GV_CREDIT_REMOVALS; i++) {
		const char *lacks;
		gv_day day = gv_credit_removal_ground(rec, i, w->as_of, &lacks);

		if (day != GV_DAY_NONE)
			gv_buf_addf(w->out, _("  R%d since %s\n"), i, gv_credit_date(day).s);
		else if (lacks)
			gv_buf_addf(w->out, _("  R%d not yet: %s is wanting\n"), i, lacks);
	}
}

static int add_clock(void *ctx, const struct gv_credit_clock *k)
{
	struct work *w = ctx;

	gv_buf_addf(w->out, _("  %-14s last day of %s, which began with %s on %s (%s %s, art. %s; %s)"), gv_credit_date(k->until).s, k->name, k->what,
	            gv_credit_date(k->from).s, k->basis.doc, k->basis.no, k->basis.art, k->rule);
	if (k->lacks)
		gv_buf_addf(w->out, _(": %s missing\n"), k->lacks);
	else if (k->done != GV_DAY_NONE)
		gv_buf_addf(w->out, _(": done on %s\n"), gv_credit_date(k->done).s);
	else if (k->until != GV_DAY_NONE && k->until < w->as_of)
		gv_buf_addf(w->out, _(": %d days late\n"), (int)(w->as_of - k->until));
	else
		gv_buf_addc(w->out, '\n');
	return 0;
}

void gv_credit_work(struct gv_buf *out, const struct gv_credit_subject *s, gv_day as_of)
{
	struct work w = { out, as_of };

	add_facts(out, s->rec->val);
	add_periods(out, s->rec->val);
	add_grounds(&w, s->rec->val);
	gv_buf_addf(out, _("clocks as of %s:\n"), gv_credit_date(as_of).s);
	gv_credit_clocks(s->rec->val, &(struct gv_credit_ask){ NULL, s->calendar, as_of, s->aside }, add_clock, &w);
}
