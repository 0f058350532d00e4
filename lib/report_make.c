/* SPDX-License-Identifier: MIT */
/* report_make: columns, and one row of them. */
#include <stdio.h>

#include "i18n.h"
#include "out.h"
#include "report_impl.h"

/* ---- columns ---- */

int gv_report_add_column(struct gv_report *r, const struct gv_report_column *c, struct gv_err *err)
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
	return gv_report_add_column(r, &c, err);
}

/* Columns about a column, where -v asks for them. */
static int add_details(struct gv_report *r, struct gv_report_column c, struct gv_str suffix, struct gv_err *err)
{
	int rc = 0;

	c.fraction = false;
	switch (c.of->fn) {
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
	if (!rc && (c.of->fn == GV_FN_QUANTILE || c.of->fn == GV_FN_DISTINCT)) {
		c.shows = GV_SHOW_ERROR;
		rc = add_named(r, c, "_error", suffix, err);
	}
	return rc;
}

/* What people may not see of a group must not be seen as its least or first value either. */
static bool shows_sensitive(const struct gv_report *r, const struct gv_stat_column *c)
{
	bool shows = c->fn == GV_FN_MIN || c->fn == GV_FN_MAX || c->fn == GV_FN_FIRST || c->fn == GV_FN_LAST;

	return shows && r->ask.is_sensitive && r->ask.is_sensitive(r->spec->values[r->spec->cells[c->cell].value].path);
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
		c.sensitive = shows_sensitive(r, c.of);
		rc = add_named(r, c, "", suffix, err);
		if (!rc && r->ask.verbose)
			rc = add_details(r, c, suffix, err);
	}
	r->nresults = r->ncolumns - before;
	return rc;
}

/* ---- a row ---- */

int gv_report_put_groups(struct gv_report *r, struct gv_doc *d, struct gv_str key, struct gv_err *err)
{
	int rc = 0;

	for (size_t i = 0; i < r->ngroups && !rc; i++) {
		size_t n = gv_key_length(key);
		struct gv_val v;

		rc = gv_key_read(d, &v, key, err);
		if (!rc && v.type != GV_NULL)
			rc = gv_obj_set(d, &d->root, r->columns[i].name, v, err);
		key = (struct gv_str){ key.p + n, key.n - n };
	}
	return rc;
}

static const char *error_of(const struct gv_stat_column *c)
{
	return c->fn == GV_FN_DISTINCT ? GV_UNIQ_ERROR : GV_DIST_ERROR;
}

static uint64_t values_of(const struct gv_stat_spec *spec, const struct gv_stat_column *c, const struct gv_group *g)
{
	const void *at = gv_cell_of(g, &spec->cells[c->cell]);

	return c->fn == GV_FN_QUANTILE ? ((const struct gv_dist *)at)->n : ((const struct gv_sum *)at)->n;
}

static int put_count(struct gv_doc *d, struct gv_str name, uint64_t n, struct gv_err *err)
{
	char digits[24];
	struct gv_val v;
	int len = snprintf(digits, sizeof digits, "%llu", (unsigned long long)n);
	int rc = gv_stat_number(d, &v, (struct gv_str){ digits, (size_t)len }, err);

	return rc ? rc : gv_obj_set(d, &d->root, name, v, err);
}

static int put_error(struct gv_doc *d, struct gv_str name, const char *error, struct gv_err *err)
{
	struct gv_val v;
	int rc = gv_stat_number(d, &v, gv_str_of(error), err);

	return rc ? rc : gv_obj_set(d, &d->root, name, v, err);
}

/* An approximate result says so in its row even where nobody asked. */
static int tell_error(struct gv_report *r, struct gv_doc *d, const struct gv_report_column *c, struct gv_err *err)
{
	char *name;

	r->approximate[c->of - r->spec->columns] = true;
	if (r->ask.verbose)
		return 0;
	name = gv_arena_printf(&d->arena, "%.*s_error", (int)c->name.n, c->name.p);
	if (!name)
		return gv_fail_nomem(err);
	return put_error(d, gv_str_of(name), error_of(c->of), err);
}

static int put_result(struct gv_report *r, struct gv_doc *d, struct gv_group *g, const struct gv_report_column *c, struct gv_err *err)
{
	struct gv_result result;
	int rc = gv_stat_result(d, &result, r->spec, c->of, g, r->ask.interpolate, err);

	if (rc || !result.has || result.val.type == GV_NULL)
		return rc;
	if (c->shows == GV_SHOW_ERROR)
		return put_error(d, c->name, result.approximate ? error_of(c->of) : "0", err);
	rc = gv_obj_set(d, &d->root, c->name, result.val, err);
	return !rc && result.approximate ? tell_error(r, d, c, err) : rc;
}

int gv_report_put_results(struct gv_report *r, struct gv_doc *d, struct gv_group *g, size_t pivot, struct gv_err *err)
{
	const struct gv_report_column *c = &r->columns[r->ngroups + pivot * r->nresults];
	int rc = 0;

	for (size_t i = 0; i < r->nresults && !rc; i++, c++) {
		if (c->shows == GV_SHOW_VALUES)
			rc = put_count(d, c->name, values_of(r->spec, c->of, g), err);
		else if (c->shows == GV_SHOW_HITS)
			rc = put_count(d, c->name, *(uint64_t *)gv_cell_of(g, &r->spec->cells[c->of->cell]), err);
		else if (c->shows == GV_SHOW_OF)
			rc = put_count(d, c->name, g->count, err);
		else
			rc = put_result(r, d, g, c, err);
	}
	return rc;
}

/* A count as a sum, so that both are shared out alike. */
static int first_sum(const struct gv_stat_spec *spec, const struct gv_group *g, struct gv_sum *out, struct gv_err *err)
{
	const struct gv_stat_column *c = &spec->columns[0];
	uint64_t n = c->fn == GV_FN_COUNT ? g->count : *(uint64_t *)gv_cell_of(g, &spec->cells[c->cell]);

	*out = (struct gv_sum){ 0 };
	return gv_sum_add(out, &(struct gv_num){ .m = (int64_t)n }, err);
}

int gv_report_put_share(struct gv_report *r, struct gv_doc *d, const struct gv_group *g, struct gv_err *err)
{
	const struct gv_stat_column *c = &r->spec->columns[0];
	const struct gv_stat_cell *cell = &r->spec->cells[c->cell];
	struct gv_sum part = { 0 }, all = { 0 };
	char text[GV_DOUBLE_TEXT];
	struct gv_val v;
	double share = 0;
	bool has = false;
	int rc = 0;

	if (c->fn == GV_FN_SUM) {
		has = gv_sum_share(gv_cell_of(g, cell), gv_cell_of(r->total, cell), &share);
	} else {
		rc = first_sum(r->spec, g, &part, err);
		if (!rc)
			rc = first_sum(r->spec, r->total, &all, err);
		has = !rc && gv_sum_share(&part, &all, &share);
		gv_sum_free(&part);
		gv_sum_free(&all);
	}
	if (rc || !has)
		return rc;
	rc = gv_stat_number(d, &v, (struct gv_str){ text, gv_double_write(share, text) }, err);
	return rc ? rc : gv_obj_set(d, &d->root, GV_STR(GV_SHARE), v, err);
}

/* ---- for people ---- */

static int round_value(const struct gv_report *r, const struct gv_report_column *c, struct gv_doc *d, const struct gv_val *v,
                       struct gv_val *out, struct gv_err *err)
{
	char text[GV_NUM_TEXT + 16];
	struct gv_num_room room;
	struct gv_num n;

	*out = *v;
	if (!gv_num_of(&n, v, &room))
		return 0;
	return gv_stat_number(d, out, (struct gv_str){ text, gv_num_fixed(&n, r->ask.decimals + c->more_decimals, text) }, err);
}

static int mask_value(struct gv_doc *d, const struct gv_val *v, struct gv_val *out, struct gv_err *err)
{
	struct gv_buf text = GV_BUF_INIT(2 * GV_JSON_TEXT_MAX), masked = GV_BUF_INIT(2 * GV_JSON_TEXT_MAX);
	int rc;

	if (v->type == GV_STRING || v->type == GV_NUMBER)
		gv_buf_add(&text, v->s, v->n);
	else
		gv_json_line(&text, v);
	gv_mask(gv_buf_str(&text), &masked);
	rc = gv_buf_check(&text, err);
	if (!rc)
		rc = gv_buf_check(&masked, err);
	*out = gv_mkstr(d, gv_buf_str(&masked));
	gv_buf_free(&text);
	gv_buf_free(&masked);
	return rc || out->type == GV_STRING ? rc : gv_fail_nomem(err);
}

int gv_report_dress(const struct gv_report *r, struct gv_doc *d, struct gv_err *err)
{
	int rc = 0;

	for (size_t i = 0; i < r->ncolumns && !rc; i++) {
		const struct gv_report_column *c = &r->columns[i];
		bool rounds = c->fraction && r->ask.decimals >= 0, masks = c->sensitive && r->ask.mask;
		const struct gv_val *v = rounds || masks ? gv_val_getn(&d->root, c->name) : NULL;
		struct gv_val dressed;

		if (!v)
			continue;
		rc = masks ? mask_value(d, v, &dressed, err) : round_value(r, c, d, v, &dressed, err);
		if (!rc)
			rc = gv_obj_set(d, &d->root, c->name, dressed, err);
	}
	return rc;
}
