/* SPDX-License-Identifier: MIT */
#include "page.h"

#include "i18n.h"
#include "utf8.h"

enum { PAGE_MAX = 64 * 1024 * 1024 };

static const char style[] =
	"body{font:15px/1.5 \"Noto Sans CJK SC\",\"Source Han Sans SC\",\"PingFang SC\",\"Microsoft YaHei\",sans-serif;"
	"max-width:62rem;margin:2rem auto;padding:0 1rem;color:#1b1b1b}\n"
	"h1{font-size:1.5rem;border-bottom:2px solid #444;padding-bottom:.3rem}\n"
	"h2{font-size:1.1rem;margin:1.8rem 0 .4rem}\np{margin:.2rem 0}\n"
	"table{border-collapse:collapse;width:100%;font-size:.87rem}\n"
	"th,td{border:1px solid #bbb;padding:.25rem .5rem;text-align:left;vertical-align:top;overflow-wrap:break-word}\n"
	"th{background:#eee;white-space:nowrap}\ntr{break-inside:avoid}\n"
	"tr.violation td:first-child{border-left:.4rem solid #b00020}\ntr.warn td:first-child{border-left:.4rem solid #c77700}\n"
	"@media print{body{margin:0;max-width:none;font-size:10pt}h2{break-after:avoid}thead{display:table-header-group}}\n";

/* ---- text into HTML ---- */

static void add_escaped(struct page *p, struct gv_str text)
{
	struct gv_buf safe = GV_BUF_INIT(PAGE_MAX);

	gv_utf8_safe(text, &safe); /* other tools write commits, too */
	for (size_t i = 0; i < safe.n; i++)
		switch (safe.p[i]) {
		case '&':
			gv_buf_adds(&p->out, "&amp;");
			break;
		case '<':
			gv_buf_adds(&p->out, "&lt;");
			break;
		case '>':
			gv_buf_adds(&p->out, "&gt;");
			break;
		case '"':
			gv_buf_adds(&p->out, "&quot;");
			break;
		default:
			gv_buf_addc(&p->out, safe.p[i]);
		}
	p->out.failed = p->out.failed || safe.failed;
	gv_buf_free(&safe);
}

static void add_element(struct page *p, const char *name, struct gv_str text)
{
	gv_buf_addf(&p->out, "<%s>", name);
	add_escaped(p, text);
	gv_buf_addf(&p->out, "</%s>", name);
}

/* ---- parts ---- */

void page_begin(struct page *p, bool html, const char *title, struct gv_err *err)
{
	*p = (struct page){ .out = GV_BUF_INIT(PAGE_MAX), .html = html, .err = err };
	if (!html) {
		gv_buf_addf(&p->out, "%s\n", title);
		return;
	}
	gv_buf_addf(&p->out, "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n", gv_i18n_is_zh() ? "zh-CN" : "en");
	gv_buf_adds(&p->out, "<meta name=\"viewport\" content=\"width=device-width\">\n");
	add_element(p, "title", gv_str_of(title));
	gv_buf_addf(&p->out, "\n<style>\n%s</style>\n</head>\n<body>\n", style);
	add_element(p, "h1", gv_str_of(title));
	gv_buf_addc(&p->out, '\n');
}

void page_heading(struct page *p, const char *text)
{
	if (p->html)
		add_element(p, "h2", gv_str_of(text));
	else
		gv_buf_addf(&p->out, "\n%s", text);
	gv_buf_addc(&p->out, '\n');
}

void page_line(struct page *p, const char *fmt, ...)
{
	struct gv_buf text = GV_BUF_INIT(PAGE_MAX);
	va_list ap;

	va_start(ap, fmt);
	gv_buf_addv(&text, fmt, ap);
	va_end(ap);
	if (p->html)
		add_element(p, "p", gv_buf_str(&text));
	else
		gv_utf8_safe(gv_buf_str(&text), &p->out);
	gv_buf_addc(&p->out, '\n');
	p->out.failed = p->out.failed || text.failed;
	gv_buf_free(&text);
}

static void html_row(struct page *p, const struct gv_str *cells, const char *element, const char *level)
{
	if (level)
		gv_buf_addf(&p->out, "<tr class=\"%s\">", level);
	else
		gv_buf_adds(&p->out, "<tr>");
	for (size_t i = 0; i < p->columns; i++)
		add_element(p, element, cells[i]);
	gv_buf_adds(&p->out, "</tr>\n");
}

void page_table(struct page *p, const char *const *names)
{
	struct gv_str cells[PAGE_COLUMNS] = { { 0 } };

	for (p->columns = 0; p->columns < PAGE_COLUMNS && names[p->columns]; p->columns++)
		cells[p->columns] = gv_str_of(names[p->columns]);
	if (p->html) {
		gv_buf_adds(&p->out, "<table>\n<thead>\n");
		html_row(p, cells, "th", NULL);
		gv_buf_adds(&p->out, "</thead>\n<tbody>\n");
		return;
	}
	if (!p->rc)
		p->rc = gv_table_new(&p->table, p->columns, 0, p->err);
	page_row(p, cells, NULL);
}

void page_row(struct page *p, const struct gv_str *cells, const char *level)
{
	if (p->html)
		html_row(p, cells, "td", level);
	else if (!p->rc)
		p->rc = gv_table_row(p->table, cells, p->err);
}

void page_table_end(struct page *p)
{
	if (p->html)
		gv_buf_adds(&p->out, "</tbody>\n</table>\n");
	else if (!p->rc)
		p->rc = gv_table_print(p->table, &p->out, false, 0, p->err);
	gv_table_free(p->table);
	p->table = NULL;
}

int page_end(struct page *p)
{
	if (p->html)
		gv_buf_adds(&p->out, "</body>\n</html>\n");
	return p->rc ? p->rc : gv_buf_check(&p->out, p->err);
}

void page_free(struct page *p)
{
	gv_table_free(p->table);
	gv_buf_free(&p->out);
}
