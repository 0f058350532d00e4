/* SPDX-License-Identifier: MIT */
/* Rows of test_seizure_rules.c: which things are seized, how many shares, and who decides what is obvious? */
#ifndef GAVEL_SEIZURE_ROWS_CHOICE_H
#define GAVEL_SEIZURE_ROWS_CHOICE_H

#define MACHINES(more) "{\"id\":\"machines\",\"type\":\"movable\",\"value_fen\":300000000,\"production\":true" more "}"
#define SHARES(more) "{\"id\":\"shares\",\"type\":\"listed-shares\"" more "}"
#define PUBLISHED(more) "{\"id\":\"z4\",\"asset\":\"stake\",\"measure\":\"freeze\",\"published_at\":\"2025-03-01\",\"until\":\"2028-03-01\"" more "}"
#define FROZEN(n) "{\"id\":\"z5\",\"asset\":\"shares\",\"measure\":\"freeze\",\"served_at\":\"2025-03-01\",\"until\":\"2028-03-01\"" n "}"
#define STAKE "{\"id\":\"stake\",\"type\":\"equity\"}"

static const struct row choice_rows[] = {
	{ "SZ-15", BUNDLE(CLAIM_1M, MACHINES("") "," HOUSE("shop", 200000000, ""), HOLD("z2", "machines", "seal")),
	  "z2 warn: production or life depends on machines, and property that they do not depend on suffices: 1,120,000.00 at the lowest price, the claim is 1,000,000.00" },
	{ "SZ-15", BUNDLE(CLAIM_1M, MACHINES("") "," HOUSE("shop", 150000000, ""), HOLD("z2", "machines", "seal")), "" },
	{ "SZ-15", BUNDLE(CLAIM_1M, MACHINES("") "," HOUSE("shop", 150000000, "") "," DEPOSIT(16000000), HOLD("z2", "machines", "seal") "," FREEZE("z1", "deposit", 16000000)),
	  "z2 warn: production or life depends on machines, and property that they do not depend on suffices: 1,000,000.00 at the lowest price, the claim is 1,000,000.00" },
	{ "SZ-15", BUNDLE(CLAIM_1M, MACHINES(",\"asked_first\":true") "," HOUSE("shop", 200000000, ""), HOLD("z2", "machines", "seal")), "" },
	{ "SZ-15", BUNDLE(CLAIM_1M, HOUSE("flat", 200000000, "") "," HOUSE("shop", 100000000, ",\"asked_first\":true"), HOLD("z2", "flat", "seal")),
	  "shop review: the debtor asks to begin with shop, which is not seized, though others are: it is to be allowed unless it delays" },
	/* 10 yuan a share: 100,000 pay the claim, at 8 yuan 125,000 */
	{ "SZ-16", BUNDLE(CLAIM_1M, SHARES(",\"close_fen\":1000"), FROZEN(",\"shares\":125000")), "" },
	{ "SZ-16", BUNDLE(CLAIM_1M, SHARES(",\"close_fen\":1000"), FROZEN(",\"shares\":125001")),
	  "z5 warn: shares: 125001 shares are frozen; at the closing price 100000 pay the claim, at a price 20 % lower 125000" },
	{ "SZ-16", BUNDLE(CLAIM_1M, SHARES(",\"close_fen\":1000,\"encumbrances\":[{\"holder\":\"银行\",\"kind\":\"pledge\",\"fen\":50000000}]"), FROZEN(",\"shares\":187500")), "" },
	{ "SZ-16", BUNDLE(CLAIM_1M, SHARES(""), "{\"id\":\"z5\",\"asset\":\"shares\",\"measure\":\"freeze\",\"served_at\":\"2019-12-15\"}"), "" },
	{ "SZ-16", BUNDLE(CLAIM_1M, SHARES(""), FROZEN("")), "z5 review: shares: close_fen missing; z5 review: shares: shares missing" },
	{ "SZ-16", BUNDLE(CLAIM_1M, STAKE, PUBLISHED("")), "" },
	/* of 200,000 shares as many count as are frozen */
	{ "SZ-10", BUNDLE(CLAIM_1M, SHARES(",\"close_fen\":1000,\"shares\":200000"), FROZEN(",\"shares\":110000")),
	  " review: seized is 1,100,000.00, at the lowest price 880,000.00, and the claim is 1,000,000.00: whether that is obviously too much is to be judged" },
	{ "SZ-17", BUNDLE(CLAIM_1M, STAKE, PUBLISHED(",\"shares\":1000,\"asked_shares\":1000")), "" },
	{ "SZ-17", BUNDLE(CLAIM_1M, STAKE, PUBLISHED(",\"shares\":1001,\"asked_shares\":1000")), "z4 violation: stake: more is frozen than the creditor asked for" },
	{ "SZ-17", BUNDLE(CLAIM_1M, STAKE, PUBLISHED(",\"ratio\":{\"num\":3,\"den\":10},\"asked_ratio\":{\"num\":30,\"den\":100}")), "" },
	{ "SZ-17", BUNDLE(CLAIM_1M, STAKE, PUBLISHED(",\"ratio\":{\"num\":1,\"den\":3},\"asked_ratio\":{\"num\":30,\"den\":100}")),
	  "z4 violation: stake: more is frozen than the creditor asked for" },
	{ "SZ-17", BUNDLE(CLAIM_1M, STAKE, "{\"id\":\"z4\",\"asset\":\"stake\",\"measure\":\"freeze\",\"published_at\":\"2021-12-31\"}"), "" },
	{ "SZ-17", BUNDLE(CLAIM_1M, STAKE, PUBLISHED("")), "z4 review: stake: asked_shares missing" },
	/* seven days from 2025-04-28: 05-05 is a holiday */
	{ "SZ-17", BUNDLE(CLAIM_1M, STAKE, PUBLISHED(",\"shares\":1,\"asked_shares\":1,\"value_objection\":{\"result\":\"upheld\",\"effective_on\":\"2025-04-28\"}")),
	  "z4 info: stake: the objection to the value was upheld: the excess is to be released until 2025-05-06", "2025-05-06" },
	{ "SZ-17", BUNDLE(CLAIM_1M, STAKE, PUBLISHED(",\"shares\":1,\"asked_shares\":1,\"value_objection\":{\"result\":\"upheld\",\"effective_on\":\"2025-04-28\"}")),
	  "z4 violation: stake: the objection to the value was upheld, and the excess was not released until 2025-05-06", "2025-05-07" },
	{ "SZ-17", BUNDLE(CLAIM_1M, STAKE, PUBLISHED(",\"shares\":1,\"asked_shares\":1,\"value_objection\":{\"result\":\"upheld\",\"effective_on\":\"2025-04-28\",\"excess_released_on\":\"2025-05-07\"}")),
	  "z4 violation: stake: the objection to the value was upheld, and the excess was released after 2025-05-06" },
	{ "SZ-17", BUNDLE(CLAIM_1M, STAKE, PUBLISHED(",\"shares\":1,\"asked_shares\":1,\"value_objection\":{\"result\":\"upheld\",\"effective_on\":\"2025-04-28\",\"excess_released_on\":\"2025-05-06\"}")), "" },
	{ "SZ-17", BUNDLE(CLAIM_1M, STAKE, PUBLISHED(",\"shares\":1,\"asked_shares\":1,\"value_objection\":{\"result\":\"upheld\"}")), "z4 review: stake: value_objection.effective_on missing" },
	{ "SZ-18", BUNDLE(CLAIM_1M, STAKE, PUBLISHED(",\"value_objection\":{\"result\":\"rejected\"}")), "" },
	{ "SZ-18", BUNDLE(CLAIM_1M, STAKE, PUBLISHED(",\"value_objection\":{\"received_on\":\"2025-04-01\"}")),
	  "z4 info: stake: its value is disputed: on request it may be appraised, and the seizure goes on meanwhile" },
	{ "SZ-18", BUNDLE(CLAIM_1M, STAKE, PUBLISHED(",\"value_objection\":{\"received_on\":\"2025-04-01\"},\"released_at\":\"2025-04-10\"")),
	  "z4 warn: stake was released while its value is disputed (value_objection.result missing)" },
	{ "SZ-20", BUNDLE(CLAIM_1M, HOUSE("flat", 150000000, ""), HOLD("z2", "flat", "seal")),
	  " info: the law has no percentage that is obvious; this court's: from 100 % of the claim, at 56 % of the reference price" },
	{ "SZ-20", BUNDLE(CLAIM_1M, HOUSE("flat", 90000000, ""), HOLD("z2", "flat", "seal")), "" },
};

#endif
