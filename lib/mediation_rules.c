/* SPDX-License-Identifier: MIT */
#include "mediation_bar.h"
#include "mediation_rules_impl.h"

#define BASIS(name, ...) static const struct gv_basis name[] = { __VA_ARGS__, { 0 } }
#define INVITED "最高人民法院关于人民法院特邀调解的规定", "法释〔2016〕14号"
#define ONLINE "人民法院在线调解规则", "法释〔2021〕23号"
#define PEOPLE "中华人民共和国人民调解法", "2010"
#define MINORS "中华人民共和国未成年人保护法", "2020"
#define COURT "最高人民法院关于人民法院民事调解工作若干问题的规定", "2020"
#define INTERP "最高人民法院关于适用《中华人民共和国民事诉讼法》的解释", "法释〔2022〕11号"

#define CIVIL(art21, art23) { "中华人民共和国民事诉讼法", "2021", art21 }, { "中华人民共和国民事诉讼法", "2023", art23 }

BASIS(me01, { INVITED, "5-8" });
BASIS(me02, { INVITED, "7,10" });
BASIS(me03, { INVITED, "11" });
BASIS(me04, { INVITED, "12" });
BASIS(me05, { INVITED, "13" });
BASIS(me06, { INVITED, "15" });
BASIS(me07, { INVITED, "16" });
BASIS(me08, { INVITED, "18" });
BASIS(me09, { INVITED, "27" });
BASIS(me10, { INVITED, "26" });
BASIS(me11, { INVITED, "20" });
BASIS(me12, { INVITED, "21" }, { ONLINE, "21" }, CIVIL("126", "126"));
BASIS(me13, { INVITED, "22" });
BASIS(me14, { INVITED, "23,24" });
BASIS(me15, { INVITED, "28" });
BASIS(me16, { INVITED, "2" });
BASIS(me17, { INVITED, "29" }, { PEOPLE, "16" });
BASIS(om01, { ONLINE, "3" });
BASIS(om02, { ONLINE, "4,25" });
BASIS(om03, { ONLINE, "5" });
BASIS(om04, { ONLINE, "8" });
BASIS(om05, { ONLINE, "9" });
BASIS(om06, { ONLINE, "10" });
BASIS(om07, { ONLINE, "12" });
BASIS(om08, { ONLINE, "15" });
BASIS(om09, { ONLINE, "13" });
BASIS(om10, { ONLINE, "14" });
BASIS(om11, { ONLINE, "17" });
BASIS(om12, { ONLINE, "19" });
BASIS(om13, { ONLINE, "18,22" });
BASIS(om14, { ONLINE, "24,26" });
BASIS(om15, { ONLINE, "25" });
BASIS(om16, { ONLINE, "21" });
BASIS(om17, { ONLINE, "6" });
BASIS(om18, { ONLINE, "29" });
BASIS(pm01, { PEOPLE, "8,9" });
BASIS(pm02, { PEOPLE, "29,30" });
BASIS(pm03, { PEOPLE, "31" });
BASIS(cf01, { PEOPLE, "33" }, CIVIL("201", "205"));
BASIS(cf02, CIVIL("201", "205"));
BASIS(cf03, CIVIL("201", "205"), { INTERP, "352" });
BASIS(cf05, { INTERP, "353,354" });
BASIS(cf06, { INTERP, "355" });
BASIS(cf07, { INTERP, "358" });
BASIS(cf08, CIVIL("187", "187"), { "最高人民法院关于人民调解协议司法确认程序的若干规定", "法释〔2011〕5号", "4,5" });
BASIS(cf10, { INTERP, "372" });
BASIS(cf11, { INTERP, "356,357" });
BASIS(cf12, { "诉讼费用交纳办法", "国务院令第481号", "8" });
BASIS(cf13, CIVIL("202", "206"));
BASIS(cm03, { INVITED, "24" }, CIVIL("100,102", "100,102"), { INTERP, "149" }, { COURT, "12" });
BASIS(cm04, CIVIL("101", "101"));
BASIS(cm05, { COURT, "8" });
BASIS(cm06, { COURT, "10" }, { INTERP, "148" });
BASIS(cm07, { COURT, "4" });
BASIS(cm08, { COURT, "11" }, { "诉讼费用交纳办法", "国务院令第481号", "31" });
BASIS(fm01, { MINORS, "107" }, { "中华人民共和国民法典", "2020", "1084" });
BASIS(fm02, { MINORS, "116" });
BASIS(fm03, { "中华人民共和国预防未成年人犯罪法", "2020", "51" },
      { "最高人民法院关于适用《中华人民共和国刑事诉讼法》的解释", "法释〔2021〕1号", "575" });
BASIS(fm04, { MINORS, "116" }, { "最高人民法院关于进一步深化家事审判方式和工作机制改革的意见（试行）", "法发〔2018〕12号", NULL });
BASIS(alloc02, { "特邀调解员名册", NULL, NULL });
BASIS(jm02, { "最高人民法院关于诉前调解中委托鉴定工作规程（试行）", "法办〔2023〕275号", "2" });
BASIS(jm03, { "医疗纠纷预防和处理条例", "国务院令第701号", "38,42" });
BASIS(jm04, { "市场监督管理投诉举报处理暂行办法", "2022", "20,21" });
BASIS(jm05, { "道路交通事故处理程序规定", "公安部令第146号", "90,112" });
BASIS(jm06, { "中华人民共和国劳动争议调解仲裁法", "2007", "5,14" });
BASIS(jm08, { "中华人民共和国行政诉讼法", "2017", "60" });

#define RULE(number, of, level, title, zh, base, from, what, check) \
	{ number, title, zh, level, base, from, NULL, .own_dates = true, .needs = (what), .fn = gv_mediation_rule_##check, .kind = (of) }
#define M "mediation"
#define F "agreement-confirmation"

const struct gv_rule gv_mediation_rules[] = {
	RULE("ME-01", "mediator", GV_WARN, "who is in the register has a certificate and is within the time", "名册登记有效", me01,
	     "2016-07-01", N_("state, certificate, listed_on, listed_until"), listed),
	RULE("ME-02", "mediator", GV_REVIEW, "mediators are trained before they enter the register", "入册前培训", me02, "2016-07-01",
	     N_("trainings and listed_on"), trained),
	RULE("ME-03", M, GV_VIOLATION, "before filing nobody is mediated without consent", "委派调解须经同意", me03, "2016-07-01",
	     N_("referral, parties, events consent, refuse, revoke-consent, session, agree; at the counter"), consent),
	RULE("ME-04", M, GV_VIOLATION, "mediators are in the register when appointed", "从名册中选任", me04, "2016-07-01",
	     N_("mediators, and the events and listed_until of each mediator"), from_register),
	RULE("ME-05", M, GV_VIOLATION, "somebody mediates, and of several one presides", "一人主持调解", me05, "2016-07-01",
	     N_("mediators, mechanism, state"), presiding),
	RULE("ME-06", M, GV_VIOLATION, "who is near a party withdraws, unless all agree in writing", "调解员回避", me06, "2016-07-01",
	     N_("parties and agents, the mediators' relations, events waive"), fairness),
	RULE("ME-07", M, GV_VIOLATION, "mediators have no other role in the case later", "调解员不得在后续程序任职", me07, "2016-07-01",
	     N_("links to the case, its parties, agents and panel"), later_role),
	RULE("ME-08", M, GV_REVIEW, "a mediation that looks like a sham is suspended and reported", "疑似虚假中止并报告", me08, "2016-07-01",
	     N_("events suspend with doc or note"), reported),
	RULE("ME-09", M, GV_VIOLATION, "invited mediation ends in time or is extended by all", "特邀调解期限", me09, "2016-07-01",
	     N_("papers_on, ended_on, extended_until, referral, procedure; mediate due shows the last day"), in_time),
	RULE("ME-10", M, GV_WARN, "the end of a mediation has a day and a reason", "调解终结有记录", me10, "2016-07-01",
	     N_("state, ended_on, ended_by; at the counter"), ended),
	RULE("ME-11", F, GV_WARN, "what was agreed after filing becomes a mediation paper", "委托调解协议由法院审查制作调解书", me11,
	     "2016-07-01", N_("the referral of the mediation"), wrong_way),
	RULE("ME-12", M, GV_VIOLATION, "after a failure the papers go back, and a suit insisted on is filed", "调解不成移送材料、立案", me12,
	     "2016-07-01", N_("state, papers_on, referral, links, events papers-back, insist"), handed_back),
	RULE("ME-13", M, GV_WARN, "concessions are no undisputed facts", "让步不作为无争议事实", me13, "2016-07-01",
	     N_("concessions and undisputed; all parties may agree otherwise"), concessions),
	RULE("ME-14", M, GV_VIOLATION, "an agreement has what it needs and is signed", "调解协议要件与签署", me14, "2016-07-01",
	     N_("agreement with facts, terms, signatures; at the counter"), agreement),
	RULE("ME-15", "mediator", GV_REVIEW, "a sanction has a ground that was found to be true", "对调解员的处理有据", me15, "2016-07-01",
	     N_("events warn, censure, remove with ground, and doc or note"), sanctioned),
	RULE("ME-16", M, GV_VIOLATION, "mediation is not public", "调解不公开", me16, "2016-07-01",
	     N_("events session with public, events agree-public; of medical disputes see JM-03"), confidential),
	RULE("ME-17", "mediator", GV_REVIEW, "nobody is paid twice, or without approval", "补贴发放有据", me17, "2016-07-01",
	     N_("payments, public_servant; the amounts are the court's own"), paid),
	RULE("OM-01", M, GV_VIOLATION, "what may be mediated online", "在线调解范围", om01, "2022-01-01", N_("dispute_type, custody"),
	     online_scope),
	RULE("OM-02", M, GV_VIOLATION, "nobody is mediated online without consent", "在线调解须经同意", om02, "2022-01-01",
	     N_("parties, events consent, refuse, revoke-consent, session, agree"), consent),
	RULE("OM-03", "mediator", GV_REVIEW, "what is to be known of a mediator is there to be published", "调解员信息公布", om03, "2022-01-01",
	     N_("profile, scope, fields, paid"), published),
	RULE("OM-04", M, GV_REVIEW, "an application online says what it must", "在线申请内容", om04, "2022-01-01",
	     N_("facts, files, of each applicant id_no or credit_code, phone, electronic_address"), application),
	RULE("OM-05", M, GV_WARN, "what is sent back has a ground and a way on", "退回申请有据", om05, "2022-01-01",
	     N_("state, referral, events send-back with ground, and doc or note"), sent_back),
	RULE("OM-06", M, GV_VIOLATION, "a mediator is chosen or appointed in time", "选任期限", om06, "2022-01-01",
	     N_("received_on, consent, mediators and events assign"), in_time),
	RULE("OM-07", M, GV_VIOLATION, "the mediator answers in time", "调解员确认期限", om07, "2022-01-01",
	     N_("mediators with appointed_on and accepted_on"), in_time),
	/* The text says that the mediator may help to ask, not that it is the mediator's duty. */
	RULE("OM-08", M, GV_REVIEW, "the other side is asked in time", "征询对方意愿期限", om08, "2022-01-01",
	     N_("mediators with accepted_on, events notify, consent, refuse"), in_time),
	RULE("OM-09", M, GV_VIOLATION, "mediators disclose whom they are near", "调解员披露", om09, "2022-01-01",
	     N_("parties and agents, the mediators' relations, events disclose"), disclosed),
	RULE("OM-10", M, GV_REVIEW, "who asks for another mediator gets one, or has refused", "更换调解员", om10, "2022-01-01",
	     N_("state, events ask-change, assign"), change),
	RULE("OM-11", M, GV_VIOLATION, "identities are checked and shams warned of", "核实身份与告知", om11, "2022-01-01",
	     N_("events session with identity_checked and warned_sham"), identity),
	RULE("OM-12", M, GV_VIOLATION, "an agreement online has what it needs and is signed", "在线调解协议签章", om12, "2022-01-01",
	     N_("agreement with facts, terms, signatures"), agreement),
	RULE("OM-13", M, GV_WARN, "concessions are no undisputed facts", "让步不作为无争议事实", om13, "2022-01-01",
	     N_("concessions and undisputed; all parties may agree otherwise"), concessions),
	RULE("OM-14", M, GV_VIOLATION, "mediation online ends in time or is extended by all", "在线调解期限", om14, "2022-01-01",
	     N_("mediators with accepted_on, ended_on, extended_until, events ask-consult; mediate due shows the last day"), in_time),
	RULE("OM-15", M, GV_WARN, "the end of a mediation has a day and a reason", "在线调解终结有记录", om15, "2022-01-01",
	     N_("state, ended_on, ended_by"), ended),
	RULE("OM-16", M, GV_REVIEW, "a failure is recorded", "调解不成记录", om16, "2022-01-01", N_("failure.situation and failure.reason"),
	     failure),
	RULE("OM-17", M, GV_VIOLATION, "mediators from abroad only where a party is", "境外调解员范围", om17, "2022-01-01",
	     N_("foreign, and the origin of each mediator"), foreign),
	RULE("OM-18", "mediator", GV_VIOLATION, "refusals are a ground for removal since the rules online", "多次无故拒绝的处理", om18, "2022-01-01",
	     N_("events warn, censure, remove with ground, and doc or note"), refusals),
	RULE("PM-01", "mediator", GV_VIOLATION, "a committee has 3 to 9 members, a woman among them, for three years", "人民调解委员会组成", pm01,
	     "2011-01-01", N_("members, has_woman, term_until of an organisation"), committee),
	RULE("PM-02", M, GV_VIOLATION, "an agreement of people's mediation is signed and sealed", "人民调解协议签署", pm02, "2011-01-01",
	     N_("agreement with facts, terms, signatures"), agreement),
	RULE("PM-03", M, GV_REVIEW, "somebody looks whether it is performed", "履行回访", pm03, "2011-01-01",
	     N_("agreement.perform_by, performed_on, events visit"), visited),
	RULE("CF-01", F, GV_VIOLATION, "all parties apply together within 30 days", "共同申请与期限", cf01, "2011-01-01",
	     N_("applicants, applied_on, effective_on, and the mediation's parties and signatures"), applicants),
	RULE("CF-02", F, GV_VIOLATION, "a mediation organisation brought it about", "调解组织主持达成", cf02, "2022-01-01",
	     N_("the mediation's mechanism"), organisation),
	RULE("CF-03", F, GV_VIOLATION, "the right court confirms", "司法确认管辖", cf03, "2022-01-01", N_("venue, and the mediation's mechanism"),
	     venue),
	RULE("CF-05", F, GV_REVIEW, "the papers are complete", "司法确认申请材料", cf05, "2022-04-10", N_("papers, form"), papers),
	RULE("CF-06", F, GV_VIOLATION, "what is about status or title is not confirmed", "不予受理情形", cf06, "2022-04-10",
	     N_("agreement.subject of the mediation, reject_ground"), subject),
	RULE("CF-07", F, GV_REVIEW, "a refusal has a ground", "驳回理由", cf07, "2022-04-10", N_("state, refuse_ground"), ground),
	RULE("CF-08", F, GV_VIOLATION, "confirmed or refused in time", "司法确认审查期限", cf08, "2011-03-30",
	     N_("applied_on, accepted_on, decided_on, extended_until; what is over the service targets alone is a review"), in_time),
	RULE("CF-10", F, GV_REVIEW, "a party objects in time", "异议期限", cf10, "2022-04-10", N_("events serve and object of each party"), in_time),
	RULE("CF-11", F, GV_REVIEW, "both parties are heard together", "询问双方当事人", cf11, "2022-04-10", N_("verified_on"), verified),
	RULE("CF-12", F, GV_VIOLATION, "confirmation costs nothing", "司法确认不收费", cf12, "2007-04-01", N_("fee_fen"), fee),
	RULE("CF-13", F, GV_REVIEW, "what was refused comes back changed", "驳回后变更协议再申请", cf13, "2022-01-01",
	     N_("applied_on, and the mediation's agreement.made_on and event refuse-confirmation"), again),
	RULE("CM-01", M, GV_VIOLATION, "status and special procedures are not mediated", "不得调解的案件", gv_mediation_bar_basis, "2022-04-10", N_("cause"),
	     barred_cause),
	RULE("CM-03", M, GV_VIOLATION, "it takes effect when the last party has signed, and until then each may back out", "签收生效与反悔", cm03, "2022-01-01",
	     N_("referral, parties, events agree, back-out, signatures of the agreement; after filing paper and events sign-for"), signed_for),
	RULE("CM-04", M, GV_WARN, "no paper is needed in four cases", "可以不制作调解书的情形", cm04, "2022-01-01",
	     N_("paper.form and no_paper_because, cause, performed_on"), no_paper),
	RULE("CM-05", M, GV_VIOLATION, "no clause lets the court decide again", "不得约定另行裁判", cm05, "2021-01-01", N_("agreement.clauses"), clauses),
	RULE("CM-06", M, GV_VIOLATION, "what is not approved gets no paper, and what is settled no judgment", "不予确认与不得据以判决", cm06, "2022-04-10",
	     N_("events refuse-paper and agree, paper.form, agreement.partial, closed_by of the case"), approved),
	RULE("CM-07", M, GV_VIOLATION, "a judge's mediation ends in time", "答辩期内调解期限", cm07, "2021-01-01",
	     N_("consent of all, ended_on, procedure"), in_time),
	RULE("CM-08", M, GV_REVIEW, "somebody says who bears the court fees", "诉讼费用负担", cm08, "2021-01-01", N_("paper.fees"), fees),
	RULE("FM-01", M, GV_REVIEW, "a child of 8 or over is asked where custody is agreed", "听取已满八周岁子女意愿", fm01, "2021-06-01",
	     N_("cause, involves_minor, children with born_on, asked_on, wishes; investigation.child_wishes"), child_asked),
	RULE("FM-02", M, GV_REVIEW, "a social investigation has what it needs", "社会调查要件", fm02, "2021-06-01",
	     N_("investigation with investigator, qualified, scope, consent, asked_on, reported_on; the investigator's roles"), investigated),
	RULE("FM-03", M, GV_REVIEW, "a social report is a reference, not evidence by itself", "社会调查报告仅作参考", fm03, "2021-06-01",
	     N_("investigation, undisputed, agreement.facts, state"), reference),
	RULE("FM-04", M, GV_REVIEW, "investigation and follow-up by the days that the court set", "社会调查与回访期限", fm04, "2021-06-01",
	     N_("investigation.asked_on, due_on, reported_on, follow_up_due_on, events follow-up; mediate due shows the last day"), in_time),
	/* The limit is the register's, no text of law has one. */
	RULE("ALLOC-02", "mediator", GV_REVIEW, "mediators have no more than they take", "不超过同时承办上限", alloc02, "2016-07-01",
	     N_("capacity, and the mediations of the docket that are under way"), load),
	RULE("JM-02", M, GV_WARN, "experts are asked with the consent of both", "诉前委托鉴定自愿", jm02, "2023-08-01",
	     N_("events ask-consult with agreed"), experts),
	RULE("JM-03", M, GV_VIOLATION, "medical disputes: 30 working days, in private", "医疗纠纷调解期限与保密", jm03, "2018-10-01",
	     N_("accepted_on, ended_on, events ask-consult, session with public, agree-public"), medical),
	RULE("JM-04", M, GV_VIOLATION, "consumer disputes: 45 working days", "消费纠纷调解期限", jm04, "2020-01-01",
	     N_("accepted_on, ended_on, events ask-consult"), in_time),
	RULE("JM-05", M, GV_VIOLATION, "traffic disputes: 10 working days from the first session", "交通事故调解期限", jm05, "2018-05-01",
	     N_("events session, ended_on"), in_time),
	RULE("JM-06", M, GV_REVIEW, "labour disputes: 15 days, and arbitration before suit", "劳动争议调解期限与仲裁前置", jm06, "2008-05-01",
	     N_("received_on, ended_on, state; wages on a note alone need no arbitration"), arbitration),
	RULE("JM-08", M, GV_REVIEW, "administrative disputes: compensation and discretion alone", "行政争议调解范围", jm08, "2015-05-01",
	     N_("dispute_type, cause, discretion"), administrative),
	{ 0 }
};
