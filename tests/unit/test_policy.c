/* SPDX-License-Identifier: MIT */
#include "policy.h"
#include "unit.h"

static struct gv_err err;

/* The value on 2022-06-30: 0 none, else the number that it is. */
static int64_t value_of(const char *list)
{
	struct gv_doc d = GV_DOC_INIT;
	struct gv_buf text = GV_BUF_INIT(65536);
	const struct gv_val *v = NULL;
	int64_t i;

	gv_buf_addf(&text, "{\"policy\":{\"p\":%s,\"q\":[{\"from\":\"2000-01-01\",\"value\":99}]}}", list);
	CHECK_OK(gv_json_parse(&d, gv_buf_str(&text), 0, &err), &err);
	CHECK_OK(gv_policy_get(&v, &d.root, "p", gv_day_of(2022, 6, 30), &err), &err);
	i = v ? v->i : 0;
	gv_buf_free(&text);
	gv_doc_free(&d);
	return i;
}

static void days(void)
{
	static const struct { const char *list; int64_t want; } rows[] = {
		{ "[]", 0 },
		{ "[{\"from\":\"2022-06-30\",\"value\":1}]", 1 },
		{ "[{\"from\":\"2022-07-01\",\"value\":1}]", 0 },
		{ "[{\"from\":\"2022-01-01\",\"until\":\"2022-06-30\",\"value\":1}]", 1 },
		{ "[{\"from\":\"2022-01-01\",\"until\":\"2022-06-29\",\"value\":1}]", 0 },
		/* the later beginning counts, whatever the order */
		{ "[{\"from\":\"2020-01-01\",\"value\":1},{\"from\":\"2021-01-01\",\"value\":2}]", 2 },
		{ "[{\"from\":\"2021-01-01\",\"value\":2},{\"from\":\"2020-01-01\",\"value\":1}]", 2 },
		/* one that has ended uncovers the older */
		{ "[{\"from\":\"2020-01-01\",\"value\":1},{\"from\":\"2021-01-01\",\"until\":\"2021-12-31\",\"value\":2}]", 1 },
		{ "[{\"from\":\"2021-01-01\",\"value\":1},{\"from\":\"2021-01-01\",\"value\":2}]", 2 },
		{ "[{\"from\":\"2021-01-01\",\"value\":1},{\"from\":\"2030-01-01\",\"value\":2}]", 1 },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		CHECK_ROW(value_of(rows[i].list) == rows[i].want, rows[i].list);
}

static void broken(void)
{
	static const struct { const char *config, *want; } rows[] = {
		{ "{}", NULL }, { "{\"policy\":{}}", NULL }, { "{\"policy\":[]}", NULL }, { "[]", NULL },
		{ "{\"policy\":{\"p\":true}}", "gavel.json: policy.p: is not a list of values with their days" },
		{ "{\"policy\":{\"p\":[true]}}", "gavel.json: policy.p[0]: has no value" },
		{ "{\"policy\":{\"p\":[{\"from\":\"2022-02-30\",\"value\":true}]}}", "gavel.json: policy.p[0]: has a day that is not a date" },
		{ "{\"policy\":{\"p\":[{\"from\":7,\"value\":true}]}}", "gavel.json: policy.p[0]: has a day that is not a date" },
		{ "{\"policy\":{\"p\":[{\"value\":true}]}}", "gavel.json: policy.p[0]: has a day that is not a date" },
		/* also an item that is long over: what is broken is not passed over */
		{ "{\"policy\":{\"p\":[{\"from\":\"2022-01-01\",\"value\":true},{\"from\":\"2001-01-01\",\"until\":\"x\",\"value\":true}]}}",
		  "gavel.json: policy.p[1]: has a day that is not a date" },
		{ "{\"policy\":{\"p\":[{\"from\":\"2022-01-01\",\"value\":1}]}}", "gavel.json: policy.p: has a value that is neither true nor false" },
		{ "{\"policy\":{\"p\":[{\"from\":\"2022-01-01\",\"value\":\"true\"}]}}",
		  "gavel.json: policy.p: has a value that is neither true nor false" },
	};
	bool yes = true;

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct gv_doc d = GV_DOC_INIT;
		int rc;

		CHECK_OK(gv_json_parse(&d, gv_str_of(rows[i].config), 0, &err), &err);
		rc = gv_policy_bool(&yes, &d.root, "p", gv_day_of(2022, 6, 30), &err);
		if (rows[i].want)
			CHECK_ERR(rc, &err, GV_EDATA, rows[i].want);
		else
			CHECK_OK(rc, &err);
		CHECK(!yes);
		gv_doc_free(&d);
	}
}

static void booleans(void)
{
	struct gv_doc d = GV_DOC_INIT;
	bool yes = false;

	CHECK_OK(gv_json_parse(&d, GV_STR("{\"policy\":{\"p\":[{\"from\":\"2022-01-01\",\"value\":true},"
	                                  "{\"from\":\"2023-01-01\",\"value\":false}]}}"), 0, &err), &err);
	CHECK_OK(gv_policy_bool(&yes, &d.root, "p", gv_day_of(2022, 12, 31), &err), &err);
	CHECK(yes);
	CHECK_OK(gv_policy_bool(&yes, &d.root, "p", gv_day_of(2023, 1, 1), &err), &err);
	CHECK(!yes);
	gv_doc_free(&d);
}

UNIT_MAIN("policy", { "days", days }, { "what is no policy", broken }, { "yes and no", booleans })
