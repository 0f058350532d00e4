/* SPDX-License-Identifier: MIT */
/* Duties: what a file of them may say, and what they say of a change: for every member a row that passes and one that does not. */
#include "caseno.h"
#include "duties.h"
#include "unit.h"

/* ---- reading ---- */

#define FILE_OF(duties, more) "{\"format\":1,\"otherwise\":\"allow\",\"duties\":[" duties "]" more "}"
#define DUTY(more) "{\"id\":\"D1\",\"title\":\"t\"," more "}"
#define NEED "\"needs\":[{\"roles\":[\"院长\"]}]"
#define READ(more) FILE_OF(DUTY("\"kind\":\"case\"," NEED "," more), "")
#define DELEGATION(more) "{\"to\":\"沪0114-P000002\",\"by\":\"沪0114-P000001\",\"from\":\"2022-01-01\",\"until\":\"2022-12-31\",\"reason\":\"r\"" more "}"
#define DELEGATES(more) FILE_OF(DUTY("\"kind\":\"case\"," NEED), ",\"delegations\":[" DELEGATION(more) "]")

struct read_row { const char *text, *want; };  /* want NULL: taken */

static const struct read_row reads[] = {
	{ FILE_OF("", ""), NULL },
	{ READ("\"where\":\"type = 执\",\"fields\":[\"judge\",\"parties[].name\",\"*\"],\"events\":[\"close\"],\"states\":[\"closed\"]"), NULL },
	{ READ("\"from\":\"2022-01-01\",\"until\":\"2022-01-01\",\"level\":\"review\",\"basis\":[{\"doc\":\"d\",\"no\":\"n\",\"art\":\"1\"}]"), NULL },
	{ FILE_OF(DUTY("\"kind\":\"*\"," NEED ",\"fields\":[\"whatever\"]"), ""), NULL },
	{ FILE_OF(DUTY("\"files\":[\"policy/\",\"signers\",\".gitattributes\"]," NEED), ""), NULL },
	{ DELEGATES(",\"duty\":\"D1\""), NULL },
	{ DELEGATES(",\"roles\":[\"院长\"],\"unit\":\"办公室\",\"source\":\"s\""), NULL },

	{ "", "line 1, byte 1: no value: the text is empty" },
	{ "[]", "not a JSON object" },
	{ "{\"duties\":[],\"otherwise\":\"allow\"}", "format: must be 1: this version knows no other" },
	{ "{\"format\":2,\"duties\":[],\"otherwise\":\"allow\"}", "format: must be 1: this version knows no other" },
	{ "{\"format\":1,\"duties\":[]}", "otherwise: is missing" },
	{ "{\"format\":1,\"duties\":[],\"otherwise\":\"warn\"}", "otherwise: \"warn\" is neither allow nor refuse" },
	{ "{\"format\":1,\"otherwise\":\"allow\"}", "duties: is missing" },
	{ "{\"format\":1,\"otherwise\":\"allow\",\"duties\":{}}", "duties: is not a list" },
	{ "{\"format\":1,\"otherwise\":\"allow\",\"duties\":[],\"dutys\":[]}", "there is no member \"dutys\" here (did you mean duties?)" },
	{ FILE_OF("7", ""), "duties[0]: not a JSON object" },
	{ FILE_OF("{}", ""), "duties[0].id: is missing" },
	{ FILE_OF("{\"id\":\"\"}", ""), "duties[0].id: is empty" },
	{ FILE_OF("{\"id\":1}", ""), "duties[0].id: is not a string" },
	{ FILE_OF("{\"id\":\"D1\"}", ""), "duties[0].title: is missing" },
	{ FILE_OF(DUTY(NEED), ""), "duties[0].kind: is missing" },
	{ FILE_OF(DUTY("\"kind\":\"cases\"," NEED), ""), "duties[0].kind: there is no kind \"cases\"" },
	{ FILE_OF(DUTY("\"kind\":\"finding\"," NEED), ""), "duties[0].kind: there is no kind \"finding\"" },
	{ FILE_OF(DUTY("\"kind\":\"case\"," NEED) "," DUTY("\"kind\":\"case\"," NEED), ""), "duties[1].id: \"D1\" is there twice" },
	{ READ("\"notby\":[]"), "duties[0]: there is no member \"notby\" here (did you mean not_by?)" },
	{ READ("\"zzzzzzzz\":[]"), "duties[0]: there is no member \"zzzzzzzz\" here" },
	{ READ("\"not_by\":[\"D2\"]"), "duties[0].not_by: there is no duty \"D2\"" },
	{ READ("\"where\":\"judgee = x\""), "duties[0].where: judgee is no field of a case" },
	{ READ("\"where\":\"judge =\""), "duties[0].where: column 7: \"=\" needs a value on its right" },
	{ READ("\"where\":7"), "duties[0].where: is not a string" },
	{ READ("\"fields\":[]"), "duties[0].fields: is empty" },
	{ READ("\"fields\":[\"judgee\"]"), "duties[0].fields: judgee is no field of a case (did you mean judge?)" },
	{ READ("\"fields\":[\"wwwwwwwwww\"]"), "duties[0].fields: wwwwwwwwww is no field of a case" },
	{ READ("\"fields\":[\"parties[0.name\"]"), "duties[0].fields: \"parties[0\": a path takes [] for any item and .0 for the first" },
	{ READ("\"fields\":[\"judge\",\"judge\"]"), "duties[0].fields: \"judge\" is there twice" },
	{ READ("\"fields\":[\"judge\",7]"), "duties[0].fields: item 2 is no text" },
	{ READ("\"fields\":\"judge\""), "duties[0].fields: is not a list" },
	{ READ("\"events\":[\"closing\"]"), "duties[0].events: case has no event \"closing\"" },
	{ READ("\"states\":[\"shut\"]"), "duties[0].states: case has no state \"shut\"" },
	{ READ("\"from\":\"2022-02-30\""), "duties[0].from: 2022-02-30 is not a date" },
	{ READ("\"from\":\"2022-02-02\",\"until\":\"2022-02-01\""), "duties[0].until: is before from" },
	{ READ("\"level\":\"info\""), "duties[0].level: \"info\" is none of violation, warn, review" },
	{ READ("\"basis\":[{\"no\":\"1\"}]"), "duties[0].basis[0].doc: is missing" },
	{ READ("\"basis\":[{\"doc\":\"d\",\"article\":\"1\"}]"), "duties[0].basis[0]: there is no member \"article\" here" },
	{ READ("\"files\":[\"policy/\"]"), "duties[0].kind: goes with \"kind\", not with \"files\"" },
	{ FILE_OF(DUTY("\"files\":[\"/policy\"]," NEED), ""), "duties[0].files: \"/policy\" is no path in a docket; a folder is written as policy/" },
	{ FILE_OF(DUTY("\"files\":[\"policy/*\"]," NEED), ""), "duties[0].files: \"policy/*\" is no path in a docket; a folder is written as policy/" },
	{ FILE_OF(DUTY("\"kind\":\"case\""), ""), "duties[0].needs: is missing" },
	{ FILE_OF(DUTY("\"kind\":\"case\",\"needs\":[]"), ""), "duties[0].needs: is empty" },
	{ FILE_OF(DUTY("\"kind\":\"case\",\"needs\":[{\"roles\":[]}]"), ""), "duties[0].needs[0].roles: is empty" },
	{ FILE_OF(DUTY("\"kind\":\"case\",\"needs\":[{}]"), ""), "duties[0].needs[0].roles: is missing" },
	{ FILE_OF(DUTY("\"kind\":\"case\",\"needs\":[{\"role\":[\"院长\"]}]"), ""), "duties[0].needs[0]: there is no member \"role\" here (did you mean roles?)" },
	{ FILE_OF(DUTY("\"kind\":\"case\",\"needs\":[{\"roles\":[\"院长\"],\"signatures\":0}]"), ""), "duties[0].needs[0].signatures: is no number from 1 to 99" },
	{ FILE_OF(DUTY("\"kind\":\"case\",\"needs\":[{\"roles\":[\"院长\"],\"units\":[]}]"), ""), "duties[0].needs[0].units: is empty" },
	{ DELEGATES(""), "delegations[0]: needs \"duty\" or \"roles\": what is delegated?" },
	{ DELEGATES(",\"duty\":\"D9\""), "delegations[0].duty: there is no duty \"D9\"" },
	{ FILE_OF(DUTY("\"kind\":\"case\",\"needs\":[{\"roles\":[\"院长\"]},{\"roles\":[\"庭长\"]}]"), ",\"delegations\":[" DELEGATION(",\"duty\":\"D1\"") "]"),
	  "delegations[0].duty: D1 needs several people: say with \"roles\" whom the delegate stands for" },
	{ FILE_OF("", ",\"delegations\":[{\"roles\":[\"院长\"],\"to\":\"P1\"}]"), "delegations[0].to: \"P1\" is no key of a person: it looks like COURT-P000123" },
	{ FILE_OF("", ",\"delegations\":[{\"roles\":[\"院长\"],\"to\":\"沪0114-P000001\"}]"), "delegations[0].by: is missing" },
	{ FILE_OF("", ",\"delegations\":[{\"roles\":[\"院长\"],\"to\":\"沪0114-P000001\",\"by\":\"沪0114-P000001\"}]"), "delegations[0].to: nobody delegates to himself" },
	{ FILE_OF("", ",\"delegations\":[{\"roles\":[\"院长\"],\"to\":\"沪0114-P000002\",\"by\":\"沪0114-P000001\",\"from\":\"2022-01-01\"}]"), "delegations[0].until: is missing" },
	{ FILE_OF("", ",\"delegations\":[{\"roles\":[\"院长\"],\"to\":\"沪0114-P000002\",\"by\":\"沪0114-P000001\",\"from\":\"2022-01-01\",\"until\":\"2022-01-01\"}]"), "delegations[0].reason: is missing" },
};

static void reads_strictly(void)
{
	for (size_t i = 0; i < sizeof reads / sizeof reads[0]; i++) {
		struct gv_duties *d;
		struct gv_err err = { 0 };
		int rc = gv_duties_read(&d, gv_str_of(reads[i].text), &err);

		if (reads[i].want)
			CHECK_ERR(rc, &err, GV_EDATA, reads[i].want);
		else
			CHECK_OK(rc, &err);
		CHECK((d != NULL) == (rc == 0));
		gv_duties_free(d);
	}
}

/* ---- people ---- */

static const char people_text[] =
	"[{\"id\":\"沪0114-P000001\",\"name\":\"甲\",\"state\":\"active\",\"roles\":[{\"role\":\"院长\",\"from\":\"2020-01-01\"}]},"
	"{\"id\":\"沪0114-P000002\",\"name\":\"乙\",\"state\":\"active\",\"roles\":[{\"role\":\"审判员\",\"unit\":\"执行裁判庭\",\"from\":\"2020-01-01\"}]},"
	"{\"id\":\"沪0114-P000003\",\"name\":\"丙\",\"state\":\"active\",\"roles\":[{\"role\":\"审判员\",\"unit\":\"执行裁判庭\",\"from\":\"2022-01-01\",\"until\":\"2022-06-30\"}]},"
	"{\"id\":\"沪0114-P000004\",\"name\":\"丁\",\"state\":\"active\",\"roles\":[{\"role\":\"审判员\",\"unit\":\"民事审判庭\",\"from\":\"2020-01-01\"}]},"
	"{\"id\":\"沪0114-P000005\",\"name\":\"戊\",\"state\":\"suspended\",\"roles\":[{\"role\":\"院长\",\"from\":\"2020-01-01\"}]},"
	"{\"id\":\"沪0114-P000006\",\"name\":\"己\",\"state\":\"active\",\"left_on\":\"2022-03-31\",\"roles\":[{\"role\":\"院长\",\"from\":\"2020-01-01\"}]},"
	"{\"id\":\"沪0114-P000007\",\"name\":\"庚\",\"state\":\"active\",\"roles\":[{\"role\":\"书记员\",\"from\":\"2020-01-01\"}]},"
	"{\"id\":\"沪0114-P000008\",\"name\":\"辛\",\"state\":\"active\",\"roles\":[{\"role\":\"院长\",\"from\":\"2020-13-01\"},{\"role\":\"院长\",\"from\":\"2020-01-01\",\"until\":\"never\"}]}]";

enum { PEOPLE = 8 };
static struct gv_doc people = { 0 };
static struct gv_caseno_reader *numbers;

static struct gv_actor person(char digit)
{
	static char key[PEOPLE + 2][32];
	size_t i = (size_t)(digit - '1');

	snprintf(key[i], sizeof key[i], "沪0114-P00000%c", digit);
	return (struct gv_actor){ gv_str_of(key[i]), i < PEOPLE ? &people.root.items[i] : NULL };
}

static void set_up(void)
{
	struct gv_err err = { 0 };

	if (people.root.type == GV_ARRAY)
		return;
	CHECK_OK(gv_json_parse(&people, gv_str_of(people_text), 0, &err), &err);
	CHECK_OK(gv_caseno_reader_new(&numbers, "沪0114", 2022, &err), &err);
}

static void holds_roles(void)
{
	static const struct { char who; const char *role, *unit, *on; bool want; } rows[] = {
		{ '1', "院长", NULL, "2022-06-30", true },
		{ '1', "院长", NULL, "2019-12-31", false },
		{ '1', "副院长", NULL, "2022-06-30", false },
		{ '1', "院长", "办公室", "2022-06-30", false },
		{ '2', "审判员", "执行裁判庭", "2022-06-30", true },
		{ '2', "审判员", NULL, "2022-06-30", true },
		{ '4', "审判员", "执行裁判庭", "2022-06-30", false },
		{ '3', "审判员", NULL, "2021-12-31", false },
		{ '3', "审判员", NULL, "2022-01-01", true },
		{ '3', "审判员", NULL, "2022-06-30", true },
		{ '3', "审判员", NULL, "2022-07-01", false },
		{ '5', "院长", NULL, "2022-06-30", false },
		{ '6', "院长", NULL, "2022-03-31", true },
		{ '6', "院长", NULL, "2022-04-01", false },
		{ '8', "院长", NULL, "2022-06-30", false },
		{ '9', "院长", NULL, "2022-06-30", false },
	};

	set_up();
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct gv_actor a = person(rows[i].who);
		struct gv_val unit = rows[i].unit ? gv_mklit(rows[i].unit) : gv_mkarr();
		struct gv_val units = { .type = GV_ARRAY, .n = 1, .items = &unit };

		CHECK_ROW(gv_actor_has_role(&a, gv_str_of(rows[i].role), rows[i].unit ? &units : NULL,
		                            gv_day_read(gv_str_of(rows[i].on))) == rows[i].want, rows[i].on);
	}
}

/* ---- judging ---- */

#define CASE(more) "{\"id\":\"（2022）沪0114执1号\",\"kind\":\"case\",\"state\":\"open\"" more "}"
#define CIVIL(more) "{\"id\":\"（2022）沪0114民初1号\",\"kind\":\"case\",\"state\":\"open\"" more "}"
#define CLOSED "{\"id\":\"（2022）沪0114执1号\",\"kind\":\"case\",\"state\":\"closed\",\"closed_by\":\"round-ended\"}"
#define EVENT(id, name) "{\"eid\":\"" id "\",\"event\":\"" name "\",\"on\":\"2022-01-01\"}"
#define EVENTS(list) ",\"events\":[" list "]"
#define KIND(more) DUTY("\"kind\":\"case\"," more)
#define PRESIDENT(more) FILE_OF(KIND(NEED more), "")
#define UNMET "D1 violation 院长: 0 of 1 signatures"
#define TWO "\"needs\":[{\"roles\":[\"院长\",\"副院长\"]},{\"roles\":[\"审判员\"],\"units\":[\"执行裁判庭\",\"审监庭\"],\"signatures\":2}]"
#define DELEGATED(duty, g) FILE_OF(duty, ",\"delegations\":[{\"to\":\"沪0114-P000007\",\"by\":\"沪0114-P000001\",\"from\":\"2022-06-01\",\"until\":\"2022-06-30\",\"reason\":\"出差\"," g "}]")

struct row {
	const char *duties, *before, *after, *who, *want;
	const char *on;      /* NULL: 2022-06-30 */
	const char *path;    /* NULL: a case's */
	const char *earlier; /* who did every other duty here */
};

static const struct row rows[] = {
	/* kind, and what a person without a record is worth */
	{ PRESIDENT(""), CASE(""), CASE(",\"judge\":\"甲\""), "1", "D1 met" },
	{ PRESIDENT(""), CASE(""), CASE(",\"judge\":\"甲\""), "7", UNMET },
	{ PRESIDENT(""), CASE(""), CASE(",\"judge\":\"甲\""), "9", UNMET },
	{ PRESIDENT(""), CASE(""), CASE(",\"judge\":\"甲\""), "", UNMET },
	{ PRESIDENT(""), NULL, CASE(""), "7", UNMET },
	{ PRESIDENT(""), CASE(""), NULL, "7", UNMET },
	{ PRESIDENT(",\"fields\":[\"judge\"]"), NULL, NULL, "7", UNMET },
	{ FILE_OF(DUTY("\"kind\":\"person\"," NEED), ""), CASE(""), CASE(",\"judge\":\"甲\""), "7", "" },
	{ FILE_OF(DUTY("\"kind\":\"*\"," NEED), ""), CASE(""), CASE(",\"judge\":\"甲\""), "7", UNMET },
	/* fields */
	{ PRESIDENT(",\"fields\":[\"judge\"]"), CASE(",\"judge\":\"甲\""), CASE(",\"judge\":\"乙\""), "7", UNMET },
	{ PRESIDENT(",\"fields\":[\"judge\"]"), CASE(",\"judge\":\"甲\""), CASE(",\"judge\":\"甲\",\"clerk\":\"丙\""), "7", "" },
	{ PRESIDENT(",\"fields\":[\"judge\"]"), CASE(",\"judge\":\"甲\""), CASE(""), "7", UNMET },
	{ PRESIDENT(",\"fields\":[\"judge\"]"), NULL, CASE(",\"judge\":\"甲\""), "7", UNMET },
	{ PRESIDENT(",\"fields\":[\"judge\"]"), NULL, CASE(""), "7", "" },
	{ PRESIDENT(",\"fields\":[\"clerk\",\"judge\"]"), NULL, CASE(",\"judge\":\"甲\""), "7", UNMET },
	{ PRESIDENT(",\"fields\":[\"*\"]"), CASE(""), CASE(",\"clerk\":\"甲\""), "7", UNMET },
	{ PRESIDENT(",\"fields\":[\"parties[].name\"]"), CASE(",\"parties\":[{\"name\":\"a\",\"role\":\"r\"}]"), CASE(",\"parties\":[{\"name\":\"b\",\"role\":\"r\"}]"), "7", UNMET },
	{ PRESIDENT(",\"fields\":[\"parties[].name\"]"), CASE(",\"parties\":[{\"name\":\"a\",\"role\":\"r\"}]"), CASE(",\"parties\":[{\"name\":\"a\",\"role\":\"s\"}]"), "7", "" },
	{ PRESIDENT(",\"fields\":[\"parties[].name\"]"), CASE(""), CASE(",\"parties\":[{\"name\":\"a\",\"role\":\"r\"}]"), "7", UNMET },
	{ PRESIDENT(",\"fields\":[\"parties[].name\"]"), CASE(",\"parties\":[{\"name\":\"a\",\"role\":\"r\"},{\"name\":\"b\",\"role\":\"r\"}]"), CASE(",\"parties\":[{\"name\":\"a\",\"role\":\"r\"}]"), "7", UNMET },
	{ PRESIDENT(",\"fields\":[\"parties.1.name\"]"), CASE(",\"parties\":[{\"name\":\"a\",\"role\":\"r\"},{\"name\":\"b\",\"role\":\"r\"}]"), CASE(",\"parties\":[{\"name\":\"z\",\"role\":\"r\"},{\"name\":\"b\",\"role\":\"r\"}]"), "7", "" },
	{ PRESIDENT(",\"fields\":[\"parties.1.name\"]"), CASE(",\"parties\":[{\"name\":\"a\",\"role\":\"r\"},{\"name\":\"b\",\"role\":\"r\"}]"), CASE(",\"parties\":[{\"name\":\"a\",\"role\":\"r\"},{\"name\":\"c\",\"role\":\"r\"}]"), "7", UNMET },
	{ PRESIDENT(",\"fields\":[\"panel\"]"), CASE(",\"panel\":[\"a\"]"), CASE(",\"panel\":[\"a\",\"b\"]"), "7", UNMET },
	/* events: added, changed, gone; another's */
	{ PRESIDENT(",\"events\":[\"close\"]"), CASE(""), CASE(EVENTS(EVENT("a", "close"))), "7", UNMET },
	{ PRESIDENT(",\"events\":[\"close\"]"), CASE(""), CASE(EVENTS(EVENT("a", "hear"))), "7", "" },
	{ PRESIDENT(",\"events\":[\"close\"]"), CASE(EVENTS(EVENT("a", "close"))), CASE(EVENTS(EVENT("a", "close") "," EVENT("b", "hear"))), "7", "" },
	{ PRESIDENT(",\"events\":[\"close\"]"), CASE(EVENTS(EVENT("a", "hear"))), CASE(EVENTS(EVENT("0", "close") "," EVENT("a", "hear"))), "7", UNMET },
	{ PRESIDENT(",\"events\":[\"close\"]"), CASE(EVENTS(EVENT("a", "hear"))), CASE(EVENTS(EVENT("a", "close"))), "7", UNMET },
	{ PRESIDENT(",\"events\":[\"close\"]"), CASE(EVENTS(EVENT("a", "close"))), CASE(""), "7", UNMET },
	{ PRESIDENT(",\"events\":[\"close\"]"), NULL, CASE(EVENTS(EVENT("a", "close"))), "7", UNMET },
	/* states */
	{ PRESIDENT(",\"states\":[\"closed\"]"), CASE(""), CLOSED, "7", UNMET },
	{ PRESIDENT(",\"states\":[\"closed\"]"), CLOSED, CASE(""), "7", "" },
	{ PRESIDENT(",\"states\":[\"closed\"]"), CLOSED, CLOSED, "7", "" },
	{ PRESIDENT(",\"states\":[\"closed\"]"), NULL, CLOSED, "7", UNMET },
	/* where: after, before, derived fields, both */
	{ PRESIDENT(",\"where\":\"type = 执\""), CASE(""), CASE(",\"judge\":\"甲\""), "7", UNMET },
	{ PRESIDENT(",\"where\":\"type = 执\""), CIVIL(""), CIVIL(",\"judge\":\"甲\""), "7", "" },
	{ PRESIDENT(",\"where\":\"closed_by = round-ended\""), CASE(""), CLOSED, "7", UNMET },
	{ PRESIDENT(",\"where\":\"closed_by = round-ended\""), CLOSED, CASE(""), "7", UNMET },
	{ PRESIDENT(",\"where\":\"closed_by = round-ended\""), CASE(""), CASE(",\"judge\":\"甲\""), "7", "" },
	{ PRESIDENT(",\"where\":\"closed_by = round-ended\""), CLOSED, NULL, "7", UNMET },
	/* files */
	{ FILE_OF(DUTY("\"files\":[\"policy/\"]," NEED), ""), NULL, NULL, "7", UNMET, .path = "policy/duties.json" },
	{ FILE_OF(DUTY("\"files\":[\"policy/\"]," NEED), ""), NULL, NULL, "7", "", .path = "policy" },
	{ FILE_OF(DUTY("\"files\":[\"signers\"]," NEED), ""), NULL, NULL, "1", "D1 met", .path = "signers" },
	{ FILE_OF(DUTY("\"files\":[\"signers\"]," NEED), ""), NULL, NULL, "7", "", .path = "signers.old" },
	{ FILE_OF(DUTY("\"kind\":\"*\"," NEED), ""), NULL, NULL, "7", "", .path = "signers" },
	/* needs */
	{ FILE_OF(KIND(TWO), ""), NULL, CASE(""), "123", "D1 met" },
	{ FILE_OF(KIND(TWO), ""), NULL, CASE(""), "12", "D1 violation 审判员 (执行裁判庭 or 审监庭): 1 of 2 signatures" },
	{ FILE_OF(KIND(TWO), ""), NULL, CASE(""), "122", "D1 violation 审判员 (执行裁判庭 or 审监庭): 1 of 2 signatures" },
	{ FILE_OF(KIND(TWO), ""), NULL, CASE(""), "124", "D1 violation 审判员 (执行裁判庭 or 审监庭): 1 of 2 signatures" },
	{ FILE_OF(KIND(TWO), ""), NULL, CASE(""), "3", "D1 violation 院长 or 副院长: 0 of 1 signatures; 审判员 (执行裁判庭 or 审监庭): 1 of 2 signatures" },
	{ FILE_OF(KIND("\"needs\":[{\"roles\":[\"审判员\"]},{\"roles\":[\"审判员\",\"院长\"]}]"), ""), NULL, CASE(""), "2", "D1 met" }, /* one signature, two needs */
	/* days */
	{ PRESIDENT(",\"from\":\"2022-06-30\",\"until\":\"2022-06-30\""), NULL, CASE(""), "7", UNMET },
	{ PRESIDENT(",\"from\":\"2022-06-30\",\"until\":\"2022-06-30\""), NULL, CASE(""), "7", "", .on = "2022-06-29" },
	{ PRESIDENT(",\"from\":\"2022-06-30\",\"until\":\"2022-06-30\""), NULL, CASE(""), "7", "", .on = "2022-07-01" },
	/* level */
	{ PRESIDENT(",\"level\":\"review\""), NULL, CASE(""), "7", "D1 review 院长: 0 of 1 signatures" },
	{ PRESIDENT(",\"level\":\"warn\""), NULL, CASE(""), "7", "D1 warn 院长: 0 of 1 signatures" },
	/* several duties */
	{ FILE_OF(KIND(NEED) "," "{\"id\":\"D2\",\"title\":\"t\",\"kind\":\"case\",\"needs\":[{\"roles\":[\"书记员\"]}]}", ""), NULL, CASE(""), "7", UNMET " | D2 met" },
	/* not_by */
	{ FILE_OF(KIND(NEED ",\"not_by\":[\"D2\"]") ",{\"id\":\"D2\",\"title\":\"t\",\"files\":[\"x\"]," NEED "}", ""), NULL, CASE(""), "1", "D1 met", .earlier = "27" },
	{ FILE_OF(KIND(NEED ",\"not_by\":[\"D2\"]") ",{\"id\":\"D2\",\"title\":\"t\",\"files\":[\"x\"]," NEED "}", ""), NULL, CASE(""), "11", "D1 violation 院长: 0 of 1 signatures; 甲 did D2 here and does not count", .earlier = "1" },
	{ FILE_OF(KIND(NEED ",\"not_by\":[\"D2\"]") ",{\"id\":\"D2\",\"title\":\"t\",\"files\":[\"x\"]," NEED "}", ""), NULL, CASE(""), "71", "D1 met", .earlier = "7" },
	/* delegations: of a role, of a duty, in their days, in their unit */
	{ DELEGATED(KIND(NEED), "\"roles\":[\"院长\"]"), NULL, CASE(""), "7", "D1 met" },
	{ DELEGATED(KIND(NEED), "\"roles\":[\"院长\"]"), NULL, CASE(""), "4", UNMET },
	{ DELEGATED(KIND(NEED), "\"roles\":[\"副院长\"]"), NULL, CASE(""), "7", UNMET },
	{ DELEGATED(KIND(NEED), "\"roles\":[\"院长\"]"), NULL, CASE(""), "7", "D1 met", .on = "2022-06-01" },
	{ DELEGATED(KIND(NEED), "\"roles\":[\"院长\"]"), NULL, CASE(""), "7", UNMET, .on = "2022-05-31" },
	{ DELEGATED(KIND(NEED), "\"roles\":[\"院长\"]"), NULL, CASE(""), "7", UNMET, .on = "2022-07-01" },
	{ DELEGATED(KIND(NEED), "\"duty\":\"D1\""), NULL, CASE(""), "7", "D1 met" },
	{ DELEGATED(KIND(NEED), "\"duty\":\"D1\",\"roles\":[\"副院长\"]"), NULL, CASE(""), "7", UNMET },
	{ DELEGATED(KIND(NEED) ",{\"id\":\"D2\",\"title\":\"t\",\"kind\":\"case\"," NEED "}", "\"duty\":\"D2\""), NULL, CASE(""), "7", UNMET " | D2 met" },
	{ DELEGATED(KIND(TWO), "\"duty\":\"D1\",\"roles\":[\"院长\"]"), NULL, CASE(""), "723", "D1 met" },
	{ DELEGATED(KIND(TWO), "\"roles\":[\"审判员\"]"), NULL, CASE(""), "127", "D1 violation 审判员 (执行裁判庭 or 审监庭): 1 of 2 signatures" },
	{ DELEGATED(KIND(TWO), "\"roles\":[\"审判员\"],\"unit\":\"民事审判庭\""), NULL, CASE(""), "127", "D1 violation 审判员 (执行裁判庭 or 审监庭): 1 of 2 signatures" },
	{ DELEGATED(KIND(TWO), "\"roles\":[\"审判员\"],\"unit\":\"审监庭\""), NULL, CASE(""), "127", "D1 met" },
	{ DELEGATED(KIND(NEED ",\"not_by\":[\"D2\"]") ",{\"id\":\"D2\",\"title\":\"t\",\"files\":[\"x\"]," NEED "}", "\"roles\":[\"院长\"]"), NULL, CASE(""), "7", UNMET, .earlier = "1" },
	{ DELEGATED(KIND(NEED ",\"not_by\":[\"D2\"]") ",{\"id\":\"D2\",\"title\":\"t\",\"files\":[\"x\"]," NEED "}", "\"roles\":[\"院长\"]"), NULL, CASE(""), "7", "D1 met", .earlier = "2" },
	/* otherwise */
	{ "{\"format\":1,\"otherwise\":\"allow\",\"duties\":[]}", NULL, CASE(""), "7", "" },
	{ "{\"format\":1,\"otherwise\":\"refuse\",\"duties\":[]}", NULL, CASE(""), "7", "otherwise violation no duty allows this change" },
	{ "{\"format\":1,\"otherwise\":\"refuse\",\"duties\":[]}", NULL, NULL, "7", "otherwise violation no duty allows this change", .path = "signers" },
	{ "{\"format\":1,\"otherwise\":\"refuse\",\"duties\":[]}", NULL, NULL, "7", "", .path = "approvals/ab/abc/沪0114-P000001.sig" },
	{ "{\"format\":1,\"otherwise\":\"refuse\",\"duties\":[" KIND(NEED) "]}", NULL, CASE(""), "1", "D1 met" },
	{ "{\"format\":1,\"otherwise\":\"refuse\",\"duties\":[" KIND(NEED ",\"until\":\"2022-01-01\"") "]}", NULL, CASE(""), "1", "otherwise violation no duty allows this change" },
};

static int tell(void *ctx, const struct gv_duty_told *t)
{
	struct gv_buf *b = ctx;

	gv_buf_addf(b, "%s%.*s ", b->n ? " | " : "", (int)t->id.n, t->id.p);
	if (t->met)
		gv_buf_adds(b, "met");
	else
		gv_buf_addf(b, "%s %.*s", gv_level_name(t->level), (int)t->missing.n, t->missing.p);
	CHECK(!t->met || !t->missing.n);
	CHECK((t->needs == NULL) == (t->index == SIZE_MAX));
	return 0;
}

static int earlier(void *ctx, struct gv_str duty, bool (*is)(void *, struct gv_str), void *arg, bool *yes, struct gv_err *err)
{
	(void)err;
	CHECK_BYTES(duty, GV_STR("D2"));
	for (const char *p = ctx; *p; p++)
		*yes = *yes || is(arg, person(*p).key);
	return 0;
}

static const struct gv_val *parse(struct gv_doc *d, const char *text)
{
	struct gv_err err = { 0 };

	if (!text)
		return NULL;
	CHECK_OK(gv_json_parse(d, gv_str_of(text), 0, &err), &err);
	return &d->root;
}

static void judge_row(const struct row *r)
{
	struct gv_doc before = GV_DOC_INIT, after = GV_DOC_INIT;
	struct gv_buf got = GV_BUF_INIT(65536);
	struct gv_err err = { 0 };
	struct gv_duties *d = NULL;
	struct gv_actor who[8];
	size_t n = strlen(r->who);
	struct gv_act act = {
		.schema = r->path ? NULL : gv_schema_find(GV_STR("case")),
		.path = gv_str_of(r->path ? r->path : "cases/2022/沪0114/执/0000/1.json"),
		.before = parse(&before, r->before), .after = parse(&after, r->after),
		.on = gv_day_read(gv_str_of(r->on ? r->on : "2022-06-30")), .cn = numbers,
		.earlier = r->earlier ? earlier : NULL, .ctx = (void *)(uintptr_t)r->earlier,
	};

	for (size_t i = 0; i < n; i++)
		who[i] = person(r->who[i]);
	CHECK_OK(gv_duties_read(&d, gv_str_of(r->duties), &err), &err);
	if (d)
		CHECK_OK(gv_duties_judge(d, &act, who, n, tell, &got, &err), &err);
	CHECK_STR(got.p ? got.p : "", r->want);
	gv_duties_free(d);
	gv_buf_free(&got);
	gv_doc_free(&before);
	gv_doc_free(&after);
}

static void judges(void)
{
	set_up();
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		judge_row(&rows[i]);
}

static int stop(void *ctx, const struct gv_duty_told *t)
{
	(void)t;
	return ++*(int *)ctx == 1 ? 42 : 0;
}

static void stops(void)
{
	struct gv_duties *d = NULL;
	struct gv_doc doc = GV_DOC_INIT;
	struct gv_err err = { 0 };
	int calls = 0;

	set_up();
	CHECK_OK(gv_duties_read(&d, GV_STR(FILE_OF(KIND(NEED) ",{\"id\":\"D2\",\"title\":\"t\",\"kind\":\"*\"," NEED "}", "")), &err), &err);
	if (d)
		CHECK_INT(gv_duties_judge(d, &(struct gv_act){ .schema = gv_schema_find(GV_STR("case")), .path = GV_STR("x"),
		                                               .after = parse(&doc, CASE("")), .cn = numbers }, NULL, 0, stop, &calls, &err), 42);
	CHECK_INT(calls, 1);
	gv_duties_free(d);
	gv_doc_free(&doc);
	gv_caseno_reader_free(numbers);
	gv_doc_free(&people);
}

UNIT_MAIN("duties", { "reads strictly", reads_strictly }, { "who holds a role", holds_roles }, { "judges", judges }, { "stops", stops })
