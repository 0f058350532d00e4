/* SPDX-License-Identifier: MIT */
/* Every rule of the table has a record that it passes and one that it does not, with the whole finding. */
#include "case_rules.h"
#include "rule_unit.h"

struct row {
	const char *rule, *number, *fields;
	const char *want;      /* "level: message", several divided by "; "; "" = nothing found */
	const char *before;    /* of a push: the fields before */
	const char *text, *path;
	bool conflict;
	const char *sealed;    /* the policy sealed_fields, as JSON */
	const char *kind;      /* NULL: case */
};

#define CIVIL "（2022）沪0114民初1号"
#define FILED(day) "\"state\":\"open\",\"filed_on\":\"" day "\""
#define EVENT(e, on, more) "{\"eid\":\"aaaaaaaaaaaaaaaa\",\"event\":\"" e "\",\"on\":\"" on "\"" more "}"
#define EVENTS(list) ",\"events\":[" list "]"
#define EXTEND(on, asked) EVENT("extend", on, ",\"months\":1,\"asked_on\":\"" asked "\"")
#define PARTY(id_no) "\"state\":\"open\",\"parties\":[{\"role\":\"原告\",\"name\":\"张三\",\"id_no\":" id_no "}]"
#define SEALED "{\"key\":\"k\",\"sealed\":\"v1:AAAA\",\"tag\":\"t\"}"
#define FILE_OF(sha256) "\"state\":\"open\",\"files\":[{\"bytes\":1,\"eid\":\"aaaaaaaaaaaaaaaa\",\"name\":\"诉状.pdf\",\"sha256\":\"" sha256 "\"}]"
#define CANON "{\n  \"id\": \"" CIVIL "\",\n  \"kind\": \"case\",\n  \"state\": \"open\"\n}\n"
#define SHOWN(text) "\"state\":\"published\",\"text\":\"" text "\""
#define PATH_1 "cases/2022/沪0114/民初/0000/1.json"
#define PATH_2 "cases/2022/沪0114/民初/0000/2.json"

static const struct row rows[] = {
	{ "DK-02", CIVIL, "\"state\":\"open\"", "", .text = CANON },
	{ "DK-02", CIVIL, "\"state\":\"open\"", "violation: line 1, byte 2: text is not in canonical form",
	  .text = "{\"id\": \"" CIVIL "\"}" },
	{ "DK-03", CIVIL, "\"state\":\"open\"", "", .path = PATH_1 },
	{ "DK-03", CIVIL, "\"state\":\"open\"", "violation: " PATH_2 ": " CIVIL " belongs at " PATH_1, .path = PATH_2 },
	{ "DK-04", CIVIL, FILED("2022-01-10"), "" },
	{ "DK-04", CIVIL, FILED("2022-02-30") ",\"closed_on\":\"2022-01-01\"", "violation: filed_on: 2022-02-30 is not a date; violation: closed_on: 2022-01-01, but state is open" },
	{ "DK-05", CIVIL, "\"links\":[{\"rel\":\"related\",\"id\":\"（2022）沪0114民初2号\"}]", "" },
	{ "DK-05", CIVIL, "\"links\":[{\"rel\":\"related\",\"id\":\"（2022）沪0114民初99号\"}]", "warn: links[0]: （2022）沪0114民初99号 is not in this docket" },
	{ "DK-06", CIVIL, "\"state\":\"suspended\"" EVENTS(EVENT("file", "2022-01-10", "") "," EVENT("suspend", "2022-02-10", "")), "" },
	{ "DK-06", CIVIL, "\"state\":\"open\"" EVENTS(EVENT("file", "2022-01-10", "") "," EVENT("suspend", "2022-02-10", "")),
	  "warn: state open, but the last event that moves it leads to suspended" },
	{ "DK-07", CIVIL, "\"state\":\"open\"", "" },
	{ "DK-07", CIVIL, "\"state\":\"open\"", "violation: a conflict about it is open", .conflict = true },
	{ "DK-09", CIVIL, "\"state\":\"suspended\"", "", .before = "\"state\":\"open\"" },
	{ "DK-09", CIVIL, "\"state\":\"received\"", "violation: no event leads from state open to received", .before = "\"state\":\"open\"" },
	{ "DK-10", CIVIL, "\"state\":\"open\"" EVENTS(EVENT("hear", "2022-02-10", "")), "", .before = "\"state\":\"open\"" EVENTS(EVENT("hear", "2022-02-10", "")) },
	{ "DK-10", CIVIL, "\"state\":\"open\"", "violation: event aaaaaaaaaaaaaaaa is gone", .before = "\"state\":\"open\"" EVENTS(EVENT("hear", "2022-02-10", "")) },
	{ "DK-10", CIVIL, "\"state\":\"open\"" EVENTS(EVENT("hear", "2022-02-11", "")), "violation: event aaaaaaaaaaaaaaaa was changed",
	  .before = "\"state\":\"open\"" EVENTS(EVENT("hear", "2022-02-10", "")) },
	{ "DK-11", CIVIL, FILE_OF("here"), "" },
	{ "DK-11", CIVIL, FILE_OF("gone"), "warn: 诉状.pdf: not here" },
	{ "DK-11", CIVIL, FILE_OF("bad"), "violation: 诉状.pdf: another hash" },
	{ "DK-11", CIVIL, FILE_OF("bad"), "", .before = FILE_OF("bad") }, /* told before */
	{ "DK-11", CIVIL, "\"state\":\"open\"", "violation: file 诉状.pdf is gone from the list", .before = FILE_OF("here") },
	{ "DK-11", CIVIL, FILE_OF("other"), "violation: file 诉状.pdf is gone from the list", .before = FILE_OF("here") },
	{ "DK-14", "沪0114-W000001", SHOWN("原告张某的账户，联系电话。"), "", .kind = "document" },
	{ "DK-14", "沪0114-W000001", SHOWN("原告张某，联系电话13800001234。"), "warn: text: phone at byte 28, of 1 in all: everybody may read it", .kind = "document" },
	{ "DK-14", "沪0114-W000001", SHOWN("电话13800001234，身份证号310114198503120016。"), "violation: text: resident-id at byte 33, of 2 in all: everybody may read it", .kind = "document" },
	{ "DK-14", "沪0114-W000001", SHOWN("身份证号310114198503120017。"), "warn: text: resident-id at byte 13, of 1 in all: everybody may read it", .kind = "document" },
	{ "DK-14", "沪0114-T000001", "\"state\":\"released\",\"title\":\"甲案\",\"keywords\":[\"电话13800001234\"]", "warn: keywords: phone at byte 7, of 1 in all: everybody may read it", .kind = "typical-case" },
	{ "DK-14", "沪0114-T000001", "\"state\":\"edited\",\"title\":\"甲案\",\"facts\":\"310114198503120016\"", "", .kind = "typical-case" },
	{ "DK-14", "沪0114-W000001", SHOWN("身份证号310114198503120016。"), "", .kind = "document", .before = SHOWN("310114198503120016") },
	{ "DK-14", CIVIL, "\"state\":\"open\",\"notes\":\"电话13800001234\"", "" },
	{ "DK-12", CIVIL, PARTY("\"1\""), "" },
	{ "DK-12", CIVIL, PARTY("\"1\""), "", .sealed = "[\"case:parties[].phone\",\"debtor:parties[].id_no\"]" },
	{ "DK-12", CIVIL, PARTY(SEALED), "", .sealed = "[\"case:parties[].id_no\"]" },
	{ "DK-12", CIVIL, PARTY("\"1\""), "warn: parties[0].id_no is plain, and the policy has it sealed: case-file seal",
	  .sealed = "[\"case:parties[].phone\",\"case:parties[].id_no\"]" },
	{ "DK-12", CIVIL, PARTY("\"1\""), "", .sealed = "[\"case:parties[].id_no\"]", .before = PARTY("\"1\"") },
	{ "DK-12", CIVIL, PARTY("\"2\""), "violation: parties[0].id_no is plain, and the policy has it sealed: write it with case-file",
	  .sealed = "[\"case:parties[].id_no\"]", .before = PARTY("\"1\"") },
	{ "DK-12", CIVIL, PARTY("\"1\""), "violation: parties[0].id_no is plain, and the policy has it sealed: write it with case-file",
	  .sealed = "[\"case:parties[].id_no\"]", .before = PARTY(SEALED) },
	{ "CN-02", CIVIL, "\"received_on\":\"2022-01-01\"", "" },
	{ "CN-02", CIVIL, "\"received_on\":\"2021-12-31\"", "warn: the number is of 2022, but the papers were received on 2021-12-31" },
	{ "CN-02", "（2016）沪0114民初1号", "\"received_on\":\"2015-12-31\"", "" }, /* before the rule */
	{ "CN-04", CIVIL, "\"state\":\"open\"", "" },
	{ "CN-04", "（2022）沪9999民初1号", "\"state\":\"open\"", "review: court code 沪9999 is not in the table of courts" },
	{ "CA-03", CIVIL, FILED("2022-01-10") ",\"cause\":\"民间借贷纠纷\"", "" },
	{ "CA-03", CIVIL, FILED("2022-01-10") ",\"cause\":\"民间借款纠纷\"", "review: cause 民间借款纠纷 is not in list 2020" },
	{ "CA-03", CIVIL, FILED("2022-01-10"), "review: cause missing" },
	{ "CA-03", CIVIL, FILED("2022-01-10") ",\"cause\":\"民间借贷纠纷\",\"cause_list\":\"2025\"",
	  "review: cause_list 2025, but list 2020 was in force on the day of filing" },
	{ "CA-03", "（2026）沪0114民初1号", FILED("2026-01-01") ",\"cause\":\"民间借贷纠纷\",\"cause_list\":\"2025\"", "" },
	{ "CA-03", CIVIL, FILED("2020-12-31") ",\"cause\":\"民间借款纠纷\"", "" }, /* the list of 2011 is not in the tables */
	{ "CA-03", "（2022）沪0114刑初1号", FILED("2022-01-10") ",\"cause\":\"盗窃\"", "" }, /* with or without 罪 */
	{ "LA-03", CIVIL, FILED("2022-01-10") ",\"received_on\":\"2022-01-08\"", "" },
	{ "LA-03", CIVIL, FILED("2022-01-10"), "review: received_on missing: the day of receipt is on every receipt" },
	{ "LA-03", CIVIL, FILED("2022-01-10") ",\"closed_on\":\"2022-02-10\"", "" },
	{ "LA-05", CIVIL, FILED("2022-01-10") EVENTS(EVENT("ask-correction", "2022-01-04", "")), "" },
	{ "LA-05", CIVIL, FILED("2022-01-10") EVENTS(EVENT("ask-correction", "2022-01-04", "") "," EVENT("ask-correction", "2022-01-06", "")),
	  "violation: correction was asked for 2 times; one notice has to list everything" },

	/* simplified, filed 2022-01-10: the limit ends on 2022-04-10, to be asked by 03-26 and decided by 04-05 */
	{ "SL-14", CIVIL, FILED("2022-01-10") ",\"procedure\":\"simplified\"" EVENTS(EXTEND("2022-04-05", "2022-03-26")), "" },
	{ "SL-14", CIVIL, FILED("2022-01-10") ",\"procedure\":\"simplified\"" EVENTS(EXTEND("2022-04-05", "2022-03-27")),
	  "violation: extension of 2022-04-05 was asked for on 2022-03-27, the last day was 2022-03-26" },
	{ "SL-14", CIVIL, FILED("2022-01-10") ",\"procedure\":\"simplified\"" EVENTS(EXTEND("2022-04-06", "2022-03-20")),
	  "violation: extension of 2022-04-06 was decided too late, the last day was 2022-04-05" },
	{ "SL-14", CIVIL, FILED("2022-01-10") ",\"procedure\":\"simplified\"" EVENTS(EXTEND("2022-04-06", "2022-04-07")),
	  "warn: extension of 2022-04-06 was decided before it was asked for (2022-04-07)" },
	{ "SL-14", CIVIL, FILED("2022-01-10") ",\"procedure\":\"simplified\"" EVENTS(EVENT("extend", "2022-04-01", ",\"months\":1")),
	  "review: extension of 2022-04-01: asked_on missing" },
	/* ten days that are not counted move the last days, too */
	{ "SL-14", CIVIL, FILED("2022-01-10") ",\"procedure\":\"simplified\"" EVENTS(EVENT("suspend", "2022-02-01", "") ","
	  EVENT("resume", "2022-02-11", "") "," EXTEND("2022-04-15", "2022-04-05")), "" },
	/* nobody said which procedure: taken as ordinary, so not sure */
	{ "SL-14", CIVIL, FILED("2022-01-10") EVENTS(EXTEND("2022-07-06", "2022-06-25")),
	  "review: extension of 2022-07-06 was decided too late, the last day was 2022-07-05" },
	{ "SL-15", CIVIL, FILED("2022-01-10") ",\"procedure\":\"ordinary\"" EVENTS(EVENT("adjourn", "2022-02-01", "") "," EVENT("adjourn", "2022-03-01", "")), "" },
	{ "SL-15", CIVIL, FILED("2022-01-10") ",\"procedure\":\"simplified\"" EVENTS(EVENT("adjourn", "2022-02-01", "") "," EVENT("adjourn", "2022-03-01", "")),
	  "violation: 2 adjournments in simplified procedure, at most 1" },
	{ "SL-15", CIVIL, FILED("2022-01-10") EVENTS(EVENT("adjourn", "2022-02-01", "") "," EVENT("adjourn", "2022-03-01", "") ","
	  EVENT("adjourn", "2022-04-01", "")), "review: 3 adjournments, procedure missing" },
	{ "SL-18", CIVIL, FILED("2022-05-10") EVENTS(EVENT("convert", "2022-06-01", ",\"to\":\"simplified\"") "," EVENT("hear", "2022-06-02", "")), "" },
	{ "SL-18", CIVIL, FILED("2022-05-10") EVENTS(EVENT("hear", "2022-06-01", "") "," EVENT("convert", "2022-06-02", ",\"to\":\"simplified\"")),
	  "violation: changed to simplified procedure on 2022-06-02, after a hearing" },
	{ "SL-18", CIVIL, FILED("2022-05-10") EVENTS(EVENT("hear", "2022-06-01", "") "," EVENT("convert", "2022-06-02", ",\"to\":\"ordinary\"")), "" },

	{ "ID-02", CIVIL, "\"parties\":[{\"id_type\":\"resident-id\",\"id_no\":\"310199199001010018\"}]", "" },
	{ "ID-02", CIVIL, "\"parties\":[{\"id_type\":\"resident-id\",\"id_no\":\"310199199001010019\"}]", "review: parties[0].id_no: check digit is 9, should be 8" },
	{ "ID-02", CIVIL, "\"parties\":[{\"id_type\":\"passport\",\"id_no\":\"E1\"}]", "" },
	{ "ID-08", CIVIL, "\"parties\":[{},{\"credit_code\":\"91310114000000000A\"}]", "" },
	{ "ID-08", CIVIL, "\"parties\":[{},{\"credit_code\":\"91310114000000000B\"}]", "review: parties[1].credit_code: check character is B, should be A" },
};

static struct gv_case_law *law;

static int exists(void *ctx, struct gv_str id, bool *yes, struct gv_err *err)
{
	(void)ctx;
	(void)err;
	*yes = !gv_str_is(id, "（2022）沪0114民初99号");
	return 0;
}

static int conflict(void *ctx, const struct gv_id *id, bool *yes, struct gv_err *err)
{
	(void)id;
	(void)err;
	*yes = *(const bool *)ctx;
	return 0;
}

/* Tells by the hash's name. */
static int file(void *ctx, const struct gv_val *item, struct gv_err *err)
{
	struct gv_str sha256 = gv_val_getstr(item, "sha256");

	(void)ctx;
	if (gv_str_is(sha256, "gone"))
		return gv_fail(err, GV_ENOTFOUND, "not here");
	return gv_str_is(sha256, "bad") ? gv_fail(err, GV_EINTEGRITY, "another hash") : 0;
}

static void parse_fields(struct gv_doc *doc, const char *kind, const char *number, const char *fields)
{
	struct gv_buf text = GV_BUF_INIT(65536);
	struct gv_err err;

	gv_buf_addf(&text, "{\"id\":\"%s\",\"kind\":\"%s\",%s}", number, kind ? kind : "case", fields);
	CHECK_OK(gv_json_parse(doc, gv_buf_str(&text), 0, &err), &err);
	gv_buf_free(&text);
}

static void run_row(const struct row *row)
{
	struct gv_doc doc = GV_DOC_INIT, before = GV_DOC_INIT, policy = GV_DOC_INIT;
	struct gv_buf got = GV_BUF_INIT(65536);
	struct gv_case_subject s;
	struct gv_rec rec;
	struct gv_err err;
	bool open = row->conflict;
	struct gv_check c = { .rec = &rec, .as_of = gv_day_of(2022, 6, 30), .ctx = &got, .sink = rule_sink,
	                      .only = gv_str_of(row->rule), .err = &err };

	parse_fields(&doc, row->kind, row->number, row->fields);
	CHECK_OK(gv_rec_of(&rec, &doc, NULL, cn, &err), &err);
	gv_case_subject_of(&s, &rec, law, cn);
	s.strict = true;
	s.exists = exists;
	s.conflict = conflict;
	s.file = file;
	s.ctx = &open;
	s.text = row->text ? gv_str_of(row->text) : (struct gv_str){ 0 };
	s.path = row->path ? gv_str_of(row->path) : (struct gv_str){ 0 };
	if (row->before) {
		parse_fields(&before, row->kind, row->number, row->before);
		s.before = &before.root;
		s.incoming = true;
	}
	if (row->sealed) {
		CHECK_OK(gv_json_parse(&policy, gv_str_of(row->sealed), 0, &err), &err);
		s.sealed_fields = &policy.root;
	}
	CHECK_OK(gv_rules_run(&c, gv_case_rules, &s), &err);
	if (strcmp(got.p ? got.p : "", row->want) != 0)
		UNIT_FAIL("%s %s\n#   got  [%s]\n#   want [%s]", row->rule, row->fields, got.p ? got.p : "", row->want);
	gv_doc_free(&c.scratch);
	gv_doc_free(&doc);
	gv_doc_free(&before);
	gv_doc_free(&policy);
	gv_buf_free(&got);
}

static void each_rule(void)
{
	struct gv_err err;

	set_up();
	CHECK_OK(gv_case_law_load(&law, &err), &err);
	for (size_t i = 0; i < COUNT(rows); i++)
		run_row(&rows[i]);
	gv_case_law_free(law);
	tear_down();
}

/* DK-01 and DK-08 are told by those who read: tests/check.bats and tests/push.bats have their rows. */
static void look(const struct gv_rule *r, bool *passes, bool *fails)
{
	*passes = *fails = !r->fn;
	for (size_t i = 0; i < COUNT(rows); i++)
		if (strcmp(rows[i].rule, r->id) == 0)
			*(*rows[i].want ? fails : passes) = true;
}

static void complete(void)
{
	rule_has_rows(gv_case_rules, look);
}

/* Whatever the law says in its text alone is a violation; what comes from elsewhere never is. */
static void levels(void)
{
	for (const struct gv_rule *r = gv_case_rules; r->id; r++) {
		CHECK_ROW(r->basis && r->basis[0].doc, r->id);
		CHECK_ROW(r->title && r->zh && r->needs, r->id);
		if (strncmp(r->id, "DK-", 3) != 0 && strncmp(r->id, "ID-02", 5) != 0)
			CHECK_ROW(r->from != NULL, r->id);
	}
}

UNIT_MAIN("case_rules", { "each rule", each_rule }, { "every rule has both rows", complete }, { "every rule has a basis", levels })
