/* SPDX-License-Identifier: MIT */
/*
 * Records, merges and rules when memory runs out: the first allocation fails, then the second, and
 * so on.  Each failure is GV_EIO, and nothing is left behind.
 */
#include "merge.h"
#include "oom.h"
#include "rule.h"
#include "schema_impl.h"
#include "schema_unit.h"

static struct gv_doc one, two, three, bad;

static int no_conflict(void *ctx, const struct gv_conflict *c)
{
	(void)ctx;
	(void)c;
	return 0;
}

static int no_difference(void *ctx, struct gv_str path, const struct gv_val *before,
                         const struct gv_val *after)
{
	(void)ctx;
	(void)path;
	(void)before;
	(void)after;
	return 0;
}

static int no_problem(void *ctx, const struct gv_err *problem)
{
	(void)ctx;
	(void)problem;
	return 0;
}

static int no_row(void *ctx, const struct gv_val *row)
{
	(void)ctx;
	(void)row;
	return 0;
}

static int no_sink(struct gv_check *c, const struct gv_val *finding, struct gv_err *err)
{
	(void)c;
	(void)finding;
	(void)err;
	return 0;
}

static int say(struct gv_check *c, const void *subject)
{
	struct gv_val facts = gv_mkobj();
	int rc = gv_obj_set(&c->scratch, &facts, GV_STR("days"), gv_mkint(1), c->err);

	(void)subject;
	return rc ? rc : gv_finding(c, GV_INFO, &facts, "%d days", 1);
}

static const struct gv_basis basis[] = { { "law", "2023", "1" }, { NULL } };
static const struct gv_rule rules[] = {
	{ .id = "A-1", .title = "rule", .level = GV_INFO, .basis = basis, .fn = say }, { 0 }
};

static int merge(struct gv_doc *d, struct gv_buf *b, struct gv_err *err)
{
	(void)b;
	return gv_merge(d, &one.root, &two.root, &three.root, no_conflict, NULL, err);
}

static int differ(struct gv_doc *d, struct gv_buf *b, struct gv_err *err)
{
	(void)d;
	(void)b;
	return gv_fields_diff(&one.root, &two.root, no_difference, NULL, err);
}

/* Saying what is wrong needs no memory; only looking for twins among many events does. */
static int validate(struct gv_doc *d, struct gv_buf *b, struct gv_err *err)
{
	int rc = gv_rec_problems(find("case"), &bad.root, cn, no_problem, NULL);

	(void)d;
	(void)b;
	(void)err;
	return rc == GV_EDATA ? 0 : rc;
}

static int derive(struct gv_doc *d, struct gv_buf *b, struct gv_err *err)
{
	struct gv_rec rec;
	struct gv_val out;
	int rc = gv_rec_of(&rec, &one, NULL, cn, err);

	(void)b;
	return rc ? rc : gv_rec_derive(d, &out, &rec, cn, GV_DAY_NONE, GV_STR("all"), err);
}

static int path(struct gv_doc *d, struct gv_buf *b, struct gv_err *err)
{
	struct gv_id id;
	int rc = gv_id_parse(&id, GV_STR("(2014)嘉民一(民)初字第012号"), NULL, cn, err);

	(void)d;
	return rc ? rc : gv_id_path(&id, b, err);
}

static int list(struct gv_doc *d, struct gv_buf *b, struct gv_err *err)
{
	(void)d;
	(void)b;
	return gv_schema_fields(find("case"), no_row, NULL, err);
}

static int values(struct gv_doc *d, struct gv_buf *b, struct gv_err *err)
{
	const struct gv_schema *s = find("case");
	struct gv_val v;
	int rc = gv_schema_value(s, d, GV_STR("panel"), GV_STR("[\"甲\",\"乙\"]"), &v, err);

	(void)b;
	return rc ? rc : gv_schema_value(s, d, GV_STR("judge"), GV_STR("甲"), &v, err);
}

static int event(struct gv_doc *d, struct gv_buf *b, struct gv_err *err)
{
	struct gv_val e = gv_mkobj();
	int rc = gv_val_copy(d, &d->root, &one.root, err);

	(void)b;
	if (!rc)
		rc = gv_obj_set(d, &e, GV_STR("on"), gv_mklit("2022-01-01"), err);
	if (!rc)
		rc = gv_obj_set(d, &e, GV_STR("event"), gv_mklit("hear"), err);
	return rc ? rc : gv_event_add(d, &d->root, e, err);
}

static int find_things(struct gv_doc *d, struct gv_buf *b, struct gv_err *err)
{
	struct gv_check c = {
		.sink = no_sink, .err = err, .only = GV_STR(""), .skip = GV_STR(""), .as_of = 19000,
	};
	int rc = gv_rules_run(&c, rules, NULL);

	(void)d;
	(void)b;
	gv_doc_free(&c.scratch);
	return rc;
}

static int explain(struct gv_doc *d, struct gv_buf *b, struct gv_err *err)
{
	int rc = gv_rule_row(d, &d->root, rules, err);

	return rc ? rc : gv_rule_explain(b, rules, "A-1", err);
}

static void texts(void)
{
	struct gv_buf text = GV_BUF_INIT(1 << 20);
	struct gv_err err;

#define HEAD "{\"id\":\"（2022）沪0114民初1号\",\"kind\":\"case\","
	CHECK_OK(gv_json_parse(&one, GV_STR(HEAD "\"a\":{\"b\":1},\"events\":[{\"eid\":\"e1\"}],"
	                                         "\"parties\":[{\"name\":\"甲\",\"role\":\"原告\"}]}"),
	                       0, &err), &err);
	CHECK_OK(gv_json_parse(&two, GV_STR(HEAD "\"a\":{\"b\":2,\"c\":1},"
	                                         "\"events\":[{\"eid\":\"e1\"},{\"eid\":\"e2\"}]}"),
	                       0, &err), &err);
	CHECK_OK(gv_json_parse(&three, GV_STR(HEAD "\"a\":{\"b\":3,\"d\":1},"
	                                           "\"events\":[{\"eid\":\"e1\",\"x\":1},{\"eid\":\"e3\"}]}"),
	                       0, &err), &err);
	gv_buf_adds(&text, "{\"id\":\"(2022)沪0114民初1号\",\"kind\":\"x\",\"zz\":[null],\"events\":[{}");
	for (int i = 0; i < 40; i++)
		gv_buf_adds(&text, ",{\"eid\":\"aaaaaaaaaaaaaaaa\",\"event\":\"hear\",\"on\":\"2022-01-01\"}");
	gv_buf_adds(&text, "]}");
	CHECK_OK(gv_json_parse(&bad, gv_buf_str(&text), 0, &err), &err);
	gv_buf_free(&text);
	set_up();
	/* The tables of case numbers are indexed on first use, or searched without an index. */
	CHECK_INT(gv_rec_problems(find("case"), &bad.root, cn, no_problem, NULL), GV_EDATA);
}

static void memory(void)
{
	static const struct {
		const char *name;
		int (*run)(struct gv_doc *d, struct gv_buf *b, struct gv_err *err);
	} rows[] = {
		{ "merge", merge }, { "differences", differ }, { "validation", validate },
		{ "derived fields", derive }, { "paths", path }, { "list of fields", list },
		{ "values", values }, { "events", event }, { "rules", find_things },
		{ "explanations", explain },
	};
	size_t n;

	OOM_NEEDED();
	for (size_t i = 0; i < COUNT(rows); i++) {
		for (n = 1; oom_begin(n); n++, oom_end()) {
			struct gv_doc d = GV_DOC_INIT;
			struct gv_buf b = GV_BUF_INIT(1 << 16);
			struct gv_err err = { 0 };
			int rc = rows[i].run(&d, &b, &err);

			CHECK_ROW(rc == (oom_hit ? GV_EIO : 0), rows[i].name);
			gv_doc_free(&d);
			gv_buf_free(&b);
		}
		CHECK_ROW(n > 2, rows[i].name);
		CHECK_ROW(oom_leaks == 0, rows[i].name);
	}
}

static void clean_up(void)
{
	gv_doc_free(&one);
	gv_doc_free(&two);
	gv_doc_free(&three);
	gv_doc_free(&bad);
	tear_down();
}

UNIT_MAIN("schema_memory", { "texts", texts }, { "memory runs out", memory }, { "clean up", clean_up })
