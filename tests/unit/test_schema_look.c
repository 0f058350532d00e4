/* SPDX-License-Identifier: MIT */
/* What a schema tells: paths, states, values typed by users, names, the list of fields. */
#include "schema_unit.h"

static void looking(void)
{
	static const struct {
		const char *path;
		int type;
		bool sensitive;
	} rows[] = {
		{ "cause", GV_STRING, false },
		{ "claim_fen", GV_INT, false },
		{ "parties", GV_ARRAY, false },
		{ "parties[]", GV_OBJECT, false },
		{ "parties[].name", GV_STRING, false },
		{ "parties.0.name", GV_STRING, false },
		{ "parties[12].id_no", GV_STRING, true },
		{ "parties.-.phone", GV_STRING, true },
		{ "parties[].agents[].phone", GV_STRING, true },
		{ "parties.0.agents.1.kind", GV_STRING, false },
		{ "events[].method", GV_STRING, false },
		{ "events[3].months", GV_INT, false },
		{ "source.id", GV_STRING, false },
		{ "nope", -1, false },
		{ "parties.name", -1, false },
		{ "parties[].nope", -1, false },
		{ "cause.x", -1, false },
		{ "events[].nope", -1, false },
		{ "cause[]", -1, false },
		{ "parties.x", -1, false },
		{ ".", -1, false },
	};
	size_t n;

	for (size_t i = 0; i < COUNT(rows); i++) {
		const struct gv_node *node = gv_schema_at(find("case"), gv_str_of(rows[i].path));

		CHECK_ROW(rows[i].type < 0 ? !node : node && node->types == 1u << rows[i].type,
		          rows[i].path);
		CHECK_ROW(gv_schema_is_sensitive(GV_STR("case"), gv_str_of(rows[i].path)) ==
		                  rows[i].sensitive,
		          rows[i].path);
	}
	CHECK(gv_schema_at(find("docket"), GV_STR("policy.wage[0].from"))->check == GV_CHECK_DATE);
	CHECK(gv_schema_at(find("case"), GV_STR("")) == find("case")->root);
	CHECK(!gv_schema_is_sensitive(GV_STR("nope"), GV_STR("id_no")));
	CHECK(gv_schema_by_folder(GV_STR("cases")) == find("case"));
	CHECK(!gv_schema_by_folder(GV_STR("case")));
	CHECK(!gv_schema_find(GV_STR("")));
	CHECK(gv_schema_all(&n) && n >= 3);
	CHECK_STR(find("case")->date_field, "filed_on");
	CHECK_INT(find("case")->letter, 0);
	CHECK(!find("finding")->folder);
}

static void states(void)
{
	static const struct {
		const char *event, *from, *to;
	} rows[] = {
		{ "close", "open", "closed" },    { "close", "suspended", "closed" },
		{ "close", "closed", NULL },      { "file", "received", "open" },
		{ "resume", "open", NULL },       { "nope", "open", NULL },
		{ "reopen", "archived", "open" },
	};
	const struct gv_schema *s = find("case");

	for (size_t i = 0; i < COUNT(rows); i++) {
		const struct gv_transition *t =
			gv_schema_transition(s, gv_str_of(rows[i].event), gv_str_of(rows[i].from));

		CHECK_ROW(rows[i].to ? t && strcmp(t->to, rows[i].to) == 0 : !t, rows[i].event);
	}
	CHECK_STR(gv_schema_transition(s, GV_STR("suspend"), GV_STR("open"))->basis.art, "153");
	CHECK(gv_schema_state(s, GV_STR("received"))->initial);
	CHECK(gv_schema_state(s, GV_STR("refused"))->final);
	CHECK(!gv_schema_state(s, GV_STR("nope")));
	CHECK_STR(gv_schema_event(s, GV_STR("convert"))->zh, "转换程序");
	CHECK(gv_schema_event(s, GV_STR("hear"))->body &&
	      !gv_schema_event(s, GV_STR("note"))->body);
	CHECK(!gv_schema_event(s, GV_STR("nope")));
	for (size_t i = 0; i < s->nevents; i++)
		CHECK(gv_schema_event(s, gv_str_of(s->events[i].name)) == &s->events[i]);
	CHECK_STR(s->states[0].name, "received");
	CHECK(!gv_schema_transition(find("finding"), GV_STR("close"), GV_STR("open")));
}

static void values(void)
{
	static const struct {
		const char *path, *text, *want;
	} rows[] = {
		{ "claim_fen", "500000", "500000" },
		{ "claim_fen", "0", "0" },
		{ "claim_fen", "-5", "-5" },
		{ "claim_fen", "9007199254740992", "9007199254740992" },
		{ "claim_fen", "9007199254740993",
		  "! claim_fen: \"9007199254740993\" is no integer (amounts are in fen, 100 to the yuan)" },
		{ "claim_fen", "5000.00",
		  "! claim_fen: \"5000.00\" is no integer (amounts are in fen, 100 to the yuan)" },
		{ "claim_fen", "007",
		  "! claim_fen: \"007\" is no integer (amounts are in fen, 100 to the yuan)" },
		{ "claim_fen", "-0",
		  "! claim_fen: \"-0\" is no integer (amounts are in fen, 100 to the yuan)" },
		{ "claim_fen", "",
		  "! claim_fen: \"\" is no integer (amounts are in fen, 100 to the yuan)" },
		{ "max_penalty_years", "3 ", "! max_penalty_years: \"3 \" is no integer" },
		{ "custody", "true", "true" },
		{ "custody", "是", "true" },
		{ "custody", "否", "false" },
		{ "custody", "false", "false" },
		{ "custody", "1", "! custody: \"1\" is no boolean (true or false)" },
		{ "closed_on", "2022-06-30", "\"2022-06-30\"" },
		{ "judge", "123", "\"123\"" },
		{ "judge", "[1]", "\"[1]\"" },
		{ "cause", "借款\"合同\"纠纷", "\"借款\\\"合同\\\"纠纷\"" },
		{ "panel", "[\"甲\",\"乙\"]", "[\"甲\",\"乙\"]" },
		{ "panel", "甲", "! panel: \"甲\" is no array" },
		{ "panel", "[\"甲\"", "! panel: byte 7: text ends inside an array" },
		{ "parties[0]", "{\"role\":\"原告\",\"name\":\"甲\"}",
		  "{\"name\":\"甲\",\"role\":\"原告\"}" },
		{ "parties.0.id_no", "310199199001010018", "\"310199199001010018\"" },
		{ "parties.0.minor", "310199199001010018",
		  "! parties.0.minor: \"310199199001010018\" is no boolean (true or false)" },
		{ "events[].months", "3", "3" },
		{ "events[].to", "ordinary", "\"ordinary\"" },
		{ "unknown", "12", "\"12\"" },
		{ "unknown", "{}", "\"{}\"" },
		{ "unknown", "\xff", "! unknown: the value is not UTF-8 text" },
		{ "judge", "\xe7\x8e", "! judge: the value is not UTF-8 text" },
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		struct gv_doc d = GV_DOC_INIT;
		struct gv_buf got = GV_BUF_INIT(4096);
		struct gv_val v;
		struct gv_err err;

		if (gv_schema_value(find("case"), &d, gv_str_of(rows[i].path),
		                    gv_str_of(rows[i].text), &v, &err)) {
			gv_buf_adds(&got, "! ");
			gv_err_text(&err, &got);
		} else {
			gv_json_line(&got, &v);
		}
		CHECK_STR(got.p, rows[i].want);
		gv_buf_free(&got);
		gv_doc_free(&d);
	}
}

static void suggestions(void)
{
	static const struct {
		const char *typed, *want;
	} rows[] = {
		{ "casue", "cause" },
		{ "claimfen", "claim_fen" },
		{ "filed-on", "filed_on" },
		{ "plaintif", "plaintiffs" },
		{ "parties[0].nmae", "name" },
		{ "parties[].agents[].phne", "phone" },
		{ "source.nubmer", "number" },
		{ "xyz", NULL },
		{ "", NULL },
		{ "nope.cause", NULL },
		{ "案由", NULL },
	};
	char longest[300];

	for (size_t i = 0; i < COUNT(rows); i++) {
		const char *got = gv_schema_suggest(find("case"), gv_str_of(rows[i].typed));

		CHECK_ROW(rows[i].want ? got && strcmp(got, rows[i].want) == 0 : !got,
		          rows[i].typed);
	}
	memset(longest, 'c', sizeof longest);
	CHECK(!gv_schema_suggest(find("case"), (struct gv_str){ longest, sizeof longest }));
}

struct listing { struct gv_buf lines; size_t rows; };

static int list_row(void *ctx, const struct gv_val *row)
{
	struct listing *l = ctx;

	l->rows++;
	gv_json_line(&l->lines, row);
	gv_buf_addc(&l->lines, '\n');
	return 0;
}

static int stop_row(void *ctx, const struct gv_val *row)
{
	(void)row;
	return ++*(int *)ctx == 4 ? 42 : 0;
}

static void listing(void)
{
	static const char *const want[] = {
		"{\"derived\":false,\"field\":\"filed_on\",\"required\":false,\"sensitive\":false,\"title\":\"filed\","
		"\"type\":\"date\",\"zh\":\"立案日期\"}\n",
		"{\"derived\":false,\"field\":\"id\",\"required\":true,\"sensitive\":false,\"title\":\"case number\","
		"\"type\":\"case-number\",\"zh\":\"案号\"}\n",
		"{\"derived\":false,\"field\":\"parties[].agents[].phone\",\"required\":false,\"sensitive\":true,"
		"\"title\":\"phone\",\"type\":\"string\",\"zh\":\"电话\"}\n",
		"{\"derived\":false,\"field\":\"prosecution\",\"required\":false,\"sensitive\":false,"
		"\"title\":\"public or private prosecution\",\"type\":\"string\",\"values\":[\"public\",\"private\"],"
		"\"zh\":\"公诉或自诉\"}\n",
		"\"event\":\"convert\",\"field\":\"events[].to\",\"required\":true",
		"{\"derived\":true,\"field\":\"days\",\"required\":false,\"sensitive\":false,"
		"\"title\":\"days from filed_on to closed_on\",\"type\":\"integer\"}\n",
	};
	struct listing l = { .lines = GV_BUF_INIT(1 << 20) };
	struct gv_err err;
	int calls = 0;

	CHECK_OK(gv_schema_fields(find("case"), list_row, &l, &err), &err);
	for (size_t i = 0; i < COUNT(want); i++)
		CHECK_ROW(strstr(l.lines.p, want[i]) != NULL, want[i]);
	CHECK(l.rows > 70);
	CHECK_INT(gv_schema_fields(find("case"), stop_row, &calls, &err), 42);
	CHECK_INT(calls, 4);
	gv_buf_free(&l.lines);
}

/* A title for people in both languages wherever the list shows one. */
static int has_titles(void *ctx, const struct gv_val *row)
{
	(void)ctx;
	if (!gv_val_get(row, "derived")->truth && !gv_val_get(row, "event"))
		CHECK_ROW(gv_val_getstr(row, "title").n && gv_val_getstr(row, "zh").n,
		          gv_val_getstr(row, "field").p);
	return 0;
}

static void titles(void)
{
	struct gv_err err;

	CHECK_OK(gv_schema_fields(find("case"), has_titles, NULL, &err), &err);
	CHECK_OK(gv_schema_fields(find("docket"), has_titles, NULL, &err), &err);
}

UNIT_MAIN("schema_look", { "tables are there", set_up }, { "paths", looking }, { "states", states },
          { "values typed by users", values }, { "did you mean", suggestions },
          { "list of fields", listing }, { "titles", titles }, { "tear down", tear_down })
