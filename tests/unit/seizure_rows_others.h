/* SPDX-License-Identifier: MIT */
/* Rows of test_seizure_rules.c: co-owners, buyers, mortgagees. */
#ifndef GAVEL_SEIZURE_ROWS_OTHERS_H
#define GAVEL_SEIZURE_ROWS_OTHERS_H

#define CO_OWNED(more) ASSET("immovable", ",\"share\":{\"num\":1,\"den\":2},\"co_owners\":[{\"name\":\"李四\",\"notified_on\":\"2025-03-02\"}]" more)
#define EVENT(name, on) EVENTS("{\"event\":\"" name "\",\"on\":\"" on "\"}")
#define SOLD(type, more) ASSET(type, ",\"buyers\":[{\"name\":\"王五\"" more "}]")
#define SOLD_AND_REJECTED(more) ASSET("immovable", ",\"third_parties\":[{\"by\":\"王五\",\"result\":\"rejected\"}],\"buyers\":[{\"name\":\"王五\"" more "}]")
#define PAID ",\"price_fen\":100000000,\"paid_fen\":100000000"
#define PAID_60 ",\"price_fen\":100000000,\"paid_fen\":60000000"
#define POSSESSED ",\"possession_on\":\"2024-12-01\""
#define CONTRACT ",\"contract_on\":\"2024-11-01\""
#define BLAMELESS ",\"fault\":false"
#define HOME ",\"from_developer\":true,\"for_living\":true"
#define SEALED SEIZED("seal", SERVED)
#define MAXIMUM(more) ASSET("immovable", RIGHTS("{\"holder\":\"甲银行\",\"kind\":\"maximum-mortgage\",\"fen\":80000000" more "}"))
#define MEETS "z1 warn: a1: the buyer 王五 meets all conditions to keep enforcement off"
#define FAILS(field) "z1 info: a1: the buyer 王五 does not keep enforcement off (" field ")"
#define LACKS(field) "z1 review: a1, buyer 王五: " field " missing or of the day of the seizure"

static const struct row others_rows[] = {
	{ "SZ-49", CO_OWNED("") "," SEALED, "" },
	{ "SZ-49", ASSET("immovable", ",\"share\":{\"num\":1,\"den\":2},\"co_owners\":[{\"name\":\"李四\"}]") "," SEALED,
	  "z1 warn: a1: that the co-owner 李四 was notified is not recorded (notified_on)" },
	{ "SZ-49", ASSET("immovable", ",\"share\":{\"num\":1,\"den\":2}") "," SEALED, "z1 review: a1: co_owners missing" },
	/* W-09: a co-owner sues for partition, then the auction is announced */
	{ "SZ-49", CO_OWNED(",\"partition_suit_on\":\"2025-04-01\"") "," SEIZED("seal", SERVED EVENT("auction-notice", "2025-04-10")),
	  "z1 violation: a1: auction-notice on 2025-04-10, though a suit for partition of 2025-04-01 stays its enforcement" },
	{ "SZ-49", CO_OWNED(",\"partition_suit_on\":\"2025-04-01\"") "," SEIZED("seal", SERVED EVENT("auction-notice", "2025-03-31")),
	  "z1 info: a1: a suit for partition is pending: enforcement of it is stayed" },
	{ "SZ-49", CO_OWNED(",\"partition_suit_on\":\"2025-04-01\"") "," SEIZED("seal", SERVED EVENT("auction-notice", "2025-04-01")),
	  "z1 review: a1: auction-notice on 2025-04-01, the very day that the suit for partition began or ended: was it stayed?" },
	{ "SZ-49", CO_OWNED(",\"partition_suit_on\":\"2025-04-01\",\"partition_ended_on\":\"2025-05-01\"") "," SEIZED("seal", SERVED EVENT("auction-notice", "2025-05-02")), "" },
	{ "SZ-49", CO_OWNED(",\"partition_suit_on\":\"2025-04-01\",\"partition_ended_on\":\"2025-05-01\"") "," SEIZED("seal", SERVED EVENT("auction-notice", "2025-05-01")),
	  "z1 review: a1: auction-notice on 2025-05-01, the very day that the suit for partition began or ended: was it stayed?" },
	{ "SZ-49", CO_OWNED(",\"partition_accepted_on\":\"2025-04-01\"") "," SEALED,
	  "z1 violation: a1: the co-owners divided it and the creditor accepted that on 2025-04-01: the shares of the others must be released" },
	{ "SZ-49", CO_OWNED(",\"partition_accepted_on\":\"2025-04-01\"") "," SEIZED("seal", SERVED EVENT("release-part", "2025-04-02")), "" },
	{ "SZ-50", SOLD("vehicle", PAID POSSESSED BLAMELESS) "," SEALED,
	  "z1 violation: a1 must not be seized: 王五 has paid for it and possesses it, and is not at fault that it is not registered" },
	{ "SZ-50", SOLD("vehicle", PAID_60 POSSESSED BLAMELESS) "," SEALED, "" },
	{ "SZ-50", SOLD("vehicle", PAID POSSESSED ",\"fault\":true") "," SEALED, "" },
	{ "SZ-50", SOLD("vehicle", PAID ",\"possession_on\":\"2025-03-02\"" BLAMELESS) "," SEALED, "" },
	{ "SZ-50", SOLD("vehicle", PAID ",\"paid_on\":\"2025-03-02\"" POSSESSED BLAMELESS) "," SEALED, "" },
	{ "SZ-50", SOLD("vehicle", PAID POSSESSED) "," SEALED, LACKS("fault") },
	{ "SZ-50", SOLD("movable", PAID POSSESSED BLAMELESS) "," SEALED, "" },
	{ "SZ-51", SOLD("immovable", CONTRACT PAID POSSESSED BLAMELESS) "," SEALED, MEETS },
	{ "SZ-51", SOLD_AND_REJECTED(CONTRACT PAID POSSESSED BLAMELESS) "," SEALED,
	  "z1 violation: a1: the objection of the buyer 王五 was rejected, though all conditions are met" },
	{ "SZ-51", SOLD("immovable", CONTRACT PAID_60 ",\"balance_to_court\":true" POSSESSED BLAMELESS) "," SEALED, MEETS },
	{ "SZ-51", SOLD("immovable", CONTRACT PAID_60 ",\"balance_to_court\":false" POSSESSED BLAMELESS) "," SEALED, FAILS("balance_to_court") },
	{ "SZ-51", SOLD("immovable", ",\"contract_on\":\"2025-03-02\"" PAID POSSESSED BLAMELESS) "," SEALED, FAILS("contract_on") },
	{ "SZ-51", SOLD("immovable", ",\"contract_on\":\"2025-03-01\"" PAID POSSESSED BLAMELESS) "," SEALED, LACKS("contract_on") },
	{ "SZ-51", SOLD("immovable", CONTRACT PAID BLAMELESS) "," SEALED, LACKS("possession_on") },
	{ "SZ-51", SOLD("immovable", CONTRACT PAID POSSESSED BLAMELESS) "," SEIZED("seal", ""), LACKS("served_at") },
	{ "SZ-51", SOLD("vehicle", CONTRACT PAID POSSESSED BLAMELESS) "," SEALED, "" },
	{ "SZ-51", SOLD("immovable", CONTRACT PAID_60 HOME) "," SEALED, "" },
	{ "SZ-52", SOLD("immovable", CONTRACT PAID_60 HOME) "," SEALED, MEETS },
	{ "SZ-52", SOLD_AND_REJECTED(CONTRACT PAID_60 HOME) "," SEALED, "z1 violation: a1: the objection of the buyer 王五 was rejected, though all conditions are met" },
	/* more than a half: a half is not */
	{ "SZ-52", SOLD("immovable", CONTRACT ",\"price_fen\":100000000,\"paid_fen\":50000000" HOME) "," SEALED, FAILS("paid_fen") },
	{ "SZ-52", SOLD("immovable", CONTRACT PAID_60 ",\"from_developer\":true,\"for_living\":false") "," SEALED, FAILS("for_living") },
	{ "SZ-52", SOLD("immovable", CONTRACT PAID_60) "," SEALED, "" },
	/* suits from 2025-07-24: 60 % do no longer, unless the rest is at the court in time */
	{ "SZ-52", SOLD("immovable", CONTRACT PAID_60 HOME ",\"suit_on\":\"2025-07-23\"") "," SEALED, MEETS },
	{ "SZ-52", SOLD("immovable", CONTRACT PAID_60 HOME ",\"suit_on\":\"2025-07-24\",\"balance_to_court\":false") "," SEALED, FAILS("balance_to_court") },
	{ "SZ-52", SOLD("immovable", CONTRACT PAID_60 HOME ",\"suit_on\":\"2025-07-24\"") "," SEALED, LACKS("balance_to_court") },
	{ "SZ-52", SOLD("immovable", CONTRACT PAID_60 HOME ",\"suit_on\":\"2025-07-24\",\"balance_to_court\":true,\"balance_on\":\"2025-09-01\",\"debate_ended_on\":\"2025-09-01\"") "," SEALED, MEETS },
	{ "SZ-52", SOLD("immovable", CONTRACT PAID_60 HOME ",\"suit_on\":\"2025-07-24\",\"balance_to_court\":true,\"balance_on\":\"2025-09-02\",\"debate_ended_on\":\"2025-09-01\"") "," SEALED, FAILS("balance_on") },
	{ "SZ-52", SOLD("immovable", CONTRACT PAID ",\"from_developer\":true,\"for_living\":false,\"family_home\":true,\"paid_on\":\"2025-01-01\",\"suit_on\":\"2025-08-01\"") "," SEALED, MEETS },
	{ "SZ-52", SOLD("immovable", CONTRACT PAID HOME ",\"paid_on\":\"2025-03-02\",\"suit_on\":\"2025-08-01\"") "," SEALED, FAILS("paid_on") },
	{ "SZ-53", MAXIMUM(",\"notified_on\":\"2025-03-02\"") "," SEALED, "" },
	{ "SZ-53", MAXIMUM(",\"notified_on\":\"2025-03-02\",\"fixed_fen\":80000000") "," SEALED, "" },
	{ "SZ-53", MAXIMUM("") "," SEALED, "z1 warn: a1: that 甲银行 was notified is not recorded (notified_on): what the mortgage secures goes on growing" },
	{ "SZ-53", MAXIMUM(",\"known_on\":\"2025-03-02\",\"fixed_fen\":60000000") "," SEALED,
	  "z1 info: a1: the mortgage of 甲银行 secures 600,000.00, as on the day of the notice, and not 800,000.00" },
	{ "SZ-53", MAXIMUM(",\"known_on\":\"2025-03-02\",\"fixed_fen\":90000000") "," SEALED,
	  "z1 review: a1: the mortgage of 甲银行 is for 800,000.00 at most, and 900,000.00 is recorded as of the day of the notice (fixed_fen)" },
	{ "SZ-53", MAXIMUM(",\"own\":true") "," SEALED, "" },
	{ "SZ-10", FOR(",\"fee_fen\":0") "," ASSET("immovable", ",\"value_fen\":170000000" RIGHTS("{\"holder\":\"甲银行\",\"kind\":\"maximum-mortgage\",\"fen\":80000000,\"fixed_fen\":60000000}")) "," SEALED,
	  " review: seized is 1,100,000.00, at the lowest price 352,000.00, and the claim is 1,000,000.00: whether that is obviously too much is to be judged" },
	/* of a freeze that was released in part only the rest counts */
	{ "SZ-14", FOR(",\"fee_fen\":0,\"recovered_fen\":50000000") "," ACCOUNT("ordinary", "") "," FROZE(EVENTS("{\"event\":\"release-part\",\"on\":\"2025-03-20\",\"sum_fen\":50000000}")), "" },
};

#endif
