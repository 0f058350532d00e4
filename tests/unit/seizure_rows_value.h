/* SPDX-License-Identifier: MIT */
/* Rows of test_seizure_rules.c: is more seized than the claim needs? */
#ifndef GAVEL_SEIZURE_ROWS_VALUE_H
#define GAVEL_SEIZURE_ROWS_VALUE_H

#define CLAIM_1M "\"claim\":{\"stage\":\"enforcement\",\"principal_fen\":100000000,\"fee_fen\":0}"
#define W01_CLAIM "\"claim\":{\"stage\":\"enforcement\",\"principal_fen\":100000000,\"costs_fen\":1380000}"
#define DEPOSIT(fen) "{\"id\":\"deposit\",\"type\":\"deposit\",\"balance_fen\":" #fen "}"
#define HOUSE(name, fen, more) "{\"id\":\"" name "\",\"type\":\"immovable\",\"price\":{\"fen\":" #fen "}" more "}"
#define FREEZE(id, on, sum) "{\"id\":\"" id "\",\"asset\":\"" on "\",\"measure\":\"freeze\",\"served_at\":\"2025-03-01\",\"until\":\"2026-03-01\",\"sum_fen\":" #sum "}"
#define HOLD(id, on, measure) "{\"id\":\"" id "\",\"asset\":\"" on "\",\"measure\":\"" measure "\",\"served_at\":\"2025-03-01\",\"until\":\"2027-03-01\"}"
#define OF_CASE(id, of, on, measure, more) "{\"id\":\"" id "\",\"case\":\"" of "\",\"asset\":\"" on "\",\"measure\":\"" measure "\",\"served_at\":\"2025-03-01\",\"until\":\"2027-03-01\"" more "}"
#define BUNDLE(claim, assets, seizures) claim ",\"assets\":[" assets "],\"seizures\":[" seizures "]"

static const struct row value_rows[] = {
	/* W-01: the deposit alone covers, so the flat may go though it is indivisible */
	{ "SZ-10", BUNDLE(W01_CLAIM, DEPOSIT(110000000) "," HOUSE("flat", 300000000, ",\"indivisible\":true"), FREEZE("z1", "deposit", 110000000) "," HOLD("z2", "flat", "seal")),
	  "z2 violation: flat may be released: without it 1,100,000.00 stay even at the lowest price, and the claim is 1,026,200.00; "
	  "z1 violation: of deposit 73,800.00 may be released: without it 1,026,200.00 stay even at the lowest price, and the claim is 1,026,200.00" },
	{ "SZ-11", BUNDLE(W01_CLAIM, DEPOSIT(110000000) "," HOUSE("flat", 300000000, ",\"indivisible\":true"), FREEZE("z1", "deposit", 110000000) "," HOLD("z2", "flat", "seal")),
	  "z2 violation: flat is indivisible, but the other property suffices: 1,100,000.00 seized at the lowest price, the claim is 1,026,200.00" },
	/* W-03: the same with 200,000 */
	{ "SZ-10", BUNDLE(W01_CLAIM, DEPOSIT(20000000) "," HOUSE("flat", 300000000, ",\"indivisible\":true"), FREEZE("z1", "deposit", 20000000) "," HOLD("z2", "flat", "seal")), "" },
	{ "SZ-11", BUNDLE(W01_CLAIM, DEPOSIT(20000000) "," HOUSE("flat", 300000000, ",\"indivisible\":true"), FREEZE("z1", "deposit", 20000000) "," HOLD("z2", "flat", "seal")),
	  "z2 info: flat is indivisible and the other property does not suffice: 200,000.00, the claim is 1,026,200.00; transfer the money first, then compute again" },
	/* a car beside them is not needed: deposit and flat cover */
	{ "SZ-10", BUNDLE(W01_CLAIM, DEPOSIT(20000000) "," HOUSE("flat", 300000000, ",\"indivisible\":true") ",{\"id\":\"car\",\"type\":\"vehicle\",\"value_fen\":30000000}",
	                  FREEZE("z1", "deposit", 20000000) "," HOLD("z2", "flat", "seal") "," HOLD("z3", "car", "seize")),
	  "z3 violation: car may be released: without it 1,880,000.00 stay even at the lowest price, and the claim is 1,026,200.00" },
	{ "SZ-11", BUNDLE(CLAIM_1M, HOUSE("flat", 90000000, ""), HOLD("z2", "flat", "seal")), "" },
	{ "SZ-11", BUNDLE(CLAIM_1M, HOUSE("flat", 300000000, ""), HOLD("z2", "flat", "seal")), "z2 review: flat is worth more than is needed, and indivisible missing" },
	{ "SZ-11", BUNDLE(CLAIM_1M, HOUSE("flat", 300000000, ",\"indivisible\":true") "," HOUSE("other", 200000000, ""), HOLD("z2", "flat", "seal")),
	  "z2 violation: flat is indivisible, but with property that is not seized the other suffices: 0.00 and 1,120,000.00, the claim is 1,000,000.00" },
	/* the second limb: what is free and just suffices; of which nobody knows the value; which others have seized */
	{ "SZ-11", BUNDLE(CLAIM_1M, HOUSE("flat", 300000000, ",\"indivisible\":true") "," DEPOSIT(100000000), HOLD("z2", "flat", "seal")),
	  "z2 violation: flat is indivisible, but with property that is not seized the other suffices: 0.00 and 1,000,000.00, the claim is 1,000,000.00" },
	{ "SZ-11", BUNDLE(CLAIM_1M, HOUSE("flat", 300000000, ",\"indivisible\":true") "," DEPOSIT(99999999), HOLD("z2", "flat", "seal")),
	  "z2 info: flat is indivisible and the other property does not suffice: 0.00, the claim is 1,000,000.00" },
	{ "SZ-11", BUNDLE(CLAIM_1M, HOUSE("flat", 300000000, ",\"indivisible\":true") ",{\"id\":\"van\",\"type\":\"vehicle\"}", HOLD("z2", "flat", "seal")),
	  "z2 review: flat is indivisible, and whether the other property suffices is not known: van: price.fen missing" },
	{ "SZ-11", BUNDLE("\"claim\":{\"case\":\"1\",\"stage\":\"enforcement\",\"principal_fen\":100000000,\"fee_fen\":0}",
	                  HOUSE("flat", 300000000, ",\"indivisible\":true") "," HOUSE("shop", 300000000, ""), HOLD("z2", "flat", "seal") "," OF_CASE("z9", "2", "shop", "seal", "")),
	  "z2 review: flat is indivisible, and whether the other property suffices is not known: shop is seized for others" },
	/* exactly the claim at the lowest price: not silent */
	{ "SZ-11", BUNDLE(CLAIM_1M, HOUSE("flat", 178571429, ""), HOLD("z2", "flat", "seal")), "z2 review: flat is worth more than is needed, and indivisible missing" },
	{ "SZ-11", BUNDLE(CLAIM_1M, HOUSE("flat", 178571429, ",\"indivisible\":true"), HOLD("z2", "flat", "seal")),
	  "z2 info: flat is indivisible and the other property does not suffice: 0.00, the claim is 1,000,000.00" },
	{ "SZ-10", BUNDLE(CLAIM_1M, HOUSE("flat", 178571429, ",\"indivisible\":false,\"units\":10"), HOLD("z2", "flat", "seal")),
	  " info: seized is 1,785,714.29, at the lowest price 1,000,000.00, and the claim is 1,000,000.00: nothing of it can go, or less than the claim would stay" },
	{ "SZ-10", BUNDLE(CLAIM_1M, HOUSE("flat", 178571428, ",\"indivisible\":false,\"units\":10"), HOLD("z2", "flat", "seal")),
	  " review: seized is 1,785,714.28, at the lowest price 999,999.99, and the claim is 1,000,000.00: whether that is obviously too much is to be judged" },
	/* above the claim, but not at the lowest price: a person decides */
	{ "SZ-10", BUNDLE(CLAIM_1M, HOUSE("flat", 150000000, ",\"indivisible\":true"), HOLD("z2", "flat", "seal")),
	  " review: seized is 1,500,000.00, at the lowest price 840,000.00, and the claim is 1,000,000.00: whether that is obviously too much is to be judged" },
	/* a half, with a mortgage before the seizure: 0.56 * 4m / 2 - 0.2m = 0.92m */
	{ "SZ-10", BUNDLE(CLAIM_1M, HOUSE("flat", 400000000, ",\"share\":{\"num\":1,\"den\":2},\"encumbrances\":[{\"holder\":\"银行\",\"kind\":\"mortgage\",\"fen\":20000000,\"on\":\"2020-01-01\"}]"), HOLD("z2", "flat", "seal")),
	  " review: seized is 1,800,000.00, at the lowest price 920,000.00, and the claim is 1,000,000.00: whether that is obviously too much is to be judged" },
	/* W-07: a waiting seizure counts nothing */
	{ "SZ-10", BUNDLE(CLAIM_1M, DEPOSIT(100000000) "," HOUSE("house", 500000000, ""), FREEZE("z1", "deposit", 100000000) "," HOLD("z2", "house", "waiting")), "" },
	/* at preservation the amount in the ruling counts, not what the judgment may give */
	{ "SZ-10", BUNDLE("\"claim\":{\"stage\":\"preservation\",\"preservation_fen\":50000000,\"principal_fen\":100000000}", DEPOSIT(100000000) ",{\"id\":\"car\",\"type\":\"vehicle\",\"value_fen\":30000000}",
	                  FREEZE("z1", "deposit", 50000000) "," HOLD("z3", "car", "seize")),
	  "z3 violation: car may be released: without it 500,000.00 stay even at the lowest price, and the claim is 500,000.00" },
	{ "SZ-12", BUNDLE("\"claim\":{\"stage\":\"preservation\",\"principal_fen\":100000000}", DEPOSIT(1), FREEZE("z1", "deposit", 1)), " review: preservation_fen missing: what is seized cannot be compared" },
	{ "SZ-12", "\"assets\":[" DEPOSIT(1) "],\"seizures\":[" FREEZE("z1", "deposit", 1) "]", "z1 review: claim missing: what is seized cannot be compared" },
	{ "SZ-12", BUNDLE(CLAIM_1M, DEPOSIT(1), FREEZE("z1", "deposit", 1)), "" },
	/* W-05: ten floors, one certificate */
	{ "SZ-13", BUNDLE(CLAIM_1M, HOUSE("block", 900000000, ",\"units\":10,\"one_certificate\":true,\"indivisible\":false"), HOLD("z2", "block", "seal")), "" },
	{ "SZ-13", BUNDLE(CLAIM_1M, HOUSE("block", 900000000, ",\"units\":10,\"one_certificate\":true,\"indivisible\":false,\"split_asked_on\":\"2025-04-01\""), HOLD("z2", "block", "seal")),
	  "z2 warn: block: the debtor asked on 2025-04-01 to split the registration, and neither a split nor a refusal is recorded" },
	{ "SZ-13", BUNDLE(CLAIM_1M, HOUSE("block", 900000000, ",\"units\":10,\"one_certificate\":true,\"indivisible\":false,\"split_asked_on\":\"2025-04-01\",\"split_refused_on\":\"2025-04-09\""), HOLD("z2", "block", "seal")), "" },
	{ "SZ-13", BUNDLE(CLAIM_1M, HOUSE("block", 900000000, ",\"units\":10,\"indivisible\":false"), HOLD("z2", "block", "seal")), "z2 violation: block can be divided: of 10 units not all are needed" },
	{ "SZ-13", BUNDLE(CLAIM_1M, HOUSE("block", 900000000, ",\"indivisible\":false"), HOLD("z2", "block", "seal")), "z2 review: block can be divided and is worth more than is needed, and units missing" },
	/* W-11 */
	{ "SZ-14", BUNDLE(CLAIM_1M, DEPOSIT(1), HOLD("z1", "deposit", "freeze")), "z1 violation: deposit: the ruling states no sum (sum_fen)" },
	{ "SZ-14", BUNDLE(CLAIM_1M, DEPOSIT(1), FREEZE("z1", "deposit", 1)), "" },
	{ "SZ-14", BUNDLE(CLAIM_1M, DEPOSIT(150000000), FREEZE("z1", "deposit", 150000000)), "z1 review: deposit: 500,000.00 is frozen beyond the claim and must stay usable" },
	{ "SZ-19", BUNDLE(CLAIM_1M, "{\"id\":\"car\",\"type\":\"vehicle\"}", HOLD("z3", "car", "seize")), "z3 review: car: price.fen missing: not counted" },
	{ "SZ-19", BUNDLE(CLAIM_1M, DEPOSIT(1), FREEZE("z1", "deposit", 1)), "" },
	{ "SZ-19", BUNDLE(CLAIM_1M, DEPOSIT(1), FREEZE("z1", "nothing", 1)), "z1 review: asset nothing is not known: not counted" },
	{ "SZ-19", BUNDLE(CLAIM_1M, "{\"id\":\"stake\",\"type\":\"equity\",\"value_fen\":1}", HOLD("z4", "stake", "freeze")), "z4 review: published_at missing: since when it has effect is not known, not counted" },
	{ "SZ-19", BUNDLE(CLAIM_1M, "{\"id\":\"pay\",\"type\":\"income\",\"income_fen\":800000}", HOLD("z4", "pay", "freeze")), "z4 review: pay: value_fen missing: not counted" },
	/* of equity served before 2022 the service decides */
	{ "SZ-19", BUNDLE(CLAIM_1M, "{\"id\":\"stake\",\"type\":\"equity\",\"value_fen\":1}", "{\"id\":\"z4\",\"asset\":\"stake\",\"measure\":\"freeze\",\"served_at\":\"2021-12-20\"}"), "" },
	/* the applicant's own mortgage is no deduction */
	{ "SZ-10", BUNDLE(CLAIM_1M, HOUSE("flat", 400000000, ",\"indivisible\":false,\"units\":4,\"encumbrances\":[{\"holder\":\"甲\",\"kind\":\"mortgage\",\"fen\":100000000,\"own\":true}]"), HOLD("z2", "flat", "seal")),
	  "z2 violation: of flat 2 of 4 may be released, worth 2,000,000.00: without them 1,120,000.00 stay even at the lowest price, and the claim is 1,000,000.00" },
	{ "SZ-10", BUNDLE(CLAIM_1M, HOUSE("flat", 400000000, ",\"indivisible\":false,\"units\":4,\"encumbrances\":[{\"holder\":\"甲\",\"kind\":\"mortgage\",\"fen\":100000000}]"), HOLD("z2", "flat", "seal")),
	  " info: seized is 3,000,000.00, at the lowest price 1,240,000.00, and the claim is 1,000,000.00: nothing of it can go, or less than the claim would stay" },
};

#endif
