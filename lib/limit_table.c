/* SPDX-License-Identifier: MIT */
/* limit_table: the tables of limit.h as rows, and the row that fits a case. */
#include <stdlib.h>

#include "i18n.h"
#include "limit_impl.h"

const char *const gv_authority_names[GV_AUTHORITIES] = {
	[GV_BY_PRESIDENT] = "president", [GV_BY_SUPERIOR_COURT] = "superior-court", [GV_BY_HIGH_COURT] = "high-court",
	[GV_BY_UNSAID] = "",
};

/* ---- cells ---- */

/* Cuts the next word off a comma list. */
static bool next_word(struct gv_str *list, struct gv_str *word)
{
	const char *comma;

	if (!list->n)
		return false;
	comma = memchr(list->p, ',', list->n);
	*word = (struct gv_str){ list->p, comma ? (size_t)(comma - list->p) : list->n };
	list->p += word->n + (comma != NULL);
	list->n -= word->n + (comma != NULL);
	return true;
}

static int bad_cell(struct gv_err *err, struct gv_str cell, const char *column)
{
	return gv_fail(err, GV_EDATA, _("%s: \"%.*s\" is nothing that this column takes"), column, (int)cell.n, cell.p);
}

/* "+1m+15d" */
static int read_span(struct gv_span *out, bool *has, struct gv_str cell, const char *column, struct gv_err *err)
{
	*out = (struct gv_span){ 0, 0 };
	*has = cell.n > 0;
	while (cell.n) {
		struct gv_term t;
		size_t n = 1;

		while (n < cell.n && cell.p[n] != '+' && cell.p[n] != '-')
			n++;
		if (gv_term_parse(&t, (struct gv_str){ cell.p, n }, true, NULL) || t.unit == GV_UNIT_WORKDAY)
			return bad_cell(err, cell, column);
		out->months += t.unit == GV_UNIT_MONTH ? t.n : t.unit == GV_UNIT_YEAR ? t.n * 12 : 0;
		out->days += t.unit == GV_UNIT_DAY ? t.n : t.unit == GV_UNIT_WEEK ? t.n * 7 : 0;
		cell.p += n;
		cell.n -= n;
	}
	return 0;
}

static int read_authorities(struct gv_limit_row *r, struct gv_str cell, struct gv_err *err)
{
	struct gv_str word;

	while (next_word(&cell, &word)) {
		enum gv_authority a = 0;

		while (a < GV_BY_UNSAID && !gv_str_is(word, gv_authority_names[a]))
			a++;
		if (a == GV_BY_UNSAID || r->nby == GV_AUTHORITIES)
			return bad_cell(err, word, "authority");
		r->by[r->nby++] = a;
	}
	return 0;
}

static int read_restart(struct gv_limit_row *r, struct gv_str cell, struct gv_err *err)
{
	static const char *const names[] = { "filing", "decision", "notice" };

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		if (gv_str_is(cell, names[i])) {
			r->restart = (enum gv_restart)i;
			return 0;
		}
	return bad_cell(err, cell, "restart");
}

static int read_day(gv_day *out, struct gv_str cell, const char *column, struct gv_err *err)
{
	*out = gv_day_read(cell);
	return cell.n && *out == GV_DAY_NONE ? bad_cell(err, cell, column) : 0;
}

static int read_when(struct gv_limit_row *r, struct gv_str cell, struct gv_err *err)
{
	struct gv_buf text = GV_BUF_INIT(4096);
	int rc;

	if (!cell.n)
		return 0;
	gv_buf_addstr(&text, cell);
	rc = gv_buf_check(&text, err);
	if (!rc)
		rc = gv_query_parse(&r->when, text.p, gv_schema_find(GV_STR("case")), NULL, NULL, err);
	gv_buf_free(&text);
	return rc == GV_EUSAGE ? (err->code = GV_EDATA) : rc; /* the table is wrong, not the command line */
}

/* ---- loading ---- */

typedef int row_fn(struct gv_limits *l, struct gv_limit_table *t, size_t i, struct gv_err *err);

static struct gv_str cell(const struct gv_limit_table *t, size_t i, const char *column)
{
	return gv_ref_cell(t->ref, i, gv_ref_column(t->ref, column));
}

static int read_row(struct gv_limits *l, struct gv_limit_table *t, size_t i, row_fn *more, struct gv_err *err)
{
	struct gv_limit_row *r = &t->rows[i];
	int rc = read_day(&r->from, cell(t, i, "from"), "from", err);

	if (!rc)
		rc = read_day(&r->until, cell(t, i, "until"), "until", err);
	if (!rc)
		rc = read_when(r, cell(t, i, "when"), err);
	return rc ? rc : more(l, t, i, err);
}

static int load_table(struct gv_limits *l, struct gv_limit_table *t, const char *name, row_fn *more,
                      struct gv_err *err)
{
	int rc = gv_ref_open(&t->ref, name, err);

	if (rc)
		return rc;
	t->n = gv_ref_rows(t->ref);
	t->rule = gv_ref_column(t->ref, "rule");
	t->type = gv_ref_column(t->ref, "type");
	t->procedure = gv_ref_column(t->ref, "procedure");
	t->start = gv_ref_column(t->ref, "start");
	t->opens = gv_ref_column(t->ref, "opens");
	t->clock = gv_ref_column(t->ref, "clock");
	t->doc = gv_ref_column(t->ref, "doc");
	t->no = gv_ref_column(t->ref, "no");
	t->art = gv_ref_column(t->ref, "art");
	t->note = gv_ref_column(t->ref, "note");
	t->rows = calloc(t->n + 1, sizeof *t->rows);
	if (!t->rows)
		return gv_fail_nomem(err);
	for (size_t i = 0; i < t->n && !rc; i++) {
		rc = read_row(l, t, i, more, err);
		if (rc == GV_EDATA) {
			gv_err_thing(err, name, strlen(name));
			err->line = gv_ref_line(t->ref, i);
		}
	}
	return rc;
}

static int filing_row(struct gv_limits *l, struct gv_limit_table *t, size_t i, struct gv_err *err)
{
	(void)l;
	return gv_term_parse(&t->rows[i].term, cell(t, i, "term"), true, err);
}

static int trial_row(struct gv_limits *l, struct gv_limit_table *t, size_t i, struct gv_err *err)
{
	struct gv_limit_row *r = &t->rows[i];
	struct gv_str end = cell(t, i, "month_end");
	int rc = read_span(&r->span, &r->has_span, cell(t, i, "term"), "term", err);

	(void)l;
	if (!rc)
		rc = read_span(&r->latest, &r->has_latest, cell(t, i, "latest"), "latest", err);
	if (!rc)
		rc = read_span(&r->extend, &r->has_extend, cell(t, i, "extend"), "extend", err);
	if (!rc)
		rc = read_span(&r->most, &r->has_most, cell(t, i, "most"), "most", err);
	if (!rc)
		rc = read_authorities(r, cell(t, i, "authority"), err);
	if (!rc)
		rc = read_restart(r, cell(t, i, "restart"), err);
	r->last_day = gv_str_is(end, "last");
	return !rc && end.n && !r->last_day ? bad_cell(err, end, "month_end") : rc;
}

static int exclusion_row(struct gv_limits *l, struct gv_limit_table *t, size_t i, struct gv_err *err)
{
	struct gv_limit_row *r = &t->rows[i];
	struct gv_str opens = cell(t, i, "opens"), closes = cell(t, i, "closes");
	size_t p = 0;

	while (p < l->npairs && !gv_str_eq(l->pairs[p].opens, opens))
		p++;
	if (p == GV_PAIRS_MAX || !opens.n || !closes.n || (p < l->npairs && !gv_str_eq(l->pairs[p].closes, closes)))
		return bad_cell(err, opens, "opens");
	if (p == l->npairs)
		l->pairs[l->npairs++] = (struct gv_pair){ opens, closes };
	r->pair = p;
	return read_span(&r->span, &r->has_span, cell(t, i, "counted"), "counted", err);
}

static int extension_row(struct gv_limits *l, struct gv_limit_table *t, size_t i, struct gv_err *err)
{
	struct gv_limit_row *r = &t->rows[i];
	struct gv_str clock = cell(t, i, "clock");

	(void)l;
	if (!gv_str_is(clock, "extension-request") && !gv_str_is(clock, "extension-decision"))
		return bad_cell(err, clock, "clock");
	return read_span(&r->span, &r->has_span, cell(t, i, "term"), "term", err);
}

int gv_limit_tables_load(struct gv_limits *l, struct gv_err *err)
{
	int rc = load_table(l, &l->filing, "filing-clocks", filing_row, err);

	if (!rc)
		rc = load_table(l, &l->trial, "trial-limits", trial_row, err);
	if (!rc)
		rc = load_table(l, &l->exclusions, "trial-exclusions", exclusion_row, err);
	if (!rc)
		rc = load_table(l, &l->extensions, "extension-clocks", extension_row, err);
	return rc;
}

void gv_limit_table_free(struct gv_limit_table *t)
{
	for (size_t i = 0; t->rows && i < t->n; i++)
		gv_query_free(t->rows[i].when);
	free(t->rows);
	gv_ref_free(t->ref);
}

/* ---- choosing ---- */

/* A type code of the list; "民*" is all that begin so; an empty list is every type. */
static bool type_fits(struct gv_str list, struct gv_str type)
{
	struct gv_str word;

	if (!list.n)
		return true;
	while (type.n && next_word(&list, &word)) {
		bool prefix = word.n && word.p[word.n - 1] == '*';

		word.n -= prefix;
		if (prefix ? gv_str_starts(type, word) : gv_str_eq(type, word))
			return true;
	}
	return false;
}

size_t gv_limit_choose(const struct gv_limit_table *t, const struct gv_limit_job *j, struct gv_str procedure,
                       gv_day on, size_t from)
{
	for (size_t i = from; i < t->n; i++) {
		const struct gv_limit_row *r = &t->rows[i];
		struct gv_str wants = gv_ref_cell(t->ref, i, t->procedure);

		if ((r->from != GV_DAY_NONE && on < r->from) || (r->until != GV_DAY_NONE && on > r->until))
			continue;
		if (!type_fits(gv_ref_cell(t->ref, i, t->type), j->type) || (wants.n && !gv_str_eq(wants, procedure)))
			continue;
		if (!r->when || gv_query_match(r->when, j->rec->val))
			return i;
	}
	return GV_NO_ROW;
}

static gv_day last_of_month(gv_day d)
{
	struct gv_ymd ymd = gv_day_ymd(d);
	gv_day next = gv_day_add_months(gv_day_of(ymd.year, ymd.month, 1), 1);

	return next == GV_DAY_NONE ? GV_DAY_LAST : next - 1;
}

gv_day gv_span_add(gv_day day, struct gv_span span, bool last_day)
{
	gv_day out = span.months ? gv_day_add_months(day, span.months) : day;

	if (out == GV_DAY_NONE)
		return GV_DAY_NONE;
	if (last_day && span.months && day == last_of_month(day))
		out = last_of_month(out);
	if (span.days > GV_DAY_LAST - out || span.days < GV_DAY_FIRST - out)
		return GV_DAY_NONE;
	return out + span.days;
}
