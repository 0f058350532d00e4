/* SPDX-License-Identifier: MIT */
/* site_list: lists of documents, typical cases and reports, whole and by the values of their facets, in pages. */
#include <stdio.h>
#include <stdlib.h>

#include "sha.h"
#include "site_impl.h"

/*
 * FACET_SHOWN: values beside a list.  All of them are on a page of facets: of each as many as take FACET_BYTES; where that is not
 * all, on pages of this facet alone, PAGE_BYTES each, about ROW_BYTES of which are around a value.
 */
enum { FACET_SHOWN = 12, ROW_BYTES = 120, FACET_BYTES = 8192, PAGE_BYTES = SITE_FACETS * FACET_BYTES };

static const char *const stems[SITE_KINDS] = { "cases", "reports", "documents" };

/* ---- the values of a facet ---- */

struct counted { struct gv_str value; size_t n; };

static int by_value(const void *a, const void *b)
{
	return gv_str_cmp(((const struct counted *)a)->value, ((const struct counted *)b)->value);
}

static int by_count(const void *a, const void *b)
{
	const struct counted *x = a, *y = b;

	return x->n != y->n ? (x->n < y->n ? 1 : -1) : gv_str_cmp(x->value, y->value);
}

/* Years go by themselves, the last first. */
static int by_year(const void *a, const void *b)
{
	return by_value(b, a);
}

int site_facets(struct site *s, enum site_kind kind, enum site_facet which, struct site_facets *out)
{
	struct counted *all = calloc(s->n + 1, sizeof *all);
	size_t n = 0, kept = 0;

	*out = (struct site_facets){ calloc(s->n + 1, sizeof *out->values), calloc(s->n + 1, sizeof *out->counts), 0 };
	if (!all || !out->values || !out->counts) {
		free(all);
		return gv_fail_nomem(s->err);
	}
	for (size_t i = 0; i < s->n; i++)
		if (s->entries[i].kind == kind && s->entries[i].facet[which].n)
			all[n++] = (struct counted){ s->entries[i].facet[which], 1 };
	qsort(all, n, sizeof *all, by_value);
	for (size_t i = 0; i < n; i++) {
		if (kept && gv_str_eq(all[kept - 1].value, all[i].value))
			all[kept - 1].n++;
		else
			all[kept++] = all[i];
	}
	qsort(all, kept, sizeof *all, which == SITE_YEAR ? by_year : by_count);
	for (size_t i = 0; i < kept; i++) {
		out->values[i] = all[i].value;
		out->counts[i] = all[i].n;
	}
	out->n = kept;
	free(all);
	return 0;
}

void site_facets_free(struct site_facets *f)
{
	free(f->values);
	free(f->counts);
	*f = (struct site_facets){ 0 };
}

/* documents-cause-1a2b3c4d.html: a value is no file name, and may be a name of something. */
static void list_path(char out[SITE_PATH_MAX], enum site_kind kind, const char *facet, struct gv_str value, size_t page)
{
	unsigned char hash[32];
	char number[24] = "";

	if (page > 1)
		snprintf(number, sizeof number, "-%zu", page);
	gv_sha256(value, hash);
	if (!facet)
		snprintf(out, SITE_PATH_MAX, "%s%s.html", stems[kind], number);
	else if (strcmp(facet, "year") == 0)
		snprintf(out, SITE_PATH_MAX, "%s-year-%.*s%s.html", stems[kind], (int)value.n, value.p, number);
	else
		snprintf(out, SITE_PATH_MAX, "%s-%s-%02x%02x%02x%02x%02x%s.html", stems[kind], facet, hash[0], hash[1], hash[2], hash[3], hash[4],
		         number);
}

/* ---- pages ---- */

struct list {
	struct site *s;
	enum site_kind kind;
	struct site_facets facets[SITE_FACETS];
	int facet;               /* -1: the whole list */
	struct gv_str value;
};

static int set(struct site *s, struct gv_val *obj, const char *name, struct gv_val val)
{
	if (!s->page_rc)
		s->page_rc = gv_obj_set(&s->page, obj, gv_str_of(name), val, s->err);
	return s->page_rc;
}

/* How many values from there on take no more than that on a page. */
static size_t fitting(const struct site_facets *k, size_t from, size_t most)
{
	size_t bytes = 0, n = 0;

	while (from + n < k->n && (bytes += ROW_BYTES + k->values[from + n].n) <= most)
		n++;
	return n;
}

/* documents-facets.html; of one facet that does not fit there, documents-facets-cause.html. */
static void facets_path(const struct list *l, int facet, size_t page, char out[SITE_PATH_MAX])
{
	const struct site_facets *k = facet < 0 ? NULL : &l->facets[facet];
	char number[24] = "";

	if (page > 1)
		snprintf(number, sizeof number, "-%zu", page);
	if (k && fitting(k, 0, FACET_BYTES) < k->n)
		snprintf(out, SITE_PATH_MAX, "%s-facets-%s%s.html", stems[l->kind], site_facet_names[facet], number);
	else
		snprintf(out, SITE_PATH_MAX, "%s-facets.html", stems[l->kind]);
}

/* One value for all is no choice. */
static bool is_choice(const struct list *l, int facet)
{
	return l->facets[facet].n > (facet == SITE_COURT);
}

/* {name, values: [{value, count, href}], more, all}: n values, and where all are */
static void add_facet(struct list *l, struct gv_val *all, int facet, size_t from, size_t n)
{
	struct site *s = l->s;
	const struct site_facets *k = &l->facets[facet];
	struct gv_val one = gv_mkobj(), values = gv_mkarr();
	char path[SITE_PATH_MAX];

	for (size_t i = from; i < from + n && !s->page_rc; i++) {
		struct gv_val row = gv_mkobj();

		list_path(path, l->kind, site_facet_names[facet], k->values[i], 1);
		set(s, &row, "value", gv_mkstr(&s->page, k->values[i]));
		set(s, &row, "count", gv_mkint((int64_t)k->counts[i]));
		set(s, &row, "href", gv_mkstr(&s->page, gv_str_of(path)));
		if (!s->page_rc)
			s->page_rc = gv_arr_add(&s->page, &values, row, s->err);
	}
	facets_path(l, facet, 1, path);
	set(s, &one, "name", gv_mklit(site_facet_names[facet]));
	set(s, &one, "values", values);
	set(s, &one, "more", gv_mkint((int64_t)(k->n - n)));
	set(s, &one, "all", gv_mkstr(&s->page, gv_str_of(path)));
	if (!s->page_rc)
		s->page_rc = gv_arr_add(&s->page, all, one, s->err);
}

static bool is_in(const struct list *l, const struct site_entry *e)
{
	return e->kind == l->kind && (l->facet < 0 || gv_str_eq(e->facet[l->facet], l->value));
}

static const char *facet_name(const struct list *l)
{
	return l->facet < 0 ? NULL : site_facet_names[l->facet];
}

static int one_page(struct list *l, size_t number, size_t pages, size_t total, struct gv_val rows)
{
	struct site *s = l->s;
	struct gv_val facets = gv_mkarr();
	char path[SITE_PATH_MAX];

	site_set(s, "kind", gv_mklit(site_kind_names[l->kind]));
	site_set(s, "rows", rows);
	site_set(s, "number", gv_mkint((int64_t)number));
	site_set(s, "pages", gv_mkint((int64_t)pages));
	site_set(s, "total", gv_mkint((int64_t)total));
	list_path(path, l->kind, facet_name(l), l->value, 1);
	site_set(s, "stem", gv_mkstr(&s->page, (struct gv_str){ path, strlen(path) - 5 }));
	if (l->facet >= 0) {
		site_set(s, "facet", gv_mklit(site_facet_names[l->facet]));
		site_set_text(s, "value", l->value);
	}
	for (int f = 0; f < SITE_FACETS; f++)
		if (is_choice(l, f))
			add_facet(l, &facets, f, 0, l->facets[f].n < FACET_SHOWN ? l->facets[f].n : FACET_SHOWN);
	site_set(s, "facets", facets);
	list_path(path, l->kind, facet_name(l), l->value, number);
	return site_push(s, path);
}

static int one_list(struct list *l)
{
	struct site *s = l->s;
	size_t total = 0, pages, at = 0;
	int rc = 0;

	for (size_t i = 0; i < s->n; i++)
		total += is_in(l, &s->entries[i]);
	pages = total ? (total + SITE_ROWS - 1) / SITE_ROWS : 1;
	for (size_t number = 1; !rc && number <= pages; number++) {
		struct gv_val rows = gv_mkarr();

		rc = site_begin(s, "list");
		for (; !rc && at < s->n && rows.n < SITE_ROWS; at++)
			if (is_in(l, &s->entries[s->by_day[at]]))
				rc = site_row(s, &rows, &s->entries[s->by_day[at]], false);
		if (!rc)
			rc = one_page(l, number, pages, total, rows);
	}
	return rc;
}

/* All values of one facet that are too many for the page of all facets. */
static int values_of_one(struct list *l, int facet)
{
	struct site *s = l->s;
	const struct site_facets *k = &l->facets[facet];
	size_t pages = 0, number = 0;
	char path[SITE_PATH_MAX];
	int rc = 0;

	for (size_t from = 0; from < k->n; from += fitting(k, from, PAGE_BYTES))
		pages++;
	for (size_t from = 0, n; !rc && from < k->n; from += n) {
		struct gv_val facets = gv_mkarr();

		n = fitting(k, from, PAGE_BYTES);
		rc = site_begin(s, "facets");
		if (rc)
			return rc;
		site_set(s, "kind", gv_mklit(site_kind_names[l->kind]));
		site_set(s, "facet", gv_mklit(site_facet_names[facet]));
		site_set(s, "number", gv_mkint((int64_t)++number));
		site_set(s, "pages", gv_mkint((int64_t)pages));
		facets_path(l, facet, 1, path);
		site_set(s, "stem", gv_mkstr(&s->page, (struct gv_str){ path, strlen(path) - 5 }));
		add_facet(l, &facets, facet, from, n);
		site_set(s, "facets", facets);
		facets_path(l, facet, number, path);
		rc = site_push(s, path);
	}
	return rc;
}

/* The values of all facets: what does not fit beside a list. */
static int all_values(struct list *l)
{
	struct site *s = l->s;
	struct gv_val facets = gv_mkarr();
	char path[SITE_PATH_MAX];
	int rc = site_begin(s, "facets");

	if (rc)
		return rc;
	site_set(s, "kind", gv_mklit(site_kind_names[l->kind]));
	for (int f = 0; f < SITE_FACETS; f++)
		if (is_choice(l, f))
			add_facet(l, &facets, f, 0, fitting(&l->facets[f], 0, FACET_BYTES));
	site_set(s, "facets", facets);
	facets_path(l, -1, 1, path);
	rc = site_push(s, path);
	for (int f = 0; !rc && f < SITE_FACETS; f++)
		if (fitting(&l->facets[f], 0, FACET_BYTES) < l->facets[f].n)
			rc = values_of_one(l, f);
	return rc;
}

static int lists_of(struct site *s, enum site_kind kind)
{
	struct list l = { .s = s, .kind = kind, .facet = -1 };
	int rc = 0;

	for (int f = 0; !rc && kind != SITE_REPORT && f < SITE_FACETS; f++)
		rc = site_facets(s, kind, (enum site_facet)f, &l.facets[f]);
	if (!rc)
		rc = one_list(&l);
	if (!rc && kind != SITE_REPORT)
		rc = all_values(&l);
	for (l.facet = 0; !rc && l.facet < SITE_FACETS; l.facet++) {
		const struct site_facets *k = &l.facets[l.facet];

		for (size_t i = 0; !rc && i < k->n && is_choice(&l, l.facet); i++) {
			l.value = k->values[i];
			rc = one_list(&l);
		}
	}
	for (int f = 0; f < SITE_FACETS; f++)
		site_facets_free(&l.facets[f]);
	return rc;
}

int site_lists(struct site *s)
{
	int rc = 0;

	for (enum site_kind kind = 0; !rc && kind < SITE_KINDS; kind++)
		rc = lists_of(s, kind);
	return rc;
}
