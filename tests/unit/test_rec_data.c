/* SPDX-License-Identifier: MIT */
/* Records: kind and id, derived fields, events. */
#include "schema_unit.h"

static void records(void)
{
	static const struct {
		const char *json, *want;
	} rows[] = {
		{ "{\"id\":\"(2022)沪0114民初1号\",\"kind\":\"case\"}", "（2022）沪0114民初1号" },
		{ "[]", "! a record is a JSON object" },
		{ "{\"id\":\"（2022）沪0114民初1号\"}",
		  "! kind: missing: a case has \"kind\":\"case\"" },
		{ "{\"id\":\"（2022）沪0114民初1号\",\"kind\":1}", "! kind: must be a string" },
		{ "{\"id\":\"（2022）沪0114民初1号\",\"kind\":\"caes\"}",
		  "! kind: there is no kind \"caes\" (did you mean case?)" },
		{ "{\"id\":\"1\",\"kind\":\"finding\"}",
		  "! kind: a finding is no record with an id" },
		{ "{\"kind\":\"case\"}", "! id: missing" },
		{ "{\"kind\":\"case\",\"id\":12}", "! id: must be a string" },
		{ "{\"kind\":\"case\",\"id\":\"\"}", "! id: the id is empty" },
		{ "{\"kind\":\"case\",\"id\":\"（2022）沪0114民初\"}",
		  "! （2022）沪0114民初: id: no serial number" },
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		struct gv_doc d = GV_DOC_INIT;
		struct gv_buf got = GV_BUF_INIT(4096);
		struct gv_rec rec;
		struct gv_err err;

		CHECK_OK(gv_json_parse(&d, gv_str_of(rows[i].json), 0, &err), &err);
		if (gv_rec_of(&rec, &d, find("case"), cn, &err)) {
			gv_buf_adds(&got, "! ");
			gv_err_text(&err, &got);
		} else {
			gv_id_format(&rec.id, true, &got);
			CHECK(rec.val == &d.root && rec.doc == &d);
		}
		CHECK_STR(got.p, rows[i].want);
		gv_buf_free(&got);
		gv_doc_free(&d);
	}
}

/* One derived field of a record with these members. */
static void check_derived(const char *kind, const char *id, const char *more, const char *list, const char *want)
{
	struct gv_doc d = GV_DOC_INIT, to = GV_DOC_INIT;
	struct gv_buf text = GV_BUF_INIT(1 << 16), got = GV_BUF_INIT(1 << 16);
	struct gv_rec rec;
	struct gv_val v;
	struct gv_err err;

	gv_buf_addf(&text, "{\"id\":\"%s\",\"kind\":\"%s\"%s}", id, kind, more);
	CHECK_OK(gv_json_parse(&d, gv_buf_str(&text), 0, &err), &err);
	CHECK_OK(gv_rec_of(&rec, &d, find(kind), cn, &err), &err);
	if (gv_rec_derive(&to, &v, &rec, cn, GV_DAY_NONE, gv_str_of(list), &err)) {
		CHECK_INT(err.code, GV_EUSAGE);
		gv_buf_adds(&got, "! ");
		gv_err_text(&err, &got);
	} else {
		/* the record's own members are all there */
		for (uint32_t i = 0; i < rec.val->n; i++) {
			CHECK(gv_val_eq(gv_val_getn(&v, rec.val->members[i].name),
			                &rec.val->members[i].val));
			gv_obj_del(&v, rec.val->members[i].name);
		}
		gv_json_line(&got, &v);
	}
	CHECK_STR(got.p, want);
	gv_buf_free(&text);
	gv_buf_free(&got);
	gv_doc_free(&d);
	gv_doc_free(&to);
}

#define NEW "（2022）沪0114民初1234号"
#define OLD "（2014）嘉民一（民）初字第012号"
#define P(role, name) "{\"name\":\"" name "\",\"role\":\"" role "\"}"
#define PARTIES(list) ",\"parties\":[" list "]"

static void derives(void)
{
	static const struct {
		const char *id, *more, *list, *want;
	} rows[] = {
		{ NEW, "", "court,type,serial,year",
		  "{\"court\":\"沪0114\",\"serial\":\"1234\",\"type\":\"民初\",\"year\":2022}" },
		{ NEW, "", " court , year ", "{\"court\":\"沪0114\",\"year\":2022}" },
		{ NEW, "", "", "{}" },
		{ NEW, "", "group,court_full",
		  "{\"court_full\":\"上海市嘉定区人民法院\",\"group\":\"民事案件\"}" },
		{ "（2022）最高法知民终1号", "", "court,type,group",
		  "{\"court\":\"最高法\",\"group\":\"民事案件\",\"type\":\"知民终\"}" },
		{ OLD, "", "court,court_full,year,type,serial,group",
		  "{\"serial\":\"012\",\"year\":2014}" },
		{ OLD, ",\"court_name\":\"上海市嘉定区人民法院\"", "court,court_full",
		  "{\"court\":\"沪0114\",\"court_full\":\"上海市嘉定区人民法院\"}" },
		{ OLD, ",\"court_name\":\"某法院\"", "court,court_full",
		  "{\"court_full\":\"某法院\"}" },
		{ NEW, ",\"closed_on\":\"2022-03-01\",\"filed_on\":\"2022-02-01\"", "days",
		  "{\"days\":28}" },
		{ NEW, ",\"closed_on\":\"2022-02-30\",\"filed_on\":\"2022-02-01\"", "days", "{}" },
		{ NEW, ",\"filed_on\":\"2022-02-01\"", "days", "{}" },
		{ NEW, ",\"events\":[{\"event\":\"file\",\"on\":\"2022-02-01\"},"
		       "{\"event\":\"hear\",\"on\":\"2022-03-01\"}]", "last_event,last_event_on",
		  "{\"last_event\":\"hear\",\"last_event_on\":\"2022-03-01\"}" },
		{ NEW, ",\"events\":[]", "last_event,last_event_on", "{}" },
		{ NEW, PARTIES(P("原告", "甲") "," P("被告", "乙") "," P("第三人", "丙") "," P("被告", "丁")),
		  "plaintiffs,defendants", "{\"defendants\":\"乙、丁\",\"plaintiffs\":\"甲\"}" },
		{ NEW, PARTIES(P("原告（反诉被告）", "甲") "," P("被告(反诉原告)", "乙")),
		  "plaintiffs,defendants", "{\"defendants\":\"乙\",\"plaintiffs\":\"甲\"}" },
		{ NEW, PARTIES(P("申请执行人", "甲") "," P("被执行人", "乙") "," P("案外人", "丙")),
		  "plaintiffs,defendants", "{\"defendants\":\"乙\",\"plaintiffs\":\"甲\"}" },
		{ NEW, PARTIES(P("公诉机关", "甲") "," P("被告人", "乙")),
		  "plaintiffs,defendants", "{\"defendants\":\"乙\",\"plaintiffs\":\"甲\"}" },
		{ NEW, PARTIES("1,{},{\"name\":\"甲\"}," P("", "乙")), "plaintiffs,defendants", "{}" },
		{ NEW, "", "courts", "! case has no derived field \"courts\" (did you mean court?)" },
		{ NEW, "", "court,,year", "! case has no derived field \"\"" },
		{ NEW, "", "all",
		  "{\"court\":\"沪0114\",\"court_full\":\"上海市嘉定区人民法院\",\"group\":\"民事案件\","
		  "\"serial\":\"1234\",\"type\":\"民初\",\"year\":2022}" },
	};

	for (size_t i = 0; i < COUNT(rows); i++)
		check_derived("case", rows[i].id, rows[i].more, rows[i].list, rows[i].want);
}

#define ENDED(state, by) ",\"state\":\"" state "\",\"ended_on\":\"2022-05-20\",\"ended_by\":\"" by "\""
#define YES "{\"succeeded\":1}"
#define NO "{\"succeeded\":0}"

/* IND-10: what counts as a success, and what does not count at all. */
static void succeeds(void)
{
	static const struct { const char *more, *want; } rows[] = {
		{ ENDED("agreed", "agreement"), YES },
		{ ENDED("confirming", "agreement"), YES },
		{ ENDED("confirmed", "agreement") ",\"referral\":\"before-filing\"", YES },
		{ ENDED("withdrawn", "settled"), YES },
		{ ENDED("withdrawn", "withdrawn"), NO },
		{ ENDED("refused", "refused"), NO },
		{ ENDED("failed", "deadlock"), NO },
		{ ENDED("failed", "not-signed"), NO },
		{ ENDED("failed", "agreement"), NO },  /* an agreement that was not accepted in the end */
		{ ENDED("filed", "agreement"), NO },
		{ ENDED("filed", "deadlock"), NO },
		{ ENDED("confirmed", "agreement") ",\"referral\":\"after-filing\"", "{}" },
		{ ENDED("returned", "other"), "{}" },
		{ ",\"state\":\"mediating\"", "{}" },
		{ ",\"state\":\"failed\",\"ended_by\":\"deadlock\"", "{}" },
		{ ",\"state\":\"failed\",\"ended_on\":\"2022-05-20\"", "{}" },
		{ ",\"state\":\"failed\",\"ended_on\":\"2022-02-30\",\"ended_by\":\"deadlock\"", "{}" },
	};

	for (size_t i = 0; i < COUNT(rows); i++)
		check_derived("mediation", "（2022）沪0114诉前调1号", rows[i].more, "succeeded", rows[i].want);
}

/* ---- events ---- */

static void eids(void)
{
	char a[17], b[17];
	unsigned seen[256] = { 0 }, kinds = 0;
	struct gv_err err;

	for (int i = 0; i < 2000; i++) {
		CHECK_OK(gv_eid_new(a, &err), &err);
		CHECK_OK(gv_eid_new(b, &err), &err);
		CHECK(strcmp(a, b) != 0);
		CHECK(strlen(a) == 16 && strspn(a, "abcdefghijklmnopqrstuvwxyz234567") == 16);
		for (size_t k = 0; k < 16; k++)
			seen[(unsigned char)a[k]]++;
	}
	/* 32000 characters, 1000 of each: all are used, none far too often (8 sigma) */
	for (size_t c = 0; c < 256; c++) {
		kinds += seen[c] > 0;
		CHECK(seen[c] == 0 || (seen[c] > 750 && seen[c] < 1250));
	}
	CHECK_INT(kinds, 32);
}

static int add_event(struct gv_doc *d, const char *json, struct gv_err *err)
{
	struct gv_doc one = GV_DOC_INIT;
	struct gv_val copy;
	int rc;

	CHECK_OK(gv_json_parse(&one, gv_str_of(json), 0, err), err);
	CHECK_OK(gv_val_copy(d, &copy, &one.root, err), err);
	rc = gv_event_add(d, &d->root, copy, err);
	gv_doc_free(&one);
	return rc;
}

/* Without ids of their own: each behind the last, for as many as a day may have, whatever is there already. */
static void events_of_one_day(void)
{
	enum { MANY = 3000 };
	static const char *const there[] = {
		"{}",
		"{\"events\":[{\"eid\":\"zzzzzzzzzyyyyyyy\",\"event\":\"a\",\"on\":\"2022-06-29\"},"
		"{\"eid\":\"by hand\",\"event\":\"a\",\"on\":\"2022-06-30\"},"
		"{\"eid\":\"zzzzyzzzzzzzzzzz\",\"event\":\"a\",\"on\":\"2022-06-30\"}]}",
	};
	struct gv_err err;

	for (size_t k = 0; k < COUNT(there); k++) {
		struct gv_doc d = GV_DOC_INIT;
		const struct gv_val *log;
		uint32_t first;

		CHECK_OK(gv_json_parse(&d, gv_str_of(there[k]), 0, &err), &err);
		for (int i = 0; i < MANY; i++)
			CHECK_OK(add_event(&d, i % 2 ? "{\"event\":\"odd\",\"on\":\"2022-06-30\"}"
			                             : "{\"event\":\"even\",\"on\":\"2022-06-30\"}",
			                   &err),
			         &err);
		log = gv_val_get(&d.root, "events");
		first = log->n - MANY;
		for (uint32_t i = first; i < log->n; i++) {
			CHECK(gv_str_is(gv_val_getstr(&log->items[i], "event"),
			                (i - first) % 2 ? "odd" : "even"));
			CHECK(gv_str_cmp(gv_val_getstr(&log->items[i], "eid"),
			                 i > 0 && i > first ? gv_val_getstr(&log->items[i - 1], "eid")
			                                    : GV_STR("")) > 0);
		}
		gv_doc_free(&d);
	}
}

/* Behind the greatest id there is no room: the next one is another all the same. */
static void events_behind_the_end(void)
{
	struct gv_doc d = GV_DOC_INIT;
	struct gv_err err;

	CHECK_OK(gv_json_parse(&d, GV_STR("{}"), 0, &err), &err);
	CHECK_OK(add_event(&d, "{\"eid\":\"zzzzzzzzzzzzzzzz\",\"event\":\"a\",\"on\":\"2022\"}", &err), &err);
	for (int i = 0; i < 100; i++)
		CHECK_OK(add_event(&d, "{\"event\":\"b\",\"on\":\"2022\"}", &err), &err);
	CHECK_INT(gv_val_get(&d.root, "events")->n, 101);
	gv_doc_free(&d);
}

static void adds_events(void)
{
	static const char *const rows[] = {
		"{\"eid\":\"bbbbbbbbbbbbbbbb\",\"event\":\"hear\",\"on\":\"2022-06-30\"}",
		"{\"eid\":\"cccccccccccccccc\",\"event\":\"note\",\"on\":\"2022-06-30T09:00Z\"}",
		"{\"eid\":\"aaaaaaaaaaaaaaaa\",\"event\":\"note\",\"on\":\"2022-06-30\"}",
		"{\"eid\":\"dddddddddddddddd\",\"event\":\"file\",\"on\":\"2022-01-30\"}",
		"{\"eid\":\"eeeeeeeeeeeeeeee\",\"event\":\"close\",\"on\":\"2022-12-30\"}",
	};
	struct gv_doc d = GV_DOC_INIT;
	struct gv_buf got = GV_BUF_INIT(1 << 16);
	struct gv_err err;

	CHECK_OK(gv_json_parse(&d, GV_STR("{\"id\":\"x\"}"), 0, &err), &err);
	for (size_t i = 0; i < COUNT(rows); i++)
		CHECK_OK(add_event(&d, rows[i], &err), &err);
	for (uint32_t i = 0; i < 5; i++)
		gv_buf_addf(&got, "%c",
		            gv_val_getstr(&gv_val_get(&d.root, "events")->items[i], "eid").p[0]);
	CHECK_STR(got.p, "dabce");
	CHECK_ERR(add_event(&d, rows[0], &err), &err, GV_EDATA,
	          "eid: there is an event \"bbbbbbbbbbbbbbbb\" already");
	CHECK_ERR(add_event(&d, "{\"event\":\"x\"}", &err), &err, GV_EDATA, "on: missing");
	CHECK_ERR(add_event(&d, "{\"on\":\"x\"}", &err), &err, GV_EDATA, "event: missing");
	CHECK_ERR(add_event(&d, "1", &err), &err, GV_EDATA, "an event is a JSON object");
	CHECK_INT(gv_val_get(&d.root, "events")->n, 5);
	CHECK_OK(add_event(&d, "{\"event\":\"note\",\"on\":\"2023\"}", &err), &err);
	CHECK_INT(gv_val_getstr(&gv_val_get(&d.root, "events")->items[5], "eid").n, 16);
	CHECK_OK(gv_json_parse(&d, GV_STR("{\"events\":1}"), 0, &err), &err);
	CHECK_ERR(add_event(&d, rows[0], &err), &err, GV_EDATA, "events: must be an array");
	CHECK_OK(gv_json_parse(&d, GV_STR("{\"events\":[1]}"), 0, &err), &err);
	CHECK_ERR(add_event(&d, rows[0], &err), &err, GV_EDATA,
	          "events: must be an array of objects");
	gv_buf_free(&got);
	gv_doc_free(&d);
}

UNIT_MAIN("rec_data", { "tables are there", set_up }, { "records", records },
          { "derived fields", derives }, { "success of a mediation", succeeds }, { "event ids", eids }, { "adds events", adds_events },
          { "events of one day", events_of_one_day }, { "events behind the end", events_behind_the_end },
          { "tear down", tear_down })
