/* SPDX-License-Identifier: MIT */
/* report_pivot: the values of the last group as columns, or as points of a sparkline. */
#include <stdio.h>
#include <stdlib.h>

#include "i18n.h"
#include "report_impl.h"

struct gv_str gv_report_last(const struct gv_report *r, struct gv_str key, struct gv_str *before)
{
	size_t at = 0;

	for (size_t i = 0; i < r->ngroups; i++)
		at += gv_key_length((struct gv_str){ key.p + at, key.n - at });
	*before = (struct gv_str){ key.p, at };
	return (struct gv_str){ key.p + at, key.n - at };
}

/* ---- pivot ---- */

/* Where it is, or where it should be. */
static size_t place_of(const struct gv_report *r, struct gv_str value)
{
	size_t low = 0, high = r->npivot;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (gv_str_cmp(r->pivot[mid], value) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

size_t gv_report_pivot_of(const struct gv_report *r, struct gv_str value)
{
	return place_of(r, value);
}

static int add_value(struct gv_report *r, size_t at, struct gv_str value, struct gv_err *err)
{
	struct gv_str copy = gv_arena_copy(&r->arena, value);

	if (r->npivot == GV_PIVOT_MAX)
		return gv_fail(err, GV_EUSAGE, _("--pivot: more than %d values, each of which would be columns: %.*s"), GV_PIVOT_MAX,
		               (int)r->spec->groups[r->ngroups].text.n, r->spec->groups[r->ngroups].text.p);
	if (!copy.p)
		return gv_fail_nomem(err);
	memmove(&r->pivot[at + 1], &r->pivot[at], (r->npivot - at) * sizeof *r->pivot);
	memmove(&r->pivot_total[at + 1], &r->pivot_total[at], (r->npivot - at) * sizeof(struct gv_group *));
	r->pivot[at] = copy;
	r->pivot_total[at] = NULL;
	r->npivot++;
	return 0;
}

int gv_report_see_pivot(struct gv_report *r, struct gv_group *g, struct gv_err *err)
{
	struct gv_str before, value = gv_report_last(r, g->key, &before);
	size_t at = place_of(r, value);
	int rc = 0;

	if (at == r->npivot || !gv_str_eq(r->pivot[at], value))
		rc = add_value(r, at, value, err);
	if (!rc && r->ask.total && !r->pivot_total[at])
		rc = gv_group_alone(&r->pivot_total[at], r->spec, err);
	if (!rc && r->ask.total)
		rc = gv_cells_join(r->spec, r->pivot_total[at], g, err);
	return rc;
}

static bool is_among(struct gv_str name, const struct gv_str *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (gv_str_eq(list[i], name))
			return true;
	return false;
}

/* What stands behind count_: the value as text, in quotes if it looks like one of the values before it. */
static int name_value(struct gv_report *r, struct gv_str key, const struct gv_str *before, size_t n, struct gv_str *out, struct gv_err *err)
{
	struct gv_doc d = GV_DOC_INIT;
	struct gv_buf text = GV_BUF_INIT(4 * GV_JSON_TEXT_MAX), quoted = GV_BUF_INIT(4 * GV_JSON_TEXT_MAX);
	struct gv_val v;
	int rc = gv_key_read(&d, &v, key, err);

	if (rc || v.type == GV_NULL)
		gv_buf_adds(&text, "none");
	else if (v.type == GV_STRING)
		gv_buf_addstr(&text, gv_val_str(&v));
	else
		gv_json_line(&text, &v);
	while (!rc && !(rc = gv_buf_check(&text, err)) && is_among(gv_buf_str(&text), before, n)) {
		gv_buf_reset(&quoted);
		gv_json_quote(&quoted, gv_buf_str(&text));
		gv_buf_reset(&text);
		gv_buf_addstr(&text, gv_buf_str(&quoted));
	}
	if (!rc)
		*out = gv_arena_copy(&r->arena, gv_buf_str(&text));
	gv_buf_free(&text);
	gv_buf_free(&quoted);
	gv_doc_free(&d);
	return rc || out->p ? rc : gv_fail_nomem(err);
}

int gv_report_pivot_columns(struct gv_report *r, struct gv_err *err)
{
	struct gv_str *names = gv_arena_alloc(&r->arena, (r->npivot + 1) * sizeof *names);
	int rc = 0;

	if (!names)
		return gv_fail_nomem(err);
	for (size_t i = 0; i < r->npivot && !rc; i++) {
		rc = name_value(r, r->pivot[i], names, i, &names[i], err);
		if (!rc)
			rc = gv_report_add_columns(r, names[i], err);
	}
	return rc;
}

/* ---- time ---- */

/* The text of a part of a date as a number that the next part follows; false for what is none. */
static bool time_number(enum gv_date_part part, struct gv_str key, long *out)
{
	static const struct { size_t n; char mark; long most; } shapes[] = {
		[GV_PART_YEAR] = { 4, 0, 1 }, [GV_PART_QUARTER] = { 7, 'Q', 4 }, [GV_PART_MONTH] = { 7, 0, 12 },
		[GV_PART_WEEK] = { 8, 'W', 53 }, [GV_PART_DAY] = { 10, 0, 1 },
	};
	struct gv_str text = { key.p + 1, key.n - 2 };
	int64_t year, number = 1;
	size_t from;

	if (key.n < 3 || key.p[0] != 4 || text.n != shapes[part].n || !gv_str_int((struct gv_str){ text.p, 4 }, &year) ||
	    year < 1)
		return false;
	if (part == GV_PART_DAY) {
		struct gv_moment m;

		if (!gv_any_moment_read(&m, text))
			return false;
		*out = m.day;
		return true;
	}
	from = shapes[part].mark ? 6 : 5;
	if (part != GV_PART_YEAR && (text.p[4] != '-' || (shapes[part].mark && text.p[5] != shapes[part].mark) ||
	                             !gv_str_int((struct gv_str){ text.p + from, text.n - from }, &number)))
		return false;
	if (number < 1 || number > shapes[part].most)
		return false;
	if (part == GV_PART_WEEK) { /* the week of 4 January is the first: weeks since the one of 1970-01-01 */
		gv_day fourth = gv_any_day_of((int)year, 1, 4);

		*out = (fourth - gv_any_day_weekday(fourth) + 1 + 7 * ((long)number - 1) + 3) / 7;
		return fourth != GV_DAY_NONE;
	}
	*out = (long)(year * shapes[part].most + number - 1);
	return true;
}

void gv_report_count_strays(struct gv_report *r, const struct gv_group *g)
{
	struct gv_str key = g->key;
	long at;

	for (size_t i = 0; i < r->spec->ngroups; i++) {
		enum gv_date_part part = r->spec->groups[i].part;
		size_t n = gv_key_length(key);

		if (part && n > 1 && !time_number(part, (struct gv_str){ key.p, n }, &at)) /* absent is one byte */
			r->strays[i] += g->count;
		key = (struct gv_str){ key.p + n, key.n - n };
	}
}

void gv_report_see_time(struct gv_report *r, const struct gv_group *g)
{
	const struct gv_stat_group *group = &r->spec->groups[r->ngroups];
	struct gv_str before, value = gv_report_last(r, g->key, &before);
	bool first = r->spark_from > r->spark_until;
	long at;

	if (!time_number(group->part, value, &at))
		return;
	if (first || at < r->spark_from) {
		r->spark_from = at;
		snprintf(r->from, sizeof r->from, "%.*s", (int)value.n - 2, value.p + 1);
	}
	if (first || at > r->spark_until) {
		r->spark_until = at;
		snprintf(r->until, sizeof r->until, "%.*s", (int)value.n - 2, value.p + 1);
	}
}

int gv_report_check_time(struct gv_report *r, struct gv_err *err)
{
	if (r->spark_until - r->spark_from >= GV_SPARK_MAX)
		return gv_fail(err, GV_EUSAGE, _("--spark: %s to %s are more than %d points: use a larger part of the date"), r->from, r->until,
		               GV_SPARK_MAX);
	return 0;
}

static bool number_of(const struct gv_val *v, struct gv_num *n, struct gv_num_room *room)
{
	return v->type == GV_NUMBER ? gv_num_read_result(n, (struct gv_str){ v->s, v->n }, room) : gv_num_of(n, v, room);
}

void gv_spark_add(const struct gv_report *r, struct gv_spark *spark, struct gv_str value, const struct gv_val *result)
{
	struct gv_num_room room;
	char text[GV_NUM_TEXT];
	struct gv_num n;
	long at;

	if (!result || !time_number(r->spec->groups[r->ngroups].part, value, &at) || !number_of(result, &n, &room))
		return;
	gv_num_write(&n, text);
	spark->value[at - r->spark_from] = strtod(text, NULL);
	spark->has[at - r->spark_from] = true;
}

/* A blank where there is nothing; else eight heights from 0, or the least number below it, to the most. */
int gv_spark_put(const struct gv_report *r, struct gv_doc *d, const struct gv_spark *spark, struct gv_err *err)
{
	static const char *const heights[] = { "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█" };
	size_t n = r->spark_from > r->spark_until ? 0 : (size_t)(r->spark_until - r->spark_from) + 1;
	struct gv_buf text = GV_BUF_INIT(4 * GV_SPARK_MAX);
	double least = 0, most = 0;
	struct gv_val v;
	int rc;

	for (size_t i = 0; i < n; i++) {
		least = spark->has[i] && spark->value[i] < least ? spark->value[i] : least;
		most = spark->has[i] && spark->value[i] > most ? spark->value[i] : most;
	}
	for (size_t i = 0; i < n; i++) {
		/* Halves: the whole way may be longer than the largest double. */
		double way = most / 2 - least / 2;
		int height = way > 0 ? (int)((spark->value[i] / 2 - least / 2) / way * 7.999) : 0;

		gv_buf_adds(&text, spark->has[i] ? heights[height] : " ");
	}
	rc = gv_buf_check(&text, err);
	v = gv_mkstr(d, gv_buf_str(&text));
	gv_buf_free(&text);
	return rc ? rc : gv_obj_set(d, &d->root, GV_STR(GV_SPARK), v, err);
}
