/* SPDX-License-Identifier: MIT */
/* report_columns: which columns there are, and whether those that are asked for are among them. */
#include <stdlib.h>

#include "i18n.h"
#include "report_impl.h"

/* ---- making them ---- */

static int add_column(struct gv_report *r, const struct gv_report_column *c, struct gv_err *err)
{
	enum { FEWEST = 64 };

	if (r->ncolumns == r->columns_room) {
		size_t room = r->columns_room ? 2 * r->columns_room : FEWEST;
		struct gv_report_column *more = gv_arena_alloc(&r->arena, room * sizeof *more);

		if (!more)
			return gv_fail_nomem(err);
		if (r->ncolumns)
			memcpy(more, r->columns, r->ncolumns * sizeof *more);
		r->columns = more;
		r->columns_room = room;
	}
	r->columns[r->ncolumns++] = *c;
	return 0;
}

static int add_named(struct gv_report *r, struct gv_report_column c, const char *more, struct gv_str suffix, struct gv_err *err)
{
	char *name = gv_arena_printf(&r->arena, "%.*s%s%s%.*s", (int)c.of->name.n, c.of->name.p, more, suffix.p ? "_" : "",
	                             (int)suffix.n, suffix.p ? suffix.p : "");

	if (!name)
		return gv_fail_nomem(err);
	c.name = gv_str_of(name);
	return add_column(r, &c, err);
}

/* Columns about a column: where -v asks for them, and the error of what is not exact. */
static int add_details(struct gv_report *r, struct gv_report_column c, struct gv_str suffix, struct gv_err *err)
{
	bool verbose = r->ask.verbose;
	int rc = 0;

	c.fraction = false;
	c.source = (struct gv_str){ 0 };
	switch (verbose ? c.of->fn : GV_FN_COUNT) {
	case GV_FN_RATE:
		c.shows = GV_SHOW_HITS;
		rc = add_named(r, c, "_num", suffix, err);
		c.shows = GV_SHOW_OF;
		return rc ? rc : add_named(r, c, "_den", suffix, err);
	case GV_FN_SUM:
	case GV_FN_MEAN:
	case GV_FN_SD:
	case GV_FN_QUANTILE:
		c.shows = GV_SHOW_VALUES;
		rc = add_named(r, c, "_n", suffix, err);
		break;
	default:
		break;
	}
	if (rc || (c.of->fn != GV_FN_QUANTILE && c.of->fn != GV_FN_DISTINCT))
		return rc;
	c.shows = GV_SHOW_ERROR;
	c.hidden = !verbose;
	return add_named(r, c, "_error", suffix, err);
}

/* The field whose values a column shows as they are; {0} for numbers that were computed. */
static struct gv_str source_of(const struct gv_report *r, const struct gv_stat_column *c)
{
	bool shows = c->fn == GV_FN_MIN || c->fn == GV_FN_MAX || c->fn == GV_FN_FIRST || c->fn == GV_FN_LAST;

	return shows ? r->spec->values[r->spec->cells[c->cell].value].path : (struct gv_str){ 0 };
}

int gv_report_add_columns(struct gv_report *r, struct gv_str suffix, struct gv_err *err)
{
	size_t before = r->ncolumns;
	int rc = 0;

	for (size_t i = 0; i < r->spec->ncolumns && !rc; i++) {
		struct gv_report_column c = { .of = &r->spec->columns[i], .shows = GV_SHOW_RESULT };

		c.fraction = c.of->fn == GV_FN_MEAN || c.of->fn == GV_FN_SD || c.of->fn == GV_FN_RATE ||
		             (c.of->fn == GV_FN_QUANTILE && r->ask.interpolate);
		c.more_decimals = c.of->fn == GV_FN_RATE ? 2 : 0;
		c.source = source_of(r, c.of);
		rc = add_named(r, c, "", suffix, err);
		if (!rc)
			rc = add_details(r, c, suffix, err);
	}
	r->nresults = r->ncolumns - before;
	return rc;
}

static int add_own(struct gv_report *r, struct gv_str name, struct gv_report_column c, struct gv_err *err)
{
	c.name = name;
	return add_column(r, &c, err);
}

static int compare_names(const void *a, const void *b)
{
	return gv_str_cmp(*(const struct gv_str *)a, *(const struct gv_str *)b);
}

/* Of two columns with one name the second would hide the first. */
static int check_different(const struct gv_report *r, struct gv_err *err)
{
	struct gv_str *sorted = calloc(r->ncolumns + 1, sizeof *sorted);
	int rc = 0;

	if (!sorted)
		return gv_fail_nomem(err);
	for (size_t i = 0; i < r->ncolumns; i++)
		sorted[i] = r->columns[i].name;
	qsort(sorted, r->ncolumns, sizeof *sorted, compare_names);
	for (size_t i = 1; i < r->ncolumns && !rc; i++)
		if (gv_str_eq(sorted[i - 1], sorted[i]))
			rc = gv_fail(err, GV_EUSAGE, _("two columns would be named \"%.*s\""), (int)sorted[i].n, sorted[i].p);
	free(sorted);
	return rc;
}

int gv_report_list_columns(struct gv_report *r, struct gv_err *err)
{
	int rc = 0;

	r->ncolumns = r->columns_room = 0;
	for (size_t i = 0; i < r->ngroups && !rc; i++) {
		const struct gv_stat_group *g = &r->spec->groups[i];

		rc = add_own(r, g->name, (struct gv_report_column){ .shows = GV_SHOW_GROUP, .source = g->path }, err);
	}
	if (!rc && r->ask.pivot)
		rc = gv_report_pivot_columns(r, err);
	else if (!rc)
		rc = gv_report_add_columns(r, (struct gv_str){ 0 }, err);
	if (!rc && r->ask.share)
		rc = add_own(r, GV_STR(GV_SHARE), (struct gv_report_column){ .shows = GV_SHOW_SHARE, .fraction = true, .more_decimals = 2 }, err);
	if (!rc && r->ask.spark)
		rc = add_own(r, GV_STR(GV_SPARK), (struct gv_report_column){ .shows = GV_SHOW_SPARK }, err);
	if (rc)
		return rc;
	r->names = gv_arena_alloc(&r->arena, (r->ncolumns + 1) * sizeof *r->names);
	if (!r->names)
		return gv_fail_nomem(err);
	r->nnames = 0;
	for (size_t i = 0; i < r->ncolumns; i++)
		if (!r->columns[i].hidden)
			r->names[r->nnames++] = r->columns[i].name;
	return check_different(r, err);
}

/* ---- asking for them ---- */

static const struct gv_report_column *find_column(const struct gv_report *r, struct gv_str name)
{
	for (size_t i = 0; i < r->ncolumns; i++)
		if (gv_str_eq(r->columns[i].name, name))
			return &r->columns[i];
	return NULL;
}

static int no_column(const struct gv_report *r, const char *option, struct gv_str name, struct gv_err *err)
{
	struct gv_buf names = GV_BUF_INIT(400);

	for (size_t i = 0; i < r->nnames; i++) {
		gv_buf_adds(&names, i ? ", " : "");
		gv_buf_addstr(&names, r->names[i]);
	}
	gv_fail(err, GV_EUSAGE, _("%s: there is no column \"%.*s\"; those are: %s%s"), option, (int)name.n, name.p,
	        names.p ? names.p : "", names.failed ? " ..." : "");
	gv_buf_free(&names);
	return GV_EUSAGE;
}

/* The next of "-count,cause"; list->p is NULL behind the last. */
bool gv_report_next_sort(struct gv_str *list, struct gv_str *name, bool *down)
{
	const char *comma;

	if (!list->p)
		return false;
	comma = memchr(list->p, ',', list->n);
	*name = (struct gv_str){ list->p, comma ? (size_t)(comma - list->p) : list->n };
	*list = comma ? (struct gv_str){ comma + 1, list->n - name->n - 1 } : (struct gv_str){ 0 };
	*down = name->n && name->p[0] == '-';
	name->p += *down;
	name->n -= *down;
	return true;
}

/* A column, the beginning of the name of one that has dots, or something in one that holds objects. */
static bool could_be_column(const struct gv_report *r, struct gv_str name)
{
	const char *dot = memchr(name.p, '.', name.n);

	for (size_t i = 0; i < r->ncolumns; i++) {
		struct gv_str column = r->columns[i].name;

		if (gv_str_starts(column, name) && (column.n == name.n || column.p[name.n] == '.'))
			return true;
	}
	return dot && find_column(r, (struct gv_str){ name.p, (size_t)(dot - name.p) });
}

/* Of a pivot's columns none is known before the groups are. */
int gv_report_check_names(struct gv_report *r, struct gv_err *err)
{
	struct gv_str list = gv_str_of(r->ask.sort), name, *roots;
	size_t n = r->having ? gv_query_roots(r->having, NULL, 0) : 0;
	bool down;

	while (gv_report_next_sort(&list, &name, &down))
		if (!find_column(r, name))
			return no_column(r, "--sort", name, err);
	if (!n)
		return 0;
	roots = gv_arena_alloc(&r->arena, n * sizeof *roots);
	if (!roots)
		return gv_fail_nomem(err);
	gv_query_roots(r->having, roots, n);
	for (size_t i = 0; i < n; i++)
		if (!could_be_column(r, roots[i]))
			return no_column(r, "--having", roots[i], err);
	return 0;
}
