/* SPDX-License-Identifier: MIT */
/*
 * Streams when memory runs out: a stream is read and written again; the first allocation
 * fails, then the second, and so on until nothing fails.  Each failure is GV_EIO, nothing
 * is left behind, and what came out before is whole records.
 */
#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "in.h"
#include "out.h"
#include "unit.h"

#if defined(__SANITIZE_ADDRESS__)
#define WE_OWN_MALLOC 0  /* the sanitizer does; leaks show in the plain build, by counting */
#else
#define WE_OWN_MALLOC 1
#endif

static bool torture;           /* count, and fail */
static bool for_good;          /* ... all that follow, too */
static size_t calls, fails_at;
static long live;              /* blocks taken and not given back meanwhile */

#if WE_OWN_MALLOC
void *__libc_malloc(size_t n);
void *__libc_calloc(size_t n, size_t size);
void *__libc_realloc(void *p, size_t n);
void __libc_free(void *p);

static bool refuse(void)
{
	bool no = torture && (++calls == fails_at || (for_good && calls > fails_at));

	if (no)
		errno = ENOMEM;
	return no;
}

void *malloc(size_t n)
{
	if (refuse())
		return NULL;
	live += torture;
	return __libc_malloc(n);
}

void *calloc(size_t n, size_t size)
{
	if (refuse())
		return NULL;
	live += torture;
	return __libc_calloc(n, size);
}

void *realloc(void *p, size_t n)
{
	if (refuse())
		return NULL;
	live += torture && !p;
	return __libc_realloc(p, n);
}

void free(void *p)
{
	live -= torture && p;
	__libc_free(p);
}
#endif

/* ---- one stream, read and written ---- */

struct job {
	const char *name;
	struct gv_str input;
	enum gv_in_format format;
	struct gv_out_opts o;
	const char *want;
};

static bool is_private(struct gv_str kind, struct gv_str path)
{
	(void)kind;
	return gv_str_is(path, "p[].id") || gv_str_is(path, "c");
}

static int copy_rows(struct gv_in *in, struct gv_out *out, struct gv_err *err)
{
	struct gv_doc doc = GV_DOC_INIT;
	size_t number;
	bool end = false;
	int rc = 0;

	while (!rc && !end) {
		rc = gv_in_row(in, &doc, 0, NULL, &number, &end, err);
		if (!rc && !end)
			rc = gv_out_rec(out, &doc.root, err);
	}
	gv_doc_free(&doc);
	return rc;
}

static int run(const struct job *job, const char *path, int to, struct gv_err *err)
{
	struct gv_in *in;
	struct gv_out *out = NULL;
	int rc = gv_in_open(&in, path, job->format, NULL, err), closed;

	if (rc)
		return rc;
	rc = gv_out_open(&out, to, &job->o, err);
	if (!rc)
		rc = copy_rows(in, out, err);
	closed = gv_out_close(out, rc ? NULL : err);
	gv_in_close(in);
	return rc ? rc : closed;
}

/* A file in memory; its path. */
static int memory_file(struct gv_str text, char path[64])
{
	int fd = memfd_create("stream", MFD_CLOEXEC);

	CHECK(fd >= 0 && gv_write_all(fd, text.p, text.n, "stream", NULL) == 0);
	snprintf(path, 64, "/proc/self/fd/%d", fd);
	return fd;
}

static void check_output(const struct job *job, int fd, bool whole)
{
	struct gv_buf got = GV_BUF_INIT(65536);

	lseek(fd, 0, SEEK_SET);
	CHECK(gv_buf_read_fd(&got, fd, "stream", NULL) == 0);
	if (whole)
		CHECK_STR(got.p ? got.p : "", job->want);
	else
		CHECK_ROW(strncmp(got.p ? got.p : "", job->want, got.n) == 0 &&
		          (!got.n || got.p[got.n - 1] == '\n'), job->name);
	gv_buf_free(&got);
	CHECK(ftruncate(fd, 0) == 0);
	lseek(fd, 0, SEEK_SET);
}

static void torment(const struct job *job)
{
	char from[64], to[64];
	int in = memory_file(job->input, from), out = memory_file(GV_STR(""), to);
	struct gv_err err = { 0 };
	int rc;

	CHECK_OK(run(job, from, out, &err), &err);  /* what iconv keeps for ever, it has now */
	check_output(job, out, true);
	fails_at = 0;
	do {
		calls = 0;
		live = 0;
		fails_at++;
		gv_err_clear(&err);
		torture = true;
		rc = run(job, from, out, &err);
		torture = false;
		CHECK_INT(live, 0);
		if (rc)
			CHECK_ERR(rc, &err, GV_EIO, "out of memory");
		check_output(job, out, !rc);
	} while (calls >= fails_at && fails_at < 1000);
	CHECK_OK(rc, &err);
	CHECK_ROW(fails_at > 3, job->name);
	close(in);
	close(out);
}

#define IN(lit) { (lit), sizeof(lit) - 1 }
#define NESTED IN("[{\"a\":1,\"c\":\"13800138000\",\"p\":[{\"id\":\"abcdef\",\"n\":[1,2]},{\"id\":\"x\"}]},{\"a\":2}]")

static const struct job jobs[] = {
	{ "csv to csv", IN("b,a\n1,\"x\"\"y\"\n4,5\n"), GV_IN_AUTO,
	  { .format = GV_OUT_CSV, .header = true }, "a,b\n\"x\"\"y\",1\n5,4\n" },
	{ "utf-16 to ids", IN("\xFF\xFEi\0d\0\n\0x\0\n\0y\0"), GV_IN_AUTO, { .format = GV_OUT_IDS }, "x\ny\n" },
	{ "masked table", NESTED, GV_IN_AUTO,
	  { .format = GV_OUT_TABLE, .header = true, .fields = "a,c,p[].id,p", .is_sensitive = is_private },
	  "a  c            p[].id      p\n1  138****8000  ab***, ***  [{\"id\":\"ab***\",\"n\":[1,2]},{\"id\":\"***\"}]\n2\n" },
	{ "fields", NESTED, GV_IN_JSON, { .format = GV_OUT_NDJSON, .fields = "a,p[].id,p.0.n" },
	  "{\"a\":1,\"p\":[{\"id\":\"abcdef\",\"n\":[1,2]},{\"id\":\"x\"}]}\n{\"a\":2}\n" },
	{ "lines", IN("{\"a\":1}\n{\"a\":[2]}\n"), GV_IN_NDJSON, { .format = GV_OUT_NDJSON }, "{\"a\":1}\n{\"a\":[2]}\n" },
};

static void once(void)
{
	if (!WE_OWN_MALLOC)
		SKIP("memory that runs out: the sanitizer owns malloc");
	for_good = false;
	for (size_t i = 0; i < sizeof jobs / sizeof jobs[0]; i++)
		torment(&jobs[i]);
}

static void from_then_on(void)
{
	if (!WE_OWN_MALLOC)
		SKIP("memory that runs out: the sanitizer owns malloc");
	for_good = true;
	for (size_t i = 0; i < sizeof jobs / sizeof jobs[0]; i++)
		torment(&jobs[i]);
}

UNIT_MAIN("stream_memory",
	{ "one allocation fails", once },
	{ "all fail from one on", from_then_on })
