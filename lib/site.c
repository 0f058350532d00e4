/* SPDX-License-Identifier: MIT */
#include "site.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "i18n.h"
#include "ref.h"
#include "site_impl.h"
#include "utf8.h"

/* A document that typical cases name, and one of them. */
struct told { struct gv_str key; uint32_t entry; };

struct reading {
	struct site *s;
	enum site_kind kind;
	struct gv_doc doc;
	struct told *told;   /* by key */
	size_t ntold;
};

/* http(s)://HOST[:PORT][/PATH], to which a slash is added. */
static int read_base(struct site *s)
{
	static const char okay[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~:/%";
	const char *url = s->o->base_url, *host, *path, *full;

	s->base = (struct gv_str){ "", 0 };
	s->prefix = (struct gv_str){ "/", 1 };
	if (!url)
		return 0;
	host = strncmp(url, "http://", 7) == 0 ? url + 7 : strncmp(url, "https://", 8) == 0 ? url + 8 : NULL;
	if (!host || !*host || *host == '/' || host[strspn(host, okay)] || strlen(url) > 1024)
		return gv_fail(s->err, GV_EUSAGE, _("--base-url: \"%s\" is no address as https://HOST/PATH/"), url);
	full = gv_arena_printf(&s->arena, "%s%s", url, url[strlen(url) - 1] == '/' ? "" : "/");
	if (!full)
		return gv_fail_nomem(s->err);
	path = strchr(full + (host - url), '/');
	s->base = gv_str_of(full);
	s->prefix = gv_str_of(path ? path : "/");
	return 0;
}

static int read_languages(struct site *s)
{
	const char *which = s->o->languages ? s->o->languages : "zh";
	bool both = strcmp(which, "both") == 0;

	s->langs[0] = strcmp(which, "en") == 0 ? "en" : "zh";
	s->langs[1] = both ? "en" : NULL;
	s->folders[0] = "";
	s->folders[1] = "en/";
	return 0;
}

/* ---- reading ---- */

static int by_key(const void *a, const void *b)
{
	const struct told *x = a, *y = b;
	int order = gv_str_cmp(x->key, y->key);

	return order ? order : x->entry < y->entry ? -1 : x->entry > y->entry;
}

static struct gv_str without_kind(struct gv_str id)
{
	struct gv_str prefix = GV_STR("document:");

	return gv_str_starts(id, prefix) ? (struct gv_str){ id.p + prefix.n, id.n - prefix.n } : id;
}

/* Which cases tell of which documents. */
static int turn_round(struct reading *r)
{
	struct site *s = r->s;
	size_t n = 0;

	for (size_t i = 0; i < s->n; i++)
		n += s->entries[i].kind == SITE_CASE ? gv_val_items(&s->entries[i].rec, "documents")->n : 0;
	r->told = calloc(n + 1, sizeof *r->told);
	if (!r->told)
		return gv_fail_nomem(s->err);
	for (size_t i = 0; i < s->n; i++) {
		const struct gv_val *docs = gv_val_items(&s->entries[i].rec, "documents");

		for (uint32_t k = 0; s->entries[i].kind == SITE_CASE && k < docs->n; k++)
			r->told[r->ntold++] = (struct told){ without_kind(gv_val_str(&docs->items[k])), (uint32_t)i };
	}
	qsort(r->told, r->ntold, sizeof *r->told, by_key);
	return 0;
}

static int add_told(struct reading *r, struct gv_str key)
{
	struct site *s = r->s;
	struct gv_val rows = gv_mkarr();
	size_t low = 0, high = r->ntold;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (gv_str_cmp(r->told[mid].key, key) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	for (; low < r->ntold && gv_str_eq(r->told[low].key, key); low++)
		if (s->entries[r->told[low].entry].shown)
			site_row(s, &rows, &s->entries[r->told[low].entry], false);
	if (rows.n)
		site_set(s, "cases", rows);
	return s->page_rc;
}

static int index_val(struct site *s, const struct gv_val *v, bool title)
{
	int rc = 0;

	if (v && v->type == GV_STRING)
		return gv_textindex_add(s->index, (uint32_t)s->n - 1, gv_val_str(v), title, s->err);
	for (uint32_t i = 0; v && !rc && i < v->n; i++) {
		if (v->type == GV_ARRAY)
			rc = index_val(s, &v->items[i], title);
		else if (v->type == GV_OBJECT && !gv_str_is(v->members[i].name, "command"))
			rc = index_val(s, &v->members[i].val, title);
	}
	return rc;
}

static int index_rec(struct site *s, const struct gv_val *view)
{
	static const char *const titles[] = { "title", "case", "subtitle", "keywords", "library_no", NULL };
	static const char *const texts[] = { "text", "facts", "result", "reasons", "gist", "laws", "scope", "figures", "court", "tribunal",
	                                     "cause", "class", NULL };
	int rc = 0;

	for (const char *const *t = titles; !rc && *t; t++)
		rc = index_val(s, gv_val_get(view, *t), true);
	for (const char *const *t = texts; !rc && *t; t++)
		rc = index_val(s, gv_val_get(view, *t), false);
	return rc;
}

static int read_kept(struct reading *r)
{
	struct site *s = r->s;
	struct gv_val view;
	int rc = site_view(s, &s->kept, &view, r->kind, &r->doc.root);

	if (rc || !site_has_page(r->kind, &view))
		return rc;
	rc = site_check_shown(s, &view, gv_val_getstr(&r->doc.root, "id"));
	if (!rc)
		rc = site_add(s, r->kind, &view, &r->doc.root);
	if (!rc)
		s->entries[s->n - 1].rec = view;
	return rc ? rc : index_rec(s, &view);
}

static int read_document(struct reading *r)
{
	struct site *s = r->s;
	struct gv_val view;
	int rc = site_begin(s, "document");

	if (!rc)
		rc = site_view(s, &s->page, &view, r->kind, &r->doc.root);
	if (rc || !site_has_page(r->kind, &view))
		return rc;
	rc = site_check_shown(s, &view, gv_val_getstr(&r->doc.root, "id"));
	if (!rc)
		rc = site_add(s, r->kind, &view, &r->doc.root);
	if (!rc)
		rc = index_rec(s, &view);
	if (!rc)
		rc = site_split(s, &s->page, &view);
	if (rc)
		return rc;
	site_set(s, "rec", view);
	add_told(r, s->entries[s->n - 1].key);
	return site_push(s, s->entries[s->n - 1].path);
}

static int read_one(void *ctx, const struct gv_item *item)
{
	struct reading *r = ctx;
	int rc = gv_json_parse(&r->doc, item->text, 0, r->s->err);

	if (rc)
		gv_err_thing(r->s->err, item->path.p, item->path.n);
	else
		rc = r->kind == SITE_DOCUMENT ? read_document(r) : read_kept(r);
	return rc;
}

static int read_docket(struct site *s)
{
	struct reading r = { .s = s };
	int rc = 0;

	for (; !rc && r.kind < SITE_KINDS; r.kind++) {
		const struct gv_scan what = { .kind = gv_schema_find(gv_str_of(gv_public_kinds[r.kind])) };

		if (r.kind == SITE_DOCUMENT)
			rc = turn_round(&r);
		if (!rc)
			rc = gv_store_scan(s->store, &what, read_one, &r, s->err);
	}
	gv_doc_free(&r.doc);
	free(r.told);
	return rc;
}

/* ---- newest first ---- */

struct aged { struct gv_str on; uint32_t entry; };

static int newest(const void *a, const void *b)
{
	const struct aged *x = a, *y = b;
	int order = gv_str_cmp(y->on, x->on);

	return order ? order : x->entry > y->entry ? -1 : x->entry < y->entry;
}

static int sort_entries(struct site *s)
{
	struct aged *all = calloc(s->n + 1, sizeof *all);

	s->by_day = calloc(s->n + 1, sizeof *s->by_day);
	if (!all || !s->by_day) {
		free(all);
		return gv_fail_nomem(s->err);
	}
	for (size_t i = 0; i < s->n; i++)
		all[i] = (struct aged){ s->entries[i].on, (uint32_t)i };
	qsort(all, s->n, sizeof *all, newest);
	for (size_t i = 0; i < s->n; i++)
		s->by_day[i] = all[i].entry;
	free(all);
	return 0;
}

/* ---- all of it ---- */

static int open_site(struct site *s)
{
	const char *const outside[] = { gv_store_dir(s->store), gv_store_gitdir(s->store), NULL };
	int rc = read_languages(s);

	if (!rc)
		rc = read_base(s);
	if (!rc)
		rc = gv_public_check(s->store, s->err);
	if (!rc)
		rc = gv_ref_open(&s->courts, "courts", s->err);
	if (rc)
		return rc;
	s->title = s->o->title ? gv_str_of(s->o->title) : site_court(s, gv_str_of(gv_store_court(s->store)));
	if (gv_utf8_valid(s->title) != s->title.n)
		return gv_fail(s->err, GV_EUSAGE, "%s", _("--title: not UTF-8 text"));
	rc = gv_textindex_new(&s->index, s->err);
	if (!rc)
		rc = site_start(s);
	return rc ? rc : gv_webtree_open(&s->tree, s->o->dir, outside, s->err);
}

static void close_site(struct site *s)
{
	for (size_t i = 0; i < s->nfilters; i++)
		gv_filter_close(s->filters[i]);
	gv_webtree_free(s->tree);
	gv_textindex_free(s->index);
	gv_ref_free(s->courts);
	gv_doc_free(&s->kept);
	gv_doc_free(&s->page);
	gv_doc_free(&s->answer);
	gv_buf_free(&s->line);
	gv_arena_free(&s->arena);
	free(s->entries);
	free(s->by_day);
	free(s->paths);
}

int gv_site_write(struct gv_store *store, const struct gv_site_opts *o, struct gv_webtree_count *count, struct gv_err *err)
{
	static int (*const steps[])(struct site *) = {
		open_site, read_docket, sort_entries, site_cases, site_reports, site_lists, site_front, site_drain, site_data, site_assets,
		site_sitemap,
	};
	struct site s = { .store = store, .o = o, .err = err };
	int rc = 0;

	*count = (struct gv_webtree_count){ 0 };
	for (size_t i = 0; !rc && i < sizeof steps / sizeof *steps; i++)
		rc = steps[i](&s);
	if (!rc)
		rc = gv_webtree_finish(s.tree, count, err);
	close_site(&s);
	return rc;
}
