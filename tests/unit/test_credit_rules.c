/* SPDX-License-Identifier: MIT */
/* Every rule of the table has an entry that it passes and one that it does not, with the whole finding. */
#include "credit_rules.h"
#include "rule_unit.h"

/*
 * want: "level: message", several divided by "; "; "" = nothing found.  debtor NULL: not known.  as_of NULL: 2025-06-01.
 * of: the entry of a repair.  When was the case performed, when the unit, and when was that lifted, as other records show?
 * NULL: they show nothing.
 */
struct row { const char *rule, *entry, *want, *debtor, *as_of, *of, *case_on, *unit_on, *unit_lifted, *promise; bool office; };

#include "credit_rows.h"

static const struct { const struct row *rows; size_t n; } families[] = {
	{ list_rows, COUNT(list_rows) },
	{ foreign_rows, COUNT(foreign_rows) },
	{ end_rows, COUNT(end_rows) },
	{ limit_rows, COUNT(limit_rows) },
	{ course_rows, COUNT(course_rows) },
	{ repair_rows, COUNT(repair_rows) },
};

static struct gv_calendar *calendar;

static gv_day day_of(const char *text)
{
	return gv_day_read(gv_str_of(text ? text : ""));
}

static void run_row(const struct row *row, const char *policy, struct gv_buf *got)
{
	struct gv_doc entry = GV_DOC_INIT, debtor = GV_DOC_INIT, of = GV_DOC_INIT;
	struct gv_credit_aside aside = { day_of(row->case_on), day_of(row->unit_on), day_of(row->unit_lifted), row->office };
	struct gv_err err;
	struct gv_rec rec = { .doc = &entry };
	struct gv_doc config = GV_DOC_INIT, promise = GV_DOC_INIT;
	struct gv_credit_subject s = { .rec = &rec, .calendar = calendar, .aside = &aside };
	struct gv_check c = { .as_of = gv_day_read(gv_str_of(row->as_of ? row->as_of : "2025-06-01")), .ctx = got, .sink = rule_sink,
	                      .only = gv_str_of(row->rule), .err = &err, .rec = &rec };

	rule_parse(&entry, row->entry);
	if (policy)
		rule_parse(&config, policy);
	s.config = policy ? &config.root : NULL;
	rec.val = &entry.root;
	rec.id.schema = find(gv_str_is(gv_val_getstr(rec.val, "kind"), "repair") ? "repair" : "credit");
	if (row->debtor)
		rule_parse(&debtor, row->debtor);
	s.debtor = row->debtor ? &debtor.root : NULL;
	if (row->of)
		rule_parse(&of, row->of);
	s.entry = row->of ? &of.root : NULL;
	if (row->promise)
		rule_parse(&promise, row->promise);
	s.promise = row->promise ? &promise.root : NULL;
	CHECK_OK(gv_rules_run(&c, gv_credit_rules, &s), &err);
	gv_doc_free(&c.scratch);
	gv_doc_free(&config);
	gv_doc_free(&promise);
	gv_doc_free(&entry);
	gv_doc_free(&debtor);
	gv_doc_free(&of);
}

static void check_row(const struct row *row)
{
	struct gv_buf got = GV_BUF_INIT(65536);

	run_row(row, NULL, &got);
	rule_found(row->rule, row->entry, &got, row->want);
	gv_buf_free(&got);
}

static void each_rule(void)
{
	struct gv_err err;

	set_up();
	CHECK_OK(gv_calendar_load(&calendar, NULL, &err), &err);
	for (size_t f = 0; f < COUNT(families); f++)
		for (size_t i = 0; i < families[f].n; i++)
			check_row(&families[f].rows[i]);
}

/* W-49, where the court has decided that a notice comes before the decision. */
static void local_practice(void)
{
	static const struct row row = { "CR-28", "\"state\":\"grace\"" GRACE("2025-05-20", 1, "2025-06-20"), "", PERSON };
	static const struct { const char *policy; bool found; } policies[] = {
		{ "\"policy\":{\"credit_prelisting_notice\":[{\"from\":\"2025-01-01\",\"value\":true}]}", false },
		/* What it is on the day of the grace counts, not what it is today. */
		{ "\"policy\":{\"credit_prelisting_notice\":[{\"from\":\"2025-01-01\",\"until\":\"2025-05-25\",\"value\":true}]}", false },
		{ "\"policy\":{\"credit_prelisting_notice\":[{\"from\":\"2025-05-21\",\"value\":true}]}", true },
		{ "\"policy\":{}", true },
	};

	for (size_t i = 0; i < COUNT(policies); i++) {
		struct gv_buf got = GV_BUF_INIT(65536);

		run_row(&row, policies[i].policy, &got);
		CHECK_ROW((got.n > 0) == policies[i].found, policies[i].policy);
		gv_buf_free(&got);
	}
	gv_calendar_free(calendar);
	tear_down();
}

static void look(const struct gv_rule *r, bool *passes, bool *fails)
{
	for (size_t f = 0; f < COUNT(families); f++)
		for (size_t i = 0; i < families[f].n; i++)
			if (strcmp(families[f].rows[i].rule, r->id) == 0)
				*(*families[f].rows[i].want ? fails : passes) = true;
}

static void complete(void)
{
	rule_has_rows(gv_credit_rules, look);
	for (const struct gv_rule *r = gv_credit_rules; r->id; r++)
		rule_is_told(r);
}

UNIT_MAIN("credit_rules", { "each rule", each_rule }, { "grace before the decision, by policy", local_practice },
          { "every rule has both rows, and a basis", complete })
