/* SPDX-License-Identifier: MIT */
/* Redaction: the worked examples of the notes (T-AN), and what they do not say. */
#include "redact.h"
#include "residue.h"
#include "unit.h"

struct row {
	const char *name, *profile, *kase, *people, *in, *out;
};

static const struct row rows[] = {
	{ "T-AN-01", "2016", "{\"cause\":\"法定继承纠纷\",\"parties\":[{\"role\":\"原告\",\"name\":\"欧阳文\"}]}", NULL,
	  "原告：欧阳文，女，1985年3月12日出生，汉族，住上海市嘉定区墨玉路88号201室，公民身份号码310114198503120016。",
	  "原告：欧阳某，女，住上海市嘉定区。" },
	{ "T-AN-03", "2016", "{\"cause\":\"离婚后财产纠纷\",\"parties\":[{\"role\":\"原告\",\"name\":\"司马光明\"},{\"role\":\"被告\",\"name\":\"司徒静\"}]}", NULL,
	  "司马光明与司徒静", "司马某与司徒某" },
	{ "T-AN-05", "2016", "{\"case\":\"（2024）沪0114刑初1号\"}", "[{\"name\":\"John Smith\",\"role\":\"被害人\"},{\"name\":\"James Brown\",\"role\":\"被害人\"}]",
	  "被害人John Smith、James Brown；John Smith称", "被害人J1、J2；J1称" },
	{ "T-AN-07", "2016", "{\"cause\":\"机动车交通事故责任纠纷\",\"parties\":[{\"role\":\"原告\",\"name\":\"李小宝\",\"agents\":[{\"name\":\"李大强\",\"kind\":\"statutory\"}]},"
	  "{\"role\":\"被告\",\"name\":\"赵建国\"}]}", NULL,
	  "原告李小宝，男，2016年5月1日出生，嘉定区实验小学学生。法定代理人李大强。被告赵建国。", "原告李某1，男。法定代理人李某2。被告赵建国。" },
	{ "T-AN-07, from the record", "2016", "{\"parties\":[{\"role\":\"原告\",\"name\":\"李小宝\",\"born_on\":\"2016-05-01\",\"agents\":[{\"name\":\"李大强\",\"kind\":\"statutory\"}]}]}", NULL,
	  "李小宝在嘉定区实验小学读书，李大强送他。", "李某1在读书，李某2送他。" },
	{ "T-AN-09", "2016", "{\"cause\":\"买卖合同纠纷\",\"parties\":[{\"role\":\"原告\",\"name\":\"上海嘉实汽车零部件有限公司\",\"legal_representative\":\"孙建华\"},"
	  "{\"role\":\"被告\",\"name\":\"刘洋\"}]}", NULL,
	  "原告上海嘉实汽车零部件有限公司（统一社会信用代码91310114MA1GT00006），法定代表人孙建华，董事长。被告刘洋，男，1990年7月8日出生，住江苏省昆山市花桥镇某路9号。",
	  "原告上海嘉实汽车零部件有限公司（统一社会信用代码91310114MA1GT00006），法定代表人孙建华，董事长。被告刘洋，男，1990年7月8日出生，住江苏省昆山市。" },
	{ "T-AN-09, practice", "2024", "{\"cause\":\"买卖合同纠纷\",\"parties\":[{\"role\":\"原告\",\"name\":\"上海嘉实汽车零部件有限公司\",\"legal_representative\":\"孙建华\"},"
	  "{\"role\":\"被告\",\"name\":\"刘洋\"}]}", NULL,
	  "原告上海嘉实汽车零部件有限公司（统一社会信用代码91310114MA1GT00006），法定代表人孙建华，董事长。被告刘洋，男，1990年7月8日出生，住江苏省昆山市花桥镇某路9号。",
	  "原告上海某汽车零部件有限公司（统一社会信用代码），法定代表人孙某，董事长。被告刘某，男，住江苏省昆山市。" },
	{ "T-AN-11", "2016", "{\"case\":\"（2024）沪0114刑初1号\",\"parties\":[{\"role\":\"被告人\",\"name\":\"陈刚\",\"agents\":[{\"name\":\"冯立\",\"kind\":\"lawyer\"}]}],"
	  "\"judge\":\"钱正\",\"clerk\":\"卫兰\"}",
	  "[{\"name\":\"周婷\",\"role\":\"被害人\"},{\"name\":\"吴海\",\"role\":\"证人\"},{\"name\":\"郑敏\",\"role\":\"鉴定人\"}]",
	  "被告人陈刚，被害人周婷，证人吴海，鉴定人郑敏，辩护人冯立律师，审判员钱正，书记员卫兰", "被告人陈刚，被害人周某，证人吴某，鉴定人郑某，辩护人冯立律师，审判员钱正，书记员卫兰" },
	{ "T-AN-13", "2016", "{\"parties\":[{\"role\":\"被告\",\"name\":\"刘洋\"}]}", NULL,
	  "联系电话138 0000 1234，收款账号6222 0210 0000 1234 565，户名刘洋", "联系电话，收款账号，户名刘洋" },
	{ "T-AN-15", "2016", NULL, NULL, "（2023）沪0114民初12345号，账号12345678901234567", "（2023）沪0114民初12345号，账号" },
	{ "T-AN-17", "2016", NULL, NULL, "310114850312001，11010519491231002X，３１０１１４１９８５０３１２００１６，11010519491231002x", "，，，" },
	{ "T-AN-19", "2016", "{\"cause\":\"法定继承纠纷\",\"parties\":[{\"role\":\"原告\",\"name\":\"王强\"},{\"role\":\"被告\",\"name\":\"王强国\"}]}", NULL,
	  "原告王强，被告王强国。王强国称王强", "原告王某1，被告王某2。王某2称王某1" },
	{ "minority", "2016", "{\"cause\":\"离婚纠纷\",\"parties\":[{\"role\":\"原告\",\"name\":\"买买提·依明\"},{\"role\":\"被告\",\"name\":\"马建国\"}]}", NULL,
	  "买买提•依明与马建国、买买提.依明", "买某与马某、买某" },
	{ "minority names without dots; others of the same first part", "2024", "{\"parties\":[{\"name\":\"买买提·艾力江\"}]}", NULL,
	  "买买提艾力江、买买提、艾力江，买买提·吐尔逊", "买某、买某、买某，买买提·吐尔逊" },
	{ "numbers broken by dots, slashes, dashes of all kinds; digits of others", "2016", NULL, NULL,
	  "电话138.0000.1234、138·0000·1234、138/0000/1234、138–0000–1234、(+86)13800001234、١٣٨٠٠٠٠١٢٣٤。身份证310114·19850312·0016，11010519491231002Ⅹ，账号6222.0210.0000.1234.565。"
	  "车牌沪B-12345，台胞证12345678，护照号码E 12345678，产权证号：沪2019012345，存折号62220210/00001234565。",
	  "电话、、、、、。身份证，，账号。车牌，台胞证，护照号码，，存折号。" },
	{ "no numbers of anybody", "2016", NULL, NULL, "注册资本15000000000元、18000000000.5亿元，13800001234.56元，12345678901234567元，192.168.10.123，版本1.2.3.4.5.6.7.8",
	  "注册资本15000000000元、18000000000.5亿元，13800001234.56元，12345678901234567元，192.168.10.123，版本1.2.3.4.5.6.7.8" },
	{ "minors in words", "2016", NULL, "[{\"name\":\"李小宝\",\"role\":\"原告\"},{\"name\":\"张小兰\",\"role\":\"证人\"},{\"name\":\"张伟\",\"role\":\"被告\"}]",
	  "原告李小宝（未成年人），男，系嘉定区实验小学学生。未成年证人张小兰与被告张伟，张伟伤害未成年人", "原告李某（未成年人），男。未成年证人张某与被告张伟，张伟伤害未成年人" },
	{ "called so behind a comma", "2024", "{\"parties\":[{\"name\":\"中国工商银行股份有限公司上海市嘉定支行\"}]}", NULL,
	  "中国工商银行股份有限公司上海市嘉定支行，以下简称\"工商嘉定支行\"。工商嘉定支行诉", "中国某银行股份有限公司上海市嘉定支行，以下简称\"某嘉定支行\"。某嘉定支行诉" },
	{ "families and crimes as no list has them", "2016", "{\"cause\":\"遗产继承\",\"parties\":[{\"role\":\"原告\",\"name\":\"张伟\"}]}", NULL, "张伟", "张某" },
	{ "crimes by the cause alone", "2016", "{\"cause\":\"盗窃罪\",\"parties\":[{\"role\":\"被害人\",\"name\":\"周婷\"}]}", NULL, "周婷", "周某" },
	{ "longer names, and units, that begin with one of the case", "2024",
	  "{\"parties\":[{\"role\":\"原告\",\"name\":\"张伟\"},{\"role\":\"被害人\",\"name\":\"周婷\"}],\"clerk\":\"吴海\"}", NULL,
	  "案外人张伟强到庭，张伟赔偿，张伟与张伟强系兄弟。上海张伟食品有限公司，上海周婷律师事务所。审判员周婷婷。",
	  "案外人张伟强到庭，张某赔偿，张某与张伟强系兄弟。上海张伟食品有限公司，上海周婷律师事务所。审判员周婷婷。" },
	{ "births told by the mother", "2024", NULL, NULL, "婚前2011年11月18日生育一子，2016年5月22日生效", "婚前生育一子，2016年5月22日生效" },
	{ "cars", "2016", NULL, NULL, "车架号：LSVAF4187C2184841，发动机号码为AB12345", "车架号：，发动机号码为" },
	{ "compound and surname of the record", "2024", "{\"parties\":[{\"role\":\"原告\",\"name\":\"单于飞\"},{\"role\":\"被告\",\"name\":\"欧阳明\",\"surname\":\"欧\"}]}",
	  "[{\"name\":\"单于刚\",\"surname\":\"单\"}]", "单于飞、欧阳明、单于刚", "单于某、欧某、单某" },
	{ "collision of a minority name", "2024", "{\"parties\":[{\"role\":\"原告\",\"name\":\"张伟\"},{\"role\":\"被告\",\"name\":\"张丽\"},{\"role\":\"第三人\",\"name\":\"张·木尔\"}]}", NULL,
	  "张·木尔、张伟、张丽", "张某1、张某2、张某3" },
	{ "blanks, breaks, full width", "2024", "{\"parties\":[{\"role\":\"原告\",\"name\":\"张伟\"}]}", NULL, "张　伟、张\n伟、 张 伟 ，电话１３８００００１２３４", "张某、张某、 张某 ，电话" },
	{ "not inside other words", "2024", "{\"parties\":[{\"role\":\"原告\",\"name\":\"张平\"}]}", NULL, "原告主张平均分配，张平同意", "原告主张平均分配，张某同意" },
	{ "keeps law, numbers, amounts", "2024", "{\"parties\":[{\"role\":\"原告\",\"name\":\"张伟\"}]}", NULL,
	  "依照《中华人民共和国民法典》第一千零七十九条，（2023）沪0114民初12345号，合同编号：2015031500000012，人民币105000000元，2013年3月14日至2014年3月13日",
	  "依照《中华人民共和国民法典》第一千零七十九条，（2023）沪0114民初12345号，合同编号：2015031500000012，人民币105000000元，2013年3月14日至2014年3月13日" },
	{ "plates, certificates, mail", "2016", NULL, NULL,
	  "驾驶沪A·12345号小型轿车与湘D09395、沪AD12345相撞，沪（2019）嘉字不动产权第012345号，沪房地嘉字(2010)第012345号，邮箱a.b@example.com，微信号abc_12345",
	  "驾驶号小型轿车与、相撞，，，邮箱，微信号" },
	{ "seal", "2016", NULL, NULL, "二〇二二年五月一日（院印）\n本件与原本核对无异\n", "二〇二二年五月一日\n\n" },
	{ "unit keeps its seat", "2016", "{\"parties\":[{\"role\":\"被告\",\"name\":\"上海甲乙有限公司\"}]}", NULL, "被告：上海甲乙有限公司，住所地上海市嘉定区墨玉路1号。", "被告：上海甲乙有限公司，住所地上海市嘉定区墨玉路1号。" },
	{ "no address", "2016", NULL, NULL, "原告在医院住院治疗，居住条件差，住房一套", "原告在医院住院治疗，居住条件差，住房一套" },
	{ "masked already", "2024", "{\"parties\":[{\"role\":\"原告\",\"name\":\"张某\"},{\"role\":\"被告\",\"name\":\"张伟\"}]}", NULL, "张某与张伟", "张某与张某1" },
	{ "hide and keep", "2016", NULL, "[{\"name\":\"张伟\",\"hide\":true},{\"name\":\"李丽\",\"role\":\"被害人\",\"keep\":true}]", "张伟、李丽", "张某、李丽" },
	{ "aliases", "2024", NULL, "[{\"name\":\"张伟\",\"aliases\":[\"大张\",\"Zhang Wei\"]}]", "张伟（绰号大张，zhang wei）", "张某（绰号张某，张某）" },
	{ "what it is called from here on", "2024", "{\"parties\":[{\"role\":\"原告\",\"name\":\"上海嘉实汽车零部件有限公司\"}]}", NULL,
	  "原告上海嘉实汽车零部件有限公司（以下简称“嘉实公司”）诉称，嘉实公司与上海嘉实汽车零部件有限公司（以下简称嘉实）",
	  "原告上海某汽车零部件有限公司（以下简称“某公司”）诉称，某公司与上海某汽车零部件有限公司（以下简称某）" },
	{ "the trade name that the short name begins with", "2024", "{\"parties\":[{\"name\":\"慈溪市附海汉马货运站\"},{\"name\":\"慈溪市胜山镇美沁电器厂\"}]}", NULL,
	  "慈溪市附海汉马货运站（以下简称汉马站）与慈溪市胜山镇美沁电器厂，汉马站称", "慈溪市附海某货运站（以下简称某站）与慈溪市胜山镇某电器厂，某站称" },
	{ "trade names of more than two characters", "2024", "{\"parties\":[{\"name\":\"深圳贝和源科技有限公司\"},{\"name\":\"中国大洋岛财产保险股份有限公司嘉定支公司\"},{\"name\":\"五星（中国）投资有限公司\"}]}", NULL,
	  "深圳贝和源科技有限公司、中国大洋岛财产保险股份有限公司嘉定支公司、五星（中国）投资有限公司", "深圳某科技有限公司、中国某财产保险股份有限公司嘉定支公司、某（中国）投资有限公司" },
	{ "a short name that begins with the place, or with what is done there", "2024", "{\"parties\":[{\"name\":\"河南灯小二网络科技有限公司\"},{\"name\":\"吴江区黎里镇松华农机配件店\"}]}", NULL,
	  "河南灯小二网络科技有限公司（以下简称河南灯小二）、吴江区黎里镇松华农机配件店（以下简称农机店），河南灯小二与农机店",
	  "河南某网络科技有限公司（以下简称河南某）、吴江区黎里镇某农机配件店（以下简称吴江区黎里镇某农机配件店），河南某与吴江区黎里镇某农机配件店" },
	{ "two short names that would be one", "2024", "{\"parties\":[{\"name\":\"常熟市大刀叉车有限公司\"},{\"name\":\"天津杰土电池有限公司\"}]}", NULL,
	  "常熟市大刀叉车有限公司（以下简称大刀公司）、天津杰土电池有限公司（以下简称杰土公司），大刀公司与杰土公司",
	  "常熟市某叉车有限公司（以下简称常熟市某叉车有限公司）、天津某电池有限公司（以下简称天津某电池有限公司），常熟市某叉车有限公司与天津某电池有限公司" },
	{ "who lives in a unit", "2024", "{\"parties\":[{\"name\":\"慈溪市大刀叉车修理厂\"}]}", NULL, "慈溪市大刀叉车修理厂（以下简称叉车厂）的张某居住在叉车厂内。张某，住慈溪市某路9号",
	  "慈溪市某叉车修理厂（以下简称慈溪市某叉车修理厂）的张某居住在慈溪市某叉车修理厂内。张某，住慈溪市" },
	{ "towns and villages that are none", "2024", NULL, NULL, "居住地是否在城镇而仅以户籍为准，居住地适用城镇标准计算，经常居住地虽在农村，居住地均在城镇，现住李家村3组，居住地在江苏省昆山市并以务工为生，有居住地村委出具的证明", "居住地是否在城镇而仅以户籍为准，居住地适用城镇标准计算，经常居住地虽在农村，居住地均在城镇，现住，居住地在江苏省昆山市并以务工为生，有居住地村委出具的证明" },
	{ "births in Chinese numerals", "2024", "{\"parties\":[{\"role\":\"原告\",\"name\":\"张伟\"}]}", NULL, "原告张伟，男，一九八五年三月十二日出生，住上海市嘉定区。", "原告张某，男，住上海市嘉定区。" },
	{ "takes effect", "2024", "{\"parties\":[{\"role\":\"原告\",\"name\":\"张伟\"}]}", NULL, "张伟的判决于2018年3月12日生效", "张某的判决于2018年3月12日生效" },
};

struct made {
	struct gv_doc kase, people;
	struct gv_redact_job job;
};

static void make(struct made *m, const struct row *row)
{
	struct gv_err err = { 0 };

	*m = (struct made){ 0 };
	m->job.text = gv_str_of(row->in);
	m->job.as_of = gv_day_of(2024, 6, 3);
	CHECK_ROW(gv_profile_parse(&m->job.profile, gv_str_of(row->profile)), row->name);
	if (row->kase) {
		CHECK_OK(gv_json_parse(&m->kase, gv_str_of(row->kase), 0, &err), &err);
		m->job.kase = &m->kase.root;
	}
	if (row->people) {
		CHECK_OK(gv_json_parse(&m->people, gv_str_of(row->people), 0, &err), &err);
		m->job.people = &m->people.root;
	}
}

static void unmake(struct made *m)
{
	gv_doc_free(&m->kase);
	gv_doc_free(&m->people);
}

static int show(void *ctx, const struct gv_residue *hit)
{
	struct gv_buf *out = ctx;

	gv_buf_addf(out, "%s %s [%.*s]%s;", hit->rule, hit->kind, (int)hit->text.n, hit->text.p, hit->sure ? "!" : "?");
	return 0;
}

static struct gv_redactor *open_one(void)
{
	struct gv_redactor *r = NULL;
	struct gv_err err = { 0 };

	CHECK_OK(gv_redactor_open(&r, gv_day_of(2024, 6, 3), &err), &err);
	return r;
}

/* Each once, again over its own result, and nothing sure is left in it. */
static void examples(void)
{
	struct gv_redactor *r = open_one();

	for (size_t i = 0; r && i < sizeof rows / sizeof *rows; i++) {
		struct gv_redacted out = { 0 };
		struct gv_buf once = GV_BUF_INIT(1 << 20), left = GV_BUF_INIT(1 << 20);
		struct gv_err err = { 0 };
		struct made m;

		make(&m, &rows[i]);
		CHECK_OK(gv_redact(r, &m.job, &out, &err), &err);
		gv_buf_addstr(&once, out.text);
		gv_buf_addc(&once, 0);
		printf("# %s\n", rows[i].name);
		CHECK_STR(once.p, rows[i].out);
		m.job.text = gv_str_of(once.p);
		CHECK_OK(gv_redact(r, &m.job, &out, &err), &err);
		CHECK_BYTES(out.text, gv_str_of(rows[i].out));
		CHECK_OK(gv_residue(r, &m.job, show, &left, &err), &err);
		CHECK_ROW(!left.p || !strchr(left.p, '!'), left.p);
		gv_buf_free(&once);
		gv_buf_free(&left);
		unmake(&m);
	}
	gv_redactor_free(r);
}

static const struct row leftovers[] = {
	{ "T-AN-21", "2016", NULL, NULL, "审判员：×××  书记员：×××  （××××）沪××民初××号",
	  "ANON-02 over-redacted [审判员：×]!;ANON-02 over-redacted [书记员：×]!;ANON-02 over-redacted [（××××）沪××民初××号]!;" },
	{ "kept staff", "2024", NULL, NULL, "审判员：钱正\n书记员：卫兰", "" },
	{ "a name left", "2024", "{\"parties\":[{\"role\":\"原告\",\"name\":\"张伟\"}]}", NULL, "张　伟来了", "ANON-02 name [张　伟]!;" },
	{ "a stranger", "2024", NULL, NULL, "证人王小明、李刚称，王小明看见了", "ANON-02 unknown-name [王小明]?;ANON-02 unknown-name [李刚]?;ANON-02 unknown-name [王小明]?;" },
	{ "no stranger where names stay", "2016", NULL, NULL, "原告王小明称", "" },
	{ "a stranger before a word nobody listed", "2024", NULL, NULL, "证人陈圆圆来了，妻子赵德胜租住", "ANON-02 unknown-name [陈圆圆]?;ANON-02 unknown-name [赵德胜]?;" },
	{ "no name: a word, a place, a unit", "2024", NULL, NULL, "被告：苏州某公司。辩护人暨被告人，案外人元隆公司，代理人年纪尚轻", "" },
	{ "a name that ends in a word", "2024", NULL, NULL, "代理人骆世和，代理人王强和李明", "ANON-02 unknown-name [骆世和]?;ANON-02 unknown-name [王强]?;" },
	{ "other names", "2024", NULL, NULL, "被告（曾用名：诸葛明，绰号“小诸葛”，英文名Bob Lee），其曾用名情况，又名某某",
	  "ANON-02 unknown-name [诸葛明]?;ANON-02 unknown-name [小诸葛]?;ANON-02 unknown-name [Bob Lee]?;" },
	{ "names with dots", "2024", NULL, NULL, "买买提·小明和约翰．史密斯到庭，古丽苏木·热西提，0.60元/平方米·月，《阿甘·正传》，上海约翰·迪尔公司",
	  "ANON-02 unknown-name [买买提·小明]?;ANON-02 unknown-name [约翰．史密斯]?;ANON-02 unknown-name [古丽苏木·热西提]?;" },
	{ "Latin names and units behind a colon", "2024", NULL, NULL, "被告：JOHN SMITH，男。被告：ABC公司。原告：XXX，女。第三人：江苏聚杰电动科技有限公司，被告：ACME CO LTD",
	  "ANON-02 unknown-name [JOHN SMITH]?;ANON-02 unknown-name [江苏聚杰电动科技有限公司]?;" },
	{ "units where they keep their names", "2016", "{\"cause\":\"离婚纠纷\"}", NULL, "第三人：江苏聚杰电动科技有限公司", "" },
	{ "rooms", "2016", NULL, NULL, "房屋位于嘉定区平城路1055弄12号601室，曹安公路5000号", "ANON-10 room [平城路1055弄12号601室]?;" },
	{ "schools that somebody attends", "2016", NULL, NULL, "就读于嘉定区实验小学，嘉定区建设小学工程", "ANON-09 school [就读于嘉定区实验小学]?;" },
	{ "numbers", "2016", NULL, NULL, "电话138-0000-1234，310114198503120016", "ANON-07 phone [138-0000-1234]!;ANON-07 resident-id [310114198503120016]!;" },
	{ "a value in another writing", "2016", "{\"parties\":[{\"role\":\"原告\",\"name\":\"张伟\",\"address\":\"上海市嘉定区墨玉路88号201室\",\"id_no\":\"AB12345\"}]}", NULL,
	  "位于上海市嘉定区墨玉路 88号201室的房屋，ab 12345", "ANON-10 room [墨玉路 88号201室]?;ANON-07 protected-value [ab 12345]!;ANON-07 protected-value [墨玉路 88号201室]!;" },
	{ "a value in dots, in Chinese numerals, between dashes", "2016", "{\"parties\":[{\"role\":\"原告\",\"name\":\"张伟\",\"phone\":\"59990123\",\"account\":\"1234567\"}]}", NULL,
	  "5999.0123，五九九九〇一二三，五九九九零一二三，12—34,567",
	  "ANON-07 protected-value [5999.0123]!;ANON-07 protected-value [五九九九〇一二三]!;ANON-07 protected-value [五九九九零一二三]!;ANON-07 protected-value [12—34,567]!;" },
	{ "somebody described", "2024", NULL, NULL, "孙大明，男，1960年生。其妻李小兰指认。保姆王小明说，家属和", "ANON-02 unknown-name [孙大明]?;ANON-02 unknown-name [李小兰]?;ANON-02 unknown-name [王小明]?;" },
	{ "technical investigation", "2016", NULL, NULL, "经技术侦查措施", "ANON-07 measure [技术侦查]?;" },
	{ "given names", "2024", "{\"parties\":[{\"role\":\"原告\",\"name\":\"李小宝\"},{\"role\":\"被告\",\"name\":\"张伟\"}]}", NULL, "小宝和阿伟、老张", 
	  "ANON-02 given-name [小宝]?;ANON-02 given-name [阿伟]?;ANON-02 given-name [老张]?;" },
	{ "trade names that are words", "2024", "{\"parties\":[{\"name\":\"中国人民财产保险股份有限公司\"}]}", NULL, "人民法院", "" },
	{ "trade names", "2024", "{\"parties\":[{\"name\":\"上海嘉实汽车有限公司\"}]}", NULL, "嘉实的车，上海嘉实汽车有限公司",
	  "ANON-02 name [上海嘉实汽车有限公司]!;ANON-02 trade-name [嘉实]?;" },
	{ "perhaps another word", "2024", "{\"parties\":[{\"role\":\"原告\",\"name\":\"张平\"}]}", NULL, "原告主张平均分配", "ANON-02 unsure-name [张平]?;" },
	{ "names in other writings", "2024", "{\"parties\":[{\"role\":\"原告\",\"name\":\"张伟\"},{\"role\":\"被告\",\"name\":\"欧阳文\"},{\"role\":\"被告\",\"name\":\"吕单\"}]}", NULL,
	  "Zhang Wei、ZHANGWEI、Wei, Zhang，Zhangweimin，張偉、張伟，OUYANG WEN，Lyu Dan；LV DAN",
	  "ANON-02 other-writing [Zhang Wei]?;ANON-02 other-writing [ZHANGWEI]?;ANON-02 other-writing [Wei, Zhang]?;ANON-02 other-writing [張伟]?;ANON-02 other-writing [張偉]?;"
	  "ANON-02 other-writing [OUYANG WEN]?;ANON-02 other-writing [LV DAN]?;ANON-02 other-writing [Lyu Dan]?;" },
	{ "words of a name in letters", "2024", "{\"parties\":[{\"role\":\"原告\",\"name\":\"John Smith\"}]}", NULL, "J. Smith、Smith, John，blacksmith",
	  "ANON-02 given-name [John]?;ANON-02 given-name [Smith]?;ANON-02 given-name [Smith]?;" },
	{ "births of nobody", "2016", NULL, NULL, "双方生育一女，2024年6月1日出生。婚前1985年6月1日出生", "ANON-09 birth [2024年6月1日]?;" },
	{ "perhaps a longer name", "2024", "{\"parties\":[{\"role\":\"原告\",\"name\":\"张伟\"}]}", NULL, "证人张伟强到庭，张伟强称，张伟到庭",
	  "ANON-02 unsure-name [张伟]?;ANON-02 unsure-name [张伟]?;ANON-02 name [张伟]!;" },
	{ "a plate on a list", "2016", NULL, NULL, "被告黄某某的驾驶证、苏A02936小车行驶证", "ANON-07 plate [苏A02936]!;" },
	{ "health", "2016", NULL, NULL, "患有乙肝", "ANON-07 health [乙肝]?;" },
};

static void leaves(void)
{
	struct gv_redactor *r = open_one();

	for (size_t i = 0; r && i < sizeof leftovers / sizeof *leftovers; i++) {
		struct gv_buf left = GV_BUF_INIT(1 << 20);
		struct gv_err err = { 0 };
		struct made m;

		make(&m, &leftovers[i]);
		printf("# %s\n", leftovers[i].name);
		CHECK_OK(gv_residue(r, &m.job, show, &left, &err), &err);
		CHECK_STR(left.p ? left.p : "", leftovers[i].out);
		gv_buf_free(&left);
		unmake(&m);
	}
	gv_redactor_free(r);
}

/* The names of one case are forgotten with it, however many there were. */
static void forgets(void)
{
	struct gv_redactor *r = open_one();
	struct gv_buf many = GV_BUF_INIT(1 << 20);
	struct row big = { "many", "2024", NULL, NULL, "张伟、周某某、甲1丙", NULL }, small = { "one", "2024", "{\"parties\":[\"张伟\"]}", NULL, "张伟、赵0乙", "张某、赵0乙" };
	struct gv_redacted out;
	struct gv_err err = { 0 };
	struct made m;

	gv_buf_adds(&many, "{\"parties\":[");
	for (int i = 0; i < 3000; i++)
		gv_buf_addf(&many, "%s\"赵%d乙\"", i ? "," : "", i);
	gv_buf_adds(&many, "]}");
	big.kase = many.p;
	for (int i = 0; r && i < 3; i++) {
		const struct row *row = i == 1 ? &big : &small;

		make(&m, row);
		CHECK_OK(gv_redact(r, &m.job, &out, &err), &err);
		if (row->out)
			CHECK_BYTES(out.text, gv_str_of(row->out));
		unmake(&m);
	}
	gv_buf_free(&many);
	gv_redactor_free(r);
}

UNIT_MAIN("redact", { "forgets", forgets }, { "examples", examples }, { "leaves", leaves })
