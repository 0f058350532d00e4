/* SPDX-License-Identifier: MIT */
/* Rows of test_seizure_rules.c: the reference price. */
#ifndef GAVEL_SEIZURE_ROWS_PRICE_H
#define GAVEL_SEIZURE_ROWS_PRICE_H

#define IN_ENFORCEMENT "\"claim\":{\"stage\":\"enforcement\"},"
#define PRICED(price, more) IN_ENFORCEMENT "\"assets\":[{\"id\":\"home\",\"type\":\"immovable\",\"price\":{" price "}}],\"seizures\":[" SZ("z1", "home", TERM("2025-03-01", "2028-03-01") more) "]"
#define VALUED(more) PRICED("\"method\":\"appraisal\",\"on\":\"2024-07-01\",\"valid_until\":\"2025-06-30\"", more)
#define ONLINE(more) PRICED("\"method\":\"online-inquiry\",\"asked_on\":\"2025-03-10\",\"platforms\":3,\"platforms_listed\":3" more, "")
#define APPRAISED(more) PRICED("\"method\":\"appraisal\",\"agencies\":3,\"commissioned_on\":\"2025-03-10\"" more, "")
#define RESULT(fen, on, more) "{\"fen\":" #fen ",\"on\":\"" on "\"" more "}"
#define REPORT_OBJECTION(got, on) ",\"objections\":[{\"by\":\"李四\",\"report_received_on\":\"" got "\",\"received_on\":\"" on "\"}]"

static const struct row price_rows[] = {
	/* thirty days from 2025-03-01: to 2025-03-31 */
	{ "RP-01", PRICED("\"asked_on\":\"2025-03-31\"", ""), "" },
	{ "RP-01", PRICED("\"asked_on\":\"2025-04-01\"", ""), "home violation: home: the reference price procedure is to be started by 2025-03-31 at the latest, price.asked_on is 2025-04-01" },
	{ "RP-01", IN_ENFORCEMENT ONE(T_HOME, SZ("z1", "home", TERM("2025-03-01", "2028-03-01"))),
	  "home review: home: the reference price procedure is to be started by 2025-03-31 at the latest, price.asked_on missing" },
	{ "RP-01", IN_ENFORCEMENT ONE("\"assets\":[{\"id\":\"home\",\"type\":\"immovable\",\"to_sell\":false}]", SZ("z1", "home", TERM("2025-03-01", "2028-03-01"))), "" },
	{ "RP-01", IN_ENFORCEMENT ONE(MONEY, SZ("z1", "money", TERM("2025-03-01", "2026-03-01"))), "" },
	{ "RP-01", "\"claim\":{\"stage\":\"preservation\"}," ONE(T_HOME, SZ("z1", "home", TERM("2025-03-01", "2028-03-01"))), "" },
	{ "RP-01", "\"claim\":{\"stage\":\"enforcement\",\"enforced_on\":\"2025-05-20\"}," ONE(T_HOME, SZ("z1", "home", TERM("2025-03-01", "2028-03-01"))), "" },
	{ "RP-01", IN_ENFORCEMENT ONE(T_HOME, SZ("z1", "home", "\"measure\":\"waiting\",\"served_at\":\"2025-03-01\"")), "" },
	{ "RP-02", PRICED("\"method\":\"agreement\"", ""), "" },
	{ "RP-02", PRICED("\"method\":\"directed-inquiry\",\"tax_base\":true,\"tried\":[\"agreement\"]", ""), "" },
	{ "RP-02", PRICED("\"method\":\"directed-inquiry\",\"tax_base\":false", ""), "home violation: home: directed inquiry, but there is no tax base and no price set or guided by government" },
	{ "RP-02", PRICED("\"method\":\"online-inquiry\",\"tax_base\":true,\"tried\":[\"agreement\"]", ""), "home violation: home: price by online-inquiry, but directed-inquiry was not tried first" },
	{ "RP-02", PRICED("\"method\":\"online-inquiry\",\"tax_base\":true,\"skipped_by_both\":true", ""), "" },
	{ "RP-02", PRICED("\"method\":\"online-inquiry\",\"needs_inspection\":true", ""), "home violation: home: online inquiry, but it needs an inspection on site" },
	{ "RP-02", PRICED("\"method\":\"appraisal\",\"tried\":[\"agreement\"]", ""), "home violation: home: price by appraisal, but online-inquiry was not tried first" },
	{ "RP-02", PRICED("\"method\":\"appraisal\",\"compulsory_appraisal\":true", ""), "" },
	{ "RP-02", PRICED("\"method\":\"appraisal\"", ""), "home review: home: price by appraisal, and tried missing: whether online-inquiry was tried first is not known" },
	{ "RP-03", ONLINE(",\"report_on\":\"2025-03-13\",\"fen\":200,\"results\":[" RESULT(100, "2025-03-11", "") "," RESULT(300, "2025-03-13", "") "]"), "" },
	{ "RP-03", ONLINE(",\"report_on\":\"2025-03-14\",\"fen\":201,\"results\":[" RESULT(100, "2025-03-11", "") "," RESULT(300, "2025-03-13", "") "]"),
	  "home violation: home: the online inquiry is to give a result by 2025-03-13 at the latest, price.report_on is 2025-03-14; "
	  "home violation: home: the reference price is 2.01, the average of the results that count is 2.00" },
	/* objected to with reason: left out, while others remain; rounded either way */
	{ "RP-03", ONLINE(",\"report_on\":\"2025-03-13\",\"fen\":101,\"results\":[" RESULT(100, "2025-03-11", "") "," RESULT(101, "2025-03-12", "") "," RESULT(900, "2025-03-13", ",\"objected\":true") "]"), "" },
	{ "RP-03", ONLINE(",\"report_on\":\"2025-03-13\",\"fen\":900,\"results\":[" RESULT(900, "2025-03-13", ",\"objected\":true") "]"), "" },
	{ "RP-03", ONLINE(",\"report_on\":\"2025-03-17\",\"extensions\":1,\"fen\":100,\"results\":[" RESULT(100, "2025-03-17", "") "]"), "" },
	{ "RP-03", ONLINE(",\"report_on\":\"2025-03-17\",\"extensions\":2,\"fen\":200,\"results\":[" RESULT(100, "2025-03-12", "") "," RESULT(300, "2025-03-17", "") "]"),
	  "home violation: home: the online inquiry was extended 2 times, once is allowed; "
	  "home violation: home: the online inquiry was extended, but a platform had answered by 2025-03-13" },
	{ "RP-03", PRICED("\"method\":\"online-inquiry\",\"asked_on\":\"2025-03-10\",\"report_on\":\"2025-03-11\",\"platforms\":2,\"platforms_listed\":3", ""),
	  "home violation: home: 2 of 3 listed platforms were asked; home review: home: results of the online inquiry missing: the average cannot be checked" },
	/* thirty days from 2025-03-10: to 2025-04-09; with one extension to 2025-04-24 */
	{ "RP-04", APPRAISED(",\"report_on\":\"2025-04-09\""), "" },
	{ "RP-04", APPRAISED(",\"report_on\":\"2025-04-10\""), "home violation: home: the appraisal is to be delivered by 2025-04-09 at the latest, price.report_on is 2025-04-10" },
	{ "RP-04", APPRAISED(",\"report_on\":\"2025-04-24\",\"extensions\":1,\"extension_asked\":[\"2025-04-04\"]"), "" },
	{ "RP-04", PRICED("\"method\":\"appraisal\",\"agencies\":3,\"asked_on\":\"2025-03-10\",\"tried\":[\"agreement\"],\"report_on\":\"2025-05-12\"", ""),
	  "home review: home: the appraisal is to be delivered by 2025-04-09 at the latest, price.report_on is 2025-05-12" },
	{ "RP-04", APPRAISED(",\"report_on\":\"2025-04-24\",\"extensions\":1,\"extension_asked\":[\"2025-04-05\"]"),
	  "home violation: home: extension of the appraisal asked for on 2025-04-05, last day was 2025-04-04" },
	{ "RP-04", APPRAISED(",\"report_on\":\"2025-05-10\",\"extensions\":3"),
	  "home violation: home: the appraisal was extended 3 times, twice is allowed; home violation: home: the appraisal is to be delivered by 2025-05-09 at the latest, price.report_on is 2025-05-10" },
	{ "RP-04", APPRAISED(",\"report_on\":\"2025-04-01\",\"due_on\":\"2025-04-30\""), "home violation: home: due_on of the appraisal is later than 2025-04-09, the last day with its extensions" },
	{ "RP-04", PRICED("\"method\":\"appraisal\",\"agencies\":2", ""), "home violation: home: agencies is 2: three are to be chosen, in order" },
	{ "RP-04", PRICED("\"method\":\"appraisal\"", ""), "home review: home: agencies missing: three are to be chosen, in order" },
	/* W-35: five days end within the holidays */
	{ "RP-05", PRICED("\"method\":\"appraisal\"" REPORT_OBJECTION("2025-09-28", "2025-10-09"), ""), "", "2025-10-20" },
	{ "RP-05", PRICED("\"method\":\"appraisal\"" REPORT_OBJECTION("2025-09-28", "2025-10-10"), ""),
	  "home warn: 李四: an objection to the report is to be made by 2025-10-09 at the latest, received_on is 2025-10-10", "2025-10-20" },
	{ "RP-05", PRICED("\"method\":\"agreement\"" REPORT_OBJECTION("2025-03-28", "2025-03-29"), ""),
	  "home warn: home: 李四 objects to a price by agreement, against which there is no objection, only supervision of enforcement" },
	{ "RP-05", PRICED("\"method\":\"appraisal\",\"report_on\":\"2025-04-07\",\"sent_on\":\"2025-04-10\"", ""), "" },
	{ "RP-05", PRICED("\"method\":\"appraisal\",\"report_on\":\"2025-04-07\",\"sent_on\":\"2025-04-11\"", ""),
	  "home violation: home: the report is to be sent to the parties by 2025-04-10 at the latest, sent_on is 2025-04-11" },
	/* published on 2025-04-08: received on 2025-04-23, objections to 2025-04-28 */
	{ "RP-05", PRICED("\"method\":\"appraisal\",\"report_on\":\"2025-04-07\",\"published_on\":\"2025-04-08\",\"objections\":[{\"by\":\"李四\",\"received_on\":\"2025-04-28\"}]", ""), "" },
	{ "RP-05", PRICED("\"method\":\"appraisal\",\"objections\":[{\"by\":\"李四\",\"received_on\":\"2025-04-28\"}]", ""), "home review: home: objection of 李四: report_received_on missing" },
	/* W-33 */
	{ "RP-06", VALUED("," T_EVENTS(T_EVENT("auction-notice", "2025-06-25", "") "," T_EVENT("auction", "2025-12-20", ",\"round\":2"))), "", "2026-02-01" },
	{ "RP-06", VALUED("," T_EVENTS(T_EVENT("auction-notice", "2025-06-25", "") "," T_EVENT("auction", "2026-01-05", ",\"round\":2"))),
	  "home violation: home: auction on 2026-01-05, but the price, valid until 2025-06-30, carries one until 2025-12-30 only", "2026-02-01" },
	{ "RP-06", VALUED("," T_EVENTS(T_EVENT("auction-notice", "2025-07-01", ""))),
	  "home violation: home: notice of auction on 2025-07-01, after the price had ended on 2025-06-30: a new report is needed", "2025-07-10" },
	{ "RP-06", VALUED(""), "", "2025-06-30" },
	{ "RP-06", VALUED(""), "home warn: home: the price ended on 2025-06-30 without a notice of auction: a new report is needed before a sale", "2025-07-01" },
	{ "RP-06", VALUED("," T_EVENTS(T_EVENT("auction", "2025-08-01", ""))),
	  "home warn: home: the price ended on 2025-06-30 without a notice of auction: a new report is needed before a sale; "
	  "home review: home: auction on 2025-08-01, after the price had ended on 2025-06-30, and auction-notice missing", "2025-08-10" },
	{ "RP-06", PRICED("\"method\":\"appraisal\",\"on\":\"2025-03-10\",\"valid_until\":\"2026-03-11\"", ""), "home violation: home: price valid until 2026-03-11, longer than a year: until 2026-03-10 at most" },
	{ "RP-06", PRICED("\"method\":\"appraisal\",\"on\":\"2025-03-10\"", "," T_EVENTS(T_EVENT("auction-notice", "2025-03-20", ""))), "home review: home: valid_until of the price missing" },
	{ "RP-07", PRICED("\"method\":\"appraisal\",\"on\":\"2025-03-10\",\"sale_started_on\":\"2025-03-20\"", ""), "" },
	{ "RP-07", PRICED("\"method\":\"appraisal\",\"on\":\"2025-03-10\"", "," T_EVENTS(T_EVENT("auction-notice", "2025-03-21", ""))),
	  "home violation: home: the sale is to be started by 2025-03-20 at the latest, auction-notice is 2025-03-21" },
	{ "RP-07", PRICED("\"method\":\"appraisal\",\"on\":\"2025-03-10\"", ""), "home review: home: the sale is to be started by 2025-03-20 at the latest, price.sale_started_on missing" },
	{ "RP-08", PRICED("\"method\":\"appraisal\",\"on\":\"2025-03-10\",\"national_system\":true", ""), "" },
	{ "RP-08", PRICED("\"method\":\"appraisal\",\"on\":\"2025-03-10\",\"national_system\":false", ""), "home warn: home: the price was not fixed through the national inquiry and appraisal system" },
	{ "RP-08", PRICED("\"method\":\"appraisal\",\"on\":\"2025-03-10\"", ""), "home review: home: national_system missing: whether the price was fixed through it is not known" },
	{ "RP-08", PRICED("\"method\":\"appraisal\",\"on\":\"2021-12-05\"", ""), "" },
};

#endif
