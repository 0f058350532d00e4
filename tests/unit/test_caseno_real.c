/* SPDX-License-Identifier: MIT */
/* Case numbers by the thousand: made at random, and real ones. */
#include "caseno_unit.h"

/* ---- properties ---- */

/* Its official form, with and without suffix, gives itself. */
static void check_stable(struct gv_caseno_reader *r, const struct gv_caseno *cn, const char *text)
{
	struct gv_caseno again;
	char whole[sizeof cn->id + sizeof cn->suffix];

	snprintf(whole, sizeof whole, "%s%s", cn->id, cn->suffix);
	CHECK_ROW(gv_caseno_parse(r, &again, gv_str_of(whole), NULL) == 0, text);
	CHECK_ROW(strcmp(again.id, cn->id) == 0 && strcmp(again.suffix, cn->suffix) == 0, text);
	CHECK_ROW(again.class == cn->class && again.year == cn->year && !again.changed, text);
	CHECK_ROW(strcmp(again.serial, cn->serial) == 0 && strcmp(again.type, cn->type) == 0, text);
}

static const char *pick(const char *const *from, size_t n, unsigned *seed)
{
	*seed = *seed * 1103515245u + 12345u;
	return from[(*seed >> 16) % n];
}
#define PICK(list) pick((list), sizeof(list) / sizeof(list)[0], &seed)

/* Every way to write a number, at random, gives the same key. */
static void one_number_one_key(void)
{
	static const char *const open[] = { "（", "(", "[", "〔", "【", "［", "﹝", "" };
	static const char *const close[] = { "）", ")", "]", "〕", "】", "］", "﹞", "年", "）年" };
	static const char *const gap[] = { "", "", "", " ", "　", "\xC2\xA0", "\xE2\x80\x8B", "\t" };
	static const char *const mark[] = { "", "第", "字第", "字" };
	static const char *const old_mark[] = { "字第", "字", "第", "" };
	static const char *const zeros[] = { "", "0", "000", "０" };
	static const char *const end[] = { "号", "", "號" };
	static const char *const year[] = { "2019", "２０１９", "20１9" };
	static const char *const old_words[] = { "沪一中民四（商）终", "沪一中民四(商)终", "沪一中民四〔商〕终" };
	struct gv_caseno_reader *r = reader("沪0114", 2022);
	unsigned seed = 20220114;

	for (int i = 0; i < 20000; i++) {
		char text[256];
		struct gv_caseno cn;
		bool old = i % 2;

		if (old)
			snprintf(text, sizeof text, "%s%s%s2013%s%s%s%s%s%s0%s45%s%s", PICK(gap), PICK(open),
			         PICK(gap), PICK(gap), PICK(close), PICK(gap), PICK(old_words), PICK(gap),
			         PICK(old_mark), PICK(gap), PICK(gap), PICK(end));
		else
			snprintf(text, sizeof text, "%s%s%s%s%s%s沪%s01%s14%s民初%s%s45%s%s%s", PICK(gap), PICK(open),
			         PICK(year), PICK(gap), PICK(close), PICK(gap), PICK(gap), PICK(gap), PICK(gap),
			         PICK(mark), PICK(zeros), PICK(gap), PICK(gap), PICK(end));
		CHECK_ROW(gv_caseno_parse(r, &cn, gv_str_of(text), NULL) == 0, text);
		CHECK_ROW(strcmp(cn.id, old ? "（2013）沪一中民四（商）终字第045号" : "（2019）沪0114民初45号") == 0, text);
		if (i < 1000)
			check_stable(r, &cn, text);
	}
	gv_caseno_reader_free(r);
}

/* Any of a few characters in any order: no crash, and what is taken is stable. */
static void random_strings(void)
{
	static const char *const bits[] = {
		"（", "）", "(", "2016", "2022", "2014", "0", "1", "12", "0114", "01", "沪", "京", "贵", "最高法", "新",
		"民", "初", "终", "执", "知", "字", "第", "号", "之", "一", "十", "-", "、", "至", "年", "月", "X", "某",
		"刑核", "诉前调", "民初", "鉴", "法", "O", "\xFF", " ", "，",
	};
	struct gv_caseno_reader *r = reader("沪0114", 2022);
	unsigned seed = 7;
	size_t taken = 0;

	for (int i = 0; i < 200000; i++) {
		char text[256] = "";
		struct gv_caseno cn;
		size_t n = 0;

		for (int k = 3 + i % 9; k > 0; k--)
			n += (size_t)snprintf(text + n, sizeof text - n, "%s", PICK(bits));
		if (gv_caseno_parse(r, &cn, gv_str_of(text), NULL) == 0) {
			taken++;
			check_stable(r, &cn, text);
		} else {
			CHECK_ROW(cn.class > GV_CN_LEGACY && cn.reason[0] && !cn.id[0], text);
		}
	}
	CHECK(taken > 100);
	gv_caseno_reader_free(r);
}

/* ---- real strings ---- */

/* The official form of a new-grammar string by a second, dumber road: drop spaces and
 * 号, change brackets, take zeros off the last digits. */
static void simple_form(const char *text, char *out, size_t size)
{
	char flat[512] = "", *at;
	size_t n = 0;

	for (const char *p = text; *p && n + 4 < sizeof flat; p++) {
		if (*p == ' ' || *p == '(' || *p == ')')
			continue;
		if (strncmp(p, "（", 3) == 0 || strncmp(p, "）", 3) == 0 || strncmp(p, "号", 3) == 0 ||
		    strncmp(p, "第", 3) == 0) {
			p += 2;
			continue;
		}
		if (strncmp(p, "之", 3) == 0 || *p == '-')
			break;
		flat[n++] = *p;
	}
	flat[n] = '\0';
	at = flat + n;
	while (at > flat && at[-1] >= '0' && at[-1] <= '9')
		at--;
	snprintf(out, size, "（%.4s）%.*s%s号", flat, (int)(at - flat - 4), flat + 4, at + strspn(at, "0"));
}

static bool wild_is_right(struct gv_caseno_reader *r, const char *text, const char *class, struct gv_caseno *cn)
{
	char simple[600];
	int rc = gv_caseno_parse(r, cn, gv_str_of(text), NULL);

	if (rc == 0)
		check_stable(r, cn, "a string of case-numbers-wild.txt");
	if (strcmp(class, "old") == 0)
		return cn->class == GV_CN_LEGACY || cn->hybrid;
	if (strcmp(class, "multi") == 0)
		return cn->class == GV_CN_MULTI;
	if (strcmp(class, "masked") == 0)
		return cn->class == GV_CN_MASKED;
	if (strcmp(class, "corrupted") == 0)
		return cn->class == GV_CN_CORRUPT;
	if (strcmp(class, "irregular") == 0)
		return rc ? cn->class == GV_CN_CORRUPT : cn->changed || cn->reason[0];
	simple_form(text, simple, sizeof simple);
	return (cn->class == GV_CN_NEW || cn->class == GV_CN_REGISTER) && strcmp(simple, cn->id) == 0;
}

static bool miss_is_right(struct gv_caseno_reader *r, const char *text, struct gv_caseno *cn)
{
	return gv_caseno_parse(r, cn, gv_str_of(text), NULL) != 0 && cn->class == GV_CN_OTHER;
}

/* Lines COUNT TAB STRING TAB CLASS TAB SOURCE; at least 99 in 100 must be right. */
static void real_file(const char *name, bool misses)
{
	struct gv_caseno_reader *r = reader(NULL, 0);
	struct gv_buf file = GV_BUF_INIT(16 * GV_MIB);
	struct gv_caseno cn;
	struct gv_err err = { 0 };
	char path[512];
	char wrong[8192] = "";
	size_t rows = 0, bad = 0;

	snprintf(path, sizeof path, "%s/%s", unit_real(), name);
	CHECK_OK(gv_buf_read_file(&file, path, &err), &err);
	for (char *line = file.p, *next; line && *line; line = next) {
		char *text = strchr(line, '\t'), *class, *end;
		size_t n = strlen(wrong);

		next = strchr(line, '\n');
		next = next ? (*next = '\0', next + 1) : line + strlen(line);
		class = text && *line != '#' ? strchr(++text, '\t') : NULL;
		if (!class)
			continue;
		*class++ = '\0';
		end = strchr(class, '\t');
		if (end)
			*end = '\0';
		rows++;
		if (misses ? miss_is_right(r, text, &cn) : wild_is_right(r, text, class, &cn))
			continue;
		bad++;
		snprintf(wrong + n, sizeof wrong - n, "#   %s: %s -> %s %s %s\n", class, text,
		         gv_caseno_class_name(cn.class), cn.id, cn.reason);
	}
	printf("# %s: %zu of %zu right (%.2f %%)\n", name, rows - bad, rows,
	       rows ? 100.0 * (double)(rows - bad) / (double)rows : 0.0);
	CHECK(rows > 100 && bad * 100 <= rows);
	if (bad * 100 > rows)
		fputs(wrong, stdout);
	gv_buf_free(&file);
	gv_caseno_reader_free(r);
}

static void real_numbers(void)
{
	if (!unit_real())
		SKIP("GAVEL_REAL_DATA is not set");
	real_file("case-numbers-wild.txt", false);
}

static void real_misses(void)
{
	if (!unit_real())
		SKIP("GAVEL_REAL_DATA is not set");
	real_file("case-numbers-near-misses.txt", true);
}

/* Every "case_no" that a court's own site gives is one number. */
static void real_fields(void)
{
	static const char *const files[] = {
		"judgments-real.ndjson", "court-lists-cn/case-notices.ndjson",
		"court-lists-cn/dishonest-debtors-nameless.ndjson",
	};
	static const char field[] = "\"case_no\": \"";
	struct gv_caseno_reader *r;
	size_t rows = 0, taken = 0;

	if (!unit_real())
		SKIP("GAVEL_REAL_DATA is not set");
	r = reader(NULL, 0);
	for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
		struct gv_buf file = GV_BUF_INIT(64 * GV_MIB);
		struct gv_err err = { 0 };
		char path[512];

		snprintf(path, sizeof path, "%s/%s", unit_real(), files[i]);
		CHECK_OK(gv_buf_read_file(&file, path, &err), &err);
		for (char *at = file.p; at && (at = strstr(at, field)); rows++) {
			struct gv_caseno cn;

			at += sizeof field - 1;
			taken += gv_caseno_parse(r, &cn, (struct gv_str){ at, strcspn(at, "\"") }, NULL) == 0;
		}
		gv_buf_free(&file);
	}
	printf("# case_no fields: %zu of %zu taken\n", taken, rows);
	CHECK(rows > 1000 && (rows - taken) * 100 <= rows);
	gv_caseno_reader_free(r);
}

UNIT_MAIN("caseno_real",
	{ "gives one number one key", one_number_one_key },
	{ "is stable on random strings", random_strings },
	{ "is right on real numbers", real_numbers },
	{ "refuses real look-alikes", real_misses },
	{ "takes the case numbers of real records", real_fields })
