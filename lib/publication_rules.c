/* SPDX-License-Identifier: MIT */
#include "publication_rules_impl.h"

#define BASIS(name, ...) static const struct gv_basis name[] = { __VA_ARGS__, { 0 } }
#define ONLINE "最高人民法院关于人民法院在互联网公布裁判文书的规定", "法释〔2016〕19号"

BASIS(pub01, { ONLINE, "3" });
BASIS(pub02, { ONLINE, "4" });
BASIS(pub03, { ONLINE, "5" });
BASIS(pub04, { ONLINE, "6" });
BASIS(pub05, { ONLINE, "7" });
BASIS(pub06, { "中华人民共和国民事诉讼法", "2023", "171" }, { ONLINE, "7" });
BASIS(pub07, { ONLINE, "12" });
BASIS(pub08, { ONLINE, "15" });
BASIS(pub09, { ONLINE, "16" });
BASIS(pub10, { ONLINE, "13" });
BASIS(pub11, { "人民法院在互联网公布裁判文书的格式要求及技术处理规范", "2013", NULL });
BASIS(pub12, { "最高人民法院关于适用《中华人民共和国民事诉讼法》的解释", "法释〔2022〕11号", "255" }, { "中华人民共和国民事诉讼法", "2023", "159" });
BASIS(pub13, { ONLINE, "15,16" });
#define LIBRARY "人民法院案例库建设运行工作规程", "法〔2024〕92号"
BASIS(case05, { LIBRARY, "5" });
BASIS(case07, { LIBRARY, "4" });
BASIS(library, { LIBRARY, NULL });
BASIS(house, { "上海市嘉定区人民法院", "嘉法发〔2022〕10号", NULL });

#define RULE(number, level, title, zh, base, from, what, check) \
	{ number, title, zh, level, base, from, NULL, .needs = (what), .fn = gv_publication_rule_##check, .kind = "publication" }

#define TYPICAL(number, level, title, zh, base, from, what, check) \
	{ number, title, zh, level, base, from, NULL, .needs = (what), .fn = gv_publication_rule_##check, .kind = "typical-case" }

/* Where the text itself was not at hand, the highest level is a review. */
const struct gv_rule gv_publication_rules[] = {
	RULE("PUB-01", GV_WARN, "documents on the list are published", "应当公布的裁判文书", pub01, "2016-10-01",
	     N_("doc_kind, ends_proceedings, affects_rights; decision, decided_by"), must),
	RULE("PUB-02", GV_WARN, "what falls under article 4 is not published", "不在互联网公布的情形", pub02, "2016-10-01",
	     N_("state_secret, offence_age or minor_crime, mediation, confirmation, divorce, custody, public_need; cause, closed_by and accused of the case; decision, state"), must_not),
	RULE("PUB-03", GV_REVIEW, "parties are told what is published", "告知当事人公布范围", pub03, "2016-10-01",
	     N_("parties of the case; events notify-scope with party"), told),
	RULE("PUB-04", GV_REVIEW, "what is not published shows number, court, date and reason; a state secret shows nothing", "不公布的应当公布案号、审理法院、裁判日期及理由", pub04,
	     "2016-10-01", N_("decision withhold, ground, reason, issued_on, state, effective_on"), stub),
	RULE("PUB-05", GV_WARN, "published in seven working days from effect; what was appealed, from that of second instance", "七个工作日内公布", pub05, "2016-10-01",
	     N_("served or effective_on, appealed, second_instance; released_on"), in_time),
	RULE("PUB-06", GV_VIOLATION, "the day of effect follows from the services, and nothing is published before it", "生效日期由送达情况推定", pub06, "2022-01-01",
	     N_("served of each party, doc_kind, instance, appealable, pronounced_on, appealed; effective_on, released_on"), effect),
	RULE("PUB-07", GV_REVIEW, "unsuitable: the judge's opinion, the department head's review, the vice-president's approval", "不宜公布的：书面意见、部门审查、主管副院长审定", pub07,
	     "2016-10-01", N_("unsuitable or ground; events opinion, review, approve, each with by"), steps),
	RULE("PUB-08", GV_REVIEW, "what is published is the original but for names; corrections are published", "公布文书与原本一致，补正裁定应当公布", pub08, "2016-10-01",
	     N_("issued_by, profile, file and text_sha256 against the files of the case, public_id, redacted_sha256; events correct with released_on"), same),
	RULE("PUB-09", GV_REVIEW, "withdrawn with a reason, then published again or shown as a stub; that it was published stays on record", "撤回应当载明原因并保留记录", pub09, "2016-10-01",
	     N_("state withdrawn, withdrawn_reason, released_on; events withdraw"), withdrawn),
	RULE("PUB-10", GV_REVIEW, "complaints are answered by the trial-management office", "审判管理办公室处理投诉", pub10, "2016-10-01", N_("events complain, answer"), complaints),
	RULE("PUB-11", GV_WARN, "a document is named by parties, cause, instance and kind", "文书名称：当事人、案由、审级、文书种类", pub11, "2016-10-01",
	     N_("title, cause, instance, doc_kind"), name),
	RULE("PUB-12", GV_VIOLATION, "who asks to read it is directed to the site, given it, or refused, as it stands", "申请查阅裁判文书的处理", pub12, "2022-04-10",
	     N_("events ask-access with result; released_on, withdrawn_on, effective_on, ground, case"), access),
	{ "PUB-13", "what the public sees is what the record says it sees", "公开内容与公开记录一致", GV_REVIEW, pub13, "2016-10-01", NULL,
	  .needs = N_("state, public_id, redacted_sha256; events release, republish, stub with public_id and sha256; with --to, the public docket"),
	  .fn = gv_publication_rule_shown },
	TYPICAL("CASE-05", GV_REVIEW, "a case of the library has all its parts", "参考案例的体例", case05, "2024-05-08",
	        N_("library_no, state; subtitle, keywords, facts, reasons, gist, laws"), reference),
	TYPICAL("CASE-07", GV_WARN, "the judgment told has effect, and is kept from nobody", "入库案例的裁判应当已发生法律效力", case07, "2024-05-08",
	        N_("case and its publications: served, appealed, effective_on, decision, ground; published_on"), in_effect),
	TYPICAL("CASE-08", GV_WARN, "a case of the library is named by parties, cause and 案", "案例标题：当事人、案由", library, "2024-05-08",
	        N_("library_no, title, cause, case_type"), title),
	TYPICAL("CASE-09", GV_WARN, "the number in the library says the type of the case", "案例库编号与案件类型一致", library, "2024-05-08",
	        N_("library_no, case_type"), number),
	TYPICAL("CASE-15", GV_REVIEW, "a typical case says what happened, how it ended and what it means, and is the work of three people", "典型案例的体例与三人分工", house, "2022-04-10",
	        N_("state; gist, facts, result; editor, reviewer, approver"), told_case),
	{ 0 }
};
