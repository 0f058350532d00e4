/* SPDX-License-Identifier: MIT */
/* The clocks of mediations and confirmations: each row of the table, on both sides of its last day, over holidays. */
#include "mediation_clock.h"
#include "schema_unit.h"

static struct gv_calendar *calendar;
static struct gv_mediation_clocks *clocks;

static void load(void)
{
	struct gv_err err;

	if (clocks)
		return;
	set_up();
	CHECK_OK(gv_calendar_load(&calendar, NULL, &err), &err);
	CHECK_OK(gv_mediation_clocks_load(&clocks, calendar, &err), &err);
}

struct telling { struct gv_buf got; const char *only; };

/* "appointment OM-06 2022-04-01 2022-04-07 2" and how it stands; clocks are divided by "; ". */
static int tell(void *ctx, const struct gv_clock *c)
{
	static const char *const states[] = { "", " stopped", " overdue" };
	struct telling *t = ctx;
	struct gv_str rule = c->rule.n ? c->rule : GV_STR("-");
	char from[GV_DATE_LEN + 1], until[GV_DATE_LEN + 1];

	if (strcmp(t->only, c->name) != 0)
		return 0;
	gv_day_format(c->from, from);
	gv_day_format(c->until, until);
	gv_buf_addf(&t->got, "%s%.*s %s %s", t->got.n ? "; " : "", (int)rule.n, rule.p, *from ? from : "?", *until ? until : "?");
	if (c->until != GV_DAY_NONE)
		gv_buf_addf(&t->got, " %d", c->days_left);
	else
		gv_buf_addf(&t->got, " %.*s", (int)c->note.n, c->note.p);
	gv_buf_adds(&t->got, states[c->state]);
	return 0;
}

struct row { const char *clock, *fields, *as_of, *want; };

#define M "\"id\":\"（2022）沪0114诉前调1号\",\"kind\":\"mediation\","
#define F "\"id\":\"沪0114-F000001\",\"kind\":\"agreement-confirmation\",\"mediation\":\"（2022）沪0114诉前调1号\","
#define ONLINE M "\"intake\":\"online\",\"referral\":\"before-filing\",\"mechanism\":\"court-invited\","
#define EVENT(e, on, more) "{\"eid\":\"aaaaaaaaaaaaaaaa\",\"event\":\"" e "\",\"on\":\"" on "\"" more "}"
#define EVENTS(list) ",\"events\":[" list "]"
#define PARTIES ",\"parties\":[{\"role\":\"申请人\",\"name\":\"张三\"},{\"role\":\"被申请人\",\"name\":\"李四\"}]"
#define OF(name) ",\"party\":\"" name "\""
#define BY(appointed, accepted) ",\"mediators\":[{\"mediator\":\"mediator:沪0114-M000001\"" appointed accepted "}]"
#define APPOINTED(day) ",\"appointed_on\":\"" day "\""
#define ACCEPTED(day) ",\"accepted_on\":\"" day "\""
#define IN(state) "\"state\":\"" state "\""
#define COUNTER(referral, procedure) M "\"intake\":\"counter\",\"mechanism\":\"court-invited\",\"referral\":\"" referral "\"" \
	procedure ",\"papers_on\":\"2022-03-01\"," IN("mediating")
#define SECTOR(name) M "\"mechanism\":\"" name "\",\"received_on\":\"2022-03-01\",\"accepted_on\":\"2022-03-02\"," IN("mediating")
#define SIGNED(a, b) ",\"agreement\":{\"form\":\"written\",\"signatures\":[{\"name\":\"张三\",\"role\":\"party\",\"on\":\"" a "\"}" b "]}"
#define ALSO(b) ",{\"name\":\"李四\",\"role\":\"party\",\"on\":\"" b "\"}"

static const struct row choosing[] = {
	/* Consent on Friday 2022-04-01; Saturday is worked, then Qingming until Tuesday: the second working day is Wednesday. */
	{ "joint-choice", ONLINE IN("accepted") PARTIES EVENTS(EVENT("consent", "2022-04-01", OF("李四"))) ",\"received_on\":\"2022-03-31\"",
	  "2022-04-06", "OM-06 2022-04-01 2022-04-06 0" },
	{ "joint-choice", ONLINE IN("accepted") PARTIES EVENTS(EVENT("consent", "2022-04-01", OF("李四"))) ",\"received_on\":\"2022-03-31\"",
	  "2022-04-07", "OM-06 2022-04-01 2022-04-06 -1 overdue" },
	{ "joint-choice", ONLINE IN("accepted") PARTIES ",\"received_on\":\"2022-03-31\"", "2022-04-07", "" }, /* one side only */
	{ "joint-choice", ONLINE IN("accepted") PARTIES EVENTS(EVENT("consent", "2022-04-01", OF("李四"))) ",\"received_on\":\"2022-03-31\""
	  BY(APPOINTED("2022-04-02"), ""), "2022-04-07", "" },
	{ "appointment", ONLINE IN("received") ",\"received_on\":\"2022-04-01\"", "2022-04-07", "OM-06 2022-04-01 2022-04-07 0" },
	{ "appointment", ONLINE IN("received") ",\"received_on\":\"2022-04-01\"", "2022-04-08", "OM-06 2022-04-01 2022-04-07 -1 overdue" },
	{ "appointment", ONLINE IN("received") ",\"received_on\":\"2021-12-31\"", "2022-01-10", "" }, /* before the rule */
	{ "appointment", ONLINE IN("received"), "2022-04-07", "OM-06 ? ? received_on missing" },
	{ "appointment", ONLINE IN("received") ",\"received_on\":\"2031-04-01\"", "2031-04-07",
	  "OM-06 2031-04-01 ? no calendar for 2031: add it with --calendar FILE" },
	{ "appointment", M "\"intake\":\"counter\"," IN("received") ",\"received_on\":\"2022-04-01\"", "2022-04-07", "" },
	{ "mediator-answer", ONLINE IN("assigned") BY(APPOINTED("2022-09-29"), ""), "2022-10-09", "OM-07 2022-09-29 2022-10-09 0" },
	{ "mediator-answer", ONLINE IN("assigned") BY(APPOINTED("2022-09-29"), ""), "2022-10-10", "OM-07 2022-09-29 2022-10-09 -1 overdue" },
	{ "mediator-answer", ONLINE IN("assigned") BY(APPOINTED("2022-09-29"), ACCEPTED("2022-09-30")), "2022-10-10", "" },
	{ "mediator-answer", ONLINE IN("assigned") BY(APPOINTED("2022-09-29"), ACCEPTED("2022-10-10")), "2022-10-09", "OM-07 2022-09-29 2022-10-09 0" },
	{ "other-side", ONLINE IN("mediating") PARTIES BY("", ACCEPTED("2022-03-01")), "2022-03-04", "OM-08 2022-03-01 2022-03-04 0" },
	{ "other-side", ONLINE IN("mediating") PARTIES BY("", ACCEPTED("2022-03-01")), "2022-03-05", "OM-08 2022-03-01 2022-03-04 -1 overdue" },
	{ "other-side", ONLINE IN("mediating") PARTIES BY("", ACCEPTED("2022-03-01")) EVENTS(EVENT("notify", "2022-03-03", OF("李四"))),
	  "2022-03-05", "" },
};

static const struct row limits[] = {
	{ "mediation-limit", ONLINE IN("mediating") BY("", ACCEPTED("2022-03-01")), "2022-03-31", "OM-14 2022-03-01 2022-03-31 0" },
	{ "mediation-limit", ONLINE IN("mediating") BY("", ACCEPTED("2022-03-01")), "2022-04-01", "OM-14 2022-03-01 2022-03-31 -1 overdue" },
	/* The thirtieth day is a holiday: no text moves it. */
	{ "mediation-limit", ONLINE IN("mediating") BY("", ACCEPTED("2022-03-05")), "2022-04-04", "OM-14 2022-03-05 2022-04-04 0" },
	{ "mediation-limit", ONLINE IN("mediating"), "2022-03-31", "OM-14 ? ? mediator-accepted missing" },
	{ "mediation-limit", ONLINE IN("failed") BY("", ACCEPTED("2022-03-01")), "2022-04-01", "" },
	{ "mediation-limit", ONLINE IN("mediating") BY("", ACCEPTED("2022-03-01")) ",\"extended_until\":\"2022-04-15\"", "2022-04-15",
	  "OM-14 2022-03-01 2022-04-15 0" },
	{ "mediation-limit", ONLINE IN("mediating") BY("", ACCEPTED("2022-03-01")) ",\"extended_until\":\"2022-04-15\"", "2022-04-16",
	  "OM-14 2022-03-01 2022-04-15 -1 overdue" },
	/* Ten days with the experts are not counted; nor those that go on. */
	{ "mediation-limit", ONLINE IN("mediating") BY("", ACCEPTED("2022-03-01")) EVENTS(EVENT("ask-consult", "2022-03-10", "") ","
	  EVENT("consult-end", "2022-03-20", "")), "2022-04-10", "OM-14 2022-03-01 2022-04-10 0" },
	{ "mediation-limit", ONLINE IN("mediating") BY("", ACCEPTED("2022-03-01")) EVENTS(EVENT("ask-consult", "2022-03-10", "")), "2022-03-20",
	  "OM-14 2022-03-01 2022-04-11 22 stopped" },
	{ "mediation-limit", ONLINE IN("mediating") BY("", ACCEPTED("2022-03-01")) EVENTS(EVENT("ask-consult", "2022-04-10", "")), "2022-04-20",
	  "OM-14 2022-03-01 2022-03-31 -20 overdue" },
	{ "mediation-limit", M "\"intake\":\"online\",\"referral\":\"after-filing\",\"procedure\":\"ordinary\"," IN("mediating") BY("", ACCEPTED("2022-03-01")),
	  "2022-03-16", "OM-14 2022-03-01 2022-03-16 0" },
	{ "mediation-limit", M "\"intake\":\"online\",\"referral\":\"after-filing\",\"procedure\":\"simplified\"," IN("mediating") BY("", ACCEPTED("2022-03-01")),
	  "2022-03-09", "OM-14 2022-03-01 2022-03-08 -1 overdue" },
	{ "mediation-limit", M "\"intake\":\"online\",\"referral\":\"after-filing\"," IN("mediating") BY("", ACCEPTED("2022-03-01")),
	  "2022-03-09", "- ? ? 表中没有与其申请方式、调解机制、委派委托和诉讼程序相应的期限" },
	/* A judge mediates: from the consent of all. */
	{ "mediation-limit", M "\"intake\":\"online\",\"referral\":\"before-filing\",\"mechanism\":\"judge\",\"received_on\":\"2022-02-20\"," IN("mediating") PARTIES
	  EVENTS(EVENT("consent", "2022-03-01", OF("李四"))), "2022-03-31", "OM-14 2022-03-01 2022-03-31 0" },
	{ "mediation-limit", M "\"intake\":\"counter\",\"referral\":\"after-filing\",\"procedure\":\"simplified\",\"mechanism\":\"judge\",\"received_on\":\"2022-02-20\","
	  IN("mediating") PARTIES EVENTS(EVENT("consent", "2022-03-01", OF("李四"))), "2022-03-08", "CM-07 2022-03-01 2022-03-08 0" },
	{ "mediation-limit", M "\"intake\":\"counter\",\"referral\":\"after-filing\",\"procedure\":\"ordinary\",\"mechanism\":\"judge\",\"received_on\":\"2022-02-20\","
	  IN("mediating") PARTIES EVENTS(EVENT("consent", "2022-03-01", OF("李四"))), "2022-03-17", "CM-07 2022-03-01 2022-03-16 -1 overdue" },
	{ "mediation-limit", COUNTER("before-filing", ""), "2022-03-31", "ME-09 2022-03-01 2022-03-31 0" },
	{ "mediation-limit", COUNTER("before-filing", ""), "2022-04-01", "ME-09 2022-03-01 2022-03-31 -1 overdue" },
	/* At the counter no text leaves out the time of experts. */
	{ "mediation-limit", COUNTER("before-filing", "") EVENTS(EVENT("ask-consult", "2022-03-10", "")), "2022-03-31", "ME-09 2022-03-01 2022-03-31 0" },
	{ "mediation-limit", COUNTER("after-filing", ",\"procedure\":\"ordinary\""), "2022-03-16", "ME-09 2022-03-01 2022-03-16 0" },
	{ "mediation-limit", COUNTER("after-filing", ",\"procedure\":\"simplified\""), "2022-03-08", "ME-09 2022-03-01 2022-03-08 0" },
	{ "sector-limit", SECTOR("medical"), "2022-04-14", "JM-03 2022-03-02 2022-04-14 0" },
	{ "sector-limit", SECTOR("medical"), "2022-04-15", "JM-03 2022-03-02 2022-04-14 -1 overdue" },
	{ "sector-limit", SECTOR("medical") EVENTS(EVENT("ask-consult", "2022-04-01", "") "," EVENT("consult-end", "2022-04-06", "")),
	  "2022-04-18", "JM-03 2022-03-02 2022-04-18 0" }, /* two working days */
	{ "sector-limit", SECTOR("consumer"), "2022-05-07", "JM-04 2022-03-02 2022-05-07 0" },
	{ "sector-limit", SECTOR("consumer"), "2022-05-08", "JM-04 2022-03-02 2022-05-07 -1 overdue" },
	{ "sector-limit", SECTOR("consumer") EVENTS(EVENT("ask-consult", "2022-05-06", "") "," EVENT("consult-end", "2022-05-07", "")),
	  "2022-05-09", "JM-04 2022-03-02 2022-05-09 0" },
	{ "sector-limit", SECTOR("traffic") EVENTS(EVENT("session", "2022-03-04", "")), "2022-03-18", "JM-05 2022-03-04 2022-03-18 0" },
	{ "sector-limit", SECTOR("traffic") EVENTS(EVENT("session", "2022-03-04", "")), "2022-03-19", "JM-05 2022-03-04 2022-03-18 -1 overdue" },
	{ "sector-limit", SECTOR("traffic") EVENTS(EVENT("session", "2022-03-25", "")), "2022-04-11", "JM-05 2022-03-25 2022-04-11 0" },
	{ "sector-limit", SECTOR("traffic"), "2022-03-14", "" },
	{ "sector-limit", SECTOR("labour"), "2022-03-16", "JM-06 2022-03-01 2022-03-16 0" },
	{ "sector-limit", SECTOR("labour"), "2022-03-17", "JM-06 2022-03-01 2022-03-16 -1 overdue" },
	{ "sector-limit", SECTOR("other"), "2022-03-17", "" },
	{ "investigation", M IN("accepted") ",\"investigation\":{\"asked_on\":\"2022-03-01\",\"due_on\":\"2022-03-20\"}", "2022-03-20", "FM-04 2022-03-01 2022-03-20 0" },
	{ "investigation", M IN("accepted") ",\"investigation\":{\"asked_on\":\"2022-03-01\",\"due_on\":\"2022-03-20\"}", "2022-03-21",
	  "FM-04 2022-03-01 2022-03-20 -1 overdue" },
	/* The last day of the National Day holiday: a day that the court set does not move. */
	{ "follow-up", M IN("agreed") ",\"ended_on\":\"2022-09-07\",\"investigation\":{\"follow_up_due_on\":\"2022-10-07\"}", "2022-10-07", "FM-04 2022-09-07 2022-10-07 0" },
	{ "follow-up", M IN("agreed") ",\"ended_on\":\"2022-09-07\",\"investigation\":{\"follow_up_due_on\":\"2022-10-07\"}", "2022-10-08", "FM-04 2022-09-07 2022-10-07 -1 overdue" },
	{ "follow-up", M IN("agreed") ",\"ended_on\":\"2022-09-07\",\"investigation\":{\"follow_up_due_on\":\"2022-10-07\"}" EVENTS(EVENT("follow-up", "2022-10-06", "")),
	  "2022-10-08", "" },
	{ "follow-up", M IN("mediating") ",\"investigation\":{\"follow_up_due_on\":\"2022-10-07\"}", "2022-10-08", "" },
	{ "follow-up", M IN("agreed") ",\"ended_on\":\"2022-09-07\",\"investigation\":{\"due_on\":\"2022-08-07\"}", "2022-10-08", "" },
	{ "investigation", M IN("accepted") ",\"investigation\":{\"asked_on\":\"2022-03-01\"}", "2022-03-20",
	  "FM-04 2022-03-01 ? investigation.due_on missing; 期限由人民法院确定" },
};

static const struct row confirming[] = {
	/* The thirtieth day is Monday, a holiday: the next day that is worked is the last; then the right is gone. */
	{ "confirmation-request", M IN("agreed") PARTIES SIGNED("2022-03-04", ALSO("2022-03-05")), "2022-04-06", "CF-01 2022-03-05 2022-04-06 0" },
	{ "confirmation-request", M IN("agreed") PARTIES SIGNED("2022-03-04", ALSO("2022-03-05")), "2022-04-07", "" },
	{ "confirmation-request", M IN("agreed") PARTIES SIGNED("2022-03-04", ""), "2022-03-05", "CF-01 ? ? signature of 李四 missing" },
	{ "confirmation-request", M IN("agreed") PARTIES SIGNED("2022-03-04", ALSO("2022-03-05")) ",\"referral\":\"after-filing\"", "2022-03-10", "" },
	{ "confirmation-request", M IN("agreed") PARTIES SIGNED("2022-03-04", ALSO("2022-03-05")) ",\"performed_on\":\"2022-03-06\"", "2022-03-10", "" },
	{ "confirmation-request", M IN("agreed") PARTIES SIGNED("2021-03-04", ALSO("2021-03-05")), "2021-03-10", "" },
	{ "confirmation-request", M IN("agreed") PARTIES ",\"mechanism\":\"people\",\"agreement\":{\"form\":\"oral\",\"made_on\":\"2021-03-05\"}", "2021-03-10",
	  "CF-01 2021-03-05 2021-04-06 27" },
	{ "enforcement-request", M IN("confirmed") ",\"agreement\":{\"perform_by\":\"2022-05-01\"}", "2024-05-06", "CF-09 2022-05-01 2024-05-06 0" },
	{ "enforcement-request", M IN("confirmed") ",\"agreement\":{\"perform_by\":\"2022-05-01\"}", "2024-05-07", "" },
	{ "enforcement-request", M IN("confirmed"), "2022-05-07", "CF-09 ? ? agreement.perform_by missing" },
	{ "confirmation-acceptance", F IN("applied") ",\"applied_on\":\"2022-03-31\"", "2022-04-06", "CF-08 2022-03-31 2022-04-06 0" },
	{ "confirmation-acceptance", F IN("applied") ",\"applied_on\":\"2022-03-31\"", "2022-04-07", "CF-08 2022-03-31 2022-04-06 -1 overdue" },
	{ "confirmation-target", F IN("accepted") ",\"accepted_on\":\"2022-03-01\"", "2022-03-16", "CF-08 2022-03-01 2022-03-16 0" },
	{ "confirmation-target", F IN("accepted") ",\"accepted_on\":\"2022-03-01\",\"extended_until\":\"2022-03-26\"", "2022-03-27",
	  "CF-08 2022-03-01 2022-03-26 -1 overdue" },
	{ "confirmation-target", F IN("accepted") ",\"accepted_on\":\"2022-03-01\",\"extended_until\":\"2022-05-26\"", "2022-03-26", "CF-08 2022-03-01 2022-03-26 0" },
	{ "confirmation-limit", F IN("accepted") ",\"accepted_on\":\"2022-03-01\"", "2022-03-31", "CF-08 2022-03-01 2022-03-31 0" },
	{ "confirmation-limit", F IN("accepted") ",\"accepted_on\":\"2022-03-01\"", "2022-04-01", "CF-08 2022-03-01 2022-03-31 -1 overdue" },
	{ "confirmation-limit", F IN("accepted") ",\"accepted_on\":\"2022-03-01\",\"decided_on\":\"2022-03-02\"", "2022-04-01", "" },
	{ "objection", F IN("confirmed") EVENTS(EVENT("serve", "2022-04-15", OF("张三")) "," EVENT("serve", "2022-04-20", OF("李四"))), "2022-05-05",
	  "CF-10 2022-04-15 2022-05-05 0; CF-10 2022-04-20 2022-05-05 0" },
	{ "objection", F IN("confirmed") EVENTS(EVENT("serve", "2022-04-15", OF("张三"))), "2022-05-06", "" },
	{ "objection", F IN("confirmed") EVENTS(EVENT("serve", "2022-04-15", OF("张三")) "," EVENT("object", "2022-04-18", OF("张三"))), "2022-04-20", "" },
};

static void check_rows(const struct row *rows, size_t n)
{
	load();
	for (size_t i = 0; i < n; i++) {
		struct telling t = { GV_BUF_INIT(65536), rows[i].clock };
		struct gv_buf text = GV_BUF_INIT(65536);
		struct gv_doc doc = GV_DOC_INIT;
		struct gv_rec rec;
		struct gv_err err;

		gv_buf_addf(&text, "{%s}", rows[i].fields);
		CHECK_OK(gv_json_parse(&doc, gv_buf_str(&text), 0, &err), &err);
		CHECK_OK(gv_rec_of(&rec, &doc, NULL, cn, &err), &err);
		CHECK_OK(gv_mediation_due(clocks, &rec, gv_day_read(gv_str_of(rows[i].as_of)), tell, &t, &err), &err);
		unit_checks++;
		if (strcmp(t.got.p ? t.got.p : "", rows[i].want) != 0)
			UNIT_FAIL("%s %s as of %s:\n#   got  [%s]\n#   want [%s]", rows[i].clock, rows[i].fields, rows[i].as_of,
			          t.got.p ? t.got.p : "", rows[i].want);
		gv_buf_free(&t.got);
		gv_buf_free(&text);
		gv_doc_free(&doc);
	}
}

#define TABLE_TEST(name) static void test_##name(void) { check_rows(name, sizeof name / sizeof name[0]); }
TABLE_TEST(choosing)
TABLE_TEST(limits)
TABLE_TEST(confirming)

static void end(void)
{
	gv_mediation_clocks_free(clocks);
	gv_calendar_free(calendar);
	tear_down();
}

UNIT_MAIN("mediation_clock", { "choosing a mediator", test_choosing }, { "the time for mediation", test_limits },
          { "confirmation", test_confirming }, { "end", end })
