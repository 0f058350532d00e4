/* SPDX-License-Identifier: MIT */
/* Rows of test_seizure_rules.c: what counts of a thing that is seized in part, several times, or of which a part has gone. */
#ifndef GAVEL_SEIZURE_ROWS_PART_H
#define GAVEL_SEIZURE_ROWS_PART_H

#define CAR_1M "{\"id\":\"car\",\"type\":\"vehicle\",\"value_fen\":100000000}"
#define ACTS(events) ",\"events\":[" events "]"
#define ACT(name, on, more) "{\"event\":\"" name "\",\"on\":\"" on "\"" more "}"
#define STAKE_10M(more) "{\"id\":\"stake\",\"type\":\"equity\",\"value_fen\":1000000000" more "}"
#define CASE_1(claim) "\"claim\":{\"case\":\"1\",\"stage\":\"enforcement\",\"principal_fen\":100000000,\"fee_fen\":0" claim "}"
#define JUDGED(seized, least) " review: seized is " seized ", at the lowest price " least ", and the claim is 1,000,000.00: whether that is obviously too much is to be judged"
#define PART(what, goes, stays) "violation: of " what " may be released" goes ": without " stays " stay even at the lowest price, and the claim is 1,000,000.00"

static const struct row part_rows[] = {
	/* divisible, and far above the claim */
	{ "SZ-10", BUNDLE(CLAIM_1M, "{\"id\":\"steel\",\"type\":\"movable\",\"value_fen\":1000000000,\"units\":100,\"indivisible\":false}", HOLD("z1", "steel", "seize")),
	  "z1 " PART("steel 82 of 100", ", worth 8,200,000.00", "them 1,008,000.00") },
	{ "SZ-10", BUNDLE(CLAIM_1M, "{\"id\":\"steel\",\"type\":\"movable\",\"value_fen\":1000000000,\"indivisible\":false}", HOLD("z1", "steel", "seize")),
	  "z1 review: steel can be divided and is worth more than is needed, and units missing" },
	{ "SZ-10", BUNDLE(CLAIM_1M, STAKE_10M(",\"indivisible\":false"), PUBLISHED("")), "z4 " PART("stake 8,214,285.71", "", "it 1,000,000.00") },
	{ "SZ-10", BUNDLE(CLAIM_1M, STAKE_10M(",\"shares\":1000"), PUBLISHED("")), "z4 " PART("stake 821 of 1000", ", worth 8,210,000.00", "them 1,002,400.00") },
	{ "SZ-11", BUNDLE(CLAIM_1M, STAKE_10M(",\"shares\":1000"), PUBLISHED("")), "" },
	{ "SZ-10", BUNDLE(CLAIM_1M, STAKE_10M(",\"shares\":1000,\"indivisible\":true"), PUBLISHED("")), "" },
	{ "SZ-10", BUNDLE(CLAIM_1M, "{\"id\":\"d1\",\"type\":\"deposit\",\"balance_fen\":99000000},{\"id\":\"d2\",\"type\":\"deposit\",\"balance_fen\":99000000}",
	                  FREEZE("z1", "d1", 99000000) "," FREEZE("z2", "d2", 99000000)), "z2 " PART("d2 980,000.00", "", "it 1,000,000.00") },
	{ "SZ-10", BUNDLE(CLAIM_1M, DEPOSIT(1000000000), FREEZE("z1", "deposit", 1000000000)), "z1 " PART("deposit 9,000,000.00", "", "it 1,000,000.00") },
	{ "SZ-10", BUNDLE(CLAIM_1M, DEPOSIT(1000000000), FREEZE("z1", "deposit", 100000000)), "" },
	{ "SZ-10", BUNDLE(CLAIM_1M, HOUSE("block", 900000000, ",\"units\":10,\"indivisible\":false"), HOLD("z2", "block", "seal")),
	  "z2 " PART("block 8 of 10", ", worth 7,200,000.00", "them 1,008,000.00") },
	{ "SZ-10", BUNDLE(CLAIM_1M, HOUSE("block", 900000000, ",\"units\":10,\"one_certificate\":true,\"indivisible\":false"), HOLD("z2", "block", "seal")), "" },
	{ "SZ-13", BUNDLE(CLAIM_1M, HOUSE("block", 900000000, ",\"units\":10,\"one_certificate\":true,\"indivisible\":false,\"split_on\":\"2025-04-09\""), HOLD("z2", "block", "seal")),
	  "z2 violation: block can be divided: of 10 units not all are needed" },
	/* what the suit is about is not released in part; money that does not suffice is not, either */
	{ "SZ-10", BUNDLE(CLAIM_1M, STAKE_10M(",\"in_dispute\":true"), PUBLISHED("")),
	  " info: seized is 10,000,000.00, at the lowest price 5,600,000.00, and the claim is 1,000,000.00: nothing of it can go, or less than the claim would stay" },
	{ "SZ-10", BUNDLE(CLAIM_1M, DEPOSIT(80000000) "," STAKE_10M(",\"shares\":1000"), FREEZE("z1", "deposit", 80000000) "," PUBLISHED("")),
	  "z4 " PART("stake 964 of 1000", ", worth 9,640,000.00", "them 1,001,600.00") },
	/* frozen in part */
	{ "SZ-10", BUNDLE(CLAIM_1M, STAKE_10M(",\"shares\":1000") "," CAR_1M, PUBLISHED(",\"shares\":50") "," HOLD("z3", "car", "seize")), JUDGED("1,500,000.00", "840,000.00") },
	{ "SZ-10", BUNDLE(CLAIM_1M, STAKE_10M("") "," CAR_1M, PUBLISHED(",\"ratio\":{\"num\":1,\"den\":20}") "," HOLD("z3", "car", "seize")), JUDGED("1,500,000.00", "840,000.00") },
	{ "SZ-10", BUNDLE(CLAIM_1M, SHARES(",\"value_fen\":1000000000,\"shares\":1000000") "," CAR_1M, FROZEN(",\"shares\":50000") "," HOLD("z3", "car", "seize")), JUDGED("1,500,000.00", "960,000.00") },
	{ "SZ-19", BUNDLE(CLAIM_1M, STAKE_10M(""), PUBLISHED(",\"shares\":50")), "z4 review: stake: shares missing: not counted" },
	/* units released, and sold by another court before ours took effect */
	{ "SZ-13", BUNDLE(CLAIM_1M, HOUSE("block", 900000000, ",\"units\":10,\"indivisible\":false"),
	                  "{\"id\":\"z2\",\"asset\":\"block\",\"measure\":\"seal\",\"served_at\":\"2025-03-01\"" ACTS(ACT("release-part", "2025-04-01", ",\"units\":8")) "}"), "" },
	{ "SZ-13", BUNDLE(CLAIM_1M, HOUSE("block", 900000000, ",\"units\":10,\"indivisible\":false"),
	                  "{\"id\":\"z2\",\"asset\":\"block\",\"measure\":\"seal\",\"served_at\":\"2025-03-01\"" ACTS(ACT("release-part", "2025-04-01", ",\"units\":7")) "}"),
	  "z2 violation: block can be divided: of 3 units not all are needed" },
	{ "SZ-10", BUNDLE(CASE_1(""), HOUSE("block", 500000000, ",\"units\":10") "," CAR_1M,
	                  OF_CASE("z8", "2", "block", "seal", ACTS(ACT("dispose-part", "2025-04-01", ",\"units\":9"))) ","
	                  "{\"id\":\"z2\",\"case\":\"1\",\"asset\":\"block\",\"measure\":\"waiting\",\"served_at\":\"2025-03-05\",\"converted_at\":\"2025-04-01\"}," HOLD("z3", "car", "seize")),
	  JUDGED("1,500,000.00", "840,000.00") },
	{ "SZ-10", BUNDLE(CLAIM_1M, HOUSE("flat", 500000000, "") "," CAR_1M,
	                  "{\"id\":\"z2\",\"asset\":\"flat\",\"measure\":\"seal\",\"served_at\":\"2025-03-01\"" ACTS(ACT("auction", "2025-05-01", ",\"result\":\"sold\"")) "}," HOLD("z3", "car", "seize")), "" },
	{ "SZ-19", BUNDLE(CLAIM_1M, HOUSE("flat", 500000000, ""), "{\"id\":\"z2\",\"asset\":\"flat\",\"measure\":\"seal\",\"served_at\":\"2025-03-01\"" ACTS(ACT("dispose-part", "2025-05-01", "")) "}"),
	  "z2 review: flat: events.units missing: not counted" },
	/* money that was transferred is recovered, and frozen no more */
	{ "SZ-10", BUNDLE(CASE_1(",\"recovered_fen\":50000000"), DEPOSIT(50000000) "," HOUSE("flat", 90000000, ",\"indivisible\":true"),
	                  "{\"id\":\"z1\",\"asset\":\"deposit\",\"measure\":\"freeze\",\"served_at\":\"2025-03-01\",\"sum_fen\":50000000" ACTS(ACT("transfer", "2025-05-01", ",\"fen\":50000000")) "},"
	                  HOLD("z2", "flat", "seal")), "" },
	{ "SZ-10", BUNDLE(CASE_1(",\"recovered_fen\":50000000"), DEPOSIT(100000000) "," HOUSE("flat", 90000000, ",\"indivisible\":true"),
	                  "{\"id\":\"z1\",\"asset\":\"deposit\",\"measure\":\"freeze\",\"served_at\":\"2025-03-01\",\"sum_fen\":50000000" ACTS(ACT("transfer", "2025-05-01", ",\"fen\":50000000")) "},"
	                  HOLD("z2", "flat", "seal")), "" },
	{ "SZ-19", BUNDLE(CLAIM_1M, DEPOSIT(50000000), "{\"id\":\"z1\",\"asset\":\"deposit\",\"measure\":\"freeze\",\"served_at\":\"2025-03-01\",\"sum_fen\":50000000" ACTS(ACT("transfer", "2025-05-01", "")) "}"),
	  "z1 review: deposit: events.fen missing: not counted" },
	/* a claim that is paid is SZ-54's matter */
	{ "SZ-10", BUNDLE(CASE_1(",\"recovered_fen\":100000000"), HOUSE("flat", 90000000, ""), HOLD("z2", "flat", "seal")), "" },
	/* several seizures of ours on one asset: together, and no more than there is */
	{ "SZ-10", BUNDLE(CLAIM_1M, DEPOSIT(100000000) "," HOUSE("flat", 100000000, ""), FREEZE("z1", "deposit", 50000000) "," FREEZE("z2", "deposit", 50000000) "," HOLD("z3", "flat", "seal")),
	  "z3 violation: flat may be released: without it 1,000,000.00 stay even at the lowest price, and the claim is 1,000,000.00" },
	{ "SZ-10", BUNDLE(CLAIM_1M, DEPOSIT(60000000) "," HOUSE("flat", 100000000, ""), FREEZE("z1", "deposit", 50000000) "," FREEZE("z2", "deposit", 50000000) "," HOLD("z3", "flat", "seal")),
	  "" },
	{ "SZ-10", BUNDLE(CLAIM_1M, SHARES(",\"close_fen\":1000"), FROZEN(",\"shares\":100000") ",{\"id\":\"z6\",\"asset\":\"shares\",\"measure\":\"freeze\",\"served_at\":\"2025-03-02\",\"shares\":100000}"),
	  "z5 " PART("shares 75000 of 200000", ", worth 750,000.00", "them 1,000,000.00") },
	{ "SZ-16", BUNDLE(CLAIM_1M, SHARES(",\"close_fen\":1000"), FROZEN(",\"shares\":100000") ",{\"id\":\"z6\",\"asset\":\"shares\",\"measure\":\"freeze\",\"served_at\":\"2025-03-02\",\"shares\":100000}"),
	  "z5 warn: shares: 200000 shares are frozen; at the closing price 100000 pay the claim, at a price 20 % lower 125000" },
	/* one that waited counts from when it took effect by itself, and is no longer one that waits */
	{ "SZ-10", BUNDLE(CASE_1(""), HOUSE("flat", 200000000, "") "," CAR_1M, "{\"id\":\"z8\",\"case\":\"2\",\"asset\":\"flat\",\"measure\":\"seal\",\"served_at\":\"2022-03-01\",\"until\":\"2025-03-01\"},"
	                  "{\"id\":\"z2\",\"case\":\"1\",\"asset\":\"flat\",\"measure\":\"waiting\",\"served_at\":\"2024-03-01\",\"until\":\"2025-04-01\"}," HOLD("z3", "car", "seize")),
	  "z3 violation: car may be released: without it 1,120,000.00 stay even at the lowest price, and the claim is 1,000,000.00" },
	{ "SZ-45", BUNDLE(CASE_1(""), HOUSE("flat", 200000000, ""), "{\"id\":\"z8\",\"case\":\"2\",\"asset\":\"flat\",\"measure\":\"seal\",\"served_at\":\"2022-03-01\",\"until\":\"2025-03-01\"},"
	                  "{\"id\":\"z2\",\"case\":\"1\",\"asset\":\"flat\",\"measure\":\"waiting\",\"served_at\":\"2024-03-01\",\"until\":\"2025-04-01\"}"), "" },
	{ "SZ-10", BUNDLE(CASE_1(""), HOUSE("flat", 200000000, "") "," CAR_1M, "{\"id\":\"z8\",\"case\":\"2\",\"asset\":\"flat\",\"measure\":\"seal\",\"served_at\":\"2022-03-01\",\"until\":\"2025-03-01\"},"
	                  "{\"id\":\"z2\",\"case\":\"1\",\"asset\":\"flat\",\"measure\":\"waiting\",\"served_at\":\"2024-03-01\"}," HOLD("z3", "car", "seize")), "", "2025-03-01" },
};

#endif
