/* SPDX-License-Identifier: MIT */
/*
 * JSON when memory runs out: the first allocation fails, then the second, and so on
 * until the work needs no more; once alone, once with all that follow.  Each failure
 * is GV_EIO, and nothing is left behind.
 */
#include "json_unit.h"

#if defined(__SANITIZE_ADDRESS__)
#define WE_OWN_MALLOC 0  /* the sanitizer does; leaks show in the plain build, by counting */
#else
#define WE_OWN_MALLOC 1
#endif

static bool torture;     /* count, and fail */
static bool for_good;    /* ... all that follow, too */
static size_t calls, fails_at;
static long live;        /* blocks taken and not given back meanwhile */

#if WE_OWN_MALLOC
void *__libc_malloc(size_t n);
void *__libc_calloc(size_t n, size_t size);
void *__libc_realloc(void *p, size_t n);
void __libc_free(void *p);

static bool refuse(void)
{
	return torture && (++calls == fails_at || (for_good && calls > fails_at));
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

/* A job gives back all it takes, and returns what went wrong. */
typedef int job_fn(struct gv_err *err);

/*
 * How many allocations the job makes.  `keeps`: it keeps something for its next call, so that
 * only the sum tells of leaks.  Where there is a second way, one failure may do no harm.
 */
static size_t run(job_fn *job, bool keeps)
{
	struct gv_err err = { 0 };
	int rc;

	live = 0;
	fails_at = 0;
	do {
		calls = 0;
		fails_at++;
		gv_err_clear(&err);
		torture = true;
		rc = job(&err);
		torture = false;
		if (!keeps)
			CHECK_INT(live, 0);
		if (rc)
			CHECK_ERR(rc, &err, GV_EIO, "out of memory");
	} while (calls >= fails_at && fails_at < 1000);
	CHECK_OK(rc, &err);
	return calls;
}

static size_t run_both(job_fn *job, bool keeps)
{
	for_good = false;
	run(job, keeps);
	for_good = true;
	return run(job, keeps);
}

/* ---- jobs ---- */

static struct gv_buf text;

/* Wide, with names that need the NFC tables, and more than the readers' first blocks. */
static void make_text(unsigned items)
{
	gv_buf_init(&text, GV_MIB);
	gv_buf_adds(&text, "{\"list\":[");
	for (unsigned i = 0; i < items; i++)
		gv_buf_addf(&text, "%s{\"s\":\"text\\n%u\",\"i\":%u}", i ? "," : "", i, i);
	gv_buf_adds(&text, "],\"\xE1\xBA\xA0\":1}");
}

static int parse_scalar(struct gv_err *err)
{
	struct gv_doc d = GV_DOC_INIT;
	int rc = gv_json_parse_scalar(&d, gv_buf_str(&text), 0, err);

	gv_doc_free(&d);
	return rc;
}

static int parse_foreign(struct gv_err *err)
{
	struct gv_doc d = GV_DOC_INIT;
	int rc = gv_json_parse_scalar(&d, GV_STR("[1.5,[[2.25]],\"x\"]"), GV_JSON_FOREIGN, err);

	gv_doc_free(&d);
	return rc;
}

static int parse(struct gv_err *err)
{
	struct gv_doc d = GV_DOC_INIT;
	int rc = gv_json_parse(&d, gv_buf_str(&text), 0, err);

	gv_doc_free(&d);
	return rc;
}

static int check_canon(struct gv_err *err)
{
	struct gv_doc d = GV_DOC_INIT;
	int rc = gv_json_check_canon(GV_STR("{\n  \"a\": [\n    \"b\"\n  ]\n}\n"), &d, err);

	gv_doc_free(&d);
	return rc;
}

static int build(struct gv_err *err)
{
	struct gv_doc d = GV_DOC_INIT, other = GV_DOC_INIT;
	struct gv_val obj = gv_mkobj(), copy;
	char name[16];
	int rc = 0;

	for (int i = 0; !rc && i < 300; i++) {
		snprintf(name, sizeof name, "a.n%d.-", i);
		rc = gv_val_set_path(&d, &obj, gv_str_of(name), gv_mkstr(&d, gv_str_of("some text to copy")), err);
	}
	if (!rc)
		rc = gv_obj_set(&d, &obj, GV_STR("s"), gv_mkstr(&d, GV_STR("x")), err);
	if (!rc)
		rc = gv_val_copy(&other, &copy, &obj, err);
	if (!rc)
		CHECK(gv_val_eq(&copy, &obj));
	gv_doc_free(&d);
	gv_doc_free(&other);
	return rc;
}

static int write_out(struct gv_err *err)
{
	struct gv_buf b = GV_BUF_INIT(64 * GV_MIB);
	struct gv_val list = { .type = GV_ARRAY, .n = 3, .items = (struct gv_val[]){
		gv_mklit("a\nb"), gv_mkint(1), gv_mklit("a longer text, so that the buffer has to grow on its way") } };
	int rc;

	gv_json_canon(&b, &list);
	gv_json_line(&b, &list);
	gv_json_quote(&b, GV_STR("\""));
	gv_json_canon_to_line(&b, GV_STR("[\n  1\n]\n"));
	rc = gv_buf_check(&b, err);
	gv_buf_free(&b);
	return rc;
}

/* ---- tests ---- */

#define NEED_MALLOC() do { \
		if (!WE_OWN_MALLOC) \
			SKIP("memory that runs out: the sanitizer owns malloc"); \
	} while (0)

static void reading(void)
{
	NEED_MALLOC();
	make_text(2000);
	CHECK(run_both(parse_scalar, false) > 4);
	CHECK(run_both(parse_foreign, false) > 0);
	CHECK(run_both(check_canon, false) > 1);
	gv_buf_free(&text);
}

static void reading_fast(void)
{
	NEED_MALLOC();
	find_module();
	gv_json_want_fast();
	CHECK(gv_json_is_fast());
	make_text(10);
	run(parse, true);
	gv_buf_free(&text);
	/* What simdjson keeps is there now; for longer text it is replaced, piece by piece. */
	for (unsigned items = 2000; items < 20000; items *= 4) {
		make_text(items);
		for_good = items > 2000;
		CHECK(run(parse, true) > 4);
		CHECK_INT(live, 0);
		gv_buf_free(&text);
	}
}

static void building(void)
{
	NEED_MALLOC();
	CHECK(run_both(build, false) > 5);
}

static void writing(void)
{
	NEED_MALLOC();
	CHECK(run_both(write_out, false) > 2);
}

UNIT_MAIN("json without memory",
	{ "reading", reading },
	{ "reading with simdjson", reading_fast },
	{ "building and copying", building },
	{ "writing", writing })
