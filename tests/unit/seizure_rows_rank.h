/* SPDX-License-Identifier: MIT */
/* Rows of test_seizure_rules.c: who is first, who waits, who sells? */
#ifndef GAVEL_SEIZURE_ROWS_RANK_H
#define GAVEL_SEIZURE_ROWS_RANK_H

#define TEN "\"assets\":[{\"id\":\"home\",\"type\":\"immovable\",\"units\":10}]"
#define OF(id, court, measure, more) SZ(id, "home", "\"court\":\"" court "\",\"case\":\"" court "-1\",\"measure\":\"" measure "\"" more)
#define AT(when) ",\"served_at\":\"" when "\""
#define RANKED(n) ",\"rank\":" #n
#define A_0910 AT("2025-03-01T09:10:00+08:00")
#define B_0940 AT("2025-03-01T09:40:00+08:00")
#define TWO(assets, a, b) assets ",\"seizures\":[" a "," b "]"
#define MORTGAGED "\"assets\":[{\"id\":\"home\",\"type\":\"immovable\",\"encumbrances\":[{\"holder\":\"银行\",\"kind\":\"mortgage\",\"in_enforcement\":true,\"court\":\"P\"}]}]"
#define MORTGAGED_ON(on) "\"assets\":[{\"id\":\"home\",\"type\":\"immovable\",\"encumbrances\":[{\"holder\":\"银行\",\"kind\":\"mortgage\",\"on\":\"" on "\",\"in_enforcement\":true,\"court\":\"P\"}]}]"
#define WAITS(id, court, more) OF(id, court, "waiting", AT("2025-02-10") ",\"stage\":\"enforcement\"" more)
#define ASK(on, court) T_EVENT("ask-hand-over", on, ",\"court\":\"" court "\"")
#define KEEP(id, court, more) OF(id, court, "seal", AT("2025-01-10") ",\"stage\":\"preservation\"" more)

static const struct row rank_rows[] = {
	/* W-23: half an hour */
	{ "SZ-43", TWO(T_HOME, OF("b", "B", "waiting", B_0940), OF("a", "A", "seal", A_0910)), "a info: home: order of rank: a (2025-03-01 09:10), b (2025-03-01 09:40)" },
	{ "SZ-43", TWO(T_HOME, OF("b", "B", "waiting", B_0940 RANKED(2)), OF("a", "A", "seal", A_0910 RANKED(1))), "" },
	{ "SZ-43", TWO(T_HOME, OF("b", "B", "seal", B_0940 RANKED(1)), OF("a", "A", "waiting", A_0910 RANKED(2))),
	  "a violation: home: rank 2 is recorded, by the law it is 1 (2025-03-01 09:10); b violation: home: rank 1 is recorded, by the law it is 2 (2025-03-01 09:40)" },
	{ "SZ-42", TWO(T_HOME, OF("b", "B", "seal", B_0940), OF("a", "A", "seal", A_0910)),
	  "b violation: home: already seized by a (2025-03-01 09:10): it can only be a waiting seizure" },
	{ "SZ-42", TWO(T_HOME, OF("b", "B", "waiting", B_0940), OF("a", "A", "seal", A_0910)), "" },
	{ "SZ-42", TWO(T_HOME, SZ("b", "home", "\"measure\":\"seal\"" B_0940), SZ("a", "home", "\"measure\":\"seal\"" A_0910)),
	  "b review: home: already seized by a (2025-03-01 09:10); case and court missing: whether it is seized a second time is not known" },
	{ "SZ-43", TWO(T_HOME, OF("b", "B", "waiting", AT("2025-03-01")), OF("a", "A", "seal", A_0910)),
	  "a review: home: served on the same day as b, and served_at does not tell which came first; b info: home: order of rank: b (2025-03-01), a (2025-03-01 09:10)" },
	{ "SZ-43", TWO(T_HOME, OF("b", "B", "waiting", ""), OF("a", "A", "seal", A_0910)),
	  "b review: home: served_at missing: its rank is not known" },
	{ "SZ-43", TWO(T_HOME, SZ("b", "home", "\"case\":\"K\",\"measure\":\"seal\"" B_0940), SZ("a", "home", "\"case\":\"K\",\"measure\":\"seal\"" A_0910)), "" },
	/* of equity the publication decides */
	{ "SZ-43", TWO("\"assets\":[{\"id\":\"home\",\"type\":\"equity\"}]", OF("b", "B", "freeze", B_0940 ",\"published_at\":\"2025-03-02\"" RANKED(1)), OF("a", "A", "waiting", A_0910 ",\"published_at\":\"2025-03-03\"" RANKED(2))), "" },
	/* served before that was so it is ranked by service */
	{ "SZ-43", TWO("\"assets\":[{\"id\":\"home\",\"type\":\"equity\"}]", OF("b", "B", "waiting", AT("2022-01-04") ",\"published_at\":\"2022-01-05\"" RANKED(2)), OF("a", "A", "freeze", AT("2021-12-20") ",\"published_at\":\"2022-01-06\"" RANKED(1))), "" },
	{ "SZ-43", TWO("\"assets\":[{\"id\":\"home\",\"type\":\"equity\"}]", OF("b", "B", "waiting", AT("2021-12-21")), OF("a", "A", "freeze", AT("2021-12-20"))),
	  "a info: home: order of rank: a (2021-12-20), b (2021-12-21)" },
	/* W-25: not registered, and registered later */
	{ "SZ-43", TWO(T_HOME, OF("a", "A", "seal", AT("2025-03-01") RANKED(2)), OF("b", "B", "seal", AT("2025-03-20") ",\"registered_at\":\"2025-03-20\"" RANKED(1))),
	  "a warn: home: not registered (registered_at missing), so b, registered, goes before it though made later (2025-03-01, 2025-03-20)" },
	{ "SZ-42", TWO(T_HOME, OF("a", "A", "seal", AT("2025-03-01")), OF("b", "B", "seal", AT("2025-03-20") ",\"registered_at\":\"2025-03-20\"")), "" },
	/* the investigators' seizure went on in time */
	{ "SZ-43", TWO(T_HOME, OF("a", "A", "seal", AT("2025-03-01") RANKED(1)), OF("b", "B", "seal", AT("2025-03-20") ",\"investigators_from\":\"2023-03-25\",\"investigators_until\":\"2025-03-25\"" RANKED(1))),
	  "a violation: home: rank 1 is recorded, by the law it is 2 (2025-03-01)" },
	/* the first lapses, or is released: the next takes effect by itself */
	{ "SZ-42", TWO(T_HOME, OF("a", "A", "seal", AT("2022-03-01") ",\"until\":\"2025-03-01\""), OF("b", "B", "waiting", AT("2023-01-01"))),
	  "b warn: home: a ended on 2025-03-01, so it took effect by itself on 2025-03-02, and converted_at missing" },
	{ "SZ-42", TWO(T_HOME, OF("a", "A", "seal", AT("2022-03-01") ",\"until\":\"2025-03-01\""), OF("b", "B", "waiting", AT("2023-01-01") ",\"converted_at\":\"2025-03-01\"")), "" },
	{ "SZ-42", TWO(T_HOME, OF("a", "A", "seal", AT("2022-03-01") ",\"until\":\"2025-03-01\""), OF("b", "B", "waiting", AT("2023-01-01") ",\"converted_at\":\"2025-02-27\"")),
	  "b violation: home: recorded as in effect since 2025-02-27, but a stood until 2025-03-01" },
	{ "SZ-42", TWO(T_HOME, OF("a", "A", "seal", AT("2022-03-01") ",\"released_at\":\"2024-05-05T10:00:00+08:00\""), OF("b", "B", "waiting", AT("2023-01-01") ",\"converted_at\":\"2024-05-09\"")),
	  "b review: home: recorded as in effect since 2024-05-09, but by itself since 2024-05-05, when a had ended" },
	{ "SZ-42", TWO(T_HOME, OF("a", "A", "seal", AT("2024-03-01") ",\"until\":\"2027-03-01\""), OF("b", "B", "waiting", AT("2024-06-01") ",\"converted_at\":\"2025-03-01\"")),
	  "b violation: home: a still stands before it, so it has not taken effect" },
	/* the second goes, the third does not come before the first ends */
	{ "SZ-42", TWO(T_HOME, OF("a", "A", "seal", AT("2022-03-01")), OF("b", "B", "waiting", AT("2023-01-01") ",\"released_at\":\"2024-01-01\"") "," OF("c", "C", "waiting", AT("2023-06-01") ",\"converted_at\":\"2024-01-01\"")),
	  "c violation: home: a still stands before it, so it has not taken effect" },
	/* a waiting seizure that took effect keeps the next waiting */
	{ "SZ-42", TWO(T_HOME, OF("a", "A", "seal", AT("2022-03-01") ",\"released_at\":\"2024-01-01\""), OF("b", "B", "waiting", AT("2023-01-01") ",\"converted_at\":\"2024-01-01\"") "," OF("c", "C", "waiting", AT("2023-06-01"))), "" },
	/* money beside money, as long as there is enough */
	{ "SZ-42", TWO("\"assets\":[{\"id\":\"home\",\"type\":\"deposit\",\"balance_fen\":100}]", OF("a", "A", "freeze", AT("2025-03-01") ",\"sum_fen\":60"), OF("b", "B", "freeze", AT("2025-03-02") ",\"sum_fen\":40")), "" },
	{ "SZ-42", TWO("\"assets\":[{\"id\":\"home\",\"type\":\"deposit\",\"balance_fen\":100}]", OF("a", "A", "freeze", AT("2025-03-01") ",\"sum_fen\":60"), OF("b", "B", "freeze", AT("2025-03-02") ",\"sum_fen\":41")),
	  "b violation: home: already seized by a (2025-03-01): it can only be a waiting seizure" },
	{ "SZ-42", TWO("\"assets\":[{\"id\":\"home\",\"type\":\"deposit\"}]", OF("a", "A", "freeze", AT("2025-03-01")), OF("b", "B", "freeze", AT("2025-03-02"))),
	  "b review: home: already frozen by a (2025-03-01); balance_fen and sum_fen, or shares, missing: whether enough is left is not known" },
	/* W-27: three of ten */
	{ "SZ-44", TWO(TEN, OF("a", "A", "seal", AT("2024-03-01") "," T_EVENTS(T_EVENT("dispose-part", "2025-03-01", ",\"units\":3"))), OF("b", "B", "waiting", AT("2024-06-01"))),
	  "b review: home: a disposed of 3 of 10 units by 2025-03-01: void for these, in effect for 7, and converted_at missing" },
	{ "SZ-44", TWO(TEN, OF("a", "A", "seal", AT("2024-03-01") ",\"released_at\":\"2025-03-05\"," T_EVENTS(T_EVENT("auction", "2025-03-01", ",\"result\":\"sold\",\"units\":3"))), OF("b", "B", "waiting", AT("2024-06-01") ",\"converted_at\":\"2025-03-05\"")),
	  "b info: home: a disposed of 3 of 10 units by 2025-03-01: void for these, in effect for 7" },
	{ "SZ-44", TWO(T_HOME, OF("a", "A", "seal", AT("2024-03-01") "," T_EVENTS(T_EVENT("dispose-part", "2025-03-01", ""))), OF("b", "B", "waiting", AT("2024-06-01"))),
	  "b review: home: a disposed of a part on 2025-03-01: it takes effect for the rest, and units missing, of the asset or of the disposal" },
	{ "SZ-44", TWO(TEN, OF("a", "A", "seal", AT("2024-03-01") "," T_EVENTS(T_EVENT("dispose", "2025-03-01", ""))), OF("b", "B", "waiting", AT("2024-06-01"))),
	  "b review: home: a disposed of all of it on 2025-03-01: it never took effect and has lapsed" },
	{ "SZ-44", TWO(TEN, OF("a", "A", "seal", AT("2024-03-01") "," T_EVENTS(T_EVENT("dispose-part", "2025-03-01", ",\"units\":3") "," T_EVENT("dispose-part", "2025-04-01", ",\"units\":7"))), OF("b", "B", "waiting", AT("2024-06-01"))),
	  "b review: home: a disposed of all of it on 2025-04-01: it never took effect and has lapsed" },
	{ "SZ-44", TWO(TEN, OF("a", "A", "seal", AT("2024-03-01") "," T_EVENTS(T_EVENT("auction", "2025-03-01", ",\"result\":\"failed\""))), OF("b", "B", "waiting", AT("2024-06-01"))), "" },
	/* 60 days, then 15 */
	{ "SZ-46", ONE(MORTGAGED, OF("a", "A", "seal", AT("2025-01-10") "," T_EVENTS(ASK("2025-03-11", "P")))),
	  "a warn: home: P asked for the hand-over on 2025-03-11, but may only from 2025-03-12 on, more than 60 days after the first seizure on 2025-01-10" },
	{ "SZ-46", ONE(MORTGAGED, OF("a", "A", "seal", AT("2025-01-10") "," T_EVENTS(ASK("2025-03-12", "P") "," T_EVENT("hand-over", "2025-03-27", "")))), "" },
	{ "SZ-46", ONE(MORTGAGED, OF("a", "A", "seal", AT("2025-01-10") "," T_EVENTS(ASK("2025-03-12", "P") "," T_EVENT("hand-over", "2025-03-28", "")))),
	  "a warn: home: the letter of hand-over is to be issued by 2025-03-27 at the latest, hand-over is 2025-03-28" },
	{ "SZ-46", ONE(MORTGAGED, OF("a", "A", "seal", AT("2025-01-10") "," T_EVENTS(ASK("2025-03-12", "P")))),
	  "a review: home: the letter of hand-over is to be issued by 2025-03-27 at the latest, hand-over missing" },
	{ "SZ-46", ONE(MORTGAGED, OF("a", "A", "seal", AT("2025-01-10") "," T_EVENTS(T_EVENT("auction-notice", "2025-03-05", "") "," ASK("2025-03-12", "P")))),
	  "a warn: home: P asked for the hand-over on 2025-03-12, but the sale had begun on 2025-03-05" },
	{ "SZ-46", ONE(T_HOME, OF("a", "A", "seal", AT("2025-01-10") "," T_EVENTS(T_EVENT("ask-hand-over", "2025-03-12", "")))),
	  "a review: home: another court asked for the hand-over on 2025-03-12, and no secured claim in enforcement there is recorded (encumbrances: in_enforcement, court)" },
	{ "SZ-46", ONE(MORTGAGED, OF("a", "A", "seal", AT("2025-01-10"))), "a info: home: P may ask for the hand-over since 2025-03-12" },
	{ "SZ-46", ONE(MORTGAGED, OF("a", "A", "seal", AT("2025-05-10"))), "" },
	{ "SZ-46", ONE(T_HOME, OF("a", "A", "seal", AT("2025-01-10") "," T_EVENTS(ASK("2025-03-12", "P")))),
	  "a review: home: P asked for the hand-over on 2025-03-12, and no secured claim in enforcement there is recorded (encumbrances: in_enforcement, court)" },
	/* a mortgage that is younger than the seizure does not rank before it; of the same day it may */
	{ "SZ-46", ONE(MORTGAGED_ON("2025-02-05"), OF("a", "A", "seal", AT("2025-01-31"))), "" },
	{ "SZ-46", ONE(MORTGAGED_ON("2025-01-31"), OF("a", "A", "seal", AT("2025-01-31"))), "a info: home: P may ask for the hand-over since 2025-04-02" },
	{ "SZ-46", ONE(MORTGAGED_ON("2025-02-05"), OF("a", "A", "seal", AT("2025-01-31") "," T_EVENTS(ASK("2025-04-10", "P")))),
	  "a warn: home: P asked for the hand-over on 2025-04-10, but its secured claim is of 2025-02-05, after the seizure: it does not rank before" },
	/* the applicant's own needs no hand-over */
	{ "SZ-46", ONE("\"assets\":[{\"id\":\"home\",\"type\":\"immovable\",\"encumbrances\":[{\"holder\":\"银行\",\"kind\":\"mortgage\",\"own\":true,\"in_enforcement\":true,\"court\":\"P\"}]}]",
	               OF("a", "A", "seal", AT("2025-01-31"))), "" },
	/* a year */
	{ "SZ-47", TWO(T_HOME, KEEP("a", "A", ""), OF("b", "B", "waiting", AT("2025-02-10") ",\"stage\":\"enforcement\"")), "", "2026-01-10" },
	{ "SZ-47", TWO(T_HOME, KEEP("a", "A", ""), OF("b", "B", "waiting", AT("2025-02-10") ",\"stage\":\"enforcement\"")), "a info: home: B may ask for the hand-over since 2026-01-11", "2026-01-11" },
	{ "SZ-47", ONE(T_HOME, KEEP("a", "A", "," T_EVENTS(ASK("2026-01-10", "B")))),
	  "a violation: home: B asked for the hand-over on 2026-01-10, but may only from 2026-01-11 on, more than a year after the first seizure", "2026-02-01" },
	{ "SZ-47", TWO(T_HOME, KEEP("a", "A", "," T_EVENTS(ASK("2026-01-11", "B"))), WAITS("b", "B", "")), "", "2026-02-01" },
	/* the first of the courts that wait with an enforcement */
	{ "SZ-47", ONE(T_HOME, KEEP("a", "A", "," T_EVENTS(ASK("2026-01-11", "B")))), "a review: home: B asked for the hand-over on 2026-01-11, and no waiting seizure of it is recorded", "2026-02-01" },
	{ "SZ-47", TWO(T_HOME, KEEP("a", "A", "," T_EVENTS(T_EVENT("ask-hand-over", "2026-01-11", ""))), WAITS("b", "B", "")),
	  "a review: home: the hand-over was asked for on 2026-01-11, and court missing: whether it is the first that waits is not known", "2026-02-01" },
	{ "SZ-47", TWO(T_HOME, KEEP("a", "A", "," T_EVENTS(ASK("2026-01-11", "C"))), WAITS("b", "B", "") "," OF("c", "C", "waiting", AT("2025-03-10") ",\"stage\":\"enforcement\"")),
	  "a violation: home: C asked for the hand-over on 2026-01-11, but b waits before it with an enforcement", "2026-02-01" },
	{ "SZ-47", TWO(T_HOME, KEEP("a", "A", "," T_EVENTS(ASK("2026-01-11", "C"))), WAITS("b", "B", ",\"released_at\":\"2025-12-01\"") "," OF("c", "C", "waiting", AT("2025-03-10") ",\"stage\":\"enforcement\"")),
	  "", "2026-02-01" },
	{ "SZ-47", TWO(T_HOME, KEEP("a", "A", "," T_EVENTS(ASK("2026-01-11", "C"))), OF("b", "B", "waiting", AT("2025-02-10") ",\"stage\":\"preservation\"") "," OF("c", "C", "waiting", AT("2025-03-10") ",\"stage\":\"enforcement\"")),
	  "", "2026-02-01" },
	{ "SZ-47", TWO(T_HOME, KEEP("a", "A", "," T_EVENTS(ASK("2026-01-11", "B"))), OF("b", "B", "waiting", AT("2025-02-10") ",\"stage\":\"preservation\"")),
	  "a violation: home: B asked for the hand-over on 2026-01-11, but it waits with a preservation, not with an enforcement", "2026-02-01" },
	{ "SZ-47", TWO(T_HOME, KEEP("a", "A", "," T_EVENTS(ASK("2026-01-11", "B"))), OF("b", "B", "waiting", AT("2025-02-10"))),
	  "a review: home: B asked for the hand-over on 2026-01-11, and stage of b missing: whether it waits with an enforcement is not known", "2026-02-01" },
	{ "SZ-47", ONE("\"assets\":[{\"id\":\"home\",\"type\":\"immovable\",\"in_dispute\":true}]", KEEP("a", "A", "," T_EVENTS(ASK("2026-01-11", "B")))),
	  "a violation: home: B asked for the hand-over on 2026-01-11, but it is what the suit is about", "2026-02-01" },
	/* division */
	{ "SZ-48", "\"claim\":{\"debtor_type\":\"enterprise\",\"distribution\":{\"method\":\"pro-rata\"}}",
	  " violation: the debtor is an enterprise that is not bankrupt: the money goes in the order of seizure, not pro rata" },
	{ "SZ-48", "\"claim\":{\"debtor_type\":\"enterprise\",\"distribution\":{\"method\":\"order\"}}", "" },
	{ "SZ-48", "\"claim\":{\"debtor_type\":\"person\",\"distribution\":{\"method\":\"order\",\"insufficient\":true,\"asked_on\":\"2025-03-01\"}}",
	  " violation: the debtor is no enterprise and its assets do not suffice: who asked in time shares pro rata, not in the order of seizure" },
	{ "SZ-48", "\"claim\":{\"distribution\":{\"method\":\"order\"}}", " review: debtor_type missing: whether the money is divided pro rata or in the order of seizure is not known" },
	{ "SZ-48", "\"claim\":{\"debtor_type\":\"person\",\"distribution\":{\"method\":\"pro-rata\",\"asked_on\":\"2025-03-03\",\"ended_on\":\"2025-03-01\"}}",
	  " warn: a share was asked for on 2025-03-03, after the assets were finished on 2025-03-01" },
	/* fifteen days each: from 2025-03-03 to 2025-03-18; from 2025-03-20 to 2025-04-04, a holiday, so to 2025-04-07 */
	{ "SZ-48", "\"claim\":{\"debtor_type\":\"person\",\"distribution\":{\"method\":\"pro-rata\",\"plan_served_on\":\"2025-03-03\",\"objection_on\":\"2025-03-18\",\"objection_told_on\":\"2025-03-20\",\"counter_on\":\"2025-04-07\"}}", "" },
	{ "SZ-48", "\"claim\":{\"debtor_type\":\"person\",\"distribution\":{\"method\":\"pro-rata\",\"plan_served_on\":\"2025-03-03\",\"objection_on\":\"2025-03-19\",\"counter_told_on\":\"2025-03-20\",\"sued_on\":\"2025-04-08\"}}",
	  " warn: the plan is to be objected to by 2025-03-18 at the latest, objection_on is 2025-03-19; "
	  " warn: the suit about the plan is to be begun by 2025-04-07 at the latest, sued_on is 2025-04-08" },
};

#endif
