/* SPDX-License-Identifier: MIT */
/* Every rule of the table has a record that it passes and one that it does not, with the whole finding. */
#include "mediation_rules.h"
#include "rule_unit.h"

struct row {
	const char *rule, *fields, *want;  /* "level: message", several divided by "; "; "" = nothing found */
	const char *other;                 /* the record that the rule asks for */
};

#define EVENT(e, on, more) "{\"eid\":\"aaaaaaaaaaaaaaaa\",\"event\":\"" e "\",\"on\":\"" on "\"" more "}"
#define EVENTS(list) ",\"events\":[" list "]"
#define OF(name) ",\"party\":\"" name "\""
#define PARTIES ",\"parties\":[{\"role\":\"申请人\",\"name\":\"张三\"},{\"role\":\"被申请人\",\"name\":\"李四\"}]"
#define MED(state, intake) "\"id\":\"（2022）沪0114诉前调1号\",\"kind\":\"mediation\",\"received_on\":\"2022-03-01\",\"state\":\"" state "\",\"intake\":\"" intake "\"" \
	",\"referral\":\"before-filing\"" PARTIES
#define COUNTER(state) MED(state, "counter")
#define ONLINE(state) MED(state, "online")
#define BY(more) ",\"mediators\":[{\"mediator\":\"mediator:沪0114-M000001\"" more "}]"
#define LISTED "\"id\":\"沪0114-M000001\",\"kind\":\"mediator\",\"state\":\"active\",\"name\":\"赵五\""
#define NEAR LISTED ",\"relations\":[{\"name\":\"李四\",\"rel\":\"兄弟\"}]"
#define CONF(state) "\"id\":\"沪0114-F000001\",\"kind\":\"agreement-confirmation\",\"mediation\":\"（2022）沪0114诉前调1号\",\"state\":\"" state "\"" \
	",\"applied_on\":\"2022-05-01\""
#define SIGN(name, role) "{\"name\":\"" name "\",\"role\":\"" role "\",\"on\":\"2022-03-20\"}"
#define AGREED(list) ",\"agreement\":{\"form\":\"written\",\"facts\":\"欠款\",\"terms\":[\"还款\"],\"signatures\":[" list "]}"
#define ALL SIGN("张三", "party") "," SIGN("李四", "party") "," SIGN("赵五", "mediator")
#define CAUSED(cause) "\"id\":\"（2022）沪0114诉前调1号\",\"kind\":\"mediation\",\"received_on\":\"2022-05-01\",\"cause\":\"" cause "\""
#define MEETING EVENT("session", "2022-03-10", "")
#define WAIVE(name) EVENT("waive", "2022-03-05", OF(name) ",\"form\":\"written\"")
#define OVER(rule, why) EVENT("override", "2022-05-01", ",\"rule\":\"" rule "\",\"reason\":\"" why "\"")
#define CUSTODY(more) COUNTER("agreed") ",\"cause\":\"离婚纠纷\",\"agreement\":{\"made_on\":\"2022-03-20\"}" more
#define WORKER(from) "\"id\":\"沪0114-P000001\",\"kind\":\"person\",\"state\":\"active\",\"roles\":[{\"role\":\"青少年社工\",\"from\":\"" from "\"}]"
#define REPORT(asked, reported, more) ",\"investigation\":{\"investigator\":\"person:沪0114-P000001\",\"qualified\":true,\"consent\":true," \
	"\"scope\":[\"living\"],\"asked_on\":\"" asked "\",\"due_on\":\"2022-03-15\",\"reported_on\":\"" reported "\"" more "}"

#define IN_PUBLIC EVENT("session", "2022-03-10", ",\"public\":true")
#define OPEN_TO(name) EVENT("agree-public", "2022-03-09", OF(name))
#define PAYMENT(more) "{\"mediation\":\"（2022）沪0114诉前调1号\",\"line\":\"allowance\",\"fen\":10000" more "}"
#define PAID(more) ",\"payments\":[" PAYMENT(more) "]"
#define APPLIED(more) "\"id\":\"（2022）沪0114诉前调1号\",\"kind\":\"mediation\",\"received_on\":\"2022-03-01\",\"state\":\"received\",\"intake\":\"online\"" \
	",\"parties\":[{\"role\":\"申请人\",\"name\":\"张三\"" more "},{\"role\":\"被申请人\",\"name\":\"李四\"}]"
#define AFTER(state, more) "\"id\":\"（2022）沪0114诉前调1号\",\"kind\":\"mediation\",\"received_on\":\"2022-05-01\",\"state\":\"" state "\"" \
	",\"intake\":\"counter\",\"referral\":\"after-filing\"" more
#define ENTRUSTED(state) AFTER(state, PARTIES)
#define PAPER(form, more) ",\"paper\":{\"form\":\"" form "\"" more "}"
#define SIGNED_FOR EVENT("sign-for", "2022-05-20", OF("张三")) "," EVENT("sign-for", "2022-05-21", OF("李四"))
#define UNAPPROVED EVENT("refuse-paper", "2022-05-10", ",\"ground\":\"third-party\"")
#define JUDGED PAPER("mediation-paper", "") ",\"links\":[{\"rel\":\"case\",\"id\":\"（2022）沪0114民初1号\"}]"
#define REFUSED(on, made) "\"state\":\"agreed\",\"agreement\":{\"made_on\":\"" made "\"}" EVENTS(EVENT("refuse-confirmation", on, ""))

static const struct row rows[] = {
	{ "ME-01", LISTED ",\"certificate\":\"1\",\"listed_on\":\"2022-01-01\"", "" },
	{ "ME-01", LISTED ",\"certificate\":\"1\",\"listed_on\":\"2022-01-01\",\"listed_until\":\"2022-06-30\"", "" },
	{ "ME-01", LISTED ",\"listed_until\":\"2022-06-29\"", "warn: in the register until 2022-06-29, and still active" },
	{ "ME-02", LISTED ",\"type\":\"person\",\"listed_on\":\"2022-01-02\",\"trainings\":[{\"on\":\"2022-01-02\"}]", "" },
	{ "ME-02", LISTED ",\"type\":\"person\",\"listed_on\":\"2022-01-02\",\"trainings\":[{\"on\":\"2022-01-03\"}]",
	  "review: no training before the entry in the register is recorded" },
	{ "ME-03", COUNTER("mediating") EVENTS(EVENT("consent", "2022-03-02", OF("李四")) "," MEETING), "" },
	{ "ME-03", COUNTER("mediating") EVENTS(MEETING), "review: no consent of 李四 is recorded before: session on 2022-03-10" },
	{ "ME-03", COUNTER("mediating") EVENTS(EVENT("consent", "2022-03-02", OF("李四")) "," EVENT("revoke-consent", "2022-03-09", OF("李四")) "," MEETING),
	  "violation: 李四 did not agree to mediation (any more), and yet: session on 2022-03-10" },
	{ "ME-03", ONLINE("mediating") EVENTS(MEETING), "" }, /* OM-02 tells */
	{ "OM-02", ONLINE("mediating") EVENTS(EVENT("consent", "2022-03-02", OF("李四")) "," MEETING), "" },
	{ "OM-02", ONLINE("mediating") EVENTS(MEETING), "review: no consent of 李四 is recorded before: session on 2022-03-10" },
	{ "ME-04", COUNTER("mediating") BY(",\"appointed_on\":\"2022-03-02\""), "", LISTED },
	{ "ME-04", COUNTER("mediating") BY(",\"appointed_on\":\"2022-03-02\""), "violation: mediator:沪0114-M000001 was not in the register when appointed on 2022-03-02: suspend",
	  LISTED EVENTS(EVENT("suspend", "2022-03-02", "")) },
	{ "ME-04", COUNTER("mediating") BY(",\"appointed_on\":\"2022-03-02\""), "", LISTED EVENTS(EVENT("suspend", "2022-03-03", "")) },
	{ "ME-04", COUNTER("mediating") BY(",\"appointed_on\":\"2022-03-02\""), "review: mediator:沪0114-M000001 is not known here" },
	{ "ME-05", COUNTER("mediating") BY(""), "" },
	{ "ME-05", COUNTER("mediating"), "review: mediators missing: nobody mediates" },
	{ "ME-05", COUNTER("mediating") ",\"mediators\":[{\"mediator\":\"a\"},{\"mediator\":\"b\"}]", "violation: of 2 mediators 0 preside, it should be 1" },
	{ "ME-06", COUNTER("mediating") BY(""), "", LISTED },
	{ "ME-06", COUNTER("mediating") BY(""), "violation: mediator:沪0114-M000001 is near 李四 (兄弟), and not all parties have waived it in writing", NEAR },
	{ "ME-06", COUNTER("mediating") BY("") EVENTS(WAIVE("张三") "," WAIVE("李四")), "", NEAR },
	{ "ME-07", COUNTER("filed") BY("") ",\"links\":[{\"rel\":\"case\",\"id\":\"（2022）沪0114民初1号\"}]", "", LISTED },
	{ "ME-07", COUNTER("filed") BY("") ",\"links\":[{\"rel\":\"case\",\"id\":\"（2022）沪0114民初1号\"}]",
	  "violation: the mediator 赵五 is 合议庭 in （2022）沪0114民初1号", LISTED ",\"panel\":[\"赵五\"]" },
	{ "ME-08", COUNTER("suspended") EVENTS(EVENT("suspend", "2022-03-10", ",\"doc\":\"报告\"")), "" },
	{ "ME-08", COUNTER("suspended") EVENTS(EVENT("suspend", "2022-03-10", "")), "review: suspended on 2022-03-10, and no report (doc or note) is recorded" },
	{ "ME-09", COUNTER("failed") ",\"papers_on\":\"2022-03-01\",\"ended_on\":\"2022-03-31\"", "" },
	{ "ME-09", COUNTER("failed") ",\"papers_on\":\"2022-03-01\",\"ended_on\":\"2022-04-01\"",
	  "violation: mediation-limit: done on 2022-04-01, the last day was 2022-03-31" },
	{ "ME-09", COUNTER("mediating") ",\"papers_on\":\"2022-03-01\"", "violation: mediation-limit: not done yet, the last day was 2022-03-31" },
	{ "ME-09", COUNTER("failed") ",\"papers_on\":\"2022-03-01\",\"ended_on\":\"2022-04-01\",\"extended_until\":\"2022-04-01\"",
	  "review: extended_until is set, but no event extend says that all agreed" },
	{ "ME-09", COUNTER("failed") ",\"mechanism\":\"labour\",\"papers_on\":\"2022-03-01\",\"ended_on\":\"2022-04-01\"",
	  "review: mediation-limit: done on 2022-04-01, the last day was 2022-03-31" },
	{ "ME-10", COUNTER("failed") ",\"ended_on\":\"2022-04-01\",\"ended_by\":\"deadlock\"", "" },
	{ "ME-10", COUNTER("failed"), "review: ended_on missing; review: ended_by missing" },
	{ "ME-10", COUNTER("failed") ",\"ended_on\":\"2022-04-01\",\"ended_by\":\"agreement\"", "warn: ended_by is agreement, but the state is failed" },
	{ "ME-11", CONF("accepted"), "", COUNTER("agreed") },
	{ "ME-11", CONF("accepted"), "warn: it was entrusted after filing: the court reviews it and writes a mediation paper", "\"referral\":\"after-filing\"" },
	{ "ME-12", COUNTER("failed") ",\"papers_on\":\"2022-03-01\"" EVENTS(EVENT("papers-back", "2022-03-20", "")), "" },
	{ "ME-12", COUNTER("failed") ",\"papers_on\":\"2022-03-01\"", "review: no event papers-back says that the court has the papers back" },
	{ "ME-12", COUNTER("refused"), "" }, /* nobody had them */
	/* as of 06-06; the seventh day, 06-03, begins a holiday of three days */
	{ "ME-12", COUNTER("failed") EVENTS(EVENT("insist", "2022-05-27", OF("张三"))), "" },
	{ "ME-12", COUNTER("failed") EVENTS(EVENT("insist", "2022-05-26", OF("张三"))), "violation: 张三 insists on suit since 2022-05-26, and no case is opened" },
	{ "ME-12", COUNTER("filed") EVENTS(EVENT("insist", "2022-05-26", OF("张三"))), "" },
	{ "ME-12", ENTRUSTED("failed") ",\"links\":[{\"rel\":\"case\",\"id\":\"（2022）沪0114民初1号\"}]", "" },
	{ "ME-12", ENTRUSTED("failed"), "review: entrusted after filing, but links names no case that is tried now" },
	{ "ME-13", COUNTER("failed") ",\"concessions\":[\"愿还一半\"],\"undisputed\":[\"借款属实\"]", "" },
	{ "ME-13", COUNTER("failed") ",\"concessions\":[\"愿还一半\"],\"undisputed\":[\"借款属实\",\"被告愿还一半\"]", "warn: undisputed[1] repeats concessions[0]" },
	{ "OM-13", ONLINE("failed") ",\"concessions\":[\"愿还一半\"],\"undisputed\":[\"借款属实\"]", "" },
	{ "OM-13", ONLINE("failed") ",\"concessions\":{\"key\":\"k\"}", "review: the concessions are sealed: not compared" },
	{ "ME-14", COUNTER("agreed") AGREED(ALL), "" },
	{ "ME-14", COUNTER("agreed") AGREED(SIGN("张三", "party")), "review: signature of 李四 missing; review: signature of the mediator missing" },
	{ "ME-14", COUNTER("confirmed") AGREED(SIGN("张三", "party") "," SIGN("赵五", "mediator")), "violation: signature of 李四 missing" },
	{ "ME-14", COUNTER("agreed"), "review: agreement missing" },
	{ "OM-12", ONLINE("agreed") AGREED(ALL), "" },
	{ "OM-12", ONLINE("agreed") ",\"agreement\":{\"form\":\"written\"}", "review: agreement.facts missing; review: agreement.terms missing; "
	  "review: signature of 张三 missing; review: signature of the mediator missing" },
	{ "PM-02", COUNTER("agreed") ",\"mechanism\":\"people\"" AGREED(ALL "," SIGN("调委会", "organisation")), "" },
	{ "PM-02", COUNTER("agreed") ",\"mechanism\":\"people\"" AGREED(ALL), "review: signature of 调解组织 missing" },
	{ "PM-02", COUNTER("agreed") ",\"mechanism\":\"people\",\"agreement\":{\"form\":\"oral\"}", "review: agreement.made_on missing" },
	{ "ME-15", LISTED EVENTS(EVENT("warn", "2022-03-01", ",\"ground\":\"gifts\",\"note\":\"查实\"")), "" },
	{ "ME-15", LISTED EVENTS(EVENT("censure", "2022-03-01", ",\"ground\":\"leaking\"")), "review: censure on 2022-03-01: neither doc nor note says what was found to be true" },
	{ "ME-15", LISTED EVENTS(EVENT("warn", "2022-03-01", "")), "review: warn on 2022-03-01: ground missing" },
	{ "ME-15", LISTED EVENTS(EVENT("warn", "2016-06-30", "")), "" }, /* before the rule */
	{ "ME-15", LISTED EVENTS(EVENT("warn", "2022-03-01", ",\"ground\":\"unjustified-refusals\"")), "" }, /* OM-18 tells */
	{ "ME-15", "\"id\":\"沪0114-M000001\",\"kind\":\"mediator\",\"state\":\"removed\"", "review: removed from the register, but no event says since when and why" },
	{ "OM-18", LISTED EVENTS(EVENT("remove", "2022-01-01", ",\"ground\":\"unjustified-refusals\",\"doc\":\"决定\"")), "" },
	{ "OM-18", LISTED EVENTS(EVENT("remove", "2021-12-31", ",\"ground\":\"unjustified-refusals\",\"doc\":\"决定\"")),
	  "violation: remove on 2021-12-31 for unjustified-refusals: no ground before 2022-01-01" },
	{ "OM-18", LISTED EVENTS(EVENT("warn", "2022-01-01", ",\"ground\":\"unjustified-refusals\"")),
	  "review: warn on 2022-01-01: neither doc nor note says what was found to be true" },
	{ "OM-18", LISTED EVENTS(EVENT("remove", "2021-12-31", ",\"ground\":\"gifts\"")), "" }, /* ME-15 tells */
	{ "ME-16", COUNTER("mediating") EVENTS(MEETING), "" },
	{ "ME-16", COUNTER("mediating") EVENTS(IN_PUBLIC), "violation: session of 2022-03-10 was public, and 张三 had not agreed to that" },
	{ "ME-16", COUNTER("mediating") EVENTS(OPEN_TO("张三") "," IN_PUBLIC "," OPEN_TO("李四")), "violation: session of 2022-03-10 was public, and 李四 had not agreed to that" },
	{ "ME-16", COUNTER("mediating") EVENTS(OPEN_TO("张三") "," OPEN_TO("李四") "," IN_PUBLIC), "review: session of 2022-03-10 was public: which law lets it be so?" },
	{ "ME-16", COUNTER("mediating") ",\"mechanism\":\"traffic\"" EVENTS(IN_PUBLIC), "" },
	{ "ME-16", COUNTER("mediating") ",\"mechanism\":\"medical\"" EVENTS(IN_PUBLIC), "" },
	{ "ME-17", LISTED PAID(",\"approved_by\":\"院长\""), "" },
	{ "ME-17", LISTED PAID(""), "review: （2022）沪0114诉前调1号: allowance paid, approved_by missing" },
	{ "ME-17", LISTED ",\"payments\":[" PAYMENT(",\"approved_by\":\"院长\"") "," PAYMENT(",\"approved_by\":\"院长\"") "]",
	  "review: （2022）沪0114诉前调1号: allowance paid twice" },
	{ "ME-17", LISTED ",\"public_servant\":true" PAID(",\"approved_by\":\"院长\""), "review: draws a salary of the state, and was paid" },
	{ "OM-01", ONLINE("accepted") ",\"dispute_type\":\"incidental-civil\",\"custody\":false", "" },
	{ "OM-01", ONLINE("accepted") ",\"dispute_type\":\"incidental-civil\",\"custody\":true", "violation: the accused is in custody" },
	{ "OM-01", ONLINE("accepted"), "review: dispute_type missing" },
	{ "OM-03", LISTED ",\"profile\":\"x\",\"scope\":\"x\",\"fields\":[\"x\"],\"paid\":false", "" },
	{ "OM-03", LISTED ",\"profile\":\"x\",\"scope\":\"x\",\"fields\":[\"x\"]", "review: paid missing" },
	/* three working days from Tuesday */
	{ "OM-04", APPLIED(",\"id_no\":\"310199199001010018\",\"phone\":\"x\",\"electronic_address\":\"x\"") ",\"facts\":\"欠款\",\"files\":[{\"name\":\"申请书\"}]", "" },
	{ "OM-04", APPLIED(",\"credit_code\":\"x\",\"phone\":{\"key\":\"k\"},\"electronic_address\":\"x\"") ",\"facts\":\"欠款\",\"files\":[{\"name\":\"申请书\"}]", "" },
	{ "OM-04", APPLIED(",\"phone\":\"x\""), "review: facts missing; review: files missing; review: 张三: id_no, credit_code missing; review: 张三: electronic_address missing" },
	{ "OM-04", COUNTER("received"), "" },
	{ "OM-05", ONLINE("returned") EVENTS(EVENT("send-back", "2022-03-02", ",\"ground\":\"no-jurisdiction\",\"note\":\"告知向昆山法院申请\"")), "" },
	{ "OM-05", ONLINE("returned") EVENTS(EVENT("send-back", "2022-03-02", ",\"ground\":\"no-jurisdiction\"")),
	  "review: sent back on 2022-03-02: neither doc nor note says where the applicant was told to go" },
	{ "OM-05", ONLINE("returned"), "review: sent back, but no event send-back has the ground" },
	{ "OM-05", "\"id\":\"（2022）沪0114诉前调1号\",\"kind\":\"mediation\",\"received_on\":\"2022-03-01\",\"state\":\"returned\",\"intake\":\"online\",\"referral\":\"after-filing\""
	  EVENTS(EVENT("send-back", "2022-03-02", ",\"ground\":\"unsuitable\",\"doc\":\"告知书\"")), "warn: sent back although the case is filed: that is for applications before filing" },
	{ "OM-06", ONLINE("assigned") BY(",\"appointed_on\":\"2022-03-04\""), "" },
	{ "OM-06", ONLINE("assigned") BY(",\"appointed_on\":\"2022-03-07\""), "violation: appointment: done on 2022-03-07, the last day was 2022-03-04" },
	{ "OM-07", ONLINE("mediating") BY(",\"appointed_on\":\"2022-03-01\",\"accepted_on\":\"2022-03-04\""), "" },
	{ "OM-07", ONLINE("mediating") BY(",\"appointed_on\":\"2022-03-01\",\"accepted_on\":\"2022-03-07\""),
	  "violation: mediator-answer: done on 2022-03-07, the last day was 2022-03-04" },
	{ "OM-08", ONLINE("mediating") BY(",\"accepted_on\":\"2022-03-01\"") EVENTS(EVENT("notify", "2022-03-04", OF("李四"))), "" },
	{ "OM-08", ONLINE("mediating") BY(",\"accepted_on\":\"2022-03-01\"") EVENTS(EVENT("notify", "2022-03-05", OF("李四"))),
	  "review: other-side: done on 2022-03-05, the last day was 2022-03-04" },
	{ "OM-09", ONLINE("mediating") BY("") EVENTS(EVENT("disclose", "2022-03-05", ",\"relation\":\"兄弟\"")), "", NEAR },
	{ "OM-09", ONLINE("mediating") BY(""), "violation: mediator:沪0114-M000001 is near 李四 (兄弟), and has not disclosed it", NEAR },
	{ "OM-10", ONLINE("mediating") EVENTS(EVENT("ask-change", "2022-03-05", OF("李四")) "," EVENT("assign", "2022-03-06", "")), "" },
	{ "OM-10", ONLINE("mediating") EVENTS(EVENT("ask-change", "2022-03-05", OF("李四"))), "review: 李四 asked for another mediator on 2022-03-05, and none was appointed since" },
	{ "OM-10", ONLINE("mediating") EVENTS(EVENT("ask-change", "2022-03-05", OF("李四")) "," EVENT("assign", "2022-03-06", "") "," EVENT("ask-change", "2022-03-07", OF("李四"))),
	  "review: 李四 asked for another mediator again on 2022-03-07: unless 李四 chooses one, that is a refusal" },
	{ "OM-10", ONLINE("mediating") EVENTS(EVENT("ask-change", "2022-03-05", OF("李四")) "," EVENT("ask-change", "2022-03-05", OF("张三")) "," EVENT("assign", "2022-03-06", "")), "" },
	{ "OM-10", ONLINE("refused") EVENTS(EVENT("ask-change", "2022-03-05", OF("李四"))), "" },
	{ "OM-11", ONLINE("mediating") EVENTS(EVENT("session", "2022-03-10", ",\"identity_checked\":true,\"warned_sham\":true")), "" },
	{ "OM-11", ONLINE("mediating") EVENTS(EVENT("session", "2022-03-10", ",\"identity_checked\":false")),
	  "violation: session of 2022-03-10: identity_checked is not said to be done; review: session of 2022-03-10: warned_sham is not said to be done" },
	{ "OM-14", ONLINE("failed") BY(",\"accepted_on\":\"2022-03-01\"") ",\"ended_on\":\"2022-03-31\"", "" },
	{ "OM-14", ONLINE("failed") BY(",\"accepted_on\":\"2022-03-01\"") ",\"ended_on\":\"2022-04-01\"",
	  "violation: mediation-limit: done on 2022-04-01, the last day was 2022-03-31" },
	{ "OM-14", ONLINE("failed") ",\"ended_on\":\"2022-04-01\"", "review: mediation-limit: mediator-accepted missing" },
	{ "OM-15", ONLINE("agreed") ",\"ended_on\":\"2022-04-01\",\"ended_by\":\"agreement\"", "" },
	{ "OM-15", ONLINE("agreed") ",\"ended_on\":\"2022-04-01\"", "review: ended_by missing" },
	{ "OM-16", ONLINE("failed") ",\"failure\":{\"situation\":\"x\",\"reason\":\"x\"}", "" },
	{ "OM-16", ONLINE("failed") ",\"failure\":{\"situation\":\"x\"}", "review: failure.reason missing" },
	{ "OM-17", ONLINE("mediating") BY("") ",\"foreign\":true", "", LISTED ",\"origin\":\"foreign\"" },
	{ "OM-17", ONLINE("mediating") BY("") ",\"foreign\":false", "violation: mediator:沪0114-M000001 is from abroad (foreign), and no party is said to be", LISTED ",\"origin\":\"foreign\"" },
	{ "OM-17", ONLINE("mediating") BY("") EVENTS(OVER("OM-17", "港资企业")), "review: mediator:沪0114-M000001 is from abroad (hong-kong); overridden: 港资企业",
	  LISTED ",\"origin\":\"hong-kong\"" },
	{ "OM-17", ONLINE("mediating") BY("") ",\"foreign\":false" EVENTS(OVER("OM-17", "x")),
	  "violation: mediator:沪0114-M000001 is from abroad (foreign), and no party is said to be", LISTED ",\"origin\":\"foreign\"" },
	{ "OM-17", ONLINE("mediating") BY("") ",\"foreign\":false", "review: mediator:沪0114-M000001 is from abroad (taiwan), and no party is said to be", LISTED ",\"origin\":\"taiwan\"" },
	{ "PM-01", LISTED ",\"type\":\"organisation\",\"members\":9,\"has_woman\":true,\"term_until\":\"2025-06-30\"", "" },
	{ "PM-01", LISTED ",\"type\":\"organisation\",\"members\":10,\"has_woman\":false,\"term_until\":\"2025-07-01\"",
	  "violation: 10 members, it should be 3 to 9; violation: no woman is among the members; "
	  "violation: the term lasts until 2025-07-01, more than three years from now" },
	{ "PM-01", LISTED ",\"type\":\"organisation\",\"members\":2,\"term_until\":\"2022-06-29\"",
	  "violation: 2 members, it should be 3 to 9; warn: the term ended on 2022-06-29; review: has_woman missing" },
	{ "PM-03", COUNTER("agreed") ",\"mechanism\":\"people\",\"agreement\":{\"perform_by\":\"2022-06-30\"}", "" },
	{ "PM-03", COUNTER("agreed") ",\"mechanism\":\"people\",\"agreement\":{\"perform_by\":\"2022-06-29\"}",
	  "review: to be performed by now, and nobody has looked whether it was (event visit)" },
	/* the thirtieth day, 04-30, begins a holiday until 05-04; that of 03-29 is a Thursday */
	{ "CF-01", CONF("accepted") ",\"effective_on\":\"2022-03-31\",\"applicants\":[\"张三\",\"李四\"]", "", COUNTER("agreed") },
	{ "CF-01", CONF("accepted") ",\"effective_on\":\"2022-03-29\",\"applicants\":[\"张三\"]",
	  "violation: 李四 is a party and does not apply; violation: applied for on 2022-05-01, the last day was 2022-04-28", COUNTER("agreed") },
	{ "CF-01", CONF("accepted") ",\"applicants\":[\"张三\",\"李四\"]", "review: effective_on missing", COUNTER("agreed") },
	{ "CF-01", CONF("accepted") ",\"effective_on\":\"2022-03-29\",\"applicants\":[\"张三\",\"李四\"]" EVENTS(OVER("CF-01", "疫情")),
	  "review: applied for on 2022-05-01, the last day was 2022-04-28; overridden: 疫情", COUNTER("agreed") },
	{ "CF-01", CONF("accepted") ",\"effective_on\":\"2022-03-29\",\"applicants\":[\"张三\",\"李四\"]" EVENTS(OVER("OM-17", "疫情")),
	  "violation: applied for on 2022-05-01, the last day was 2022-04-28", COUNTER("agreed") },
	{ "CF-02", CONF("accepted"), "", "\"mechanism\":\"people\"" },
	{ "CF-02", CONF("accepted"), "violation: a judge mediated: only what a mediation organisation brought about is confirmed", "\"mechanism\":\"judge\"" },
	{ "CF-02", CONF("accepted"), "review: mechanism is other: was it a lawfully established mediation organisation?", "\"mechanism\":\"other\"" },
	{ "CF-02", CONF("accepted"), "review: mechanism missing", COUNTER("confirming") },
	{ "CF-03", CONF("accepted") ",\"venue\":\"inviting-court\"", "" },
	{ "CF-03", CONF("accepted") ",\"venue\":\"domicile\"", "violation: venue is domicile, but a court invited the mediation: it is that court's", "\"mechanism\":\"court-invited\"" },
	{ "CF-03", CONF("accepted"), "review: venue missing" },
	{ "CF-05", CONF("accepted") ",\"form\":\"oral\",\"papers\":[\"agreement\",\"organisation-proof\",\"identity\",\"contacts\"]", "" },
	{ "CF-05", CONF("accepted") ",\"papers\":[\"agreement\",\"organisation-proof\",\"identity\",\"contacts\"]", "review: papers: application missing" },
	{ "CF-06", CONF("accepted"), "", "\"agreement\":{\"subject\":[\"money\"]}" },
	{ "CF-06", CONF("accepted"), "violation: the agreement is about title, which is not confirmed", "\"agreement\":{\"subject\":[\"money\",\"title\"]}" },
	{ "CF-06", CONF("rejected"), "review: reject_ground missing" },
	{ "CF-07", CONF("refused") ",\"refuse_ground\":\"unclear\"", "" },
	{ "CF-07", CONF("refused"), "review: refuse_ground missing" },
	{ "CF-08", CONF("confirmed") ",\"accepted_on\":\"2022-05-01\",\"decided_on\":\"2022-05-16\"", "" },
	{ "CF-08", CONF("confirmed") ",\"accepted_on\":\"2022-05-01\",\"decided_on\":\"2022-05-31\"", "review: confirmation-target: done on 2022-05-31, the last day was 2022-05-16" },
	{ "CF-08", CONF("confirmed") ",\"accepted_on\":\"2022-05-01\",\"decided_on\":\"2022-06-01\"", "review: confirmation-target: done on 2022-06-01, the last day was 2022-05-16; "
	  "violation: confirmation-limit: done on 2022-06-01, the last day was 2022-05-31" },
	{ "CF-10", CONF("confirmed") EVENTS(EVENT("serve", "2022-05-10", OF("张三")) "," EVENT("object", "2022-05-25", OF("张三"))), "" },
	{ "CF-10", CONF("confirmed") EVENTS(EVENT("serve", "2022-05-10", OF("张三")) "," EVENT("object", "2022-05-26", OF("张三"))),
	  "review: objection: done on 2022-05-26, the last day was 2022-05-25" },
	{ "CF-11", CONF("confirmed") ",\"verified_on\":\"2022-05-10\"", "" },
	{ "CF-11", CONF("confirmed"), "review: verified_on missing" },
	{ "CF-12", CONF("confirmed") ",\"fee_fen\":0", "" },
	{ "CF-12", CONF("confirmed") ",\"fee_fen\":100", "violation: a fee of 100 fen" },
	{ "CF-13", CONF("applied"), "", REFUSED("2022-04-20", "2022-04-21") },
	{ "CF-13", CONF("applied"), "review: confirmation was refused on 2022-04-20, and the agreement is of before", REFUSED("2022-04-20", "2022-04-20") },
	{ "CF-13", CONF("applied"), "review: agreement.made_on missing", "\"state\":\"agreed\"" EVENTS(EVENT("refuse-confirmation", "2022-04-20", "")) },
	{ "CF-13", CONF("refused"), "", REFUSED("2022-05-20", "2022-04-20") },
	{ "CF-13", CONF("confirmed"), "", REFUSED("2022-05-20", "2022-04-20") }, /* of a later application */
	{ "CM-01", CAUSED("离婚纠纷"), "" },
	{ "CM-01", CAUSED("婚姻无效纠纷"), "violation: 婚姻无效纠纷 is about status and may not be mediated" },
	{ "CM-01", CAUSED("否认亲子关系纠纷"), "violation: 否认亲子关系纠纷 is about status and may not be mediated" },
	{ "CM-01", CAUSED("解除收养关系纠纷"), "" },
	{ "CM-01", CAUSED("申请支付令"), "review: 申请支付令: a special procedure, which may not be mediated?" },
	{ "CM-01", CAUSED("申请执行人执行异议之诉"), "" },
	{ "CM-03", COUNTER("agreed") AGREED(ALL) EVENTS(EVENT("agree", "2022-03-10", "") "," EVENT("back-out", "2022-03-12", OF("李四")) ","
	  EVENT("agree", "2022-03-18", "")), "" },
	{ "CM-03", COUNTER("mediating") EVENTS(EVENT("agree", "2022-03-10", "") "," EVENT("back-out", "2022-03-12", OF("李四"))), "" },
	{ "CM-03", COUNTER("confirmed") AGREED(ALL) EVENTS(EVENT("agree", "2022-03-10", "") "," EVENT("back-out", "2022-03-19", OF("李四"))),
	  "violation: 李四 backed out on 2022-03-19, before it had effect, and yet the state is confirmed" },
	{ "CM-03", COUNTER("agreed") AGREED(ALL) EVENTS(EVENT("agree", "2022-03-10", "") "," EVENT("back-out", "2022-03-20T09:00+08:00", OF("李四"))),
	  "review: 李四 backed out on 2022-03-20, when the agreement had been in effect since 2022-03-20" },
	{ "CM-03", COUNTER("agreed") AGREED(SIGN("张三", "party")) EVENTS(EVENT("back-out", "2022-03-20", OF("李四"))),
	  "violation: 李四 backed out on 2022-03-20, before it had effect, and yet the state is agreed" },
	{ "CM-03", ENTRUSTED("agreed") PAPER("mediation-paper", ",\"effective_on\":\"2022-05-21\"") EVENTS(SIGNED_FOR), "" },
	{ "CM-03", ENTRUSTED("agreed") PAPER("mediation-paper", ",\"effective_on\":\"2022-05-20\"") EVENTS(SIGNED_FOR),
	  "violation: paper.effective_on is 2022-05-20, but the last party signed for the paper on 2022-05-21" },
	{ "CM-03", ENTRUSTED("agreed") PAPER("mediation-paper", "") EVENTS(SIGNED_FOR), "review: paper.effective_on missing: the last party signed for the paper on 2022-05-21" },
	{ "CM-03", ENTRUSTED("agreed") PAPER("mediation-paper", "") EVENTS(EVENT("sign-for", "2022-05-20", OF("张三"))), "review: 李四 has not signed for the paper: it is not in effect" },
	{ "CM-03", ENTRUSTED("agreed") PAPER("mediation-paper", ",\"effective_on\":\"2022-05-20\"") EVENTS(EVENT("sign-for", "2022-05-20", OF("张三"))),
	  "violation: paper.effective_on is set, but 李四 has not signed for the paper" },
	{ "CM-03", ENTRUSTED("agreed") PAPER("mediation-paper", ",\"effective_on\":\"2022-05-21\"") EVENTS(EVENT("back-out", "2022-05-20", OF("李四")) "," SIGNED_FOR),
	  "violation: 李四 backed out on 2022-05-20, before all had signed for the paper: the case is to be tried" },
	{ "CM-03", ENTRUSTED("agreed") PAPER("mediation-paper", ",\"effective_on\":\"2022-05-21\"") EVENTS(SIGNED_FOR "," EVENT("back-out", "2022-05-22", OF("李四"))), "" },
	{ "CM-03", AFTER("agreed", ",\"parties\":[{\"role\":\"申请人\",\"name\":\"张三\"},{\"role\":\"第三人\",\"name\":\"李四\"}]") PAPER("mediation-paper", ",\"effective_on\":\"2022-05-20\"")
	  EVENTS(EVENT("sign-for", "2022-05-20", OF("张三"))), "review: 李四 has not signed for the paper: has 李四 neither rights nor duties by it?" },
	{ "CM-03", ENTRUSTED("agreed"), "review: paper.form missing" },
	{ "CM-03", ENTRUSTED("agreed") PAPER("withdrawal", ""), "" },
	{ "CM-03", COUNTER("agreed"), "" }, /* before filing there is none */
	{ "CM-04", ENTRUSTED("agreed") ",\"cause\":\"离婚纠纷\"" PAPER("record", ",\"no_paper_because\":\"reconciled\""), "" },
	{ "CM-04", ENTRUSTED("agreed") ",\"cause\":\"解除收养关系纠纷\"" PAPER("record", ",\"no_paper_because\":\"adoption-kept\""), "" },
	{ "CM-04", ENTRUSTED("agreed") ",\"cause\":\"买卖合同纠纷\"" PAPER("record", ",\"no_paper_because\":\"reconciled\""),
	  "warn: paper.no_paper_because is reconciled, but the cause is 买卖合同纠纷" },
	{ "CM-04", ENTRUSTED("agreed") PAPER("record", ",\"no_paper_because\":\"performed\""), "review: performed_on missing" },
	{ "CM-04", ENTRUSTED("agreed") ",\"performed_on\":\"2022-05-20\"" PAPER("record", ",\"no_paper_because\":\"performed\""), "" },
	{ "CM-04", ENTRUSTED("agreed") PAPER("record", ""), "review: paper.no_paper_because missing" },
	{ "CM-05", ENTRUSTED("agreed") ",\"agreement\":{\"clauses\":[\"penalty\",\"guarantee\"]}", "" },
	{ "CM-05", ENTRUSTED("agreed") ",\"agreement\":{\"clauses\":[]}", "" },
	{ "CM-05", ENTRUSTED("agreed") ",\"agreement\":{\"clauses\":[\"penalty\",\"judge-again\"]}",
	  "violation: the agreement lets the court decide again if it is broken (judge-again)" },
	{ "CM-05", ENTRUSTED("agreed"), "review: agreement.clauses missing" },
	{ "CM-06", ENTRUSTED("agreed") PAPER("mediation-paper", "") EVENTS(UNAPPROVED "," EVENT("agree", "2022-05-11", "")), "" },
	{ "CM-06", ENTRUSTED("agreed") PAPER("mediation-paper", "") EVENTS(EVENT("agree", "2022-05-09", "") "," UNAPPROVED),
	  "violation: not approved on 2022-05-10 (third-party), and yet paper.form is mediation-paper" },
	{ "CM-06", ENTRUSTED("agreed") EVENTS(UNAPPROVED), "" },
	{ "CM-06", ENTRUSTED("agreed") JUDGED, "review: agreed, and （2022）沪0114民初1号 was closed by judgment: none may be written from a settlement", "\"closed_by\":\"judgment\"" },
	{ "CM-06", ENTRUSTED("agreed") ",\"agreement\":{\"partial\":true}" JUDGED, "", "\"closed_by\":\"judgment\"" },
	{ "CM-06", ENTRUSTED("agreed") JUDGED, "", "\"closed_by\":\"mediation\"" },
	{ "CM-07", MED("failed", "counter") ",\"mechanism\":\"judge\"", "" },
	{ "CM-07", "\"id\":\"（2022）沪0114诉前调1号\",\"kind\":\"mediation\",\"received_on\":\"2022-03-01\",\"state\":\"mediating\",\"intake\":\"counter\",\"referral\":\"after-filing\","
	  "\"mechanism\":\"judge\",\"procedure\":\"simplified\"" PARTIES EVENTS(EVENT("consent", "2022-03-02", OF("李四"))),
	  "violation: mediation-limit: not done yet, the last day was 2022-03-09" },
	{ "CM-08", ENTRUSTED("agreed") PAPER("mediation-paper", ",\"fees\":\"agreed\""), "" },
	{ "CM-08", ENTRUSTED("agreed") PAPER("mediation-paper", ""), "review: paper.fees missing" },
	/* Eight on the day of the agreement, and the day before. */
	{ "FM-01", CUSTODY(",\"children\":[{\"born_on\":\"2014-03-21\"}]"), "" },
	{ "FM-01", CUSTODY(",\"children\":[{\"born_on\":\"2014-03-20\"}]"), "review: children[0]: 8 or over on 2022-03-20, and not asked" },
	{ "FM-01", CUSTODY(",\"children\":[{\"born_on\":\"2016-02-29\"},{\"born_on\":\"2012-02-29\",\"asked_on\":\"2022-03-20\"}]"), "" },
	{ "FM-01", CUSTODY(",\"children\":[{\"born_on\":\"2012-02-29\",\"asked_on\":\"2022-03-21\"}]"),
	  "review: children[0]: 8 or over, and asked only after the agreement of 2022-03-20" },
	{ "FM-01", CUSTODY(",\"children\":[{\"born_on\":\"2012-02-29\",\"wishes\":\"随母\"}]"), "" },
	{ "FM-01", CUSTODY(",\"children\":[{\"born_on\":\"2012-02-29\"}],\"investigation\":{\"child_wishes\":\"随母\"}"), "" },
	{ "FM-01", CUSTODY(",\"children\":[{\"name\":\"甲\"},{\"born_on\":{\"key\":\"k\"}}]"),
	  "review: children[0].born_on missing; review: children[1].born_on is sealed: not judged" },
	{ "FM-01", CUSTODY(",\"involves_minor\":true"), "review: children missing: those of 8 or over are to be asked" },
	{ "FM-01", CUSTODY(",\"involves_minor\":false"), "" },
	{ "FM-01", CUSTODY(""), "review: involves_minor missing" },
	{ "FM-01", COUNTER("agreed") ",\"cause\":\"离婚后财产纠纷\"", "" },
	{ "FM-01", COUNTER("mediating") ",\"cause\":\"离婚纠纷\"", "" },
	{ "FM-02", COUNTER("mediating"), "" },
	{ "FM-02", COUNTER("mediating") REPORT("2022-03-02", "2022-03-09", ",\"living\":\"随母\""), "", WORKER("2022-03-02") },
	{ "FM-02", COUNTER("mediating") REPORT("2022-03-02", "2022-03-09", ""), "review: the report says nothing about living", WORKER("2022-03-02") },
	{ "FM-02", COUNTER("mediating") REPORT("2022-03-02", "2022-03-01", ",\"living\":\"随母\""),
	  "review: the report is of 2022-03-01, before it was asked for on 2022-03-02; "
	  "review: person:沪0114-P000001 was no youth social worker of the court on 2022-03-02", WORKER("2022-03-03") },
	{ "FM-02", COUNTER("mediating") REPORT("2022-03-02", "2022-03-09", ",\"living\":\"随母\""), "review: person:沪0114-P000001 is not known here" },
	{ "FM-02", COUNTER("mediating") ",\"investigation\":{\"reported_on\":\"2022-03-09\",\"qualified\":false}",
	  "review: investigation.asked_on missing; review: investigation.investigator missing; review: investigation.qualified is not said to be so; "
	  "review: investigation.consent is not said to be so; review: investigation.scope missing" },
	{ "FM-03", COUNTER("agreed") AGREED(ALL) REPORT("2022-03-02", "2022-03-09", ",\"living\":\"随母\"") ",\"undisputed\":[\"双方离婚\"]", "" },
	{ "FM-03", COUNTER("agreed") REPORT("2022-03-02", "2022-03-09", ",\"living\":\"随母\"") ",\"undisputed\":[\"双方离婚\",\"孩子随母生活\"]",
	  "review: undisputed[1] repeats investigation.living: a reference, not evidence by itself" },
	{ "FM-03", COUNTER("agreed") AGREED(ALL) REPORT("2022-03-02", "2022-03-09", ",\"living\":\"欠款\""),
	  "review: agreement.facts repeats investigation.living: a reference, not evidence by itself" },
	{ "FM-03", COUNTER("agreed") AGREED(ALL) REPORT("2022-03-02", "2022-03-09", ",\"living\":{\"key\":\"k\"}"), "review: investigation.living is sealed: not compared" },
	{ "FM-03", COUNTER("filed") REPORT("2022-03-02", "2022-03-09", ""), "info: the court may look at the social report, which is no evidence by itself" },
	{ "FM-04", COUNTER("mediating") REPORT("2022-03-02", "2022-03-15", ""), "" },
	{ "FM-04", COUNTER("mediating") REPORT("2022-03-02", "2022-03-16", ""), "review: investigation: done on 2022-03-16, the last day was 2022-03-15" },
	{ "FM-04", COUNTER("failed") ",\"ended_on\":\"2022-03-20\",\"investigation\":{\"follow_up_due_on\":\"2022-06-29\"}",
	  "review: follow-up: not done yet, the last day was 2022-06-29" },
	{ "FM-04", COUNTER("failed") ",\"ended_on\":\"2022-03-20\",\"investigation\":{\"follow_up_due_on\":\"2022-06-30\"}", "" },
	{ "ALLOC-02", LISTED ",\"capacity\":2", "" },
	{ "ALLOC-02", LISTED ",\"capacity\":1", "review: 2 mediations under way, capacity is 1" },
	{ "ALLOC-02", LISTED, "" },
	{ "JM-02", COUNTER("mediating") EVENTS(EVENT("ask-consult", "2023-07-31", ",\"agreed\":false")), "" }, /* before the rule */
	{ "JM-02", COUNTER("mediating") EVENTS(EVENT("ask-consult", "2023-08-01", ",\"agreed\":false")), "warn: experts were asked, and the other side did not agree" },
	{ "JM-03", COUNTER("failed") ",\"mechanism\":\"medical\",\"accepted_on\":\"2022-03-02\",\"ended_on\":\"2022-04-14\"", "" },
	{ "JM-03", COUNTER("failed") ",\"mechanism\":\"medical\",\"accepted_on\":\"2022-03-02\",\"ended_on\":\"2022-04-15\"",
	  "violation: sector-limit: done on 2022-04-15, the last day was 2022-04-14" },
	{ "JM-03", COUNTER("failed") ",\"mechanism\":\"medical\",\"accepted_on\":\"2022-03-02\",\"ended_on\":\"2022-04-14\"" EVENTS(IN_PUBLIC),
	  "violation: session of 2022-03-10 was public, and 张三 had not agreed to that" },
	{ "JM-03", COUNTER("failed") ",\"mechanism\":\"medical\",\"accepted_on\":\"2022-03-02\",\"ended_on\":\"2022-04-14\""
	  EVENTS(OPEN_TO("张三") "," OPEN_TO("李四") "," IN_PUBLIC), "" },
	{ "JM-04", COUNTER("failed") ",\"mechanism\":\"consumer\",\"accepted_on\":\"2022-03-02\",\"ended_on\":\"2022-05-07\"", "" },
	{ "JM-04", COUNTER("failed") ",\"mechanism\":\"consumer\",\"accepted_on\":\"2022-03-02\",\"ended_on\":\"2022-05-08\"",
	  "violation: sector-limit: done on 2022-05-08, the last day was 2022-05-07" },
	{ "JM-05", COUNTER("failed") ",\"mechanism\":\"traffic\",\"ended_on\":\"2022-03-24\"" EVENTS(MEETING), "" },
	{ "JM-05", COUNTER("failed") ",\"mechanism\":\"traffic\",\"ended_on\":\"2022-03-25\"" EVENTS(MEETING),
	  "violation: sector-limit: done on 2022-03-25, the last day was 2022-03-24" },
	{ "JM-06", COUNTER("failed") ",\"mechanism\":\"labour\",\"ended_on\":\"2022-03-16\"", "" },
	{ "JM-06", COUNTER("filed") ",\"mechanism\":\"labour\",\"ended_on\":\"2022-03-17\"",
	  "review: sector-limit: done on 2022-03-17, the last day was 2022-03-16; review: a labour dispute went to filing: was there an arbitration before?" },
	{ "JM-08", COUNTER("accepted") ",\"dispute_type\":\"administrative\",\"cause\":\"行政补偿\"", "" },
	{ "JM-08", COUNTER("accepted") ",\"dispute_type\":\"administrative\",\"cause\":\"行政处罚\",\"discretion\":true", "" },
	{ "JM-08", COUNTER("accepted") ",\"dispute_type\":\"administrative\",\"cause\":\"行政处罚\"",
	  "review: an administrative dispute: only compensation and discretion may be mediated" },
};

static struct gv_calendar *calendar;
static struct gv_mediation_clocks *clocks;
static struct gv_causes *causes;

static int fetch(void *ctx, struct gv_str id, const struct gv_val **out, struct gv_err *err)
{
	struct gv_doc *other = ctx;

	(void)id;
	(void)err;
	*out = other->root.type == GV_OBJECT ? &other->root : NULL;
	return 0;
}

static int load(void *ctx, struct gv_str mediator, int64_t *out, struct gv_err *err)
{
	(void)ctx;
	(void)err;
	CHECK(gv_str_is(mediator, "mediator:沪0114-M000001"));
	*out = 2;
	return 0;
}

static void run_row(const struct row *row)
{
	struct gv_doc doc = GV_DOC_INIT, other = GV_DOC_INIT;
	struct gv_buf got = GV_BUF_INIT(65536);
	struct gv_rec rec;
	struct gv_err err;
	struct gv_mediation_subject s = { .rec = &rec, .clocks = clocks, .calendar = calendar, .causes = causes, .fetch = fetch, .load = load, .ctx = &other };
	struct gv_check c = { .rec = &rec, .as_of = gv_day_of(2022, 6, 30), .ctx = &got, .sink = rule_sink,
	                      .only = gv_str_of(row->rule), .err = &err };

	if (strcmp(row->rule, "JM-02") == 0)
		c.as_of = gv_day_of(2023, 9, 1);
	if (strcmp(row->rule, "ME-12") == 0)
		c.as_of = gv_day_of(2022, 6, 6);
	rule_parse(&doc, row->fields);
	if (row->other)
		rule_parse(&other, row->other);
	CHECK_OK(gv_rec_of(&rec, &doc, NULL, cn, &err), &err);
	CHECK_OK(gv_rules_run(&c, gv_mediation_rules, &s), &err);
	rule_found(row->rule, row->fields, &got, row->want);
	gv_doc_free(&c.scratch);
	gv_doc_free(&doc);
	gv_doc_free(&other);
	gv_buf_free(&got);
}

static void each_rule(void)
{
	struct gv_err err;

	set_up();
	CHECK_OK(gv_calendar_load(&calendar, NULL, &err), &err);
	CHECK_OK(gv_mediation_clocks_load(&clocks, calendar, &err), &err);
	CHECK_OK(gv_causes_open(&causes, gv_day_of(2022, 6, 30), &err), &err);
	for (size_t i = 0; i < COUNT(rows); i++)
		run_row(&rows[i]);
	gv_causes_free(causes);
	gv_mediation_clocks_free(clocks);
	gv_calendar_free(calendar);
	tear_down();
}

static void look(const struct gv_rule *r, bool *passes, bool *fails)
{
	for (size_t i = 0; i < COUNT(rows); i++)
		if (strcmp(rows[i].rule, r->id) == 0)
			*(*rows[i].want ? fails : passes) = true;
}

static void complete(void)
{
	rule_has_rows(gv_mediation_rules, look);
	for (const struct gv_rule *r = gv_mediation_rules; r->id; r++)
		rule_is_told(r);
}

UNIT_MAIN("mediation_rules", { "each rule", each_rule }, { "every rule has both rows, and a basis", complete })
