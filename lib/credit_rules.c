/* SPDX-License-Identifier: MIT */
#include "credit_rules_impl.h"

#define BASIS(name, ...) static const struct gv_basis name[] = { __VA_ARGS__, { 0 } }
#define LIST "最高人民法院关于公布失信被执行人名单信息的若干规定", "法释〔2017〕7号"
#define CONSUMPTION "最高人民法院关于限制被执行人高消费及有关消费的若干规定", "法释〔2015〕17号"
#define GOOD_FAITH "最高人民法院关于在执行工作中进一步强化善意文明执行理念的意见", "法发〔2019〕35号"
#define REPAIR "信用修复管理办法", "国家发展改革委令第36号"
#define SHANGHAI "上海市社会信用条例", "2017"

BASIS(cr01, { LIST, "1" });
BASIS(cr03, { LIST, "2" });
BASIS(cr04, { LIST, "3" });
BASIS(cr05, { LIST, "4" });
BASIS(cr06, { GOOD_FAITH, "16" });
BASIS(cr07, { LIST, "5" });
BASIS(cr08, { "最高人民法院关于民事执行中财产调查若干问题的规定", "法释〔2017〕8号", "10" });
BASIS(cr09, { LIST, "6" });
BASIS(cr10, { "中华人民共和国公司法", "2023", "178" });
BASIS(cr11, { LIST, "10(1)" });
BASIS(cr12, { LIST, "10(2),2(2)" });
BASIS(cr13, { LIST, "10(3),10(4)" });
BASIS(cr14, { LIST, "9" });
BASIS(cr15, { LIST, "11,12" }, { GOOD_FAITH, "18" });
BASIS(cr16, { LIST, "2,10" });
BASIS(cr17, { "最高人民法院关于审理涉执行司法赔偿案件适用法律若干问题的解释", "法释〔2022〕3号", "2(10)" });
BASIS(cr18, { CONSUMPTION, "1" });
BASIS(cr19, { CONSUMPTION, "3(1)" });
BASIS(cr20, { CONSUMPTION, "3(2)" });
BASIS(cr21, { CONSUMPTION, "4,5" });
BASIS(cr22, { CONSUMPTION, "8,9" });
BASIS(cr23, { GOOD_FAITH, "17(3)" });
BASIS(cr24, { GOOD_FAITH, "17(2)" });
BASIS(cr25, { CONSUMPTION, "9" }, { "最高人民法院关于严格规范终结本次执行程序的规定（试行）", "法〔2016〕373号", "1" });
BASIS(cr26, { CONSUMPTION, "11" }, { LIST, "1" });
BASIS(cr27, { GOOD_FAITH, "15" });
BASIS(cr30, { LIST, "10" });
BASIS(cr31, { SHANGHAI, "35,36,38" });
BASIS(cr32, { REPAIR, NULL });
BASIS(cr33, { REPAIR, "3" });

#define RULE(number, of, level, title, zh, base, from, what, check) \
	{ number, title, zh, level, base, from, NULL, .own_dates = true, .needs = (what), .fn = gv_credit_rule_##check, .kind = (of) }
#define C "credit"
#define R "repair"

/* The days are those from which the texts quoted hold; what was done before is left to the text of its time. */
const struct gv_rule gv_credit_rules[] = {
	RULE("CR-01", C, GV_VIOLATION, "listed is who has not performed, on one of six grounds", "纳入须未履行义务并具有法定情形", cr01, "2017-05-01",
	     N_("state, ground G1 to G6, evidence, notice.due_on, decision.signed_on, events perform"), ground),
	RULE("CR-02", C, GV_REVIEW, "ability to perform is shown for G1, and asked for there alone", "有履行能力而拒不履行须有证据", cr01, "2017-05-01",
	     N_("ground G1, evidence"), able),
	RULE("CR-03", C, GV_VIOLATION, "G2 to G6: two years, one to three more if serious; G1: no term", "纳入期限二年，情节严重可延长一至三年；G1无期限", cr03, "2017-05-01",
	     N_("ground, term with years, extra_years, serious, from, until; decision.signed_on; events extend"), term),
	RULE("CR-04", C, GV_VIOLATION, "G1 is no ground where security or seized assets suffice, or others come first", "不得以有能力拒不履行为由纳入的情形", cr04, "2017-05-01",
	     N_("ground G1, exclusions X1 to X4, controlled_fen and claim_fen"), excluded),
	RULE("CR-05", C, GV_VIOLATION, "minors are not listed", "不得将未成年人纳入", cr05, "2017-05-01", N_("born_on of the debtor on the day of the decision; exclusions XM"), minor),
	RULE("CR-06", C, GV_VIOLATION, "officers are not listed for a unit's debt, nor anybody whose assets suffice or whose creditor waits", "单位负责人等不得纳入；财产足以清偿或申请人同意暂缓的不纳入", cr06,
	     "2019-12-16", N_("role, ground, exclusions XO XC XA XS, controlled_fen and claim_fen, campus_loan; student of the debtor"), officer),
	RULE("CR-07", C, GV_VIOLATION, "the notice warns; the president signs the decision, with reasons, and it is served before it is published", "风险提示、院长签发、说明理由并送达", cr07,
	     "2017-05-01", N_("notice.risk_warning, request, decision with signed_on, signed_by, reasons, served_on; published_on"), decided),
	RULE("CR-08", C, GV_WARN, "who breaches the duty to report is listed (G4)", "违反财产报告制度应当纳入", cr08, "2017-05-01", N_("events report-breach; state"), must_list),
	RULE("CR-09", C, GV_REVIEW, "what is published says what it must", "公布内容", cr09, "2017-05-01", N_("published_on, published; type of the debtor"), content),
	RULE("CR-10", C, GV_REVIEW, "who is listed is no director, supervisor or senior manager", "失信个人不得担任董监高", cr10, "2024-07-01", N_("state; offices of the debtor with manager"), office),
	RULE("CR-11", C, GV_VIOLATION, "G1: removed in three working days once R1 to R7 is there, and not without it", "无期限的失信信息：三个工作日内删除", cr11, "2017-05-01",
	     N_("published_on, removal.reason and removal.on; events perform, settlement-performed, creditor-consent, end-round, check, lead, stay, refuse-enforcement, terminate"), removed),
	RULE("CR-12", C, GV_VIOLATION, "G2 to G6: removed in three working days after the term, earlier by decision alone", "有期限的失信信息：期满三个工作日内删除，提前删除须经决定", cr12, "2017-05-01",
	     N_("ground, term, removal.reason, removal.on, removal.decided_on, removal.because; events perform, perform-part, settlement-performed, correct-conduct"), term_removed),
	RULE("CR-13", C, GV_WARN, "removed at the creditor's wish: not listed at its wish for six months", "申请人申请删除后六个月内不得再申请纳入", cr13, "2017-05-01",
	     N_("removal.reason R3 and removal.on; events request with who"), relisted),
	RULE("CR-14", C, GV_WARN, "what is wrong is revoked or corrected in three working days", "错误纳入三个工作日内撤销、更正", cr14, "2017-05-01",
	     N_("events find-wrong, revoke, find-inaccurate and correct with field"), mended),
	RULE("CR-15", C, GV_VIOLATION, "requests to correct: 15 days, then three working days; appeals are decided in 15 days", "纠正申请十五日内审查，理由成立三个工作日内纠正；复议十五日", cr15,
	     "2017-05-01", N_("events object with about, answer, appeal, decide-appeal, correct"), objected),
	RULE("CR-16", C, GV_VIOLATION, "performance in part is no ground of removal", "部分履行不是删除事由", cr16, "2017-05-01", N_("removal.reason R1; events perform, perform-part"), partial),
	RULE("CR-17", C, GV_INFO, "a wrong listing or restriction can found state compensation", "违法纳入、限制可引起国家赔偿", cr17, "2022-03-01", N_("state revoked"), compensation),
	RULE("CR-18", C, GV_VIOLATION, "who is listed is restricted; others may be once they miss the period of the notice", "纳入名单的应当限制消费", cr18, "2015-07-22",
	     N_("state, restriction, published_on, order.signed_on, notice.due_on"), restricted),
	RULE("CR-19", C, GV_REVIEW, "the order says what is banned", "限制消费令载明限制事项", cr19, "2015-07-22", N_("restriction, order.items C1 to C9"), items),
	RULE("CR-20", C, GV_VIOLATION, "officers of a restricted unit may spend their own money if they ask", "单位四类人员以个人财产消费的申请", cr20, "2015-07-22",
	     N_("role P1 to P4, unit; events ask-spending with own_money, allow-spending"), unit),
	RULE("CR-21", C, GV_VIOLATION, "the president signs the order, which tells period, items and consequences", "限制消费令由院长签发", cr21, "2015-07-22",
	     N_("restriction, order.signed_by, order.signed_on, order.consequences"), ordered),
	RULE("CR-22", C, GV_VIOLATION, "lifted at once when all is performed; before that by security or consent alone", "履行完毕应当及时解除，提供担保或申请人同意可以解除", cr22, "2015-07-22",
	     N_("restriction, role, lift.on, lift.ground; events perform, settlement-performed, perform-part, restrict; of an officer those of the unit; the case"), lifted),
	RULE("CR-23", C, GV_VIOLATION, "travel: for urgent need, by the president, a month at most", "暂时解除：院长批准，不超过一个月", cr23, "2019-12-16",
	     N_("events lift-temporarily with until, reason, approved_by, false_evidence; restore"), travel),
	RULE("CR-24", C, GV_VIOLATION, "former representatives: a genuine change, no control left, and the successor restricted", "原法定代表人解除限制的条件", cr24, "2019-12-16",
	     N_("role, lift.ground former-officer, lift.changed_for_business, lift.still_controls, lift.successor_restricted"), former),
	RULE("CR-25", C, GV_REVIEW, "removal from the list and the end of a round lift no restriction", "删除失信信息、终本不当然解除限制消费", cr25, "2015-07-22",
	     N_("restriction, lift.ground, state; events end-round, remove"), stands),
	RULE("CR-26", C, GV_INFO, "a breach of the order is ground G5", "违反限制消费令的后果", cr26, "2015-07-22", N_("events breach; ground"), breached),
	RULE("CR-27", C, GV_VIOLATION, "grace is one to three months, and nothing is published or imposed in it", "宽限期一至三个月，期内不公布、不限制", cr27, "2019-12-16",
	     N_("grace with on, months, until; published_on, order.signed_on; events perform, restrict"), grace),
	RULE("CR-28", C, GV_VIOLATION, "grace follows a decision", "宽限期以已决定为前提", cr27, "2019-12-16", N_("grace.on, decision.signed_on, order.signed_on; events restrict; policy credit_prelisting_notice"), grace_follows),
	RULE("CR-30", R, GV_VIOLATION, "a repair rests on a condition that is met", "信用修复的条件", cr30, "2017-05-01", N_("state, decided_on, ground, evidence; of the entry state and events"), condition),
	RULE("CR-31", R, GV_WARN, "a proof of repair is issued, and platforms delete in three working days", "出具修复证明，平台三个工作日内删除", cr31, "2017-10-01",
	     N_("state, decided_on, proof_on, proof_no, platforms with told_on and deleted_on"), proof),
	RULE("CR-32", R, GV_VIOLATION, "public credit data: three months at least, a year if serious, and a promise", "公共信用信息修复的最短公示期与信用承诺", cr32, "2026-04-01",
	     N_("severity, publicity_from, applied_on, promise"), public_data),
	RULE("CR-33", C, GV_WARN, "who was told of an entry is told of its end, and confirms", "删除后同步停止公示、共享与惩戒", cr33, "2026-04-01",
	     N_("state, published_on, removal.on, earlier; events notify-platform and acknowledge with platform, what and published_on"), in_step),
	{ 0 }
};

/* ---- shared ---- */

bool gv_credit_in_force(const struct gv_check *c, gv_day act)
{
	return gv_rule_in_force(c->rule, act == GV_DAY_NONE ? c->as_of : act);
}

int gv_credit_missing(struct gv_check *c, const char *field)
{
	return gv_finding(c, GV_REVIEW, NULL, _("%s missing"), field);
}

int gv_credit_need(struct gv_check *c, const struct gv_val *rec, const char *const fields[])
{
	int rc = 0;

	for (size_t i = 0; fields[i] && !rc; i++)
		if (!gv_val_path(rec, gv_str_of(fields[i])))
			rc = gv_credit_missing(c, fields[i]);
	return rc;
}

struct late { struct gv_check *c; enum gv_level level; bool done_only; };

/* {"from","until","done"}: for machines, which read no messages. */
static int facts_of(struct gv_doc *d, const struct gv_credit_clock *clock, struct gv_val *out, struct gv_err *err)
{
	const struct { const char *name; gv_day day; } days[] = { { "from", clock->from }, { "until", clock->until }, { "done", clock->done } };
	int rc = 0;

	*out = gv_mkobj();
	for (size_t i = 0; i < sizeof days / sizeof days[0] && !rc; i++)
		if (days[i].day != GV_DAY_NONE)
			rc = gv_obj_set(d, out, gv_str_of(days[i].name), gv_mkstr(d, gv_str_of(gv_credit_date(days[i].day).s)), err);
	return rc;
}

static int tell(void *ctx, const struct gv_credit_clock *clock)
{
	struct late *l = ctx;
	struct gv_check *c = l->c;
	struct gv_val facts;
	int rc;

	if (!gv_credit_in_force(c, clock->from) || (l->done_only && (clock->done == GV_DAY_NONE || clock->until == GV_DAY_NONE)))
		return 0;
	if (clock->until == GV_DAY_NONE)
		return gv_finding(c, GV_REVIEW, NULL, _("%s of %s: no calendar for its last day"), clock->what, gv_credit_date(clock->from).s);
	rc = facts_of(&c->scratch, clock, &facts, c->err);
	if (rc)
		return rc;
	if (clock->done != GV_DAY_NONE && clock->done > clock->until)
		return gv_finding(c, l->level, &facts, _("%s of %s: was due by %s (%s), and done on %s"), clock->what, gv_credit_date(clock->from).s,
		                  gv_credit_date(clock->until).s, clock->name, gv_credit_date(clock->done).s);
	if (clock->done == GV_DAY_NONE && c->as_of > clock->until)
		return gv_finding(c, l->level, &facts, _("%s of %s: was due by %s (%s), and is not done"), clock->what, gv_credit_date(clock->from).s,
		                  gv_credit_date(clock->until).s, clock->name);
	if (clock->done == GV_DAY_NONE)
		return gv_finding(c, GV_INFO, &facts, _("%s of %s: due by %s (%s)"), clock->what, gv_credit_date(clock->from).s, gv_credit_date(clock->until).s, clock->name);
	return 0;
}

int gv_credit_late(struct gv_check *c, const void *subject, const char *names, enum gv_level level)
{
	struct late l = { c, level, false };
	const struct gv_credit_subject *s = subject;

	return gv_credit_clocks(s->rec->val, &(struct gv_credit_ask){ names, s->calendar, c->as_of, s->aside }, tell, &l);
}

int gv_credit_done_late(struct gv_check *c, const void *subject, const char *names, enum gv_level level)
{
	struct late l = { c, level, true };
	const struct gv_credit_subject *s = subject;

	return gv_credit_clocks(s->rec->val, &(struct gv_credit_ask){ names, s->calendar, c->as_of, s->aside }, tell, &l);
}
