/* SPDX-License-Identifier: MIT */
/* Rows of test_seizure_rules.c: what may not be seized, or only held? */
#ifndef GAVEL_SEIZURE_ROWS_EXEMPT_H
#define GAVEL_SEIZURE_ROWS_EXEMPT_H

#define FOR(more) "\"claim\":{\"stage\":\"enforcement\",\"principal_fen\":100000000" more "}"
#define ACCOUNT(word, more) "\"assets\":[{\"id\":\"a1\",\"type\":\"deposit\",\"balance_fen\":100000000,\"account\":\"" word "\"" more "}]"
#define FROZE(more) "\"seizures\":[{\"id\":\"z1\",\"asset\":\"a1\",\"measure\":\"freeze\",\"served_at\":\"2025-03-01\",\"until\":\"2026-03-01\",\"sum_fen\":100000000" more "}]"
#define TOOK(fen) "{\"event\":\"transfer\",\"on\":\"2025-04-01\",\"fen\":" #fen "}"
#define EVENTS(list) ",\"events\":[" list "]"
#define RIGHTS(list) ",\"encumbrances\":[" list "]"
#define RIGHT(kind, on, rank) "{\"holder\":\"甲银行\",\"kind\":\"" kind "\",\"on\":\"" on "\",\"rank\":" #rank ",\"fen\":1}"

static const struct row exempt_rows[] = {
	{ "SZ-21", ASSET("movable", ",\"exempt\":\"education\"") "," SEIZED("seize", SERVED), "z1 violation: a1 must not be seized (education)" },
	{ "SZ-21", ASSET("movable", ",\"exempt\":\"honour\"") "," SEIZED("seize", SERVED ",\"released_at\":\"2025-03-05\""), "" },
	{ "SZ-21", ASSET("movable", "") "," SEIZED("seize", SERVED), "" },
	{ "SZ-22", ASSET("income", ",\"income_fen\":800000,\"kept_fen\":300000,\"living_fen\":300000") "," SEIZED("freeze", SERVED), "" },
	{ "SZ-22", ASSET("income", ",\"income_fen\":800000,\"kept_fen\":299999,\"living_fen\":300000") "," SEIZED("freeze", SERVED),
	  "z1 violation: a1: 2,999.99 a month is left to live on, and 3,000.00 is necessary" },
	{ "SZ-22", ASSET("income", ",\"income_fen\":200000,\"kept_fen\":200000,\"living_fen\":300000") "," SEIZED("freeze", SERVED), "" },
	{ "SZ-22", ASSET("income", ",\"kept_fen\":0") "," SEIZED("freeze", SERVED), "z1 violation: a1: nothing is left to live on (kept_fen 0)" },
	{ "SZ-22", ASSET("income", "") "," SEIZED("freeze", SERVED), "z1 review: a1: kept_fen, living_fen missing" },
	{ "SZ-23", ASSET("immovable", ",\"dwelling\":true") "," SEIZED("seal", SERVED), "" },
	{ "SZ-23", ASSET("immovable", ",\"dwelling\":true") "," SEIZED("seal", SERVED EVENTS("{\"event\":\"auction-notice\",\"on\":\"2025-05-01\"}")),
	  "z1 violation: a1 may be held, but not taken: auction-notice on 2025-05-01" },
	{ "SZ-23", ASSET("immovable", ",\"dwelling\":true") "," SEIZED("seal", SERVED ",\"released_at\":\"2025-05-20\"" EVENTS("{\"event\":\"dispose\",\"on\":\"2025-05-10\"}")),
	  "z1 violation: a1 may be held, but not taken: dispose on 2025-05-10" },
	{ "SZ-23", ASSET("immovable", ",\"dwelling\":true,\"dwelling_sale\":\"other-home\"") "," SEIZED("seal", SERVED EVENTS("{\"event\":\"auction-notice\",\"on\":\"2025-05-01\"}")), "" },
	{ "SZ-24", ASSET("immovable", ",\"dwelling\":true,\"dwelling_sale\":\"rent-deducted\",\"rent_years\":5") "," SEIZED("seal", SERVED), "" },
	{ "SZ-24", ASSET("immovable", ",\"dwelling\":true,\"dwelling_sale\":\"rent-deducted\",\"rent_years\":4") "," SEIZED("seal", SERVED),
	  "z1 violation: a1: 4 years of rent are deducted; the law says 5 to 8" },
	{ "SZ-24", ASSET("immovable", ",\"dwelling\":true,\"dwelling_sale\":\"rent-deducted\",\"rent_years\":9") "," SEIZED("seal", SERVED),
	  "z1 violation: a1: 9 years of rent are deducted; the law says 5 to 8" },
	{ "SZ-24", ASSET("immovable", ",\"dwelling\":true,\"dwelling_sale\":\"rent-deducted\"") "," SEIZED("seal", SERVED), "z1 review: a1: rent_years missing" },
	{ "SZ-24", FOR(",\"notice_served_on\":\"2025-01-31\"") "," ASSET("immovable", ",\"dwelling\":true,\"to_deliver\":true,\"evicted_on\":\"2025-04-30\"") "," SEIZED("seal", SERVED),
	  "z1 violation: a1: the grace of three months runs until 2025-04-30, and the house was cleared before" },
	{ "SZ-24", FOR(",\"notice_served_on\":\"2025-01-31\"") "," ASSET("immovable", ",\"dwelling\":true,\"to_deliver\":true,\"evicted_on\":\"2025-05-01\"") "," SEIZED("seal", SERVED), "" },
	{ "SZ-24", FOR("") "," ASSET("immovable", ",\"dwelling\":true,\"to_deliver\":true") "," SEIZED("seal", SERVED), "z1 review: a1: claim.notice_served_on missing" },
	/* W-13: a steel supplier's claim; wages of another project; wages of the same */
	{ "SZ-25", FOR(",\"nature\":\"material\"") "," ACCOUNT("wages", ",\"project\":\"一期\"") "," FROZE(""),
	  "z1 violation: a1 is kept for wages of workers, and the claim is not for wages (material)" },
	{ "SZ-25", FOR(",\"nature\":\"wages\",\"project\":\"二期\"") "," ACCOUNT("wages", ",\"project\":\"一期\"") "," FROZE(""),
	  "z1 violation: a1 is kept for wages of workers of 一期, and the claim is of 二期" },
	{ "SZ-25", FOR(",\"nature\":\"wages\",\"project\":\"一期\"") "," ACCOUNT("wages", ",\"project\":\"一期\"") "," FROZE(""), "" },
	{ "SZ-25", FOR(",\"nature\":\"wages\",\"project\":\"一期\"") "," ACCOUNT("wage-deposit", "") "," FROZE(""), "z1 review: a1: project missing" },
	{ "SZ-25", FOR("") "," ACCOUNT("wages", ",\"project\":\"一期\"") "," FROZE(""), "z1 review: a1: claim.nature missing" },
	{ "SZ-25", FOR(",\"nature\":\"material\"") "," ACCOUNT("wages", ",\"excess_fen\":100000000") "," FROZE(""), "" },
	/* what is released of it no longer counts, what was taken does */
	{ "SZ-25", FOR(",\"nature\":\"material\"") "," ACCOUNT("wages", ",\"excess_fen\":30000000") "," FROZE(EVENTS("{\"event\":\"release-part\",\"on\":\"2025-03-20\",\"sum_fen\":70000000}")), "" },
	{ "SZ-25", FOR(",\"nature\":\"material\"") "," ACCOUNT("wages", ",\"excess_fen\":30000000") "," FROZE(EVENTS("{\"event\":\"transfer\",\"on\":\"2025-03-20\",\"fen\":70000000}")),
	  "z1 violation: a1 is kept for wages of workers, and the claim is not for wages (material)" },
	{ "SZ-25", FOR(",\"nature\":\"material\"") "," ACCOUNT("wages", ",\"excess_fen\":99999999") "," FROZE(""),
	  "z1 violation: a1 is kept for wages of workers, and the claim is not for wages (material)" },
	{ "SZ-25", FOR(",\"nature\":\"wages\",\"project\":\"一期\"") "," ACCOUNT("wages", ",\"project\":\"一期\",\"agency_objected_on\":\"2025-03-20\"") "," FROZE(EVENTS(TOOK(1))),
	  "z1 warn: a1: a measure was taken on 2025-04-01, while the agency's objection was examined" },
	{ "SZ-25", FOR(",\"nature\":\"wages\",\"project\":\"一期\"") "," ACCOUNT("wages", ",\"project\":\"一期\",\"agency_objected_on\":\"2025-03-20\",\"agency_decided_on\":\"2025-04-01\"") "," FROZE(EVENTS(TOOK(1))), "" },
	{ "SZ-25", FOR(",\"nature\":\"wages\",\"project\":\"一期\"") "," ACCOUNT("wages", ",\"project\":\"一期\",\"agency_objected_on\":\"2025-02-20\"") "," FROZE(""),
	  "z1 warn: a1: a measure was taken on 2025-03-01, while the agency's objection was examined" },
	{ "SZ-26", ACCOUNT("social-insurance", "") "," FROZE(""), "z1 warn: a1 must not be seized (social-insurance)" },
	{ "SZ-26", ACCOUNT("social-insurance", "") "," FROZE(",\"released_at\":\"2025-05-01\""), "" },
	{ "SZ-26", ACCOUNT("social-insurance", "") "," FROZE(",\"released_at\":\"2025-05-01\"" EVENTS(TOOK(1))), "z1 warn: a1 must not be seized (social-insurance)" },
	{ "SZ-26", ACCOUNT("ordinary", "") "," FROZE(""), "" },
	{ "SZ-27", FOR(",\"nature\":\"ordinary\"") "," ACCOUNT("presale", ",\"quota_fen\":60000000") "," FROZE(",\"authority_told_on\":\"2025-03-01\"" EVENTS(TOOK(40000000))), "" },
	{ "SZ-27", FOR(",\"nature\":\"ordinary\"") "," ACCOUNT("presale", ",\"quota_fen\":60000000") "," FROZE(",\"authority_told_on\":\"2025-03-01\"" EVENTS(TOOK(40000001))),
	  "z1 warn: a1: money within the supervised quota was taken before the first registration: 599,999.99 left, the quota is 600,000.00" },
	{ "SZ-27", FOR(",\"nature\":\"ordinary\"") "," ACCOUNT("presale", ",\"quota_fen\":60000000,\"first_registered_on\":\"2025-04-01\"") "," FROZE(",\"authority_told_on\":\"2025-03-01\"" EVENTS(TOOK(90000000))), "" },
	{ "SZ-27", FOR(",\"nature\":\"progress\",\"project\":\"一期\"") "," ACCOUNT("presale", ",\"project\":\"一期\",\"quota_fen\":60000000") "," FROZE(",\"authority_told_on\":\"2025-03-01\"" EVENTS(TOOK(90000000))), "" },
	/* taken before the rule was there */
	{ "SZ-27", FOR(",\"nature\":\"ordinary\"") "," ACCOUNT("presale", ",\"quota_fen\":60000000") ",\"seizures\":[{\"id\":\"z1\",\"asset\":\"a1\",\"measure\":\"freeze\",\"served_at\":\"2021-12-01\","
	  "\"until\":\"2025-12-01\",\"events\":[{\"event\":\"transfer\",\"on\":\"2022-01-10\",\"fen\":100000000}]}]", "" },
	{ "SZ-27", FOR("") "," ACCOUNT("presale", "") "," FROZE(""), "z1 warn: a1: that the housing authority was told is not recorded (authority_told_on)" },
	{ "SZ-27", FOR(",\"nature\":\"other\"") "," ACCOUNT("presale", "") "," FROZE(",\"authority_told_on\":\"2025-03-01\"" EVENTS(TOOK(1))), "z1 review: a1: quota_fen missing" },
	{ "SZ-27", FOR("") "," ACCOUNT("presale", "") "," FROZE(",\"authority_told_on\":\"2025-03-01\"" EVENTS(TOOK(1))), "z1 review: a1: claim.nature missing" },
	{ "SZ-27", FOR(",\"nature\":\"progress\"") "," ACCOUNT("presale", ",\"project\":\"一期\"") "," FROZE(",\"authority_told_on\":\"2025-03-01\"" EVENTS(TOOK(1))), "z1 review: a1: claim.project missing" },
	/* W-15: frozen, then taken; the bank had paid 600,000 and applied */
	{ "SZ-28", ACCOUNT("letter-of-credit", ",\"bank_paid_fen\":60000000,\"bank_applied_on\":\"2025-03-20\"") "," FROZE(EVENTS(TOOK(100000000))),
	  "z1 violation: a1 may be held, but not taken: transfer on 2025-04-01; z1 violation: a1: the bank has paid and applied: 600,000.00 must be released at once" },
	{ "SZ-28", ACCOUNT("letter-of-credit", ",\"bank_paid_fen\":60000000,\"bank_applied_on\":\"2025-03-20\"") "," FROZE(EVENTS("{\"event\":\"release-part\",\"on\":\"2025-03-20\",\"sum_fen\":60000000}")), "" },
	{ "SZ-28", ACCOUNT("letter-of-credit", ",\"bank_paid_fen\":60000000") "," FROZE(""), "z1 review: a1: bank_applied_on missing" },
	{ "SZ-28", ACCOUNT("letter-of-credit", "") "," FROZE(""), "" },
	{ "SZ-28", ACCOUNT("letter-of-credit", ",\"deposit_ended\":true") "," FROZE(EVENTS(TOOK(100000000))), "" },
	{ "SZ-29", ACCOUNT("acceptance", "") "," FROZE(""), "" },
	{ "SZ-29", ACCOUNT("acceptance", "") "," FROZE(EVENTS(TOOK(1))), "z1 warn: a1 may be held, but not taken: transfer on 2025-04-01" },
	{ "SZ-30", ACCOUNT("reserve", "") "," FROZE(""), "z1 violation: a1 must not be seized (reserve)" },
	{ "SZ-30", ASSET("immovable", ",\"bank_premises\":true") "," SEIZED("seal", SERVED), "z1 violation: a1 must not be seized (bank_premises)" },
	{ "SZ-30", ACCOUNT("ordinary", "") "," FROZE(""), "" },
	{ "SZ-31", ASSET("right", ",\"trust\":true") "," SEIZED("freeze", SERVED), "z1 violation: a1 must not be seized (trust)" },
	{ "SZ-31", ASSET("right", ",\"trust\":true,\"trust_exception\":\"trust-debt\"") "," SEIZED("freeze", SERVED), "" },
	{ "SZ-32", ACCOUNT("provident-fund", ",\"withdrawable\":true") "," FROZE(EVENTS(TOOK(1))), "" },
	{ "SZ-32", ACCOUNT("provident-fund", ",\"withdrawable\":false") "," FROZE(EVENTS(TOOK(1))), "z1 warn: a1 may be held, but not taken: transfer on 2025-04-01" },
	{ "SZ-32", ACCOUNT("provident-fund", "") "," FROZE(EVENTS(TOOK(1))), "z1 review: a1: withdrawable missing" },
	{ "SZ-33", ACCOUNT("union", "") "," FROZE(""), "z1 review: a1 is said to be no object of seizure (union): the text on it is to be looked up" },
	{ "SZ-33", ACCOUNT("ordinary", "") "," FROZE(""), "" },
	{ "SZ-34", ASSET("immovable", RIGHTS(RIGHT("tax", "2024-01-01", 1) "," RIGHT("mortgage", "2024-02-01", 2))) "," SEIZED("seal", SERVED), "" },
	{ "SZ-34", ASSET("immovable", RIGHTS(RIGHT("tax", "2024-01-01", 2) "," RIGHT("mortgage", "2024-02-01", 1))) "," SEIZED("seal", SERVED),
	  "z1 violation: a1: the tax in arrears arose before the right of 甲银行, and ranks before it" },
	{ "SZ-34", ASSET("immovable", RIGHTS(RIGHT("tax", "2024-03-01", 1) "," RIGHT("mortgage", "2024-02-01", 2))) "," SEIZED("seal", SERVED),
	  "z1 violation: a1: the tax in arrears arose after the right of 甲银行, and ranks behind it" },
	{ "SZ-34", ASSET("immovable", RIGHTS("{\"holder\":\"税务局\",\"kind\":\"tax\",\"on\":\"2024-01-01\"}," RIGHT("pledge", "2024-02-01", 1))) "," SEIZED("seal", SERVED),
	  "z1 info: a1: the tax in arrears arose before the right of 甲银行, and ranks before it" },
	{ "SZ-34", ASSET("immovable", RIGHTS(RIGHT("tax", "2024-02-01", 1) "," RIGHT("lien", "2024-02-01", 2))) "," SEIZED("seal", SERVED),
	  "z1 review: a1: the tax in arrears and the right of 甲银行 are of one day: which ranks first is to be judged" },
	{ "SZ-34", ASSET("immovable", RIGHTS("{\"holder\":\"税务局\",\"kind\":\"tax\"}," RIGHT("mortgage", "2024-02-01", 2))) "," SEIZED("seal", SERVED), "z1 review: a1: encumbrances.on missing" },
	/* tax that arose after the seizure ranks before the claim all the same; a mortgage does not */
	{ "SZ-10", FOR(",\"fee_fen\":0") "," ASSET("immovable", ",\"value_fen\":120000000" RIGHTS("{\"holder\":\"税务局\",\"kind\":\"tax\",\"on\":\"2025-04-01\",\"fen\":20000000}")) "," SEIZED("seal", SERVED), "" },
	{ "SZ-10", FOR(",\"fee_fen\":0") "," ASSET("immovable", ",\"value_fen\":120000000" RIGHTS("{\"holder\":\"银行\",\"kind\":\"mortgage\",\"on\":\"2025-04-01\",\"fen\":20000000}")) "," SEIZED("seal", SERVED),
	  " review: seized is 1,200,000.00, at the lowest price 672,000.00, and the claim is 1,000,000.00: whether that is obviously too much is to be judged" },
};

#endif
