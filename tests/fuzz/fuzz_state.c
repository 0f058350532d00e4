/* SPDX-License-Identifier: MIT */
/*
 * fuzz_state: states of statistics, one a line.  What is taken must print as rows, and the states that it makes must
 * be taken again and be the same.
 */
#include <stdlib.h>

#include "report.h"

static int see(void *ctx, struct gv_doc *row, bool is_total)
{
	struct gv_buf *text = ctx;

	(void)is_total;
	gv_json_line(text, &row->root);
	return 0;
}

/* All states of s as lines. */
static void print_states(struct gv_buf *out, const struct gv_stat_spec *spec, struct gv_stat *s)
{
	struct gv_stat_walk *w;
	struct gv_group *g;
	struct gv_err err;

	if (gv_stat_walk_open(&w, &s, 1, &err))
		return;
	while (gv_stat_walk_next(w, &g, &err) == 0 && g)
		if (gv_stat_state(out, spec, g, &err))
			break;
	gv_stat_walk_close(w);
}

/* The states among the lines; *spec is that of the first, made if it is NULL. */
static struct gv_stat *read_states(struct gv_stat_spec **spec, struct gv_str text)
{
	struct gv_doc doc = GV_DOC_INIT;
	struct gv_stat *s = NULL;
	struct gv_err err;

	while (text.n) {
		const char *end = memchr(text.p, '\n', text.n);
		struct gv_str line = { text.p, end ? (size_t)(end - text.p) : text.n };

		text.p += line.n + (end != NULL);
		text.n -= line.n + (end != NULL);
		if (gv_json_parse(&doc, line, 0, &err))
			continue;
		if (!*spec && gv_stat_spec_of_state(spec, &doc.root, &err))
			continue;
		if (!s && gv_stat_new(&s, *spec, 0, &err))
			break;
		if (gv_stat_add_state(s, &doc.root, &err) && !err.code)
			abort();
	}
	gv_doc_free(&doc);
	return s;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct gv_buf first = GV_BUF_INIT(64 * GV_MIB), again = GV_BUF_INIT(64 * GV_MIB), rows = GV_BUF_INIT(64 * GV_MIB);
	struct gv_report_ask ask = { .decimals = 2, .verbose = true, .total = true };
	struct gv_stat_spec *spec = NULL;
	struct gv_stat *s = read_states(&spec, (struct gv_str){ (const char *)data, size }), *t;
	struct gv_report *r = NULL;
	struct gv_err err;

	if (s) {
		print_states(&first, spec, s);
		t = read_states(&spec, gv_buf_str(&first));
		if (t)
			print_states(&again, spec, t);
		if (!first.failed && !gv_str_eq(gv_buf_str(&first), gv_buf_str(&again)))
			abort();
		if (gv_report_new(&r, spec, &ask, &err) == 0 && gv_report_prepare(r, &s, 1, &err) == 0)
			gv_report_rows(r, &s, 1, see, &rows, &err);
		gv_stat_free(t);
	}
	gv_report_free(r);
	gv_stat_free(s);
	gv_stat_spec_free(spec);
	gv_buf_free(&first);
	gv_buf_free(&again);
	gv_buf_free(&rows);
	return 0;
}
