/* SPDX-License-Identifier: MIT */
/* report_make: one row. */
#include "i18n.h"
#include "out.h"
#include "report_impl.h"

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
	struct gv_val v;
	int rc = gv_stat_count(d, &v, n, err);

	return rc ? rc : gv_obj_set(d, &d->root, name, v, err);
}

/* A hidden column only where there is something to tell. */
static int put_error(struct gv_report *r, struct gv_doc *d, const struct gv_group *g, const struct gv_report_column *c, struct gv_err *err)
{
	bool approximate;
	struct gv_val v;
	int rc;

	if (!gv_stat_error(r->spec, c->of, g, &approximate) || (c->hidden && !approximate))
		return 0;
	r->approximate[c->of - r->spec->columns] |= approximate;
	rc = gv_stat_number(d, &v, gv_str_of(approximate ? error_of(c->of) : "0"), err);
	return rc ? rc : gv_obj_set(d, &d->root, c->name, v, err);
}

static int put_result(struct gv_report *r, struct gv_doc *d, struct gv_group *g, const struct gv_report_column *c, struct gv_err *err)
{
	struct gv_result result;
	int rc = gv_stat_result(d, &result, r->spec, c->of, g, r->ask.interpolate, err);

	if (rc || !result.has || result.val.type == GV_NULL)
		return rc;
	return gv_obj_set(d, &d->root, c->name, result.val, err);
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
		else if (c->shows == GV_SHOW_ERROR)
			rc = put_error(r, d, g, c, err);
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

static int mask_scalar(struct gv_doc *d, const struct gv_val *v, struct gv_val *out, struct gv_err *err)
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

/* A copy of v, the value of the field `path`, with all that is sensitive in it masked. */
static int mask_tree(const struct gv_report *r, struct gv_doc *d, struct gv_buf *path, const struct gv_val *v, struct gv_val *out,
                     struct gv_err *err)
{
	size_t before = path->n;
	int rc = 0;

	if (r->ask.is_sensitive(gv_buf_str(path)) && v->type != GV_NULL)
		return mask_scalar(d, v, out, err);
	*out = *v;
	if (v->type != GV_OBJECT && v->type != GV_ARRAY)
		return 0;
	*out = v->type == GV_OBJECT ? gv_mkobj() : gv_mkarr();
	for (uint32_t i = 0; i < v->n && !rc; i++) {
		const struct gv_val *child = v->type == GV_OBJECT ? &v->members[i].val : &v->items[i];
		struct gv_val masked;

		if (v->type == GV_OBJECT) {
			gv_buf_addc(path, '.');
			gv_buf_addstr(path, v->members[i].name);
		} else {
			gv_buf_adds(path, "[]");
		}
		rc = gv_buf_check(path, err);
		if (!rc)
			rc = mask_tree(r, d, path, child, &masked, err);
		if (!rc)
			rc = v->type == GV_OBJECT ? gv_obj_set(d, out, v->members[i].name, masked, err) : gv_arr_add(d, out, masked, err);
		path->n = before;
	}
	return rc;
}

static int mask_value(const struct gv_report *r, struct gv_doc *d, size_t column, const struct gv_val *v, struct gv_val *out, struct gv_err *err)
{
	struct gv_buf path = GV_BUF_INIT(GV_MIB);
	int rc;

	*out = *v;
	if (!r->ask.is_sensitive || !r->columns[column].source.n)
		return 0;
	gv_buf_addstr(&path, r->columns[column].source);
	rc = gv_buf_check(&path, err);
	if (!rc)
		rc = mask_tree(r, d, &path, v, out, err);
	gv_buf_free(&path);
	return rc;
}

int gv_report_mask(const struct gv_report *r, struct gv_doc *d, size_t column, const struct gv_val *v, struct gv_val *out, struct gv_err *err)
{
	*out = *v;
	return r->ask.mask ? 0 : mask_value(r, d, column, v, out, err);
}

int gv_report_dress(const struct gv_report *r, struct gv_doc *d, struct gv_err *err)
{
	int rc = 0;

	for (size_t i = 0; i < r->ncolumns && !rc; i++) {
		const struct gv_report_column *c = &r->columns[i];
		bool rounds = c->fraction && r->ask.decimals >= 0, masks = c->source.n && r->ask.mask;
		const struct gv_val *v = rounds || masks ? gv_val_getn(&d->root, c->name) : NULL;
		struct gv_val dressed;

		if (!v)
			continue;
		rc = masks ? mask_value(r, d, i, v, &dressed, err) : round_value(r, c, d, v, &dressed, err);
		if (!rc)
			rc = gv_obj_set(d, &d->root, c->name, dressed, err);
	}
	return rc;
}

int gv_report_dash(const struct gv_report *r, struct gv_doc *d, struct gv_err *err)
{
	int rc = 0;

	for (size_t i = 0; i < r->ncolumns && !rc; i++) {
		const struct gv_report_column *c = &r->columns[i];
		struct gv_val dash = { .type = GV_NUMBER, .n = 1, .s = "-" }; /* of the numbers' kind, to stand below them */

		if (c->fraction && !gv_val_getn(&d->root, c->name))
			rc = gv_obj_set(d, &d->root, c->name, dash, err);
	}
	return rc;
}
