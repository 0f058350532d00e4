/* SPDX-License-Identifier: MIT */
/*
 * JSON when memory runs out: the first allocation fails, then the second, and so on
 * until the work needs no more; once alone, once with all that follow.  Each failure
 * is GV_EIO, and nothing is left behind.
 */
#include "json_unit.h"

#include "oom.h"

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

static void reading(void)
{
	OOM_NEEDED();
	make_text(2000);
	CHECK(oom_run_both(parse_scalar) > 4);
	CHECK(oom_run_both(parse_foreign) > 0);
	CHECK(oom_run_both(check_canon) > 1);
	gv_buf_free(&text);
}

static void reading_fast(void)
{
	OOM_NEEDED();
	find_module();
	gv_json_want_fast();
	CHECK(gv_json_is_fast());
	make_text(10);
	oom_run(parse);
	gv_buf_free(&text);
	/* What simdjson keeps is there now; for longer text it is replaced, piece by piece. */
	for (unsigned items = 2000; items < 20000; items *= 4) {
		size_t before;

		make_text(items);
		oom_for_good = items > 2000;
		before = oom_live;
		CHECK(oom_run(parse) > 4);
		CHECK_INT(oom_live, before);
		gv_buf_free(&text);
	}
	oom_for_good = false;
}

static void building(void)
{
	OOM_NEEDED();
	CHECK(oom_run_both(build) > 5);
}

static void writing(void)
{
	OOM_NEEDED();
	CHECK(oom_run_both(write_out) > 2);
}

UNIT_MAIN("json without memory",
	{ "reading", reading },
	{ "reading with simdjson", reading_fast },
	{ "building and copying", building },
	{ "writing", writing })
