/* SPDX-License-Identifier: MIT */
/* site_front: the first page, statistics, the page of the search, the one for what is not there, and the feed. */
#include <stdio.h>
#include <stdlib.h>

#include "odb.h"
#include "site_impl.h"

enum { CHARTED = 15, MONTHS = 12 };

struct totals { int64_t published, withheld, withdrawn, cases, reports; };

static struct totals count(const struct site *s)
{
	struct totals t = { 0 };

	for (size_t i = 0; i < s->n; i++) {
		const struct site_entry *e = &s->entries[i];

		if (e->kind == SITE_CASE)
			t.cases += e->shown;
		else if (e->kind == SITE_REPORT)
			t.reports += e->shown;
		else if (e->shown)
			t.published++;
		else if (gv_str_is(e->state, "withheld"))
			t.withheld++;
		else
			t.withdrawn++;
	}
	return t;
}

static void set(struct site *s, struct gv_val *obj, const char *name, struct gv_val val)
{
	if (!s->page_rc)
		s->page_rc = gv_obj_set(&s->page, obj, gv_str_of(name), val, s->err);
}

static void add(struct site *s, struct gv_val *list, struct gv_val val)
{
	if (!s->page_rc)
		s->page_rc = gv_arr_add(&s->page, list, val, s->err);
}

static void set_totals(struct site *s)
{
	struct totals t = count(s);
	struct gv_val all = gv_mkobj();

	set(s, &all, "published", gv_mkint(t.published));
	set(s, &all, "withheld", gv_mkint(t.withheld));
	set(s, &all, "withdrawn", gv_mkint(t.withdrawn));
	set(s, &all, "cases", gv_mkint(t.cases));
	set(s, &all, "reports", gv_mkint(t.reports));
	site_set(s, "totals", all);
}

/* ---- home ---- */

static void set_latest(struct site *s, const char *name, enum site_kind kind, size_t most)
{
	struct gv_val rows = gv_mkarr();

	for (size_t i = 0; i < s->n && rows.n < most && !s->page_rc; i++) {
		const struct site_entry *e = &s->entries[s->by_day[i]];

		if (e->kind == kind && e->shown)
			site_row(s, &rows, e, true);
	}
	site_set(s, name, rows);
}

/* The day that the site is of; what it was made from. */
static int set_as_of(struct site *s, gv_day *as_of)
{
	struct gv_object obj = GV_OBJECT_INIT;
	char day[GV_DATE_LEN + 1] = "", hex[GV_HEX + 1];
	struct gv_commit at;
	int rc = gv_commit_read(s->store, gv_store_commit_id(s->store), &obj, &at, s->err);

	if (!rc) {
		*as_of = s->o->as_of == GV_DAY_NONE ? gv_day_from_unix(at.time) : s->o->as_of;
		gv_any_day_format(*as_of, day);
		gv_oid_hex(gv_store_commit_id(s->store), hex);
		site_set(s, "as_of", gv_mkstr(&s->page, gv_str_of(day)));
		site_set(s, "commit", gv_mkstr(&s->page, (struct gv_str){ hex, 10 }));
	}
	gv_object_free(&obj);
	return rc;
}

static int home(struct site *s, gv_day *as_of)
{
	int rc = site_begin(s, "home");

	if (!rc)
		rc = set_as_of(s, as_of);
	if (rc)
		return rc;
	set_totals(s);
	set_latest(s, "cases", SITE_CASE, 6);
	set_latest(s, "documents", SITE_DOCUMENT, SITE_LATEST);
	set_latest(s, "reports", SITE_REPORT, 3);
	return site_push(s, "index.html");
}

/* ---- statistics ---- */

static void add_chart(struct site *s, struct gv_val *charts, const char *name, struct gv_val series, size_t more)
{
	struct gv_val one = gv_mkobj();

	if (!series.n)
		return;
	set(s, &one, "name", gv_mklit(name));
	set(s, &one, "series", series);
	set(s, &one, "more", gv_mkint((int64_t)more));
	add(s, charts, one);
}

static void add_point(struct site *s, struct gv_val *series, struct gv_str label, int64_t value)
{
	struct gv_val point = gv_mkobj();

	set(s, &point, "label", gv_mkstr(&s->page, label));
	set(s, &point, "value", gv_mkint(value));
	add(s, series, point);
}

static int add_counted(struct site *s, struct gv_val *charts, enum site_facet which)
{
	struct gv_val series = gv_mkarr();
	struct site_facets f;
	size_t shown;
	int rc = site_facets(s, SITE_DOCUMENT, which, &f);

	shown = f.n < CHARTED ? f.n : CHARTED;
	for (size_t i = 0; !rc && i < shown; i++) {
		/* Years run forward here. */
		size_t at = which == SITE_YEAR ? shown - 1 - i : i;

		add_point(s, &series, f.values[at], (int64_t)f.counts[at]);
	}
	if (!rc)
		add_chart(s, charts, site_facet_names[which], series, f.n - shown);
	site_facets_free(&f);
	return rc ? rc : s->page_rc;
}

/* What was published in each of the twelve months up to that day. */
static void add_months(struct site *s, struct gv_val *charts, gv_day as_of)
{
	struct gv_ymd last = gv_any_day_ymd(as_of);
	struct gv_val series = gv_mkarr();
	int64_t n, all = 0;
	char month[16];

	for (int i = MONTHS - 1; i >= 0; i--) {
		int at = last.year * 12 + last.month - 1 - i;

		n = 0;
		snprintf(month, sizeof month, "%04d-%02d", at / 12, at % 12 + 1);
		for (size_t k = 0; k < s->n; k++)
			n += s->entries[k].kind == SITE_DOCUMENT && s->entries[k].shown && gv_str_starts(s->entries[k].published_on, gv_str_of(month));
		add_point(s, &series, gv_str_of(month), n);
		all += n;
	}
	if (all)
		add_chart(s, charts, "month", series, 0);
}

static int statistics(struct site *s, gv_day as_of)
{
	static const enum site_facet counted[] = { SITE_YEAR, SITE_CAUSE, SITE_TRIBUNAL, SITE_CLASS, SITE_DOC_KIND, SITE_REASON };
	struct gv_val charts = gv_mkarr();
	int rc = site_begin(s, "statistics");

	if (!rc)
		rc = set_as_of(s, &as_of);
	if (rc)
		return rc;
	set_totals(s);
	add_months(s, &charts, as_of);
	for (size_t i = 0; !rc && i < sizeof counted / sizeof *counted; i++)
		rc = add_counted(s, &charts, counted[i]);
	site_set(s, "charts", charts);
	return rc ? rc : site_push(s, "statistics.html");
}

/* ---- the feed ---- */

struct aged { struct gv_str on; uint32_t entry; };

static int newest(const void *a, const void *b)
{
	const struct aged *x = a, *y = b;
	int order = gv_str_cmp(y->on, x->on);

	return order ? order : x->entry > y->entry ? -1 : x->entry < y->entry;
}

static int feed(struct site *s)
{
	struct aged *all = calloc(s->n + 1, sizeof *all);
	struct gv_val rows = gv_mkarr();
	char today[GV_DATE_LEN + 1] = "";
	gv_day as_of = GV_DAY_NONE;
	size_t n = 0;
	int rc;

	if (!all)
		return gv_fail_nomem(s->err);
	rc = site_begin(s, "feed");
	if (!rc)
		rc = set_as_of(s, &as_of);
	if (!rc)
		gv_any_day_format(as_of, today);
	/* What has no day of its own is of the site's. */
	for (uint32_t i = 0; !rc && i < s->n; i++)
		if (s->entries[i].shown)
			all[n++] = (struct aged){ s->entries[i].updated.n ? s->entries[i].updated : gv_str_of(today), i };
	if (!rc)
		qsort(all, n, sizeof *all, newest);
	for (size_t i = 0; !rc && i < n && i < SITE_FEED; i++)
		rc = site_row(s, &rows, &s->entries[all[i].entry], true);
	free(all);
	if (rc)
		return rc;
	site_set(s, "rows", rows);
	return site_push_once(s, "feed.xml");
}

int site_front(struct site *s)
{
	gv_day as_of = GV_DAY_NONE;
	int rc = home(s, &as_of);

	if (!rc)
		rc = statistics(s, as_of);
	if (!rc)
		rc = site_begin(s, "search");
	if (!rc)
		rc = site_push(s, "search.html");
	if (!rc)
		rc = site_begin(s, "missing");
	if (!rc)
		rc = site_push_once(s, "404.html");
	return rc ? rc : feed(s);
}
