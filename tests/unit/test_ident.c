/* SPDX-License-Identifier: MIT */
/* All numbers here are invented; those of persons are of region 310199, which does not exist (rule
 * ID-06). */
#include "ident.h"
#include "unit.h"

static struct gv_ident id;

static void check(enum gv_ident_kind kind, const char *text)
{
	gv_ident_check(&id, kind, gv_str_of(text));
	CHECK_INT(id.kind, kind);
	/* "" and invalid go together, as do invalid and a reason. */
	CHECK_ROW(id.valid == (id.normal[0] != '\0'), text);
	CHECK_ROW(id.valid || id.reason[0], text);
}

struct good { const char *in, *normal, *form, *reason; };
struct bad { const char *in, *reason; };

static void check_good(enum gv_ident_kind kind, const struct good *rows, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		check(kind, rows[i].in);
		CHECK_ROW(id.valid, rows[i].in);
		CHECK_STR(id.normal, rows[i].normal);
		CHECK_STR(id.form, rows[i].form);
		CHECK_STR(id.reason, rows[i].reason ? rows[i].reason : "");
		/* What is official stays as it is. */
		if (id.valid) {
			check(kind, rows[i].normal);
			CHECK_STR(id.normal, rows[i].normal);
		}
	}
}

static void check_bad(enum gv_ident_kind kind, const struct bad *rows, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		check(kind, rows[i].in);
		CHECK_ROW(!id.valid, rows[i].in);
		CHECK_STR(id.reason, rows[i].reason);
		CHECK(!id.form[0] && !id.region[0] && !id.sex[0] && !id.body[0] &&
		      !id.registrar[0]);
		CHECK_INT(id.birth, GV_DAY_NONE);
	}
}

#define ROWS(rows) (rows), sizeof(rows) / sizeof((rows)[0])

/* Every other character in place of each: all must be refused. */
static void mutate(enum gv_ident_kind kind, const char *text, const char *alphabet)
{
	char changed[32];
	size_t n = strlen(text), passed = 0;

	for (size_t i = 0; i < n; i++) {
		for (const char *c = alphabet; *c; c++) {
			if (*c == text[i])
				continue;
			memcpy(changed, text, n + 1);
			changed[i] = *c;
			gv_ident_check(&id, kind, gv_str_of(changed));
			passed += id.valid;
		}
	}
	CHECK_ROW(passed == 0, text);
}

/* ---- resident ID ---- */

static void residents(void)
{
	static const struct good good[] = {
		{ "11010519491231002X", "11010519491231002X", "resident",
		  NULL }, /* examples of GB 11643 */
		{ "440524188001010014", "440524188001010014", "resident", NULL },
		{ "310199199001010018", "310199199001010018", "resident", NULL },
		{ "310199200002290029", "310199200002290029", "resident", NULL },
		{ "310199209912310018", "310199209912310018", "resident", NULL },
		{ "11010519491231002x", "11010519491231002X", "resident", NULL },
		{ "１１０１０５１９４９１２３１００２ｘ", "11010519491231002X", "resident", NULL },
		{ " 310199 19900101 0018\t", "310199199001010018", "resident", NULL },
		{ "310199\xE3\x80\x80"
		  "19900101\xC2\xA0"
		  "0018\xE2\x80\x8B",
		  "310199199001010018", "resident", NULL },
		{ "130503670401001", "130503196704010016", "resident-15", NULL },
		{ "１３０５０３　６７０４０１　００１", "130503196704010016", "resident-15", NULL },
		{ "310199189912310012", "310199189912310012", "resident", NULL },
		{ "31019918960229001X", "31019918960229001X", "resident", NULL },
		{ "810000199001010019", "810000199001010019", "residence-hong-kong", NULL },
		{ "820000199001010010", "820000199001010010", "residence-macao", NULL },
		{ "830000199001010012", "830000199001010012", "residence-taiwan", NULL },
		{ "931840199001010011", "931840199001010011", "foreign-permanent", NULL },
		{ "470199199001010012", "470199199001010012", "resident",
		  "no province has the code 47" },
	};

	check_good(GV_ID_RESIDENT, ROWS(good));
}

static void no_residents(void)
{
	static const struct bad bad[] = {
		{ "", "empty" },
		{ "  \t", "empty" },
		{ "31019919900101001", "17 characters, should be 18" },
		{ "3101991990010100188", "19 characters, should be 18" },
		{ "31019990010101", "14 characters, should be 18" },
		{ "310199199001010010", "check digit is 0, should be 8" },
		{ "31019919900101001X", "check digit is X, should be 8" },
		{ "110105194912310029", "check digit is 9, should be X" },
		{ "310199199002300017", "1990-02-30 is not a date" },
		{ "310199190002290014", "1900-02-29 is not a date" },
		{ "310199199013010018", "1990-13-01 is not a date" },
		{ "310199199000010018", "1990-00-01 is not a date" },
		{ "310199900230001", "1990-02-30 is not a date" },
		{ "310199179912310013", "birth year 1799 is not from 1800 to 2199" },
		{ "310199220001010011", "birth year 2200 is not from 1800 to 2199" },
		{ "310199056001010011", "birth year 0560 is not from 1800 to 2199" },
		{ "3101991990O1010018", "character 11 is \"O\", should be a digit" },
		{ "310199********0018", "character 7 is \"*\", should be a digit" },
		{ "31019919900101001A", "character 18 is \"A\", should be a digit or X" },
		{ "3101991990010100X8", "character 17 is \"X\", should be a digit" },
		{ "31019990010100X", "character 15 is \"X\", should be a digit" },
		{ "-10199199001010018", "character 1 is \"-\", should be a digit" },
		{ "三10199199001010018", "character 1 is \"三\", should be a digit" },
		{ "\x1b"
		  "10199199001010018",
		  "character 1 is \"U+001B\", should be a digit" },
		{ "\xE2\x80\xAE"
		  "10199199001010018",
		  "character 1 is \"U+202E\", should be a digit" },
		{ "\xff"
		  "10199199001010018",
		  "character 1 is \"\xEF\xBF\xBD\", should be a digit" },
	};

	check_bad(GV_ID_RESIDENT, ROWS(bad));
	mutate(GV_ID_RESIDENT, "310199199001010018", "0123456789X");
	mutate(GV_ID_RESIDENT, "11010519491231002X", "0123456789X");
	mutate(GV_ID_RESIDENT, "440524188001010014", "0123456789X");
}

static void resident_parts(void)
{
	static const struct { const char *in, *region, *sex; int y, m, d; } rows[] = {
		{ "11010519491231002X", "110105", "女", 1949, 12, 31 },
		{ "310199199001010018", "310199", "男", 1990, 1, 1 },
		{ "310199200002290029", "310199", "女", 2000, 2, 29 },
		{ "130503670401001", "130503", "男", 1967, 4, 1 },
		{ "931840199001010011", "931840", "男", 1990, 1, 1 },
		{ "440524188001010014",
		  "440524", "男", 1880, 1, 1 }, /* before the first day of date.h */
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		check(GV_ID_RESIDENT, rows[i].in);
		CHECK_STR(id.region, rows[i].region);
		CHECK_STR(id.sex, rows[i].sex);
		CHECK_INT(id.birth, gv_day_of(rows[i].y, rows[i].m, rows[i].d));
	}
}

/* ---- credit code ---- */

static void credits(void)
{
	static const struct good good[] = {
		{ "91310114000000000A", "91310114000000000A", "enterprise", NULL },
		{ "91110000600037341L", "91110000600037341L", "enterprise", NULL },
		{ "91320583999999998L", "91320583999999998L", "enterprise", NULL },
		{ "N2310114999999998D", "N2310114999999998D", "village", NULL },
		{ "513101149999999982", "513101149999999982", "association", NULL },
		{ "313101149999999984", "313101149999999984", "law-firm", NULL },
		{ "N1310199A23456783Y", "N1310199A23456783Y", "village-group", NULL },
		{ "Y1310199000000019M", "Y1310199000000019M", "other", NULL },
		{ "213101990000000358", "213101990000000358", "foreign-affairs", NULL },
		{ "79310199123456788Y", "79310199123456788Y", "religion", NULL },
		{ "91310199MA1ABCD03G", "91310199MA1ABCD03G", "enterprise", NULL },
		{ "96310199000000027N", "96310199000000027N", "", "96 is no category of GB 32100" },
		{ "91 310114 00000000 0a", "91310114000000000A", "enterprise", NULL },
		{ "ｎ２３１０１１４９９９９９９９９８ｄ", "N2310114999999998D", "village", NULL },
	};
	static const struct bad bad[] = {
		{ "", "empty" },
		{ "9131011400000000A", "17 characters, should be 18" },
		{ "12345", "5 characters, should be 18" },
		{ "91310114000000000B", "check character is B, should be A" },
		{ "91310199000000015Y",
		  "check character of the organisation code (character 17) is 5, should be 9" },
		{ "9131011400000O000A", "character 14 is \"O\", which no credit code has" },
		{ "Z1310114000000000A", "character 1 is \"Z\", which no credit code has" },
		{ "91I10114000000000A", "character 3 is \"I\", should be a digit" },
		{ "913101A4000000000A", "character 7 is \"A\", should be a digit" },
		{ "91310114-00000000A", "character 9 is \"-\", which no credit code has" },
		{ "91310114000000000\xE4\xB8\x80",
		  "character 18 is \"一\", which no credit code has" },
	};

	check_good(GV_ID_CREDIT, ROWS(good));
	check_bad(GV_ID_CREDIT, ROWS(bad));
	for (size_t i = 0; i < sizeof good / sizeof good[0]; i++)
		mutate(GV_ID_CREDIT, good[i].normal, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ*");
	check(GV_ID_CREDIT, "N2310114999999998D");
	CHECK_STR(id.registrar, "N2");
	CHECK_STR(id.region, "310114");
	CHECK_STR(id.body, "99999999-8");
	CHECK_INT(id.birth, GV_DAY_NONE);
}

/* ---- phone ---- */

static void phones(void)
{
	static const struct good good[] = {
		{ "13800000000", "13800000000", "mobile", NULL },
		{ "19912345678", "19912345678", "mobile", NULL },
		{ "138 0000 0000", "13800000000", "mobile", NULL },
		{ "138-0000-0000", "13800000000", "mobile", NULL },
		{ "+8613800000000", "13800000000", "mobile", NULL },
		{ "+86 138-0000-0000", "13800000000", "mobile", NULL },
		{ "＋８６（１３８）００００００００", "13800000000", "mobile", NULL },
		{ "008613800000000", "13800000000", "mobile", NULL },
		{ "021-50000000", "021-50000000", "landline", NULL },
		{ "02150000000", "021-50000000", "landline", NULL },
		{ "(021) 5000 0000", "021-50000000", "landline", NULL },
		{ "（０２１）５０００００００", "021-50000000", "landline", NULL },
		{ "010-80000000", "010-80000000", "landline", NULL },
		{ "+86 21 50000000", "021-50000000", "landline", NULL },
		{ "+86-021-50000000", "021-50000000", "landline", NULL },
		{ "+86 10 80000000", "010-80000000", "landline", NULL },
		{ "0086-512-50000000", "0512-50000000", "landline", NULL },
		{ "0512-50000000", "0512-50000000", "landline", NULL },
		{ "0999-8000000", "0999-8000000", "landline", NULL },
		{ "021-50000000-801", "021-50000000-801", "landline", NULL },
		{ "021-50000000转801", "021-50000000-801", "landline", NULL },
		{ "02150000000分机8", "021-50000000-8", "landline", NULL },
		{ "0999-8000000-12", "0999-8000000-12", "landline", NULL },
		{ "400-800-0000", "4008000000", "service", NULL },
		{ "+86 400 800 0000", "4008000000", "service", NULL },
		{ "8008000000", "8008000000", "service", NULL },
	};

	check_good(GV_ID_PHONE, ROWS(good));
}

static void no_phones(void)
{
	static const struct bad bad[] = {
		{ "", "empty" },
		{ "1380000000", "10 digits, a mobile number has 11" },
		{ "138000000000", "12 digits, a mobile number has 11" },
		{ "12800000000", "no mobile number begins with 12" },
		{ "10800000000", "no mobile number begins with 10" },
		{ "50000000", "the area code is missing" },
		{ "5000000", "the area code is missing" },
		{ "110", "3 digits, a mobile number has 11" },
		{ "021-5000000", "7 digits after the area code 021, should be 8" },
		{ "021-500000000", "9 digits after the area code 021, should be 8" },
		{ "0512-500000", "6 digits after the area code 0512, should be 7 or 8" },
		{ "0512-500000000", "9 digits after the area code 0512, should be 7 or 8" },
		{ "021-10000000", "no landline number begins with 1" },
		{ "0212", "1 digits after the area code 021, should be 8" },
		{ "02", "0 digits after the area code 02, should be 8" },
		{ "00-12345678", "there is no area code 0012" },
		{ "011-12345678", "there is no area code 011" },
		{ "+85221234567", "only numbers of mainland China (+86) are checked" },
		{ "+", "only numbers of mainland China (+86) are checked" },
		{ "+8", "only numbers of mainland China (+86) are checked" },
		{ "+86", "neither a mobile number nor a landline with its area code" },
		{ "0086", "there is no area code 0086" },
		{ "0", "neither a mobile number nor a landline with its area code" },
		{ "-", "neither a mobile number nor a landline with its area code" },
		{ "138****0000", "character 4 is \"*\", should be a digit" },
		{ "1380000000O", "character 11 is \"O\", should be a digit" },
		{ "138+00000000", "character 4 is \"+\", should be a digit" },
		{ "1234567890123456789012345", "more than 24 digits, too many for a phone" },
		{ "-----------------------------------------",
		  "41 characters, too many for a phone" },
	};

	check_bad(GV_ID_PHONE, ROWS(bad));
}

/* ---- plate ---- */

static void plates(void)
{
	static const struct good good[] = {
		{ "沪A12345", "沪A12345", "ordinary", NULL },
		{ "沪a·12345", "沪A12345", "ordinary", NULL },
		{ "沪Ａ•１２３４５", "沪A12345", "ordinary", NULL },
		{ "沪 C-ABC12", "沪CABC12", "ordinary", NULL },
		{ "沪AD12345", "沪AD12345", "new-energy-small", NULL },
		{ "沪AF12345", "沪AF12345", "new-energy-small", NULL },
		{ "沪ADA1234", "沪ADA1234", "new-energy-small", NULL },
		{ "苏EK12345", "苏EK12345", "new-energy-small", NULL },
		{ "沪A12345D", "沪A12345D", "new-energy-large", NULL },
		{ "沪A12345F", "沪A12345F", "new-energy-large", NULL },
		{ "沪A1234学", "沪A1234学", "trainer", NULL },
		{ "沪A1234警", "沪A1234警", "police", NULL },
		{ "粤Z1234港", "粤Z1234港", "hong-kong", NULL },
		{ "粤Z1234澳", "粤Z1234澳", "macao", NULL },
		{ "沪A1234挂", "沪A1234挂", "trailer", NULL },
		{ "沪A·1234领", "沪A1234领", "consular", NULL },
		{ "京A1234使", "京A1234使", "embassy", NULL },
		{ "使123456", "使123456", "embassy", NULL },
		{ "沪A1234试", "沪A1234试", "test", NULL },
		{ "沪A1234超", "沪A1234超", "oversize", NULL },
		{ "沪X1234应急", "沪X1234应急", "rescue", NULL },
	};

	check_good(GV_ID_PLATE, ROWS(good));
}

static void no_plates(void)
{
	static const struct bad bad[] = {
		{ "", "empty" },
		{ "沪A1234", "6 characters, should be 7, or 8 for new energy" },
		{ "沪A1234567", "9 characters, should be 7, or 8 for new energy" },
		{ "·······", "0 characters, should be 7, or 8 for new energy" },
		{ "某A12345", "character 1 is \"某\", should be the character of a province" },
		{ "AA12345", "character 1 is \"A\", should be the character of a province" },
		{ "沪112345", "character 2 is \"1\", should be a letter, not I or O" },
		{ "沪I12345", "character 2 is \"I\", should be a letter, not I or O" },
		{ "沪A1234O",
		  "character 7 is \"O\", should be a digit or a letter, not I or O" },
		{ "沪AI2345",
		  "character 3 is \"I\", should be a digit or a letter, not I or O" },
		{ "沪AI12345",
		  "of six characters the first or the last should be a letter A to H, J or K" },
		{ "沪A123456",
		  "of six characters the first or the last should be a letter A to H, J or K" },
		{ "沪AL12345",
		  "of six characters the first or the last should be a letter A to H, J or K" },
		{ "沪ADAB234", "character 5 is \"B\", should be a digit" },
		{ "沪AA2345F", "character 3 is \"A\", should be a digit" },
		{ "沪A123学4",
		  "character 6 is \"学\", should be a digit or a letter, not I or O" },
		{ "沪A1234临",
		  "character 7 is \"临\", should be a digit or a letter, not I or O" },
		{ "使12345A", "character 7 is \"A\", should be a digit" },
		{ "沪A12345沪A12345沪A12345沪A12345沪A12345沪A12345",
		  "42 characters, should be 7, or 8 for new energy" },
	};

	check_bad(GV_ID_PLATE, ROWS(bad));
}

static void plate_provinces(void)
{
	static const char provinces[] = "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新";
	char plate[16];

	for (size_t i = 0; i + 3 < sizeof provinces; i += 3) {
		snprintf(plate, sizeof plate, "%.3sA12345", provinces + i);
		check(GV_ID_PLATE, plate);
		CHECK_ROW(id.valid, plate);
	}
	CHECK_INT((sizeof provinces - 1) / 3, 31);
}

/* ---- bank card ---- */

static void bankcards(void)
{
	static const struct good good[] = {
		{ "6200000000000005", "6200000000000005", "unionpay", NULL },
		{ "6200000000000000000", "6200000000000000000", "unionpay", NULL },
		{ "4111111111111111", "4111111111111111", "other", NULL },
		{ "4111 1111-1111 1111", "4111111111111111", "other", NULL },
		{ "６２０００００００００００００５", "6200000000000005", "unionpay", NULL },
		{ "62000000000000000", "62000000000000000", "unionpay",
		  "17 digits, UnionPay cards usually have 16 or 19" },
	};
	static const struct bad bad[] = {
		{ "", "empty" },
		{ "620000000000", "12 digits, should be 13 to 19" },
		{ "62000000000000000000", "20 digits, should be 13 to 19" },
		{ "6200000000000006", "check digit is 6, should be 5" },
		{ "620000000000000A", "character 16 is \"A\", should be a digit" },
		{ "622200******0005", "character 7 is \"*\", should be a digit" },
		{ "0000000000000000", "no bank card begins with 0" },
		{ "--------------------------------------------------",
		  "50 digits, should be 13 to 19" },
	};

	check_good(GV_ID_BANKCARD, ROWS(good));
	check_bad(GV_ID_BANKCARD, ROWS(bad));
	for (size_t i = 0; i < sizeof good / sizeof good[0]; i++)
		mutate(GV_ID_BANKCARD, good[i].normal, "0123456789");
}

/* ---- guesses ---- */

struct guess { const char *in; enum gv_ident_kind kind; };

static void check_guesses(const struct guess *rows, size_t n, bool valid)
{
	for (size_t i = 0; i < n; i++) {
		gv_ident_guess(&id, gv_str_of(rows[i].in));
		CHECK_ROW(id.kind == rows[i].kind, rows[i].in);
		CHECK_ROW(id.valid == valid, rows[i].in);
		CHECK_ROW(id.valid || id.kind == GV_ID_NONE || id.reason[0], rows[i].in);
	}
}

static void guesses(void)
{
	static const struct guess rows[] = {
		{ "310199199001010018", GV_ID_RESIDENT },
		{ "11010519491231002x", GV_ID_RESIDENT },
		{ "310199199001010069", GV_ID_RESIDENT },  /* passes Luhn too */
		{ "310199199001014481", GV_ID_RESIDENT },  /* a law firm's credit code too */
		{ "310199199001019151", GV_ID_RESIDENT },  /* all three */
		{ "470199199001010012", GV_ID_RESIDENT },  /* odd, but with a check digit */
		{ "931840199001010011", GV_ID_RESIDENT },
		{ "931840195001012975", GV_ID_CREDIT },    /* a foreigner's card too */
		{ "310199900101002", GV_ID_RESIDENT },     /* passes Luhn too */
		{ "471234900101002", GV_ID_BANKCARD },     /* no such province */
		{ "471234900101003", GV_ID_RESIDENT },     /* and no card either */
		{ "008613891231000", GV_ID_PHONE },        /* region 008613, born 1989-12-31? */
		{ "91310114000000000A", GV_ID_CREDIT },
		{ "313101149999999984", GV_ID_CREDIT },
		{ "13800000000", GV_ID_PHONE },
		{ "021-50000000", GV_ID_PHONE },
		{ "沪A12345", GV_ID_PLATE },
		{ "6200000000000005", GV_ID_BANKCARD },
		{ "620000000000000005", GV_ID_BANKCARD },
		{ "4111 1111 1111 1111", GV_ID_BANKCARD },
		{ "6222021990010100031", GV_ID_BANKCARD },
	};

	check_guesses(ROWS(rows), true);
}

static void near_guesses(void)
{
	static const struct guess rows[] = {
		{ "310199199001010010", GV_ID_RESIDENT }, /* passes Luhn */
		{ "310199199001010", GV_ID_RESIDENT },
		{ "31019919900101002", GV_ID_RESIDENT },  /* passes Luhn */
		{ "620199199001010004", GV_ID_RESIDENT }, /* passes Luhn, begins like UnionPay */
		{ "310199199002300017", GV_ID_RESIDENT },
		{ "31019919900101001", GV_ID_RESIDENT },
		{ "31019919900101001X", GV_ID_RESIDENT },
		{ "310199********0018", GV_ID_RESIDENT },
		{ "91310114000000000B", GV_ID_CREDIT },
		{ "9131011400000000A", GV_ID_CREDIT },
		{ "913101140000000001", GV_ID_CREDIT },
		{ "N2310114999999998E", GV_ID_CREDIT },
		{ "1380000000", GV_ID_PHONE },
		{ "138****0000", GV_ID_PHONE },
		{ "+85221234567", GV_ID_PHONE },
		{ "沪A1234", GV_ID_PLATE },
		{ "6200000000000006", GV_ID_BANKCARD },
		{ "620000000000000001", GV_ID_BANKCARD },
		{ "622200******0005", GV_ID_BANKCARD },
		/* nothing */
		{ "", GV_ID_NONE },
		{ "　", GV_ID_NONE },
		{ "2022-06-30", GV_ID_NONE },
		{ "20220630", GV_ID_NONE },
		{ "12345", GV_ID_NONE },
		{ "（2022）沪0114民初1号", GV_ID_NONE },
		{ "沪0114民初", GV_ID_NONE },
		{ "张某某", GV_ID_NONE },
		{ "hello-world-hello1", GV_ID_NONE },
		{ "clerk@example.org", GV_ID_NONE },
		{ "12345678901234567890123456789012345678901234567890", GV_ID_NONE },
		{ "\xff\xfe", GV_ID_NONE },
	};

	check_guesses(ROWS(rows), false);
	gv_ident_guess(&id, (struct gv_str){ 0 });
	CHECK_INT(id.kind, GV_ID_NONE);
	gv_ident_guess(&id, (struct gv_str){ "13800000000\0", 12 });
	CHECK(!id.valid);
}

/* Any bytes: no crash, and what is valid is valid as its kind again. */
static void noise(void)
{
	static const char *const bits[] = {
		"3",    "1",      "0",        "9",   "6", "2",    "X",        "A",   "沪",
		"转",   "-",      "+",        " ",   "*", "\xff", "\xE3\x80", "１",  "O",
		"应急", "310199", "19900101", "001", "8", "91",   "138",      "021", "00000000",
	};
	uint32_t seed = 1;
	char text[256];

	for (int round = 0; round < 100000; round++) {
		size_t n = 0;
		enum gv_ident_kind kind;

		for (int k = (int)(seed >> 20) % 24; k > 0; k--) {
			const char *bit;

			seed = seed * 1664525u + 1013904223u;
			bit = bits[(seed >> 16) % (sizeof bits / sizeof bits[0])];
			memcpy(text + n, bit, strlen(bit));
			n += strlen(bit);
		}
		seed = seed * 1664525u + 1013904223u;
		gv_ident_guess(&id, (struct gv_str){ text, n });
		kind = id.kind;
		if (id.valid) {
			char normal[sizeof id.normal];

			memcpy(normal, id.normal, sizeof normal);
			gv_ident_check(&id, kind, gv_str_of(normal));
			CHECK_ROW(id.valid && strcmp(id.normal, normal) == 0, normal);
		}
	}
}

static void names(void)
{
	static const char *const kinds[] = { "resident-id", "credit-code", "phone", "plate",
					     "bank-card" };
	enum gv_ident_kind k = GV_ID_NONE;

	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
		CHECK(gv_ident_kind_parse(&k, kinds[i]));
		CHECK_INT(k, i + 1);
		CHECK_STR(gv_ident_kind_name(k), kinds[i]);
	}
	CHECK_STR(gv_ident_kind_name(GV_ID_NONE), "none");
	CHECK_STR(gv_ident_kind_name((enum gv_ident_kind)77), "none");
	CHECK(!gv_ident_kind_parse(&k, "none") && !gv_ident_kind_parse(&k, "") &&
	      !gv_ident_kind_parse(&k, "Phone"));
	gv_ident_check(&id, GV_ID_NONE, GV_STR("310199199001010018"));
	CHECK(!id.valid && !id.normal[0]);
}

/* ---- real data ---- */

/* Rows where the oracle (python-stdnum) refuses what the rules allow: it asks for a region of
 * today's list (ID-04), and for digits in the first eight places (ID-11). */
static bool oracle_is_wrong(const char *kind, const char *verdict)
{
	if (strcmp(kind, "ric") == 0 && strcmp(verdict, "InvalidComponent") == 0)
		return id.valid && id.birth != GV_DAY_NONE;
	return strcmp(kind, "uscc") == 0 && strcmp(verdict, "InvalidFormat") == 0 && id.valid &&
	       strchr("ANY", id.registrar[0]);
}

static void real_vectors(void)
{
	char path[512], line[512];
	size_t rows = 0, excused = 0;
	FILE *f;

	if (!unit_real())
		SKIP("real data: set GAVEL_REAL_DATA to run");
	snprintf(path, sizeof path, "%s/identifiers-cn/vectors.tsv", unit_real());
	f = fopen(path, "r");
	CHECK_ROW(f != NULL, path);
	while (f && fgets(line, sizeof line, f)) {
		char kind[16], text[64], verdict[64];
		bool valid;

		if (sscanf(line, "%15[^\t]\t%63[^\t]\t%63[^\t\n]", kind, text, verdict) != 3 ||
		    strcmp(kind, "kind") == 0)
			continue;
		rows++;
		valid = strcmp(verdict, "valid") == 0;
		gv_ident_check(&id, strcmp(kind, "uscc") == 0 ? GV_ID_CREDIT : GV_ID_RESIDENT,
		               gv_str_of(text));
		if (id.valid == valid)
			continue;
		excused += oracle_is_wrong(kind, verdict);
		CHECK_ROW(oracle_is_wrong(kind, verdict), text);
	}
	if (f)
		fclose(f);
	CHECK_INT(rows, 132);
	CHECK_INT(excused, 2);
}

UNIT_MAIN("ident",
	{ "resident ID", residents },
	{ "what is no resident ID", no_residents },
	{ "parts of a resident ID", resident_parts },
	{ "credit code", credits },
	{ "phone", phones },
	{ "what is no phone", no_phones },
	{ "plate", plates },
	{ "what is no plate", no_plates },
	{ "plates of all provinces", plate_provinces },
	{ "bank card", bankcards },
	{ "guesses the kind", guesses },
	{ "guesses what was meant", near_guesses },
	{ "keeps calm on noise", noise },
	{ "names of kinds", names },
	{ "agrees with real vectors", real_vectors })
