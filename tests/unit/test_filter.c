/* SPDX-License-Identifier: MIT */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "filter_impl.h"
#include "filter_unit.h"
#include "home.h"

#if defined(__SANITIZE_ADDRESS__)
#define SANDBOXED 0  /* the sanitizer needs what the sandbox forbids */
#else
#define SANDBOXED 1
#endif

/* ---- what programs see and give ---- */

static void selects(void)
{
	static const struct { const char *program, *lines, *want; } rows[] = {
		{ ".a > 1", "{\"a\":1}|{\"a\":2}|{\"a\":3}", "no yes yes " },
		{ "select(.a > 1)", "{\"a\":1}|{\"a\":2}", "no yes " },
		{ ".a", "{\"a\":0}|{\"a\":\"\"}|{\"a\":null}|{\"a\":false}|{}", "yes yes no no no " },
		{ "empty", "{}|{}", "no no " },
		{ "false, true", "{}", "no " },
		{ "true, error(\"later\")", "{}", "yes " },
		{ ".a == \"张\"", "{\"a\":\"张\"}|{\"a\":\"\\u5f20\"}", "yes yes " },
		{ ".a | test(\"^上海\")", "{\"a\":\"上海某公司\"}|{\"a\":\"在上海\"}", "yes no " },
		{ ".a + 1 > 2", "{\"a\":2}|{\"a\":\"x\"}|{\"a\":3}",
		  "yes [r1: filter: string (\"x\") and number (1) cannot be added] yes " },
		{ ".", "[1]|5|\"x\"|null", "yes yes yes no " },
		{ ".a == .b", "{\"a\":9007199254740992,\"b\":9007199254740991}", "no " },
		{ "", "{}", "yes " },
		{ "# only a remark", "{}", "yes " },
		{ "def f: .a; f > 1", "{\"a\":2}", "yes " },
	};
	struct script s = SCRIPT;

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		CHECK_STR(play(&s, GV_FILTER_SELECT, rows[i].program, rows[i].lines, 0), rows[i].want);
	gv_buf_free(&s.text);
}

static void maps(void)
{
	static const struct { const char *program, *lines, *want; } rows[] = {
		{ ".", "{\"b\":1,\"a\":[true,null,\"x\"]}", "{\"a\":[true,null,\"x\"],\"b\":1} /1 " },
		{ ".a[]", "{\"a\":[{\"x\":1},{\"x\":2}]}|{\"a\":[]}", "{\"x\":1} {\"x\":2} /2 /0 " },
		{ "empty", "{}", "/0 " },
		{ "{a, b: (.a|length)}", "{\"a\":\"张三\"}", "{\"a\":\"张三\",\"b\":2} /1 " },
		{ ".", "\"\\u0001\\u007f\\\"\\\\/\\n é\"", "\"\\u0001\\u007f\\\"\\\\/\\n é\" /1 " },
		/* numbers: whole ones come out whole */
		{ "[.[] * 100]", "[12.34,0.5,1.15,-3]", "[1234,50,114.99999999999999,-300] /1 " },
		{ ".", "[1.0,1e2,-0.0,0.1,1e-7,2.5e3]", "[1,100,0,0.1,1e-07,2500] /1 " },
		{ "[.[] / 2]", "[9007199254740992,-9007199254740992]", "[4503599627370496,-4503599627370496] /1 " },
		{ ". * 1", "9007199254740991", "9007199254740991 /1 " },
		{ ".", "[0.30000000000000004,123456789012345.67,1.0000000000000000000,-0]",
		  "[0.30000000000000004,123456789012345.67,1,0] /1 " },
		/* what a double cannot hold comes as text, never changed */
		{ ".", "[310114199001011234,-9007199254740994,1e400,1e-400]",
		  "[\"310114199001011234\",\"-9007199254740994\",\"1e400\",\"1e-400\"] /1 " },
		{ ".", "[9007199254740993.5,0.123456789012345678,0.30000000000000005]",
		  "[\"9007199254740993.5\",\"0.123456789012345678\",\"0.30000000000000005\"] /1 " },
		{ "nan", "{}", "[r0: filter: the result holds a number that is not finite] " },
		{ "[infinite]", "{}", "[r0: filter: the result holds a number that is not finite] " },
		{ "{a: -infinite}", "{}", "[r0: filter: the result holds a number that is not finite] " },
		/* a record that fails gives nothing, and the next one is not touched by it */
		{ "1, 2, error(\"late\")", "{}|{}", "[r0: filter: late] [r1: filter: late] " },
		{ ".a | if . == 2 then 1, error({a: .}) else . end", "{\"a\":1}|{\"a\":2}|{\"a\":3}",
		  "1 /1 [r1: filter: {\"a\":2}] 3 /1 " },
		{ "error(null)", "{}", "/0 " }, /* as in jq 1.6 */
		{ ".a.b.c = 1 | .a", "{\"a\":null}", "{\"b\":{\"c\":1}} /1 " },
		{ "[limit(3; repeat(1))]", "0", "[1,1,1] /1 " },
		{ "reduce range(63) as $i (0; [.]) | [.] | flatten", "0", "[0] /1 " },
		{ "reduce range(65) as $i (0; [.])", "0", "[r0: filter: the result is nested too deep] " },
		{ "repeat(1)", "0", "[r0: filter: one record gives more than a million results] " },
		{ "[range(100000)] | map(tostring) | add | . * 40", "0", "[r0: filter: a result is longer than 16 MiB] " },
		{ "range(6) | [range(900000)]", "0", "[r0: filter: the results of one record are too long] " },
		{ "(\"a\" * 40) | test(\"((((((((((a+)+)+)+)+)+)+)+)+)+)+b\")", "0",
		  "[r0: filter: Regex failure: retry-limit-in-match over] " },
		/* lines that are no records: our reader, not jq's */
		{ ".", "{\"a\":1,\"a\":2}", "[r0: filter: line 1, byte 8: duplicate member \"a\"] " },
		{ ".", "{\"a\":1", "[r0: filter: line 1, byte 7: text ends inside an object] " },
		{ ".", "nan", "[r0: filter: line 1, byte 1: nan is no value: strings need double quotes] " },
	};
	struct script s = SCRIPT;

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		CHECK_STR(play(&s, GV_FILTER_MAP, rows[i].program, rows[i].lines, 0), rows[i].want);
	gv_buf_free(&s.text);
}

/* Everything that reaches outside a record does something harmless, and always the same. */
static void harmless(void)
{
	static const struct { const char *program, *want; } rows[] = {
		{ "halt", "[r0: filter: a filter may not halt] [r1: filter: a filter may not halt] " },
		{ "halt_error", "[r0: filter: {\"a\":1}] [r1: filter: {\"a\":1}] " },
		{ "\"enough\" | halt_error(3)", "[r0: filter: enough] [r1: filter: enough] " },
		{ "input", "[r0: filter: a filter sees one record at a time: there is no input]"
		           " [r1: filter: a filter sees one record at a time: there is no input] " },
		{ "[inputs]", "[r0: filter: a filter sees one record at a time: there is no input]"
		              " [r1: filter: a filter sees one record at a time: there is no input] " },
		{ "try input catch 0", "0 /1 0 /1 " },
		{ "debug | .a", "1 /1 1 /1 " },
		{ "stderr | .a", "1 /1 1 /1 " },
		{ "env", "{} /1 {} /1 " },
		{ "$ENV", "{} /1 {} /1 " },
		{ "env.HOME, $ENV.PATH", "null null /2 null null /2 " },
		{ "now | type", "\"number\" /1 \"number\" /1 " },
		{ "0 | localtime | mktime", "0 /1 0 /1 " },
		{ "0 | strftime(\"%Z %Y-%m-%d\")", "\"UTC 1970-01-01\" /1 \"UTC 1970-01-01\" /1 " },
		{ "input_filename", "null /1 null /1 " },
		{ "input_line_number", "[r0: filter: Unknown input line number] [r1: filter: Unknown input line number] " },
		{ "get_search_list", "[] /1 [] /1 " },
		{ "\"m\" | modulemeta", "[r0: filter: module not found: m] [r1: filter: module not found: m] " },
		{ "$__loc__ | .file", "\"<top-level>\" /1 \"<top-level>\" /1 " },
		{ "import \"m\" as m; .", "2: filter: line 1: syntax error, unexpected import, expecting $end"
		                          " (Unix shell quoting issues?): import \"m\" as m; ." },
		{ "include \"m\"; .", "2: filter: line 1: syntax error, unexpected include, expecting $end"
		                      " (Unix shell quoting issues?): include \"m\"; ." },
		{ "import \"a\" as $a; .", "2: filter: line 1: syntax error, unexpected import, expecting $end"
		                          " (Unix shell quoting issues?): import \"a\" as $a; ." },
		{ "[splits(\"a\";null)]?", "/0 /0 " },
		{ "[.[] | tojson] | sort | map(fromjson)", "[1] /1 [1] /1 " },
		{ "[range(2000)] | sort_by(-.) | first", "1999 /1 1999 /1 " },
		{ "[55296] | implode | length", "1 /1 1 /1 " },
		{ ". | @base64 | @base64d | fromjson | .a", "1 /1 1 /1 " },
		{ "length", "1 /1 1 /1 " }, /* ~/.jq below says otherwise */
	};
	struct script s = SCRIPT;
	char home[] = "/tmp/gavel-filter-XXXXXX", path[64];
	int fd;

	CHECK(mkdtemp(home) != NULL);
	snprintf(path, sizeof path, "%s/.jq", home);
	fd = open(path, O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
	CHECK(fd >= 0 && write(fd, "def length: \"hijacked\";\n", 24) == 24);
	close(fd);
	setenv("HOME", home, 1);
	setenv("TZ", "Asia/Tokyo", 1);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		CHECK_STR(play(&s, GV_FILTER_MAP, rows[i].program, "{\"a\":1}|{\"a\":1}", 0), rows[i].want);
	unlink(path);
	rmdir(home);
	unsetenv("TZ");
	gv_buf_free(&s.text);
}

static void mistakes(void)
{
	static const struct { const char *program, *want; } rows[] = {
		{ ".a.", "2: filter: line 1: syntax error, unexpected $end, expecting FORMAT or QQSTRING_START"
		         " (Unix shell quoting issues?): .a." },
		{ "foo", "2: filter: line 1: foo/0 is not defined: foo" },
		{ "$x", "2: filter: line 1: $x is not defined: $x" },
		{ ".a |\n.b |\n  foo", "2: filter: line 3: foo/0 is not defined: foo" },
		{ "}", "2: filter: line 1: syntax error, unexpected INVALID_CHARACTER, expecting $end"
		       " (Unix shell quoting issues?): }" },
		{ "\"\x1b[31m", "2: filter: line 1: syntax error, unexpected $end, expecting QQSTRING_TEXT or"
		                " QQSTRING_INTERP_START or QQSTRING_END (Unix shell quoting issues?): \"\\x1b[31m" },
		{ "\xff", "2: filter: the program is not UTF-8 text" },
		{ "@/nonexistent/x.jq", "9: /nonexistent/x.jq: cannot open: No such file or directory" },
	};
	struct script s = SCRIPT;

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		CHECK_STR(play(&s, GV_FILTER_MAP, rows[i].program, "{}", 0), rows[i].want);
	gv_buf_free(&s.text);
}

/* On a busy machine three seconds of the clock may be over before one of the processor: the same limit. */
static const char *play_second(struct script *s, const char *program, const char *lines)
{
	static const char of_cpu[] = "took more than 1 s", of_clock[] = "took more than 3 s by the clock";
	char *said = strdup(play(s, GV_FILTER_MAP, program, lines, 1)), *at = strstr(said, of_clock);

	if (at) {
		memcpy(at, of_cpu, strlen(of_cpu));
		memmove(at + strlen(of_cpu), at + strlen(of_clock), strlen(at + strlen(of_clock)) + 1);
	}
	gv_buf_reset(&s->text);
	gv_buf_adds(&s->text, said);
	free(said);
	return s->text.p;
}

static void from_a_file(void)
{
	char name[] = "/tmp/gavel-filter-XXXXXX", at[64], want[256];
	int fd = mkostemp(name, O_CLOEXEC);
	struct script s = SCRIPT;

	snprintf(at, sizeof at, "@%s", name);
	CHECK(write(fd, "# remark\n.a\n", 12) == 12);
	CHECK_STR(play(&s, GV_FILTER_MAP, at, "{\"a\":1}", 0), "1 /1 ");
	CHECK(pwrite(fd, "# remark\nerror(1)\n", 18, 0) == 18);
	CHECK_STR(play(&s, GV_FILTER_MAP, at, "{\"a\":1}", 0), "[r0: filter: 1] ");
	CHECK(pwrite(fd, "# remark\ndef f:f;f\n", 19, 0) == 19);
	snprintf(want, sizeof want, "3: filter: took more than 1 s on record r0: %s", at);
	CHECK_STR(play_second(&s, at, "{\"a\":1}"), want);
	CHECK(pwrite(fd, "a\0b", 3, 0) == 3);
	CHECK_STR(play(&s, GV_FILTER_MAP, at, "{\"a\":1}", 0), "2: filter: the program is not UTF-8 text");
	CHECK(ftruncate(fd, 2 << 20) == 0);
	CHECK_STR(play(&s, GV_FILTER_MAP, at, "{\"a\":1}", 0) + strlen(name) + 3, ": longer than 1048576 bytes");
	close(fd);
	unlink(name);
	gv_buf_free(&s.text);
}

/* ---- programs that mean harm ---- */

static void bad_programs(void)
{
	/* Memory takes its time to fill: on a slow machine more than a second. */
	static const struct { const char *program, *want; unsigned seconds; } rows[] = {
		{ "def f: f; f", "3: filter: took more than 1 s on record r0: def f: f; f" },
		{ "if .a == 3 then (def f: f; f) else .a end", "1 /1 2 /1 3: filter: took more than 1 s on record r2:"
		  " if .a == 3 then (def f: f; f) else .a end" },
		{ "if .a == 4 then \"x\" | until(false; .) else empty end", "/0 /0 /0 3: filter: took more than 1 s"
		  " on record r3: if .a == 4 then \"x\" | until(false; .) else empty end" },
		{ "if .a == 2 then reduce range(1000000) as $i (0; [.]) else .a end", "1 /1 3: filter: went too deep"
		  " (the stack is full), or jq broke down on record r1:"
		  " if .a == 2 then reduce range(1000000) as $i (0; [.]) else .a end", 30 },
#if SANDBOXED
		{ "def f: 1 + f; f", "3: filter: needed more than 512 MiB of memory on record r0: def f: 1 + f; f", 30 },
		{ "if .a == 2 then reduce range(60) as $i (\"x\"; . + .) else .a end", "1 /1 3: filter: needed more than"
		  " 512 MiB of memory on record r1: if .a == 2 then reduce range(60) as $i (\"x\"; . + .) else .a end", 30 },
#endif
	};
	struct script s = SCRIPT;

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		const char *lines = "{\"a\":1}|{\"a\":2}|{\"a\":3}|{\"a\":4}|{\"a\":5}", *program = rows[i].program;

		CHECK_STR(rows[i].seconds ? play(&s, GV_FILTER_MAP, program, lines, rows[i].seconds) : play_second(&s, program, lines),
		          rows[i].want);
	}
	gv_buf_free(&s.text);
}

/* A program so nested that the compiler itself gives way. */
static void hard_to_compile(void)
{
	struct gv_buf program = GV_BUF_INIT(2 * GV_MIB);
	struct script s = SCRIPT;

	for (int i = 0; i < 200000; i++)
		gv_buf_addc(&program, '[');
	CHECK(strncmp(play(&s, GV_FILTER_MAP, program.p, "{}", 1), "2: filter: ", 11) == 0);
	gv_buf_reset(&program);
	for (int i = 0; i < 100000; i++)
		gv_buf_adds(&program, "1+");
	gv_buf_adds(&program, "1");
	play(&s, GV_FILTER_MAP, program.p, "{}", 1);
	CHECK_ROW(strcmp(s.text.p, "100001 /1 ") == 0 || strncmp(s.text.p, "2: filter: ", 11) == 0, s.text.p);
	while (program.n < GV_MIB)
		gv_buf_adds(&program, "         ");
	CHECK_STR(play(&s, GV_FILTER_MAP, program.p, "{}", 1), "3: filter: longer than 1048576 bytes");
	gv_buf_free(&program);
	gv_buf_free(&s.text);
}

/* ---- the pipe between ---- */

static int push_many(struct gv_filter *f, struct script *s, struct gv_str line, size_t n, struct gv_err *err)
{
	struct gv_filter_sink sink = { s, on_answer, on_failed };
	int rc = 0;

	for (size_t i = 0; !rc && i < n; i++)
		rc = gv_filter_push(f, line, NULL, i, &sink, err);
	return rc ? rc : gv_filter_finish(f, &sink, err);
}

static void many_records(void)
{
	static const struct { enum gv_filter_mode mode; const char *program; size_t line, n, bytes; } rows[] = {
		{ GV_FILTER_SELECT, ".i", 20, 30000, 0 },
		{ GV_FILTER_SELECT, ".i | not", 700, 10000, 0 },
		{ GV_FILTER_MAP, "1", 700, 10000, 10000 },
		{ GV_FILTER_MAP, "range(50) | {a: .}", 20, 2000, 2000 * (10 * 7 + 40 * 8) },
		/* both directions full at once */
		{ GV_FILTER_MAP, "[.t, .t]", 1 << 20, 20, 0 },
		{ GV_FILTER_MAP, ".t", 3 << 20, 6, 0 },
		{ GV_FILTER_SELECT, ".i", 5 << 20, 3, 0 },
		{ GV_FILTER_SELECT, ".t | length > 0", (int)GV_JSON_TEXT_MAX, 2, 0 },
		{ GV_FILTER_MAP, ".t", (int)GV_JSON_TEXT_MAX, 2, 0 },
	};
	struct gv_buf line = GV_BUF_INIT(GV_JSON_TEXT_MAX);

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct gv_filter_opts o = { .mode = rows[i].mode };
		struct script s = { .text = GV_BUF_INIT(GV_MIB), .mode = rows[i].mode, .quiet = true };
		struct gv_filter *f = NULL;
		struct gv_err err = { 0 };

		gv_buf_reset(&line);
		gv_buf_adds(&line, "{\"i\":1,\"t\":\"");
		while (line.n < rows[i].line - 2)
			gv_buf_addc(&line, 't');
		gv_buf_adds(&line, "\"}");
		CHECK_OK(gv_filter_open(&f, rows[i].program, &o, &err), &err);
		if (!f)
			continue;
		CHECK_OK(push_many(f, &s, gv_buf_str(&line), rows[i].n, &err), &err);
		CHECK_ROW(s.next_tag == rows[i].n && !s.disorder && s.text.n == 0, rows[i].program);
		if (rows[i].mode == GV_FILTER_SELECT)
			CHECK_ROW(s.bytes == rows[i].n * line.n && (s.selected == rows[i].n || i == 1), rows[i].program);
		if (rows[i].bytes)
			CHECK_ROW(s.bytes == rows[i].bytes, rows[i].program);
		gv_filter_close(f);
		gv_buf_free(&s.text);
	}
	gv_buf_free(&line);
}

/* A callback that fails stops the call, not the filter. */
static void callbacks_that_fail(void)
{
	struct gv_filter_opts o = { .mode = GV_FILTER_MAP };
	struct script s = SCRIPT;
	struct gv_filter_sink sink = { &s, on_answer, on_failed };
	struct gv_filter *f = NULL;
	struct gv_err err = { 0 };

	CHECK_OK(gv_filter_open(&f, "if .a then .a, 9 else error(\"no\") end", &o, &err), &err);
	s.mode = GV_FILTER_MAP;
	for (uint64_t i = 0; i < 4; i++)
		CHECK_OK(gv_filter_push(f, i == 2 ? GV_STR("{}") : GV_STR("{\"a\":1}"), NULL, i, &sink, &err), &err);
	for (size_t at = 1; at <= 10; at++) { /* every callback in turn, and each only once */
		s.stop_after = at;
		CHECK_INT(gv_filter_finish(f, &sink, &err), 77);
	}
	s.stop_after = 0;
	CHECK_OK(gv_filter_finish(f, &sink, &err), &err);
	CHECK_STR(s.text.p, "1 9 /2 1 9 /2 [filter: no] 1 9 /2 ");
	/* and it can be used again after a pause */
	CHECK_OK(gv_filter_push(f, GV_STR("{\"a\":2}"), NULL, 4, &sink, &err), &err);
	CHECK_OK(gv_filter_finish(f, &sink, &err), &err);
	CHECK_STR(s.text.p, "1 9 /2 1 9 /2 [filter: no] 1 9 /2 2 9 /2 ");
	CHECK(!s.disorder);
	gv_filter_close(f);
	gv_buf_free(&s.text);
}

/* After its death every call gives the same error. */
static void dead_is_dead(void)
{
	static const char want[] = "filter: took more than 1 s on record x: def f: f; f";
	struct gv_filter_opts o = { .mode = GV_FILTER_SELECT, .seconds = 1 };
	struct script s = SCRIPT;
	struct gv_filter_sink sink = { &s, on_answer, on_failed };
	struct gv_filter *f = NULL;
	struct gv_err err = { 0 };

	CHECK_OK(gv_filter_open(&f, "def f: f; f", &o, &err), &err);
	CHECK_OK(gv_filter_push(f, GV_STR("{}"), "x", 0, &sink, &err), &err);
	CHECK_ERR(gv_filter_finish(f, &sink, &err), &err, GV_EDATA, want);
	CHECK_ERR(gv_filter_finish(f, &sink, &err), &err, GV_EDATA, want);
	for (int i = 0; i < 2000; i++)
		gv_filter_push(f, GV_STR("{}"), "y", 0, &sink, &err);
	CHECK_ERR(gv_filter_push(f, GV_STR("{}"), "y", 0, &sink, &err), &err, GV_EDATA, want);
	gv_filter_close(f);

	/* closing in the middle of it does not wait */
	CHECK_OK(gv_filter_open(&f, "def f: f; f", &o, &err), &err);
	CHECK_OK(gv_filter_push(f, GV_STR("{}"), "x", 0, &sink, &err), &err);
	gv_filter_close(f);
	gv_filter_close(NULL);
	gv_buf_free(&s.text);
}

/*
 * Another program in the helper's place.  $hello: bytes that it is sent before the records.  What it says on a record must wait
 * for the record, or it was said while compiling, or of none: that is for the scheduler to choose.
 */
static size_t hello_size(const char *program)
{
	struct gv_buf prelude = GV_BUF_INIT(GV_FILTER_PROGRAM_MAX), path = GV_BUF_INIT(4096);
	struct gv_err err = { 0 };
	size_t n;

	CHECK_OK(gv_home_share(&path, "jq/prelude.jq", &err), &err);
	CHECK_OK(gv_buf_read_file(&prelude, path.p, &err), &err);
	n = sizeof(struct gv_filter_hello) + prelude.n + 1 + strlen(program);
	gv_buf_free(&prelude);
	gv_buf_free(&path);
	return n;
}

static void broken_helper(void)
{
#define READY "head -c $hello >/dev/null\nprintf 'R\\0\\0\\0\\0\\0\\0\\0'\nhead -c 1 >/dev/null\n"
	static const struct { const char *script, *want; } rows[] = {
		{ "exit 0\n", "2: filter: ended all by itself while compiling: ." },
		{ "kill -9 $$\n", "2: filter: was killed (signal 9) while compiling: ." },
		{ READY, "3: filter: ended all by itself on record r0: ." },
		{ "printf 'R\\0\\0\\0\\0\\0\\0\\0Y\\0\\0\\0\\0\\0\\0\\0'\nexec sleep 9\n",
		  "3: filter: answered what nobody asked: ." },
		{ READY "printf 'Z\\0\\0\\0\\0\\0\\0\\0'\nexec sleep 9\n",
		  "3: filter: answered nonsense on record r0: ." },
		{ "printf 'O\\0\\0\\0\\377\\377\\377\\377'\nexec sleep 9\n",
		  "2: filter: answered nonsense while compiling: ." },
		{ "exec sleep 9\n", "2: filter: took more than 3 s by the clock while compiling: ." },
	};
	char dir[] = "/tmp/gavel-filter-XXXXXX", path[64], *before = strdup(getenv("GAVEL_LIBEXEC"));
	struct script s = SCRIPT;

	CHECK(mkdtemp(dir) != NULL);
	snprintf(path, sizeof path, "%s/gavel-filter", dir);
	setenv("GAVEL_LIBEXEC", dir, 1);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		int fd = open(path, O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, 0700);

		CHECK(fd >= 0 && dprintf(fd, "#!/bin/sh\nhello=%zu\n%s", hello_size("."), rows[i].script) > 0);
		close(fd);
		if (strstr(rows[i].want, "what nobody")) { /* said too early, or too late to notice */
			play(&s, GV_FILTER_MAP, ".", "", 1);
			continue;
		}
		CHECK_STR(play(&s, GV_FILTER_MAP, ".", "{}\n", 1), rows[i].want);
	}
	unlink(path);
	play(&s, GV_FILTER_MAP, ".", "{}", 1);
	CHECK(strstr(s.text.p, "cannot start the filter: No such file or directory") && s.text.p[0] == '9');
	rmdir(dir);
	setenv("GAVEL_LIBEXEC", before, 1);
	free(before);
	gv_buf_free(&s.text);
}

/* ---- what the child holds ---- */

static size_t open_files(const char *dir)
{
	DIR *d = opendir(dir);
	size_t n = 0;

	for (struct dirent *e; d && (e = readdir(d)); )
		n += e->d_name[0] != '.';
	if (d)
		closedir(d);
	return n;
}

static void read_proc(const char *pid, const char *what, struct gv_buf *out)
{
	char path[64];

	gv_buf_reset(out);
	snprintf(path, sizeof path, "/proc/%s/%s", pid, what);
	gv_buf_read_file(out, path, NULL);
}

static void is_locked_up(void)
{
	struct gv_filter_opts o = { .mode = GV_FILTER_SELECT, .mib = 300 };
	struct gv_buf b = GV_BUF_INIT(GV_MIB);
	struct gv_filter *f = NULL;
	struct gv_err err = { 0 };
	char pid[32], path[64];
	int spare = open("/dev/null", O_RDONLY);  /* inherited, were it not for us */
	size_t before = open_files("/proc/self/fd");

	CHECK_OK(gv_filter_open(&f, ".", &o, &err), &err);
	snprintf(path, sizeof path, "/proc/self/task/%d/children", (int)getpid());
	gv_buf_read_file(&b, path, NULL);
	if (!f || b.n < 2 || b.n > sizeof pid) {
		gv_filter_close(f);
		close(spare);
		gv_buf_free(&b);
		SKIP("no list of children in /proc");
	}
	snprintf(pid, sizeof pid, "%d", (int)strtol(b.p, NULL, 10));
	read_proc(pid, "environ", &b);
	CHECK_INT(b.n, 0);
#if SANDBOXED
	read_proc(pid, "status", &b);
	CHECK(b.p && strstr(b.p, "NoNewPrivs:\t1"));
	CHECK(b.p && strstr(b.p, "Seccomp:\t2"));
	read_proc(pid, "limits", &b);
	CHECK(b.p && strstr(b.p, "Max address space         314572800            314572800 "));
	CHECK(b.p && strstr(b.p, "Max open files            0                    0 "));
	CHECK(b.p && strstr(b.p, "Max core file size        0                    0 "));
	CHECK(b.p && strstr(b.p, "Max file size             0                    0 "));
	CHECK(b.p && strstr(b.p, "Max processes             0                    0 "));
	CHECK(b.p && strstr(b.p, "Max stack size            16777216             16777216 "));
#endif
	snprintf(path, sizeof path, "/proc/%s/fd", pid);
	if (access(path, R_OK | X_OK) == 0 && open_files(path) > 0)
		CHECK_INT(open_files(path), 3);
	gv_filter_close(f);
	CHECK_INT(open_files("/proc/self/fd"), before);
	CHECK(waitpid(-1, NULL, WNOHANG) < 0 && errno == ECHILD);
	close(spare);
	gv_buf_free(&b);
}

int main(void)
{
	static const struct unit_test tests[] = {
		{ "selects", selects },
		{ "maps", maps },
		{ "nothing reaches outside", harmless },
		{ "reports what does not compile", mistakes },
		{ "reads a program from a file", from_a_file },
		{ "outlives bad programs and names the record", bad_programs },
		{ "outlives what is hard to compile", hard_to_compile },
		{ "keeps many and long records moving", many_records },
		{ "stops where a callback fails, and goes on", callbacks_that_fail },
		{ "says the same after death", dead_is_dead },
		{ "does not trust the helper", broken_helper },
		{ "is locked up", is_locked_up },
	};

	set_up();
	return unit_run("filter", tests, sizeof tests / sizeof tests[0]);
}
