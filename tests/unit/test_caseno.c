/* SPDX-License-Identifier: MIT */
#include "caseno_unit.h"

/* id with the suffix behind it; `reason` is the warning of an accepted number. */
struct row {
	const char *text;
	enum gv_caseno_class class;
	const char *id, *suffix, *reason;
};

static void check_row(struct gv_caseno_reader *r, const struct row *row)
{
	struct gv_caseno cn;
	struct gv_err err = { 0 };
	int rc = gv_caseno_parse(r, &cn, gv_str_of(row->text), &err);
	bool taken = row->class <= GV_CN_LEGACY;

	CHECK_ROW(cn.class == row->class, row->text);
	CHECK_ROW(rc == (taken ? 0 : GV_EDATA), row->text);
	if (strcmp(cn.id, row->id ? row->id : "") || strcmp(cn.suffix, row->suffix ? row->suffix : "") ||
	    strcmp(cn.reason, row->reason ? row->reason : ""))
		UNIT_FAIL("[%s]: %s [%s] [%s] [%s]", row->text, gv_caseno_class_name(cn.class), cn.id,
		          cn.suffix, cn.reason);
	unit_checks++;
	if (taken)
		return;
	CHECK_ROW(cn.reason[0] != '\0', row->text);
	CHECK_ROW(strcmp(err.msg, cn.reason) == 0, row->text);
	CHECK_ROW(!cn.year && !cn.court[0] && !cn.type[0] && !cn.serial[0], row->text);
}

#define CHECK_ROWS(r, rows) do { \
		for (size_t unit_i = 0; unit_i < sizeof(rows) / sizeof(rows)[0]; unit_i++) \
			check_row((r), &(rows)[unit_i]); \
	} while (0)

/* ---- today's grammar ---- */

#define JD "（2022）沪0114民初1234号"

static void forms(void)
{
	/* One number, whatever form was typed. */
	static const char *const variants[] = {
		JD,
		"(2022)沪0114民初1234号",
		"（2022)沪0114民初1234号",
		"〔2022〕沪0114民初1234号",
		"[2022]沪0114民初1234号",
		"【2022】沪0114民初1234号",
		"［2022］沪0114民初1234号",
		"﹝2022﹞沪0114民初1234号",
		"( 2022）沪0114民初1234号",
		" （2022）沪 0114 民初 1234 号 ",
		"（2022）　沪0114　民初1234号",
		"（2022）\xC2\xA0沪0114民初\xE2\x80\x8B" "1234号",
		"\xEF\xBB\xBF（2022）沪0114民初1234号\r\n",
		"（２０２２）沪０１１４民初１２３４号",
		"（2022）沪0114民初1234",
		"（2022年）沪0114民初1234号",
		"（2022）年沪0114民初1234号",
		"2022年沪0114民初1234号",
		"2022沪0114民初1234",
		"（2022）沪0114民初第1234号",
		"（2022）沪0114民初01234号",
		"（2022）沪0114民初001234號",
		"（2022）沪0114⺠初1234号",
		"（2022沪0114民初1234号",
		"2022）沪0114民初1234号",
		"（（2022））沪0114民初1234号",
		"（2022）沪（0114）民初1234号",
		"（2022）沪0114民初字第1234号",
		"（2022）沪0114民初字1234号",
	};
	struct gv_caseno_reader *r = reader(NULL, 0);

	for (size_t i = 0; i < sizeof variants / sizeof variants[0]; i++) {
		struct gv_caseno cn;
		struct gv_err err = { 0 };

		CHECK_OK(gv_caseno_parse(r, &cn, gv_str_of(variants[i]), &err), &err);
		CHECK_STR(cn.id, JD);
		CHECK_ROW(cn.class == GV_CN_NEW && cn.year == 2022 && cn.court_known, variants[i]);
		CHECK_ROW(strcmp(cn.court, "沪0114") == 0 && strcmp(cn.type, "民初") == 0, variants[i]);
		CHECK_ROW(strcmp(cn.serial, "1234") == 0 && !cn.special[0], variants[i]);
		CHECK_ROW(cn.changed == (i > 0), variants[i]);
		CHECK_ROW(cn.hybrid == (strstr(variants[i], "字") != NULL), variants[i]);
	}
	gv_caseno_reader_free(r);
}

static void new_numbers(void)
{
	static const struct row rows[] = {
		{ "（2019）最高法民申77号", GV_CN_NEW, "（2019）最高法民申77号", 0, 0 },
		{ "(2018)川民终43号", GV_CN_NEW, "（2018）川民终43号", 0, 0 },
		{ "（2017）军01刑初5号", GV_CN_NEW, "（2017）军01刑初5号", 0,
		  "court code 军01 is not in courts.tsv" },
		{ "（2021）兵民终18号", GV_CN_NEW, "（2021）兵民终18号", 0, 0 },
		{ "（2020）沪02破申6号", GV_CN_NEW, "（2020）沪02破申6号", 0, 0 },
		{ "（2022）苏05破42号", GV_CN_NEW, "（2022）苏05破42号", 0, 0 },
		{ "（2022）沪0114司救执3号", GV_CN_NEW, "（2022）沪0114司救执3号", 0, 0 },
		{ "（2019）最高法刑核00731946号", GV_CN_NEW, "（2019）最高法刑核00731946号", 0, 0 },
		{ "（2019）沪0114刑初00731号", GV_CN_NEW, "（2019）沪0114刑初731号", 0, 0 },
		{ "（2022）沪0198民初1号", GV_CN_NEW, "（2022）沪0198民初1号", 0,
		  "court code 沪0198 is not in courts.tsv" },
		/* suffixes: apart from the key (CN-17) */
		{ "（2018）沪0114执381号之三", GV_CN_NEW, "（2018）沪0114执381号", "之三", 0 },
		{ "（2018）沪0114执381之三号", GV_CN_NEW, "（2018）沪0114执381号", "之三", 0 },
		{ "（2018）沪0114执381号之12", GV_CN_NEW, "（2018）沪0114执381号", "之十二", 0 },
		{ "（2018）沪0114执381号之二一", GV_CN_NEW, "（2018）沪0114执381号", "之二一", 0 },
		{ "（2018）沪0114执381-2号", GV_CN_NEW, "（2018）沪0114执381号", "之二", 0 },
		{ "（2018）沪0114执381号-20", GV_CN_NEW, "（2018）沪0114执381号", "之二十", 0 },
		{ "（2018）苏05破5—12号", GV_CN_NEW, "（2018）苏05破5号", "之十二", 0 },
		{ "（2018）苏05破42－21号", GV_CN_NEW, "（2018）苏05破42号", "之二十一", 0 },
		/* what leaves one reading is taken, and said */
		{ "2021)湘0422民初36号", GV_CN_NEW, "（2021）湘0422民初36号", 0,
		  "a bracket is missing at the year" },
		{ "（2018）辽（01）执47号", GV_CN_NEW, "（2018）辽01执47号", 0, "brackets in the court code" },
		{ "（2023）湘1021民初字第12号", GV_CN_NEW, "（2023）湘1021民初12号", 0,
		  "字 of the old grammar behind a court code" },
		{ "(2016)豫1624执字第00045号", GV_CN_NEW, "（2016）豫1624执45号", 0,
		  "字 of the old grammar behind a court code" },
		{ "（2017）浙0104执费35号", GV_CN_NEW, "（2017）浙0104执费35号", 0,
		  "type code 执费 is not in case-types.tsv" },
		{ "（2015）晋0107民初25号", GV_CN_NEW, "（2015）晋0107民初25号", 0,
		  "year 2015, but court codes began in 2016" },
		{ "（2017）贵0199民初5号", GV_CN_NEW, "（2017）黔0199民初5号", 0,
		  "courts of Guizhou are numbered 黔, not 贵" },
		/* registers (CN-14) */
		{ "（2021）沪0114诉前调801号", GV_CN_REGISTER, "（2021）沪0114诉前调801号", 0, 0 },
		{ "(2024)浙02民诉前调595号", GV_CN_REGISTER, "（2024）浙02民诉前调595号", 0, 0 },
		{ "(2024)粤0604诉前调确17号", GV_CN_REGISTER, "（2024）粤0604诉前调确17号", 0, 0 },
		{ "（2017）川0105民先调34号", GV_CN_REGISTER, "（2017）川0105民先调34号", 0, 0 },
		{ "（2016）浙0109引调326号", GV_CN_REGISTER, "（2016）浙0109引调326号", 0, 0 },
		{ "（2022）沪0114行调7号", GV_CN_REGISTER, "（2022）沪0114行调7号", 0, 0 },
		/* 调 in codes of the standard is no register */
		{ "（2022）沪01请外调7号", GV_CN_NEW, "（2022）沪01请外调7号", 0, 0 },
		{ "（2022）沪01刑止调7号", GV_CN_NEW, "（2022）沪01刑止调7号", 0, 0 },
	};
	struct gv_caseno_reader *r = reader(NULL, 0);

	CHECK_ROWS(r, rows);
	gv_caseno_reader_free(r);
}

static void special_character(void)
{
	struct gv_caseno_reader *r = reader(NULL, 0);
	struct gv_caseno cn;

	CHECK(gv_caseno_parse(r, &cn, GV_STR("（2019）最高法知民终1号"), NULL) == 0);
	CHECK_STR(cn.court, "最高法");
	CHECK_STR(cn.special, "知");
	CHECK_STR(cn.type, "民终");
	CHECK_STR(cn.id, "（2019）最高法知民终1号");
	CHECK(gv_caseno_parse(r, &cn, GV_STR("(2020)沪73知民初字第05号"), NULL) == 0);
	CHECK_STR(cn.special, "知");
	CHECK_STR(cn.type, "民初");
	CHECK_STR(cn.id, "（2020）沪73知民初5号");
	CHECK(gv_caseno_parse(r, &cn, GV_STR("（2021）浙知民终9号"), NULL) == 0);
	CHECK_STR(cn.court, "浙");
	CHECK_STR(cn.special, "知");
	gv_caseno_reader_free(r);
}

static void short_forms(void)
{
	static const struct row at_home[] = {
		{ "民初1234", GV_CN_NEW, JD, 0, 0 },
		{ "民初1234号", GV_CN_NEW, JD, 0, 0 },
		{ "民初第1234号", GV_CN_NEW, JD, 0, 0 },
		{ "沪0114民初1234", GV_CN_NEW, JD, 0, 0 },
		{ "2022沪0114民初1234", GV_CN_NEW, JD, 0, 0 },
		{ "（2022）民初1234", GV_CN_NEW, JD, 0, 0 },
		{ "2022民初1234", GV_CN_NEW, JD, 0, 0 },
		{ "（2021）执12-1", GV_CN_NEW, "（2021）沪0114执12号", "之一", 0 },
		{ "知民初7", GV_CN_NEW, "（2022）沪0114知民初7号", 0, 0 },
		{ "诉前调7", GV_CN_REGISTER, "（2022）沪0114诉前调7号", 0, 0 },
		{ "京0105民初7", GV_CN_NEW, "（2022）京0105民初7号", 0, 0 },
		{ "（2031）沪0114民初1号", GV_CN_NEW, "（2031）沪0114民初1号", 0, "year 2031 is after 2022" },
		{ "（2014）民申字第7号", GV_CN_LEGACY, "（2014）民申字第7号", 0, 0 },
		{ "（2014）民申7号", GV_CN_LEGACY, "（2014）民申字第7号", 0, "字第 is missing" },
		{ "民初", GV_CN_CORRUPT, 0, 0, "no serial number" },
		{ "1234", GV_CN_OTHER, 0, 0, "no court and no case type in it" },
		{ "1234号", GV_CN_OTHER, 0, 0, "no court and no case type in it" },
		/* the later ones of a list are not completed */
		{ "（2021）京0105民初1号、民初2号", GV_CN_CORRUPT, 0, 0, "\"民初2号\" after the number" },
		{ "（2021）京0105民初1号、（2021）民初2号", GV_CN_CORRUPT, 0, 0, "no court code before 民初" },
	};
	static const struct row nowhere[] = {
		{ "民初1234", GV_CN_CORRUPT, 0, 0, "no court code before 民初" },
		{ "（2022）民初1234", GV_CN_CORRUPT, 0, 0, "no court code before 民初" },
		{ "沪0114民初1234", GV_CN_CORRUPT, 0, 0, "no year" },
		{ "2022沪0114民初1234", GV_CN_NEW, JD, 0, 0 },
		{ "（2031）沪0114民初1号", GV_CN_NEW, "（2031）沪0114民初1号", 0, 0 },
	};
	struct gv_caseno_reader *r = reader("沪０１１４", 2022), *bad = r;
	struct gv_err err = { 0 };

	CHECK_ROWS(r, at_home);
	gv_caseno_reader_free(r);
	r = reader(NULL, 0);
	CHECK_ROWS(r, nowhere);
	gv_caseno_reader_free(r);
	CHECK_ERR(gv_caseno_reader_new(&bad, "沪011", 2022, &err), &err, GV_EDATA, "沪011: not a court code");
	CHECK(bad == NULL);
	CHECK_ERR(gv_caseno_reader_new(&bad, "沪0114民初", 2022, &err), &err, GV_EDATA,
	          "沪0114民初: not a court code");
	gv_caseno_reader_free(NULL);
}

/* ---- the old grammars ---- */

static void old_numbers(void)
{
	static const struct row rows[] = {
		{ "（2014）民一终字第174号", GV_CN_LEGACY, "（2014）民一终字第174号", 0, 0 },
		{ "(2015)普民二(商)初字第951号", GV_CN_LEGACY, "（2015）普民二（商）初字第951号", 0, 0 },
		{ "(2012) 渝北法刑初字第００091 号", GV_CN_LEGACY, "（2012）渝北法刑初字第00091号", 0, 0 },
		{ "（2015）沪一中民保字第7号之一", GV_CN_LEGACY, "（2015）沪一中民保字第7号", "之一", 0 },
		{ "（2015）佛南法桂民一初字第325-1号", GV_CN_LEGACY, "（2015）佛南法桂民一初字第325号", "之一", 0 },
		{ "2004滑民初字第27号", GV_CN_LEGACY, "（2004）滑民初字第27号", 0, 0 },
		{ "2015年矿民一初字第0021号", GV_CN_LEGACY, "（2015）矿民一初字第0021号", 0, 0 },
		{ "(2015延民初字第46号", GV_CN_LEGACY, "（2015）延民初字第46号", 0,
		  "a bracket is missing at the year" },
		{ "（2014）临民一终字97号", GV_CN_LEGACY, "（2014）临民一终字第97号", 0, 0 },
		{ "（2014）临民一终第97号", GV_CN_LEGACY, "（2014）临民一终字第97号", 0, "字第 is missing" },
		{ "（2014）临民一终97号", GV_CN_LEGACY, "（2014）临民一终字第97号", 0, "字第 is missing" },
		{ "（2014）临民一终字第97", GV_CN_LEGACY, "（2014）临民一终字第97号", 0, 0 },
		{ "〔2005〕民他字第53号", GV_CN_LEGACY, "（2005）民他字第53号", 0, 0 },
		{ "(2004)刑复字第16号", GV_CN_LEGACY, "（2004）刑复字第16号", 0, 0 },
		{ "(2000)交提字第3号", GV_CN_LEGACY, "（2000）交提字第3号", 0, 0 },
		{ "(2010)知行字第4号", GV_CN_LEGACY, "（2010）知行字第4号", 0, 0 },
		{ "（2014）甬仑引调字第0031号", GV_CN_LEGACY, "（2014）甬仑引调字第0031号", 0, 0 },
		{ "（2014）甬仑调确字第0007号", GV_CN_LEGACY, "（2014）甬仑调确字第0007号", 0, 0 },
		{ "（2014）甬仑立预字第0029号", GV_CN_LEGACY, "（2014）甬仑立预字第0029号", 0, 0 },
		{ "（2015）甬仑执刑财字第3号", GV_CN_LEGACY, "（2015）甬仑执刑财字第3号", 0, 0 },
		{ "（2015）丽莲商清（算）字第0001号", GV_CN_LEGACY, "（2015）丽莲商清（算）字第0001号", 0, 0 },
		{ "（2015）深中法劳终字第53号", GV_CN_LEGACY, "（2015）深中法劳终字第53号", 0, 0 },
		{ "（2013）珠香法审监民再字第1号", GV_CN_LEGACY, "（2013）珠香法审监民再字第1号", 0, 0 },
		{ "（2015）惠城法仲保字第8号", GV_CN_LEGACY, "（2015）惠城法仲保字第8号", 0, 0 },
		{ "（2014）银民初字第8号", GV_CN_LEGACY, "（2014）银民初字第8号", 0, 0 },
		{ "（2014）慈商重字第3号", GV_CN_LEGACY, "（2014）慈商重字第3号", 0, 0 },
		{ "(2000)津经破字第17－01号", GV_CN_LEGACY, "（2000）津经破字第17号", "之一", 0 },
		{ "（2016）新民初字第12号", GV_CN_LEGACY, "（2016）新民初字第12号", 0,
		  "old grammar, but the year is 2016" },
		{ "（2019）邹调见字第08号", GV_CN_LEGACY, "（2019）邹调见字第08号", 0,
		  "old grammar, but the year is 2019" },
		{ "(2015)海7执字第63号", GV_CN_LEGACY, "（2015）海7执字第63号", 0,
		  "digits among the words of the court" },
		/* high courts before 2016 and after */
		{ "（2015）新民初38号", GV_CN_LEGACY, "（2015）新民初字第38号", 0, "字第 is missing" },
		{ "（2016）新民初38号", GV_CN_NEW, "（2016）新民初38号", 0, 0 },
	};
	struct gv_caseno_reader *r = reader(NULL, 0);
	struct gv_caseno cn;

	CHECK_ROWS(r, rows);
	CHECK(gv_caseno_parse(r, &cn, GV_STR("(2015)普民二(商)初字第0951号之二"), NULL) == 0);
	CHECK_INT(cn.year, 2015);
	CHECK_STR(cn.serial, "0951");
	CHECK_STR(cn.court, "");
	CHECK_STR(cn.type, "");
	CHECK(cn.changed && !cn.hybrid && !cn.court_known);
	gv_caseno_reader_free(r);
}

/* ---- refused ---- */

static void refused(void)
{
	static const struct row rows[] = {
		/* masked */
		{ "（2016）沪0109民初ＸＸＸ号", GV_CN_MASKED, 0, 0, "masked: XXX" },
		{ "（2016）沪01××民初12号", GV_CN_MASKED, 0, 0, "masked: ××" },
		{ "（2016）沪0114民初12**号", GV_CN_MASKED, 0, 0, "masked: **" },
		{ "（20XX）沪0114民初12号", GV_CN_MASKED, 0, 0, "masked: XX" },
		{ "（2013）泰中民终字第xx号", GV_CN_MASKED, 0, 0, "masked: xx" },
		{ "（2013）丽X刑初字第17号", GV_CN_MASKED, 0, 0, "masked: X" },
		{ "（2013）某民初字第17号", GV_CN_MASKED, 0, 0, "masked: 某" },
		{ "（2013）○○民初字第○○号", GV_CN_MASKED, 0, 0, "masked: ○○" },
		{ "（2016）沪□□民初12号之一", GV_CN_MASKED, 0, 0, "masked: □□" },
		/* damaged */
		{ "（2013PER初字第15号", GV_CN_CORRUPT, 0, 0, "\"PER\" within the number" },
		{ "（2011）PER终字第08号", GV_CN_CORRUPT, 0, 0, "\"PER\" within the number" },
		{ "(2007)岳7二初字第O55号", GV_CN_CORRUPT, 0, 0, "\"7\" within the number" },
		{ "(2015)绍x6初字第12号", GV_CN_CORRUPT, 0, 0, "\"x6\" within the number" },
		{ "2002200)皖05民终15号", GV_CN_CORRUPT, 0, 0, "year 2002200 has not four digits" },
		{ "（201）皖05民终15号", GV_CN_CORRUPT, 0, 0, "year 201 has not four digits" },
		{ "（）皖05民终15号", GV_CN_CORRUPT, 0, 0, "no year" },
		{ "（3016）皖05民终15号", GV_CN_CORRUPT, 0, 0, "year 3016 is nonsense" },
		{ "（2012）皖05民终15号", GV_CN_CORRUPT, 0, 0, "year 2012, but court codes began in 2016" },
		{ "（1066）民一终字第15号", GV_CN_CORRUPT, 0, 0, "year 1066 is nonsense" },
		{ "（2018）0903执43号之一", GV_CN_CORRUPT, 0, 0, "no province before 0903" },
		{ "（2018）沪011民初43号", GV_CN_CORRUPT, 0, 0,
		  "court code 沪011 has neither two nor four digits" },
		{ "（2018）沪01140民初43号", GV_CN_CORRUPT, 0, 0,
		  "court code 沪01140 has neither two nor four digits" },
		{ "（2016）京0796号", GV_CN_CORRUPT, 0, 0, "no type code after court code 京0796" },
		{ "（2017）豫01执议16号", GV_CN_CORRUPT, 0, 0, "unknown type code 执议" },
		{ "（2017）豫01民16号", GV_CN_CORRUPT, 0, 0, "unknown type code 民" },
		{ "（2017）沪0114民初号", GV_CN_CORRUPT, 0, 0, "no serial number" },
		{ "（2017）沪0114民初0号", GV_CN_CORRUPT, 0, 0, "serial number 0" },
		{ "（2017）沪0114民初123456789号", GV_CN_CORRUPT, 0, 0,
		  "serial number 123456789 is longer than 8 digits" },
		{ "（2018）深宝民初43号", GV_CN_CORRUPT, 0, 0, "no court code before 深宝民初" },
		{ "（2017）沪0114民初12号民事判决书", GV_CN_CORRUPT, 0, 0, "\"民事判决书\" after the number" },
		{ "（2017）沪0114民初12a号", GV_CN_CORRUPT, 0, 0, "\"a号\" after the number" },
		{ "（2017）沪0114民初12号、", GV_CN_CORRUPT, 0, 0, "\"\" after the number" },
		{ "（2017）沪0114民初12号之", GV_CN_CORRUPT, 0, 0, "\"之\" after the number" },
		{ "（2015）鄂下陆执字经0085-1号", GV_CN_CORRUPT, 0, 0, "经 between 字 and the serial number" },
		{ "深宝法民初字第43号", GV_CN_CORRUPT, 0, 0, "no year" },
		{ "（2017）沪0114民\xE2\x80\xAE初12号", GV_CN_CORRUPT, 0, 0, "unknown type code 民" },
		{ "（2014）沪一\xE2\x80\xAE" "中民终字第12号", GV_CN_CORRUPT, 0, 0, "\"\xEF\xBF\xBD\" within the number" },
		{ "（2014）😀民初字第1号", GV_CN_CORRUPT, 0, 0, "\"😀\" within the number" },
		{ "（2018）浙江0112民初1号", GV_CN_CORRUPT, 0, 0, "\"0112\" within the number" },
		{ "（2018）沪0114民初14号至12号", GV_CN_CORRUPT, 0, 0, "not a range of serial numbers after 14" },
		{ "（2018）沪0114民初14-1414号", GV_CN_CORRUPT, 0, 0, "a range of more than 1000 case numbers" },
		/* bytes */
		{ "", GV_CN_OTHER, 0, 0, "empty" },
		{ " \xE3\x80\x80\n", GV_CN_OTHER, 0, 0, "empty" },
		{ "（2017）沪0114民初\xFF号", GV_CN_OTHER, 0, 0, "not valid UTF-8" },
	};
	struct gv_caseno_reader *r = reader(NULL, 0);
	struct gv_caseno cn;
	struct gv_err err = { 0 };
	char longest[8192];

	CHECK_ROWS(r, rows);
	CHECK_ERR(gv_caseno_parse(r, &cn, GV_STR("（2017）豫01执议16号"), &err), &err, GV_EDATA,
	          "（2017）豫01执议16号: unknown type code 执议");
	memset(longest, '1', sizeof longest);
	CHECK(gv_caseno_parse(r, &cn, (struct gv_str){ longest, sizeof longest }, &err) == GV_EDATA);
	CHECK_STR(cn.reason, "longer than 1024 characters");
	CHECK(gv_caseno_parse(r, &cn, (struct gv_str){ "（2017）沪0114民初\0" "12号", 29 }, &err) == GV_EDATA);
	CHECK_STR(cn.reason, "no serial number");
	gv_caseno_reader_free(r);
}

#define LOOKS(what) "looks like " what ", not a case number"
#define NOTHING     "no court and no case type in it"

static void near_misses(void)
{
	static const struct row rows[] = {
		{ "[2017]临鉴字第124号", GV_CN_OTHER, 0, 0, LOOKS("a forensic report") },
		{ "（2015）Z73临鉴字第14号", GV_CN_OTHER, 0, 0, LOOKS("a forensic report") },
		{ "【2016】毒检字第FJ05号", GV_CN_OTHER, 0, 0, LOOKS("a forensic report") },
		{ "（2017）苏0682法鉴委字第0063号", GV_CN_OTHER, 0, 0, LOOKS("a forensic report") },
		{ "[2018]火损鉴字第3号", GV_CN_OTHER, 0, 0, LOOKS("a forensic report") },
		{ "(2005)宁证内民字第361号", GV_CN_OTHER, 0, 0, LOOKS("a notary deed") },
		{ "（2017）沪东证经字第9号", GV_CN_OTHER, 0, 0, LOOKS("a notary deed") },
		{ "（2017）皖核证字第46、47号", GV_CN_OTHER, 0, 0, LOOKS("a notary deed") },
		{ "（2018）辽诚证执字第4号", GV_CN_OTHER, 0, 0, LOOKS("a notary deed") },
		{ "（2014）乌劳仲裁字第49号", GV_CN_OTHER, 0, 0, LOOKS("an arbitration number") },
		{ "（2014）昆劳仲案字第49号", GV_CN_OTHER, 0, 0, LOOKS("an arbitration number") },
		{ "[2016]机检字698号", GV_CN_OTHER, 0, 0, LOOKS("a procuratorate's number") },
		{ "(2014)嘉公消火认字第5号", GV_CN_OTHER, 0, 0, LOOKS("a fire service number") },
		{ "（2014）并监刑释字第32号", GV_CN_OTHER, 0, 0, LOOKS("a prison's number") },
		{ "（2014）沪法援民字第32号", GV_CN_OTHER, 0, 0, LOOKS("a legal aid number") },
		{ "（2021）川0525工认013号", GV_CN_OTHER, 0, 0, LOOKS("a work injury decision") },
		{ "（2017）皖02评字055号", GV_CN_OTHER, 0, 0, LOOKS("an appraisal") },
		{ "（2017）海不动产权第0051号", GV_CN_OTHER, 0, 0, LOOKS("a property certificate") },
		{ "2016银最保字第8112号", GV_CN_OTHER, 0, 0, LOOKS("a bank contract") },
		{ "（2003）湘农税电字NO.0029号", GV_CN_OTHER, 0, 0, LOOKS("a tax number") },
		{ "[2013]宁行复第20号", GV_CN_OTHER, 0, 0, LOOKS("an administrative or police decision") },
		{ "（2013）嘉公行罚决字第20号", GV_CN_OTHER, 0, 0, LOOKS("an administrative or police decision") },
		{ "(2018)办字第21号", GV_CN_OTHER, 0, 0, LOOKS("a government paper") },
		{ "（2007）武临放字第22号", GV_CN_OTHER, 0, 0, "not a case number" },
		{ "（2012ORG字第81号", GV_CN_OTHER, 0, 0, "not a case number" },
		{ "（2015）第0006号", GV_CN_OTHER, 0, 0, NOTHING },
		{ "〔2018〕27号", GV_CN_OTHER, 0, 0, NOTHING },
		{ "［2015］739、740号", GV_CN_OTHER, 0, 0, NOTHING },
		{ "(2017)第XXXX号", GV_CN_OTHER, 0, 0, NOTHING },
		{ "2017年12月20号", GV_CN_OTHER, 0, 0, "a date and text, not a case number" },
		{ "2010年2月起承租本市68号", GV_CN_OTHER, 0, 0, "a date and text, not a case number" },
		{ "2055弄49号", GV_CN_OTHER, 0, 0, "not a case number" },
		{ "从第一到最后一个字都只是一段很长的普通文字它里面没有任何法院也没有任何案件类型更没有年份和编号",
		  GV_CN_OTHER, 0, 0, "text, not a case number" },
		{ "法〔2015〕137号", GV_CN_OTHER, 0, 0, "not a case number" },
		{ "Case No. 12", GV_CN_OTHER, 0, 0, NOTHING },
	};
	struct gv_caseno_reader *r = reader("沪0114", 2022);

	CHECK_ROWS(r, rows);
	gv_caseno_reader_free(r);
}

/* ---- several in one ---- */

struct parts {
	char text[4096];
	size_t count, stop_at;
};

static int add_part(void *ctx, const struct gv_caseno *one)
{
	struct parts *p = ctx;
	size_t n = strlen(p->text);

	snprintf(p->text + n, sizeof p->text - n, "%s%s%s", n ? " " : "", one->id, one->suffix);
	return ++p->count == p->stop_at ? 77 : 0;
}

static void several(void)
{
	static const struct { const char *text; size_t count; const char *parts; } rows[] = {
		{ "（2016）云0103民初7304、7305号", 2, "（2016）云0103民初7304号 （2016）云0103民初7305号" },
		{ "（2016）云0103民初7304号、7305号", 2, "（2016）云0103民初7304号 （2016）云0103民初7305号" },
		{ "(2016)云0103民初7304-7306号", 3,
		  "（2016）云0103民初7304号 （2016）云0103民初7305号 （2016）云0103民初7306号" },
		{ "(2016)云0103民初第98号至第101号", 4, "（2016）云0103民初98号 （2016）云0103民初99号 "
		  "（2016）云0103民初100号 （2016）云0103民初101号" },
		{ "(2016)云0103民初98—100号", 3,
		  "（2016）云0103民初98号 （2016）云0103民初99号 （2016）云0103民初100号" },
		{ "(2016)云0103民初3~4号", 2, "（2016）云0103民初3号 （2016）云0103民初4号" },
		{ "（2016）云0103民初1号、（2017）沪0114刑初2号之一；2018京0105民初003", 3,
		  "（2016）云0103民初1号 （2017）沪0114刑初2号之一 （2018）京0105民初3号" },
		{ "（2016）云0103民初1、3-5号及（2017）沪0114刑初2、4-1号", 6,
		  "（2016）云0103民初1号 （2016）云0103民初3号 （2016）云0103民初4号 （2016）云0103民初5号 "
		  "（2017）沪0114刑初2号 （2017）沪0114刑初4号之一" },
		{ "（2014）甬仑执民字第008至010号", 3,
		  "（2014）甬仑执民字第008号 （2014）甬仑执民字第009号 （2014）甬仑执民字第010号" },
		{ "（2014）甬仑执民字第8、09号、（2015）海执字第7号", 3,
		  "（2014）甬仑执民字第8号 （2014）甬仑执民字第09号 （2015）海执字第7号" },
	};
	struct gv_caseno_reader *r = reader(NULL, 0);

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct parts p = { 0 };
		struct gv_caseno cn;
		struct gv_err err = { 0 };

		CHECK_ROW(gv_caseno_parse(r, &cn, gv_str_of(rows[i].text), &err) == GV_EDATA, rows[i].text);
		CHECK_ROW(cn.class == GV_CN_MULTI && !cn.id[0], rows[i].text);
		CHECK_OK(gv_caseno_split(r, gv_str_of(rows[i].text), add_part, &p, &err), &err);
		CHECK_STR(p.text, rows[i].parts);
		CHECK_INT(p.count, rows[i].count);
		CHECK_INT(err.code, 0);
	}
	gv_caseno_reader_free(r);
}

static void split_edges(void)
{
	struct gv_caseno_reader *r = reader(NULL, 0);
	struct parts p = { 0 };
	struct gv_err err = { 0 };
	struct gv_caseno cn;

	CHECK(gv_caseno_parse(r, &cn, GV_STR("（2013）深中法房终字第2086-2449号"), &err) == GV_EDATA);
	CHECK_STR(cn.reason, "364 case numbers in one");
	/* one is one */
	CHECK_OK(gv_caseno_split(r, GV_STR("(2022)沪0114民初1234"), add_part, &p, &err), &err);
	CHECK_STR(p.text, JD);
	/* nothing is given away if a later part is bad */
	p = (struct parts){ 0 };
	CHECK_ERR(gv_caseno_split(r, GV_STR("（2022）沪0114民初1、XX号"), add_part, &p, &err), &err, GV_EDATA,
	          "（2022）沪0114民初1、XX号: masked: XX");
	CHECK_INT(p.count, 0);
	/* the callback stops */
	p = (struct parts){ .stop_at = 2 };
	CHECK_INT(gv_caseno_split(r, GV_STR("（2022）沪0114民初1、2、3号"), add_part, &p, NULL), 77);
	CHECK_INT(p.count, 2);
	CHECK_INT(gv_caseno_split(r, GV_STR("x"), add_part, &p, NULL), GV_EDATA);
	gv_caseno_reader_free(r);
}

/* ---- tables ---- */

static void tables(void)
{
	struct gv_caseno_reader *r = reader(NULL, 0);

	CHECK_BYTES(gv_caseno_court_name(r, "沪0114"), GV_STR("上海市嘉定区人民法院"));
	CHECK(!gv_caseno_court_name(r, "沪9999").p);
	CHECK_BYTES(gv_caseno_court_code(r, GV_STR("上海市嘉定区人民法院")), GV_STR("沪0114"));
	CHECK(!gv_caseno_court_code(r, GV_STR("嘉定法院")).p);
	CHECK_BYTES(gv_caseno_type_name(r, "民初"), GV_STR("民事一审案件"));
	CHECK_BYTES(gv_caseno_type_name(r, "知民初"), GV_STR("民事一审案件"));
	CHECK_BYTES(gv_caseno_type_name(r, "民特"), GV_STR("特别程序案件"));
	CHECK(!gv_caseno_type_name(r, "无此").p);
	CHECK_BYTES(gv_caseno_type_group(r, "执恢"), GV_STR("执行类案件"));
	CHECK_BYTES(gv_caseno_type_group(r, "知行终"), GV_STR("行政案件"));
	CHECK_STR(gv_caseno_class_name(GV_CN_REGISTER), "register");
	CHECK_STR(gv_caseno_class_name(GV_CN_OTHER), "other");
	gv_caseno_reader_free(r);
}

UNIT_MAIN("caseno",
	{ "reads every form of one number", forms },
	{ "reads today's numbers", new_numbers },
	{ "knows the special-trial character", special_character },
	{ "completes short forms only where it knows the court and the year", short_forms },
	{ "keeps old numbers", old_numbers },
	{ "refuses masked and damaged numbers and says why", refused },
	{ "refuses numbers of other offices", near_misses },
	{ "splits several in one", several },
	{ "splits all or nothing", split_edges },
	{ "has names for codes", tables })
