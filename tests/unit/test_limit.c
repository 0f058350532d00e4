/* SPDX-License-Identifier: MIT */
/* The clocks of a case: every length, stop, extension and change of procedure of the tables, by hand. */
#include "limit.h"
#include "schema_unit.h"

static struct gv_calendar *calendar;
static struct gv_limits *limits;

static void load(void)
{
	struct gv_err err;

	if (limits)
		return;
	set_up();
	CHECK_OK(gv_calendar_load(&calendar, NULL, &err), &err);
	CHECK_OK(gv_limits_load(&limits, calendar, &err), &err);
}

struct telling { struct gv_buf got; bool extensions; };

/* "trial-limit SL-01 2022-01-10 2022-07-10 10" and how it stands; clocks are divided by "; ". */
static int tell(void *ctx, const struct gv_clock *c)
{
	static const char *const states[] = { "", " stopped", " overdue" };
	struct telling *t = ctx;
	struct gv_buf *out = &t->got;
	struct gv_str rule = c->rule.n ? c->rule : GV_STR("-");
	char from[GV_DATE_LEN + 1], until[GV_DATE_LEN + 1];

	if (!t->extensions && strncmp(c->name, "extension", 9) == 0)
		return 0;
	gv_day_format(c->from, from);
	gv_day_format(c->until, until);
	gv_buf_addf(out, "%s%s %.*s %s %s", out->n ? "; " : "", c->name, (int)rule.n, rule.p,
	            *from ? from : "?", *until ? until : "?");
	if (c->until != GV_DAY_NONE)
		gv_buf_addf(out, " %d", c->days_left);
	gv_buf_adds(out, states[c->state]);
	return 0;
}

struct row { const char *number, *fields, *as_of, *want; };

static void check_rows(const struct row *rows, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct telling t = { GV_BUF_INIT(65536), strstr(rows[i].want, "extension") };
		struct gv_buf text = GV_BUF_INIT(65536);
		struct gv_doc doc = GV_DOC_INIT;
		struct gv_rec rec;
		struct gv_err err;

		gv_buf_addf(&text, "{\"id\":\"%s\",\"kind\":\"case\",%s}", rows[i].number, rows[i].fields);
		CHECK_OK(gv_json_parse(&doc, gv_buf_str(&text), 0, &err), &err);
		CHECK_OK(gv_rec_of(&rec, &doc, NULL, cn, &err), &err);
		CHECK_OK(gv_limit_clocks(limits, &rec, cn, gv_day_read(gv_str_of(rows[i].as_of)), tell, &t, &err), &err);
		if (strcmp(t.got.p ? t.got.p : "", rows[i].want) != 0)
			UNIT_FAIL("%s %s as of %s:\n#   got  [%s]\n#   want [%s]", rows[i].number, rows[i].fields, rows[i].as_of,
			          t.got.p ? t.got.p : "", rows[i].want);
		unit_checks++;
		gv_doc_free(&doc);
		gv_buf_free(&text);
		gv_buf_free(&t.got);
	}
}

#define CHECK_ROWS(rows) check_rows(rows, COUNT(rows))
#define CIVIL "（2022）沪0114民初1号"
#define OPEN(filed, more) "\"state\":\"open\",\"filed_on\":\"" filed "\"" more
#define PROCEDURE(p) ",\"procedure\":\"" p "\""
#define EVENTS(list) ",\"events\":[" list "]"
#define EVENT(e, on, more) "{\"event\":\"" e "\",\"on\":\"" on "\"" more "}"

/* LA-04, LA-19, LA-21, LA-22: a last day that is not worked moves (SV-01). */
static void filing(void)
{
#define RECEIVED(day, more) "\"state\":\"received\",\"received_on\":\"" day "\"" more
	static const struct row rows[] = {
		/* Monday to Monday */
		{ CIVIL, RECEIVED("2022-06-27", ""), "2022-06-30", "filing-decision LA-04 2022-06-27 2022-07-04 4" },
		/* 7 days end on Saturday 2022-07-02 */
		{ CIVIL, RECEIVED("2022-06-25", ""), "2022-06-30", "filing-decision LA-04 2022-06-25 2022-07-04 4" },
		/* in the week of National Day, which was worked again from 2022-10-08, a Saturday */
		{ CIVIL, RECEIVED("2022-09-28", ""), "2022-09-30", "filing-decision LA-04 2022-09-28 2022-10-08 8" },
		{ CIVIL, RECEIVED("2022-06-20", ""), "2022-06-28", "filing-decision LA-04 2022-06-20 2022-06-27 -1 overdue" },
		{ CIVIL, RECEIVED("2022-06-20", ",\"cause\":\"第三人撤销之诉\""), "2022-06-20",
		  "filing-decision LA-04 2022-06-20 2022-07-20 30" },
		{ "（2022）沪0114民撤1号", RECEIVED("2022-06-20", ""), "2022-06-20", "filing-decision LA-04 2022-06-20 2022-07-20 30" },
		{ CIVIL, RECEIVED("2022-06-20", ",\"cause\":\"案外人执行异议之诉\""), "2022-06-20",
		  "filing-decision LA-04 2022-06-20 2022-07-05 15" },
		{ "（2022）沪0114行初1号", RECEIVED("2022-06-20", ""), "2022-06-20", "filing-decision LA-04 2022-06-20 2022-06-27 7" },
		{ "（2022）沪0114刑初1号", RECEIVED("2022-06-20", ",\"prosecution\":\"private\""), "2022-06-20",
		  "filing-decision LA-04 2022-06-20 2022-07-05 15" },
		{ "（2022）沪0114刑初1号", RECEIVED("2022-06-20", ""), "2022-06-20", "filing-decision LA-21 2022-06-20 2022-06-27 7" },
		{ "（2022）沪0114执1号", RECEIVED("2022-06-20", ""), "2022-06-20", "filing-decision LA-04 2022-06-20 2022-06-27 7" },
		{ "（2022）沪0114行审1号", RECEIVED("2022-06-20", ""), "2022-06-20", "filing-decision LA-22 2022-06-20 2022-06-27 7" },
		{ "（2022）沪02民终1号", RECEIVED("2022-06-20", ""), "2022-06-20", "filing-decision LA-19 2022-06-20 2022-06-27 7" },
		/* LA-06: from the corrected papers again; LA-05: the period of correction is the court's */
		{ CIVIL, "\"state\":\"correcting\",\"received_on\":\"2022-06-01\"" EVENTS(EVENT("receive", "2022-06-01", "") ","
		  EVENT("ask-correction", "2022-06-06", ",\"until\":\"2022-06-20\"")), "2022-06-10", "correction LA-05 2022-06-06 2022-06-20 10" },
		{ CIVIL, "\"state\":\"reviewing\",\"received_on\":\"2022-06-01\"" EVENTS(EVENT("ask-correction", "2022-06-06", "") ","
		  EVENT("correct", "2022-06-16", "")), "2022-06-17", "filing-decision LA-04 2022-06-16 2022-06-23 6" },
		/* no calendar: no end, and a note */
		{ "（2030）沪0114民初1号", RECEIVED("2030-06-01", ""), "2030-06-03", "filing-decision LA-04 2030-06-01 ?" },
		/* before the text was in force, and a type that no text names */
		{ CIVIL, RECEIVED("2015-04-30", ""), "2015-05-03", "filing-decision - 2015-04-30 ?" },
		{ "（2022）沪0114破1号", RECEIVED("2022-06-20", ""), "2022-06-20", "filing-decision - 2022-06-20 ?" },
	};

	load();
	CHECK_ROWS(rows);
}

/* SL-01 to SL-11: the lengths, the ends of months; a trial limit does not move. */
static void lengths(void)
{
	static const struct row rows[] = {
		{ CIVIL, OPEN("2022-01-10", PROCEDURE("ordinary")), "2022-01-10", "trial-limit SL-01 2022-01-10 2022-07-10 181; "
		  "extension-request SL-14 ? 2022-06-25 166; extension-decision SL-14 ? 2022-07-05 176" },
		{ CIVIL, OPEN("2022-01-10", ""), "2022-07-11", "trial-limit SL-01 2022-01-10 2022-07-10 -1 overdue" },
		{ CIVIL, OPEN("2022-08-31", PROCEDURE("ordinary")), "2023-03-01", "trial-limit SL-01 2022-08-31 2023-02-28 -1 overdue" },
		{ CIVIL, OPEN("2023-08-31", PROCEDURE("ordinary")), "2024-03-01", "trial-limit SL-01 2023-08-31 2024-02-29 -1 overdue" },
		{ CIVIL, OPEN("2022-06-30", PROCEDURE("simplified")), "2022-10-01", "trial-limit SL-02 2022-06-30 2022-09-30 -1 overdue" },
		{ CIVIL, OPEN("2022-07-01", PROCEDURE("simplified")), "2022-10-02", "trial-limit SL-02 2022-07-01 2022-10-01 -1 overdue" },
		{ CIVIL, OPEN("2022-05-05", PROCEDURE("small-claim")), "2022-07-06", "trial-limit SL-03 2022-05-05 2022-07-05 -1 overdue" },
		{ CIVIL, OPEN("2024-01-01", PROCEDURE("small-claim")), "2024-03-02", "trial-limit SL-03 2024-01-01 2024-03-01 -1 overdue" },
		{ "（2022）沪02民终1号", OPEN("2022-03-10", ""), "2022-06-11", "trial-limit SL-04 2022-03-10 2022-06-10 -1 overdue" },
		{ "（2022）沪02民辖终1号", OPEN("2022-03-10", ""), "2022-04-10", "trial-limit SL-04 2022-03-10 2022-04-09 -1 overdue" },
		{ "（2022）沪0114民特1号", OPEN("2022-03-10", ",\"cause\":\"申请宣告公民无民事行为能力\""), "2022-04-10",
		  "trial-limit SL-05 2022-03-10 2022-04-09 -1 overdue" },
		{ "（2022）沪0114民特1号", OPEN("2022-03-10", ",\"cause\":\"申请撤销仲裁裁决\""), "2022-04-10", "trial-limit - 2022-03-10 ?" },
		{ "（2022）沪0114民特1号", OPEN("2022-03-10", ",\"cause\":\"申请确定选民资格\""), "2022-04-10", "trial-limit SL-05 2022-03-10 ?" },
		{ "（2022）沪0114行初1号", OPEN("2022-03-10", PROCEDURE("simplified")), "2022-04-25",
		  "trial-limit SL-06 2022-03-10 2022-04-24 -1 overdue" },
		{ "（2022）沪0114行初1号", OPEN("2022-03-10", PROCEDURE("ordinary")), "2022-09-11",
		  "trial-limit SL-06 2022-03-10 2022-09-10 -1 overdue" },
		{ "（2022）沪02行终1号", OPEN("2022-03-10", ""), "2022-06-11", "trial-limit SL-06 2022-03-10 2022-06-10 -1 overdue" },
		{ "（2022）沪0114刑初1号", OPEN("2022-03-10", PROCEDURE("ordinary")), "2022-06-11",
		  "trial-limit SL-07 2022-03-10 2022-06-10 -1 overdue" },
		{ "（2022）沪0114刑初1号", OPEN("2022-03-10", PROCEDURE("simplified")), "2022-03-31",
		  "trial-limit SL-08 2022-03-10 2022-03-30 -1 overdue" },
		{ "（2022）沪0114刑初1号", OPEN("2022-03-10", PROCEDURE("simplified") ",\"max_penalty_years\":4"), "2022-04-26",
		  "trial-limit SL-08 2022-03-10 2022-04-25 -1 overdue" },
		{ "（2022）沪0114刑初1号", OPEN("2022-03-10", PROCEDURE("fast-track")), "2022-03-21",
		  "trial-limit SL-08 2022-03-10 2022-03-20 -1 overdue" },
		{ "（2022）沪0114刑初1号", OPEN("2022-03-10", PROCEDURE("fast-track") ",\"max_penalty_years\":2"), "2022-03-26",
		  "trial-limit SL-08 2022-03-10 2022-03-25 -1 overdue" },
		{ "（2022）沪0114刑初1号", OPEN("2022-03-10", ",\"prosecution\":\"private\",\"custody\":false"), "2022-09-11",
		  "trial-limit SL-09 2022-03-10 2022-09-10 -1 overdue" },
		/* a month of a criminal case that begins on the last day of one ends on the last day of one (art. 202) */
		{ "（2022）沪0114刑初1号", OPEN("2022-02-28", ",\"prosecution\":\"private\",\"custody\":false"), "2022-09-01",
		  "trial-limit SL-09 2022-02-28 2022-08-31 -1 overdue" },
		{ "（2022）沪02刑终1号", OPEN("2022-03-10", ""), "2022-05-11", "trial-limit SL-10 2022-03-10 2022-05-10 -1 overdue" },
		{ "（2022）沪0114执1号", OPEN("2022-03-10", ""), "2022-09-11", "trial-limit SL-11 2022-03-10 2022-09-10 -1 overdue" },
		{ "（2022）沪0114行审1号", OPEN("2022-03-10", ""), "2022-03-18", "trial-limit LA-22 2022-03-10 2022-03-17 -1 overdue" },
		/* closed: nothing runs; older texts, no day of filing: said to be unknown */
		{ CIVIL, "\"state\":\"closed\",\"filed_on\":\"2022-01-10\",\"closed_by\":\"judgment\",\"closed_on\":\"2022-03-01\"", "2022-07-11", "" },
		{ "（2020）沪0114民初1号", OPEN("2020-01-10", ""), "2022-07-11", "trial-limit - 2020-01-10 ?" },
		{ CIVIL, "\"state\":\"open\"", "2022-07-11", "trial-limit - ? ?" },
		{ "（2014）嘉民一（民）初字第1号", OPEN("2022-01-10", ""), "2022-07-11", "trial-limit - 2022-01-10 ?" },
	};

	load();
	CHECK_ROWS(rows);
}

/* SL-13, ME-09: the union of what is not counted. */
static void stops(void)
{
#define STOPPED(list) OPEN("2022-01-10", PROCEDURE("ordinary") EVENTS(list))
	static const struct row rows[] = {
		{ CIVIL, STOPPED(EVENT("suspend", "2022-03-01", "") "," EVENT("resume", "2022-03-11", "")), "2022-07-21",
		  "trial-limit SL-01 2022-01-10 2022-07-20 -1 overdue" },
		/* two that overlap count once: 2022-03-01 to 2022-03-20 */
		{ CIVIL, STOPPED(EVENT("suspend", "2022-03-01", "") "," EVENT("appraise", "2022-03-05", "") ","
		  EVENT("resume", "2022-03-11", "") "," EVENT("appraise-end", "2022-03-21", "")), "2022-07-31",
		  "trial-limit SL-01 2022-01-10 2022-07-30 -1 overdue" },
		/* opened and closed on one day: nothing */
		{ CIVIL, STOPPED(EVENT("object", "2022-03-01", "") "," EVENT("object-end", "2022-03-01", "")), "2022-07-11",
		  "trial-limit SL-01 2022-01-10 2022-07-10 -1 overdue" },
		{ CIVIL, STOPPED(EVENT("object", "2022-03-01", "") "," EVENT("object-end", "2022-03-02", "")), "2022-07-12",
		  "trial-limit SL-01 2022-01-10 2022-07-11 -1 overdue" },
		{ CIVIL, STOPPED(EVENT("negotiate", "2022-05-01", "") "," EVENT("negotiate-end", "2022-05-31", "")), "2022-08-10",
		  "trial-limit SL-01 2022-01-10 2022-08-09 -1 overdue" },
		{ CIVIL, STOPPED(EVENT("announce", "2022-05-01", ",\"until\":\"2022-05-30\"")), "2022-08-10",
		  "trial-limit SL-01 2022-01-10 2022-08-09 -1 overdue" },
		/* it goes on: stopped, and the end if it were closed tomorrow */
		{ CIVIL, STOPPED(EVENT("suspend", "2022-07-01", "")), "2022-07-10", "trial-limit SL-01 2022-01-10 2022-07-20 10 stopped; "
		  "extension-request SL-14 ? 2022-07-05 -5 stopped; extension-decision SL-14 ? 2022-07-15 5 stopped" },
		/* what comes after the end does not bring it back */
		{ CIVIL, STOPPED(EVENT("suspend", "2022-07-20", "")), "2022-07-25", "trial-limit SL-01 2022-01-10 2022-07-10 -15 overdue" },
		/* as of a day before the event, it has not happened */
		{ CIVIL, STOPPED(EVENT("suspend", "2022-07-01", "")), "2022-06-30", "trial-limit SL-01 2022-01-10 2022-07-10 10; "
		  "extension-request SL-14 ? 2022-06-25 -5 overdue; extension-decision SL-14 ? 2022-07-05 5" },
		/* entrusted mediation: 15 days of it count */
		{ CIVIL, STOPPED(EVENT("mediate", "2022-03-01", "") "," EVENT("mediate-end", "2022-03-31", "")), "2022-07-26",
		  "trial-limit SL-01 2022-01-10 2022-07-24 -2 overdue" },
		{ CIVIL, STOPPED(EVENT("mediate", "2022-03-01", "") "," EVENT("mediate-end", "2022-03-10", "")), "2022-07-11",
		  "trial-limit SL-01 2022-01-10 2022-07-10 -1 overdue" },
		/* a criminal case does not stop for a public notice */
		{ "（2022）沪0114刑初1号", OPEN("2022-03-10", PROCEDURE("simplified") EVENTS(EVENT("announce", "2022-03-11", "") ","
		  EVENT("announce-end", "2022-03-21", ""))), "2022-03-31", "trial-limit SL-08 2022-03-10 2022-03-30 -1 overdue" },
	};

	load();
	CHECK_ROWS(rows);
}

/* SL-01 to SL-03, SL-10 with extensions; SL-16, SL-17 */
static void changes(void)
{
#define EXTEND(on, more) EVENT("extend", on, ",\"asked_on\":\"2022-03-01\"," more)
	static const struct row rows[] = {
		{ CIVIL, OPEN("2022-01-10", PROCEDURE("ordinary") EVENTS(EXTEND("2022-07-01", "\"months\":6,\"authority\":\"president\""))),
		  "2023-01-11", "trial-limit SL-01 2022-01-10 2023-01-10 -1 overdue" },
		/* never more than the authority may give */
		{ CIVIL, OPEN("2022-01-10", PROCEDURE("ordinary") EVENTS(EXTEND("2022-07-01", "\"months\":9,\"authority\":\"president\""))),
		  "2023-01-11", "trial-limit SL-01 2022-01-10 2023-01-10 -1 overdue" },
		{ CIVIL, OPEN("2022-01-10", PROCEDURE("simplified") EVENTS(EXTEND("2022-04-01", "\"months\":1"))), "2022-05-11",
		  "trial-limit SL-02 2022-01-10 2022-05-10 -1 overdue" },
		/* total never over four months */
		{ CIVIL, OPEN("2022-01-10", PROCEDURE("simplified") EVENTS(EXTEND("2022-04-01", "\"months\":1") ","
		  EXTEND("2022-05-01", "\"months\":1"))), "2022-05-11", "trial-limit SL-02 2022-01-10 2022-05-10 -1 overdue" },
		{ CIVIL, OPEN("2022-01-10", PROCEDURE("small-claim") EVENTS(EXTEND("2022-03-05", "\"months\":1"))), "2022-04-11",
		  "trial-limit SL-03 2022-01-10 2022-04-10 -1 overdue" },
		{ "（2022）沪02刑终1号", OPEN("2022-03-10", EVENTS(EXTEND("2022-05-01", "\"months\":2,\"authority\":\"high-court\""))), "2022-07-11",
		  "trial-limit SL-10 2022-03-10 2022-07-10 -1 overdue" },
		/* of nobody's power: simplified administrative cases are not extended */
		{ "（2022）沪0114行初1号", OPEN("2022-03-10", PROCEDURE("simplified") EVENTS(EXTEND("2022-04-01", "\"months\":1"))),
		  "2022-04-25", "trial-limit SL-06 2022-03-10 2022-04-24 -1 overdue" },
		/* SL-16: from the original filing */
		{ CIVIL, OPEN("2022-01-10", PROCEDURE("ordinary") EVENTS(EVENT("convert", "2022-03-20", ",\"to\":\"ordinary\""))), "2022-07-11",
		  "trial-limit SL-01 2022-01-10 2022-07-10 -1 overdue" },
		{ CIVIL, OPEN("2022-01-10", PROCEDURE("simplified") EVENTS(EVENT("convert", "2022-02-20", ",\"to\":\"simplified\""))), "2022-04-11",
		  "trial-limit SL-02 2022-01-10 2022-04-10 -1 overdue" },
		/* extensions of the old procedure end with it */
		{ CIVIL, OPEN("2022-01-10", PROCEDURE("ordinary") EVENTS(EXTEND("2022-04-01", "\"months\":1") ","
		  EVENT("convert", "2022-05-01", ",\"to\":\"ordinary\""))), "2022-07-11", "trial-limit SL-01 2022-01-10 2022-07-10 -1 overdue" },
		/* SL-17: criminal, from the decision */
		{ "（2022）沪0114刑初1号", OPEN("2022-03-10", PROCEDURE("ordinary") EVENTS(EVENT("convert", "2022-03-20", ",\"to\":\"ordinary\""))),
		  "2022-06-21", "trial-limit SL-07 2022-03-20 2022-06-20 -1 overdue" },
	};

	load();
	CHECK_ROWS(rows);
}

/* Whatever lies in a record that got past all checks: no crash, no endless loop. */
static void hostile(void)
{
	static const struct row rows[] = {
		{ CIVIL, "\"state\":7,\"filed_on\":[\"2022-01-10\"],\"events\":{\"event\":\"file\"}", "2022-07-11", "" },
		{ CIVIL, OPEN("2022-02-30", ""), "2022-07-11", "trial-limit - ? ?" },
		{ CIVIL, OPEN("2022-01-10", PROCEDURE("ordinary") EVENTS("7,null,[],{},{\"event\":7},{\"event\":\"suspend\"},"
		  "{\"event\":\"suspend\",\"on\":\"soon\"},{\"event\":\"resume\",\"on\":\"2022-03-01\"},{\"event\":\"extend\",\"on\":\"2022-03-01\","
		  "\"months\":\"six\",\"days\":-5}")), "2022-07-11", "trial-limit SL-01 2022-01-10 2022-07-10 -1 overdue" },
		{ CIVIL, OPEN("2022-01-10", PROCEDURE("ordinary") EVENTS(EXTEND("2022-03-01", "\"months\":9007199254740992"))), "2022-07-11",
		  "trial-limit SL-01 2022-01-10 2022-07-10 -1 overdue" },
		{ CIVIL, OPEN("2199-12-31", PROCEDURE("ordinary")), "2199-12-31", "trial-limit SL-01 2199-12-31 ?" },
		{ CIVIL, OPEN("2022-01-10", PROCEDURE("court-martial")), "2022-07-11", "trial-limit - 2022-01-10 ?" },
	};

	load();
	CHECK_ROWS(rows);
	gv_limits_free(limits);
	gv_calendar_free(calendar);
	tear_down();
}

UNIT_MAIN("limit", { "filing clocks", filing }, { "lengths", lengths }, { "time that is not counted", stops },
          { "extensions and changes of procedure", changes }, { "hostile records", hostile })
