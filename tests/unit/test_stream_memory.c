/* SPDX-License-Identifier: MIT */
/*
 * Streams when memory runs out: a stream is read and written again; the first allocation
 * fails, then the second, and so on until nothing fails.  Each failure is GV_EIO, nothing
 * is left behind, and what came out before is whole records.
 */
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "in.h"
#include "out.h"
#include "oom.h"

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
	size_t n;
	int rc = 0;

	CHECK_OK(run(job, from, out, &err), &err);  /* what iconv keeps for ever, it has now */
	check_output(job, out, true);
	for (n = 1; oom_begin(n); n++, oom_end()) {
		gv_err_clear(&err);
		rc = run(job, from, out, &err);
		oom_quiet();
		if (rc)
			CHECK_ERR(rc, &err, GV_EIO, "out of memory");
		check_output(job, out, !rc);
	}
	CHECK_OK(rc, &err);
	CHECK_ROW(n > 3, job->name);
	CHECK_ROW(oom_leaks == 0, job->name);
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
	OOM_NEEDED();
	oom_for_good = false;
	for (size_t i = 0; i < sizeof jobs / sizeof jobs[0]; i++)
		torment(&jobs[i]);
}

static void from_then_on(void)
{
	OOM_NEEDED();
	oom_for_good = true;
	for (size_t i = 0; i < sizeof jobs / sizeof jobs[0]; i++)
		torment(&jobs[i]);
}

UNIT_MAIN("stream_memory",
	{ "one allocation fails", once },
	{ "all fail from one on", from_then_on })
