/* SPDX-License-Identifier: MIT */
/* Rows of test_seizure_rules.c: what must be released, and what may be done against a seizure? */
#ifndef GAVEL_SEIZURE_ROWS_REMEDY_H
#define GAVEL_SEIZURE_ROWS_REMEDY_H

#define R_SEALED(more) SZ("z1", "home", TERM("2025-03-01", "2028-03-01") more)
#define R_PRESERVED(claim, more) "\"claim\":{\"stage\":\"preservation\"" claim "}," ONE(T_HOME, R_SEALED(more))
#define ENFORCED(claim, more) "\"claim\":{\"stage\":\"enforcement\"" claim "}," ONE(T_HOME, R_SEALED(more))
#define DISPUTED(more) "\"claim\":{\"stage\":\"preservation\"},\"assets\":[{\"id\":\"home\",\"type\":\"immovable\",\"in_dispute\":true}],\"seizures\":[" R_SEALED(more) "]"
#define OUTSIDER(more) "\"assets\":[{\"id\":\"home\",\"type\":\"immovable\",\"third_parties\":[{\"by\":\"张三\",\"written\":true,\"received_on\":\"2025-02-20\"" more "}]}]"
#define UPHELD ",\"decided_on\":\"2025-03-03\",\"served_on\":\"2025-03-03\",\"result\":\"upheld\""
#define REJECTED ",\"decided_on\":\"2025-03-03\",\"served_on\":\"2025-03-03\",\"result\":\"rejected\""
#define OBJECTED(more) ONE(T_HOME, R_SEALED(",\"objections\":[{\"by\":\"李四\",\"received_on\":\"2025-03-03\"" more "}]"))
#define RELEASED ",\"released_at\":\"2025-05-06\",\"release_ruled_on\":\"2025-05-06\""
#define BORROWED ",\"principal_fen\":100,\"fee_fen\":0"

static const struct row remedy_rows[] = {
	{ "SZ-54", ENFORCED(BORROWED, RELEASED ",\"release_ground\":\"paid\""), "" },
	{ "SZ-54", ENFORCED(BORROWED, RELEASED), "z1 review: home: released, and release_ground missing" },
	{ "SZ-54", ENFORCED(BORROWED, ",\"release_ruled_on\":\"2025-05-06\"," T_EVENTS(T_EVENT("release", "2025-05-06", ",\"ground\":\"paid\""))), "" },
	{ "SZ-54", ENFORCED(BORROWED, RELEASED ",\"release_ground\":\"security\",\"creditor_agreed\":false"), "z1 violation: home: released for security, to which the creditor does not agree" },
	{ "SZ-54", ENFORCED(BORROWED, RELEASED ",\"release_ground\":\"security\""), "z1 review: home: released for security, and creditor_agreed missing" },
	{ "SZ-54", ENFORCED(BORROWED, RELEASED ",\"release_ground\":\"security\",\"creditor_agreed\":true"), "" },
	{ "SZ-54", ENFORCED(BORROWED, ",\"released_at\":\"2025-05-06\",\"release_ground\":\"paid\",\"registered_at\":\"2025-03-01\""),
	  "z1 review: home: released, and release_ruled_on missing: a release is by ruling; z1 review: home: released, and release_notice_on missing: the registry is to be told" },
	/* security, and the creditor agrees */
	{ "SZ-54", ENFORCED(BORROWED, ",\"security_on\":\"2025-05-01\",\"security_sufficient\":true,\"creditor_agreed\":true"), "z1 violation: home: to be released: security is given and the creditor agrees" },
	{ "SZ-54", ENFORCED(BORROWED, ",\"security_sufficient\":true,\"creditor_agreed\":true"), "z1 violation: home: to be released: security is given and the creditor agrees" },
	{ "SZ-54", ENFORCED(BORROWED, ",\"security_on\":\"2025-06-02\",\"security_sufficient\":true,\"creditor_agreed\":true"), "" },
	{ "SZ-54", ENFORCED(BORROWED, ",\"security_on\":\"2025-05-01\",\"security_sufficient\":false,\"creditor_agreed\":true"), "" },
	{ "SZ-54", ENFORCED(BORROWED, ",\"security_on\":\"2025-05-01\",\"security_sufficient\":true,\"creditor_agreed\":false"), "" },
	{ "SZ-54", ENFORCED(BORROWED, ",\"security_on\":\"2025-05-01\",\"security_sufficient\":true"), "z1 review: home: security is given, and creditor_agreed missing" },
	{ "SZ-54", ENFORCED(BORROWED, ",\"security_on\":\"2025-05-01\""), "z1 review: home: security is given, and creditor_agreed missing" },
	{ "SZ-54", ENFORCED(BORROWED, ",\"security_on\":\"2025-05-01\",\"security_sufficient\":false"), "" },
	{ "SZ-54", ENFORCED(BORROWED ",\"recovered_fen\":100", ""), "z1 violation: home: to be released: the debt is paid" },
	{ "SZ-54", ENFORCED(BORROWED ",\"recovered_fen\":100", ",\"stage\":\"preservation\""), "z1 violation: home: to be released: the debt is paid" },
	{ "SZ-54", ENFORCED(BORROWED ",\"recovered_fen\":99", ""), "" },
	{ "SZ-54", ENFORCED(BORROWED ",\"withdrawn_on\":\"2025-05-01\"", ""), "z1 violation: home: to be released: the application is withdrawn, or the claim waived" },
	{ "SZ-55", R_PRESERVED("", ""), "" },
	{ "SZ-55", R_PRESERVED(",\"rejected_on\":\"2025-05-01\"", ""), "z1 violation: home: to be released: the suit or the claims are finally rejected" },
	{ "SZ-55", R_PRESERVED(",\"rejected_on\":\"2025-05-01\"", RELEASED), "" },
	{ "SZ-55", R_PRESERVED("", ",\"release_asked_on\":\"2025-03-03\",\"release_ruled_on\":\"2025-03-10\""), "" },
	{ "SZ-55", R_PRESERVED("", ",\"release_asked_on\":\"2025-03-03\",\"release_ruled_on\":\"2025-03-11\""),
	  "z1 violation: home: the release asked for is to be ruled on by 2025-03-10 at the latest, release_ruled_on is 2025-03-11" },
	{ "SZ-55", R_PRESERVED("", ",\"release_asked_on\":\"2025-03-03\""), "z1 review: home: the release asked for is to be ruled on by 2025-03-10 at the latest, release_ruled_on missing" },
	/* 48 hours, the hour in which it begins left out */
	{ "SZ-55", R_PRESERVED("", ",\"release_urgent\":true,\"release_asked_on\":\"2025-03-03T09:10:00+08:00\",\"release_ruled_on\":\"2025-03-05T10:00:00+08:00\""), "" },
	{ "SZ-55", R_PRESERVED("", ",\"release_urgent\":true,\"release_asked_on\":\"2025-03-03T09:10:00+08:00\",\"release_ruled_on\":\"2025-03-05T10:00:01+08:00\""),
	  "z1 violation: home: urgent, to be ruled within 48 hours of release_asked_on, by 2025-03-05: release_ruled_on is later" },
	{ "SZ-55", R_PRESERVED("", ",\"release_urgent\":true,\"release_asked_on\":\"2025-03-03\",\"release_ruled_on\":\"2025-03-04\""), "" },
	{ "SZ-55", R_PRESERVED("", ",\"release_urgent\":true,\"release_asked_on\":\"2025-03-03\",\"release_ruled_on\":\"2025-03-05\""),
	  "z1 review: home: urgent, to be ruled within 48 hours of release_asked_on: it has no time, or release_ruled_on has none" },
	{ "SZ-55", R_PRESERVED("", ",\"release_urgent\":true,\"release_asked_on\":\"2025-03-03\",\"release_ruled_on\":\"2025-03-06T00:00:01+08:00\""),
	  "z1 violation: home: urgent, to be ruled within 48 hours of release_asked_on, by 2025-03-05: release_ruled_on is later" },
	{ "SZ-55", R_PRESERVED("", ",\"security_on\":\"2025-05-01\",\"security_sufficient\":true"), "z1 violation: home: to be released: sufficient security is given" },
	{ "SZ-55", R_PRESERVED("", ",\"security_on\":\"2025-05-01\""), "z1 review: home: security is given, and security_sufficient missing" },
	{ "SZ-55", DISPUTED(",\"security_on\":\"2025-05-01\",\"security_sufficient\":true"), "" },
	{ "SZ-55", DISPUTED(RELEASED ",\"release_ground\":\"security\",\"creditor_agreed\":false"), "z1 violation: home: released for security, but the suit is about it and the applicant does not agree" },
	/* W-31: day 30 is a holiday */
	{ "SZ-56", "\"claim\":{\"stage\":\"preservation\",\"pre_suit\":true,\"sued_on\":\"2025-05-06\"}," ONE(T_HOME, SZ("z1", "home", TERM("2025-04-05", "2028-04-05"))), "" },
	{ "SZ-56", "\"claim\":{\"stage\":\"preservation\",\"pre_suit\":true,\"sued_on\":\"2025-05-07\"}," ONE(T_HOME, SZ("z1", "home", TERM("2025-04-05", "2028-04-05"))),
	  "z1 violation: home: to be released: a suit or arbitration was to be begun by 2025-05-06, and sued_on is 2025-05-07" },
	{ "SZ-56", "\"claim\":{\"stage\":\"preservation\",\"pre_suit\":true}," ONE(T_HOME, SZ("z1", "home", TERM("2025-04-05", "2028-04-05"))), "", "2025-05-06" },
	{ "SZ-56", "\"claim\":{\"stage\":\"preservation\",\"pre_suit\":true}," ONE(T_HOME, SZ("z1", "home", TERM("2025-04-05", "2028-04-05"))),
	  "z1 violation: home: to be released: a suit or arbitration was to be begun by 2025-05-06, and sued_on is not recorded", "2025-05-07" },
	{ "SZ-57", R_PRESERVED(",\"urgent\":true,\"applied_on\":\"2025-03-03\",\"ruled_on\":\"2025-03-06\"", ""),
	  " violation: urgent, to be ruled within 48 hours of applied_on, by 2025-03-05: ruled_on is later; "
	  " review: urgent: the execution is to begin at once, and executed_on missing" },
	{ "SZ-57", R_PRESERVED(",\"urgent\":true,\"applied_on\":\"2025-03-03\",\"ruled_on\":\"2025-03-04\",\"executed_on\":\"2025-03-06\"", ""),
	  " review: urgent: the execution is to begin at once, and executed_on is not the day of ruled_on" },
	/* between judgment and enforcement: 2025-04-20, five days */
	{ "SZ-56", R_PRESERVED(",\"effective_on\":\"2025-02-20\",\"perform_by\":\"2025-04-20\",\"enforced_on\":\"2025-04-25\"", ""), "" },
	{ "SZ-56", R_PRESERVED(",\"effective_on\":\"2025-02-20\",\"perform_by\":\"2025-04-20\"", ""),
	  "z1 violation: home: to be released: enforcement was to be applied for by 2025-04-25, and enforced_on is not recorded" },
	{ "SZ-56", R_PRESERVED(",\"effective_on\":\"2025-02-20\"", ""), "z1 review: home: preserved after the judgment, and perform_by missing" },
	{ "SZ-57", R_PRESERVED(",\"applied_on\":\"2025-03-03\",\"ruled_on\":\"2025-03-10\",\"executed_on\":\"2025-03-17\",\"preservation_fen\":1000,\"security_fen\":300", ""), "" },
	{ "SZ-57", R_PRESERVED(",\"applied_on\":\"2025-03-03\",\"ruled_on\":\"2025-03-11\",\"executed_on\":\"2025-03-18\",\"preservation_fen\":1000,\"security_fen\":301", ""),
	  " violation: preservation is to be ruled on by 2025-03-10 at the latest, ruled_on is 2025-03-11; "
	  " violation: the execution of the preservation is to begin by 2025-03-17 at the latest, executed_on is 2025-03-18; "
	  " violation: in a suit the security is 30% of the amount preserved at most: security_fen is more" },
	{ "SZ-57", R_PRESERVED(",\"applied_on\":\"2025-03-03\",\"security_on\":\"2025-03-12\",\"ruled_on\":\"2025-03-17\",\"executed_on\":\"2025-03-17\"", ""), "" },
	{ "SZ-57", R_PRESERVED(",\"pre_suit\":true,\"applied_on\":\"2025-03-03T09:10:00+08:00\",\"ruled_on\":\"2025-03-05T11:00:00+08:00\",\"executed_on\":\"2025-03-05\",\"preservation_fen\":1000,\"security_fen\":999", ""),
	  " violation: urgent, to be ruled within 48 hours of applied_on, by 2025-03-05: ruled_on is later; "
	  " review: before a suit the security is normally equal to the amount preserved: security_fen is less" },
	{ "SZ-57", R_PRESERVED(",\"ruling_served_on\":\"2025-03-03\",\"reconsider_on\":\"2025-03-11\",\"reconsider_decided_on\":\"2025-03-24\"", ""),
	  " warn: reconsideration of the preservation is to be asked for by 2025-03-10 at the latest, reconsider_on is 2025-03-11; "
	  " violation: the reconsideration is to be decided by 2025-03-21 at the latest, reconsider_decided_on is 2025-03-24" },
	{ "SZ-58", OBJECTED(",\"decided_on\":\"2025-03-18\",\"served_on\":\"2025-03-20\",\"reconsider_on\":\"2025-03-31\",\"reconsider_decided_on\":\"2025-04-30\""), "" },
	{ "SZ-58", OBJECTED(",\"decided_on\":\"2025-03-19\",\"served_on\":\"2025-03-20\",\"reconsider_on\":\"2025-04-01\",\"reconsider_decided_on\":\"2025-05-07\""),
	  "z1 violation: 李四: the objection is to be decided by 2025-03-18 at the latest, decided_on is 2025-03-19; "
	  "z1 warn: 李四: reconsideration is to be asked for by 2025-03-31 at the latest, reconsider_on is 2025-04-01; "
	  "z1 violation: 李四: the reconsideration is to be decided by 2025-05-06 at the latest, reconsider_decided_on is 2025-05-07" },
	{ "SZ-58", OBJECTED(",\"decided_on\":\"2025-03-18\",\"served_on\":\"2025-03-20\",\"reconsider_on\":\"2025-03-31\",\"extended\":true,\"reconsider_decided_on\":\"2025-05-30\""), "" },
	{ "SZ-58", OBJECTED(""), "z1 review: 李四: the objection is to be decided by 2025-03-18 at the latest, decided_on missing" },
	/* W-29 */
	{ "SZ-59", ONE(OUTSIDER(UPHELD), R_SEALED("")), "z1 info: home: objection of 张三 upheld, suit period to 2025-03-18: to be lifted by 2025-03-25 unless the creditor sues", "2025-03-25" },
	{ "SZ-59", ONE(OUTSIDER(UPHELD), R_SEALED("")), "z1 violation: home: objection of 张三 upheld, suit period to 2025-03-18: to be lifted by 2025-03-25 unless the creditor sues", "2025-03-26" },
	{ "SZ-59", ONE(OUTSIDER(UPHELD ",\"lifted_on\":\"2025-03-25\""), R_SEALED("")), "" },
	{ "SZ-59", ONE(OUTSIDER(UPHELD ",\"lifted_on\":\"2025-03-26\""), R_SEALED("")), "z1 violation: home: objection of 张三 upheld, suit period to 2025-03-18: to be lifted by 2025-03-25, lifted on 2025-03-26" },
	{ "SZ-59", ONE(OUTSIDER(UPHELD ",\"sued_on\":\"2025-03-18\",\"sued_by\":\"creditor\""), R_SEALED("")), "" },
	{ "SZ-59", ONE(OUTSIDER(",\"decided_on\":\"2025-03-03\",\"result\":\"upheld\""), R_SEALED("")),
	  "z1 review: home: objection of 张三 upheld, suit period to 2025-03-18: to be lifted by 2025-03-25 unless the creditor sues (served_on missing: counted from decided_on)" },
	{ "SZ-59", ONE(OUTSIDER(REJECTED), R_SEALED("," T_EVENTS(T_EVENT("auction", "2025-03-18", "")))),
	  "z1 violation: home: disposed of on 2025-03-18, but after the rejection of the objection of 张三 nothing may be before 2025-03-18 has passed" },
	{ "SZ-59", ONE(OUTSIDER(REJECTED), R_SEALED("," T_EVENTS(T_EVENT("auction", "2025-03-19", "")))), "" },
	{ "SZ-59", ONE(OUTSIDER(",\"decided_on\":\"2025-03-10\""), R_SEALED("")), "z1 violation: 张三: the objection of an outsider is to be decided by 2025-03-07 at the latest, decided_on is 2025-03-10" },
	{ "SZ-60", OBJECTED(",\"accepted_on\":\"2025-03-06\",\"notified_on\":\"2025-03-10\""), "" },
	{ "SZ-60", OBJECTED(",\"accepted_on\":\"2025-03-07\",\"notified_on\":\"2025-03-11\""),
	  "z1 violation: 李四: the objection is to be filed by 2025-03-06 at the latest, accepted_on is 2025-03-07; "
	  "z1 violation: 李四: the parties are to be notified of the objection by 2025-03-10 at the latest, notified_on is 2025-03-11" },
	{ "SZ-60", OBJECTED(",\"incomplete_told_on\":\"2025-03-04\",\"completed_on\":\"2025-03-07\",\"accepted_on\":\"2025-03-10\",\"notified_on\":\"2025-03-10\""), "" },
	{ "SZ-60", ONE(OUTSIDER(",\"accepted_on\":\"2025-02-28\""), R_SEALED("")), "z1 violation: 张三: the objection is to be filed by 2025-02-24 at the latest, accepted_on is 2025-02-28; "
	  "z1 review: 张三: the parties are to be notified of the objection by 2025-03-03 at the latest, notified_on missing" },
	{ "SZ-61", R_PRESERVED(",\"bankruptcy_on\":\"2025-05-01\"", ""), "z1 violation: home: bankruptcy was accepted on 2025-05-01: the preservation is to be lifted" },
	{ "SZ-61", R_PRESERVED(",\"bankruptcy_on\":\"2025-05-01\"", RELEASED), "" },
	{ "SZ-61", ENFORCED(",\"bankruptcy_on\":\"2025-05-01\"", "," T_EVENTS(T_EVENT("auction", "2025-05-20", ""))),
	  "z1 violation: home: disposed of on 2025-05-20, but bankruptcy was accepted on 2025-05-01 and enforcement is stayed; "
	  "z1 review: home: bankruptcy was accepted on 2025-05-01: enforcement is stayed, and whether the measure is lifted is to be seen" },
	{ "SZ-61", ENFORCED(",\"bankruptcy_on\":\"2025-02-01\"", ""), "z1 violation: home: seized after bankruptcy was accepted on 2025-02-01" },
};

#endif
