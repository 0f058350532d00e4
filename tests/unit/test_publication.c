/* SPDX-License-Identifier: MIT */
/* Which documents are published, from which day they have effect, by when they must be out; T-PB-nn: worked examples of the notes. */
#include "publication_unit.h"

/* ---- may it be published? ---- */

static const struct decision_row { const char *rec, *kase, *want; } decisions[] = {
	{ NO("民初") J ",'cause':'买卖合同纠纷'", NULL, "publish PUB-01" },
	{ NO("民初") R, NULL, "publish PUB-01" },
	{ NO("民督") ",'doc_kind':'支付令'", NULL, "publish PUB-01" },
	{ NO("民监") ",'doc_kind':'驳回申诉通知书'", NULL, "publish PUB-01" },
	{ NO("委赔") ",'doc_kind':'国家赔偿决定书'", NULL, "publish PUB-01" },
	{ NO("刑医") ",'doc_kind':'强制医疗决定书','minor_crime':false", NULL, "publish PUB-01" },
	{ NO("刑更") ",'doc_kind':'刑罚执行与变更决定书','offence_age':30", NULL, "publish PUB-01" },
	{ NO("司惩") ",'doc_kind':'罚款决定书'", NULL, "publish PUB-01" },
	{ NO("行初") ",'doc_kind':'行政调解书'", "'closed_by':'mediation'", "publish PUB-01" },
	{ NO("民初") ",'doc_kind':'民事公益诉讼调解书'", "'closed_by':'mediation'", "publish PUB-01" },
	{ NO("民初") ",'doc_kind':'通知书'", NULL, "review PUB-01" },
	{ NO("民初") ",'doc_kind':'决定书','affects_rights':true", NULL, "publish PUB-01" },
	{ NO("民初") ",'doc_kind':'决定书','ends_proceedings':true", NULL, "publish PUB-01" },
	{ NO("民初") ",'doc_kind':'决定书','ends_proceedings':false", NULL, "review PUB-01" },
	{ NO("民初"), NULL, "review PUB-01" },
	/* T-PB-07 and what is near it */
	{ NO("民初") ",'doc_kind':'调解书','cause':'买卖合同纠纷'", "'closed_by':'mediation'", "withhold PUB-02 以调解方式结案" },
	{ NO("民初") ",'doc_kind':'调解书'", NULL, "withhold PUB-02 以调解方式结案" },
	{ NO("民初") ",'doc_kind':'调解书','public_need':true,'need_reason':'公共利益'", NULL, "publish PUB-02" },
	{ NO("民初") ",'doc_kind':'调解书','public_need':true", NULL, "review PUB-02" },
	{ NO("民初") R, "'closed_by':'mediation'", "review PUB-02" },
	{ NO("民初") R ",'mediation':false", "'closed_by':'mediation'", "publish PUB-01" },
	{ NO("民初") R ",'mediation':true", NULL, "withhold PUB-02 以调解方式结案" },
	{ NO("民特") R ",'cause':'申请司法确认调解协议'", NULL, "withhold PUB-02 确认人民调解协议效力" },
	{ NO("民特") R ",'confirmation':true", NULL, "withhold PUB-02 确认人民调解协议效力" },
	{ NO("民特") R ",'cause':'申请撤销确认调解协议裁定'", NULL, "publish PUB-01" },
	/* T-PB-09: the age at the offence counts, not that at the trial */
	{ NO("刑初") J ",'offence_age':17,'trial_age':19,'sentence_months':72", NULL, "withhold PUB-02 未成年人犯罪" },
	{ NO("刑初") J ",'offence_age':18,'trial_age':18", NULL, "publish PUB-01" },
	{ NO("刑初") J ",'trial_age':17", NULL, "review PUB-02" },
	{ NO("刑初") J, NULL, "review PUB-02" },
	{ NO("刑初") J ",'minor_crime':true,'offence_age':30", NULL, "withhold PUB-02 未成年人犯罪" },
	{ NO("刑初") J ",'minor_crime':false", NULL, "publish PUB-01" },
	{ "'case':'（2013）嘉刑初字第12号'" J, NULL, "review PUB-02" },
	{ "'case':'（2013）嘉民初字第12号'" J, NULL, "publish PUB-01" },
	{ NO("民初") J, "'cause_list':'criminal'", "review PUB-02" },
	{ NO("民初") J, "'prosecution':'public'", "review PUB-02" },
	{ NO("民初") J ",'title':'甲盗窃一审刑事判决书'", NULL, "review PUB-02" },
	{ NO("刑初") J, "'filed_on':'2025-01-02','parties':[{'role':'被告人','name':'甲','born_on':'2007-01-03'}]", "withhold PUB-02 未成年人犯罪" },
	{ NO("刑初") J, "'filed_on':'2025-01-02','parties':[{'role':'被告人','name':'甲','born_on':'2007-01-02'}]", "review PUB-02" },
	{ NO("刑初") J ",'offence_age':30", "'parties':[{'role':'被告人','name':'甲'},{'role':'被告人','name':'乙','minor':true}]", "withhold PUB-02 未成年人犯罪" },
	{ NO("刑初") J ",'offence_age':30", "'parties':[{'role':'被告人','name':'甲'},{'role':'被害人','name':'乙','minor':true}]", "publish PUB-01" },
	{ NO("民初") J, "'parties':[{'role':'被告','name':'乙','minor':true}]", "publish PUB-01" },
	/* T-PB-11 and the family: divorce, custody and guardianship of minors alone */
	{ NO("民初") J ",'cause':'变更抚养关系纠纷'", NULL, "withhold PUB-02 涉及未成年子女抚养、监护" },
	{ NO("民初") J ",'cause':'抚养费纠纷'", NULL, "withhold PUB-02 涉及未成年子女抚养、监护" },
	{ NO("民初") J ",'cause':'同居关系子女抚养纠纷'", NULL, "withhold PUB-02 涉及未成年子女抚养、监护" },
	{ NO("民初") J ",'cause':'监护权纠纷'", NULL, "withhold PUB-02 涉及未成年子女抚养、监护" },
	{ NO("民特") J ",'cause':'申请变更监护人'", NULL, "review PUB-02" },
	{ NO("民特") J ",'cause':'申请变更监护人','custody':false", NULL, "publish PUB-01" },
	{ NO("民特") J ",'cause':'申请变更监护人','custody':true", NULL, "withhold PUB-02 涉及未成年子女抚养、监护" },
	{ NO("民初") J ",'cause':'探望权纠纷'", NULL, "review PUB-02" },
	{ NO("民初") J ",'cause':'监护人责任纠纷'", NULL, "publish PUB-01" },
	{ NO("民初") J ",'cause':'离婚纠纷'", NULL, "withhold PUB-02 离婚诉讼" },
	{ NO("民初") ",'doc_kind':'调解书','cause':'离婚纠纷','public_need':true,'need_reason':'公共利益'", NULL, "withhold PUB-02 离婚诉讼" },
	{ NO("民初") J ",'cause':'离婚后财产纠纷'", NULL, "publish PUB-01" },
	{ NO("民初") J ",'cause':'法定继承纠纷'", NULL, "publish PUB-01" },
	{ NO("民初") J ",'cause':'离婚后财产纠纷'", "'other_causes':['抚养纠纷']", "withhold PUB-02 涉及未成年子女抚养、监护" },
	/* causes as no list has them */
	{ NO("民初") J ",'cause':'离婚'", NULL, "withhold PUB-02 离婚诉讼" },
	{ NO("民初") J ",'cause':'涉外离婚案件'", NULL, "withhold PUB-02 离婚诉讼" },
	{ NO("民初") J ",'cause':'变更抚养关系'", NULL, "withhold PUB-02 涉及未成年子女抚养、监护" },
	{ NO("民初") J ",'cause':'抚育费'", NULL, "withhold PUB-02 涉及未成年子女抚养、监护" },
	{ NO("民初") J ",'cause':'监护人资格纠纷'", NULL, "review PUB-02" },
	{ NO("民初") J ",'cause':'监护人资格纠纷','custody':false", NULL, "publish PUB-01" },
	{ NO("民初") J ",'cause':'监护人责任纠纷'", NULL, "publish PUB-01" },
	{ NO("民初") J ",'divorce':true", NULL, "withhold PUB-02 离婚诉讼" },
	{ NO("民初") J ",'state_secret':true,'divorce':true", NULL, "withhold PUB-02 涉及国家秘密" },
	{ NO("民初") J ",'unsuitable':true", NULL, "review PUB-07" },
	{ NO("民初") J ",'unsuitable':true" EVENTS(EVENT("opinion", "2025-03-01", ",'by':'甲','reason':'x'") "," EVENT("review", "2025-03-02", ",'by':'乙'") ","
	  EVENT("approve", "2025-03-03", ",'by':'丙'")), NULL, "withhold PUB-07 人民法院认为不宜在互联网公布的其他情形" },
	{ NO("民初") J ",'unsuitable':true" EVENTS(EVENT("opinion", "2025-03-01", ",'by':'甲','reason':'x'") "," EVENT("review", "2025-03-02", ",'by':'乙'") ","
	  EVENT("approve", "2025-03-03", ",'by':'乙'")), NULL, "review PUB-07" },
};

static void each_decision(void)
{
	open_tables();
	for (size_t i = 0; i < COUNT(decisions); i++) {
		struct gv_buf got = GV_BUF_INIT(4096);
		struct gv_publication_decision d;
		struct subject s;

		read_subject(&s, decisions[i].rec, decisions[i].kase, NULL);
		d = gv_publication_decide(&s.p);
		gv_buf_addf(&got, "%s %s%s%s", gv_publication_answer_word(d.answer), d.rule, d.reason ? " " : "", d.reason ? d.reason : "");
		rule_found("decide", decisions[i].rec, &got, decisions[i].want);
		CHECK_ROW((d.answer == GV_BY_DECISION) == (d.why != NULL), decisions[i].rec);
		CHECK_ROW((d.answer == GV_WITHHOLD) == (d.ground && d.reason), decisions[i].rec);
		gv_buf_free(&got);
		free_subject(&s);
	}
}

/* ---- from which day, by when? ---- */

/* want: "effect due", or "? what is missing". */
static const struct day_row { const char *rec, *kase, *second, *want; } days[] = {
	/* T-PB-01, T-PB-03: seven working days behind the day of effect, holidays and make-up days counted as the calendar has them */
	{ NO("民终") ",'doc_kind':'判决书','instance':'second'" SERVED("2025-02-28", "2025-03-03"), NULL, NULL, "2025-03-03 2025-03-12" },
	{ NO("民终") ",'doc_kind':'判决书','instance':'second'" SERVED("2025-01-24", "2025-01-24"), NULL, NULL, "2025-01-24 2025-02-10" },
	/* T-PB-05: both documents of an appeal */
	{ NO("民初") J ",'appealed':true,'second_instance':{'effective_on':'2025-03-03'}" SERVED("2025-01-02", "2025-01-02"), NULL, NULL, "2025-03-03 2025-03-12" },
	{ NO("民初") J ",'appealed':true", NULL, "'effective_on':'2025-03-03'", "2025-03-03 2025-03-12" },
	{ NO("民初") J ",'appealed':true" SERVED("2025-01-02", "2025-01-02"), NULL, NULL, "? second_instance.effective_on" },
	/* the day behind the last party's fifteen days; a last day that is not worked moves: 2025-03-15 is a Saturday */
	{ NO("民初") J SERVED("2025-02-10", "2025-02-12"), NULL, NULL, "2025-02-28 2025-03-11" },
	{ "'case':'（2013）嘉刑初字第12号'" J SERVED("2025-02-10", "2025-02-12"), NULL, NULL, "2025-02-25 2025-03-06" },
	{ NO("民初") J SERVED("2025-02-12", "2025-02-10"), NULL, NULL, "2025-02-28 2025-03-11" },
	{ NO("民初") J SERVED("2025-02-28", "2025-02-28"), NULL, NULL, "2025-03-18 2025-03-27" },
	{ NO("民初") R ",'appealable':true" SERVED("2025-02-10", "2025-02-12"), NULL, NULL, "2025-02-25 2025-03-06" },
	{ NO("民初") R ",'appealable':false" SERVED("2025-02-10", "2025-02-12"), NULL, NULL, "2025-02-12 2025-02-21" },
	{ NO("民初") R SERVED("2025-02-10", "2025-02-12"), NULL, NULL, "? appealable" },
	{ NO("民初") R SERVED("2025-02-10", "2025-02-12"), "'closed_by':'withdrawal'", NULL, "2025-02-12 2025-02-21" },
	{ NO("民初") R SERVED("2025-02-10", "2025-02-12"), "'closed_by':'dismissal'", NULL, "2025-02-25 2025-03-06" },
	{ NO("民初") J SERVED("2025-02-10", "2025-02-12"), "'procedure':'small-claim'", NULL, "2025-02-12 2025-02-21" },
	{ NO("执") ",'doc_kind':'裁定书','instance':'other'" SERVED("2025-02-10", "2025-02-12"), NULL, NULL, "2025-02-12 2025-02-21" },
	{ NO("民督") ",'doc_kind':'支付令','instance':'other'" SERVED("2025-02-10", "2025-02-10"), NULL, NULL, "2025-02-26 2025-03-07" },
	{ NO("刑初") J SERVED("2025-02-10", "2025-02-12"), NULL, NULL, "2025-02-25 2025-03-06" },
	{ NO("民初") ",'doc_kind':'调解书','instance':'first'" SERVED("2025-02-10", "2025-02-12"), NULL, NULL, "2025-02-12 2025-02-21" },
	{ NO("民初") J ",'served':[{'party':'甲','on':'2025-02-10','abroad':true}]", NULL, NULL, "2025-03-13 2025-03-24" },
	{ NO("民终") ",'doc_kind':'判决书','instance':'second','pronounced_on':'2025-03-03'", NULL, NULL, "2025-03-03 2025-03-12" },
	{ NO("民初") J ",'pronounced_on':'2025-03-03'", NULL, NULL, "? served" },
	{ NO("民初") J ",'served':[{'party':'甲','on':'2025-02-10'}]", PARTIES, NULL, "? served" },
	{ NO("民初") J SERVED("2025-02-10", "2025-02-12"), PARTIES, NULL, "2025-02-28 2025-03-11" },
	{ NO("民初") J, "'effective_on':'2025-03-03'", NULL, "2025-03-03 2025-03-12" },
	{ NO("民初") J, PARTIES, NULL, "? served" },
	{ NO("民初") SERVED("2025-02-10", "2025-02-12"), NULL, NULL, "? doc_kind" },
	{ NO("民再") ",'doc_kind':'判决书','instance':'retrial'" SERVED("2025-02-10", "2025-02-12"), NULL, NULL, "? appealable" },
	/* a year that nobody has declared is not guessed */
	{ NO("民初") J SERVED("2031-02-10", "2031-02-12"), NULL, NULL, "? calendar" },
	{ NO("民终") ",'doc_kind':'判决书','instance':'second'" SERVED("2031-02-10", "2031-02-12"), NULL, NULL, "2031-02-12 ?" },
};

static void each_day(void)
{
	for (size_t i = 0; i < COUNT(days); i++) {
		struct gv_buf got = GV_BUF_INIT(4096), work = GV_BUF_INIT(65536);
		struct gv_publication_effect e;
		struct subject s;

		read_subject(&s, days[i].rec, days[i].kase, days[i].second);
		e = gv_publication_effective(&s.p, &work);
		if (e.day == GV_DAY_NONE)
			gv_buf_addf(&got, "? %s", e.lacks);
		else
			gv_buf_addf(&got, "%s %s", gv_publication_date(e.day).s, gv_publication_date(gv_publication_due(calendar, e.day)).s);
		rule_found("effect", days[i].rec, &got, days[i].want);
		CHECK_ROW(work.n > 0, days[i].rec);
		gv_buf_free(&got);
		gv_buf_free(&work);
		free_subject(&s);
	}
}

/* ---- three tests that are not one ---- */

static void ages(void)
{
	static const struct { const char *rec, *want; } rows[] = {
		{ "'offence_age':17,'trial_age':19,'sentence_months':72", "yes no no" }, /* T-PB-09 */
		{ "'offence_age':17,'trial_age':17,'sentence_months':60", "yes yes yes" },
		{ "'offence_age':17,'trial_age':18,'sentence_months':61", "yes no no" },
		{ "'offence_age':17,'sentence_exempt':true", "yes ? yes" },
		{ "'offence_age':18,'trial_age':18,'sentence_months':12", "no no no" },
		{ "'offence_age':17", "yes ? ?" },
		{ "", "? ? ?" },
	};
	static const char *const words[] = { "no", "yes", "?" };

	for (size_t i = 0; i < COUNT(rows); i++) {
		struct gv_buf got = GV_BUF_INIT(4096);
		struct subject s;

		read_subject(&s, rows[i].rec, NULL, NULL);
		gv_buf_addf(&got, "%s %s %s", words[gv_publication_minor_crime(s.p.rec)], words[gv_publication_closed_hearing(s.p.rec)], words[gv_publication_sealed(s.p.rec)]);
		rule_found("ages", rows[i].rec, &got, rows[i].want);
		gv_buf_free(&got);
		free_subject(&s);
	}
}

/* ---- kinds and names ---- */

static void kinds(void)
{
	static const struct { const char *text, *kind, *code; } rows[] = {
		{ "民事判决书", "判决书", "J" }, { "张三盗窃罪一审刑事判决书", "判决书", "J" }, { "民事调解书", "调解书", NULL }, { "行政调解书", "行政调解书", "AM" },
		{ "驳回强制医疗申请决定书", "驳回强制医疗申请决定书", "CM" }, { "强制医疗决定书", "强制医疗决定书", "CM" }, { "提前解除拘留决定书", "提前解除拘留决定书", "DF" },
		{ "回避决定书", "决定书", "" }, { "驳回申诉通知书", "驳回申诉通知书", "NR" }, { "应诉通知书", "通知书", "" }, { "起诉状", NULL, "" }, { "", NULL, "" },
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		const char *kind = gv_publication_kind(gv_str_of(rows[i].text)), *code = gv_publication_code(gv_str_of(kind ? kind : "x"));

		CHECK_STR(kind ? kind : "-", rows[i].kind ? rows[i].kind : "-");
		CHECK_STR(code ? code : "-", rows[i].code ? rows[i].code : "-");
	}
}

static void levels(void)
{
	static const struct { const char *rec, *instance, *group; } rows[] = {
		{ NO("民初"), "first", "民事案件" }, { NO("刑终"), "second", "刑事案件" }, { NO("行再"), "retrial", "行政案件" }, { NO("执恢"), "other", "执行类案件" },
		{ "'case':'（2013）嘉刑初字第12号'", "first", "刑事案件" }, { "'case':'（2013）沪二中民一（民）终字第12号'", "second", "民事案件" },
		{ "'case':'（2013）嘉执字第12号'", "-", "执行类案件" }, { "'case':'x'", "-", "" },
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		struct gv_str group;
		const char *instance;
		struct subject s;

		read_subject(&s, rows[i].rec, NULL, NULL);
		instance = gv_publication_instance(&s.p);
		group = gv_publication_group(&s.p);
		CHECK_STR(instance ? instance : "-", rows[i].instance);
		CHECK_ROW(gv_str_is(group, rows[i].group), rows[i].rec);
		free_subject(&s);
	}
}

static void names(void)
{
	static const struct { const char *rec, *kase, *kind, *title; } rows[] = {
		{ NO("民初") J, PARTIES ",'cause':'离婚纠纷','closed_by':'judgment'", "判决书", "甲诉乙离婚纠纷一审民事判决书" },
		{ NO("民终") ",'doc_kind':'裁定书','instance':'second'", PARTIES ",'cause':'买卖合同纠纷','closed_by':'withdrawal'", "裁定书", "甲诉乙买卖合同纠纷二审民事裁定书" },
		{ NO("刑初") J, "'parties':[{'role':'公诉机关','name':'检察院'},{'role':'被告人','name':'丙'}],'cause':'盗窃罪'", "-", "丙盗窃罪一审刑事判决书" },
		{ NO("行初") ",'doc_kind':'行政调解书','instance':'first'", PARTIES ",'cause':'行政补偿','closed_by':'mediation'", "行政调解书", "甲诉乙行政补偿一审行政调解书" },
		{ NO("民初") J, "'cause':'离婚纠纷','closed_by':'decision'", "决定书", "-" },
		{ NO("委赔") J, "'closed_by':'decision'", "国家赔偿决定书", "-" },
		{ NO("民初") J, "'title':'甲与乙合同纠纷支付令','closed_by':'judgment'", "支付令", "-" },
		{ NO("民初") J, "'cause':'生态环境保护民事公益诉讼','closed_by':'mediation'", "民事公益诉讼调解书", "-" },
		{ NO("民初") J, "'closed_by':'other'", "-", "-" },
		{ NO("民初") J, NULL, "-", "-" },
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		struct gv_buf got = GV_BUF_INIT(4096);
		const char *kind;
		struct subject s;

		read_subject(&s, rows[i].rec, rows[i].kase, NULL);
		kind = gv_publication_kind_of_case(&s.p);
		CHECK_STR(kind ? kind : "-", rows[i].kind);
		if (!gv_publication_title(&s.p, &got))
			gv_buf_adds(&got, "-");
		rule_found("title", rows[i].rec, &got, rows[i].title);
		gv_buf_free(&got);
		free_subject(&s);
	}
	close_tables();
}

UNIT_MAIN("publication", { "may it be published", each_decision }, { "from which day, by when", each_day }, { "three tests of age", ages },
          { "kinds of documents", kinds }, { "instance and group", levels }, { "kind and name from the case", names })
