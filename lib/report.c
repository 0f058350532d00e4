/* SPDX-License-Identifier: MIT */
/* report: from groups to rows, in order. */
#include "report.h"

#include <stdlib.h>

#include "i18n.h"
#include "report_impl.h"
#include "sorter.h"

enum { LIST_MAX = 65536, SORT_MEMORY = 64 << 20 };

/* ---- what may be asked for ---- */

static int check_ask(const struct gv_stat_spec *spec, const struct gv_report_ask *ask, struct gv_err *err)
{
	enum gv_stat_fn first = spec->columns[0].fn;

	if ((ask->pivot || ask->spark) && !spec->ngroups)
		return gv_fail(err, GV_EUSAGE, "%s", ask->pivot ? _("--pivot: there are no groups")
		                                               : _("--spark: no group is a part of a date, as filed_on:month"));
	if (ask->spark && !spec->groups[spec->ngroups - 1].part)
		return gv_fail(err, GV_EUSAGE, "%s", _("--spark: the last group is no part of a date, as filed_on:month"));
	if (ask->pivot && ask->mask && ask->is_sensitive && ask->is_sensitive(spec->groups[spec->ngroups - 1].path))
		return gv_fail(err, GV_EUSAGE, _("--pivot: the values of %.*s are sensitive and would be the names of columns: give --sensitive"),
		               (int)spec->groups[spec->ngroups - 1].text.n, spec->groups[spec->ngroups - 1].text.p);
	if (ask->share && ask->pivot)
		return gv_fail(err, GV_EUSAGE, "%s", _("--share does not go with --pivot: a row has many columns to share out"));
	if (ask->share && first != GV_FN_COUNT && first != GV_FN_HAS && first != GV_FN_SUM)
		return gv_fail(err, GV_EUSAGE, _("--share: the first aggregate must be a count or a sum, this is %.*s"),
		               (int)spec->columns[0].text.n, spec->columns[0].text.p);
	return 0;
}

/* ---- birth and death ---- */

static int parse_having(struct gv_report *r, struct gv_err *err)
{
	int rc = r->ask.having ? gv_query_parse(&r->having, r->ask.having, NULL, NULL, NULL, err) : 0;

	if (rc)
		gv_err_thing(err, "--having", 8);
	return rc;
}

int gv_report_new(struct gv_report **out, const struct gv_stat_spec *spec, const struct gv_report_ask *ask, struct gv_err *err)
{
	struct gv_report *r = calloc(1, sizeof *r);
	int rc;

	*out = NULL;
	if (!r)
		return gv_fail_nomem(err);
	r->spec = spec;
	r->ask = *ask;
	if (!r->ask.memory)
		r->ask.memory = SORT_MEMORY;
	r->ngroups = spec->ngroups - (ask->pivot || ask->spark);
	r->spark_until = -1;
	rc = check_ask(spec, ask, err);
	if (!rc)
		rc = parse_having(r, err);
	if (!rc && !ask->pivot)
		rc = gv_report_list_columns(r, err);
	if (!rc && !ask->pivot)
		rc = gv_report_check_names(r, err);
	if (rc) {
		gv_report_free(r);
		return rc;
	}
	*out = r;
	return 0;
}

/* All that follows from the groups. */
static void forget(struct gv_report *r)
{
	gv_group_free(r->spec, r->total);
	gv_group_free(r->spec, r->none);
	r->total = r->none = NULL;
	for (size_t i = 0; i < r->npivot; i++)
		gv_group_free(r->spec, r->pivot_total[i]);
	r->npivot = 0;
	r->spark_from = 0;
	r->spark_until = -1;
	r->from[0] = r->until[0] = '\0';
}

void gv_report_free(struct gv_report *r)
{
	if (!r)
		return;
	forget(r);
	free(r->pivot);
	free(r->pivot_total);
	gv_query_free(r->having);
	gv_arena_free(&r->arena);
	free(r);
}

const struct gv_str *gv_report_columns(const struct gv_report *r, size_t *n)
{
	*n = r->nnames;
	return r->names;
}

size_t gv_report_groups(const struct gv_report *r)
{
	return r->ngroups;
}

bool gv_report_is_time(const struct gv_report *r)
{
	return r->ngroups == 1 && r->spec->groups[0].part;
}

struct gv_str gv_report_first(const struct gv_report *r)
{
	return r->spec->columns[0].name;
}

struct gv_str gv_report_from(const struct gv_report *r)
{
	return gv_str_of(r->from);
}

struct gv_str gv_report_until(const struct gv_report *r)
{
	return gv_str_of(r->until);
}

/* ---- a first look at all groups ---- */

static int begin_look(struct gv_report *r, struct gv_err *err)
{
	int rc = 0;

	forget(r);
	if (r->ask.pivot) {
		r->ncolumns = r->columns_room = 0;
		gv_arena_reset(&r->arena);
	}
	if (r->ask.pivot && !r->pivot) {
		r->pivot = calloc(GV_PIVOT_MAX + 1, sizeof *r->pivot);
		r->pivot_total = calloc(GV_PIVOT_MAX + 1, sizeof(struct gv_group *));
		if (!r->pivot || !r->pivot_total)
			return gv_fail_nomem(err);
	}
	if (r->ask.total || r->ask.share)
		rc = gv_group_alone(&r->total, r->spec, err);
	if (!rc && r->ask.pivot)
		rc = gv_group_alone(&r->none, r->spec, err);
	return rc;
}

static int look_at(struct gv_report *r, struct gv_group *g, struct gv_err *err)
{
	int rc = 0;

	if (r->total)
		rc = gv_cells_join(r->spec, r->total, g, err);
	if (!rc && r->ask.pivot)
		rc = gv_report_see_pivot(r, g, err);
	if (!rc && r->ask.spark)
		gv_report_see_time(r, g);
	return rc;
}

int gv_report_prepare(struct gv_report *r, struct gv_stat *const *stats, size_t n, struct gv_err *err)
{
	struct gv_stat_walk *w;
	struct gv_group *g;
	int rc = begin_look(r, err);

	if (rc || (!r->total && !r->ask.pivot && !r->ask.spark))
		return rc;
	rc = gv_stat_walk_open(&w, stats, n, err);
	if (rc)
		return rc;
	while (!(rc = gv_stat_walk_next(w, &g, err)) && g && !rc)
		if ((rc = look_at(r, g, err)))
			break;
	gv_stat_walk_close(w);
	if (!rc && r->ask.spark)
		rc = gv_report_check_time(r, err);
	if (!rc && r->ask.pivot)
		rc = gv_report_list_columns(r, err);
	return !rc && r->npivot ? gv_report_check_names(r, err) : rc; /* nothing came: no columns, and nothing to order */
}

/* ---- rows out of groups ---- */

/* The row that is being made: of one group, or of several that differ in the last value only. */
struct maker {
	struct gv_report *r;
	struct gv_doc doc;
	struct gv_buf key;        /* of its groups */
	bool open;
	struct gv_group *joined;  /* of a sparkline's row */
	struct gv_spark spark;
	bool *seen;               /* which values of the pivot it has */
	struct gv_sorter *sorter; /* NULL: in the order of the groups */
	uint64_t shown;
	int (*each)(void *ctx, struct gv_doc *doc, bool is_total);
	void *ctx;
};

static int show(struct maker *m, bool is_total, struct gv_err *err)
{
	int rc = gv_report_dress(m->r, &m->doc, err);

	m->shown += !is_total;
	return rc ? rc : m->each(m->ctx, &m->doc, is_total);
}

static bool is_enough(const struct maker *m)
{
	return m->r->ask.top && m->shown >= m->r->ask.top;
}

/* Values of the columns to sort by, those of the largest first with their bits turned; then the groups. */
static void make_sort_key(struct maker *m, struct gv_buf *key)
{
	struct gv_str list = gv_str_of(m->r->ask.sort), name;
	bool down;

	while (gv_report_next_sort(&list, &name, &down)) {
		size_t from = key->n;

		gv_key_add(key, gv_val_getn(&m->doc.root, name));
		for (size_t i = from; down && i < key->n; i++)
			key->p[i] = (char)~key->p[i];
	}
	gv_buf_addstr(key, gv_buf_str(&m->key));
}

/* A row on its way through the sorter is the keys of its values, column by column. */
static int sort_row(struct maker *m, struct gv_err *err)
{
	struct gv_buf key = GV_BUF_INIT(GV_RUNS_MAX), row = GV_BUF_INIT(GV_RUNS_MAX);
	int rc;

	make_sort_key(m, &key);
	for (size_t i = 0; i < m->r->ncolumns; i++)
		gv_key_add(&row, gv_val_getn(&m->doc.root, m->r->columns[i].name));
	rc = gv_buf_check(&key, err);
	if (!rc)
		rc = gv_buf_check(&row, err);
	if (!rc)
		rc = gv_sorter_add(m->sorter, gv_buf_str(&key), gv_buf_str(&row), err);
	gv_buf_free(&key);
	gv_buf_free(&row);
	return rc;
}

static int read_row(struct maker *m, struct gv_str row, struct gv_err *err)
{
	int rc = 0;

	gv_doc_reset(&m->doc);
	m->doc.root = gv_mkobj();
	for (size_t i = 0; i < m->r->ncolumns && !rc; i++) {
		size_t n = gv_key_length(row);
		struct gv_val v;

		rc = gv_key_read(&m->doc, &v, row, err);
		if (!rc && v.type != GV_NULL)
			rc = gv_obj_set(&m->doc, &m->doc.root, m->r->columns[i].name, v, err);
		row = (struct gv_str){ row.p + n, row.n - n };
	}
	return rc;
}

static int fill_gaps(struct maker *m, struct gv_err *err)
{
	int rc = 0;

	for (size_t i = 0; i < m->r->npivot && !rc; i++) {
		if (!m->seen[i])
			rc = gv_report_put_results(m->r, &m->doc, m->r->none, i, err);
		m->seen[i] = false;
	}
	return rc;
}

static int end_row(struct maker *m, struct gv_err *err)
{
	struct gv_report *r = m->r;
	int rc = 0;

	if (!m->open)
		return 0;
	m->open = false;
	if (r->ask.pivot)
		rc = fill_gaps(m, err);
	if (r->ask.spark) {
		rc = gv_report_put_results(r, &m->doc, m->joined, 0, err);
		if (!rc && r->ask.share)
			rc = gv_report_put_share(r, &m->doc, m->joined, err);
		if (!rc)
			rc = gv_spark_put(r, &m->doc, &m->spark, err);
		gv_group_free(r->spec, m->joined);
		m->joined = NULL;
	}
	if (rc || (r->having && !gv_query_match(r->having, &m->doc.root)))
		return rc;
	if (m->sorter)
		return sort_row(m, err);
	return is_enough(m) ? 0 : show(m, false, err);
}

static int begin_row(struct maker *m, struct gv_str key, struct gv_err *err)
{
	int rc;

	gv_buf_reset(&m->key);
	gv_buf_addstr(&m->key, key);
	rc = gv_buf_check(&m->key, err);
	gv_doc_reset(&m->doc);
	m->doc.root = gv_mkobj();
	memset(&m->spark, 0, m->r->ask.spark ? sizeof m->spark : 0);
	m->open = true;
	if (!rc)
		rc = gv_report_put_groups(m->r, &m->doc, key, err);
	if (!rc && m->r->ask.spark)
		rc = gv_group_alone(&m->joined, m->r->spec, err);
	return rc;
}

static int add_point(struct maker *m, struct gv_group *g, struct gv_str value, struct gv_err *err)
{
	struct gv_report *r = m->r;
	struct gv_doc d = GV_DOC_INIT;
	struct gv_result result;
	int rc = gv_stat_result(&d, &result, r->spec, &r->spec->columns[0], g, r->ask.interpolate, err);

	if (!rc && result.has)
		gv_spark_add(r, &m->spark, value, &result.val);
	gv_doc_free(&d);
	return rc ? rc : gv_cells_join(r->spec, m->joined, g, err);
}

static int add_group(struct maker *m, struct gv_group *g, struct gv_err *err)
{
	struct gv_report *r = m->r;
	struct gv_str key, last = gv_report_last(r, g->key, &key);
	size_t pivot;
	int rc = 0;

	for (size_t i = 0; i < r->spec->nvalues; i++)
		r->misfits[i] += g->misfits[i];
	gv_report_count_strays(r, g);
	if (!last.n || !m->open || !gv_str_eq(key, gv_buf_str(&m->key))) {
		rc = end_row(m, err);
		if (!rc)
			rc = begin_row(m, key, err);
	}
	if (rc)
		return rc;
	if (r->ask.spark)
		return add_point(m, g, last, err);
	if (r->ask.pivot) {
		pivot = gv_report_pivot_of(r, last);
		m->seen[pivot] = true;
		return gv_report_put_results(r, &m->doc, g, pivot, err);
	}
	rc = gv_report_put_results(r, &m->doc, g, 0, err);
	return !rc && r->ask.share ? gv_report_put_share(r, &m->doc, g, err) : rc;
}

static int walk(struct maker *m, struct gv_stat *const *stats, size_t n, struct gv_err *err)
{
	struct gv_stat_walk *w;
	struct gv_group *g;
	int rc = gv_stat_walk_open(&w, stats, n, err);

	if (rc)
		return rc;
	do {
		rc = gv_stat_walk_next(w, &g, err);
		if (!rc && g)
			rc = add_group(m, g, err);
	} while (!rc && g);
	gv_stat_walk_close(w);
	return rc ? rc : end_row(m, err);
}

static int show_sorted(struct maker *m, struct gv_err *err)
{
	struct gv_str key, row;
	int rc = gv_sorter_done(m->sorter, err);

	while (!rc && !is_enough(m)) {
		rc = gv_sorter_next(m->sorter, &key, &row, err);
		if (rc || !key.p)
			break;
		rc = read_row(m, row, err);
		if (!rc)
			rc = show(m, false, err);
	}
	return rc;
}

static int show_total(struct maker *m, struct gv_err *err)
{
	struct gv_report *r = m->r;
	int rc = 0;

	gv_doc_reset(&m->doc);
	m->doc.root = gv_mkobj();
	for (size_t i = 0; i < r->npivot && !rc; i++)
		rc = gv_report_put_results(r, &m->doc, r->pivot_total[i], i, err);
	if (!rc && !r->ask.pivot)
		rc = gv_report_put_results(r, &m->doc, r->total, 0, err);
	if (!rc && r->ask.share)
		rc = gv_report_put_share(r, &m->doc, r->total, err);
	return rc ? rc : show(m, true, err);
}

int gv_report_rows(struct gv_report *r, struct gv_stat *const *stats, size_t n,
                   int (*each)(void *ctx, struct gv_doc *doc, bool is_total), void *ctx, struct gv_err *err)
{
	struct maker m = { .r = r, .key = GV_BUF_INIT(GV_RUNS_MAX), .each = each, .ctx = ctx };
	int rc = 0;

	memset(r->misfits, 0, sizeof r->misfits);
	memset(r->strays, 0, sizeof r->strays);
	memset(r->approximate, 0, sizeof r->approximate);
	m.seen = calloc(r->npivot + 1, sizeof *m.seen);
	if (!m.seen)
		return gv_fail_nomem(err);
	if (r->ask.sort)
		rc = gv_sorter_new(&m.sorter, r->ask.memory, err);
	if (!rc)
		rc = walk(&m, stats, n, err);
	if (!rc && m.sorter)
		rc = show_sorted(&m, err);
	if (!rc && r->ask.total)
		rc = show_total(&m, err);
	if (!rc && r->having)
		rc = gv_query_trouble(r->having, err);
	gv_group_free(r->spec, m.joined);
	gv_sorter_free(m.sorter);
	gv_buf_free(&m.key);
	gv_doc_free(&m.doc);
	free(m.seen);
	return rc;
}

/* ---- what must be told ---- */

uint64_t gv_report_misfits(const struct gv_report *r, size_t *i, struct gv_str *field, enum gv_report_wants *wants)
{
	while (*i < r->spec->nvalues) {
		size_t at = (*i)++;
		const struct gv_stat_value *v = &r->spec->values[at];

		*field = v->text;
		*wants = v->until.p ? GV_WANTS_DATES : v->wants_number ? GV_WANTS_NUMBERS : GV_WANTS_ORDER;
		if (r->misfits[at])
			return r->misfits[at];
	}
	while (*i < r->spec->nvalues + r->spec->ngroups) {
		size_t at = (*i)++ - r->spec->nvalues;

		*field = r->spec->groups[at].text;
		*wants = GV_WANTS_PART;
		if (r->strays[at])
			return r->strays[at];
	}
	return 0;
}

bool gv_report_approximate(const struct gv_report *r, size_t *i, struct gv_str *column, const char **error)
{
	while (*i < r->spec->ncolumns) {
		const struct gv_stat_column *c = &r->spec->columns[(*i)++];

		*column = c->name;
		*error = c->fn == GV_FN_DISTINCT ? N_("standard error 0.81 %") : N_("too near to 0 by less than 0.1 %");
		if (r->approximate[c - r->spec->columns])
			return true;
	}
	return false;
}
