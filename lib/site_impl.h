/* SPDX-License-Identifier: MIT */
/* site_impl: what the parts of site share. */
#ifndef GAVEL_SITE_IMPL_H
#define GAVEL_SITE_IMPL_H

#include "filter.h"
#include "public.h"
#include "site.h"
#include "textindex.h"

/* SITE_FLIGHTS: more than all children may have in flight (filter.c), however far one is behind the others. */
enum { SITE_PATH_MAX = 160, SITE_CHILDREN = 4, SITE_FLIGHTS = 2048 * SITE_CHILDREN, SITE_ROWS = 50, SITE_LATEST = 10, SITE_FEED = 50 };

/* In the order of their numbers: what is added most often comes last, so that the others keep theirs. */
enum site_kind { SITE_CASE, SITE_REPORT, SITE_DOCUMENT, SITE_KINDS };
/* What records are counted by; lists by the first of them. */
enum site_facet {
	SITE_YEAR, SITE_CAUSE, SITE_TRIBUNAL, SITE_CLASS, SITE_COURT, SITE_FACETS,
	SITE_DOC_KIND = SITE_FACETS, SITE_REASON, SITE_COUNTED
};

/* What lists tell of a record; texts lie in the site's arena. */
struct site_entry {
	enum site_kind kind;
	bool shown;                        /* the whole of it, not a stub */
	struct gv_str key, state, title, number, court;
	struct gv_str name;                /* title, else number, else key */
	struct gv_str line;                /* number · court · kind, of what is there and is not its name */
	struct gv_str on, published_on;    /* days, or empty */
	struct gv_str updated;             /* the day of what befell it last */
	struct gv_str facet[SITE_COUNTED]; /* empty: none */
	const char *path;                  /* d/u6caa0114-w000001.html */
	struct gv_val rec;                 /* cases and reports: what may be seen of it */
};

struct site_facets {                       /* the values of one facet in one list, most frequent first */
	struct gv_str *values;
	size_t *counts;
	size_t n;
};

struct site {
	struct gv_store *store;
	const struct gv_site_opts *o;
	struct gv_err *err;
	struct gv_webtree *tree;
	struct gv_textindex *index;
	struct gv_arena arena;
	struct gv_doc kept;                /* records of cases and reports */
	struct gv_doc page;                /* the page that is being made ready */
	struct gv_val self;                /* its object */
	int page_rc;                       /* the first failure while it was */
	struct gv_ref *courts;
	struct site_entry *entries;        /* by number */
	size_t n, cap;
	uint32_t *by_day;                  /* numbers, newest first */
	struct gv_str title, base, prefix; /* base "" or with a slash at its end; prefix: the path in it */
	const char *langs[3];              /* NULL at the end */
	const char *folders[3];            /* of each: "" or "en/" */
	/* the children that make pages, in turn: what one of them takes is longer than all the rest */
	struct gv_filter *filters[SITE_CHILDREN];
	size_t nfilters;
	char (*paths)[SITE_PATH_MAX];      /* by tag modulo SITE_FLIGHTS */
	uint64_t tag;
	struct gv_doc answer;
	struct gv_buf line;
};

/* ---- site_view.c: records ---- */

/* *out: those members of a record that the public sees, in d, without characters that nobody sees. */
int site_view(struct site *s, struct gv_doc *d, struct gv_val *out, enum site_kind kind, const struct gv_val *rec);
/* Of a document: "text" becomes "opening" and "closing", arrays of lines, and what is between them. */
int site_split(struct site *s, struct gv_doc *d, struct gv_val *view);
/* What a text from a record, or from the command line, is on a page. */
struct gv_val site_clean(struct gv_doc *d, struct gv_str text);
/* Is there a page, of the whole record or a stub? */
bool site_has_page(enum site_kind kind, const struct gv_val *view);
/* Takes what lists tell from the view; of the record itself only the day of what befell it last. */
int site_add(struct site *s, enum site_kind kind, const struct gv_val *view, const struct gv_val *rec);
/* The name of a court that is given by its code. */
struct gv_str site_court(struct site *s, struct gv_str court);

/* ---- site_page.c: pages ---- */

int site_start(struct site *s);
/* s->self becomes the object of a page; members are added to it in s->page, errors to be found by site_push(). */
int site_begin(struct site *s, const char *page);
void site_set(struct site *s, const char *name, struct gv_val val);
void site_set_text(struct site *s, const char *name, struct gv_str text);
/* An object that a list of `self` shows: name, href and so on; `whole`: with what only few pages show. */
int site_row(struct site *s, struct gv_val *rows, const struct site_entry *e, bool whole);
/* Into every language, below its folder. */
int site_push(struct site *s, const char *path);
/* Only once, as it is: the feed. */
int site_push_once(struct site *s, const char *path);
/* All pages are made and written. */
int site_drain(struct site *s);

/* ---- the pages that are about many ---- */

/* site_shown.c: GV_EDATA if what is to be seen has a resident's number in it. */
int site_check_shown(struct site *s, const struct gv_val *view, struct gv_str id);
int site_cases(struct site *s);      /* site_case.c: typical cases with those that are like them */
int site_reports(struct site *s);
int site_lists(struct site *s);      /* site_list.c: with their facets */
int site_facets(struct site *s, enum site_kind kind, enum site_facet which, struct site_facets *out);
void site_facets_free(struct site_facets *f);
int site_front(struct site *s);      /* site_front.c: home, statistics, search, 404, feed */

/* ---- site_data.c: what the search reads, files that are as they are, the sitemap ---- */

int site_data(struct site *s);
int site_assets(struct site *s);
int site_sitemap(struct site *s);
/* share/site/NAME, or the one that stands for it. */
int site_file(struct site *s, const char *name, struct gv_buf *out);

extern const char *const site_facet_names[SITE_COUNTED];
extern const char *const site_kind_names[SITE_KINDS];

#endif
