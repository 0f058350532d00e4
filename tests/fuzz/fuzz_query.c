/* SPDX-License-Identifier: MIT */
/*
 * fuzz_query: a query, a NUL or the end, a record.  Whatever parses must match without harm,
 * with a schema and without, and its negation must be its negation.
 */
#include <stdlib.h>

#include "query.h"

static void both(const char *text, const struct gv_schema *schema, const struct gv_val *rec)
{
	struct gv_buf negated = GV_BUF_INIT(2 * GV_QUERY_MAX);
	struct gv_query *q = NULL, *n = NULL;
	struct gv_err err;

	gv_buf_addf(&negated, "not (%s)", text);
	if (gv_query_parse(&q, text, schema, NULL, NULL, &err)) {
		if (q || err.code == 0 || err.msg[0] == '\0')
			abort();
	} else {
		bool yes = gv_query_match(q, rec);

		/* one more bracket, and a few bytes more, may be too much */
		if (gv_query_parse(&n, negated.p, schema, NULL, NULL, &err) == 0 &&
		    gv_query_match(n, rec) == yes && !gv_query_trouble(q, NULL) && !gv_query_trouble(n, NULL))
			abort();
	}
	gv_query_free(q);
	gv_query_free(n);
	gv_buf_free(&negated);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct gv_doc doc = GV_DOC_INIT;
	char *text = malloc(size + 1);
	size_t n;

	if (!text)
		return 0;
	memcpy(text, data, size);
	text[size] = '\0';
	n = strlen(text);
	if (n == size || gv_json_parse(&doc, (struct gv_str){ text + n + 1, size - n - 1 }, GV_JSON_FOREIGN, NULL))
		doc.root = gv_mkobj();
	both(text, NULL, &doc.root);
	both(text, gv_schema_find(GV_STR("case")), &doc.root);
	gv_doc_free(&doc);
	free(text);
	return 0;
}
