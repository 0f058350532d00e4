/* SPDX-License-Identifier: MIT */
/* Pictures: what is in them, and what must not get into them. */
#include <sys/wait.h>

#include "chart_unit.h"

static bool has(const struct gv_buf *b, const char *text)
{
	return b->n && strstr(b->p, text) != NULL;
}

static size_t count(const struct gv_buf *b, const char *text)
{
	size_t n = 0;

	for (const char *p = b->n ? b->p : ""; (p = strstr(p, text)); p++)
		n++;
	return n;
}

/* Where xmllint is, it is the judge. */
static bool is_xml(void)
{
	char cmd[512];
	int status;

	snprintf(cmd, sizeof cmd, "command -v xmllint >/dev/null || exit 0; xmllint --nonet --noout %s 2>&1 | sed 's/^/# /'; "
	         "xmllint --nonet --noout %s 2>/dev/null", in_folder("a.svg"), in_folder("a.svg"));
	status = system(cmd);
	return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

/* ---- what is refused ---- */

static void refuses(void)
{
	static const struct { const char *value, *want; } bad[] = {
		{ "", "\"\" is no number" },
		{ "x", "\"x\" is no number" },
		{ "1,000", "\"1,000\" is no number" },
		{ "0x10", "\"0x10\" is no number" },
		{ "NaN", "\"NaN\" is no number" },
		{ "1 2", "\"1 2\" is no number" },
		{ "1\nquit", "\"1\\nquit\" is no number" },
		{ "1e999", "\"1e999\" is no number" },
		{ "system(\"x\")", "\"system(\"x\")\" is no number" },
	};
	struct gv_chart_spec spec = { .series = 0 };
	struct gv_chart *c;

	begin();
	fake(ECHO);
	CHECK_ERR(gv_chart_begin(&c, "x", &spec, &err), &err, GV_EUSAGE, "a chart shows 1 to 8 columns of numbers, not 0");
	CHECK(c == NULL);
	spec.series = 9;
	CHECK_ERR(gv_chart_begin(&c, "x", &spec, &err), &err, GV_EUSAGE, "a chart shows 1 to 8 columns of numbers, not 9");
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		struct row row = { GV_STR("a"), bad[i].value };

		CHECK_ERR(draw(false, &row, 1), &err, GV_EDATA, bad[i].want);
		CHECK_ROW(!there(in_folder("a.svg")), bad[i].value);
	}
	gv_chart_free(NULL);
	end();
}

static void too_many(void)
{
	static struct row rows[GV_CHART_POINTS + 1];
	size_t n;

	begin();
	fake(ECHO);
	for (n = 0; n < GV_CHART_POINTS + 1; n++)
		rows[n] = (struct row){ GV_STR("x"), "1" };
	CHECK_OK(draw(false, rows, GV_CHART_BARS), &err);
	CHECK_ERR(draw(false, rows, GV_CHART_BARS + 1), &err, GV_EUSAGE, "a chart has at most 200 rows: use --top");
	CHECK_OK(draw(true, rows, GV_CHART_POINTS), &err);
	CHECK_ERR(draw(true, rows, GV_CHART_POINTS + 1), &err, GV_EUSAGE,
	          "a line has at most 4000 points: group by a larger part of the date");
	end();
}

/* ---- what is drawn ---- */

static void bars(void)
{
	static const struct row rows[] = {
		{ { "民间借贷纠纷", 18 }, "1602" }, { { "离婚纠纷", 12 }, "-12.50" }, { { "", 0 }, NULL },
		{ { "x", 1 }, "12345678901234567890" }, { { "y", 1 }, "1e3" }, { { "z", 1 }, "0" },
	};
	struct gv_buf svg;

	begin();
	REAL_NEEDED();
	CHECK_OK(draw(false, rows, 6), &err);
	read_svg(&svg);
	CHECK(has(&svg, "<text>民间借贷纠纷</text>"));
	CHECK(has(&svg, "<text>1602</text>"));
	CHECK(has(&svg, "<text>-12.5</text>"));
	CHECK(has(&svg, "<text>–</text>"));
	CHECK(has(&svg, "<text>12345678901234567890</text>"));
	CHECK(has(&svg, "<text>1000</text>"));
	CHECK(has(&svg, "<text>题</text>"));
	CHECK_INT(count(&svg, "<title>"), 1);
	CHECK(has(&svg, "<title>题</title>"));
	CHECK(has(&svg, "Noto Sans CJK SC"));
	CHECK_INT(count(&svg, "<polygon"), 6); /* of 5 values, and the one from 0 to 0 */
	CHECK(!has(&svg, "gvt"));
	CHECK(is_xml());
	gv_buf_free(&svg);
	end();
}

static void long_numbers(void)
{
	static const struct { const char *value, *want; } table[] = {
		{ "12345678901234567890123456789012", ">12345678901234567890123456789012<" },
		{ "123456789012345678901234567890123", ">≈1.2345678e+32<" },
		{ "-123456789012345678901234567890123.5", ">≈-1.2345678e+32<" },
		{ "0.333333333333333333333333333333333333", ">≈0.3333333333333333333333333333<" },
		{ "12.000000000000000000000000000000000001", ">≈12.000000000000000000000000000<" },
		{ "-0.00000000000000000000000000000000000000123456789", ">≈-1.2345678e-39<" },
		{ "0.00000000000000000000000000000000000000000000007", ">≈7e-47<" },
		{ "12345678901234567.0000000000000000000001", ">≈1.2345678e+16<" },
		{ "1e300", ">≈1.0000000e+300<" },
		{ "-1e-270", ">≈-1e-270<" },
	};

	begin();
	REAL_NEEDED();
	for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
		struct row row = { GV_STR("a"), table[i].value };
		struct gv_buf svg;

		CHECK_OK(draw(false, &row, 1), &err);
		read_svg(&svg);
		CHECK_ROW(has(&svg, table[i].want), table[i].value);
		gv_buf_free(&svg);
		CHECK_OK(draw(true, &row, 1), &err);
	}
	end();
}

static void panels(void)
{
	static const char *const names[] = { "件数", NULL, "<sum> & \"rest\"", "", "e", "f", "g", "h" };
	struct gv_chart_spec spec = { .names = names, .series = 8 };
	static struct row rows[GV_CHART_BARS];
	struct gv_buf svg;

	begin();
	REAL_NEEDED();
	for (size_t i = 0; i < GV_CHART_BARS; i++)
		rows[i] = (struct row){ GV_STR("行"), i % 3 ? "4" : "-0.5" };
	for (int time = 0; time < 2; time++) {
		spec.time = time;
		CHECK_OK(draw_as(&spec, in_folder("a.svg"), rows, GV_CHART_BARS), &err);
		read_svg(&svg);
		CHECK_INT(count(&svg, "<text>件数</text>"), 1);
		CHECK_INT(count(&svg, "<text>&lt;sum&gt; &amp; &quot;rest&quot;</text>"), 1);
		if (!time)
			CHECK_INT(count(&svg, "<polygon"), 8 * (GV_CHART_BARS + 1));
		CHECK(!has(&svg, "<title>"));
		CHECK(is_xml());
		gv_buf_free(&svg);
	}
	end();
}

static void without_values(void)
{
	static const struct row rows[] = { { { "2021", 4 }, NULL }, { { "2022", 4 }, NULL } };
	static const struct row zeros[] = { { { "2021", 4 }, "0" }, { { "2022", 4 }, "0.00" } };

	begin();
	REAL_NEEDED();
	for (int time = 0; time < 2; time++) {
		CHECK_OK(draw(time, NULL, 0), &err);
		CHECK(is_xml());
		CHECK_OK(draw(time, rows, 2), &err);
		CHECK(is_xml());
		CHECK_OK(draw(time, rows, 1), &err);
		CHECK_OK(draw(time, zeros, 2), &err);
		CHECK(is_xml());
	}
	end();
}

/* ---- time ---- */

struct time_row {
	const char *labels;   /* of the rows, blanks between */
	const char *ticks;    /* wanted: the labels below, comma behind each, and their places */
};

/* The place holders are replaced in the script, too, when the fake draws it. */
static void in_time(void)
{
	static const struct time_row table[] = {
		{ "2022-01 2022-02 2022-04", "&#39;2022-01&#39; 24264,&#39;2022-02&#39; 24265,&#39;2022-03&#39; 24266,&#39;2022-04&#39; 24267)" },
		{ "2022-04 2022-01", "&#39;2022-01&#39; 24264,&#39;2022-02&#39; 24265,&#39;2022-03&#39; 24266,&#39;2022-04&#39; 24267)" },
		{ "2021-Q4 2022-Q1", "&#39;2021-Q4&#39; 8087,&#39;2022-Q1&#39; 8088)" },
		{ "2020 2022", "&#39;2020&#39; 2020,&#39;2021&#39; 2021,&#39;2022&#39; 2022)" },
		{ "1969-12-31 1970-01-01", "&#39;1969-12-31&#39; -1,&#39;1970-01-01&#39; 0)" },
		{ "2015-02 2022-01", "&#39;2016-01&#39; 24192,&#39;2017-01&#39; 24204," },
		{ "1969-11-30 1970-03-01", "&#39;1969-12-12&#39; -20,&#39;1970-01-01&#39; 0," },
		{ "2021-W52 2022-W01 2022-W02", "&#39;2021-W52&#39; 2713,&#39;2022-W01&#39; 2714,&#39;2022-W02&#39; 2715)" },
		{ "2020-W53 2021-W01", "&#39;2020-W53&#39; 2661,&#39;2021-W01&#39; 2662)" },
		{ "1969-W52 1970-W02", "&#39;1969-W52&#39; -1,&#39;1970-W01&#39; 0,&#39;1970-W02&#39; 1)" },
		/* Without a date: apart. */
		{ "2021 – 2020", "&#39;–&#39; 2019,&#39;2020&#39; 2020,&#39;2021&#39; 2021)" },
		{ "2001-12 – 2000-01 ", "&#39;–&#39; 23998,&#39;2000-01&#39; 24000," },
		{ "– –", "&#39;–&#39; 0,&#39;–&#39; 1)" },
		/* Not all the same: in the order of the rows. */
		{ "2022-02 2022-Q1 2021", "&#39;2022-02&#39; 0,&#39;2022-Q1&#39; 1,&#39;2021&#39; 2)" },
		{ "2022-13 2022-12", "&#39;2022-13&#39; 0,&#39;2022-12&#39; 1)" },
		{ "2022-Q5 2022-Q1", "&#39;2022-Q5&#39; 0," },
		{ "2022-02-30 2022-02-01", "&#39;2022-02-30&#39; 0," },
		{ "0000 2022", "&#39;0000&#39; 0," },
		{ "202a 2022", "&#39;202a&#39; 0," },
		{ "2022-W00 2022-W01", "&#39;2022-W00&#39; 0," },
		{ "2022-W54 2022-W01", "&#39;2022-W54&#39; 0," },
		{ "1800-W01 2022-W01", "&#39;1800-W01&#39; 0," },
		{ "20222 2022", "&#39;20222&#39; 0," },
		{ "x", "&#39;x&#39; 0)" },
	};

	begin();
	/* quotes of the script as they are in the picture, so that rows can be read */
	fake("echo '<svg>'; sed \"s/'/\\&#39;/g\"; echo '</svg>'");
	for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
		struct row rows[8];
		struct gv_buf svg;
		size_t n = 0;

		for (const char *p = table[i].labels; *p; n++) {
			rows[n] = (struct row){ { p, strcspn(p, " ") }, "1" };
			p += rows[n].label.n;
			p += *p == ' ';
		}
		CHECK_OK(draw(true, rows, n), &err);
		read_svg(&svg);
		CHECK_ROW(has(&svg, table[i].ticks), table[i].labels);
		if (!has(&svg, table[i].ticks))
			printf("# %.*s\n", 300, strstr(svg.p, "xtics") ? strstr(svg.p, "xtics") : svg.p);
		gv_buf_free(&svg);
	}
	end();
}

static void a_line_with_a_gap(void)
{
	static const struct row rows[] = {
		{ { "2022-01", 7 }, "1" }, { { "2022-02", 7 }, "-2" }, { { "2022-03", 7 }, NULL }, { { "2022-04", 7 }, "3" },
	};
	struct gv_buf svg;

	begin();
	REAL_NEEDED();
	CHECK_OK(draw(true, rows, 4), &err);
	read_svg(&svg);
	CHECK(has(&svg, "<text>2022-03</text>"));
	CHECK_INT(count(&svg, "xlink:href='#gpPt6'"), 3);
	CHECK(is_xml());
	gv_buf_free(&svg);
	end();
}

/* ---- texts of an enemy ---- */

static void hostile(void)
{
	const struct { struct gv_str label; const char *want; } table[] = {
		{ GV_STR("it's"), "it&#39;s" },
		{ GV_STR("' ; system('touch ran') ; '"), "&#39; ; system(&#39;touch ran&#39;) ; &#39;" },
		{ GV_STR("`touch ran`"), "`touch ran`" },
		{ GV_STR("$(touch ran)"), "$(touch ran)" },
		{ GV_STR("system(\"touch ran\")"), "system(&quot;touch ran&quot;)" },
		{ GV_STR("a\"b\\c\\"), "a&quot;b\\c\\" },
		{ GV_STR("a\nEOD\nquit\n!touch ran\n"), "a\\nEOD\\nquit\\n!touch ran\\n" },
		{ GV_STR("$EOD"), "$EOD" },
		{ GV_STR("@x ^y _z {/Bold w} &{v} ~a~"), "@x ^y _z {/Bold w} &amp;{v} ~a~" },
		{ GV_STR("%s%n%d 100%"), "%s%n%d 100%" },
		{ GV_STR("\x1b]0;x\x07\x1b[31m"), "\\x1b]0;x\\x07\\x1b[31m" },
		{ GV_STR("<script>alert(1)</script>"), "&lt;script&gt;alert(1)&lt;/script&gt;" },
		{ GV_STR("&lt;&#60;&nbsp;"), "&amp;lt;&amp;#60;&amp;nbsp;" },
		{ GV_STR("]]>"), "]]&gt;" },
		{ GV_STR("<!-- --"), "&lt;!-- --" },
		{ GV_STR("\xe2\x80\xae" "abc"), "\\u202eabc" },
		{ GV_STR("a\0b"), "a\\x00b" },
		{ GV_STR("\xff\xfe"), "\\xff\\xfe" },
		{ GV_STR("\xef\xbf\xbe\xef\xbf\xbf"), "\xef\xbf\xbd\xef\xbf\xbd" },
		{ GV_STR("gvt00000"), "gvt00000" },
		{ GV_STR("gvt00002 gvt"), "gvt00002 gvt" },
		{ GV_STR("</svg>"), "&lt;/svg&gt;" },
		{ GV_STR("<title>t</title>"), "&lt;title&gt;t&lt;/title&gt;" },
	};
	struct gv_chart_spec spec = { .series = 1 };
	char back[4096];

	begin();
	REAL_NEEDED();
	CHECK(getcwd(back, sizeof back) && chdir(folder) == 0);
	for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
		struct row row = { table[i].label, "1" };
		struct gv_buf svg;
		char want[128];
		const char *name;

		/* As a label and, where it is a string, as title and name. */
		name = strlen(row.label.p) == row.label.n ? row.label.p : "x";
		spec.title = name;
		spec.names = &name;
		snprintf(want, sizeof want, "<text>%s</text>", table[i].want);
		for (int time = 0; time < 2; time++) {
			spec.time = time;
			CHECK_OK(draw_as(&spec, in_folder("a.svg"), &row, 1), &err);
			read_svg(&svg);
			if (!time || row.label.n <= 20)
				CHECK_ROW(count(&svg, want) == (name == row.label.p ? 3 : 1), table[i].want);
			CHECK_ROW(!has(&svg, "<script"), table[i].want);
			CHECK_ROW(is_xml(), table[i].want);
			gv_buf_free(&svg);
		}
		CHECK_ROW(!there(in_folder("ran")), table[i].want);
	}
	CHECK(chdir(back) == 0);
	end();
}

static void long_labels(void)
{
	struct gv_buf text = GV_BUF_INIT(GV_MIB * 8), svg;
	struct row row = { .value = "1" };

	begin();
	fake(ECHO);
	for (int i = 0; i < 200000; i++)
		gv_buf_adds(&text, "案由");
	row.label = gv_buf_str(&text);
	CHECK_OK(draw(false, &row, 1), &err);
	read_svg(&svg);
	CHECK(has(&svg, "案由案由案由案由案由案由案由案由案由案由案由案…"));
	CHECK(svg.n < 5000);
	gv_buf_free(&svg);
	gv_buf_reset(&text);
	gv_buf_addc(&text, 'a');
	for (int i = 0; i < 100000; i++)
		gv_buf_adds(&text, "\xcc\x81"); /* a tower of accents: as good as no width */
	row.label = gv_buf_str(&text);
	CHECK_OK(draw(false, &row, 1), &err);
	read_svg(&svg);
	CHECK(svg.n < 5000);
	CHECK(has(&svg, "\xcc\x81…"));
	gv_buf_free(&svg);
	gv_buf_free(&text);
	end();
}

UNIT_MAIN("chart", { "refuses what is no number", refuses }, { "refuses too much", too_many }, { "bars", bars },
          { "long numbers", long_numbers }, { "panels", panels }, { "nothing, zeros, only missing values", without_values },
          { "rows stand where they are in time", in_time }, { "a line with a gap", a_line_with_a_gap },
          { "hostile texts are texts", hostile }, { "long labels are cut", long_labels })
