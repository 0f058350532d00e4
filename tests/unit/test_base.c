/* SPDX-License-Identifier: MIT */
/* buf, err, arena, i18n, home. */
#include "arena.h"
#include "buf.h"
#include "err.h"
#include "home.h"
#include "i18n.h"
#include "oom.h"
#include "unit.h"
#include "utf8.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

static struct gv_err err;

/* ---- strings ---- */

static void integers(void)
{
	static const struct { const char *in; bool ok; int64_t v; } rows[] = {
		{ "0", true, 0 }, { "-0", true, 0 }, { "7", true, 7 }, { "-7", true, -7 },
		{ "007", true, 7 },
		{ "9223372036854775807", true, INT64_MAX },
		{ "-9223372036854775808", true, INT64_MIN },
		{ "9223372036854775808", false, 0 }, { "-9223372036854775809", false, 0 },
		{ "18446744073709551616", false, 0 }, { "99999999999999999999999", false, 0 },
		{ "", false, 0 }, { "-", false, 0 }, { "+7", false, 0 }, { " 7", false, 0 },
		{ "7 ", false, 0 },
		{ "7.0", false, 0 }, { "0x7", false, 0 }, { "--7", false, 0 }, { "７", false, 0 },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		int64_t v = 0;

		CHECK_ROW(gv_str_int(gv_str_of(rows[i].in), &v) == rows[i].ok, rows[i].in);
		CHECK_ROW(v == rows[i].v, rows[i].in);
	}
	CHECK(!gv_str_int((struct gv_str){ "7\0", 2 }, &(int64_t){ 0 }));
}

static void strings(void)
{
	static const struct { const char *a, *b; int want; } rows[] = {
		{ "", "", 0 }, { "a", "", 1 }, { "", "a", -1 }, { "a", "b", -1 }, { "ab", "a", 1 },
		{ "\xff", "a", 1 },
		{ "沪", "京", 1 },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		int d = gv_str_cmp(gv_str_of(rows[i].a), gv_str_of(rows[i].b));

		CHECK_INT((d > 0) - (d < 0), rows[i].want);
		CHECK(gv_str_is(gv_str_of(rows[i].a), rows[i].b) == (rows[i].want == 0));
	}
	CHECK(gv_str_starts(GV_STR("abc"), GV_STR("ab")) &&
	      !gv_str_starts(GV_STR("a"), GV_STR("ab")));
	CHECK(gv_str_starts((struct gv_str){ 0 }, (struct gv_str){ 0 }));
	CHECK(gv_str_eq((struct gv_str){ 0 }, GV_STR("")) &&
	      gv_str_cmp((struct gv_str){ 0 }, GV_STR("")) == 0);
	CHECK_BYTES(gv_str_trim(GV_STR(" \t\r\na b\n ")), GV_STR("a b"));
	CHECK_BYTES(gv_str_trim(GV_STR("　a")), GV_STR("　a"));
	CHECK_INT(gv_str_trim(GV_STR(" \n")).n, 0);
	CHECK_INT(gv_str_of(NULL).n, 0);
}

/* ---- buffers ---- */

static void buffers(void)
{
	struct gv_buf b = GV_BUF_INIT(1 << 16);

	CHECK_BYTES(gv_buf_str(&b), GV_STR(""));
	CHECK(gv_buf_reserve(&b, 10) && strcmp(b.p, "") == 0);
	gv_buf_adds(&b, "a");
	gv_buf_addc(&b, '\0');
	gv_buf_add(&b, NULL, 0);
	gv_buf_addstr(&b, (struct gv_str){ 0 });
	gv_buf_addf(&b, "%s-%05d", "x", 42);
	gv_buf_addf(&b, "%s", "");
	gv_buf_addint(&b, INT64_MIN);
	gv_buf_addint(&b, 0);
	gv_buf_addint(&b, INT64_MAX);
	CHECK_BYTES(gv_buf_str(&b),
	            ((struct gv_str){ "a\0x-00042-922337203685477580809223372036854775807", 49 }));
	for (int i = 0; i < 1000; i++)
		gv_buf_addf(&b, "%d,", i);
	CHECK_OK(gv_buf_check(&b, &err), &err);
	CHECK_INT(b.p[b.n], 0);
	gv_buf_reset(&b);
	CHECK(b.n == 0 && b.p && b.p[0] == '\0');
	gv_buf_free(&b);
	CHECK(!b.p && b.max == 1 << 16);
	gv_buf_free(&b);
	gv_buf_free(NULL);
}

/* The maximum: reached, passed in small and in large steps, told apart from memory. */
static void maxima(void)
{
	static const size_t steps[] = { 1, 3, 10, 11, 1000, SIZE_MAX };

	for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
		struct gv_buf b = GV_BUF_INIT(10);

		for (int k = 0; k < 20 && !b.failed; k++) {
			if (gv_buf_reserve(&b, steps[i]))
				gv_buf_add(&b, "0123456789", steps[i]);
		}
		CHECK(b.failed && b.n <= 10);
		gv_buf_addc(&b, 'x'); /* a no-op now */
		CHECK_ERR(gv_buf_check(&b, &err), &err, GV_EDATA, "longer than 10 bytes");
		CHECK_INT(b.n, steps[i] > 10 ? 0 : 10 / steps[i] * steps[i]);
		gv_buf_reset(&b);
		gv_buf_add(&b, "0123456789", 10);
		CHECK_OK(gv_buf_check(&b, &err), &err);
		CHECK_BYTES(gv_buf_str(&b), GV_STR("0123456789"));
		gv_buf_free(&b);
	}
	{
		struct gv_buf huge = GV_BUF_INIT(SIZE_MAX), none = GV_BUF_INIT(0);

		gv_buf_adds(&huge, "fits");
		CHECK_OK(gv_buf_check(&huge, &err), &err);
		CHECK(!gv_buf_reserve(&huge, SIZE_MAX - 8));
		CHECK_ERR(gv_buf_check(&huge, &err), &err, GV_EIO, "out of memory");
		gv_buf_free(&huge);
		gv_buf_addc(&none, 'x');
		CHECK_ERR(gv_buf_check(&none, &err), &err, GV_EDATA, "longer than 0 bytes");
		gv_buf_free(&none);
	}
}

static void buffers_hungry(void)
{
	size_t rounds = 0;

	for (size_t n = 1; oom_begin(n); n++, oom_end()) {
		struct gv_buf b = GV_BUF_INIT(1 << 20);

		for (int i = 0; i < 500; i++)
			gv_buf_addf(&b, "%d", i);
		if (oom_hit)
			CHECK_ERR(gv_buf_check(&b, &err), &err, GV_EIO, "out of memory");
		else
			CHECK_OK(gv_buf_check(&b, &err), &err);
		CHECK(!b.p || b.p[b.n] == '\0');
		gv_buf_free(&b);
		rounds++;
	}
	CHECK_INT(oom_leaks, 0);
	CHECK(!OOM_WORKS || rounds > 3);
}

/* ---- files ---- */

static char scratch[] = P_tmpdir "/gavel-base-XXXXXX";
static char path[64];

static void put_file(const void *p, size_t n)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);

	CHECK(fd >= 0);
	CHECK_OK(gv_write_all(fd, p, n, path, &err), &err);
	close(fd);
}

static void files(void)
{
	static char body[20000];
	static const size_t sizes[] = { 0, 1, 4095, 4096, 4097, 9999, 10000 };
	struct gv_buf b = GV_BUF_INIT(10000);
	char want[128];
	int fd;

	CHECK(mkdtemp(scratch) != NULL);
	snprintf(path, sizeof path, "%s/f", scratch);
	for (size_t i = 0; i < sizeof body; i++)
		body[i] = (char)(i * 7);
	for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
		put_file(body, sizes[i]);
		gv_buf_free(&b);
		CHECK_OK(gv_buf_read_file(&b, path, &err), &err);
		CHECK_BYTES(gv_buf_str(&b), ((struct gv_str){ body, sizes[i] }));
		CHECK(b.p && b.p[b.n] == '\0');
	}
	put_file(body, 3);
	gv_buf_reset(&b);
	gv_buf_adds(&b, "before");
	CHECK_OK(gv_buf_read_file(&b, path, &err), &err);
	CHECK_INT(b.n, 9); /* appended */
	put_file(body, 10001);
	gv_buf_reset(&b);
	snprintf(want, sizeof want, "%s: longer than 10000 bytes", path);
	CHECK_ERR(gv_buf_read_file(&b, path, &err), &err, GV_EDATA, want);
	snprintf(want, sizeof want, "%s: cannot read: Is a directory", scratch);
	gv_buf_reset(&b);
	CHECK_ERR(gv_buf_read_file(&b, scratch, &err), &err, GV_EIO, want);
	CHECK_ERR(gv_buf_read_file(&b, "/nonexistent", &err), &err, GV_EIO,
	          "/nonexistent: cannot open: No such file or directory");
	CHECK_ERR(gv_write_all(-1, "x", 1, "out", &err), &err, GV_EIO,
		  "out: cannot write: Bad file descriptor");
	fd = open("/dev/full", O_WRONLY);
	CHECK_ERR(gv_write_all(fd, "x", 1, "out", &err), &err, GV_EIO,
		  "out: cannot write: No space left on device");
	close(fd);
	gv_buf_free(&b);
	unlink(path);
	rmdir(scratch);
}

/* Both ends non-blocking, as a terminal may leave them: neither gives up. */
static void pipes(void)
{
	static char body[300000];
	struct gv_buf b = GV_BUF_INIT(sizeof body);
	int fd[2], status = -1;
	pid_t child;

	memset(body, 'x', sizeof body);
	CHECK_INT(pipe2(fd, O_NONBLOCK), 0);
	fflush(stdout);
	child = fork();
	if (child == 0) {
		close(fd[0]);
		usleep(20000); /* the reader is there first */
		_exit(gv_write_all(fd[1], body, sizeof body, "pipe", NULL));
	}
	close(fd[1]);
	CHECK_OK(gv_buf_read_fd(&b, fd[0], "pipe", &err), &err);
	CHECK_BYTES(gv_buf_str(&b), ((struct gv_str){ body, sizeof body }));
	CHECK(waitpid(child, &status, 0) == child && status == 0);
	close(fd[0]);
	gv_buf_free(&b);
}

/* ---- errors ---- */

static void errors(void)
{
	CHECK_INT(gv_fail(NULL, GV_EDATA, "%s", "x"), GV_EDATA);
	CHECK_INT(gv_fail_field(NULL, GV_EDATA, "f", "%s", "x"), GV_EDATA);
	CHECK_INT(gv_fail_sys(NULL, "t", "%s", "x"), GV_EIO);
	CHECK_INT(gv_fail_nomem(NULL), GV_EIO);
	gv_err_thing(NULL, "x", 1);
	gv_err_field_prefix(NULL, "x");
	gv_err_clear(NULL);

	CHECK_ERR(gv_fail_field(&err, GV_EDATA, "closed_on", "%s is not a date", "2022-02-30"),
	          &err, GV_EDATA, "closed_on: 2022-02-30 is not a date");
	gv_err_thing(&err, "case", 4);
	gv_err_thing(&err, "later", 5); /* the first one stays */
	gv_err_field_prefix(&err, "events[2]");
	gv_err_field_prefix(&err, "");
	err.line = 3;
	CHECK_ERR(err.code, &err, GV_EDATA,
		  "line 3: case: events[2].closed_on: 2022-02-30 is not a date");
	err.byte = 17;
	CHECK_ERR(err.code, &err, GV_EDATA,
		  "line 3, byte 17: case: events[2].closed_on: 2022-02-30 is not a date");
	err.line = 0;
	CHECK_ERR(err.code, &err, GV_EDATA,
		  "byte 17: case: events[2].closed_on: 2022-02-30 is not a date");
	gv_fail_field(&err, GV_EDATA, "[2]", "%s", "x");
	CHECK(err.line == 0 && err.byte == 0 && !err.thing[0]);
	gv_err_field_prefix(&err, "events");
	CHECK_STR(err.field, "events[2]");
	gv_fail(&err, GV_EDATA, "%s", "x");
	gv_err_field_prefix(&err, "alone");
	CHECK_STR(err.field, "alone");

	/* Its own parts as arguments. */
	gv_fail_field(&err, GV_EDATA, "f", "%s", "old");
	CHECK_ERR(gv_fail(&err, GV_ECONFLICT, "%s: %s, new", err.field, err.msg), &err,
	          GV_ECONFLICT, "f: old, new");
	gv_fail_field(&err, GV_EDATA, "f", "%s", "old");
	CHECK_ERR(gv_fail_field(&err, GV_EDATA, err.field, "%s", err.msg), &err, GV_EDATA,
		  "f: old");

	errno = ENOENT;
	CHECK_ERR(gv_fail_sys(&err, "file", "cannot %s", "open"), &err, GV_EIO,
	          "file: cannot open: No such file or directory");
	CHECK_INT(errno, ENOENT);

}

/* Cut between characters; nothing in it drives a terminal. */
static void hostile_errors(void)
{
	char longer[2000];
	struct gv_buf b = GV_BUF_INIT(8192);

	for (size_t shift = 0; shift < 4; shift++) {
		memset(longer, 'x', sizeof longer);
		for (size_t i = shift; i + 4 < sizeof longer; i += 4)
			memcpy(longer + i, "𠮷", 4);
		longer[sizeof longer - 1] = '\0';
		gv_fail_field(&err, GV_EDATA, longer, "%s", longer);
		gv_err_thing(&err, longer, sizeof longer - 1);
		gv_err_field_prefix(&err, longer);
		CHECK(gv_utf8_valid(gv_str_of(err.msg)) == strlen(err.msg) &&
		      strlen(err.msg) > 760);
		CHECK(gv_utf8_valid(gv_str_of(err.field)) == strlen(err.field) &&
		      strlen(err.field) > 120);
		CHECK(gv_utf8_valid(gv_str_of(err.thing)) == strlen(err.thing) &&
		      strlen(err.thing) > 250);
	}

	gv_fail_field(&err, GV_EDATA, "a\x1b[2J", "%s", "x\n\xE2\x80\xAEy\xff");
	gv_err_thing(&err, "\r", 1);
	gv_err_text(&err, &b);
	CHECK_STR(b.p, "\\x0d: a\\x1b[2J: x\\n\\u202ey\\xff");
	gv_buf_free(&b);
}

/* ---- arena ---- */

static void arenas(void)
{
	struct gv_arena a = GV_ARENA_INIT;
	struct gv_str s;

	CHECK(gv_arena_alloc(&a, 0) != NULL);
	CHECK(gv_arena_bytes(&a, 0) != NULL);
	gv_arena_free(&a);
	CHECK(gv_arena_bytes(&a, 0) != NULL);
	for (size_t n = 1; n < 3000; n += 7) {
		char *bytes = gv_arena_bytes(&a, n % 13 + 1);
		char *p = gv_arena_alloc(&a, n);

		CHECK(bytes && p && (uintptr_t)p % _Alignof(max_align_t) == 0);
		if (bytes && p) {
			memset(bytes, 1, n % 13 + 1);
			memset(p, 2, n);
		}
	}
	s = gv_arena_copy(&a, GV_STR("沪0114"));
	CHECK_BYTES(s, GV_STR("沪0114"));
	CHECK_INT(s.p[s.n], 0);
	s = gv_arena_copy(&a, (struct gv_str){ 0 });
	CHECK(s.p && s.n == 0);
	CHECK_STR(gv_arena_printf(&a, "%s-%d", "x", 7), "x-7");
	CHECK(gv_arena_bytes(&a, (size_t)5 << 20) != NULL); /* larger than any block */
	CHECK(gv_arena_alloc(&a, SIZE_MAX) == NULL);
	CHECK(gv_arena_alloc(&a, SIZE_MAX - 64) == NULL);
	CHECK(gv_arena_bytes(&a, SIZE_MAX) == NULL);
	CHECK(gv_arena_copy(&a, (struct gv_str){ "", SIZE_MAX }).p == NULL);
	CHECK_STR(gv_arena_printf(&a, "still %s", "here"), "still here");
	gv_arena_reset(&a);
	CHECK_INT(a.total, 0);
	gv_arena_reset(&a);
	CHECK_STR(gv_arena_printf(&a, "%04d", 1), "0001");
	gv_arena_free(&a);
	gv_arena_reset(&a);
	gv_arena_free(&a);
}

static void arenas_hungry(void)
{
	for (size_t n = 1; oom_begin(n); n++, oom_end()) {
		struct gv_arena a = GV_ARENA_INIT;
		bool missing = false;

		for (int i = 0; i < 100; i++)
			missing |= !gv_arena_alloc(&a, 100) || !gv_arena_copy(&a, GV_STR("x")).p;
		CHECK(missing == oom_hit);
		gv_arena_free(&a);
	}
	CHECK_INT(oom_leaks, 0);
}

/* After a reset a loop of like sizes allocates nothing more. */
static void arenas_reuse(void)
{
	struct gv_arena a = GV_ARENA_INIT;
	size_t hits = 0;

	if (!OOM_WORKS)
		SKIP("the sanitizer has its own malloc");
	for (int round = 0; round < 20; round++) {
		if (round > 10)
			oom_begin(1);
		for (int i = 0; i < 2000; i++)
			hits += !gv_arena_alloc(&a, 100);
		if (round > 10) {
			hits += oom_hit;
			oom_in = 0;
		}
		gv_arena_reset(&a);
	}
	CHECK_INT(hits, 0);
	gv_arena_free(&a);
}

/* ---- home and messages ---- */

static void home(void)
{
	struct gv_buf b = GV_BUF_INIT(4096);

	setenv("GAVEL_SHARE", "/some/share", 1);
	setenv("GAVEL_LIBEXEC", "/some/libexec", 1);
	CHECK_OK(gv_home_share(&b, "ref/x.tsv", &err), &err);
	CHECK_STR(b.p, "/some/share/ref/x.tsv");
	gv_buf_addc(&b, ' ');
	CHECK_OK(gv_home_libexec(&b, "h", &err), &err);
	CHECK_STR(b.p, "/some/share/ref/x.tsv /some/libexec/h");
	/* Empty is as good as not set: found from the place of this program, X/unit/test_base. */
	setenv("GAVEL_SHARE", "", 1);
	unsetenv("GAVEL_LIBEXEC");
	gv_buf_reset(&b);
	CHECK_OK(gv_home_share(&b, "no-such-file", &err), &err);
	CHECK(b.n > 19 && strcmp(b.p + b.n - 19, "/share/no-such-file") == 0);
	gv_buf_reset(&b);
	CHECK_OK(gv_home_libexec(&b, "h", &err), &err);
	CHECK(b.p[0] == '/' && b.n > 16 && strcmp(b.p + b.n - 16, "/libexec/gavel/h") == 0);
	gv_buf_free(&b);
	gv_buf_init(&b, 5);
	CHECK_INT(gv_home_share(&b, "x", &err), GV_EDATA);
	gv_buf_free(&b);
}

static void messages(void)
{
	setenv("LC_ALL", "xx_YY.UTF-8", 1); /* a locale that no machine has */
	unsetenv("LANGUAGE");
	gv_i18n_init();
	CHECK_STR(getenv("LANGUAGE"), "xx_YY");
	CHECK_STR(gv_tr("no such message"), "no such message");
	CHECK_STR(gv_tr(""), "");
	CHECK_STR(gv_trn("%d case", "%d cases", 1), "%d case");
	CHECK_STR(gv_trn("%d case", "%d cases", 2), "%d cases");
	CHECK(!gv_i18n_is_zh());
}

UNIT_MAIN("base",
	{ "integers", integers },
	{ "strings", strings },
	{ "buffers", buffers },
	{ "buffers have a maximum", maxima },
	{ "buffers survive every failed allocation", buffers_hungry },
	{ "files", files },
	{ "pipes", pipes },
	{ "errors", errors },
	{ "errors with hostile text", hostile_errors },
	{ "arenas", arenas },
	{ "arenas survive every failed allocation", arenas_hungry },
	{ "arenas reuse their memory", arenas_reuse },
	{ "home", home },
	{ "messages", messages })
