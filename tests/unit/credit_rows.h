/* SPDX-License-Identifier: MIT */
/* Rows of test_credit_rules.c.  W-nn: worked examples of the notes on enforcement. */
#ifndef GAVEL_CREDIT_ROWS_H
#define GAVEL_CREDIT_ROWS_H

#define E(name, on, more) "{\"event\":\"" name "\",\"on\":\"" on "\"" more "}"
#define EVENTS(list) ",\"events\":[" list "]"
#define SIGNED(on, by) ",\"notice\":{\"risk_warning\":true,\"due_on\":\"2016-01-01\"},\"decision\":{\"signed_on\":\"" on "\",\"signed_by\":\"" by "\",\"reasons\":\"拒不履行\",\"served_on\":\"" on "\"}"
#define DECIDED(on) SIGNED(on, "president")
#define LISTED(ground, on, more) "\"state\":\"listed\",\"restriction\":\"ordered\",\"ground\":\"" ground "\",\"published_on\":\"" on "\"" DECIDED(on) more
#define REMOVED(ground, published, reason, on, more) \
	"\"state\":\"removed\",\"ground\":\"" ground "\",\"published_on\":\"" published "\",\"removal\":{\"reason\":\"" reason "\",\"on\":\"" on "\"}" more
#define EARLY(because) \
	"\"state\":\"removed\",\"ground\":\"G4\",\"published_on\":\"2025-03-01\",\"removal\":{\"reason\":\"RE\",\"on\":\"2025-05-13\",\"decided_on\":\"2025-05-13\",\"because\":\"" because "\"}"
#define TERM(from, until) ",\"term\":{\"years\":2,\"from\":\"" from "\",\"until\":\"" until "\"}"
#define PERSON "\"type\":\"person\",\"born_on\":\"1980-05-01\""
#define GRACE(on, months, until) ",\"grace\":{\"on\":\"" on "\",\"months\":" #months ",\"until\":\"" until "\"}"
#define ORDER(by) ",\"order\":{\"signed_on\":\"2025-03-01\",\"signed_by\":\"" by "\",\"items\":[\"C1\"],\"consequences\":\"违反的法律后果\"}"
#define CONSENT(on, agreed) E("creditor-consent", on, ",\"written\":true,\"court_agreed_on\":\"" agreed "\"")
#define CHECKED(on, found) E("check", on, ",\"found\":" #found)
#define LIFT(on, until, by) E("lift-temporarily", on, ",\"until\":\"" until "\",\"reason\":\"illness\",\"approved_by\":\"" by "\"")
#define WRONG(field) E("find-inaccurate", "2025-04-01", ",\"field\":\"" field "\"")
#define MENDED(field) E("correct", "2025-04-02", ",\"field\":\"" field "\"")
#define GRANTED(about) E("object", "2025-04-01", ",\"about\":\"" about "\"") "," E("answer", "2025-04-01", ",\"result\":\"granted\"")
#define LIFTED(ground, role, more) "\"state\":\"none\",\"restriction\":\"lifted\",\"role\":\"" role "\",\"lift\":{\"on\":\"2025-04-01\",\"ground\":\"" ground "\"}" more
#define OFFICER "\"state\":\"notified\",\"restriction\":\"ordered\",\"role\":\"P1\",\"unit\":\"甲公司\"" ORDER("president")
/* An order of 2025-03-01 and its grace of the same day, before and behind its end. */
#define HELD(restriction, more) \
	"\"state\":\"grace\",\"restriction\":\"" restriction "\",\"grace\":{\"on\":\"2025-03-01\",\"months\":1,\"until\":\"2025-04-01\"}" ORDER("president") more
#define GRANT(ground) "\"kind\":\"repair\",\"state\":\"granted\",\"decided_on\":\"2025-05-01\",\"evidence\":\"证据\",\"ground\":\"" ground "\""
#define ENDED "\"state\":\"removed\",\"ground\":\"G4\",\"published_on\":\"2025-03-01\""
#define TOLD(name, who, what) E(name, "2026-05-01", ",\"platform\":\"" who "\",\"what\":\"" what "\"")
#define FOREIGN(state, ground, more) \
	"\"state\":\"" state "\",\"restriction\":\"none\",\"ground\":\"" ground "\",\"published_on\":\"2025-03-10\",\"source\":{\"court\":\"苏0583\",\"key\":\"苏0583-C000001\"}" more
#define OF_FEED "\"type\":\"person\",\"name\":\"李四\""
#define FULL_UNIT ",\"published\":{\"name\":\"甲公司\",\"credit_code\":\"91310114MA1GT0GK3X\",\"legal_representative\":\"李某\"," OF_ALL "}"
#define OF_ALL "\"obligation\":\"还款\",\"performance\":\"全部未履行\",\"conduct\":\"有履行能力而拒不履行\",\"maker\":\"沪0114\",\"instrument_no\":\"1\",\"case\":\"2\",\"filed_on\":\"2025-01-01\",\"court\":\"沪0114\""

static const struct row list_rows[] = {
	{ "CR-01", LISTED("G1", "2025-03-01", ""), "", PERSON },
	{ "CR-01", "\"state\":\"decided\"" DECIDED("2025-03-01"), "review: ground missing", PERSON },
	{ "CR-01", LISTED("G1", "2025-03-01", EVENTS(E("perform", "2025-02-27", ""))), "violation: performed on 2025-02-27, before the decision of 2025-03-01", PERSON },
	{ "CR-01", LISTED("G1", "2025-03-01", EVENTS(E("perform", "2025-03-02", ""))), "", PERSON },
	{ "CR-01", "\"state\":\"listed\",\"ground\":\"G1\",\"published_on\":\"2025-03-10\"" DECIDED("2025-03-01") EVENTS(E("perform", "2025-03-09", "")),
	  "violation: performed on 2025-03-09, before the publication of 2025-03-10", PERSON },
	{ "CR-01", "\"state\":\"decided\",\"ground\":\"G1\",\"notice\":{\"due_on\":\"2025-03-01\"},\"decision\":{\"signed_on\":\"2025-03-01\"}",
	  "violation: decided on 2025-03-01, within the period of the notice (to 2025-03-01)", PERSON },
	{ "CR-01", "\"state\":\"decided\",\"ground\":\"G3\",\"notice\":{\"due_on\":\"2025-03-01\"},\"decision\":{\"signed_on\":\"2025-03-01\"}", "", PERSON },
	{ "CR-01", "\"state\":\"decided\",\"ground\":\"G1\",\"decision\":{\"signed_on\":\"2025-03-01\"}", "review: notice.due_on missing", PERSON },
	{ "CR-01", "\"state\":\"eligible\",\"ground\":\"G6\"", "review: notice.due_on missing", PERSON },
	{ "CR-01", "\"state\":\"decided\",\"ground\":\"G4\",\"decision\":{\"signed_on\":\"2025-03-01\"}", "", PERSON },
	{ "CR-02", LISTED("G1", "2025-03-01", ""), "review: ground G1, and no evidence of the ability to perform (evidence)", PERSON },
	{ "CR-02", LISTED("G1", "2025-03-01", ",\"evidence\":\"存款\""), "", PERSON },
	{ "CR-02", LISTED("G4", "2025-03-01", ""), "", PERSON },
	{ "CR-03", LISTED("G4", "2025-03-01", TERM("2025-03-01", "2027-03-01")), "", PERSON },
	{ "CR-03", LISTED("G4", "2025-03-01", TERM("2023-03-01", "2025-03-01")), "violation: the term begins on 2023-03-01 (term.from), before the decision of 2025-03-01", PERSON },
	{ "CR-03", LISTED("G4", "2025-03-01", TERM("2025-02-28", "2027-02-28")), "violation: the term begins on 2025-02-28 (term.from), before the decision of 2025-03-01", PERSON },
	{ "CR-03", LISTED("G4", "2025-03-01", TERM("2025-03-02", "2027-03-02")), "review: the term begins on 2025-03-02 (term.from), behind the publication of 2025-03-01", PERSON },
	{ "CR-03", "\"state\":\"listed\",\"ground\":\"G4\",\"published_on\":\"2025-03-10\"" DECIDED("2025-03-01") TERM("2025-03-10", "2027-03-10"), "", PERSON },
	{ "CR-03", LISTED("G4", "2025-03-01", ""), "review: term.from missing; review: term.until missing", PERSON },
	{ "CR-03", LISTED("G4", "2025-03-01", TERM("2025-03-01", "2028-03-01")), "violation: the term ends on 2027-03-01, not on 2028-03-01 (term.until)", PERSON },
	{ "CR-03", LISTED("G4", "2025-03-01", TERM("2025-03-01", "2027-02-28")), "review: the term ends on 2027-03-01, not on 2027-02-28 (term.until)", PERSON },
	{ "CR-03", LISTED("G2", "2025-03-01", ",\"term\":{\"years\":2,\"extra_years\":3,\"serious\":\"暴力\",\"from\":\"2025-03-01\",\"until\":\"2030-03-01\"}"), "", PERSON },
	{ "CR-03", LISTED("G2", "2025-03-01", ",\"term\":{\"years\":2,\"extra_years\":4,\"serious\":\"暴力\",\"from\":\"2025-03-01\",\"until\":\"2031-03-01\"}"), "violation: 4 years are added: 1 to 3 may be", PERSON },
	{ "CR-03", LISTED("G2", "2025-03-01", ",\"term\":{\"years\":2,\"extra_years\":1,\"from\":\"2025-03-01\",\"until\":\"2028-03-01\"}"), "review: term.serious missing", PERSON },
	{ "CR-03", LISTED("G2", "2025-03-01", ",\"term\":{\"years\":3,\"from\":\"2025-03-01\",\"until\":\"2028-03-01\"}"), "violation: term.years is 3: the term is 2 years", PERSON },
	{ "CR-03", LISTED("G1", "2025-03-01", TERM("2025-03-01", "2027-03-01")), "violation: ground G1 has no term: only R1 to R7 end it", PERSON },
	{ "CR-03", LISTED("G1", "2025-03-01", ""), "", PERSON },
	/* W-45 */
	{ "CR-04", LISTED("G1", "2025-03-01", ",\"claim_fen\":100000000,\"controlled_fen\":110000000"), "violation: the court controls 1,100,000.00 at the lowest price, and the claim is 1,000,000.00", PERSON },
	{ "CR-04", LISTED("G1", "2025-03-01", ",\"claim_fen\":100000000,\"controlled_fen\":100000000"), "violation: the court controls 1,000,000.00 at the lowest price, and the claim is 1,000,000.00", PERSON },
	{ "CR-04", LISTED("G1", "2025-03-01", ",\"claim_fen\":100000000,\"controlled_fen\":99999999"), "", PERSON },
	{ "CR-04", LISTED("G1", "2025-03-01", ",\"exclusions\":[\"X3\"]"), "violation: ground G1, but others come before in the order of performance (X3)", PERSON },
	{ "CR-04", LISTED("G3", "2025-03-01", ",\"exclusions\":[\"X2\"],\"claim_fen\":1,\"controlled_fen\":2"), "", PERSON },
	{ "CR-05", LISTED("G1", "2025-03-01", ""), "", PERSON },
	{ "CR-05", LISTED("G1", "2025-03-01", ""), "violation: the debtor is a minor until 2025-03-02", "\"type\":\"person\",\"born_on\":\"2007-03-02\"" },
	{ "CR-05", LISTED("G1", "2025-03-01", ""), "", "\"type\":\"person\",\"born_on\":\"2007-03-01\"" },
	{ "CR-05", LISTED("G1", "2025-03-01", ""), "review: debtor.born_on missing", "\"type\":\"person\"" },
	{ "CR-05", LISTED("G1", "2025-03-01", ",\"exclusions\":[\"XM\"]"), "violation: the debtor is a minor (XM)", NULL },
	{ "CR-05", LISTED("G1", "2025-03-01", ""), "", "\"type\":\"unit\"" },
	/* W-43: listing an officer is wrong, restricting is right (CR-20) */
	{ "CR-06", LISTED("G1", "2025-03-01", ",\"role\":\"P1\",\"unit\":\"甲公司\""), "violation: P1: an officer is not listed for the unit's debt, only restricted (CR-20)", PERSON },
	{ "CR-06", "\"state\":\"none\",\"restriction\":\"ordered\",\"role\":\"P1\",\"unit\":\"甲公司\"" ORDER("president"), "", PERSON },
	{ "CR-06", LISTED("G6", "2025-03-01", ",\"claim_fen\":1,\"controlled_fen\":2"), "violation: the court controls 0.02 at the lowest price, and the claim is 0.01", PERSON },
	{ "CR-06", LISTED("G1", "2025-03-01", ",\"exclusions\":[\"XA\"]"), "violation: the creditor asks to wait (XA)", PERSON },
	{ "CR-06", "\"state\":\"notified\",\"restriction\":\"ordered\",\"claim_fen\":1,\"controlled_fen\":2" ORDER("president"), "violation: the court controls 0.02 at the lowest price, and the claim is 0.01", PERSON },
	{ "CR-06", "\"state\":\"notified\",\"restriction\":\"ordered\",\"campus_loan\":true" ORDER("president"), "review: a full-time student or a loan to one: neither listed nor restricted as a rule (XS)", PERSON },
	{ "CR-06", LISTED("G3", "2025-03-01", ",\"exclusions\":[\"XA\"]"), "", PERSON },
	{ "CR-06", LISTED("G1", "2025-03-01", ""), "review: a full-time student or a loan to one: neither listed nor restricted as a rule (XS)", PERSON ",\"student\":true" },
	/* before the opinion of 2019 */
	{ "CR-06", LISTED("G1", "2018-03-01", ",\"exclusions\":[\"XA\"]"), "", PERSON },
	/* W-55 */
	{ "CR-07", "\"state\":\"listed\",\"ground\":\"G1\",\"published_on\":\"2025-03-03\"" SIGNED("2025-03-01", "bureau-head"), "violation: decision.signed_by is bureau-head: the president signs", PERSON },
	{ "CR-07", "\"state\":\"listed\",\"ground\":\"G1\",\"published_on\":\"2025-03-03\",\"notice\":{\"risk_warning\":true},\"decision\":{\"signed_on\":\"2025-03-01\",\"signed_by\":\"president\",\"reasons\":\"拒不履行\"}",
	  "violation: published, and the decision was never served (decision.served_on)", PERSON },
	{ "CR-07", LISTED("G1", "2025-03-01", ""), "", PERSON },
	{ "CR-07", "\"state\":\"listed\",\"ground\":\"G1\",\"published_on\":\"2025-02-28\"" DECIDED("2025-03-01"), "violation: published on 2025-02-28, before the decision was signed on 2025-03-01; violation: published on 2025-02-28, before the decision was served on 2025-03-01", PERSON },
	{ "CR-07", "\"state\":\"decided\",\"notice\":{\"risk_warning\":true},\"decision\":{\"signed_on\":\"2025-03-01\",\"signed_by\":\"president\",\"reasons\":\"拒不履行\",\"served_on\":\"2025-02-28\"}",
	  "violation: the decision was served on 2025-02-28, before it was signed on 2025-03-01", PERSON },
	{ "CR-07", "\"state\":\"decided\",\"notice\":{\"risk_warning\":false},\"decision\":{\"signed_on\":\"2025-03-01\",\"signed_by\":\"president\",\"reasons\":\"拒不履行\",\"served_on\":\"2025-03-01\"}", "violation: the enforcement notice does not warn of the list (notice.risk_warning)", PERSON },
	{ "CR-07", "\"state\":\"decided\",\"decision\":{\"signed_on\":\"2025-03-01\",\"signed_by\":\"president\",\"reasons\":\"拒不履行\",\"served_on\":\"2025-03-01\"}", "review: notice.risk_warning missing", PERSON },
	{ "CR-07", "\"state\":\"notified\",\"request\":{\"on\":\"2025-04-01\",\"decided_on\":\"2025-04-16\"}", "", PERSON },
	{ "CR-07", "\"state\":\"notified\",\"request\":{\"on\":\"2025-04-01\",\"decided_on\":\"2025-04-17\"}",
	  "warn: request of 2025-04-01: was due by 2025-04-16 (listing-decision), and done on 2025-04-17", PERSON },
	{ "CR-07", "\"state\":\"decided\",\"notice\":{\"risk_warning\":true},\"decision\":{\"signed_on\":\"2025-03-01\",\"signed_by\":\"president\"}",
	  "review: decision.reasons missing; info: the decision is to be served before it is published (decision.served_on)", PERSON },
	{ "CR-08", "\"state\":\"notified\"" EVENTS(E("report-breach", "2025-03-01", "")), "warn: the duty to report was breached on 2025-03-01: who does that is listed (G4)", PERSON },
	{ "CR-08", LISTED("G4", "2025-03-03", EVENTS(E("report-breach", "2025-03-01", ""))), "", PERSON },
	{ "CR-09", LISTED("G1", "2025-03-01", FULL_UNIT), "", "\"type\":\"unit\"" },
	{ "CR-09", LISTED("G1", "2025-03-01", ",\"published\":{\"sex\":\"女\",\"age\":40,\"id_no\":\"1\"," OF_ALL "}"), "review: published.name missing", PERSON },
	{ "CR-10", LISTED("G1", "2025-03-01", ""), "", PERSON },
	{ "CR-10", LISTED("G1", "2025-03-01", ""), "review: who is listed for a large debt cannot be director, supervisor or senior manager of 乙公司: it must dismiss",
	  PERSON ",\"offices\":[{\"unit\":\"乙公司\",\"manager\":true}]" },
	{ "CR-10", LISTED("G1", "2024-03-01", ""), "", PERSON ",\"offices\":[{\"unit\":\"乙公司\",\"manager\":true}]", "2024-06-30" },
};

/* Of another court's entry there is what that court publishes: nothing else is missing, and that it is wrong is not ours. */
static const struct row foreign_rows[] = {
	{ "CR-01", FOREIGN("listed", "G1", ""), "", OF_FEED },
	{ "CR-02", FOREIGN("listed", "G1", ""), "", OF_FEED },
	{ "CR-03", FOREIGN("listed", "G4", ",\"term\":{\"until\":\"2027-03-10\"}"), "", OF_FEED },
	{ "CR-03", FOREIGN("listed", "G4", ""), "review: term.until missing", OF_FEED },
	{ "CR-03", FOREIGN("listed", "G1", ",\"term\":{\"until\":\"2027-03-10\"}"), "violation: ground G1 has no term: only R1 to R7 end it", OF_FEED },
	{ "CR-04", FOREIGN("listed", "G1", ""), "", OF_FEED },
	{ "CR-05", FOREIGN("listed", "G1", ""), "", OF_FEED },
	{ "CR-05", FOREIGN("listed", "G1", ",\"published\":{\"age\":18}"), "", OF_FEED },
	{ "CR-05", FOREIGN("listed", "G1", ",\"published\":{\"age\":17}"), "violation: published.age is 17: the debtor is a minor", OF_FEED },
	{ "CR-06", FOREIGN("listed", "G1", ""), "", OF_FEED },
	{ "CR-07", FOREIGN("listed", "G1", ""), "", OF_FEED },
	{ "CR-09", FOREIGN("listed", "G1", ",\"published\":{\"name\":\"李四\",\"sex\":\"男\",\"age\":40,\"id_no\":\"1\"," OF_ALL "}"), "", OF_FEED },
	{ "CR-09", FOREIGN("listed", "G1", ",\"published\":{\"name\":\"李四\",\"sex\":\"男\",\"age\":40," OF_ALL "}"), "review: published.id_no missing", OF_FEED },
	{ "CR-11", FOREIGN("removed", "G1", ",\"removal\":{\"reason\":\"R1\",\"on\":\"2025-05-01\"}"), "", OF_FEED },
	{ "CR-11", FOREIGN("removed", "G1", ""), "", OF_FEED },
	{ "CR-11", FOREIGN("removed", "G1", ",\"removal\":{\"reason\":\"RT\",\"on\":\"2025-05-01\"}"), "", OF_FEED },
	{ "CR-11", FOREIGN("listed", "G1", EVENTS(E("perform", "2025-04-01", ""))), "warn: R1 of 2025-04-01: was due by 2025-04-07 (removal), and is not done", OF_FEED },
	{ "CR-12", FOREIGN("removed", "G4", ",\"removal\":{\"reason\":\"RE\",\"on\":\"2025-05-01\"}"), "", OF_FEED },
	{ "CR-12", FOREIGN("removed", "G4", ",\"removal\":{\"reason\":\"R1\",\"on\":\"2025-05-01\"}"), "", OF_FEED },
	{ "CR-12", FOREIGN("listed", "G4", ",\"term\":{\"until\":\"2025-05-06\"}"), "warn: term of 2025-05-06: was due by 2025-05-09 (term-removal), and is not done", OF_FEED },
	{ "CR-12", FOREIGN("listed", "G4", ",\"term\":{\"until\":\"2027-03-10\"}"), "", OF_FEED },
	{ "CR-17", FOREIGN("removed", "G1", ",\"removal\":{\"reason\":\"RV\",\"on\":\"2025-05-01\"}"), "", OF_FEED },
	{ "CR-18", FOREIGN("listed", "G1", ""), "", OF_FEED },
	{ "CR-19", FOREIGN("listed", "G1", ""), "", OF_FEED },
	{ "CR-21", "\"state\":\"listed\",\"restriction\":\"ordered\",\"source\":{\"court\":\"苏0583\"}", "", OF_FEED },
	{ "CR-19", "\"state\":\"listed\",\"restriction\":\"ordered\",\"source\":{\"court\":\"苏0583\"}", "", OF_FEED },
	{ "CR-22", "\"state\":\"removed\",\"restriction\":\"lifted\",\"source\":{\"court\":\"苏0583\"}", "", OF_FEED },
	{ "CR-24", "\"state\":\"removed\",\"restriction\":\"lifted\",\"lift\":{\"ground\":\"former-officer\"},\"source\":{\"court\":\"苏0583\"}", "", OF_FEED },
	{ "CR-25", "\"state\":\"removed\",\"restriction\":\"lifted\",\"lift\":{\"ground\":\"other\"},\"source\":{\"court\":\"苏0583\"}", "", OF_FEED },
	{ "CR-28", FOREIGN("listed", "G1", GRACE("2025-04-01", 1, "2025-05-01")), "", OF_FEED },
};

static const struct row end_rows[] = {
	/* W-39: a Saturday that is worked counts */
	{ "CR-11", REMOVED("G1", "2025-03-01", "R1", "2025-10-11", EVENTS(E("perform", "2025-09-30", ""))), "", PERSON, "2025-12-01" },
	{ "CR-11", REMOVED("G1", "2025-03-01", "R1", "2025-10-12", EVENTS(E("perform", "2025-09-30", ""))),
	  "violation: R1 of 2025-09-30: was due by 2025-10-11 (removal), and done on 2025-10-12", PERSON, "2025-12-01" },
	{ "CR-11", LISTED("G1", "2025-03-01", EVENTS(E("perform", "2025-09-30", ""))), "info: R1 of 2025-09-30: due by 2025-10-11 (removal)", PERSON, "2025-10-11" },
	{ "CR-11", LISTED("G1", "2025-03-01", EVENTS(E("perform", "2025-09-30", ""))), "violation: R1 of 2025-09-30: was due by 2025-10-11 (removal), and is not done", PERSON, "2025-10-12" },
	{ "CR-11", REMOVED("G1", "2025-03-01", "R2", "2025-04-01", EVENTS(E("settle", "2025-03-20", ""))),
	  "violation: removed by R2, but its conditions are not met: event settlement-performed is wanting", PERSON },
	{ "CR-11", REMOVED("G1", "2025-03-01", "R3", "2025-04-02", EVENTS(CONSENT("2025-03-20", "2025-04-01"))), "", PERSON },
	{ "CR-11", REMOVED("G1", "2025-03-01", "R3", "2025-03-21", EVENTS(CONSENT("2025-03-20", "2025-04-01"))), "violation: removed on 2025-03-21 by R3, which was there on 2025-04-01 only", PERSON },
	{ "CR-11", REMOVED("G1", "2025-03-01", "R3", "2025-04-02", EVENTS(E("creditor-consent", "2025-03-20", ""))), "violation: removed by R3, but its conditions are not met: written is wanting", PERSON },
	{ "CR-11", REMOVED("G1", "2025-01-01", "R4", "2025-05-07", EVENTS(E("end-round", "2025-02-01", "") "," CHECKED("2025-03-01", false) "," CHECKED("2025-05-06", false))), "", PERSON },
	/* two answers of one day are one check */
	{ "CR-11", REMOVED("G1", "2025-01-01", "R4", "2025-05-07", EVENTS(E("end-round", "2025-02-01", "") "," CHECKED("2025-05-06", false) "," CHECKED("2025-05-06", false))),
	  "violation: removed by R4, but its conditions are not met: two events check with found=false on different days is wanting", PERSON },
	{ "CR-11", REMOVED("G1", "2025-01-01", "R4", "2025-05-07", EVENTS(E("end-round", "2025-02-01", "") "," CHECKED("2025-03-01", false) "," CHECKED("2025-05-06", true) "," CHECKED("2025-05-06", false))),
	  "violation: removed by R4, but its conditions are not met: two events check with found=false on different days is wanting", PERSON },
	{ "CR-11", REMOVED("G1", "2025-01-01", "R4", "2025-05-07", EVENTS(E("end-round", "2025-02-01", "") "," CHECKED("2025-01-20", false) "," CHECKED("2025-05-06", false))),
	  "violation: removed by R4, but its conditions are not met: two events check with found=false on different days is wanting", PERSON },
	{ "CR-11", REMOVED("G1", "2025-01-01", "R4", "2025-05-07", EVENTS(E("end-round", "2025-02-01", "") "," CHECKED("2025-03-01", false) "," E("lead", "2025-04-01", ",\"valid\":true") "," CHECKED("2025-05-06", false))),
	  "violation: removed by R4, but its conditions are not met: no valid lead is wanting", PERSON },
	{ "CR-11", REMOVED("G1", "2025-01-01", "R5", "2025-05-07", EVENTS(E("stay", "2025-05-06", ",\"ground\":\"bankruptcy\""))), "", PERSON },
	{ "CR-11", REMOVED("G1", "2025-01-01", "R5", "2025-05-07", EVENTS(E("stay", "2025-05-06", ",\"ground\":\"other\""))),
	  "violation: removed by R5, but its conditions are not met: ground retrial or bankruptcy is wanting", PERSON },
	{ "CR-11", REMOVED("G1", "2025-01-01", "R6", "2025-05-07", EVENTS(E("refuse-enforcement", "2025-05-06", ""))), "", PERSON },
	{ "CR-11", REMOVED("G1", "2025-01-01", "R7", "2025-05-07", ""), "review: removed by R7, and no event shows it", PERSON },
	{ "CR-11", REMOVED("G1", "2023-01-01", "RT", "2025-01-02", ""), "violation: ground G1 has no term: it does not expire, and is removed by R1 to R7 alone", PERSON },
	/* W-37 */
	{ "CR-12", REMOVED("G4", "2025-03-01", "R1", "2025-06-13", TERM("2025-03-01", "2027-03-01") EVENTS(E("perform", "2025-06-10", ""))),
	  "violation: R1 does not end an entry with a term (to 2027-03-01): it needs a decision to delete it early", PERSON, "2025-07-01" },
	{ "CR-12", LISTED("G4", "2025-03-01", TERM("2025-03-01", "2027-03-01") EVENTS(E("perform", "2025-05-10", ""))),
	  "info: R1 since 2025-05-10 does not end an entry with a term: consider to delete it early", PERSON },
	{ "CR-12", "\"state\":\"removed\",\"ground\":\"G4\",\"published_on\":\"2025-03-01\",\"removal\":{\"reason\":\"RE\",\"on\":\"2025-05-13\",\"decided_on\":\"2025-05-13\",\"because\":\"performed\"}" EVENTS(E("perform", "2025-05-13", "")), "", PERSON },
	{ "CR-12", EARLY("performed") EVENTS(E("perform", "2025-05-14", "")), "review: deleted early as performed, and no event shows it", PERSON },
	{ "CR-12", EARLY("performed") EVENTS(E("settle", "2025-05-01", "")), "review: deleted early as performed, and no event shows it", PERSON },
	{ "CR-12", EARLY("performed") EVENTS(E("perform-part", "2025-05-01", "")), "", PERSON },
	{ "CR-12", EARLY("corrected") EVENTS(E("perform", "2025-05-01", "")), "review: deleted early as corrected, and no event shows it", PERSON },
	{ "CR-12", EARLY("corrected") EVENTS(E("correct-conduct", "2025-05-01", "")), "", PERSON },
	{ "CR-12", REMOVED("G4", "2025-03-01", "RE", "2025-05-13", ""), "violation: deleted early, and no decision says so (removal.decided_on)", PERSON },
	{ "CR-12", REMOVED("G4", "2023-03-01", "RT", "2025-03-01", TERM("2023-03-01", "2025-03-01")), "violation: removed on 2025-03-01 as if the term had ended: it ends on 2025-03-01", PERSON },
	{ "CR-12", REMOVED("G4", "2023-03-01", "RT", "2025-03-05", TERM("2023-03-01", "2025-03-01")), "", PERSON },
	{ "CR-12", LISTED("G4", "2023-03-01", TERM("2023-03-01", "2025-03-01")), "violation: term of 2025-03-01: was due by 2025-03-05 (term-removal), and is not done", PERSON, "2025-03-06" },
	{ "CR-12", LISTED("G4", "2023-03-01", TERM("2023-03-01", "2025-03-01")), "info: term of 2025-03-01: due by 2025-03-05 (term-removal)", PERSON, "2025-03-05" },
	{ "CR-12", REMOVED("G4", "2023-03-01", "RT", "2025-03-20", TERM("2023-03-01", "2025-03-01")),
	  "violation: term of 2025-03-01: was due by 2025-03-05 (term-removal), and done on 2025-03-20", PERSON },
	/* extended while the earlier listing ran: that is over */
	{ "CR-12", "\"state\":\"listed\",\"ground\":\"G4\",\"published_on\":\"2023-06-02\",\"earlier\":[{\"on\":\"2023-05-02\",\"reason\":\"RE\"}]" TERM("2023-06-02", "2025-06-02")
	  EVENTS(E("extend", "2023-01-01", ",\"years\":1")), "info: term of 2025-06-02: due by 2025-06-05 (term-removal)", PERSON, "2025-06-03" },
	/* W-41 */
	{ "CR-13", REMOVED("G1", "2025-01-02", "R3", "2025-03-10", EVENTS(E("request", "2025-08-20", ",\"who\":\"creditor\""))),
	  "warn: the creditor asks on 2025-08-20 to list again, and it was removed on 2025-03-10 at its wish (R3): refuse; from 2025-09-10 on it may", PERSON, "2025-08-20" },
	{ "CR-13", REMOVED("G1", "2025-01-02", "R3", "2025-03-10", EVENTS(E("request", "2025-09-10", ",\"who\":\"creditor\""))), "", PERSON, "2025-09-10" },
	{ "CR-13", REMOVED("G1", "2025-01-02", "R3", "2025-03-10", EVENTS(E("request", "2025-08-20", ",\"who\":\"ex-officio\""))), "", PERSON, "2025-08-20" },
	{ "CR-14", LISTED("G1", "2025-03-01", EVENTS(E("find-wrong", "2025-04-01", ""))), "warn: find-wrong of 2025-04-01: was due by 2025-04-07 (revocation), and is not done", PERSON },
	{ "CR-14", LISTED("G1", "2025-03-01", EVENTS(E("find-inaccurate", "2025-04-01", "") "," E("correct", "2025-04-07", ""))), "", PERSON },
	{ "CR-15", LISTED("G1", "2025-03-01", EVENTS(E("object", "2025-04-01", "") "," E("answer", "2025-04-16", ",\"result\":\"granted\"") "," E("correct", "2025-04-21", ""))), "", PERSON },
	{ "CR-15", LISTED("G1", "2025-03-01", EVENTS(E("object", "2025-04-01", "") "," E("answer", "2025-04-17", ",\"result\":\"granted\"") "," E("correct", "2025-04-21", ""))),
	  "violation: object of 2025-04-01: was due by 2025-04-16 (objection), and done on 2025-04-17", PERSON },
	{ "CR-15", LISTED("G1", "2025-03-01", EVENTS(E("object", "2025-04-01", "") "," E("answer", "2025-04-16", ",\"result\":\"granted\""))),
	  "violation: answer of 2025-04-16: was due by 2025-04-21 (objection-mend), and is not done", PERSON },
	{ "CR-15", LISTED("G1", "2025-03-01", EVENTS(E("object", "2025-04-01", "") "," E("answer", "2025-04-16", ",\"result\":\"refused\"") "," E("appeal", "2025-04-25", "") "," E("decide-appeal", "2025-05-13", ",\"result\":\"refused\""))),
	  "violation: appeal of 2025-04-25: was due by 2025-05-12 (appeal-decision), and done on 2025-05-13", PERSON },
	/* of a restriction alone what is wrong is lifted */
	{ "CR-14", "\"state\":\"notified\",\"restriction\":\"lifted\"" EVENTS(E("find-wrong", "2025-04-01", "") "," E("lift", "2025-04-07", "")), "", PERSON },
	{ "CR-14", LISTED("G1", "2025-03-01", EVENTS(E("find-wrong", "2025-04-01", "") "," E("lift", "2025-04-07", ""))), "warn: find-wrong of 2025-04-01: was due by 2025-04-07 (revocation), and is not done", PERSON },
	/* a correction of something else mends nothing */
	{ "CR-14", LISTED("G1", "2025-03-01", EVENTS(WRONG("name") "," MENDED("age"))), "warn: find-inaccurate of 2025-04-01: was due by 2025-04-07 (correction), and is not done", PERSON },
	{ "CR-14", LISTED("G1", "2025-03-01", EVENTS(WRONG("published.name") "," MENDED("name"))), "", PERSON },
	{ "CR-14", LISTED("G1", "2025-03-01", EVENTS(WRONG("name,age") "," MENDED("age"))), "warn: find-inaccurate of 2025-04-01: was due by 2025-04-07 (correction), and is not done", PERSON },
	{ "CR-14", LISTED("G1", "2025-03-01", EVENTS(WRONG("name,age") "," MENDED("age") "," MENDED("name,sex"))), "", PERSON },
	{ "CR-15", LISTED("G1", "2025-03-01", EVENTS(GRANTED("listing") "," MENDED("name"))), "violation: answer of 2025-04-01: was due by 2025-04-07 (objection-mend), and is not done", PERSON },
	{ "CR-15", LISTED("G1", "2025-03-01", EVENTS(GRANTED("data") "," MENDED("name"))), "", PERSON },
	{ "CR-15", REMOVED("G1", "2025-03-01", "RV", "2025-04-02", EVENTS(GRANTED("listing") "," E("revoke", "2025-04-02", ""))), "", PERSON },
	{ "CR-15", REMOVED("G1", "2025-03-01", "RV", "2025-04-02", EVENTS(GRANTED("restriction") "," E("revoke", "2025-04-02", ""))),
	  "violation: answer of 2025-04-01: was due by 2025-04-07 (objection-mend), and is not done", PERSON },
	{ "CR-16", REMOVED("G1", "2025-01-02", "R1", "2025-03-10", EVENTS(E("perform-part", "2025-03-09", ""))),
	  "violation: removed by R1, but on 2025-03-09 only a part was performed: that can support R3, a settlement or an early deletion", PERSON },
	{ "CR-16", REMOVED("G1", "2025-01-02", "R1", "2025-03-10", EVENTS(E("perform-part", "2025-03-08", "") "," E("perform", "2025-03-09", ""))), "", PERSON },
	{ "CR-17", "\"state\":\"revoked\"", "info: listed wrongly: that can found state compensation", PERSON },
	{ "CR-17", LISTED("G1", "2025-03-01", ""), "", PERSON },
};

static const struct row limit_rows[] = {
	{ "CR-18", LISTED("G1", "2025-03-01", ""), "", PERSON },
	{ "CR-18", "\"state\":\"listed\",\"restriction\":\"none\",\"published_on\":\"2025-03-01\"", "violation: listed, and not restricted: who is listed is restricted", PERSON },
	{ "CR-18", "\"state\":\"listed\",\"restriction\":\"lifted-temporarily\",\"published_on\":\"2025-03-01\"", "", PERSON },
	{ "CR-18", "\"state\":\"notified\",\"restriction\":\"ordered\",\"notice\":{\"due_on\":\"2025-03-01\"}" ORDER("president"), "violation: restricted on 2025-03-01, within the period of the notice (to 2025-03-01)", PERSON },
	{ "CR-18", "\"state\":\"decided\",\"restriction\":\"ordered\",\"ground\":\"G3\",\"decision\":{\"signed_on\":\"2025-03-01\"},\"notice\":{\"due_on\":\"2025-03-10\"}" ORDER("president"), "", PERSON },
	{ "CR-18", "\"state\":\"notified\",\"restriction\":\"ordered\",\"notice\":{\"due_on\":\"2025-02-28\"}" ORDER("president"), "", PERSON },
	{ "CR-19", "\"state\":\"none\",\"restriction\":\"ordered\"" ORDER("president"), "", PERSON },
	{ "CR-19", "\"state\":\"none\",\"restriction\":\"ordered\"", "review: order.items missing", PERSON },
	{ "CR-20", "\"state\":\"none\",\"restriction\":\"ordered\",\"role\":\"P1\",\"unit\":\"甲公司\"" EVENTS(E("ask-spending", "2025-04-01", ",\"party\":\"李某\",\"own_money\":true") "," E("allow-spending", "2025-04-03", ",\"party\":\"李某\",\"granted\":true")), "", PERSON },
	{ "CR-20", "\"state\":\"none\",\"restriction\":\"ordered\",\"role\":\"P1\",\"unit\":\"甲公司\"" EVENTS(E("ask-spending", "2025-04-01", ",\"party\":\"李某\",\"own_money\":true") "," E("allow-spending", "2025-04-03", ",\"party\":\"李某\",\"granted\":false")),
	  "violation: 李某 asked on 2025-04-01 to spend own money, and was refused: if that is true it is allowed", PERSON },
	{ "CR-20", "\"state\":\"none\",\"restriction\":\"ordered\",\"role\":\"P1\"", "review: unit missing", PERSON },
	{ "CR-21", "\"state\":\"none\",\"restriction\":\"ordered\"" ORDER("president"), "", PERSON },
	{ "CR-21", "\"state\":\"none\",\"restriction\":\"ordered\"" ORDER("judge"), "violation: order.signed_by is judge: the president signs", PERSON },
	{ "CR-22", "\"state\":\"none\",\"restriction\":\"ordered\"" EVENTS(E("perform", "2025-05-30", "")), "warn: performed on 2025-05-30, and the restriction stands: it is lifted at once", PERSON },
	{ "CR-22", "\"state\":\"none\",\"restriction\":\"lifted\",\"lift\":{\"on\":\"2025-04-01\",\"ground\":\"performed\"}" EVENTS(E("perform-part", "2025-03-30", "")),
	  "violation: lifted as performed, but on 2025-03-30 only a part was", PERSON },
	{ "CR-22", "\"state\":\"none\",\"restriction\":\"lifted\",\"lift\":{\"on\":\"2025-04-01\",\"ground\":\"security\"}" EVENTS(E("perform-part", "2025-03-30", "")), "", PERSON },
	{ "CR-22", LIFTED("performed", "P0", EVENTS(E("perform", "2025-04-02", ""))), "violation: lifted on 2025-04-01 as performed, which was on 2025-04-02 only", PERSON },
	{ "CR-22", LIFTED("performed", "P0", EVENTS(E("perform", "2025-04-01", ""))), "", PERSON },
	{ "CR-22", LIFTED("performed", "P1", ""), "", PERSON, NULL, NULL, NULL, "2025-03-31" },
	{ "CR-22", LIFTED("performed", "P0", ""), "review: lifted as performed, and no event perform shows it", PERSON, NULL, NULL, NULL, "2025-03-31" },
	{ "CR-22", LIFTED("wrong", "P0", ""), "review: lifted as wrong, and no event find-wrong and no granted request shows it", PERSON },
	{ "CR-22", LIFTED("wrong", "P0", EVENTS(E("find-wrong", "2025-04-01", ""))), "", PERSON },
	{ "CR-22", LIFTED("wrong", "P0", EVENTS(GRANTED("restriction"))), "", PERSON },
	{ "CR-22", LIFTED("wrong", "P0", EVENTS(GRANTED("data"))), "review: lifted as wrong, and no event find-wrong and no granted request shows it", PERSON },
	{ "CR-22", LIFTED("creditor-consent", "P0", ""), "review: lifted by the creditor's consent, and no event creditor-consent shows it", PERSON },
	{ "CR-22", LIFTED("creditor-consent", "P0", EVENTS(CONSENT("2025-04-01", "2025-04-01"))), "", PERSON },
	{ "CR-22", LIFTED("not-responsible", "P0", ""), "violation: lifted as of who is not responsible, and role P0 is the debtor itself", PERSON },
	{ "CR-22", LIFTED("not-responsible", "P3", ""), "", PERSON },
	{ "CR-22", "\"state\":\"notified\",\"restriction\":\"ordered\"" ORDER("president") EVENTS(E("settlement-performed", "2025-02-28", "")),
	  "violation: restricted on 2025-03-01, and all was performed on 2025-02-28: there is nothing to restrict for", PERSON },
	/* the officer's restriction ends with the unit's obligation */
	{ "CR-22", OFFICER, "", PERSON },
	{ "CR-22", OFFICER, "warn: the unit performed on 2025-05-30, and the restriction of its officer stands: it is lifted at once", PERSON, NULL, NULL, NULL, "2025-05-30" },
	{ "CR-22", OFFICER, "", PERSON, "2025-05-30", NULL, NULL, "2025-05-30" },
	{ "CR-22", OFFICER, "warn: the case was performed on 2025-05-29, and the restriction stands: it is lifted at once", PERSON, NULL, NULL, "2025-05-29", "2025-05-30" },
	{ "CR-22", OFFICER, "violation: restricted on 2025-03-01, and all was performed on 2025-02-28: there is nothing to restrict for", PERSON, NULL, NULL, NULL, "2025-02-28" },
	{ "CR-11", LISTED("G1", "2025-03-01", ""), "violation: R1 of 2025-05-20: was due by 2025-05-23 (removal), and is not done", PERSON, NULL, NULL, "2025-05-20" },
	/* W-51 */
	{ "CR-23", "\"state\":\"none\",\"restriction\":\"ordered\"" EVENTS(LIFT("2025-04-01", "2025-05-05", "president") "," E("restore", "2025-05-05", "")),
	  "violation: lifted from 2025-04-01 to 2025-05-05: a month at most, to 2025-05-01", PERSON },
	{ "CR-23", "\"state\":\"none\",\"restriction\":\"ordered\"" EVENTS(LIFT("2025-04-01", "2025-05-01", "president") "," E("restore", "2025-05-01", "")), "", PERSON },
	{ "CR-23", "\"state\":\"none\",\"restriction\":\"ordered\"" EVENTS(LIFT("2025-04-01", "2025-04-05", "judge") "," E("restore", "2025-04-05", "")),
	  "violation: lifted on 2025-04-01, approved by judge: the president approves", PERSON },
	{ "CR-23", "\"state\":\"none\",\"restriction\":\"lifted-temporarily\"" EVENTS(LIFT("2025-04-01", "2025-04-05", "president")),
	  "violation: lift-temporarily of 2025-04-01: was due by 2025-04-05 (temporary-lift), and is not done", PERSON },
	{ "CR-23", "\"state\":\"none\",\"restriction\":\"lifted-temporarily\"" EVENTS(E("lift-temporarily", "2025-04-01", ",\"until\":\"2025-04-05\",\"approved_by\":\"president\",\"false_evidence\":true") "," E("restore", "2025-04-03", "") "," LIFT("2025-05-20", "2025-06-05", "president")),
	  "violation: lifted again on 2025-05-20, after false evidence: that is not approved a second time; violation: the evidence for travel was false: the restriction is restored; info: lift-temporarily of 2025-05-20: due by 2025-06-05 (temporary-lift)", PERSON },
	{ "CR-23", "\"state\":\"none\",\"restriction\":\"lifted-temporarily\"" EVENTS(LIFT("2025-04-01", "2025-04-05", "president") "," E("restore", "2025-04-05", "") "," E("find-false-evidence", "2025-04-20", "") ","
	  LIFT("2025-05-20", "2025-06-05", "president")),
	  "violation: lifted again on 2025-05-20, after false evidence: that is not approved a second time; violation: the evidence for travel was false: the restriction is restored; info: lift-temporarily of 2025-05-20: due by 2025-06-05 (temporary-lift)", PERSON },
	/* W-53 */
	{ "CR-24", "\"state\":\"none\",\"restriction\":\"lifted\",\"lift\":{\"on\":\"2025-04-01\",\"ground\":\"former-officer\",\"still_controls\":true}",
	  "violation: a former representative who still controls the unit or is directly responsible stays restricted (lift.still_controls)", PERSON },
	{ "CR-24", "\"state\":\"none\",\"restriction\":\"lifted\",\"lift\":{\"on\":\"2025-04-01\",\"ground\":\"former-officer\",\"still_controls\":false,\"changed_for_business\":true,\"successor_restricted\":true}", "", PERSON },
	{ "CR-24", LIFTED("former-officer", "P0", ""), "violation: lifted as of a former representative, and role P0 is the debtor itself", PERSON },
	{ "CR-24", LIFTED("former-officer", "P1", ""), "review: lift.changed_for_business missing; review: lift.still_controls missing; review: lift.successor_restricted missing", PERSON },
	{ "CR-25", REMOVED("G1", "2025-01-02", "R1", "2025-03-10", ",\"restriction\":\"ordered\""), "info: removed from the list; the restriction stands until it is lifted by itself", PERSON },
	{ "CR-25", REMOVED("G1", "2025-01-02", "R1", "2025-03-10", ",\"restriction\":\"lifted\",\"lift\":{\"on\":\"2025-03-10\",\"ground\":\"other\"}"),
	  "review: lifted on 2025-03-10 with the removal or the end of the round: neither is a ground", PERSON },
	{ "CR-25", REMOVED("G1", "2025-01-02", "R1", "2025-03-10", ",\"restriction\":\"lifted\",\"lift\":{\"on\":\"2025-03-10\",\"ground\":\"performed\"}"), "", PERSON },
	{ "CR-26", "\"state\":\"none\",\"restriction\":\"ordered\"" EVENTS(E("breach", "2025-04-01", "")), "info: the restriction was breached on 2025-04-01: ground G5, detention or a fine", PERSON },
	{ "CR-26", "\"state\":\"none\",\"restriction\":\"ordered\"", "", PERSON },
	/* W-47 */
	{ "CR-27", LISTED("G1", "2025-02-20", GRACE("2025-01-31", 1, "2025-02-28")), "violation: published on 2025-02-20, within the grace (to 2025-02-28 24:00)", PERSON },
	{ "CR-27", LISTED("G1", "2025-03-01", GRACE("2025-01-31", 1, "2025-02-28") EVENTS(E("perform", "2025-02-28T23:00+08:00", ""))),
	  "violation: performed on 2025-02-28, within the grace (to 2025-02-28 24:00): it is not listed", PERSON },
	{ "CR-27", LISTED("G1", "2025-03-01", GRACE("2025-01-31", 1, "2025-02-28") EVENTS(E("perform", "2025-03-01T00:10+08:00", ""))), "", PERSON },
	{ "CR-27", "\"state\":\"none\"" DECIDED("2025-01-31") GRACE("2025-01-31", 1, "2025-02-28") EVENTS(E("perform", "2025-02-28T23:00+08:00", "")), "", PERSON },
	{ "CR-27", "\"state\":\"grace\"" GRACE("2025-05-04", 1, "2025-07-01"), "violation: grace of 1 months from 2025-05-04 ends on 2025-06-04, not on 2025-07-01; info: grace until 2025-07-01 24:00", PERSON },
	{ "CR-27", "\"state\":\"grace\"" GRACE("2025-01-31", 1, "2025-02-28") EVENTS(E("perform", "2025-02-28", "")), "warn: performed on 2025-02-28, within the grace: the entry ends without a publication", PERSON },
	{ "CR-27", "\"state\":\"grace\"" GRACE("2025-05-20", 1, "2025-06-20"), "info: grace until 2025-06-20 24:00", PERSON },
	{ "CR-27", "\"state\":\"grace\"" GRACE("2025-01-31", 1, "2025-02-28"), "warn: the grace ended on 2025-02-28: it is published and imposed now", PERSON },
	{ "CR-27", "\"state\":\"grace\"" GRACE("2025-01-31", 4, "2025-05-31"), "violation: grace.months is 4: 1 to 3; warn: the grace ended on 2025-05-31: it is published and imposed now", PERSON },
	{ "CR-27", "\"state\":\"grace\",\"grace\":{\"on\":\"2025-05-20\",\"until\":\"2025-06-19\"}", "violation: grace from 2025-05-20 to 2025-06-19: one to three months, 2025-06-20 to 2025-08-20; info: grace until 2025-06-19 24:00", PERSON },
	/* of a restriction alone: ordered, and imposed behind it */
	{ "CR-27", HELD("none", ""), "info: grace until 2025-04-01 24:00", PERSON, "2025-03-20" },
	{ "CR-27", HELD("none", ""), "warn: the grace ended on 2025-04-01: it is published and imposed now", PERSON },
	{ "CR-27", HELD("ordered", EVENTS(E("restrict", "2025-04-02", ""))), "", PERSON },
	{ "CR-27", HELD("ordered", EVENTS(E("restrict", "2025-04-01", ""))), "violation: restricted on 2025-04-01, within the grace (to 2025-04-01 24:00)", PERSON },
	{ "CR-28", HELD("none", ""), "", PERSON },
	{ "CR-28", HELD("ordered", EVENTS(E("restrict", "2025-04-02", ""))), "", PERSON },
	{ "CR-28", HELD("ordered", EVENTS(E("restrict", "2025-02-20", ""))), "violation: grace was granted on 2025-03-01, and the restriction was imposed on 2025-02-20: grace comes before it", PERSON },
	{ "CR-21", "\"state\":\"grace\",\"restriction\":\"none\"" GRACE("2025-03-01", 1, "2025-04-01") ORDER("judge"), "violation: order.signed_by is judge: the president signs", PERSON },
	{ "CR-21", "\"state\":\"notified\",\"restriction\":\"none\"" ORDER("judge"), "", PERSON },
	/* it lists nobody */
	{ "CR-07", HELD("none", ""), "", PERSON },
	{ "CR-06", HELD("none", ",\"role\":\"P1\",\"unit\":\"甲公司\""), "", PERSON },
	{ "CR-06", HELD("none", ",\"exclusions\":[\"XA\"]"), "violation: the creditor asks to wait (XA)", PERSON },
	/* W-49 */
	{ "CR-28", "\"state\":\"grace\"" GRACE("2025-05-20", 1, "2025-06-20"), "violation: grace is recorded, and no decision: it follows one (decision.signed_on)", PERSON },
	{ "CR-28", "\"state\":\"grace\"" DECIDED("2025-05-20") GRACE("2025-05-20", 1, "2025-06-20"), "", PERSON },
	{ "CR-28", "\"state\":\"grace\"" DECIDED("2025-05-21") GRACE("2025-05-20", 1, "2025-06-20"), "violation: grace was granted on 2025-05-20, before the decision of 2025-05-21", PERSON },
};

static const struct row repair_rows[] = {
	{ "CR-30", "\"kind\":\"repair\",\"state\":\"granted\",\"ground\":\"performed\",\"evidence\":\"结案通知书\"", "", NULL },
	{ "CR-30", "\"kind\":\"repair\",\"state\":\"granted\",\"ground\":\"performed\"", "review: evidence missing", NULL },
	{ "CR-30", "\"kind\":\"repair\",\"state\":\"refused\"", "review: refuse_reason missing", NULL },
	{ "CR-30", GRANT("performed"), "violation: granted as performed, and no event perform of the entry shows it by 2025-05-01", NULL, NULL, ENDED EVENTS(E("perform", "2025-05-02", "")) },
	{ "CR-30", GRANT("performed"), "", NULL, NULL, ENDED EVENTS(E("perform", "2025-05-01", "")) },
	{ "CR-30", GRANT("performed"), "violation: granted as performed, and no event perform of the entry shows it by 2025-05-01", NULL, NULL, ENDED EVENTS(E("perform-part", "2025-04-01", "")) },
	{ "CR-30", GRANT("settlement-performed"), "violation: granted as settlement-performed, and no event settlement-performed of the entry shows it by 2025-05-01", NULL, NULL, ENDED EVENTS(E("settle", "2025-04-01", "")) },
	{ "CR-30", GRANT("settlement-performed"), "", NULL, NULL, ENDED EVENTS(E("settlement-performed", "2025-04-01", "")) },
	{ "CR-30", GRANT("creditor-consent"), "violation: granted as creditor-consent, but written is wanting in the entry", NULL, NULL, ENDED EVENTS(E("creditor-consent", "2025-04-01", "")) },
	{ "CR-30", GRANT("creditor-consent"), "", NULL, NULL, ENDED EVENTS(CONSENT("2025-04-01", "2025-04-02")) },
	{ "CR-30", GRANT("stay"), "violation: granted as stay, but ground retrial or bankruptcy is wanting in the entry", NULL, NULL, ENDED EVENTS(E("stay", "2025-04-01", ",\"ground\":\"other\"")) },
	{ "CR-30", GRANT("not-enforced"), "violation: granted as not-enforced, and no event refuse-enforcement of the entry shows it by 2025-05-01", NULL, NULL, ENDED EVENTS(E("terminate", "2025-04-01", "")) },
	{ "CR-30", GRANT("terminated"), "", NULL, NULL, ENDED EVENTS(E("terminate", "2025-04-01", "")) },
	{ "CR-30", GRANT("corrected"), "violation: granted as corrected, and no event correct-conduct of the entry shows it by 2025-05-01", NULL, NULL, ENDED EVENTS(E("perform", "2025-04-01", "")) },
	{ "CR-30", GRANT("corrected"), "", NULL, NULL, ENDED EVENTS(E("correct-conduct", "2025-04-01", "")) },
	{ "CR-30", GRANT("part-performed-and-plan"), "review: granted as part-performed-and-plan, and no event perform-part of the entry shows it by 2025-05-01", NULL, NULL, ENDED },
	{ "CR-30", GRANT("force-majeure"), "review: granted as force-majeure, and no event creditor-consent of the entry shows it by 2025-05-01", NULL, NULL, ENDED },
	{ "CR-30", GRANT("performed"), "", NULL },
	{ "CR-31", "\"kind\":\"repair\",\"state\":\"granted\",\"decided_on\":\"2025-04-01\",\"proof_on\":\"2025-04-01\",\"proof_no\":\"1\",\"platforms\":[{\"name\":\"上海市公共信用信息服务平台\",\"told_on\":\"2025-04-01\",\"deleted_on\":\"2025-04-07\"}]", "", NULL },
	{ "CR-31", "\"kind\":\"repair\",\"state\":\"granted\",\"decided_on\":\"2025-04-01\",\"proof_on\":\"2025-04-01\",\"proof_no\":\"1\",\"platforms\":[{\"name\":\"上海市公共信用信息服务平台\",\"told_on\":\"2025-04-01\",\"deleted_on\":\"2025-04-08\"}]",
	  "warn: 上海市公共信用信息服务平台 was told on 2025-04-01, and had to delete by 2025-04-07", NULL },
	{ "CR-31", "\"kind\":\"repair\",\"state\":\"granted\",\"decided_on\":\"2025-04-01\"", "review: proof_on missing; review: proof_no missing", NULL },
	{ "CR-32", "\"kind\":\"repair\",\"state\":\"applied\",\"severity\":\"serious\",\"publicity_from\":\"2026-04-02\",\"applied_on\":\"2027-04-01\",\"promise\":\"promise:沪0114-J000001\"",
	  "warn: applied for on 2027-04-01, and it is shown until 2027-04-02 at least", NULL, "2027-04-01" },
	{ "CR-32", "\"kind\":\"repair\",\"state\":\"applied\",\"severity\":\"general\",\"publicity_from\":\"2026-04-02\",\"applied_on\":\"2026-07-02\",\"promise\":\"promise:沪0114-J000001\"", "", NULL, "2026-07-02" },
	{ "CR-32", "\"kind\":\"repair\",\"state\":\"applied\",\"severity\":\"general\",\"publicity_from\":\"2025-04-02\",\"applied_on\":\"2025-04-03\"", "", NULL, "2026-07-02" },
	{ "CR-33", REMOVED("G1", "2026-01-02", "R1", "2026-05-06", EVENTS(TOLD("notify-platform", "甲平台", "added"))), "warn: 甲平台 was told of the entry, and not of its end", NULL, "2026-06-01" },
	{ "CR-33", REMOVED("G1", "2026-01-02", "R1", "2026-05-06", EVENTS(TOLD("notify-platform", "甲平台", "added") "," TOLD("notify-platform", "甲平台", "removed"))),
	  "warn: 甲平台 was told of the end, and has not confirmed it", NULL, "2026-06-01" },
	{ "CR-33", REMOVED("G1", "2026-01-02", "R1", "2026-05-06", EVENTS(TOLD("notify-platform", "甲平台", "added") "," TOLD("notify-platform", "甲平台", "removed") "," TOLD("acknowledge", "甲平台", "removed"))), "", NULL, "2026-06-01" },
};

#endif
