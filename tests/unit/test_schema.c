/* SPDX-License-Identifier: MIT */
/* Validation: every message whole. */
#include <pcre2.h>

#include "casekey.h"
#include "schema_impl.h"
#include "schema_unit.h"

static int add_problem(void *ctx, const struct gv_err *problem)
{
	struct gv_buf *out = ctx;

	CHECK_INT(problem->code, GV_EDATA);
	gv_buf_adds(out, out->n ? "\n" : "");
	gv_err_text(problem, out);
	return 0;
}

/* Runs a record given as text through everything; all problems in `out`. */
static void problems_of(struct gv_buf *out, const char *kind, const char *json)
{
	struct gv_doc d = GV_DOC_INIT;
	struct gv_err err;
	int rc;

	gv_buf_reset(out);
	CHECK_OK(gv_json_parse(&d, gv_str_of(json), GV_JSON_FOREIGN, &err), &err);
	rc = gv_rec_problems(find(kind), &d.root, cn, add_problem, out);
	CHECK_INT(rc, out->n ? GV_EDATA : 0);
	gv_doc_free(&d);
}

struct row { const char *json, *want; };

static void check_rows(const char *kind, const struct row *rows, size_t n)
{
	struct gv_buf got = GV_BUF_INIT(1 << 20);

	for (size_t i = 0; i < n; i++) {
		problems_of(&got, kind, rows[i].json);
		CHECK_STR(got.n ? got.p : "", rows[i].want);
	}
	gv_buf_free(&got);
}

/* A good case with more members. */
#define CASE(more)                                                                                 \
	"{\"id\":\"（2022）沪0114民初1234号\",\"kind\":\"case\",\"state\":\"open\"" more "}"
#define CLOSED(more)                                                                               \
	"{\"id\":\"（2022）沪0114民初1234号\",\"kind\":\"case\",\"state\":\"closed\"" more "}"
#define EID "\"eid\":\"aaaaaaaaaaaaaaaa\""
#define EVENT(more) CASE(",\"events\":[{" EID ",\"on\":\"2022-06-30\"" more "}]")

static void types(void)
{
	static const struct row rows[] = {
		{ CASE(""), "" },
		{ "[]", "[] is no object" },
		{ "\"x\"", "\"x\" is no object" },
		{ "{}", "id: missing\nkind: missing\nstate: missing" },
		{ CASE(",\"claim_fen\":0"), "" },
		{ CASE(",\"claim_fen\":9007199254740992"), "" },
		{ CASE(",\"claim_fen\":\"abc\""), "claim_fen: \"abc\" is no integer" },
		{ CASE(",\"claim_fen\":12.5"),
		  "claim_fen: 12.5 is no integer: write it as a string" },
		{ CASE(",\"claim_fen\":true"), "claim_fen: true is no integer" },
		{ CASE(",\"claim_fen\":-5"), "claim_fen: -5 is less than 0" },
		{ CASE(",\"claim_fen\":null"),
		  "claim_fen: null is not stored: leave the field out" },
		{ CASE(",\"max_penalty_years\":101"), "max_penalty_years: 101 is more than 100" },
		{ CASE(",\"custody\":true"), "" },
		{ CASE(",\"custody\":\"yes\""), "custody: \"yes\" is no boolean" },
		{ CASE(",\"judge\":5"), "judge: 5 is no string" },
		{ CASE(",\"judge\":[]"), "judge: [] is no string" },
		{ CASE(",\"judge\":{\"a\":1}"), "judge: {...} is no string" },
		{ CASE(",\"judge\":\"\""), "judge: empty" },
		{ CASE(",\"parties\":{}"), "parties: {} is no array" },
		{ CASE(",\"parties\":[1]"), "parties[0]: 1 is no object" },
		{ CASE(",\"source\":[]"), "source: [] is no object" },
		{ CASE(",\"panel\":[\"甲\",\"\"]"), "panel[1]: empty" },
	};

	check_rows("case", rows, COUNT(rows));
}

static void unknown_members(void)
{
	static const struct row rows[] = {
		{ CASE(",\"zz\":1,\"source\":{\"row\":[1,{\"a\":\"b\"}]}"), "" },
		{ CASE(",\"zz\":null"), "zz: null is not stored: leave the field out" },
		{ CASE(",\"zz\":[1,{\"a\":{\"b\":[true,null]}}]"),
		  "zz[1].a.b[1]: null is not stored: leave the field out" },
		{ CASE(",\"zz\":{\"rate\":1e-3}"),
		  "zz.rate: 1e-3 is no integer: write it as a string" },
		{ CASE(",\"source\":{\"x\":null}"),
		  "source.x: null is not stored: leave the field out" },
		{ EVENT(",\"event\":\"note\",\"x\":null"),
		  "events[0].x: null is not stored: leave the field out" },
	};

	check_rows("case", rows, COUNT(rows));
}

static void words(void)
{
	static const struct row rows[] = {
		{ "{\"id\":\"（2022）沪0114民初1号\",\"kind\":\"case\",\"state\":\"opne\"}",
		  "state: \"opne\" is not one of received, reviewing, correcting, redirected, premediation, settled, "
		  "withdrawn, refused, returned, open, suspended, performed, closed, archived (did you mean open?)" },
		{ "{\"id\":\"（2022）沪0114民初1号\",\"kind\":\"case\",\"state\":\"x\"}",
		  "state: \"x\" is not one of received, reviewing, correcting, redirected, premediation, settled, "
		  "withdrawn, refused, returned, open, suspended, performed, closed, archived" },
		{ "{\"id\":\"（2022）沪0114民初1号\",\"kind\":\"Case\",\"state\":\"open\"}",
		  "kind: \"Case\" is not \"case\"" },
		{ CASE(",\"procedure\":\"\""),
		  "procedure: \"\" is not one of ordinary, simplified, small-claim, special, fast-track" },
		{ CASE(",\"procedure\":\"simplified \""),
		  "procedure: \"simplified \" is not one of ordinary, simplified, small-claim, special, fast-track "
		  "(did you mean simplified?)" },
		{ CASE(",\"prosecution\":\"publicpublicpublicpublicpublicpublicpublicpublicpublicpublicpublicpublicpublicpublicpublicpublicpublic\""),
		  "prosecution: \"publicpublicpublicpublicpublicpublicpublicpublicpublicpublicpublicpublicpublicpublicpublicpublic...\" "
		  "is not one of public, private" },
		/* a long text is cut between characters */
		{ CASE(",\"prosecution\":\"x简易程序简易程序简易程序简易程序简易程序简易程序简易程序简易程序简易程序\""),
		  "prosecution: \"x简易程序简易程序简易程序简易程序简易程序简易程序简易程序简易程...\" is not one of public, private" },
	};

	check_rows("case", rows, COUNT(rows));
}

static void dates(void)
{
	static const struct row rows[] = {
		{ CLOSED(",\"closed_on\":\"2022-02-28\""), "" },
		{ CLOSED(",\"closed_on\":\"2022-02-30\""), "closed_on: 2022-02-30 is not a date" },
		{ CLOSED(",\"closed_on\":\"2022-2-3\""), "closed_on: 2022-2-3 is not a date" },
		{ CLOSED(",\"closed_on\":\"2022-02-28T10:00Z\""),
		  "closed_on: 2022-02-28T10:00Z is not a date" },
		{ CLOSED(",\"closed_on\":\"\""), "closed_on: \"\" is not a date" },
		{ CLOSED(",\"closed_on\":20220228"), "closed_on: 20220228 is no string" },
		{ CASE(",\"parties\":[{\"name\":\"甲\",\"role\":\"原告\",\"born_on\":\"1990-02-30\"}]"),
		  "parties[0].born_on: (hidden) is not valid" },
		{ EVENT(",\"event\":\"hear\""), "" },
		{ CASE(",\"events\":[{" EID
		       ",\"event\":\"hear\",\"on\":\"2022-06-30T09:30+08:00\"}]"),
		  "" },
		{ CASE(",\"events\":[{" EID
		       ",\"event\":\"hear\",\"on\":\"2022-06-30T25:30+08:00\"}]"),
		  "events[0].on: 2022-06-30T25:30+08:00 is not a time (as in 2022-06-30T14:05:00+08:00)" },
	};

	check_rows("case", rows, COUNT(rows));
}

static void numbers(void)
{
	static const struct row rows[] = {
		{ "{\"id\":\"(2022)沪0114民初12号\",\"kind\":\"case\",\"state\":\"open\"}",
		  "id: \"(2022)沪0114民初12号\" is not the official form, （2022）沪0114民初12号" },
		{ "{\"id\":\"（2022）沪0114民初012号\",\"kind\":\"case\",\"state\":\"open\"}",
		  "id: \"（2022）沪0114民初012号\" is not the official form, （2022）沪0114民初12号" },
		{ "{\"id\":\"（2022）沪0114民初12号之一\",\"kind\":\"case\",\"state\":\"open\"}",
		  "id: \"（2022）沪0114民初12号之一\" is not the official form, （2022）沪0114民初12号" },
		{ "{\"id\":\"（2014）嘉民一（民）初字第012号\",\"kind\":\"case\",\"state\":\"open\"}",
		  "" },
		{ "{\"id\":\"（2022）沪0114诉前调12号\",\"kind\":\"case\",\"state\":\"open\"}",
		  "id: （2022）沪0114诉前调12号 is a number of a mediation register, not of a case" },
		{ "{\"id\":\"（2022）沪011民初12号\",\"kind\":\"case\",\"state\":\"open\"}",
		  "id: \"（2022）沪011民初12号\": court code 沪011 has neither two nor four digits" },
		{ "{\"id\":\"\",\"kind\":\"case\",\"state\":\"open\"}", "id: \"\": empty" },
		{ CASE(",\"links\":[{\"id\":\"（2021）沪0114民初7号\",\"rel\":\"appeal\"},"
		       "{\"id\":\"case:（2021）沪0114民初7号\",\"rel\":\"appeal\"}]"),
		  "" },
		{ CASE(",\"links\":[{\"id\":\"(2021)沪0114民初7号\",\"rel\":\"appeal\"}]"),
		  "links[0].id: \"(2021)沪0114民初7号\" is not the official form, （2021）沪0114民初7号" },
		{ CASE(",\"links\":[{\"id\":\"（2021）沪0114诉前调7号\",\"rel\":\"mediation\"}]"),
		  "" },
		{ CASE(",\"links\":[{\"id\":\"case:（2021）沪0114诉前调7号\",\"rel\":\"mediation\"}]"),
		  "links[0].id: （2021）沪0114诉前调7号 is a number of a mediation register, not of a case" },
		{ CASE(",\"links\":[{\"id\":\"cas:（2021）沪0114民初7号\",\"rel\":\"appeal\"}]"),
		  "links[0].id: there is no kind \"cas\" (did you mean case?)" },
		{ CASE(",\"links\":[{\"id\":\"finding:1\",\"rel\":\"appeal\"}]"),
		  "links[0].id: a finding is no record with an id" },
		{ CASE(",\"links\":[{\"rel\":\"appeal\"}]"), "links[0].id: missing" },
	};

	check_rows("case", rows, COUNT(rows));
}

static void events(void)
{
	static const struct row rows[] = {
		{ EVENT(""), "events[0].event: missing" },
		{ EVENT(",\"event\":\"convert\",\"to\":\"ordinary\""), "" },
		{ EVENT(",\"event\":\"convert\""), "events[0].to: missing" },
		{ EVENT(",\"event\":\"convert\",\"to\":\"x\""),
		  "events[0].to: \"x\" is not one of ordinary, simplified, small-claim, special, fast-track" },
		{ EVENT(",\"event\":\"extend\",\"months\":13"),
		  "events[0].months: 13 is more than 12" },
		{ EVENT(",\"event\":\"hear\",\"months\":13"), "" }, /* no field of that event */
		{ EVENT(",\"event\":\"colse\""),
		  "events[0].event: case has no event \"colse\" (did you mean close?)" },
		{ EVENT(",\"event\":\"x\""), "events[0].event: case has no event \"x\"" },
		{ CASE(",\"events\":[{\"eid\":\"AAAAAAAAAAAAAAAA\",\"event\":\"hear\",\"on\":\"2022-06-30\"}]"),
		  "events[0].eid: \"AAAAAAAAAAAAAAAA\" is no event id (16 characters of a-z and 2-7)" },
		{ CASE(",\"events\":[{\"eid\":\"aaaa\",\"event\":\"hear\",\"on\":\"2022-06-30\"}]"),
		  "events[0].eid: \"aaaa\" is no event id (16 characters of a-z and 2-7)" },
		{ CASE(",\"events\":[{\"eid\":\"baaaaaaaaaaaaaaa\",\"event\":\"hear\",\"on\":\"2022-06-30\"},"
		       "{\"eid\":\"aaaaaaaaaaaaaaaa\",\"event\":\"note\",\"on\":\"2022-06-30T09:00Z\"}]"),
		  "" },
		{ CASE(",\"events\":[{\"eid\":\"baaaaaaaaaaaaaaa\",\"event\":\"hear\",\"on\":\"2022-06-30\"},"
		       "{\"eid\":\"aaaaaaaaaaaaaaaa\",\"event\":\"note\",\"on\":\"2022-06-30\"}]"),
		  "events[1].on: 2022-06-30 stands behind 2022-06-30: events are sorted by on, then eid" },
		{ CASE(",\"events\":[{\"eid\":\"aaaaaaaaaaaaaaaa\",\"event\":\"hear\",\"on\":\"2022-07-01\"},"
		       "{\"eid\":\"baaaaaaaaaaaaaaa\",\"event\":\"note\",\"on\":\"2022-06-30\"}]"),
		  "events[1].on: 2022-06-30 stands behind 2022-07-01: events are sorted by on, then eid" },
		{ CASE(",\"events\":[{\"eid\":\"aaaaaaaaaaaaaaaa\",\"event\":\"hear\",\"on\":\"2022-06-01\"},"
		       "{\"eid\":\"baaaaaaaaaaaaaaa\",\"event\":\"note\",\"on\":\"2022-06-30\"},"
		       "{\"eid\":\"aaaaaaaaaaaaaaaa\",\"event\":\"note\",\"on\":\"2022-07-30\"}]"),
		  "events[2].eid: \"aaaaaaaaaaaaaaaa\" is the id of events[0] too" },
	};

	check_rows("case", rows, COUNT(rows));
}

static void between_fields(void)
{
	static const struct row rows[] = {
		{ CLOSED(",\"received_on\":\"2022-01-03\",\"filed_on\":\"2022-01-03\",\"closed_on\":\"2022-01-03\""),
		  "" },
		{ CASE(",\"received_on\":\"2022-01-04\",\"filed_on\":\"2022-01-03\""),
		  "filed_on: 2022-01-03 is before received_on, 2022-01-04" },
		{ CLOSED(",\"filed_on\":\"2022-01-04\",\"closed_on\":\"2021-12-31\""),
		  "closed_on: 2021-12-31 is before filed_on, 2022-01-04" },
		{ CLOSED(",\"received_on\":\"2022-01-04\",\"closed_on\":\"2021-12-31\",\"decided_on\":\"2021-12-30\""),
		  "decided_on: 2021-12-30 is before received_on, 2022-01-04\n"
		  "closed_on: 2021-12-31 is before received_on, 2022-01-04" },
		{ CASE(",\"decided_on\":\"2022-03-01\",\"published_on\":\"2022-02-28\""),
		  "published_on: 2022-02-28 is before decided_on, 2022-03-01" },
		{ CASE(",\"filed_on\":\"2022-03-01\",\"decided_on\":\"2022-02-28\""),
		  "decided_on: 2022-02-28 is before filed_on, 2022-03-01" },
		/* not certain in law: accepted */
		{ CLOSED(",\"decided_on\":\"2022-03-01\",\"closed_on\":\"2022-02-28\",\"effective_on\":\"2022-02-01\""),
		  "" },
		/* what is no date is said once */
		{ CASE(",\"received_on\":\"2022-99-99\",\"filed_on\":\"2022-01-03\""),
		  "received_on: 2022-99-99 is not a date" },
		{ CASE(",\"closed_on\":\"2022-01-03\""),
		  "closed_on: 2022-01-03, but state is open" },
		{ CLOSED(""), "" }, /* imported: the day is not known */
		{ "{\"id\":\"（2022）沪0114执1号\",\"kind\":\"case\",\"state\":\"performed\",\"closed_on\":\"2022-01-03\"}",
		  "" },
		{ "{\"id\":\"（2022）沪0114执1号\",\"kind\":\"case\",\"state\":\"suspended\",\"closed_on\":\"2022-01-03\"}",
		  "closed_on: 2022-01-03, but state is suspended" },
	};

	check_rows("case", rows, COUNT(rows));
}

#define MEDIATION(more) "{\"id\":\"（2022）沪0114诉前调1号\",\"kind\":\"mediation\",\"state\":\"failed\"" more "}"

static void mediations(void)
{
	static const struct row rows[] = {
		{ MEDIATION(",\"received_on\":\"2022-05-01\",\"accepted_on\":\"2022-05-01\",\"ended_on\":\"2022-05-01\""), "" },
		{ MEDIATION(",\"received_on\":\"2022-05-02\",\"accepted_on\":\"2022-05-01\""),
		  "accepted_on: 2022-05-01 is before received_on, 2022-05-02" },
		{ MEDIATION(",\"received_on\":\"2022-05-02\",\"ended_on\":\"2022-05-01\""),
		  "ended_on: 2022-05-01 is before received_on, 2022-05-02" },
		{ MEDIATION(",\"accepted_on\":\"2022-05-02\",\"ended_on\":\"2022-05-01\""),
		  "ended_on: 2022-05-01 is before accepted_on, 2022-05-02" },
		{ MEDIATION(",\"accepted_on\":\"2022-05-02\",\"ended_on\":\"2022-02-30\""), "ended_on: 2022-02-30 is not a date" },
	};

	check_rows("mediation", rows, COUNT(rows));
}

#define PERSON(more) "{\"id\":\"沪0114-P000001\",\"kind\":\"person\",\"name\":\"甲\"," more "}"

static void people(void)
{
	static const struct row rows[] = {
		{ PERSON("\"state\":\"active\",\"roles\":[{\"role\":\"院长\",\"from\":\"2022-01-01\",\"until\":\"2022-01-01\"}]"), "" },
		{ PERSON("\"state\":\"active\",\"roles\":[{\"role\":\"院长\",\"from\":\"2022-01-02\",\"until\":\"2022-01-01\"}]"),
		  "roles[0].until: 2022-01-01 is before from, 2022-01-02" },
		{ PERSON("\"state\":\"active\",\"roles\":[{\"role\":\"院长\",\"from\":\"2022-99-02\",\"until\":\"2022-01-01\"}]"),
		  "roles[0].from: 2022-99-02 is not a date" },
		{ PERSON("\"state\":\"left\",\"left_on\":\"2022-01-01\""), "" },
		{ PERSON("\"state\":\"active\",\"left_on\":\"2022-01-01\""), "left_on: 2022-01-01, but state is active" },
	};

	check_rows("person", rows, COUNT(rows));
}

#define ASSET(more) "{\"id\":\"沪0114-A000001\",\"kind\":\"asset\",\"type\":\"immovable\"," more "}"
#define HALF(name) "{\"name\":\"" name "\",\"share\":{\"num\":1,\"den\":2}}"

static void shares(void)
{
	static const struct row rows[] = {
		{ ASSET("\"share\":{\"num\":2,\"den\":2}"), "" },
		{ ASSET("\"share\":{\"num\":3,\"den\":2}"), "share: 3/2 is more than the whole" },
		{ ASSET("\"co_owners\":[" HALF("甲") "," HALF("乙") "]"), "" },
		{ ASSET("\"co_owners\":[" HALF("甲") ",{\"name\":\"丙\"}," HALF("乙") ",{\"name\":\"丁\",\"share\":{\"num\":1,\"den\":3}}]"),
		  "co_owners: their shares are 4/3 together, more than the whole" },
		{ ASSET("\"co_owners\":[" HALF("甲") ",{\"name\":\"丁\",\"share\":{\"num\":5,\"den\":3}}]"),
		  "co_owners[1].share: 5/3 is more than the whole" },
		{ ASSET("\"co_owners\":[{\"name\":\"甲\",\"share\":{\"num\":1,\"den\":9007199254740991}},"
		        "{\"name\":\"乙\",\"share\":{\"num\":9007199254740990,\"den\":9007199254740991}}]"), "" },
		{ ASSET("\"co_owners\":[{\"name\":\"甲\",\"share\":{\"num\":2,\"den\":9007199254740991}},"
		        "{\"name\":\"乙\",\"share\":{\"num\":9007199254740990,\"den\":9007199254740991}}]"),
		  "co_owners: their shares are 9007199254740992/9007199254740991 together, more than the whole" },
	};
	static const struct row ratios[] = {
		{ "{\"id\":\"沪0114-Z000001\",\"kind\":\"seizure\",\"state\":\"ordered\",\"asset\":\"asset:沪0114-A000001\",\"measure\":\"freeze\","
		  "\"asked_ratio\":{\"num\":2,\"den\":1},\"ratio\":{\"num\":3,\"den\":2}}",
		  "ratio: 3/2 is more than the whole\nasked_ratio: 2/1 is more than the whole" },
	};

	check_rows("asset", rows, COUNT(rows));
	check_rows("seizure", ratios, COUNT(ratios));
}

static void sealed(void)
{
#define PARTY(id) CASE(",\"parties\":[{\"name\":\"甲\",\"role\":\"原告\",\"id_no\":" id "}]")
	static const struct row rows[] = {
		{ PARTY("{\"key\":\"k1\",\"sealed\":\"v1:AAAA\",\"tag\":\"t\"}"), "" },
		{ PARTY("{\"key\":\"k1\",\"sealed\":\"v2:AAAA\",\"tag\":\"t\"}"),
		  "parties[0].id_no: (hidden) is no string" },
		{ PARTY("{\"key\":\"k1\",\"sealed\":\"v1:AAAA\",\"tag\":1}"),
		  "parties[0].id_no: (hidden) is no string" },
		{ PARTY("{\"key\":\"k1\",\"sealed\":\"v1:AAAA\"}"),
		  "parties[0].id_no: (hidden) is no string" },
		{ PARTY("310199"), "parties[0].id_no: (hidden) is no string" },
		{ PARTY("310199199001010018"),
		  "parties[0].id_no: (hidden) is no integer: write it as a string" },
		{ CASE(",\"judge\":{\"key\":\"k1\",\"sealed\":\"v1:AAAA\",\"tag\":\"t\"}"),
		  "judge: {...} is no string" },
	};

	check_rows("case", rows, COUNT(rows));
}

static void config(void)
{
	static const struct row rows[] = {
		{ "{\"court\":\"沪0114\",\"fanout\":100,\"format\":1,\"zone\":\"Asia/Shanghai\"}",
		  "" },
		{ "{\"court\":\"沪011\",\"fanout\":10,\"format\":2,\"zone\":\"UTC\"}",
		  "court: \"沪011\" is no court code\nfanout: 10 is not 100\nformat: 2 is not 1\n"
		  "zone: \"UTC\" is not \"Asia/Shanghai\"" },
		{ "{\"court\":\"沪0114\",\"fanout\":100,\"format\":1,\"zone\":\"Asia/Shanghai\",\"policy\":"
		  "{\"a.wage\":[{\"from\":\"2022-01-01\",\"value\":[1]},{\"value\":null}],\"b\":1}}",
		  "policy.a.wage[1].from: missing\npolicy.a.wage[1].value: null is not stored: leave the field out\n"
		  "policy.b: 1 is no array" },
	};
	struct gv_doc d = GV_DOC_INIT;
	struct gv_err err;

	check_rows("docket", rows, COUNT(rows));
	CHECK_OK(gv_json_parse(&d, gv_str_of(rows[0].json), 0, &err), &err);
	CHECK_OK(gv_schema_check(find("docket"), &d.root, NULL, &err), &err);
	gv_doc_free(&d);
}

static void courts(void)
{
	static const struct {
		const char *code;
		bool ok;
	} rows[] = {
		{ "沪", true },        { "沪01", true },     { "沪0114", true },
		{ "最高法", true },    { "兵0501", true },   { "沪1", false },
		{ "沪011", false },    { "沪01140", false }, { "0114", false },
		{ "", false },         { "上", false },      { "沪0114民", false },
		{ "最高", false },     { "../沪", false },   { "沪0114\n", false },
		{ "\xe6\xb2", false }, { "亚0114", false },
	};

	for (size_t i = 0; i < COUNT(rows); i++)
		CHECK_ROW(gv_court_code_ok(gv_str_of(rows[i].code)) == rows[i].ok, rows[i].code);
}

/* A schema by hand, for keywords that no kind of today uses. */
static struct gv_pattern pattern = { "^[a-z]{2}(字)?$", NULL };
static const struct gv_node code = { .types = 1 << GV_STRING, .pattern = &pattern };
static const struct gv_node range = {
	.types = 1 << GV_INT, .has_min = true, .min = -3, .has_max = true, .max = 3
};
static const struct gv_node length = { .types = 1 << GV_STRING, .min_len = 2, .max_len = 4 };
static const struct gv_node person = { .types = 1 << GV_STRING, .check = GV_CHECK_PERSONID };
static const struct gv_node pair = {
	.types = 1 << GV_ARRAY, .items = &range, .min_len = 1, .max_len = 2
};
static const struct gv_node either = { .types = 1 << GV_STRING | 1 << GV_INT };
static const char *const colours[] = { "red", "green", NULL };
static const struct gv_node secret = { .types = 1 << GV_STRING,
	                               .sensitive = true,
	                               .words = colours };
static const struct gv_node secret_int = {
	.types = 1 << GV_INT, .sensitive = true, .has_max = true, .max = 3
};
static const struct gv_node secret_id = { .types = 1 << GV_STRING,
	                                  .sensitive = true,
	                                  .check = GV_CHECK_RECID };
static const struct gv_prop closed_props[] = {
	{ "code", 4, false, &code },
	{ "either", 6, false, &either },
	{ "length", 6, false, &length },
	{ "pair", 4, false, &pair },
	{ "person", 6, false, &person },
	{ "range", 5, false, &range },
	{ "secret", 6, false, &secret },
	{ "secret_id", 9, false, &secret_id },
	{ "secret_int", 10, false, &secret_int },
};
static const struct gv_node closed = {
	.types = 1 << GV_OBJECT, .closed = true, .props = closed_props, .nprops = 9
};
static const struct gv_schema by_hand = { .kind = "hand", .root = &closed };

static void keywords(void)
{
	static const struct row rows[] = {
		{ "{\"code\":\"ab\",\"either\":1,\"pair\":[1,2],\"range\":-3}", "" },
		{ "{\"code\":\"ab字\",\"either\":\"x\"}", "" },
		{ "{\"code\":\"abc\"}", "code: \"abc\" does not match ^[a-z]{2}(字)?$" },
		{ "{\"code\":\"ab\\n\"}", "code: \"ab\\n\" does not match ^[a-z]{2}(字)?$" },
		{ "{\"either\":true}", "either: true is no integer or string" },
		{ "{\"range\":4}", "range: 4 is more than 3" },
		{ "{\"range\":-4}", "range: -4 is less than -3" },
		{ "{\"pair\":[]}", "pair: 0 of at least 1 items" },
		{ "{\"pair\":[1,2,9]}", "pair: 3 of at most 2 items\npair[2]: 9 is more than 3" },
		{ "{\"length\":\"一二\"}", "" },
		{ "{\"length\":\"一二三四\"}", "" },
		{ "{\"length\":\"𠀀𠀁𠀂𠀃\"}", "" },
		{ "{\"length\":\"一\"}", "length: 1 of at least 2 characters" },
		{ "{\"length\":\"\"}", "length: empty" },
		{ "{\"length\":\"abcde\"}", "length: 5 of at most 4 characters" },
		{ "{\"rnage\":4}", "rnage: there is no such field (did you mean range?)" },
		{ "{\"x\":4}", "x: there is no such field" },
		{ "{\"secret\":\"gren\",\"secret_id\":\"x\",\"secret_int\":123}",
		  "secret: (hidden) is not one of red, green\nsecret_id: (hidden) is not valid\n"
		  "secret_int: (hidden) is more than 3" },
		{ "{\"person\":\"310199199001010018\"}", "" },
		{ "{\"person\":\"31019919900101001X\"}", "person: check digit is X, should be 8" },
		{ "{\"person\":\"31019920000229002９\"}",
		  "person: not in official form: 18 characters, X in upper case" },
	};
	struct gv_buf got = GV_BUF_INIT(1 << 16);
	struct gv_doc d = GV_DOC_INIT;
	struct gv_err err;

	for (size_t i = 0; i < COUNT(rows); i++) {
		gv_buf_reset(&got);
		CHECK_OK(gv_json_parse(&d, gv_str_of(rows[i].json), 0, &err), &err);
		gv_rec_problems(&by_hand, &d.root, cn, add_problem, &got);
		CHECK_STR(got.n ? got.p : "", rows[i].want);
	}
	gv_doc_free(&d);
	gv_buf_free(&got);
}

/* A path longer than a message holds is cut, not an error. */
static void deep(void)
{
	struct gv_buf text = GV_BUF_INIT(1 << 20), got = GV_BUF_INIT(1 << 20);
	char name[1000];

	memset(name, 'n', sizeof name);
	name[sizeof name - 1] = '\0';
	gv_buf_adds(
		&text,
		"{\"id\":\"（2022）沪0114民初1号\",\"kind\":\"case\",\"state\":\"open\",\"z\":");
	for (int i = 0; i < 60; i++)
		gv_buf_addf(&text, "{\"%s\":", name);
	gv_buf_adds(&text, "null");
	for (int i = 0; i < 61; i++)
		gv_buf_addc(&text, '}');
	problems_of(&got, "case", text.p);
	CHECK(strncmp(got.p, "z.nnnnnnnn", 10) == 0);
	CHECK(strstr(got.p, "n: null is not stored: leave the field out") != NULL);
	gv_buf_free(&text);
	gv_buf_free(&got);
}

static int count_three(void *ctx, const struct gv_err *problem)
{
	(void)problem;
	return ++*(int *)ctx == 3;
}

static void bounded(void)
{
	struct gv_buf text = GV_BUF_INIT(1 << 20), got = GV_BUF_INIT(1 << 20);
	struct gv_doc d = GV_DOC_INIT;
	struct gv_err err;
	size_t lines = 1;
	int calls = 0;

	gv_buf_adds(
		&text,
		"{\"id\":\"（2022）沪0114民初1号\",\"kind\":\"case\",\"state\":\"open\",\"panel\":[0");
	for (int i = 0; i < 500; i++)
		gv_buf_adds(&text, ",0");
	gv_buf_adds(&text, "]}");
	CHECK_OK(gv_json_parse(&d, gv_buf_str(&text), 0, &err), &err);
	CHECK_INT(gv_rec_problems(find("case"), &d.root, cn, add_problem, &got), GV_EDATA);
	for (size_t i = 0; i < got.n; i++)
		lines += got.p[i] == '\n';
	CHECK_INT(lines, GV_PROBLEMS_MAX);
	CHECK_INT(gv_rec_problems(find("case"), &d.root, cn, count_three, &calls), GV_EDATA);
	CHECK_INT(calls, 3);
	CHECK_ERR(gv_rec_check(find("case"), &d.root, cn, &err), &err, GV_EDATA,
	          "panel: 501 of at most 15 items");
	CHECK_INT(gv_rec_check(find("case"), &d.root, cn, NULL), GV_EDATA);
	gv_doc_free(&d);
	gv_buf_free(&text);
	gv_buf_free(&got);
}

static void clean_up(void)
{
	pcre2_code_free_8(pattern.code);
	tear_down();
}

UNIT_MAIN("schema", { "tables are there", set_up }, { "types and limits", types },
          { "unknown members", unknown_members }, { "enumerated words", words }, { "dates", dates },
          { "case numbers and ids", numbers }, { "events", events },
          { "between fields", between_fields }, { "mediations", mediations }, { "people", people }, { "shares of a whole", shares },
          { "sealed values", sealed },
          { "gavel.json", config }, { "court codes", courts }, { "other keywords", keywords },
          { "at most so many problems", bounded }, { "deep paths", deep },
          { "clean up", clean_up })
