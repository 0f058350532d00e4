/* SPDX-License-Identifier: MIT */
/* Joining two lines of history: the rules one by one.  test_store_merge_random.c has them all at once. */
#include "merge_unit.h"
#include "store_merge.h"

#define CONFLICT_1 "conflicts/case/" ID_1 ".json"
#define EVENT(eid, name, on) "{\"eid\":\"aaaaaaaaaaaaaa" eid "\",\"event\":\"" name "\",\"on\":\"" on "\"}"
#define EVENTS(...) "\"events\":[" __VA_ARGS__ "]"

/* ---- one record ---- */

struct row {
	const char *name;
	const char *base, *ours, *theirs;  /* members of the record; NULL: there is none */
	const char *want;                  /* members after the join */
	const char *fields;                /* of the conflict, NULL: none */
};

static const struct row records[] = {
	{ "one side", "", "\"judge\":\"甲\"", "", "\"judge\":\"甲\"", NULL },
	{ "two fields", "", "\"judge\":\"甲\"", "\"notes\":\"乙\"", "\"judge\":\"甲\",\"notes\":\"乙\"", NULL },
	{ "the same", "", "\"judge\":\"甲\"", "\"judge\":\"甲\"", "\"judge\":\"甲\"", NULL },
	{ "one field twice", "\"judge\":\"甲\"", "\"judge\":\"乙\"", "\"judge\":\"丙\"", "\"judge\":\"甲\"", "[\"judge\"]" },
	{ "twice, none before", "", "\"judge\":\"乙\"", "\"judge\":\"丙\"", "", "[\"judge\"]" },
	{ "taken away and changed", "\"judge\":\"甲\"", "", "\"judge\":\"丙\"", "\"judge\":\"甲\"", "[\"judge\"]" },
	{ "below an object", "\"x\":{\"p\":1,\"q\":1}", "\"x\":{\"p\":2,\"q\":1}", "\"x\":{\"p\":3,\"q\":2}", "\"x\":{\"p\":1,\"q\":2}", "[\"x.p\"]" },
	{ "one of two", "", "\"judge\":\"乙\",\"notes\":\"a\"", "\"judge\":\"丙\"", "\"notes\":\"a\"", "[\"judge\"]" },
	{ "events of both", EVENTS(EVENT("22", "receive", "2022-06-01")),
	  EVENTS(EVENT("22", "receive", "2022-06-01") "," EVENT("24", "hear", "2022-06-03")),
	  EVENTS(EVENT("22", "receive", "2022-06-01") "," EVENT("23", "hear", "2022-06-02")),
	  EVENTS(EVENT("22", "receive", "2022-06-01") "," EVENT("23", "hear", "2022-06-02") "," EVENT("24", "hear", "2022-06-03")), NULL },
	{ "removed and changed", "", NULL, "\"judge\":\"丙\"", "\"judge\":\"丙\"", "[\"\"]" },
	{ "changed and removed", "", "\"judge\":\"丙\"", NULL, "\"judge\":\"丙\"", "[\"\"]" },
	{ "removed by both", "", NULL, NULL, NULL, NULL },
	{ "removed, not changed", "", NULL, "", NULL, NULL },
	{ "added alike", NULL, "\"judge\":\"甲\"", "\"judge\":\"甲\"", "\"judge\":\"甲\"", NULL },
	{ "one number, two cases", NULL, "\"judge\":\"甲\"", "\"judge\":\"乙\"", "\"judge\":\"甲\"", "[\"\"]" },
	{ "closed by one", "\"filed_on\":\"2022-01-01\"",
	  "\"closed_on\":\"2022-06-01\"," EVENTS(EVENT("22", "close", "2022-06-01")) ",\"filed_on\":\"2022-01-01\",\"state\":\"closed\"",
	  "\"filed_on\":\"2022-01-01\",\"judge\":\"乙\"",
	  "\"closed_on\":\"2022-06-01\"," EVENTS(EVENT("22", "close", "2022-06-01")) ",\"filed_on\":\"2022-01-01\",\"judge\":\"乙\",\"state\":\"closed\"", NULL },
	{ "closed and suspended", "",
	  "\"closed_by\":\"ruling\",\"closed_on\":\"2022-06-01\"," EVENTS(EVENT("22", "close", "2022-06-01")) ",\"state\":\"closed\"",
	  EVENTS(EVENT("23", "suspend", "2022-06-01")) ",\"judge\":\"乙\",\"state\":\"suspended\"",
	  EVENTS(EVENT("22", "close", "2022-06-01") "," EVENT("23", "suspend", "2022-06-01")) ",\"judge\":\"乙\"",
	  "[\"closed_by\",\"closed_on\",\"state\"]" },
	{ "closed twice", "", EVENTS(EVENT("22", "close", "2022-06-01")) ",\"state\":\"closed\"", EVENTS(EVENT("23", "close", "2022-06-02")) ",\"state\":\"closed\"",
	  EVENTS(EVENT("22", "close", "2022-06-01") "," EVENT("23", "close", "2022-06-02")), "[\"state\"]" },
	{ "suspended and resumed before the closing", "",
	  EVENTS(EVENT("24", "close", "2022-06-03")) ",\"state\":\"closed\"",
	  EVENTS(EVENT("22", "suspend", "2022-06-01") "," EVENT("23", "resume", "2022-06-02")),
	  EVENTS(EVENT("22", "suspend", "2022-06-01") "," EVENT("23", "resume", "2022-06-02") "," EVENT("24", "close", "2022-06-03")) ",\"state\":\"closed\"", NULL },
	{ "suspended and resumed that day", "",
	  EVENTS(EVENT("22", "close", "2022-06-01")) ",\"state\":\"closed\"",
	  EVENTS(EVENT("23", "suspend", "2022-06-01") "," EVENT("24", "resume", "2022-06-01")),
	  EVENTS(EVENT("22", "close", "2022-06-01") "," EVENT("23", "suspend", "2022-06-01") "," EVENT("24", "resume", "2022-06-01")) ",\"state\":\"closed\"", NULL },
	{ "suspended after the closing", "",
	  EVENTS(EVENT("22", "close", "2022-06-01")) ",\"state\":\"closed\"",
	  EVENTS(EVENT("23", "suspend", "2022-06-02") "," EVENT("24", "resume", "2022-06-03")),
	  EVENTS(EVENT("22", "close", "2022-06-01") "," EVENT("23", "suspend", "2022-06-02") "," EVENT("24", "resume", "2022-06-03")), "[\"state\"]" },
	{ "dates that do not go together", "", "\"filed_on\":\"2022-06-02\"", "\"decided_on\":\"2022-06-01\"", "\"filed_on\":\"2022-06-02\"", "[\"decided_on\"]" },
};

/* A row that is not legal to begin with would prove nothing. */
static void put_case(struct gv_oid *tip, const char *members)
{
	struct gv_doc d = GV_DOC_INIT;

	if (members) {
		CHECK_OK(gv_json_parse(&d, gv_str_of(case_text(ID_1, members)), 0, &err), &err);
		CHECK_OK(gv_rec_check(gv_schema_find(GV_STR("case")), &d.root, gv_store_caseno(docket), &err), &err);
		gv_doc_free(&d);
	}
	if (members || text_at(tip, PATH_1))
		write_file(tip, PATH_1, members ? case_text(ID_1, members) : NULL);
}

static void joins_records(void)
{
	struct gv_oid start, a, b;

	tribunals_new(&start, &b);
	for (size_t i = 0; i < sizeof records / sizeof records[0]; i++) {
		const struct row *row = &records[i];
		struct gv_doc d = GV_DOC_INIT;
		const char *text;
		char fields[256] = "";

		a = start;
		clock_set(1);
		put_case(&a, row->base);
		b = a;
		clock_set(2);
		put_case(&a, row->ours);
		clock_set(3);
		put_case(&b, row->theirs);
		join_both(&a, &b);
		text = text_at(&a, PATH_1);
		if (row->want)
			CHECK_STR(text, case_text(ID_1, row->want));
		else
			CHECK_ROW(!text, row->name);
		text = text_at(&a, CONFLICT_1);
		if (text) {
			struct gv_buf line = GV_BUF_INIT(250);

			CHECK_OK(gv_json_check_canon(gv_str_of(text), &d, &err), &err);
			CHECK_OK(gv_conflict_check(&d.root, &err), &err);
			gv_json_line(&line, gv_val_get(&d.root, "fields"));
			snprintf(fields, sizeof fields, "%s", line.p);
			gv_buf_free(&line);
		}
		if (strcmp(fields, row->fields ? row->fields : "") != 0)
			UNIT_FAIL("%s: fields [%s], want [%s]", row->name, fields, row->fields ? row->fields : "");
		gv_doc_free(&d);
	}
	check_fsck("r");
	tribunals_done();
}

UNIT_MAIN("store_merge", { "joins records", joins_records })
