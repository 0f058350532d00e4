/* SPDX-License-Identifier: MIT */
/*
 * stat_state: a group as a line of JSON; stat_read.c has the way back.
 *
 *   {"aggregates":["count","p90:claim_fen"],"cells":[{"n":2,"values":["100","250"]}],"count":2,"exact":131072,
 *    "groups":["tribunal"],"key":["民事审判庭"],"kind":"stat-state","misfits":[0],"v":1,"where":[]}
 *
 * A group without a value has null in the key, a number that is no integer {"number":"1.5"}, an array or object
 * {"json":"[1]"}.  A state without "key" tells the question alone.
 */
#include <stdlib.h>

#include "i18n.h"
#include "stat_impl.h"
#include "stat_table.h"

enum { VERSION = 1, LISTS_MAX = 1 << 20 };
#define KIND "stat-state"

/* ---- writing ---- */

static void put_text_list(struct gv_buf *out, const char *name, size_t n, const void *first, size_t size)
{
	gv_json_quote(out, gv_str_of(name));
	gv_buf_adds(out, ":[");
	for (size_t i = 0; i < n; i++) {
		struct gv_str text;

		memcpy(&text, (const char *)first + i * size, sizeof text);
		gv_buf_adds(out, i ? "," : "");
		gv_json_quote(out, text);
	}
	gv_buf_addc(out, ']');
}

static int put_key_value(struct gv_buf *out, struct gv_str key, struct gv_err *err)
{
	struct gv_buf json = GV_BUF_INIT(GV_STATE_MAX);
	struct gv_doc d = GV_DOC_INIT;
	struct gv_val v;
	int rc = gv_key_read(&d, &v, key, err);

	if (!rc && v.type >= GV_ARRAY) {
		gv_json_line(&json, &v);
		gv_buf_adds(out, v.type == GV_NUMBER ? "{\"number\":" : "{\"json\":");
		gv_json_quote(out, gv_buf_str(&json));
		gv_buf_addc(out, '}');
		rc = gv_buf_check(&json, err);
	} else if (!rc) {
		gv_json_line(out, &v);
	}
	gv_buf_free(&json);
	gv_doc_free(&d);
	return rc;
}

static int put_key(struct gv_buf *out, const struct gv_stat_spec *spec, struct gv_str key, struct gv_err *err)
{
	int rc = 0;

	gv_buf_adds(out, "\"key\":[");
	for (size_t i = 0; i < spec->ngroups && !rc; i++) {
		size_t n = gv_key_length(key);

		gv_buf_adds(out, i ? "," : "");
		rc = put_key_value(out, key, err);
		key = (struct gv_str){ key.p + n, key.n - n };
	}
	gv_buf_addc(out, ']');
	return rc;
}

static void put_sum(struct gv_buf *out, const struct gv_sum *s)
{
	char text[GV_SUM_TEXT];

	gv_buf_addf(out, "{\"n\":%llu,", (unsigned long long)s->n);
	if (s->squares) {
		gv_sum_write(s, true, text);
		gv_buf_addf(out, "\"squares\":\"%s\",", text);
	}
	gv_sum_write(s, false, text);
	gv_buf_addf(out, "\"sum\":\"%s\"}", text);
}

/* The integers that were kept as such are keys here like all else. */
static int put_bound(struct gv_buf *out, bool has_small, int64_t small, const char *blob, bool least, struct gv_err *err)
{
	struct gv_buf key = GV_BUF_INIT(GV_STATE_MAX);
	char *kept = NULL;
	int rc = 0;

	if (has_small)
		gv_key_add_num(&key, &(struct gv_num){ .m = small });
	if (has_small && blob) {
		rc = gv_buf_check(&key, err);
		if (!rc)
			rc = gv_blob_keep(&kept, gv_buf_str(&key), least, err);
		if (!rc)
			rc = gv_blob_keep(&kept, gv_blob(blob), least, err);
		if (!rc)
			rc = put_key_value(out, gv_blob(kept), err);
	} else if (has_small || blob) {
		rc = gv_buf_check(&key, err);
		if (!rc)
			rc = put_key_value(out, blob ? gv_blob(blob) : gv_buf_str(&key), err);
	}
	free(kept);
	gv_buf_free(&key);
	return rc;
}

static int put_range(struct gv_buf *out, const struct gv_range *r, struct gv_err *err)
{
	int rc = 0;

	gv_buf_addc(out, '{');
	if (r->has_small || r->most) {
		gv_buf_adds(out, "\"max\":");
		rc = put_bound(out, r->has_small, r->high, r->most, false, err);
		gv_buf_adds(out, ",\"min\":");
		if (!rc)
			rc = put_bound(out, r->has_small, r->low, r->least, true, err);
	}
	gv_buf_addc(out, '}');
	return rc;
}

struct number_list { struct gv_buf *out; bool more; };

static int put_number(void *ctx, struct gv_str number, uint64_t count)
{
	struct number_list *l = ctx;

	gv_buf_adds(l->out, l->more ? ",\"" : "\"");
	gv_buf_addstr(l->out, number);
	if (count > 1)
		gv_buf_addf(l->out, "*%llu", (unsigned long long)count);
	gv_buf_addc(l->out, '"');
	l->more = true;
	return 0;
}

static int put_dist(struct gv_buf *out, struct gv_dist *d, struct gv_err *err)
{
	struct number_list l = { out, false };
	int rc = gv_dist_settle(d, err);

	gv_buf_adds(out, d->coarse ? "{\"digits\":4," : "{");
	gv_buf_addf(out, "\"n\":%llu,\"values\":[", (unsigned long long)d->n);
	if (!rc)
		rc = gv_dist_each(d, put_number, &l);
	gv_buf_adds(out, "]}");
	return rc;
}

static int put_uniq(struct gv_buf *out, const struct gv_uniq *u, struct gv_err *err)
{
	int rc;

	gv_buf_adds(out, gv_uniq_is_exact(u) ? "{\"set\":\"" : "{\"registers\":\"");
	rc = gv_uniq_write(u, out, err);
	gv_buf_adds(out, "\"}");
	return rc;
}

static uint64_t get_number(const char *p, int bytes)
{
	uint64_t n = 0;

	for (int i = 0; i < bytes; i++)
		n = n << 8 | (unsigned char)p[i];
	return n;
}

static int put_pick(struct gv_buf *out, const struct gv_stat_cell *cell, const struct gv_pick *pick, struct gv_err *err)
{
	struct gv_str key;
	size_t n = GV_PLACE_KEY;
	int rc = 0;

	if (!pick->key) {
		gv_buf_adds(out, "{}");
		return 0;
	}
	key = gv_blob(pick->key);
	gv_buf_adds(out, "{\"at\":");
	if (cell->text.p) {
		n = gv_key_length(key);
		rc = put_key_value(out, key, err);
	} else {
		gv_buf_addf(out, "[%u,%u,%llu,%llu]", (unsigned)get_number(key.p, 4), (unsigned)get_number(key.p + 4, 4),
		            (unsigned long long)get_number(key.p + 8, 8), (unsigned long long)get_number(key.p + 16, 8));
	}
	gv_buf_adds(out, ",\"value\":");
	if (!rc)
		rc = put_key_value(out, (struct gv_str){ key.p + n, key.n - n }, err);
	gv_buf_addc(out, '}');
	return rc;
}

static int put_cell(struct gv_buf *out, const struct gv_stat_cell *cell, void *at, struct gv_err *err)
{
	switch (cell->kind) {
	case GV_CELL_HAS:
	case GV_CELL_RATE:
		gv_buf_addf(out, "%llu", (unsigned long long)*(uint64_t *)at);
		return 0;
	case GV_CELL_SUM:
		put_sum(out, at);
		return 0;
	case GV_CELL_RANGE:
		return put_range(out, at, err);
	case GV_CELL_DIST:
		return put_dist(out, at, err);
	case GV_CELL_UNIQ:
		return put_uniq(out, at, err);
	default:
		return put_pick(out, cell, at, err);
	}
}

static int put_cells(struct gv_buf *out, const struct gv_stat_spec *spec, struct gv_group *g, struct gv_err *err)
{
	int rc = 0;

	gv_buf_adds(out, "\"cells\":[");
	for (size_t i = 0; i < spec->ncells && !rc; i++) {
		gv_buf_adds(out, i ? "," : "");
		rc = put_cell(out, &spec->cells[i], gv_cell_of(g, &spec->cells[i]), err);
	}
	gv_buf_addf(out, "],\"count\":%llu", (unsigned long long)g->count);
	return rc;
}

static void put_misfits(struct gv_buf *out, const struct gv_stat_spec *spec, const struct gv_group *g)
{
	gv_buf_adds(out, "\"misfits\":[");
	for (size_t i = 0; i < spec->nvalues; i++)
		gv_buf_addf(out, "%s%llu", i ? "," : "", (unsigned long long)g->misfits[i]);
	gv_buf_addc(out, ']');
}

/* Longer lines could not be read back. */
static int check_length(const struct gv_buf *out, size_t before, struct gv_err *err)
{
	if (out->nomem || (!out->failed && out->n - before <= GV_STATE_MAX))
		return gv_buf_check(out, err);
	return gv_fail(err, GV_EDATA, _("the state of a group is longer than %zu MiB: use a smaller --exact"), GV_STATE_MAX / GV_MIB);
}

int gv_cells_write(struct gv_buf *out, const struct gv_stat_spec *spec, struct gv_group *g, struct gv_err *err)
{
	size_t before = out->n;
	int rc;

	gv_buf_addc(out, '{');
	rc = put_cells(out, spec, g, err);
	gv_buf_addc(out, ',');
	put_misfits(out, spec, g);
	gv_buf_addc(out, '}');
	return rc ? rc : check_length(out, before, err);
}

int gv_stat_state(struct gv_buf *out, const struct gv_stat_spec *spec, struct gv_group *group, struct gv_err *err)
{
	size_t before = out->n;
	int rc = 0;

	gv_buf_addc(out, '{');
	put_text_list(out, "aggregates", spec->ncolumns, &spec->columns[0].text, sizeof *spec->columns);
	gv_buf_addc(out, ',');
	if (group) {
		rc = put_cells(out, spec, group, err);
		gv_buf_addc(out, ',');
	}
	gv_buf_addf(out, "\"exact\":%u,", (unsigned)spec->exact);
	put_text_list(out, "groups", spec->ngroups, &spec->groups[0].text, sizeof *spec->groups);
	gv_buf_addc(out, ',');
	if (group && !rc) {
		rc = put_key(out, spec, group->key, err);
		gv_buf_addc(out, ',');
	}
	gv_buf_adds(out, "\"kind\":\"" KIND "\",");
	if (group) {
		put_misfits(out, spec, group);
		gv_buf_addc(out, ',');
	}
	gv_buf_addf(out, "\"v\":%d,", VERSION);
	put_text_list(out, "where", spec->nwhere, spec->where, sizeof *spec->where);
	gv_buf_adds(out, "}\n");
	return rc ? rc : check_length(out, before, err);
}

/* ---- the question of a state ---- */

int gv_state_bad(struct gv_err *err, const char *field)
{
	return gv_fail_field(err, GV_EDATA, field, "%s", _("not as pipe-stat --map writes it"));
}

static bool is_text_list(const struct gv_val *v)
{
	bool ok = v && v->type == GV_ARRAY && v->n <= GV_STAT_COLUMNS_MAX;

	for (uint32_t i = 0; ok && i < v->n; i++)
		ok = v->items[i].type == GV_STRING;
	return ok;
}

static int check_kind(const struct gv_val *state, struct gv_err *err)
{
	int64_t version;

	if (!gv_str_is(gv_val_getstr(state, "kind"), KIND))
		return gv_fail(err, GV_EDATA, "%s", _("no state: --merge and --final take what --map printed"));
	if (!gv_val_getint(state, "v", &version) || version < 1)
		return gv_state_bad(err, "v");
	if (version > VERSION)
		return gv_fail_field(err, GV_EDATA, "v", _("version %lld of states is newer than this program, which knows %d"),
		                     (long long)version, VERSION);
	return 0;
}

/* The texts of a list one by one, and with commas between them. */
static int collect(const struct gv_val *list, const char *field, const char **out, struct gv_buf *joined, struct gv_err *err)
{
	if (!is_text_list(list))
		return gv_state_bad(err, field);
	for (uint32_t i = 0; i < list->n; i++) {
		gv_buf_adds(joined, i ? "," : "");
		gv_buf_addstr(joined, gv_val_str(&list->items[i]));
		out[i] = list->items[i].s;
	}
	out[list->n] = NULL;
	if (joined->nomem)
		return gv_fail_nomem(err);
	return joined->failed ? gv_state_bad(err, field) : 0;
}

int gv_stat_spec_of_state(struct gv_stat_spec **out, const struct gv_val *state, struct gv_err *err)
{
	const char *aggregates[GV_STAT_COLUMNS_MAX + 1], *where[GV_STAT_COLUMNS_MAX + 1], *groups[GV_STAT_COLUMNS_MAX + 1];
	struct gv_stat_ask ask = { .aggregates = aggregates, .where = where };
	struct gv_buf joined = GV_BUF_INIT(LISTS_MAX), list = GV_BUF_INIT(LISTS_MAX);
	const struct gv_val *a = gv_val_get(state, "aggregates"), *g = gv_val_get(state, "groups"), *w = gv_val_get(state, "where");
	int64_t exact;
	int rc = check_kind(state, err);

	*out = NULL;
	if (rc)
		return rc;
	if (!gv_val_getint(state, "exact", &exact) || exact < 1 || exact > INT32_MAX)
		return gv_state_bad(err, "exact");
	ask.exact = (uint32_t)exact;
	rc = collect(a, "aggregates", aggregates, &joined, err);
	if (!rc && !a->n)
		rc = gv_state_bad(err, "aggregates");
	if (!rc)
		rc = collect(w, "where", where, &joined, err);
	if (!rc)
		rc = collect(g, "groups", groups, &list, err);
	ask.groups = !rc && g->n ? list.p : NULL;
	if (!rc)
		rc = gv_stat_spec_new(out, &ask, err);
	if (rc == GV_EUSAGE) { /* the words of a file, not of a command line */
		struct gv_buf why = GV_BUF_INIT(LISTS_MAX);

		if (err)
			gv_err_text(err, &why);
		rc = gv_fail(err, GV_EDATA, _("the question of this state cannot be: %s"), why.p ? why.p : "");
		gv_buf_free(&why);
	}
	gv_buf_free(&joined);
	gv_buf_free(&list);
	return rc;
}

static bool same_list(const struct gv_val *list, size_t n, const void *first, size_t size)
{
	bool same = is_text_list(list) && list->n == n;

	for (size_t i = 0; same && i < n; i++) {
		struct gv_str text;

		memcpy(&text, (const char *)first + i * size, sizeof text);
		same = gv_str_eq(gv_val_str(&list->items[i]), text);
	}
	return same;
}

static int other_question(struct gv_err *err, const char *field)
{
	return gv_fail_field(err, GV_EDATA, field, "%s", _("this state answers another question than those before it"));
}

int gv_state_check(const struct gv_stat_spec *spec, const struct gv_val *state, struct gv_err *err)
{
	int64_t exact;
	int rc = check_kind(state, err);

	if (rc)
		return rc;
	if (!same_list(gv_val_get(state, "groups"), spec->ngroups, &spec->groups[0].text, sizeof *spec->groups))
		return other_question(err, "groups");
	if (!same_list(gv_val_get(state, "aggregates"), spec->ncolumns, &spec->columns[0].text, sizeof *spec->columns))
		return other_question(err, "aggregates");
	if (!same_list(gv_val_get(state, "where"), spec->nwhere, spec->where, sizeof *spec->where))
		return other_question(err, "where");
	if (!gv_val_getint(state, "exact", &exact) || exact != spec->exact)
		return other_question(err, "exact");
	return 0;
}

bool gv_state_has_group(const struct gv_val *state)
{
	return gv_val_get(state, "key") != NULL;
}
