/* SPDX-License-Identifier: MIT */
/*
 * Queries and filters when memory runs out: the first allocation fails, then the second, and
 * so on until the work needs no more; once alone, once with all that follow.  The work is
 * done, or it is GV_EIO; and nothing is left behind.
 */
#include "filter.h"
#include "query.h"
#include "oom.h"

static int parse(struct gv_err *err)
{
	struct gv_query *q;
	int rc = gv_query_parse(&q, "claim_fen in (1,2,3,4,5,6,7,8,9,10) and (parties[].name ~ '^a(b|c)+' or "
	                        "court='a\\'b' and id='(2022)沪0114民初1号') and not exists closed_on",
	                        gv_schema_find(GV_STR("case")), NULL, NULL, err);

	gv_query_free(q);
	return rc;
}

static int parse_numbers(struct gv_err *err)
{
	struct gv_query *q;
	int rc = gv_query_parse(&q, "a in (1.5, 2, 123456789012345678901.5, 4e2, 5, 6, 7, 8, 9) or b > 12345678901234567890",
	                        NULL, NULL, NULL, err);

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

	OOM_NEEDED();
	setenv("GAVEL_SHARE", "share", 0);
	CHECK(oom_run_both(parse) >= 10);
	oom_run_both(parse_numbers);
	oom_run_both(parse_mistake);
	CHECK_OK(gv_json_parse(&rec, GV_STR("{\"n\":\"abababxyxyxyab\"}"), 0, &err), &err);
	oom_run_both(match);
	gv_doc_free(&rec);
}

static void filters(void)
{
	const char *bin = getenv("BIN");
	char path[4096];

	OOM_NEEDED();
	snprintf(path, sizeof path, "%s/../libexec/gavel", bin && *bin ? bin : "bin");
	setenv("GAVEL_LIBEXEC", path, 0);
	CHECK(oom_run_both(filter) >= 5);
}

UNIT_MAIN("query_memory",
	{ "queries", queries },
	{ "filters", filters })
