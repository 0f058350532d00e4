/* SPDX-License-Identifier: MIT */
/* site_data: what a browser reads to search, the files that go as they are, and the sitemap. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "home.h"
#include "i18n.h"
#include "site_impl.h"

enum { NAMES = 128, SITEMAP_MAX = 50000, FILE_MAX = 64 << 20 };

static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/* ---- files of share/site ---- */

int site_file(struct site *s, const char *name, struct gv_buf *out)
{
	struct gv_buf path = GV_BUF_INIT(8192);
	struct stat st;
	int rc = 0;

	if (s->o->templates && (stat(s->o->templates, &st) || !S_ISDIR(st.st_mode))) {
		gv_fail(s->err, GV_ENOTFOUND, "%s", _("no such folder of templates"));
		gv_err_thing(s->err, s->o->templates, strlen(s->o->templates));
		return GV_ENOTFOUND;
	}
	if (s->o->templates)
		gv_buf_addf(&path, "%s/%s", s->o->templates, name);
	if (!s->o->templates || stat(path.p ? path.p : "", &st)) {
		gv_buf_reset(&path);
		gv_buf_adds(&path, "site/");
		gv_buf_adds(&path, name);
		if (!gv_buf_check(&path, s->err)) {
			struct gv_buf full = GV_BUF_INIT(8192);

			rc = gv_home_share(&full, path.p, s->err);
			gv_buf_free(&path);
			path = full;
		}
	}
	if (!rc)
		rc = gv_buf_check(&path, s->err);
	if (!rc)
		rc = gv_buf_read_file(out, path.p, s->err);
	gv_buf_free(&path);
	return rc;
}

int site_assets(struct site *s)
{
	static const char *const names[] = { "site.css", "site.js", "icon.svg" };
	struct gv_buf text = GV_BUF_INIT(FILE_MAX);
	char path[64];
	int rc = 0;

	for (size_t i = 0; !rc && i < sizeof names / sizeof *names; i++) {
		gv_buf_reset(&text);
		snprintf(path, sizeof path, "assets/%s", names[i]);
		rc = site_file(s, names[i], &text);
		if (!rc)
			rc = gv_webtree_put(s->tree, path, gv_buf_str(&text), s->err);
	}
	gv_buf_free(&text);
	return rc;
}

/* ---- the search ---- */

static int put_shard(void *ctx, unsigned shard, struct gv_str json, struct gv_err *err)
{
	struct site *s = ctx;
	char path[32];

	snprintf(path, sizeof path, "data/i/%03x.json", shard);
	return gv_webtree_put(s->tree, path, json, err);
}

/* [kind, state, title, case, court, day, path]: of NAMES entries each. */
static int put_names(struct site *s)
{
	struct gv_buf out = GV_BUF_INIT(FILE_MAX);
	char path[32];
	int rc = 0;

	for (size_t from = 0; !rc && from < s->n; from += NAMES) {
		gv_buf_reset(&out);
		for (size_t i = from; i < s->n && i < from + NAMES; i++) {
			const struct site_entry *e = &s->entries[i];
			const struct gv_str cells[] = { gv_str_of(site_kind_names[e->kind]), e->state, e->title, e->number, e->court, e->on,
				                        gv_str_of(e->path) };

			for (size_t k = 0; k < sizeof cells / sizeof *cells; k++) {
				gv_buf_adds(&out, k ? "," : i > from ? ",\n[" : "[[");
				gv_json_quote(&out, cells[k]);
			}
			gv_buf_addc(&out, ']');
		}
		gv_buf_adds(&out, "]\n");
		snprintf(path, sizeof path, "data/n/%04zx.json", from / NAMES);
		rc = gv_buf_check(&out, s->err);
		if (!rc)
			rc = gv_webtree_put(s->tree, path, gv_buf_str(&out), s->err);
	}
	gv_buf_free(&out);
	return rc;
}

static void add_digits(struct gv_buf *out, size_t value, unsigned width)
{
	while (width-- > 0)
		gv_buf_addc(out, digits[value >> 6 * width & 63]);
}

static int by_text(const void *a, const void *b)
{
	return gv_str_cmp(*(const struct gv_str *)a, *(const struct gv_str *)b);
}

/* {"values":[...],"width":2,"of":"AABB"}: of each entry the number of its value, from 1; 0: none. */
static int add_column(struct site *s, enum site_facet which, struct gv_buf *out)
{
	struct gv_str *values = calloc(s->n + 1, sizeof *values);
	size_t n = 0, kept = 0;
	unsigned width = 1;

	if (!values)
		return gv_fail_nomem(s->err);
	for (size_t i = 0; i < s->n; i++)
		if (s->entries[i].facet[which].n)
			values[n++] = s->entries[i].facet[which];
	qsort(values, n, sizeof *values, by_text);
	for (size_t i = 0; i < n; i++)
		if (!kept || !gv_str_eq(values[kept - 1], values[i]))
			values[kept++] = values[i];
	while (kept >> 6 * width)
		width++;
	gv_buf_addf(out, "\"%s\":{\"values\":[", site_facet_names[which]);
	for (size_t i = 0; i < kept; i++) {
		gv_buf_adds(out, i ? "," : "");
		gv_json_quote(out, values[i]);
	}
	gv_buf_addf(out, "],\"width\":%u,\"of\":\"", width);
	for (size_t i = 0; i < s->n; i++) {
		const struct gv_str *at = bsearch(&s->entries[i].facet[which], values, kept, sizeof *values, by_text);

		add_digits(out, at ? (size_t)(at - values) + 1 : 0, width);
	}
	gv_buf_adds(out, "\"},\n");
	free(values);
	return 0;
}

static int put_index(struct site *s)
{
	struct gv_buf out = GV_BUF_INIT(FILE_MAX);
	int rc = 0;

	gv_buf_addf(&out, "{\"n\":%zu,\"names\":%d,\"shards\":%u,\n", s->n, NAMES, gv_textindex_shards(s->index));
	for (int f = 0; !rc && f < SITE_FACETS; f++)
		rc = add_column(s, (enum site_facet)f, &out);
	/* Days since 1899-12-31, and kinds as they are counted in C. */
	gv_buf_adds(&out, "\"day\":\"");
	for (size_t i = 0; i < s->n; i++) {
		gv_day on = gv_day_read(s->entries[i].on);

		add_digits(&out, on == GV_DAY_NONE ? 0 : (size_t)(on - GV_DAY_FIRST) + 1, 3);
	}
	gv_buf_adds(&out, "\",\n\"kind\":\"");
	for (size_t i = 0; i < s->n; i++)
		gv_buf_addc(&out, digits[s->entries[i].kind]);
	gv_buf_adds(&out, "\"}\n");
	if (!rc)
		rc = gv_buf_check(&out, s->err);
	if (!rc)
		rc = gv_webtree_put(s->tree, "data/site.json", gv_buf_str(&out), s->err);
	gv_buf_free(&out);
	return rc;
}

int site_data(struct site *s)
{
	int rc = put_index(s);

	if (!rc)
		rc = put_names(s);
	return rc ? rc : gv_textindex_write(s->index, put_shard, s, s->err);
}

/* ---- sitemap ---- */

struct map { struct site *s; struct gv_buf out; size_t n, files; };

static int end_map(struct map *m)
{
	char path[32];
	int rc;

	gv_buf_adds(&m->out, "</urlset>\n");
	snprintf(path, sizeof path, "sitemap-%zu.xml", ++m->files);
	rc = gv_buf_check(&m->out, m->s->err);
	if (!rc)
		rc = gv_webtree_put(m->s->tree, path, gv_buf_str(&m->out), m->s->err);
	gv_buf_reset(&m->out);
	m->n = 0;
	return rc;
}

/* Neither addresses nor paths hold what XML would have to be told of. */
static int add_url(struct map *m, const char *folder, const char *path, struct gv_str on)
{
	if (!m->n)
		gv_buf_adds(&m->out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
	gv_buf_addf(&m->out, "<url><loc>%s%s%s</loc>", m->s->base.p, folder, path);
	if (gv_day_read(on) != GV_DAY_NONE)
		gv_buf_addf(&m->out, "<lastmod>%.*s</lastmod>", (int)on.n, on.p);
	gv_buf_adds(&m->out, "</url>\n");
	return ++m->n == SITEMAP_MAX ? end_map(m) : 0;
}

/* However many files there are, the name of the first is the same. */
static int put_maps(struct map *m)
{
	gv_buf_adds(&m->out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
	for (size_t i = 1; i <= m->files; i++)
		gv_buf_addf(&m->out, "<sitemap><loc>%ssitemap-%zu.xml</loc></sitemap>\n", m->s->base.p, i);
	gv_buf_adds(&m->out, "</sitemapindex>\n");
	return gv_buf_check(&m->out, m->s->err) ? m->s->err->code :
	       gv_webtree_put(m->s->tree, "sitemap.xml", gv_buf_str(&m->out), m->s->err);
}

int site_sitemap(struct site *s)
{
	static const char *const fixed[] = { "index.html", "cases.html", "documents.html", "reports.html", "statistics.html" };
	struct map m = { .s = s, .out = GV_BUF_INIT(FILE_MAX) };
	int rc = 0;

	if (!s->base.n)
		return 0;
	for (size_t l = 0; !rc && s->langs[l]; l++) {
		for (size_t i = 0; !rc && i < sizeof fixed / sizeof *fixed; i++)
			rc = add_url(&m, s->folders[l], fixed[i], (struct gv_str){ 0 });
		for (size_t i = 0; !rc && i < s->n; i++)
			if (s->entries[i].shown)
				rc = add_url(&m, s->folders[l], s->entries[i].path, s->entries[i].updated);
	}
	if (!rc && m.n)
		rc = end_map(&m);
	if (!rc)
		rc = put_maps(&m);
	gv_buf_free(&m.out);
	return rc;
}
