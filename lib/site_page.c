/* SPDX-License-Identifier: MIT */
/* site_page: pages out of the templates, and into the folder. */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "i18n.h"
#include "site_impl.h"

/* In this order they are one program: definitions, and behind them the one that asks which page it is. */
static const char *const programs[] = {
	"layout.jq", "chart.jq", "document.jq", "case.jq", "report.jq", "list.jq", "home.jq", "statistics.jq", "feed.jq", "main.jq",
};

/* ---- the program ---- */

static int add_words(struct site *s, struct gv_buf *program)
{
	struct gv_doc d = GV_DOC_INIT;
	struct gv_buf text = GV_BUF_INIT(GV_MIB);
	char name[32];
	int rc = 0;

	gv_buf_adds(program, "def words: {");
	for (size_t i = 0; !rc && s->langs[i]; i++) {
		snprintf(name, sizeof name, "words.%s.json", s->langs[i]);
		gv_buf_reset(&text);
		rc = site_file(s, name, &text);
		if (!rc)
			rc = gv_json_parse(&d, gv_buf_str(&text), 0, s->err);
		if (!rc) {
			gv_buf_addf(program, "%s\"%s\":", i ? "," : "", s->langs[i]);
			gv_json_line(program, &d.root);
		} else {
			gv_err_thing(s->err, name, strlen(name));
		}
	}
	gv_buf_adds(program, "};\n");
	gv_doc_free(&d);
	gv_buf_free(&text);
	return rc;
}

/* What is the same on every page: JSON is a program, too. */
static int add_site(struct site *s, struct gv_buf *program)
{
	struct gv_doc *d = &s->page;
	struct gv_val self = gv_mkobj(), langs = gv_mkarr();
	int rc = 0;

	gv_doc_reset(d);
	for (size_t i = 0; !rc && s->langs[i]; i++) {
		struct gv_val one = gv_mkobj();

		rc = gv_obj_set(d, &one, GV_STR("lang"), gv_mklit(s->langs[i]), s->err);
		if (!rc)
			rc = gv_obj_set(d, &one, GV_STR("folder"), gv_mklit(s->folders[i]), s->err);
		if (!rc)
			rc = gv_arr_add(d, &langs, one, s->err);
	}
	if (!rc)
		rc = gv_obj_set(d, &self, GV_STR("langs"), langs, s->err);
	if (!rc)
		rc = gv_obj_set(d, &self, GV_STR("title"), site_clean(d, s->title), s->err);
	if (!rc)
		rc = gv_obj_set(d, &self, GV_STR("base"), gv_mkstr(d, s->base), s->err);
	if (!rc)
		rc = gv_obj_set(d, &self, GV_STR("prefix"), gv_mkstr(d, s->prefix), s->err);
	gv_buf_adds(program, "def site: ");
	gv_json_line(program, &self);
	gv_buf_adds(program, ";\n");
	return rc;
}

int site_start(struct site *s)
{
	static const struct gv_filter_opts o = { .mode = GV_FILTER_MAP };
	struct gv_buf program = GV_BUF_INIT(GV_MIB);
	int rc = add_words(s, &program);

	if (!rc)
		rc = add_site(s, &program);
	gv_buf_adds(&program, ". as $p | words[$p.lang] as $w | site as $site |\n");
	for (size_t i = 0; !rc && i < sizeof programs / sizeof *programs; i++)
		rc = site_file(s, programs[i], &program);
	if (!rc)
		rc = gv_buf_check(&program, s->err);
	for (long n = sysconf(_SC_NPROCESSORS_ONLN); !rc && s->nfilters < SITE_CHILDREN && (n-- > 0 || !s->nfilters); s->nfilters += !rc)
		rc = gv_filter_open(&s->filters[s->nfilters], program.p, &o, s->err);
	gv_buf_free(&program);
	s->paths = malloc(SITE_FLIGHTS * sizeof *s->paths);
	gv_buf_init(&s->line, GV_JSON_TEXT_MAX);
	return rc || s->paths ? rc : gv_fail_nomem(s->err);
}

/* ---- one page ---- */

int site_begin(struct site *s, const char *page)
{
	gv_doc_reset(&s->page);
	s->self = gv_mkobj();
	s->page_rc = 0;
	site_set(s, "page", gv_mklit(page));
	return s->page_rc;
}

void site_set(struct site *s, const char *name, struct gv_val val)
{
	if (!s->page_rc)
		s->page_rc = gv_obj_set(&s->page, &s->self, gv_str_of(name), val, s->err);
}

void site_set_text(struct site *s, const char *name, struct gv_str text)
{
	if (text.n)
		site_set(s, name, gv_mkstr(&s->page, text));
}

static void set(struct site *s, struct gv_val *row, const char *name, struct gv_str text)
{
	if (!s->page_rc && text.n)
		s->page_rc = gv_obj_set(&s->page, row, gv_str_of(name), (struct gv_val){ .type = GV_STRING, .n = (uint32_t)text.n, .s = text.p },
		                        s->err);
}

int site_row(struct site *s, struct gv_val *rows, const struct site_entry *e, bool whole)
{
	struct gv_val row = gv_mkobj();

	set(s, &row, "href", gv_str_of(e->path));
	set(s, &row, "name", e->name);
	set(s, &row, "line", e->line);
	set(s, &row, "on", e->on);
	if (!e->shown)
		set(s, &row, "state", e->state);
	if (whole) {
		set(s, &row, "kind", gv_str_of(site_kind_names[e->kind]));
		set(s, &row, "id", e->key);
		set(s, &row, "cause", e->facet[SITE_CAUSE]);
		set(s, &row, "class", e->facet[SITE_CLASS]);
		set(s, &row, "published_on", e->published_on);
		set(s, &row, "updated", e->updated);
	}
	if (!s->page_rc)
		s->page_rc = gv_arr_add(&s->page, rows, row, s->err);
	return s->page_rc;
}

/* ---- to the child and back ---- */

static int fail_template(struct site *s, uint64_t tag, const char *what)
{
	const char *path = s->paths[tag % SITE_FLIGHTS];

	gv_fail(s->err, GV_EDATA, "%s", what);
	gv_err_thing(s->err, path, strlen(path));
	return GV_EDATA;
}

static int on_answer(void *ctx, uint64_t tag, size_t index, struct gv_str line, struct gv_err *err)
{
	struct site *s = ctx;
	int rc;

	if (!line.p)
		return index == 1 ? 0 : fail_template(s, tag, _("the template gives no page"));
	if (index)
		return fail_template(s, tag, _("the template gives more than one page"));
	rc = gv_json_parse(&s->answer, line, 0, err);
	if (rc == GV_EIO)
		return rc;
	if (rc || s->answer.root.type != GV_STRING)
		return fail_template(s, tag, _("the template gives what is no text"));
	return gv_webtree_put(s->tree, s->paths[tag % SITE_FLIGHTS], gv_val_str(&s->answer.root), err);
}

static int on_failed(void *ctx, uint64_t tag, const struct gv_err *why, struct gv_err *err)
{
	(void)ctx;
	(void)tag;
	*err = *why;
	return why->code;
}

static int push(struct site *s, const char *path, size_t lang)
{
	const struct gv_filter_sink sink = { s, on_answer, on_failed };
	char up[16] = "", top[24];
	uint64_t tag = s->tag++;
	char *full = s->paths[tag % SITE_FLIGHTS];
	size_t n = 0;

	snprintf(full, sizeof *s->paths, "%s%s", s->folders[lang], path);
	for (const char *p = path; (p = strchr(p, '/')) != NULL && n + 3 < sizeof up; p++)
		n += (size_t)snprintf(up + n, sizeof up - n, "../");
	snprintf(top, sizeof top, "%s%s", up, *s->folders[lang] ? "../" : "");
	/* What a server shows for a page that is not there stands at any depth. */
	if (strcmp(path, "404.html") == 0) {
		site_set_text(s, "up", s->prefix);
		site_set_text(s, "top", s->prefix);
	} else {
		site_set(s, "up", gv_mkstr(&s->page, gv_str_of(up)));   /* to the language's own pages */
		site_set(s, "top", gv_mkstr(&s->page, gv_str_of(top))); /* to the site's */
	}
	site_set(s, "lang", gv_mklit(s->langs[lang]));
	site_set(s, "folder", gv_mklit(s->folders[lang]));
	site_set_text(s, "path", gv_str_of(path));
	if (s->page_rc)
		return s->page_rc;
	gv_buf_reset(&s->line);
	gv_json_line(&s->line, &s->self);
	if (gv_buf_check(&s->line, s->err))
		return s->err->code;
	return gv_filter_push(s->filters[tag % s->nfilters], gv_buf_str(&s->line), full, tag, &sink, s->err);
}

int site_push(struct site *s, const char *path)
{
	int rc = s->page_rc;

	for (size_t i = 0; !rc && s->langs[i]; i++)
		rc = push(s, path, i);
	return rc;
}

int site_push_once(struct site *s, const char *path)
{
	return s->page_rc ? s->page_rc : push(s, path, 0);
}

int site_drain(struct site *s)
{
	const struct gv_filter_sink sink = { s, on_answer, on_failed };
	int rc = 0;

	for (size_t i = 0; !rc && i < s->nfilters; i++)
		rc = gv_filter_finish(s->filters[i], &sink, s->err);
	return rc;
}
