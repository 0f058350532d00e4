/* SPDX-License-Identifier: MIT */
/* Streams into statistics: any number of threads gives the same rows, states and bad rows in the same order. */
#include <sys/mman.h>
#include <unistd.h>

#include "feed.h"
#include "stat_unit.h"

/* ---- what a feed says, as text ---- */

struct saying {
	struct gv_buf bad;        /* of rows that were refused */
	size_t stop_at, nbad;     /* the bad row at which to stop; 0: never */
	uint64_t rows;
	size_t looks;
	bool backwards;           /* progress went back */
};

static int bad_row(void *ctx, const struct gv_err *bad, struct gv_str raw)
{
	struct saying *s = ctx;

	gv_err_text(bad, &s->bad);
	gv_buf_addf(&s->bad, " [%d %.*s]\n", bad->code, (int)(raw.n < 60 ? raw.n : 60), raw.p ? raw.p : "");
	return ++s->nbad == s->stop_at ? GV_EPARTIAL : 0;
}

static void progress(void *ctx, uint64_t rows)
{
	struct saying *s = ctx;

	s->backwards |= rows < s->rows;
	s->rows = rows;
}

static void look(void *ctx, bool waiting)
{
	(void)waiting;
	((struct saying *)ctx)->looks++;
}

/* The path of a file without a name. */
static int memory_file(struct gv_str text, char path[64])
{
	int fd = memfd_create("input", MFD_CLOEXEC);

	if (fd < 0 || gv_write_all(fd, text.p, text.n, "input", NULL)) {
		UNIT_FAIL("cannot make a file in memory");
		exit(2);
	}
	snprintf(path, 64, "/proc/self/fd/%d", fd);
	return fd;
}

struct run {
	const struct gv_stat_spec *spec;
	struct gv_feed_ask ask;
	const char *const *paths;  /* NULL-terminated */
	size_t stop_at;
};

/* Everything that comes of it: what went wrong, rows, states, bad rows. */
static void feed(const struct run *run, struct gv_buf *out, size_t *spills)
{
	struct gv_feed_ask how = run->ask;
	struct saying said = { .bad = GV_BUF_INIT(64 * GV_MIB), .stop_at = run->stop_at };
	struct gv_feed *f;
	struct gv_stat *const *stats;
	size_t n;
	int rc = 0;

	how.bad_row = bad_row;
	how.progress = progress;
	how.ctx = &said;
	gv_err_clear(&err);
	CHECK_OK(gv_feed_new(&f, run->spec, &how, &err), &err);
	for (size_t i = 0; run->paths[i] && !rc; i++)
		rc = gv_feed_file(f, run->paths[i], &err);
	gv_buf_addf(out, "code %d: ", rc);
	if (rc && rc != GV_EPARTIAL)
		gv_err_text(&err, out);
	gv_buf_addf(out, "\n%zu bad\n", said.nbad);
	gv_buf_addstr(out, gv_buf_str(&said.bad));
	CHECK(!said.backwards);
	CHECK_INT(said.looks > 0, how.look && said.rows >= 1024);
	stats = gv_feed_stats(f, &n);
	if (!rc && n) {
		gv_buf_addf(out, "%llu rows\n", (unsigned long long)said.rows);
		CHECK_OK(print_rows(out, gv_feed_spec(f), stats, n, &PLAIN, &err), &err);
		CHECK_OK(print_states(out, gv_feed_spec(f), stats, n, &err), &err);
	}
	CHECK((n > 0) == (gv_feed_spec(f) != NULL));
	for (size_t i = 0; i < n && spills; i++)
		*spills += gv_stat_spills(stats[i]);
	gv_feed_free(f);
	gv_buf_free(&said.bad);
	CHECK_OK(gv_buf_check(out, &err), &err);
}

/* Threads against one. */
static void compare(struct run *run, const char *must_have)
{
	static const unsigned jobs[] = { 1, 2, 3, 8 };
	struct gv_buf want = GV_BUF_INIT(64 * GV_MIB);

	for (size_t i = 0; i < COUNT(jobs); i++) {
		struct gv_buf got = GV_BUF_INIT(64 * GV_MIB);

		run->ask.jobs = jobs[i];
		feed(run, i ? &got : &want, NULL);
		if (!i)
			CHECK_ROW(strstr(want.p, must_have), want.p);
		CHECK_ROW(!i || gv_str_eq(gv_buf_str(&got), gv_buf_str(&want)), must_have);
		if (i && got.p && strcmp(got.p, want.p) != 0) {
			size_t same = 0;

			while (got.p[same] && got.p[same] == want.p[same])
				same++;
			printf("# %u threads, from byte %zu: [%.200s] not [%.200s]\n", jobs[i], same, got.p + same, want.p + same);
		}
		gv_buf_free(&got);
	}
	gv_buf_free(&want);
}

/* ---- inputs ---- */

enum { ROWS = 12000 };

/* A few blocks: about one line in `bad` cannot be a record. */
static void make_lines(struct gv_buf *out, unsigned bad)
{
	static const char *const wrong[] = { "{\"a\":", "[1]", "7", "{\"a\":1}}", "{\"a\":\"\xff\"}", "nonsense", "{\"a\":1,\"a\":2}" };

	for (int i = 0; i < ROWS; i++) {
		if (bad && roll(bad) == 0)
			gv_buf_addf(out, "%s\n", wrong[roll(COUNT(wrong))]);
		else
			gv_buf_addf(out, "{\"a\":\"g%d\",\"d\":\"2022-%02d-%02d\",\"n\":%d.%d,\"who\":\"row %d\",\"more\":{\"x\":[1,2,%d]},\"z\":null}\n", (int)roll(300),
			            (int)roll(12) + 1, (int)roll(28) + 1, (int)roll(20000) - 10000, (int)roll(10), i, (int)roll(1000));
	}
}

static void make_table(struct gv_buf *out, unsigned bad)
{
	gv_buf_adds(out, "a,n,who\n");
	for (int i = 0; i < 5000; i++)
		gv_buf_addf(out, bad && roll(bad) == 0 ? "g%d,%d\n" : "g%d,%d,\"row, %d\"\n", (int)roll(50), (int)roll(1000) - 500, i);
}

static void make_array(struct gv_buf *out, unsigned bad)
{
	gv_buf_addc(out, '[');
	for (int i = 0; i < 5000; i++) /* many in one line */
		gv_buf_addf(out, "%s%s{\"a\":\"g%d\",\"n\":%d,\"who\":%d}", i ? "," : "", roll(40) ? "" : "\n", (int)roll(50), (int)roll(1000) - 500, i);
	if (bad)
		gv_buf_adds(out, ",7,{\"a\":1,\"a\":2}");
	gv_buf_adds(out, "]\n");
}

#define ALL_KINDS "count,count:n,sum:n,sd:n,min:n,max:d,p50:n,distinct:who,rate:n>0,first:who,last:who,x=first:who@n"

static void same_for_all(void)
{
	static const struct { const char *groups, *where; uint32_t exact; size_t memory; unsigned bad; } row[] = {
		{ "a", NULL, 0, 0, 40 }, { NULL, "not a=g7", 50, 0, 0 }, { "a,d:month", NULL, 20, 200000, 3 },
	};
	static void (*const make[])(struct gv_buf *out, unsigned bad) = { make_lines, make_table, make_array };

	for (size_t i = 0; i < COUNT(row) * COUNT(make); i++) {
		struct gv_stat_spec *spec = spec_of(row[i / 3].groups, ALL_KINDS, row[i / 3].where, row[i / 3].exact);
		struct gv_buf text = GV_BUF_INIT(64 * GV_MIB);
		char path[64];
		const char *paths[] = { path, path, NULL };
		int fd;

		make[i % 3](&text, row[i / 3].bad);
		fd = memory_file(gv_buf_str(&text), path);
		compare(&(struct run){ spec, { .memory = row[i / 3].memory }, paths, 0 }, "\"kind\":\"stat-state\"");
		close(fd);
		gv_buf_free(&text);
		gv_stat_spec_free(spec);
	}
}

/* Where a range of a file ends is no matter: lines that end just there, or go over several of them, and all that is odd in one. */
static void ranges(void)
{
	enum { RANGE = 256 * 1024 };
	struct gv_stat_spec *spec = spec_of("a", "count,sum:n,p50:n", NULL, 0);

	for (int round = 0; round < 12; round++) {
		struct gv_buf text = GV_BUF_INIT(64 * GV_MIB);
		size_t mark = round % 3 ? 0 : 3;
		char path[64];
		const char *paths[] = { path, path, NULL };
		int fd;

		gv_buf_adds(&text, round % 3 ? "" : "\xEF\xBB\xBF");
		while (text.n < (size_t)(3 + round % 3) * RANGE) {
			size_t left = RANGE - (text.n - mark) % RANGE;

			if ((left > 20 && left < 400) || roll(30) == 0) /* up to a few bytes before or behind the end of the range, or far over it */
				gv_buf_addf(&text, "{\"a\":\"%0*d\",\"n\":%d}%s\n", left < 400 || roll(400) ? (int)(left < 400 ? left - 17 + roll(5) : 1) : RANGE + 5000, 1, (int)roll(10),
				            roll(8) ? "" : "\r");
			else if (roll(50) == 0)
				gv_buf_adds(&text, roll(2) ? "nonsense\n" : "\n \n\xEF\xBB\xBF{\"a\":\"mark\"}\n{\"a\":\"\xff\"}\n");
			else
				gv_buf_addf(&text, "{\"a\":\"g%d\",\"n\":%d}\n", (int)roll(9), (int)roll(1000));
		}
		if (round == 5) { /* too long for a row */
			gv_buf_reserve(&text, 18 * GV_MIB);
			memset(text.p + text.n, 'x', 17 * GV_MIB);
			text.n += 17 * GV_MIB;
			gv_buf_adds(&text, "\n{\"a\":\"behind\"}\nbad\n");
		}
		if (round % 2)
			gv_buf_adds(&text, "{\"a\":\"last\"}");
		fd = memory_file(gv_buf_str(&text), path);
		compare(&(struct run){ spec, { 0 }, paths, 0 }, round == 5 ? "longer than 16 MiB" : "code 0");
		close(fd);
		gv_buf_free(&text);
	}
	gv_stat_spec_free(spec);
}

/* Threads have memory of their own, and groups on disk. */
static void on_disk(void)
{
	struct gv_stat_spec *spec = spec_of("a,d:day", "count,mean:n", NULL, 0);
	struct gv_buf text = GV_BUF_INIT(64 * GV_MIB), one = GV_BUF_INIT(64 * GV_MIB), four = GV_BUF_INIT(64 * GV_MIB);
	char path[64];
	const char *paths[] = { path, NULL };
	size_t none = 0, some = 0;
	int fd;

	make_lines(&text, 0);
	fd = memory_file(gv_buf_str(&text), path);
	feed(&(struct run){ spec, { .jobs = 1 }, paths, 0 }, &one, &none);
	feed(&(struct run){ spec, { .jobs = 4, .memory = 400000 }, paths, 0 }, &four, &some);
	CHECK_INT(none, 0);
	CHECK(some >= 3);
	CHECK(gv_str_eq(gv_buf_str(&one), gv_buf_str(&four)));
	close(fd);
	gv_buf_free(&text);
	gv_buf_free(&one);
	gv_buf_free(&four);
	gv_stat_spec_free(spec);
}

/* The first and last are those of the input: of the first file, line and element; and of the shard. */
static void places(void)
{
	static const char *const texts[] = { "{\"v\":\"c\"}\n{\"v\":\"b\"}\n", "[{\"v\":\"n\"},{\"v\":\"m\"},\n{\"v\":\"k\"},7,{\"v\":\"a\"}]", "v\n\"z\ny\"\nx\n" };
	static const struct { int files[4]; const char *want; } row[] = {
		{ { 0, 1, 2, -1 }, "{\"first_v\":\"c\",\"last_v\":\"x\"}\n" }, { { 2, 1, -1 }, "{\"first_v\":\"z\\ny\",\"last_v\":\"a\"}\n" },
		{ { 1, 0, -1 }, "{\"first_v\":\"n\",\"last_v\":\"b\"}\n" },
	};
	struct gv_stat_spec *spec = spec_of(NULL, "first:v,last:v", NULL, 0);
	char path[3][64];
	int fd[3];

	for (int i = 0; i < 3; i++)
		fd[i] = memory_file(gv_str_of(texts[i]), path[i]);
	for (size_t i = 0; i < COUNT(row); i++) {
		const char *paths[4] = { 0 };

		for (int k = 0; row[i].files[k] >= 0; k++)
			paths[k] = path[row[i].files[k]];
		compare(&(struct run){ spec, { .shard = 5 }, paths, 0 }, row[i].want);
		compare(&(struct run){ spec, { .shard = 4294967295 }, paths, 0 }, "{\"at\":[4294967295,0,");
	}
	for (int i = 0; i < 3; i++)
		close(fd[i]);
	gv_stat_spec_free(spec);
}

/* A caller that has had enough is asked no more. */
static void stopping(void)
{
	struct gv_stat_spec *spec = spec_of(NULL, "count", NULL, 0);
	struct gv_buf text = GV_BUF_INIT(64 * GV_MIB);
	char path[64];
	const char *paths[] = { path, path, NULL };
	int fd;

	make_lines(&text, 10);
	fd = memory_file(gv_buf_str(&text), path);
	compare(&(struct run){ spec, { 0 }, paths, 1 }, "code 8: \n1 bad\n");
	compare(&(struct run){ spec, { 0 }, paths, 3 }, "code 8: \n3 bad\n");
	compare(&(struct run){ spec, { 0 }, paths, 1500 }, "code 8: \n1500 bad\n");
	close(fd);
	gv_buf_free(&text);
	gv_stat_spec_free(spec);
}

/* The stream as a whole: nothing is said of single rows then. */
static void broken(void)
{
	static const struct { const char *text; size_t n; const char *want; } row[] = {
		{ "a,b\n1,\"2\n3", 10, "code 3: line 2, byte 3: /proc/self/fd/3: b: this quote is never closed" },
		{ "a,a\n1,2\n", 8, "code 3: line 1" },
		{ "[{\"a\":1},", 9, "code 3: " },
		{ "\x7f" "ELF\0\0\0\1\2\3\0\0\0\0\0\0\0", 17, "code 3: " },
	};
	struct gv_stat_spec *spec = spec_of("a", "count", NULL, 0);

	for (size_t i = 0; i < COUNT(row); i++) {
		char path[64];
		const char *paths[] = { path, NULL };
		int fd = memory_file((struct gv_str){ row[i].text, row[i].n }, path);

		compare(&(struct run){ spec, { 0 }, paths, 0 }, row[i].want);
		close(fd);
	}
	compare(&(struct run){ spec, { 0 }, (const char *const[]){ "/nowhere/at all.ndjson", NULL }, 0 }, "/nowhere/at all.ndjson");
	compare(&(struct run){ spec, { 0 }, (const char *const[]){ "/dev/null", NULL }, 0 }, "code 0: \n0 bad\n0 rows\n");
	gv_stat_spec_free(spec);
}

/* Only the members that are asked for are read; a null is absent, a table's cell is text, and numbers are any. */
static void members(void)
{
	static const struct { const char *text, *want; } row[] = {
		{ "{\"a\":null,\"n\":1.50,\"x\":{\"deep\":[1]}}\n{\"n\":1e400}\n{\"a\":\"y\",\"n\":12345678901234567890}\n",
		  "3 rows\n{\"count\":2,\"sum_n\":1.5}\n{\"a\":\"y\",\"count\":1,\"sum_n\":12345678901234567890}\n" },
		{ "a;n\ny;1.5\n;\"2\"\n", "2 rows\n{\"count\":1,\"sum_n\":2}\n{\"a\":\"y\",\"count\":1,\"sum_n\":1.5}\n" },
	};
	struct gv_stat_spec *spec = spec_of("a", "count,sum:n", NULL, 0);

	for (size_t i = 0; i < COUNT(row); i++) {
		char path[64];
		const char *paths[] = { path, NULL };
		int fd = memory_file(gv_str_of(row[i].text), path);

		compare(&(struct run){ spec, { 0 }, paths, 0 }, row[i].want);
		close(fd);
	}
	gv_stat_spec_free(spec);
}

/* ---- states ---- */

static void states(void)
{
	struct gv_stat_spec *spec = spec_of("a", "count,p50:n", NULL, 0);
	struct gv_stat *s = stat_of(spec, 0);
	struct gv_buf text = GV_BUF_INIT(GV_MIB), other = GV_BUF_INIT(GV_MIB);
	char path[64];
	const char *paths[] = { path, NULL };
	static const char rows[] = "{\"a\":1,\"count\":2,\"p50_n\":5}\n{\"a\":2,\"count\":1,\"p50_n\":7}\n";
	int fd;

	add_lines(s, "{\"a\":1,\"n\":5}\n{\"a\":2,\"n\":7}\n{\"a\":1,\"n\":6}");
	CHECK_OK(print_states(&text, spec, &s, 1, &err), &err);
	fd = memory_file(gv_buf_str(&text), path);
	compare(&(struct run){ NULL, { .states = true, .format = GV_IN_NDJSON }, paths, 0 }, rows);
	compare(&(struct run){ spec, { .states = true }, paths, 0 }, rows);
	close(fd);

	/* One that is none ends it, in front, where it tells no question, and behind. */
	gv_buf_adds(&other, "{\"a\":1}\n");
	gv_buf_addstr(&other, gv_buf_str(&text));
	fd = memory_file(gv_buf_str(&other), path);
	compare(&(struct run){ NULL, { .states = true }, paths, 0 }, "code 3: line 1: no state: --merge and --final take what --map printed");
	close(fd);
	gv_buf_reset(&other);
	gv_buf_addstr(&other, gv_buf_str(&text));
	gv_buf_adds(&other, "{\"aggregates\":[\"count\"],\"exact\":131072,\"groups\":[],\"kind\":\"stat-state\",\"v\":1,\"where\":[]}\n");
	fd = memory_file(gv_buf_str(&other), path);
	compare(&(struct run){ NULL, { .states = true }, paths, 0 }, "code 3: line 3: groups: this state answers another question than those before it");
	close(fd);

	/* The question alone, and nothing. */
	gv_buf_reset(&other);
	CHECK_OK(gv_stat_state(&other, spec, NULL, &err), &err);
	fd = memory_file(gv_buf_str(&other), path);
	compare(&(struct run){ NULL, { .states = true }, paths, 0 }, "code 0: \n0 bad\n1 rows\n");
	compare(&(struct run){ NULL, { .states = true }, (const char *const[]){ "/dev/null", NULL }, 0 }, "code 0: \n0 bad\n");
	close(fd);
	gv_buf_free(&text);
	gv_buf_free(&other);
	gv_stat_free(s);
	gv_stat_spec_free(spec);
}

/* Now and then somebody looks, with one thread. */
static void looked_at(void)
{
	struct gv_stat_spec *spec = spec_of(NULL, "count", NULL, 0);
	struct gv_buf text = GV_BUF_INIT(64 * GV_MIB), out = GV_BUF_INIT(GV_MIB);
	char path[64];
	const char *paths[] = { path, NULL };
	int fd;

	make_lines(&text, 0);
	fd = memory_file(gv_buf_str(&text), path);
	feed(&(struct run){ spec, { .jobs = 1, .look = look }, paths, 0 }, &out, NULL);
	CHECK(strstr(out.p, "{\"count\":12000}\n"));
	close(fd);
	gv_buf_free(&text);
	gv_buf_free(&out);
	gv_stat_spec_free(spec);
	gv_feed_free(NULL);
}

UNIT_MAIN("feed",
	{ "any number of threads", same_for_all },
	{ "threads and disk", on_disk },
	{ "places in the input", places },
	{ "a caller that has had enough", stopping },
	{ "streams that are broken", broken },
	{ "what is read of a row", members },
	{ "states", states },
	{ "somebody looks", looked_at },
	{ "ranges of a file", ranges })
