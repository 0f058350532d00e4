/* SPDX-License-Identifier: MIT */
/* mediation_clock_table: the rows of share/ref/mediation-clocks.tsv. */
#include <stdlib.h>

#include "i18n.h"
#include "mediation_clock_impl.h"

#define TABLE "mediation-clocks"

static int bad_cell(struct gv_err *err, struct gv_str cell, const char *column)
{
	return gv_fail(err, GV_EDATA, _("%s: \"%.*s\" is nothing that this column takes"), column, (int)cell.n, cell.p);
}

/* Its copy with a NUL behind it; NULL for an empty cell. */
static int keep(struct gv_mediation_clocks *l, const char **out, struct gv_str cell, struct gv_err *err)
{
	*out = cell.n ? gv_arena_printf(&l->arena, "%.*s", (int)cell.n, cell.p) : NULL;
	return cell.n && !*out ? gv_fail_nomem(err) : 0;
}

static int read_name(struct gv_mediation_clocks *l, struct gv_clock_row *r, struct gv_str cell, struct gv_err *err)
{
	const char *at = GV_MEDIATION_CLOCKS;

	for (; at; at = strchr(at, '|')) {
		at += *at == '|';
		if (strcspn(at, "|") == cell.n && strncmp(at, cell.p, cell.n) == 0)
			return keep(l, &r->name, cell, err);
	}
	return bad_cell(err, cell, "clock");
}

static int read_when(struct gv_mediation_clocks *l, struct gv_clock_row *r, struct gv_str kind, struct gv_str cell,
                     struct gv_err *err)
{
	const char *when = NULL;
	int rc;

	r->schema = gv_schema_find(kind);
	if (!r->schema)
		return bad_cell(err, kind, "kind");
	rc = keep(l, &when, cell, err);
	if (!rc && when)
		rc = gv_query_parse(&r->when, when, r->schema, NULL, NULL, err);
	return rc == GV_EUSAGE ? (err->code = GV_EDATA) : rc; /* the table is wrong, not the command line */
}

static int read_start(struct gv_mediation_clocks *l, struct gv_clock_row *r, struct gv_str cell, struct gv_err *err)
{
	static const struct { const char *word; enum gv_starts starts; } words[] = {
		{ "consent", GV_STARTS_CONSENT }, { "mediator-accepted", GV_STARTS_MEDIATOR }, { "effective", GV_STARTS_EFFECTIVE },
		{ "each-appointment", GV_STARTS_APPOINTMENTS }, { "each-service", GV_STARTS_SERVICES },
	};

	r->may_wait = gv_str_ends(cell, GV_STR("?"));
	cell.n -= r->may_wait;
	r->starts = cell.n ? GV_STARTS_FIELD : GV_STARTS_NOWHERE;
	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		if (gv_str_is(cell, words[i].word))
			r->starts = words[i].starts;
	if (gv_str_starts(cell, GV_STR("events."))) {
		r->starts = GV_STARTS_EVENT;
		cell.p += strlen("events.");
		cell.n -= strlen("events.");
		if (!gv_schema_event(r->schema, cell))
			return bad_cell(err, cell, "starts");
	} else if (r->starts == GV_STARTS_FIELD && !gv_schema_at(r->schema, cell)) {
		return bad_cell(err, cell, "starts");
	}
	return keep(l, &r->start, cell, err);
}

static int read_term(struct gv_term *out, bool *has, struct gv_str cell, struct gv_err *err)
{
	*has = cell.n > 0;
	return *has ? gv_term_parse(out, cell, false, err) : 0;
}

static int read_last(struct gv_clock_row *r, struct gv_str cell, struct gv_err *err)
{
	struct gv_str word;

	while (gv_rule_next(&cell, &word)) {
		if (gv_str_is(word, "moves"))
			r->moves = true;
		else if (gv_str_is(word, "lapses"))
			r->lapses = true;
		else
			return bad_cell(err, word, "last");
	}
	return 0;
}

static int read_day(gv_day *out, struct gv_str cell, const char *column, struct gv_err *err)
{
	*out = gv_day_read(cell);
	return cell.n && *out == GV_DAY_NONE ? bad_cell(err, cell, column) : 0;
}

static int read_row(struct gv_mediation_clocks *l, size_t i, struct gv_err *err)
{
	struct gv_clock_row *r = &l->rows[i];
#define CELL(column) gv_ref_cell(l->ref, i, gv_ref_column(l->ref, column))
	struct gv_str gaps = CELL("gaps");
	int rc = read_name(l, r, CELL("clock"), err);

	r->rule = CELL("rule");
	r->states = CELL("states");
	r->ends = CELL("ends");
	r->doc = CELL("doc");
	r->no = CELL("no");
	r->art = CELL("art");
	r->note = CELL("note");
	r->consult = gv_str_is(gaps, "consult");
	if (!rc && gaps.n && !r->consult)
		rc = bad_cell(err, gaps, "gaps");
	if (!rc)
		rc = read_when(l, r, CELL("kind"), CELL("when"), err);
	if (!rc)
		rc = read_start(l, r, CELL("starts"), err);
	if (!rc)
		rc = read_term(&r->term, &r->has_term, CELL("term"), err);
	if (!rc)
		rc = read_term(&r->most, &r->has_most, CELL("most"), err);
	if (!rc)
		rc = keep(l, &r->extended, CELL("extended"), err);
	if (!rc)
		rc = read_last(r, CELL("last"), err);
	if (!rc)
		rc = read_day(&r->from, CELL("from"), "from", err);
	return rc ? rc : read_day(&r->until, CELL("until"), "until", err);
#undef CELL
}

static int read_table(struct gv_mediation_clocks *l, struct gv_err *err)
{
	int rc = gv_ref_open(&l->ref, TABLE, err);

	if (rc)
		return rc;
	l->n = gv_ref_rows(l->ref);
	l->rows = calloc(l->n + 1, sizeof *l->rows);
	if (!l->rows)
		return gv_fail_nomem(err);
	for (size_t i = 0; i < l->n && !rc; i++) {
		rc = read_row(l, i, err);
		if (rc == GV_EDATA) {
			gv_err_thing(err, TABLE, strlen(TABLE));
			err->line = gv_ref_line(l->ref, i);
		}
	}
	return rc;
}

int gv_mediation_clocks_load(struct gv_mediation_clocks **out, const struct gv_calendar *cal, struct gv_err *err)
{
	struct gv_mediation_clocks *l = calloc(1, sizeof *l);
	int rc;

	*out = NULL;
	if (!l)
		return gv_fail_nomem(err);
	l->cal = cal;
	rc = read_table(l, err);
	if (rc) {
		gv_mediation_clocks_free(l);
		return rc;
	}
	*out = l;
	return 0;
}

void gv_mediation_clocks_free(struct gv_mediation_clocks *l)
{
	if (!l)
		return;
	for (size_t i = 0; l->rows && i < l->n; i++)
		gv_query_free(l->rows[i].when);
	free(l->rows);
	gv_ref_free(l->ref);
	gv_arena_free(&l->arena);
	free(l);
}
