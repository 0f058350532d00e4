/* SPDX-License-Identifier: MIT */
/* Rows of test_seizure_rules.c: until when? */
#ifndef GAVEL_SEIZURE_ROWS_TIME_H
#define GAVEL_SEIZURE_ROWS_TIME_H

#define MONEY "\"assets\":[{\"id\":\"money\",\"type\":\"deposit\"}]"
#define T_HOME "\"assets\":[{\"id\":\"home\",\"type\":\"immovable\"}]"
#define CAR "\"assets\":[{\"id\":\"car\",\"type\":\"vehicle\"}]"
#define T_STAKE "\"assets\":[{\"id\":\"stake\",\"type\":\"equity\"}]"
#define SZ(id, on, more) "{\"id\":\"" id "\",\"asset\":\"" on "\"," more "}"
#define TERM(from, until) "\"measure\":\"seal\",\"served_at\":\"" from "\",\"until\":\"" until "\""
#define T_EVENTS(...) "\"events\":[" __VA_ARGS__ "]"
#define T_EVENT(name, on, more) "{\"event\":\"" name "\",\"on\":\"" on "\"" more "}"
#define RENEW(on, until) T_EVENT("renew", on, ",\"until\":\"" until "\"")
#define ONE(assets, seizure) assets ",\"seizures\":[" seizure "]"
#define IN_PRESERVATION ",\"stage\":\"preservation\",\"expiry_told_on\":\"2024-10-04\""

static const struct row time_rows[] = {
	/* W-17: a deposit for two years */
	{ "SZ-35", ONE(MONEY, SZ("z1", "money", TERM("2024-03-01", "2026-03-01"))), "z1 violation: money: from 2024-03-01 to 2026-03-01, longer than 12 months: until 2025-03-01 at most" },
	{ "SZ-35", ONE(MONEY, SZ("z1", "money", TERM("2024-03-01", "2025-03-01"))), "" },
	{ "SZ-35", ONE(MONEY, SZ("z1", "money", TERM("2024-03-01", "2025-03-02"))), "z1 violation: money: from 2024-03-01 to 2025-03-02, longer than 12 months: until 2025-03-01 at most" },
	{ "SZ-35", ONE(T_HOME, SZ("z1", "home", TERM("2024-03-01", "2027-03-01"))), "" },
	{ "SZ-35", ONE(T_HOME, SZ("z1", "home", TERM("2024-03-01", "2027-03-02"))), "z1 violation: home: from 2024-03-01 to 2027-03-02, longer than 36 months: until 2027-03-01 at most" },
	{ "SZ-35", ONE(CAR, SZ("z1", "car", TERM("2024-02-29", "2026-02-28"))), "" },
	{ "SZ-35", ONE(CAR, SZ("z1", "car", TERM("2024-02-29", "2026-03-01"))), "z1 violation: car: from 2024-02-29 to 2026-03-01, longer than 24 months: until 2026-02-28 at most" },
	/* equity counts from the publication */
	{ "SZ-35", ONE(T_STAKE, SZ("z1", "stake", TERM("2024-03-01", "2027-03-05") ",\"published_at\":\"2024-03-05\"")), "" },
	/* and from the service, where that was before the publication decided */
	{ "SZ-35", ONE(T_STAKE, SZ("z1", "stake", TERM("2021-12-31", "2024-12-31"))), "" },
	{ "SZ-35", ONE(T_STAKE, SZ("z1", "stake", TERM("2021-12-31", "2025-01-01") ",\"published_at\":\"2022-01-04\"")),
	  "z1 violation: stake: from 2021-12-31 to 2025-01-01, longer than 36 months: until 2024-12-31 at most" },
	/* every renewal has the same maximum, from the end before */
	{ "SZ-35", ONE(MONEY, SZ("z1", "money", TERM("2024-03-01", "2025-03-01") "," T_EVENTS(RENEW("2025-02-10", "2026-03-01")))), "" },
	{ "SZ-35", ONE(MONEY, SZ("z1", "money", TERM("2024-03-01", "2025-03-01") "," T_EVENTS(RENEW("2025-02-10", "2026-06-01")))),
	  "z1 violation: money: renewed from 2025-03-01 to 2026-06-01, longer than 12 months: until 2026-03-01 at most" },
	{ "SZ-35", ONE(MONEY, SZ("z1", "money", "\"measure\":\"freeze\",\"served_at\":\"2024-03-01\"")), "z1 review: money: until missing: how long it lasts is not known" },
	/* nothing but their text tells the two apart */
	{ "SZ-35", T_HOME ",\"seizures\":[{\"asset\":\"home\",\"court\":\"B\"," TERM("2025-03-01", "2029-03-01") "},{\"asset\":\"home\",\"court\":\"A\"," TERM("2025-03-01", "2028-03-02") "}]",
	  " violation: home: from 2025-03-01 to 2028-03-02, longer than 36 months: until 2028-03-01 at most; "
	  " violation: home: from 2025-03-01 to 2029-03-01, longer than 36 months: until 2028-03-01 at most" },
	/* before 2015-02-04 the terms were others */
	{ "SZ-35", ONE(MONEY, SZ("z1", "money", TERM("2014-03-01", "2016-03-01"))), "" },
	/* W-19 */
	{ "SZ-36", ONE(T_HOME, SZ("z1", "home", TERM("2022-10-04", "2025-10-04") "," T_EVENTS(RENEW("2025-10-09", "2028-10-04")))),
	  "z1 violation: home: renewed on 2025-10-09, after its effect had ended on 2025-10-04 (not worked, which does not prolong it: holiday point unsettled; last working day before it 2025-09-30)", "2025-10-20" },
	/* at an hour of that day, or the day alone */
	{ "SZ-36", ONE(T_HOME, SZ("z1", "home", TERM("2022-03-01", "2025-03-01T09:00:00+08:00") "," T_EVENTS(RENEW("2025-03-01", "2028-03-01")))),
	  "z1 review: home: renewed on 2025-03-01, at no stated time, and its effect ended on that day at an hour: whether that was before is not known" },
	{ "SZ-36", ONE(T_HOME, SZ("z1", "home", TERM("2022-03-01", "2025-03-01T09:00:00+08:00") "," T_EVENTS(RENEW("2025-03-01T09:00:00+08:00", "2028-03-01")))), "" },
	{ "SZ-36", ONE(T_HOME, SZ("z1", "home", TERM("2022-03-01", "2025-03-01T09:00:00+08:00") "," T_EVENTS(RENEW("2025-02-28", "2028-03-01")))), "" },
	{ "SZ-36", ONE(T_HOME, SZ("z1", "home", TERM("2022-03-01", "2025-03-01") "," T_EVENTS(RENEW("2025-03-01", "2028-03-01")))), "" },
	/* one after the other, in whatever order they were written down */
	{ "SZ-37", ONE(T_HOME, SZ("z1", "home", TERM("2022-03-01", "2023-03-01") "," T_EVENTS(RENEW("2024-02-28", "2025-02-28") "," RENEW("2023-02-27", "2024-02-29")))),
	  "z1 warn: home: its effect and its rank ended on 2025-02-28" },
	{ "SZ-36", ONE(T_HOME, SZ("z1", "home", TERM("2022-03-01", "2023-03-01") "," T_EVENTS(RENEW("2024-02-28", "2025-02-28") "," RENEW("2023-02-27", "2024-02-29")))), "" },
	{ "SZ-37", ONE(T_HOME, SZ("z1", "home", TERM("2022-10-04", "2025-10-04") "," T_EVENTS(RENEW("2025-10-09", "2028-10-04"))) "," SZ("z2", "home", "\"court\":\"B\",\"measure\":\"waiting\",\"served_at\":\"2023-01-10\"")),
	  "z1 violation: home: its effect and its rank ended on 2025-10-04 (not worked, which does not prolong it: holiday point unsettled; last working day before it 2025-09-30); z2, which waited, took effect", "2025-10-20" },
	{ "SZ-36", ONE(T_HOME, SZ("z1", "home", TERM("2022-10-04", "2025-10-04"))), "", "2025-09-29" },
	{ "SZ-36", ONE(T_HOME, SZ("z1", "home", TERM("2022-10-04", "2025-10-04"))),
	  "z1 warn: home: its effect ends on 2025-10-04 unless it is renewed before (not worked, which does not prolong it: holiday point unsettled; last working day before it 2025-09-30)", "2025-09-30" },
	{ "SZ-36", ONE(T_HOME, SZ("z1", "home", TERM("2022-10-15", "2025-10-15"))), "z1 warn: home: its effect ends on 2025-10-15 unless it is renewed before", "2025-10-14" },
	{ "SZ-36", ONE(T_HOME, SZ("z1", "home", TERM("2022-10-04", "2025-10-04") "," T_EVENTS(RENEW("2025-10-04T23:59:59+08:00", "2028-10-04")))), "", "2025-10-20" },
	{ "SZ-37", ONE(T_HOME, SZ("z1", "home", TERM("2022-10-04", "2025-10-04") "," T_EVENTS(RENEW("2025-10-04", "2028-10-04")))), "", "2025-10-20" },
	{ "SZ-37", ONE(T_HOME, SZ("z1", "home", TERM("2022-10-15", "2025-10-15"))), "", "2025-10-15" },
	{ "SZ-37", ONE(T_HOME, SZ("z1", "home", TERM("2022-10-15", "2025-10-15"))), "z1 warn: home: its effect and its rank ended on 2025-10-15", "2025-10-16" },
	{ "SZ-37", ONE(T_HOME, SZ("z1", "home", TERM("2022-10-15", "2025-10-15") ",\"state\":\"lapsed\"")), "z1 info: home: its effect and its rank ended on 2025-10-15", "2025-10-16" },
	{ "SZ-37", ONE(T_HOME, SZ("z1", "home", TERM("2022-10-15", "2025-10-15") ",\"state\":\"effective\"," T_EVENTS(T_EVENT("dispose", "2025-03-01", "")))),
	  "z1 review: home: disposed of on 2025-03-01, which ends the effect, but recorded as effective" },
	/* W-21: the limit is a Saturday, which does not move */
	{ "SZ-38", ONE(T_HOME, SZ("z1", "home", TERM("2022-10-04", "2025-10-04") IN_PRESERVATION "," T_EVENTS(T_EVENT("ask-renewal", "2025-09-28", "")))),
	  "z1 warn: home: renewal asked for late, on 2025-09-28: last day 2025-09-27 (not worked and not moved: better by 2025-09-26); the court may renew of its own until 2025-10-04", "2025-09-29" },
	{ "SZ-38", ONE(T_HOME, SZ("z1", "home", TERM("2022-10-04", "2025-10-04") IN_PRESERVATION "," T_EVENTS(T_EVENT("ask-renewal", "2025-09-27", "")))), "", "2025-09-29" },
	{ "SZ-38", ONE(T_HOME, SZ("z1", "home", TERM("2022-10-04", "2025-10-04") IN_PRESERVATION)), "", "2025-09-27" },
	{ "SZ-38", ONE(T_HOME, SZ("z1", "home", TERM("2022-10-04", "2025-10-04") IN_PRESERVATION)),
	  "z1 warn: home: no request for renewal by 2025-09-27 (not worked and not moved: better by 2025-09-26); the court may renew of its own until 2025-10-04", "2025-09-28" },
	/* each request is judged by the end of its own term */
	{ "SZ-38", ONE(T_HOME, SZ("z1", "home", TERM("2022-10-15", "2024-10-15") IN_PRESERVATION "," T_EVENTS(T_EVENT("ask-renewal", "2024-10-07", "") "," RENEW("2024-10-10", "2026-10-15")))), "" },
	{ "SZ-38", ONE(T_HOME, SZ("z1", "home", TERM("2022-10-15", "2024-10-15") IN_PRESERVATION "," T_EVENTS(T_EVENT("ask-renewal", "2024-10-09", "") "," RENEW("2024-10-10", "2026-10-15")))),
	  "z1 warn: home: renewal asked for late, on 2024-10-09: last day 2024-10-08; the court may renew of its own until 2024-10-15" },
	{ "SZ-38", ONE(T_HOME, SZ("z1", "home", TERM("2024-10-15", "2025-10-15") ",\"stage\":\"preservation\"")),
	  "z1 review: home: expiry_told_on missing: the applicant is to be told in writing when it ends" },
	{ "SZ-38", ONE(T_HOME, SZ("z1", "home", TERM("2024-10-15", "2025-10-15") "," T_EVENTS(T_EVENT("ask-renewal", "2025-05-09", "")))),
	  "z1 review: home: stage missing: whether the request for renewal had a limit is not known" },
	{ "SZ-38", ONE(T_HOME, SZ("z1", "home", TERM("2024-10-15", "2025-10-15") ",\"stage\":\"enforcement\"")), "", "2025-10-14" },
	{ "SZ-39", "\"claim\":{\"stage\":\"enforcement\",\"enforced_on\":\"2025-05-01\"}," ONE(T_HOME, SZ("z1", "home", TERM("2023-01-10", "2026-01-10") ",\"stage\":\"preservation\"")), "" },
	{ "SZ-39", "\"claim\":{\"stage\":\"enforcement\",\"enforced_on\":\"2025-05-01\"}," ONE(T_HOME, SZ("z1", "home", TERM("2022-01-10", "2025-01-10") ",\"stage\":\"preservation\"")),
	  "z1 warn: home: ended on 2025-01-10, before enforcement on 2025-05-01: it did not become a seizure of the enforcement" },
	{ "SZ-39", "\"claim\":{\"stage\":\"enforcement\"}," ONE(T_HOME, SZ("z1", "home", TERM("2022-01-10", "2025-01-10") ",\"stage\":\"preservation\"")),
	  "z1 review: home: ended on 2025-01-10, and enforced_on missing: whether it became a seizure of the enforcement is not known" },
	/* a new ruling does not begin the time afresh */
	{ "SZ-39", "\"claim\":{\"stage\":\"enforcement\",\"enforced_on\":\"2025-05-01\"},"
	  ONE(T_HOME, SZ("z1", "home", TERM("2023-01-10", "2026-01-10") ",\"stage\":\"preservation\"") "," SZ("z2", "home", TERM("2025-05-10", "2028-05-10") ",\"stage\":\"enforcement\"")),
	  "z2 review: home: the preservation goes on without a new ruling and its time runs on: to 2026-01-10, not 2028-05-10, unless it is renewed" },
	{ "SZ-40", ONE(T_HOME, SZ("z1", "home", TERM("2022-06-20", "2025-06-20") "," T_EVENTS(T_EVENT("entrust", "2025-05-20", "")))), "" },
	{ "SZ-40", ONE(T_HOME, SZ("z1", "home", TERM("2022-06-20", "2025-06-20") "," T_EVENTS(T_EVENT("entrust", "2025-05-21", "")))),
	  "z1 violation: home: entrusted on 2025-05-21 with less than a month left, to 2025-06-20: to be renewed first" },
	{ "SZ-40", ONE(T_HOME, SZ("z1", "home", TERM("2022-06-20", "2025-06-20") "," T_EVENTS(RENEW("2025-05-20", "2028-06-20") "," T_EVENT("entrust", "2025-05-21", "")))), "" },
	{ "SZ-41", ONE(T_HOME, SZ("z1", "home", TERM("2025-03-01", "2027-03-01") ",\"investigators_from\":\"2023-03-05\",\"investigators_until\":\"2025-03-05\"")), "" },
	{ "SZ-41", ONE(T_HOME, SZ("z1", "home", TERM("2025-03-06", "2027-03-01") ",\"investigators_from\":\"2023-03-05\",\"investigators_until\":\"2025-03-05\"")),
	  "z1 warn: home: in effect since 2025-03-06, after that of the investigators had ended on 2025-03-05: without their rank" },
	{ "SZ-41", ONE(T_HOME, SZ("z1", "home", TERM("2025-03-01", "2027-03-01") ",\"investigators_until\":\"2025-03-05\"")),
	  "z1 review: home: investigators_from missing: the rank that it keeps is not known" },
	{ "SZ-45", ONE(T_HOME, SZ("z1", "home", "\"measure\":\"waiting\",\"served_at\":\"2022-03-01\",\"until\":\"2025-03-01\"")),
	  "z1 review: home: it waits, so its term has not begun and nothing has lapsed" },
	{ "SZ-45", ONE(T_HOME, SZ("z1", "home", "\"measure\":\"waiting\",\"served_at\":\"2022-03-01\",\"until\":\"2025-03-01\",\"converted_at\":\"2025-04-01\"")),
	  "z1 review: home: ends on 2025-03-01, before it took effect: its term begins when it does" },
	{ "SZ-45", ONE(T_HOME, SZ("z1", "home", "\"measure\":\"waiting\",\"served_at\":\"2022-03-01\",\"until\":\"2028-04-01\",\"converted_at\":\"2025-04-01\"")), "" },
};

#endif
