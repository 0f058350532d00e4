/* SPDX-License-Identifier: MIT */
/* query_unit: rows of a query, a record and whether they match. */
#ifndef GAVEL_QUERY_UNIT_H
#define GAVEL_QUERY_UNIT_H

#include "query.h"
#include "unit.h"

static inline const struct gv_schema *cases(void)
{
	return gv_schema_find(GV_STR("case"));
}

static inline struct gv_query *must_parse(const char *text, const struct gv_schema *s)
{
	struct gv_query *q = NULL;
	struct gv_err err = { 0 };

	CHECK_OK(gv_query_parse(&q, text, s, NULL, NULL, &err), &err);
	return q;
}

struct row { const char *query, *rec; bool want; };

static inline void run_rows(const struct row *rows, size_t n, const struct gv_schema *s)
{
	struct gv_doc doc = GV_DOC_INIT;

	for (size_t i = 0; i < n; i++) {
		struct gv_query *q = must_parse(rows[i].query, s);
		struct gv_err err = { 0 };

		CHECK_OK(gv_json_parse(&doc, gv_str_of(rows[i].rec), GV_JSON_FOREIGN, &err), &err);
		if (!q)
			UNIT_FAIL("the query of that row: %s", rows[i].query);
		else
			CHECK_ROW(gv_query_match(q, &doc.root) == rows[i].want, rows[i].query);
		gv_query_free(q);
	}
	gv_doc_free(&doc);
}
#define RUN(rows, schema) run_rows(rows, sizeof rows / sizeof rows[0], schema)

#endif
