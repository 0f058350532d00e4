/* SPDX-License-Identifier: MIT */
#include "policy.h"
#include "seizure_rules_impl.h"

#define BASIS(name, ...) static const struct gv_basis name[] = { __VA_ARGS__, { 0 } }
#define SEAL "最高人民法院关于人民法院民事执行中查封、扣押、冻结财产的规定", "法释〔2004〕15号"
#define PRESERVE "最高人民法院关于人民法院办理财产保全案件若干问题的规定", "法释〔2016〕22号"
#define GOOD_FAITH "最高人民法院关于在执行工作中进一步强化善意文明执行理念的意见", "法发〔2019〕35号"
#define CIVIL(art21, art23) { "中华人民共和国民事诉讼法", "2021", art21 }, { "中华人民共和国民事诉讼法", "2023", art23 }

#define INTERP(art15, art22) \
	{ "最高人民法院关于适用《中华人民共和国民事诉讼法》的解释", "法释〔2015〕5号", art15 }, \
	{ "最高人民法院关于适用《中华人民共和国民事诉讼法》的解释", "法释〔2022〕11号", art22 }
#define ENTRUST "最高人民法院关于委托执行若干问题的规定", "法释〔2011〕11号"
#define CRIMINAL "最高人民法院关于刑事裁判涉财产部分执行的若干规定", "法释〔2014〕13号"
#define LAND "最高人民法院、国土资源部、建设部关于依法规范人民法院执行和国土资源房地产管理部门协助执行若干问题的通知", "法发〔2004〕5号"
#define FIRST_COURT "最高人民法院关于首先查封法院与优先债权执行法院处分查封财产有关问题的批复", "法释〔2016〕6号"
#define EXECUTION "最高人民法院关于人民法院执行工作若干问题的规定（试行）", "法释〔1998〕15号"
#define PROCEDURE "最高人民法院关于适用《中华人民共和国民事诉讼法》执行程序若干问题的解释", "法释〔2008〕13号"
#define PRICE "最高人民法院关于人民法院确定财产处置参考价若干问题的规定", "法释〔2018〕15号"
#define SUPERVISION "最高人民法院关于进一步完善执行权制约机制加强执行监督的意见", "法〔2021〕322号"
#define OBJECTION "最高人民法院关于人民法院办理执行异议和复议案件若干问题的规定", "法释〔2015〕10号"
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
BASIS(sz18, { SUPERVISION, NULL });
BASIS(sz19, { SEAL, "26,28" });
BASIS(sz20, { SEAL, "19" });
BASIS(sz21, { SEAL, "3" });
BASIS(sz22, CIVIL("250", "254"));
BASIS(sz23, { SEAL, "4" });
BASIS(sz24, { OBJECTION, "20" });
BASIS(sz25, { "保障农民工工资支付条例", "国务院令第724号", "33" }, { "人力资源社会保障部、最高人民法院、中国银保监会关于做好防止农民工工资专用账户资金和工资保证金被查封、冻结或者划拨有关工作的通知", "人社部发〔2020〕93号", NULL });
BASIS(sz26, { "最高人民法院关于在审理和执行民事、经济纠纷案件时不得查封、冻结和扣划社会保险基金的通知", "法〔2000〕19号", NULL });
BASIS(sz27, { "最高人民法院、住房和城乡建设部、中国人民银行关于规范人民法院保全执行措施确保商品房预售资金用于项目建设的通知", "法〔2022〕12号", "1" });
BASIS(sz28, { "最高人民法院关于人民法院能否对信用证开证保证金采取冻结和扣划措施问题的规定", "法释〔1997〕4号", "1,2" });
BASIS(sz29, { "最高人民法院、中国人民银行关于依法规范人民法院执行和金融机构协助执行的通知", "法发〔2000〕21号", NULL });
BASIS(sz30, { EXECUTION, "27" });
BASIS(sz31, { "中华人民共和国信托法", "2001", "17" });
BASIS(sz32, { "最高人民法院关于强制执行住房公积金问题的答复", "（2013）执他字第14号", NULL }, { "住房公积金管理条例", "国务院令第350号", "24" });
BASIS(sz33, { "最高人民法院关于严禁冻结或划拨国有企业下岗职工基本生活保障资金的通知", "法〔1999〕228号", NULL });
BASIS(sz34, { "中华人民共和国税收征收管理法", "2015", "45" });
BASIS(sz35, INTERP("487(1)", "485(1)"));
BASIS(sz36, INTERP("487(2),487(3)", "485(2),485(3)"));
BASIS(sz37, { SEAL, "26,27" });
BASIS(sz38, { PRESERVE, "18" });
BASIS(sz39, { PRESERVE, "17" }, INTERP("168", "168"));
BASIS(sz40, { ENTRUST, "6" });
BASIS(sz41, { CRIMINAL, "5" });
BASIS(sz42, CIVIL("106(2)", "106(2)"), { SEAL, "26" });
BASIS(sz43, { PRESERVE, "16" }, { SEAL, "24" });
BASIS(sz44, { LAND, "20" });
BASIS(sz45, { SEAL, "26" });
BASIS(sz46, { FIRST_COURT, "1-4" });
BASIS(sz47, { PRESERVE, "21" });
BASIS(sz48, { EXECUTION, "55,56" }, INTERP("508-512,516", "506-510,514"));
BASIS(sz49, { SEAL, "12" });
BASIS(sz50, { SEAL, "15" });
BASIS(sz51, { OBJECTION, "28" });
BASIS(sz52, { OBJECTION, "29" }, { "最高人民法院关于审理执行异议之诉案件适用法律问题的解释", "法释〔2025〕10号", "11" });
BASIS(sz53, { SEAL, "25" });
BASIS(sz54, { SEAL, "28" });
BASIS(sz55, INTERP("166", "166"), { PRESERVE, "22,23" }, CIVIL("107", "107"));
BASIS(sz56, CIVIL("104(3)", "104(3)"), INTERP("163", "163"));
BASIS(sz57, { PRESERVE, "4,5,25" }, CIVIL("103,104", "103,104"));
BASIS(sz58, CIVIL("232", "236"), { PROCEDURE, "8,9" });
BASIS(sz59, CIVIL("234", "238"), INTERP("316,464,465", "314,462,463"), { OBJECTION, "6" });
BASIS(sz60, { OBJECTION, "2" });
BASIS(sz61, { "中华人民共和国企业破产法", "2006", "19" });
BASIS(rp01, { PRICE, "1" });
BASIS(rp02, { PRICE, "2,4,5,7,14" });
BASIS(rp03, { PRICE, "10-13" });
BASIS(rp04, { PRICE, "16,19" });
BASIS(rp05, { PRICE, "21-25" });
BASIS(rp06, { PRICE, "11,19,27" });
BASIS(rp07, { PRICE, "30" });
BASIS(rp08, { SUPERVISION, NULL });

/* Of seizures, or of deeds, since that day. */
#define RULE_SINCE(number, level, title, zh, base, from, what, check) \
	{ number, title, zh, level, base, from, NULL, .own_dates = true, .needs = (what), .fn = gv_seizure_rule_##check }
#define RULE(number, level, title, zh, base, from, what, check) \
	{ number, title, zh, level, base, from, NULL, .needs = (what), .fn = gv_seizure_rule_##check }

const struct gv_rule gv_seizure_rules[] = {
	RULE("SZ-01", GV_VIOLATION, "a ruling is signed and served on the parties and on whoever must assist; effect begins with that service",
	     "裁定送达当事人和协助单位，自送达协助单位时生效", sz01, "2005-01-01",
	     N_("ruled_on, assistance_on, served_at, parties_told_on, effective_at of each seizure; type and registry of its asset"), served),
	RULE_SINCE("SZ-02", GV_VIOLATION, "the freeze of equity takes effect when it is published, and the company is told in writing",
	           "股权冻结自公示时生效并书面通知公司", sz02, "2022-01-01", N_("assets of type equity; ruled_on, published_at, company_told_on, effective_at of the seizure"),
	           published),
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
	RULE_SINCE("SZ-16", GV_WARN, "of listed shares as many are frozen as pay the claim at the last closing price, or at one 20 % lower",
	     "上市公司股票按前一交易日收盘价、下浮不超过20%计算冻结数量", sz16, "2019-12-16",
	     N_("assets of type listed-shares with close_fen and encumbrances; shares of the seizure; the claim"), shares_fit),
	RULE_SINCE("SZ-17", GV_VIOLATION, "equity of unknown value is frozen as far as the creditor asks; what is found too much is released in 7 days",
	     "价额不明的股权按申请冻结，异议成立的七日内解除超额部分", sz17, "2022-01-01",
	     N_("assets of type equity; shares or ratio, asked_shares or asked_ratio, value_objection of the seizure"), equity_asked),
	RULE("SZ-18", GV_WARN, "while the value is disputed the seizure goes on", "价值争议期间继续查封", sz18, "2021-12-06",
	     N_("value_objection of the seizure, released_at"), disputed),
	RULE("SZ-19", GV_REVIEW, "what a seizure is worth is known", "价值可核", sz19, "2005-01-01",
	     N_("assets with price.fen, value_fen, balance_fen or shares and close_fen; served_at, published_at"), values_known),
	RULE("SZ-20", GV_INFO, "no law says how many percent are obviously too much: the court does", "“明显”无法定比例，由法院政策确定", sz20, "2005-01-01",
	     N_("claim and values; policy seizure_lowest_percent, seizure_obvious_percent"), no_percentage),
	RULE("SZ-21", GV_VIOLATION, "what a debtor needs to live, learn and work on is not seized", "豁免财产不得查封", sz21, "2005-01-01",
	     N_("assets with exempt"), exempt),
	RULE("SZ-22", GV_VIOLATION, "of income what debtor and dependants need to live on is left", "扣留收入须保留必需生活费用", sz22, "1991-04-09",
	     N_("assets of type income with kept_fen, living_fen, income_fen"), income),
	RULE("SZ-23", GV_VIOLATION, "a necessary dwelling may be seized, but not auctioned, sold or set off", "必需居住房屋可以查封，不得拍卖、变卖、抵债", sz23,
	     "2005-01-01", N_("assets with dwelling and no dwelling_sale; events auction-notice, auction, transfer, dispose, dispose-part of the seizure"),
	     dwelling),
	RULE("SZ-24", GV_VIOLATION, "a dwelling is sold with 5 to 8 years of rent deducted, and cleared after three months of grace", "居住房屋可执行的情形与三个月宽限期", sz24,
	     "2015-05-05", N_("assets with dwelling, dwelling_sale, rent_years, to_deliver, evicted_on; claim with notice_served_on"), dwelling_sale),
	RULE("SZ-25", GV_VIOLATION, "an account for wages of workers pays wages of that project alone", "农民工工资专用账户资金和工资保证金专款专用", sz25,
	     "2020-05-01", N_("assets with account wages or wage-deposit, project, excess_fen, agency_objected_on, agency_decided_on; claim with nature, project"),
	     wages),
	RULE("SZ-26", GV_WARN, "funds of the social insurance are not seized", "社会保险基金不得查封", sz26, "2000-02-18",
	     N_("assets with account social-insurance"), insurance),
	RULE_SINCE("SZ-27", GV_WARN, "money of buyers stays for the building up to the quota until the first registration, and the housing authority is told",
	     "预售资金监管账户：通知住建部门，首次登记前监管额度内不得扣划", sz27, "2022-01-11",
	     N_("assets with account presale, project, quota_fen, balance_fen before anything is taken, first_registered_on; claim with nature, project; "
	        "authority_told_on and events transfer of the seizure"), presale),
	RULE("SZ-28", GV_VIOLATION, "a deposit for a letter of credit may be frozen, not taken; what the bank has paid is released at once", "信用证开证保证金可冻结不得扣划", sz28,
	     "1997-09-03", N_("assets with account letter-of-credit, deposit_ended, bank_paid_fen, bank_applied_on; events transfer, dispose, release-part"), credit),
	RULE("SZ-29", GV_WARN, "a deposit for acceptances may be frozen, not taken while it serves as such", "承兑汇票保证金可冻结不得扣划", sz29, "2000-09-04",
	     N_("assets with account acceptance, deposit_ended; events transfer, dispose"), acceptance),
	RULE("SZ-30", GV_VIOLATION, "reserves at the central bank and business premises of a bank are not seized", "存款准备金和银行营业场所不得查封", sz30, "1998-07-18",
	     N_("assets with account reserve, bank_premises"), bank),
	RULE("SZ-31", GV_VIOLATION, "trust property is not seized but in four cases", "信托财产除法定情形外不得强制执行", sz31, "2001-10-01",
	     N_("assets with trust, trust_exception"), trust),
	RULE("SZ-32", GV_WARN, "a housing provident fund is taken only where it could be withdrawn and living is secured", "住房公积金符合提取条件方可执行", sz32,
	     "2013-07-31", N_("assets with account provident-fund, withdrawable; events transfer, dispose"), provident),
	RULE("SZ-33", GV_REVIEW, "special accounts are looked up before they are seized", "工会经费、党费等专用账户须核对规定", sz33, "1999-11-24",
	     N_("assets with account union, party-dues, laid-off-workers, treasury or settlement"), special),
	RULE("SZ-34", GV_VIOLATION, "tax ranks before a security that was given after the arrears arose", "欠税发生在先的优先于担保物权", sz34, "2001-05-01",
	     N_("encumbrances with kind tax and others, on, rank"), tax),
	RULE_SINCE("SZ-35", GV_VIOLATION, "no term is longer than one year for money, two for movables, three for all else", "查封期限不超过法定上限", sz35, "2015-02-04",
	     N_("served_at (of equity published_at), until, type of the asset; events renew with on and until"), longest),
	RULE("SZ-36", GV_VIOLATION, "a renewal is done before the end", "续行须在期限届满前完成", sz36, "2015-02-04",
	     N_("until; events renew with on and until; the calendar, for the last working day before the end"), renewed),
	RULE("SZ-37", GV_VIOLATION, "what was not renewed in time has no effect and no rank", "逾期未续行的效力消灭", sz37, "2005-01-01",
	     N_("until, events renew and dispose, state; other seizures of the asset, for the one that takes effect"), lapsed),
	RULE("SZ-38", GV_WARN, "renewal of preservation is asked for seven days before the end", "续行保全应于届满七日前申请", sz38, "2016-12-01",
	     N_("stage preservation, until, expiry_told_on; events ask-renewal and renew"), asked),
	RULE("SZ-39", GV_WARN, "preservation becomes a seizure of the enforcement by itself, and its time runs on", "保全自动转为执行中的查封", sz39, "2016-12-01",
	     N_("stage of claim and seizures, enforced_on of the claim, until"), continued),
	RULE("SZ-40", GV_VIOLATION, "who entrusts a case with less than a month left renews first", "委托执行前不足一月的应先续封", sz40, "2011-05-16",
	     N_("until; events entrust and renew"), entrusted),
	RULE("SZ-41", GV_WARN, "a seizure that goes on in time with the investigators' has their rank", "接续侦查机关查封的顺位", sz41, "2014-11-06",
	     N_("investigators_from, investigators_until, served_at"), investigators),
	RULE("SZ-42", GV_VIOLATION, "what is seized is not seized again: others wait, and the next takes effect by itself", "不得重复查封，轮候依次自动生效", sz42,
	     "2005-01-01", N_("all seizures of the asset: measure, case, court, served_at (of equity published_at), converted_at, released_at, until; sum_fen and balance_fen of money, shares"),
	     one_seizes),
	RULE("SZ-43", GV_VIOLATION, "the order of rank is that of service; the registered goes before the unregistered", "查封顺位以送达登记机关先后为准", sz43,
	     "2005-01-01", N_("all seizures of the asset: served_at with its time (of equity published_at), registered_at, rank"), in_order),
	RULE("SZ-44", GV_REVIEW, "all sold: those who wait have nothing; a part sold: they have the rest", "首封处分后轮候的效力", sz44, "2005-01-01",
	     N_("events dispose, dispose-part or auction with units; units of the asset; converted_at"), what_is_left),
	RULE("SZ-45", GV_REVIEW, "the term of a waiting seizure begins when it takes effect", "轮候查封的期限自转为生效时起算", sz45, "2005-01-01",
	     N_("measure waiting, converted_at, until, state"), waiting_term),
	RULE("SZ-46", GV_WARN, "after 60 days without a sale the court of a secured claim may ask for the hand-over: 15 days for the letter", "优先债权执行法院商请移送", sz46,
	     "2016-04-14", N_("encumbrances with in_enforcement and court; events ask-hand-over with court, hand-over, auction-notice"), handed_to_secured),
	RULE("SZ-47", GV_VIOLATION, "after a year of preservation without a sale the first waiting court of enforcement may ask for the hand-over", "保全法院逾一年未处分的移送", sz47,
	     "2016-12-01", N_("stage of each seizure, in_dispute of the asset; events ask-hand-over with court, auction-notice, auction, dispose"), handed_to_waiting),
	RULE("SZ-48", GV_VIOLATION, "several creditors share pro rata if the debtor is no enterprise, else in the order of seizure", "参与分配与查封顺序清偿", sz48, "2015-02-04",
	     N_("claim: debtor_type, bankruptcy_on, distribution"), divided),
	RULE("SZ-49", GV_VIOLATION, "co-owners are notified, shares that were divided are released, and a suit for partition stays enforcement",
	     "共有财产：及时通知共有人，析产诉讼期间中止执行", sz49, "2005-01-01",
	     N_("assets with share, co_owners, partition_suit_on, partition_ended_on, partition_accepted_on; events auction-notice, auction, transfer, dispose, "
	        "dispose-part, release-part of the seizure"), co_owned),
	RULE("SZ-50", GV_VIOLATION, "what a buyer has paid for and possesses, and could not have registered, is not seized", "第三人付清全款、实际占有且无过错的不得查封",
	     sz50, "2005-01-01", N_("buyers with price_fen, paid_fen, paid_on, possession_on, fault; served_at"), sold),
	RULE("SZ-51", GV_VIOLATION, "a buyer of an immovable keeps enforcement off: contract and possession before the seizure, all paid or the balance at the court, no fault", "不动产买受人四要件排除执行", sz51, "2015-05-05",
	     N_("assets of type immovable, buyers with contract_on, possession_on, price_fen, paid_fen, paid_on, balance_to_court, fault; third_parties; served_at"),
	     buyers),
	RULE("SZ-52", GV_VIOLATION, "a buyer of a home from a developer keeps enforcement off: contract before the seizure, for living, over half paid; in suits from 2025-07-24 "
	     "all paid before the seizure, or the balance at the court before the debate ends",
	     "商品房消费者排除执行（2025年7月24日起诉讼适用新规定）", sz52, "2015-05-05",
	     N_("buyers with from_developer, contract_on, for_living, price_fen, paid_fen; with suit_on from 2025-07-24 family_home, paid_on, balance_to_court, "
	        "balance_on, debate_ended_on; third_parties; served_at"), homes),
	RULE("SZ-53", GV_WARN, "who has a mortgage for a maximum is notified; from then on it secures no more", "通知最高额抵押权人，债权额不再增加", sz53,
	     "2005-01-01", N_("encumbrances of kind maximum-mortgage with notified_on, known_on, fen, fixed_fen"), maximum),
	RULE("SZ-54", GV_VIOLATION, "what has no ground any more is released, by ruling and with a ground", "应当解除查封的情形", sz54, "2005-01-01",
	     N_("released_at, release_ground, release_ruled_on, creditor_agreed, registered_at, release_notice_on; recovered_fen and withdrawn_on of the claim"), released),
	RULE("SZ-55", GV_VIOLATION, "preservation is released when it is wrong, withdrawn, finally rejected or secured; in 5 days, urgent in 48 hours", "应当解除保全的情形", sz55,
	     "2016-12-01", N_("release_asked_on, release_ruled_on, release_urgent, security_on, security_sufficient, creditor_agreed; in_dispute of the asset; wrong_on, withdrawn_on, rejected_on of the claim"),
	     unlocked),
	RULE("SZ-56", GV_VIOLATION, "preservation before a suit ends without a suit in 30 days; after a judgment without enforcement in 5 days", "诉前保全与执行前保全的解除", sz56,
	     "2015-02-04", N_("claim: pre_suit and sued_on, or effective_on, perform_by and enforced_on; served_at"), followed_up),
	RULE("SZ-57", GV_VIOLATION, "preservation is ruled on in 5 days, urgent in 48 hours, and begun in 5 days; security is 30% at most", "保全裁定、执行与担保", sz57, "2016-12-01",
	     N_("claim: applied_on, ruled_on, executed_on, urgent, pre_suit, security_on, security_fen, preservation_fen, ruling_served_on, reconsider_on, reconsider_decided_on"), ruled),
	RULE("SZ-58", GV_VIOLATION, "an objection to an act of enforcement is decided in 15 days", "执行行为异议与复议期限", sz58, "2009-01-01",
	     N_("objections of the seizure: received_on, decided_on, served_on, reconsider_on, reconsider_decided_on, extended"), objected),
	RULE("SZ-59", GV_VIOLATION, "an outsider's objection is decided in 15 days; rejected: no sale for 15 days; upheld: lifted 7 days after the period to sue", "案外人异议", sz59,
	     "2015-02-04", N_("third_parties of the asset: received_on, written, decided_on, served_on, result, sued_on, sued_by, lifted_on; events dispose, auction, transfer"), outsiders),
	RULE("SZ-60", GV_VIOLATION, "an objection is filed in 3 days and the parties told in 3 days", "执行异议的立案", sz60, "2015-05-05",
	     N_("objections of the seizure and third_parties of the asset: received_on, incomplete_told_on, completed_on, accepted_on, notified_on"), intake),
	RULE("SZ-61", GV_VIOLATION, "once bankruptcy is accepted preservation is lifted and enforcement stayed", "受理破产后解除保全、中止执行", sz61, "2007-06-01",
	     N_("bankruptcy_on of the claim, stage, released_at; events auction, dispose, transfer"), bankrupt),
	RULE_SINCE("RP-01", GV_VIOLATION, "the reference price procedure starts within 30 days of the seizure", "三十日内启动确定参考价程序", rp01, "2018-09-01",
	     N_("stage enforcement, served_at, enforced_on of the claim, price.asked_on, to_sell"), price_begun),
	RULE("RP-02", GV_VIOLATION, "agreement, directed inquiry, online inquiry, appraisal: in this order", "确定参考价的方式与顺序", rp02, "2018-09-01",
	     N_("price.method, tried, tax_base, skipped_by_both, compulsory_appraisal, needs_inspection"), price_ladder),
	RULE("RP-03", GV_VIOLATION, "online inquiry: all platforms, 3 days, once extended if all failed, the average", "网络询价", rp03, "2018-09-01",
	     N_("price.platforms, platforms_listed, commissioned_on or asked_on, report_on, extensions, results with fen, on and objected"), price_online),
	RULE("RP-04", GV_VIOLATION, "appraisal: three agencies, 30 days, twice 15 more if asked for 5 days before", "委托评估", rp04, "2018-09-01",
	     N_("price.agencies, commissioned_on or asked_on, report_on, due_on, extensions, extension_asked"), price_appraisal),
	RULE("RP-05", GV_VIOLATION, "the report is sent in 3 days, and objected to in 5", "报告的发送与异议", rp05, "2018-09-01",
	     N_("price.report_on, sent_on, published_on, objections with received_on and report_received_on"), price_report),
	RULE("RP-06", GV_VIOLATION, "a price holds a year at most, and six months more once its first notice of auction is out", "参考价的有效期", rp06, "2018-09-01",
	     N_("price.on or report_on, valid_until; events auction-notice and auction"), price_valid),
	RULE("RP-07", GV_VIOLATION, "the sale starts within 10 days of the reference price", "十日内启动变价程序", rp07, "2018-09-01",
	     N_("stage enforcement, price.on, sale_started_on, or the event auction-notice"), sale_begun),
	RULE_SINCE("RP-08", GV_WARN, "reference prices are fixed through the national inquiry and appraisal system", "参考价一律通过全国法院询价评估系统确定", rp08, "2021-12-06",
	     N_("price.on, national_system"), price_system),
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
