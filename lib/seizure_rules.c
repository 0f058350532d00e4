/* SPDX-License-Identifier: MIT */
#include "policy.h"
#include "seizure_rules_impl.h"

#define BASIS(name, ...) static const struct gv_basis name[] = { __VA_ARGS__, { 0 } }
#define SEAL "最高人民法院关于人民法院民事执行中查封、扣押、冻结财产的规定", "法释〔2004〕15号"
#define PRESERVE "最高人民法院关于人民法院办理财产保全案件若干问题的规定", "法释〔2016〕22号"
#define GOOD_FAITH "最高人民法院关于在执行工作中进一步强化善意文明执行理念的意见", "法发〔2019〕35号"
#define CIVIL(art21, art23) { "中华人民共和国民事诉讼法", "2021", art21 }, { "中华人民共和国民事诉讼法", "2023", art23 }

#define EQUITY "最高人民法院关于人民法院强制执行股权若干问题的规定", "法释〔2021〕20号"

BASIS(sz01, { SEAL, "1" });
BASIS(sz02, { EQUITY, "6" });
BASIS(sz03, { SEAL, "2" });
BASIS(sz04, { SEAL, "7,24" });
BASIS(sz05, { SEAL, "18" }, CIVIL("252", "256"));
BASIS(sz06, CIVIL("106", "106"));
BASIS(sz07, { SEAL, "10" }, { PRESERVE, "13" });
BASIS(sz08, { SEAL, "20-22" });
BASIS(sz09, { SEAL, "23" });
BASIS(sz10, { SEAL, "19" }, CIVIL("249", "253"));
BASIS(sz11, { SEAL, "19" });
BASIS(sz12, CIVIL("105", "105"), { PRESERVE, "15" });
BASIS(sz13, { PRESERVE, "15" }, { GOOD_FAITH, "4" });
BASIS(sz14, { PRESERVE, "15" });
BASIS(sz15, { PRESERVE, "13" }, { GOOD_FAITH, "3" });
BASIS(sz16, { GOOD_FAITH, "7" });
BASIS(sz17, { EQUITY, "5" });
BASIS(sz18, { "最高人民法院关于进一步完善执行权制约机制加强执行监督的意见", "法〔2021〕322号", NULL });
BASIS(sz19, { SEAL, "26,28" });
BASIS(sz20, { SEAL, "19" });

#define RULE(number, level, title, zh, base, from, what, check) \
	{ number, title, zh, level, base, from, NULL, .needs = (what), .fn = gv_seizure_rule_##check }

const struct gv_rule gv_seizure_rules[] = {
	RULE("SZ-01", GV_VIOLATION, "a ruling is signed and served on the parties and on whoever must assist; effect begins with that service",
	     "裁定送达当事人和协助单位，自送达协助单位时生效", sz01, "2005-01-01",
	     N_("ruled_on, assistance_on, served_at, parties_told_on, effective_at of each seizure; type and registry of its asset"), ruled),
	{ "SZ-02", "the freeze of equity takes effect when it is published, and the company is told in writing", "股权冻结自公示时生效并书面通知公司",
	  GV_VIOLATION, sz02, "2022-01-01", NULL, .own_dates = true,
	  .needs = N_("assets of type equity; published_at, company_told_on, effective_at of the seizure"), .fn = gv_seizure_rule_published },
	RULE("SZ-03", GV_VIOLATION, "only what is the debtor's is seized; a third party's only with its written confirmation",
	     "查封限于被执行人财产，第三人名下的须经其书面确认", sz03, "2005-01-01", N_("assets with title_in, confirmed_on; served_at"), debtors),
	RULE("SZ-04", GV_REVIEW, "what is registered is entered at the registry, what is not is made public", "已登记财产办理查封登记，未登记的予以公示", sz04,
	     "2005-01-01", N_("assets with registry; registered_at, noticed_on, custodian of the seizure"), registered),
	RULE("SZ-05", GV_VIOLATION, "the record states time, place, kind, quantity and custodian, is signed, and the debtor gets the list",
	     "笔录记明起止时间、所在地、种类数量、保管人并签名，清单交被执行人", sz05, "2005-01-01",
	     N_("inventory with started_at, ended_at, place, items, custodian, signed, list_given_on, debtor_called"), recorded),
	RULE("SZ-06", GV_WARN, "the preserved party is told at once", "保全后立即通知被保全人", sz06, "2013-01-01",
	     N_("stage preservation of the seizure or the claim; served_at or published_at, parties_told_on"), told),
	RULE("SZ-07", GV_VIOLATION, "only the debtor may go on using what is seized, and must be let where it serves production and is preserved",
	     "保管与使用：被执行人以外的保管人不得使用，生产经营性财产应允许继续使用", sz07, "2005-01-01",
	     N_("custodian, use_allowed, use_lowers_value, stage; assets with production"), kept_by),
	RULE("SZ-08", GV_WARN, "seizing a building reaches its land, and what replaces a thing that is lost", "房地一体查封，及于替代物", sz08, "2005-01-01",
	     N_("assets with registry, land_registry, land_of_other, lost_on; land_registered_at, substitute_ruled_on"), reaches),
	RULE("SZ-09", GV_VIOLATION, "what had passed to another at the registry is not seized; what was only applied for is",
	     "已完成过户的不得查封，已受理未完成的查封优先", sz09, "2005-01-01",
	     N_("assets with transfer_accepted_on, transfer_done_on, transfer_notice_at; served_at"), transfer_first),
	RULE("SZ-10", GV_VIOLATION, "no more is seized than the claim and its costs need", "不得明显超标的额查封", sz10, "2005-01-01",
	     N_("claim, assets with value, share and encumbrances, seizures that hold; policy seizure_lowest_percent, seizure_obvious_percent"), too_much),
	RULE("SZ-11", GV_VIOLATION, "what is indivisible may be seized whole only where nothing else suffices", "不可分物的例外须具备两个条件", sz11,
	     "2005-01-01", N_("assets with indivisible, and all other property"), indivisible),
	RULE("SZ-12", GV_REVIEW, "there is a claim to compare with: at preservation the amount in the ruling", "以裁定或执行标的额为准", sz12,
	     "2005-01-01", N_("claim: stage, principal_fen or preservation_fen"), claim_known),
	RULE("SZ-13", GV_VIOLATION, "of an immovable that can be divided the corresponding part is seized", "可分割不动产应查封相应部分", sz13,
	     "2016-12-01", N_("assets with indivisible, units, one_certificate, split_asked_on, split_on, split_refused_on"), part),
	RULE("SZ-14", GV_VIOLATION, "the ruling states the exact sum that is frozen", "冻结账户须明确数额", sz14, "2016-12-01",
	     N_("sum_fen of each seizure of a deposit"), sum_stated),
	RULE("SZ-15", GV_WARN, "of several things those are seized that production and life depend on least", "多项财产选择对生产生活影响较小的", sz15,
	     "2016-12-01", N_("assets, seized and not, with value, production, dwelling, asked_first; the claim"), least_harm),
	RULE("SZ-16", GV_WARN, "of listed shares as many are frozen as pay the claim at the last closing price, or at one 20 % lower",
	     "上市公司股票按前一交易日收盘价、下浮不超过20%计算冻结数量", sz16, "2019-12-16",
	     N_("assets of type listed-shares with close_fen and encumbrances; shares of the seizure; the claim"), shares_fit),
	RULE("SZ-17", GV_VIOLATION, "equity of unknown value is frozen as far as the creditor asks; what is found too much is released in 7 days",
	     "价额不明的股权按申请冻结，异议成立的七日内解除超额部分", sz17, "2022-01-01",
	     N_("assets of type equity; shares or ratio, asked_shares or asked_ratio, value_objection of the seizure"), equity_asked),
	RULE("SZ-18", GV_WARN, "while the value is disputed the seizure goes on", "价值争议期间继续查封", sz18, "2021-12-06",
	     N_("value_objection of the seizure, released_at"), disputed),
	RULE("SZ-19", GV_REVIEW, "what a seizure is worth is known", "价值可核", sz19, "2005-01-01",
	     N_("assets with price.fen, value_fen, balance_fen or shares and close_fen; served_at, published_at"), values_known),
	RULE("SZ-20", GV_INFO, "no law says how many percent are obviously too much: the court does", "“明显”无法定比例，由法院政策确定", sz20, "2005-01-01",
	     N_("claim and values; policy seizure_lowest_percent, seizure_obvious_percent"), no_percentage),
	{ 0 }
};

static int read_percent(const struct gv_val *config, const char *name, int most, gv_day on, int *out, struct gv_err *err)
{
	const struct gv_val *v;
	int rc = gv_policy_get(&v, config, name, on, err);

	if (rc || !v)
		return rc;
	if (v->type != GV_INT || v->i < 1 || v->i > most)
		return gv_fail_field(err, GV_EDATA, name, _("is no percentage from 1 to %d"), most);
	*out = (int)v->i;
	return 0;
}

int gv_seizure_policy_read(struct gv_seizure_policy *out, const struct gv_val *config, gv_day on, struct gv_err *err)
{
	int rc;

	*out = GV_SEIZURE_POLICY;
	rc = config ? read_percent(config, "seizure_lowest_percent", 100, on, &out->lowest, err) : 0;
	return rc || !config ? rc : read_percent(config, "seizure_obvious_percent", 1000, on, &out->obvious, err);
}
