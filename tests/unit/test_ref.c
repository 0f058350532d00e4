/* SPDX-License-Identifier: MIT */
#include "date.h"
#include "oom.h"
#include "ref.h"
#include "unit.h"

#include <unistd.h>

static struct gv_err err;
static char scratch[] = P_tmpdir "/gavel-ref-XXXXXX";
static char path[64];

static const char *write_file(const char *body, size_t n)
{
	FILE *f = fopen(path, "w");

	CHECK(f != NULL);
	if (f) {
		CHECK_INT(fwrite(body, 1, n, f), n);
		fclose(f);
	}
	return path;
}

static struct gv_ref *table(const char *body)
{
	struct gv_ref *r;

	CHECK_OK(gv_ref_open_file(&r, write_file(body, strlen(body)), &err), &err);
	return r;
}

static void prepare(void)
{
	setenv("GAVEL_SHARE", "share", 0);
	CHECK(mkdtemp(scratch) != NULL);
	snprintf(path, sizeof path, "%s/t.tsv", scratch);
}

static void tidy(void)
{
	CHECK_INT(unlink(path), 0);
	CHECK_INT(rmdir(scratch), 0);
}

static void reads(void)
{
	/* The same table in many dresses. */
	static const char *const bodies[] = {
		"a\tb\tc\n1\t上海\t-\n2\t\t三\n",
		"a\tb\tc\n1\t上海\t-\n2\t\t三",
		("\xEF\xBB\xBF" "a\tb\tc\r\n1\t上海\t-\r\n2\t\t三\r\n"),
		"\xEF\xBB\xBF# x\r\n\r\na\tb\tc\r\n1\t上海\t-\r\n\r\n2\t\t三",
		"# one\n#\n\na\tb\tc\n# between\n1\t上海\t-\n\n\n2\t\t三\n\n\n",
		"a\tb\tc\n1\t上海\t-\n2\t\t三\r",
	};

	for (size_t i = 0; i < sizeof bodies / sizeof bodies[0]; i++) {
		struct gv_ref *r = table(bodies[i]);

		CHECK_INT(gv_ref_rows(r), 2);
		CHECK_INT(gv_ref_column(r, "a"), 0);
		CHECK_INT(gv_ref_column(r, "c"), 2);
		CHECK_INT(gv_ref_column(r, "d"), -1);
		CHECK_INT(gv_ref_column(r, ""), -1);
		CHECK_BYTES(gv_ref_cell(r, 0, 0), GV_STR("1"));
		CHECK_BYTES(gv_ref_cell(r, 0, 1), GV_STR("上海"));
		CHECK(gv_ref_cell(r, 0, 2).p == NULL && gv_ref_cell(r, 1, 1).p == NULL);
		CHECK_BYTES(gv_ref_cell(r, 1, 2), GV_STR("三"));
		CHECK_INT(gv_ref_cell(r, 2, 0).n, 0);
		CHECK_INT(gv_ref_cell(r, 0, 3).n, 0);
		CHECK_INT(gv_ref_cell(r, 0, -1).n, 0);
		CHECK_INT(gv_ref_cell(r, SIZE_MAX, 0).n, 0);
		gv_ref_free(r);
	}
	gv_ref_free(NULL);
}

static void lines(void)
{
	struct gv_ref *r = table("# one\n\na\n# four\nx\ny\r\n\nz");

	CHECK_INT(gv_ref_rows(r), 3);
	CHECK_INT(gv_ref_line(r, 0), 5);
	CHECK_INT(gv_ref_line(r, 1), 6);
	CHECK_INT(gv_ref_line(r, 2), 8);
	CHECK_INT(gv_ref_line(r, 3), 0);
	gv_ref_free(r);
	r = table("only\ta header");
	CHECK_INT(gv_ref_rows(r), 0);
	CHECK(gv_ref_find(r, 0, GV_STR("x"), 0) == GV_REF_NONE);
	gv_ref_free(r);
}

#define B(lit) (lit), sizeof(lit) - 1

static void refuses(void)
{
	static const struct { const char *body; size_t n; const char *error;
	} rows[] = {
		{ B(""), "%s: no header line" },
		{ B("\n\n# x\n"), "%s: no header line" },
		{ B("\xEF\xBB\xBF"), "%s: no header line" },
		{ B("a\tb\n1\n"), "line 2: %s: 1 cells, should be 2" },
		{ B("a\tb\n1\t2\n\n1\t2\t3\n"), "line 4: %s: 3 cells, should be 2" },
		{ B("a\tb\n1\t2\n\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\n"), "line 3: %s: 17 cells, "
								       "should be 2" },
		{ B("a\t\tc\n"), "line 1: %s: column 2 has no name" },
		{ B("a\tb\ta\n"), "line 1: %s: column a is there twice" },
		{ B("a\n\xE4\xB8\n"), "line 2, byte 1: %s: not UTF-8" },
		{ B("a\nxy\xC0\x80\n"), "line 2, byte 3: %s: not UTF-8" },
		{ B("a\n\xED\xA0\x80\n"), "line 2, byte 1: %s: not UTF-8" },
		{ B("a\nb\0c\n"), "line 2, byte 2: %s: there is a NUL byte" },
	};
	struct gv_buf wide = GV_BUF_INIT(4096);
	struct gv_ref *r;
	char want[256];

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		const char *gap = strstr(rows[i].error, "%s");

		snprintf(want, sizeof want, "%.*s%s%s", (int)(gap - rows[i].error), rows[i].error,
		         path, gap + 2);
		CHECK_ERR(gv_ref_open_file(&r, write_file(rows[i].body, rows[i].n), &err), &err,
		          GV_EDATA, want);
		CHECK(r == NULL);
		CHECK_INT(gv_ref_open_file(&r, path, NULL), GV_EDATA);
	}
	gv_buf_adds(&wide, "a\tb\n");
	for (int i = 0; i < 300; i++)
		gv_buf_adds(&wide, i % 7 ? "\t" : "\t案");
	snprintf(want, sizeof want, "line 2: %s: 301 cells, should be 2", path);
	CHECK_ERR(gv_ref_open_file(&r, write_file(wide.p, wide.n), &err), &err, GV_EDATA, want);
	gv_buf_reset(&wide);
	for (int i = 0; i < 65; i++)
		gv_buf_addf(&wide, "%sc%d", i ? "\t" : "", i);
	snprintf(want, sizeof want, "line 1: %s: 65 columns, at most 64", path);
	CHECK_ERR(gv_ref_open_file(&r, write_file(wide.p, wide.n), &err), &err, GV_EDATA, want);
	gv_buf_free(&wide);
	CHECK_INT(gv_ref_open_file(&r, scratch, NULL), GV_EIO);
	CHECK_ERR(gv_ref_open_file(&r, "/nonexistent", &err), &err, GV_EIO,
	          "/nonexistent: cannot open: No such file or directory");
	CHECK_INT(gv_ref_open(&r, "no-such-table", &err), GV_EIO);
	CHECK(r == NULL);
}

/* Every row of a table by the hash and by a loop. */
static void slow_twin(const char *body)
{
	struct gv_ref *r = table(body);
	size_t wrong = 0;

	for (int column = 0; column < 2; column++) {
		for (size_t row = 0; row < gv_ref_rows(r); row++) {
			struct gv_str key = gv_ref_cell(r, row, column);

			for (size_t from = 0; from <= gv_ref_rows(r); from++) {
				size_t slow = from;

				while (slow < gv_ref_rows(r) &&
				       !gv_str_eq(gv_ref_cell(r, slow, column), key))
					slow++;
				if (slow >= gv_ref_rows(r))
					slow = GV_REF_NONE;
				wrong += gv_ref_find(r, column, key, from) != slow;
			}
		}
	}
	CHECK_INT(wrong, 0);
	CHECK(gv_ref_find(r, 0, GV_STR("-"), 0) == GV_REF_NONE);
	CHECK(gv_ref_find(r, 0, GV_STR("absent"), 0) == GV_REF_NONE);
	CHECK(gv_ref_find(r, -1, GV_STR("x"), 0) == GV_REF_NONE);
	CHECK(gv_ref_find(r, 2, GV_STR("x"), 0) == GV_REF_NONE);
	CHECK(gv_ref_find(r, 0, GV_STR("x"), SIZE_MAX) == GV_REF_NONE);
	gv_ref_free(r);
}

static void finds(void)
{
	struct gv_buf b = GV_BUF_INIT(1 << 16);

	slow_twin("a\tb\nx\t-\ny\t1\nx\t2\n-\t1\nx\t-\n");
	gv_buf_adds(&b, "a\tb\n");
	for (int i = 0; i < 300; i++)
		gv_buf_addf(&b, "k%d\t%s\n", i * 7 % 41, i % 5 ? "rule" : "-");
	slow_twin(b.p);
	gv_buf_free(&b);
}

/* The shipped tables, with counts that their heads promise. */
static size_t count(struct gv_ref *r, const char *column, const char *key)
{
	size_t n = 0, row = 0;
	int c = gv_ref_column(r, column);

	while ((row = gv_ref_find(r, c, gv_str_of(key), row)) != GV_REF_NONE) {
		n++;
		row++;
	}
	return n;
}

static void shipped(void)
{
	static const struct { const char *name, *column, *key; size_t rows; } rows[] = {
		{ "courts", "level", "supreme", 1 }, { "courts", "level", "high", 32 },
		{ "courts", "level", "intermediate", 352 }, { "courts", "code", "沪0114", 1 },
		{ "case-types", "type_code", "民初", 1 },
		{ "case-types", "source_status", "two-lists", 151 },
		{ "causes-civil", "level", "1", 11 }, { "causes-civil", "level", "2", 54 },
		{ "causes-civil", "level", "3", 473 }, { "causes-civil", "level", "4", 389 },
		{ "causes-civil", "name", "民间借贷纠纷", 1 }, { "causes-civil", "name", "侵权责任纠纷", 2 },
		{ "causes-civil-2025", "level", "2", 59 },
		{ "causes-civil-2025", "level", "3", 514 },
		{ "causes-criminal", "level", "1", 10 }, { "causes-criminal", "level", "2", 483 },
		{ "causes-admin", "level", "1", 1 }, { "causes-admin", "level", "2", 22 },
		{ "causes-admin", "level", "3", 140 }, { "holidays", "kind", "year", 12 },
	};
	struct gv_ref *r;

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		CHECK_OK(gv_ref_open(&r, rows[i].name, &err), &err);
		if (!r)
			continue;
		CHECK_INT(count(r, rows[i].column, rows[i].key), rows[i].rows);
		gv_ref_free(r);
	}
}

static void no_dangling(const char *name, const char *key, const char *parent)
{
	struct gv_ref *r;
	size_t lost = 0, twice = 0;
	int k, p;

	CHECK_OK(gv_ref_open(&r, name, &err), &err);
	if (!r)
		return;
	k = gv_ref_column(r, key);
	p = gv_ref_column(r, parent);
	CHECK(k >= 0 && p >= 0);
	for (size_t row = 0; row < gv_ref_rows(r); row++) {
		struct gv_str up = gv_ref_cell(r, row, p);

		lost += up.n && gv_ref_find(r, k, up, 0) == GV_REF_NONE;
		twice += gv_ref_find(r, k, gv_ref_cell(r, row, k), 0) != row;
	}
	CHECK_ROW(lost == 0, name);
	CHECK_ROW(twice == 0, name);
	gv_ref_free(r);
}

static void parents(void)
{
	no_dangling("courts", "code", "parent");
	no_dangling("causes-civil", "code", "parent");
	no_dangling("causes-civil-2025", "code", "parent");
	no_dangling("causes-criminal", "code", "parent");
	no_dangling("causes-admin", "code", "parent");
}

/* Each allocation fails once: an error, nothing lost, nothing left. */
static void hungry(void)
{
	struct gv_calendar *c;
	struct gv_ref *r;
	size_t rounds = 0;
	int rc;

	for (size_t n = 1; oom_begin(n); n++, oom_end()) {
		rc = gv_ref_open(&r, "courts", &err);
		CHECK(oom_hit ? rc == GV_EIO && !r && strcmp(err.msg, "out of memory") == 0
		              : rc == 0);
		gv_ref_free(r);
		rounds++;
	}
	CHECK_INT(oom_leaks, 0);
	for (size_t n = 1; oom_begin(n); n++, oom_end()) {
		rc = gv_calendar_load(&c, path, &err);
		CHECK(oom_hit ? rc == 0 || (rc == GV_EIO && !c) : rc == 0);
		gv_calendar_free(c);
		rounds++;
	}
	CHECK_INT(oom_leaks, 0);
	CHECK(!OOM_WORKS || rounds > 20);
}

/* No memory for the hash: slower, but right. */
static void hungry_find(void)
{
	struct gv_ref *r = table("a\tb\nx\t1\ny\t2\nx\t3\n");

	for (size_t n = 1; oom_begin(n); n++, oom_end()) {
		CHECK_INT(gv_ref_find(r, 0, GV_STR("x"), 1), 2);
		CHECK(gv_ref_find(r, 0, GV_STR("z"), 0) == GV_REF_NONE);
	}
	CHECK_INT(gv_ref_find(r, 0, GV_STR("x"), 1), 2);
	gv_ref_free(r);
	write_file(B("date\tkind\tname\n2027\tyear\t-\n2027-01-01\tholiday\t元旦\n"));
}

UNIT_MAIN("ref",
	{ "has a place for its files", prepare },
	{ "reads a table in any dress", reads },
	{ "knows the line of a row", lines },
	{ "refuses what is no table", refuses },
	{ "finds rows as a slow twin does", finds },
	{ "ships whole tables", shipped },
	{ "ships tables without dangling parents", parents },
	{ "finds rows without memory", hungry_find },
	{ "survives every failed allocation", hungry },
	{ "leaves nothing behind", tidy })
