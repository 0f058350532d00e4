/* SPDX-License-Identifier: MIT */
/* stat_unit: records as text into statistics, and rows and states out of them as text; for the tests of stat.h and report.h. */
#ifndef GAVEL_STAT_UNIT_H
#define GAVEL_STAT_UNIT_H

#include "report.h"
#include "stat.h"
#include "unit.h"
#include "roll.h"

#define COUNT(a) (sizeof (a) / sizeof (a)[0])

static struct gv_err err;

/* ---- asking ---- */

static inline int ask(struct gv_stat_spec **out, const char *groups, const char *aggregates, const char *where, uint32_t exact,
                      struct gv_err *e)
{
	const char *const list[] = { aggregates, NULL }, *const conditions[] = { where, NULL };

	return gv_stat_spec_new(out, &(struct gv_stat_ask){ groups, list, conditions, exact }, e);
}

static inline struct gv_stat_spec *spec_of(const char *groups, const char *aggregates, const char *where, uint32_t exact)
{
	struct gv_stat_spec *spec;

	CHECK_OK(ask(&spec, groups, aggregates, where, exact, &err), &err);
	if (!spec)
		exit(2);
	return spec;
}

static inline struct gv_stat *stat_of(const struct gv_stat_spec *spec, size_t memory)
{
	struct gv_stat *s;

	CHECK_OK(gv_stat_new(&s, spec, memory, &err), &err);
	if (!s)
		exit(2);
	return s;
}

/* ---- records ---- */

static inline int add_text(struct gv_stat *s, struct gv_str text, struct gv_stat_place at, struct gv_err *e)
{
	struct gv_doc d = GV_DOC_INIT;
	int rc = gv_json_parse(&d, text, GV_JSON_FOREIGN, e);

	if (!rc)
		rc = gv_stat_add(s, &d.root, at, e);
	gv_doc_free(&d);
	return rc;
}

/* The next line of a text; false at its end. */
static inline bool next_line(const char **text, struct gv_str *line)
{
	*line = (struct gv_str){ *text, strcspn(*text, "\n") };
	*text += line->n + ((*text)[line->n] == '\n');
	return line->n > 0;
}

static inline void add_lines(struct gv_stat *s, const char *records)
{
	struct gv_str line;

	for (uint64_t n = 1; next_line(&records, &line); n++)
		CHECK_OK(add_text(s, line, (struct gv_stat_place){ .line = n }, &err), &err);
}

static inline int add_state(struct gv_stat *s, struct gv_str text, struct gv_err *e)
{
	struct gv_doc d = GV_DOC_INIT;
	int rc = gv_json_parse(&d, text, 0, e);

	if (!rc)
		rc = gv_stat_add_state(s, &d.root, e);
	gv_doc_free(&d);
	return rc;
}

/* ---- rows and states ---- */

static inline int append_row(void *ctx, struct gv_doc *doc, bool is_total)
{
	gv_buf_adds(ctx, is_total ? "total " : "");
	gv_json_line(ctx, &doc->root);
	gv_buf_addc(ctx, '\n');
	return 0;
}

/* Asked for nothing but the rows as they are. */
#define PLAIN ((struct gv_report_ask){ .decimals = -1 })

static inline int print_rows(struct gv_buf *out, const struct gv_stat_spec *spec, struct gv_stat *const *stats, size_t n,
                             const struct gv_report_ask *how, struct gv_err *e)
{
	struct gv_report *r;
	int rc = gv_report_new(&r, spec, how, e);

	if (!rc)
		rc = gv_report_prepare(r, stats, n, e);
	if (!rc)
		rc = gv_report_rows(r, stats, n, append_row, out, e);
	if (!rc)
		rc = gv_buf_check(out, e);
	gv_report_free(r);
	return rc;
}

static inline int print_states(struct gv_buf *out, const struct gv_stat_spec *spec, struct gv_stat *const *stats, size_t n, struct gv_err *e)
{
	struct gv_stat_walk *walk;
	struct gv_group *g = NULL;
	int rc = gv_stat_walk_open(&walk, stats, n, e);

	if (rc)
		return rc;
	do {
		rc = gv_stat_walk_next(walk, &g, e);
		if (!rc && g)
			rc = gv_stat_state(out, spec, g, e);
	} while (!rc && g);
	gv_stat_walk_close(walk);
	return rc ? rc : gv_buf_check(out, e);
}

/* Records, one a line, to rows, one a line. */
static inline void check_report(const struct gv_stat_spec *spec, const struct gv_report_ask *how, const char *records, const char *want)
{
	struct gv_buf rows = GV_BUF_INIT(GV_MIB);
	struct gv_stat *s = stat_of(spec, 0);

	add_lines(s, records);
	CHECK_OK(print_rows(&rows, spec, &s, 1, how, &err), &err);
	CHECK_STR(rows.p ? rows.p : "", want);
	gv_buf_free(&rows);
	gv_stat_free(s);
}

static inline void check_rows(const char *groups, const char *aggregates, const char *records, const char *want)
{
	struct gv_stat_spec *spec = spec_of(groups, aggregates, NULL, 0);

	check_report(spec, &PLAIN, records, want);
	gv_stat_spec_free(spec);
}

#endif
