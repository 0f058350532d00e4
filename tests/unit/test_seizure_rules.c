/* SPDX-License-Identifier: MIT */
/* Every rule of the table has a bundle that it passes and one that it does not, with the whole finding. */
#include "bundles.h"
#include "seizure_rules.h"
#include "rule_unit.h"

/* want: "ID level: message", several divided by "; "; "" = nothing found.  as_of NULL: 2025-06-01. */
struct row { const char *rule, *bundle, *want, *as_of; };

#include "seizure_rows_value.h"
#include "seizure_rows_form.h"
#include "seizure_rows_choice.h"
#include "seizure_rows_part.h"
#include "seizure_rows_exempt.h"
#include "seizure_rows_others.h"
#include "seizure_rows_time.h" /* its shapes serve those below, too */
#include "seizure_rows_rank.h"
#include "seizure_rows_remedy.h"
#include "seizure_rows_price.h"

static const struct { const struct row *rows; size_t n; } families[] = {
	{ value_rows, COUNT(value_rows) },
	{ form_rows, COUNT(form_rows) },
	{ choice_rows, COUNT(choice_rows) },
	{ part_rows, COUNT(part_rows) },
	{ exempt_rows, COUNT(exempt_rows) },
	{ others_rows, COUNT(others_rows) },
	{ time_rows, COUNT(time_rows) },
	{ rank_rows, COUNT(rank_rows) },
	{ remedy_rows, COUNT(remedy_rows) },
	{ price_rows, COUNT(price_rows) },
};

static struct gv_calendar *calendar;

static int sink(struct gv_check *c, const struct gv_val *finding, struct gv_err *err)
{
	struct gv_buf *out = c->ctx;
	struct gv_str level = gv_val_getstr(finding, "level"), message = gv_val_getstr(finding, "message"),
	              id = gv_val_getstr(gv_val_get(finding, "ref"), "id");

	(void)err;
	gv_buf_addf(out, "%s%.*s %.*s: %.*s", out->n ? "; " : "", (int)id.n, id.n ? id.p : "", (int)level.n, level.p, (int)message.n, message.p);
	return 0;
}

/* The facts of findings alone. */
static int facts_sink(struct gv_check *c, const struct gv_val *finding, struct gv_err *err)
{
	const struct gv_val *facts = gv_val_get(finding, "facts");

	(void)err;
	if (facts)
		gv_json_line(c->ctx, facts);
	return 0;
}

typedef int sink_fn(struct gv_check *c, const struct gv_val *finding, struct gv_err *err);

static void reverse(struct gv_val *list)
{
	for (uint32_t i = 0; list && list->type == GV_ARRAY && i < list->n / 2; i++) {
		struct gv_val kept = list->items[i];

		list->items[i] = list->items[list->n - 1 - i];
		list->items[list->n - 1 - i] = kept;
	}
}

static struct gv_val *member(struct gv_val *v, const char *name)
{
	for (uint32_t i = 0; i < v->n; i++)
		if (gv_str_is(v->members[i].name, name))
			return &v->members[i].val;
	return NULL;
}

/* Assets, seizures and events the other way round: what is said of them is the same. */
static void turn_round(struct gv_val *bundle)
{
	struct gv_val *seizures = member(bundle, "seizures");

	for (uint32_t i = 0; seizures && i < seizures->n; i++)
		reverse(member(&seizures->items[i], "events"));
	reverse(seizures);
	reverse(member(bundle, "assets"));
}

static void run_row(const struct row *row, sink_fn *to, bool turned)
{
	struct gv_doc doc = GV_DOC_INIT;
	struct gv_buf got = GV_BUF_INIT(65536);
	struct gv_err err;
	struct gv_estate e;
	struct gv_seizure_subject s = { &e, calendar };
	struct gv_check c = { .as_of = gv_day_read(gv_str_of(row->as_of ? row->as_of : "2025-06-01")), .ctx = &got, .sink = to,
	                      .only = gv_str_of(row->rule), .err = &err };

	rule_parse(&doc, row->bundle);
	CHECK_OK(gv_bundle_check(&doc.root, &err), &err);
	if (turned)
		turn_round(&doc.root);
	CHECK_OK(gv_estate_read(&e, &doc, &doc.root, c.as_of, &GV_SEIZURE_POLICY, &err), &err);
	CHECK_OK(gv_rules_run(&c, gv_seizure_rules, &s), &err);
	unit_checks++;
	if (strcmp(got.p ? got.p : "", row->want) != 0)
		UNIT_FAIL("%s %s%s\n#   got  [%s]\n#   want [%s]", row->rule, row->bundle, turned ? " (turned round)" : "", got.p ? got.p : "", row->want);
	gv_doc_free(&c.scratch);
	gv_doc_free(&doc);
	gv_buf_free(&got);
}

/* Days and numbers for machines, which read no messages. */
static const struct row facts_rows[] = {
	{ "SZ-38", ONE(T_HOME, SZ("z1", "home", TERM("2022-10-04", "2025-10-04") IN_PRESERVATION "," T_EVENTS(T_EVENT("ask-renewal", "2025-09-28", "")))),
	  "{\"last_worked\":\"2025-09-26\",\"limit\":\"2025-09-27\",\"until\":\"2025-10-04\"}", "2025-09-29" },
	{ "SZ-43", TWO(T_HOME, OF("b", "B", "waiting", B_0940), OF("a", "A", "seal", A_0910)), "{\"order\":[\"a\",\"b\"]}" },
	{ "SZ-44", TWO(TEN, OF("a", "A", "seal", AT("2024-03-01") "," T_EVENTS(T_EVENT("dispose-part", "2025-03-01", ",\"units\":3"))), OF("b", "B", "waiting", AT("2024-06-01"))),
	  "{\"effective_units\":7,\"void_units\":3}" },
	{ "SZ-59", ONE(OUTSIDER(UPHELD), R_SEALED("")), "{\"limit\":\"2025-03-25\",\"suit_until\":\"2025-03-18\"}" },
	{ "RP-07", PRICED("\"method\":\"appraisal\",\"on\":\"2025-03-10\"", "," T_EVENTS(T_EVENT("auction-notice", "2025-03-21", ""))), "{\"done\":\"2025-03-21\",\"limit\":\"2025-03-20\"}" },
};

static void each_rule(void)
{
	struct gv_err err;

	set_up();
	CHECK_OK(gv_calendar_load(&calendar, NULL, &err), &err);
	for (size_t f = 0; f < COUNT(families); f++)
		for (size_t i = 0; i < families[f].n; i++) {
			run_row(&families[f].rows[i], sink, false);
			run_row(&families[f].rows[i], sink, true);
		}
	for (size_t i = 0; i < COUNT(facts_rows); i++)
		run_row(&facts_rows[i], facts_sink, false);
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
	rule_has_rows(gv_seizure_rules, look);
	for (const struct gv_rule *r = gv_seizure_rules; r->id; r++)
		rule_is_told(r);
}

UNIT_MAIN("seizure_rules", { "each rule", each_rule }, { "every rule has both rows, and a basis", complete })
