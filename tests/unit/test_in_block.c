/* SPDX-License-Identifier: MIT */
/*
 * Blocks of a stream against its slow twin, gv_in_row() on the stream itself: the same rows, texts,
 * line numbers and errors, however the bytes come; and what comes with them: only some members, a
 * call before each wait, memory that runs out.
 */
#include <pthread.h>
#include <signal.h>

#include "in_say.h"
#include "json_unit.h"
#include "oom.h"

/* ---- both ways, as text ---- */

static const struct gv_json_only only_ab = { (const struct gv_str[]){ { "a", 1 }, { "b", 1 } }, 2 };

struct way {
	int format;
	const char *encoding;
	const struct gv_json_only *only;
	enum { ROWS, BLOCKS, MIXED } how;
	size_t blocks;  /* given out; counted */
};

/* All rows of `in`, or the next `most`.  False where nothing can follow. */
static bool say_rows(struct gv_in *in, struct gv_doc *doc, size_t most, struct gv_buf *out)
{
	for (; most; most--) {
		struct gv_err err = { 0 };
		struct gv_str raw;
		size_t number;
		bool end;
		int rc = gv_in_row(in, doc, 0, &raw, &number, &end, &err);

		if (end)
			return false;
		if (raw.p)
			gv_buf_addf(out, "[%.*s] ", raw.n < 100 ? (int)raw.n : 100, raw.p);
		if (rc) {
			say_error(in, number, rc, &err, out);
			if (rc != GV_EDATA)
				return false;
			continue;
		}
		gv_buf_addf(out, "%zu ", number);
		gv_json_line(out, &doc->root);
		gv_buf_addc(out, '\n');
	}
	return true;
}

static void say_blocks(struct way *way, struct gv_in *in, struct gv_doc *doc, struct gv_buf *out)
{
	for (size_t i = 0;; i++) {
		struct gv_err err = { 0 };
		struct gv_in *block;
		int rc = gv_in_block(&block, in, &err);

		if (rc)
			say_error(in, 1, rc, &err, out);
		if (!block)
			break;
		CHECK(gv_in_bytes(block) > 0);
		CHECK_STR(gv_in_name(block), gv_in_name(in));
		say_rows(block, doc, SIZE_MAX, out);
		gv_in_close(block);
		way->blocks++;
		if (way->how == MIXED)
			say_rows(in, doc, i % 3, out);
	}
	say_rows(in, doc, SIZE_MAX, out);
}

static void say(struct way *way, const char *path, struct gv_buf *out)
{
	struct gv_doc doc = GV_DOC_INIT;
	struct gv_err err = { 0 };
	struct gv_in *in;

	CHECK_OK(gv_in_open(&in, path, (enum gv_in_format)way->format, way->encoding, &err), &err);
	gv_in_only(in, way->only);
	if (way->how == ROWS)
		say_rows(in, &doc, SIZE_MAX, out);
	else
		say_blocks(way, in, &doc, out);
	gv_in_close(in);
	gv_doc_free(&doc);
}

static void say_stream(struct way *way, struct gv_str text, size_t piece, struct gv_buf *out)
{
	char path[64];
	pid_t child = 0;
	int fd = piece ? slow_pipe(text, piece, path, &child) : memory_file(text, path);

	say(way, path, out);
	if (out->n < GV_MIB)
		hide_path(out, path);
	close(fd);
	if (child)
		waitpid(child, NULL, 0);
}

/* How many blocks it took, as a file. */
static size_t twins(struct gv_str text, struct way way, size_t piece)
{
	struct gv_buf want = GV_BUF_INIT(256 * GV_MIB), got = GV_BUF_INIT(256 * GV_MIB);
	size_t blocks = 0;

	way.how = ROWS;
	say_stream(&way, text, 0, &want);
	for (int k = 0; k < 3; k++) {
		way.how = k == 1 ? MIXED : BLOCKS;
		way.blocks = 0;
		gv_buf_reset(&got);
		say_stream(&way, text, k == 2 ? piece : 0, &got);
		CHECK(!want.failed && gv_str_eq(gv_buf_str(&got), gv_buf_str(&want)));
		if (want.n < 2000)
			CHECK_BYTES(gv_buf_str(&got), gv_buf_str(&want));
		if (k == 0)
			blocks = way.blocks;
	}
	gv_buf_free(&want);
	gv_buf_free(&got);
	return blocks;
}

/* What the twin itself says where a line begins or ends in an odd way. */
static void the_twin(void)
{
	static const struct row rows[] = {
		{ "blanks and marks before a row", GV_IN_NDJSON, NULL, IN(" {}\n\t{}\r\n" BOM "{}\n" BOM " " BOM "\n\r\n{}\r"),
		  "1 {}\n2 {}\n3 {}\n4! line 4, byte 5: unexpected character \"\\ufeff\": want a value\n6 {}\n" },
		{ "bytes below a blank", GV_IN_NDJSON, NULL, IN("{}\n\x01\n\0\n{}"),
		  "1 {}\n2! line 2, byte 1: unexpected byte 0x01: want a value\n3! line 3, byte 1: unexpected byte 0x00: want a value\n4 {}\n" },
		{ "CR twice", GV_IN_NDJSON, NULL, IN("{}\r\r\nx\r\n"), "1 {}\n2! line 2, byte 1: x is no value: strings need double quotes\n" },
	};
	CHECK_ROWS(rows);
}

/* ---- random streams ---- */

static uint64_t seed;

static unsigned any(unsigned n)
{
	seed = seed * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)(seed >> 33) % n;
}

static void line(struct gv_buf *b, unsigned longest)
{
	static const struct gv_str odd[] = {
		IN(""), IN(" \t"), IN("\r"), IN(BOM), IN(BOM BOM "{}"), IN("\xEF"), IN("\xEF\xBB{}"), IN("\xEF\xBB"), IN("{\"a\":\"\0\"}"), IN("\0"), IN("\0\0{}"),
		IN("{\"a\":\"\xFF\"}"), IN("\xC0"), IN("[1]"), IN("1"), IN("{\"a\":1"), IN("{\"a\":01}"), IN("{\"c\":1,\"c\":2}"), IN("  {\"b\":2} "),
		IN("{\"a\":1}\r"), IN("\r\r{}"), IN("{\r}"), IN("{}\r\r"), IN("{\"c\":1.5}"), IN("{\"c\":\"x\ty\"}"), IN("\x01"), IN("\x7F"), IN("null"),
	};
	unsigned kind = any(10);

	if (kind == 0) {
		gv_buf_addstr(b, odd[any(sizeof odd / sizeof odd[0])]);
	} else {
		gv_buf_addf(b, "{\"a\":%u,\"b\":[{\"c\":\"沪%u\"}],\"d\":\"", any(1000), any(1000));
		for (unsigned n = any(kind == 1 ? longest : 40); n--;)
			gv_buf_addc(b, (char)('a' + n % 26));
		gv_buf_adds(b, "\"}");
	}
	if (any(20) == 0)
		gv_buf_addc(b, '\r');
	gv_buf_addc(b, '\n');
}

static void random_streams(void)
{
	size_t blocks = 0;

	for (unsigned i = 0; i < 60; i++) {
		static const size_t pieces[] = { 65536, 4093, 100003, 513 };
		struct gv_buf b = GV_BUF_INIT(32 * GV_MIB);
		size_t size;

		seed = i;
		size = i % 3 ? any(3000) : any(4000000);
		while (b.n < size)
			line(&b, i % 3 ? 50 : i % 2 ? 2000 : 400000);
		for (unsigned n = any(3); n-- && b.n;)  /* the end may be cut off */
			b.p[--b.n] = '\0';
		blocks += twins(gv_buf_str(&b), (struct way){ .format = i % 5 ? GV_IN_NDJSON : GV_IN_LINES, .only = i % 2 ? &only_ab : NULL },
		                i % 3 && i % 2 ? 1 + i % 7 : pieces[i % 4]);
		gv_buf_free(&b);
	}
	CHECK(blocks > 60);
}

static void hostile_streams(void)
{
	static const struct { int format; const char *encoding; struct gv_str input; } rows[] = {
		{ GV_IN_AUTO, NULL, IN("") }, { GV_IN_AUTO, NULL, IN("\n") }, { GV_IN_NDJSON, NULL, IN("") }, { GV_IN_NDJSON, NULL, IN(BOM) },
		{ GV_IN_NDJSON, NULL, IN("\xEF\xBB") }, { GV_IN_NDJSON, NULL, IN(BOM "{\"a\":01}") }, { GV_IN_NDJSON, NULL, IN("{}") },
		{ GV_IN_NDJSON, NULL, IN("{}\r") }, { GV_IN_NDJSON, NULL, IN("\n\r\n \n" BOM "\n{}\n" BOM "{\"a\":01}\n" BOM) },
		{ GV_IN_NDJSON, NULL, IN("{}\n\xEF\xBB") }, { GV_IN_NDJSON, NULL, IN("{}\n\xEF") }, { GV_IN_NDJSON, NULL, IN("\0\n\0") },
		{ GV_IN_AUTO, NULL, IN(" \n{\"a\":1}\n{\"b\":2}\n") }, { GV_IN_AUTO, NULL, IN("{\"a\":1,\n{\"b\":2}\n") },
		{ GV_IN_AUTO, NULL, IN("[{\"a\":1},{\"b\":[{}]} , {}]") }, { GV_IN_AUTO, NULL, IN("{\n\"a\":1}\n{}\n") }, { GV_IN_JSON, NULL, IN("{}\n{}\n") },
		{ GV_IN_AUTO, NULL, IN("b,a\n1,2\n\n3,4") }, { GV_IN_TSV, NULL, IN("b\ta\n1\t2\n") }, { GV_IN_CSV, NULL, IN("a,a\n1,2\n") },
		{ GV_IN_AUTO, NULL, IN("\x1F\x8B\x08\0abc") }, { GV_IN_NDJSON, NULL, IN("PK\3\4abc") },
		{ GV_IN_NDJSON, NULL, IN("\xFF\xFE{\0}\0\n\0{\0\"\0\x00\x4E\"\0:\0" "0\0" "1\0}\0\n\0\x00\xD8\n\0\0\0\n\0{\0}\0") },
		{ GV_IN_NDJSON, "GB18030", IN("{\"a\":\"\xD2\xBB\"}\n{\"a\":\"\xFF\"}\r\n{\"a\":01}\n{}\n\xD2") },
		{ GV_IN_NDJSON, "GB18030", IN("\xFE\xFF\0{\0}\0\n\0{") },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		for (size_t piece = 1; piece < 8; piece += 3) {
			struct way way = { .format = rows[i].format, .encoding = rows[i].encoding, .only = piece == 1 ? &only_ab : NULL };

			twins(rows[i].input, way, piece);
		}
	}
}

static void decoded_stream(void)
{
	struct gv_buf b = GV_BUF_INIT(8 * GV_MIB);

	for (int i = 0; b.n < 3 * GV_MIB; i++)
		gv_buf_addf(&b, "{\"a\":\"%0*d%s\"}\n", i % 97 + 1, i, i % 1001 ? "\xD2\xBB\x81\x30\x81\x30" : "\xFF\xD2");
	CHECK(twins(gv_buf_str(&b), (struct way){ .format = GV_IN_AUTO, .encoding = "GB18030" }, 40961) > 2);
	gv_buf_free(&b);
}

static void repeat(struct gv_buf *b, char c, size_t n)
{
	CHECK(gv_buf_reserve(b, n));
	memset(b->p + b->n, c, n);
	b->n += n;
	b->p[b->n] = '\0';
}

/* Around the longest line that is allowed: before, between and behind others, and ended in all ways. */
static void long_lines(void)
{
	static const char *const ends[] = { "\n{\"b\":1}\n", "\r\n{\"b\":1}\n", "\n", "\r", "" };
	struct gv_buf b = GV_BUF_INIT(64 * GV_MIB);

	for (size_t i = 0; i < 30; i++) {
		size_t over = i % 6;  /* 1: as long as allowed */

		gv_buf_reset(&b);
		gv_buf_adds(&b, i % 2 ? "{\"a\":1}\n{}\n" : "");
		gv_buf_adds(&b, "{\"a\":\"");
		repeat(&b, 'x', GV_JSON_TEXT_MAX - 9 + (over == 5 ? 700000 : over));
		gv_buf_adds(&b, "\"}");
		gv_buf_adds(&b, ends[i / 6]);
		twins(gv_buf_str(&b), (struct way){ .format = GV_IN_NDJSON, .only = &only_ab }, 65536);
	}
	gv_buf_free(&b);
}

/* ---- pipes ---- */

/* Nothing is kept back: whole lines are given out although their writer goes on. */
static void what_there_is(void)
{
	struct gv_err err = { 0 };
	struct gv_doc doc = GV_DOC_INIT;
	struct gv_in *in, *block;
	size_t number;
	char path[64];
	int ends[2];
	bool end;

	CHECK(pipe(ends) == 0);
	snprintf(path, sizeof path, "/proc/self/fd/%d", ends[0]);
	alarm(20);  /* rather than hang */
	CHECK_OK(gv_in_open(&in, path, GV_IN_NDJSON, NULL, &err), &err);
	for (size_t i = 1; i < 4; i++) {
		CHECK(write(ends[1], "\"b\":2}\n{\"a\":1}\n{" + (i == 1 ? 7 : 0), i == 1 ? 9 : 16) > 0);
		CHECK_OK(gv_in_block(&block, in, &err), &err);
		CHECK(block != NULL);
		for (size_t k = 2 * i - 2 + (i == 1); block && k < 2 * i; k++) {
			CHECK_OK(gv_in_row(block, &doc, 0, NULL, &number, &end, &err), &err);
			CHECK(!end && number == k);
		}
		CHECK_OK(gv_in_row(block, &doc, 0, NULL, &number, &end, &err), &err);
		CHECK(end);
		gv_in_close(block);
	}
	close(ends[1]);
	CHECK_OK(gv_in_block(&block, in, &err), &err);
	CHECK(block && gv_in_row(block, &doc, 0, NULL, &number, &end, &err) == GV_EDATA && number == 6);
	gv_in_close(in);  /* before its block */
	gv_in_close(block);
	alarm(0);
	close(ends[0]);
	gv_doc_free(&doc);
}

/* A fast pipe gives 64 KiB at a time and much more to one who asks again. */
static void no_crumbs(void)
{
	struct gv_buf b = GV_BUF_INIT(32 * GV_MIB);
	struct way way = { .format = GV_IN_NDJSON, .how = BLOCKS };
	struct gv_buf got = GV_BUF_INIT(64 * GV_MIB);

	while (b.n < 4 * GV_MIB)
		gv_buf_adds(&b, "{\"a\":\"some text, so that this is longer than nothing\"}\n");
	say_stream(&way, gv_buf_str(&b), 0, &got);
	CHECK(way.blocks >= 4 && way.blocks <= 20);
	gv_buf_free(&b);
	gv_buf_free(&got);
}

static void count_wait(void *ctx)
{
	++*(size_t *)ctx;
}

/* Rows and blocks; the writer pauses before each line and before the end. */
static void waiting(void)
{
	for (int how = 0; how < 3; how++) {
		struct gv_doc doc = GV_DOC_INIT;
		struct gv_err err = { 0 };
		struct gv_buf out = GV_BUF_INIT(4096);
		struct way way = { .how = BLOCKS };
		size_t waits = 0;
		struct gv_in *in;
		char path[64];
		pid_t child = 0;
		int ends[2];

		if (how == 2) {
			ends[0] = memory_file(GV_STR("{}\n{}\n{}"), path);
		} else {
			CHECK(pipe(ends) == 0);
			child = fork();
			if (child == 0) {
				for (int i = 0; i < 3; i++) {
					usleep(30000);
					if (write(ends[1], "{}\n", i < 2 ? 3 : 2) < 0)
						_exit(1);
				}
				usleep(30000);
				_exit(0);
			}
			close(ends[1]);
			snprintf(path, sizeof path, "/proc/self/fd/%d", ends[0]);
		}
		CHECK_OK(gv_in_open(&in, path, GV_IN_AUTO, NULL, &err), &err);
		gv_in_on_wait(in, count_wait, &waits);
		if (how == 0)
			say_rows(in, &doc, SIZE_MAX, &out);
		else
			say_blocks(&way, in, &doc, &out);
		CHECK_STR(out.p, "[{}] 1 {}\n[{}] 2 {}\n[{}] 3 {}\n");
		CHECK(how == 2 ? waits == 0 : waits >= 2 && waits <= 8);
		gv_in_close(in);
		close(ends[0]);
		if (child)
			waitpid(child, NULL, 0);
		gv_buf_free(&out);
		gv_doc_free(&doc);
	}
}

/* ---- only some members ---- */

static void only_some(void)
{
	static const struct { int format; struct gv_str input; const char *want; } rows[] = {
		{ GV_IN_NDJSON, IN("{\"a\":1,\"x\":{\"a\":2}}\n{\"y\":1}\n"), "1 {\"a\":1}\n2 {}\n" },
		{ GV_IN_JSON, IN("[{\"a\":{\"x\":1},\"x\":2},{\"b\":1,\"c\":1}]"), "1 {\"a\":{\"x\":1}}\n1 {\"b\":1}\n" },
		{ GV_IN_CSV, IN("a,x\n1,2\n"), "2 {\"a\":\"1\",\"x\":\"2\"}\n" },
		{ GV_IN_NDJSON, IN("[1]\n{\"x\":1,\"x\":2}\n"),
		  "1! line 1, byte 1: a row must be an object, this is: array\n2! line 2, byte 8: duplicate member \"x\"\n" },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct gv_doc doc = GV_DOC_INIT;
		struct gv_err err = { 0 };
		struct gv_buf out = GV_BUF_INIT(4096);
		struct gv_in *in;
		char path[64];
		int fd = memory_file(rows[i].input, path);
		bool end = false;

		CHECK_OK(gv_in_open(&in, path, (enum gv_in_format)rows[i].format, NULL, &err), &err);
		gv_in_only(in, &only_ab);
		while (!end)
			say_row(in, &doc, &out, &end);
		CHECK_STR(out.p, rows[i].want);
		gv_in_close(in);
		close(fd);
		gv_buf_free(&out);
		gv_doc_free(&doc);
	}
}

/* ---- threads ---- */

enum { THREADS = 4 };

struct reader {
	struct gv_in *blocks[1000];
	size_t n;
	int64_t sum;
};

static void *read_blocks(void *arg)
{
	struct reader *r = arg;
	struct gv_doc doc = GV_DOC_INIT;

	for (size_t i = 0; i < r->n; i++) {
		size_t number;
		int64_t a;
		bool end = false;

		while (gv_in_row(r->blocks[i], &doc, 0, NULL, &number, &end, NULL) == 0 && !end)
			if (gv_val_getint(&doc.root, "a", &a))
				r->sum += a;
		gv_in_close(r->blocks[i]);
	}
	gv_doc_free(&doc);
	return NULL;
}

/* Blocks are closed in other threads, while the stream goes on and when it is gone. */
static void threads(void)
{
	static struct reader readers[THREADS];
	struct gv_buf b = GV_BUF_INIT(32 * GV_MIB);
	struct gv_err err = { 0 };
	int64_t want = 0, got = 0;
	struct gv_in *in, *block;
	pthread_t id[THREADS];
	char path[64];
	int fd;

	for (int i = 0; b.n < 12 * GV_MIB; i++) {
		gv_buf_addf(&b, "{\"a\":%d,\"text\":\"%0*d\"}\n", i, i % 500 + 1, i);
		want += i;
	}
	fd = memory_file(gv_buf_str(&b), path);
	CHECK_OK(gv_in_open(&in, path, GV_IN_NDJSON, NULL, &err), &err);
	for (int round = 0; round < 2; round++) {
		for (int i = 0; i < THREADS; i++) {
			for (readers[i].n = 0; readers[i].n < (round ? 1000 : 3); readers[i].n++) {
				CHECK_OK(gv_in_block(&block, in, &err), &err);
				if (!block)
					break;
				readers[i].blocks[readers[i].n] = block;
			}
			CHECK_INT(pthread_create(&id[i], NULL, read_blocks, &readers[i]), 0);
		}
		if (round)
			gv_in_close(in);
		for (int i = 0; i < THREADS; i++)
			CHECK_INT(pthread_join(id[i], NULL), 0);
	}
	for (int i = 0; i < THREADS; i++)
		got += readers[i].sum;
	CHECK_INT(got, want);
	close(fd);
	gv_buf_free(&b);
}

/* ---- memory ---- */

static char oom_path[64];
static int oom_format;
static size_t oom_rows;

static int read_all(struct gv_err *err)
{
	struct gv_doc doc = GV_DOC_INIT;
	struct gv_in *in, *block = NULL;
	size_t number, rows = 0;
	int rc = gv_in_open(&in, oom_path, (enum gv_in_format)oom_format, NULL, err);
	bool end;

	while (!rc && !(rc = gv_in_block(&block, in, err)) && block) {
		for (end = false; !rc && !end; rows += !rc && !end) {
			rc = gv_in_row(block, &doc, 0, NULL, &number, &end, err);
			if (rc == GV_EDATA) {
				gv_err_clear(err);
				rc = 0;
			}
		}
		gv_in_close(block);
	}
	if (!rc)
		CHECK(gv_in_row(in, &doc, 0, NULL, &number, &end, err) == GV_EIO || end);
	gv_in_close(in);
	gv_doc_free(&doc);
	if (!rc)
		CHECK_INT(rows, oom_rows);
	return rc;
}

static void memory(void)
{
	OOM_NEEDED();
	find_module(); /* the loader keeps what it says of one that is not there */
	for (int k = 0; k < 4; k++) {
		struct gv_buf b = GV_BUF_INIT(64 * GV_MIB);
		int fd;

		gv_buf_adds(&b, k == 1 ? "\xFF\xFE" : "");
		for (int i = 0; i < (k == 2 ? 100000 : 10); i++)
			gv_buf_add(&b, k == 1 ? "{\0}\0\n\0" : "{\"a\":1}\n", k == 1 ? 6 : 8);
		oom_rows = k == 2 ? 100000 : 10;
		if (k == 3) {  /* the row that is too long counts, too */
			repeat(&b, 'x', GV_JSON_TEXT_MAX + 100000);
			gv_buf_adds(&b, "\n{}");
			oom_rows += 2;
		}
		oom_format = k ? GV_IN_NDJSON : GV_IN_AUTO;
		fd = memory_file(gv_buf_str(&b), oom_path);
		gv_buf_free(&b);
		{
			struct gv_err err = { 0 };

			CHECK_OK(read_all(&err), &err);  /* what iconv keeps for ever, it has now */
		}
		CHECK(oom_run_both(read_all) > 6);
		close(fd);
	}
}

UNIT_MAIN("in_block",
	{ "the slow twin", the_twin },
	{ "hostile streams", hostile_streams },
	{ "random streams", random_streams },
	{ "a decoded stream", decoded_stream },
	{ "lines at and over the limit", long_lines },
	{ "a slow pipe gives what it has", what_there_is },
	{ "a file gives large blocks", no_crumbs },
	{ "a call before each wait", waiting },
	{ "only some members", only_some },
	{ "closed in other threads", threads },
	{ "without memory", memory })
