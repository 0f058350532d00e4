/* SPDX-License-Identifier: MIT */
/* Lines, encodings, what is no text, limits, descriptors; test_in_rows.c has the rows. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/time.h>

#include "in_say.h"
#include "utf8.h"

/* ---- lines ---- */

static void lines(void)
{
	static const struct row rows[] = {
		{ "nothing", LINES, NULL, IN(""), "" },
		{ "only line ends", LINES, NULL, IN("\n\n\r\n \t\n"), "" },
		{ "a last line without its end", LINES, NULL, IN("a\nb"), "1 a\n2 b\n" },
		{ "CRLF", LINES, NULL, IN("a\r\n\r\nb\r\nc\r"), "1 a\n3 b\n4 c\n" },
		{ "a CR inside is itself", LINES, NULL, IN("a\rb\n"), "1 a\rb\n" },
		{ "blanks are kept", LINES, NULL, IN(" a \n"), "1  a \n" },
		{ "marks before lines", LINES, NULL, IN(BOM BOM "a\n" BOM "b\n\n" BOM "\n" BOM), "1 a\n2 b\n" },
		{ "half a mark", LINES, NULL, IN("\xEF\xBB"), "1! line 1, byte 1: not UTF-8 (byte 0xef)\n" },
		{ "NUL", LINES, NULL, IN("a\nb\0c\nd\n"), "1 a\n2! line 2, byte 2: NUL byte\n3 d\n" },
		{ "broken UTF-8", LINES, NULL, IN("一\xFF\n二\n\xE4\xB8\n\xED\xA0\x80\n\xC0\xAF\n\xF4\x90\x80\x80\n\xE0\x9F\xBF\n\xF0\x8F\xBF\xBF\n"),
		  "1! line 1, byte 4: not UTF-8 (byte 0xff)\n2 二\n3! line 3, byte 1: not UTF-8 (byte 0xe4)\n"
		  "4! line 4, byte 1: not UTF-8 (byte 0xed)\n5! line 5, byte 1: not UTF-8 (byte 0xc0)\n"
		  "6! line 6, byte 1: not UTF-8 (byte 0xf4)\n7! line 7, byte 1: not UTF-8 (byte 0xe0)\n"
		  "8! line 8, byte 1: not UTF-8 (byte 0xf0)\n" },
		{ "the ends of what UTF-8 can say", LINES, NULL,
		  IN("\x01\x7F\xC2\x80\xDF\xBF\xE0\xA0\x80\xED\x9F\xBF\xEE\x80\x80\xEF\xBF\xBF\xF0\x90\x80\x80\xF4\x8F\xBF\xBF\n"),
		  "1 \x01\x7F\xC2\x80\xDF\xBF\xE0\xA0\x80\xED\x9F\xBF\xEE\x80\x80\xEF\xBF\xBF\xF0\x90\x80\x80\xF4\x8F\xBF\xBF\n" },
		{ "position behind a mark", LINES, NULL, IN("a\n" BOM "b\xFF\n"), "1 a\n2! line 2, byte 5: not UTF-8 (byte 0xff)\n" },
	};
	CHECK_ROWS(rows);
}

/* Bytes and code points of all kinds against the reader by cases. */
static void text_check_has_a_slow_twin(void)
{
	static const char *const parts[] = { "a", "\x7F", "\xC2", "\x80", "\x8F", "\x90", "\x9F", "\xA0", "\xBF", "\xE0",
	                                     "\xE4", "\xED", "\xEF", "\xF0", "\xF1", "\xF4", "\xF5", "\xC0", "一", "𠮷" };
	size_t n = sizeof parts / sizeof parts[0];

	for (size_t i = 0; i < n * n * n * n; i++) {
		struct gv_buf text = GV_BUF_INIT(64), got = GV_BUF_INIT(256), want = GV_BUF_INIT(256);
		size_t good, rest = i;
		char path[64];
		int fd;

		if (i % 13)  /* 12,000 of 160,000 */
			continue;
		for (int k = 0; k < 4; k++, rest /= n)
			gv_buf_adds(&text, parts[rest % n]);
		good = gv_utf8_valid(gv_buf_str(&text));
		if (good == text.n)
			gv_buf_addf(&want, "1 %s\n", text.p);
		else
			gv_buf_addf(&want, "1! line 1, byte %zu: not UTF-8 (byte 0x%02x)\n", good + 1, (unsigned char)text.p[good]);
		fd = memory_file(gv_buf_str(&text), path);
		say_all(path, LINES, NULL, &got);
		close(fd);
		CHECK_STR(got.p, want.p);
		gv_buf_free(&text);
		gv_buf_free(&got);
		gv_buf_free(&want);
	}
}

/* ---- encodings ---- */

static void encodings(void)
{
	static const struct row rows[] = {
		{ "UTF-16LE by its mark", GV_IN_AUTO, NULL, IN("\xFF\xFE" "a\0,\0b\0\r\0\n\0\x00\x4E,\0\x42\xD8\xB7\xDF\n\0"),
		  "2 {\"a\":\"一\",\"b\":\"𠮷\"}\n" },
		{ "UTF-16BE by its mark", LINES, NULL, IN("\xFE\xFF\0a\0\n\x4E\x00"), "1 a\n2 一\n" },
		{ "the mark is right", LINES, "GB18030", IN("\xFF\xFE\x00\x4E"), "1 一\n" },
		{ "so is that of UTF-8", LINES, "GB18030", IN(BOM "一\n"), "1 一\n" },
		{ "UTF-16 by name", LINES, "UTF-16BE", IN("\0a\0\n\x4E\x00"), "1 a\n2 一\n" },
		{ "UTF-32 by name", LINES, "UTF-32LE", IN("\x00\x4E\0\0\n\0\0\0a\0\0\0"), "1 一\n2 a\n" },
		{ "a lone surrogate", LINES, NULL, IN("\xFF\xFE" "a\0\n\0\x00\xD8" "b\0\n\0c\0"), "1 a\n2! line 2: not valid UTF-16LE\n3 c\n" },
		{ "half a character at the end", LINES, NULL, IN("\xFF\xFE" "a\0\n\0b"), "1 a\n2! line 2: not valid UTF-16LE\n" },
		{ "NUL", LINES, NULL, IN("\xFF\xFE\0\0\n\0c\0"), "1! line 1: NUL byte\n2 c\n" },
		{ "GB18030", GV_IN_AUTO, "gb18030", IN("{\"a\":\"\xD2\xBB\x81\x30\x81\x30\"}\r\n"), "1 {\"a\":\"一\xC2\x80\"}\n" },
		{ "broken GB18030", LINES, "GB18030", IN("\xD2\xBB\n\xFF\x81\n\xD2\xBB\n\xD2"), "1 一\n2! line 2: not valid GB18030\n3 一\n4! line 4: not valid GB18030\n" },
		{ "broken in JSON", GV_IN_NDJSON, "GB18030", IN("{\"a\":\"\xFF\"}\n{\"a\":01}\n{}\n"),
		  "1! line 1: not valid GB18030\n2! line 2: 01 is not a number\n3 {}\n" },
		{ "CSV positions", GV_IN_CSV, "GB18030", IN("\xD2\xBB,b\n1,\"2\n"), "2! line 2: @: b: this quote is never closed (broken)\n" },
		{ "UTF-8 by name", LINES, "utf-8", IN("一\n"), "1 一\n" },
		{ "unknown", LINES, "GB-18031", IN(""), "open 2: unknown encoding \"GB-18031\"\n" },
		{ "empty", LINES, "", IN(""), "open 2: unknown encoding \"\"\n" },
		{ "nothing may be lost in silence", LINES, "GBK//IGNORE", IN(""), "open 2: unknown encoding \"GBK//IGNORE\"\n" },
	};
	CHECK_ROWS(rows);
}

/* GB18030 of every size of block, against the same text in UTF-8. */
static void long_decoded_text(void)
{
	struct gv_buf gb = GV_BUF_INIT(2 * GV_MIB), utf8 = GV_BUF_INIT(4 * GV_MIB);
	struct gv_buf a = GV_BUF_INIT(8 * GV_MIB), b = GV_BUF_INIT(8 * GV_MIB);

	for (int i = 0; gb.n < GV_MIB; i++) {
		for (int k = 0; k < i % 97; k++) {
			gv_buf_adds(&gb, k % 5 ? "\xD2\xBB" : "x");
			gv_buf_adds(&utf8, k % 5 ? "一" : "x");
		}
		gv_buf_addc(&gb, '\n');
		gv_buf_addc(&utf8, '\n');
	}
	stream(gv_buf_str(&gb), LINES, "GB18030", 0, &a);
	stream(gv_buf_str(&utf8), LINES, NULL, 0, &b);
	CHECK(a.n > GV_MIB);
	CHECK(gv_str_eq(gv_buf_str(&a), gv_buf_str(&b)));
	gv_buf_reset(&a);
	stream(gv_buf_str(&gb), LINES, "GB18030", 4093, &a);
	CHECK(gv_str_eq(gv_buf_str(&a), gv_buf_str(&b)));
	gv_buf_free(&gb);
	gv_buf_free(&utf8);
	gv_buf_free(&a);
	gv_buf_free(&b);
}

/* ---- what is no text ---- */

static void fill_noise(struct gv_buf *b, size_t n, unsigned seed)
{
	while (n--) {
		seed = seed * 1103515245 + 12345;
		gv_buf_addc(b, (char)(seed >> 16));
	}
}

static void binary(void)
{
	static const struct row rows[] = {
		{ "gzip", LINES, NULL, IN("\x1F\x8B\x08\0abc"), "1! @: binary data (gzip) (broken)\n" },
		{ "zip", GV_IN_AUTO, NULL, IN("PK\3\4abc"), "1! @: binary data (zip, xlsx or docx) (broken)\n" },
		{ "xls", GV_IN_CSV, "GB18030", IN("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), "1! @: binary data (xls or doc) (broken)\n" },
		{ "ELF", LINES, NULL, IN("\x7F" "ELF\2\1\1"), "1! @: binary data (ELF) (broken)\n" },
		{ "PDF", LINES, NULL, IN("%PDF-1.4\n"), "1! @: binary data (PDF) (broken)\n" },
		{ "a few bad bytes are lines", LINES, NULL, IN("\xFF\n\0\n"), "1! line 1, byte 1: not UTF-8 (byte 0xff)\n2! line 2, byte 1: NUL byte\n" },
	};
	struct gv_buf noise = GV_BUF_INIT(GV_MIB), got = GV_BUF_INIT(GV_MIB);

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		gv_buf_reset(&got);
		stream(rows[i].input, rows[i].format, rows[i].encoding, 0, &got);
		CHECK_STR(got.p, rows[i].want);
	}
	gv_buf_adds(&noise, "id,name\n");
	fill_noise(&noise, 100000, 1);
	gv_buf_reset(&got);
	stream(gv_buf_str(&noise), GV_IN_AUTO, NULL, 0, &got);
	CHECK_STR(got.p, "1! @: binary data (broken)\n");

	gv_buf_reset(&noise);
	gv_buf_reset(&got);
	for (int i = 0; i < 50; i++)
		gv_buf_adds(&noise, "\xB0\xB8\xBA\xC5,\xB0\xB8\xD3\xC9\n");
	stream(gv_buf_str(&noise), GV_IN_AUTO, NULL, 0, &got);
	CHECK_STR(got.p, "1! @: not UTF-8, but it could be GB18030: convert it, or use import --encoding GB18030 (broken)\n");

	gv_buf_reset(&noise);
	gv_buf_reset(&got);
	for (int i = 0; i < 50; i++)
		gv_buf_add(&noise, "a\0,\0b\0\n", 8);
	stream(gv_buf_str(&noise), GV_IN_AUTO, NULL, 0, &got);
	CHECK_STR(got.p, "1! @: not UTF-8, but it could be UTF-16 without a mark: convert it, or use import --encoding UTF-16LE (broken)\n");
	gv_buf_free(&noise);
	gv_buf_free(&got);
}

/* ---- long lines ---- */

static void repeat(struct gv_buf *b, char c, size_t n)
{
	if (gv_buf_reserve(b, n)) {
		memset(b->p + b->n, c, n);
		b->n += n;
		b->p[b->n] = '\0';
	}
}

/* `head`, n times c, `tail` as a stream; what it says with long runs left out. */
static void check_long(const char *head, size_t n, const char *tail, int format, const char *want)
{
	struct gv_buf text = GV_BUF_INIT(40 * GV_MIB), got = GV_BUF_INIT(40 * GV_MIB), small = GV_BUF_INIT(GV_MIB);

	gv_buf_adds(&text, head);
	repeat(&text, 'x', n);
	gv_buf_adds(&text, tail);
	stream(gv_buf_str(&text), format, NULL, 0, &got);
	for (size_t i = 0; i < got.n; ) {
		size_t run = 0;

		while (i + run < got.n && got.p[i + run] == 'x')
			run++;
		if (run > 1)
			gv_buf_addf(&small, "<%zu>", run);
		else
			gv_buf_addc(&small, got.p[i]);
		i += run ? run : 1;
	}
	CHECK_STR(small.p, want);
	gv_buf_free(&text);
	gv_buf_free(&got);
	gv_buf_free(&small);
}

static void long_lines(void)
{
	const size_t max = GV_JSON_TEXT_MAX;

	check_long("a\n", max, "\nb\n", LINES, "1 a\n2 <16777216>\n3 b\n");
	check_long("a\n", max, "\r\nb\n", LINES, "1 a\n2 <16777216>\n3 b\n");
	check_long("a\n", max, "", LINES, "1 a\n2 <16777216>\n");
	check_long("a\n", max + 1, "\nb\n", LINES, "1 a\n2! line 2: longer than 16 MiB\n3 b\n");
	check_long("a\n", max + 1, "", LINES, "1 a\n2! line 2: longer than 16 MiB\n");
	check_long("a\n", 2 * max, "\r\nb", LINES, "1 a\n2! line 2: longer than 16 MiB\n3 b\n");
	check_long("[{},\n{\"a\":\"", max, "\"},\n{}]", GV_IN_JSON, "1 {}\n2! line 2: longer than 16 MiB\n3 {}\n");
	check_long("[{},\n{\"a\":\"", 2 * max, "", GV_IN_JSON,
	           "1 {}\n2! line 2, byte 1: @: the input ends inside a value that begins here (broken)\n");
	check_long("{\"a\":\"", max + max / 4, "\"}\n{}\n", GV_IN_AUTO, "1! line 1: longer than 16 MiB\n2 {}\n");
	check_long("a,b\n1,\"\n", max, "\n\"\n3,4\n", GV_IN_CSV,
	           "2! line 2: longer than 16 MiB: is a quote not closed?\n5 {\"a\":\"3\",\"b\":\"4\"}\n");
	check_long("a,b\n1,\"\n", max, "\n3,4\n", GV_IN_CSV, "2! line 2: longer than 16 MiB: is a quote not closed? (broken)\n");
	check_long("a\tb\n1\t", max, "\n3\t4\n", GV_IN_TSV, "2! line 2: longer than 16 MiB\n3 {\"a\":\"3\",\"b\":\"4\"}\n");
}

/* Lines of every length against blocks of every alignment. */
static void block_borders(void)
{
	struct gv_buf text = GV_BUF_INIT(8 * GV_MIB), want = GV_BUF_INIT(8 * GV_MIB), got = GV_BUF_INIT(8 * GV_MIB);
	size_t number = 0;

	for (size_t i = 1; text.n < 3 * GV_MIB; i = i * 7 % 300007) {
		size_t n = i % 5 ? i % 1000 + 1 : i;

		gv_buf_addf(&want, "%zu ", ++number);
		repeat(&text, (char)('a' + i % 26), n);
		repeat(&want, (char)('a' + i % 26), n);
		gv_buf_addc(&text, '\n');
		gv_buf_addc(&want, '\n');
	}
	stream(gv_buf_str(&text), LINES, NULL, 0, &got);
	CHECK(gv_str_eq(gv_buf_str(&got), gv_buf_str(&want)));
	gv_buf_reset(&got);
	stream(gv_buf_str(&text), LINES, NULL, 65521, &got);
	CHECK(gv_str_eq(gv_buf_str(&got), gv_buf_str(&want)));
	gv_buf_free(&text);
	gv_buf_free(&want);
	gv_buf_free(&got);
}

/* Enough through a pipe that keeping it would show. */
static void endless_line_in_constant_memory(void)
{
	static char block[1 << 20];
	const int blocks = 512;
	struct rusage before, after;
	struct gv_buf got = GV_BUF_INIT(4096);
	char path[64];
	pid_t child;
	int ends[2];

	CHECK(pipe(ends) == 0);
	child = fork();
	if (child == 0) {
		close(ends[0]);
		memset(block, 'x', sizeof block);
		for (int i = 0; i < blocks; i++)
			gv_write_all(ends[1], block, sizeof block, "pipe", NULL);
		gv_write_all(ends[1], "\nnext\n", 6, "pipe", NULL);
		_exit(0);
	}
	close(ends[1]);
	snprintf(path, sizeof path, "/proc/self/fd/%d", ends[0]);
	getrusage(RUSAGE_SELF, &before);
	say_all(path, LINES, NULL, &got);
	getrusage(RUSAGE_SELF, &after);
	close(ends[0]);
	waitpid(child, NULL, 0);
	CHECK_STR(got.p, "1! line 1: longer than 16 MiB\n2 next\n");
	CHECK(after.ru_maxrss - before.ru_maxrss < 40 * 1024);
	gv_buf_free(&got);
}

/* ---- files, pipes, signals ---- */

static void opening(void)
{
	struct gv_err err = { 0 };
	struct gv_in *in;
	struct gv_str line;
	size_t number;
	char path[64];
	int fd;

	CHECK_ERR(gv_in_open(&in, "/nonexistent/x", GV_IN_LINES, NULL, &err), &err, GV_EIO,
	          "/nonexistent/x: cannot open: No such file or directory");
	CHECK(!in);
	CHECK_ERR(gv_in_open(&in, "/", GV_IN_LINES, NULL, &err), &err, GV_EIO, "/: cannot open: Is a directory");
	gv_in_close(NULL);
	fd = memory_file(GV_STR("abc\n"), path);
	CHECK_OK(gv_in_open(&in, path, GV_IN_LINES, NULL, &err), &err);
	CHECK_STR(gv_in_name(in), path);
	CHECK_INT(gv_in_size(in), 4);
	CHECK_INT(gv_in_bytes(in), 0);
	CHECK_OK(gv_in_line(in, &line, &number, &err), &err);
	CHECK_BYTES(line, GV_STR("abc"));
	CHECK_INT(gv_in_bytes(in), 4);
	gv_in_close(in);
	close(fd);
}

static void on_alarm(int sig)
{
	(void)sig;
}

/* stdin that others made non-blocking, and signals while we wait for it. */
static void interrupted(void)
{
	struct sigaction act = { .sa_handler = on_alarm }, old;
	struct itimerval every = { { 0, 2000 }, { 0, 2000 } }, off = { 0 };
	int saved = dup(STDIN_FILENO), ends[2];
	struct gv_buf got = GV_BUF_INIT(4096);
	pid_t child;

	CHECK(pipe(ends) == 0);
	child = fork();
	if (child == 0) {
		close(ends[0]);
		for (int i = 0; i < 10; i++) {
			if (write(ends[1], i % 2 ? "\n" : "ab", i % 2 ? 1 : 2) < 0)
				break;
			usleep(5000);
		}
		_exit(0);
	}
	close(ends[1]);
	fcntl(ends[0], F_SETFL, O_NONBLOCK);
	dup2(ends[0], STDIN_FILENO);
	close(ends[0]);
	sigaction(SIGALRM, &act, &old);
	setitimer(ITIMER_REAL, &every, NULL);
	say_all("-", LINES, NULL, &got);
	setitimer(ITIMER_REAL, &off, NULL);
	sigaction(SIGALRM, &old, NULL);
	dup2(saved, STDIN_FILENO);
	close(saved);
	waitpid(child, NULL, 0);
	CHECK_STR(got.p, "1 ab\n2 ab\n3 ab\n4 ab\n5 ab\n");
	gv_buf_free(&got);
}

static void closed_stdin(void)
{
	int saved = dup(STDIN_FILENO);
	struct gv_buf got = GV_BUF_INIT(4096);

	close(STDIN_FILENO);
	say_all(NULL, LINES, NULL, &got);
	CHECK_STR(got.p, "open 9: <stdin>: cannot open: Bad file descriptor\n");
	dup2(saved, STDIN_FILENO);
	close(saved);
	gv_buf_free(&got);
}

UNIT_MAIN("in",
	{ "lines", lines },
	{ "the text check has a slow twin", text_check_has_a_slow_twin },
	{ "encodings", encodings },
	{ "long decoded text", long_decoded_text },
	{ "binary data is refused at once", binary },
	{ "lines at and over the limit", long_lines },
	{ "lines across blocks", block_borders },
	{ "an endless line in constant memory", endless_line_in_constant_memory },
	{ "opening", opening },
	{ "interrupted and non-blocking input", interrupted },
	{ "closed stdin", closed_stdin })
