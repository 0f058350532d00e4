/* SPDX-License-Identifier: MIT */
/* page: headings, lines and tables, as HTML to print or as text: one file, no scripts, nothing from elsewhere. */
#ifndef GAVEL_CASE_AUDIT_PAGE_H
#define GAVEL_CASE_AUDIT_PAGE_H

#include "cmd.h"

enum { PAGE_COLUMNS = 8 };

struct page {
	struct gv_buf out;
	bool html;
	struct gv_table *table;  /* of text, while one is open */
	size_t columns;
	struct gv_err *err;
	int rc;                  /* the first failure; everything after it is dropped */
};

void page_begin(struct page *p, bool html, const char *title, struct gv_err *err);
void page_heading(struct page *p, const char *text);
void page_line(struct page *p, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* Names of the columns, NULL at the end; at most PAGE_COLUMNS. */
void page_table(struct page *p, const char *const *names);
/* As many cells as there are columns; level (may be NULL) colours the row: "violation", "warn". */
void page_row(struct page *p, const struct gv_str *cells, const char *level);
void page_table_end(struct page *p);
/* 0, or why there is no page; the text is in p->out. */
int page_end(struct page *p);
void page_free(struct page *p);

#endif
