/* SPDX-License-Identifier: MIT */
/*
 * Queries and filters when memory runs out: the first allocation fails, then the second, and
 * so on until the work needs no more; once alone, once with all that follow.  The work is
 * done, or it is GV_EIO; and nothing is left behind.
 */
#include "filter.h"
#include "query.h"
#include "unit.h"

#if defined(__SANITIZE_ADDRESS__)
#define WE_OWN_MALLOC 0  /* the sanitizer does */
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

typedef int job_fn(struct gv_err *err);

/* How many allocations the job makes. */
static size_t run(job_fn *job, bool good)
{
	struct gv_err err = { 0 };
	int rc;

	fails_at = 0;
	for_good = good;
	do {
		calls = 0;
		live = 0;
		fails_at++;
		gv_err_clear(&err);
		torture = true;
		rc = job(&err);
		torture = false;
		CHECK_INT(live, 0);
		if (rc)
			CHECK_STR(err.msg, "out of memory");
		if (rc)
			CHECK_INT(rc, GV_EIO);
	} while (calls >= fails_at && fails_at < 2000);
	CHECK_OK(rc, &err);
	return calls;
}

static int parse(struct gv_err *err)
{
	struct gv_query *q;
	int rc = gv_query_parse(&q, "claim_fen in (1,2,3,4,5,6,7,8,9,10) and (parties[].name ~ '^a(b|c)+' or "
	                        "court='a\\'b' and id='(2022)沪0114民初1号') and not exists closed_on",
	                        gv_schema_find(GV_STR("case")), NULL, NULL, err);

	gv_query_free(q);
	return rc;
}

static int parse_mistake(struct gv_err *err)
{
	struct gv_query *q;
	int rc = gv_query_parse(&q, "state=opne", gv_schema_find(GV_STR("case")), NULL, NULL, err);

	CHECK(q == NULL);
	return rc == GV_EUSAGE ? 0 : rc;
}

static struct gv_doc rec;

static int match(struct gv_err *err)
{
	struct gv_query *q;
	int rc = gv_query_parse(&q, "n ~ '^(a|b)*?(x|y)+(?1)*$'", NULL, NULL, NULL, err);

	if (rc)
		return rc;
	gv_query_match(q, &rec.root);
	rc = gv_query_trouble(q, err);
	gv_query_free(q);
	return rc;
}

static int on_answer(void *ctx, uint64_t tag, size_t index, struct gv_str line, struct gv_err *err)
{
	(void)ctx;
	(void)tag;
	(void)index;
	(void)line;
	(void)err;
	return 0;
}

static int on_failed(void *ctx, uint64_t tag, const struct gv_err *why, struct gv_err *err)
{
	(void)ctx;
	(void)tag;
	(void)why;
	(void)err;
	return 0;
}

static int filter(struct gv_err *err)
{
	struct gv_filter_opts o = { .mode = GV_FILTER_MAP };
	struct gv_filter_sink sink = { NULL, on_answer, on_failed };
	struct gv_filter *f;
	int rc = gv_filter_open(&f, "if .a == 2 then error(\"no\") else ., . end", &o, err);

	for (uint64_t i = 0; !rc && i < 3; i++)
		rc = gv_filter_push(f, i ? GV_STR("{\"a\":1}") : GV_STR("{\"a\":2}"), "name", i, &sink, err);
	if (!rc)
		rc = gv_filter_finish(f, &sink, err);
	gv_filter_close(f);
	return rc;
}

static void queries(void)
{
	struct gv_err err = { 0 };
	size_t least = WE_OWN_MALLOC ? 10 : 0;

	setenv("GAVEL_SHARE", "share", 0);
	run(parse, false);
	CHECK(run(parse, true) >= least);
	run(parse_mistake, false);
	CHECK_OK(gv_json_parse(&rec, GV_STR("{\"n\":\"abababxyxyxyab\"}"), 0, &err), &err);
	run(match, false);
	run(match, true);
	gv_doc_free(&rec);
}

static void filters(void)
{
	const char *bin = getenv("BIN");
	size_t least = WE_OWN_MALLOC ? 5 : 0;
	char path[4096];

	snprintf(path, sizeof path, "%s/../libexec/gavel", bin && *bin ? bin : "bin");
	setenv("GAVEL_LIBEXEC", path, 0);
	run(filter, false);
	CHECK(run(filter, true) >= least);
}

UNIT_MAIN("query_memory",
	{ "queries", queries },
	{ "filters", filters })
