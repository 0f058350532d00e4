/* SPDX-License-Identifier: MIT */
/* Rows of test_seizure_rules.c: was it done as it must be? */
#ifndef GAVEL_SEIZURE_ROWS_FORM_H
#define GAVEL_SEIZURE_ROWS_FORM_H

#define ASSET(type, more) "\"assets\":[{\"id\":\"a1\",\"type\":\"" type "\"" more "}]"
#define SEIZED(measure, more) "\"seizures\":[{\"id\":\"z1\",\"asset\":\"a1\",\"measure\":\"" measure "\",\"until\":\"2027-03-01\"" more "}]"
#define SERVED ",\"served_at\":\"2025-03-01T09:10+08:00\""
#define SIGNED ",\"ruled_on\":\"2025-02-27\",\"assistance_on\":\"2025-02-28\""
#define TOLD ",\"parties_told_on\":\"2025-03-02\""
#define PRESERVED ",\"stage\":\"preservation\""
#define REGISTRY ",\"registry\":\"市不动产登记中心\""
#define RECORD(more) ",\"inventory\":{\"started_at\":\"2025-03-01T09:00+08:00\",\"ended_at\":\"2025-03-01T11:00+08:00\",\"place\":\"仓库\",\"items\":\"车床3台\"" more "}"

static const struct row form_rows[] = {
	{ "SZ-01", ASSET("immovable", REGISTRY) "," SEIZED("seal", SERVED SIGNED TOLD), "" },
	{ "SZ-01", ASSET("immovable", REGISTRY) "," SEIZED("seal", SERVED), "z1 review: a1: ruled_on, assistance_on, parties_told_on missing" },
	{ "SZ-01", ASSET("movable", "") "," SEIZED("seize", SERVED ",\"ruled_on\":\"2025-02-27\"" TOLD), "" },
	{ "SZ-01", ASSET("deposit", "") "," SEIZED("freeze", SERVED ",\"ruled_on\":\"2025-03-02\",\"assistance_on\":\"2025-03-01\"" TOLD),
	  "z1 violation: a1: served_at 2025-03-01T09:10+08:00 is before it was signed: ruled_on 2025-03-02" },
	/* effect begins with the service, not with the signature */
	{ "SZ-01", ASSET("immovable", REGISTRY) "," SEIZED("seal", SERVED SIGNED TOLD ",\"effective_at\":\"2025-02-27\""),
	  "z1 violation: a1: effect begins at 2025-03-01T09:10+08:00 (served_at), not at 2025-02-27 (effective_at)" },
	{ "SZ-01", ASSET("immovable", REGISTRY) "," SEIZED("seal", SERVED SIGNED TOLD ",\"effective_at\":\"2025-03-01T09:00+08:00\""),
	  "z1 violation: a1: effect begins at 2025-03-01T09:10+08:00 (served_at), not at 2025-03-01T09:00+08:00 (effective_at)" },
	{ "SZ-01", ASSET("immovable", REGISTRY) "," SEIZED("seal", SERVED SIGNED TOLD ",\"effective_at\":\"2025-03-01\""), "" },
	{ "SZ-01", ASSET("immovable", REGISTRY) "," SEIZED("seal", SERVED ",\"released_at\":\"2025-04-01\""), "" },
	{ "SZ-02", ASSET("equity", "") "," SEIZED("freeze", SERVED ",\"published_at\":\"2025-03-03\",\"company_told_on\":\"2025-03-04\",\"effective_at\":\"2025-03-03\""), "" },
	{ "SZ-02", ASSET("equity", "") "," SEIZED("freeze", SERVED ",\"published_at\":\"2025-03-03\",\"company_told_on\":\"2025-03-04\",\"effective_at\":\"2025-03-01\""),
	  "z1 violation: a1: effect begins at 2025-03-03 (published_at), not at 2025-03-01 (effective_at)" },
	{ "SZ-02", ASSET("equity", "") "," SEIZED("freeze", ",\"ruled_on\":\"2025-03-04\",\"published_at\":\"2025-03-03\",\"company_told_on\":\"2025-03-04\""),
	  "z1 violation: a1: published_at 2025-03-03 is before it was signed: ruled_on 2025-03-04" },
	{ "SZ-02", ASSET("equity", "") "," SEIZED("freeze", SERVED), "z1 review: a1: published_at, company_told_on missing" },
	{ "SZ-02", ASSET("equity", "") "," SEIZED("freeze", ",\"served_at\":\"2021-12-31\""), "" },
	/* before that date it had effect by service */
	{ "SZ-01", ASSET("equity", "") "," SEIZED("freeze", ",\"ruled_on\":\"2021-12-19\",\"assistance_on\":\"2021-12-19\",\"parties_told_on\":\"2021-12-20\",\"served_at\":\"2021-12-20\",\"effective_at\":\"2021-12-20\""), "" },
	{ "SZ-01", ASSET("equity", "") "," SEIZED("freeze", ",\"ruled_on\":\"2021-12-19\",\"assistance_on\":\"2021-12-19\",\"parties_told_on\":\"2021-12-20\""), "z1 review: a1: served_at missing" },
	{ "SZ-02", ASSET("immovable", "") "," SEIZED("seal", SERVED), "" },
	{ "SZ-03", ASSET("vehicle", ",\"title_in\":\"debtor\"") "," SEIZED("seize", SERVED), "" },
	{ "SZ-03", ASSET("vehicle", ",\"title_in\":\"third-party\",\"confirmed_on\":\"2025-02-28\"") "," SEIZED("seize", SERVED), "" },
	{ "SZ-03", ASSET("vehicle", ",\"title_in\":\"third-party\"") "," SEIZED("seize", SERVED),
	  "z1 violation: a1 is a third party's, which has not confirmed in writing that it is the debtor's (confirmed_on)" },
	{ "SZ-03", ASSET("vehicle", ",\"title_in\":\"third-party\",\"confirmed_on\":\"2025-03-02\"") "," SEIZED("seize", SERVED),
	  "z1 warn: a1 is a third party's, which confirmed that it is the debtor's only after the seizure" },
	{ "SZ-03", ASSET("vehicle", "") "," SEIZED("seize", SERVED), "z1 review: a1: title_in missing" },
	{ "SZ-03", ASSET("deposit", "") "," SEIZED("freeze", SERVED), "" },
	{ "SZ-04", ASSET("immovable", REGISTRY) "," SEIZED("seal", SERVED ",\"registered_at\":\"2025-03-01\""), "" },
	{ "SZ-04", ASSET("immovable", REGISTRY) "," SEIZED("seal", SERVED),
	  "z1 review: a1: registered_at missing: what is not registered does not prevail over what is" },
	{ "SZ-04", ASSET("movable", "") "," SEIZED("seal", SERVED),
	  "z1 review: a1: noticed_on missing: without public notice it has no effect against a third party in good faith" },
	{ "SZ-04", ASSET("movable", "") "," SEIZED("seize", SERVED ",\"custodian\":\"court\""), "" },
	{ "SZ-05", ASSET("movable", "") "," SEIZED("seize", SERVED RECORD(",\"custodian\":\"张三\",\"signed\":true,\"list_given_on\":\"2025-03-01\",\"debtor_called\":true")), "" },
	{ "SZ-05", ASSET("movable", "") "," SEIZED("seize", SERVED RECORD(",\"signed\":true,\"list_given_on\":\"2025-03-01\",\"debtor_called\":true")),
	  "z1 violation: a1: the record does not state: custodian" },
	{ "SZ-05", ASSET("movable", "") "," SEIZED("seize", SERVED RECORD(",\"custodian\":\"张三\",\"signed\":false,\"debtor_called\":false")),
	  "z1 review: a1: inventory.list_given_on missing; z1 violation: a1: the record is not signed by all who must; "
	  "z1 violation: a1: nobody of the debtor's was called to attend" },
	{ "SZ-05", ASSET("movable", "") "," SEIZED("seize", SERVED), "z1 review: a1: inventory missing" },
	{ "SZ-05", ASSET("deposit", "") "," SEIZED("freeze", SERVED), "" },
	{ "SZ-05", ASSET("deposit", "") "," SEIZED("freeze", SERVED ",\"inventory\":{\"started_at\":\"2025-03-01T10:00+08:00\",\"ended_at\":\"2025-03-01T09:59+08:00\","
	  "\"place\":\"银行\",\"items\":\"账户1个\",\"custodian\":\"银行\",\"signed\":true}"), "z1 violation: a1: the record ends before it begins (ended_at)" },
	{ "SZ-06", ASSET("deposit", "") "," SEIZED("freeze", SERVED PRESERVED ",\"parties_told_on\":\"2025-03-01\""), "" },
	{ "SZ-06", ASSET("deposit", "") "," SEIZED("freeze", SERVED PRESERVED), "z1 warn: a1: that the preserved party was told at once is not recorded (parties_told_on)" },
	{ "SZ-06", ASSET("deposit", "") "," SEIZED("freeze", SERVED PRESERVED ",\"parties_told_on\":\"2025-03-21\""),
	  "z1 review: a1: the preserved party was told 20 days after the effect began: was that at once?" },
	{ "SZ-06", ASSET("deposit", "") "," SEIZED("freeze", SERVED), "" },
	{ "SZ-07", ASSET("movable", ",\"production\":true") "," SEIZED("seal", SERVED PRESERVED ",\"custodian\":\"debtor\",\"use_allowed\":true,\"use_lowers_value\":true"), "" },
	{ "SZ-07", ASSET("movable", ",\"production\":true") "," SEIZED("seal", SERVED PRESERVED ",\"custodian\":\"debtor\",\"use_allowed\":false"),
	  "z1 violation: a1 serves production and the debtor keeps it: its use must be allowed" },
	{ "SZ-07", ASSET("movable", ",\"production\":true") "," SEIZED("seal", SERVED PRESERVED ",\"custodian\":\"debtor\""), "z1 review: a1: use_allowed missing" },
	{ "SZ-07", ASSET("movable", ",\"production\":true") "," SEIZED("seal", SERVED ",\"custodian\":\"debtor\",\"use_allowed\":false"), "" },
	{ "SZ-07", ASSET("vehicle", "") "," SEIZED("seize", SERVED ",\"custodian\":\"creditor\",\"use_allowed\":true"),
	  "z1 violation: a1: a custodian that is not the debtor (creditor) may not use it" },
	{ "SZ-07", ASSET("vehicle", "") "," SEIZED("seize", SERVED ",\"custodian\":\"debtor\",\"use_allowed\":true,\"use_lowers_value\":true"),
	  "z1 violation: a1: the debtor may use it, though that lowers its value much" },
	{ "SZ-07", ASSET("vehicle", "") "," SEIZED("seize", SERVED), "z1 review: a1: custodian missing" },
	{ "SZ-08", ASSET("immovable", REGISTRY ",\"land_registry\":\"国土局\"") "," SEIZED("seal", SERVED ",\"land_registered_at\":\"2025-03-01\""), "" },
	{ "SZ-08", ASSET("immovable", REGISTRY ",\"land_registry\":\"国土局\",\"land_of_other\":true") "," SEIZED("seal", SERVED), "" },
	{ "SZ-08", ASSET("immovable", REGISTRY ",\"land_registry\":\"国土局\"") "," SEIZED("seal", SERVED),
	  "z1 warn: a1: building and land have two registries, and the seizure is not recorded at 国土局 (land_registered_at)" },
	{ "SZ-08", ASSET("movable", ",\"lost_on\":\"2025-04-01\"") "," SEIZED("seal", SERVED),
	  "z1 warn: a1 was lost on 2025-04-01: a new ruling must take what replaces it (substitute_ruled_on)" },
	{ "SZ-09", ASSET("immovable", ",\"transfer_accepted_on\":\"2025-02-20\"") "," SEIZED("seal", SERVED),
	  "z1 info: a1: the registry had accepted a transfer and not completed it: the seizure wins" },
	{ "SZ-09", ASSET("immovable", ",\"transfer_done_on\":\"2025-03-01T09:09:59+08:00\"") "," SEIZED("seal", SERVED),
	  "z1 violation: a1 had passed to another before the seizure was served (transfer_done_on)" },
	{ "SZ-09", ASSET("immovable", ",\"transfer_done_on\":\"2025-03-01\"") "," SEIZED("seal", SERVED),
	  "z1 review: a1: transfer and seizure are of one day, and the times are missing (transfer_done_on, served_at)" },
	{ "SZ-09", ASSET("immovable", ",\"transfer_done_on\":\"2025-03-01T10:00+08:00\"") "," SEIZED("seal", SERVED),
	  "z1 warn: a1 passed to another after the seizure took effect: the seizure wins" },
	{ "SZ-09", ASSET("immovable", ",\"transfer_notice_at\":\"2025-02-28\"") "," SEIZED("seal", SERVED),
	  "z1 warn: a1: another court's notice to transfer was served earlier: the transfer goes first" },
	{ "SZ-09", ASSET("immovable", "") "," SEIZED("seal", SERVED), "" },
};

#endif
