/* SPDX-License-Identifier: MIT */
/* Memory that runs out at every step of statistics: questions, records, disk, states, rows, feeds. */
#include <sys/mman.h>
#include <unistd.h>

#include "feed.h"
#include "oom.h"
#include "stat_unit.h"

#define EVERYTHING "count,count:v,sum:v,sd:w,min:v,max:d,p50:v,p9.5:w,distinct:v,n=rate:a='x,y' or v~'^1',first:v,last:w@d,z=mean:days:d..e"

static int job_spec(struct gv_err *e)
{
	struct gv_stat_spec *spec;
	int rc = ask(&spec, "a,m=d:month,e:week", EVERYTHING, "not a='z' or exists q.r", 9, e);

	gv_stat_spec_free(spec);
	return rc;
}

static struct gv_stat_spec *spec;  /* of the jobs below */

static const char *const records[] = {
	"{\"a\":\"x\",\"v\":1.5,\"w\":12345678901234567890.5,\"d\":\"2022-01-02\",\"e\":\"2022-02-03\"}",
	"{\"a\":[1],\"v\":\"t\",\"w\":-2,\"d\":\"2022-01-02T10:00Z\",\"e\":\"none\"}",
	"{\"a\":2.5,\"v\":7,\"w\":3e20,\"d\":\"2022-03-02\",\"e\":\"2022-02-03\"}",
	"{\"v\":1e-30,\"w\":\"9\",\"d\":\"2022-01-02\"}",
};

static int add_records(struct gv_stat *s, int n, int different, struct gv_err *e)
{
	char text[200];
	int rc = 0;

	for (size_t i = 0; i < COUNT(records) && !rc; i++)
		rc = add_text(s, gv_str_of(records[i]), (struct gv_stat_place){ .line = i }, e);
	for (int i = 0; i < n && !rc; i++) {
		snprintf(text, sizeof text, "{\"a\":\"g%d\",\"v\":%d.5,\"w\":%d,\"d\":\"2022-01-%02d\"}", i % different, i, i % 7, i % 28 + 1);
		rc = add_text(s, gv_str_of(text), (struct gv_stat_place){ .line = 9 + (uint64_t)i }, e);
	}
	return rc;
}

/* Records, rows and states; different numbers beyond `exact`. */
static int job_records(struct gv_err *e)
{
	struct gv_buf out = GV_BUF_INIT(GV_MIB);
	struct gv_stat *s;
	int rc = gv_stat_new(&s, spec, 0, e);

	if (!rc)
		rc = add_records(s, 12, 2, e);
	if (!rc)
		rc = print_rows(&out, spec, &s, 1, &PLAIN, e);
	if (!rc)
		rc = print_states(&out, spec, &s, 1, e);
	gv_stat_free(s);
	gv_buf_free(&out);
	return rc;
}

/* Groups to disk and back, with some in memory. */
static int job_disk(struct gv_err *e)
{
	struct gv_buf out = GV_BUF_INIT(GV_MIB);
	struct gv_stat *s;
	int rc = gv_stat_new(&s, spec, 4000, e);

	if (!rc)
		rc = add_records(s, 90, 80, e);
	if (!rc && !gv_stat_spills(s))
		rc = GV_FOUND;
	if (!rc)
		rc = print_states(&out, spec, &s, 1, e);
	gv_stat_free(s);
	gv_buf_free(&out);
	return rc;
}

static struct gv_buf some_states;

static int job_states(struct gv_err *e)
{
	const char *text = some_states.p;
	struct gv_buf out = GV_BUF_INIT(GV_MIB);
	struct gv_stat_spec *learnt = NULL;
	struct gv_stat *s = NULL;
	struct gv_doc d = GV_DOC_INIT;
	struct gv_str line;
	int rc = 0;

	while (!rc && next_line(&text, &line)) {
		rc = gv_json_parse(&d, line, 0, e);
		if (!rc && !learnt)
			rc = gv_stat_spec_of_state(&learnt, &d.root, e);
		if (!rc && !s)
			rc = gv_stat_new(&s, learnt, 0, e);
		for (int twice = 0; twice < 2 && !rc; twice++)
			rc = gv_stat_add_state(s, &d.root, e);
	}
	if (!rc)
		rc = print_states(&out, learnt, &s, 1, e);
	gv_stat_free(s);
	gv_stat_spec_free(learnt);
	gv_doc_free(&d);
	gv_buf_free(&out);
	return rc;
}

/* ---- reports ---- */

static const struct gv_report_ask shapes[] = {
	{ .decimals = 2, .total = true, .share = true, .verbose = true, .sort = "-count,p50_v", .having = "count>0 and not d_month~'^x'", .memory = 64 },
	{ .decimals = 0, .interpolate = true, .top = 2 },
	{ .decimals = -1, .pivot = true, .total = true, .verbose = true, .sort = "-count_2022-01" },
	{ .decimals = 1, .spark = true, .total = true, .share = true, .verbose = true },
};
static const struct gv_report_ask *shape;
static struct gv_stat *filled;

static int job_report(struct gv_err *e)
{
	struct gv_buf out = GV_BUF_INIT(GV_MIB);
	struct gv_report *r;
	int rc = gv_report_new(&r, spec, shape, e);

	for (int round = 0; round < 6 && !rc; round++) {
		rc = gv_report_prepare(r, &filled, 1, e);
		if (!rc)
			rc = gv_report_rows(r, &filled, 1, append_row, &out, e);
	}
	gv_report_free(r);
	gv_buf_free(&out);
	return rc;
}

/* ---- feeds ---- */

static char feed_path[64];
static bool feed_states;

static int no_bad_row(void *ctx, const struct gv_err *bad, struct gv_str raw)
{
	(void)ctx;
	(void)bad;
	(void)raw;
	return 0;
}

static void no_progress(void *ctx, uint64_t rows)
{
	(void)ctx;
	(void)rows;
}

static int job_feed(struct gv_err *e)
{
	struct gv_feed_ask how = { .jobs = 1, .states = feed_states, .bad_row = no_bad_row, .progress = no_progress };
	struct gv_buf out = GV_BUF_INIT(GV_MIB);
	struct gv_feed *f;
	struct gv_stat *const *stats;
	size_t n;
	int rc = gv_feed_new(&f, feed_states ? NULL : spec, &how, e);

	if (!rc)
		rc = gv_feed_file(f, feed_path, e);
	if (!rc) {
		stats = gv_feed_stats(f, &n);
		rc = print_rows(&out, gv_feed_spec(f), stats, n, &PLAIN, e);
	}
	gv_feed_free(f);
	gv_buf_free(&out);
	return rc;
}

static int memory_file(struct gv_str text, char path[64])
{
	int fd = memfd_create("input", MFD_CLOEXEC);

	CHECK(fd >= 0 && gv_write_all(fd, text.p, text.n, "input", NULL) == 0);
	snprintf(path, 64, "/proc/self/fd/%d", fd);
	return fd;
}

/* ---- all of them ---- */

static void questions(void)
{
	OOM_NEEDED();
	CHECK(oom_run_both(job_spec) > 10);
}

static void groups(void)
{
	OOM_NEEDED();
	spec = spec_of("a,d:month", EVERYTHING, "not a='z'", 5);
	CHECK_OK(job_records(&err), &err); /* libcrypto has its own beginnings */
	CHECK(oom_run_both(job_records) > 100);
	gv_stat_spec_free(spec);
}

static void disk(void)
{
	OOM_NEEDED();
	spec = spec_of("a", "count,p50:v,max:w,last:v", NULL, 0);
	CHECK_OK(job_disk(&err), &err);
	CHECK(oom_run_both(job_disk) > 200);
	gv_stat_spec_free(spec);
}

static void states(void)
{
	struct gv_stat *s;

	OOM_NEEDED();
	spec = spec_of("a,d:month", EVERYTHING, NULL, 5);
	s = stat_of(spec, 0);
	CHECK_OK(add_records(s, 12, 2, &err), &err);
	some_states = GV_BUF_INIT(GV_MIB);
	CHECK_OK(print_states(&some_states, spec, &s, 1, &err), &err);
	gv_stat_free(s);
	CHECK(oom_run_both(job_states) > 200);

	feed_states = true;
	int fd = memory_file(gv_buf_str(&some_states), feed_path);
	CHECK_OK(job_feed(&err), &err);
	CHECK(oom_run_both(job_feed) > 100);
	close(fd);
	feed_states = false;
	gv_buf_free(&some_states);
	gv_stat_spec_free(spec);
}

static void reports(void)
{
	OOM_NEEDED();
	spec = spec_of("a,d:month", "count,mean:v,p50:v,distinct:w,rate:v>2,max:d", NULL, 3);
	filled = stat_of(spec, 0);
	CHECK_OK(add_records(filled, 12, 2, &err), &err);
	for (size_t i = 0; i < COUNT(shapes); i++) {
		shape = &shapes[i];
		CHECK_OK(job_report(&err), &err);
		CHECK(oom_run_both(job_report) > 40);
	}
	gv_stat_free(filled);
	gv_stat_spec_free(spec);
}

static void feeds(void)
{
	struct gv_buf text = GV_BUF_INIT(GV_MIB);
	int fd;

	OOM_NEEDED();
	spec = spec_of("a", "count,sum:v,first:w", NULL, 0);
	for (size_t i = 0; i < COUNT(records); i++)
		gv_buf_addf(&text, "%s\n%s", records[i], i == 1 ? "{\"a\":\n" : "");
	fd = memory_file(gv_buf_str(&text), feed_path);
	CHECK_OK(job_feed(&err), &err);
	CHECK(oom_run_both(job_feed) > 30);
	close(fd);
	gv_buf_free(&text);
	gv_stat_spec_free(spec);
}

UNIT_MAIN("stat_memory",
	{ "questions", questions },
	{ "records and rows", groups },
	{ "groups on disk", disk },
	{ "states", states },
	{ "reports", reports },
	{ "feeds", feeds })
